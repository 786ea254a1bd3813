"""Adding files and pages: what is new, known, changed, a copy, gated, or cannot be had."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefnote.collecting.catalogue import read_catalogue
from briefnote.collecting.outcome import Collected
from briefnote.store.articles import article_ids, read_article, read_snapshot, sources_folder
from briefnote.store.folder import Folder
from stories import page, paragraphs, plain
from web_server import Handler, Page, Site

Adding = Callable[..., Collected]
FERRY = "2026-03-05-the-ferry"


def said(collected: Collected) -> list[str]:
    """Returns what was done, as it is printed."""
    return [str(item) for item in collected.items]


def written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# ---- new and known ----------------------------------------------------------------------------------------------


def test_a_file_becomes_a_source(folder: Folder, tmp_path: Path, adding: Adding) -> None:
    """Text, record and the original bytes; the record says where it came from."""
    path = written(tmp_path / "a.txt", plain("The ferry"))
    assert said(adding(path)) == [f"added   sources/{FERRY}"]
    record = read_article(folder, FERRY)
    assert read_snapshot(folder, record) == path.read_bytes()
    assert (record.came_from, record.added) == (str(path), "2026-11-21")


def test_a_file_that_was_added_is_known(tmp_path: Path, adding: Adding) -> None:
    """The same bytes are one source, also under another name; another run knows it too."""
    path = written(tmp_path / "a.txt", plain("The ferry"))
    again = written(tmp_path / "b.txt", plain("The ferry"))
    adding(path)
    assert said(adding(path, again)) == [f"known   sources/{FERRY}", f"known   sources/{FERRY}"]


def test_a_folder_is_all_files_in_it(folder: Folder, tmp_path: Path, adding: Adding) -> None:
    """Files of subfolders too, in order; hidden ones and links are left out."""
    written(tmp_path / "elsewhere.txt", plain("The secret", 4))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "elsewhere.txt")
    written(tmp_path / "in/b/ferry.txt", plain("The ferry", 1))
    written(tmp_path / "in/a.txt", plain("The bridge", 2))
    written(tmp_path / "in/.hidden", plain("The secret", 3))
    assert [item.source for item in adding(tmp_path / "in").items] == ["2026-03-05-the-bridge", FERRY]


def test_a_page_becomes_a_source(folder: Folder, site: Site, adding: Adding) -> None:
    """Its record has the address, where redirects led, and what to ask with next time."""
    site.pages["/go"] = Page(status=301, headers={"Location": "/ferry"})
    site.pages["/ferry"] = Page(page("The ferry"), headers={"Content-Type": "text/html", "ETag": '"e1"'})
    assert said(adding(f"{site.url}/go")) == [f"added   sources/{FERRY}"]
    fetch = read_article(folder, FERRY).fetch
    assert fetch is not None
    assert (fetch.url, fetch.answered, fetch.etag) == (f"{site.url}/go", f"{site.url}/ferry", '"e1"')


@pytest.mark.parametrize(
    "again", ["/ferry?utm_source=mail#top", "/ferry/", "/ferry/amp", "/ferry/index.html?fbclid=1", "//ferry"]
)
def test_a_page_is_known_under_its_other_addresses(site: Site, adding: Adding, again: str) -> None:
    """Tracking, fragments, AMP and trailing strokes make no other page."""
    for path in ("/ferry", again.partition("#")[0]):
        site.pages[path] = Page(page("The ferry"), headers={"Content-Type": "text/html"})
    adding(f"{site.url}/ferry")
    assert said(adding(site.url + again)) == [f"known   sources/{FERRY}"]


def test_an_unchanged_page_is_not_sent_again(site: Site, adding: Adding) -> None:
    """The server is asked with the ETag, and its 304 is enough."""

    def conditional(handler: Handler) -> Page:
        known = handler.headers["If-None-Match"] == '"e1"'
        return Page(status=304) if known else Page(page("The ferry"), headers={"ETag": '"e1"'})

    site.pages["/ferry"] = conditional
    adding(f"{site.url}/ferry")
    assert said(adding(f"{site.url}/ferry")) == [f"known   sources/{FERRY}"]
    assert said(adding(f"{site.url}/ferry")) == [f"known   sources/{FERRY}"]


def test_two_articles_of_one_name_are_two_sources(tmp_path: Path, adding: Adding) -> None:
    """Same day, same title, another text: the second has a number."""
    one, two = written(tmp_path / "1.txt", plain("The ferry", 1)), written(tmp_path / "2.txt", plain("The ferry", 2))
    assert [item.source for item in adding(one, two).items] == [FERRY, f"{FERRY}-2"]


def test_an_article_joins_the_summary_that_was_written_of_it(folder: Folder, site: Site, adding: Adding) -> None:
    """The summary's url, its tracking aside, is the page's: the text takes the summary's name."""
    written(
        sources_folder(folder) / "my-ferry.yaml",
        f"source:\n  id: my-ferry\n  url: {site.url}/ferry?utm_source=x\n".encode(),
    )
    site.pages["/ferry"] = Page(page("The ferry"))
    assert said(adding(f"{site.url}/ferry")) == ["added   sources/my-ferry"]


