"""The commands as a user runs them: what they print, where they exit, that no traceback is ever seen."""

import json
from pathlib import Path

import pytest

from bidkit.cli import COMMANDS
from tests import small
from tests.conftest import run
from tests.ooxml import texts

DAY = ("--as-of", "15.1.2027")


def test_check_of_a_whole_dossier(tmp_path):
    small.write(tmp_path / "a")
    done = run("check", str(tmp_path / "a"), *DAY)
    assert done.code == 0
    assert done.out.splitlines() == [
        f"Luin kansion {tmp_path / 'a'}: palveluja 1, osa-alueita 1, reunaehtoja 2, hintarivejä 1.",
        "1 täyttyy, 0 ei täyty, 0 ei tietoa, 1 vakuutettu. Jättöaikaa 31 päivää (viimeistään 15.2.2027 klo 12.00).",
        f"Seuraavaksi: bidkit build {tmp_path / 'a'}",
    ]


@pytest.mark.parametrize(("clients", "next_"), [("8", "build {}"), ("9", "check {}")])
def test_what_to_do_next_can_be_pasted(tmp_path, clients, next_):
    folder = tmp_path / "Österbotten anbud"
    small.write(folder, **small.change("conditions", "clients: 8", f"clients: {clients}"))
    quoted = next_.format(f'"{folder}"')
    assert run("check", folder, *DAY).out.splitlines()[-1].endswith(f"bidkit {quoted}")
    if clients == "9":
        assert run("build", folder, *DAY).out.splitlines()[-1].endswith(f'bidkit build "{folder}" --draft')


@pytest.mark.parametrize("epoch", ["99999999999999", "²", "-1", "x"])
def test_a_date_that_no_document_can_carry_is_not_used(tmp_path, epoch):
    small.write(tmp_path / "a")
    assert run("build", tmp_path / "a", *DAY, env={"SOURCE_DATE_EPOCH": epoch}).code == 0


def test_check_of_a_gap(tmp_path):
    small.write(tmp_path / "a", **small.change("conditions", "clients: 8", "clients: 9"))
    done = run("check", str(tmp_path / "a"), *DAY)
    assert done.code == 1
    lines = done.out.splitlines()
    assert lines[1].startswith("VIRHE     services.yaml:19:44  BK306  Voimme palvella 8 asiakasta/pv, 1 asiakas/pv")
    assert lines[2].startswith("          Ratkaisu: ")
    assert lines[3] == "          Peruste: Tarjouspyyntö, kohta 3.2, s. 7"
    assert lines[4].startswith("0 täyttyy, 1 ei täyty, 0 ei tietoa, 1 vakuutettu. ")


@pytest.mark.parametrize(("language", "word"), [("fi", "VIRHE"), ("sv", "FEL"), ("en", "ERROR")])
def test_the_terminal_speaks_three_languages(tmp_path, language, word):
    small.write(tmp_path / "a", **small.change("conditions", "clients: 8", "clients: 9"))
    done = run("check", str(tmp_path / "a"), *DAY, env={"BIDKIT_LANGUAGE": language})
    assert word in done.out


def test_what_cannot_be_read_exits_with_2(tmp_path):
    done = run("check", str(tmp_path / "missing"), *DAY)
    assert done.code == 2
    assert "BK100" in done.out
    small.write(tmp_path / "a", services=": not yaml: [")
    assert run("check", str(tmp_path / "a"), *DAY).code == 2


def test_three_of_a_kind_and_then_a_count(tmp_path):
    groups = "".join(f"- {{id: g{n}, name: G, vika: 1}}\n" for n in range(5))
    small.write(tmp_path / "a", client_groups=small.FILES["client_groups"] + groups)
    short, everything = (run("check", str(tmp_path / "a"), *DAY, *option) for option in ((), ("--all",)))
    assert short.out.count("BK141") == 4
    assert "(ja 2 muuta samanlaista, BK141: bidkit check --all)" in short.out
    assert everything.out.count("BK141") == 5


