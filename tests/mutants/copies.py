"""What holds whatever was done: findings can be worded, and the marked copies open."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

import openpyxl

from bidkit.dossier import sheets
from bidkit.i18n import FINDINGS, Translator
from bidkit.messages import reading
from bidkit.model.names import called
from bidkit.pipeline import Run, mark

FI = Translator("fi", FINDINGS, called)
READERS = (FI, *(Translator(language, FINDINGS, called) for language in sheets.LANGUAGES if language != "fi"))
UNREADABLE = reading.UNREADABLE


def sound(folder: Path, run: Run, *, opened: bool = False) -> Iterator[str]:
    """Yield what is wrong with findings and with the marked copies: wording, places, a copy that does not open."""
    for finding in run.findings:
        if not FI.sentence(finding).strip():
            yield f"{finding.code} has no sentence"
        for reader in READERS:
            str(finding.place), reader.sentence(finding), reader.hint(finding)
        if finding.code == "BK115" and str(finding.facts.get("cause", "")).startswith("Word(msgid='it has"):
            yield f"{finding.code}: {finding.facts}"
    copies, _ = mark(run, FI)
    for copy in copies:
        original = (folder / f"{copy.name.split('_korjattavat')[0]}.xlsx").read_bytes()
        yield from torn(original, copy.read_bytes(), copy.name)
        if opened:
            yield from unopened(original, copy.read_bytes(), copy.name)


def torn(original: bytes, copy: bytes, name: str) -> Iterator[str]:
    """Yield the parts of a marked copy that are no XML, unless they came so."""
    with zipfile.ZipFile(io.BytesIO(copy)) as file, zipfile.ZipFile(io.BytesIO(original)) as before:
        names = file.namelist()
        if len(names) != len(set(names)):
            yield f"{name}: a part is there twice"
        there = set(before.namelist())
        for part in names:
            if part.endswith((".xml", ".rels")):
                data = file.read(part)
                came = before.read(part) if part in there else None
                if came != data and (fault := _fault_in(data)) and not (came and _fault_in(came)):
                    yield f"{name}: {part}: {fault}"


def _fault_in(data: bytes) -> str:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError as error:
        return str(error)
    return ""


def unopened(original: bytes, copy: bytes, name: str) -> Iterator[str]:
    """Yield it if openpyxl opens the original but not the copy."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            openpyxl.load_workbook(io.BytesIO(original))
        except Exception:  # it is damaged for openpyxl already
            return
        try:
            openpyxl.load_workbook(io.BytesIO(copy))
        except Exception as error:
            yield f"{name}: openpyxl opens the original, not the copy: {type(error).__name__}: {error}"
