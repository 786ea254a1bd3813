"""How long a person waits: `briefnote --help`, and a build of the five-source brief in all formats.

    make benchmarks

Prints medians of process times (user + system, children included) in milliseconds. Targets: `--help` at most twice
bare Python plus 60 ms; the warm build at most 1,500 ms.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def measure(command: list[str], runs: int) -> tuple[float, float]:
    """Returns the medians of (process time, wall time) in ms; one run before the first warms the caches."""
    process, wall = [], []
    for _ in range(runs + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall.append(1000 * (time.perf_counter() - start))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        process.append(1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime))
    return statistics.median(process[1:]), statistics.median(wall[1:])


def main() -> None:
    """Measures bare Python, the help and the builds, in one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11, help="runs a command (at least 7)")
    runs = max(7, parser.parse_args().runs)
    script = str(Path(sys.executable).with_name("briefnote"))
    briefnote = [script] if os.access(script, os.X_OK) else [sys.executable, "-m", "briefnote"]
    with tempfile.TemporaryDirectory() as out:
        build = [*briefnote, "build", "china-russia", "--date", "2026-11-21", "--out", out]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "briefnote --help": [*briefnote, "--help"],
            "build, json": [*build, "--format", "json"],
            "build, docx": [*build, "--format", "docx"],
            "build, pdf": [*build, "--format", "pdf"],
            "build, all formats": build,
        }
        print(f"median of {runs} runs, ms{'process':>14}{'wall':>10}")
        times = {}
        for name, command in commands.items():
            times[name] = measure(command, runs)
            print(f"{name:<26}{times[name][0]:>10.0f}{times[name][1]:>10.0f}")
    bare = times["python -c pass"][1]
    limits = {"briefnote --help": (times["briefnote --help"][1], 2 * bare + 60)}
    limits["build, all formats"] = (times["build, all formats"][0], 1500)
    for name, (found, limit) in limits.items():
        print(f"{name}: {found:.0f} ms of at most {limit:.0f} ms: {'kept' if found <= limit else 'MISSED'}")


if __name__ == "__main__":
    main()
