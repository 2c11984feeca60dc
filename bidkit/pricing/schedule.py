"""The price schedule: unit price by strategy, guards, totals. The unit price binds; totals are made from it."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_UP, Decimal

from bidkit.diagnostics import Finding, Measure, Name, Word
from bidkit.i18n import N_
from bidkit.messages import pricing as say
from bidkit.money import half_up
from bidkit.pricing import vat
from bidkit.record import record
from bidkit.stages import Bid, LineBid, LotBid, PricedLine, PricedLot, ServiceCost, UnitCost

HUNDRED = Decimal(100)
_BASES = {"included": N_("with VAT"), "excluded": N_("without VAT")}


@record(frozen=True)
class _Setting:
    """One line with what its price rests on."""

    bid: Bid
    line_bid: LineBid
    service: ServiceCost
    unit: UnitCost | None
    rate: Decimal | None
    findings: list[Finding]

    @property
    def decimals(self) -> int:
        return self.line_bid.line.decimals

    @property
    def included(self) -> bool:
        return self.line_bid.line.vat_basis == "included"

    def measure(self, amount: Decimal) -> Measure:
        return Measure(amount, f"EUR/{self.line_bid.line.unit}")

    def net(self, unit_price: Decimal) -> Decimal:
        """Return the unit price without VAT; the line's decimals, at least cents, one rounding."""
        return vat.without(unit_price, self.rate, max(2, self.decimals)) if self.included else unit_price


def priced_lot(bid: Bid, lot: LotBid, costs: dict[str, ServiceCost], findings: list[Finding]) -> PricedLot:
    """Return a lot with every line that can be priced; the others have made a finding."""
    on = bid.tender.contract.start
    lines = []
    for line in lot.lines:
        if line.price.strategy == "not_offered":
            continue
        rate = vat.rate_of(line, on, findings)
        service = costs[line.offered.id]
        unit = service.unit(line.line.unit)
        if unit is None and service.hourly is not None:
            findings.append(
                say.NO_UNIT_HOURS.at(
                    line.offered.service.at.of("work_hours"),
                    service=line.offered.id,
                    unit=Name(code=line.line.unit),
                    line=line.line.number,
                )
            )
        priced = _priced_line(_Setting(bid, line, service, unit, rate, findings))
        if priced is not None:
            lines.append(priced)
    compared = [one.line for one in lines if one.line.compared]
    other = next((one for one in compared if one.vat_basis != compared[0].vat_basis), None)
    if other is not None:
        basis = Word(_BASES[other.vat_basis])
        findings.append(
            say.MIXED_BASES.at(other.at.of("vat_basis"), lot=lot.lot.number, line=other.number, basis=basis)
        )
    settled, sums = vat.settle(lines, bid.tender.vat_rule)
    return PricedLot(
        bid=lot,
        lines=settled,
        net=sum((one.net for one in settled), Decimal(0)),
        vat=sum((one.vat for one in settled), Decimal(0)),
        gross=sum((one.gross for one in settled), Decimal(0)),
        comparison=sum((one.asked for one in settled if one.line.compared), Decimal(0)),
        vat_sums=sums,
    )


def _priced_line(on: _Setting) -> PricedLine | None:
    line = on.line_bid.line
    unit_price = _unit_price(on)
    if unit_price is None:
        return None
    net_price = on.net(unit_price)
    _guard(on, unit_price, net_price)
    quantity = Decimal(1) if line.quantity is None else line.quantity
    net, tax, gross = vat.split(half_up(unit_price * quantity), on.rate, line.vat_basis)
    variable = cost = None
    if on.unit is not None:
        cost = half_up(on.unit.total * quantity)
        hours = half_up(on.unit.work_hours * quantity)
        variable = half_up(on.service.per_hour.total * hours) + half_up(on.unit.variable * quantity)
    return PricedLine(
        bid=on.line_bid,
        unit_cost=None if on.unit is None else on.unit.total,
        unit_price=unit_price,
        net_price=net_price,
        quantity=quantity,
        net=net,
        vat_rate=on.rate,
        vat=tax,
        gross=gross,
        cost=cost,
        variable=variable or Decimal(0),
    )


