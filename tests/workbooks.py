"""Workbooks for tests: a whole and clean dossier in two files, changed as people change them, and what is said."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

from bidkit.dossier.load import load
from bidkit.dossier.workbook_writer import workbooks
from bidkit.dossier.written import written
from bidkit.i18n import FINDINGS, Translator
from bidkit.messages.loading import NOTHING_IN
from bidkit.model.names import called
from bidkit.pipeline import Run, assess
from tests import small

FI = Translator("fi", FINDINGS, called)
MEMBER, TENDER = "tiedot.xlsx", "tarjouspyynto.xlsx"
AS_OF = date(2027, 1, 15)

# More of everything than the small dossier has, so that every kind of sheet and column has a row.
FILES: Mapping[str, str] = {
    "services": small.FILES["services"]
    + small.FILES["services"]
    .replace("id: valmennus", "id: ohjaus")
    .replace("name: Työhönvalmennus", "name: Uraohjaus")
    .replace("kind: job_coaching", "kind: career_guidance")
    .replace("services.valmennus", "services.ohjaus"),
    "staff": small.FILES["staff"]
    + """\
  qualifications:
    - {title: Sosionomi, level: bachelor, field: social, year: 2018}
  experience:
    - {start: 1.8.2018, task: Työvalmentaja, tags: job_coaching, share: 100 %}
""",
    "certificates": """\
- id: vero
  kind: tax
  title: Verovelkatodistus
  issued: 1.12.2026
  valid_until: 31.3.2027
""",
    "insurances": """\
- id: vastuu
  kind: liability
  title: Vastuuvakuutus
  insurer: Esimerkkivakuutus
  amount: 500 000
  valid_from: 1.1.2026
""",
    "references": """\
- id: r1
  title: Työhönvalmennus
  buyer: Esimerkkikaupunki
  tags: job_coaching
  start: 1.1.2024
  end: 31.12.2025
  value: 120 000
  clients: 80
  description: Valmennusta työttömille työnhakijoille.
""",
    "partners": """\
- id: kumppani
  name: Kumppani ry
  role: referral
  competence: Velkaneuvonta
  agreed: kyllä
""",
    "funding": """\
- id: avustus
  title: Yleisavustus
  kind: grant
  start: 1.1.2026
  end: 31.12.2026
  amount: 80 000
""",
    "salaries": small.FILES["salaries"].replace(
        "    - {service: valmennus, share: 100 %}",
        "    - {service: valmennus, share: 60 %}\n    - {service: ohjaus, share: 40 %}",
    ),
    "price_lines": small.FILES["price_lines"].replace("quantity: 800", "quantity: 600"),
    "tender": small.FILES["tender"]
    + "price_points: 60\nquality_points: 20\n"
    + "questions:\n  - {id: k1, asked: 4.1.2027, question: Saako jättää osatarjouksen?}\n",
    "answers": small.FILES["answers"] + "  expected_points: 15\n",
    "requested_attachments": "- id: pl\n  title: Todistus verojen maksamisesta\n",
    "attachments": "- id: vero\n  number: 1\n  title: Verovelkatodistus\n  answers: pl\n",
    "rivals": "- id: kilpailija\n  lot: osa1\n  price: 60 000\n  quality: 15\n",
}


@cache
def base() -> Mapping[str, bytes]:
    """Return the workbooks by file name, as bidkit itself writes them."""
    with TemporaryDirectory() as folder:
        found = load(small.write(Path(folder), **FILES))
        assert found.dossier is not None, found.findings
        return workbooks(written(found.dossier), "fi", examples=False)


@cache
def _sheets() -> Mapping[str, str]:
    """Return the file of each sheet."""
    names = {file: openpyxl.load_workbook(io.BytesIO(data), read_only=True).sheetnames for file, data in base().items()}
    return {sheet: file for file, sheets in names.items() for sheet in sheets}


class Books(dict[str, Any]):
    """The workbooks that a change has opened; ``books["Palvelut"]`` is a sheet, ``books[MEMBER]`` a workbook."""

    def __missing__(self, name: str) -> Any:
        file = _sheets().get(name, name)
        if file not in self:
            self[file] = openpyxl.load_workbook(io.BytesIO(base()[file]))
        return self[file] if name == file else self[file][name]


@dataclass(frozen=True)
class Cell:
    """A value with its number format, as Excel keeps it; ``result`` is what a formula came to."""

    value: Any
    number_format: str = "General"
    result: str | None = None


Change = Callable[[Books], None]


def home(sheet: str) -> str:
    """Return the file that holds a sheet."""
    return _sheets()[sheet]


def setting(cells: Mapping[str, Any]) -> Change:
    """Return a change that types values into cells, named ``Palvelut!D7``."""

    def change(books: Books) -> None:
        for name, value in cells.items():
            sheet, _, cell = name.rpartition("!")
            one = value if isinstance(value, Cell) else Cell(value)
            books[sheet][cell].value = one.value
            books[sheet][cell].number_format = one.number_format

    return change


def write(folder: Path, change: Change | None = None, results: Mapping[str, str] | None = None) -> Path:
    """Write the workbooks into ``folder``, those that ``change`` touches as openpyxl saves them.

    ``results`` are stored with the formulas of cells, which openpyxl cannot do.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file, data in base().items():
        (folder / file).write_bytes(data)
    if change is not None:
        books = Books()
        change(books)
        for file, book in books.items():
            book.save(folder / file)
    for name, result in (results or {}).items():
        _store(folder, name, result)
    return folder


