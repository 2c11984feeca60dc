"""What each way to share leaves each member: income against own cost at three volumes and at the worst outcome fee."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bidkit.i18n import N_
from bidkit.money import half_up
from bidkit.render._shares_table import EACH, MemberCells, Table, added, plus
from bidkit.render._sheet import Sheet
from bidkit.split import Partner, Result
from bidkit.stages import PricedLine, ServiceCost

LOSS = N_("LOSS")
_VOLUMES = {"60": Decimal("0.6"), "100": Decimal(1), "120": Decimal("1.2"), "worst": Decimal(1)}
_POINTS: Mapping[str, str] = {
    "60": N_("60 % of the estimate"),
    "100": N_("100 % of the estimate"),
    "120": N_("120 % of the estimate"),
    "worst": N_("worst outcome fee"),
}


def own_results(
    table: Table, row: int, whole: Mapping[tuple[str, str], MemberCells], fixed: Mapping[tuple[str, str], str]
) -> int:
    """Write each member's own costs, then its results by every way; return the next row."""
    sheet = table.sheet
    sheet.text(row, 0, table.text(N_("Own costs a year")), "section")
    row, costs = _costs(table, row + 1, fixed)
    sheet.text(row + 1, 0, table.text(N_("Own result")), "section")
    note = N_("Fixed costs do not shrink with volume. At the worst outcome fee all is done and no outcome is paid.")
    sheet.text(row + 2, 0, table.text(note), "note")
    named = (N_("Organisation"), N_("Volume"), N_("Own cost"))
    first = row = table.heads(row + 3, (N_("Income"), N_("Result"), N_("Remark")), first=named)
    for n, one in enumerate(table.shares.partners):
        for point in _POINTS:
            _row(table, row, point, n, one, costs, whole)
            row += 1
    last = row - 1
    for n, point in enumerate(_POINTS):
        _total(table, row, point, n, first, last)
        row += 1
    red = sheet.book.workbook.add_format({"font_color": "#B00020", "bold": True})
    for _, col in table.ways(EACH):
        rule = {"type": "cell", "criteria": "==", "value": f'"{table.text(LOSS)}"', "format": red}
        sheet.page.conditional_format(first, col + 2, row - 1, col + 2, rule)
    return row


# --- own costs -----------------------------------------------------------------------------------------
Costs = Mapping[str, tuple[str, str]]  # member → cells of its fixed costs and of those that grow with volume


def _costs(table: Table, row: int, fixed: Mapping[tuple[str, str], str]) -> tuple[int, Costs]:
    """Write fixed costs and those that grow with volume; return the next row and their cells."""
    sheet = table.sheet
    heads = (N_("Organisation"), N_("Services with costs of its own"), N_("Fixed costs"), N_("Grows with volume"))
    sheet.row(row, [table.text(head) for head in heads])
    first, last = row + 1, row + len(table.shares.partners)
    found = {}
    for n, one in enumerate(table.shares.partners, first):
        services = [cost for cost in table.priced.costs if (cost.offered.id, one.member) in fixed]
        names = ", ".join(table.priced.bid.words(cost.offered.service.name) for cost in services)
        sheet.text(n, 0, one.name)
        sheet.text(n, 1, names or "–")
        cells = added(fixed[cost.offered.id, one.member] for cost in services)
        sheet.formula(n, 2, f"=ROUND({cells},2)", one.fixed, "money")
        if one.variable is None:
            sheet.text(n, 3, table.text(N_("not known")))
        else:
            sheet.formula(n, 3, _variable(table, one), one.variable, "money")
        found[one.member] = (Sheet.fixed(n, 2), Sheet.fixed(n, 3))
    sheet.text(last + 1, 0, table.text(N_("Total")), total=True)
    sheet.text(last + 1, 1, "", total=True)
    partners = table.shares.partners
    values = (
        sum((p.fixed for p in partners), Decimal(0)),
        sum((p.variable or Decimal(0) for p in partners), Decimal(0)),
    )
    for col, value in enumerate(values, 2):
        formula = f"=ROUND(SUM({Sheet.column(col, first, last)}),2)"
        sheet.formula(last + 1, col, formula, value, "money", total=True)
    return last + 2, found


