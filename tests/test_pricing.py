"""Cost build-up, price schedule, VAT, volume: vector D and every guard, with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from bidkit.i18n import Translator
from bidkit.messages import pricing as say
from bidkit.pricing import price
from bidkit.stages import Loaded
from tests import make

D = Decimal

FULL = (
    make.cost_item(id="tilat", amount="7 200"),
    make.cost_item(id="ict", amount="125", driver="per_month"),
    make.cost_item(id="materiaalit", amount="900"),
)


def bid(*lines, items=FULL, salaries=None, services=None, basis=None, lots=None, **call):
    """Return a bid of one lot whose lines are (price line fields, price fields)."""
    salaries = (make.salary(),) if salaries is None else salaries
    services = services or (make.service_(),)
    member = make.member(services=services, salaries=salaries, cost_items=items, cost_basis=basis or make.cost_basis())
    pairs = tuple((make.price_line(**line), make.price(line=line.get("id", "h1"), **given)) for line, given in lines)
    offer = make.offer(services=[s.id for s in services])
    return make.priced_bid(
        members=(member,), tender=make.tender_(**call), lots=lots or ((make.lot(), offer, pairs),)
    ).bid


def codes(findings):
    return [f.code for f in findings]


def one_line(line=None, **given):
    priced, findings = price(bid((line or {}, given)))
    lines = priced.lots[0].lines
    return (lines[0] if lines else None), findings


def test_vector_d():
    priced, findings = price(bid(({"unit": "client", "quantity": "10"}, {"strategy": "cost_plus", "unit_price": None})))
    cost = priced.costs[0]
    assert cost.yearly.direct == D("54990.24")
    assert (cost.yearly.overhead, cost.yearly.risk, cost.yearly.total) == (D("6598.83"), D("3079.45"), D("64668.52"))
    assert (cost.hours, cost.hourly) == (D("1164.57"), D("55.53"))
    assert cost.unit("hour").total == D("55.53")
    assert cost.unit("client").total == D("888.48")
    line = priced.lots[0].lines[0]
    assert (line.unit_price, line.net, line.vat, line.gross) == points("888.48", "8884.80", "2265.62", "11150.42")
    assert findings == ()


def points(*values):
    return tuple(D(v) for v in values)


def test_vector_d_with_vat():
    line, _ = one_line({"quantity": "1"}, strategy="cost_plus", unit_price=None)
    assert (line.net, line.gross) == (D("55.53"), D("69.69"))
    line, _ = one_line({"quantity": "1", "unit": "client"}, strategy="cost_plus", unit_price=None)
    assert line.gross == D("1115.04")


def test_weighted_comparison_price():
    lines = (
        ({"id": "a", "quantity": "1 200"}, {"unit_price": "68"}),
        ({"id": "b", "quantity": "300"}, {"unit_price": "95"}),
        ({"id": "c", "quantity": "150"}, {"unit_price": "40", "below_cost_reason": "Aloitus"}),
        ({"id": "d", "quantity": None, "compared": "ei"}, {"unit_price": "77"}),
    )
    priced, findings = price(bid(*lines))
    lot = priced.lots[0]
    assert lot.comparison == D("116100.00")
    assert lot.net == D("116177.00")  # an empty quantity counts as 1
    assert codes(findings) == [say.BELOW_COST_REASON.code, say.PROMISED_TWICE.code]


@pytest.mark.parametrize(("decimals", "fits"), [("0", True), ("4", True), ("5", False), ("-1", False), ("1,5", False)])
def test_a_price_line_has_no_to_four_decimals(decimals, fits):
    if fits:
        assert make.price_line(decimals=decimals).decimals == int(decimals)
        return
    with pytest.raises(ValidationError):
        make.price_line(decimals=decimals)


@pytest.mark.parametrize("field", ["overhead", "risk", "holiday_bonus"])
def test_no_rate_of_the_costs_lowers_a_price(field):
    assert getattr(make.cost_basis(**{field: "0 %"}), field) == 0
    with pytest.raises(ValidationError):
        make.cost_basis(**{field: "-1 %"})


def test_a_vat_rate_is_not_negative_and_a_margin_may_be():
    with pytest.raises(ValidationError):
        make.price(vat={"status": "standard", "rate": "-5 %"})
    assert make.price(margin="-5 %").margin == -5


@pytest.mark.parametrize(
    ("decimals", "margin", "expected"),
    [
        (2, "0", "55.53"), (1, "0", "55.6"), (0, "0", "56"), (4, "0", "55.5300"),
        (2, "10 %", "61.08"), (1, "10 %", "61.1"), (0, "10 %", "61"),
    ],
)  # fmt: skip
def test_cost_plus_is_never_rounded_below_the_full_cost(decimals, margin, expected):
    line, findings = one_line({"decimals": decimals}, strategy="cost_plus", unit_price=None, margin=margin)
    assert str(line.unit_price) == expected
    assert findings == ()


def test_rounding_goes_up_where_half_up_would_sell_below_cost():
    cheaper = bid(({"decimals": 0}, {"strategy": "cost_plus", "unit_price": None}), items=())
    priced, findings = price(cheaper)
    cost = priced.costs[0].unit("hour").total
    assert cost == D("45.84")
    assert priced.lots[0].lines[0].unit_price == 46
    priced, findings = price(bid(({"decimals": 0}, {"strategy": "cost_plus", "unit_price": None}), items=FULL[2:]))
    assert priced.costs[0].unit("hour").total == D("46.74")
    priced, findings = price(
        bid(({"decimals": 1}, {"strategy": "cost_plus", "unit_price": None, "margin": "0"}), items=FULL)
    )
    assert priced.lots[0].lines[0].unit_price == D("55.6")  # half-up would be 55.5
    assert findings == ()


def test_price_asked_with_vat():
    line, findings = one_line({"vat_basis": "included", "quantity": "3"}, unit_price="75")
    assert (line.unit_price, line.net_price) == (D("75.00"), D("59.76"))
    assert (line.net, line.vat, line.gross, line.asked) == points("179.28", "45.72", "225.00", "225.00")
    assert findings == ()


def test_cost_plus_asked_with_vat_covers_the_cost():
    for decimals in range(5):
        line, findings = one_line(
            {"vat_basis": "included", "decimals": decimals}, strategy="cost_plus", unit_price=None
        )
        assert line.net_price >= line.unit_cost
        assert findings == ()


# --- guards: each names the line, both values and the field that can be mended -----------------------
@pytest.mark.parametrize(
    ("line", "given", "message", "field", "severity"),
    [
        ({"ceiling": "59,99"}, {}, say.ABOVE_CEILING, "unit_price", "error"),
        ({}, {"unit_price": "0"}, say.ZERO_PRICE, "unit_price", "error"),
        ({}, {"unit_price": "-5"}, say.NEGATIVE_PRICE, "unit_price", "error"),
        ({}, {"unit_price": "55,52"}, say.BELOW_COST, "unit_price", "error"),
        ({}, {"unit_price": "55,52", "below_cost_reason": "Oma tuki"}, say.BELOW_COST_REASON,
         "below_cost_reason", "note"),
        ({"decimals": 1}, {"unit_price": "60,25"}, say.TOO_MANY_DECIMALS, "unit_price", "error"),
        ({"fixed": "61"}, {}, say.NOT_THE_FIXED_PRICE, "unit_price", "error"),
        ({}, {"unit_price": None}, say.NO_UNIT_PRICE, "strategy", "error"),
        ({}, {"strategy": "at_ceiling", "unit_price": None}, say.NO_CEILING, "strategy", "error"),
        ({}, {"margin": "5 %"}, say.NO_EFFECT, "margin", "note"),
        ({}, {"strategy": "cost_plus"}, say.NO_EFFECT, "unit_price", "note"),
        ({"ceiling": "70"}, {"strategy": "at_ceiling"}, say.NO_EFFECT, "unit_price", "note"),
        ({"unit": "month"}, {}, say.NO_UNIT_HOURS, None, "error"),
    ],
)  # fmt: skip
def test_guards(line, given, message, field, severity):
    _, findings = one_line(line, **given)
    assert codes(findings) == [message.code]
    assert findings[0].severity == severity
    if field is not None:
        entry = make.price(line="h1", **given)
        assert field in entry.at.fields
        assert findings[0].place == entry.at.of(field)
    assert findings[0].facts["line"] == "1.1"


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ({"ceiling": "60"}, {}),
        ({}, {"unit_price": "55,53"}),
        ({"decimals": 1}, {"unit_price": "60,2"}),
        ({"fixed": "60"}, {}),
        ({"fixed": "60"}, {"unit_price": None}),
        ({"ceiling": "60"}, {"strategy": "at_ceiling", "unit_price": None}),
        ({}, {"strategy": "cost_plus", "unit_price": None, "margin": "5 %"}),
        ({}, {"strategy": "not_offered", "unit_price": None}),
    ],
)
def test_silence_at_the_boundaries(line, given):
    _, findings = one_line(line, **given)
    assert findings == ()


def test_a_zero_that_the_buyer_fixed_is_only_below_cost():
    _, findings = one_line({"fixed": "0"}, unit_price=None)
    assert codes(findings) == [say.BELOW_COST.code]


def test_the_ceiling_is_cut_to_the_forms_decimals():
    line, _ = one_line({"ceiling": "60,1250"}, strategy="at_ceiling", unit_price=None)
    assert line.unit_price == D("60.12")


def test_an_unpriced_line_does_not_stop_the_others():
    priced, findings = price(bid(({"id": "a"}, {"unit_price": None}), ({"id": "b"}, {})))
    assert [one.line.id for one in priced.lots[0].lines] == ["b"]
    assert codes(findings) == [say.NO_UNIT_PRICE.code]


# --- VAT -----------------------------------------------------------------------------------------------
GROUND = {"ground": "AVL 37 §", "decided_by": "Talouspäällikkö"}


@pytest.mark.parametrize(
    ("vat", "rate", "expected"),
    [
        ({"status": "standard"}, "25.5", []),
        ({"status": "standard", "rate": "13,5 %"}, "13.5", []),
        ({"status": "standard", "rate": "24 %"}, "24", [say.VAT_ODD_RATE]),
        ({"status": "exempt", **GROUND}, "0", []),
        ({"status": "not_liable", **GROUND}, "0", []),
        ({"status": "exempt"}, "0", [say.VAT_NO_GROUND, say.VAT_NOBODY_DECIDED]),
        ({"status": "not_liable", "ground": "AVL 4 §"}, "0", [say.VAT_NOBODY_DECIDED]),
        ({"status": "exempt", "rate": "25,5 %", **GROUND}, "0", [say.NO_EFFECT]),
        ({"status": "unknown"}, None, [say.VAT_UNKNOWN]),
    ],
)
def test_vat_status(vat, rate, expected):
    line, findings = one_line(vat=vat)
    assert line.vat_rate == (None if rate is None else D(rate))
    assert codes(findings) == [message.code for message in expected]
    assert all(f.place.file == "prices.yaml" and f.place.spot != "1:1" for f in findings)
    if vat["status"] == "unknown":
        assert findings[0].severity == "error"
        assert (line.vat, line.gross) == (0, line.net)


def test_vat_rate_of_the_day_the_contract_begins():
    early = {"start": "1.8.2024", "end": "31.7.2026"}
    priced, _ = price(bid(({}, {}), contract=early))
    assert priced.lots[0].lines[0].vat_rate == 24


def test_vat_per_line_and_per_rate_differ_and_both_tie():
    lines = [({"id": f"l{n}", "quantity": "1"}, {"unit_price": f"60,0{n}"}) for n in range(1, 7)]
    per_line, _ = price(bid(*lines))
    per_rate, _ = price(bid(*lines, vat_rule="per_rate"))
    assert per_line.vat == sum((round_half_up(x.net * D("0.255")) for x in per_line.lots[0].lines), D(0))
    assert per_rate.vat == round_half_up(per_rate.net * D("0.255"))
    assert per_line.vat != per_rate.vat
    for priced in (per_line, per_rate):
        lot = priced.lots[0]
        assert lot.vat == sum(x.vat for x in lot.lines) == sum(s.vat for s in lot.vat_sums)
        assert all(x.net + x.vat == x.gross for x in lot.lines)


def test_a_comparison_price_of_mixed_bases_is_told():
    lines = [({"id": "a"}, {}), ({"id": "b", "number": "2", "vat_basis": "included"}, {"unit_price": "80"})]
    found = [f for f in price(bid(*lines))[1] if f.code == say.MIXED_BASES.code]
    finnish = Translator("fi", ("common", "pricing"))
    assert [finnish.sentence(f) for f in found] == [
        "Osan 1 vertailuhinnassa lasketaan yhteen verollisia ja verottomia hintoja: "
        "rivi 2 pyydetään arvonlisäverollisena."
    ]
    lines[1][0]["compared"] = "ei"
    assert say.MIXED_BASES.code not in codes(price(bid(*lines))[1])


def round_half_up(value):
    from decimal import ROUND_HALF_UP

    return value.quantize(D("0.01"), rounding=ROUND_HALF_UP)


def test_per_rate_keeps_rates_and_price_bases_apart():
    lines = (
        ({"id": "a"}, {}),
        ({"id": "b"}, {"vat": {"status": "exempt", **GROUND}}),
        ({"id": "c", "vat_basis": "included"}, {"unit_price": "80"}),
    )
    priced, _ = price(bid(*lines, vat_rule="per_rate"))
    sums = {(s.rate, s.vat_basis): (s.net, s.vat, s.gross) for s in priced.lots[0].vat_sums}
    assert sums == {
        (D("25.5"), "excluded"): points("6000.00", "1530.00", "7530.00"),
        (D(0), "excluded"): points("6000.00", "0.00", "6000.00"),
        (D("25.5"), "included"): points("6374.50", "1625.50", "8000.00"),
    }


# --- cost build-up ---------------------------------------------------------------------------------------
def test_money_of_others_stays_out_of_the_price_and_does_not_dilute_it():
    others = (
        make.salary(),
        make.salary(id="tuettu", funding="wage_subsidy"),
        make.salary(id="stea", funding="grant", allocations=[{"service": "valmennus", "share": "50 %"}]),
    )
    items = (*FULL, make.cost_item(id="kunta", amount="1 000", funding="municipal"))
    priced, findings = price(bid(({}, {}), salaries=others, items=items))
    cost = priced.costs[0]
    assert (cost.hourly, cost.hours) == (D("55.53"), D("1164.57"))
    assert cost.kept_out == {"wage_subsidy": D("45390.24"), "grant": D("22695.12"), "municipal": D("1000.00")}
    assert cost.granted == D("69085.36")
    assert codes(findings) == [say.KEPT_OUT.code]
    assert findings[0].place.file == "salaries.yaml"
    assert "69 085,36 €" in Translator("fi", ("common", "pricing")).sentence(findings[0]).replace("\xa0", " ")


def test_overhead_by_rate_and_by_items_of_its_own():
    """By hand: direct 45 390.24; 12 % of it 5 446.83; items 3 000 + 12 × 100 × 50 %; risk 5 % of all before it."""
    half = [{"service": "valmennus", "share": "50 %"}]
    items = (
        make.cost_item(id="hallinto", amount="3 000", kind="overhead"),
        make.cost_item(id="kirjanpito", amount="100", kind="overhead", driver="per_month", allocations=half),
        make.cost_item(id="laskutus", amount="2", kind="overhead", driver="per_hour"),
        make.cost_item(id="rekisteri", amount="10", kind="overhead", driver="per_client"),
        make.cost_item(id="aineisto", amount="10", driver="per_client"),
        make.cost_item(id="yleisavustus", amount="5 000", kind="overhead", funding="grant"),
    )
    line = ({"unit": "client", "quantity": "1"}, {"strategy": "cost_plus", "unit_price": None})
    priced, findings = price(bid(line, items=items))
    cost = priced.costs[0]
    assert vars(cost.yearly) == vars(Loaded(*points("45390.24", "5446.83", "3600.00", "2721.85")))
    assert cost.yearly.total == D("57158.92")
    assert vars(cost.per_hour) == vars(Loaded(*points("0", "0.00", "2.00", "0.10")))
    assert vars(cost.per_client) == vars(Loaded(*points("10.00", "1.20", "10.00", "1.06")))
    assert cost.hourly == D("51.18")  # 57 158.92 / 1 164.57 = 49.08, and 2.10
    assert cost.unit("client").total == D("841.14")  # 16 × 51.18, and 22.26
    assert cost.kept_out == {"grant": D("5000.00")}
    assert codes(findings) == [say.KEPT_OUT.code]


def test_overhead_may_come_from_items_alone():
    items = (*FULL, make.cost_item(id="hallinto", amount="6 598,83", kind="overhead"))
    priced, findings = price(bid(({}, {}), items=items, basis=make.cost_basis(overhead="0 %")))
    cost = priced.costs[0]
    assert (cost.yearly.overhead, cost.yearly.overhead_items) == points("0.00", "6598.83")
    assert (cost.yearly.risk, cost.yearly.total, cost.hourly) == points("3079.45", "64668.52", "55.53")
    assert findings == ()


def test_shares_split_a_salary_between_services():
    services = (make.service_(), make.service_(id="ohjaus"))
    halves = [{"service": "valmennus", "share": "25 %"}, {"service": "ohjaus", "share": "75 %"}]
    priced, findings = price(bid(({}, {}), services=services, salaries=(make.salary(allocations=halves),), items=()))
    assert [c.hours for c in priced.costs] == [D("291.14"), D("873.43")]
    assert [c.yearly.direct for c in priced.costs] == [D("11347.56"), D("34042.68")]
    assert findings == ()


def test_shares_over_hundred_per_cent():
    twice = [{"service": "valmennus", "share": "60 %"}, {"service": "muu", "share": "60 %"}]
    _, findings = price(bid(({}, {"unit_price": "90"}), salaries=(make.salary(allocations=twice),)))
    assert codes(findings) == [say.SHARES_OVER.code]
    assert findings[0].place == make.salary(allocations=twice).at.of("allocations")


def test_costs_that_grow_with_hours_clients_and_groups():
    items = (
        *FULL,
        make.cost_item(id="matka", amount="1", driver="per_hour"),
        make.cost_item(id="aineisto", amount="10", driver="per_client"),
        make.cost_item(id="tarjoilu", amount="20", driver="per_group"),
    )
    hours = [{"unit": u, "hours": "2"} for u in ("client", "start", "group", "month")]
    lines = (
        ({"id": "a", "unit": "client", "quantity": "1"}, {"unit_price": "200"}),
        ({"id": "b", "unit": "group", "quantity": "1"}, {"unit_price": "200"}),
    )
    priced, findings = price(bid(*lines, items=items, services=(make.service_(work_hours=hours),)))
    cost = priced.costs[0]
    assert cost.per_hour.total == D("1.18")  # 1.00 + 0.12 + 0.06
    assert cost.hourly == D("56.71")
    assert {u.unit: u.total for u in cost.units} == {
        "hour": D("56.71"),
        "client": D("125.18"),
        "start": D("125.18"),
        "group": D("136.94"),
        "month": D("113.42"),
    }
    assert tuple(line.variable for line in priced.lots[0].lines) == points("14.12", "25.88")
    assert findings == ()


def test_a_cost_that_no_line_carries_is_said():
    items = (*FULL, make.cost_item(id="aineisto", amount="10", driver="per_client"))
    _, findings = price(bid(({}, {}), items=items))
    assert codes(findings) == [say.COST_NOT_IN_PRICE.code]
    assert findings[0].place.file == "cost_items.yaml"
    assert findings[0].facts["item"] == "aineisto"


@pytest.mark.parametrize(
    ("salaries", "items", "message"),
    [
        ((), (), say.NO_COSTS),
        ((), FULL, say.NO_HOURS),
        ((make.salary(funding="grant"),), FULL, say.NO_HOURS),
        ((make.salary(productive="ei"),), (), say.NO_HOURS),
    ],
)
def test_a_cost_that_cannot_be_told_is_one_finding_and_the_fixed_price_stands(salaries, items, message):
    priced, findings = price(bid(({}, {}), salaries=salaries, items=items))
    assert [c for c in codes(findings) if c != say.KEPT_OUT.code] == [message.code]
    line = priced.lots[0].lines[0]
    assert (line.unit_price, line.unit_cost, line.cost) == (D(60), None, None)
    assert priced.costs[0].hourly is None
    assert priced.volumes == ()
    assert priced.break_even is None


def test_a_service_bought_in_by_the_hour_needs_no_staff():
    items = (make.cost_item(id="alihankinta", amount="50", driver="per_hour"),)
    priced, findings = price(bid(({}, {}), salaries=(), items=items))
    assert priced.costs[0].hourly == D("58.80")
    assert findings == ()


def test_negative_cost():
    _, findings = price(bid(({}, {}), items=(*FULL, make.cost_item(id="x", amount="-1"))))
    assert codes(findings) == [say.NEGATIVE_COST.code]


# --- hours and volume -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("quantity", "expected"), [("1164,57", []), ("1164,58", [say.PROMISED_TWICE.code])])
def test_hours_promised_twice(quantity, expected):
    priced, findings = price(bid(({"quantity": quantity}, {})))
    assert codes(findings) == expected
    assert priced.hours_available == D("1164.57")
    if findings:
        text = Translator("fi", ("common", "pricing")).sentence(findings[0]).replace("\xa0", " ")
        assert "1 164,58 h/v" in text
        assert "1 164,57 h/v" in text


def test_the_same_hours_offered_in_two_lots():
    lots = tuple(
        (
            make.lot(id=f"osa{n}"),
            make.offer(lot=f"osa{n}"),
            ((make.price_line(id=f"h{n}", lot=f"osa{n}", quantity="600"), make.price(line=f"h{n}")),),
        )
        for n in (1, 2)
    )
    priced, findings = price(bid(lots=lots))
    assert priced.hours_needed == 1200
    assert codes(findings) == [say.PROMISED_TWICE.code]


def test_volume_and_break_even():
    priced, _ = price(bid(({"quantity": "1 100"}, {})))
    assert [p.percent for p in priced.volumes] == [60, 70, 80, 90, 100, 110, 120]
    assert {p.cost for p in priced.volumes} == {D("64668.52")}
    assert tuple(p.income for p in priced.volumes[:2]) == points("39600.00", "46200.00")
    assert priced.volumes[4].result == D("1331.48")
    assert priced.break_even == D("97.99")  # 64 668.52 / 66 000 = 97.982…, up


def test_break_even_is_none_where_no_volume_covers_the_cost():
    priced, _ = price(bid(({"quantity": "1"}, {})))
    assert priced.break_even is None  # beyond 1 000 %
    items = (*FULL, make.cost_item(id="m", amount="80", driver="per_hour"))
    priced, _ = price(bid(({"quantity": "1000"}, {"below_cost_reason": "x"}), items=items))
    assert priced.break_even is None


def test_cost_per_outcome():
    rows = (
        make.outcome(),
        make.outcome(id="t2", reached=0),
        make.outcome(id="t3", indicator="dropped_out"),
        make.outcome(id="t4", service="muu"),
    )
    member = make.member(salaries=(make.salary(),), cost_items=FULL, outcomes=rows)
    priced, _ = price(make.priced_bid(members=(member,)).bid)
    assert [(o.outcome.id, o.client_cost, o.rate, o.cost) for o in priced.outcome_costs] == [
        ("t1", D("888.48"), D("30.00"), D("2961.60")),
        ("t2", D("888.48"), D("0.00"), None),
    ]


def test_assumptions_name_their_sources():
    priced, _ = price(bid(({}, {})))
    sources = {name: source for name, _, source in priced.assumptions}
    assert "etk.fi" in sources["Employer's pension contribution (TyEL)"]
    assert "unverified" in sources["Accident insurance"]


def test_same_bid_same_figures():
    one = bid(({}, {}))
    assert repr(price(one)) == repr(price(one))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_message_is_worded(language):
    from bidkit.diagnostics import Message

    words = Translator(language, ("common", "pricing", "manual_pricing"))
    for message in vars(say).values():
        if isinstance(message, Message):
            for text in (message.text, message.hint, message.page):
                assert words.text(text) != text, text
