"""What both workbooks share: formats, cells with formula and value, column widths, print set-up, fixed bytes.

Money formulas are one ROUND around one operation a cell; later cells use rounded cells only, so a recalculation
changes nothing (reliability rule M). Texts of users are written as strings whatever they begin with.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from textwrap import wrap
from typing import Any

import xlsxwriter
from markupsafe import escape
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
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
_CELLS_OF_A_RULE = 100
_EPOCH = (1980, 1, 1, 0, 0, 0)
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


class Book:
    """A workbook being made. ``created`` is given by the caller: same input, same bytes."""

    def __init__(
        self, words: Translator, *, title: str, organisation: str, build_id: str, created: datetime, draft: bool
    ) -> None:
        self.words, self.title, self.build_id, self.draft = words, title, build_id, draft
        self._buffer = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self._buffer, {"in_memory": True})
        when = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
        self.workbook.set_properties(
            {"title": title[:255], "author": organisation[:255], "company": organisation[:255], "created": when}
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
        return _with_identifier(self._buffer.getvalue(), self.build_id)


def _price(style: str) -> dict[str, Any]:
    decimals = int(style.removeprefix("price"))
    shown = "#,##0" + ("." + "0" * decimals if decimals else "")
    return {"num_format": shown + "\\ €", **_LINE}


def _with_identifier(data: bytes, build_id: str) -> bytes:
    target = io.BytesIO()
    tag = f"<dc:identifier>{escape(build_id)}</dc:identifier></cp:coreProperties>"
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "docProps/core.xml":
                content = content.replace(b"</cp:coreProperties>", tag.encode())
            member = zipfile.ZipInfo(info.filename, _EPOCH)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            out.writestr(member, content)
    return target.getvalue()


class Sheet:
    """One sheet: writes cells, remembers what must fit, sets widths, heights and print set-up at the end."""

    def __init__(self, book: Book, name: str, landscape: bool, protect: bool) -> None:
        self.book, self.name, self.landscape = book, name, landscape
        self.page = book.workbook.add_worksheet(name, worksheet_class=_Page)
        self._widths: dict[int, int] = defaultdict(lambda: _NARROWEST)
        self._texts: list[tuple[int, int, str, bool]] = []
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
        if style not in _OVERFLOWS:
            self._texts.append((row, col, text, style == "head" or total))
            words = max((len(word) for word in text.split()), default=0)
            length = max((len(line) for line in text.splitlines()), default=0)
            wanted = words + 1 if style == "head" else min(length, _WIDEST)
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
        return str(xl_rowcol_to_cell(row, col))

    def there(self, row: int, col: int) -> str:
        """Return a cell as other sheets and names call it: ``'Osa 1'!$E$5``."""
        cell = xl_rowcol_to_cell(row, col, row_abs=True, col_abs=True)
        return f"{quote_sheetname(self.name)}!{cell}"

    @staticmethod
    def column(col: int, first: int, last: int) -> str:
        """Return a range of one column: ``$E$5:$E$9``."""
        top = xl_rowcol_to_cell(first, col, row_abs=True, col_abs=True)
        return f"{top}:{xl_rowcol_to_cell(last, col, row_abs=True, col_abs=True)}"

    # --- layout ------------------------------------------------------------------------------------
    def freeze(self, row: int, col: int = 0) -> None:
        """Keep the rows above ``row`` in view, and print the one just above it on every page."""
        self.page.freeze_panes(row, col)
        self.page.repeat_rows(row - 1)

    def finish(self) -> None:
        """Set widths and heights from what was written, and the print set-up."""
        self._limit_entries()
        for col, width in self._widths.items():
            self.page.set_column(col, col, width)
        lines: dict[int, int] = defaultdict(int)
        for row, col, text, bold in self._texts:
            room = int((self._widths[col] - 1) * (0.9 if bold else 1))
            lines[row] = max(lines[row], sum(_lines(line, room) for line in text.splitlines()))
        for row, count in lines.items():
            if count > 1:
                self.page.set_row(row, min(409, 15 * count + 2))
        words, page = self.book.words, self.page
        if self.landscape:
            page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        stamp = f"&C&B{words.text(DRAFT)}&B" if self.book.draft else ""
        page.set_header(f"&L{_plain(self.book.title, 120)}{stamp}&R{_plain(self.name, 31)}")
        page.set_footer(f"&L{_plain(self.book.build_id, 80)}&R{words.text(PAGE)} &P/&N")


def _lines(text: str, room: int) -> int:
    return 1 if len(text) <= room else len(wrap(text, room))


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
