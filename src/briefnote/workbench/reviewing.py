"""The review of a draft: each claim and figure is seen beside its passage, and each decision is on disk at once.

So a review can be left at any time, and goes on where it stopped. A summary is reviewed when all of it was seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from briefnote import clock
from briefnote.drafting.making import placed
from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.model.record import Reader
from briefnote.model.summary import Claim, Figure, Locator, Reliability, Summary
from briefnote.model.vocabulary import Vocabulary
from briefnote.model.writing import as_written
from briefnote.store import patching
from briefnote.store.articles import has_article, read_article, sources_folder
from briefnote.store.folder import SUFFIX, Folder
from briefnote.store.summaries import wrong_kind
from briefnote.store.writing import locked, write_together
from briefnote.summarise.folding import folded_text
from briefnote.summarise.grounding import ungrounded
from briefnote.workbench.benches import words_of
from briefnote.yamltext import to_yaml
from briefnote.yamltree import read_yaml

Entry = Claim | Figure


@dataclass(frozen=True)
class Review:
    """A summary under review: its file as it is, what it says, and its article (empty where none is at hand).

    `words` are those that an entry may use.
    """

    folder: Folder
    path: Path
    written: str
    summary: Summary
    article: str
    words: Vocabulary

    @property
    def pending(self) -> tuple[Entry, ...]:
        """Returns what nobody has seen yet: each claim with its figures after it, then the other figures."""
        return () if self.summary.reviewed else tuple(entry for entry in self.entries if not entry.reviewed)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Returns all claims and figures in the order of the review."""
        return tuple(_ordered(self.summary))


def _ordered(summary: Summary) -> Iterator[Entry]:
    for claim in summary.claims:
        yield claim
        yield from (figure for figure in summary.figures if figure.claim == claim.id)
    known = {claim.id for claim in summary.claims}
    yield from (figure for figure in summary.figures if figure.claim not in known)


def open_review(folder: Folder, source: str) -> Review:
    """Returns the review of a source's summary. Raises BriefnoteError where there is none, or it cannot be read."""
    path = sources_folder(folder) / f"{source}{SUFFIX}"
    names = [file.name.removeprefix("sources/").removesuffix(SUFFIX) for file in folder.summary_files]
    if source not in names:
        near = did_you_mean(source, names)
        message = f"no summary '{source}'.{near} Draft one with `briefnote summarise {source}`."
        raise BriefnoteError([Problem("sources/", message=message)])
    written = folder.read(path).data.decode("utf-8-sig")
    article = read_article(folder, source).article.text if has_article(folder, source) else ""
    return Review(folder, path, written, _read(written, path.name), article, words_of(folder))


def _read(written: str, name: str) -> Summary:
    node, problems = read_yaml(written.encode(), f"sources/{name}")
    reader = Reader(f"sources/{name}")
    summary = reader.read(node, Summary) if node is not None else None
    if summary is None:
        raise BriefnoteError([*problems, *reader.problems])
    return summary


def accept(review: Review, entry: Entry) -> Review:
    """Marks an entry as seen."""
    seen = replace(entry, reviewed=True)
    return _saved(review, patching.with_mark(review.written, _part(entry), seen), _with(review.summary, seen))


def correct(review: Review, entry: Entry, corrected: Entry) -> Review:
    """Puts a corrected entry in place, and marks it as seen."""
    seen = replace(corrected, id=entry.id, reviewed=True)
    return _saved(review, patching.with_entry(review.written, _part(entry), seen), _with(review.summary, seen))


def drop(review: Review, entry: Entry) -> Review:
    """Takes an entry out. Figures that supported a dropped claim stay, on their own."""
    written, summary = patching.without_entry(review.written, _part(entry), entry.id), review.summary
    if isinstance(entry, Figure):
        figures = tuple(figure for figure in summary.figures if figure.id != entry.id)
        return _saved(review, written, replace(summary, figures=figures))
    summary = replace(summary, claims=tuple(claim for claim in summary.claims if claim.id != entry.id))
    for figure in summary.figures:
        if figure.claim == entry.id:
            alone = replace(figure, claim=None)
            written, summary = patching.with_entry(written, "figures", alone), _with(summary, alone)
    return _saved(review, written, summary)


def add(review: Review, claim: Claim) -> Review:
    """Adds a claim of the reviewer's own, seen by whoever wrote it."""
    seen = replace(claim, reviewed=True)
    summary = replace(review.summary, claims=(*review.summary.claims, seen))
    return _saved(review, patching.with_new_entry(review.written, "claims", seen), summary)


def judge_source(review: Review, reliability: Reliability, reason: str) -> Review:
    """Sets what the source is worth."""
    source = replace(review.summary.source, reliability=reliability, reliability_reason=reason)
    written = patching.with_values(review.written, {"source": as_written(source)})
    return _saved(review, written, replace(review.summary, source=source))


