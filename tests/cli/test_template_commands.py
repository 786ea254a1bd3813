"""`briefnote template`: a file to start from, and a check of templates, theme and house file."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from test_commands import run

from briefnote.config.house import read_house
from briefnote.starter import start_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new folder as `briefnote init` makes it."""
    start_folder(tmp_path / "desk")
    return tmp_path / "desk"


def test_new_writes_a_word_file_to_start_from(folder: Path) -> None:
    """With cover, slot and back page, and every style of a brief; what is there already is not listed."""
    result = run("template", "new", folder=folder)
    assert (result.returncode, result.stdout) == (0, "templates/house.docx\n")
    house = docx.Document(str(folder / "templates/house.docx"))
    assert [line.text for line in house.paragraphs if "BODY" in line.text] == ["[[BODY]]"]
    assert {"Bottom Line", "Key Judgement", "Finding", "Source Entry"} <= {style.name for style in house.styles}
    assert read_house((folder / "templates/house.docx").read_bytes(), "house.docx")[1] == []


def test_new_writes_template_and_theme_where_there_are_none(tmp_path: Path) -> None:
    """Into any folder."""
    result = run("template", "new", "ours", folder=tmp_path)
    assert result.stdout.splitlines() == ["ours/brief.md.j2", "ours/theme.yaml", "ours/house.docx"]


def test_new_never_overwrites(folder: Path) -> None:
    """A house file that a person has changed stays as it is."""
    (folder / "templates/house.docx").write_bytes(b"mine")
    result = run("template", "new", folder=folder)
    assert (result.returncode, result.stdout) == (0, "")
    assert (folder / "templates/house.docx").read_bytes() == b"mine"


def test_new_takes_the_colours_of_the_theme_that_is_there(folder: Path) -> None:
    """One look for all editions."""
    (folder / "templates/theme.yaml").write_text("accent: 1F5C3A\n", encoding="utf-8")
    run("template", "new", folder=folder)
    styles = docx.Document(str(folder / "templates/house.docx")).styles
    assert str(styles["Heading 1"].font.color.rgb) == "1F5C3A"


def test_check_finds_nothing_in_what_new_wrote(folder: Path) -> None:
    """And writes the specimen where it is asked to."""
    run("template", "new", folder=folder)
    result = run("template", "check", "--out", "specimen", folder=folder)
    assert (result.returncode, result.stdout) == (0, "")
    assert sorted(path.name for path in (folder / "specimen").iterdir()) == [
        "specimen.docx",
        "specimen.html",
        "specimen.pdf",
    ]


def test_check_says_all_that_is_wrong_at_once(folder: Path) -> None:
    """Unknown names, missing styles, characters without a glyph, pale colours; exit code 1."""
    templates = folder / "templates"
    docx.Document().save(str(templates / "house.docx"))
    (templates / "theme.yaml").write_text("link: 7FA8D1\n", encoding="utf-8")
    (templates / "brief.md.j2").write_text(
        "# {{ brief.titel }}\n\n{% for one in brief.sektions %}{% endfor %}\n\n𐍈\n", encoding="utf-8"
    )
    result = run("template", "check", folder=folder)
    assert result.returncode == 1
    found = result.stdout
    for said in (
        "brief.md.j2:1: There is no 'titel' here. Did you mean 'title'?",
        "brief.md.j2:3: There is no 'sektions' here. Did you mean 'sections'?",
        "U+10348",
        "templates/house.docx: has no style “Bottom Line”",
        "templates/house.docx: sets “Subtitle” in 4F81BD on FFFFFF, a contrast of 4.0; make it at least 4.5",
        "templates/theme.yaml: link: 7FA8D1 (links and citations) has a contrast of 2.5 on white",
    ):
        assert said in found, found


def test_check_names_a_house_file_that_cannot_be_used(folder: Path) -> None:
    """With what to do."""
    (folder / "templates/house.docx").write_bytes(b"no Word file")
    result = run("template", "check", folder=folder)
    assert result.returncode == 1
    assert result.stdout == (
        "templates/house.docx: is no Word file, or damaged; save it in Word as “Word Document (.docx)”\n"
    )


def test_build_lists_the_house_file_in_the_manifest(folder: Path) -> None:
    """With it the same bytes can be made again."""
    run("template", "new", folder=folder)
    result = run("build", "--date", "2026-11-21", "--format", "docx", folder=folder)
    assert result.returncode == 0, result.stderr
    assert '"templates/house.docx": "' in (folder / "briefs/example/2026-W47/manifest.json").read_text(encoding="utf-8")
    made = docx.Document(str(folder / "briefs/example/2026-W47/example-2026-W47.docx"))
    assert "Issue 2026-W47" in next(line.text for line in made.paragraphs if "Issue" in line.text)


def test_a_broken_house_file_stops_the_build(folder: Path) -> None:
    """Before anything is written."""
    (folder / "templates/house.docx").write_bytes(b"PK")
    result = run("build", "--date", "2026-11-21", folder=folder)
    assert result.returncode == 1
    assert "templates/house.docx: is no Word file" in result.stderr
    assert not (folder / "briefs/example/2026-W47").exists()
