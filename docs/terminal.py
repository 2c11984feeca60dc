"""Draw the pictures of the terminal in the Finnish guides. ``python docs/terminal.py``.

Each picture is what a real command prints, as text in an SVG: nothing is typed by hand, and a test compares every
picture with what the command prints today.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
JOINT = HERE.parent / "examples/ryhmittyma-excel"
IMAGES = HERE / "images"
COLUMNS = 96  # characters in a line of the window
_CHAR, _LINE, _MARGIN, _BAR = 7.8, 18, 14, 26  # pixels, at 13 px type
_PROMPT = "> "


@dataclass(frozen=True)
class Screen:
    """One picture: the command as it is printed in the guide, and the folder that it is run in."""

    command: tuple[str, ...]
    folder: Callable[[Path], Path]
    typed: str = ""  # what the user answers, one answer a line
    file: str = ""  # instead of what the command prints, a text file that it has written

    @property
    def shown(self) -> str:
        """Return the command as it is typed."""
        if self.file:
            return "type " + self.file.replace("/", "\\")
        return " ".join(("bidkit", *(f'"{word}"' if " " in word else word for word in self.command)))


def _empty(folder: Path) -> Path:
    return folder


def _example(folder: Path) -> Path:
    """Make the invented organisation's dossier."""
    bidkit(("init", "--esimerkki"), folder)
    return folder


def with_mistakes(folder: Path) -> Path:
    """Make three mistakes in it that people make: a price that is no number, a gap, and a wrong name."""
    _example(folder)
    file = folder / "tiedot.xlsx"
    book = openpyxl.load_workbook(file)
    _cell(book["Kustannukset"], "Euroa yksikköä kohden").value = "n. 600"
    _cell(book["Palvelut"], "Tavoite").value = None
    _cell(book["Toimipaikat"], "Kunta").value = "Porri"
    book.save(file)
    return folder


def _cell(sheet: Worksheet, heading: str, row: int = 2) -> Cell:
    """Return the cell of an entry, usually the first, under a heading."""
    column = next(n for n, cell in enumerate(sheet[1], 1) if str(cell.value).rstrip(" *") == heading)
    found: Cell = sheet.cell(row, column)
    return found


def sent(folder: Path) -> Path:
    """Save the lead's own files in one folder, and what three partners sent by e-mail in another."""
    (folder / "kumppanit").mkdir()
    shutil.copytree(JOINT / "jasenet/kaislaranta", folder / "oma")
    shutil.copy(JOINT / "tarjouspyynto.xlsx", folder / "oma")
    shutil.copytree(JOINT / "attachments", folder / "oma/attachments")
    for id_ in ("koskenniska", "siltaura", "vaaramaki"):
        shutil.copy(JOINT / f"jasenet/{id_}/tiedot.xlsx", folder / f"kumppanit/{id_}.xlsx")
    return folder


def _settled(folder: Path) -> Path:
    """Gather the files, settle both conflicts, and save a newer file that one partner sent: a place more a day."""
    bidkit(_GATHER, sent(folder))
    file = folder / "yhteistarjous/ryhmittyma.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book["Ratkaisut"]
    _cell(sheet, "Ratkaisu").value, _cell(sheet, "Uusi tunnus").value = "nimeä toinen uudelleen", "tyovalmennus-sotkamo"
    _cell(sheet, "Ratkaisu", row=3).value = "pidä ensimmäinen"
    book.save(file)
    newer = folder / "kumppanit/vaaramaki.xlsx"
    where = _cell(openpyxl.load_workbook(newer)["Palvelut"], "Kapasiteetti: Asiakkaita päivässä")
    newer.write_bytes(_with_number(newer, where, 6))
    return folder


def _with_number(file: Path, cell: Cell, number: int) -> bytes:
    """Return a workbook with another number in one cell; the same bytes whenever and wherever it is made."""
    part = f"xl/worksheets/sheet{cell.parent.parent.index(cell.parent) + 1}.xml"
    with tempfile.TemporaryFile() as made:
        with zipfile.ZipFile(file) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
            for name in source.namelist():
                data = source.read(name)
                if name == part:
                    pattern = rb'(<c r="%s"[^>]*><v>)[^<]*' % cell.coordinate.encode()
                    data, found = re.subn(pattern, rb"\g<1>%d" % number, data)
                    assert found == 1, cell.coordinate
                target.writestr(zipfile.ZipInfo(name), data)
        made.seek(0)
        return made.read()


