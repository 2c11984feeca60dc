"""The doctor: every check fine once and forced to fail once; the support bundle tells nothing that was written."""

import io
import json
import os
import re
import sys
import tempfile
import zipfile
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from bidkit.cli.doctor import told
from bidkit.health import State, Surroundings, checks, examine, masking
from bidkit.health.bundle import bundle, masked
from bidkit.health.surroundings import needed, older
from bidkit.i18n import FINDINGS, Translator
from bidkit.pipeline import assess
from tests import small, workbooks
from tests.conftest import EXAMPLES, run

DAY = date(2027, 1, 15)
AS_OF = ("--as-of", "15.1.2027")
WORDS = Translator("fi", FINDINGS)
NOW = datetime(2027, 1, 15, 12)


def here(folder, **changed):
    given = {
        "requirements": lambda: (">=3.11", ("click>=8.2", "tzdata>=1; sys_platform == 'win32'")),
        "version_of": lambda _name: "8.2.1",
        "office": lambda: "/usr/bin/soffice",
        "python": (3, 11, 2),
        "platform": "linux",
        "free_bytes": lambda _folder: 500 << 20,
    } | changed
    return Surroundings(Path(folder), DAY, given.pop("now", NOW), given.pop("encoding", "utf-8"), **given)


def lines_of(folder, **changed):
    """Return check → its lines as printed, with their state before them."""
    surroundings = here(folder, **changed)
    run_ = assess(surroundings.folder, as_of=DAY) if surroundings.folder.is_dir() else None
    found: dict[str, list[str]] = {}
    for line in examine(surroundings, run_):
        found.setdefault(line.check, []).append(f"{line.state.value} {told(line, WORDS)}".replace("\xa0", " "))
    return found


@pytest.fixture
def folder(tmp_path):
    return small.write(tmp_path / "aineisto")


def test_all_is_well(folder):
    length = len(str(folder / "out/.tmp-0123456789abcdef/sisainen/kustannukset.xlsx"))
    assert lines_of(folder) == {
        "packages": ["ok Python 3.11.2 ja 1 pakettia ovat riittävän uusia."],
        "terminal": ["ok Pääte tulostaa merkit ä ö € – (utf-8)."],
        "clock": ["ok Tietokoneen päivä on 15.1.2027."],
        "libre_office": ["ok LibreOffice löytyi: sivut voidaan laskea."],
        "folder": [f"ok Kansio {folder} löytyi."],
        "writable": ["ok Kansioon voi kirjoittaa."],
        "disk": ["ok Levyllä on tilaa 500 Mt."],
        "locks": ["ok Mikään tiedosto ei ole auki Officessa."],
        "cloud": ["ok Kaikki tiedostot ovat tällä koneella."],
        "path_length": [f"ok Tarjouksen poluissa on {length} merkkiä."],
        "names": ["ok Kaikki tiedostonimet käyvät Windowsiin."],
        "templates": ["ok Mallipohja standard on ehjä (fi, sv, en)."],
        "input": ["ok Aineisto luetaan YAML-tiedostoista (19)."],
        "deadline": ["ok Jättöaikaa on 31 päivää (15.2.2027 klo 12.00)."],
    }
    assert sorted(p.name for p in folder.iterdir()) == sorted(f"{noun}.yaml" for noun in small.FILES)


