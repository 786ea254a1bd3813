"""How sources are numbered, how words become parts with citations, and what a footnote says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.compose.citations import Passages, Printed, SourceNumbers, parts, text_of
from briefnote.model.brief import Evidence, Part
from briefnote.model.finding import Bearing, Cite, JudgementNumber, Words
from support import Found, summary

NOTHING = Printed({}, {})


def test_sources_are_numbered_in_the_order_of_their_first_citation() -> None:
    """The first source cited is 1; it keeps its number; several citations in one place stand in ascending order."""
    sources = SourceNumbers()
    assert sources.cite(["b#c1"]) == (1,)
    assert sources.cite(["a#c1", "b#c2", "b#f1"]) == (1, 2)
    assert sources.cite(["c#c1", "a#c9"]) == (2, 3)
    assert sources.numbers == {"b": 1, "a": 2, "c": 3}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("It is so.",), (Part("It is so."),)),
        (("it is so", Cite(("a#c1",)), "."), (Part("It is so", (1,)), Part("."))),
        (
            ("One.", Cite(("a#c1",)), " Two", Cite(("b#c1", "a#c2")), "."),
            (Part("One", (1,)), Part(". Two", (1, 2)), Part(".")),
        ),
        ((Cite(("a#c1",)), "x"), (Part("", (1,)), Part("x"))),
        ((), ()),
    ],
)
def test_words_become_parts_with_their_citations(words: Words, expected: tuple[Part, ...]) -> None:
    """A citation follows its stretch of text, before the full stop; a sentence starts with a capital."""
    assert parts(words, SourceNumbers(), NOTHING) == expected


def test_quotation_marks_are_those_of_print() -> None:
    """Straight quotes become typographic ones."""
    assert text_of(parts(('Elbonia\'s "no"',), SourceNumbers(), NOTHING)) == "Elbonia’s “no”"


def test_judgement_has_the_number_it_is_printed_under() -> None:
    """A reference to a judgement is its number; to one that was not printed, "that judgement"."""
    printed = Printed({"f1": 2}, {})
    words = ("From ", JudgementNumber("f1"), " and ", JudgementNumber("f9"), ".")
    assert text_of(parts(words, SourceNumbers(), printed)) == "From judgement 2 and that judgement."


@pytest.mark.parametrize(
    ("bearing", "said"),
    [
        (Bearing("usable", "for"), "would strengthen judgement 2"),
        (Bearing("usable", "against"), "would weaken judgement 2"),
        (Bearing("lasting", "for"), "bears on a question that no judgement of this issue answers"),
    ],
)
def test_indicator_says_which_judgement_it_would_change(bearing: Bearing, said: str) -> None:
    """A claim on the side of a judgement would strengthen it, on the other side weaken it."""
    words = ("This ", bearing, ".")
    assert text_of(parts(words, SourceNumbers(), Printed({}, {"usable": (2, "for")}))) == f"This {said}."


ENTRIES = """\
claims:
- {id: c1, text: It is so., kind: leverage, quote: so it is, locator: {start: 5, end: 14, paragraph: 16}}
- {id: c2, text: It was so., kind: leverage, locator: {paragraph: 4}}
- {id: c3, text: It will be so., kind: leverage}
figures:
- {id: f1, metric: trade_share, subject: Ruritania, unit: '%', value: 34, locator: {paragraph: 4}}
"""


def test_evidence_leads_to_the_passage() -> None:
    """A claim is found with its text, quote and place, a figure as it is recorded; what is not given is None."""
    passages = Passages({"a": summary("a", ENTRIES)})
    assert passages.evidence("a#c1") == Evidence("a", "c1", None, "so it is", 5, 14, 16, "It is so.")
    assert passages.evidence("a#f1") == Evidence("a", None, "f1", None, None, None, 4, "trade share (Ruritania): 34%")
    assert passages.evidence("a#c3") == Evidence("a", "c3", text="It will be so.")


def test_footnote_lists_paragraphs_source_by_source_and_the_rules() -> None:
    """Sources in the order of their numbers, each paragraph once in ascending order, then the rules in order of use."""
    passages = Passages({name: summary(name, ENTRIES) for name in ("a", "b")})
    sources = SourceNumbers()
    sources.cite(["b#c1"])
    findings = [
        Found("said|1", evidence=("a#c1", "a#c2", "b#c3")).finding(),
        Found("also|1", evidence=("a#f1", "b#c1")).finding(),
        Found("said|2", evidence=("a#c1",)).finding(),
    ]
    assert passages.note(findings, sources) == "[1] para. 16; [2] paras 4, 16. Rules: said and also."


def test_footnote_of_a_source_without_paragraphs_is_its_number() -> None:
    """Where the summary names no paragraph, the footnote names the source alone."""
    passages = Passages({"a": summary("a", ENTRIES)})
    assert passages.note([Found("said", evidence=("a#c3",)).finding()], SourceNumbers()) == "[1]. Rule: said."


rows = st.lists(st.builds("{}#c{}".format, st.sampled_from("abc"), st.integers(1, 3)), min_size=1).map(tuple)
words = st.lists(st.one_of(st.text("ab. ", min_size=1), rows.map(Cite))).map(tuple)


@given(words=words)
def test_no_text_and_no_citation_is_lost(words: Words) -> None:
    """The parts hold all of the text, and cite every source that the words cite."""
    sources = SourceNumbers()
    found = parts(words, sources, NOTHING)
    written = "".join(word for word in words if isinstance(word, str))
    assert "".join(part.text for part in found).casefold() == written.casefold()
    cited = {row.partition("#")[0] for word in words if isinstance(word, Cite) for row in word.rows}
    assert {number for part in found for number in part.cites} == {sources.numbers[name] for name in cited}
    assert sorted(sources.numbers.values()) == list(range(1, len(cited) + 1))
