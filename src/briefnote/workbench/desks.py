"""A brief from articles that nobody has summarised: their drafts lie on a desk of their own, beside the issue.

The desk (`briefs/NAME/desk/`) is a folder like any other: `briefnote -C briefs/NAME/desk review ID` goes through a
draft, and the next build keeps what was edited. The folder it was started from stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefnote.config.brief import read_brief_config
from briefnote.drafting.batch import Task
from briefnote.drafting.order import Method
from briefnote.drafting.summarising import order_of, summarise_into
from briefnote.errors import BriefnoteError, Problem
from briefnote.pipeline import Built, Request, build
from briefnote.store.folder import Folder, InputFile
from briefnote.store.issue import digest
from briefnote.store.writing import write_together
from briefnote.yamltext import to_yaml
from briefnote.yamltree import read_yaml

_NAME = re.compile(r"\w[\w .\[\]-]*")  # one folder of briefs/, and none that is hidden
# Drafts have more to say than they have been weighed for: the room is for what sources say.
_KEEP = {"disagreements": 1, "key-figures": 12, "leverage": 24, "limits": 20, "implications": 30}
_MADE = "# Made from {} by `briefnote draft`, for these articles only; edit that one, this is written anew.\n"


@dataclass(frozen=True)
class Drafts:
    """An issue built from drafts: the desk they lie on, their ids, the issue, and what went wrong with any article."""

    desk: Path
    sources: tuple[str, ...]
    built: Built
    problems: tuple[Problem, ...]


def build_from_articles(
    folder: Folder,
    brief: str,
    files: Sequence[Path],
    request: Request,
    method: Method = "extractive",
    step: Callable[[], object] = lambda: None,
) -> Drafts:
    """Drafts the summaries of the files and builds `request.brief` from them, set out as `brief` is.

    Raises BriefnoteError where no article gives a summary, the brief has a mistake, or its name is no folder's.
    """
    if not _NAME.fullmatch(request.brief):
        message = f"found '{request.brief}', expected the name of a new folder of briefs/, such as {brief}-auto"
        raise BriefnoteError([Problem("--as", message=message)])
    if request.brief == brief or request.brief in folder.brief_names():
        message = "is the name of a brief of yours; choose another with --as"
        raise BriefnoteError([Problem(request.brief, message=message)])
    order, warnings = order_of(folder, brief, method)
    desk = _desk(folder, brief, request.brief)
    tasks = [Task(file=path) for path in files]
    outcomes = list(summarise_into(desk, tasks, order, step=step))
    sources = tuple(dict.fromkeys(outcome.source for outcome in outcomes if outcome.source))
    problems = (*warnings, *(problem for outcome in outcomes for problem in outcome.problems))
    if not sources:
        raise BriefnoteError(problems)
    _set_out(folder, brief, desk, request.brief, sources)
    out = request.out or folder.root / "briefs"
    built = build(Folder(desk.root), replace(request, out=out))
    return Drafts(desk.root, sources, built, problems)


def _desk(folder: Folder, brief: str, name: str) -> Folder:
    """Returns the desk, with the templates and the rules of the brief as they are now."""
    root = folder.brief_folder(name) / "desk"
    for place in ("sources", "templates", f"briefs/{name}"):
        (root / place).mkdir(parents=True, exist_ok=True)
    for place, file in _files(folder, brief, name):
        if not (root / place).is_file() or digest((root / place).read_bytes()) != digest(file.data):
            _write(root / place, file.data)
    return Folder(root.resolve())


def _files(folder: Folder, brief: str, name: str) -> Iterator[tuple[str, InputFile]]:
    rules = folder.rules_file(brief)
    if rules is not None:
        yield f"briefs/{name}/rules.yaml", rules
    for path in sorted((folder.root / "templates").glob("[!.]*")):
        if path.is_file():
            yield f"templates/{path.name}", folder.read(path)


def _set_out(folder: Folder, brief: str, desk: Folder, name: str, sources: Sequence[str]) -> None:
    """Writes the desk's brief.yaml: that of the brief, with these sources."""
    file = folder.brief_file(brief)
    config, problems = read_brief_config(file.data, file.name)
    node, _ = read_yaml(file.data, file.name)
    if config is None or node is None:
        raise BriefnoteError(problems)
    plain: Any = node.plain()
    keep = {**_KEEP, **(plain.get("keep") or {})}
    text = _MADE.format(file.name) + to_yaml({**plain, "sources": {"include": [*sources]}, "keep": keep})
    _write(desk.brief_folder(name) / "brief.yaml", text.encode())


def _write(path: Path, data: bytes) -> None:
    write_together(path.parent, path.name, {path.name: data}, path.name)