FAULTS = [
    (
        "packages",
        {"python": (3, 10, 9)},
        "fix Python on 3.10.9; tarvitaan 3.11 tai uudempi: asenna uudempi Python ja sitten bidkit uudelleen.",
    ),
    (
        "packages",
        {"version_of": lambda _name: "8.1.9"},
        "fix Paketti click on 8.1.9; tarvitaan 8.2 tai uudempi: aja python -m pip install --upgrade bidkit.",
    ),
    (
        "packages",
        {"version_of": lambda _name: None},
        "fix Paketti click on –; tarvitaan 8.2 tai uudempi: aja python -m pip install --upgrade bidkit.",
    ),
    (
        "packages",
        {"requirements": lambda: None},
        "note Versioita ei verrattu: bidkitin omat pakettitiedot puuttuvat: asenna bidkit uudelleen.",
    ),
    (
        "terminal",
        {"encoding": "cp437"},
        "fix Pääte (cp437) ei osaa tulostaa merkkejä €–›”: aja ensin export PYTHONIOENCODING=utf-8.",
    ),
    (
        "terminal",
        {"encoding": "ascii", "platform": "win32"},
        "fix Pääte (ascii) ei osaa tulostaa merkkejä äöåÄÖÅé€–›”: aja ensin chcp 65001.",
    ),
    (
        "clock",
        {"now": datetime(1999, 12, 31, 12)},
        "fix Tietokoneen mukaan tänään on 31.12.1999: aseta tietokoneen päivämäärä oikeaksi.",
    ),
    (
        "libre_office",
        {"office": lambda: None},
        "note LibreOfficea ei löytynyt. Se ei ole pakollinen: "
        "sillä bidkit laskee sivut, jos tarjouspyyntö rajaa niitä.",
    ),
    (
        "disk",
        {"free_bytes": lambda _folder: (99 << 20) + 5},
        "fix Levyllä on tilaa 99 Mt; tarvitaan vähintään 100 Mt: "
        "tyhjennä roskakori tai siirrä suuria tiedostoja muualle.",
    ),
]


@pytest.mark.parametrize(("check", "changed", "line"), FAULTS)
def test_the_computer_may_have_faults(folder, check, changed, line):
    assert lines_of(folder, **changed)[check] == [line]


def test_a_terminal_of_windows_is_fine(folder):
    assert lines_of(folder, encoding="cp1252")["terminal"] == ["ok Pääte tulostaa merkit ä ö € – (cp1252)."]
    (line,) = lines_of(folder, encoding="no-such-encoding")["terminal"]
    assert line.startswith("fix Pääte (no-such-encoding) ei osaa")


def test_a_clock_that_is_behind_the_files(folder):
    later = datetime(2027, 1, 20, 12).timestamp()
    os.utime(folder / "bid.yaml", (later, later))
    assert lines_of(folder)["clock"] == [
        "fix Tiedostoa on muutettu 20.1.2027, mutta tietokoneen mukaan tänään on 15.1.2027: "
        "aseta tietokoneen päivämäärä oikeaksi."
    ]


def test_a_folder_that_is_not_there_leaves_its_checks_out(tmp_path):
    found = lines_of(tmp_path / "ei ole")
    assert found["folder"] == [
        f'fix Kansiota "{tmp_path / "ei ole"}" ei ole: tarkista nimi, tai '
        f'bidkit init "{tmp_path / "ei ole"}" tekee uuden.'
    ]
    assert set(found) == {"packages", "terminal", "clock", "libre_office", "folder", "templates"}
    (tmp_path / "tiedosto").write_text("x", encoding="utf-8")
    assert lines_of(tmp_path / "tiedosto")["folder"] == [
        f"fix {tmp_path / 'tiedosto'} on tiedosto eikä kansio: anna kansio, jossa se on."
    ]


