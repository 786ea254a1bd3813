"""What the tests of runs share: a folder with a brief that is due, moments, and runs at them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from briefnote.model.period import Every
from briefnote.schedule.outcome import Ran
from briefnote.schedule.run import run
from briefnote.starter import start_folder
from briefnote.store.folder import Folder, open_folder

OUTBOX = "- {group: archive, folder: outbox, formats: [md]}"
ARTICLE = """\
Ruritania squeezes Elbonia

Ruritania supplies 80 percent of Elbonia's gas, and Elbonia has no other supplier. On Monday Ruritania threatened to
cut the flow of gas to Elbonia unless it drops its tariffs. Elbonia depends on Ruritania for credit as well, and its
government said that it could not replace Ruritanian loans within the year. Analysts in both capitals expect talks.

Elbonia's minister of energy said on Tuesday that storage would last for six weeks. A new pipeline from the coast is
planned, but it will not carry gas before 2029, and the terminal that is to feed it has not found its investors. The
central bank of Elbonia holds reserves for two months of imports. Ruritania, for its part, earns a fifth of its exports
from its neighbour, and its own steel makers asked the government not to let the quarrel grow. The two governments will
meet in the border town next month.
"""
# What cron's own command does with `-l` and `-`: a user's table in one file, and a message where there is none.
CRONTAB = """\
#!/bin/sh
case "$1" in
  -l) if [ -f "$STAND_IN" ]; then cat "$STAND_IN"; else echo "no crontab for $(id -un)" >&2; exit 1; fi;;
  -) cat > "$STAND_IN.new"
     if grep -q '^refuse' "$STAND_IN.new"; then echo '"-":1: bad minute' >&2; exit 1; fi
     mv "$STAND_IN.new" "$STAND_IN";;
  *) exit 2;;
esac
"""
SYSTEMCTL = '#!/bin/sh\necho "$*" >> "$STAND_IN"\n'
NOWHERE: Mapping[str, str] = {"HOME": "/nonexistent"}


def desk(root: Path, *lines: str, recipients: str = OUTBOX, every: Every = "week") -> Folder:
    """Returns a folder as `init` makes it, whose brief has only Markdown, these lines and these recipients."""
    start_folder(root)
    path = root / "briefs/example/brief.yaml"
    more = [f"every: {every}", "formats: [md]", *lines]
    more += [f"recipients:\n{recipients}\ndelivery: {{wait: 0}}"] if recipients else []
    path.write_text("\n".join([path.read_text(encoding="utf-8"), *more, ""]), encoding="utf-8")
    return open_folder(root)


def add_source(folder: Folder, name: str) -> None:
    """Adds a source: one of those that are there, under another name."""
    text = (folder.root / "sources/2026-01-20-ruritanian-review.yaml").read_text(encoding="utf-8")
    new = text.replace("2026-01-20-ruritanian-review", name)
    (folder.root / f"sources/{name}.yaml").write_text(new, encoding="utf-8")


def with_drop_folder(folder: Folder) -> None:
    """Gives the folder a place that is asked for new files."""
    text = "drops:\n  - {name: incoming, folder: incoming}\n"
    (folder.root / "sources/feeds.yaml").write_text(text, encoding="utf-8")
    (folder.root / "incoming").mkdir()


class Cron:
    """Runs a folder at moments of its own choice."""

    def __init__(
        self, folder: Folder, monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str] = NOWHERE
    ) -> None:
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._environment = environment

    def at(self, moment: str | datetime, **more: Any) -> Ran:
        """Runs at a moment ("2026-11-23T07:00+01:00") and returns what came of it."""
        found = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(found.timestamp())))
        return run(open_folder(self._folder.root), sleep=lambda _: None, environment=self._environment, **more)


def kinds(ran: Ran) -> list[str]:
    """Returns what became of each issue: "2026-W47 sent"."""
    return [f"{one.period} {one.kind}" for one in ran.outcomes]


def dropped(folder: Folder) -> Counter[str]:
    """Returns how many files of each name the drop folder holds."""
    return Counter(path.name for path in (folder.root / "outbox").rglob("*.md"))


def stand_ins(place: Path) -> None:
    """Writes a crontab and a systemctl into `place`/bin; what they are told is in the file that STAND_IN names."""
    (place / "bin").mkdir()
    for name, text in (("crontab", CRONTAB), ("systemctl", SYSTEMCTL)):
        (place / "bin" / name).write_text(text, encoding="utf-8")
        (place / "bin" / name).chmod(0o755)
