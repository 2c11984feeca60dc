"""The sheets of the cost workbook that build the costs up: salaries with side costs, then each service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from bidkit.i18n import N_
from bidkit.model.cost import SideCosts
from bidkit.money import half_up
from bidkit.render._sheet import Book, Sheet
from bidkit.render._words import CONTRIBUTION_WORDS, DRIVER_WORDS, FUNDING_WORDS, UNIT_WORDS
from bidkit.stages import CostRow, Demand, Loaded, MemberCost, PricedBid, SalaryCost, ServiceCost

RATE_HEADS: Mapping[str, str] = {
    "pension": N_("Pension (TyEL)"),
    "health": N_("Health insurance"),
    "unemployment": N_("Unemployment, up to the threshold"),
    "unemployment_above": N_("Unemployment, above the threshold"),
    "threshold": N_("Threshold"),
    "accident": N_("Accident insurance"),
    "group_life": N_("Group life insurance"),
}


class SalaryCells(NamedTuple):
    """Where a salary's total cost and hours stand."""

    total: str
    hours: str


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
    fixed: list[str] = field(default_factory=list)  # yearly cost of each service
    funding: dict[tuple[str, str], tuple[str, Decimal]] = field(default_factory=dict)

    def unit(self, service: str, unit: str) -> UnitCells | None:
        """Return where the full cost of one unit stands; None if it cannot be told."""
        return self.units.get((service, unit))


Salaries = dict[tuple[int, str], SalaryCells]  # (id of the member object, salary id) → cells


# --- salaries ------------------------------------------------------------------------------------------
def salary_sheet(book: Book, sheet: Sheet, priced: PricedBid) -> Salaries:
    """Write working time, side cost rates and every salary of each member."""
    cells: Salaries = {}
    row = 3
    for number, member in enumerate(priced.members, 1):
        sheet.text(row, 0, member.member.organisation.name, "section")
        row, basis = _basis(book, sheet, row + 1, member, number)
        row, rates = _rates(book, sheet, row + 1, member)
        row = _salaries(book, sheet, row + 1, member, basis, rates, cells) + 2
    sheet.page.repeat_rows(0)
    return cells


def _basis(book: Book, sheet: Sheet, row: int, cost: MemberCost, number: int) -> tuple[int, dict[str, str]]:
    """Write the working year (vector C) and what holds for all salaries; return the next row and the cells."""
    text, basis, year = book.words.text, cost.member.cost_basis, cost.working_year
    time = basis.working_time
    at: dict[str, str] = {}

    def put(key: str, label: str, value: Decimal | int, style: str, formula: str = "", high: float = 1e9) -> None:
        nonlocal row
        sheet.text(row, 0, text(label))
        if formula:
            sheet.formula(row, 1, formula, value, style)
        else:
            sheet.entry(row, 1, value, style, high=high)
        at[key] = _fixed(row, 1)
        row += 1

    if year is not None:
        away = time.leave_days + time.other_absence_days
        put("days", N_("Working days a year"), year.days + away, "hours", high=366)
        put("leave", N_("Annual leave, working days"), time.leave_days, "hours", high=366)
        put("absence", N_("Sick leave and training, working days"), time.other_absence_days, "hours", high=366)
        put("present", N_("Days at work"), year.days, "hours", "=ROUND({days}-{leave}-{absence},2)".format(**at))
        put("day", N_("Hours of a working day"), time.day, "hours", high=24)
        put("all", N_("Hours of all working days"), year.year_hours, "hours", "=ROUND({days}*{day},2)".format(**at))
        put("at_work", N_("Hours at work"), year.at_work, "hours", "=ROUND({present}*{day},2)".format(**at))
        put("share", N_("Share of client work"), time.client_share, "percent", high=1)
        formula = "=ROUND({at_work}*{share},2)".format(**at)
        put("client", N_("Hours of client work of a full-time post"), year.client_hours, "hours", formula)
        book.name(f"client_hours_{number}", sheet, row - 1, 1)
    put("holiday", N_("Holiday days a year"), basis.holiday_days, "count", high=60)
    put("other", N_("Other payroll of the organisation"), basis.other_payroll, "money")
    return row, at


