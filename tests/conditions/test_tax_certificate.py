"""Condition 37: tax certificate."""

from datetime import date

import pytest

from bidkit.conditions.tax_certificate import TaxCertificate
from bidkit.diagnostics import Measure, Place
from bidkit.stages import State
from tests import make


def judge(kind, *groups, deadline="15.1.2027 12:00", **dossier):
    members = tuple(
        make.member(
            organisation=make.organisation_(id=f"m{n}", name=f"Jäsen {n} ry"),
            certificates=tuple(make.certificate(id=f"vero{k}", issued=day) for k, day in enumerate(days)),
        )
        for n, days in enumerate(groups)
    )
    return make.judged(kind, make.priced_bid(members=members, tender=make.tender_(deadline=deadline), **dossier))


@pytest.mark.parametrize(
    ("issued", "state", "margin"),
    [("14.10.2026", State.NOT_MET, -1), ("15.10.2026", State.MET, 0), ("16.10.2026", State.MET, 1)],
)
def test_the_boundary(issued, state, margin):
    verdict = judge(TaxCertificate(), [issued])
    assert (verdict.state, verdict.margin, verdict.required) == (state, Measure(margin, "days"), date(2026, 10, 15))


def test_three_months_before_the_last_of_may():
    assert judge(TaxCertificate(), ["28.2.2027"], deadline="31.5.2027 16:00").margin == Measure(0, "days")
    assert judge(TaxCertificate(), ["27.2.2027"], deadline="31.5.2027 16:00").state is State.NOT_MET


@pytest.mark.parametrize(("issued", "state"), [("15.1.2027", State.MET), ("16.1.2027", State.NOT_MET)])
def test_what_is_issued_after_the_deadline_does_not_count(issued, state):
    verdict = judge(TaxCertificate(), [issued])
    assert verdict.state is state
    if state is State.NOT_MET:
        assert verdict.margin == Measure(-1, "days")
        assert make.said(verdict) == (
            "The tax certificate of Jäsen 0 ry was issued on 16 Jan 2027, after the deadline for bids (15 Jan 2027), "
            "so it does not count. Required: issued on 15 Oct 2026 or later."
        )
    verdict = judge(TaxCertificate(), ["1.9.2026", "1.12.2026", issued])  # the newest that counts
    assert (verdict.state, verdict.found) == (
        State.MET,
        max(date(2026, 12, 1), date(2027, 1, int(issued[:2])) if state is State.MET else date(2026, 12, 1)),
    )


def test_measured_to_the_start_of_the_contract():
    kind = TaxCertificate(months=1, measured_to="contract_start")
    assert judge(kind, ["1.2.2027"]).state is State.MET
    assert judge(kind, ["31.1.2027"]).state is State.NOT_MET


def test_every_member_needs_one():
    assert judge(TaxCertificate(), ["1.12.2026"], ["1.12.2026"]).state is State.MET
    verdict = judge(TaxCertificate(), ["1.12.2026"], ["1.9.2026"])
    assert (verdict.state, verdict.facts["member"]) == (State.NOT_MET, "Jäsen 1 ry")
    verdict = judge(TaxCertificate(), ["1.12.2026"], [])
    assert (verdict.state, verdict.place) == (State.CANNOT_TELL, Place("certificates.yaml"))
    assert make.said(verdict) == "Jäsen 1 ry has no tax certificate. Required: issued on 15 Oct 2026 or later."
    assert make.advised(verdict) == "Order the certificate and add it (kind: tax) to certificates.yaml."


def test_a_promise_for_a_later_day():
    word = make.attestation(**{"from": "20.1.2027", "statement": "Todistus on tilattu."})
    assert judge(TaxCertificate(), [], attestations=(word,)).state is State.MET_BY


def test_it_says_so():
    verdict = judge(TaxCertificate(), ["14.10.2026"])
    assert make.said(verdict) == (
        "The tax certificate of Jäsen 0 ry was issued on 14 Oct 2026, 1 day too early. Required: issued on "
        "15 Oct 2026 or later (3 months before 15 Jan 2027, deadline for bids)."
    )
    assert make.said(verdict, "fi") == (
        "Verovelkatodistus (Jäsen 0 ry) on annettu 14.10.2026, 1 päivä liian aikaisin. Sen on oltava annettu "
        "15.10.2026 tai myöhemmin (3 kuukautta ennen päivää 15.1.2027, tarjousten määräaika)."
    )
    assert make.advised(verdict) == (
        "Order a new certificate and correct issued of certificates.vero0 in certificates.yaml."
    )
    assert verdict.rows == ("certificates.vero0",)
    assert judge(TaxCertificate(), ["1.12.2026"]).hint == ""
