"""Reads Markdown: headings, lists, quotes, tables and code become structure, marks leave the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from briefnote.ingest.dates import day_of
from briefnote.ingest.decoding import declared_charset, decode
from briefnote.ingest.language import language_of
from briefnote.ingest.names import names_in
from briefnote.ingest.passages import Passage, Run, assemble
from briefnote.ingest.plain.kinds import parts_of
from briefnote.ingest.plain.lines import paragraphs
from briefnote.ingest.snapshot import Snapshot
from briefnote.ingest.stating import metadata_of
from briefnote.model.article import Article, BlockKind, Metadata, Stated
from briefnote.yamltree import read_yaml

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_LAYOUT = {"th_close": "\t", "td_close": "\t", "tr_close": "\n"}
_FIELDS = {
    "title": ("title",),
    "publisher": ("publisher", "source", "site"),
    "language": ("language", "lang"),
    "url": ("url", "canonical_url", "canonical", "link"),
}


def read(snapshot: Snapshot) -> Article:
    """Returns the article. Places count the characters of the decoded text; marks of Markdown lie between them."""
    text = decode(snapshot.data, declared_charset(b"", snapshot.media_type))
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    body = assemble(_passages(text, start))
    said = metadata_of(parts_of(paragraphs(body.text)), body.text, snapshot.url)
    fields = _front_matter(front[1]) if front else {}
    return Article(body.text, body.blocks, body.places, _stated(fields, said, body.text))


def _passages(text: str, start: int) -> Iterator[Passage]:
    """Yields a passage for each block that holds words; the first heading of the first level is the title."""
    from markdown_it import MarkdownIt

    source = text[start:]
    starts = _line_starts(source)
    depth, quoted, level, titled = 0, 0, 0, False
    for token in _with_tables(MarkdownIt("commonmark").enable("table").parse(source)):
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "heading_open":
            level = int(token.tag[1])
        if token.type == "heading_close":
            level = 0
        if token.type in {"inline", "code_block", "fence", "table"} and token.map:
            at = starts[token.map[0]]
            kind = "table" if token.type == "table" else _kind(level, depth, quoted, titled)
            titled = titled or kind == "title"
            runs = tuple(_runs(token, text, start + at))
            yield Passage(kind, runs, level if kind == "heading" else depth if kind == "item" else 0)


def _with_tables(tokens: list[Token]) -> Iterator[Token]:
    """Yields the tokens, those of a table as one whose children are the words of its cells, tabs and ends of rows."""
    table: Token | None = None
    for token in tokens:
        if token.type == "table_open":
            table = token.copy(type="table", children=[])
        elif token.type == "table_close" and table:
            yield table
            table = None
        elif table is None:
            yield token
        elif token.type == "inline" or token.type in _LAYOUT:
            _add(table, token)


def _add(table: Token, token: Token) -> None:
    children = table.children or []
    if token.type == "inline":
        children.extend(token.children or [])
    else:
        children.append(token.copy(type="text", content=_LAYOUT[token.type]))


def _kind(level: int, depth: int, quoted: int, titled: bool) -> BlockKind:
    if level:
        return "title" if level == 1 and not titled else "heading"
    return "item" if depth else "quote" if quoted else "paragraph"


def _line_starts(text: str) -> list[int]:
    """Returns where each line begins, and the end; a carriage return before a line feed belongs to its line."""
    return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text)), len(text)]


def _runs(token: Token, text: str, at: int) -> Iterator[Run]:
    """Yields the words of a block, each found in the source after the one before it."""
    for words in _words(token):
        found = text.find(words, at)
        if found < 0 or not words.strip():
            yield Run(words)
        else:
            yield Run(words, "", found)
            at = found + len(words)


def _words(token: Token) -> Iterator[str]:
    """Yields the text of a block in pieces that stand in the source as they are."""
    if not token.children:
        yield from token.content.splitlines(keepends=True)
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            yield " "
        elif child.type == "image":
            yield from _words(child)
        elif child.type not in {"html_inline"}:
            yield child.content


def _front_matter(text: str) -> Mapping[str, object]:
    """Returns the fields of the YAML before the text, {} where it is no map or is refused."""
    node, problems = read_yaml(text.encode(), "front matter")
    found = node.plain() if node and not problems else None
    return {str(key).lower(): value for key, value in found.items()} if isinstance(found, dict) else {}


def _stated(fields: Mapping[str, object], said: Metadata, text: str) -> Metadata:
    """Returns what the front matter says, and what the text says where that is silent."""
    language = language_of(text)
    found = {name: _field(fields, *keys) for name, keys in _FIELDS.items()}
    authors = fields.get("authors", fields.get("author", fields.get("by")))
    names = [name for author in (authors if isinstance(authors, list) else [authors]) for name in names_in(str(author))]
    return Metadata(
        title=found["title"] or said.title,
        authors=tuple(Stated(name, "front matter", 0.95) for name in names) or said.authors,
        publisher=found["publisher"] or said.publisher,
        published=_day(fields, "date", "published", "pubdate") or said.published,
        updated=_day(fields, "updated", "modified", "lastmod") or said.updated,
        language=found["language"] or (Stated(language[0], "words of the text", language[1]) if language else None),
        url=said.url or found["url"],
    )


def _field(fields: Mapping[str, object], *keys: str) -> Stated | None:
    value = next((str(fields[key]).strip() for key in keys if fields.get(key)), "")
    return Stated(" ".join(value.split()), "front matter", 0.95) if value else None


def _day(fields: Mapping[str, object], *keys: str) -> Stated | None:
    day = next((day for key in keys if (day := day_of(str(fields.get(key) or "")))), None)
    return Stated(day, "front matter", 0.95) if day else None
