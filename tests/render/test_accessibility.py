"""WCAG 2.2 AA in a browser: axe-core finds nothing, at phone and desk width, in light and dark, all evidence open.

Runs where Chromium is, and axe-core, which `make checkers` fetches.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
from browser import PROGRAM, Page, browser
from edition_tools import EVERYTHING, document
from test_html_evidence import MARKDOWN, with_evidence

from briefnote.model.edition import Theme
from briefnote.pipeline import Request, build
from briefnote.render.html import render
from briefnote.store.folder import open_folder

ROOT = Path(__file__).parents[2]
AXE = ROOT / ".checkers/node_modules/axe-core/axe.min.js"
PAGES = ["china-russia", "us-partners", "specimen", "evidence"]

needs_browser = pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed")
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here: `make checkers` fetches it")

# All rules for WCAG 2.0 to 2.2, A and AA, and axe's own best practices (landmarks, order of headings).
RUN = """axe.run(document, {
  resultTypes: ["violations", "incomplete"],
  runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
  rules: {"target-size": {enabled: true}},
}).then(found => {
  const named = rules => rules.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 90)}`));
  return {violations: named(found.violations), incomplete: named(found.incomplete), passes: found.passes.length};
})"""
OPEN = "for (const found of document.querySelectorAll('details')) found.open = true"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Both shipped briefs, a specimen of every kind of block, and one of evidence with quotes, as files."""
    root = tmp_path_factory.mktemp("desk")
    for part in ("sources", "briefs", "templates"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("20??-W*"))
    found = {}
    for name in PAGES[:2]:
        built = build(open_folder(root), Request(name, day=date(2026, 11, 21), formats=("html",)))
        found[name] = built.folder / f"{name}-2026-W47.html"
    specimen = document(EVERYTHING)
    for old, new in (
        ("###### Six", "#### Four"),
        ("| Next | table |\n|--|--|", "| Next | table |\n|--|--|\n| 1 | 2 |"),
    ):
        assert old in specimen.markdown
        specimen = replace(specimen, markdown=specimen.markdown.replace(old, new))
    for name, given in (("specimen", specimen), ("evidence", with_evidence(f"# Evidence\n\n## One\n{MARKDOWN}"))):
        found[name] = root / f"{name}.html"
        found[name].write_bytes(render(given, Theme()))
    return found


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page of a browser."""
    with browser() as opened:
        yield opened


@pytest.mark.slow
@needs_browser
@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    name: str, width: int, scheme: Literal["light", "dark"], pages: Mapping[str, Path], page: Page
) -> None:
    """No rule fails; undecided is only the contrast of text in charts, which axe does not measure."""
    page.open(pages[name], width, scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(OPEN)
    found: Any = page.evaluate(RUN)
    assert found["violations"] == []
    assert [rule for rule in found["incomplete"] if not rule.startswith("color-contrast: <text ")] == []
    assert found["passes"] > 25


@needs_browser
@pytest.mark.parametrize("name", PAGES)
def test_page_is_no_wider_than_the_smallest_screen(name: str, pages: Mapping[str, Path], page: Page) -> None:
    """At 320 pixels nothing scrolls sideways (WCAG 1.4.10), with all evidence open."""
    page.open(pages[name], 320)
    page.evaluate(OPEN)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@needs_browser
def test_focus_is_seen(pages: Mapping[str, Path], page: Page) -> None:
    """Whatever the tabulator reaches, a link or what opens the evidence, has an outline of 3 pixels."""
    page.open(pages["evidence"], 1280)
    page.evaluate(OPEN)
    outlines = []
    for _ in range(12):
        for kind in ("keyDown", "keyUp"):
            page.send("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        outlines.append(page.evaluate("getComputedStyle(document.activeElement).outline.split(') ')[1]"))
    assert outlines == ["solid 3px"] * 12


@needs_browser
def test_a_link_to_evidence_opens_it(pages: Mapping[str, Path], page: Page) -> None:
    """A colleague can be sent the address of what a sentence rests on."""
    page.open(pages["evidence"], 1280, fragment="#briefnote-evidence-s_leverage-2")
    assert page.evaluate("[...document.querySelectorAll('details[open]')].length") == 2
