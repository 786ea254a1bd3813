"""The structured summaries of sources/, checked each by itself and against one another."""

from __future__ import annotations

import pytest

from briefnote.store.folder import InputFile
from briefnote.store.summaries import read_summaries
from support import TERMS, messages, summary, summary_file


def problems(*files: InputFile) -> list[str]:
    """What is said of the files, all of them read together."""
    return messages(read_summaries(files, TERMS)[1])


def claim(fields: str) -> str:
    """A summary's entries: one claim with these fields besides the required ones."""
    return f"claims:\n- {{id: c1, text: It is so., kind: leverage, {fields}}}\n"


def figure(fields: str) -> str:
    """A summary's entries: one claim, and one figure with these fields besides the required ones."""
    required = "id: f1, metric: trade_share, subject: Ruritania, unit: '%'"
    return f"claims:\n- {{id: c1, text: It is so., kind: leverage}}\nfigures:\n- {{{required}, {fields}}}\n"


def test_summary_is_read_whole() -> None:
    """A claim and a figure with their fields; country codes stay text and dates are dates."""
    read = summary("a", figure("value: 34, claim: c1, counterpart: NO"), "  published: 2025-05-29\n")
    assert str(read.source.published) == "2025-05-29"
    assert read.claims[0].text == "It is so."
    assert (read.figures[0].value, read.figures[0].counterpart, read.figures[0].claim) == (34.0, "NO", "c1")


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (claim("holdr: Elbonia"), "sources/a.yaml:9: claims[1].holdr: unknown field. Did you mean 'holder'?"),
        (
            claim("mechanism: no-alternativ"),
            "sources/a.yaml:9: claims[1].mechanism: unknown mechanism 'no-alternativ'. Did you mean 'no-alternative'?",
        ),
        (
            claim("theme: weather"),
            "sources/a.yaml:9: claims[1].theme: unknown theme 'weather'. Known: energy, general, trade.",
        ),
        (
            claim("certainty: 1.2"),
            "sources/a.yaml:9: claims[1].certainty: found '1.2', expected a number from 0 to 1",
        ),
        (
            claim("stance: for"),
            "sources/a.yaml:9: claims.c1: proposition and stance go together; give both or neither",
        ),
        (
            claim("proposition: usable"),
            "sources/a.yaml:9: claims.c1: proposition and stance go together; give both or neither",
        ),
        (
            claim("proposition: usabel, stance: for"),
            "sources/a.yaml:9: claims[1].proposition: unknown proposition 'usabel'. Did you mean 'usable'?",
        ),
        (
            claim("locator: {start: 10, end: 10}"),
            "sources/a.yaml:9: claims.c1.locator: start and end go together, start before end",
        ),
        (
            claim("locator: {start: 10}"),
            "sources/a.yaml:9: claims.c1.locator: start and end go together, start before end",
        ),
        (
            claim("audience: [us, null]"),
            "sources/a.yaml:9: claims[1].audience[2]: found nothing, expected text",
        ),
        (
            "claims:\n- {id: c1, kind: leverage}\n",
            "sources/a.yaml:9: claims[1].text: missing; expected what is said, in one sentence",
        ),
        (
            figure("value: 34, claim: c2"),
            "sources/a.yaml:11: figures.f1: no claim 'c2' in this file. Known: c1.",
        ),
        (figure("low: 35, high: 34"), "sources/a.yaml:11: figures.f1: low 35 is above high 34; swap them"),
        (figure("period: '2024'"), "sources/a.yaml:11: figures.f1: has no number; give value, or low and high"),
        (figure("value: much"), "sources/a.yaml:11: figures[1].value: found 'much', expected a number"),
        (figure("value: 1e999"), "sources/a.yaml:11: figures[1].value: found '1e999', expected a number"),
        (
            figure("value: 3, metric: trade_shares"),
            "sources/a.yaml:11: metric: 'metric' stands twice in one block (first on line 11)",
        ),
        (
            "claims:\n- {id: x, text: One., kind: limit}\nfigures:\n"
            "- {id: x, metric: trade_share, subject: A, unit: '%', value: 1}\n",
            "sources/a.yaml:11: id: 'x' is used twice (first on line 9); give this one another id",
        ),
    ],
)
def test_mistake_in_an_entry_is_reported(entries: str, message: str) -> None:
    """A mistake in a claim or figure is reported with its line and its field or id."""
    assert message in problems(summary_file("a", entries))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("  relaibility: B\n", "sources/a.yaml:7: source.relaibility: unknown field. Did you mean 'reliability'?"),
        ("  url: example.org\n", "sources/a.yaml:7: source.url: found 'example.org', expected where it can be read"),
        (
            "  marking: TLP:AMBRE\n",
            "sources/a.yaml:7: source.marking: found 'TLP:AMBRE', expected one of TLP:CLEAR, TLP:GREEN, TLP:AMBER, "
            "TLP:AMBER+STRICT, TLP:RED. Did you mean 'TLP:AMBER'?",
        ),
        (
            "  published: May 2025\n",
            "sources/a.yaml:7: source.published: found 'May 2025', expected a date such as 2025-05-29",
        ),
        ("  origin: b\n", "sources/a.yaml:2: source.origin: no source 'b'. Known: a."),
    ],
)
def test_mistake_in_the_source_is_reported(source: str, message: str) -> None:
    """A mistake in what the source is, is reported with its line and field."""
    assert problems(summary_file("a", source=source)) == [message]


