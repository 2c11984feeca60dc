"""One sheet of a workbook → the entries it holds: what forms and tables have in common.

Columns are found by their headings in any language; whatever is left out is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bidkit.diagnostics import Fact, Finding, Message, Place, Refused, Severity, Word
from bidkit.dossier import cells, sheets
from bidkit.dossier.sheets import Column, folded
from bidkit.dossier.xlsx import Cell, letters
from bidkit.dossier.xlsx import Sheet as Data
from bidkit.i18n import N_
from bidkit.messages import workbook as say

Entry: TypeAlias = "dict[str, Any]"

_PRICED = frozenset({"price_lines", "prices", "salaries", "cost_items", "cost_basis"})


@dataclass
class Read:
    """What the workbooks of a folder hold: nouns, where each has its sheet, and what was found."""

    nouns: dict[str, Entry | list[Entry]] = field(default_factory=dict)
    homes: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    incomplete: set[str] = field(default_factory=set)


class SheetReader:
    """One sheet, read by its layout; `Form` and `Table` say how its entries are found."""

    def __init__(self, file: str, data: Data, sheet: sheets.Sheet, language: str, into: Read) -> None:
        self.file, self.data, self.sheet, self.language, self.into = file, data, sheet, language, into

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell."""
        return Place(self.file, f"{self.data.name}!{letters(column)}{row}")

    def find(self, message: Message, place: Place, severity: Severity | None = None, /, **facts: Fact) -> None:
        """Add a finding; an error leaves the noun incomplete."""
        self.into.findings.append(message.of(place, facts, severity=severity))
        if (severity or message.severity) is Severity.ERROR:
            self.into.incomplete.add(self.sheet.noun)

    def value(self, cell: Cell, column: Column, row: int, number: int) -> Any:
        """Return what a cell means in its column."""

        def note(message: Message, facts: Mapping[str, Fact]) -> None:
            self.into.findings.append(message.of(self.place(row, number), facts))

        return cells.value_of(cell, column, note)

    def title(self, column: Column, language: str = "") -> str:
        """Return the heading of a column in the language of the sheet."""
        return column.title(sheets.words(self.language), language)

    def put(self, entry: Entry, column: Column, language: str, value: Any, home: str, row: int) -> None:
        """Put one value where its column belongs."""
        if value is None:
            return
        node = entry
        for depth, name in enumerate(column.path[:-1], 1):
            if name not in node:
                node[name] = new_entry(self.group_place(row, column.path[:depth], entry))
            node = node[name]
        name = column.path[-1]
        if column.kind == "texts":
            self._put_text(node, name, language, value, home, row, column)
        elif column.kind == "pairs" and isinstance(value, list):
            spot = entry["@"].of(column.path[0])
            node[name] = [{"@": Place(spot.file, spot.spot), **pair} for pair in value]
        else:
            node[name] = value

    def group_place(self, row: int, group: tuple[str, ...], entry: Entry) -> Place:
        """Return the place of a group of fields of ``entry``."""
        raise NotImplementedError

    def _put_text(self, node: Entry, name: str, language: str, value: Any, home: str, row: int, column: Column) -> None:
        """Keep a text by its language; one that names none is in the dossier's own, if there are others."""
        there = node.get(name)
        if there is None and not language:
            node[name] = value
            return
        texts = there if isinstance(there, dict) else {} if there is None else {home: there}
        language = language or home
        if language in texts:
            here = str(node["@"].of(name))
            texts[language] = Refused(say.TWO_COLUMNS, heading=self.title(column, language), first=here)
        else:
            texts[language] = value
        node[name] = texts

    def column(self, text: str) -> tuple[Column, str] | None:
        """Return the column that a heading names, and the language of its text."""
        low = folded(text)
        for language in (self.language, *sheets.LANGUAGES):
            known = sheets.headings(self.sheet, language)
            if low in known:
                return known[low], ""
            bare, spoken = sheets.split_language(low)
            if spoken and bare in known and known[bare].kind == "texts":
                return known[bare], spoken
        return None

    def near_heading(self, text: str) -> str:
        """Return the heading that a misspelt one looks like; empty if there is none."""
        low, spoken = sheets.split_language(folded(text))
        found = near_to(low, list(sheets.headings(self.sheet, self.language)))
        return self.title(sheets.headings(self.sheet, self.language)[found], spoken) if found else ""

    def about_hidden(self) -> None:
        """Tell of hidden sheets, rows and columns that hold something."""
        severity = Severity.ERROR if self.sheet.noun in _PRICED else None
        rows = [row for row in sorted(self.data.rows) if row in self.data.hidden_rows]
        columns = sorted({n for line in self.data.rows.values() for n in line if n in self.data.hidden_columns})
        name = self.data.name
        if self.data.hidden:
            self.find(say.HIDDEN, Place(self.file, f"{name}!A1"), severity, what=Word(_THE_SHEET, (("which", name),)))
        if rows:
            place = Place(self.file, f"{name}!A{rows[0]}")
            self.find(say.HIDDEN, place, severity, what=_hidden(_ROWS, [str(r) for r in rows]))
        if columns:
            place = Place(self.file, f"{name}!{letters(columns[0])}1")
            self.find(say.HIDDEN, place, severity, what=_hidden(_COLUMNS, [letters(c) for c in columns]))


_THE_SHEET = N_("The sheet {which} is hidden")
_ROWS = N_("Row {which} is hidden"), N_("Rows {which} are hidden")
_COLUMNS = N_("Column {which} is hidden"), N_("Columns {which} are hidden")


def new_entry(place: Place) -> Entry:
    """Return an entry, or a group of fields, that has nothing yet but its place."""
    return {"@": place}


def near_to(name: str, known: list[str]) -> str:
    """Return the one of ``known`` that looks like ``name``; empty if there is none."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, n=1, cutoff=0.8)), "")


def _hidden(of_one_and_of_many: tuple[str, str], names: list[str]) -> Word:
    return Word(of_one_and_of_many[len(names) > 1], (("which", _listed(names)),))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
