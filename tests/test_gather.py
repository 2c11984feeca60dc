"""Partners' files in the lead's folder: what is kept, what is told, what is never lost, whatever the order."""

from __future__ import annotations

import io
import json
import random
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bidkit.dossier.folder import TO_SETTLE
from bidkit.dossier.load import load
from bidkit.gather import Gathered, gather, store
from bidkit.i18n import FINDINGS, Translator
from bidkit.messages import gathering as say
from bidkit.model.consortium import Topic
from bidkit.model.names import called
from bidkit.pipeline import assess
from bidkit.publish import copies
from tests import partners, small

WORDS = Translator("fi", ("merge", *FINDINGS), called)
DAY = date(2027, 1, 15)
OTHER_NAME = small.FILES["client_groups"].replace("Nuoret työnhakijat", "Alle 25-vuotiaat")


def merged(folder: Path, *paths: Path, lead: str = partners.LEAD, day: date = DAY) -> Gathered:
    return gather(paths, lead, folder, day, WORDS)


def told(found: Gathered) -> list[tuple[str, str]]:
    return [(one.code, str(one.place)) for one in found.findings]


def states(found: Gathered) -> dict[str, str]:
    return {one.id: one.state for one in found.members}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """The lead's folder and three partners' workbooks, called as they came."""
    partners.lead(tmp_path / "oma")
    partners.put(tmp_path / "Pajan tiedot äö.xlsx", partners.workbook("paja"))
    partners.put(tmp_path / "malli.xlsx", partners.workbook("malli", client_groups=OTHER_NAME))
    partners.put(tmp_path / "uppgifter.xlsx", partners.workbook("svensk", language="sv"))
    return tmp_path


def everything(inbox: Path) -> list[Path]:
    return [inbox / "oma", *sorted(inbox.glob("*.xlsx"))]


# --- what is gathered ---------------------------------------------------------------------------------
def test_files_are_kept_as_they_came_under_the_names_that_findings_use(inbox):
    found = merged(inbox / "y", *everything(inbox))
    assert told(found) == []
    assert states(found) == dict.fromkeys(("esimerkki", "malli", "paja", "svensk"), "new")
    same = {
        "jasenet/paja/tiedot.xlsx": "Pajan tiedot äö.xlsx",
        "jasenet/malli/tiedot.xlsx": "malli.xlsx",
        "jasenet/svensk/uppgifter.xlsx": "uppgifter.xlsx",
        "jasenet/esimerkki/tiedot.xlsx": "oma/tiedot.xlsx",
        "tarjouspyynto.xlsx": "oma/tarjouspyynto.xlsx",
        "attachments/Liite_01.pdf": "oma/attachments/Liite_01.pdf",
    }
    for kept, sent in same.items():
        assert (inbox / "y" / kept).read_bytes() == (inbox / sent).read_bytes()
    assert set(partners.tree(inbox / "y")) == {*same, "ryhmittyma.xlsx", "jasenet/yhdistaminen.json"}
    log = json.loads((inbox / "y/jasenet/yhdistaminen.json").read_text(encoding="utf-8"))
    (entry,) = log["members"]["paja"]["files"]
    digest = partners.tree(inbox)["Pajan tiedot äö.xlsx"]
    assert entry == {
        "file": "jasenet/paja/tiedot.xlsx", "name": "Pajan tiedot äö.xlsx", "sha256": digest, "received": "2027-01-15",
    }  # fmt: skip


def test_the_leads_file_begins_with_who_takes_part_and_what_is_open(inbox):
    found = merged(inbox / "y", *everything(inbox))
    assert (found.lead_file, found.begun) == ("ryhmittyma.xlsx", True)
    dossier = load(inbox / "y").dossier
    assert dossier is not None
    assert dossier.consortium is not None
    assert (dossier.consortium.form, dossier.consortium.lead) == ("group", "esimerkki")
    roles = {one.id: one.role for one in dossier.participants}
    assert roles == {"esimerkki": "lead", "malli": "member", "paja": "member", "svensk": "member"}
    assert [one.agreed for one in dossier.agreements] == [False] * 6
    assert [one.topic for one in dossier.agreements] == list(get_args(Topic))
    assert found.open
    assert [one.id for one in dossier.resolutions] == [one.id for one in found.open]


