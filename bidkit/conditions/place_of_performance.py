"""Place of performance: the service must be given in every municipality of the area."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._verdicts import weakest
from bidkit.diagnostics import Measure, Place
from bidkit.i18n import N_
from bidkit.model.codes import MunicipalityCodes, municipalities
from bidkit.stages import OfferedService, PricedBid, Scope, Verdict


class PlaceOfPerformance(Kind):
    """The service must be given in every municipality that the tender names.

    The tender says it like this: “Palvelua on tuotettava Keravalla ja Sipoossa” or “Palvelualueena ovat Pori,
    Rauma, Huittinen ja Kankaanpää”.

    bidkit collects the municipalities of the services offered in the lot: where their sites are
    (`sites.municipality`), whose clients the sites serve (`sites.serves`), and where else a service is given,
    for example by visits (`services.municipalities`). Services and members add up. A site counts only if it is
    in use when the contract starts. The verdict names the municipalities that are missing.

    If it is not met, add a site, write into `serves` the municipalities that your sites really serve, or add a
    partner from the missing ones.

    Example: `kind: place_of_performance`, `parameters: {municipalities: [Pori, Rauma, Huittinen]}`. Without
    `municipalities` the `area` of the lot counts, and without that the `area` of the tender.
    """

    number: ClassVar[int] = 14
    title: ClassVar[str] = N_("Place of performance")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "service"
    each_lot: ClassVar[bool] = True

    municipalities: MunicipalityCodes = Field(
        default=(),
        title=N_("Municipalities"),
        description=N_("Municipalities, by name or code; none named: the area of the lot or tender"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Look for the municipalities that no service covers."""
        if nothing := self.nothing_offered(scope):
            return nothing
        if not self.municipalities and len(scope.lots) > 1:  # each lot has an area of its own
            return weakest([self.judge(bid, replace(scope, lots=(lot,))) for lot in scope.lots])
        wanted = self._wanted(bid, scope)
        if not wanted:
            return self.cannot_tell(
                N_("Neither the condition nor the lot nor the tender names the municipalities."),
                hint=N_("Fill in {field} in the parameters of condition {condition} in {file}."),
                place=scope.condition.at.of("parameters"),
                field=self.parameter("municipalities"),
                condition=scope.condition.id,
            )
        covered: dict[str, list[tuple[str, Place]]] = {}
        for offered in scope.services:
            for code, row, place in _covers(bid, offered):
                covered.setdefault(code, []).append((row, place))
        missing = tuple(code for code in wanted if code not in covered)
        sources = [source for code in wanted for source in covered.get(code, ())]
        first = scope.services[0].service
        return self.holds(
            not missing,
            required=_names(bid, wanted),
            found=_names(bid, tuple(code for code in wanted if code in covered)),
            margin=Measure(-len(missing), "number"),
            met=N_("The service is given in every municipality required: {required}."),
            not_met=N_("Not covered: {missing}. Required: {required}."),
            hint=N_(
                "Add a site, or the municipality to {@sites.serves} of a site, or to "
                "{@services.municipalities} of {row} in {file}, if clients there are really served."
            ),
            rows=tuple(dict.fromkeys(row for row, _ in sources)),
            places=tuple(dict.fromkeys(place for _, place in sources)),
            place=first.at.of("municipalities" if first.municipalities else "sites"),
            missing=_names(bid, missing),
            row=f"services.{first.id}",
        )

    def _wanted(self, bid: PricedBid, scope: Scope) -> tuple[str, ...]:
        if self.municipalities:
            return self.municipalities
        areas = [code for lot in scope.lots for code in (lot.bid.lot.area or bid.bid.tender.area)]
        return tuple(dict.fromkeys(areas))


def _covers(bid: PricedBid, offered: OfferedService) -> Iterator[tuple[str, str, Place]]:
    """Yield each municipality that a service covers, with the row and place that say so."""
    start = bid.bid.tender.contract.start
    for site in offered.sites:
        if (site.from_ and site.from_ > start) or (site.until and site.until < start):
            continue
        row = f"sites.{site.id}"
        yield site.municipality, row, site.at.of("municipality")
        for code in site.serves:
            yield code, row, site.at.of("serves")
    for code in offered.service.municipalities:
        yield code, f"services.{offered.id}", offered.service.at.of("municipalities")


def _names(bid: PricedBid, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of municipalities in the bid's language."""
    known = municipalities()
    return tuple(known[code].names.get(bid.bid.language, known[code].names["fi"]) for code in codes)
