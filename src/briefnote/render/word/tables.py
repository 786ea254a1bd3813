"""Tables: column widths from what the cells say, and what keeps a table readable, aloud and across pages."""

from __future__ import annotations

from collections.abc import Sequence

from briefnote.render.word.wordml import tag

_CHARACTER = 100  # twips, a broad average for 9 points of Calibri, bold in the header
_PADDING = 280  # twips, both sides of a cell and some air: words of capitals are wider than the average
_LONGEST_WORD = 16  # characters that a column makes room for; what is longer is broken
_LONGEST_TEXT = 60  # characters beyond which a column is set in lines, not made wider
_TALL = 30  # lines that are too many for a row to stay on one page
_KEPT_TOGETHER = 7  # rows up to which a table is kept on one page; a longer one would leave too large a gap


def column_widths(rows: Sequence[Sequence[str]], total: int) -> list[int]:
    """Returns the width of each column, together `total` twips: its longest word and a share of the rest."""
    columns = list(zip(*rows, strict=True))
    needs = [_room(min(_LONGEST_WORD, max(map(_longest_word, column)))) for column in columns]
    texts = [_room(min(_LONGEST_TEXT, max(map(len, column)))) for column in columns]
    wanted_beyond = sum(texts) - sum(needs)
    if sum(texts) > total and wanted_beyond:
        share = max(0, total - sum(needs)) / wanted_beyond
        texts = [round(need + share * (text - need)) for need, text in zip(needs, texts, strict=True)]
    widths = [total * text // sum(texts) for text in texts]
    widths[-1] += total - sum(widths)
    return widths


def table(rows: str, widths: Sequence[int], caption: str, indent: int) -> str:
    """Returns a table of fixed column widths; the caption is what a screen reader announces."""
    properties = [
        '<w:tblStyle w:val="BriefTable"/>',
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>',
        f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else "",
        '<w:tblLayout w:type="fixed"/>',
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        'w:noVBand="1"/>',
        tag("w:tblCaption", w_val=caption) if caption else "",
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{''.join(properties)}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def line_count(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Returns about how many lines high a row of these texts is."""
    pairs = zip(texts, widths, strict=True)
    return max(1 + len(text) * _CHARACTER // max(_CHARACTER, width - _PADDING) for text, width in pairs)


def row(cells: str, *, is_header: bool, lines: int) -> str:
    """Returns a row that stays on one page; a header row is repeated on each.

    A row as high as a page may split, as what does not fit a page would be cut off.
    """
    marks = "" if lines >= _TALL else f"<w:cantSplit/>{'<w:tblHeader/>' if is_header else ''}"
    return f"<w:tr>{f'<w:trPr>{marks}</w:trPr>' if marks else ''}{cells}</w:tr>"


def cell(content: str, width: int) -> str:
    """Returns a cell around its paragraphs."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def is_kept_with_next(index: int, count: int) -> bool:
    """Whether the row stays with the one below: all of a short table do, and the first two of a long one."""
    return index < count - 1 if count <= _KEPT_TOGETHER else index < 2


def _room(characters: int) -> int:
    return characters * _CHARACTER + _PADDING


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)
