"""Templates to Markdown: what a template prints is escaped, so that no source's text can act as Markdown.

Jinja escapes for HTML; here its `finalize` hook escapes for Markdown instead, and what would bring HTML
escaping back (the filters `safe`, `escape`, `replace`, …, and `+` on marked text) is left out or refused.
Templates run in Jinja's sandbox, see plain values only, and read other templates through `load` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, StrictUndefined, TemplateNotFound, nodes, pass_eval_context
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.render.escaping import FILTERS, finalize, note

# Jinja's own filters that neither escape, nor mark as safe, nor draw at random.
# fmt: off
_KEPT_FILTERS = (
    "abs", "attr", "batch", "count", "d", "default", "dictsort", "first", "float", "groupby", "int",
    "items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse",
    "round", "select", "selectattr", "slice", "sort", "string", "sum", "trim", "unique", "upper",
    "wordcount",
)
# fmt: on
_KEPT_GLOBALS = ("dict", "joiner", "namespace")

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_ATTRIBUTES = re.compile(r"\s*\{[#.\w][^{}]*\}\s*")
_INNER = r"(?P<inner>(?:\\.|[^\[\]\\])*)"
_NESTED = r"(?P<inner>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*)"  # a span may hold links and calls of notes
# An escaped character is matched first, so that it is never taken for the start of something else.
_NOT_PORTABLE = [
    (re.compile(rf"(?P<escape>\\.)|{pattern}"), replacement)
    for pattern, replacement in (
        (rf"!\[{_INNER}\]\(chart:[^)]*\)", "*{}*"),
        (rf"\[{_INNER}\]\(#[^)]*\)", "{}"),
        (rf"\[{_INNER}\]\{{[^{{}}]*\}}", "{}"),
        (rf"\[{_NESTED}\]\{{[^{{}}]*\}}", "{}"),
        (r"(?<=[*_`)])\{[#.\w][^{}]*\}(?P<inner>)", "{}"),
    )
]


def render_markdown(
    template_name: str,
    context: Mapping[str, Any],
    load: Callable[[str], str | None],
    report: Callable[[Problem], None] | None = None,
    compiled: BytecodeCache | None = None,
) -> str:
    """Returns the Markdown that the template makes of the context.

    `load` gives the source of a template by name, None where there is none; it is asked for what the template
    includes, extends or imports, too. Values are escaped for Markdown and set on one line; None prints
    nothing. Raises BriefnoteError, with file and line, on a faulty template and on names that are not there; with
    `report`, each unknown name is told to it and prints nothing. `compiled` keeps compiled templates.
    """
    environment = _MarkdownEnvironment(load, context)
    environment.bytecode_cache = compiled
    if report is not None:
        from briefnote.render.unknowns import gathering

        environment.undefined = gathering(environment.undefined, environment.loaded, report)
    with _as_problems(template_name, environment):
        return environment.get_template(template_name).render(**context)


@contextmanager
def _as_problems(template_name: str, environment: _MarkdownEnvironment) -> Iterator[None]:
    """Says of a fault in a template where it stands."""
    try:
        yield
    except TemplateNotFound as error:
        raise _failure(template_name, 0, f"There is no template '{error.name}'.") from error
    except TemplateSyntaxError as error:
        message = f"{error.message}{_suggestion(error.message or '', environment)}"
        raise _failure(error.name or template_name, error.lineno, message) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        name, line = _place(error.__traceback__, environment.loaded, template_name)
        raise _failure(name, line, str(error)) from error


def compiles(template_name: str, load: Callable[[str], str | None]) -> None:
    """Compiles a template and prints nothing. Raises BriefnoteError, with file and line, where it is faulty."""
    environment = _MarkdownEnvironment(load, {})
    with _as_problems(template_name, environment):
        environment.get_template(template_name)


def strip_attributes(markdown: str) -> str:
    """Returns the Markdown without what only briefnote reads, for any reader of CommonMark with footnotes.

    Attributes go; what they marked stays. Links within the document lose their target with the ids and become
    text; charts become their alt text, in italics. Escapes, footnotes and code blocks are left as they are.
    """
    kept: list[str] = []
    fence = ""
    for line in markdown.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        elif _ATTRIBUTES.fullmatch(line):
            continue
        kept.append(line if fence or mark else _without_attributes(line))
    return "\n".join(kept)


class _MarkdownEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox whose automatic escaping is for Markdown."""

    intercepted_binops = frozenset({"+", "%", "*", "**"})

    def __init__(self, load: Callable[[str], str | None], context: Mapping[str, Any]) -> None:
        self.loaded: set[str] = set()
        super().__init__(
            loader=_Loader(load, self.loaded),
            autoescape=True,
            finalize=_finalize,
            undefined=_unknown(context),
            trim_blocks=True,
            lstrip_blocks=True,
            comment_start_string="{!--",  # "{#" opens an id in our dialect
            comment_end_string="--!}",
        )
        collected: list[dict[str, object]] = []
        self.filters = {name: self.filters[name] for name in _KEPT_FILTERS}
        self.filters |= {**FILTERS, "note": lambda text: note(text, collected)}
        kept = {name: self.globals[name] for name in _KEPT_GLOBALS}
        self.globals.clear()
        self.globals.update(kept, notes=lambda: tuple(collected))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Escapes each operand of `~` for Markdown; Jinja would escape them for HTML."""
        tree = super()._parse(source, name, filename)
        for concatenation in tree.find_all(nodes.Concat):
            concatenation.nodes = [
                nodes.Filter(operand, "markdown", [], [], None, None, lineno=operand.lineno)
                for operand in concatenation.nodes
            ]
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Returns `obj.attribute`: in a mapping an entry first, so that `section.items` is data."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuses arithmetic on Markdown, which would escape for HTML, and what a few signs make endless."""
        if hasattr(left, "__html__") or hasattr(right, "__html__"):
            raise SecurityError(f"'{operator}' cannot join Markdown with text; write {{{{ a ~ b }}}}.")
        if operator == "**" or (operator == "*" and not _are_numbers(left, right)):
            raise SecurityError(f"'{operator}' is not for templates.")
        return super().call_binop(context, operator, left, right)


