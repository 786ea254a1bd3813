"""How fast articles are read: pages a second against bare trafilatura, PDF pages against bare pypdfium2.

    python benchmarks/ingest.py [--runs N]

Bare trafilatura extracts text and metadata, as reading does; bare pypdfium2 gives the text of each page. Both run in
one process on the same bytes; printed are medians of process time. Target: at most 25 % more than bare. The pages are
those of the quality corpus with the scripts, styles, icons and menus that pages carry in the wild (about 100 KB); what
the bare corpus of small pages costs is printed beside it.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "quality" / "ingest")]

from ingest_corpus import cases, page  # noqa: E402 - found by the line above
from ingest_documents import MAKERS  # noqa: E402

from collection import report_unchanged  # noqa: E402 - it lies beside this file

MOST = 0.25


def pages() -> list[bytes]:
    """Returns the pages of the corpus."""
    return [page(case) for case in cases() if case.layout not in MAKERS]


def as_in_the_wild(data: bytes) -> bytes:
    """Returns a page with 30 KB of scripts, 20 KB of styles, 80 icons, a menu of 150 links and 40 cards."""
    script = (
        b"<script>" + b"(function(w,d){w.q=w.q||[];d.createElement('script');})(window,document);" * 400 + b"</script>"
    )
    style = b"<style>" + b".c-card__title--large{font:700 1.25rem/1.2 Inter,sans-serif}" * 330 + b"</style>"
    icons = (
        b'<svg viewBox="0 0 24 24"><path d="M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2z"/></svg>'
        * 80
    )
    menu = b"".join(b'<li class="m"><a href="/topics/%d">Topic number %d</a></li>' % (n, n) for n in range(150))
    card = b'<div class="card"><a href="/s/%d"><img src="/i/%d.jpg" alt=""><h3>Another story, number %d</h3></a></div>'
    cards = b"".join(card % (n, n, n) for n in range(40))
    head, body = b"</head>", b"</body>"
    foot = b'<div class="related-grid">' + cards + b'</div><nav class="menu"><ul>' + menu + b"</ul></nav>" + icons
    filled = data.replace(head, style + script + head, 1).replace(body, foot + script + body, 1)
    return filled if len(filled) > len(data) else data


def report() -> list[bytes]:
    """Returns PDF files of the corpus, and a report of 40 pages of running text."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    body = getSampleStyleSheet()["Normal"]
    texts = [part.text for case in cases() for part in case.gold.parts]
    out = io.BytesIO()
    SimpleDocTemplate(out, invariant=1).build([Paragraph(text, body) for text in texts * 4])
    return [out.getvalue(), *(MAKERS[c.layout](c.gold) for c in cases() if c.layout.endswith("-pdf"))]


def bare_trafilatura(data: bytes) -> None:
    """Extracts text and metadata as trafilatura does by itself."""
    from trafilatura import extract

    extract(data, favor_precision=True, output_format="markdown", include_comments=False, with_metadata=True)


def bare_pypdfium2(data: bytes) -> None:
    """Gets the text of every page."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        document[number].get_textpage().get_text_range()
    document.close()


def reading(data: bytes) -> None:
    """Reads an article, whatever it is."""
    from briefnote.ingest.reading import read

    read(data, "a page")


def seconds(work: Callable[[bytes], None], files: Sequence[bytes]) -> float:
    """Returns the process time of a run over all files."""
    start = time.process_time()
    for data in files:
        work(data)
    return time.process_time() - start


def compare(name: str, bare: Callable[[bytes], None], files: Sequence[bytes], count: int, runs: int) -> None:
    """Prints pages a second, bare and read, and what reading costs more: the two take turns, after one to warm up."""
    times = [(seconds(bare, files), seconds(reading, files)) for _ in range(runs + 1)][1:]
    base, ours = (statistics.median(column) for column in zip(*times, strict=True))
    more = statistics.median(read / alone for alone, read in times) - 1
    verdict = "kept" if more <= MOST else "MISSED"
    print(f"{name:<34}{count / base:>12.0f}{count / ours:>12.0f}{more:>+11.0%}   at most {MOST:+.0%}: {verdict}")


def main() -> None:
    """Measures pages and PDF files, in one run."""
    import pypdfium2

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="runs over all files (at least 5)")
    runs = max(5, parser.parse_args().runs)
    small, documents = pages(), report()
    wild = [as_in_the_wild(data) for data in small]
    count = sum(len(pypdfium2.PdfDocument(data)) for data in documents)
    size = statistics.mean(map(len, wild)) / 1000
    print(f"{f'median of {runs} runs, pages/s':<34}{'bare':>12}{'briefnote':>12}{'more':>11}")
    compare(f"web pages of {size:.0f} KB", bare_trafilatura, wild, len(wild), runs)
    compare(f"web pages of {statistics.mean(map(len, small)) / 1000:.0f} KB", bare_trafilatura, small, len(small), runs)
    compare("PDF pages", bare_pypdfium2, documents, count, runs)
    with tempfile.TemporaryDirectory() as place:
        report_unchanged(Path(place), runs)


if __name__ == "__main__":
    main()
