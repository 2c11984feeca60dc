"""Condition 53: validity of the bid."""

from datetime import date

import pytest

from bidkit.conditions.bid_validity import BidValidity
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def judge(kind, until="30.6.2027", tender=None):
    return make.judged(kind, make.priced_bid(basics=make.bid_basics(valid_until=until), tender=tender))


@pytest.mark.parametrize("kind", [BidValidity(), BidValidity(until="30.6.2027")])
@pytest.mark.parametrize(
    ("until", "state", "margin"),
    [("29.6.2027", State.NOT_MET, -1), ("30.6.2027", State.MET, 0), ("1.7.2027", State.MET, 1)],
)
def test_the_boundary(kind, until, state, margin):
    verdict = judge(kind, until)
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "days"))


def test_the_conditions_own_day_comes_before_the_tenders():
    assert judge(BidValidity(until="31.7.2027")).required == date(2027, 7, 31)
    assert judge(BidValidity(until="31.5.2027")).required == date(2027, 5, 31)


def test_months_from_the_deadline():
    assert judge(BidValidity(months=4)).required == date(2027, 5, 15)
    assert judge(BidValidity(months=4, until="1.6.2027")).required == date(2027, 6, 1)


def test_what_the_tender_does_not_tell_is_never_met():
    fields = {"title": "T", "reference": "E", "buyer": "K", "procedure": "open", "deadline": "15.1.2027 12:00"}
    fields |= {"contract": {"start": "1.3.2027", "end": "28.2.2029"}, "languages": ["fi"]}
    silent = make.tender.Tender.model_validate(make._at("tender", fields))
    verdict = judge(BidValidity(), tender=silent)
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "tender.yaml")
    assert make.advised(verdict) == "Fill in valid_until of tender in tender.yaml."
    assert judge(BidValidity(until="1.6.2027"), tender=silent).state is State.MET


def test_it_says_so():
    verdict = judge(BidValidity(until="31.7.2027"))
    assert make.said(verdict) == (
        "The bid is valid until 30 Jun 2027. Required: until 31 Jul 2027 at the least, 31 days longer."
    )
    assert make.said(verdict, "fi") == (
        "Tarjous on voimassa 30.6.2027 asti. Vaaditaan vähintään 31.7.2027 asti, 31 päivää pitempään."
    )
    assert make.advised(verdict, "fi") == (
        "Kirjoita kenttään valid_until tiedostossa bid.yaml päiväksi 31.7.2027 tai myöhempi."
    )
    assert verdict.rows == ("bid",)
    met = judge(BidValidity())
    assert (make.said(met), met.hint) == (
        "The bid is valid until 30 Jun 2027. Required: until 30 Jun 2027 at the least.",
        "",
    )
