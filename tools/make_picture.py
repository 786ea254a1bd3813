"""Makes the picture in README.md: the first page of the china-russia brief, as the PDF prints it.

make picture
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from briefnote.pipeline import Request, build
from briefnote.store.folder import open_folder

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Builds the PDF in a folder of its own and writes its first page as PNG."""
    import pypdfium2

    with tempfile.TemporaryDirectory() as out:
        built = build(open_folder(ROOT), Request("china-russia", period="2026-W47", formats=("pdf",), out=Path(out)))
        (pdf,) = built.folder.glob("*.pdf")
        with pypdfium2.PdfDocument(pdf) as document:
            page = document[0].render(scale=1.25).to_pil()
    page.convert("P", palette=1, colors=64).save(sys.argv[1], optimize=True)
    print(sys.argv[1])


if __name__ == "__main__":
    main()
