"""Dates of the tender that ages and validities are measured to. Today is never one of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from bidkit.diagnostics import Word
from bidkit.i18n import N_
from bidkit.stages import PricedBid

Point = Literal["deadline", "contract_start"]
POINTS: dict[Point, Word] = {
    "deadline": Word(N_("deadline for bids")),
    "contract_start": Word(N_("start of the contract")),
}


def point_day(bid: PricedBid, point: Point) -> date:
    """Return the day of the deadline (in the tender's own time zone) or the first day of the contract."""
    tender = bid.bid.tender
    return tender.deadline.date() if point == "deadline" else tender.contract.start


def months_before(moment: date, months: int) -> date:
    """Return the day ``months`` calendar months before ``moment``; the last day of a shorter month.

    31.5.2027 − 3 months = 28.2.2027. Before the first year there is the first day.
    """
    index = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(index, 12)
    if year < date.min.year:
        return date.min
    for day in range(moment.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(moment.day, 28))


def months_after(day: date, months: int) -> date:
    """Return the day ``months`` calendar months after ``day``; the last day of a shorter month."""
    return months_before(day, -months)


def contract_end(bid: PricedBid, *, options: bool) -> date:
    """Return the last day of the contract, with all its options or without them.

    An option begins on the day after: 28.2.2027 and 12 months end on 29.2.2028.
    """
    contract = bid.bid.tender.contract
    months = sum(option.months for option in contract.options) if options else 0
    return months_after(contract.end + timedelta(days=1), months) - timedelta(days=1)
