"""Whom an article is about: the two that it is likeliest to weigh against each other, and who of them holds."""

from __future__ import annotations

import pytest
from sentences_of import article

from briefnote.summarise.actors import known_actors
from briefnote.summarise.assets import owned, spoken_of
from briefnote.summarise.data import read_data
from briefnote.summarise.direction import main_pair
from briefnote.summarise.pair import Pair, candidates, gather
from briefnote.summarise.places import places_in
from briefnote.summarise.reading import read

TOWNS = ("Estonia buys its timber from Finland.", "Sawmills in Tartu and Narva wait for it; so does Sillamäe.")


def pair_of(*lines: str) -> Pair:
    return main_pair(read(article(*lines)))


def test_places_count_for_the_state_that_they_lie_in() -> None:
    """A longer name is read whole: "New South Wales" is no Wales."""
    assert places_in("Growers in New South Wales and Queensland; in Wales nobody.") == {"Australia": 2, "UK": 1}


def test_part_of_a_word_is_no_place() -> None:
    """A name inside a longer word, or with a small letter, is not read."""
    assert places_in("The Javanese word, the kentish farm and Texasville.") == {}


def test_a_state_is_named_by_its_towns() -> None:
    """Towns count half of what the state's own name counts."""
    assert gather(read(article(*TOWNS))).mentions["all"]["Estonia"] == 2.5


@pytest.mark.parametrize("name", read_data("places.yaml")["places"])
def test_every_place_lies_in_a_known_state(name: str) -> None:
    """The state is one of the gazetteer, which has none of the names itself."""
    assert name in known_actors()


def test_assets_are_named_by_their_words() -> None:
    """Each word counts for the assets that it stands for, stems with any ending."""
    assert spoken_of(["the", "dam", "held", "back", "water", "loans"]) == {"water": 2, "credit": 1}


def test_who_is_known_for_what_a_text_speaks_of() -> None:
    """Two thirds of what is said of assets is said of gas, which one of the two sells."""
    spoken = spoken_of(["gas", "pipelines", "tourism"])
    assert [owned("Qatar", spoken), owned("Malta", spoken)] == [2 / 3, 0.0]


def test_a_text_without_assets_knows_no_owner() -> None:
    """Nothing said, nothing owned."""
    assert owned("Qatar", spoken_of(["the", "king", "sang"])) == 0.0


@pytest.mark.parametrize("name", read_data("assets.yaml")["assets"])
def test_owners_of_an_asset_are_known_actors(name: str) -> None:
    """Each owner is one of the gazetteer and stands once."""
    owners = read_data("assets.yaml")["assets"][name]["of"]
    assert (set(owners) - set(known_actors()), len(owners)) == (set(), len(set(owners)))


def test_the_seller_of_gas_holds() -> None:
    """Where nothing else tells, who is known for what the article speaks of is the holder."""
    pair = pair_of("Malta and Qatar", "Gas was on the table when Malta and Qatar met.", "Malta and Qatar spoke of LNG.")
    assert (pair.holder, pair.over) == ("Qatar", "Malta")


def test_a_member_and_its_union_can_be_a_pair() -> None:
    """A union may hold back what a member needs."""
    evidence = gather(read(article("The EU froze what Malta was to get, and Malta gave way to the EU.")))
    assert ("EU", "Malta") in candidates(evidence)


def test_two_names_of_nearly_the_same_are_no_pair() -> None:
    """A union and the circle it lies in are never weighed against each other."""
    evidence = gather(read(article("The EU, that is to say Europe, and Europe, that is to say the EU, met Malta.")))
    assert ("EU", "Europe") not in candidates(evidence)


@pytest.mark.parametrize(("name", "title"), [("Europe", "Qatar and Europe"), ("EU", "Qatar and the EU")])
def test_the_title_says_what_a_union_is_called(name: str, title: str) -> None:
    """The text speaks of both; the pair has the name of the title."""
    lines = ("Qatar sells gas to Europe and to the EU.", "The EU depends on Qatar. Europe depends on Qatar.")
    pair = pair_of(title, *lines)
    assert (pair.holder, pair.over) == ("Qatar", name)


def test_a_union_has_the_role_of_the_circle_that_it_nearly_is() -> None:
    """A text about the EU says "Europe" too; a small group within a circle is not it."""
    pair = Pair("Qatar", "EU", ())
    assert [pair.role(name) for name in ("Europe", "Malta", "Qatar", "US")] == ["O", "O", "H", "X"]
    assert Pair("Qatar", "Baltic states", ()).role("Europe") == "X"
