"""sisainen/kustannukset.xlsx, the bidder's own workbook: what the work costs, what the prices cover, what if.

Every figure of the pricing step stands here as a live formula with its value; cells that may be changed are
yellow and unlocked. It is never sent to the buyer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from bidkit.i18n import N_, Translator
from bidkit.money import half_up
from bidkit.render._build_up import Build, build_up_sheet
from bidkit.render._salaries import salary_sheet
from bidkit.render._scoring import scoring_sheet
from bidkit.render._shares import shares_sheet
from bidkit.render._shares_table import LineCells, Lines
from bidkit.render._sheet import Book, Sheet, price_style, quantity_style
from bidkit.render._vat import vat_sheet
from bidkit.render._words import FUNDING_WORDS, INDICATOR_WORDS, STRATEGY_WORDS, UNIT_WORDS, by_whom
from bidkit.stages import PricedBid, PricedLine

INTERNAL = N_("INTERNAL – not sent to the buyer")


def render(priced: PricedBid, *, build_id: str, created: datetime, draft: bool = False) -> bytes:
    """Return the workbook in the bid's language; identical bytes for identical input."""
    bid = priced.bid
    words = Translator(bid.language, ("common", "sheets"))
    title = f"{words.text(INTERNAL)}: {bid.tender.reference}"
    lead = bid.members[0].organisation.name
    book = Book(words, title=title, organisation=lead, build_id=build_id, created=created, draft=draft)
    overview = _page(book, N_("Overview"), N_("Costs and prices of the bid"), landscape=False)
    salaries = salary_sheet(book, _page(book, N_("Salaries"), N_("Salaries with side costs, euros a year")), priced)
    build = build_up_sheet(book, _page(book, N_("Cost build-up"), N_("Cost build-up by service")), priced, salaries)
    totals = _prices(book, priced, build)
    vat_sheet(_page(book, N_("VAT"), N_("VAT status of each line and its ground")), priced)
    _outcomes(book, priced, build)
    volume = _volume(book, priced, build, totals)
    if priced.shares is not None:
        shares = _page(book, N_("Split"), N_("How the price is split between the organisations"))
        shares_sheet(shares, priced, priced.shares, totals.lines, build.fixed)
    scoring_sheet(_page(book, N_("Scoring"), N_("Points against assumed rivals")), priced)
    _assumptions(book, priced, build)
    _overview(overview, priced, totals, volume)
    return book.done()


def _page(book: Book, name: str, title: str, *, landscape: bool = True) -> Sheet:
    """Return a sheet with the warning in big letters and its title below; the content begins on row 4."""
    sheet = book.sheet(book.words.text(name), landscape=landscape)
    sheet.text(0, 0, book.words.text(INTERNAL), "alert")
    sheet.text(1, 0, book.words.text(title), "section")
    return sheet


# --- prices against full cost ------------------------------------------------------------------------
class _Totals(NamedTuple):
    """Cells of the sums over all lines, the sums, and the cells of each line."""

    income: str
    cost: str
    result: str
    variable: str
    values: Mapping[str, Decimal]
    lines: Lines


_PRICE_HEADS = (
    N_("Lot"), N_("No."), N_("Service"), N_("Unit"), N_("Strategy"), N_("Quantity"), N_("Full cost"),
    N_("Unit price without VAT"), N_("Margin"), N_("Income"), N_("Cost"), N_("Result"), N_("Grows with volume"),
    N_("Margin, what if"), N_("Price, what if"), N_("Result, what if"),
)  # fmt: skip
_QUANTITY, _COST, _PRICE, _MARGIN, _INCOME, _LINE_COST, _RESULT, _VARIABLE, _IF_MARGIN, _IF_PRICE, _IF_RESULT = range(
    5, 16
)


