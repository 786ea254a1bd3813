"""WordprocessingML that python-docx has no calls for (ECMA-376): runs, links, bookmarks, fields, pictures."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart
from docx.shared import Length

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LONGEST_BOOKMARK = 40  # characters, ECMA-376 17.13.6.2 as Word applies it
_SVG_EXTENSION = """
<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
          xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
  <a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">
    <asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{}"/>
  </a:ext>
</a:extLst>"""


@dataclass(frozen=True)
class Look:
    """How a stretch of text is set, beyond the style of its paragraph."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    style: str = ""
    language: str = ""


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Returns `<tag>` with the children; `w_val=1` becomes the attribute `w:val="1"`."""
    made = cast(BaseOxmlElement, OxmlElement(tag))
    for name, value in attributes.items():
        made.set(qn(name.replace("_", ":", 1)), str(value))
    made.extend(children)
    return made


def paragraph(style: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """Returns an empty paragraph in a style (by id), with further properties in the order of the schema."""
    style_element = [element("w:pStyle", w_val=style)] if style != "Normal" else []
    found = [*style_element, *properties]
    return element("w:p", element("w:pPr", *found)) if found else element("w:p")


def text_run(text: str, look: Look) -> BaseOxmlElement:
    """Returns a run of text; all its white space is kept."""
    content = element("w:t")
    content.text = text
    content.set(_XML_SPACE, "preserve")
    return run(look, content)


def break_run(look: Look) -> BaseOxmlElement:
    """Returns a run that starts a new line."""
    return run(look, element("w:br"))


def run(look: Look, *content: BaseOxmlElement) -> BaseOxmlElement:
    """Returns a run that holds the content, set in a look."""
    properties = [
        *([element("w:rStyle", w_val=look.style)] if look.style else []),
        *([element("w:b"), element("w:bCs")] if look.bold else []),
        *([element("w:i"), element("w:iCs")] if look.italic else []),
        *([element("w:strike")] if look.strike else []),
        *([element("w:lang", w_val=look.language)] if look.language else []),
    ]
    return element("w:r", *([element("w:rPr", *properties)] if properties else []), *content)


def field(instruction: str, shown: str, look: Look) -> BaseOxmlElement:
    """Returns a field (PAGE, NUMPAGES, NOTEREF …) that shows `shown` until Word works it out."""
    return element("w:fldSimple", text_run(shown, look), w_instr=f" {instruction} ")


def bookmark_name(identifier: str) -> str:
    """Returns the id as Word takes it for a bookmark: letters, digits and "_", 40 characters at most."""
    name = re.sub(r"\W", "_", identifier)
    if len(name) <= _LONGEST_BOOKMARK and not name[:1].isdigit():
        return name
    return f"b_{hashlib.sha256(identifier.encode()).hexdigest()[:32]}"


def bookmark(identifier: str, number: int) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """Returns the two marks that go before and after what links to `#identifier` lead to."""
    start = element("w:bookmarkStart", w_id=number, w_name=bookmark_name(identifier))
    return start, element("w:bookmarkEnd", w_id=number)


def hyperlink(href: str, part: StoryPart) -> BaseOxmlElement:
    """Returns an empty link, to a bookmark where the address starts with "#"."""
    if href.startswith("#"):
        return element("w:hyperlink", w_anchor=bookmark_name(href[1:]), w_history=1)
    relationship = part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return element("w:hyperlink", r_id=relationship, w_history=1)


def picture(part: StoryPart, png: bytes, svg: str, alt: str, width: Length) -> BaseOxmlElement:
    """Returns a run with a picture: the SVG where it can be shown (Word 2016 and later), else the PNG."""
    inline = part.new_pic_inline(BytesIO(png), width=width)
    inline.docPr.set("descr", alt)
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")  # LibreOffice takes 9 points where nothing is said
    package = part.package
    assert package is not None  # noqa: S101 - a part that was made for a package has one
    name = PackURI(f"/word/media/chart{inline.docPr.id}.svg")
    drawing = Part(name, "image/svg+xml", svg.encode(), package)
    relationship = part.relate_to(drawing, RELATIONSHIP_TYPE.IMAGE)
    inline.xpath(".//a:blip")[0].append(parse_xml(_SVG_EXTENSION.format(relationship)))
    return run(Look(), element("w:drawing", inline))
