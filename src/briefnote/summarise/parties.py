"""Whose a figure is: subject and counterpart, by where actors stand around the number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from briefnote.summarise.completion import NOBODY, Two, completed, is_partner
from briefnote.summarise.masking import NUMBER, Clause
from briefnote.summarise.measures import ACTOR, Measure, compiled, phrase_behind

# Who accounts for a share, behind the number: "… of its gas comes from @", "is with @"; "goes to @".
_PART_BEHIND = compiled(r"\b(?:from|to|with|by|through|via|in|into|for)\b (?:[\w'-]+ ){0,2}?@|\b(?:was|is|are|were) @")
# "@'s share of @'s trade", "the share of @ in the trade of @".
_SHARE_OF = compiled(r"@(?:'s?)? (?:[\w-]+ )?(?:share|part|portion|stake|slice)\b(?: (?:of|in) [^.;:#¤]{0,40}?@)?")
# The whole before the number: "@ imports # of its gas", "of @'s trade, #", "@'s exports … #".
_WHOLE_BEFORE = compiled(
    r"@{~}{0,40}\b(?:imports?|gets?|buys?|sells?|sends?|exports?|depends?|relies|receives?|obtains?|sourced?|"
    r"draws?|owes?|earns?|consumes?|needs?|bought|sent|sold|got|imported|exported)\b{~}{0,30}#"
)
_OF_ACTOR = compiled(r"\b(?:of|in)\b[^.;:,]{0,40}?@")
_GIVES = compiled(
    r"@{~}{0,40}\b(?:provid|suppl|account|cover|furnish|mak|made|deliver|tak|took|buy|bought|absorb|hold|held|own)\w*\b"
    r"{~}{0,30}#"
)
_GOODS = compiled(r"(@)(?:'s?)? (?:[\w-]+ ){0,3}(?:exports?|imports?) (?:to|from) (@)")
_ASKED = compiled(
    r"# of (?:all )?@|\b@(?:'s?)? (?:\w+ )?(?:respondents|public|voters|citizens|adults|people|population)\b"
)
_LISTED = compiled(r"(@) \(#\)")
_GIVERS = re.compile(
    r"\b(?:sources?|suppliers?|sellers?|investors?|lenders?|creditors?|donors?|exporters?|from)\b", re.I
)
_PREPOSITION = re.compile(
    r"\b(?:of|to|from|with|in|by|for|on|over|against|between|through|via|into|towards?|than)(?: the| an?)?\s*$", re.I
)


def parties_of(measure: Measure, clause: Clause, before: Two, main: Two) -> Two:
    """Returns subject and counterpart of the number of a clause.

    Where the clause names nobody, the whole sentence is asked, then the figure `before` it, then the article: `main`
    are the two actors it is about, the one it is held over last.
    """
    if listed := _LISTED.search(clause.sentence):
        return _of_list(measure, clause.actors[listed[1]], clause.sentence, before, main)
    if measure.parties == "both":
        return completed(measure, clause, _of_both(clause.sentence, clause.actors), before, main)
    found = _ROLES[measure.parties](measure, clause.text, clause.actors)
    if found == NOBODY and before == NOBODY:
        found = _ROLES[measure.parties](measure, clause.sentence, clause.actors)
    return completed(measure, clause, found, before, main)


# ---- actors of a clause ----------------------------------------------------------------------------------------


def _actor(match: re.Match[str] | None, actors: Mapping[str, str], last: bool = True) -> str | None:
    """Returns the last (or the first) actor of a match."""
    marks = re.findall(ACTOR, match[0]) if match else []
    return actors[marks[-1 if last else 0]] if marks else None


def _nearest(clause: str, actors: Mapping[str, str], without: str | None = None) -> str | None:
    """Returns the actor named nearest to the number, those before it first; never `without`."""
    at = clause.index(NUMBER)
    places = [(at - m.start() if m.start() < at else 1.5 * (m.start() - at), m) for m in re.finditer(ACTOR, clause)]
    named = (actors[match[0]] for _, match in sorted(places, key=lambda place: place[0]))
    return next((actor for actor in named if actor != without), None)


def _subjects(clause: str, actors: Mapping[str, str]) -> Iterator[str]:
    """Yields the actors before the number that can be its subject, those of the nearest part of the clause first."""
    end = clause.index(NUMBER)
    while end > 0:
        start = clause.rfind(",", 0, end) + 1
        for match in re.finditer(ACTOR, clause[start:end]):
            if not _PREPOSITION.search(clause, max(0, start + match.start() - 16), start + match.start()):
                yield actors[match[0]]
        end = start - 1


# ---- the kinds of roles ----------------------------------------------------------------------------------------


def _of_share(measure: Measure, clause: str, actors: Mapping[str, str]) -> Two:
    """The whole stands behind "of", the part is who accounts for it."""
    at = clause.index(NUMBER) + 1
    behind = phrase_behind(clause)
    share = max(_SHARE_OF.finditer(clause, 0, at), key=lambda match: match.end(), default=None)
    whole = "world" if measure.metric == "world_share" else _behind(behind, actors)
    part = _actor(share, actors, last=False)
    if share and not whole:
        whole = _actor(share, actors) if len(re.findall(ACTOR, share[0])) > 1 else None
    elif not whole and (verb := _WHOLE_BEFORE.search(clause, 0, at)):
        whole = _actor(verb, actors, last=False)
        return whole, _behind_part(clause, at, len(behind), actors, whole)
    part = part or _part(clause, at, len(behind), actors, whole)
    if whole and part is None and _GIVES.search(clause, 0, at):
        return _nearest(clause, actors, without=whole), whole  # "@ provides # of its imports": theirs, not its own
    if not whole and not share:
        whole = _whole_elsewhere(clause, actors, part)
    return whole, part if part != whole else None


def _behind(phrase: str, actors: Mapping[str, str]) -> str | None:
    """Returns the first actor of "of @'s gas"; "to @" and "from @" name the part."""
    return _actor(re.match(rf"(?:\s?\([^()]*\))?,?\s*(?:of|in)\b.*?{ACTOR}", phrase), actors)


def _part(clause: str, at: int, length: int, actors: Mapping[str, str], whole: str | None) -> str | None:
    """Who accounts for it: named with a preposition behind the number, else the subject before it."""
    behind = _behind_part(clause, at, length, actors, whole)
    return behind or next((actor for actor in _subjects(clause, actors) if actor != whole), None)


def _behind_part(clause: str, at: int, length: int, actors: Mapping[str, str], whole: str | None) -> str | None:
    stop = re.compile("[,(]|\uf8ff").search(clause, at + length)
    end = min(stop.start() if stop else len(clause), at + length + 60)
    named = (_actor(match, actors) for match in _PART_BEHIND.finditer(clause, at, end))
    return next((actor for actor in named if actor != whole), None)


def _whole_elsewhere(clause: str, actors: Mapping[str, str], part: str | None) -> str | None:
    for match in _OF_ACTOR.finditer(clause):
        if (actor := _actor(match, actors)) != part:
            return actor
    return _nearest(clause, actors, without=part)


def _of_flow(measure: Measure, clause: str, actors: Mapping[str, str]) -> Two:
    """Giver and taker by the patterns of the measure, each nearest to the number; what is open goes to who is left."""
    near_giver, giver = _by(measure.giver, clause, actors)
    near_taker, taker = _by(measure.taker, clause, actors)
    if giver == taker:
        giver, taker = (None, taker) if near_taker <= near_giver else (giver, None)
    giver = giver or (_nearest(clause, actors, without=taker) if taker else None)
    taker = taker or (_nearest(clause, actors, without=giver) if giver else None)
    if not giver and not taker:
        giver = _nearest(clause, actors)
        taker = _nearest(clause, actors, without=giver)
    return (giver, taker) if measure.subject == "giver" else (taker, giver)


def _by(patterns: Sequence[re.Pattern[str]], clause: str, actors: Mapping[str, str]) -> tuple[int, str | None]:
    """Returns how far from the number the nearest place of the patterns is, and its actor."""
    at = clause.index(NUMBER)
    found = [
        (min(abs(at - match.start()), abs(at - match.end())), order, _actor(match, actors))
        for order, pattern in enumerate(patterns)
        for match in pattern.finditer(clause)
    ]
    near, _, actor = min(found, default=(0, 0, None))
    return near, actor


def _of_both(sentence: str, actors: Mapping[str, str]) -> Two:
    """The two actors named last before the number, else those named next."""
    at = sentence.index(NUMBER)
    before = [actors[mark] for mark in re.findall(ACTOR, sentence[:at])]
    named = list(dict.fromkeys([*reversed(before), *(actors[mark] for mark in re.findall(ACTOR, sentence[at:]))]))
    first, second = (*named, None, None)[:2]
    return (second, first) if first in before and second in before else (first, second)


def _of_goods(measure: Measure, clause: str, actors: Mapping[str, str]) -> Two:
    """Exporter and importer of "@'s exports to @"."""
    found = _GOODS.search(clause)
    return (actors[found[1]], actors[found[2]]) if found else _of_share(measure, clause, actors)


def _of_poll(_: Measure, clause: str, actors: Mapping[str, str]) -> Two:
    """Those asked are named as a people ("34% of @", "@ respondents"), whom they were asked about besides."""
    asked = _actor(_ASKED.search(clause), actors)
    about = next((actor for actor in _subjects(clause, actors) if actor != asked), None)
    return asked, about or _nearest(clause, actors, without=asked)


def _of_list(measure: Measure, actor: str, sentence: str, before: Two, main: Two) -> Two:
    """The parties of one number of a list of actors: "the main lenders were @ (¤), @ (#)"."""
    role = 1 if measure.parties == "share" else 0
    if measure.parties == "flow":
        role = 0 if bool(_GIVERS.search(sentence)) == (measure.subject == "giver") else 1
    other = before[1 - role] or next((one for one in (main[1], main[0]) if one and one != actor), None)
    return (actor, other) if role == 0 else (other, actor)


def _of_own(_: Measure, clause: str, actors: Mapping[str, str]) -> Two:
    """The subject is who is named first, not as a partner ("exports to @"); a partner is the counterpart."""
    named = [(actors[match[0]], is_partner(clause, match.start())) for match in re.finditer(ACTOR, clause)]
    subject = next(_subjects(clause, actors), None) or next((actor for actor, partner in named if not partner), None)
    return subject, next((actor for actor, _ in sorted(named, key=lambda one: not one[1]) if actor != subject), None)


_ROLES = {
    "share": _of_share,
    "flow": _of_flow,
    "own": _of_own,
    "goods": _of_goods,
    "poll": _of_poll,
}
