"""A table: an entry a row below a row of headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bidkit import conditions
from bidkit.diagnostics import Message, Name, Place, Refused, Severity, Told
from bidkit.dossier import cells, sheets
from bidkit.dossier.headings import Heads, find_heads
from bidkit.dossier.sheet_reader import Entry, Read, SheetReader, near_to, new_entry
from bidkit.dossier.sheets import ANY, Column, folded
from bidkit.dossier.xlsx import Cell, letters
from bidkit.dossier.xlsx import Sheet as Data
from bidkit.messages import resolving, values
from bidkit.messages import workbook as say
from bidkit.model._base import is_id
from bidkit.model.choices import label

_TOTALS = ("yhteensä", "välisumma", "loppusumma", "summa", "sum", "total", "totalt", "sammanlagt", "delsumma")


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
        self.keys: set[str] = set()

    def entries(self, home: str) -> Iterator[Entry]:
        """Yield the entries; ``home`` is the language of texts that name none."""
        heads = find_heads(self, home)
        if heads is None:
            return
        self._spots(heads)
        below = [row for row in sorted(self.data.rows) if row > heads.row]
        rows = {row: self.data.rows[row] for row in below if not self._repeats(self.data.rows[row], heads)}
        self.about_hidden(rows, heads.columns)
        covered = self._merged(heads, rows)
        outside = set(heads.told)
        first = min(heads.columns)
        for row, line in rows.items():
            for number in line.keys() - heads.columns.keys() - outside:
                outside.add(number)
                if number not in self.data.rows[heads.row]:
                    self.find(say.NOT_IN_TABLE, self.place(row, number), value=self.seen(line[number]))
            filled = {number: line[number] for number in heads.columns if number in line}
            if filled and not self._example(row, first, filled, heads) and not self._total(row, filled, heads):
                yield from self._entry(row, filled, heads, covered.get(row, ()), home)

    def _entry(
        self, row: int, filled: Mapping[int, Cell], heads: Heads, covered: tuple[Column, ...], home: str
    ) -> Iterator[Entry]:
        entry = new_entry(self._row_place(row, ()))
        for number, cell in filled.items():
            column, language = heads.columns[number]
            if column.kind != "parameter":
                self.put(entry, column, language, self.value(cell, column, row, number), home, row)
        if len(entry) == 1:
            return
        if self.sheet.noun == "conditions":
            self._kind(entry)
            self._parameters(entry, row, filled, heads)
        self.split_spans(entry)
        for group in self.sheet.groups:
            entry.setdefault(group, new_entry(self._row_place(row, (group,))))
        key = entry.get(self.sheet.key.path[0])
        if not self.sheet.path and (not is_id(key) or key in self.keys):
            self.into.incomplete.add(self.sheet.noun)  # others may name the entry by the id that it should have
        self.keys.add(key if isinstance(key, str) else "")
        for column in heads.missing:
            self.tell_once(entry, column, say.MISSING_COLUMN, row)
        for column in covered:
            self.tell_once(entry, column, say.MERGED, row)
        yield entry

    # --- where cells are ------------------------------------------------------------------------------

    def _spots(self, heads: Heads) -> None:
        for number, (column, _) in heads.columns.items():
            for depth in range(len(column.path)):
                names = self.at_columns.setdefault(column.path[:depth], {})
                names.setdefault(column.path[depth], letters(number))
        self.at_columns.setdefault((), {})

    def _row_place(self, row: int, group: tuple[str, ...]) -> Place:
        columns = self.at_columns.get(group, {})
        first = next(iter(columns.values()), None) or next(iter(self.at_columns[()].values()), "A")
        return Place(self.file, f"{self.data.name}!{first}{row}", Spots(self.data.name, columns, row))

    def group_place(self, row: int, group: tuple[str, ...], entry: Entry) -> Place:
        """Return the place of a group of fields in a row."""
        return self._row_place(row, group)

    # --- rows that are no entries ---------------------------------------------------------------------

    def _repeats(self, line: Mapping[int, Cell], heads: Heads) -> bool:
        """Say whether a row is the headings once more, in any language, as when tables are pasted below each other."""
        same = 0
        for number, (column, _) in heads.columns.items():
            cell = line.get(number)
            if cell is not None:
                if not isinstance(cell.value, str) or (not same and self._is_id(cell.value)):
                    return False
                found = self.column(cell.value)
                if found is None or found[0] is not column:
                    return False
                same += 1
        return same > 1

    def _is_id(self, text: str) -> bool:
        """Say whether a text looks like an id, as nearly every row begins with: then no other language is looked in."""
        own = sheets.headings(self.sheet, self.language)
        return is_id(text) and folded(text) not in own

    def _example(self, row: int, first: int, filled: Mapping[int, Cell], heads: Heads) -> bool:
        """Say whether a row is one of the grey examples; one that was changed is left out too, but not silently."""
        cell = filled.get(first)
        if cell is None or not isinstance(cell.value, str) or not cell.value.lower().startswith(sheets.EXAMPLE):
            return False
        from bidkit.dossier._examples import untouched

        texts = {heads.columns[n][0].name: cells.shown(c) for n, c in filled.items()}
        if not untouched(self.sheet, texts):
            self.find(say.EXAMPLE_CHANGED, self.place(row, first), mark=cell.value.split()[0])
        return True

    def _total(self, row: int, filled: Mapping[int, Cell], heads: Heads) -> bool:
        """Say whether a row without an id is the total of those above, and tell it."""
        there = [heads.columns[number][0] for number in filled]
        if self.sheet.key in there or len(self.needed(there)) < 2:
            return False
        for number, cell in filled.items():
            if isinstance(cell.value, str) and any(w.strip(":.,") in _TOTALS for w in folded(cell.value).split()[:4]):
                self.find(say.TOTAL_ROW, self.place(row, number), value=self.seen(cell))
                return True
        return False

    def _merged(self, heads: Heads, rows: Mapping[int, Mapping[int, Cell]]) -> dict[int, tuple[Column, ...]]:
        """Tell of merged cells with a value; return the needed columns that are empty for it, by row."""
        found: dict[int, tuple[Column, ...]] = {}
        for top, left, bottom, right in self.data.merged:
            if top not in rows or left not in heads.columns or left not in rows[top]:
                continue
            empty = {
                row: tuple(
                    column
                    for number, (column, _) in heads.columns.items()
                    if left <= number <= right and number not in rows[row] and column.required
                )
                for row in rows
                if top <= row <= bottom
            }
            first = f"{letters(left)}{top}"
            severity = Severity.ERROR if any(empty.values()) else None
            place, area = Place(self.file, f"{self.data.name}!{first}"), f"{first}:{letters(right)}{bottom}"
            self.find(say.MERGED, place, severity, area=area, first=first)
            for row, columns in empty.items():
                found[row] = found.get(row, ()) + columns
        return found

    # --- conditions -----------------------------------------------------------------------------------

    def _kind(self, entry: Entry) -> None:
        """Refuse a kind of condition that there is none of, in the words of the sheet."""
        kind = entry.get("kind")
        if not isinstance(kind, str) or kind in conditions.kinds():
            return
        from difflib import get_close_matches

        words = sheets.words(self.language)
        labels = {folded(words.text(label(one))): one for one in conditions.kinds()}
        near = get_close_matches(folded(kind), labels, n=3, cutoff=0.4)
        names = tuple(Name(code=labels[one]) for one in near) or (Name(code="statement"),)
        entry["kind"] = Refused(resolving.UNKNOWN_KIND, kind=kind, near=names)

    def _parameters(self, entry: Entry, row: int, filled: Mapping[int, Cell], heads: Heads) -> None:
        """Bind the pairs of parameter and value by the condition's kind."""
        kind = entry.get("kind")
        if not isinstance(kind, str):
            return
        columns = sheets.parameters(kind)
        at = {(c.path[0], c.number): number for number, (c, _) in heads.columns.items() if c.kind == "parameter"}
        given: Entry = {}
        spots: dict[str, str] = {}
        named: dict[str, str] = {}  # where each has its name
        for n in range(1, sheets.MOST_PARAMETERS + 1):
            name_at, value_at = at.get(("parameter", n), 0), at.get(("value", n), 0)
            name, cell = filled.get(name_at), filled.get(value_at)
            if name is None and cell is None:
                continue
            if (fault := self._nameless(name, cell, row, name_at, value_at)) is not None:
                entry["kind"] = Told(fault)  # what else is missing may come of it
                return
            assert name is not None
            key, column = self._parameter(cells.shown(name).strip(), columns, self.place(row, name_at))
            if key in given:
                heading = cells.shown(name).strip()
                self.find(say.TWO_COLUMNS, self.place(row, name_at), heading=heading, first=named[key])
                continue
            named[key] = str(self.place(row, name_at))
            spots[key] = letters(value_at if column is not None and value_at else name_at)
            given[key] = self._given(cell, column, row, value_at)
        if spots:
            first = next(iter(spots.values()))
            place = Place(self.file, f"{self.data.name}!{first}{row}", Spots(self.data.name, spots, row))
            entry["parameters"] = {"@": place, **given}

    def _nameless(self, name: Cell | None, cell: Cell | None, row: int, name_at: int, value_at: int) -> Message | None:
        """Tell of a value whose parameter is not named, or whose name cannot be read."""
        if name is not None and self.broken_heading(name, self.place(row, name_at)):
            return say.ERROR_CELL
        if name is None and cell is not None:
            beside = f"{letters(name_at or value_at - 1)}{row}"
            self.find(say.NAMELESS_VALUE, self.place(row, value_at), value=self.seen(cell), cell=beside)
            return say.NAMELESS_VALUE
        return None

    def _parameter(self, name: str, columns: tuple[Column, ...], place: Place) -> tuple[str, Column | None]:
        """Return the parameter that a name means, by its own name; a misspelt one is told."""
        column = sheets.parameter_called(name, columns)
        if column is None:
            titles = {folded(self.title(one)): one for one in columns}
            if near := near_to(folded(name), list(titles)):
                column = titles[near]
                self.find(say.MISSPELT_COLUMN, place, heading=name, near=self.title(column))
        return (column.path[0], column) if column is not None else (name, None)

    def _given(self, cell: Cell | None, column: Column | None, row: int, number: int) -> Any:
        value = None if cell is None else self.value(cell, column or ANY, row, number)
        if value is not None:
            return value
        if column is None:
            return ""
        return Refused(values.MISSING_FIELD, field=Name(field=column.name, titles=column.titles))
