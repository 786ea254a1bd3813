"""The XMP packet of a PDF: what the file is, said in the form archives and checkers read (ISO 16684-1)."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import escape

from briefnote.model.edition import Document
from briefnote.text import one_line

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


def xmp(document: Document, producer: str) -> bytes:
    """Returns the packet: title, author, dates, the claim to be PDF/UA-1; it agrees with the Info entries."""
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
    namespaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
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


def _alternative(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_text(text)}</rdf:li></rdf:Alt>'


def _list(kind: str, texts: list[str] | tuple[str, ...]) -> str:
    return f"<rdf:{kind}>{''.join(f'<rdf:li>{_text(text)}</rdf:li>' for text in texts)}</rdf:{kind}>"


def _text(text: str) -> str:
    return escape(one_line(text))
