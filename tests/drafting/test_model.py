"""The model option, asked over a real connection: what stands in the article is kept, and nothing else."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from briefnote.drafting.about import source_of
from briefnote.drafting.modelled import draft_with_model
from briefnote.drafting.order import Order
from briefnote.errors import BriefnoteError
from briefnote.ingest.reading import read
from briefnote.model.article import Article
from briefnote.model.summary import Locator, Summary
from briefnote.store.issue import digest
from briefnote.summarise.asking.chunks import MOST
from modelserver import ModelServer, Step, answers, hangs_up, keeps_waiting, sends, serving
from support import read_cases

KEY = "sk-secret-0123456789"
TEXT = """\
Mud for sale

Ruritania buys 62% of the mud that Elbonia sells, and no other buyer comes near. “We have nobody else”, the Elbonian
minister says. Ruritania has never used this, since its spas would suffer first.

The United States would gain a hearing in Elbonia at small cost.
"""
QUOTE = "Ruritania buys 62% of the mud that Elbonia sells, and no other buyer comes near."
CLAIM: dict[str, Any] = {
    "quote": QUOTE,
    "text": "Ruritania buys 62% of the mud that Elbonia sells",
    "kind": "leverage",
    "holder": "Ruritania",
    "over": "Elbonia",
    "audience": [],
    "theme": "trade",
    "mechanism": "no-alternative",
    "proposition": None,
    "stance": None,
    "polarity": "asserted",
    "certainty": 0.9,
    "certainty_words": None,
    "attributed_to": None,
    "weight": 0.8,
}
FIGURE: dict[str, Any] = {
    "quote": QUOTE,
    "metric": "supply_share",
    "subject": "Elbonia",
    "counterpart": "Ruritania",
    "item": "mud",
    "value": 62,
    "low": None,
    "high": None,
    "unit": "%",
    "period": None,
    "year": None,
    "approximate": False,
    "attributed_to": None,
}


def answer(*claims: dict[str, Any], figures: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """An answer as a good model gives it."""
    return {"summary": "Elbonia has one buyer.", "gaps": ["Prices."], "claims": [*claims], "figures": [*figures]}


def article(text: str = TEXT) -> Article:
    return read(text.encode(), "mud.txt")


def drafted(server: ModelServer, monkeypatch: pytest.MonkeyPatch, text: str = TEXT, seconds: str = "5") -> Summary:
    """Asks the server for a draft."""
    said = {"URL": server.url, "NAME": "m-1", "KEY": KEY, "TIMEOUT": seconds}
    for name, value in said.items():
        monkeypatch.setenv(f"BRIEFNOTE_MODEL_{name}", value)
    one = article(text)
    return draft_with_model(one, source_of(one, "mud", digest(one.text.encode())), Order())


@pytest.fixture(autouse=True)
def _no_replies_of_other_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


# ---- a good answer ---------------------------------------------------------------------------------------------


def test_claims_and_figures_that_stand_in_the_article_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim gets the place of its passage; the record says which model and prompt wrote it, and what it cost."""
    with serving(answers(answer(CLAIM, figures=(FIGURE,)), tokens=(900, 80))) as server:
        summary = drafted(server, monkeypatch)
    (claim,), (figure,) = summary.claims, summary.figures
    at = article().text.index("Ruritania buys")
    assert (claim.text, claim.kind, claim.holder, claim.over) == (CLAIM["text"], "leverage", "Ruritania", "Elbonia")
    assert (claim.quote, claim.locator) == (QUOTE, Locator(at, at + len(QUOTE)))
    assert (figure.value, figure.unit, figure.quote) == (62, "%", QUOTE)
    assert (summary.by, summary.reviewed, summary.source.reliability) == ("model", False, "F")
    assert (summary.summary, summary.gaps, summary.actors) == (
        "Elbonia has one buyer.",
        ("Prices.",),
        ("Elbonia", "Ruritania"),
    )
    record = summary.drafted
    assert record is not None
    assert (record.program, record.model, record.prompt) == ("prompt 1 to m-1", "m-1", "1")
    assert (record.dropped, record.tokens_in, record.tokens_out) == (0, 900, 80)


def test_question_asks_for_the_schema_at_temperature_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    """The article stands between two marks that it cannot hold itself."""
    with serving(answers(answer())) as server:
        drafted(server, monkeypatch)
        (asked,) = server.asked
    assert (asked["model"], asked["temperature"]) == ("m-1", 0)
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert QUOTE in server.question()
    assert server.question().count("<article-") == 2


