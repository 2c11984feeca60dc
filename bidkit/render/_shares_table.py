"""What the tables of shares have in common: their columns, sums of cells elsewhere, and the cent left by rounding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from bidkit.diagnostics import Fact
from bidkit.i18n import N_
from bidkit.render._sheet import Sheet
from bidkit.split import Alternative, Shares, Way
from bidkit.stages import PricedBid, PricedLine

HUNDRED = Decimal(100)
NAMED = 2  # columns before the ways: the organisation, and its role
EACH = 3  # columns of a way
_WHO, _ROLE = N_("Organisation"), N_("Role")


class LineCells(NamedTuple):
    """Where a line stands on the sheet of prices: the row, and the cells of its columns."""

    row: int
    quantity: str
    income: str
    variable: str


Sums = tuple[tuple[str, Decimal], tuple[str, Decimal]]  # formula and value of the bid's money, and of its risk
Lines = Mapping[str, LineCells]  # id of a price line → its cells


class MemberCells(NamedTuple):
    """Where a member's money and risk by one way stand, on the sheet of shares."""

    money: str
    risk: str

    @classmethod
    def at(cls, row: int, col: int) -> MemberCells:
        """Return the cells of the way that begins at ``col``."""
        return cls(Sheet.here(row, col + 1), Sheet.here(row, col + 2))


class Table:
    """The grid that all tables of the sheet stand in: two columns of names, then three for each way."""

    def __init__(self, sheet: Sheet, priced: PricedBid, shares: Shares, lines: Lines) -> None:
        self.sheet, self.priced, self.shares, self.lines = sheet, priced, shares, lines
        self.end = NAMED + EACH * len(shares.alternatives)

    def text(self, msgid: str, **facts: Fact) -> str:
        """Return a text of ours in the workbook's language."""
        return self.sheet.book.words.text(msgid, **facts)

    def ways(self, first: int = NAMED) -> Iterator[tuple[Alternative, int]]:
        """Yield each way with its first column."""
        for n, way in enumerate(self.shares.alternatives):
            yield way, first + EACH * n

    def heads(
        self, row: int, each: Sequence[str], extra: Sequence[str] = (), first: Sequence[str] = (_WHO, _ROLE)
    ) -> int:
        """Write the ways above their columns, and the columns' headings; return the row after them."""
        sheet = self.sheet
        for way, col in self.ways(len(first)):
            look = sheet.book.format("head")
            sheet.page.merge_range(row, col, row, col + EACH - 1, self.text(way.title), look)
        labels = [*first, *(head for _ in self.shares.alternatives for head in each), *extra]
        sheet.row(row + 1, [self.text(label) for label in labels])
        return row + 2

    def tie(self, row: int, first: int, last: int, sums: Mapping[Way, Sums]) -> None:
        """Write the sum over members, the same in the bid, and their difference, which is zero unless shares change.

        ``sums`` has, by way, formula and value of the bid's money and risk.
        """
        sheet = self.sheet
        for n, label in enumerate((N_("Total"), N_("In the bid"), N_("Difference"))):
            sheet.text(row + n, 0, self.text(label), total=True)
            for col in range(1, self.end):
                sheet.text(row + n, col, "", total=True)
        for way, col in self.ways():
            if way.name not in sums:
                continue
            shown = HUNDRED if sums[way.name][0][1] else Decimal(0)
            whole = f"=ROUND(SUM({Sheet.column(col, first, last)}),4)"
            sheet.formula(row, col, whole, shown, "percent", total=True)
            for at, (formula, value) in enumerate(sums[way.name], col + 1):
                whole = f"=ROUND(SUM({Sheet.column(at, first, last)}),2)"
                sheet.formula(row, at, whole, value, "money", total=True)
                sheet.formula(row + 1, at, f"=ROUND({formula},2)", value, "money", total=True)
                difference = f"=ROUND({Sheet.here(row, at)}-{Sheet.here(row + 1, at)},2)"
                sheet.formula(row + 2, at, difference, Decimal("0.00"), "money", total=True)

    def incomes(self, lines: Iterable[PricedLine]) -> tuple[str, Decimal]:
        """Return the income of lines: a sum over the sheet of prices, and its value."""
        told = list(lines)
        return self._sum(told, "income"), sum((line.net for line in told), Decimal(0))

    def quantities(self, lines: Iterable[PricedLine]) -> tuple[str, Decimal]:
        """Return the quantities of lines of one unit: a sum over the sheet of prices, and its value."""
        told = list(lines)
        return self._sum(told, "quantity"), sum((line.quantity for line in told), Decimal(0))

    def variables(self, lines: Iterable[PricedLine]) -> str:
        """Return the cost of lines that grows with volume: a sum over the sheet of prices."""
        return self._sum(list(lines), "variable")

    def _sum(self, lines: Sequence[PricedLine], column: str) -> str:
        """Return a sum of cells of the sheet of prices, rows that follow each other as one range."""
        cells = sorted(self.lines[line.line.id] for line in lines)
        ranges = []
        for _, run in groupby(enumerate(cells), key=lambda pair: pair[1].row - pair[0]):
            own = [getattr(cell, column) for _, cell in run]
            ranges.append(own[0] if len(own) == 1 else f"{own[0]}:{own[-1].rpartition('!')[2]}")
        return f"ROUND({'+'.join(f'SUM({one})' if ':' in one else one for one in ranges) or '0'},2)"


def plus(formula: str, plain: Decimal, wanted: Decimal, style: str = "money") -> str:
    """Return a formula that gives ``plain``, with what rounding left over added so that it gives ``wanted``."""
    left = wanted - plain
    if style == "percent":
        left /= HUNDRED
    places = max(4 if style == "percent" else 2, -int(left.normalize().as_tuple().exponent))
    return f"=ROUND({formula}{left:+f},{places})" if left else f"={formula}"


def added(cells: Iterable[str]) -> str:
    """Return cells added up."""
    return "+".join(cells) or "0"
