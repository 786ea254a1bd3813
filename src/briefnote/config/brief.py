"""brief.yaml: what a brief is about, how it is set out, how long it may be and how it is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from briefnote.config.articles import in_running_text
from briefnote.config.recipients import (
    DeliveryConfig,
    RecipientGroup,
    held_groups,
    misplaced_secrets,
    wrong_delivery,
    wrong_recipients,
)
from briefnote.config.schedule import RunConfig, ScheduleConfig, wrong_schedule
from briefnote.errors import Problem
from briefnote.model.edition import Format
from briefnote.model.period import Every
from briefnote.model.record import Reader, line_field, note
from briefnote.model.summary import Marking, Reliability
from briefnote.yamltree import Node, read_yaml

SectionKind = Literal["prose", "judgements", "bullets", "table"]
LikelihoodScale = Literal["icd-203", "phia"]
RESERVED = frozenset({"headline", "sources", "changes", "left-out"})  # parts of every brief that are no sections
FORMATS: tuple[Format, ...] = ("docx", "pdf", "html", "md", "json")  # what is made unless brief.yaml says otherwise


@dataclass(frozen=True)
class PairConfig:
    """Two actors: whose leverage over whom the brief is about."""

    holder: str = note("whose leverage")
    over: str = note("over whom")


@dataclass(frozen=True)
class ActorConfig:
    """How an actor is printed."""

    name: str | None = note("as it stands in running text (the United States)", default=None)
    adjective: str | None = note("its adjective (Ruritanian)", default=None)
    plural: bool = note("whether it takes a plural verb (the Gulf states depend)", default=False)


@dataclass(frozen=True)
class AudienceConfig:
    """For whom implications are drawn."""

    actor: str = note("the actor's name in the summaries (US)")
    title: str | None = note("heading of its section; Implications for … otherwise", default=None)


@dataclass(frozen=True)
class SourcesConfig:
    """Which summaries of sources/ the brief draws on."""

    include: tuple[str, ...] = note("ids or patterns (2025-*); all otherwise", default=("*",))
    reliability: Reliability = note("the worst Admiralty letter used; F: any", default="F")
    reviewed: bool = note("whether only sources that a person has read are used", default=False)

    def includes(self, source: str) -> bool:
        """Returns whether a source's id matches one of the patterns."""
        return any(fnmatchcase(source, pattern) for pattern in self.include)


@dataclass(frozen=True)
class SectionConfig:
    """One printed section."""

    id: str = note("its id in the editions (leverage)", pattern=r"[a-z][a-z0-9-]*")
    title: str = note("its heading")
    kind: SectionKind = note("prose, judgements, bullets or table", default="bullets")
    of: str | None = note("the rules' section it prints; its id otherwise", default=None)
    audience: str | None = note("only findings for this audience", default=None)
    columns: Mapping[str, str] = note("in a table: cell: heading", default={})
    words: int | None = note("at most so many words", default=None, minimum=1, maximum=100_000)


