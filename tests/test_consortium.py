"""What the form of a consortium means beside the conditions: roles, shares, documents, liability, what is agreed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bidkit.check import check
from bidkit.conditions.references import References
from bidkit.conditions.turnover import Turnover
from bidkit.consortium import liability, papers, readiness, subcontracting
from bidkit.diagnostics import Measure, Severity
from bidkit.i18n import FINDINGS, Translator
from bidkit.pipeline import assess
from bidkit.stages import BoundCondition
from tests import make, small
from tests.consortia import (
    FORMS,
    ROLE,
    agreement,
    attachment,
    bid,
    consortium,
    light,
    member,
    participant,
    requested,
    share,
)

SILENT = {  # nothing to say of what this test is not about
    "agreements": tuple(agreement(topic) for topic in readiness.TOPICS),
    "attachments": (
        attachment("valtakirja-b"),
        attachment("sitoumus-b"),
        attachment("jasensopimus-b"),
        attachment("ryhmittymasopimus"),
        attachment("alihankkijat"),
    ),
}
NOTES = {"BK669", "BK672"}  # of the portal and of the usual words on liability: told in every form


def examine(form, *members, **dossier):
    """Return what `check` finds of a bid of ``members``, a and b unless given, without the notes."""
    found = check(bid(form, *(members or (member("a"), member("b"))), **SILENT | dossier))[1]
    return [one for one in found if one.code not in NOTES]


def said(finding, language="en"):
    return Translator(language, FINDINGS).sentence(finding).replace("\xa0", " ")


def people(*rows):
    return {"participants": (participant("a", "lead"), *rows)}


# --- roles -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMS)
def test_a_form_with_its_own_roles_is_silent(form):
    relied = {"relied_on": []} if form != "reliance" else {"relied_on": ["v1"]}
    assert examine(form, **people(participant("b", ROLE[form], **relied))) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("role", ["member", "subcontractor", "capacity", "umbrella_member"])
def test_a_role_of_another_form_is_named(form, role):
    own = {ROLE[form], "subcontractor"} if form == "reliance" else {ROLE[form]}
    found = [f for f in examine(form, **people(participant("b", role))) if f.code == "BK661"]
    assert len(found) == (role not in own)
    if found:
        assert str(found[0].place) == "participants.yaml:3:3"
        assert found[0].severity is Severity.ERROR
        assert said(found[0]).startswith(f"“b” has the role {role}, which does not belong to the form {form}.")


def test_withdrawn_participants_are_not_judged():
    gone = participant("c", "capacity", withdrawn="kyllä", works_for="c")
    assert examine("group", **people(participant("b", "member"), gone)) == []


@pytest.mark.parametrize(
    ("chain", "told"),
    [
        ({"b": None, "c": "b"}, None),
        ({"b": "a", "c": "b"}, None),
        ({"b": "b"}, ("b", "b")),
        ({"b": "c", "c": "b"}, ("b", "c", "b")),
        ({"b": "c", "c": "d", "d": "b"}, ("b", "c", "d", "b")),
        ({"b": "c", "c": "d", "d": "c"}, ("c", "d", "c")),
    ],
)
def test_a_circle_of_subcontractors_is_told_once_where_it_begins(chain, told):
    rows = [participant(m, "subcontractor", **({"works_for": whom} if whom else {})) for m, whom in chain.items()]
    found = examine("subcontracting", *map(member, "abcd"[: len(chain) + 1]), **people(*rows))
    assert [(f.code, f.facts["chain"]) for f in found] == ([("BK663", told)] if told else [])
    if told:
        assert str(found[0].place) == "participants.yaml:4:3"
        assert said(found[0]) == f"The chain of subcontractors comes back to where it began: {', '.join(told)}."


def test_two_circles_are_two_findings():
    rows = [participant(m, "subcontractor", works_for=whom) for m, whom in zip("bcde", "cbed", strict=True)]
    found = examine("subcontracting", *map(member, "abcde"), **people(*rows))
    assert [f.facts["chain"] for f in found] == [("b", "c", "b"), ("d", "e", "d")]


def test_whoever_it_works_for_must_take_part():
    found = examine("subcontracting", **people(participant("b", "subcontractor", works_for="bb")))
    assert [(f.code, str(f.place), f.facts["whom"]) for f in found] == [("BK662", "participants.yaml:4:3", "bb")]
    assert said(found[0]) == "“b” works for “bb”, which does not take part."
    small_one = {"light_member": (light("pieni"),)}
    rows = people(participant("b", "umbrella_member", works_for="pieni"))
    assert [f.code for f in examine("umbrella", **rows, **small_one)] == []


def test_reliance_has_an_effect_only_in_its_form():
    (found,) = examine("group", **people(participant("b", "member", relied_on=["v1"])))
    assert (found.code, str(found.place), found.severity) == ("BK664", "participants.yaml:4:3", Severity.WARNING)
    (found,) = examine("reliance", **people(participant("b", "capacity")))
    assert (found.code, said(found)) == (
        "BK665",
        "“b” lends its resources, but no condition is named in which they are relied on.",
    )


def test_whose_references_are_relied_on_must_do_the_work():
    lead, other = member("a"), member("b")
    lots = ((make.lot(), make.offer(services=["s-a"]), ((make.price_line(), make.price(service="s-a")),)),)
    given = SILENT | people(participant("b", "capacity", relied_on=["v1", "v2"])) | {"lots": lots}
    priced = bid("reliance", lead, other, **given)
    kinds = {"v1": References(minimum=0), "v2": Turnover(minimum="0", last_year=2026)}
    conditions = tuple(
        BoundCondition(make.condition("references" if id_ == "v1" else "turnover", id=id_), kind, (), True, None)
        for id_, kind in kinds.items()
    )
    found = check(replace(priced, bid=replace(priced.bid, conditions=conditions)))[1]
    assert [(f.code, f.facts.get("conditions")) for f in found if f.code == "BK666"] == [("BK666", ("v1",))]
    working = bid("reliance", lead, other, **SILENT | people(participant("b", "capacity", relied_on=["v1"])))
    found = check(replace(working, bid=replace(working.bid, conditions=conditions)))[1]
    assert "BK666" not in {f.code for f in found}


def test_the_form_must_be_told():
    found = check(bid(None, member("a"), member("b")))[1]
    assert [(f.code, f.place.file, f.facts["count"]) for f in found] == [("BK660", "consortium.yaml", 2)]
    lost = bid(None, member("a"), member("b"), incomplete=frozenset({"consortium"}))
    assert check(lost)[1] == ()
    assert check(bid(None, member("a")))[1] == ()


# --- subcontracting --------------------------------------------------------------------------------
def limited(form, limit, *shares, rows=None, **dossier):
    rows = rows or (participant("b", ROLE[form], **({"relied_on": ["v1"]} if form == "reliance" else {})),)
    joint = {"consortium": consortium(form, subcontracting_limit=limit), "shares": shares}
    return examine(form, **people(*rows), **joint, **dossier)


@pytest.mark.parametrize("form", ["subcontracting", "reliance", "umbrella"])
@pytest.mark.parametrize(("percent", "excess"), [("29,99", None), ("30", None), ("30,01", "0.01")])
def test_the_share_of_subcontractors_at_its_limit(form, percent, excess):
    shares = share("a", str(100 - Decimal(percent.replace(",", "."))).replace(".", ",")), share("b", percent)
    found = limited(form, "30", *shares)
    assert [f.code for f in found] == (["BK667"] if excess else [])
    if excess:
        assert (str(found[0].place), found[0].severity) == ("shares.yaml:5:3", Severity.ERROR)
        assert said(found[0]) == "Subcontractors (b) get 30.01 % of the price; the tender allows at most 30 %."
        assert found[0].facts["excess"] == Measure(Decimal(excess), "percent")


def test_without_shares_the_owner_of_the_service_gets_the_price_of_its_line():
    assert limited("subcontracting", "50") == []
    (found,) = limited("subcontracting", "49,99")
    assert (found.code, found.facts["found"], found.place.file) == (
        "BK667",
        Measure(Decimal("50.00"), "percent"),
        "prices.yaml",
    )


def test_a_share_just_above_the_limit_never_looks_like_the_limit():
    lots = (
        (make.lot(), make.offer(services=["s-a"]), ((make.price_line(quantity="999999"), make.price(service="s-a")),)),
        (
            make.lot(id="osa2", number="2"),
            make.offer(lot="osa2", services=["s-b"]),
            ((make.price_line(id="h2", lot="osa2", quantity="428572"), make.price(line="h2", service="s-b")),),
        ),
    )
    found = limited("subcontracting", "30", lots=lots)
    assert [f.facts["found"] for f in found] == [Measure(Decimal("30.01"), "percent")]


def test_members_of_a_group_are_no_subcontractors_but_others_are():
    shares = share("a", "40"), share("b", "60")
    assert limited("group", "30", *shares) == []
    rows = participant("b", "member"), participant("c", "subcontractor")
    found = limited("group", "5", share("a", "40"), share("b", "50"), share("c", "10"), rows=rows)
    assert [(f.code, f.facts.get("subcontractors")) for f in found if f.code == "BK667"] == [("BK667", ("c",))]


def test_small_members_of_an_umbrella_get_their_compensation():
    rows = (participant("p", "umbrella_member", signs="jasensopimus-p"),)
    paper = {"attachments": (*SILENT["attachments"], attachment("jasensopimus-p"))}
    paid = {"light_member": (light("p", compensation="600"),)} | paper
    lead = bid("umbrella", member("a"), **people(*rows), **SILENT | paid)
    assert lead.net == Decimal(6000)
    assert subcontracting.subcontracted(lead).percent_of("p") == Decimal("10.00")
    for limit, codes in (("10", []), ("9,99", ["BK667"])):
        joint = {"consortium": consortium("umbrella", subcontracting_limit=limit)}
        found = examine("umbrella", member("a"), **people(*rows), **joint, **paid)
        assert [f.code for f in found] == codes
        assert [f.place.file for f in found] == ["light_member.yaml"] * len(codes)


def test_without_a_price_nothing_is_said_of_shares():
    priced = replace(bid("subcontracting", member("a"), member("b")), net=Decimal(0))
    assert subcontracting.subcontracted(priced) is None


# --- documents -------------------------------------------------------------------------------------
def owed(form, *rows, **dossier):
    joint = {"agreements": SILENT["agreements"]} | people(*rows) | dossier
    return papers.owed(bid(form, member("a"), member("b"), **joint).bid.dossier)


@pytest.mark.parametrize(
    ("form", "role", "documents"),
    [
        ("group", "member", {("a", "espd"), ("a", "consortium_agreement"), ("b", "espd"), ("b", "power_of_attorney")}),
        ("subcontracting", "subcontractor", {("a", "espd"), ("a", "subcontractor_list"), ("b", "basic_data")}),
        ("reliance", "capacity", {("a", "espd"), ("b", "espd"), ("b", "commitment")}),
        ("reliance", "subcontractor", {("a", "espd"), ("a", "subcontractor_list"), ("b", "basic_data")}),
        ("umbrella", "umbrella_member", {("a", "espd"), ("a", "subcontractor_list"), ("b", "member_agreement")}),
    ],
)
def test_each_form_and_role_owes_its_documents(form, role, documents):
    found = owed(form, participant("b", role))
    assert {(one.participant.id, one.duty.document) for one in found} == documents
    assert all(one.duty.source and one.title.msgid for one in found)


def test_what_is_unverified_says_so():
    assert all(one.verified != ("unverified" in one.source) for one in papers.duties())
    assert {one.document for one in papers.duties()} == set(papers.DOCUMENTS)


def codes(form, *rows, **dossier):
    found = check(bid(form, member("a"), member("b"), **{"agreements": SILENT["agreements"]} | people(*rows) | dossier))
    return [(f.code, f.severity, said(f)) for f in found[1] if f.code == "BK668"]


def test_a_missing_document_is_a_warning_and_an_error_where_the_tender_demands_it():
    row, agreement_ = participant("b", "member"), attachment("ryhmittymasopimus")
    told = "B ry: this document is missing: signature or power of attorney."
    assert codes("group", row, attachments=(agreement_,)) == [("BK668", Severity.WARNING, told)]
    asks = (requested("valta", "Valtakirjat"),)
    assert codes("group", row, attachments=(agreement_,), requested_attachments=asks) == [
        ("BK668", Severity.ERROR, told)
    ]
    may = (requested("valta", "Valtakirjat", mandatory="ei"),)
    assert codes("group", row, attachments=(agreement_,), requested_attachments=may) == [
        ("BK668", Severity.WARNING, told)
    ]


@pytest.mark.parametrize(
    ("signs", "given", "silent"),
    [
        (None, attachment("valtakirja-b"), True),
        (None, attachment("x", title="Valtakirja, B ry"), True),
        (None, attachment("x", file="Valtakirja_B_ry.pdf"), True),
        (None, attachment("x", title="B ry", answers="valta"), True),
        ("x", attachment("x"), True),
        ("x", attachment("x", file=None), False),  # a place kept free
        (None, attachment("valtakirja"), False),  # nobody knows whose it is
        (None, attachment("x", title="Esite, B ry"), False),
    ],
)
def test_an_attachment_is_known_to_be_a_members_document(signs, given, silent):
    row = participant("b", "member", **({"signs": signs} if signs else {}))
    asks = (requested("valta", "Valtakirjat"),)
    found = codes("group", row, attachments=(attachment("ryhmittymasopimus"), given), requested_attachments=asks)
    assert found == [] if silent else [code for code, *_ in found] == ["BK668"]


def test_where_a_document_is_missing():
    row = participant("b", "member", signs="x")
    joint = people(row) | {"attachments": (attachment("x", file=None), attachment("ryhmittymasopimus"))}
    (found,) = (f for f in check(bid("group", member("a"), member("b"), **SILENT | joint))[1] if f.code == "BK668")
    assert str(found.place) == "attachments.yaml:1:1"  # the entry: its file is left out
    joint |= {"attachments": (attachment("ryhmittymasopimus"),)}
    (found,) = (f for f in check(bid("group", member("a"), member("b"), **SILENT | joint))[1] if f.code == "BK668")
    assert str(found.place) == "participants.yaml:4:3"


def test_an_espd_that_the_tender_asks_for_is_no_mere_reminder():
    row = participant("b", "member", signs="valtakirja-b")
    given = {"attachments": (*SILENT["attachments"], attachment("espd-a"))}
    asks = {"requested_attachments": (requested("espd", "ESPD-lomake"),)}
    assert [text for _, _, text in codes("group", row, **given, **asks)] == [
        "B ry: this document is missing: own ESPD (suitability form) in the portal."
    ]
    both = {"attachments": (*given["attachments"], attachment("espd-b"))}
    found = check(bid("group", member("a"), member("b"), **SILENT | people(row) | both | asks))[1]
    assert not {"BK668", "BK669"} & {f.code for f in found}


def test_one_note_names_all_who_have_work_in_the_portal():
    found = check(bid("group", member("a"), member("b"), **SILENT))[1]
    (note,) = (f for f in found if f.code == "BK669")
    assert (note.severity, note.facts["members"]) == (Severity.NOTE, ("A ry", "B ry"))


def test_nothing_is_missed_among_attachments_that_could_not_be_read():
    lost = {"attachments": (), "incomplete": frozenset({"attachments"})}
    assert codes("group", participant("b", "member"), **lost) == []


# --- liability -------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_usual_words_on_liability(form, language):
    dossier = bid(form, member("a"), member("b")).bid.dossier
    told = liability.usual(dossier, language)
    assert told == Translator(language, ("consortium",)).text(liability.USUAL[form])
    assert (told == liability.USUAL[form]) == (language == "en")
    own = replace(dossier, consortium=consortium(form, liability="Vastaamme yhdessä."))
    assert liability.usual(own, language) == ""


def test_a_group_is_liable_jointly_and_a_lead_for_its_subcontractors():
    assert "yhteisvastuullisesti" in liability.usual(bid("group", member("a")).bid.dossier, "fi")
    assert "alihankkijoidensa" in liability.usual(bid("subcontracting", member("a")).bid.dossier, "fi")
    assert liability.usual(bid(None, member("a")).bid.dossier, "fi") == ""


def test_the_usual_words_are_told_to_be_that():
    found = check(bid("group", member("a"), member("b"), **SILENT))[1]
    (note,) = (f for f in found if f.code == "BK672")
    assert (note.severity, note.place.file) == (Severity.NOTE, "consortium.yaml")
    own = {"consortium": consortium("group", liability="Vastaamme yhdessä.")}
    assert "BK672" not in {f.code for f in check(bid("group", member("a"), member("b"), **SILENT | own))[1]}


# --- what is agreed --------------------------------------------------------------------------------
def test_six_topics_are_agreed_not_agreed_or_not_told():
    rows = agreement("lead"), agreement("money", "ei"), agreement("exit"), agreement("exit", "ei")
    dossier = bid("group", member("a"), member("b"), agreements=rows).bid.dossier
    assert [(one.topic, one.state) for one in readiness.readiness(dossier)] == [
        ("lead", "agreed"),
        ("liability_to_buyer", "not told"),
        ("data_protection", "not told"),
        ("money", "not agreed"),
        ("exit", "not agreed"),
        ("signatures", "not told"),
    ]
    found = [f for f in check(bid("group", member("a"), member("b"), agreements=rows))[1] if f.code > "BK669"]
    told = [(f.code, str(f.place), f.severity) for f in found if f.code != "BK672"]
    assert told == [
        ("BK671", "agreements.yaml", Severity.WARNING),
        ("BK671", "agreements.yaml", Severity.WARNING),
        ("BK670", "agreements.yaml:4:3", Severity.WARNING),
        ("BK670", "agreements.yaml:4:3", Severity.WARNING),
        ("BK671", "agreements.yaml", Severity.WARNING),
    ]
    assert said(found[1]) == "It is not told whether the organisations have agreed on this: who is liable."
    assert said(found[3], "fi") == "Organisaatiot eivät ole sopineet tästä: rahan jako."


def test_a_single_bid_need_not_agree_with_anybody():
    assert readiness.readiness(bid(None, member("a")).bid.dossier) == ()


def test_what_could_not_be_read_may_have_been_agreed():
    lost = {"agreements": (), "set_aside": {"agreements": frozenset({"x"})}}
    assert examine("group", **lost) == []


# --- on disk ---------------------------------------------------------------------------------------
PARTNER = {
    "organisation": ("id: esimerkki", "id: kumppani"),
    "services": ("id: valmennus", "id: ohjaus"),
    "staff": ("services: valmennus", "services: ohjaus"),
}


def folder(path, form="subcontracting", table=None):
    """Write a joint dossier: the small one as the lead's, and a partner like it with twice the turnover."""
    small.write(
        path,
        conditions="- {id: v1, kind: turnover, text: Liikevaihto, parameters: {minimum: 500 000, last_year: 2025}}\n",
        attestations=None,
    )
    (path / "consortium.yaml").write_text(f"form: {form}\nlead: esimerkki\n", encoding="utf-8")
    (path / "participants.yaml").write_text(
        f"- {{id: esimerkki, role: lead}}\n- {{id: kumppani, role: {ROLE[form]}, relied_on: v1}}\n", encoding="utf-8"
    )
    nouns = ("organisation", "services", "staff", "sites", "client_groups", "cost_basis", "salaries", "outcomes")
    own = path / "jasenet/kumppani"
    own.mkdir(parents=True)
    for noun in nouns:
        text = small.FILES[noun].replace("valmennus", "ohjaus").replace(*PARTNER.get(noun, ("", "")))
        text = text.replace("Esimerkki ry", "Kumppani ry").replace("3134980-3", "1234567-1")
        (own / f"{noun}.yaml").write_text(text, encoding="utf-8")
    if table is not None:
        (path / "forms.csv").write_text(table, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("form", "state", "whose"),
    [
        ("group", "met", ("esimerkki", "kumppani")),
        ("subcontracting", "not met", ("esimerkki",)),
        ("reliance", "met", ("esimerkki", "kumppani")),
    ],
)
def test_a_folder_is_judged_by_its_form(tmp_path, form, state, whose):
    run = assess(folder(tmp_path, form))
    (judged,) = run.assessment.judgements
    assert (judged.verdict.state, judged.verdict.members) == (state, whose)


