"""Nouns → the workbooks that people fill in: drop-downs, notes on headings, grey examples, print set-up.

Everything comes from the layout (`bidkit.dossier.sheets`): what the reader looks for is what is written here.
Same input, same bytes: nothing asks the clock.
"""

from __future__ import annotations

import io
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bidkit.diagnostics import Place
from bidkit.dossier import _examples, _guide, sheets
from bidkit.dossier._lists import LAST_ROW, Lists
from bidkit.dossier._looks import COLOURS, LINE, NUMERIC, Looks, about, help_for, lines_of, width_of
from bidkit.dossier.sheets import Column, Sheet
from bidkit.dossier.written import (
    Fields,
    Native,
    Written,
    in_cell,
    in_one_cell,
    parameter_columns,
    value_of,
)
from bidkit.gate import MOST_TEXT, sheet_name
from bidkit.i18n import N_, Translator
from bidkit.model._base import HOME
from bidkit.model.names import called

_CREATED = datetime(2026, 1, 1)
_WORDS_OF_FIELDS = ("model", "conditions", "manual_document", "document")  # of the descriptions of fields
_PAGE_WIDTH = 240  # characters of the sheet that can still be read side by side on A4 landscape
_SMALLEST = 60  # per cent to which a wider sheet is made smaller
_TALLEST = 409  # points; Excel's own limit


class TooLong(Exception):  # noqa: N818  (what cannot be carried; `convert` turns it into a finding)
    """A text or list that no cell holds; ``where`` is its sheet and heading."""

    def __init__(self, where: str, length: int) -> None:
        super().__init__(where)
        self.where, self.length = where, length


def workbooks(
    written: Written | None,
    language: str,
    *,
    examples: bool = True,
    only: Iterable[str] = sheets.OF_ONE,
    nouns: Container[str] | None = None,
) -> dict[str, bytes]:
    """Return the workbooks by file name, in one of `sheets.LANGUAGES`.

    Without ``written`` they are blank. With ``examples`` a table without entries has grey rows that show how it is
    filled in; they are never read. With ``nouns`` there are their sheets alone, for rows to be copied to another
    workbook. Raises `TooLong` for what no cell holds.
    """
    return {sheets.FILES[language][book]: _Book(book, language, written, examples, nouns).done() for book in only}


@dataclass(frozen=True, slots=True)
class _Slot:
    """A column as it stands in the sheet: of a text in several languages there is one for each of them."""

    column: Column
    language: str = HOME
    starred: bool = False

    def value(self, entry: Fields) -> Any:
        """Return what an entry says in the column; None if nothing."""
        found = value_of(entry, self.column)
        return found.get(self.language) if self.column.kind == "texts" and found is not None else found

    def title(self, words: Translator) -> str:
        return self.column.title(words, self.language) + (" *" if self.starred else "")


