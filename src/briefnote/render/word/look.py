"""The parts of a new file from which Word offers fonts and colours: its font table and its theme (ECMA-376 20.1.6)."""

from __future__ import annotations

from briefnote.model.edition import Theme
from briefnote.render.word.styles import MONO, SANS, SERIF
from briefnote.render.word.wordml import NAMESPACES, declarations, tag

_FAMILIES = {SERIF: ("roman", "variable"), SANS: ("swiss", "variable"), MONO: ("modern", "fixed")}
_DRAWING = NAMESPACES["a"]


def font_table_xml() -> str:
    """Returns the fonts that the styles name, with the kind of face to take where a reader has not the font itself."""
    fonts = "".join(
        tag("w:font", f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/>', w_name=name)
        for name, (family, pitch) in _FAMILIES.items()
    )
    return f"<w:fonts {declarations('w')}>{fonts}</w:fonts>"


def theme_xml(theme: Theme) -> str:
    """Returns the colours and fonts that Word offers first: those of the brief."""
    accents = (theme.accent, theme.link, theme.muted, theme.rule, theme.tint, theme.text)
    colours = {"dk1": theme.text, "lt1": "FFFFFF", "dk2": theme.accent, "lt2": theme.tint}
    colours |= {f"accent{number}": colour for number, colour in enumerate(accents, 1)}
    colours |= {"hlink": theme.link, "folHlink": theme.link}
    palette = "".join(tag(f"a:{name}", tag("a:srgbClr", val=colour)) for name, colour in colours.items())
    other = tag("a:ea", typeface="") + tag("a:cs", typeface="")
    major, minor = (tag("a:latin", typeface=face) + other for face in (SANS, SERIF))
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="briefnote"><a:themeElements>'
        f'<a:clrScheme name="briefnote">{palette}</a:clrScheme>'
        f'<a:fontScheme name="briefnote"><a:majorFont>{major}</a:majorFont><a:minorFont>{minor}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="briefnote">{_FORMATS}</a:fmtScheme></a:themeElements></a:theme>'
    )


# Three fills, lines, effects and backgrounds are asked for; shapes that a person adds are plain.
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_FORMATS = (
    f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
    f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
)
