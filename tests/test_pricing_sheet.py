"""The buyer's workbook: every amount equals the pricing step's, nothing in it tells what the work costs."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bidkit.pricing import price
from bidkit.render import cost_sheet, pricing_sheet
from tests import make, office, random_dossier
from tests.ooxml import all_strings, validate_package

CREATED = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
SEEDS = range(int(os.environ.get("BIDKIT_DOSSIERS", "30")))
EXEMPT = {"status": "exempt", "ground": "AVL 37 §", "decided_by": "Talouspäällikkö"}


def priced(*lines, **call):
    pairs = tuple((make.price_line(**line), make.price(line=line["id"], **given)) for line, given in lines)
    offer, member = make.offer(), make.member(salaries=(make.salary(),))
    bid = make.priced_bid(members=(member,), tender=make.tender_(**call), lots=((make.lot(), offer, pairs),)).bid
    return price(bid)[0]


def render(bid, **options):
    return pricing_sheet.render(bid, build_id="20270110-0001", created=CREATED, **options)


def opened(data, *, results=True):
    return load_workbook(io.BytesIO(data), data_only=results)


def cells(sheet):
    return {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}


THREE = (
    ({"id": "a", "number": "1.1", "quantity": "33"}, {"unit_price": "60,15"}),
    ({"id": "b", "number": "1.2", "quantity": "7,5", "compared": "ei"}, {"unit_price": "70", "vat": EXEMPT}),
    ({"id": "c", "number": "1.3", "quantity": None}, {"unit_price": "80"}),
)


def test_a_lot_holds_constants_and_live_totals():
    bid = priced(*THREE)
    data = render(bid)
    values, formulas = (opened(data, results=r).worksheets[1] for r in (True, False))
    assert [values.cell(6, c).value for c in range(1, 11)] == [
        "Nro", "Palvelu", "Yksikkö", "Määrä", "Yksikköhinta ilman alv:tä", "Yhteensä ilman alv:tä", "Alv-%", "Alv",
        "Yhteensä sis. alv", "Vertailussa",
    ]  # fmt: skip
    assert [values.cell(7, c).value for c in range(4, 11)] == [33, 60.15, 1984.95, 0.255, 506.16, 2491.11, "x"]
    assert [formulas.cell(7, c).value for c in range(5, 10)] == [
        60.15, "=ROUND(D7*E7,2)", 0.255, "=ROUND(F7*G7,2)", "=ROUND(F7+H7,2)",
    ]  # fmt: skip
    lot = bid.lots[0]
    assert [values.cell(row, 5).value for row in range(11, 15)] == [
        float(x) for x in (lot.net, lot.vat, lot.gross, lot.comparison)
    ]
    assert formulas["E14"].value == '=ROUND(SUMIF($J$7:$J$9,"x",$F$7:$F$9),2)'


def test_title_block_and_grounds():
    book = opened(render(priced(*THREE)))
    block = {book["Yhteenveto"].cell(r, 1).value: book["Yhteenveto"].cell(r, 2).value for r in range(3, 12)}
    assert block["Tilaaja"] == "Esimerkkikunta"
    assert block["Tarjoaja"] == "Esimerkki ry (3134980-3)"
    assert (block["Päiväys"], block["Voimassa asti"]) == ("10.1.2027", "30.6.2027")
    grounds = [[c.value for c in row] for row in book["Alv-perusteet"].iter_rows(min_row=4)]
    assert grounds[1][3:] == ["veroton", "0 %", "AVL 37 §"]


@pytest.mark.parametrize(("title", "merged"), [("Lyhyt", []), ("Pitkä nimi " * 20, ["A1:I1"])])
def test_a_long_title_runs_over_lines_within_the_table(title, merged):
    pair = ((make.price_line(), make.price()),)
    member = make.member(salaries=(make.salary(),))
    bid = price(make.priced_bid(members=(member,), lots=((make.lot(title=title), make.offer(), pair),)).bid)[0]
    data = render(bid)
    page = opened(data).worksheets[1]
    assert [str(one) for one in page.merged_cells.ranges] == merged
    assert title.strip() in page["A1"].value
    assert (page.row_dimensions[1].height or 0) > (40 if merged else -1)
    assert validate_package(data) == []


def test_every_live_total_has_its_frozen_figure():
    bid = priced(*THREE)
    book = opened(render(bid))["Tarkistus"]
    rows = list(book.iter_rows(min_row=6, values_only=True))
    assert [row[2] for row in rows] == [
        float(x)
        for x in (
            bid.lots[0].net, bid.lots[0].vat, bid.lots[0].gross, bid.lots[0].comparison, bid.net, bid.vat, bid.gross,
        )
    ]  # fmt: skip
    assert all(row[1] == row[2] and row[3:] == (0, "OK") for row in rows)
    assert book["B3"].value == "OK"


def test_vat_per_rate_is_rounded_once_and_only_there():
    bid = priced(*THREE, vat_rule="per_rate")
    data = render(bid)
    sheet = opened(data, results=False).worksheets[1]
    formulas = [v for v in cells(sheet).values() if str(v).startswith("=")]
    assert "=ROUND(SUMIF($G$7:$G$9,B13,$F$7:$F$9),2)" in formulas
    assert sum("*B1" in v for v in formulas) == len(bid.lots[0].vat_sums)
    assert "Arvonlisävero pyöristetään kerran" in " ".join(str(v) for v in cells(sheet).values())


def test_a_line_that_is_not_offered_is_shown_without_a_price():
    lines = (THREE[0], ({"id": "d", "number": "1.4"}, {"strategy": "not_offered", "unit_price": None}))
    values = cells(opened(render(priced(*lines))).worksheets[1])
    assert values["E8"] == "ei tarjota"
    assert "F8" not in values


def test_text_that_looks_like_a_formula_stays_text():
    line = {"id": "a", "number": "1.1", "title": '=HYPERLINK("http://paha.example";"x")'}
    sheet = opened(render(priced((line, {}))), results=False).worksheets[1]
    assert sheet["B7"].value == line["title"]
    assert sheet["B7"].data_type == "s"


def test_same_bid_same_bytes_and_the_build_id_is_in_the_properties():
    bid = priced(*THREE)
    data = render(bid)
    assert render(bid) == data
    core = opened(data).properties
    assert (core.identifier, core.creator, core.lastModifiedBy) == ("20270110-0001", "Esimerkki ry", "Esimerkki ry")
    assert core.created == datetime(2027, 1, 10, 12, 0)


def test_a_draft_says_so_on_every_page():
    bid = priced(*THREE)
    assert all("LUONNOS" in sheet.oddHeader.center.text for sheet in opened(render(bid, draft=True)))
    assert not any("LUONNOS" in (sheet.oddHeader.center.text or "") for sheet in opened(render(bid)))


@pytest.mark.parametrize(("language", "sheet"), [("fi", "Yhteenveto"), ("sv", "Sammandrag"), ("en", "Summary")])
def test_the_bids_language(language, sheet):
    basics = make.bid_basics(language=language, written_in=language)
    bid = make.priced_bid(members=(make.member(salaries=(make.salary(),)),), basics=basics).bid
    assert sheet in opened(render(price(bid)[0])).sheetnames


def test_print_set_up():
    for sheet in opened(render(priced(*THREE))):
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is the default
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert "&P/&N" in sheet.oddFooter.right.text or "Page" in sheet.oddFooter.right.text
        assert sheet.protection.sheet


def test_nothing_tells_what_the_work_costs():
    """Plant distinctive figures and words in everything internal; none may be in any part of the buyer's file."""
    member = make.member(
        salaries=(make.salary(monthly="3 141,59", title="Kanarialintu", source="Salalähde"),),
        cost_items=(make.cost_item(amount="7 777,77", title="Piilokulu"),),
        cost_basis=make.cost_basis(overhead="17,31 %", risk="9,13 %", source="Salaperuste"),
        outcomes=(make.outcome(),),
    )
    from tests.test_scoring import _rival

    vat = {**EXEMPT, "decided_by": "Salapäättäjä"}
    lines = (
        (make.price_line(id="a"), make.price(line="a", strategy="cost_plus", unit_price=None, margin="13,37 %")),
        (
            make.price_line(id="b", number="1.2"),
            make.price(line="b", unit_price="1", below_cost_reason="Salasyy", vat=vat),
        ),
    )
    bid = make.priced_bid(
        members=(member,),
        tender=make.tender_(price_points="40"),
        lots=((make.lot(), make.offer(), lines),),
        rivals=(_rival(id="salakilpailija", price="98 765,43"),),
    ).bid
    result = price(bid)[0]
    cost = result.costs[0]
    internal = [
        "3141.59", "7777.77", "17.31", "0.1731", "0.0913", "0.1337", "13.37", "98765.43", "Kanarialintu", "Salalähde",
        "Piilokulu", "Salaperuste", "Salasyy", "Salapäättäjä", "salakilpailija", "cost_plus", "kate", "kustannus",
        str(cost.hourly), str(cost.yearly.total), str(cost.hours), str(cost.salaries[0].total),
    ]  # fmt: skip
    data = render(result)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
        assert all(info.file_size for info in package.infolist())
    found = [(name, secret) for name, text in parts.items() for secret in internal if secret in text]
    assert found == []
    own = cost_sheet.render(result, build_id="x", created=CREATED)
    with zipfile.ZipFile(io.BytesIO(own)) as package:
        text = "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    assert "Kanarialintu" in text  # the control: the same search finds them where they belong
    assert "3141.59" in text
    book = opened(data)
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    assert set(book.defined_names) == {"total_net", "total_vat", "total_gross"}
    assert not any(c.comment for sheet in book for row in sheet.iter_rows() for c in row)
    assert "Esimerkki ry" in all_strings(data) or "Esimerkki ry" in parts["xl/sharedStrings.xml"]


