"""theme.yaml: the look, said once for every edition."""

from __future__ import annotations

from briefnote.errors import Problem
from briefnote.model.edition import Theme
from briefnote.model.record import Reader
from briefnote.yamltree import read_yaml


def read_theme(data: bytes, file: str) -> tuple[Theme | None, list[Problem]]:
    """Returns the theme (what the file leaves out is as in the standard one) and every problem found."""
    node, problems = read_yaml(data, file)
    if node is None:
        return None, problems
    reader = Reader(file)
    theme = reader.read(node, Theme)
    return theme, [*problems, *reader.problems]
