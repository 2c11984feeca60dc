"""Group size: groups must be neither smaller nor larger than the tender says."""

from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._verdicts import weakest
from bidkit.diagnostics import Place
from bidkit.i18n import N_
from bidkit.model._base import Count
from bidkit.stages import OfferedService, PricedBid, Scope, Verdict


class GroupSize(Kind):
    """Groups must have at least and at most so many clients.

    The tender says it like this: “Ryhmän koko on 6–12 henkilöä” or “Ryhmässä saa olla enintään 12
    asiakasta”.

    bidkit compares the smallest and the largest group of each service of the lot (`dose.group_min` and
    `dose.group_max`) with the limits: a group of ours may not be smaller than the smallest allowed, nor larger
    than the largest. A service that is given one to one from beginning to end (`dose.individual_hours` equal
    to `dose.hours`) has no groups, so the condition does not concern it.

    If it is not met, change the group size of the service and look at the price again: a smaller group costs
    more for each client.

    Example: `kind: group_size`, `parameters: {minimum: 6, maximum: 12}`. One of the two is enough.
    """

    number: ClassVar[int] = 8
    title: ClassVar[str] = N_("Group size")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "service"
    each_lot: ClassVar[bool] = True

    minimum: Count | None = Field(
        default=None, title=N_("Smallest group"), description=N_("Smallest group allowed, persons")
    )
    maximum: Count | None = Field(
        default=None, title=N_("Largest group"), description=N_("Largest group allowed, persons")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare the groups of every service; the one closest to a limit decides."""
        if self.minimum is None and self.maximum is None:
            return self.no_parameters(scope, ("minimum", "maximum"))
        return self.every_service(scope, lambda offered: self._service(bid, offered))

    def _service(self, bid: PricedBid, offered: OfferedService) -> Verdict:
        dose, name = offered.service.dose, bid.bid.words(offered.service.name)
        if dose.group_min is None and dose.group_max is None and dose.individual_hours == dose.hours:
            return self.not_applicable(N_("{service} is given one to one and has no groups."), service=name)
        verdicts = []
        if self.minimum is not None:
            verdicts.append(self._smallest(offered, name, self.minimum))
        if self.maximum is not None:
            verdicts.append(self._largest(offered, name, self.maximum))
        return weakest(verdicts)

    def _smallest(self, offered: OfferedService, name: str, limit: int) -> Verdict:
        found, row, place = offered.service.dose.group_min, f"services.{offered.id}", _place(offered, "group_min")
        if found is None:
            return self._not_told(offered, name, "group_min")
        return self.at_least(
            found,
            limit,
            "persons",
            met=N_("The smallest group of {service} is {found}; required: at least {required}."),
            not_met=N_("The smallest group of {service} is {found}, {margin} too few; required: at least {required}."),
            hint=N_("Raise {@services.dose.group_min} of {row} in {file}."),
            rows=(row,),
            places=(place,),
            place=place,
            service=name,
            row=row,
        )

    def _largest(self, offered: OfferedService, name: str, limit: int) -> Verdict:
        found, row, place = offered.service.dose.group_max, f"services.{offered.id}", _place(offered, "group_max")
        if found is None:
            return self._not_told(offered, name, "group_max")
        return self.at_most(
            found,
            limit,
            "persons",
            met=N_("The largest group of {service} is {found}; allowed: at most {required}."),
            not_met=N_("The largest group of {service} is {found}, {margin} too many; allowed: at most {required}."),
            hint=N_("Lower {@services.dose.group_max} of {row} in {file}."),
            rows=(row,),
            places=(place,),
            place=place,
            service=name,
            row=row,
        )

    def _not_told(self, offered: OfferedService, name: str, field: str) -> Verdict:
        return self.missing(
            N_("{service} does not tell its group size ({field})."),
            row=f"services.{offered.id}",
            field=f"dose.{field}",
            place=_place(offered, field),
            service=name,
        )


def _place(offered: OfferedService, field: str) -> Place:
    return offered.service.dose.at.of(field)
