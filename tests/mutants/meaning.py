"""What a cell or a line means to its reader, worked out again: the oracle that says whether a value changed silently.

Nothing here uses the readers' own conversions. A meaning is a list of acceptable values: empty means that nobody can
tell for sure, so that a finding must say so; `ANY` means that this oracle does not know.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from bidkit.dossier.sheets import LANGUAGES, Column, words
from bidkit.model.choices import label
from bidkit.model.codes import municipalities

ANY: list[Any] = [object()]
NOTHING = object()  # the field is not there
HELSINKI = ZoneInfo("Europe/Helsinki")
NOISE = Decimal("1e-9")  # of binary arithmetic
SPANS = ("start", "from", "valid_from")
SPACES = "[ \t\u00a0\u2009\u202f]+"


@dataclass(frozen=True)
class Typed:
    """What somebody put into a cell.

    ``kind``: text, number, percent, day, moment, length (of time), bool, error, formula (``value`` is the stored
    result, itself Typed, or None), empty. ``shape`` is how it is stored: which style, or which kind of text.
    """

    kind: str
    value: Any = None
    shape: str = ""


def meanings(typed: Typed, column: Column) -> list[Any]:
    """Return the values that a cell may be read as."""
    if typed.kind == "formula":
        return meanings(typed.value, column) if typed.value is not None else []
    if typed.kind == "empty":
        return [NOTHING]
    if typed.kind == "error":
        return []
    if typed.kind == "text":
        text = in_normal_form(typed.value)
        return of_text(text, column) if text.strip() else [NOTHING]
    return _of_native(typed, column)


def in_normal_form(text: str) -> str:
    """Return a text as it is kept."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def of_text(text: str, column: Column) -> list[Any]:
    """Return what a text may mean in a column."""
    text = text.strip()
    if column.kind == "pairs":
        return _pairs(text, column)
    if column.many:
        return _many(text, column)
    return _one(text, column)


def _one(text: str, column: Column) -> list[Any]:
    kind = column.kind
    if column.choices:
        return _choice(text, column.choices)
    if kind in ("money", "amount", "count"):
        return [int(v) if kind == "count" else v for v in numbers(text)]
    if kind in ("share", "rate", "margin"):
        return _percent(text)
    if kind == "hours":
        return _hours(text)
    if kind == "day":
        return [found for found in (_day(text),) if found]
    if kind == "moment":
        return _moment(text)
    if kind == "yes_no":
        low = text.lower()
        return [low in YES] if low in YES | NO else []
    if kind == "municipality":
        return [
            code
            for code, one in municipalities().items()
            if text == code or text.casefold() in {n.casefold() for n in one.names.values()}
        ]
    if kind == "language":
        return [text.lower()]
    if kind == "business_id":
        return [re.sub("[\u2013\u2011]", "-", text)]
    return [text]


YES = {"kyllä", "kylla", "k", "x", "yes", "y", "true", "ja", "on"}
NO = {"ei", "e", "no", "n", "false", "nej", "off", "-"}


def numbers(text: str) -> list[Decimal]:
    """Return the number that a text is; none if two readers could read two numbers."""
    text = re.sub(SPACES, " ", text).strip()
    text = re.sub(r" ?(€|EUR|eur|euroa)$", "", text).strip()
    sign = -1 if text[:1] in ("-", "\u2212") else 1
    text = re.sub("^[-\u2212] ?", "", text)
    found = re.fullmatch(r"([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,]([0-9]+))?", text)
    if found is None:
        return []
    if found[2] and len(found[2]) == 3 and " " not in found[1] and found[1].strip("0"):
        return []
    return [sign * Decimal(found[1].replace(" ", "") + "." + (found[2] or "0"))]


def _percent(text: str) -> list[Decimal]:
    if text.endswith("%"):
        return numbers(text[:-1])
    return [v for v in numbers(text) if v == 0 or abs(v) >= 1]


def _hours(text: str) -> list[Decimal]:
    text = re.sub(SPACES, " ", text).strip().lower()
    if found := re.fullmatch(r"([0-9]{1,5}):([0-5][0-9])", text):
        return [Decimal(found[1]) + Decimal(found[2]) / 60]
    found = re.fullmatch(r"(?:([0-9]{1,5}) ?(?:h|t|tuntia))? ?(?:([0-9]{1,4}) ?min)?", text)
    if found and (found[1] or found[2]):
        return [Decimal(found[1] or 0) + Decimal(found[2] or 0) / 60]
    return numbers(re.sub(r" ?(h|tuntia)$", "", text))


def _day(text: str) -> date | None:
    try:
        if found := re.fullmatch(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})", text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    return None


