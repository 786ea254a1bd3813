"""What is said of a wrong rules file, before anything runs: the plain-text cases of tests/cases/mistakes."""

from __future__ import annotations

import pytest

from support import Case, assembled, plain_yaml, read_cases


@pytest.mark.parametrize("case", read_cases("mistakes"), ids=lambda case: case.name)
def test_mistake_is_reported_in_the_words_of_the_case(case: Case) -> None:
    """Every mistake of the rules file is reported, with file and line, in exactly the words of the case."""
    brief = plain_yaml(case.parts["brief"]) if "brief" in case.parts else None
    _, problems = assembled(case.parts["rules"], brief)
    assert "\n".join(problems) == case.parts["messages"].strip()