def _variable(table: Table, one: Partner) -> str:
    """Return the member's costs that grow: live for lines whose costs are its own, a sum for those it shares."""
    costs = {cost.offered.id: cost for cost in table.priced.costs}
    own = [
        line
        for lot in table.priced.lots
        for line in lot.lines
        if _alone(line, costs) and line.bid.offered.member.organisation.id == one.member
    ]
    formula = table.variables(own)
    return plus(formula, sum((line.variable for line in own), Decimal(0)), one.variable or Decimal(0))


def _alone(line: PricedLine, costs: Mapping[str, ServiceCost]) -> bool:
    cost = costs.get(line.bid.offered.id)
    return cost is None or len(cost.parts) < 2


# --- results -------------------------------------------------------------------------------------------
def _row(
    table: Table, row: int, point: str, n: int, one: Partner, costs: Costs, whole: Mapping[tuple[str, str], MemberCells]
) -> None:
    """Write one member at one point of every way; ``n`` is its position among the members."""
    sheet, times = table.sheet, _VOLUMES[point]
    sheet.text(row, 0, one.name)
    sheet.text(row, 1, table.text(_POINTS[point]))
    cost = next((r.cost for way, _ in table.ways() for r in way.members[n].results if r.point == point), None)
    if cost is None or one.variable is None:
        sheet.text(row, 2, "–")
    else:
        fixed, variable = costs[one.member]
        plain = one.fixed + half_up(one.variable * times)
        grown = f"ROUND({fixed}+ROUND({variable}*{times},2),2)"
        sheet.formula(row, 2, plus(grown, plain, cost), cost, "money")
    for way, col in table.ways(EACH):
        result = next((r for r in way.members[n].results if r.point == point), None)
        if result is None:
            for at in range(col, col + EACH):
                sheet.text(row, at, "–")
            continue
        cells = whole[way.name, one.member]
        part = way.members[n]
        if point == "worst":
            income = f"=ROUND({cells.money}-{cells.risk},2)"
        else:
            income = plus(f"ROUND({cells.money}*{times},2)", half_up(part.money * times), result.income)
        sheet.formula(row, col, income, result.income, "money")
        _result(table, row, col, result)


def _result(table: Table, row: int, col: int, result: Result) -> None:
    """Write a result, and in words whether it is a loss."""
    sheet = table.sheet
    if result.result is None:
        sheet.text(row, col + 1, "–")
        sheet.text(row, col + 2, table.text(N_("cost not known")))
        return
    sheet.formula(row, col + 1, f"=ROUND({Sheet.here(row, col)}-{Sheet.here(row, 2)},2)", result.result, "money")
    loss = table.text(LOSS)
    formula = f'=IF({Sheet.here(row, col + 1)}<0,"{loss}","–")'
    sheet.formula(row, col + 2, formula, loss if result.result < 0 else "–", "text")


def _total(table: Table, row: int, point: str, n: int, first: int, last: int) -> None:
    """Write the whole bid at one point: sums of the members where each is known."""
    sheet = table.sheet
    sheet.text(row, 0, table.text(N_("Whole bid")), total=True)
    sheet.text(row, 1, table.text(_POINTS[point]), total=True)

    def put(col: int, value: Decimal | None) -> None:
        if value is None:
            sheet.text(row, col, "–", total=True)
            return
        where = f"{Sheet.column(1, first, last)},{Sheet.here(row, 1)}"
        sheet.formula(
            row, col, f"=ROUND(SUMIFS({Sheet.column(col, first, last)},{where}),2)", value, "money", total=True
        )

    totals = {way.name: way.results[n] for way, _ in table.ways() if all(one.results for one in way.members)}
    put(2, next((one.cost for one in totals.values()), None))
    for way, col in table.ways(EACH):
        result = totals.get(way.name)
        put(col, result.income if result else None)
        put(col + 1, result.result if result else None)
        sheet.text(row, col + 2, "", total=True)
