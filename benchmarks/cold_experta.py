# mypy: disable-error-code="misc,untyped-decorator"
"""The twelve rules in experta (cold.py). Its last release needs names that Python 3.10 took out of collections."""

from __future__ import annotations

import collections
import collections.abc

import cold
from cold import CLAIM, FIGURE, RULES, consensus, ranges

for name in ("Mapping", "MutableMapping", "Iterable", "Callable", "Sequence"):
    setattr(collections, name, getattr(collections, name, getattr(collections.abc, name)))

import experta as e  # noqa: E402 - it needs what stands above

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cold import Found, Rows


matched, test, absent = e.MATCH, e.TEST, e.NOT


class Claim(e.Fact):
    pass


class Figure(e.Fact):
    pass


class Source(e.Fact):
    pass


class Agreed(e.Fact):
    pass


class Spread(e.Fact):
    pass


class Asymmetry(e.Fact):
    pass


found: list[Found] = []


def add(rule: str, score: float, *key: str) -> None:
    """Notes a finding."""
    found.append((RULES[rule], float(score), rule, "|".join((rule, *key))))


class Engine(e.KnowledgeEngine):
    @e.Rule(
        Claim(id=matched.i, kind="leverage", holder=matched.h, over=matched.o, certainty=matched.c),
        test(lambda c, h, o: c >= 0.75 and h is not None and o is not None),
    )
    def strong_leverage(self, i: str, c: float) -> None:
        add("strong-leverage", c, i)

    @e.Rule(
        Claim(
            id=matched.i,
            kind="limit",
            holder=matched.h,
            over=matched.o,
            theme=e.L("energy") | e.L("trade"),
            certainty=matched.c,
        ),
        test(lambda c, h, o: c >= 0.625 and h is not None and o is not None),
    )
    def binding_limit(self, i: str, c: float) -> None:
        add("binding-limit", c, i)

    @e.Rule(
        Claim(id=matched.i, kind="implication", europe=True, certainty=matched.c),
        test(lambda c: 0.5 <= c <= 0.9375),
    )
    def implication(self, i: str, c: float) -> None:
        add("implication-for-europe", c, i)

    @e.Rule(
        Figure(id=matched.i, metric="trade_share", value=matched.v, year=matched.y),
        test(lambda v, y: v >= 30 and y >= 2020),
    )
    def high_share(self, i: str, v: float) -> None:
        add("high-share", v, i)

    @e.Rule(
        Figure(
            id=matched.i,
            metric="trade_share",
            subject=matched.w,
            counterpart=matched.s,
            year=matched.y,
            value=matched.v,
        ),
        Figure(
            id=matched.j,
            metric="trade_share",
            subject=matched.s,
            counterpart=matched.w,
            year=matched.y,
            value=matched.u,
        ),
        test(lambda v, u: v >= 3 * u),
    )
    def trade_asymmetry(self, i: str, j: str, v: float, u: float, w: str, s: str) -> None:
        self.declare(Asymmetry(key=f"{i}|{j}", weaker=w, stronger=s))
        add("trade-asymmetry", v - u, i, j)

    @e.Rule(
        Claim(
            id=matched.i,
            kind="leverage",
            holder=matched.h,
            over=matched.o,
            theme="trade",
            source=matched.s,
            certainty=matched.c,
        ),
        Source(id=matched.s, reliability=e.L("A") | e.L("B")),
        Figure(id=matched.f, metric="bilateral_trade", subject=matched.h, counterpart=matched.o, year=matched.y),
        test(lambda c, y: c >= 0.5 and y >= 2018),
    )
    def backed_leverage(self, i: str, s: str, f: str, c: float) -> None:
        add("backed-leverage", c, i, s, f)

    @e.Rule(
        Figure(
            id=matched.i,
            source=matched.s,
            metric=matched.m,
            subject=matched.a,
            counterpart=matched.b,
            year=matched.y,
            unit=matched.n,
            value=matched.v,
        ),
        Figure(
            id=matched.j,
            source=matched.r,
            metric=matched.m,
            subject=matched.a,
            counterpart=matched.b,
            year=matched.y,
            unit=matched.n,
            value=matched.w,
        ),
        test(lambda i, j, s, r, v, w: i < j and s != r and abs(v - w) > 0.25 * max(v, w)),
    )
    def figures_disagree(self, i: str, j: str, v: float, w: float) -> None:
        add("figures-disagree", abs(v - w), i, j)

    @e.Rule(Agreed(holder=matched.h, over=matched.o, theme=matched.t, n=matched.n))
    def consensus(self, h: str, o: str, t: str, n: int) -> None:
        add("consensus", n, h, o, t)

    @e.Rule(Spread(metric=matched.m, subject=matched.a, counterpart=matched.b, value=matched.v))
    def figure_range(self, m: str, a: str, b: str, v: float) -> None:
        add("figure-range", v, m, a, b)

    @e.Rule(
        Claim(id=matched.i, kind="leverage", holder=matched.h, over=matched.o, theme=matched.t, certainty=matched.c),
        test(lambda c, h, o: c >= 0.5 and h is not None and o is not None),
        absent(Claim(kind="limit", holder=matched.h, over=matched.o, theme=matched.t)),
    )
    def unanswered_leverage(self, i: str, c: float) -> None:
        add("unanswered-leverage", c, i)

    @e.Rule(
        Claim(id=matched.i, source=matched.s, proposition=matched.p, stance="for", certainty=matched.c),
        Claim(id=matched.j, source=matched.r, proposition=matched.p, stance="against", certainty=matched.d),
        test(lambda s, r, p: s != r and p is not None),
    )
    def opposed_claims(self, i: str, j: str, c: float, d: float) -> None:
        add("opposed-claims", c + d, i, j)

    @e.Rule(
        Asymmetry(key=matched.k, weaker=matched.w, stronger=matched.s),
        Agreed(holder=matched.s, over=matched.w, theme=matched.t, n=matched.n),
    )
    def key_dependency(self, k: str, s: str, w: str, t: str, n: int) -> None:
        add("key-dependency", n, "trade-asymmetry", k, "consensus", s, w, t)


def run_experta(rows: Rows) -> list[Found]:
    """Returns what experta finds."""
    engine = Engine()
    engine.reset()
    for row in rows["claim"]:
        engine.declare(Claim(**{name: row[name] for name in CLAIM}, europe="europe" in row["audience"]))
    for row in rows["figure"]:
        engine.declare(Figure(**{name: row[name] for name in FIGURE}))
    for row in rows["source"]:
        engine.declare(Source(id=row["id"], reliability=row["reliability"]))
    for holder, over, theme, number in consensus(rows):
        engine.declare(Agreed(holder=holder, over=over, theme=theme, n=number))
    for metric, subject, counterpart, value in ranges(rows):
        engine.declare(Spread(metric=metric, subject=subject, counterpart=counterpart, value=value))
    engine.run()
    return found


if __name__ == "__main__":
    cold.main(run_experta)
