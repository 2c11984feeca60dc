"""One service that two members give: the people and sites of both count, each for what its own member may count."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bidkit.dossier.normalised import normalised
from bidkit.pipeline import Run, assess, compare
from bidkit.render.context import context
from tests.joint import LEAD, SECOND, THIRD, Joint
from tests.test_merge import same_service

CAPACITY = f"services.valmennus.capacity.clients:{LEAD}:{SECOND}"
CONDITIONS = """\
- {id: v1, kind: staffing, text: Henkilöstö, parameters: {fte: 2, full_time: "37,5"}}
- {id: v2, kind: place_of_performance, text: Paikat, parameters: {municipalities: [Pori, Rauma]}}
- {id: v3, kind: staff_qualification, text: Tutkinnot, parameters: {level: bachelor, persons: 2}}
"""
ROLES = {"group": "member", "subcontracting": "subcontractor", "umbrella": "umbrella_member"}


def joint(how: str = "keep_first", form: str = "group") -> Joint:
    """Return files in which the second member gives the lead's service too, in Rauma, with one person of its own."""
    found = Joint().put("", "conditions", CONDITIONS).change("", "consortium", "group", form)
    for id_, degree in ((LEAD, "Sosionomi"), (SECOND, "Yhteisöpedagogi")):
        found.add(id_, "staff", f"  qualifications: [{{title: {degree}, level: bachelor, field: social}}]\n")
    for way, *what in same_service("clients: 95", "clients: 120"):
        getattr(found, way)(*what)
    if ROLES[form] != "member":
        found.change("", "participants", f"{{id: {SECOND}, role: member}}", f"{{id: {SECOND}, role: {ROLES[form]}}}")
    new = ", new_id: rauman-valmennus" if how == "rename_second" else ""
    return found.put("", "resolutions", f'- {{id: "{CAPACITY}", settled: {how}, by: Ohjausryhmä{new}}}\n')


def states(run: Run) -> list[str]:
    assert run.assessment is not None, run.findings
    return [str(one.verdict.state) for one in run.assessment.judgements]


@pytest.mark.parametrize("how", ["keep_first", "keep_second", "sum", ""])
def test_people_and_sites_of_both_count_however_it_is_settled(tmp_path: Path, how: str) -> None:
    run = assess(joint(how).write(tmp_path))
    assert states(run) == ["met", "met", "met"]
    assert run.assessment is not None
    assert [one.verdict.members for one in run.assessment.judgements] == [(LEAD, SECOND)] * 3
    assert len(run.assessment.bid.staff) == 2
    (offered,) = run.assessment.bid.services
    assert (offered.member.organisation.id, [site.municipality for site in offered.sites]) == (LEAD, ["609", "684"])


def test_ids_that_differ_by_a_dash_are_one_service_with_the_people_and_sites_of_both(tmp_path: Path) -> None:
    found = joint()
    for noun, text in found.members[SECOND].items():
        found.put(SECOND, noun, text.replace(": valmennus", ": val-mennus"))
    row = f'- {{id: "services.valmennus=val-mennus:{LEAD}:{SECOND}", settled: keep_first, by: Ohjausryhmä}}\n'
    assert states(assess(found.put("", "resolutions", row).write(tmp_path))) == ["met", "met", "met"]


def test_a_third_brings_its_people_too(tmp_path: Path) -> None:
    found = joint("sum").put(
        "", "conditions", CONDITIONS.replace("fte: 2", "fte: 3").replace("persons: 2", "persons: 3")
    )
    for way, _, *what in same_service("clients: 95", "clients: 30"):
        getattr(found, way)(THIRD, *(part.replace("uraohjaus", "ryhmavalmennus") for part in what))
    found.add(THIRD, "staff", "  qualifications: [{title: Kuraattori, level: bachelor, field: social}]\n")
    third = CAPACITY.replace(SECOND, THIRD)
    found.add("", "resolutions", f'- {{id: "{third}", settled: sum, by: Ohjausryhmä}}\n')
    assert states(assess(found.write(tmp_path))) == ["met", "met", "met"]


def test_of_two_services_only_the_one_that_is_offered_counts(tmp_path: Path) -> None:
    run = assess(joint("rename_second").write(tmp_path))
    assert states(run) == ["not met", "not met", "not met"]
    assert run.assessment is not None
    assert len(run.assessment.bid.staff) == 1


@pytest.mark.parametrize("form", ["subcontracting", "umbrella"])
def test_people_of_a_subcontractor_do_the_work_but_bring_no_qualification(tmp_path: Path, form: str) -> None:
    run = assess(joint(form=form).write(tmp_path))
    assert states(run) == ["met", "met", "not met"]
    assert run.assessment is not None
    assert run.assessment.judgements[2].verdict.rows == ("staff.valmentaja",)
    assert run.assessment.judgements[2].verdict.members == (LEAD,)


