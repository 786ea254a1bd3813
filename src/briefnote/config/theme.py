"""theme.yaml: the look, said once for every edition."""

from __future__ import annotations

from briefnote.errors import Problem
from briefnote.model.edition import Theme
from briefnote.model.record import Reader
from briefnote.yamltree import read_yaml

LEAST_TEXT = 40.0  # mm: less holds no line of text


def _roomy(theme: Theme, reader: Reader, line: int) -> None:
    wide = theme.page_width - theme.margin_left - theme.margin_right
    high = theme.page_height - theme.margin_top - theme.margin_bottom
    for name, room in (("page_width", wide), ("page_height", high)):
        if room < LEAST_TEXT:
            message = f"the margins leave {room:g} mm for text, at least {LEAST_TEXT:g} mm are needed; widen or narrow"
            reader.problem(line, name, message)


def read_theme(data: bytes, file: str) -> tuple[Theme | None, list[Problem]]:
    """Returns the theme (what the file leaves out is as in the standard one) and every problem found."""
    node, problems = read_yaml(data, file)
    if node is None:
        return None, problems
    reader = Reader(file)
    theme = reader.read(node, Theme)
    if theme is not None:
        _roomy(theme, reader, node.line)
    return theme, [*problems, *reader.problems]
