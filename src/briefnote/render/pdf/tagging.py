"""A canvas whose every mark is in the structure tree or an artifact: PDF/UA-1 on open-source reportlab.

reportlab has no interface for tagged PDF; this module writes the operators and objects itself. What it uses
of reportlab's inside is listed in tests/render/test_pdf_hooks.py, which fails if any of it is gone.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from briefnote.model.edition import Document, PdfStandard
from briefnote.render.pdf import archive
from briefnote.render.pdf.metadata import in_utc, xmp
from briefnote.render.pdf.structure import Annotated, Artifact, Element, Marked
from briefnote.render.pdf.tree import Link, Owner, write_tree
from briefnote.render.typeface import load
from briefnote.text import one_line

_INITIAL_FONT = "Sans-Regular"


class TaggedCanvas:
    """A PDF under construction. `canvas` paints; `enter` says before each mark what it belongs to."""

    def __init__(self, document: Document, size: tuple[float, float], standard: PdfStandard = "ua-1") -> None:
        archive.check(standard, document.attachment)
        self._standard = standard
        self._file = BytesIO()
        load(_INITIAL_FONT)  # each page names its first font, which must be an embedded one
        make_canvas: Any = Canvas  # the stubs know neither the types of its arguments nor its inside
        self.canvas: Any = make_canvas(
            self._file,
            pagesize=size,
            invariant=1,
            pageCompression=1,
            pdfVersion=(1, 7),
            initialFontName=_INITIAL_FONT,
            lang=document.language or "en",
        )
        self._document = document
        self._pdf: Any = self.canvas._doc
        self._pdf.__class__ = archive.SoundDocument
        self._open: Element | Artifact | None = None
        self._marked: list[Element] = []  # of the page at hand: who owns which stretch
        self._owners: list[tuple[int, Owner]] = []  # the parent tree
        self._describe()

    def enter(self, owner: Element | Artifact) -> None:
        """What is painted from here on belongs to the element, or is an artifact of that kind."""
        if owner is self._open:
            return
        self._leave()
        self._open = owner
        if isinstance(owner, Element):
            owner.attach()
            owner.kids.append(Marked(self._page_name, len(self._marked)))
            self.canvas.addLiteral(f"/{owner.tag} <</MCID {len(self._marked)}>> BDC")
            self._marked.append(owner)
        else:
            self.canvas.addLiteral(f"/Artifact <</Type /{owner}>> BDC")

    def link(self, element: Element, href: str, says: str, box: tuple[float, float, float, float]) -> None:
        """Makes the box (left, bottom, right, top on the page) a link to "#anchor" or to an address."""
        key, name = len(self._owners), f"Link{len(self._owners)}"
        place = self.canvas._bookmarkReference(href[1:]) if href.startswith("#") else None
        self.canvas._addAnnotation(Link(box, href, place, says, key), name)
        self._owners.append((key, element))
        element.kids.append(Annotated(self._page_name, self._pdf.annotationName(name)))

    def end_page(self) -> None:
        """Finishes the page; the next mark is on a new one."""
        self._leave()
        name = self._page_name
        self.canvas.showPage()
        page = self._pdf.idToObject[name]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.Tabs = pdfdoc.PDFName("S")
        if self._marked:
            page.StructParents = len(self._owners)
            self._owners.append((len(self._owners), self._marked))
            self._marked = []

    def finish(self, root: Element) -> bytes:
        """Returns the file, with the tree below the root as its structure."""
        write_tree(self._pdf, root, self._owners)
        catalog = self._pdf.Catalog
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        catalog.Metadata = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}),
            xmp(self._document, self._pdf.info.producer, self._standard),
        )
        if self._standard != "ua-1":
            archive.add_colours(self._pdf)
        if self._document.attachment:
            archive.attach(self._pdf, self._document.attachment, self._document.moment)
        self.canvas.save()
        return self._file.getvalue()

    @property
    def _page_name(self) -> str:
        return str(self._pdf.thisPageName())

    def _leave(self) -> None:
        if self._open is not None:
            self.canvas.addLiteral("EMC")
            self._open = None

    def _describe(self) -> None:
        """Sets title, author and the like; the only time stamp is the document's own."""
        document = self._document
        self.canvas.setTitle(one_line(document.title))
        self.canvas.setAuthor(one_line(document.author))
        self.canvas.setSubject(one_line(document.subtitle))
        self.canvas.setKeywords(", ".join(document.keywords))
        self.canvas.setCreator("briefnote")
        stamp: Any = TimeStamp(invariant=1)
        moment = in_utc(document.moment)
        stamp.t, stamp.YMDhms = int(moment.timestamp()), moment.timetuple()[:6]
        self._pdf._timeStamp = stamp
