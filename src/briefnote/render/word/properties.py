"""What Word shows under "Properties" (ECMA-376 part 2, 11), from the document alone: no clock, no user name."""

from __future__ import annotations

from briefnote.model.edition import Document
from briefnote.render.word.opc import CORE_PROPERTIES, CORE_PROPERTIES_TYPE, Package, Part
from briefnote.render.word.wordml import escape, tag
from briefnote.text import one_line

_NAME = "docProps/core.xml"
_NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_LONGEST = 255  # characters that Word takes


def write_properties(package: Package, document: Document) -> None:
    """Gives the package the core properties of the document, in place of any it has."""
    package.root.relationships = [
        found for found in package.root.relationships if not found.kind.endswith("/metadata/core-properties")
    ]
    package.parts.pop(_NAME, None)
    package.add(Part(_NAME, CORE_PROPERTIES_TYPE, _xml(document)))
    package.root.relate(CORE_PROPERTIES, _NAME)


def _xml(document: Document) -> str:
    moment = f"{document.moment.replace(tzinfo=None).isoformat()}Z"
    values = {
        "dc:title": document.title,
        "dc:subject": document.subtitle,
        "dc:creator": document.author,
        "cp:keywords": "; ".join(document.keywords),
        "cp:category": document.marking,
        "dc:language": document.language,
        "cp:lastModifiedBy": document.author,
        "cp:revision": "1",
    }
    stated = "".join(tag(name, _content(value)) for name, value in values.items() if value)
    dates = "".join(tag(f"dcterms:{name}", moment, xsi_type="dcterms:W3CDTF") for name in ("created", "modified"))
    return f"<cp:coreProperties {_NAMESPACES}>{stated}{dates}</cp:coreProperties>"


def _content(value: str) -> str:
    return escape(one_line(value)[:_LONGEST])