def test_turnover_cannot_be_told_while_a_partners_file_is_unread_and_only_the_file_is_told(tmp_path):
    lost = folder(tmp_path, "group") / "jasenet/kumppani/organisation.yaml"
    lost.write_text("id: [", encoding="utf-8")
    run = assess(tmp_path)
    (judged,) = run.assessment.judgements
    assert (judged.verdict.state, judged.verdict.place.file) == ("cannot tell", "jasenet/kumppani/organisation.yaml")
    assert [f.place.file for f in run.errors] == ["jasenet/kumppani/organisation.yaml"]
    assert run.assessment.open == (judged,)


@pytest.mark.parametrize(
    ("condition", "whose"),
    [
        ("kind: price_ceiling, parameters: {ceiling: 75}", ()),  # what all answer together is nobody's
        ("kind: minimum_capacity, parameters: {clients: 8}", ("esimerkki",)),  # beside it the lead keeps its own
        ("kind: tax_certificate", ("esimerkki", "kumppani")),  # where both would write what is missing
        ("kind: statement", ()),
    ],
)
def test_a_verdict_names_those_in_whose_files_its_rows_stand(tmp_path, condition, whose):
    folder(tmp_path, "group")
    (tmp_path / "conditions.yaml").write_text(f"- {{id: v1, text: Vaatimus, {condition}}}\n", encoding="utf-8")
    (judged,) = assess(tmp_path).assessment.judgements
    assert judged.verdict.members == whose


