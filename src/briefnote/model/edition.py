"""What a renderer is handed: Markdown with its charts and metadata, and the look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from briefnote.model.brief import Chart, Confidence, ListedSource, Sentence
from briefnote.model.finding import RuleRecord
from briefnote.model.record import note

_COLOUR = "[0-9A-Fa-f]{6}"

Format = Literal["docx", "pdf", "html", "md", "json", "stix.json", "csl.json", "ris"]
PdfStandard = Literal["ua-1", "a-2a", "a-3a"]


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the PDF: its name, its media type ("application/json"), and what it is."""

    name: str
    mime: str
    data: bytes
    description: str


@dataclass(frozen=True)
class Grounds:
    """What a printed sentence rests on: its evidence, the rule that said it, and how sure the judgement is."""

    sentence: Sentence
    rule: RuleRecord
    confidence: Confidence | None = None


@dataclass(frozen=True)
class HouseFile:
    """A Word file in the style of the house, to be filled with a brief: its name, for messages, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Document:
    """A brief set as Markdown (the dialect of docs/templates.md), with what a file's metadata needs.

    `moment` is the one time stamp of the edition: the day of the issue at 00:00 UTC, so that the same inputs
    give the same bytes. `charts` maps the id in `![…](chart:ID)` to its value; `attachment` is for
    the PDF alone. `grounds` maps the id of a `[…]{#s_… .said}` to what the sentence rests on, which the
    HTML edition shows with the `sources`. `house` and `period` (the ISO week, where the house file asks for
    it) are for Word.
    """

    markdown: str
    title: str
    subtitle: str
    author: str
    language: str
    marking: str
    keywords: tuple[str, ...]
    moment: datetime
    charts: Mapping[str, Chart] = field(default_factory=dict)
    attachment: Attachment | None = None
    house: HouseFile | None = None
    period: str = ""
    grounds: Mapping[str, Grounds] = field(default_factory=dict)
    sources: tuple[ListedSource, ...] = ()


@dataclass(frozen=True)
class Theme:
    """The look, said once for Word, PDF and HTML. Colours are RRGGBB, sizes are points, lengths millimetres."""

    text: str = note("colour of text, RRGGBB", default="1B1B1B", pattern=_COLOUR)
    accent: str = note("colour of headings and bars, RRGGBB", default="17365D", pattern=_COLOUR)
    tint: str = note("colour of the box of the bottom line, RRGGBB", default="EEF2F7", pattern=_COLOUR)
    rule: str = note("colour of lines, RRGGBB", default="B8C4D3", pattern=_COLOUR)
    muted: str = note("colour of captions and footers, RRGGBB", default="55606E", pattern=_COLOUR)
    link: str = note("colour of links, RRGGBB", default="0B4F9E", pattern=_COLOUR)
    body_size: float = note("size of the text in points", default=10.0, minimum=6, maximum=24)
    note_size: float = note("size of the notes in points", default=8.0, minimum=5, maximum=18)
    page_width: float = note("page width in mm", default=210.0, minimum=100, maximum=500)
    page_height: float = note("page height in mm", default=297.0, minimum=100, maximum=800)
    margin_left: float = note("left margin in mm", default=25.0, minimum=5, maximum=80)
    margin_right: float = note("right margin in mm", default=25.0, minimum=5, maximum=80)
    margin_top: float = note("top margin in mm", default=24.0, minimum=15, maximum=80)
    margin_bottom: float = note("bottom margin in mm", default=22.0, minimum=15, maximum=80)
    contents_from_pages: int = note(
        "a PDF of at least so many pages has a contents list", default=6, minimum=1, maximum=9999
    )
    native_charts: bool = note("whether charts in Word are Word's own, to be edited, and no pictures", default=False)
    pdf_standard: PdfStandard = note("PDF/UA-1 alone, or PDF/A-2a or PDF/A-3a as well", default="ua-1")
    pdf_attach_json: bool = note("whether the PDF carries the JSON edition inside", default=False)


# TLP 2.0 (FIRST): each label's colour, printed on black.
TLP_COLOURS: Mapping[str, str] = {
    "TLP:RED": "FF2B2B",
    "TLP:AMBER+STRICT": "FFC000",
    "TLP:AMBER": "FFC000",
    "TLP:GREEN": "33FF00",
    "TLP:CLEAR": "FFFFFF",
}
