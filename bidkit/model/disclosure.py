"""What may be printed of outcome rows without telling anything about single clients.

House rules (domain facts, section 5): a percentage needs at least twenty starters; a count from one to four of
those who reached an outcome, or of those who did not, is not printed; neither is any figure from which a
hidden one could be worked out. Everything that a buyer sees, texts and charts included, prints `Disclosed`
figures only.

How figures hang together is taken from the figures themselves, because an outsider can do the same: a row is
a total if others lie within its period and add up to it, and outcomes of one cohort divide it if they add up
to the cohort or to those followed up. Whoever was not reached at follow-up has no outcome, so their number
may be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from bidkit.i18n import grid
from bidkit.model.evidence import Outcome

LEAST_FOR_PERCENT = 20  # starters
SMALLEST_SHOWN = 5  # persons; 0 may be shown
_Z = Decimal("1.959963984540054")  # 97.5 % quantile of the normal distribution
_MOST_PARTS = 10  # rows among which sums are looked for; beyond it only the sum of all of them
_MOST_STEPS = 4000  # of a search for another reading of the figures; beyond it more is hidden instead


@dataclass(frozen=True, slots=True)
class Disclosed:
    """The printable figures of one row; None is hidden. Shares and interval are per cent of all who started."""

    cohort: int | None
    followed_up: int | None
    reached: int | None
    percent: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def hidden(self) -> bool:
        """Whether any count of the row is hidden."""
        return None in (self.cohort, self.followed_up, self.reached)


def wilson(reached: int, cohort: int) -> tuple[Decimal, Decimal]:
    """Return the 95 % Wilson interval of ``reached`` out of ``cohort`` in per cent, to one decimal.

    18/60 gives 19.9 and 42.5.
    """
    n, p = Decimal(cohort), Decimal(reached) / cohort
    square = _Z * _Z
    middle = p + square / (2 * n)
    width = _Z * (p * (1 - p) / n + square / (4 * n * n)).sqrt()
    below, above = ((middle + sign * width) / (1 + square / n) * 100 for sign in (-1, 1))
    return grid(max(below, Decimal(0)), 1), grid(min(above, Decimal(100)), 1)


def disclose(outcomes: Iterable[Outcome]) -> Mapping[str, Disclosed]:
    """Return, by row id, what may be printed of all ``outcomes`` together.

    Rows of different services never add up to one another: a row belongs to one service.
    """
    services: dict[str, list[Outcome]] = {}
    for row in outcomes:
        services.setdefault(row.service, []).append(row)
    return {key: shown for rows in services.values() for key, shown in _service(rows).items()}


def _service(rows: Sequence[Outcome]) -> dict[str, Disclosed]:
    totals = _totals(rows)
    cohorts = _hide(rows, "cohort", [_small(r.cohort) for r in rows], totals)
    followed = cohorts | _hide(rows, "followed_up", [_followed_up(r) for r in rows], totals)
    small = [_small(r.reached, r.cohort) for r in rows]
    reached = cohorts | _hide(rows, "reached", small, [*totals, *_divisions(rows)])
    return {
        row.id: _shown(
            None if n in cohorts else row.cohort,
            None if n in followed else row.followed_up,
            None if n in reached else row.reached,
        )
        for n, row in enumerate(rows)
    }


def _shown(cohort: int | None, followed_up: int | None, reached: int | None) -> Disclosed:
    if cohort is None or reached is None or cohort < LEAST_FOR_PERCENT:
        return Disclosed(cohort, followed_up, reached)
    percent = grid(Decimal(100) * reached / cohort, 1)
    return Disclosed(cohort, followed_up, reached, percent, *wilson(reached, cohort))


# --- which counts are small ------------------------------------------------------------------------
def _small(count: int, whole: int = 0) -> frozenset[int]:
    """Return the values that ``count`` may have for an outsider if it is small, else nothing."""
    few = set(range(1, SMALLEST_SHOWN)) | {whole - n for n in range(1, SMALLEST_SHOWN) if whole > n}
    return frozenset(few) if count in few else frozenset()


def _followed_up(row: Outcome) -> frozenset[int]:
    """Small itself, or so near to those who reached the outcome that the few others would show."""
    near = frozenset(row.reached + n for n in range(1, SMALLEST_SHOWN))
    if row.followed_up in near and row.followed_up != row.cohort:
        return near
    return _small(row.followed_up)


# --- how figures hang together ---------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Sum:
    """``parts`` add up to ``total`` (a row) or to a figure that anybody can see."""

    parts: tuple[int, ...]
    total: int | None
    known: int = 0

    @property
    def members(self) -> tuple[int, ...]:
        return self.parts if self.total is None else (*self.parts, self.total)


def _subsets(rows: Sequence[Outcome], items: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the sets of rows that may add up: all sets of few rows; of many, all, one group's or one year's."""
    if len(items) <= _MOST_PARTS:
        for size in range(2, len(items) + 1):
            yield from combinations(items, size)
        return
    kinds: dict[object, list[int]] = {}
    for n in items:
        kinds.setdefault(rows[n].client_group, []).append(n)
        kinds.setdefault((rows[n].start, rows[n].end), []).append(n)
    yield tuple(items)
    yield from (tuple(same) for same in kinds.values() if len(same) > 1)


def _totals(rows: Sequence[Outcome]) -> list[_Sum]:
    """Rows that are the total of others: same outcome and follow-up, periods inside, all three counts add up."""
    found = []
    for n, whole in enumerate(rows):
        inside = [
            k
            for k, part in enumerate(rows)
            if k != n
            and (part.indicator, part.follow_up_months) == (whole.indicator, whole.follow_up_months)
            and _within(part, whole)
            and part.cohort <= whole.cohort
        ]
        found += [_Sum(parts, n) for parts in _subsets(rows, inside) if _adds_up(rows, parts, whole)]
    return found


