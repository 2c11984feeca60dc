"""Condition 55: page and character limit."""

from dataclasses import replace

import pytest

from bidkit.conditions.text_limit import TextLimit
from bidkit.diagnostics import Measure, Name
from bidkit.stages import AnsweredCriterion, State
from tests import make


def criterion(name="l1", text=None, **given):
    fields = {"id": name, "number": name.upper(), "title": "T", "question": "K", "points": 10} | given
    asked = make.tender.Criterion.model_validate(make._at("criteria", fields))
    if text is None:
        return AnsweredCriterion(asked, None)
    answer = make.bid_model.Answer.model_validate(make._at("answers", {"criterion": name, "text": text}))
    return AnsweredCriterion(asked, answer)


def judge(kind, *criteria, lots=None, **dossier):
    return make.judged(kind, make.priced_bid(criteria=criteria, **dossier), lots=lots)


@pytest.mark.parametrize(
    ("length", "state", "margin"), [(99, State.MET, 1), (100, State.MET, 0), (101, State.NOT_MET, -1)]
)
@pytest.mark.parametrize(("kind", "own"), [(TextLimit(max_characters=100), {}), (TextLimit(), {"max_characters": 100})])
def test_the_boundary(length, state, margin, kind, own):
    verdict = judge(kind, criterion(text="ä" * length, **own))
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "characters"))


def test_it_counts_what_is_pasted_into_a_field():
    """Emphasis marks go, list marks and line ends stay, references become the figures they print."""
    text = "**Tulos**\n\n- {services.valmennus.dose.hours} h"
    verdict = judge(TextLimit(max_characters=12), criterion(text=text))
    assert verdict.found == Measure(len("Tulos\n- 16 h"), "characters")
    assert verdict.state is State.MET


def test_the_text_with_least_room_decides():
    verdict = judge(TextLimit(max_characters=100), criterion("l1", "a"), criterion("l2", "a" * 101))
    assert (verdict.state, verdict.facts["name"]) == (State.NOT_MET, "L2")
    assert verdict.rows == ("answers.l1", "answers.l2")


def test_only_those_named():
    first, second = criterion("l1", "a"), criterion("l2", "a" * 101)
    assert judge(TextLimit(max_characters=100, criteria=["l1"]), first, second).state is State.MET
    assert judge(TextLimit(max_characters=100, criteria=["l2"]), first, second).state is State.NOT_MET
    unknown = judge(TextLimit(max_characters=100, criteria=["l3"]), first)
    assert (unknown.state, unknown.place.file) == (State.CANNOT_TELL, "conditions.yaml")
    assert make.said(unknown) == "The condition names award criteria that the lots offered do not have: l3."


@pytest.mark.parametrize("kind", [TextLimit(criteria=["l1", "l2"]), TextLimit(criteria=["l1"], texts=["summary"])])
def test_a_text_that_is_named_needs_a_limit(kind):
    verdict = judge(kind, criterion("l1", "a", max_characters=100), criterion("l2", "a" * 999))
    assert verdict.state is State.CANNOT_TELL
    assert make.said(verdict).startswith("The condition does not say its limit; one of these is needed: max_characters")


def test_without_names_answers_that_have_no_limit_may_be_of_any_length():
    assert judge(TextLimit(), criterion("l1", "a", max_characters=9), criterion("l2", "a" * 999)).state is State.MET


def test_only_criteria_of_the_lots_in_scope():
    long = criterion("l2", "a" * 101, lots=["osa2"])
    assert judge(TextLimit(max_characters=100), criterion("l1", "a"), long).state is State.MET


@pytest.mark.parametrize(("limit", "state"), [(11, State.NOT_MET), (12, State.MET)])
def test_parts_of_the_bid(limit, state):
    kind = TextLimit(max_characters=limit, texts=["summary"])
    verdict = judge(kind, criterion(text="a" * 999))
    assert (verdict.state, verdict.found, verdict.rows) == (state, Measure(12, "characters"), ("bid",))


