"""Condition 1: unit price ceiling."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bidkit.conditions.price_ceiling import PriceCeiling
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def bid(*prices: str, decimals: int = 2, **line):
    lines = tuple(
        (
            make.price_line(id=f"h{n}", number=f"1.{n}", decimals=decimals, **line),
            make.price(line=f"h{n}", unit_price=p),
        )
        for n, p in enumerate(prices, 1)
    )
    return make.priced_bid(lots=((make.lot(), make.offer(), lines),))


def unknown_vat(priced):
    """Return the bid with the VAT of its first line undecided."""
    lot = priced.lots[0]
    lines = (replace(lot.lines[0], vat_rate=None), *lot.lines[1:])
    return replace(priced, lots=(replace(lot, lines=lines), *priced.lots[1:]))


@pytest.mark.parametrize(
    ("price", "state", "margin"),
    [("75,01", State.NOT_MET, "-0.01"), ("75", State.MET, "0"), ("74,99", State.MET, "0.01")],
)
def test_the_boundary(price, state, margin):
    verdict = make.judged(PriceCeiling(ceiling="75"), bid(price))
    assert (verdict.state, verdict.margin) == (state, Measure(Decimal(margin), "EUR/hour"))


@pytest.mark.parametrize(("price", "state"), [("59,77", State.NOT_MET), ("59,76", State.MET), ("59,75", State.MET)])
def test_a_ceiling_with_vat_is_compared_with_the_printed_price(price, state):
    # 59,76 × 1,255 = 74,9988, printed 75,00; 59,77 × 1,255 = 75,01135, printed 75,01
    assert make.judged(PriceCeiling(ceiling="75", basis="included"), bid(price)).state is state


def test_the_tightest_line_decides_and_is_named():
    verdict = make.judged(PriceCeiling(ceiling="75"), bid("60", "76", "75"))
    assert verdict.state is State.NOT_MET
    assert make.said(verdict) == (
        "The price of line 1.2 is 76.00 €/h without VAT, 1.00 €/h too high; allowed: at most 75.00 €/h."
    )
    assert make.said(verdict, "fi") == (
        "Rivin 1.2 hinta on 76,00 €/h ilman arvonlisäveroa, 1,00 €/h liian korkea; sallitaan enintään 75,00 €/h."
    )
    assert make.advised(verdict).startswith("Lower the price of line 1.2 in prices.yaml")
    assert str(verdict.place) == "prices.yaml:5:3"
    assert verdict.rows == ("prices.h1", "prices.h2", "prices.h3")


def test_met_names_the_line_closest_to_the_limit():
    verdict = make.judged(PriceCeiling(ceiling="75"), bid("60", "70"))
    assert (verdict.state, verdict.hint) == (State.MET, "")
    assert make.said(verdict) == "The price of line 1.2 is 70.00 €/h without VAT; allowed: at most 75.00 €/h."


def test_only_the_lines_named_count():
    assert make.judged(PriceCeiling(ceiling="75", lines=["h1"]), bid("60", "90")).state is State.MET


def test_a_line_that_does_not_exist_is_never_met():
    verdict = make.judged(PriceCeiling(ceiling="75", lines=["h1", "h9"]), bid("60"))
    assert verdict.state is State.CANNOT_TELL
    assert "names price line h9" in make.said(verdict)
    assert verdict.place.file == "conditions.yaml"


def test_a_line_without_a_price_is_never_met():
    missing = make.price_line(id="h7", number="1.7")
    verdict = make.judged(PriceCeiling(ceiling="75"), make.priced_bid(missing_lines=(missing,)))
    assert verdict.state is State.CANNOT_TELL
    assert make.said(verdict, "fi") == "Hintarivillä 1.7 ei ole hintaa."
    assert make.advised(verdict) == "Add a price for line h7 to prices."
    assert verdict.place == missing.at


def test_a_price_too_high_outweighs_a_price_that_is_missing():
    priced = make.priced_bid(missing_lines=(make.price_line(id="h7"),))
    assert make.judged(PriceCeiling(ceiling="50"), priced).state is State.NOT_MET


def test_undecided_vat_cannot_be_compared_on_the_other_basis():
    verdict = make.judged(PriceCeiling(ceiling="75", basis="included"), unknown_vat(bid("10")))
    assert verdict.state is State.CANNOT_TELL
    assert make.advised(verdict) == "Fill in vat.status of prices.h1 in prices.yaml."
    assert make.judged(PriceCeiling(ceiling="75"), unknown_vat(bid("10"))).state is State.MET


def test_only_the_lots_in_scope_are_judged():
    offered = make.offering(lots=2)
    assert make.judged(PriceCeiling(ceiling="75", lines=["h2"]), offered, lots=(1,)).state is State.MET
    assert make.judged(PriceCeiling(ceiling="75", lines=["h2"]), offered, lots=(0,)).state is State.CANNOT_TELL


def test_it_does_not_concern_a_bid_without_its_lots():
    assert make.judged(PriceCeiling(ceiling="75"), bid("90"), lots=()).state is State.NOT_APPLICABLE


@pytest.mark.parametrize(("decimals", "found"), [(2, "74.99"), (3, "74.986"), (4, "74.9863")])
def test_a_price_with_vat_has_the_decimals_of_its_line(decimals, found):
    # 59,75 × 1,255 = 74,98625
    verdict = make.judged(PriceCeiling(ceiling="75", basis="included"), bid("59,75", decimals=decimals))
    assert verdict.found == Measure(Decimal(found), "EUR/hour")
