"""The marked copy: what it marks, and that all else of the user's workbook is carried as it is."""

from __future__ import annotations

import base64
import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from functools import cache

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from bidkit.diagnostics import Clause, Finding, Place, Refused, Severity
from bidkit.i18n import FINDINGS, Translator
from bidkit.render.marked_copy import edited, mark, name_for

from . import office
from .ooxml import validate_package

FILE = "tiedot.xlsx"
FI = Translator("fi", FINDINGS)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ODD = "Jäsenen 'oma'! sivu"
RED, YELLOW, BLUE = "FFFFC7CE", "FFFFEB9C", "FFDDEBF7"
ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def finding(spot: str, severity: Severity = ERROR, text: str = "Hinta on {a} €.", **more: object) -> Finding:
    clause = more.pop("because", None)
    code, hint = str(more.pop("code", "BK301")), str(more.pop("hint", "Korjaa {a}."))
    return Finding(code, severity, Place(str(more.pop("file", FILE)), spot), text, {"a": "5"}, hint, clause)


def marked(data: bytes, *findings: Finding, words: Translator = FI) -> bytes:
    return mark(data, FILE, findings, words).data


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {info.filename: file.read(info) for info in file.infolist()}


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


def opened(data: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        return openpyxl.load_workbook(io.BytesIO(data))


def values(book: openpyxl.Workbook) -> dict[tuple[str, str], object]:
    """Return the value of each cell that has one; of array formulas their text."""
    return {
        (sheet.title, cell.coordinate): getattr(cell.value, "text", cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def changed(before: bytes, after: bytes) -> set[str]:
    old, new = members(before), members(after)
    assert old.keys() <= new.keys()
    return {name for name in old if old[name] != new[name]}


def colour(cell: openpyxl.cell.Cell) -> str:
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else ""


@cache
def from_xlsxwriter() -> bytes:
    """Comments, button, header picture, table, chart, sparkline, validations, formats, names, protection, hidden."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    head = book.add_format({"bold": True, "font_color": "#ffffff", "bg_color": "#1f4e79", "border": 1})
    money = book.add_format({"num_format": "#,##0.00 €", "locked": False})
    red = book.add_format({"bg_color": "#ff0000"})
    services, costs = book.add_worksheet("Palvelut"), book.add_worksheet("Kustannukset")
    odd, hidden = book.add_worksheet(ODD), book.add_worksheet("Piilo")
    sheet = book.add_chartsheet("Kaavio")
    services.write_row("A1", ["Tunnus", "Nimi", "Hinta"], head)
    services.write_row("A2", ["valmennus", " Työhönvalmennus "])
    services.write("C2", 1234.5, money)
    services.write_formula("C3", "=SUM(C2:C2)*2", money, 2469)
    services.merge_range("A5:C5", "Yhdistetty", head)
    services.write_rich_string("A6", "osin ", head, "lihava", " teksti")
    services.write_comment("B2", "Oma huomautukseni", {"author": "Käyttäjä"})
    services.write_comment("A9", "Toinen", {"author": "Käyttäjä"})
    services.data_validation("A2:A99", {"validate": "list", "source": ["valmennus", "ohjaus"]})
    services.conditional_format("C2:C9", {"type": "cell", "criteria": ">", "value": 1, "format": red})
    services.conditional_format("C2:C9", {"type": "data_bar", "data_bar_2010": True})
    services.insert_button("F2", {"caption": "Paina"})
    for one in (services, costs):
        one.set_header("&L&G", {"image_left": "a.png", "image_data_left": io.BytesIO(PNG)})
    services.protect("salasana")
    services.freeze_panes(1, 0)
    services.repeat_rows(0)
    services.print_area("A1:C9")
    costs.add_table("A1:B3", {"name": "Kulut", "columns": [{"header": "Laji"}, {"header": "Summa"}]})
    costs.write_row("A2", ["palkka", 100])
    costs.set_column("D:D", 30, money)
    costs.set_row(6, 40, money)
    costs.add_sparkline("F1", {"range": "Kustannukset!B2:B3"})
    costs.insert_image("F9", "a.png", {"image_data": io.BytesIO(PNG)})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Kustannukset!$B$2:$B$3"})
    costs.insert_chart("H2", chart)
    odd.write("B2", "ä")
    odd.repeat_rows(0)
    hidden.write("A1", "salaa")
    hidden.hide()
    own = book.add_chart({"type": "line"})
    own.add_series({"values": "=Kustannukset!$B$2:$B$3"})
    sheet.set_chart(own)
    book.define_name("Alv", "=Kustannukset!$B$2")
    book.define_name("Kustannukset!Oma", "=Kustannukset!$B$3")
    costs.activate()
    book.close()
    return buffer.getvalue()


@cache
def from_openpyxl() -> bytes:
    """Comments, locked cells, a validation, local names, a sheet named as ours, an empty sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Palvelut"
    sheet.append(["Tunnus", "Hinta"])
    sheet.append(["valmennus", "=1+1"])
    sheet["A1"].font, sheet["A1"].fill = Font(color="FFFFFFFF", bold=True), PatternFill("solid", fgColor="FF000000")
    sheet["B2"].number_format, sheet["B2"].protection = "0.00", Protection(locked=False)
    sheet["A2"].comment = Comment("Vanha huomautus", "Käyttäjä", width=100, height=40)
    validation = DataValidation("list", formula1='"a,b"')
    validation.add("A2:A9")
    sheet.add_data_validation(validation)
    sheet.print_title_rows = "1:1"
    other = book.create_sheet("havainnot")
    other["C3"] = "oma"
    other.defined_names["Paikka"] = DefinedName("Paikka", attr_text="havainnot!$C$3")
    book.create_sheet("Tyhjä")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


SOURCES = {"xlsxwriter": from_xlsxwriter, "openpyxl": from_openpyxl}
EVERYWHERE = (
    finding("Palvelut!A1", WARNING),
    finding("Palvelut!A2"),
    finding("Palvelut!B2", NOTE),
    finding("Palvelut!AZ900"),
    finding("Palvelut!B40"),
    finding("Palvelut!A30"),
    finding("Palvelut!7"),
    finding("Palvelut!B"),
    finding("Palvelut!"),
    finding(""),
)


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest) -> bytes:
    return SOURCES[request.param]()


# What is marked


def test_a_cell_takes_the_colour_of_its_worst_finding_and_a_comment_with_all():
    book = opened(
        marked(
            from_xlsxwriter(),
            finding("Palvelut!C2", NOTE, "Ensin.", hint=""),
            finding("Palvelut!C2", ERROR, "Sitten.", code="BK302"),
            finding("Palvelut!C3", WARNING),
            finding("Kustannukset!B2", NOTE),
        )
    )
    sheet = book["Palvelut"]
    assert sheet["C2"].comment.text == "Ensin. (BK301)\n\nSitten.\nKorjaa 5. (BK302)"
    assert sheet["C2"].comment.author == "bidkit"
    assert [colour(sheet["C2"]), colour(sheet["C3"]), colour(book["Kustannukset"]["B2"])] == [RED, YELLOW, BLUE]
    assert colour(sheet["A2"]) == ""
    commented = [c.coordinate for row in sheet.iter_rows() for c in row if c.comment]
    assert sorted(commented) == ["A9", "B2", "C2", "C3"]


def test_a_marked_cell_keeps_all_else_of_its_format():
    before = opened(from_xlsxwriter())["Palvelut"]
    sheet = opened(marked(from_xlsxwriter(), finding("Palvelut!C2"), finding("Palvelut!A1")))["Palvelut"]
    for name in ("C2", "A1"):
        for what in ("number_format", "border", "alignment", "protection"):
            assert repr(getattr(sheet[name], what)) == repr(getattr(before[name], what)), (name, what)
    assert repr(sheet["C2"].font) == repr(before["C2"].font)
    assert sheet["A1"].font.bold
    assert sheet["A1"].font.color is None  # white writing would be lost on light red
    assert before["B1"].font.color.rgb == sheet["B1"].font.color.rgb == "FFFFFFFF"


def test_cells_that_are_not_there_are_made_with_the_format_of_their_row_or_column():
    spots = ("D5", "E7", "D7", "B2", "Z2", "A3", "AA100", "C1")
    data = marked(from_xlsxwriter(), *(finding(f"Kustannukset!{spot}") for spot in spots))
    sheet = opened(data)["Kustannukset"]
    assert {c.coordinate for row in sheet.iter_rows() for c in row if c.comment} == set(spots)
    assert all(colour(sheet[spot]) == RED for spot in spots)
    assert sheet["D5"].number_format == sheet["E7"].number_format == "#,##0.00 €"
    assert sheet["Z2"].number_format == "General"
    assert sheet.dimensions == "A1:AA100"
    assert validate_package(data) == []


def test_the_last_cell_of_a_sheet_has_room_for_its_comment():
    data = marked(from_openpyxl(), finding("Palvelut!XFD1048576"), finding("Palvelut!A1048576"))
    assert validate_package(data) == []
    parts = members(data)
    assert b'<row r="1048576"><c r="A1048576" s="' in parts["xl/worksheets/sheet1.xml"]
    for anchor in re.findall(rb"<x:Anchor>([^<]+)<", next(d for n, d in parts.items() if n.endswith(".vml"))):
        left, _, top, _, right, _, bottom, _ = map(int, anchor.split(b","))
        assert 0 <= left < right < 16_384
        assert 0 <= top < bottom < 1_048_576


def test_a_cell_within_a_merged_area_is_marked_where_it_is_seen():
    sheet = opened(marked(from_xlsxwriter(), finding("Palvelut!C5"), finding("Palvelut!A5", text="Toinen.")))[
        "Palvelut"
    ]
    assert sheet["A5"].comment.text == "Hinta on 5 €.\nKorjaa 5. (BK301)\n\nToinen.\nKorjaa 5. (BK301)"
    assert colour(sheet["A5"]) == RED
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A5:C5"]


@pytest.mark.parametrize(
    ("make", "spot", "own"), [(from_xlsxwriter, "B2", "Oma huomautukseni"), (from_openpyxl, "A2", "Vanha huomautus")]
)
def test_a_comment_of_the_user_keeps_its_text_and_has_ours_behind_a_line(make, spot, own):
    data = marked(make(), finding(f"Palvelut!{spot}"))
    comment = opened(data)["Palvelut"][spot].comment
    assert re.fullmatch(rf"{own}\n―+\nHinta on 5 €\.\nKorjaa 5\. \(BK301\)", comment.text)
    assert comment.author == "Käyttäjä"
    assert validate_package(data) == []


LONG = "Pitkä selitys, jota pitää voida lukea. " * 20


def test_the_box_of_a_comment_that_has_grown_grows_with_it():
    parts = members(marked(from_openpyxl(), finding("Palvelut!A2", text=LONG)))
    style = next(d for n, d in parts.items() if n.endswith(".vml")).decode()
    width, height = (float(re.search(rf"{what}:([\d.]+)pt", style)[1]) for what in ("width", "height"))
    assert width >= 250
    assert height * 50 > len(LONG) * 16 * 0.75  # some 50 characters a line of 12 points

    def corners(data: bytes) -> list[int]:
        drawing = members(data)["xl/drawings/vmlDrawing1.vml"]
        note = next(
            s for s in re.findall(rb"<v:shape .*?</v:shape>", drawing, re.S) if b"<x:Row>1<" in s and b"Note" in s
        )
        return [int(n) for n in re.search(rb"<x:Anchor>([^<]+)<", note)[1].split(b",")]

    before = corners(from_xlsxwriter())
    after = corners(marked(from_xlsxwriter(), finding("Palvelut!B2", text=LONG)))
    assert after[:4] == before[:4]
    assert after[6] - after[2] >= 14
    assert after[4] - after[0] >= 5


def test_comments_of_ours_are_replaced_when_a_copy_became_the_original():
    once = marked(from_xlsxwriter(), finding("Palvelut!C2", text="Vanha."), finding("Palvelut!B2", text="Vanha."))
    twice = marked(once, finding("Palvelut!C2", text="Uusi."))
    book = opened(twice)
    assert book["Palvelut"]["C2"].comment.text == "Uusi.\nKorjaa 5. (BK301)"
    assert book.sheetnames[:2] == ["Havainnot 2", "Havainnot"]
    assert edited(twice) is False
    assert validate_package(twice) == []


def test_a_thread_of_comments_is_left_as_it_is_and_told():
    parts = members(from_xlsxwriter())
    name = next(n for n in parts if n.startswith("xl/comments"))
    thread = b"tc={0F1B3C5E-0000-4000-8000-000000000001}"
    parts[name] = parts[name].replace("Käyttäjä".encode(), thread)
    before = packed(parts)
    after = mark(before, FILE, [finding("Palvelut!B2")], FI)
    assert len(after.not_carried) == 1
    assert after.not_carried[0].startswith("Taulukko Palvelut, B2: soluissa on kommenttiketju")
    book = opened(after.data)
    assert book["Palvelut"]["B2"].comment.text == "Oma huomautukseni"
    assert colour(book["Palvelut"]["B2"]) == RED
    assert book.worksheets[0]["A3"].value == after.not_carried[0]
    assert validate_package(after.data) == []


def test_a_signature_cannot_hold_and_that_is_told():
    parts = members(from_openpyxl()) | {"_xmlsignatures/sig1.xml": b"<Signature/>"}
    after = mark(packed(parts), FILE, [finding("Palvelut!A1")], FI)
    assert after.not_carried == ("Alkuperäisen sähköinen allekirjoitus ei päde tässä kopiossa.",)


# The first sheet


def test_the_first_sheet_lists_the_findings_with_links():
    clause = Clause("Tarjouspyyntö", "3.2", "7")
    data = marked(
        from_xlsxwriter(),
        finding(f"{ODD}!B2", because=clause),
        finding("Palvelut!7", WARNING),
        finding("Palvelut!C", NOTE),
        finding("Palvelut!"),
        finding(""),
        finding("Piilo!A1"),
        finding("Kaavio!"),
        finding("Muualla!A1"),
        finding("Palvelut!A1", file="tarjouspyynto.xlsx"),
    )
    book = opened(data)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "Havainnot tiedostosta tiedot.xlsx"
    assert rows[1][0] == (
        "Tämä on kopio, josta näet korjattavat kohdat. Tee korjaukset alkuperäiseen tiedostoon tiedot.xlsx:"
        " bidkit lukee sen eikä koskaan tätä kopiota."
    )
    assert rows[2] == ["Vakavuus", "Paikka", "Havainto", "Ratkaisu", "Koodi", "Tarjouspyynnön kohta"]
    assert rows[3] == ["Virhe", f"{ODD} › B2", "Hinta on 5 €.", "Korjaa 5.", "BK301", "Tarjouspyyntö, kohta 3.2, s. 7"]
    assert [row[0] for row in rows[3:7]] == ["Virhe", "Varoitus", "Huomautus", "Virhe"]
    links = {cell.value: cell.hyperlink.location for cell in sheet["B"] if cell.hyperlink}
    assert links == {
        f"{ODD} › B2": "'Jäsenen ''oma''! sivu'!B2",
        "Palvelut › 7": "'Palvelut'!A7",
        "Palvelut › C": "'Palvelut'!C1",
        "Palvelut": "'Palvelut'!A1",
    }
    assert [row[1] for row in rows[7:]] == [FILE, "Piilo › A1 (piilotettu taulukko)", "Kaavio", "Muualla › A1"]
    assert colour(book[ODD]["B2"]) == colour(book["Piilo"]["A1"]) == RED
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert validate_package(data) == []


def test_rows_of_the_list_are_as_high_as_their_texts():
    first = opened(marked(from_xlsxwriter(), finding("Palvelut!A1", text=LONG), finding("Palvelut!A2"))).worksheets[0]
    assert first.row_dimensions[4].height * 58 > 15 * len(LONG)
    assert first.row_dimensions[5].height is None
    assert first["C4"].alignment.wrap_text


def test_without_a_clause_there_is_no_column_for_it():
    assert opened(marked(from_openpyxl(), finding("Palvelut!A1"))).worksheets[0].max_column == 5


@pytest.mark.parametrize(
    ("language", "title", "name"),
    [
        ("fi", "Havainnot", "tiedot_korjattavat.xlsx"),
        ("sv", "Anmärkningar", "tiedot_att_ratta.xlsx"),
        ("en", "Findings", "tiedot_to_mend.xlsx"),
    ],
)
def test_names_are_in_the_language_of_the_reader(language, title, name):
    words = Translator(language, FINDINGS)
    assert opened(marked(from_xlsxwriter(), finding("Palvelut!A1"), words=words)).sheetnames[0] == title
    assert name_for(FILE, words) == name
    assert Translator(language).extra("marked").text("Findings") == title


def test_a_sheet_of_the_users_with_our_name_keeps_it():
    assert opened(marked(from_openpyxl(), finding("havainnot!C3"))).sheetnames == [
        "Havainnot 2",
        "Palvelut",
        "havainnot",
        "Tyhjä",
    ]


def test_the_copy_opens_on_the_first_sheet_and_only_that_is_selected():
    book = opened(marked(from_xlsxwriter(), finding("Palvelut!A1")))
    assert book.active.title == "Havainnot"
    assert [s.title for s in book if s.sheet_view.tabSelected] == ["Havainnot"]


TEXTS = [
    "=1+1",
    "😀 \"lainaus\" & <tagi> 'x'",
    "_x0041_",
    "a\nb\r\nc",
    " alussa ja lopussa ",
    "nolla\x00\x0b\ud800",
    "+1",
    "x" * 40_000,
]


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_of_a_finding_remains_text(text):
    data = marked(from_openpyxl(), Finding("BK301", ERROR, Place(FILE, "Palvelut!B2"), "{t}", {"t": text}, "{t}"))
    assert validate_package(data) == []
    book = opened(data)
    cell = book.worksheets[0]["C4"]
    plain = re.sub("[\x00\x0b\ud800]", "", text).replace("\r\n", "\n").replace("_x0041_", "_x005F_x0041_")
    plain = plain if len(plain) < 32_000 else "x" * 31_999 + "…"
    assert (cell.data_type, cell.value) == ("s", plain) or (cell.value == plain and cell.data_type == "inlineStr")
    assert book["Palvelut"]["B2"].comment.text.startswith(plain[:1000])


# What is carried


def test_all_else_is_carried(source):
    after = marked(source, *EVERYWHERE)
    before, now = values(opened(source)), values(opened(after))
    first = opened(after).sheetnames[0]
    assert {key: value for key, value in now.items() if key[0] != first} == before
    assert validate_package(source) == []
    assert validate_package(after) == []
    touched = {
        name for name in changed(source, after) if not re.search(r"rels$|^xl/(workbook|styles)\.xml$|Types", name)
    }
    assert all(re.search(r"sheet1\.xml$|comments?/?(omment)?1?\.xml$|vml|sheet2\.xml$", name) for name in touched), (
        touched
    )


def test_members_that_need_no_change_keep_every_byte():
    after = marked(from_xlsxwriter(), finding("Palvelut!C2"))
    assert changed(from_xlsxwriter(), after) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",  # was the selected one
    }
    old, new = members(from_xlsxwriter())["xl/worksheets/sheet1.xml"], members(after)["xl/worksheets/sheet1.xml"]
    assert re.sub(rb'(<c r="C2" s=)"\d+"', rb'\1"N"', old) == re.sub(rb'(<c r="C2" s=)"\d+"', rb'\1"N"', new)
    old, new = members(from_xlsxwriter())["xl/worksheets/sheet2.xml"], members(after)["xl/worksheets/sheet2.xml"]
    assert old.replace(b'tabSelected="1"', b'tabSelected="0"') == new


def test_names_print_titles_and_protection_stay_with_their_sheets():
    before, after = opened(from_xlsxwriter()), opened(marked(from_xlsxwriter(), *EVERYWHERE))
    for sheet in before.worksheets:
        other = after[sheet.title]
        assert {n: d.attr_text for n, d in sheet.defined_names.items()} == {
            n: d.attr_text for n, d in other.defined_names.items()
        }
        assert (sheet.print_title_rows, sheet.print_area) == (other.print_title_rows, other.print_area)
        assert (sheet.sheet_state, sheet.protection.sheet, sheet.protection.password) == (
            other.sheet_state,
            other.protection.sheet,
            other.protection.password,
        )
    assert before.defined_names.keys() == after.defined_names.keys()


def test_a_button_stays_in_the_drawing_that_the_comments_share():
    drawing = members(marked(from_xlsxwriter(), finding("Palvelut!C2")))["xl/drawings/vmlDrawing1.vml"]
    assert drawing.count(b'ObjectType="Button"') == 1
    assert drawing.count(b'ObjectType="Note"') == 3
    ids = re.findall(rb'id="(_x0000_s\d+)"', drawing)
    assert len(ids) == len(set(ids)) == 4


def test_a_drawing_of_our_own_uses_numbers_that_no_other_has():
    after = members(marked(from_xlsxwriter(), finding("Palvelut!C2"), finding("Kustannukset!B2")))
    drawings = {n: d for n, d in after.items() if n.endswith(".vml")}
    (ours,) = drawings.keys() - members(from_xlsxwriter()).keys()
    blocks = {n: re.findall(rb'idmap[^>]*data="(\d+)"', d) for n, d in drawings.items()}
    (own,) = blocks.pop(ours)
    assert [own] not in blocks.values()
    assert re.findall(rb'id="_x0000_s(\d+)"', drawings[ours]) == [b"%d" % (int(own) * 1024 + 1)]


def test_the_same_input_gives_the_same_bytes(source):
    assert marked(source, *EVERYWHERE) == marked(source, *EVERYWHERE)


def test_without_findings_there_is_a_copy_with_an_empty_list(source):
    after = marked(source)
    assert validate_package(after) == []
    assert opened(after).worksheets[0].max_row == 3


def whole(element: etree._Element, *but: str) -> tuple[object, ...]:
    """Return all that an element holds, in a form to compare, without some attributes."""
    attributes = sorted((k, v) for k, v in element.attrib.items() if k not in but)
    return element.tag, attributes, element.text, [whole(child) for child in element]


def carried(before: bytes, after: bytes, cells: set[str]) -> None:
    """Assert that a sheet differs only in the formats of some cells, those made for them, and the comments' drawing."""
    old, new = etree.fromstring(before), etree.fromstring(after)
    grown = {f"{{{MAIN}}}{name}" for name in ("dimension", "legacyDrawing", "sheetData", "sheetViews")}
    parts = [[whole(e) for e in root if e.tag not in grown] for root in (old, new)]
    assert parts[0] == parts[1]
    rows = [{r.get("r"): whole(r, "spans")[:2] for r in root.iter(f"{{{MAIN}}}row")} for root in (old, new)]
    assert rows[0].items() <= rows[1].items()
    here, there = ({c.get("r"): c for c in root.iter(f"{{{MAIN}}}c")} for root in (old, new))
    assert here.keys() | cells == there.keys()
    for ref, cell in there.items():
        if ref not in here:
            assert len(cell) == 0
        elif ref in cells:
            assert whole(cell, "s") == whole(here[ref], "s")
            assert int(cell.get("s")) > int(here[ref].get("s", "0"))
        else:
            assert whole(cell) == whole(here[ref])


@pytest.mark.parametrize("seed", range(12))
def test_random_sheets_with_random_findings_keep_all_else(seed):
    chance = random.Random(seed)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    forms = [None, *(book.add_format({"num_format": n}) for n in ("0.00", "0 %", "d.m.yyyy"))]
    sheet = book.add_worksheet("Tiedot")
    places = [(chance.randrange(30), chance.randrange(12)) for _ in range(chance.randrange(80))]
    for row, column in places:
        sheet.write(row, column, chance.choice(["ä & <ö>", 1.5, True, "=A1+1", ""]), chance.choice(forms))
    for row in chance.sample(range(40), 6):
        sheet.set_row(row, chance.choice([None, 30]), chance.choice(forms), {"hidden": chance.random() < 0.3})
    sheet.set_column(chance.randrange(6), 6 + chance.randrange(6), 20, chance.choice(forms))
    for row, column in set(places[:5]):
        sheet.write_comment(row, column, "Oma")
    book.close()
    cells = {f"{chance.choice('ABCDEFGHIJKLMNOP')}{chance.randint(1, 40)}" for _ in range(chance.randint(1, 30))}
    after = marked(buffer.getvalue(), *(finding(f"Tiedot!{cell}") for cell in sorted(cells)))
    assert validate_package(after) == []
    old, new = members(buffer.getvalue()), members(after)
    carried(old["xl/worksheets/sheet1.xml"], new["xl/worksheets/sheet1.xml"], cells)
    page = opened(after)["Tiedot"]
    own = {f"{'ABCDEFGHIJKL'[column]}{row + 1}" for row, column in places[:5]}
    assert {c.coordinate for row in page.iter_rows() for c in row if c.comment} == cells | own
    assert {c.coordinate for row in page.iter_rows() for c in row if colour(c)} == cells
    before = opened(buffer.getvalue())["Tiedot"]
    for cell in cells & set(re.findall(r'<c r="(\w+)"', old["xl/worksheets/sheet1.xml"].decode())):
        assert page[cell].number_format == before[cell].number_format


# Whether somebody has changed a copy


def test_a_copy_is_known_and_a_change_in_it_is_seen(source):
    after = marked(source, *EVERYWHERE)
    assert edited(source) is None
    assert edited(b"PK nothing") is None
    assert edited(after) is False
    assert edited(packed(members(after))) is False  # packed anew, nothing changed
    parts = members(after)
    name = next(n for n in parts if n.endswith("sheet1.xml"))
    parts[name] = parts[name].replace(b"<sheetData>", b"<sheetData >")
    assert edited(packed(parts)) is True
    buffer = io.BytesIO()
    opened(after).save(buffer)
    assert edited(buffer.getvalue()) is True


def test_properties_of_the_user_stay_beside_ours():
    book = openpyxl.load_workbook(io.BytesIO(from_openpyxl()))
    book.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="Laatija", value="Yhdistys"))
    buffer = io.BytesIO()
    book.save(buffer)
    after = marked(buffer.getvalue(), finding("Palvelut!A1"))
    props = {p.name: p.value for p in opened(after).custom_doc_props.props}
    assert props["Laatija"] == "Yhdistys"
    assert len(props) == 2
    assert edited(after) is False
    assert validate_package(after) == []


