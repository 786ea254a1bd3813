"""Sources that copy or quote one another are one voice, and a figure that all take from one publisher is one voice."""

from __future__ import annotations

from dataclasses import replace

from briefnote.model.summary import Summary
from briefnote.rules.facts import Rows, facts
from briefnote.rules.independence import voices
from support import summary

FIRST = [
    "Elbonia sells nine tenths of its healing mud to Ruritania alone",
    "No second buyer has asked for Elbonian mud since the flood",
    "Ruritania pays in goods, and names the price each spring",
    "The mud trade feeds half of the families in the valley",
]
# The first three are the same in almost the same words, the fourth is not.
SECOND = [
    "Elbonia sells nine tenths of its healing mud only to Ruritania",
    "No second buyer asked for the Elbonian mud since the flood",
    "Ruritania pays in goods and names its price each spring",
    "Pipes are older than the state that laid them",
]


def told(name: str, claims: list[str], source: str = "") -> Summary:
    entries = "".join(f"  - {{id: c{n}, kind: context, text: '{text}'}}\n" for n, text in enumerate(claims))
    return summary(name, f"claims:\n{entries}" if entries else "", source)


def copy(name: str, origin: str, source: str = "") -> Summary:
    """A summary without claims whose source names its origin, which may be among the sources left out."""
    made = told(name, [], source)
    return replace(made, source=replace(made.source, origin=origin))


def counted(name: str, *figures: str, source: str = "") -> Summary:
    same = "metric: trade_share, subject: Elbonia, counterpart: Ruritania, year: 2025, unit: '%'"
    entries = "".join(f"  - {{id: f{n}, {same}, {text}}}\n" for n, text in enumerate(figures))
    return summary(name, f"figures:\n{entries}", source)


def voices_of(*summaries: Summary) -> dict[str, str]:
    found = voices({one.source.id: one for one in summaries})
    return {name: voice.id for name, voice in found.items()}


def rows_of(*summaries: Summary) -> Rows:
    return facts({one.source.id: one for one in summaries}, [], {})


def figures_of(*summaries: Summary) -> dict[str, str]:
    return {row["id"]: row["voice"] for row in rows_of(*summaries)["figure"]}


def test_source_alone_is_its_own_voice() -> None:
    """Without a reason to the contrary, each speaks for itself."""
    assert voices_of(told("a", FIRST), told("b", SECOND[3:])) == {"a": "a", "b": "b"}


def test_copy_has_the_voice_of_its_original() -> None:
    """Along the whole chain of origins, wherever it stands in the alphabet."""
    chain = [copy("a", "b"), copy("b", "c"), told("c", [])]
    assert voices_of(*chain) == {"a": "c", "b": "c", "c": "c"}


def test_copies_of_what_nobody_read_are_one_voice() -> None:
    """Two quote the same article, of which there is no summary."""
    assert voices_of(copy("a", "wire"), copy("b", "wire")) == {"a": "wire", "b": "wire"}


def test_circle_of_origins_is_one_voice() -> None:
    """Two that name each other are one, not each the other."""
    assert voices_of(copy("a", "b"), copy("b", "a")) == {"a": "a", "b": "a"}


def test_same_article_is_one_voice() -> None:
    """Two summaries of one text, by its digest; the earlier publication names the voice."""
    digest = f"  sha256: {'ab' * 32}\n"
    early, late = f"{digest}  published: 2025-01-01\n", f"{digest}  published: 2026-01-01\n"
    assert voices_of(told("a", [], late), told("b", [], early)) == {"a": "b", "b": "b"}


def test_three_claims_in_almost_the_same_words_are_one_voice() -> None:
    """A rewritten reprint is found by what it says."""
    assert voices_of(told("a", FIRST), told("b", SECOND)) == {"a": "a", "b": "a"}