def test_json_has_everything_and_nothing_else(tmp_path):
    small.write(tmp_path / "a", **small.change("conditions", "clients: 8", "clients: 9"))
    done = run("check", str(tmp_path / "a"), *DAY, "--json")
    content = json.loads(done.out)
    assert done.code == 1
    assert content["tally"]["not met"] == 1
    (finding,) = content["findings"]
    assert (finding["code"], finding["severity"], finding["place"]) == ("BK306", "error", "services.yaml:19:44")
    assert finding["facts"]["required"] == {"value": "9", "unit": "clients/day"}
    assert [v["verdict"] for v in content["verdicts"]] == ["not met", "attested"]
    assert content["price"]["lots"][0]["lines"][0]["line"] == "h1"


def test_the_deadline_is_told_only_in_the_terminal(tmp_path):
    small.write(tmp_path / "a")
    late = run("check", str(tmp_path / "a"), "--as-of", "16.2.2027")
    assert late.code == 1
    assert "Jättöaika on päättynyt (15.2.2027 klo 12.00)." in late.out
    assert "Jättöaika päättyy tänään" in run("check", str(tmp_path / "a"), "--as-of", "15.2.2027").out


@pytest.mark.parametrize("subject", ["BK148", "bk148", "minimum_capacity", "minimum-capacity", "BK306"])
def test_explain(subject):
    done = run("explain", subject)
    assert done.code == 0
    assert len(done.out) > 200


def test_explain_what_is_not_there():
    done = run("explain", "minimum_capasity")
    assert done.code == 2
    assert "minimum_capacity" in done.err


def test_schema(tmp_path):
    done = run("schema", "conditions")
    content = json.loads(done.out)
    assert content["type"] == "array"
    kinds = content["items"]["anyOf"][0]["properties"]["kind"]["enum"]
    assert "minimum_capacity" in kinds
    assert '"@"' not in done.out
    assert run("schema", "--out", str(tmp_path / "s")).code == 0
    assert (tmp_path / "s/services.schema.json").is_file()
    assert run("schema", "nothing").code == 2


def test_schema_replaces_a_link_and_never_writes_through_it(tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "mine.txt").write_text("oma", encoding="utf-8")
    (tmp_path / "s/services.schema.json").symlink_to(tmp_path / "mine.txt")
    assert run("schema", "--out", str(tmp_path / "s")).code == 0
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "oma"
    assert not (tmp_path / "s/services.schema.json").is_symlink()


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["check", "x", "--as-of", "31/1/2027"], ["nothing"], ["build", "x", "--unknown"], ["explain"]],
)
def test_misuse_is_told_and_exits_with_2(arguments):
    done = run(*arguments)
    assert done.code == 2
    assert done.err


def test_a_console_of_code_page_1252(tmp_path):
    organisation = small.change("organisation", "name: Esimerkki ry", "name: Ω-työ ry")
    small.write(tmp_path / "ä ö", **organisation, **small.change("conditions", "clients: 8", "clients: 9"))
    done = run("check", str(tmp_path / "ä ö"), *DAY, encoding="cp1252")
    assert done.code == 1
    assert "Ratkaisu" in done.out


def test_a_fault_of_ours_is_one_sentence_and_a_log(tmp_path, monkeypatch, capsys):
    from bidkit import cli, pipeline

    def broken(*_args, **_options):
        raise RuntimeError("inside")

    monkeypatch.setattr(pipeline, "assess", broken)
    with pytest.raises(SystemExit) as stop:
        cli.main(["check", str(tmp_path)])
    shown = capsys.readouterr()
    assert stop.value.code == 3
    assert "Traceback" not in shown.err + shown.out
    assert "bidkit epäonnistui omaan vikaansa" in shown.err
    log = shown.err.split("Lokitiedosto: ")[1].split(" Lähetä")[0]
    assert "RuntimeError: inside" in Path(log).read_text(encoding="utf-8")


