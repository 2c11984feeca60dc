"""What outcome rows may show: the interval's vectors, small cells, and that nobody can work a hidden count out."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bidkit.model.disclosure import Disclosed, disclose, wilson
from bidkit.model.evidence import Outcome
from tests import make


@pytest.mark.parametrize(
    ("reached", "cohort", "low", "high"),
    [
        (18, 60, "19.9", "42.5"),
        (42, 120, "27.1", "43.9"),
        (0, 10, "0.0", "27.8"),
        (10, 10, "72.2", "100.0"),
        (3, 4, "30.1", "95.4"),
        (1, 30, "0.6", "16.7"),
    ],
)
def test_wilson_interval_is_that_of_the_vectors(reached: int, cohort: int, low: str, high: str) -> None:
    assert wilson(reached, cohort) == (Decimal(low), Decimal(high))


def row(id_: str, cohort: int, reached: int, followed_up: int | None = None, **more: object) -> Outcome:
    counts = {"cohort": cohort, "followed_up": cohort if followed_up is None else followed_up, "reached": reached}
    return make.outcome(id=id_, **counts, **more)


def one(cohort: int, reached: int, followed_up: int | None = None) -> Disclosed:
    return disclose([row("t", cohort, reached, followed_up)])["t"]


def test_a_large_row_shows_everything() -> None:
    assert one(60, 18) == Disclosed(60, 60, 18, Decimal("30.0"), Decimal("19.9"), Decimal("42.5"))


@pytest.mark.parametrize(("cohort", "percent"), [(19, None), (20, Decimal("50.0")), (21, Decimal("47.6"))])
def test_a_percentage_needs_twenty_starters(cohort: int, percent: Decimal | None) -> None:
    shown = one(cohort, 10)
    assert (shown.reached, shown.percent) == (10, percent)
    assert (shown.low is None) == (percent is None)


@pytest.mark.parametrize(
    ("cohort", "reached", "shown"),
    [
        (60, 0, True), (60, 1, False), (60, 4, False), (60, 5, True),
        (60, 55, True), (60, 56, False), (60, 59, False), (60, 60, True),
    ],
)  # fmt: skip
def test_one_to_four_are_hidden_on_both_sides(cohort: int, reached: int, shown: bool) -> None:
    found = one(cohort, reached)
    assert found.reached == (reached if shown else None)
    assert (found.percent is not None) is shown
    assert found.hidden is not shown


def test_a_tiny_cohort_shows_nothing() -> None:
    assert one(4, 4) == Disclosed(None, None, None)


def test_followed_up_is_hidden_when_it_tells_the_few_without_the_outcome() -> None:
    assert one(60, 18, 21) == Disclosed(60, None, 18, Decimal("30.0"), Decimal("19.9"), Decimal("42.5"))
    assert one(60, 18, 23).followed_up == 23


def test_those_not_reached_at_follow_up_may_be_seen() -> None:
    assert one(60, 18, 58).followed_up == 58


def test_a_total_does_not_give_its_small_part_away() -> None:
    parts = [row("a", 60, 18, client_group="a"), row("b", 30, 3, client_group="b"), row("c", 40, 9, client_group="c")]
    total = row("all", 130, 30, client_group="all")
    found = disclose([*parts, total])
    assert found["b"].reached is None
    assert [found[k].reached for k in ("a", "c", "all")].count(None) == 1
    assert disclose(parts)["a"].reached == 18
    assert disclose(parts)["c"].reached == 9


def test_years_do_not_give_away_a_small_year() -> None:
    years = [row(str(y), 40, n, start=f"1.1.{y}", end=f"31.12.{y}") for y, n in ((2023, 2), (2024, 20), (2025, 11))]
    whole = row("whole", 120, 33, start="1.1.2023", end="31.12.2025")
    assert sum(shown.reached is None for shown in disclose([*years, whole]).values()) == 2


def test_the_other_outcomes_of_a_cohort_do_not_give_away_a_small_one() -> None:
    kinds = ("employed", "work_trial", "education_started", "dropped_out")
    rows = [row(kind, 60, n, indicator=kind) for kind, n in zip(kinds, (18, 3, 10, 29), strict=True)]
    found = disclose(rows)
    assert {k for k, shown in found.items() if shown.reached is None} == {"work_trial", "education_started"}


def test_rows_of_other_services_are_not_touched() -> None:
    found = disclose([row("a", 30, 3), row("b", 30, 18, service="other"), row("c", 60, 21, service="third")])
    assert [found[k].reached for k in "abc"] == [None, 18, 21]


def test_it_stays_quick_with_many_rows() -> None:
    rows = [
        row(f"{s}-{n}", 60, (n * 7) % 61, service=f"s{s}", client_group=f"g{n}") for s in range(40) for n in range(20)
    ]
    assert len(disclose(rows)) == 800


# --- the attacker -----------------------------------------------------------------------------------
def possible(hidden: list[int], values: list[int], sums: list[tuple[list[int], int | None, int]], most: int) -> None:
    """Assert that every hidden value has at least two readings that fit what is printed.

    Knows every sum, every printed value, and of a hidden value that is small itself that it is.
    """
    few = [*range(1, 5), *range(most - 4, most)]
    domains = [few if values[k] in few else list(range(most + 1)) for k in hidden]
    readings: dict[int, set[int]] = {k: set() for k in hidden}
    for guess in product(*domains):
        now = values.copy()
        for k, value in zip(hidden, guess, strict=True):
            now[k] = value
        if all(sum(now[k] for k in parts) == (fixed if total is None else now[total]) for parts, total, fixed in sums):
            for k in hidden:
                readings[k].add(now[k])
    assert all(len(found) > 1 for found in readings.values()), (hidden, readings)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10), min_size=2, max_size=3))
def test_no_small_part_of_a_total_can_be_worked_out(reached: list[int]) -> None:
    parts = [row(f"p{n}", 10, value, client_group=f"g{n}") for n, value in enumerate(reached)]
    total = row("all", 10 * len(reached), sum(reached), client_group="all")
    found = disclose([*parts, total])
    values = [*reached, sum(reached)]
    hidden = [n for n, one_ in enumerate([*parts, total]) if found[one_.id].reached is None]
    assert {n for n, v in enumerate(reached) if v in (1, 2, 3, 4, 6, 7, 8, 9)} <= set(hidden)
    parts_hidden = [n for n in hidden if n < len(reached)]
    sums = [(list(range(len(reached))), len(reached), 0)]
    if len(reached) in hidden:  # the total itself is hidden: the sum binds nobody
        sums = []
    possible(parts_hidden, values, sums, 10)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=4))
def test_no_small_outcome_of_a_divided_cohort_can_be_worked_out(reached: list[int]) -> None:
    cohort = sum(reached)
    assume(cohort >= 5)
    kinds = ("employed", "work_trial", "education_started", "dropped_out")
    rows = [row(kind, cohort, value, indicator=kind) for kind, value in zip(kinds, reached, strict=False)]
    found = disclose(rows)
    hidden = [n for n, one_ in enumerate(rows) if found[one_.id].reached is None]
    if cohort <= 14:
        possible(hidden, reached, [(list(range(len(reached))), None, cohort)], cohort)
    assert len(hidden) != 1
