"""Condition 47: reporting."""

from datetime import date

import pytest

from bidkit.conditions.reporting import Reporting
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def service(name: str = "s", reports: int | None = 4):
    return make.service_(id=name, reports_per_year=reports)


@pytest.mark.parametrize(("reports", "state", "margin"), [(3, State.NOT_MET, -1), (4, State.MET, 0), (5, State.MET, 1)])
def test_the_boundary(reports, state, margin):
    verdict = make.judged(Reporting(times_a_year=4), make.offering(service(reports=reports)))
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "times/year"))


def test_it_explains_itself():
    verdict = make.judged(Reporting(times_a_year=4), make.offering(service(reports=2)))
    assert make.said(verdict) == (
        "Työhönvalmennus reports 2 times a year; required: at least 4 times a year, 2 times a year more."
    )
    assert make.said(verdict, "fi") == (
        "Työhönvalmennus: raportoidaan 2 kertaa vuodessa; vaaditaan vähintään 4 kertaa vuodessa, "
        "eli puuttuu 2 kertaa vuodessa."
    )
    assert make.advised(verdict).startswith("Raise reports_per_year of services.s in services.yaml")
    assert make.judged(Reporting(times_a_year=4), make.offering(service())).hint == ""


def test_what_is_not_told_is_never_met():
    verdict = make.judged(Reporting(times_a_year=4), make.offering(service("a"), service("b", None)))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "services.yaml")
    assert make.advised(verdict) == "Fill in reports_per_year of services.b in services.yaml."


def test_a_person_may_attest_what_is_not_told():
    word = make.attestation(statement="Raportoimme neljännesvuosittain.")
    offered = make.offering(service("a"), service("b", None), attestations=(word,))
    verdict = make.judged(Reporting(times_a_year=4), offered)
    assert (verdict.state, verdict.rows) == (State.ATTESTED, ("services.a", "attestations.v1"))
    assert make.said(verdict, "fi") == "Raportoimme neljännesvuosittain. (Toiminnanjohtaja, 5.1.2027)"


@pytest.mark.parametrize(
    ("attested", "state"),
    [
        ({"holds": "ei"}, State.NOT_MET),
        ({"from": "1.3.2027"}, State.MET_BY),
        ({"from": "2.3.2027"}, State.NOT_MET),
    ],
)
def test_the_word_counts_as_given(attested, state):
    offered = make.offering(service(reports=None), attestations=(make.attestation(**attested),))
    verdict = make.judged(Reporting(times_a_year=4), offered)
    assert verdict.state is state
    assert verdict.met_by == (date(2027, 3, 1) if state is State.MET_BY else None)


def test_a_word_never_beats_a_figure():
    offered = make.offering(service("a", 3), service("b", None), attestations=(make.attestation(),))
    assert make.judged(Reporting(times_a_year=4), offered).state is State.NOT_MET


def test_the_word_on_another_condition_does_not_count():
    offered = make.offering(service(reports=None), attestations=(make.attestation(condition="v2"),))
    assert make.judged(Reporting(times_a_year=4), offered).state is State.CANNOT_TELL


def test_every_member_and_the_lots_in_scope():
    offered = make.offering(service("a", 4), service("b", 1), apart=True)
    assert make.judged(Reporting(times_a_year=4), offered).state is State.NOT_MET
    assert make.judged(Reporting(times_a_year=4), offered, lots=()).state is State.NOT_APPLICABLE
