"""What the tests share: plain-text cases, rows and rules to judge, summaries to compose from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from briefnote.errors import Problem
from briefnote.model.article import Article, Block
from briefnote.model.finding import Bearing, Cite, Finding, Judged, JudgementNumber, Words
from briefnote.model.record import Reader
from briefnote.model.summary import Figure, Summary
from briefnote.rules.confidence import ConfidenceRule
from briefnote.rules.judging import Choice, judge
from briefnote.rules.language import RulesFile, read_rules
from briefnote.rules.rulebook import RuleBook, Settings, assemble
from briefnote.rules.schema import RELATIONS
from briefnote.rules.speaking import ActorNames
from briefnote.store.folder import InputFile, packaged
from briefnote.store.summaries import read_summaries
from briefnote.summarise.figures import figures
from briefnote.summarise.mentions import Mention
from briefnote.summarise.sentences import split
from briefnote.yamltree import read_yaml

CASES = Path(__file__).parent / "cases"
TERMS = {
    "theme": frozenset({"general", "trade", "energy"}),
    "mechanism": frozenset({"no-alternative", "trade-ceiling"}),
    "proposition": frozenset({"usable", "lasting"}),
    "metric": frozenset({"trade_share", "trade_total"}),
}


# ---- plain-text cases ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One case of a file in tests/cases: its name, the behaviour in words, and its parts by name."""

    name: str
    behaviour: str
    parts: Mapping[str, str]


def read_cases(folder: str) -> list[Case]:
    """Returns every case of tests/cases/`folder`, in the order of files and lines."""
    cases = []
    for path in sorted((CASES / folder).glob("*.txt")):
        if path.name == "README.txt":
            continue
        _, *blocks = re.split(r"^==== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for block in blocks:
            head, *parts = re.split(r"^---- ", block, flags=re.MULTILINE)
            name, _, behaviour = head.partition("\n")
            named = {title.strip(): body for title, _, body in (part.partition("\n") for part in parts)}
            cases.append(Case(f"{path.stem}-{name.strip()}", behaviour.strip(), named))
    return cases


# ---- rules and rows --------------------------------------------------------------------------------------------


@cache
def words() -> RulesFile:
    """Returns the vocabulary, parameters and sections that the cases share."""
    rules_file, problems = read_rules((CASES / "words.yaml").read_bytes(), "words.yaml")
    assert not problems
    assert rules_file is not None
    return rules_file


def assembled(rules: str, brief: Mapping[str, Any] | None = None) -> tuple[RuleBook | None, list[str]]:
    """Returns the rule book of a rules file on top of the shared words, and its problems as they are printed."""
    brief = brief or {}
    rules_file, problems = read_rules(rules.encode(), "rules.yaml")
    book = None
    if rules_file is not None and not problems:
        settings = Settings(
            file="brief.yaml",
            audiences=tuple(brief.get("audiences", ("us", "europe"))),
            params=brief.get("params", {}),
            keep=brief.get("keep", {}),
        )
        book, problems = assemble([("words.yaml", words()), ("rules.yaml", rules_file)], settings)
    return book, messages(problems)


def messages(problems: Sequence[Problem]) -> list[str]:
    """Returns the problems as the command line prints them: sorted, each once."""
    return [str(problem) for problem in sorted(set(problems))]


def plain_yaml(text: str) -> Any:
    """Returns the plain value of a YAML text."""
    node, problems = read_yaml(text.encode(), "text.yaml")
    assert not problems, messages(problems)
    return node.plain() if node else None


_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "claim": {
        "kind": "leverage",
        "polarity": "asserted",
        "certainty": 0.8,
        "roles": "explicit",
        "weight": 0.5,
        "theme": "general",
    },
    "figure": {"metric": "trade_share", "unit": "%", "weight": 0.5, "approximate": False},
    "source": {"kind": "analysis", "reliability": "C", "marking": "TLP:CLEAR", "reviewed": True, "draft": False},
}


