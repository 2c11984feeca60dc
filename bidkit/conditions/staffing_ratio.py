"""Staffing ratio: how many clients one coach may have at one time."""

from decimal import ROUND_UP, Decimal
from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._people import Key, workers
from bidkit.conditions._verdicts import weakest
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Count, Id
from bidkit.stages import OfferedService, PricedBid, Scope, Verdict


class StaffingRatio(Kind):
    """One coach may have at most so many clients at one time.

    The tender says it like this: “Yhdellä valmentajalla saa olla enintään 25 asiakasta samanaikaisesti” or
    “Ohjaajamitoitus on vähintään 1:25”.

    bidkit compares what each service of the lot says (`clients_per_coach`) with the limit. It also counts: the
    clients at one time that the services promise (`capacity.clients`), divided by the coaches named for them
    in `staff`. A coach who works in several services is counted once, with the clients of all of them,
    so that nobody is promised twice. The larger figure counts, rounded up to one decimal.

    If it is not met, name more coaches, lower the clients at one time, or change `clients_per_coach` if the
    service can be run that way.

    Example: `kind: staffing_ratio`, `parameters: {clients: 25}`. If the work is done by another role than
    `coach`, name it: `parameters: {clients: 25, role: counsellor}`.
    """

    number: ClassVar[int] = 9
    title: ClassVar[str] = N_("Staffing ratio")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "service"
    each_lot: ClassVar[bool] = True

    clients: Count = Field(
        title=N_("Most clients per coach"), description=N_("Clients that one coach may have at one time, at the most")
    )
    role: Id = Field(default="coach", title=N_("Role"), description=N_("Role that is counted: coach, counsellor …"))

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare each service's own figure and the count of promised clients and named coaches."""
        return self.every_service(scope, lambda offered: self._service(bid, offered))

    def _service(self, bid: PricedBid, offered: OfferedService) -> Verdict:
        service, name, row = offered.service, bid.bid.words(offered.service.name), f"services.{offered.id}"
        verdicts = []
        if service.clients_per_coach is not None:
            place = service.at.of("clients_per_coach")
            verdicts.append(
                self.at_most(
                    service.clients_per_coach,
                    self.clients,
                    "clients/coach",
                    met=N_("{service} has {found}; allowed: at most {required}."),
                    not_met=N_("{service} has {found}, {margin} too many; allowed: at most {required}."),
                    hint=N_(
                        "Lower {@services.clients_per_coach} of {row} in {file} if the service can be run that way."
                    ),
                    rows=(row,),
                    places=(place,),
                    place=place,
                    service=name,
                    row=row,
                )
            )
        counted = self._count(bid, offered)
        if counted:
            verdicts.append(counted)
        if verdicts:
            return weakest(verdicts)
        return self.missing(
            N_("{service} does not tell how many clients a coach has; allowed: at most {required}."),
            row=row,
            field="clients_per_coach",
            place=service.at.of("clients_per_coach"),
            required=Measure(self.clients, "clients/coach"),
            service=name,
        )

    def _count(self, bid: PricedBid, offered: OfferedService) -> Verdict | None:
        """Judge promised clients ÷ named coaches over all services that share a coach; None if not told."""
        shared = self._sharing(bid, offered)
        promised = [one.service.capacity.clients for one in shared]
        coaches = workers(shared, self.role)
        clients = sum(c for c in promised if c is not None)
        if not coaches or None in promised:
            return None
        ratio = (Decimal(clients) / len(coaches)).quantize(Decimal("0.1"), rounding=ROUND_UP)
        place = offered.service.capacity.at.of("clients")
        return self.at_most(
            ratio,
            self.clients,
            "clients/coach",
            met=N_(
                "{service}: clients at one time {clients}, coaches named {coaches}; "
                "that is {found}; allowed: at most {required}."
            ),
            not_met=N_(
                "{service}: clients at one time {clients}, coaches named {coaches}; "
                "that is {found}, {margin} too many; allowed: at most {required}."
            ),
            hint=N_(
                "Name more people with the role {role} {@staff:in}, or lower "
                "{@services.capacity.clients} of {row} in {file}."
            ),
            rows=(*(f"services.{one.id}" for one in shared), *(one.row for one in coaches)),
            places=(place,),
            place=place,
            service=tuple(bid.bid.words(one.service.name) for one in shared),
            clients=clients,
            coaches=len(coaches),
            role=self.role,
            row=f"services.{offered.id}",
        )

    def _coaches(self, offered: OfferedService) -> frozenset[Key]:
        return frozenset(one.key for one in workers((offered,), self.role))

    def _sharing(self, bid: PricedBid, offered: OfferedService) -> list[OfferedService]:
        """Return the offered services that are tied to ``offered`` by coaches they share, itself first."""
        tied = [offered]
        left = [one for one in bid.bid.services if one.id != offered.id]
        for service in tied:  # grows while it runs: a coach of a coach's service counts too
            ours = self._coaches(service)
            more = [one for one in left if ours & self._coaches(one)]
            tied += more
            left = [one for one in left if one not in more]
        return tied
