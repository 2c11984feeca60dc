"""Members' folders: each is read as it was sent, and whatever is found there is told in that folder."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from bidkit.dossier import _examples, sheets
from bidkit.dossier import folder as folder_module
from bidkit.dossier.load import Loaded, load
from bidkit.dossier.workbook_writer import workbooks
from bidkit.dossier.written import Written, of_entries, whole
from bidkit.i18n import FINDINGS, Translator
from bidkit.messages import loading
from bidkit.model.dossier import NOUNS, Dossier, Member
from bidkit.pipeline import assess
from tests import small
from tests.conftest import EXAMPLES, run
from tests.joint import LEAD, SECOND, THIRD, Joint

FORM = {"id": "naapuri", "municipality": "Pori", "email": "a@b.example", "languages": "[fi]"}


def told(loaded: Loaded) -> list[tuple[str, str]]:
    """Return what was found and where, but for sheets that have no rows: that is only a note."""
    return [(f.code, str(f.place)) for f in loaded.findings if f.code != loading.NOTHING_IN.code]


def worded(loaded: Loaded) -> list[str]:
    return [Translator("fi", FINDINGS).sentence(f) for f in loaded.findings]


def dossier(folder: Path) -> Dossier:
    """Return what is read from a folder in which nothing is wrong."""
    loaded = load(folder)
    assert told(loaded) == []
    assert loaded.dossier is not None
    return loaded.dossier


def said(found: Dossier) -> dict[str, object]:
    """Return what a dossier says but for the places: of the whole, and of each member by its id."""
    of_all = {name: getattr(found, name) for name, noun in NOUNS.items() if noun.part != "member"}
    return {"": whole(of_all)} | {one.organisation.id: whole(own(one)) for one in found.members}


def own(member: Member) -> dict[str, object]:
    return {name: getattr(member, name) for name, noun in NOUNS.items() if noun.part == "member"}


def as_workbook(folder: Path, language: str = "fi") -> Path:
    """Turn a member's YAML files into the workbook of the same."""
    loaded = load(folder)
    for file in folder.glob("*.yaml"):
        file.unlink()
    for name, data in workbooks(of_entries(loaded.entries), language, only=("member",), examples=False).items():
        (folder / name).write_bytes(data)
    return folder


def small_member(folder: Path, file: str = "jasenlomake.xlsx", **changed: object) -> Path:
    """Write the form of a small member as it stands in our example, but for a few fields."""
    language = next(tag for tag, files in sheets.FILES.items() if files["light"] == file)
    nouns = _examples.content(sheets.words(language), ("light",)).nouns
    form = {**nouns["light_member"], **changed}  # type: ignore[dict-item]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(workbooks(Written({"light_member": form}), language, only=("light",))[file])
    return folder / file


# --- what is read --------------------------------------------------------------------------------------
def test_members_are_there_the_lead_first_and_the_others_by_their_ids(tmp_path: Path) -> None:
    joint = Joint()
    joint.members = {f"x-{n}": joint.members[id_] for n, id_ in enumerate((THIRD, SECOND, LEAD))}
    found = dossier(joint.write(tmp_path))
    assert [one.organisation.id for one in found.members] == [LEAD, SECOND, THIRD]
    assert found.joint
    assert [one.id for one in found.participants] == [LEAD, SECOND, THIRD]


