"""What several verdicts come to: all of them must hold, or one is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bidkit.diagnostics import Measure
from bidkit.stages import State, Verdict

_WORST_FIRST = (
    State.NOT_MET,
    State.CANNOT_TELL,
    State.MET_BY,
    State.ATTESTED,
    State.MET,
    State.NOT_APPLICABLE,
)


def weakest(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict that decides when all must hold, with the rows and places of all.

    Not met comes first, then cannot tell; of equal states the one with the smallest margin, then the first.
    """
    return _first(verdicts, 1)


def all_told(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the weakest verdict of several members, with the others that are not met or cannot be told beside it."""
    first = weakest(verdicts)
    others = [
        one
        for one in verdicts
        if one.state in _WORST_FIRST[:2] and (one.message, one.place) != (first.message, first.place)
    ]
    return replace(first, also=tuple(others)) if others else first


def strongest(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict that decides when one is enough; what is not applicable counts for nothing."""
    return _first([v for v in verdicts if v.state is not State.NOT_APPLICABLE] or verdicts, -1)


def _first(verdicts: Sequence[Verdict], sign: int) -> Verdict:
    def weight(verdict: Verdict) -> tuple[int, Decimal]:
        margin = verdict.margin
        left = Decimal(margin.value) if isinstance(margin, Measure) else Decimal("Infinity")
        return sign * _WORST_FIRST.index(verdict.state), sign * left

    chosen = min(verdicts, key=weight)
    rows = dict.fromkeys(row for v in verdicts for row in v.rows)
    places = dict.fromkeys(place for v in verdicts for place in v.places)
    return replace(chosen, rows=tuple(rows), places=tuple(places))
