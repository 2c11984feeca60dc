"""Condition 26: staffing, no hour promised twice."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from bidkit.conditions._hours import needed_elsewhere
from bidkit.conditions.staffing import Staffing
from bidkit.diagnostics import Measure
from bidkit.stages import BoundCondition, State
from tests import make


def person(name, hours, **given):
    return make.staff(id=name, hours_per_week=hours, **given)


def judge(kind, *people, **dossier):
    return make.judged(kind, make.offering(staff=people, **dossier))


@pytest.mark.parametrize(
    ("minutes", "state", "margin"),
    [("37 h", State.NOT_MET, "-0.01"), ("37:30", State.MET, "0"), ("38 h", State.MET, "0.01")],
)
def test_the_boundary(minutes, state, margin):
    verdict = judge(Staffing(fte=2, full_time="37,5 h"), person("a", "37,5"), person("b", minutes))
    assert (verdict.state, verdict.margin) == (state, Measure(Decimal(margin), "fte"))


def test_a_full_week_is_five_days_of_the_cost_basis():
    assert judge(Staffing(fte=1), person("a", "38 h 20 min")).margin == Measure(0, "fte")  # 5 × 7 h 40 min
    assert judge(Staffing(fte=1), person("a", "38 h")).margin == Measure(Decimal("-0.01"), "fte")


def test_a_person_counts_once_however_many_services():
    bid = make.offering(make.service_(id="a"), make.service_(id="b"), staff=(person("p", "37,5"),))
    assert make.judged(Staffing(fte=1, full_time="37,5"), bid).found == Measure(1, "fte")


def test_members_add_up_each_by_their_own_week():
    def member(n, day):
        basis = make.cost_basis(
            working_time={"day": day, "leave_days": 25, "other_absence_days": 10, "client_share": "70 %"}
        )
        return make.member(
            organisation=make.organisation_(id=f"m{n}"),
            services=(make.service_(id=f"s{n}"),),
            staff=(person("valmentaja", "37,5"),),
            cost_basis=basis,
        )

    line = (make.price_line(), make.price(service="s0"))
    offers = ((make.lot(), make.offer(services=["s0", "s1"]), (line,)),)
    bid = make.priced_bid(members=(member(0, "7,5"), member(1, "7,5")), lots=offers)
    assert make.judged(Staffing(fte=2), bid).found == Measure(2, "fte")
    bid = make.priced_bid(members=(member(0, "7,5"), member(1, "8")), lots=offers)
    assert make.judged(Staffing(fte=2), bid).found == Measure(Decimal("1.94"), "fte")


@pytest.mark.parametrize(
    ("there", "state"),
    [({"from": "1.3.2027"}, "MET"), ({"from": "2.3.2027"}, "NOT_MET"), ({"until": "1.1.2028"}, "NOT_MET")],
)
def test_only_those_who_are_there_for_the_term(there, state):
    verdict = judge(Staffing(fte=1, full_time="37,5"), person("a", "37,5", **there))
    assert verdict.state is State[state]
    if state == "NOT_MET":
        assert make.said(verdict) == (
            "Staff reserved: 0 person-years. Required: at least 1 person-year; missing: 1 person-year. "
            "Not there for the whole contract term: Työvalmentaja."
        )


def two_lots(*staff, first=1, second=1, whole=False):
    """Service a in lot 1, b in lot 2, both with a staffing condition; ``whole``: one over both lots."""
    services = (make.service_(id="a"), make.service_(id="b"))
    offers = tuple((make.lot(id=f"o{s}", number=s), make.offer(lot=f"o{s}", services=[s]), ()) for s in "ab")
    bid = make.offering(*services, staff=staff, offers=offers)
    kinds = [Staffing(fte=first, full_time="40"), Staffing(fte=second, full_time="40")]
    lots = bid.bid.lots
    bound = [
        BoundCondition(make.condition("staffing"), kind, lots if whole else (lots[n],), whole, None)
        for n, kind in enumerate(kinds)
    ]
    return replace(bid, bid=replace(bid.bid, conditions=tuple(bound))), kinds


def test_hours_are_not_promised_to_two_lots():
    shared = person("p", "40", services=["a", "b"])
    bid, (first, second) = two_lots(shared)
    for kind, lot in ((first, 0), (second, 1)):
        verdict = make.judged(kind, bid, lots=(lot,))
        assert (verdict.state, verdict.found) == (State.NOT_MET, Measure(0, "fte"))
    assert make.said(verdict, "fi") == (
        "Henkilöstö: 1 henkilötyövuosi, josta muissa osa-alueissa (a) tarvitaan 1 henkilötyövuosi; tähän jää "
        "0 henkilötyövuotta. Vaaditaan vähintään 1 henkilötyövuosi; puuttuu 1 henkilötyövuosi."
    )


@pytest.mark.parametrize(("own", "state"), [("39", State.NOT_MET), ("40", State.MET)])
def test_the_other_lot_takes_its_own_people_first(own, state):
    """Lot b has a person of its own; what they lack it takes from the shared one."""
    bid, (first, second) = two_lots(person("p", "40", services=["a", "b"]), person("q", own, services=["b"]))
    verdict = make.judged(first, bid, lots=(0,))
    assert verdict.state is state
    assert make.judged(second, bid, lots=(1,)).state is state


def test_over_everything_offered_each_person_once():
    bid, (first, _) = two_lots(person("p", "40", services=["a", "b"]), first=2, whole=True)
    verdict = make.judged(first, bid)
    assert (verdict.state, verdict.found) == (State.NOT_MET, Measure(1, "fte"))


def test_what_a_condition_over_the_whole_bid_asks_is_no_need_of_another_lot():
    bid, (first, second) = two_lots(person("p", "40", services=["a", "b"]))
    lots = bid.bid.lots
    others = (
        BoundCondition(make.condition("staffing"), second, lots, True, None),
        BoundCondition(make.condition("statement"), object(), (lots[1],), False, None),
        BoundCondition(make.condition("staffing"), first, (lots[0],), False, None),
    )
    bid = replace(bid, bid=replace(bid.bid, conditions=others))
    assert make.judged(first, bid, lots=(0,)).state is State.MET


def test_shared_hours_are_found_whatever_the_chain():
    """A – B – C share in a chain: A may have all its own, because C frees what B needs."""
    one = Fraction(1)
    hours = {"ab": one, "bc": one, "c": one}
    others = {"b": (one, frozenset({"ab", "bc"})), "c": (one, frozenset({"bc", "c"}))}
    assert needed_elsewhere(frozenset({"ab"}), others, hours) == 0
    assert needed_elsewhere(frozenset({"ab"}), others, hours | {"c": Fraction(1, 4)}) == Fraction(3, 4)
    assert needed_elsewhere(frozenset({"ab"}), others, hours | {"c": Fraction(0), "bc": Fraction(0)}) == 1
    assert needed_elsewhere(frozenset({"ab"}), {}, hours) == 0


def test_what_is_not_told_is_never_met():
    verdict = judge(Staffing(fte=1))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "services.yaml")
    assert judge(Staffing(fte=1, full_time="0"), person("a", "40")).state is State.CANNOT_TELL
    bid = make.offering(staff=(person("a", "40"),))
    assert make.judged(Staffing(fte=1), bid, lots=()).state is State.NOT_APPLICABLE


def test_a_promise_for_a_later_day():
    word = make.attestation(**{"from": "1.3.2027", "statement": "Rekrytoimme toisen valmentajan."})
    verdict = judge(Staffing(fte=2, full_time="37,5"), person("a", "37,5"), attestations=(word,))
    assert (verdict.state, verdict.rows) == (State.MET_BY, ("attestations.v1", "staff.a"))


def test_it_says_so():
    verdict = judge(Staffing(fte="1,5", full_time="37,5"), person("a", "37,5"))
    assert make.said(verdict) == (
        "Staff reserved: 1 person-year. Required: at least 1.5 person-years; missing: 0.5 person-years."
    )
    assert make.said(verdict, "fi") == (
        "Varattu henkilöstö: 1 henkilötyövuosi. Vaaditaan vähintään 1,5 henkilötyövuotta; puuttuu 0,5 henkilötyövuotta."
    )
    assert make.advised(verdict) == (
        "Correct the hours per week in staff.yaml, add people who do this work, or offer fewer lots."
    )
    met = judge(Staffing(fte=1, full_time="37,5"), person("a", "37,5"))
    assert (make.said(met), met.hint) == ("Staff reserved: 1 person-year. Required: at least 1 person-year.", "")