# --- generated bids --------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", SEEDS)
def test_sums_tie_whatever_is_priced(seed):
    bid = random_dossier.priced(seed)
    for lot in bid.lots:
        assert lot.net == sum(x.net for x in lot.lines) == sum(s.net for s in lot.vat_sums)
        assert lot.vat == sum(x.vat for x in lot.lines) == sum(s.vat for s in lot.vat_sums)
        assert lot.net + lot.vat == lot.gross
        for x in lot.lines:
            assert x.net + x.vat == x.gross
            assert x.asked == (x.unit_price * x.quantity).quantize(Decimal("0.01"), "ROUND_HALF_UP")
            assert x.unit_price == x.unit_price.quantize(Decimal(1).scaleb(-x.line.decimals))
            if x.bid.price.strategy == "cost_plus":
                assert x.net_price >= x.unit_cost
        if bid.bid.tender.vat_rule == "per_line":
            for x in lot.lines:
                exact = x.net * (x.vat_rate or 0) / 100
                assert abs(x.vat - exact) <= Decimal("0.01")
    assert bid.gross == sum(lot.gross for lot in bid.lots)


@pytest.mark.parametrize("seed", list(SEEDS)[:10])
def test_both_workbooks_are_valid_and_hold_the_figures(seed):
    bid = random_dossier.priced(seed)
    for module in (pricing_sheet, cost_sheet):
        assert validate_package(module.render(bid, build_id="b", created=CREATED)) == []
    book = opened(render(bid))
    for number, lot in enumerate(bid.lots, 1):
        numbers = set(cells(book.worksheets[number]).values())
        for line in lot.lines:
            assert {float(line.unit_price), float(line.asked)} <= numbers
        assert {float(x) for x in (lot.net, lot.vat, lot.gross, lot.comparison)} <= numbers