def test_missing_fields_are_reported_with_their_meaning() -> None:
    """What a source must have and has not is named, with what it is for."""
    assert problems(InputFile("sources/a.yaml", b"source:\n  id: a\n")) == [
        "sources/a.yaml:1: summary: missing; expected two or three sentences",
        "sources/a.yaml:2: source.kind: missing; expected its genre",
        "sources/a.yaml:2: source.reliability: missing; expected Admiralty letter A to F; F: cannot be judged",
        "sources/a.yaml:2: source.reliability_reason: missing; expected why that letter",
        "sources/a.yaml:2: source.title: missing; expected the article's title, or a short description in brackets "
        "where it has none",
    ]


def test_id_is_the_name_of_the_file() -> None:
    """A source's id is its file's name, so that every citation leads to a file."""
    wrong = InputFile("sources/b.yaml", summary_file("a").data)
    assert problems(wrong) == ["sources/b.yaml:2: source.id: found 'a', expected 'b' (the file's name); rename one"]


def test_two_sources_with_one_id_are_reported() -> None:
    """The second of two files with one id is named."""
    copy = InputFile("sources/b.yaml", summary_file("a").data)
    assert problems(summary_file("a"), copy) == [
        "sources/b.yaml:2: source.id: 'a' is the id of another file too; every source has its own"
    ]


def test_copy_names_its_origin() -> None:
    """A source may name another as its origin, in whatever order the files stand."""
    assert problems(summary_file("a", source="  origin: b\n"), summary_file("b")) == []


def test_problems_of_several_files_come_at_once() -> None:
    """One run reports the problems of all files, sorted by file and line; a broken file does not hide the others."""
    assert problems(
        summary_file("c", claim("hodler: Elbonia")),
        summary_file("b", figure("low: 2, high: 1")),
        InputFile("sources/a.yaml", b"source: {id: a\n"),
        InputFile("sources/d.yaml", b"source: caf\xe9\n"),
    ) == [
        "sources/a.yaml:2: not YAML: did not find expected ',' or '}'; check the indent, the colons and the quotes of "
        "this line and the one before",
        "sources/b.yaml:11: figures.f1: low 2 is above high 1; swap them",
        "sources/c.yaml:9: claims[1].hodler: unknown field. Did you mean 'holder'?",
        "sources/d.yaml:1: not UTF-8 (byte 0xE9); save the file as UTF-8",
    ]


def test_names_of_every_script_are_read() -> None:
    """Cyrillic and Chinese names, and marks that mean something to other programs, are text like any other."""
    read = summary("a", claim("holder: Московия, over: 樓蘭, handle: '<b> & {{ x }} | [^1]'"))
    assert (read.claims[0].holder, read.claims[0].over) == ("Московия", "樓蘭")
    assert read.claims[0].handle == "<b> & {{ x }} | [^1]"
