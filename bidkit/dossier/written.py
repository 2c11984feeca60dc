"""The validated nouns as plain values to be written, and how one value stands in a cell or in a line.

What a number of a spreadsheet cannot hold exactly is a text: hours off the grid of hundredths, moments of
another time zone, per cent above 100, amounts of more figures than a double keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeAlias

from bidkit import conditions, money
from bidkit.diagnostics import Refused
from bidkit.dossier.sheets import EMPTY_LIST, LANGUAGES, PERCENTS, Column, Sheet, parameters
from bidkit.i18n import Translator
from bidkit.model._base import HOME, KEYS, Entry
from bidkit.model.choices import label
from bidkit.model.codes import municipalities, municipality_code
from bidkit.model.dossier import NOUNS, Dossier
from bidkit.record import record

Fields: TypeAlias = "dict[str, Any]"
Native: TypeAlias = "str | int | Decimal | date | datetime"

_FIGURES = 15  # what a double, and so a cell, holds of any number
_FIRST_DAY = date(1900, 3, 1)  # before it spreadsheets disagree on the number of a day


@record(frozen=True)
class Written:
    """What each noun says: fields as given, by their names in the files; a list of them where there are many.

    Values are those of the model (Decimal, date, code, …) without their places.
    """

    nouns: Mapping[str, Fields | list[Fields]]

    def rows(self, sheet: Sheet) -> list[Fields]:
        """Return the entries of a sheet; one of a list inside an entry has its parent's id beside its own fields."""
        noun = self.nouns.get(sheet.noun, [])
        entries = noun if isinstance(noun, list) else [noun]
        if not sheet.path:
            return entries
        parent = sheet.columns[0] if sheet.columns[0].kind == "parent" else None
        found: list[Fields] = []
        for entry in entries:
            above = {parent.name: key_of(entry)} if parent else {}
            inside = _at(entry, sheet.path)
            found += [{**above, **inner} for inner in inside or ()]
            if parent and inside is not None and not inside and sheet.in_every_entry:
                found.append({**above, **_says_none(sheet.columns[1])})
        return found


def _says_none(column: Column) -> Fields:
    return {column.name: {HOME: EMPTY_LIST} if column.kind == "texts" else EMPTY_LIST}


def written(dossier: Dossier) -> Written:
    """Return the content of a dossier as it is to be written. A consortium's members are written one by one."""
    member = dossier.members[0]
    return of_entries(
        {
            n: getattr(member if noun.part == "member" else dossier, n)
            for n, noun in NOUNS.items()
            if noun.part != "light"
        },
    )


def of_entries(entries: Mapping[str, Any]) -> Written:
    """Return what there is of each noun, an entry or a tuple of them, as it is to be written."""
    nouns: dict[str, Fields | list[Fields]] = {}
    for name, noun in NOUNS.items():
        found = entries.get(name)
        if not found:
            continue
        nouns[name] = _fields(found) if noun.holds == "one" else [_fields(one) for one in found]
    return Written(nouns)


