"""What a sentence of the page opens to: its passages, its confidence, its rule, and the values that the rule bound.

All of it is `<details>`, which needs no script, is closed at first, and is found by the browser's own search. A source
of the list opens to the passages that the page draws from it, each with the sentences that rest on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from markdown_it.tree import SyntaxTreeNode

from briefnote.model.brief import Evidence, ListedSource, Part
from briefnote.model.edition import Document, Grounds
from briefnote.model.finding import RuleRecord
from briefnote.model.quantity import count_of
from briefnote.render import tokens
from briefnote.text import one_line, typographic


class Disclosures:
    """Writes what stands, closed, below a block; nothing below one that has no sentence with evidence."""

    def __init__(self, document: Document, tree: SyntaxTreeNode) -> None:
        printed = [name for name in tokens.sentences(tree) if name in document.grounds]
        self._grounds = {name: document.grounds[name] for name in printed}
        self._sources = {source.id: source for source in document.sources}
        self._ids = {tokens.anchor(node) for node in tree.walk()}

    def below(self, *nodes: SyntaxTreeNode) -> str:
        """Returns the evidence of the sentences of the nodes, and the passages of the sources they list."""
        names = [name for node in nodes for name in tokens.sentences(node) if name in self._grounds]
        listed = [source for source in self._sources.values() for node in nodes if _lists(node, source)]
        return self._sentences(names) + "".join(map(self._passages_used, listed))

    def _sentences(self, names: Sequence[str]) -> str:
        if not names:
            return ""
        first, last = self._identity(names[0]), self._identity(names[-1])
        if len(names) == 1:
            return _details(_label("Evidence", f"of sentence {first}"), self._opened(names[0]))
        entries = "".join(f"<li>{self._entry(name)}</li>\n" for name in names)
        label = _label("Evidence, sentence by sentence", f"from {first} to {last}")
        return _details(label, f"<ol>\n{entries}</ol>\n")

    def _entry(self, name: str) -> str:
        return _details(_text(self._grounds[name].sentence.text), self._opened(name), is_inner=True)

    def _identity(self, name: str) -> str:
        return _text(self._grounds[name].sentence.id)

    def _opened(self, name: str) -> str:
        grounds = self._grounds[name]
        sentence = grounds.sentence
        passages = "".join(f"<li>{self._passage(row)}</li>\n" for row in sentence.evidence)
        bound = {key: value for key, value in sentence.bindings.items() if value is not None}
        rows = {
            "Sentence": f'<a href="#{_text(name)}">{_text(sentence.id)}</a>: {_kind(grounds)}',
            "Passages": f"<ul>\n{passages}</ul>" if passages else "None",
            "Confidence": self._confidence(grounds),
            "Rule": _rule(grounds.rule),
            "Values": "; ".join(f"{_text(key)} = {_value(value)}" for key, value in bound.items()),
        }
        return _definitions(name, rows)

    def _confidence(self, grounds: Grounds) -> str:
        confidence = grounds.confidence
        return f"{_text(confidence.statement)}. {self._cited(confidence.reason)}" if confidence else ""

    def _cited(self, parts: Iterable[Part]) -> str:
        return "".join(
            f"{escape(part.text)}{' ' if part.cites else ''}{''.join(map(self._number, part.cites))}" for part in parts
        )

    def _passage(self, row: Evidence) -> str:
        source = self._sources.get(row.source)
        origin = f"{self._number(source.number)} <cite>{_text(source.title)}</cite>" if source else _text(row.source)
        return f"{origin}: {_words(row)} <span>{_place(row)}</span>"

    def _number(self, number: int) -> str:
        target = f"source-{number}"
        return f'<a href="#{target}">[{number}]</a>' if target in self._ids else f"[{number}]"

    def _passages_used(self, source: ListedSource) -> str:
        """Returns the passages of a source in the order of the article, with the sentences that rest on each."""
        users: dict[Evidence, list[str]] = {}
        for name, grounds in self._grounds.items():
            for row in grounds.sentence.evidence:
                if row.source == source.id:
                    users.setdefault(row, []).append(name)
        if not users:
            return ""
        entries = "".join(
            f"<li>{_words(row)} <span>{_place(row)}; used in {self._links(users[row])}</span></li>\n"
            for row in sorted(users, key=_position)
        )
        found = count_of(len(users), "passage", "passages")
        return _details(_label(f"Evidence used: {found}", f"of source {source.number}"), f"<ol>\n{entries}</ol>\n")

    def _links(self, names: Iterable[str]) -> str:
        return ", ".join(f'<a href="#{_text(name)}">{self._identity(name)}</a>' for name in names)


def _lists(node: SyntaxTreeNode, source: ListedSource) -> bool:
    return any(tokens.anchor(span) == f"source-{source.number}" for span in node.walk())


def _label(shown: str, heard: str) -> str:
    """Returns a label with what tells it from others of the same words where it is read aloud."""
    return f'{shown}<span class="unseen"> {heard}</span>'


def _details(label: str, opened: str, *, is_inner: bool = False) -> str:
    kind = "" if is_inner else ' class="evidence"'
    return f"<details{kind}><summary>{label}</summary>\n{opened}</details>\n"


def _definitions(name: str, rows: Mapping[str, str]) -> str:
    """Returns terms with what they say; a browser that is sent to their id opens what they are closed in."""
    entries = "".join(f"<div><dt>{term}</dt><dd>{said}</dd></div>\n" for term, said in rows.items() if said)
    return f'<dl id="briefnote-evidence-{_text(name)}">\n{entries}</dl>\n'


def _kind(grounds: Grounds) -> str:
    judgement = "a judgement, concluded by the rule beyond what the sources say"
    return judgement if grounds.sentence.is_judgement else "as the sources have it"


def _rule(rule: RuleRecord) -> str:
    conditions = "".join(f"<li><code>{_text(condition)}</code></li>\n" for condition in rule.conditions)
    about = f": {_text(rule.about)}" if rule.about else ""
    place = f"<span>{_text(rule.file)}:{rule.line}</span>"
    return f"<strong>{_text(rule.id)}</strong>{about} {place}" + (f"\n<ul>\n{conditions}</ul>" if conditions else "")


def _place(row: Evidence) -> str:
    """Returns "paragraph 16, characters 6660–7500, claim c4"."""
    places = [f"paragraph {row.paragraph}"] if row.paragraph else []
    places += [f"characters {row.start}–{row.end}"] if row.start is not None else []
    return ", ".join([*places, f"claim {_text(row.claim)}" if row.claim else f"figure {_text(row.figure or '')}"])


def _words(row: Evidence) -> str:
    """Returns the claim or figure in the summary's words, and the passage itself where the summary quotes it."""
    quote = f"<q>{_text(row.quote)}</q>" if row.quote else ""
    return " ".join(filter(None, (escape(typographic(one_line(row.text))), quote)))


def _position(row: Evidence) -> tuple[int, int, str]:
    return row.paragraph or 0, row.start or 0, row.claim or row.figure or ""


def _value(value: object) -> str:
    return _text(f"{value:g}" if isinstance(value, float) else str(value))


def _text(text: str) -> str:
    return escape(one_line(text))
