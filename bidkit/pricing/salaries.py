"""What a salary costs and how many hours of client work it gives (domain vectors A, B and C)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from bidkit.diagnostics import Finding, Measure
from bidkit.messages import pricing as say
from bidkit.model.cost import CostBasis, Salary, SideCosts
from bidkit.model.dossier import Member
from bidkit.money import half_up
from bidkit.pricing import tables
from bidkit.stages import MemberCost, SalaryCost, WorkingYear

HUNDRED = Decimal(100)
MONTHS = Decimal(12)


def member_cost(member: Member, findings: list[Finding]) -> MemberCost:
    """Return the working time and every salary of a member; faults go to ``findings``.

    Unemployment insurance is dearer above a payroll threshold: each salary is judged at the margin, on
    top of the organisation's other payroll and the salaries before it (vector B).
    """
    working_year = _working_year(member.cost_basis, findings)
    payroll: dict[int, Decimal] = defaultdict(lambda: member.cost_basis.other_payroll)
    rates_of: dict[int, SideCosts] = {}
    costs = []
    for salary in member.salaries:
        if salary.monthly < 0:
            findings.append(
                say.NEGATIVE_COST.at(salary.at.of("monthly"), id=salary.id, amount=Measure(salary.monthly, "EUR"))
            )
            continue
        year = salary.year or member.cost_basis.year
        if year not in rates_of:
            rates_of[year] = _rates(salary, member.cost_basis, findings)
        cost = salary_cost(salary, member.cost_basis, rates_of[year], working_year, payroll[year])
        payroll[year] += cost.gross
        costs.append(cost)
    return MemberCost(member, working_year, tuple(costs))


def _rates(salary: Salary, basis: CostBasis, findings: list[Finding]) -> SideCosts:
    """Return the side costs of the salary's year: the organisation's own, else the table's, else the latest."""
    year = salary.year or basis.year
    known = {**tables.side_costs(), **{own.year: own for own in basis.side_costs}}
    if year in known:
        return known[year]
    place = salary.at.of("year") if salary.year else basis.at.of("year")
    latest = known[max(known)]
    findings.append(say.OTHER_YEARS_RATES.at(place, year=str(year), used=str(latest.year)))
    return latest


def salary_cost(
    salary: Salary,
    basis: CostBasis,
    rates: SideCosts,
    working_year: WorkingYear | None,
    payroll_before: Decimal,
) -> SalaryCost:
    """Return one salary with holiday bonus and side costs, each figure rounded to the cent once.

    Holiday days are earned by the months of pay; ``payroll_before`` is the payroll that already counts
    towards the threshold of unemployment insurance.
    """
    part = HUNDRED if salary.working_time is None else salary.working_time
    bonus = basis.holiday_bonus if salary.holiday_bonus is None else salary.holiday_bonus
    months = min(salary.months, MONTHS)
    monthly = half_up(salary.monthly * part / HUNDRED)
    yearly = half_up(monthly * salary.months)
    holiday_days = half_up(basis.holiday_days * months / MONTHS)
    holiday_pay = half_up(monthly * holiday_days / 25)
    holiday_bonus = half_up(holiday_pay * bonus / HUNDRED)
    gross = yearly + holiday_bonus
    below = max(Decimal(0), min(gross, rates.threshold - payroll_before))
    above = gross - below
    contributions = {
        "pension": half_up(gross * rates.pension / HUNDRED),
        "health": half_up(gross * rates.health / HUNDRED),
        "unemployment": half_up((below * rates.unemployment + above * rates.unemployment_above) / HUNDRED),
        "accident": half_up(gross * rates.accident / HUNDRED),
        "group_life": half_up(gross * rates.group_life / HUNDRED),
    }
    side_costs = sum(contributions.values(), Decimal(0))
    hours = Decimal(0)
    if working_year and salary.productive:
        hours = half_up(half_up(working_year.client_hours * part / HUNDRED) * months / MONTHS)
    return SalaryCost(
        salary=salary,
        rates=rates,
        monthly=monthly,
        yearly=yearly,
        holiday_days=holiday_days,
        holiday_pay=holiday_pay,
        holiday_bonus=holiday_bonus,
        gross=gross,
        below=below,
        above=above,
        contributions=contributions,
        side_costs=side_costs,
        total=gross + side_costs,
        hours=hours,
    )


def _working_year(basis: CostBasis, findings: list[Finding]) -> WorkingYear | None:
    """Return the hours of one full-time post (vector C), or None if they cannot be told."""
    time = basis.working_time
    calendar = tables.working_days()
    days = time.working_days if time.working_days is not None else calendar.get(basis.year)
    if days is None:
        first, last = str(min(calendar)), str(max(calendar))
        findings.append(say.NO_WORKING_DAYS.at(basis.at.of("year"), year=str(basis.year), first=first, last=last))
        return None
    away = time.leave_days + time.other_absence_days
    if away >= days:
        place = time.at if time.at.file else basis.at.of("working_time")
        findings.append(say.NO_TIME_LEFT.at(place.of("leave_days"), away=away, days=Measure(days, "working_days")))
        return None
    at_work = half_up((days - away) * time.day)
    return WorkingYear(
        days=days - away,
        year_hours=half_up(days * time.day),
        at_work=at_work,
        client_hours=half_up(at_work * time.client_share / HUNDRED),
    )