def test_small_members_make_an_umbrella(tmp_path):
    partners.lead(tmp_path / "oma")
    forms = [partners.put(tmp_path / f"{id_}.xlsx", partners.form(id_)) for id_ in ("kerho", "seura", "ryhma")]
    found = merged(tmp_path / "y", tmp_path / "oma", *forms)
    assert (tmp_path / "y/jasenet/kerho/jasenlomake.xlsx").read_bytes() == forms[0].read_bytes()
    dossier = load(tmp_path / "y").dossier
    assert dossier is not None
    assert dossier.consortium is not None
    assert dossier.consortium.form == "umbrella"
    assert {one.role for one in dossier.participants} == {"lead", "umbrella_member"}
    assert [one.id for one in dossier.light_member] == ["kerho", "ryhma", "seura"]
    assert states(found)["kerho"] == "new"


@pytest.mark.parametrize("workbooks", [True, False])
def test_the_folder_is_a_dossier_like_any_other(tmp_path, workbooks):
    if workbooks:
        partners.lead(tmp_path / "oma")
        other = partners.put(tmp_path / "p.xlsx", partners.workbook("paja"))
    else:
        small.write(tmp_path / "oma")
        other = tmp_path / "p"
        other.mkdir()
        for noun, text in partners.texts("paja").items():
            (other / f"{noun}.yaml").write_text(text, encoding="utf-8")
    merged(tmp_path / "y", tmp_path / "oma", other)
    run = assess(tmp_path / "y", as_of=DAY)
    assert run.assessment is not None
    assert run.errors == ()
    assert [one.organisation.id for one in run.dossier.members] == ["esimerkki", "paja"]
    top = {path.name for path in (tmp_path / "y").iterdir() if path.is_file()}
    assert "organisation.yaml" not in top
    assert ("tarjouspyynto.xlsx" if workbooks else "tender.yaml") in top


def test_without_a_tender_conflicts_are_told_all_the_same(tmp_path):
    a = partners.put(tmp_path / "a.xlsx", partners.workbook("esimerkki"))
    b = partners.put(tmp_path / "b.xlsx", partners.workbook("malli", client_groups=OTHER_NAME))
    found = merged(tmp_path / "y", a, b)
    assert len(found.open) == 1
    assert load(tmp_path / "y").dossier.trial


def test_a_folder_of_attachments_is_several_partners(tmp_path):
    partners.lead(tmp_path / "oma")
    partners.put(tmp_path / "posti/tiedot.xlsx", partners.workbook("paja"))
    partners.put(tmp_path / "posti/tiedot (1).xlsx", partners.workbook("malli"))
    partners.put(tmp_path / "posti/~$tiedot.xlsx", b"x")
    found = merged(tmp_path / "y", tmp_path / "oma", tmp_path / "posti")
    assert states(found) == {"esimerkki": "new", "malli": "new", "paja": "new"}
    assert told(found) == [("BK655", f"{tmp_path.as_posix()}/posti/tiedot.xlsx")]


# --- the same again, in any order ---------------------------------------------------------------------
def test_the_same_again_changes_nothing(inbox):
    merged(inbox / "y", *everything(inbox))
    before = partners.tree(inbox / "y")
    again = merged(inbox / "y", *everything(inbox), day=date(2027, 2, 1))
    assert partners.tree(inbox / "y") == before
    assert set(states(again).values()) == {"unchanged"}
    none = merged(inbox / "y", lead="")
    assert partners.tree(inbox / "y") == before
    assert set(states(none).values()) == {"kept"}
    assert none.lead == "esimerkki"


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_order_and_parts_make_no_difference(inbox, seed):
    """All at once, in any order, or in two runs on two days: the same tree but for the days in the log."""
    dice = random.Random(seed)
    paths = everything(inbox)
    whole, parts = inbox / f"a{seed}", inbox / f"b{seed}"
    merged(whole, *paths)
    dice.shuffle(paths)
    first = [inbox / "oma", *(p for p in paths if p.name != "oma" and dice.random() < 0.5)]
    merged(parts, *first)
    merged(parts, *(path for path in paths if path not in first or dice.random() < 0.3), day=date(2027, 1, 20))
    one, other = partners.tree(whole), partners.tree(parts)
    log = "jasenet/yhdistaminen.json"
    assert {**one, log: ""} == {**other, log: ""}
    logs = [(folder / log).read_text(encoding="utf-8").replace("2027-01-20", "2027-01-15") for folder in (whole, parts)]
    assert logs[0] == logs[1]


