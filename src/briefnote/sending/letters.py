"""The letters of an issue: one for each wording that its recipients need, set once and shared."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from briefnote.config.addresses import Address, ascii_domain
from briefnote.config.recipients import link_to
from briefnote.deliver.message import File, Letter
from briefnote.deliver.phrases import PHRASES, Phrases
from briefnote.editions import set_as_document
from briefnote.model.edition import Document
from briefnote.sending.issue import IssueToSend
from briefnote.text import one_line

_MEDIA_TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
    "md": "text/markdown",
    "json": "application/json",
    "stix.json": "application/stix+json",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "ris": "application/x-research-info-systems",
}


_CHART = 100.0  # millimetres: one drawing for desk and phone, whose letters can be read on both


class Letters:
    """Makes the letters of an issue. `changes`: earlier revision → language → what was changed since, in words."""

    def __init__(
        self, made: IssueToSend, changes: Mapping[int, Mapping[str, Sequence[str]]], *, is_test: bool = False
    ) -> None:
        self._made = made
        self._changes = changes
        self._is_test = is_test
        self._document = set_as_document(made.brief, made.template)
        self._pictures = _pictures(made, self._document)
        self._link = link_to(made.config.delivery, made.issue.name, made.issue.period)
        self._known: dict[tuple[str, tuple[str, ...], int], tuple[Letter, ...]] = {}

    def of(self, language: str, formats: Sequence[str], corrects: int = 0) -> tuple[Letter, ...]:
        """Returns the letters from the whole one to the smallest: with the editions, with the PDF alone, with none.

        `corrects` is the revision that their readers have, 0 where they have none.
        """
        key = (language, tuple(formats), corrects)
        if key not in self._known:
            phrases = PHRASES[language]
            self._known[key] = tuple(
                self._letter(language, kept, [*self._opening(phrases, language, corrects), *note], corrects > 0)
                for kept, note in self._sizes(formats, phrases)
            )
        return self._known[key]

    def _sizes(self, formats: Sequence[str], phrases: Phrases) -> list[tuple[list[str], list[str]]]:
        """Returns what is attached in each size, and what the letter then says of it."""
        where = phrases.read_it.format(link=self._link) if self._link else phrases.ask_for_it
        sizes: list[tuple[list[str], list[str]]] = [(list(formats), [])]
        if "pdf" in formats and len(formats) > 1:
            sizes.append((["pdf"], [phrases.pdf_only, where]))
        if formats:
            sizes.append(([], [phrases.no_files, where]))
        return sizes

    def _opening(self, phrases: Phrases, language: str, corrects: int) -> list[str]:
        if not corrects:
            return []
        changes = [f"– {change}" for change in self._changes[corrects][language]]
        return [phrases.corrects.format(period=self._made.brief.period), *changes]

    def _letter(self, language: str, formats: Sequence[str], above: Sequence[str], is_correction: bool) -> Letter:
        from briefnote.render.mail import mail_html, mail_text

        names = {chart: name for chart, (name, _) in self._pictures.items()}
        page = mail_html(self._document, self._made.theme, above, names)
        return Letter(
            subject=self._subject(PHRASES[language], is_correction),
            text=mail_text(self._document, above),
            html=page,
            language=self._document.language,
            pictures={name: data for name, data in self._pictures.values() if f"cid:{name}" in page},
            files=tuple(self.files(formats)),
        )

    def files(self, formats: Sequence[str]) -> list[File]:
        """Returns editions as files."""
        made = self._made
        return [File(made.issue.edition(ending), _MEDIA_TYPES[ending], made.editions[ending]) for ending in formats]

    def _subject(self, phrases: Phrases, is_correction: bool) -> str:
        brief = self._made.brief
        test = f"[{phrases.test}] " if self._is_test else ""
        correction = f"{phrases.correction}: " if is_correction else ""
        return one_line(f"{test}[{brief.marking}] {correction}{brief.title}, {brief.period}")


def _pictures(made: IssueToSend, document: Document) -> dict[str, tuple[str, bytes]]:
    """Returns, for each chart, the content id and the bytes of its picture."""
    from briefnote.render.chart import png

    drawn = {name: png(chart, made.theme, width_mm=_CHART) for name, chart in sorted(document.charts.items())}
    return {name: (f"{sha256(data).hexdigest()[:32]}@briefnote.invalid", data) for name, data in drawn.items()}


def message_id(made: IssueToSend, revision: int, recipient: str, sender: Address) -> str:
    """Returns the id of a recipient's message: the same for the same issue, revision and recipient.

    It tells nobody who the recipient is.
    """
    parts = "\n".join((made.issue.name, made.issue.period, str(revision), recipient))
    period = re.sub(r"[^A-Za-z0-9-]", "", made.issue.period)
    return f"<{period}.r{revision}.{sha256(parts.encode()).hexdigest()[:32]}@{ascii_domain(sender.domain)}>"


def list_id(made: IssueToSend, sender: Address) -> tuple[str, str]:
    """Returns the brief's title and its identifier as a list: "trade.example.org"."""
    name = re.sub(r"[^a-z0-9-]+", "-", made.issue.name.lower()).strip("-")
    return (
        made.config.title,
        f"{name or sha256(made.issue.name.encode()).hexdigest()[:16]}.{ascii_domain(sender.domain)}",
    )
