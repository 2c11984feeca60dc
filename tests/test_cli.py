"""The commands as a user runs them: what they print, where they exit, that no traceback is ever seen."""

import ast
import inspect
import io
import json
import os
import shlex
import string
import subprocess
import sys
import threading
import time
import unicodedata
from datetime import date
from pathlib import Path, PurePosixPath

import click
import pytest
from click.testing import CliRunner

from bidkit import __version__, i18n
from bidkit.cli import COMMANDS, cli, click_words, names, opening, terminal
from bidkit.cli.misuse import show
from bidkit.cli.progress import told
from tests import small
from tests.conftest import ROOT, run
from tests.ooxml import texts

DAY = ("--as-of", "15.1.2027")


def test_check_of_a_whole_dossier(tmp_path):
    small.write(tmp_path / "a")
    done = run("check", str(tmp_path / "a"), *DAY)
    assert done.code == 0
    assert done.out.splitlines() == [
        f"Luin kansion {tmp_path / 'a'}: palveluja 1, osa-alueita 1, reunaehtoja 2, hintarivejä 1.",
        "1 täyttyy, 0 ei täyty, 0 ei tietoa, 1 vakuutettu. Jättöaikaa 31 päivää (viimeistään 15.2.2027 klo 12.00).",
        f"Seuraavaksi: bidkit build {tmp_path / 'a'} --pvm 15.1.2027",
    ]
    later = run("check", tmp_path / "a", "--as-of", "1.2.2027", env={"BIDKIT_LANGUAGE": "sv"})
    assert later.out.splitlines()[-1].endswith(f"bidkit build {tmp_path / 'a'} --as-of 1.2.2027")
    assert " --pvm" not in run("check", tmp_path / "a").out  # no day was given, so none is repeated


@pytest.mark.parametrize(("clients", "next_"), [("8", "build {}"), ("9", "check {}")])
def test_what_to_do_next_can_be_pasted(tmp_path, clients, next_):
    folder = tmp_path / "Österbotten anbud"
    small.write(folder, **small.change("conditions", "clients: 8", f"clients: {clients}"))
    quoted = next_.format(f'"{folder}"')
    assert run("check", folder, *DAY).out.splitlines()[-1].endswith(f"bidkit {quoted} --pvm 15.1.2027")
    if clients == "9":
        assert (
            run("build", folder, *DAY)
            .out.splitlines()[-1]
            .endswith(f'bidkit build "{folder}" --pvm 15.1.2027 --luonnos')
        )


@pytest.mark.parametrize("epoch", ["99999999999999", "²", "-1", "x"])
def test_a_date_that_no_document_can_carry_is_not_used(tmp_path, epoch):
    small.write(tmp_path / "a")
    assert run("build", tmp_path / "a", *DAY, env={"SOURCE_DATE_EPOCH": epoch}).code == 0


def test_check_of_a_gap(tmp_path):
    small.write(tmp_path / "a", **small.change("conditions", "clients: 8", "clients: 9"))
    done = run("check", str(tmp_path / "a"), *DAY)
    assert done.code == 1
    lines = done.out.splitlines()
    assert lines[1].startswith("PUUTE     services.yaml:19:44  BK306  Voimme palvella 8 asiakasta/pv, 1 asiakas/pv")
    assert lines[2].startswith("          Ratkaisu: ")
    assert lines[3] == "          Peruste: Tarjouspyyntö, kohta 3.2, s. 7"
    assert lines[4].startswith("0 täyttyy, 1 ei täyty, 0 ei tietoa, 1 vakuutettu. ")


@pytest.mark.parametrize(("language", "word"), [("fi", "PUUTE"), ("sv", "BRIST"), ("en", "GAP")])
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
    again = f"bidkit check {tmp_path / 'a'} --pvm 15.1.2027 --kaikki"
    assert f"(ja 2 muuta samanlaista, BK141: {again})" in short.out.splitlines()
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


@pytest.mark.parametrize("label", ["vähimmäiskapasiteetti", "Vähimmäiskapasiteetti", "lägsta kapacitet"])
def test_explain_a_kind_as_a_workbook_calls_it(label):
    done = run("explain", label)
    assert done.code == 0
    assert done.out.startswith("BK306 minimum_capacity: Vähimmäiskapasiteetti")
    assert "  clients (Asiakkaita vähintään): " in done.out


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
    [["check", "x", "--as-of", "31/1/2027"], ["nothing"], ["build", "x", "--unknown"], ["explain"]],
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
    small.write(tmp_path / "a")
    command = [sys.executable, "-m", "bidkit", "build", str(tmp_path / "a"), *DAY, *option]
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a/out/v0001/manifest.json").is_file()