def rows(written: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Returns rows of every relation: those written, with what they leave out filled in.

    A claim or figure is named "source#id"; a source that is only named so exists with reliability C.
    """
    filled = {
        relation: [_filled(relation, row, number) for number, row in enumerate(written.get(relation, ()), 1)]
        for relation in RELATIONS
    }
    known = {row["id"] for row in filled["source"]}
    for row in (*filled["claim"], *filled["figure"]):
        if row["source"] not in known:
            known.add(row["source"])
            filled["source"].append(_filled("source", {"id": row["source"], "voice": row["voice"]}, 0))
    return {relation: sorted(found, key=lambda row: str(row["id"])) for relation, found in filled.items()}


def _filled(relation: str, row: Mapping[str, Any], number: int) -> dict[str, Any]:
    fields = RELATIONS[relation]
    assert not row.keys() - fields.keys(), f"{relation} has no {row.keys() - fields.keys()}"
    complete: dict[str, Any] = {name: [] if about.many else None for name, about in fields.items()}
    complete |= {"id": f"{relation}-{number}"} | dict(_DEFAULTS.get(relation, {})) | dict(row)
    source = str(complete["id"]).partition("#")[0]
    if relation in ("claim", "figure"):
        complete["source"] = source
        complete["voice"] = complete["voice"] or source
    if relation == "claim":
        complete["text"] = complete["text"] or f"Claim {complete['id']}."
    if relation == "source":
        complete["voice"] = complete["voice"] or source
        complete["name"] = complete["name"] or source
    if "rank" in fields:
        complete["rank"] = complete["rank"] or number
    return complete


@cache
def confidence_rule() -> ConfidenceRule:
    """Returns the rule of confidence that comes with the package."""
    node, _ = read_yaml(packaged("packs", "estimative.yaml"), "estimative.yaml")
    assert node is not None
    assert node.items is not None
    rule = Reader("estimative.yaml").read(node.items["confidence"], ConfidenceRule)
    assert rule is not None
    return rule


def judged(
    rules: str, facts: str | Mapping[str, Any], brief: Mapping[str, Any] | None = None, engine: Choice = "sqlite"
) -> Judged:
    """Returns what the rules find in the rows."""
    book, problems = assembled(rules, brief)
    assert book is not None, problems
    written = plain_yaml(facts) if isinstance(facts, str) else facts
    actors = (brief or {}).get("actors", {})
    names = {name: (about.get("name"), about.get("adjective")) for name, about in actors.items()}
    plural = frozenset(name for name, about in actors.items() if about.get("plural"))
    return judge(book, rows(written), ActorNames(names, plural), confidence_rule(), engine)


# ---- findings as text ------------------------------------------------------------------------------------------


def spoken(said: Words) -> str:
    """Returns words on one line: citations as [source#c1 …], judgements as <judgement …>, bearings as <for …>."""
    return "".join(_segment(segment) for segment in said)


def _segment(segment: str | Cite | JudgementNumber | Bearing) -> str:
    if isinstance(segment, Cite):
        return f"[{' '.join(segment.rows)}]"
    if isinstance(segment, JudgementNumber):
        return f"<judgement {segment.finding}>"
    return f"<{segment.stance} {segment.topic}>" if isinstance(segment, Bearing) else segment


def shown(finding: Finding) -> list[str]:
    """Returns a finding as the cases write it: section, score, **handle**, text; then what else it has."""
    handle = f"**{finding.handle}** " if finding.handle else ""
    lines = [f"{finding.section} {finding.score:g}: {handle}{spoken(finding.text)}"]
    lines += [f"  {name}: {spoken(cell)}" for name, cell in finding.cells.items()]
    if finding.assessment:
        for aspect, level in finding.assessment.levels.items():
            lines.append(f"  confidence{' on ' + aspect if aspect else ''}: {level}")
        lines.append(f"  because: {spoken(finding.assessment.reason)}")
    return lines


def shown_all(found: Judged) -> str:
    """Returns all findings kept, best first, and for each section that was cut how many were kept."""
    lines = [line for finding in found.findings for line in shown(finding)]
    for section, count in found.found.items():
        kept = sum(finding.section == section for finding in found.findings)
        lines += [f"({kept} of {count} in {section})"] if kept < count else []
    return "\n".join(lines)


# ---- summaries -------------------------------------------------------------------------------------------------

SOURCE = """\
source:
  id: {id}
  title: A title
  kind: analysis
  reliability: C
  reliability_reason: no track record
summary: What it says.
"""


def summary_file(name: str, entries: str = "", source: str = "") -> InputFile:
    """Returns a summary's file: its source block with `source` added, then `entries`."""
    head = SOURCE.format(id=name)
    head = head.replace("summary:", f"{source}summary:") if source else head
    return InputFile(f"sources/{name}.yaml", (head + entries).encode())


def summary(name: str, entries: str = "", source: str = "") -> Summary:
    """Returns a summary that has nothing wrong with it."""
    found, problems = read_summaries((summary_file(name, entries, source),), TERMS)
    assert not problems, messages(problems)
    return found[name]


# ---- findings made by hand -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """A short way to write a finding."""

    id: str
    section: str = "leverage"
    text: str = "One two three four five six seven eight nine ten."
    score: float = 50
    handle: str = ""
    evidence: tuple[str, ...] = ()
    bindings: Mapping[str, Any] = field(default_factory=dict)

    def finding(self) -> Finding:
        """Returns the finding, its text without citations."""
        return Finding(
            id=self.id,
            rule=self.id.partition("|")[0],
            section=self.section,
            text=(self.text,),
            evidence=self.evidence,
            bindings=self.bindings,
            score=self.score,
            handle=self.handle,
        )


# ---- texts to summarise ----------------------------------------------------------------------------------------

FORMS = {"Elbonia": "Elbonia", "Elbonian": "Elbonia", "Elbonians": "Elbonia", "Ruritania": "Ruritania"}
FORMS |= {"Ruritanian": "Ruritania", "Ruritanians": "Ruritania"}


def figures_of(text: str) -> tuple[Figure, ...]:
    """Returns the figures of a text about two countries that are nowhere, Elbonia's leverage over Ruritania."""
    found = [
        Mention(actor, at, at + len(form), form)
        for form, actor in FORMS.items()
        for at in range(len(text))
        if text.startswith(form, at) and not text[at + len(form) : at + len(form) + 1].isalpha()
    ]
    article = Article(text, (Block("paragraph", 0, len(text)),))
    return figures(split(article), sorted(found, key=lambda one: one.start), article, ("Elbonia", "Ruritania"))