@pytest.mark.parametrize(("limit", "state"), [(17, State.NOT_MET), (18, State.MET)])
def test_together(limit, state):
    kind = TextLimit(max_characters=limit, texts=["summary", "letter"], together="kyllä")
    verdict = judge(kind)
    assert (verdict.state, verdict.found) == (state, Measure(18, "characters"))
    assert make.said(verdict).startswith("The texts together: 18 characters. Allowed: at most")
    assert verdict.facts["field"] == Name("bid", "summary")  # the longest is the one to shorten


def test_what_is_not_written_is_never_met():
    verdict = judge(TextLimit(max_characters=100), criterion("l1", "a"), criterion("l2"))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "criteria.yaml")
    verdict = judge(TextLimit(max_characters=100), criterion("l1", {"sv": "Svar"}))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "answers.yaml")
    assert make.said(verdict) == (
        "The text is not written in the language of the bid (L1). Allowed: at most 100 characters."
    )
    assert make.advised(verdict) == "Fill in text of answers.l1 in answers.yaml."
    assert judge(TextLimit(max_characters=100, texts=["responsibility"])).state is State.CANNOT_TELL
    own = judge(TextLimit(), criterion("l1", max_characters=7))
    assert own.required == Measure(7, "characters")
    together = TextLimit(max_characters=100, texts=["letter", "responsibility"], together="kyllä")
    assert judge(together).state is State.CANNOT_TELL


def test_a_condition_without_a_limit_cannot_be_judged():
    verdict = judge(TextLimit(), criterion(text="a"))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "conditions.yaml")


def test_pages_are_a_persons_word():
    kind = TextLimit(pages=20)
    verdict = judge(kind, criterion(text="a"))
    assert (verdict.state, make.said(verdict)) == (State.CANNOT_TELL, "Nobody has attested it yet.")
    word = make.attestation(statement="Tarjouksessa on 18 sivua.")
    verdict = judge(kind, criterion(text="a"), attestations=(word,))
    assert (verdict.state, verdict.rows) == (State.ATTESTED, ("attestations.v1",))
    for more in ({"criteria": ["l1"]}, {"texts": ["letter"], "max_characters": 1}):
        verdict = judge(TextLimit(pages=20, **more), criterion(text="aa", max_characters=1), attestations=(word,))
        assert verdict.state is State.NOT_MET
    both = TextLimit(pages=20, max_characters=1)
    assert judge(both, criterion(text="a"), attestations=(word,)).state is State.ATTESTED
    assert judge(both, criterion(text="aa"), attestations=(word,)).state is State.NOT_MET


@pytest.mark.parametrize(
    ("pages", "state", "margin"), [(19, State.MET, 1), (20, State.MET, 0), (21, State.NOT_MET, -1)]
)
def test_pages_of_a_laid_out_document_are_counted(pages, state, margin):
    bid = make.priced_bid(criteria=(criterion(text="a"),))
    scope = replace(make.scope(bid, make.condition("text_limit")), pages=pages)
    verdict = TextLimit(pages=20).judge(bid, scope)
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "pages"))
    assert TextLimit(pages=20).counts_pages
    assert not TextLimit(max_characters=20).counts_pages


def test_it_says_so():
    verdict = judge(TextLimit(max_characters=100), criterion(text="a" * 130))
    assert make.said(verdict) == (
        "The text is too long (L1): 130 characters. Allowed: at most 100 characters; too many: 30 characters."
    )
    assert make.said(verdict, "fi") == (
        "Teksti on liian pitkä (L1): 130 merkkiä. Sallitaan enintään 100 merkkiä; liikaa on 30 merkkiä."
    )
    assert make.advised(verdict) == "Shorten the text in answers.yaml (answers.l1, field text)."
    assert judge(TextLimit(max_characters=100), criterion(text="a")).hint == ""
    bid = judge(TextLimit(max_characters=1, texts=["summary"]))
    assert make.said(bid, "fi").startswith("Teksti on liian pitkä (tiivistelmä): 12 merkkiä.")
