"""The reader of workbooks: each fact of the format on a workbook made by hand, and openpyxl as a second opinion."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bidkit.diagnostics import Refused
from bidkit.dossier._xlsx_values import Format, Shows, format_of
from bidkit.dossier.xlsx import Book, Cell, a1, letters, read_book
from bidkit.i18n import Translator

from . import office
from .bombs import BOOK, DEFAULTS, HEAD, MAIN, RELATIONS, SHEET, STYLES, book, sheet

ENGLISH = Translator("en")
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def rows_of(rows: str, **options: str) -> dict[int, dict[int, Cell]]:
    """Return the cells of a sheet made of ``rows``, which must be read without a word."""
    found = read_book(book(sheet=sheet(rows, **options)), "t.xlsx")
    assert found.findings == ()
    return found.sheets[0].rows


def cell(xml: str, code: str | None = None, *, since_1904: bool = False) -> Cell:
    """Return the cell B2 of a workbook in which it is the only one, with the number format ``code``."""
    workbook = str(DEFAULTS[BOOK])
    if since_1904:
        workbook = workbook.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    styles = str(DEFAULTS[STYLES]).replace(
        "d.m.yyyy", (code or "d.m.yyyy").replace("&", "&amp;").replace('"', "&quot;")
    )
    data = book({BOOK: workbook, STYLES: styles, SHEET: sheet(f'<row r="2">{xml}</row>')})
    return read_book(data, "t.xlsx").sheets[0].rows[2][2]


def number(text: str, code: str = "General", *, since_1904: bool = False) -> Cell:
    return cell(f'<c r="B2" s="1"><v>{text}</v></c>', code, since_1904=since_1904)


def said(data: bytes) -> list[tuple[str, str, str]]:
    """Return code, spot and sentence of what is found in a workbook that can be read."""
    found = read_book(data, "t.xlsx").findings
    return [(one.code, one.place.spot, ENGLISH.sentence(one)) for one in found]


# --- numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("7", "7"),
        ("0012", "12"),
        ("12.5", "12.5"),
        ("8.3333330000000001", "8.333333"),
        ("0.1", "0.1"),
        ("0.29999999999999999", "0.3"),
        ("1.1000000000000001", "1.1"),
        ("-3", "-3"),
        ("1E-3", "0.001"),
        ("1.5E+3", "1500"),
        ("12.0", "12"),
        ("-0", "0"),
        ("123456789012345678", "123456789012345678"),
        (" 5 ", "5"),
    ],
)
def test_a_number_is_what_was_typed(written, value):
    found = number(written)
    assert isinstance(found.value, Decimal)
    assert found.value == Decimal(value)
    assert str(found.value.normalize()) == str(Decimal(value).normalize())


@pytest.mark.parametrize("written", ["1_000", "nan", "inf", "-Infinity", "1e999", "12,5", "0x10", "１２", "12 5", "x"])
def test_what_is_no_number_is_told_at_its_cell(written):
    data = book(sheet=sheet(f'<row r="2"><c r="B2"><v>{written}</v></c><c r="C2"><v>1</v></c></row>'))
    assert said(data) == [
        ("BK185", "Palvelut!B2", f"The cell cannot be read as it is, because “{written}” is not a number.")
    ]
    assert read_book(data, "t.xlsx").sheets[0].rows == {2: {3: Cell(Decimal(1))}}


# --- formats ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", Format()),
        ("Standard", Format()),
        ("@", Format()),
        ("0", Format(places=0)),
        ("0.00", Format(places=2)),
        ("#,##0.00", Format(places=2)),
        ("#,##0.00 €", Format(places=2)),
        ('#,##0.00\\ "€"', Format(places=2)),
        ("#,##0.00\\ [$€-40B]", Format(places=2)),
        ('_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', Format(places=2)),
        ('0.0" days"', Format(places=1)),
        ("0\\ \\h", Format(places=0)),
        ("[Red]0.000", Format(places=3)),
        ('[>=100]0;"small"', Format(places=0)),
        ("0 %", Format(percent=True, places=0)),
        ("0.0%", Format(percent=True, places=1)),
        ('0.0"%"', Format(places=1)),
        ("# ?/?", Format()),
        ("0.00E+00", Format()),
        ("0.0,", Format()),
        ('"yes";"yes";"no"', Format()),
        ("d.m.yyyy", Format(Shows.DATE)),
        ("[$-40B]d. mmmm yyyy;@", Format(Shows.DATE)),
        ("mmm", Format(Shows.DATE)),
        ("yyyy", Format(Shows.DATE)),
        ("d.m.yyyy h:mm", Format(Shows.MOMENT)),
        ("h:mm", Format(Shows.TIME)),
        ("h:mm AM/PM", Format(Shows.TIME)),
        ("mm:ss.0", Format(Shows.TIME)),
        ("[h]:mm", Format(Shows.LENGTH)),
        ("[mm]:ss", Format(Shows.LENGTH)),
        ('0;"d.m.yyyy"', Format(places=0)),
    ],
)
def test_a_format_says_what_a_number_is(code, expected):
    assert format_of(164, code) == expected


def test_excels_own_formats_are_known_by_their_number():
    dates = [n for n in range(164) if format_of(n, None).shows is not Shows.NUMBER]
    assert dates == [*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)]
    assert format_of(9, None) == Format(percent=True, places=0)
    assert format_of(2, None) == format_of(44, None) == Format(places=2)
    assert format_of(14, "0.0") == Format(places=1), "a definition of the workbook goes before"


def test_per_cent_keeps_the_stored_value():
    assert number("0.3", "0 %") == Cell(Decimal("0.3"), percent=True, places=0)
    assert number("30", "0") == Cell(Decimal(30), places=0)
    assert number("8.333333", "0.00") == Cell(Decimal("8.333333"), places=2)


# --- dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("serial", "code", "value"),
    [
        ("46418", "d.m.yyyy", date(2027, 1, 31)),
        ("46418.5", "d.m.yyyy", datetime(2027, 1, 31, 12)),
        ("46418", "d.m.yyyy h:mm", datetime(2027, 1, 31)),
        ("46418.416666666664", "d.m.yyyy h:mm", datetime(2027, 1, 31, 10)),
        ("46418.999999999", "d.m.yyyy h:mm", datetime(2027, 2, 1)),
        ("1", "d.m.yyyy", date(1900, 1, 1)),
        ("59", "d.m.yyyy", date(1900, 2, 28)),
        ("61", "d.m.yyyy", date(1900, 3, 1)),
        ("2958465", "d.m.yyyy", date(9999, 12, 31)),
        ("0.3541666666666667", "h:mm", timedelta(hours=8, minutes=30)),
        ("46418.25", "h:mm", datetime(2027, 1, 31, 6)),
        ("1.5", "[h]:mm", timedelta(hours=36)),
        ("-0.25", "[h]:mm", -timedelta(hours=6)),
    ],
)
def test_a_serial_is_a_date_by_its_format(serial, code, value):
    found = number(serial, code)
    assert (found.value, type(found.value)) == (value, type(value))
    assert found.serial == Decimal(repr(float(serial)))
    assert number(serial).value == Decimal(serial)


def test_a_workbook_may_count_from_1904():
    assert number("44956", "d.m.yyyy", since_1904=True).value == date(2027, 1, 31)
    assert number("0", "d.m.yyyy", since_1904=True).value == date(1904, 1, 1)
    assert number("1.5", "[h]:mm", since_1904=True).value == timedelta(hours=36)


@pytest.mark.parametrize("serial", ["-1", "0", "2958466", "1e15", "0.5"])
def test_what_excel_shows_no_date_for_stays_a_number(serial):
    assert number(serial, "d.m.yyyy") == Cell(Decimal(serial))


def test_the_day_that_never_was_is_told():
    data = book(sheet=sheet('<row r="2"><c r="B2" s="1"><v>60</v></c></row>'))
    assert said(data) == [
        (
            "BK185",
            "Palvelut!B2",
            "The cell cannot be read as it is, because it shows 29.2.1900, a day that never was.",
        )
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        ("2027-01-31T00:00:00", date(2027, 1, 31)),
        ("2027-01-31T10:00:00.000Z", datetime(2027, 1, 31, 10)),
        ("08:30:00", timedelta(hours=8, minutes=30)),
    ],
)
def test_iso_dates_are_read(written, value):
    assert cell(f'<c r="B2" s="1" t="d"><v>{written}</v></c>').value == value


def test_an_iso_date_that_is_none_is_told_and_kept_as_text():
    data = book(sheet=sheet('<row r="2"><c r="B2" t="d"><v>31.1.2027</v></c></row>'))
    assert [one[:2] for one in said(data)] == [("BK185", "Palvelut!B2")]
    assert read_book(data, "t.xlsx").sheets[0].rows[2][2].value == "31.1.2027"


# --- texts --------------------------------------------------------------------------------------------


def test_texts_come_shared_inline_or_from_a_formula():
    texts = (
        f'{HEAD}<sst xmlns="{MAIN}"><si><t>yksi</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">Työ </t></r>'
        "<r><t>polku</t></r><rPh sb='0' eb='1'><t>ei</t></rPh><phoneticPr fontId='1'/></si><si><t/></si></sst>"
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'
        '<c r="D1" t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r><rPh><t>x</t></rPh></is></c>'
        '<c r="E1" t="inlineStr"><is><t>c</t></is></c><c r="F1" t="str"><f>"d"</f><v>d</v></c></row>'
    )
    (found,) = read_book(book(texts=texts, sheet=sheet(rows)), "t.xlsx").sheets
    assert found.rows == {
        1: {1: Cell("yksi"), 2: Cell("Työ polku"), 4: Cell("a b"), 5: Cell("c"), 6: Cell("d", formula='"d"')}
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("a_x000D_\nb", "a\nb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE00_", "😀"),
        ("file_x1.txt", "file_x1.txt"),
        ("  väli  ", "  väli  "),
        ("R&amp;D &lt;b&gt; &#228;", "R&D <b> ä"),
        ("<![CDATA[a < b]]>", "a < b"),
        ("Jyva\u0308skyla\u0308", "Jyväskylä"),
        ("1 234,50\u00a0€", "1 234,50\u00a0€"),
    ],
)
def test_texts_are_kept_as_typed(written, value):
    assert cell(f'<c r="B2" t="inlineStr"><is><t>{written}</t></is></c>').value == value


def test_a_character_that_no_document_can_hold_is_told_at_each_cell_and_left_out():
    texts = f'{HEAD}<sst xmlns="{MAIN}"><si><t>Työ_x000B_polku</t></si></sst>'
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>0</v></c></row>'
    data = book(texts=texts, sheet=sheet(rows))
    sentence = "Here is the character U+000B, which no document can hold."
    assert said(data) == [("BK109", "Palvelut!A1", sentence), ("BK109", "Palvelut!C1", sentence)]
    assert read_book(data, "t.xlsx").sheets[0].rows[1] == {1: Cell("Työpolku"), 3: Cell("Työpolku")}


def test_a_text_longer_than_a_cell_is_told():
    data = book(sheet=sheet(f'<row r="2"><c r="B2" t="str"><v>{"x" * 40_000}</v></c></row>'))
    assert said(data) == [
        ("BK110", "Palvelut!B2", "The text has 40,000 characters; at most 32,767 fit into one field.")
    ]


# --- other kinds of cells -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="B2" t="b"><v>1</v></c>', Cell(True)),
        ('<c r="B2" t="b"><v>0</v></c>', Cell(False)),
        ('<c r="B2" t="e"><v>#REF!</v></c>', Cell(None, error="#REF!")),
        ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Cell(None, formula="1/0", error="#DIV/0!")),
        ('<c r="B2"><f>A1+1</f><v>3</v></c>', Cell(Decimal(3), formula="A1+1")),
        ('<c r="B2"><f>A1&amp;"x"</f></c>', Cell(None, formula='A1&"x"')),
        ('<c r="B2"><f>A1</f><v></v></c>', Cell(None, formula="A1")),
        ('<c r="B2"><f>A1</f><v/></c>', Cell(None, formula="A1")),
        ('<c r="B2" t="str"><f>A1</f><v></v></c>', Cell("", formula="A1")),
        (
            '<c r="B2" s="1"><f>TODAY()</f><v>46418</v></c>',
            Cell(date(2027, 1, 31), formula="TODAY()", serial=Decimal(46418)),
        ),
        ('<c r="B2"><f t="shared" ref="B2:B9" si="0">A2*2</f><v>1</v></c>', Cell(Decimal(1), formula="A2*2")),
        ('<c r="B2"><f t="shared" si="4"/><v>1</v></c>', Cell(Decimal(1), formula="?")),
    ],
)
def test_a_cell_says_how_it_came_by_its_value(xml, expected):
    assert cell(xml) == expected


def test_cells_filled_by_one_formula_are_told_from_typed_ones():
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c><c r="B2"><v>7</v></c></row>'
        '<row r="3"><c r="A3"><f t="array" ref="A3:A4">C1:C2</f><v>3</v></c></row>'
        '<row r="4"><c r="A4"><v>4</v></c></row>'
        '<row r="5"><c r="A5"><f t="dataTable" ref="A5:B5" dt2D="1" r1="C1"/><v>5</v></c><c r="B5"><v>6</v></c></row>'
    )
    found = rows_of(rows)
    assert found[2][1].formula == "B1*2"
    assert found[2][2].formula == ""
    assert (found[3][1].formula, found[4][1].formula) == ("C1:C2", "C1:C2")
    assert found[5][1].formula
    assert found[5][2].formula


@pytest.mark.parametrize("kind", ["x", "B"])
def test_a_kind_that_excel_does_not_have_is_told(kind):
    assert [one[:2] for one in said(book(sheet=sheet(f'<row><c t="{kind}"><v>1</v></c></row>')))] == [
        ("BK185", "Palvelut!A1")
    ]


# --- where cells stand ----------------------------------------------------------------------------------


def test_rows_and_cells_without_address_are_counted_on():
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c r='C3'><v>4</v></c><c><v>5</v></c></row>"
    assert rows_of(rows) == {
        1: {1: Cell(Decimal(1)), 3: Cell(Decimal(3))},
        3: {3: Cell(Decimal(4)), 4: Cell(Decimal(5))},
    }
    assert list(rows_of('<row r="7"><c><v>1</v></c></row><row><c><v>2</v></c></row>')) == [7, 8]


def test_a_cell_stands_where_its_own_address_says_whatever_row_it_is_in():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="A11"><v>3</v></c><c><v>4</v></c></row>'
        '<row r="12"><c r="A2"><v>5</v></c><c r="B012"><v>6</v></c></row><row r="03"><c r="A03"><v>7</v></c></row>'
        '<row r="x"><c r="A4"><v>8</v></c><c r="B4"><v>9</v></c></row>'
    )
    found = {row: {column: int(one.value) for column, one in cells.items()} for row, cells in rows_of(rows).items()}
    assert found == {1: {1: 1, 2: 2}, 2: {1: 5}, 3: {1: 7}, 4: {1: 8, 2: 9}, 11: {1: 3, 2: 4}, 12: {2: 6}}


def test_rows_and_cells_come_in_order_whatever_the_file_has():
    rows = (
        '<row r="5"><c r="C5"><v>1</v></c><c r="A5"><v>2</v></c></row><row r="2"><c r="B2"><v>3</v></c></row>'
        '<row r="5"><c r="B5"><v>4</v></c></row>'
    )
    found = rows_of(rows)
    assert [(row, list(cells)) for row, cells in found.items()] == [(2, [2]), (5, [1, 2, 3])]


def test_a_cell_that_is_there_twice_or_outside_is_told():
    twice = book(sheet=sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'))
    assert [one[:2] for one in said(twice)] == [("BK185", "Palvelut!A1")]
    outside = book(sheet=sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'))
    assert said(outside)[0][2] == "The cell cannot be read as it is, because its address lies outside the sheet."


@pytest.mark.parametrize("dimension", ["A1:B2", "A1", "A1:XFD1048576", "x"])
def test_the_dimension_is_never_believed(dimension):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 1001))
    assert len(rows_of(rows, before=f'<dimension ref="{dimension}"/>')) == 1000


def test_formats_without_content_are_not_cells():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="2" s="1" customFormat="1"/>'
        '<row r="1048576"><c r="A1048576" s="1"/><c r="B1048576" t="s" s="1"/>'
        '<c r="C1048576" t="str"><v> </v></c></row>'
    )
    assert rows_of(rows) == {1: {1: Cell(Decimal(1))}}


def test_a_million_empty_rows_hide_nothing():
    rows = "".join(f'<row r="{n}" s="1" customFormat="1" ht="15"/>' for n in range(2, 1_048_576))
    last = '<row r="1048576"><c r="A1048576"><v>2</v></c></row>'
    found = read_book(book(sheet=sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}')), "t.xlsx")
    assert found.sheets[0].rows == {1: {1: Cell(Decimal(1))}}
    with pytest.raises(Refused) as caught:
        read_book(book(sheet=sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{last}')), "t.xlsx")
    assert (caught.value.message.code, caught.value.spot) == ("BK186", "Palvelut!A1048576")


def test_hidden_and_merged_are_told():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
        '<row r="3" hidden="1"/><row r="4" hidden="0"><c r="A4"><v>1</v></c></row>'
    )
    before = '<cols><col min="2" max="3" hidden="true"/><col min="4" max="16384" hidden="1"/></cols>'
    merged = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="$D$9:$C$8"/></mergeCells>'
    (one,) = read_book(book(sheet=sheet(rows, before=before, after=merged)), "t.xlsx").sheets
    assert (one.hidden_rows, one.hidden_columns) == ({2}, {3})
    assert one.merged == ((1, 1, 2, 2), (8, 3, 9, 4))


def test_addresses_are_written_as_excel_does():
    assert [letters(n) for n in (1, 26, 27, 52, 702, 703, 16_384)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"]
    assert a1(7, 4) == "D7"


# --- the workbook ---------------------------------------------------------------------------------------


def three_sheets(**state: str) -> bytes:
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{n}" {state.get(name, "")} r:id="rId{n}0"/>' for n, name in enumerate("ABC", 1)
    )
    parts = {f"xl/worksheets/{name}.xml": sheet() for name in "ABC"}
    relations = "".join(
        f'<Relationship Id="rId{n}0" Type="{RELATIONS}/worksheet" Target="/xl/worksheets/{name}.xml"/>'
        for n, name in enumerate("ABC", 1)
    )
    rels = "xl/_rels/workbook.xml.rels"
    whole = str(DEFAULTS[rels]).replace("</Relationships>", f"{relations}</Relationships>")
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'
    return book({**parts, rels: whole, BOOK: workbook})


def test_sheets_that_are_not_wanted_are_only_named():
    found = read_book(three_sheets(B='state="veryHidden"', C='state="hidden"'), "t.xlsx", lambda name: name != "A")
    assert [(one.name, one.hidden) for one in found.sheets] == [("B", True), ("C", True)]
    assert found.others == ("A",)
    assert found.program == ""


def test_a_broken_sheet_that_nobody_wants_does_no_harm():
    data = book({SHEET: "<worksheet>"})
    with pytest.raises(Refused) as caught:
        read_book(data, "t.xlsx")
    assert ENGLISH.sentence(caught.value.finding("t.xlsx")) == (
        "The workbook cannot be read whole, because a part of it is damaged (xl/worksheets/sheet1.xml)."
    )
    assert read_book(data, "t.xlsx", lambda _: False) == Book((), "", (), ("Palvelut",))


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
@pytest.mark.parametrize("prefix", ["", "x:", "ss:"])
def test_namespaces_may_be_strict_and_have_any_prefix(namespace, prefix):
    def named(xml: str) -> str:
        declared = f'xmlns:{prefix[:-1]}="{namespace}"' if prefix else f'xmlns="{namespace}"'
        xml = xml.replace(f'xmlns="{MAIN}"', declared)
        return re.sub(r"<(/?)(?=[a-zA-Z])", rf"<\1{prefix}", xml)

    whole = {**DEFAULTS, SHEET: sheet('<row r="1"><c r="B1" s="1"><v>46418</v></c><c r="A1" t="s"><v>1</v></c></row>')}
    parts: dict[str, str | bytes | None] = {
        name: named(str(xml)) for name, xml in whole.items() if name.startswith("xl/") and not name.endswith(".rels")
    }
    rels = {
        name: str(xml).replace(RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, xml in DEFAULTS.items()
        if name.endswith(".rels")
    }
    (found,) = read_book(book({**parts, **rels}), "t.xlsx").sheets
    assert found.rows == {1: {1: Cell("polku"), 2: Cell(date(2027, 1, 31), serial=Decimal(46418))}}


def test_elements_of_other_namespaces_are_not_cells():
    cells = '<y:row r="9"><y:c r="A9"><y:v>1</y:v></y:c></y:row><y:mergeCell ref="A1:B2"/>'
    other = f'<extLst><ext xmlns:y="z">{cells}</ext></extLst>'
    (found,) = read_book(book(sheet=sheet(after=other)), "t.xlsx").sheets
    assert (list(found.rows), found.merged) == ([1, 2], ())


def test_parts_in_other_encodings_are_read():
    xml = sheet('<row><c t="str"><v>ä€</v></c></row>').replace(HEAD, "")
    for encoding in ("utf-16", "utf-8-sig"):
        assert read_book(book(sheet=xml.encode(encoding)), "t").sheets[0].rows == {1: {1: Cell("ä€")}}
    declared = f'<?xml version="1.0" encoding="windows-1252"?>{xml}'.encode("cp1252")
    assert read_book(book(sheet=declared), "t").sheets[0].rows == {1: {1: Cell("ä€")}}


# --- second opinions ------------------------------------------------------------------------------------

PLAIN = ["General", "0.00", "0 %", '0.0" h"', "#,##0.00 €"]
DATES = ["d.m.yyyy", "yyyy-mm-dd", "d.m.yyyy h:mm", "h:mm", "[h]:mm"]
FORMATS = PLAIN + DATES
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn"), exclude_characters="_"),
    max_size=30,
).filter(lambda text: text.strip() and not text.startswith(("=", "{=")))
NUMBERS = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(-1e300, 1e300),
    st.decimals(-(10**7), 10**7, places=2).map(float),
)
SERIALS = st.one_of(st.integers(61, 2_958_464), st.floats(61, 60_000))  # openpyxl has days of its own before 1.3.1900
CELLS = st.one_of(
    TEXTS.map(lambda text: (text, "General")),
    st.booleans().map(lambda yes: (yes, "General")),
    st.tuples(NUMBERS, st.sampled_from(PLAIN)),
    st.tuples(SERIALS, st.sampled_from(DATES)),
)
TABLES = st.dictionaries(st.tuples(st.integers(1, 40), st.integers(1, 30)), CELLS, max_size=20)


def plain(value: object) -> object:
    """Return a value of openpyxl as this reader has it."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    return value