@pytest.mark.parametrize(
    ("typed", "told", "help_"),
    [
        (("foo",), f"Komentoa ”foo” ei ole. Komennot: {', '.join(COMMANDS)}.", "bidkit"),
        (("rakena",), "Komentoa ”rakena” ei ole. Tarkoititko rakenna?", "bidkit"),
        (("chek",), "Komentoa ”chek” ei ole. Tarkoititko check?", "bidkit"),
        (("verif",), "Komentoa ”verif” ei ole. Tarkoititko verify, verifiera?", "bidkit"),
        (("explain",), "Komennosta puuttuu KOODI|EHTOLAJI.", "bidkit explain"),
        (("selita",), "Komennosta puuttuu KOODI|EHTOLAJI.", "bidkit explain"),
        (("check", "a", "--foo"), "Valintaa --foo ei ole.", "bidkit check"),
        (("check", "a", "--kaiki"), "Valintaa --kaiki ei ole. Tarkoititko --kaikki, --kieli?", "bidkit check"),
        (("check", "a", "-x"), "Valintaa -x ei ole.", "bidkit check"),
        (("check", "a", "--json=1"), "Valinnalle --json ei anneta arvoa.", "bidkit check"),
        (("check", "a", "--as-of"), "Valinta --as-of tarvitsee arvon.", "bidkit check"),
        (("tarkista", "--pvm"), "Valinta --pvm tarvitsee arvon.", "bidkit check"),
        (("check", "a", "--pvm", "32.1.2027"), "--as-of / --pvm: ”32.1.2027” ei ole päivämäärä.", "bidkit check"),
        (("build", "--seuraa", "--json"), "Valintoja --json ja --seuraa ei voi käyttää yhdessä.", "bidkit build"),
        (
            ("completion", "tcsh"),
            "bash|zsh|fish|powershell: ”tcsh” ei ole mikään näistä: 'bash', 'zsh', 'fish', 'powershell'.",
            "bidkit completion",
        ),
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


@pytest.mark.parametrize(
    ("language", "typed", "told"),
    [
        ("sv", ("foo",), f"Kommandot ”foo” finns inte. Kommandon: {COMMANDS[0]},"),
        ("sv", ("chek",), "Kommandot ”chek” finns inte. Menade du check?"),
        ("sv", ("check", "a", "--alll"), "Det finns inget alternativ --alll. Menade du --all?"),
        ("sv", ("check", "a", "b"), "Kommandot har för mycket: b."),
        ("sv", ("explain",), "KOD|VILLKORSTYP saknas i kommandot."),
        ("en", ("chek",), "There is no command “chek”. Did you mean check?"),
        ("en", ("check", "a", "--as-of"), "The option --as-of needs a value."),
        ("en", ("check", "a", "b"), "Too much in the command: b."),
    ],
)
def test_a_command_typed_wrong_is_told_in_the_readers_language(language, typed, told):
    assert run(*typed, env={"BIDKIT_LANGUAGE": language}).err.startswith(told)


def test_click_has_no_word_of_its_own_left():
    """Every text that click hands to gettext has our words, but those that only a programmer of ours can meet."""
    ours = {
        "Could not determine name for option with declarations {decls!r}",
        "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? Did"
        " you mean to pass '--{name}'?",
        "Arguments take exactly one parameter declaration, got {length}: {decls}.",
        "Name '{name}' defined twice",
        "Boolean option {decl!r} cannot use the same flag for true/false.",
        "Value must be an iterable.",
        "Choice({choices})",
        "Unknown color {colour!r}",
        "Unknown standard stream '{name}'",
    }
    for language in ("fi", "sv"):
        found = i18n._catalogue(language, "click")
        assert [text for text in sorted(clicks_own() - ours) if text not in found] == []
        for text, translated in found.items():
            assert fields(translated) <= fields(text), text
    assert click_words.QUICK.items() <= i18n._catalogue("fi", "click").items()


def clicks_own():
    """Return what stands in click's ``_()`` and ``ngettext()``."""
    texts = set()
    for file in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                texts |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    assert len(texts) > 50
    return texts


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (click.INT, "kaksi", "--x: ”kaksi” ei ole luku, jota tässä kysytään."),
        (click.IntRange(1, 9), "10", "--x: 10 ei ole sallituissa rajoissa: 1<=x<=9."),
        (click.BOOL, "ehkä", "--x: ”ehkä” ei ole kyllä eikä ei."),
        (click.Choice(["fi", "sv"]), "no", "--x: ”no” ei ole mikään näistä: 'fi', 'sv'."),
        (click.DateTime(["%d.%m.%Y"]), "eilen", "--x: ”eilen” ei ole muotoa '%d.%m.%Y'."),
        (click.Path(exists=True), "puuttuva", "--x: Polku ”puuttuva” puuttuu."),
        (click.Path(exists=True, file_okay=False), "puuttuva", "--x: Kansio ”puuttuva” puuttuu."),
        (click.Path(exists=True, dir_okay=False), ".", "--x: ”.” on kansio."),
        (click.Path(exists=True, file_okay=False), __file__, f"--x: ”{__file__}” on tiedosto."),
        (click.File(), "puuttuva", "--x: 'puuttuva': "),
    ],
    ids=lambda one: str(one)[:20],
)
def test_values_that_click_refuses_are_refused_in_finnish(kind, value, told, capsys):
    @click.command()
    @click.option("--x", type=kind)
    def command(x):
        pass

    with pytest.raises(click.ClickException) as refused:
        command.main(["--x", value], standalone_mode=False)
    show(refused.value, COMMANDS)
    assert capsys.readouterr().err.startswith(told)


