"""Condition 31: turnover."""

from decimal import Decimal

import pytest

from bidkit.conditions.turnover import Turnover
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def judge(kind, *members, **dossier):
    """Judge with one member for each {year: amount}."""
    made = tuple(
        make.member(
            organisation=make.organisation_(
                id=f"m{n}", name=f"Jäsen {n} ry", turnover=[{"year": y, "amount": a} for y, a in years.items()]
            )
        )
        for n, years in enumerate(members)
    )
    return make.judged(kind, make.priced_bid(members=made, **dossier))


@pytest.mark.parametrize(
    ("amount", "state", "margin"),
    [("299 999,99", State.NOT_MET, "-0.01"), ("300 000", State.MET, "0"), ("300 000,01", State.MET, "0.01")],
)
def test_the_boundary(amount, state, margin):
    verdict = judge(Turnover(minimum="300 000", years=2), {2025: "400 000", 2024: amount})
    assert (verdict.state, verdict.margin) == (state, Measure(Decimal(margin), "EUR/year"))


def test_each_year_or_the_average():
    years = {2025: "400 000", 2024: "100 000"}
    assert judge(Turnover(minimum="250 000", years=2), years).state is State.NOT_MET
    verdict = judge(Turnover(minimum="250 000", years=2, rule="average"), years)
    assert (verdict.state, verdict.found) == (State.MET, Measure(Decimal(250000), "EUR/year"))


def test_members_add_up_year_by_year():
    kind = Turnover(minimum="300 000", years=2)
    assert judge(kind, {2025: "200 000", 2024: "100 000"}, {2025: "100 000", 2024: "200 000"}).state is State.MET
    assert judge(kind, {2025: "200 000", 2024: "100 000"}, {2025: "200 000", 2024: "100 000"}).state is State.NOT_MET


def test_a_year_that_a_member_does_not_tell():
    kind = Turnover(minimum="300 000", years=2)
    verdict = judge(kind, {2025: "300 000", 2024: "200 000"}, {2025: "100 000"})
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "organisation.yaml")
    assert make.said(verdict) == (
        "Jäsen 1 ry does not tell its turnover in 2024. Told: 200,000.00 €/year. Required: at least 300,000.00 €/year."
    )
    assert make.advised(verdict) == "Fill in turnover of organisation in organisation.yaml."
    # the others reach the limit without it
    assert judge(kind, {2025: "300 000", 2024: "300 000"}, {2025: "100 000"}).state is State.MET
    average = Turnover(minimum="300 000", years=2, rule="average")
    assert judge(average, {2025: "300 000", 2024: "300 000"}, {}).state is State.MET
    assert judge(average, {2025: "300 000", 2024: "299 999"}, {}).state is State.CANNOT_TELL
    # the gap is in a year that is reached; the other year is not, and nothing of it is missing
    assert judge(kind, {2025: "100 000", 2024: "300 000"}, {2025: "100 000"}).state is State.NOT_MET


@pytest.mark.parametrize(("last", "state"), [(2027, "MET"), (2026, "MET"), (2025, "MET"), (2024, "CANNOT_TELL")])
def test_the_last_financial_year_is_the_newest_told_but_not_an_old_one(last, state):
    verdict = judge(Turnover(minimum="1"), {last: "10", 2028: "10"})  # 2028 is after the deadline
    assert verdict.state is State[state]
    assert judge(Turnover(minimum="1", last_year=2024), {2024: "10"}).state is State.MET


def test_nothing_told_is_never_met():
    verdict = judge(Turnover(minimum="300 000"), {})
    assert verdict.state is State.CANNOT_TELL
    assert (
        make.said(verdict, "fi") == "Jäsen 0 ry ei kerro vuoden 2026 liikevaihtoa. Vaaditaan vähintään 300 000,00 €/v."
    )
    assert judge(Turnover(minimum="1", years=0), {2025: "1"}).state is State.CANNOT_TELL


def test_it_says_so():
    verdict = judge(Turnover(minimum="300 000", years=2), {2025: "400 000", 2024: "250 000"})
    assert make.said(verdict) == (
        "Turnover in the weakest year (2024): 250,000.00 €/year. Required in each of 2024, 2025: "
        "at least 300,000.00 €/year; missing: 50,000.00 €/year."
    )
    assert make.said(verdict, "fi") == (
        "Liikevaihto heikoimpana vuonna (2024): 250 000,00 €/v. Vaaditaan kunakin vuonna (2024, 2025) vähintään "
        "300 000,00 €/v; puuttuu 50 000,00 €/v."
    )
    assert make.advised(verdict) == (
        "Check turnover in organisation.yaml, or bid together with an organisation that adds to it."
    )
    assert verdict.rows == ("organisation",)
    assert judge(Turnover(minimum="1"), {2025: "2"}).hint == ""
