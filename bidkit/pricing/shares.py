"""Shares of a consortium: volume, money, role and risk per member and lot, and each member's own result. Pure.

Three alternatives stand side by side, and none is called the right one: money to the owner of the service, money by
the agreed per cent, equal parts. Money is without VAT, euros a year at the estimated quantities. In every alternative
the cost stays with the owner of the service, who does the work; only income and risk are shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from bidkit.diagnostics import Finding, Measure, Place, Word
from bidkit.i18n import N_
from bidkit.messages import pricing as say
from bidkit.money import half_up, largest_remainder
from bidkit.pricing._agreed import AgreedShare, Key, agreed_keys
from bidkit.stages import PricedBid, PricedLine, PricedLot

__all__ = ["AgreedShare", "Alternative", "LinePart", "LotPart", "MemberShare", "Result", "Shares", "shares"]

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
VOLUMES = (60, 100, 120)  # per cent of the estimated quantities

Name = Literal["by_owner", "agreed", "equal"]
TITLES: Mapping[Name, str] = {
    "by_owner": N_("By the owner of the service"),
    "agreed": N_("By the agreed per cent"),
    "equal": N_("In equal parts"),
}
POINTS: Mapping[str, str] = {
    "60": N_("60 % of the volume"),
    "100": N_("100 % of the volume"),
    "120": N_("120 % of the volume"),
    "worst": N_("the worst outcome fee"),
}


@dataclass(frozen=True)
class LinePart:
    """A member's part of one price line."""

    line: str  # id
    unit: str
    volume: Decimal  # in the unit of the line
    money: Decimal


@dataclass(frozen=True)
class LotPart:
    """A member's part of one lot. ``risk`` is what it loses of ``money`` if no outcome fee is paid."""

    member: str
    lot: str
    percent: Decimal  # of the lot's money; over the members it sums to 100.00 (0.00 of a lot without money)
    money: Decimal
    risk: Decimal
    role: str
    lines: tuple[LinePart, ...]

    @property
    def volumes(self) -> Mapping[str, Decimal]:
        """Volume by unit: unlike units are never added up."""
        found: dict[str, Decimal] = {}
        for one in self.lines:
            found[one.unit] = found.get(one.unit, Decimal(0)) + one.volume
        return found


@dataclass(frozen=True)
class Result:
    """Income against own cost at one point of `POINTS`; None where the cost of a service cannot be told."""

    point: str
    income: Decimal
    cost: Decimal | None

    @property
    def result(self) -> Decimal | None:
        """Income less own cost; below zero is a loss."""
        return None if self.cost is None else self.income - self.cost


@dataclass(frozen=True)
class MemberShare:
    """A member over the whole bid; without results if a lot could not be shared."""

    member: str
    name: str
    percent: Decimal  # of the shared money; sums to 100.00 over the members
    money: Decimal
    risk: Decimal
    results: tuple[Result, ...]

    @property
    def losses(self) -> tuple[Result, ...]:
        """The points at which the member makes a loss."""
        return tuple(one for one in self.results if one.result is not None and one.result < 0)


@dataclass(frozen=True)
class Alternative:
    """One way to share. ``unshared`` are ids of lots that it does not share: nothing is shared by guess."""

    name: Name
    lots: tuple[LotPart, ...]  # by lot, then by member, both in declared order
    members: tuple[MemberShare, ...]  # every member, in declared order
    unshared: tuple[str, ...]
    net: Decimal  # of the shared lots: equal to the sum of every view

    @property
    def title(self) -> str:
        """The alternative's heading, a msgid."""
        return TITLES[self.name]

    @property
    def results(self) -> tuple[Result, ...]:
        """The whole bid: the sums of the members, equal to the volume what-if of the bid."""
        columns = zip(*(one.results for one in self.members), strict=True)
        return tuple(Result(c[0].point, _sum(r.income for r in c), _known_sum(r.cost for r in c)) for c in columns)


@dataclass(frozen=True)
class Shares:
    """The alternatives side by side, in the order of `TITLES`; ``agreed`` only if shares have been agreed."""

    alternatives: tuple[Alternative, ...]

    def of(self, name: Name) -> Alternative | None:
        """Return one alternative."""
        return next((one for one in self.alternatives if one.name == name), None)


def shares(priced: PricedBid, agreed: Sequence[AgreedShare] = ()) -> tuple[Shares, tuple[Finding, ...]]:
    """Return the alternatives and what is so and should be otherwise.

    The first member is the lead; equal remainders go to the member that is declared first. A loss-maker is found in
    the agreed alternative, without agreed shares in that by owner. A lot with a negative line is not shared: pricing
    has told of it.
    """
    findings: list[Finding] = []
    keys = agreed_keys(priced, agreed, findings)
    roles = {(one.member, one.lot): one.role for one in agreed}
    given: dict[str, list[str]] = {}
    for one in agreed:
        given.setdefault(one.lot, []).append(one.member)

    def equal(lot: PricedLot) -> Key | None:
        return _equal_key(lot, _order(priced), given.get(_id(lot), ()))

    ways: list[tuple[Name, Callable[[PricedLot], Key | None] | None]] = [("by_owner", None)]
    ways += [("agreed", lambda lot: keys.get(_id(lot)))] if agreed else []
    ways += [("equal", equal)]
    found = tuple(_alternative(priced, name, key, roles) for name, key in ways)
    if len(priced.bid.members) > 1:
        findings += _loss_makers(priced, found[1] if agreed else found[0], agreed)
    return Shares(found), tuple(findings)


