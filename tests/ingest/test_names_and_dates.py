"""Bylines and dates, as publishers write them."""

from __future__ import annotations

import pytest

from briefnote.ingest.dates import dates_in, day_of
from briefnote.ingest.language import language_of
from briefnote.ingest.names import is_byline, names_in


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Jane Roe", ["Jane Roe"]),
        ("By Roe, Jane; Doe, Richard M.", ["Jane Roe", "Richard M. Doe"]),
        ("Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("BY JANE ROE & JOHN DOE, STAFF WRITERS", ["Jane Roe", "John Doe"]),
        ("Written by Dr. Jane Roe, PhD | 4 May 2025", ["Jane Roe"]),
        ("Jane Roe, Senior Fellow at the Institute", ["Jane Roe"]),
        ("Ursula von der Tann", ["Ursula von der Tann"]),
        ("Jane Roe in Geneva", ["Jane Roe"]),
        ("Speech by Jane Roe, Governor of the Bank, at the annual dinner", ["Jane Roe"]),
        ("Roe, Jane", ["Jane Roe"]),
        ("Von Anna Müller am 8. Mai 2025", ["Anna Müller"]),
        ("April Roe and June Doe", ["April Roe", "June Doe"]),
        ("jane@x.example", []),
        ("Reuters Staff", []),
        ("By The Editorial Board", []),
        ("Press Office, Ministry of Trade", []),
        ("admin", []),
        ("By rail and by sea", []),
    ],
)
def test_names_in_a_byline(written: str, names: list[str]) -> None:
    """People are named; roles, desks, organisations and addresses are not."""
    assert list(names_in(written)) == names


def test_a_sentence_is_no_byline() -> None:
    """A line that only begins with "By" names nobody."""
    assert is_byline("By Jane Roe")
    assert not is_byline("By then, the price had doubled.")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("04/16/2026", "2026-04-16"),
        ("16/04/2026", "2026-04-16"),
        ("Updated April 16, 2026 (IF11175)", "2026-04-16"),
        ("8 May 2025", "2025-05-08"),
        ("8th of May, 2025", "2025-05-08"),
        ("Thursday, 08 May 2025 10:42", "2025-05-08"),
        ("8. Mai 2025", "2025-05-08"),
        ("08.05.2025", "2025-05-08"),
        ("8 mai 2025", "2025-05-08"),
        ("8 de mayo de 2025", "2025-05-08"),
        ("2025-05-08T23:59:59Z", "2025-05-08"),
        ("2025/05/08", "2025-05-08"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("08-May-2025", "2025-05-08"),
        ("2025年5月8日", "2025-05-08"),
        ("30 February 2025", None),
        ("34% of 2034 units", None),
        ("version 1.2.2025", "2025-02-01"),
        ("May 2025", None),
    ],
)
def test_a_date_as_it_is_written(written: str, day: str | None) -> None:
    """Days are read in every common form; what is no day of the calendar is none."""
    assert day_of(written) == day


def test_a_day_that_could_be_a_month_is_less_sure() -> None:
    """04/10/2026 is read as in the United States, and said to be unsure; 04/16/2026 is sure."""
    assert [(found.iso, found.is_sure) for found in dates_in("04/10/2026 and 04/16/2026")] == [
        ("2026-04-10", False),
        ("2026-04-16", True),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The price of grain has risen, and it is not clear that the ministry will be able to do more than it has. ",
            "en",
        ),
        (
            "Der Preis für Getreide ist gestiegen, und es ist nicht klar, ob das Ministerium sich auf mehr einigt. ",
            "de",
        ),
        (
            "Le prix des céréales a augmenté et il n'est pas certain que le ministère puisse faire plus. ",
            "fr",
        ),
        (
            "El precio de los cereales ha subido y no está claro que el ministerio pueda hacer más por los puertos. ",
            "es",
        ),
        ("Цена на зерно выросла, и неясно, сможет ли министерство сделать больше. ", "ru"),
        ("Ціна на зерно зросла, і неясно, чи зможе міністерство зробити більше. ", "uk"),
        ("粮食价格上涨，尚不清楚该部能否采取更多措施。", "zh"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    """Script and the commonest words tell the language of a text of some lines."""
    found = language_of(text * 3)
    assert found is not None
    assert found[0] == language


def test_a_line_has_no_language() -> None:
    """Too few words are no evidence."""
    assert language_of("Quo vadis, harbour?") is None
