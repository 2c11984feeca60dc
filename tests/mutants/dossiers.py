"""The dossiers that are mutated: in workbooks, with the way from each cell to what it says."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bidkit.diagnostics import Finding
from bidkit.dossier import sheets, workbook, xlsx
from bidkit.dossier.load import load
from bidkit.dossier.sheets import Column
from bidkit.dossier.workbook_writer import workbooks
from bidkit.dossier.written import of_entries, whole
from bidkit.dossier.xlsx import Book, letters
from bidkit.model._base import KEYS
from bidkit.pipeline import Run, assess
from tests import small
from tests import workbooks as larger
from tests.conftest import EXAMPLES
from tests.mutants.package import Package, texts_of
from tests.workbooks import put

AS_OF = date(2027, 1, 15)
Way = tuple[Any, ...]


@dataclass(frozen=True)
class Input:
    """One cell for somebody to fill in: where, which column of the layout, and what of the dossier it says."""

    file: str
    sheet: str
    row: int
    column: int
    layout: sheets.Sheet
    field: Column
    language: str
    entry: tuple[Any, ...]  # noun, id of the entry or "", and for lists inside it their path and number

    @property
    def spot(self) -> str:
        return f"{self.sheet}!{letters(self.column)}{self.row}"


@dataclass
class Base:
    """A whole dossier in workbooks, before anything is changed."""

    name: str
    packages: dict[str, Package]
    inputs: list[Input]
    examples: list[Input]  # cells of the grey rows, but for the first that marks them
    entries: dict[tuple[Any, ...], Any]
    findings: frozenset[tuple[str, str, str]]
    home: str
    written: dict[str, bytes]


BASES = ("small", "larger", "pienhankinta", "tyopolku", "blank")


@cache
def base(name: str, language: str = "fi") -> Base:
    """Return one of `BASES` in the form of workbooks."""
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top)
        files = _written(name, language, folder / "yaml")
        packages = {file: Package.of(data) for file, data in files.items()}
        plain = {file: package.copy().data() for file, package in packages.items()}
        run = judged(put(folder / "books", plain))
    _UNCHANGED.update({(data, file): None for file, data in plain.items()})
    home = run.dossier.bid.written_in or run.dossier.bid.language if run.dossier and name != "blank" else "fi"
    every = [one for file, package in packages.items() for one in _inputs(file, package)]
    inputs, examples = [one for one in every if one.entry], [one for one in every if not one.entry]
    if name == "blank":
        inputs = []
    return Base(name, packages, inputs, examples, flat(run, home), frozenset(map(identity, run.findings)), home, plain)


def _written(name: str, language: str, folder: Path) -> dict[str, bytes]:
    if name == "blank":
        return workbooks(None, language)
    if name in ("small", "larger"):
        small.write(folder, **(larger.FILES if name == "larger" else {}))
    else:
        folder = EXAMPLES / name
    return workbooks(of_entries(load(folder).entries), language, examples=name == "small")


def judged(folder: Path) -> Run:
    """Judge the dossier of a folder."""
    with patch.object(workbook, "read_book", _read_book):
        return assess(folder, as_of=AS_OF)


_UNCHANGED: dict[tuple[bytes, str], tuple[Book, list[str]] | None] = {}


def _read_book(data: bytes, file: str, wanted: Callable[[str], bool]) -> Book:
    """Read a workbook; the one of two that was not changed is read once only."""
    if (data, file) not in _UNCHANGED:
        return xlsx.read_book(data, file, wanted)
    known = _UNCHANGED[data, file]
    if known is None:
        names: list[str] = []
        book = xlsx.read_book(data, file, lambda name: bool(names.append(name)) or wanted(name))
        known = _UNCHANGED[data, file] = book, names
    else:
        for name in known[1]:
            wanted(name)
    return known[0]


def identity(finding: Finding) -> tuple[str, str, str]:
    """Return what tells one finding from another."""
    return finding.code, finding.place.file, finding.place.spot


def _inputs(file: str, package: Package) -> Iterator[Input]:
    """Find the cells to fill in by a reading of their own of the sheets that bidkit wrote."""
    shared = texts_of(package)

    def text(cell: tuple[str, str] | None) -> str:
        if cell is None:
            return ""
        found = re.search("<v>([^<]*)</v>", cell[1])
        value = found[1] if found else ""
        return shared[int(value)] if 't="s"' in cell[0] else value

    for name in package.names:
        layout = next(
            (t[sheets.folded(name)] for t in map(sheets.titles, sheets.LANGUAGES) if sheets.folded(name) in t), None
        )
        if layout is None:
            continue
        grid = package.grid(name)
        if layout.form:
            for row in sorted(grid.rows)[1:]:
                if known := _column(layout, text(grid.rows[row].get(1))):
                    yield Input(file, name, row, 2, layout, *known, (layout.noun, ""))
            continue
        heads = {n: known for n, cell in grid.rows[1].items() if (known := _column(layout, text(cell)))}
        inner: dict[str, int] = {}
        key = next((n for n, (c, _) in heads.items() if c is layout.key), 1)
        for row in sorted(grid.rows)[1:]:
            if not any(content for _, content in grid.rows[row].values()):
                continue
            id_ = text(grid.rows[row].get(key)) if not layout.path or layout.columns[0].kind == "parent" else ""
            if text(grid.rows[row].get(min(heads))).startswith(sheets.EXAMPLE):
                for number, known in heads.items():
                    if number > min(heads):
                        yield Input(file, name, row, number, layout, *known, ())
                continue
            entry: tuple[Any, ...] = (layout.noun, id_)
            if layout.path:
                entry += (*layout.path, inner.setdefault(id_, 0))
                inner[id_] += 1
            for number, known in heads.items():
                yield Input(file, name, row, number, layout, *known, entry)
    package.grids = {}


def _column(layout: sheets.Sheet, title: str) -> tuple[Column, str] | None:
    title = sheets.folded(title.replace("&quot;", '"').replace("&amp;", "&"))
    for language in sheets.LANGUAGES:
        for column in layout.columns:
            own = sheets.folded(column.title(sheets.words(language)))
            if title == own:
                return column, ""
            if column.kind == "texts" and (found := re.fullmatch(rf"{re.escape(own)} \((\w+)\)", title)):
                return column, found[1]
    return None


def flat(run: Run, home: str) -> dict[tuple[Any, ...], Any]:
    """Return every value of a dossier by the way to it; texts that name no language are in the dossier's own."""
    found: dict[tuple[Any, ...], Any] = {}

    def walk(value: Any, way: tuple[Any, ...]) -> None:
        if isinstance(value, dict) and value and value.keys() <= {"", "fi", "sv", "en", "selko"}:
            found[way] = {language or home: text for language, text in value.items()}
        elif isinstance(value, dict):
            found[way] = "group"
            for name, one in value.items():
                walk(one, (*way, name))
        elif isinstance(value, list | tuple) and value and all(isinstance(one, dict) for one in value):
            if _in_a_cell(way):
                found[way] = list(value)
                return
            found[way] = len(value)
            for n, one in enumerate(value):
                walk(one, (*way, n))
        else:
            found[way] = list(value) if isinstance(value, tuple) else value

    for noun, content in whole(run.entries).items():
        if isinstance(content, list):
            for one in content:
                key = str(next(one[k] for k in KEYS if k in one))
                walk(one, (noun, key))
        else:
            walk(content, (noun, ""))
    return found


@cache
def _pair_ways() -> frozenset[tuple[str, ...]]:
    return frozenset((s.noun, *s.path, *c.path) for s in sheets.layout() for c in s.columns if c.kind == "pairs")


def _in_a_cell(way: tuple[Any, ...]) -> bool:
    return (way[0], *(part for part in way[2:] if isinstance(part, str))) in _pair_ways()
