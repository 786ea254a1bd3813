"""add, collect and sources as a person or cron meets them: the real commands, in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stories import page, paragraphs, plain
from terminal import on_terminal
from web_server import Page, serving

FERRY = "2026-03-05-the-ferry"


def run(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs briefnote in a folder and returns what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "briefnote", *arguments],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795219200", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the example, and a file to add beside it."""
    assert run("init", "desk", folder=tmp_path).returncode == 0
    (tmp_path / "ferry.txt").write_bytes(plain("The ferry"))
    return tmp_path / "desk"


def test_add_prints_what_was_done_and_fails_for_what_failed(desk: Path) -> None:
    """What was added on stdout, what failed on stderr, exit code 1 at the end."""
    good = run("add", "../ferry.txt", folder=desk)
    assert (good.returncode, good.stdout, good.stderr) == (0, f"added   sources/{FERRY}\n", "")
    bad = run("add", "../none.txt", "../ferry.txt", folder=desk)
    assert (bad.returncode, bad.stdout) == (1, f"known   sources/{FERRY}\n")
    assert bad.stderr == "failed  ../none.txt: is no file; give a file, a folder or a URL\n"


def test_loopback_is_refused_unless_it_is_named(desk: Path) -> None:
    """The remedy is printed, and it is one."""
    with serving() as site:
        site.pages["/ferry"] = Page(page("The ferry"))
        refused = run("add", f"{site.url}/ferry", folder=desk)
        assert refused.returncode == 1
        assert "--allow-host 127.0.0.1" in refused.stderr
        allowed = run("add", "--allow-host", "127.0.0.1", f"{site.url}/ferry", folder=desk)
    assert (allowed.returncode, allowed.stdout) == (0, f"added   sources/{FERRY}\n")


def test_collect_from_list_to_health(desk: Path) -> None:
    """What is new, then nothing new, then how the feed is."""
    with serving() as site:
        site.pages["/ferry"] = Page(page("The ferry"))
        site.pages["/feed"] = Page(
            b'<rss version="2.0"><channel><title>Elbe</title><item><link>/ferry</link></item></channel></rss>'
        )
        feeds = f"allow_hosts: [127.0.0.1]\npause: 0\nfeeds:\n  - {{name: elbe, url: {site.url}/feed}}\n"
        (desk / "sources/feeds.yaml").write_text(feeds)
        first, second = run("collect", folder=desk), run("collect", folder=desk)
    assert (first.returncode, first.stdout) == (0, "added   sources/2026-03-05-elbe-the-ferry\n")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "0 new or changed, 1 known, 0 gated\n")
    assert run("collect", "--health", folder=desk).stdout == "elbe: ok since 2026-11-21\n"


def test_collect_without_feeds_says_what_to_do(desk: Path) -> None:
    """No traceback, exit code 1."""
    result = run("collect", folder=desk)
    assert result.returncode == 1
    assert result.stderr.startswith("sources/feeds.yaml: names no feed, mailbox or drop folder;")


def test_the_list_in_a_pipe_and_as_json(desk: Path) -> None:
    """Tabs between the cells; JSON with everything."""
    run("add", "../ferry.txt", folder=desk)
    assert run("sources", "list", "--title", "ferry", folder=desk).stdout == (
        f"{FERRY}\t2026-03-05\t\tThe ferry\tto summarise\n"
    )
    (listed,) = json.loads(run("sources", "list", "--unsummarised", "--json", folder=desk).stdout)
    assert (listed["id"], listed["state"], listed["words"] > 400) == (FERRY, "to summarise", True)


def test_drift_says_what_is_not_as_before(desk: Path) -> None:
    """In lines and as JSON; exit code 1 only where something could not be had."""
    with serving() as site:
        site.pages["/ferry"] = [Page(page("The ferry")), Page(page("The ferry", body=["It stopped.", *paragraphs(1)]))]
        (desk / "sources/feeds.yaml").write_text("allow_hosts: [127.0.0.1]\npause: 0\n")
        run("add", f"{site.url}/ferry", folder=desk)
        changed = run("sources", "drift", folder=desk)
        assert (changed.returncode, changed.stdout) == (
            0,
            f"changed sources/{FERRY}: version 2, 0 lines gone, 1 new; the former is kept\n",
        )
        assert run("sources", "drift", folder=desk).stderr == "1 asked, 0 not as before\n"
        site.pages["/ferry"] = Page(status=410)
        vanished = run("sources", "drift", "--json", folder=desk)
    assert vanished.returncode == 1
    (one,) = json.loads(vanished.stdout)
    assert (one["item"]["source"], one["item"]["kind"]) == (FERRY, "failed")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_person_sees_how_far_it_is(desk: Path) -> None:
    """On a terminal a bar counts the files; in a pipe (every other test here) there is none."""
    (desk / "inbox").mkdir()
    for number in range(3):
        (desk / f"inbox/{number}.txt").write_bytes(plain(f"Report {number}", number))
    shown = on_terminal("add", str(desk / "inbox"), folder=desk)
    assert "3/3" in shown
    assert shown.count("added   sources/") == 3


def test_show_rm_and_the_trash(desk: Path) -> None:
    """A source is shown, removed, and gone from the list; its files are in the trash."""
    run("add", "../ferry.txt", folder=desk)
    assert "  title: The ferry  (first line, 80% sure)\n" in run("sources", "show", FERRY, folder=desk).stdout
    assert run("sources", "rm", FERRY, folder=desk).returncode == 0
    assert run("sources", "show", FERRY, folder=desk).returncode == 1
    assert (desk / "sources/.trash" / FERRY / f"{FERRY}.txt").is_file()


def test_what_a_judgement_rests_on_is_not_removed(desk: Path) -> None:
    """The judgement is named, and the source is there still."""
    assert run("build", "--date", "2026-11-21", "--format", "json", folder=desk).returncode == 0
    result = run("sources", "rm", "2026-01-20-ruritanian-review", folder=desk)
    assert result.returncode == 1
    assert "example 2026-W47, judgements.1: " in result.stderr
    assert (desk / "sources/2026-01-20-ruritanian-review.yaml").is_file()


def test_a_new_folder_still_builds_with_articles_in_it(desk: Path) -> None:
    """Articles, records and snapshots are no summaries."""
    run("add", "../ferry.txt", folder=desk)
    assert run("build", "--date", "2026-11-21", "--format", "json", folder=desk).returncode == 0
    assert run("check", "--strict", folder=desk).returncode == 0
