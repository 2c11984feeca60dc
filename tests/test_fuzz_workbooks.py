"""Mutated workbooks and files: no traceback, no marked copy that does not open, no value that changes without a word.

A seeded part of `benchmarks/fuzz.py`, what once failed as a test of its own, and proof that the oracle sees.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bidkit.dossier import cells, table
from bidkit.dossier.load import load
from bidkit.dossier.written import of_entries
from bidkit.dossier.yaml_writer import yaml_files
from tests import small
from tests.mutants import meaning
from tests.mutants.cases import CASES
from tests.mutants.cells import one_cell
from tests.mutants.copies import FI, sound
from tests.mutants.dossiers import Input, base, flat, identity, judged
from tests.mutants.meaning import Typed
from tests.mutants.people import cell_of
from tests.workbooks import put

MANY = int(os.environ.get("BIDKIT_FUZZ", "1"))
COUNTS = {"cells": 100, "rows, columns, sheets": 50, "XML": 35, "bytes": 40, "YAML": 100}


@pytest.mark.parametrize("kind", CASES)
def test_no_mutation_crashes_or_is_lost(kind, tmp_path):
    @seed(20_27)
    @settings(
        max_examples=COUNTS[kind] * MANY,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def judge(data):
        case = CASES[kind](data.draw, tmp_path / "books")
        assert not case.faults, f"{case.what}\n" + "\n".join(case.faults)

    judge()


# --- what once failed ----------------------------------------------------------------------------------
def where(spot: str, name: str = "larger") -> Input:
    """Return the cell of a dossier to be filled in."""
    return next(one for one in base(name).inputs if one.spot == spot)


def told(name: str, spot: str, put: Typed, folder) -> set[str]:
    """Put something into a cell; return the codes found at that very cell."""
    at = where(spot, name)
    assert one_cell(base(name), at, put, folder) == []
    run = judged(folder)
    return {f.code for f in run.findings if (f.place.file, f.place.spot) == (at.file, spot)}


@pytest.mark.parametrize("number", ["1E+300", "-2.2990410485489994E+65", "1E+15"])
@pytest.mark.parametrize("name", ["Palkat.monthly", "Vaiheet.hours", "Palvelut.service_code", "Hinnat.margin"])
def test_a_number_of_any_size_is_a_finding(name, number, tmp_path):
    sheet, _, field = name.partition(".")
    at = next(i for i in base("larger").inputs if i.sheet == sheet and i.field.name == field)
    assert told("larger", at.spot, Typed("number", Decimal(number), "general"), tmp_path / "a")


@pytest.mark.parametrize("put", [Typed("error", "#REF!"), Typed("formula"), Typed("bool", True), Typed("text", " ")])
def test_what_is_no_name_of_a_parameter_is_told(put, tmp_path):
    at = next(i for i in base("larger").inputs if i.field.name == "parameter1" and i.sheet == "Vaatimukset")
    row, spot = at.row, at.spot
    assert one_cell(base("larger"), at, put, tmp_path / "a") == []
    run = judged(tmp_path / "a")
    near = {f.place.spot for f in run.findings if re.fullmatch(rf"Vaatimukset![A-Z]+{row}", f.place.spot)}
    assert near, spot


def test_boxes_are_drawn_in_drawings_only(tmp_path):
    """A damaged sheet may say that its drawing is its comments; then it gets a new drawing."""
    dossier = base("larger")
    package = dossier.packages["tiedot.xlsx"].copy()
    part = package.names["Palkat"]
    rels = f"xl/worksheets/_rels/{part.rpartition('/')[2]}.rels"
    ids = dict(re.findall(r'Id="(\w+)"[^>]*?/(vmlDrawing|comments)"', package.parts[rels]))
    comments = next(id_ for id_, kind in ids.items() if kind == "comments")
    at = where(next(i.spot for i in dossier.inputs if i.sheet == "Palkat" and i.field.name == "monthly"))
    package.grid("Palkat").rows[at.row][at.column] = cell_of(Typed("text", "n. 3000"), package)
    package.settle()
    package.parts[part] = re.sub(
        r'<legacyDrawing r:id="\w+"/>', f'<legacyDrawing r:id="{comments}"/>', package.parts[part]
    )
    put(tmp_path / "a", {**dossier.written, "tiedot.xlsx": package.data()})
    run = judged(tmp_path / "a")
    assert list(sound(tmp_path / "a", run, opened=True)) == []
    assert (tmp_path / "a/tiedot_korjattavat.xlsx").is_file()


TWICE = {
    "services": (
        "    - {unit: client, hours: 16}\n",
        "    - {unit: client, hours: 20}\n",
        "client",
        "services.yaml:22:14",
    ),
    "organisation": ("  - year: 2025\n", "  - year: 2025\n    amount: 42\n", "2025", "organisation.yaml:11:11"),
    "tender": ("documents:\n", "  - {id: tp, title: Uusi, published: 4.12.2026}\n", "tp", "tender.yaml:11:10"),
}


@pytest.mark.parametrize("noun", TWICE)
def test_what_is_told_twice_inside_an_entry_is_an_error(noun, tmp_path):
    """Of two rows for one unit the last one counted, and nobody was told."""
    once, again, key, place = TWICE[noun]
    small.write(tmp_path / "a", **small.change(noun, once, once + again if noun != "organisation" else again + once))
    found = [(str(f.place), FI.sentence(f)) for f in judged(tmp_path / "a").findings if f.code == "BK218"]
    ((where_, sentence),) = found
    assert where_ == place
    assert sentence.startswith(f"”{key}” on tässä toisen kerran; se on jo paikassa {noun}.yaml:")


def test_two_shares_for_one_service_are_added_up(tmp_path):
    two = "    - {service: valmennus, share: 60 %}\n    - {service: valmennus, share: 40 %}"
    small.write(tmp_path / "a", **small.change("salaries", "    - {service: valmennus, share: 100 %}", two))
    assert judged(tmp_path / "a").findings == ()


def test_what_is_told_twice_in_one_cell_is_told_there(tmp_path):
    at = next(i for i in base("larger").inputs if i.field.name == "work_hours")
    assert one_cell(base("larger"), at, Typed("text", "asiakas: 16; asiakas: 20"), tmp_path / "a") == []
    run = judged(tmp_path / "a")
    (found,) = (f for f in run.findings if f.code == "BK218")
    assert (found.place.file, found.place.spot) == (at.file, at.spot)
    assert FI.sentence(found).startswith("”asiakas” on tässä toisen kerran")


@pytest.mark.parametrize("text", ["15.1.2027 23:59:59", "2027-01-15T23:59:59+02:00"])
def test_the_seconds_of_a_deadline_are_kept(text, tmp_path):
    at = next(i for i in base("larger").inputs if i.field.name == "deadline")
    assert one_cell(base("larger"), at, Typed("text", text), tmp_path / "a") == []
    run = judged(tmp_path / "a")
    assert run.dossier is not None
    assert f"{run.dossier.tender.deadline:%H:%M:%S}" == "23:59:59"
    again = load(put(tmp_path / "b", yaml_files(of_entries(run.entries)))).entries["tender"]
    assert again.deadline == run.dossier.tender.deadline


def test_of_two_signs_none_is_left_out(tmp_path):
    at = next(i for i in base("larger").inputs if i.field.kind == "money" and i.field.name == "other_payroll")
    assert "BK143" in told("larger", at.spot, Typed("text", "--5"), tmp_path / "a")


def test_no_percentage_is_a_day(tmp_path):
    at = next(i for i in base("larger").inputs if i.field.name == "issued")
    assert "BK178" not in told("larger", at.spot, Typed("percent", Decimal(46418), "0 %"), tmp_path / "a")


MOVED = {
    "the values before the names": {1: 2, 2: 1},
    "the values behind the examples": {2: 3, 3: 2},
    "a column between": {2: 3, 3: 4, 4: 5},
    "a column before all": {1: 2, 2: 3, 3: 4, 4: 5},
}


@pytest.mark.parametrize("how", MOVED)
def test_examples_of_a_form_are_never_taken_for_its_values(how, tmp_path):
    """With names and values swapped the examples stand beside the names: an invented buyer came into the bid."""
    dossier = base("small")
    package = dossier.packages["tarjouspyynto.xlsx"].copy()
    grid = package.grid("Perustiedot")
    for row, line in grid.rows.items():
        grid.rows[row] = {MOVED[how].get(number, number): cell for number, cell in line.items()}
    run = judged(put(tmp_path / "a", {**dossier.written, "tarjouspyynto.xlsx": package.data()}))
    assert {identity(f) for f in run.findings} == dossier.findings
    assert flat(run, dossier.home) == dossier.entries


def test_the_name_of_a_file_may_be_longer_than_any_disk_allows(tmp_path):
    at = next(i for i in base("larger").inputs if i.sheet == "Liitteet" and i.field.name == "file")
    assert "BK176" in told("larger", at.spot, Typed("text", "9" * 400), tmp_path / "a")


# --- the oracle itself -----------------------------------------------------------------------------------
def test_the_oracle_agrees_with_what_is_there(tmp_path):
    dossier = base("larger")
    assert len(dossier.inputs) > 300
    assert {i.field.kind for i in dossier.inputs} >= {
        "money",
        "hours",
        "day",
        "moment",
        "pairs",
        "choice",
        "yes_no",
        "parent",
    }
    at = where(next(i.spot for i in dossier.inputs if i.sheet == "Palkat" and i.field.name == "monthly"))
    assert one_cell(dossier, at, Typed("number", Decimal("3100.5"), "0.00"), tmp_path / "a") == []
    after = flat(judged(tmp_path / "a"), dossier.home)
    changed = {w for w in after if not meaning.same(after[w], dossier.entries.get(w))}
    assert changed == {("salaries", "valmentaja-1", "monthly")}


def test_the_oracle_sees_a_value_that_is_rounded(tmp_path, monkeypatch):
    monkeypatch.setattr(cells, "_NOISE", Decimal(1))
    at = where(next(i.spot for i in base("larger").inputs if i.field.name == "monthly"))
    (fault,) = one_cell(base("larger"), at, Typed("number", Decimal("3000.123456"), "general"), tmp_path / "a")
    assert "was read as Decimal('3000.1235'), not [Decimal('3000.123456')]" in fault


def test_the_oracle_sees_a_row_that_vanishes(tmp_path, monkeypatch):
    base("tyopolku")
    whole = table.Table.entries
    monkeypatch.setattr(table.Table, "entries", lambda self, home: list(whole(self, home))[:1])
    dossier = base("tyopolku")
    at = next(i for i in dossier.inputs if i.sheet == "Referenssit" and i.field.name == "clients")
    faults = one_cell(dossier, at, Typed("number", Decimal(7), "0"), tmp_path / "a")
    assert faults


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (Typed("text", "1 234,50 €"), [Decimal("1234.50")]),
        (Typed("text", "1.234"), []),
        (Typed("text", "1.234,50"), []),
        (Typed("number", Decimal("1234.5")), [Decimal("1234.5")]),
        (Typed("percent", Decimal("0.3")), []),
        (Typed("length", timedelta(hours=1)), []),
        (Typed("formula", Typed("number", Decimal(5))), [Decimal(5)]),
        (Typed("formula"), []),
        (Typed("error", "#REF!"), []),
    ],
)
def test_the_oracle_reads_money_as_people_do(typed, meant):
    field = next(i.field for i in base("larger").inputs if i.field.kind == "money")
    assert meaning.meanings(typed, field) == meant
