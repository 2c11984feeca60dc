"""Maximum of lots: a bidder may offer, or win, at most so many lots."""

from typing import ClassVar, Literal

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Count
from bidkit.stages import PricedBid, Scope, Verdict


class MaximumLots(Kind):
    """One bidder may offer, or win, at most so many lots.

    The tender says it like this: “Tarjoaja voi jättää tarjouksen enintään kolmeen osa-alueeseen” (offer), or
    “Samalle tarjoajalle voidaan valita enintään kaksi osa-aluetta” (win).

    bidkit counts the lots offered. If the limit is on winning, more lots may be offered, but then the buyer
    must know which you would rather have: every lot offered must stand in `bid.lot_preference`, first choice
    first.

    If it is not met, leave lots out of `lot_offers`; if it cannot be told, fill in `lot_preference`.

    Example: `kind: maximum_lots`, `parameters: {lots: 3}`; for a limit on winning `parameters: {lots: 2, limit:
    awarded}`.
    """

    number: ClassVar[int] = 18
    title: ClassVar[str] = N_("Max lots bid / awarded")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "bid"

    lots: Count = Field(title=N_("Most lots"), description=N_("Lots, at the most"))
    limit: Literal["bid", "awarded"] = Field(
        default="bid",
        title=N_("What is limited"),
        description=N_("What is limited: lots that are bid for (bid) or won (awarded)"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Count the lots offered."""
        if not scope.lots:
            return self.not_applicable(N_("No lot that this concerns is offered."))
        offered = [lot.bid.lot for lot in scope.lots]
        if self.limit == "awarded" and len(offered) > self.lots:
            return self._preference(bid, scope)
        places = tuple(lot.bid.offer.at for lot in scope.lots)
        return self.at_most(
            len(offered),
            self.lots,
            "lots",
            met=N_("We offer {found}; allowed: at most {required}."),
            not_met=N_("We offer {found} (numbers {numbers}), {margin} too many; allowed: at most {required}."),
            hint=N_("Leave lots {@lot_offers:from}, at least so many: {margin}."),
            rows=tuple(f"lot_offers.{lot.id}" for lot in offered),
            places=places,
            place=places[-1],
            numbers=tuple(lot.number for lot in offered),
        )

    def _preference(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Return met if the bid ranks every lot offered, for only some of them can be won."""
        basics = bid.bid.dossier.bid
        place = basics.at.of("lot_preference")
        found, limit = Measure(len(scope.lots), "lots"), Measure(self.lots, "lots")
        unranked = [lot.bid.lot for lot in scope.lots if lot.bid.lot.id not in basics.lot_preference]
        if unranked:
            return self.cannot_tell(
                N_("We offer {found} and can win at most {required}, but the order of preference lacks lot {missing}."),
                hint=N_("Add every lot offered to {@bid.lot_preference} in {file}, first choice first."),
                place=place,
                required=limit,
                found=found,
                missing=tuple(lot.number for lot in unranked),
            )
        numbers = {lot.bid.lot.id: lot.bid.lot.number for lot in scope.lots}
        return self.holds(
            True,
            required=limit,
            found=found,
            met=N_("We offer {found} and can win at most {required}; our order of preference is {order}."),
            not_met="",
            hint="",
            rows=("bid.lot_preference",),
            places=(place,),
            place=place,
            order=tuple(numbers[one] for one in basics.lot_preference if one in numbers),
        )
