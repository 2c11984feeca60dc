"""Parts of an entry that are told twice: the work hours of one unit, the documents of one id, a step pasted twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bidkit.diagnostics import Fact, Finding, Name
from bidkit.messages import resolving
from bidkit.model._base import Entry
from bidkit.model.cost import Allocation
from bidkit.model.tender import Option

_NAMES = ("id", "unit", "year", "language", "service")  # the first of them that a part must have tells it from others


def twice(entry: Entry) -> Iterator[Finding]:
    """Yield each part that is told a second time: which of the two counts, nobody can tell.

    The shares of a cost are not meant: two for one service are added up. Nor are options: one year and one more
    are told alike.
    """
    for field in type(entry).model_fields:
        value = getattr(entry, field)
        if isinstance(value, Entry):
            yield from twice(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Entry):
            yield from _among(value)


def _among(parts: tuple[Entry, ...]) -> Iterator[Finding]:
    if isinstance(parts[0], Allocation | Option):
        return
    fields = {name: info for name, info in type(parts[0]).model_fields.items() if name != "at"}
    name = next((one for one in _NAMES if one in fields and fields[one].is_required()), None)
    spot = name or next((one for one, info in fields.items() if info.is_required()), next(iter(fields)))
    first: dict[Any, Entry] = {}
    whole: dict[str, Entry] = {}
    for part in parts:
        same = whole.setdefault(repr(part), part)  # the place of an entry is no part of its repr
        if same is not part:
            yield resolving.SAME_TWICE.at(part.at.of(spot), first=str(same.at.of(spot)))
            continue
        if name is None:
            continue
        key = getattr(part, name)
        if first.setdefault(key, part) is part:
            continue
        shown: Fact = Name(code=key) if name == "unit" else str(key)
        yield resolving.TOLD_TWICE.at(part.at.of(name), key=shown, first=str(first[key].at.of(name)))
