"""Drafts in a folder: what is written, what is kept, what costs nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefnote.drafting.batch import Task, make_all
from briefnote.drafting.order import Order
from briefnote.drafting.printing import as_json
from briefnote.drafting.summarising import Outcome, missing_summaries, summarise_into, task_of
from briefnote.errors import BriefnoteError
from briefnote.inputs import check
from briefnote.model.archive import ArticleRecord
from briefnote.model.article import Article, Gate
from briefnote.starter import start_folder
from briefnote.store.articles import save_article
from briefnote.store.drafts import is_untouched
from briefnote.store.folder import Folder, open_folder
from briefnote.yamltree import read_yaml

TEXT = """\
Mud for sale

Germany depends heavily on Norway for its gas, and has no alternative supplier of comparable size. In 2024 Norway
supplied 48% of German imports of gas, according to the grid agency.

Norway has never used this, since it could not sell the gas elsewhere.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A new folder with an article that somebody put there."""
    start_folder(tmp_path / "desk")
    (tmp_path / "desk/sources/gas.txt").write_text(TEXT, encoding="utf-8")
    return open_folder(tmp_path / "desk")


def drafted(folder: Folder, *names: str) -> list[Outcome]:
    """Summarises what a person names."""
    return list(summarise_into(folder, [task_of(name, folder) for name in names], Order()))


def summary(folder: Folder, source: str = "gas") -> Path:
    return folder.root / "sources" / f"{source}.yaml"


def test_draft_is_written_beside_its_article(folder: Folder) -> None:
    """It has the claims with their passages, and says that a machine wrote it and nobody has judged the source."""
    (outcome,) = drafted(folder, "gas")
    assert outcome.kept is not None
    assert (outcome.kept.path, outcome.kept.outcome) == (summary(folder), "written")
    node, problems = read_yaml(summary(folder).read_bytes(), "gas.yaml")
    assert problems == []
    assert node is not None
    plain: dict[str, object] = node.plain()  # type: ignore[assignment]
    source = plain["source"]
    assert isinstance(source, dict)
    assert (source["title"], source["reliability"], source["reliability_reason"], source["published"]) == (
        "Mud for sale",
        "F",
        "machine draft: not judged",
        None,
    )
    assert (plain["by"], plain["reviewed"]) == ("machine", False)
    assert {"Norway", "Germany"} <= set(plain["actors"])  # type: ignore[call-overload]
    claims = plain["claims"]
    assert isinstance(claims, list)
    first = claims[0]
    assert first["quote"].startswith("Germany depends heavily on Norway")
    assert TEXT[first["locator"]["start"] : first["locator"]["end"]].split() == first["quote"].split()
    assert first["locator"]["paragraph"] == 2


def test_draft_stands_in_its_article(folder: Folder) -> None:
    """What the machine writes, `check` finds in order."""
    drafted(folder, "gas")
    assert [problem for problem in check(folder, ()) if "gas" in problem.file] == []


def test_unchanged_article_is_not_drafted_again(folder: Folder) -> None:
    """The file stays as it is, to the time of its last change."""
    drafted(folder, "gas")
    before = summary(folder).stat().st_mtime_ns
    (outcome,) = drafted(folder, "gas")
    assert outcome.kept is not None
    assert outcome.kept.outcome == "unchanged"
    assert summary(folder).stat().st_mtime_ns == before
    assert missing_summaries(folder, Order()) == []


def test_changed_article_is_drafted_again(folder: Folder) -> None:
    """A draft that nobody has touched gives way to a new one."""
    drafted(folder, "gas")
    path = folder.root / "sources/gas.txt"
    path.write_text(TEXT + "\nPoland depends on Norway, too, and has no other supplier of gas.\n", encoding="utf-8")
    assert [task.source for task in missing_summaries(folder, Order())] == ["gas"]
    (outcome,) = drafted(folder, "gas")
    assert outcome.kept is not None
    assert outcome.kept.outcome == "written"
    assert "Poland depends on Norway" in summary(folder).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("reviewed: false", "reviewed: true"),
        ("kind: analysis", "kind: news"),
        ("claims:", "# I have read half of this.\nclaims:"),
        ("by: machine", "by: analyst"),
    ],
)
def test_edited_summary_is_kept(folder: Folder, written: str, instead: str) -> None:
    """Whatever a person changed, a new draft goes beside it, with what it differs in; no build reads that one."""
    drafted(folder, "gas")
    edited = summary(folder).read_text(encoding="utf-8").replace(written, instead, 1)
    summary(folder).write_text(edited, encoding="utf-8")
    (folder.root / "sources/gas.txt").write_text(TEXT + "\nIt rained.\n", encoding="utf-8")
    (outcome,) = drafted(folder, "gas")
    assert outcome.kept is not None
    assert outcome.kept.outcome == "beside"
    assert outcome.kept.path.name == "gas.draft.yaml"
    assert outcome.kept.diff[:2] == ("--- gas.yaml", "+++ gas.draft.yaml")
    assert summary(folder).read_text(encoding="utf-8") == edited
    assert "sources/gas.draft.yaml" not in [file.name for file in Folder(folder.root).summary_files]


def test_edited_summary_of_the_same_text_needs_no_draft(folder: Folder) -> None:
    """A person is done with this text: nothing is written beside."""
    drafted(folder, "gas")
    text = summary(folder).read_text(encoding="utf-8").replace("reviewed: false", "reviewed: true")
    summary(folder).write_text(text, encoding="utf-8")
    (outcome,) = drafted(folder, "gas")
    assert outcome.kept is not None
    assert outcome.kept.outcome == "unchanged"
    assert not (folder.root / "sources/gas.draft.yaml").exists()


def test_summary_that_a_person_wrote_is_kept(folder: Folder) -> None:
    """It has no seal, so it is nobody's draft."""
    mine = "source: {id: gas, title: Gas, kind: news, reliability: C, reliability_reason: I know.}\nsummary: Gas.\n"
    mine = mine.replace("I know.", f"I know., sha256: {'0' * 64}")
    summary(folder).write_text(mine, encoding="utf-8")
    assert not is_untouched(mine.encode())
    (outcome,) = drafted(folder, "gas")
    assert outcome.kept is None or outcome.kept.outcome in ("beside", "unchanged")
    assert summary(folder).read_text(encoding="utf-8") == mine


