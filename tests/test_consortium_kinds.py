"""Whose entries count: every kind of condition with two members, under all four forms."""

from datetime import date

import pytest

from bidkit import conditions
from bidkit.conditions.acceptance_of_terms import AcceptanceOfTerms
from bidkit.conditions.bid_language import BidLanguage
from bidkit.conditions.bid_validity import BidValidity
from bidkit.conditions.complete_lots import CompleteLots
from bidkit.conditions.deadline import Deadline
from bidkit.conditions.group_size import GroupSize
from bidkit.conditions.liability_insurance import LiabilityInsurance
from bidkit.conditions.mandatory_attachments import MandatoryAttachments
from bidkit.conditions.maximum_duration import MaximumDuration
from bidkit.conditions.maximum_lots import MaximumLots
from bidkit.conditions.minimum_capacity import MinimumCapacity
from bidkit.conditions.minimum_intensity import MinimumIntensity
from bidkit.conditions.no_zero_price import NoZeroPrice
from bidkit.conditions.place_of_performance import PlaceOfPerformance
from bidkit.conditions.price_ceiling import PriceCeiling
from bidkit.conditions.quality_certificate import QualityCertificate
from bidkit.conditions.reference_recency import ReferenceRecency
from bidkit.conditions.reference_size import ReferenceSize
from bidkit.conditions.references import References
from bidkit.conditions.reporting import Reporting
from bidkit.conditions.service_language import ServiceLanguage
from bidkit.conditions.staff_experience import StaffExperience
from bidkit.conditions.staff_qualification import StaffQualification
from bidkit.conditions.staffing import Staffing
from bidkit.conditions.staffing_ratio import StaffingRatio
from bidkit.conditions.start_after_order import StartAfterOrder
from bidkit.conditions.statement import Statement
from bidkit.conditions.tax_certificate import TaxCertificate
from bidkit.conditions.text_limit import TextLimit
from bidkit.conditions.turnover import Turnover
from bidkit.conditions.vat_basis import VatBasis
from bidkit.conditions.volume_flexibility import VolumeFlexibility
from bidkit.consortium import overridden, shipped
from bidkit.diagnostics import Measure, Place
from bidkit.stages import State
from tests import make
from tests.consortia import FORMS, ROLE, bid, consortium, judged, member, participant

MET, NOT, UNKNOWN, ATTESTED = State.MET, State.NOT_MET, State.CANNOT_TELL, State.ATTESTED


def coach(**given):
    return make.staff(**given)


