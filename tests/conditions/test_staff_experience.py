"""Condition 24: staff experience."""

from datetime import date
from decimal import Decimal

import pytest

from bidkit.conditions.staff_experience import StaffExperience
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def job(start, end=None, share=None, tags=("job_coaching",)):
    fields = {"task": "Valmennus", "start": start, "tags": list(tags)}
    return fields | ({"end": end} if end else {}) | ({"share": share} if share else {})


def person(name, *jobs, **given):
    return make.staff(id=name, experience=list(jobs), **given)


def months(*jobs, day=date(2027, 1, 15), **given):
    return StaffExperience(months=1, **given).experience(person("p", *jobs).experience, day)


def judge(kind, *people, **dossier):
    return make.judged(kind, make.offering(staff=people, **dossier))


def test_overlapping_months_count_once():
    assert months(job("1.1.2024", "31.12.2025"), job("1.7.2025", "30.6.2026")) == 30
    assert months(job("1.1.2024", "31.12.2025"), job("1.3.2024", "31.5.2024")) == 24
    assert months(job("1.1.2024", "31.12.2024"), job("1.1.2025", "31.12.2025")) == 24


@pytest.mark.parametrize(
    ("jobs", "found"),
    [
        ([job("15.1.2026", "14.2.2026")], "1"),  # a month from its own first day
        ([job("31.1.2025", "27.2.2025")], "1"),  # to the last day of a shorter month
        ([job("1.1.2026", "30.12.2026")], "11.9"),  # a day short of a year is no year
        ([job("1.1.2026", "15.1.2026"), job("17.1.2026", "31.1.2026")], "0.9"),
        ([job("15.1.2026")], "12"),  # goes on to the day before the deadline
        ([job("16.1.2026")], "11.9"),
        ([job("1.2.2027")], "0"),  # not begun
        ([], "0"),
    ],
)
def test_months_are_counted_by_the_calendar(jobs, found):
    assert months(*jobs) == Decimal(found)


def test_part_time_in_full_or_by_its_share():
    half = job("1.1.2025", "31.12.2025", "50 %")
    assert months(half) == 12
    assert months(half, part_time="pro_rata") == 6
    assert months(half, half, part_time="pro_rata") == 12  # two half posts make one
    assert months(half, job("1.1.2025", "31.12.2025"), part_time="pro_rata") == 12  # never more than full time
    assert (
        months(job("1.1.2024", "31.12.2025"), job("1.7.2025", "30.6.2026", "50 %"), part_time="pro_rata") == 27
    )  # 24 in full, 6 of them half


def test_only_the_last_years_and_the_tags_count():
    long = job("1.1.2015")
    assert months(long, years=5) == 60
    assert months(long, years=5, tags=["job_coaching", "career_guidance"]) == 60
    assert months(long, years=5, tags=["career_guidance"]) == 0


@pytest.mark.parametrize(("last", "state", "margin"), [(30, "NOT_MET", "-0.1"), (31, "MET", "0")])
def test_the_boundary(last, state, margin):
    verdict = judge(StaffExperience(months=24), person("p", job("1.1.2025", f"{last}.12.2026")))
    assert (verdict.state, verdict.margin) == (State[state], Measure(Decimal(margin), "months"))
    assert verdict.facts["enough"] == Measure(1 if state == "MET" else 0, "persons")


def test_measured_to_the_deadline_or_the_start_of_the_contract():
    ongoing = person("p", job("1.3.2025"))
    assert judge(StaffExperience(months=24), ongoing).state is State.NOT_MET
    verdict = judge(StaffExperience(months=24, measured_to="contract_start"), ongoing)
    assert (verdict.state, verdict.found) == (State.MET, Measure(Decimal(24), "months"))


def test_nobody_is_asked_for():
    verdict = judge(StaffExperience(months=24, persons=0), person("a"))
    assert (verdict.state, verdict.margin) == (State.MET, Measure(0, "months"))


def test_so_many_people_or_everyone():
    old, young = person("a", job("1.1.2020")), person("b", job("1.1.2026"))
    assert judge(StaffExperience(months=24, persons=1), old, young).state is State.MET
    assert judge(StaffExperience(months=24, persons=1), old, young).rows == ("staff.a",)
    verdict = judge(StaffExperience(months=24, persons=2), old, young)
    assert (verdict.state, verdict.found) == (State.NOT_MET, Measure(Decimal("12.4"), "months"))
    assert judge(StaffExperience(months=24), old, young).state is State.NOT_MET
    assert judge(StaffExperience(months=24, role="boss"), old).state is State.CANNOT_TELL
    away = person("c", job("1.1.2020"), until="31.12.2027")
    assert judge(StaffExperience(months=24, persons=1), away).state is State.NOT_MET


def test_what_is_not_told_is_never_met():
    verdict = judge(StaffExperience(months=24), person("a", job("1.1.2020")), person("b"))
    assert (verdict.state, verdict.rows, verdict.place.file) == (State.CANNOT_TELL, ("staff.b",), "staff.yaml")
    assert make.advised(verdict) == "Fill in experience of staff.b in staff.yaml."
    untagged = person("b", job("1.1.2020", tags=()))
    verdict = judge(StaffExperience(months=24, tags=["job_coaching"]), untagged)
    assert verdict.state is State.CANNOT_TELL
    assert make.said(verdict) == (
        "Enough experience: 0 persons. Required: 1 person with at least 24 months. "
        "A job of staff.b (Työvalmentaja) does not tell what the work was."
    )
    exact = person("b", job("1.1.2025", "31.12.2026", tags=()))
    assert judge(StaffExperience(months=24, tags=["job_coaching"]), exact).state is State.CANNOT_TELL
    short = person("b", job("1.1.2026", tags=()))  # even if it counted it would not be enough
    assert judge(StaffExperience(months=24, tags=["job_coaching"]), short).state is State.NOT_MET


def test_lots_and_promises():
    bid = make.offering(staff=(person("p", job("1.1.2026")),))
    assert make.judged(StaffExperience(months=24), bid, lots=()).state is State.NOT_APPLICABLE
    word = make.attestation(**{"from": "1.2.2027"})
    verdict = judge(StaffExperience(months=13), person("p", job("1.1.2026")), attestations=(word,))
    assert (verdict.state, str(verdict.met_by)) == (State.MET_BY, "2027-02-01")


def test_it_says_so():
    verdict = judge(StaffExperience(months=24, persons=1), person("p", job("1.1.2026")))
    assert make.said(verdict) == (
        "Enough experience: 0 persons. Required: 1 person with at least 24 months; the next one (Työvalmentaja) "
        "has 12.4 months, which is 11.6 months too little. Measured to 15 Jan 2027 (deadline for bids)."
    )
    assert make.said(verdict, "fi") == (
        "Riittävä työkokemus: 0 henkilöä. Vaaditaan 1 henkilö, kullakin vähintään 24 kuukautta; seuraavalla "
        "(Työvalmentaja) on 12,4 kuukautta, 11,6 kuukautta liian vähän. Laskettu päivään 15.1.2027 "
        "(tarjousten määräaika)."
    )
    assert make.advised(verdict) == "Fill in the jobs of staff.p with their tags in staff.yaml, or name another person."
    met = judge(StaffExperience(months=12), person("p", job("1.1.2026")))
    assert make.said(met) == (
        "Enough experience: 1 person. Required: 1 person with at least 12 months; the last one needed "
        "(Työvalmentaja) has 12.4 months. Measured to 15 Jan 2027 (deadline for bids)."
    )
    assert met.hint == ""
