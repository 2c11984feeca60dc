"""VAT of a price line: which rate, on which ground, and how the sums of a lot are rounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bidkit.diagnostics import Finding, Measure, Name
from bidkit.messages import pricing as say
from bidkit.money import half_up, largest_remainder
from bidkit.pricing import tables
from bidkit.stages import LineBid, PricedLine, VatSum

HUNDRED = Decimal(100)


def rate_of(bid: LineBid, on: date, findings: list[Finding]) -> Decimal | None:
    """Return the VAT rate of a line in per cent; None while the status is unknown.

    ``on`` is the day whose rates apply: the first day of the contract.
    """
    vat, line = bid.price.vat, bid.line.number
    place = vat.at if vat.at.file else bid.price.at.of("vat")
    if vat.status == "standard":
        rates = tables.vat_rates(on)
        if vat.rate is None:
            return rates.general
        if vat.rate not in rates.known:
            known = tuple(Measure(rate, "percent") for rate in rates.known)
            findings.append(
                say.VAT_ODD_RATE.at(
                    place.of("rate"), line=line, rate=Measure(vat.rate, "percent"), date=on, known=known
                )
            )
        return vat.rate
    if vat.rate:
        findings.append(
            say.NO_EFFECT.at(
                place.of("rate"), field=Name("prices", "vat.rate"), line=line, choice=Name(code=vat.status)
            )
        )
    if vat.status == "unknown":
        findings.append(say.VAT_UNKNOWN.at(place.of("status"), line=line))
        return None
    if not vat.ground:
        findings.append(say.VAT_NO_GROUND.at(place.of("status"), line=line))
    if not vat.decided_by:
        findings.append(say.VAT_NOBODY_DECIDED.at(place.of("status"), line=line))
    return Decimal(0)


def without(gross: Decimal, rate: Decimal | None, places: int = 2) -> Decimal:
    """Return a price without its VAT, rounded once."""
    return half_up(gross * HUNDRED / (HUNDRED + (rate or 0)), places)


def split(asked: Decimal, rate: Decimal | None, vat_basis: str) -> tuple[Decimal, Decimal, Decimal]:
    """Return net, VAT and gross of an amount in cents that is asked without or with VAT."""
    if vat_basis == "included":
        net = without(asked, rate)
        return net, asked - net, asked
    vat = half_up(asked * (rate or 0) / HUNDRED)
    return asked, vat, asked + vat


def settle(lines: Iterable[PricedLine], rule: str) -> tuple[tuple[PricedLine, ...], tuple[VatSum, ...]]:
    """Return the lines of a lot with their VAT settled by the tender's rule, and the sums by rate.

    ``per_line``: VAT is rounded on each line and the sums add them up. ``per_rate``: VAT is rounded once on
    the sum of each rate (and price basis); the lines get their part of it by largest remainder.
    """
    lines = tuple(lines)
    groups: dict[tuple[Decimal | None, str], list[int]] = defaultdict(list)
    for n, one in enumerate(lines):
        groups[(one.vat_rate, one.line.vat_basis)].append(n)
    settled, sums = list(lines), []
    for (rate, basis), members in groups.items():
        if rule == "per_rate":
            asked = sum((lines[n].asked for n in members), Decimal(0))
            net, vat, gross = split(asked, rate, basis)
            for n, part in zip(members, _parts(vat, [lines[n].asked for n in members]), strict=True):
                settled[n] = _with_vat(lines[n], part, basis)
        else:
            net, vat, gross = (
                sum((getattr(lines[n], amount) for n in members), Decimal(0)) for amount in ("net", "vat", "gross")
            )
        sums.append(VatSum(rate, basis, net, vat, gross))
    return tuple(settled), tuple(sums)


def _parts(vat: Decimal, weights: list[Decimal]) -> list[Decimal]:
    if vat <= 0 or any(w < 0 for w in weights):  # a negative price has its own finding
        return [Decimal(0)] * len(weights) if not vat else [vat, *[Decimal(0)] * (len(weights) - 1)]
    return largest_remainder(vat, weights)


def _with_vat(line: PricedLine, vat: Decimal, basis: str) -> PricedLine:
    if basis == "included":
        return replace(line, vat=vat, net=line.gross - vat)
    return replace(line, vat=vat, gross=line.net + vat)