def _are_numbers(*values: object) -> bool:
    return all(isinstance(value, int | float) for value in values)


class _Loader(BaseLoader):
    """Asks `load`; a template's file name is its name, so that a traceback leads to it."""

    def __init__(self, load: Callable[[str], str | None], loaded: set[str]) -> None:
        self._load = load
        self._loaded = loaded

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source = self._load(template)
        if source is None:
            raise TemplateNotFound(template)
        self._loaded.add(template)
        return source, template, lambda: True


@pass_eval_context  # Jinja escapes constants for HTML before it asks a finalize that takes the value alone
def _finalize(_: EvalContext, value: object) -> Markup:
    return finalize(value)


def _unknown(context: Mapping[str, Any]) -> type[StrictUndefined]:
    """Returns what stands for a missing name: any use of it fails, with the nearest name that is there."""

    class Unknown(StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            if self._undefined_hint:
                return self._undefined_hint
            owner, name = self._undefined_obj, str(self._undefined_name)
            if isinstance(owner, Mapping):
                return f"There is no '{name}' here.{did_you_mean(name, owner)}"
            if isinstance(owner, str | int | float | list | tuple | None):
                return f"'{name}' is asked of a value of type {type(owner).__name__}, which has no such part."
            return f"'{name}' is not known.{did_you_mean(name, context)}"

    return Unknown


def _without_attributes(line: str) -> str:
    """Returns the line without charts, internal links, spans and inline attributes; escaped ones are text."""
    for pattern, replacement in _NOT_PORTABLE:
        line = pattern.sub(_unless_escaped(replacement), line)
    return line


def _unless_escaped(replacement: str) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        return match["escape"] or replacement.format(match["inner"])

    return replace


def _suggestion(message: str, environment: Environment) -> str:
    """Returns the nearest filter or test where Jinja's message says that it knows none of that name."""
    unknown = re.match(r"No (filter|test) named '(.*)'", message)
    if not unknown:
        return ""
    return did_you_mean(unknown[2], environment.filters if unknown[1] == "filter" else environment.tests)


def _place(traceback: TracebackType | None, loaded: set[str], template_name: str) -> tuple[str, int]:
    """Returns the template and line where an error arose: Jinja's tracebacks name templates as files."""
    name, line = template_name, 0
    while traceback:
        if traceback.tb_frame.f_code.co_filename in loaded:
            name, line = traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next
    return name, line


def _failure(name: str, line: int, message: str) -> BriefnoteError:
    return BriefnoteError([Problem(file=name, line=line, message=message)])