def test_a_folder_that_cannot_be_written_to(folder, monkeypatch):
    def refuse(*_args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(checks.os, "open", refuse)
    assert lines_of(folder)["writable"] == [
        f"fix Kansioon {folder} ei voi kirjoittaa (käyttöoikeus puuttuu): "
        "siirrä aineisto omaan kansioosi, esimerkiksi Tiedostot-kansioon."
    ]


def test_out_is_tried_too(folder, monkeypatch):
    (folder / "out").mkdir()
    tried = []
    monkeypatch.setattr(checks, "_try_to_write", tried.append)
    lines_of(folder)
    assert tried == [folder, folder / "out"]


@pytest.mark.parametrize(
    ("lock", "file"),
    [
        ("~$tiedot.xlsx", "tiedot.xlsx"),
        ("~$edot.docx", "tiedot.docx"),  # Word puts the mark in place of two letters
        (".~lock.tiedot.xlsx#", "tiedot.xlsx"),
        ("~$poissa.xlsx", "poissa.xlsx"),
    ],
)
def test_a_file_that_is_open_in_office(folder, lock, file):
    if file != "poissa.xlsx":
        (folder / "attachments").mkdir()
        (folder / "attachments" / file).write_bytes(b"")
    (folder / "attachments").mkdir(exist_ok=True)
    (folder / "attachments" / lock).write_bytes(b"")
    assert lines_of(folder)["locks"] == [
        f"fix Tiedosto {file} on auki Officessa: tallenna ja sulje se; jos se ei ole auki, poista attachments/{lock}."
    ]


@pytest.mark.parametrize(
    "status",
    [
        SimpleNamespace(st_file_attributes=0x400000, st_size=9000, st_blocks=8, st_mtime=0),
        SimpleNamespace(st_file_attributes=0x1020, st_size=9000, st_blocks=8, st_mtime=0),
        SimpleNamespace(st_size=9000, st_blocks=0, st_mtime=0),
    ],
)
def test_a_file_that_is_only_in_the_cloud(folder, status):
    def status_of(path):
        return status if path.name == "bid.yaml" else os.lstat(path)

    assert lines_of(folder, status_of=status_of)["cloud"] == [
        "fix Vain pilvessä: bid.yaml (yhteensä 1): napsauta kansiota hiiren oikealla Resurssienhallinnassa ja valitse "
        "”Säilytä aina tällä laitteella”."
    ]


def test_a_small_file_without_a_block_is_no_alarm(folder):
    status = SimpleNamespace(st_file_attributes=0x20, st_size=100, st_blocks=0, st_mtime=0)
    assert lines_of(folder, status_of=lambda _path: status)["cloud"] == ["ok Kaikki tiedostot ovat tällä koneella."]


@pytest.mark.parametrize(("length", "state"), [(199, "ok"), (200, "note"), (259, "note"), (260, "fix")])
def test_the_length_of_paths_on_windows(tmp_path, length, state):
    tail = len("/out/.tmp-0123456789abcdef/sisainen/kustannukset.xlsx")
    rest = length - tail - len(str(tmp_path)) - 1
    folder = tmp_path / ("k" * min(rest, 120))
    if rest > 120:
        folder = folder / ("k" * (rest - 121))
    small.write(folder)
    (line,) = lines_of(folder, platform="win32")["path_length"]
    assert line.startswith(f"{state} Tarjouksen poluissa ")
    assert f" {length} merkkiä" in line
    if state == "fix":
        assert line.endswith("; Windows hyväksyy 259: siirrä kansio lähemmäs levyn juurta, esimerkiksi C:\\Tarjoukset.")
    assert lines_of(folder)["path_length"] == [f"ok Tarjouksen poluissa on {length} merkkiä."]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let such names be made")
@pytest.mark.parametrize("name", ["con.txt", "LPT1", "hinta?.pdf", "a:b.pdf", "piste.", "väli "])
def test_names_that_windows_refuses(folder, name):
    (folder / "attachments").mkdir()
    (folder / "attachments" / name).write_bytes(b"")
    assert lines_of(folder)["names"] == [
        f"fix Windows ei hyväksy näitä nimiä: attachments/{name.strip()} (yhteensä 1): "
        'anna nimet ilman merkkejä < > : " | ? * \\ ja ilman välilyöntiä tai pistettä lopussa.'
    ]


@pytest.mark.parametrize("name", ["console.txt", "comma.yaml", "nul0.txt", "Ääkköset ja väli.pdf"])
def test_names_that_windows_takes(folder, name):
    (folder / name).write_bytes(b"")
    assert lines_of(folder)["names"] == ["ok Kaikki tiedostonimet käyvät Windowsiin."]


def test_a_template_with_faults_and_one_that_is_missing(folder, monkeypatch):
    own = folder / "templates/standard"
    own.mkdir(parents=True)
    (own / "sv.docx").write_bytes(b"ei ole Word-tiedosto")
    found = lines_of(folder)["templates"]
    assert found == [f"fix Mallipohjassa standard/sv.docx on 1 vikaa: bidkit build {folder} kertoo viat."]
    monkeypatch.setattr(sys.modules["bidkit.templates.find"], "SHIPPED", ())
    missing = "puuttuu tai ei aukea: asenna bidkit uudelleen."
    assert [line.partition(" ")[2] for line in lines_of(folder)["templates"]] == [
        f"Mallipohja standard/fi.docx {missing}",
        f"Mallipohjassa standard/sv.docx on 1 vikaa: bidkit build {folder} kertoo viat.",
        f"Mallipohja standard/en.docx {missing}",
    ]


def test_input_that_cannot_be_read(tmp_path):
    folder = small.write(tmp_path / "a", services=": [", sites="a: b: c")
    assert sorted(lines_of(folder)["input"]) == [
        f"fix services.yaml:1:1: ei voi lukea: bidkit check {folder} kertoo syyn.",
        f"fix sites.yaml:1:4: ei voi lukea: bidkit check {folder} kertoo syyn.",
    ]


def test_errors_in_the_input_are_counted_but_are_no_fault_of_the_computer(folder):
    small.write(folder, **small.change("conditions", "clients: 8", "clients: 9"))
    assert lines_of(folder)["input"] == [
        "note Aineisto luetaan YAML-tiedostoista (19); siinä on virheitä: 1: "
        f"bidkit check {folder} kertoo, mitä ne ovat ja miten ne korjataan."
    ]
    done = run("doctor", folder, *AS_OF)
    assert done.code == 0
    assert f"HUOM    Aineisto luetaan YAML-tiedostoista (19); siinä on virheitä: 1: bidkit check {folder}" in done.out


def test_two_copies_of_a_workbook_are_to_be_mended(tmp_path):
    workbooks.write(tmp_path)
    (tmp_path / "tiedot - Kopio.xlsx").write_bytes((tmp_path / "tiedot.xlsx").read_bytes())
    assert lines_of(tmp_path)["input"] == [
        "fix Samat asiat ovat useassa tiedostossa: tiedot - Kopio.xlsx: "
        f"bidkit check {tmp_path} kertoo, mikä siirretään pois."
    ]


def test_a_folder_without_input(tmp_path):
    assert lines_of(tmp_path)["input"] == [
        f"fix Kansiossa ei ole aineiston tiedostoja: bidkit init {tmp_path} aloittaa uuden."
    ]
    only = small.write(tmp_path / "b", **{noun: None for noun in small.FILES if noun != "organisation"})
    found = lines_of(only)
    assert found["input"] == [
        "ok Aineisto luetaan YAML-tiedostoista (1).",
        f"note Aineistosta puuttuu vielä 2 osaa: bidkit status {only} luettelee ne.",
    ]
    assert found["deadline"] == ["note Jättöaika ei ole vielä tiedossa: tarjouspyyntöä ei ole."]


def test_a_deadline_that_has_passed(tmp_path):
    folder = small.write(tmp_path / "a", **small.change("tender", "15.2.2027 12:00", "14.1.2027 12:00"))
    assert lines_of(folder)["deadline"] == [
        "fix Jättöaika on päättynyt (14.1.2027 klo 12.00): tarkista, onko tilaaja jatkanut aikaa, "
        "ja korjaa tarjousten määräaika tarjouspyynnön perustietoihin."
    ]


def test_a_check_that_fails_itself_is_a_line(folder):
    def broken(_folder):
        raise ValueError("odd disk")

    assert lines_of(folder, free_bytes=broken)["disk"] == [
        "fix Tarkistusta ”disk” ei voitu tehdä (ValueError): tee tukipaketti komennolla bidkit doctor --zip tuki.zip "
        "ja lähetä se ylläpitäjälle."
    ]


@pytest.mark.parametrize(
    ("text", "platform", "expected"),
    [
        ("click>=8.2", "linux", ("click", "8.2")),
        ("pydantic (>=2.9)", "linux", ("pydantic", "2.9")),
        ("tzdata>=2024.1; sys_platform == 'win32'", "win32", ("tzdata", "2024.1")),
        ("tzdata>=2024.1; sys_platform == 'win32'", "linux", None),
        ('pytest>=8.3; extra == "dev"', "linux", None),
        ("tzdata; sys_platform == 'win32'", "win32", None),
    ],
)
def test_requirements(text, platform, expected):
    assert needed(text, platform) == expected


@pytest.mark.parametrize(
    ("version", "least", "expected"),
    [("8.10", "8.2", False), ("8.2", "8.2.0", False), ("8.1.99", "8.2", True), ("2.0rc1", "2.0", False)],
)
def test_versions_are_compared_by_figures(version, least, expected):
    assert older(version, least) is expected


# --- as a user runs it -----------------------------------------------------------------------------
def test_the_command(folder):
    done = run("doctor", folder, *AS_OF)
    assert done.code == 0, done.out
    lines = done.out.splitlines()
    assert lines[-1] == "Mitään ei tarvitse korjata."
    assert all(re.match("(OK  |HUOM)    ", line) for line in lines[:-1])
    late = run("doctor", folder, "--as-of", "16.2.2027")
    assert late.code == 1
    assert "KORJAA  Jättöaika on päättynyt (15.2.2027 klo 12.00): tarkista" in late.out
    assert late.out.splitlines()[-1] == "Korjattavaa: 1. Korjaa ja aja uudelleen: bidkit doctor"


def test_the_command_in_a_folder_that_is_not_there(tmp_path):
    done = run("doctor", tmp_path / "ei", *AS_OF, "--zip", tmp_path / "tuki.zip")
    assert done.code == 1
    assert (tmp_path / "tuki.zip").is_file()


def test_json(folder):
    done = run("doctor", folder, *AS_OF, "--json")
    content = json.loads(done.out)
    assert content["bundle"] is None
    states = {one["check"]: one["state"] for one in content["checks"]}
    assert states["deadline"] == "ok"
    assert len(states) == 14


# --- the support bundle ----------------------------------------------------------------------------
CANARIES = (
    "Kanarialintu", "Salaperäinen", "4711", "815", "0401234567", "liisa", "Meikäläinen", "kultaharkko", "aarre",
    "Zürich", "kotihakemisto",
)  # fmt: skip


def with_canaries(folder):
    """Write a dossier whose every kind of text, figure and name is a canary."""
    organisation = (
        small.FILES["organisation"].replace("Esimerkki ry", "Kanarialintu ry").replace("420 000", "471 147,11")
    )
    staff = small.FILES["staff"] + "  name: Liisa Meikäläinen\n"
    notes = "# muistiinpano: kultaharkko\n"
    bad = small.FILES["sites"].replace("accessible: kyllä", "accessible: Salaperäinen") + "  zürich: aarre\n"
    conditions = small.FILES["conditions"].replace("vähintään 8", "Salaperäinen aarre, 4711 815")
    items = small.FILES["cost_items"].replace("7 200", "4711,815")  # refused: three decimals
    small.write(
        folder, organisation=notes + organisation, staff=staff, sites=bad, conditions=conditions, cost_items=items
    )
    (folder / "attachments").mkdir()
    (folder / "attachments" / "CV Liisa Meikäläinen 4711.pdf").write_bytes(b"kultaharkko")
    (folder / "~$kultaharkko.xlsx").write_bytes(b"aarre")
    (folder / "oma kultaharkko.yaml").write_text("aarre: [kultaharkko", encoding="utf-8")
    (folder / "rivals.yaml").write_bytes("- id: Zürich aarre".encode("cp1252"))
    return folder


def words_in(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


@pytest.mark.parametrize("language", ["fi", "en"])
def test_no_word_of_the_dossier_is_in_the_bundle(tmp_path, language, monkeypatch):
    folder = with_canaries(tmp_path / "kotihakemisto" / "liisa" / "Kultaharkko ry")
    logs = tmp_path / "temp"
    logs.mkdir()
    (logs / "bidkit-a.log").write_text(
        'Traceback (most recent call last):\n  File "/koti/liisa/kotihakemisto/skripti.py", line 3, in aarre\n'
        f'    print("kultaharkko")\n  File "{checks.__file__}", line 1, in examine\n'
        f"    {Path(checks.__file__).read_text(encoding='utf-8').splitlines()[0]}\n"
        "ValueError: Liisa Meikäläinen, 4711 815\n  kultaharkko\nAarre\n",
        encoding="utf-8",
    )
    (logs / "other.log").write_text("kultaharkko", encoding="utf-8")
    monkeypatch.setattr(tempfile, "tempdir", str(logs))
    monkeypatch.setenv("BIDKIT_LANGUAGE", "kultaharkko")
    surroundings = here(folder)
    run_ = assess(folder, as_of=DAY)
    data, names = bundle(surroundings, list(examine(surroundings, run_)), run_, Translator(language, FINDINGS))
    files = words_in(data)
    assert tuple(files) == names
    everything = "\n".join([*files, *files.values()]).lower()
    for word in CANARIES:
        assert word.lower() not in everything, word
    for text in ("esimerkkikatu", "esimerkkikunta", "valmentaja", "toimitusjohtaja", "palkkataulukko", "2027"):
        assert text not in everything, text


def test_what_the_bundle_does_tell(tmp_path):
    folder = with_canaries(tmp_path / "a")
    done = run("doctor", folder, *AS_OF, "--zip", tmp_path / "tuki.zip")
    assert done.code == 1
    assert f"Tein tukipaketin {tmp_path / 'tuki.zip'}. Siinä on:" in done.out
    assert "Tekstisi ja lukusi on peitetty (x ja 9). Katso paketti läpi ennen kuin lähetät sen." in done.out
    files = words_in((tmp_path / "tuki.zip").read_bytes())
    for name in files:
        assert f"  {name}" in done.out.splitlines()
    assert files["about.txt"].startswith("Tämä paketti auttaa bidkitin ylläpitäjää löytämään vian.")
    (staff,) = [text for name, text in files.items() if name.endswith("-staff.yaml.txt")]
    assert staff.splitlines() == [
        "- id: xxxxxxxxxx", "  title: xxxxxxxxxxxxx", "  roles: xxxxx", "  services: xxxxxxxxx",
        "  hours_per_week: 99,9", "  languages:", "    - {language: fi, level: native}", "  name: xxxxx xxxxxxxxxxx",
    ]  # fmt: skip
    (broken,) = [text for name, text in files.items() if name.endswith("-rivals.yaml.txt")]
    assert broken == "# BK107\n- id: xxxxxx xxxxx"
    assert "sites.yaml:5:15" in files["findings.txt"]
    assert "xxxxxxxxxxxx" in files["findings.txt"]
    assert "attachments/xx xxxxx xxxxxxxxxxx 9999.pdf" in files["files.txt"]
    assert re.search(r"^ +\d+  \d{4}-\d\d-\d\d \d\d:\d\d  organisation\.yaml$", files["files.txt"], re.MULTILINE)
    assert "KORJAA" not in files["doctor.txt"]
    assert "FIX   locks  Tiedosto xxxxxxxxxxx.xlsx on auki Officessa" in files["doctor.txt"]
    assert files["environment.txt"].startswith("bidkit: ")
    assert "click: 8." in files["environment.txt"]


def test_a_bundle_is_never_written_over(folder, tmp_path):
    (tmp_path / "tuki.zip").write_bytes(b"oma")
    assert run("doctor", folder, *AS_OF, "--zip", tmp_path / "tuki.zip").code == 0
    assert (tmp_path / "tuki.zip").read_bytes() == b"oma"
    assert zipfile.is_zipfile(tmp_path / "tuki (2).zip")
    failed = run("doctor", folder, *AS_OF, "--zip", tmp_path / "ei/tuki.zip")
    assert failed.code == 1
    assert "ei voi kirjoittaa" in failed.err


def test_a_workbook_is_masked_cell_by_cell():
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"author": "Liisa Meikäläinen", "company": "Kultaharkko"})
        sheet = book.add_worksheet("Palvelut")
        sheet.write_row(0, 0, ["Tunnus", "Nimi", "Nimi (sv)", "Aarteen paikka"])
        sheet.write_row(1, 0, ["kanaria", "Salaperäinen palvelu", "Zürich", 4711.5])
        sheet.write_formula(2, 3, '="kultaharkko"&D2', "", "kultaharkko4711")
        book.add_worksheet("Liisan omat").write(0, 0, "aarre")
    text = masking.workbook_text(buffer.getvalue())
    lines = text.splitlines()
    assert "## 1 Palvelut" in lines
    assert "A1 str: Tunnus" in lines
    assert "C1 str: Nimi (sv)" in lines
    assert "D1 str: xxxxxxx xxxxxx" in lines
    assert "B2 str: xxxxxxxxxxxx xxxxxxx" in lines
    assert "D2 Decimal: 9999.9" in lines
    assert 'D3 str: xxxxxxxxxxx9999 ="xxxxxxxxxxx"&x9' in lines
    assert "## 2 xxxxxx xxxx" in lines
    for word in CANARIES:
        assert word.lower() not in text.lower()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Äiti 12,50 €!", "xxxx 99,99 €!"),
        ("a\u0308b", "xxx"),
        ("٣½Ⅷ", "999"),
        ("\U0001f600 \x07", "? \x07"),
        ("漢字", "xx"),
    ],
)
def test_masks(text, expected):
    assert masking.mask(text) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("services.yaml", "services.yaml"),
        ("services/oma palvelu.yaml", "services/xxx xxxxxxx.yaml"),
        ("tiedot.xlsx", "tiedot.xlsx"),
        ("~$tiedot.xlsx", "~$tiedot.xlsx"),
        ("out/v0001", "out/v0001"),
        ("Liisa.meikalainen", "xxxxx.xxxxxxxxxxx"),
        ("C:\\Users\\liisa", "x:/xxxxx/xxxxx"),
    ],
)
def test_names_of_files(path, expected):
    assert masking.file_name(path) == expected


