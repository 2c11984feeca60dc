"""Bid validity: how long the bid binds the bidder."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._dates import months_after
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Count, Day
from bidkit.stages import PricedBid, Scope, Verdict


class BidValidity(Kind):
    """The bid must bind the bidder until a certain day at the least.

    The tender says it like this: “Tarjouksen on oltava voimassa vähintään 30.6.2027 saakka” or “Tarjous on
    voimassa neljä kuukautta tarjousten jättämisen määräajasta”.

    bidkit compares `valid_until` of the bid with the day in `until`, or with the day `months` after the
    deadline for bids. If the condition tells neither, the tender's own `valid_until` counts; if that is empty
    too, it cannot be told.

    If it is not met, write a later day in `valid_until` of the bid. Nobody loses by a longer validity, but
    remember that the prices bind until then.

    Example: `kind: bid_validity`, `parameters: {until: 30.6.2027}`; or `parameters: {months: 4}`.
    """

    number: ClassVar[int] = 53
    title: ClassVar[str] = N_("Validity of the bid")
    aggregate: ClassVar[Aggregate] = "lead"
    about: ClassVar[About] = "bid"

    until: Day | None = Field(
        default=None,
        title=N_("Valid to"),
        description=N_("Day until which it must be valid; without it the tender's own"),
    )
    months: Count | None = Field(
        default=None,
        title=N_("Months from the deadline"),
        description=N_("Months from the deadline for bids, instead of a day"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare the bid's last day with the tender's."""
        required = self._required(bid)
        basics, place = bid.bid.dossier.bid, bid.bid.dossier.bid.at.of("valid_until")
        if required is None:
            return self.missing(
                N_("The bid is valid until {valid_until}. The tender does not tell until when it must be."),
                row="tender",
                field="valid_until",
                place=bid.bid.tender.at.of("valid_until"),
                valid_until=basics.valid_until,
            )
        return self.holds(
            basics.valid_until >= required,
            required=required,
            found=basics.valid_until,
            margin=Measure((basics.valid_until - required).days, "days"),
            met=N_("The bid is valid until {found}. Required: until {required} at the least."),
            not_met=N_("The bid is valid until {found}. Required: until {required} at the least, {margin} longer."),
            hint=N_("Write {required} or a later day in {@bid.valid_until} in {file}."),
            rows=("bid",),
            places=(place,),
            place=place,
        )

    def _required(self, bid: PricedBid) -> date | None:
        """Return the latest of the days given, or the tender's own."""
        tender = bid.bid.tender
        days = [] if self.until is None else [self.until]
        if self.months is not None:
            days.append(months_after(tender.deadline.date(), self.months))
        return max(days, default=tender.valid_until)