# --- new versions -------------------------------------------------------------------------------------
def test_a_newer_file_takes_the_place_of_the_older_which_is_kept(inbox):
    merged(inbox / "y", *everything(inbox))
    old = (inbox / "malli.xlsx").read_bytes()
    new = partners.workbook("malli", name="Malliverstas ry")
    partners.put(inbox / "malli.xlsx", new)
    found = merged(inbox / "y", inbox / "malli.xlsx", day=date(2027, 1, 20))
    digest = store.digest(inbox / "y/jasenet/malli/tiedot.xlsx")
    assert (inbox / "y/jasenet/malli/tiedot.xlsx").read_bytes() == new
    (kept,) = (inbox / "y/jasenet/malli/aiemmat").rglob("*.xlsx")
    assert kept.read_bytes() == old
    assert kept.parent.name.startswith("2027-01-15-")
    (row,) = [one for one in found.members if one.id == "malli"]
    assert row.state == "changed"
    assert [(one.where.noun, one.where.path, one.old, one.new) for one in row.changes.texts] == [
        ("organisation", ("name",), "Malli ry", "Malliverstas ry"),
        ("client_groups", ("name",), "Alle 25-vuotiaat", "Nuoret työnhakijat"),
    ]
    assert found.open == ()  # the conflict is gone with the new file, and with it its row, for nobody had touched it
    assert [(one.day, one.sha256) for one in row.files] == [("2027-01-20", digest)]
    (previous,) = found.log.previous["malli"]
    assert (previous.day, previous.kept) == ("2027-01-15", kept.relative_to(inbox / "y").as_posix())
    assert load(inbox / "y").dossier is not None
    assert not any("aiemmat" in file for file in load(inbox / "y").files)


def test_the_older_file_again_is_known_by_its_first_day(inbox):
    old = (inbox / "malli.xlsx").read_bytes()
    merged(inbox / "y", *everything(inbox))
    partners.put(inbox / "malli.xlsx", partners.workbook("malli", name="Malliverstas ry"))
    merged(inbox / "y", inbox / "malli.xlsx", day=date(2027, 1, 20))
    partners.put(inbox / "malli.xlsx", old)
    found = merged(inbox / "y", inbox / "malli.xlsx", day=date(2027, 1, 25))
    (row,) = [one for one in found.members if one.id == "malli"]
    assert [one.day for one in row.files] == ["2027-01-15"]
    assert sorted(one.day for one in found.log.previous["malli"]) == ["2027-01-15", "2027-01-20"]
    assert len(list((inbox / "y/jasenet/malli/aiemmat").rglob("*.xlsx"))) == 2


def test_a_workbook_renews_what_it_tells_of_and_a_folder_everything(tmp_path):
    partners.lead(tmp_path / "oma")
    whole = partners.lead(tmp_path / "paja", **partners.texts("paja"))
    merged(tmp_path / "y", tmp_path / "oma", whole)
    within = tmp_path / "y/jasenet/paja"
    assert {path.name for path in within.iterdir()} == {"tiedot.xlsx", "tarjouspyynto.xlsx", "attachments"}
    newer = partners.put(tmp_path / "uusi.xlsx", partners.workbook("paja", language="sv"))
    merged(tmp_path / "y", newer)
    assert {path.name for path in within.iterdir()} == {
        "uppgifter.xlsx", "tarjouspyynto.xlsx", "attachments", "aiemmat",
    }  # fmt: skip
    folder = tmp_path / "yaml"
    folder.mkdir()
    for noun, text in partners.texts("paja").items():
        (folder / f"{noun}.yaml").write_text(text, encoding="utf-8")
    merged(tmp_path / "y", folder)
    left = {path.name for path in within.iterdir()}
    assert "organisation.yaml" in left
    assert not {"uppgifter.xlsx", "tarjouspyynto.xlsx", "attachments"} & left
    kept = sorted(path.name for path in (within / "aiemmat").rglob("*") if path.is_file())
    assert kept == ["Liite_01.pdf", "tarjouspyynto.xlsx", "tiedot.xlsx", "uppgifter.xlsx"]


