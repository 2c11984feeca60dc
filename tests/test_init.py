"""`bidkit init`: files to fill in, an example that builds at once, nothing written over."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bidkit.cli import init as command
from bidkit.cli.answers import given
from bidkit.dossier import sheets
from bidkit.dossier.load import load
from bidkit.messages import loading
from bidkit.pipeline import assess
from tests.conftest import EXAMPLES, ROOT, run

MISSING = {
    loading.MISSING_NOUN.code,
    loading.NEEDED_LIST_EMPTY.code,
    loading.NOTHING_IN.code,
    loading.NO_CONDITIONS.code,
}


@pytest.mark.parametrize("language", sheets.LANGUAGES)
def test_writes_blank_workbooks_in_each_language_that_check_reads(tmp_path, language):
    folder = tmp_path / "oma ääkkönen kansio"
    done = command.start(folder, language, {})
    usual = sorted(sheets.FILES[language][book] for book in sheets.OF_ONE)
    assert sorted(p.name for p in folder.iterdir()) == sorted(done.written) == usual
    assert {f.code for f in load(folder).findings} <= MISSING


def test_leaves_what_is_there_and_says_so(tmp_path):
    (tmp_path / "tiedot.xlsx").write_bytes(b"mine")
    done = command.start(tmp_path, "fi", {})
    assert done == (("tarjouspyynto.xlsx",), ("tiedot.xlsx",))
    assert (tmp_path / "tiedot.xlsx").read_bytes() == b"mine"
    again = command.start(tmp_path, "fi", {})
    assert again.written == ()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["tarjouspyynto.xlsx", "tiedot.xlsx"]  # nothing temporary


_BESIDE = "Kansiossa on jo aineiston välilehtiä: omat.xlsx, pyyntö.xlsx. Niiden rinnalle ei kirjoitettu mitään."
_NEXT = "Seuraavaksi: täytä ne ja aja bidkit check {folder}, tai aloita toinen aineisto"
_BREDVID = "I mappen finns redan blad som hör till ett underlag: omat.xlsx, pyyntö.xlsx. Ingenting skrevs bredvid dem."


@pytest.mark.parametrize(
    ("options", "told", "then"),
    [
        ((), _BESIDE, _NEXT),
        (("--format", "yaml"), _BESIDE, _NEXT),
        (("--language", "sv"), _BREDVID, "Härnäst: "),
        (("--example",), _BESIDE, _NEXT),
    ],
)
def test_beside_workbooks_of_other_names_nothing_is_written(tmp_path, options, told, then):
    command.start(tmp_path, "fi", {})
    (tmp_path / "tiedot.xlsx").rename(tmp_path / "omat.xlsx")
    (tmp_path / "tarjouspyynto.xlsx").rename(tmp_path / "pyyntö.xlsx")
    done = run("init", tmp_path, *options)
    assert done.code == 1
    first, second = done.out.splitlines()
    assert first == told
    assert second.startswith(then.format(folder=tmp_path))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["omat.xlsx", "pyyntö.xlsx"]


def test_beside_workbooks_of_another_kind_it_begins(tmp_path):
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "budjetti.xlsx")
    (tmp_path / "rikki.xlsx").write_bytes(b"PK mine")
    assert run("init", tmp_path).code == 0
    assert (tmp_path / "tiedot.xlsx").exists()


def test_what_is_known_already_is_in_its_place(tmp_path):
    answers = {
        "organisation.name": "Esimerkki ry",
        "organisation.business_id": "3134980-3",
        "organisation.legal_form": "association",
        "organisation.municipality": "609",
        "organisation.contact.email": "toimisto@esimerkki.example",
        "services.name": "Työhönvalmennus nuorille",
        "bid.language": "sv",
    }
    answers = given(answers)
    command.start(tmp_path, "fi", answers)
    import openpyxl

    ours = openpyxl.load_workbook(tmp_path / "tiedot.xlsx")
    form = {row[0]: row[1] for row in ours["Järjestö"].values}
    assert form["Tunnus *"] == "esimerkki-ry"
    assert form["Nimi *"] == "Esimerkki ry"
    assert form["Y-tunnus *"] == "3134980-3"
    legal_form = next(c for c in sheets.layout()[0].columns if c.name == "legal_form").title(sheets.words("fi"))
    assert form[f"{legal_form} *"] == "yhdistys"
    assert form["Kotikunta *"] == "Pori"
    assert form["Yhteyshenkilö: Sähköposti *"] == "toimisto@esimerkki.example"
    assert [cell.value for cell in ours["Palvelut"][2]][:2] == ["tyohonvalmennus-nuorille", "Työhönvalmennus nuorille"]
    bid = {row[0]: row[1] for row in openpyxl.load_workbook(tmp_path / "tarjouspyynto.xlsx")["Tarjous"].values}
    assert bid["Kieli *"] == "sv"
    command.start(tmp_path / "y", "fi", answers, "yaml")
    assert "name: Esimerkki ry\nbusiness_id: 3134980-3\n" in (tmp_path / "y/organisation.yaml").read_text(
        encoding="utf-8"
    )


def test_yaml_to_fill_in_is_all_remarks(tmp_path):
    done = command.start(tmp_path, "sv", {}, "yaml")
    assert "services.yaml" in done.written
    text = (tmp_path / "services.yaml").read_text(encoding="utf-8")
    assert all(line.startswith("#") for line in text.splitlines())
    assert "# - id: valmennus\n#   name: Jobbcoachning\n" in text
    uncommented = "\n".join(line[2:] if line != "#" else "" for line in text.splitlines()[3:])
    (tmp_path / "services.yaml").write_text(uncommented, encoding="utf-8")
    assert load(tmp_path).entries["services"][0].name == {"": "Jobbcoachning"}


@pytest.mark.parametrize("language", sheets.LANGUAGES)
@pytest.mark.parametrize("form", ["xlsx", "yaml"])
def test_the_example_is_a_bid_without_gaps_in_the_language_asked_for(tmp_path, language, form):
    done = command.show_example(tmp_path, language, form)
    assert not done.left
    found = assess(tmp_path, as_of=date(2027, 1, 15))
    assert not found.errors, found.errors
    assert found.assessment is not None
    assert not found.assessment.open
    assert found.assessment.bid.language == language
    letter = load(EXAMPLES / "tyopolku").dossier.bid.letter[language]
    assert found.dossier.bid.letter == {"": letter}
    assert not [f for f in found.findings if f.code == loading.NO_ATTACHMENT.code]


def test_the_example_builds_at_once(tmp_path):
    said = run("init", tmp_path / "esim", "--example")
    assert said.code == 0, said.out + said.err
    line = next(one for one in said.out.splitlines() if "bidkit build" in one)
    assert line.endswith(f"bidkit build {tmp_path / 'esim'} --pvm 15.1.2027")
    assert run("build", tmp_path / "esim", "--as-of", "15.1.2027").code == 0
    assert (tmp_path / "esim/out/v0001/tarjous.docx").is_file()
    again = run("init", tmp_path / "esim", "--example")
    assert again.code == 1
    assert "Olivat jo olemassa" in again.out
    check, other = f"bidkit check {tmp_path / 'esim'}", f"bidkit init {tmp_path / 'esim/uusi'}"
    assert again.out.splitlines()[-1] == (
        f"Seuraavaksi: täytä ne ja aja {check}, tai aloita toinen aineisto omaan kansioonsa: {other}"
    )


def test_in_the_folder_itself_it_need_not_be_named(tmp_path):
    said = run("init", cwd=tmp_path)
    assert said.out.splitlines()[-1].endswith("Sitten: bidkit check")
    assert run("init", cwd=tmp_path).out.splitlines()[-1].endswith("omaan kansioonsa: bidkit init uusi")
    assert run("status", cwd=tmp_path).out.splitlines()[-1].endswith(": bidkit check")


def test_an_installed_package_has_the_example():
    """The wheel holds it beside the package's own data, as it holds the templates."""
    assert '"examples/tyopolku" = "bidkit/_example"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert command.EXAMPLES[0] == ROOT / "bidkit/_example"
    assert command.EXAMPLES[1] == EXAMPLES / "tyopolku"


