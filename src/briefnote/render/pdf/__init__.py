"""The PDF edition: tagged (PDF/UA-1), notes at the foot of their page, embedded fonts, stable bytes.

Markdown becomes blocks (`story`), blocks become pages (`pages`), pages are painted (`paint`) on a canvas
that knows what belongs to the structure tree (`tagging`). reportlab draws and writes the file; text is
handed to it as runs in one font each, never as markup to parse.
"""

from __future__ import annotations

from briefnote.model.edition import Document, Theme
from briefnote.render.pdf.pages import paginate
from briefnote.render.pdf.paint import Painter
from briefnote.render.pdf.story import tell
from briefnote.render.pdf.styles import POINTS_PER_MM
from briefnote.render.pdf.tagging import TaggedCanvas
from briefnote.render.typeface import Typesetter

__all__ = ["render", "render_with_warnings"]


def render(document: Document, theme: Theme) -> bytes:
    """Returns the document as a PDF. Raises BriefnoteError on Markdown that cannot be printed."""
    return render_with_warnings(document, theme)[0]


def render_with_warnings(document: Document, theme: Theme) -> tuple[bytes, tuple[str, ...]]:
    """Returns the PDF, and a sentence for each character that no font has and that is shown as a box."""
    typesetter = Typesetter()
    story = tell(document, theme, typesetter)
    height = (theme.page_height - theme.margin_top - theme.margin_bottom) * POINTS_PER_MM
    pages = paginate(story.blocks, story.notes, height)
    size = (theme.page_width * POINTS_PER_MM, theme.page_height * POINTS_PER_MM)
    canvas = TaggedCanvas(document, size)
    Painter(canvas, document, theme, typesetter).paint(pages)
    return canvas.finish(story.root), typesetter.warnings
