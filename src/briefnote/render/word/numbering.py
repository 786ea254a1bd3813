"""Lists that Word numbers itself: a definition for each kind, an instance for each list."""

from __future__ import annotations

from collections.abc import Mapping

from briefnote.model.edition import Theme
from briefnote.model.value import Value
from briefnote.render.word.wordml import tag

STEP = 360  # twips a level is set in by
_LEVELS = 9  # ECMA-376 17.9.1: levels 0 to 8


class ListKind(Value):
    """A kind of list: the style of its items and how Word marks each level, "%1" standing for the number."""

    definition: int
    style: str
    marks: tuple[str, ...]
    is_ordered: bool = False
    is_strong: bool = False

    def mark(self, level: int) -> str:
        """Returns the mark of a level; the marks are used in turn."""
        return self.marks[level % len(self.marks)].replace("%1", f"%{level + 1}")


BULLETS = ListKind(1, "ListBullet", ("•", "–", "·"))
NUMBERS = ListKind(2, "ListNumber", ("%1.",), is_ordered=True)
FINDINGS = ListKind(3, "Finding", ("•", "–", "·"), is_strong=True)
WATCH = ListKind(4, "WatchItem", ("→", "–", "·"), is_strong=True)
JUDGEMENTS = ListKind(5, "KeyJudgement", ("%1",), is_ordered=True, is_strong=True)
SOURCES = ListKind(6, "SourceEntry", ("[%1]",), is_ordered=True)

KINDS = (BULLETS, NUMBERS, FINDINGS, WATCH, JUDGEMENTS, SOURCES)
_BY_CLASS = {"findings": FINDINGS, "watch": WATCH, "judgements": JUDGEMENTS, "sources": SOURCES}


class Lists:
    """The lists of a document, numbered from `first`; `own` maps a kind to a definition other than its standard one.

    A definition of the user's own has its first level; below that the plain kinds go on.
    """

    def __init__(self, first: int = 1, base: int = 0, own: Mapping[ListKind, int] | None = None) -> None:
        self._first = first
        self._base = base
        self._own = own or {}
        self._made: list[str] = []

    def new(self, kind: ListKind, start: int, depth: int) -> int:
        """Returns the number of a new list of a kind whose level `depth` counts from `start`."""
        number = self._first + len(self._made)
        definition = self._own[kind] if kind in self._own and depth == 0 else self._base + kind.definition
        # Word counts to 32,767 (ECMA-376 17.9.27 has no bound, Word has).
        first = f'<w:startOverride w:val="{min(start, 32767)}"/>'
        override = f'<w:lvlOverride w:ilvl="{depth}">{first}</w:lvlOverride>' if kind.is_ordered else ""
        self._made.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{override}</w:num>')
        return number

    def xml(self) -> str:
        """Returns the lists as the numbering part holds them, after the definitions."""
        return "".join(self._made)


def kind_of(css_class: str, is_ordered: bool, depth: int) -> ListKind:
    """Returns the kind for a list of a class; a list within a list, and one of no known class, is plain."""
    plain = NUMBERS if is_ordered else BULLETS
    kind = _BY_CLASS.get(css_class, plain)
    return kind if depth == 0 and kind.is_ordered == is_ordered else plain


def indent(level: int) -> int:
    """Returns how far, in twips, the text of a level is set in."""
    return STEP * (level + 1)


def definitions(theme: Theme, base: int = 0, face: str = "") -> str:
    """Returns the definitions of all kinds, numbered from `base` + 1; marks are set in the face, if one is given."""
    return "".join(_definition(kind, theme, base, face) for kind in KINDS)


def _definition(kind: ListKind, theme: Theme, base: int, face: str) -> str:
    levels = "".join(_level(kind, level, theme, face) for level in range(_LEVELS))
    return (
        f'<w:abstractNum w:abstractNumId="{base + kind.definition}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )


def _level(kind: ListKind, level: int, theme: Theme, face: str) -> str:
    left = indent(level)
    strong = f'<w:b/><w:color w:val="{theme.accent}"/>' if kind.is_strong else ""
    font = tag("w:rFonts", w_ascii=face, w_hAnsi=face, w_cs=face) if face else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{"decimal" if kind.is_ordered else "bullet"}"/>'
        f'<w:lvlText w:val="{kind.mark(level)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{STEP}"/></w:pPr>'
        f"<w:rPr>{font}{strong}</w:rPr></w:lvl>"
    )
