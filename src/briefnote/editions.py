"""One Brief as the files of an issue. Each renderer is imported only when its edition is wanted."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache

from briefnote import __version__
from briefnote.model.brief import Brief
from briefnote.model.edition import Attachment, Document, Format, Grounds, HouseFile, Theme
from briefnote.sandbox import Limits, run_limited

# What an edition's bytes depend on besides the inputs.
TEMPLATE_LIMITS = Limits()
_LIBRARIES = ("jinja2", "lxml", "markdown-it-py", "pillow", "reportlab")


def set_as_document(brief: Brief, template: Callable[[str], str | None], house: HouseFile | None = None) -> Document:
    """Returns the brief set as Markdown by the template, with its metadata and house file. Raises BriefnoteError."""
    from briefnote.compiledtemplates import CompiledTemplates
    from briefnote.render.context import template_context
    from briefnote.render.markdown import render_markdown

    context = template_context(brief)
    markdown = run_limited(
        "templates/brief.md.j2",
        lambda: render_markdown("brief.md.j2", context, template, compiled=CompiledTemplates()),
        TEMPLATE_LIMITS,
    )
    return Document(
        markdown=markdown,
        title=brief.title,
        subtitle=brief.subtitle,
        author=brief.author,
        language=brief.language,
        marking=brief.marking,
        keywords=brief.keywords,
        moment=datetime.combine(date.fromisoformat(brief.date), time(), UTC),
        charts={chart.id: chart for chart in brief.charts},
        grounds=_grounds(brief),
        sources=brief.sources,
        house=house,
        period=brief.period,
    )


def _grounds(brief: Brief) -> dict[str, Grounds]:
    from briefnote.render.escaping import sentence_anchor

    return {
        sentence_anchor(sentence.id): Grounds(sentence, brief.rules[sentence.rule], block.confidence)
        for section in brief.sections
        for block in section.blocks
        for sentence in block.sentences
    }


def render_edition(ending: Format, brief: Brief, document: Document, theme: Theme) -> tuple[bytes, tuple[str, ...]]:
    """Returns the bytes of one edition and its warnings (characters that no font at hand covers)."""
    match ending:
        case "docx":
            from briefnote.render import word

            return word.render(document, theme), ()
        case "pdf":
            from briefnote.render import pdf

            return pdf.render_with_warnings(_with_json(document, brief) if theme.pdf_attach_json else document, theme)
        case "html":
            from briefnote.render import html

            return html.render(document, theme), ()
        case "md":
            from briefnote.render.markdown import strip_attributes

            return strip_attributes(document.markdown).encode(), ()
        case "json":
            from briefnote.render.context import json_edition

            return json_edition(brief), ()
        case "stix.json":
            from briefnote.render.stix import stix_bundle

            return stix_bundle(brief), ()
        case "csl.json":
            from briefnote.render.references import csl_json

            return csl_json(brief), ()
        case "ris":
            from briefnote.render.references import ris

            return ris(brief), ()


def _with_json(document: Document, brief: Brief) -> Document:
    """Returns the document with the JSON edition to be carried inside its PDF."""
    from briefnote.render.context import json_edition

    attachment = Attachment(
        name=f"{brief.name}-{brief.period}.json",
        mime="application/json",
        data=json_edition(brief),
        description="The brief as data: each sentence with its rule, its sources and their passages",
    )
    return replace(document, attachment=attachment)


def versions() -> dict[str, str]:
    """Returns the versions that an edition's bytes depend on."""
    return {"briefnote": __version__, **{name: _version(name) for name in _LIBRARIES}}


def _version(name: str) -> str:
    """Returns a library's version from the name of its .dist-info folder (PEP 427), where there is one in the path.

    Otherwise importlib.metadata is asked, which knows other ways, and imports the standard library's e-mail for 13 ms.
    """
    stem = name.replace("-", "_").lower()
    for folder in sys.path:
        with suppress(OSError):
            for entry in _listing(folder):
                found, _, version = entry.removesuffix(".dist-info").partition("-")
                if entry.endswith(".dist-info") and found.lower() == stem:
                    return version
    from importlib.metadata import version as installed

    return installed(name)


@cache
def _listing(folder: str) -> tuple[str, ...]:
    return tuple(sorted(os.listdir(folder or os.curdir)))
