"""Judging the whole bid: severity by how the tender binds, crashes, capacity promised twice, lengths, the deadline."""

from dataclasses import replace
from datetime import date

import pytest

from bidkit.check import check
from bidkit.conditions._base import Kind
from bidkit.conditions.complete_lots import CompleteLots
from bidkit.conditions.minimum_capacity import MinimumCapacity
from bidkit.conditions.text_limit import TextLimit
from bidkit.diagnostics import Severity
from bidkit.i18n import Translator
from bidkit.pipeline import assess
from bidkit.stages import AnsweredCriterion, BoundCondition, State, Verdict
from tests import make, small

FI = Translator("fi", ("common", "findings", "conditions"))


class Judge:
    """A kind made up for a test."""

    counts_pages = False

    def __init__(self, outcome):
        self.outcome = outcome

    def judge(self, bid, scope):
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def judge_one(judge, binding="knock_out", priced=None, whole_bid=True):
    priced = priced or make.priced_bid()
    entry = make.condition("statement", binding=binding)
    bound = BoundCondition(entry, judge, priced.bid.lots, whole_bid, None)
    priced = replace(priced, bid=replace(priced.bid, conditions=(bound,)))
    return check(priced, date(2027, 1, 10))


@pytest.mark.parametrize(
    ("binding", "severity"),
    [("knock_out", Severity.ERROR), ("scored", Severity.WARNING), ("information", Severity.NOTE)],
)
@pytest.mark.parametrize("state", [State.NOT_MET, State.CANNOT_TELL])
def test_severity_comes_from_how_the_tender_binds(binding, severity, state):
    assessment, (finding,) = judge_one(Judge(Verdict(state, "x")), binding)
    assert finding.severity is severity
    assert finding.code == "BK361"
    assert bool(assessment.open) is (binding == "knock_out")


@pytest.mark.parametrize("state", [State.MET, State.ATTESTED, State.NOT_APPLICABLE, State.MET_BY])
def test_a_met_condition_is_silent(state):
    assessment, findings = judge_one(Judge(Verdict(state, "x")))
    assert findings == ()
    assert assessment.open == ()
    assert assessment.tally()[state] == 1


def test_a_condition_that_crashes_is_a_finding_and_never_met():
    assessment, (finding,) = judge_one(Judge(ZeroDivisionError("secret detail")))
    assert finding.code == "BK390"
    expected = "Reunaehtoa v1 ei voitu tarkistaa bidkitin oman vian takia (statement: ZeroDivisionError)."
    assert FI.sentence(finding) == expected
    assert assessment.judgements[0].verdict.state is State.CANNOT_TELL
    assert len(assessment.open) == 1


@pytest.mark.parametrize(("whole", "expected"), [(False, [("1", 1), ("2", 1)]), (True, [(None, 2)])])
def test_a_condition_of_each_lot_is_judged_for_each_unless_it_names_none(whole, expected):
    class Each(Kind):
        each_lot = True

        def judge(self, bid, scope):
            return Verdict(State.MET, "x", {"lots": len(scope.lots)})

    second = (make.lot(id="osa2", number="2"), make.offer(lot="osa2"), ())
    priced = make.priced_bid(lots=((make.lot(), make.offer(), ()), second))
    assessment, _ = judge_one(Each(), priced=priced, whole_bid=whole)
    found = [(j.lot.lot.number if j.lot else None, j.verdict.facts["lots"]) for j in assessment.judgements]
    assert found == expected
    assessment, _ = judge_one(Each(), priced=priced, whole_bid=True)  # a condition that names no lot
    assert [(j.lot, j.verdict.facts["lots"]) for j in assessment.judgements] == [(None, 2)]


@pytest.mark.parametrize(("second", "finds"), [(3, False), (4, False), (5, True)])
def test_capacity_promised_twice(second, finds):
    member = make.member(services=(make.service_(capacity={"clients_per_day": 12}),))
    share = {"service": "valmennus", "clients_per_day": 8}
    lots = (
        (make.lot(), make.offer(capacity=[share]), ()),
        (make.lot(id="osa2"), make.offer(lot="osa2", capacity=[share | {"clients_per_day": second}]), ()),
    )
    _, findings = check(make.priced_bid(members=(member,), lots=lots))
    texts = [FI.sentence(f) for f in findings if f.code == "BK380"]
    expected = "Palvelu ”Työhönvalmennus” lupaa osa-alueille yhteensä 13 asiakasta/pv, mutta sillä on 12 asiakasta/pv."
    assert texts == ([expected] if finds else [])


