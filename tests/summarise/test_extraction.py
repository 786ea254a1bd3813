"""A draft from an article: grounded, honest about what is not there, the same each time."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from sentences_of import COUNTRIES, SOURCE, article, claims_on, draft, kinds_on, mentions_of

from briefnote.model.article import Article, Block
from briefnote.summarise.extraction import explain, extract
from briefnote.summarise.frames import Hit, find_frames, mask

TITLE = "Elbonia and Ruritania after the pipeline"
DEPENDENT = "Ruritania depends on Elbonia for 80 percent of its gas and has no alternative supplier."
SHARES = "Elbonia accounts for 60% of Ruritania's trade, while Ruritania is a mere 2% of Elbonia's."
UNUSED = "There is no evidence that Elbonia has ever used this leverage against Ruritania, and mistrust limits it."
NEITHER = "The two presidents met on Monday and signed eleven agreements on sport."
ADVICE = "The United States should prepare for a cut-off and offer Ruritania an alternative."

EXAMPLE = (TITLE, f"{DEPENDENT} {SHARES}", NEITHER, UNUSED, "What it means for Washington", ADVICE)


def test_dependence_is_leverage_of_the_one_depended_on() -> None:
    """The holder is the supplier, found in the sentence itself."""
    (claim,) = [claim for claim in claims_on(draft(*EXAMPLE), DEPENDENT) if claim.kind == "leverage"]
    assert (claim.holder, claim.over, claim.roles) == ("Elbonia", "Ruritania", "explicit")


def test_small_shares_invert() -> None:
    """That the one is a small part of the other's trade is leverage of the other over it."""
    claims = [claim for claim in claims_on(draft(*EXAMPLE), SHARES) if claim.kind == "leverage"]
    assert [(claim.holder, claim.over) for claim in claims] == [("Elbonia", "Ruritania")]


def test_mechanism_is_told_by_the_words_that_are_printed() -> None:
    """What a clause says that the claim leaves out gives it no handle."""
    price = "In its contracts for gas, Elbonia has always obtained cheap terms from Ruritania at the lowest of prices"
    summary = draft(TITLE, DEPENDENT, f"{price}, which has weapons, troops, bases and a garrison of its own there.")
    (claim,) = [
        claim for claim in summary.claims if claim.text.startswith("In its contracts") and claim.kind == "leverage"
    ]
    assert (claim.text, claim.mechanism) == (f"{price}.", "price-terms")


def test_what_was_never_used_is_a_limit() -> None:
    """A denial that leverage was used limits it."""
    assert "limit" in kinds_on(draft(*EXAMPLE), UNUSED)


def test_advice_to_an_audience_is_an_implication_for_it() -> None:
    """A recommendation to the United States is filed under us, and not under europe."""
    claims = [claim for claim in claims_on(draft(*EXAMPLE), ADVICE) if claim.kind == "implication"]
    assert [claim.audience for claim in claims] == [("us",)]


def test_a_meeting_is_none_of_these() -> None:
    """What merely happened yields no claim."""
    assert kinds_on(draft(*EXAMPLE), NEITHER) == set()


def test_the_west_is_both_audiences() -> None:
    """What the West should do follows for the United States and for Europe."""
    advice = (
        "The West should offer Ruritania other suppliers, and Western governments need to prepare for a longer contest."
    )
    summary = draft(TITLE, DEPENDENT, "What the West should do", advice)
    (claim,) = [claim for claim in summary.claims if claim.kind == "implication"]
    assert claim.audience == ("us", "europe")


def test_an_article_without_leverage_says_so() -> None:
    """No claim is made where nothing speaks of leverage, and the summary says why."""
    summary = draft("A new bridge", NEITHER, "The bridge is painted green.", "Children played in the snow.")
    assert summary.claims == ()
    assert summary.summary == "No statement about leverage of one actor over another was found in this article."


def test_headings_captions_and_notes_yield_no_claims() -> None:
    """Only prose is quoted."""
    summary = draft(
        TITLE, "Ruritania depends on Elbonia", DEPENDENT, "Notes", "1. Elbonia's leverage over Ruritania, p. 7."
    )
    assert {claim.quote for claim in summary.claims} <= {DEPENDENT}


def test_a_list_marker_is_quoted_but_not_said() -> None:
    """The quote is verbatim; the text reads without its bullet."""
    summary = draft(TITLE, DEPENDENT, f"• {SHARES}\n• {UNUSED}")
    texts = {claim.text for claim in summary.claims}
    assert SHARES in texts
    assert not any(text.startswith("•") for text in texts)


def test_reported_then_rejected() -> None:
    """A view that the next sentence rejects is marked as rejected."""
    summary = draft(
        TITLE,
        f"{DEPENDENT} Some critics have argued that Ruritania is Elbonia's vassal and depends on it for everything. "
        "Such criticism is unfounded.",
    )
    polarities = {claim.polarity for claim in claims_on(summary, "Some critics") if claim.kind == "leverage"}
    assert polarities <= {"rejected"}


def test_a_guess_is_less_certain_than_a_fact() -> None:
    """Certainty follows the modal words, and names them."""
    summary = draft(TITLE, DEPENDENT, "Elbonia might cut off Ruritania's gas and force it to make concessions.")
    (claim,) = [claim for claim in claims_on(summary, "might cut") if claim.kind == "leverage"]
    assert (claim.certainty, claim.certainty_words) == (0.4, "might")


def test_the_pair_stands_first_among_the_actors() -> None:
    """Actors are listed with the pair of the article first."""
    assert draft(*EXAMPLE).actors[:2] == ("Elbonia", "Ruritania")


