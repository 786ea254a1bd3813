"""Names of authors, out of what stands in bylines and in metadata: "By Jane Roe, Staff Writer and J. Doe"."""

from __future__ import annotations

import re
from html import unescape

_BY = re.compile(
    r"^\W*(?:(?:written|reported|posted|published|submitted|story|text|words|article|analysis|opinion|"
    r"commentary|edited|speech|remarks|statement|lecture|address|essay|column|review|interview|report)\s+)?"
    r"(?:by|von|par|por|di|autor(?:en|es)?|authors?|auteurs?|byline)\b(?!\s*[-’'])\s*[:|]?\s*",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\s*(?:;|\||•|·|\n|\t|/|\s&\s|\s&amp;\s|\s+\band\b\s+|\s+\bund\b\s+|\s+\bet\b\s+|\s+\bwith\b\s+)\s*"
)
_TAIL = re.compile(
    r"\s*(?:[-–—|(<\[]\s.*|\(.*|\[.*|<.*|\s(?:in|for|at|on|am|le|el|il)\s+[A-Z0-9].*|\s+(?:is|was|writes|"
    r"reports|contributed)\s.*"
    r"|\s*(?:updated|published|posted|last modified)\b.*|@\w+.*|\s*https?://.*)$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+")
_DANGLING = re.compile(r"\s(?:am|on|at|in|le|el|il|the)$")
_DEGREES = {
    "phd",
    "ph.d",
    "ph.d.",
    "md",
    "m.d.",
    "jr",
    "jr.",
    "sr",
    "sr.",
    "ii",
    "iii",
    "iv",
    "esq",
    "esq.",
    "msc",
    "ma",
}
_TITLES = re.compile(
    r"^(?:(?:dr|prof|professor|mr|mrs|ms|sir|dame|lord|amb|ambassador|sen|rep|gen|lt|col)\.?\s+)+", re.I
)
# Words that no name of a person holds: roles, desks, organisations, days.
_NO_NAME = re.compile(
    r"\b(?:staff|editor(?:s|ial)?|desk|team|admin(?:istrator)?|webmaster|reporters?|correspondents?|writer|"
    r"contributors?|newsroom|news|press|agency|agencies|press release|guest|author|authors|"
    r"department|ministry|office|institute|council|university|centre|center|foundation|committee|"
    r"commission|group|network|inc|ltd|llc|gmbh|limited|"
    r"company|media|magazine|journal|times|post|herald|tribune|gazette|daily|weekly|online|digital|"
    r"subscribe|follow|share|comments?|"
    r"view|(?:read|show|load|see) (?:more|all|full)|more (?:from|by|posts|stories)|posts?|profile|"
    r"biography|email|contact|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"january|february|july|september|october|november|december|minutes?|ago|photo(?:graph)?s?|"
    r"governor|minister|secretary|chair(?:man|woman|person)?|partner|lecturer|professor|columnist|ceo|"
    r"fellow|director|analyst|manager|officer|chief|president|researcher|associate|senior|junior|anonymous|unknown|"
    r"reuters|afp|bloomberg|wire|services?|report|research|analysis|policy|security|government|embassy|website|blog|"
    r"redaktion|rédaction|redacción|user|test|a|an|former|division|section|unit|affairs|program(?:me)?s?|"
    r"at|the|in|for|from|to|with|on|our|null|none|undefined)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w.’'`-]*$")
_PARTICLES = set("de da del della di du la le van von der den ter ten bin ibn al el y e dos das zu zur of the".split())


def names_in(text: str) -> tuple[str, ...]:
    """Returns the names in a byline, as they are written but "Roe, Jane" as "Jane Roe", each once; () where none is."""
    text = _MAIL.sub(" ", text)
    bare = _BY.sub("", " ".join(unescape(text).replace("\u00a0", " ").split()) if "\n" not in text else unescape(text))
    parts = [part for piece in _APART.split(bare) for part in _by_commas(piece, ";" in bare)]
    names = [name for part in parts if (name := _name(part))]
    return tuple(dict.fromkeys(names))


def names_of_byline(text: str) -> tuple[str, ...]:
    """Returns the names in a line that begins as a byline does, () where it is none."""
    return names_in(text) if _BY.match(text) and len(text) < 300 else ()


def is_byline(text: str) -> bool:
    """Says whether a line begins as a byline does and names somebody."""
    return bool(names_of_byline(text))


def _by_commas(piece: str, has_semicolons: bool) -> list[str]:
    """Returns the names between commas. "Roe, Jane" is one where semicolons part the names; "Jane Roe, PhD" always."""
    parts = [part.strip() for part in piece.split(",") if part.strip()]
    if len(parts) < 2:
        return parts
    if has_semicolons and len(parts) == 2 and parts[1].lower() not in _DEGREES and not _NO_NAME.search(parts[1]):
        return [f"{parts[1]} {parts[0]}"]
    if len(parts) == 2 and " " not in parts[0] and _looks_given(parts[1]):
        return [f"{parts[1]} {parts[0]}"]
    return [part for part in parts if part.lower() not in _DEGREES]


def _looks_given(part: str) -> bool:
    """Says whether it could be a given name with initials: "Jane", "Danielle M."."""
    words = part.split()
    return 0 < len(words) < 3 and all(word[:1].isupper() for word in words) and not _NO_NAME.search(part)


def _name(part: str) -> str | None:
    """Returns the name of a person in a part of a byline, None where it is none."""
    bare = _BY.sub("", _TAIL.sub("", part).strip(' ,.:;|-–—*"“”'))
    bare = _DANGLING.sub("", _TITLES.sub("", bare)).strip()
    if part.rstrip().endswith(".") and re.search(r"\b[A-Z]$", bare):
        bare += "."
    words = bare.split()
    if not 1 < len(words) < 6 or len(bare) > 60 or _NO_NAME.search(bare):
        return None
    if not all(_WORD.match(word) for word in words):
        return None
    if bare.isupper() or bare.islower():
        words = [word if word.lower() in _PARTICLES else word[:1].upper() + word[1:].lower() for word in words]
    return " ".join(words) if all(word[:1].isupper() or _is_small(word) for word in words) else None


def _is_small(word: str) -> bool:
    """Says whether a word of a name may begin small; scripts without capitals always do."""
    return word.lower() in _PARTICLES or word[:1].lower() == word[:1].upper() or word[:2] in {"d'", "d’", "al"}
