"""The editions of an issue as they were made: what goes out is what was built, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from briefnote.errors import BriefnoteError, Problem
from briefnote.store.issue import MANIFEST, Issue, digest


def read_editions(issue: Issue) -> Mapping[str, bytes]:
    """Returns the editions by ending ("docx").

    Raises BriefnoteError where one is missing, or was edited since it was made: the others would say something else.
    """
    editions, problems = dict[str, bytes](), list[Problem]()
    for name, made in sorted(_outputs(issue).items()):
        path = issue.path / name
        try:
            data = path.read_bytes()
        except OSError as error:
            problems.append(Problem(str(path), message=f"cannot be read: {error.strerror}; build the issue again"))
            continue
        if digest(data) != made:
            message = "was edited since it was built, and the other editions were not; build the issue again"
            problems.append(Problem(str(path), message=message))
        editions[name.removeprefix(issue.edition(""))] = data
    if problems:
        raise BriefnoteError(problems)
    return editions


def _outputs(issue: Issue) -> Mapping[str, str]:
    path = issue.path / MANIFEST
    try:
        manifest: Any = json.loads(path.read_bytes())
        outputs = manifest["outputs"]
    except OSError as error:
        message = f"cannot be read: {error.strerror}; build the issue first (`briefnote build {issue.name}`)"
        raise BriefnoteError([Problem(str(path), message=message)]) from None
    except (ValueError, KeyError, TypeError):
        raise BriefnoteError([Problem(str(path), message="is no manifest; build the issue again")]) from None
    is_sound = isinstance(outputs, dict) and all(
        isinstance(name, str) and isinstance(made, str) and name.startswith(issue.edition("")) and "/" not in name
        for name, made in outputs.items()
    )
    if not is_sound:
        raise BriefnoteError([Problem(str(path), message="names files that are no editions; build the issue again")])
    return outputs  # type: ignore[no-any-return]
