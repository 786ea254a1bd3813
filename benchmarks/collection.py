"""How long a folder of sources takes: 1,000 files that are there already, and duplicates among 10,000 sources.

    make benchmarks

Wall times in seconds, medians of several runs of the whole command in a process of its own. Targets: an unchanged
collection of 1,000 files is recognised in at most 1 s; a copy is found among 10,000 sources in at most a few seconds.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from briefnote.collecting.adding import add
from briefnote.collecting.catalogue import read_catalogue
from briefnote.collecting.library import Library
from briefnote.ingest.duplicates import Sketches, overlap, sketch
from briefnote.ingest.fetching import Fetcher, Manners
from briefnote.store.folder import Folder
from briefnote.text import OVERLAP

FILES, SOURCES, COPIES, WORDS = 1000, 10_000, 500, 800
_CONSONANTS, _VOWELS = "bcdfghjklmnprstvwz", "aeiou"


def vocabulary(draw: random.Random, count: int) -> list[str]:
    """Returns invented words of two to five syllables."""
    return [
        "".join(draw.choice(_CONSONANTS) + draw.choice(_VOWELS) for _ in range(draw.randint(2, 5)))
        for _ in range(count)
    ]


def articles(count: int, words: int) -> list[str]:
    """Returns texts of so many words; common words are as common as in English (Zipf), the texts unlike each other."""
    draw = random.Random(7)  # noqa: S311
    known = vocabulary(draw, 20_000)
    weights = [1 / rank for rank in range(1, len(known) + 1)]
    return [_text(draw.choices(known, weights, k=words)) for _ in range(count)]


def _text(words: list[str]) -> str:
    lines = [" ".join(words[start : start + 20]).capitalize() + "." for start in range(0, len(words), 20)]
    return "\n\n".join(" ".join(lines[start : start + 4]) for start in range(0, len(lines), 4))


def copied(text: str, draw: random.Random) -> str:
    """Returns a text as another house prints it: one paragraph in six is its own."""
    paragraphs = text.split("\n\n")
    for place in draw.sample(range(len(paragraphs)), len(paragraphs) // 6):
        paragraphs[place] = "The editors of this paper have put their own words here, as editors do."
    return "\n\n".join(paragraphs)


def timed(work: Callable[[], object], runs: int) -> float:
    """Returns the median wall time in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def a_folder(root: Path) -> Folder:
    """Returns a new folder."""
    for name in ("sources", "briefs"):
        (root / name).mkdir(parents=True)
    return Folder(root)


def unchanged(root: Path, runs: int) -> tuple[float, float]:
    """Returns how long adding 1,000 files takes, and how long it takes to see that all are there."""
    folder, inbox = a_folder(root / "desk"), root / "inbox"
    inbox.mkdir()
    os.environ["XDG_CACHE_HOME"] = str(root / "cache")
    for number, text in enumerate(articles(FILES, WORDS)):
        (inbox / f"{number:04}.txt").write_text(f"Report {number}\n\n5 March 2026\n\n{text}")
    with Fetcher(Manners()) as fetcher:
        first = timed(lambda: add(folder, [str(inbox)], fetcher, lambda *_: None), 1)
    command = [sys.executable, "-m", "briefnote", "-C", str(folder.root), "add", str(inbox)]
    again = timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL), runs)
    return first, again


def duplicates(runs: int) -> tuple[float, float, int, int]:
    """Returns how long sketching and searching take over 10,000 texts, and how many of the copies were found."""
    draw = random.Random(11)  # noqa: S311
    texts = articles(SOURCES - COPIES, WORDS)
    texts += [copied(text, draw) for text in draw.sample(texts, COPIES)]
    named = {f"{number:05}": text for number, text in enumerate(texts)}
    sketches: list[tuple[str, str]] = []

    def drawn() -> None:
        sketches[:] = [(name, sketch(text)) for name, text in named.items()]

    found: dict[str, str] = {}

    def searched() -> None:
        found.clear()
        known = Sketches()
        for name, one in sketches:
            for other in known.candidates(one):
                if overlap(named[name], named[other]) >= OVERLAP:
                    found[name] = other
                    break
            else:
                known.add(name, one)

    drawing, searching = timed(drawn, 1), timed(searched, runs)
    copies = {name for name in named if int(name) >= SOURCES - COPIES}
    return drawing, searching, len(copies & found.keys()), len(found.keys() - copies)


def a_large_folder(root: Path, runs: int) -> tuple[float, float]:
    """Returns how long a folder of 10,000 sources takes to be known the first time, and from then on."""
    folder = a_folder(root / "large")
    for number, text in enumerate(articles(SOURCES, WORDS)):
        (folder.root / "sources" / f"{number:05}.txt").write_text(text)
    return timed(lambda: read_catalogue(folder), 1), timed(lambda: Library(folder), runs)


def main() -> None:
    """Measures all of it in one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as place:
        report_unchanged(Path(place), runs)
        report_many(Path(place), runs)


def report_unchanged(place: Path, runs: int) -> None:
    """Prints how long 1,000 files take that are there already, and whether the target is kept."""
    first, again = unchanged(place, runs)
    print(f"{FILES:,} files added for the first time: {first:.1f} s")
    print(f"{FILES:,} files that are there already: {again:.2f} s of at most 1 s: {_kept(again, 1)}")


def report_many(place: Path, runs: int) -> None:
    """Prints how long 10,000 sources take, and whether the target is kept."""
    drawing, searching, found, wrong = duplicates(runs)
    print(f"{SOURCES:,} texts of {WORDS} words sketched: {drawing:.1f} s (once a text, kept from then on)")
    print(f"{found} of {COPIES} copies among them, {wrong} that are none: {searching:.2f} s of at most 3 s: ", end="")
    print(_kept(searching, 3))
    cold, warm = a_large_folder(place, runs)
    print(f"folder of {SOURCES:,} sources: {cold:.1f} s the first time, {warm:.2f} s from then on")


def _kept(found: float, limit: float) -> str:
    return "kept" if found <= limit else "MISSED"


if __name__ == "__main__":
    main()
