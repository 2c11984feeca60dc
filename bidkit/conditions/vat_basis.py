"""VAT basis: prices are given with VAT, or without it, as the tender asks."""

from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._prices import BASIS, Basis, every_line
from bidkit.i18n import N_
from bidkit.model._base import Ids
from bidkit.stages import PricedBid, PricedLine, Scope, Verdict


class VatBasis(Kind):
    """Every price must be given on the VAT basis that the tender asks for: all without VAT, or all with it.

    The tender says it like this: “Hinnat ilmoitetaan ilman arvonlisäveroa (alv 0 %)” or “Hintojen tulee
    sisältää arvonlisävero”. A bid with an unclear basis cannot be compared and may be rejected.

    bidkit compares the field `vat_basis` of every price line in the lots concerned with what is asked. If
    prices must contain VAT, the VAT status of each line must be decided too: a price whose VAT is unknown
    cannot contain it.

    If it is not met, correct `vat_basis` of the line in `price_lines`; bidkit then works out the price again.
    If the tender contradicts itself, ask the buyer.

    Example: `kind: vat_basis`, `parameters: {basis: excluded}`.
    """

    number: ClassVar[int] = 3
    title: ClassVar[str] = N_("VAT basis")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "bid"

    basis: Basis = Field(
        title=N_("VAT in the price"), description=N_("Prices without VAT (excluded) or with it (included)")
    )
    lines: Ids = Field(
        default=(), title=N_("Price lines"), description=N_("Ids of the price lines it concerns; none named: all")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Look at every line; one on another basis is enough to fail."""
        return every_line(self, bid, scope, self._line, self.lines)

    def _line(self, priced: PricedLine) -> Verdict:
        row = f"prices.{priced.line.id}"
        required, found = BASIS[self.basis], BASIS[priced.line.vat_basis]
        if required == found and self.basis == "included" and priced.vat_rate is None:
            return self.missing(
                N_("The VAT of price line {line} is not decided, so its price cannot contain VAT."),
                row=row,
                field="vat.status",
                place=priced.bid.price.vat.at.of("status"),
                required=required,
                line=priced.line.number,
            )
        place = priced.line.at.of("vat_basis")
        return self.holds(
            required == found,
            required=required,
            found=found,
            met=N_("Every price is given {required}, as asked."),
            not_met=N_("The price of line {line} is given {found}; prices are asked {required}."),
            hint=N_("Correct {@price_lines.vat_basis} of price line {line} in {file}."),
            rows=(row,),
            places=(place,),
            place=place,
            line=priced.line.number,
        )
