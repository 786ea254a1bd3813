"""What validators of Word files miss: names given twice, fields left open, links that lead nowhere, bad dates."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CORE = "{http://purl.org/dc/terms/}"


def lint(data: bytes) -> list[str]:
    """Returns what is wrong with a Word file, one line each."""
    return sorted(_Lint(data).problems())


def text_of(data: bytes) -> str:
    """Returns what body, notes and charts of a Word file say, a paragraph a line; fields as they are shown."""
    parts = _Lint(data)
    charts = [node.text or "" for root in parts.charts for node in root.iter("{*}text", "{*}t", "{*}v")]
    return "\n".join([_said(parts.main), _said(parts.notes), *charts])


def notes_of(data: bytes) -> list[tuple[str, str]]:
    """Returns, for each footnote called, the text before its call and the text of the note that Word pairs with it."""
    parts = _Lint(data)
    notes = {note.get(f"{W}id"): _said(note) for note in parts.notes.iter(f"{W}footnote")}
    pairs = []
    for line in parts.main.iter(f"{W}p"):
        before = ""
        for node in line.iter(f"{W}t", f"{W}footnoteReference"):
            if node.tag == f"{W}t":
                before += node.text or ""
            else:
                pairs.append((before, notes[node.get(f"{W}id")].strip()))
    return pairs


def _said(root: Any) -> str:
    return "\n".join(
        "".join("\n" if node.tag == f"{W}br" else node.text or "" for node in line.iter(f"{W}t", f"{W}br"))
        for line in root.iter(f"{W}p")
    )


class _Lint:
    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.names = archive.namelist()
            self.parts: dict[str, Any] = {
                name: etree.fromstring(archive.read(name))
                for name in set(self.names)
                if name.endswith((".xml", ".rels"))
            }
            self.charts = [
                etree.fromstring(archive.read(name))
                for name in sorted(self.names)
                if name.endswith(".svg") or name.startswith("word/charts/chart")
            ]
        self.main = self.parts["word/document.xml"]
        self.notes = self.parts["word/footnotes.xml"]
        self.story = {
            name: root
            for name, root in self.parts.items()
            if re.match(r"word/(document|footnotes|header|footer)", name)
        }

    def problems(self) -> Iterator[str]:
        yield from (f"{name} is in the file {times} times" for name, times in Counter(self.names).items() if times > 1)
        yield from self._relationships()
        yield from self._bookmarks()
        yield from self._fields()
        yield from self._drawings()
        yield from self._footnotes()
        yield from self._styles_and_lists()
        yield from self._dates()

    def _relationships(self) -> Iterator[str]:
        for name, root in self.parts.items():
            if name.endswith(".rels"):
                folder = posixpath.dirname(posixpath.dirname(name))
                for found in root:
                    target = posixpath.normpath(posixpath.join("/", folder, found.get("Target"))).lstrip("/")
                    if found.get("TargetMode") != "External" and target not in self.names:
                        yield f"{name}: {target} is not there"
        for name, root in self.story.items():
            folder, base = posixpath.split(name)
            related = self.parts.get(f"{folder}/_rels/{base}.rels", ())
            known = {found.get("Id") for found in related}
            used = {node.get(f"{R}{kind}") for node in root.iter() for kind in ("id", "embed", "link")} - {None}
            yield from (f"{name}: no relationship {missing}" for missing in used - known)

    def _bookmarks(self) -> Iterator[str]:
        starts = [mark for root in self.story.values() for mark in root.iter(f"{W}bookmarkStart")]
        ends = [mark for root in self.story.values() for mark in root.iter(f"{W}bookmarkEnd")]
        names = Counter(mark.get(f"{W}name").lower() for mark in starts)
        yield from (f"bookmark {name} is there {times} times" for name, times in names.items() if times > 1)
        yield from (f"bookmark name {name} is too long" for name in names if len(name) > 40)
        numbers = Counter(mark.get(f"{W}id") for mark in starts)
        yield from (
            f"bookmark number {number} is given {times} times" for number, times in numbers.items() if times > 1
        )
        if numbers != Counter(mark.get(f"{W}id") for mark in ends):
            yield "bookmarks begin that do not end, or end that do not begin"
        for root in self.story.values():
            for link in root.iter(f"{W}hyperlink"):
                if link.get(f"{W}anchor", "").lower() not in {*names, ""}:
                    yield f"a link leads to {link.get(f'{W}anchor')}, which is not there"
            for instruction in _instructions(root):
                target = re.match(r"\s*(?:PAGEREF|NOTEREF|REF)\s+(\S+)", instruction)
                if target and target[1].lower() not in names:
                    yield f"a field refers to {target[1]}, which is not there"

    def _fields(self) -> Iterator[str]:
        for name, root in self.story.items():
            depth = 0
            for mark in root.iter(f"{W}fldChar"):
                depth += {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType"), 0)
                if depth < 0:
                    yield f"{name}: a field ends that does not begin"
            if depth:
                yield f"{name}: {depth} fields do not end"
        for name in ("updateFields", "documentProtection", "attachedTemplate", "mailMerge"):
            if next(self.parts["word/settings.xml"].iter(f"{W}{name}"), None) is not None:
                yield f"settings: {name} makes Word ask"
        if any(mark.get(f"{W}dirty") for root in self.story.values() for mark in root.iter(f"{W}fldChar")):
            yield "a field is dirty: Word asks"

    def _drawings(self) -> Iterator[str]:
        found = [one for root in self.story.values() for one in root.iter("{*}docPr")]
        numbers = Counter(one.get("id") for one in found)
        yield from (f"drawing number {number} is given {times} times" for number, times in numbers.items() if times > 1)
        yield from (f"drawing {one.get('id')} has no alternative text" for one in found if not one.get("descr"))

    def _footnotes(self) -> Iterator[str]:
        notes = [note.get(f"{W}id") for note in self.notes.iter(f"{W}footnote") if note.get(f"{W}type") is None]
        calls = [call.get(f"{W}id") for call in self.main.iter(f"{W}footnoteReference")]
        if notes != calls:  # LibreOffice pairs them by order, Word by number: the two must be one
            yield f"notes {notes} do not pair with calls {calls}"
        for root in self.story.values():
            for box in (*root.iter(f"{W}tc"), *root.iter(f"{W}footnote"), *root.iter(f"{W}txbxContent")):
                if len(box) == 0 or box[-1].tag != f"{W}p":
                    yield f"{etree.QName(box).localname} does not end in a paragraph"

    def _styles_and_lists(self) -> Iterator[str]:
        styles = Counter(style.get(f"{W}styleId") for style in self.parts["word/styles.xml"].iter(f"{W}style"))
        yield from (f"style {name} is there {times} times" for name, times in styles.items() if times > 1)
        numbering = next((root for name, root in self.parts.items() if name.startswith("word/numbering")), ())
        lists = {one.get(f"{W}numId") for one in numbering if one.tag == f"{W}num"}
        definitions = {one.get(f"{W}abstractNumId") for one in numbering if one.tag == f"{W}abstractNum"}
        for one in numbering:
            if one.tag == f"{W}num" and one.find(f"{W}abstractNumId").get(f"{W}val") not in definitions:
                yield f"list {one.get(f'{W}numId')} has no definition"
        for root in self.story.values():
            used = {node.get(f"{W}val") for node in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
            yield from (f"style {name} is not there" for name in used - styles.keys())
            numbers = {node.get(f"{W}val") for node in root.iter(f"{W}numId")} - {"0"}
            yield from (f"list {number} is not there" for number in numbers - lists)

    def _dates(self) -> Iterator[str]:
        core = [root for name, root in self.parts.items() if name.startswith("docProps/core")]
        if len(core) != 1:
            yield f"{len(core)} parts of core properties"
        for date in core[0].iter(f"{CORE}created", f"{CORE}modified"):
            try:
                datetime.strptime(date.text or "", "%Y-%m-%dT%H:%M:%SZ")
            except ValueError:
                yield f"{date.text} is no date as core properties have it"


def _instructions(root: Any) -> Iterator[str]:
    yield from (field.get(f"{W}instr") for field in root.iter(f"{W}fldSimple"))
    yield from (code.text or "" for code in root.iter(f"{W}instrText"))
