"""The sheet of shares: every view ties to the bid to the cent, a loss is said in words, and the buyer sees nothing."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bidkit import pipeline
from bidkit.i18n import FINDINGS, Translator
from bidkit.pricing import price
from bidkit.render import cost_sheet, pricing_sheet
from tests import office, small
from tests.conftest import run as bidkit
from tests.ooxml import all_strings, validate_package
from tests.test_shares import LINES, TWO, agree, bid_of, helping, partner, random_case, takes_part, with_dossier
from tests.test_shares import small as light

CREATED = datetime(2027, 1, 10, tzinfo=UTC)
SHEET = {"fi": "Jako", "sv": "Fördelning", "en": "Split"}


def book(priced, module=cost_sheet, **how):
    return load_workbook(io.BytesIO(module.render(priced, build_id="b", created=CREATED)), **how)


def priced_of(bid, agreed=(), language="fi", **given):
    made = with_dossier(bid, shares=tuple(agreed), **given)
    return price(replace(made.bid, language=language))[0]


def rows_of(priced, name="Jako"):
    return [list(row) for row in book(priced, data_only=True)[name].iter_rows(values_only=True)]


def after(rows, head, until=None):
    """Return the rows below the one that begins with ``head``."""
    start = next(n for n, row in enumerate(rows) if row[0] == head)
    end = next((n for n, row in enumerate(rows) if n > start and row[0] == until), len(rows)) if until else len(rows)
    return rows[start + 1 : end]


def named(rows, name):
    return next(row for row in rows if row[0] == name)


AGREED = [agree("a", "osa1", "61.37", "50", "20"), agree("b", "osa1", "38.63", "50", "80")]
OUTCOMES = [("a", "hour", "1000", "60"), ("b", "hour", "900", "61,37"), ("b", "outcome", "11", "100,01")]


@pytest.fixture(scope="module")
def priced():
    rich = [partner("a"), partner("b", work_hours=[{"unit": "outcome", "hours": "4"}])]
    return priced_of(bid_of(rich, OUTCOMES), AGREED, participants=(takes_part("a", "lead", task="Vetää"),))


# --- what stands there --------------------------------------------------------------------------------
def test_a_lot_is_shared_three_ways_side_by_side_and_ties_to_the_bid(priced):
    rows = after(rows_of(priced), "Osa-alue 1: Osa 1", "Koko tarjous")
    assert [x for x in rows[0] if x] == ["Palvelun omistajan mukaan", "Sovittujen prosenttien mukaan", "Tasan"]
    assert rows[1][:3] == ["Organisaatio", "Rooli", "Osuus"]
    net = priced.lots[0].net
    parts = {way.name: {p.member: p for p in way.lots} for way in priced.shares.alternatives}
    for member, name, role in (("a", "Aatos ry", "vetäjä"), ("b", "Borealis rf", "–")):
        row = named(rows, name)
        assert row[1] == role
        for col, way in ((2, "by_owner"), (5, "agreed"), (8, "equal")):
            part = parts[way][member]
            assert row[col : col + 3] == [float(part.percent / 100), float(part.money), float(part.risk)], way
    assert named(rows, "Aatos ry")[11:] == [0.5, 0.2]
    for label in ("Yhteensä", "Tarjouksessa"):
        assert [named(rows, label)[col] for col in (3, 6, 9)] == [float(net)] * 3
        assert [named(rows, label)[col] for col in (4, 7, 10)] == [1100.11] * 3
    assert [named(rows, "Ero")[col] for col in (3, 4, 6, 7, 9, 10)] == [0] * 6


def test_work_is_shown_by_unit_and_never_added_up_over_units(priced):
    rows = after(rows_of(priced), "Työ", "Koko tarjous")
    assert [row[:6] for row in rows if row[1]] == [
        ["Aatos ry", "tunti", 1000, 950, 950, None],
        ["Borealis rf", "tunti", 900, 950, 950, None],
        ["Yhteensä", "tunti", 1900, 1900, 1900, 1900],
        ["Aatos ry", "tulos", 0, 5.5, 5.5, None],
        ["Borealis rf", "tulos", 11, 5.5, 5.5, None],
        ["Yhteensä", "tulos", 11, 11, 11, 11],
    ]


def test_sums_are_formulas_over_the_members_and_over_the_sheet_of_prices(priced):
    sheet = book(priced)["Jako"]
    at = next(c.row for c in sheet["A"] if c.value == "Yhteensä")
    assert sheet.cell(at, 4).value.startswith("=ROUND(SUM($D$")
    assert "Hinnat!" in sheet.cell(at + 1, 4).value
    agreed = next(c.row for c in sheet["A"] if c.value == "Aatos ry" and sheet.cell(c.row, 7).value)
    assert sheet.cell(agreed, 7).value == f"=ROUND($G${at + 1}*F{agreed},2)"
    assert not sheet.cell(agreed, 6).protection.locked


def test_own_results_say_a_loss_in_words_at_each_point(priced):
    rows = after(rows_of(priced), "Oma tulos")
    owner = priced.shares.of("by_owner")
    for n, name in enumerate(("Aatos ry", "Borealis rf")):
        mine = [row for row in rows if row[0] == name]
        assert [row[1] for row in mine] == [
            "60 % arvioidusta",
            "100 % arvioidusta",
            "120 % arvioidusta",
            "huonoin tulospalkkio",
        ]
        for row, result in zip(mine, owner.members[n].results, strict=True):
            assert row[2:5] == [float(result.cost), float(result.income), float(result.result)]
            assert row[5] == ("TAPPIO" if result.result < 0 else "–")
    losses = {row[5] for row in rows if row[0] == "Aatos ry"}
    assert losses == {"TAPPIO", "–"}
    whole = [row for row in rows if row[0] == "Koko tarjous"]
    assert [row[3] for row in whole] == [float(r.income) for r in owner.results]
    assert [row[2] for row in whole] == [float(r.cost) for r in owner.results]


def test_own_costs_name_the_services_and_add_up_to_the_volume_sheet(priced):
    rows = after(rows_of(priced), "Omat kustannukset vuodessa", "Oma tulos")
    assert [row[:2] for row in rows[1:3]] == [["Aatos ry", "Työhönvalmennus"], ["Borealis rf", "Työhönvalmennus"]]
    assert named(rows, "Yhteensä")[2] == float(priced.volume.fixed)


def test_a_way_that_shares_nothing_says_so_and_the_others_stand():
    bid = bid_of(TWO, OUTCOMES, [("a", "hour", "10", "60")])
    rows = rows_of(priced_of(bid, [agree("a", "osa1", "50"), agree("b", "osa1", "49.99"), agree("a", "osa2", "100")]))
    lot = after(rows, "Osa-alue 1: Osa 1", "Osa-alue 2: Osa 2")
    assert named(lot, "Aatos ry")[5] == "ei jaettu"
    assert named(lot, "Yhteensä")[3] == float(bid.lots[0].net)
    whole = after(rows, "Koko tarjous", "Omat kustannukset vuodessa")
    assert (named(whole, "Yhteensä")[6], named(whole, "Ero")[6]) == (600, 0)
    assert any(str(row[0]).startswith("Osa-alue, jota ei ole jaettu") for row in whole)
    assert [row[6] for row in after(rows, "Oma tulos") if row[0] == "Aatos ry"] == ["–"] * 4


def test_small_members_stand_with_their_compensation_and_the_lead_shares_with_nobody():
    forms = (
        light("kerho", "1 200,50", paid_hours="4", volunteer_hours="12", clients_per_year=9),
        light("talo", "99,50"),
    )
    rows = rows_of(priced_of(bid_of(TWO[:1], LINES[:1]), light_member=forms))
    table = after(rows, "Pieni jäsen")
    assert table[0][:5] == ["Pienryhmä kerho", 4, 12, 9, 1200.5]
    assert table[1][:5] == ["Pienryhmä talo", "–", "–", "–", 99.5]
    assert table[2][:5] == ["Yhteensä", None, None, None, 1300]
    assert not any(row[0] in ("Koko tarjous", "Oma tulos") for row in rows)


def money_cells(priced):
    """Return every number of both workbooks by its cell, with the format that says what it is."""
    found = {}
    for module in (cost_sheet, pricing_sheet):
        for sheet in book(priced, module, data_only=True):
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                if isinstance(cell.value, int | float) and "€" in cell.number_format:
                    found[module.__name__, sheet.title, cell.coordinate] = cell.value
    return found


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 168), min_size=1, max_size=4))
def test_no_cell_of_money_moves_with_the_hours_of_volunteers(hours):
    def told(change):
        forms = tuple(light(f"k{n}", "100", volunteer_hours=str(abs(h - change))) for n, h in enumerate(hours))
        return money_cells(priced_of(bid_of(TWO, LINES), [], light_member=forms))

    first = told(0)
    assert first
    assert first == told(31)


# --- whose rows they are ------------------------------------------------------------------------------
def test_every_sheet_says_whose_rows_they_are():
    made = priced_of(bid_of([partner("a"), helping("b", overhead="3 %")], [("a", "hour", "100", "60")]))
    found = book(made, data_only=True)
    assert [found[name]["C6"].value for name in ("Hinnat", "Alv")] == ["Tunti (Aatos ry)"] * 2
    salaries = [c.value for c in found["Palkat"]["A"]]
    assert salaries.index("Aatos ry") < salaries.index("Borealis rf")
    sheet = found["Kustannukset"]
    labels = [c.value for c in sheet["A"]]
    assert labels[3] == "Työhönvalmennus (Aatos ry)"
    assert labels.index("Aatos ry") < labels.index("Borealis rf") < labels.index("Kaikki jäsenet yhteensä")
    totals = [sheet.cell(n, 2).value for n, label in enumerate(labels, 1) if label == "Yhteensä"]
    cost = made.costs[0]
    assert totals == [float(part.yearly.total) for part in cost.parts] + [float(cost.yearly.total)]
    assert {"overhead_1", "overhead_1_2", "risk_1_2", "hourly_cost_1"} <= set(book(made).defined_names)


def test_a_single_bidder_sees_no_trace_of_a_consortium():
    one = priced_of(bid_of(TWO[:1], LINES[:1]))
    found = book(one, data_only=True)
    assert "Jako" not in found.sheetnames
    assert found["Hinnat"]["C6"].value == "Tunti"
    buyers = book(one, pricing_sheet, data_only=True)
    assert "Tuottaja" not in [c.value for c in buyers["Osa-alue 1"][6]]


# --- recalculated -------------------------------------------------------------------------------------
@pytest.mark.office
def test_recalculated_in_an_office_program(tmp_path, priced):
    cases = [priced]
    for seed in range(6):
        members, lots, agreed = random_case(seed, most=12)
        cases.append(priced_of(bid_of([partner(m) for m in members], *lots), agreed, ["fi", "sv", "en"][seed % 3]))
    cases.append(priced_of(bid_of([partner("a"), helping("b"), partner("c")], [("a", "hour", "99,5", "60,01")])))
    cases.append(priced_of(bid_of(TWO, [("a", "hour", "3", "0,01"), ("b", "hour", "7", "0,01")]), AGREED))
    files = []
    for n, case in enumerate(cases):
        files.append(tmp_path / f"jako{n}.xlsx")
        files[-1].write_bytes(cost_sheet.render(case, build_id="b", created=CREATED))
        assert validate_package(files[-1].read_bytes()) == []
    for file, done in zip(files, office.recalculate(files, tmp_path / "out"), strict=True):
        assert office.compare_with_cache(file, done) == [], file.name


@pytest.mark.office
def test_a_share_that_is_changed_moves_the_money_and_shows_the_difference(tmp_path, priced):
    changed = book(priced)
    sheet = changed["Jako"]
    row = next(c.row for c in sheet["A"] if c.value == "Aatos ry" and sheet.cell(c.row, 6).value)
    sheet.cell(row, 6).value = 0.5
    changed.save(tmp_path / "changed.xlsx")
    (done,) = office.recalculate([tmp_path / "changed.xlsx"], tmp_path / "out")
    rows = after(
        [list(r) for r in load_workbook(done, data_only=True)["Jako"].iter_rows(values_only=True)], "Osa-alue 1: Osa 1"
    )
    net = float(priced.lots[0].net)
    assert named(rows, "Aatos ry")[6] == round(net / 2, 2)
    assert named(rows, "Ero")[6] == pytest.approx(round(net / 2, 2) - float(priced.shares.of("agreed").lots[0].money))


@pytest.mark.office
def test_nothing_is_clipped_on_paper_with_forty_members(tmp_path):
    rng = random.Random(1)
    members = [partner(f"m{n}") for n in range(40)]
    lines = [(f"m{n}", "hour", str(rng.randint(1, 400)), "61,37") for n in range(40)]
    file = tmp_path / "jako.xlsx"
    file.write_bytes(cost_sheet.render(priced_of(bid_of(members, lines)), build_id="b", created=CREATED))
    pages = office.pdf_text(office.pdf([file], tmp_path)[0])
    assert not any("###" in page for page in pages)
    assert all("SISÄINEN" in page for page in pages)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9))
def test_stored_sums_of_every_way_are_those_of_the_bid(seed):
    members, lots, agreed = random_case(seed, most=12)
    made = priced_of(bid_of([partner(m) for m in members], *lots), agreed)
    if len(members) == 1:
        return
    rows = rows_of(made)
    for n, lot in enumerate(made.lots, 1):
        table = after(rows, f"Osa-alue {n}: Osa 1")
        for label in ("Yhteensä", "Tarjouksessa"):
            assert [named(table, label)[col] for col in (3, 6, 9)] == [float(lot.net)] * 3
        members_in = table[2 : [row[0] for row in table].index("Yhteensä")]
        for col in (3, 6, 9):
            assert sum(Decimal(str(row[col])) for row in members_in if row[col] is not None) == lot.net
    whole = after(rows, "Koko tarjous")
    assert [named(whole, "Yhteensä")[col] for col in (3, 6, 9)] == [float(made.net)] * 3


# --- a whole run --------------------------------------------------------------------------------------
SILTAURA = {
    "organisation": small.FILES["organisation"]
    .replace("id: esimerkki", "id: siltaura")
    .replace("Esimerkki ry", "Siltaura ry")
    .replace("3134980-3", "9962107-6"),
    "cost_basis": small.FILES["cost_basis"].replace("overhead: 12 %", "overhead: 7,31 %"),
    "sites": small.FILES["sites"].replace("id: pori", "id: ulvila"),
    "staff": small.FILES["staff"].replace("id: valmentaja", "id: ohjaaja").replace("valmennus", "ohjaus"),
    "services": small.FILES["services"].replace("id: valmennus", "id: ohjaus").replace("pori", "ulvila"),
    "salaries": small.FILES["salaries"]
    .replace("valmentaja", "ohjaaja")
    .replace("valmennus", "ohjaus")
    .replace("3 000", "2 917,43"),
}
SILTAURA["services"] = SILTAURA["services"].replace("{services.valmennus.dose.hours}", "16")
JOINT = {
    "consortium": "form: group\nlead: esimerkki\nname: Porin polut\n",
    "participants": "- id: esimerkki\n  role: lead\n  task: Johtaa\n- id: siltaura\n  role: member\n  task: Ohjaa\n",
    "shares": "- id: e\n  member: esimerkki\n  lot: osa1\n  money: 61,37 %\n"
    "- id: s\n  member: siltaura\n  lot: osa1\n  money: 38,63 %\n",
}


def joint(folder: Path, **changed: str) -> Path:
    """Write a group of two organisations, the lead's files at the top."""
    line = "- id: h2\n  number: 1.2\n  lot: osa1\n  title: Ohjaustunti\n  unit: hour\n  quantity: 800\n"
    paid = (
        "- line: h2\n  service: ohjaus\n  strategy: cost_plus\n  margin: 5 %\n"
        "  vat: {status: exempt, ground: AVL 37 §, decided_by: Hallitus}\n"
    )
    small.write(
        folder,
        price_lines=small.FILES["price_lines"] + line,
        prices=small.FILES["prices"] + paid,
        lot_offers="- lot: osa1\n  services: [valmennus, ohjaus]\n",
        **(JOINT | changed),
    )
    (folder / "jasenet/siltaura").mkdir(parents=True, exist_ok=True)
    for noun, text in SILTAURA.items():
        (folder / f"jasenet/siltaura/{noun}.yaml").write_text(text, encoding="utf-8")
    return folder