DEGREE = {"qualifications": [{"title": "Sosionomi", "level": "bachelor", "field": "social"}]}
TRAINING = {"qualifications": [{"title": "Kurssi", "level": "training", "field": "social"}]}
WORK = {"experience": [{"task": "Valmennus", "start": "1.1.2020"}]}
LITTLE = {"experience": [{"task": "Valmennus", "start": "1.1.2027"}]}
# States: group; subcontracting; reliance on b in this condition; reliance on b in none; umbrella.
TOGETHER = (MET, NOT, MET, NOT, NOT)  # what the two have between them is enough, what the lead has is not
EACH = (UNKNOWN, MET, MET, MET, MET)  # the lead has it, the other has not
OTHERS = (UNKNOWN, UNKNOWN, MET, UNKNOWN, UNKNOWN)  # the other has it, the lead has not
DELIVERED = (MET,) * 5  # what the services give together is enough, whoever gives them
SPOILT = (NOT,) * 5  # one service does not do, whoever gives it
# kind → (its condition, what a and b have, the rest of the dossier, states)
CASES = {
    "turnover": (
        Turnover(minimum="300 000"),
        ({"organisation": {"turnover": [{"year": 2026, "amount": "100 000"}]}},
         {"organisation": {"turnover": [{"year": 2026, "amount": "200 000"}]}}),
        {}, TOGETHER,
    ),
    "references": (
        References(minimum=2),
        ({"references": (make.reference(),)}, {"references": (make.reference(id="r2"),)}),
        {}, TOGETHER,
    ),
    "reference_size": (
        ReferenceSize(clients=30, minimum=2),
        ({"references": (make.reference(clients=30),)}, {"references": (make.reference(id="r2", clients=31),)}),
        {}, TOGETHER,
    ),
    "reference_recency": (
        ReferenceRecency(years=3, minimum=2),
        ({"references": (make.reference(),)}, {"references": (make.reference(id="r2"),)}),
        {}, TOGETHER,
    ),
    "quality_certificate": (
        QualityCertificate(kinds=["iso9001"]),
        ({"certificates": (make.certificate(kind="iso9001"),)}, {}),
        {}, EACH,
    ),
    "quality_certificate of the other": (
        QualityCertificate(kinds=["iso9001"]),
        ({}, {"certificates": (make.certificate(kind="iso9001"),)}),
        {}, OTHERS,
    ),
    "quality_certificate of the lead": (
        QualityCertificate(kinds=["iso9001"], who="lead"),
        ({}, {"certificates": (make.certificate(kind="iso9001"),)}),
        {}, OTHERS,
    ),
    "quality_certificate of any": (
        QualityCertificate(kinds=["iso9001"], who="any"),
        ({}, {"certificates": (make.certificate(kind="iso9001"),)}),
        {}, (MET, UNKNOWN, MET, UNKNOWN, UNKNOWN),
    ),
    "liability_insurance": (
        LiabilityInsurance(amount="100 000"), ({"insurances": (make.insurance(),)}, {}), {}, EACH,
    ),
    "liability_insurance of the lead": (
        LiabilityInsurance(amount="100 000", who="lead"), ({"insurances": (make.insurance(),)}, {}), {}, (MET,) * 5,
    ),
    "tax_certificate": (  # a body that is relied on at all must have one; without a named condition its role tells
        TaxCertificate(), ({"certificates": (make.certificate(),)}, {}), {}, (UNKNOWN, MET, UNKNOWN, UNKNOWN, MET),
    ),
    "tax_certificate of each": (
        TaxCertificate(),
        ({"certificates": (make.certificate(),)}, {"certificates": (make.certificate(issued="1.1.2027"),)}),
        {}, (MET,) * 5,
    ),
    "staff_qualification": (
        StaffQualification(level="bachelor", persons=2),
        ({"staff": (coach(**DEGREE),)}, {"staff": (coach(id="toinen", **DEGREE),)}), {}, TOGETHER,
    ),
    "staff_qualification of everyone": (
        StaffQualification(level="bachelor"),
        ({"staff": (coach(**DEGREE),)}, {"staff": (coach(id="toinen", **TRAINING),)}), {}, SPOILT,
    ),
    "staff_experience": (
        StaffExperience(months=24, persons=2),
        ({"staff": (coach(**WORK),)}, {"staff": (coach(id="toinen", **WORK),)}), {}, TOGETHER,
    ),
    "staff_experience of everyone": (
        StaffExperience(months=24),
        ({"staff": (coach(**WORK),)}, {"staff": (coach(id="toinen", **LITTLE),)}), {}, SPOILT,
    ),
    "minimum_capacity": (
        MinimumCapacity(clients=16),
        ({"service": {"capacity": {"clients_per_day": 8}}}, {"service": {"capacity": {"clients_per_day": 9}}}),
        {}, DELIVERED,
    ),
    "volume_flexibility": (
        VolumeFlexibility(percent="20 %", quantity="14", per="day"),
        ({"service": {"capacity": {"clients_per_day": 8}}}, {"service": {"capacity": {"clients_per_day": 9}}}),
        {}, DELIVERED,
    ),
    "place_of_performance": (
        PlaceOfPerformance(municipalities=["Pori", "Rauma"]),
        ({"service": {"municipalities": ["Pori"]}}, {"service": {"municipalities": ["Rauma"]}}), {}, DELIVERED,
    ),
    "staffing": (
        Staffing(fte="2", full_time="37,5"), ({"staff": (coach(),)}, {"staff": (coach(id="toinen"),)}), {}, DELIVERED,
    ),
    "staffing_ratio": (
        StaffingRatio(clients=25),
        ({"service": {"clients_per_coach": 25}}, {"service": {"clients_per_coach": 26}}), {}, SPOILT,
    ),
    "service_language": (
        ServiceLanguage(languages=["sv"]),
        ({"service": {"languages": ["sv"]},
          "staff": (coach(languages=[{"language": "sv", "level": "native"}]),)}, {}), {}, SPOILT,
    ),
    "group_size": (
        GroupSize(maximum=12),
        ({"service": {"dose": {"hours": "16", "weeks": "16", "group_min": 6, "group_max": 12}}},
         {"service": {"dose": {"hours": "16", "weeks": "16", "group_min": 6, "group_max": 13}}}), {}, SPOILT,
    ),
    "maximum_duration": (
        MaximumDuration(hours="16"), ({}, {"service": {"dose": {"hours": "17", "weeks": "16"}}}), {}, SPOILT,
    ),
    "minimum_intensity": (
        MinimumIntensity(hours="2"),
        ({"service": {"dose": {"hours": "16", "weeks": "16", "hours_per_month": "2"}}},
         {"service": {"dose": {"hours": "16", "weeks": "16", "hours_per_month": "1"}}}), {}, SPOILT,
    ),
    "reporting": (
        Reporting(times_a_year=4),
        ({"service": {"reports_per_year": 4}}, {"service": {"reports_per_year": 3}}), {}, SPOILT,
    ),
    "start_after_order": (
        StartAfterOrder(working_days=10),
        ({"service": {"start_within_days": 10}}, {"service": {"start_within_days": 11}}), {}, SPOILT,
    ),
    "acceptance_of_terms": (
        AcceptanceOfTerms(), ({}, {}), {"attestations": (make.attestation(),)}, (ATTESTED,) * 5,
    ),
    "statement": (Statement(), ({}, {}), {"attestations": (make.attestation(),)}, (ATTESTED,) * 5),
    "bid_language": (BidLanguage(languages=["sv"]), ({}, {}), {}, (NOT,) * 5),
    "bid_validity": (BidValidity(until="30.6.2027"), ({}, {}), {}, (MET,) * 5),
    "complete_lots": (CompleteLots(), ({}, {}), {}, (MET,) * 5),
    "deadline": (Deadline(), ({}, {}), {}, (MET,) * 5),
    "mandatory_attachments": (MandatoryAttachments(), ({}, {}), {}, (State.NOT_APPLICABLE,) * 5),
    "maximum_lots": (MaximumLots(lots=1), ({}, {}), {}, (MET,) * 5),
    "no_zero_price": (NoZeroPrice(), ({}, {}), {}, (MET,) * 5),
    "price_ceiling": (PriceCeiling(ceiling="59"), ({}, {}), {}, (NOT,) * 5),
    "text_limit": (TextLimit(max_characters=100), ({}, {}), {}, (UNKNOWN,) * 5),
    "vat_basis": (VatBasis(basis="excluded"), ({}, {}), {}, (MET,) * 5),
}  # fmt: skip
WAYS = (("group", ()), ("subcontracting", ()), ("reliance", ("v1",)), ("reliance", ()), ("umbrella", ()))


