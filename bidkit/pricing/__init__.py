"""Step 3: costs, price schedule, VAT, volume and scoring what-if. Pure: same bid in, same figures out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from bidkit.diagnostics import Fact, Finding, Measure
from bidkit.i18n import N_
from bidkit.messages import pricing as say
from bidkit.model.dossier import Member
from bidkit.pricing import build_up, salaries, schedule, scoring, tables, volume
from bidkit.stages import Bid, Demand, MemberCost, PricedBid, ServiceCost

__all__ = ["price"]

RATES = {
    "pension": N_("Employer's pension contribution (TyEL)"),
    "health": N_("Employer's health insurance contribution"),
    "unemployment": N_("Unemployment insurance, up to the threshold"),
    "unemployment_above": N_("Unemployment insurance, above the threshold"),
    "threshold": N_("Threshold of unemployment insurance"),
    "accident": N_("Accident insurance"),
    "group_life": N_("Group life insurance"),
}


def price(bid: Bid) -> tuple[PricedBid, tuple[Finding, ...]]:
    """Return the bid with costs and prices, and everything that is so and should be otherwise.

    What cannot be priced is a finding at its field and is left out; the rest goes on.
    """
    findings: list[Finding] = []
    members, costs = _costs(bid, findings)
    by_service = {cost.offered.id: cost for cost in costs}
    lots = tuple(schedule.priced_lot(bid, lot, by_service, findings) for lot in bid.lots)
    for cost in costs:
        build_up.check_sold(cost, findings)
    needed = sum((cost.demand.hours for cost in costs), Decimal(0))
    available = sum((cost.hours for cost in costs), Decimal(0))
    _check_hours(bid, costs, needed, available, findings)
    base = volume.volume(costs, lots)
    told: set[str] = set()
    compared = tuple(s for lot in lots if (s := scoring.what_if(bid, lot, told, findings)))
    priced = PricedBid(
        bid=bid,
        costs=costs,
        lots=lots,
        net=sum((lot.net for lot in lots), Decimal(0)),
        vat=sum((lot.vat for lot in lots), Decimal(0)),
        gross=sum((lot.gross for lot in lots), Decimal(0)),
        volumes=volume.points(base),
        break_even=volume.break_even(base),
        scoring=compared,
        outcome_costs=volume.outcome_costs(costs),
        hours_needed=needed,
        hours_available=available,
        assumptions=tuple(_assumptions(bid, members)),
        members=members,
        volume=base,
        awards=scoring.awards(bid, compared),
    )
    if bid.dossier.joint:
        from bidkit.pricing.shares import shares

        split, found = shares(priced)
        priced, findings = replace(priced, shares=split), [*findings, *found]
    return priced, tuple(findings)


def _costs(bid: Bid, findings: list[Finding]) -> tuple[tuple[MemberCost, ...], tuple[ServiceCost, ...]]:
    """Return working time and salaries of each member whose costs are in the bid, and each service's build-up.

    The costs of a service are those of the member that gives it and of every other whose costs are allocated to it.
    """
    demands = build_up.demands(bid)
    offered = {one.id for one in bid.services}
    givers = {id(one.member) for one in bid.services}
    rows = {
        id(member): build_up.MemberRows(salaries.member_cost(member, findings), findings)
        for member in _by_services(bid)
        if id(member) in givers or _allocated(member) & offered
    }
    costs = []
    for one in bid.services:
        own = rows[id(one.member)]
        others = (given for given in rows.values() if given is not own and given.rows.get(one.id))
        costs.append(build_up.service_cost(one, (own, *others), demands.get(one.id, Demand()), findings))
    if bid.dossier.set_aside.get("salaries") or bid.dossier.set_aside.get("cost_items"):
        # What a faulty row would have paid for is not missing: the row has its own finding.
        findings[:] = [f for f in findings if f.code not in (say.NO_HOURS.code, say.NO_COSTS.code)]
    return tuple(one.cost for one in rows.values()), tuple(costs)


def _by_services(bid: Bid) -> Iterable[Member]:
    """Return every member: those that offer something in the order of their services, then the others."""
    giving = [one.member for one in bid.services]
    return {id(member): member for member in (*giving, *bid.members)}.values()


def _allocated(member: Member) -> set[str]:
    """Return the ids of the services that a member's costs are for."""
    allocations = (*(one.allocations for one in member.salaries), *(one.allocations for one in member.cost_items))
    return {share.service for shares in allocations for share in shares}


def _check_hours(
    bid: Bid, costs: tuple[ServiceCost, ...], needed: Decimal, available: Decimal, findings: list[Finding]
) -> None:
    """Say that more hours are promised than all services have together; one service alone has its own finding."""
    if len(costs) > 1 and 0 < available < needed and all(cost.hourly is not None for cost in costs):
        findings.append(
            say.PROMISED_TWICE_IN_ALL.at(
                bid.dossier.bid.at,
                needed=Measure(needed, "hours/year"),
                available=Measure(available, "hours/year"),
            )
        )


def _assumptions(bid: Bid, members: Iterable[MemberCost]) -> Iterable[tuple[str, Fact, str]]:
    """Yield what the figures rest on: name (a msgid), value, source (a msgid if it is one of our own tables)."""
    rates = tables.vat_rates(bid.tender.contract.start)
    yield N_("General VAT rate"), Measure(rates.general, "percent"), rates.source
    for one in members:
        basis = one.member.cost_basis
        source = bid.words(basis.source)
        time = basis.working_time
        yield N_("Organisation"), one.member.organisation.name, ""
        yield N_("Year of the costs"), str(basis.year), source
        if one.working_year:
            away = time.leave_days + time.other_absence_days
            calendar = source if time.working_days is not None else N_("bidkit's calendar of working days")
            yield N_("Working days a year"), Measure(one.working_year.days + away, "working_days"), calendar
            yield N_("Annual leave"), Measure(time.leave_days, "working_days"), source
            yield N_("Other absence"), Measure(time.other_absence_days, "working_days"), source
            yield N_("Share of client work"), Measure(time.client_share, "percent"), source
            yield N_("Client work of a full-time post"), Measure(one.working_year.client_hours, "hours/year"), ""
        yield N_("Holiday bonus"), Measure(basis.holiday_bonus, "percent"), source
        yield N_("Overhead"), Measure(basis.overhead, "percent"), source
        yield N_("Risk reserve"), Measure(basis.risk, "percent"), source
        yield N_("Other payroll"), Measure(basis.other_payroll, "EUR/year"), source
        for used in {cost.rates.year: cost.rates for cost in one.salaries}.values():
            yield N_("Side costs of the year"), str(used.year), ""
            for name, label in RATES.items():
                own = used in basis.side_costs
                yield (
                    label,
                    Measure(getattr(used, name), "EUR" if name == "threshold" else "percent"),
                    used.source if own else tables.side_cost_source(used.year, name),
                )
