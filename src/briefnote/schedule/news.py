"""Whether a period has brought anything: a source that the last issue did not have, or not as it is now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from briefnote.inputs import read_inputs
from briefnote.model.period import Period, parse_period
from briefnote.pipeline import case_of
from briefnote.store.folder import SUFFIX, Folder
from briefnote.store.issue import MANIFEST, Issue, digest, periods, read_edition


@dataclass(frozen=True)
class News:
    """The sources that are new or changed since the issue of `since`, by id; all where there is no earlier issue."""

    since: str | None
    sources: tuple[str, ...]


def news_of(folder: Folder, brief: str, period: Period) -> News:
    """Returns what is new in a period. Raises BriefnoteError with every problem of the inputs."""
    inputs = read_inputs(folder, brief)
    in_use = sorted(case_of(inputs, period).summaries)
    former = _former(folder, brief, period)
    if former is None:
        return News(None, tuple(in_use))
    now = {file.name: digest(file.data) for file in inputs.files}
    before, printed = _inputs_of(former), {source["id"] for source in read_edition(former)["sources"]}
    names = {source: f"sources/{source}{SUFFIX}" for source in in_use}
    new = [source for source, name in names.items() if source not in printed or before.get(name) != now.get(name)]
    return News(former.period, tuple(new))


def _former(folder: Folder, brief: str, period: Period) -> Issue | None:
    place = folder.brief_folder(brief)
    earlier = [name for name in periods(place, brief) if parse_period(name) < period]
    return Issue(place, brief, earlier[-1]) if earlier else None


def _inputs_of(issue: Issue) -> Mapping[str, str]:
    """Returns the digests in an issue's manifest; none where it is damaged: then every source counts as changed."""
    try:
        found = json.loads((issue.path / MANIFEST).read_bytes())["inputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}
