"""Word files to stand for a house: made by python-docx, as another program would, and changed as yet others do."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import docx
from docx.document import Document as Package
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt


def letterhead(change: Callable[[Package], None] | None = None) -> bytes:
    """Returns a letterhead: cover, slot and back page in sections of their own, a first page of its own."""
    package = docx.Document()
    _without_stale_styles(package)
    section = package.sections[0]
    section.page_width, section.page_height, section.left_margin = Mm(210), Mm(297), Mm(30)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "Ministry of Examples · [[SHORT_TITLE]]"
    section.footer.paragraphs[0].text = "Issue [[PERIOD]]"
    cover = package.add_paragraph()
    for piece in ("[[TI", "TL", "E]] of [[DATE]]"):
        cover.add_run(piece).font.size = Pt(30)
    package.add_table(1, 2).cell(0, 1).text = "by [[AUTHOR]]"
    package.add_section(WD_SECTION.NEW_PAGE)
    package.add_paragraph("[[BODY]]")
    package.add_section(WD_SECTION.NEW_PAGE)
    package.add_paragraph("Imprint: [[DATE]]")
    if change is not None:
        change(package)
    return saved(package)


def saved(package: Package) -> bytes:
    """Returns the file."""
    out = BytesIO()
    package.save(out)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """Returns the members of a file by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Returns a file of such members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def replaced(data: bytes, name: str, old: str, new: str) -> bytes:
    """Returns the file with something in one member replaced."""
    parts = members(data)
    assert old.encode() in parts[name], f"{old} is not in {name}"
    return packed({**parts, name: parts[name].replace(old.encode(), new.encode())})


def _without_stale_styles(package: Package) -> None:
    """python-docx's own template has a second copy of the styles that no longer agrees with the first."""
    for identifier, found in list(package.part.rels.items()):
        if found.reltype.endswith("stylesWithEffects"):
            package.part.drop_rel(identifier)
            package.part.rels.pop(identifier, None)
