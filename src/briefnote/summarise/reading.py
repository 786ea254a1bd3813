"""An article as the extractor sees it: sentences with their actors, words, headings and place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefnote.model.article import Article
from briefnote.summarise.actors import find_mentions
from briefnote.summarise.frames import Hit, find_frames, mask
from briefnote.summarise.lexicon import find_families
from briefnote.summarise.mentions import Mention
from briefnote.summarise.sentences import Sentence, split

_TOKEN = re.compile(r"[\ue000-\uf8ff]|'s\b|[^\W\d_\ue000-\uf8ff]+(?:['-][^\W\d_\ue000-\uf8ff]+)*|\d[\d.,]*|[%$€£?]")
_PROSE = {"paragraph", "item", "quote"}
_END_MATTER = re.compile(
    r"(?:end|foot)?notes?|references|bibliography|sources|about the authors?|authors?|disclaimer|acknowledge?ments?"
    r"|contents|table of contents|further reading|related (?:articles|reading)|methodology|contributors?",
    re.IGNORECASE,
)
# How a paragraph starts that is not the article's but about it, and a sentence that only points to another text.
_ABOUT_ITSELF = re.compile(
    r"(?:disclaimer|(?:suggested |recommended )?citation|cite as|photo(?: credit)?|copyright|about the authors?)\s*:|©",
    re.IGNORECASE,
)
_POINTER = re.compile(r"\(?(?:for (?:more|further|additional) \w+|for background)\b[^.;]{0,60}?,? see\b", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """A sentence in its place.

    `heading` and `intro` are numbers of the passages that head its section and introduce its list, None without one;
    `place` counts sentences in the paragraph from 0, `of` says how many it has; `paragraph` is the number of its block.
    """

    sentence: Sentence
    kind: str
    mentions: tuple[Mention, ...]
    masked: str
    tokens: tuple[str, ...]
    families: tuple[tuple[int, str], ...]
    hits: tuple[Hit, ...]
    heading: int | None
    intro: int | None
    place: int
    of: int
    paragraph: int
    is_prose: bool


@dataclass(frozen=True)
class Reading:
    """The article with its passages in order and all of its mentions.

    `first_prose` is the number of the first passage of prose (0 without one), `named` counts the mentions by actor.
    """

    article: Article
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    first_prose: int
    named: Mapping[str, int]


def read(article: Article, actors: Sequence[str] = ()) -> Reading:
    """Returns the article as the extractor sees it; `actors` are names known besides the gazetteer."""
    published = article.metadata.published
    year = int(published.value[:4]) if published and published.value[:4].isdigit() else None
    mentions = find_mentions(article.text, year, actors)
    sentences = split(article)
    passages = tuple(_Walk(article, sentences, mentions).passages())
    first = next((number for number, passage in enumerate(passages) if passage.is_prose), 0)
    return Reading(article, passages, mentions, first, Counter(mention.actor for mention in mentions))


def tokens_of(masked: str) -> tuple[str, ...]:
    """Returns the words, numbers, signs and masked actors of a sentence in lower case."""
    return tuple(_TOKEN.findall(masked))


class _Walk:
    """One walk through the sentences: keeps the heading, the list introduction and the place in the paragraph."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> None:
        self.article, self.sentences, self.mentions = article, sentences, mentions
        self.starts = [mention.start for mention in mentions]
        self.sizes: dict[int, int] = {}
        for sentence in sentences:
            self.sizes[sentence.block] = self.sizes.get(sentence.block, 0) + 1
        self.heading: int | None = None
        self.intro: int | None = None
        self.is_end_matter = False
        self.is_about_itself = False

    def passages(self) -> list[Passage]:
        """Returns a passage for each sentence."""
        found: list[Passage] = []
        place, block = 0, -1
        for number, sentence in enumerate(self.sentences):
            place = place + 1 if sentence.block == block else 0
            block = sentence.block
            if place == 0:
                self.is_about_itself = bool(_ABOUT_ITSELF.match(sentence.text))
            kind = self.article.blocks[block].kind
            found.append(self._passage(sentence, kind, place))
            self._note(number, sentence, kind)
        return found

    def _passage(self, sentence: Sentence, kind: str, place: int) -> Passage:
        first, last = bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)
        mentions = tuple(self.mentions[first:last])
        masked = mask(sentence.text, sentence.start, mentions)
        tokens = tokens_of(masked)
        is_prose = kind in _PROSE and not self._is_apart(sentence.text)
        return Passage(
            sentence=sentence,
            kind=kind,
            mentions=mentions,
            masked=masked,
            tokens=tokens,
            families=find_families(tokens),
            hits=find_frames(masked, mentions) if is_prose else (),
            heading=self.heading,
            intro=self.intro if kind == "item" else None,
            place=place,
            of=self.sizes[sentence.block],
            paragraph=sentence.block,
            is_prose=is_prose,
        )

    def _is_apart(self, text: str) -> bool:
        return self.is_end_matter or self.is_about_itself or bool(_POINTER.match(text))

    def _note(self, number: int, sentence: Sentence, kind: str) -> None:
        if kind in {"heading", "title"}:
            self.heading, self.intro = number, None
            self.is_end_matter = bool(_END_MATTER.fullmatch(sentence.text.strip(" :#*.")))
        elif kind != "item":
            self.intro = number if sentence.text.rstrip().endswith(":") else None