# --- one alternative ---------------------------------------------------------------------------------
def _alternative(
    priced: PricedBid,
    name: Name,
    key: Callable[[PricedLot], Key | None] | None,
    roles: Mapping[tuple[str, str], str],
) -> Alternative:
    """Share every lot by its key; without one each line belongs to the owner of its service."""
    parts: list[LotPart] = []
    unshared: list[str] = []
    net = Decimal(0)
    for lot in priced.lots:
        found = key(lot) if key else None
        if any(line.net < 0 for line in lot.lines) or (key and found is None):
            unshared.append(_id(lot))
            continue
        net += lot.net
        parts += _divided(lot, found, roles) if found else _owned(lot, _order(priced), roles)
    return Alternative(name, tuple(parts), _members(priced, parts, told=not unshared), tuple(unshared), net)


def _owned(lot: PricedLot, order: Mapping[str, str], roles: Mapping[tuple[str, str], str]) -> Iterator[LotPart]:
    members = _taking_part(lot, order)
    own = {m: [line for line in lot.lines if _owner(line) == m] for m in members}
    money = [_sum(line.net for line in own[m]) for m in members]
    for m, amount, percent in zip(members, money, _percents(money), strict=True):
        lines = tuple(LinePart(x.line.id, x.line.unit, x.quantity, x.net) for x in own[m])
        yield LotPart(m, _id(lot), percent, amount, _at_stake(own[m]), roles.get((m, _id(lot)), ""), lines)


def _divided(lot: PricedLot, key: Key, roles: Mapping[tuple[str, str], str]) -> Iterator[LotPart]:
    members = list(key.money)
    weights = list(key.money.values())
    money = largest_remainder(lot.net, weights)
    cells = _cells([line.net for line in lot.lines], money, weights)
    work = [largest_remainder(x.quantity, list(key.volume.values()), _places(x.quantity)) for x in lot.lines]
    risk = largest_remainder(_at_stake(lot.lines), list(key.risk.values()))
    percents = largest_remainder(HUNDRED, weights)
    for n, m in enumerate(members):
        lines = tuple(
            LinePart(line.line.id, line.line.unit, volumes[n], row[n])
            for line, volumes, row in zip(lot.lines, work, cells, strict=True)
        )
        yield LotPart(m, _id(lot), percents[n], money[n], risk[n], roles.get((m, _id(lot)), ""), lines)


