"""Reads OpenDocument texts (ISO/IEC 26300): headings, lists, quotes, captions, tables and notes by their styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from briefnote.ingest.frontlines import with_front_lines
from briefnote.ingest.office.archive import Archive
from briefnote.ingest.office.properties import Properties, stated
from briefnote.ingest.passages import Passage, Run, assemble
from briefnote.ingest.snapshot import Snapshot
from briefnote.model.article import Article, BlockKind

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _TABLE, _STYLE = (_NAMESPACE % name for name in ("office", "text", "table", "style"))
_CONTENT = "content.xml"
_KINDS: tuple[tuple[str, BlockKind], ...] = (
    (r"title$", "title"),
    (r"quotations?|intense quote|quote", "quote"),
    (r"caption|illustration|figure$|drawing|table$", "caption"),
    (r"contents|footnote|endnote|header|footer|subtitle|signature|author|date", "note"),
    (r"list|numbering", "item"),
)
_SKIPPED = {f"{_TEXT}{name}" for name in ("tracked-changes", "sequence-decls", "note-citation", "variable-decls")}
_SKIPPED |= {f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_OFFICE}forms"}
_NOTED = {f"{_TEXT}{name}" for name in ("table-of-content", "bibliography", "alphabetical-index", "illustration-index")}


def read(snapshot: Snapshot) -> Article:
    """Returns the article. Places name the paragraphs ("content.xml#12"), counted from 1."""
    archive = Archive(snapshot)
    root = archive.xml(_CONTENT)
    body = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        snapshot.refuse("holds no OpenDocument text (content.xml); save the article as .odt or .docx")
    story = _Story(_parents(root), _bold(root))
    passages = with_front_lines(list(story.passages(body, 0))) + story.notes
    text = assemble(passages)
    properties = Properties.of(archive.xml("meta.xml"))
    return Article(text.text, text.blocks, text.places, stated(passages, text.text, properties, snapshot.url))


class _Story:
    """The paragraphs, lists and tables of a text in order; `notes` holds its notes once these have been read."""

    def __init__(self, parents: dict[str, str], bold: frozenset[str]) -> None:
        self._parents, self._bold = parents, bold
        self._count = 0
        self.notes: list[Passage] = []

    def passages(self, parent: Any, depth: int, always: BlockKind | None = None) -> Iterator[Passage]:
        """Yields the passages of what is in an element; `depth` is that of the list it is in."""
        for element in parent:
            tag = element.tag
            if tag in {f"{_TEXT}p", f"{_TEXT}h"}:
                yield from self._paragraph(element, depth, always)
            elif tag == f"{_TABLE}table":
                yield Passage("table", tuple(self._table(element)))
            elif isinstance(tag, str) and tag not in _SKIPPED:
                inner = depth + (tag == f"{_TEXT}list")
                yield from self.passages(element, inner, "note" if tag in _NOTED else always)

    def _paragraph(self, element: Any, depth: int, always: BlockKind | None) -> Iterator[Passage]:
        boxes: list[Any] = []
        run = self._run(element, boxes)
        kind, level = self._kind(element, run.text.strip(), depth)
        if always:
            kind, level = always, 0
        yield Passage(kind, (run,), level)
        for box in boxes:
            yield from self.passages(box, 0)

    def _run(self, element: Any, boxes: list[Any]) -> Run:
        self._count += 1
        part = f"{_CONTENT}#{self._count}"
        return Run("".join(self._words(element, boxes)), part, 0)

    def _words(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            local = child.tag.rsplit("}", 1)[-1] if isinstance(child.tag, str) else ""
            if local == "note":
                for body in child.iter(f"{_TEXT}note-body"):
                    self.notes.extend(self.passages(body, 0, "note"))
            elif local in {"text-box"}:
                boxes.append(child)
            elif local in {"s", "tab", "line-break"}:
                yield "\n" if local == "line-break" else " "
            elif local and child.tag not in _SKIPPED:
                yield from self._words(child, boxes)
            yield child.tail or ""

    def _table(self, table: Any) -> Iterator[Run]:
        """Yields the cells of a table, tabs between them and ends of lines after each row."""
        for row in table.iter(f"{_TABLE}table-row"):
            for number, cell in enumerate(row.iter(f"{_TABLE}table-cell")):
                if number:
                    yield Run("\t")
                for order, paragraph in enumerate(cell.iter(f"{_TEXT}p")):
                    run = self._run(paragraph, [])
                    is_plain = not order and run.text == " ".join(run.text.split())
                    yield Run((" " if order else "") + " ".join(run.text.split()), run.part, 0 if is_plain else None)
            yield Run("\n")

    def _kind(self, element: Any, text: str, depth: int) -> tuple[BlockKind, int]:
        if element.tag == f"{_TEXT}h":
            level = element.get(f"{_TEXT}outline-level") or "1"
            return "heading", int(level) if level.isdigit() else 1
        if depth:
            return "item", depth
        name = element.get(f"{_TEXT}style-name") or ""
        if name in self._bold and 0 < len(text) < 100 and not text.endswith((".", ",", ";", ":")):
            return "heading", 2
        called = self._called(name)
        heading = re.match(r"heading (\d)", called)
        if heading:
            return "heading", int(heading[1])
        return next((kind for pattern, kind in _KINDS if re.match(pattern, called)), "paragraph"), 0

    def _called(self, name: str) -> str:
        """Returns the name of the style, in lower case, that an automatic style stands for: "Text_20_body"."""
        return re.sub(r"_([0-9a-f]{2})_", lambda code: chr(int(code[1], 16)), self._parents.get(name, name)).lower()


def _parents(root: Any) -> dict[str, str]:
    """Returns the named style that each automatic one is a variant of."""
    styles = root.findall(f"{_OFFICE}automatic-styles/{_STYLE}style")
    return {
        style.get(f"{_STYLE}name"): parent for style in styles if (parent := style.get(f"{_STYLE}parent-style-name"))
    }


def _bold(root: Any) -> frozenset[str]:
    """Returns the automatic paragraph styles that are bold: their short paragraphs are headings to the eye."""
    weight = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}font-weight"
    styles = root.findall(f"{_OFFICE}automatic-styles/{_STYLE}style")
    return frozenset(
        style.get(f"{_STYLE}name")
        for style in styles
        if style.get(f"{_STYLE}family") == "paragraph"
        and any(part.get(weight) == "bold" for part in style.iter(f"{_STYLE}text-properties"))
    )