def _unit_price(on: _Setting) -> Decimal | None:
    """Return the unit price as the tender asks it, or None, with a finding, if the strategy gives none."""
    price, line = on.line_bid.price, on.line_bid.line
    unused = {"cost_plus": ("unit_price",), "fixed": ("margin",), "at_ceiling": ("margin", "unit_price")}
    for name in unused.get(price.strategy, ()):
        if getattr(price, name) is not None:
            on.findings.append(
                say.NO_EFFECT.at(
                    price.at.of(name), field=Name("prices", name), line=line.number, choice=Name(code=price.strategy)
                )
            )
    if price.strategy == "cost_plus":
        return None if on.unit is None else _cost_plus(on, on.unit.total)
    if price.strategy == "at_ceiling":
        if line.ceiling is None:
            on.findings.append(say.NO_CEILING.at(price.at.of("strategy"), line=line.number))
            return None
        return line.ceiling.quantize(Decimal(1).scaleb(-on.decimals), rounding=ROUND_DOWN)
    given = line.fixed if price.unit_price is None else price.unit_price
    if given is None:
        on.findings.append(say.NO_UNIT_PRICE.at(price.at.of("strategy"), line=line.number))
        return None
    rounded = half_up(given, on.decimals)
    if rounded != given:
        on.findings.append(
            say.TOO_MANY_DECIMALS.at(
                price.at.of("unit_price"),
                line=line.number,
                price=on.measure(given),
                decimals=on.decimals,
                rounded=rounded,
            )
        )
    return rounded


def _cost_plus(on: _Setting, cost: Decimal) -> Decimal:
    """Return full cost and margin on the line's grid; up if half-up would fall below the full cost."""
    margin = on.line_bid.price.margin or Decimal(0)
    target = cost * (HUNDRED + margin) / HUNDRED
    if on.included:
        target = target * (HUNDRED + (on.rate or 0)) / HUNDRED
    price = half_up(target, on.decimals)
    if margin >= 0 and on.net(price) < cost:
        price = target.quantize(Decimal(1).scaleb(-on.decimals), rounding=ROUND_UP)
    return price


def _guard(on: _Setting, unit_price: Decimal, net_price: Decimal) -> None:
    """Say what a price must not be: negative, zero, above the ceiling, not the buyer's own, below full cost."""
    price, line = on.line_bid.price, on.line_bid.line
    place = price.at.of({"cost_plus": "margin", "fixed": "unit_price"}.get(price.strategy, "strategy"))
    shown = on.measure(unit_price)
    if unit_price < 0:
        on.findings.append(say.NEGATIVE_PRICE.at(place, line=line.number, price=shown))
        return
    if line.fixed is not None and unit_price != line.fixed:
        on.findings.append(
            say.NOT_THE_FIXED_PRICE.at(place, line=line.number, price=shown, fixed=on.measure(line.fixed))
        )
    elif unit_price == 0 and line.fixed is None:
        on.findings.append(say.ZERO_PRICE.at(place, line=line.number))
        return
    if line.ceiling is not None and unit_price > line.ceiling:
        on.findings.append(say.ABOVE_CEILING.at(place, line=line.number, price=shown, ceiling=on.measure(line.ceiling)))
    if on.unit is None or net_price >= on.unit.total:
        return
    asked, full = on.measure(net_price), on.measure(on.unit.total)
    if not price.below_cost_reason:
        on.findings.append(say.BELOW_COST.at(place, line=line.number, price=asked, cost=full))
        return
    on.findings.append(
        say.BELOW_COST_REASON.at(
            price.at.of("below_cost_reason"),
            line=line.number,
            price=asked,
            cost=full,
            reason=on.bid.words(price.below_cost_reason),
        )
    )
