"""Numbers, dates, formats and addresses of Excel: what stands in the file as the user sees it, exact."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import IntEnum
from math import isfinite
from typing import NamedTuple

LAST_SERIAL = 2_958_465  # 31.12.9999
_DAY = 86_400_000  # milliseconds


class Shows(IntEnum):
    """What a number format makes of a number."""

    NUMBER = 0
    DATE = 1
    MOMENT = 2  # a date with its time of day
    TIME = 3  # a time of day
    LENGTH = 4  # hours that run on beyond 24: ``[h]:mm``


class Format(NamedTuple):
    """A number format: what it shows, whether in per cent, and with how many decimals if it fixes them."""

    shows: Shows = Shows.NUMBER
    percent: bool = False
    places: int | None = None


PLAIN = Format()

_BUILT_IN = {
    **dict.fromkeys((1, 3, 5, 6, 37, 38, 41, 42), Format(places=0)),
    **dict.fromkeys((2, 4, 7, 8, 39, 40, 43, 44), Format(places=2)),
    9: Format(percent=True, places=0),
    10: Format(percent=True, places=2),
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58), Format(Shows.DATE)),
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47, 55, 56), Format(Shows.TIME)),
    22: Format(Shows.MOMENT),
    46: Format(Shows.LENGTH),
}
# Words in quotes, escaped characters, the width or filling of one, "General" in any spelling: none is a code.
_NOT_CODE = re.compile(r'"[^"]*"?|\\.|_.|\*.|general|standard', re.IGNORECASE | re.DOTALL)
_LENGTH = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]?")
_PLACES = re.compile(r"[0#?](?:\.([0#?]*))?(?=[^0#?.,]*$)")


def format_of(number: int, code: str | None) -> Format:
    """Return the format with this id; ``code`` is what the workbook defines for it, if it does."""
    return _BUILT_IN.get(number, PLAIN) if code is None else _read(code)


def _read(code: str) -> Format:
    # A format has up to four parts, for positive and negative numbers, zero and text: the first rules.
    rest = _NOT_CODE.sub("", code[:1000])
    first = rest.split(";", 1)[0]
    if _LENGTH.search(first):
        return Format(Shows.LENGTH)
    bare = _BRACKETS.sub("", first).lower().replace("am/pm", "h").replace("a/p", "h")
    clock, calendar = set(bare) & set("hs"), set(bare) & set("dy")
    if clock or calendar or "m" in bare:
        if not clock:
            return Format(Shows.DATE)
        return Format(Shows.MOMENT if calendar else Shows.TIME)
    percent = "%" in bare
    if "/" in bare or "e" in bare or bare.count(".") > 1:  # a fraction, or 1.5E+03
        return Format(percent=percent)
    found = _PLACES.search(bare)
    return Format(percent=percent, places=len(found[1] or "") if found else None)


def number(text: str) -> Decimal | None:
    """Return the number that a program meant with ``text``, None if it is none.

    Excel counts in binary floating point and writes 17 digits; the shortest number that is the same one there
    is what was typed. Whole numbers are taken as they are written.
    """
    if text.isdigit() and text.isascii() and len(text) <= 300:
        return Decimal(text)
    if not text.isascii() or "_" in text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    if not isfinite(value):
        return None
    return Decimal(int(value)) if value.is_integer() and abs(value) < 1e15 else Decimal(repr(value))


def moment(serial: Decimal, shows: Shows, since_1904: bool) -> date | datetime | timedelta | None:
    """Return the date, moment or length of time that Excel shows for a number of days.

    None if it shows none: before the first or after the last day of its calendar, or 29.2.1900, which Excel
    counts though it never was. A time of day without a day comes as the time since midnight.
    """
    if shows is Shows.LENGTH:
        return _length(serial) if abs(serial) <= LAST_SERIAL else None
    if not 0 <= serial <= LAST_SERIAL:
        return None
    length = _length(serial)
    if shows is Shows.TIME and length.days == 0:
        return length
    if since_1904:
        found = datetime(1904, 1, 1) + length if length.days <= LAST_SERIAL - 1462 else None
    elif length.days in (0, 60):
        found = None
    else:
        found = datetime(1899, 12, 31 if length.days < 60 else 30) + length if length.days <= LAST_SERIAL else None
    if found is not None and shows is Shows.DATE and found.time() == time():
        return found.date()
    return found


def _length(days: Decimal) -> timedelta:
    whole = int(days)
    return timedelta(days=whole, milliseconds=round(float(days - whole) * _DAY))


def iso(text: str, shows: Shows) -> date | datetime | timedelta | None:
    """Return the moment written as ``2027-01-31T10:00:00`` or a part of it, None if it is none."""
    text = text.strip()
    try:
        if "-" not in text:
            clock = time.fromisoformat(text)
            seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second
            return timedelta(seconds=seconds, microseconds=clock.microsecond)
        found = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return found.date() if found.time() == time() and shows in (Shows.DATE, Shows.NUMBER) else found


def letters(column: int) -> str:
    """Return a column as Excel names it: 1 is A, 28 is AB."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def a1(row: int, column: int) -> str:
    """Return a cell's address: ``D7``."""
    return f"{letters(column)}{row}"
