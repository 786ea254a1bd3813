"""The names of sources: day, publisher, title; safe in any file system, whatever the article says of itself."""

from __future__ import annotations

import re
import unicodedata

from briefnote.model.article import Article

LONGEST_ID = 80
_PUBLISHER_WORDS = 3
_SMALL_WORDS = frozenset("the of and for in on to a an at by".split())  # left out of publishers' names only
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "þ": "th"})
_ENDINGS = {
    "text/plain": "txt",
    "text/markdown": "md",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "message/rfc822": "eml",
}


ENDINGS = (*sorted(set(_ENDINGS.values())), "bin")


def id_of(article: Article, digest: str) -> str:
    """Returns the id an article asks for: `2025-05-08-publisher-title-words`, at most 80 characters of a–z, 0–9 and -.

    An article without a date is `undated-…`; one of whose title no Latin letter is left has the start of its digest.
    """
    about = article.metadata
    day = about.published.value if about.published else ""
    publisher = slug_words(about.publisher.value if about.publisher else "")
    publisher = [word for word in publisher if word not in _SMALL_WORDS] or publisher
    title = slug_words(about.title.value if about.title else _first_words(article.text))
    words = [*publisher[:_PUBLISHER_WORDS], *(title or [digest[:10]])]
    return _joined(day if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else "undated", words)


def _first_words(text: str) -> str:
    return " ".join(text[:400].split()[:8])


def slug_words(text: str) -> list[str]:
    """Returns the words of a text in small ASCII letters and digits; what has no such form is left out."""
    plain = unicodedata.normalize("NFKD", text[:2000].casefold().translate(_LETTERS))
    plain = re.sub(r"['’`]|(?<=\b\w)\.(?=\w\b)", "", plain)  # U.S. is one word
    return re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def _joined(start: str, words: list[str]) -> str:
    """Whole words while they fit; a first word that does not is cut."""
    name = start
    for word in words:
        if len(name) + 1 + len(word) > LONGEST_ID:
            return name if name != start else f"{name}-{word[: LONGEST_ID - len(name) - 1]}"
        name = f"{name}-{word}"
    return name


def ending_of(media_type: str) -> str:
    """Returns the file ending of a snapshot by its media type, "bin" where it is not known."""
    return _ENDINGS.get(media_type, "bin")
