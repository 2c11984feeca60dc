"""Condition 23: staff qualification."""

import pytest

from bidkit.conditions.staff_qualification import StaffQualification
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make

SOCIONOM = {"title": "Sosionomi (AMK)", "level": "bachelor", "field": "social"}


def degree(level="bachelor", field="social"):
    return {"title": "Tutkinto", "level": level, "field": field}


def person(name, *degrees, **given):
    return make.staff(id=name, qualifications=list(degrees), **given)


def judge(kind, *people, **dossier):
    return make.judged(kind, make.offering(staff=people, **dossier))


@pytest.mark.parametrize(("fit", "state", "margin"), [(1, State.NOT_MET, -1), (2, State.MET, 0), (3, State.MET, 1)])
def test_the_boundary(fit, state, margin):
    people = [person(f"p{n}", degree() if n < fit else degree("vocational")) for n in range(4)]
    verdict = judge(StaffQualification(level="bachelor", persons=2), *people)
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "persons"))
    assert verdict.rows == tuple(f"staff.p{n}" for n in range(fit))


LEVELS = ("vocational", "specialist", "bachelor", "master", "licensed")


@pytest.mark.parametrize("asked", [*LEVELS, "training"])
@pytest.mark.parametrize("has", [*LEVELS, "training"])
def test_levels_have_an_order_and_a_training_is_apart(asked, has):
    met = judge(StaffQualification(level=asked, persons=1), person("p", degree(has))).state is State.MET
    if "training" in (asked, has):
        assert met is (asked == has)
    else:
        assert met is (LEVELS.index(has) >= LEVELS.index(asked))


def test_level_and_field_must_meet_in_one_degree():
    kind = StaffQualification(level="bachelor", fields=["social", "health"], persons=1)
    assert judge(kind, person("p", degree("bachelor", "business"), degree("vocational", "social"))).state is (
        State.NOT_MET
    )
    assert judge(kind, person("p", degree("vocational", "business"), degree("master", "health"))).state is State.MET


def test_one_person_never_counts_twice():
    """MAO:311/17: two people are required, one has two fitting degrees and works in two services."""
    kind = StaffQualification(fields=["social"], persons=2)
    double = person("p", degree(), degree("master"))
    services = (make.service_(id="a"), make.service_(id="b"))
    verdict = make.judged(kind, make.offering(*services, staff=(double,)))
    assert (verdict.state, verdict.found) == (State.NOT_MET, Measure(1, "persons"))
    assert make.judged(kind, make.offering(*services, staff=(double, person("q", degree())))).state is State.MET


def test_two_members_may_use_one_id_for_two_people():
    members = tuple(
        make.member(
            organisation=make.organisation_(id=f"m{n}"),
            services=(make.service_(id=f"s{n}"),),
            staff=(person("valmentaja", degree()),),
        )
        for n in range(2)
    )
    line = (make.price_line(), make.price(service="s0"))
    bid = make.priced_bid(members=members, lots=((make.lot(), make.offer(services=["s0", "s1"]), (line,)),))
    assert make.judged(StaffQualification(level="bachelor", persons=2), bid).state is State.MET


def test_only_staff_of_the_lots_services_count():
    services = (make.service_(id="a"), make.service_(id="b"))
    staff = (person("p", degree(), services=["a"]), person("q", degree("vocational"), services=["b"]))
    offers = tuple((make.lot(id=f"o{s}", number=s), make.offer(lot=f"o{s}", services=[s]), ()) for s in "ab")
    bid = make.offering(*services, staff=staff, offers=offers)
    kind = StaffQualification(level="bachelor", persons=1)
    assert make.judged(kind, bid, lots=(0,)).state is State.MET
    assert make.judged(kind, bid, lots=(1,)).state is State.NOT_MET
    assert make.judged(kind, bid).state is State.MET
    assert make.judged(kind, bid, lots=()).state is State.NOT_APPLICABLE
    assert StaffQualification.each_lot


def test_without_persons_everyone_in_the_role_must_fit():
    kind = StaffQualification(level="bachelor", role="coach")
    manager = person("m", degree("vocational"), roles=["manager"])
    assert judge(kind, person("p", degree()), manager).state is State.MET
    verdict = judge(kind, person("p", degree()), person("q", degree("vocational")), manager)
    assert (verdict.state, verdict.margin) == (State.NOT_MET, Measure(-1, "persons"))
    assert make.advised(verdict) == (
        "Add the degree to qualifications of staff.q in staff.yaml if there is one, or name another person."
    )


