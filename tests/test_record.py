"""Records are made by one function for all; whatever a dataclass can do with its fields, they can."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, field, fields, replace
from typing import Any

import pytest

from bidkit.record import record


@record(frozen=True)
class Point:
    """A record with every sort of default."""

    x: int
    y: int = 2
    facts: Mapping[str, int] = field(default_factory=dict)

    @property
    def sum(self) -> int:
        """x and y together."""
        return self.x + self.y


@record(frozen=True)
class Far(Point):
    """A record that inherits from one."""

    z: int = 3


def test_fields_are_given_by_order_or_name_and_the_rest_is_their_default():
    assert vars(Point(1)) == vars(Point(x=1)) == {"x": 1, "y": 2, "facts": {}}
    assert vars(Point(1, 5, facts={"a": 1})) == {"x": 1, "y": 5, "facts": {"a": 1}}
    assert vars(Far(1, z=4)) == {"x": 1, "y": 2, "facts": {}, "z": 4}
    assert Far(1, 5).sum == 6


def test_what_a_default_makes_is_made_for_each_record():
    assert Point(1).facts is not Point(1).facts


@pytest.mark.parametrize("given", [{}, {"y": 1}, {"X": 1}, {"x": 1, "z": 3}, {"x": 1, "_defaults": {}}])
def test_a_field_that_is_missing_or_unknown_is_an_error(given):
    with pytest.raises(TypeError, match=r"Point has \['facts', 'x', 'y'\]"):
        Point(**given)


@pytest.mark.parametrize("one", [Point(1), Far(1, z=4)])
def test_what_dataclasses_do_with_a_record(one: Any):
    changed = replace(one, y=7)
    assert type(changed) is type(one)
    assert vars(changed) == vars(one) | {"y": 7}
    assert changed.facts is one.facts
    assert tuple(each.name for each in fields(one)) == tuple(asdict(one)) == one.__match_args__
    assert vars(deepcopy(one)) == vars(one)
    with pytest.raises(TypeError):
        replace(one, q=1)


def test_a_record_that_inherits_from_one_whose_fields_were_asked_for_has_its_defaults():
    replace(Point(1), x=2)

    @record(frozen=True)
    class Near(Point):
        """Made later."""

    assert vars(Near(1)) == vars(replace(Near(3), x=1)) == {"x": 1, "y": 2, "facts": {}}


def test_a_record_matches_by_its_fields_in_order_and_shows_them():
    match Far(1, z=4):
        case Far(x, y, _, z):
            assert (x, y, z) == (1, 2, 4)
        case _:
            pytest.fail("it is a Far")
    assert repr(Far(1, z=4)) == "Far(x=1, y=2, facts={}, z=4)"


def test_a_record_is_equal_to_itself_only():
    one = Point(1)
    assert one == one  # noqa: PLR0124
    assert one != Point(1)
    assert len({one, one, Point(1)}) == 2
