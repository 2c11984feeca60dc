"""Condition 11: minimum intensity."""

from decimal import Decimal

import pytest

from bidkit.conditions.minimum_intensity import MinimumIntensity
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def service(name: str = "s", hours: str | None = "2"):
    dose = {"hours": "16", "weeks": "16"}
    return make.service_(id=name, dose=dose if hours is None else dose | {"hours_per_month": hours})


@pytest.mark.parametrize(
    ("hours", "state", "margin"), [("1", State.NOT_MET, -1), ("2", State.MET, 0), ("3", State.MET, 1)]
)
def test_the_boundary(hours, state, margin):
    verdict = make.judged(MinimumIntensity(hours=2), make.offering(service(hours=hours)))
    assert (verdict.state, verdict.margin) == (state, Measure(Decimal(margin), "hours/month"))


def test_it_explains_itself():
    verdict = make.judged(MinimumIntensity(hours=2), make.offering(service(hours="1 h 30 min")))
    assert make.said(verdict) == (
        "Työhönvalmennus gives each client 1.5 h/month, 0.5 h/month too little; required: at least 2 h/month."
    )
    assert make.said(verdict, "fi") == (
        "Työhönvalmennus: jokainen asiakas saa 1,5 h/kk, 0,5 h/kk liian vähän; vaaditaan vähintään 2 h/kk."
    )
    assert make.advised(verdict).endswith("raise dose.hours_per_month of services.s in services.yaml.")
    assert make.judged(MinimumIntensity(hours=2), make.offering(service())).hint == ""


def test_an_average_is_not_taken_for_what_is_not_told():
    verdict = make.judged(MinimumIntensity(hours=2), make.offering(service("a", "9"), service("b", None)))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "services.yaml")
    assert make.advised(verdict) == "Fill in dose.hours_per_month of services.b in services.yaml."


def test_every_member_must_meet_it():
    offered = make.offering(service("a", "9"), service("b", "1"), apart=True)
    verdict = make.judged(MinimumIntensity(hours=2), offered)
    assert (verdict.state, verdict.rows) == (State.NOT_MET, ("services.a", "services.b"))
    assert make.judged(MinimumIntensity(hours=2), offered, lots=()).state is State.NOT_APPLICABLE
