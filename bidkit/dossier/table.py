"""A table: an entry a row below a row of headings, and the lists inside entries, which name their owners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bidkit import gate
from bidkit.diagnostics import Place, Refused, Word
from bidkit.dossier import cells, sheets
from bidkit.dossier.sheet_reader import Entry, Read, SheetReader, near_to, new_entry
from bidkit.dossier.sheets import Column
from bidkit.dossier.xlsx import Cell, letters
from bidkit.dossier.xlsx import Sheet as Data
from bidkit.messages import workbook as say

_LOOKED_AT = 30  # rows in which the headings may stand
_DATE = r"(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d)"
_RANGE = re.compile(rf"\s*{_DATE}\s*[–\u2014-]\s*{_DATE}\s*")
_SPANS = (("start", "end"), ("from", "until"), ("valid_from", "valid_until"))
_ANY = Column(("value",), ("",), "", "text")


class _Heads(NamedTuple):
    """The headings of a table: their row, and for each column of the sheet what it holds, in which language."""

    row: int
    columns: dict[int, tuple[Column, str]]


class Spots(Mapping[str, str]):
    """The cells of an entry's fields, worked out when they are asked for: most never are."""

    __slots__ = ("columns", "row", "sheet")

    def __init__(self, sheet: str, columns: Mapping[str, str], row: int) -> None:
        self.sheet, self.columns, self.row = sheet, columns, row

    def __getitem__(self, name: str) -> str:
        return f"{self.sheet}!{self.columns[name.partition('[')[0]]}{self.row}"

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


