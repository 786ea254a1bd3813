"""Pages by pdfium's own calls: the text of each, and where its pieces stand.

pypdfium2 opens the document. Its objects for a page and for the text of one are not used: they keep account of what is
open, which costs 50 µs a page and a tenth of a microsecond with every call; here each page is closed where it was read.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from briefnote.ingest.pdf.lines import Lines, PdfPage, Stretch, cut

_BOLD = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_UNSCALED = 4  # points: smaller fonts are set at size 1 and enlarged by the matrix of the text
_SHORT_BOLD = 200  # characters: a longer piece is no heading, bold or not
_SIZE = 10.0  # points, where pdfium knows none
_NAME = 80  # bytes of the name of a font


class UnreadableError(Exception):
    """A page that pdfium cannot read."""


class Pages:
    """The pages of an open document of pypdfium2, and the room that pdfium writes its answers in, made once."""

    def __init__(self, document: Any) -> None:
        from pypdfium2.raw import FS_MATRIX  # type: ignore[import-untyped]

        self._document = ctypes.cast(document.raw, ctypes.c_void_p).value
        self._load, self._close = _by_address("FPDF_LoadPage", is_long=True), _by_address("FPDF_ClosePage")
        self._load_text = _by_address("FPDFText_LoadPage", is_long=True)
        self._close_text = _by_address("FPDFText_ClosePage")
        self._height, self._count = _by_address("FPDF_GetPageHeightF"), _by_address("FPDFText_CountChars")
        self._characters = _by_address("FPDFText_GetText")
        self._origin = _by_address("FPDFText_GetCharOrigin")
        self._size = _by_address("FPDFText_GetFontSize")
        self._weight = _by_address("FPDFText_GetFontWeight")
        self._font = _by_address("FPDFText_GetFontInfo")
        self._matrix_of = _by_address("FPDFText_GetMatrix")
        self._index = _by_address("FPDFText_GetCharIndexFromTextIndex")
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix = FS_MATRIX()
        self._name, self._flags = ctypes.create_string_buffer(_NAME), ctypes.c_int()
        self._text = (ctypes.c_ushort * 0)()
        self._sizes: dict[float, float] = {}  # rounded, which takes as long as asking pdfium for them

    def read(self, number: int) -> PdfPage:
        """Returns a page, counted from 1. What it holds besides text is not looked at. Raises UnreadableError."""
        page = self._load(self._document, number - 1)
        if not page:
            raise UnreadableError
        try:
            textpage = self._load_text(page)
            if not textpage:
                raise UnreadableError
            try:
                count = self._count(textpage)
                raw = self._raw(textpage, count) if count > 0 else ""
                lines = cut(raw)
                stretches = self._measured(textpage, lines, number, self._indices(textpage, raw, count))
                return PdfPage(number, self._height(page), lines.text, tuple(stretches), lines.is_divided)
            finally:
                self._close_text(textpage)
        finally:
            self._close(page)

    def _raw(self, textpage: int, count: int) -> str:
        """Returns the text as pdfium has it. A character has at most two units of UTF-16, and a null ends it all."""
        if len(self._text) < 2 * count + 1:
            self._text = (ctypes.c_ushort * (4 * count))()
        units = self._characters(textpage, 0, count, ctypes.addressof(self._text))
        return ctypes.string_at(self._text, 2 * max(0, units - 1)).decode("utf-16-le", "replace")

    def _indices(self, textpage: int, raw: str, count: int) -> Callable[[int], int] | None:
        """Returns what gives pdfium's index of a character of its text, None where they are the same.

        It counts UTF-16 units, and may leave some out.
        """
        is_wide = not raw.isascii() and len(raw.encode("utf-16-le")) > 2 * len(raw)
        if not is_wide and len(raw) == count:
            return None

        def index_of(at: int) -> int:
            units = at + (sum(1 for character in raw[:at] if character > "\uffff") if is_wide else 0)
            return int(self._index(textpage, units))

        return index_of

    def _measured(
        self, textpage: int, lines: Lines, number: int, index_of: Callable[[int], int] | None
    ) -> list[Stretch]:
        """Returns the pieces with the places of their first and last line."""
        origin, size_of, x, y, stretch = self._origin, self._size, self._x, self._y, Stretch._make
        at_x, at_y = ctypes.addressof(x), ctypes.addressof(y)
        sizes, text, found = self._sizes, lines.text, []
        for start, end, first, last in lines.pieces:
            words = text[start:end]
            index = first if words[0] != " " else first + len(words) - len(words.lstrip())
            inner = last if last > first else -1
            if index_of:
                index, inner = index_of(index), index_of(last) if last > first else -1
            if index < 0 or not origin(textpage, index, at_x, at_y):
                x.value = y.value = 0.0
            left, top = x.value, y.value
            size = size_of(textpage, index) if index >= 0 else _SIZE
            if size < _UNSCALED:
                size *= self._scale(textpage, index)
            if size not in sizes:
                sizes[size] = round(size, 1)
            if inner >= 0:
                origin(textpage, inner, at_x, at_y)
            may_head = end - start < _SHORT_BOLD and words[-1] not in ".,;" and index >= 0
            is_bold = may_head and self._is_bold(textpage, index)
            found.append(stretch((number, start, end, words, left, top, y.value, sizes[size], is_bold)))
        return found

    def _scale(self, textpage: int, index: int) -> float:
        """Returns how much taller the matrix of a character makes it than its font is."""
        matrix = self._matrix
        return math.hypot(matrix.c, matrix.d) if self._matrix_of(textpage, index, ctypes.addressof(matrix)) else 1.0

    def _is_bold(self, textpage: int, index: int) -> bool:
        """Says whether the weight or the name of the font does ("Helvetica-Bold")."""
        if self._weight(textpage, index) >= 600:
            return True
        name, flags = self._name, ctypes.addressof(self._flags)
        size = self._font(textpage, index, ctypes.addressof(name), _NAME, flags)
        return 0 < size <= _NAME and _BOLD.search(name.value) is not None


@cache
def _by_address(name: str, is_long: bool = False) -> Callable[..., Any]:
    """Returns a function of pdfium that takes and returns addresses as they are; only a long one lets threads run.

    ctypes else holds each pointer against its kind, with both a third of what a call takes; two of them or more are
    made for each piece.
    """
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    function = getattr(pdfium, name)
    kinds = [ctypes.c_void_p if hasattr(kind, "contents") else kind for kind in function.argtypes]
    result = ctypes.c_void_p if hasattr(function.restype, "contents") else function.restype
    plain = (ctypes.CFUNCTYPE if is_long else ctypes.PYFUNCTYPE)(result, *kinds)
    return plain(ctypes.cast(function, ctypes.c_void_p).value or 0)