def test_a_file_beside_a_summary_is_its_article(folder: Folder, adding: Adding) -> None:
    """An .html beside the .yaml of the same name; text and record are then no articles of their own."""
    written(sources_folder(folder) / "my-ferry.yaml", b"source:\n  id: my-ferry\n")
    path = written(sources_folder(folder) / "my-ferry.html", page("The ferry"))
    assert said(adding(path)) == ["added   sources/my-ferry"]
    parts = [sources_folder(folder) / f"my-ferry.{end}" for end in ("txt", "article.json", "html")]
    assert said(adding(*parts)) == ["known   sources/my-ferry: is a file of it"] * 3


def test_the_text_that_a_summary_quotes_stays_to_the_byte(folder: Folder, tmp_path: Path, adding: Adding) -> None:
    """Where the summary's sha256 is the file's, its offsets count in the file as it is, line breaks and all."""
    import hashlib

    data = plain("The ferry").replace(b". In ", b".\nIn ")
    digest = hashlib.sha256(data).hexdigest()
    written(sources_folder(folder) / "my-ferry.yaml", f"source:\n  id: my-ferry\n  sha256: {digest}\n".encode())
    adding(written(tmp_path / "a.txt", data))
    record = read_article(folder, "my-ferry")
    assert (record.article.text.encode(), record.text_sha256, record.article.blocks) == (data, digest, ())


