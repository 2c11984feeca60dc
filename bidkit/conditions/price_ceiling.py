"""Unit price ceiling: no unit price may be above the buyer's limit."""

from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._prices import BASIS, Basis, every_line, price_on, price_place, unit_of
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Ids, Money
from bidkit.stages import PricedBid, PricedLine, Scope, Verdict


class PriceCeiling(Kind):
    """No unit price may be higher than the limit that the buyer has set. A bid above it is rejected.

    The tender says it like this: “Tuntihinta saa olla enintään 75 € (alv 0 %)” or “Hinta ei saa ylittää
    hintakattoa”. Read carefully whether the limit is with or without VAT.

    bidkit compares every priced line of the lots concerned with the limit, on the VAT basis of the limit. A
    price with VAT is rounded to the decimals of its line first, as it is printed. The line that comes closest
    to the limit decides, and the verdict names it. A line without a price is never met.

    If it is not met, lower the margin or the fixed price of the line in `prices`, use the strategy
    `at_ceiling`, or lower what the work costs. Do not go below full cost without a written reason.

    Example: `kind: price_ceiling`, `parameters: {ceiling: "75,00", basis: excluded, lines: [h1, h2]}`. Without
    `lines` the limit holds for every line.
    """

    number: ClassVar[int] = 1
    title: ClassVar[str] = N_("Unit price ceiling")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "bid"

    ceiling: Money = Field(title=N_("Ceiling price"), description=N_("Highest unit price, euros"))
    basis: Basis = Field(
        default="excluded",
        title=N_("VAT in the price"),
        description=N_("Is the limit with or without VAT: excluded or included"),
    )
    lines: Ids = Field(
        default=(), title=N_("Price lines"), description=N_("Ids of the price lines it concerns; none named: all")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare every line with the ceiling; the tightest one decides."""
        return every_line(self, bid, scope, self._line, self.lines)

    def _line(self, priced: PricedLine) -> Verdict:
        number, place = priced.line.number, price_place(priced)
        rows = (f"prices.{priced.line.id}",)
        price = price_on(priced, self.basis)
        if price is None:
            return self.missing(
                N_("The VAT of price line {line} is not decided, so its price cannot be compared with {required}."),
                row=rows[0],
                field="vat.status",
                place=priced.bid.price.vat.at.of("status"),
                required=Measure(self.ceiling, unit_of(priced.line)),
                line=number,
            )
        return self.at_most(
            price,
            self.ceiling,
            unit_of(priced.line),
            met=N_("The price of line {line} is {found} {basis}; allowed: at most {required}."),
            not_met=N_("The price of line {line} is {found} {basis}, {margin} too high; allowed: at most {required}."),
            hint=N_("Lower the price of line {line} in {file}: its margin, its unit price, or the cost behind it."),
            rows=rows,
            places=(place,),
            place=place,
            line=number,
            basis=BASIS[self.basis],
        )
