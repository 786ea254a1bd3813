"""The XMP packet of a PDF: what the file is, said in the form archives and checkers read (ISO 16684-1)."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from briefnote.model.edition import Document, PdfStandard
from briefnote.text import one_line

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


# PDF/A takes no property that it does not know or that is not described in the packet itself.
_UA_DESCRIBED = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)
_ARCHIVAL_NAMESPACES = {
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}


def xmp(document: Document, producer: str, standard: PdfStandard) -> bytes:
    """Returns the packet: title, author, dates, the standards it claims; it agrees with the Info entries."""
    moment = in_utc(document.moment).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    properties = [
        "<dc:format>application/pdf</dc:format>",
        f"<dc:title>{_alternative(document.title)}</dc:title>",
        f"<dc:creator>{_list('Seq', [document.author])}</dc:creator>",
        f"<dc:description>{_alternative(document.subtitle)}</dc:description>",
        f"<dc:language>{_list('Bag', [document.language or 'en'])}</dc:language>",
        f"<dc:subject>{_list('Bag', document.keywords)}</dc:subject>",
        f"<pdf:Keywords>{_text(', '.join(document.keywords))}</pdf:Keywords>",
        f"<pdf:Producer>{_text(producer)}</pdf:Producer>",
        "<xmp:CreatorTool>briefnote</xmp:CreatorTool>",
        f"<xmp:CreateDate>{moment}</xmp:CreateDate>",
        f"<xmp:ModifyDate>{moment}</xmp:ModifyDate>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ]
    known = _NAMESPACES
    if standard != "ua-1":
        known = _NAMESPACES | _ARCHIVAL_NAMESPACES
        part = standard[2]  # of "a-2a": ISO 19005-2, level A
        properties += [
            f"<pdfaid:part>{part}</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            _UA_DESCRIBED,
        ]
    namespaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in known.items())
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {namespaces}>{"".join(properties)}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    return packet.encode("utf-8")


def in_utc(moment: datetime) -> datetime:
    """Returns the moment in UTC; one without a time zone is taken to be in UTC, wherever the computer is."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def pdf_date(moment: datetime) -> str:
    """Returns the moment as PDF writes it (ISO 32000-1, 7.9.4)."""
    return in_utc(moment).strftime("D:%Y%m%d%H%M%S+00'00'")


def _alternative(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_text(text)}</rdf:li></rdf:Alt>'


def _list(kind: str, texts: list[str] | tuple[str, ...]) -> str:
    return f"<rdf:{kind}>{''.join(f'<rdf:li>{_text(text)}</rdf:li>' for text in texts)}</rdf:{kind}>"


def _text(text: str) -> str:
    """Returns the text as XML. The packet stands in the file as it is, for programs that look for it without reading
    PDF; programs that look for the end of an object so must not find it in a title.
    """
    return escape(one_line(text), quote=False).replace("endstream", "end&#115;tream").replace("endobj", "end&#111;bj")
