"""Pages that stand in the place of an article: error pages, robot checks, consent walls."""

from __future__ import annotations

from briefnote.ingest.phrases import pattern_of
from briefnote.model.article import Gate


def wall_in(text: str) -> Gate | None:
    """Returns the wall that the words of a short page are, None where they are none."""
    if found := pattern_of("error-page").search(text):
        return Gate("error-page", "is an error page, not the article; fetch it again", " ".join(found[0].split()))
    consents = pattern_of("consent-wall").findall(text)
    if len(consents) > 1:
        return Gate("consent-wall", "is a consent wall, not the article; save the page by hand", consents[0])
    return None
