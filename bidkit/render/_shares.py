"""The sheet of shares in the cost workbook: who gets what of each lot, and what it leaves each member.

The ways to share stand side by side, and none is called the right one. Sums are live and tied to the bid; a cent that
rounding leaves over stands in the formula of the member who gets it. Nothing of this sheet is for the buyer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from bidkit.i18n import N_
from bidkit.money import half_up
from bidkit.render._shares_results import own_results
from bidkit.render._shares_table import HUNDRED, Lines, MemberCells, Sums, Table, added, plus
from bidkit.render._sheet import Sheet
from bidkit.render._words import ROLE_WORDS, UNIT_WORDS
from bidkit.split import Alternative, LotPart, Shares, Way
from bidkit.stages import PricedBid, PricedLine, PricedLot

_NOTES = (
    N_("Without VAT, a year, at the estimated quantities. The ways stand side by side; bidkit prefers none."),
    N_("Risk is what is lost if no outcome fee is paid. Costs stay with whoever has them, however money is shared."),
    N_("Yellow shares may be changed to see what happens. A cent left by rounding is in the formula of who gets it."),
)


def shares_sheet(
    sheet: Sheet, priced: PricedBid, shares: Shares, lines: Lines, fixed: Mapping[tuple[str, str], str]
) -> None:
    """Write who is in it, each lot, the whole bid, each member's own result, and the small members."""
    table = Table(sheet, priced, shares, lines)
    for row, note in enumerate(_NOTES, 2):
        sheet.text(row, 0, table.text(note), "note")
    row = _members(table, 6)
    cells: dict[tuple[str, str], list[MemberCells]] = {}  # (way, member) → of each lot
    bids: dict[str, list[MemberCells]] = {}  # way → what the bid says of each lot
    if len(shares.partners) > 1:
        for lot in priced.lots:
            row = _Lot(table, lot).write(row + 1, cells, bids)
        row, whole = _whole(table, row + 1, cells, bids)
        row = own_results(table, row + 1, whole, fixed)
    _small(table, row + 1)
    sheet.page.repeat_rows(0)


def _members(table: Table, row: int) -> int:
    """Write the members with role and task."""
    sheet = table.sheet
    sheet.row(row, [table.text(head) for head in (N_("Organisation"), N_("Role"), N_("Task"))])
    for one in table.shares.partners:
        row += 1
        sheet.text(row, 0, one.name)
        sheet.text(row, 1, table.text(ROLE_WORDS[one.role]))
        sheet.text(row, 2, table.priced.bid.words(one.task) or "–", "note")
    return row + 1


# --- a lot ---------------------------------------------------------------------------------------------
class _Bid(NamedTuple):
    """What the bid says of a lot: its money and its outcome fees, as formulas and as they are now."""

    money: tuple[str, Decimal]
    risk: tuple[str, Decimal]


