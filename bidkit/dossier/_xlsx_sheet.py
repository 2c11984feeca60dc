"""One sheet of a workbook: its XML seen once, in pieces, and only filled cells kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from bidkit import gate
from bidkit.diagnostics import Place, Refused, Word
from bidkit.dossier._xlsx_parts import (
    IN_ONE_TEXT,
    MOST_DEPTH,
    MOST_RUNS,
    TRUE,
    Attributes,
    Budget,
    Part,
    Spoilt,
    broken,
    cleaned,
    unescaped,
)
from bidkit.dossier._xlsx_values import PLAIN, Format, Shows, a1, iso, moment, number
from bidkit.gate import Area, cells_in, column_of
from bidkit.gate import area as area_of
from bidkit.i18n import N_
from bidkit.messages import reading
from bidkit.messages import workbook as say

Value: TypeAlias = "str | Decimal | bool | date | datetime | timedelta | None"

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_SPARSE = 500_000  # a sheet's rows times its columns beyond which most of them must be filled


class Cell(NamedTuple):
    """A filled cell. ``value`` is exact and as the user sees it; None if it is an error or was never computed.

    ``percent`` says that the number is shown in per cent: 30 % has the value 0.3. ``formula`` is without its
    "=" (of a cell that shares one or is filled by one elsewhere, that one). ``error`` is ``#REF!`` and the
    like. ``places`` are the decimals that the number's format shows, if it fixes them; ``serial`` is the stored
    number of a date or time.
    """

    value: Value
    percent: bool = False
    formula: str = ""
    error: str = ""
    places: int | None = None
    serial: Decimal | None = None


class Sheet(NamedTuple):
    """A sheet with its filled cells: row → column → cell, all from 1 and in order.

    ``hidden_rows`` and ``hidden_columns`` have only those with filled cells. ``merged`` are top, left, bottom
    and right of merged areas.
    """

    name: str
    hidden: bool
    rows: dict[int, dict[int, Cell]]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[Area, ...]


Texts: TypeAlias = "Sequence[str | Spoilt]"


class SheetPart(Part):
    """The rows of one sheet. ``texts`` are the shared texts, ``format_at`` gives the format of a style."""

    __slots__ = (
        "areas", "attributes", "c", "column_tags", "columns", "columns_hidden", "f", "format_at",
        "formula", "formula_attributes", "hidden_rows", "kinds", "last", "merged", "name",
        "phonetic", "row", "row_hidden", "row_name", "row_tag", "rows", "rph", "shared", "since", "since_1904",
        "t", "text", "texts", "v",
    )  # fmt: skip
    roots = frozenset({"worksheet"})

    def __init__(
        self, budget: Budget, name: str, texts: Texts, format_at: Callable[[str], Format | None], since_1904: bool
    ) -> None:
        super().__init__(budget)
        self.name, self.texts, self.format_at, self.since_1904 = name, texts, format_at, since_1904
        self.rows: dict[int, dict[int, Cell]] = {}
        self.hidden_rows: set[int] = set()
        self.columns_hidden = bytearray(LAST_COLUMN + 1)
        self.columns: dict[str, int] = {}
        self.merged: list[Area] = []
        self.areas: list[tuple[Area, str]] = []  # filled by one formula
        self.shared: dict[str, str] = {}
        self.phonetic = self.row_hidden = False
        self.row = self.since = self.column_tags = 0
        self.last = self.row_name = ""
        self.attributes: Attributes = {}
        self.formula_attributes: Attributes = {}
        self.text: str | None = None
        self.formula: str | None = None

    def names(self, prefix: str) -> None:
        self.c, self.v, self.f, self.t = (prefix + local for local in ("c", "v", "f", "t"))
        self.row_tag, self.rph = prefix + "row", prefix + "rPh"
        self.kinds: dict[str, Callable[[Attributes], None]] = {
            prefix + "col": self._column,
            prefix + "mergeCell": self._merge,
            prefix + "hyperlink": self._link,
        }

    def start(self, tag: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.too_deep()
        if tag == self.c:
            self.text = self.formula = None
            self.attributes = attributes
            if "r" in attributes:
                self.last, self.since = attributes["r"], 0
            else:
                self.since += 1
        elif tag == self.v or tag == self.t:  # noqa: PLR1714  (a tuple would be made for each)
            self.pieces.clear()
        elif tag == self.f:
            self.pieces.clear()
            self.formula_attributes = attributes
        elif tag == self.row_tag:
            self._row(attributes)
        elif tag == self.rph:
            self.phonetic = True
        elif tag in self.kinds:
            self.kinds[tag](attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag == self.c:
            if self.text is not None or self.formula is not None:
                self._filled()
        elif tag == self.v:
            self.text = "".join(self.pieces)
        elif tag == self.f:
            self.formula = "".join(self.pieces)
        elif tag == self.t:
            if not self.phonetic:
                self._run("".join(self.pieces))
        elif tag == self.rph:
            self.phonetic = False

    def _run(self, text: str) -> None:
        """Take one run of a text with several formats."""
        if self.text is None:
            self.text = text
            return
        self.text += text
        if len(self.text) > MOST_RUNS:  # more than a cell can hold, so not for long
            raise self.too_long()

    def too_long(self) -> Refused:
        row, column = self._address()
        return Refused(say.TOO_MUCH, f"{self.name}!{a1(row, column)}", most=MOST_RUNS, what=Word(IN_ONE_TEXT))

    # --- rows, columns, areas -------------------------------------------------------------------------

    def _row(self, attributes: Attributes) -> None:
        written = attributes.get("r", "")
        self.row = int(written) if written.isdigit() and len(written) < 8 else self.row + 1
        self.row_hidden = attributes.get("hidden") in TRUE or attributes.get("ht") == "0"
        self.row_name = written if written.isascii() and written.isdecimal() and len(written) < 8 else ""
        self.last, self.since = "", 0

    def _column(self, attributes: Attributes) -> None:
        self.column_tags += 1
        if self.column_tags > LAST_COLUMN:
            raise broken(N_("a part is of another kind than the package says"), self.name)
        if attributes.get("hidden") in TRUE or attributes.get("width") == "0":
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            first, last = max(1, first), min(LAST_COLUMN, last)
            if first <= last:
                self.columns_hidden[first : last + 1] = b"\1" * (last - first + 1)

    def _spend_area(self, attributes: Attributes) -> Area | None:
        area = area_of(attributes.get("ref", ""))
        if area:
            self.budget.area -= cells_in(area)
            if self.budget.area < 0:
                cause = Word(N_("merged or linked areas cover too many cells"))
                raise Refused(reading.OFFICE_UNSAFE, cause=cause, detail=self.name)
        return area

    def _link(self, attributes: Attributes) -> None:
        self._spend_area(attributes)

    def _merge(self, attributes: Attributes) -> None:
        if area := self._spend_area(attributes):
            self.merged.append(area)

    # --- cells ----------------------------------------------------------------------------------------

    def _address(self) -> tuple[int, int]:
        """Return row and column of the cell at hand; cells without an address follow the one before."""
        column = self.columns.get(self.last.removesuffix(self.row_name))
        if column is not None:  # nearly every cell
            return self.row, column + self.since
        name = self.last.rstrip("0123456789")
        column = self.columns.get(name) or column_of(name)
        if column:
            self.columns[name] = column
        written = self.last[len(name) :]
        row = int(written) if 0 < len(written) < 8 else self.row
        return row, column + self.since

    def _filled(self) -> None:
        row, column = self._address()
        cell = self._cell(row, column)
        if cell is None:
            return
        if not (0 < row <= LAST_ROW and 0 < column <= LAST_COLUMN):
            self._bad(max(1, row), max(1, column), N_("its address lies outside the sheet"))
            return
        cells = self.rows.get(row)
        if cells is None:
            cells = self.rows[row] = {}
            self.budget.spend_row()
        if column in cells:
            self._bad(row, column, N_("the file has it twice"))
        cells[column] = cell
        if self.row_hidden:
            self.hidden_rows.add(row)
        self.budget.spend_cell()

    def _cell(self, row: int, column: int) -> Cell | None:
        """Return the cell, None if it is empty or was lost (then a finding says so)."""
        text, formula = self.text, self.formula
        if formula is None and text and self.attributes.get("t") == "s" and text.isdecimal():  # nearly every cell
            number = int(text) if len(text) < 9 and text.isascii() else -1
            shared = self.texts[number] if 0 <= number < len(self.texts) else None
            if shared.__class__ is str and shared and not shared.isspace():
                return Cell(shared)
        written = "" if formula is None else self._formula(formula)
        kind = self.attributes.get("t", "n")
        if kind == "s":
            return self._shared_text(text or "", row, column, written)
        if kind in ("str", "inlineStr"):
            return self._own_text(text, row, column, written)
        if text is None or not (text := text.strip()):
            return Cell(None, formula=written) if written else None
        if kind == "n":
            return self._number(text, row, column, written)
        if kind == "b" and text.lower() in ("0", "1", "true", "false"):
            return Cell(text.lower() in TRUE, formula=written)
        if kind == "e":
            return Cell(None, formula=written, error=gate.printable(text, 20))
        if kind == "d":
            return self._iso(text, row, column, written)
        return self._bad(row, column, N_("it is of a kind that Excel does not have"))

    def _bad(self, row: int, column: int, cause: str, **facts: Any) -> Cell | None:
        """Tell of a cell that is lost."""
        if not self.budget.full:
            self.budget.find(say.BAD_CELL.at(self._place(row, column), cause=Word(cause, tuple(facts.items()))))
        return None

    def _place(self, row: int, column: int) -> Place:
        return Place(self.budget.file, f"{self.name}!{a1(row, column)}")

    def _shared_text(self, index: str, row: int, column: int, formula: str) -> Cell | None:
        index = index.strip()
        if not (index.isdigit() and index.isascii() and len(index) < 9 and int(index) < len(self.texts)):
            return self._bad(row, column, N_("its text is missing from the file"))
        return self._text(self.texts[int(index)], row, column, formula)

    def _own_text(self, text: str | None, row: int, column: int, formula: str) -> Cell | None:
        if text is None:
            return Cell(None, formula=formula) if formula else None
        self.budget.spend_text(text)
        return self._text(cleaned(unescaped(text)), row, column, formula)

    def _text(self, text: str | Spoilt, row: int, column: int, formula: str) -> Cell | None:
        if isinstance(text, Spoilt):
            if not self.budget.full:
                self.budget.find(text.refusal.at(self._place(row, column)))
            text = text.kept
        return Cell(text, formula=formula) if formula or not (not text or text.isspace()) else None

    def _number(self, text: str, row: int, column: int, formula: str) -> Cell | None:
        found = number(text)
        if found is None:
            return self._bad(row, column, N_("“{text}” is not a number"), text=gate.printable(text, 40))
        style = self.attributes.get("s")
        form = PLAIN if style is None else self.format_at(style)
        if form is None:
            self._bad(row, column, N_("its format is missing from the file, so that a date could look like a number"))
            form = PLAIN
        shows, percent, places = form
        if shows is Shows.NUMBER:
            return Cell(found, percent, formula, "", places)
        when = moment(found, shows, self.since_1904)
        if when is None:
            if found == 60 and shows is not Shows.LENGTH:
                self._bad(row, column, N_("it shows 29.2.1900, a day that never was"))
            return Cell(found, False, formula)
        return Cell(when, False, formula, "", None, found)

    def _iso(self, text: str, row: int, column: int, formula: str) -> Cell | None:
        style = self.attributes.get("s")
        form = (PLAIN if style is None else self.format_at(style)) or PLAIN
        when = iso(text, form.shows)
        if when is None:
            self._bad(row, column, N_("“{text}” is not a date"), text=gate.printable(text, 40))
            return self._text(cleaned(text), row, column, formula)
        return Cell(when, formula=formula)

    def _formula(self, text: str) -> str:
        attributes = self.formula_attributes
        self.budget.spend_text(text)
        kind, index = attributes.get("t"), attributes.get("si", "")
        if kind == "shared":
            text = self.shared.setdefault(index, text) or text
        found = gate.without_bad(unescaped(text)).strip() or "?"
        if kind in ("array", "dataTable") and (area := self._spend_area(attributes)) and area[:2] != area[2:]:
            self.areas.append((area, found))
        return found

    # --- the whole ------------------------------------------------------------------------------------

    def sheet(self, hidden: bool) -> Sheet:
        """Return what was read, in order."""
        for (top, left, bottom, right), formula in self.areas:
            for row in range(top, bottom + 1):
                cells = self.rows.get(row, {})
                for column in range(left, right + 1):
                    if column in cells and not cells[column].formula:
                        cells[column] = cells[column]._replace(formula=formula)
        for row, cells in self.rows.items():
            if not _in_order(cells):
                self.rows[row] = dict(sorted(cells.items()))
        rows = self.rows if _in_order(self.rows) else dict(sorted(self.rows.items()))
        used = {column for cells in rows.values() for column in cells}
        self._check_shape(rows, used)
        return Sheet(
            self.name,
            hidden,
            rows,
            frozenset(self.hidden_rows),
            frozenset(column for column in used if self.columns_hidden[column]),
            tuple(self.merged),
        )

    def _check_shape(self, rows: dict[int, dict[int, Cell]], used: set[int]) -> None:
        """Refuse a sheet that reaches far beyond its table: other programs fill their memory with what lies between."""
        if not rows:
            return
        bottom, right = max(rows), max(used)
        if bottom * right > max(_SPARSE, 40 * sum(map(len, rows.values()))):
            row = bottom if bottom > right else next(r for r in reversed(rows) if right in rows[r])
            column = max(rows[row])
            where = a1(row, column)
            raise Refused(say.FAR_CELL, f"{self.name}!{where}", cell=where)


def _in_order(numbers: Iterable[int]) -> bool:
    return all(one < other for one, other in pairwise(numbers))
