"""WordprocessingML (ECMA-376 part 1) as text: tags, runs, paragraphs, fields.

XML is written, not built as a tree: a brief has a few thousand elements, and to make an object of each took longer than
all the rest of its Word edition. What comes from a document goes through `escape` or `tag`, which make it text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefnote.model.value import Value

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


class Look(Value):
    """How a stretch of text is set, beyond the style of its paragraph."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    style: str = ""
    language: str = ""


PLAIN = Look()


def declarations(*prefixes: str) -> str:
    """Returns the declarations of namespaces, for the tag at the top of a part."""
    return " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)


def escape(text: str) -> str:
    """Returns the text as XML holds it, between tags or in quotes; what XML cannot hold is left out."""
    shown = _ILLEGAL.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.replace('"', "&quot;")


def tag(name: str, content: str = "", /, **attributes: object) -> str:
    """Returns `<name>` around XML; the attribute `w_val=1` is written `w:val="1"`, its value escaped."""
    written = "".join(
        f' {attribute.replace("_", ":", 1)}="{escape(str(value))}"' for attribute, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def paragraph(style: str, content: str, *properties: str) -> str:
    """Returns a paragraph in a style (by id), with further properties in the order of the schema."""
    named = "" if style == "Normal" else f'<w:pStyle w:val="{style}"/>'
    found = named + "".join(properties)
    return f"<w:p>{f'<w:pPr>{found}</w:pPr>' if found else ''}{content}</w:p>"


def text_run(text: str, look: Look = PLAIN) -> str:
    """Returns a run of text; all its white space is kept."""
    return f'<w:r>{_properties(look)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def run(look: Look, content: str) -> str:
    """Returns a run that holds the content, set in a look."""
    return f"<w:r>{_properties(look)}{content}</w:r>"


def break_run(look: Look = PLAIN) -> str:
    """Returns a run that starts a new line."""
    return run(look, "<w:br/>")


def field(instruction: str, shown: str, look: Look = PLAIN) -> str:
    """Returns a field (PAGE, NUMPAGES, NOTEREF …) that shows `shown` until Word works it out."""
    return tag("w:fldSimple", text_run(shown, look), w_instr=f" {instruction} ")


def link(target: str, content: str, *, is_internal: bool, tip: str = "") -> str:
    """Returns a link around runs: to a bookmark, or to the address of a relationship."""
    place = f'w:anchor="{target}"' if is_internal else f'r:id="{target}"'
    shown = f' w:tooltip="{escape(tip)}"' if tip else ""
    return f'<w:hyperlink {place} w:history="1"{shown}>{content}</w:hyperlink>'


@lru_cache(maxsize=256)
def _properties(look: Look) -> str:
    found = "".join(
        [
            f'<w:rStyle w:val="{look.style}"/>' if look.style else "",
            "<w:b/><w:bCs/>" if look.bold else "",
            "<w:i/><w:iCs/>" if look.italic else "",
            "<w:strike/>" if look.strike else "",
            tag("w:lang", w_val=look.language) if look.language else "",
        ]
    )
    return f"<w:rPr>{found}</w:rPr>" if found else ""
