"""Condition 6: minimum capacity."""

from decimal import Decimal

import pytest

from bidkit.conditions.minimum_capacity import MinimumCapacity
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def judge(*capacities: int | None, clients: int = 16):
    """Judge a group whose members each offer one service of that capacity."""
    services = [
        make.service_(id=f"s{n}", capacity={"clients_per_day": c} if c is not None else {})
        for n, c in enumerate(capacities)
    ]
    return make.judged(MinimumCapacity(clients=clients, per="day"), make.offering(*services, apart=True))


def shared(whole: int | None, *parts: int | None):
    """Return a bid with one service in as many lots as ``parts``; None leaves a lot without a part."""
    offers = tuple(
        (
            make.lot(id=f"osa{n}", number=str(n)),
            make.offer(
                lot=f"osa{n}",
                capacity=[] if part is None else [{"service": "valmennus", "clients_per_day": part}],
            ),
            ((make.price_line(id=f"h{n}", lot=f"osa{n}"), make.price(line=f"h{n}")),),
        )
        for n, part in enumerate(parts, 1)
    )
    capacity = {} if whole is None else {"clients_per_day": whole}
    return make.offering(make.service_(capacity=capacity), offers=offers)


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
    assert judge(8, 5, 4).rows == ("services.s0", "services.s1", "services.s2")
    assert judge(8, 5).state is State.NOT_MET


def test_a_missing_capacity_is_never_met():
    verdict = judge(20, None)
    assert verdict.state is State.CANNOT_TELL
    assert verdict.place.file == "services.yaml"
    assert make.advised(verdict) == "Fill in capacity.clients_per_day of services.s1 in services.yaml."


def test_it_says_so_in_finnish_and_english():
    verdict = judge(15)
    text = "Voimme palvella 15 asiakasta/pv, 1 asiakas/pv liian vähän; vaaditaan vähintään 16 asiakasta/pv."
    assert make.said(verdict, "fi") == text
    assert make.said(verdict) == (
        "We can serve 15 clients/day, 1 client/day too few; at least 16 clients/day are required."
    )
    assert "services.yaml" in make.advised(verdict)


@pytest.mark.parametrize(("clients", "state"), [(3841, State.NOT_MET), (3840, State.MET), (3839, State.MET)])
def test_sixteen_a_day_are_3840_client_days(clients, state):
    offered = make.offering(make.service_(capacity={"clients_per_day": 16}))
    kind = MinimumCapacity(clients=clients, per="client_days_year", days_year=240)
    verdict = make.judged(kind, offered)
    assert verdict.state is state
    assert verdict.found == Measure(Decimal(3840), "client_days/year")
    without_days = MinimumCapacity(clients=clients, per="client_days_year")
    assert make.judged(without_days, offered).state is State.CANNOT_TELL


def test_client_days_that_are_told_come_first():
    offered = make.offering(make.service_(capacity={"clients_per_day": 16, "client_days_per_year": 3000}))
    kind = MinimumCapacity(clients=3840, per="client_days_year", days_year=240)
    assert make.judged(kind, offered).found == Measure(Decimal(3000), "client_days/year")


def test_a_service_in_several_lots_must_be_divided():
    verdict = make.judged(MinimumCapacity(clients=16), shared(20, None, None), lots=(0,))
    assert verdict.state is State.CANNOT_TELL
    assert make.said(verdict) == (
        "Työhönvalmennus is offered in lots 1, 2, and its capacity is not divided between them."
    )
    assert make.advised(verdict) == (
        "Write into lot_offers.yaml how much of services.valmennus (clients_per_day) is promised to lot 1."
    )
    assert make.judged(MinimumCapacity(clients=16), shared(40, 20, None), lots=(0,)).state is State.CANNOT_TELL


@pytest.mark.parametrize(("part", "state"), [(15, State.NOT_MET), (16, State.MET), (17, State.MET)])
def test_each_lot_is_judged_by_its_part(part, state):
    verdict = make.judged(MinimumCapacity(clients=16), shared(40, part, 16), lots=(0,))
    assert verdict.state is state
    assert verdict.place.file == "lot_offers.yaml"


@pytest.mark.parametrize(("whole", "state"), [(31, State.NOT_MET), (32, State.MET), (33, State.MET)])
def test_nothing_is_promised_twice(whole, state):
    verdict = make.judged(MinimumCapacity(clients=16), shared(whole, 16, 16), lots=(0,))
    assert verdict.state is state
    assert verdict.found == Measure(Decimal(32 if state is State.NOT_MET else 16), "clients/day")


def test_a_double_promise_says_how_much_is_too_much():
    verdict = make.judged(MinimumCapacity(clients=16), shared(31, 16, 16), lots=(1,))
    assert make.said(verdict) == (
        "Työhönvalmennus promises 32 clients/day to its lots, "
        "1 client/day more than its whole capacity of 31 clients/day."
    )


def test_parts_of_a_whole_that_is_not_told_cannot_be_trusted():
    assert make.judged(MinimumCapacity(clients=16), shared(None, 16, 16), lots=(0,)).state is State.CANNOT_TELL


def test_lots_judged_together_count_a_service_once():
    verdict = make.judged(MinimumCapacity(clients=16), shared(20, None, None))
    assert verdict.found == Measure(Decimal(20), "clients/day")


def test_no_lot_and_no_service():
    offered = make.offering()
    assert make.judged(MinimumCapacity(clients=16), offered, lots=()).state is State.NOT_APPLICABLE
    empty = make.offering(offers=((make.lot(), make.offer(services=[]), ()),))
    verdict = make.judged(MinimumCapacity(clients=16), empty)
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "lot_offers.yaml")
