"""Comments at cells: the text in the comments part, the box in the old VML drawing that every Excel still wants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bidkit.render._splice import Node, Package, Xml, cell_text

Cell: TypeAlias = tuple[int, int]  # row and column, both from 1

AUTHOR = "bidkit"
_RULE = "――――――――――"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_WIDTH, _LINE, _PER_LINE, _MARGIN = 340, 16, 46, 22  # of a box: pixels, pixels a line, characters a line, pixels
# What comes behind <legacyDrawing> in a worksheet comes behind these (ISO 29500-1, 18.3.1.99).
_BEFORE_DRAWING = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios"
    " autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations"
    " hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches"
    " ignoredErrors smartTags drawing"
)
# In VML, which may hold what is not XML, elements are found by their names, whatever their prefixes.
_SHAPE = re.compile(rb"<((?:[\w.-]+:)?)shape\s.*?</\1shape\s*>", re.DOTALL)
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_BLOCK = re.compile(rb"<(?:[\w.-]+:)?idmap\b[^>]*?\bdata\s*=\s*[\"']([\d,\s]+)")
_ANCHOR = re.compile(rb"(<(?:[\w.-]+:)?Anchor>)([^<]*)(</)")
_SIZE = re.compile(rb"\b(width|height):\s*(\d+(?:\.\d+)?)(pt|px)")
_SHAPETYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


@dataclass(slots=True)
class Geometry:
    """Sizes of a sheet's columns and rows in pixels, where they are not the usual ones; both from 1."""

    column: int = 64
    row: int = 20
    columns: dict[int, int] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)

    def anchor(self, cell: Cell, height: int) -> list[int]:
        """Return the corners of a box beside a cell: column, offset, row, offset, of both corners, from 0."""
        left, top = min(cell[1], _LAST_COLUMN - 8), max(cell[0] - 2, 0)
        right, x = _walk(left, 15 + _WIDTH, self.columns, self.column, _LAST_COLUMN)
        bottom, y = _walk(top, 4 + height, self.rows, self.row, _LAST_ROW)
        return [left, 15, top, 4, right, x, bottom, y]


def _walk(start: int, pixels: int, sizes: Mapping[int, int], usual: int, last: int) -> tuple[int, int]:
    """Return where one comes from the edge of a column or row (from 0) after so many pixels."""
    at = start
    while at < last - 1 and pixels >= sizes.get(at + 1, usual):
        pixels -= sizes.get(at + 1, usual)
        at += 1
    return at, min(pixels, sizes.get(at + 1, usual))


