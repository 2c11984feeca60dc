"""Condition 54: deadline."""

from datetime import date

import pytest

from bidkit.conditions.deadline import Deadline
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def judge(kind, day, **tender):
    bid = make.priced_bid(tender=make.tender_(**tender))
    return kind.judge(bid, make.scope(bid, make.condition("deadline", parameters={}), as_of=day))


@pytest.mark.parametrize(("day", "state", "margin"), [(14, State.MET, 1), (15, State.MET, 0), (16, State.NOT_MET, -1)])
def test_the_boundary(day, state, margin):
    verdict = judge(Deadline(), date(2027, 1, day))
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "days"))


def test_midnight_is_the_end_of_the_day_before():
    assert judge(Deadline(), date(2027, 1, 14), deadline="15.1.2027 00:00").state is State.MET
    assert judge(Deadline(), date(2027, 1, 15), deadline="15.1.2027 00:00").state is State.NOT_MET


def test_without_a_day_it_is_not_judged():
    verdict = judge(Deadline(), None)
    assert verdict.state is State.NOT_APPLICABLE
    assert make.said(verdict) == "No day was given to compare with the deadline (15 Jan 2027 at 12:00)."


def test_a_moment_of_its_own():
    verdict = judge(Deadline(moment="20.1.2027 16:00"), date(2027, 1, 21))
    assert (verdict.state, verdict.place.file) == (State.NOT_MET, "conditions.yaml")
    assert judge(Deadline(moment="20.1.2027 16:00"), date(2027, 1, 20)).state is State.MET


def test_the_bid_does_not_change_from_day_to_day():
    """What is printed in the bid tells the deadline, not the day of the build or the days left."""
    first, second = (make.said(judge(Deadline(), date(2027, 1, day))) for day in (1, 2))
    assert first == second == "The bid is sent by the deadline, 15 Jan 2027 at 12:00."


def test_it_says_so():
    verdict = judge(Deadline(), date(2027, 1, 16))
    assert make.said(verdict) == "The deadline was 15 Jan 2027 at 12:00, and it is 16 Jan 2027."
    assert make.said(verdict, "fi") == "Määräaika oli 15.1.2027 klo 12.00, ja nyt on 16.1.2027."
    assert make.advised(verdict) == (
        "Check in tender.yaml that the deadline is the one in the tender's latest correction."
    )
    assert judge(Deadline(), date(2027, 1, 1)).hint == ""
