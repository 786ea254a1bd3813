"""Bodies as servers compress them, unpacked as they come: a bomb is stopped at the limit, before it is in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"
_STEP = 1 << 16


class BodyError(Exception):
    """A body that is too large, is packed in a way that was not asked for, or is not what it says."""


def unpacked(parts: Iterable[bytes], encoding: str, most: int, *, cut: bool = False) -> bytes:
    """Returns a body of at most `most` bytes, unpacked; a longer one is cut there, or else raises BodyError."""
    names = [name.strip().lower() for name in encoding.split(",") if name.strip() not in ("", "identity")]
    if len(names) > 1 or (names and names[0] not in ("gzip", "x-gzip", "deflate")):
        raise BodyError(f"is packed as '{encoding[:40]}', which was not asked for")
    body = bytearray()
    for part in _inflated(parts, names[0]) if names else parts:
        body += part
        if len(body) > most and cut:
            return bytes(body[:most])
        if len(body) > most:
            raise BodyError(f"is larger than {most:,} bytes unpacked; nothing of that size is read")
    return bytes(body)


def _inflated(parts: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Yields pieces of at most 64 KB. "deflate" is sent with and without a zlib header."""
    inflater = None
    for part in filter(None, parts):
        inflater = inflater or _inflater(name, part)
        yield from _pieces(inflater, part)
    if inflater is not None and not inflater.eof:
        raise BodyError("breaks off before its end")


def _inflater(name: str, start: bytes) -> zlib._Decompress:
    if name != "deflate":
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    has_header = start[0] & 0x0F == 8 and (len(start) < 2 or (start[0] * 256 + start[1]) % 31 == 0)  # RFC 1950
    return zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)


def _pieces(inflater: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    try:
        while not inflater.eof:
            piece = inflater.decompress(packed, _STEP)
            packed = inflater.unconsumed_tail
            yield piece
            if not packed and len(piece) < _STEP:
                return
    except zlib.error:
        raise BodyError("is no valid compressed body") from None
