"""Condition 18: maximum of lots."""

import pytest

from bidkit.conditions.maximum_lots import MaximumLots
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


@pytest.mark.parametrize(("offered", "state", "margin"), [(4, State.NOT_MET, -1), (3, State.MET, 0), (2, State.MET, 1)])
def test_the_boundary(offered, state, margin):
    verdict = make.judged(MaximumLots(lots=3), make.offering(lots=offered))
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "lots"))


def test_it_explains_itself():
    verdict = make.judged(MaximumLots(lots=1), make.offering(lots=3))
    assert make.said(verdict) == "We offer 3 lots (numbers 1, 2, 3), 2 lots too many; allowed: at most 1 lot."
    assert make.said(verdict, "fi") == (
        "Tarjoamme 3 osa-aluetta (numerot 1, 2, 3), 2 osa-aluetta liikaa; sallitaan enintään 1 osa-alue."
    )
    assert make.advised(verdict) == "Leave lots out of lot_offers, at least so many: 2 lots."
    assert verdict.rows == ("lot_offers.osa1", "lot_offers.osa2", "lot_offers.osa3")
    assert make.judged(MaximumLots(lots=3), make.offering(lots=3)).hint == ""


def ranked(*preference: str):
    return make.offering(lots=3, basics=make.bid_basics(lot_preference=list(preference)))


@pytest.mark.parametrize("limit", [2, 3, 4])
def test_more_lots_than_can_be_won_need_an_order(limit):
    kind = MaximumLots(lots=limit, limit="awarded")
    expected = State.CANNOT_TELL if limit < 3 else State.MET
    assert make.judged(kind, ranked("osa2", "osa1")).state is expected
    assert make.judged(kind, ranked("osa2", "osa1", "osa3")).state is State.MET


def test_the_order_is_told():
    kind = MaximumLots(lots=2, limit="awarded")
    verdict = make.judged(kind, ranked("osa2", "osa1"))
    assert make.said(verdict) == (
        "We offer 3 lots and can win at most 2 lots, but the order of preference lacks lot 3."
    )
    assert (verdict.place.file, "lot_preference in bid.yaml" in make.advised(verdict)) == ("bid.yaml", True)
    verdict = make.judged(kind, ranked("osa2", "osa1", "osa3"))
    assert make.said(verdict) == ("We offer 3 lots and can win at most 2 lots; our order of preference is 2, 1, 3.")


def test_only_the_lots_in_scope_are_counted():
    assert make.judged(MaximumLots(lots=1), make.offering(lots=3), lots=(1,)).state is State.MET
    assert make.judged(MaximumLots(lots=1), make.offering(lots=3), lots=()).state is State.NOT_APPLICABLE
