"""No zero price: every line must have a price above zero."""

from typing import ClassVar

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._prices import every_line, price_place, unit_of
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.stages import PricedBid, PricedLine, Scope, Verdict


class NoZeroPrice(Kind):
    """Every price line must have a price above zero. Nothing may be offered for nothing.

    The tender says it like this: “Nollahintaa ei hyväksytä” or “Kaikille riveille on annettava nollaa
    suurempi hinta”. Buyers ask for it because a zero breaks the comparison, and because a cost hidden in
    another line cannot be checked.

    bidkit looks at every priced line of the lots concerned, compared or not, as its price is printed. The
    lowest price decides. A line without a price is never met.

    If it is not met, give the line a price in `prices`. Look out for a price that is rounded to zero by the
    decimals of its line, and for a line whose cost is paid by a grant.

    Example: `kind: no_zero_price`. It has no parameters.
    """

    number: ClassVar[int] = 5
    title: ClassVar[str] = N_("No zero price")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "bid"

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Look at every line; the lowest price decides."""
        return every_line(self, bid, scope, self._line)

    def _line(self, priced: PricedLine) -> Verdict:
        unit, place = unit_of(priced.line), price_place(priced)
        return self.holds(
            priced.unit_price > 0,
            required=Measure(0, unit),
            found=Measure(priced.unit_price, unit),
            margin=Measure(priced.unit_price, unit),
            met=N_("Every price is above zero; the lowest is {found} (line {line})."),
            not_met=N_("The price of line {line} is {found}; it must be above zero."),
            hint=N_("Give line {line} a price above zero in {file}."),
            rows=(f"prices.{priced.line.id}",),
            places=(place,),
            place=place,
            line=priced.line.number,
        )
