"""Spans of days, both ends included, as the numbers of the days (`date.toordinal`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
ALWAYS: Span = (date.min.toordinal(), date.max.toordinal())


def span(first: date | None, last: date | None) -> Span:
    """Return the days from ``first`` to ``last``; without one of them there is no end on that side."""
    return (first.toordinal() if first else ALWAYS[0], last.toordinal() if last else ALWAYS[1])


def first_day(one: Span, period: Span) -> date | None:
    """Return the day on which a part of ``period`` begins, None if it begins with the period."""
    return None if one[0] <= period[0] else date.fromordinal(one[0])


def last_day(one: Span, period: Span) -> date | None:
    """Return the day on which a part of ``period`` ends, None if it ends with the period."""
    return None if one[1] >= period[1] else date.fromordinal(one[1])


def at_least(needed: int, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the days that lie in at least ``needed`` of ``spans``, in order, none touching the next."""
    steps = sorted(step for first, last in spans for step in ((first, 1), (last + 1, -1)))
    found: list[Span] = []
    count, begun = 0, None
    for index, (day, change) in enumerate(steps):
        count += change
        if index + 1 < len(steps) and steps[index + 1][0] == day:
            continue  # the next day begins when all of this one is told
        if count >= needed and begun is None:
            begun = day
        elif count < needed and begun is not None:
            found.append((begun, day - 1))
            begun = None
    return tuple(found)


def both(some: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """Return the days that lie in some of ``some`` and in some of ``others``."""
    others = tuple(others)
    met = ((max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others)
    return at_least(1, (one for one in met if one[0] <= one[1]))


def minus(period: Span, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the days of ``period`` that lie in none of ``spans``."""
    left: list[Span] = []
    day = period[0]
    for first, last in both((period,), spans):
        if first > day:
            left.append((day, first - 1))
        day = last + 1
    if day <= period[1]:
        left.append((day, period[1]))
    return tuple(left)
