"""Text as every edition can carry it."""

from __future__ import annotations

import re
import unicodedata

# Two texts are one from so large a share on: of the content words of the longer of two claims, or of the runs of three
# of the shorter article.
OVERLAP = 0.62

# What XML 1.0 forbids (python-docx raises on it), lone surrogates, non-characters, and the bidirectional
# overrides and isolates that can make a printed line say something else than its source.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def clean(text: str) -> str:
    """Returns the text without control, non- and bidi-override characters, in Unicode normal form C."""
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", text))


def unprintable(text: str) -> list[str]:
    """Returns the code points ("U+0007") that `clean` would drop, each once, in order of appearance."""
    return list(dict.fromkeys(f"U+{ord(character):04X}" for character in _UNPRINTABLE.findall(text)))


def one_line(text: str) -> str:
    """Returns the clean text on one line, runs of white space folded to one space."""
    return re.sub(r"\s+", " ", clean(text)).strip()


def bare_words(text: str) -> str:
    """Returns the words in small letters with one space between them, without punctuation: to compare titles by."""
    return re.sub(r"\W+", " ", text).strip().lower()


def typographic(text: str) -> str:
    """Returns the text with the apostrophes and quotation marks of print: it's "so" becomes it’s “so”."""
    text = re.sub(r"(?<=\w)'(?=\w)|(?<=\w)'", "’", text)
    text = re.sub(r"(^|(?<=[\s(\[–—/]))'", "‘", text)
    text = re.sub(r'(^|(?<=[\s(\[–—/]))"', "“", text)
    return text.replace("'", "’").replace('"', "”")


def sense_words(text: str) -> list[str]:
    """Returns the words that carry the sense, in order and in small letters: numbers, and words of four letters."""
    return [word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3 or word.isdigit()]


def word_runs(text: str) -> frozenset[tuple[str, ...]]:
    """Returns the runs of three words that carry the sense: two texts that share most of them are one text."""
    words = sense_words(text)
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def count_words(text: str) -> int:
    """Returns how many words a reader meets: runs of anything but white space that hold a letter or digit."""
    return sum(1 for word in text.split() if word[0].isalnum() or any(map(str.isalnum, word)))
