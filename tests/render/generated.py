"""Documents made at random: every kind of block, nested, with notes, hostile strings and four scripts.

A made document knows what must be found in its edition: words that stand nowhere else, and the note of each call.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime

from hostile import HOSTILE, LINKS, SCRIPTS

from briefnote.model.brief import Bar, Chart, Point, Range, Series
from briefnote.model.edition import Document
from briefnote.render.escaping import escape_markdown

LONG = "Ж"  # of what a word too long for a line is made; it stands in no other


@dataclass
class Made:
    """A document, the words it must show once (or more where a table's head is repeated), and its notes."""

    document: Document
    words: list[str] = field(default_factory=list)
    calls: dict[str, str] = field(default_factory=dict)  # the word before a call → the first word of its note
    long: int = 0  # characters of words too long for a line


def make(seed: int) -> Made:
    """Returns the document of a seed, always the same."""
    return _Maker(seed).made()


class _Maker:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- no secret is made
        self._seed = seed
        self._count = 0
        self._ids = 0
        self._words: list[str] = []
        self._calls: dict[str, str] = {}
        self._notes: list[str] = []
        self._targets: list[str] = []
        self._long = 0
        self._charts: dict[str, Chart] = {}

    def made(self) -> Made:
        rng = self._random
        sizes = (rng.randint(1, 4), rng.randint(4, 12), rng.randint(12, 45))
        parts = [self._block(0) for _ in range(rng.choice(sizes))]
        if rng.random() < 0.8:
            parts.insert(0, f"# {self._inline(3)}\n")
        markdown = "\n\n".join([*parts, *self._notes]) + "\n"
        document = Document(
            markdown=markdown,
            title=rng.choice((f"Title {self._text(3)}", rng.choice(HOSTILE), "")),
            subtitle=rng.choice(("", rng.choice(HOSTILE))),
            author=rng.choice(("Desk", "", rng.choice(HOSTILE))),
            language=rng.choice(("en", "en-GB", "el", "uk", "zh", "")),
            marking=rng.choice(("TLP:CLEAR", "TLP:RED", "", "OFFICIAL & <b>")),
            keywords=tuple(rng.sample(HOSTILE, rng.randint(0, 3))),
            moment=datetime(2026, 11, 21, tzinfo=UTC),
            charts=self._charts,
        )
        return Made(document, self._words, self._calls, self._long)

    # ---- blocks -----------------------------------------------------------------------------------------

    def _block(self, depth: int) -> str:
        kinds = [self._paragraph] * 4 + [self._heading, self._bullets, self._numbers, self._table, self._code]
        kinds += [self._quote, self._rule, self._figure, self._long_word, self._raw]
        flat = [self._paragraph, self._bullets, self._numbers, self._code, self._quote, self._table, self._rule]
        return self._random.choice(kinds if depth == 0 else flat if depth < 3 else [self._paragraph])(depth)

    def _paragraph(self, _depth: int) -> str:
        rng = self._random
        kind = rng.choice(("", "", "{.lead}\n", "{.basis}\n", "{.unknown}\n", self._target()))
        return kind + self._inline(rng.choice((3, 12, 40, 150)))

    def _heading(self, _depth: int) -> str:
        return f"{self._target()}{'#' * self._random.randint(1, 6)} {self._inline(self._random.randint(0, 6))}"

    def _bullets(self, depth: int) -> str:
        return self._list(depth, ["- "] * self._random.randint(1, 5), ("", "{.findings}\n", "{.watch}\n"))

    def _numbers(self, depth: int) -> str:
        start = self._random.choice((1, 1, 7, 98))
        labels = [f"{start + number}. " for number in range(self._random.randint(1, 4))]
        return self._list(depth, labels, ("", "{.judgements}\n", "{.sources}\n"))

    def _list(self, depth: int, labels: list[str], classes: tuple[str, ...]) -> str:
        gap = self._random.choice(("\n", "\n\n"))
        items = [label + _indented(self._item(depth), len(label)) for label in labels]
        return self._random.choice(classes) + gap.join(items)

    def _item(self, depth: int) -> str:
        if self._random.random() < 0.1:
            return ""
        blocks = [self._inline(self._random.choice((2, 10, 40)))]
        while self._random.random() < 0.25:
            blocks.append(self._block(depth + 1))
        return "\n\n".join(blocks)

    def _quote(self, depth: int) -> str:
        blocks = "\n\n".join(self._block(depth + 1) for _ in range(self._random.randint(1, 2)))
        return "\n".join(f"> {line}".rstrip() for line in blocks.split("\n"))

    def _code(self, _depth: int) -> str:
        lines = [f"  {self._unique('code')}  x < y" for _ in range(self._random.randint(1, 6))]
        return "\n".join(["```text", *lines, "```"])

    def _rule(self, _depth: int) -> str:
        return "---"

    def _table(self, depth: int) -> str:
        rng = self._random
        columns = rng.randint(1, 5)
        rows = rng.choice((1, 3, 8, 40 if depth == 0 else 4))
        caption = f"{{.caption}}\n{self._inline(5)}\n\n" if rng.random() < 0.5 else ""
        head = self._row([self._inline(2, calls=False) for _ in range(columns)])
        line = self._row([rng.choice((":--", "--:", ":-:", "---")) for _ in range(columns)])
        cell = rng.choice((1, 4, 12))
        body = [self._row([self._inline(rng.randint(0, cell)) for _ in range(columns)]) for _ in range(rows)]
        return caption + "\n".join([head, line, *body])

    def _row(self, cells: list[str]) -> str:
        return f"| {' | '.join(cell.replace(chr(10), ' ') for cell in cells)} |"

    def _figure(self, _depth: int) -> str:
        name = f"chart{len(self._charts)}"
        rng = self._random
        kind = rng.choice(("bars", "time", "ranges"))
        count = rng.randint(1, 4)
        labels = [self._shown(self._plain(rng.randint(1, 4))) for _ in range(count)]
        bars = tuple(Bar(label, rng.uniform(-5, 120), f"{rng.randint(0, 99)}%") for label in labels)
        series = tuple(Series(label, self._points()) for label in labels)
        ranges = tuple(
            Range(label, low, low + rng.choice((0, 9)), f"{low}", f"{low}9") for low, label in enumerate(labels)
        )
        self._charts[name] = Chart(
            id=name,
            title="A chart",
            alt="In words",
            bars=bars if kind == "bars" else (),
            maximum=rng.choice((0.0, 100.0)),
            kind=kind,  # type: ignore[arg-type]
            series=series if kind == "time" else (),
            ranges=ranges if kind == "ranges" else (),
        )
        caption = f"\n\n{{.caption}}\n{self._inline(5)}" if rng.random() < 0.5 else ""
        return f"![{escape_markdown(rng.choice(HOSTILE))}](chart:{name}){caption}"

    def _points(self) -> tuple[Point, ...]:
        years = sorted(self._random.sample(range(1990, 2026), self._random.randint(1, 6)))
        return tuple(Point(year, self._random.uniform(-9, 99), f"{year}", f"{year % 7} bn") for year in years)

    def _long_word(self, _depth: int) -> str:
        length = self._random.choice((200, 3000))
        self._long += length
        return LONG * length

    def _raw(self, _depth: int) -> str:
        """Markdown that is not escaped, as a template of a user may hold it: it need not be found again."""
        hostile = [text for text in HOSTILE if "![" not in text and "{#" not in text]
        return " ".join(self._random.choice(hostile) for _ in range(self._random.randint(1, 5)))

    # ---- text -------------------------------------------------------------------------------------------

    def _inline(self, count: int, *, calls: bool = True) -> str:
        """Returns Markdown of about so many words, some of them marked, linked or followed by a note."""
        parts = []
        for _ in range(count):
            word = self._shown(self._plain(1))
            text = str(escape_markdown(word))
            choice = self._random.random()
            if choice < 0.03 and calls and len(self._notes) < 60:
                text += self._note(word)
            elif choice < 0.12:
                text = self._marked(text)
            parts.append(text)
        return " ".join(parts)

    def _marked(self, text: str) -> str:
        target = self._random.choice(self._targets) if self._targets else "nowhere"
        return self._random.choice(
            (
                f"**{text}**",
                f"*{text}*",
                f"~~{text}~~",
                f"[{text}]{{lang=el}}",
                f"[{text}]({self._random.choice(LINKS)})",
                f"[{text}](#{target})",
                f"{text}\\\n",
            )
        )

    def _note(self, word: str) -> str:
        number = len(self._notes) + 1
        self._notes.append("")  # its place is taken before its own text is made
        first = self._shown(self._unique("note"))
        more = self._inline(self._random.choice((0, 4, 30)), calls=False)
        self._notes[number - 1] = f"[^n{number}]: {escape_markdown(first)} {more}".rstrip()
        self._calls[word] = first
        return f"[^n{number}]"

    def _plain(self, count: int) -> str:
        """Returns words of a script, or something hostile, the last with a number that no other has."""
        if self._random.random() < 0.06:
            return f"{self._random.choice(HOSTILE)} {self._unique('odd')}"
        words = self._random.choice(SCRIPTS).split()
        chosen = [self._random.choice(words) for _ in range(count)]
        return self._unique(" ".join(chosen))

    def _text(self, count: int) -> str:
        return " ".join(self._random.choice(self._random.choice(SCRIPTS).split()) for _ in range(count))

    def _shown(self, word: str) -> str:
        self._words.append(word)
        return word

    def _unique(self, word: str) -> str:
        self._count += 1
        return f"{word}q{self._count}z"

    def _target(self) -> str:
        if self._random.random() < 0.7:
            return ""
        self._ids += 1
        self._targets.append(f"t{self._ids}")
        return f"{{#t{self._ids}}}\n"


def _indented(text: str, width: int) -> str:
    return text.replace("\n", "\n" + " " * width)
