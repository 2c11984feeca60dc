"""The client's path over the organisations: a table of its steps, and the rows of boxes that make its picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil
from typing import Any

from bidkit.i18n import N_
from bidkit.model.consortium import PathStep
from bidkit.render.context.writer import NONE, Writer

Plain = dict[str, Any]
ACROSS = 3  # boxes beside each other on a page
_RIGHT, _DOWN = "→", "↓"


def path(w: Writer) -> Plain:
    """Return ``steps`` and ``picture``, both empty if no path is described."""
    steps = w.dossier.client_path
    numbers = {one.id: str(n) for n, one in enumerate(steps, 1)}
    printed = [_step(w, one, numbers, steps) for one in steps]
    return {"steps": printed, "picture": list(_picture(steps, printed))}


def _step(w: Writer, one: PathStep, numbers: dict[str, str], steps: Sequence[PathStep]) -> Plain:
    services = {s.id: w.text(s.service.name) for s in w.bid.services}
    lots = {lot.lot.id: lot.lot.number for lot in w.bid.lots} if len(w.bid.lots) > 1 else {}
    owners = {step.id: step.owner for step in steps}
    changes = any(owners.get(id_) not in (None, one.owner) for id_ in one.next)
    sees = w.names.get(one.handover_owner or "", "") if changes or one.handover else ""
    following = w.many(number for id_, number in numbers.items() if id_ in one.next)
    return {
        "number": numbers[one.id],
        "name": w.text(one.name, at=one, name="name"),
        "owner": w.names.get(one.owner or "", NONE),
        "service": services.get(one.service or "", ""),
        "lot": lots.get(one.lot or "", ""),
        "next": following or w.say.text(N_("the path ends")),
        "handover": (w.text(one.handover, at=one, name="handover") if changes or one.handover else "") or NONE,
        "handover_owner": sees,
        "leads_to": f"{_RIGHT} {following}" if following else "",
    }


def _picture(steps: Sequence[PathStep], printed: Sequence[Plain]) -> Iterator[Plain]:
    """Yield rows of at most three boxes: what follows one another from left to right, what is chosen from side by side.

    ``down`` is the arrow above a row, ``across`` the arrow between its boxes; either may be empty.
    """
    boxes = {one.id: box for one, box in zip(steps, printed, strict=True)}
    first = True
    for chain, level in _runs(steps):
        wide = ceil(len(level) / ceil(len(level) / ACROSS))  # four make two rows of two
        for begin in range(0, len(level), wide):
            row = [boxes[one.id] for one in level[begin : begin + wide]]
            down = "" if first or (begin and not chain) else _DOWN
            yield {"down": down, "across": _RIGHT if chain else "", "count": len(row), "boxes": _told(row, chain)}
            first = False


def _told(row: list[Plain], chain: bool) -> list[Plain]:
    """Leave out where a box leads to if the arrow to the next one says it."""
    nexts = [one["number"] for one in row[1:]] + [""]
    return [
        one | {"leads_to": "" if chain and one["next"] == after else one["leads_to"]}
        for one, after in zip(row, nexts, strict=True)
    ]


def _runs(steps: Sequence[PathStep]) -> Iterator[tuple[bool, list[PathStep]]]:
    """Yield the steps from the beginning: chains of single steps, and those that are an equal number of steps away."""
    places = {one.id: n for n, one in enumerate(steps)}
    levels = [0] * len(steps)
    for n, one in enumerate(steps):
        for id_ in one.next:
            if (after := places.get(id_, 0)) > n:  # a step that stands earlier is gone back to
                levels[after] = max(levels[after], levels[n] + 1)
    ordered = [[one for one, own in zip(steps, levels, strict=True) if own == level] for level in sorted(set(levels))]
    for single, group in groupby(ordered, key=lambda level: len(level) == 1):
        if single:
            yield True, [one for level in group for one in level]
        else:
            yield from ((False, level) for level in group)