def _cells(lines: Sequence[Decimal], money: Sequence[Decimal], weights: Sequence[Decimal]) -> list[list[Decimal]]:
    """Return line × member in cents, so that rows sum to the lines and columns to the members' ``money``.

    Every cell gets its exact part rounded down; the cents that are left go where the exact part is most above the
    cell, as far as both its line and its member still lack one. Ties go to the earlier line, then member.
    """
    parts, whole = [Fraction(w) for w in weights], sum(map(Fraction, weights))
    exact = [[Fraction(line) * 100 * part / whole for part in parts] for line in lines]
    cells = [[int(x // 1) for x in row] for row in exact]
    rows = [int(line * 100) - sum(row) for line, row in zip(lines, cells, strict=True)]
    columns = [int(m * 100) - sum(row[j] for row in cells) for j, m in enumerate(money)]
    spots = [(i, j) for i in range(len(lines)) for j in range(len(parts))]
    while any(rows):
        for i, j in sorted(spots, key=lambda at: cells[at[0]][at[1]] - exact[at[0]][at[1]]):
            if rows[i] and columns[j]:
                cells[i][j] += 1
                rows[i] -= 1
                columns[j] -= 1
    return [[cell * CENT for cell in row] for row in cells]


def _members(priced: PricedBid, parts: Sequence[LotPart], *, told: bool) -> tuple[MemberShare, ...]:
    order = _order(priced)
    money, risk = dict.fromkeys(order, Decimal(0)), dict.fromkeys(order, Decimal(0))
    for one in parts:
        money[one.member] += one.money
        risk[one.member] += one.risk
    results = _results(priced, money, risk) if told else {}
    percents = dict(zip(order, _percents(list(money.values())), strict=True))
    return tuple(MemberShare(m, name, percents[m], money[m], risk[m], results.get(m, ())) for m, name in order.items())


def _results(
    priced: PricedBid, money: Mapping[str, Decimal], risk: Mapping[str, Decimal]
) -> dict[str, tuple[Result, ...]]:
    """Return each member's results; at every volume they sum to what the bid's own what-if says.

    Fixed costs do not shrink with volume. At the worst outcome fee all the work is done and no outcome is paid.
    """
    fixed = dict.fromkeys(money, Decimal(0))
    variable = dict.fromkeys(money, Decimal(0))
    for service in priced.costs:
        fixed[service.offered.member.organisation.id] += service.yearly.total
    unknown = set()
    for line in (line for lot in priced.lots for line in lot.lines):
        variable[_owner(line)] += line.variable
        if line.cost is None:
            unknown.add(_owner(line))
    found: dict[str, list[Result]] = {m: [] for m in money}
    for volume in VOLUMES:
        incomes, costs = _scaled(money, volume), _scaled(variable, volume)
        for m in money:
            cost = None if m in unknown else fixed[m] + costs[m]
            found[m].append(Result(str(volume), incomes[m], cost))
    for m in money:
        cost = None if m in unknown else fixed[m] + variable[m]
        found[m].append(Result("worst", money[m] - risk[m], cost))
    return {m: tuple(results) for m, results in found.items()}


def _scaled(amounts: Mapping[str, Decimal], percent: int) -> dict[str, Decimal]:
    """Return amounts at a volume: their sum is rounded once, and shared by largest remainder."""
    total = _sum(amounts.values())
    if not total:
        return dict(amounts)
    scaled = largest_remainder(half_up(total * percent / HUNDRED), list(amounts.values()))
    return dict(zip(amounts, scaled, strict=True))


def _loss_makers(priced: PricedBid, way: Alternative, agreed: Sequence[AgreedShare]) -> Iterator[Finding]:
    """Find members that make a loss; at the estimated volume if they do so there, else where it is largest."""
    for one in way.members:
        if not one.losses:
            continue
        at_estimate = next((r for r in one.losses if r.point == "100"), None)
        worst = at_estimate or min(one.losses, key=lambda r: r.result or 0)
        yield say.LOSS_MAKER.at(
            _home(priced, way, one.member, agreed),
            member=one.name,
            loss=Measure(-(worst.result or Decimal(0)), "EUR/year"),
            point=Word(POINTS[worst.point]),
            income=Measure(worst.income, "EUR/year"),
            cost=None if worst.cost is None else Measure(worst.cost, "EUR/year"),
            points=tuple(Word(POINTS[r.point]) for r in one.losses),
            way=Word(way.title),
        )


def _home(priced: PricedBid, way: Alternative, member: str, agreed: Sequence[AgreedShare]) -> Place:
    """Return where a loss can be mended: the agreed share of the most money, the dearest line, or the organisation."""
    if way.name == "agreed":
        money = {part.lot: part.money for part in way.lots if part.member == member}
        mine = [one for one in agreed if one.member == member]
        if mine:
            return max(mine, key=lambda one: money.get(one.lot, Decimal(0))).at.of("percent")
    lines = [line for lot in priced.lots for line in lot.lines if _owner(line) == member]
    if lines:
        return max(lines, key=lambda line: line.net).bid.price.at
    return next(m.organisation.at for m in priced.bid.members if m.organisation.id == member)


# --- small change ------------------------------------------------------------------------------------
def _id(lot: PricedLot) -> str:
    return lot.bid.lot.id


def _owner(line: PricedLine) -> str:
    return line.bid.offered.member.organisation.id


def _order(priced: PricedBid) -> dict[str, str]:
    """Return id → name of the members, in declared order."""
    return {m.organisation.id: m.organisation.name for m in priced.bid.members}


def _taking_part(lot: PricedLot, order: Iterable[str], also: Iterable[str] = ()) -> list[str]:
    """Return the members that have a service or an agreed share in a lot, in declared order."""
    here = {one.member.organisation.id for one in lot.bid.services} | {_owner(x) for x in lot.lines} | set(also)
    return [m for m in order if m in here]


def _equal_key(lot: PricedLot, order: Iterable[str], also: Iterable[str]) -> Key | None:
    equal = dict.fromkeys(_taking_part(lot, order, also), Decimal(1))
    return Key(equal, equal, equal) if equal else None


def _at_stake(lines: Iterable[PricedLine]) -> Decimal:
    """Return the money of the outcome fees among lines."""
    return _sum(line.net for line in lines if line.line.unit == "outcome")


def _percents(money: list[Decimal]) -> list[Decimal]:
    """Return shares in per cent that sum to 100.00; all 0.00 if there is no money."""
    return largest_remainder(HUNDRED, money) if any(money) else [Decimal("0.00")] * len(money)


def _places(quantity: Decimal) -> int:
    """Return the decimals in which a quantity is shared: at least two, as many as it is written with."""
    exponent = quantity.normalize().as_tuple().exponent
    return max(2, -exponent) if isinstance(exponent, int) else 2


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _known_sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    told = list(amounts)
    return None if None in told else _sum(x for x in told if x is not None)