def shared_findings(folder):
    run = pipeline.assess(folder, as_of=date(2027, 1, 15))
    codes = {"BK293", "BK294", "BK295", "BK296", *(f"BK68{n}" for n in range(10))}
    say = Translator("en", FINDINGS)
    return run, [(f.code, str(f.place), say.sentence(f).replace("\xa0", " ")) for f in run.findings if f.code in codes]


def test_a_run_of_a_joint_bid_shares_its_price(tmp_path):
    run, found = shared_findings(joint(tmp_path))
    priced = run.assessment.priced
    # 800 of the 1 164 hours of each are sold, so the lead loses although its prices are above the full cost.
    assert [x[:2] for x in found] == [("BK293", "shares.yaml:4:10"), ("BK293", "shares.yaml:8:10")]
    for (*_, text), one, name in zip(
        found, priced.shares.of("agreed").members, ("Esimerkki ry", "Siltaura ry"), strict=True
    ):
        assert text.startswith(f"“{name}” makes a loss of {-one.results[1].result:,.2f} €/year at 100 % of the volume")
    assert [(p.member, p.role, p.task) for p in priced.shares.partners] == [
        ("esimerkki", "lead", {"": "Johtaa"}),
        ("siltaura", "member", {"": "Ohjaa"}),
    ]
    assert sum(m.money for m in priced.shares.of("agreed").members) == priced.net


