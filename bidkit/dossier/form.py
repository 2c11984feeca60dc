"""A form: what there is one of, a field a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bidkit import gate
from bidkit.diagnostics import Place
from bidkit.dossier import cells
from bidkit.dossier.sheet_reader import Entry, SheetReader, new_entry
from bidkit.dossier.sheets import Column
from bidkit.dossier.xlsx import Cell
from bidkit.messages import workbook as say

_EMPTY = Cell(None)


class Form(SheetReader):
    """What there is one of: a field a row, its name in the first column and its value in the second."""

    def text_of(self, name: str) -> str:
        """Return the text of one field; empty if it is not there."""
        for _, cell, column, _ in self._fields():
            if column.name == name and isinstance(cell.value, str):
                return cell.value.strip().lower()
        return ""

    def read(self, home: str) -> Entry | None:
        """Return the entry, or None if nothing has been filled in."""
        self.about_hidden()
        fields = self._fields()
        rows: dict[str, int] = {}
        spots = _Spots(self.data.name, rows)
        entry = new_entry(Place(self.file, f"{self.data.name}!A1", spots))
        taken: dict[tuple[Column, str], int] = {}
        for row, cell, column, language in fields:
            rows.setdefault(".".join(column.path), row)
            rows.setdefault(column.path[0], row)
            if (first := taken.setdefault((column, language), row)) != row:
                heading, where = self.title(column, language), str(self.place(first, 1))
                self.find(say.TWO_COLUMNS, self.place(row, 1), heading=heading, first=where)
            else:
                self.put(entry, column, language, self.value(cell, column, row, 2), home, row)
        self._remarks({row for row, *_ in fields})
        if len(entry) == 1:
            return None
        for group in self.sheet.groups:
            entry.setdefault(group, new_entry(self.group_place(0, (group,), entry)))
        return entry

    def _fields(self) -> list[tuple[int, Cell, Column, str]]:
        """Return row, value, field and language of each row whose name is known; a misspelt one is, if it is missed."""
        found: list[tuple[int, Cell, Column, str]] = []
        strange: list[int] = []
        for row, line in sorted(self.data.rows.items()):
            if (name := line.get(1)) is not None:
                known = self.column(cells.shown(name))
                if known is not None:
                    found.append((row, line.get(2, _EMPTY), *known))
                elif 2 in line:
                    strange.append(row)
        there = {column for _, _, column, _ in found}
        for row in strange:
            known = self.column(self.near_heading(cells.shown(self.data.rows[row][1])))
            if known is not None and known[0] not in there:
                found.append((row, self.data.rows[row][2], *known))
        return found

    def _remarks(self, read: set[int]) -> None:
        """Tell of rows with a value whose name is misspelt, not known, or not there."""
        for row, line in sorted(self.data.rows.items()):
            name, value = line.get(1), line.get(2)
            if value is None or row == min(self.data.rows):  # the first row says what the columns are
                continue
            if name is None:
                self.find(say.NOT_IN_TABLE, self.place(row, 2), value=gate.printable(cells.shown(value), 60))
            elif row not in read:
                self.find(say.UNKNOWN_COLUMN, self.place(row, 1), heading=cells.shown(name), missing=())
            elif self.column(heading := cells.shown(name)) is None:
                self.find(say.MISSPELT_COLUMN, self.place(row, 1), heading=heading, near=self.near_heading(heading))

    def group_place(self, row: int, group: tuple[str, ...], entry: Entry) -> Place:
        """Return the place of a group of fields: its fields have cells, it has that of the form."""
        spots = entry["@"].fields
        return Place(self.file, entry["@"].spot, spots.within(group[-1]))


class _Spots(Mapping[str, str]):
    """The cells of a form's values, by field; ``within`` is the same for a group of its fields."""

    def __init__(self, sheet: str, rows: Mapping[str, int], group: str = "") -> None:
        self.sheet, self.rows, self.group = sheet, rows, group

    def within(self, group: str) -> _Spots:
        """Return the cells of the fields of a group."""
        return _Spots(self.sheet, self.rows, f"{self.group}{group}.")

    def __getitem__(self, name: str) -> str:
        return f"{self.sheet}!B{self.rows[self.group + name.partition('[')[0]]}"

    def __iter__(self) -> Iterator[str]:
        return (name.removeprefix(self.group) for name in self.rows if name.startswith(self.group))

    def __len__(self) -> int:
        return sum(1 for _ in self)
