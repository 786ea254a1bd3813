"""The package that a .docx is (ECMA-376 part 2): named parts, how they relate, and a file whose bytes are stable."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from briefnote.model.value import Value
from briefnote.render.word.wordml import DECLARATION, tag

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."

CORE_PROPERTIES = f"{_PACKAGE}relationships/metadata/core-properties"
CORE_PROPERTIES_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
CONTENT_TYPES = "[Content_Types].xml"


def kind(name: str) -> str:
    """Returns the type of a relationship of Office: "styles", "image", "hyperlink" …"""
    return f"{_OFFICE}{name}"


def word_type(name: str) -> str:
    """Returns the content type of a part of Word: "styles", "footer", "document.main" …"""
    return f"{_WORD}{name}+xml"


class Relationship(Value):
    """What a part refers to: another part by its name, or an address outside."""

    id: str
    kind: str
    target: str
    is_external: bool = False


class Part:
    """A part: its name ("word/styles.xml"), its content type, its bytes and what it refers to."""

    def __init__(self, name: str, content_type: str, data: bytes | str = b"") -> None:
        self.name = name
        self.content_type = content_type
        self.data = data if isinstance(data, bytes) else b""
        self.relationships: list[Relationship] = []
        if isinstance(data, str):
            self.write(data)

    def write(self, xml: str) -> None:
        """Takes XML as the content, in place of what it has."""
        self.data = f"{DECLARATION}{xml}".encode()

    def relate(self, kind: str, target: str, *, is_external: bool = False) -> str:
        """Returns the id of the relationship to a part or an address, one and the same for the same target."""
        for found in self.relationships:
            if (found.kind, found.target, found.is_external) == (kind, target, is_external):
                return found.id
        taken = {found.id for found in self.relationships}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        self.relationships.append(Relationship(f"rId{number}", kind, target, is_external))
        return f"rId{number}"

    def target(self, kind: str) -> str | None:
        """Returns the name of the part that this one refers to as the kind, None where there is none."""
        return next((found.target for found in self.relationships if found.kind == kind), None)


class Package:
    """The parts of a file by name. `root` stands for the package itself: it refers to the main part."""

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}
        self.root = Part("", "")

    def add(self, part: Part) -> Part:
        """Puts a part in and returns it."""
        self.parts[part.name] = part
        return part

    def free_name(self, pattern: str) -> str:
        """Returns the first name of a pattern ("word/media/chart{}.png") that no part has."""
        taken = {name.lower() for name in self.parts}
        number = 1
        while pattern.format(number) in taken:
            number += 1
        return pattern.format(number)

    def related(self, part: Part, kind: str) -> Part | None:
        """Returns the part that another refers to as the kind, None where there is none."""
        name = part.target(kind)
        return self.parts.get(name) if name is not None else None

    def forget_unrelated(self) -> None:
        """Drops the parts that nothing refers to."""
        reached: dict[str, Part] = {}
        waiting = [self.root]
        while waiting:
            for found in waiting.pop().relationships:
                if not found.is_external and found.target in self.parts and found.target not in reached:
                    reached[found.target] = self.parts[found.target]
                    waiting.append(reached[found.target])
        self.parts = {name: part for name, part in self.parts.items() if name in reached}

    def packed(self, moment: datetime) -> bytes:
        """Returns the file: members in a fixed order, stamped with the moment and not with the clock."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in self._members():
                member = zipfile.ZipInfo(name, date_time=max(moment.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
                member.compress_type = zipfile.ZIP_DEFLATED
                member.create_system = 3
                member.external_attr = 0o644 << 16
                archive.writestr(member, data)
        return out.getvalue()

    def _members(self) -> Iterator[tuple[str, bytes]]:
        """Yields content types first, as Word wants them, then each part with its relationships."""
        yield CONTENT_TYPES, self._content_types()
        for part in (self.root, *(self.parts[name] for name in sorted(self.parts))):
            if part.relationships:
                yield _relationships_name(part.name), _relationships(part)
            if part.name:
                yield part.name, part.data

    def _content_types(self) -> bytes:
        defaults = {"rels": RELATIONSHIPS_TYPE, "xml": "application/xml"}
        overrides: list[str] = []
        for name in sorted(self.parts):
            content_type, extension = self.parts[name].content_type, extension_of(name)
            if extension == "xml" or defaults.setdefault(extension, content_type) != content_type:
                overrides.append(tag("Override", PartName=f"/{name}", ContentType=content_type))
        types = [tag("Default", Extension=ending, ContentType=of) for ending, of in sorted(defaults.items())]
        content = "".join([*types, *overrides])
        return f'{DECLARATION}<Types xmlns="{_PACKAGE}content-types">{content}</Types>'.encode()


def extension_of(name: str) -> str:
    """Returns the ending of a part's name, without the dot and in lower case."""
    return posixpath.splitext(name)[1].lower().removeprefix(".")


def _relationships_name(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _relationships(part: Part) -> bytes:
    folder = posixpath.dirname(part.name)
    content = "".join(
        tag(
            "Relationship",
            Id=found.id,
            Type=found.kind,
            Target=found.target if found.is_external else posixpath.relpath(found.target, folder or "."),
            **({"TargetMode": "External"} if found.is_external else {}),
        )
        for found in part.relationships
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">{content}</Relationships>'.encode()
