"""Turnover: euros in the last financial years, members together."""

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.diagnostics import Measure, Place
from bidkit.i18n import N_, grid
from bidkit.model._base import Count, Money
from bidkit.model.dossier import Member
from bidkit.stages import PricedBid, Scope, Verdict

_OLDEST = 2  # calendar years from the deadline back to the newest accounts that still count as the last ones


class Turnover(Kind):
    """The bidder's turnover must have been at least so many euros in each of the last financial years, or on average.

    The tender says it like this: “Tarjoajan liikevaihto on ollut vähintään 300 000 euroa kahtena viimeksi
    päättyneenä tilikautena”. By law the buyer may as a rule ask for at most twice the value of the contract.

    bidkit adds up the members' turnover year by year and compares the lowest of the last `years` financial
    years, or with `rule: average` their average. The last financial year is the newest one in the dossier that
    ended by the year of the deadline; if it is more than two years older than the deadline, newer accounts are
    missing and it cannot be told. `last_year` names another year.

    A year that a member does not tell counts as nothing. If the others reach the limit without it, that is
    enough; if not, it cannot be told.

    In a group the entries of all members count. With subcontractors or small members of an umbrella only the
    lead's count, and with reliance on capacities also those of whoever is relied on in this condition
    (unverified: read the tender; `bidkit explain BK673` tells how to change it).

    If it is not met, check `turnover` in `organisation`, bid as a group, or rely on a partner if the tender
    allows it.

    Example: `kind: turnover`, `parameters: {minimum: 300 000, years: 2}`.
    """

    number: ClassVar[int] = 31
    title: ClassVar[str] = N_("Turnover")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "bidder"

    minimum: Money = Field(title=N_("Least turnover"), description=N_("Euros a financial year, at the least"))
    years: Count = Field(default=1, title=N_("Financial years"), description=N_("How many of the last financial years"))
    rule: Literal["each", "average"] = Field(
        default="each", title=N_("Rule"), description=N_("Must each year reach it (each), or their average (average)?")
    )
    last_year: Count | None = Field(
        default=None,
        title=N_("Last financial year"),
        description=N_("The last financial year that counts; without it the newest in the dossier"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare the lowest year or the average."""
        members = scope.members
        deadline = bid.bid.tender.deadline.year
        told = [t.year for m in members for t in m.organisation.turnover if t.year <= deadline]
        last = self.last_year or max(told, default=None)
        if self.years == 0:
            return self.no_parameters(scope, ("years",))
        if last is None or (self.last_year is None and last < deadline - _OLDEST):
            return self._not_told(members[0], last + 1 if last else deadline - 1, None)
        years = range(last - self.years + 1, last + 1)
        sums = {year: sum((_amount(m, year) or Decimal(0) for m in members), Decimal(0)) for year in years}
        lowest = min(years, key=lambda year: (sums[year], -year))
        found = sums[lowest] if self.rule == "each" else grid(sum(sums.values(), Decimal(0)) / len(years), 2)
        gap = next(((m, y) for y in years for m in members if _amount(m, y) is None and self._matters(sums[y])), None)
        if found < self.minimum and gap:
            return self._not_told(*gap, found)
        return self._verdict(members, found, lowest, years)

    def _matters(self, total: Decimal) -> bool:
        return self.rule == "average" or total < self.minimum

    def _verdict(self, members: tuple[Member, ...], found: Decimal, lowest: int, years: range) -> Verdict:
        place = _place(members[0], lowest)
        return self.at_least(
            found,
            self.minimum,
            "EUR/year",
            met=N_("Turnover in the weakest year ({year}): {found}. Required in each of {years}: at least {required}.")
            if self.rule == "each"
            else N_("Turnover on average: {found}. Required in {years}: at least {required}."),
            not_met=N_(
                "Turnover in the weakest year ({year}): {found}. Required in each of {years}: "
                "at least {required}; missing: {margin}."
            )
            if self.rule == "each"
            else N_("Turnover on average: {found}. Required in {years}: at least {required}; missing: {margin}."),
            hint=N_("Check {@organisation.turnover} in {file}, or bid together with an organisation that adds to it."),
            rows=["organisation"],
            places=[_place(m, y) for m in members for y in years],
            place=place,
            year=str(lowest),
            years=tuple(str(year) for year in years),
        )

    def _not_told(self, member: Member, year: int, found: Decimal | None) -> Verdict:
        required = Measure(self.minimum, "EUR/year")
        message = N_("{member} does not tell its turnover in {year}. Required: at least {required}.")
        if found is not None:
            message = N_("{member} does not tell its turnover in {year}. Told: {known}. Required: at least {required}.")
        return self.missing(
            message,
            row="organisation",
            field="turnover",
            place=member.organisation.at.of("turnover"),
            required=required,
            member=member.organisation.name,
            year=str(year),
            known=None if found is None else Measure(found, "EUR/year"),
        )


def _amount(member: Member, year: int) -> Decimal | None:
    told = [one.amount for one in member.organisation.turnover if one.year == year]
    return sum(told, Decimal(0)) if told else None


def _place(member: Member, year: int) -> Place:
    own = member.organisation
    return next((one.at.of("amount") for one in own.turnover if one.year == year), own.at.of("turnover"))
