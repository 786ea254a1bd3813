"""Trains the weights of the extractor on the development corpus: `python tools/train_summarise.py` writes weights.json.

The same corpus gives the same file. Two passes: the second learns from what the first says of articles about pairs that
it has not seen (folds by pair), as it will meet them. Thresholds are those with the best F1 in such folds.
`--cross` prints how well it does on pairs not seen, label by label.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from briefnote.ingest.reading import read as read_article
from briefnote.model.article import Article, Block
from briefnote.summarise.audience import audience_features, named_in
from briefnote.summarise.context import BASE, FIRST, context_features, surroundings
from briefnote.summarise.direction import direction_features, likeliest
from briefnote.summarise.features import Features, passage_features
from briefnote.summarise.pair import Evidence, Pair, candidates, gather, pair_features
from briefnote.summarise.reading import Reading, read
from briefnote.summarise.weighing import centralities, weight_features

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "quality" / "summarise" / "development"
WEIGHTS = ROOT / "src" / "briefnote" / "summarise" / "data" / "weights.json"
AUDIENCES = {"us": "US", "europe": "Europe"}
NAMES = {"{H}": "Elbonia", "{O}": "Ruritania", "{A}": "Sylvania", "{X}": "Borduria"}
GOLD = {"leverage": "leverage", "limit": "limits", "us": "us", "europe": "europe"}
FOLDS = 8
WEIGHED = (
    "fam:",
    "frame:",
    "has:",
    "first:",
    "with:",
    "opening",
    "first in",
    "last in",
    "part:",
    "kind:",
    "starts:",
    "length",
)
NEAR = 0.4  # how far a weight may drift, where a reader cuts a text a little differently, before training is due
SINGLE_WEIGHT = 1.5  # what a single sentence counts beside one of an article
PENALTY = {
    "leverage": 0.04,
    "limit": 0.03,
    "relation": 0.1,
    "audience": 0.05,
    "weight": 0.02,
    "context": 0.3,
    "pair": 0.1,
    "direction": 0.1,
}
# Which of the thresholds that are as good as the best: articles of other hands say less plainly what follows for whom.
PLATEAU = {"leverage": 0.5, "limit": 0.5, "audience": 0.25}
Rows = list[Features]


@dataclass
class Document:
    """An article with its gold rows, one for each passage of prose (None where none covers it)."""

    name: str
    pair_name: str
    reading: Reading
    evidence: Evidence
    pair: Pair
    numbers: list[int]
    gold: list[dict[str, Any] | None]
    own: Rows = field(default_factory=list)
    true: Rows = field(default_factory=list)
    first: list[dict[str, float]] = field(default_factory=list)
    audience: dict[str, Rows] = field(default_factory=dict)


def load(corpus: Path) -> list[Document]:
    """Returns the labelled articles of a corpus, sorted by name."""
    pairs = (
        yaml.safe_load((corpus / "pairs.yaml").read_text(encoding="utf-8")) if (corpus / "pairs.yaml").exists() else {}
    )
    documents = []
    for path in sorted((corpus / "articles").glob("*.txt")):
        gold = corpus / "gold" / f"{path.stem}.jsonl"
        if gold.exists():
            documents.append(_document(path, gold, "–".join(sorted(pairs.get(path.stem, [path.stem])))))
    return documents


def _document(path: Path, gold: Path, pair_name: str) -> Document:
    article = read_article(path.read_bytes(), path.name)
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    spans = _located(rows, path.read_text(encoding="utf-8"), article)
    reading = read(article)
    numbers = [number for number, passage in enumerate(reading.passages) if passage.is_prose]
    matched = [_covering(reading, number, rows, spans) for number in numbers]
    return Document(path.stem, pair_name, reading, gather(reading), Pair(None, None, ()), numbers, matched)


_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": None})


def _located(rows: list[dict[str, Any]], raw: str, article: Article) -> list[tuple[int, int] | None]:
    """Returns where each gold sentence of the raw text stands in the article's text."""
    kept = [(at, char.translate(_STRAIGHT)) for at, char in enumerate(article.text) if not char.isspace()]
    kept = [(at, char) for at, char in kept if char]
    folded, found, start = "".join(char for _, char in kept), [], 0
    for row in rows:
        needle = "".join(raw[row["start"] : row["end"]].translate(_STRAIGHT).split())
        at = folded.find(needle, start)
        at = folded.find(needle) if at < 0 else at
        if at < 0 or not needle:
            found.append(None)
            continue
        start = at + len(needle)
        found.append((kept[at][0], kept[start - 1][0] + 1))
    return found