def span(text: str) -> tuple[date, date] | None:
    """Return the two days of “1.2.2027–31.12.2027”."""
    one = r"([0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})"
    found = re.fullmatch(rf"\s*{one}\s*[–—-]\s*{one}\s*", text)
    days = (_day(found[1]), _day(found[2])) if found else (None, None)
    return days if days[0] and days[1] else None  # type: ignore[return-value]


def _moment(text: str) -> list[datetime]:
    text = re.sub(SPACES, " ", text).strip()
    form = r"(.+?)[ T]+(?:klo|kl\.|at)? ?([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}:?[0-9]{2})?"
    found = re.fullmatch(form, text)
    day = _day(found[1]) if found else None
    if found is None or day is None:
        return []
    try:
        clock = f"{int(found[2]):02}:{found[3]}:{found[4] or '00'}"
        at = datetime.fromisoformat(f"{day}T{clock}{(found[5] or '').replace('Z', '+00:00')}")
    except ValueError:
        return []
    return [at if at.tzinfo else at.replace(tzinfo=HELSINKI)]


@cache
def _labels(choices: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for code in choices:
        names = [code, label(code), *(words(language).text(label(code)) for language in LANGUAGES)]
        found |= {_folded(name): code for name in names}
    return found


def _folded(text: str) -> str:
    return re.sub(r"[*\s]+", " ", text.replace("_", " ")).strip().casefold()


def _choice(text: str, choices: tuple[str, ...]) -> list[str]:
    found = _labels(choices).get(_folded(text))
    return [found] if found else []


def _many(text: str, column: Column) -> list[Any]:
    if '"' in text:
        return ANY
    if text in ("–", "-"):
        return [[]]
    parts = re.split("[;\n,]" if column.kind != "text" else "[;\n]", text)
    each = [_one(part.strip(), column) for part in parts if part.strip()]
    if not each:
        return ANY  # nothing but separators
    return [[found[0] for found in each]] if all(each) else []


def _pairs(text: str, column: Column) -> list[Any]:
    if '"' in text:
        return ANY
    if text in ("–", "-"):
        return [[]]
    found = []
    for item in re.split(r"[;\n]|,\s+(?=[^\W\d])", text):
        if not item.strip():
            continue
        sign = ":" if ":" in item else "="
        first, _, second = item.partition(sign)
        one = {}
        for inner, part in zip(column.pair, (first, second), strict=True):
            if part.strip():
                values = _one(part.strip(), inner)
                if not values:
                    return []
                one[inner.name] = values[0]
        found.append(one)
    return [found] if found else ANY


# --- cells that are no texts ---------------------------------------------------------------------------
def plain(value: Decimal) -> str:
    """Return a number as a Finn writes it."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def shown(typed: Typed) -> str:
    """Return a cell as it is seen."""
    value = typed.value
    match typed.kind:
        case "bool":
            return "TOSI" if value else "EPÄTOSI"
        case "percent":
            return f"{plain(value * 100)} %"
        case "number":
            return plain(value)
    return str(value)


def _of_native(typed: Typed, column: Column) -> list[Any]:
    kind, value = column.kind, typed.value
    dated = typed.kind in ("day", "moment", "length")
    if kind == "day":
        if typed.kind == "number" and value == int(value) and 20_000 <= value < 80_000:
            return [date(1899, 12, 30) + timedelta(days=int(value))]
        if typed.kind == "moment":
            return [value.date()]
        return [value] if typed.kind == "day" else []
    if kind == "moment":
        if typed.kind == "number" and 20_000 <= value < 80_000:  # as a finding tells, to the minute
            day, part = divmod(value, 1)
            minutes = timedelta(minutes=round(part * 1440))
            return [datetime(1899, 12, 30, tzinfo=HELSINKI) + timedelta(days=int(day)) + minutes]
        return [value.replace(tzinfo=HELSINKI)] if typed.kind == "moment" else []
    if kind == "yes_no" and typed.kind == "bool":
        return [value]
    if kind == "hours" and typed.kind == "length":
        return [Decimal(value // timedelta(seconds=1)) / 3600]
    if dated or typed.kind == "bool":
        return of_text(shown(typed), column) if typed.kind == "bool" else []
    if kind in ("share", "rate", "margin"):
        if typed.kind == "percent":
            return [value * 100]
        return [value] if abs(value) <= NOISE or abs(value) >= 1 else []
    if kind in ("money", "amount", "count", "hours"):
        return [value] if typed.kind == "number" else []
    if kind == "business_id" or (kind in ("municipality", "phone") and not column.many):
        return [shown(typed)] if kind != "municipality" else _one(shown(typed), column)
    return of_text(shown(typed), column)


def same(one: Any, other: Any) -> bool:
    """Say whether two values are one, but for the noise of binary arithmetic."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Decimal | int) and isinstance(other, Decimal | int):
        return abs(Decimal(one) - Decimal(other)) <= NOISE
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and bool(one == other)
