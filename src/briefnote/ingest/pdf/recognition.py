"""Text from pictures of pages, by the installed tesseract (extra `ocr`)."""

from __future__ import annotations

import shutil
from typing import Any

_SCALE = 200 / 72  # 200 dots an inch
_SECONDS = 60  # a page, at most
MOST_PAGES = 100


def recognise(document: Any) -> list[str] | None:
    """Returns the text of each page of a document (pypdfium2); None where tesseract or the extra is not installed."""
    try:
        import pytesseract
    except ImportError:
        return None
    if shutil.which("tesseract") is None or len(document) > MOST_PAGES:
        return None
    try:
        return [_text(pytesseract, page) for page in document]
    except (RuntimeError, OSError, pytesseract.TesseractError):
        return None


def _text(pytesseract: Any, page: Any) -> str:
    image = page.render(scale=_SCALE, grayscale=True).to_pil()
    return str(pytesseract.image_to_string(image, timeout=_SECONDS))
