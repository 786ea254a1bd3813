"""`briefnote build --pdf-standard`, and the JSON edition inside the PDF."""

from __future__ import annotations

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from briefnote.cli import command
from briefnote.starter import start_folder


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Returns the folder that `briefnote init` makes."""
    start_folder(tmp_path)
    return tmp_path


def build(desk: Path, *options: str) -> Result:
    """Builds the PDF of the example brief."""
    call = ["-C", str(desk), "build", "example", "--period", "2026-W47", "--format", "pdf", *options]
    return CliRunner().invoke(command, call)


def edition(desk: Path, ending: str) -> bytes:
    """Returns a file of the issue."""
    return (desk / f"briefs/example/2026-W47/example-2026-W47.{ending}").read_bytes()


def attach_json(desk: Path) -> None:
    """Has the PDF carry the JSON edition."""
    theme = desk / "templates/theme.yaml"
    theme.write_text(theme.read_text(encoding="utf-8") + "\npdf_attach_json: true\n", encoding="utf-8")


def test_the_standard_is_that_of_the_command(desk: Path) -> None:
    """Without the option the PDF claims PDF/UA alone, with it PDF/A as well."""
    assert build(desk).exit_code == 0
    assert b"<pdfaid:part>" not in edition(desk, "pdf")
    assert build(desk, "--pdf-standard", "a-2a").exit_code == 0
    assert b"<pdfaid:part>2<" in edition(desk, "pdf")


def test_the_json_edition_travels_inside_the_pdf(desk: Path) -> None:
    """With pdf_attach_json, the file in the PDF is the JSON edition of the issue."""
    attach_json(desk)
    assert build(desk, "--pdf-standard", "a-3a").exit_code == 0
    (attachment,) = [pypdfium2.PdfDocument(edition(desk, "pdf")).get_attachment(0)]
    assert (attachment.get_name(), bytes(attachment.get_data())) == ("example-2026-W47.json", edition(desk, "json"))


def test_pdf_a_2_and_an_attachment_are_refused(desk: Path) -> None:
    """The message says which standard takes it, and nothing is written."""
    attach_json(desk)
    result = build(desk, "--pdf-standard", "a-2a")
    assert result.exit_code == 1
    assert not (desk / "briefs/example/2026-W47").exists()
