"""Findings about cells speak the words of their workbook: its sheets, headings and choices, never the YAML's names."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import openpyxl
import pytest
import yaml
from pydantic import BaseModel

from bidkit import conditions
from bidkit.diagnostics import Fact, Finding, Message, Name, Place
from bidkit.dossier import sheets
from bidkit.dossier.load import load
from bidkit.dossier.workbook_writer import workbooks
from bidkit.dossier.written import written
from bidkit.i18n import FINDINGS, Translator
from bidkit.messages import checking, document, loading, pricing, resolving, values, workbook
from bidkit.model.dossier import NOUNS
from bidkit.model.names import SHEETS, called, heading
from bidkit.pipeline import assess
from bidkit.render.context import judged
from bidkit.render.context.writer import Writer
from tests.conftest import EXAMPLES
from tests.test_house import SOURCES, catalogue_of, marked

AS_OF = date(2027, 1, 15)
LANGUAGES = ("fi", "sv", "en")
READERS = {language: Translator(language, FINDINGS, called) for language in LANGUAGES}
REFERENCE = re.compile(r"\{([@=][\w.]+)(?::([A-Za-z]+))?\}")

# What a text may say though it is also a name of the model.
FOLDER = "attachments"  # the folder beside the workbooks
ALIKE = {
    "fi": {"on", "ict", FOLDER, "language"},  # "on" is Finnish for is; --language is an option
    "sv": {"id", "text", "per", "period", "start", "version", "full", "se", "ict", FOLDER, "language"},
}


ELSEWHERE = {"BK297"}  # about a file that is no workbook: the columns of the decision table


def _of_the_model() -> tuple[set[str], set[str]]:
    """Return every name of a noun or field, and every code that a field or parameter takes."""
    names, codes, seen = set(NOUNS), set(conditions.kinds()), set()

    def walk(annotation: Any) -> None:
        if get_origin(annotation) is Literal:
            codes.update(map(str, get_args(annotation)))
        if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in seen:
            seen.add(annotation)
            for field, info in annotation.model_fields.items():
                names.add(info.alias or field)
                walk(info.annotation)
        for part in get_args(annotation):
            walk(part)

    for model in (*(noun.model for noun in NOUNS.values()), *map(conditions.kind, conditions.kinds())):
        walk(model)
    return names, codes


NAMES, CODES = _of_the_model()


def strange(text: str, language: str) -> list[str]:
    """Return the words of ``text`` that are names of the model, which a workbook does not show."""
    bare = re.sub(r"services\.valmennus\.dose\.hours", "", text)  # a reference in braces is typed so in a cell too
    words = [one for one in re.findall(r"[A-Za-z_]\w*(?:\.\w+)*", bare) if one != "_"]  # the sign itself is meant
    if language == "en":  # an English sentence may well say “price” or “staff”
        return [one for one in words if "_" in one and one in NAMES | CODES]
    return [one for one in words if "_" in one or (one in NAMES | CODES and one not in ALIKE[language])]


# --- every wording -----------------------------------------------------------------------------------
def _wordings() -> Iterator[tuple[str, str]]:
    """Yield every text that a finding about a cell may have, with where it is from."""
    for module in (checking, document, loading, pricing, resolving, values, workbook):
        for value in vars(module).values():
            if isinstance(value, Message) and value.code not in ELSEWHERE:
                yield from ((value.code, one) for one in (value.text, value.in_cell or value.hint) if one)
    for path in SOURCES:
        if path.parent.name == "conditions":
            yield from ((path.stem, text) for text in marked(path) if "{" in text or text.endswith("."))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_wording_about_a_cell_names_what_only_yaml_shows(language):
    found = catalogue_of(language)
    texts = [(code, re.sub(r"\{[^}]*\}", "", found.get(text, text))) for code, text in _wordings()]
    assert len(texts) > 300
    # a page says what a parameter takes: there the codes are meant
    pages = {info.description for kind in map(conditions.kind, conditions.kinds()) for info in fields_of(kind)}
    shown = {found.get(page, page) for page in pages}
    bad = [(code, words, text) for code, text in texts if text not in shown and (words := strange(text, language))]
    assert bad == []


def fields_of(model: Any) -> list[Any]:
    return list(model.model_fields.values())


def test_every_name_in_a_wording_is_one_of_the_model():
    texts = {text for path in SOURCES for text in marked(path)}
    for language in ("fi", "sv"):
        texts |= set(catalogue_of(language).values())
    found = {(Name.of(at[1]), at[2]) for text in texts for at in REFERENCE.finditer(text)}
    assert len(found) > 40
    for name, form in found:
        assert form in (None, "in", "to", "from", "bare")
        if name.code:
            assert name.code in CODES, name
        elif name.field:
            assert heading(name), name
        else:
            assert (name.noun,) in SHEETS, name


def test_every_column_is_called_by_its_heading():
    for language in LANGUAGES:
        words = sheets.words(language)
        for sheet in sheets.layout():
            title = words.text(sheet.title)
            shared = any(sheets.words(one).text(sheet.title) == title for one in LANGUAGES if one != language)
            place, reader = Place("x.xlsx", f"{title}!A1"), language if shared else "fi"
            for column in sheet.columns:
                if column.kind in ("parent", "parameter"):
                    continue
                name = Name(".".join((sheet.noun, *sheet.path)), ".".join(column.path))
                assert called(name, place, reader) == column.title(words)


# --- dossiers with faults ----------------------------------------------------------------------------
def as_workbooks(source: Path, folder: Path, language: str = "fi") -> Path:
    dossier = load(source).dossier
    assert dossier is not None
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in workbooks(written(dossier), language, examples=False).items():
        (folder / name).write_bytes(data)
    return folder


def _conditions(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    file = folder / "conditions.yaml"
    entries = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    for entry in entries:
        change(entry)
    file.write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _figures(to: str) -> Callable[[Path], None]:
    def change(entry: dict[str, Any]) -> None:
        for name, value in entry.get("parameters", {}).items():
            if isinstance(value, str) and re.fullmatch(r"\d[\d ]*(,\d+)?( ?%)?", value) and len(value) < 12:
                entry["parameters"][name] = to

    return lambda folder: _conditions(folder, change)


def _no_parameters(folder: Path) -> None:
    _conditions(folder, lambda entry: entry.pop("parameters", None))


def _without(*nouns: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        for noun in nouns:
            (folder / f"{noun}.yaml").unlink()

    return change


def _cells(value: object) -> Callable[[Path], None]:
    """Fill the second row of every sheet, but its first cell; of forms, every third value."""

    def change(folder: Path) -> None:
        for file in folder.glob("*.xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
            for sheet in book.worksheets:
                if sheet["B1"].value in ("Vastaus", "Tieto", "Svar", "Uppgift") or sheet.max_column <= 4:
                    cells = [sheet.cell(row, 2) for row in range(3, sheet.max_row + 1, 3)]
                else:
                    cells = [sheet.cell(2, column) for column in range(2, sheet.max_column + 1)]
                for cell in cells:
                    cell.value = value
            book.save(file)

    return change


YAML_FAULTS: dict[str, Callable[[Path], None]] = {
    "too much is asked": _figures("9000"),
    "too little is allowed": _figures("1"),
    "nothing is said of limits": _no_parameters,
    "no evidence": _without("certificates", "insurances", "references", "attestations", "attachments"),
    "no people": _without("staff", "answers", "sites", "partners"),
}
CELL_FAULTS = {"nonsense in cells": _cells("???"), "empty cells": _cells(None)}


@pytest.fixture(scope="module")
def every_fault(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> list[Finding]:
    """Return the findings of many faulty dossiers in workbooks."""
    import shutil

    found: list[Finding] = []
    for name, fault in YAML_FAULTS.items():
        home = tmp_path_factory.mktemp("dossier")
        shutil.copytree(EXAMPLES / "tyopolku", home / "yaml")
        fault(home / "yaml")
        run = assess(as_workbooks(home / "yaml", home / "xlsx"), as_of=AS_OF)
        assert run.assessment is not None, name
        found += run.findings
    for fault in CELL_FAULTS.values():
        folder = as_workbooks(EXAMPLES / "tyopolku", tmp_path_factory.mktemp("cells"))
        fault(folder)
        found += assess(folder, as_of=AS_OF).findings
    found += assess(as_workbooks(EXAMPLES / "puutteita", tmp_path_factory.mktemp("puutteita")), as_of=AS_OF).findings
    return found


def typed_by_user(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        if isinstance(fact, tuple):
            yield from typed_by_user(fact)
        elif isinstance(fact, str):
            yield fact


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_finding_about_a_cell_names_what_only_yaml_shows(every_fault, language):
    assert len({one.code for one in every_fault}) > 50
    words = READERS[language]
    bad = []
    for one in every_fault:
        own = set(typed_by_user(one.facts.values()))
        for said in (words.sentence(one), words.hint(one)):
            text = said
            for typed in sorted((t for t in own if len(t) > 1), key=len, reverse=True):
                text = text.replace(typed, "")
            bad += [(str(one.place), one.code, word, text) for word in strange(text, language)]
    assert bad == []


# --- the words themselves ----------------------------------------------------------------------------
EXPECTED = [
    (
        "Tulokset › C2",
        "Tunnusta ”yrittajat” ei ole välilehdellä Asiakasryhmät.",
        "lisää se välilehdelle Asiakasryhmät.",
    ),
    ("Palvelut › I2", "Tekstin ”Sisältö” viittaus ”services.valmennus.dose.tunnit” ei osoita", "Korjaa aaltosulkeiden"),
    ("Palvelut › P2", "Tekstiä ”Menetelmät” ei ole tarjouksen kielellä (fi).", "jonka otsikon lopussa on (fi)"),
    ("Hinnat › E2", "mutta täysi kustannus on", "kirjoita kohtaan ”Perustelu alihinnalle”, miksi"),
    (
        "Hinnat › G3",
        "arvonlisäveroasemaa ei tiedetä",
        "kirjoita ”arvonlisäverollinen”, ”veroton palvelu” tai ”ei arvonlisäverovelvollinen” perusteineen.",
    ),
    ("Hinnat › E5", "yksikköhinta on 0", "Anna hinta tai valitse hinnoittelutavaksi ”ei tarjota”."),
    (
        "Palvelut › Z2",
        "15 työpäivää",
        "Pienennä kohdan Palvelut › valmennus kenttää ”Työpäiviä aloitukseen” tiedostossa tiedot.xlsx, jos",
    ),
    ("Todistukset › E2", "78 päivää", "korjaa kohdan Todistukset › verot kenttä ”Myönnetty” tiedostossa tiedot.xlsx."),
    ("Vaatimukset › A9", "Kukaan ei ole", "Lisää välilehdelle Vahvistukset merkintä reunaehdolle e8:"),
    (
        "Tarjous › B5",
        "Tarjous on voimassa",
        "Kirjoita kenttään ”Voimassa asti” tiedostossa tarjouspyynto.xlsx päiväksi",
    ),
    (
        "Hintarivit › A7",
        "Hinnoittelematta: rivi 1.6",
        "Lisää hinta riville h6 välilehdelle Hinnat tai jätä osa-alue pois välilehdeltä Tarjottavat osat.",
    ),
    ("Pyydetyt liitteet › A2", "Puuttuu", "Lisää välilehdelle Liitteet liite, jonka kenttä ”Pyydetty liite” nimeää"),
    ("Kumppanit › A1", "Välilehdellä Kumppanit ei ole yhtään kohtaa.", "Täytä rivi"),
    ("Järjestö › B20", "Tekstissä ”Esittely” on lukuja", "Korvaa luku"),
]


def said_at(findings: Iterable[Finding], words: Translator) -> dict[str, tuple[str, str]]:
    return {str(one.place).partition(" › ")[2]: (words.sentence(one), words.hint(one)) for one in findings}


def test_the_faults_of_the_example_are_told_in_the_words_of_its_workbooks(tmp_path):
    folder = as_workbooks(EXAMPLES / "puutteita", tmp_path)
    told = said_at(assess(folder, as_of=AS_OF).findings, READERS["fi"])
    for place, sentence, hint in EXPECTED:
        assert sentence in told[place][0].replace("\xa0", " "), place
        assert hint in told[place][1].replace("\xa0", " "), place


def test_the_words_are_those_of_the_workbook_whoever_reads(tmp_path):
    folder = as_workbooks(EXAMPLES / "puutteita", tmp_path, "sv")
    findings = assess(folder, as_of=AS_OF).findings
    assert {one.place.file for one in findings} == {"uppgifter.xlsx", "anbudsforfragan.xlsx"}
    for language, hint in (
        ("fi", "Anna hinta tai valitse hinnoittelutavaksi ”erbjuds inte”."),
        ("sv", "Ange ett pris eller välj prissättningen ”erbjuds inte”."),
        ("en", "Give a price, or choose the strategy “erbjuds inte”."),
    ):
        assert said_at(findings, READERS[language])["Priser › E5"][1] == hint


def test_a_text_file_is_told_what_is_typed_there():
    words = READERS["fi"]
    facts = {"field": Name("services", "dose.hours"), "noun": Name("lots"), "row": Name("lots", entry="a")}
    told = words.about(Place("services.yaml", "4:7")).text(
        "{field} {field:bare} {noun:In} {row} {=not_offered}", **facts
    )
    assert told == "dose.hours dose.hours Tiedostossa lots lots.a not_offered"
    told = words.about(Place("tiedot.xlsx", "Palvelut!D7")).text(
        "{field} {field:bare} {noun:in} {row} {=not_offered}", **facts
    )
    assert told == (
        "”Annos: Tunnit yhteensä” Annos: Tunnit yhteensä välilehdellä Osa-alueet Osa-alueet › a ”ei tarjota”"
    )


def test_explanations_of_verdicts_speak_the_same_words(tmp_path, run_bidkit):
    import json
    import shutil

    shutil.copytree(EXAMPLES / "tyopolku", tmp_path / "yaml")
    _no_parameters(tmp_path / "yaml")
    folder = as_workbooks(tmp_path / "yaml", tmp_path / "xlsx")
    told = json.loads(run_bidkit("check", folder, "--as-of", "15.1.2027", "--json").out)
    told_of = [verdict["explanation"] for verdict in told["verdicts"] if verdict["condition"] == "7.4"]
    limits = "Reunaehdosta puuttuu raja; tarvitaan jokin näistä: ”Pienin ryhmäkoko”, ”Suurin ryhmäkoko”."
    assert set(told_of) == {limits}
    found = [one for one in told["findings"] if one["code"] == "BK308"]
    assert {one["message"] for one in found} == {limits}
    assert found[0]["facts"]["fields"] == ["minimum", "maximum"]  # a machine reads the names of the model


@pytest.mark.parametrize("form", ["yaml", "xlsx"])
def test_the_bid_names_what_a_row_is_about_and_never_the_row(tmp_path, form):
    """The buyer reads the title of a reference, whatever form the dossier has."""
    folder = EXAMPLES / "tyopolku" if form == "yaml" else as_workbooks(EXAMPLES / "tyopolku", tmp_path)
    assessment = assess(folder, as_of=AS_OF).assessment
    rows = {one["number"]: one["explanation"] for one in judged.conditions(Writer(assessment))}
    reference = next(one for one in assessment.judgements if one.condition.entry.kind == "reference_recency")
    row = reference.verdict.facts["row"]
    assert isinstance(row, Name)
    assert row.noun == "references"
    assert row.typed not in rows[reference.condition.entry.id]
    assert not [text for text in rows.values() if re.search(r"\b(references|staff|services)\.\w", text)]