def test_everybody_who_lacks_what_each_must_have_is_told(tmp_path):
    folder(tmp_path, "group")
    (tmp_path / "conditions.yaml").write_text("- {id: v1, text: Vaatimus, kind: tax_certificate}\n", encoding="utf-8")
    run = assess(tmp_path)
    told = [(str(f.place), f.facts["member"], f.severity) for f in run.findings if f.code == "BK337"]
    assert told == [
        ("certificates.yaml", "Esimerkki ry", Severity.ERROR),
        ("jasenet/kumppani/certificates.yaml", "Kumppani ry", Severity.ERROR),
    ]
    assert len(run.assessment.open) == 1  # one condition, lacked by two
    (tmp_path / "attestations.yaml").write_text(
        "- {condition: v1, holds: kyllä, by: Vetäjä, on: 5.1.2027, statement: Saadaan, from: 1.2.2027}\n",
        encoding="utf-8",
    )
    run = assess(tmp_path)
    assert run.assessment.judgements[0].verdict.state == "met by"
    assert not [f for f in run.findings if f.code == "BK337"]


def test_a_folder_may_have_a_table_of_its_own(tmp_path):
    run = assess(folder(tmp_path, table="form,about,sum\nsubcontracting,turnover,everyone\n"))
    assert run.assessment.judgements[0].verdict.state == "met"
    assert not [f for f in run.findings if f.code in ("BK673", "BK674", "BK675")]