@pytest.mark.parametrize("names", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_names_of_folders_make_no_difference(tmp_path: Path, names: tuple[int, ...]) -> None:
    plain = dossier(Joint().write(tmp_path / "plain"))
    joint = Joint()
    joint.members = {f"kansio {n}": files for n, files in zip(names, joint.members.values(), strict=True)}
    assert said(dossier(joint.write(tmp_path / "other"))) == said(plain)


@pytest.mark.parametrize("name", ["medlemmar", "members"])
def test_the_folder_of_members_has_a_name_in_every_language(tmp_path: Path, name: str) -> None:
    folder = Joint().write(tmp_path)
    (folder / "jasenet").rename(folder / name)
    found = dossier(folder)
    assert {one.organisation.at.file for one in found.members} == {
        f"{name}/{id_}/organisation.yaml" for id_ in (LEAD, SECOND, THIRD)
    }


def test_every_place_begins_with_the_members_folder(tmp_path: Path) -> None:
    found = dossier(Joint().write(tmp_path))
    for member in found.members:
        below = f"jasenet/{member.organisation.id}/"
        entries = [one for held in own(member).values() for one in (held if isinstance(held, tuple) else (held,))]
        assert len(entries) > 8
        assert {entry.at.file[: len(below)] for entry in entries} == {below}  # type: ignore[attr-defined]
        assert member.home("services").file == f"{below}services.yaml"
    assert set(found.digests) >= {f"jasenet/{LEAD}/services.yaml", f"jasenet/{THIRD}/staff.yaml", "consortium.yaml"}


def test_workbooks_and_yaml_stand_side_by_side_in_any_language(tmp_path: Path) -> None:
    plain = dossier(Joint().write(tmp_path / "plain"))
    folder = Joint().write(tmp_path / "mixed")
    as_workbook(folder / "jasenet" / SECOND)
    as_workbook(folder / "jasenet" / THIRD, "sv")
    found = dossier(folder)
    assert said(found) == said(plain)
    assert str(found.members[1].services[0].at) == f"jasenet/{SECOND}/tiedot.xlsx › Palvelut › A2"
    assert str(found.members[2].services[0].at) == f"jasenet/{THIRD}/uppgifter.xlsx › Tjänster › A2"


def test_the_leads_own_files_may_stand_on_top(tmp_path: Path) -> None:
    plain = dossier(Joint().write(tmp_path / "plain"))
    folder = Joint().write(tmp_path / "top")
    for file in (folder / "jasenet" / LEAD).iterdir():
        file.rename(folder / file.name)
    (folder / "jasenet" / LEAD).rmdir()
    found = dossier(folder)
    assert said(found) == said(plain)
    assert found.members[0].organisation.at.file == "organisation.yaml"


def test_what_a_member_says_of_the_tender_is_kept_apart(tmp_path: Path) -> None:
    joint = Joint().copy_tender(SECOND)
    joint.change(SECOND, "price_lines", "quantity: 800", "quantity: 700")
    found = dossier(joint.write(tmp_path))
    assert [line.quantity for line in found.price_lines] == [800]
    told_by = {one.organisation.id: one.says for one in found.members}
    assert told_by[LEAD] == told_by[THIRD] == {}
    lines = told_by[SECOND]["price_lines"]
    assert isinstance(lines, tuple)
    assert [(line.quantity, line.at.file) for line in lines] == [(700, f"jasenet/{SECOND}/price_lines.yaml")]  # type: ignore[attr-defined]


def test_who_bids_alone_is_no_consortium(tmp_path: Path) -> None:
    small.write(tmp_path)
    before = load(tmp_path)
    (tmp_path / "jasenet").mkdir()
    (tmp_path / "jasenet/muistio.txt").write_text("Kokous tiistaina")
    after = load(tmp_path)
    assert before.dossier is not None
    assert after.dossier is not None
    assert not after.dossier.joint
    assert (after.findings, after.files) == (before.findings, before.files)
    assert said(after.dossier) == said(before.dossier)


# --- what is wrong -------------------------------------------------------------------------------------
def test_a_fault_is_told_in_the_members_own_file(tmp_path: Path) -> None:
    joint = Joint().change(SECOND, "organisation", "legal_form: association", "legal_form: seura")
    loaded = load(joint.write(tmp_path))
    assert [place for _, place in told(loaded)] == [f"jasenet/{SECOND}/organisation.yaml:4:13"]
    folder = Joint().write(tmp_path / "b")
    as_workbook(folder / "jasenet" / THIRD)
    book = openpyxl.load_workbook(folder / "jasenet" / THIRD / "tiedot.xlsx")
    book["Palvelut"]["A2"] = "Ryhmä valmennus"
    book.save(folder / "jasenet" / THIRD / "tiedot.xlsx")
    places = [place for _, place in told(load(folder))]
    assert f"jasenet/{THIRD}/tiedot.xlsx › Palvelut › A2" in places
    assert {place.split(" › ")[0] for place in places} == {f"jasenet/{THIRD}/tiedot.xlsx"}


def test_a_file_that_cannot_be_read_is_named_once_and_the_others_are_members(tmp_path: Path) -> None:
    folder = Joint().write(tmp_path)
    as_workbook(folder / "jasenet" / SECOND)
    (folder / "jasenet" / SECOND / "tiedot.xlsx").write_bytes(b"PK\x03\x04 nonsense")
    loaded = load(folder)
    assert {place for _, place in told(loaded)} == {f"jasenet/{SECOND}/tiedot.xlsx"}
    assert len(loaded.findings) == 1
    assert loaded.dossier is not None
    assert [one.organisation.id for one in loaded.dossier.members] == [LEAD, THIRD]
    assert loaded.dossier.lost("services", "uraohjaus")
    assert not load(Joint().write(tmp_path / "b")).dossier.lost("services", "uraohjaus")  # type: ignore[union-attr]


def test_whose_files_could_not_be_used_is_known_by_its_id_or_its_folder(tmp_path: Path) -> None:
    folder = Joint().change(THIRD, "cost_basis", "year: 2026", "year: joskus").write(tmp_path)
    (folder / "jasenet" / THIRD).rename(folder / "jasenet/x")
    as_workbook(folder / "jasenet" / SECOND)
    (folder / "jasenet" / SECOND / "tiedot.xlsx").write_bytes(b"PK\x03\x04 nonsense")
    found = load(folder).dossier
    assert found is not None
    assert {id_: place.file for id_, place in found.unread.items()} == {
        SECOND: f"jasenet/{SECOND}/tiedot.xlsx",
        THIRD: "jasenet/x/cost_basis.yaml",
    }
    assert not dossier(Joint().write(tmp_path / "whole")).unread


def test_the_leads_file_on_top_may_be_the_one_that_cannot_be_read(tmp_path: Path) -> None:
    joint = Joint()
    del joint.members[LEAD]
    folder = joint.write(tmp_path)
    (folder / "tiedot.xlsx").write_bytes(b"PK\x03\x04 nonsense")
    loaded = load(folder)
    assert {place for _, place in told(loaded)} == {"tiedot.xlsx"}
    assert len(loaded.findings) == 1
    assert loaded.dossier is not None
    assert [place.file for place in loaded.dossier.unread.values()] == ["tiedot.xlsx"]


def test_what_is_found_in_the_leads_file_on_top_is_told_once(tmp_path: Path) -> None:
    joint = Joint()
    joint.top |= joint.members.pop(LEAD)
    folder = joint.write(tmp_path)
    (folder / "travel.yaml").write_text("- {id: [", encoding="utf-8")
    assert [place.split(" ")[0] for _, place in told(load(folder))] == ["travel.yaml:2:1"]


def test_a_partners_empty_list_is_told_when_its_own_files_are_checked(tmp_path: Path) -> None:
    joint = Joint().put(SECOND, "references", "[]\n").put(LEAD, "travel", "[]\n")
    folder = joint.put("", "rivals", "[]\n").write(tmp_path)
    as_workbook(folder / "jasenet" / THIRD)
    assert [str(f.place) for f in load(folder).findings] == ["rivals.yaml"]  # the lead's own
    alone = load(folder / "jasenet" / SECOND).findings
    assert (loading.NOTHING_IN.code, "references.yaml") in [(f.code, str(f.place)) for f in alone]
    assert loading.NOTHING_IN.code in [f.code for f in load(folder / "jasenet" / THIRD).findings]


def test_an_empty_list_of_the_leads_on_top_is_told(tmp_path: Path) -> None:
    joint = Joint()
    joint.top |= joint.members.pop(LEAD) | {"travel": "[]\n"}
    assert [str(f.place) for f in load(joint.write(tmp_path)).findings] == ["travel.yaml"]


def test_without_an_organisation_there_is_no_member(tmp_path: Path) -> None:
    joint = Joint()
    del joint.members[SECOND]["organisation"]
    loaded = load(joint.write(tmp_path))
    assert told(loaded) == [("BK170", f"jasenet/{SECOND}/organisation.yaml")]
    assert loaded.dossier is not None
    assert [one.organisation.id for one in loaded.dossier.members] == [LEAD, THIRD]


def test_an_empty_folder_among_the_members_is_told(tmp_path: Path) -> None:
    folder = Joint().write(tmp_path)
    (folder / "jasenet/uusi").mkdir()
    loaded = load(folder)
    assert {place for _, place in told(loaded)} == {"jasenet/uusi"}
    assert loaded.dossier is not None
    assert len(loaded.dossier.members) == 3


@pytest.mark.parametrize("file", ["tiedot.ods", "jasenlomake.ods", "jäsenlomake.xls", "medlemsblankett.numbers"])
def test_another_kind_of_spreadsheet_gets_the_plain_answer(tmp_path: Path, file: str) -> None:
    folder = Joint().write(tmp_path)
    (folder / "jasenet/naapuri").mkdir()
    (folder / "jasenet/naapuri" / file).write_bytes(b"whatever")
    loaded = load(folder)
    assert ("BK179", f"jasenet/naapuri/{file}") in told(loaded), told(loaded)
    assert {place for _, place in told(loaded)} == {f"jasenet/naapuri/{file}"}


def test_every_workbook_of_ours_is_known_in_another_format() -> None:
    assert {f"{stem}.xlsx" for stem in folder_module._WORKBOOKS} == {
        file for files in sheets.FILES.values() for file in files.values()
    }


@pytest.mark.parametrize("file", ["ryhmittyma.ods", "anbudsgrupp.csv", "ryhmittymä.xls"])
def test_another_kind_of_spreadsheet_on_top_too(tmp_path: Path, file: str) -> None:
    joint = Joint()
    del joint.top["consortium"]
    del joint.top["participants"]
    folder = joint.write(tmp_path)
    (folder / file).write_bytes(b"whatever")
    assert told(load(folder)) == [("BK179", file)]


# --- the form of a small member ------------------------------------------------------------------------
@pytest.mark.parametrize("file", [files["light"] for files in sheets.FILES.values()])
def test_the_form_of_a_small_member_is_read(tmp_path: Path, file: str) -> None:
    folder = Joint().write(tmp_path)
    small_member(folder / "jasenet/naapuri", file)
    found = dossier(folder)
    assert len(found.members) == 3
    (form,) = found.light_member
    assert (form.id, form.municipality, form.municipalities) == ("naapuri", "609", ("609", "886"))
    assert (form.volunteer_hours, form.compensation, form.supervised) == (20, 4000, True)
    assert str(form.at).startswith(f"jasenet/naapuri/{file} › ")


def test_forms_come_by_their_ids(tmp_path: Path) -> None:
    folder = Joint().write(tmp_path)
    for number, id_ in enumerate(("viides", "alku", "naapuri")):
        small_member(folder / f"jasenet/m{number}", id=id_)
    assert [form.id for form in dossier(folder).light_member] == ["alku", "naapuri", "viides"]


def test_a_form_in_yaml(tmp_path: Path) -> None:
    folder = Joint().write(tmp_path)
    (folder / "jasenet/naapuri").mkdir()
    lines = {**FORM, "name": "Naapuriapu", "contact_role": "Puheenjohtaja", "activity": "Kahvila"}
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    (folder / "jasenet/naapuri/light_member.yaml").write_text(text, encoding="utf-8")
    assert [form.name for form in dossier(folder).light_member] == ["Naapuriapu"]


def test_a_fault_in_the_form_is_one_finding_at_its_cell(tmp_path: Path) -> None:
    folder = Joint().write(tmp_path)
    file = small_member(folder / "jasenet/naapuri")
    book = openpyxl.load_workbook(file)
    page = book["Jäsenlomake"]
    row = next(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == "Asiakkaita vuodessa")
    page.cell(row, 2).value = "ehkä kolmekymmentä"
    book.save(file)
    loaded = load(folder)
    assert [place for _, place in told(loaded)] == [f"jasenet/naapuri/jasenlomake.xlsx › Jäsenlomake › B{row}"]


def test_a_blank_form_is_told_as_one_thing(tmp_path: Path) -> None:
    folder = Joint().write(tmp_path)
    (folder / "jasenet/naapuri").mkdir()
    blank = workbooks(None, "fi", only=("light",))["jasenlomake.xlsx"]
    (folder / "jasenet/naapuri/jasenlomake.xlsx").write_bytes(blank)
    loaded = load(folder)
    assert told(loaded) == [("BK134", "jasenet/naapuri/jasenlomake.xlsx › Jäsenlomake › A1")]
    assert worded(loaded) == ["Tiedosto on tyhjä."]


def test_the_form_is_found_below_what_tells_how_it_is_filled_in(tmp_path: Path) -> None:
    """Lines above or below, or none at all: the row of headings is where it is."""
    folder = Joint().write(tmp_path)
    file = small_member(folder / "jasenet/naapuri")
    plain = dossier(folder).light_member
    for change in ("deleted", "added"):
        book = openpyxl.load_workbook(file)
        page = book["Jäsenlomake"]
        if change == "deleted":
            page.delete_rows(1, 5)
        else:
            page.insert_rows(1, 2)
            page["A1"] = "Naapuriapu ry:n vastaus"
        book.save(file)
        found = dossier(folder).light_member
        assert [whole({"light_member": one}) for one in found] == [whole({"light_member": one}) for one in plain]


def test_the_form_is_one_sheet_on_one_page() -> None:
    for language, files in sheets.FILES.items():
        data = workbooks(None, language, only=("light",))[files["light"]]
        book = openpyxl.load_workbook(io.BytesIO(data))
        page, codes = book.worksheets
        assert (page.sheet_state, codes.sheet_state) == ("visible", "hidden")
        assert book.active is page
        assert page.page_setup.paperSize == 9
        assert page.sheet_properties.pageSetUpPr.fitToPage  # one page wide and one tall, unless it says more
        assert {page.page_setup.fitToWidth, page.page_setup.fitToHeight} <= {None, "1", 1}
        assert max(len(str(cell.value)) for row in page["A1:A5"] for cell in row if cell.value) < 130


# --- what is written -----------------------------------------------------------------------------------
@pytest.mark.parametrize("language", sheets.LANGUAGES)
def test_the_leads_workbook_comes_back_as_it_went(tmp_path: Path, language: str) -> None:
    entries = load(EXAMPLES / "ryhmittyma").entries
    content = of_entries({name: entries[name] for name, noun in NOUNS.items() if noun.part == "consortium"})
    assert set(content.nouns) == {name for name, noun in NOUNS.items() if noun.part == "consortium"}
    name = sheets.FILES[language]["consortium"]
    (tmp_path / name).write_bytes(workbooks(content, language, only=("consortium",))[name])
    back = load(tmp_path).entries
    assert whole({noun: back[noun] for noun in content.nouns}) == whole({noun: entries[noun] for noun in content.nouns})


def test_in_the_leads_workbook_organisations_and_steps_are_chosen_from_lists() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbooks(None, "fi", only=("consortium",))["ryhmittyma.xlsx"]))

    def source(sheet: str, title: str) -> str:
        page = book[sheet]
        form = page["A1"].value == "Tieto"
        cells = [page.cell(n, 1) for n in range(1, page.max_row + 1)] if form else list(page[1])
        cell = next(c for c in cells if c.value in (title, f"{title} *"))
        spot = f"B{cell.row}" if form else f"{cell.column_letter}5"
        return next(str(r.formula1) for r in page.data_validations.dataValidation if spot in r.sqref)

    people = "OFFSET('Osallistujat'!$A$2"
    assert source("Ryhmittymä", "Vetäjä").startswith(people)
    assert source("Osallistujat", "Kenelle tekee työtä").startswith(people)
    assert source("Osuudet", "Järjestö").startswith(people)
    assert source("Asiakaspolku", "Vastuutaho").startswith(people)
    assert source("Asiakaspolku", "Siirron vastuutaho").startswith(people)
    assert source("Asiakaspolku", "Seuraava vaihe").startswith("OFFSET('Asiakaspolku'!$A$2")
    codes = source("Ratkaisut", "Ratkaisu")
    column = codes.split("$")[1]
    labels = [cell.value for cell in book["Koodit"][column]][1:6]
    assert labels == ["pidä ensimmäinen", "pidä toinen", "summa", "nimeä toinen uudelleen", "molemmat pätevät"]


