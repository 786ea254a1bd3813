"""Reads Word files (ECMA-376): headings, lists, quotes, captions, tables and footnotes by their styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefnote.ingest.frontlines import with_front_lines
from briefnote.ingest.office.archive import Archive
from briefnote.ingest.office.properties import Properties, stated
from briefnote.ingest.passages import Passage, Run, assemble
from briefnote.ingest.snapshot import Snapshot
from briefnote.model.article import Article, BlockKind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CORE = "docProps/core.xml"
_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
# Of a style's name, as Word writes it in every language (ISO/IEC 29500-1, latentStyles).
_KINDS: tuple[tuple[str, BlockKind], ...] = (
    (r"title$", "title"),
    (r"heading \d", "heading"),
    (r"(?:intense )?quote|block text|quotations?", "quote"),
    (r"caption|table of figures|illustration", "caption"),
    (r"toc|footnote text|endnote text|header|footer|author|byline|date|subtitle|closing|signature", "note"),
    (r"list (?:bullet|number|paragraph)", "item"),
)
_TEXTS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SKIPPED = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "txbxContent")}
_SKIPPED |= {f"{_MC}Fallback"}


@dataclass(frozen=True)
class _Style:
    """What a paragraph style says of its paragraphs."""

    kind: BlockKind = "paragraph"
    level: int = 0


def read(snapshot: Snapshot) -> Article:
    """Returns the article. Places name the paragraphs of a part ("word/document.xml#12"), counted from 1."""
    archive = Archive(snapshot)
    root = archive.xml(_DOCUMENT)
    body = None if root is None else root.find(f"{_W}body")
    if body is None:
        snapshot.refuse("has no text (word/document.xml); open it in Word and save it again as .docx")
    styles = _styles(archive.xml(_STYLES))
    passages = with_front_lines(list(_Story(_DOCUMENT, styles).passages(body)))
    for name in _NOTES:
        if (notes := archive.xml(name)) is not None:
            passages.extend(_Story(name, styles, "note").passages(notes))
    text = assemble(passages)
    properties = Properties.of(archive.xml(_CORE))
    return Article(text.text, text.blocks, text.places, stated(passages, text.text, properties, snapshot.url))


class _Story:
    """The paragraphs and tables of one part, in order."""

    def __init__(self, part: str, styles: Mapping[str, _Style], always: BlockKind | None = None) -> None:
        self._part, self._styles, self._always = part, styles, always
        self._count = 0

    def passages(self, parent: Any) -> Iterator[Passage]:
        """Yields the passages of what is in an element: content controls and notes are entered."""
        for element in parent:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield Passage("table", tuple(self._table(element)))
            elif isinstance(element.tag, str) and element.tag not in _SKIPPED and element.tag != f"{_W}sectPr":
                yield from self.passages(element)

    def _paragraph(self, element: Any) -> Iterator[Passage]:
        kind, level = self._kind(element)
        yield Passage(kind, (self._run(element),), level)
        for box in element.iter(f"{_W}txbxContent"):
            if not any(ancestor.tag in _SKIPPED for ancestor in box.iterancestors()):
                yield from _Story(f"{self._part}#{self._count}", self._styles, "note").passages(box)

    def _run(self, element: Any) -> Run:
        self._count += 1
        return Run("".join(_words(element)), f"{self._part}#{self._count}", 0)

    def _table(self, table: Any) -> Iterator[Run]:
        """Yields the cells of a table, tabs between them and ends of lines after each row."""
        for row in table.iter(f"{_W}tr"):
            for number, cell in enumerate(row.iter(f"{_W}tc")):
                if number:
                    yield Run("\t")
                for order, paragraph in enumerate(cell.iter(f"{_W}p")):
                    run = self._run(paragraph)
                    yield Run((" " if order else "") + " ".join(run.text.split()), *_place(run, order))
            yield Run("\n")

    def _kind(self, element: Any) -> tuple[BlockKind, int]:
        if self._always:
            return self._always, 0
        properties = element.find(f"{_W}pPr")
        style = self._styles.get(_value(properties, "pStyle") or "", _Style())
        outline = _value(properties, "outlineLvl")
        if style.kind == "paragraph" and outline and outline.isdigit() and int(outline) < 9:
            return "heading", int(outline) + 1
        numbering = None if properties is None else properties.find(f"{_W}numPr")
        if numbering is not None and style.kind in {"paragraph", "item"} and _value(numbering, "numId") != "0":
            depth = _value(numbering, "ilvl") or "0"
            return "item", 1 + (int(depth) if depth.isdigit() else 0)
        if style.kind == "paragraph" and _is_bold_line(element):
            return "heading", 2
        return style.kind, style.level


def _place(run: Run, order: int) -> tuple[str, int | None]:
    """Returns the place of a cell's paragraph; one after another, or with folded white space, has none of its own."""
    return run.part, (0 if not order and "  " not in run.text and run.text == run.text.strip() else None)


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _TEXTS:
            yield _TEXTS[child.tag]
        else:
            yield from _words(child)


def _is_bold_line(element: Any) -> bool:
    """Says whether a short paragraph without a full stop is bold all through: a heading to the eye."""
    runs = [run for run in element.iter(f"{_W}r") if "".join(_words(run)).strip()]
    text = "".join(_words(element)).strip()
    if not runs or len(text) > 100 or text.endswith((".", ",", ";", ":")):
        return False
    bold = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return all(mark is not None and mark.get(f"{_W}val", "true") not in {"0", "false", "off"} for mark in bold)


def _value(parent: Any, name: str) -> str | None:
    found = None if parent is None else parent.find(f"{_W}{name}")
    return None if found is None else found.get(f"{_W}val")


def _styles(root: Any) -> dict[str, _Style]:
    """Returns what each paragraph style says, by its id; a style says what the one it is based on says."""
    elements = {} if root is None else {style.get(f"{_W}styleId"): style for style in root.iter(f"{_W}style")}
    return {name: _style(name, elements) for name in elements}


def _style(name: str, elements: Mapping[str, Any]) -> _Style:
    seen: set[str] = set()
    while name in elements and name not in seen:
        seen.add(name)
        element = elements[name]
        called = (_value(element, "name") or "").lower()
        outline = _value(element.find(f"{_W}pPr"), "outlineLvl")
        for pattern, kind in _KINDS:
            if re.match(pattern, called):
                digits = re.search(r"\d+", called)
                return _Style(kind, int(digits[0]) if digits and kind == "heading" else int(kind == "item"))
        if outline and outline.isdigit() and int(outline) < 9:
            return _Style("heading", int(outline) + 1)
        name = _value(element, "basedOn") or ""
    return _Style()