def test_what_a_command_needs_is_said_in_finnish(capsys):
    @click.command()
    @click.option("--x", required=True, type=int, nargs=2, help="Kaksi lukua.")
    @click.option("--y", default=3, show_default=True, help="Luku.")
    def command(x, y):
        pass

    command.main(["--help"], prog_name="bidkit", standalone_mode=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Käyttö: bidkit [VALINNAT]"
    assert [line.split("  ")[-1] for line in lines[3:]] == ["[pakollinen]", "[oletus: 3]", "Näytä tämä ohje."]
    for typed, said in ((("--x", "1"), "Valinta --x tarvitsee 2 arvoa."), ((), "Komennosta puuttuu --x.")):
        with pytest.raises(click.ClickException) as refused:
            command.main([*typed], standalone_mode=False)
        show(refused.value, COMMANDS)
        assert capsys.readouterr().err.splitlines()[0] == said


@pytest.mark.parametrize(
    ("language", "typed", "agreed", "asked"),
    [
        ("fi", "k", True, "Poistetaanko? [k/E]: "),
        ("fi", "KYLLÄ", True, "Poistetaanko? [k/E]: "),
        ("fi", "y", True, "Poistetaanko? [k/E]: "),
        ("fi", "e", False, "Poistetaanko? [k/E]: "),
        ("fi", "", False, "Poistetaanko? [k/E]: "),
        ("fi", "ehkä\nk", True, "Poistetaanko? [k/E]: Vastaa k tai e.\nPoistetaanko? [k/E]: "),
        ("sv", "nej", False, "Poistetaanko? [j/N]: "),
        ("en", "yes", True, "Poistetaanko? [y/N]: "),
    ],
)
def test_a_question_is_answered_in_the_readers_own_letters(language, typed, agreed, asked, monkeypatch):
    monkeypatch.setenv("BIDKIT_LANGUAGE", language)

    @click.command()
    def command():
        click.echo(f"={click.confirm('Poistetaanko?')}")

    done = CliRunner().invoke(command, input=typed + "\n")
    shown = done.output
    for line in typed.split("\n"):  # the runner shows what is typed
        shown = shown.replace(f": {line}\n", ": ", 1)
    assert shown == f"{asked}={agreed}\n"


def test_a_question_that_is_broken_off_is_told_in_finnish(tmp_path):
    """End of input, as Ctrl+D gives it, while a question waits."""
    script = (
        "import click, bidkit.cli as c\n"
        "@click.command()\ndef ask(): click.confirm('Poistetaanko?')\n"
        "c.LazyGroup.get_command = lambda *a: ask\nc.main(['check'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input="", capture_output=True, encoding="utf-8", check=False, cwd=ROOT
    )
    assert done.returncode == 130
    assert done.stderr.splitlines()[-1] == "Keskeytetty. Aiemmat versiot ovat tallessa."


def test_the_version():
    assert run("--version").out == f"bidkit, versio {__version__}\n"
    assert run("--version", env={"BIDKIT_LANGUAGE": "en"}).out == f"bidkit, version {__version__}\n"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_finnish_throughout(command):
    done = run(*[word for word in (command, "--help") if word])
    assert done.code == 0
    assert done.out.startswith("Käyttö: bidkit")
    english = ("Usage", "Options", "Commands", "Arguments", "Show ", "OPTIONS", "ARGS", "default", "required")
    assert not [word for word in english if word in done.out]


def help_texts(command):
    """Return every text of a command's help that its reader sees, a paragraph each."""
    yield from (" ".join(part.split()) for part in inspect.cleandoc(command.help).split("\n\n"))
    for param in command.params:
        if isinstance(param, click.Option):
            yield param.help
        if param.metavar and param.metavar.strip("[].,").isupper():
            yield param.metavar.strip("[].,")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_has_its_words_in_three_languages(name):
    command = cli.get_command(click.Context(cli), name) if name else cli
    for language in ("sv", "en"):
        found = i18n._catalogue(language, "help")
        assert [text for text in help_texts(command) if text not in found] == [], f"locale/{language}/help.po lacks it"
    if name:
        first = next(help_texts(command))
        assert names.SHORT.get(name) == first, "cli/names.py: SHORT says something else"


def test_help_in_swedish_and_english():
    told = {tag: run("check", "--help", env={"BIDKIT_LANGUAGE": tag}).out.splitlines() for tag in ("sv", "en")}
    assert told["sv"][0] == "Användning: bidkit check [ALTERNATIV] [MAPP]"
    assert told["sv"][2] == "  Kontrollera underlaget i MAPPEN mot anbudsförfrågans villkor."
    assert told["sv"][-1] == "  -h, --help                    Visa den här hjälpen."
    assert told["en"][0] == "Usage: bidkit check [OPTIONS] [FOLDER]"
    assert told["en"][-1] == "  -h, --help                    Show this message and exit."


def test_help_lists_every_command_with_its_finnish_name():
    lines = run("--help").out.splitlines()
    listed = [line.split("  ")[1].strip() for line in lines[lines.index("Komennot:") + 1 :] if line[2] != " "]
    assert listed == [names.shown(name, "fi") for name in COMMANDS]
    assert {"check (tarkista)", "build (rakenna)", "explain (selitä)", "completion (täydennys)"} <= set(listed)


@pytest.mark.parametrize(
    ("typed", "command"),
    [(n, c) for table in (names.FINNISH, names.SWEDISH) for c, all_ in table.items() for n in all_ if c in COMMANDS],
)
def test_a_command_by_its_other_names(typed, command):
    assert names.command_of(typed, COMMANDS) == command
    assert names.command_of(unicodedata.normalize("NFD", typed.upper()), COMMANDS) == command  # as a Mac types it
    assert names.command_of(typed[:-1], COMMANDS) is None


def test_names_of_commands_are_told_apart():
    every = names.all_names(tuple(names.FINNISH))
    assert sorted(every) == sorted(set(every) | ({"schema"} & set(every)))


@pytest.mark.parametrize("typed", ["tarkista", "kontrollera", "Tarkista"])
def test_an_other_name_does_the_same(tmp_path, typed):
    small.write(tmp_path / "a")
    plain = run("check", tmp_path / "a", *DAY)
    assert run(typed, tmp_path / "a", "--pvm", "15.1.2027") == plain


def test_options_by_their_finnish_names(tmp_path):
    small.write(tmp_path / "a", **small.change("conditions", "clients: 8", "clients: 9"))
    done = run(
        "rakenna", tmp_path / "a", "--pvm", "15.1.2027", "--luonnos", "--kieli", "fi", "--pohja", "short",
        "--kansio", tmp_path / "versiot", "--hiljaa",
    )  # fmt: skip
    assert done.code == 0
    assert (tmp_path / "versiot/v0001/tarjous.docx").is_file()


# --- which folder ---------------------------------------------------------------------------------------
def test_without_a_folder_the_current_one_is_meant(tmp_path):
    folder = small.write(tmp_path / "Oma tarjous")
    done = run("check", *DAY, cwd=folder)
    assert done.code == 0
    assert done.out.splitlines() == [
        "Luin kansion Oma tarjous: palveluja 1, osa-alueita 1, reunaehtoja 2, hintarivejä 1.",
        "1 täyttyy, 0 ei täyty, 0 ei tietoa, 1 vakuutettu. Jättöaikaa 31 päivää (viimeistään 15.2.2027 klo 12.00).",
        "Seuraavaksi: bidkit build --pvm 15.1.2027",
    ]
    assert run("build", *DAY, cwd=folder).code == 0
    whole = run("verify", cwd=folder)
    assert whole.code == 0
    assert whole.out.startswith("v0001 on eheä")


@pytest.mark.parametrize("named", [True, False])
def test_a_folder_without_a_dossier_is_told_how_to_begin_one(tmp_path, named):
    done = run("check", *([tmp_path] if named else []), *DAY, cwd=tmp_path)
    assert done.code == 2
    lines = done.out.splitlines()
    assert f"  BK101  Kansiossa ”{tmp_path}” " in lines[1]
    where = f" {tmp_path}" if named else ""
    assert lines[-1] == f"Seuraavaksi: siirry aineiston kansioon tai aloita uusi aineisto tässä: bidkit init{where}"
    assert run("build", *DAY, cwd=tmp_path).out.splitlines()[-1].endswith("aineisto tässä: bidkit init")


@pytest.mark.parametrize(
    ("folder", "windows", "typed"),
    [
        (r"C:\Omat\tarjous", True, r"C:\Omat\tarjous"),
        (r"C:\Omat kansiot\Työ ä ö", True, r'"C:\Omat kansiot\Työ ä ö"'),
        (r"C:\Työ", True, r"C:\Työ"),
        (r"C:\a&b (1)", True, r'"C:\a&b (1)"'),
        (r"\\palvelin\jako\x;y", True, r'"\\palvelin\jako\x;y"'),
        ("/srv/Työ", False, "/srv/Työ"),
        ("/srv/Omat kansiot", False, '"/srv/Omat kansiot"'),
        ("/srv/a'b", False, '"/srv/a\'b"'),
        ("/srv/hinta $5", False, "'/srv/hinta $5'"),
        ("/srv/it's $5", False, "'/srv/it'\\''s $5'"),
        ("/srv/a\\b", False, "'/srv/a\\b'"),
        ("-x", False, "./-x"),
    ],
)
def test_a_folder_as_it_can_be_pasted(folder, windows, typed):
    found = terminal.typed(PurePosixPath(folder), windows=windows)
    assert found == typed
    if not windows:
        assert shlex.split(found) == [folder if folder != "-x" else "./-x"]


# --- how findings are called ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("capacity", "binding", "label"),
    [
        ("clients_per_day: 7", "knock_out", "PUUTE"),
        ("clients_per_month: 7", "knock_out", "EI TIETOA"),
        ("clients_per_day: 7", "scored", "VAROITUS"),
        ("clients_per_day: seitsemän", "knock_out", "VIRHE"),
    ],
)
def test_a_gap_is_told_from_what_cannot_be_told_and_from_a_fault(tmp_path, capacity, binding, label):
    changed = small.change("services", "clients_per_day: 8", capacity)
    asked = small.change("conditions", "kind: minimum_capacity", f"kind: minimum_capacity\n  binding: {binding}")
    done = run("check", small.write(tmp_path / "a", **changed, **asked), *DAY)
    assert [line[:9].rstrip() for line in done.out.splitlines() if "  BK" in line] == [label]


