"""Changes the compiler of rules in one place at a time, and sees whether a test notices.

    python tools/mutants.py [--only WORD]

Comparisons, join keys, counts and orders are changed. A mutant that no test kills is a promise nobody holds. Works on a
copy of the repository; takes a quarter of an hour.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = ["tests/rules", "tests/test_shipped_briefs.py"]

# (file of src/briefnote/rules, what stands there, what the mutant has instead)
MUTANTS = [
    (
        "joining",
        "{column(alias, 'row')} = {column(pattern.alias, 'id')}",
        "{column(alias, 'row')} <> {column(pattern.alias, 'id')}",
    ),
    ("joining", "'NOT ' if value is None else ''", "'' if value is None else 'NOT '"),
    ("joining", "{cell} IN (", "{cell} NOT IN ("),
    ("joining", "{cell} IS NULL", "{cell} IS NOT NULL"),
    ("joining", 'else f"{cell} = {self.parameters.bind(value)}"', 'else f"{cell} <> {self.parameters.bind(value)}"'),
    ("joining", "self.dialect.same if is_optional else '='", "'='"),
    ("joining", "self.dialect.same if is_optional else '='", "'>='"),
    ("joining", "[] if is_optional else", "[] if not is_optional else"),
    ("joining", "NOT EXISTS (SELECT 1 {from_clause", "EXISTS (SELECT 1 {from_clause"),
    ("joining", 'conjunction(conditions)})"', "''})\""),
    ("joining", "' AND '.join(on) or 'TRUE'", "' OR '.join(on) or 'TRUE'"),
    ("joining", "fields = {TAGS[pattern.relation]: pattern.tag, **fields}", "fields = {**fields}"),
    ("joining", 'and value != "_":', ":"),
    ("compilation", "conditions += [self.absent(", "[self.absent("),
    ("compilation", "from_clause(self.joins) + conjunction(conditions)", "from_clause(self.joins)"),
    ("compilation", "ORDER BY 2 DESC, 1 LIMIT", "ORDER BY 2 ASC, 1 LIMIT"),
    ("compilation", "ORDER BY 2 DESC, 1 LIMIT", "ORDER BY 1 LIMIT"),
    ("compilation", "REPLACE({self.as_text(name)}, '|', '\\\\|')", "{self.as_text(name)}"),
    (
        "compilation",
        '" GROUP BY " + ", ".join(self.variables[name] for name in group)',
        '" GROUP BY " + ", ".join(self.variables[name] for name in group[:1])',
    ),
    (
        "compilation",
        '" AND ".join(self.printer(names).print(tree) for tree in self.rule.having)',
        '" OR ".join(self.printer(names).print(tree) for tree in self.rule.having)',
    ),
    ("compilation", '"once:rank" = 1', '"once:rank" >= 1'),
    ("compilation", '"score" DESC NULLS LAST, "id")', '"score" ASC NULLS LAST, "id")'),
    ("compilation", '"score" DESC NULLS LAST, "id")', '"score" DESC NULLS FIRST, "id")'),
    ("compilation", '"score" DESC NULLS LAST, "id")', '"score" DESC NULLS LAST, "id" DESC)'),
    ("compilation", 'DESC NULLS LAST"\n', 'ASC NULLS LAST"\n'),
    ("compilation", "self.dialect.same if is_optional else '='} {column('found:'", "'<>'} {column('found:'"),
    ("compilation", "[*map(self.same_group, self.rule.text.group), *conditions]", "conditions"),
    ("sql", 'return f"({first} IS NULL)"', 'return f"({first} IS NOT NULL)"'),
    ("sql", "BETWEEN {operands[1]} AND {operands[2]}", "BETWEEN {operands[2]} AND {operands[1]}"),
    ("sql", "NULLIF(CAST({operands[1]} AS {number}), 0)", "CAST({operands[1]} AS {number})"),
    ("sql", "lower_of({first}) LIKE", "{first} LIKE"),
    ("sql", '"DISTINCT " if tree.distinct', '"" if tree.distinct'),
    ("sql", 'return "COUNT(*)"', 'return "COUNT(*) + 1"'),
    ("sql", "'MAX' if function == 'greatest' else 'MIN'", "'MIN' if function == 'greatest' else 'MAX'"),
    ("sql", "THEN {arguments[1]} ELSE {arguments[2]}", "THEN {arguments[2]} ELSE {arguments[1]}"),
    ("sql", 'total="total_of({})"', 'total="mean_of({})"'),
]


def main() -> int:
    """Prints a line a mutant; returns 1 if one lives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only mutants whose line holds this")
    only = parser.parse_args().only
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "copy"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".checkers", "__pycache__", ".*_cache")
        )
        alive = [
            number
            for number, (file, old, new) in enumerate(MUTANTS, 1)
            if only in f"{file} {old}" and not is_killed(copy, number, file, old, new)
        ]
    print(f"{len(alive)} live: {alive}")
    return 1 if alive else 0


def is_killed(copy: Path, number: int, file: str, old: str, new: str) -> bool:
    """Returns whether a test fails with the mutant in the copy, which is then as it was."""
    path = copy / f"src/briefnote/rules/{file}.py"
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise SystemExit(f"mutant {number}: `{old}` does not stand in {file}.py any more")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", *TESTS]
    environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    path.write_text(text, encoding="utf-8")
    failed = next((line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))), "")
    said = f"killed by {failed.split(' - ')[0].removeprefix('FAILED ')}" if failed else "LIVES"
    print(f"{number:>3} {file}: {old!r} → {new!r}: {said}", flush=True)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