# Other ways to write the same workbook


def with_prefix(xml: bytes) -> bytes:
    """Return a part whose own elements have a prefix."""
    xml = re.sub(rb"<(/?)([A-Za-z]\w*)(?=[\s/>])", rb"<\1x:\2", xml)
    return xml.replace(b'xmlns="', b'xmlns:x="', 1)


def without_places(xml: bytes) -> bytes:
    """Return a sheet whose rows and cells do not say where they stand."""
    return re.sub(rb'<(row|c) r="\w+"', rb"<\1", xml)


def in_utf16(xml: bytes) -> bytes:
    text = re.sub(r"^<\?xml[^>]*\?>", "", xml.decode())
    return ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


def with_mark(xml: bytes) -> bytes:
    return b"\xef\xbb\xbf" + xml


def in_latin1(xml: bytes) -> bytes:
    text = re.sub(r"^<\?xml[^>]*\?>", "", xml.decode())
    return ('<?xml version="1.0" encoding="ISO-8859-1"?>' + text).encode("latin-1", "xmlcharrefreplace")


def rewritten(data: bytes, how: Callable[[bytes], bytes], pattern: str) -> bytes:
    return packed({n: how(d) if re.search(pattern, n) else d for n, d in members(data).items()})


@pytest.mark.parametrize(
    ("how", "pattern"),
    [
        (with_prefix, r"^xl/(workbook|styles|worksheets/sheet\d|comments.*)\.xml$"),
        (without_places, r"^xl/worksheets/sheet1\.xml$"),
        (in_utf16, r"^xl/(workbook|styles|worksheets/sheet\d|comments.*)\.xml$"),
        (in_latin1, r"^xl/(workbook|worksheets/sheet\d|comments.*)\.xml$"),
        (with_mark, r"\.xml$"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_other_spellings_of_the_same_workbook_give_the_same_marks(how, pattern):
    source = from_openpyxl()
    spots = ("A1", "B2", "A2", "D2", "C9")
    findings = [finding(f"Palvelut!{spot}") for spot in spots] + [finding("Tyhjä!B2"), finding("havainnot!A3")]
    after = marked(rewritten(source, how, pattern), *findings)
    book = opened(after) if how is not with_prefix else None
    assert validate_package(after) == []
    if book:
        expected = opened(marked(source, *findings))
        assert values(book) == values(expected)
        for sheet in ("Palvelut", "Tyhjä", "havainnot"):
            for row in expected[sheet].iter_rows():
                for cell in row:
                    other = book[sheet][cell.coordinate]
                    assert colour(other) == colour(cell)
                    assert (other.comment and other.comment.text) == (cell.comment and cell.comment.text)


def in_strict(xml: bytes) -> bytes:
    """Return a part or its relationships as the strict kind of the standard spells them."""
    strict, old = "http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/officeDocument/2006/"
    xml = xml.replace(MAIN.encode(), f"{strict}spreadsheetml/main".encode())
    return xml.replace(old + b"relationships", f"{strict}officeDocument/relationships".encode())


def test_a_strict_workbook_gets_strict_parts():
    after = members(marked(rewritten(from_openpyxl(), in_strict, r"xml$|rels$"), finding("Tyhjä!B2")))
    new = {name: data for name, data in after.items() if name not in members(from_openpyxl())}
    assert sorted(new) == [
        "docProps/custom.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/_rels/sheet3.xml.rels",
        "xl/worksheets/sheet4.xml",
    ]
    for name, data in after.items():
        if name.startswith("xl/") and name.endswith((".xml", ".rels")) and "theme" not in name:
            assert b"schemas.openxmlformats.org/spreadsheetml" not in data, name
            assert b"schemas.openxmlformats.org/officeDocument" not in data, name


def test_what_excel_adds_to_its_parts_is_carried():
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    names = (
        f'xmlns:mc="{mc}" mc:Ignorable="x14ac xr" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
        ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xr:uid="{0-1-0-0-0}"'
    )
    control = (
        '<mc:AlternateContent><mc:Choice Requires="x14ac"><controls><control shapeId="1025"/></controls></mc:Choice>'
        "</mc:AlternateContent>"
    )

    def as_excel(xml: bytes) -> bytes:
        xml = xml.replace(b"<worksheet ", f"<worksheet {names} ".encode(), 1)
        xml = re.sub(rb"<row ", rb'<row x14ac:dyDescent="0.25" ', xml)
        return re.sub(rb"(<tableParts)", control.encode() + rb"\1", xml)

    source = rewritten(from_xlsxwriter(), as_excel, r"xl/worksheets/sheet2\.xml$")
    after = marked(source, finding("Kustannukset!B2"), finding("Kustannukset!C5"))
    sheet = members(after)["xl/worksheets/sheet2.xml"]
    carried(members(source)["xl/worksheets/sheet2.xml"], sheet, {"B2", "C5"})
    order = [
        sheet.index(tag)
        for tag in (b"<drawing", b"<legacyDrawing ", b"<legacyDrawingHF", b"<mc:Alt", b"<tableParts", b"<extLst")
    ]
    assert order == sorted(order)
    assert validate_package(after) == []


def test_rows_without_numbers_have_those_of_their_cells():
    def without_numbers(xml: bytes) -> bytes:
        return re.sub(rb'<row r="\d+"', b"<row", xml)

    source = rewritten(from_openpyxl(), without_numbers, r"sheet2\.xml$")
    sheet = opened(marked(source, finding("havainnot!C3"), finding("havainnot!B2"), finding("havainnot!A9")))[
        "havainnot"
    ]
    assert sheet["C3"].value == "oma"
    assert {c.coordinate for row in sheet.iter_rows() for c in row if colour(c)} == {"C3", "B2", "A9"}


@pytest.mark.parametrize(
    "name", ["xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/_rels/sheet1.xml.rels"]
)
def test_comments_that_are_damaged_are_carried_as_they_are_and_told(name):
    parts = members(from_xlsxwriter())
    parts[name] = b"<!DOCTYPE x><x/>" if name.endswith("rels") else b"<xml"
    after = mark(packed(parts), FILE, [finding("Palvelut!C2"), finding("Kustannukset!B2")], FI)
    assert after.not_carried == (
        "Taulukko Palvelut: sen kommentit ovat vaurioituneet, joten uusia ei voitu lisätä."
        " Havainnot ovat vain tällä taulukolla.",
    )
    new = members(after.data)
    assert new[name] == parts[name]
    assert [n for n in new if n.startswith("xl/comments")] == ["xl/comments1.xml", "xl/comments2.xml"]
    carried(parts["xl/worksheets/sheet1.xml"], new["xl/worksheets/sheet1.xml"], {"C2"})


def test_a_file_that_is_no_workbook_is_refused_and_no_copy_of_ours():
    data = marked(from_openpyxl(), finding("Palvelut!A1"))
    for end in range(0, len(data) - 1, 501):
        assert edited(data[:end]) is None
        with pytest.raises(Refused):
            mark(data[:end], FILE, [], FI)
    parts = members(data)
    parts["docProps/custom.xml"] = b"<"
    assert edited(packed(parts)) is None
    with pytest.raises(Refused, match="BK183"):
        mark(packed(parts), FILE, [], FI)


def test_a_workbook_without_a_stylesheet_gets_one():
    parts = members(from_openpyxl())
    del parts["xl/styles.xml"]
    parts["[Content_Types].xml"] = re.sub(rb"<Override [^>]*styles[^>]*>", b"", parts["[Content_Types].xml"])
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = re.sub(rb"<Relationship [^>]*relationships/styles[^>]*>", b"", parts[rels])
    for name in list(parts):
        if "worksheets/sheet" in name:
            parts[name] = re.sub(rb' s="\d+"', b"", parts[name])
    after = marked(packed(parts), finding("Palvelut!B2"), finding("Palvelut!D9", NOTE))
    assert validate_package(after) == []
    assert colour(opened(after)["Palvelut"]["B2"]) == RED
    assert colour(opened(after)["Palvelut"]["D9"]) == BLUE
    assert colour(opened(after)["Palvelut"]["A1"]) == ""


def test_five_hundred_findings_in_one_sheet():
    findings = [finding(f"Palvelut!{'ABCDE'[i % 5]}{3 + i // 5}", list(Severity)[i % 3]) for i in range(500)]
    data = marked(from_openpyxl(), *findings)
    assert validate_package(data) == []
    book = opened(data)
    assert sum(1 for row in book["Palvelut"].iter_rows() for cell in row if cell.comment) == 501
    assert book.worksheets[0].max_row == 503


# Another program opens it


@pytest.mark.office
def test_libreoffice_reads_the_same_values_and_keeps_our_sheet(tmp_path):
    files = []
    for name, make in SOURCES.items():
        strange = rewritten(make(), with_prefix, r"^xl/(workbook|styles|worksheets/sheet\d|comments.*)\.xml$")
        strict = rewritten(make(), in_strict, r"xml$|rels$")
        kinds = {"marked": make(), "prefixed": strange, "strict": strict}
        contents = {"original": make()} | {kind: marked(data, *EVERYWHERE) for kind, data in kinds.items()}
        for kind, content in contents.items():
            files.append(tmp_path / f"{name}-{kind}.xlsx")
            files[-1].write_bytes(content)
    results = office.convert(files, tmp_path / "out", "xlsx")
    for i in range(0, len(files), 4):
        original, *copies = (office.cell_values(file) for file in results[i : i + 4])
        sheets = {sheet for sheet, _ in original}
        for values_of, file in zip(copies, results[i + 1 : i + 4], strict=True):
            assert {key: value for key, value in values_of.items() if key[0] in sheets} == original, file.name
            # LibreOffice drops the properties of strict workbooks: then the file is somebody's own, and as safe
            assert edited(file.read_bytes()) is (None if "strict" in file.name else True)
            book = opened(file.read_bytes())
            assert "Korjaa 5. (BK301)" in book["Palvelut"]["A2"].comment.text
            assert [colour(book["Palvelut"][spot]) for spot in ("A1", "A2", "B2")] == [YELLOW, RED, BLUE]
            assert book.worksheets[0]["B5"].value == "Palvelut › A2"


def test_a_huge_sheet_is_listed_but_not_marked(monkeypatch):
    """Its tree would take ten times its size in memory."""
    monkeypatch.setattr("bidkit.render.marked_copy._LARGEST_SHEET", 100)
    made = mark(from_xlsxwriter(), FILE, [finding("Palvelut!B2")], FI)
    assert made.not_carried == (
        "Välilehti Palvelut on niin suuri, ettei sen soluja merkitty. Sen havainnot ovat vain tällä välilehdellä.",
    )
    assert colour(opened(made.data)["Palvelut"]["B2"]) not in (RED, YELLOW, BLUE)
