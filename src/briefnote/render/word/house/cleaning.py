"""What a house file brings along and a brief must not: notes, comments, prompts on opening, fields that reach out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from briefnote.errors import Problem
from briefnote.render.word.house.xml import W, each, remove
from briefnote.render.word.opc import Package, Part, kind

# Word asks on opening, or fetches something, or keeps the brief from being edited, where these are set.
_SETTINGS = (
    "attachedTemplate",
    "documentProtection",
    "linkStyles",
    "mailMerge",
    "proofState",
    "saveThroughXslt",
    "trackRevisions",
    "updateFields",
    "writeProtection",
)
_CALLS = (
    "footnoteReference",
    "endnoteReference",
    "commentReference",
    "commentRangeStart",
    "commentRangeEnd",
)
_REACHES_OUT = re.compile(r"\s*(DATABASE|DDE|DDEAUTO|IMPORT|INCLUDEPICTURE|INCLUDETEXT|LINK|RD)\b", re.IGNORECASE)
_CHANGES = ("ins", "del", "moveFrom", "moveTo")


def clean_text(root: etree._Element) -> None:
    """Takes calls of notes and comments out of a part, with their runs: the notes of a brief are its own."""
    for call in list(each(root, *_CALLS)):
        run = call.getparent()
        is_alone = run is not None and run.tag == f"{W}r" and all(one is call or one.tag == f"{W}rPr" for one in run)
        remove([run if run is not None and is_alone else call])


def clean_settings(root: etree._Element) -> None:
    """Takes out of the settings what asks, fetches or locks; the separators of notes get our numbers."""
    remove(each(root, *_SETTINGS))
    for notes in each(root, "footnotePr"):
        remove(notes.iterfind(f"{W}footnote"))
        for number in ("-1", "0"):
            etree.SubElement(notes, f"{W}footnote", {f"{W}id": number})


def separators(root: etree._Element | None) -> str:
    """Returns the separators of a footnotes part as XML, with our numbers; "" where it has not both."""
    if root is None:
        return ""
    numbers = {"separator": "-1", "continuationSeparator": "0"}
    kept = [note for note in each(root, "footnote") if note.get(f"{W}type") in numbers]
    if {note.get(f"{W}type") for note in kept} != numbers.keys() or len(kept) != len(numbers):
        return ""
    for note in kept:
        note.set(f"{W}id", numbers[note.get(f"{W}type", "")])
        remove(each(note, "drawing", "pict", "hyperlink"))
    return "".join(etree.tostring(note, encoding="unicode") for note in kept)


def clean_endnotes(root: etree._Element) -> None:
    """Takes out all endnotes but the separators."""
    remove(note for note in each(root, "endnote") if note.get(f"{W}type") in {None, "normal"})


def outreach(root: etree._Element, file: str) -> Iterator[Problem]:
    """Yields a problem for each field that would fetch something, and one where changes are tracked."""
    for instruction in _instructions(root):
        if found := _REACHES_OUT.match(instruction):
            message = f"has a field {found[1].upper()}, which takes something from elsewhere; take it out"
            yield Problem(file, message=message)
    if next(each(root, *_CHANGES), None) is not None:
        yield Problem(file, message="has tracked changes; accept or reject them in Word")


def _instructions(root: etree._Element) -> list[str]:
    """Returns what each field is told; the parts of an instruction may stand in several runs."""
    found = [field.get(f"{W}instr", "") for field in each(root, "fldSimple")]
    for element in each(root, "fldChar", "instrText"):
        if element.tag == f"{W}instrText":
            found[-1:] = [(found[-1] if found else "") + (element.text or "")]
        elif element.get(f"{W}fldCharType") == "begin":
            found.append("")
    return found


def related(package: Package, main: Part, *roles: str) -> Iterator[Part]:
    """Yields the parts that the main part refers to in some roles ("header"), each once, in order."""
    kinds = {kind(role) for role in roles}
    names = dict.fromkeys(found.target for found in main.relationships if found.kind in kinds)
    return (package.parts[name] for name in names)
