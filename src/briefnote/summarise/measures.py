"""What a figure measures: the first measure of data/measures.yaml whose signs stand around the number."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

from briefnote.model.value import Value
from briefnote.summarise.cues import Cues
from briefnote.summarise.data import read_data
from briefnote.summarise.literals import literals_of
from briefnote.summarise.masking import NUMBER, OTHER_NUMBER, Clause

Parties = Literal["share", "flow", "both", "own", "poll", "goods"]
ACTOR = "[\ue000-\ue7ff]"  # a masked mention
_MACROS = {"@": ACTOR, "#": NUMBER, "¤": OTHER_NUMBER, "{-}": "[^.;:\uf8fe\uf8ff]{0,50}?"}
_MACROS["{~}"] = "[^\ue000-\ue7ff.;:\uf8fe\uf8ff]"
_SPECIAL = re.compile(r"@|#|¤|\{[-~]\}")
_GENERAL = {"share": "share", "points": "share", "money": "amount", "count": "count"}
_CURRENCY = re.compile(r"[A-Z]{3}|cents")
_PHRASE = re.compile("(?:\\s?\\([^()]{0,40}\\))?,?\\s*(?:of|in|from|to|by)\\b[^.;:()\uf8fe\uf8ff]{0,90}")
_PHRASE_ENDS = re.compile(r",|\b(?:while|whereas|but|and then|which|who|against|compared|accord\w+|is|are|was|were)\b")


class Measure(Value):
    """One measure: its signs, the units it can have, how its parties are found, how much it counts for a brief."""

    metric: str
    units: frozenset[str]
    only: frozenset[str]
    of: re.Pattern[str] | None
    near: re.Pattern[str] | None
    wide: re.Pattern[str] | None
    needs_both: bool
    parties: Parties
    subject: str
    giver: tuple[re.Pattern[str], ...]
    taker: tuple[re.Pattern[str], ...]
    item: tuple[re.Pattern[str], ...]
    default_item: str | None
    weight: float


def unit_class(unit: str) -> str:
    """Returns "share", "points", "money" or "count"."""
    if unit in {"%", "pp"}:
        return "share" if unit == "%" else "points"
    return "money" if _CURRENCY.fullmatch(unit) else "count"


@cache
def measures() -> tuple[Measure, ...]:
    """Returns the measures in the order in which they are tried."""
    return tuple(_measure(entry) for entry in read_data("measures.yaml")["measures"])


def compiled(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Returns a pattern of the table: @ is an actor, # the number in question, ¤ another number."""
    return re.compile(_SPECIAL.sub(lambda special: _MACROS[special[0]], pattern), flags)


def _measure(entry: dict[str, Any]) -> Measure:
    return Measure(
        metric=entry["metric"],
        units=frozenset(entry["units"]),
        only=frozenset(entry.get("only", ())),
        of=compiled(entry["of"], re.NOFLAG) if "of" in entry else None,
        near=compiled(entry["near"], re.NOFLAG) if "near" in entry else None,
        wide=compiled(entry["wide"], re.NOFLAG) if "wide" in entry else None,
        needs_both="needs" in entry,
        parties=entry["parties"],
        subject=entry.get("subject", "giver"),
        giver=tuple(compiled(pattern) for pattern in entry.get("giver", ())),
        taker=tuple(compiled(pattern) for pattern in entry.get("taker", ())),
        item=tuple(compiled(pattern) for pattern in entry.get("item", ())),
        default_item=entry.get("default_item"),
        weight=entry["weight"],
    )


def named(metric: str) -> Measure:
    """Returns the measure of a metric, the last where a metric has several."""
    return next(one for one in reversed(measures()) if one.metric == metric)


def general(unit: str) -> Measure:
    """Returns the measure that needs neither a counterpart nor a kind of goods: a share, an amount, a count."""
    return named(_GENERAL[unit_class(unit)])


def measure_of(clause: Clause, unit: str) -> Measure:
    """Returns the measure of the number of a clause."""
    behind, text, sentence = phrase_behind(clause.text).lower(), clause.text.lower(), clause.sentence.lower()
    fitting, known = _fitting(unit), measures()
    called = (known[number] for number in _cues().called_for(sentence) if number in fitting)
    return next(one for one in called if _is_meant(one, behind, text, sentence))


@cache
def _fitting(unit: str) -> frozenset[int]:
    """Returns the numbers of the measures that can have the unit."""
    kind = unit_class(unit)
    fits = (kind in one.units and (not one.only or unit in one.only) for one in measures())
    return frozenset(number for number, fit in enumerate(fits) if fit)


@cache
def _cues() -> Cues:
    """Returns what a sentence must have for each measure; nothing for one that has no signs or demands nothing."""
    return Cues([_demanded(one) if one.of or one.near else frozenset() for one in measures()])


def _demanded(measure: Measure) -> frozenset[str]:
    pieces = [literals_of(sign.pattern) for sign in (measure.of, measure.near, measure.wide) if sign]
    return frozenset[str]().union(*pieces) if all(pieces) else frozenset()


def _is_meant(measure: Measure, behind: str, clause: str, sentence: str) -> bool:
    """Whether the signs of a measure are there, in lower case; one without signs is always meant."""
    of = bool(behind and measure.of and measure.of.search(behind))
    near = bool(measure.near and measure.near.search(clause))
    if measure.needs_both:
        return of and near
    wide = bool(measure.wide and measure.wide.search(sentence))
    return of or near or wide or not (measure.of or measure.near)


def phrase_behind(clause: str) -> str:
    """Returns the words behind the number # that say of what it is: "of the gas that …", "" where it stands alone."""
    at = clause.index(NUMBER) + 1
    phrase = _PHRASE.match(clause, at)
    if not phrase:
        return ""
    end = _PHRASE_ENDS.search(phrase[0], 4)
    return phrase[0][: end.start()] if end else phrase[0]
