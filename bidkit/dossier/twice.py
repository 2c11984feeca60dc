"""Parts of an entry that are told twice: the work hours of one unit, the documents of one id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bidkit.diagnostics import Fact, Finding, Name
from bidkit.messages import resolving
from bidkit.model._base import Entry
from bidkit.model.cost import Allocation

_NAMES = ("id", "unit", "year", "language", "service")  # the first of them that a part must have tells it from others


def twice(entry: Entry) -> Iterator[Finding]:
    """Yield each part that is told a second time: which of the two counts, nobody can tell.

    The shares of a cost are not meant: two for one service are added up.
    """
    for field in type(entry).model_fields:
        value = getattr(entry, field)
        if isinstance(value, Entry):
            yield from twice(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Entry):
            yield from _among(value)


def _among(parts: tuple[Entry, ...]) -> Iterator[Finding]:
    fields = type(parts[0]).model_fields
    name = next((one for one in _NAMES if one in fields and fields[one].is_required()), None)
    if name is None or isinstance(parts[0], Allocation):
        return
    first: dict[Any, Entry] = {}
    for part in parts:
        key = getattr(part, name)
        if first.setdefault(key, part) is part:
            continue
        place = part.at.of(name)
        shown: Fact = Name(code=key) if name == "unit" else str(key)
        yield resolving.TOLD_TWICE.at(place, key=shown, first=str(first[key].at.of(name)))