def newsletter() -> bytes:
    """Returns a mail that lists three articles, each under a heading."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Elbe Weekly <news@elbe.example>", "desk@a.example", "Elbe Weekly 10"
    made["Date"], made["Message-ID"] = "Thu, 05 Mar 2026 08:00:00 +0000", "<10@elbe.example>"
    stories = ""
    for number, name in enumerate(("ferry", "bridge", "tunnel"), 1):
        stories += f'<h2><a href="https://elbe.example/{name}">The {name} and its price</a></h2>'
        stories += "".join(f"<p>{part}</p>" for part in paragraphs(number, 3))
    made.set_content("See the HTML.")
    made.add_alternative(f"<html><body>{stories}</body></html>", subtype="html")
    return bytes(made)


def test_a_newsletter_becomes_the_articles_it_lists(folder: Folder, tmp_path: Path, adding: Adding) -> None:
    """Each with the mail as its snapshot; the same mail is known as a whole."""
    path = written(tmp_path / "weekly.eml", newsletter())
    found = adding(path)
    assert [item.kind for item in found.items] == ["added", "added", "added"]
    titles = [read_article(folder, name).article.metadata.title for name in article_ids(folder)]
    assert sorted(title.value for title in titles if title) == [
        f"The {name} and its price" for name in ("bridge", "ferry", "tunnel")
    ]
    assert [item.kind for item in adding(path).items] == ["known", "known", "known"]


def test_what_is_missing_of_a_newsletter_is_added(folder: Folder, tmp_path: Path, adding: Adding) -> None:
    """Stopped after the first article, the next run adds the rest."""
    path = written(tmp_path / "weekly.eml", newsletter())
    first = adding(path).items[0].source
    for file in sources_folder(folder).iterdir():
        if not file.name.startswith(f"{first}."):
            file.unlink()
    assert [item.kind for item in adding(path).items] == ["known", "added", "added"]


# ---- changed ----------------------------------------------------------------------------------------------------


def test_a_changed_page_is_a_new_version(folder: Folder, site: Site, adding: Adding) -> None:
    """The former is kept; the record says what happened."""
    body = paragraphs(1)
    site.pages["/ferry"] = [
        Page(page("The ferry", body=body)),
        Page(page("The ferry", body=[*body[:-1], "It stopped."])),
    ]
    adding(f"{site.url}/ferry")
    assert said(adding(f"{site.url}/ferry")) == [
        f"changed sources/{FERRY}: version 2, 1 line gone, 1 new; the former is kept"
    ]
    record = read_article(folder, FERRY)
    assert "It stopped." in record.article.text
    assert (record.version, record.drift.kind if record.drift else None) == (2, "changed")
    assert (sources_folder(folder) / f"{FERRY}.v1.txt").is_file()


def test_a_changed_file_is_a_new_version_and_another_article_in_its_place_is_not(
    tmp_path: Path, adding: Adding
) -> None:
    """What decides is whether the two texts share a third of their words in order."""
    path = written(tmp_path / "a.txt", plain("The ferry"))
    adding(path)
    written(path, plain("The ferry") + b"\n\nIt stopped in May, the operator said on Tuesday.")
    assert [item.kind for item in adding(path).items] == ["changed"]
    written(path, plain("The bridge", 2))
    assert said(adding(path)) == ["added   sources/2026-03-05-the-bridge"]


def test_a_page_that_vanished_stays_and_says_so(folder: Folder, site: Site, adding: Adding) -> None:
    """The version kept is still there, marked; when the page is back, the mark goes."""
    site.pages["/ferry"] = [Page(page("The ferry")), Page(status=404), Page(page("The ferry"))]
    adding(f"{site.url}/ferry")
    assert said(adding(f"{site.url}/ferry")) == [
        f"failed  sources/{FERRY}: the server answers 404; the version kept stays in use"
    ]
    assert read_catalogue(folder)[0][FERRY].drift == "vanished"
    adding(f"{site.url}/ferry")
    assert read_catalogue(folder)[0][FERRY].drift is None


def test_a_paywall_does_not_replace_the_article(folder: Folder, site: Site, adding: Adding) -> None:
    """A page that was whole and is now a stub is gated; the whole text stays in use."""
    stub = page("The ferry", body=[paragraphs(1)[0], "Subscribe to continue reading."])
    site.pages["/ferry"] = [Page(page("The ferry")), Page(stub)]
    adding(f"{site.url}/ferry")
    text = read_article(folder, FERRY).article.text
    assert [item.kind for item in adding(f"{site.url}/ferry").items] == ["gated"]
    assert read_article(folder, FERRY).article.text == text


def test_a_saved_page_mends_a_source_that_was_gated(folder: Folder, site: Site, tmp_path: Path, adding: Adding) -> None:
    """What the server kept back and a person saved in the browser is the new version of the same source."""
    site.pages["/ferry"] = Page(page("The ferry", body=["Access denied. Error 403: forbidden."]))
    assert [item.kind for item in adding(f"{site.url}/ferry").items] == ["gated"]
    link = f'<link rel="canonical" href="{site.url}/ferry"></head>'.encode()
    saved = written(tmp_path / "saved.html", page("The ferry").replace(b"</head>", link))
    assert [str(item)[: len(FERRY) + 16] for item in adding(saved).items] == [f"changed sources/{FERRY}"]
    assert read_article(folder, FERRY).article.gates == ()


# ---- copies -----------------------------------------------------------------------------------------------------


def copies(site: Site, second_day: str = "2026-03-07") -> None:
    body = paragraphs(1, 8)
    site.pages["/one"] = Page(page("The ferry", day="2026-03-05", body=body))
    site.pages["/two"] = Page(page("Ferry stops", day=second_day, body=["Agency report.", *body[:7], "The editors."]))


def test_a_syndicated_copy_is_listed_with_its_origin(folder: Folder, site: Site, adding: Adding) -> None:
    """Almost the same text elsewhere: kept, told apart by `origin`, and proposed to the summary."""
    copies(site)
    assert said(adding(f"{site.url}/one", f"{site.url}/two")) == [
        f"added   sources/{FERRY}",
        f"added   sources/2026-03-07-ferry-stops: tells the same story as {FERRY}; "
        f"in a summary of it set origin: {FERRY}",
    ]
    assert read_article(folder, "2026-03-07-ferry-stops").origin == FERRY


def test_the_earliest_telling_is_the_origin(folder: Folder, site: Site, adding: Adding) -> None:
    """Found later, published earlier: what was taken for the original becomes the copy, and its copies with it."""
    copies(site, "2026-03-04")
    site.pages["/three"] = Page(page("Copied", day="2026-03-08", body=paragraphs(1, 8)[:7]))
    found = adding(f"{site.url}/one", f"{site.url}/three", f"{site.url}/two")
    assert found.items[2].message == (
        f"is older than {FERRY}, which tells the same story; in its summary set origin: 2026-03-04-ferry-stops"
    )
    origins = {name: read_article(folder, name).origin for name in article_ids(folder)}
    assert origins == {
        "2026-03-04-ferry-stops": None,
        FERRY: "2026-03-04-ferry-stops",
        "2026-03-08-copied": "2026-03-04-ferry-stops",
    }


def test_the_same_text_at_another_publisher_is_a_copy(folder: Folder, site: Site, adding: Adding) -> None:
    """The very same words under another host are a second place of publication, not nothing."""
    site.pages["/ferry"] = Page(page("The ferry"))
    other = site.url.replace("127.0.0.1", "localhost")
    found = adding(f"{site.url}/ferry", f"{other}/ferry")
    assert [item.kind for item in found.items] == ["added", "added"]
    assert read_article(folder, f"{FERRY}-2").origin == FERRY


def test_the_same_text_at_the_same_publisher_is_known(site: Site, adding: Adding) -> None:
    """A page moved within a site is no second source."""
    site.pages["/ferry"] = site.pages["/archive/7"] = Page(page("The ferry"))
    adding(f"{site.url}/ferry")
    assert [item.kind for item in adding(f"{site.url}/archive/7").items] == ["known"]


def test_two_articles_on_one_subject_are_no_copies(folder: Folder, tmp_path: Path, adding: Adding) -> None:
    """A shared paragraph, quoted, is not the same story."""
    shared = paragraphs(1, 1)[0]
    for number in (2, 3):
        written(tmp_path / f"{number}.txt", plain(f"Report {number}", number) + b"\n\n" + shared.encode())
    adding(tmp_path / "2.txt", tmp_path / "3.txt")
    assert [read_article(folder, name).origin for name in article_ids(folder)] == [None, None]


def test_no_page_speaks_for_another_host(folder: Folder, site: Site, adding: Adding) -> None:
    """A page that claims to be another's (rel=canonical) is not taken for its new version."""
    site.pages["/ferry"] = Page(page("The ferry"))
    adding(f"{site.url}/ferry")
    claim = f'<link rel="canonical" href="{site.url}/ferry"></head>'.encode()
    site.pages["/evil"] = Page(page("The lie", 9).replace(b"</head>", claim))
    other = site.url.replace("127.0.0.1", "localhost")
    assert said(adding(f"{other}/evil")) == ["added   sources/2026-03-05-the-lie"]
    assert read_article(folder, FERRY).version == 1