@pytest.mark.parametrize("name", CASES)
def test_the_form_says_whose_entries_count(name):
    kind, has, dossier, states = CASES[name]
    members = tuple(member(id_, **given) for id_, given in zip("ab", has, strict=True))
    found = tuple(
        judged(kind, bid(form, *members, relied_on=relied, **dossier), as_of=date(2027, 1, 10)).state
        for form, relied in WAYS
    )
    assert found == states


# --- a member whose file could not be read ---------------------------------------------------------
LOST = Place("jasenet/b/tiedot.xlsx")
TOLD = "A member's file could not be read, so it cannot be told whether the members have enough together."


def alone(kind, has, form="group", relied=(), unread=("b", LOST), **dossier):
    """Judge with what ``a`` has; what ``b`` has could not be read."""
    others = {"relied_on": list(relied)} if relied else {}
    both = (participant("a", "lead"), participant("b", ROLE[form], **others))
    given = {"consortium": consortium(form), "participants": both, "unread": dict([unread])} | dossier
    return judged(kind, bid(form, member("a", **has), **given))


@pytest.mark.parametrize(
    "name", [name for name, (*_, states) in CASES.items() if states is TOGETHER or states is DELIVERED]
)
def test_what_members_have_together_cannot_be_told_while_a_file_of_one_who_counts_is_unread(name):
    kind, (has, _), dossier, states = CASES[name]
    found = [alone(kind, has, form, relied, **dossier) for form, relied in WAYS]
    assert [one.state for one in found] == [UNKNOWN if state is MET else NOT for state in states]
    for one in found:
        if one.state is UNKNOWN:
            assert (make.said(one), one.place, one.margin) == (TOLD, LOST, None)