class _Book:
    """One workbook being made."""

    def __init__(
        self, book: str, language: str, written: Written | None, examples: bool, nouns: Container[str] | None
    ) -> None:
        self.one_page = book in sheets.ONE_PAGE
        self.guided = nouns is None and not self.one_page
        self.language, self.examples = language, examples
        self.written = written or Written({})
        self.words = sheets.words(language).extra(*_WORDS_OF_FIELDS)
        self.buffer = io.BytesIO()
        self.workbook = Workbook(self.buffer, {"in_memory": True})
        self.workbook.set_properties({"created": _CREATED, "title": sheets.FILES[language][book].split(".")[0]})
        # Notes name choices by their labels, in the words of this workbook, as findings about its cells do.
        self.told = Translator(language, (*self.words.domains, "findings"), called)
        self.looks = Looks(self.workbook)
        shown = [sheet for sheet in sheets.sheets_of(book) if nouns is None or sheet.noun in nouns]
        self.names = {sheet: sheet_name(self.words.text(sheet.title)) for sheet in shown}
        self.slots = {sheet: self._slots(sheet) for sheet in self.names}
        self.lists = Lists(self.words, sheet_name(self.words.text(sheets.CODES)), self._keys())
        self.book = book

    def done(self) -> bytes:
        """Return the finished file."""
        if self.guided:
            guide = self.workbook.add_worksheet(sheet_name(self.words.text(sheets.GUIDE)))
            _guide.write(guide, self.book, self.words, self.looks)
        for sheet, name in self.names.items():
            page = self.workbook.add_worksheet(name)
            page.set_tab_color(COLOURS["required" if sheet.required else "optional"])
            kind = _Table if not sheet.form else _OnePage if self.one_page else _Form
            kind(self, sheet, page).write()
        codes = self.workbook.add_worksheet(self.lists.name)
        if self.one_page:
            codes.hide()
        codes.set_tab_color(COLOURS["codes"])
        self.lists.write(codes, self.looks)
        self.workbook.close()
        return self.buffer.getvalue()

    def _slots(self, sheet: Sheet) -> list[_Slot]:
        """Return the columns of a sheet, with one for each language that a text is written in."""
        found: list[_Slot] = []
        rows = self.written.rows(sheet)
        for column in sheet.columns:
            must = column.required and (len(column.path) == 1 or column.path[0] in sheet.groups)
            if column.kind != "texts":
                found.append(_Slot(column, starred=must))
                continue
            spoken = {tag: None for row in rows for tag in value_of(row, column) or {}}
            tags = [tag for tag in (HOME, *sheets.LANGUAGES) if tag in spoken]
            tags += [tag for tag in spoken if tag not in tags]
            found += [_Slot(column, tag, must and not n) for n, tag in enumerate(tags or [HOME])]
        return found

    def _keys(self) -> dict[str, str]:
        """Return, by what a field may refer to, the cells in which its ids stand in this workbook."""
        found: dict[str, str] = {}
        for sheet, name in self.names.items():
            if sheet.form:
                continue
            at = next(n for n, slot in enumerate(self.slots[sheet]) if slot.column == sheet.key)
            column = xl_col_to_name(at)
            top, all_ = f"'{name}'!${column}$2", f"'{name}'!${column}$2:${column}${LAST_ROW + 1}"
            found[sheet.name] = f"=OFFSET({top},0,0,MAX(1,COUNTA({all_})),1)"
        return found

    def cell(self, column: Column, value: Any) -> Native:
        """Return a value as one cell holds it."""
        if (column.pair or column.many) and not value and not column.required:
            return ""
        return in_cell(column, value, self.words)


def _dated(value: date) -> str:
    return "moment" if isinstance(value, datetime) else "day"


class _Page:
    """What forms and tables share: writing one cell, the rule of an input cell, the print set-up."""

    def __init__(self, book: _Book, sheet: Sheet, page: Worksheet) -> None:
        self.book, self.sheet, self.page = book, sheet, page
        self.words, self.looks = book.words, book.looks
        self.told = book.told.about(Place("", f"{page.get_name()}!A1"))
        self.slots = book.slots[sheet]

    def put(self, row: int, col: int, value: Native, style: str, look: str = "", where: str = "") -> None:
        """Write one value with the format of its kind."""
        if isinstance(value, str):
            if len(value) * 2 > MOST_TEXT and len(value.encode("utf-16-le")) // 2 > MOST_TEXT:
                raise TooLong(f"{self.page.get_name()}: {where}", len(value))
            self.page.write_string(row, col, value, self.looks.of("text", look))
        elif isinstance(value, date):  # a datetime is one too
            self.page.write_datetime(row, col, value, self.looks.of(_dated(value), look))
        else:
            self.page.write_number(row, col, value, self.looks.of(style if style in NUMERIC else "amount", look))

    def rule(self, slot: _Slot, first: int, last: int, col: int) -> None:
        """Offer the values of a column in its cells, and say what is typed there; nothing is ever forbidden."""
        column = slot.column
        rule: dict[str, Any] = {"validate": "any"}
        if column.kind == "parameter":
            kind = next(n for n, one in enumerate(self.slots) if one.column.path == ("kind",))
            if column.path[0] == "parameter":
                rule = {"validate": "list", "source": self.book.lists.of_kind(f"${xl_col_to_name(kind)}{first + 1}")}
        elif (source := self.book.lists.source(column)) is not None:
            rule = {"validate": "list", "source": source}
        rule |= {
            "show_error": rule["validate"] == "list" and not column.many,
            "error_type": "warning",
            "error_title": self.words.text(N_("Not in the list")),
            "error_message": self.words.text(
                N_("Is it spelt right? You may keep it: bidkit check tells if it cannot be read.")
            ),
        }
        if text := help_for(column, self.words):
            rule |= {"input_title": slot.title(self.words)[:32], "input_message": text[:255]}
        if rule["validate"] != "any" or "input_message" in rule:
            self.page.data_validation(first, col, last, col, rule)

    def printing(self, width: float) -> None:
        """Set A4 landscape with the headings on every page.

        What can still be read at the width of one page is fitted to it; a wider sheet runs over several, with its
        first column on each of them.
        """
        page = self.page
        page.set_landscape()
        page.set_paper(9)
        page.repeat_rows(0)
        if width <= _PAGE_WIDTH:
            page.fit_to_pages(1, 0)
        else:
            page.set_print_scale(_SMALLEST)
            page.repeat_columns(0)
        page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        page.set_header(f"&L{sheets.FILES[self.book.language][self.book.book]}&R&A")
        page.set_footer(f"&R{self.words.text(N_('Page'))} &P/&N")


