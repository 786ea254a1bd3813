"""The style of the page: a fixed sheet, the colours of the theme, and the margins of printed pages."""

from __future__ import annotations

import re
from importlib import resources

from briefnote.model.edition import Document, Theme
from briefnote.render.furniture import date, marking, marking_colour, short_title

# Custom properties and inherited fonts do not reach the margins of a printed page.
_SANS = "'Source Sans 3',Calibri,Carlito,Arial,sans-serif"
_PRINTED_MARKING = (
    f"font:700 12pt/7mm {_SANS};width:max-content;height:7mm;padding:0 2mm;margin:auto 0;white-space:nowrap"
)
_PRINTED_FOOT = f"font:8pt {_SANS};color:#555;white-space:nowrap"


def style_sheet(document: Document, theme: Theme) -> str:
    """Returns the style sheet with the colours of the theme and what stands at the edges of printed pages."""
    names = ("text", "accent", "tint", "rule", "muted", "link")
    colours = "".join(f"--{name}:#{getattr(theme, name)};" for name in names)
    margins = (theme.margin_top, theme.margin_right, theme.margin_bottom, theme.margin_left)
    label, foot = marking(document), f"{short_title(document)} · {date(document)} · Page "
    box = f"content:{_css_string(label)};background:#000;color:#{marking_colour(document)};{_PRINTED_MARKING}"
    page = (
        f"@page{{size:{theme.page_width}mm {theme.page_height}mm;"
        f"margin:{' '.join(f'{margin}mm' for margin in margins)};"
        f"{f'@top-right{{{box}}}@bottom-right{{{box}}}' if label else ''}"
        f"@bottom-left{{content:{_css_string(foot)} counter(page) ' of ' counter(pages);{_PRINTED_FOOT}}}}}\n"
    )
    sheet = resources.files("briefnote.render.html").joinpath("page.css").read_text(encoding="utf-8")
    return f":root{{{colours}--marking:#{marking_colour(document)}}}\n{page}{sheet}"


def _css_string(text: str) -> str:
    """Returns the text as a CSS string: all but ASCII letters and digits escaped, so that none can end it."""
    return '"' + re.sub(r"[^A-Za-z0-9]", lambda found: f"\\{ord(found[0]):x} ", text) + '"'
