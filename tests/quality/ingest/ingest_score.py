"""Scores what is read against what is known.

    python tests/quality/ingest/ingest_score.py [--worst]

Text is scored as the public benchmarks of article extraction do it: over shingles of four words, each counted as often
as it occurs, precision and recall are averaged over the articles and F1 is taken of the two averages. What is compared
is the argument: captions, notes and the title, which an article keeps as such, are left out on both sides. Titles
and dates count where they are the same (case, quotation marks and white space apart), authors by F1 over names.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass

from ingest_corpus import Case, Gold, cases, page
from ingest_documents import MAKERS

from briefnote.ingest.reading import read
from briefnote.model.article import Article, Stated

APART = {"title", "caption", "note"}
SHINGLE = 4


@dataclass(frozen=True)
class Score:
    """What one case reached, each from 0 to 1."""

    case: Case
    article: Article
    precision: float
    recall: float
    title: float
    date: float
    authors: float

    @property
    def text(self) -> float:
        """The F1 of its text."""
        return f1(self.precision, self.recall)


def f1(precision: float, recall: float) -> float:
    """Returns the harmonic mean, 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def data_of(case: Case) -> tuple[bytes, str]:
    """Returns the bytes of a case and a name of the kind it has on disk."""
    if case.layout in MAKERS:
        return MAKERS[case.layout](case.gold), f"{case.name}.{case.layout.rsplit('-', 1)[1]}"
    return page(case), f"{case.name}.html"


def score(case: Case) -> Score:
    """Reads a case, without an address, and scores it."""
    article = read(*data_of(case))
    gold = case.gold
    precision, recall = shingled(body_of(article), gold.text)
    said = article.metadata
    title = float(said.title is not None and folded(said.title.value) == folded(gold.title))
    day = float(said.published is not None and said.published.value == gold.published)
    return Score(case, article, precision, recall, title, day, named(said.authors, gold))


def body_of(article: Article) -> str:
    """Returns the words of an article that are its argument."""
    return "\n".join(article.text[b.start : b.end] for b in article.blocks if b.kind not in APART)


def shingled(found: str, wanted: str) -> tuple[float, float]:
    """Returns precision and recall of the shingles of two texts."""
    one, other = shingles(found), shingles(wanted)
    common = (one & other).total()
    return common / max(1, one.total()), common / max(1, other.total())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Returns how often each run of four words occurs; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def named(found: tuple[Stated, ...], gold: Gold) -> float:
    """Returns the F1 of the names of the authors; 1 where there are none on both sides."""
    one, other = {folded(author.value) for author in found}, {folded(author) for author in gold.authors}
    if not one and not other:
        return 1.0
    return f1(len(one & other) / max(1, len(one)), len(one & other) / max(1, len(other)))


def folded(text: str) -> str:
    """Returns the letters and digits of a text, in lower case."""
    return " ".join(re.findall(r"\w+", text.lower()))


def averages(scores: list[Score]) -> dict[str, float]:
    """Returns the score of the whole corpus by what is scored."""
    count = len(scores)
    precision, recall = sum(s.precision for s in scores) / count, sum(s.recall for s in scores) / count
    return {
        "text": f1(precision, recall),
        "title": sum(s.title for s in scores) / count,
        "date": sum(s.date for s in scores) / count,
        "authors": sum(s.authors for s in scores) / count,
    }


def main() -> None:
    """Prints the score of each case and of the corpus; with --worst, what was missed."""
    scores = [score(case) for case in cases()]
    for result in scores:
        case, said = result.case, result.article.metadata
        parts = (result.precision, result.recall, result.title, result.date, result.authors)
        print(f"{case.layout:>14} {case.name:<20}" + "".join(f"{part:7.3f}" for part in parts))
        if "--worst" in sys.argv and min(parts) < 0.97:
            print("   said:", said.title, said.published, said.authors)
            print("   gold:", case.gold.title, case.gold.published, case.gold.authors)
            one, other = shingles(body_of(result.article)), shingles(case.gold.text)
            print("   more:", sorted({" ".join(run) for run in one - other})[:8])
            print("   less:", sorted({" ".join(run) for run in other - one})[:8])
    print({name: round(value, 4) for name, value in averages(scores).items()}, len(scores))


if __name__ == "__main__":
    main()
