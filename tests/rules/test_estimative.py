"""The standards that come as data: scales of likelihood, the Admiralty code, TLP 2.0."""

from __future__ import annotations

from typing import get_args

import pytest

from briefnote.config.brief import LikelihoodScale
from briefnote.model.edition import TLP_COLOURS
from briefnote.model.summary import MARKINGS, Marking, Reliability
from briefnote.render.stix import _TLP
from briefnote.rules.estimative import Estimative, Scale
from briefnote.standards import Admiralty, Tlp, read_standard, standard_file


def scale(name: str) -> Scale:
    """Returns a scale of packs/estimative.yaml."""
    return read_standard(standard_file("estimative"), Estimative).likelihood[name]


@pytest.mark.parametrize(
    ("percent", "term"),
    [
        (1, "almost no chance"),
        (4.9, "almost no chance"),
        (5, "very unlikely"),
        (20, "unlikely"),
        (44.9, "unlikely"),
        (45, "roughly even chance"),
        (55, "roughly even chance"),
        (55.1, "likely"),
        (80, "likely"),
        (95, "very likely"),
        (99, "almost certain"),
    ],
)
def test_an_edge_of_icd_203_belongs_to_the_band_nearer_to_an_even_chance(percent: float, term: str) -> None:
    """The bands touch; on an edge the brief claims less."""
    assert scale("icd-203").term(percent) == term


def test_every_percentage_of_icd_203_has_just_one_band() -> None:
    """From 1 to 99, edges included."""
    bands = scale("icd-203").bands
    assert {sum(band.holds(tenth / 10) for band in bands) for tenth in range(10, 991)} == {1}


def test_icd_203_has_two_rows_of_terms() -> None:
    """A brief keeps to one of them."""
    assert [[row[0] for row in band.rows] for band in scale("icd-203").bands] == [
        ["almost no chance", "remote"],
        ["very unlikely", "highly improbable"],
        ["unlikely", "improbable"],
        ["roughly even chance", "roughly even odds"],
        ["likely", "probable"],
        ["very likely", "highly probable"],
        ["almost certain", "nearly certain"],
    ]


@pytest.mark.parametrize(
    ("percent", "term"),
    [
        (0, "remote chance"),
        (5, "remote chance"),
        (10, "highly unlikely"),
        (35, "unlikely"),
        (40, "realistic possibility"),
        (49.9, "realistic possibility"),
        (55, "likely"),
        (90, "highly likely"),
        (100, "almost certain"),
    ],
)
def test_the_bands_of_the_phia_yardstick_own_their_edges(percent: float, term: str) -> None:
    """All but 50, which is above a realistic possibility."""
    assert scale("phia").term(percent) == term


@pytest.mark.parametrize("percent", [7, 22, 37, 50, 52, 77, 92, -1, 101])
def test_a_value_in_a_gap_of_the_phia_yardstick_is_an_error(percent: float) -> None:
    """It is never rounded into the next band."""
    with pytest.raises(ValueError, match=f"PHIA yardstick has no term for {percent}%; it has 0–5 remote chance, "):
        scale("phia").term(percent)


@pytest.mark.parametrize("percent", [0, 0.5, 99.5, 100])
def test_icd_203_has_no_term_for_what_is_certain(percent: float) -> None:
    """Below 1 and above 99 there is nothing to estimate."""
    with pytest.raises(ValueError, match="ICD 203 has no term for"):
        scale("icd-203").term(percent)


def test_each_scale_says_where_it_comes_from_and_who_owns_an_edge() -> None:
    """A standard is cited with its version; what it leaves open is stated."""
    scales = read_standard(standard_file("estimative"), Estimative).likelihood
    assert list(scales) == list(get_args(LikelihoodScale))
    assert all(known.source and known.version and known.edges for known in scales.values())


def test_the_letters_of_the_admiralty_code_are_those_of_a_summary() -> None:
    """F says that nobody can tell."""
    code = read_standard(standard_file("admiralty"), Admiralty)
    assert list(code.reliability) == list(get_args(Reliability))
    assert code.reliability["F"] == "reliability cannot be judged"
    assert code.credibility["6"] == "truth cannot be judged"


def test_the_labels_of_tlp_are_those_of_the_code() -> None:
    """Their order, their colours and their STIX markings."""
    labels = read_standard(standard_file("tlp"), Tlp).labels
    assert tuple(labels) == MARKINGS == get_args(Marking)
    assert {name: label.colour for name, label in labels.items()} == dict(TLP_COLOURS)
    assert labels.keys() == _TLP.keys()
