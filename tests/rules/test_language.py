"""What each construct of the rule language finds: the plain-text cases of tests/cases/rules."""

from __future__ import annotations

import pytest

from support import Case, judged, plain_yaml, read_cases, shown_all


@pytest.mark.parametrize("case", read_cases("rules"), ids=lambda case: case.name)
def test_rules_find_what_the_case_says(case: Case) -> None:
    """The rules of the case find in its rows exactly what it lists, in its order and words."""
    brief = plain_yaml(case.parts["brief"]) if "brief" in case.parts else None
    found = judged(case.parts["rules"], case.parts["rows"], brief)
    assert shown_all(found).strip() == case.parts["findings"].strip()
