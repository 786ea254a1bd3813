"""The twelve rules in clingo, an answer set solver (cold.py). It counts in whole numbers: values are times 32."""

from __future__ import annotations

import cold
from cold import RULES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import clingo

    from cold import Found, Rows

SCALE = 32
PROGRAM = """
agreed(H,O,T,N) :- claim(_,_,leverage,H,O,T,_,_,_), H != nil, O != nil,
                   N = #count { S : claim(_,S,leverage,H,O,T,_,_,_) }, N >= 3.
group(M,A,B) :- figure(_,_,_,M,A,B,_,_,_).
spread(M,A,B,X-L) :- group(M,A,B), L = #min { V,I : figure(I,_,_,M,A,B,_,V,_) },
                     X = #max { V,I : figure(I,_,_,M,A,B,_,V,_) }, X >= 2*L,
                     3 <= #count { Y : figure(_,_,_,M,A,B,Y,_,_) }.
asymmetry(I,J,W,S,V-U) :- figure(I,_,_,trade_share,W,S,Y,V,_), figure(J,_,_,trade_share,S,W,Y,U,_), V >= 3*U.
limited(H,O,T) :- claim(_,_,limit,H,O,T,_,_,_), H != nil, O != nil.
found("strong-leverage",(I,),C) :- claim(I,_,leverage,H,O,_,_,_,C), H != nil, O != nil, C >= 24.
found("binding-limit",(I,),C) :- claim(I,_,limit,H,O,(energy;trade),_,_,C), H != nil, O != nil, C >= 20.
found("implication-for-europe",(I,),C) :- claim(I,_,implication,_,_,_,_,_,C), europe(I), C >= 16, C <= 30.
found("high-share",(I,),V) :- figure(I,_,_,trade_share,_,_,Y,V,_), V >= 960, Y >= 2020.
found("trade-asymmetry",(I,J),D) :- asymmetry(I,J,_,_,D).
found("backed-leverage",(I,S,F),C) :- claim(I,S,leverage,H,O,trade,_,_,C), H != nil, O != nil, C >= 16,
                                      source(S,("A";"B")), figure(F,_,_,bilateral_trade,H,O,Y,_,_), Y >= 2018.
found("figures-disagree",(I,J),|V-W|) :- figure(I,N,S,M,A,B,Y,V,U), figure(J,K,R,M,A,B,Y,W,U), N < K, S != R,
                                         4*|V-W| > V, 4*|V-W| > W.
found("consensus",(H,O,T),32*N) :- agreed(H,O,T,N).
found("figure-range",(M,A,B),D) :- spread(M,A,B,D).
found("unanswered-leverage",(I,),C) :- claim(I,_,leverage,H,O,T,_,_,C), H != nil, O != nil, C >= 16,
                                       not limited(H,O,T).
found("opposed-claims",(I,J),C+D) :- claim(I,S,_,_,_,_,P,for,C), claim(J,R,_,_,_,_,P,against,D), P != nil, S != R.
found("key-dependency",("trade-asymmetry",I,J,"consensus",S,W,T),32*N) :- asymmetry(I,J,W,S,_), agreed(S,W,T,N).
#show found/3.
"""


def facts(rows: Rows) -> Iterator[str]:
    """Yields the rows as a program; a figure has its place among all as well, as clingo orders texts in its own way."""
    for row in rows["claim"]:
        text = [*map(_text, (row["id"], row["source"])), row["kind"], _text(row["holder"]), _text(row["over"])]
        about = [row["theme"], _text(row["proposition"]), row["stance"] or "nil", str(round(SCALE * row["certainty"]))]
        yield f"claim({','.join(text + about)})."
        if "europe" in row["audience"]:
            yield f"europe({_text(row['id'])})."
    for place, row in enumerate(rows["figure"]):
        text = [_text(row["id"]), str(place), _text(row["source"]), row["metric"]]
        about = [*map(_text, (row["subject"], row["counterpart"])), str(round(row["year"]))]
        yield f"figure({','.join(text + about)},{round(SCALE * row['value'])},{_text(row['unit'])})."
    for row in rows["source"]:
        yield f"source({_text(row['id'])},{_text(row['reliability'])})."


def _text(value: str | None) -> str:
    return "nil" if value is None else f'"{value}"'


def run_clingo(rows: Rows) -> list[Found]:
    """Returns what clingo finds."""
    import clingo

    control = clingo.Control(["--warn=none"])
    control.add("base", [], PROGRAM + "\n".join(facts(rows)))
    control.ground([("base", [])])
    found: list[Found] = []
    control.solve(on_model=lambda model: found.extend(map(_found, model.symbols(shown=True))))
    return found


def _found(symbol: clingo.Symbol) -> Found:
    rule, key, score = symbol.arguments
    name = rule.string
    return RULES[name], score.number / SCALE, name, "|".join([name, *map(_plain, key.arguments)])


def _plain(symbol: Any) -> str:
    return str(symbol).strip('"')


if __name__ == "__main__":
    cold.main(run_clingo)
