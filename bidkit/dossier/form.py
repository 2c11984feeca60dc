"""A form: what there is one of, a field a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from bidkit.diagnostics import Message, Place, Severity
from bidkit.dossier import sheets
from bidkit.dossier.cells import shown
from bidkit.dossier.sheet_reader import Entry, Read, SheetReader, new_entry
from bidkit.dossier.sheets import Column, folded
from bidkit.dossier.xlsx import Cell, letters
from bidkit.dossier.xlsx import Sheet as Data
from bidkit.messages import workbook as say

_EMPTY = Cell(None)
_TITLES = tuple(enumerate(sheets.FORM_HEADINGS))[1:]


@cache
def _headings(language: str) -> dict[str, int]:
    """Return folded heading of a form's column in one language → its number."""
    return {folded(sheets.words(language).text(title)): n for n, title in _TITLES}


_LOOKED_AT = 4  # columns in which the names of fields may stand
_MOST_ABOVE = 10  # filled rows in which the headings may stand


class _Field(NamedTuple):
    """One row of a form: its number, the cell of its value, its field, and the language of its text."""

    row: int
    cell: Cell
    column: Column
    language: str

    @property
    def filled(self) -> bool:
        return self.cell.value is not None or bool(self.cell.error or self.cell.formula)


class Form(SheetReader):
    """What there is one of: a field a row, its name in the first column and its value in the second."""

    def __init__(self, file: str, data: Data, sheet: sheets.Sheet, language: str, into: Read) -> None:
        super().__init__(file, data, sheet, language, into)
        self._find_columns()
        self.fields = self._fields()

    def text_of(self, name: str) -> str:
        """Return the text of one field; empty if it is not there."""
        for field in self.fields:
            if field.column.name == name and isinstance(field.cell.value, str):
                return field.cell.value.strip().lower()
        return ""

    def read(self, home: str) -> Entry | None:
        """Return the entry, or None if nothing has been filled in."""
        self.about_hidden([f.row for f in self.fields if f.filled], (self.at, self.values))
        rows: dict[str, int] = {}
        entry = new_entry(Place(self.file, f"{self.data.name}!A1", _Spots(self.data.name, rows, self.values)))
        taken: dict[tuple[Column, str], int] = {}
        for field in sorted(self.fields, key=lambda f: not f.filled):  # a second, empty row for a field says nothing
            key = field.column, field.language or (home if field.column.kind == "texts" else "")
            if (first := taken.setdefault(key, field.row)) != field.row:
                if field.filled:
                    heading, where = self.title(field.column, field.language), str(self.place(first, self.at))
                    self.find(say.TWO_COLUMNS, self.place(field.row, self.at), heading=heading, first=where)
                continue
            rows.setdefault(".".join(field.column.path), field.row)
            rows.setdefault(field.column.path[0], field.row)
            value = self.value(field.cell, field.column, field.row, self.values)
            self.put(entry, field.column, field.language, value, home, field.row)
        self.split_spans(entry)
        self._beside(entry)
        strange = self._remarks()
        if len(entry) == 1:
            return None
        self._missing(strange, entry)
        for group in self.sheet.groups:
            entry.setdefault(group, new_entry(self.group_place(0, (group,), entry)))
        return entry

    def _find_columns(self) -> None:
        """Find the names of fields, their values, the examples and what is told of each; they may have been moved."""
        self.at = self._names_at()
        self.top = min(self.data.rows, default=0)
        headed = self._headed(self.top)
        for row in sorted(self.data.rows)[1:_MOST_ABOVE]:  # below lines that tell how the form is filled in
            if len(headed) < len(found := self._headed(row)) > 1:
                headed, self.top = found, row
        self.values, self.examples, self.told = (headed.get(n, self.at + n) for n, _ in _TITLES)
        self.headings = self.top if len(headed) > 1 else 0  # the row that says what the columns are

    def _headed(self, row: int) -> dict[int, int]:
        """Return the columns that a row says what they are: number of the heading → number of the column."""
        line = self.data.rows.get(row, {})
        beside = {folded(shown(cell)): number for number, cell in line.items() if number != self.at}
        for language in (self.language, *sheets.LANGUAGES):
            if found := {n: beside[name] for name, n in _headings(language).items() if name in beside}:
                return found
        return {}

    def _names_at(self) -> int:
        """Return the column with the names of fields: the first, unless somebody has put others before it."""
        own = sheets.headings(self.sheet, self.language)
        hits = self._hits(lambda text: folded(text) in own or sheets.split_language(folded(text))[0] in own)
        if max(hits.values()) < 2:  # another language
            hits = self._hits(lambda text: self.column(text) is not None)
        return max(hits, key=lambda number: (hits[number], -number))

    def _hits(self, known: Callable[[str], bool]) -> dict[int, int]:
        """Return how many names of fields stand in each of the first columns."""
        hits = dict.fromkeys(range(1, _LOOKED_AT + 1), 0)
        for line in self.data.rows.values():
            for number in sorted(hits.keys() & line.keys()):
                value = line[number].value
                if isinstance(value, str) and len(value) < 80 and known(value):
                    hits[number] += 1
                    break
        return hits

    def _fields(self) -> list[_Field]:
        """Return each row whose name is known; a misspelt one too, if its field is nowhere else."""
        found: list[_Field] = []
        strange: list[int] = []
        for row, line in sorted(self.data.rows.items()):
            if (name := line.get(self.at)) is not None:
                known = self.column(shown(name)) if row != self.headings else None
                if known is not None:
                    found.append(_Field(row, line.get(self.values, _EMPTY), *known))
                elif self.values in line and row != self.headings:
                    strange.append(row)
        there = {(field.column, field.language) for field in found}
        for row in strange:
            known = self.column(self.near_heading(shown(self.data.rows[row][self.at])))
            if known is not None and known not in there:
                found.append(_Field(row, self.data.rows[row][self.values], *known))
        return found

    def _remarks(self) -> list[int]:
        """Tell of values whose row has no name or a misspelt one; return the rows whose name is not known."""
        read = {field.row for field in self.fields}
        strange: list[int] = []
        for row, line in sorted(self.data.rows.items()):
            name, value = line.get(self.at), line.get(self.values)
            if value is None or (row == self.top and row not in read):  # says what the columns are
                continue
            if name is None:
                self.find(say.NOT_IN_TABLE, self.place(row, self.values), value=self.seen(value))
            elif self.broken_heading(name, self.place(row, self.at)):
                continue
            elif row not in read:
                strange.append(row)
            elif self.column(heading := shown(name)) is None:
                near = self.near_heading(heading)
                self.find(say.MISSPELT_COLUMN, self.place(row, self.at), heading=heading, near=near)
        return strange

    def _beside(self, entry: Entry) -> None:
        """Tell of a value that stands beside the cell it belongs to, where the example or nothing is."""
        headed = self.data.rows.get(self.top, {})
        for field in self.fields:
            line = self.data.rows[field.row]
            for number in sorted(line):
                example = number == self.examples
                if number in (self.at, self.values, self.told) or (number in headed and not example):
                    continue
                if example and (field.filled or self._is_example(field.column, line[number])):
                    continue
                heading, cell = self.title(field.column, field.language), f"{letters(self.values)}{field.row}"
                severity = Severity.ERROR if field.column.required and not field.filled else None
                place, value = self.place(field.row, number), self.seen(line[number])
                self.find(say.BESIDE, place, severity, value=value, cell=cell, heading=heading)
                self.tell_once(entry, field.column, say.BESIDE, field.row) if severity else None

    def _is_example(self, column: Column, cell: Cell) -> bool:
        from bidkit.dossier import _examples

        text = shown(cell).strip()
        return any(text == _examples.shown(self.sheet, column, sheets.words(tag)).strip() for tag in sheets.LANGUAGES)

    def _missing(self, strange: list[int], entry: Entry) -> None:
        """Tell of rows that must be there and are not, each once, and of rows that are not known."""
        there = [field.column for field in self.fields]
        missing = self.needed(there)
        names = {row: shown(self.data.rows[row][self.at]) for row in strange}
        because: Message = say.MISSING_ROW
        if len(missing) == 1 and len(strange) == 1:
            (row, name), heading = next(iter(names.items())), self.title(missing[0])
            because = say.RENAMED
            self.find(because, self.place(row, self.at), heading=heading, unknown=name)
        else:
            for row, name in names.items():
                self.unknown_heading(self.place(row, self.at), name, there)
            for column in missing:
                heading = self.title(column)
                self.find(because, Place(self.file, f"{self.data.name}!A1"), heading=heading)
        for column in missing:
            self.tell_once(entry, column, because, 0)

    def group_place(self, row: int, group: tuple[str, ...], entry: Entry) -> Place:
        """Return the place of a group of fields: its fields have cells, it has that of the form."""
        spots = entry["@"].fields
        return Place(self.file, entry["@"].spot, spots.within(group[-1]))


class _Spots(Mapping[str, str]):
    """The cells of a form's values, by field; ``within`` is the same for a group of its fields."""

    def __init__(self, sheet: str, rows: Mapping[str, int], column: int, group: str = "") -> None:
        self.sheet, self.rows, self.column, self.group = sheet, rows, column, group

    def within(self, group: str) -> _Spots:
        """Return the cells of the fields of a group."""
        return _Spots(self.sheet, self.rows, self.column, f"{self.group}{group}.")

    def __getitem__(self, name: str) -> str:
        return f"{self.sheet}!{letters(self.column)}{self.rows[self.group + name.partition('[')[0]]}"

    def __iter__(self) -> Iterator[str]:
        return (name.removeprefix(self.group) for name in self.rows if name.startswith(self.group))

    def __len__(self) -> int:
        return sum(1 for _ in self)