def test_capacity_promised_twice_is_told_once():
    member = make.member(services=(make.service_(capacity={"clients_per_day": 12}),))
    lots = tuple(
        (
            make.lot(id=id_),
            make.offer(lot=id_, capacity=[{"service": "valmennus", "clients_per_day": 8}]),
            ((make.price_line(id=f"h-{id_}", lot=id_), make.price(line=f"h-{id_}")),),
        )
        for id_ in ("osa1", "osa2")
    )
    priced = make.priced_bid(members=(member,), lots=lots)
    bound = BoundCondition(make.condition("minimum_capacity"), MinimumCapacity(clients=8), priced.bid.lots, True, None)
    _, findings = check(replace(priced, bid=replace(priced.bid, conditions=(bound,))))
    assert [f.code for f in findings] == ["BK306"]


@pytest.mark.parametrize(("extra", "finds"), [(-1, False), (0, False), (1, True)])
def test_the_length_of_an_answer(extra, finds):
    criterion = make.tender.Criterion.model_validate(
        {"id": "l1", "number": "L1", "title": "T", "question": "K", "points": 10, "max_characters": 100}
    )
    answer = make.bid_model.Answer.model_validate({"criterion": "l1", "text": "a" * (100 + extra)})
    _, findings = check(make.priced_bid(criteria=(AnsweredCriterion(criterion, answer),)))
    texts = [FI.sentence(f) for f in findings]
    expected = "Vastauksessa laatukriteeriin L1 on 101 merkkiä; sallittu on enintään 100 merkkiä."
    assert texts == ([expected] if finds else [])


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        (TextLimit(), ["BK355"]),
        (TextLimit(criteria=["l1"]), ["BK355"]),
        (TextLimit(max_characters=100), ["BK355"]),
        (TextLimit(criteria=["l1"], max_characters=200), ["BK381"]),  # another limit leaves the criterion's own
        (TextLimit(max_characters=200, together="kyllä"), ["BK381"]),
        (TextLimit(texts=["letter"], max_characters=200), ["BK381"]),
        (TextLimit(pages=20), ["BK355", "BK381"]),  # a limit of pages says nothing of characters
        (None, ["BK381"]),
    ],
)
def test_a_condition_takes_the_place_of_a_criterions_limit_only_if_it_judges_by_it(kind, codes):
    criterion = make.tender.Criterion.model_validate(
        {"id": "l1", "number": "L1", "title": "T", "question": "K", "points": 10, "max_characters": 100}
    )
    answer = make.bid_model.Answer.model_validate({"criterion": "l1", "text": "a" * 101})
    priced = make.priced_bid(criteria=(AnsweredCriterion(criterion, answer),))
    bound = BoundCondition(make.condition("text_limit"), kind, priced.bid.lots, True, None)
    _, findings = check(replace(priced, bid=replace(priced.bid, conditions=(bound,))))
    assert [f.code for f in findings] == codes


@pytest.mark.parametrize(
    ("day", "finds"), [(date(2027, 1, 14), False), (date(2027, 1, 15), False), (date(2027, 1, 16), True), (None, False)]
)
def test_a_deadline_that_has_passed(day, finds):
    _, findings = check(make.priced_bid(), day)
    texts = [FI.sentence(f) for f in findings]
    assert texts == (["Tarjousten määräaika on jo mennyt: 15.1.2027 klo 12.00."] if finds else [])


def test_names_of_staff_are_printed_only_with_a_note():
    member = make.member(staff=(make.staff(services=["valmennus"]),))
    _, findings = check(make.priced_bid(members=(member,), basics=make.bid_basics(name_staff="kyllä")))
    assert [(f.code, f.severity) for f in findings] == [("BK382", Severity.NOTE)]


def test_a_condition_whose_fault_has_been_told_is_open_without_a_second_finding():
    assessment, findings = judge_one(None)
    assert findings == ()
    assert [j.verdict.state for j in assessment.open] == [State.CANNOT_TELL]


EMPTY = ((make.lot(number="3"), make.offer(), ()),)
NOTHING = "Osa-aluetta 3 tarjotaan, mutta siinä ei ole yhtään hintaa."


