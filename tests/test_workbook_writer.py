"""The workbooks to fill in: what is in them, that they are read back unchanged, that nothing in them is a trap."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bidkit import conditions, money
from bidkit.diagnostics import Place
from bidkit.dossier import _examples, cells, sheets
from bidkit.dossier._looks import about
from bidkit.dossier.load import load
from bidkit.dossier.sheets import Column
from bidkit.dossier.workbook_writer import TooLong, workbooks
from bidkit.dossier.written import Written, as_text, in_one_cell, native, of_entries, whole
from bidkit.dossier.xlsx import Cell
from bidkit.i18n import Translator
from bidkit.messages import loading
from bidkit.messages import workbook as say
from bidkit.model.choices import label
from bidkit.model.names import DOMAINS, called
from bidkit.pipeline import assess
from tests import small
from tests.conftest import EXAMPLES
from tests.workbooks import put

FI = sheets.words("fi")
ALL_COLUMNS = [(sheet, column) for sheet in sheets.layout() for column in sheet.columns]


def blank(language: str = "fi", only=tuple(sheets.BOOKS), **options) -> dict[str, openpyxl.Workbook]:
    made = workbooks(None, language, only=only, **options)
    return {n: openpyxl.load_workbook(io.BytesIO(b)) for n, b in made.items()}


def column(kind, **more) -> Column:
    return Column(("x",), ("X",), "", kind, **more)


# --- what is in them -----------------------------------------------------------------------------------
@pytest.mark.parametrize("language", sheets.LANGUAGES)
def test_every_noun_has_its_sheet_between_the_guide_and_the_codes(language):
    words = sheets.words(language)
    books = blank(language)
    assert tuple(books) == tuple(sheets.FILES[language].values())
    for name, book in books.items():
        which = next(b for b, file in sheets.FILES[language].items() if file == name)
        titles = [words.text(sheet.title) for sheet in sheets.sheets_of(which)]
        guide = [] if which in sheets.ONE_PAGE else [words.text(sheets.GUIDE)]
        assert book.sheetnames == [*guide, *titles, words.text(sheets.CODES)]


def test_unasked_there_are_the_books_of_who_bids_alone():
    assert tuple(workbooks(None, "fi")) == ("tiedot.xlsx", "tarjouspyynto.xlsx")


def _row_of_headings(page, words):
    """Return the row of a form below which its fields are: the first, but where a text tells how to fill it in."""
    first = words.text(sheets.FORM_HEADINGS[0])
    return next((row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == first), 1)


@pytest.mark.parametrize("language", sheets.LANGUAGES)
def test_every_heading_is_there_marked_if_needed_and_tells_what_is_asked(language):
    words = sheets.words(language)
    pages = {page.title: page for book in blank(language).values() for page in book}
    for sheet in sheets.layout():
        page = pages[words.text(sheet.title)]
        top = _row_of_headings(page, words)
        head = [page.cell(row, 1) for row in range(top + 1, page.max_row + 1)] if sheet.form else list(page[1])
        found = {cell.value.removesuffix(" *"): cell for cell in head}
        assert len(head) == len(sheet.columns)
        for one in sheet.columns:
            cell = found[one.title(words)]
            must = one.required and (len(one.path) == 1 or one.path[0] in sheet.groups)
            assert cell.value.endswith(" *") == must, (sheet.title, one.name)
            assert (cell.fill.start_color.rgb == "FFF6C667") == must
            told = page.cell(cell.row, 4).value if sheet.form else cell.comment.text
            asked = _told(language, words.text(sheet.title)).text(one.about)
            assert asked in told, (sheet.title, one.name)
            if language == "fi":
                assert asked != one.about or not re.search("[a-z]{3}", asked), one.about
        assert page.freeze_panes == f"B{top + 1}"
        upright = sheet in sheets.sheets_of("light")
        assert page.page_setup.orientation == ("portrait" if upright else "landscape")
        assert page.print_title_rows == "$1:$1"


def test_columns_of_texts_keep_what_is_typed_and_empty_cells_are_not_stored():
    pages = {page.title: page for book in blank(examples=False).values() for page in book}
    page = pages["Pyydetyt liitteet"]
    assert page.max_row == 1
    formats = _formats_of_columns(page)
    assert formats["Tarjouspyynnössä: Kohta"] == "@"
    assert _formats_of_columns(pages["Palkat"])["Palkka kuukaudessa *"] == '#,##0.00##\\ "€"'
    assert _formats_of_columns(pages["Palkat"])["Lomaraha"] == "0.00##\\ %"
    assert _formats_of_columns(pages["Todistukset"])["Myönnetty *"] == "d.m.yyyy"


def _formats_of_columns(page) -> dict[str, str]:
    found = {}
    for cell in page[1]:
        spans = page.column_dimensions.values()  # neighbours of one format are one span
        found[cell.value] = next(s.number_format for s in spans if s.min <= cell.column <= s.max)
    return found


def test_lists_offer_and_never_forbid():
    for book in blank().values():
        for page in book:
            for rule in page.data_validations.dataValidation:
                assert rule.type in (None, "none", "list")
                assert rule.errorStyle in ("warning", "information") or not rule.showErrorMessage


def _rule(page, cell):
    return next(r for r in page.data_validations.dataValidation if cell in r.sqref)


def test_drop_downs_hold_labels_that_are_read_as_their_codes():
    for language in sheets.LANGUAGES:
        words = sheets.words(language)
        for book in blank(language).values():
            codes = book[words.text(sheets.CODES)]
            listed = {}
            for page in book:
                for rule in page.data_validations.dataValidation:
                    if rule.type == "list" and (
                        area := re.fullmatch(r"'[^']+'!(\$[A-Z]+\$2:\$[A-Z]+\$\d+)", rule.formula1)
                    ):
                        listed[area[1]] = [cell[0].value for cell in codes[area[1].replace("$", "")]]
            assert listed
            for values in listed.values():
                assert all(values), values
                assert len(set(values)) == len(values)


@pytest.mark.parametrize("language", sheets.LANGUAGES)
def test_no_label_means_two_codes(language):
    """A label of one language must not be that of another code in another: it would be read as that one."""
    words = sheets.words(language)
    lists = {c.choices for _, c in ALL_COLUMNS} | {p.choices for _, c in ALL_COLUMNS for p in c.pair}
    lists |= {c.choices for kind in conditions.kinds() for c in sheets.parameters(kind)}
    for choices in lists - {()}:
        for code in choices:
            assert sheets.code_of(words.text(label(code)), choices) == code, (language, code)


def test_the_list_of_a_parameter_depends_on_the_kind_of_its_row():
    book = blank()["tarjouspyynto.xlsx"]
    page, codes = book["Vaatimukset"], book["Koodit"]
    heads = {cell.value: cell.column_letter for cell in page[1]}
    rule = _rule(page, f"{heads['Tieto 2']}7")
    kind = heads["Laji *"]
    assert f"MATCH(${kind}2,'Koodit'!" in rule.formula1
    kinds = _rule(page, f"{kind}7").formula1
    column_of_kinds = re.search(r"\$([A-Z]+)\$2:", kinds)[1]
    row = next(c.row for c in codes[column_of_kinds] if c.value == FI.text(label("minimum_capacity")))
    first = openpyxl.utils.column_index_from_string(column_of_kinds) + 1
    beside = [codes.cell(row, first + n).value for n in range(sheets.MOST_PARAMETERS)]
    assert [b for b in beside if b] == [c.title(FI) for c in sheets.parameters("minimum_capacity")]


def test_ids_of_another_sheet_are_offered_within_one_workbook_only():
    book = blank()["tiedot.xlsx"]
    steps = book["Vaiheet"]
    assert _rule(steps, "A5").formula1.startswith("OFFSET('Palvelut'!$A$2")
    offers = blank()["tarjouspyynto.xlsx"]["Tarjottavat osat"]
    at = {cell.value: cell.column_letter for cell in offers[1]}
    assert _rule(offers, f"{at['Osa-alue *']}5").formula1.startswith("OFFSET('Osa-alueet'!$A$2")
    assert _rule(offers, f"{at['Palvelut *']}5").type in (None, "none")


def test_same_input_same_bytes():
    assert workbooks(None, "sv") == workbooks(None, "sv")
    content = of_entries(load(EXAMPLES / "pienhankinta").entries)
    assert workbooks(content, "fi") == workbooks(content, "fi")


def test_only_one_of_the_books():
    assert list(workbooks(None, "en", only=("tender",))) == ["tender.xlsx"]


def test_no_word_of_a_workbook_is_english_in_another_language():
    """Names of languages, codes that users type and words that are the same are all that may stay."""
    english = {
        s for book in blank("en").values() for page in book for row in page.values for s in row if isinstance(s, str)
    }
    for language in ("fi", "sv"):
        found = {
            s
            for book in blank(language).values()
            for page in book
            for row in page.values
            for s in row
            if isinstance(s, str)
        }
        sentences = {s for s in found & english if len(s.split()) > 3}
        assert not {s for s in sentences if re.search("[A-Za-z]{4}", s) and "esimerkki" not in s.lower()}, sentences


# --- examples ------------------------------------------------------------------------------------------
def test_there_is_an_example_for_every_sheet_with_all_that_must_be_filled():
    for sheet in sheets.layout():
        rows = _examples._of(sheet)
        assert rows, sheet.title
        for row in rows:
            assert set(row) <= {c.name for c in sheet.columns}
            for one in sheet.columns:
                if one.required and (len(one.path) == 1 or one.path[0] in sheet.groups):
                    assert one.name in row, (sheet.title, one.name)


@pytest.mark.parametrize("language", sheets.LANGUAGES)
def test_examples_are_never_read_and_pass_in_silence(tmp_path, language):
    found = load(put(tmp_path / "x", workbooks(None, language, only=tuple(sheets.BOOKS))))
    assert not any(found.entries.values())
    missing = {
        m.code for m in (loading.MISSING_NOUN, loading.NEEDED_LIST_EMPTY, loading.NOTHING_IN, loading.NO_CONDITIONS)
    }
    assert {f.code for f in found.findings} <= missing, [f for f in found.findings if f.code not in missing]


@pytest.mark.parametrize("language", sheets.LANGUAGES)
def test_the_examples_are_a_whole_bid_that_fits_together(tmp_path, language):
    put(tmp_path / "x", workbooks(_examples.content(sheets.words(language)), language))
    (tmp_path / "x/attachments").mkdir()
    (tmp_path / "x/attachments/Liite_01_Verovelkatodistus.pdf").write_bytes(b"%PDF-1.4")
    run = assess(tmp_path / "x", as_of=date(2027, 1, 15))
    assert not run.errors, run.errors
    assert run.assessment is not None
    assert not run.assessment.open


@pytest.mark.parametrize("language", sheets.LANGUAGES)
@pytest.mark.parametrize("sheet", [s for s in sheets.layout() if not s.form], ids=lambda s: ".".join((s.noun, *s.path)))
def test_an_example_row_is_known_again_until_somebody_changes_it(tmp_path, sheet, language):
    words = sheets.words(language)
    book = next(b for b in sheets.BOOKS if sheet in sheets.sheets_of(b))
    file = sheets.FILES[language][book]
    data = openpyxl.load_workbook(io.BytesIO(workbooks(None, language, only=(book,))[file]))
    page = data[words.text(sheet.title)]
    changed = next(c for c in page[2][1:] if isinstance(c.value, str))
    changed.value = f"{changed.value} ja muuta"
    data.save(tmp_path / file)
    found = [f for f in load(tmp_path).findings if f.code == say.EXAMPLE_CHANGED.code]
    assert [str(f.place) for f in found] == [f"{file} › {page.title} › A2"]


# --- there and back ------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", sheets.LANGUAGES)
@pytest.mark.parametrize("name", ["tyopolku", "pienhankinta"])
def test_an_example_comes_back_as_it_went(tmp_path, name, language):
    entries = load(EXAMPLES / name).entries
    back = load(put(tmp_path / "x", workbooks(of_entries(entries), language)))
    assert whole(back.entries) == whole(entries)
    codes = {f.code for f in back.findings}
    assert codes <= {loading.NOTHING_IN.code, loading.NO_ATTACHMENT.code}, back.findings


FIGURES = st.decimals(min_value=0, max_value=10**11, places=4, allow_nan=False)


@settings(max_examples=300, deadline=None)
@given(FIGURES, st.sampled_from(("money", "amount", "share", "rate", "margin")))
def test_a_number_is_exact_in_a_cell_or_else_a_text(value, kind):
    one = column(kind)
    found = native(one, value, FI)
    if isinstance(found, str):
        read = money.number(found.removesuffix(" %"))
        assert read == value
        return
    stored = Decimal(f"{found:.16G}")  # as XlsxWriter writes it
    assert Decimal(repr(float(stored))) == stored  # as any other program reads it
    assert (stored * 100 if kind in sheets.PERCENTS else stored) == value


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("money", Decimal("1234567.5"), Decimal("1234567.5")),
        ("money", Decimal("123456789012.3456"), "123 456 789 012,3456"),
        ("share", Decimal(60), Decimal("0.6")),
        ("rate", Decimal("17.1"), Decimal("0.171")),
        ("rate", Decimal(105), "105 %"),
        ("rate", Decimal("105.123"), "105,1230 %"),  # “105,123” could be read as a hundred thousand
        ("margin", Decimal("-5"), Decimal("-0.05")),
        ("hours", Decimal("7.5"), Decimal("7.5")),
        ("hours", money.hours("7 h 40 min"), "7 h 40 min"),
        ("hours", money.hours("45 min"), Decimal("0.75")),
        ("hours", money.hours("20 min"), "0 h 20 min"),
        ("day", date(2027, 1, 31), date(2027, 1, 31)),
        ("day", date(1900, 2, 1), "1.2.1900"),  # spreadsheets disagree on its number
        ("moment", datetime(2027, 2, 26, 12, tzinfo=money.HELSINKI), datetime(2027, 2, 26, 12)),
        ("moment", datetime(2027, 2, 26, 10, tzinfo=UTC), "2027-02-26 10:00+0000"),
        ("moment", datetime(2027, 2, 26, 12, tzinfo=timezone(timedelta(hours=2))), datetime(2027, 2, 26, 12)),
        ("yes_no", True, "kyllä"),
        ("municipality", "609", "Pori"),
        ("text", "0123456-7", "0123456-7"),
    ],
)
def test_what_a_cell_holds(kind, value, shown):
    assert native(column(kind), value, FI) == shown


@pytest.mark.parametrize("minutes", range(0, 601, 7))
def test_hours_and_minutes_are_the_same_hours_when_they_are_read(minutes):
    value = Decimal(minutes // 60) + Decimal(minutes % 60) / 60
    assert money.hours(as_text(column("hours"), value)) == value


def test_moments_of_another_zone_are_read_back():
    moment = datetime(2027, 2, 26, 10, tzinfo=UTC)
    assert money.moment(as_text(column("moment"), moment)) == moment
    twice = datetime(2027, 10, 31, 3, 30, tzinfo=money.HELSINKI, fold=1)  # the hour that comes twice
    assert money.moment(as_text(column("moment"), twice)).utcoffset() == timedelta(hours=2)


TEXTS = st.text(st.sampled_from('ab;"\n –,:#')).map(str.strip).filter(bool)


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_a_list_in_one_cell_is_read_as_it_was(texts):
    one = column("text", many=True)
    written = in_one_cell(one, texts, FI)
    read = cells.value_of(Cell(written), one, lambda *_: None)
    assert read == texts


def test_a_text_longer_than_a_cell_is_refused_and_named():
    content = Written({"client_groups": [{"id": "a", "name": {"": "x" * 40_000}}]})
    with pytest.raises(TooLong) as caught:
        workbooks(content, "fi")
    assert caught.value.where == "Asiakasryhmät: Nimi *"


def test_texts_that_look_like_formulas_or_numbers_stay_texts(tmp_path):
    files = small.change("client_groups", "Nuoret työnhakijat", '"=1+1"')
    entries = load(small.write(tmp_path / "y", **files)).entries
    back = load(put(tmp_path / "x", workbooks(of_entries(entries), "fi")))
    assert back.entries["client_groups"][0].name == {"": "=1+1"}
    assert whole(back.entries) == whole(entries)


def test_a_text_in_several_languages_has_a_column_for_each(tmp_path):
    files = small.change("client_groups", "name: Nuoret työnhakijat", "name: {fi: Nuoret, sv: Unga}")
    entries = load(small.write(tmp_path / "y", **files)).entries
    page = openpyxl.load_workbook(io.BytesIO(workbooks(of_entries(entries), "fi")["tiedot.xlsx"]))["Asiakasryhmät"]
    assert [cell.value for cell in page[1]][:3] == ["Tunnus *", "Nimi (fi) *", "Nimi (sv)"]
    assert [cell.value for cell in page[2]][:3] == ["nuoret", "Nuoret", "Unga"]


def test_the_parts_are_free_of_the_clock():
    with zipfile.ZipFile(io.BytesIO(workbooks(None, "fi")["tiedot.xlsx"])) as package:
        assert {info.date_time[:3] for info in package.infolist()} == {(1980, 1, 1)}
        assert b"2026-01-01T00:00:00Z" in package.read("docProps/core.xml")


def _told(language, sheet):
    """Return the words of the notes on a sheet."""
    domains = (*DOMAINS, "model", "conditions", "manual_document", "document", "findings")
    return Translator(language, domains, called).about(Place("", f"{sheet}!A1"))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_what_is_asked_is_told_in_the_words_of_the_drop_down(language):
    """Codes are typed in text files; a workbook shows labels."""
    words = sheets.words(language)
    asked = 0
    for sheet in sheets.layout():
        told = _told(language, words.text(sheet.title))
        for column in sheet.columns:
            codes = {code for code in column.choices if words.text(label(code)) != code}
            text = about(column, told, False, "")
            asked += bool(codes)
            assert not codes & set(re.findall(r"[a-z_0-9]+", text)), text
    assert asked > 20


def test_a_note_quotes_the_labels_of_choices():
    titled = {c.name: c for s in sheets.layout() for c in s.columns if s.noun == "conditions"}
    words = _told("fi", "Vaatimukset")
    assert about(titled["binding"], words, False, "") == (
        "”pakollinen”: jos ei täyty, tarjous hylätään; ”pisteytetään”: vie pisteitä; ”tiedoksi”: ei vaikuta"
    )


def test_a_code_is_said_to_be_one():
    words = _told("fi", "Henkilöstö")
    columns = {(s.noun, c.name): c for s in sheets.layout() for c in s.columns if not s.path}
    for key, code in {
        ("staff", "roles"): True,
        ("certificates", "kind"): True,
        ("partners", "kinds"): True,
        ("staff", "services"): False,
        ("services", "id"): False,
        ("insurances", "kind"): False,
    }.items():
        assert ("Tämä on koodi" in about(columns[key], words, False, "")) is code, key


def test_only_what_holds_ids_offers_those_of_another_sheet():
    columns = {(s.noun, c.name): c for s in sheets.layout() for c in s.columns if not s.path}
    assert columns[("staff", "services")].refers == "services"
    assert columns[("partners", "kinds")].refers == ""
    assert columns[("partners", "client_groups")].refers == "client_groups"
