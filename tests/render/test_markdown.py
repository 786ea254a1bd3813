"""Templates: what they may do, what they may not, and what a mistake in one looks like."""

from __future__ import annotations

import pytest

from briefnote.errors import BriefnoteError
from briefnote.render.markdown import render_markdown, strip_attributes

CONTEXT = {
    "title": "A *starred* title",
    "nothing": None,
    "numbers": [1, 2, 3],
    "section": {"items": ["a", "b"], "name": "Leverage"},
}


def rendered(template: str, **others: str) -> str:
    """Returns what the template makes of CONTEXT."""
    return render_markdown("brief.md", CONTEXT, {"brief.md": template, **others}.get)


def problem(template: str, **others: str) -> str:
    """Returns the one problem of a faulty template, as it is printed."""
    with pytest.raises(BriefnoteError) as caught:
        rendered(template, **others)
    assert len(caught.value.problems) == 1
    return str(caught.value)


def test_values_are_escaped_and_none_prints_nothing() -> None:
    """A template needs no filter to be safe."""
    assert rendered("# {{ title }}{{ nothing }}") == r"# A \*starred\* title"


def test_braces_with_a_hash_are_no_comment() -> None:
    """`{#id}` is an id of our dialect; comments are `{!-- … --!}`."""
    assert rendered("{#top}\n## A{!-- not said --!}") == "{#top}\n## A"


def test_entry_of_a_mapping_comes_before_its_methods() -> None:
    """`section.items` is data."""
    assert rendered("{{ section['items'] | join(', ') }} {{ section.items | join(', ') }}") == "a, b a, b"


def test_macros_and_includes_are_not_escaped_twice() -> None:
    """Markdown that a template made is Markdown; what it was made of is escaped once."""
    template = "{% import 'm' as m %}{{ m.bold(title) }} {% include 'i' %}"
    assert rendered(template, m="{% macro bold(x) %}**{{ x }}**{% endmacro %}", i="*{{ section.name }}*") == (
        r"**A \*starred\* title** *Leverage*"
    )


def test_joining_escapes_for_markdown() -> None:
    """Jinja would escape for HTML what `~` joins to Markdown."""
    assert rendered("{{ 'x y' | ident ~ ' <' ~ title }}") == r"x-y\<A \*starred\* title"


def test_notes_are_collected_and_given_back() -> None:
    """`note` leaves the mark, `notes()` has the texts; no text makes no note."""
    template = (
        "a{{ 'First [1]' | note }} b{{ '' | note }}{{ nothing | note }} c{{ 'Second' | note }}\n\n"
        "{% for note in notes() %}[^{{ note.number }}]: {{ note.text }}\n\n{% endfor %}"
    )
    assert rendered(template) == "a[^1] b c[^2]\n\n[^1]: First \\[1\\]\n\n[^2]: Second\n\n"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("\n{{ titel }}", "brief.md:2: 'titel' is not known. Did you mean 'title'?"),
        ("{{ section.nmae }}", "brief.md:1: There is no 'nmae' here. Did you mean 'name'?"),
        ("{{ title.x }}", "brief.md:1: 'x' is asked of a value of type str, which has no such part."),
        ("a\n\n{{ title | cite }}", "brief.md:3: No filter named 'cite'. Did you mean 'cited'?"),
        ("{% for %}", "brief.md:1: Expected an expression, got 'end of statement block'"),
        ("{% if title %}", "brief.md:1: Unexpected end of template."),
        ("\n{{ 1 / 0 }}", "brief.md:2: division by zero"),
        ("{% include 'missing' %}", "brief.md: There is no template 'missing'."),
        ("{{ ('x' | ident) + title }}", "brief.md:1: '+' cannot join Markdown with text; write {{ a ~ b }}."),
    ],
)
def test_mistakes_say_where_and_what(template: str, message: str) -> None:
    """A problem has the file, the line and, for a name, the nearest known one."""
    assert problem(template).startswith(message)


def test_mistake_in_an_included_template_names_that_one() -> None:
    """The place is where the mistake stands."""
    assert problem("a\n{% include 'part.md' %}", **{"part.md": "\n\n{{ titel }}"}).startswith("part.md:3:")


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ title | safe }}",
        "{{ title | escape }}",
        "{{ title | urlize }}",
        "{{ numbers | random }}",
        "{{ range(9) }}",
        "{{ lipsum() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ numbers.append(4) }}",
        "{{ 'a' * 100000000 }}",
        "{{ 3 * numbers }}",
        "{{ 9 ** 9 ** 9 }}",
    ],
)
def test_sandbox(template: str) -> None:
    """No way out of the template, no mutation, no other escaping, nothing by chance."""
    assert problem(template)


def test_portable_markdown_has_no_marks_of_sentences() -> None:
    """What a sentence says stays, with the links and calls of notes within it."""
    markdown = "**[A [\\[1\\]](#source-1)\\.]{#s_a-1 .said}** [B [w](https://example.org)[^1]]{#s_a-2 .said}[^2]"
    assert strip_attributes(markdown) == "**A \\[1\\]\\.** B [w](https://example.org)[^1][^2]"


def test_portable_markdown() -> None:
    """Attributes go, what they marked stays; escapes, notes, outside links and code are left alone."""
    markdown = (
        "{#top .lead}\nTrade [\\[1\\]](#source-1) of \\{x\\} and \\[y\\](#z)[^1] [w](https://example.org)\n\n"
        "1. [Re\\]view]{#source-1}, **b**{.c}\n\n![A \\] bar *chart*](chart:shares)\n\n"
        "```\n{#kept}\n[a]{#kept}\n```\n\n[^1]: Note.\n"
    )
    assert strip_attributes(markdown) == (
        "Trade \\[1\\] of \\{x\\} and \\[y\\](#z)[^1] [w](https://example.org)\n\n"
        "1. Re\\]view, **b**\n\n*A \\] bar *chart**\n\n"
        "```\n{#kept}\n[a]{#kept}\n```\n\n[^1]: Note.\n"
    )
