"""The plan of one rules file, from the cache where it is there: for programs that run the same rules again and again.

A file that was compiled before costs a fiftieth of one that was not (1 ms against 60 ms), because neither YAML nor the
checker is imported. A plan is found again only if the rules, the engine and every module that made it are the same.
"""

from __future__ import annotations

import marshal

from briefnote.cache import keep, made_by, read_cached
from briefnote.rules.plan import as_data, from_data
from briefnote.uncollected import Uncollected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from briefnote.rules.plan import EngineName, Plan

_MADE_BY = ("errors.py", "text.py", "yamltree.py", "planned.py", "model", "rules")
_SUM = 4  # bytes of the checksum that a kept plan begins with
_PRIME = 1_073_741_789  # the largest below 2**30, by which Python divides a long number at one go


def read_plan(
    rules: bytes, file: str, engine: EngineName = "python", audiences: tuple[str, ...] = ("us", "europe")
) -> Plan:
    """Returns the plan of a rules file on its own. Raises BriefnoteError with every problem of it."""
    key = repr([made_by(*_MADE_BY), file, engine, audiences, rules]).encode()
    name = f"plan-{_short(rules)}"
    if (kept := read_cached(name)) is not None and (found := _read(kept, key)) is not None:
        return found
    plan = _compiled(rules, file, engine, audiences)
    data = key + marshal.dumps(as_data(plan))
    keep(name, _checksum(data) + data)
    return plan


def _short(rules: bytes) -> str:
    """Returns a short name. It may be that of another file as well; a better one would cost an import."""
    return f"{len(rules)}-{sum(rules)}"


def _checksum(data: bytes) -> bytes:
    """Tells what was damaged; who wrote it is for the cache to know."""
    return (int.from_bytes(data, "big") % _PRIME).to_bytes(_SUM, "big")


def _read(kept: bytes, key: bytes) -> Plan | None:
    """Returns the plan, None where it is another's. What is damaged is not unmarshalled, which could crash Python."""
    data = kept[_SUM:]
    if not data.startswith(key) or kept[:_SUM] != _checksum(data):
        return None  # the whole key: two files may share a name, never a key
    with Uncollected():
        plan: Plan = from_data(marshal.loads(data[len(key) :]))  # noqa: S302 - the cache is this user's own
    return plan


def _compiled(rules: bytes, file: str, engine: EngineName, audiences: tuple[str, ...]) -> Plan:
    from briefnote.errors import BriefnoteError
    from briefnote.rules.language import read_rules
    from briefnote.rules.planning import plan_of
    from briefnote.rules.rulebook import Settings, assemble

    rules_file, problems = read_rules(rules, file)
    if rules_file is not None:
        book, found = assemble([(file, rules_file)], Settings(file, audiences, {}, {}))
        problems += found
        if book is not None:
            return plan_of(book, engine)
    raise BriefnoteError([problem for problem in problems if not problem.is_warning])