class Table(SheetReader):
    """An entry a row, below a row of headings."""

    def __init__(self, file: str, data: Data, sheet: sheets.Sheet, language: str, into: Read) -> None:
        super().__init__(file, data, sheet, language, into)
        self.at_columns: dict[tuple[str, ...], dict[str, str]] = {}

    def read(self, home: str) -> list[Entry]:
        """Return the entries of a table; an entry a row."""
        return [entry for _, entry in self._entries(home)]

    def attach(self, home: str) -> None:
        """Give each row of a list to the entry that it belongs to."""
        noun, path = self.sheet.noun, self.sheet.path
        owners = self.into.nouns.get(noun)
        if isinstance(owners, dict):
            found = [entry for _, entry in self._entries(home)]
            if found:
                _group(owners, path[:-1])[path[-1]] = found
            return
        by_key: dict[str, Entry] = {}
        key = next(s for s in sheets.layout() if s.noun == noun and not s.path).key.path[0]
        for owner in owners or ():
            by_key.setdefault(str(owner.get(key, "")), owner)
        name = self.sheet.key.path[0]
        for _, entry in self._entries(home):
            id_ = entry.pop(name, None)
            place = entry["@"].of(name)
            if id_ is None:
                self.find(say.NO_PARENT, place, id="", sheet=Word(sheets.TITLES[(noun,)]), near=tuple(by_key)[:3])
            elif isinstance(id_, Refused):
                self.into.findings.append(id_.at(place))
            elif str(id_) in by_key:
                by_key[str(id_)].setdefault(path[-1], []).append(entry)
            elif noun not in self.into.incomplete or by_key:
                near = near_to(str(id_), list(by_key))
                shown = Word(sheets.TITLES[(noun,)])
                self.find(say.NO_PARENT, place, id=str(id_), sheet=shown, near=near or tuple(by_key)[:3])

    def _entries(self, home: str) -> Iterator[tuple[int, Entry]]:
        heads = self._heads()
        if heads is None:
            return
        self.about_hidden()
        self._about_merged(heads)
        outside: set[int] = set()
        first = min(heads.columns)
        for row in sorted(self.data.rows):
            line = self.data.rows[row]
            if row <= heads.row or self._repeats(line, heads):
                continue
            for number in line.keys() - heads.columns.keys() - outside:
                outside.add(number)
                if number not in self.data.rows[heads.row]:
                    value = gate.printable(cells.shown(line[number]), 60)
                    self.find(say.NOT_IN_TABLE, self.place(row, number), value=value)
            filled = {number: line[number] for number in heads.columns if number in line}
            if filled and not self._example(row, first, filled, heads):
                yield from self._entry(row, filled, heads, home)

    def _entry(self, row: int, filled: Mapping[int, Cell], heads: _Heads, home: str) -> Iterator[tuple[int, Entry]]:
        entry = new_entry(self._row_place(row, ()))
        for number, cell in filled.items():
            column, language = heads.columns[number]
            if column.kind != "parameter":
                self.put(entry, column, language, self.value(cell, column, row, number), home, row)
        if len(entry) == 1:
            return
        if self.sheet.noun == "conditions":
            self._parameters(entry, row, filled, heads)
        _split_spans(entry)
        for group in self.sheet.groups:
            entry.setdefault(group, new_entry(self._row_place(row, (group,))))
        yield row, entry

    def _row_place(self, row: int, group: tuple[str, ...]) -> Place:
        columns = self.at_columns.get(group, {})
        first = next(iter(columns.values()), None) or next(iter(self.at_columns[()].values()))
        return Place(self.file, f"{self.data.name}!{first}{row}", Spots(self.data.name, columns, row))

    def _parameters(self, entry: Entry, row: int, filled: Mapping[int, Cell], heads: _Heads) -> None:
        """Bind the pairs of parameter and value by the condition's kind."""
        kind = entry.get("kind")
        columns = sheets.parameters(kind) if isinstance(kind, str) else ()
        at = {(c.path[0], c.number): number for number, (c, _) in heads.columns.items() if c.kind == "parameter"}
        values: Entry = {}
        spots: dict[str, str] = {}
        for n in range(1, sheets.MOST_PARAMETERS + 1):
            name_at, value_at = at.get(("parameter", n), 0), at.get(("value", n), 0)
            name, cell = filled.get(name_at), filled.get(value_at)
            if name is None and cell is None:
                continue
            if name is None or not cells.shown(name).strip():
                assert cell is not None
                value = gate.printable(cells.shown(cell), 60)
                self.find(say.NOT_IN_TABLE, self.place(row, value_at), value=value)
                continue
            written = cells.shown(name).strip()
            column = sheets.parameter_called(written, columns)
            where = value_at if column is not None and value_at else name_at
            key = column.path[0] if column else written
            spots[key] = f"{letters(where)}"
            if cell is not None:
                value = self.value(cell, column or _ANY, row, value_at)
                if value is not None:
                    values[key] = value
        if values or spots:
            first = next(iter(spots.values()))
            place = Place(self.file, f"{self.data.name}!{first}{row}", Spots(self.data.name, spots, row))
            entry["parameters"] = {"@": place, **values}

    def _heads(self) -> _Heads | None:
        """Find the row of headings: that of the first rows which has the most of them."""
        best, most = 0, 0
        for row in sorted(self.data.rows)[:_LOOKED_AT]:
            line = self.data.rows[row]
            hits = sum(1 for cell in line.values() if isinstance(cell.value, str) and self.column(cell.value))
            if hits > most:
                best, most = row, hits
            if hits == len(line) and hits > 1:
                break
        if not most:
            if self.data.rows:
                names = tuple(self.title(c) for c in self.sheet.columns[:3])
                self.find(say.NO_HEADINGS, Place(self.file, f"{self.data.name}!A1"), headings=names)
            return None
        return self._with_headings(best)

    def _with_headings(self, row: int) -> _Heads:
        columns: dict[int, tuple[Column, str]] = {}
        at: dict[tuple[Column, str], int] = {}
        strange: list[int] = []
        for number, cell in sorted(self.data.rows[row].items()):
            found = self.column(cells.shown(cell))
            if found is None:
                strange.append(number)
            elif found in at:
                heading, first = self.title(*found), str(self.place(row, at[found]))
                self.find(say.TWO_COLUMNS, self.place(row, number), heading=heading, first=first)
            else:
                at[found] = number
                columns[number] = found
        self._strange(row, strange, columns, {column for column, _ in at})
        for number, (column, _) in columns.items():
            for depth in range(len(column.path)):
                names = self.at_columns.setdefault(column.path[:depth], {})
                names.setdefault(column.path[depth], letters(number))
        self.at_columns.setdefault((), {})
        for column in self.sheet.columns:
            if column.required and column not in {c for c, _ in columns.values()} and self._rows_below(row):
                needed = len(column.path) == 1 or column.path[0] in self.sheet.groups
                if needed:
                    self.find(
                        say.MISSING_COLUMN, Place(self.file, f"{self.data.name}!A{row}"), heading=self.title(column)
                    )
        return _Heads(row, dict(sorted(columns.items())))

    def _rows_below(self, row: int) -> bool:
        return any(number > row for number in self.data.rows)

    def _strange(
        self, row: int, strange: list[int], columns: dict[int, tuple[Column, str]], there: set[Column]
    ) -> None:
        """Read a column with a misspelt heading as the one it looks like; tell of others if they hold anything."""
        for number in strange:
            heading = cells.shown(self.data.rows[row][number]).strip()
            near = self.near_heading(heading)
            found = self.column(near) if near else None
            if found is not None and found[0] not in there:
                columns[number] = found
                self.find(say.MISSPELT_COLUMN, self.place(row, number), heading=heading, near=near)
            elif any(number in line for r, line in self.data.rows.items() if r > row):
                missing = tuple(self.title(c) for c in self.sheet.columns if c not in there and c.required)
                self.find(say.UNKNOWN_COLUMN, self.place(row, number), heading=heading, missing=missing)

    def _repeats(self, line: Mapping[int, Cell], heads: _Heads) -> bool:
        """Say whether a row is the headings once more, as when two tables are pasted below each other."""
        same = 0
        for number, heading in self.data.rows[heads.row].items():
            cell = line.get(number)
            if cell is not None:
                if cell.value != heading.value:
                    return False
                same += 1
        return same > 1

    def _example(self, row: int, first: int, filled: Mapping[int, Cell], heads: _Heads) -> bool:
        """Say whether a row is one of the grey examples; one that was changed is left out too, but not silently."""
        cell = filled.get(first)
        if cell is None or not isinstance(cell.value, str) or not cell.value.lower().startswith(sheets.EXAMPLE):
            return False
        from bidkit.dossier._examples import untouched

        texts = {heads.columns[n][0].name: cells.shown(c) for n, c in filled.items()}
        if not untouched(self.sheet, texts):
            self.find(say.EXAMPLE_CHANGED, self.place(row, first), mark=cell.value.split()[0])
        return True

    def _about_merged(self, heads: _Heads) -> None:
        for top, left, bottom, right in self.data.merged:
            first = f"{letters(left)}{top}"
            if bottom > heads.row and top in self.data.rows and left in self.data.rows[top] and left in heads.columns:
                area = f"{first}:{letters(right)}{bottom}"
                self.find(say.MERGED, Place(self.file, f"{self.data.name}!{first}"), area=area, first=first)

    def group_place(self, row: int, group: tuple[str, ...], entry: Entry) -> Place:
        """Return the place of a group of fields in a row."""
        return self._row_place(row, group)


def _group(entry: Entry, path: tuple[str, ...]) -> Entry:
    """Return the group of fields at ``path``, made if it is not there."""
    for name in path:
        entry = entry.setdefault(name, new_entry(entry["@"].of(name)))
    return entry


def _split_spans(entry: Entry) -> None:
    """Let “1.2.2027–31.12.2027” in the first of two columns of dates fill both."""
    for start, end in _SPANS:
        text = entry.get(start)
        if isinstance(text, str) and end not in entry and (found := _RANGE.fullmatch(text)):
            entry[start], entry[end] = found[1], found[2]
