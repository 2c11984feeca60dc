"""Where a bid stands: `status` on one screen and the board page, at every stage of a dossier."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bidkit.cli.status import WIDTH, fit, look, reader, screen
from bidkit.diagnostics import Finding, Place, Severity, Word
from bidkit.i18n import Translator
from bidkit.model.cost import IncomeSource
from bidkit.overview import Source, Step, _funding
from bidkit.render import board_page
from tests import office, small
from tests.conftest import EXAMPLES, run
from tests.ooxml import all_strings, document_language, texts, validate_package

DAY = date(2027, 1, 15)
AS_OF = ("--as-of", "15.1.2027")


def lines_of(folder, day=DAY, language="fi"):
    _, seen = look(folder, day)
    words = Translator(language, reader().domains)
    return [line.replace("\xa0", " ") for line in screen(seen, folder, words)]


def test_a_whole_dossier_on_one_screen(tmp_path):
    folder = small.write(tmp_path / "a")
    done = run("status", folder, *AS_OF)
    assert done.code == 0
    assert done.out.splitlines() == [
        f"Tilanne 15.1.2027, kansio {folder}",
        "Työllistymistä tukevat valmennuspalvelut, Esimerkkikunta",
        "Järjestö        perustiedot, 1 toimipaikka",
        "Palvelut        1 palvelu, 1 asiakasryhmä",
        "Kustannukset    laskentaperusteet, 1 palkka, 1 kulu",
        "Henkilöstö      1 henkilö",
        "Näyttö          1 tulosrivi",
        "Tarjouspyyntö   perustiedot, 1 osa-alue",
        "Reunaehdot      2 reunaehtoa",
        "Hinnat          hinnoiteltuja hintarivejä 1/1",
        "Vastaukset      vastattuja laatukriteereitä 1/1, 1 kirjallinen vakuutus",
        "Liitteet        ei vielä",
        "Arvio           1 täyttyy, 0 ei täyty, 0 ei tietoa, 1 vakuutettu",
        "Hinta           44 616,00 € ilman alv:tä, 55 993,08 € alv:n kanssa",
        "Jättöaika       31 päivää jäljellä (viimeistään 15.2.2027 klo 12.00)",
        "Uusin versio    ei vielä",
        f"Seuraavaksi     tee tarjous: bidkit build {folder}",
    ]
    assert not (folder / "out").exists()


def test_what_is_open_is_named_with_its_place(tmp_path):
    folder = small.write(tmp_path / "a", **small.change("conditions", "clients: 8", "clients: 9"))
    lines = lines_of(folder)
    assert "Palvelut        1 palvelu, 1 asiakasryhmä, 1 kesken" in lines
    assert "Arvio           0 täyttyy, 1 ei täyty, 0 ei tietoa, 1 vakuutettu" in lines
    assert "Hylkäisi nyt    v1 Vähimmäiskapasiteetti" in lines
    assert (
        "Puuttuu ensin   services.yaml:19:44: Voimme palvella 8 asiakasta/pv, 1 asiakas/pv liian vähän...." not in lines
    )
    (first,) = [line for line in lines if line.startswith("Puuttuu ensin")]
    assert first.startswith("Puuttuu ensin   services.yaml:19:44: Voimme palvella 8 asiakasta/pv")
    assert lines[-1] == f"Seuraavaksi     korjaa yllä nimetyt kohdat: bidkit check {folder}"
    assert run("status", folder, *AS_OF).code == 1


def test_a_faulty_entry_is_counted_with_the_others(tmp_path):
    service = small.FILES["services"]
    second = service.replace("id: valmennus", "id: toinen").replace("dose: {hours: 16", "dose: {hours: monta")
    folder = small.write(tmp_path / "a", services=service + second)
    assert "Palvelut        2 palvelua, 1 asiakasryhmä, 1 kesken" in lines_of(folder)


ORGANISATION_ONLY = {noun: None for noun in small.FILES if noun != "organisation"}
NO_TENDER = dict.fromkeys(
    (
        "tender",
        "lots",
        "conditions",
        "criteria",
        "price_lines",
        "bid",
        "lot_offers",
        "prices",
        "answers",
        "attestations",
    )
)


@pytest.mark.parametrize(
    ("changed", "part", "step", "code"),
    [
        (ORGANISATION_ONLY, "Palvelut        puuttuu", Step.FILL_IN, 1),
        (NO_TENDER, "Tarjouspyyntö   puuttuu", Step.TENDER, 1),
        ({"organisation": "id: koe\n"}, "Järjestö        perustiedot, 1 toimipaikka, 1 kesken", Step.MEND, 1),
        ({"lot_offers": None}, "Hinnat          hinnoiteltuja hintarivejä 1/1", Step.FILL_IN, 1),
        (dict.fromkeys(small.FILES), "Järjestö        puuttuu", Step.BEGIN, 2),
        ({"services": ": ["}, "Palvelut        1 asiakasryhmä", Step.MEND_FILES, 2),
    ],
)
def test_every_stage_of_a_dossier(tmp_path, changed, part, step, code):
    folder = small.write(tmp_path / "a", **changed)
    assert part in lines_of(folder)
    assert look(folder, DAY)[1].step is step
    done = run("status", folder, *AS_OF)
    assert done.code == code
    told = json.loads(run("status", folder, *AS_OF, "--json").out)
    assert told["next"] == step.value


def test_no_folder_is_a_finding_and_not_a_screen(tmp_path):
    done = run("status", tmp_path / "ei", *AS_OF)
    assert done.code == 2
    assert "BK100" in done.out
    assert "Tilanne" not in done.out


def test_a_deadline_that_has_passed_comes_before_all_else(tmp_path):
    folder = small.write(tmp_path / "a")
    lines = lines_of(folder, date(2027, 2, 16))
    assert "Jättöaika       päättynyt (15.2.2027 klo 12.00)" in lines
    assert lines[-1] == "Seuraavaksi     katso tarjouspyynnöstä, onko jättöaikaa jatkettu"
    assert "Jättöaika       päättyy tänään (15.2.2027 klo 12.00)" in lines_of(folder, date(2027, 2, 15))


def test_the_newest_version_is_named(tmp_path):
    folder = small.write(tmp_path / "a")
    assert run("build", folder, *AS_OF).code == 0
    lines = lines_of(folder)
    assert "Uusin versio    v0001" in lines
    assert lines[-1] == f"Seuraavaksi     uusi tarjous, jos jokin on muuttunut: bidkit build {folder}"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("example", ["tyopolku", "puutteita", "pienhankinta"])
def test_a_screen_is_24_lines_of_100_characters(example, language):
    lines = lines_of(EXAMPLES / example, language=language)
    assert len(lines) <= 24
    assert max(map(len, lines)) <= WIDTH
    for line in lines:
        line.encode("cp1252")


def test_a_dossier_in_workbooks_stands_where_its_yaml_twin_does(tmp_path):
    small.write(tmp_path / "yaml")
    assert run("convert", tmp_path / "yaml", tmp_path / "book").code == 0
    assert lines_of(tmp_path / "book")[1:-1] == lines_of(tmp_path / "yaml")[1:-1]


def test_names_that_do_not_fit_are_counted():
    words = Translator("fi", ("board",))
    assert fit(["aaaa", "bbbb", "cccc"], 30, words) == "aaaa, bbbb, cccc"
    assert fit(["a" * 12, "b" * 12, "c" * 12], 30, words) == f"{'a' * 12} ja 2 muuta"


def source(kind, amount, end=None, start="1.1.2026"):
    row = {"id": "r", "title": "Raha", "kind": kind, "amount": amount, "start": start, "end": end}
    return IncomeSource.model_validate({k: v for k, v in row.items() if v is not None})


def test_the_funding_mix_sums_to_100_and_tells_what_ends():
    rows = [
        source("grant", "100", "15.1.2028"),  # the last day of twelve months
        source("own", "100", "16.1.2028"),  # a day later
        source("market", "100"),
        source("municipal", "500", "14.1.2027"),  # ended yesterday
        source("wage_subsidy", "500", start="16.1.2027"),  # begins tomorrow
    ]
    found = {one.kind: one for one in _funding(rows, DAY)}
    assert sum(one.share for one in found.values()) == 100
    assert sorted(one.share for one in found.values()) == [33, 33, 34]
    assert set(found) == {Word("grant"), Word("own"), Word("market")}
    assert (found[Word("grant")].ends, found[Word("grant")].ending) == (date(2028, 1, 15), 33)
    assert (found[Word("own")].ends, found[Word("own")].ending) == (None, 0)
    assert found[Word("grant")].amount == Decimal(100)
    assert _funding([], DAY) == ()


def test_the_funding_of_an_example_on_the_screen():
    lines = lines_of(EXAMPLES / "tyopolku")
    assert "Rahoitus        avustus 77 %, oma raha 11 %, palkkatuki 9 %, kunnan raha 3 %" in lines
    assert "Loppuu vuodessa avustus 77 % (31.12.2027 alkaen), palkkatuki 9 % (31.8.2027 alkaen)" in lines


# --- the board page --------------------------------------------------------------------------------
def many_gaps(folder):
    """Write a dossier with thirty open knock-outs with long texts."""
    conditions = "".join(
        f"- id: ehto-{n}\n  kind: statement\n  text: {'Pitkä vaatimus tarjouspyynnön sanoin. ' * 8}\n"
        for n in range(30)
    )
    return small.write(folder, conditions=conditions, attestations=None)


def test_the_page_says_what_the_screen_says(tmp_path):
    folder = small.write(tmp_path / "a", **small.change("conditions", "clients: 8", "clients: 9"))
    done = run("report", folder, *AS_OF)
    made = folder / "tilanne-2027-01-15.docx"
    assert done.code == 0
    assert done.out.splitlines()[0] == f"Kirjoitin tiedoston {made}."
    said = [text.replace("\xa0", " ") for text in texts(made.read_bytes())]
    assert said[:3] == [
        "Tarjouksen tilanne 15.1.2027",
        "Työllistymistä tukevat valmennuspalvelut, Esimerkkikunta, ESI/1/2027",
        "Avoimet kohdat on korjattava: niiden takia tarjous hylättäisiin tai sitä ei voi tehdä.",
    ]
    for text in (
        "1 palvelu, 1 asiakasryhmä, 1 kesken",
        "Tarjouspyynnön reunaehdot: 0 täyttyy, 1 ei täyty, 0 ei tietoa, 1 vakuutettu.",
        "Avoimet pakolliset ehdot, joista yksikin hylkää tarjouksen: v1 Vähimmäiskapasiteetti.",
        "services.yaml:19:44",
        "44 616,00 € ilman alv:tä, 55 993,08 € alv:n kanssa",
        "31 päivää jäljellä (viimeistään 15.2.2027 klo 12.00)",
        "Vain hallitukselle: tätä sivua ei lähetetä tilaajalle.",
    ):
        assert text in said, text


def test_a_page_is_never_written_over(tmp_path):
    folder = small.write(tmp_path / "a")
    (folder / "tilanne-2027-01-15.docx").write_text("oma", encoding="utf-8")
    assert run("report", folder, *AS_OF).code == 0
    assert run("report", folder, *AS_OF).code == 0
    assert (folder / "tilanne-2027-01-15.docx").read_text(encoding="utf-8") == "oma"
    names = sorted(p.name for p in folder.glob("*.docx"))
    assert names == ["tilanne-2027-01-15 (2).docx", "tilanne-2027-01-15 (3).docx", "tilanne-2027-01-15.docx"]
    one, other = ((folder / name).read_bytes() for name in names[:2])
    assert one == other


def test_where_the_page_goes(tmp_path):
    folder = small.write(tmp_path / "a")
    assert run("report", folder, *AS_OF, "--out", tmp_path / "hallitus.docx").code == 0
    assert run("report", folder, *AS_OF, "--out", tmp_path).code == 0
    assert (tmp_path / "hallitus.docx").is_file()
    assert (tmp_path / "tilanne-2027-01-15.docx").is_file()
    failed = run("report", folder, *AS_OF, "--out", tmp_path / "ei/ole.docx")
    assert failed.code == 2
    assert failed.err.startswith(f"Kansioon {tmp_path / 'ei'} ei voi kirjoittaa")
    assert run("report", tmp_path / "ei", *AS_OF).code == 2


@pytest.mark.parametrize(("language", "tag"), [("fi", "fi-FI"), ("sv", "sv-FI"), ("en", "en-GB")])
@pytest.mark.parametrize("example", ["tyopolku", "puutteita"])
def test_the_page_is_a_sound_file_without_an_author(example, language, tag):
    data = board_page.render(look(EXAMPLES / example, DAY)[1], language)
    assert validate_package(data) == []
    assert document_language(data) == tag
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        core = package.read("docProps/core.xml").decode()
        body = package.read("word/document.xml").decode()
    assert "creator" not in core
    assert "lastModifiedBy" not in core
    assert body.count("<w:tblHeader/>") == body.count("<w:tbl>") > 1
    assert '<w:pStyle w:val="Heading1"/>' in body
    assert str(EXAMPLES) not in all_strings(data)


def test_many_findings_are_shortened_and_counted(tmp_path):
    said = texts(board_page.render(look(many_gaps(tmp_path / "a"), DAY)[1], "fi"))
    assert "Taulukossa ovat kiireellisimmät; lisäksi avoinna on 21 muuta." in said
    assert sum(text.startswith("conditions.yaml:") for text in said) == 9
    (names,) = [text for text in said if text.startswith("Avoimet pakolliset ehdot")]
    assert names.endswith(" ja 25 muuta.")


def longest(folder):
    """Return an overview in which everything is as long as it can be."""
    seen = look(folder, DAY)[1]
    place = Place(f"{'pitkä-tiedostonimi' * 9}.yaml", "123:45")
    findings = [Finding(f"BK{n}", Severity.ERROR, place, "Sana joka toistuu uudestaan " * 30) for n in range(40)]
    kinds = ("market", "grant", "wage subsidy", "municipal", "own")
    funding = tuple(Source(Word(kind), Decimal(1), 20, DAY, 20) for kind in kinds)
    tender = seen.tender.model_copy(update={"title": {"": "Pitkä otsikko " * 40}})
    parts = tuple(replace(part, told=part.told * 3) for part in seen.parts)
    return replace(seen, tender=tender, pressing=tuple(findings), funding=funding, parts=parts)


@pytest.mark.office
def test_it_is_one_page_whatever_is_open(tmp_path):
    """Long texts, thirty gaps, three languages, and a dossier of which hardly anything is there."""
    many, begun = many_gaps(tmp_path / "many"), small.write(tmp_path / "begun", **ORGANISATION_ONLY)
    files = []
    for name, folder in (("many", many), ("begun", begun), *((n, EXAMPLES / n) for n in ("tyopolku", "puutteita"))):
        for language in ("fi", "sv", "en"):
            file = tmp_path / f"{name}-{language}.docx"
            file.write_bytes(board_page.render(look(folder, DAY)[1], language))
            files.append(file)
    files.append(tmp_path / "longest.docx")
    files[-1].write_bytes(board_page.render(longest(many), "fi"))
    for pdf in office.pdf(files, tmp_path / "pdf"):
        assert office.page_count(pdf) == 1, pdf.name
    for name in ("many-fi", "longest"):
        (text,) = office.pdf_text(tmp_path / f"pdf/{name}.pdf")
        assert "Vain hallitukselle" in text