def whole(entries: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return all content with the defaults filled in: equal for equal content, however it is written."""
    return {
        name: [_fields(one, given=False) for one in found] if isinstance(found, tuple) else _fields(found, given=False)
        for name, found in entries.items()
        if found
    }


def in_one_language(written: Written, language: str) -> Written:
    """Return the content with each text in one language only, as a text that names none; whatever has it not, stays."""
    return Written({name: _spoken(found, language) for name, found in written.nouns.items()})


def _spoken(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        if value.keys() <= set(LANGUAGES) and language in value:
            return {HOME: value[language]}
        return {name: _spoken(one, language) for name, one in value.items()}
    return [_spoken(one, language) for one in value] if isinstance(value, list | tuple) else value


def _fields(entry: Entry, *, given: bool = True) -> Fields:
    found = entry.model_dump(by_alias=True, exclude_unset=given, exclude_none=True)
    if "kind" in found and "parameters" in found:
        found["parameters"] = _bound(found["kind"], found["parameters"], given)
    return {"id": found.pop("id"), **found} if "id" in found else found


def _bound(kind: str, typed: Fields, given: bool) -> Fields:
    """Return a condition's parameters as its kind reads them, or as typed if it cannot."""
    model = conditions.kind(kind)
    if model is None:
        return typed
    try:
        return model.model_validate(typed).model_dump(by_alias=True, exclude_unset=given, exclude_none=True)
    except ValueError:  # pydantic's; `check` tells what is wrong with them
        return typed


def key_of(entry: Fields) -> str:
    """Return the id by which other sheets name an entry."""
    return str(next((entry[key] for key in KEYS if key in entry), ""))


def value_of(entry: Fields, column: Column) -> Any:
    """Return what an entry says in a column; None if nothing."""
    return _at(entry, column.path)


def _at(entry: Fields, path: Iterable[str]) -> Any:
    found: Any = entry
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def parameter_columns(entry: Fields) -> list[tuple[str, Column | None, Any]]:
    """Return name, column and value of each parameter of a condition; no column if its kind has no such one."""
    known = {column.path[0]: column for column in parameters(str(entry.get("kind", "")))}
    return [(name, known.get(name), value) for name, value in entry.get("parameters", {}).items()]


# --- values as texts ---------------------------------------------------------------------------------
YES_NO = {"fi": ("kyllä", "ei"), "sv": ("ja", "nej"), "en": ("yes", "no")}  # as `money.yes_no` reads them


def as_text(column: Column, value: Any, words: Translator | None = None) -> str:
    """Return one value as it is typed; ``words`` turns codes into labels, without it they stay codes."""
    match column.kind:
        case "choice":
            return words.text(label(str(value))) if words else str(value)
        case "yes_no" if isinstance(value, bool):
            return YES_NO[words.language if words else "fi"][not value]
        case "municipality":
            return _municipality(str(value), words.language if words else "fi")
        case "hours" if isinstance(value, Decimal):
            return _hours(value)
        case "moment" if isinstance(value, datetime):
            return _moment(value)
        case kind if kind in PERCENTS and isinstance(value, Decimal):
            return f"{_number(value)} %"
        case "money" if isinstance(value, Decimal):
            return _number(value, 2)
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    return _number(value) if isinstance(value, Decimal) else str(value)


def native(column: Column, value: Any, words: Translator) -> Native:
    """Return one value as a cell holds it: a number or a day where a cell can, else a text. Per cent is a fraction."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        number = Decimal(value) / 100 if column.kind in PERCENTS else Decimal(value)
        off_grid = column.kind == "hours" and number != money.half_up(number)
        if not off_grid and _figures(number) <= _FIGURES and not (column.kind in PERCENTS and number > 1):
            return Decimal(f"{number.normalize():f}")  # 500000, never 5E+5
    elif isinstance(value, datetime):
        # Midnight is a text: a cell with a day and no time of day looks the same.
        if _in_helsinki(value) and value.date() >= _FIRST_DAY and value.time() != time():
            return value.replace(tzinfo=None)
    elif isinstance(value, date) and value >= _FIRST_DAY:
        return value
    return as_text(column, value, words)


def in_cell(column: Column, value: Any, words: Translator) -> Native:
    """Return what one cell of a column holds: a single value, or a list."""
    return in_one_cell(column, value, words) if column.pair or column.many else native(column, value, words)


def in_one_cell(column: Column, values: Iterable[Any], words: Translator) -> str:
    """Return a list as it stands in one cell: “a; b”, or “valmennus: 60 %; uraohjaus: 40 %” of pairs."""
    if column.pair:
        first, second = column.pair
        items = [f"{as_text(first, one[first.name], words)}: {_second(second, one, words)}" for one in values]
        return "; ".join(items) or EMPTY_LIST
    return "; ".join(_item(as_text(column, one, words)) for one in values) or EMPTY_LIST


def _second(column: Column, pair: Fields, words: Translator) -> str:
    return as_text(column, pair[column.name], words)


def _item(text: str) -> str:
    """Return one text of a list, in quotes if it would be read as several or as none."""
    if ";" in text or "\n" in text or text[:1] == '"' or text[-1:] == '"' or text == EMPTY_LIST:
        return '"' + text.replace('"', '""') + '"'
    return text


def _municipality(code: str, language: str) -> str:
    known = municipalities().get(code)
    name = known.names.get(language, code) if known else code
    try:
        return name if municipality_code(name) == code else code
    except Refused:
        return code


def _number(value: Decimal, places: int = 0) -> str:
    """Return a number as Finns type it, in groups of three and never with exactly three decimals.

    “1,234” could be read as one thousand: a fourth decimal says that it is not.
    """
    exact = value.normalize()
    decimals = max(places, -int(exact.as_tuple().exponent))
    if decimals == 3:
        decimals = 4
    return f"{exact:,.{decimals}f}".replace(",", " ").replace(".", ",")


def _figures(value: Decimal) -> int:
    """Return how many significant figures a number has."""
    return len(value.normalize().as_tuple().digits)


def _hours(value: Decimal) -> str:
    """Return hours; what hundredths do not hold is hours and minutes."""
    if value == money.half_up(value):
        return _number(value)
    hours, minutes = divmod(int((value * 60).to_integral_value()), 60)
    return f"{hours} h {minutes} min"


def _in_helsinki(value: datetime) -> bool:
    return value.tzinfo is None or value.replace(tzinfo=money.HELSINKI, fold=0).utcoffset() == value.utcoffset()


def _moment(value: datetime) -> str:
    clock = f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    if _in_helsinki(value):
        return f"{value.day}.{value.month}.{value.year} {clock}"
    return f"{value:%Y-%m-%d} {clock}{value:%z}"
