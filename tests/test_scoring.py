"""Points by the buyers' formulas and result-based pay: the vectors of the domain facts and their edges."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bidkit.messages import pricing as say
from bidkit.model import bid as bid_model
from bidkit.model import tender
from bidkit.pricing import price, scoring
from bidkit.pricing.results import ResultBasedPay
from bidkit.stages import AnsweredCriterion
from tests import make

D = Decimal

PRICES = (D(100), D(120), D(150))
FORTY, SIXTY = D(40), D(60)


def points(*values):
    return tuple(D(v) for v in values)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("ratio", ("40.00", "33.33", "26.67")),
        ("linear", ("40.00", "24.00", "0.00")),
        ("median", ("40.00", "40.00", "30.00")),
        ("fixed", ("40", "40", "40")),
    ],
)
def test_price_points(rule, expected):
    assert scoring.RULES[rule](PRICES, FORTY) == points(*expected)


def test_quality_and_totals():
    quality = scoring.quality_scaled(points(45, 50, 38), SIXTY)
    assert quality == points("54.00", "60.00", "45.60")
    assert scoring.quality_sum(points(45, 50, 61), SIXTY) == points(45, 50, 60)
    totals = scoring._totals({r: scoring.RULES[r](PRICES, FORTY) for r in ("ratio", "linear")}, quality)
    assert totals["ratio"] == points("94.00", "93.33", "72.27")
    assert totals["linear"] == points("94.00", "84.00", "45.60")


@pytest.mark.parametrize("rule", ["ratio", "linear", "median", "fixed"])
@pytest.mark.parametrize("prices", [(D(100),), (D(100), D(100)), (D(0), D(0))])
def test_one_bid_and_equal_bids_get_everything(rule, prices):
    assert scoring.RULES[rule](prices, FORTY) == (FORTY,) * len(prices)


def test_a_price_of_zero_takes_all_by_ratio():
    assert scoring.ratio(points(0, 50), FORTY) == points(40, 0)
    assert scoring.by_median(points(0, 0, 50), FORTY) == points(40, 40, 0)


def test_median_is_clamped_at_both_ends_and_averages_an_even_count():
    assert scoring.by_median(points(10, 100, 300), FORTY) == points(40, 40, 0)
    assert scoring.by_median(points(100, 120), FORTY) == points("40", "36.36")


def test_quality_without_points_is_nothing():
    assert scoring.quality_scaled(points(0, 0), SIXTY) == points(0, 0)


@pytest.mark.parametrize(
    ("best", "preference", "most", "expected"),
    [
        (("1", "2", "3"), ("2", "1", "3"), 2, ("2", "1")),
        (("1", "3"), ("2", "1", "3"), 2, ("1", "3")),
        (("1", "2", "3"), (), 2, ("1", "2")),
        (("3", "1"), ("9",), 5, ("3", "1")),
        (("1",), ("1",), 0, ()),
    ],
)
def test_lot_preference(best, preference, most, expected):
    assert scoring.awarded(best, preference, most) == expected


def test_result_based_pay():
    pay = ResultBasedPay(clients=60, fixed=D(600), bonus=D(400))
    assert tuple(pay.fee(k) for k in (0, 18, 60)) == points(36000, 43200, 60000)
    assert pay.bonus_share(18) == D("16.7")
    assert pay.bonus_share(60) == D("40.0")
    assert pay.break_even(D("45390.24")) == 24
    assert pay.break_even(D(36000)) == 0
    assert pay.break_even(D("60000.01")) is None


def test_result_based_pay_with_a_cap():
    pay = ResultBasedPay(clients=60, fixed=D(600), bonus=D(400), most=D(45000))
    assert pay.fee(60) == 45000
    assert pay.break_even(D("45390.24")) is None
    assert ResultBasedPay(10, D(0), D(0)).break_even(D(1)) is None


def _bid(*, rivals, call=None, expected="45"):
    criterion = tender.Criterion.model_validate(
        make._at("criteria", {"id": "l1", "number": "1", "title": "Laatu", "question": "?", "points": "50"})
    )
    written = {"criterion": "l1", "text": "Vastaus."} | ({"expected_points": expected} if expected else {})
    answer = bid_model.Answer.model_validate(make._at("answers", written))
    line = make.price_line(quantity="1")
    return make.priced_bid(
        members=(make.member(salaries=(make.salary(),)),),
        tender=make.tender_(
            **({"price_points": "40", "quality_points": "60", "quality_scaling": "scaled"} if call is None else call)
        ),
        lots=((make.lot(), make.offer(), ((line, make.price(unit_price="100")),)),),
        criteria=(AnsweredCriterion(criterion, answer),),
        rivals=rivals,
    ).bid


def _rival(**given):
    fields = {"id": "b", "lot": "osa1", "price": "120", "quality": "50"} | given
    return bid_model.Rival.model_validate(make._at("rivals", fields))


def test_what_if_against_rivals():
    priced, findings = price(_bid(rivals=(_rival(), _rival(id="c", price="150", quality="38"))))
    one = priced.scoring[0]
    assert one.bidders == ("own", "b", "c")
    assert one.totals["ratio"] == points("94.00", "93.33", "72.27")
    assert one.totals["linear"] == points("94.00", "84.00", "45.60")
    assert findings == ()


def test_without_rivals_there_is_no_what_if_and_nothing_is_said():
    priced, findings = price(_bid(rivals=(), expected=""))
    assert priced.scoring == ()
    assert findings == ()


def test_what_the_what_if_lacks_is_noted():
    _, findings = price(_bid(rivals=(_rival(),), expected=""))
    assert [(f.code, f.severity, f.place.file) for f in findings] == [
        (say.NO_EXPECTED_POINTS.code, "note", "answers.yaml")
    ]
    priced, findings = price(_bid(rivals=(_rival(),), call={}))
    assert priced.scoring == ()
    assert [(f.code, f.place.file) for f in findings] == [(say.NO_PRICE_POINTS.code, "tender.yaml")]
    priced, findings = price(_bid(rivals=(_rival(price="-1"),)))
    assert priced.scoring[0].bidders == ("own",)
    assert [f.code for f in findings] == [say.RIVAL_PRICE.code]
