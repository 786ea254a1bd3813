"""The structure tree, and the links in it, as objects of the file.

A brief of four pages has a thousand elements, most of its objects. They are written here as source, not through
reportlab's dictionaries: that took a third of the time of the whole PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

from briefnote.render.pdf.structure import Annotated, Element, Marked, prune

_TREE = "StructureTree"
Owner = Element | Sequence[Element]
"""What the parent tree has for a key: of a link its element, of a page those that own its stretches, in order."""


def write_tree(pdf: Any, root: Element, owners: Sequence[tuple[int, Owner]]) -> None:
    """Adds the tree below the root to a reportlab document, and the way back from each page and link to it."""
    prune(root)
    names = {element: f"Structure{number}" for number, element in enumerate(root.walk())}
    for element, name in names.items():
        pdf.Reference(_Structure(element, names), name)
    pdf.Catalog.StructTreeRoot = pdf.Reference(_Root(root, names, owners), _TREE)


class _Source(pdfdoc.PDFObject):
    """An object of the file that writes itself."""

    def format(self, document: Any) -> bytes:
        """Returns its source."""
        return self.source(document).encode("latin-1")

    def source(self, document: Any) -> str:
        raise NotImplementedError


class _Structure(_Source):
    def __init__(self, element: Element, names: dict[Element, str]) -> None:
        self._element = element
        self._names = names

    def source(self, document: Any) -> str:
        element = self._element
        parent = self._names[element.parent] if element.parent else _TREE
        page = next((kid.page for kid in element.kids if isinstance(kid, Marked)), "")
        kids = " ".join(self._kid(kid, page, document) for kid in element.kids)
        entries = [f"/Type /StructElem /S /{element.tag} /P {_reference(parent, document)} /K [{kids}]"]
        if page:
            entries.append(f"/Pg {_reference(page, document)}")
        texts = {"Alt": element.alt, "Lang": element.language, "ID": element.id}
        entries += [f"/{key} {_string(text, document)}" for key, text in texts.items() if text]
        if element.attributes:
            attributes = (f"<< /O /{owner} {source} >>" for owner, source in element.attributes.items())
            entries.append(f"/A [{' '.join(attributes)}]")
        return f"<< {' '.join(entries)} >>"

    def _kid(self, kid: Element | Marked | Annotated, page: str, document: Any) -> str:
        """Returns a kid; of a stretch of the element's own page its number is enough."""
        if isinstance(kid, Element):
            return _reference(self._names[kid], document)
        if isinstance(kid, Marked) and kid.page == page:
            return str(kid.number)
        where = f"/Pg {_reference(kid.page, document)}"
        if isinstance(kid, Marked):
            return f"<< /Type /MCR {where} /MCID {kid.number} >>"
        return f"<< /Type /OBJR {where} /Obj {_reference(kid.annotation, document)} >>"


class Link(_Source):
    """An annotation: a box (left, bottom, right, top) that leads to a place of the file, or else to an address."""

    def __init__(self, box: tuple[float, float, float, float], href: str, place: Any, says: str, key: int) -> None:
        self._box = box
        self._href = href
        self._place = place
        self._says = says
        self._key = key

    def source(self, document: Any) -> str:
        box = " ".join(f"{edge:.2f}" for edge in self._box)
        goes = (
            f"/A << /S /URI /URI {_string(self._href, document)} >>"
            if self._place is None
            else f"/Dest {_source(self._place, document)}"
        )
        return (
            f"<< /Type /Annot /Subtype /Link /Rect [{box}] /Border [0 0 0] /F 4 "  # 4: it is printed
            f"/Contents {_string(self._says, document)} /StructParent {self._key} {goes} >>"
        )


class _Root(_Source):
    def __init__(self, root: Element, names: dict[Element, str], owners: Sequence[tuple[int, Owner]]) -> None:
        self._root = root
        self._names = names
        self._owners = owners

    def source(self, document: Any) -> str:
        numbers = " ".join(f"{key} {self._owner(owner, document)}" for key, owner in self._owners)
        ids = sorted((element.id, name) for element, name in self._names.items() if element.id)
        named = " ".join(f"{_string(id_, document)} {_reference(name, document)}" for id_, name in ids)
        return (
            f"<< /Type /StructTreeRoot /K [{self._owner(self._root, document)}] /ParentTree << /Nums [{numbers}] >> "
            f"/ParentTreeNextKey {len(self._owners)}{f' /IDTree << /Names [{named}] >>' if ids else ''} >>"
        )

    def _owner(self, owner: Owner, document: Any) -> str:
        if isinstance(owner, Element):
            return _reference(self._names[owner], document)
        return f"[{' '.join(_reference(self._names[element], document) for element in owner)}]"


def _reference(name: str, document: Any) -> str:
    number, version = document.idToObjectNumberAndVersion[name]
    return f"{number} {version} R"


def _string(text: str, document: Any) -> str:
    return _source(pdfdoc.PDFString(text), document)


def _source(value: Any, document: Any) -> str:
    written: bytes = pdfdoc.format(value, document)
    return written.decode("latin-1")
