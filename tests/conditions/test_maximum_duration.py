"""Condition 10: maximum duration."""

from decimal import Decimal

import pytest

from bidkit.conditions.maximum_duration import MaximumDuration
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def service(name: str = "s", hours: str = "16", weeks: str = "16"):
    return make.service_(id=name, dose={"hours": hours, "weeks": weeks})


@pytest.mark.parametrize(
    ("hours", "state", "margin"), [("17", State.NOT_MET, -1), ("16", State.MET, 0), ("15", State.MET, 1)]
)
def test_the_boundary_in_hours(hours, state, margin):
    verdict = make.judged(MaximumDuration(hours=16), make.offering(service(hours=hours)))
    assert (verdict.state, verdict.margin) == (state, Measure(Decimal(margin), "hours"))


@pytest.mark.parametrize(
    ("weeks", "months", "state"), [("18", "4.2", State.NOT_MET), ("17", "4.0", State.MET), ("16", "3.7", State.MET)]
)
def test_the_boundary_in_months(weeks, months, state):
    verdict = make.judged(MaximumDuration(months=4), make.offering(service(weeks=weeks)))
    assert (verdict.state, verdict.found) == (state, Measure(Decimal(months), "months"))


@pytest.mark.parametrize(("weeks", "months"), [("13", 3), ("26", 6), ("52", 12)])
def test_whole_quarters_are_exact(weeks, months):
    assert make.judged(MaximumDuration(months=months), make.offering(service(weeks=weeks))).state is State.MET


def test_both_limits_must_hold():
    kind = MaximumDuration(hours=16, months=4)
    assert make.judged(kind, make.offering(service())).state is State.MET
    assert make.judged(kind, make.offering(service(weeks="26"))).state is State.NOT_MET
    assert make.judged(kind, make.offering(service(hours="20"))).state is State.NOT_MET


def test_it_names_the_field_to_mend():
    verdict = make.judged(MaximumDuration(hours=16, months=4), make.offering(service(weeks="26")))
    assert make.said(verdict) == (
        "Työhönvalmennus takes 6 months per client, 2 months too long; allowed: at most 4 months."
    )
    assert make.said(verdict, "fi") == (
        "Työhönvalmennus: kesto asiakasta kohden 6 kuukautta, 2 kuukautta liian pitkä; sallitaan enintään 4 kuukautta."
    )
    assert make.advised(verdict).startswith("Shorten dose.weeks of services.s in services.yaml")
    assert make.judged(MaximumDuration(hours=16), make.offering(service())).hint == ""


def test_the_longest_service_of_all_members_decides():
    offered = make.offering(service("a", "12"), service("b", "17"), apart=True)
    verdict = make.judged(MaximumDuration(hours=16), offered)
    assert (verdict.state, verdict.rows) == (State.NOT_MET, ("services.a", "services.b"))


def test_missing_limits_and_missing_services():
    verdict = make.judged(MaximumDuration(), make.offering(service()))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "conditions.yaml")
    assert "hours, months" in make.said(verdict)
    empty = make.offering(offers=((make.lot(), make.offer(services=[]), ()),))
    assert make.judged(MaximumDuration(hours=16), empty).state is State.CANNOT_TELL
    assert make.judged(MaximumDuration(hours=16), make.offering(), lots=()).state is State.NOT_APPLICABLE