def test_edited_draft_beside_is_not_overwritten(folder: Folder) -> None:
    """A person took notes in it: the third draft is refused with a remedy."""
    drafted(folder, "gas")
    summary(folder).write_text("# mine\n" + summary(folder).read_text(encoding="utf-8"), encoding="utf-8")
    (folder.root / "sources/gas.txt").write_text(TEXT + "\nIt rained.\n", encoding="utf-8")
    drafted(folder, "gas")
    beside = folder.root / "sources/gas.draft.yaml"
    beside.write_text(beside.read_text(encoding="utf-8") + "# notes\n", encoding="utf-8")
    (folder.root / "sources/gas.txt").write_text(TEXT + "\nIt snowed.\n", encoding="utf-8")
    (outcome,) = drafted(folder, "gas")
    assert [problem.message for problem in outcome.problems] == [
        "was edited and is not overwritten; take over what you want of it, then remove it"
    ]


def test_file_from_elsewhere_is_kept_in_the_folder(folder: Folder, tmp_path: Path) -> None:
    """The article is there with its text, its record and its bytes, once, however often it is named."""
    file = tmp_path / "elsewhere.txt"
    file.write_text(TEXT.replace("Mud for sale", "Gas for sale"), encoding="utf-8")
    (first,) = drafted(folder, str(file))
    (again,) = drafted(folder, str(file))
    assert (first.source, again.source) == ("undated-gas-for-sale", "undated-gas-for-sale")
    assert sorted(path.name for path in (folder.root / "sources").glob("undated-gas*")) == [
        "undated-gas-for-sale.article.json",
        "undated-gas-for-sale.snapshot.txt",
        "undated-gas-for-sale.txt",
        "undated-gas-for-sale.yaml",
    ]


def test_name_that_is_nothing_is_an_error_with_what_is_near(folder: Folder) -> None:
    """A slip of the keyboard is told."""
    with pytest.raises(BriefnoteError, match=r"is no file, and no source with an article\. Did you mean 'gas'\?"):
        task_of("gaz", folder)


def test_several_processes_give_the_same_drafts_in_the_same_order(tmp_path: Path) -> None:
    """However many work at once; a file that cannot be read does not stop the others."""
    files = []
    for number in range(7):
        path = tmp_path / f"{number}.txt"
        path.write_text(TEXT.replace("48%", f"{40 + number}%") if number != 3 else "", encoding="utf-8")
        files.append(path)
    tasks = [Task(file=path) for path in files]
    one, two = (list(make_all(tasks, Order(), processes)) for processes in (1, 2))
    assert one == two
    assert [bool(made.summary) for made in two] == [True, True, True, False, True, True, True]
    assert [problem.file for problem in two[3].problems] == [str(files[3])]


def test_one_summary_is_an_object_and_several_are_a_list(tmp_path: Path) -> None:
    """As JSON, for other programs."""
    path = tmp_path / "gas.txt"
    path.write_text(TEXT, encoding="utf-8")
    (made,) = make_all([Task(file=path)], Order())
    assert made.summary is not None
    assert as_json([made.summary])[0] == "{"
    assert as_json([made.summary, made.summary])[0] == "["


# ---- against the article ---------------------------------------------------------------------------------------


def test_quote_that_is_not_in_the_article_is_found_by_check(folder: Folder) -> None:
    """An error with its line: the source never wrote these words."""
    drafted(folder, "gas")
    text = summary(folder).read_text(encoding="utf-8")
    summary(folder).write_text(text.replace("quote: Norway has never used", "quote: Norway has often used"), "utf-8")
    found = [problem for problem in check(folder, ()) if "gas" in problem.file and not problem.is_warning]
    assert found
    assert found[0].field.endswith(".quote")
    assert "The nearest passage: “Norway has never used this" in found[0].message


def test_article_that_changed_is_a_warning_with_its_remedy(folder: Folder) -> None:
    """The summary is of another text: read it again."""
    drafted(folder, "gas")
    (folder.root / "sources/gas.txt").write_text(TEXT + "\nIt rained.\n", encoding="utf-8")
    (found,) = [problem for problem in check(folder, ()) if "gas" in problem.file]
    assert (found.field, found.is_warning) == ("source.sha256", True)
    assert "summarise it again" in found.message


def test_article_that_a_gate_held_back_is_drafted_only_by_name(folder: Folder) -> None:
    """A paywall's first lines would make a summary of nothing."""
    teaser = Article("Norway can close the tap.", (), gates=(Gate("paywall", "the article is behind a paywall"),))
    save_article(folder, ArticleRecord("teaser", teaser, ""), None)
    assert "teaser" not in [task.source for task in missing_summaries(folder, Order())]
    assert [outcome.name for outcome in drafted(folder, "teaser")] == ["teaser"]
