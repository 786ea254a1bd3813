"""The twelve rules in briefnote, which also puts what it keeps into words (cold.py)."""

from __future__ import annotations

import os

import cold
from briefnote.planned import read_plan
from briefnote.rules.memory import PythonEngine
from briefnote.rules.plan import Limits
from briefnote.rules.running import run
from briefnote.rules.speaking import ActorNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cold import Found, Rows


def run_briefnote(rows: Rows) -> list[Found]:
    """Returns what briefnote keeps, from the rules file to the words."""
    with open(os.path.join(os.path.dirname(__file__), "twelve-rules.yaml"), "rb") as file:
        plan = read_plan(file.read(), "twelve-rules.yaml")
    limits = Limits()
    judged = run(plan, PythonEngine(plan, rows, limits), ActorNames(), None, limits)
    return [(finding.section, finding.score, finding.rule, finding.id) for finding in judged.findings if finding.text]


if __name__ == "__main__":
    cold.main(run_briefnote)
