"""The Word edition: a .docx with real footnotes, lists, fields and links, to be edited and read aloud."""

from __future__ import annotations

from briefnote.model.edition import Document, Theme
from briefnote.render.tokens import parse
from briefnote.render.word.setting import Setting

__all__ = ["render"]


def render(document: Document, theme: Theme) -> bytes:
    """Returns the document as a .docx file; the same document and theme give the same bytes.

    Raises BriefnoteError where the Markdown asks for an image or a chart that is not there, and where the document's
    house file cannot be used.
    """
    return Setting(parse(document.markdown, theme), document, theme).file()
