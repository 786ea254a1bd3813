"""Templates run with limits: one that loops or grows stops, with its name and what to do."""

from __future__ import annotations

import pytest

from briefnote.errors import BriefnoteError, Problem
from briefnote.render.markdown import render_markdown
from briefnote.sandbox import Limits, run_limited

SMALL = Limits(seconds=20.0, memory=64 * 1024 * 1024, result=1024 * 1024)
SHORT = Limits(seconds=1.0)


def render(template: str, limits: Limits = SMALL) -> str:
    """Renders a template in the sandbox over one value."""
    return run_limited(
        "brief.md.j2",
        lambda: render_markdown("brief.md.j2", {"n": list(range(10_000))}, {"brief.md.j2": template}.get),
        limits,
    )


def test_a_result_comes_back() -> None:
    """What the function returns is returned."""
    assert render("{{ n[3] }}") == "3"


def test_an_error_of_the_template_comes_back_with_its_place() -> None:
    """The child's problems are the parent's."""
    with pytest.raises(BriefnoteError) as raised:
        render("one\n{{ m }}")
    assert raised.value.problems == (Problem("brief.md.j2", 2, "", "'m' is not known. Known: n."),)


def test_a_loop_without_end_is_stopped() -> None:
    """Nested loops over a long list would take hours."""
    with pytest.raises(BriefnoteError, match=r"brief\.md\.j2: takes longer than 1 s"):
        render("{% for a in n %}{% for b in n %}{% for c in n %}{% endfor %}{% endfor %}{% endfor %}", SHORT)


def test_a_template_that_fills_the_memory_is_stopped() -> None:
    """A text of a gigabyte is refused; the parent goes on."""
    with pytest.raises(BriefnoteError, match=r"brief\.md\.j2: needs more than 64 MB of memory"):
        render("{% set a = namespace(b='x') %}{% for i in n[:30] %}{% set a.b = a.b ~ a.b %}{% endfor %}")


def test_a_template_that_says_too_much_is_stopped() -> None:
    """A brief of more than the allowed size is refused before it is kept."""
    with pytest.raises(BriefnoteError, match=r"brief\.md\.j2: makes more than 1 MB of text"):
        render("{% for a in n %}" + 1000 * "x" + "{% endfor %}")


def test_a_bug_keeps_its_traceback() -> None:
    """What is no expected failure is raised here with the child's traceback."""

    def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run_limited("brief.md.j2", broken, SMALL)