@pytest.mark.parametrize(
    ("kind", "has", "state"),
    [
        (References(minimum=1), {"references": (make.reference(),)}, MET),
        (StaffQualification(level="bachelor", persons=1), {"staff": (coach(**DEGREE),)}, MET),
        (StaffQualification(level="bachelor"), {"staff": (coach(**TRAINING),)}, NOT),  # nobody makes up for this one
        (StaffExperience(months=24), {"staff": (coach(**LITTLE),)}, NOT),
        (StartAfterOrder(working_days=10), {"service": {"start_within_days": 11}}, NOT),
        (PriceCeiling(ceiling="59"), {}, NOT),
        (TaxCertificate(), {"certificates": (make.certificate(issued="1.1.2020"),)}, NOT),
    ],
)
def test_what_is_met_or_each_must_have_is_judged_though_a_file_is_unread(kind, has, state):
    assert alone(kind, has).state is state


OLD = {"certificates": (make.certificate(kind="iso9001", issued="1.1.2019", valid_until="1.1.2020"),)}


@pytest.mark.parametrize(
    ("form", "who", "relied", "state"),
    [
        ("group", "all", (), NOT),
        ("group", "any", (), UNKNOWN),
        ("group", "lead", (), NOT),
        ("subcontracting", "any", (), NOT),
        ("reliance", "all", ("v1",), UNKNOWN),  # what the lead lacks, one relied on may have
        ("reliance", "all", ("v2",), NOT),
    ],
)
def test_where_one_is_enough_it_may_be_the_one_whose_file_is_unread(form, who, relied, state):
    assert alone(QualityCertificate(kinds=["iso9001"], who=who), OLD, form, relied).state is state


@pytest.mark.parametrize(
    ("form", "relied", "unread", "state"),
    [
        ("group", (), "folder", UNKNOWN),
        ("reliance", ("v1",), "folder", UNKNOWN),  # whose it is is not told: it may be b's
        ("subcontracting", (), "folder", NOT),  # only the lead counts, and its file is there
        ("reliance", ("v2",), "folder", NOT),
    ],
)
def test_a_folder_that_does_not_tell_whose_it_is_may_be_anybodys_who_is_missing(form, relied, unread, state):
    verdict = alone(References(minimum=2), {"references": (make.reference(),)}, form, relied, (unread, LOST))
    assert verdict.state is state


def test_a_file_of_one_who_has_withdrawn_is_not_missed():
    both = (participant("a", "lead"), participant("b", "member", withdrawn=True))
    assert alone(References(minimum=2), {"references": (make.reference(),)}, participants=both).state is NOT


def test_without_the_leads_file_nothing_that_it_alone_must_have_is_not_met():
    dossier = {"consortium": consortium("subcontracting", lead="b")}
    verdict = alone(References(minimum=2), {"references": (make.reference(),)}, "subcontracting", **dossier)
    assert (verdict.state, verdict.place) == (UNKNOWN, LOST)
    assert alone(TaxCertificate(), {"certificates": (make.certificate(issued="1.1.2020"),)}, **dossier).state is UNKNOWN


def test_every_kind_has_a_case_above():
    assert {name.split(" ")[0] for name in CASES} == set(conditions.kinds())


@pytest.mark.parametrize("name", conditions.kinds())
def test_every_kind_says_what_it_is_about(name):
    kind = conditions.kind(name)
    for form in FORMS:
        assert shipped().row(form, kind.about).whose.keys() == {"sum", "any", "all", "lead", "named"}