PLANTED = {
    "99.99": (("38,63 %", "38,62 %"), "BK294", "shares.yaml:8:10", "99.99 %, but they must add up to 100 % exactly."),
    "100.01": (("38,63 %", "38,64 %"), "BK294", "shares.yaml:8:10", "100.01 %, but they must add up to 100 % exactly."),
    "near": (("member: siltaura", "member: siltura"), "BK295", "shares.yaml:6:11", "there is: siltaura."),
    "lot": (("lot: osa1\n  money: 38", "lot: osa-1\n  money: 38"), "BK295", "shares.yaml:7:8", "there is: osa1."),
    "twice": (
        ("member: siltaura", "member: esimerkki"),
        "BK296",
        "shares.yaml:5:3",
        "the first is at shares.yaml:1:3.",
    ),
}


@pytest.mark.parametrize("case", PLANTED)
def test_what_is_wrong_with_the_shares_is_found_at_its_cell(tmp_path, case):
    (old, new), code, place, end = PLANTED[case]
    assert JOINT["shares"].count(old) == 1
    _, found = shared_findings(joint(tmp_path, shares=JOINT["shares"].replace(old, new)))
    told = [x for x in found if x[0] != "BK293"]
    assert [x[:2] for x in told][:1] == [(code, place)], found
    assert told[0][2].endswith(end)
    assert [x[0] for x in told[1:]] in ([], ["BK294"])


