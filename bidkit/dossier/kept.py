"""Reading what a version kept as JSON: facts, and lists and groups whatever is there instead of them.

A version may come from anywhere, so nothing here believes the shape of what it reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bidkit.diagnostics import Fact, Measure, Word
from bidkit.i18n import UNITS


def fact(kept: Any) -> Fact:
    """Return a fact as `bidkit.render.content.kept` kept it; what is none of ours is shown as it is."""
    try:
        match kept:
            case {"value": value, "unit": str(unit)} if unit in UNITS:
                return Measure(Decimal(value), unit)
            case {"word": str(msgid), "facts": facts}:
                return Word(msgid, tuple((str(name), fact(one)) for name, one in facts))
            case {"moment": moment}:
                return datetime.fromisoformat(moment)
            case {"day": day}:
                return date.fromisoformat(day)
            case {"number": number}:
                return Decimal(number)
            case list():
                return tuple(fact(one) for one in kept)
    except (ValueError, TypeError, InvalidOperation):
        pass
    return plain(kept)


def plain(value: Any) -> Fact:
    """Return a plain value as a fact."""
    match value:
        case None | str() | int():
            return value
        case list():
            return tuple(plain(one) for one in value)
        case _:
            return str(value)


def decimal(value: Any) -> Decimal | None:
    """Return a number, or None if there is none."""
    try:
        return Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        return None


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a group, empty if it is none."""
    return value if isinstance(value, Mapping) else {}


def listing(value: Any) -> list[Any]:
    """Return a list, empty if it is none."""
    return value if isinstance(value, list) else []


def in_order(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> list[Any]:
    """Return the keys of both in the order of the new one, those that are gone last."""
    return [*new, *(key for key in old if key not in new)]


def text_of(value: Any, *languages: str) -> str:
    """Return a text in the first of the languages that it has, else as it is there."""
    if not isinstance(value, Mapping):
        return str(value or "")
    return str(next((value[one] for one in languages if one in value), next(iter(value.values()), "")))
