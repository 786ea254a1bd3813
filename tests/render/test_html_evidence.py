"""What a sentence of the HTML edition opens to, as a parser reads it."""

from __future__ import annotations

from typing import Any

from edition_tools import document
from lxml import html

from briefnote.model.brief import Confidence, Evidence, ListedSource, Part, Sentence
from briefnote.model.edition import Document, Grounds, Theme
from briefnote.model.finding import RuleRecord
from briefnote.render.html import render

CLAIM = Evidence("2026-mud", claim="c1", start=10, end=42, paragraph=3, text="Nobody else buys mud", quote="No one")
FIGURE = Evidence("2026-mud", figure="f1", paragraph=2, text="trade share (Elbonia, Ruritania): 34%")
ELSEWHERE = Evidence("2026-rail", claim="c4", text="A line is planned")
RULE = RuleRecord(
    "no-exit", "pack:leverage/synthesis.yaml", 33, ("c is a claim", "where c.certainty > 0.5"), "No exit."
)
SURE = Confidence({"": "moderate"}, (Part("Two sources agree", (1, 2)), Part(".")), 2, 0)
MARKDOWN = """
[Elbonia has no exit.]{#s_leverage-1 .said} [It sells mud.]{#s_leverage-2 .said}

1. [It would give way.]{#s_judgements-1 .said}

| Measure |
|--|
| [Share]{#s_figures-1 .said} |

{.sources}
1. [The mud]{#source-1}
2. [The rail]{#source-2}
"""


def sentence(identity: str, text: str, *evidence: Evidence, is_judgement: bool = False) -> Sentence:
    bindings: dict[str, str | float | int | None] = {"holder": "Ruritania", "year": 2024.0, "item": None}
    return Sentence(identity, text, "no-exit", evidence, (), bindings, 90.0, is_judgement)


def source(number: int, name: str, title: str) -> ListedSource:
    return ListedSource(number, name, title, (), None, None, None, "data", "B", "usually reliable", "Known.", True, 1)


def with_evidence(markdown: str = MARKDOWN) -> Document:
    grounds = {
        "s_leverage-1": Grounds(sentence("leverage.1", "Elbonia has no exit.", CLAIM), RULE),
        "s_leverage-2": Grounds(sentence("leverage.2", "It sells mud.", FIGURE, ELSEWHERE), RULE),
        "s_judgements-1": Grounds(sentence("judgements.1", "It would give way.", CLAIM, is_judgement=True), RULE, SURE),
        "s_figures-1": Grounds(sentence("figures.1", "Share: 34%.", FIGURE), RULE),
        "s_unprinted-1": Grounds(sentence("unprinted.1", "Not printed.", CLAIM), RULE),
    }
    sources = (source(1, "2026-mud", "The mud"), source(2, "2026-rail", "The rail"))
    return document(markdown, grounds=grounds, sources=sources)


def page(given: Document) -> Any:
    """Returns the page, parsed."""
    return html.document_fromstring(render(given, Theme()).decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def rows(details: Any) -> dict[str, str]:
    """Returns what an opened sentence says, by its terms."""
    return {words(row.find("dt")): words(row.find("dd")) for row in details.xpath("./dl/div")}


def test_a_sentence_opens_to_passages_confidence_rule_and_values() -> None:
    """The passage with its place, its own words and the quote; the rule with file, line, purpose and conditions."""
    (opened,) = page(with_evidence()).xpath("//details[dl/@id='briefnote-evidence-s_judgements-1']")
    assert rows(opened) == {
        "Sentence": "judgements.1: a judgement, concluded by the rule beyond what the sources say",
        "Passages": "[1] The mud: Nobody else buys mud No one paragraph 3, characters 10–42, claim c1",
        "Confidence": "moderate. Two sources agree [1][2].",
        "Rule": "no-exit: No exit. pack:leverage/synthesis.yaml:33 c is a claim where c.certainty > 0.5",
        "Values": "holder = Ruritania; year = 2024",
    }
    assert [words(quote) for quote in opened.xpath(".//q")] == ["No one"]


def test_a_paragraph_opens_sentence_by_sentence() -> None:
    """Each sentence has an entry of its own below the paragraph, under its own words."""
    (outer,) = page(with_evidence()).xpath(
        "//main/p[1]/following-sibling::*[1] | //header/p[1]/following-sibling::*[1]"
    )
    assert outer.get("class") == "evidence"
    assert [words(entry) for entry in outer.xpath("./ol/li/details/summary")] == [
        "Elbonia has no exit.",
        "It sells mud.",
    ]
    assert rows(outer.xpath("./ol/li/details")[1])["Passages"] == (
        "[1] The mud: trade share (Elbonia, Ruritania): 34% paragraph 2, figure f1 "
        "[2] The rail: A line is planned claim c4"
    )


def test_a_table_opens_below_it() -> None:
    """No cell holds more than the table says."""
    root = page(with_evidence())
    assert root.xpath("//table//details") == []
    assert [words(entry) for entry in root.xpath("//figure[table]/following-sibling::*[1]/summary")] == [
        "Evidence of sentence figures.1"
    ]


def test_a_source_opens_to_what_is_used_of_it() -> None:
    """Its passages in the order of the article, each with links to the sentences that are printed and rest on it."""
    (used,) = page(with_evidence()).xpath("//li[span[@id='source-1']]/details")
    assert words(used.find("summary")) == "Evidence used: two passages of source 1"
    assert [words(entry) for entry in used.xpath("./ol/li")] == [
        "trade share (Elbonia, Ruritania): 34% paragraph 2, figure f1; used in leverage.2, figures.1",
        "Nobody else buys mud No one paragraph 3, characters 10–42, claim c1; used in leverage.1, judgements.1",
    ]
    assert used.xpath(".//a/@href") == ["#s_leverage-2", "#s_figures-1", "#s_leverage-1", "#s_judgements-1"]


def test_evidence_leads_to_sources_and_sentences_that_are_there() -> None:
    """Where a template prints no list of sources, their numbers are text."""
    root = page(with_evidence("[Elbonia has no exit.]{#s_leverage-1 .said}\n"))
    assert root.xpath("//details//a/@href") == ["#s_leverage-1"]
    assert "[1] The mud" in words(root.xpath("//details")[0])


def test_everything_is_closed_and_needs_no_script() -> None:
    """Plain disclosure elements, none of them open."""
    root = page(with_evidence())
    assert len(root.xpath("//details")) == 7
    assert root.xpath("//details[@open] | //script | //*[@popover]") == []


def test_ids_are_unique() -> None:
    """Those of the evidence, too."""
    ids = [str(name) for name in page(with_evidence()).xpath("//@id")]
    assert len(ids) == len(set(ids))


def test_without_marks_there_is_no_evidence() -> None:
    """A template that does not use `said` is set as before, and a document without grounds is one."""
    assert page(with_evidence("Elbonia has no exit.\n")).xpath("//details") == []
    assert page(document("[Words]{#s_a-1 .said}\n")).xpath("//details") == []


def test_hostile_evidence_is_text() -> None:
    """A quote, a rule and a value are escaped, and on one line."""
    evil = "<script>\n</details>"
    said = Sentence("a.1", evil, "r", (Evidence("x", claim="c", quote=evil, text=evil),), (), {"v": evil}, 1.0)
    rule = RuleRecord("r", evil, 1, (evil,), evil)
    root = page(document("[a]{#s_a-1 .said}\n", grounds={"s_a-1": Grounds(said, rule)}))
    assert root.xpath("//script") == []
    assert words(root.xpath("//details")[0]).count("<script> </details>") == 6