def finish(review: Review, by: str | None, on: date | None = None) -> Review:
    """Marks the whole summary as reviewed, by whom and when."""
    on = on or clock.today()
    values = {"reviewed": True, **({"reviewed_by": by} if by else {}), "reviewed_on": on}
    summary = replace(review.summary, reviewed=True, reviewed_by=by or review.summary.reviewed_by, reviewed_on=on)
    return _saved(review, patching.with_values(review.written, values), summary)


def _part(entry: Entry) -> patching.Part:
    return "claims" if isinstance(entry, Claim) else "figures"


def _with(summary: Summary, entry: Entry) -> Summary:
    if isinstance(entry, Claim):
        return replace(summary, claims=tuple(entry if one.id == entry.id else one for one in summary.claims))
    return replace(summary, figures=tuple(entry if one.id == entry.id else one for one in summary.figures))


def _saved(review: Review, written: str, summary: Summary) -> Review:
    """Writes what the lines now say; where they do not say it, the whole summary anew, the former file kept as NAME~.

    Raises BriefnoteError where somebody else has changed the file meanwhile.
    """
    files = {}
    if _says_another(written, review.path.name, summary):
        files[f"{review.path.name}~"] = review.written.encode()
        written = to_yaml(as_written(summary))
    files[review.path.name] = written.encode()
    with locked(review.path.parent):
        if review.path.read_bytes().decode("utf-8-sig") != review.written:
            message = "was changed by somebody else meanwhile; begin the review again"
            raise BriefnoteError([Problem(review.folder.name_of(review.path), message=message)])
        write_together(review.path.parent, review.path.stem, files, review.path.name)
    return replace(review, written=written, summary=summary)


def _says_another(written: str, name: str, summary: Summary) -> bool:
    try:
        return _read(written, name) != summary
    except BriefnoteError:
        return True


def passage_of(review: Review, entry: Entry) -> tuple[str, str, str] | None:
    """Returns the words before a passage, the passage, and those after it; None where the article has none.

    A figure without a passage of its own stands in that of its claim.
    """
    if isinstance(entry, Figure) and entry.quote is None and entry.locator is None:
        claim = next((claim for claim in review.summary.claims if claim.id == entry.claim), None)
        return passage_of(review, claim) if claim else None
    place = folded_text(review.article).find(entry.quote, _start(entry)) if entry.quote else None
    locator = entry.locator
    if place is None and locator is not None and locator.start is not None and locator.end is not None:
        place = (locator.start, locator.end) if locator.end <= len(review.article) else None
    if place is None:
        return None
    start, end = place
    return review.article[max(0, start - 300) : start], review.article[start:end], review.article[end : end + 300]


def _start(entry: Entry) -> int:
    return (entry.locator.start or 0) if entry.locator else 0


def read_entry(review: Review, entry: Entry, written: str) -> Entry:
    """Returns an entry as a person has written it, at the place of its passage. Raises BriefnoteError with problems."""
    node, problems = read_yaml(written.encode(), entry.id)
    reader = Reader(entry.id, review.words.terms())
    read = reader.read(node, type(entry)) if node is not None else None
    if read is None or not _is_of_its_kind(read, review.words, reader):
        raise BriefnoteError([*problems, *reader.problems])
    if read.quote != entry.quote and read.locator == entry.locator:
        place = folded_text(review.article).find(read.quote) if read.quote else None
        located = replace(read, locator=Locator(*place) if place else None)
        read = placed(located, review.article)
    return _standing(review, read)


def _is_of_its_kind(entry: Entry, words: Vocabulary, reader: Reader) -> bool:
    kinds = {name: mechanism.kind for name, mechanism in words.mechanisms.items()}
    message = wrong_kind(entry, kinds) if isinstance(entry, Claim) else None
    if message:
        reader.problem(entry.line, "mechanism", message)
    return message is None


def _standing(review: Review, entry: Entry) -> Entry:
    """A quote that is not in the article is refused; a number that is not in its passage is the reviewer's to judge."""
    if not review.article:
        return entry
    alone = replace(review.summary, claims=(), figures=(), source=replace(review.summary.source, sha256=None))
    held = replace(alone, claims=(entry,)) if isinstance(entry, Claim) else replace(alone, figures=(entry,))
    wrong = [problem for problem in ungrounded(held, review.article) if not problem.is_warning]
    if wrong:
        raise BriefnoteError(wrong)
    return entry


def new_claim(review: Review) -> Claim:
    """Returns an empty claim with an id that is free."""
    numbers = [int(claim.id[1:]) for claim in review.summary.claims if claim.id[1:].isdigit()]
    return Claim(f"c{max(numbers, default=0) + 1}", "", "context")


def entry_text(entry: Entry) -> str:
    """Returns an entry as a person edits it."""
    return to_yaml({name: value for name, value in as_written(entry).items() if name != "reviewed"})
