"""A workbook as a model that is quick to change and to write."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache

from bidkit.dossier.xlsx import letters

FORMATS = {"general": 0, "0": 1, "0.00": 2, "0 %": 9, "0.00 %": 10, "date": 14, "moment": 22, "length": 46, "@": 49}
_ROW = re.compile(r"<row ([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)


@dataclass
class Grid:
    """One worksheet: what comes before and after its rows, and its cells as (attributes, content) by row and column."""

    head: str
    tail: str
    rows: dict[int, dict[int, tuple[str, str]]]
    about: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, xml: str) -> Grid:
        """Take a worksheet apart."""
        start, end = xml.index("<sheetData>") + 11, xml.index("</sheetData>")
        rows: dict[int, dict[int, tuple[str, str]]] = {}
        about: dict[int, str] = {}
        for found in _ROW.finditer(xml, start, end):
            number = int(re.search(r'r="(\d+)"', found[1])[1])  # type: ignore[index]
            about[number] = re.sub(r'\br="\d+" ?|spans="[^"]*" ?', "", found[1])
            rows[number] = {_number(c[1]): (c[2], c[3] or "") for c in _CELL.finditer(found[2] or "")}
        return cls(xml[:start], xml[end:], rows, about)

    def xml(self) -> str:
        """Put the worksheet together."""
        parts = [self.head]
        for row in sorted(self.rows):
            cells = "".join(
                f'<c r="{letters(column)}{row}"{attributes}>{content}</c>'
                for column, (attributes, content) in sorted(self.rows[row].items())
            )
            parts.append(f'<row r="{row}" {self.about.get(row, "")}>{cells}</row>')
        return "".join([*parts, self.tail])


def _number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


class Package:
    """The parts of a workbook, as text; the sheets of a copy are taken apart only if they are changed."""

    def __init__(self, parts: dict[str, str], names: dict[str, str], styles: Mapping[str, int]) -> None:
        self.parts, self.names, self.styles = parts, names, styles
        self.grids: dict[str, Grid] = {}

    @classmethod
    def of(cls, data: bytes) -> Package:
        """Take a workbook apart, and give it a style of each format that people use."""
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = {name: file.read(name).decode() for name in file.namelist()}
        targets = dict(re.findall(r'Id="(\w+)"[^>]*?Target="([^"]*)"', parts["xl/_rels/workbook.xml.rels"]))
        if not targets:
            rels = re.findall(r"<Relationship ([^>]*)/>", parts["xl/_rels/workbook.xml.rels"])
            targets = {_attribute(one, "Id"): _attribute(one, "Target") for one in rels}
        names = {}
        for one in re.findall(r"<sheet ([^>]*)/>", parts["xl/workbook.xml"]):
            target = targets[_attribute(one, "r:id")].lstrip("/")
            names[_attribute(one, "name")] = target if target.startswith("xl/") else f"xl/{target}"
        count = int(re.search(r'<cellXfs count="(\d+)"', parts["xl/styles.xml"])[1])  # type: ignore[index]
        own = "".join(f'<xf numFmtId="{i}" fontId="0" fillId="0" borderId="0" xfId="0"/>' for i in FORMATS.values())
        parts["xl/styles.xml"] = parts["xl/styles.xml"].replace("</cellXfs>", own + "</cellXfs>")
        return cls(parts, names, {name: count + n for n, name in enumerate(FORMATS)})

    def copy(self) -> Package:
        """Return a copy whose parts may be replaced."""
        return Package(dict(self.parts), dict(self.names), self.styles)

    def grid(self, name: str) -> Grid:
        """Return a sheet to be changed."""
        if name not in self.grids:
            self.grids[name] = deepcopy(_grid(self.parts[self.names[name]]))
        return self.grids[name]

    def settle(self) -> None:
        """Write the changed sheets into their parts."""
        for name, grid in self.grids.items():
            self.parts[self.names[name]] = grid.xml()
        self.grids = {}

    def data(self) -> bytes:
        """Return the bytes of the workbook."""
        self.settle()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for name, text in self.parts.items():
                file.writestr(zipfile.ZipInfo(name), text.encode("utf-8", "surrogatepass"))
        return buffer.getvalue()


@cache
def _grid(xml: str) -> Grid:
    return Grid.of(xml)


def _attribute(text: str, name: str) -> str:
    return re.search(rf'(?:^|\s){re.escape(name)}="([^"]*)"', text)[1]  # type: ignore[index]


def texts_of(package: Package) -> list[str]:
    return [
        "".join(re.findall(r"<t[^>]*>([^<]*)</t>", one))
        for one in re.findall(r"<si>(.*?)</si>", package.parts["xl/sharedStrings.xml"], re.DOTALL)
    ]
