"""How a claim is coded: theme, mechanism, debated question and stance, polarity, certainty, attribution."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from briefnote.model.summary import Stance
from briefnote.summarise.cues import Signs
from briefnote.summarise.data import read_data
from briefnote.summarise.frames import Hit
from briefnote.summarise.reading import Passage

_SURE = 0.8


def theme(passage: Passage) -> str:
    """Returns the theme with the most distinct words in the passage, "general" where none is found."""
    return _theme(passage.masked)


@lru_cache(maxsize=512)
def _theme(masked: str) -> str:
    """Kept for the next claim of the same sentence."""
    return _most("themes", masked, {}) or "general"


def mechanism(passage: Passage, kind: str, said: str) -> str | None:
    """Returns the mechanism of a leverage, limit or implication, from the words that `said` has kept of the sentence.

    A frame that fired counts as two words, and so does the side of a question that is taken.
    """
    kept = said.lower()
    told = Counter({hit.frame.mechanism: 2 for hit in _frames(passage, kind) if _is_kept(hit, passage.masked, kept)})
    question, stance = proposition(passage, kind)
    if (kind, question, stance) in _mechanisms_of_sides():
        told[_mechanisms_of_sides()[kind, question, stance]] += 2
    return _most(f"mechanisms {kind}", passage.masked, told, kept)


def _frames(passage: Passage, kind: str) -> Iterator[Hit]:
    return (hit for hit in passage.hits if hit.frame.kind == kind)


def _is_kept(hit: Hit, masked: str, kept: str) -> bool:
    """Says whether the words of a frame are still there: the last one that carries meaning."""
    words = re.findall(r"[a-z]{4,}", masked[hit.start : hit.end])
    return not words or words[-1] in kept


@cache
def _mechanisms_of_sides() -> dict[tuple[str, str | None, str | None], str]:
    """Returns what a claim that takes a side speaks of, by its kind, the question and the side."""
    entries = read_data("coding.yaml")["propositions"]
    return {
        (entry["is"], entry["name"], entry["stance"]): entry["mechanism"] for entry in entries if "mechanism" in entry
    }


def mechanism_of_side(kind: str, question: str | None, stance: Stance | None, said: str) -> str | None:
    """Returns the mechanism of a claim that takes a side, from its words and that side."""
    side = _mechanisms_of_sides().get((kind, question, stance))
    return _most(f"mechanisms {kind}", said.lower(), {side: 2} if side else {})


def proposition(passage: Passage, kind: str) -> tuple[str | None, Stance | None]:
    """Returns the debated question that the passage speaks to, with its side."""
    for number, sign in _signs().that_may_match("propositions", passage.masked):
        entry = read_data("coding.yaml")["propositions"][number]
        if kind in entry.get("kinds", (kind,)) and sign.search(passage.masked):
            return entry["name"], entry["stance"]
    return None, None


def certainty(passage: Passage) -> tuple[float, str | None]:
    """Returns how sure the author is, 0 to 1, with the words that say so; without such words 0.8."""
    return _certainty(passage.masked)


@lru_cache(maxsize=512)
def _certainty(masked: str) -> tuple[float, str | None]:
    for number, sign in _signs().that_may_match("certainty", masked):
        if match := sign.search(masked):
            return float(read_data("coding.yaml")["certainty"][number]["value"]), match[0]
    return _SURE, None


def is_rejection(passage: Passage) -> bool:
    """Returns whether the passage rejects what was said before it."""
    return _matches("rejection", passage.masked)


def is_reported(passage: Passage) -> bool:
    """Returns whether the passage gives what unnamed others say."""
    return _matches("reporting", passage.masked)


def is_denied(passage: Passage) -> bool:
    """Returns whether somebody is said to deny it."""
    return _matches("denial", passage.masked)


def attribution(passage: Passage) -> str | None:
    """Returns whom the passage names for what it says."""
    if not any(family == "said" for _, family in passage.families):
        return None
    for sign in attribution_signs():
        match = sign.search(passage.sentence.text)
        if match and any(char.isupper() for char in match["who"]):
            return re.sub(r"\s+", " ", match["who"]).strip(" '\"“”‘’")
    return None


def _matches(name: str, masked: str) -> bool:
    return any(sign.search(masked) for _, sign in _signs().that_may_match(name, masked))


def _most(part: str, masked: str, told: Mapping[str, int], kept: str | None = None) -> str | None:
    """Returns the code with the most distinct words, those it was told counted in; the earlier one of equals.

    Where `kept` is given, words count that stand there too.
    """
    names = _codes()[part]
    counts = [told.get(name, 0) for name in names]
    for number, sign in _signs().that_may_match(part, masked):
        counts[number] += sum(kept is None or word in kept for word in set(sign.findall(masked)))
    most = max(counts)
    return names[counts.index(most)] if most else None


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Returns the codes of the themes, and of the mechanisms of each kind."""
    return {part: tuple(signs) for part, signs in _signs_of_codes().items()}


def _signs_of_codes() -> dict[str, dict[str, str]]:
    entries = read_data("coding.yaml")
    return {"themes": entries["themes"]} | {f"mechanisms {kind}": one for kind, one in entries["mechanisms"].items()}


@cache
def _signs() -> Signs:
    entries = read_data("coding.yaml")
    groups = {part: [*signs.values()] for part, signs in _signs_of_codes().items()}
    groups |= {name: [entry["sign"] for entry in entries[name]] for name in ("propositions", "certainty")}
    return Signs(groups | {name: [entries[name]] for name in ("rejection", "reporting", "denial")})


@cache
def attribution_signs() -> tuple[re.Pattern[str], ...]:
    """Returns what shows whom a sentence cites; each sign has a group "who"."""
    return tuple(re.compile(sign) for sign in read_data("coding.yaml")["attribution"])
