"""What the schemas do not say about a workbook and Excel insists on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.utils import column_index_from_string, range_boundaries

from .formula import AREA, Names, formula_faults
from .package import NS, Package, doubles, expand, place

CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
NAME = re.compile(r"[^\W\d][\w.\\]*|\\[\w.\\]*")
ILLEGAL = set("[]:*?/\\")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
LONGEST_TEXT, LAST_ROW, LAST_COLUMN = 32767, 1_048_576, 16_384


@dataclass
class Book:
    """The workbook's counts and names, which the sheets refer to."""

    formats: int = 1
    differential: int = 0
    strings: int = 0
    titles: dict[str, str] = field(default_factory=dict)  # part -> sheet name
    names: Names = field(default_factory=Names)


def sheet_rules(package: Package) -> Iterator[str]:
    """Judge a workbook with all its sheets, tables and charts."""
    for name, root in package.parts("s:workbook"):
        book = read_book(package, name, root)
        for part, styles in package.parts("s:styleSheet"):
            yield from _styles(part, styles)
        for part, strings in package.parts("s:sst"):
            for e in strings.findall("s:si", NS):
                if len("".join(str(t) for t in e.itertext())) > LONGEST_TEXT:
                    yield f"{part}: {place(e)}: the text has more than {LONGEST_TEXT} characters"
        yield from _sheet_names(name, root)
        yield from _tables(package)
        yield from _defined_names(name, root, book)
        for part, sheet in package.parts("s:worksheet"):
            title = book.titles.get(part, "")
            for e, text in _sheet(sheet, title, book):
                yield f"{part}: {title}!{place(e)}: {text}"
        for part, chart in package.parts("c:chartSpace"):
            yield from _chart(part, chart, book.names)


def word_chart_rules(package: Package) -> Iterator[str]:
    """Judge the charts of a document: the cells they draw from stand in the workbook embedded for them."""
    if next(package.parts("s:workbook"), None):
        return
    for part, chart in package.parts("c:chartSpace"):
        data = package.related(part, "package")
        if data is None:
            yield f"{part}: no workbook is embedded, so its figures cannot be edited"
            continue
        inner = Package(package.members[data])
        for name, root in inner.parts("s:workbook"):
            yield from _chart(part, chart, read_book(inner, name, root).names)


def read_book(package: Package, part: str, root: etree._Element) -> Book:
    """Count what the sheets refer to and collect the names that formulas may use."""
    book = Book()
    for _, styles in package.parts("s:styleSheet"):
        book.formats = len(styles.findall("s:cellXfs/*", NS))
        book.differential = len(styles.findall("s:dxfs/*", NS))
    for _, strings in package.parts("s:sst"):
        book.strings = len(strings.findall("s:si", NS))
    links = package.relationships(part)
    titles = []
    for e in root.findall("s:sheets/s:sheet", NS):
        titles.append(e.get("name", "").lower())
        link = links.get(e.get(expand("r:id"), ""))
        if link:
            book.titles[link.target] = e.get("name", "")
    book.names.sheets = set(titles)
    book.names.tables = {e.get("displayName", "").lower() for _, e in package.parts("s:table")}
    for e in root.findall("s:definedNames/s:definedName", NS):
        scope, name = e.get("localSheetId"), e.get("name", "").lower()
        if scope is None:
            book.names.names.add(name)
        elif int(scope) < len(titles):
            book.names.local.setdefault(titles[int(scope)], set()).add(name)
    return book


def corners(e: etree._Element) -> tuple[int, int, int, int]:
    """Return left column, top row, right column and bottom row of an element's ``ref``."""
    left, top, right, bottom = range_boundaries(e.get("ref", ""))
    return left or 1, top or 1, right or LAST_COLUMN, bottom or LAST_ROW


