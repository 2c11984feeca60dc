"""One value in one cell: is it what its reader means, and is all else as before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bidkit.diagnostics import Finding, Severity
from bidkit.dossier.sheets import Column
from bidkit.pipeline import Run
from tests.mutants import meaning
from tests.mutants.copies import sound
from tests.mutants.dossiers import Base, Input, flat, identity, judged
from tests.mutants.meaning import Typed
from tests.mutants.people import cell_of
from tests.workbooks import put

CONSEQUENCES = ("BK188",)  # tells of a formula, not of a value


def one_cell(base_: Base, where: Input, put_in: Typed, folder: Path) -> list[str]:
    """Put a value into one cell; return what is wrong with what comes of it."""
    package = base_.packages[where.file].copy()
    grid = package.grid(where.sheet)
    before = grid.rows[where.row].get(where.column, ("", ""))
    style = re.search(r' s="\d+"', before[0])
    grid.rows[where.row][where.column] = cell_of(put_in, package, style[0] if style else "")
    data = package.data()
    put(folder, {**base_.written, where.file: data})
    run = judged(folder)
    return [*silent(base_, where, put_in, run), *sound(folder, run)]


def example_cell(base_: Base, where: Input, put_in: Typed, folder: Path) -> list[str]:
    """Put a value into a cell of a grey row, which must not reach the dossier; return what is wrong."""
    package = base_.packages[where.file].copy()
    package.grid(where.sheet).rows[where.row][where.column] = cell_of(put_in, package)
    run = judged(put(folder, {**base_.written, where.file: package.data()}))
    after = flat(run, base_.home)
    changed = [
        way for way in base_.entries.keys() | after.keys() if not meaning.same(base_.entries.get(way), after.get(way))
    ]
    faults = [f"{where.spot}, a cell of an example, changed {changed[:3]}"] if changed else []
    return [*faults, *sound(folder, run)]


def silent(base_: Base, where: Input, put_in: Typed, run: Run) -> Iterator[str]:
    """Yield each value that is not what the cell means, and each that changed elsewhere, without a finding about it."""
    new = [f for f in run.findings if identity(f) not in base_.findings]
    here = [f for f in new if f.place.file == where.file and _at(f, where) and f.code not in CONSEQUENCES]
    stops = [f for f in here if f.severity is not Severity.NOTE]
    after = flat(run, base_.home)
    column = where.field
    if where.layout.noun == "bid" and column.name in ("written_in", "language"):
        after = {way: value for way, value in after.items() if not isinstance(value, dict)}
        old = {way: value for way, value in base_.entries.items() if not isinstance(value, dict)}
    else:
        old = base_.entries
    way = (*where.entry, *column.path)
    expected = _meanings(base_, where, put_in, way)
    if (
        column is where.layout.key
        and not where.layout.form
        and not where.layout.path
        and expected
        and isinstance(expected[0], str)
    ):
        old = {renamed(w, where.entry[:2], expected[0]): v for w, v in old.items()}
        way = renamed(way, where.entry[:2], expected[0])
    changed = {w for w in old.keys() | after.keys() if not meaning.same(old.get(w), after.get(w))}
    entry = way[: len(where.entry)]
    gone = entry[:2] not in after if not where.layout.form else False
    if stops and (gone or column is where.layout.key):  # the entry was set aside, and the cell says why
        rest = {w for w in changed if w[:2] not in (entry[:2], where.entry[:2]) and w[:2] in base_.entries}
        rest = {w for w in rest if not where.layout.path or w[: len(entry) - 1] != entry[:-1]}
        yield from _elsewhere(base_, rest, new, where, "with its entry")
        return
    rest = {w for w in changed if w[: len(way)] != way}
    if gone and _names_entry(where):  # its parts on other sheets do not know it any more
        yield from _elsewhere(base_, {way}, new, where, "set aside")
        return
    if stops and where.layout.path:  # a part that does not hold, or with it the whole list of them
        rest = {w for w in rest if w[: len(entry) - 1] != entry[:-1]}
    if column.kind == "parent":
        rest = {w for w in rest if w[0] != way[0]}
    if column.kind == "parameter" or (where.layout.noun == "conditions" and column.name == "kind"):
        rest = {w for w in rest if w[:2] != entry[:2] or "parameters" not in w}
    if column.path[0] in meaning.SPANS and isinstance(put_in.value, str) and meaning.span(put_in.value):
        rest = {w for w in rest if w[:-1] != way[:-1]}
    if len(column.path) > 1:  # a group that begins or ends with its only field
        rest = {w for w in rest if w != way[:-1] and not (w[: len(way) - 1] == way[:-1] and after.get(w) is old.get(w))}
    yield from _elsewhere(base_, rest, new, where, "beside the cell")
    if column.kind in ("parent", "parameter") or stops:
        return
    got = after.get(way, meaning.NOTHING)
    if expected is meaning.ANY:
        return
    if not any(_agree(one, got, column) for one in expected):
        what = f"{put_in} was read as {got!r}, not {expected!r}; {told_as(here)}"
        yield f"{where.spot} {column.name} ({column.kind}): {what}"


def renamed(way: tuple[Any, ...], entry: tuple[Any, ...], name: str) -> tuple[Any, ...]:
    return (entry[0], name, *way[2:]) if way[:2] == entry else way


def _meanings(base_: Base, where: Input, put_in: Typed, way: tuple[Any, ...]) -> list[Any]:
    """Return what the field may be: of a text in several languages, with those of its other cells."""
    column = where.field
    said = put_in.value if isinstance(put_in.value, str) else ""
    if column.path[0] in meaning.SPANS and put_in.kind == "text" and (days := meaning.span(said)):
        return [days[0]]
    found = meaning.meanings(put_in, column)
    if column.kind != "texts" or found is meaning.ANY:
        return found
    others = dict(base_.entries.get(way, {}) or {})
    language = where.language or base_.home
    wholes = []
    for one in found:
        texts = {**others, language: one}
        if one is meaning.NOTHING:
            del texts[language]
        wholes.append(texts or meaning.NOTHING)
    return wholes


def _agree(expected: Any, got: Any, column: Column) -> bool:
    if expected is meaning.NOTHING:
        return got is meaning.NOTHING or got in (None, [], ()) or _default(column, got)
    return meaning.same(expected, got)


def _default(column: Column, got: Any) -> bool:
    return not column.required and not isinstance(got, dict)


def _at(finding: Finding, where: Input) -> bool:
    """Say whether a finding is about the cell, its row or its sheet."""
    sheet, _, spot = finding.place.spot.rpartition("!")
    row = re.sub("[A-Z]", "", spot)
    return sheet == where.sheet and (row == str(where.row) or row == "1")


def _elsewhere(
    base_: Base, changed: set[tuple[Any, ...]], new: list[Finding], where: Input, what: str
) -> Iterator[str]:
    """Yield what changed away from the cell, unless a finding stands where that is written."""
    for now in sorted(changed, key=str):
        way = (*where.entry[:2], *now[2:]) if _names_entry(where) and now[:2] not in base_.entries else now
        spots = {
            (i.file, i.sheet, i.row) for i in base_.inputs if way[: len(i.entry)] == i.entry or way[:2] == i.entry[:2]
        }
        told = any(
            (f.place.file, f.place.spot.rpartition("!")[0], _row(f)) in spots
            for f in new
            if f.severity is not Severity.NOTE
        )
        if not told:
            yield f"{where.spot} {where.field.name}: {what}, {way} changed"
            return


def _names_entry(where: Input) -> bool:
    """Say whether the cell gives its entry the name by which parts of it on other sheets refer to it."""
    return where.field is where.layout.key and not where.layout.path


def _row(finding: Finding) -> int:
    digits = re.sub("[^0-9]", "", finding.place.spot.rpartition("!")[2])
    return int(digits or 0)


def told_as(findings: list[Finding]) -> str:
    return "; ".join(f"{f.code} {f.severity} {f.place.spot}" for f in findings) or "nothing was said"
