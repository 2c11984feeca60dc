"""Hours that several lots share: how much of them the other lots need."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import TypeVar

Person = TypeVar("Person", bound=Hashable)
_SOURCE, _SINK = "source", "sink"


def needed_elsewhere(
    own: frozenset[Person], others: Mapping[str, tuple[Fraction, frozenset[Person]]], hours: Mapping[Person, Fraction]
) -> Fraction:
    """Return how much of the hours of the people of one lot the other lots need at the least.

    ``others`` is lot → hours required and the people who work in it. What the other lots can get from people
    who do not work in this one (``own``), they get from them first.
    """
    return _served(others, hours) - _served(others, {one: h for one, h in hours.items() if one not in own})


def _served(lots: Mapping[str, tuple[Fraction, frozenset[Person]]], hours: Mapping[Person, Fraction]) -> Fraction:
    """Return how much of what ``lots`` require these people can give together: a maximum flow."""
    room: dict[Hashable, dict[Hashable, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for one, amount in hours.items():
        pool = frozenset(lot for lot, (_, people) in lots.items() if one in people)
        room[_SOURCE][pool] += amount  # people who work in the same lots are one pool
        for lot in pool:
            room[pool]["lot", lot] += amount
    for lot, (required, _) in lots.items():
        room["lot", lot][_SINK] = required
    total = Fraction()
    while path := _path(room):
        amount = min(room[a][b] for a, b in path)
        for a, b in path:
            room[a][b] -= amount
            room[b][a] += amount
        total += amount
    return total


def _path(room: Mapping[Hashable, Mapping[Hashable, Fraction]]) -> list[tuple[Hashable, Hashable]]:
    """Return the shortest way from source to sink on which there is room; empty if there is none."""
    before: dict[Hashable, Hashable] = {_SOURCE: _SOURCE}
    queue: deque[Hashable] = deque([_SOURCE])
    while queue and _SINK not in before:
        here = queue.popleft()
        for there, left in list(room[here].items()):
            if left and there not in before:
                before[there] = here
                queue.append(there)
    path: list[tuple[Hashable, Hashable]] = []
    node: Hashable = _SINK if _SINK in before else _SOURCE
    while node != _SOURCE:
        path.append((before[node], node))
        node = before[node]
    return path
