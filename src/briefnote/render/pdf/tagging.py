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
from briefnote.render.pdf.structure import Annotated, Artifact, Element, Marked, prune
from briefnote.render.typeface import load
from briefnote.text import one_line

_INITIAL_FONT = "Sans-Regular"
_TREE = "StructureTree"


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
        self._owners: list[tuple[int, list[Element] | Element]] = []  # the parent tree
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
        target = (
            {"Dest": self.canvas._bookmarkReference(href[1:])}
            if href.startswith("#")
            else {"A": pdfdoc.PDFDictionary({"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(href)})}
        )
        annotation = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Link"),
            "Rect": pdfdoc.PDFArray([round(edge, 2) for edge in box]),
            "Border": pdfdoc.PDFArray([0, 0, 0]),
            "F": 4,  # printed
            "Contents": pdfdoc.PDFString(says),
            "StructParent": key,
        }
        self.canvas._addAnnotation(pdfdoc.PDFDictionary(annotation | target), name)
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
        self._write_tree(root)
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

    def _write_tree(self, root: Element) -> None:
        prune(root)
        names = {element: f"Structure{number}" for number, element in enumerate(root.walk())}
        for element, name in names.items():
            parent = names[element.parent] if element.parent else _TREE
            self._pdf.Reference(_element(element, names, parent), name)
        tree = {
            "Type": pdfdoc.PDFName("StructTreeRoot"),
            "K": pdfdoc.PDFArray([_reference(names[root])]),
            "ParentTree": pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(self._parent_tree(names))}),
            "ParentTreeNextKey": len(self._owners),
        }
        ids = sorted((element.id, name) for element, name in names.items() if element.id)
        if ids:
            tree["IDTree"] = _name_tree(ids)
        self._pdf.Catalog.StructTreeRoot = pdfdoc.PDFDictionary(tree)
        self._pdf.Reference(self._pdf.Catalog.StructTreeRoot, _TREE)

    def _parent_tree(self, names: dict[Element, str]) -> list[object]:
        """Returns key and value in turn: for a page the owners of its stretches, for a link its element."""
        entries: list[object] = []
        for key, owner in self._owners:
            entries.append(key)
            entries.append(
                _reference(names[owner])
                if isinstance(owner, Element)
                else pdfdoc.PDFArray([_reference(names[element]) for element in owner])
            )
        return entries


def _element(element: Element, names: dict[Element, str], parent: str) -> pdfdoc.PDFDictionary:
    entries: dict[str, object] = {
        "Type": pdfdoc.PDFName("StructElem"),
        "S": pdfdoc.PDFName(element.tag),
        "P": _reference(parent),
        "K": pdfdoc.PDFArray([_kid(kid, names) for kid in element.kids]),
    }
    texts = {"Alt": element.alt, "Lang": element.language, "ID": element.id}
    entries |= {key: pdfdoc.PDFString(text) for key, text in texts.items() if text}
    if element.attributes:
        attributes = [f"<< /O /{owner} {source} >>" for owner, source in element.attributes.items()]
        entries["A"] = pdfdoc.PDFArray(attributes)
    return pdfdoc.PDFDictionary(entries)


def _kid(kid: Element | Marked | Annotated, names: dict[Element, str]) -> object:
    if isinstance(kid, Element):
        return _reference(names[kid])
    entries: dict[str, object] = {"Pg": _reference(kid.page)}
    if isinstance(kid, Marked):
        entries |= {"Type": pdfdoc.PDFName("MCR"), "MCID": kid.number}
    else:
        entries |= {"Type": pdfdoc.PDFName("OBJR"), "Obj": _reference(kid.annotation)}
    return pdfdoc.PDFDictionary(entries)


def _name_tree(ids: list[tuple[str, str]]) -> pdfdoc.PDFDictionary:
    """Returns a name tree (ISO 32000-1, 7.9.6) of one node from ids to elements."""
    pairs = [part for id_, name in ids for part in (pdfdoc.PDFString(id_), _reference(name))]
    return pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(pairs)})


def _reference(name: str) -> pdfdoc.PDFObjectReference:
    return pdfdoc.PDFObjectReference(name)
