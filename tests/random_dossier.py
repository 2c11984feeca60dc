"""Random but plausible priced bids: 1–4 lots, 1–12 lines, every unit, VAT status, rule and number of decimals."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from bidkit.conditions.maximum_lots import MaximumLots
from bidkit.diagnostics import Finding
from bidkit.model import bid as bid_model
from bidkit.model import tender
from bidkit.model.dossier import Member
from bidkit.pricing import price
from bidkit.stages import AnsweredCriterion, Bid, BoundCondition, PricedBid
from tests import make

UNITS = ("hour", "client", "client_day", "group", "month", "start", "outcome", "visit")
FUNDING = ("market", "market", "market", "grant", "wage_subsidy", "municipal", "own")
DRIVERS = ("per_year", "per_month", "per_hour", "per_client", "per_group")
VATS = (
    {"status": "standard"},
    {"status": "standard", "rate": "13,5 %"},
    {"status": "exempt", "ground": "AVL 37 §", "decided_by": "Talouspäällikkö"},
    {"status": "not_liable", "ground": "AVL 4 §", "decided_by": "Talouspäällikkö"},
    {"status": "unknown"},
)


def priced(seed: int) -> PricedBid:
    """Return the priced bid of a seed; the same one each time."""
    return priced_with_findings(seed)[0]


def priced_with_findings(seed: int) -> tuple[PricedBid, tuple[Finding, ...]]:
    """Return the priced bid of a seed with what pricing found."""
    dice = random.Random(seed)
    services = [f"palvelu{n}" for n in range(1, dice.randint(1, 3) + 1)]
    lots = []
    for number in range(1, dice.randint(1, 4) + 1):
        lot = f"osa{number}"
        lines = [_line(dice, lot, n) for n in range(1, dice.randint(1, 12) + 1)]
        answers = tuple((line, _price(dice, line, dice.choice(services))) for line in lines)
        lots.append((make.lot(id=lot, number=str(number)), make.offer(lot=lot, services=services), answers))
    rivals = tuple(_rival(dice, n, dice.choice(lots)[0].id) for n in range(dice.randint(0, 4)))
    language = dice.choice(("fi", "sv", "en"))
    bid = make.priced_bid(
        members=(_member(dice, services),),
        tender=make.tender_(
            vat_rule=dice.choice(("per_line", "per_rate")),
            price_points=str(dice.randint(20, 80)),
            quality_points="60",
            quality_scaling=dice.choice(("sum", "scaled")),
        ),
        lots=tuple(lots),
        criteria=(_criterion(dice),),
        basics=make.bid_basics(
            language=language,
            written_in=language,
            lot_preference=dice.sample([lot.id for lot, _, _ in lots], dice.randint(0, len(lots))),
        ),
        rivals=rivals,
    ).bid
    return price(replace(bid, conditions=_limit(dice, bid)))


def _limit(dice: random.Random, bid: Bid) -> tuple[BoundCondition, ...]:
    """Return a limit on the lots that may be won, or none."""
    if dice.random() < 0.3:
        return ()
    parameters = {"lots": str(dice.randint(1, len(bid.lots))), "limit": "awarded"}
    entry = make.condition("maximum_lots", parameters=parameters)
    return (BoundCondition(entry, MaximumLots.model_validate(parameters), bid.lots, True, None),)


def _amount(dice: random.Random, most: int, decimals: int) -> Decimal:
    return Decimal(dice.randint(1, most * 10**decimals)).scaleb(-decimals)


def _member(dice: random.Random, services: list[str]) -> Member:
    return make.member(
        cost_basis=make.cost_basis(
            year=dice.choice((2024, 2025, 2026, 2027)),
            overhead=f"{_amount(dice, 30, 2)} %",
            risk=f"{_amount(dice, 10, 2)} %",
            other_payroll=str(dice.choice((0, 0, 2_450_000, 2_490_000, 4_000_000))),
        ),
        services=tuple(
            make.service_(
                id=one,
                work_hours=[{"unit": unit, "hours": _amount(dice, 40, 2)} for unit in UNITS[1:] if dice.random() < 0.9],
            )
            for one in services
        ),
        salaries=tuple(
            make.salary(
                id=f"palkka{n}",
                monthly=_amount(dice, 5000, 2),
                months=_amount(dice, 12, 1),
                working_time=f"{dice.randint(1, 100)} %",
                productive=dice.choice(("kyllä", "kyllä", "ei")),
                funding=dice.choice(FUNDING),
                allocations=_shares(dice, services),
            )
            for n in range(1, dice.randint(2, 6))
        ),
        cost_items=tuple(
            make.cost_item(
                id=f"kulu{n}",
                amount=_amount(dice, 9000, 2) if n < 3 else _amount(dice, 20, 4),
                driver=dice.choice(DRIVERS[:2] if n < 3 else DRIVERS[2:]),
                kind=dice.choice(("premises", "overhead", "other")),
                funding=dice.choice(FUNDING),
                allocations=_shares(dice, services),
            )
            for n in range(1, dice.randint(2, 7))
        ),
        outcomes=tuple(
            make.outcome(
                id=f"t{n}", service=dice.choice(services), cohort=90, followed_up=80, reached=dice.randint(0, 80)
            )
            for n in range(dice.randint(0, 4))
        ),
    )


def _shares(dice: random.Random, services: list[str]) -> list[dict[str, str]]:
    each = 100 // len(services)
    return [{"service": one, "share": f"{dice.randint(1, each)} %"} for one in services]


def _line(dice: random.Random, lot: str, number: int) -> tender.PriceLine:
    decimals = dice.randint(0, 4)
    return make.price_line(
        id=f"{lot}-{number}",
        number=f"{lot[3:]}.{number}",
        lot=lot,
        unit=dice.choice(UNITS),
        quantity=dice.choice((None, str(dice.randint(1, 2000)), _amount(dice, 500, 2))),
        decimals=decimals,
        vat_basis=dice.choice(("excluded", "excluded", "included")),
        compared=dice.choice(("kyllä", "kyllä", "ei")),
        ceiling=dice.choice((None, _amount(dice, 900, decimals))),
    )


def _price(dice: random.Random, line: tender.PriceLine, service: str) -> bid_model.Price:
    strategy = dice.choice(("cost_plus", "cost_plus", "fixed", "at_ceiling", "not_offered"))
    return make.price(
        line=line.id,
        service=service,
        strategy=strategy,
        margin=f"{_amount(dice, 20, 2)} %" if strategy == "cost_plus" else None,
        unit_price=_amount(dice, 900, line.decimals) if strategy == "fixed" else None,
        vat=dice.choice(VATS),
    )


def _rival(dice: random.Random, number: int, lot: str) -> bid_model.Rival:
    fields = {"id": f"k{number}", "lot": lot, "price": _amount(dice, 90000, 2), "quality": str(dice.randint(0, 60))}
    return bid_model.Rival.model_validate(make._at("rivals", fields))


def _criterion(dice: random.Random) -> AnsweredCriterion:
    asked = {"id": "l1", "number": "1", "title": "Laatu", "question": "?", "points": "60"}
    given = {"criterion": "l1", "text": "Vastaus.", "expected_points": str(dice.randint(0, 60))}
    return AnsweredCriterion(
        tender.Criterion.model_validate(make._at("criteria", asked)),
        bid_model.Answer.model_validate(make._at("answers", given)),
    )
