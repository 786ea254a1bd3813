"""Asks the feeds, mailboxes and drop folders of sources/feeds.yaml for what is new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from briefnote import clock
from briefnote.collecting.adding import Adder, Progress, manners_of
from briefnote.collecting.feed import ask_feed
from briefnote.collecting.mail import ask_mailbox
from briefnote.collecting.outcome import Collected, FeedHealth, Item
from briefnote.config.feeds import DropConfig, FeedConfig, FeedsConfig, MailboxConfig, read_feeds_config
from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.ingest.fetching import Fetcher, Manners
from briefnote.store.articles import sources_folder
from briefnote.store.feedstates import FeedState, read_states, write_states
from briefnote.store.folder import Folder
from briefnote.store.trash import trashed

FEEDS = "feeds.yaml"
Incoming = FeedConfig | MailboxConfig | DropConfig


def read_feeds(folder: Folder) -> FeedsConfig:
    """Returns sources/feeds.yaml, an empty configuration where there is none. Raises BriefnoteError."""
    path = sources_folder(folder) / FEEDS
    if not path.exists():
        return FeedsConfig()
    file = folder.read(path)
    config, problems = read_feeds_config(file.data, file.name)
    wrong = [problem for problem in problems if not problem.is_warning]
    if config is None or wrong:
        raise BriefnoteError(wrong)
    return config


def collect(
    folder: Folder,
    only: Collection[str] = (),
    progress: Progress = lambda *_: None,
    fetcher_of: Callable[[Manners], Fetcher] = Fetcher,
    allow_hosts: Collection[str] = (),
) -> Collected:
    """Asks all feeds, or those named, and returns what came. What fails is said; the others go on.

    Raises BriefnoteError where feeds.yaml is missing or wrong, or names no such feed.
    """
    config = read_feeds(folder)
    wanted = _wanted(config, only)
    with fetcher_of(manners_of(config, tuple(allow_hosts))) as fetcher:
        adder = Adder(folder, fetcher, leave_out=trashed(folder))
        states = read_states(folder)
        items: list[Item] = []
        for number, one in enumerate(wanted):
            progress(number, len(wanted), one.name)
            found, states[one.name] = _asked(adder, one, _state(states, one))
            items += found
            write_states(
                folder, {name: states[name] for name in states if name in {known.name for known in config.all()}}
            )
        progress(len(wanted), len(wanted), "")
    return Collected(tuple(items), feed_health(config, states, wanted), tuple(adder.library.problems))


def health(folder: Folder) -> tuple[FeedHealth, ...]:
    """Returns how each feed of feeds.yaml was when it was last asked."""
    config = read_feeds(folder)
    return feed_health(config, read_states(folder), config.all())


def feed_health(
    config: FeedsConfig, states: Mapping[str, FeedState], wanted: Collection[Incoming]
) -> tuple[FeedHealth, ...]:
    """Returns the health of the wanted feeds, in the order of feeds.yaml."""
    known = [(one.name, _state(states, one)) for one in config.all() if one in wanted]
    return tuple(FeedHealth(name, state.health, state.since, state.reason) for name, state in known)


def _wanted(config: FeedsConfig, only: Collection[str]) -> tuple[Incoming, ...]:
    names = [one.name for one in config.all()]
    if not names:
        message = "names no feed, mailbox or drop folder; write one into it (docs/sources.md)"
        raise BriefnoteError([Problem(f"sources/{FEEDS}", message=message)])
    unknown = [name for name in only if name not in names]
    if unknown:
        problems = [Problem("collect", message=f"no feed '{name}'.{did_you_mean(name, names)}") for name in unknown]
        raise BriefnoteError(problems)
    return tuple(one for one in config.all() if not only or one.name in only)


def _address(one: Incoming) -> str:
    if isinstance(one, FeedConfig):
        return one.url
    return f"imap://{one.host}/{one.folder}" if isinstance(one, MailboxConfig) else one.folder


def _state(states: Mapping[str, FeedState], one: Incoming) -> FeedState:
    """A feed that was given another address starts anew."""
    state = states.get(one.name)
    return state if state and state.address == _address(one) else FeedState(_address(one))


def _asked(adder: Adder, one: Incoming, state: FeedState) -> tuple[list[Item], FeedState]:
    try:
        if isinstance(one, FeedConfig):
            items, found = ask_feed(adder, one, state)
        elif isinstance(one, MailboxConfig):
            items, found = ask_mailbox(adder, one, state)
        else:
            items, found = _ask_drop(adder, one, state)
    except BriefnoteError as error:
        items = [Item("failed", one.name, None, problem.message) for problem in error.problems]
        found = replace(state, health="broken", reason=error.problems[0].message)
    since = state.since if found.health == state.health else clock.today().isoformat()
    return items, replace(found, since=since)


def _ask_drop(adder: Adder, drop: DropConfig, state: FeedState) -> tuple[list[Item], FeedState]:
    path = adder.folder.root / drop.folder
    if not path.is_dir():
        reason = f"there is no folder {drop.folder}; make it, or take it out of feeds.yaml"
        return [Item("failed", drop.name, None, reason)], replace(state, health="broken", reason=reason)
    items = [item for file in _dropped(path) for item in adder.file(file)]
    return items, replace(state, health="ok" if items else "empty", reason="")


def _dropped(path: Path) -> list[Path]:
    """Files that a program is still writing have such names."""
    unfinished = (".part", ".crdownload", ".tmp", "~")
    found = [entry for entry in path.rglob("*") if entry.is_file() and not entry.is_symlink()]
    hidden = {entry for entry in found if any(part.startswith(".") for part in entry.relative_to(path).parts)}
    return sorted(entry for entry in found if entry not in hidden and not entry.name.endswith(unfinished))