def _joint(folder: Path) -> Path:
    """Copy the finished example of a group."""
    shutil.copytree(JOINT, folder / "yhteistarjous")
    return folder


_DAY = ("--pvm", "15.1.2027")
_GATHER = ("merge", "oma", "kumppanit", "--lead", "kaislaranta", "--out", "yhteistarjous", *_DAY)
SCREENS = {
    "kysymykset": Screen(
        ("init", "oma aineisto"),
        _empty,
        "Mallijärjestö ry\n1234567-2\n1234567-1\n\nTampere\ntoimisto@mallijarjesto.example\nTyöhönvalmennus\n\n",
    ),
    "tarkista": Screen(("check", *_DAY), with_mistakes),
    "rakenna": Screen(("build", *_DAY), _example),
    "tilanne": Screen(("status", *_DAY), _example),
}
# Those of the guide for the lead of a consortium.
LEAD_SCREENS = {
    "yhdista": Screen(_GATHER, sent),
    "yhdista-uusi": Screen(
        ("merge", "kumppanit/vaaramaki.xlsx", "--out", "yhteistarjous", "--pvm", "18.1.2027"), _settled
    ),
    "viesti": Screen((*_GATHER, "--mail"), sent, file="yhteistarjous/viestit/vaaramaki.txt"),
    "tilanne-yhdessa": Screen(("status", "yhteistarjous", *_DAY), _joint),
}


def printed(screen: Screen) -> str:
    """Return what the command of a picture prints when it is run in a folder of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "Tarjoukset"
        folder.mkdir()
        said = bidkit(screen.command, screen.folder(folder), screen.typed)
        return (folder / screen.file).read_text(encoding="utf-8-sig") if screen.file else said


def bidkit(command: tuple[str, ...], folder: Path, typed: str = "") -> str:
    """Run a command in a folder, in Finnish; return all that it prints."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
    surroundings = kept | {"PYTHONPATH": str(HERE.parent), "PYTHONIOENCODING": "utf-8", "BIDKIT_LANGUAGE": "fi"}
    done = subprocess.run(
        [sys.executable, "-m", "bidkit", *command],
        cwd=folder,
        env=surroundings,
        input=typed.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def draw(screen: Screen, text: str) -> str:
    """Return a picture of a terminal in which a command has printed ``text``."""
    lines = [_PROMPT + screen.shown, *_wrapped(text)]
    width, height = round(COLUMNS * _CHAR) + 2 * _MARGIN, _BAR + len(lines) * _LINE + _MARGIN
    rows = [
        f'<text x="{_MARGIN}" y="{_BAR + (n + 1) * _LINE - 4}"{_weight(line)}>{escape(line, quote=False)}</text>'
        for n, line in enumerate(lines)
        if line
    ]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            'xml:space="preserve">',
            "<style>text{font:13px Consolas,Menlo,'DejaVu Sans Mono',monospace;white-space:pre;fill:#1b1b1b}</style>",
            f'<rect width="{width}" height="{height}" rx="6" fill="#f7f7f7" stroke="#b8b8b8"/>',
            f'<rect width="{width}" height="{_BAR - 6}" rx="6" fill="#d9dfe7"/>',
            *rows,
            "</svg>\n",
        )
    )


def _wrapped(text: str) -> Iterator[str]:
    """Yield the lines of a window; a long one goes on below its own beginning."""
    for line in text.rstrip("\n").split("\n"):
        indent = " " * (
            len(line) - len(line.lstrip()) or (10 if line.startswith(("VIRHE", "VAROITUS", "HUOMAA")) else 0)
        )
        yield from textwrap.wrap(
            line, COLUMNS, subsequent_indent=indent, drop_whitespace=True, break_on_hyphens=False
        ) or [""]


def _weight(line: str) -> str:
    return ' font-weight="bold"' if line.startswith(_PROMPT) else ""


if __name__ == "__main__":
    for name, screen in {**SCREENS, **LEAD_SCREENS}.items():
        (IMAGES / f"{name}.svg").write_text(draw(screen, printed(screen)), encoding="utf-8", newline="\n")