def test_quiet_shows_only_what_stops_the_bid_and_the_last_line(tmp_path):
    folder = small.write(tmp_path / "a", **small.change("conditions", "clients: 8", "clients: 9"), rivals="")
    loud = run("check", folder, *DAY).out.splitlines()
    quiet = run("check", folder, *DAY, "--quiet")
    assert quiet.code == 1
    assert quiet.out.splitlines() == [*loud[1:4], loud[-1]]
    small.write(tmp_path / "b")
    assert run("check", tmp_path / "b", *DAY, "--hiljaa").out.splitlines() == [
        f"Seuraavaksi: bidkit build {tmp_path / 'b'} --pvm 15.1.2027"
    ]
    assert run("build", tmp_path / "b", *DAY, "--hiljaa").out.splitlines() == [
        f"Seuraavaksi: avaa tarjous.docx ja hinnoittelu.xlsx kansiosta {tmp_path / 'b/out/v0001'}. "
        "Kansio sisainen on vain omaan käyttöön: älä lähetä sitä."
    ]


# --- what takes long ------------------------------------------------------------------------------------
class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_step_that_lasts_is_named_and_a_quick_one_is_not():
    screen, shown = Terminal(), threading.Event()
    screen.flush = shown.set
    with told(i18n.Translator("fi", ("cli",)), screen, patience=0.001) as progress:
        progress("Reading the dossier")
        assert shown.wait(10)
    assert screen.getvalue() == "Luetaan aineistoa ...\n"
    with told(i18n.Translator("fi", ("cli",)), screen, patience=60) as progress:
        progress("Writing the bid")
        progress("Storing the version")
    assert screen.getvalue() == "Luetaan aineistoa ...\n"
    assert not [t for t in threading.enumerate() if isinstance(t, threading.Timer)]


