"""Plans from the cache are those that would be made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefnote import planned
from briefnote.errors import BriefnoteError
from briefnote.planned import read_plan

RULES = b"""
sections: {leverage: 5}
params: {sure: 0.5}
rules:
  - id: said
    section: leverage
    match: {c: {claim: leverage, holder: $holder, handle: $words|null}}
    where: c.certainty >= sure and c.text like '%x%'
    let: {size: length(holder)}
    score: size
    cells: {one: "{{ holder }}"}
    say: "{{ holder | possessive }} {{ coalesce(words, 'hold') }}, {{ size | words }}."
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "briefnote"


def test_cached_plan_is_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is compiled, and the plan is equal."""
    first = read_plan(RULES, "rules.yaml")
    monkeypatch.setattr(planned, "_compiled", None)
    assert read_plan(RULES, "rules.yaml") == first


@pytest.mark.parametrize(
    ("rules", "file", "engine"),
    [
        (RULES.replace(b"0.5", b"0.6"), "rules.yaml", "python"),
        (RULES, "other.yaml", "python"),
        (RULES, "rules.yaml", "sqlite"),
        (RULES, "rules.yaml", "duckdb"),
    ],
)
def test_other_rules_have_another_plan(rules: bytes, file: str, engine: str) -> None:
    """Whatever differs, the plan is made anew."""
    first = read_plan(RULES, "rules.yaml")
    assert read_plan(rules, file, engine) != first  # type: ignore[arg-type]


def test_plan_of_another_compiler_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed module of the rule engine makes all plans anew."""
    read_plan(RULES, "rules.yaml")
    monkeypatch.setattr(planned, "made_by", lambda *_: ["another"])
    monkeypatch.setattr(planned, "_compiled", lambda *_: (_ for _ in ()).throw(LookupError))
    with pytest.raises(LookupError):
        read_plan(RULES, "rules.yaml")


def test_name_that_two_files_share_is_no_mix_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole text of the rules is compared, not only the short name of the cached file."""
    monkeypatch.setattr(planned, "_short", lambda _: "1")
    read_plan(RULES, "rules.yaml")
    other = read_plan(RULES.replace(b"said", b"told"), "rules.yaml")
    assert [path.name for path in home.iterdir()] == ["plan-1"]
    assert other.rules[0].id == "told"


@pytest.mark.parametrize(
    "damaged",
    [
        lambda _: b"",
        lambda kept: kept[:5],
        lambda kept: kept[:-1],
        lambda kept: kept + b"\0",
        lambda kept: bytes(len(kept)),
        lambda kept: kept.replace(b"leverage", b"levarage"),
        lambda kept: kept[:-9] + bytes([kept[-9] ^ 4]) + kept[-8:],
    ],
)
def test_damaged_cache_is_made_anew(damaged: Callable[[bytes], bytes], home: Path) -> None:
    """What was cut short, filled with zeros or changed by a bit is no plan, and no error."""
    first = read_plan(RULES, "rules.yaml")
    (path,) = home.iterdir()
    kept = path.read_bytes()
    path.write_bytes(damaged(kept))
    assert read_plan(RULES, "rules.yaml") == first
    assert path.read_bytes() == kept


def test_wrong_rules_are_not_cached(home: Path) -> None:
    """Every problem is reported, each time."""
    for _ in range(2):
        with pytest.raises(BriefnoteError, match="unknown section"):
            read_plan(RULES.replace(b"section: leverage", b"section: levrage"), "rules.yaml")
    assert not home.exists()
