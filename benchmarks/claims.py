"""Claims, figures and sources by the number, the same for the same number: what the engines are timed on.

Values are binary fractions, so that every engine can agree to the last digit. Some actors and themes are named more
often than others, as in life; empty cells are among them.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

THEMES = ("trade", "energy", "finance", "technology", "military")
METRICS = ("trade_share", "bilateral_trade", "investment_stock", "debt_share")
KINDS = ("leverage", "limit", "implication", "context")
WORDS = "pipeline tariff loan port reserve permit border grain coal swap envoy quota cable visa".split()
Columns = Mapping[str, Mapping[str, list[Any]]]


def generate(claims: int, seed: int = 36) -> Columns:
    """Returns the columns of each relation: so many claims, half as many figures, a source for each 24 claims."""
    small = claims <= 200
    draw = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    sources = 5 if small else claims // 24
    figures = claims // 2
    crowd = 4 if small else min(200, max(6, round(8 * (claims / 1000) ** 0.5)))
    actors = [f"Actor {number:03}" for number in range(crowd)]
    source_ids = [f"s{number}" for number in range(sources)]
    kinds = draw.choices(KINDS, (40, 20, 25, 15), k=claims)
    holders, overs = _pairs(draw, actors, claims)
    of_source = draw.choices(source_ids, k=claims)
    debated = draw.choices((True, False), (30, 70), k=claims)
    questions = draw.choices([f"question-{number}" for number in range(max(4, claims // 10))], k=claims)
    stances = draw.choices(("for", "against"), k=claims)
    audiences = draw.choices((["us"], ["europe"], []), (40, 40, 20), k=claims)
    claim: dict[str, list[Any]] = {
        "id": [f"{source}#c{number}" for number, source in enumerate(of_source)],
        "source": of_source,
        "voice": of_source,
        "kind": kinds,
        "text": [" ".join(words) for words in zip(*(draw.choices(WORDS, k=claims) for _ in range(9)), strict=True)],
        "holder": [None if kind == "context" else actor for kind, actor in zip(kinds, holders, strict=True)],
        "over": [None if kind == "context" else actor for kind, actor in zip(kinds, overs, strict=True)],
        "audience": [them if kind == "implication" else [] for kind, them in zip(kinds, audiences, strict=True)],
        "theme": draw.choices(THEMES, (30, 25, 20, 15, 10), k=claims),
        "proposition": [name if asked else None for name, asked in zip(questions, debated, strict=True)],
        "stance": [side if asked else None for side, asked in zip(stances, debated, strict=True)],
        "polarity": ["asserted"] * claims,
        "certainty": [count / 32 for count in draw.choices(range(4, 33), k=claims)],
        "roles": ["explicit"] * claims,
        "weight": [count / 16 for count in draw.choices(range(17), k=claims)],
    }
    return {"source": _sources(draw, source_ids), "claim": claim, "figure": _figures(draw, claim, actors, figures)}


def _pairs(draw: random.Random, actors: list[str], number: int) -> tuple[list[str], list[str]]:
    """Two different actors each time; the first actors are drawn more often."""
    weights = list(accumulate((rank + 1) ** -0.5 for rank in range(len(actors))))
    first = draw.choices(range(len(actors)), cum_weights=weights, k=number)
    steps = draw.choices(range(1, len(actors)), k=number)
    second = [(one + step) % len(actors) for one, step in zip(first, steps, strict=True)]
    return [actors[one] for one in first], [actors[other] for other in second]


def _sources(draw: random.Random, ids: list[str]) -> dict[str, list[Any]]:
    number = len(ids)
    return {
        "id": ids,
        "name": [f"Institute {place % 97}" for place in range(number)],
        "kind": ["analysis"] * number,
        "published": [f"2025-{1 + place % 12:02}-{1 + place % 28:02}" for place in range(number)],
        "reliability": draw.choices("ABCDEF", (20, 30, 20, 15, 10, 5), k=number),
        "marking": ["TLP:CLEAR"] * number,
        "voice": ids,
        "reviewed": [True] * number,
        "draft": [False] * number,
    }


def _figures(draw: random.Random, claim: Mapping[str, list[Any]], actors: list[str], number: int) -> dict[str, Any]:
    places = draw.choices(range(len(claim["id"])), k=number)
    metrics = draw.choices(METRICS, (40, 30, 15, 15), k=number)
    subjects, counterparts = _pairs(draw, actors, number)
    shares = draw.choices(range(1, 240), k=number)
    amounts = draw.choices(range(4, 2000), k=number)
    is_share = [metric.endswith("share") for metric in metrics]
    of_source = [claim["source"][place] for place in places]
    return {
        "id": [f"{source}#f{count}" for count, source in enumerate(of_source)],
        "source": of_source,
        "voice": of_source,
        "claim": [claim["id"][place] for place in places],
        "metric": metrics,
        "subject": subjects,
        "counterpart": counterparts,
        "value": [(a if one else b) / 4 for one, a, b in zip(is_share, shares, amounts, strict=True)],
        "unit": ["%" if one else "USD" for one in is_share],
        "year": [float(year) for year in draw.choices(range(2022 if number < 100 else 2014, 2026), k=number)],
        "approximate": [False] * number,
        "attributed_to": draw.choices(("Customs", None), k=number),
        "weight": [count / 16 for count in draw.choices(range(17), k=number)],
    }


def complete(columns: Columns, fields: Mapping[str, Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Returns the columns as rows with every field of the schema; `fields` are the relations (rules.schema)."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for relation, known in fields.items():
        named = columns.get(relation, {})
        blank: dict[str, Any] = {name: [] if about.many else None for name, about in known.items()}
        rows[relation] = [blank | dict(zip(named, values, strict=True)) for values in zip(*named.values(), strict=True)]
        rows[relation].sort(key=lambda row: str(row["id"]))
    return rows


def write_parquet(columns: Columns, folder: Path) -> None:
    """Writes a file for each relation, and one for the audiences of claims, as rules/duck.py reads them."""
    import duckdb

    audiences = list(zip(columns["claim"]["id"], columns["claim"]["audience"], strict=True))
    pairs = [(row, audience) for row, them in audiences for audience in them]
    claim = {name: values for name, values in columns["claim"].items() if name != "audience"}
    side = {"row": [row for row, _ in pairs], "audience": [audience for _, audience in pairs]}
    for table, found in ({**columns, "claim": claim, "claim_audience": side}).items():
        with duckdb.connect(":memory:") as connection:
            types = (f'"{name}" {_type(values)}' for name, values in found.items())
            connection.execute(f'CREATE TABLE "{table}" ({", ".join(types)})')
            appender = connection.appender(table)
            appender.append_rows(zip(*found.values(), strict=True))
            appender.flush()
            connection.execute(f"COPY \"{table}\" TO '{folder / table}.parquet'")


def _type(values: list[Any]) -> str:
    sample = next((value for value in values if value is not None), "")
    return "BOOLEAN" if isinstance(sample, bool) else "DOUBLE" if isinstance(sample, float) else "VARCHAR"


if __name__ == "__main__":
    write_parquet(generate(int(sys.argv[1])), Path(sys.argv[2]))
