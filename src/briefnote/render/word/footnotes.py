"""Footnotes that Word itself numbers and places (ECMA-376 17.11)."""

from __future__ import annotations

from briefnote.render.word.wordml import PLAIN, Look, declarations, run, text_run

MARK = Look(style="FootnoteReference")
# As high as LibreOffice makes the separator whatever is said: so both programs break pages at the same place.
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="120" w:lineRule="exact"/>'
    f"</w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"
    for kind, number in (("separator", -1), ("continuationSeparator", 0))
)


def footnotes_xml(notes: str, separators: str = "") -> str:
    """Returns the footnotes part: the two separators that Word asks for (the standard ones by default), then the notes.

    Notes must come in the order of their references: LibreOffice pairs the two by order, not by id.
    """
    return (
        f"<w:footnotes {declarations('w', 'r', 'wp', 'a', 'pic', 'c')}>{separators or _SEPARATORS}{notes}</w:footnotes>"
    )


def note(number: int, blocks: str) -> str:
    """Returns a note."""
    return f'<w:footnote w:id="{number}">{blocks}</w:footnote>'


def note_reference(number: int) -> str:
    """Returns the run in the text that calls a note."""
    return run(MARK, f'<w:footnoteReference w:id="{number}"/>')


def note_mark() -> str:
    """Returns what opens the first paragraph of a note: its number and a space."""
    return run(MARK, "<w:footnoteRef/>") + text_run(" ", PLAIN)
