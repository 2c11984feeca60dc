"""What all kinds share: the weakest verdict, dates, places of missing fields."""

from datetime import date

import pytest

from bidkit.conditions._base import language_name
from bidkit.conditions._dates import months_before
from bidkit.conditions._verdicts import strongest, weakest
from bidkit.conditions.statement import Statement
from bidkit.diagnostics import Measure, Name, Place, Word
from bidkit.stages import State, Verdict


def verdict(state: State, margin: int | None = None, row: str = "a") -> Verdict:
    return Verdict(state, "", margin=None if margin is None else Measure(margin, "days"), rows=(row,))


@pytest.mark.parametrize(
    ("states", "weak", "strong"),
    [
        ([State.MET, State.NOT_MET], State.NOT_MET, State.MET),
        ([State.CANNOT_TELL, State.NOT_MET], State.NOT_MET, State.CANNOT_TELL),
        ([State.MET, State.CANNOT_TELL], State.CANNOT_TELL, State.MET),
        ([State.ATTESTED, State.MET_BY], State.MET_BY, State.ATTESTED),
        ([State.NOT_APPLICABLE, State.MET], State.MET, State.MET),
        ([State.NOT_APPLICABLE, State.NOT_MET], State.NOT_MET, State.NOT_MET),
        ([State.NOT_APPLICABLE], State.NOT_APPLICABLE, State.NOT_APPLICABLE),
    ],
)
def test_which_verdict_decides(states, weak, strong):
    verdicts = [verdict(state) for state in states]
    assert (weakest(verdicts).state, strongest(verdicts).state) == (weak, strong)


def test_of_equals_the_tightest_decides_and_all_rows_are_cited():
    verdicts = [verdict(State.MET, 3, "a"), verdict(State.MET, 1, "b"), verdict(State.MET, 2, "b")]
    assert (weakest(verdicts).margin, strongest(verdicts).margin) == (Measure(1, "days"), Measure(3, "days"))
    assert weakest(verdicts).rows == ("a", "b")


@pytest.mark.parametrize(
    ("moment", "months", "found"),
    [
        (date(2027, 5, 31), 3, date(2027, 2, 28)),
        (date(2028, 5, 31), 3, date(2028, 2, 29)),
        (date(2027, 1, 15), 3, date(2026, 10, 15)),
        (date(2027, 3, 30), 1, date(2027, 2, 28)),
        (date(2027, 3, 31), 12, date(2026, 3, 31)),
        (date(2027, 3, 31), 2100 * 12, date(1, 1, 1)),
    ],
)
def test_months_are_calendar_months(moment, months, found):
    assert months_before(moment, months) == found


def test_a_missing_field_is_found_where_it_would_stand():
    place = Place("services.yaml", "4:3", {"languages": "9:5"})
    gap = Statement().missing("", row="services.a", field="languages", place=place.of("languages"))
    assert (gap.state, str(gap.place), gap.rows) == (State.CANNOT_TELL, "services.yaml:9:5", ("services.a",))
    assert (gap.facts["file"], gap.facts["field"]) == ("services.yaml", Name("services", "languages"))


def test_language_names():
    assert (language_name("sv"), language_name("de")) == (Word("Swedish"), "de")
