"""What is installed is shown first, is ours alone, works as it stands, and can be taken out again."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schedule_desk import desk, stand_ins

from briefnote.errors import BriefnoteError
from briefnote.schedule.calling import Call, call_of, for_cron, kept_back
from briefnote.schedule.crontab import block, with_block, without_block
from briefnote.schedule.units import unit_name, units
from briefnote.store.folder import Folder

OURS = "# briefnote schedule begin: /srv/desk\n0 7 * * 1 true\n# briefnote schedule end: /srv/desk\n"
DESK = Path("/srv/desk")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place with stand-ins for crontab and systemctl, first on PATH; what they were told is in `told`."""
    stand_ins(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("STAND_IN", str(tmp_path / "told"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def command(folder: Folder, *arguments: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    """Runs `briefnote schedule` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "briefnote", "-C", str(folder.root), "schedule", *arguments],
        input=answer,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


# ---- the crontab -----------------------------------------------------------------------------------------------

# Any lines, those with the odd line ends of Unicode and bytes of other encodings included.
LINES = st.text(st.characters(exclude_characters="\n", exclude_categories=())) | st.sampled_from(
    ["MAILTO=me", "0 7 * * 1 x"]
)
TEXTS = st.lists(LINES).map(lambda lines: "".join(f"{line}\n" for line in lines))


@given(TEXTS)
def test_what_is_installed_can_be_undone_to_the_byte(crontab: str) -> None:
    """Whatever else stands in the crontab."""
    once = with_block(crontab, DESK, OURS)
    assert once == crontab + OURS
    assert with_block(once, DESK, OURS) == once
    assert without_block(once, DESK) == crontab


@given(TEXTS, TEXTS)
def test_our_lines_are_replaced_where_they_stand(before: str, after: str) -> None:
    """What the user moved behind them stays behind them."""
    new = OURS.replace("0 7", "0 8")
    assert with_block(before + OURS + after, DESK, new) == before + new + after


def test_a_crontab_without_a_last_line_end_gets_one() -> None:
    """Else our mark would be part of the user's line."""
    assert with_block("0 1 * * * true", DESK, OURS) == f"0 1 * * * true\n{OURS}"


def test_the_lines_of_another_folder_are_not_ours() -> None:
    """Each folder has a mark of its own, also one whose name begins alike."""
    crontab = with_block(OURS, Path("/srv/desk-2"), OURS.replace("/srv/desk", "/srv/desk-2"))
    assert without_block(crontab, DESK) == OURS.replace("/srv/desk", "/srv/desk-2")


@pytest.mark.parametrize(
    "crontab", ["# briefnote schedule begin: /srv/desk\n", OURS + OURS, "# briefnote schedule end: /srv/desk\n"]
)
def test_a_mark_that_was_edited_away_is_said(crontab: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(BriefnoteError, match="without its end, or twice; mend it with `crontab -e`"):
        without_block(crontab, DESK)


def test_install_shows_the_change_asks_and_does_it(place: Path) -> None:
    """And `remove` brings back what was there, to the byte."""
    folder, told = desk(place / "desk"), place / "told"
    told.write_text("MAILTO=me\n0 1 * * * true\n", encoding="utf-8")
    asked = command(folder, "install", answer="n\n")
    assert asked.returncode == 1
    assert "+# briefnote schedule begin: " in asked.stdout
    assert told.read_text(encoding="utf-8") == "MAILTO=me\n0 1 * * * true\n"
    assert command(folder, "install", answer="y\n").stderr.endswith("Installed.\n")
    assert command(folder, "install", "--yes").stderr == "Nothing to change.\n"
    assert told.read_text(encoding="utf-8").startswith("MAILTO=me\n0 1 * * * true\n# briefnote schedule begin: ")
    assert command(folder, "show").stderr.endswith("cron: installed\n")
    removed = command(folder, "remove", "--yes")
    assert "-# briefnote schedule begin: " in removed.stdout
    assert told.read_text(encoding="utf-8") == "MAILTO=me\n0 1 * * * true\n"


def test_bytes_of_another_encoding_stay_as_they_are(place: Path) -> None:
    """Also carriage returns; what a terminal would act on is shown as an escape."""
    folder, told = desk(place / "desk"), place / "told"
    mine = b"# caf\xe9 \x1b[2J\r\n0 1 * * * true\n"
    told.write_bytes(mine)
    shown = command(folder, "install", "--yes")
    assert (shown.returncode, shown.stdout.splitlines()[3]) == (0, r" # caf\udce9 \x1b[2J\r")
    assert command(folder, "remove", "--yes").returncode == 0
    assert told.read_bytes() == mine


def test_a_user_without_a_crontab_gets_one(place: Path) -> None:
    """`crontab -l` says so with an exit code."""
    folder = desk(place / "desk")
    assert command(folder, "install", "--yes").returncode == 0
    assert command(folder, "remove", "--yes").returncode == 0
    assert (place / "told").read_text(encoding="utf-8") == ""


def test_a_changed_schedule_is_said_to_be_out_of_date(place: Path) -> None:
    """Until it is installed again."""
    folder = desk(place / "desk", "schedule: {at: 07:00}")
    command(folder, "install", "--yes")
    path = folder.root / "briefs/example/brief.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("07:00", "08:00"), encoding="utf-8")
    assert command(folder, "show").stderr.endswith("cron: installed, and out of date; install it again\n")
    changed = command(folder, "install", "--yes").stdout.splitlines()
    assert [line[:11] for line in changed if line[:1] in "+-" and "crontab" not in line] == [
        "-0 7 * * 1 ",
        "+0 8 * * 1 ",
    ]


def test_a_crontab_that_is_not_taken_is_said(place: Path) -> None:
    """With what cron said."""
    folder = desk(place / "desk")
    (place / "told").write_text("refuse\n", encoding="utf-8")
    refused = command(folder, "install", "--yes")
    assert (refused.returncode, refused.stderr) == (
        1,
        'crontab: cannot be written: "-":1: bad minute; it is as it was\n',
    )


def test_a_machine_without_cron_is_said(place: Path) -> None:
    """With what there is instead."""
    folder = desk(place / "desk")
    (place / "bin/crontab").unlink()
    if shutil.which("crontab"):
        pytest.skip("this machine has cron")
    refused = command(folder, "install", "--yes")
    assert refused.stderr.startswith("crontab: there is no crontab command here; install cron, or use --systemd")
    shown = command(folder, "show")
    assert (shown.returncode, shown.stderr.splitlines()[-1]) == (
        0,
        "cron: there is no crontab command here; install cron, or use --systemd (docs/running.md)",
    )


# ---- the command that is called --------------------------------------------------------------------------------


def test_the_installed_command_runs_where_cron_would_run_it(place: Path) -> None:
    """By sh, in another folder, with next to no environment; a folder's odd name does it no harm."""
    folder = desk(place / "a 'desk' with 100% $HOME; touch no")
    command(folder, "install", "--yes")
    lines = (place / "told").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith("0 7 * * 1 ")]
    text = line.removeprefix("0 7 * * 1 ").replace(r"\%", "%")  # as cron reads it
    environment = {"HOME": str(place), "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", "LOGNAME": "me"}
    done = subprocess.run(
        ["/bin/sh", "-c", text], cwd="/", env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(": sent to 1\n")
    assert "%" not in line.replace(r"\%", "")


def test_no_secret_stands_in_what_is_installed() -> None:
    """Settings that a scheduler is not told are named, so that they are put where it finds them."""
    environment = {"PATH": "/bin", "BRIEFNOTE_SMTP_PASSWORD": "s3cret", "BRIEFNOTE_HEALTHCHECK_URL": "https://x/s3cret"}
    assert "s3cret" not in for_cron(call_of(DESK, environment))
    assert "s3cret" not in "".join(units(call_of(DESK, environment), ("*-*-* 07:00:00 UTC",)).values())
    assert kept_back(environment) == ("BRIEFNOTE_HEALTHCHECK_URL", "BRIEFNOTE_SMTP_PASSWORD")


@pytest.mark.parametrize("environment", [{"PATH": "/bin\n* * * * * evil"}, {"LANG": "C\x00"}])
def test_a_value_that_would_begin_a_new_line_is_refused(environment: Mapping[str, str]) -> None:
    """A crontab's lines cannot be broken."""
    with pytest.raises(BriefnoteError, match="has a character that no crontab and no unit can hold"):
        call_of(DESK, environment)


def test_a_command_that_cron_would_cut_is_refused() -> None:
    """cron takes a thousand bytes."""
    with pytest.raises(BriefnoteError, match="longer than cron's 990 bytes; shorten PATH"):
        block(call_of(DESK, {"PATH": "/bin:" * 250}), ("0 7 * * 1",))


WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=20)


@given(WORDS, WORDS)
def test_any_path_comes_out_of_the_shell_as_it_went_in(name: str, value: str) -> None:
    """Quotes, dollars, per cent signs and semicolons included."""
    call = Call(DESK, ("briefnote", "-C", f"/srv/{name}", "run"), {"PATH": value})
    assert shlex.split(for_cron(call).replace(r"\%", "%")) == [
        "env",
        f"PATH={value}",
        "briefnote",
        "-C",
        f"/srv/{name}",
        "run",
    ]


# ---- systemd ---------------------------------------------------------------------------------------------------


def test_systemd_s_units_are_shown_written_started_and_removed(place: Path) -> None:
    """Among the user's own units; systemctl is told."""
    folder = desk(place / "desk")
    name, where = unit_name(folder.root), place / "config/systemd/user"
    shown = command(folder, "install", "--systemd", "--yes").stdout
    assert "+OnCalendar=Mon *-*-* 07:00:00 UTC" in shown
    assert sorted(os.listdir(where)) == [f"{name}.service", f"{name}.timer"]
    assert command(folder, "show", "--systemd").stderr.endswith("systemd: installed\n")
    command(folder, "remove", "--systemd", "--yes")
    assert os.listdir(where) == []
    assert (place / "told").read_text(encoding="utf-8").splitlines() == [
        "--user daemon-reload",
        f"--user enable --now {name}.timer",
        f"--user disable --now {name}.timer",
        "--user daemon-reload",
    ]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("name", ["desk", "a 'desk' 100% \"of\" $HOME"])
def test_systemd_finds_nothing_wrong_with_the_units(name: str, tmp_path: Path) -> None:
    """`systemd-analyze verify` reads them, also for a folder with an odd name."""
    folder = tmp_path / name
    folder.mkdir()
    made = units(call_of(folder), ("Mon *-*-* 07:00:00 Europe/Berlin", "*-*~01 07:00:00 UTC"))
    for file, text in made.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / file) for file in made)],
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "briefnote-" in line]
    assert (done.returncode, ours) == (0, [])