@pytest.mark.parametrize("at", range(1, 9))
def test_whatever_fails_nothing_is_lost_and_the_next_run_goes_on(inbox, monkeypatch, at):
    merged(inbox / "y", *everything(inbox))
    held = {path.read_bytes() for path in (inbox / "y").rglob("*") if path.is_file() and path.suffix == ".xlsx"}
    for name in ("malli", "paja"):
        path = inbox / ("malli.xlsx" if name == "malli" else "Pajan tiedot äö.xlsx")
        partners.put(path, partners.workbook(name, name="Uusi nimi ry"))
    count, replace = 0, copies.replace

    def faulty(path, data):
        nonlocal count
        count += 1
        if count == at:
            raise OSError(28, "No space left on device")
        replace(path, data)

    monkeypatch.setattr(copies, "replace", faulty)
    first = merged(inbox / "y", *everything(inbox), day=date(2027, 1, 20))
    monkeypatch.undo()
    if count >= at:
        assert say.NOT_WRITTEN.code in {one.code for one in first.findings}
    there = {path.read_bytes() for path in (inbox / "y").rglob("*") if path.is_file() and path.suffix == ".xlsx"}
    assert all(map(_is_ours, held - there))
    merged(inbox / "y", *everything(inbox), day=date(2027, 1, 20))
    straight = inbox / "suoraan"
    assert not list((inbox / "y").rglob("*.tmp"))
    merged(straight, *everything(inbox))
    now = {name: digest for name, digest in partners.tree(inbox / "y").items() if "aiemmat" not in name}
    assert {**now, "jasenet/yhdistaminen.json": ""} == {**partners.tree(straight), "jasenet/yhdistaminen.json": ""}


def _is_ours(data: bytes) -> bool:
    """Say whether a workbook is the lead's file, which we wrote and nobody has touched: it may be made anew."""
    return "Osallistujat" in openpyxl.load_workbook(io.BytesIO(data)).sheetnames


# --- the lead's own file ------------------------------------------------------------------------------
def worked_in(folder: Path) -> bytes:
    """Let the lead work in the lead's file; return it."""
    book = openpyxl.load_workbook(folder / "ryhmittyma.xlsx")
    book["Ryhmittymä"]["B4"] = "Yhdessä töihin"
    book.save(folder / "ryhmittyma.xlsx")
    return (folder / "ryhmittyma.xlsx").read_bytes()


def test_what_the_lead_has_worked_in_is_never_changed(inbox):
    merged(inbox / "y", inbox / "oma", inbox / "Pajan tiedot äö.xlsx")
    mine = worked_in(inbox / "y")
    found = merged(inbox / "y", *everything(inbox))
    assert (inbox / "y/ryhmittyma.xlsx").read_bytes() == mine
    assert found.additions == "ratkaistavat.xlsx"
    book = openpyxl.load_workbook(inbox / "y/ratkaistavat.xlsx")
    lead = openpyxl.load_workbook(inbox / "y/ryhmittyma.xlsx")
    assert book.sheetnames[:2] == ["Osallistujat", "Ratkaisut"]
    for name in book.sheetnames[:2]:  # the rows can be copied as they are
        assert [cell.value for cell in book[name][1]] == [cell.value for cell in lead[name][1]]
    assert [row[0].value for row in book["Osallistujat"].iter_rows(min_row=2, max_row=3)] == ["malli", "svensk"]
    assert [row[0].value for row in book["Ratkaisut"].iter_rows(min_row=2, max_row=2)] == [found.open[0].id]
    loaded = load(inbox / "y")
    assert not any("ratkaistavat" in f"{one.place} {one.facts}" for one in loaded.findings)
    assert "ratkaistavat.xlsx" not in loaded.files


def test_copied_rows_are_not_offered_again(inbox):
    merged(inbox / "y", inbox / "oma", inbox / "Pajan tiedot äö.xlsx")
    worked_in(inbox / "y")
    merged(inbox / "y", *everything(inbox))
    lead = openpyxl.load_workbook(inbox / "y/ryhmittyma.xlsx")
    new = openpyxl.load_workbook(inbox / "y/ratkaistavat.xlsx")
    for name in ("Osallistujat", "Ratkaisut"):
        last = max(cell.row for cell in lead[name]["A"] if cell.value and not str(cell.value).startswith("esim."))
        for offset, row in enumerate(new[name].iter_rows(min_row=2, values_only=True), 1):
            for column, value in enumerate(row, 1):
                if row[0]:
                    lead[name].cell(last + offset, column).value = value
    lead.save(inbox / "y/ryhmittyma.xlsx")
    found = merged(inbox / "y")
    assert found.additions == ""
    assert not (inbox / "y/ratkaistavat.xlsx").exists()
    assert len(found.open) == 1  # it has a row now, and is open until the lead fills that in


