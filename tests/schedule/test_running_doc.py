"""docs/running.md keeps to the code: a new user who types what it says has the Monday brief; all settings are told."""

from __future__ import annotations

import json
import os
import re
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
import trustme
import yaml
from schedule_desk import stand_ins

from briefnote.config.schedule import RunConfig, ScheduleConfig
from briefnote.model.record import written_fields
from briefnote.schedule.calling import _HANDED_ON
from mail_servers import mail_server

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "running.md").read_text(encoding="utf-8")
MONDAY = "1795420800"  # 2026-11-23, nine o'clock in Berlin
TOLD = {"collected", "summarised", "news", "built", "sent", "missed", "pinged", "ended", "problem", "warning", "bug"}


def section(title: str) -> str:
    """Returns a section of the document."""
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def fenced(text: str, kind: str) -> list[str]:
    """Returns the fenced blocks of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A new user's home, with a crontab and a briefnote on PATH."""
    stand_ins(tmp_path)
    command = tmp_path / "bin/briefnote"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m briefnote "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


class NewUser:
    """Types one command after the other, and answers yes where asked."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._where = home
        kept = {name: os.environ[name] for name in ("PYTHONPATH", "XDG_CACHE_HOME") if name in os.environ}
        own = {"HOME": str(home), "PATH": f"{home / 'bin'}:/usr/bin:/bin", "STAND_IN": str(home / "told")}
        self._environment = {**kept, **own, "SOURCE_DATE_EPOCH": MONDAY, "SSL_CERT_FILE": str(home / "authority.pem")}

    def types(self, command: str) -> str:
        """Returns what a command prints; it must succeed."""
        if command.startswith("cd "):
            self._where /= command.removeprefix("cd ")
            return ""
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=self._where,
            env=self._environment,
            input="y\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stdout}"
        return done.stdout

    def writes(self, block: str, text: str, port: int) -> None:
        """Puts a block of the document where the document says; the mail server is one on this machine."""
        if block == "yaml monday":
            with (self._home / "my-desk/briefs/example/brief.yaml").open("a", encoding="utf-8") as file:
                file.write(text)
            return
        path = self._home / ".config/briefnote/settings"
        path.parent.mkdir(parents=True)
        text = text.replace("mail.example.org", f"localhost\nBRIEFNOTE_SMTP_PORT={port}")
        path.write_text(text, encoding="utf-8")


def test_a_new_user_has_the_monday_brief(home: Path) -> None:
    """Every command is typed and every file written in order; where the document shows output, that is what comes."""
    user = NewUser(home)
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(home / "authority.pem"))
    with mail_server(starttls=context, password="the-password") as box:  # noqa: S106
        for kind, body in re.findall(
            r"^```(.+)\n((?:(?!```).*\n)*)```$", section("Set up the Monday brief in ten minutes"), re.MULTILINE
        ):
            if kind != "console":
                user.writes(kind, body, box.port)
                continue
            for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE):
                printed = user.types(command)
                assert not shown or re.fullmatch(re.escape(shown).replace("…", ".*"), printed), printed
    assert [recipient for recipient, _ in box.messages] == ["desk@example.org", "ada@example.org"]
    assert (home / "told").read_text(encoding="utf-8") == ""


def test_before_it_is_removed_cron_has_the_line(home: Path) -> None:
    """What `schedule show` prints is what is installed."""
    user = NewUser(home)
    user.types("briefnote init my-desk")
    user.types("cd my-desk")
    shown = user.types("briefnote schedule show 2>/dev/null")
    user.types("briefnote schedule install")
    assert (home / "told").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("record", [RunConfig, ScheduleConfig])
def test_every_setting_is_described(record: type) -> None:
    """Each stands in a table, and each of its words."""
    assert {name for name in written_fields(record) if f"| `{name}` |" not in TEXT} == set()
    schema = json.loads((DOCS / "schemas/brief.schema.json").read_text(encoding="utf-8"))["$defs"][record.__name__]
    lists = re.findall(r"'enum': \[([^]]*)\]", str(schema))
    words = {word for found in lists for word in re.findall(r"'([\w-]+)'", found)}
    assert words - set(re.findall(r"[\w-]+", TEXT)) == set()


def test_the_examples_of_settings_are_the_standard_ones() -> None:
    """The block of `run` and the block of `schedule` are what a brief has that says nothing, but for its zone."""
    run, schedule = (yaml.safe_load(block) for block in fenced(TEXT, "yaml"))
    assert RunConfig(**run["run"]) == RunConfig()
    said = schedule["schedule"] | {"zone": "UTC", "day": None}
    assert ScheduleConfig(**said) == ScheduleConfig()


def test_what_the_log_says_is_described() -> None:
    """Each event, and each exit code; what is handed on to cron, too."""
    source = "".join(path.read_text(encoding="utf-8") for path in (DOCS.parent / "src/briefnote/schedule").glob("*.py"))
    assert set(re.findall(r'\.event\("(\w+)"', source)) <= TOLD
    assert {name for name in (*TOLD, *_HANDED_ON) if f"`{name}`" not in TEXT} == set()
    assert re.findall(r"^\| (\d+) \|", section("Exit codes"), re.MULTILINE) == ["0", "1", "2", "3", "75"]


def test_the_job_for_a_cluster_calls_what_the_container_has() -> None:
    """One run at a time, on Monday at seven in a time zone, as nobody special."""
    job = yaml.safe_load((DOCS / "deploy/cronjob.yaml").read_text(encoding="utf-8"))
    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "CronJob")
    spec = job["spec"]
    assert (spec["schedule"], spec["timeZone"], spec["concurrencyPolicy"]) == ("0 7 * * 1", "Europe/Berlin", "Forbid")
    pod = spec["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    (mounted,) = container["volumeMounts"]
    recipe = (DOCS / "deploy/Containerfile").read_text(encoding="utf-8")
    assert f'ENTRYPOINT ["briefnote", "-C", "{mounted["mountPath"]}"]' in recipe
    assert f"--uid {pod['securityContext']['runAsUser']} " in recipe
    assert container["args"] == ["run"]


def test_the_container_copies_what_is_there() -> None:
    """Each file that the recipe names is in the repository."""
    recipe = (DOCS / "deploy/Containerfile").read_text(encoding="utf-8")
    named = [name for line in re.findall(r"^COPY (.*) /\S+$", recipe, re.MULTILINE) for name in line.split()]
    assert named == ["constraints.txt", "pyproject.toml", "README.md", "LICENSE", "src"]
    assert [name for name in named if not (DOCS.parent / name).exists()] == []