# ---- gates and failures -----------------------------------------------------------------------------------------


def test_what_must_not_be_analysed_is_kept_with_its_reason(folder: Folder, tmp_path: Path, adding: Adding) -> None:
    """A gated article is a source too, so that it is not fetched week after week."""
    path = written(tmp_path / "a.txt", plain("The ferry", count=1))
    found = adding(path)
    assert [item.kind for item in found.items] == ["gated"]
    assert "too little to analyse" in found.items[0].message
    assert not found.has_failed
    assert [gate.kind for gate in read_article(folder, FERRY).article.gates] == ["too-short"]


def test_the_others_go_on(tmp_path: Path, site: Site, adding: Adding) -> None:
    """What fails is said with its name and reason, in order; the rest is added."""
    good = written(tmp_path / "good.txt", plain("The ferry"))
    found = adding(tmp_path / "none.txt", f"{site.url}/none", "ftp://a.example/x", good)
    assert said(found) == [
        f"failed  {tmp_path}/none.txt: is no file; give a file, a folder or a URL",
        f"failed  {site.url}/none: the server answers 404",
        "failed  ftp://a.example/x: is no http or https address",
        f"added   sources/{FERRY}",
    ]
    assert found.has_failed


def test_a_password_in_an_address_is_not_printed(adding: Adding) -> None:
    """The address is refused, and shown without it."""
    (item,) = adding("https://user:secret@a.example/x").items
    assert (item.name, "secret" in str(item)) == ("https://a.example/x", False)


