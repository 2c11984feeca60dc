"""A second opinion: what readers that are not ours make of a version's files.

bidkit writes Word files with its own layer and workbooks with XlsxWriter. `verify` opens them with python-docx
and openpyxl, as a buyer's own programs might, and looks at what only a reader sees: text that is there, a stored
value behind every formula, no error in a cell. Not part of a build, which reads its bytes back already.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice

from bidkit.diagnostics import Finding, Place, Refused
from bidkit.gate import guarded
from bidkit.messages import publishing as say
from bidkit.publish import disk, office
from bidkit.publish.whole import Examined

_MOST = 5  # cells named of one file


def second_opinions(examined: Examined) -> tuple[Finding, ...]:
    """Return what independent readers find wrong with the Office files of a whole version."""
    if examined.manifest is None:
        return ()
    return tuple(
        finding
        for path in sorted(examined.manifest.outputs)
        if office.suffix(path)
        for finding in second_opinion(Place(str(examined.folder / path)), path, disk.read(examined.folder / path))
    )


def second_opinion(place: Place, path: str, data: bytes) -> Iterator[Finding]:
    """Yield what an independent reader finds wrong with an Office file."""
    try:
        if office.suffix(path) == ".docx":
            yield from _document(place, path, data)
        else:
            yield from islice(_workbook(place, path, data), _MOST)
    except Refused as refused:
        yield say.NO_SECOND_READER.at(place, file=path, cause=refused.facts["cause"])


def _document(place: Place, path: str, data: bytes) -> Iterator[Finding]:
    from docx import Document

    with guarded(path):
        document = Document(io.BytesIO(data))
        empty = not any(paragraph.text.strip() for paragraph in document.paragraphs)
    if empty:
        yield say.NOTHING_TO_READ.at(place, file=path)


def _workbook(place: Place, path: str, data: bytes) -> Iterator[Finding]:
    from openpyxl import load_workbook

    with guarded(path):
        formulas = load_workbook(io.BytesIO(data))
        stored = load_workbook(io.BytesIO(data), data_only=True)
        faulty = [
            (f"{sheet.title}!{cell.coordinate}", value)
            for sheet in formulas
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type in ("f", "e")
            and ((value := stored[sheet.title][cell.coordinate].value) is None or str(value).startswith("#"))
        ]
    for where, value in faulty:
        yield say.NO_STORED_VALUE.at(Place(place.file, where), file=path, cell=where, value=str(value or "–"))
