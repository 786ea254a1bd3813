"""How a paragraph and its runs are set: the defaults, the styles they are based on, and what they say themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from briefnote.model.value import Value
from briefnote.render.word.wordml import NAMESPACES

W = f"{{{NAMESPACES['w']}}}"
_OFF = {"0", "false", "off", "none"}


class Letters(Value):
    """The look of a run: font, size in points, bold."""

    font: str = "Times New Roman"
    size: float = 10.0
    is_bold: bool = False


class Setting(Value):
    """The look of a paragraph: space before and after, indents (all in twips), and how lines are led.

    `line` is a multiple of the font's line height where `exact` is 0, else the line is `exact` or, with `is_least`, at
    least that high.
    """

    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    exact: float = 0.0
    is_least: bool = False
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    keeps_next: bool = False
    keeps_lines: bool = False
    breaks_page: bool = False
    joins_alike: bool = False
    letters: Letters = Letters()


class Styles:
    """The styles of a file, with what its numbering says about indents."""

    def __init__(self, styles: Element, numbering: Element | None, themes: dict[str, str] | None = None) -> None:
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
        self._root = styles
        self._numbering = numbering
        self._fonts = themes or {}
        self._known: dict[str, Setting] = {}

    def paragraph(self, element: Element | None, style: str = "") -> Setting:
        """Returns the look of a paragraph with these properties (w:pPr), in a style where they name none."""
        named = _value(element, "pStyle") or style
        setting = self._style(named or self._default)
        if element is None:
            return setting
        indented = self._numbered(setting, element)
        return self._said(indented, element, None)

    def run(self, letters: Letters, element: Element | None) -> Letters:
        """Returns the look of a run with these properties (w:rPr), in a paragraph of the look."""
        if element is None:
            return letters
        named = self._styles.get(_value(element, "rStyle"))
        inner = named.find(f"{W}rPr") if named is not None else None
        return self._lettered(self._lettered(letters, inner), element)

    @cached_property
    def _default(self) -> str:
        return next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") not in _OFF
            ),
            "",
        )

    def _style(self, name: str, depth: int = 0) -> Setting:
        if name in self._known:
            return self._known[name]
        style = self._styles.get(name)
        if style is None or depth > 20:
            return self._defaults
        based = self._style(_value(style, "basedOn"), depth + 1)
        properties = style.find(f"{W}pPr")
        numbered = self._numbered(based, properties) if properties is not None else based
        self._known[name] = self._said(numbered, properties, style.find(f"{W}rPr"))
        return self._known[name]

    @cached_property
    def _defaults(self) -> Setting:
        properties = self._root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        return self._said(Setting(), properties, self._root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def _said(self, setting: Setting, paragraph: Element | None, run: Element | None) -> Setting:
        changes = dict(_changes(paragraph)) if paragraph is not None else {}
        return setting.changed(letters=self._lettered(setting.letters, run), **changes)

    def _lettered(self, letters: Letters, run: Element | None) -> Letters:
        if run is None:
            return letters
        size, bold, fonts = _value(run, "sz"), run.find(f"{W}b"), run.find(f"{W}rFonts")
        font = letters.font
        if fonts is not None:
            themed = self._fonts.get(fonts.get(f"{W}asciiTheme", "")[:5])
            font = themed or fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or font
        return Letters(
            font,
            float(size) / 2 if size.replace(".", "", 1).isdecimal() else letters.size,
            letters.is_bold if bold is None else bold.get(f"{W}val", "1") not in _OFF,
        )

    def _numbered(self, setting: Setting, properties: Element) -> Setting:
        """Returns the look with the indent of the list level that the properties name."""
        number, level = _value(properties, "numPr/{W}numId"), _value(properties, "numPr/{W}ilvl") or "0"
        indent = self._level(number, level) if number not in {"", "0"} else None
        return setting.changed(**dict(_indents(indent))) if indent is not None else setting

    def _level(self, number: str, level: str) -> Element | None:
        return self._indents_of_levels.get((self._definitions.get(number, ""), level))

    @cached_property
    def _definitions(self) -> dict[str, str]:
        lists = self._numbering.iter(f"{W}num") if self._numbering is not None else ()
        return {one.get(f"{W}numId", ""): _value(one, "abstractNumId") for one in lists}

    @cached_property
    def _indents_of_levels(self) -> dict[tuple[str, str], Element]:
        definitions = self._numbering.iter(f"{W}abstractNum") if self._numbering is not None else ()
        return {
            (one.get(f"{W}abstractNumId", ""), level.get(f"{W}ilvl", "")): indent
            for one in definitions
            for level in one.iterfind(f"{W}lvl")
            if (indent := level.find(f"{W}pPr/{W}ind")) is not None
        }


def _value(element: Element | None, path: str) -> str:
    found = element.find(f"{W}{path.format(W=W)}") if element is not None else None
    return "" if found is None else found.get(f"{W}val", "")


def _changes(properties: Element) -> Iterator[tuple[str, Any]]:
    """Yields what the properties of a paragraph say, as fields of a Setting."""
    switches = {"keepNext": "keeps_next", "keepLines": "keeps_lines", "pageBreakBefore": "breaks_page"}
    for name, field in (*switches.items(), ("contextualSpacing", "joins_alike")):
        found = properties.find(f"{W}{name}")
        if found is not None:
            yield field, found.get(f"{W}val", "1") not in _OFF
    spacing = properties.find(f"{W}spacing")
    if spacing is not None:
        yield from ((side, number) for side in ("before", "after") if (number := _number(spacing, side)) is not None)
        line, rule = _number(spacing, "line"), spacing.get(f"{W}lineRule", "auto")
        if line is not None:
            yield from (("line", line / 240), ("exact", 0.0)) if rule == "auto" else (("exact", line),)
            yield "is_least", rule == "atLeast"
    indent = properties.find(f"{W}ind")
    if indent is not None:
        yield from _indents(indent)


def _indents(indent: Element) -> Iterator[tuple[str, Any]]:
    sides = {"left": "left", "start": "left", "right": "right", "end": "right", "firstLine": "first"}
    for name, field in sides.items():
        if (number := _number(indent, name)) is not None:
            yield field, number
    if (hanging := _number(indent, "hanging")) is not None:
        yield "first", -hanging


def _number(element: Element, name: str) -> float | None:
    try:
        return float(element.get(f"{W}{name}", ""))
    except ValueError:
        return None
