"""Workbooks made to harm, damaged ones, and files that only carry the name of one: small, quick to make, and named.

Each of `BOMBS` says which codes a reader may answer with; an empty set means that it must be read as if nothing
were there. Used by tests/test_bombs.py and benchmarks/bombs.py.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from random import Random
from typing import NamedTuple

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET, TEXTS, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/{BOOK}" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/{SHEET}" ContentType="{TYPE}.worksheet+xml"/>'
    f'<Override PartName="/{STYLES}" ContentType="{TYPE}.styles+xml"/>'
    f'<Override PartName="/{TEXTS}" ContentType="{TYPE}.sharedStrings+xml"/></Types>'
)
ROOT = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="{BOOK}"/></Relationships>'
)
OF_BOOK = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
DEFAULTS: dict[str, str | bytes] = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": ROOT,
    BOOK: (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Palvelut" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": OF_BOOK,
    STYLES: (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="d.m.yyyy"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    ),
    TEXTS: f'{HEAD}<sst xmlns="{MAIN}"><si><t>id</t></si><si><t>polku</t></si></sst>',
}
ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'


def sheet(rows: str = ROWS, *, before: str = "", after: str = "", attributes: str = "") -> str:
    """Return the XML of a sheet."""
    return f'{HEAD}<worksheet xmlns="{MAIN}"{attributes}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def book(parts: dict[str, str | bytes | None] | None = None, **options: str | bytes) -> bytes:
    """Return a small good workbook, with ``parts`` in place of its own; None takes a part away.

    ``sheet``, ``texts`` and ``styles`` are shorter names of the usual parts.
    """
    names = {"sheet": SHEET, "texts": TEXTS, "styles": STYLES}
    whole: dict[str, str | bytes | None] = {**DEFAULTS, SHEET: sheet(), **(parts or {})}
    whole |= {names[name]: content for name, content in options.items()}
    return zipped([(name, content) for name, content in whole.items() if content is not None])


def zipped(members: list[tuple[str, str | bytes]], level: int = 1) -> bytes:
    """Return a zip of ``members`` in their order, the same name twice if asked for."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as written:
        for name, content in members:
            written.writestr(zipfile.ZipInfo(name, (2027, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def members(**options: str | bytes) -> list[tuple[str, str | bytes]]:
    """Return the members of `book`, to which others can be added."""
    with zipfile.ZipFile(io.BytesIO(book(**options))) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def noise(size: int) -> str:
    """Return letters of which a package keeps a hundredth, as of a real sheet: no ratio gives them away."""
    piece = Random(1).randbytes(300).hex() + "x" * 40_000
    return (piece * (size // len(piece) + 1))[:size]


def packed(xml: str) -> str:
    """Return a part with so much noise in a comment that it does not shrink more than a real one."""
    return xml.replace(HEAD, f"{HEAD}<!-- {Random(2).randbytes(len(xml.encode()) // 150).hex()} -->", 1)


# --- bombs --------------------------------------------------------------------------------------------


def zip_bomb() -> bytes:
    """A gigabyte is not needed: 16 MB from 16 kB is far beyond any real part."""
    return book(sheet=sheet(ROWS + " " * (16 << 20)))


def many_megabytes() -> bytes:
    """No part shrinks suspiciously, but all together they unpack to more than any real workbook."""
    part = f"<a>{noise(21 << 20)}</a>"
    return zipped([*members(), *((f"xl/media/image{n}.xml", part) for n in range(4))])


def many_members() -> bytes:
    return zipped([*members(), *((f"xl/x{n}.xml", "<a/>") for n in range(2001))])


def lying_sizes() -> bytes:
    """The directory of the zip says 100 bytes where there are a million."""
    good = book(sheet=sheet(ROWS + " " * 1_000_000))
    at = good.index(SHEET.encode(), good.index(b"PK\x01\x02")) - 46
    return good[: at + 24] + struct.pack("<L", 100) + good[at + 28 :]


def nested() -> bytes:
    """A zip within a zip within …: nobody opens the inner ones."""
    inner = book()
    for _ in range(20):
        inner = zipped([("a.xlsx", inner)])
    return zipped([*members(), ("xl/embeddings/a.xlsx", inner)])


def billion_laughs(part: str = SHEET) -> bytes:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(10))
    text = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'
    return book(parts_with(part, text, "&a10;"))


def parts_with(part: str, doctype: str, entity: str) -> dict[str, str | bytes | None]:
    """Return one part of a good workbook with a document type and an entity put into it."""
    content = str(DEFAULTS.get(part, sheet('<row><c t="inlineStr"><is><t>ENTITY</t></is></c></row>')))
    content = content.replace(HEAD, f'<?xml version="1.0"?>{doctype}')
    return {part: content.replace("ENTITY", entity).replace("<t>id</t>", f"<t>{entity}</t>")}


def quadratic() -> bytes:
    return book(parts_with(TEXTS, f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>', "&a;" * 20_000))


def external_file() -> bytes:
    return book(parts_with(SHEET, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"))


def external_http() -> bytes:
    return book(parts_with(TEXTS, '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>', "&a;"))


def external_dtd() -> bytes:
    return book(parts_with(BOOK, '<!DOCTYPE workbook SYSTEM "http://127.0.0.1:9/x.dtd">', ""))


def utf16_doctype() -> bytes:
    hidden = str(parts_with(SHEET, '<!DOCTYPE x [<!ENTITY a "b">]>', "&a;")[SHEET])
    return book(sheet=hidden.replace('<?xml version="1.0"?>', "").encode("utf-16"))


def deep(part: str = SHEET) -> bytes:
    return book({part: "<worksheet>" + "<a>" * 100_000 + "</a>" * 100_000 + "</worksheet>"})


def million_elements() -> bytes:
    """Four million cells without content, which shrink no more than real ones."""
    rows = "".join(f'<row r="{n}">{"<c/>" * 400}</row>' for n in range(1, 10_001))
    return book(sheet=packed(sheet(ROWS + rows)))


def many_names() -> bytes:
    """Every element has a name of its own, and a parser keeps them all."""
    return book(sheet=packed(sheet("".join(f"<n{n:x}/>" for n in range(600_000)))))


def endless_tag() -> bytes:
    """One tag of megabytes, which a parser fed in pieces reads again from its start with each piece."""
    return book(sheet=sheet(f'<row note="{noise(12 << 20)}"/>'))


def endless_comment() -> bytes:
    return book(texts=f"{HEAD}<sst><!-- {noise(12 << 20)} --></sst>")


def huge_merge() -> bytes:
    return book(sheet=sheet(after='<mergeCells><mergeCell ref="A5:XFD20000"/></mergeCells>'))


def many_merges() -> bytes:
    areas = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 150_000))
    return book(sheet=sheet(after=f"<mergeCells>{areas}</mergeCells>"))


def far_cell() -> bytes:
    return book(sheet=sheet(ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def far_array() -> bytes:
    formula = '<row r="3"><c r="A3"><f t="array" ref="A3:XFD1048576">1</f><v>1</v></c></row>'
    return book(sheet=sheet(ROWS + formula))


def huge_texts() -> bytes:
    return book(texts=packed(f"{HEAD}<sst xmlns='{MAIN}'>" + f"<si><t>{noise(30_000)}</t></si>" * 1200 + "</sst>"))


def wide_texts() -> bytes:
    """Letters that take four bytes each in memory."""
    text = "\U0001f600" * 10_000
    return book(texts=packed(f"{HEAD}<sst xmlns='{MAIN}'>" + f"<si><t>{text}</t></si>" * 1200 + "</sst>"))


def many_texts() -> bytes:
    return book(texts=packed(f"{HEAD}<sst xmlns='{MAIN}'>" + "<si><t>ab</t></si>" * 1_200_000 + "</sst>"))


def one_long_text() -> bytes:
    return book(sheet=sheet(f'<row r="1"><c r="A1" t="str"><v>{noise(24 << 20)}</v></c></row>'))


def many_runs() -> bytes:
    """A text whose letters have a format each, so that putting it together again and again takes for ever."""
    return book(texts=packed(f"{HEAD}<sst xmlns='{MAIN}'><si>" + "<r><t>ab</t></r>" * 900_000 + "</si></sst>"))


def many_formats() -> bytes:
    codes = "".join(f'<numFmt numFmtId="{n}" formatCode="0.0{n}"/>' for n in range(164, 600_000))
    return book(styles=packed(f"{HEAD}<styleSheet xmlns='{MAIN}'><numFmts>{codes}</numFmts></styleSheet>"))


def many_relations() -> bytes:
    relations = "".join(f'<Relationship Id="r{n}" Type="x" Target="y{n}"/>' for n in range(500_000))
    return book({"xl/_rels/workbook.xml.rels": packed(f"{HEAD}<Relationships>{relations}</Relationships>")})


def bad_addresses() -> bytes:
    rows = "".join(f'<c r="{n:x}{"Q" * 60}"><v>1</v></c>' for n in range(500_000))
    return book(sheet=packed(sheet(f"<row>{rows}</row>")))


def full_rows() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 1_048_577))
    return book(sheet=sheet(rows))


def full_width() -> bytes:
    row = "".join(f"<c><v>{n}</v></c>" for n in range(16_384))
    return book(sheet=sheet(f"<row>{row}</row>" * 20))


def same_sheet_often() -> bytes:
    """Five hundred sheets which are all the same part, so that it would be read five hundred times."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 5_000))
    return book({BOOK: with_sheets(500), SHEET: sheet(rows)})


def with_sheets(count: int) -> str:
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, count + 1))
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'


def many_sheets() -> bytes:
    return book({BOOK: with_sheets(20_000)})


def bad_numbers() -> bytes:
    """A mistake in each of 150,000 cells: the list of them must not fill the memory either."""
    return book(sheet=packed(sheet("<row><c><v>1_0</v></c></row>" * 150_000)))


def duplicate_members() -> bytes:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped([*members(), (SHEET, sheet("<row/>"))])


def absolute_name() -> bytes:
    return zipped([*members(), ("/etc/passwd", "x")])


def name_leads_out() -> bytes:
    return zipped([*members(), ("../../x.xml", "x")])


def encrypted_member() -> bytes:
    data = bytearray(book())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


# --- damage and other kinds -----------------------------------------------------------------------------


def broken_xml(part: str = SHEET) -> bytes:
    return book({part: sheet().replace("</sheetData>", "")})


def truncated() -> bytes:
    whole = book()
    return whole[: len(whole) * 2 // 3]


def flipped_bytes() -> bytes:
    data = bytearray(book(sheet=sheet(ROWS + " " * 5000)))
    at = data.index(SHEET.encode()) + len(SHEET) + 20
    data[at : at + 30] = b"\xff" * 30
    return bytes(data)


def wrong_types() -> bytes:
    return book({"[Content_Types].xml": TYPES.replace("sheet.main+xml", "styles+xml")})


def no_types() -> bytes:
    return book({"[Content_Types].xml": None})


def without(part: str) -> Callable[[], bytes]:
    """Return a generator of a workbook that lacks a part."""
    return lambda: book({part: None})


def wrong_root() -> bytes:
    return book(sheet=str(DEFAULTS[STYLES]))


def text_out_of_range() -> bytes:
    return book(sheet=sheet(ROWS + '<row r="3"><c r="B3" t="s"><v>7</v></c></row>'))


def style_out_of_range() -> bytes:
    return book(sheet=sheet(ROWS + '<row r="3"><c r="B3" s="9"><v>46000</v></c></row>'))


def word_document() -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="x/y"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    return zipped(
        [
            ("[Content_Types].xml", types),
            ("_rels/.rels", ROOT.replace(BOOK, "word/document.xml")),
            ("word/document.xml", "<w:document xmlns:w='x'><w:body/></w:document>"),
        ]
    )


def binary_workbook() -> bytes:
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    types = TYPES.replace(f"{TYPE}.sheet.main+xml", kind).replace(BOOK, "xl/workbook.bin")
    return book({"[Content_Types].xml": types, "_rels/.rels": ROOT.replace(BOOK, "xl/workbook.bin")})


def open_document() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as written:
        written.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        written.writestr("content.xml", "<office:document-content/>")
    return data.getvalue()


def compound(*streams: str) -> bytes:
    """Return the outline of an OLE file: its head, and a directory with the names of ``streams``."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64 for name in ("Root Entry", *streams))
    return head + entries.ljust(512, b"\0")


def password() -> bytes:
    return compound("EncryptionInfo", "EncryptedPackage")


def old_excel() -> bytes:
    return compound("Workbook", "\x05SummaryInformation")


def old_word() -> bytes:
    return compound("WordDocument", "1Table")


class Bomb(NamedTuple):
    """A generator and the codes that may answer it; none means that the workbook is read as if it were good."""

    make: Callable[[], bytes]
    codes: frozenset[str]


UNSAFE, BROKEN, TOO_MUCH, NOT_ONE, CANNOT = "BK113", "BK183", "BK184", "BK182", "BK106"


def _bombs(*entries: tuple[str, Callable[[], bytes], str]) -> dict[str, Bomb]:
    return {name: Bomb(make, frozenset(codes.split())) for name, make, codes in entries}


BOMBS = _bombs(
    ("zip bomb", zip_bomb, UNSAFE),
    ("many megabytes in all", many_megabytes, UNSAFE),
    ("many members", many_members, UNSAFE),
    ("sizes that lie", lying_sizes, f"{CANNOT} {BROKEN}"),
    ("zip in zip in zip", nested, ""),
    ("billion laughs in the sheet", billion_laughs, UNSAFE),
    ("billion laughs in the texts", lambda: billion_laughs(TEXTS), UNSAFE),
    ("quadratic entities", quadratic, UNSAFE),
    ("external entity of a file", external_file, UNSAFE),
    ("external entity of http", external_http, UNSAFE),
    ("external document type", external_dtd, UNSAFE),
    ("document type in UTF-16", utf16_doctype, UNSAFE),
    ("nested deep", deep, UNSAFE),
    ("four million empty cells", million_elements, TOO_MUCH),
    ("600,000 names of elements", many_names, UNSAFE),
    ("a tag of 12 MB", endless_tag, UNSAFE),
    ("a comment of 12 MB", endless_comment, UNSAFE),
    ("merged area of 300 million cells", huge_merge, UNSAFE),
    ("150,000 merged areas", many_merges, UNSAFE),
    ("filled cell at XFD1048576", far_cell, "BK186"),
    ("array formula over a whole sheet", far_array, UNSAFE),
    ("36 MB of texts", huge_texts, TOO_MUCH),
    ("48 MB of wide letters", wide_texts, TOO_MUCH),
    ("1.2 million short texts", many_texts, TOO_MUCH),
    ("a text of 24 MB", one_long_text, TOO_MUCH),
    ("a text of 900,000 runs", many_runs, TOO_MUCH),
    ("600,000 number formats", many_formats, TOO_MUCH),
    ("500,000 relations", many_relations, TOO_MUCH),
    ("500,000 addresses that are none", bad_addresses, "BK131 BK185"),
    ("1,048,576 full rows", full_rows, TOO_MUCH),
    ("20 rows of full width", full_width, TOO_MUCH),
    ("one sheet 500 times", same_sheet_often, BROKEN),
    ("20,000 sheets", many_sheets, TOO_MUCH),
    ("150,000 mistakes", bad_numbers, "BK131 BK185"),
    ("two members of one name", duplicate_members, UNSAFE),
    ("absolute name", absolute_name, UNSAFE),
    ("name that leads out", name_leads_out, UNSAFE),
    ("encrypted member", encrypted_member, "BK112"),
)
DAMAGED = _bombs(
    ("broken XML in the sheet", broken_xml, BROKEN),
    ("broken XML in the workbook", lambda: book({BOOK: "<workbook><sheets>"}), BROKEN),
    ("truncated zip", truncated, CANNOT),
    ("flipped bytes", flipped_bytes, f"{CANNOT} {BROKEN}"),
    ("wrong content types", wrong_types, BROKEN),
    ("content types that are no list", lambda: book({"[Content_Types].xml": "<a/>"}), BROKEN),
    ("no content types", no_types, UNSAFE),
    ("no relations", without("_rels/.rels"), BROKEN),
    ("no workbook.xml", without(BOOK), BROKEN),
    ("no relations of the workbook", without("xl/_rels/workbook.xml.rels"), BROKEN),
    ("no sheet1.xml", without(SHEET), BROKEN),
    ("no styles.xml", without(STYLES), BROKEN),
    ("no sharedStrings.xml", without(TEXTS), BROKEN),
    ("styles in place of a sheet", wrong_root, BROKEN),
    ("text out of range", text_out_of_range, "BK185"),
    ("style out of range", style_out_of_range, "BK185"),
    ("empty part", lambda: book({SHEET: ""}), BROKEN),
    ("a Word document", word_document, NOT_ONE),
    ("a binary workbook", binary_workbook, NOT_ONE),
    ("an OpenDocument table", open_document, NOT_ONE),
    ("text with separators", lambda: b"nimi;hinta\nPolku;12,50\n", NOT_ONE),
    ("text in cp1252", lambda: "nimi;määrä\nPolku;12,50\n".encode("cp1252"), NOT_ONE),
    ("text in UTF-16", lambda: "nimi\thinta\n".encode("utf-16"), NOT_ONE),
    ("a web page", lambda: b"\r\n<html><body><table></table></body></html>", NOT_ONE),
    (
        "a table of Excel 2003",
        lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        NOT_ONE,
    ),
    ("an empty file", lambda: b"", NOT_ONE),
    ("zeros", lambda: b"\0" * 5000, NOT_ONE),
    ("a PDF file", lambda: b"%PDF-1.7 x", NOT_ONE),
    ("protected with a password", password, "BK180"),
    ("old .xls", old_excel, "BK181"),
    ("old .doc", old_word, NOT_ONE),
    ("an ordinary zip", lambda: zipped([("a.txt", "x")]), UNSAFE),
)
