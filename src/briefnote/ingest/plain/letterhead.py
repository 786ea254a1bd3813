"""The letterhead of a plain text: who writes, where from, under which number; above the title, and never the title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefnote.ingest.frontlines import is_date_line
from briefnote.ingest.plain.lines import Paragraph

_ORGANISATION = re.compile(
    r"\b(?:ministr\w+|ministère|minist[eé]ri\w+|departe?ment\w*|directorate|office|institute?|agency|embassy|commission|"
    r"council|bureau|secretariat|government|parliament|committee|authority|administration|chancellery|delegation|"
    r"foundation|bundes\w+|auswärtiges amt|chancellerie)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b(?:tel|telephone|phone|fax|e-?mail)\b\.?\s*[:+(\d]|\S@\w[\w.-]*\.\w|\bwww\.\w|https?://|\bp\.? ?o\.? box\b|"
    r"\b\d{1,4}[a-z]?,? (?:\w+\.? ){1,3}(?:street|road|avenue|square|lane|quay|boulevard)\b|"
    r"\b(?:street|road|avenue|square|lane|quay|straße|strasse|platz|weg|allee) \d{1,4}\b|,\s*\w{0,3}-?\d{4,5} \w",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:(?:our|your|file|case|document)\s+)?(?:ref(?:erence)?|no|number|az|aktenzeichen|geschäftszeichen|n°|réf)\b"
    r"[^:\d]{0,15}[.:]\s*(?:[\w/.-]+ )?[\w/.-]*\d",
    re.IGNORECASE,
)
_ENDS_AS_BODY = re.compile(r"[.,;…!]['\"’”)\]]*$")
_MOST, _LONGEST = 10, 120


def letterhead(paragraphs: Sequence[Paragraph]) -> int:
    """Returns how many paragraphs make up the letterhead, 0 where there is none.

    It begins with an organisation and ends with the last address, number or date before a line that may be the title.
    An organisation that is not in capitals needs two of them: a title may name one, above the address of its author.
    """
    texts = [paragraph.text for paragraph in paragraphs[: _MOST + 1]]
    if not texts or not _ORGANISATION.search(texts[0]):
        return 0
    end, told = 0, 2 if texts[0].isupper() else 1
    for number, text in enumerate(texts):
        is_about = len(text) < _LONGEST and (_CONTACT.search(text) or _REFERENCE.match(text))
        if is_about or (end and is_date_line(text)):
            end, told = number + 1, told + 1
        elif len(text) > _LONGEST or _ENDS_AS_BODY.search(text):
            break
    return end if told > 2 and end < len(texts) - 1 and not _ENDS_AS_BODY.search(texts[end]) else 0
