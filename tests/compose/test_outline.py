"""Which findings stand where, and what is cut to keep the length."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from briefnote.compose.outline import OutlinedSection, cuts, fit, outline, words_in
from briefnote.config.brief import SectionConfig
from briefnote.model.brief import Cut
from briefnote.model.finding import Assessment, Finding, Judged
from support import Found

SECTIONS = (
    SectionConfig("bottom-line", "Bottom line", "prose"),
    SectionConfig("judgements", "Key judgements", "judgements"),
    SectionConfig("leverage", "Leverage"),
    SectionConfig("limits", "Limits"),
)


def judged(*found: Found, **more: int) -> Judged:
    """The findings kept, best first in each section; `more` names sections that had that many more."""
    findings = sorted((entry.finding() for entry in found), key=lambda finding: (finding.section, -finding.score))
    counts = Counter(finding.section for finding in findings)
    return Judged(tuple(findings), {name: counts[name] + more.get(name, 0) for name in sorted({*counts, *more})}, {})


def ten(identity: str, section: str = "leverage", score: float = 50) -> Found:
    """A finding of ten words that no other finding has."""
    return Found(identity, section, f"{identity} two three four five six seven eight nine ten.", score)


def printed(sections: tuple[OutlinedSection, ...]) -> dict[str, list[str]]:
    """The ids of the findings of each section."""
    return {section.config.id: [finding.id for finding in section.findings] for section in sections}


def fitted(budget: int, *found: Found) -> dict[str, list[str]]:
    """What is printed of the findings within so many words."""
    return printed(fit(outline(SECTIONS, judged(*found)), budget))


def test_finding_stands_in_its_section_best_first() -> None:
    """Sections have the order of the brief, findings that of their scores; other sections are not printed."""
    found = judged(ten("a", "limits", 1), ten("b", "leverage", 2), ten("c", "leverage", 3), ten("d", "charts"))
    assert printed(outline(SECTIONS, found)) == {
        "bottom-line": [],
        "judgements": [],
        "leverage": ["c", "b"],
        "limits": ["a"],
    }


def test_section_may_print_another_section_of_the_rules_for_one_audience() -> None:
    """of: and audience: choose findings by section and by the audience they bind."""
    sections = (
        SectionConfig("for-us", "For us", of="implications", audience="us"),
        SectionConfig("for-europe", "For Europe", of="implications", audience="europe"),
    )
    found = judged(
        Found("a", "implications", "One.", bindings={"audience": "us"}),
        Found("b", "implications", "Two.", bindings={"audience": "europe"}),
        Found("c", "implications", "Three."),
    )
    assert printed(outline(sections, found)) == {"for-us": ["a"], "for-europe": ["b"]}


def test_same_sentence_is_printed_once() -> None:
    """A sentence that two rules say stands where it comes first, whatever its capitals."""
    found = judged(
        Found("a", "leverage", "It is so.", 9),
        Found("b", "leverage", "IT IS SO.", 5),
        Found("c", "limits", "It is so."),
    )
    assert printed(outline(SECTIONS, found)) == {"bottom-line": [], "judgements": [], "leverage": ["a"], "limits": []}


def test_same_sentence_may_stand_in_each_audience_s_section() -> None:
    """What matters to two audiences is said to both."""
    sections = tuple(SectionConfig(name, name, of="implications", audience=name) for name in ("us", "europe"))
    found = judged(
        *(Found(name, "implications", "It is so.", bindings={"audience": name}) for name in ("us", "europe"))
    )
    assert printed(outline(sections, found)) == {"us": ["us"], "europe": ["europe"]}


def test_findings_are_grouped_under_their_handle() -> None:
    """Findings of one handle stand together, at the place of the best of them."""
    section = OutlinedSection(
        SECTIONS[2],
        tuple(Found(name, handle=handle).finding() for name, handle in [("a", "X"), ("b", "Y"), ("c", "X")]),
    )
    handles = section.handles({})
    assert {handle: [finding.id for finding in found] for handle, found in handles.items()} == {
        "X": ["a", "c"],
        "Y": ["b"],
    }


def test_handles_of_several_pairs_stand_pair_by_pair() -> None:
    """In a brief about several pairs each handle is led by its pair; nothing is lost where two handles are equal."""
    pairs = {("Elbonia", "Ruritania"): "Ruritania", ("Freedonia", "Ruritania"): "Ruritania"}
    found = [("a", "Freedonia", "X"), ("b", "Elbonia", "X"), ("c", "Elbonia", ""), ("d", "Freedonia", "")]
    findings = tuple(
        Found(name, handle=handle, bindings={"holder": holder, "over": "Ruritania"}).finding()
        for name, holder, handle in found
    )
    handles = OutlinedSection(SECTIONS[2], findings).handles(pairs)
    assert {handle: [finding.id for finding in of_it] for handle, of_it in handles.items()} == {
        "Ruritania: X": ["b", "a"],
        "": ["c", "d"],
    }


def test_words_of_a_finding_are_those_that_are_printed() -> None:
    """A row of a table counts its cells, a judgement its text and its reason."""
    plain = Found("a", text="Two words.").finding()
    row = Finding("b", "b", "table", ("Not printed at all.",), (), {}, 1, cells={"x": ("34%",), "y": ("in 2024",)})
    weighed = Finding(
        "c", "c", "judgements", ("Two words.",), (), {}, 1, assessment=Assessment({"": "low"}, ("For a reason.",), 1, 0)
    )
    assert [words_in(finding) for finding in (plain, row, weighed)] == [2, 3, 5]


def test_worst_scored_findings_go_first_wherever_they_stand() -> None:
    """Over the budget, the worst finding of all sections is cut, then the next worst, until the rest fits."""
    found = [ten("a", score=9), ten("b", score=5), ten("c", score=3), ten("d", "limits", 8), ten("e", "limits", 4)]
    assert fitted(50, *found) == {
        "bottom-line": [],
        "judgements": [],
        "leverage": ["a", "b", "c"],
        "limits": ["d", "e"],
    }
    assert fitted(49, *found)["leverage"] == ["a", "b"]
    assert fitted(39, *found) == {"bottom-line": [], "judgements": [], "leverage": ["a", "b"], "limits": ["d"]}


def test_bottom_line_and_judgements_stay_whole() -> None:
    """However short the brief, its bottom line and its judgements are not cut, be they the worst-scored of all."""
    found = [
        ten("a", "bottom-line", 1),
        ten("b", "bottom-line", 1),
        ten("c", "judgements", 1),
        ten("d", "judgements", 1),
    ]
    assert fitted(1, *found, ten("e"), ten("f", score=90))["judgements"] == ["c", "d"]
    assert fitted(1, *found, ten("e"))["bottom-line"] == ["a", "b"]


def test_every_section_keeps_its_best_finding() -> None:
    """A section is shortened, not emptied."""
    found = [ten("a", score=2), ten("b", score=1), ten("c", "limits", 90), ten("d", "limits", 80)]
    assert fitted(1, *found) == {"bottom-line": [], "judgements": [], "leverage": ["a"], "limits": ["c"]}


def test_section_keeps_to_its_own_limit_of_words() -> None:
    """A section with a limit of its own keeps its best findings within it, and at least the best."""
    sections = (SectionConfig("leverage", "Leverage", words=20), SectionConfig("limits", "Limits", words=5))
    found = judged(ten("a", score=3), ten("b", score=2), ten("c", score=1), ten("d", "limits"))
    assert printed(fit(outline(sections, found), 1000)) == {"leverage": ["a", "b"], "limits": ["d"]}


def test_what_was_cut_is_counted() -> None:
    """For each section of the rules: what was found, what its own limit cut, and what the length cut."""
    found = judged(ten("a", score=9), ten("b", score=5), ten("c", "limits", 7), leverage=3)
    whole = outline(SECTIONS, found)
    assert cuts(found, whole, fit(whole, 20)) == (
        Cut("leverage", found=5, beyond_section_limit=3, beyond_word_budget=1),
        Cut("limits", found=1, beyond_section_limit=0, beyond_word_budget=0),
    )


def test_section_s_own_limit_counts_as_length() -> None:
    """What a section's own limit of words leaves out is counted with what the length cut."""
    sections = (SectionConfig("leverage", "Leverage", words=10),)
    found = judged(ten("a", score=9), ten("b", score=5))
    whole = outline(sections, found)
    assert cuts(found, whole, fit(whole, 1000)) == (
        Cut("leverage", found=2, beyond_section_limit=0, beyond_word_budget=1),
    )