def _covering(reading: Reading, number: int, rows: list[dict[str, Any]], spans: list[Any]) -> dict[str, Any] | None:
    """Returns the gold row that covers most of the passage, if at least half of it."""
    start, end = reading.passages[number].sentence.start, reading.passages[number].sentence.end
    shared = [(min(end, span[1]) - max(start, span[0]), at) for at, span in enumerate(spans) if span]
    most, at = max(shared, default=(0, 0))
    return rows[at] if most >= 0.5 * (end - start) else None


def single_sentences(path: Path) -> tuple[dict[str, Rows], dict[str, list[int | None]]]:
    """Returns features and labels of the invented single sentences, for each model; place in an article counts not."""
    rows: dict[str, Rows] = {"leverage": [], "limit": [], "relation": [], "audience": []}
    wanted: dict[str, list[int | None]] = {name: [] for name in rows}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        labels, text = line.split(" ", 1)
        reading = read(_article(text), list(NAMES.values()))
        pair = Pair(NAMES["{H}"], NAMES["{O}"], ())
        own = _without_place(passage_features(reading, pair, 0))
        for name, letters in (("leverage", "L"), ("limit", "M"), ("relation", "LM")):
            rows[name].append(own)
            wanted[name].append(int(any(letter in labels for letter in letters)))
        named = named_in(reading, [NAMES["{A}"]])
        rows["audience"].append(_without_place(audience_features(reading, pair, 0, NAMES["{A}"], {}, named)))
        wanted["audience"].append(int("I" in labels))
    return rows, wanted


def _article(text: str) -> Article:
    for role, name in NAMES.items():
        text = text.replace(role, name)
    return Article(text, (Block("paragraph", 0, len(text)),))


def _without_place(row: Features) -> Features:
    placed = (
        "kind:",
        "part:",
        "opening",
        "first in",
        "last in",
        "no head",
        "no intro",
        "near A",
        "share of A",
        "last named",
    )
    return {name: value for name, value in row.items() if not name.startswith(placed)}


def truth(row: dict[str, Any] | None, name: str) -> int | None:
    """Returns whether the row has the label; None where its readers differed. A relation is leverage or a limit."""
    if name == "relation":
        either = [truth(row, "leverage"), truth(row, "limit")]
        return None if None in either else int(1 in either)
    label = GOLD[name]
    return None if row is not None and label in row["either"] else int(row is not None and label in row["labels"])


