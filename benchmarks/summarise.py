"""How fast articles become drafts: words a second beside LexRank's, in length, in memory, on two processes.

    python benchmarks/summarise.py [--articles N]

LexRank is sumy's, where sumy is installed (pip install sumy numpy); it only ranks sentences. It is given the
tokenizers of nltk that sumy would use, without the trained abbreviations that it would download.
Targets: at least its words a second in the same run, linear in the length, at most 200 MB, two processes at least 1.7
times one.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from briefnote.ingest.reading import read
from briefnote.model.summary import Source
from briefnote.summarise.extraction import extract
from briefnote.text import count_words

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "tests" / "quality" / "summarise" / "development" / "articles"
SOURCE = Source(id="draft", title="A draft", kind="analysis", reliability="F", reliability_reason="not judged")


def texts() -> list[bytes]:
    """Returns the articles of the development corpus."""
    return [path.read_bytes() for path in sorted(TEXTS.glob("*.txt"))]


def drafted(data: bytes) -> int:
    """Returns how many claims the draft of an article has."""
    return len(extract(read(data, "article.txt"), SOURCE).claims)


def drafted_alone(data: bytes) -> int:
    """Returns the same from text that was read before: what is compared with LexRank, which reads no files either."""
    return len(extract(_article(data), SOURCE).claims)


_READ = {data: read(data, "article.txt") for data in texts()}
_article = _READ.__getitem__


def rate(work: Callable[[bytes], object], articles: list[bytes], runs: int = 5) -> float:
    """Returns the median of words a second of process time over the articles."""
    words = sum(count_words(data.decode()) for data in articles)
    rates = []
    for _ in range(runs):
        start = time.process_time()
        for data in articles:
            work(data)
        rates.append(words / (time.process_time() - start))
    return statistics.median(rates)


def lexrank() -> Callable[[bytes], object] | None:
    """Returns sumy's LexRank as a function of the text, None where sumy is not installed."""
    try:
        from nltk.tokenize import NLTKWordTokenizer, PunktSentenceTokenizer
        from sumy.nlp.tokenizers import Tokenizer
        from sumy.parsers.plaintext import PlaintextParser
        from sumy.summarizers.lex_rank import LexRankSummarizer
    except ImportError:
        return None
    Tokenizer._get_sentence_tokenizer = lambda *_: PunktSentenceTokenizer()
    Tokenizer._get_word_tokenizer = lambda *_: NLTKWordTokenizer()
    tokenizer, ranker = Tokenizer("english"), LexRankSummarizer()
    return lambda data: ranker(PlaintextParser.from_string(data.decode(), tokenizer).document, 10)


def seconds_for_length(times: int) -> float:
    """Returns how long one article takes that is as long as `times` of them together."""
    article = read(b"\n\n".join(texts()[:20] * times), "article.txt")
    start = time.process_time()
    extract(article, SOURCE)
    return time.process_time() - start


def seconds_on(processes: int, articles: list[bytes]) -> float:
    """Returns how long the articles take on so many processes, started and warm."""
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(drafted, articles[: 20 * processes], chunksize=1))
        start = time.perf_counter()
        list(pool.map(drafted, articles, chunksize=20))
        return time.perf_counter() - start


def peak_megabytes() -> float:
    """Returns the peak memory of a process of its own that drafts the whole corpus."""
    path = f"import sys; sys.path.insert(0, {str(ROOT / 'benchmarks')!r})"
    code = f"{path}; import summarise; [summarise.drafted(text) for text in summarise.texts()]"
    subprocess.run([sys.executable, "-c", code], check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Measures and prints each beside its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000, help="articles for the measure on two processes")
    many = parser.parse_args().articles
    corpus = texts()
    print(f"peak memory               {peak_megabytes():>10.0f} MB   at most 200")
    drafted(corpus[0])
    peer = lexrank()
    theirs = rate(peer, corpus, 3) if peer else None
    print(f"words a second            {rate(drafted_alone, corpus):>10,.0f}      LexRank {theirs or float('nan'):,.0f}")
    print(f"with reading the file     {rate(drafted, corpus):>10,.0f}")
    one, eight = seconds_for_length(1), seconds_for_length(8)
    print(f"eight times the length    {eight / one:>10.1f} times the time")
    articles = (corpus * (many // len(corpus) + 1))[:many]
    alone, both = seconds_on(1, articles), seconds_on(2, articles)
    print(f"{many:>5} articles, 1 → 2 processes {alone:>5.1f} s → {both:.1f} s: {alone / both:.2f} times, at least 1.7")


if __name__ == "__main__":
    main()