@pytest.mark.office
def test_recalculation_changes_no_cent(tmp_path: Path):
    files = []
    for seed in SEEDS:
        bid = random_dossier.priced(seed)
        for name, module in (("h", pricing_sheet), ("k", cost_sheet)):
            file = tmp_path / f"{name}{seed}.xlsx"
            file.write_bytes(module.render(bid, build_id="b", created=CREATED))
            files.append(file)
    batches = (files[n : n + 60] for n in range(0, len(files), 60))  # LibreOffice ends early after some 240 in one call
    done = [one for batch in batches for one in office.recalculate(batch, tmp_path / "out")]
    differences = {
        a.name: found for a, b in zip(files, done, strict=True) if (found := office.compare_with_cache(a, b))
    }
    assert differences == {}


@pytest.mark.office
def test_a_poisoned_result_is_seen(tmp_path: Path):
    """The control: a stored result that is a cent off must be named, or the test above proves nothing."""
    data = render(priced(*THREE))
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with source, zipfile.ZipFile(target, "w") as poisoned:
        for name in source.namelist():
            poisoned.writestr(name, source.read(name).replace(b"<v>1984.95</v>", b"<v>1984.96</v>"))
    file = tmp_path / "myrkky.xlsx"
    file.write_bytes(target.getvalue())
    (done,) = office.recalculate([file], tmp_path / "out")
    assert any("!F7 (" in line for line in office.compare_with_cache(file, done))
