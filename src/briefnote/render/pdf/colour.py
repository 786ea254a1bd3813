"""The sRGB profile that an archival PDF carries to say what its colours are."""

from __future__ import annotations

import struct
from collections.abc import Sequence

# IEC 61966-2-1: the primaries and the white point, adapted to D50 as a profile wants them, and the matrix that
# adapted them.
_WHITE = (0.96420, 1.0, 0.82491)
_RED, _GREEN, _BLUE = (0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)
_ADAPTATION = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01708, -0.00925, 0.01508, 0.75168)
# The curve (x·a + b)^g above d, x·c below it.
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_MADE = (2004, 10, 1, 0, 0, 0)  # the month of ICC.1:2004-10, the version of the format: no clock is read


def srgb_profile() -> bytes:
    """Returns sRGB as an ICC profile (ICC.1:2004-10, version 4.2), the newest version that PDF 1.7 knows."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(_CURVE)
    tags = {
        b"desc": _text("sRGB IEC61966-2.1"),
        b"cprt": _text("No copyright, use freely"),
        b"wtpt": _xyz(_WHITE),
        b"chad": b"sf32" + bytes(4) + _fixed(_ADAPTATION),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, data = _laid_out(tags)
    size = 128 + len(table) + len(data)
    return _header(size) + table + data


def _header(size: int) -> bytes:
    made = struct.pack(">6H", *_MADE)
    kind = b"mntrRGB XYZ "
    head = struct.pack(">I4xI", size, 0x04200000) + kind + made + b"acsp"
    return (head.ljust(68, b"\0") + _fixed(_WHITE)).ljust(128, b"\0")


def _laid_out(tags: dict[bytes, bytes]) -> tuple[bytes, bytes]:
    """Returns the table of the tags and their data, each value once and at a multiple of four bytes."""
    start = 128 + 4 + 12 * len(tags)
    data = b""
    places: dict[bytes, int] = {}
    for value in tags.values():
        if value not in places:
            places[value] = start + len(data)
            data += value + bytes(-len(value) % 4)
    rows = [struct.pack(">4sII", tag, places[value], len(value)) for tag, value in tags.items()]
    return struct.pack(">I", len(tags)) + b"".join(rows), data


def _text(words: str) -> bytes:
    said = words.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II4sII", 1, 12, b"enUS", len(said), 28) + said


def _xyz(values: Sequence[float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(values)


def _fixed(values: Sequence[float]) -> bytes:
    """Returns numbers of 32 bits, 16 of them behind the point."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)
