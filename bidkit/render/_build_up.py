"""The build-up sheet of the cost workbook: each service from its cost rows to the full cost of its units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from bidkit.i18n import N_
from bidkit.money import half_up
from bidkit.render._salaries import Salaries, title
from bidkit.render._sheet import Book, Sheet
from bidkit.render._words import DRIVER_WORDS, FUNDING_WORDS, UNIT_WORDS, by_whom
from bidkit.stages import CostRow, Demand, Loaded, PricedBid, ServiceCost, ServicePart


class UnitCells(NamedTuple):
    """Where a unit's cost stands, and what its variable part is made of."""

    total: str
    hours: str
    variable: str
    per_hour: str


@dataclass
class Build:
    """Cells of the build-up that other sheets refer to."""

    units: dict[tuple[str, str], UnitCells] = field(default_factory=dict)
    fixed: dict[tuple[str, str], str] = field(default_factory=dict)  # (service, member) → its yearly cost
    funding: dict[tuple[str, str], tuple[str, Decimal]] = field(default_factory=dict)

    def unit(self, service: str, unit: str) -> UnitCells | None:
        """Return where the full cost of one unit stands; None if it cannot be told."""
        return self.units.get((service, unit))


def build_up_sheet(book: Book, sheet: Sheet, priced: PricedBid, salaries: Salaries) -> Build:
    """Write the build-up of each service, row by row; return the cells that other sheets need."""
    build = Build()
    row = 3
    for number, cost in enumerate(priced.costs, 1):
        name = by_whom(priced, cost.offered, priced.bid.words(cost.offered.service.name))
        sheet.text(row, 0, name, "section")
        row = _Service(book, sheet, cost, number).write(row + 1, salaries, build) + 2
    sheet.page.repeat_rows(0)
    return build


_ROW_HEADS = (
    N_("Cost"), N_("Who pays"), N_("Grows by"), N_("Amount"), N_("Share"), N_("Cost for the service"),
    N_("A year"), N_("Hours"), N_("Belongs to"), N_("Source"),
)  # fmt: skip
_CHAIN_HEADS = (N_("Chain"), N_("a year"), N_("an hour"), N_("a client"), N_("a group"))
_PARTS = {False: N_("direct costs"), True: N_("overhead")}  # whether a row is overhead → where it joins the chain
_DEMAND = {"per_hour": N_("hours"), "per_client": N_("clients"), "per_group": N_("groups")}


class _Block:
    """Something written on the sheet about one service."""

    def __init__(self, book: Book, sheet: Sheet, cost: ServiceCost) -> None:
        self.book, self.sheet, self.cost = book, sheet, cost

    def text(self, msgid: str) -> str:
        return self.book.words.text(msgid)


