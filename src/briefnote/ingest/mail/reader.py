"""Reads mails; a newsletter that lists several articles is taken apart by `split`."""

from __future__ import annotations

from dataclasses import replace

from briefnote.ingest.frontlines import with_front_lines
from briefnote.ingest.html.blocks import BlockText, blocks_of
from briefnote.ingest.html.page import open_page
from briefnote.ingest.html.places import SourceMap
from briefnote.ingest.html.reader import read_page
from briefnote.ingest.language import language_of
from briefnote.ingest.mail.message import Mail, open_mail
from briefnote.ingest.mail.stories import FOOT, Story, stories_in_blocks, stories_in_text
from briefnote.ingest.passages import Passage, Run, assemble
from briefnote.ingest.plain.reader import read_text
from briefnote.ingest.snapshot import Snapshot
from briefnote.ingest.stating import metadata_of
from briefnote.model.article import Article, Metadata, Stated
from briefnote.text import count_words


def read(snapshot: Snapshot) -> Article:
    """Returns the mail as one article. Places count the characters of its decoded body, "text/html" or "text/plain"."""
    mail = open_mail(snapshot)
    article = _from_html(snapshot, mail) if mail.html.strip() else read_text(mail.text, snapshot.url, "text/plain")
    return replace(article, metadata=_merged(article.metadata, mail.metadata))


def split(snapshot: Snapshot) -> tuple[Article, ...]:
    """Returns the stories of a newsletter, each with its link as address; () where it is one article."""
    mail = open_mail(snapshot)
    stories: list[Story] = []
    if mail.html.strip():
        page = open_page(Snapshot(mail.html, snapshot.name, None, "text/html; charset=utf-8"))
        stories = stories_in_blocks(blocks_of(page.tree))
    where = SourceMap(mail.html.decode()) if stories else None
    if not stories and mail.text.strip():
        stories = stories_in_text(mail.text)
    return tuple(_article(story, mail, where) for story in stories)


def _from_html(snapshot: Snapshot, mail: Mail) -> Article:
    """Returns what the extractor keeps; all blocks before the foot where it keeps less than half of them."""
    page = open_page(Snapshot(mail.html, snapshot.name, snapshot.url, "text/html; charset=utf-8"))
    article = read_page(page)
    blocks = _body_blocks(blocks_of(page.tree))
    if count_words(article.text) < 0.5 * sum(count_words(block.text) for block in blocks):
        where = SourceMap(page.source)
        passages = with_front_lines([_passage(block, where) for block in blocks])
        body = assemble(passages)
        said = metadata_of(passages, body.text, snapshot.url)
        article = Article(body.text, body.blocks, body.places, replace(said, title=None))
    places = tuple(replace(place, part="text/html") for place in article.places)
    return replace(article, places=places)


def _body_blocks(blocks: list[BlockText]) -> list[BlockText]:
    """Returns the blocks without those of the foot."""
    return [block for block in blocks if not (FOOT.search(block.text) and len(block.text) < 400)]


def _passage(block: BlockText, where: SourceMap) -> Passage:
    runs = where.runs(block.text)
    if block.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        return Passage("heading", runs, int(block.tag[1]))
    return Passage({"li": "item", "blockquote": "quote"}.get(block.tag, "paragraph"), runs, int(block.tag == "li"))  # type: ignore[arg-type]


def _article(story: Story, mail: Mail, where: SourceMap | None) -> Article:
    part = "text/html" if where else "text/plain"
    passages = []
    for paragraph in story.paragraphs:
        runs = where.runs(paragraph) if where else _runs(paragraph, mail.text)
        passages.append(Passage("paragraph", tuple(run._replace(part=part) for run in runs)))
    body = assemble(passages)
    language = language_of(body.text)
    metadata = Metadata(
        title=Stated(story.title, "headline in a newsletter", 0.85),
        publisher=mail.metadata.publisher,
        published=replace(mail.metadata.published, certainty=0.6) if mail.metadata.published else None,
        language=Stated(language[0], "words of the text", language[1]) if language else None,
        url=Stated(story.url, "link in a newsletter", 0.8),
    )
    return Article(body.text, body.blocks, body.places, metadata)


def _runs(paragraph: str, text: str) -> tuple[Run, ...]:
    """Returns the words of a paragraph, each where it stands in the text after the one before it."""
    runs: list[Run] = []
    at = max(0, text.find(paragraph[:20]))
    for word in paragraph.split():
        found = text.find(word, at)
        at = found + len(word) if found >= 0 else at
        runs += [Run(word, "", found if found >= 0 else None), Run(" ")]
    return tuple(runs)


def _merged(said: Metadata, header: Metadata) -> Metadata:
    """Returns what the header says, and what the body says better: a byline, the date on its first "
    "lines, its language."""
    return Metadata(
        title=header.title or said.title,
        authors=said.authors or header.authors,
        publisher=header.publisher or said.publisher,
        published=header.published or said.published,
        updated=said.updated,
        language=said.language,
        url=said.url or header.url,
    )
