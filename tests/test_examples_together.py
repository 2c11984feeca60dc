"""The two examples of bidding together, a group and an umbrella: they build clean, and every member is needed."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bidkit.cli.convert import _content
from bidkit.dossier.load import load
from bidkit.merge import merge
from bidkit.model.dossier import Dossier

from .conftest import AS_OF, EXAMPLES, Run
from .ooxml import texts

RunBidkit = Callable[..., Run]
Built = Callable[..., Path]

# What the examples mean to show, all else is a fault: conflicts that the lead has settled, who fills in what in the
# portal, and that nobody breaks even at 60 % of the volume.
SHOWN = {"ryhmittyma": {"BK633": 1, "BK669": 1, "BK293": 4}, "sateenvarjo": {"BK669": 1}}
EMPTY = "BK172"  # a note on each sheet of a workbook that has nothing in it
TOPICS = {"lead", "liability_to_buyer", "data_protection", "money", "exit", "signatures"}


def dossier(folder: Path) -> Dossier:
    loaded = load(folder)
    assert loaded.dossier is not None, loaded.findings
    return loaded.dossier


def checked(run_bidkit: RunBidkit, folder: Path) -> dict[str, Any]:
    said = run_bidkit("check", folder, "--as-of", AS_OF, "--json", "--no-copy")
    return {"code": said.code, **json.loads(said.out)}


def verdicts(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["condition"]: one for one in said["verdicts"]}


def changed(folder: Path, file: str, change: Callable[[list[dict[str, Any]]], Any]) -> None:
    """Change the entries of a YAML file in a copy of an example."""
    entries = yaml.load((folder / file).read_text("utf-8"), yaml.BaseLoader)
    change(entries)
    (folder / file).write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.fixture
def umbrella(run_bidkit: RunBidkit, tmp_path: Path) -> Path:
    """Give the umbrella, which ships as workbooks, as text files that a test may change."""
    assert run_bidkit("convert", EXAMPLES / "sateenvarjo", tmp_path / "sateenvarjo").code == 0
    return tmp_path / "sateenvarjo"


def row(entries: list[dict[str, Any]], id_: str) -> dict[str, Any]:
    return next(one for one in entries if one["id"] == id_)


# --- clean -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", SHOWN)
def test_a_joint_example_has_nothing_to_mend(run_bidkit: RunBidkit, name: str) -> None:
    said = checked(run_bidkit, EXAMPLES / name)
    assert Counter(f["code"] for f in said["findings"] if f["code"] != EMPTY) == SHOWN[name], said["findings"]
    assert {one["severity"] for one in said["findings"]} <= {"warning", "note"}
    assert {one["verdict"] for one in said["verdicts"]} == {"met", "attested"}
    assert said["code"] == 0


@pytest.mark.parametrize("name", SHOWN)
def test_everything_is_agreed_and_dated(name: str) -> None:
    one = dossier(EXAMPLES / name)
    assert {a.topic for a in one.agreements} == TOPICS
    assert all(a.agreed and a.by and a.on for a in one.agreements)
    assert {p.id for p in one.participants} == {m.organisation.id for m in one.members} | {
        m.id for m in one.light_member
    }


@pytest.mark.parametrize("name", SHOWN)
def test_no_step_and_no_handover_is_without_an_owner(name: str) -> None:
    path = {step.id: step for step in dossier(EXAMPLES / name).client_path}
    assert all(step.owner for step in path.values())
    between = [s for s in path.values() if any(path[n].owner != s.owner for n in s.next)]
    assert between
    assert all(s.handover and s.handover_owner for s in between)


def test_no_two_organisations_have_one_business_id() -> None:
    ids: list[str] = []
    for name in ("tyopolku", "pienhankinta", *SHOWN):
        one = dossier(EXAMPLES / name)
        ids += [m.organisation.business_id for m in one.members]
        ids += [m.business_id for m in one.light_member if m.business_id]
    assert len(ids) == 2 + 4 + 1 + 7
    assert len(set(ids)) == len(ids)
    assert all(i.startswith("99") for i in ids)  # numbers that nobody has been given


@pytest.mark.parametrize("name", SHOWN)
def test_a_joint_example_builds(built: Built, name: str) -> None:
    version = built(name)
    assert {"tarjous.docx", "hinnoittelu.xlsx", "manifest.json"} <= {f.name for f in version.iterdir()}
    said = "\n".join(texts((version / "tarjous.docx").read_bytes()))
    one = dossier(EXAMPLES / name)
    for called in [m.organisation.name for m in one.members] + [m.name for m in one.light_member]:
        assert called in said


# --- the group: a lead and three members ---------------------------------------------------------------
def test_ryhmittyma_is_as_big_as_promised() -> None:
    one = dossier(EXAMPLES / "ryhmittyma")
    assert [m.organisation.id for m in one.members] == ["kaislaranta", "koskenniska", "siltaura", "vaaramaki"]
    assert len(one.lots) == len(one.lot_offers) == 2
    assert len(one.conditions) >= 15
    assert 6 <= len(one.client_path) <= 9
    for lot in one.lots:
        assert sum(share.money for share in one.shares if share.lot == lot.id) == Decimal("100.00")


def test_what_none_could_alone_they_meet_together(run_bidkit: RunBidkit) -> None:
    met = verdicts(checked(run_bidkit, EXAMPLES / "ryhmittyma"))
    assert met["4.1"]["found"] == {"value": "17", "unit": "clients/day"}  # 8 + 5 + 4, of 16
    assert met["3.1"]["found"] == {"value": "1050400", "unit": "EUR/year"}  # of 900 000: four organisations' turnover
    assert met["3.4"]["found"] == {"value": "6", "unit": "references"}  # seven rows, one contract held by two


def test_two_places_less_in_one_workshop_and_the_group_has_too_few(
    run_bidkit: RunBidkit, dossier_copy: Callable[[str], Path]
) -> None:
    folder = dossier_copy("ryhmittyma")
    changed(
        folder,
        "jasenet/vaaramaki/services.yaml",
        lambda rows: row(rows, "tyovalmennus")["capacity"].update(clients_per_day="3"),
    )
    met = verdicts(checked(run_bidkit, folder))["4.1"]
    assert (met["verdict"], met["found"]["value"]) == ("not met", "15")


def test_whoever_leaves_is_named_wherever_it_was_counted_on(
    run_bidkit: RunBidkit, dossier_copy: Callable[[str], Path]
) -> None:
    folder = dossier_copy("ryhmittyma")
    changed(folder, "participants.yaml", lambda rows: row(rows, "koskenniska").update(withdrawn="kyllä"))
    said = checked(run_bidkit, folder)
    assert said["code"] == 1
    told = [f for f in said["findings"] if f["severity"] == "error" and f["code"].startswith("BK6")]
    assert {f["place"].partition(":")[0] for f in told} == {
        "lot_offers.yaml",
        "prices.yaml",
        "client_path.yaml",
        "shares.yaml",
    }
    assert verdicts(said)["3.1"]["found"]["value"] == "882000"  # its turnover is not counted any more


def test_a_contract_of_two_counts_twice_only_if_nobody_says_so(
    run_bidkit: RunBidkit, dossier_copy: Callable[[str], Path]
) -> None:
    folder = dossier_copy("ryhmittyma")
    changed(
        folder,
        "jasenet/vaaramaki/references.yaml",
        lambda rows: row(rows, "paja-korpivaara-sotkamo").pop("contract_key"),
    )
    assert verdicts(checked(run_bidkit, folder))["3.4"]["found"]["value"] == "7"


def test_an_old_tax_certificate_of_one_member_goes_back_to_that_member(
    run_bidkit: RunBidkit, dossier_copy: Callable[[str], Path]
) -> None:
    folder = dossier_copy("ryhmittyma")
    changed(folder, "jasenet/siltaura/certificates.yaml", lambda rows: row(rows, "vero").update(issued="1.9.2026"))
    said = checked(run_bidkit, folder)
    (found,) = [f for f in said["findings"] if f["code"] == "BK337"]
    assert found["place"].startswith("jasenet/siltaura/certificates.yaml:")
    assert "Siltaura ry" in found["message"]


def test_a_draft_is_made_though_the_file_of_one_member_cannot_be_read(
    run_bidkit: RunBidkit, dossier_copy: Callable[[str], Path]
) -> None:
    """That one file is told of, and not all that names something of that member."""
    folder = dossier_copy("ryhmittyma")
    (folder / "jasenet/siltaura/organisation.yaml").write_text("id: [", "utf-8")
    said = checked(run_bidkit, folder)
    read = [f["place"].partition(":")[0] for f in said["findings"] if f["severity"] == "error" and f["code"] < "BK300"]
    assert read == ["jasenet/siltaura/organisation.yaml"]
    run_bidkit("build", folder, "--as-of", AS_OF, "--draft")
    assert (folder / "out/v0001/tarjous.docx").is_file()


def test_the_two_conflicts_are_settled_by_the_lead_and_open_without(
    run_bidkit: RunBidkit, dossier_copy: Callable[[str], Path]
) -> None:
    settled = merge(dossier(EXAMPLES / "ryhmittyma"))
    assert {c.id: c.settled for c in settled.conflicts} == {
        "services.tyovalmennus:kaislaranta:vaaramaki": "rename_second",
        "client_groups.pitkaan-tyottomat.name:kaislaranta:vaaramaki": "keep_first",
    }
    folder = dossier_copy("ryhmittyma")
    (folder / "resolutions.yaml").unlink()
    said = checked(run_bidkit, folder)
    assert said["code"] == 1
    open_now = [f for f in said["findings"] if f["code"] in ("BK600", "BK604")]
    assert [f["place"].rpartition("/")[0] for f in open_now] == ["jasenet/vaaramaki"] * 2


# --- the umbrella: a lead and twelve on one sheet each ---------------------------------------------------
def test_sateenvarjo_is_as_big_as_promised() -> None:
    one = dossier(EXAMPLES / "sateenvarjo")
    assert [m.organisation.id for m in one.members] == ["tukiverkko"]
    assert len(one.light_member) == 12
    assert sum(1 for m in one.light_member if m.business_id is None) == 5  # groups that are no associations
    assert sum(m.volunteer_hours or 0 for m in one.light_member) == 123
    area = {code for m in one.light_member for code in m.municipalities}
    assert area >= set(one.tender.area)


def test_compensation_of_the_small_is_a_cost_of_the_lead() -> None:
    one = dossier(EXAMPLES / "sateenvarjo")
    (paid,) = [item.amount for item in one.members[0].cost_items if item.kind == "subcontracting"]
    assert paid == sum(m.compensation or 0 for m in one.light_member) == Decimal(21600)


def test_the_buyer_has_one_contact(built: Built) -> None:
    version = built("sateenvarjo")
    said = "\n".join(texts((version / "tarjous.docx").read_bytes()))
    assert set(re.findall(r"[\w.-]+@[\w.-]+", said)) == {"tarjoukset@tukiverkko.example"}


def test_a_small_member_that_leaves_is_in_the_bid_no_more(run_bidkit: RunBidkit, umbrella: Path) -> None:
    folder = umbrella
    changed(folder, "participants.yaml", lambda rows: row(rows, "kalakerho").update(withdrawn="kyllä"))
    said = run_bidkit("build", folder, "--as-of", AS_OF, "--out", folder / "out")
    assert said.code == 0, said.out
    assert "Kalakerho" not in "\n".join(texts((folder / "out/v0001/tarjous.docx").read_bytes()))


def test_a_form_that_cannot_be_read_is_one_finding_in_its_own_folder(run_bidkit: RunBidkit, umbrella: Path) -> None:
    form = umbrella / "jasenet/digiapu/light_member.yaml"
    form.write_text(form.read_text("utf-8").replace("activity: ", "activity: Apua: "), "utf-8")
    said = checked(run_bidkit, umbrella)
    wrong = [f for f in said["findings"] if f["severity"] == "error"]
    assert [(f["code"], f["place"]) for f in wrong if f["code"] in ("BK120", "BK170")] == [
        ("BK120", "jasenet/digiapu/light_member.yaml:9:11")
    ]


# --- both forms of files ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", SHOWN)
def test_converted_and_back_a_joint_example_says_the_same(run_bidkit: RunBidkit, tmp_path: Path, name: str) -> None:
    source = EXAMPLES / name
    assert {f.suffix for f in (EXAMPLES / "sateenvarjo").rglob("*") if f.is_file()} == {".xlsx", ".pdf"}
    for number, form in enumerate(("xlsx", "yaml")):
        said = run_bidkit("convert", source, tmp_path / str(number), "--to", form)
        assert said.code == 0, said.out + said.err
        source = tmp_path / str(number)
        assert _content(load(source)) == _content(load(EXAMPLES / name))
    files = sorted(p.name for p in (EXAMPLES / name / "attachments").iterdir())
    assert sorted(p.name for p in (source / "attachments").iterdir()) == files


@pytest.mark.parametrize("name", ["tarjous.docx", "hinnoittelu.xlsx", "sisainen/kustannukset.xlsx"])
def test_the_group_as_workbooks_is_the_very_same_bid(built: Built, name: str) -> None:
    twins = EXAMPLES / "ryhmittyma", EXAMPLES / "ryhmittyma-excel"
    assert _content(load(twins[0])) == _content(load(twins[1]))
    assert (built(twins[0].name) / name).read_bytes() == (built(twins[1].name) / name).read_bytes()


def test_a_member_of_whom_too_little_is_there_is_not_lost_in_converting(
    run_bidkit: RunBidkit, dossier_copy: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = dossier_copy("ryhmittyma")
    (folder / "jasenet/siltaura/cost_basis.yaml").unlink()
    said = run_bidkit("convert", folder, tmp_path / "new", "--to", "yaml")
    assert said.code == 1
    assert "jasenet/siltaura/cost_basis.yaml" in said.out
    assert not (tmp_path / "new").exists()
    shutil.rmtree(folder / "jasenet/siltaura")
    assert run_bidkit("convert", folder, tmp_path / "new", "--to", "yaml").code == 0
