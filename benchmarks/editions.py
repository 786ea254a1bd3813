"""How long an edition takes to set, beside the programs that people use for it: pandoc, WeasyPrint, LibreOffice.

    make benchmarks

The five-source brief is composed once; then each program sets it, the same number of times. briefnote and WeasyPrint
work in this process, as a server would use them; pandoc and LibreOffice are a process for each document, as they come.
Prints medians in milliseconds, and whether the targets are kept: Word in at most pandoc's time, PDF 8 times faster than
WeasyPrint and than LibreOffice, and a cold `briefnote build` at most 600 (PDF) and 400 ms (Word) above bare Python.
What is not installed is left out, with a word.
"""

from __future__ import annotations

import argparse
import gc
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from briefnote.editions import set_as_document
from briefnote.inputs import read_inputs
from briefnote.model.edition import Document, Theme
from briefnote.pipeline import compose_brief
from briefnote.render import pdf, tokens, word
from briefnote.render.chart import svg
from briefnote.render.markdown import strip_attributes
from briefnote.store.folder import open_folder
from briefnote.store.issue import Issue
from startup import ROOT, measure

BRIEF, PERIOD, DAY = "china-russia", "2026-W47", date(2026, 11, 21)
FONTS = ROOT / "src/briefnote/render/fonts/"


def four_pages() -> tuple[Document, Theme]:
    """Returns the brief of this repository as a document, and its theme."""
    folder = open_folder(ROOT)
    inputs = read_inputs(folder, BRIEF)
    brief = compose_brief(inputs, Issue(ROOT / "briefs" / BRIEF, BRIEF, PERIOD), DAY)
    return set_as_document(brief, inputs.template), inputs.theme


def median(work: Callable[[], object], runs: int) -> float:
    """Returns the median time of some work in ms; one run before the first loads what is needed."""
    times = []
    for _ in range(runs + 1):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times[1:])


def pandoc(document: Document, place: Path, runs: int) -> float | str:
    """Returns the time pandoc takes from Markdown to Word, or why there is none."""
    try:
        import pypandoc  # type: ignore[import-untyped, import-not-found, unused-ignore]

        program = str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        program = shutil.which("pandoc") or ""
    if not program:
        return "pandoc is not installed (pip install pypandoc_binary)"
    (place / "brief.md").write_text(strip_attributes(document.markdown), encoding="utf-8")
    command = [
        program,
        "--from",
        "markdown",
        "--to",
        "docx",
        "--output",
        str(place / "pandoc.docx"),
        str(place / "brief.md"),
    ]
    return measure(command, runs)[1]


def weasyprint(document: Document, theme: Theme, runs: int) -> float | str:
    """Returns the time WeasyPrint takes to PDF/UA from plain HTML in our fonts, or why there is none."""
    try:
        from weasyprint import HTML  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except (ImportError, OSError) as error:
        return f"WeasyPrint is not installed ({error})"
    page = plain_html(document, theme)
    return median(lambda: HTML(string=page, base_url=f"{FONTS}/").write_pdf(pdf_variant="pdf/ua-1"), runs)


def plain_html(document: Document, theme: Theme) -> str:
    """Returns the document as HTML that looks like our PDF: text, tables, charts, fonts, notes at the page's foot."""
    parser = MarkdownIt("commonmark").use(footnote_plugin)
    body = str(parser.renderer.render(tokens.parse(document.markdown).to_tokens(), parser.options, {}))
    notes = dict(re.findall(r'<li id="fn(\d+)" class="footnote-item"><p>(.*?)</p>', body, re.DOTALL))
    body = re.sub(
        r'<sup class="footnote-ref">.*?#fn(\d+)".*?</sup>', lambda call: f"<i class=note>{notes[call[1]]}</i>", body
    )
    body = re.sub(
        r'<img src="chart:([^"]*)"[^>]*>',
        lambda image: svg(document.charts[image[1]], theme).replace("Source Sans 3", "OurSans"),
        body,
    )
    body = body.split('<hr class="footnotes-sep"')[0]
    style = FACES + STYLE.format(theme=theme, mark=document.marking)
    head = f"<head><title>{escape(document.title)}</title><style>{style}</style></head>"
    return f'<!DOCTYPE html><html lang="{document.language}">{head}<body>{body}</body></html>'


