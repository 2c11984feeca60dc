"""Condition 7: volume flexibility."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bidkit.conditions.volume_flexibility import VolumeFlexibility
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def kind(**given):
    return VolumeFlexibility(**({"percent": "20 %", "quantity": "3 840", "per": "client_days_year"} | given))


def bid(*capacities: int | None):
    services = [
        make.service_(id=f"s{n}", capacity={} if c is None else {"client_days_per_year": c})
        for n, c in enumerate(capacities)
    ]
    return make.offering(*services, apart=True)


def with_line(**line):
    offers = ((make.lot(), make.offer(), ((make.price_line(**line), make.price()),)),)
    return make.offering(make.service_(capacity={"client_days_per_year": 4608}), offers=offers)


@pytest.mark.parametrize(
    ("capacity", "state", "margin"),
    [(4607, State.NOT_MET, -1), (4608, State.MET, 0), (4609, State.MET, 1)],
)
def test_the_boundary(capacity, state, margin):
    verdict = make.judged(kind(), bid(capacity))
    assert (verdict.state, verdict.margin) == (state, Measure(Decimal(margin), "client_days/year"))
    assert verdict.required == Measure(Decimal(4608), "client_days/year")
    assert verdict.facts["lowest"] == Measure(Decimal(3072), "client_days/year")


def test_it_explains_the_range():
    verdict = make.judged(kind(), bid(4000))
    assert make.said(verdict) == (
        "We can serve 4,000 client-days/year. The quantity is 3,840 client-days/year ± 20 %, "
        "from 3,072 client-days/year to 4,608 client-days/year; we are 608 client-days/year short."
    )
    assert make.said(verdict, "fi") == (
        "Voimme palvella 4 000 asiakaspäivää/v. Määrä on 3 840 asiakaspäivää/v ± 20 % eli välillä "
        "3 072 asiakaspäivää/v – 4 608 asiakaspäivää/v; ylärajasta puuttuu 608 asiakaspäivää/v."
    )
    assert make.advised(verdict).startswith("Raise the capacity in services.yaml")
    assert make.judged(kind(), bid(4608)).hint == ""


def test_members_add_up_and_a_gap_is_never_met():
    assert make.judged(kind(), bid(4000, 608)).state is State.MET
    verdict = make.judged(kind(), bid(5000, None))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "services.yaml")


def test_the_quantity_comes_from_the_price_lines():
    verdict = make.judged(kind(quantity=None, per=None), with_line(unit="client_day", quantity="3 840"))
    assert (verdict.state, verdict.facts["quantity"]) == (State.MET, Measure(Decimal(3840), "client_days/year"))


def test_a_line_whose_price_could_not_be_worked_out_still_counts():
    priced = with_line(unit="client_day", quantity="3 840")
    unpriced = replace(priced, lots=(replace(priced.lots[0], lines=()),))
    verdict = make.judged(kind(quantity=None, per=None), unpriced)
    assert verdict.facts["quantity"] == Measure(Decimal(3840), "client_days/year")


def test_a_line_without_quantity_is_named():
    verdict = make.judged(kind(quantity=None, per=None), with_line(unit="client_day", quantity=None))
    assert verdict.state is State.CANNOT_TELL
    assert make.said(verdict) == "Price line 1.1 has no estimated quantity to change by 20 %."
    assert make.advised(verdict) == "Fill in quantity of price_lines.h1 in price_lines.yaml."


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"quantity": None, "per": None},
            "Arvioitua määrää ei tiedetä: hintarivit eivät laske asiakkaita. Tarvitaan sekä quantity että per.",
        ),
        ({"per": None}, "Määrä 3 840 on annettu, mutta ei sitä, mitä se laskee. Sen rinnalle tarvitaan per."),
    ],
    ids=["lines in hours", "quantity of what"],
)
def test_a_quantity_that_counts_nothing_known_cannot_be_told(given, told):
    verdict = make.judged(kind(**given), with_line(unit="hour"))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "conditions.yaml")
    assert make.said(verdict, "fi").replace("\xa0", " ") == told


def test_days_turn_clients_a_day_into_client_days():
    offered = make.offering(make.service_(capacity={"clients_per_day": 20}))
    assert make.judged(kind(days_year=240), offered).found == Measure(Decimal(4800), "client_days/year")


def test_what_another_lot_uses_is_not_counted():
    offered = make.offering(make.service_(capacity={"client_days_per_year": 9000}), lots=2)
    assert make.judged(kind(), offered, lots=(0,)).state is State.CANNOT_TELL
    assert make.judged(kind(), offered, lots=()).state is State.NOT_APPLICABLE
