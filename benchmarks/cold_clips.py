"""The twelve rules in CLIPS, by clipspy (cold.py)."""

from __future__ import annotations

import cold
from cold import CLAIM, FIGURE, RULES, consensus, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from cold import Found, Rows

PROGRAM = """
(deftemplate claim (slot id) (slot source) (slot kind) (slot holder) (slot over) (slot theme) (slot proposition)
  (slot stance) (slot certainty) (slot europe))
(deftemplate figure (slot id) (slot source) (slot metric) (slot subject) (slot counterpart) (slot value) (slot unit)
  (slot year))
(deftemplate source (slot id) (slot reliability))
(deftemplate agreed (slot holder) (slot over) (slot theme) (slot n))
(deftemplate spread (slot metric) (slot subject) (slot counterpart) (slot value))
(deftemplate asymmetry (slot key) (slot weaker) (slot stronger))
(deftemplate found (slot rule) (slot key) (slot score))
(defrule strong-leverage
  (claim (id ?i) (kind leverage) (holder ?h&~nil) (over ?o&~nil) (certainty ?c&:(>= ?c 0.75)))
  => (assert (found (rule strong-leverage) (key ?i) (score ?c))))
(defrule binding-limit
  (claim (id ?i) (kind limit) (holder ?h&~nil) (over ?o&~nil) (theme energy|trade) (certainty ?c&:(>= ?c 0.625)))
  => (assert (found (rule binding-limit) (key ?i) (score ?c))))
(defrule implication-for-europe
  (claim (id ?i) (kind implication) (europe yes) (certainty ?c&:(and (>= ?c 0.5) (<= ?c 0.9375))))
  => (assert (found (rule implication-for-europe) (key ?i) (score ?c))))
(defrule high-share
  (figure (id ?i) (metric trade_share) (value ?v&:(>= ?v 30)) (year ?y&:(>= ?y 2020)))
  => (assert (found (rule high-share) (key ?i) (score ?v))))
(defrule trade-asymmetry
  (figure (id ?i) (metric trade_share) (subject ?w) (counterpart ?s) (year ?y) (value ?v))
  (figure (id ?j) (metric trade_share) (subject ?s) (counterpart ?w) (year ?y) (value ?u&:(>= ?v (* 3 ?u))))
  => (bind ?k (str-cat ?i "|" ?j))
     (assert (asymmetry (key ?k) (weaker ?w) (stronger ?s)))
     (assert (found (rule trade-asymmetry) (key ?k) (score (- ?v ?u)))))
(defrule backed-leverage
  (claim (id ?i) (kind leverage) (holder ?h&~nil) (over ?o&~nil) (theme trade) (source ?s)
         (certainty ?c&:(>= ?c 0.5)))
  (source (id ?s) (reliability A|B))
  (figure (id ?f) (metric bilateral_trade) (subject ?h) (counterpart ?o) (year ?y&:(>= ?y 2018)))
  => (assert (found (rule backed-leverage) (key (str-cat ?i "|" ?s "|" ?f)) (score ?c))))
(defrule figures-disagree
  (figure (id ?i) (source ?s) (metric ?m) (subject ?a) (counterpart ?b) (year ?y) (unit ?u) (value ?v))
  (figure (id ?j&:(< (str-compare ?i ?j) 0)) (source ~?s) (metric ?m) (subject ?a) (counterpart ?b) (year ?y)
          (unit ?u) (value ?w&:(> (abs (- ?v ?w)) (* 0.25 (max ?v ?w)))))
  => (assert (found (rule figures-disagree) (key (str-cat ?i "|" ?j)) (score (abs (- ?v ?w))))))
(defrule consensus
  (agreed (holder ?h) (over ?o) (theme ?t) (n ?n))
  => (assert (found (rule consensus) (key (str-cat ?h "|" ?o "|" ?t)) (score ?n))))
(defrule figure-range
  (spread (metric ?m) (subject ?a) (counterpart ?b) (value ?v))
  => (assert (found (rule figure-range) (key (str-cat ?m "|" ?a "|" ?b)) (score ?v))))
(defrule unanswered-leverage
  (claim (id ?i) (kind leverage) (holder ?h&~nil) (over ?o&~nil) (theme ?t) (certainty ?c&:(>= ?c 0.5)))
  (not (claim (kind limit) (holder ?h) (over ?o) (theme ?t)))
  => (assert (found (rule unanswered-leverage) (key ?i) (score ?c))))
(defrule opposed-claims
  (claim (id ?i) (source ?s) (proposition ?p&~nil) (stance for) (certainty ?c))
  (claim (id ?j) (source ~?s) (proposition ?p) (stance against) (certainty ?d))
  => (assert (found (rule opposed-claims) (key (str-cat ?i "|" ?j)) (score (+ ?c ?d)))))
(defrule key-dependency
  (asymmetry (key ?k) (weaker ?w) (stronger ?s))
  (agreed (holder ?s) (over ?w) (theme ?t) (n ?n))
  => (assert (found (rule key-dependency)
                    (key (str-cat "trade-asymmetry|" ?k "|consensus|" ?s "|" ?w "|" ?t)) (score ?n))))
"""


def run_clips(rows: Rows) -> list[Found]:
    """Returns what CLIPS finds."""
    import clips

    environment = clips.Environment()
    for construct in constructs(PROGRAM):
        environment.build(construct)
    symbol, empty = clips.Symbol, clips.Symbol("nil")
    words = {"kind", "theme", "stance", "metric", "reliability"}

    def slots(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
        return {
            name: empty if row[name] is None else symbol(row[name]) if name in words else row[name] for name in names
        }

    claim, figure = environment.find_template("claim"), environment.find_template("figure")
    source = environment.find_template("source")
    for row in rows["claim"]:
        claim.assert_fact(**slots(row, CLAIM), europe=symbol("yes" if "europe" in row["audience"] else "no"))
    for row in rows["figure"]:
        figure.assert_fact(**slots(row, FIGURE))
    for row in rows["source"]:
        source.assert_fact(**slots(row, ("id", "reliability")))
    agreed, spread = environment.find_template("agreed"), environment.find_template("spread")
    for holder, over, theme, number in consensus(rows):
        agreed.assert_fact(holder=holder, over=over, theme=theme, n=number)
    for metric, subject, counterpart, value in ranges(rows):
        spread.assert_fact(metric=metric, subject=subject, counterpart=counterpart, value=value)
    environment.run()
    found = [fact for fact in environment.facts() if fact.template.name == "found"]
    return [
        (RULES[str(fact["rule"])], float(fact["score"]), str(fact["rule"]), f"{fact['rule']}|{fact['key']}")
        for fact in found
    ]


def constructs(program: str) -> Iterable[str]:
    """Yields the outermost brackets of a CLIPS program, which `build` takes one by one."""
    depth, start = 0, 0
    for place, character in enumerate(program):
        if character == "(":
            start = place if depth == 0 else start
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                yield program[start : place + 1]


if __name__ == "__main__":
    cold.main(run_clips)
