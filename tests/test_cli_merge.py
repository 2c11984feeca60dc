"""``bidkit merge`` as a lead runs it: what the screen says, where it exits, and what partners get to read."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bidkit.cli.merge import merge
from bidkit.publish import copies
from tests import partners, small
from tests.conftest import run

DAY = ("--as-of", "15.1.2027")
OTHER_NAME = small.FILES["client_groups"].replace("Nuoret työnhakijat", "Alle 25-vuotiaat")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    partners.lead(tmp_path / "oma")
    partners.put(tmp_path / "Paja äö.xlsx", partners.workbook("paja"))
    partners.put(tmp_path / "malli.xlsx", partners.workbook("malli", client_groups=OTHER_NAME))
    return tmp_path


def merged(inbox: Path, *given: object, **options: Any) -> Any:
    paths = given or (inbox / "oma", inbox / "Paja äö.xlsx", inbox / "malli.xlsx")
    return run("merge", *paths, "--out", inbox / "y", *DAY, **options)


def test_the_screen_of_a_first_merge(inbox):
    done = run("yhdista", inbox / "oma", inbox / "Paja äö.xlsx", inbox / "malli.xlsx", "--vetaja", "esimerkki",
               "--kansio", inbox / "y", "--pvm", "15.1.2027", encoding="cp1252")  # fmt: skip
    assert done.code == 1
    lines = done.out.splitlines()
    digests = {name: digest[:8] for name, digest in partners.tree(inbox).items()}
    assert lines[:6] == [
        f"{inbox / 'y'}: jäseniä 3, vetäjä esimerkki",
        "",
        "Jäsen      Tila  Tiedosto      Saatu      Versio",
        f"esimerkki  uusi  tiedot.xlsx   15.1.2027  {digests['oma/tiedot.xlsx']}",
        f"malli      uusi  malli.xlsx    15.1.2027  {digests['malli.xlsx']}",
        f"paja       uusi  Paja äö.xlsx  15.1.2027  {digests['Paja äö.xlsx']}",
    ]
    assert "Ristiriitoja: avoinna 1, ratkaistu 0" in lines
    assert "      Esimerkki ry: ”Nuoret työnhakijat”  (jasenet/esimerkki/tiedot.xlsx › Asiakasryhmät › B2)" in lines
    assert "      Malli ry: ”Alle 25-vuotiaat”  (jasenet/malli/tiedot.xlsx › Asiakasryhmät › B2)" in lines
    assert any(line.startswith("Sopimatta: ") for line in lines)
    assert lines[-1].startswith("Seuraavaksi: täydennä ryhmittyma.xlsx")
    assert lines[-1].endswith(f"bidkit check {inbox / 'y'} --pvm 15.1.2027")


@pytest.mark.parametrize(("language", "word"), [("fi", "PUUTTUU"), ("sv", "SAKNAS"), ("en", "MISSING")])
def test_what_changed_and_who_is_missing(inbox, language, word):
    small.write(inbox / "y")  # the lead's files stand on top, in text files
    (inbox / "y/consortium.yaml").write_text("form: group\nlead: esimerkki\n", encoding="utf-8")
    rows = "".join(f"- {{id: {id_}, role: member}}\n" for id_ in ("malli", "paja", "toinen"))
    (inbox / "y/participants.yaml").write_text("- {id: esimerkki, role: lead}\n" + rows, encoding="utf-8")
    merged(inbox, inbox / "malli.xlsx", inbox / "Paja äö.xlsx")
    partners.put(inbox / "malli.xlsx", partners.workbook("malli", name="Malliverstas ry"))
    done = merged(inbox, inbox / "malli.xlsx", env={"BIDKIT_LANGUAGE": language})
    assert done.code == 1
    assert re.search(rf"^toinen +{word} +-$", done.out, re.MULTILINE)
    assert "participants.yaml:4:" in done.out
    changed = {"fi": "teksti muuttui: Järjestö: Nimi", "sv": "text ändrad: ", "en": "text changed: "}[language]
    assert changed in done.out
    assert not (inbox / "y/ryhmittyma.xlsx").exists()


def test_quiet_says_errors_and_the_next_step(inbox):
    done = merged(inbox, inbox / "oma", "--lead", "esimerkki", "--quiet")
    assert len(done.out.splitlines()) == 1
    bad = partners.put(inbox / "b.xlsx", b"PK\x03\x04rikki")
    done = merged(inbox, bad, "--quiet")
    assert done.code == 2
    assert [line.split()[0] for line in done.out.splitlines()] == ["VIRHE", "Ratkaisu:", "Seuraavaksi:"]


def test_everything_for_machines(inbox):
    done = merged(inbox, inbox / "oma", inbox / "Paja äö.xlsx", inbox / "malli.xlsx", "--lead", "esimerkki", "--json")
    found = json.loads(done.out)
    assert done.code == 1
    assert found["lead"] == "esimerkki"
    assert [(one["id"], one["state"], len(one["files"])) for one in found["members"]] == [
        ("esimerkki", "new", 1), ("malli", "new", 1), ("paja", "new", 1),
    ]  # fmt: skip
    (conflict,) = found["conflicts"]
    assert conflict["first"]["place"] == "jasenet/esimerkki/tiedot.xlsx › Asiakasryhmät › B2"
    assert conflict["second"] == {
        "member": "malli", "value": "”Alle 25-vuotiaat”", "place": "jasenet/malli/tiedot.xlsx › Asiakasryhmät › B2",
    }  # fmt: skip
    assert conflict["settled"] is None
    assert {one["state"] for one in found["agreements"]} == {"not agreed"}
    assert "ryhmittyma.xlsx" in found["written"]


def test_a_settled_consortium_is_ready(inbox):
    merged(inbox, inbox / "oma", inbox / "Paja äö.xlsx", "--lead", "esimerkki")
    import openpyxl

    book = openpyxl.load_workbook(inbox / "y/ryhmittyma.xlsx")
    for row in range(2, 8):
        book["Sopiminen"].cell(row, 3).value = "kyllä"
    book.save(inbox / "y/ryhmittyma.xlsx")
    done = merged(inbox, inbox / "Paja äö.xlsx")
    assert done.code == 0
    assert "Sopimatta: ei mitään" in done.out
    assert done.out.splitlines()[-1] == f"Seuraavaksi: bidkit check {inbox / 'y'} --pvm 15.1.2027"
    assert merged(inbox, inbox / "malli.xlsx").code == 1  # a new member, and a conflict
    again = merged(inbox, inbox / "malli.xlsx").out.splitlines()
    assert again[-1].startswith("Seuraavaksi: kopioi tiedoston ratkaistavat.xlsx rivit tiedoston ryhmittyma.xlsx")


@pytest.mark.parametrize("arguments", [(), ("--lead", "x"), ("--out",)])
def test_misuse(tmp_path, arguments):
    assert run("merge", *arguments, cwd=tmp_path).code == 2


def test_the_whole_way(inbox):
    merged(inbox, inbox / "oma", inbox / "Paja äö.xlsx", "--lead", "esimerkki")
    checked = run("check", inbox / "y", *DAY)
    assert checked.code == 0, checked.out
    assert run("status", inbox / "y", *DAY).code in (0, 1)
    built = run("build", inbox / "y", *DAY)
    assert built.code == 0, built.out
    assert (inbox / "y/out/v0001/tarjous.docx").is_file()
    assert merged(inbox, inbox / "Paja äö.xlsx").code == 1  # nothing is agreed yet
    assert "ennallaan" in merged(inbox, inbox / "Paja äö.xlsx").out


# --- messages to partners -----------------------------------------------------------------------------
CANARY = "SALAISUUS"


def canaries(id_: str, n: int) -> dict[str, str]:
    """Return a member's files with a figure or a name in every part that nobody else may read."""
    files = partners.texts(id_, name=f"{id_.title()} ry")
    grant = f"id: f-{id_}, title: {CANARY}-rahoitus-{id_}, kind: grant, start: 1.1.2026, end: 31.12.2026"
    referral = f"id: k-{id_}, name: {CANARY}-kumppani-{id_}, role: referral, competence: Velka, agreed: kyllä"
    costs = re.sub("title: .*", f"title: {CANARY}-kulu-{id_}", files["cost_items"])
    services = files["services"].replace("promise: ", f"promise: {CANARY}-lupaus-{id_} ")
    organisation = files["organisation"].replace("420 000", f"6{n}6{n}19").replace("1, 28100", f"9{n}, 28100")
    return files | {
        "salaries": files["salaries"].replace("title: ", f"title: {CANARY}-palkka-{id_} "),
        "cost_items": re.sub("amount: .*", f"amount: 7{n}7{n}13", costs),
        "funding": f"- {{{grant}, amount: 8{n}8{n}17}}\n",
        "client_groups": files["client_groups"].replace("Nuoret työnhakijat", f"{CANARY}-ryhma-{id_}"),
        "partners": f"- {{{referral}}}\n",
        "services": services.replace("clients: 20", f"clients: 9{n}9"),
        "organisation": organisation.replace("profile: ", f"profile: {CANARY}-profiili-{id_} "),
    }