def agree(mine: object, theirs: object) -> bool:
    if isinstance(mine, date) and not isinstance(mine, datetime):
        mine = datetime.combine(mine, time())
    if isinstance(theirs, date) and not isinstance(theirs, datetime):
        theirs = datetime.combine(theirs, time())
    if isinstance(mine, datetime | timedelta) and type(mine) is type(theirs):
        return abs(mine - theirs) <= timedelta(milliseconds=1)  # type: ignore[operator]
    return type(mine) is type(theirs) and mine == theirs


def compare(data: bytes) -> Book:
    """Assert that openpyxl sees the same cells, hidden and merged places in every sheet; return what was read."""
    found = read_book(data, "t.xlsx")
    assert found.findings == ()
    theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert [one.name for one in found.sheets] == theirs.sheetnames
    for mine, other in zip(found.sheets, theirs.worksheets, strict=True):
        cells = {(c.row, c.column): plain(c.value) for row in other.iter_rows() for c in row if c.value is not None}
        own = {(r, c): one.value for r, cells in mine.rows.items() for c, one in cells.items() if one.value is not None}
        assert own.keys() == cells.keys()
        for place, value in own.items():
            assert agree(value, cells[place]), (place, value, cells[place])
        assert mine.hidden == (other.sheet_state != "visible")
        assert set(mine.merged) == {(m.min_row, m.min_col, m.max_row, m.max_col) for m in other.merged_cells.ranges}
        hidden = {row for row, found in other.row_dimensions.items() if found.hidden}
        assert mine.hidden_rows == hidden & mine.rows.keys()
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES, st.booleans(), st.sets(st.integers(1, 40), max_size=3))
def test_openpyxl_agrees_on_its_own_workbooks(table, epoch, hidden):
    workbook = openpyxl.Workbook()
    if epoch:
        workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    one = workbook.active
    for (row, column), (value, code) in table.items():
        made = one.cell(row, column, value)
        if not isinstance(value, bool | str):
            made.number_format = code
    for row in hidden:
        one.row_dimensions[row].hidden = True
    one.merge_cells("AA50:AB52")
    workbook.create_sheet("Piilossa").sheet_state = "hidden"
    data = io.BytesIO()
    workbook.save(data)
    if epoch:  # openpyxl shows other days than Excel for lengths of time in such workbooks
        read_book(data.getvalue(), "t.xlsx")
    else:
        compare(data.getvalue())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES)
