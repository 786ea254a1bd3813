"""The sources for reference managers: CSL-JSON (citation style language 1.0.2) and RIS."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from briefnote.model.brief import Brief, ListedSource

# genre of a source: (CSL type, RIS type)
_TYPES: Mapping[str, tuple[str, str]] = {
    "analysis": ("article", "GEN"),
    "news": ("article-newspaper", "NEWS"),
    "report": ("report", "RPRT"),
    "testimony": ("hearing", "HEAR"),
    "data": ("dataset", "DATA"),
    "opinion": ("article", "GEN"),
    "machine": ("article", "GEN"),
}


def csl_json(brief: Brief) -> bytes:
    """Returns the cited sources as CSL-JSON. What a source does not give is left out, never invented."""
    entries = [_csl(source) for source in brief.sources]
    return (json.dumps(entries, ensure_ascii=False, indent=1) + "\n").encode()


def _csl(source: ListedSource) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": source.id, "type": _TYPES[source.kind][0], "title": source.title}
    if source.authors:
        entry["author"] = [{"literal": author} for author in source.authors]
    if source.publisher:
        entry["publisher"] = source.publisher
    if source.published:
        entry["issued"] = {"date-parts": [[int(part) for part in source.published.split("-")]]}
    if source.url:
        entry["URL"] = source.url
    return {**entry, "note": _assessment(source)}


def ris(brief: Brief) -> bytes:
    """Returns the cited sources as RIS: one tag a line, CRLF, an empty line between records, UTF-8."""
    records = [_record(source) for source in brief.sources]
    return "".join(f"{tag}  - {value}\r\n" if tag else "\r\n" for record in records for tag, value in record).encode()


def _record(source: ListedSource) -> list[tuple[str, str]]:
    lines = [("TY", _TYPES[source.kind][1]), ("ID", source.id), ("TI", source.title)]
    lines += [("AU", author) for author in source.authors]
    if source.publisher:
        lines.append(("PB", source.publisher))
    if source.published:
        lines += [("PY", source.published[:4]), ("DA", source.published.replace("-", "/"))]
    if source.url:
        lines.append(("UR", source.url))
    return [*lines, ("N1", _assessment(source)), ("ER", ""), ("", "")]


def _assessment(source: ListedSource) -> str:
    return f"Reliability {source.reliability} ({source.reliability_text}): {source.reliability_reason}"