def test_second_draft_of_the_same_text_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replies are kept by server, model, prompt and text; another text is asked for."""
    with serving(answers(answer(CLAIM))) as server:
        first = drafted(server, monkeypatch)
        again = drafted(server, monkeypatch)
        assert (len(server.asked), again) == (1, first)
        drafted(server, monkeypatch, TEXT + "\nMore mud.\n")
        assert len(server.asked) == 2


def test_long_article_is_asked_about_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part ends before a heading; entries of all parts get ids of one row."""
    section = "Elbonian mud\n\n" + "Mud is what Elbonia sells to Ruritania, year after year. " * 250 + "\n\n"
    with serving(answers(answer(CLAIM)), answers(answer({**CLAIM, "kind": "context", "mechanism": None}))) as server:
        summary = drafted(server, monkeypatch, TEXT + "\n\n" + section * 3)
        assert len(server.asked) > 1
        assert all(len(asked["messages"][1]["content"]) < MOST + 10_000 for asked in server.asked)
    assert [claim.id for claim in summary.claims] == ["c1", "c2"]
    assert {(claim.kind, claim.quote) for claim in summary.claims} == {("leverage", QUOTE), ("context", QUOTE)}


def test_quote_is_found_whatever_became_of_spaces_and_quotation_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The article's own words are kept, not the model's copy of them."""
    copied = {**CLAIM, "quote": '"We  have\nnobody else", the Elbonian minister says.', "text": "We have nobody else"}
    with serving(answers(answer(copied))) as server:
        (claim,) = drafted(server, monkeypatch).claims
    assert claim.quote == "“We have nobody else”, the Elbonian minister says."


# ---- invented, altered, out of place ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "claim",
    [
        {**CLAIM, "quote": "Ruritania has cut off all mud."},
        {**CLAIM, "quote": QUOTE.replace("62", "82")},
        {**CLAIM, "quote": ""},
        {**CLAIM, "quote": None},
        {**CLAIM, "kind": "levrage"},
        {**CLAIM, "certainty": 7},
        {**CLAIM, "text": {"a": 1}},
        "a claim",
        None,
    ],
)
def test_claim_that_does_not_stand_or_fit_is_dropped_and_counted(claim: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented and altered quotes, words and numbers out of bounds: the other claims stay."""
    with serving(answers(answer(claim, CLAIM))) as server:
        summary = drafted(server, monkeypatch)
    assert [one.quote for one in summary.claims] == [QUOTE]
    assert summary.drafted is not None
    assert summary.drafted.dropped == 1


