"""What stands between an article and its analysis, each with its reason: it is recorded, never silently passed."""

from __future__ import annotations

from collections.abc import Iterator

from briefnote.ingest.phrases import pattern_of
from briefnote.ingest.walls import wall_in
from briefnote.model.article import Article, Gate, GateKind
from briefnote.text import count_words

SUPPORTED_LANGUAGES = ("en",)
FEWEST_WORDS = 120
_SURE = 0.6  # below this certainty the language of a text is not held against it

_SHORT = 300  # words: a page that is an error or a consent wall holds no more


def gates(article: Article, languages: tuple[str, ...] = SUPPORTED_LANGUAGES) -> tuple[Gate, ...]:
    """Returns the reasons not to analyse an article, () where there is none; at most one of each kind."""
    found: dict[GateKind, Gate] = {}
    for gate in (*article.gates, *_gates_of_text(article, languages)):
        found.setdefault(gate.kind, gate)
    if {"no-text-layer", "error-page", "consent-wall"} & set(found):
        found.pop("too-short", None)
    return tuple(found.values())


def _gates_of_text(article: Article, languages: tuple[str, ...]) -> Iterator[Gate]:
    words = count_words(article.text)
    title = article.metadata.title.value if article.metadata.title else ""
    if words < _SHORT and (wall := wall_in(f"{title}\n{article.text}")):
        yield wall
    ending = article.text[-600:]
    if found := pattern_of("paywall").search(ending if words >= _SHORT else article.text):
        yield Gate("paywall", "the article ends at a paywall; get the whole text", " ".join(found[0].split()))
    elif found := pattern_of("truncated").search(ending.rstrip()):
        yield Gate("truncated", "the text breaks off; get the whole article", " ".join(found[0].split()))
    if words < FEWEST_WORDS:
        yield Gate("too-short", f"has {words} words, fewer than {FEWEST_WORDS}; too little to analyse")
    language = article.metadata.language
    if language and language.certainty >= _SURE and language.value.split("-")[0].lower() not in languages:
        known = ", ".join(languages)
        yield Gate("language", f"is in '{language.value}'; supported: {known}", language.where)
