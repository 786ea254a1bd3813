"""The shelf on which articles arrive: each is new, known, a new version of a source, or another's copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefnote import clock
from briefnote.collecting.catalogue import Entry, entry_of, host_of, pages_of, read_catalogue
from briefnote.collecting.outcome import Item, OutcomeKind
from briefnote.collecting.summarised import Awaited, awaited_articles
from briefnote.errors import BriefnoteError
from briefnote.ingest.duplicates import Sketches, are_one_text, overlap
from briefnote.ingest.gates import gates
from briefnote.model.archive import ArticleRecord, Drift, Fetch
from briefnote.model.article import Article
from briefnote.store.articles import free_id, read_article, save_article, save_version, update_record
from briefnote.store.folder import Folder
from briefnote.store.issue import digest
from briefnote.store.naming import id_of

_SAME_PLACE = 0.3  # of the runs of the shorter text: what came from the same file and shares so much is a new version


@dataclass(frozen=True)
class Arrival:
    """An article that was read, with the bytes it was read from. `name` is what messages call it.

    `source` is the id that it must have (a page fetched again), None where that is to be found.
    """

    article: Article
    data: bytes
    name: str
    came_from: str
    parts: int = 1
    fetch: Fetch | None = None
    source: str | None = None


class Library:
    """The articles of a folder while some are added. What it holds is what is on disk at every moment."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.entries, self.problems = read_catalogue(folder)
        self.awaited = awaited_articles(folder, self.entries)
        self._known: dict[str, dict[str, None]] = {}
        self._sketches: Sketches | None = None
        for entry in self.entries.values():
            self._remember(entry)

    def page(self, url: str) -> Entry | None:
        """Returns the article that is known under a canonical URL."""
        return next(iter(self._with(url)), None)

    def all_of(self, snapshot: str) -> list[Entry]:
        """Returns the articles that were read from the bytes of this digest, none where some are not there yet."""
        found = [entry for entry in self._with(snapshot) if entry.snapshot == snapshot]
        return found if found and len(found) >= found[0].parts else []

    def _with(self, mark: str | None) -> list[Entry]:
        """Returns the articles that have this page, digest or place."""
        return [self.entries[source] for source in self._known.get(mark or "", ())]

    def _remember(self, entry: Entry) -> None:
        for mark in (*entry.pages, entry.text, entry.snapshot, entry.came_from):
            if mark:
                self._known.setdefault(mark, {})[entry.id] = None

    def take(self, arrival: Arrival) -> Item:
        """Keeps an article as what it is, and returns what that was. Raises BriefnoteError where it cannot be kept."""
        writable = arrival.article.text.encode("utf-8", "replace").decode()  # no half of a surrogate pair
        article = replace(arrival.article, text=writable, gates=gates(arrival.article))
        arrival = replace(arrival, article=article)
        record = self._record(arrival)
        former = self._former(arrival, record)
        if former is not None:
            return self._again(former, arrival, record)
        if twin := self._twin(record):
            return Item("known", arrival.name, twin.id, f"the same text as {arrival.name}")
        return self._new(arrival, record)

    def _record(self, arrival: Arrival) -> ArticleRecord:
        return ArticleRecord(
            id=arrival.source or "",
            article=arrival.article,
            text_sha256=digest(arrival.article.text.encode()),
            added=clock.today().isoformat(),
            came_from=arrival.came_from,
            parts=arrival.parts,
            fetch=arrival.fetch,
        )

    # ---- seen before? -------------------------------------------------------------------------------------------

    def _former(self, arrival: Arrival, record: ArticleRecord) -> Entry | None:
        """Returns the source of which this is the same or another version."""
        if arrival.source is not None:
            return self.entries.get(arrival.source)
        pages = pages_of(record)
        by_page = next((entry for page in pages if (entry := self.page(page))), None)
        if by_page is not None and (arrival.fetch is not None or by_page.gates or self._is_like(by_page, record)):
            return by_page
        return next((entry for entry in self._with(arrival.came_from) if self._is_like(entry, record)), None)

    def _is_like(self, entry: Entry, record: ArticleRecord) -> bool:
        if entry.text == record.text_sha256:
            return True
        return overlap(self._text(entry.id), record.article.text) >= _SAME_PLACE

    def _text(self, source: str) -> str:
        try:
            return read_article(self.folder, source).article.text
        except BriefnoteError:
            return ""  # a source that cannot be read is like none; the catalogue has said what is wrong with it

    def _twin(self, record: ArticleRecord) -> Entry | None:
        """Returns the source with the very text of the same publisher's: it would say nothing new."""
        if record.article.gates:
            return None
        hosts = {host_of(page) for page in pages_of(record)}
        for entry in self._with(record.text_sha256):
            others = {host_of(page) for page in entry.pages}
            if entry.text == record.text_sha256 and (not hosts or not others or hosts & others):
                return entry
        return None

    # ---- known, or changed --------------------------------------------------------------------------------------

    def _again(self, former: Entry, arrival: Arrival, record: ArticleRecord) -> Item:
        today, article = clock.today().isoformat(), arrival.article
        if former.text == record.text_sha256 or former.text == digest(arrival.data):
            if arrival.fetch is not None or former.drift:
                self.note(former.id, arrival.fetch, None)
            return Item("known", arrival.name, former.id, "")
        if article.gates and not former.gates:
            reason = article.gates[0].reason
            self.note(former.id, arrival.fetch, Drift("gated", today, reason))
            return Item("gated", arrival.name, former.id, f"{reason}; the version kept before stays in use")
        return self._version(former, arrival, record)

    def note(self, source: str, fetch: Fetch | None, drift: Drift | None) -> None:
        """Writes into a source's record when it was fetched and what has become of it; None leaves what is known."""
        update_record(
            self.folder, source, lambda known: replace(known, fetch=fetch or known.fetch, drift=drift or _kept(known))
        )
        self._enter(read_article(self.folder, source))

    def _version(self, former: Entry, arrival: Arrival, record: ArticleRecord) -> Item:
        known = read_article(self.folder, former.id)
        today = clock.today().isoformat()
        what = how_changed(known.article.text, arrival.article.text)
        changed = replace(
            record, id=former.id, added=known.added, origin=known.origin, drift=Drift("changed", today, what)
        )
        saved = save_version(self.folder, changed, arrival.data, today)
        self._enter(saved)
        kind: OutcomeKind = "gated" if arrival.article.gates else "changed"
        return Item(kind, arrival.name, former.id, f"version {saved.version}, {what}; the former is kept")

    # ---- new ----------------------------------------------------------------------------------------------------

    def _new(self, arrival: Arrival, record: ArticleRecord) -> Item:
        awaited = self._awaiting(arrival, record)
        if awaited is not None:
            record = replace(record, article=awaited.article_of(arrival.data, record.article))
        original = self._original(record)
        wanted = id_of(record.article, record.text_sha256)
        name = awaited.id if awaited else free_id(self.folder, wanted)
        record = replace(record, id=name, origin=original.id if original else None)
        if original and _is_earlier(entry_of(record), original):
            record = replace(record, origin=None)
        saved = save_article(self.folder, record, arrival.data)
        self._enter(saved)
        said = list(self._said(saved, original))
        return Item("gated" if saved.article.gates else "added", arrival.name, saved.id, "; ".join(said))

    def _awaiting(self, arrival: Arrival, record: ArticleRecord) -> Awaited | None:
        """Returns the summary that a person wrote of this article and that has no text yet."""
        pages, sums = set(pages_of(record)), {record.text_sha256, digest(arrival.data)}
        found = [
            one for one in self.awaited if one.sha256 in sums or one.page in pages or one.is_beside(arrival.came_from)
        ]
        self.awaited = tuple(one for one in self.awaited if one not in found[:1])
        return found[0] if found else None

    def _original(self, record: ArticleRecord) -> Entry | None:
        """Returns the source that tells the same story, the one that others are copies of."""
        if record.article.gates:
            return None
        if self._sketches is None:
            known = self.entries.values()
            self._sketches = Sketches((entry.id, entry.sketch) for entry in known if entry.sketch and not entry.origin)
        for source in self._sketches.candidates(entry_of(record).sketch):
            if source in self.entries and are_one_text(self._text(source), record.article.text):
                return self.entries[source]
        return None

    def _said(self, saved: ArticleRecord, original: Entry | None) -> Iterator[str]:
        yield from (gate.reason for gate in saved.article.gates)
        if original and saved.origin:
            yield f"tells the same story as {original.id}; in a summary of it set origin: {original.id}"
        elif original:
            self._make_copies(original, saved.id)
            yield f"is older than {original.id}, which tells the same story; in its summary set origin: {saved.id}"

    def _make_copies(self, former: Entry, source: str) -> None:
        """An earlier telling was found: what was taken for the original is its copy, and so are that one's copies."""
        copies = [entry.id for entry in self.entries.values() if entry.origin == former.id]
        for copy in (former.id, *copies):
            update_record(self.folder, copy, lambda known: replace(known, origin=source))
            self._enter(read_article(self.folder, copy))

    def _enter(self, record: ArticleRecord) -> None:
        entry = entry_of(record)
        self.entries[record.id] = entry
        self._remember(entry)
        if self._sketches is not None and entry.sketch and not entry.origin:
            self._sketches.add(record.id, entry.sketch)


def _kept(known: ArticleRecord) -> Drift | None:
    """That an article has changed stays said; that it had vanished does not, once it is there again."""
    return known.drift if known.drift and known.drift.kind == "changed" else None


def _is_earlier(one: Entry, other: Entry) -> bool:
    return bool(one.published and (other.published is None or one.published < other.published))


def how_changed(former: str, text: str) -> str:
    """Returns how much two versions differ: "3 lines gone, 5 new"."""
    old, new = former.splitlines(), text.splitlines()
    gone, come = set(old) - set(new), set(new) - set(old)
    return f"{len(gone)} {'line' if len(gone) == 1 else 'lines'} gone, {len(come)} new"
