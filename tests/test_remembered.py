"""What is recalled of an earlier build is what would be read anew."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from briefnote import inputs, remembered
from briefnote.errors import BriefnoteError
from briefnote.inputs import read_inputs
from briefnote.inputvalues import Inputs
from briefnote.starter import start_folder
from briefnote.store.folder import Folder, open_folder


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "briefnote"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder as `briefnote init` makes it."""
    start_folder(tmp_path / "desk")
    return open_folder(tmp_path / "desk")


def anew(folder: Folder) -> Folder:
    """The same folder as the next process sees it."""
    return open_folder(folder.root)


def without_template(read: Inputs) -> Inputs:
    """The inputs without what each process makes for itself."""
    return replace(read, template=str)


def never(*_: object) -> Inputs:
    raise LookupError("read anew")


def test_unchanged_folder_is_not_read_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time no YAML is read, and the inputs are equal, down to the plan of the rules."""
    first = read_inputs(folder, "example")
    monkeypatch.setattr(inputs, "_read", never)
    second = read_inputs(anew(folder), "example")
    same = {
        name: getattr(first, name) == getattr(second, name) for name in ("config", "book", "summaries", "plan", "files")
    }
    assert same == {"config": True, "book": True, "summaries": True, "plan": True, "files": True}
    assert second.template("brief.md.j2") == first.template("brief.md.j2")


@pytest.mark.parametrize(
    "changed", ["sources/{source}.yaml", "briefs/example/brief.yaml", "templates/theme.yaml", "templates/brief.md.j2"]
)
def test_any_changed_file_is_read(changed: str, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comment at the end of any file is enough; a new file is a change too."""
    read_inputs(folder, "example")
    source = next((folder.root / "sources").glob("*.yaml")).stem
    path = folder.root / changed.format(source=source)
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n# x\n")
    monkeypatch.setattr(inputs, "_read", never)
    with pytest.raises(LookupError):
        read_inputs(anew(folder), "example")


def test_a_source_that_is_gone_is_gone(folder: Folder) -> None:
    """What was read with it is not recalled without it."""
    extra = next((folder.root / "sources").glob("*.yaml"))
    copy = extra.with_name("another.yaml")
    copy.write_text(extra.read_text(encoding="utf-8").replace(f"id: {extra.stem}", "id: another"), encoding="utf-8")
    assert "another" in read_inputs(anew(folder), "example").summaries
    copy.unlink()
    assert "another" not in read_inputs(anew(folder), "example").summaries


def test_other_code_reads_anew(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed module or pack makes everything anew."""
    read_inputs(folder, "example")
    monkeypatch.setattr(remembered, "made_by", lambda *_: ["another"])
    monkeypatch.setattr(inputs, "_read", never)
    with pytest.raises(LookupError):
        read_inputs(anew(folder), "example")


def test_damaged_cache_is_read_anew(folder: Folder, cache: Path) -> None:
    """A file that was cut short is no error."""
    first = read_inputs(folder, "example")
    [kept] = cache.glob("inputs-*")
    kept.write_bytes(kept.read_bytes()[:-100])
    assert without_template(read_inputs(anew(folder), "example")) == without_template(first)


def test_cache_of_another_is_not_trusted(folder: Folder, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pickle that others could have written is not opened."""
    read_inputs(folder, "example")
    cache.chmod(0o777)
    monkeypatch.setattr(inputs, "_read", never)
    with pytest.raises(LookupError):
        read_inputs(anew(folder), "example")


def test_mistakes_are_reported_every_time(folder: Folder) -> None:
    """What cannot be built is not remembered, and its message is the same."""
    (folder.root / "briefs/example/brief.yaml").write_text("title: x\n", encoding="utf-8")
    found = []
    for _ in range(2):
        with pytest.raises(BriefnoteError) as error:
            read_inputs(anew(folder), "example")
        found.append(str(error.value))
    assert found[0] == found[1]


def test_same_place_other_folder(folder: Folder, tmp_path: Path) -> None:
    """Another folder where one was before is another folder."""
    read_inputs(folder, "example")
    shutil.rmtree(folder.root / "sources")
    with pytest.raises(BriefnoteError, match="does not exist"):
        read_inputs(anew(folder), "example")