def test_rows_to_copy_that_somebody_has_worked_in_are_kept(inbox):
    merged(inbox / "y", inbox / "oma")
    worked_in(inbox / "y")
    merged(inbox / "y", inbox / "malli.xlsx")
    path = inbox / "y/ratkaistavat.xlsx"
    book = openpyxl.load_workbook(path)
    book["Ratkaisut"]["I2"] = "oma päätös"
    book.save(path)
    mine = path.read_bytes()
    found = merged(inbox / "y", inbox / "Pajan tiedot äö.xlsx")
    assert path.read_bytes() == mine
    assert found.additions == "ratkaistavat (2).xlsx"
    assert ("BK659", "ratkaistavat.xlsx") in told(found)
    assert not any("ratkaistavat" in str(one.place) for one in load(inbox / "y").findings)


def test_rows_to_copy_have_a_name_in_every_language(inbox):
    merged(inbox / "y", inbox / "oma")
    worked_in(inbox / "y")
    for language, name in TO_SETTLE.items():
        words = Translator(language, ("merge", *FINDINGS), called)
        found = gather([inbox / "malli.xlsx"], "", inbox / "y", DAY, words)
        assert found.additions == name
        assert [path.name for path in (inbox / "y").glob("*.xlsx") if path.name in TO_SETTLE.values()] == [name]


def test_what_differs_on_top_is_told_and_left(inbox):
    merged(inbox / "y", inbox / "oma")
    top = inbox / "y/tarjouspyynto.xlsx"
    book = openpyxl.load_workbook(top)
    book.save(top)
    mine = top.read_bytes()
    found = merged(inbox / "y", inbox / "oma")
    assert told(found) == [("BK650", "tarjouspyynto.xlsx")]
    assert top.read_bytes() == mine


def test_who_is_missing_and_who_has_left(inbox):
    merged(inbox / "y", *everything(inbox))
    book = openpyxl.load_workbook(inbox / "y/ryhmittyma.xlsx")
    sheet = book["Osallistujat"]
    heads = {cell.value.rstrip(" *"): cell.column for cell in sheet[1] if cell.value}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value}
    sheet.cell(rows["paja"], heads["Jäänyt pois"]).value = "kyllä"
    sheet.cell(rows["svensk"], 1).value = "toinen"
    book.save(inbox / "y/ryhmittyma.xlsx")
    found = merged(inbox / "y")
    assert states(found) == {
        "esimerkki": "kept", "malli": "kept", "paja": "withdrawn", "svensk": "kept", "toinen": "missing",
    }  # fmt: skip
    assert told(found) == [("BK656", f"ryhmittyma.xlsx › Osallistujat › A{rows['svensk']}")]
    assert (inbox / "y/jasenet/paja/tiedot.xlsx").is_file()
    assert found.additions == "ratkaistavat.xlsx"  # svensk has a file but no row


# --- bad input ----------------------------------------------------------------------------------------
def _cut(tmp: Path) -> Path:
    return partners.put(tmp / "b.xlsx", partners.workbook("paja")[:-400])


def _protected(tmp: Path) -> Path:
    mark = "EncryptedPackage".encode("utf-16-le")
    return partners.put(tmp / "b.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + mark + b"\0" * 600)


def _foreign(tmp: Path) -> Path:
    book = openpyxl.Workbook()
    book.save(tmp / "b.xlsx")
    return tmp / "b.xlsx"


def _tender_alone(tmp: Path) -> Path:
    return partners.put(tmp / "b.xlsx", (tmp / "oma/tarjouspyynto.xlsx").read_bytes())


def _bad_id(tmp: Path) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(partners.workbook("paja")))
    book["Järjestö"]["B2"] = "Paja Ry"
    book.save(tmp / "b.xlsx")
    return tmp / "b.xlsx"


def _yaml(tmp: Path) -> Path:
    return partners.put(tmp / "b" / "organisation.yaml", partners.texts("paja")["organisation"].encode())


def _empty(tmp: Path) -> Path:
    (tmp / "b").mkdir()
    return tmp / "b"