def _rates(book: Book, sheet: Sheet, row: int, cost: MemberCost) -> tuple[int, dict[int, dict[str, str]]]:
    """Write the side cost rates of each year used; return the next row and the cells by year."""
    text = book.words.text
    used: dict[int, SideCosts] = {one.rates.year: one.rates for one in cost.salaries}
    sheet.row(row, [text(N_("Side costs of the year")), *(text(head) for head in RATE_HEADS.values())])
    found: dict[int, dict[str, str]] = {}
    for year, rates in sorted(used.items()):
        row += 1
        sheet.text(row, 0, str(year))
        for col, name in enumerate(RATE_HEADS, 1):
            threshold = name == "threshold"
            sheet.entry(
                row, col, getattr(rates, name), "money" if threshold else "percent", high=1e12 if threshold else 1
            )
        found[year] = {name: _fixed(row, col) for col, name in enumerate(RATE_HEADS, 1)}
    return row + 1, found


_PAY_HEADS = (
    N_("Post"), N_("Pay a month"), N_("Working time"), N_("Pay for the working time"), N_("Months"),
    N_("Pay a year"), N_("Holiday days"), N_("Holiday pay"), N_("Holiday bonus, %"), N_("Holiday bonus"), N_("Gross"),
    N_("Hours of client work"),
)  # fmt: skip
_SIDE_HEADS = (
    N_("Post"), N_("Gross"), N_("Payroll before it"), N_("Up to the threshold"), N_("Above the threshold"),
    *CONTRIBUTION_WORDS.values(), N_("Side costs"), N_("Cost of the post"), N_("Who pays"), N_("Source"),
)  # fmt: skip


def _salaries(
    book: Book,
    sheet: Sheet,
    row: int,
    cost: MemberCost,
    basis: Mapping[str, str],
    rates: Mapping[int, Mapping[str, str]],
    cells: Salaries,
) -> int:
    """Write pay and side costs of a member's salaries in two tables; return the row after them."""
    text = book.words.text
    sheet.row(row, [text(head) for head in _PAY_HEADS])
    first = row + 1
    for n, one in enumerate(cost.salaries):
        _pay(book, sheet, first + n, one, cost, basis)
    row = first + len(cost.salaries) + 1
    sheet.row(row, [text(head) for head in _SIDE_HEADS])
    previous: dict[int, tuple[int, Decimal]] = {}  # year of the pay → row of the salary before, payroll after it
    for n, one in enumerate(cost.salaries):
        row += 1
        _side_costs(book, sheet, row, first + n, one, cost, rates[one.rates.year], basis["other"], previous)
        total, hours = sheet.there(row, 11), sheet.there(first + n, 11)
        cells[id(cost.member), one.salary.id] = SalaryCells(total, hours)
    return row + 1


def _pay(book: Book, sheet: Sheet, row: int, one: SalaryCost, cost: MemberCost, basis: Mapping[str, str]) -> None:
    salary, default = one.salary, cost.member.cost_basis
    c = [Sheet.here(row, col) for col in range(12)]
    sheet.text(row, 0, _title(book, salary.title, salary.id))
    sheet.entry(row, 1, salary.monthly, "money")
    sheet.entry(row, 2, Decimal(100) if salary.working_time is None else salary.working_time, "percent", high=1)
    sheet.formula(row, 3, f"=ROUND({c[1]}*{c[2]},2)", one.monthly, "money")
    sheet.entry(row, 4, salary.months, "hours", high=99)
    sheet.formula(row, 5, f"=ROUND({c[3]}*{c[4]},2)", one.yearly, "money")
    sheet.formula(row, 6, f"=ROUND({basis['holiday']}*MIN({c[4]},12)/12,2)", one.holiday_days, "hours")
    sheet.formula(row, 7, f"=ROUND({c[3]}*{c[6]}/25,2)", one.holiday_pay, "money")
    bonus = default.holiday_bonus if salary.holiday_bonus is None else salary.holiday_bonus
    sheet.entry(row, 8, bonus, "percent", high=10)
    sheet.formula(row, 9, f"=ROUND({c[7]}*{c[8]},2)", one.holiday_bonus, "money")
    sheet.formula(row, 10, f"=ROUND({c[5]}+{c[9]},2)", one.gross, "money")
    if salary.productive and "client" in basis:
        part = f"ROUND({basis['client']}*{c[2]},2)"
        sheet.formula(row, 11, f"=ROUND({part}*MIN({c[4]},12)/12,2)", one.hours, "hours")
    else:
        sheet.number(row, 11, one.hours, "hours")


