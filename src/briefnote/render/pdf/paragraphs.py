"""Paragraphs as slices: two lines at least on either side of a page break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefnote.render import tokens
from briefnote.render.pdf.layout import Block, Bookmark, Fill, Item, Run, Slice, Text
from briefnote.render.pdf.lines import Line, break_lines
from briefnote.render.pdf.styles import Style

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_TINT_PAD = 9.0  # between the edge of a tinted box and its text, above and below
_TINT_INSET = 12.0  # and on either side
_TINT_BAR = 3.0  # the bar at the left edge of the box


def paragraph(runs: Sequence[Run], style: Style, left: float, width: float) -> Block:
    """Returns the runs as a block of the style, `left` from the edge of the text area and `width` wide.

    In a tinted style, the text stands inset in a box of that tint.
    """
    inset = _TINT_INSET if style.tint else 0.0
    lines = break_lines(runs, width - 2 * inset) or [Line((), 0.0)]
    pieces = [_slice(part, style, left + inset) for part in together(lines)]
    if style.tint:
        pieces = _boxed(pieces, style, left, width)
    return Block(tuple(pieces), style.before, style.after)


def together(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Returns the lines in the parts that a page break may not cut: the first two, the last two, single ones.

    Up to three lines stay together.
    """
    if len(lines) <= 3:
        return [lines]
    return [lines[:2], *([line] for line in lines[2:-2]), lines[-2:]]


def labelled(block: Block, label: Text | None) -> Block:
    """Returns the block with the label (a bullet, a number) on the first line of text."""
    if label is None:
        return block
    first = block.slices[0]
    baselines = [item.baseline for item in first.items if isinstance(item, Text)]
    placed = Text(label.x, baselines[0] if baselines else label.baseline, label.runs)
    with_label = replace(first, items=(placed, *first.items))
    return replace(block, slices=(with_label, *block.slices[1:]))


def _slice(lines: Sequence[Line], style: Style, left: float) -> Slice:
    items = [Text(left, number * style.leading + style.baseline, line.runs) for number, line in enumerate(lines)]
    notes = tuple(run.note for line in lines for run in line.runs if run.note)
    return Slice(len(lines) * style.leading, tuple(items), notes, style.keeps_next)


def _boxed(pieces: Sequence[Slice], style: Style, left: float, width: float) -> list[Slice]:
    boxed = []
    for number, piece in enumerate(pieces):
        above = _TINT_PAD if number == 0 else 0.0
        below = _TINT_PAD if number == len(pieces) - 1 else 0.0
        height = piece.height + above + below
        # Half a point of overlap: viewers show a hairline between two fills that only touch.
        reach = height if below else height + 0.5
        box: list[Item] = [
            Fill(left, 0, width, reach, style.tint),
            Fill(left, 0, _TINT_BAR, reach, style.bar),
        ]
        moved = [_moved(item, above) for item in piece.items]
        boxed.append(replace(piece, height=height, items=(*box, *moved)))
    return boxed


def _moved(item: Item, down: float) -> Item:
    return replace(item, baseline=item.baseline + down) if isinstance(item, Text) else item


def blank(style: Style) -> Block:
    """Returns an empty line."""
    return Block((Slice(style.leading, ()),), after=style.after)


def marked(node: SyntaxTreeNode, blocks: list[Block]) -> list[Block]:
    """Returns the blocks with the id of their node as a target of links; headings have theirs already."""
    name = tokens.anchor(node)
    if not name or not blocks or node.type == "heading":
        return blocks
    return [with_bookmark(blocks[0], Bookmark(name)), *blocks[1:]]


def with_bookmark(block: Block, bookmark: Bookmark) -> Block:
    """Returns the block with a target of links and of the outline at its top."""
    first, *others = block.slices
    return replace(block, slices=(replace(first, items=(bookmark, *first.items)), *others))


def with_gaps(block: Block) -> list[Slice]:
    """Returns the slices of a block in a note, a little room below it made part of the last."""
    *others, last = block.slices
    return [*others, replace(last, height=last.height + 1.5)]
