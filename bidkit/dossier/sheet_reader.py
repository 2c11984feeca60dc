"""One sheet of a workbook → the entries it holds: what forms and tables have in common.

Columns are found by their headings in any language; whatever is left out is said. One mistake is told once: what
is missing because of it is `Told`.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from bidkit import gate, money
from bidkit.diagnostics import Fact, Finding, Message, Place, Refused, Severity, Told, Word
from bidkit.dossier import cells, sheets
from bidkit.dossier.sheets import Column, folded
from bidkit.dossier.xlsx import Cell, letters
from bidkit.dossier.xlsx import Sheet as Data
from bidkit.i18n import N_
from bidkit.messages import workbook as say

Entry: TypeAlias = "dict[str, Any]"

_PRICED = frozenset({"price_lines", "prices", "salaries", "cost_items", "cost_basis"})
_SPANS = (("start", "end"), ("from", "until"), ("valid_from", "valid_until"))
_SHOWN = 60  # characters of a cell that a finding shows


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
        ends = {c.path for c in sheet.columns}
        self.spans = [
            (c.path[:-1], start, end)
            for c in sheet.columns
            for start, end in _SPANS
            if c.path[-1] == start and (*c.path[:-1], end) in ends
        ]

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

        found = cells.value_of(cell, column, note)
        if isinstance(found, Refused) and found.message is say.BAD_PAIR:
            from bidkit.dossier._examples import shown

            found.facts["example"] = shown(self.sheet, column, sheets.words(self.language))
        return found

    def seen(self, cell: Cell) -> str:
        """Return what a finding shows of a cell."""
        return gate.printable(cells.shown(cell).strip(), _SHOWN)

    def title(self, column: Column, language: str = "") -> str:
        """Return the heading of a column in the language of the sheet."""
        return column.title(sheets.words(self.language), language)

    def needed(self, columns: Iterable[Column]) -> list[Column]:
        """Return the columns that must be filled in and are not among ``columns``."""
        there = set(columns)
        must = (c for c in self.sheet.columns if c.required and (len(c.path) == 1 or c.path[0] in self.sheet.groups))
        return [c for c in must if c not in there]

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
            self._put_text(node, name, language, value, home, column)
        elif column.kind == "pairs" and isinstance(value, list):
            spot = entry["@"].of(column.path[0])
            node[name] = [{"@": Place(spot.file, spot.spot), **pair} for pair in value]
        else:
            node[name] = value

    def tell_once(self, entry: Entry, column: Column, because: Message, row: int) -> None:
        """Let nobody ask for a value of ``entry`` that is not there; ``because`` has been told."""
        node: Any = entry
        for name in column.path:
            node = node.get(name) if isinstance(node, dict) else None
        if node is None:
            self.put(entry, column, "", Told(because), "", row)

    def group_place(self, row: int, group: tuple[str, ...], entry: Entry) -> Place:
        """Return the place of a group of fields of ``entry``."""
        raise NotImplementedError

    def _put_text(self, node: Entry, name: str, language: str, value: Any, home: str, column: Column) -> None:
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

    def split_spans(self, entry: Entry) -> None:
        """Let “1.2.2027–31.12.2027” in one of two columns of dates fill both, if the other agrees or is empty."""
        for path, start, end in self.spans:
            group: Any = entry
            for name in path:
                group = group.get(name) if isinstance(group, dict) else None
            if isinstance(group, dict):
                for here, there in ((start, end), (end, start)):
                    text = group.get(here)
                    if isinstance(text, str) and (days := money.span(text)):
                        span = dict(zip((start, end), days, strict=True))
                        other = group.get(there)
                        if other is None or _same_day(other, span[there]):
                            group |= span
                        elif not isinstance(other, Refused):
                            where = group["@"].of(there).spot.rpartition("!")[2]
                            group[here] = Refused(say.SPAN_TWICE, value=text, where=where, other=other)

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

    def broken_heading(self, cell: Cell, place: Place) -> bool:
        """Say whether a heading cannot be read, and tell it."""
        if cell.value is not None:
            return False
        if cell.error:
            self.find(say.ERROR_CELL, place, error=cell.error)
        else:
            self.find(say.FORMULA_EMPTY, place, formula=cell.formula[:_SHOWN])
        return True

    def unknown_heading(self, place: Place, heading: str, there: Iterable[Column]) -> None:
        """Tell of a heading that nothing is read by, and which ones are not there."""
        known = set(there)
        missing = tuple(self.title(c) for c in self.sheet.columns if c not in known and c.kind != "parameter")
        if missing:
            self.find(say.UNKNOWN_COLUMN, place, heading=heading, missing=missing[:5])
        else:
            self.find(replace(say.UNKNOWN_COLUMN, hint=say.OWN_REMARK), place, heading=heading)

    def about_hidden(self, read: Collection[int], columns_read: Container[int]) -> None:
        """Tell of what is hidden and read all the same: of the rows and columns that are ``read``."""
        severity = Severity.ERROR if self.sheet.noun in _PRICED else None
        rows = [row for row in read if row in self.data.hidden_rows]
        hidden = sorted(n for n in self.data.hidden_columns if n in columns_read)
        columns = [n for n in hidden if any(n in self.data.rows[row] for row in read)]
        name = self.data.name
        if self.data.hidden and read:
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


def _same_day(one: Any, other: str) -> bool:
    try:
        return money.day(one) == money.day(other)
    except Refused:
        return False


def _hidden(of_one_and_of_many: tuple[str, str], names: list[str]) -> Word:
    return Word(of_one_and_of_many[len(names) > 1], (("which", _listed(names)),))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
