"""Condition 5: no zero price."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bidkit.conditions.no_zero_price import NoZeroPrice
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def bid(*prices: str, strategy: str = "fixed"):
    lines = tuple(
        (
            make.price_line(id=f"h{n}", number=f"1.{n}", compared="ei"),
            make.price(line=f"h{n}", unit_price=p, strategy=strategy),
        )
        for n, p in enumerate(prices, 1)
    )
    return make.priced_bid(lots=((make.lot(), make.offer(), lines),))


@pytest.mark.parametrize(("price", "state"), [("-0,01", State.NOT_MET), ("0", State.NOT_MET), ("0,01", State.MET)])
def test_the_boundary(price, state):
    verdict = make.judged(NoZeroPrice(), bid("60", price))
    assert verdict.state is state
    assert verdict.margin == Measure(Decimal(price.replace(",", ".")), "EUR/hour")


def test_it_names_the_line():
    verdict = make.judged(NoZeroPrice(), bid("60", "0"))
    assert make.said(verdict) == "The price of line 1.2 is 0.00 €/h; it must be above zero."
    assert make.said(verdict, "fi") == "Rivin 1.2 hinta on 0,00 €/h; sen on oltava yli nollan."
    assert make.advised(verdict, "fi") == "Anna riville 1.2 nollaa suurempi hinta tiedostossa prices.yaml."
    assert str(verdict.place) == "prices.yaml:5:3"


def test_it_is_silent_when_all_is_well():
    verdict = make.judged(NoZeroPrice(), bid("60", "45"))
    assert (verdict.state, verdict.hint) == (State.MET, "")
    assert make.said(verdict) == "Every price is above zero; the lowest is 45.00 €/h (line 1.2)."


def test_a_line_without_a_price_is_never_met():
    missing = make.priced_bid(missing_lines=(make.price_line(id="h7"),))
    assert make.judged(NoZeroPrice(), missing).state is State.CANNOT_TELL
    assert make.judged(NoZeroPrice(), bid("0", strategy="not_offered")).state is State.CANNOT_TELL


def test_only_the_lots_in_scope_are_judged():
    offered = make.offering(lots=2)
    assert make.judged(NoZeroPrice(), offered, lots=(1,)).rows == ("prices.h2",)
    assert make.judged(NoZeroPrice(), offered, lots=()).state is State.NOT_APPLICABLE


def test_a_faulty_price_is_never_met():
    priced = bid("60", "45")
    lot = priced.lots[0]
    verdict = make.judged(NoZeroPrice(), replace(priced, lots=(replace(lot, lines=lot.lines[:1]),)))
    assert (verdict.state, str(verdict.place)) == (State.CANNOT_TELL, "prices.yaml:1:1")
    assert make.said(verdict) == "The price of line 1.2 could not be worked out."
