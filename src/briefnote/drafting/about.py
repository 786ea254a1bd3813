"""What is known of a source before anybody has judged it: what its article says of itself, and nothing else."""

from __future__ import annotations

import re
from datetime import date

from briefnote.model.article import Article, Stated
from briefnote.model.summary import Source
from briefnote.text import one_line

NOT_JUDGED = "machine draft: not judged"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")


def source_of(article: Article, identity: str, sha256: str) -> Source:
    """Returns the source of an article. What the article does not say is None; nobody has judged its reliability."""
    about = article.metadata
    language = _said(about.language) or ""
    url = _said(about.url) or ""
    return Source(
        id=identity,
        title=_said(about.title) or _described(article.text),
        kind="analysis",
        reliability="F",
        reliability_reason=NOT_JUDGED,
        authors=tuple(name for author in about.authors if (name := _said(author))),
        publisher=_said(about.publisher),
        published=_day(_said(about.published)),
        url=url if re.fullmatch(r"https?://\S+", url) else None,
        language=language if _LANGUAGE.fullmatch(language) else "en",
        sha256=sha256,
    )


def _said(stated: Stated | None) -> str | None:
    return (one_line(stated.value) or None) if stated else None


def _described(text: str) -> str:
    """An article without a title goes by its first words, in brackets."""
    words = one_line(text[:600]).split()
    return f"[{' '.join(words[:9])}{' …' if len(words) > 9 else ''}]"


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