def height_of(text: str) -> int:
    """Return the pixels that a text takes in a box of ours, so that it is read without scrolling."""
    lines = sum(max(1, -(-len(line) // _PER_LINE)) for line in text.splitlines())
    return _MARGIN + _LINE * lines


def address(cell: Cell) -> str:
    """Return ``D7``."""
    letters, number = "", cell[1]
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{cell[0]}"


def comment(package: Package, part: str, sheet: Xml, texts: Mapping[Cell, str], geometry: Geometry) -> tuple[Cell, ...]:
    """Put a comment at each cell of a sheet; return the cells that hold a conversation, which is left as it is.

    A comment that is already there keeps its text and has ours added to it; one of ours is replaced.
    """
    name = package.related(part, "comments")
    if name is None:
        empty = f'<comments xmlns="{sheet.root.uri}"><authors/><commentList/></comments>'
        name = package.add("xl/comments{}.xml", empty.encode(), _COMMENTS_TYPE)
        package.relate(part, "comments", name)
    book = _Comments(package.xml(name))
    refused = tuple(cell for cell in texts if book.is_conversation(address(cell)))
    new: dict[Cell, str] = {}
    grown: dict[Cell, str] = {}
    for cell, text in texts.items():
        if cell not in refused:
            whole = book.put(address(cell), text)
            (new if whole is None else grown)[cell] = whole or text
    package.members[name] = book.done()
    if new or grown:
        _draw(package, part, sheet, new, grown, geometry)
    return refused


class _Comments:
    """A comments part."""

    def __init__(self, xml: Xml) -> None:
        self.xml = xml
        root = self.xml.root
        self.p = self.xml.prefix(root)
        authors, comments = root.first("authors"), root.first("commentList")
        self.authors = [self.xml.text(node) for node in authors.children] if authors else []
        self.comments = {node.get("ref"): node for node in comments.children} if comments else {}
        self.list, self.new = comments, list[str]()
        self.ours = self._author(authors)

    def _author(self, authors: Node | None) -> int:
        if AUTHOR in self.authors:
            return self.authors.index(AUTHOR)
        line = f"<{self.p}author>{AUTHOR}</{self.p}author>"
        if authors is None:
            self.xml.insert(self.xml.root.inner, f"<{self.p}authors>{line}</{self.p}authors>")
        else:
            self.xml.append(authors, line)
        return len(self.authors)

    def _author_of(self, ref: str) -> str:
        node = self.comments.get(ref)
        number = node.number("authorId") if node else -1
        return self.authors[number] if 0 <= number < len(self.authors) else ""

    def is_conversation(self, ref: str) -> bool:
        """Return whether a cell has a threaded comment, of which the plain one is only a shadow."""
        return self._author_of(ref).startswith("tc={")

    def put(self, ref: str, text: str) -> str | None:
        """Write a text; return the whole text where the user has a comment there, None where the comment is new."""
        p, node = self.p, self.comments.get(ref)
        if node is None:
            self.new.append(f'<{p}comment ref="{ref}" authorId="{self.ours}">{self._text(text)}</{p}comment>')
            return None
        old = node.first("text")
        if old is None or self._author_of(ref) == AUTHOR:
            own = self._text(text)
            self.xml.replace(node.start, node.end, f'<{p}comment ref="{ref}" authorId="{self.ours}">{own}</{p}comment>')
            return text
        added = f"\n{_RULE}\n{text}"
        runs, plain = old.all("r"), old.first("t")
        if runs:
            self.xml.insert(runs[-1].end, self._run(added))
        elif plain:  # a text is plain or in runs; readers show only one of them
            own = self.xml.data[plain.inner : plain.last].decode()
            run = f'<{p}r><{p}t xml:space="preserve">{own}</{p}t></{p}r>'
            self.xml.replace(plain.start, plain.end, run + self._run(added))
        else:
            self.xml.append(old, self._run(text))
        return "".join(self.xml.text(word) for word in runs or old.all("t")) + added

    def done(self) -> bytes:
        """Return the part."""
        p, lines = self.p, "".join(self.new)
        if self.list is not None:
            self.xml.append(self.list, lines)
        elif lines:
            self.xml.append(self.xml.root, f"<{p}commentList>{lines}</{p}commentList>")
        return self.xml.done()

    def _text(self, text: str) -> str:
        return f"<{self.p}text>{self._run(text)}</{self.p}text>"

    def _run(self, text: str) -> str:
        p = self.p
        font = f'<{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/><{p}family val="2"/>'
        return f'<{p}r><{p}rPr>{font}</{p}rPr><{p}t xml:space="preserve">{cell_text(text)}</{p}t></{p}r>'


def _draw(
    package: Package,
    part: str,
    sheet: Xml,
    new: Mapping[Cell, str],
    grown: Mapping[Cell, str],
    geometry: Geometry,
) -> None:
    """Give each new comment its box and let those that have grown be read without scrolling."""
    legacy = sheet.root.first("legacyDrawing")
    drawings = {one.id: one.target for one in package.relations(part) if one.kind == "vmlDrawing"}
    name = drawings.get(legacy.get("id"), "") if legacy else ""
    if name in package.members:
        drawing = package.utf8(name)
        drawing = _SHAPE.sub(lambda found: _grow(found[0], grown, geometry), drawing)
        first = 1 + max([1024, *(int(n) for n in _SHAPE_ID.findall(drawing))])
        boxes = "".join(_box(first + i, cell, text, geometry) for i, (cell, text) in enumerate(new.items()))
        if boxes and b"_x0000_t202" not in drawing:
            boxes = _SHAPETYPE + boxes
        at = drawing.rfind(b"</")
        if at < 0:
            raise package.damaged(name)
        package.members[name] = drawing[:at] + boxes.encode() + drawing[at:]
        return
    drawing = _drawing(_free_block(package), {**new, **grown}, geometry).encode()
    name = package.add("xl/drawings/vmlDrawing{}.vml", drawing, _VML_TYPE)
    own = f'<{sheet.prefix(sheet.root)}legacyDrawing xmlns:r="{package.relationships}" r:id="'
    line = own + package.relate(part, "vmlDrawing", name) + '"/>'
    if legacy:
        sheet.replace(legacy.start, legacy.end, line)
    else:
        sheet.after(sheet.root, _BEFORE_DRAWING, line)


def _free_block(package: Package) -> int:
    """Return the first number of shapes (a block has 1,024) that no drawing of the workbook uses."""
    used = [0]
    for name, data in package.members.items():
        if name.lower().endswith(".vml"):
            used += [int(n) for blocks in _BLOCK.findall(data) for n in blocks.split(b",") if n.strip()]
    return max(used) + 1


def _drawing(block: int, texts: Mapping[Cell, str], geometry: Geometry) -> str:
    blocks = ",".join(str(block + i) for i in range(len(texts) // 1024 + 1))
    boxes = "".join(_box(block * 1024 + i, cell, text, geometry) for i, (cell, text) in enumerate(texts.items(), 1))
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
        f"{_SHAPETYPE}{boxes}</xml>"
    )


def _box(number: int, cell: Cell, text: str, geometry: Geometry) -> str:
    height = height_of(text)
    anchor = ", ".join(map(str, geometry.anchor(cell, height)))
    return (
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
        f' id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
        f'width:{_WIDTH * 3 / 4:g}pt;height:{height * 3 / 4:g}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1"'
        ' o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox>'
        '<x:ClientData xmlns:x="urn:schemas-microsoft-com:office:excel" ObjectType="Note"><x:MoveWithCells/>'
        f"<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{cell[0] - 1}</x:Row><x:Column>{cell[1] - 1}</x:Column></x:ClientData></v:shape>"
    )


def _grow(shape: bytes, grown: Mapping[Cell, str], geometry: Geometry) -> bytes:
    """Make the box of a comment that has grown large enough; it stays where its owner put it."""
    row, column = (re.search(rb"<(?:[\w.-]+:)?%s>\s*(\d+)\s*<" % name, shape) for name in (b"Row", b"Column"))
    if row is None or column is None or b'"Note"' not in shape:
        return shape
    cell = (int(row[1]) + 1, int(column[1]) + 1)
    if cell not in grown:
        return shape
    height = height_of(grown[cell])
    wanted = geometry.anchor(cell, height)

    def larger(found: re.Match[bytes]) -> bytes:
        old = [int(n) for n in found[2].split(b",") if n.strip().lstrip(b"-").isdigit()]
        if len(old) != 8:
            return found[0]
        for start, end in ((0, 4), (2, 6)):
            span = wanted[end] - wanted[start]
            if old[end] - old[start] <= span:
                old[end], old[end + 1] = old[start] + span, max(old[end + 1], wanted[end + 1])
        return found[1] + ", ".join(map(str, old)).encode() + found[3]

    def taller(found: re.Match[bytes]) -> bytes:
        points = {b"width": _WIDTH, b"height": height}[found[1]] * 0.75
        own = float(found[2]) * (0.75 if found[3] == b"px" else 1)
        return found[0] if own >= points else b"%s:%gpt" % (found[1], points)

    return _ANCHOR.sub(larger, shape) if _ANCHOR.search(shape) else _SIZE.sub(taller, shape)
