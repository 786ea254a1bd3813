"""The stories of a newsletter: a headline, what is said under it, and the link it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefnote.ingest.html.blocks import BlockText

_MORE = re.compile(
    r"(?:read|continue|learn|see|view|full|open)\b.{0,40}\b(?:more|reading|article|story|report|post|on|"
    r"here|online|here)\b.{0,20}"
    r"|more\W*|read\W*|→|\W*read (?:the|it|now)\b.{0,40}|link\W*",
    re.IGNORECASE,
)
FOOT = re.compile(
    r"unsubscribe|view (?:this (?:email|message|newsletter) )?(?:it )?(?:in|on) (?:your|the|a) (?:web )?browser|"
    r"you (?:are|were) (?:receiving|sent)|you(?:'|’)re receiving|manage (?:your )?(?:preferences|subscription)|"
    r"update your (?:preferences|profile)|forwarded this (?:email|message)|all rights reserved|^©|^copyright|"
    r"privacy policy|our mailing address|add us to your address book|email preferences|sent to .{3,60}@",
    re.IGNORECASE,
)
_HEADINGS = {"h1", "h2", "h3", "h4"}
_URL = re.compile(r"https?://[^\s<>\"')\]]+")
_RULE = re.compile(r"\s*(?:[-=_*~#•·]\s*){3,}$")
_SHORTEST, _LONGEST = 12, 200  # characters of a headline
_FEWEST = 60  # characters of the words under it


@dataclass(frozen=True)
class Story:
    """One story: its headline, its paragraphs, where it leads to."""

    title: str
    paragraphs: tuple[str, ...]
    url: str


def stories_in_blocks(blocks: Sequence[BlockText]) -> list[Story]:
    """Returns the stories of an HTML newsletter in order, each with its own link; [] where it lists fewer than two."""
    heads = [number for number, block in enumerate(blocks) if _is_headline(block)]
    found = []
    for head, end in pairwise([*heads, len(blocks)]):
        own = list(_until_foot(blocks[head + 1 : end]))
        links = [link for block in (blocks[head], *own) for link in block.links]
        paragraphs = tuple(block.text for block in own if not _MORE.fullmatch(block.text) and not _is_label(block))
        if links and sum(map(len, paragraphs)) >= _FEWEST:
            found.append(Story(blocks[head].text, paragraphs, links[0][0]))
    return _apart(found)


def stories_in_text(text: str) -> list[Story]:
    """Returns the stories of a plain newsletter: a short line, a paragraph or more, an address of its own."""
    found: list[Story] = []
    title, paragraphs = "", list[str]()
    for part in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in part.splitlines() if line.strip() and not _RULE.fullmatch(line)]
        if not lines or FOOT.search(" ".join(lines)):
            continue
        links = _URL.findall(" ".join(lines))
        words = [
            line for line in lines if not _URL.fullmatch(line.strip("<>()[] ")) and not _MORE.fullmatch(_unlinked(line))
        ]
        if _opens_story(words, has_link=bool(links)):
            title, paragraphs, words = words[0], [], words[1:]
        paragraphs.extend(filter(None, [_unlinked(" ".join(words))]))
        if links and title and sum(map(len, paragraphs)) >= _FEWEST:
            found.append(Story(title, tuple(paragraphs), links[0].rstrip(".,;")))
            title, paragraphs = "", []
    return _apart(found)


def _opens_story(words: list[str], has_link: bool) -> bool:
    """Says whether the first line of a part is a headline: alone in it, or above longer words or a link."""
    if not words or not _is_line(words[0]):
        return False
    return not has_link if len(words) == 1 else has_link or len(words[0]) < 0.8 * len(words[1])


def _is_headline(block: BlockText) -> bool:
    """Says whether it is a heading, or a short line that is bold or one link."""
    text = block.text
    if not _SHORTEST <= len(text) <= _LONGEST or _MORE.fullmatch(text) or FOOT.search(text):
        return False
    if block.tag in _HEADINGS:
        return True
    is_link = bool(block.links) and len(" ".join(words for _, words in block.links)) >= 0.9 * len(text)
    return (block.is_bold or is_link) and _is_line(text) and block.tag != "li"


def _is_line(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and not text.endswith((".", ",", ";", ":")) and not _URL.search(text)


def _is_label(block: BlockText) -> bool:
    return len(block.text) < 25 and not block.text.endswith((".", "!", "?"))


def _unlinked(line: str) -> str:
    return re.sub(
        r"(?:read (?:more|on)\s*:?\s*)?[<(\[]?" + _URL.pattern + r"[>)\]]?", "", line, flags=re.IGNORECASE
    ).strip()


def _until_foot(blocks: Sequence[BlockText]) -> Iterator[BlockText]:
    """Yields the blocks of a story: those before the foot, and before what stands after its "Read more"."""
    has_words = False
    for block in blocks:
        if FOOT.search(block.text):
            return
        yield block
        if has_words and _MORE.fullmatch(block.text):
            return
        has_words = has_words or len(block.text) >= _FEWEST


def _apart(stories: list[Story]) -> list[Story]:
    """Returns the stories where there are two or more with addresses of their own, else []."""
    kept = list({story.url: story for story in reversed(stories)}.values())[::-1]
    return kept if len(kept) > 1 else []