def _side_costs(
    book: Book,
    sheet: Sheet,
    row: int,
    pay_row: int,
    one: SalaryCost,
    cost: MemberCost,
    rate: Mapping[str, str],
    other: str,
    previous: dict[int, tuple[int, Decimal]],
) -> None:
    """Write a salary's side costs; unemployment insurance at the margin of the payroll before it (vector B)."""
    year = one.salary.year or cost.member.cost_basis.year
    c = [Sheet.here(row, col) for col in range(14)]
    sheet.text(row, 0, _title(book, one.salary.title, one.salary.id))
    sheet.formula(row, 1, f"={Sheet.here(pay_row, 10)}", one.gross, "money")
    before = previous.get(year)
    payroll = cost.member.cost_basis.other_payroll if before is None else before[1]
    formula = f"={other}" if before is None else f"=ROUND({Sheet.here(before[0], 2)}+{Sheet.here(before[0], 1)},2)"
    sheet.formula(row, 2, formula, payroll, "money")
    previous[year] = (row, payroll + one.gross)
    sheet.formula(row, 3, f"=ROUND(MAX(0,MIN({c[1]},{rate['threshold']}-{c[2]})),2)", one.below, "money")
    sheet.formula(row, 4, f"=ROUND({c[1]}-{c[3]},2)", one.above, "money")
    for col, name in enumerate(CONTRIBUTION_WORDS, 5):
        formula = f"=ROUND({c[1]}*{rate[name]},2)"
        if name == "unemployment":
            formula = f"=ROUND({c[3]}*{rate[name]}+{c[4]}*{rate['unemployment_above']},2)"
        sheet.formula(row, col, formula, one.contributions[name], "money")
    sheet.formula(row, 10, f"=ROUND(SUM({c[5]}:{c[9]}),2)", one.side_costs, "money")
    sheet.formula(row, 11, f"=ROUND({c[1]}+{c[10]},2)", one.total, "money")
    sheet.text(row, 12, book.words.text(FUNDING_WORDS[one.salary.funding]))
    sheet.text(row, 13, one.salary.source)


def _title(book: Book, texts: Mapping[str, str], id_: str) -> str:
    """Return a title in the workbook's language, or the first language it has: an internal sheet may mix them."""
    return texts.get(book.words.language) or next(iter(texts.values()), id_)


def _fixed(row: int, col: int) -> str:
    return Sheet.column(col, row, row).partition(":")[0]


# --- services ------------------------------------------------------------------------------------------
def build_up_sheet(book: Book, sheet: Sheet, priced: PricedBid, salaries: Salaries) -> Build:
    """Write the build-up of each service, row by row; return the cells that other sheets need."""
    build = Build()
    row = 3
    for number, cost in enumerate(priced.costs, 1):
        block = _Service(book, sheet, cost, number)
        sheet.text(row, 0, priced.bid.words(cost.offered.service.name), "section")
        row = block.rows(row + 1, salaries)
        row = block.chain(row + 1, build)
        row = block.units(row + 1, build) + 2
    sheet.page.repeat_rows(0)
    return build


_ROW_HEADS = (
    N_("Cost"), N_("Who pays"), N_("Grows by"), N_("Amount"), N_("Share"), N_("Cost for the service"),
    N_("A year"), N_("Hours"), N_("Belongs to"), N_("Source"),
)  # fmt: skip
_PARTS = {False: N_("direct costs"), True: N_("overhead")}  # whether a row is overhead → where it joins the chain
_DEMAND = {"per_hour": N_("hours"), "per_client": N_("clients"), "per_group": N_("groups")}


