"""The frame of a brief without a house file: parts written here, with the styles it needs and none besides."""

from __future__ import annotations

from collections.abc import Mapping

from briefnote.model.edition import Document, Theme
from briefnote.render.word.edges import footer_xml, header_xml
from briefnote.render.word.footnotes import footnotes_xml
from briefnote.render.word.frame import Text
from briefnote.render.word.look import font_table_xml, theme_xml
from briefnote.render.word.numbering import Lists, definitions
from briefnote.render.word.opc import Package, Part, kind, word_type
from briefnote.render.word.styles import SANS, styles_xml
from briefnote.render.word.wordml import declarations, tag

_THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"

# Compatibility mode 15 is that of Word 2013 and later; lower, Word's title bar says "Compatibility Mode".
_SETTINGS = """<w:settings {namespaces}>
<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
<w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat>
{language}<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>
</w:settings>"""


def twips(millimetres: float) -> int:
    """Returns a length in twentieths of a point, which most of WordprocessingML measures in."""
    return round(millimetres * 1440 / 25.4)


class StandardFrame:
    """A new Word document with page, margins, styles, header and footer of the theme."""

    def __init__(self, document: Document, theme: Theme) -> None:
        self._theme = theme
        self.package = Package()
        self.main = self.package.add(Part("word/document.xml", word_type("document.main")))
        self.package.root.relate(kind("officeDocument"), self.main.name)
        language = document.language
        self._add("styles", styles_xml(theme, language))
        self._numbering = self._add("numbering", "")
        shown = tag("w:themeFontLang", w_val=language) if language else ""
        self._add("settings", _SETTINGS.format(namespaces=declarations("w"), language=shown))
        self._add("fontTable", font_table_xml())
        theme_part = self.package.add(Part("word/theme/theme1.xml", _THEME_TYPE, theme_xml(theme)))
        self.main.relate(kind("theme"), theme_part.name)
        self.notes = self._add("footnotes", "")
        self.width = twips(theme.page_width - theme.margin_left - theme.margin_right)
        self.height = twips(theme.page_height - theme.margin_top - theme.margin_bottom)
        self._edges = {
            "header": self._add("header", header_xml(document), "word/header1.xml"),
            "footer": self._add("footer", footer_xml(document, self.width), "word/footer1.xml"),
        }
        self.lists = Lists()
        self.bookmarks: frozenset[str] = frozenset()
        self.first_number = 1
        self.styles: Mapping[str, str] = {}

    def fill(self, text: Text) -> None:
        """Writes the main part, the notes and the lists."""
        namespaces = declarations("w", "r", "wp", "a", "pic", "c")
        content = f"<w:body>{text.blocks}{self.section()}</w:body>"
        self.main.write(f"<w:document {namespaces}>{content}</w:document>")
        self.notes.write(footnotes_xml(text.notes))
        lists = definitions(self._theme, face=SANS) + self.lists.xml()
        self._numbering.write(f"<w:numbering {declarations('w')}>{lists}</w:numbering>")

    def _add(self, role: str, xml: str, name: str = "") -> Part:
        part = self.package.add(Part(name or f"word/{role}.xml", word_type(role), xml))
        self.main.relate(kind(role), part.name)
        return part

    def section(self) -> str:
        """Returns a section with the page of the theme, header and footer."""
        edges = "".join(
            f'<w:{role}Reference w:type="default" r:id="{self.main.relate(kind(role), part.name)}"/>'
            for role, part in self._edges.items()
        )
        return f"<w:sectPr>{edges}{page_xml(self._theme)}</w:sectPr>"


def page_xml(theme: Theme) -> str:
    """Returns page and margins of the theme, as a section holds them."""
    margins = {side: twips(getattr(theme, f"margin_{side}")) for side in ("top", "right", "bottom", "left")}
    size = tag("w:pgSz", w_w=twips(theme.page_width), w_h=twips(theme.page_height))
    written = "".join(f' w:{side}="{width}"' for side, width in margins.items())
    return f'{size}<w:pgMar{written} w:header="510" w:footer="510" w:gutter="0"/>'