def test_openpyxl_agrees_on_the_workbooks_of_xlsxwriter(table):
    compare(by_xlsxwriter(table))


def by_xlsxwriter(table: dict[tuple[int, int], tuple[object, str]]) -> bytes:
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, {"in_memory": True})
    one = workbook.add_worksheet("Palvelut")
    formats = {code: workbook.add_format({"num_format": code}) for code in FORMATS}
    for (row, column), (value, code) in table.items():
        if isinstance(value, str):
            one.write_string(row - 1, column - 1, value)
        elif isinstance(value, bool):
            one.write_boolean(row - 1, column - 1, value)
        else:
            one.write_number(row - 1, column - 1, value, formats[code])
    one.merge_range("AA50:AB52", "")
    one.set_row(1, None, None, {"hidden": True})
    workbook.add_worksheet("Piilossa").hide()
    workbook.close()
    return data.getvalue()


@pytest.mark.office
def test_openpyxl_agrees_on_a_workbook_that_libreoffice_has_saved(tmp_path: Path):
    table: dict[tuple[int, int], tuple[object, str]] = {
        (row, column): (value, code)
        for column, code in enumerate(FORMATS, 1)
        for row, value in enumerate(
            (0.25 if code in PLAIN else 99.25, 1.5, 46418, 46418.4375, 12345.678, "Työ & <polku> 😀\nrivi"), 1
        )
    }
    table[(7, 1)] = (True, "General")
    source = tmp_path / "a.xlsx"
    source.write_bytes(by_xlsxwriter(table))
    program = office.soffice()
    assert program
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    found = compare((tmp_path / "out" / "a.xlsx").read_bytes())
    assert found.program.startswith("LibreOffice")
    assert found.sheets[0].rows[3][6].value == date(2027, 1, 31)
    assert found.sheets[0].rows[1][3] == Cell(Decimal("0.25"), percent=True, places=0)