def test_a_marked_copy_lies_in_the_members_own_folder(tmp_path: Path) -> None:
    folder = Joint().write(tmp_path)
    at = as_workbook(folder / "jasenet" / SECOND)
    book = openpyxl.load_workbook(at / "tiedot.xlsx")
    page = book["Palkat"]
    cell = next(c for c in page[1] if str(c.value).startswith("Palkka kuukaudessa"))
    page[f"{cell.column_letter}2"] = "n. 2 900"
    book.save(at / "tiedot.xlsx")
    sent = (at / "tiedot.xlsx").read_bytes()
    assert run("check", folder, "--as-of", "15.1.2027").code != 0
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.xlsx")) == [
        f"jasenet/{SECOND}/tiedot.xlsx",
        f"jasenet/{SECOND}/tiedot_korjattavat.xlsx",
    ]
    assert (at / "tiedot.xlsx").read_bytes() == sent
    again = load(folder)
    assert [place for _, place in told(again)] == [f"jasenet/{SECOND}/tiedot.xlsx › Palkat › {cell.column_letter}2"]


def test_a_member_that_moves_says_the_same(tmp_path: Path) -> None:
    """What a member says does not depend on where its folder stands."""
    folder = Joint().write(tmp_path)
    alone = load(folder / "jasenet" / SECOND)
    member = dossier(folder).members[1]
    assert whole({k: v for k, v in alone.entries.items() if NOUNS[k].part == "member"}) == whole(own(member))
    assert replace(member.organisation.at, file="") == replace(alone.entries["organisation"].at, file="")


def test_what_a_form_names_and_nobody_has_is_told_in_its_cell(tmp_path: Path) -> None:
    folder = Joint().write(tmp_path)
    small_member(folder / "jasenet/naapuri", business_id="2345674-8", services=("tyhja",), client_groups=("pitkaan",))
    about = [f for f in assess(folder).findings if f.code == "BK200" and f.place.file.endswith("jasenlomake.xlsx")]
    assert [f.facts["id"] for f in about] == ["tyhja", "pitkaan"]
    assert [str(f.place).split(" › ")[:2] for f in about] == [["jasenet/naapuri/jasenlomake.xlsx", "Jäsenlomake"]] * 2


def test_the_marked_copies_of_several_members_are_told_apart(tmp_path: Path) -> None:
    folder = Joint().write(tmp_path)
    for name in ("naapuri", "toinen"):
        small_member(folder / f"jasenet/{name}", id=name, services=("tyhja",))
    last = run("check", str(folder), "--as-of", "15.1.2027").out.splitlines()[-1]
    assert "jasenet/naapuri/jasenlomake_korjattavat.xlsx, jasenet/toinen/jasenlomake_korjattavat.xlsx" in last