class Fitted:
    """Weights of one model, by feature."""

    def __init__(self, rows: Rows, wanted: list[int | None], penalty: float, least: int = 3, single: int = 0) -> None:
        """Fits the model; the last `single` rows are single sentences."""
        used = [(row, label) for row, label in zip(rows, wanted, strict=True) if label is not None]
        counts = np.ones(len(used))
        counts[len(used) - single :] = SINGLE_WEIGHT
        spread = Counter(name for row, _ in used for name in row)
        known = [{name: value for name, value in row.items() if spread[name] >= least} for row, _ in used]
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform(known)
        labels = np.array([label for _, label in used])
        regression = LogisticRegression(C=penalty, class_weight="balanced", max_iter=3000, tol=1e-6)
        regression.fit(matrix, labels, sample_weight=counts)
        names = vectorizer.get_feature_names_out()
        self.weights = {
            str(name): round(float(weight), 3)
            for name, weight in zip(names, regression.coef_[0], strict=True)
            if abs(weight) >= 0.005
        }
        self.bias = round(float(regression.intercept_[0]), 3)

    def odds(self, row: Features) -> float:
        """Returns the probability for a row."""
        return float(1 / (1 + np.exp(-self.score(row))))

    def score(self, row: Features) -> float:
        """Returns the log-odds for a row."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in row.items())


SINGLE = single_sentences(CORPUS / "sentences.txt")


def best_threshold(odds: list[float], wanted: list[int | None], at: float = 0.5) -> tuple[float, float]:
    """Returns a threshold whose F1 is as good as the best but for a hundredth, and the best F1.

    Of such thresholds `at` says which: 0 is the lowest, 0.5 the one in the middle.
    """
    used = [(value, label) for value, label in zip(odds, wanted, strict=True) if label is not None]
    positives = sum(label for _, label in used)
    reached = {}
    for step in range(20, 91):
        said = [label for value, label in used if value >= step / 100]
        reached[step / 100] = 2 * sum(said) / max(1, len(said) + positives)
    best = max(reached.values())
    good = [threshold for threshold, f1 in reached.items() if f1 >= best - 0.01]
    return good[int(at * len(good))], round(best, 4)


def folds(documents: list[Document]) -> dict[str, int]:
    """Returns the fold of each pair of actors."""
    pairs = sorted({document.pair_name for document in documents})
    return {pair: at % FOLDS for at, pair in enumerate(pairs)}


def true_pairs(document: Document) -> set[tuple[str, str]]:
    """Returns the pair that most rows name, under both names that Europe goes by; none where no row names one."""
    counts = Counter((row["holder"], row["over"]) for row in document.gold if row and row["holder"] and row["over"])
    if not counts:
        return set()
    (holder, over), _ = counts.most_common(1)[0]
    names = {"Europe": ["Europe", "EU"], "EU": ["EU", "Europe"]}
    return {(one, other) for one in names.get(holder, [holder]) for other in names.get(over, [over])}


def train_pair(documents: list[Document]) -> Fitted:
    """Returns the model that chooses the two an article is about, from what sets them off from other pairs."""
    rows: Rows = []
    for document in documents:
        true = true_pairs(document)
        features = {two: pair_features(two, document.evidence) for two in candidates(document.evidence)}
        right = [row for two, row in features.items() if two in true or two[::-1] in true]
        others = [row for row in features.values() if row not in right]
        rows += [row for one in right for other in others for row in (_less(one, other), _less(other, one))]
    return Fitted(rows, [1, 0] * (len(rows) // 2), PENALTY["pair"], 1)


def _less(one: Features, other: Features) -> Features:
    return {name: one.get(name, 0.0) - other.get(name, 0.0) for name in {**one, **other}}


def train_direction(documents: list[Document]) -> Fitted:
    """Returns the model that says who of the two holds."""
    rows, wanted = [], []
    for document in documents:
        for two in sorted(true_pairs(document))[:1]:
            rows.append(direction_features(two, document.evidence))
            rows.append(direction_features(two[::-1], document.evidence))
            wanted += [1, 0]
    return Fitted(rows, wanted, PENALTY["direction"], 1)


def say_pair(document: Document, models: dict[str, Fitted]) -> None:
    """Fills in the pair that the models choose, and the features that hang on it."""
    document.pair = Pair(None, None, ())
    if two := likeliest(document.evidence, models["pair"].score):
        is_so = models["direction"].odds(direction_features(two, document.evidence)) >= 0.5
        document.pair = Pair(*(two if is_so else two[::-1]), ())
    document.own = own_features(document, document.pair)


def own_features(document: Document, pair: Pair) -> Rows:
    """Returns the features of its passages for a pair."""
    return [passage_features(document.reading, pair, number) for number in document.numbers]


def say_true_pair(document: Document) -> None:
    """Fills in the pair that the labels name: what is learned from, never what is measured with."""
    true = sorted(true_pairs(document))
    holder, over = true[0] if true else (*document.pair_name.split("–"), None)[:2]
    document.true = own_features(document, Pair(holder, over, ()))


def train_first(documents: list[Document]) -> dict[str, Fitted]:
    """Returns the models of the first pass. The audience model wants `first` of the documents."""
    models = {}
    for name in FIRST:
        rows = [row for document in documents for row in document.true]
        wanted = [truth(row, name) for document in documents for row in document.gold]
        models[name] = Fitted(
            rows + SINGLE[0][name], wanted + SINGLE[1][name], PENALTY[name], single=len(SINGLE[1][name])
        )
    return models


def train_audience(documents: list[Document]) -> Fitted:
    """Returns the model of audiences: one for all of them."""
    rows = [row for document in documents for audience in AUDIENCES for row in document.audience[audience]]
    wanted = [truth(row, audience) for document in documents for audience in AUDIENCES for row in document.gold]
    return Fitted(
        rows + SINGLE[0]["audience"],
        wanted + SINGLE[1]["audience"],
        PENALTY["audience"],
        single=len(SINGLE[1]["audience"]),
    )


def say_first(document: Document, models: dict[str, Fitted]) -> None:
    """Fills in the probabilities of leverage and limit and the features of audiences."""
    document.first = [{name: models[name].odds(row) for name in FIRST} for row in document.own]
    named = named_in(document.reading, AUDIENCES.values())
    document.audience = {
        audience: [
            audience_features(
                document.reading, document.pair, number, actor, {name: odds[name] for name in BASE}, named
            )
            for number, odds in zip(document.numbers, document.first, strict=True)
        ]
        for audience, actor in AUDIENCES.items()
    }


def say_audience(document: Document, model: Fitted) -> None:
    """Fills in the probabilities of audiences."""
    for audience, rows in document.audience.items():
        for odds, row in zip(document.first, rows, strict=True):
            odds[audience] = model.odds(row)


def crossed(documents: list[Document]) -> None:
    """Fills in what the first pass says of each article when its pair was left out."""
    fold = folds(documents)
    for document in documents:
        say_true_pair(document)
    models: dict[int, dict[str, Fitted]] = {}
    for number in range(FOLDS):
        seen = [document for document in documents if fold[document.pair_name] != number]
        models[number] = {"pair": train_pair(seen), "direction": train_direction(seen), **train_first(seen)}
    for document in documents:
        say_pair(document, models[fold[document.pair_name]])
        say_first(document, models[fold[document.pair_name]])
    wrong = [d.name for d in documents if true_pairs(d) and (d.pair.holder, d.pair.over) not in true_pairs(d)]
    print("pairs wrong:", len(wrong), "of", len(documents), *wrong)
    for number in range(FOLDS):
        audience = train_audience([document for document in documents if fold[document.pair_name] != number])
        for document in documents:
            if fold[document.pair_name] == number:
                say_audience(document, audience)


def context_rows(document: Document, name: str) -> Rows:
    """Returns the features of the second pass for a label."""
    around = surroundings(document.reading, document.numbers, document.first)
    return [context_features(around, at, name) for at in range(len(document.numbers))]


def train_second(documents: list[Document]) -> dict[str, Fitted]:
    """Returns the models of the second pass."""
    models = {}
    for name, labels in (("leverage", ["leverage"]), ("limit", ["limit"]), ("audience", list(AUDIENCES))):
        rows = [row for document in documents for label in labels for row in context_rows(document, label)]
        wanted = [truth(row, label) for document in documents for label in labels for row in document.gold]
        models[f"{name} in context"] = Fitted(rows, wanted, PENALTY["context"])
    return models


def second_odds(document: Document, models: dict[str, Fitted]) -> list[dict[str, float]]:
    """Returns the probabilities of the second pass."""
    odds: list[dict[str, float]] = [{} for _ in document.numbers]
    for name in GOLD:
        model = models[f"{name if name in ('leverage', 'limit') else 'audience'} in context"]
        for at, row in enumerate(context_rows(document, name)):
            odds[at][name] = model.odds(row)
    return odds


def weight_rows(document: Document, odds: list[dict[str, float]]) -> Rows:
    """Returns the features of weight; of a passage's own, those whose names start as WEIGHED says."""
    central = centralities(document.reading, document.numbers)
    return [
        weight_features(document.reading, number, weighed(document.own[at]), odds[at], central[at])
        for at, number in enumerate(document.numbers)
    ]