def test_build_writes_a_version_and_then_none(tmp_path):
    small.write(tmp_path / "a")
    first = run("build", str(tmp_path / "a"), *DAY)
    assert first.code == 0, first.out + first.err
    version = tmp_path / "a/out/v0001"
    assert f"Kirjoitin version {version}:" in first.out
    assert sorted(p.relative_to(version).as_posix() for p in version.rglob("*") if p.is_file()) == [
        "hinnoittelu.xlsx",
        "manifest.json",
        "sisainen/havainnot.html",
        "sisainen/kustannukset.xlsx",
        "sisainen/sisalto.json",
        "tarjous.docx",
    ]
    again = run("build", str(tmp_path / "a"), *DAY)
    assert again.code == 0
    assert f"Mikään ei ole muuttunut versiosta {version}:" in again.out
    assert not (tmp_path / "a/out/v0002").exists()
    assert run("verify", str(version)).code == 0


def test_build_refuses_what_would_be_rejected_unless_it_is_a_draft(tmp_path):
    small.write(tmp_path / "a", **small.change("conditions", "clients: 8", "clients: 9"))
    refused = run("build", str(tmp_path / "a"), *DAY)
    assert refused.code == 1
    assert "Tarjousta ei kirjoitettu" in refused.out
    assert not (tmp_path / "a/out").exists()
    draft = run("build", str(tmp_path / "a"), *DAY, "--draft")
    assert draft.code == 0
    assert (tmp_path / "a/out/v0001/tarjous.docx").is_file()


def test_a_draft_of_what_cannot_be_read_whole_tells_so(tmp_path):
    """It is written without the broken file, counts that fault on its first pages, and the exit code stays 2."""
    folder = small.write(tmp_path / "a", rivals="- a: b: c\n")
    draft = run("build", str(folder), *DAY, "--draft")
    assert draft.code == 2
    word = texts((folder / "out/v0001/tarjous.docx").read_bytes())
    assert "Muita virheitä, joiden takia tarjousta ei voi lähettää: 1. Ne luetellaan havaintoraportissa." in word
    (folder / "rivals.yaml").unlink()
    assert run("build", str(folder), *DAY, "--draft").code == 0
    word = texts((folder / "out/v0002/tarjous.docx").read_bytes())
    assert "Yksikään pakollinen ehto ei ole avoinna." in word
    assert not [line for line in word if "Muita virheitä" in line]


def test_the_same_input_gives_the_same_bytes(tmp_path):
    small.write(tmp_path / "a")
    small.write(tmp_path / "b")
    for name, env in (("a", {"PYTHONHASHSEED": "1", "TZ": "UTC"}), ("b", {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})):
        assert run("build", str(tmp_path / name), *DAY, env=env).code == 0
    internal = [f"sisainen/{name}" for name in ("kustannukset.xlsx", "havainnot.html", "sisalto.json")]
    files = ["tarjous.docx", "hinnoittelu.xlsx", *internal]
    for file in (*files, "manifest.json"):
        one, other = ((tmp_path / name / "out/v0001" / file).read_bytes() for name in ("a", "b"))
        assert one == other, file


def test_source_date_epoch_is_honoured(tmp_path):
    import zipfile

    small.write(tmp_path / "a")
    assert run("build", str(tmp_path / "a"), *DAY, env={"SOURCE_DATE_EPOCH": "1800000000"}).code == 0
    with zipfile.ZipFile(tmp_path / "a/out/v0001/tarjous.docx") as word:
        assert b"2027-01-15T08:00:00Z" in word.read("docProps/core.xml")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a console that is full")
@pytest.mark.parametrize("option", [(), ("--json",)])
def test_a_console_that_takes_nothing_does_not_change_how_it_went(tmp_path, option):
    import subprocess
    import sys

    small.write(tmp_path / "a")
    command = [sys.executable, "-m", "bidkit", "build", str(tmp_path / "a"), *DAY, *option]
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a/out/v0001/manifest.json").is_file()


