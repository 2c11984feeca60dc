"""Condition 8: group size."""

import pytest

from bidkit.conditions.group_size import GroupSize
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def service(name: str = "s", **dose):
    return make.service_(id=name, dose={"hours": "16", "weeks": "16", **dose})


@pytest.mark.parametrize(
    ("smallest", "largest", "state", "margin"),
    [
        (5, 12, State.NOT_MET, -1),
        (6, 12, State.MET, 0),
        (7, 12, State.MET, 0),
        (7, 11, State.MET, 1),
        (6, 13, State.NOT_MET, -1),
    ],
)
def test_the_boundaries(smallest, largest, state, margin):
    offered = make.offering(service(group_min=smallest, group_max=largest))
    verdict = make.judged(GroupSize(minimum=6, maximum=12), offered)
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "persons"))


def test_it_names_the_service_and_both_values():
    offered = make.offering(service("a", group_min=6, group_max=12), service("b", group_min=6, group_max=14))
    verdict = make.judged(GroupSize(maximum=12), offered)
    assert make.said(verdict) == (
        "The largest group of Työhönvalmennus is 14 persons, 2 persons too many; allowed: at most 12 persons."
    )
    assert make.said(verdict, "fi") == (
        "Työhönvalmennus: suurin ryhmä on 14 henkilöä, 2 henkilöä liikaa; sallitaan enintään 12 henkilöä."
    )
    assert make.advised(verdict) == "Lower dose.group_max of services.b in services.yaml."
    assert verdict.rows == ("services.a", "services.b")


@pytest.mark.parametrize(("limits", "field"), [({"minimum": 6}, "group_min"), ({"maximum": 12}, "group_max")])
def test_a_missing_size_is_never_met(limits, field):
    verdict = make.judged(GroupSize(**limits), make.offering(service()))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "services.yaml")
    assert make.advised(verdict) == f"Fill in dose.{field} of services.s in services.yaml."


def test_only_the_limit_given_counts():
    assert make.judged(GroupSize(minimum=6), make.offering(service(group_min=6))).state is State.MET


def test_individual_services_have_no_groups():
    alone = service("a", individual_hours="16")
    assert make.judged(GroupSize(maximum=12), make.offering(alone)).state is State.NOT_APPLICABLE
    mixed = make.offering(alone, service("b", group_max=12))
    assert make.judged(GroupSize(maximum=12), mixed).state is State.MET


def test_every_member_must_meet_it():
    offered = make.offering(service("a", group_max=12), service("b", group_max=13), apart=True)
    assert make.judged(GroupSize(maximum=12), offered).state is State.NOT_MET


def test_a_condition_without_limits_cannot_be_judged():
    verdict = make.judged(GroupSize(), make.offering(service(group_max=12)))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "conditions.yaml")
    assert make.advised(verdict) == "Fill in parameters of condition v1 in conditions.yaml."