# --- vectors ---------------------------------------------------------------------------------------
def three(*capacities, form="group"):
    members = (
        member(id_, service={"capacity": {"clients_per_day": c}}) for id_, c in zip("abc", capacities, strict=True)
    )
    return bid(form, *members)


@pytest.mark.parametrize("form", FORMS)
def test_eight_and_five_and_four_are_sixteen_with_one_to_spare(form):
    verdict = judged(MinimumCapacity(clients=16), three(8, 5, 4, form=form))
    assert (verdict.state, verdict.margin) == (MET, Measure(1, "clients/day"))
    assert verdict.rows == ("services.s-a", "services.s-b", "services.s-c")
    assert verdict.members == ("a", "b", "c")
    assert judged(MinimumCapacity(clients=16), three(8, 5, 3, form=form)).margin == Measure(0, "clients/day")
    short = judged(MinimumCapacity(clients=16), three(8, 5, 2, form=form))
    assert (short.state, short.margin) == (NOT, Measure(-1, "clients/day"))


def test_a_contract_held_by_two_members_counts_once():
    joint = [member(m, references=(make.reference(id=f"r-{m}", contract_key="k"),)) for m in "ab"]
    verdict = judged(References(minimum=2), bid("group", *joint))
    assert (verdict.state, verdict.found) == (NOT, Measure(1, "references"))
    assert verdict.members == ("a", "b")
    apart = [member(m, references=(make.reference(id=f"r-{m}"),)) for m in "ab"]
    assert judged(References(minimum=2), bid("group", *apart)).found == Measure(2, "references")


@pytest.mark.parametrize(
    ("form", "relied_on", "found", "whose"),
    [
        ("group", (), 300, ("a", "b")),
        ("subcontracting", (), 100, ("a",)),
        ("umbrella", (), 100, ("a",)),
        ("reliance", ("v1",), 300, ("a", "b")),
        ("reliance", ("v2",), 100, ("a",)),
    ],
)
def test_turnover_is_pooled_or_the_leads(form, relied_on, found, whose):
    told = {"a": "100", "b": "200"}
    members = [member(m, organisation={"turnover": [{"year": 2026, "amount": t}]}) for m, t in told.items()]
    verdict = judged(Turnover(minimum="250"), bid(form, *members, relied_on=relied_on))
    assert verdict.found == Measure(found, "EUR/year")
    assert verdict.members == whose


def test_what_is_missing_is_found_where_the_member_would_write_it():
    members = member("a", certificates=(make.certificate(),)), member("b")
    verdict = judged(TaxCertificate(), bid("group", *members))
    assert verdict.place.file == "jasenet/b/certificates.yaml"
    assert make.said(verdict) == "B ry has no tax certificate. Required: issued on 15 Oct 2026 or later."
    assert verdict.members == ("a", "b")


def test_every_member_whose_service_does_not_do_is_told():
    days = {"a": 12, "b": 10, "c": 11, "d": None}
    members = (member(m, service={"start_within_days": n}) for m, n in days.items())
    verdict = judged(StartAfterOrder(working_days=10), bid("subcontracting", *members))
    assert [one.place.file for one in (verdict, *verdict.also)] == [f"jasenet/{m}/services.yaml" for m in "acd"]
    assert (verdict.margin, verdict.members) == (Measure(-2, "working_days"), ("a", "b", "c", "d"))


def test_staff_of_a_subcontractor_bring_no_qualification_with_the_services_offered():
    members = member("a", staff=(coach(**TRAINING),)), member("b", staff=(coach(id="toinen", **DEGREE),))
    kind = StaffQualification(level="bachelor", persons=1)
    assert judged(kind, bid("group", *members)).rows == ("staff.toinen",)
    verdict = judged(kind, bid("subcontracting", *members))
    assert (verdict.state, verdict.found, verdict.rows) == (NOT, Measure(0, "persons"), ())


def test_a_lead_that_gives_no_service_has_no_people_to_count():
    lead, other = member("a"), member("b", staff=(coach(**DEGREE),))
    lots = ((make.lot(), make.offer(services=["s-b"]), ((make.price_line(), make.price(service="s-b")),)),)
    verdict = judged(StaffQualification(level="bachelor", persons=1), bid("subcontracting", lead, other, lots=lots))
    assert (verdict.state, verdict.place.file) == (UNKNOWN, "lot_offers.yaml")
    assert make.said(verdict) == "Only what A ry gives counts here, and it gives none of the services in lot 1."
    assert judged(StaffQualification(level="bachelor"), bid("subcontracting", lead, other, lots=lots)).state is MET