def test_a_negative_share_is_found_by_its_reader_and_not_once_more(tmp_path):
    run, found = shared_findings(joint(tmp_path, shares=JOINT["shares"].replace("38,63 %", "-38,63 %")))
    assert [x[0] for x in found if x[0] != "BK293"] == []
    (told,) = [f for f in run.findings if f.place.file == "shares.yaml"]
    assert str(told.place) == "shares.yaml:8:10"


def test_a_member_that_has_withdrawn_leaves_a_share_behind(tmp_path):
    folder = joint(tmp_path, participants=JOINT["participants"] + "  withdrawn: kyllä\n")
    for noun in ("lot_offers", "prices"):  # the lead has taken over its work, and forgotten its share
        file = folder / f"{noun}.yaml"
        file.write_text(file.read_text("utf-8").replace("ohjaus]", "]").replace("ohjaus", "valmennus"), "utf-8")
    _, found = shared_findings(folder)
    (told,) = [x for x in found if x[0] != "BK293"]
    assert told[:2] == ("BK681", "shares.yaml:6:11")
    assert "38.63 % of the money" in told[2]


def test_shares_in_a_workbook_are_found_at_their_cell(tmp_path):
    joint(tmp_path / "yaml", shares=JOINT["shares"].replace("38,63 %", "38,62 %"))
    assert bidkit("convert", tmp_path / "yaml", tmp_path / "xlsx").code == 0
    _, found = shared_findings(tmp_path / "xlsx")
    (told,) = [x for x in found if x[0] == "BK294"]
    assert told[1].startswith("ryhmittyma.xlsx › ")


