"""Articles made from sentences, for tests of the extractor: invented countries, a line for each paragraph."""

from __future__ import annotations

import re

from briefnote.ingest.reading import read as read_article
from briefnote.model.article import Article
from briefnote.model.summary import Claim, Source, Summary
from briefnote.summarise.extraction import extract
from briefnote.summarise.mentions import Mention

COUNTRIES = ("Elbonia", "Ruritania", "Borduria")
SOURCE = Source(id="draft", title="A draft", kind="analysis", reliability="F", reliability_reason="not judged")


def article(*lines: str) -> Article:
    """Returns the article that the plain-text reader makes of paragraphs."""
    return read_article("\n\n".join(lines).encode(), "article.txt")


def draft(*lines: str, actors: tuple[str, ...] = COUNTRIES) -> Summary:
    """Returns the draft of an article of these paragraphs."""
    return extract(article(*lines), SOURCE, actors)


def claims_on(summary: Summary, words: str) -> list[Claim]:
    """Returns the claims whose quote holds the words."""
    return [claim for claim in summary.claims if words in (claim.quote or "")]


def kinds_on(summary: Summary, words: str) -> set[str]:
    """Returns the kinds of the claims whose quote holds the words."""
    return {claim.kind for claim in claims_on(summary, words)}


def mentions_of(text: str) -> list[Mention]:
    """Returns the mentions of invented countries, by name or adjective ("Elbonian")."""
    found = re.finditer(rf"\b({'|'.join(COUNTRIES)})n?\b", text)
    return [Mention(match[1], match.start(), match.end(), match[0]) for match in found]
