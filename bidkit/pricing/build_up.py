"""Cost build-up of a service: rows → overhead → risk → hours → hourly cost → unit costs (domain vector D).

Overhead comes by a rate on the direct cost, from cost items of the kind overhead with a driver of their own, or both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import get_args

from bidkit.diagnostics import Finding, Measure, Word
from bidkit.i18n import N_
from bidkit.messages import pricing as say
from bidkit.model.cost import Allocation, CostBasis, CostItem, Funding, Salary
from bidkit.model.service import Unit
from bidkit.money import half_up
from bidkit.stages import (
    Bid,
    CostRow,
    Demand,
    Loaded,
    MemberCost,
    OfferedService,
    SalaryCost,
    ServiceCost,
    ServicePart,
    UnitCost,
)

HUNDRED = Decimal(100)
BY_CLIENT = frozenset({"client", "start"})  # units that carry the per_client items
BY_GROUP = frozenset({"group"})
OTHER_FUNDING = tuple(f for f in get_args(Funding) if f != "market")


class MemberRows:
    """A member's cost rows by service, so that each service is built up in one look."""

    def __init__(self, cost: MemberCost, findings: list[Finding]) -> None:
        self.cost = cost
        self.rows: dict[str, list[CostRow]] = defaultdict(list)
        self.salaries: dict[str, list[SalaryCost]] = defaultdict(list)
        for one in cost.salaries:
            _check_shares(one.salary, findings)
            for service, share in _shares(one.salary.allocations).items():
                self.salaries[service].append(one)
                self.rows[service].append(_salary_row(one, share))
        for item in cost.member.cost_items:
            if item.amount < 0:
                amount = Measure(item.amount, "EUR")
                findings.append(say.NEGATIVE_COST.at(item.at.of("amount"), id=item.id, amount=amount))
                continue
            if item.driver in ("per_month", "per_year"):
                _check_shares(item, findings)
            for service, share in _shares(item.allocations).items():
                self.rows[service].append(_item_row(item, share))


def _shares(allocations: Iterable[Allocation]) -> dict[str, Decimal]:
    """Return the share of each service; one named twice gets both shares."""
    shares: dict[str, Decimal] = defaultdict(Decimal)
    for one in allocations:
        shares[one.service] += one.share
    return shares


def _check_shares(entry: Salary | CostItem, findings: list[Finding]) -> None:
    whole = sum((a.share for a in entry.allocations), Decimal(0))
    if whole > HUNDRED:
        findings.append(say.SHARES_OVER.at(entry.at.of("allocations"), id=entry.id, sum=Measure(whole, "percent")))


def _salary_row(one: SalaryCost, share: Decimal) -> CostRow:
    salary = one.salary
    return CostRow(
        id=f"salaries.{salary.id}",
        title=salary.title,
        place=salary.at,
        driver="per_year",
        amount=one.total,
        share=share,
        cost=half_up(one.total * share / HUNDRED),
        funding=salary.funding,
        source=salary.source,
        hours=half_up(one.hours * share / HUNDRED),
    )


def _item_row(item: CostItem, share: Decimal) -> CostRow:
    return CostRow(
        id=f"cost_items.{item.id}",
        title=item.title,
        place=item.at,
        driver=item.driver,
        amount=item.amount,
        share=share,
        cost=half_up(item.amount * share / HUNDRED),
        funding=item.funding,
        source=item.source,
        overhead=item.kind == "overhead",
    )


def demands(bid: Bid) -> Mapping[str, Demand]:
    """Return what the lines ask of each service in a year, at the estimated quantities."""
    found: dict[str, Demand] = {}
    for lot in bid.lots:
        for line in lot.lines:
            if line.price.strategy == "not_offered":
                continue
            before = found.get(line.offered.id, Demand())
            quantity = Decimal(1) if line.line.quantity is None else line.line.quantity
            unit = line.line.unit
            hours = work_hours(line.offered).get(unit, Decimal(0))
            found[line.offered.id] = Demand(
                hours=before.hours + half_up(hours * quantity),
                clients=before.clients + (quantity if unit in BY_CLIENT else 0),
                groups=before.groups + (quantity if unit in BY_GROUP else 0),
            )
    return found


def work_hours(offered: OfferedService) -> Mapping[Unit, Decimal]:
    """Return the hours of work of each unit the service is sold by; an hour takes one unless said otherwise."""
    hours: dict[Unit, Decimal] = {"hour": Decimal(1)}
    hours.update({one.unit: one.hours for one in offered.service.work_hours})
    return hours


def loaded(rows: Iterable[CostRow], basis: CostBasis) -> Loaded:
    """Return the cost of rows with overhead by the rate, overhead of its own and risk, each rounded once, to the cent.

    A row counts by what it costs a year, or by its driver unit if it grows with volume.
    """
    direct = items = Decimal(0)
    for row in rows:
        if row.overhead:
            items += row.yearly
        else:
            direct += row.yearly
    overhead = half_up(direct * basis.overhead / HUNDRED)
    return Loaded(direct, overhead, items, half_up((direct + overhead + items) * basis.risk / HUNDRED))


