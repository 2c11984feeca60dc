"""Marked copies beside the workbooks: written by ``check``, renewed, kept when somebody has worked in them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import openpyxl
import pytest

from bidkit.dossier.load import load
from bidkit.dossier.workbook_writer import workbooks
from bidkit.dossier.written import written
from bidkit.publish import copies
from tests.conftest import Run, run
from tests.small import write

COPY = "tiedot_korjattavat.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small dossier as workbooks."""
    source, target = tmp_path / "yaml", tmp_path / "Työ kansio"
    write(source)
    target.mkdir()
    dossier = load(source).dossier
    assert dossier is not None
    for name, data in workbooks(written(dossier), "fi", examples=False).items():
        (target / name).write_bytes(data)
    return target


def put(folder: Path, sheet: str, cell: str, value: object, file: str = "tiedot.xlsx") -> None:
    book = openpyxl.load_workbook(folder / file)
    book[sheet][cell] = value
    book.save(folder / file)


def check(folder: Path, *more: str) -> Run:
    return run("check", folder, "--as-of", "15.1.2027", *more)


def salary(folder: Path) -> str:
    """Return the cell of the monthly pay, wherever the layout has it."""
    sheet = openpyxl.load_workbook(folder / "tiedot.xlsx")["Palkat"]
    found = next(c for c in sheet[1] if c.value and str(c.value).startswith("Palkka kuukaudessa"))
    return f"{found.column_letter}2"


@pytest.fixture
def faulty(folder: Path) -> tuple[Path, str]:
    """The folder, and the cell of it that is to be mended."""
    cell = salary(folder)
    put(folder, "Palkat", cell, "n. 2 900")
    return folder, cell


def test_the_cell_is_marked_and_the_original_is_untouched(faulty: tuple[Path, str]) -> None:
    folder, cell = faulty
    before = hashlib.sha256((folder / "tiedot.xlsx").read_bytes()).hexdigest()
    done = check(folder)
    assert done.code == 1
    assert f"tiedot.xlsx › Palkat › {cell}  BK143  ”n. 2 900” ei ole luku." in done.out
    last = done.out.splitlines()[-1]
    assert last.startswith("Seuraavaksi: katso ")
    assert f"{COPY}, korjaa alkuperäiset ja aja uudelleen: bidkit check" in last
    assert hashlib.sha256((folder / "tiedot.xlsx").read_bytes()).hexdigest() == before
    marked = openpyxl.load_workbook(folder / COPY)["Palkat"][cell]
    assert marked.value == "n. 2 900"
    assert "ei ole luku" in marked.comment.text


def test_the_weightiest_finding_stands_first_on_the_list(faulty: tuple[Path, str]) -> None:
    folder, _ = faulty
    check(folder)
    sheet = openpyxl.load_workbook(folder / COPY).worksheets[0]
    told = [str(row[0].value) for row in sheet.iter_rows(min_row=4)]
    assert told[0] == "Virhe"
    assert told == sorted(told, key=["Virhe", "Varoitus", "Huomautus"].index)
    assert "Huomautus" in told


def test_the_copy_is_not_read_and_is_renewed(faulty: tuple[Path, str]) -> None:
    folder, cell = faulty
    check(folder)
    first = (folder / COPY).read_bytes()
    assert "BK169" not in check(folder).out  # the copy is no second dossier
    assert (folder / COPY).read_bytes() == first
    put(folder, "Palkat", cell, "noin 3000")
    check(folder)
    assert "noin 3000" in openpyxl.load_workbook(folder / COPY)["Palkat"][cell].value
    assert sorted(p.name for p in folder.glob("*korjattavat*")) == [COPY]


def test_a_mended_workbook_has_no_copy(faulty: tuple[Path, str]) -> None:
    folder, cell = faulty
    check(folder)
    put(folder, "Palkat", cell, 2900)
    done = check(folder)
    assert done.code == 0
    assert "HUOMAA" in done.out  # sheets that are empty: no reason for a copy
    assert not list(folder.glob("*korjattavat*"))


def test_build_removes_the_copy_of_a_mended_workbook_too(faulty: tuple[Path, str]) -> None:
    folder, cell = faulty
    check(folder)
    build = ("build", folder, "--as-of", "15.1.2027")
    assert run(*build).code == 1
    assert (folder / COPY).is_file()  # there is still something to mend
    put(folder, "Palkat", cell, 2900)
    assert run(*build).code == 0
    assert not list(folder.glob("*korjattavat*"))


def test_a_trial_gives_no_reason_for_a_copy(folder: Path) -> None:
    (folder / "tarjouspyynto.xlsx").write_bytes(workbooks(None, "fi", only=["tender"])["tarjouspyynto.xlsx"])
    done = check(folder)
    assert "VAROITUS  tarjouspyynto.xlsx" in done.out
    assert "BK217" in done.out
    assert not list(folder.glob("*korjattavat*"))


def test_a_copy_that_was_worked_in_stays(faulty: tuple[Path, str]) -> None:
    folder, cell = faulty
    check(folder)
    put(folder, "Palkat", cell, 2900, file=COPY)
    mine = (folder / COPY).read_bytes()
    done = check(folder)
    assert (folder / COPY).read_bytes() == mine
    assert (folder / "tiedot_korjattavat (2).xlsx").is_file()
    assert f"VAROITUS  {COPY}  BK530  Tiedostoa ”{COPY}” on muokattu, mutta bidkit ei lue sitä." in done.out
    assert "”n. 2 900” ei ole luku." in done.out  # the original is what counts


def test_somebody_elses_file_is_never_replaced(faulty: tuple[Path, str]) -> None:
    folder, _ = faulty
    (folder / COPY).write_bytes(b"my own notes")
    check(folder)
    assert (folder / COPY).read_bytes() == b"my own notes"
    assert (folder / "tiedot_korjattavat (2).xlsx").is_file()


def test_no_copy_on_request(faulty: tuple[Path, str]) -> None:
    folder, _ = faulty
    done = check(folder, "--ei-kopiota")
    assert not (folder / COPY).exists()
    assert "Seuraavaksi: korjaa yllä nimetyt kohdat" in done.out


def test_an_open_copy_gets_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel holds the copy: Windows then refuses to replace it."""
    (tmp_path / COPY).write_bytes(b"old")
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if Path(target).name == COPY:
            raise PermissionError(13, "held")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    done = copies.put(tmp_path, COPY, b"new", lambda _: False)
    assert done.path == tmp_path / "tiedot_korjattavat (2).xlsx"
    assert done.findings == ()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["tiedot_korjattavat (2).xlsx", COPY]


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "write", full)
    done = copies.put(tmp_path, COPY, b"new", lambda _: False)
    monkeypatch.undo()
    assert done.path is None
    assert [f.code for f in done.findings] == ["BK531"]
    assert list(tmp_path.iterdir()) == []
