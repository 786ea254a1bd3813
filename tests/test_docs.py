"""The documents keep to the code: every example in them runs, and everything a person can write is described."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from briefnote.config.feeds import DropConfig, FeedConfig, FeedsConfig, MailboxConfig, read_feeds_config
from briefnote.config.theme import read_theme
from briefnote.errors import BriefnoteError, Problem
from briefnote.inputs import check, read_inputs
from briefnote.model.brief import Block, Brief, Part, Section
from briefnote.model.edition import Theme
from briefnote.model.quantity import figure_range
from briefnote.model.record import written_fields
from briefnote.model.summary import Claim, Figure, Locator, Source, Summary
from briefnote.model.vocabulary import Mechanism, Metric, Proposition, Vocabulary
from briefnote.pipeline import compose_brief
from briefnote.render import escaping, tokens
from briefnote.render.context import template_context
from briefnote.render.markdown import render_markdown
from briefnote.rules.checking import AGGREGATES, FUNCTIONS, WORDING_AGGREGATES
from briefnote.rules.confidence import ConfidenceRule
from briefnote.rules.examplefile import ExampleText, read_examples
from briefnote.rules.examples import run_examples
from briefnote.rules.language import RulesFile, RuleText
from briefnote.rules.nodes import MARKS
from briefnote.rules.schema import OR_NULL, RELATIONS, TAGS
from briefnote.rules.wording import FILTERS
from briefnote.schemas import known_terms
from briefnote.starter import start_folder
from briefnote.store.folder import Folder, InputFile, open_folder, packaged
from briefnote.store.issue import Issue
from briefnote.store.summaries import read_summaries
from briefnote.workbench.benches import pack_bench, terms_of
from briefnote.yamltree import read_yaml

DOCS = Path(__file__).parents[1] / "docs"
DAY, PERIOD = date(2026, 11, 21), "2026-W47"
EXPECTATIONS = {"text findings", "text problems"}
APART = {"", "console", "yaml theme", "yaml examples"}  # kinds of blocks that belong to no example


# ---- the fenced blocks of a document ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Fence:
    """A fenced block: what stands after its opening marks, its lines, and where it stands."""

    kind: str
    body: str
    line: int


@dataclass(frozen=True)
class Example:
    """An example: where it begins, and the body of each of its blocks by kind ("yaml rules")."""

    name: str
    parts: Mapping[str, str]


def document(name: str) -> str:
    """Returns a document of docs/."""
    return (DOCS / name).read_text(encoding="utf-8")


def fences(text: str) -> Iterator[Fence]:
    """Yields the fenced blocks of a document in order."""
    for match in re.finditer(r"^```(.*)\n((?:(?!```).*\n)*)```$", text, re.MULTILINE):
        yield Fence(match[1].strip(), match[2], text.count("\n", 0, match.start()) + 1)


@cache
def examples(name: str, *openings: str) -> tuple[Example, ...]:
    """Returns the examples of a document: each begins with a block of one of the kinds, and holds those after it."""
    found: list[tuple[int, dict[str, str]]] = []
    for fence in fences(document(name)):
        if fence.kind in openings:
            found.append((fence.line, {}))
        if found and fence.kind not in APART:
            assert fence.kind not in found[-1][1], f"docs/{name}:{fence.line}: a second {fence.kind} in one example"
            found[-1][1][fence.kind] = fence.body
    return tuple(Example(f"docs/{name}:{line}", parts) for line, parts in found)


def of(name: str, *openings: str) -> pytest.MarkDecorator:
    """Runs a test for each example of a document."""
    return pytest.mark.parametrize("example", examples(name, *openings), ids=lambda example: example.name)


def plain(text: str) -> Any:
    """Returns the plain value of a YAML text."""
    node, problems = read_yaml(text.encode(), "example")
    assert node is not None, problems
    return node.plain()


def printed(problems: list[Problem] | tuple[Problem, ...]) -> str:
    """Returns problems as the command line prints them."""
    return "".join(f"{problem}\n" for problem in problems)


def terms_in(text: str) -> set[str]:
    """Returns all that a document sets in code type: `words between backquotes`, and the words of those."""
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))
    return {*spans, *(word for span in spans for word in re.findall(r"\w+", span))}


# ---- docs/rules.md ---------------------------------------------------------------------------------------------


def desk(root: Path, example: Example) -> Folder:
    """Returns a folder with the sources, the brief and the rules of an example.

    A source of `yaml rows` is written as in a summary, with what every summary needs filled in; the brief is that
    of the first block of the document, with what the example's own `yaml brief` says in its place.
    """
    common = next(fence.body for fence in fences(document("rules.md")) if fence.kind == "yaml brief")
    brief = plain(common) | plain(example.parts.get("yaml brief", "{}"))
    rows = plain(example.parts.get("yaml rows", "a-source: {claims: []}"))
    (root / "sources").mkdir(parents=True)
    (root / "briefs/example").mkdir(parents=True)
    (root / "briefs/example/brief.yaml").write_text(json.dumps(brief), encoding="utf-8")
    (root / "briefs/example/rules.yaml").write_text(example.parts["yaml rules"], encoding="utf-8")
    for name, said in rows.items():
        (root / f"sources/{name}.yaml").write_text(json.dumps(summary_of(name, said)), encoding="utf-8")
    return open_folder(root)


def summary_of(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a whole summary of what an example gives of it."""
    whole = {key: said[key] for key in ("claims", "figures", "reviewed", "by") if key in said}
    given = {key: value for key, value in said.items() if key not in whole}
    source = {"id": name, "title": name, "kind": "analysis", "reliability": "C", "reliability_reason": "Invented."}
    return {"source": source | given, "summary": "Invented.", **whole}


