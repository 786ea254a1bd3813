"""What the cold runs of rules.py share: the rules by section, the ranking, and what other engines cannot count.

Each cold_*.py runs the twelve rules of twelve-rules.yaml in one engine, as its manual has it:

    python benchmarks/cold_clips.py ROWS

and prints the five best (section, score, rule, id) of each section, a line each, so that the benchmark can see that all
engines found the same. What an engine cannot say (counts over a group, ranking) is done in Python beside it.

ROWS is a file of Python's own marshal, and what is printed is a repr: both are part of the interpreter, so that no
engine is charged for importing json (6 ms), which is no engine's work.
"""

from __future__ import annotations

import marshal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing takes 3 ms, which no engine should pay for this file
    from collections.abc import Callable, Iterable
    from typing import Any

    Found = tuple[str, float, str, str]  # section, score, rule, id
    Rows = dict[str, list[dict[str, Any]]]

RULES = {
    "strong-leverage": "leverage",
    "binding-limit": "limits",
    "implication-for-europe": "implications",
    "high-share": "figures",
    "trade-asymmetry": "leverage",
    "backed-leverage": "leverage",
    "figures-disagree": "disputes",
    "consensus": "leverage",
    "figure-range": "figures",
    "unanswered-leverage": "leverage",
    "opposed-claims": "disputes",
    "key-dependency": "key",
}
# The order in which briefnote runs them: the rules that read findings come last.
ORDER = {rule: number for number, rule in enumerate(RULES)}
CLAIM = ("id", "source", "kind", "holder", "over", "theme", "proposition", "stance", "certainty")
FIGURE = ("id", "source", "metric", "subject", "counterpart", "value", "unit", "year")


def best(found: Iterable[Found]) -> list[Found]:
    """Returns the five best of each section."""
    sections: dict[str, list[Found]] = {}
    for finding in sorted(found, key=lambda one: (one[0], -one[1], ORDER[one[2]], one[3])):
        sections.setdefault(finding[0], []).append(finding)
    return [finding for findings in sections.values() for finding in findings[:5]]


def consensus(rows: Rows) -> list[tuple[str, str, str, int]]:
    """Returns (holder, over, theme, number of sources) where at least three sources agree."""
    groups: dict[tuple[str, str, str], set[str]] = {}
    for claim in rows["claim"]:
        if claim["kind"] == "leverage" and claim["holder"] and claim["over"]:
            groups.setdefault((claim["holder"], claim["over"], claim["theme"]), set()).add(claim["source"])
    return [(*key, len(sources)) for key, sources in groups.items() if len(sources) >= 3]


def ranges(rows: Rows) -> list[tuple[str, str, str, float]]:
    """Returns (metric, subject, counterpart, spread) where the highest is twice the lowest, over three years."""
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for figure in rows["figure"]:
        groups.setdefault((figure["metric"], figure["subject"], figure["counterpart"]), []).append(figure)
    found = []
    for key, figures in groups.items():
        values = [figure["value"] for figure in figures]
        if max(values) >= 2 * min(values) and len({figure["year"] for figure in figures}) >= 3:
            found.append((*key, max(values) - min(values)))
    return found


def main(run: Callable[[Rows], list[Found]]) -> None:
    """Runs one engine over the file of rows that the command line names."""
    with open(sys.argv[1], "rb") as file:
        rows = marshal.loads(file.read())  # noqa: S302 - rules.py wrote it
    print(*map(repr, best(run(rows))), sep="\n")
