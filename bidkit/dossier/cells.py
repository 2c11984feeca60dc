"""What people type into a cell → the plain value that the model asks for, each kind of column by its own rule.

What cannot be told for sure becomes a `Refused` in the value's place; the model hands it on as the finding of
that very field, so the entry and all else in it are still judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from bidkit.diagnostics import Fact, Message, Refused, Word
from bidkit.dossier.sheets import PERCENTS, Column, code_of
from bidkit.dossier.xlsx import Cell
from bidkit.i18n import N_
from bidkit.messages import values
from bidkit.messages import workbook as say
from bidkit.money import half_up

Value: TypeAlias = Any
Note: TypeAlias = Callable[[Message, Mapping[str, Fact]], None]

_GRID = {"money": 4, "amount": 2, "hours": 2, "count": 0, "share": 4, "rate": 4, "margin": 4}  # decimals of a field
_NOISE = Decimal("1e-9")  # of binary arithmetic; what is further from the grid was typed or calculated so
_SERIALS = range(20_000, 80_000)  # 3.10.1954 … 10.1.2119: a bare number in a column of dates
_EPOCH = date(1899, 12, 30)
_TIMES = (date, time, timedelta)
_CODES = frozenset({"business_id", "municipality", "phone", "id", "language", "parent", "choice"})  # checked as such


def value_of(cell: Cell, column: Column, note: Note) -> Value:
    """Return what ``cell`` means in ``column``; None if it is empty. ``note`` takes what is worth telling."""
    if cell.error:
        return Refused(say.ERROR_CELL, error=cell.error)
    if cell.value is None:
        return Refused(say.FORMULA_EMPTY, formula=cell.formula[:60]) if cell.formula else None
    if cell.formula:
        note(say.FORMULA_RESULT, {"value": shown(cell)})
    if isinstance(cell.value, str):
        text = cell.value.strip()
        return _from_text(text, column) if text else None
    if isinstance(cell.value, bool) and column.kind in ("text", "texts"):
        return Refused(say.TRUTH_VALUE, shown=shown(cell))
    if column.kind in ("pairs", "parameter") or column.many:
        return _from_text(_as_text(cell, column, note), column)
    return _native(cell, column, note)


def _from_text(text: Value, column: Column) -> Value:
    if isinstance(text, Refused):
        return text
    if column.kind == "pairs":
        found = [_pair(item, column) for item in items(_COMMA_BEFORE_PAIR.sub(";", text))]
        return next((one for one in found if isinstance(one, Refused)), found)
    if column.many:
        one_word = column.kind != "text" and '"' not in text  # ids, languages, municipalities: a comma parts them too
        return [_code(item, column) for item in items(text.replace(",", ";") if one_word else text)]
    if column.kind == "hours" and (unclear := _CLOCK_OR_NUMBER.fullmatch(text)):
        facts = {"small": f"{unclear[1]},{unclear[2]} h", "large": f"{unclear[1]} h {unclear[2]} min"}
        return Refused(say.HOURS_OR_MINUTES, value=text, **facts)
    return _code(text, column)


def _code(text: str, column: Column) -> str:
    """Return the code that a label of any language stands for; other texts as they are."""
    return code_of(text, column.choices) if column.choices else text


_ITEM = r'\s*(?:"((?:[^"]|"")*)"\s*(?=[;\n]|\Z)|([^;\n]*))(?:[;\n]|\Z)'
# “a: 60 %, b: 40 %” and “2025: 420 000, 2024: 390 000”, but not “12,5 %”
_COMMA_BEFORE_PAIR = re.compile(r",\s+(?=[^\W\d]|[^;,:=\n]+[:=])")
_CLOCK_OR_NUMBER = re.compile(r"(\d{1,2})\.([0-5]\d)", re.ASCII)
_NOTHING = ("–", "-")  # an empty list that is meant


def items(text: str) -> list[str]:
    """Return the items of a list in one cell, separated by semicolons or line breaks; ``"a; b"`` is one item."""
    if text in _NOTHING:
        return []
    if '"' not in text:
        return [item for part in text.replace("\n", ";").split(";") if (item := part.strip())]
    found, at, item_at = [], 0, re.compile(_ITEM).match
    while at < len(text):
        match = item_at(text, at)
        if match is None:  # cannot be: the second branch takes anything
            break
        item = match[1].replace('""', '"') if match[1] is not None else match[2].strip()
        if item:
            found.append(item)
        at = match.end()
    return found


def _pair(item: str, column: Column) -> dict[str, Value] | Refused:
    """Return the two values of ``valmennus: 60 %``; the sign between them may be left out after a word."""
    separator = ":" if ":" in item else "=" if "=" in item else None
    parts = [part.strip() for part in item.split(separator, 1)]
    word = separator is not None or not parts[0][:1].isdigit()  # “420 000” is a number and no pair of them
    if len(parts) < 2 or not all(parts) or not word:
        first, second = (Word(one.titles[-1]) for one in column.pair)
        return Refused(say.BAD_PAIR, item=item, first=first, second=second, example="")
    return {c.path[0]: _code(part, c) for c, part in zip(column.pair, parts, strict=True)}


def _native(cell: Cell, column: Column, note: Note) -> Value:
    kind, value = column.kind, cell.value
    if kind in PERCENTS:
        return _percent(cell)
    if kind in ("day", "moment"):
        return _day(cell, note) if kind == "day" else _moment(cell, note)
    if kind == "yes_no":
        return value if isinstance(value, bool) else _as_text(cell, column, note)
    if kind == "hours" and isinstance(value, timedelta):
        return _length(value)
    if kind in _GRID:
        return _number(cell, _GRID[kind])
    return _as_text(cell, column, note)


def _number(cell: Cell, places: int) -> Value:
    value = cell.value
    if isinstance(value, _TIMES):
        return _made_a_date(cell)
    if isinstance(value, bool) or not isinstance(value, Decimal):
        return shown(cell)
    if cell.percent:
        return shown(cell)  # “30 %” of euros or clients is no number of them
    return _on_grid(cell, value, places)


def _on_grid(cell: Cell, value: Decimal, places: int, sign: str = "") -> Value:
    """Return the value without the noise of binary arithmetic; refuse what shows less than it holds."""
    near = half_up(value, places)
    if abs(near - value) > _NOISE:
        near = value
    if cell.places is not None and cell.places <= places and abs(half_up(near, cell.places) - near) > _NOISE:
        seen = half_up(value, cell.places)
        return Refused(say.SHOWN_ROUNDED, shown=_plain(seen) + sign, held=_plain(near) + sign)
    return near.normalize() if near else Decimal(0)


def _percent(cell: Cell) -> Value:
    value = cell.value
    if isinstance(value, _TIMES):
        return _made_a_date(cell)
    if isinstance(value, bool) or not isinstance(value, Decimal):
        return shown(cell)
    if not cell.percent:
        return _on_grid(cell, value, 4)
    exact = _on_grid(cell, value * 100, 4, " %")
    if isinstance(exact, Refused):
        return exact
    if abs(exact) > 100:  # pasted into a cell with the format of per cent
        return Refused(say.HUNDREDFOLD, shown=f"{_plain(exact)} %", likely=f"{_plain(value)} %")
    text = _plain(exact)
    return f"{text}0 %" if len(text.partition(",")[2]) == 3 else f"{text} %"  # three decimals could be thousands


def _length(value: timedelta) -> Value:
    """Return a length of time in whole minutes, as hours are reckoned; refuse seconds, which nobody sees."""
    if value % timedelta(minutes=1):
        seconds = value // timedelta(seconds=1)
        seen = f"{seconds // 3600}:{seconds // 60 % 60:02}"
        return Refused(say.SHOWN_ROUNDED, shown=seen, held=f"{seen}:{seconds % 60:02}")
    return value


def _day(cell: Cell, note: Note) -> Value:
    value = cell.value
    if cell.percent:  # a share, whatever number it is
        return shown(cell)
    if isinstance(value, Decimal) and value == value.to_integral_value() and int(value) in _SERIALS:
        found = _EPOCH + timedelta(days=int(value))
        note(say.READ_AS_DATE, {"number": str(int(value)), "date": found})
        return found
    if isinstance(value, Decimal | timedelta | bool):
        return shown(cell)
    return value


def _moment(cell: Cell, note: Note) -> Value:
    """Return a date with its time of day; midnight is refused, because Excel makes it of a date without a time."""
    value = cell.value
    if isinstance(value, Decimal) and int(value) in _SERIALS and not cell.percent:
        found = datetime.combine(_EPOCH, time()) + timedelta(minutes=round(value * 1440))
        if found.time() != time():
            note(say.READ_AS_DATE, {"number": _plain(value), "date": found})
            return found
        value = found
    if isinstance(value, date) and (not isinstance(value, datetime) or value.time() == time()):
        return Refused(say.MIDNIGHT, day=date(value.year, value.month, value.day))
    return value if isinstance(value, datetime) else shown(cell)


_AS_TEXT = N_("{id} as text, so with an apostrophe in front: '{id}")


def _as_text(cell: Cell, column: Column, note: Note) -> Value:
    """Return the text of a cell whose column holds texts or codes."""
    value = cell.value
    if isinstance(value, date | timedelta | time):
        return _made_a_date(cell)
    if isinstance(value, Decimal) and not cell.percent:
        whole = value == value.to_integral_value()
        if not whole and column.kind in ("id", "parent"):
            likely = f"{value.normalize():f}"
            return Refused(values.BAD_ID, value=_plain(value), near=Word(_AS_TEXT, (("id", likely),)))
        text = _plain(value)  # of codes whose zeros Excel may have eaten the model proposes the whole form
        if column.kind not in ("pairs", "parameter", *_CODES) and not (whole and len(text) < 5):
            note(say.READ_AS_TEXT, {"text": text})
        return text
    return shown(cell)


def _made_a_date(cell: Cell) -> Refused:
    """Refuse a date where none belongs, and say what may have been typed."""
    value = cell.value
    likely = f"{value.day}.{value.month}" if isinstance(value, date) else shown(cell)
    if isinstance(value, datetime) and value.year == 1900 and cell.serial is not None:  # 37:30 shown as a time of day
        likely = shown(cell._replace(value=timedelta(minutes=round(cell.serial * 1440))))
    return Refused(say.MADE_A_DATE, shown=shown(cell), likely=likely)


def shown(cell: Cell) -> str:
    """Return a cell about as Excel shows it in Finnish: for messages, and where a text is asked for."""
    value = cell.value
    if value is None:
        return cell.error or (f"={cell.formula}" if cell.formula else "")
    if isinstance(value, bool):
        return "TOSI" if value else "EPÄTOSI"
    if isinstance(value, datetime):
        clock = f" {value.hour}.{value.minute:02}" if (value.hour, value.minute) != (0, 0) else ""
        return f"{value.day}.{value.month}.{value.year}{clock}"
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    if isinstance(value, timedelta):
        return f"{value // timedelta(hours=1)}:{value // timedelta(minutes=1) % 60:02}"
    if isinstance(value, Decimal):
        return f"{_plain(value * 100)} %" if cell.percent else _plain(value)
    return value


def _plain(value: Decimal) -> str:
    """Return a number with a decimal comma and no zeros that say nothing."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
