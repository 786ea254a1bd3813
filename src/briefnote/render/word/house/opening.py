"""A foreign .docx or .dotx read into a Package, without what must not travel into a brief."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO

from briefnote.errors import BriefnoteError, Problem
from briefnote.model.edition import HouseFile
from briefnote.render.dialect import is_allowed_link
from briefnote.render.word.house.xml import parsed
from briefnote.render.word.opc import CONTENT_TYPES, Package, Part, Relationship, extension_of, kind, word_type

_STRICT = "http://purl.oclc.org/ooxml/"
_TEMPLATE = word_type("template.main")

# Relationships by the end of their type. Notes, comments and what Word keeps for itself stay behind; so do
# properties (the brief has its own) and the second copy of the styles, which validators reject when it is stale.
_LEFT_BEHIND = (
    "comments",
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
    "people",
    "stylesWithEffects",
    "attachedTemplate",
    "thumbnail",
    "extended-properties",
    "attachedToolbars",
    "keyMapCustomizations",
    "mailMergeSource",
    "mailMergeHeaderSource",
    "recipientData",
    "transform",
)
_FORBIDDEN = ("oleObject", "package", "control", "aFChunk", "subDocument", "frame", "vbaProject", "wordVbaData")


def opened(house: HouseFile) -> tuple[Package, Part]:
    """Returns the package of the house file and its main part.

    Raises BriefnoteError with every problem: no main part, damaged XML, what lies outside the file or runs.
    """
    with zipfile.ZipFile(BytesIO(house.data)) as archive:
        members = {member.filename: archive.read(member) for member in archive.infolist() if not member.is_dir()}
    package = Package()
    types = _content_types(members[CONTENT_TYPES], house.name)
    for name, data in members.items():
        if name != CONTENT_TYPES and not name.lower().endswith(".rels"):
            package.add(Part(name, types.get(f"/{name.lower()}") or types.get(extension_of(name), ""), data))
    problems = [
        Problem(house.name, message=message)
        for part in (package.root, *package.parts.values())
        for message in _relate(part, members, package, house.name)
    ]
    main = package.related(package.root, kind("officeDocument"))
    if main is None:
        problems.append(Problem(house.name, message=_no_main_part(package)))
    if main is None or problems:
        raise BriefnoteError(problems)
    main.content_type = word_type("document.main") if main.content_type == _TEMPLATE else main.content_type
    package.forget_unrelated()
    return package, main


def _no_main_part(package: Package) -> str:
    if any(found.kind.startswith(_STRICT) for found in package.root.relationships):
        return "is saved as Strict Open XML; save it in Word as “Word Document (.docx)”"
    return "has no main document; save it in Word as “Word Document (.docx)”"


def _content_types(data: bytes, file: str) -> dict[str, str]:
    """Returns content types by "/part name" and by ending, both in lower case."""
    types: dict[str, str] = {}
    for entry in parsed(data, CONTENT_TYPES, file):
        named = entry.get("PartName") or entry.get("Extension") or ""
        types[named.lower()] = entry.get("ContentType", "")
    return types


def _relate(part: Part, members: dict[str, bytes], package: Package, file: str) -> Iterator[str]:
    """Gives a part its relationships, less those that stay behind; yields what is wrong with the others."""
    folder, base = posixpath.split(part.name)
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    names = {known.lower(): known for known in package.parts}
    for entry in parsed(members[name], name, file) if name in members else ():
        target, role = entry.get("Target", ""), posixpath.basename(entry.get("Type", ""))
        is_external = entry.get("TargetMode", "").lower() == "external"
        if role in _LEFT_BEHIND:
            continue
        if role in _FORBIDDEN:
            yield f"holds an embedded object or another document ({role} in {part.name}); take it out"
        elif is_external and role != "hyperlink":
            yield f"takes a file from outside ({target}, in {part.name}); put it into the file"
        elif is_external and not is_allowed_link(target):
            yield f"links to {target}, in {part.name}; links lead to https:, http: and mailto: addresses"
        elif is_external:
            part.relationships.append(Relationship(entry.get("Id", ""), entry.get("Type", ""), target, True))
        else:
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if place.lower() in names:
                found = Relationship(entry.get("Id", ""), entry.get("Type", ""), names[place.lower()])
                part.relationships.append(found)
