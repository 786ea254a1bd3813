"""Adds files and pages one after the other; what fails is said, and the others go on."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from briefnote import __version__, clock
from briefnote.collecting.library import Arrival, Library
from briefnote.collecting.outcome import Collected, Item
from briefnote.config.feeds import FeedsConfig
from briefnote.errors import BriefnoteError
from briefnote.ingest.canonical import canonical, without_credentials
from briefnote.ingest.fetching import Answer, Fetcher, Manners
from briefnote.ingest.reading import MOST_BYTES, read_all
from briefnote.model.archive import Drift, Fetch
from briefnote.model.article import Article
from briefnote.store.articles import read_article, sources_folder
from briefnote.store.folder import Folder
from briefnote.store.issue import digest
from briefnote.text import one_line

Progress = Callable[[int, int, str], None]
Finish = Callable[[Article], Article]


def add(folder: Folder, what: Sequence[str], fetcher: Fetcher, progress: Progress) -> Collected:
    """Adds files, folders of files and URLs to sources/. `progress` is told how many of how many, and what is next."""
    adder = Adder(folder, fetcher)
    named = [one for name in what for one in _expanded(name)]
    items: list[Item] = []
    for number, name in enumerate(named):
        progress(number, len(named), shown(name))
        items += adder.page(name) if is_url(name) else adder.file(Path(name))
    progress(len(named), len(named), "")
    return Collected(tuple(items), problems=tuple(adder.library.problems))


def manners_of(config: FeedsConfig, allow_hosts: Sequence[str] = ()) -> Manners:
    """Returns how to behave as feeds.yaml, the environment (BRIEFNOTE_CONTACT) and `allow_hosts` say."""
    hosts = frozenset(host.lower().strip("[]").rstrip(".") for host in (*config.allow_hosts, *allow_hosts))
    contact = os.environ.get("BRIEFNOTE_CONTACT") or config.contact
    plain = one_line(contact).encode("ascii", "ignore").decode() if contact else None
    return Manners(__version__, plain, hosts, config.pause)


def is_url(name: str) -> bool:
    """Says whether a name is a URL, of whatever scheme, and no path."""
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", name))


def shown(name: str) -> str:
    """Returns a path or URL as messages print it: on one line, without a password, at most 200 characters."""
    plain = os.fsencode(name).decode("utf-8", "replace")
    line = without_credentials(plain) if "://" in plain[:20] else one_line(plain)
    return line if len(line) <= 200 else f"{line[:120]}…{line[-60:]}"


def _expanded(name: str) -> Iterator[str]:
    """Yields the files of a folder, sorted, hidden ones and links left out; anything else as it is."""
    path = Path(name)
    if not name or is_url(name) or not _is_folder(path):
        yield name
        return
    for entry in sorted(path.rglob("*")):
        if (
            entry.is_file()
            and not entry.is_symlink()
            and not any(part.startswith(".") for part in entry.relative_to(path).parts)
        ):
            yield str(entry)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False  # too long a name, or one with a NUL: `file` says what is wrong


def _as_it_is(article: Article) -> Article:
    return article


class Adder:
    """Adds to one folder, by one library and one fetcher. `leave_out`: pages and digests that were removed."""

    def __init__(self, folder: Folder, fetcher: Fetcher, leave_out: frozenset[str] = frozenset()) -> None:
        self.folder = folder
        self.fetcher = fetcher
        self.leave_out = leave_out
        self.library = Library(folder)

    # ---- files --------------------------------------------------------------------------------------------------

    def file(self, path: Path) -> list[Item]:
        """Adds a file. Its name is only ever shown: what it becomes is named by what it says."""
        name = shown(str(path))
        if known := self._in_sources(path):
            return [Item("known", name, known, "is a file of it")]
        try:
            if not path.is_file():
                return [_failed(name, "is no file; give a file, a folder or a URL")]
            if path.stat().st_size > MOST_BYTES:
                return [_failed(name, f"is larger than {MOST_BYTES:,} bytes; give the article alone")]
            data = path.read_bytes()
        except (OSError, ValueError) as error:
            return [_failed(name, f"cannot be read: {getattr(error, 'strerror', None) or error}")]
        return self.data(data, name, self._place(path))

    def _in_sources(self, path: Path) -> str | None:
        """Returns the source of which a file in sources/ is a part already."""
        if path.parent.resolve() != sources_folder(self.folder).resolve():
            return None
        names = (path.name[: dot.start()] for dot in re.finditer(r"\.", path.name))
        return next((name for name in names if name in self.library.entries), None)

    def _place(self, path: Path) -> str:
        """Returns a path as the record keeps it: relative where it is in the user's folder."""
        found, root = path.resolve(), self.folder.root.resolve()
        place = found.relative_to(root) if found.is_relative_to(root) else found
        return os.fsencode(place).decode("utf-8", "replace")

    def data(
        self, data: bytes, name: str, came_from: str, media_type: str | None = None, finish: Finish = _as_it_is
    ) -> list[Item]:
        """Adds what bytes hold: one article, or those of a newsletter."""
        snapshot = digest(data)
        if known := self.library.all_of(snapshot):
            return [Item("known", name, entry.id, "") for entry in known]
        if snapshot in self.leave_out:
            return []
        return self._read(data, name, came_from, None, None, media_type, finish)

    # ---- pages --------------------------------------------------------------------------------------------------

    def page(self, url: str) -> list[Item]:
        """Fetches a page and adds it, or its new version."""
        return self.answered(self.ask(url))

    def ask(self, url: str) -> Answer:
        """Asks for a page; for one that is known, only whether it has changed."""
        former = self._former(url)
        asked = former if former and former.url == url else None
        return self.fetcher.fetch(url, asked.etag if asked else None, asked.last_modified if asked else None)

    def _former(self, url: str) -> Fetch | None:
        """Returns how a page was fetched; what was gated is fetched anew, whole."""
        known = self.library.page(canonical(url))
        return read_article(self.folder, known.id).fetch if known and not known.gates else None

    def answered(self, answer: Answer, finish: Finish = _as_it_is) -> list[Item]:
        """Adds what a server answered. `finish` may add to the article what else is known of it."""
        name, known, former = shown(answer.url), self.library.page(canonical(answer.url)), self._former(answer.url)
        if answer.kind == "ok":
            source = known.id if known else None
            fetch = _fetch(answer, None)
            return self._read(answer.data, name, answer.url, fetch, source, answer.media_type, finish)
        if known and answer.kind == "unchanged":
            self.library.note(known.id, _fetch(answer, former), None)
            return [Item("known", name, known.id, "")]
        if known and answer.kind in ("missing", "gone"):
            self.library.note(known.id, None, Drift("vanished", clock.today().isoformat(), answer.reason))
            return [Item("failed", name, known.id, f"{answer.reason}; the version kept stays in use")]
        return [_failed(name, answer.reason)]

    # ---- both ---------------------------------------------------------------------------------------------------

    def _read(
        self,
        data: bytes,
        name: str,
        came_from: str,
        fetch: Fetch | None,
        source: str | None,
        media_type: str | None,
        finish: Finish,
    ) -> list[Item]:
        try:
            articles = read_all(data, name, fetch.answered if fetch else None, media_type)
            several = len(articles) > 1
            return [
                self.library.take(
                    Arrival(
                        article=finish(article),
                        data=data,
                        name=name,
                        came_from=f"{came_from}#{number}" if several else came_from,
                        parts=len(articles),
                        fetch=fetch,
                        source=None if several else source,
                    )
                )
                for number, article in enumerate(articles, 1)
            ]
        except BriefnoteError as error:
            return [_failed(problem.file, problem.message) for problem in error.problems]


def _fetch(answer: Answer, former: Fetch | None) -> Fetch:
    """A server that answers "unchanged" need not repeat its ETag."""
    return Fetch(
        url=answer.url,
        answered=answer.answered,
        on=clock.today().isoformat(),
        etag=answer.etag or (former.etag if former else None),
        last_modified=answer.last_modified or (former.last_modified if former else None),
    )


def _failed(name: str, message: str) -> Item:
    return Item("failed", name, None, message)
