"""What a brief takes from drafts that nobody has read."""

from __future__ import annotations

from dataclasses import replace

from briefnote.model.summary import Claim, Figure, Locator, Source, Summary
from briefnote.summarise.essential import essential

SOURCE = Source("one", "One", "analysis", "F", "machine draft: not judged")


def claim(number: int, text: str, weight: float, **more: object) -> Claim:
    whole = Claim(f"c{number}", text, "leverage", "Ruritania", "Elbonia", weight=weight, quote=text)
    return replace(whole, locator=Locator(0, 10), **more)  # type: ignore[arg-type]


def draft(*claims: Claim, figures: tuple[Figure, ...] = (), name: str = "one") -> Summary:
    return Summary(replace(SOURCE, id=name), "Mud.", by="machine", claims=claims, figures=figures)


NO_EXIT = "Elbonia has no other customer of comparable size for all of its mud"
BOOTS = "Boots, rails and barges reach the Elbonian army from Ruritania alone"
AGAIN = "For its mud, Elbonia has no other customer of any comparable size"


def texts(summary: Summary) -> list[str]:
    return [one.text for one in sorted(summary.claims, key=lambda one: -one.weight)]


def test_heaviest_claims_that_there_is_room_for_are_taken() -> None:
    """A fifth or so of the words is for each kind of claim."""
    found = essential({"one": draft(claim(1, NO_EXIT, 0.5), claim(2, BOOTS, 0.9))}, words=60)
    assert texts(found["one"]) == [BOOTS]


def test_what_is_said_already_is_not_taken_again() -> None:
    """The same in other words adds nothing, also from another source."""
    drafts = {
        "one": draft(claim(1, NO_EXIT, 0.9)),
        "two": draft(claim(1, AGAIN, 0.8), claim(2, BOOTS, 0.3), name="two"),
    }
    found = essential(drafts, words=1000)
    assert (texts(found["one"]), texts(found["two"])) == ([NO_EXIT], [BOOTS])


def test_claim_that_takes_a_side_still_counts_for_judgements() -> None:
    """It is not printed as leverage, but its voice is heard."""
    sided = claim(2, AGAIN, 0.4, proposition="dependence-is-deep", stance="for")
    found = essential({"one": draft(claim(1, NO_EXIT, 0.9), sided)}, words=1000)["one"]
    assert [(one.id, one.kind, one.proposition) for one in found.claims] == [
        ("c1", "leverage", None),
        ("c2", "context", "dependence-is-deep"),
    ]


def test_what_matters_to_two_audiences_is_said_to_one() -> None:
    """To the one that it follows for most surely, which the draft names first."""
    both = claim(1, NO_EXIT, 0.8, kind="implication", audience=("europe", "us"))
    found = essential({"one": draft(both)}, words=1000)["one"]
    assert [one.audience for one in found.claims] == [("europe",)]


def test_what_all_say_of_the_same_two_is_no_repetition() -> None:
    """Claims are compared by the words that few of them have."""
    mud = claim(1, "Ruritania buys the mud of Elbonia for roads", 0.9)
    rail = claim(2, "Ruritania owns the rails of Elbonia and barges", 0.8)
    others = [claim(number, f"Ruritania tells Elbonia {number} times over of spas", 0.1) for number in (3, 4, 5)]
    found = essential({"one": draft(mud, rail, *others)}, words=80)["one"]
    assert texts(found) == [mud.text, rail.text]


def test_summary_that_a_person_wrote_or_read_stays_whole() -> None:
    """Only drafts are thinned."""
    mine = replace(draft(claim(1, NO_EXIT, 0.1)), by="analyst")
    read = replace(draft(claim(1, AGAIN, 0.1), name="two"), reviewed=True)
    summaries = {"one": mine, "two": read, "three": draft(claim(1, BOOTS, 0.9), name="three")}
    found = essential(summaries, words=20)
    assert (found["one"], found["two"]) == (mine, read)


def share(number: int, value: float, year: float | None = 2024) -> Figure:
    return Figure(f"f{number}", "trade_share", "Elbonia", "%", counterpart="Ruritania", value=value, year=year)


def kept(*figures: tuple[Figure, ...]) -> list[list[str]]:
    names = ["one", "two", "three"][: len(figures)]
    drafts = {name: draft(figures=found, name=name) for name, found in zip(names, figures, strict=True)}
    found = essential(drafts, 1000, [("Ruritania", "Elbonia")])
    return [[figure.id for figure in found[name].figures] for name in names]


def test_of_different_numbers_for_one_measure_what_more_sources_say_stays() -> None:
    """A draft misreads more often than sources dispute."""
    assert kept((share(1, 62), share(2, 18)), (share(1, 61),)) == [["f1"], ["f1"]]


def test_within_one_source_what_it_says_first_stays() -> None:
    """The number that a sentence gives later is often of something else."""
    assert kept((share(1, 62), share(2, 18))) == [["f1"]]


def test_where_two_sources_differ_neither_stays() -> None:
    """A person has to look."""
    assert kept((share(1, 62),), (share(1, 18),)) == [[], []]


def test_number_without_its_year_is_not_said_beside_the_same_with_it() -> None:
    """It says nothing new."""
    assert kept((share(1, 62), share(2, 62, year=None))) == [["f1"]]


def test_figures_of_others_are_left_out() -> None:
    """But for shares of trade: what a third side lost, another gained."""
    other = Figure("f1", "bilateral_trade", "Freedonia", "USD", counterpart="Elbonia", value=1e9)
    third = replace(share(2, 11), counterpart="Freedonia")
    assert kept((other, third)) == [["f2"]]


def test_figure_that_is_of_a_whole_clause_is_no_row_of_a_table() -> None:
    """A draft that knows no measure says what the figure is of in the clause it stands in."""
    clause = Figure("f1", "share", "Elbonia", "%", item="It sells Ruritania half of all the mud it digs", value=50)
    assert kept((clause, replace(clause, id="f2", item="mud"))) == [["f2"]]


def test_claim_that_points_elsewhere_is_taken_last() -> None:
    """Who "it" is stands in a sentence that the brief does not print."""
    pointing = "It would lose the only customer that pays for mud in advance"
    assert texts(essential({"one": draft(claim(1, pointing, 0.9), claim(2, BOOTS, 0.85))}, words=60)["one"]) == [BOOTS]
