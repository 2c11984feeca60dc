"""How much of the price subcontractors get, against the most that the tender allows.

Everybody who does not sign the contract is a subcontractor to the buyer: in a group whoever is not a member, else
everybody but the lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction

from bidkit.consortium.roles import parties
from bidkit.diagnostics import Finding, Measure, Place
from bidkit.messages import consortium as say
from bidkit.record import record
from bidkit.stages import PricedBid, PricedLot

CENT = Decimal("0.01")


@record(frozen=True)
class Subcontracted:
    """Euros a year without VAT by subcontractor, and the price they are a part of. ``places`` say where it is told."""

    money: dict[str, Fraction]
    net: Decimal
    places: dict[str, Place]

    @property
    def percent(self) -> Fraction:
        """The exact share of the price, per cent."""
        return sum(self.money.values(), Fraction()) * 100 / Fraction(self.net)

    def percent_of(self, member: str) -> Decimal:
        """Return the share of one of them, per cent with two decimals."""
        return _decimal(self.money.get(member, Fraction()) * 100 / Fraction(self.net), ROUND_HALF_UP)


def subcontracted(priced: PricedBid) -> Subcontracted | None:
    """Return what subcontractors get; None if there is no price to share.

    Of a lot with agreed shares of money those count, of another the lines by the owner of their service. A small
    member of an umbrella without an agreed share gets the compensation that its form tells.
    """
    if priced.net <= 0:
        return None
    dossier, own = priced.bid.dossier, parties(priced.bid.dossier)
    money: dict[str, Fraction] = {}
    places: dict[str, Place] = {}
    for lot in priced.lots:
        for member, amount, place in _parts(priced, lot):
            if member not in own:
                money[member] = money.get(member, Fraction()) + amount
                places.setdefault(member, place)
    for one in dossier.light_member:
        if one.id not in own and one.id not in money and one.compensation:
            money[one.id], places[one.id] = Fraction(one.compensation), one.at.of("compensation")
    return Subcontracted(money, priced.net, places)


def _parts(priced: PricedBid, lot: PricedLot) -> Iterator[tuple[str, Fraction, Place]]:
    agreed = [one for one in priced.bid.dossier.shares if one.lot == lot.bid.lot.id]
    for one in agreed:
        yield one.member, Fraction(lot.net) * Fraction(one.money) / 100, one.at.of("money")
    for line in () if agreed else lot.lines:
        yield line.bid.offered.member.organisation.id, Fraction(line.net), line.bid.price.at


def findings(priced: PricedBid) -> Iterator[Finding]:
    """Find that subcontractors get more of the price than the tender allows."""
    joint = priced.bid.dossier.consortium
    if joint is None or joint.subcontracting_limit is None:
        return
    found, limit = subcontracted(priced), joint.subcontracting_limit
    if found is None or found.percent <= Fraction(limit):
        return
    largest = max(found.money, key=lambda member: found.money[member])
    percent = _decimal(found.percent, ROUND_CEILING)  # never the same figure as the limit that it exceeds
    yield say.SUBCONTRACTED_TOO_MUCH.at(
        found.places[largest],
        found=Measure(percent, "percent"),
        limit=Measure(limit, "percent"),
        excess=Measure(percent - limit, "percent"),
        subcontractors=tuple(found.money),
    )


def _decimal(value: Fraction, rounding: str) -> Decimal:
    """Return a share with two decimals."""
    hundredths = (Decimal(value.numerator) * 100 / Decimal(value.denominator)).to_integral_value(rounding)
    return (hundredths / 100).quantize(CENT)
