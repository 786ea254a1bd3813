"""`briefnote template check`: a specimen through the user's template, theme and house file, and all that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from briefnote.editions import TEMPLATE_LIMITS, set_as_document
from briefnote.errors import BriefnoteError, Problem
from briefnote.inputs import read_look
from briefnote.model.edition import Document, Theme
from briefnote.render.contrast import theme_problems
from briefnote.sandbox import run_limited
from briefnote.store.durable import replace_file
from briefnote.store.folder import HOUSE, TEMPLATE, Folder
from briefnote.workbench.specimen import BLOCKS, specimen

_THEME = "templates/theme.yaml"
_HOUSE = f"templates/{HOUSE}"


@dataclass(frozen=True)
class Checked:
    """All problems, sorted, and the specimen by ending: what could be made of it."""

    problems: tuple[Problem, ...]
    editions: dict[str, bytes]


def check_template(folder: Folder) -> Checked:
    """Returns what is wrong with the templates, the theme and the house file of a folder, and the specimen."""
    theme, house, template, found = read_look(folder)
    problems = [*found, *theme_problems(theme, _THEME)]
    brief = specimen()

    def markdown() -> tuple[str, list[Problem]]:
        from briefnote.render.context import template_context
        from briefnote.render.markdown import render_markdown

        unknown: list[Problem] = []
        text = render_markdown(TEMPLATE, template_context(brief), template, unknown.append)
        return text, unknown

    editions: dict[str, bytes] = {}
    try:
        text, unknown = run_limited(f"templates/{TEMPLATE}", markdown, TEMPLATE_LIMITS)
        problems += unknown
        document = replace(set_as_document(brief, lambda _: "", house), markdown=f"{text}\n\n{BLOCKS}")
    except BriefnoteError as error:
        return Checked(tuple(sorted({*problems, *error.problems})), editions)
    for ending, render in (("docx", _word), ("pdf", _pdf), ("html", _html)):
        try:
            editions[ending], warned = render(document, theme)
            problems += warned
        except BriefnoteError as error:
            problems += error.problems
    return Checked(tuple(sorted(set(problems))), editions)


def write_specimen(checked: Checked, directory: Path) -> list[Path]:
    """Writes the editions of the specimen into a folder and returns their paths. Raises BriefnoteError."""
    paths = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for ending, data in checked.editions.items():
            paths.append(directory / f"specimen.{ending}")
            replace_file(paths[-1], data)
    except OSError as error:
        message = f"cannot be written: {error.strerror}; choose another folder"
        raise BriefnoteError([Problem(str(directory), message=message)]) from None
    return paths


def _word(document: Document, theme: Theme) -> tuple[bytes, list[Problem]]:
    from briefnote.render import word

    problems: list[Problem] = []
    if document.house is not None:
        from briefnote.render.word.house.report import faults

        problems += [Problem(_HOUSE, message=message) for message in faults(document, theme)]
    return word.render(document, theme), problems


def _pdf(document: Document, theme: Theme) -> tuple[bytes, list[Problem]]:
    from briefnote.render import pdf

    data, warnings = pdf.render_with_warnings(document, theme)
    return data, [Problem(f"templates/{TEMPLATE}", message=message) for message in warnings]


def _html(document: Document, theme: Theme) -> tuple[bytes, list[Problem]]:
    from briefnote.render import html

    return html.render(document, theme), []
