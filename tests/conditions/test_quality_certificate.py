"""Condition 46: quality certificate."""

from datetime import date

import pytest

from bidkit.conditions.quality_certificate import QualityCertificate
from bidkit.diagnostics import Measure, Place
from bidkit.stages import State
from tests import make


def certificate(**given):
    return (
        make.certificate(**({"id": "laatu", "kind": "iso9001", "title": "ISO 9001", "issued": "1.1.2025"} | given)),
    )


def judge(kind, *groups, **dossier):
    members = tuple(
        make.member(organisation=make.organisation_(id=f"m{n}", name=f"Jäsen {n} ry"), certificates=group)
        for n, group in enumerate(groups)
    )
    return make.judged(kind, make.priced_bid(members=members, **dossier))


ISO = QualityCertificate(kinds=["iso9001", "sheq"])


@pytest.mark.parametrize(
    ("until", "state", "margin"),
    [("14.1.2027", State.NOT_MET, -1), ("15.1.2027", State.MET, 0), ("16.1.2027", State.MET, 1)],
)
def test_the_boundary(until, state, margin):
    verdict = judge(ISO, certificate(valid_until=until))
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "days"))


@pytest.mark.parametrize(("until", "state"), [("28.2.2027", State.NOT_MET), ("1.3.2027", State.MET)])
def test_measured_to_the_start_of_the_contract(until, state):
    kind = QualityCertificate(kinds=["iso9001"], measured_to="contract_start")
    assert judge(kind, certificate(valid_until=until)).state is state


@pytest.mark.parametrize(("issued", "state"), [("15.1.2027", State.MET), ("16.1.2027", State.NOT_MET)])
def test_it_must_be_there_on_that_day(issued, state):
    verdict = judge(ISO, certificate(issued=issued))
    assert verdict.state is state
    if state is State.NOT_MET:
        assert make.said(verdict) == (
            "ISO 9001 (Jäsen 0 ry) is issued on 16 Jan 2027; it must be there by 15 Jan 2027 (deadline for bids)."
        )


def test_one_of_the_kinds_is_enough_and_others_do_not_count():
    assert judge(ISO, certificate(kind="sheq")).state is State.MET
    assert judge(ISO, (*certificate(valid_until="1.1.2026"), *certificate(id="b"))).state is State.MET
    verdict = judge(ISO, certificate(kind="tax"))
    assert (verdict.state, verdict.place) == (State.CANNOT_TELL, Place("certificates.yaml"))
    assert make.said(verdict) == (
        "Jäsen 0 ry has no quality certificate of these kinds: iso9001, sheq. It must be valid on 15 Jan 2027."
    )
    assert make.advised(verdict) == "Add the certificate to certificates.yaml, with one of these kinds: iso9001, sheq."
    assert judge(QualityCertificate(kinds=[]), certificate()).state is State.CANNOT_TELL


@pytest.mark.parametrize(
    ("who", "first", "second"),
    [("all", "CANNOT_TELL", "CANNOT_TELL"), ("lead", "MET", "CANNOT_TELL"), ("any", "MET", "MET")],
)
def test_who_needs_it(who, first, second):
    kind = QualityCertificate(kinds=["iso9001"], who=who)
    assert judge(kind, certificate(), ()).state is State[first]
    assert judge(kind, (), certificate()).state is State[second]
    assert judge(kind, certificate(), certificate()).state is State.MET


def test_a_promise_for_a_later_day():
    word = make.attestation(**{"from": "1.3.2027", "statement": "Auditointi on sovittu."})
    verdict = judge(ISO, (), attestations=(word,))
    assert (verdict.state, verdict.met_by) == (State.MET_BY, date(2027, 3, 1))


def test_it_says_so():
    verdict = judge(ISO, certificate(valid_until="1.1.2027"))
    assert make.said(verdict) == (
        "ISO 9001 (Jäsen 0 ry) was valid until 1 Jan 2027. Required: valid on 15 Jan 2027 (deadline for bids)."
    )
    assert make.said(verdict, "fi") == (
        "ISO 9001 (Jäsen 0 ry) oli voimassa 1.1.2027 asti. Sen on oltava voimassa 15.1.2027 (tarjousten määräaika)."
    )
    assert make.advised(verdict) == (
        "Renew the certificate and correct valid_until of certificates.laatu in certificates.yaml."
    )
    met = judge(ISO, certificate())
    assert make.said(met, "fi") == (
        "ISO 9001 (Jäsen 0 ry) on voimassa toistaiseksi. Sen on oltava voimassa 15.1.2027 (tarjousten määräaika)."
    )
    assert (met.hint, met.rows) == ("", ("certificates.laatu",))
