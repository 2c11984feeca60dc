"""What the kinds that look at price lines have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Literal

from bidkit.conditions._base import Kind
from bidkit.conditions._verdicts import weakest
from bidkit.diagnostics import Place, Word
from bidkit.i18n import N_, grid
from bidkit.model.tender import PriceLine
from bidkit.stages import PricedBid, PricedLine, Scope, Verdict

Basis = Literal["excluded", "included"]
BASIS: dict[Basis, Word] = {"excluded": Word(N_("without VAT")), "included": Word(N_("with VAT"))}


def unit_of(line: PriceLine) -> str:
    """Return the unit of a line's price, as `bidkit.i18n.UNITS` calls it."""
    return f"EUR/{line.unit}"


def unpriced(scope: Scope) -> tuple[PriceLine, ...]:
    """Return the lines of the lots of ``scope`` that the bid does not price."""
    left_out = [one.line for one in scope.lines if not_offered(one)]
    return (*(line for lot in scope.lots for line in lot.bid.missing_lines), *left_out)


def not_offered(priced: PricedLine) -> bool:
    """Tell whether the bid says that it does not answer this line."""
    return priced.bid.price.strategy == "not_offered"


def unsettled(bid: PricedBid, scope: Scope) -> tuple[PriceLine, ...]:
    """Return the lines of the lots of ``scope`` whose price is faulty: an earlier step has set it aside."""
    lots = {lot.bid.lot.id for lot in scope.lots}
    settled = {one.line.id for one in scope.lines} | {line.id for line in unpriced(scope)}
    return tuple(x for x in bid.bid.dossier.price_lines if x.lot in lots and x.id not in settled)


def every_line(
    kind: Kind,
    bid: PricedBid,
    scope: Scope,
    judge: Callable[[PricedLine], Verdict],
    wanted: Collection[str] = (),
) -> Verdict:
    """Judge each price line of ``scope`` (or those ``wanted``) and return the weakest verdict.

    A line without a price cannot be judged, so it is never met.
    """
    if not scope.lots:
        return kind.not_applicable(N_("No lot that this concerns is offered."))
    verdicts = [judge(x) for x in scope.lines if not not_offered(x) and (not wanted or x.line.id in wanted)]
    verdicts += [_no_price(kind, x) for x in unpriced(scope) if not wanted or x.id in wanted]
    faulty = unsettled(bid, scope)
    verdicts += [no_price_yet(kind, bid, x) for x in faulty if not wanted or x.id in wanted]
    known = {x.line.id for x in scope.lines} | {x.id for x in (*unpriced(scope), *faulty)}
    verdicts += [_no_line(kind, scope, one) for one in wanted if one not in known]
    if not verdicts:
        return kind.not_applicable(N_("The price schedule has no line that this concerns."))
    return weakest(verdicts)


def _no_price(kind: Kind, line: PriceLine) -> Verdict:
    return kind.cannot_tell(
        N_("Price line {line} has no price."),
        hint=N_("Add a price for line {id} {@prices:to}."),
        place=line.at,
        line=line.number,
        id=line.id,
    )


def no_price_yet(kind: Kind, bid: PricedBid, line: PriceLine) -> Verdict:
    """Return that a line has a price that could not be worked out; what is wrong has been said already."""
    price = next((one for one in bid.bid.dossier.prices if one.line == line.id), None)
    return kind.cannot_tell(
        N_("The price of line {line} could not be worked out."),
        hint=N_("Mend what is said of the price of line {line} or its costs first."),
        place=line.at if price is None else price.at,
        line=line.number,
    )


def _no_line(kind: Kind, scope: Scope, line: str) -> Verdict:
    return kind.cannot_tell(
        N_("The condition names price line {line}, which is not in the lots offered."),
        hint=N_("Check the lines that {@conditions.parameters} of condition {condition} name in {file}."),
        place=scope.condition.at.of("parameters"),
        line=line,
        condition=scope.condition.id,
    )


def price_on(priced: PricedLine, basis: Basis) -> Decimal | None:
    """Return the unit price with or without VAT, at the line's decimals; None while its VAT is not known."""
    asked = priced.line.vat_basis
    if asked == basis:
        return priced.unit_price
    if priced.vat_rate is None:
        return None
    if basis == "excluded":
        return priced.net_price
    return grid(priced.net_price * (1 + priced.vat_rate / 100), priced.line.decimals)


def price_place(priced: PricedLine) -> Place:
    """Return where the price of a line is decided: the given unit price, or the entry."""
    return priced.bid.price.at.of("unit_price")