# --- damage ---------------------------------------------------------------------------------------------

SOUND = by_xlsxwriter({(1, 1): ("polku", "General"), (2, 3): (12.5, "0.00"), (3, 4): (46418, "d.m.yyyy")})


def answered(data: bytes) -> Book | Refused:
    try:
        found: Book | Refused = read_book(data, "t.xlsx")
    except Refused as refused:
        found = refused
    said = [found.finding("t.xlsx")] if isinstance(found, Refused) else found.findings
    assert all(ENGLISH.sentence(one) for one in said)
    return found


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_packages_are_read_or_refused(data):
    whole = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    answered(bytes(whole[: data.draw(st.integers(0, len(whole)))]) if data.draw(st.booleans()) else bytes(whole))


PARTS = [*DEFAULTS, SHEET]
PUT = [
    b"<c>",
    b"</c>",
    b"-1",
    b"999999999999",
    b'"',
    b" r=''",
    b"&#x0;",
    b"x",
    b"<!DOCTYPE a>",
    b"<f t='array' ref='A1:Z9'>",
]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_parts_are_read_or_refused(data):
    name = data.draw(st.sampled_from(PARTS))
    xml = bytearray({**DEFAULTS, SHEET: sheet()}[name].encode())  # type: ignore[union-attr]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(xml)))
        match data.draw(st.sampled_from(["cut", "put", "twist"])):
            case "cut":
                del xml[at : at + data.draw(st.integers(1, 40))]
            case "put":
                xml[at:at] = data.draw(st.sampled_from(PUT))
            case _:
                xml[at : at + 1] = data.draw(st.binary(max_size=2))
    answered(book({name: bytes(xml)}))
