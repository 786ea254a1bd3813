"""How a printed sentence is known: read from the issue itself, so that it explains what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.store.articles import has_article, read_article
from briefnote.store.folder import Folder
from briefnote.store.issue import Issue, periods, read_edition


def read_issue(folder: Folder, brief: str, period: str | None, out: Path | None) -> Mapping[str, Any]:
    """Returns the JSON edition of an issue, of the latest where no period is given. Raises BriefnoteError."""
    folder.brief_file(brief)
    where = (out / brief) if out else folder.brief_folder(brief)
    known = periods(where, brief)
    if not known:
        message = f"no issue of '{brief}' was built here; build it first (`briefnote build {brief}`)"
        raise BriefnoteError([Problem(str(where), message=message)])
    if period is not None and period not in known:
        raise BriefnoteError([Problem("--period", message=f"no issue {period}.{did_you_mean(period, known)}")])
    return read_edition(Issue(where, brief, period or known[-1]))


def _sentences(edition: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for section in edition["sections"]:
        for block in section["blocks"]:
            for sentence in block["sentences"]:
                yield sentence, block


def list_sentences(edition: Mapping[str, Any]) -> list[str]:
    """Returns one line a sentence: its id and its text."""
    found = [(sentence["id"], sentence["text"]) for sentence, _ in _sentences(edition)]
    width = max((len(identity) for identity, _ in found), default=0)
    return [f"{identity:<{width}}  {text}" for identity, text in found]


def explain_sentence(folder: Folder, edition: Mapping[str, Any], wanted: str) -> list[str]:
    """Returns the chain from the sentence to the passages, as lines. Raises BriefnoteError for an unknown id."""
    by_id = {sentence["id"]: (sentence, block) for sentence, block in _sentences(edition)}
    if wanted not in by_id:
        raise BriefnoteError([Problem("explain", message=f"no sentence '{wanted}'.{did_you_mean(wanted, by_id)}")])
    sentence, block = by_id[wanted]
    rule = edition["rules"][sentence["rule"]]
    kind = "concluded by the rule" if sentence["is_judgement"] else "as the sources have it"
    lines = [f"{wanted}  {sentence['text']}", f"  {kind}; {edition['name']} {edition['period']}", ""]
    lines.append(f"  Rule {rule['id']}  ({rule['file']}:{rule['line']}, score {sentence['score']:g})")
    lines += [f"    {rule['about']}"] if rule["about"] else []
    lines += [f"    {condition}" for condition in rule["conditions"]]
    bound = {name: value for name, value in sentence["bindings"].items() if value is not None}
    lines += ["", "  Bound", *(f"    {name} = {_value(value)}" for name, value in bound.items())]
    if block.get("confidence"):
        reason = "".join(_part(part) for part in block["confidence"]["reason"])
        lines += ["", f"  Confidence {block['confidence']['statement']}", f"    {reason}"]
    lines += ["", "  Evidence"]
    numbers = {source["id"]: source["number"] for source in edition["sources"]}
    for row in sentence["evidence"]:
        lines += [f"    {line}" for line in passage(folder, row, numbers.get(row["source"]))]
    return lines


def _value(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _part(part: Mapping[str, Any]) -> str:
    cites = "".join(f"[{number}]" for number in part["cites"])
    return f"{part['text']} {cites}" if cites else str(part["text"])


def passage(folder: Folder, row: Mapping[str, Any], number: int | None = None) -> list[str]:
    """Returns where a row of evidence stands, what it says and its words; `number` is its source's in the brief."""
    place = f"paragraph {row['paragraph']}" if row["paragraph"] else "no paragraph given"
    if row["start"] is not None:
        place += f", characters {row['start']}–{row['end']}"
    shown = f"[{number}] " if number is not None else ""
    lines = [f"{shown}{row['source']}  {row['claim'] or row['figure']}  ({place})"]
    if row["text"]:
        lines.append(f"    {row['text']}")
    words = row["quote"] or _article_passage(folder, row)
    if words:
        lines.append(f"    “{words}”")
    return lines


def _article_passage(folder: Folder, row: Mapping[str, Any]) -> str | None:
    """Returns the passage from the article, where the user keeps its text beside the summary."""
    if row["start"] is None or not has_article(folder, row["source"]):
        return None
    text = read_article(folder, row["source"]).article.text[row["start"] : row["end"]]
    return " ".join(text.split()) or None