class _Lot:
    """One lot: money and risk of each member by every way, then its work by unit."""

    def __init__(self, table: Table, lot: PricedLot) -> None:
        self.table, self.sheet, self.lot = table, table.sheet, lot
        self.id = lot.bid.lot.id
        ways = table.shares.alternatives
        self.parts = {
            way.name: {part.member: part for part in way.lots if part.lot == self.id}
            for way in ways
            if self.id not in way.unshared
        }
        self.members = [
            one for one in table.shares.partners if any(one.member in parts for parts in self.parts.values())
        ]
        self.agreed = {one.member: one for one in table.shares.agreed if one.lot == self.id}
        outcomes = [line for line in lot.lines if line.line.unit == "outcome"]
        self.bid = _Bid(table.incomes(lot.lines), table.incomes(outcomes))

    def own(self, member: str, lines: Iterable[PricedLine]) -> list[PricedLine]:
        return [line for line in lines if line.bid.offered.member.organisation.id == member]

    def write(
        self, row: int, cells: dict[tuple[str, str], list[MemberCells]], bids: dict[str, list[MemberCells]]
    ) -> int:
        table, sheet, lot = self.table, self.sheet, self.lot
        number = table.text(N_("Lot {number}"), number=lot.bid.lot.number)
        sheet.text(row, 0, f"{number}: {table.priced.bid.words(lot.bid.lot.title)}", "section")
        if not self.members:
            sheet.text(row + 1, 0, table.text(N_("Nobody has a share of this lot.")), "note")
            return row + 2
        extra = (N_("Agreed share of work"), N_("Agreed share of risk")) if self.agreed else ()
        row = table.heads(row + 1, (N_("Share"), N_("Money"), N_("Risk")), extra)
        first, last = row, row + len(self.members) - 1
        at_bid = last + 2  # the rows after the members: total, in the bid, difference
        for n, one in enumerate(self.members, first):
            sheet.text(n, 0, one.name)
            sheet.text(n, 1, table.text(ROLE_WORDS[one.role]))
            if one.member in self.agreed:
                sheet.entry(n, table.end, self.agreed[one.member].volume, "percent", high=1)
                sheet.entry(n, table.end + 1, self.agreed[one.member].risk, "percent", high=1)
        for way, col in table.ways():
            parts = self.parts.get(way.name)
            if parts is None:
                sheet.text(first, col, table.text(N_("not shared")))
                continue
            for n, one in enumerate(self.members, first):
                if one.member in parts:
                    self.part(n, col, way, parts[one.member], at_bid)
                    cells.setdefault((way.name, one.member), []).append(MemberCells.at(n, col))
            bids.setdefault(way.name, []).append(MemberCells.at(at_bid, col))
        table.tie(last + 1, first, last, self.sums())
        return self.volumes(at_bid + 3, first) if lot.lines else at_bid + 2

    def sums(self) -> Mapping[Way, Sums]:
        return dict.fromkeys(self.parts, (self.bid.money, self.bid.risk))

    def part(self, row: int, col: int, way: Alternative, part: LotPart, at_bid: int) -> None:
        """Write a member's share, money and risk by one way."""
        sheet = self.sheet
        share, money = Sheet.here(row, col), Sheet.here(row, col + 1)
        whole, stake = (Sheet.fixed(at_bid, col + n) for n in (1, 2))
        total, at_stake = self.lot.net, self.bid.risk[1]
        if way.name == "by_owner":
            own = self.own(part.member, self.lot.lines)
            formulas = (self.table.incomes(own)[0], self.table.incomes(x for x in own if x.line.unit == "outcome")[0])
            percent = half_up(part.money * HUNDRED / total) if total else Decimal(0)
            quotient = f"IF({whole}=0,0,ROUND({money}/{whole},4))"
            sheet.formula(row, col, plus(quotient, percent, part.percent, "percent"), part.percent, "percent")
            sheet.formula(row, col + 1, f"={formulas[0]}", part.money, "money")
            sheet.formula(row, col + 2, f"={formulas[1]}", part.risk, "money")
            return
        if way.name == "agreed":
            told = self.agreed[part.member]
            sheet.entry(row, col, told.money, "percent", high=1)
            by, of_risk = share, Sheet.here(row, self.table.end + 1)
            weight, risk_weight = told.money / HUNDRED, told.risk / HUNDRED
        else:
            equal = len(self.parts[way.name])
            percent = half_up(HUNDRED / equal)
            formula = plus(f"ROUND(1/{equal},4)", percent, part.percent, "percent")
            sheet.formula(row, col, formula, part.percent, "percent")
            by = of_risk = f"1/{equal}"
            weight = risk_weight = Decimal(1) / equal
        plain = half_up(total * weight)
        sheet.formula(row, col + 1, plus(f"ROUND({whole}*{by},2)", plain, part.money), part.money, "money")
        plain = half_up(at_stake * risk_weight)
        sheet.formula(row, col + 2, plus(f"ROUND({stake}*{of_risk},2)", plain, part.risk), part.risk, "money")

    def volumes(self, row: int, first: int) -> int:
        """Write each member's work by unit; unlike units are never added up."""
        table, sheet = self.table, self.sheet
        titles = [way.title for way, _ in table.ways() if way.name in self.parts]
        heads = (N_("Work"), N_("Unit"), *titles, N_("In the bid"))
        sheet.row(row, [table.text(head) for head in heads])
        for unit in dict.fromkeys(line.line.unit for line in self.lot.lines):
            lines = [line for line in self.lot.lines if line.line.unit == unit]
            row = self.unit(row + 1, unit, lines, first)
        return row + 1

    def unit(self, row: int, unit: str, lines: Sequence[PricedLine], first: int) -> int:
        """Write one unit: a row for each member, and their sum beside that of the bid; return the last row."""
        table, sheet = self.table, self.sheet
        names = list(self.parts)
        start, last = row, row + len(self.members) - 1
        at_bid = 2 + len(names)
        formula, asked = table.quantities(lines)
        for n, one in enumerate(self.members):
            sheet.text(row + n, 0, one.name)
            sheet.text(row + n, 1, table.text(UNIT_WORDS[unit]))
            for col, name in enumerate(names, 2):
                part = self.parts[name].get(one.member)
                if part is None:
                    sheet.text(row + n, col, "–")
                    continue
                volume = part.volumes.get(unit, Decimal(0))
                shown = self.volume(name, part, lines, volume, Sheet.fixed(last + 1, at_bid), first + n)
                sheet.formula(row + n, col, shown, volume, "hours")
        sheet.text(last + 1, 0, table.text(N_("Total")), total=True)
        sheet.text(last + 1, 1, table.text(UNIT_WORDS[unit]), total=True)
        for col in range(2, at_bid):
            sheet.formula(last + 1, col, f"=SUM({Sheet.column(col, start, last)})", asked, "hours", total=True)
        sheet.formula(last + 1, at_bid, f"={formula}", asked, "hours", total=True)
        return last + 1

    def volume(
        self, name: Way, part: LotPart, lines: Sequence[PricedLine], volume: Decimal, whole: str, row: int
    ) -> str:
        if name == "by_owner":
            return f"={self.table.quantities(self.own(part.member, lines))[0]}"
        asked = sum((line.quantity for line in lines), Decimal(0))
        if name == "agreed":
            by, weight = Sheet.here(row, self.table.end), self.agreed[part.member].volume / HUNDRED
        else:
            equal = len(self.parts[name])
            by, weight = f"1/{equal}", Decimal(1) / equal
        return plus(f"ROUND({whole}*{by},2)", half_up(asked * weight), volume)