def test_a_single_bid_names_nobody_and_asks_no_table(monkeypatch):
    monkeypatch.setattr("bidkit.consortium.counting", lambda *_: pytest.fail("asked"))
    assert judged(References(minimum=1), bid(None, member("a", references=(make.reference(),)))).members == ()


def test_without_a_form_everybody_counts():
    members = [member(m, references=(make.reference(id=f"r-{m}"),)) for m in "ab"]
    assert judged(References(minimum=2), bid(None, *members)).state is MET


# --- the table -------------------------------------------------------------------------------------
def test_the_table_that_ships_is_whole_and_tells_its_sources():
    table = shipped()
    assert set(table.rows) == {(f, a) for f in FORMS for a in ("bidder", "grounds", "staff", "service", "bid")}
    assert all(row.source for row in table.rows.values())
    assert all(row.verified != ("unverified" in row.source) for row in table.rows.values())
    for sort in ("bidder", "grounds", "staff", "service", "bid"):
        assert table.row("umbrella", sort).whose == table.row("subcontracting", sort).whose


def test_a_row_of_the_dossier_changes_one_sort_and_nothing_else():
    table, found = overridden(shipped(), "form;about;sum;source\ngroup;bidder;lead;Tarjouspyyntö 3.1\n")
    assert found == ()
    row = table.row("group", "bidder")
    assert (row.whose["sum"], row.whose["all"], row.source) == ("lead", "everyone", "Tarjouspyyntö 3.1")
    assert (str(row.at), row.verified) == ("forms.csv:2:1", False)
    others = {key: one for key, one in table.rows.items() if key != ("group", "bidder")}
    assert all(one is shipped().rows[key] for key, one in others.items())
    members = [member(m, references=(make.reference(id=f"r-{m}"),)) for m in "ab"]
    assert judged(References(minimum=2), bid("group", *members), forms=table).found == Measure(1, "references")


def test_a_row_about_one_kind_leaves_its_sort_as_it_is():
    table, found = overridden(shipped(), "form,about,sum\nsubcontracting,minimum_capacity,lead\n")
    assert found == ()
    verdict = judged(MinimumCapacity(clients=16), three(8, 5, 4, form="subcontracting"), forms=table)
    assert (verdict.state, verdict.found, verdict.members) == (NOT, Measure(8, "clients/day"), ("a",))
    flexible = VolumeFlexibility(percent="0 %", quantity="16", per="day")
    assert judged(flexible, three(8, 5, 4, form="subcontracting"), forms=table).state is MET


@pytest.mark.parametrize(
    ("text", "code", "place", "facts"),
    [
        ("muoto,sum\ngroup,lead\n", "BK673", "forms.csv:1:1", {"found": ("muoto", "sum")}),
        ("form,about,sum\ngrup,bidder,lead\n", "BK674", "forms.csv:2:1", {"near": ("group",), "column": "form"}),
        ("form,about,sum\ngroup,turnovr,lead\n", "BK674", "forms.csv:2:1", {"near": ("turnover",)}),
        ("form,about,sum\ngroup,bidder,leed\n", "BK674", "forms.csv:2:1", {"value": "leed", "column": "sum"}),
        ("form,about,verified\ngroup,bidder,perhaps\n", "BK674", "forms.csv:2:1", {"near": ("yes", "no")}),
        (
            "form,about,sum\ngroup,bidder,lead\ngroup,bidder,lead\n", "BK675", "forms.csv:3:1",
            {"first": "forms.csv:2:1"},
        ),
    ],
)  # fmt: skip
def test_a_faulty_row_is_named_and_changes_nothing(text, code, place, facts):
    table, (found,) = overridden(shipped(), text)
    assert (found.code, str(found.place)) == (code, place)
    assert facts.items() <= found.facts.items()
    if code != "BK675":
        assert table.rows == shipped().rows