def _adds_up(rows: Sequence[Outcome], parts: tuple[int, ...], whole: Outcome) -> bool:
    counts = ("cohort", "followed_up", "reached")
    return all(sum(getattr(rows[k], name) for k in parts) == getattr(whole, name) for name in counts)


def _within(part: Outcome, whole: Outcome) -> bool:
    ends = whole.end is None or (part.end is not None and part.end <= whole.end)
    return part.start >= whole.start and ends


def _divisions(rows: Sequence[Outcome]) -> list[_Sum]:
    """Outcomes of one cohort that divide it, or that make up those who moved on."""
    cohorts: dict[object, list[int]] = {}
    for n, row in enumerate(rows):
        key = (row.service, row.client_group, row.start, row.end, row.cohort, row.follow_up_months)
        cohorts.setdefault(key, []).append(n)
    found = []
    for together in cohorts.values():
        moved = [n for n in together if rows[n].indicator == "moved_on"]
        for parts in _subsets(rows, together):
            total = sum(rows[n].reached for n in parts)
            first = rows[parts[0]]
            if total in (first.cohort, first.followed_up):
                found.append(_Sum(parts, None, total))
            found += [_Sum(parts, n) for n in moved if n not in parts and rows[n].reached == total]
    return found


# --- hiding until nothing can be worked out --------------------------------------------------------
def _hide(rows: Sequence[Outcome], name: str, small: Sequence[frozenset[int]], sums: Sequence[_Sum]) -> frozenset[int]:
    """Return the rows whose count ``name`` must not be printed: the small ones and few others to protect them."""
    values = [int(getattr(row, name)) for row in rows]
    first = {n for n, few in enumerate(small) if few}
    domains = [few or frozenset(range(row.cohort + 1)) for few, row in zip(small, rows, strict=True)]
    hidden = set(first)
    while (bare := _bare(hidden, values, domains, sums)) is not None:
        linked = [s.members for s in sums if hidden & set(s.members)]
        others = {k for one in linked if bare in one for k in one} - hidden
        others = others or {k for one in linked for k in one} - hidden
        if not others:
            break
        hidden.add(min(others, key=lambda k: (values[k] == 0, values[k], k)))
    for n in sorted(hidden - first, key=lambda k: (-values[k], k)):  # the search may have hidden too much
        if _bare(hidden - {n}, values, domains, sums) is None:
            hidden.discard(n)
    return frozenset(hidden)


def _bare(
    hidden: set[int], values: Sequence[int], domains: Sequence[frozenset[int]], sums: Sequence[_Sum]
) -> int | None:
    """Return a hidden row whose value can be worked out, or None if there is none."""
    system = [_equation(s, hidden, values) for s in sums if hidden & set(s.members)]
    return next((n for n in sorted(hidden) if not _another_reading(n, values, domains, system)), None)


def _another_reading(
    n: int, values: Sequence[int], domains: Sequence[frozenset[int]], system: Sequence[_Equation]
) -> bool:
    """Return whether the printed figures also fit another value of row ``n``."""
    linked = _linked(n, system)
    concerned = [equation for equation in system if linked & set(equation[0])]
    steps = [_MOST_STEPS]
    return any(
        _solvable({**{k: domains[k] for k in linked}, n: frozenset((other,))}, concerned, steps)
        for other in sorted(domains[n] - {values[n]}, key=lambda v: abs(v - values[n]))
    )


_Equation = tuple[dict[int, int], int]  # row → sign; what they add up to


def _equation(one: _Sum, hidden: set[int], values: Sequence[int]) -> _Equation:
    signs = dict.fromkeys(one.parts, 1) | ({} if one.total is None else {one.total: -1})
    rest = one.known - sum(sign * values[k] for k, sign in signs.items() if k not in hidden)
    return {k: sign for k, sign in signs.items() if k in hidden}, rest


def _linked(n: int, system: Sequence[_Equation]) -> set[int]:
    found, waiting = {n}, [n]
    while waiting:
        now = waiting.pop()
        for signs, _ in system:
            if now in signs:
                waiting += set(signs) - found
                found |= set(signs)
    return found


def _solvable(domains: dict[int, frozenset[int]], system: Sequence[_Equation], steps: list[int]) -> bool:
    """Return whether every row can have a value of its domain so that all sums come out."""
    steps[0] -= 1
    narrowed = _narrowed(domains, system)
    if narrowed is None or steps[0] < 0:
        return False
    open_ = [k for k, domain in narrowed.items() if len(domain) > 1]
    if not open_:
        return True
    pick = min(open_, key=lambda k: (len(narrowed[k]), k))
    return any(_solvable({**narrowed, pick: frozenset((value,))}, system, steps) for value in sorted(narrowed[pick]))


def _narrowed(domains: dict[int, frozenset[int]], system: Sequence[_Equation]) -> dict[int, frozenset[int]] | None:
    """Drop values that no sum leaves room for (by smallest and largest of the others); None if one has none left."""
    now = dict(domains)
    changed = True
    while changed:
        changed = False
        for signs, rest in system:
            low = {k: min(s * v for v in (min(now[k]), max(now[k]))) for k, s in signs.items()}
            high = {k: max(s * v for v in (min(now[k]), max(now[k]))) for k, s in signs.items()}
            least, most = sum(low.values()), sum(high.values())
            if not signs and rest:
                return None
            for k, sign in signs.items():
                left = frozenset(v for v in now[k] if least - low[k] + sign * v <= rest <= most - high[k] + sign * v)
                if not left:
                    return None
                if left != now[k]:
                    now[k], changed = left, True
                    break
            if changed:
                break
    return now
