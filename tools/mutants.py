"""Changes the compiler of rules, or the engine in Python, in one place at a time, and sees whether a test notices.

    python tools/mutants.py [--only WORD]

Comparisons, join keys, counts and orders are changed. A mutant that no test kills is a promise nobody holds. Works on a
copy of the repository; takes half an hour.
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
    ("joining", "return {**own, **pattern.fields}", "return {**pattern.fields}"),
    ("joining", 'and value != "_":', ":"),
    ("compilation", "conditions += [self.absent(", "[self.absent("),
    ("compilation", "from_clause(self.joins) + conjunction(conditions)", "from_clause(self.joins)"),
    ("compilation", "ORDER BY 2 DESC, 1 LIMIT", "ORDER BY 2 ASC, 1 LIMIT"),
    ("compilation", "ORDER BY 2 DESC, 1 LIMIT", "ORDER BY 1 LIMIT"),
    ("compilation", "ELSE {escaped} END", "ELSE {value} END"),
    ("compilation", "WHEN '' THEN '{EMPTY}'", "WHEN '' THEN ''"),
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
    # the engine in Python
    (
        "search",
        "any(value in options for value in values) if options",
        "all(value in options for value in values) if options",
    ),
    ("search", "if options else not values", "if options else bool(values)"),
    ("search", "dict.fromkeys(row[field])]", "row[field][:1]]"),
    ("search", "next(there([match]), None) is None", "next(there([match]), None) is not None"),
    (
        "search",
        "tuple([key(_NOTHING, match) for key in self._keys])",
        "tuple([key(_NOTHING, match) for key in self._keys][:1])",
    ),
    ("search", "if not condition(_NOTHING, found):", "if condition(_NOTHING, found) is False:"),
    (
        "search",
        "    for field in fields:\n        rows = [row for row in rows if row[field] is not None]",
        "    for field in fields[:1]:\n        rows = [row for row in rows if row[field] is not None]",
    ),
    ("search", "self._deadline.spend(len(rows))", "len(rows)"),
    ("searching", "takes_null=takes_null or variable in self.order.optional", "takes_null=takes_null"),
    ("searching", "{variable} if takes_null else set()", "set()"),
    (
        "searching",
        'if takes_null else Operation("=", (bound, cell))',
        'if takes_null else Operation("<>", (bound, cell))',
    ),
    ("searching", "_same(bound, cell) if takes_null else", "_same(bound, cell) if not takes_null else"),
    ("searching", "if not takes_null and (bound is None", "if takes_null and (bound is None"),
    ("searching", "(bound is None or variable in self.order.nullable)", "variable in self.order.nullable"),
    ("searching", "if name not in variables}", "if name}"),
    ("searching", "name.field and name.row in self.seen for", "name.row in self.seen or not name.field for"),
    ("searching", 'tree.operator != "="', 'tree.operator != "<="'),
    (
        "searching",
        '(Operation("=", (one, other)), Operation("and", nulls))',
        '(Operation("=", (one, other)), Operation("or", nulls))',
    ),
    ("searching", "(*self.where, *conditions),", "(*conditions,),"),
    (
        "search",
        "return self.score is None, -(self.score or 0), self.id",
        "return self.score is not None, -(self.score or 0), self.id",
    ),
    (
        "search",
        "return self.score is None, -(self.score or 0), self.id",
        "return self.score is None, (self.score or 0), self.id",
    ),
    ("search", "or one.rank() < best[key].rank()", "or one.rank() > best[key].rank()"),
    ("search", "if all(condition(let, members) for", "if any(condition(let, members) for"),
    ("search", "if number == MOST_MATCHES", "if number > MOST_MATCHES"),
    ("search", "() if search.group else tuple(aliases)", "tuple(aliases)"),
    ("search", "key_text(self._places[name](_NOTHING, match))", "str(self._places[name](_NOTHING, match))"),
    ("search", "float(value) + 0.0", "float(value)"),
    ("memory", "-(found.score or 0.0), identity)", "(found.score or 0.0), identity)"),
    ("memory", "(weight is None, -(weight or 0))", "(weight is not None, -(weight or 0))"),
    ("memory", "(weight is None, -(weight or 0))", "(weight is None, (weight or 0))"),
    ("memory", "for weight in weights), *ids", "for weight in weights),"),
    ("memory", "by_value.get(values, ())}", "by_value.get((), ())}"),
    ("memory", "(*source, *wanted.fixed, *keys)", "(*source, *keys)"),
    (
        "evaluation",
        "False if False in operands else None if None in operands else True",
        "False if False in operands else True",
    ),
    (
        "evaluation",
        "True if True in operands else None if None in operands else False",
        "True if True in operands else False",
    ),
    ("evaluation", "True if value in options else None if None in options else False", "value in options"),
    ("evaluation", "else low <= value", "else low < value"),
    ("evaluation", "else value <= high", "else value < high"),
    ("evaluation", "None if one is None or other is None else", "None if one is None else"),
    ("evaluation", '"<": lambda a, b: a < b', '"<": lambda a, b: a <= b'),
    ("evaluation", '">=": lambda a, b: a >= b', '">=": lambda a, b: a > b'),
    ("evaluation", '"<>": lambda a, b: a != b', '"<>": lambda a, b: a == b'),
    ("evaluation", 'distinct or name == "list"', 'name == "list"'),
    ("evaluation", "if (cell := argument(values, match)) is not None]", "for cell in [argument(values, match)]]"),
    ("evaluation", "return len(matches)", "return len(matches) - 1"),
    ("functions", "if not right:", "if right is None:"),
    ("functions", "ordered = sorted(values)", "ordered = list(values)"),
    ("functions", "or EMPTY", 'or ""'),
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