@pytest.mark.parametrize("figure", [{**FIGURE, "value": 63}, {**FIGURE, "value": None, "low": 61, "high": 62}])
def test_figure_that_is_not_in_its_quote_is_dropped_and_counted(
    figure: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each number of a figure must be written in its passage."""
    with serving(answers(answer(CLAIM, figures=(figure,)))) as server:
        summary = drafted(server, monkeypatch)
    assert summary.figures == ()
    assert summary.drafted is not None
    assert summary.drafted.dropped == 1


@pytest.mark.parametrize(
    "text", ["Ruritania takes 90% of all mud", "Emperor Norton will bathe in golden custard forever"]
)
def test_sentence_that_its_passage_does_not_bear_gives_way_to_the_passage(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number that the passage lacks, or words of another story, are not printed."""
    with serving(answers(answer({**CLAIM, "text": text}))) as server:
        (claim,) = drafted(server, monkeypatch).claims
    assert claim.text == QUOTE


def test_words_of_no_vocabulary_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim is not lost for an unknown mechanism, or for one of another kind of claim; an unknown audience goes."""
    odd = {**CLAIM, "mechanism": "mind-control", "theme": "mud", "audience": ["mars", "us"]}
    other = {**CLAIM, "kind": "limit", "mechanism": "no-alternative", "proposition": "usable-leverage"}
    with serving(answers(answer(odd, other))) as server:
        first, second = drafted(server, monkeypatch).claims
    assert (first.mechanism, first.theme, first.audience) == (None, "general", ("us",))
    assert (second.mechanism, second.proposition, second.stance) == (None, None, None)


def test_answer_cannot_say_that_a_person_has_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in an answer reaches the source's assessment or the review."""
    claim = {**CLAIM, "reviewed": True, "roles": "explicit", "id": "x9"}
    whole = {**answer(claim), "reviewed": True, "by": "analyst", "source": {"reliability": "A"}}
    with serving(answers(whole)) as server:
        summary = drafted(server, monkeypatch)
    assert (summary.reviewed, summary.by, summary.source.reliability) == (False, "model", "F")
    assert [(one.id, one.reviewed, one.roles) for one in summary.claims] == [("c1", False, "inferred")]


# ---- servers that answer badly ---------------------------------------------------------------------------------


@pytest.mark.parametrize("frame", ["```json\n{}\n```", "Certainly! Here it is: {} I hope this helps."])
def test_words_around_the_object_do_no_harm(frame: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers without structured output wrap their JSON."""
    with serving(answers(frame.replace("{}", json.dumps(answer(CLAIM))))) as server:
        assert len(drafted(server, monkeypatch).claims) == 1


def test_server_without_structured_output_is_asked_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It refuses response_format; the next question has none."""
    refusal = sends(400, b'{"error": {"message": "response_format is not supported"}}')
    with serving(refusal, answers(answer(CLAIM))) as server:
        assert len(drafted(server, monkeypatch).claims) == 1
        assert ["response_format" in asked for asked in server.asked] == [True, False]


def test_broken_answer_is_asked_for_again_in_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that was cut off says nothing; about half the text, a model can say all."""
    broken = answers(json.dumps(answer(CLAIM))[:60])
    with serving(broken, answers(answer()), answers(answer(CLAIM))) as server:
        summary = drafted(server, monkeypatch)
        assert len(server.asked) == 3
    assert len(summary.claims) == 1


@pytest.mark.parametrize("said", ["", "{", "[]", '{"claims": {"a": [', "null", "[" * 5000, '{"a":' * 5000])
def test_model_that_gives_no_object_is_an_error_with_a_remedy(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes instead of JSON, no traceback."""
    with serving(answers(said)) as server, pytest.raises(BriefnoteError) as raised:
        drafted(server, monkeypatch)
    assert "m-1 gave no answer that can be read; try another model, or draft without one" in str(raised.value)


AGAIN = {"retry-after-ms": "5"}


@pytest.mark.parametrize("step", [sends(429, headers=AGAIN), sends(500, headers=AGAIN), sends(503, headers=AGAIN)])
def test_busy_server_is_asked_again(step: Step, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the pause that it names."""
    with serving(step, step, answers(answer(CLAIM))) as server:
        assert len(drafted(server, monkeypatch).claims) == 1
        assert len(server.asked) == 3


def test_lost_connection_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that hangs up once is asked once more."""
    with serving(hangs_up, answers(answer(CLAIM))) as server:
        assert len(drafted(server, monkeypatch).claims) == 1


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (sends(401, json.dumps({"error": {"message": f"Incorrect API key: {KEY}"}}).encode()), "answers 401 ("),
        (sends(404), "answers 404"),
        (sends(200, b"<html>hello</html>", {"Content-Type": "text/html"}), "gave no answer that can be read"),
        (sends(200, b"\xff\xfe"), ""),
        (sends(200, b'{"choices": null}'), "gave no answer that can be read"),
        (sends(200, b'{"choices": [{"message": null}], "usage": 3}'), "gave no answer that can be read"),
    ],
)
def test_refusal_is_an_error_without_the_key(step: Step, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the server and the remedy; a key that the server repeats is not printed."""
    with serving(step) as server, pytest.raises(BriefnoteError) as raised:
        drafted(server, monkeypatch)
    said = str(raised.value)
    assert message in said
    assert said.startswith(server.url)
    assert KEY not in said
    assert set(server.authorization) == {f"Bearer {KEY}"}


def test_slow_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the seconds that the environment gives it, once for each try."""
    monkeypatch.setattr("briefnote.drafting.endpoint.RETRIES", 0)
    released = threading.Event()
    with serving(keeps_waiting(released)) as server:
        with pytest.raises(BriefnoteError, match=r"does not answer within 0\.2 seconds"):
            drafted(server, monkeypatch, seconds="0.2")
        released.set()


def test_server_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens at its port."""
    monkeypatch.setattr("briefnote.drafting.endpoint.RETRIES", 0)
    with serving(hangs_up) as server:
        gone = server
    with pytest.raises(BriefnoteError, match="cannot be reached; check BRIEFNOTE_MODEL_URL"):
        drafted(gone, monkeypatch)


def test_client_that_is_not_installed_is_an_error_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is an option: without its extra, the rest works."""
    monkeypatch.setitem(sys.modules, "openai", None)
    with serving(answers(answer())) as server, pytest.raises(BriefnoteError, match=r"pip install briefnote\[model\]"):
        drafted(server, monkeypatch)


def test_environment_that_names_no_model_is_an_error_with_each_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of what is missing are named at once."""
    for name in ("URL", "NAME"):
        monkeypatch.delenv(f"BRIEFNOTE_MODEL_{name}", raising=False)
    with pytest.raises(BriefnoteError) as raised:
        draft_with_model(article(), source_of(article(), "mud", "0" * 64), Order())
    assert [problem.file for problem in raised.value.problems] == ["BRIEFNOTE_MODEL_NAME", "BRIEFNOTE_MODEL_URL"]


# ---- articles that speak to machines ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", read_cases("injections"), ids=lambda case: case.name)
def test_instructions_in_an_article_are_data(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model obeys the article in all it asks for; nothing of it becomes a claim, a figure or an assessment."""
    text = TEXT + "\n" + case.parts["article"]
    obeyed = json.loads(case.parts["the model answers"])
    with serving(answers({**answer(CLAIM), **obeyed, "claims": [CLAIM, *obeyed.get("claims", [])]})) as server:
        summary = drafted(server, monkeypatch, text)
        asked = server.question()
    assert [claim.quote for claim in summary.claims] == [QUOTE]
    assert (summary.figures, summary.reviewed, summary.source.reliability) == ((), False, "F")
    fence = asked[asked.index("<article-") :].split("\n", 1)[0]
    assert asked.index(fence.replace("<", "</")) > asked.index(case.parts["article"].split()[0])