class _Part(_Block):
    """What one member's costs add to a service: rows and chain. The order is that of vector D."""

    def __init__(
        self, book: Book, sheet: Sheet, cost: ServiceCost, part: ServicePart, name: str, demand: Mapping[str, str]
    ) -> None:
        super().__init__(book, sheet, cost)
        self.part, self.name, self.demand = part, name, demand
        self.basis = part.member.cost_basis
        self.first = self.last = 0
        self.total: dict[int, str] = {}
        self.funded: dict[str, tuple[str, Decimal]] = {}

    def sum_if(self, col: int, *wanted: tuple[int, str]) -> str:
        """Return a SUMIFS of a column over the rows whose other columns say the wanted words."""
        pairs = "".join(f',{Sheet.column(n, self.first, self.last)},"{self.text(word)}"' for n, word in wanted)
        return f"SUMIFS({Sheet.column(col, self.first, self.last)}{pairs})"

    def priced(self, driver: str, overhead: bool) -> str:
        """Return the sum of the rows in the price that grow by a driver: direct cost, or overhead."""
        col = 6 if driver in ("per_year", "per_month") else 5
        return self.sum_if(col, (1, FUNDING_WORDS["market"]), (2, DRIVER_WORDS[driver]), (8, _PARTS[overhead]))

    def rows(self, row: int, salaries: Salaries) -> int:
        """Write the cost rows."""
        self.sheet.row(row, [self.text(head) for head in _ROW_HEADS])
        self.first = row + 1
        for one in self.part.rows:
            row += 1
            self.cost_row(row, one, salaries)
        self.last = max(row, self.first)
        return self.last + 1

    def cost_row(self, row: int, one: CostRow, salaries: Salaries) -> None:
        sheet = self.sheet
        at = [Sheet.here(row, col) for col in range(8)]
        kind, _, id_ = one.id.partition(".")
        cells = salaries.get((id(self.part.member), id_)) if kind == "salaries" else None
        sheet.text(row, 0, title(self.book, one.title, one.id))
        sheet.text(row, 1, self.text(FUNDING_WORDS[one.funding]))
        sheet.text(row, 2, self.text(DRIVER_WORDS[one.driver]))
        if cells:
            sheet.formula(row, 3, f"={cells.total}", one.amount, "money")
        else:
            sheet.entry(row, 3, one.amount, "money" if one.amount == half_up(one.amount) else "price4")
        sheet.entry(row, 4, one.share, "percent", high=10)
        sheet.formula(row, 5, f"=ROUND({at[3]}*{at[4]},2)", one.cost, "money")
        times = {"per_month": "12", **self.demand}.get(one.driver)
        formula = f"=ROUND({at[5]}*{times},2)" if times else f"={at[5]}"
        sheet.formula(row, 6, formula, a_year(one, self.cost.demand), "money")
        if cells:
            sheet.formula(row, 7, f"=ROUND({cells.hours}*{at[4]},2)", one.hours, "hours")
        else:
            sheet.text(row, 7, "")
        sheet.text(row, 8, self.text(_PARTS[one.overhead]))
        sheet.text(row, 9, one.source)

    def chain(self, row: int) -> int:
        """Write direct cost → overhead → risk, and what others pay."""
        sheet, part = self.sheet, self.part
        sheet.row(row, [self.text(head) for head in _CHAIN_HEADS])
        labels = (
            N_("Direct cost, in the price"),
            N_("Overhead, %"),
            N_("Overhead by the rate"),
            N_("Overhead from cost items"),
            N_("Risk reserve, %"),
            N_("Risk reserve"),
            N_("Total"),
        )
        for n, label in enumerate(labels, 1):
            sheet.text(row + n, 0, self.text(label), total=n == 7)
        columns = (
            (part.yearly, ("per_year", "per_month")),
            (part.per_hour, ("per_hour",)),
            (part.per_client, ("per_client",)),
            (part.per_group, ("per_group",)),
        )
        for col, (loaded, drivers) in enumerate(columns, 1):
            self.loaded(row, col, loaded, drivers)
        self.total = {n: Sheet.fixed(row + 7, n) for n in range(1, 5)}
        self.book.name(f"overhead_{self.name}", sheet, row + 2, 1)
        self.book.name(f"risk_{self.name}", sheet, row + 5, 1)
        self.funding(row)
        return row + 9

    def loaded(self, row: int, col: int, part: Loaded, drivers: Sequence[str]) -> None:
        """Write one column of the chain: the rows of some drivers with overhead and risk."""
        sheet = self.sheet
        at = {n: Sheet.here(row + n, col) for n in range(1, 8)}
        direct, items = ("+".join(self.priced(driver, overhead) for driver in drivers) for overhead in (False, True))
        sheet.formula(row + 1, col, f"=ROUND({direct},2)", part.direct, "money")
        for n, rate in ((2, self.basis.overhead), (5, self.basis.risk)):
            if col == 1:
                sheet.entry(row + n, col, rate, "percent", high=10)
            else:
                sheet.formula(row + n, col, f"={Sheet.fixed(row + n, 1)}", rate, "percent")
        sheet.formula(row + 3, col, f"=ROUND({at[1]}*{at[2]},2)", part.overhead, "money")
        sheet.formula(row + 4, col, f"=ROUND({items},2)", part.overhead_items, "money")
        sheet.formula(row + 6, col, f"=ROUND(({at[1]}+{at[3]}+{at[4]})*{at[5]},2)", part.risk, "money")
        whole = f"=ROUND({at[1]}+{at[3]}+{at[4]}+{at[6]},2)"
        sheet.formula(row + 7, col, whole, part.total, "money", total=True)

    def funding(self, row: int) -> None:
        """Write who pays how much, beside the chain."""
        sheet = self.sheet
        sheet.text(row, 6, self.text(N_("Who pays")), "head")
        sheet.text(row, 7, self.text(N_("A year")), "head")
        for n, funding in enumerate(FUNDING_WORDS, 1):
            own = (a_year(one, self.cost.demand) for one in self.part.rows if one.funding == funding)
            value = sum(own, Decimal(0))
            sheet.text(row + n, 6, self.text(FUNDING_WORDS[funding]))
            sheet.formula(row + n, 7, f"=ROUND({self.sum_if(6, (1, FUNDING_WORDS[funding]))},2)", value, "money")
            self.funded[funding] = (sheet.there(row + n, 7), value)


