"""Condition 33: liability insurance."""

from datetime import date
from decimal import Decimal

import pytest

from bidkit.conditions.liability_insurance import LiabilityInsurance
from bidkit.diagnostics import Measure, Place
from bidkit.stages import State
from tests import make

TENDER = {"contract": {"start": "1.3.2027", "end": "28.2.2029", "options": [{"months": 12}, {"months": 12}]}}


def judge(kind, *groups, **dossier):
    members = tuple(
        make.member(organisation=make.organisation_(id=f"m{n}", name=f"Jäsen {n} ry"), insurances=group)
        for n, group in enumerate(groups)
    )
    return make.judged(kind, make.priced_bid(members=members, tender=make.tender_(**TENDER), **dossier))


def policy(**given):
    return (make.insurance(**given),)


@pytest.mark.parametrize(
    ("amount", "state", "margin"),
    [("99 999,99", State.NOT_MET, "-0.01"), ("100 000", State.MET, "0"), ("100 000,01", State.MET, "0.01")],
)
def test_the_boundary_of_the_sum(amount, state, margin):
    verdict = judge(LiabilityInsurance(amount="100 000"), policy(amount=amount))
    assert (verdict.state, verdict.margin) == (state, Measure(Decimal(margin), "EUR"))


@pytest.mark.parametrize(
    ("options", "until", "state"),
    [
        ("ei", "27.2.2029", State.NOT_MET),
        ("ei", "28.2.2029", State.MET),
        ("ei", "1.3.2029", State.MET),
        ("kyllä", "27.2.2031", State.NOT_MET),
        ("kyllä", "28.2.2031", State.MET),
    ],
)
def test_it_must_last_through_the_term(options, until, state):
    verdict = judge(LiabilityInsurance(amount="200 000", options=options), policy(valid_until=until))
    assert verdict.state is state
    if state is State.NOT_MET:
        assert verdict.margin == Measure(-1, "days")


def test_an_option_ends_on_the_last_day_of_a_leap_february():
    tender = make.tender_(contract={"start": "1.3.2025", "end": "28.2.2027", "options": [{"months": 12}]})
    for until, state in (("28.2.2028", State.NOT_MET), ("29.2.2028", State.MET)):
        member = make.member(insurances=policy(valid_from="1.1.2025", valid_until=until))
        bid = make.priced_bid(members=(member,), tender=tender)
        assert make.judged(LiabilityInsurance(amount="1", options="kyllä"), bid).state is state


@pytest.mark.parametrize(("start", "state"), [("1.3.2027", State.MET), ("2.3.2027", State.NOT_MET)])
def test_it_must_begin_with_the_contract(start, state):
    assert judge(LiabilityInsurance(amount="200 000"), policy(valid_from=start)).state is state


def test_every_member_or_the_lead():
    enough, small = policy(), policy(amount="50 000")
    assert judge(LiabilityInsurance(amount="100 000"), enough, small).state is State.NOT_MET
    assert judge(LiabilityInsurance(amount="100 000"), enough, enough).state is State.MET
    assert judge(LiabilityInsurance(amount="100 000", who="lead"), enough, small).state is State.MET
    assert judge(LiabilityInsurance(amount="100 000", who="lead"), small, enough).state is State.NOT_MET


def test_the_best_policy_counts_and_other_kinds_do_not():
    assert judge(LiabilityInsurance(amount="100 000"), (*policy(amount="1"), *policy(id="b"))).state is State.MET
    assert judge(LiabilityInsurance(amount="100 000"), policy(kind="accident")).state is State.CANNOT_TELL


def test_what_is_not_told_is_never_met():
    fields = {"id": "v", "kind": "liability", "title": "V", "insurer": "E", "valid_from": "1.1.2026"}
    untold = make.organisation.Insurance.model_validate(make._at("insurances", fields))
    verdict = judge(LiabilityInsurance(amount="100 000"), (untold,))
    assert (verdict.state, make.advised(verdict)) == (
        State.CANNOT_TELL,
        "Fill in amount of insurances.v in insurances.yaml.",
    )
    verdict = judge(LiabilityInsurance(amount="100 000"), ())
    assert (verdict.state, verdict.place) == (State.CANNOT_TELL, Place("insurances.yaml"))
    assert make.said(verdict) == "Jäsen 0 ry tells no liability insurance. Required: at least 100,000.00 €."
    assert make.advised(verdict) == "Add the policy (kind: liability) to insurances.yaml."


def test_a_promise_for_a_later_day():
    word = make.attestation(**{"from": "1.3.2027", "statement": "Otamme vakuutuksen."})
    verdict = judge(LiabilityInsurance(amount="100 000"), (), attestations=(word,))
    assert (verdict.state, verdict.met_by) == (State.MET_BY, date(2027, 3, 1))
    late = make.attestation(**{"from": "2.3.2027", "statement": "Otamme vakuutuksen."})
    assert judge(LiabilityInsurance(amount="100 000"), (), attestations=(late,)).state is State.NOT_MET


def test_it_says_so():
    verdict = judge(LiabilityInsurance(amount="300 000"), policy())
    assert make.said(verdict) == (
        "Liability insurance of Jäsen 0 ry: 200,000.00 €. Required: at least 300,000.00 €, in force until "
        "28 Feb 2029; missing: 100,000.00 €."
    )
    verdict = judge(LiabilityInsurance(amount="1"), policy(valid_until="31.12.2028"))
    assert make.said(verdict, "fi") == (
        "Vastuuvakuutus (Jäsen 0 ry) päättyy 31.12.2028; sen on oltava voimassa 28.2.2029 asti, 59 päivää pitempään."
    )
    assert verdict.rows == ("insurances.vastuu",)
    met = judge(LiabilityInsurance(amount="1"), policy())
    assert make.said(met, "fi") == (
        "Vastuuvakuutus (Jäsen 0 ry): 200 000,00 €, jatkuu itsestään. Vaaditaan vähintään 1,00 €."
    )
    assert met.hint == ""
