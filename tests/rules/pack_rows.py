"""The leverage pack, and rows of all kinds for it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache
from typing import Any

from briefnote.rules.language import read_rules
from briefnote.rules.rulebook import RuleBook, Settings, assemble
from briefnote.rules.tracing import open_book
from briefnote.store.folder import pack_files
from support import rows

ACTORS = ["Elbonia", "Ruritania", "Sylvania", "Île-de-Mer", 'O\'Hara "Land"', "a|b", "Ελλάς"]


@cache
def pack() -> RuleBook:
    """The leverage pack, its working findings kept as well."""
    files = [(file.name, read_rules(file.data, file.name)[0]) for file in pack_files("leverage")]
    known = [(name, rules_file) for name, rules_file in files if rules_file is not None]
    book, problems = assemble(known, Settings("brief.yaml", ("us", "europe"), {}, {}))
    assert book is not None, problems
    return open_book(book)


def generated(seed: int) -> Mapping[str, list[dict[str, Any]]]:
    """Rows of all kinds, with empty cells, accents, quotes, decimals and many ties; the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    words = pack().vocabulary
    pairs = [(holder, over) for holder in ACTORS[:4] for over in ACTORS[:4] if holder != over]

    def maybe(value: Any) -> Any:
        return None if draw.random() < 0.2 else value

    def pair() -> tuple[str | None, str | None]:
        holder, over = draw.choice(pairs[:2] if draw.random() < 0.8 else pairs)
        return (holder, over) if draw.random() < 0.9 else (maybe(holder), draw.choice(ACTORS))

    def claim(number: int) -> dict[str, Any]:
        holder, over = pair()
        kind = draw.choice(["leverage", "limit", "implication", "context", "indicator"])
        mechanisms = sorted(name for name, about in words.mechanisms.items() if about.kind == kind)
        proposition = maybe(draw.choice(sorted(words.propositions)))
        return {
            "id": f"s{draw.randrange(7)}#c{number}",
            "kind": kind,
            "text": f"Claim {number} of “{draw.choice(ACTORS)}”.",
            "holder": holder,
            "over": over,
            "audience": draw.sample(["us", "europe"], draw.randrange(3)),
            "theme": draw.choice(sorted(words.themes)),
            "mechanism": maybe(draw.choice(mechanisms)) if mechanisms else None,
            "handle": None if draw.random() < 0.8 else "Its own words",
            "proposition": proposition,
            "stance": draw.choice(["for", "against"]) if proposition else None,
            "polarity": draw.choice(["asserted", "asserted", "denied", "reported", "rejected"]),
            "certainty": draw.choice([0.1, 0.3, 0.7, 0.8, 1]),
            "weight": draw.choice([0.1, 0.2, 0.3, 0.7]),
            "horizon": maybe(draw.choice(["near", "long"])),
            "window": maybe(draw.choice(["2022 to 2024", "2024"])),
            "sense": maybe(draw.choice(["terms", "coercion"])),
        }

    def figure(number: int, claims: list[dict[str, Any]]) -> dict[str, Any]:
        subject, counterpart = draw.choice(pairs[:4])
        low = draw.choice([0.1, 4, 34, 35, 62.5])
        span = draw.random() < 0.3
        return {
            "id": f"s{draw.randrange(7)}#f{number}",
            "claim": maybe(draw.choice(claims)["id"]),
            "metric": draw.choice(sorted(words.metrics)),
            "subject": draw.choice([subject, "world"]) if draw.random() < 0.2 else subject,
            "counterpart": maybe(counterpart),
            "item": maybe(draw.choice(["mud", "tin"])),
            "value": None if span else low,
            "low": low if span else None,
            "high": maybe(low * 1.1) if span else None,
            "unit": draw.choice(["%", "USD"]),
            "year": maybe(draw.choice([2020, 2022, 2024, 2024.5])),
            "period": maybe("the year"),
            "approximate": draw.choice([True, False]),
            "attributed_to": maybe("Customs"),
            "weight": draw.choice([0.1, 0.2, 0.7]),
        }

    claims = [claim(number) for number in range(150)]
    sources = [{"id": f"s{n}", "reliability": "ABCDEFB"[n], "voice": f"s{min(n, 5)}"} for n in range(7)]
    for row in claims:
        row["voice"] = "s5" if row["id"].startswith("s6#") else None
    return rows(
        {
            "claim": claims,
            "figure": [figure(number, claims) for number in range(150)],
            "source": sources,
            "pair": [{"holder": holder, "over": over} for holder, over in pairs[:3]],
            "audience": [{"id": "us", "actor": "Freedonia"}, {"id": "europe", "actor": "Île-de-Mer"}],
        }
    )