FIGURES = ("7{n}7{n}13", "8{n}8{n}17", "9{n}9", "6{n}6{n}19")


@pytest.fixture
def letters(tmp_path: Path) -> dict[str, str]:
    """The messages of a merge in which everybody has something to mend and disagrees with everybody."""
    rivals = "- id: salaisuus-kilpailija\n  lot: osa1\n  price: 60 017\n  quality: 15\n"
    prices = small.FILES["prices"].replace("margin: 5 %", "margin: 13,37 %")
    partners.lead(tmp_path / "oma", **canaries("esimerkki", 1), rivals=rivals, prices=prices)
    paths = [tmp_path / "oma"]
    for n, id_ in enumerate(("malli", "paja", "kolmas"), 2):
        files = canaries(id_, n)
        folder = tmp_path / id_
        folder.mkdir()
        files["sites"] = files["sites"].replace("accessible: kyllä", "accessible: ehkä")
        files["salaries"] = files["salaries"].replace("share: 100 %", "share: 90 %")
        for noun, text in files.items():
            (folder / f"{noun}.yaml").write_text(text, encoding="utf-8")
        paths.append(folder)
    done = run("merge", *paths, "--lead", "esimerkki", "--out", tmp_path / "y", *DAY, "--mail")
    assert done.code == 1, done.out
    return {path.stem: path.read_bytes().decode("utf-8-sig") for path in sorted((tmp_path / "y/viestit").glob("*.txt"))}