def weighed(own: Features) -> Features:
    return {name: value for name, value in own.items() if name.startswith(WEIGHED)}


def train(documents: list[Document]) -> tuple[dict[str, Fitted], dict[str, float], dict[str, float]]:
    """Returns all models, their thresholds, and the F1 of each label on pairs not seen."""
    crossed(documents)
    fold = folds(documents)
    unseen: dict[str, list[dict[str, float]]] = {}
    for number in range(FOLDS):
        models = train_second([document for document in documents if fold[document.pair_name] != number])
        unseen |= {d.name: second_odds(d, models) for d in documents if fold[d.pair_name] == number}
    thresholds, reached = {}, {}
    for name, labels in (("leverage", ["leverage"]), ("limit", ["limit"]), ("audience", list(AUDIENCES))):
        odds = [row[label] for d in documents for label in labels for row in unseen[d.name]]
        wanted = [truth(row, label) for d in documents for label in labels for row in d.gold]
        thresholds[f"{name} in context"], reached[name] = best_threshold(odds, wanted, PLATEAU[name])
    vital = [None if row is None else int(row["salience"] == 2) for d in documents for row in d.gold]
    weight = Fitted([row for d in documents for row in weight_rows(d, unseen[d.name])], vital, PENALTY["weight"])
    second = train_second(documents)
    audience = train_audience(documents)
    first = train_first(documents)
    return (
        {
            "pair": train_pair(documents),
            "direction": train_direction(documents),
            **first,
            "audience": audience,
            **second,
            "weight": weight,
        },
        thresholds,
        reached,
    )


