"""Settings: from where, in which order, and what is refused."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefnote.config.settings import is_loopback, read_smtp, read_webhook, unknown_settings
from briefnote.errors import BriefnoteError
from briefnote.store.settings import find_settings

ODD = ["http://127.0.0.1:80@evil.example/sesame", "https://u:sesame@x.org/", "https:///sesame", "https://[/sesame"]
FULL = {"BRIEFNOTE_SMTP_HOST": "mail.example.org", "BRIEFNOTE_SMTP_FROM": "Desk <desk@example.org>"}


def settings_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    """Writes a settings file."""
    path = folder / "settings"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    """A line of the file counts where the environment says nothing; comments and quotes are as one expects."""
    path = settings_file(tmp_path, '# mine\n\nBRIEFNOTE_SMTP_HOST=one\nBRIEFNOTE_SMTP_FROM = "Desk <d@example.org>"\n')
    found = find_settings({"BRIEFNOTE_SETTINGS": str(path), "BRIEFNOTE_SMTP_HOST": "two"})
    assert found.values == {"BRIEFNOTE_SMTP_HOST": "two", "BRIEFNOTE_SMTP_FROM": "Desk <d@example.org>"}


def test_the_usual_place_needs_no_naming(tmp_path: Path) -> None:
    """~/.config/briefnote/settings, or below XDG_CONFIG_HOME; where it is not, nothing is set."""
    (tmp_path / "briefnote").mkdir()
    settings_file(tmp_path / "briefnote", "BRIEFNOTE_SMTP_HOST=one\n")
    assert find_settings({"XDG_CONFIG_HOME": str(tmp_path)}).values == {"BRIEFNOTE_SMTP_HOST": "one"}
    assert find_settings({"HOME": str(tmp_path)}).values == {}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
def test_a_file_that_others_can_read_or_write_is_refused(mode: int, tmp_path: Path) -> None:
    """With the command that mends it, and without a word of what it holds."""
    path = settings_file(tmp_path, "BRIEFNOTE_SMTP_PASSWORD=sesame\n", mode)
    with pytest.raises(BriefnoteError) as error:
        find_settings({"BRIEFNOTE_SETTINGS": str(path)})
    assert str(error.value) == f"{path}: can be read by others (mode {mode:o}); run: chmod 600 {path}"


def test_a_line_that_is_no_setting_is_named_and_not_shown(tmp_path: Path) -> None:
    """It may be a password that was put there by mistake."""
    path = settings_file(tmp_path, "BRIEFNOTE_SMTP_HOST=one\nopen sesame\n")
    with pytest.raises(BriefnoteError) as error:
        find_settings({"BRIEFNOTE_SETTINGS": str(path)})
    assert str(error.value) == f"{path}:2: expected a line such as BRIEFNOTE_SMTP_HOST=…"


def test_a_file_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    """A misspelt path is no reason to go on without."""
    with pytest.raises(BriefnoteError, match="does not exist; write it, or unset BRIEFNOTE_SETTINGS"):
        find_settings({"BRIEFNOTE_SETTINGS": str(tmp_path / "setings")})
    with pytest.raises(BriefnoteError, match="is no regular file"):
        find_settings({"BRIEFNOTE_SETTINGS": str(tmp_path)})


def test_a_misspelt_setting_of_the_file_gets_a_suggestion() -> None:
    """With file and line."""
    (problem,) = unknown_settings({"BRIEFNOTE_SMTP_PASWORD": 3}, "settings")
    assert str(problem).startswith(
        "settings:3: BRIEFNOTE_SMTP_PASWORD: unknown setting. Did you mean 'BRIEFNOTE_SMTP_P"
    )


def test_the_password_may_be_in_the_key_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under "briefnote" and user@host, if it is nowhere else."""
    asked = []

    def get_password(service: str, account: str) -> str:
        asked.append((service, account))
        return "sesame"

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=get_password))
    found = find_settings({"HOME": "/nonexistent", **FULL, "BRIEFNOTE_SMTP_USER": "desk"})
    assert found.values["BRIEFNOTE_SMTP_PASSWORD"] == "sesame"  # noqa: S105
    assert asked == [("briefnote", "desk@mail.example.org")]
    assert "sesame" not in repr(found)


@pytest.mark.parametrize(("security", "port"), [("", 587), ("starttls", 587), ("tls", 465)])
def test_the_port_follows_from_the_security(security: str, port: int) -> None:
    """Unless one is set; STARTTLS unless something else is."""
    smtp, _ = read_smtp(FULL | {"BRIEFNOTE_SMTP_SECURITY": security}, "test")
    assert smtp is not None
    assert (smtp.security, smtp.port) == (security or "starttls", port)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("SECURITY", "ssl", "found 'ssl', expected starttls, tls or none"),
        ("SECURITY", "none", "'none' sends everything readable over the network to mail.example.org"),
        ("PORT", "70000", "found '70000', expected a whole number from 1 to 65535"),
        ("PORT", "²", "found '²', expected a whole number from 1 to 65535"),
        ("HOST", "", "missing; expected the mail server's name, such as mail.example.org"),
        ("HOST", "mail example", "expected the mail server's name, such as mail.example.org"),
        ("FROM", "desk", "found 'desk', expected one mail address"),
        ("USER", "desk", "missing, but there is a user; set it, or unset the user (docs/delivery.md)"),
        ("USER", "jo\0rg", "holds a character that is not printable, which logging in cannot carry; change it"),
        ("PASSWORD", "sesame", "missing, but there is a password; set it, or unset the password"),
    ],
)
def test_a_wrong_setting_says_what_is_expected(name: str, value: str, message: str) -> None:
    """And never what the password is."""
    smtp, problems = read_smtp(FULL | {f"BRIEFNOTE_SMTP_{name}": value}, "test")
    assert smtp is None
    assert message in problems[0].message
    assert "sesame" not in str(problems)


def test_none_goes_to_this_machine_or_where_one_insists() -> None:
    """Loopback is this machine by name or number; ALLOW_PLAIN=yes insists."""
    plain = FULL | {"BRIEFNOTE_SMTP_SECURITY": "none"}
    assert read_smtp(plain | {"BRIEFNOTE_SMTP_HOST": "localhost"}, "test")[1] == []
    assert read_smtp(plain | {"BRIEFNOTE_SMTP_ALLOW_PLAIN": "yes"}, "test")[1] == []
    assert [is_loopback(host) for host in ("127.0.0.2", "::1", "LOCALHOST", "10.0.0.1", "localhost.example.org")] == [
        *(True, True, True),
        *(False, False),
    ]


@pytest.mark.parametrize("address", ["http://hooks.example.org/T0/sesame", "hooks.example.org", "ftp://x/sesame", *ODD])
def test_the_address_of_a_channel_is_https_and_never_shown(address: str) -> None:
    """It holds the channel's secret."""
    secret, (problem,) = read_webhook({"BRIEFNOTE_WEBHOOK_DESK_1": address}, "desk-1", "test")
    assert secret is None
    assert str(problem) == "test: BRIEFNOTE_WEBHOOK_DESK_1: expected an address that begins with https://"
