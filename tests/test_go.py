"""Go or no-go: every rule at its threshold and beside it, what is not known, the own table, and the screen."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import bidkit
from bidkit.diagnostics import Measure, Place
from bidkit.go import WORDS, Way, decide, overridden, shipped
from bidkit.model.cost import IncomeSource
from bidkit.pricing import price
from bidkit.stages import Assessment, BoundCondition, Judgement, State, Verdict
from tests import make, small
from tests.conftest import EXAMPLES, run

D = Decimal
DAY = date(2026, 12, 16)  # 30 days before the deadline
OWN, SHARED = "tax_certificate", "staffing"  # met by every member; met together
TURNOVER = ({"year": 2025, "amount": "500 000"},)
JUDGE = object()
RULES = [rule.name for rule in shipped().rules]


def income(kind, amount, title="Rahoittaja", **given):
    fields = {"id": "tulo", "title": title, "kind": kind, "amount": amount, "start": "1.1.2026"} | given
    return IncomeSource.model_validate({**fields, "@": Place("funding.yaml", "7:3", {})})


FUNDING = (income("grant", "500 000"),)


def judged(kind, state=State.NOT_MET, n=1, *, binding="knock_out", required=None, found=None, told=True):
    entry = make.condition(kind, id=f"{kind}-{n}", binding=binding)
    place = Place("conditions.yaml", f"{n}:1")
    verdict = Verdict(state, "x", required=required, found=found, place=place)
    return Judgement(BoundCondition(entry, JUDGE if told else None, (), True, None), None, verdict)


def assessed(*judgements, turnover=TURNOVER, funding=FUNDING, line=None, at="60", given=None, salaries=None, **dossier):
    """Return an assessed bid of which nothing speaks against bidding alone: 100 h a year at 60 €."""
    own = make.organisation_(turnover=list(turnover))
    salaries = (make.salary(),) if salaries is None else salaries
    member = make.member(organisation=own, salaries=salaries, funding=tuple(funding))
    pair = (make.price_line(**(line or {})), make.price(unit_price=at, **(given or {})))
    bid = make.priced_bid(members=(member,), lots=((make.lot(), make.offer(), (pair,)),), **dossier).bid
    return Assessment(price(bid)[0], judgements, DAY)


def reason(rule, assessment, day=DAY, table=None):
    decision = decide(assessment, day, table or shipped())
    (found,) = [one for one in decision.reasons if one.rule.name == rule]
    return found


def test_nothing_fired_is_alone():
    decision = decide(assessed(), DAY, shipped())
    assert (decision.verdict, decision.as_known) == (Way.ALONE, Way.ALONE)
    assert {r.state for r in decision.reasons} == {"fine", "not asked"}
    assert [r.rule.name for r in decision.of("not asked")] == ["references_missing", "capacity_cover"]


# --- each row at its threshold: just before, exactly, just past ---------------------------------------
def knock_outs(kind, n):
    return assessed(*(judged(kind, n=i) for i in range(n)))


def references(found):
    required, found = Measure(3, "references"), Measure(found, "references")
    return assessed(judged("references", State.MET, binding="scored", required=required, found=found))


def capacity(found):
    required, found = Measure(100, "clients/day"), Measure(found, "clients/day")
    return assessed(judged("minimum_capacity", State.MET, binding="scored", required=required, found=found))


def buyers(amount):
    """Return a bid of 6 000 € a year beside a buyer of so many euros, all income being 100 000 €."""
    rest = 100_000 - 6_000 - amount
    return assessed(funding=(income("market", str(amount), "Toinen kunta"), income("grant", str(rest))))


FIRST_HOURS = D("1164.57")  # of one full-time post (vector C)
FULL_COST = D("45.84")  # 45 390.24 × 1.12 × 1.05 / 1 164.57 h
ROWS = [
    ("own_knock_outs", [(knock_outs(OWN, n), DAY) for n in (0, 1, 2)], "skip", (0, 1, 1)),
    ("partner_knock_outs", [(knock_outs(SHARED, n), DAY) for n in (0, 1, 2)], "join", (0, 1, 1)),
    (
        "turnover_cover",
        [(assessed(turnover=({"year": 2025, "amount": a},)), DAY) for a in ("5 999,99", "6 000", "6 000,01")],
        "join",
        (1, 0, 0),
    ),
    ("references_missing", [(references(n), DAY) for n in (3, 2, 1)], "join", (0, 1, 1)),
    ("capacity_cover", [(capacity(n), DAY) for n in (99, 100, 101)], "join", (1, 0, 0)),
    (
        "hours_cover",
        [(assessed(line={"quantity": str(FIRST_HOURS + D(n) / 100)}), DAY) for n in (1, 0, -1)],
        "join",
        (1, 0, 0),
    ),
    ("days_left", [(assessed(), date(2027, 1, 15) - timedelta(n)) for n in (6, 7, 8)], "skip", (1, 0, 0)),
    ("largest_buyer", [(buyers(a), DAY) for a in (49_900, 50_000, 50_100)], "join", (0, 0, 1)),
    ("cost_cover", [(assessed(at=str(FULL_COST + D(n) / 100)), DAY) for n in (-1, 0, 1)], "skip", (1, 0, 0)),
]


@pytest.mark.parametrize(("rule", "cases", "verdict", "fires"), ROWS, ids=[row[0] for row in ROWS])
def test_a_rule_fires_at_its_threshold_and_not_beside_it(rule, cases, verdict, fires):
    for (assessment, day), wanted in zip(cases, fires, strict=True):
        found = reason(rule, assessment, day)
        assert found.state == ("fires" if wanted else "fine"), (rule, found.known)
        assert found.verdict == (Way(verdict) if wanted else None)
        assert decide(assessment, day, shipped()).verdict == (verdict if wanted else (found.verdict or "alone"))


@pytest.mark.parametrize(("days", "cash", "state", "gap"), [
    ("29", "0", "fine", "2"), ("30", "0", "fine", "2"), ("31", "0", "fires", "2.0"), ("60", "0", "fires", "3"),
    ("60", "4448.24", "fires", "2"), ("60", "4448.25", "fine", "2"), ("30", "999999", "fine", "0"),
])  # fmt: skip
def test_the_cash_gap_is_months_of_cost_less_own_money(days, cash, state, gap):
    # 53 378.92 € a year: 4 448.2433… a month
    table = shipped().given(payment_days=D(days), cash=D(cash))
    found = reason("cash_gap", assessed(), table=table)
    assert (found.state, found.facts["gap"]) == (state, Measure(D(gap), "months"))
    assert found.facts["monthly"] == Measure(D("4448.24"), "EUR/month")


def test_every_rule_of_the_table_is_tested_and_worded():
    assert [row[0] for row in ROWS] + ["cash_gap"] == sorted([*RULES], key=lambda r: (r == "cash_gap", RULES.index(r)))
    assert list(WORDS) == RULES


def test_the_strictest_that_fires_decides_and_all_are_listed():
    decision = decide(knock_outs(SHARED, 1), date(2027, 1, 14), shipped())
    assert [(r.rule.name, r.verdict) for r in decision.of("fires")] == [
        ("days_left", Way.SKIP),
        ("partner_knock_outs", Way.JOIN),
    ]
    assert (decision.verdict, decision.as_known) == (Way.SKIP, Way.SKIP)


# --- what is not known never counts as good -----------------------------------------------------------
UNKNOWN = [
    ("own_knock_outs", assessed(judged(OWN, State.CANNOT_TELL)), "skip"),
    ("own_knock_outs", assessed(judged("no_such_kind", State.CANNOT_TELL, told=False)), "skip"),
    ("own_knock_outs", assessed(set_aside={"conditions": frozenset({"v9"})}), "skip"),
    ("own_knock_outs", assessed(incomplete=frozenset({"conditions"})), "skip"),
    ("partner_knock_outs", assessed(judged(SHARED, State.CANNOT_TELL)), "join"),
    ("turnover_cover", assessed(turnover=()), "join"),
    ("turnover_cover", assessed(turnover=({"year": 2024, "amount": "1"}, {"year": 2028, "amount": "900 000"})), "join"),
    ("turnover_cover", assessed(turnover=({"year": 2023, "amount": "900 000"},)), "join"),
    ("turnover_cover", assessed(missing_lines=(make.price_line(id="h2"),)), "join"),
    ("references_missing", assessed(judged("references", State.CANNOT_TELL, binding="scored")), "join"),
    (
        "references_missing",
        assessed(judged("references", State.CANNOT_TELL, binding="scored", required=Measure(2, "references"))),
        "join",
    ),
    ("references_missing", assessed(incomplete=frozenset({"conditions"})), "join"),
    ("capacity_cover", assessed(judged("minimum_capacity", State.CANNOT_TELL, binding="scored")), "join"),
    ("hours_cover", assessed(salaries=()), "join"),
    ("hours_cover", assessed(line={"unit": "visit"}), "join"),
    ("cash_gap", assessed(salaries=()), "join"),
    ("cash_gap", assessed(set_aside={"cost_items": frozenset({"tilat"})}), "join"),
    ("largest_buyer", assessed(funding=()), None),
    ("largest_buyer", assessed(funding=(income("grant", "1", end="31.12.2026"),)), None),
    ("largest_buyer", assessed(set_aside={"funding": frozenset({"x"})}), None),
    ("cost_cover", assessed(salaries=()), "skip"),
    ("cost_cover", assessed(set_aside={"salaries": frozenset({"x"})}), "skip"),
    ("cost_cover", assessed(incomplete=frozenset({"prices"})), "skip"),
]


@pytest.mark.parametrize(("rule", "assessment", "verdict"), UNKNOWN)
def test_an_unknown_fact_never_counts_as_good(rule, assessment, verdict):
    found = reason(rule, assessment)
    if rule == "turnover_cover" and found.facts["turnover"] == Measure(D(1), "EUR/year"):
        assert found.state == "fires"  # the newest accounts by the deadline count, never those of a year to come
        return
    assert (found.state, found.verdict) == ("unknown", verdict)
    decision = decide(assessment, DAY, shipped())
    surely = [one.verdict for one in decision.reasons if one.state == "fires"]
    assert decision.as_known == (surely[0] if surely else Way.ALONE)
    assert verdict is None or decision.verdict != Way.ALONE


def test_what_is_surely_bad_fires_whatever_else_is_not_known():
    both = assessed(judged(OWN, n=1), judged(OWN, State.CANNOT_TELL, n=2))
    assert reason("own_knock_outs", both).state == "fires"
    little = ({"year": 2025, "amount": "10"},)
    assert (
        reason("turnover_cover", assessed(turnover=little, missing_lines=(make.price_line(id="h2"),))).state == "fires"
    )
    assert reason("cost_cover", assessed(at="10", set_aside={"salaries": frozenset({"x"})})).state == "fires"


def test_only_a_mandatory_condition_knocks_out():
    for binding in ("scored", "information"):
        assert reason("own_knock_outs", assessed(judged(OWN, binding=binding))).state == "fine"
    assert reason("own_knock_outs", assessed(judged(OWN, State.ATTESTED))).state == "fine"
    information = judged("references", binding="information", required=Measure(9, "references"))
    assert reason("references_missing", assessed(information)).state == "not asked"
    other = judged("references", State.NOT_APPLICABLE)
    assert reason("references_missing", assessed(other)).state == "not asked"


def test_a_condition_judged_for_two_lots_counts_once_and_its_worst_verdict():
    found = reason("own_knock_outs", assessed(judged(OWN, State.CANNOT_TELL), judged(OWN)))
    assert (found.known.low, found.known.high) == (1, 1)


def test_the_worst_of_several_demands_decides():
    def refs(n, required, found):
        required, found = Measure(required, "references"), Measure(found, "references")
        return judged("references", State.MET, n, binding="scored", required=required, found=found)

    found = reason("references_missing", assessed(refs(1, 2, 2), refs(2, 5, 3)))
    assert (found.state, found.known.low, str(found.places[0])) == ("fires", 2, "conditions.yaml:2:1")


def test_a_price_below_cost_with_a_stated_reason_is_its_owners_decision():
    assert reason("cost_cover", assessed(at="10", given={"below_cost_reason": "Hallitus päätti"})).state == "not asked"


def test_income_of_the_buyer_itself_is_added_to_the_offer():
    funding = (income("municipal", "50 000", "ESIMERKKIKUNTA, avustus"), income("grant", "44 000"))
    found = reason("largest_buyer", assessed(funding=funding))
    assert found.known.low == 56
    assert found.facts == {"share": Measure(D(56), "percent"), "buyer": "Esimerkkikunta"}
    grants = reason("largest_buyer", assessed(funding=(income("own", "94 000"),)))
    assert grants.known.low == 6  # members and donors are no buyer


def test_figures_and_places_of_each_reason():
    found = reason("turnover_cover", assessed(turnover=({"year": 2025, "amount": "3 000"},)))
    assert found.facts == {
        "turnover": Measure(D(3000), "EUR/year"),
        "value": Measure(D("6000.00"), "EUR/year"),
        "cover": Measure(D(50), "percent"),
    }
    assert found.places[0].file == "organisation.yaml"
    assert [p.file for p in reason("cost_cover", assessed()).places] == ["prices.yaml"]
    assert str(reason("days_left", assessed()).places[0]) == str(make.tender_().at.of("deadline"))


# --- the table ----------------------------------------------------------------------------------------
def test_every_threshold_that_ships_has_a_source():
    text = (Path(bidkit.__file__).parent / "data/go.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert all(row["source"] and row["threshold"] and row["unit"] for row in rows)
    assert [row["rule"] for row in rows if row["relation"]] == RULES
    assert {rule.unknown for rule in shipped().rules} == {Way.JOIN, Way.SKIP, None}


def test_the_folders_own_table_changes_single_rows():
    text = "rule;threshold;source\r\nlargest_buyer;40 %;Hallituksen päätös\r\n\r\ncash;25 000,50;\r\n"
    table, findings = overridden(shipped(), text)
    assert findings == ()
    rule = next(r for r in table.rules if r.name == "largest_buyer")
    assert (rule.threshold, rule.relation, rule.source) == (40, "above", "Hallituksen päätös")
    assert str(rule.at) == "go.csv:2:1"
    assert (table.settings["cash"].value, str(table.settings["cash"].at)) == (D("25000.50"), "go.csv:4:1")
    assert [r for r in table.rules if r.name != "largest_buyer"] == [
        r for r in shipped().rules if r.name != "largest_buyer"
    ]


def test_a_rule_can_be_left_out_or_lead_elsewhere():
    table, _ = overridden(
        shipped(), "rule,threshold,verdict,unknown\ndays_left,,off,\npartner_knock_outs,2,skip,note\n"
    )
    assert reason("days_left", assessed(), date(2027, 1, 15), table).state == "off"
    assert decide(knock_outs(SHARED, 1), DAY, table).verdict == Way.ALONE
    assert decide(knock_outs(SHARED, 2), DAY, table).verdict == Way.SKIP


@pytest.mark.parametrize(("row", "code", "line"), [
    ("largest_byer;40;;", "BK298", 2), ("days_left;x;;", "BK140", 2), ("days_left;1.000;;", "BK145", 2),
    ("days_left;5;alone;", "BK299", 2), ("days_left;5;;alone", "BK299", 2), ("days_left;-1;;", "BK143", 2),
    ("days_left;5;;\ndays_left;6;;", "BK289", 3),
])  # fmt: skip
def test_a_faulty_row_is_found_at_its_line_and_changes_nothing(row, code, line):
    table, findings = overridden(shipped(), f"rule;threshold;verdict;unknown\n{row}\n")
    assert [str(f.place) for f in findings] == [f"go.csv:{line}:1"]
    if code != "BK140":
        assert findings[0].code == code or row.startswith("days_left;-1")
    days = next(r for r in table.rules if r.name == "days_left")
    assert days.threshold == (5 if code == "BK289" else 7)


def test_a_table_without_its_columns_changes_nothing():
    table, findings = overridden(shipped(), "sääntö;raja\ndays_left;5\n")
    assert [f.code for f in findings] == ["BK297"]
    assert table == shipped()
    assert overridden(shipped(), "") == (shipped(), ())


# --- the command --------------------------------------------------------------------------------------
def test_one_screen_of_a_whole_dossier(tmp_path):
    folder = small.write(tmp_path / "a")
    done = run("go", folder, "--as-of", "15.1.2027")
    assert done.code == 0
    head, *lines = done.out.replace("\xa0", " ").splitlines()
    assert head.startswith("Kannattaako tarjota 15.1.2027, kansio ")
    assert lines == [
        "Työllistymistä tukevat valmennuspalvelut, Esimerkkikunta",
        "Taulun mukaan   tarjotkaa yksin: mikään sääntö ei puhu sitä vastaan",
        "                sikäli kuin tiedetään; alla se, mistä ei ole tietoa",
        "Ei tietoa       Ei ole tietoa, kuinka suuren osan kaikista tuloista suurin tilaaja maksaisi:",
        "                rahoitusta ei ole kerrottu. (raja: yli 50 %, vahvistamaton)",
        "Kunnossa        omat pakolliset ehdot; yhdessä täytettävät ehdot; liikevaihto 941,4 % tarjouksesta;",
        "                kapasiteetti 100 %; henkilöstön tunnit 145,6 %; kuluja ennen maksua 2 kuukautta;",
        "                aikaa 31 päivää; hinnat vähintään 105 % kustannuksesta",
        "Päätös          on teidän. Rajoja voi muuttaa tiedostolla go.csv.",
    ]


def test_the_reasons_with_figures_limit_and_place(tmp_path):
    folder = small.write(tmp_path / "a", **small.change("conditions", "clients: 8", "clients: 9"))
    done = run("kannattaako", folder, "--as-of", "15.1.2027", "--maksuaika", "60", "--kassa", "1 000")
    lines = done.out.replace("\xa0", " ")
    assert done.code == 0
    assert "Taulun mukaan   tarjotkaa yhdessä kumppanin kanssa\n" in lines
    folded = " ".join(lines.split())
    assert "Nämä pakolliset ehdot eivät täyty, mutta kumppani voisi auttaa: v1 Vähimmäiskapasiteetti." in folded
    assert "Kapasiteetti: 8 asiakasta/pv, mikä on 88,9 % vaaditusta (9 asiakasta/pv). (raja: alle 100 %)" in folded
    assert "maksuaika 60 päivää); omaa rahaa 1 000,00 €, kattamatta 2,8 kuukautta." in folded
    for language in ("sv", "en"):
        other = run("lonar", folder, "--as-of", "15.1.2027", env={"BIDKIT_LANGUAGE": language})
        assert (other.code, "Kannattaako" in other.out) == (0, False)


@pytest.mark.parametrize("name", ["tyopolku", "tyopolku-excel", "puutteita", "pienhankinta"])
def test_the_examples_fit_on_one_screen_of_any_console(name):
    done = run("go", EXAMPLES / name, "--as-of", "15.1.2027", encoding="cp1252")
    assert done.code == 0
    lines = done.out.splitlines()
    assert len(lines) <= 24
    assert all(len(line) <= 100 for line in lines)


def test_json_has_every_rule_with_its_bounds(tmp_path):
    folder = small.write(tmp_path / "a")
    told = json.loads(run("go", folder, "--as-of", "15.1.2027", "--json", "--cash", "500").out)
    assert (told["verdict"], told["as_known"], told["settings"]["cash"]) == ("alone", "alone", "500")
    assert [one["rule"] for one in told["reasons"]] == RULES
    days = told["reasons"][RULES.index("days_left")]
    assert (days["state"], days["low"], days["high"], days["threshold"]) == ("fine", "31", "31", "7")


def test_the_table_of_the_folder_is_read_and_its_faults_are_told(tmp_path):
    folder = small.write(tmp_path / "a")
    (folder / "go.csv").write_bytes("rule;threshold;source\r\ndays_left;40;Päätös\r\n".encode("utf-8-sig"))
    done = run("go", folder, "--as-of", "15.1.2027")
    assert done.code == 0
    assert "raja: alle 40 päivää, go.csv:2:1" in " ".join(done.out.replace("\xa0", " ").split())
    (folder / "go.csv").write_bytes(b"rule;threshold\ndays_left;yksi viikko\n")
    done = run("go", folder, "--as-of", "15.1.2027")
    assert (done.code, "go.csv:2:1" in done.out, "Taulun mukaan" in done.out) == (1, True, True)
    (folder / "go.csv").write_bytes(b"rule;threshold;source\ndays_left;4;P\xe4\xe4t\xf6s\n")
    assert run("go", folder, "--as-of", "15.1.2027").code == 1
    (folder / "go.csv").unlink()
    (folder / "go.csv").mkdir()
    assert run("go", folder, "--as-of", "15.1.2027").code == 1


def test_what_rests_on_unknown_facts_is_told_apart(tmp_path):
    folder = small.write(tmp_path / "a", attestations=None)
    done = run("go", folder, "--as-of", "15.1.2027", encoding="cp1252")
    assert done.code == 0
    assert "Taulun mukaan   jättäkää tämä väliin\n" in done.out.replace("\r\n", "\n")
    text = " ".join(done.out.split())
    assert "väliin tarjotkaa yksin: mikään sääntö ei puhu sitä vastaan, jos kaikki, mistä ei ole tietoa, osoi" in text
    assert (
        "Jätä väliin? Nämä pakolliset ehdot voitte täyttää vain itse, eikä niiden täyttymisestä ole tietoa: v2" in text
    )
    told = json.loads(run("go", folder, "--as-of", "15.1.2027", "--json").out)
    assert (told["verdict"], told["as_known"]) == ("skip", "alone")


def test_without_a_tender_there_is_nothing_to_decide(tmp_path):
    tender = ("tender", "lots", "conditions", "criteria", "price_lines")
    answer = ("lot_offers", "prices", "answers", "bid", "attestations")
    folder = small.write(tmp_path / "a", **dict.fromkeys((*tender, *answer)))
    done = run("go", folder, "--as-of", "15.1.2027")
    assert (done.code, "Taulun mukaan" in done.out) == (1, False)
    assert "Tarjouspyyntöä ei vielä ole" in done.out
    assert run("go", tmp_path / "ei", "--as-of", "15.1.2027").code == 2
    assert run("go", folder, "--cash", "paljon").code == 2


def test_all_rules_fired_at_once_keep_their_figures(tmp_path):
    from bidkit.cli.go import reader, screen

    bad = assessed(
        judged(OWN), judged(SHARED), turnover=({"year": 2025, "amount": "10"},), at="10",
        line={"quantity": "2000"}, funding=(income("market", "90 000", "Toinen kunta"),),
    )  # fmt: skip
    table = shipped().given(payment_days=D(90), cash=None)
    lines = screen(decide(bad, date(2027, 1, 20), table), bad, tmp_path, reader(), errors=3)
    assert all(len(line) <= 100 for line in lines)
    assert len(lines) <= 24
    text = " ".join(" ".join(lines).replace("\xa0", " ").split())
    assert "jättöaika on ohi" in text
    assert "”Toinen kunta” maksaisi 81,8 % kaikista tuloista." in text


def test_several_organisations_are_not_told_to_bid_alone(tmp_path):
    folder = small.write(tmp_path / "a", consortium="form: group\nlead: esimerkki\n")
    text = " ".join(run("go", folder, "--as-of", "15.1.2027").out.split())
    assert "tarjotkaa yhdessä tällä joukolla" in text
    assert "tarjotkaa yksin" not in text