def _styles(part: str, root: etree._Element) -> Iterator[str]:
    """Each format's font, fill, border and base format exist."""

    def count(name: str) -> int:
        return len(root.findall(f"s:{name}/*", NS))

    limits = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
    for e in [*root.findall("s:cellXfs/s:xf", NS), *root.findall("s:cellStyleXfs/s:xf", NS)]:
        for key, where in limits.items():
            if int(e.get(key, "0")) >= max(1, count(where)):
                yield f"{part}: {place(e)}: {key} {e.get(key)}, there are {count(where)} {where}"
    own = {e.get("numFmtId") for e in root.findall("s:numFmts/s:numFmt", NS)}
    for e in root.findall("s:cellXfs/s:xf", NS):
        if int(e.get("numFmtId", "0")) >= 164 and e.get("numFmtId") not in own:
            yield f"{part}: {place(e)}: number format {e.get('numFmtId')} is not defined"


def _sheet_names(part: str, root: etree._Element) -> Iterator[str]:
    sheets = root.findall("s:sheets/s:sheet", NS)
    for title in (e.get("name", "") for e in sheets):
        if not 1 <= len(title) <= 31:
            yield f"{part}: the sheet name {title} has {len(title)} characters, 1 to 31 are allowed"
        if ILLEGAL & set(title) or title.startswith("'") or title.endswith("'"):
            yield f"{part}: the sheet name {title} has a character that is not allowed"
    for title in doubles([e.get("name", "").lower() for e in sheets]):
        yield f"{part}: the sheet name {title} stands twice"
    for number in doubles([e.get("sheetId", "") for e in sheets]):
        yield f"{part}: the sheet id {number} stands twice"
    if all(e.get("state", "visible") != "visible" for e in sheets):
        yield f"{part}: no sheet is visible"


def _tables(package: Package) -> Iterator[str]:
    tables = list(package.parts("s:table"))
    for what in ("id", "displayName"):
        for value in doubles([e.get(what, "").lower() for _, e in tables]):
            yield f"{tables[0][0]}: table {what} {value} stands twice"
    for part, e in tables:
        columns = [c.get("name", "") for c in e.findall("s:tableColumns/s:tableColumn", NS)]
        left, _, right, _ = corners(e)
        if right - left + 1 != len(columns):
            yield f"{part}: the table {e.get('ref')} has {len(columns)} columns"
        for name in doubles([c.lower() for c in columns]):
            yield f"{part}: the column {name} stands twice"


def _defined_names(part: str, root: etree._Element, book: Book) -> Iterator[str]:
    """Names are legal, unique in their scope, and lead to sheets that exist."""
    titles = [e.get("name", "").lower() for e in root.findall("s:sheets/s:sheet", NS)]
    defined = root.findall("s:definedNames/s:definedName", NS)
    for key in doubles([f"{e.get('name', '').lower()} (sheet {e.get('localSheetId', 'any')})" for e in defined]):
        yield f"{part}: the name {key} is defined twice"
    for e in defined:
        name, scope = e.get("name", ""), e.get("localSheetId")
        plain = name.removeprefix("_xlnm.")
        if not NAME.fullmatch(plain) or AREA.fullmatch(plain) or plain.lower() in ("r", "c"):
            yield f"{part}: the name {name} is not allowed"
        if scope and int(scope) >= len(titles):
            yield f"{part}: the name {name} belongs to sheet {scope}, which does not exist"
            continue
        for fault in formula_faults(e.text or "", book.names, titles[int(scope)] if scope else ""):
            yield f"{part}: the name {name}: {fault}"