def _prices(book: Book, priced: PricedBid, build: Build) -> _Totals:
    words = book.words
    sheet = _page(book, N_("Prices"), N_("Prices against full cost, a year, without VAT"))
    sheet.text(
        2, 0, words.text(N_("Yellow cells may be changed to see what happens; the bid itself stays as it is.")), "note"
    )
    sheet.row(4, [words.text(head) for head in _PRICE_HEADS])
    sheet.freeze(5, 3)
    first = row = 5
    at_line: dict[str, LineCells] = {}
    for lot in priced.lots:
        for line in lot.lines:
            texts = (
                lot.bid.lot.number,
                line.line.number,
                by_whom(priced, line.bid.offered, priced.bid.words(line.line.title)),
                words.text(UNIT_WORDS[line.line.unit]),
                words.text(STRATEGY_WORDS[line.bid.price.strategy]),
            )
            for col, text in enumerate(texts):
                sheet.text(row, col, text)
            _price_line(sheet, row, line, priced, build)
            cells = (sheet.there(row, col) for col in (_QUANTITY, _INCOME, _VARIABLE))
            at_line[line.line.id] = LineCells(row, *cells)
            row += 1
    row = max(row, first + 1)  # a sum needs a row above it, even an empty one
    last = row - 1
    lines = [line for lot in priced.lots for line in lot.lines]
    values = {
        "income": sum((line.net for line in lines), Decimal(0)),
        "cost": sum((line.cost for line in lines if line.cost is not None), Decimal(0)),
        "result": sum((line.net - line.cost for line in lines if line.cost is not None), Decimal(0)),
        "variable": sum((line.variable for line in lines if line.cost is not None), Decimal(0)),
    }
    sheet.text(row, 0, words.text(N_("Total")), total=True)
    for col in (*range(1, _INCOME), _IF_MARGIN, _IF_PRICE):
        sheet.text(row, col, "", total=True)
    at = {"income": _INCOME, "cost": _LINE_COST, "result": _RESULT, "variable": _VARIABLE}
    for name, col in at.items():
        sheet.formula(row, col, f"=ROUND(SUM({Sheet.column(col, first, last)}),2)", values[name], "money", total=True)
        book.name(f"lines_{name}", sheet, row, col)
    what_if = f"=ROUND(SUM({Sheet.column(_IF_RESULT, first, last)}),2)"
    sheet.formula(row, _IF_RESULT, what_if, values["result"], "money", total=True)
    there = {name: sheet.there(row, col) for name, col in at.items()}
    _reasons(sheet, row + 2, lines, priced)
    return _Totals(there["income"], there["cost"], there["result"], there["variable"], values, at_line)


def _reasons(sheet: Sheet, row: int, lines: list[PricedLine], priced: PricedBid) -> None:
    """Write why lines are sold below cost, in the words of the bid."""
    reasons = [(line, line.bid.price.below_cost_reason) for line in lines if line.bid.price.below_cost_reason]
    if reasons:
        sheet.text(row, 0, sheet.book.words.text(N_("Reasons for prices below cost")), "section")
    for n, (line, reason) in enumerate(reasons, row + 1):
        sheet.text(n, 0, f"{line.line.number}: {priced.bid.words(reason)}", "note")