class _Table(_Page):
    """One entry a row below a row of headings."""

    def write(self) -> None:
        entries = self.book.written.rows(self.sheet)
        rows = [self._cells(entry) for entry in entries]
        examples = [] if entries or not self.book.examples else _examples.rows(self.sheet, self.words)
        shown = rows or [[row.get(slot.column.name, "") for slot in self.slots] for row in examples]
        widths = [
            width_of(slot.column, slot.title(self.words), [r[n] for r in shown]) for n, slot in enumerate(self.slots)
        ]
        self._headings(widths)
        for number, row in enumerate(shown, 1):
            styles = self._styles(entries[number - 1]) if rows else self._styles({})
            for col, value in enumerate(row):
                if value != "":
                    title = self.slots[col].title(self.words)
                    self.put(number, col, value, styles[col], "" if rows else "example", title)
            self._height(number, row, widths)
        for col, slot in enumerate(self.slots):
            self.rule(slot, 1, LAST_ROW, col)
        self.page.freeze_panes(1, 1)
        self.printing(sum(widths))

    def _headings(self, widths: Sequence[float]) -> None:
        self.page.set_row(
            0,
            LINE * max(lines_of(s.title(self.words), w, bold=True) for s, w in zip(self.slots, widths, strict=True))
            + 4,
        )
        for col, (slot, width) in enumerate(zip(self.slots, widths, strict=True)):
            self.page.set_column(col, col, width, self.looks.of(slot.column.kind))
            self.page.write_string(
                0, col, slot.title(self.words), self.looks.of("head", "required" if slot.starred else "")
            )
            note = about(slot.column, self.told, slot.starred, _examples.shown(self.sheet, slot.column, self.words))
            if note:
                size = {"width": 300, "height": 24 + 15 * lines_of(note, 42), "font_size": 9}
                self.page.write_comment(0, col, note, size)

    def _cells(self, entry: Fields) -> list[Native]:
        """Return an entry's cells in the order of the columns."""
        given = parameter_columns(entry) if self.sheet.noun == "conditions" and not self.sheet.path else []
        found: list[Native] = []
        for slot in self.slots:
            column = slot.column
            if column.kind == "parameter":
                found.append(self._parameter(column, given))
                continue
            value = slot.value(entry)
            found.append("" if value is None else self.book.cell(column, value))
        return found

    def _parameter(self, column: Column, given: list[tuple[str, Column | None, Any]]) -> Native:
        if column.number > len(given):
            return ""
        name, known, value = given[column.number - 1]
        if column.path[0] == "parameter":
            return known.title(self.words) if known else name
        if known is None:
            return in_one_cell(column, value, self.words) if isinstance(value, list) else str(value)
        # A parameter that is named has a value: of an empty list it is “–”.
        return in_cell(known, value, self.words)

    def _styles(self, entry: Fields) -> list[str]:
        """Return the kind of each column; that of a parameter's value is the parameter's own."""
        given = parameter_columns(entry)
        found: list[str] = []
        for slot in self.slots:
            number = slot.column.number
            known = given[number - 1][1] if 0 < number <= len(given) and slot.column.path[0] == "value" else None
            found.append(known.kind if known else slot.column.kind)
        return found

    def _height(self, number: int, row: Sequence[Native], widths: Sequence[float]) -> None:
        lines = max((lines_of(v, w) for v, w in zip(row, widths, strict=True) if isinstance(v, str)), default=1)
        if lines > 1:
            self.page.set_row(number, min(_TALLEST, LINE * lines + 3))


