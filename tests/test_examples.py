"""The example dossiers: they build clean in every language they promise, and every planted mistake is found."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bidkit.conditions import kinds
from bidkit.dossier.load import load
from bidkit.model.dossier import Dossier

from . import office
from .conftest import AS_OF, EXAMPLES, Run

CLEAN = [("tyopolku", "fi"), ("tyopolku", "sv"), ("tyopolku", "en"), ("pienhankinta", "fi")]
GRANTED = "BK279"  # a note that the example means to show: money of others stays out of the price
PLANTED = re.compile(r"^\s*# ODOTETTU (BK\d{3}) ")

RunBidkit = Callable[..., Run]
Built = Callable[..., Path]


def checked(run_bidkit: RunBidkit, name: str, *options: str) -> tuple[int, dict[str, Any]]:
    said = run_bidkit("check", EXAMPLES / name, "--as-of", AS_OF, "--json", *options)
    return said.code, json.loads(said.out)


def dossier(name: str) -> Dossier:
    loaded = load(EXAMPLES / name)
    assert loaded.dossier is not None
    return loaded.dossier


# --- the clean ones ----------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "language"), CLEAN)
def test_clean_example_has_nothing_to_mend(run_bidkit: RunBidkit, name: str, language: str) -> None:
    code, said = checked(run_bidkit, name, "--language", language)
    assert [(f["code"], f["place"], f["message"]) for f in said["findings"] if f["code"] != GRANTED] == []
    assert code == 0
    assert {v["verdict"] for v in said["verdicts"]} == {"met", "attested"}


def test_tyopolku_is_as_big_as_promised() -> None:
    one = dossier("tyopolku")
    (member,) = one.members
    assert len(member.services) == 3
    assert len(one.lots) == len(one.lot_offers) == 2
    assert len(one.conditions) >= 25
    assert len(one.criteria) == len(one.answers) == 6
    assert all(c.max_characters and 600 <= c.max_characters <= 3000 for c in one.criteria)
    assert len(one.price_lines) == len(one.prices) == 8
    assert len({line.unit for line in one.price_lines}) >= 5
    assert len(member.outcomes) == 20
    assert len(member.sites) == 3
    assert len(member.staff) >= 6
    assert len(member.references) >= 4


def test_tyopolku_uses_every_kind_of_condition() -> None:
    assert set(kinds()) == {condition.kind for condition in dossier("tyopolku").conditions}


def test_outcome_rows_show_how_small_groups_are_kept_secret() -> None:
    (member,) = dossier("tyopolku").members
    assert {row.follow_up_months for row in member.outcomes} == {0, 3, 6, 12}
    assert any(row.cohort < 20 for row in member.outcomes)
    assert any(0 < row.reached < 5 for row in member.outcomes)


def test_every_text_of_tyopolku_is_given_in_three_languages() -> None:
    def texts(value: Any) -> list[dict[str, Any]]:
        if isinstance(value, dict):
            own = [value] if {"fi", "sv", "en"} & value.keys() else []
            return own + [t for v in value.values() for t in texts(v)]
        return [t for v in value for t in texts(v)] if isinstance(value, list) else []

    found = [
        t for f in (EXAMPLES / "tyopolku").rglob("*.yaml") for t in texts(yaml.load(f.read_text("utf-8"), _AsText))
    ]
    assert len(found) > 300
    assert [t for t in found if set(t) != {"fi", "sv", "en"}] == []
    # A text that is longer than a name and the same in two languages has not been translated.
    same = [t["fi"] for t in found if len(t["fi"]) > 40 and len(set(t.values())) < 3]
    assert same == []


class _AsText(yaml.SafeLoader):
    """Reads every scalar as text, as bidkit does."""


_AsText.yaml_implicit_resolvers = {}


def test_languages_change_words_and_no_figure(run_bidkit: RunBidkit) -> None:
    lots = [checked(run_bidkit, "tyopolku", "--language", language)[1] for language in ("fi", "sv", "en")]

    def figures(said: dict[str, Any]) -> list[Any]:
        counted = [v for v in said["verdicts"] if v["kind"] != "text_limit"]  # texts differ in length
        return [(v["condition"], v["lot"], v["verdict"], v["margin"]) for v in counted]

    assert figures(lots[0]) == figures(lots[1]) == figures(lots[2])


@pytest.mark.parametrize("name", ["tyopolku", "pienhankinta"])
def test_prices_are_plausible(name: str) -> None:
    from bidkit.dossier.validate import validate
    from bidkit.pricing import price
    from bidkit.resolve import resolve

    bid, _ = resolve(dossier(name), validate)
    assert bid is not None
    priced, _ = price(bid)
    for service in priced.costs:
        assert service.hourly is not None
        assert 50 <= service.hourly <= 65
    for line in (line for lot in priced.lots for line in lot.lines):
        assert line.unit_cost is not None
        assert Decimal("1.03") <= line.net_price / line.unit_cost <= Decimal("1.06")
    assert priced.hours_needed <= priced.hours_available
    assert priced.break_even is not None
    assert priced.break_even < 100
    if name == "tyopolku":
        assert sum(service.granted for service in priced.costs) > 0
        assert [len(s.bidders) for s in priced.scoring] == [3, 4]  # our bid and two or three rivals


@pytest.mark.parametrize(("name", "language"), CLEAN)
def test_clean_example_builds(built: Built, name: str, language: str) -> None:
    version = built(name, language)
    assert {"tarjous.docx", "hinnoittelu.xlsx", "manifest.json"} <= {f.name for f in version.iterdir()}
    assert (version / "sisainen" / "kustannukset.xlsx").is_file()


def test_years_are_printed_as_years(built: Built) -> None:
    from .ooxml import texts

    said = " ".join(texts((built("tyopolku") / "tarjous.docx").read_bytes()))
    assert "vuonna 1996 perustettu" in said


@pytest.mark.office
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_tyopolku_fills_twenty_pages(built: Built, tmp_path: Path, language: str) -> None:
    (pdf,) = office.pdf([built("tyopolku", language) / "tarjous.docx"], tmp_path)
    assert office.page_count(pdf) >= 20


@pytest.mark.office
def test_small_procurement_is_a_proposal_of_two_or_three_pages(built: Built, tmp_path: Path) -> None:
    (pdf,) = office.pdf([built("pienhankinta") / "tarjous.docx"], tmp_path)
    assert 2 <= office.page_count(pdf) <= 3


# --- the planted mistakes ----------------------------------------------------------------------------
def expected() -> list[dict[str, str]]:
    found: list[dict[str, str]] = yaml.safe_load((EXAMPLES / "puutteita" / "_odotetut.yaml").read_text("utf-8"))
    return found


def test_every_planted_mistake_is_found_and_nothing_else(run_bidkit: RunBidkit) -> None:
    code, said = checked(run_bidkit, "puutteita")
    assert code == 1
    found = Counter((f["code"], f["place"]) for f in said["findings"])
    assert found == Counter((e["code"], e["place"]) for e in expected())
    messages = {(f["code"], f["place"]): f["message"] for f in said["findings"]}
    assert [e for e in expected() if e["says"] not in messages[e["code"], e["place"]]] == []


def test_mistakes_are_of_many_kinds() -> None:
    assert len({e["code"] for e in expected()}) >= 20


def test_each_planted_mistake_is_announced_right_above_its_line() -> None:
    announced, keys = [], set()
    for file in sorted((EXAMPLES / "puutteita").rglob("*.yaml")):
        lines = file.read_text("utf-8").splitlines()
        name = file.relative_to(EXAMPLES / "puutteita").as_posix()
        announced += [(hit[1], name, n + 1) for n, line in enumerate(lines, 1) if (hit := PLANTED.match(line))]
        keys |= {(name, n) for n, line in enumerate(lines, 1) if line.endswith(":")}
    wanted = Counter((e["code"], e["place"].partition(":")[0]) for e in expected())
    assert Counter((code, name) for code, name, _ in announced) == wanted
    for code, place in ((e["code"], e["place"]) for e in expected() if ":" in e["place"]):
        name, line = place.split(":")[0], int(place.split(":")[1])
        if (name, line - 1) in keys:  # a value of several lines stands below its field
            line -= 1
        assert (code, name, line) in announced, place


def test_faulty_example_is_not_built_but_a_draft_is(run_bidkit: RunBidkit, tmp_path: Path) -> None:
    said = run_bidkit("build", EXAMPLES / "puutteita", "--as-of", AS_OF, "--out", tmp_path / "out")
    assert said.code == 1
    assert not (tmp_path / "out").exists()
    draft = run_bidkit("build", EXAMPLES / "puutteita", "--as-of", AS_OF, "--out", tmp_path / "out", "--draft")
    assert draft.code == 0, draft.out
    assert [d.name for d in (tmp_path / "out").iterdir()] == ["v0001"]