def service_cost(
    offered: OfferedService, given: Sequence[MemberRows], demand: Demand, findings: list[Finding]
) -> ServiceCost:
    """Return the cost build-up of one service; what cannot be told is a finding and stays None.

    ``given`` are the rows of the member that gives the service, then of others whose costs are allocated to it.
    """
    parts = tuple(_part(rows, offered.id) for rows in given)
    rows = tuple(row for part in parts for row in part.rows)
    yearly, per_hour = _whole(part.yearly for part in parts), _whole(part.per_hour for part in parts)
    per_client, per_group = _whole(part.per_client for part in parts), _whole(part.per_group for part in parts)
    fixed = _fixed_hourly(offered, parts, yearly.total, given, findings)
    hourly = None if fixed is None else fixed + per_hour.total
    kept_out = {
        funding: sum((a_year(row, demand) for row in rows if row.funding == funding), Decimal(0))
        for funding in OTHER_FUNDING
    }
    for part in parts:
        _tell_kept_out(offered, part, demand, findings)
    return ServiceCost(
        offered=offered,
        salaries=tuple(one for part in parts for one in part.salaries),
        rows=rows,
        hours=sum((part.hours for part in parts), Decimal(0)),
        yearly=yearly,
        per_hour=per_hour,
        per_client=per_client,
        per_group=per_group,
        hourly=hourly,
        units=() if hourly is None else _units(offered, hourly, per_client.total, per_group.total),
        kept_out={funding: amount for funding, amount in kept_out.items() if amount},
        demand=demand,
        parts=parts,
    )


def _part(given: MemberRows, service: str) -> ServicePart:
    """Return what one member's costs add to a service: its own overhead and risk are on them."""
    own = tuple(given.rows.get(service, ()))
    market = [row for row in own if row.funding == "market"]
    member = given.cost.member

    def load(*drivers: str) -> Loaded:
        return loaded((row for row in market if row.driver in drivers), member.cost_basis)

    return ServicePart(
        member=member,
        salaries=tuple(given.salaries.get(service, ())),
        rows=own,
        hours=sum((row.hours for row in market), Decimal(0)),
        yearly=load("per_year", "per_month"),
        per_hour=load("per_hour"),
        per_client=load("per_client"),
        per_group=load("per_group"),
    )


def _whole(parts: Iterable[Loaded]) -> Loaded:
    """Return the sum of the members' parts."""
    told = list(parts)
    return Loaded(
        sum((one.direct for one in told), Decimal(0)),
        sum((one.overhead for one in told), Decimal(0)),
        sum((one.overhead_items for one in told), Decimal(0)),
        sum((one.risk for one in told), Decimal(0)),
    )


def _tell_kept_out(offered: OfferedService, part: ServicePart, demand: Demand, findings: list[Finding]) -> None:
    """Say what others than the buyer pay of a member's own costs: each member reads of its own alone."""
    others = [row for row in part.rows if row.funding != "market"]
    amount = sum((a_year(row, demand) for row in others), Decimal(0))
    if amount:
        measure = Measure(amount, "EUR/year")
        findings.append(say.KEPT_OUT.at(others[0].place.of("funding"), amount=measure, service=offered.id))


def _fixed_hourly(
    offered: OfferedService,
    parts: Sequence[ServicePart],
    yearly: Decimal,
    given: Sequence[MemberRows],
    findings: list[Finding],
) -> Decimal | None:
    """Return the yearly cost of one hour; None, with a finding, if there is nothing to count it from."""
    if not any(row.funding == "market" for part in parts for row in part.rows):
        findings.append(say.NO_COSTS.at(offered.service.at, service=offered.id))
        return None
    hours = sum((part.hours for part in parts), Decimal(0))
    if hours > 0:
        return half_up(yearly / hours)
    if yearly == 0:  # bought in by the hour, with no staff of one's own
        return yearly
    if all(rows.cost.working_year is not None for rows in given):  # else its own finding has said why
        own = Measure(parts[0].yearly.total, "EUR/year")  # what others add is no business of who reads this file
        findings.append(say.NO_HOURS.at(offered.service.at, service=offered.id, cost=own))
    return None


def _units(offered: OfferedService, hourly: Decimal, per_client: Decimal, per_group: Decimal) -> tuple[UnitCost, ...]:
    variable = dict.fromkeys(BY_CLIENT, per_client) | dict.fromkeys(BY_GROUP, per_group)
    return tuple(
        UnitCost(unit, hours, half_up(hours * hourly), variable.get(unit, Decimal(0)))
        for unit, hours in work_hours(offered).items()
    )


def a_year(row: CostRow, demand: Demand) -> Decimal:
    """Return what a row costs a year at the estimated quantities."""
    match row.driver:
        case "per_hour":
            return half_up(row.cost * demand.hours)
        case "per_client":
            return half_up(row.cost * demand.clients)
        case "per_group":
            return half_up(row.cost * demand.groups)
        case _:
            return row.yearly


def check_sold(cost: ServiceCost, findings: list[Finding]) -> None:
    """Say which costs are in no price, and whether more hours are promised than there are."""
    unsold = {"per_client": cost.demand.clients == 0, "per_group": cost.demand.groups == 0}
    words = {"per_client": N_("the number of clients"), "per_group": N_("the number of groups")}
    for row in cost.rows:
        if row.funding == "market" and unsold.get(row.driver, False):
            findings.append(
                say.COST_NOT_IN_PRICE.at(
                    row.place.of("driver"),
                    item=row.id.partition(".")[2],
                    driver=Word(words[row.driver]),
                    service=cost.offered.id,
                )
            )
    if cost.hourly is not None and 0 < cost.hours < cost.demand.hours:
        findings.append(
            say.PROMISED_TWICE.at(
                cost.offered.service.at,
                service=cost.offered.id,
                needed=Measure(cost.demand.hours, "hours/year"),
                available=Measure(cost.hours, "hours/year"),
            )
        )
