"""The fewest candidates that cover all: exact for few, greedy with a proven bound for many.

A row is one thing to cover: a bit mask of the candidates that cover it. Rows that contain another row are covered
with it, so only the smallest rows are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

MOST_EXACT = 25  # candidates up to which the fewest are found for certain


@dataclass(frozen=True)
class Cover:
    """The candidates chosen, by number; ``lower`` is how many are needed at the least.

    Without ``exact`` the choice is at most ``ratio`` times as large as the smallest one. ``needed`` are those without
    whom something stays uncovered.
    """

    chosen: tuple[int, ...]
    lower: int
    exact: bool
    ratio: Fraction = Fraction(1)
    needed: frozenset[int] = frozenset()

    @property
    def at_most(self) -> Decimal:
        """``ratio`` as it is told: rounded up to two decimals."""
        exact = Decimal(self.ratio.numerator) / self.ratio.denominator
        return exact.quantize(Decimal("0.01"), rounding=ROUND_CEILING)


def cover(rows: Iterable[int], candidates: int) -> Cover:
    """Return the fewest of so many ``candidates`` that hit every row; rows that nobody covers are left out.

    Of several smallest choices that one is returned whose candidates come first in their order. Beyond `MOST_EXACT`
    candidates the one that covers most of what is left is taken again and again.
    """
    least = smallest(row for row in rows if row)
    needed = frozenset(row.bit_length() - 1 for row in least if row.bit_count() == 1)
    if candidates <= MOST_EXACT:
        chosen = _fewest(least, candidates)
        return Cover(chosen, len(chosen), True, needed=needed)
    chosen = _greedy(least, candidates)
    most = max((sum(row >> n & 1 for row in least) for n in range(candidates)), default=0)
    ratio = sum((Fraction(1, n) for n in range(1, most + 1)), Fraction()) or Fraction(1)
    lower = max(_apart(least), -(-len(chosen) // ratio))
    return Cover(chosen, lower, lower == len(chosen), ratio, needed)


def smallest(rows: Iterable[int]) -> list[int]:
    """Return the rows that contain no other, the smallest first."""
    kept: list[int] = []
    for row in sorted(set(rows), key=lambda one: (one.bit_count(), one)):
        if not any(row & other == other for other in kept):
            kept.append(row)
    return kept


def _fewest(rows: list[int], candidates: int) -> tuple[int, ...]:
    size = _apart(rows)
    while not _possible(rows, size):
        size += 1
    chosen: list[int] = []
    for n in range(candidates):
        left = [row for row in rows if not row >> n & 1]
        later = -1 << (n + 1)
        if len(left) < len(rows) and _possible([row & later for row in left], size - len(chosen) - 1):
            chosen.append(n)
            rows = left
        rows = [row & later for row in rows]
    return tuple(chosen)


def _possible(rows: Sequence[int], most: int) -> bool:
    """Say whether at most ``most`` candidates hit every row: branch on the smallest row, bound by disjoint rows."""
    if not rows:
        return True
    least = sorted(set(rows), key=int.bit_count)
    if not least[0] or _apart(least) > most:
        return False
    row, tried = least[0], 0
    while row:
        bit = row & -row
        row ^= bit
        if _possible([one & ~tried for one in least if not one & bit], most - 1):
            return True
        tried |= bit  # a choice with it was looked at: the other branches do without
    return False


def _apart(rows: Sequence[int]) -> int:
    """Return how many rows share no candidate: each of them needs one of its own."""
    taken = count = 0
    for row in rows:
        if not row & taken:
            taken |= row
            count += 1
    return count


def _greedy(rows: Sequence[int], candidates: int) -> tuple[int, ...]:
    chosen: list[int] = []
    left = list(rows)
    while left:
        best = max(range(candidates), key=lambda n: (sum(row >> n & 1 for row in left), -n))
        chosen.append(best)
        left = [row for row in left if not row >> best & 1]
    return tuple(sorted(chosen))
