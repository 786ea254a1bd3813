"""What became of each judgement since the last issue."""

from __future__ import annotations

import pytest

from briefnote.compose.changes import PastJudgement, compare, past_judgements, summarise
from briefnote.errors import BriefnoteError
from briefnote.model.brief import Block, Change, Confidence, Evidence, Part, Sentence


def block(
    text: str = "It can be used.",
    stance: str = "for",
    level: str = "low",
    rows: tuple[str, ...] = ("s1#c1",),
    topic: str = "usable|Elbonia|Ruritania",
) -> Block:
    """A printed judgement that rests on these rows."""
    evidence = tuple(Evidence(row.partition("#")[0], claim=row.partition("#")[2]) for row in rows)
    sentence = Sentence("judgements.1", text, "rule", evidence, (Part(text),), {}, 50.0, True)
    confidence = Confidence({"": level}, (Part("Because."),), 1, 0) if level else None
    return Block((sentence,), number=1, confidence=confidence, topic=topic, stance=stance)


PAST = {"usable|Elbonia|Ruritania": PastJudgement("It can be used.", "for", "low", frozenset({"s1#c1"}))}


@pytest.mark.parametrize(
    ("now", "change"),
    [
        (block(), Change("confirmed", "It can be used.", "same evidence, same confidence")),
        (
            block(text="It can be used now."),
            Change("confirmed", "It can be used now.", "same evidence, same confidence"),
        ),
        (
            block(topic="lasting|Elbonia|Ruritania"),
            Change("new", "It can be used.", "not in the last issue"),
        ),
        (
            block(text="It cannot be used.", stance="against"),
            Change("reversed", "It cannot be used.", "the last issue said: It can be used."),
        ),
        (
            block(level="moderate"),
            Change("updated", "It can be used.", "confidence was low, is moderate"),
        ),
        (
            block(level=""),
            Change("updated", "It can be used.", "confidence was low, is not given"),
        ),
        (
            block(rows=("s1#c1", "s3#c1", "s2#f1")),
            Change("updated", "It can be used.", "now also rests on s2 and s3"),
        ),
        (
            block(rows=("s2#c1",), level="high"),
            Change(
                "updated",
                "It can be used.",
                "confidence was low, is high; now also rests on s2; no longer rests on s1",
            ),
        ),
        (
            block(rows=("s1#c2",)),
            Change("updated", "It can be used.", "other passages of the same sources"),
        ),
    ],
)
def test_judgement_is_compared_by_its_question_and_side(now: Block, change: Change) -> None:
    """New, confirmed, reversed or updated, with the reason: what a judgement is about counts, not its wording."""
    assert compare([now], PAST)[0] == change


def test_judgement_that_is_gone_is_dropped() -> None:
    """A judgement that no source supports any more is named, with what it said."""
    assert compare([], PAST) == (Change("dropped", "It can be used.", "no longer supported by the sources in use"),)


def test_changes_stand_in_printed_order_and_dropped_ones_last() -> None:
    """The present judgements come in the order in which they are printed, then those dropped, by topic."""
    past = {topic: PastJudgement(topic, "for", "low", frozenset()) for topic in ("z", "b")} | PAST
    changes = compare([block(topic="c"), block()], past)
    assert [(change.kind, change.text) for change in changes] == [
        ("new", "It can be used."),
        ("confirmed", "It can be used."),
        ("dropped", "b"),
        ("dropped", "z"),
    ]


def test_judgements_are_read_back_from_a_json_edition() -> None:
    """Only sections of judgements count; the rows are those of all sentences."""
    edition = {
        "sections": [
            {"kind": "bullets", "blocks": [{"topic": "x", "sentences": [], "stance": "for"}]},
            {
                "kind": "judgements",
                "blocks": [
                    {
                        "topic": "usable|Elbonia|Ruritania",
                        "stance": "for",
                        "confidence": {"statement": "low"},
                        "sentences": [
                            {"text": "It can be used.", "evidence": [{"source": "s1", "claim": "c1", "figure": None}]}
                        ],
                    }
                ],
            },
        ]
    }
    assert past_judgements("2026-W46", edition) == PAST


def test_edition_without_judgements_has_none() -> None:
    """An edition with no such section gives nothing to compare with."""
    assert past_judgements("2026-W46", {"sections": []}) == {}


def test_a_damaged_edition_is_named_with_the_remedy() -> None:
    """A JSON edition that somebody cut short stops the build with the period and what to do."""
    broken = {"sections": [{"kind": "judgements", "blocks": [{"topic": "t"}]}]}
    with pytest.raises(BriefnoteError, match="^2026-W46: the JSON edition of the former issue is damaged"):
        past_judgements("2026-W46", broken)


@pytest.mark.parametrize(
    ("kinds", "previous", "sentence"),
    [
        ([], None, "This is the first issue of this brief."),
        (["new"], None, "This is the first issue of this brief."),
        ([], "2026-W46", "Neither this issue nor that of 2026-W46 has a key judgement to compare."),
        (["new"], "2026-W46", "Since 2026-W46, of the key judgements: one new."),
        (
            ["dropped", "new", "new", "reversed"],
            "2026-W46",
            "Since 2026-W46, of the key judgements: two new, one reversed and one dropped.",
        ),
    ],
)
def test_one_sentence_sums_the_changes_up(kinds: list[str], previous: str | None, sentence: str) -> None:
    """The first issue says that it is the first; a later one counts its changes, kind by kind."""
    changes = tuple(Change(kind, "", "") for kind in kinds)  # type: ignore[arg-type]
    assert summarise(changes, previous) == sentence
