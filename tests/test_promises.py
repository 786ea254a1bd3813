"""What is promised to those who sign a brief, held against input that tries to break it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from briefnote.errors import BriefnoteError
from briefnote.inputs import check
from briefnote.model.brief import Brief
from briefnote.pipeline import Built, Request, build
from briefnote.starter import start_folder
from briefnote.store.folder import open_folder

CUSTOMS, REVIEW = "2026-01-12-elbonian-trade", "2026-01-20-ruritanian-review"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A new folder."""
    start_folder(tmp_path / "desk")
    return tmp_path / "desk"


def built(desk: Path, period: str = "2026-W47", *formats: str) -> Built:
    return build(open_folder(desk), Request("example", period=period, formats=formats or ("json",)))  # type: ignore[arg-type]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(desk: Path) -> list[str]:
    return [str(problem) for problem in check(open_folder(desk), ())]


def everything(brief: Brief) -> str:
    return repr(brief)


def test_a_rule_that_rests_on_no_claim_is_refused(desk: Path) -> None:
    """A printed sentence without evidence cannot be written."""
    rule = '{id: t, section: judgements, match: {p: {pair: any, holder: $h, over: $o}}, say: "{{ h }}, {{ o }}."}'
    (desk / "briefs/example/rules.yaml").write_text(f"rules:\n  - {rule}\n", encoding="utf-8")
    (problem,) = problems(desk)
    assert problem.startswith("briefs/example/rules.yaml:2: rule 't': match: names no claim, figure or finding;")


def test_a_printed_rule_needs_a_wording(desk: Path) -> None:
    """An empty sentence is no sentence."""
    rule = "{id: t, section: limits, match: {c: {claim: limit, holder: $h}}, score: 1, group: [h]}"
    (desk / "briefs/example/rules.yaml").write_text(f"rules:\n  - {rule}\n", encoding="utf-8")
    assert problems(desk)[0].endswith("rule 't': say: is empty; a rule whose findings are printed needs a wording")


def test_a_former_issue_s_words_keep_their_marking(desk: Path) -> None:
    """What is dropped is quoted, and the issue that quotes it is as strict as the one that said it."""
    review = desk / f"sources/{REVIEW}.yaml"
    change(review, "  published: 2026-01-20", "  published: 2026-01-20\n  marking: TLP:RED")
    assert built(desk, "2026-W46").brief.marking == "TLP:RED"
    review.unlink()
    after = built(desk).brief
    assert [found.kind for found in after.changes].count("dropped") == 1
    assert after.marking == "TLP:RED"


def test_a_stricter_source_is_left_out_without_its_name(desk: Path) -> None:
    """The list of sources left out does not tell the title of a source its readers may not know of."""
    change(desk / f"sources/{REVIEW}.yaml", "  published: 2026-01-20", "  published: 2026-12-20\n  marking: TLP:RED")
    brief = built(desk).brief
    assert [(source.id, source.title) for source in brief.omitted] == [("withheld", "A source marked TLP:RED")]
    assert "squeeze" not in everything(brief)


@pytest.mark.parametrize("stamp", ["0", "1795219200", "abc"])
def test_the_environment_s_clock_does_not_reach_a_dated_pdf(
    desk: Path, stamp: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a period or a day given, the same inputs give the same bytes whatever SOURCE_DATE_EPOCH says."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    plain = (built(desk, "2026-W47", "pdf").folder / "example-2026-W47.pdf").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp)
    assert (built(desk, "2026-W47", "pdf").folder / "example-2026-W47.pdf").read_bytes() == plain


def test_a_link_in_an_issue_stays_a_link(desk: Path, tmp_path: Path) -> None:
    """What a person put into an issue is carried over as it is."""
    issue = built(desk).folder
    (issue / "data").symlink_to(tmp_path)
    (built(desk).folder / "data").readlink()
    assert (issue / "data").is_symlink()


def test_a_folder_with_the_name_of_an_edition_is_not_removed(desk: Path) -> None:
    """It holds somebody's work."""
    issue = built(desk).folder
    (issue / "example-2026-W47.docx").mkdir()
    with pytest.raises(BriefnoteError, match="has the name of an edition and is no regular file"):
        built(desk, "2026-W47", "docx")
    assert (issue / "example-2026-W47.docx").is_dir()


def test_a_file_where_the_issue_goes_is_not_moved(desk: Path) -> None:
    """The build says what is in the way."""
    mine = desk / "briefs/example/2026-W47"
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(BriefnoteError, match="is a file or a link where the issue goes"):
        built(desk)
    assert mine.read_text(encoding="utf-8") == "mine"


def test_init_keeps_edited_schemas_and_writes_through_no_link(desk: Path, tmp_path: Path) -> None:
    """A second `init` adds what is missing and nothing else."""
    schema = desk / "schemas/summary.schema.json"
    schema.write_text("{}", encoding="utf-8")
    theme = desk / "templates/theme.yaml"
    theme.unlink()
    theme.symlink_to(tmp_path / "elsewhere.yaml")
    shutil.rmtree(desk / "sources")
    start_folder(desk)
    assert schema.read_text(encoding="utf-8") == "{}"
    assert not (tmp_path / "elsewhere.yaml").exists()
    assert (desk / f"sources/{CUSTOMS}.yaml").is_file()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("use: [leverage]", "use: []", "briefs/example/brief.yaml:3: use: names no rule pack"),
        (
            "words: 1100",
            "keep: {leverage: -1}",
            "briefs/example/brief.yaml:3: keep.leverage: found -1, expected 0 or more",
        ),
    ],
)
def test_a_setting_that_would_lose_findings_is_refused(desk: Path, old: str, new: str, message: str) -> None:
    """Nothing is dropped in silence."""
    change(desk / "briefs/example/brief.yaml", old, new)
    assert any(problem.startswith(message) for problem in problems(desk))


def test_a_brief_without_sources_is_not_built(desk: Path) -> None:
    """Each source within the scope is named with what it lacks."""
    with pytest.raises(BriefnoteError, match=r"no source is left for 2020-W01.*published 2026-01-12, after the period"):
        built(desk, "2020-W01")


@pytest.mark.parametrize("day", [date(1979, 12, 31), date(2108, 1, 1), date(9999, 12, 31)])
def test_a_day_that_no_file_can_carry_is_refused(desk: Path, day: date) -> None:
    """Word files know the years from 1980 to 2107."""
    with pytest.raises(BriefnoteError, match="expected a day from 1980 to 2107"):
        build(open_folder(desk), Request("example", day=day, formats=("json",)))


def test_margins_leave_room_for_text(desk: Path) -> None:
    """A page that is all margin is refused with what is left."""
    (desk / "templates/theme.yaml").write_text("page_width: 100\nmargin_left: 80\nmargin_right: 5\n", encoding="utf-8")
    (problem,) = problems(desk)
    assert problem.startswith("templates/theme.yaml:1: page_width: the margins leave 15 mm for text, at least 40 mm")


def test_a_template_that_includes_itself_is_refused(desk: Path) -> None:
    """Endless inclusion ends with a message."""
    (desk / "templates/brief.md.j2").write_text('{% include "brief.md.j2" %}', encoding="utf-8")
    with pytest.raises(BriefnoteError, match="includes itself, or nests too deep"):
        built(desk, "2026-W47", "md")