def test_a_faulty_table_is_named_and_the_rest_is_judged(tmp_path):
    run = assess(folder(tmp_path, table="form,about,sum\nsubcontracting,turnover,all\n"))
    assert run.assessment.judgements[0].verdict.state == "not met"
    assert [str(f.place) for f in run.findings if f.code == "BK674"] == ["forms.csv:2:1"]
    (tmp_path / "forms.csv").write_bytes(b"PK\x03\x04")
    run = assess(tmp_path)
    assert [f.code for f in run.findings if f.place.file == "forms.csv"] == ["BK108"]


# --- status ----------------------------------------------------------------------------------------
def screen(path):
    from bidkit.cli import status

    _, seen = status.look(path, date(2027, 1, 20))
    return [line for line in status.screen(seen, path, status.reader()) if line.startswith("Yhteistarjous")]


def test_status_tells_what_is_agreed(tmp_path):
    folder(tmp_path)
    assert screen(tmp_path)[0].startswith(
        "Yhteistarjous   2 organisaatiota, 0/6 asiasta sovittu, vielä auki: kuka vetää"
    )
    rows = "\n".join(f"- {{id: {t}, topic: {t}, agreed: {'ei' if t == 'exit' else 'kyllä'}}}" for t in readiness.TOPICS)
    (tmp_path / "agreements.yaml").write_text(rows, encoding="utf-8")
    assert screen(tmp_path) == [
        "Yhteistarjous   2 organisaatiota, 5/6 asiasta sovittu, vielä auki: mitä tapahtuu, jos joku lähtee"
    ]


def test_status_of_a_single_bid_says_nothing_of_it(tmp_path):
    assert screen(small.write(tmp_path)) == []
