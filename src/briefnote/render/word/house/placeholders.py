"""What a house file leaves open: `[[TITLE]]`, `[[DATE]]` … in cover, back page, header and footer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from briefnote.errors import Problem, did_you_mean
from briefnote.model.edition import Document
from briefnote.render.furniture import date, marking, short_title
from briefnote.render.word.edges import marking_run
from briefnote.render.word.house.xml import W, each, fragment
from briefnote.text import one_line

SLOT = "BODY"
_MARKING = "MARKING"
_OPEN = re.compile(r"\[\[([A-Z][A-Z_]*)\]\]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def values(document: Document) -> Mapping[str, str]:
    """Returns what each placeholder stands for."""
    return {
        "TITLE": one_line(document.title),
        "SHORT_TITLE": short_title(document),
        "SUBTITLE": one_line(document.subtitle),
        "AUTHOR": one_line(document.author),
        "DATE": date(document),
        "PERIOD": one_line(document.period),
        "KEYWORDS": one_line(", ".join(document.keywords)),
        _MARKING: marking(document),
    }


def fill(root: etree._Element, document: Document, file: str) -> Iterator[Problem]:
    """Fills the placeholders of a part, across runs; yields a problem for each that is not known.

    A value takes the look of the placeholder's first character; the marking has its own, which TLP prescribes.
    """
    known = values(document)
    for line in each(root, "p"):
        texts = [text for text in line.iter(f"{W}t") if _paragraph_of(text) is line]
        for match in reversed(list(_OPEN.finditer("".join(text.text or "" for text in texts)))):
            if match[1] in known:
                _replace(texts, match.start(), match.end(), known[match[1]], document, is_marking=match[1] == _MARKING)
            elif match[1] == SLOT:
                message = "[[BODY]] is to stand once, in a paragraph of its own outside tables and text boxes"
                yield Problem(file, message=message)
            else:
                yield Problem(file, message=f"[[{match[1]}]] is not known.{did_you_mean(match[1], [*known, SLOT])}")


def _paragraph_of(text: etree._Element) -> etree._Element | None:
    """Returns the paragraph a text is in: the nearest, as a text box is a paragraph within a paragraph."""
    return next(text.iterancestors(f"{W}p"), None)


def _replace(
    texts: list[etree._Element], start: int, end: int, value: str, document: Document, *, is_marking: bool
) -> None:
    """Puts a value in the place of some characters of the texts; the last placeholder of a line comes first."""
    position = 0
    is_put = False
    for text in texts:
        said = text.text or ""
        first, last = max(start - position, 0), min(end - position, len(said))
        position += len(said)
        if first >= last:
            continue
        text.set(_SPACE, "preserve")
        if is_put:
            text.text = said[:first] + said[last:]
        elif is_marking:
            text.text = said[:first]
            _put_marking(text, said[last:], document)
        else:
            text.text = said[:first] + value + said[last:]
        is_put = True


def _put_marking(text: etree._Element, rest: str, document: Document) -> None:
    """Sets the marking behind the run of a text, and what followed it there behind that."""
    run = text.getparent()
    assert run is not None  # noqa: S101 -- w:t is always in a run
    after = etree.Element(run.tag)
    after.extend(deepcopy(look) for look in run.iterfind(f"{W}rPr"))
    following = list(text.itersiblings())
    if rest:
        said = etree.SubElement(after, text.tag, {_SPACE: "preserve"})
        said.text = rest
    after.extend(following)
    if rest or following:
        run.addnext(after)
    if marked := marking_run(document):
        run.addnext(fragment(marked)[0])
