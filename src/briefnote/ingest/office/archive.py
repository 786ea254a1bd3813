"""A zip archive of XML parts, opened with suspicion: its sizes are checked before and while it is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any, NoReturn

from briefnote.ingest.snapshot import Snapshot

MOST_ENTRIES = 10_000
MOST_BYTES = 60_000_000  # of one part, unpacked
_RATIO = 300  # of unpacked to packed, from where on a part of more than a megabyte is a bomb
_ADVICE = "open it in a word processor and save it again as .docx or .odt"


class Archive:
    """The parts of an Office file by name. Raises BriefnoteError for what is broken, locked or a bomb."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(snapshot.data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError):
            snapshot.refuse(f"is a broken zip archive; {_ADVICE}")
        if len(entries) > MOST_ENTRIES:
            snapshot.refuse(f"has {len(entries):,} parts, more than {MOST_ENTRIES:,}; {_ADVICE}")
        self._entries = {entry.filename: entry for entry in entries}

    def xml(self, name: str) -> Any | None:
        """Returns the root element (lxml) of a part, None where there is no such part."""
        entry = self._entries.get(name)
        return None if entry is None else self._parsed(self._unpacked(entry), name)

    def _unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        if entry.flag_bits & 1:
            self._snapshot.refuse("is encrypted; save a copy without the password")
        is_bomb = entry.file_size > 1_000_000 and entry.file_size > _RATIO * max(1, entry.compress_size)
        if is_bomb or entry.file_size > MOST_BYTES:
            self._too_large(entry.filename)
        try:
            with self._zip.open(entry) as part:
                data = part.read(MOST_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
            self._snapshot.refuse(f"is a broken zip archive ({entry.filename}); {_ADVICE}")
        if len(data) > MOST_BYTES or (len(data) > 1_000_000 and len(data) > _RATIO * max(1, entry.compress_size)):
            self._too_large(entry.filename)
        return data

    def _too_large(self, name: str) -> NoReturn:
        self._snapshot.refuse(f"unpacks to far more than an article ({name}): a zip bomb; do not open it")

    def _parsed(self, data: bytes, name: str) -> Any:
        """Returns the root; a document type, which alone can name entities and other files, is refused."""
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            self._snapshot.refuse(f"{name} is no well-formed XML (line {error.lineno}); {_ADVICE}")
        docinfo: Any = root.getroottree().docinfo
        if docinfo.doctype:
            self._snapshot.refuse(f"{name} declares a document type, which may hold entities; {_ADVICE}")
        return root
