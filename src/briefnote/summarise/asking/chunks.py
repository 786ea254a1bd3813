"""Parts of an article short enough for one question, cut where its structure allows."""

from __future__ import annotations

from dataclasses import dataclass

from briefnote.model.article import Article, Block

MOST = 24_000  # characters: about 6,000 tokens, so that question and answer fit a window of 16,000


@dataclass(frozen=True)
class Chunk:
    """A part of the article: its blocks, and the headings that stand above the first of them."""

    blocks: tuple[Block, ...]
    headings: tuple[str, ...] = ()

    def text(self, article: Article) -> str:
        """Returns the part's text, a line for each block."""
        return "\n".join(article.text[block.start : block.end] for block in self.blocks)

    def halves(self) -> tuple[Chunk, ...]:
        """Returns the part in two, nothing where it is a single block."""
        middle = len(self.blocks) // 2
        if not middle:
            return ()
        return (Chunk(self.blocks[:middle], self.headings), Chunk(self.blocks[middle:], self.headings))


def chunks_of(article: Article, most: int = MOST) -> tuple[Chunk, ...]:
    """Returns the parts in order. A part ends before a heading where it can; a block longer than `most` is cut."""
    parts: list[Chunk] = []
    blocks: list[Block] = []
    above: dict[int, str] = {}
    headings: tuple[str, ...] = ()
    for block in _pieces(article, most):
        length = block.end - blocks[0].start if blocks else 0
        if blocks and (length > most or (block.kind == "heading" and length > most // 2)):
            parts.append(Chunk(tuple(blocks), headings))
            blocks, headings = [], tuple(above.values())
        blocks.append(block)
        if block.kind == "heading":
            above = {level: text for level, text in above.items() if level < block.level}
            above[block.level] = article.text[block.start : block.end]
    return (*parts, Chunk(tuple(blocks), headings)) if blocks else tuple(parts)


def _pieces(article: Article, most: int) -> list[Block]:
    return [
        Block(block.kind, start, min(start + most, block.end), block.level, block.page)
        for block in article.blocks
        for start in range(block.start, block.end, most)
    ]