# --- the whole bid -------------------------------------------------------------------------------------
def _whole(
    table: Table, row: int, cells: Mapping[tuple[str, str], list[MemberCells]], bids: Mapping[str, list[MemberCells]]
) -> tuple[int, dict[tuple[str, str], MemberCells]]:
    """Write each member over all lots; return the next row and where its sums stand."""
    sheet, partners = table.sheet, table.shares.partners
    sheet.text(row, 0, table.text(N_("Whole bid")), "section")
    row = table.heads(row + 1, (N_("Share"), N_("Money"), N_("Risk")))
    first, last = row, row + len(partners) - 1
    found: dict[tuple[str, str], MemberCells] = {}
    for n, one in enumerate(partners, first):
        sheet.text(n, 0, one.name)
        sheet.text(n, 1, table.text(ROLE_WORDS[one.role]))
    sums: dict[Way, Sums] = {}
    for way, col in table.ways():
        for n, part in enumerate(way.members, first):
            own = cells.get((way.name, part.member), [])
            whole, money = Sheet.fixed(last + 2, col + 1), Sheet.here(n, col + 1)
            percent = half_up(part.money * HUNDRED / way.net) if way.net else Decimal(0)
            quotient = f"IF({whole}=0,0,ROUND({money}/{whole},4))"
            sheet.formula(n, col, plus(quotient, percent, part.percent, "percent"), part.percent, "percent")
            sheet.formula(n, col + 1, f"=ROUND({added(x.money for x in own)},2)", part.money, "money")
            sheet.formula(n, col + 2, f"=ROUND({added(x.risk for x in own)},2)", part.risk, "money")
            found[way.name, part.member] = MemberCells.at(n, col)
        lots = bids.get(way.name, [])
        risk = sum((part.risk for part in way.members), Decimal(0))
        sums[way.name] = ((added(x.money for x in lots), way.net), (added(x.risk for x in lots), risk))
    table.tie(last + 1, first, last, sums)
    row = last + 4
    if any(way.unshared for way in table.shares.alternatives):
        note = N_("A lot that a way does not share is not in its sums: its shares must be mended first.")
        sheet.text(row, 0, table.text(note), "note")
        row += 1
    return row, found


# --- small members -------------------------------------------------------------------------------------
_SMALL_HEADS = (
    N_("Small member"), N_("Paid hours a week"), N_("Volunteer hours a week, never priced"), N_("Clients a year"),
    N_("Compensation a year"),
)  # fmt: skip


def _small(table: Table, row: int) -> None:
    """Write what small members do and are paid: a cost of the lead, and no share of the price."""
    sheet, small = table.sheet, table.shares.small
    if not small:
        return
    sheet.text(row, 0, table.text(N_("Small members")), "section")
    note = N_("The lead pays the compensation from its own costs. What their work costs them is not known here.")
    sheet.text(row + 1, 0, table.text(note), "note")
    row += 2
    sheet.row(row, [table.text(head) for head in _SMALL_HEADS])
    first, last = row + 1, row + len(small)
    for n, one in enumerate(small, first):
        sheet.text(n, 0, one.name)
        figures = ((one.paid_hours, "hours"), (one.volunteer_hours, "hours"), (one.clients, "whole"))
        for col, (value, style) in enumerate((*figures, (one.compensation, "money")), 1):
            if value is None:
                sheet.text(n, col, "–")
            else:
                sheet.number(n, col, value, style)
    sheet.text(last + 1, 0, table.text(N_("Total")), total=True)
    for col in range(1, 4):
        sheet.text(last + 1, col, "", total=True)
    whole = sum((one.compensation or Decimal(0) for one in small), Decimal(0))
    sheet.formula(last + 1, 4, f"=ROUND(SUM({Sheet.column(4, first, last)}),2)", whole, "money", total=True)