# --- the buyer ----------------------------------------------------------------------------------------
def test_the_buyer_reads_who_bids_and_who_gives_what(tmp_path):
    run, _ = shared_findings(joint(tmp_path))
    found = book(run.assessment.priced, pricing_sheet, data_only=True)
    block = [(r[0], r[1]) for r in found["Yhteenveto"].iter_rows(values_only=True)]
    assert block[5:8] == [
        ("Yhteenliittymä", "Porin polut"),
        ("Tarjoaja, ryhmittymän vetäjä", "Esimerkki ry (3134980-3)"),
        ("Tarjoaja", "Siltaura ry (9962107-6)"),
    ]
    lot = found["Osa-alue 1"]
    assert lot["A3"].value == "Porin polut: Esimerkki ry, Siltaura ry"
    assert [row[-1].value for row in lot.iter_rows(6, 8)] == ["Tuottaja", "Esimerkki ry", "Siltaura ry"]


@pytest.mark.parametrize(
    ("form", "role", "label", "bidder"),
    [
        ("subcontracting", "subcontractor", "Alihankkija", "Esimerkki ry"),
        ("reliance", "capacity", "Antaa voimavaransa", "Esimerkki ry"),
    ],
)
def test_whoever_does_not_sign_is_no_bidder(tmp_path, form, role, label, bidder):
    changed = {
        "consortium": JOINT["consortium"].replace("group", form),
        "participants": JOINT["participants"].replace("role: member", f"role: {role}"),
    }
    run, _ = shared_findings(joint(tmp_path, **changed))
    found = book(run.assessment.priced, pricing_sheet, data_only=True)
    block = {r[0]: r[1] for r in found["Yhteenveto"].iter_rows(values_only=True)}
    assert (block["Tarjoaja"], block[label]) == ("Esimerkki ry (3134980-3)", "Siltaura ry (9962107-6)")
    assert found["Osa-alue 1"]["A3"].value == bidder


