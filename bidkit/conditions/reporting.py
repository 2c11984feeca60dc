"""Reporting: the buyer gets a report at least so many times a year."""

from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._verdicts import weakest
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Count
from bidkit.stages import OfferedService, PricedBid, Scope, State, Verdict


class Reporting(Kind):
    """The buyer must get a report on the service at least so many times a year.

    The tender says it like this: “Palveluntuottaja raportoi tilaajalle neljännesvuosittain” or “Raportti
    toimitetaan kuukausittain”. Quarterly is 4 times a year, monthly 12.

    bidkit compares the reports a year (`reports_per_year`) of each service of the lot with the demand. If a
    service does not tell them, a person may attest that the reporting will be done as asked: then the verdict
    is “attested”, with who and when.

    If it is not met, raise `reports_per_year` and describe the reports in `reporting`. Remember the hours
    that they take.

    Example: `kind: reporting`, `parameters: {times_a_year: 4}`.
    """

    number: ClassVar[int] = 47
    title: ClassVar[str] = N_("Reporting")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "service"
    each_lot: ClassVar[bool] = True

    times_a_year: Count = Field(
        title=N_("Reports a year"), description=N_("Reports a year, at the least: quarterly 4, monthly 12")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare every service; a person's word fills in for figures that are missing, never against them."""
        if nothing := self.nothing_offered(scope):
            return nothing
        verdicts = [self._service(bid, offered) for offered in scope.services]
        decisive = weakest(verdicts)
        if decisive.state is State.CANNOT_TELL and self.attestation(bid, scope):
            told = [v for v in verdicts if v.state is not State.CANNOT_TELL]
            return weakest([*told, self.attested(bid, scope)])
        return decisive

    def _service(self, bid: PricedBid, offered: OfferedService) -> Verdict:
        service, name, row = offered.service, bid.bid.words(offered.service.name), f"services.{offered.id}"
        place = service.at.of("reports_per_year")
        if service.reports_per_year is None:
            return self.missing(
                N_("{service} does not tell how often it reports; required: at least {required}."),
                row=row,
                field="reports_per_year",
                place=place,
                required=Measure(self.times_a_year, "times/year"),
                service=name,
            )
        return self.at_least(
            service.reports_per_year,
            self.times_a_year,
            "times/year",
            met=N_("{service} reports {found}; required: at least {required}."),
            not_met=N_("{service} reports {found}; required: at least {required}, {margin} more."),
            hint=N_("Raise {@services.reports_per_year} of {row} in {file}, and remember the hours that reports take."),
            rows=(row,),
            places=(place,),
            place=place,
            service=name,
            row=row,
        )