def as_data(models: dict[str, Fitted], thresholds: dict[str, float], documents: list[Document]) -> str:
    """Returns the data file: a model a name, a weight a line, in order of the feature's name."""
    entries = {
        name: {
            "threshold": thresholds.get(name, 0.5),
            "bias": model.bias,
            "weights": dict(sorted(model.weights.items())),
        }
        for name, model in sorted(models.items())
    }
    return (
        json.dumps({"version": "1", "articles": len(documents), "models": entries}, indent=0, ensure_ascii=False) + "\n"
    )


def furthest(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Returns by how much the weights of two files differ at most; 0 where the corpus is read as it was."""
    off = 0.0
    for name in {*one["models"], *other["models"]}:
        weights = [file["models"].get(name, {}).get("weights", {}) for file in (one, other)]
        off = max([off, *(abs(weights[0].get(key, 0) - weights[1].get(key, 0)) for key in {*weights[0], *weights[1]})])
    return round(off, 3)


def main() -> None:
    """Trains and writes, or with --check compares with what is written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a weight has drifted")
    args = parser.parse_args()
    documents = load(CORPUS)
    models, thresholds, reached = train(documents)
    data = as_data(models, thresholds, documents)
    print(len(documents), "articles", reached, thresholds, {name: len(model.weights) for name, model in models.items()})
    if args.check:
        off = furthest(json.loads(WEIGHTS.read_text(encoding="utf-8")), json.loads(data))
        print("furthest weight:", off)
        sys.exit(0 if off <= NEAR else "weights.json is not what this corpus gives; run the script without --check")
    WEIGHTS.write_text(data, encoding="utf-8")


if __name__ == "__main__":
    main()