def _price_line(sheet: Sheet, row: int, line: PricedLine, priced: PricedBid, build: Build) -> None:
    def at(col: int) -> str:
        return Sheet.here(row, col)

    sheet.entry(row, _QUANTITY, line.quantity, quantity_style(line.quantity))
    places = max(2, line.line.decimals)
    sheet.number(row, _PRICE, line.net_price, price_style(places))
    _income(sheet, row, line, priced)
    unit = build.unit(line.bid.offered.id, line.line.unit)
    if unit is None or line.unit_cost is None or line.cost is None:
        for col in (_COST, _MARGIN, _LINE_COST, _RESULT, _VARIABLE, _IF_MARGIN, _IF_PRICE, _IF_RESULT):
            sheet.text(row, col, "–")
        return
    sheet.formula(row, _COST, f"={unit.total}", line.unit_cost, "money")
    margin = _percent(line.net_price - line.unit_cost, line.unit_cost)
    formula = f"=IF({at(_COST)}=0,0,ROUND(({at(_PRICE)}-{at(_COST)})/{at(_COST)},4))"
    sheet.formula(row, _MARGIN, formula, margin, "percent")
    sheet.formula(row, _LINE_COST, f"=ROUND({at(_COST)}*{at(_QUANTITY)},2)", line.cost, "money")
    sheet.formula(row, _RESULT, f"=ROUND({at(_INCOME)}-{at(_LINE_COST)},2)", line.net - line.cost, "money")
    hours = f"ROUND({unit.hours}*{at(_QUANTITY)},2)"
    grows = f"=ROUND(ROUND({unit.per_hour}*{hours},2)+ROUND({unit.variable}*{at(_QUANTITY)},2),2)"
    sheet.formula(row, _VARIABLE, grows, line.variable, "money")
    # A margin that nobody has touched gives the price and the result of the bid itself, not those of its rounding.
    sheet.entry(row, _IF_MARGIN, margin, "percent", low=-1, high=10)
    same = f"ROUND({at(_IF_MARGIN)}-{at(_MARGIN)},4)=0"
    tried = f"ROUND({at(_COST)}*(1+{at(_IF_MARGIN)}),{places})"
    sheet.formula(row, _IF_PRICE, f"=IF({same},{at(_PRICE)},{tried})", line.net_price, price_style(places))
    tried = f"ROUND(ROUND({at(_QUANTITY)}*{at(_IF_PRICE)},2)-{at(_LINE_COST)},2)"
    sheet.formula(row, _IF_RESULT, f"=IF({same},{at(_RESULT)},{tried})", line.net - line.cost, "money")


def _income(sheet: Sheet, row: int, line: PricedLine, priced: PricedBid) -> None:
    """Write a line's income: live, but for a price with VAT whose VAT is rounded on the sum of the rate."""
    quantity, price = Sheet.here(row, _QUANTITY), Sheet.here(row, _PRICE)
    if line.line.vat_basis == "excluded":
        sheet.formula(row, _INCOME, f"=ROUND({quantity}*{price},2)", line.net, "money")
    elif priced.bid.tender.vat_rule == "per_line":
        rate = f"(1+{line.vat_rate or 0}/100)"
        sheet.formula(row, _INCOME, f"=ROUND(ROUND({quantity}*{line.unit_price},2)/{rate},2)", line.net, "money")
    else:
        sheet.number(row, _INCOME, line.net, "money")


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return Decimal(0) if whole == 0 else half_up(part * 100 / whole)


# --- outcomes ------------------------------------------------------------------------------------------
def _outcomes(book: Book, priced: PricedBid, build: Build) -> None:
    words = book.words
    sheet = _page(book, N_("Cost per outcome"), N_("What one reached outcome costs"))
    note = N_("Cost of a client × clients who started / clients with the outcome. Everybody who started counts.")
    sheet.text(2, 0, words.text(note), "note")
    heads = (
        N_("Service"), N_("Client group"), N_("Outcome"), N_("Evidence row"), N_("Started"), N_("Reached"),
        N_("Share"), N_("Cost of a client"), N_("Cost per outcome"),
    )  # fmt: skip
    sheet.row(4, [words.text(head) for head in heads])
    sheet.freeze(5)
    for row, one in enumerate(priced.outcome_costs, 5):
        entry = one.outcome
        group = next((g for g in one.offered.client_groups if g.id == entry.client_group), None)
        texts = (
            by_whom(priced, one.offered, priced.bid.words(one.offered.service.name)),
            priced.bid.words(group.name) if group else entry.client_group,
            words.text(INDICATOR_WORDS[entry.indicator]),
            entry.id,
        )
        for col, text in enumerate(texts):
            sheet.text(row, col, text)
        sheet.number(row, 4, entry.cohort, "count")
        sheet.number(row, 5, entry.reached, "count")
        started, reached = Sheet.here(row, 4), Sheet.here(row, 5)
        sheet.formula(row, 6, f"=ROUND({reached}/{started},4)", one.rate, "percent")
        unit = build.unit(one.offered.id, "client") or build.unit(one.offered.id, "start")
        if unit is not None:
            sheet.formula(row, 7, f"={unit.total}", one.client_cost, "money")
        if one.cost is None:
            sheet.text(row, 8, "–")
        else:
            sheet.formula(row, 8, f"=ROUND({Sheet.here(row, 7)}*{started}/{reached},2)", one.cost, "money")
    if not priced.outcome_costs:
        empty = N_("No outcome row has a service whose cost per client is known.")
        sheet.text(5, 0, words.text(empty), "note")


