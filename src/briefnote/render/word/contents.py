"""The contents list: filled in when it is written, and never asking (Word would ask before it fills one in)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it.tree import SyntaxTreeNode

from briefnote.model.value import Value
from briefnote.render import tokens
from briefnote.render.word.bookmarks import Bookmarks
from briefnote.render.word.wordml import PLAIN, escape, link, paragraph, run, tag, text_run

TITLE = "Contents"


class Entry(Value):
    """A heading that is listed: its node, its text, its level in the list (from 1) and its bookmark."""

    node: SyntaxTreeNode
    text: str
    level: int
    mark: str


def entries(tree: SyntaxTreeNode, bookmarks: Bookmarks) -> list[Entry]:
    """Returns the headings that are listed: two levels, without those in lists and quotations.

    A single heading of the first level is the title of the document, which nobody looks up.
    """
    found = [(node, text) for node in tree.children if node.type == "heading" and (text := _text(node))]
    if sum(tokens.heading_level(node) == 1 for node, _ in found) == 1:
        found = [(node, text) for node, text in found if tokens.heading_level(node) > 1]
    highest = min((tokens.heading_level(node) for node, _ in found), default=1)
    return [
        Entry(node, text, tokens.heading_level(node) - highest + 1, bookmarks.hidden("Toc", number))
        for number, (node, text) in enumerate(found)
        if tokens.heading_level(node) < highest + 2
    ]


def contents(listed: Sequence[Entry], pages: Mapping[str, int], width: int) -> str:
    """Returns the list as Word's own field, `width` twips wide: F9 in Word makes it anew, opening the file does not."""
    first = min(tokens.heading_level(entry.node) for entry in listed)
    levels = f"{max(first - 1, 1)}-{first}"  # a heading of the second level has the style "heading 1"
    opening = _mark("begin") + _instruction(f'TOC \\o "{levels}" \\h \\z \\u') + _mark("separate")
    lines = [
        _line(entry, pages.get(entry.mark, 1), width, opening if number == 0 else "", number == len(listed) - 1)
        for number, entry in enumerate(listed)
    ]
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    blocks = paragraph("TOCHeading", text_run(TITLE)) + "".join(lines)
    return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{blocks}</w:sdtContent></w:sdt>"


def _line(entry: Entry, page: int, width: int, opening: str, is_last: bool) -> str:
    number = _mark("begin") + _instruction(f"PAGEREF {entry.mark} \\h") + _mark("separate")
    number += text_run(str(page)) + _mark("end")
    shown = text_run(entry.text) + run(PLAIN, "<w:tab/>") + number
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    content = opening + link(entry.mark, shown, is_internal=True) + (_mark("end") if is_last else "")
    return paragraph(f"TOC{entry.level}", content, tabs)


def _mark(kind: str) -> str:
    return run(PLAIN, tag("w:fldChar", w_fldCharType=kind))


def _instruction(text: str) -> str:
    return run(PLAIN, f'<w:instrText xml:space="preserve"> {escape(text)} </w:instrText>')


def _text(node: SyntaxTreeNode) -> str:
    return " ".join(tokens.plain_text(node).split())
