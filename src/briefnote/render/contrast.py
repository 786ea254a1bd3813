"""Whether text can be read on its ground: contrast by WCAG 2.2, 1.4.3 (AA)."""

from __future__ import annotations

from collections.abc import Iterator

from briefnote.errors import Problem
from briefnote.model.edition import Theme

TEXT = 4.5
LARGE = 3.0  # from 18 points on, or bold from 14 on
_PAPER = "FFFFFF"

# Colour, what is set in it, and the grounds it stands on.
_USES = (
    ("text", "text", ("paper", "tint")),
    ("accent", "headings, captions and heads of tables", ("paper", "tint")),
    ("muted", "the basis, footers and dates", ("paper",)),
    ("link", "links and citations", ("paper", "tint")),
)


def contrast(one: str, other: str) -> float:
    """Returns the contrast of two colours (RRGGBB), from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def theme_problems(theme: Theme, file: str) -> Iterator[Problem]:
    """Yields a problem for each colour of the theme that is too close to a ground its text stands on."""
    for name, used, grounds in _USES:
        for ground in grounds:
            behind = _PAPER if ground == "paper" else theme.tint
            found = contrast(getattr(theme, name), behind)
            if found < TEXT:
                where = "white" if ground == "paper" else f"the tint {behind}"
                message = (
                    f"{getattr(theme, name)} ({used}) has a contrast of {found:.1f} on {where}, at least {TEXT} is"
                )
                yield Problem(file, field=name, message=f"{message} asked for; make it darker")


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