FACES = "".join(
    f"@font-face {{ font-family: Our{family}; src: url(Briefnote{family}-{name}.ttf); font-weight: {weight};"
    f" font-style: {slant} }}\n"
    for family in ("Serif", "Sans")
    for name, weight, slant in (("Regular", 400, "normal"), ("Bold", 700, "normal"), ("Italic", 400, "italic"))
)
STYLE = """
@page {{ size: {theme.page_width}mm {theme.page_height}mm; margin: 24mm 25mm 22mm;
  @top-right {{ content: '{mark}'; font: bold 12pt OurSans; background: #000; color: #fff }}
  @bottom-right {{ content: '{mark}'; font: bold 12pt OurSans; background: #000; color: #fff }}
  @bottom-left {{ content: 'Page ' counter(page) ' of ' counter(pages); font: 8pt OurSans }} }}
body {{ font: {theme.body_size}pt/1.44 OurSerif; color: #{theme.text} }}
h1, h2 {{ font-family: OurSans; color: #{theme.accent}; break-after: avoid }}
table {{ border-collapse: collapse; font: 8.7pt OurSans; width: 100% }}
td, th {{ border-bottom: .5pt solid #{theme.rule}; padding: 3pt 5pt; text-align: left; vertical-align: top }}
tr {{ break-inside: avoid }} a {{ color: #{theme.link}; text-decoration: none }} svg {{ font-family: OurSans }}
.lead {{ background: #{theme.tint}; border-left: 3pt solid #{theme.accent}; padding: 9pt; font-size: 11pt }}
.caption, .subtitle {{ color: #{theme.muted}; font: 8.5pt OurSans }} .basis {{ font-style: italic; font-size: 9pt }}
.note {{ float: footnote; font: {theme.note_size}pt/1.3 OurSerif }}
"""


def libreoffice(document: Document, theme: Theme, place: Path, runs: int) -> float | str:
    """Returns the time LibreOffice takes from our Word file to PDF, or why there is none."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return "LibreOffice is not installed"
    (place / "brief.docx").write_bytes(word.render(document, theme))
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(place), str(place / "brief.docx")]
    return measure(command, runs)[1]


def cold(place: Path, runs: int) -> Iterator[tuple[str, float]]:
    """Yields the times of a bare Python and of builds, each a process of its own."""
    yield "bare Python", measure([sys.executable, "-c", "pass"], runs)[1]
    build = [sys.executable, "-m", "briefnote", "build", BRIEF, "--date", DAY.isoformat(), "--out", str(place / "out")]
    for ending in ("json", "docx", "pdf"):
        yield f"build --format {ending}", measure([*build, "--format", ending], runs)[1]


def verdict(claim: str, found: float, limit: float, unit: str) -> str:
    """Returns a line that says whether a target is kept."""
    return f"{claim}: {found:.3g} {unit} of at most {limit:.3g} {unit}: {'kept' if found <= limit else 'MISSED'}"


def targets(times: dict[str, float]) -> Iterator[str]:
    """Yields a line for each target that can be judged by what was measured."""
    if "pandoc, docx" in times:
        yield verdict("Word beside pandoc", times["briefnote, docx"], times["pandoc, docx"], "ms")
    for peer in ("WeasyPrint, pdf", "LibreOffice, docx to pdf"):
        if peer in times:
            yield verdict(
                f"PDF, eight times, beside {peer.split(',')[0]}", 8 * times["briefnote, pdf"], times[peer], "ms"
            )
    for ending, limit in (("pdf", 600), ("docx", 400)):
        above = times[f"build --format {ending}"] - times["bare Python"]
        yield verdict(f"Cold build of {ending} above bare Python", above, limit, "ms")


def main() -> None:
    """Measures ours, then the peers, then cold builds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="runs of each (at least 7)")
    runs = max(7, parser.parse_args().runs)
    document, theme = four_pages()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        found: dict[str, float | str] = {
            "briefnote, docx": median(lambda: word.render(document, theme), runs),
            "briefnote, pdf": median(lambda: pdf.render(document, theme), runs),
            "pandoc, docx": pandoc(document, place, runs),
            "WeasyPrint, pdf": weasyprint(document, theme, runs),
            "LibreOffice, docx to pdf": libreoffice(document, theme, place, runs),
            **dict(cold(place, runs)),
        }
    print(f"median of {runs} runs{'ms':>25}")
    for what, result in found.items():
        print(f"{what:<30}{result:>10.0f}" if isinstance(result, float) else f"{what:<30}   left out: {result}")
    print(*targets({what: result for what, result in found.items() if isinstance(result, float)}), sep="\n")


if __name__ == "__main__":
    main()