_COMMITTED = {
    True: N_("The buyer commits to the estimated quantities."),
    False: N_("The buyer does not commit to the quantities: less may be bought."),
}


# --- volume --------------------------------------------------------------------------------------------
def _volume(book: Book, priced: PricedBid, build: Build, totals: _Totals) -> str | None:
    """Write income against cost by volume with a chart; return the cell of the break-even volume."""
    words, base = book.words, priced.volume
    sheet = _page(book, N_("Volume"), N_("What if less or more is bought?"))
    if base is None:
        sheet.text(3, 0, words.text(N_("The full cost of every line is not known, so this cannot be counted.")), "note")
        return None
    note = N_("Fixed costs of the offered services stay; the rest grows with volume. Without VAT, a year.")
    sheet.text(2, 0, words.text(note), "note")
    fixed = "+".join(build.fixed.values()) or "0"
    rows = (
        (N_("Income at the estimated quantities"), f"={totals.income}", base.income, "income_estimated"),
        (N_("Fixed costs of the offered services"), f"=ROUND({fixed},2)", base.fixed, "cost_fixed"),
        (N_("Costs that grow with volume"), f"={totals.variable}", base.variable, "cost_variable"),
    )
    for row, (label, formula, value, name) in enumerate(rows, 4):
        sheet.text(row, 0, words.text(label))
        sheet.formula(row, 1, formula, value, "money")
        book.name(name, sheet, row, 1)
    sheet.text(7, 0, words.text(N_("Break-even volume, of the estimate")))
    quotient = "ROUNDUP(cost_fixed/(income_estimated-cost_variable),4)"
    guarded = f'=IF(income_estimated<=cost_variable,"–",IF({quotient}>10,"–",{quotient}))'
    sheet.formula(7, 1, guarded, "–" if priced.break_even is None else priced.break_even, "percent", total=True)
    book.name("break_even", sheet, 7, 1)
    committed = _COMMITTED[priced.bid.tender.purchase_commitment]
    sheet.text(8, 0, words.text(committed), "note")
    sheet.row(9, [words.text(head) for head in (N_("Volume"), N_("Income"), N_("Cost"), N_("Result"))])
    sheet.freeze(10)
    for row, point in enumerate(priced.volumes, 10):
        sheet.number(row, 0, point.percent, "percent")
        _volume_row(sheet, row, point.income, point.cost)
    last = 9 + len(priced.volumes)
    sheet.text(last + 2, 0, words.text(N_("Try another volume:")), "label")
    sheet.entry(last + 3, 0, Decimal(100), "percent", low=0, high=10)
    book.name("volume_tried", sheet, last + 3, 0)
    _volume_row(sheet, last + 3, base.income, base.fixed + base.variable)
    _chart(book, sheet, 10, last)
    return sheet.there(7, 1)


def _volume_row(sheet: Sheet, row: int, income: Decimal, cost: Decimal) -> None:
    percent = Sheet.here(row, 0)
    sheet.formula(row, 1, f"=ROUND(income_estimated*{percent},2)", income, "money")
    sheet.formula(row, 2, f"=ROUND(cost_fixed+ROUND(cost_variable*{percent},2),2)", cost, "money")
    sheet.formula(row, 3, f"=ROUND({Sheet.here(row, 1)}-{Sheet.here(row, 2)},2)", income - cost, "money")


