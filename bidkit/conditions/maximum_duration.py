"""Maximum duration: a client's service may take at most so many hours or months."""

from decimal import ROUND_UP, Decimal
from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._verdicts import weakest
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Amount, Hours
from bidkit.stages import OfferedService, PricedBid, Scope, Verdict


class MaximumDuration(Kind):
    """One client's service may take at most so many hours, so many months, or both.

    The tender says it like this: “Palvelun kesto on enintään 16 tuntia neljän kuukauden aikana” or “Valmennus
    kestää enintään 6 kuukautta”.

    bidkit compares the hours per client (`dose.hours`) and the length of the client's period (`dose.weeks`) of
    each service of the lot with the limits. Weeks become months at 52 weeks to 12 months, rounded up to one
    decimal: 17 weeks are 4.0 months, 18 weeks are 4.2. The figure that is closest to its limit decides.

    If it is not met, shorten the service, or offer a module of it as a service of its own.

    Example: `kind: maximum_duration`, `parameters: {hours: 16, months: 4}`. One of the two is enough.
    """

    number: ClassVar[int] = 10
    title: ClassVar[str] = N_("Maximum duration")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "service"
    each_lot: ClassVar[bool] = True

    hours: Hours | None = Field(default=None, title=N_("Most hours"), description=N_("Hours per client, at the most"))
    months: Amount | None = Field(
        default=None, title=N_("Most months"), description=N_("Length of the client's period in months, at the most")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare hours and months of every service."""
        if self.hours is None and self.months is None:
            return self.no_parameters(scope, ("hours", "months"))
        return self.every_service(scope, lambda offered: self._service(bid, offered))

    def _service(self, bid: PricedBid, offered: OfferedService) -> Verdict:
        dose = offered.service.dose
        verdicts = []
        if self.hours is not None:
            verdicts.append(self._compared(bid, offered, dose.hours, Measure(self.hours, "hours")))
        if self.months is not None:
            months = (dose.weeks * 12 / 52).quantize(Decimal("0.1"), rounding=ROUND_UP)
            verdicts.append(self._compared(bid, offered, months, Measure(self.months, "months")))
        return weakest(verdicts)

    def _compared(self, bid: PricedBid, offered: OfferedService, found: Decimal, limit: Measure) -> Verdict:
        field = "hours" if limit.unit == "hours" else "weeks"
        place, row = offered.service.dose.at.of(field), f"services.{offered.id}"
        return self.at_most(
            found,
            limit.value,
            limit.unit,
            met=N_("{service} takes {found} per client; allowed: at most {required}."),
            not_met=N_("{service} takes {found} per client, {margin} too long; allowed: at most {required}."),
            hint=N_("Shorten {field} of {row} in {file}, or offer a shorter service."),
            rows=(row,),
            places=(place,),
            place=place,
            service=bid.bid.words(offered.service.name),
            field=f"dose.{field}",
            row=row,
        )
