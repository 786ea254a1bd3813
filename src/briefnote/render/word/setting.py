"""How a text is set: into a frame, with bookmarks, ways back and, where it is long, a contents list."""

from __future__ import annotations

from collections.abc import Mapping

from markdown_it.tree import SyntaxTreeNode

from briefnote.model.edition import Document, Theme
from briefnote.model.value import Value
from briefnote.render import tokens
from briefnote.render.word.body import Additions, Body
from briefnote.render.word.bookmarks import Bookmarks
from briefnote.render.word.citations import citations
from briefnote.render.word.contents import Entry, contents, entries
from briefnote.render.word.drawings import Drawings, Pictures
from briefnote.render.word.frame import Frame
from briefnote.render.word.inlines import Inlines, Links
from briefnote.render.word.properties import write_properties
from briefnote.render.word.standard import StandardFrame

_SHORTEST_PAGE = 400  # characters of Markdown; a document with fewer pages of these need not be reckoned


_NONE: Mapping[str, int] = {}


class Listed(Value):
    """What the contents list says: the page of each bookmark of a heading, and which headings begin a page."""

    pages: Mapping[str, int] = _NONE
    anchored: frozenset[str] = frozenset()


class Setting:
    """A tree of Markdown, to be set as a file."""

    def __init__(self, tree: SyntaxTreeNode, document: Document, theme: Theme) -> None:
        self._tree = tree
        self._document = document
        self._theme = theme
        self._pictures = Pictures(theme)

    def file(self) -> bytes:
        """Returns the file.

        A document as long as the theme says has a contents list. Its page numbers are reckoned (see `paging`) from the
        file with the list in it; headings whose page is in doubt begin one.
        """
        frame, listed = self._filled(None)
        if listed and len(self._document.markdown) / _SHORTEST_PAGE >= self._theme.contents_from_pages:
            frame = self._with_contents(frame, listed)
        write_properties(frame.package, self._document)
        return frame.package.packed(self._document.moment)

    def _with_contents(self, short: Frame, found: list[Entry]) -> Frame:
        """Returns a frame with a contents list, or the one it was given where that has too few pages."""
        from briefnote.render.word.paging.document import pages_of

        if pages_of(short.package, short.main).count < self._theme.contents_from_pages:
            return short
        frame, _ = self._filled(Listed())
        marks = frozenset(entry.mark for entry in found)
        pages = pages_of(frame.package, frame.main, marks)
        return self._filled(Listed(pages.of, pages.anchored))[0]

    def _filled(self, listed: Listed | None) -> tuple[Frame, list[Entry]]:
        """Returns a frame with the text in it, and the headings for a contents list."""
        document, frame = self._document, self._frame()
        bookmarks = Bookmarks(frame.bookmarks, frame.first_number)
        cited = citations(self._tree, bookmarks)
        found = entries(self._tree, bookmarks)
        additions = Additions(ways_back=cited.back)
        if listed is not None:
            additions = Additions(
                before={id(found[0].node): contents(found, listed.pages, frame.width)},
                marks={id(entry.node): entry.mark for entry in found},
                on_new_page=frozenset(id(entry.node) for entry in found if entry.mark in listed.anchored),
                ways_back=cited.back,
            )
        links = Links(bookmarks, cited.first, frozenset(tokens.repeated_notes(self._tree)))
        drawings = Drawings(frame, self._theme, self._pictures)
        called: list[int] = []
        body = Inlines(frame.main, document.charts, links, drawings.draw, called.append)
        notes = Inlines(frame.notes, document.charts, links, drawings.draw)
        frame.fill(Body(frame, links, additions).text(self._tree, body, notes, called))
        return frame, found

    def _frame(self) -> Frame:
        if self._document.house is None:
            return StandardFrame(self._document, self._theme)
        from briefnote.render.word.house.frame import HouseFrame

        return HouseFrame(self._document.house, self._document, self._theme)
