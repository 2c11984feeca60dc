"""What if less or more is bought: income against cost by volume, break-even, and cost per outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_UP, Decimal

from bidkit.model.evidence import Outcome
from bidkit.money import half_up
from bidkit.stages import OutcomeCost, PricedLot, ServiceCost, Volume, VolumePoint

HUNDRED = Decimal(100)
PERCENTS = range(60, 121, 10)
MOST = Decimal(1000)  # per cent; a break-even beyond it is none
REACHED = frozenset(
    {
        "employed",
        "subsidised_work",
        "self_employed",
        "work_trial",
        "education_started",
        "education_completed",
        "moved_on",
    }
)


def volume(costs: Iterable[ServiceCost], lots: Iterable[PricedLot]) -> Volume | None:
    """Return income and costs at the estimated quantities; None if the cost of a sold service cannot be told."""
    lines = [line for lot in lots for line in lot.lines]
    if not lines or any(line.cost is None for line in lines):
        return None
    return Volume(
        income=sum((line.net for line in lines), Decimal(0)),
        fixed=sum((cost.yearly.total for cost in costs), Decimal(0)),
        variable=sum((line.variable for line in lines), Decimal(0)),
    )


def points(base: Volume | None) -> tuple[VolumePoint, ...]:
    """Return income, cost and result from 60 to 120 % of the estimated quantities."""
    if base is None:
        return ()
    found = []
    for percent in PERCENTS:
        income = half_up(base.income * percent / HUNDRED)
        cost = base.fixed + half_up(base.variable * percent / HUNDRED)
        found.append(VolumePoint(percent, income, cost, income - cost))
    return tuple(found)


def break_even(base: Volume | None) -> Decimal | None:
    """Return the volume that covers the cost, per cent of the estimate, two decimals, rounded up."""
    if base is None or base.income <= base.variable:
        return None
    exact = base.fixed * HUNDRED / (base.income - base.variable)
    rounded = exact.quantize(Decimal("0.01"), rounding=ROUND_UP)
    return rounded if rounded <= MOST else None


def outcome_costs(costs: Sequence[ServiceCost]) -> tuple[OutcomeCost, ...]:
    """Return what one reached outcome costs: client cost × cohort / reached, for each outcome row."""
    found = []
    rows: dict[tuple[int, str], list[Outcome]] = {}
    for member in {id(cost.offered.member): cost.offered.member for cost in costs}.values():
        for row in member.outcomes:
            rows.setdefault((id(member), row.service), []).append(row)
    for cost in costs:
        client = cost.unit("client") or cost.unit("start")
        if client is None:
            continue
        for row in rows.get((id(cost.offered.member), cost.offered.id), ()):
            if row.indicator not in REACHED or not row.cohort:
                continue
            rate = half_up(Decimal(row.reached) * HUNDRED / row.cohort)
            per_outcome = half_up(client.total * row.cohort / row.reached) if row.reached else None
            found.append(OutcomeCost(row, cost.offered, client.total, rate, per_outcome))
    return tuple(found)
