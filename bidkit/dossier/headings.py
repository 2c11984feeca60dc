"""The row of headings of a table: which column of the sheet holds what, and what is wrong with the headings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from bidkit.diagnostics import Place
from bidkit.dossier.cells import shown
from bidkit.dossier.sheets import Column
from bidkit.messages import workbook as say

if TYPE_CHECKING:
    from bidkit.dossier.sheet_reader import SheetReader

_LOOKED_AT = 30  # rows in which the headings may stand


class Heads(NamedTuple):
    """The headings of a table: their row, and for each column of the sheet what it holds, in which language.

    ``missing`` are needed columns that are not there, ``told`` are columns of the sheet whose heading is to blame:
    findings say so already.
    """

    row: int
    columns: dict[int, tuple[Column, str]]
    missing: tuple[Column, ...] = ()
    told: frozenset[int] = frozenset()


def find_heads(sheet: SheetReader, home: str) -> Heads | None:
    """Find the row of headings: that of the first rows which has the most of them; None if there is none."""
    best, most = 0, 0
    for row in sorted(sheet.data.rows)[:_LOOKED_AT]:
        line = sheet.data.rows[row]
        hits = sum(1 for cell in line.values() if isinstance(cell.value, str) and sheet.column(cell.value))
        if hits > most:
            best, most = row, hits
        if hits == len(line) and hits > 1:
            break
    if not most:
        if sheet.data.rows:
            names = tuple(sheet.title(c) for c in sheet.sheet.columns[:3])
            sheet.find(say.NO_HEADINGS, Place(sheet.file, f"{sheet.data.name}!A1"), headings=names)
        return None
    return _Row(sheet, best, home).heads()


class _Row:
    """One row of headings being read."""

    def __init__(self, sheet: SheetReader, row: int, home: str) -> None:
        self.sheet, self.row, self.home = sheet, row, home
        self.line = sheet.data.rows[row]
        self.below = {number for r, cells in sheet.data.rows.items() if r > row for number in cells}
        self.columns: dict[int, tuple[Column, str]] = {}
        self.broken = False

    def heads(self) -> Heads:
        strange = self._known()
        unknown = [n for n in strange if not self._misspelt(n) and n in self.below]
        there = [column for column, _ in self.columns.values()]
        missing = self.sheet.needed(there) if self.below else []
        bare = [number for number in sorted(self.below) if number not in self.line]
        told: frozenset[int] = frozenset()
        if missing and not self.broken and len(missing) == len(unknown) + len(bare) == 1:
            told = frozenset(unknown + bare)
            self._renamed(missing[0], *told)
            unknown = []
        elif not self.broken:
            for column in missing:
                place = Place(self.sheet.file, f"{self.sheet.data.name}!A{self.row}")
                self.sheet.find(say.MISSING_COLUMN, place, heading=self.sheet.title(column))
        for number in unknown:
            self.sheet.unknown_heading(self._place(number), self._heading(number), there)
        return Heads(self.row, dict(sorted(self.columns.items())), tuple(missing), told)

    def _place(self, number: int) -> Place:
        return self.sheet.place(self.row, number)

    def _heading(self, number: int) -> str:
        return shown(self.line[number]).strip()

    def _known(self) -> list[int]:
        """Take the headings that are known, each once; return the columns of others."""
        at: dict[tuple[Column, str], int] = {}
        strange: list[int] = []
        for number, cell in sorted(self.line.items()):
            found = self.sheet.column(shown(cell))
            if found is None:
                if not (number in self.below and self.sheet.broken_heading(cell, self._place(number))):
                    strange.append(number)
                else:
                    self.broken = True
                continue
            first = at.get(found) or self._at_home(found, number, at)
            if first:
                heading = self.sheet.title(*found)
                if number in self.below:  # a second, empty one says nothing
                    where = str(self._place(first))
                    self.sheet.find(say.TWO_COLUMNS, self._place(number), heading=heading, first=where)
            else:
                at[found] = number
                self.columns[number] = found
        return strange

    def _at_home(self, found: tuple[Column, str], number: int, at: Mapping[tuple[Column, str], int]) -> int:
        """Return the column that holds the same text without or with the dossier's own language, if a row has both."""
        column, language = found
        if column.kind != "texts" or language not in ("", self.home):
            return 0
        other = at.get((column, "" if language else self.home), 0)
        rows = (cells for row, cells in self.sheet.data.rows.items() if row > self.row)
        return other if other and any(other in cells and number in cells for cells in rows) else 0

    def _misspelt(self, number: int) -> bool:
        """Read a column with a misspelt heading as the one it looks like, if that is nowhere else."""
        heading = self._heading(number)
        near = self.sheet.near_heading(heading)
        found = self.sheet.column(near) if near else None
        if found is None or found in self.columns.values():
            return False
        self.columns[number] = found
        self.sheet.find(say.MISSPELT_COLUMN, self._place(number), heading=heading, near=near)
        return True

    def _renamed(self, column: Column, number: int) -> None:
        """Tell of the one needed column that is not there at the one column that may be it."""
        heading = self.sheet.title(column)
        if number in self.line:
            self.sheet.find(say.RENAMED, self._place(number), heading=heading, unknown=self._heading(number))
        else:
            self.sheet.find(say.MISSING_COLUMN, self._place(number), heading=heading)
