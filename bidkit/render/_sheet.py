"""What both workbooks share: formats, cells with formula and value, column widths, print set-up, fixed bytes.

Money formulas are one ROUND around one operation a cell; later cells use rounded cells only, so a recalculation
changes nothing (reliability rule M). Texts of users are written as strings whatever they begin with.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.core import Core
from xlsxwriter.packager import Packager
from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bidkit.gate import sheet_name
from bidkit.i18n import N_, Translator

_FILL, _INPUT, _RED = "#DCE6F1", "#FFF9DB", "#B00020"
_LINE = {"border": 1, "border_color": "#B7C3D0", "valign": "top"}
_NUMBERS = {
    "money": "#,##0.00\\ €",
    "percent": "0.00\\ %",
    "hours": "#,##0.00",
    "whole": "#,##0",  # a format of optional decimals would leave a lone separator after whole numbers
    "points": "0.00",
    "count": "0",
}
STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "wrapped title": {"bold": True, "font_size": 16, "text_wrap": True, "valign": "top"},
    "alert": {"bold": True, "font_size": 20, "font_color": _RED},
    "section": {"bold": True, "font_size": 13},
    "note": {"italic": True, "font_color": "#444444"},
    "label": {"bold": True, "valign": "top"},
    "plain": {"valign": "top", "text_wrap": True},
    "head": {"bold": True, "bg_color": _FILL, "text_wrap": True, **_LINE},
    "text": {"text_wrap": True, **_LINE},
    **{name: {"num_format": shown, **_LINE} for name, shown in _NUMBERS.items()},
}
_OVERFLOWS = frozenset({"title", "alert", "section", "note"})  # may run over the empty cells to their right
_WIDEST, _NARROWEST = 38, 9
_NEARLY = 1.2  # a heading of so many times its column's width may fill it in one line: it gets room to its right
_TITLE = 0.6  # letters of a title for one of a cell
_CELLS_OF_A_RULE = 100
PAGE = N_("Page")
DRAFT = N_("DRAFT")


def price_style(decimals: int) -> str:
    """Return the style of a unit price with so many decimals."""
    return "money" if decimals == 2 else f"price{decimals}"


class _Page(Worksheet):  # type: ignore[misc]
    """A worksheet that takes formulas as they are: ours use no function younger than Excel 2007."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Spare each formula the search for thirty newer functions, a third of the time of a workbook."""
        return formula.removeprefix("=")

    # Ours are given by row and column, never as "A1": spare each cell the question.
    write_string = Worksheet._write_string
    write_number = Worksheet._write_number
    write_formula = Worksheet._write_formula


class _Core(Core):  # type: ignore[misc]
    """The core properties with one more, the build id as ``identifier``."""

    def _write_cp_content_status(self) -> None:
        super()._write_cp_content_status()
        self._xml_data_element("dc:identifier", self.properties["identifier"])


class _Packager(Packager):  # type: ignore[misc]
    def _write_core_file(self) -> None:
        core = _Core()
        core._set_properties(self.workbook.doc_properties)
        core._set_xml_writer(self._filename("docProps/core.xml"))
        core._assemble_xml_file()


class _Workbook(Workbook):  # type: ignore[misc]
    def _get_packager(self) -> Packager:
        return _Packager()


class Book:
    """A workbook being made. ``created`` is given by the caller: same input, same bytes."""

    def __init__(
        self, words: Translator, *, title: str, organisation: str, build_id: str, created: datetime, draft: bool
    ) -> None:
        self.words, self.title, self.build_id, self.draft = words, title, build_id, draft
        self._buffer = io.BytesIO()
        self.workbook = _Workbook(self._buffer, {"in_memory": True})
        when = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
        self.workbook.set_properties(
            {
                "title": title[:255],
                "author": organisation[:255],
                "company": organisation[:255],
                "created": when,
                "identifier": build_id,
            }
        )
        self._formats: dict[tuple[str, bool, bool], Any] = {}
        self._sheets: list[Sheet] = []

    def sheet(self, name: str, *, landscape: bool = True, protect: bool = True) -> Sheet:
        """Return a new sheet; the name is cut and made unique as Excel demands."""
        sheet = Sheet(self, sheet_name(name, [s.name for s in self._sheets]), landscape, protect)
        self._sheets.append(sheet)
        return sheet

    def format(self, style: str, *, total: bool = False, entry: bool = False) -> Any:
        """Return the format of a style; ``total`` is bold, ``entry`` an unlocked input cell."""
        key = (style, total, entry)
        if key not in self._formats:
            look = dict(STYLES[style]) if style in STYLES else _price(style)
            if total:
                look |= {"bold": True, "top": 2, "bg_color": "#F2F5F9"}
            if entry:
                look |= {"locked": False, "bg_color": _INPUT}
            self._formats[key] = self.workbook.add_format(look)
        return self._formats[key]

    def limits(self, style: str, low: float, high: float) -> dict[str, Any]:
        """Return the rule of a cell that accepts numbers from ``low`` to ``high`` (as stored), worded."""
        words = self.words
        shown = [words.percent(Decimal(x * 100)) if style == "percent" else words.number(int(x)) for x in (low, high)]
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": low,
            "maximum": high,
            "error_title": words.text(N_("A number is asked for")),
            "error_message": words.text(N_("Enter a number from {low} to {high}."), low=shown[0], high=shown[1]),
        }

    def name(self, name: str, sheet: Sheet, row: int, col: int) -> None:
        """Give a cell a name, the same in every language."""
        self.workbook.define_name(name, f"={sheet.there(row, col)}")

    def done(self) -> bytes:
        """Return the finished file, its build id as the core property ``identifier``."""
        for sheet in self._sheets:
            sheet.finish()
        self.workbook.close()
        # Books and sheets know each other: as long as they do, the cells of a large bid stay in memory.
        self._sheets.clear()
        self.workbook.worksheets().clear()
        self.workbook.sheetnames.clear()
        return self._buffer.getvalue()