def test_a_message_tells_its_reader_what_to_mend_and_what_others_say_otherwise(letters):
    assert list(letters) == ["kolmas", "malli", "paja"]
    text = letters["paja"]
    assert "- sites.yaml:" in text
    assert "Ratkaisu: " in text
    assert f"Teidän tiedostossanne: ”{CANARY}-ryhma-paja”" in text
    assert "  Toisin tiedostossa, jonka lähetti Esimerkki ry" in text
    assert "Lähettäkää koko tiedosto uudelleen viimeistään 8.2.2027." in text
    assert "Osoite: toimisto@esimerkki.example" in text


def test_no_message_holds_anything_of_anybody_else(letters):
    ids = {"esimerkki": 1, "malli": 2, "paja": 3, "kolmas": 4}
    for reader, text in letters.items():
        found = set(re.findall(rf"{CANARY}-[\w-]+", text))
        assert {one.rsplit("-", 1)[1] for one in found} <= {reader}
        plain = re.sub(r"[^\w%,]", "", text)
        for other, n in ids.items():
            if other != reader:
                for figure in FIGURES:
                    assert figure.format(n=n) not in plain, (reader, other)
                assert f"-{other}" not in text  # ids of its services, staff and costs
                assert not re.search(rf"toimisto@{other}", text) or other == "esimerkki"
        assert "salaisuus" not in text
        assert "13,37" not in text
        assert "60017" not in plain
        told = [line for line in text.splitlines() if not line.startswith("  Toisin tiedostossa, jonka lähetti ")]
        names = {f"{other.title()} ry" for other in ids if other != reader} & set(
            re.findall(r"\w+ ry", "\n".join(told))
        )
        assert names <= {"Esimerkki ry"}  # who signs