def test_what_the_lead_brings_counts_though_another_describes_the_service(tmp_path: Path) -> None:
    found = joint(form="subcontracting").change(SECOND, "services", "name: Työhönvalmennus", "name: Rauman valmennus")
    row = f'- {{id: "services.valmennus:{LEAD}:{SECOND}", settled: keep_second, by: Ohjausryhmä}}\n'
    run = assess(found.put("", "resolutions", row).write(tmp_path))
    assert run.assessment is not None
    (offered,) = run.assessment.bid.services
    assert offered.member.organisation.id == SECOND
    assert states(run) == ["met", "met", "not met"]
    assert run.assessment.judgements[2].verdict.members == (LEAD,)


def test_a_service_told_word_for_word_alike_is_given_by_both(tmp_path: Path) -> None:
    found = joint()
    for id_ in (LEAD, SECOND):
        found.change(id_, "services", found.members[id_]["services"].splitlines()[-4], "  capacity: {}")
    found.put("", "resolutions", "[]\n")
    assert states(assess(found.write(tmp_path))) == ["met", "met", "met"]


def test_a_person_who_works_in_anothers_service_counts_in_it(tmp_path: Path) -> None:
    found = Joint().put("", "conditions", CONDITIONS.splitlines()[0] + "\n")
    assert states(assess(found.write(tmp_path / "a"))) == ["not met"]
    found.change(SECOND, "staff", "services: uraohjaus", "services: [uraohjaus, valmennus]")
    assert states(assess(found.write(tmp_path / "b"))) == ["met"]


def test_a_site_of_the_second_that_is_not_there_is_told_in_its_own_file(tmp_path: Path) -> None:
    found = joint().change(SECOND, "services", "sites: pori", "sites: [pori, raumma]")
    told = [(f.code, f.place.file) for f in assess(found.write(tmp_path)).findings if f.code in ("BK200", "BK201")]
    assert told == [("BK200", f"jasenet/{SECOND}/services.yaml")]


def test_a_site_that_the_second_gives_up_is_told_though_its_id_repeats(tmp_path: Path) -> None:
    found = joint()
    for id_ in (LEAD, SECOND):
        found.change(id_, "sites", "  accessible: kyllä\n", "  accessible: kyllä\n  until: 1.3.2027\n")
    told = [f.place.file for f in assess(found.write(tmp_path)).findings if f.code == "BK215"]
    assert told == [f"jasenet/{LEAD}/sites.yaml", f"jasenet/{SECOND}/sites.yaml"]


def test_a_bid_with_another_site_is_another_bid(tmp_path: Path) -> None:
    one, other = (assess(x.write(tmp_path / n)).dossier for n, x in (
        ("a", joint()), ("b", joint().change(SECOND, "services", "  sites: pori\n", ""))
    ))  # fmt: skip
    assert one is not None
    assert other is not None
    assert normalised(one) != normalised(other)


def test_a_bid_prints_the_people_and_places_of_both(tmp_path: Path) -> None:
    run = assess(joint().write(tmp_path))
    assert run.assessment is not None
    said, _ = context(run.assessment, build_id="x", draft=False)
    (service,) = said["lots"][0]["services"]
    assert [site["address"].split(", ")[1] for site in service["sites"]] == ["Pori", "Rauma"]
    assert [person["member"] for role in said["staff"] for person in role["people"]] == [
        "Malliverstas ry",
        "Esimerkkipaja ry",
    ]
    pages = {page["name"]: dict(map(dict.values, page["facts"])) for page in said["annex"]}
    assert [page.get("Palvelut tässä tarjouksessa") for page in pages.values()] == [*["Työhönvalmennus"] * 2, None]


def test_what_the_second_covers_is_no_gap(tmp_path: Path) -> None:
    _, found = compare(joint().write(tmp_path), date(2027, 1, 10))
    assert found is not None
    assert [one.box for one in found.gaps] == []


@pytest.mark.parametrize(("owner", "told"), [(LEAD, 0), (SECOND, 0), (THIRD, 1)])
def test_a_step_may_be_anybodys_who_gives_its_service(tmp_path: Path, owner: str, told: int) -> None:
    step = f"- {{id: a, name: Valmennus, service: valmennus, owner: {owner}}}\n"
    found = [f for f in assess(joint().put("", "client_path", step).write(tmp_path)).findings if f.code == "BK696"]
    assert [f.facts["giver"] for f in found] == [("Malliverstas ry", "Esimerkkipaja ry")] * told
