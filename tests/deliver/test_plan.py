"""Who gets an issue: TLP 2.0, groups, and what of brief.yaml is refused."""

from __future__ import annotations

import pytest

from briefnote.config.addresses import Address
from briefnote.config.brief import BriefConfig, read_brief_config
from briefnote.config.recipients import RecipientGroup
from briefnote.deliver.plan import held_because, plan
from briefnote.model.summary import MARKINGS

HEAD = "title: A brief\nabout: [{holder: A, over: B}]\n"


def config(text: str) -> BriefConfig:
    """Returns a brief.yaml with recipients and delivery."""
    read, problems = read_brief_config((HEAD + text).encode(), "brief.yaml")
    assert read is not None, problems
    return read


def refused(text: str) -> list[str]:
    """Returns what is wrong with a brief.yaml, as it is printed."""
    return [str(problem) for problem in read_brief_config((HEAD + text).encode(), "brief.yaml")[1]]


@pytest.mark.parametrize("marking", MARKINGS)
@pytest.mark.parametrize("clearance", MARKINGS)
def test_nobody_gets_what_is_stricter_than_the_clearance(marking: str, clearance: str) -> None:
    """For someone with a name, within the organisation, nothing else matters."""
    group = RecipientGroup("g", clearance=clearance)  # type: ignore[arg-type]
    held = held_because(marking, group, Address("Ada", "ada", "example.org"), ["example.org"])
    assert (held is None) == (MARKINGS.index(marking) <= MARKINGS.index(clearance))


@pytest.mark.parametrize(
    ("marking", "domain", "name", "why"),
    [
        ("TLP:AMBER", "elsewhere.org", "", None),
        ("TLP:AMBER+STRICT", "example.org", "", None),
        ("TLP:AMBER+STRICT", "eu.EXAMPLE.org", "", None),
        ("TLP:AMBER+STRICT", "notexample.org", "Ada", "notexample.org is not in delivery.organisation"),
        ("TLP:AMBER+STRICT", "example.org.evil.net", "Ada", "stays within the organisation"),
        ("TLP:RED", "elsewhere.org", "Ada", None),
        ("TLP:RED", "example.org", "", "TLP:RED is for named individuals; write the name before the address"),
    ],
)
def test_the_strictest_labels_ask_for_more(marking: str, domain: str, name: str, why: str | None) -> None:
    """AMBER+STRICT for the organisation and its subdomains, RED for a name."""
    held = held_because(
        marking, RecipientGroup("g", clearance="TLP:RED"), Address(name, "ada", domain), ["Example.org"]
    )
    assert (held is None) if why is None else (held is not None and why in held)


@pytest.mark.parametrize(
    ("marking", "folder", "webhook"),
    [("TLP:AMBER", True, True), ("TLP:AMBER+STRICT", True, False), ("TLP:RED", False, False)],
)
def test_folders_and_channels_are_no_people(marking: str, folder: bool, webhook: bool) -> None:
    """RED goes to neither; AMBER+STRICT to a folder, which is one's own, but to no channel."""
    groups = (
        RecipientGroup("f", folder="outbox", clearance="TLP:RED"),
        RecipientGroup("w", webhook="desk", clearance="TLP:RED"),
    )
    assert [held_because(marking, group, None, []) is None for group in groups] == [folder, webhook]


def test_who_stands_in_two_groups_gets_it_once_from_the_first_that_may() -> None:
    """By any spelling of the address; who may have it from one group is not listed as held by another."""
    read = config(
        "recipients:\n"
        "- {group: low, to: [ADA@example.org, cid@example.org]}\n"
        "- {group: high, to: [ada@example.org, bob@example.org], clearance: TLP:RED}\n"
        "- {group: high-too, to: [Bob@EXAMPLE.org], clearance: TLP:RED}\n"
    )
    planned = plan(read, "TLP:AMBER")
    assert [(one.key, one.group.group) for one in planned.cleared] == [
        ("ada@example.org", "high"),
        ("bob@example.org", "high"),
    ]
    assert [(one.shown, one.why) for one in planned.held] == [
        ("cid@example.org", "cleared to TLP:CLEAR only, the brief is TLP:AMBER")
    ]


def test_everything_wrong_with_recipients_and_delivery_is_said_at_once() -> None:
    """With its line, what was found and what is expected."""
    text = (
        "recipients:\n"
        "  - {group: a, to: [Ada <ada@example.org>, ADA@EXAMPLE.org, nope], formats: [stix.json]}\n"
        "  - {group: a, folder: ../x}\n"
        "  - {group: c}\n"
        "  - {group: d, folder: x, to: [ada@example.org]}\n"
        'delivery: {link: "ftp://x", organisation: [x y], reply_to: z}\n'
    )
    assert sorted(refused(text)) == [
        "brief.yaml:1: delivery.link: expected https://host/path, in it {brief} and {period}, no user and no password",
        "brief.yaml:1: delivery.organisation: found 'x y', expected a domain such as example.org",
        "brief.yaml:1: delivery.reply_to: found 'z', expected one mail address; write ada@example.org, or "
        '"Lovelace, Ada" <ada@example.org>',
        "brief.yaml:4: recipients.a.formats: 'stix.json' is not among the brief's formats; add it there",
        "brief.yaml:4: recipients.a: found 'nope', expected one mail address; write ada@example.org, or "
        '"Lovelace, Ada" <ada@example.org>',
        "brief.yaml:4: recipients.a: names ADA@EXAMPLE.org twice; remove one",
        "brief.yaml:5: recipients.a: folder: leaves this folder; name one within it, or make it a link to the other "
        "place",
        "brief.yaml:5: recipients.a: two groups have this name; rename one",
        "brief.yaml:6: recipients.c: found 0 of to:, folder: and webhook:, expected one of them",
        "brief.yaml:7: recipients.d: found 2 of to:, folder: and webhook:, expected one of them",
    ]


def test_a_group_that_would_never_get_anything_is_a_warning() -> None:
    """The clearance was forgotten, more often than not."""
    groups = "recipients:\n- {group: a, to: [ada@example.org]}\n- {group: b, to: [b@example.org], clearance: TLP:RED}\n"
    read, (warning,) = read_brief_config((HEAD + f"marking: TLP:GREEN\n{groups}").encode(), "brief.yaml")
    assert read is not None
    assert str(warning) == (
        "brief.yaml:5: warning: recipients.a.clearance: is TLP:CLEAR, and the brief is TLP:GREEN: they get nothing; "
        "raise it if they may"
    )


@pytest.mark.parametrize(
    "text",
    [
        "smtp_password: sesame\n",
        "delivery: {password: sesame}\n",
        "delivery: {smtp: {host: mail.example.org, password: sesame}}\n",
        "recipients: [{group: a, webhook: 'https://hooks.example.org/sesame'}]\ndelivery: {link: 'https://x.org/'}\n",
        "recipients: [{group: a, webhook: desk}]\ndelivery: {link: 'https://user:sesame@x.org/'}\n",
    ],
)
def test_a_secret_in_brief_yaml_is_refused_and_not_shown(text: str) -> None:
    """The message says where it belongs, or what is expected, and never the secret."""
    problems = refused(text)
    assert problems
    assert "sesame" not in "\n".join(problems)


def test_the_message_says_where_a_password_belongs() -> None:
    """docs/delivery.md tells where from."""
    message = "has no place in brief.yaml, which others read; set it as docs/delivery.md says"
    assert f"brief.yaml:3: delivery.password: {message}" in refused("delivery: {password: sesame}\n")
