"""STIX, CSL-JSON and RIS say the same as the brief, in formats that other tools read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import stix2

from briefnote.model.brief import Brief
from briefnote.pipeline import Request, build
from briefnote.render.references import csl_json, ris
from briefnote.render.stix import stix_bundle
from briefnote.starter import start_folder
from briefnote.store.folder import open_folder


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """The brief of a new folder."""
    folder = tmp_path_factory.mktemp("desk")
    start_folder(folder)
    return build(open_folder(folder), Request("example", day=date(2026, 11, 21), formats=("json",))).brief


def test_csl_json_holds_what_the_source_gives_and_no_more(brief: Brief) -> None:
    """No author, no author: nothing is invented."""
    assert json.loads(csl_json(brief))[0] == {
        "id": "2026-01-12-elbonian-trade",
        "type": "dataset",
        "title": "Elbonia’s trade in 2025",
        "publisher": "Elbonian Customs",
        "issued": {"date-parts": [[2026, 1, 12]]},
        "note": "Reliability B (usually reliable): Official statistics; invented, as an example.",
    }


def test_ris_has_one_tag_a_line_and_an_end_for_each_record(brief: Brief) -> None:
    """Reference managers read TY first and ER last, with CRLF."""
    first = ris(brief).decode().split("\r\n\r\n")[0]
    assert first.split("\r\n") == [
        "TY  - DATA",
        "ID  - 2026-01-12-elbonian-trade",
        "TI  - Elbonia’s trade in 2025",
        "PB  - Elbonian Customs",
        "PY  - 2026",
        "DA  - 2026/01/12",
        "N1  - Reliability B (usually reliable): Official statistics; invented, as an example.",
        "ER  - ",
    ]


def test_the_stix_bundle_is_read_by_the_oasis_library(brief: Brief) -> None:
    """A report refers to its author and to a note for each key judgement; nothing is custom."""
    bundle: Any = stix2.parse(stix_bundle(brief).decode(), allow_custom=False)
    assert [found.type for found in bundle.objects] == ["marking-definition", "identity", "note", "note", "report"]
    report = bundle.objects[-1]
    assert report.name == "Ruritania’s leverage over Elbonia"
    assert list(report.object_refs) == [found.id for found in bundle.objects[1:4]]
    assert [reference.external_id for reference in report.external_references] == [
        "2026-01-12-elbonian-trade",
        "2026-01-20-ruritanian-review",
    ]


def test_stix_confidence_is_mapped_by_term(brief: Brief) -> None:
    """Moderate is 50 and low is 15 on the scale of STIX 2.1, appendix A."""
    notes = [found for found in json.loads(stix_bundle(brief))["objects"] if found["type"] == "note"]
    assert [(note["abstract"], note["confidence"]) for note in notes] == [("Dependence", 50), ("Coercion", 15)]


def test_stix_carries_the_marking_as_oasis_publishes_it(brief: Brief) -> None:
    """TLP 2.0 is not predefined in STIX 2.1: the published object travels with the bundle."""
    objects = json.loads(stix_bundle(brief))["objects"]
    assert objects[0]["id"] == "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"
    assert all(found["object_marking_refs"] == [objects[0]["id"]] for found in objects[1:])


def test_the_same_issue_has_the_same_identifiers(brief: Brief) -> None:
    """Identifiers are made from the issue, so that an update replaces and does not add."""
    assert stix_bundle(brief) == stix_bundle(brief)


def test_exchange_editions_are_made_on_demand(tmp_path: Path) -> None:
    """They stand beside the others, named alike."""
    start_folder(tmp_path)
    request = Request("example", day=date(2026, 11, 21), formats=("ris", "csl.json", "stix.json"))
    assert build(open_folder(tmp_path), request).files == (
        "example-2026-W47.csl.json",
        "example-2026-W47.json",
        "example-2026-W47.ris",
        "example-2026-W47.stix.json",
    )