def nothing_priced(priced, *kinds, binding="knock_out"):
    """Return the codes, places and texts of a check under conditions of some kinds."""
    bound = tuple(
        BoundCondition(make.condition("complete_lots", binding=binding), kind, priced.bid.lots, True, None)
        for kind in kinds
    )
    _, findings = check(replace(priced, bid=replace(priced.bid, conditions=bound)))
    return [(f.code, f.severity, str(f.place), FI.sentence(f)) for f in findings]


def test_an_offered_lot_without_price_lines_is_an_error_at_its_offer():
    expected = [("BK384", Severity.ERROR, "lot_offers.yaml:1:1", NOTHING)]
    assert nothing_priced(make.priced_bid(lots=EMPTY)) == expected


def test_an_offered_lot_none_of_whose_lines_is_priced_is_an_error_at_its_offer():
    priced = make.priced_bid(lots=EMPTY, missing_lines=(make.price_line(), make.price_line(id="h2")))
    assert [f[0] for f in nothing_priced(priced)] == ["BK384"]


def test_one_price_of_a_lot_is_enough():
    lots = ((make.lot(), make.offer(), ((make.price_line(), make.price()),)),)
    assert nothing_priced(make.priced_bid(lots=lots, missing_lines=(make.price_line(id="h2"),))) == []


@pytest.mark.parametrize("missing", [(), (make.price_line(),)])
@pytest.mark.parametrize(
    ("binding", "codes"),
    [("knock_out", ["BK317"]), ("scored", ["BK317", "BK384"]), ("information", ["BK317", "BK384"])],
)
def test_a_knock_out_condition_of_complete_lots_says_it_instead(missing, binding, codes):
    priced = make.priced_bid(lots=EMPTY, missing_lines=missing)
    assert [f[0] for f in nothing_priced(priced, CompleteLots(), binding=binding)] == codes


def test_a_condition_that_is_met_by_another_lot_does_not_hide_an_empty_one():
    full = (make.lot(id="osa2"), make.offer(lot="osa2"), ((make.price_line(lot="osa2"), make.price()),))
    assert [f[0] for f in nothing_priced(make.priced_bid(lots=(*EMPTY, full)), CompleteLots())] == ["BK384"]


@pytest.mark.parametrize(
    ("noun", "old", "new", "code"),
    [
        ("prices", "line: h1", "line: hh1", "BK201"),  # a price for a line that is misspelt
        ("prices", "service: valmennus", "service: valmenus", "BK201"),
        ("prices", "strategy: cost_plus", "strategy: kiintea", None),
        ("price_lines", "lot: osa1", "lot: osa9", "BK201"),
        ("price_lines", "unit: hour", "unit: tunti", None),
        ("price_lines", "id: h1", "idd: h1", None),
    ],
)
def test_a_lot_whose_prices_are_faulty_is_not_said_to_lack_them(tmp_path, noun, old, new, code):
    run = assess(small.write(tmp_path, **small.change(noun, old, new)))
    codes = {f.code for f in run.errors}
    assert codes
    assert "BK384" not in codes
    assert code is None or code in codes


def test_a_lot_that_is_not_priced_is_told_from_the_files(tmp_path):
    run = assess(small.write(tmp_path, **small.change("prices", "strategy: cost_plus", "strategy: not_offered")))
    assert [(f.code, str(f.place)) for f in run.errors] == [("BK384", "lot_offers.yaml:1:3")]


@pytest.mark.parametrize(("day", "finds"), [("14.1.2027", False), ("15.1.2027", False), ("16.1.2027", True)])
def test_an_attestation_of_a_day_after_the_deadline(day, finds):
    priced = make.priced_bid(attestations=(make.attestation(on=day),))
    _, findings = judge_one(Judge(Verdict(State.ATTESTED, "x")), priced=priced)
    expected = "Reunaehto v1 on vakuutettu 16.1.2027, mutta tarjousten määräaika on 15.1.2027 klo 12.00."
    assert [FI.sentence(f) for f in findings] == ([expected] if finds else [])
    if finds:
        assert (findings[0].code, findings[0].severity) == ("BK385", Severity.WARNING)
        assert findings[0].place == make.attestation(on=day).at.of("on")


def test_an_attestation_of_no_condition_of_the_bid_is_not_judged():
    priced = make.priced_bid(attestations=(make.attestation(condition="v9", on="1.1.2028"),))
    _, findings = judge_one(Judge(Verdict(State.ATTESTED, "x")), priced=priced)
    assert findings == ()
