"""One run of the twelve rules over a folder of Parquet files, or over the same claims in memory by SQLite or Python.

    python benchmarks/large.py duckdb FOLDER | sqlite CLAIMS | python CLAIMS

Prints, as JSON, the seconds from the rules file to the words, the peak of memory in MB, and how many findings.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from briefnote.planned import read_plan
from briefnote.rules.judging import open_engine
from briefnote.rules.plan import Limits, Parquet
from briefnote.rules.running import run
from briefnote.rules.schema import RELATIONS
from briefnote.rules.speaking import ActorNames
from claims import complete, generate

LIMITS = Limits(findings=10_000_000, seconds=600, memory="900MB")
RULES = Path(__file__).with_name("twelve-rules.yaml")


def main() -> None:
    """Runs once."""
    engine, what = sys.argv[1:]
    start = time.perf_counter()
    if engine == "duckdb":
        plan = read_plan(RULES.read_bytes(), RULES.name, "duckdb")
        judged = run(plan, open_engine(plan, Parquet(Path(what)), LIMITS), ActorNames(), None, LIMITS)
    else:
        rows = complete(generate(int(what)), RELATIONS)
        start = time.perf_counter()
        plan = read_plan(RULES.read_bytes(), RULES.name, "python" if engine == "python" else "sqlite")
        judged = run(plan, open_engine(plan, rows, LIMITS), ActorNames(), None, LIMITS)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "megabytes": peak(), "findings": sum(judged.found.values())}))


def peak() -> float:
    """Returns the most memory that this process has had, in MB. Linux counts that of its parent in ru_maxrss."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
