"""What an issue says, line by line, and what of it was changed: so a correction is known from a mere rebuild.

An issue that was built again and says the same, with another look or another date, is no correction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from briefnote.deliver.phrases import Phrases
from briefnote.model.brief import Block, Brief, Section
from briefnote.text import one_line

_SHOWN = 12  # changes that a mail lists
_LONGEST = 600  # characters of a text that is quoted: a sentence, whole
_BETWEEN = "\n"  # between the place and the text of a line; neither holds it


def said(brief: Brief) -> tuple[str, ...]:
    """Returns what the issue says: a line for its title, its marking, each statement and each source."""
    lines = [("Title", brief.title), ("Marking", brief.marking)]
    lines += [line for section in brief.sections for block in section.blocks for line in _block(section, block)]
    lines += [("Sources", source.title) for source in brief.sources]
    return tuple(f"{one_line(place)}{_BETWEEN}{one_line(text)}" for place, text in lines)


def _block(section: Section, block: Block) -> Iterator[tuple[str, str]]:
    place = f"{section.title}, {block.handle}" if block.handle else section.title
    if block.cells:
        cells = [one_line("".join(part.text for part in cell)) for cell in block.cells]
        yield place, " · ".join(filter(None, cells))
    else:
        yield from ((place, sentence.text) for sentence in block.sentences)
    if block.confidence is not None:
        yield f"{place}, confidence", block.confidence.statement


def changed(before: Sequence[str], after: Sequence[str], phrases: Phrases) -> tuple[str, ...]:
    """Returns what changed, a sentence each, at most twelve and how many more there are."""
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    found = [
        sentence
        for kind, i, j, k, m in matcher.get_opcodes()
        if kind != "equal"
        for old, new in zip_longest(before[i:j], after[k:m])
        for sentence in _sentences(old, new, phrases)
    ]
    more = len(found) - _SHOWN
    return (*found[:_SHOWN], *([phrases.more.format(count=more)] if more > 0 else []))


def _sentences(old: str | None, new: str | None, phrases: Phrases) -> Iterator[str]:
    former, former_text = _split(old)
    place, text = _split(new)
    if old and new and former == place:
        yield phrases.now.format(place=place, before=former_text, after=text)
        return
    if old:
        yield phrases.withdrawn.format(place=former, before=former_text)
    if new:
        yield phrases.added.format(place=place, after=text)


def _split(line: str | None) -> tuple[str, str]:
    place, _, text = (line or "").partition(_BETWEEN)
    return place, text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
