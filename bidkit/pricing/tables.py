"""The tables that ship with bidkit: side costs, VAT rates, working days. Read once, never changed.

Each rate carries its source; "unverified" in it means that no public source was seen (bidkit/data/SOURCES.md).
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from bidkit.model.codes import DATA
from bidkit.model.cost import SideCosts
from bidkit.record import record


def _rows(name: str) -> list[dict[str, str]]:
    text = (DATA / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def side_costs() -> Mapping[int, SideCosts]:
    """Return employers' side costs by year, per cent of gross pay."""
    found: dict[int, dict[str, str]] = {}
    for row in _rows("side_costs.csv"):
        found.setdefault(int(row["year"]), {})[row["rate"]] = (
            f"{row['value']}{'' if row['rate'] == 'threshold' else ' %'}"
        )
    source = "bidkit/data/side_costs.csv"
    return {year: SideCosts.model_validate({"year": year, "source": source} | rates) for year, rates in found.items()}


@cache
def side_cost_source(year: int, rate: str) -> str:
    """Return where one shipped rate comes from; empty if it is not in the table."""
    return next((r["source"] for r in _rows("side_costs.csv") if r["year"] == str(year) and r["rate"] == rate), "")


@record(frozen=True)
class VatRates:
    """VAT rates in force from a day on, per cent."""

    since: date
    general: Decimal
    reduced: tuple[Decimal, ...]
    source: str

    @property
    def known(self) -> tuple[Decimal, ...]:
        """Every rate in force, the general one first."""
        return (self.general, *self.reduced)


@cache
def _vat_rates() -> tuple[VatRates, ...]:
    return tuple(
        VatRates(
            date.fromisoformat(row["from"]),
            Decimal(row["general"]),
            tuple(Decimal(rate) for rate in row["reduced"].split()),
            row["source"],
        )
        for row in _rows("vat.csv")
    )


def vat_rates(on: date) -> VatRates:
    """Return the VAT rates in force on a day; before the first row of the table, those of that row."""
    rates = _vat_rates()
    return rates[max(0, bisect_right([r.since for r in rates], on) - 1)]


@cache
def working_days() -> Mapping[int, int]:
    """Return working days of a five-day week by year."""
    return {int(row["year"]): int(row["days"]) for row in _rows("working_days.csv")}
