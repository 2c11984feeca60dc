"""Points by the buyers' formulas, and the lots that are won: the vectors of the domain facts and their edges."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bidkit.conditions.maximum_lots import MaximumLots
from bidkit.messages import pricing as say
from bidkit.model import bid as bid_model
from bidkit.model import tender
from bidkit.pricing import price, scoring
from bidkit.stages import AnsweredCriterion, BoundCondition
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
        (("1", "2", "3"), ("3",), None, ("3", "1", "2")),
    ],
)
def test_lot_preference(best, preference, most, expected):
    assert scoring.awarded(best, preference, most) == expected


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


def capped(*prices, preference=("osa2", "osa1", "osa3"), formula="ratio", limits=({"lots": "2", "limit": "awarded"},)):
    """Return a bid of 100 euros in each lot against one rival, whose price in each lot is given; quality is equal.

    Each of ``limits`` is the parameters of a condition on how many lots may be won.
    """
    answers = tuple(
        (
            make.lot(id=f"osa{n}", number=str(n), title=f"Osa {n}"),
            make.offer(lot=f"osa{n}"),
            ((make.price_line(id=f"h{n}", lot=f"osa{n}", quantity="1"), make.price(line=f"h{n}", unit_price="100")),),
        )
        for n in range(1, len(prices) + 1)
    )
    bid = make.priced_bid(
        members=(make.member(salaries=(make.salary(),)),),
        tender=make.tender_(price_points="40", price_formula=formula),
        lots=answers,
        basics=make.bid_basics(lot_preference=list(preference)),
        rivals=tuple(
            _rival(id=f"k{n}", lot=f"osa{n}", price=price, quality="0") for n, price in enumerate(prices, 1) if price
        ),
    ).bid
    conditions = []
    for given in limits:
        lots = given.get("on", [lot.lot.id for lot in bid.lots])
        parameters = {name: value for name, value in given.items() if name != "on"}
        concerned = tuple(lot for lot in bid.lots if lot.lot.id in lots)
        judge = MaximumLots.model_validate(parameters) if parameters["lots"] != "?" else None
        entry = make.condition("maximum_lots", parameters=parameters)
        conditions.append(BoundCondition(entry, judge, concerned, False, None))
    return price(replace(bid, conditions=tuple(conditions)))[0]


def won(bid):
    return bid.awards.won


def test_best_in_three_lots_of_which_two_may_be_won():
    bid = capped("120", "120", "120")
    assert [one.lot.lot.id for one in bid.awards.order] == ["osa2", "osa1", "osa3"]
    assert (won(bid), bid.awards.most) == (("osa2", "osa1"), 2)


def test_a_lot_that_a_rival_takes_leaves_room_for_the_next():
    bid = capped("120", "80", "120")
    assert [one.standing("ratio") for one in bid.scoring] == ["first", "behind", "first"]
    assert won(bid) == ("osa1", "osa3")


def test_a_tie_is_not_counted_as_won():
    bid = capped("100", "120")
    assert bid.scoring[0].standing("ratio") == "tied"
    assert won(bid) == ("osa2",)
    assert won(capped("80", "120", formula="fixed")) == ()  # all tie where the buyer fixes the price


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ((), None),
        (({"lots": "2"},), None),  # of lots bid for
        (({"lots": "1", "limit": "bid"},), None),
        (({"lots": "1", "limit": "awarded"}, {"lots": "2", "limit": "awarded"}), 1),
        (({"lots": "1", "limit": "awarded", "on": ["osa1", "osa2"]},), None),
        (({"lots": "?", "limit": "awarded"},), None),  # its fault has been told
    ],
)
def test_how_many_lots_may_be_won(limits, expected):
    bid = capped("120", "120", "120", limits=limits)
    assert bid.awards.most == expected
    assert won(bid) == ("osa2", "osa1", "osa3")[:expected]


def test_a_lot_without_rivals_is_not_compared():
    assert won(capped("120", None)) == ("osa1",)
    assert capped(None, None).awards is None
