"""Staff experience: months of work in certain tasks within the last years."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._dates import POINTS, Point, months_after, months_before, point_day
from bidkit.conditions._later import or_later
from bidkit.conditions._members import by_everybody
from bidkit.conditions._people import Worker, nobody, without, workers
from bidkit.diagnostics import Measure, Name
from bidkit.i18n import N_
from bidkit.model._base import Count, Id, Ids
from bidkit.model.organisation import Experience
from bidkit.stages import PricedBid, Scope, Verdict


class Stretch(NamedTuple):
    """Days on end with one working time (1 = full): ``end`` is the day after the last."""

    start: date
    end: date
    share: Fraction


class StaffExperience(Kind):
    """The people who do the work must have so many months of experience in certain tasks, often of late years.

    The tender says it like this: “Valmentajalla on vähintään kahden vuoden työkokemus työhönvalmennuksesta
    viimeisen viiden vuoden ajalta”.

    bidkit adds up the jobs of each person that have one of the `tags` (without tags, all jobs) and lie before
    the deadline for bids, or before the start of the contract if `measured_to` says so. Today's date plays no
    part; a job without a last day is taken to go on. Months that overlap count once: 1.1.2024–31.12.2025 and
    1.7.2025–30.6.2026 make 30 months, not 36. Days left over count as parts of their month, and the sum is
    rounded down to a tenth, so that 23.9 months are never two years.

    Part-time work counts in full, or with `part_time: pro_rata` by its share: half time for 12 months makes 6.

    Without `persons` everyone (in the `role`) must have the months, with `persons` that many different people
    who are there for the whole contract term. The person who decides is named in the verdict. A person without
    any experience written down, or with a job without tags that would tip the scale, cannot be judged.

    With `persons` people of all members of a group count, with subcontractors or under an umbrella only the
    lead's, and with reliance on capacities also those of whoever is relied on in this condition (unverified:
    read the tender). Without `persons` everyone who does the work is looked at, whoever the employer is.

    If it is not met, fill in the jobs and their tags in `staff`, or name another person. If the months are
    full before the contract starts, attest it with the day in `from`: the verdict is then “met by” that day.

    Example: `kind: staff_experience`, `parameters: {months: 24, years: 5, tags: [job_coaching], role: coach,
    persons: 2}`.
    """

    number: ClassVar[int] = 24
    title: ClassVar[str] = N_("Staff experience")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "staff"
    each_lot: ClassVar[bool] = True

    months: Count = Field(title=N_("Months of experience"), description=N_("Months of experience, at the least"))
    tags: Ids = Field(
        default=(),
        title=N_("Kinds of work"),
        description=N_("Tags of the jobs that count; one of them is enough; none: all jobs"),
    )
    years: Count | None = Field(
        default=None, title=N_("Years back"), description=N_("Only work of the last so many years counts")
    )
    measured_to: Point = Field(
        default="deadline",
        title=N_("Measured on"),
        description=N_("Day to which it is measured: deadline or contract_start"),
    )
    part_time: Literal["full", "pro_rata"] = Field(
        default="full",
        title=N_("Part-time work"),
        description=N_("Part-time work counts in full (full) or by its share (pro_rata)"),
    )
    role: Id | None = Field(
        default=None, title=N_("Role"), description=N_("Only people in this role: coach, counsellor …")
    )
    persons: Count | None = Field(
        default=None,
        title=N_("Persons"),
        description=N_("How many different persons; without it everyone (in the role)"),
    )

    @property
    def way(self) -> Aggregate:
        """Without a number of people everyone who does the work must fit, whoever else there is."""
        return super().way if self.persons is not None else "all"

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare the months of the person who decides: the one who is last needed."""
        scope = by_everybody(bid, scope) if self.persons is None else scope
        return self.nothing_offered(scope) or or_later(self, bid, scope, self._rank(bid, scope))

    def _rank(self, bid: PricedBid, scope: Scope) -> Verdict:
        everyone = workers(scope.services, self.role)
        if not everyone:
            return nobody(self, bid, scope, self.role)
        contract = bid.bid.tender.contract
        people = everyone if self.persons is None else tuple(w for w in everyone if w.stays(contract))
        needed = len(everyone) if self.persons is None else self.persons
        day = point_day(bid, self.measured_to)
        known = {w.key: self.experience(w.person.experience, day) for w in people}
        ranked = sorted(people, key=lambda w: -known[w.key])
        enough = [w for w in ranked if known[w.key] >= self.months]
        unclear = [w for w in without(ranked, enough) if self._may_have_enough(w, day)]
        if len(enough) < needed <= len(enough) + len(unclear):
            return self._not_told(bid, unclear[0], len(enough), needed, day)
        last = ranked[needed - 1] if 0 < needed <= len(ranked) else None
        months = known[last.key] if last else Decimal(self.months if needed == 0 else 0)
        return self._verdict(bid, enough, needed, last or everyone[0], months, day)

    # --- counting --------------------------------------------------------------------------------
    def experience(self, jobs: Iterable[Experience], day: date) -> Decimal:
        """Return months of experience before ``day``, overlaps counted once, rounded down to a tenth."""
        counted = [job for job in jobs if not self.tags or set(self.tags) & set(job.tags)]
        tenths = sum((s.share * _months(s.start, s.end) for s in self._stretches(counted, day)), Fraction()) * 10
        return Decimal(tenths.numerator // tenths.denominator) / 10

    def _stretches(self, jobs: list[Experience], day: date) -> list[Stretch]:
        """Cut the time of the jobs where the working time changes, and leave out time without work."""
        first = months_before(day, 12 * self.years) if self.years is not None else date.min
        spans = [
            (max(job.start, first), min(job.end + timedelta(days=1) if job.end else day, day), self._share(job))
            for job in jobs
        ]
        spans = [span for span in spans if span[0] < span[1]]
        cuts = sorted({edge for start, end, _ in spans for edge in (start, end)})
        found: list[Stretch] = []
        for start, end in pairwise(cuts):
            share = min(Fraction(1), sum((s for a, b, s in spans if a <= start and end <= b), Fraction()))
            if found and found[-1].end == start and found[-1].share == share:
                start = found.pop().start  # noqa: PLW2901  (one stretch: months are counted from its own first day)
            found.append(Stretch(start, end, share))
        return [stretch for stretch in found if stretch.share]

    def _share(self, job: Experience) -> Fraction:
        if self.part_time == "full" or job.share is None:
            return Fraction(1)
        return Fraction(job.share) / 100

    def _may_have_enough(self, worker: Worker, day: date) -> bool:
        """Tell whether jobs that are not told, or not told what they were, could make up what is missing."""
        jobs = worker.person.experience
        if not jobs:
            return True
        if not self.tags:
            return False
        wide = self.model_copy(update={"tags": ()})
        return wide.experience([j for j in jobs if not j.tags or set(self.tags) & set(j.tags)], day) >= self.months

    # --- wording ---------------------------------------------------------------------------------
    def _verdict(
        self, bid: PricedBid, enough: list[Worker], needed: int, last: Worker, months: Decimal, day: date
    ) -> Verdict:
        place = last.person.at.of("experience")
        return self.at_least(
            months,
            self.months,
            "months",
            met=N_(
                "Enough experience: {enough}. Required: {persons} with at least {required}; "
                "the last one needed ({person}) has {found}. Measured to {day} ({point})."
            ),
            not_met=N_(
                "Enough experience: {enough}. Required: {persons} with at least {required}; "
                "the next one ({person}) has {found}, which is {margin} too little. Measured to {day} ({point})."
            ),
            hint=N_("Fill in the jobs of {row} with their {tags} in {file}, or name another person."),
            rows=[w.row for w in enough] or [last.row],
            places=[w.person.at.of("experience") for w in enough] or [place],
            place=place,
            enough=Measure(len(enough), "persons"),
            persons=Measure(needed, "persons"),
            person=bid.bid.words(last.person.title),
            row=last.row,
            tags=Name("staff.experience", "tags"),
            day=day,
            point=POINTS[self.measured_to],
        )

    def _not_told(self, bid: PricedBid, worker: Worker, enough: int, needed: int, day: date) -> Verdict:
        jobs = worker.person.experience
        untagged = next((job for job in jobs if not job.tags), None)
        place = worker.person.at.of("experience") if untagged is None else untagged.at.of("tags")
        return self.missing(
            N_(
                "Enough experience: {enough}. Required: {persons} with at least {required}. "
                "The experience of {row} ({person}) is not told."
            )
            if untagged is None
            else N_(
                "Enough experience: {enough}. Required: {persons} with at least {required}. "
                "A job of {row} ({person}) does not tell what the work was."
            ),
            row=worker.row,
            field="experience" if untagged is None else "experience.tags",
            place=place,
            required=Measure(self.months, "months"),
            enough=Measure(enough, "persons"),
            persons=Measure(needed, "persons"),
            person=bid.bid.words(worker.person.title),
        )


def _months(start: date, end: date) -> Fraction:
    """Return calendar months from ``start`` to the day before ``end``; days left over are parts of their month."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    while months_after(start, whole) > end:
        whole -= 1
    reached, next_ = months_after(start, whole), months_after(start, whole + 1)
    return whole + Fraction((end - reached).days, (next_ - reached).days)
