"""The sheet of salaries in the cost workbook: working time, side cost rates, and every post with its side costs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from bidkit.i18n import N_
from bidkit.model.cost import SideCosts
from bidkit.render._sheet import Book, Sheet
from bidkit.render._words import CONTRIBUTION_WORDS, FUNDING_WORDS
from bidkit.stages import MemberCost, PricedBid, SalaryCost

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


Salaries = dict[tuple[int, str], SalaryCells]  # (id of the member object, salary id) → cells


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
        at[key] = Sheet.fixed(row, 1)
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
        found[year] = {name: Sheet.fixed(row, col) for col, name in enumerate(RATE_HEADS, 1)}
    return row + 1, found


_PAY_HEADS = (
    N_("Post"), N_("Pay a month"), N_("Working time"), N_("Pay for the working time"), N_("Months"),
    N_("Pay a year"), N_("Holiday days"), N_("Holiday pay"), N_("Holiday bonus, %"), N_("Holiday bonus"), N_("Gross"),
    N_("Hours of client work"), N_("Staff member"),
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
    sheet.text(row, 0, title(book, salary.title, salary.id))
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
    sheet.text(row, 12, salary.staff or "")


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
    sheet.text(row, 0, title(book, one.salary.title, one.salary.id))
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


def title(book: Book, texts: Mapping[str, str], id_: str) -> str:
    """Return a title in the workbook's language, or the first language it has: an internal sheet may mix them."""
    return texts.get(book.words.language) or next(iter(texts.values()), id_)
