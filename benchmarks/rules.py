"""What the rule engine costs: a cold run over a weekly brief's claims beside its peers, and a million claims.

    python benchmarks/rules.py [--runs 11] [--claims 1000000]

Peers (clipspy, clingo, experta) are timed where they are installed, in turn with briefnote, so that all meet the same
machine. A cold run is a process from the rules file to the findings. Printed is its time above that of
`python -c pass`; engines are compared by their time above a process that reads the same rows and prints nothing.
DuckDB (`pip install briefnote[scale]`) is needed for the large runs.
"""

from __future__ import annotations

import argparse
import json
import marshal
import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from briefnote.rules.schema import RELATIONS
from claims import complete, generate

HERE = Path(__file__).parent
PEERS = {"clips": "clipspy", "clingo": "clingo", "experta": "experta"}
BARE, READ, OWN, FIRST = "python -c pass", "the rows read", "briefnote", "briefnote, rules new"


def verdict(name: str, found: float, limit: float, unit: str) -> str:
    """Returns one line of the table of targets."""
    return f"{name:<58}{found:>9.1f}{limit:>9.1f} {unit:<4}{'kept' if found <= limit else 'MISSED'}"


def environment(cache: Path) -> dict[str, str]:
    """Returns the environment of a run: its own cache, and compiled modules as an installed program has them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = [str(HERE.parent / "src"), str(HERE)]
    return {**kept, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": os.pathsep.join(paths)}


# ---- a weekly brief's claims ------------------------------------------------------------------------------------


def cold(runs: int, folder: Path) -> list[str]:
    """Prints the medians of cold runs over 5 sources and 120 claims; returns the targets."""
    rows = folder / "rows"
    rows.write_bytes(marshal.dumps(complete(generate(120), RELATIONS)))
    peers = [name for name, package in PEERS.items() if find_spec(name) is not None and package]
    commands = {
        BARE: [sys.executable, "-c", "pass"],
        READ: [sys.executable, "-c", "import cold; cold.main(lambda rows: [])", str(rows)],
    }
    for name in ("briefnote", *peers):
        # Imported, not run as a script: Python keeps compiled modules, not compiled scripts.
        call = f"import cold, cold_{name}; cold.main(cold_{name}.run_{name})"
        commands[PEERS.get(name, OWN)] = [sys.executable, "-c", call, str(rows)]
    commands[FIRST] = commands[OWN]
    known, nothing = environment(folder), environment(Path(os.devnull))
    found, times = {}, {name: list[float]() for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            used = nothing if name == FIRST else known
            printed = subprocess.run(command, check=True, capture_output=True, text=True, env=used).stdout
            if number:  # the first run fills the caches
                times[name].append(1000 * (time.perf_counter() - start))
            found[name] = printed
    agree = {printed for name, printed in found.items() if name not in (BARE, READ)}
    print(f"cold runs, 5 sources and 120 claims, twelve rules: median (least) of {runs}, ms{'above bare':>16}")
    median = {name: statistics.median(taken) for name, taken in times.items()}
    for name, taken in times.items():
        print(f"  {name:<34}{median[name]:>8.1f} ({min(taken):.1f}){median[name] - median[BARE]:>26.1f}")
    print(f"  all engines found the same: {'yes' if len(agree) == 1 else 'NO'}\n")
    own = median[OWN] - median[BARE]
    targets = [verdict("cold run, above bare Python", own, 40, "ms")]
    for name, share in (("clipspy", 2), ("experta", 10)):
        if name in median:
            limit = (median[name] - median[READ]) / share
            engine = median[OWN] - median[READ]
            targets.append(verdict(f"cold run, of {name}'s (above reading): at most 1/{share}", engine, limit, "ms"))
    return targets


# ---- large inputs -----------------------------------------------------------------------------------------------


def large(claims: int, runs: int, folder: Path) -> list[str]:
    """Prints time and memory from 10,000 claims on, by tens; returns the targets."""
    sizes = [size for size in (10_000, 100_000, 1_000_000) if size <= claims]
    print(f"from Parquet, DuckDB, twelve rules: median of {runs} runs{'s':>10}{'MB':>9}{'findings':>12}")
    seconds: dict[int, float] = {}
    peak: dict[int, float] = {}
    for size in sizes:
        data = folder / str(size)
        data.mkdir()
        make = [sys.executable, str(HERE / "claims.py"), str(size), str(data)]
        subprocess.run(make, check=True, env=environment(folder))
        taken = [one_run("duckdb", str(data), folder) for _ in range(runs)]
        seconds[size] = statistics.median(run["seconds"] for run in taken)
        peak[size] = max(run["megabytes"] for run in taken)
        print(f"  {size:>12,} claims{seconds[size]:>42.2f}{peak[size]:>9.0f}{taken[0]['findings']:>12,.0f}")
    print("in memory, SQLite, the same rules: one run")
    small = {size: one_run("sqlite", str(size), folder) for size in sizes if size <= 100_000}
    for size, run in small.items():
        print(f"  {size:>12,} claims{run['seconds']:>42.2f}{run['megabytes']:>9.0f}")
    print()
    targets = [growth("DuckDB", seconds, few, many) for few, many in pairwise(sizes)]
    targets += [growth("SQLite", {n: run["seconds"] for n, run in small.items()}, *pair) for pair in pairwise(small)]
    if 1_000_000 in seconds:
        targets.append(verdict("DuckDB, 1,000,000 claims: time", seconds[1_000_000], 6, "s"))
        targets.append(verdict("DuckDB, 1,000,000 claims: peak memory", peak[1_000_000], 1_200, "MB"))
    return targets


def growth(engine: str, seconds: dict[int, float], few: int, many: int) -> str:
    """Returns the target that ten times the claims take at most twelve times as long."""
    limit = 1.2 * many / few
    return verdict(f"{engine}, from {few:,} to {many:,} claims: longer by", seconds[many] / seconds[few], limit, "×")


def one_run(engine: str, what: str, cache: Path) -> dict[str, float]:
    """Runs large.py once in a process of its own; the time is the whole process's, but for rows made in it."""
    start = time.perf_counter()
    command = [sys.executable, str(HERE / "large.py"), engine, what]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, env=environment(cache)).stdout
    result: dict[str, float] = json.loads(printed)
    return {**result, "seconds": time.perf_counter() - start} if engine == "duckdb" else result


def main() -> None:
    """Measures, and says which targets are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11, help="cold runs of each engine (at least 7)")
    parser.add_argument("--claims", type=int, default=1_000_000, help="the largest input; 0 leaves the large runs out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        targets = cold(max(7, arguments.runs), Path(name))
        if arguments.claims and find_spec("duckdb") is not None:
            targets += large(arguments.claims, 3, Path(name))
    print(f"{'target':<58}{'found':>9}{'limit':>9}")
    print("\n".join(targets))


if __name__ == "__main__":
    main()
