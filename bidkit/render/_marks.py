"""Colours at cells of a workbook: formats cloned from the cells' own, and the cells that must take them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from bidkit.diagnostics import Severity
from bidkit.render._comments import Cell, Geometry, address
from bidkit.render._splice import Node, Package, retag

FILLS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.NOTE: "FFDDEBF7"}
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
# The parts of a stylesheet in their order, with what Excel expects to be there at least.
_SECTIONS = {
    "numFmts": "",
    "fonts": '<{p}font><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>',
    "fills": '<{p}fill><{p}patternFill patternType="none"/></{p}fill>'
    '<{p}fill><{p}patternFill patternType="gray125"/></{p}fill>',
    "borders": "<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>",
    "cellStyleXfs": '<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}
_NEAR = 60  # rows below a marked one whose heights the box of its comment may need
_REF = re.compile(r"([A-Za-z]+)(\d+)")
_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']\s*([A-Z]+\d+):([A-Z]+\d+)")


def cell_of(reference: str) -> Cell | None:
    """Return row and column of ``D7``; None if it is no cell."""
    found = _REF.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if 1 <= row <= 1_048_576 and column <= 16_384 else None


class Styles:
    """The stylesheet of a workbook, to which formats are added and in which none is changed."""

    def __init__(self, package: Package, workbook: str, uri: str) -> None:
        self.package = package
        name = package.related(workbook, "styles")
        if name is None:
            name = package.add("xl/styles{}.xml", f'<styleSheet xmlns="{uri}"/>'.encode(), _STYLES_TYPE)
            package.relate(workbook, "styles", name)
        self.name, self.xml = name, package.xml(name)
        self.p = self.xml.prefix(self.xml.root)
        self.sections = {name: self.xml.root.first(name) for name in _SECTIONS}
        self.added: dict[str, list[str]] = {}
        self.known: dict[tuple[str, str], int] = {}

    def add(self, section: str, xml: str) -> int:
        """Add a font, fill, border or format, written with ``{p}`` for the prefix, and return its number."""
        if (section, xml) not in self.known:
            node, added = self.sections[section], self.added.setdefault(section, [])
            least = _SECTIONS[section].count("</{p}" + section[:-1]) or _SECTIONS[section].count("<{p}xf ")
            before = len(node.children) if node and node.children else least
            self.known[section, xml] = before + len(added)
            added.append(xml.replace("{p}", self.p))
        return self.known[section, xml]

    def fill(self, colour: str) -> int:
        """Return the number of a fill of one colour (ARGB)."""
        inside = f'<{{p}}fgColor rgb="{colour}"/><{{p}}bgColor indexed="64"/>'
        return self.add(
            "fills", f'<{{p}}fill><{{p}}patternFill patternType="solid">{inside}</{{p}}patternFill></{{p}}fill>'
        )

    def marked(self, base: int, severity: Severity) -> int:
        """Return the number of the format that is ``base`` with the colour of a severity."""
        formats = self.sections["cellXfs"]
        nodes = formats.children if formats else []
        if not nodes:
            xf = _SECTIONS["cellXfs"].replace("{p}", self.p).encode()
        else:
            xf = self.xml.bytes_of(nodes[base if base < len(nodes) else 0])
            xf = self._readable(xf, nodes[base if base < len(nodes) else 0].number("fontId"))
        return self.add("cellXfs", retag(xf, fillId=self.fill(FILLS[severity]), applyFill=1).decode())

    def _readable(self, xf: bytes, number: int) -> bytes:
        """Return a format whose writing can be read on a light ground: white on dark would be white on light."""
        fonts = self.sections["fonts"]
        font = fonts.children[number] if fonts and number < len(fonts.children) else None
        colour = font.first("color") if font else None
        if font is None or colour is None or not _is_light(colour):
            return xf
        data = self.xml.data
        dark = data[font.start : colour.start] + data[colour.end : font.end]
        return retag(xf, fontId=self.add("fonts", dark.decode()), applyFont=1)

    def save(self) -> None:
        """Write the stylesheet."""
        names = list(_SECTIONS)
        missing = []
        for name, added in sorted(self.added.items(), key=lambda pair: names.index(pair[0])):
            node, xml = self.sections[name], "".join(added)
            least = "" if node and node.children else _SECTIONS[name].replace("{p}", self.p)
            if node:
                self.xml.append(node, least + xml)
                if "count" in node.attributes:
                    self.xml.set(node, count=max(self.known[key] for key in self.known if key[0] == name) + 1)
            else:
                missing.append((names[: names.index(name)], f"<{self.p}{name}>{least}{xml}</{self.p}{name}>"))
        if self.xml.root.children:
            for before, xml in missing:
                self.xml.after(self.xml.root, " ".join(before), xml)
        elif missing:
            self.xml.append(self.xml.root, "".join(xml for _, xml in missing))
        self.package.members[self.name] = self.xml.done()


class Sheet:
    """A worksheet of which only what matters to some cells is held, however large it is."""

    def __init__(self, package: Package, part: str, cells: Iterable[Cell]) -> None:
        cells = set(cells)
        self.masters = _masters(package.utf8(part), cells)
        self.wanted = sorted({self.masters.get(cell, cell) for cell in cells})
        self.geometry = Geometry()
        self._pending = sorted({row for row, _ in self.wanted}, reverse=True)
        self._near = {row + more for row in self._pending for more in range(-1, _NEAR)}
        self._row, self._seen = 0, list[tuple[int, int]]()
        self.xml = package.xml(part, self._keep)
        root = self.xml.root
        self.p = self.xml.prefix(root)
        self.data = root.first("sheetData")
        columns = root.first("cols")
        self.columns = columns.all("col") if columns else []
        self._measure(root)

    def _keep(self, parent: Node, name: str, attributes: dict[str, str]) -> bool:
        """Keep all but the rows; of these the wanted, those that follow missing ones, and those without a number."""
        if parent.name == "sheetData":
            own = attributes.get("r", "")
            if not own.isdecimal():
                self._seen.append((0, self._row))
                self._row = 0
                return True
            self._row = int(own)
            if self._row in self._near and ("ht" in attributes or "hidden" in attributes):
                hidden = attributes.get("hidden") in ("1", "true")
                self.geometry.rows[self._row] = 0 if hidden else _pixels(attributes.get("ht", ""), 15, 4 / 3)
            if not self._pending or self._row < self._pending[-1]:
                return False
            while self._pending and self._pending[-1] <= self._row:
                self._pending.pop()
            self._seen.append((self._row, 0))
            return True
        return parent.name in ("worksheet", "row", "cols", "sheetViews")

    def _rows(self) -> dict[int, Node]:
        """Return the kept rows by their numbers; one that does not say its own has that of its cells or is the next."""
        found: dict[int, Node] = {}
        last = 0
        for (number, before), node in zip(self._seen, self.data.children if self.data else (), strict=True):
            cells = (cell_of(cell.get("r")) for cell in node.children)
            said = next((cell[0] for cell in cells if cell), 0)
            last = number or said or (before or last) + 1
            found.setdefault(last, node)
        return found

    def _measure(self, root: Node) -> None:
        usual = root.first("sheetFormatPr")
        if usual:
            self.geometry.column = _pixels(usual.get("defaultColWidth"), 9.14, 7)
            self.geometry.row = _pixels(usual.get("defaultRowHeight"), 15, 4 / 3)
        for node in self.columns:
            pixels = 0 if node.true("hidden") else _pixels(node.get("width"), 9.14, 7)
            for number in range(node.number("min", 1), min(node.number("max", 1), 400) + 1):
                self.geometry.columns[number] = pixels

    def colour(self, severities: Mapping[Cell, Severity], styles: Styles) -> None:
        """Give cells the colours of their severities; cells that are not there yet are made."""
        if self.data is None:
            return
        present = self._rows()
        numbers = sorted(present)
        rows: dict[int, dict[Cell, Severity]] = {}
        for cell, severity in sorted(severities.items()):
            rows.setdefault(cell[0], {})[cell] = severity
        for row, mine in rows.items():
            if row in present:
                self._colour_row(present[row], mine, styles)
                continue
            cells = "".join(self._cell(cell, self._column_style(cell[1]), mine[cell], styles) for cell in mine)
            line = f'<{self.p}row r="{row}">{cells}</{self.p}row>'
            following = bisect_right(numbers, row)
            if following < len(numbers):
                number = numbers[following]
                self.xml.insert(present[number].start, line)
                self.xml.set(present[number], r=number)
            else:
                self.xml.append(self.data, line)
        self._widen(severities)

    def _colour_row(self, row: Node, severities: Mapping[Cell, Severity], styles: Styles) -> None:
        placed: list[tuple[int, Node]] = []
        column = 0
        for node in row.children:
            cell = cell_of(node.get("r"))
            column = cell[1] if cell else column + 1
            placed.append((column, node))
        own = dict(placed)
        for cell in severities:
            there = own.get(cell[1])
            if there:
                self.xml.set(there, s=styles.marked(there.number("s"), severities[cell]))
                continue
            base = row.number("s") if row.true("customFormat") else self._column_style(cell[1])
            line = self._cell(cell, base, severities[cell], styles)
            following = next(((number, node) for number, node in placed if number > cell[1]), None)
            if following:
                self.xml.insert(following[1].start, line)
                self.xml.set(following[1], r=address((cell[0], following[0])))
            else:
                self.xml.append(row, line)
        first, _, last = row.get("spans").partition(":")
        if first.isdecimal() and last.isdecimal():
            columns = [column for _, column in severities]
            self.xml.set(row, spans=f"{min(int(first), *columns)}:{max(int(last), *columns)}")

    def _cell(self, cell: Cell, base: int, severity: Severity, styles: Styles) -> str:
        return f'<{self.p}c r="{address(cell)}" s="{styles.marked(base, severity)}"/>'

    def _column_style(self, column: int) -> int:
        found = (n for n in self.columns if n.number("min") <= column <= n.number("max"))
        return next((n.number("style") for n in found), 0)

    def _widen(self, cells: Iterable[Cell]) -> None:
        """Let the sheet's own word on its extent take in the cells."""
        extent = self.xml.root.first("dimension")
        if extent is None:
            return
        ends = [cell_of(end) for end in extent.get("ref").split(":")]
        known = [end for end in ends if end]
        rows = [row for row, _ in (*known, *cells)]
        columns = [column for _, column in (*known, *cells)]
        new = f"{address((min(rows), min(columns)))}:{address((max(rows), max(columns)))}"
        if known and new not in (extent.get("ref"), f"{extent.get('ref')}:{extent.get('ref')}"):
            self.xml.set(extent, ref=new)


def _is_light(colour: Node) -> bool:
    """Return whether a colour of writing is made for a dark ground."""
    rgb = colour.get("rgb")[-6:]
    if re.fullmatch("[0-9A-Fa-f]{6}", rgb):
        red, green, blue = bytes.fromhex(rgb)
        return red * 299 + green * 587 + blue * 114 > 160_000
    return colour.get("theme") in ("0", "2") or colour.get("indexed") in ("1", "9")


def _pixels(text: str, usual: float, each: float) -> int:
    """Return a measure in pixels; ``each`` is how many the unit has."""
    return round((float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else usual) * each)


def _masters(data: bytes, cells: set[Cell]) -> dict[Cell, Cell]:
    """Return for cells within merged areas the one at top left, which alone is shown."""
    found: dict[Cell, Cell] = {}
    ordered = sorted(cells)
    for area in _MERGED.finditer(data, max(0, data.find(b"mergeCells"))):
        first, last = cell_of(area[1].decode()), cell_of(area[2].decode())
        if first and last:
            rows = ordered[bisect_left(ordered, (first[0], 0)) : bisect_right(ordered, (last[0] + 1, 0))]
            found |= dict.fromkeys((cell for cell in rows if first[1] <= cell[1] <= last[1]), first)
    return found
