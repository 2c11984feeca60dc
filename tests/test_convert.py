"""`bidkit convert`: nothing is lost on the way, whichever way, and nothing is ever written over."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bidkit import conditions, money
from bidkit.dossier import sheets
from bidkit.dossier.load import load
from bidkit.dossier.normalised import normalised
from bidkit.dossier.sheets import Column
from bidkit.dossier.validate import validate
from bidkit.dossier.workbook_writer import workbooks
from bidkit.dossier.written import Written, of_entries, whole
from bidkit.dossier.yaml_writer import yaml_files
from bidkit.model.codes import municipalities
from bidkit.model.dossier import NOUNS
from bidkit.pipeline import build_id
from tests import make, random_dossier, small
from tests.conftest import EXAMPLES, run
from tests.workbooks import put

# --- random content: every noun, every field, values at the edge of what a cell or a line holds ------------
IDS = st.sampled_from(("a", "valmennus", "osa-1", "4.2", "091", "0", "1e5", "no", "x_y"))
LINES = st.text(
    st.sampled_from("aäÅ €%&<>\"';:,#-–=+@|{}[]!?*\\\t1.0nul\u00a0\u2019\U0001f600"), min_size=1, max_size=40
)
ODD = ("no", "null", "~", "091", "3.1", "1e5", "=1+1", "- a", "a: b", "a #b", '"', "'", "_x000D_", "–", "2027-01-31")
SINGLE = st.one_of(st.sampled_from(ODD), LINES).map(str.strip).filter(bool)
BLOCK = st.lists(LINES, min_size=1, max_size=5).map(lambda lines: "\n".join(lines).strip()).filter(bool)
TEXT = st.one_of(SINGLE, BLOCK, SINGLE.map(lambda t: (t + " ") * 60).map(str.strip))
HOURS = st.one_of(
    st.decimals(0, 2000, places=2),
    st.builds(lambda h, m: Decimal(h) + Decimal(m) / 60, st.integers(0, 99), st.integers(0, 59)),
)
VALUES = {
    "id": IDS,
    "text": TEXT,
    "phone": st.sampled_from(("044 000 0100", "+358 44 000 0100", "0440000100")),
    "language": st.sampled_from(("fi", "sv", "en", "selko")),
    "business_id": st.sampled_from(("3134980-3", "9912345-6")),
    "municipality": st.sampled_from(sorted(municipalities())),
    "money": st.decimals(0, 10**9, places=4),
    "amount": st.decimals(0, 10**6, places=2),
    "count": st.integers(0, 10**6),
    "share": st.decimals(0, 100, places=4),
    "rate": st.decimals(0, 400, places=4),
    "margin": st.decimals(-100, 400, places=4),
    "hours": HOURS,
    "day": st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    "moment": st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1)).map(
        lambda m: m.replace(second=0, microsecond=0, tzinfo=money.HELSINKI)
    ),
    "yes_no": st.booleans(),
}


@st.composite
def value(draw, column: Column):
    if column.pair:
        return draw(st.lists(st.fixed_dictionaries({c.name: value(c) for c in column.pair}), max_size=3))
    if column.kind == "texts":
        if draw(st.booleans()):
            return {"": draw(TEXT)}
        return draw(st.dictionaries(st.sampled_from(("fi", "sv", "en")), TEXT, min_size=1))
    if column.path == ("file",):
        return draw(st.sampled_from(("liite.pdf", "Liite 1 ä.docx")))
    one = st.sampled_from(column.choices) if column.choices else VALUES[column.kind]
    return draw(st.lists(one, max_size=4)) if column.many else draw(one)


@st.composite
def group(draw, columns, always=()):
    """Draw one entry: what must be there, and some of the rest."""
    found = {}
    for column in columns:
        must = column.required and (len(column.path) == 1 or column.path[0] in always or column.path[0] in found)
        if column.path[0] in ("parameter", "value") or not (must or draw(st.integers(0, 2)) == 0):
            continue
        node = found
        for name in column.path[:-1]:
            node = node.setdefault(name, {})
        node[column.path[-1]] = draw(value(column))
    for column in columns:  # a group that was begun must have what it must have
        node = found.get(column.path[0]) if len(column.path) > 1 else None
        if node is not None and column.required and column.path[-1] not in node:
            node[column.path[-1]] = draw(value(column))
    for name in always:
        found.setdefault(name, {})
    return found


@st.composite
def content(draw) -> Written:
    """Draw all nouns; an entry that the model refuses (dates backwards, more reached than asked) is left out."""
    nouns = {}
    for sheet in sheets.layout():
        if sheet.path:
            continue
        lists = [s for s in sheets.layout() if s.noun == sheet.noun and s.path]
        entries = []
        for number in range(1 if sheet.form else draw(st.integers(0, 2))):
            entry = draw(group(sheet.columns, sheet.groups))
            for inner in lists:
                columns = [c for c in inner.columns if c.kind != "parent"]
                rows = draw(st.lists(group(columns, inner.groups), max_size=2))
                node = entry
                for name in inner.path[:-1]:
                    node = node.setdefault(name, {})
                node[inner.path[-1]] = rows
            if sheet.noun == "conditions":
                entry["parameters"] = draw(group(sheets.parameters(entry["kind"])))
            if sheet.key.path[0] in entry and not sheet.form:
                entry[sheet.key.path[0]] = f"k{number}"
            if validate(NOUNS[sheet.noun].model, _typed(entry))[0] is not None:
                entries.append(entry)
        if entries:
            nouns[sheet.noun] = entries[0] if sheet.form else entries
    return Written(nouns)


def _typed(node):
    """Give values as a reader hands them: per cent with its sign, texts that name no language alone."""
    if isinstance(node, dict):
        return node[""] if set(node) == {""} else {name: _typed(one) for name, one in node.items()}
    return [_typed(one) for one in node] if isinstance(node, list) else str(node) if isinstance(node, Decimal) else node


def faults(loaded):
    return [f for f in loaded.findings if f.severity == "error" and f.code not in ("BK170", "BK173", "BK218", "BK284")]


def lost(folder: Path, given_content: Written, language: str) -> list[str]:
    """Return what YAML → workbooks → YAML → workbooks loses or finds wrong: nothing, whatever stands in them."""
    all_ = tuple(sheets.BOOKS)
    first = load(put(folder, yaml_files(given_content, language)))
    books = workbooks(of_entries(first.entries), language, only=all_)
    second = load(put(folder, books))
    third = load(put(folder, yaml_files(of_entries(second.entries), language)))
    told = [f"{f.code} at {f.place}" for one in (first, second) for f in faults(one)]
    told += ["workbooks say something else"] if whole(second.entries) != whole(first.entries) else []
    told += ["YAML says something else"] if whole(third.entries) != whole(first.entries) else []
    again = workbooks(of_entries(third.entries), language, only=all_)
    told += ["other workbooks in the end"] if again != books else []
    return told


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(given_content=content(), language=st.sampled_from(sheets.LANGUAGES))
def test_nothing_is_lost_whichever_way(tmp_path_factory, given_content, language):
    assert lost(tmp_path_factory.getbasetemp() / "there-and-back", given_content, language) == []


@pytest.mark.parametrize("language", sheets.LANGUAGES)
@pytest.mark.parametrize("name", ["tyopolku", "pienhankinta"])
def test_the_examples_are_one_and_the_same_bid_in_either_form(tmp_path, name, language):
    source = EXAMPLES / name
    assert run("convert", source, tmp_path / "x", "--language", language).code == 0
    assert run("convert", tmp_path / "x", tmp_path / "y").code == 0
    found = [load(folder).dossier for folder in (source, tmp_path / "x", tmp_path / "y")]
    said = [normalised(dossier) for dossier in found]
    assert said[0] == said[1] == said[2]
    attachments = sorted(p.name for p in (source / "attachments").glob("*"))
    assert sorted(p.name for p in (tmp_path / "y/attachments").glob("*")) == attachments


@pytest.mark.parametrize("seed", range(8))
def test_random_bids_survive(tmp_path, seed):
    dossier = random_dossier.priced(seed).bid.dossier
    member = dossier.members[0]
    entries = {n: getattr(member if noun.part == "member" else dossier, n) for n, noun in NOUNS.items()}
    language = sheets.LANGUAGES[seed % 3]
    written = of_entries(entries)
    from_yaml = load(put(tmp_path / "y", yaml_files(written, language)))
    from_books = load(put(tmp_path / "x", workbooks(written, language)))
    assert whole(from_yaml.entries) == whole(from_books.entries) == whole(entries)


# --- YAML as people read it ------------------------------------------------------------------------------
def test_yaml_is_written_as_people_write_it():
    files = yaml_files(of_entries(load(EXAMPLES / "tyopolku").entries))
    assert files["organisation.yaml"].startswith(
        "# Järjestö\nid: tyopolku\nname: Satakunnan Työpolku ry\nbusiness_id: 9912345-6\n"
    )
    assert "turnover:\n  - year: 2023\n    amount: 1 012 400,00\n" in files["organisation.yaml"]
    assert "registers: [association, prepayment, employer, vat]\n" in files["organisation.yaml"]
    assert (
        "profile:\n  fi: |\n    Satakunnan Työpolku ry on vuonna {organisation.founded} " in files["organisation.yaml"]
    )
    assert '- id: "3.1"\n  kind: complete_lots\n' in files["conditions.yaml"]
    assert "  parameters:\n    until: 31.8.2027\n" in files["conditions.yaml"]
    assert "  day: 7 h 40 min\n" in files["cost_basis.yaml"]
    assert "deadline: 26.2.2027 12:00\n" in files["tender.yaml"]


def test_other_programs_read_the_same_texts():
    """A text stays a text for any reader of YAML: no number, no truth value, no date is made of it."""
    texts = [
        "no",
        "091",
        "3.1",
        "~",
        "a: b",
        "a #b",
        "- a",
        "1e5",
        "2027-01-31",
        "{a}",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
    ]
    content_ = Written({"organisation": {"id": "a", "registers": texts, "address": "0123"}})
    read = yaml.safe_load(yaml_files(content_)["organisation.yaml"])
    assert read == {"id": "a", "registers": texts, "address": "0123"}


# --- the command -----------------------------------------------------------------------------------------
def test_says_what_was_written_what_is_not_carried_and_what_is_next(tmp_path):
    small.write(tmp_path / "a")
    (tmp_path / "a/sites.yaml").write_text("# Toimipisteet\n" + small.FILES["sites"], encoding="utf-8")
    said = run("convert", tmp_path / "a", tmp_path / "b")
    assert said.code == 0, said.out + said.err
    assert "tiedot.xlsx, tarjouspyynto.xlsx" in said.out
    assert "huomautukset (#) eivät ole työkirjoissa" in said.out
    assert f"bidkit check {tmp_path / 'b'}" in said.out
    assert sorted(p.name for p in (tmp_path / "b").iterdir()) == ["tarjouspyynto.xlsx", "tiedot.xlsx"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]  # nothing temporary stays
    back = run("convert", tmp_path / "b", tmp_path / "c")
    assert "Kaavat, huomautukset, värit ja omat sarakkeet jäivät työkirjoihin" in back.out
    assert (tmp_path / "c/services.yaml").is_file()


def test_without_remarks_none_are_missed(tmp_path):
    small.write(tmp_path / "a")
    assert "huomautukset" not in run("convert", tmp_path / "a", tmp_path / "b").out


def test_never_writes_into_a_folder_that_holds_something(tmp_path):
    small.write(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b/oma.txt").write_text("tärkeä", encoding="utf-8")
    said = run("convert", tmp_path / "a", tmp_path / "b")
    assert said.code == 2
    assert "ei ole tyhjä" in said.err
    assert [p.name for p in (tmp_path / "b").iterdir()] == ["oma.txt"]
    assert run("convert", tmp_path / "a", tmp_path / "a").code == 2
    (tmp_path / "f").write_text("x", encoding="utf-8")
    assert "ei ole kansio" in run("convert", tmp_path / "a", tmp_path / "f").err


def test_an_empty_folder_will_do_even_the_current_one(tmp_path):
    small.write(tmp_path / "a")
    (tmp_path / "b").mkdir()
    assert run("convert", tmp_path / "a", tmp_path / "b").code == 0
    assert (tmp_path / "b/tiedot.xlsx").is_file()
    (tmp_path / "c").mkdir()
    assert run("convert", tmp_path / "a", ".", cwd=tmp_path / "c").code == 0
    assert (tmp_path / "c/tiedot.xlsx").is_file()


@pytest.mark.parametrize("name", ["con", "aux.xlsx", "a:b", "piste."])
def test_a_name_that_windows_keeps_for_itself_is_refused(tmp_path, name):
    small.write(tmp_path / "a")
    said = run("convert", tmp_path / "a", tmp_path / name)
    assert said.code == 2
    assert "ei kelpaa kansion nimeksi" in said.err
    assert not (tmp_path / name).exists()


def test_nothing_is_written_while_something_cannot_be_read(tmp_path):
    small.write(tmp_path / "a", **small.change("salaries", "monthly: 3 000", "monthly: n. 3000"))
    said = run("convert", tmp_path / "a", tmp_path / "b")
    assert said.code == 1
    assert "salaries.yaml:4:12  BK143" in said.out
    assert "Mitään ei kirjoitettu" in said.out
    assert not (tmp_path / "b").exists()
    assert run("convert", tmp_path / "missing", tmp_path / "b").code == 2


def test_a_dossier_that_has_only_begun_is_carried_too(tmp_path):
    small.write(tmp_path / "a", tender=None, lots=None, conditions=None)
    assert run("convert", tmp_path / "a", tmp_path / "b").code == 0
    assert whole(load(tmp_path / "b").entries) == whole(load(tmp_path / "a").entries)


def test_attachments_and_templates_go_along_but_no_link_out(tmp_path):
    small.write(tmp_path / "a")
    for name in (
        "attachments/liite 1.pdf",
        "templates/oma/fi.docx",
        "attachments/~$lukko.docx",
        "out/v0001/tarjous.docx",
    ):
        path = tmp_path / "a" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "salaisuus").write_text("x", encoding="utf-8")
    (tmp_path / "a/attachments/linkki.pdf").symlink_to(tmp_path / "salaisuus")
    assert run("convert", tmp_path / "a", tmp_path / "a/attachments/ä b").code == 0  # even inside: no endless copying
    found = {
        p.relative_to(tmp_path / "a/attachments/ä b").as_posix() for p in (tmp_path / "a/attachments/ä b").rglob("*.*")
    }
    assert found == {"tiedot.xlsx", "tarjouspyynto.xlsx", "attachments/liite 1.pdf", "templates/oma/fi.docx"}


def test_to_says_the_form(tmp_path):
    small.write(tmp_path / "a")
    assert run("convert", tmp_path / "a", tmp_path / "b", "--to", "yaml").code == 0
    assert (tmp_path / "b/services.yaml").is_file()
    assert whole(load(tmp_path / "b").entries) == whole(load(tmp_path / "a").entries)
    assert run("convert", tmp_path / "b", tmp_path / "c", "--language", "en").code == 0
    assert run("convert", tmp_path / "c", tmp_path / "d", "--to", "xlsx", "--language", "sv").code == 0
    assert sorted(p.name for p in (tmp_path / "d").iterdir()) == ["anbudsforfragan.xlsx", "uppgifter.xlsx"]
    assert whole(load(tmp_path / "d").entries) == whole(load(tmp_path / "a").entries)


def test_a_disk_that_refuses_leaves_nothing(tmp_path, monkeypatch):
    from bidkit.cli import convert as command
    from bidkit.publish import disk

    small.write(tmp_path / "a")
    files = workbooks(of_entries(load(tmp_path / "a").entries), "fi")

    def full(path, data):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(disk, "write_new", full)
    with pytest.raises(OSError, match="No space"):
        command._write(tmp_path / "b", files, load(tmp_path / "a"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a"]


def test_what_would_be_lost_is_named_and_nothing_written(tmp_path):
    from bidkit.cli import convert as command

    loaded = load(small.write(tmp_path / "a"))
    files = workbooks(Written({k: v for k, v in of_entries(loaded.entries).nouns.items() if k != "sites"}), "fi")
    assert command._write(tmp_path / "b", files, loaded) == ("sites",)
    assert not (tmp_path / "b").exists()


def test_the_build_is_the_same_whichever_form_it_comes_from(tmp_path):
    small.write(tmp_path / "a")
    assert run("convert", tmp_path / "a", tmp_path / "b").code == 0
    ids = {build_id({"dossier": normalised(load(tmp_path / folder).dossier)}) for folder in "ab"}
    assert len(ids) == 1


def test_every_kind_of_condition_survives_with_all_its_parameters(tmp_path):
    entries = []
    for name in conditions.kinds():
        entry = make.condition(name, id=name.replace("_", "-"))
        entries.append(entry)
    assert whole(
        load(put(tmp_path / "x", workbooks(of_entries({"conditions": tuple(entries)}), "sv"))).entries
    ) == whole({"conditions": tuple(entries)})
