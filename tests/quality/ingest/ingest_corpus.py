"""The corpus: articles of known text and metadata, set in the layouts of publishers with all that "
"stands around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import yaml

HERE = Path(__file__).parent
NAV = "News Analysis Regions Economy Energy Security Events People Podcasts About".split()
RELATED = [
    {
        "title": "Ten years of the inland customs union",
        "date": "2022-02-17",
        "teaser": "What was promised, what was kept.",
    },
    {
        "title": "The long goodbye of the coal ports",
        "date": "2021-11-30",
        "teaser": "Three towns look for a second life.",
    },
    {"title": "A ministry without a minister", "date": "2020-06-08", "teaser": "Who signs when nobody is in charge?"},
    {"title": "How to read a harbour budget", "date": "2019-09-23", "teaser": "Start from the back, our guide says."},
]
COMMENTS = [
    {
        "name": "oldsalt77",
        "date": "2012-05-02",
        "text": "I worked there for ten years and never saw an inspector. Great post.",
    },
    {
        "name": "Petra K.",
        "date": "2012-05-03",
        "text": "You forget the railway, which carries most of it in winter anyway.",
    },
    {
        "name": "Anonymous",
        "date": "2012-05-04",
        "text": "First time visitor here. Bookmarked, will read the rest on Sunday.",
    },
]


@dataclass(frozen=True)
class Part:
    """A block of an article: "paragraph", "heading", "item" or "quote", and its words."""

    kind: str
    text: str


@dataclass(frozen=True)
class Gold:
    """An article as it must be read: its parts, and what is to be known of it."""

    title: str
    authors: tuple[str, ...]
    published: str
    updated: str | None
    publisher: str
    parts: tuple[Part, ...]
    url: str

    @property
    def text(self) -> str:
        """All its words, a part on each line."""
        return "\n".join(part.text for part in self.parts)


@dataclass(frozen=True)
class Case:
    """An article in a layout."""

    layout: str
    name: str
    gold: Gold


def cases() -> list[Case]:
    """Returns the cases of cases.yaml in order."""
    return [_case(entry) for entry in yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))]


def page(case: Case) -> bytes:
    """Returns the page of a case that is set in HTML."""
    gold = case.gold
    names = ("title", "published", "updated", "publisher", "url", "text")
    values: dict[str, Any] = {name: getattr(gold, name) for name in names}
    values |= {"authors": list(gold.authors), "blocks": _blocks(gold.parts)}
    values |= {"nav": NAV, "related": RELATED, "comments": COMMENTS}
    text = _templates().get_template(f"{case.layout}.html.j2").render(values)
    return text.encode("cp1252" if "iso-8859-1" in text else "utf-8")


def _case(entry: Mapping[str, Any]) -> Case:
    gold = read_gold(entry["article"])
    if "authors" in entry:
        gold = replace(gold, authors=tuple(entry["authors"]))
    if "first" in entry:
        gold = replace(gold, parts=gold.parts[: entry["first"]])
    return Case(entry["layout"], entry["article"], replace(gold, title=entry.get("title", gold.title)))


@cache
def read_gold(name: str) -> Gold:
    """Returns an article of gold/."""
    entry = yaml.safe_load((HERE / "gold" / f"{name}.yaml").read_text(encoding="utf-8"))
    parts = tuple(_part(line) for line in entry["text"].splitlines() if line.strip())
    updated = entry.get("updated")
    published = str(entry["published"])
    authors = tuple(entry["authors"])
    url = f"https://x.example/analysis/{name}"
    return Gold(entry["title"], authors, published, str(updated) if updated else None, entry["publisher"], parts, url)


def _part(line: str) -> Part:
    for mark, kind in (("## ", "heading"), ("- ", "item"), ("> ", "quote")):
        if line.startswith(mark):
            return Part(kind, line.removeprefix(mark))
    number = re.match(r"\d\. ", line)
    return Part("item", line[number.end() :]) if number else Part("paragraph", line)


def _blocks(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Returns the parts as layouts take them: items know whether they are the first or last of their list."""
    kinds = ["", *(part.kind for part in parts), ""]
    headings = 0
    found = []
    for number, part in enumerate(parts):
        headings += part.kind == "heading"
        ends = {"first": kinds[number] != "item", "last": kinds[number + 2] != "item"}
        found.append({"kind": part.kind, "text": part.text, "n": headings, **ends})
    return found


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(HERE / "layouts")
    templates = jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined)  # noqa: S701 - our own pages
    forms = {
        "us": "%B %-d, %Y",
        "uk": "%-d %B %Y",
        "short_us": "%b %-d, %Y",
        "short_us_2": "%b %-d, %Y",
        "short_uk": "%-d %b %Y",
        "month_year": "%B %Y",
        "slashed": "%Y/%m/%d",
        "weekday_uk": "%A, %d %B %Y",
        "weekday_us": "%A, %B %-d, %Y",
    }
    for name, form in forms.items():
        templates.filters[name] = _dated(form)
    templates.filters["last_first"] = lambda name: ", ".join(reversed(name.rsplit(" ", 1)))
    return templates


def _dated(form: str) -> Any:
    return lambda iso: date.fromisoformat(str(iso)).strftime(form)