def test_two_claims_in_the_same_words_are_two_voices() -> None:
    """Two may agree on a thing or two in the same words."""
    assert voices_of(told("a", FIRST[:2]), told("b", SECOND[:2])) == {"a": "a", "b": "b"}


def test_one_claim_repeated_is_one_claim() -> None:
    """Three claims of one source that resemble one claim of another are one claim alike, not three."""
    assert voices_of(told("a", FIRST[:1]), told("b", [SECOND[0]] * 3)) == {"a": "a", "b": "b"}


def test_short_claims_are_not_compared() -> None:
    """A few words are alike by chance."""
    same = ["Mud is cheap", "Spas need mud", "Mud sells well"]
    assert voices_of(told("a", same), told("b", same)) == {"a": "a", "b": "b"}


def test_articles_are_compared_where_they_are_at_hand() -> None:
    """An excerpt shares nearly all of its runs of words with the whole; another text on the subject does not."""
    whole = " ".join(FIRST)
    summaries = {name: told(name, []) for name in "abc"}
    texts = {"a": whole, "b": whole[: len(whole) // 2], "c": "Elbonia sells healing mud; Ruritania pays in goods."}
    found = voices(summaries, texts)
    assert {name: voice.id for name, voice in found.items()} == {"a": "a", "b": "a", "c": "c"}


def test_voice_says_why() -> None:
    """Every merge leaves its reason with both sources."""
    found = voices(
        {
            "a": told("a", FIRST),
            "b": told("b", SECOND, f"  sha256: {'ab' * 32}\n"),
            "c": copy("c", "a", f"  sha256: {'ab' * 32}\n"),
            "d": told("d", []),
        }
    )
    assert {name: voice.because for name, voice in found.items()} == {
        "a": ("is copied or quoted by c", "three of its claims stand in almost the same words in b"),
        "b": ("has the same article text as c", "three of its claims stand in almost the same words in a"),
        "c": ("copies or quotes a", "has the same article text as b"),
        "d": (),
    }


def test_voices_do_not_hang_on_the_order_of_the_sources() -> None:
    """The same sources in another order are the same voices."""
    some = [told("a", FIRST), told("b", SECOND), copy("c", "b"), told("d", FIRST[3:])]
    assert voices_of(*some) == voices_of(*some[::-1])


def test_figure_of_one_publisher_is_one_voice() -> None:
    """Two repeat the customs' number: for it they are one voice, in all else two."""
    one, other = (
        counted("a", "value: 62, attributed_to: the Customs"),
        counted("b", "value: 62, attributed_to: customs"),
    )
    assert figures_of(one, other) == {"a#f0": "a", "b#f0": "a"}
    assert [row["voice"] for row in rows_of(one, other)["source"]] == ["a", "b"]


def test_figure_and_the_publisher_itself_are_one_voice() -> None:
    """Whoever quotes the customs and the customs' own report say one thing once."""
    own = counted("a", "value: 62", source="  publisher: Customs\n")
    assert figures_of(own, counted("b", "value: 62, attributed_to: Customs")) == {"a#f0": "a", "b#f0": "a"}


def test_other_figure_is_another_voice() -> None:
    """Another value, or another publisher, or none, speaks for itself."""
    found = figures_of(
        counted("a", "value: 62, attributed_to: Customs"),
        counted("b", "value: 63, attributed_to: Customs"),
        counted("c", "value: 62, attributed_to: the Bank"),
        counted("d", "value: 62"),
        counted("e", "low: 62, high: 63, attributed_to: Customs"),
    )
    assert found == {f"{name}#f0": name for name in "abcde"}


def test_copies_of_a_copy_that_is_left_out_are_one_voice() -> None:
    """Who copies whom does not depend on which of them a brief draws on."""
    sources = {one.source.id: one for one in (copy("a", "b"), copy("d", "c"))}
    found = voices(sources, origins={"b": "c", "c": None})
    assert {name: voice.id for name, voice in found.items()} == {"a": "c", "d": "c"}
