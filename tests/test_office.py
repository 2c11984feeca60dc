"""The oracle is judged: it recalculates truly, reports a planted number, and sees text that got lost."""

from __future__ import annotations

import io
import sys

import docx
import pytest
import xlsxwriter

from . import office
from .test_ooxml import DOC, good_document, good_workbook, spoil

pytest_plugins = ["pytester"]


def workbook(results: dict[str, object]) -> bytes:
    """A small price sheet; ``results`` are the stored values of its formula cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    money, share = book.add_format({"num_format": '#,##0.00 "€"'}), book.add_format({"num_format": "0.00 %"})
    sheet = book.add_worksheet("Hinnat")
    sheet.write_row("A1", [40.05, 0.255])
    for cell, formula, look in (
        ("A2", "=ROUND(A1*B1,2)", None),
        ("A3", "=ROUND(A1+A2,2)", money),
        ("A4", '=IF(A3>50,"yli","alle")', None),
        ("A5", "=A1/3", None),
        ("A6", "=B1/7", share),
        ("A7", '=IF(A3>50,"","x")', None),
        ("A8", "=A3>50", None),
    ):
        sheet.write_formula(cell, formula, look, results[cell])
    book.close()
    return buffer.getvalue()


RIGHT: dict[str, object] = {
    "A2": 10.21,
    "A3": 50.26,
    "A4": "yli",
    "A5": 40.05 / 3,
    "A6": 0.255 / 7,
    "A7": "",
    "A8": True,
}
WRONG = {
    "poisoned": ("A3", 777, "Hinnat!A3 (=ROUND(A1+A2,2)): 777 is stored, 50.26 is right"),
    "a cent": ("A2", 10.22, "Hinnat!A2 (=ROUND(A1*B1,2)): 10.22 is stored, 10.21 is right"),
    "text": ("A4", "alle", "Hinnat!A4 (=IF(A3>50,\"yli\",\"alle\")): 'alle' is stored, 'yli' is right"),
    "number for text": ("A4", 1, 'Hinnat!A4 (=IF(A3>50,"yli","alle")): 1 is stored, \'yli\' is right'),
    "sixth decimal": ("A5", 13.350001, "Hinnat!A5 (=A1/3): 13.350001 is stored, 13.35 is right"),
    "rounded share": ("A6", 0.0364, "Hinnat!A6 (=B1/7): 0.0364 is stored, 0.0364285714285714 is right"),
    "truth": ("A8", False, "Hinnat!A8 (=A3>50): False is stored, True is right"),
}


@pytest.mark.office
def test_recalculation_reports_each_wrong_result_and_no_right_one(tmp_path):
    files = {}
    for name, (cell, value, _) in {"right": ("A8", True, ""), **WRONG}.items():
        files[name] = tmp_path / f"{name}.xlsx"
        files[name].write_bytes(workbook(RIGHT | {cell: value}))
    files["uncached"] = tmp_path / "uncached.xlsx"
    files["uncached"].write_bytes(office.without_results(workbook(RIGHT)))
    fresh = dict(zip(files, office.recalculate(list(files.values()), tmp_path / "out"), strict=True))

    found = {name: office.compare_with_cache(file, fresh[name]) for name, file in files.items()}
    assert found.pop("right") == []
    assert found.pop("uncached")[:2] == [
        "Hinnat!A2 (=ROUND(A1*B1,2)): no result is stored, 10.21 is right",
        "Hinnat!A3 (=ROUND(A1+A2,2)): no result is stored, 50.26 is right",
    ]
    assert found == {name: [message] for name, (_, _, message) in WRONG.items()}
    assert office.cell_values(fresh["poisoned"])["Hinnat", "A3"] == 50.26


@pytest.mark.parametrize(
    ("stored", "fresh", "money", "fault"),
    [
        (0.005, 0.0049999999999, True, "another cent"),
        (0.005, 0.0049999999999, False, ""),
        (2, 2.0, True, ""),
        (1, True, False, "True is right"),
        (1e9, 1e9 + 0.01, True, "another cent"),
        (1.5, "#DIV/0!", False, "computes the error #DIV/0!"),
        (None, None, False, ""),
        ("x", None, False, "None is right"),
    ],
)
def test_difference_of_two_results(stored, fresh, money, fault):
    found = office._difference(stored, fresh, money)
    assert (fault in found) if fault else found == ""


def test_results_are_stripped_from_formulas_only(tmp_path):
    bare = tmp_path / "bare.xlsx"
    bare.write_bytes(office.without_results(good_workbook()))
    values = office.cell_values(bare)
    assert values["Hinnat ja muut", "B2"] == 2.5
    assert ("Hinnat ja muut", "A3") not in values


@pytest.mark.office
def test_pages_are_printed_drawn_and_read(tmp_path):
    document = docx.Document()
    document.add_paragraph("Ensimmäinen sivu")
    document.add_page_break()
    document.add_paragraph("Toinen sivu")
    source = tmp_path / "kaksi [1] sivua.docx"
    document.save(source)
    (printed,) = office.pdf([source], tmp_path / "pdf")
    assert office.page_count(printed) == 2
    assert [text.strip() for text in office.pdf_text(printed)] == ["Ensimmäinen sivu", "Toinen sivu"]
    drawn = office.pages(printed, tmp_path / "png")
    assert [p.read_bytes()[:4] for p in drawn] == [b"\x89PNG"] * 2


@pytest.mark.office
def test_opening_in_libreoffice_loses_no_text(tmp_path):
    good = tmp_path / "hyvä.docx"
    good.write_bytes(good_document())
    assert office.text_loss(good, tmp_path / "out") == []


@pytest.mark.office
def test_text_that_libreoffice_cannot_show_is_reported(tmp_path):
    """A paragraph straight inside a table row is text for `texts`, and no reader shows it."""
    bad = tmp_path / "huono.docx"
    stray = "<w:tr><w:p><w:r><w:t>kadonnut</w:t></w:r></w:p>"
    bad.write_bytes(spoil(good_document(), DOC, "<w:tr>", stray))
    assert office.text_loss(bad, tmp_path / "out") == ["kadonnut"]


@pytest.mark.office
def test_a_file_that_cannot_be_converted_is_named(tmp_path):
    broken = tmp_path / "rikki.docx"
    broken.write_bytes(good_document()[:3000])
    with pytest.raises(AssertionError, match=r"LibreOffice made no rikki\.pdf"):
        office.pdf([broken], tmp_path / "out")


def test_a_program_that_hangs_is_ended_with_its_children():
    """The child holds the same pipe open: reading it ends only when both are gone."""
    sleep = "import time; time.sleep(600)"
    parent = f"import subprocess, sys; print('käyn', flush=True); subprocess.run([sys.executable, '-c', {sleep!r}])"
    with pytest.raises(AssertionError, match="was not ready in 2 s"):
        office._run([sys.executable, "-c", parent], 2)


@pytest.mark.parametrize(("ci", "outcome"), [("", "skipped"), ("true", "errors")])
def test_without_libreoffice_a_marked_test_is_skipped_and_fails_in_ci(pytester, monkeypatch, ci, outcome):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(office, "soffice", lambda: None)
    pytester.makeini("[pytest]\nmarkers = office: needs it")
    pytester.makeconftest("from tests.conftest import pytest_runtest_setup")
    pytester.makepyfile("import pytest\n@pytest.mark.office\ndef test_x(): pass\ndef test_y(): pass")
    result = pytester.runpytest_inprocess("-rs", "-p", "no:cacheprovider")
    result.assert_outcomes(**{"passed": 1, outcome: 1})
    result.stdout.fnmatch_lines(["*LibreOffice (soffice) is not installed*"])
