"""What a hostile source says appears as plain text in every edition, or is refused with its name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from briefnote.editions import set_as_document
from briefnote.errors import BriefnoteError
from briefnote.inputs import read_inputs
from briefnote.pipeline import Request, build
from briefnote.render.mail import mail_html, mail_text
from briefnote.starter import start_folder
from briefnote.store.folder import open_folder
from edition_texts import folded, html_text, markdown_text, pdf_text, word_text

DAY = date(2026, 11, 21)
SOURCE = "sources/2026-01-12-elbonian-trade.yaml"
SAID = "text: Elbonia sells most of its exports to Ruritania"

HOSTILE = [
    '<img src="/etc/passwd">',
    "<script>alert(1)</script>",
    "[open](javascript:alert(1)) and <javascript:alert(1)>",
    r"[open](smb://host/share) and \\host\share",
    "![x](file:///etc/passwd)",
    "{{ 7*7 }} {% raw %} {# no comment #}",
    "AT&T &amp; &lt;b&gt; &#38;",
    "]]> --> </style></script> */",
    "[^1] **no** `code` | bar {#id .said}",
    "[words]{#s_judgements-1 .said}",
]


def desk(root: Path, **changed: str) -> Path:
    """Returns a new folder in which fields of the first source say something else."""
    start_folder(root)
    file = root / SOURCE
    text = file.read_text(encoding="utf-8")
    for field, value in changed.items():
        text, count = re.subn(rf"(?m)^( +(?:- )?{field}:) .*$", lambda m, v=value: f"{m[1]} {v}", text, count=1)  # type: ignore[misc]
        assert count == 1
    file.write_text(text, encoding="utf-8")
    return root


def editions(root: Path) -> Mapping[str, Any]:
    """Returns the pages and files of the example brief by their endings, with both bodies of a mail."""
    folder = open_folder(root)
    built = build(folder, Request("example", day=DAY, formats=("html", "md", "docx", "pdf")))
    inputs = read_inputs(folder, "example")
    document = set_as_document(built.brief, inputs.template)
    files = {
        ending: (built.folder / f"example-2026-W47.{ending}").read_bytes() for ending in ("html", "md", "docx", "pdf")
    }
    return {
        **files,
        "html": files["html"].decode(),
        "md": files["md"].decode(),
        "mail": mail_html(document, inputs.theme),
        "text": mail_text(document),
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """The editions of a brief whose source has a hostile title, author and claim."""
    said = json.dumps(" ".join(HOSTILE), ensure_ascii=False)
    return editions(desk(tmp_path_factory.mktemp("desk"), text=said, title=said))


def squeezed(text: str) -> str:
    """Returns the text with straight quotes, without spaces and hyphens, which pdfium drops where a line ends."""
    return re.sub(r"[\s-]", "", re.sub("[“”]", '"', folded(text)))


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_is_printed_as_it_stands(words: str, hostile: Mapping[str, Any]) -> None:
    """Twice, as the claim and as the title, in each edition: nothing of it acts."""
    texts = {
        "html": html_text(hostile["html"]),
        "md": markdown_text(hostile["md"]),
        "docx": word_text(hostile["docx"]),
        "pdf": pdf_text(hostile["pdf"]),
        "mail": html_text(hostile["mail"]),
        "text": hostile["text"],
    }
    assert {ending for ending, text in texts.items() if squeezed(text).count(squeezed(words)) < 2} == set()


@pytest.mark.parametrize("ending", ["html", "mail"])
def test_nothing_hostile_is_in_the_tree_of_a_page(ending: str, hostile: Mapping[str, Any]) -> None:
    """No script, no image, no handler, and no address but those of the allow-list."""
    root: Any = html.document_fromstring(hostile[ending])
    assert root.xpath("//script | //img | //iframe | //object | //@src | //@onerror") == []
    addresses = [str(address) for address in root.xpath("//a/@href")]
    assert [address for address in addresses if not re.match(r"https?://|mailto:|#", address)] == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"text": json.dumps("\u202etxet")}, r"elbonian-trade\.yaml:\d+: holds U\+202E, which no edition can print"),
        ({"text": '"a\\0b"'}, r"elbonian-trade\.yaml:\d+: holds U\+0000, which no edition can print"),
        ({"text": "a\x00b"}, r"elbonian-trade\.yaml:\d+: holds the control character U\+0000; remove it"),
        (
            {"text": 3_000_000 * "x"},
            r"elbonian-trade\.yaml:\d+: claims\[1\]\.text: a text of 3,000,000 characters; at most",
        ),
        ({"text": 10_000_000 * "x"}, r"elbonian-trade\.yaml: 10,00\d,\d+ bytes; at most 4,000,000 are read"),
        (
            {"kind": "data\n  url: javascript:alert(1)"},
            r"elbonian-trade\.yaml:\d+: source\.url: found 'javascript:alert\(1\)'",
        ),
        ({"kind": "data\n  url: smb://host/share"}, r"elbonian-trade\.yaml:\d+: source\.url: found 'smb://host/share'"),
    ],
    ids=["bidi", "NUL escaped", "NUL", "3 MB", "10 MB", "javascript", "smb"],
)
def test_what_cannot_be_printed_is_refused_by_name(changed: dict[str, str], message: str, tmp_path: Path) -> None:
    """The problem names the file, mostly the line and field, and what was found; nothing is written."""
    root = desk(tmp_path, **changed)
    with pytest.raises(BriefnoteError, match=message):
        build(open_folder(root), Request("example", day=DAY, formats=("html",)))
    assert not list((root / "briefs/example").glob("2026-*"))


def test_the_longest_word_that_is_read_is_printed_whole(tmp_path: Path) -> None:
    """A word of 20,000 letters is broken by the page and lost nowhere."""
    made = editions(desk(tmp_path, text=20_000 * "x"))
    for ending in ("html", "md", "mail", "text"):
        assert re.search("[Xx]{20000}", made[ending]), ending