def test_nothing_of_the_split_is_in_the_files_for_the_buyer(tmp_path):
    folder = joint(tmp_path / "bid")
    built = pipeline.build(folder, out=tmp_path / "out", draft=True, as_of=date(2027, 1, 15))
    shares = built.run.assessment.priced.shares
    figures = {"61.37", "38.63", "0.6137", "0.3863", "2917.43", "7.31", "0.0731", "TAPPIO"}
    for way in shares.alternatives:
        whole = built.run.assessment.priced.net
        for one in way.members:
            for amount in (one.money, *(r.income for r in one.results), *(r.result for r in one.results)):
                if way.name != "by_owner" and amount not in (0, whole):
                    figures.add(f"{amount.normalize():f}")
        figures |= {f"{r.cost.normalize():f}" for one in way.members for r in one.results}
    figures |= {f"{abs(Decimal(f)):,.2f}".replace(",", " ").replace(".", ",") for f in figures if f[-1].isdigit()}
    assert len(figures) > 40
    for name in ("tarjous.docx", "hinnoittelu.xlsx"):
        text = all_strings((built.folder / name).read_bytes()).replace("\xa0", " ")
        assert [f for f in sorted(figures) if f in text] == [], name
    inside = all_strings((built.folder / "sisainen/kustannukset.xlsx").read_bytes())
    assert "0.6137" in inside
    assert "TAPPIO" in inside
