"""Cases: one mutation of a kind is drawn and judged, and what is wrong with what came of it is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bidkit.diagnostics import Place, Refused
from bidkit.dossier.xlsx import letters
from bidkit.messages import workbook
from bidkit.render import marked_copy
from tests.mutants.cells import example_cell, one_cell
from tests.mutants.copies import FI, UNREADABLE, sound, torn, unopened
from tests.mutants.dossiers import Base, judged
from tests.mutants.dossiers import base as dossier_of
from tests.mutants.lines import one_line, yaml_value
from tests.mutants.parts import byte_level, overlooked, xml_level
from tests.mutants.people import typed
from tests.mutants.rows import structural, vanished
from tests.workbooks import put


@dataclass(frozen=True)
class Case:
    """One mutation: what was done, and what is wrong with what came of it."""

    what: str
    faults: tuple[str, ...]


LARGE, USUAL = ("tyopolku",), ("small", "larger", "pienhankinta")


def _name(draw: Any, *more: str) -> str:
    """Draw a dossier; the largest takes the longest and comes seldom."""
    return draw(st.sampled_from((*USUAL, *USUAL, *LARGE, *more)))


def cell_case(draw: Any, folder: Path) -> Case:
    """Put something into one cell."""
    base = dossier_of(_name(draw), draw(st.sampled_from(("fi", "fi", "fi", "sv", "en"))))
    grey = bool(base.examples) and draw(st.integers(0, 15)) == 0
    where = draw(st.sampled_from(base.examples if grey else base.inputs))
    put = draw(typed(where.field))
    faults = (example_cell if grey else one_cell)(base, where, put, folder)
    return Case(f"{base.name} {where.file} {where.spot} {where.field.name}: {str(put)[:300]}", tuple(faults))


def structure_case(draw: Any, folder: Path) -> Case:
    """Change rows, columns and sheets."""
    base, books, done = draw(structural(_name(draw, "blank")))
    run = judged(put(folder, books))
    faults = (*vanished(base, run, done), *sound(folder, run), *_marked(draw, run, books))
    return Case(f"{base.name} {[one.what for one in done]}", faults)


def xml_case(draw: Any, folder: Path) -> Case:
    """Change the XML of a workbook."""
    return _inside(draw, folder, draw(xml_level(_name(draw, "blank"))), look=draw(st.integers(0, 9)) == 0)


def byte_case(draw: Any, folder: Path) -> Case:
    """Change the bytes of a workbook."""
    return _inside(draw, folder, draw(byte_level(_name(draw, "blank"))), look=False)


def _inside(draw: Any, folder: Path, changed: tuple[Base, dict[str, bytes], list[str]], *, look: bool) -> Case:
    base, books, said = changed
    run = judged(put(folder, books))
    faults = [*sound(folder, run, opened=look), *_marked(draw, run, books, opened=look)]
    if look:
        file = next(name for name, data in books.items() if data is not base.written[name])
        faults += overlooked(run, books[file], file)
    return Case(f"{base.name} {said}", tuple(faults))


def yaml_case(draw: Any, folder: Path) -> Case:
    """Put something into one line of YAML."""
    found, where, value, written = draw(yaml_value(_name(draw)))
    faults = tuple(one_line(found, where, value, written, folder))
    return Case(f"{found.base.name} {where.file}:{where.line} {where.way} {where.inside}: {written[:300]}", faults)


CASES: dict[str, Callable[[Any, Path], Case]] = {
    "cells": cell_case,
    "rows, columns, sheets": structure_case,
    "XML": xml_case,
    "bytes": byte_case,
    "YAML": yaml_case,
}


def _marked(draw: Any, run: Any, books: dict[str, bytes], *, opened: bool = False) -> Iterator[str]:
    """Mark each accepted workbook as if something had been found in it; yield what does not come out whole."""
    refused = {f.place.file for f in run.findings if f.code in UNREADABLE}
    for file in sorted(books.keys() - refused):
        names = re.findall(r'<sheet [^>]*?name="([^"]*)"', dossier_of("blank").packages[file].parts["xl/workbook.xml"])
        spots = (
            f"{draw(st.sampled_from(names))}!{letters(draw(st.integers(1, 40)))}{draw(st.integers(1, 60))}"
            for _ in range(2)
        )
        found = [workbook.HIDDEN.at(Place(file, spot), what="Rivi 3") for spot in spots]
        try:
            copy = marked_copy.mark(books[file], file, found, FI).data
        except Refused:  # a part is damaged that nobody reads; the pipeline tells it
            continue
        yield from torn(books[file], copy, file)
        if opened:
            yield from unopened(books[file], copy, file)
