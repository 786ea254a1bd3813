"""What a brief asks about settles what an article leaves open: whose leverage over whom a claim speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefnote.model.summary import Claim, Summary

Two = tuple[str, str]


def asked_about(summary: Summary, pairs: Sequence[Two]) -> Summary:
    """Returns the summary with its inferred roles as the pairs have them; what an article says outright stays."""
    known = [pair for pair in pairs if pair[::-1] not in pairs]
    main = _main(summary, known)
    return replace(summary, claims=tuple(_settled(claim, known, main) for claim in summary.claims))


def _main(summary: Summary, pairs: Sequence[Two]) -> Two | None:
    """Returns the pair asked about that the article is about: both are among the two it is most about."""
    most = set(summary.actors[:2])
    return next((pair for pair in pairs if set(pair) <= most), None)


def _settled(claim: Claim, pairs: Sequence[Two], main: Two | None) -> Claim:
    """A claim that takes a side of a question, and names nobody, speaks of the pair the article is about."""
    if claim.holder is None and claim.over is None:
        return _of(claim, main) if claim.proposition and main else claim
    turned = next((pair for pair in pairs if pair == (claim.over, claim.holder)), None)
    return _of(claim, turned) if turned and claim.roles != "explicit" else claim


def _of(claim: Claim, pair: Two) -> Claim:
    return replace(claim, holder=pair[0], over=pair[1], roles="inferred")