@pytest.mark.parametrize(
    "name",
    [
        "line\nbreak.txt",
        "x" * 240 + ".txt",
        "-rf.txt",
        "[a]{b}*?.txt",
        "\x1b[31mred.txt",
        "..txt",
        os.fsdecode(b"\xff.txt"),
    ],
)
def test_the_name_of_a_file_does_no_harm(folder: Folder, tmp_path: Path, adding: Adding, name: str) -> None:
    """It is shown on one line without control characters, and names nothing in sources/."""
    path = written(tmp_path / "in" / name, plain("The ferry"))
    found = adding(path)
    assert said(found) == [f"added   sources/{FERRY}"]
    assert found.items[0].name.isprintable()
    assert sorted(entry.name for entry in sources_folder(folder).iterdir()) == [
        f"{FERRY}.article.json",
        f"{FERRY}.snapshot.txt",
        f"{FERRY}.txt",
    ]


@pytest.mark.parametrize(
    "name", ["../../etc/none", "a\0b", "x" * 400, "x" * 5000, "", "/dev/null", "http://a.invalid/" + "x" * 5000]
)
def test_what_is_no_file_is_a_message(adding: Adding, name: str) -> None:
    """Paths and addresses that lead nowhere, hold a NUL, are too long, are no regular file."""
    (item,) = adding(name).items
    assert item.kind == "failed"
    assert len(str(item)) < 400


def test_half_a_character_does_no_harm(folder: Folder, site: Site, adding: Adding) -> None:
    """A lone surrogate, which JSON can say and UTF-8 cannot, stands in no file."""
    said_of_itself = r'{"@type": "NewsArticle", "headline": "A\ud800", "author": "\udfff"}'
    data = f'<script type="application/ld+json">{said_of_itself}</script></head>'
    site.pages["/ferry"] = Page(page("The ferry").replace(b"</head>", data.encode()))
    assert [item.kind for item in adding(f"{site.url}/ferry").items] == ["added"]
    assert len(read_catalogue(folder)[0]) == 1


# ---- many -------------------------------------------------------------------------------------------------------


def test_the_catalogue_is_right_without_and_with_its_cache(
    folder: Folder, tmp_path: Path, adding: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read anew and what is recalled are the same; a change by hand is seen."""
    for number in range(3):
        written(tmp_path / f"in/{number}.txt", plain(f"Report {number}", number))
    adding(tmp_path / "in")
    recalled = read_catalogue(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    assert read_catalogue(folder) == recalled
    (sources_folder(folder) / "2026-03-05-report-1.txt").write_text("Short.")
    assert read_catalogue(folder)[0]["2026-03-05-report-1"].words == 1


def test_copies_are_found_among_many(folder: Folder, tmp_path: Path, adding: Adding) -> None:
    """Of sixty texts ten are copies with every twelfth sentence changed: these and no others are found."""
    shuffled = random.Random(5)  # noqa: S311
    for number in range(50):
        written(tmp_path / f"in/{number:02}.txt", plain(f"Report {number:02}", number, count=8))
    for number in range(10):
        body = paragraphs(number, 8)
        body[shuffled.randrange(8)] = "Something else entirely was said here by the local editors of this paper."
        written(tmp_path / f"in/copy{number}.txt", "\n\n".join([f"Copy {number}", "9 March 2026", *body]).encode())
    adding(tmp_path / "in")
    origins = {entry.id: entry.origin for entry in read_catalogue(folder)[0].values() if entry.origin}
    assert origins == {f"2026-03-09-copy-{number}": f"2026-03-05-report-{number:02}" for number in range(10)}
