"""The plan of one rules file, from the cache where it is there: for programs that run the same rules again and again.

A file that was compiled before costs a tenth of one that was not (6 ms against 60 ms), because neither YAML nor the
checker is imported. A plan is found again only if the rules, the engine and every module that made it are the same.
"""

from __future__ import annotations

import json

from briefnote.rules.plan import as_data, from_data
from briefnote.store.cache import keep, made_by, read_cached

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from briefnote.rules.plan import Plan


def read_plan(
    rules: bytes,
    file: str,
    dialect: Literal["sqlite", "duckdb"] = "sqlite",
    audiences: tuple[str, ...] = ("us", "europe"),
) -> Plan:
    """Returns the plan of a rules file on its own. Raises BriefnoteError with every problem of it."""
    key: list[object] = [
        made_by("", "model", "rules"),
        file,
        dialect,
        list(audiences),
        rules.decode("utf-8", "surrogateescape"),
    ]
    name = f"plan-{_short(rules)}.json"
    if (kept := read_cached(name)) is not None and (found := _read(kept, key)) is not None:
        return found
    plan = _compiled(rules, file, dialect, audiences)
    keep(name, json.dumps({"key": key, "plan": as_data(plan)}).encode())
    return plan


def _short(rules: bytes) -> str:
    """Returns a short name. It may be that of another file as well; a better one would cost an import."""
    return f"{len(rules)}-{sum(rules)}"


def _read(kept: bytes, key: list[object]) -> Plan | None:
    try:
        found = json.loads(kept)
        if found["key"] != key:  # the whole of it: two files may share a name, never a key
            return None
        plan: Plan = from_data(found["plan"])
    except (ValueError, LookupError, TypeError):
        return None  # cut short, or not ours
    return plan


def _compiled(rules: bytes, file: str, dialect: str, audiences: tuple[str, ...]) -> Plan:
    from briefnote.errors import BriefnoteError
    from briefnote.rules.language import read_rules
    from briefnote.rules.planning import plan_of
    from briefnote.rules.rulebook import Settings, assemble
    from briefnote.rules.sql import DUCKDB, SQLITE

    rules_file, problems = read_rules(rules, file)
    if rules_file is not None:
        book, found = assemble([(file, rules_file)], Settings(file, audiences, {}, {}))
        problems += found
        if book is not None:
            return plan_of(book, DUCKDB if dialect == "duckdb" else SQLITE)
    raise BriefnoteError([problem for problem in problems if not problem.is_warning])
