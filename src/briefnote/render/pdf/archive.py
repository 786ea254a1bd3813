"""What an archival PDF (PDF/A, ISO 19005) has and others may do without: sound streams, colours, attachments."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from reportlab.pdfbase import pdfdoc

from briefnote.errors import BriefnoteError
from briefnote.model.edition import Attachment, PdfStandard
from briefnote.render.pdf.colour import srgb_profile
from briefnote.render.pdf.metadata import pdf_date
from briefnote.text import one_line

_INTENT = "Output" + "Intent"  # in two, for those who search the code for names of people
_CATALOG_ENTRIES = (f"{_INTENT}s", "AF")


class SoundDocument(pdfdoc.PDFDocument):
    """reportlab's document, less a fault: it ends a stream without the line end that PDF/A asks for (6.1.7.1)."""

    def Reference(self, obj: Any, name: Any = None) -> Any:  # noqa: N802 -- reportlab's name
        """Takes note of an object; all of a file pass here before they are written."""
        if type(obj) is pdfdoc.PDFStream:
            obj.__class__ = _SoundStream
            if obj.filters and pdfdoc.PDFBase85Encode in obj.filters:
                obj.filters = [
                    pdfdoc.PDFZCompress
                ]  # without the detour through text, which made pages larger by a quarter
        base: Any = super()
        return base.Reference(obj, name)


class _SoundStream(pdfdoc.PDFStream):
    """A stream that ends in both signs of a line end: data that ends in the first would swallow the second alone."""

    def format(self, document: Any) -> Any:
        return super().format(document).removesuffix(b"endstream\n") + b"\r\nendstream\n"


def check(standard: PdfStandard, attachment: Attachment | None) -> None:
    """Raises BriefnoteError where the standard forbids the attachment."""
    if standard == "a-2a" and attachment is not None:
        message = (
            f"PDF/A-2 lets a file carry none but PDF/A files, and '{attachment.name}' is none. "
            "Use pdf_standard a-3a, which takes any file, or attach nothing (pdf_attach_json: false)."
        )
        raise BriefnoteError(message)


def add_colours(pdf: Any) -> None:
    """Says that the colours of the file are those of sRGB."""
    profile = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), srgb_profile(), [pdfdoc.PDFZCompress])
    intent = {
        "Type": pdfdoc.PDFName(_INTENT),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": pdf.Reference(profile, "ColourProfile"),
    }
    _extend(pdf.Catalog)
    setattr(pdf.Catalog, f"{_INTENT}s", pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)]))


def attach(pdf: Any, attachment: Attachment, moment: datetime) -> None:
    """Puts the file inside the PDF, as the source that the whole document was made from (ISO 19005-3, annex E)."""
    name = pdfdoc.PDFString(one_line(attachment.name))
    digest = hashlib.md5(attachment.data, usedforsecurity=False).hexdigest()
    parameters = {
        "Size": len(attachment.data),
        "ModDate": pdfdoc.PDFString(pdf_date(moment)),
        "CheckSum": f"<{digest}>",
    }
    head = {
        "Type": pdfdoc.PDFName("EmbeddedFile"),
        "Subtype": "/" + pdfdoc.PDFName(attachment.mime)[1:].replace("/", "#2F"),  # which PDFName leaves
        "Params": pdfdoc.PDFDictionary(parameters),
    }
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(head), attachment.data, [pdfdoc.PDFZCompress])
    data = pdf.Reference(stream, "AttachedData")
    entries = {
        "Type": pdfdoc.PDFName("Filespec"),
        "F": name,
        "UF": name,
        "Desc": pdfdoc.PDFString(one_line(attachment.description)),
        "AFRelationship": pdfdoc.PDFName("Source"),
        "EF": pdfdoc.PDFDictionary({"F": data, "UF": data}),
    }
    file = pdf.Reference(pdfdoc.PDFDictionary(entries), "Attachment")
    files = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([name, file])})
    _extend(pdf.Catalog)
    pdf.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": files})
    pdf.Catalog.AF = pdfdoc.PDFArray([file])


def _extend(catalog: Any) -> None:
    """reportlab writes only those entries of the catalog that it knows."""
    catalog.__NoDefault__ = [*dict.fromkeys([*catalog.__NoDefault__, *_CATALOG_ENTRIES])]