def test_every_example_leaves_no_sentence_in_the_bundle():
    """Whatever stands in quotes, after a colon or in a block of our examples: no three words of it in a row."""
    folder = EXAMPLES / "tyopolku"
    run_ = assess(folder, as_of=DAY)
    data, _ = bundle(here(folder), [], run_, WORDS)
    masked_text = "\n".join(text for name, text in words_in(data).items() if name.startswith(("input", "find")))
    for file in folder.rglob("*.yaml"):
        for words in re.findall(r"\w{4,} \w{3,} \w{3,}", file.read_text(encoding="utf-8")):
            assert words not in masked_text, words


def test_a_dossier_in_workbooks_is_read_and_masked_like_its_yaml_twin(tmp_path):
    book, own = tmp_path / "book", tmp_path / "own"
    staff = small.FILES["staff"] + "  name: Liisa Meikäläinen\n"
    small.write(own, staff=staff, **small.change("organisation", "Esimerkki ry", "Kanarialintu ry"))
    assert run("convert", own, book).code == 0
    found = lines_of(book)
    assert found["input"] == ["ok Aineisto luetaan työkirjoista: tarjouspyynto.xlsx, tiedot.xlsx."]
    assert found["deadline"] == ["ok Jättöaikaa on 31 päivää (15.2.2027 klo 12.00)."]
    data, names = bundle(here(book), [], assess(book, as_of=DAY), WORDS)
    assert {"input/001-tarjouspyynto.xlsx.txt", "input/002-tiedot.xlsx.txt"} <= set(names)
    files = words_in(data)
    everything = "\n".join(text for name, text in files.items() if not name.startswith("log/")).lower()
    for word in ("kanarialintu", "liisa", "meikäläinen", "esimerkkikatu", "esimerkkikunta", "toimipiste", "3134980"):
        assert word not in everything, word
    assert "A3 str: Nimi *\nB3 str: xxxxxxxxxxxx xx\n" in files["input/002-tiedot.xlsx.txt"]


def test_facts_are_masked_unless_they_are_known_to_be_ours():
    assert masked({"folder": "/koti/liisa", "version": "3.11", "other": "aarre 5", "day": DAY}) == {
        "folder": "/xxxx/xxxxx",
        "version": "3.11",
        "other": "xxxxx 9",
        "day": "99 xxx 9999",
    }


def test_states_are_three():
    assert {one.value for one in State} == {"ok", "fix", "note"}
