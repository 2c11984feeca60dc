"""Minimum capacity: how many clients the bidder must be able to serve at the least."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from bidkit.conditions._base import Aggregate, Kind
from bidkit.i18n import N_
from bidkit.model._base import Count
from bidkit.stages import PricedBid, PricedLot, Scope, Verdict

_FIELDS = {
    "day": ("clients_per_day", "clients/day"),
    "month": ("clients_per_month", "clients/month"),
    "year": ("clients_per_year", "clients/year"),
    "at_once": ("clients", "clients"),
}


class MinimumCapacity(Kind):
    """The bidder must be able to serve at least so many clients a day, a month, a year or at one time.

    Buyers ask for it so that no client has to queue. Members of a group add up: 8 + 5 + 4 clients a day meet
    a requirement of 16, 8 + 5 do not. What one service promises to several lots is divided between them in
    `lot_offers`, so that no place is promised twice.

    Example: `kind: minimum_capacity`, `parameters: {clients: 16, per: day}`. 16 clients a day is 3 840
    client-days a year of 240 days.
    """

    number: ClassVar[int] = 6
    title: ClassVar[str] = N_("Minimum capacity")
    aggregate: ClassVar[Aggregate] = "sum"
    each_lot: ClassVar[bool] = True

    clients: Count = Field(description=N_("Clients that must be served at the least"))
    per: Literal["day", "month", "year", "at_once"] = Field(
        default="day", description=N_("Per day, month, year or at once")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Add up the capacity promised to these lots."""
        name, unit = _FIELDS[self.per]
        total: Decimal | None = Decimal(0)
        rows, places = [], []
        for lot in scope.lots:
            for offered in lot.bid.services:
                part = promised(lot, offered.id, name)
                rows.append(f"services.{offered.id}")
                places.append(offered.service.capacity.at.of(name))
                total = None if total is None or part is None else total + part
        first = places[0] if places else scope.condition.at
        return self.at_least(
            total,
            self.clients,
            unit,
            met=N_("We can serve {found}; at least {required} are required."),
            not_met=N_("We can serve {found}, {margin} too few; at least {required} are required."),
            unknown=N_("A service of this lot does not tell its capacity; at least {required} are required."),
            hint=N_("Fill in the capacity of the service, or add staff or a partner that can serve more."),
            rows=rows,
            places=places,
            place=first,
        )


def promised(lot: PricedLot, service: str, field: str) -> Decimal | None:
    """Return what ``service`` promises to ``lot`` of its capacity ``field``; all of it if nothing is said."""
    offered = next(s for s in lot.bid.services if s.id == service)
    parts = [c for c in lot.bid.offer.capacity if c.service == service]
    value = getattr(parts[0] if parts else offered.service.capacity, field)
    return None if value is None else Decimal(value)
