"""Minimum intensity: every client gets at least so many hours a month."""

from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Hours
from bidkit.stages import OfferedService, PricedBid, Scope, Verdict


class MinimumIntensity(Kind):
    """Every client must get at least so many contact hours a month.

    The tender says it like this: “Asiakas saa valmennusta vähintään 2 tuntia kuukaudessa” or “Tapaamisia on
    oltava vähintään neljä tuntia kuukaudessa koko palvelun ajan”.

    bidkit compares the contact hours per client and month (`dose.hours_per_month`) of each service of the lot
    with the limit. It does not divide the hours of the whole period by its months: an average says nothing of
    the quiet months.

    If it is not met, plan more contact for the quiet months, write it into the service, and look at its hours
    and its price again.

    Example: `kind: minimum_intensity`, `parameters: {hours: 2}`. Hours can also be written `1 h 30 min`.
    """

    number: ClassVar[int] = 11
    title: ClassVar[str] = N_("Minimum intensity")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "service"
    each_lot: ClassVar[bool] = True

    hours: Hours = Field(
        title=N_("Least hours a month"), description=N_("Contact hours per client and month, at the least")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare every service; the one with the fewest hours decides."""
        return self.every_service(scope, lambda offered: self._service(bid, offered))

    def _service(self, bid: PricedBid, offered: OfferedService) -> Verdict:
        dose, name, row = offered.service.dose, bid.bid.words(offered.service.name), f"services.{offered.id}"
        place = dose.at.of("hours_per_month")
        if dose.hours_per_month is None:
            return self.missing(
                N_("{service} does not tell its hours a month; required: at least {required}."),
                row=row,
                field="dose.hours_per_month",
                place=place,
                required=Measure(self.hours, "hours/month"),
                service=name,
            )
        return self.at_least(
            dose.hours_per_month,
            self.hours,
            "hours/month",
            met=N_("{service} gives each client {found}; required: at least {required}."),
            not_met=N_("{service} gives each client {found}, {margin} too little; required: at least {required}."),
            hint=N_("Plan more contact: raise {@services.dose.hours_per_month} of {row} in {file}."),
            rows=(row,),
            places=(place,),
            place=place,
            service=name,
            row=row,
        )
