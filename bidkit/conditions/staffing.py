"""Staffing: full-time equivalents reserved for the service, no hour promised to two lots."""

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._hours import needed_elsewhere
from bidkit.conditions._later import or_later
from bidkit.conditions._people import Key, Worker, nobody, titles, without, workers
from bidkit.diagnostics import Measure
from bidkit.i18n import N_, grid
from bidkit.model._base import Amount, Hours
from bidkit.stages import LotBid, PricedBid, Scope, Verdict

WORKING_DAYS_A_WEEK = 5


class Staffing(Kind):
    """So many full-time equivalents (henkilötyövuosi, HTV) must be reserved for the service.

    The tender says it like this: “Palveluun on osoitettava vähintään kaksi henkilötyövuotta”.

    bidkit adds up `hours_per_week` of the staff of the services offered, each person once however many
    services or lots they work in, and divides by the hours of a full-time week: the parameter `full_time`, or
    without it five working days of the member's own cost basis (`working_time.day`; 7 h 40 min make 38 h 20
    min). The sum is rounded to two decimals. People who come after the contract starts or leave before it ends
    (without options) are not counted.

    No hour is promised twice. If a person works in two lots that both ask for staffing, a lot gets what the
    other lots do not need; those take first the people who work only for them. The verdict tells how much is
    needed in the other lots. A condition that names no lot is judged once over everything offered.

    If it is not met, correct the hours in `staff`, add people, or offer fewer lots. Staff who start before the
    contract does can be attested with the day in `from`: the verdict is then “met by” that day.

    Example: `kind: staffing`, `lots: [osa1]`, `parameters: {fte: 2, full_time: 37,5 h}`.
    """

    number: ClassVar[int] = 26
    title: ClassVar[str] = N_("Staffing")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "service"
    each_lot: ClassVar[bool] = True

    fte: Amount = Field(title=N_("Person-years"), description=N_("Full-time equivalents (HTV), at the least"))
    full_time: Hours | None = Field(
        default=None,
        title=N_("Full-time week"),
        description=N_("Hours of a full-time week; without it five working days of the cost basis"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Add up the hours that the other lots do not need."""
        return self.nothing_offered(scope) or or_later(self, bid, scope, self._add_up(bid, scope))

    def _add_up(self, bid: PricedBid, scope: Scope) -> Verdict:
        everyone = workers(scope.services)
        if not everyone:
            return nobody(self, bid, scope, None)
        if self.full_time == 0:
            return self.no_parameters(scope, ("full_time",))
        here = self._steady(bid, everyone)
        posts = {w.key: self._post(w) for lot in bid.bid.lots for w in self._steady(bid, workers(lot.services))}
        posts |= {w.key: self._post(w) for w in here}
        others = self._others(bid, scope)
        away = needed_elsewhere(frozenset(w.key for w in here), {k: v[1:] for k, v in others.items()}, posts)
        found = sum((posts[w.key] for w in here), Fraction()) - away
        return self._verdict(bid, everyone, here, found, away, tuple(v[0].lot.number for v in others.values()))

    def _steady(self, bid: PricedBid, people: tuple[Worker, ...]) -> list[Worker]:
        return [w for w in people if w.stays(bid.bid.tender.contract)]

    def _post(self, worker: Worker) -> Fraction:
        """Return a person's hours as a part of a full-time post."""
        week = self.full_time or worker.member.cost_basis.working_time.day * WORKING_DAYS_A_WEEK
        return Fraction(worker.person.hours_per_week) / Fraction(week) if week else Fraction()

    def _others(self, bid: PricedBid, scope: Scope) -> dict[str, tuple[LotBid, Fraction, frozenset[Key]]]:
        """Return what the lots outside ``scope`` require by staffing conditions of their own, and who works there."""
        here = {lot.bid.lot.id for lot in scope.lots}
        found: dict[str, tuple[LotBid, Fraction, frozenset[Key]]] = {}
        for condition in bid.bid.conditions:
            if not isinstance(condition.judge, Staffing) or condition.whole_bid:
                continue
            for lot in condition.lots:
                required = max(Fraction(condition.judge.fte), found[lot.lot.id][1] if lot.lot.id in found else 0)
                if lot.lot.id not in here:
                    people = self._steady(bid, workers(scope.counted(lot.services)))
                    found[lot.lot.id] = (lot, Fraction(required), frozenset(w.key for w in people))
        return found

    def _verdict(
        self,
        bid: PricedBid,
        everyone: tuple[Worker, ...],
        here: list[Worker],
        found: Fraction,
        away: Fraction,
        lots: tuple[str, ...],
    ) -> Verdict:
        met = N_("Staff reserved: {found}. Required: at least {required}.")
        short = N_("Staff reserved: {found}. Required: at least {required}; missing: {margin}.")
        absent = without(everyone, here)
        if away:
            met = N_(
                "Staff: {all}, of which {elsewhere} are needed in lots {lots}; left for this lot: {found}. "
                "Required: at least {required}."
            )
            short = N_(
                "Staff: {all}, of which {elsewhere} are needed in lots {lots}; left for this lot: {found}. "
                "Required: at least {required}; missing: {margin}."
            )
        elif absent:
            short = N_(
                "Staff reserved: {found}. Required: at least {required}; missing: {margin}. "
                "Not there for the whole contract term: {absent}."
            )
        places = [w.person.at.of("hours_per_week") for w in here or everyone]
        return self.at_least(
            _two_decimals(found),
            self.fte,
            "fte",
            met=met,
            not_met=short,
            hint=N_("Correct the hours per week in {file}, add people who do this work, or offer fewer lots."),
            rows=[w.row for w in here or everyone],
            places=places,
            place=places[0],
            all=Measure(_two_decimals(found + away), "fte"),
            elsewhere=Measure(_two_decimals(away), "fte"),
            lots=lots,
            absent=titles(bid, absent),
        )


def _two_decimals(value: Fraction) -> Decimal:
    return grid(Decimal(value.numerator) / Decimal(value.denominator), 2)
