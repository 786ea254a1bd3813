"""The PDF edition: tagged (PDF/UA-1), notes at the foot of their page, embedded fonts, stable bytes.

Markdown becomes blocks (`story`), blocks become pages (`pages`), pages are painted (`paint`) on a canvas
that knows what belongs to the structure tree (`tagging`). reportlab draws and writes the file; text is
handed to it as runs in one font each, never as markup to parse.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from briefnote.model.edition import Document, Theme
from briefnote.render.pdf.contents import Contents, listed, page_numbers
from briefnote.render.pdf.layout import Page
from briefnote.render.pdf.pages import paginate
from briefnote.render.pdf.paint import Painter
from briefnote.render.pdf.story import Story, tell
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
    pages = _pages(story, theme, typesetter)
    size = (theme.page_width * POINTS_PER_MM, theme.page_height * POINTS_PER_MM)
    with _own_clock():
        canvas = TaggedCanvas(document, size, theme.pdf_standard)
        Painter(canvas, document, theme, typesetter).paint(pages)
        return canvas.finish(story.root), typesetter.warnings


@contextmanager
def _own_clock() -> Iterator[None]:
    """reportlab reads SOURCE_DATE_EPOCH by itself; our one time stamp is the document's."""
    kept = os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        yield
    finally:
        if kept is not None:
            os.environ["SOURCE_DATE_EPOCH"] = kept


def _pages(story: Story, theme: Theme, typesetter: Typesetter) -> Sequence[Page]:
    """Returns the pages; of a long document that has sections, with a contents list before the first."""
    height = (theme.page_height - theme.margin_top - theme.margin_bottom) * POINTS_PER_MM
    pages = paginate(story.blocks, story.notes, height)
    headings = listed(story.headings)
    if len(pages) < theme.contents_from_pages or not headings:
        return pages
    contents = Contents(headings, theme, typesetter)
    unnumbered = paginate(contents.inserted(story.blocks, {}), story.notes, height)
    return paginate(contents.inserted(story.blocks, page_numbers(unnumbered)), story.notes, height)