@pytest.mark.parametrize(
    ("typed", "told", "help_"),
    [
        (("foo",), "Komentoa ”foo” ei ole. Komennot: build, check, verify, explain, schema.", "bidkit"),
        (("build",), "Komennosta puuttuu KANSIO.", "bidkit build"),
        (("check", "a", "--foo"), "Valintaa --foo ei ole.", "bidkit check"),
        (
            ("check", "a", "--as-of"),
            "Valinta --as-of tarvitsee arvon, tai sillä on arvo, jota siihen ei kuulu.",
            "bidkit",
        ),
        (("check", "a", "--as-of", "32.1.2027"), "--as-of: ”32.1.2027” ei ole päivämäärä.", "bidkit check"),
        (
            ("check", "Omat", "tiedostot"),
            "Komennossa on liikaa: tiedostot. Jos kansion nimessä on välilyönti, kirjoita nimi lainausmerkkeihin.",
            "bidkit check",
        ),
    ],
)
def test_a_command_typed_wrong_is_told_in_finnish(typed, told, help_):
    done = run(*typed)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [told, f"Ohje: {help_} --help"]


def test_a_command_typed_wrong_is_told_in_the_readers_language():
    assert run("foo", env={"BIDKIT_LANGUAGE": "sv"}).err.startswith("Kommandot ”foo” finns inte.")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_finnish_throughout(command):
    done = run(*[word for word in (command, "--help") if word])
    assert done.code == 0
    assert done.out.startswith("Käyttö: bidkit")
    assert not [word for word in ("Usage", "Options", "Commands", "Show ", "OPTIONS", "ARGS") if word in done.out]


def test_the_terminal_writes_a_minus_that_every_console_has(capsys):
    from bidkit.cli.terminal import say
    from bidkit.diagnostics import Measure
    from bidkit.i18n import Translator

    say(Translator("sv").fact(Measure(-5, "EUR")))
    assert capsys.readouterr().out == "-5,00 €\n"


def test_a_version_keeps_what_was_in_it_whatever_the_day(tmp_path):
    """Two days of one bid give one content, though the deadline is judged against the day."""
    deadline = small.FILES["conditions"] + "- id: v3\n  kind: deadline\n  text: Tarjous on jätettävä ajoissa.\n"
    folder = small.write(tmp_path / "a", conditions=deadline)
    for out, day in (("one", "2027-01-15"), ("other", "2027-01-20")):
        done = run("build", str(folder), "--as-of", day, "--out", str(tmp_path / out))
        assert done.code == 0, done.out
    one, other = ((tmp_path / out / "v0001/sisainen/sisalto.json").read_bytes() for out in ("one", "other"))
    assert one == other
    held = json.loads(one)
    assert held["format"] == 1
    assert (held["language"], held["draft"], held["date"]) == ("fi", False, "2027-01-10")
    assert held["dossier"]["answers"] == [{"criterion": "l1", "text": {"": "Valmentaja tapaa asiakkaan viikoittain."}}]
    assert held["verdicts"][0] == {
        "condition": "v1",
        "lot": None,
        "state": "met",
        "required": {"value": "8", "unit": "clients/day"},
        "found": {"value": "8", "unit": "clients/day"},
    }
    assert held["verdicts"][2] == {
        "condition": "v3",
        "lot": None,
        "state": "met",
        "required": {"moment": "2027-02-15T12:00:00+02:00"},
        "found": None,
    }
    assert held["price"] == json.loads(run("check", str(folder), "--as-of", "2027-01-15", "--json").out)["price"]
    listed = json.loads((tmp_path / "one/v0001/manifest.json").read_bytes())
    assert listed["build_id"] == held["build_id"]
    assert "sisainen/sisalto.json" in listed["outputs"]
