"""Volume flexibility: the buyer may change the quantity by so many per cent."""

from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._capacity import FIELDS, Per, promised
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Amount, Count, Share
from bidkit.stages import PricedBid, Scope, Verdict

# What a price line sells → how a capacity counts it. Other units say nothing about clients.
_COUNTED: dict[str, Per] = {"client_day": "client_days_year", "client": "year", "start": "year"}


class VolumeFlexibility(Kind):
    """The buyer may change the quantity by so many per cent either way, and the bidder must be able to follow.

    The tender says it like this: “Tilaaja voi muuttaa määrää ±20 %” or “Tilaaja ei sitoudu määriin;
    määrät voivat ylittyä 20 prosentilla”.

    bidkit works out the range, from quantity × (1 – x) to quantity × (1 + x), and compares the capacity promised to
    the lot with its upper end: 3 840 client-days ± 20 % are 3 072–4 608, so 4 608 are needed. Capacities of
    the members add up, and what other lots use is not counted.

    The quantity is the parameter `quantity`. Without it bidkit adds up the quantities of the lot's price lines,
    if they are counted in clients, starts or client-days.

    If it is not met, raise the capacity or agree with a partner. The lower end costs money, not capacity: look
    at the what-if for 60–120 % in the internal cost workbook.

    Example: `kind: volume_flexibility`, `parameters: {percent: "20 %", quantity: "3 840", per:
    client_days_year, days_year: 240}`.
    """

    number: ClassVar[int] = 7
    title: ClassVar[str] = N_("Volume flexibility")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "service"
    each_lot: ClassVar[bool] = True

    percent: Share = Field(
        title=N_("Change in per cent"), description=N_("Change that the buyer may make, per cent up and down")
    )
    quantity: Amount | None = Field(
        default=None,
        title=N_("Quantity"),
        description=N_("Estimated quantity; without it the quantities of the price lines count"),
    )
    per: Per | None = Field(
        default=None,
        title=N_("Counted per"),
        description=N_("What the quantity counts: day, month, year, client_days_year, at_once; needed with quantity"),
    )
    days_year: Count | None = Field(
        default=None,
        title=N_("Service days a year"),
        description=N_("Service days a year, to turn clients a day into client-days"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare the capacity promised with the upper end of the range."""
        if nothing := self.nothing_offered(scope):
            return nothing
        estimate = self._estimate(bid, scope)
        if isinstance(estimate, Verdict):
            return estimate
        quantity, per = estimate
        unit = FIELDS[per][1]
        promise = promised(self, bid, scope, per, self.days_year)
        if isinstance(promise, Verdict):
            return promise
        return self.at_least(
            promise.total,
            quantity * (100 + self.percent) / 100,
            unit,
            met=N_(
                "We can serve {found}. The quantity is {quantity} ± {percent}, "
                "from {lowest} to {required}; we can follow to the upper end."
            ),
            not_met=N_(
                "We can serve {found}. The quantity is {quantity} ± {percent}, "
                "from {lowest} to {required}; we are {margin} short."
            ),
            hint=N_("Raise the capacity in {file}, or add staff or a partner that can serve more."),
            rows=promise.rows,
            places=promise.places,
            place=promise.places[0],
            quantity=Measure(quantity, unit),
            percent=Measure(self.percent, "percent"),
            lowest=Measure(quantity * (100 - self.percent) / 100, unit),
        )

    def _estimate(self, bid: PricedBid, scope: Scope) -> tuple[Decimal, Per] | Verdict:
        """Return the quantity and what it counts, from the parameters or the price lines."""
        if self.quantity is not None and self.per is not None:
            return self.quantity, self.per
        lots = {lot.bid.lot.id for lot in scope.lots}
        counted = [x for x in bid.bid.dossier.price_lines if x.lot in lots and x.unit in _COUNTED]
        ways = {_COUNTED[x.unit] for x in counted}
        if self.quantity is not None or len(ways) != 1:
            return self._no_quantity(scope)
        for line in counted:
            if line.quantity is None:
                return self.missing(
                    N_("Price line {line} has no estimated quantity to change by {percent}."),
                    row=f"price_lines.{line.id}",
                    field="quantity",
                    place=line.at.of("quantity"),
                    line=line.number,
                    percent=Measure(self.percent, "percent"),
                )
        return sum((x.quantity for x in counted if x.quantity is not None), Decimal(0)), ways.pop()

    def _no_quantity(self, scope: Scope) -> Verdict:
        """Return that the quantity, or what it counts, is not known: the two belong together."""
        told = N_(
            "The estimated quantity is not known: the price lines do not count clients. Needed: {one} and {field}."
        )
        if self.quantity is not None:
            told = N_("The quantity {quantity} is given, but not what it counts. Needed beside it: {field}.")
        return self.cannot_tell(
            told,
            hint=N_("Fill in {@conditions.parameters} of condition {condition} in {file}."),
            place=scope.condition.at.of("parameters"),
            quantity=self.quantity,
            field=self.parameter("per"),
            one=self.parameter("quantity"),
            condition=scope.condition.id,
        )
