"""Condition 12: start after order."""

import pytest

from bidkit.conditions.start_after_order import StartAfterOrder
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def service(name: str = "s", days: int | None = 10):
    return make.service_(id=name, start_within_days=days)


@pytest.mark.parametrize(("days", "state", "margin"), [(11, State.NOT_MET, -1), (10, State.MET, 0), (9, State.MET, 1)])
def test_the_boundary(days, state, margin):
    verdict = make.judged(StartAfterOrder(working_days=10), make.offering(service(days=days)))
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "working_days"))


def test_it_explains_itself():
    verdict = make.judged(StartAfterOrder(working_days=10), make.offering(service(days=11)))
    assert make.said(verdict) == (
        "Työhönvalmennus starts within 11 working days of the order, 1 working day too late; "
        "allowed: at most 10 working days."
    )
    assert make.said(verdict, "fi") == (
        "Työhönvalmennus: tilauksesta aloitukseen enintään 11 työpäivää, 1 työpäivä liikaa; "
        "sallitaan enintään 10 työpäivää."
    )
    assert make.advised(verdict).startswith("Lower start_within_days of services.s in services.yaml")
    assert verdict.place.spot
    assert make.judged(StartAfterOrder(working_days=10), make.offering(service())).hint == ""


def test_what_is_not_told_is_never_met():
    verdict = make.judged(StartAfterOrder(working_days=10), make.offering(service("a", 5), service("b", None)))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "services.yaml")
    assert make.advised(verdict) == "Fill in start_within_days of services.b in services.yaml."
    assert make.said(verdict) == ("Työhönvalmennus does not tell how soon it starts; allowed: at most 10 working days.")


def test_the_slowest_service_of_all_members_decides():
    offered = make.offering(service("a", 5), service("b", 15), apart=True)
    verdict = make.judged(StartAfterOrder(working_days=10), offered)
    assert (verdict.state, verdict.found) == (State.NOT_MET, Measure(15, "working_days"))
    assert make.judged(StartAfterOrder(working_days=10), offered, lots=()).state is State.NOT_APPLICABLE
