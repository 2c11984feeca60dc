"""Condition 6: minimum capacity."""

import pytest

from bidkit.conditions.minimum_capacity import MinimumCapacity
from bidkit.diagnostics import Measure
from bidkit.i18n import Translator
from bidkit.stages import State
from tests import make


def judge(*capacities: int | None, clients: int = 16) -> object:
    members = tuple(
        make.member(
            organisation=make.organisation_(id=f"m{n}"),
            services=(make.service_(id=f"s{n}", capacity={"clients_per_day": c} if c is not None else {}),),
        )
        for n, c in enumerate(capacities)
    )
    services = [f"s{n}" for n in range(len(capacities))]
    line = (make.price_line(), make.price(service="s0"))
    bid = make.priced_bid(members=members, lots=((make.lot(), make.offer(services=services), (line,)),))
    return MinimumCapacity(clients=clients, per="day").judge(bid, make.scope(bid, make.condition("minimum_capacity")))


@pytest.mark.parametrize(
    ("capacity", "state", "margin"),
    [(15, State.NOT_MET, -1), (16, State.MET, 0), (17, State.MET, 1)],
)
def test_the_boundary(capacity, state, margin):
    verdict = judge(capacity)
    assert verdict.state is state
    assert verdict.margin == Measure(margin, "clients/day")


def test_members_add_up():
    assert judge(8, 5, 4).state is State.MET
    assert judge(8, 5).state is State.NOT_MET


def test_a_missing_capacity_is_never_met():
    verdict = judge(20, None)
    assert verdict.state is State.CANNOT_TELL
    assert verdict.place.file == "services.yaml"


def test_it_says_so_in_finnish():
    verdict = judge(15)
    text = Translator("fi", ("common", "conditions_a")).text(verdict.message, **verdict.facts)
    assert text == "Voimme palvella 15 asiakasta/pv, 1 asiakas/pv liian vähän; vaaditaan vähintään 16 asiakasta/pv."