def outcome(folder: Folder, own: str) -> tuple[str, str]:
    """Returns what the brief prints of its own rules, and the problems: one of the two is empty."""
    if problems := check(folder, ("example",)):
        return "", printed(problems)
    try:
        brief = compose_brief(read_inputs(folder, "example"), Issue(folder.root, "example", PERIOD), DAY)
    except BriefnoteError as error:
        return "", printed(error.problems)
    rules = {rule["id"] for rule in plain(own).get("rules", ())}
    return "".join(f"{line}\n" for line in findings(brief, rules)), ""


def findings(brief: Brief, rules: set[str]) -> Iterator[str]:
    """Yields what a brief prints of some rules, as docs/rules.md writes it."""
    names = {source.number: source.id for source in brief.sources}
    for section in brief.sections:
        for block in section.blocks:
            yield from block_lines(section, block, rules, names)
    for chart in brief.charts:
        if chart.id in rules:
            yield f"chart: {chart.title}"
            yield from (f"  {bar.label}: {bar.text}" for bar in chart.bars)
            yield f"  In words: {chart.alt}"
    for cut in brief.cut:
        if cut.beyond_section_limit:
            yield f"({cut.section}: {cut.found} found, {cut.found - cut.beyond_section_limit} kept)"


def block_lines(section: Section, block: Block, rules: set[str], names: Mapping[int, str]) -> Iterator[str]:
    """Yields the lines of a paragraph, bullet, judgement or table row."""
    lead = f"{block.number}. " if block.number else f"**{block.handle}.** " if block.handle else ""
    for sentence in block.sentences:
        if sentence.rule not in rules:
            continue
        yield f"{section.id} {sentence.score:g}: {lead}{cited(sentence.parts, names)}"
        for heading, cell in zip(section.columns, block.cells, strict=True):
            yield f"  {heading}: {cited(cell, names)}".rstrip()
        if block.confidence:
            reason = cited(block.confidence.reason, names)
            yield f"  Confidence: {block.confidence.statement}. {reason}"


def cited(parts: tuple[Part, ...], names: Mapping[int, str]) -> str:
    """Returns the parts as text, each followed by the names of the sources it cites."""
    said = ""
    for part in parts:
        links = "".join(f"[{names[number]}]" for number in part.cites)
        said += f"{part.text.rstrip()} {links}".lstrip() if links else part.text
    return said


RULES = ("rules.md", "yaml rules")


def test_every_example_of_rules_has_an_expectation() -> None:
    """An example says what it finds or what is wrong with it, never both; no block is of an unknown kind."""
    kinds = {"yaml rules", "yaml rows", "yaml brief", "yaml examples", "console", *EXPECTATIONS}
    assert {fence.kind for fence in fences(document("rules.md"))} <= kinds
    found = examples(*RULES)
    assert len(found) > 30
    assert [example.name for example in found if len(EXPECTATIONS & example.parts.keys()) != 1] == []


@of(*RULES)
def test_example_of_a_rule(example: Example, tmp_path: Path) -> None:
    """The rules find in the rows what the document says, in a brief that uses the leverage pack."""
    found, problems = outcome(desk(tmp_path, example), example.parts["yaml rules"])
    assert problems == example.parts.get("text problems", "")
    assert found == example.parts.get("text findings", "")


def test_the_examples_of_examples_are_as_expected() -> None:
    """What the document shows of `rules test` runs on the leverage pack."""
    (text,) = [fence.body for fence in fences(document("rules.md")) if fence.kind == "yaml examples"]
    bench = pack_bench("leverage")
    examples_read, problems = read_examples(text.encode(), "rules.md", terms_of(bench.files))
    assert problems == []
    assert [outcome.failure for outcome in run_examples(examples_read, bench)] == ["", "", ""]


