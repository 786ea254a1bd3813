"""Numbers as they are written: digits, words, fractions, scales, and what each is worth."""

from __future__ import annotations

import re
from functools import lru_cache

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: number for number, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_PARTS |= {"eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20}
NUMBER_WORDS = frozenset(_SMALL) | {"hundred", "thousand", "million", "billion", "trillion", "every"}
PART_WORDS = frozenset(_PARTS) | {f"{part}s" for part in _PARTS}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "mln": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "bln": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "trn": 1e12,
}

_PAIR = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(sorted(_UNITS, key=len)[::-1])})"
_THOUSANDS = rf"(?:[ -](?:hundred|thousand)\b(?:[ ]and)?(?:[ ]{_PAIR}\b)?)"
_ARTICLES = {"a": 1.0, "half a": 0.5, "half an": 0.5}
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
DIGITS = r"\d{1,3}(?:[,\u2009\u202f]\d{3})+(?:\.\d+)?|\d+,\d{1,2}(?!\d)|\d+(?:\.\d+)?[½¼¾]?|[½¼¾]"
WORDS = (
    r"half[ ]an?(?=[ ](?:million|billion|trillion))|a(?=[ ]per[ ]?cent)|"
    rf"(?:a[ ](?:hundred|thousand|million|billion|trillion)|{_PAIR})"
    rf"{_THOUSANDS}*(?:[ ]and[ ]a[ ]half)?"
)
SCALE = r"(?:hundred|thousand|million|billion|trillion|crore|lakh|mln|bln|trn|mn|bn|tn)(?![^\W\d_])|[kmb](?![^\W\d_])"
FRACTION = (
    rf"(?:(?:{'|'.join(_UNITS[1:11])}|an?|\d{{1,2}})[ -])?(?:thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|"
    rf"eighths?|ninths?|tenths?|twentieths?)|(?:(?:one|a)[ -])?half|"
    rf"(?:{'|'.join(_UNITS[1:11])}|\d{{1,2}})(?: [a-z]+){{0,2}}"
    r" (?:in|out of|of every)(?: every)? (?:hundred|\d{1,3}|"
    rf"{'|'.join(sorted([*_UNITS[2:], 'twenty'], key=len)[::-1])})"
)
_DECIMAL_COMMA = re.compile(r"^(\d+),(\d{1,2})$")
_IN = re.compile(r"^(\S+)(?: [a-z]+){0,2} (?:in|out of|of every)(?: every)? (\S+)$")


@lru_cache(maxsize=2000)
def number(written: str, scale: str | None = None) -> float:
    """Returns what digits or words are worth, times their scale: ("1.2", "bn") is 1,200,000,000."""
    plain = _DECIMAL_COMMA.sub(r"\1.\2", written.lower())
    plain = re.sub("[,\u2009\u202f]", "", plain)
    value = _in_digits(plain) if plain[0].isdecimal() or plain in _SIGNS else _in_words(plain)
    return exact(value * _SCALES[scale.lower()]) if scale else value


def _in_digits(digits: str) -> float:
    part = _SIGNS.get(digits[-1], 0.0)
    return float(digits.rstrip("".join(_SIGNS)) or 0) + part


def exact(value: float) -> float:
    """Returns the number without the noise of binary fractions: 1.1 million is 1100000."""
    return float(f"{value:.12g}")


def _in_words(words: str) -> float:
    if words in _ARTICLES:
        return _ARTICLES[words]
    total, current = 0.0, 0.0
    for word in re.split("[ -]", words):
        if word in _SMALL:
            current += _SMALL[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word == "half":
            current += 0.5
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0.0
    return total + current


def fraction(written: str) -> float | None:
    """Returns a fraction in per cent: "two-thirds" is 66.7, "one in five" 20; None where it is more than all."""
    words = re.sub(r"[ -]+", " ", written.lower()).strip()
    if of := _IN.match(words):
        count, whole = number(of[1]), number(of[2].replace("hundred", "100"))
    else:
        count, whole = _count_of_parts(words.split())
    return round(100 * count / whole, 1) if 0 < count <= whole else None


def _count_of_parts(words: list[str]) -> tuple[float, float]:
    part = _PARTS.get(words[-1]) or _PARTS[words[-1].removesuffix("s")]
    if len(words) == 1 or words[0] in {"a", "an"}:
        return 1.0, float(part)
    return number(words[0]), float(part)
