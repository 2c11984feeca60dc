"""The grey rows that show how a sheet is filled in, and how the reader tells them from what people typed.

They agree with each other over all sheets: one invented association, one service, one tender. The first cell of
each begins with a mark (`sheets.EXAMPLE`), so that none of them ever reaches a bid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from bidkit.dossier import sheets
from bidkit.dossier._example_rows import EXAMPLES
from bidkit.dossier.cells import shown as worded
from bidkit.dossier.sheets import PERCENTS, Column, Sheet, parameters
from bidkit.dossier.written import Fields, Native, Written, as_text, in_cell, in_one_cell, key_of
from bidkit.dossier.xlsx import Cell
from bidkit.i18n import Translator
from bidkit.model._base import HOME

_Row = dict[str, Any]


@cache
def _of(sheet: Sheet) -> tuple[_Row, ...]:
    path = (sheet.noun, *sheet.path)
    if path in EXAMPLES:
        return EXAMPLES[path]
    from bidkit.dossier import _example_rows_joint  # who bids alone does without

    return _example_rows_joint.EXAMPLES.get(path, ())


def rows(sheet: Sheet, words: Translator) -> list[dict[str, Native]]:
    """Return the example rows of a table: name of the column → what its cell holds."""
    return [_cells(sheet, row, words) for row in _of(sheet)]


def _cells(sheet: Sheet, row: _Row, words: Translator) -> dict[str, Native]:
    found: dict[str, Native] = {}
    for column in sheet.columns:
        value = _value(row, column, words)
        if value is None:
            continue
        known = _parameter(row, column)
        if column.path[0] == "parameter" and known:
            found[column.name] = known.title(words)
        else:
            found[column.name] = in_cell(known or column, value, words)
    first = sheet.columns[0]
    mark = sheets.EXAMPLE[sheets.LANGUAGES.index(words.language)]
    found[first.name] = mark + _text(first, _value(row, first, words), words)
    return found


def shown(sheet: Sheet, column: Column, words: Translator) -> str:
    """Return an example of what is typed into a column, as text; empty if there is none."""
    for row in _of(sheet):
        value = _value(row, column, words)
        if value is not None:
            known = _parameter(row, column)
            if column.path[0] == "parameter" and known:
                return known.title(words)
            return _text(known or column, value, words)
    return ""


def content(words: Translator, books: Iterable[str] = sheets.OF_ONE) -> Written:
    """Return the examples as entries, without their marks: a small dossier that is whole."""
    nouns: dict[str, Any] = {}
    for sheet in (sheet for book in books for sheet in sheets.sheets_of(book)):
        entries = [_entry(sheet, row, words) for row in _of(sheet)]
        if not sheet.path:
            nouns[sheet.noun] = entries[0] if sheet.form else entries
            continue
        owners = nouns[sheet.noun]
        for entry in entries:
            owner = owners
            if isinstance(owners, list):
                id_ = entry.pop(sheet.columns[0].name)
                owner = next(one for one in owners if key_of(one) == id_)
            for name in sheet.path[:-1]:
                owner = owner.setdefault(name, {})
            owner.setdefault(sheet.path[-1], []).append(entry)
    return Written(nouns)


def _entry(sheet: Sheet, row: _Row, words: Translator) -> Fields:
    entry: Fields = {}
    for column in sheet.columns:
        value = _value(row, column, words)
        if value is None or column.path[0] == "parameter":
            continue
        if column.path[0] == "value":
            entry.setdefault("parameters", {})[row[f"parameter{column.number}"]] = value
            continue
        group = entry
        for name in column.path[:-1]:
            group = group.setdefault(name, {})
        group[column.path[-1]] = {HOME: value} if column.kind == "texts" else value
    return entry


def untouched(sheet: Sheet, texts: Mapping[str, str]) -> bool:
    """Say whether a row is one of our examples, in any language, with nothing changed or added.

    ``texts`` are the cells that hold something, by `Column.name`, as `bidkit.dossier.cells.shown` words them. Where
    the cells of a row were cleared, what is left still is an example.
    """
    given = {name: _plain(text) for name, text in texts.items()}
    for language in sheets.LANGUAGES:
        words = sheets.words(language)
        for row in _of(sheet):
            kinds = {column.name: column.kind for column in sheet.columns}
            ours = {name: _plain(_worded(value, kinds[name])) for name, value in _cells(sheet, row, words).items()}
            if all(ours.get(name) == text for name, text in given.items()):
                return True
    return False


def _plain(text: str) -> str:
    return " ".join(text.split())


def _worded(value: Native, kind: str) -> str:
    """Return a cell as the reader words it."""
    value = Decimal(value) if isinstance(value, int) else value
    return worded(Cell(value, percent=kind in PERCENTS and isinstance(value, Decimal)))


def _value(row: _Row, column: Column, words: Translator) -> Any:
    """Return what an example says in a column, in the language of ``words``."""
    value = row.get(column.name)
    return value[sheets.LANGUAGES.index(words.language)] if isinstance(value, tuple) else value


def _parameter(row: _Row, column: Column) -> Column | None:
    """Return the parameter that a column of a condition's example is about."""
    name = row.get(f"parameter{column.number}") if column.kind == "parameter" else None
    return next((one for one in parameters(row["kind"]) if one.path[0] == name), None) if name else None


def _text(column: Column, value: Any, words: Translator) -> str:
    if column.pair or column.many:
        return in_one_cell(column, value, words)
    return as_text(column, value, words)