def test_what_an_article_leaves_open_is_said() -> None:
    """Missing limits and implications are gaps."""
    gaps = " ".join(draft(TITLE, DEPENDENT, SHARES).gaps)
    assert "Names nothing that limits the leverage between Elbonia and Ruritania." in gaps


def test_the_same_article_gives_the_same_draft() -> None:
    """Nothing hangs on the order of a set or on what was read before."""
    assert draft(*EXAMPLE) == draft(*EXAMPLE)


def test_a_sentence_said_twice_is_one_claim() -> None:
    """Of two claims that say the same, one stays."""
    summary = draft(*EXAMPLE, DEPENDENT)
    assert len([claim for claim in claims_on(summary, "depends on") if claim.kind == "leverage"]) == 1


def test_each_label_can_be_explained() -> None:
    """Every sentence of prose has its probabilities, and for each label the features that counted."""
    told = {one.text: one for one in explain(article(*EXAMPLE), COUNTRIES)}
    assert "leverage" in told[DEPENDENT].labels
    assert "fam:no_alternative" in [name for name, _ in told[DEPENDENT].reasons["leverage"]]


PIECES = st.sampled_from(
    [*EXAMPLE, "", " ", "•", "1. ", "“", "U.S.", "\u00ad", "🧭", "\n", "Contents", "https://a.example/b"]
)


@given(st.lists(PIECES | st.text(max_size=30), max_size=20))
@settings(max_examples=60, deadline=None)
def test_every_quote_is_the_passage_it_names(pieces: list[str]) -> None:
    """Whatever the text: a claim's quote and a figure's quote are `text[start:end]`."""
    text = "\n".join(re.sub(r"[\r\x00]", "", piece) for piece in pieces)
    one = Article(text, (Block("paragraph", 0, len(text)),)) if text.strip() else Article("", ())
    summary = extract(one, SOURCE, COUNTRIES)
    places = [(entry.locator, entry.quote) for entry in summary.claims]
    places += [(entry.locator, entry.quote) for entry in summary.figures]
    for place, quote in places:
        assert place is not None
        assert text[place.start : place.end] == quote


def test_an_article_in_the_private_use_area_is_no_actor() -> None:
    """Characters that the extractor uses for actors can stand in a text."""
    hostile = replace(article(TITLE, DEPENDENT), text=article(TITLE, DEPENDENT).text.replace("gas", "\ue001\uf8ff"))
    assert extract(hostile, SOURCE, COUNTRIES).source == SOURCE


def test_the_verb_to_leverage_is_no_leverage() -> None:
    """To leverage a partnership is not to have leverage over the partner."""
    phrase = "Ruritania and Elbonia want to leverage their ties in sport."
    assert "leverage-over" not in {hit.frame.id for hit in frames_in(phrase)}


def test_the_actor_next_to_the_preposition_is_the_holder() -> None:
    """In "cooperation with X or dependence on Y" the dependence is on Y alone."""
    hits = frames_in("The choice is between cooperation with Borduria and dependence on Elbonia.")
    assert [(hit.holder, hit.over) for hit in hits if hit.frame.id == "dependence-on"] == [("Elbonia", None)]


def test_a_negation_holds_for_its_own_clause() -> None:
    """ "Neither an alternative" is leverage, "no instances of coercion" a limit."""
    assert "leverage" in {
        hit.frame.kind for hit in frames_in("Ruritania has neither an alternative buyer nor storage.")
    }
    assert {hit.frame.kind for hit in frames_in("There are no instances of Elbonia using force.")} == {"limit"}


def test_bare_words_of_limits_are_no_limit() -> None:
    """What is limited must be the leverage: a limited budget is none."""
    assert frames_in("The museum has a limited budget and a careful director.") == ()


def frames_in(text: str) -> tuple[Hit, ...]:
    mentions = mentions_of(text)
    return find_frames(mask(text, 0, mentions), mentions)


def test_sentence_is_leverage_or_a_limit_where_one_is_clearly_likelier() -> None:
    """Both labels stand only where the two are about as likely."""
    for one in explain(article(*EXAMPLE)):
        if {"leverage", "limit"} <= set(one.labels):
            assert abs(one.odds["leverage"] - one.odds["limit"]) <= 0.1


def test_audience_that_is_not_named_beside_one_that_is_gets_no_implication() -> None:
    """What follows for Europe alone is not filed under us, though the paragraph speaks of both."""
    both = "Europe and the United States should both prepare for a cut-off, and they should consider new suppliers."
    summary = draft(
        TITLE, DEPENDENT, "What it means for the West", f"{both} Europe should offer Ruritania an alternative."
    )
    claims = [one for one in summary.claims if one.text.startswith("Europe should") and one.kind == "implication"]
    assert [one.audience for one in claims] == [("europe",)]


def test_an_audience_that_is_named_goes_before_one_that_one_of_the_two_belongs_to() -> None:
    """Hungary is in Europe: to name it in a sentence for the United States tells nothing of Europe."""
    made = draft(
        "Turkey and Hungary after the pipeline",
        "Hungary depends on Turkey for its gas, and has no alternative to the pipeline that runs across Turkey.",
        "Turkey can raise the price of transit, and Hungary cannot answer.",
        "For Europe the lesson is to finish the interconnectors.",
        "For the United States the lesson is that Hungary will go on hedging between its allies.",
    )
    claims = [claim for claim in made.claims if claim.kind == "implication"]
    assert [claim.audience[0] for claim in claims] == ["europe", "us"]
