"""What must not be analysed says why."""

from __future__ import annotations

import re

import pytest

from briefnote.ingest.gates import gates
from briefnote.ingest.phrases import Phrases, pattern_of, phrases
from briefnote.ingest.reading import read
from briefnote.ingest.walls import wall_in

ENOUGH = "The ferry carries most of the grain that crosses the straits, and nobody expects that to change. " * 12
GERMAN = "Die Fähre trägt das meiste Getreide über die Meerenge, und niemand erwartet, dass sich das ändert. " * 12


def kinds(text: str, name: str = "text.txt") -> list[str]:
    """Returns the kinds of the gates of a text."""
    return [gate.kind for gate in gates(read(text.encode(), name))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ENOUGH, []),
        ("A few words.", ["too-short"]),
        (GERMAN, ["language"]),
        (ENOUGH + "\n\nSubscribe to continue reading.", ["paywall"]),
        (ENOUGH + "\n\nThis article is for paid subscribers only.", ["paywall"]),
        (ENOUGH + "\n\nAlready a subscriber? Sign in to read the full story.", ["paywall"]),
        (ENOUGH + "\n\nAnd then the ministry… [Read more]", []),
        (ENOUGH + "\n\nAnd then the ministry […]", ["truncated"]),
        (ENOUGH + "\n\nAnd then the ministry... Continue reading →", ["truncated"]),
        ("404\n\nPage not found. The page you are looking for has moved.", ["error-page"]),
        ("Just a moment...\n\nEnable JavaScript and cookies to continue", ["error-page"]),
        (
            "Before you continue\n\nWe use cookies and data to deliver. Accept all cookies. Manage preferences.",
            ["consent-wall"],
        ),
        (ENOUGH + "\n\nSubscribers to the ferry pay in advance.", []),
    ],
)
def test_the_gates_of_a_text(text: str, kind: list[str]) -> None:
    """Each gate is found by what the text says, and by nothing less."""
    assert kinds(text) == kind


def test_a_gate_has_its_reason() -> None:
    """The reason says what was found and what was expected."""
    (gate,) = gates(read(b"A few words.", "short.txt"))
    assert gate.reason == "has 3 words, fewer than 120; too little to analyse"


def test_a_supported_language_is_the_callers_to_say() -> None:
    """What is analysed in German has no gate for being German."""
    assert gates(read(GERMAN.encode(), "text.txt"), languages=("en", "de")) == ()


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (
            "<title>404 Not Found</title><h1>Not Found</h1><p>The page you requested could not be found.</p>",
            "error-page",
        ),
        (
            "<title>Site</title><div class='consent'><h2>Before you continue</h2><p>We use cookies and data.</p>"
            "<button>Accept all cookies</button><a>Cookie settings</a></div>",
            "consent-wall",
        ),
    ],
)
def test_a_page_that_stands_before_the_article(page: str, kind: str) -> None:
    """Error pages and consent walls are told from short articles."""
    html = f"<!DOCTYPE html><html><head></head><body>{page}</body></html>"
    assert kind in kinds(html, "page.html")


@pytest.mark.parametrize("entry", phrases(), ids=lambda entry: f"{entry.language}-{entry.gate}")
def test_phrases_find_what_they_must_and_nothing_else(entry: Phrases) -> None:
    """Each language has a text that must be found, by its own patterns, and one that must not, by any."""
    ending = "$" if entry.gate == "truncated" else ""
    assert any(re.search(f"(?:{pattern}){ending}", entry.match, re.IGNORECASE) for pattern in entry.patterns)
    assert not pattern_of(entry.gate).search(entry.no_match)
    if entry.gate in {"consent-wall", "error-page"}:
        wall = wall_in(entry.match)
        assert wall
        assert wall.kind == entry.gate


def test_every_gate_speaks_every_language() -> None:
    """A language that has one gate has all four."""
    spoken = {(entry.language, entry.gate) for entry in phrases()}
    languages = {"en", "de", "fr", "es", "it", "nl", "pl"}
    assert spoken == {
        (language, gate) for language in languages for gate in ("paywall", "truncated", "consent-wall", "error-page")
    }


def test_a_german_paywall_is_one() -> None:
    """It is found whether German is analysed or not; the gate of the language stays beside it."""
    article = read((GERMAN + "\n\nDieser Artikel ist nur für Abonnenten lesbar.").encode(), "text.txt")
    assert [gate.kind for gate in gates(article)] == ["paywall", "language"]
    assert [gate.kind for gate in gates(article, languages=("en", "de"))] == ["paywall"]