def test_every_word_of_the_rule_language_is_described() -> None:
    """Each field of a rule and of a rules file, each filter and function is named in docs/rules.md."""
    words = {*FILTERS, *FUNCTIONS, *AGGREGATES, *WORDING_AGGREGATES, *MARKS, "coalesce", "if", f"$x{OR_NULL}"}
    for record in (RuleText, RulesFile, ConfidenceRule, Vocabulary, Mechanism, Proposition, Metric, ExampleText):
        words |= written_fields(record).keys() if record is not ConfidenceRule else fields_of(record)
    assert words - terms_in(document("rules.md")) == set()


def fields_of(record: type) -> set[str]:
    """Returns the names of a record's fields."""
    return {field.name for field in dataclasses.fields(record)}


def test_every_field_of_every_relation_is_in_the_table_of_relations() -> None:
    """The table gives exactly the relations, what the first entry compares, and the fields."""
    rows = re.findall(r"^\| `(\w+): …` \| `(\w+)` \| (.*) \|$", document("rules.md"), re.MULTILINE)
    table = {relation: (tag, set(re.findall(r"`(\w+)`", fields))) for relation, tag, fields in rows}
    assert table == {relation: (TAGS[relation], set(fields)) for relation, fields in RELATIONS.items()}


def test_every_filter_stands_in_the_table_of_filters() -> None:
    """The table gives exactly the filters there are."""
    table = re.findall(r"^\| `\\\| (\w+)", document("rules.md"), re.MULTILINE)
    assert sorted(table) == sorted(FILTERS)


# ---- docs/summaries.md -----------------------------------------------------------------------------------------

SUMMARIES = ("summaries.md", "yaml summary", "yaml claims", "yaml figures", "yaml sources")
HEAD = """\
source: {id: example, title: An example, kind: analysis, reliability: C, reliability_reason: Invented.}
summary: Invented.
"""


@of(*SUMMARIES)
def test_example_of_a_summary(example: Example) -> None:
    """A whole summary, and one made of the claims or figures of an excerpt, reads as the document says."""
    summaries, problems = read_example(example.parts)
    messages = sorted({f"{problem.field}: {problem.message}" for problem in problems})
    assert messages == example.parts.get("text problems", "").splitlines()
    if "text printed" in example.parts:
        figures = [figure for summary in summaries.values() for figure in summary.figures]
        lines = [f"{figure.id}: {figure_range(dataclasses.asdict(figure))}" for figure in figures]
        assert lines == example.parts["text printed"].splitlines()


def read_example(parts: Mapping[str, str]) -> tuple[Mapping[str, Summary], list[Problem]]:
    """Returns the summaries of an example, and what is wrong with them."""
    files = []
    if "yaml summary" in parts:
        name = plain(parts["yaml summary"])["source"]["id"]
        files.append(InputFile(f"{name}.yaml", parts["yaml summary"].encode()))
    elif "yaml sources" in parts:
        named = plain(parts["yaml sources"])
        files += [
            InputFile(f"{name}.yaml", json.dumps(summary_of(name, said)).encode()) for name, said in named.items()
        ]
    else:
        claims = parts.get("yaml claims", "- {id: c1, kind: context, text: Invented.}\n")
        body = f"{HEAD}claims:\n{claims}figures:\n{parts.get('yaml figures', '  []')}"
        files.append(InputFile("example.yaml", body.encode()))
    return read_summaries(tuple(files), known_terms("leverage"))


def test_the_example_of_a_summary_leaves_no_field_out() -> None:
    """The first example has every field that a summary may have, so that it can be copied and cut."""
    whole = plain(examples(*SUMMARIES)[0].parts["yaml summary"])
    assert whole.keys() == written_fields(Summary).keys()
    assert whole["source"].keys() == written_fields(Source).keys()
    for record, name in ((Claim, "claims"), (Figure, "figures")):
        assert {field for entry in whole[name] for field in entry} == written_fields(record).keys()