def test_refuses_names_and_languages_that_will_not_do(tmp_path):
    said = run("init", tmp_path / "nul", "--example")
    assert said.code == 2
    assert "Tämä kelpaa: _nul" in said.err
    said = run("init", tmp_path / "a", "--example", "--language", "de")
    assert said.code == 2
    assert "fi, sv, en" in said.err
    assert not list(tmp_path.iterdir())
    (tmp_path / "f").write_text("x", encoding="utf-8")
    assert "ei ole kansio" in run("init", tmp_path / "f", "--example").err


def test_init_speaks_the_language_that_it_is_asked_for(tmp_path):
    done = run("init", tmp_path / "uusi", "--language", "sv")
    assert done.code == 0
    assert not re.search(r"Kirjoitin|Seuraavaksi", done.out + done.err)
    assert "uppgifter.xlsx, anbudsforfragan.xlsx" in done.out


@pytest.mark.parametrize(
    ("language", "name"), [("fi", "jasenlomake.xlsx"), ("sv", "medlemsblankett.xlsx"), ("en", "member_form.xlsx")]
)
def test_a_blank_member_form_is_written_alone_and_never_over_another(tmp_path, language, name):
    done = run("init", tmp_path / "a", "--member-form", "--language", language)
    assert (done.code, [p.name for p in (tmp_path / "a").iterdir()]) == (0, [name])
    assert name in done.out.splitlines()[-1]
    assert "bidkit merge" in done.out.splitlines()[-1]
    (tmp_path / "a" / name).write_bytes(b"filled in")
    assert run("init", tmp_path / "a", "--member-form", "--language", language).code == 1
    assert (tmp_path / "a" / name).read_bytes() == b"filled in"