MARKED = "tiedot_korjattavat.xlsx"
BAD = {
    "cut": (_cut, "BK106", "b.xlsx"),
    "password": (_protected, "BK180", "b.xlsx"),
    "old": (lambda tmp: partners.put(tmp / "b.xls", b"\xd0\xcf\x11\xe0"), "BK179", "b.xls"),
    "ods": (lambda tmp: partners.put(tmp / "b.ods", b"PK"), "BK179", "b.ods"),
    "gone": (lambda tmp: tmp / "b.xlsx", "BK102", "b.xlsx"),
    "foreign": (_foreign, "BK641", "b.xlsx"),
    "tender alone": (_tender_alone, "BK641", "b.xlsx"),
    "bad id": (_bad_id, "BK156", "b.xlsx › Järjestö › B2"),
    "marked": (lambda tmp: partners.put(tmp / MARKED, partners.workbook("paja")), "BK651", "tiedot_korjattavat.xlsx"),
    "lock": (lambda tmp: partners.put(tmp / "~$b.xlsx", b"x"), "BK652", "~$b.xlsx"),
    "one yaml": (_yaml, "BK653", "b/organisation.yaml"),
    "empty folder": (_empty, "BK641", "b"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_and_the_rest_is_taken(tmp_path, name):
    make, code, place = BAD[name]
    partners.lead(tmp_path / "oma")
    bad = make(tmp_path)
    good = partners.put(tmp_path / "malli.xlsx", partners.workbook("malli"))
    before = bad.read_bytes() if bad.is_file() else b""
    found = merged(tmp_path / "y", tmp_path / "oma", bad, good)
    assert told(found) == [(code, f"{tmp_path.as_posix()}/{place}")]
    (finding,) = found.findings
    assert WORDS.hint(finding)
    assert states(found) == {"esimerkki": "new", "malli": "new"}
    assert (bad.read_bytes() if bad.is_file() else b"") == before


def test_a_bad_newer_file_leaves_the_older_in_its_place(inbox):
    merged(inbox / "y", *everything(inbox))
    before = partners.tree(inbox / "y")
    bad = partners.put(inbox / "uusi/malli.xlsx", (inbox / "malli.xlsx").read_bytes()[:-200])
    found = merged(inbox / "y", bad)
    assert [code for code, _ in told(found)] == ["BK106"]
    assert partners.tree(inbox / "y") == before


def test_one_member_twice(inbox):
    same = partners.put(inbox / "kopio/malli.xlsx", (inbox / "malli.xlsx").read_bytes())
    found = merged(inbox / "a", *everything(inbox), same)
    assert told(found) == [("BK642", (inbox / "malli.xlsx").as_posix())]
    assert states(found)["malli"] == "new"
    other = partners.put(inbox / "kopio/malli.xlsx", partners.workbook("malli", name="Malliverstas ry"))
    for paths in ([*everything(inbox), other], [other, *reversed(everything(inbox))]):
        found = merged(inbox / "b", *paths)
        assert sorted(told(found)) == [
            ("BK643", f"{inbox.as_posix()}/kopio/malli.xlsx › Järjestö › B2"),
            ("BK643", f"{inbox.as_posix()}/malli.xlsx › Järjestö › B2"),
        ]
        assert "malli" not in states(found)


@pytest.mark.parametrize("earlier", [True, False])
@pytest.mark.parametrize(("id_", "code"), [("mal-li", "BK644"), ("mal_li", "BK644"), ("toinen", "BK645")])
def test_members_that_could_be_one(tmp_path, earlier, id_, code):
    partners.lead(tmp_path / "oma")
    first = partners.put(tmp_path / "malli.xlsx", partners.workbook("malli"))
    text = partners.texts("malli")["organisation"].replace("id: malli", f"id: {id_}")
    second = partners.put(tmp_path / "s.xlsx", partners.workbook(id_, organisation=text))
    if earlier:
        merged(tmp_path / "y", tmp_path / "oma", first)
        found = merged(tmp_path / "y", second)
        assert states(found) == {"esimerkki": "kept", "malli": "kept"}
        assert [one for one, _ in told(found)] == [code]
        assert found.findings[0].facts["where"] == "jasenet/malli"
    else:
        found = merged(tmp_path / "y", tmp_path / "oma", first, second)
        assert states(found) == {"esimerkki": "new"}
        assert [one for one, _ in told(found)] == [code, code]


def test_who_leads(inbox):
    paths = everything(inbox)
    unknown = merged(inbox / "y", *paths, lead="esimerkk")
    assert told(unknown) == [("BK646", (inbox / "y").as_posix())]
    assert unknown.findings[0].facts["near"] == ("esimerkki",)
    untold = merged(inbox / "y", *paths, lead="")
    assert told(untold) == [("BK647", (inbox / "y").as_posix())]
    assert not (inbox / "y").exists()
    assert states(merged(inbox / "y", *paths, lead=" Esimerkki "))["esimerkki"] == "new"
    worked_in(inbox / "y")
    before = partners.tree(inbox / "y")
    other = merged(inbox / "y", *paths, lead="malli")
    assert told(other) == [("BK648", "ryhmittyma.xlsx › Ryhmittymä › B3")]
    assert partners.tree(inbox / "y") == before


def test_nobody(tmp_path):
    assert told(merged(tmp_path / "y")) == [("BK640", (tmp_path / "y").as_posix())]
    assert not (tmp_path / "y").exists()


def test_the_folder_itself_is_no_partner(inbox):
    merged(inbox / "y", *everything(inbox))
    before = partners.tree(inbox / "y")
    found = merged(inbox / "y", inbox / "y", inbox / "y/jasenet/malli", inbox / "malli.xlsx")
    assert [code for code, _ in told(found)] == ["BK649", "BK649"]
    assert partners.tree(inbox / "y") == before


def test_the_leads_files_may_stand_on_top(tmp_path):
    partners.lead(tmp_path / "y")
    found = merged(tmp_path / "y", partners.put(tmp_path / "p.xlsx", partners.workbook("paja")))
    assert told(found) == []
    assert states(found) == {"esimerkki": "kept", "paja": "new"}
    assert not (tmp_path / "y/jasenet/esimerkki").exists()
    newer = partners.put(tmp_path / "oma.xlsx", partners.workbook("esimerkki", name="Uusi nimi ry"))
    assert told(merged(tmp_path / "y", newer)) == [("BK650", "tiedot.xlsx")]


def test_forty_members(tmp_path):
    partners.lead(tmp_path / "oma")
    paths = [partners.put(tmp_path / f"{n}.xlsx", partners.form(f"kerho-{n}")) for n in range(39)]
    found = merged(tmp_path / "y", tmp_path / "oma", *paths)
    assert told(found) == []
    assert len(found.members) == 40


def test_a_damaged_log_is_kept_and_begun_anew(inbox):
    merged(inbox / "y", *everything(inbox))
    path = inbox / "y/jasenet/yhdistaminen.json"
    path.write_text('{"format": 1, "mem', encoding="utf-8")
    found = merged(inbox / "y", *everything(inbox), day=date(2027, 1, 20))
    assert told(found) == [("BK658", "jasenet/yhdistaminen.json")]
    (kept,) = (inbox / "y/jasenet").glob("yhdistaminen.json.*")
    assert kept.read_text(encoding="utf-8") == '{"format": 1, "mem'
    assert {one.day for row in found.members for one in row.files} == {"2027-01-20"}


def test_a_workbook_made_before_with_fewer_sheets(tmp_path):
    partners.lead(tmp_path / "oma")
    book = openpyxl.load_workbook(io.BytesIO(partners.workbook("paja")))
    for name in ("Kumppanit", "Rahoitus"):
        del book[name]
    book.save(tmp_path / "b.xlsx")
    found = merged(tmp_path / "y", tmp_path / "oma", tmp_path / "b.xlsx")
    assert told(found) == []
    assert [one.faults for one in found.members] == [0, 0]


def test_a_folder_that_is_a_file(inbox):
    partners.put(inbox / "y", b"oma")
    found = merged(inbox / "y", *everything(inbox))
    assert [code for code, _ in told(found)] == ["BK501"]
    assert (inbox / "y").read_bytes() == b"oma"
    assert zipfile.is_zipfile(inbox / "malli.xlsx")


@pytest.mark.parametrize("data", [b"PK\x03\x04rikki", b""])
def test_a_leads_file_that_cannot_be_read_is_left_as_it_is(inbox, data):
    merged(inbox / "y", *everything(inbox))
    partners.put(inbox / "y/ryhmittyma.xlsx", data)
    found = merged(inbox / "y", *everything(inbox))
    assert (inbox / "y/ryhmittyma.xlsx").read_bytes() == data
    assert not (inbox / "y/ratkaistavat.xlsx").exists()
    assert "ryhmittyma.xlsx" in {str(one.place) for one in found.findings}


def test_a_members_folder_may_be_called_anything(inbox):
    partners.put(inbox / "y/jasenet/Mallin väki/tiedot.xlsx", (inbox / "malli.xlsx").read_bytes())
    partners.put(inbox / "malli.xlsx", partners.workbook("malli", name="Malliverstas ry"))
    found = merged(inbox / "y", *everything(inbox))
    assert states(found)["malli"] == "changed"
    assert not (inbox / "y/jasenet/malli").exists()
    assert len(list((inbox / "y/jasenet/Mallin väki/aiemmat").rglob("*.xlsx"))) == 1


def test_a_members_folder_renamed_by_hand_holds_what_came_before(inbox):
    merged(inbox / "y", *everything(inbox))
    (inbox / "y/jasenet/malli").rename(inbox / "y/jasenet/Mallin väki")
    found = merged(inbox / "y", day=date(2027, 1, 20))
    (file,) = next(one.files for one in found.members if one.id == "malli")
    assert (file.file, file.name, file.day) == ("jasenet/Mallin väki/tiedot.xlsx", "malli.xlsx", "2027-01-15")
    assert found.log.previous == {}
    partners.put(inbox / "malli.xlsx", partners.workbook("malli", name="Malliverstas ry"))
    found = merged(inbox / "y", inbox / "malli.xlsx", day=date(2027, 1, 21))
    (kept,) = found.log.previous["malli"]
    assert (kept.file, kept.day, kept.name) == (file.file, "2027-01-15", "malli.xlsx")
    assert (inbox / "y" / kept.kept).is_file()


def test_a_copy_of_a_members_folder_is_one_organisation_twice(inbox):
    merged(inbox / "y", *everything(inbox))
    (before,) = merged(inbox / "y").open  # another name of a client group
    shutil.copytree(inbox / "y/jasenet/malli", inbox / "y/jasenet/a kopio")
    for paths in ((), (inbox / "malli.xlsx",)):
        found = merged(inbox / "y", *paths)
        twice, *others = found.open
        assert (twice.first.member, twice.second.member) == ("malli", "malli")
        assert twice.first.place.file == "jasenet/malli/tiedot.xlsx"
        assert twice.second.place.file == "jasenet/a kopio/tiedot.xlsx"
        assert [one.id for one in others] == [before.id]
        assert [one.folder for one in found.members if one.id == "malli"] == ["jasenet/malli"]
    judged = {(one.code, one.place.file) for one in assess(inbox / "y", as_of=DAY).findings}
    assert ("BK615", "jasenet/a kopio/tiedot.xlsx") in judged


def test_a_folder_that_is_called_like_another_member_is_not_written_to(inbox):
    """Folders are told by what is in them: one renamed by hand to the id of another member is not taken for its."""
    partners.put(inbox / "uusi.xlsx", partners.workbook("uusi"))
    merged(inbox / "y", *(one for one in everything(inbox) if one.name != "uusi.xlsx"))
    (inbox / "y/jasenet/malli").rename(inbox / "y/jasenet/uusi")
    before = (inbox / "y/jasenet/uusi/tiedot.xlsx").read_bytes()
    found = merged(inbox / "y", inbox / "uusi.xlsx")
    assert {one.id: one.folder for one in found.members if one.id in ("malli", "uusi")} == {
        "malli": "jasenet/uusi",
        "uusi": "jasenet/uusi-2",
    }
    assert states(found)["malli"] == "kept"
    assert states(found)["uusi"] == "new"
    assert (inbox / "y/jasenet/uusi/tiedot.xlsx").read_bytes() == before
    again = merged(inbox / "y", inbox / "uusi.xlsx")
    assert states(again)["uusi"] == "unchanged"


def test_a_members_file_that_cannot_be_read_is_kept_when_a_newer_one_comes(inbox):
    merged(inbox / "y", *everything(inbox))
    partners.put(inbox / "y/jasenet/malli/tiedot.xlsx", b"rikki")
    found = merged(inbox / "y", inbox / "malli.xlsx")
    assert states(found)["malli"] == "changed"
    assert [one.read_bytes() for one in (inbox / "y/jasenet/malli/aiemmat").rglob("*.xlsx")] == [b"rikki"]


def test_somebodys_stray_folder_among_the_members_is_left_to_the_reader(inbox):
    partners.put(inbox / "y/jasenet/muuta/muistio.txt", b"x")
    found = merged(inbox / "y", *everything(inbox))
    assert told(found) == []
    assert (inbox / "y/jasenet/muuta/muistio.txt").read_bytes() == b"x"
