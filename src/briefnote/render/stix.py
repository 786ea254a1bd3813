"""The brief as a STIX 2.1 bundle (OASIS, 2021): a report, and a note for each key judgement.

Identifiers are UUIDs of version 5, made from the brief, the period and the judgement's topic, so that the same issue
has the same identifiers wherever it is built.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from briefnote.model.brief import Block, Brief, ListedSource

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://briefnote.invalid/stix")

# TLP 2.0 as OASIS publishes it for STIX 2.1 (cti-stix-common-objects, extension tlp-2.0).
_TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP_CREATED = "2022-10-01T00:00:00.000Z"
_TLP: Mapping[str, str] = {
    "TLP:CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "TLP:GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "TLP:AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "TLP:AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "TLP:RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}

# STIX 2.1, appendix A: the scale None / Low / Med / High. Mapped by term; a judgement with several aspects takes
# its lowest.
_CONFIDENCE: Mapping[str, int] = {"low": 15, "moderate": 50, "high": 85}


def stix_bundle(brief: Brief) -> bytes:
    """Returns the bundle: marking, identity of the author, one note a judgement, the report that refers to them."""
    author = _object("identity", brief, brief.author, {"name": brief.author, "identity_class": "group"})
    notes = [_note(brief, block, author["id"]) for block in _judgements(brief)]
    report = _object(
        "report",
        brief,
        f"{brief.name}|{brief.period}",
        {
            "created_by_ref": author["id"],
            "name": brief.title,
            "description": _bottom_line(brief),
            "published": _moment(brief),
            "lang": brief.language,
            "labels": [brief.name, brief.period, *brief.keywords],
            "object_refs": [author["id"], *(note["id"] for note in notes)],
            **_references(brief, range(1, len(brief.sources) + 1)),
        },
    )
    objects = [_marking(brief.marking), author, *notes, report]
    bundle = {"type": "bundle", "id": _identity("bundle", f"{brief.name}|{brief.period}"), "objects": objects}
    return (json.dumps(bundle, ensure_ascii=False, indent=1) + "\n").encode()


def _judgements(brief: Brief) -> list[Block]:
    return [block for section in brief.sections if section.kind == "judgements" for block in section.blocks]


def _bottom_line(brief: Brief) -> str:
    sentences = [
        sentence.text
        for section in brief.sections
        if section.id == "bottom-line"
        for block in section.blocks
        for sentence in block.sentences
    ]
    return " ".join(sentences) or brief.basis


def _note(brief: Brief, block: Block, author: str) -> dict[str, Any]:
    text = " ".join(sentence.text for sentence in block.sentences)
    content: dict[str, Any] = {
        "created_by_ref": author,
        "abstract": block.handle or text,
        "content": text,
        "object_refs": [author],
        "lang": brief.language,
    }
    cited = sorted({row.source for sentence in block.sentences for row in sentence.evidence})
    numbers = [source.number for source in brief.sources if source.id in cited]
    if block.confidence is not None:
        reason = "".join(part.text for part in block.confidence.reason)
        content["content"] = f"{text} Confidence: {block.confidence.statement}. {reason}"
        content["confidence"] = min(_CONFIDENCE[level] for level in block.confidence.levels.values())
    return _object(
        "note", brief, f"{brief.name}|{brief.period}|{block.topic}", {**content, **_references(brief, numbers)}
    )


def _references(brief: Brief, numbers: Any) -> dict[str, Any]:
    wanted = set(numbers)
    references = [_reference(source) for source in brief.sources if source.number in wanted]
    return {"external_references": references} if references else {}


def _reference(source: ListedSource) -> dict[str, str]:
    said = ", ".join([*source.authors, *filter(None, [source.publisher, source.published])])
    found = {"source_name": source.title, "description": f"{said or 'undated'}; reliability {source.reliability}"}
    return {**found, "external_id": source.id, **({"url": source.url} if source.url else {})}


def _object(kind: str, brief: Brief, name: str, content: Mapping[str, Any]) -> dict[str, Any]:
    moment = _moment(brief)
    common = {"type": kind, "spec_version": "2.1", "id": _identity(kind, name), "created": moment, "modified": moment}
    return {**common, "object_marking_refs": [_TLP[brief.marking]], **content}


def _marking(marking: str) -> dict[str, Any]:
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": _TLP[marking],
        "created": _TLP_CREATED,
        "name": marking,
        "extensions": {
            _TLP_EXTENSION: {
                "extension_type": "property-extension",
                "tlp_2_0": marking.removeprefix("TLP:").lower(),
            }
        },
    }


def _identity(kind: str, name: str) -> str:
    return f"{kind}--{uuid.uuid5(_NAMESPACE, f'{kind}|{name}')}"


def _moment(brief: Brief) -> str:
    return f"{brief.date}T00:00:00.000Z"
