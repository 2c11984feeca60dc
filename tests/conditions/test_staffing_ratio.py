"""Condition 9: staffing ratio."""

from decimal import Decimal

import pytest

from bidkit.conditions.staffing_ratio import StaffingRatio
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def service(name: str = "a", declared: int | None = None, clients: int | None = None):
    return make.service_(id=name, clients_per_coach=declared, capacity={} if clients is None else {"clients": clients})


def coaches(n: int, *services: str, role: str = "coach"):
    return tuple(make.staff(id=f"v{k}", roles=[role], services=list(services)) for k in range(n))


@pytest.mark.parametrize(
    ("declared", "state", "margin"), [(26, State.NOT_MET, -1), (25, State.MET, 0), (24, State.MET, 1)]
)
def test_the_boundary_of_what_is_told(declared, state, margin):
    verdict = make.judged(StaffingRatio(clients=25), make.offering(service(declared=declared)))
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "clients/coach"))


@pytest.mark.parametrize(
    ("clients", "state", "margin"),
    [(51, State.NOT_MET, "-0.5"), (50, State.MET, "0.0"), (49, State.MET, "0.5")],
)
def test_the_boundary_of_what_is_counted(clients, state, margin):
    offered = make.offering(service(clients=clients), staff=coaches(2))
    verdict = make.judged(StaffingRatio(clients=25), offered)
    assert (verdict.state, verdict.margin) == (state, Measure(Decimal(margin), "clients/coach"))


def test_rounding_never_hides_a_client():
    offered = make.offering(service(clients=76), staff=coaches(3))  # 25.33…
    assert make.judged(StaffingRatio(clients=25), offered).found == Measure(Decimal("25.4"), "clients/coach")


def test_a_coach_of_two_services_is_not_promised_twice():
    both = coaches(1, "a", "b")
    verdict = make.judged(
        StaffingRatio(clients=25), make.offering(service("a", 20, 20), service("b", 20, 20), staff=both)
    )
    assert verdict.state is State.NOT_MET
    assert verdict.found == Measure(Decimal(40), "clients/coach")
    assert verdict.rows == ("services.a", "services.b", "staff.v0")


def test_a_coach_of_another_lot_is_not_promised_twice():
    offers = tuple((make.lot(id=f"osa{s}", number=s), make.offer(lot=f"osa{s}", services=[s]), ()) for s in ("a", "b"))
    services = (service("a", None, 20), service("b", None, 20))
    offered = make.offering(*services, offers=offers, staff=coaches(1, "a", "b"))
    assert make.judged(StaffingRatio(clients=25), offered, lots=(0,)).state is State.NOT_MET
    apart = make.offering(*services, offers=offers, staff=coaches(1, "a"))
    assert make.judged(StaffingRatio(clients=25), apart, lots=(0,)).state is State.MET


def test_it_explains_the_count():
    verdict = make.judged(StaffingRatio(clients=25), make.offering(service(clients=60), staff=coaches(2)))
    assert make.said(verdict) == (
        "Työhönvalmennus: clients at one time 60, coaches named 2; "
        "that is 30 clients per coach, 5 clients per coach too many; allowed: at most 25 clients per coach."
    )
    assert make.said(verdict, "fi") == (
        "Työhönvalmennus: asiakkaita yhtä aikaa 60, nimettyjä valmentajia 2 eli 30 asiakasta valmentajaa kohden, "
        "5 asiakasta valmentajaa kohden liikaa; sallitaan enintään 25 asiakasta valmentajaa kohden."
    )
    assert "role coach in staff" in make.advised(verdict)


def test_only_the_role_asked_for_is_counted():
    offered = make.offering(service(clients=50), staff=coaches(2, role="counsellor"))
    assert make.judged(StaffingRatio(clients=25), offered).state is State.CANNOT_TELL
    assert make.judged(StaffingRatio(clients=25, role="counsellor"), offered).state is State.MET


def test_nothing_told_is_never_met():
    verdict = make.judged(StaffingRatio(clients=25), make.offering(service(), staff=coaches(2)))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "services.yaml")
    assert make.said(verdict) == (
        "Työhönvalmennus does not tell how many clients a coach has; allowed: at most 25 clients per coach."
    )
    assert make.advised(verdict) == "Fill in clients_per_coach of services.a in services.yaml."


def test_every_member_must_meet_it():
    offered = make.offering(service("a", 20), service("b", 26), apart=True)
    assert make.judged(StaffingRatio(clients=25), offered).state is State.NOT_MET
    assert make.judged(StaffingRatio(clients=26), offered).state is State.MET
    assert make.judged(StaffingRatio(clients=25), offered, lots=()).state is State.NOT_APPLICABLE


def test_people_of_two_members_with_one_id_are_two_people():
    members = tuple(
        make.member(organisation=make.organisation_(id=f"m{n}"), services=(service(n, None, 25),), staff=coaches(1, n))
        for n in ("a", "b")
    )
    offered = make.priced_bid(members=members, lots=((make.lot(), make.offer(services=["a", "b"]), ()),))
    assert make.judged(StaffingRatio(clients=25), offered).state is State.MET
