"""What a reviewer sees and says: an entry beside its passage, one key, an entry edited."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, cast, get_args

import click

from briefnote.errors import BriefnoteError
from briefnote.model.writing import as_written
from briefnote.text import clean, one_line

if TYPE_CHECKING:
    from rich.panel import Panel

    from briefnote.model.summary import Reliability, Summary
    from briefnote.workbench.reviewing import Entry, Review

_KEYS = "[b]a[/]ccept  [b]c[/]orrect  [b]d[/]rop  [b]n[/]ew claim  [b]s[/]kip  [b]q[/]uit and save"
_HIDDEN = {"id", "text", "quote", "locator", "reviewed"}  # shown in their own place


class Screen:
    """The terminal of a review."""

    def __init__(self) -> None:
        from rich.console import Console

        self.console = Console(highlight=False)

    def say(self, line: str) -> None:
        """Prints a line."""
        self.console.print(line, markup=False)

    def key(self, known: str) -> str:
        """Returns one of these keys; waits for it. Ctrl-C and the end of input quit."""
        while True:
            try:
                pressed = click.getchar().lower()
            except (EOFError, KeyboardInterrupt):
                return "q"
            if pressed in ("\x03", "\x04", "\x1b"):
                return "q"
            if pressed in known:
                return pressed

    def show(self, review: Review, entry: Entry, number: int, total: int) -> None:
        """Shows an entry, its passage in the article, its fields, and the keys."""
        from rich.rule import Rule
        from rich.text import Text

        text = getattr(entry, "text", None) or _figure_text(entry)
        self.console.print(Rule(f"{review.summary.source.id}  {entry.id}  {number} of {total}"))
        self.console.print(Text(one_line(text), style="bold"))
        self.console.print(_passage(review, entry))
        self.console.print(clean(_fields(entry)), markup=False)
        self.console.print(_KEYS)

    def edited(self, review: Review, entry: Entry) -> Entry | None:
        """Returns an entry as the reviewer has changed it, None where nothing was changed."""
        from briefnote.workbench.reviewing import entry_text, read_entry

        before = entry_text(entry)
        written = before
        while True:
            changed = self._edited(written)
            if changed is None or changed.strip() == before.strip():
                self.say("Nothing changed.")
                return None
            try:
                return read_entry(review, entry, changed)
            except BriefnoteError as error:
                for problem in error.problems:
                    self.say(str(problem))
                if not click.confirm("Mend it?", default=True):
                    return None
                written = changed

    def _edited(self, written: str) -> str | None:
        if os.environ.get("VISUAL") or os.environ.get("EDITOR"):
            return click.edit(written, extension=".yaml")
        self.say(written)
        self.say("field = value, one a line; an empty line ends.")
        for line in iter(lambda: str(click.prompt("", default="", show_default=False, prompt_suffix="> ")), ""):
            name, _, value = line.partition("=")
            written = _with_field(written, name.strip(), value.strip())
        return written

    def judged(self, summary: Summary) -> tuple[Reliability, str] | None:
        """Returns the letter and the reason that the reviewer gives the source, None where it stays unjudged."""
        from briefnote.model.summary import Reliability

        self.say(f"{summary.source.title}: nobody has judged this source yet.")
        letter = str(click.prompt("Reliability, A to F (Enter leaves it)", default="", show_default=False)).upper()
        if letter not in get_args(Reliability):
            return None
        reason = str(click.prompt("Why that letter"))
        return cast("Reliability", letter), reason


def _passage(review: Review, entry: Entry) -> Panel:
    from rich.panel import Panel
    from rich.text import Text

    from briefnote.workbench.reviewing import passage_of

    found = passage_of(review, entry)
    if found is None:
        why = "no article beside the summary" if not review.article else "no passage given, or not in the article"
        return Panel(Text(clean(entry.quote or why), style="italic"), title=why if entry.quote else None)
    before, passage, after = (one_line(part) for part in found)
    return Panel(Text.assemble((f"… {before} ", "dim"), (passage, "reverse"), (f" {after} …", "dim")), title="article")


def _fields(entry: Entry) -> str:
    from briefnote.yamltext import to_yaml

    shown = {name: value for name, value in as_written(entry).items() if name not in _HIDDEN}
    return "  ".join(to_yaml({name: value}).strip() for name, value in shown.items())


def _figure_text(entry: Entry) -> str:
    from briefnote.model.quantity import figure_range

    row = as_written(replace(entry))
    names = {name: row.get(name) for name in ("value", "low", "high", "unit", "approximate")}
    of = ", ".join(str(row[name]) for name in ("subject", "counterpart", "item") if row.get(name))
    return f"{row['metric']} ({of}): {figure_range(names)}"


def _with_field(written: str, name: str, value: str) -> str:
    """Returns the entry's text with one field said anew, in the words of its file."""
    from briefnote.yamltext import to_yaml
    from briefnote.yamltree import read_yaml

    node, _ = read_yaml(written.encode(), "entry")
    said, _ = read_yaml(f"- {value}".encode(), "entry")  # [us, europe], 0.7, null
    plain = dict(cast("dict[str, object]", node.plain())) if node else {}
    is_other = said is not None and said.entries[0].kind != "map" and not isinstance(said.entries[0].scalar, str)
    plain[name] = said.entries[0].plain() if said is not None and is_other else value
    return to_yaml(plain)