def _chart(book: Book, sheet: Sheet, first: int, last: int) -> None:
    """Put a native chart of income and cost beside the table, with a text for those who cannot see it."""
    words = book.words
    chart = book.workbook.add_chart({"type": "line"})
    for col, colour, dash in ((1, "#1F5FA8", "solid"), (2, "#B00020", "dash")):
        chart.add_series(
            {
                "name": [sheet.name, first - 1, col],
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, col, last, col],
                "line": {"color": colour, "width": 2.25, "dash_type": dash},
                "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
            }
        )
    chart.set_title({"name": words.text(N_("Income and cost by volume")), "name_font": {"size": 12}})
    chart.set_x_axis({"name": words.text(N_("Volume, of the estimate")), "num_format": "0\\ %"})
    chart.set_y_axis({"num_format": "#,##0\\ €", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 620, "height": 340})
    text = words.text(
        N_("Line chart of income and cost at 60–120 % of the estimated quantities; the table has the figures.")
    )
    sheet.page.insert_chart(3, 5, chart, {"description": text, "object_position": 2})


# --- assumptions and overview --------------------------------------------------------------------------
def _assumptions(book: Book, priced: PricedBid, build: Build) -> None:
    words = book.words
    sheet = _page(book, N_("Assumptions"), N_("What the figures rest on"))
    sheet.row(4, [words.text(head) for head in (N_("Assumption"), N_("Value"), N_("Source"))])
    sheet.freeze(5)
    row = 5
    for label, value, source in priced.assumptions:
        sheet.text(row, 0, words.text(label))
        sheet.text(row, 1, words.fact(value))
        sheet.text(row, 2, words.text(source))  # those of our own tables are msgids
        row += 1
    row += 1
    sheet.text(row, 0, words.text(N_("Who pays, a year at the estimated quantities")), "section")
    heads = [words.text(N_("Service")), *(words.text(label) for label in FUNDING_WORDS.values())]
    sheet.row(row + 1, heads)
    for n, cost in enumerate(priced.costs, row + 2):
        sheet.text(n, 0, by_whom(priced, cost.offered, priced.bid.words(cost.offered.service.name)))
        for col, funding in enumerate(FUNDING_WORDS, 1):
            cell, value = build.funding[cost.offered.id, funding]
            sheet.formula(n, col, f"={cell}", value, "money")
    end = row + 2 + len(priced.costs)
    sheet.text(end, 0, words.text(N_("Only market-funded costs are in the prices.")), "note")


def _overview(sheet: Sheet, priced: PricedBid, totals: _Totals, break_even: str | None) -> None:
    words, bid = sheet.book.words, priced.bid
    block = (
        (N_("Buyer"), bid.words(bid.tender.buyer)),
        (N_("Tender"), bid.words(bid.tender.title)),
        (N_("Reference"), bid.tender.reference),
        (N_("Bidder"), ", ".join(member.organisation.name for member in bid.members)),
        (N_("Version"), sheet.book.build_id),
    )
    row = 3
    for label, text in block:
        sheet.text(row, 0, words.text(label), "label")
        sheet.text(row, 1, text, "plain")
        row += 1
    row += 1
    figures = (
        (N_("Income a year, without VAT"), totals.income, totals.values["income"]),
        (N_("Full cost of the same lines"), totals.cost, totals.values["cost"]),
        (N_("Result of the lines whose cost is known"), totals.result, totals.values["result"]),
    )
    for label, cell, value in figures:
        sheet.text(row, 0, words.text(label))
        sheet.formula(row, 1, f"={cell}", value, "money")
        row += 1
    if priced.volume is not None:
        note = N_("The sheet {sheet} also counts hours that stay unsold, so its result may differ from this.")
        sheet.text(row, 0, words.text(note, sheet=words.text(N_("Volume"))), "note")
        row += 1
    sheet.text(row, 0, words.text(N_("Break-even volume, of the estimate")))
    if break_even is None:
        sheet.text(row, 1, "–")
    else:
        sheet.formula(row, 1, f"={break_even}", "–" if priced.break_even is None else priced.break_even, "percent")
    row += 1
    sheet.text(row, 0, words.text(N_("Does the buyer commit to the quantities?")))
    sheet.text(row, 1, words.fact(bid.tender.purchase_commitment))
    for label, hours in (
        (N_("Hours needed a year"), priced.hours_needed),
        (N_("Hours available a year"), priced.hours_available),
    ):
        row += 1
        sheet.text(row, 0, words.text(label))
        sheet.number(row, 1, hours, "hours")