findings = st.lists(
    st.tuples(st.sampled_from([section.id for section in SECTIONS]), st.integers(0, 9), st.integers(1, 30)),
    max_size=12,
).map(
    lambda drawn: tuple(
        Found(f"f{number}", section, f"f{number}" + " word" * (words - 1), score)
        for number, (section, score, words) in enumerate(drawn)
    )
)


@given(found=findings, budget=st.integers(0, 200))
def test_laws_of_the_budget(found: tuple[Found, ...], budget: int) -> None:
    """The rest fits, or nothing more could go; each cut is worse than what stays; found = printed + cut."""
    material = judged(*found)
    whole = outline(SECTIONS, material)
    short = fit(whole, budget)
    stays = {finding.id for section in short for finding in section.findings}
    spare = [f for section in whole[2:] for f in section.findings[1:]]
    dropped = [finding for finding in spare if finding.id not in stays]
    left = [finding for finding in spare if finding.id in stays]
    total = sum(words_in(finding) for section in short for finding in section.findings)
    assert total <= budget or not left
    assert all(cut.score <= kept.score for cut in dropped for kept in left)
    for cut in cuts(material, whole, short):
        kept = sum(finding.section == cut.section for section in short for finding in section.findings)
        assert cut.found == kept + cut.beyond_section_limit + cut.beyond_word_budget


@given(found=findings, budget=st.integers(0, 200))
def test_nothing_is_cut_without_need(found: tuple[Found, ...], budget: int) -> None:
    """The last finding that was cut would not have fitted."""
    whole = outline(SECTIONS, judged(*found))
    short = fit(whole, budget)
    total = sum(words_in(finding) for section in short for finding in section.findings)
    kept = {finding.id for section in short for finding in section.findings}
    cut = [finding for section in whole for finding in section.findings if finding.id not in kept]
    if cut:
        best = max(finding.score for finding in cut)
        assert total + max(words_in(finding) for finding in cut if finding.score == best) > budget
