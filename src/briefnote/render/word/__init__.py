"""The Word edition: a .docx with real footnotes, lists, fields and links, to be edited and read aloud."""

from __future__ import annotations

from briefnote.model.edition import Document, Theme
from briefnote.render.tokens import parse
from briefnote.render.word.body import Body
from briefnote.render.word.edges import write_edges
from briefnote.render.word.package import new_package, saved, write_properties


def render(document: Document, theme: Theme) -> bytes:
    """Returns the document as a .docx file; the same document and theme give the same bytes.

    Raises BriefnoteError where the Markdown asks for an image or a chart that is not there.
    """
    tree = parse(document.markdown)
    package = new_package(document, theme)
    Body(package, document, theme).write(tree)
    write_edges(package, document, theme)
    write_properties(package, document)
    return saved(package, document.moment)
