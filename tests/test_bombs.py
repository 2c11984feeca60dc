"""Bombs, damaged workbooks and files of other kinds: each is answered in words, with exit code 2, in little memory.

How long each takes is a matter of the machine: `benchmarks/bombs.py` prints it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from bidkit.diagnostics import Finding, Refused
from bidkit.dossier.xlsx import read_book
from bidkit.i18n import Translator
from bidkit.messages import reading, workbook

from .bombs import BOMBS, DAMAGED, SHEET, book, packed, sheet
from .conftest import ROOT, run

MOST_MEMORY = 100 << 10  # kB above what a good workbook takes
ALL = {**BOMBS, **DAMAGED}
FINNISH = Translator("fi", ("workbook", "reading"))

# Runs `bidkit` and tells how much memory it took at most; what a parent had in memory does not count.
RUN = """
import sys
from bidkit.cli import main
try:
    main(sys.argv[1:])
finally:
    with open("/proc/self/status") as status:
        peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    print(f"VmHWM {peak}", file=sys.stderr)
"""
ON_LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")


def checked(folder: Path, data: bytes) -> tuple[int, set[str], int]:
    """Check a dossier that is this workbook; return the exit code, the codes found in it and the peak in kB."""
    (folder / "tiedot.xlsx").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", RUN, "check", str(folder), "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    found = json.loads(done.stdout)["findings"]
    return done.returncode, {one["code"] for one in found}, int(done.stderr.split("VmHWM ")[1])


@pytest.fixture(scope="session")
def usual(tmp_path_factory: pytest.TempPathFactory) -> int:
    """Return the peak of memory when the same dossier holds a small good workbook."""
    return checked(tmp_path_factory.mktemp("good"), book())[2]


@ON_LINUX
@pytest.mark.parametrize("name", ALL)
def test_it_is_answered_with_exit_code_2_in_little_memory(name: str, usual: int, tmp_path: Path) -> None:
    bomb = ALL[name]
    code, found, peak = checked(tmp_path, bomb.make())
    assert code == 2
    assert found & bomb.codes or not bomb.codes
    assert "BK9" not in {one[:3] for one in found}
    assert peak - usual <= MOST_MEMORY
    assert [path.name for path in tmp_path.iterdir() if "korjattavat" not in path.name] == ["tiedot.xlsx"]


class Answer(NamedTuple):
    """What the reader says of a workbook, and whether it refused it."""

    findings: tuple[Finding, ...]
    refused: bool


@cache
def answer(name: str) -> Answer:
    try:
        return Answer(tuple(read_book(ALL[name].make(), "tiedot.xlsx").findings), False)
    except Refused as refused:
        return Answer((refused.finding("tiedot.xlsx"),), True)


@pytest.mark.parametrize("name", ALL)
def test_the_reader_says_what_it_is(name: str) -> None:
    found = {finding.code for finding in answer(name).findings}
    assert found <= ALL[name].codes
    assert bool(found) == bool(ALL[name].codes)


def test_all_kinds_of_the_list_are_there() -> None:
    assert len(BOMBS) >= 22
    located = {code for bomb in ALL.values() for code in bomb.codes} - reading.UNREADABLE
    assert located == {"BK185"}, "every other code ends the reading"
    assert {code for bomb in ALL.values() for code in bomb.codes} > workbook.UNREADABLE


@pytest.mark.parametrize(
    ("name", "sentence", "hint"),
    [
        (
            "protected with a password",
            "Työkirja on suojattu salasanalla, joten sitä ei voi lukea.",
            "Avaa se Excelissä, valitse Tiedosto, Tiedot, Suojaa työkirja, Salaa salasanalla, "
            "tyhjennä kenttä ja tallenna.",
        ),
        (
            "old .xls",
            "Tämä on vanhanmallinen Excel-tiedosto (.xls), oli sen nimi mikä tahansa.",
            "Avaa se Excelissä, valitse Tiedosto, Tallenna nimellä ja tyypiksi Excel-työkirja (*.xlsx).",
        ),
        ("a Word document", "Tämä on Word-asiakirja, ei Excel-työkirja (.xlsx).", None),
        ("an OpenDocument table", "Tämä on LibreOfficen taulukko (.ods), ei Excel-työkirja (.xlsx).", None),
        ("text with separators", "Tämä on tekstitiedosto (.csv tai vastaava), ei Excel-työkirja (.xlsx).", None),
        ("text in cp1252", "Tämä on tekstitiedosto (.csv tai vastaava), ei Excel-työkirja (.xlsx).", None),
        ("a web page", "Tämä on verkkosivu, ei Excel-työkirja (.xlsx).", None),
        ("an empty file", "Tämä on tyhjä tiedosto, ei Excel-työkirja (.xlsx).", None),
        ("truncated zip", "Tiedostoa tiedot.xlsx ei voi lukea: se on vaurioitunut tai katkennut.", None),
        (
            "no sharedStrings.xml",
            "Työkirjaa ei voi lukea kokonaan, koska jokin osa puuttuu (xl/sharedStrings.xml).",
            "Avaa se Excelissä, anna Excelin korjata se, katso se läpi ja tallenna uudelleen.",
        ),
        (
            "1,048,576 full rows",
            "Työkirjassa on yli 100\u00a0000 täytettyä riviä, ja lukeminen päättyi siihen.",
            "Poista taulukot, rivit ja sarakkeet, joita bidkit ei tarvitse, tai siirrä ne toisen kansion tiedostoon.",
        ),
        (
            "filled cell at XFD1048576",
            "Solu XFD1048576 on täytetty, vaikka se on kaukana taulukon ulkopuolella.",
            "Paina Excelissä Ctrl+G, kirjoita XFD1048576, poista solun koko rivi ja koko sarake, ja tallenna.",
        ),
    ],
)
def test_the_answer_is_plain_finnish_with_a_way_out(name: str, sentence: str, hint: str | None) -> None:
    (found,), refused = answer(name)
    assert refused
    assert FINNISH.sentence(found) == sentence
    assert hint is None or FINNISH.hint(found) == hint
    assert FINNISH.hint(found)


def test_a_refused_workbook_is_not_copied_and_stays_as_it_was(tmp_path: Path) -> None:
    data = DAMAGED["protected with a password"].make()
    (tmp_path / "tiedot.xlsx").write_bytes(data)
    said = run("check", tmp_path)
    assert said.code == 2
    assert "tiedot.xlsx  BK180" in said.out
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("tiedot.xlsx", data)]


def test_limits_lie_above_what_a_large_dossier_needs() -> None:
    rows = "".join(f"<row>{'<c><v>1</v></c>' * 40}</row>" for _ in range(4000))
    empty = '<row s="1" customFormat="1"/>' * 60_000
    found = read_book(book({SHEET: packed(sheet(rows + empty))}), "tiedot.xlsx")
    assert sum(map(len, found.sheets[0].rows.values())) == 160_000
    assert found.findings == ()
