"""A lint over a finished brief: estimative language as the standards have it (ICD 203, PHIA).

Only the brief's own words are looked at. A sentence that prints a source's words (a claim's text, its bold words, the
period or field of a figure) is linted in what its rule adds to them: a source keeps its own hedges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefnote.errors import Problem
from briefnote.model.brief import Brief, Section, Sentence
from briefnote.rules.checked import CheckedRule
from briefnote.rules.estimative import Estimative, WatchedWords
from briefnote.rules.nodes import Hole, Name, names
from briefnote.rules.rulebook import RuleBook
from briefnote.rules.schema import RELATIONS

HEADLINE = "headline"  # a title, in which "we judge" has no place
_ROW_FILTERS = {"label", "when"}  # they print a figure's item and period in its source's words


@dataclass(frozen=True)
class Term:
    """A term of likelihood where it stands: in which scale and in which of its rows of synonyms."""

    word: str
    scale: str
    row: int


def lint(brief: Brief, book: RuleBook, estimative: Estimative, scale: str) -> list[Problem]:
    """Returns a warning for each fault, with the rule's place and the sentence's id; `scale` is the brief's own."""
    return _Lint(brief, book, estimative, scale).run()


class _Lint:
    def __init__(self, brief: Brief, book: RuleBook, estimative: Estimative, scale: str) -> None:
        self.brief = brief
        self.rules = {rule.id: rule for rule in book.rules}
        self.scales = estimative.likelihood
        self.scale = scale
        self.watched: WatchedWords = estimative.wording
        self.terms = _terms(estimative, scale)
        self.first: tuple[Term, str] | None = None
        self.problems: list[Problem] = []

    def run(self) -> list[Problem]:
        for section in self.brief.sections:
            for block in section.blocks:
                for sentence in block.sentences:
                    self.sentence(section, sentence)
        return self.problems

    def sentence(self, section: Section, sentence: Sentence) -> None:
        rule = self.rules[sentence.rule]
        own = own_words(rule, sentence)
        found = self.found(own)
        self.mixed(sentence, found)
        if found and _among(own, self.watched.confidence):
            self.problem(sentence, f"'{found[0].word}' and a word of confidence in one sentence; make it two")
        for hedge in _among(own, self.watched.hedges):
            self.problem(sentence, f"'{hedge}' is a hedge of no scale; use a term of {self.scales[self.scale].name}")
        self.judging(section, sentence, own)

    def problem(self, sentence: Sentence, message: str) -> None:
        text = self.rules[sentence.rule].text
        self.problems.append(Problem(text.file, text.line, f"rule '{text.id}'", f"{sentence.id}: {message}", True))

    def found(self, text: str) -> list[Term]:
        """Returns the terms in a text in reading order; of two that overlap, the longer one."""
        words = [*self.terms, *self.watched.comparisons]
        terms = []
        for match in re.finditer(_any_of(words), text):
            term = self.terms.get(" ".join(match[0].split()))
            after = self.watched.only_before.get(term.word) if term else None
            if term and (after is None or re.match(rf"\s+{_any_of(after)}", text[match.end() :])):
                terms.append(term)
        return terms

    def mixed(self, sentence: Sentence, found: Sequence[Term]) -> None:
        for term in found:
            if term.scale != self.scale:
                name = self.scales[self.scale].name
                self.problem(
                    sentence, f"'{term.word}' is a term of {self.scales[term.scale].name}; the brief uses {name}"
                )
                continue
            self.first = self.first or (term, sentence.id)
            first, where = self.first
            if term.row != first.row:
                both = f"'{term.word}' and '{first.word}' ({where})"
                self.problem(sentence, f"{both} are of different rows of {self.scales[self.scale].name}; keep to one")

    def judging(self, section: Section, sentence: Sentence, own: str) -> None:
        says_so = bool(_among(own, self.watched.judging))
        if says_so and not sentence.is_judgement:
            self.problem(
                sentence, "says 'we judge', but its rule is no judgement; set judgement: true, or say who judges"
            )
        in_running_text = section.kind in ("bullets", "prose") and section.id != HEADLINE
        if sentence.is_judgement and in_running_text and not says_so:
            self.problem(sentence, "concludes more than its sources say, without 'we judge'")


def own_words(rule: CheckedRule, sentence: Sentence) -> str:
    """Returns the words of a sentence that are not its sources', in small letters."""
    pieces = rule.say.pieces
    if any(isinstance(piece, Hole) and _quotes(piece, rule) for piece in pieces):
        text = " … ".join(piece for piece in pieces if isinstance(piece, str))
    else:
        text = sentence.text
    return text.replace("’", "'").lower()


def _quotes(hole: Hole, rule: CheckedRule) -> bool:
    if any(step.name in _ROW_FILTERS for step in hole.steps):
        return True
    return any(_is_of_a_source(name, rule) for name in names(hole.expression))


def _is_of_a_source(name: Name, rule: CheckedRule) -> bool:
    """Free text of a claim or figure, or the text of another finding, which may hold some."""
    place = (name.row, name.field) if name.field else rule.bound.get(name.row, ("", ""))
    relation = next((pattern.relation for pattern in rule.patterns if pattern.alias == place[0]), "")
    if relation == "finding":
        return place[1] == "text"
    field = RELATIONS.get(relation, {}).get(place[1])
    return bool(field and field.type == "text" and not field.term and not field.is_actor)


def _terms(estimative: Estimative, scale: str) -> dict[str, Term]:
    """Returns every form of every term; what two scales share belongs to the brief's own."""
    ordered = sorted(estimative.likelihood.items(), key=lambda item: item[0] == scale)
    return {
        form: Term(form, name, number)
        for name, known in ordered
        for band in known.bands
        for number, row in enumerate(band.rows)
        for form in row
    }


def _among(text: str, words: Iterable[str]) -> list[str]:
    """Returns the words that stand in a text, in reading order."""
    return [" ".join(match[0].split()) for match in re.finditer(_any_of(words), text)]


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return r"\b(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + r")\b"
