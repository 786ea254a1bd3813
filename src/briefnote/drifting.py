"""What has become of the articles behind the summaries since a person read them: told to the next issue.

Nearly always nothing: that is seen in the bytes of the records, before anything is imported or read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefnote.errors import BriefnoteError
from briefnote.inputvalues import Inputs
from briefnote.model.summary import Summary
from briefnote.store.folder import Folder, InputFile

if TYPE_CHECKING:
    from briefnote.model.archive import Drift

_NOTHING = b'\n  "drift": null'  # as records are written


def with_drifts(folder: Folder, inputs: Inputs) -> Inputs:
    """Returns the inputs with what is known of changed and vanished articles, and the records that say so."""
    found = {name: record for name in inputs.summaries if (record := _record_file(folder, name)) is not None}
    drifts = {name: drift for name in found if (drift := _drift(folder, inputs.summaries[name]))}
    files = (*inputs.files, *(found[name] for name in drifts))
    return replace(inputs, drifts=drifts, files=tuple(sorted(files, key=lambda file: file.name))) if drifts else inputs


def _record_file(folder: Folder, source: str) -> InputFile | None:
    path = folder.root / "sources" / f"{source}.article.json"
    try:
        file = folder.read(path) if path.is_file() else None
    except BriefnoteError:
        return None  # `briefnote sources list` says what is wrong with it; a brief is made of summaries
    return None if file is None or _NOTHING in file.data else file


def _drift(folder: Folder, summary: Summary) -> Drift | None:
    """A summary that was made of the very text that is there now has seen the change."""
    from briefnote.store.articles import read_article

    try:
        record = read_article(folder, summary.source.id)
    except BriefnoteError:
        return None
    has_seen = record.text_sha256 == summary.source.sha256
    return None if record.drift and record.drift.kind == "changed" and has_seen else record.drift