def _sheet(root: etree._Element, title: str, book: Book) -> Iterator[tuple[etree._Element, str]]:
    yield from _cells(root, title, book)
    yield from _merges(root)
    rules = (
        ".//s:conditionalFormatting//s:formula",
        ".//s:dataValidation/s:formula1",
        ".//s:dataValidation/s:formula2",
    )
    for e in (e for rule in rules for e in root.iterfind(rule, NS)):
        text = e.text or ""
        if text.startswith('"') and len(text) > 257:
            yield e, f"the list has {len(text) - 2} characters, at most 255 are allowed"
        for fault in formula_faults(text, book.names, title):
            yield e, fault
    for e in root.iter(expand("s:cfRule")):
        if e.get("dxfId") and int(e.get("dxfId", "0")) >= book.differential:
            yield e, f"format {e.get('dxfId')} does not exist, there are {book.differential}"
    for e in root.iter(expand("s:row"), expand("s:col")):
        number = e.get("s") or e.get("style") or "0"
        if int(number) >= book.formats:
            yield e, f"cell format {number} does not exist, there are {book.formats}"


def _cells(root: etree._Element, title: str, book: Book) -> Iterator[tuple[etree._Element, str]]:
    last_row = 0
    for row in root.iterfind("s:sheetData/s:row", NS):
        number = int(row.get("r", last_row + 1))
        if number <= last_row:
            yield row, f"row {number} comes after row {last_row}"
        if number > LAST_ROW:
            yield row, f"row {number} is below the last row, {LAST_ROW}"
        last_row, last_column = number, 0
        for cell in row.findall("s:c", NS):
            ref = cell.get("r")
            hit = CELL.fullmatch(ref) if ref else None
            if ref and not hit:
                yield cell, f"{ref} is not a cell"
                continue
            column = column_index_from_string(hit[1]) if hit else last_column + 1
            if hit and int(hit[2]) != number:
                yield cell, f"the cell stands in row {number}"
            if column <= last_column:
                yield cell, "the cell comes after one further right"
            if column > LAST_COLUMN:
                yield cell, "the cell is right of the last column"
            last_column = column
            for text in _cell(cell, title, book):
                yield cell, text


def _cell(cell: etree._Element, title: str, book: Book) -> Iterator[str]:
    if int(cell.get("s", "0")) >= book.formats:
        yield f"cell format {cell.get('s')} does not exist, there are {book.formats}"
    formula, value, kind = cell.find("s:f", NS), cell.findtext("s:v", None, NS), cell.get("t", "n")
    if formula is not None and formula.text:
        yield from formula_faults(formula.text, book.names, title)
    if value is None:
        return
    if kind == "s":
        if not value.isdigit() or int(value) >= book.strings:
            yield f"shared text {value} does not exist, there are {book.strings}"
    elif kind == "n":
        if value and not NUMBER.fullmatch(value.strip()):
            yield f"the cell says it is a number and holds {value}"
    elif kind == "b":
        if value not in ("0", "1"):
            yield f"the cell says it is true or false and holds {value}"
    elif kind == "e":
        if value not in ERRORS:
            yield f"the cell says it is an error and holds {value}"
    elif kind == "inlineStr":
        yield "the cell says its text stands in it and holds a value"
    elif len(value) > LONGEST_TEXT:
        yield f"the text has more than {LONGEST_TEXT} characters"


def _merges(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Merged areas are disjoint; a sweep from the top compares only those that share a row."""
    areas = []
    for e in root.iterfind("s:mergeCells/s:mergeCell", NS):
        left, top, right, bottom = corners(e)
        areas.append((top, bottom, left, right, e))
        if (left, top) == (right, bottom):
            yield e, f"{e.get('ref')} merges one cell"
    areas.sort(key=lambda a: a[:4])
    open_areas: list[tuple[int, int, int, int, etree._Element]] = []
    for area in areas:
        open_areas = [o for o in open_areas if o[1] >= area[0]]
        for other in open_areas:
            if other[2] <= area[3] and area[2] <= other[3]:
                yield area[4], f"merged area {area[4].get('ref')} overlaps {other[4].get('ref')}"
        open_areas.append(area)


def _chart(part: str, root: etree._Element, names: Names) -> Iterator[str]:
    for e in root.iter(expand("c:f")):
        for fault in formula_faults((e.text or "").strip("()"), names):
            yield f"{part}: {place(e)}: {fault}"
