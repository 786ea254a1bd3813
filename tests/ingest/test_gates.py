"""What must not be analysed says why."""

from __future__ import annotations

import pytest

from briefnote.ingest.gates import gates
from briefnote.ingest.reading import read

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
