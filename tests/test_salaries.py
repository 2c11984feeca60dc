"""Salaries, side costs and hours: vectors A, B and C of the domain facts, and the tables that ship."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bidkit.messages import pricing as say
from bidkit.pricing import salaries, tables
from tests import make

D = Decimal


def costs(*given, **basis):
    findings = []
    member = make.member(cost_basis=make.cost_basis(**basis), salaries=given)
    return salaries.member_cost(member, findings), findings


@pytest.mark.parametrize(
    ("year", "contributions", "total"),
    [
        (2026, {"6463.80", "721.98", "117.18", "264.60", "22.68"}, "45390.24"),
        (2025, {"6569.64", "706.86", "75.60", "264.60", "22.68"}, "45439.38"),
    ],
)
def test_vector_a(year, contributions, total):
    found, findings = costs(make.salary(), year=year)
    one = found.salaries[0]
    assert (one.holiday_pay, one.holiday_bonus, one.gross) == (D("3600.00"), D("1800.00"), D("37800.00"))
    assert {str(c) for c in one.contributions.values()} == contributions
    assert one.total == D(total)
    assert findings == []


@pytest.mark.parametrize(
    ("before", "gross", "contribution"),
    [
        ("0", "2 509 500", "7779.45"),
        ("0", "2 520 000", "7908.60"),
        ("0", "3 000 000", "13812.60"),
        ("2 500 000", "20 000", "158.60"),
        ("2 509 500", "20 000", "246.00"),
        ("2 600 000", "100", "1.23"),
    ],
)
def test_vector_b_unemployment_at_the_margin(before, gross, contribution):
    one = make.salary(monthly=gross, months="1", holiday_bonus="0")
    found, _ = costs(one, other_payroll=before)
    assert found.salaries[0].contributions["unemployment"] == D(contribution)


def test_earlier_salaries_count_towards_the_threshold():
    first = make.salary(id="a", monthly="2 500 000", months="1", holiday_bonus="0")
    second = make.salary(id="b", monthly="20 000", months="1", holiday_bonus="0")
    found, _ = costs(first, second)
    assert found.salaries[1].contributions["unemployment"] == D("158.60")
    assert found.salaries[1].below == D("9500.00")


def test_vector_c_working_time():
    found, _ = costs(make.salary())
    year = found.working_year
    assert (year.year_hours, year.at_work, year.client_hours) == (D("1932.00"), D("1663.67"), D("1164.57"))
    assert found.salaries[0].hours == D("1164.57")


def test_part_time_and_part_of_the_year_shrink_pay_holidays_and_hours_alike():
    found, _ = costs(make.salary(working_time="50 %", months="6"))
    one = found.salaries[0]
    assert (one.monthly, one.yearly, one.holiday_days) == (D("1500.00"), D("9000.00"), D("15.00"))
    assert (one.holiday_bonus, one.gross) == (D("450.00"), D("9450.00"))
    assert one.hours == D("291.15")  # 1 164.57 × 50 % = 582.29, × 6/12


def test_a_post_without_client_work_gives_no_hours():
    found, _ = costs(make.salary(productive="ei"))
    assert found.salaries[0].hours == 0
    assert found.salaries[0].total == D("45390.24")


def test_a_year_without_rates_uses_the_latest_and_says_so_once():
    found, findings = costs(make.salary(id="a"), make.salary(id="b"), year=2027)
    assert {one.rates.year for one in found.salaries} == {2026}
    assert [f.code for f in findings] == [say.OTHER_YEARS_RATES.code]
    assert findings[0].severity == "note"
    assert findings[0].facts == {"year": "2027", "used": "2026"}
    assert str(findings[0].place) == "cost_basis.yaml:2:3"


def test_the_salarys_own_year_is_the_place_when_it_is_given():
    _, findings = costs(make.salary(year=2030))
    assert findings[0].place.file == "salaries.yaml"


def test_own_rates_override_the_table():
    own = {
        "year": 2026, "pension": "20 %", "health": "1 %", "unemployment": "0 %", "unemployment_above": "0 %",
        "threshold": "1", "accident": "0 %", "group_life": "0 %", "source": "Vakuutusyhtiön ilmoitus",
    }  # fmt: skip
    found, findings = costs(make.salary(), side_costs=[own])
    assert found.salaries[0].side_costs == D("7938.00")
    assert findings == []


def test_negative_pay_is_named_and_set_aside():
    found, findings = costs(make.salary(monthly="-1"), make.salary(id="toinen"))
    assert [one.salary.id for one in found.salaries] == ["toinen"]
    assert [f.code for f in findings] == [say.NEGATIVE_COST.code]
    assert findings[0].place == make.salary(monthly="-1").at.of("monthly")


def test_a_year_beyond_the_calendar_needs_working_days():
    found, findings = costs(year=2050)
    assert found.working_year is None
    assert [f.code for f in findings] == [say.NO_WORKING_DAYS.code]
    time = {"day": "7 h 40 min", "leave_days": 25, "other_absence_days": 10, "client_share": "70 %"}
    found, findings = costs(year=2050, working_time={**time, "working_days": 252})
    assert findings == []
    assert found.working_year.client_hours == D("1164.57")


def test_absence_that_leaves_no_time():
    time = {"day": "7 h 40 min", "leave_days": 200, "other_absence_days": 52, "client_share": "70 %"}
    found, findings = costs(working_time=time)
    assert found.working_year is None
    assert [f.code for f in findings] == [say.NO_TIME_LEFT.code]


def _easter(year):
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    week = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + week - 7 * ((a + 11 * h + 22 * week) // 451) + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", sorted(tables.working_days()))
def test_working_days_follow_the_finnish_calendar(year):
    easter = _easter(year)
    midsummer_eve = next(date(year, 6, d) for d in range(19, 26) if date(year, 6, d).weekday() == 4)
    fixed = {date(year, m, d) for m, d in ((1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26))}
    off = fixed | {easter + timedelta(n) for n in (-2, 1, 39)} | {midsummer_eve}
    days = (date(year, 1, 1) + timedelta(n) for n in range(366))
    assert tables.working_days()[year] == sum(
        1 for day in days if day.year == year and day.weekday() < 5 and day not in off
    )


def test_working_days_of_the_vectors():
    assert tables.working_days()[2026] == 252
    assert tables.working_days()[2027] == 253


@pytest.mark.parametrize(
    ("on", "general"),
    [("2024-08-31", "24"), ("2024-09-01", "25.5"), ("2027-03-01", "25.5"), ("1999-01-01", "24")],
)
def test_vat_rate_of_the_day(on, general):
    assert tables.vat_rates(date.fromisoformat(on)).general == D(general)


def test_every_shipped_rate_has_its_source():
    for year, rates in tables.side_costs().items():
        for name in ("pension", "health", "unemployment", "unemployment_above", "threshold", "accident", "group_life"):
            assert getattr(rates, name) > 0
            assert tables.side_cost_source(year, name)
    assert "unverified" in tables.side_cost_source(2025, "pension")
    assert "unverified" not in tables.side_cost_source(2026, "pension")