@pytest.mark.parametrize("record", [Summary, Source, Claim, Figure, Locator])
def test_every_field_of_a_summary_is_described(record: type) -> None:
    """Each field stands in a table of docs/summaries.md."""
    text = document("summaries.md")
    described = {
        name for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    assert written_fields(record).keys() - described == set()


def test_every_word_that_a_field_takes_is_described() -> None:
    """Kinds, polarities, roles and the like are explained one by one."""
    terms = terms_in(document("summaries.md"))
    schema = json.loads((DOCS / "schemas/summary.schema.json").read_text(encoding="utf-8"))
    assert words_of(schema) - terms == set()


def words_of(schema: Any) -> set[str]:
    """Returns every word of an enumeration in a JSON Schema."""
    if isinstance(schema, list):
        return set().union(*map(words_of, schema))
    if not isinstance(schema, dict):
        return set()
    return {word for word in schema.get("enum", ()) if word} | words_of(list(schema.values()))


# ---- docs/sources.md -------------------------------------------------------------------------------------------


def test_examples_of_feeds_are_read_and_leave_no_field_out() -> None:
    """The example of feeds.yaml has every field that a person can write."""
    (example,) = examples("sources.md", "yaml feeds")
    config, problems = read_feeds_config(example.parts["yaml feeds"].encode(), example.name)
    assert printed(problems) == ""
    assert config is not None
    given = set(re.findall(r"^[ -]*(\w+):", example.parts["yaml feeds"], re.MULTILINE))
    records = (FeedsConfig, FeedConfig, MailboxConfig, DropConfig)
    assert {name for record in records for name in written_fields(record)} - given == set()


@pytest.mark.parametrize("record", [FeedsConfig, FeedConfig, MailboxConfig, DropConfig])
def test_every_field_of_feeds_is_described(record: type) -> None:
    """Each field stands in a table of docs/sources.md."""
    assert set(written_fields(record)) - terms_in(document("sources.md")) == set()


# ---- docs/templates.md -----------------------------------------------------------------------------------------

TEMPLATES = ("templates.md", "jinja brief.md.j2")


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The folder that `briefnote init` makes."""
    root = tmp_path_factory.mktemp("desk")
    start_folder(root)
    return open_folder(root)


@of(*TEMPLATES)
def test_example_of_a_template(example: Example, starter: Folder) -> None:
    """A template of the document sets the example brief, holds the text it should, or is refused as it says."""
    template = example.parts["jinja brief.md.j2"]
    if "text problems" in example.parts:
        with pytest.raises(BriefnoteError) as refused:
            set_with(template, starter)
        assert printed(refused.value.problems) == example.parts["text problems"]
        return
    markdown = set_with(template, starter).replace("\u00a0", " ")  # the document shows plain spaces
    assert example.parts["markdown excerpt"].rstrip() in markdown


def set_with(template: str, folder: Folder) -> str:
    """Returns the example brief as a template sets it; the tree of it has been read."""
    inputs = read_inputs(folder, "example")
    brief = compose_brief(inputs, Issue(folder.root, "example", PERIOD), DAY)
    texts = {"brief.md.j2": template, "standard/brief.md.j2": packaged("templates", "brief.md.j2").decode()}
    markdown = render_markdown("brief.md.j2", template_context(brief), texts.get)
    tokens.parse(markdown)
    return markdown


def test_every_example_of_a_template_has_an_expectation() -> None:
    """An example of a template shows what it sets or why it is refused."""
    wanted = {"markdown excerpt", "text problems"}
    assert [example.name for example in examples(*TEMPLATES) if len(wanted & example.parts.keys()) != 1] == []


def test_examples_of_themes_are_read() -> None:
    """A theme of the document has nothing wrong with it, and the first has every setting with its standard value."""
    themes = [fence.body for fence in fences(document("templates.md")) if fence.kind == "yaml theme"]
    read = [read_theme(theme.encode(), "theme.yaml") for theme in themes]
    assert [problem for _, problems in read for problem in problems] == []
    assert plain(themes[0]).keys() == fields_of(Theme)
    assert read[0][0] == Theme()


def test_what_a_template_may_use_is_described() -> None:
    """Each filter of ours, each block and each class of the standard template is named in docs/templates.md."""
    standard = packaged("templates", "brief.md.j2").decode()
    blocks = set(re.findall(r"\{% block (\w+)", standard))
    classes = {name for line in re.findall(r"^\{\.([\w -]+)", standard, re.MULTILINE) for name in line.split()}
    words = {*escaping.FILTERS, "note", "notes", *blocks, *classes, *fields_of(Brief), *fields_of(Section)}
    assert words - {"markdown"} - terms_in(document("templates.md")) == set()


# ---- all of them -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["delivery.md", "rules.md", "running.md", "sources.md", "summaries.md", "templates.md"]
)
def test_links_lead_somewhere(name: str) -> None:
    """A link to another file of the repository, or to a heading of the same document, leads to one."""
    text = document(name)
    headings = {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.*)$", text, re.M)
    }
    targets = re.findall(r"\]\(([^)#:]*)(#[^)]*)?\)", re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.M | re.S))
    lost = [file for file, _ in targets if file and not (DOCS / file).exists()]
    lost += [heading for file, heading in targets if not file and heading[1:] not in headings]
    assert lost == []
