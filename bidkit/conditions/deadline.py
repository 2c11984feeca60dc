"""Deadline: the bid is sent before it."""

from datetime import datetime, time
from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Moment
from bidkit.stages import PricedBid, Scope, Verdict


class Deadline(Kind):
    """The bid must be in before the deadline. A late bid is not opened.

    The tender says it like this: “Tarjoukset on jätettävä viimeistään 15.1.2027 klo 12.00”.

    bidkit compares the day given with `--as-of` with the deadline in its own time zone (Finnish time unless an
    offset is written). On the day of the deadline itself there is still time, but bidkit does not know the
    hour: send the bid well before. This is the only kind that looks at a day outside the dossier; without one
    it is not applicable. The bid tells the deadline; the days left are shown in the terminal only.

    If the deadline has passed, check it against the tender's latest correction; buyers do extend deadlines.

    Example: `kind: deadline`. The moment is the tender's `deadline`; a condition with a moment of its own gives
    it in `parameters: {moment: "15.1.2027 12:00"}`.
    """

    number: ClassVar[int] = 54
    title: ClassVar[str] = N_("Deadline")
    aggregate: ClassVar[Aggregate] = "lead"
    about: ClassVar[About] = "bid"

    moment: Moment | None = Field(
        default=None,
        title=N_("Date and time"),
        description=N_("Date and time, Finnish time; without it the tender's deadline"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare the day given with the deadline."""
        deadline = self.moment or bid.bid.tender.deadline
        place = bid.bid.tender.at.of("deadline") if self.moment is None else scope.condition.at.of("parameters")
        if scope.as_of is None:
            return self.not_applicable(
                N_("No day was given to compare with the deadline ({deadline})."), deadline=deadline
            )
        return self.holds(
            datetime.combine(scope.as_of, time.min, tzinfo=deadline.tzinfo) < deadline,
            required=deadline,
            found=scope.as_of,
            margin=Measure((deadline.date() - scope.as_of).days, "days"),
            met=N_("The bid is sent by the deadline, {required}."),
            not_met=N_("The deadline was {required}, and it is {found}."),
            hint=N_("Check in {file} that the deadline is the one in the tender's latest correction."),
            rows=("tender",),
            places=(place,),
            place=place,
        )
