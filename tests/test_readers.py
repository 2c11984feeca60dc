"""The second opinion of `verify`: python-docx and openpyxl read what they did not write."""

import io

import pytest
import xlsxwriter
from docx import Document

from bidkit.diagnostics import Place
from bidkit.i18n import FINDINGS, Translator
from bidkit.publish.readers import second_opinion
from tests import small
from tests.conftest import run

FI = Translator("fi", FINDINGS)
PLACE = Place("v0001/x")


def said(path, data):
    return [(f.code, str(f.place), FI.sentence(f)) for f in second_opinion(PLACE, path, data)]


def word(*texts):
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(*cells):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Hinnat")
        for row, (formula, value) in enumerate(cells):
            page.write_formula(row, 0, formula, None, value)
    return out.getvalue()


def test_good_files_are_silent():
    assert said("tarjous.docx", word("Tarjous")) == []
    assert said("hinnoittelu.xlsx", sheet(("=1+1", 2), ("=2*0", 0))) == []


def test_a_document_without_text():
    assert said("tarjous.docx", word("", " ")) == [
        ("BK524", "v0001/x", "Toisen tekijän lukija ei löydä tiedostosta ”tarjous.docx” yhtään tekstiä.")
    ]


@pytest.mark.parametrize(("value", "shown"), [("#REF!", "#REF!"), ("", "–")])
def test_a_formula_without_a_usable_value(value, shown):
    assert said("hinnoittelu.xlsx", sheet(("=1+1", 2), ("=A1*2", value))) == [
        (
            "BK525",
            "v0001/x › Hinnat › A2",
            f"Tiedoston ”hinnoittelu.xlsx” solun Hinnat!A2 kaavalla ei ole kelvollista tallennettua arvoa ({shown}).",
        )
    ]


def test_a_file_that_no_reader_opens():
    (finding,) = said("tarjous.docx", b"PK\x03\x04 not a package")
    assert finding[0] == "BK523"


def test_a_build_pleases_both_readers(tmp_path):
    folder = small.write(tmp_path / "a")
    assert run("build", str(folder), "--as-of", "15.1.2027").code == 0
    assert run("verify", str(folder / "out")).code == 0
