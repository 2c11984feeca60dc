"""The bidder's own workbook: the chain of vector D live, inputs open, formulas locked, a native chart."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from bidkit.pricing import price
from bidkit.render import cost_sheet
from tests import make, office
from tests.ooxml import validate_package
from tests.test_pricing import FULL
from tests.test_scoring import _bid, _rival, capped

CREATED = datetime(2027, 1, 10, tzinfo=UTC)


def priced(**given):
    member = make.member(
        salaries=(make.salary(staff="valmentaja"), make.salary(id="tuettu", title="Ohjaaja", funding="grant")),
        cost_items=given.pop("cost_items", FULL),
        outcomes=(make.outcome(), make.outcome(id="t2", reached=0)),
    )
    lines = (
        (make.price_line(id="a", quantity="900"), make.price(line="a", unit_price="66")),
        (
            make.price_line(id="b", number="1.2", unit="client", quantity="10"),
            make.price(line="b", unit_price="800", below_cost_reason="Oma raha kattaa"),
        ),
    )
    scored = _bid(rivals=(_rival(), _rival(id="c", price="150", quality="38", note="Vuoden 2024 hinta")))
    return price(
        make.priced_bid(
            members=(member,),
            tender=scored.tender,
            criteria=scored.criteria,
            lots=((make.lot(), make.offer(), lines),),
            rivals=scored.dossier.rivals,
            **given,
        ).bid
    )[0]


@pytest.fixture(scope="module")
def bid():
    return priced()


@pytest.fixture(scope="module")
def data(bid):
    return cost_sheet.render(bid, build_id="20270110-0001", created=CREATED)


@pytest.fixture(scope="module")
def values(data):
    return load_workbook(io.BytesIO(data), data_only=True)


@pytest.fixture(scope="module")
def formulas(data):
    return load_workbook(io.BytesIO(data))


def column(sheet, label, col=2):
    """Return the value beside the first cell of column A that says ``label``."""
    return next(sheet.cell(c.row, col).value for c in sheet["A"] if c.value == label)


def test_sheets_and_the_warning_on_each(values):
    assert values.sheetnames == [
        "Yleiskuva", "Palkat", "Kustannukset", "Hinnat", "Alv", "Tuloksen hinta", "Määrä", "Pisteytys", "Oletukset",
    ]  # fmt: skip
    for sheet in values:
        assert sheet["A1"].value == "SISÄINEN – ei lähetetä tilaajalle"
        assert sheet["A1"].font.sz >= 18


def test_salaries_row_by_row(values):
    sheet = values["Palkat"]
    assert column(sheet, "Kokoaikaisen asiakastyön tunnit") == 1164.57
    heads = {c.value: c.row for c in sheet["A"] if c.value == "Tehtävä"}
    row = [c.value for c in sheet[heads["Tehtävä"] + 1]]
    assert row[1:12] == [37800, 0, 37800, 0, 6463.8, 721.98, 117.18, 264.6, 22.68, 7590.24, 45390.24]


def test_the_chain_of_vector_d(values, formulas):
    sheet = values["Kustannukset"]
    chain = {label: column(sheet, label) for label in (
        "Suorat kustannukset hinnassa", "Yleiskustannukset prosentin mukaan", "Yleiskustannukset omina kuluina",
        "Riskivaraus", "Yhteensä", "Myytävät tunnit vuodessa", "Tunnin kustannus",
    )}  # fmt: skip
    assert list(chain.values()) == [54990.24, 6598.83, 0, 3079.45, 64668.52, 1164.57, 55.53]
    assert column(sheet, "asiakas", 5) == 888.48
    assert "SUMIFS" in column(formulas["Kustannukset"], "Suorat kustannukset hinnassa")
    assert all(str(column(formulas["Kustannukset"], label)).startswith("=ROUND(") for label in chain)


OVERHEADS = (
    *FULL,
    make.cost_item(id="hallinto", amount="3 000", kind="overhead"),
    make.cost_item(id="kirjanpito", amount="49,99", kind="overhead", driver="per_month"),
    make.cost_item(id="rekisteri", amount="9,99", kind="overhead", driver="per_client"),
    make.cost_item(id="laskutus", amount="0,55", kind="overhead", driver="per_hour"),
    make.cost_item(id="avustettu", amount="800", kind="overhead", funding="grant"),
)


def test_overhead_of_its_own_is_a_row_of_the_chain():
    bid = priced(cost_items=OVERHEADS)
    book = load_workbook(io.BytesIO(cost_sheet.render(bid, build_id="b", created=CREATED)), data_only=True)
    sheet = book["Kustannukset"]
    label = "Yleiskustannukset omina kuluina"
    assert [column(sheet, label, col) for col in range(2, 6)] == [3599.88, 0.55, 9.99, 0]
    cost = bid.costs[0]
    for name, (at, part) in {
        "year": (2, cost.yearly),
        "hour": (3, cost.per_hour),
        "client": (4, cost.per_client),
    }.items():
        assert column(sheet, "Yleiskustannukset prosentin mukaan", at) == float(part.overhead), name
        assert column(sheet, "Riskivaraus", at) == float(part.risk), name
        assert column(sheet, "Yhteensä", at) == float(part.total), name
    head = next(row for row in sheet.iter_rows() if row[8].value == "Kuuluu kohtaan")[0].row
    rows = {r[0]: r[8] for r in sheet.iter_rows(min_row=head + 1, max_row=head + len(cost.rows), values_only=True)}
    assert set(rows.values()) == {"suorat kustannukset", "yleiskustannukset"}
    assert rows["Työvalmentaja"] == "suorat kustannukset"


def test_prices_against_full_cost(values, bid):
    row = [c.value for c in values["Hinnat"][6]]
    line = bid.lots[0].lines[0]
    assert row[5:12] == [900, 55.53, 66, 0.1885, 59400, 49977, 9423]
    assert float(line.cost) == 49977
    texts = [c.value for c in values["Hinnat"]["A"]]
    assert "1.2: Oma raha kattaa" in texts


def test_who_decided_on_the_vat_of_each_line():
    vat = {"status": "exempt", "ground": "AVL 37 §", "decided_by": "Hallitus", "decided_on": "15.12.2026"}
    lines = (
        (make.price_line(), make.price(vat=vat)),
        (make.price_line(id="b", number="1.2"), make.price(line="b", vat={"status": "unknown"})),
    )
    bid = price(make.priced_bid(lots=((make.lot(), make.offer(), lines),)).bid)[0]
    book = load_workbook(io.BytesIO(cost_sheet.render(bid, build_id="b", created=CREATED)), data_only=True)
    head, *rows = book["Alv"].iter_rows(min_row=5, values_only=True)
    assert head[3:] == ("Alv-asema", "Alv-%", "Peruste", "Päättäjä", "Päätetty")
    assert [row[1:2] + row[3:] for row in rows] == [
        ("1.1", "veroton", "0 %", "AVL 37 §", "Hallitus", "15.12.2026"),
        ("1.2", "ei tiedossa", "–", "–", "–", "–"),
    ]


def with_vat(rule):
    """Return a bid of one line asked with VAT, where the price without VAT is rounded."""
    line = make.price_line(quantity="997", vat_basis="included")
    lots = ((make.lot(), make.offer(), ((line, make.price(unit_price="83,33")),)),)
    member = make.member(salaries=(make.salary(),), cost_items=FULL)
    return price(make.priced_bid(members=(member,), tender=make.tender_(vat_rule=rule), lots=lots).bid)[0]


@pytest.mark.parametrize("rule", ["per_line", "per_rate"])
def test_a_margin_that_nobody_touched_gives_the_result_of_the_bid(rule):
    bid = with_vat(rule)
    data = cost_sheet.render(bid, build_id="b", created=CREATED)
    (shown,) = load_workbook(io.BytesIO(data), data_only=True)["Hinnat"].iter_rows(6, 6, values_only=True)
    priced_line = bid.lots[0].lines[0]
    assert shown[11] == shown[15] == float(priced_line.net - priced_line.cost)
    assert shown[7] == shown[14] == float(priced_line.net_price)
    assert shown[11] != round(997 * shown[7] - shown[10], 2)  # the price without VAT is rounded: cents would go astray


@pytest.mark.office
def test_a_margin_that_is_tried_gives_its_own_result(tmp_path):
    book = load_workbook(io.BytesIO(cost_sheet.render(with_vat("per_line"), build_id="b", created=CREATED)))
    book["Hinnat"]["N6"].value += 0.1
    book.save(tmp_path / "tried.xlsx")
    (tried,) = office.recalculate([tmp_path / "tried.xlsx"], tmp_path / "out")
    (shown,) = load_workbook(tried, data_only=True)["Hinnat"].iter_rows(6, 6, values_only=True)
    assert shown[14] != shown[7]
    assert shown[14] == round(shown[6] * (1 + shown[13]), 2)
    assert shown[15] == round(997 * shown[14] - shown[10], 2)


def test_what_the_figures_rest_on_stands_beside_them(values):
    first = next(c.row for c in values["Palkat"]["A"] if c.value == "Tehtävä")
    assert [values["Palkat"].cell(first + n, 13).value for n in range(3)] == ["Henkilön tunnus", "valmentaja", None]
    notes = {row[0]: row[12] for row in values["Pisteytys"].iter_rows(min_row=8, values_only=True) if row[1]}
    assert (notes["oma tarjous"], notes["b"], notes["c"]) == (None, None, "Vuoden 2024 hinta")
    assert values["Määrä"]["A9"].value == "Tilaaja ei sitoudu määriin: ostoja voi tulla vähemmän."
    assert column(values["Yleiskuva"], "Sitoutuuko tilaaja määriin?") == "ei"
    bound = price(make.priced_bid(tender=make.tender_(purchase_commitment="kyllä")).bid)[0]
    book = load_workbook(io.BytesIO(cost_sheet.render(bound, build_id="b", created=CREATED)), data_only=True)
    assert column(book["Yleiskuva"], "Sitoutuuko tilaaja määriin?") == "kyllä"


def test_outcomes_funding_and_volume(values, bid):
    rows = [[c.value for c in row] for row in values["Tuloksen hinta"].iter_rows(min_row=6, max_row=7)]
    assert rows[0][4:] == [60, 18, 0.3, 888.48, 2961.6]
    assert rows[1][4:] == [60, 0, 0, 888.48, "–"]
    funding = next(row for row in values["Oletukset"].iter_rows(values_only=True) if row[0] == "Palvelu")
    assert funding[1:6] == ("hinnassa", "avustus", "palkkatuki", "kunnan raha", "oma raha")
    assert column(values["Määrä"], "Kannattavuusraja, % arvioidusta") == float(bid.break_even / 100)
    points = [[c.value for c in row][:4] for row in values["Määrä"].iter_rows(min_row=11, max_row=17)]
    assert points == [[p.percent / 100, float(p.income), float(p.cost), float(p.result)] for p in bid.volumes]


def test_scoring_shows_every_rule_and_marks_the_tenders_own(values, bid):
    sheet = values["Pisteytys"]
    head = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Tarjoaja")
    assert [text for text in head if text and "*" in text] == [
        "Hinta: suhde pienimpään *",
        "Yhteensä: suhde pienimpään *",
    ]
    own = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "oma tarjous")
    scoring = bid.scoring[0]
    rules = ("ratio", "linear", "median", "fixed")
    assert own[3:7] == tuple(float(scoring.price_points[r][0]) for r in rules)
    assert own[8:12] == tuple(float(scoring.totals[r][0]) for r in rules)


def awards_table(sheet):
    """Return the rows below the heading of the lots where the bid comes first."""
    rows = list(sheet.iter_rows(values_only=True))
    start = next(n for n, row in enumerate(rows) if row[0] == "Osa-alueet, joissa oma tarjous on ensimmäinen")
    return [[x for x in row if x is not None] for row in rows[start + 1 :] if any(row)]


def test_lots_that_would_be_won_stand_in_the_order_of_preference():
    bid = capped("80", "120", "120", "120", "100", preference=("osa1", "osa5", "osa4", "osa2", "osa3"))
    data = cost_sheet.render(bid, build_id="b", created=CREATED)
    assert validate_package(data) == []
    *rows, note = awards_table(load_workbook(io.BytesIO(data), data_only=True)["Pisteytys"])
    assert rows == [
        ["Osa-alueita, jotka yksi tarjoaja voi voittaa, enintään", 2],
        ["Osa-alue", "Ensimmäinen tarjouspyynnön kaavalla", "Voitetaan, mieluisuusjärjestyksessä"],
        ["1: Osa 1", "ei", "ei"],
        ["5: Osa 5", "tasan", "ei"],
        ["4: Osa 4", "kyllä", "kyllä"],
        ["2: Osa 2", "kyllä", "kyllä"],
        ["3: Osa 3", "kyllä", "ei"],
    ]
    assert note == [
        "Osa-alue, jolle ei ole oletettu kilpailijoita, puuttuu tästä. Tarjouspyyntö kertoo, miten tasatilanne "
        "ratkaistaan."
    ]


def test_without_a_limit_the_sheet_only_says_where_the_bid_comes_first(values):
    head, row, _ = awards_table(values["Pisteytys"])
    assert head == ["Osa-alue", "Ensimmäinen tarjouspyynnön kaavalla"]
    assert row == ["1: Osa 1", "ei"]  # the rivals ask far less


@pytest.mark.office
def test_the_lots_won_are_counted_in_an_office_program(tmp_path):
    files = []
    for n, prices in enumerate((("80", "120", "120", "120", "100"), ("120", "120", "120"), ("100",))):
        for formula in ("ratio", "fixed"):
            files.append(tmp_path / f"{formula}{n}.xlsx")
            bid = capped(*prices, formula=formula)
            files[-1].write_bytes(cost_sheet.render(bid, build_id="b", created=CREATED))
    for file, done in zip(files, office.recalculate(files, tmp_path / "out"), strict=True):
        assert office.compare_with_cache(file, done) == [], file.name


def test_inputs_are_open_with_limits_and_formulas_are_locked(formulas):
    for sheet in formulas:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        open_cells = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
        limited = {str(area) for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges}
        assert open_cells <= limited
        assert not any(str(sheet[c].value).startswith("=") for c in open_cells)
    names = set(formulas.defined_names)
    assert {"hourly_cost_1", "overhead_1", "risk_1", "break_even", "volume_tried", "cost_fixed"} <= names


def test_a_native_chart_that_can_be_read_aloud(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "xl/charts/chart1.xml" in package.namelist()
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Viivakaavio tuotoista ja kustannuksista' in drawing


def test_valid_same_bytes_and_only_the_organisation_in_the_properties(data, bid, formulas):
    assert validate_package(data) == []
    assert cost_sheet.render(bid, build_id="20270110-0001", created=CREATED) == data
    core = formulas.properties
    assert (core.creator, core.identifier) == ("Esimerkki ry", "20270110-0001")


def test_costs_that_cannot_be_told_leave_dashes_not_errors():
    bid = price(make.priced_bid().bid)[0]
    data = cost_sheet.render(bid, build_id="b", created=CREATED)
    assert validate_package(data) == []
    book = load_workbook(io.BytesIO(data), data_only=True)
    assert book["Hinnat"]["G6"].value == "–"
    assert book["Määrä"]["A4"].value.startswith("Kaikkien rivien täyttä kustannusta ei tiedetä")


@pytest.mark.office
def test_nothing_is_clipped_on_paper(tmp_path, data):
    file = tmp_path / "kustannukset.xlsx"
    file.write_bytes(data)
    pages = office.pdf_text(office.pdf([file], tmp_path)[0])
    assert not any("###" in page for page in pages)
    assert all("SISÄINEN" in page for page in pages)
    assert "Sivu 1/9" in pages[0]


@pytest.mark.office
@pytest.mark.parametrize("items", [FULL, OVERHEADS], ids=["rate", "items"])
def test_recalculated_in_an_office_program(tmp_path, items):
    file = tmp_path / "kustannukset.xlsx"
    file.write_bytes(cost_sheet.render(priced(cost_items=items), build_id="20270110-0001", created=CREATED))
    (done,) = office.recalculate([file], tmp_path / "out")
    assert office.compare_with_cache(file, done) == []


def test_the_overview_says_why_the_volume_sheet_may_show_another_result(values):
    notes = [row[0] for row in values["Yleiskuva"].iter_rows(values_only=True) if row[0]]
    at = notes.index("Niiden rivien tulos, joiden kustannus tunnetaan")
    assert notes[at + 1].startswith("Välilehti Määrä laskee mukaan myös myymättä jäävät tunnit")


def test_a_heading_that_nearly_fills_its_column_has_room(values):
    sheet = values["Palkat"]
    heads = {cell.value: cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    for head in ("Palkka työajalta", "Palkkasumma ennen"):
        width = next(one.width for one in sheet.column_dimensions.values() if one.min <= heads[head].column <= one.max)
        assert width > len(head) + 3
