"""Reference recency: references that are not too old on the day of the deadline."""

from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._contracts import contracts, too_few, untagged
from bidkit.conditions._dates import POINTS, Point, months_before, point_day
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Count, Ids
from bidkit.stages import PricedBid, Scope, Verdict


class ReferenceRecency(Kind):
    """So many references must go on or have ended at most so many years ago.

    The tender says it like this: “Referenssit ovat enintään kolmen vuoden ajalta” or “Referenssi on päättynyt
    aikaisintaan kolme vuotta ennen tarjousten jättämisen määräaikaa”.

    bidkit counts back from the deadline for bids (or from the start of the contract, with `measured_to`), never
    from today. With a deadline on 15.1.2027 and three years, a reference that ended on 15.1.2024 counts and one
    that ended on 14.1.2024 does not. A reference without a last day goes on, and what ends after the deadline
    still went on then.

    The references of all members count, a contract held together (`contract_key`) once. With `minimum: 3` the
    third newest decides. With `tags` only references that have all of the tags count; one without any tags may
    fit or not: if it would tip the scale, it cannot be told.

    In a group the entries of all members count. With subcontractors or small members of an umbrella only the
    lead's count, and with reliance on capacities also those of whoever is relied on in this condition
    (unverified: read the tender; `bidkit explain BK673` tells how to change it).

    If it is not met, check the last days in `references`, or add newer references, your own or a partner's.

    Example: `kind: reference_recency`, `parameters: {years: 3, minimum: 2, tags: [job_coaching]}`.
    """

    number: ClassVar[int] = 28
    title: ClassVar[str] = N_("Reference recency")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "bidder"

    years: Count = Field(
        title=N_("Most years ago"), description=N_("How many years ago a reference may have ended, at the most")
    )
    minimum: Count = Field(default=1, title=N_("Least references"), description=N_("How many references, at the least"))
    tags: Ids = Field(
        default=(), title=N_("Kinds of service"), description=N_("Tags that a reference must have, all of them")
    )
    measured_to: Point = Field(
        default="deadline",
        title=N_("Measured on"),
        description=N_("Day to which it is measured: deadline or contract_start"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare the end of the newest references, down to the last one needed."""
        day = point_day(bid, self.measured_to)
        limit = months_before(day, 12 * self.years)
        found = contracts(scope, self.tags, day)
        ranked = sorted(found.fitting, key=lambda one: one.end(day), reverse=True)
        recent = [one for one in ranked if one.end(day) >= limit]
        silent = [one for one in found.untagged if one.end is None or one.end >= limit]
        if len(recent) < self.minimum <= len(recent) + len(silent):
            return untagged(self, silent[0], len(recent), self.minimum)
        if not 0 < self.minimum <= len(ranked):
            return too_few(self, scope, ranked, self.minimum)
        last = ranked[self.minimum - 1]
        end = last.end(day)
        place = last.references[0].at.of("end")
        return self.holds(
            end >= limit,
            required=limit,
            found=end,
            margin=Measure((end - limit).days, "days"),
            met=N_(
                "Recent enough: {recent}. Required: at least {minimum} that ended on {required} or later or go on "
                "({years} before {day}, {point}). The oldest one needed ({row}) went on until {found} at the least."
            ),
            not_met=N_(
                "Recent enough: {recent}. Required: at least {minimum} that ended on {required} or later or go on "
                "({years} before {day}, {point}). The next one ({row}) ended on {found}, {margin} too early."
            ),
            hint=N_("Check the last days in {file}, or add newer references."),
            rows=[row for one in recent or [last] for row in one.rows],
            places=[spot for one in recent or [last] for spot in one.places],
            place=place,
            recent=Measure(len(recent), "references"),
            minimum=Measure(self.minimum, "references"),
            years=Measure(self.years, "years"),
            day=day,
            point=POINTS[self.measured_to],
            row=last.rows[0],
        )