def _store(folder: Path, name: str, result: str) -> None:
    """Put the result of a formula into the XML of its sheet."""
    sheet, _, cell = name.rpartition("!")
    kind = "" if result.replace(".", "").isdigit() else ' t="e"' if result.startswith("#") else ' t="str"'

    def put(xml: str) -> str:
        pattern = rf'<c r="{cell}"([^>]*)><f>([^<]*)</f><v ?/?>(?:</v>)?</c>'
        new = rf'<c r="{cell}"\1{kind}><f>\2</f><v>{result}</v></c>'
        xml, times = re.subn(pattern, new, xml)
        assert times == 1, (name, times)
        return xml

    patch(folder / _sheets()[sheet], sheet, put)


def put(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write the files into a folder that holds nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    return folder


def patch(file: Path, sheet: str, change: Callable[[str], str]) -> None:
    """Change the XML of one sheet of a workbook."""
    number = openpyxl.load_workbook(file, read_only=True).sheetnames.index(sheet) + 1
    replace_part(file, f"xl/worksheets/sheet{number}.xml", change)


def replace_part(file: Path, part: str, change: Callable[[str], str]) -> None:
    """Change the text of one part of a package."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part].decode("utf-8")).encode("utf-8")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def judged(folder: Path) -> Run:
    """Judge the dossier of ``folder``."""
    return assess(folder, as_of=AS_OF)


def said(run: Run) -> list[str]:
    """Return what was found, as its reader sees it: place, code and sentence.

    That optional sheets are empty is left out: so they are in the unchanged workbooks.
    """
    untouched = _untouched()
    return [f"{f.place} {f.code} {FI.sentence(f)}" for f in run.findings if (f.place.spot, f.code) not in untouched]


@cache
def _untouched() -> frozenset[tuple[str, str]]:
    with TemporaryDirectory() as folder:
        run = judged(write(Path(folder)))
    assert {f.code for f in run.findings} <= {NOTHING_IN.code}, run.findings
    return frozenset((f.place.spot, f.code) for f in run.findings)


def first_sheets(file: str) -> str:
    """Return the names of the first five sheets of a workbook that hold entries, as a finding lists them."""
    ours = [sheet for sheet, holder in _sheets().items() if holder == file and sheet not in ("Ohje", "Koodit")]
    return ", ".join(ours[:5])


def stops(sheet: str) -> str:
    """Say that nothing can be judged before the faults of this sheet are mended."""
    file = home(sheet)
    return f"{sheet}!A1 BK174 Reunaehtoja ja hintoja ei vielä tarkistettu, koska täällä on virheitä: {file} › {sheet}."


def expected(where: str, lines: Iterable[str]) -> list[str]:
    """Return findings written short: “BK143 …” is about the cell ``where``, “Sheet!A1 BK143 …” about another."""
    return [_full(where, line) for line in lines]


def _full(where: str, line: str) -> str:
    if line.startswith("BK"):
        return f"{_printed(where)} {line}"
    place, code, text = re.fullmatch(r"(.+?) (BK\d+) (.+)", line, re.DOTALL).groups()
    return f"{_printed(place)} {code} {text}"


def _printed(place: str) -> str:
    sheet, _, cell = place.rpartition("!")
    return f"{_sheets()[sheet]} › {sheet} › {cell}" if sheet in _sheets() else place.replace("!", " › ")


def value_at(run: Run, path: str) -> Any:
    """Return what the dossier holds at ``services.0.dose.hours``."""
    noun, *steps = path.split(".")
    found: Any = run.entries[noun]
    for step in steps:
        found = (
            found[int(step)] if step.isdigit() else found[step] if isinstance(found, Mapping) else getattr(found, step)
        )
    return found
