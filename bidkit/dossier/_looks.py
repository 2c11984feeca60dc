"""How the input workbooks look: formats by kind of value, widths and heights, notes and what to type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook

from bidkit.dossier.sheets import Column
from bidkit.dossier.written import Native
from bidkit.i18n import N_, Translator

LINE = 15  # points
NUMERIC = frozenset({"money", "share", "rate", "margin", "count", "amount", "hours"})
COLOURS = {"guide": "#2E7D32", "required": "#1F4E79", "optional": "#9DB8D2", "codes": "#A6A6A6"}

# Texts are texts: Excel keeps 4.2, 091 and 0123456-7 as typed only in a cell of this format.
_TEXT = {"num_format": "@", "text_wrap": True, "valign": "top"}
_PERCENT = {"num_format": "0.00##\\ %", "valign": "top"}
_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "money": {"num_format": '#,##0.00##\\ "€"', "valign": "top"},
    "share": _PERCENT,
    "rate": _PERCENT,
    "margin": _PERCENT,
    "day": {"num_format": "d.m.yyyy", "valign": "top", "align": "left"},
    "moment": {"num_format": "d.m.yyyy hh:mm", "valign": "top", "align": "left"},
    "count": {"num_format": "0", "valign": "top"},
    "amount": {"valign": "top"},  # as typed: 960 or 12,5
    "hours": {"valign": "top"},
    "head": {
        "bold": True,
        "text_wrap": True,
        "valign": "top",
        "border": 1,
        "border_color": "#B7C3D0",
        "bg_color": "#E9F0F8",
    },
    "note": {"text_wrap": True, "valign": "top", "font_color": "#444444"},
    "title": {"bold": True, "font_size": 16},
    "guide": {"text_wrap": True, "valign": "top", "font_size": 11},
    "above": {"font_size": 11},  # runs on over the cells beside it
}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "": {},
    "required": {"bg_color": "#F6C667"},
    "example": {"italic": True, "font_color": "#8C8C8C"},
    "input": {"border": 1, "border_color": "#B7C3D0", "align": "left"},
}


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, str], Any] = {}

    def of(self, style: str, look: str = "") -> Any:
        """Return the format of a kind of value or part of the page, in one of a few looks."""
        key = (style if style in _FORMATS else "text", look)
        if key not in self._made:
            self._made[key] = self._workbook.add_format({**_FORMATS.get(key[0], _TEXT), **_LOOKS[look]})
        return self._made[key]


# --- widths and heights: in characters, as Excel counts them -------------------------------------------
_NARROWEST = {"texts": 26, "text": 16, "pairs": 26, "money": 13, "moment": 17, "day": 12, "choice": 16, "parameter": 20}
_STEPS = ((1500, 110), (700, 80), (250, 60), (90, 45))  # a text of so many characters: a column so wide


def width_of(column: Column, title: str, values: Iterable[Native]) -> int:
    """Return the width of a column that holds ``values`` below its title."""
    least = _NARROWEST.get(column.kind, 12)
    if column.many:
        least = max(least, 20)
    least = max(least, max((len(word) for word in title.split()), default=0) + 4)
    return max([least, *(_needs(value) for value in values)])


def _needs(value: Native) -> int:
    if isinstance(value, str):
        step = next((width for length, width in _STEPS if len(value) > length), 0)
        longest = max((len(word) for word in value.split()), default=0)
        return max(step, min(longest, 60) + 2, min(len(value), 28) + 2)
    if isinstance(value, datetime):
        return 17
    return 12 if isinstance(value, date) else len(f"{value:,.2f}") + 4


@lru_cache(2000)
def lines_of(text: str, width: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in a column so wide."""
    room = max(4, int((width - 1) * (0.88 if bold else 0.95)))
    return sum(max(1, len(wrap(line, room))) for line in text.split("\n"))


# --- words -----------------------------------------------------------------------------------------------
_HELP: Mapping[str, str] = {
    "money": N_("Euros, for example 1 234,50."),
    "amount": N_("A number, for example 960 or 12,5."),
    "share": N_("Per cent with its sign, for example 60 %."),
    "rate": N_("Per cent with its sign, for example 12,5 %."),
    "margin": N_("Per cent with its sign, for example 5 %."),
    "hours": N_("Hours, for example 7,5 or 7 h 40 min."),
    "day": N_("A date, for example 31.1.2027."),
    "moment": N_("Date and time, for example 15.2.2027 12:00."),
    "business_id": N_("A business ID, for example 1234567-1."),
    "id": N_("A short id: small letters a–z, figures and hyphens, no spaces."),
    "language": N_("A language: fi, sv, en or selko (plain Finnish)."),
    "municipality": N_("The name of a municipality."),
    "pairs": N_("Pairs with a semicolon between them, for example: {example}"),
}
_SEVERAL = N_("Several are separated by semicolons.")
_PARAMETER = N_("Choose the kind first: the list then offers what a condition of that kind says.")
_VALUE = N_("A number, date or word as the tender says it. Several are separated by semicolons.")
_PAIRS = {
    "allocations": N_("valmennus: 60 %; ohjaus: 40 %"),
    "languages": N_("fi: native; sv: b2"),
    "work_hours": N_("hour: 1; group: 30"),
    "turnover": N_("2025: 420 000,00; 2026: 455 000,00"),
}


def help_for(column: Column, words: Translator) -> str:
    """Return what is said when a cell of the column is entered; empty if its kind needs no words."""
    if column.kind == "parameter":
        return words.text(_PARAMETER if column.path[0] == "parameter" else _VALUE)
    if column.pair:
        return words.text(_HELP["pairs"], example=words.text(_PAIRS.get(column.path[-1], "")))
    told = words.text(_HELP[column.kind]) if column.kind in _HELP and not column.refers else ""
    return " ".join(part for part in (told, words.text(_SEVERAL) if column.many else "") if part)


_MUST = N_("Must be filled in.")
_CODE = N_(
    "It is a code, which conditions look for: spell it the same everywhere, with small letters a–z, figures, - and _."
)


def _is_code(column: Column) -> bool:
    """Say whether the column takes words that conditions match on, not the name of an entry or a choice."""
    return column.kind == "id" and not column.refers and column.path[-1] not in ("id", "new_id", "contract_key")


def about(column: Column, words: Translator, required: bool, example: str) -> str:
    """Return the note on a heading: what is asked, whether it must be filled in, an example."""
    lines = [words.text(column.about)] if column.about else []
    lines += [words.text(_CODE)] if _is_code(column) else []
    lines += [words.text(_MUST)] if required else []
    if example:
        short = example if len(example) <= 120 else example[:119] + "…"
        lines.append(words.text(N_("For example: {example}"), example=short))
    return "\n".join(lines)
