"""Complete lots: whoever offers a lot must price all of its lines."""

from typing import ClassVar

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._prices import no_price_yet, not_offered, unpriced, unsettled
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.stages import PricedBid, Scope, Verdict


class CompleteLots(Kind):
    """A bid may leave out whole lots, but a lot that is offered must be offered complete.

    The tender says it like this: “Osatarjoukset sallitaan osa-alueittain, osa-alueen sisällä on tarjottava
    kaikki palvelut” or “Kaikki hintarivit on täytettävä”.

    bidkit checks that every lot offered is a lot of the tender, and that every price line of these lots has a
    price. A line with the strategy `not_offered` has none. The verdict names the lines that are missing.

    If it is not met, add a price for each missing line to `prices`, or leave the lot out of the bid. If you
    cannot do the work of a line, look for a partner who can.

    Example: `kind: complete_lots`. It has no parameters.
    """

    number: ClassVar[int] = 17
    title: ClassVar[str] = N_("Lots, partial bid")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "bid"

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Look for offered lots that do not exist and for lines without a price."""
        if stray := self._stray(bid):
            return stray
        if not scope.lots:
            return self.not_applicable(N_("No lot that this concerns is offered."))
        missing, faulty = unpriced(scope), unsettled(bid, scope)
        priced = [one for one in scope.lines if not not_offered(one)]
        if faulty and not missing:
            return no_price_yet(self, bid, faulty[0])
        if not missing and not priced:
            return self.cannot_tell(
                N_("The price schedule has no lines in the lots offered ({lots})."),
                hint=N_("Add the lines of the tender's price schedule {@price_lines:to}."),
                place=scope.lots[0].bid.lot.at,
                lots=tuple(lot.bid.lot.number for lot in scope.lots),
            )
        return self.holds(
            not missing,
            required=Measure(len(priced) + len(missing) + len(faulty), "number"),
            found=Measure(len(priced), "number"),
            margin=Measure(-len(missing), "number"),
            met=N_("Every price line of the lots offered is priced ({required})."),
            not_met=N_("Not priced: line {missing}. {found} of {required} price lines of the lots offered are priced."),
            hint=N_("Add a price for line {ids} {@prices:to}, or leave the lot {@lot_offers:from}."),
            rows=tuple(f"prices.{one.line.id}" for one in priced),
            places=tuple(one.bid.price.at for one in priced),
            place=missing[0].at if missing else priced[0].bid.price.at,
            missing=tuple(line.number for line in missing),
            ids=tuple(line.id for line in missing),
        )

    def _stray(self, bid: PricedBid) -> Verdict | None:
        """Return that a lot is offered which the tender does not have."""
        dossier = bid.bid.dossier
        known = {lot.id for lot in dossier.lots}
        for offer in dossier.lot_offers:
            if offer.lot not in known and not dossier.lost("lots", offer.lot):
                place = offer.at.of("lot")
                return self.holds(
                    False,
                    required=tuple(lot.id for lot in dossier.lots),
                    found=offer.lot,
                    met="",
                    not_met=N_("Lot {found} is offered, but the tender has the lots {required}."),
                    hint=N_("Correct the lot in {file}."),
                    rows=(f"lot_offers.{offer.lot}",),
                    places=(place,),
                    place=place,
                )
        return None
