"""Start after order: the service must start within so many working days of the order."""

from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Count
from bidkit.stages import OfferedService, PricedBid, Scope, Verdict


class StartAfterOrder(Kind):
    """A client's service must start within so many working days of the buyer's order.

    The tender says it like this: “Palvelun on alettava 10 työpäivän kuluessa tilauksesta” or “Ensimmäinen
    tapaaminen järjestetään kahden viikon sisällä”. Two weeks are 10 working days.

    bidkit compares the working days from order to start (`start_within_days`) of each service of the lot with
    the limit. The slowest service decides.

    If it is not met, agree with the staff on a faster start and write it into the service; it is a promise to
    every client, also in July.

    Example: `kind: start_after_order`, `parameters: {working_days: 10}`.
    """

    number: ClassVar[int] = 12
    title: ClassVar[str] = N_("Start after order")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "service"
    each_lot: ClassVar[bool] = True

    working_days: Count = Field(
        title=N_("Most working days"), description=N_("Working days from order to start, at the most")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare every service; the slowest decides."""
        return self.every_service(scope, lambda offered: self._service(bid, offered))

    def _service(self, bid: PricedBid, offered: OfferedService) -> Verdict:
        service, name, row = offered.service, bid.bid.words(offered.service.name), f"services.{offered.id}"
        place = service.at.of("start_within_days")
        if service.start_within_days is None:
            return self.missing(
                N_("{service} does not tell how soon it starts; allowed: at most {required}."),
                row=row,
                field="start_within_days",
                place=place,
                required=Measure(self.working_days, "working_days"),
                service=name,
            )
        return self.at_most(
            service.start_within_days,
            self.working_days,
            "working_days",
            met=N_("{service} starts within {found} of the order; allowed: at most {required}."),
            not_met=N_("{service} starts within {found} of the order, {margin} too late; allowed: at most {required}."),
            hint=N_("Lower {@services.start_within_days} of {row} in {file} if the staff can start sooner."),
            rows=(row,),
            places=(place,),
            place=place,
            service=name,
            row=row,
        )
