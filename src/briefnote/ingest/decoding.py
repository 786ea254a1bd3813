"""Bytes → text, for files that say their encoding, say a wrong one, say none, or mix two.

Order: byte order mark; UTF-8 wherever the bytes are valid UTF-8, since others hardly ever are by chance; the declared
encoding where it fits; UTF-8 with stray bytes of Windows-1252; at last what charset-normalizer thinks.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings whose bytes are all ASCII, or hold NULs: valid UTF-8 by chance.
_STATEFUL = {"iso2022_jp", "iso2022_kr", "hz", "utf_7", "utf_16", "utf_16_le", "utf_16_be", "utf_32"}
# What says Latin-1 or ASCII means Windows-1252 (WHATWG Encoding Standard).
_MEANS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "euc_kr": "cp949"}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""")
_SAMPLE = 200_000
# A byte that is not UTF-8, as "surrogateescape" keeps it, and what it is in Windows-1252.
_STRAY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_STRAYS = re.compile("[\udc80-\udcff]")


def decode(data: bytes, declared: str | None = None) -> str:
    """Returns the text. Never fails: a byte that fits nowhere becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    known = _known(declared)
    if known in _STATEFUL:
        return data.decode(known, "replace")
    if b"\0" in data[:4000] and (wide := _wide(data)):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_otherwise(data, known)


def declared_charset(data: bytes, media_type: str | None = None) -> str | None:
    """Returns the encoding that a media type ("text/html; charset=…"), or else the first 2,000 bytes, declare."""
    for where in ((media_type or "").encode("ascii", "replace"), data[:2000]):
        if found := _DECLARED.search(where):
            return found[1].decode("ascii")
    return None


def _known(declared: str | None) -> str | None:
    """Returns Python's name of an encoding for text, None where it knows none of that name."""
    try:
        name = codecs.lookup(declared.strip()).name if declared else None
        "".encode(name or "ascii")
    except (LookupError, ValueError):
        return None
    return _MEANS.get(name, name) if name else None


def _wide(data: bytes) -> str | None:
    """Returns UTF-16 in the order of bytes in which almost every other byte of the beginning is NUL."""
    head = data[:4000]
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        high, low = head[offset::2], head[1 - offset :: 2]
        if high.count(0) > 0.7 * len(high) and low.count(0) < 0.05 * len(low):
            return encoding
    return None


def _decode_otherwise(data: bytes, known: str | None) -> str:
    mixed = data.decode("utf-8", "surrogateescape")
    strays = len(_STRAYS.findall(mixed))
    if sum(1 for character in mixed if "\x80" <= character < "\udc80" or character > "\udcff") > strays:
        return mixed.translate(_STRAY)
    if known and known != "utf-8":
        try:
            return data.decode(known)
        except UnicodeDecodeError:
            pass
    return data.decode(_guessed(data) or known or "cp1252", "replace")


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return _MEANS.get(best.encoding, best.encoding) if best else None