def _price(style: str) -> dict[str, Any]:
    decimals = int(style.removeprefix("price"))
    shown = "#,##0" + ("." + "0" * decimals if decimals else "")
    return {"num_format": shown + "\\ €", **_LINE}


class Sheet:
    """One sheet: writes cells, remembers what must fit, sets widths, heights and print set-up at the end."""

    def __init__(self, book: Book, name: str, landscape: bool, protect: bool) -> None:
        self.book, self.name, self.landscape = book, name, landscape
        self._quoted = quote_sheetname(name)
        self.page = book.workbook.add_worksheet(name, worksheet_class=_Page)
        self._widths: dict[int, int] = defaultdict(lambda: _NARROWEST)
        self._texts: list[tuple[int, int, str, bool]] = []
        self._titles: list[tuple[int, str]] = []
        self._longest: dict[str, tuple[int, int]] = {}  # most texts of a large bid are the same few
        self._entries: dict[tuple[str, float, float], list[tuple[int, int, int, int]]] = defaultdict(list)
        if protect:
            self.page.protect("", {"format_columns": True, "format_rows": True})
        self.page.hide_gridlines(2)

    # --- cells -------------------------------------------------------------------------------------
    def text(self, row: int, col: int, text: str, style: str = "text", *, total: bool = False) -> None:
        """Write a text as text, also when it begins with ``=``."""
        look = self.book.format(style, total=total)
        if not text:
            self.page.write_blank(row, col, None, look)
            return
        self.page.write_string(row, col, text, look)
        if style == "title":
            self._titles.append((row, text))
        if style not in _OVERFLOWS:
            self._texts.append((row, col, text, style == "head" or total))
            if text not in self._longest:
                self._longest[text] = _longest(text)
            word, line = self._longest[text]
            wanted = word + 1 if style == "head" else min(line, _WIDEST)
            self._widths[col] = max(self._widths[col], min(wanted, _WIDEST) + 2)

    def number(self, row: int, col: int, value: Decimal | int, style: str, *, total: bool = False) -> None:
        """Write a number as it is; per cent is given as 25.5 and stored as 0.255."""
        self._fit(col, value, style)
        self.page.write_number(row, col, stored(value, style), self.book.format(style, total=total))

    def entry(self, row: int, col: int, value: Decimal | int, style: str, *, low: float = 0, high: float = 1e9) -> None:
        """Write a number into an unlocked cell that accepts numbers from ``low`` to ``high`` (as stored)."""
        self._fit(col, value, style)
        self.page.write_number(row, col, stored(value, style), self.book.format(style, entry=True))
        self._entries[style, low, high].append((row, col, row, col))

    def formula(
        self, row: int, col: int, formula: str, value: Decimal | int | str, style: str, *, total: bool = False
    ) -> None:
        """Write a formula with the value that it has now; the two must agree."""
        look = self.book.format(style, total=total)
        if isinstance(value, str):
            self._widths[col] = max(self._widths[col], len(value) + 2)
            self.page.write_formula(row, col, formula, look, value)
        else:
            self._fit(col, value, style)
            self.page.write_formula(row, col, formula, look, stored(value, style))

    def row(self, row: int, labels: Iterable[str], style: str = "head") -> None:
        """Write texts side by side."""
        for col, label in enumerate(labels):
            self.text(row, col, label, style)

    def _fit(self, col: int, value: Decimal | int, style: str) -> None:
        places = int(style.removeprefix("price")) if style.startswith("price") else 2
        shown = f"{value:,.{places}f}"
        self._widths[col] = max(self._widths[col], len(shown) + 4)

    def _limit_entries(self) -> None:
        """Give the input cells their rules, many cells a rule: a large bid has tens of thousands of them."""
        for key, cells in self._entries.items():
            rule = self.book.limits(*key)
            for start in range(0, len(cells), _CELLS_OF_A_RULE):
                first, *others = cells[start : start + _CELLS_OF_A_RULE]
                self.page.data_validation(*first, {**rule, "other_cells": others})

    # --- names of cells ------------------------------------------------------------------------------
    @staticmethod
    def here(row: int, col: int) -> str:
        """Return a cell of this sheet: ``E5``."""
        return f"{_letters(col)}{row + 1}"

    def there(self, row: int, col: int) -> str:
        """Return a cell as other sheets and names call it: ``'Osa 1'!$E$5``."""
        return f"{self._quoted}!{self.fixed(row, col)}"

    @staticmethod
    def fixed(row: int, col: int) -> str:
        """Return a cell of this sheet that stays when a formula is copied: ``$E$5``."""
        return f"${_letters(col)}${row + 1}"

    @staticmethod
    def column(col: int, first: int, last: int) -> str:
        """Return a range of one column: ``$E$5:$E$9``."""
        letters = _letters(col)
        return f"${letters}${first + 1}:${letters}${last + 1}"

    # --- layout ------------------------------------------------------------------------------------
    def freeze(self, row: int, col: int = 0) -> None:
        """Keep the rows above ``row`` in view, and print the one just above it on every page."""
        self.page.freeze_panes(row, col)
        self.page.repeat_rows(row - 1)

    def finish(self) -> None:
        """Set widths and heights from what was written, and the print set-up."""
        self._limit_entries()
        for _, col, text, bold in self._texts:
            if bold and len(text) <= self._widths[col] * _NEARLY:
                self._widths[col] = max(self._widths[col], len(text) + 4)
        for col, width in self._widths.items():
            self.page.set_column(col, col, width)
        lines: dict[int, int] = defaultdict(int)
        for row, col, text, bold in self._texts:
            room = int((self._widths[col] - 1) * (0.9 if bold else 1))
            lines[row] = max(lines[row], _lines(text, room))
        for row, count in lines.items():
            if count > 1:
                self.page.set_row(row, min(409, 15 * count + 2))
        self._wrap_titles()
        words, page = self.book.words, self.page
        if self.landscape:
            page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        stamp = f"&C&B{words.text(DRAFT)}&B" if self.book.draft else ""
        page.set_header(f"&L{_plain(self.book.title, 120)}{stamp}&R{_plain(self.name, 31)}")
        page.set_footer(f"&L{_plain(self.book.build_id, 80)}&R{words.text(PAGE)} &P/&N")

    def _wrap_titles(self) -> None:
        """Let a title longer than the table is wide run over lines: a printed page shrinks to its widest text."""
        last = max(self._widths, default=0)
        room = int(sum(self._widths[col] for col in range(last + 1)) * _TITLE)
        for row, text in self._titles:
            if last and len(text) > room:
                look = self.book.format("wrapped title")
                self.page.merge_range(row, 0, row, last, text, look)
                self.page.set_row(row, 21 * _lines(text, room))


@cache
def _letters(col: int) -> str:
    return str(xl_col_to_name(col))


def _longest(text: str) -> tuple[int, int]:
    """Return the lengths of a text's longest word and of its longest line."""
    words = max((len(word) for word in text.split()), default=0)
    return words, max((len(line) for line in text.splitlines()), default=0)


@lru_cache(1000)
def _lines(text: str, room: int) -> int:
    """Return how many lines a text takes in a cell of so many characters."""
    return sum(1 if len(line) <= room else len(wrap(line, room)) for line in text.splitlines())


def quantity_style(value: Decimal) -> str:
    """Return the style of a quantity: whole, or with two decimals."""
    return "whole" if value == value.to_integral_value() else "hours"


def stored(value: Decimal | int, style: str) -> Decimal:
    """Return a number as the cell holds it: 25.5 per cent is 0.255."""
    return Decimal(value) / 100 if style == "percent" else Decimal(value)


def _plain(text: str, most: int) -> str:
    """Return a text that a header or footer prints as it is; ``&`` would begin a code."""
    short = text if len(text) <= most else text[: most - 1] + "…"
    return short.replace("&", "&&")