def test_nothing_is_named_into_a_pipe(tmp_path):
    pipe = io.StringIO()
    with told(i18n.Translator("fi", ("cli",)), pipe, patience=0) as progress:
        progress("Reading the dossier")
        assert not [t for t in threading.enumerate() if isinstance(t, threading.Timer)]
    assert pipe.getvalue() == ""


def test_every_step_of_a_build_is_named_in_finnish(tmp_path):
    from bidkit import pipeline

    steps = []
    pipeline.build(small.write(tmp_path / "a"), as_of=date(2027, 1, 15), progress=steps.append)
    words = i18n.Translator("fi", ("cli",))
    assert [words.text(step) for step in steps] == [
        "Luetaan aineistoa",
        "Tarkistetaan ehdot ja lasketaan hinnat",
        "Lasketaan sivut",
        "Kirjoitetaan Excel-tiedostot",
        "Kirjoitetaan tarjous",
        "Talletetaan versio",
    ]


# --- opening --------------------------------------------------------------------------------------------
@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for the program that opens")
def test_build_opens_what_it_wrote(tmp_path):
    """`xdg-open` (on a Mac `open`) is a script that notes what it was given."""
    (tmp_path / "bin").mkdir()
    opener = tmp_path / "bin" / ("open" if sys.platform == "darwin" else "xdg-open")
    opener.write_text(f'#!/bin/sh\necho "$1" >> "{tmp_path}/opened"\n', encoding="utf-8")
    opener.chmod(0o755)
    folder = small.write(tmp_path / "a")
    env = {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    assert run("build", folder, *DAY, "--avaa", env=env).code == 0
    wanted = [str(folder / "out/v0001" / name) for name in ("hinnoittelu.xlsx", "tarjous.docx")]
    for _ in range(200):  # the programs run beside bidkit
        found = (tmp_path / "opened").read_text(encoding="utf-8").split("\n") if (tmp_path / "opened").exists() else []
        if len(found) == 3:
            break
        time.sleep(0.05)
    assert sorted(found) == ["", *wanted]


def test_a_computer_that_opens_nothing_fails_nothing(tmp_path):
    folder = small.write(tmp_path / "a")
    done = run("build", folder, *DAY, "--open", env={"PATH": str(tmp_path)})
    assert done.code == 0
    assert done.out.splitlines()[-2:] == [
        f"Mikään ohjelma ei avannut tiedostoa {folder / 'out/v0001' / name}. Avaa se itse."
        for name in ("tarjous.docx", "hinnoittelu.xlsx")
    ]


def test_opening_on_windows_and_on_a_mac(monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(opening.sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    assert opening.open_file(tmp_path / "ä ö.docx")
    monkeypatch.setattr(os, "startfile", None, raising=False)
    monkeypatch.setattr(opening.sys, "platform", "darwin")
    monkeypatch.setattr(opening.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(opening.subprocess, "Popen", lambda command, **_: opened.append(command))
    assert opening.open_file(tmp_path / "ä ö.docx")
    assert opened == [tmp_path / "ä ö.docx", ["/usr/bin/open", str(tmp_path / "ä ö.docx")]]


def test_windows_without_a_program_for_the_file(monkeypatch, tmp_path):
    def none(file):
        raise OSError(1155, "No application is associated")

    monkeypatch.setattr(opening.sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", none, raising=False)
    assert not opening.open_file(tmp_path / "x.docx")


def test_a_console_of_code_page_1252_prints_what_it_has(tmp_path):
    script = "from bidkit.cli import terminal; terminal.say('tiedot.xlsx › Palvelut › D7 – 1\\u00a0234,50\\u202f€ Ω')"
    for encoding, shown in (("cp1252", "› Palvelut › D7 – 1 234,50 € ?"), ("utf-8", "› Palvelut › D7 – 1 234,50 € Ω")):
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.stdout.reconfigure(errors='replace'); {script}"],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
            cwd=ROOT,
            check=False,
        )
        assert done.stdout.decode(encoding).strip() == f"tiedot.xlsx {shown}"


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
