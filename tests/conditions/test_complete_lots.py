"""Condition 17: complete lots."""

from dataclasses import replace

import pytest

from bidkit.conditions.complete_lots import CompleteLots
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def bid(missing: int = 0, strategy: str = "fixed"):
    lines = tuple(make.price_line(id=f"x{n}", number=f"1.{n}") for n in range(2, 2 + missing))
    priced = (make.price_line(), make.price(strategy=strategy))
    return make.priced_bid(lots=((make.lot(), make.offer(), (priced,)),), missing_lines=lines)


@pytest.mark.parametrize(("missing", "state"), [(0, State.MET), (1, State.NOT_MET), (2, State.NOT_MET)])
def test_the_boundary(missing, state):
    verdict = make.judged(CompleteLots(), bid(missing))
    assert (verdict.state, verdict.margin) == (state, Measure(-missing, "number"))


def test_it_names_the_missing_lines():
    verdict = make.judged(CompleteLots(), bid(2))
    assert make.said(verdict) == ("Not priced: line 1.2, 1.3. 1 of 3 price lines of the lots offered are priced.")
    assert make.said(verdict, "fi") == (
        "Hinnoittelematta: rivi 1.2, 1.3. Tarjottujen osa-alueiden hintariveistä on hinnoiteltu 1/3."
    )
    assert make.advised(verdict) == "Add a price for line x2, x3 to prices, or leave the lot out of lot_offers."
    assert verdict.place.file == "price_lines.yaml"


def test_it_is_silent_when_all_is_well():
    verdict = make.judged(CompleteLots(), bid())
    assert (verdict.state, verdict.hint, verdict.rows) == (State.MET, "", ("prices.h1",))
    assert make.said(verdict) == "Every price line of the lots offered is priced (1)."


def test_a_line_not_offered_is_not_priced():
    assert make.judged(CompleteLots(), bid(strategy="not_offered")).state is State.NOT_MET


def test_a_lot_without_lines_cannot_be_judged():
    verdict = make.judged(CompleteLots(), make.offering(offers=((make.lot(), make.offer(), ()),)))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "lots.yaml")


def stray(**dossier):
    priced = bid()
    offers = (*priced.bid.dossier.lot_offers, make.offer(lot="osa9"))
    changed = replace(priced.bid.dossier, lot_offers=offers, **dossier)
    return replace(priced, bid=replace(priced.bid, dossier=changed))


def test_a_lot_that_the_tender_does_not_have():
    verdict = make.judged(CompleteLots(), stray())
    assert verdict.state is State.NOT_MET
    assert make.said(verdict) == "Lot osa9 is offered, but the tender has the lots osa1."
    assert (str(verdict.place), make.advised(verdict)) == ("lot_offers.yaml:2:3", "Correct the lot in lot_offers.yaml.")


def test_a_lot_that_could_not_be_read_is_not_reported_again():
    assert make.judged(CompleteLots(), stray(set_aside={"lots": frozenset({"osa9"})})).state is State.MET
    assert make.judged(CompleteLots(), stray(incomplete=frozenset({"lots"}))).state is State.MET


def test_only_the_lots_in_scope_are_judged():
    assert make.judged(CompleteLots(), make.offering(lots=2), lots=(1,)).rows == ("prices.h2",)
    assert make.judged(CompleteLots(), bid(1), lots=()).state is State.NOT_APPLICABLE


def faulty():
    """Return a bid whose only line has a price that could not be worked out."""
    priced = bid()
    return replace(priced, lots=(replace(priced.lots[0], lines=()),))


def test_a_faulty_price_is_never_met():
    verdict = make.judged(CompleteLots(), faulty())
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "prices.yaml")
    assert make.said(verdict, "fi") == "Rivin 1.1 hintaa ei voitu laskea."
