"""Condition 3: VAT basis."""

from dataclasses import replace

import pytest

from bidkit.conditions.vat_basis import VatBasis
from bidkit.stages import State
from tests import make


def bid(*bases: str):
    lines = tuple(
        (make.price_line(id=f"h{n}", number=f"1.{n}", vat_basis=basis), make.price(line=f"h{n}"))
        for n, basis in enumerate(bases, 1)
    )
    return make.priced_bid(lots=((make.lot(), make.offer(), lines),))


@pytest.mark.parametrize(
    ("asked", "given", "state"),
    [
        ("excluded", ("excluded",), State.MET),
        ("excluded", ("included",), State.NOT_MET),
        ("included", ("included",), State.MET),
        ("included", ("excluded",), State.NOT_MET),
        ("excluded", ("excluded", "included"), State.NOT_MET),
    ],
)
def test_truth_table(asked, given, state):
    assert make.judged(VatBasis(basis=asked), bid(*given)).state is state


def test_it_names_the_line_and_the_way_out():
    verdict = make.judged(VatBasis(basis="excluded"), bid("excluded", "included"))
    assert make.said(verdict) == "The price of line 1.2 is given with VAT; prices are asked without VAT."
    assert make.said(verdict, "fi") == (
        "Rivin 1.2 hinta annetaan arvonlisäveron kanssa; hinnat pyydetään ilman arvonlisäveroa."
    )
    assert make.advised(verdict) == "Correct vat_basis of price line 1.2 in price_lines.yaml."
    assert (verdict.place.file, verdict.rows) == ("price_lines.yaml", ("prices.h1", "prices.h2"))


def test_it_is_silent_when_all_is_well():
    verdict = make.judged(VatBasis(basis="excluded"), bid("excluded", "excluded"))
    assert (verdict.state, verdict.hint) == (State.MET, "")
    assert make.said(verdict) == "Every price is given without VAT, as asked."


def test_a_price_of_undecided_vat_cannot_contain_it():
    priced = bid("included")
    lot = priced.lots[0]
    priced = replace(priced, lots=(replace(lot, lines=(replace(lot.lines[0], vat_rate=None),)),))
    verdict = make.judged(VatBasis(basis="included"), priced)
    assert verdict.state is State.CANNOT_TELL
    assert make.said(verdict) == "The VAT of price line 1.1 is not decided, so its price cannot contain VAT."
    assert verdict.place.file == "prices.yaml"
    assert make.advised(verdict) == "Fill in vat.status of prices.h1 in prices.yaml."


def test_a_line_without_a_price_is_never_met():
    priced = make.priced_bid(missing_lines=(make.price_line(id="h7"),))
    assert make.judged(VatBasis(basis="excluded"), priced).state is State.CANNOT_TELL


def test_only_the_lots_in_scope_are_judged():
    offered = make.offering(lots=2)
    assert make.judged(VatBasis(basis="excluded"), offered, lots=(1,)).rows == ("prices.h2",)
    assert make.judged(VatBasis(basis="excluded"), offered, lots=()).state is State.NOT_APPLICABLE