class _Service:
    """One service's block: rows, chain, units. The order is that of vector D."""

    def __init__(self, book: Book, sheet: Sheet, cost: ServiceCost, number: int) -> None:
        self.book, self.sheet, self.cost, self.number = book, sheet, cost, number
        self.basis = cost.offered.member.cost_basis
        self.demand: dict[str, str] = {}
        self.first = self.last = 0

    def text(self, msgid: str) -> str:
        return self.book.words.text(msgid)

    def sum_if(self, col: int, *wanted: tuple[int, str]) -> str:
        """Return a SUMIFS of a column over the rows whose other columns say the wanted words."""
        pairs = "".join(f',{Sheet.column(n, self.first, self.last)},"{self.text(word)}"' for n, word in wanted)
        return f"SUMIFS({Sheet.column(col, self.first, self.last)}{pairs})"

    def priced(self, driver: str, overhead: bool) -> str:
        """Return the sum of the rows in the price that grow by a driver: direct cost, or overhead."""
        col = 6 if driver in ("per_year", "per_month") else 5
        return self.sum_if(col, (1, FUNDING_WORDS["market"]), (2, DRIVER_WORDS[driver]), (8, _PARTS[overhead]))

    def rows(self, row: int, salaries: Salaries) -> int:
        """Write what is asked of the service and its cost rows."""
        sheet, asked = self.sheet, self.cost.demand
        sheet.text(row, 0, self.text(N_("Estimated quantities a year")))
        for n, (driver, label) in enumerate(_DEMAND.items()):
            sheet.text(row, 1 + 2 * n, self.text(label))
            sheet.entry(row, 2 + 2 * n, _asked(asked, driver), "hours")
            self.demand[driver] = _fixed(row, 2 + 2 * n)
        row += 1
        sheet.row(row, [self.text(head) for head in _ROW_HEADS])
        self.first = row + 1
        for one in self.cost.rows:
            row += 1
            self.cost_row(row, one, salaries)
        self.last = max(row, self.first)
        return self.last + 1

    def cost_row(self, row: int, one: CostRow, salaries: Salaries) -> None:
        sheet = self.sheet
        at = [Sheet.here(row, col) for col in range(8)]
        kind, _, id_ = one.id.partition(".")
        cells = salaries.get((id(self.cost.offered.member), id_)) if kind == "salaries" else None
        sheet.text(row, 0, _title(self.book, one.title, one.id))
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

    def chain(self, row: int, build: Build) -> int:
        """Write direct cost → overhead → risk → hours → hourly cost, and what others pay."""
        sheet, cost = self.sheet, self.cost
        heads = (N_("Chain"), N_("a year"), N_("an hour"), N_("a client"), N_("a group"))
        sheet.row(row, [self.text(head) for head in heads])
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
            (cost.yearly, ("per_year", "per_month")),
            (cost.per_hour, ("per_hour",)),
            (cost.per_client, ("per_client",)),
            (cost.per_group, ("per_group",)),
        )
        for col, (part, drivers) in enumerate(columns, 1):
            self.loaded(row, col, part, drivers)
        self.total = {n: _fixed(row + 7, n) for n in range(1, 5)}
        build.fixed.append(sheet.there(row + 7, 1))
        self.book.name(f"overhead_{self.number}", sheet, row + 2, 1)
        self.book.name(f"risk_{self.number}", sheet, row + 5, 1)
        self.funding(row, build)
        return self.hourly(row + 9)

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
                sheet.formula(row + n, col, f"={_fixed(row + n, 1)}", rate, "percent")
        sheet.formula(row + 3, col, f"=ROUND({at[1]}*{at[2]},2)", part.overhead, "money")
        sheet.formula(row + 4, col, f"=ROUND({items},2)", part.overhead_items, "money")
        sheet.formula(row + 6, col, f"=ROUND(({at[1]}+{at[3]}+{at[4]})*{at[5]},2)", part.risk, "money")
        whole = f"=ROUND({at[1]}+{at[3]}+{at[4]}+{at[6]},2)"
        sheet.formula(row + 7, col, whole, part.total, "money", total=True)

    def funding(self, row: int, build: Build) -> None:
        """Write who pays how much, beside the chain."""
        sheet, cost = self.sheet, self.cost
        sheet.text(row, 6, self.text(N_("Who pays")), "head")
        sheet.text(row, 7, self.text(N_("A year")), "head")
        for n, funding in enumerate(FUNDING_WORDS, 1):
            value = sum((a_year(one, cost.demand) for one in cost.rows if one.funding == funding), Decimal(0))
            sheet.text(row + n, 6, self.text(FUNDING_WORDS[funding]))
            sheet.formula(row + n, 7, f"=ROUND({self.sum_if(6, (1, FUNDING_WORDS[funding]))},2)", value, "money")
            build.funding[cost.offered.id, funding] = (sheet.there(row + n, 7), value)

    def hourly(self, row: int) -> int:
        """Write hours and hourly cost."""
        sheet, cost = self.sheet, self.cost
        sheet.text(row, 0, self.text(N_("Hours to sell a year, paid by the price")))
        sheet.formula(row, 1, f"=ROUND({self.sum_if(7, (1, FUNDING_WORDS['market']))},2)", cost.hours, "hours")
        sheet.text(row + 1, 0, self.text(N_("Cost of an hour")), total=True)
        if cost.hourly is None:
            sheet.text(row + 1, 1, "–", total=True)
        else:
            hours = Sheet.here(row, 1)
            fixed = f"IF({hours}>0,ROUND({self.total[1]}/{hours},2),0)"
            sheet.formula(row + 1, 1, f"=ROUND({fixed}+{self.total[2]},2)", cost.hourly, "money", total=True)
            self.book.name(f"hourly_cost_{self.number}", sheet, row + 1, 1)
        self.rate = _fixed(row + 1, 1)
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