@pytest.mark.parametrize(
    ("there", "state"),
    [
        ({"from": "1.3.2027"}, State.MET),
        ({"from": "2.3.2027"}, State.NOT_MET),
        ({"until": "28.2.2029"}, State.MET),
        ({"until": "27.2.2029"}, State.NOT_MET),
    ],
)
def test_a_person_must_be_there_for_the_whole_term(there, state):
    verdict = judge(StaffQualification(level="bachelor", persons=1), person("p", degree(), **there))
    assert verdict.state is state
    if state is State.NOT_MET:
        assert make.said(verdict).endswith("Not there for the whole contract term: Työvalmentaja.")


def test_what_is_not_told_is_never_met():
    kind = StaffQualification(level="bachelor", persons=2)
    verdict = judge(kind, person("p", degree()), person("q"))
    assert (verdict.state, verdict.place) == (State.CANNOT_TELL, verdict.places[0])
    assert verdict.place.file == "staff.yaml"
    assert make.said(verdict) == (
        "Qualified persons known: 1 person. Required: 2 persons (at least a bachelor's degree). "
        "The qualifications of staff.q (Työvalmentaja) are not told."
    )
    assert make.advised(verdict) == "Fill in qualifications of staff.q in staff.yaml."
    assert judge(kind, person("q"), person("r", degree("vocational"))).state is State.NOT_MET  # one cannot be two
    assert judge(kind, person("p", degree()), person("r", degree()), person("q")).state is State.MET


def test_nobody_named():
    verdict = judge(StaffQualification(level="bachelor"))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "services.yaml")
    assert make.said(verdict) == "No staff member is named for the services offered: Työhönvalmennus."
    verdict = judge(StaffQualification(level="bachelor", role="tutor"), person("p", degree()))
    assert make.said(verdict) == (
        "No staff member with the role tutor is named for the services offered: Työhönvalmennus."
    )


def test_a_condition_without_a_limit_cannot_be_judged():
    verdict = judge(StaffQualification(persons=1), person("p", degree()))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "conditions.yaml")


@pytest.mark.parametrize(
    ("attested", "state"),
    [
        ({"from": "1.3.2027"}, State.MET_BY),
        ({"from": "2.3.2027"}, State.NOT_MET),
        ({}, State.NOT_MET),  # a person's word does not overrule what can be judged
        ({"from": "5.1.2027"}, State.NOT_MET),
    ],
)
@pytest.mark.parametrize("has", [[degree("vocational")], []])
def test_a_promise_for_a_later_day(attested, state, has):
    word = make.attestation(statement="Valmistuu helmikuussa.", **attested)
    verdict = judge(StaffQualification(level="bachelor", persons=1), person("p", *has), attestations=(word,))
    assert verdict.state is (State.CANNOT_TELL if not has and attested in ({}, {"from": "5.1.2027"}) else state)
    if state is State.MET_BY:
        assert str(verdict.met_by) == "2027-03-01"
        assert verdict.rows[0] == "attestations.v1"
        assert make.said(verdict, "fi").startswith("Valmistuu helmikuussa.")


def test_it_says_so():
    kind = StaffQualification(level="bachelor", fields=["social", "health"], persons=2)
    verdict = judge(kind, person("p", SOCIONOM), person("q", degree("vocational")))
    assert make.said(verdict) == (
        "Qualified persons: 1 person. Required: 2 persons (at least a bachelor's degree, social services, "
        "health care); missing: 1 person."
    )
    assert make.said(verdict, "fi") == (
        "Koulutusvaatimuksen täyttää 1 henkilö. Vaaditaan 2 henkilöä (vähintään alempi korkeakoulututkinto "
        "(AMK tai kandidaatti), sosiaaliala, terveysala); puuttuu 1 henkilö."
    )
    met = judge(kind, person("p", SOCIONOM), person("q", SOCIONOM))
    assert make.said(met, "fi") == (
        "Koulutusvaatimuksen täyttää 2 henkilöä. Vaaditaan 2 henkilöä (vähintään alempi korkeakoulututkinto "
        "(AMK tai kandidaatti), sosiaaliala, terveysala)."
    )
    assert met.hint == ""
