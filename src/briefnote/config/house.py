"""templates/house.docx: whether a file can be a house file at all, said before anything in it is read as XML."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

from briefnote.errors import Problem
from briefnote.model.edition import HouseFile

_MOST_MEMBERS = 2_000
_MOST_BYTES = 64 * 1024 * 1024  # unpacked; a letterhead with pictures has a few
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old .doc, and a .docx behind a password
_ENCRYPTED = 0x1
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))

_AS_DOCX = "save it in Word as “Word Document (.docx)”"


def read_house(data: bytes, file: str) -> tuple[HouseFile | None, list[Problem]]:
    """Returns the house file (None where anything is wrong with it) and every problem found."""
    problems = [Problem(file, message=message) for message in dict.fromkeys(_wrong(data))]
    return (None if problems else HouseFile(file, data)), problems


def _wrong(data: bytes) -> Iterator[str]:
    if data.startswith(_OLE):
        yield f"is behind a password, or an old .doc; {_AS_DOCX}, without a password"
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield from _wrong_archive(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        yield f"is no Word file, or damaged; {_AS_DOCX}"


def _wrong_archive(archive: zipfile.ZipFile) -> Iterator[str]:
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    names = [member.filename for member in members]
    if len(members) > _MOST_MEMBERS or size > _MOST_BYTES:
        most = f"{_MOST_MEMBERS:,} parts and {_MOST_BYTES // 1024**2} MB"
        yield f"unpacks to {len(members):,} parts and {size / 1024**2:,.0f} MB, more than {most}; make it smaller"
        return
    if any(member.flag_bits & _ENCRYPTED for member in members):
        yield f"is behind a password; {_AS_DOCX}, without a password"
        return
    repeated = [name for name, times in Counter(name.lower() for name in names).items() if times > 1]
    if repeated:
        yield f"holds {repeated[0]} {Counter(name.lower() for name in names)[repeated[0]]} times; {_AS_DOCX}"
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        yield f"is a zip file, but no Word file; {_AS_DOCX}"
        return
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        yield f"holds macros; {_AS_DOCX}, without macros"
    for name in names:
        if name.lower().endswith((".xml", ".rels", ".vml")) and _declares_entities(archive.read(name)):
            yield f"declares entities in {name}, which Word never does; open it in Word and save it anew"


def _declares_entities(xml: bytes) -> bool:
    return any(mark in xml for mark in _DOCTYPE)