def test_a_message_is_plain_text_for_notepad(inbox):
    text = partners.texts("kreikka")["organisation"].replace("profile: ", "profile: Ωμέγα → ")
    partners.put(inbox / "k.xlsx", partners.workbook("kreikka", name="Ωmega ry", organisation=text))
    merged(inbox, inbox / "oma", inbox / "malli.xlsx", inbox / "k.xlsx", "--lead", "esimerkki", "--mail")
    for path in (inbox / "y/viestit").glob("*.txt"):
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\r\n") == data.count(b"\n")
        data.decode("utf-8-sig").encode("cp1252")


def test_a_message_speaks_the_language_of_its_reader(inbox):
    partners.put(inbox / "sv.xlsx", partners.workbook("svensk", language="sv"))
    merged(inbox, inbox / "oma", inbox / "sv.xlsx", inbox / "malli.xlsx", "--lead", "esimerkki", "--mail")
    assert (inbox / "y/viestit/svensk.txt").read_text(encoding="utf-8-sig").startswith("Hej!")
    assert (inbox / "y/viestit/malli.txt").read_text(encoding="utf-8-sig").startswith("Hei!")


def test_a_message_in_which_the_lead_has_worked_is_kept(inbox):
    given = (inbox / "oma", inbox / "malli.xlsx", "--lead", "esimerkki", "--mail")
    merged(inbox, *given)
    before = partners.tree(inbox / "y")
    merged(inbox, *given)
    assert partners.tree(inbox / "y") == before
    path = inbox / "y/viestit/malli.txt"
    path.write_text("Omat sanat", encoding="utf-8")
    merged(inbox, *given)
    assert path.read_text(encoding="utf-8") == "Omat sanat"
    assert (inbox / "y/viestit/malli (2).txt").is_file()


def test_a_message_that_cannot_be_written_is_told(inbox, monkeypatch):
    write = copies.replace

    def full(path, data):
        if path.suffix == ".txt":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, data)

    monkeypatch.setattr(copies, "replace", full)
    given = [str(inbox / "oma"), str(inbox / "malli.xlsx"), "--lead", "esimerkki", "--out", str(inbox / "y"), "--mail"]
    done = CliRunner().invoke(merge, [*given, *DAY])
    assert done.exit_code == 2
    told = [line for line in done.output.splitlines() if "BK657" in line]
    assert len(told) == 1
    assert "malli.txt" in told[0]
    assert list((inbox / "y/viestit").iterdir()) == []


def test_who_has_sent_nothing_is_asked_and_who_has_left_is_not(inbox):
    small.write(inbox / "y")
    (inbox / "y/consortium.yaml").write_text("form: group\nlead: esimerkki\n", encoding="utf-8")
    rows = (
        "- {id: esimerkki, role: lead}\n- {id: puuttuva, role: member}\n- {id: malli, role: member, withdrawn: kyllä}\n"
    )
    (inbox / "y/participants.yaml").write_text(rows, encoding="utf-8")
    merged(inbox, inbox / "malli.xlsx", "--mail")
    names = [path.name for path in (inbox / "y/viestit").iterdir()]
    assert names == ["puuttuva.txt"]
    text = (inbox / "y/viestit/puuttuva.txt").read_text(encoding="utf-8-sig")
    assert "Emme ole vielä saaneet tiedostoanne." in text


def test_the_tender_itself_may_be_told(inbox):
    """A partner whose copy of the tender differs is told what the tender says: everybody may know that."""
    lots = small.FILES["price_lines"].replace("quantity: 800", "quantity: 999")
    partners.lead(inbox / "paja", **partners.texts("paja"), price_lines=lots)
    merged(inbox, inbox / "oma", inbox / "paja", "--lead", "esimerkki", "--mail")
    text = (inbox / "y/viestit/paja.txt").read_text(encoding="utf-8-sig")
    assert "- tarjouspyynto.xlsx › Hintarivit › F2" in text
    assert "Teidän tiedostossanne: 999" in text
    assert "Tarjouspyynnössä: 800" in text
