"""Condition 61: a statement that a person attests."""

from datetime import date

import pytest

from bidkit.conditions.statement import Statement
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def bid(**attestation):
    return make.offering(attestations=(make.attestation(**attestation),))


def test_attested_says_who_and_when():
    verdict = make.judged(Statement(), bid(statement="Hyväksymme sopimusehdot."))
    assert (verdict.state, verdict.hint, verdict.rows) == (State.ATTESTED, "", ("attestations.v1",))
    assert make.said(verdict) == "Hyväksymme sopimusehdot. (Toiminnanjohtaja, 5 Jan 2027)"
    assert make.said(verdict, "fi") == "Hyväksymme sopimusehdot. (Toiminnanjohtaja, 5.1.2027)"
    assert (verdict.facts["by"], verdict.facts["on"]) == ("Toiminnanjohtaja", date(2027, 1, 5))


def test_nobody_has_attested():
    verdict = make.judged(Statement(), bid(condition="v2"))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "conditions.yaml")
    assert make.said(verdict, "fi") == "Kukaan ei ole vielä vakuuttanut tätä."
    assert make.advised(verdict) == "Add an entry for condition v1 to attestations: who attests it, and when."


def test_a_person_says_no():
    verdict = make.judged(Statement(), bid(holds="ei", statement="Vakuutus puuttuu."))
    assert verdict.state is State.NOT_MET
    assert make.said(verdict) == (
        "Toiminnanjohtaja has attested on 5 Jan 2027 that this does not hold: Vakuutus puuttuu."
    )
    assert (verdict.place.file, make.advised(verdict).split(" ")[0]) == ("attestations.yaml", "Arrange")


@pytest.mark.parametrize(
    ("from_day", "state", "margin"),
    [
        ("28.2.2027", State.MET_BY, 1),
        ("1.3.2027", State.MET_BY, 0),
        ("2.3.2027", State.NOT_MET, -1),
    ],
)
def test_what_holds_later_must_hold_when_the_contract_starts(from_day, state, margin):
    verdict = make.judged(Statement(), bid(**{"from": from_day}))
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "days"))
    assert str(verdict.place) == "attestations.yaml:7:3"


def test_the_tender_may_name_another_day():
    later = bid(**{"from": "1.2.2027"})
    assert make.judged(Statement(latest="31.1.2027"), later).state is State.NOT_MET
    verdict = make.judged(Statement(latest="1.2.2027"), later)
    assert (verdict.state, verdict.met_by) == (State.MET_BY, date(2027, 2, 1))
    assert make.said(verdict) == (
        "Näin on. Holds from 1 Feb 2027 on, by 1 Feb 2027 at the latest (Toiminnanjohtaja, 5 Jan 2027)."
    )


def test_too_late_says_both_days():
    verdict = make.judged(Statement(), bid(**{"from": "1.5.2027"}))
    assert make.said(verdict) == (
        "Näin on. It holds from 1 May 2027 on, but must hold by 1 Mar 2027 (Toiminnanjohtaja, 5 Jan 2027)."
    )
    assert make.said(verdict, "fi") == (
        "Näin on. Toteutuu vasta 1.5.2027, mutta takaraja on 1.3.2027 (Toiminnanjohtaja, 5.1.2027)."
    )


@pytest.mark.parametrize(("from_day", "state"), [("5.1.2027", State.ATTESTED), ("6.1.2027", State.MET_BY)])
def test_a_day_already_come_is_simply_attested(from_day, state):
    assert make.judged(Statement(), bid(**{"from": from_day})).state is state


def test_evidence_is_cited():
    assert make.judged(Statement(), bid(evidence="liite-3")).rows == ("attestations.v1", "attachments.liite-3")


def test_one_word_is_enough_for_all_members_and_lots():
    services = (make.service_(id="a"), make.service_(id="b"))
    offered = make.offering(*services, apart=True, lots=2, attestations=(make.attestation(),))
    assert make.judged(Statement(), offered).state is State.ATTESTED
    assert make.judged(Statement(), offered, lots=()).state is State.NOT_APPLICABLE
