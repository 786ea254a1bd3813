"""The .docx package around the text: the parts it starts from, its properties, and how it is saved."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import quoteattr

import docx
from docx.document import Document as Package
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls

from briefnote.model.edition import Document, Theme
from briefnote.render.word.numbering import numbering_xml
from briefnote.render.word.styles import styles_xml
from briefnote.text import one_line

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_LONGEST_PROPERTY = 255  # characters, python-docx raises above

# Compatibility mode 15 is that of Word 2013 and later; lower, Word's title bar says "Compatibility Mode".
_SETTINGS = """<w:settings {namespaces}>
<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
<w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat>
<w:themeFontLang w:val={language}/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>
</w:settings>"""

_SECTION = """<w:document {namespaces}><w:body><w:sectPr>
<w:pgSz w:w="{width}" w:h="{height}"/>
<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"
         w:header="510" w:footer="510" w:gutter="0"/>
</w:sectPr></w:body></w:document>"""


def twips(millimetres: float) -> int:
    """Returns a length in twentieths of a point, which most of WordprocessingML measures in."""
    return round(millimetres * 1440 / 25.4)


def new_package(document: Document, theme: Theme) -> Package:
    """Returns an empty Word document with the brief's styles and lists, page size and language.

    It is made of parts written here, not of python-docx's own template: that one holds 160 styles, a stale
    second copy of them that validators reject, and a thumbnail of an empty American page.
    """
    language = quoteattr(document.language)
    parts = {
        "document": (CONTENT_TYPE.WML_DOCUMENT_MAIN, "", _document_xml(theme)),
        "styles": (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles_xml(theme, language[1:-1])),
        "numbering": (CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, numbering_xml(theme)),
        "settings": (
            CONTENT_TYPE.WML_SETTINGS,
            RELATIONSHIP_TYPE.SETTINGS,
            _SETTINGS.format(namespaces=nsdecls("w"), language=language),
        ),
    }
    return docx.Document(BytesIO(_zipped(parts)))


def write_properties(package: Package, document: Document) -> None:
    """Sets what Word shows under "Properties", from the document alone: no clock, no user name."""
    properties = package.core_properties
    properties.title = _property(document.title)
    properties.subject = _property(document.subtitle)
    properties.author = properties.last_modified_by = _property(document.author)
    properties.keywords = _property("; ".join(document.keywords))
    properties.category = _property(document.marking)
    properties.comments = ""
    properties.language = _property(document.language)
    properties.created = properties.modified = document.moment.replace(tzinfo=None)
    properties.revision = 1


def saved(package: Package, moment: datetime) -> bytes:
    """Returns the package as a file, its members sorted and stamped with the moment, not with the clock."""
    written = BytesIO()
    package.save(written)
    stamp = max(moment.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    out = BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        # Word wants the content types first; the rest goes by name.
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, date_time=stamp)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            target.writestr(member, source.read(name))
    return out.getvalue()


def _document_xml(theme: Theme) -> str:
    return _SECTION.format(
        namespaces=nsdecls("w", "r", "wp", "a", "pic"),
        width=twips(theme.page_width),
        height=twips(theme.page_height),
        top=twips(theme.margin_top),
        right=twips(theme.margin_right),
        bottom=twips(theme.margin_bottom),
        left=twips(theme.margin_left),
    )


def _zipped(parts: dict[str, tuple[str, str, str]]) -> bytes:
    """Returns the package of the parts: name in word/ -> content type, relationship to the document, XML."""
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, (kind, _, _) in parts.items()
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{relationship}" Target="{name}.xml"/>'
        for number, (name, (_, relationship, _)) in enumerate(parts.items())
        if relationship
    )
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="rId1" '
        f'Type="{RELATIONSHIP_TYPE.OFFICE_DOCUMENT}" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">{related}</Relationships>',
        **{f"word/{name}.xml": xml for name, (_, _, xml) in parts.items()},
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, xml in members.items():
            archive.writestr(name, _DECLARATION + xml)
    return out.getvalue()


def _property(value: str) -> str:
    return one_line(value)[:_LONGEST_PROPERTY]