@dataclass(frozen=True)
class BriefConfig:
    """The whole of a brief.yaml."""

    title: str = note("the brief's title")
    about: tuple[PairConfig, ...] = note("the pairs of actors it is about")
    author: str = note("who answers for it", default="briefnote")
    every: Every = note("how often it has an issue: each week, day or month", default="week")
    language: str = note("BCP 47 code", default="en", pattern=r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")
    marking: Marking = note("TLP 2.0 label; never wider than its strictest source", default="TLP:CLEAR")
    likelihood: LikelihoodScale = note("the scale of its terms of likelihood", default="icd-203")
    use: tuple[str, ...] = note("rule packs", default=("leverage",))
    audiences: Mapping[str, AudienceConfig] = note("for whom implications are drawn", default={})
    actors: Mapping[str, ActorConfig] = note("how actors are printed", default={})
    sources: SourcesConfig = note("which sources it draws on", default=SourcesConfig())
    params: Mapping[str, Node] = note("values of its own for the packs' parameters", default={})
    keep: Mapping[str, int] = note("section: how many findings are kept at most", default={})
    sections: tuple[SectionConfig, ...] = note("what is printed, in order; the standard set otherwise", default=())
    charts: tuple[str, ...] = note("rules whose charts are drawn; the one found first otherwise", default=())
    words: int = note("the length budget of all sections", default=1100, minimum=100, maximum=100_000)
    formats: tuple[Format, ...] = note("editions to make", default=FORMATS)
    keywords: tuple[str, ...] = note("for the files' metadata", default=())
    recipients: tuple[RecipientGroup, ...] = note("who gets it", default=())
    delivery: DeliveryConfig = note("how it is sent", default=DeliveryConfig())
    schedule: ScheduleConfig = note("when an issue is due", default=ScheduleConfig())
    run: RunConfig = note("what `briefnote run` does for it", default=RunConfig())
    line: int = line_field()

    def about_words(self) -> dict[tuple[str, str], str]:
        """Returns, in a brief about several pairs, what leads the handles of each: (holder, over) → over."""
        if len(self.about) < 2:
            return {}
        names = {(pair.holder, pair.over): self.printed_name(pair.over) for pair in self.about}
        return {pair: name[:1].upper() + name[1:] for pair, name in names.items()}

    def printed_name(self, actor: str) -> str:
        """Returns how an actor stands in running text: as `actors` says, else with the article that English wants."""
        settings = self.actors.get(actor)
        return (settings.name if settings else None) or in_running_text(actor, self.language)

    def named_actors(self) -> tuple[str, ...]:
        """Returns the actors that brief.yaml names, each once: of its pairs, its audiences, and in `actors`."""
        pairs = [actor for pair in self.about for actor in (pair.holder, pair.over)]
        return tuple(dict.fromkeys([*pairs, *(audience.actor for audience in self.audiences.values()), *self.actors]))

    def printed_sections(self) -> tuple[SectionConfig, ...]:
        """Returns the sections in order: its own, or the standard set with one for each audience."""
        return self.sections or standard_sections(self)


def standard_sections(config: BriefConfig) -> tuple[SectionConfig, ...]:
    """Returns bottom line, judgements, figures, leverage, limits, an implications section an audience, the rest."""
    implications = tuple(
        SectionConfig(
            id=f"implications-{audience}",
            title=settings.title or f"Implications for {config.printed_name(settings.actor)}",
            of="implications",
            audience=audience,
        )
        for audience, settings in config.audiences.items()
    )
    return (
        SectionConfig("bottom-line", "Bottom line", "prose"),
        SectionConfig("judgements", "Key judgements", "judgements"),
        SectionConfig(
            "key-figures",
            "Key figures",
            "table",
            columns={"measure": "Measure", "value": "Value", "when": "When", "beside": "Earlier value"},
        ),
        SectionConfig("leverage", "Leverage"),
        SectionConfig("limits", "Limits"),
        *implications,
        SectionConfig(
            "disagreements",
            "Where the sources disagree",
            "table",
            columns={
                "question": "Question",
                "one": "One view",
                "other": "Other view",
                "reading": "Our reading",
            },
        ),
        SectionConfig("watch", "What to watch"),
    )


def read_brief_config(data: bytes, file: str) -> tuple[BriefConfig | None, list[Problem]]:
    """Returns the configuration (None where anything is wrong with it) and every problem found."""
    node, problems = read_yaml(data, file)
    if node is None:
        return None, problems
    reader = Reader(file)
    for line, field, message in misplaced_secrets(node):
        reader.problem(line, field, message)
    config = reader.read(node, BriefConfig)
    if config is not None:
        _cross_checked(config, reader)
    problems = [*problems, *reader.problems]
    return (None if any(not problem.is_warning for problem in problems) else config), problems


def _cross_checked(config: BriefConfig, reader: Reader) -> None:
    from briefnote.errors import did_you_mean

    seen: set[str] = set()
    for section in config.sections:
        if section.id in RESERVED:
            what = f"'{section.id}' is what briefnote itself prints there; choose another id"
            reader.problem(config.line, "sections", what)
        if section.id in seen:
            reader.problem(config.line, "sections", f"two sections have the id '{section.id}'; rename one")
        seen.add(section.id)
        if section.audience is not None and section.audience not in config.audiences:
            near = did_you_mean(section.audience, config.audiences)
            reader.problem(config.line, f"sections.{section.id}", f"unknown audience '{section.audience}'.{near}")
        if section.kind == "table" and not section.columns:
            reader.problem(config.line, f"sections.{section.id}", "a table needs columns: (cell: heading)")
    if not config.use:
        reader.problem(config.line, "use", "names no rule pack; without one nothing can be found")
    for name, kept in config.keep.items():
        if kept < 0:
            reader.problem(config.line, f"keep.{name}", f"found {kept}, expected 0 or more")
    if not config.about:
        reader.problem(config.line, "about", "names no pair; give at least one {holder: …, over: …}")
    _checked_delivery(config, reader)


def _checked_delivery(config: BriefConfig, reader: Reader) -> None:
    for line, field, message in wrong_recipients(config.recipients, config.delivery, config.formats):
        reader.problem(line, field, message)
    for line, field, message in held_groups(config.recipients, config.marking):
        reader.problem(line, field, message, is_warning=True)
    for field, message in (*wrong_delivery(config.delivery), *wrong_schedule(config.every, config.schedule)):
        reader.problem(config.line, field, message)
