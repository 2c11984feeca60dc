"""The lists behind the drop-downs, on the last sheet of a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bidkit import conditions
from bidkit.conditions._base import LANGUAGES
from bidkit.dossier import sheets
from bidkit.dossier.sheets import MOST_PARAMETERS, Column, parameters
from bidkit.dossier.written import YES_NO
from bidkit.i18n import Translator
from bidkit.model.choices import label
from bidkit.model.codes import municipalities

LAST_ROW = 999  # of the cells that offer a list, from 0


class Lists:
    """Which column of the sheet of codes holds which list; a list is there once it has been asked for."""

    def __init__(self, words: Translator, name: str, keys: Mapping[str, str]) -> None:
        self.words, self.name, self._keys = words, name, keys
        self._columns: list[Sequence[str]] = []  # a title, then the values
        self._known: dict[Any, str] = {}
        self._kinds = ""

    def source(self, column: Column) -> str | None:
        """Return where the values of a column are listed; None if anything may be typed."""
        if column.refers:
            return self._keys.get(column.refers)
        if column.choices == conditions.kinds():
            return self._kind_list(column.title(self.words))
        if column.choices:
            titles = [self.words.text(label(code)) for code in column.choices]
            return self._list(column.choices, column.title(self.words), titles)
        if column.kind == "yes_no":
            return self._list("yes_no", column.title(self.words), YES_NO[self.words.language])
        if column.kind == "municipality":
            names = sorted({m.names[self.words.language] for m in municipalities().values()}, key=_alphabet)
            return self._list("municipality", column.title(self.words), names)
        if column.kind == "language":
            return self._list("language", column.title(self.words), list(LANGUAGES))
        return None

    def of_kind(self, cell: str) -> str:
        """Return the titles of the parameters of the kind of condition that ``cell`` names."""
        top = self._kinds
        rows = len(conditions.kinds())
        kinds = f"'{self.name}'!${top}$2:${top}${rows + 1}"
        start = f"OFFSET('{self.name}'!${top}$1,MATCH({cell},{kinds},0),1,1,"
        return f"={start}MAX(1,COUNTA({start}{MOST_PARAMETERS}))))"

    def write(self, page: Worksheet, looks: Any) -> None:
        """Fill the sheet."""
        for col, values in enumerate(self._columns):
            page.set_column(col, col, max(10, *(len(value) for value in values)) + 2)
            for row, value in enumerate(values):
                if value:
                    page.write_string(row, col, value, looks.of("text" if row else "head"))
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(9)
        page.repeat_rows(0)

    def _list(self, key: Any, title: str, values: Sequence[str]) -> str:
        if key not in self._known:
            letters = xl_col_to_name(len(self._columns))
            self._columns.append((title, *values))
            self._known[key] = f"='{self.name}'!${letters}$2:${letters}${len(values) + 1}"
        return self._known[key]

    def _kind_list(self, title: str) -> str:
        """Add the kinds of condition, each with the titles of its parameters beside it."""
        names = [(self.words.text(label(kind)), kind) for kind in conditions.kinds()]
        if "kinds" not in self._known:
            names.sort(key=lambda name: _alphabet(name[0]))
            self._kinds = xl_col_to_name(len(self._columns))
            told = {kind: [c.title(self.words) for c in parameters(kind)] for _, kind in names}
            source = self._list("kinds", title, [name for name, _ in names])
            for n in range(MOST_PARAMETERS):
                head = self.words.text(sheets.PARAMETER, n=n + 1)
                self._columns.append((head, *((told[kind][n : n + 1] or [""])[0] for _, kind in names)))
            return source
        return self._known["kinds"]


def _alphabet(text: str) -> str:
    """Return a name as Finnish and Swedish order it: å, ä and ö are the last letters."""
    return text.casefold().translate(str.maketrans("åäö", "{|}"))