class _Service(_Block):
    """One service's block: what is asked of it, the costs of each member in it, hours and units."""

    def __init__(self, book: Book, sheet: Sheet, cost: ServiceCost, number: int) -> None:
        super().__init__(book, sheet, cost)
        self.number = number

    def write(self, row: int, salaries: Salaries, build: Build) -> int:
        demand = self.asked(row)
        parts = []
        for n, one in enumerate(self.cost.parts):
            if len(self.cost.parts) > 1:
                self.sheet.text(row + 1, 0, one.member.organisation.name, "label")
                row += 1
            name = f"{self.number}_{n + 1}" if n else str(self.number)
            part = _Part(self.book, self.sheet, self.cost, one, name, demand)
            row = part.chain(part.rows(row + 1, salaries) + 1) - 1
            parts.append(part)
        row = self.totals(row + 1, parts)
        self.told(parts, build)
        return self.units(self.hourly(row, parts) + 1, build)

    def asked(self, row: int) -> Mapping[str, str]:
        """Write what is asked of the service; return the cells by driver."""
        sheet, found = self.sheet, {}
        sheet.text(row, 0, self.text(N_("Estimated quantities a year")))
        for n, (driver, label) in enumerate(_DEMAND.items()):
            sheet.text(row, 1 + 2 * n, self.text(label))
            sheet.entry(row, 2 + 2 * n, _asked(self.cost.demand, driver), "hours")
            found[driver] = Sheet.fixed(row, 2 + 2 * n)
        return found

    def told(self, parts: Sequence[_Part], build: Build) -> None:
        """Tell the other sheets where yearly costs and what others pay stand."""
        for part in parts:
            at = self.sheet.there(0, 0).rpartition("!")[0]
            build.fixed[self.cost.offered.id, part.part.member.organisation.id] = f"{at}!{part.total[1]}"
        for funding in FUNDING_WORDS:
            cells = [part.funded[funding] for part in parts]
            whole = sum((value for _, value in cells), Decimal(0))
            build.funding[self.cost.offered.id, funding] = ("+".join(cell for cell, _ in cells), whole)

    def totals(self, row: int, parts: Sequence[_Part]) -> int:
        """Write the sum of the members' costs where there are several; return the next row."""
        self.total = parts[0].total
        if len(parts) == 1:
            return row
        sheet, cost = self.sheet, self.cost
        sheet.row(row, [self.text(N_("All members together")), *(self.text(head) for head in _CHAIN_HEADS[1:])])
        sheet.text(row + 1, 0, self.text(N_("Total")), total=True)
        for col, loaded in enumerate((cost.yearly, cost.per_hour, cost.per_client, cost.per_group), 1):
            whole = "+".join(part.total[col] for part in parts)
            sheet.formula(row + 1, col, f"=ROUND({whole},2)", loaded.total, "money", total=True)
        self.total = {n: Sheet.fixed(row + 1, n) for n in range(1, 5)}
        return row + 3

    def hourly(self, row: int, parts: Sequence[_Part]) -> int:
        """Write hours and hourly cost."""
        sheet, cost = self.sheet, self.cost
        sheet.text(row, 0, self.text(N_("Hours to sell a year, paid by the price")))
        paid = "+".join(part.sum_if(7, (1, FUNDING_WORDS["market"])) for part in parts)
        sheet.formula(row, 1, f"=ROUND({paid},2)", cost.hours, "hours")
        sheet.text(row + 1, 0, self.text(N_("Cost of an hour")), total=True)
        if cost.hourly is None:
            sheet.text(row + 1, 1, "–", total=True)
        else:
            hours = Sheet.here(row, 1)
            yearly = f"IF({hours}>0,ROUND({self.total[1]}/{hours},2),0)"
            sheet.formula(row + 1, 1, f"=ROUND({yearly}+{self.total[2]},2)", cost.hourly, "money", total=True)
            self.book.name(f"hourly_cost_{self.number}", sheet, row + 1, 1)
        self.rate = Sheet.fixed(row + 1, 1)
        return row + 2

    def units(self, row: int, build: Build) -> int:
        """Write the full cost of each unit."""
        sheet, cost = self.sheet, self.cost
        heads = (N_("Unit"), N_("Hours of work"), N_("Work"), N_("Costs of the client or group"), N_("Full cost"))
        sheet.row(row, [self.text(head) for head in heads])
        for unit in cost.units:
            row += 1
            sheet.text(row, 0, self.text(UNIT_WORDS[unit.unit]))
            sheet.entry(row, 1, unit.work_hours, "hours")
            sheet.formula(row, 2, f"=ROUND({Sheet.here(row, 1)}*{self.rate},2)", unit.work, "money")
            part = {"client": 3, "start": 3, "group": 4}.get(unit.unit)
            sheet.formula(row, 3, f"={self.total[part]}" if part else "=0", unit.variable, "money")
            work, variable = Sheet.here(row, 2), Sheet.here(row, 3)
            sheet.formula(row, 4, f"=ROUND({work}+{variable},2)", unit.total, "money", total=True)
            there = [sheet.there(row, col) for col in range(5)]
            per_hour = f"{there[0].rpartition('!')[0]}!{self.total[2]}"
            build.units[cost.offered.id, unit.unit] = UnitCells(there[4], there[1], there[3], per_hour)
        return row + 1


def _asked(demand: Demand, driver: str) -> Decimal:
    return {"per_hour": demand.hours, "per_client": demand.clients, "per_group": demand.groups}[driver]


def a_year(row: CostRow, demand: Demand) -> Decimal:
    """Return what a cost row comes to in a year at the estimated quantities."""
    return half_up(row.cost * _asked(demand, row.driver)) if row.driver in _DEMAND else row.yearly
