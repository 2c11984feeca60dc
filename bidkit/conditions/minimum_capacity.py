"""Minimum capacity: how many clients the bidder must be able to serve at the least."""

from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._capacity import FIELDS, Per, promised
from bidkit.i18n import N_
from bidkit.model._base import Count
from bidkit.stages import PricedBid, Scope, Verdict


class MinimumCapacity(Kind):
    """The bidder must be able to serve at least so many clients a day, a month, a year or at one time.

    The tender says it like this: “Palveluntuottajalla tulee olla valmius palvella vähintään 16 asiakasta
    päivässä” or “vähintään 3 840 henkilötyöpäivää vuodessa”. Buyers ask for it so that no client has to queue.

    bidkit adds up the capacity of the services offered in the lot, of all members together: 8 + 5 + 4 clients
    a day meet a requirement of 16, 8 + 5 do not. A service that does not tell its capacity is never counted.

    No place may be promised twice. A service that is offered in several lots must have its capacity divided
    between them in `lot_offers` (`capacity`), and the parts together must not exceed the capacity of the
    service.

    If it is not met, fill in or raise the capacity of the service, and check that staff and rooms are enough
    for it; or add a partner whose capacity is counted in.

    Example: `kind: minimum_capacity`, `parameters: {clients: 16, per: day}`. The same in client-days:
    `parameters: {clients: 3840, per: client_days_year, days_year: 240}`; with `days_year` a service that tells
    only its clients a day is counted too (16 × 240 = 3 840).
    """

    number: ClassVar[int] = 6
    title: ClassVar[str] = N_("Minimum capacity")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "service"
    each_lot: ClassVar[bool] = True

    clients: Count = Field(
        title=N_("Least clients"), description=N_("Clients (or client-days) that must be served at the least")
    )
    per: Per = Field(
        default="day",
        title=N_("Counted per"),
        description=N_("Counted per day, month, year, in client-days a year (client_days_year), or at_once"),
    )
    days_year: Count | None = Field(
        default=None,
        title=N_("Service days a year"),
        description=N_("Service days a year, to turn clients a day into client-days"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Add up the capacity promised to these lots."""
        if nothing := self.nothing_offered(scope):
            return nothing
        promise = promised(self, bid, scope, self.per, self.days_year)
        if isinstance(promise, Verdict):
            return promise
        return self.at_least(
            promise.total,
            self.clients,
            FIELDS[self.per][1],
            met=N_("We can serve {found}; at least {required} are required."),
            not_met=N_("We can serve {found}, {margin} too few; at least {required} are required."),
            hint=N_("Raise the capacity in {file}, or add staff or a partner that can serve more."),
            rows=promise.rows,
            places=promise.places,
            place=promise.places[0],
        )