class _Form(_Page):
    """One field a row: its name, its value, an example, and what is asked and why."""

    widths = (34, 60, 38, 60)
    least = 1  # lines that a row has room for
    longest = 900  # characters of a text for which the column of values is wide enough

    def write(self) -> None:
        top = self.above()
        entries = self.book.written.rows(self.sheet)
        entry = entries[0] if entries else {}
        rows = [(slot, self._value(entry, slot)) for slot in self.slots]
        longest = max((len(v) for _, v in rows if isinstance(v, str)), default=0)
        name, value, example, told = self.widths
        widths = [name, 100 if longest > self.longest else value, example if self.book.examples else 0, told]
        titles = list(sheets.FORM_HEADINGS)
        for col, (title, width) in enumerate(zip(titles, widths, strict=True)):
            if width:
                self.page.set_column(col, col, width)
                self.page.write_string(top, col, self.words.text(title), self.looks.of("head"))
            else:
                self.page.set_column(col, col, 2)
        self.page.set_row(top, LINE + 4)
        for number, (slot, said) in enumerate(rows, top + 1):
            self._row(number, slot, said, widths)
        self.page.freeze_panes(top + 1, 1)
        self.printing(0)

    def above(self) -> int:
        """Write what stands above the headings; return the number of rows that it takes."""
        return 0

    def _value(self, entry: Fields, slot: _Slot) -> Native:
        value = slot.value(entry)
        return "" if value is None else self.book.cell(slot.column, value)

    def _row(self, number: int, slot: _Slot, value: Native, widths: Sequence[float]) -> None:
        column, title = slot.column, slot.title(self.words)
        self.page.write_string(number, 0, title, self.looks.of("head", "required" if slot.starred else ""))
        if value == "":
            self.page.write_blank(number, 1, None, self.looks.of(column.kind, "input"))
        else:
            self.put(number, 1, value, column.kind, "input", title)
        example = _examples.shown(self.sheet, column, self.words) if self.book.examples else ""
        if example:
            self.page.write_string(number, 2, example, self.looks.of("text", "example"))
        told = about(column, self.told, slot.starred, "")
        self.page.write_string(number, 3, told, self.looks.of("note"))
        texts = (title, value if isinstance(value, str) else "", example, told)
        lines = max(
            lines_of(text, width or 1, bold=not n)
            for n, (text, width) in enumerate(zip(texts, widths, strict=True))
            if text
        )
        if column.kind == "texts" and value == "":
            lines = max(lines, 3)  # room to write
        self.page.set_row(number, min(_TALLEST, LINE * max(lines, self.least) + 4))
        self.rule(slot, number, number, 1)


class _OnePage(_Form):
    """A form that is a whole workbook, how to fill it in on top: one sheet to read, one page to print."""

    widths = (28, 46, 30, 40)
    least = 2
    longest = 3000

    def above(self) -> int:
        return _guide.above(self.page, self.book.book, self.words, self.looks)

    def printing(self, width: float) -> None:
        """Set one page of A4, upright."""
        super().printing(width)
        self.page.set_portrait()
        self.page.fit_to_pages(1, 1)
        self.page.hide_gridlines(2)
