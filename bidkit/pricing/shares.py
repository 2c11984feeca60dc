"""Shares of a consortium: volume, money, role and risk per member and lot, and each member's own result. Pure.

Three alternatives stand side by side, and none is called the right one: money to the owner of the service, money by
the agreed per cent, equal parts. Money is without VAT, euros a year at the estimated quantities. In every alternative
the cost stays with whoever has it: only income and risk are shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from bidkit.diagnostics import Finding, Measure, Place, Severity, Word
from bidkit.messages import pricing as say
from bidkit.model.consortium import MemberShare
from bidkit.money import half_up, largest_remainder
from bidkit.pricing import _small
from bidkit.pricing._agreed import Key, agreed_keys
from bidkit.pricing.build_up import BY_CLIENT, BY_GROUP
from bidkit.split import POINTS, Agreed, Alternative, LinePart, LotPart, MemberPart, Partner, Result, Shares, Way
from bidkit.stages import PricedBid, PricedLine, PricedLot, ServiceCost, ServicePart

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
_DIGITS = 28  # decimals of a per cent: as many as a number of ours may have
VOLUMES = (60, 100, 120)  # per cent of the estimated quantities


def shares(priced: PricedBid) -> tuple[Shares, tuple[Finding, ...]]:
    """Return the alternatives and what is so and should be otherwise.

    The first member is the lead; equal remainders go to the member that is declared first. A loss-maker is found in
    the agreed alternative, without agreed shares in that by owner. A lot with a negative line is not shared: pricing
    has told of it.
    """
    findings: list[Finding] = []
    agreed = priced.bid.dossier.shares
    keys = agreed_keys(priced, findings)
    partners = _partners(priced)
    given: dict[str, list[str]] = {}
    for one in agreed:
        given.setdefault(one.lot, []).append(one.member)

    def equal(lot: PricedLot) -> Key | None:
        return _equal_key(lot, _order(priced), given.get(_id(lot), ()))

    ways: list[tuple[Way, Callable[[PricedLot], Key | None] | None]] = [("by_owner", None)]
    ways += [("agreed", lambda lot: keys.get(_id(lot)))] if agreed else []
    ways += [("equal", equal)]
    found = tuple(_alternative(priced, name, key, partners) for name, key in ways)
    if len(partners) > 1:
        findings += _loss_makers(priced, found[1] if agreed else found[0], partners)
    findings += _small.check(priced)
    kept = tuple(
        Agreed(m, lot, money, key.volume[m], key.risk[m]) for lot, key in keys.items() for m, money in key.money.items()
    )
    return Shares(partners, found, _small.small(priced.bid.dossier), kept), tuple(findings)


# --- one alternative ---------------------------------------------------------------------------------
def _alternative(
    priced: PricedBid,
    name: Way,
    key: Callable[[PricedLot], Key | None] | None,
    partners: Sequence[Partner],
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
        parts += _divided(lot, found) if found else _owned(lot, _order(priced))
    return Alternative(name, tuple(parts), _members(partners, parts, told=not unshared), tuple(unshared), net)


def _owned(lot: PricedLot, order: Iterable[str]) -> Iterator[LotPart]:
    members = _taking_part(lot, order)
    own = {m: [line for line in lot.lines if _owner(line) == m] for m in members}
    money = [_sum(line.net for line in own[m]) for m in members]
    for m, amount, percent in zip(members, money, _percents(money), strict=True):
        lines = tuple(LinePart(x.line.id, x.line.unit, x.quantity, x.net) for x in own[m])
        yield LotPart(m, _id(lot), percent, amount, _at_stake(own[m]), lines)


def _divided(lot: PricedLot, key: Key) -> Iterator[LotPart]:
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
        yield LotPart(m, _id(lot), percents[n], money[n], risk[n], lines)


def _cells(lines: Sequence[Decimal], money: Sequence[Decimal], weights: Sequence[Decimal]) -> list[list[Decimal]]:
    """Return line × member in cents, so that rows sum to the lines and columns to the members' ``money``.

    Every cell gets its exact part rounded down; the cents that are left go where the exact part is most above the
    cell, as far as both its line and its member still lack one. Ties go to the earlier line, then member.
    """
    parts = [int(w.scaleb(_DIGITS)) for w in weights]  # whole numbers: exact, and quicker than fractions
    whole = sum(parts)
    exact = [[int(line * 100) * part for part in parts] for line in lines]  # in cents, times ``whole``
    cells = [[x // whole for x in row] for row in exact]
    rows = [int(line * 100) - sum(row) for line, row in zip(lines, cells, strict=True)]
    columns = [int(m * 100) - sum(row[j] for row in cells) for j, m in enumerate(money)]
    spots = [(i, j) for i in range(len(lines)) for j in range(len(parts))]
    while any(rows):
        for i, j in sorted(spots, key=lambda at: cells[at[0]][at[1]] * whole - exact[at[0]][at[1]]):
            if rows[i] and columns[j]:
                cells[i][j] += 1
                rows[i] -= 1
                columns[j] -= 1
    return [[cell * CENT for cell in row] for row in cells]


def _members(partners: Sequence[Partner], parts: Sequence[LotPart], *, told: bool) -> tuple[MemberPart, ...]:
    order = [one.member for one in partners]
    money, risk = dict.fromkeys(order, Decimal(0)), dict.fromkeys(order, Decimal(0))
    for one in parts:
        money[one.member] += one.money
        risk[one.member] += one.risk
    results = _results(partners, money, risk) if told else {}
    percents = dict(zip(order, _percents(list(money.values())), strict=True))
    return tuple(MemberPart(m, percents[m], money[m], risk[m], results.get(m, ())) for m in order)


def _results(
    partners: Sequence[Partner], money: Mapping[str, Decimal], risk: Mapping[str, Decimal]
) -> dict[str, tuple[Result, ...]]:
    """Return each member's results; at every volume they sum to what the bid's own what-if says.

    Fixed costs do not shrink with volume. At the worst outcome fee all the work is done and no outcome is paid.
    """
    variable = {one.member: one.variable or Decimal(0) for one in partners}
    found: dict[str, list[Result]] = {one.member: [] for one in partners}
    for volume in VOLUMES:
        incomes, costs = _scaled(money, volume), _scaled(variable, volume)
        for one in partners:
            cost = None if one.variable is None else one.fixed + costs[one.member]
            found[one.member].append(Result(str(volume), incomes[one.member], cost))
    for one in partners:
        cost = None if one.variable is None else one.fixed + one.variable
        found[one.member].append(Result("worst", money[one.member] - risk[one.member], cost))
    return {m: tuple(results) for m, results in found.items()}


def _scaled(amounts: Mapping[str, Decimal], percent: int) -> dict[str, Decimal]:
    """Return amounts at a volume: their sum is rounded once, and shared by largest remainder."""
    total = _sum(amounts.values())
    if not total:
        return dict(amounts)
    scaled = largest_remainder(half_up(total * percent / HUNDRED), list(amounts.values()))
    return dict(zip(amounts, scaled, strict=True))


def _loss_makers(priced: PricedBid, way: Alternative, partners: Sequence[Partner]) -> Iterator[Finding]:
    """Find members that make a loss; at the estimated volume if they do so there, else where it is largest."""
    for one, partner in zip(way.members, partners, strict=True):
        if not one.losses:
            continue
        at_estimate = next((r for r in one.losses if r.point == "100"), None)
        worst = at_estimate or min(one.losses, key=lambda r: r.result or 0)
        # Fixed costs make a loss for nearly everybody at a small volume: good to know, but no reason to stop.
        small_only = all(r.point == str(VOLUMES[0]) for r in one.losses)
        yield say.LOSS_MAKER.at(
            _home(priced, way, one.member),
            severity=Severity.NOTE if small_only else say.LOSS_MAKER.severity,
            member=partner.name,
            loss=Measure(-(worst.result or Decimal(0)), "EUR/year"),
            point=Word(POINTS[worst.point]),
            income=Measure(worst.income, "EUR/year"),
            cost=None if worst.cost is None else Measure(worst.cost, "EUR/year"),
            points=tuple(Word(POINTS[r.point]) for r in one.losses),
            way=Word(way.title),
        )


def _home(priced: PricedBid, way: Alternative, member: str) -> Place:
    """Return where the lead can mend a loss: the agreed share of the most money, the dearest line, or the shares.

    It is always a file of the lead: what a member loses is no business of whoever reads another file.
    """
    dossier = priced.bid.dossier
    if way.name == "agreed":
        money = {part.lot: part.money for part in way.lots if part.member == member}
        mine: list[MemberShare] = [one for one in dossier.shares if one.member == member]
        if mine:
            return max(mine, key=lambda one: money.get(one.lot, Decimal(0))).at.of("money")
    lines = [line for lot in priced.lots for line in lot.lines if _owner(line) == member]
    if lines:
        return max(lines, key=lambda line: line.net).bid.price.at
    return dossier.home("shares")


# --- who shares, and what it costs them --------------------------------------------------------------
def _partners(priced: PricedBid) -> tuple[Partner, ...]:
    """Return every member with its role and own costs."""
    told = {one.id: one for one in priced.bid.dossier.participants}
    order = _order(priced)
    fixed, variable = dict.fromkeys(order, Decimal(0)), dict.fromkeys(order, Decimal(0))
    costs = {one.offered.id: one for one in priced.costs}
    for part in (part for cost in priced.costs for part in cost.parts):
        fixed[part.member.organisation.id] += part.yearly.total
    unknown: set[str] = set()
    for line in (line for lot in priced.lots for line in lot.lines):
        for member, amount in _variable(line, costs.get(line.bid.offered.id)).items():
            variable[member] += amount
            if line.cost is None:
                unknown.add(member)
    return tuple(
        Partner(
            member=m,
            name=name,
            role=told[m].role if m in told else "lead" if n == 0 else "",
            task=told[m].task if m in told else None,
            fixed=fixed[m],
            variable=None if m in unknown else variable[m],
        )
        for n, (m, name) in enumerate(order.items())
    )


def _variable(line: PricedLine, cost: ServiceCost | None) -> Mapping[str, Decimal]:
    """Return what a line costs each member beyond its fixed costs; the parts sum to the line's."""
    parts = cost.parts if cost else ()
    if len(parts) < 2:
        return {_owner(line): line.variable}
    unit = cost.unit(line.line.unit) if cost else None
    hours = half_up(unit.work_hours * line.quantity) if unit else Decimal(0)
    weights = [part.per_hour.total * hours + _each(part, line.line.unit) * line.quantity for part in parts]
    members = [part.member.organisation.id for part in parts]
    amounts = largest_remainder(line.variable, weights) if any(weights) else [Decimal(0)] * len(parts)
    return dict(zip(members, amounts, strict=True))


def _each(part: ServicePart, unit: str) -> Decimal:
    """Return what one sold unit costs a member beyond its hours."""
    if unit in BY_CLIENT:
        return part.per_client.total
    return part.per_group.total if unit in BY_GROUP else Decimal(0)


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
