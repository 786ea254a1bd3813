"""Lists that Word numbers itself: a definition for each kind, an instance for each list."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as Package
from docx.oxml.ns import nsdecls, qn

from briefnote.model.edition import Theme
from briefnote.render.word.wordml import element

STEP = 360  # twips a level is set in by
_LEVELS = 9  # ECMA-376 17.9.1: levels 0 to 8


@dataclass(frozen=True)
class ListKind:
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

_KINDS = (BULLETS, NUMBERS, FINDINGS, WATCH, JUDGEMENTS, SOURCES)
_BY_CLASS = {"findings": FINDINGS, "watch": WATCH, "judgements": JUDGEMENTS, "sources": SOURCES}


def kind_of(css_class: str, is_ordered: bool, depth: int) -> ListKind:
    """Returns the kind for a list of a class; a list within a list, and one of no known class, is plain."""
    plain = NUMBERS if is_ordered else BULLETS
    kind = _BY_CLASS.get(css_class, plain)
    return kind if depth == 0 and kind.is_ordered == is_ordered else plain


def indent(level: int) -> int:
    """Returns how far, in twips, the text of a level is set in."""
    return STEP * (level + 1)


def numbering_xml(theme: Theme) -> str:
    """Returns the numbering part: the definitions of all kinds and no list yet."""
    return f"<w:numbering {nsdecls('w')}>{''.join(_definition(kind, theme) for kind in _KINDS)}</w:numbering>"


def new_list(package: Package, kind: ListKind, start: int, depth: int) -> int:
    """Returns the number of a new list of a kind whose level `depth` counts from `start`."""
    numbering = package.part.numbering_part.element
    number = len(numbering.findall(qn("w:num"))) + 1
    override = element("w:lvlOverride", element("w:startOverride", w_val=start), w_ilvl=depth)
    overrides = [override] if kind.is_ordered else []
    abstract = element("w:abstractNumId", w_val=kind.definition)
    numbering.append(element("w:num", abstract, *overrides, w_numId=number))
    return number


def _definition(kind: ListKind, theme: Theme) -> str:
    levels = "".join(_level(kind, level, theme) for level in range(_LEVELS))
    return (
        f'<w:abstractNum w:abstractNumId="{kind.definition}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )


def _level(kind: ListKind, level: int, theme: Theme) -> str:
    left = indent(level)
    strong = f'<w:b/><w:color w:val="{theme.accent}"/>' if kind.is_strong else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{"decimal" if kind.is_ordered else "bullet"}"/>'
        f'<w:lvlText w:val="{kind.mark(level)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{STEP}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>{strong}</w:rPr></w:lvl>'
    )
