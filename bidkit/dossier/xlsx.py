"""The bytes of an .xlsx as cells, in bounded time and memory.

Only what a reader needs is unpacked: the list of parts, the workbook, its texts and formats, and the sheets
that are wanted; pictures, comments, tables and slicers are never opened. Nothing that a file says of itself is
believed, neither sizes nor dimensions.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from posixpath import join, normpath
from typing import NamedTuple

from bidkit import gate
from bidkit.diagnostics import Finding, Refused, Word
from bidkit.dossier._xlsx_sheet import (
    Attributes,
    Budget,
    Cell,
    Part,
    Sheet,
    SheetPart,
    Spoilt,
    a1,
    broken,
    cleaned,
    letters,
    unescaped,
)
from bidkit.dossier._xlsx_values import Format, format_of
from bidkit.i18n import N_
from bidkit.messages import workbook as say

__all__ = ["Book", "Cell", "Sheet", "a1", "letters", "read_book"]

MOST_SHEETS = 500


class Book(NamedTuple):
    """A workbook. ``program`` made it, if it says so; ``others`` are sheets that were not wanted or hold no cells."""

    sheets: tuple[Sheet, ...]
    program: str
    findings: tuple[Finding, ...]
    others: tuple[str, ...] = ()


def read_book(data: bytes, file: str, wanted: Callable[[str], bool] = lambda _name: True) -> Book:
    """Return the cells of the workbook in ``data``; ``file`` is its name in places.

    Sheets whose name is not ``wanted`` are named only. Damage to single cells is a finding at the cell, and what
    can be kept is kept. `Refused` is what is no workbook, what is damaged as a whole, and what is too much.
    """
    _not_another_kind(data)
    with gate.guarded(file), gate.opened(data, file) as package:
        return _Reader(package, file).read(wanted)


# --- what else carries the name of a workbook ---------------------------------------------------------

_ENCRYPTED, _OLD_WORD = ("EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
_STARTS = (
    (b"%PDF-", N_("a PDF file")),
    (b"{\\rtf", N_("a rich text file (RTF)")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
)
_WEB = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")


def _other(kind: str) -> Refused:
    return Refused(say.NOT_A_WORKBOOK, kind=Word(kind))


def _not_another_kind(data: bytes) -> None:
    """Refuse what is no package of parts at all, each kind with its own name."""
    if data.startswith(b"PK"):
        _not_another_package(data)
        return
    if data.startswith(gate.OLE):
        if _ENCRYPTED in data:
            raise Refused(say.PASSWORD)
        raise _other(N_("an old Word document (.doc)")) if _OLD_WORD in data else Refused(say.OLD_EXCEL)
    if not data.strip(b"\0 \r\n\t"):
        raise _other(N_("an empty file"))
    for start, kind in _STARTS:
        if data.startswith(start):
            raise _other(kind)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(_WEB) or b"<html" in head:
        raise _other(N_("a web page"))
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head or b"excel.sheet" in head:
        raise _other(N_("a table of Excel 2003 (.xml)"))
    if b"\0" not in data[:4096] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _other(N_("a text file (.csv or the like)"))
    raise _other(N_("data of another program"))


def _not_another_package(data: bytes) -> None:
    """Refuse the packages of LibreOffice and Apple, which say so in their first bytes or names."""
    if data[30:38] == b"mimetype":
        kind = N_("a table of LibreOffice (.ods)") if b"spreadsheet" in data[38:120] else N_("data of another program")
        raise _other(kind)
    if b"Index/Document.iwa" in data:
        raise _other(N_("a table of Apple Numbers (.numbers)"))


_TYPES = (
    ("wordprocessingml", N_("a Word document")),
    ("presentationml", N_("a PowerPoint presentation")),
    ("sheet.binary", N_("a binary workbook (.xlsb)")),
)
_WORKBOOKS = ("sheet.main+xml", "sheet.macroenabled.main+xml", "template.main+xml", "template.macroenabled.main+xml")


# --- the small parts ----------------------------------------------------------------------------------


class _Types(Part):
    """The list of contents: which part is of which type."""

    __slots__ = ("endings", "parts")
    roots = frozenset({"Types"})

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.parts: dict[str, str] = {}
        self.endings: dict[str, str] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        self.deeper()
        kind = attributes.get("ContentType", "").lower()
        if "PartName" in attributes:
            self.parts[attributes["PartName"].lstrip("/").lower()] = kind
        elif "Extension" in attributes:
            self.endings[attributes["Extension"].lower()] = kind

    def of(self, part: str) -> str:
        """Return the type of a part, empty if the list does not have it."""
        low = part.lower()
        return self.parts.get(low) or self.endings.get(low.rsplit(".", 1)[-1], "")


class _Relations(Part):
    """What a part refers to: id → kind and name of the other part."""

    __slots__ = ("base", "parts")
    roots = frozenset({"Relationships"})

    def __init__(self, budget: Budget, base: str) -> None:
        super().__init__(budget)
        self.base = base
        self.parts: dict[str, tuple[str, str]] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        self.deeper()
        if "Target" in attributes and attributes.get("TargetMode") != "External":
            target = attributes["Target"].replace("\\", "/")
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            path = normpath(join("/" + self.base, target)).lstrip("/")
            self.parts[attributes.get("Id", "")] = (kind, path)

    def first(self, kind: str) -> str:
        """Return the first part of a kind, empty if there is none."""
        return next((path for found, path in self.parts.values() if found == kind), "")


class _Workbook(Part):
    """The names of the sheets, in order, with the ids of their parts; and how days are counted."""

    __slots__ = ("prefix", "sheets", "since_1904")
    roots = frozenset({"workbook"})

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.since_1904 = False
        self.sheets: list[tuple[str, bool, str]] = []  # name, hidden, id

    def names(self, prefix: str) -> None:
        self.prefix = prefix

    def start(self, tag: str, attributes: Attributes) -> None:
        self.deeper()
        if tag == self.prefix + "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true", "on")
        elif tag == self.prefix + "sheet":
            ids = [value for key, value in attributes.items() if key.endswith(":id")]
            name = gate.printable(unescaped(attributes.get("name", "")), 255)
            self.sheets.append((name, attributes.get("state", "visible") != "visible", ids[0] if ids else ""))
            if len(self.sheets) > MOST_SHEETS:
                raise Refused(say.TOO_MUCH, most=MOST_SHEETS, what=Word(N_("sheets")))


class _Texts(Part):
    """The texts that cells share, by number; what is written above a text to tell how it is read is left out."""

    __slots__ = ("found", "own", "phonetic", "rph", "si", "t", "text")
    roots = frozenset({"sst"})

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.found: list[str | Spoilt] = []
        self.text = ""
        self.phonetic = False

    def names(self, prefix: str) -> None:
        self.si, self.t, self.rph = prefix + "si", prefix + "t", prefix + "rPh"

    def start(self, tag: str, attributes: Attributes) -> None:
        self.deeper()
        self.pieces.clear()
        if tag == self.si:
            self.text = ""
        elif tag == self.rph:
            self.phonetic = True

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag == self.t:
            if not self.phonetic:
                self.text += "".join(self.pieces)
        elif tag == self.rph:
            self.phonetic = False
        elif tag == self.si:
            self.budget.spend_text(self.text)
            self.found.append(cleaned(unescaped(self.text)))


class _Styles(Part):
    """The number formats of the styles that cells name by number."""

    __slots__ = ("codes", "formats", "numbers", "prefix", "within", "xf")
    roots = frozenset({"styleSheet"})

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.codes: dict[int, str] = {}
        self.numbers: list[int] = []
        self.formats: dict[str, Format | None] = {}
        self.within = False

    def names(self, prefix: str) -> None:
        self.prefix, self.xf = prefix, prefix + "xf"

    def start(self, tag: str, attributes: Attributes) -> None:
        self.deeper()
        if tag == self.xf:
            if self.within:
                self.numbers.append(int(attributes.get("numFmtId", "0")))
        elif tag == self.prefix + "numFmt":
            if self.depth == 3:  # not one of a conditional format
                self.codes[int(attributes["numFmtId"])] = unescaped(attributes.get("formatCode", ""))
        elif tag == self.prefix + "cellXfs":
            self.within = True

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag == self.prefix + "cellXfs":
            self.within = False

    def of(self, style: str) -> Format | None:
        """Return the format of a style, None if the workbook has no such style."""
        if style not in self.formats:
            index = int(style) if style.isdigit() and len(style) < 7 else -1
            known = 0 <= index < len(self.numbers)
            self.formats[style] = format_of(self.numbers[index], self.codes.get(self.numbers[index])) if known else None
        return self.formats[style]


class _Program(Part):
    """The program that saved the workbook."""

    __slots__ = ("name", "wanted")
    roots = frozenset({"Properties"})

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.name = ""

    def names(self, prefix: str) -> None:
        self.wanted = prefix + "Application"

    def start(self, tag: str, attributes: Attributes) -> None:
        self.deeper()
        self.pieces.clear()

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag == self.wanted:
            self.name = gate.printable("".join(self.pieces).strip(), 80)


# --- the whole ----------------------------------------------------------------------------------------


class _Reader:
    """One workbook, part after part."""

    def __init__(self, package: zipfile.ZipFile, file: str) -> None:
        self.package = package
        self.budget = Budget(file)
        self.members = {name.lower(): name for name in package.namelist()}

    def read(self, wanted: Callable[[str], bool]) -> Book:
        root = self._relations("")
        main = self._main(root)
        workbook = _Workbook(self.budget)
        workbook.read(self.package, main)
        relations = self._relations(main)
        found = [(name, hidden, *relations.parts.get(ident, ("", ""))) for name, hidden, ident in workbook.sheets]
        sheets = [one for one in found if one[2] in ("worksheet", "") and wanted(one[0])]
        texts, styles = _Texts(self.budget), _Styles(self.budget)
        if sheets:
            self._if_there(texts, relations.first("sharedStrings"))
            self._if_there(styles, relations.first("styles"))
        read = []
        for name, hidden, _kind, path in sheets:
            part = SheetPart(self.budget, name, texts.found, styles.of, workbook.since_1904)
            part.read(self.package, self._member(path, name))
            read.append(part.sheet(hidden))
        names = {name for name, *_ in sheets}
        others = tuple(name for name, *_ in found if name not in names)
        return Book(tuple(read), self._program(root), tuple(self.budget.findings), others)

    def _main(self, root: _Relations) -> str:
        """Return the part that is the workbook, by the package's own list; that list is what Excel goes by too."""
        types = _Types(self.budget)
        types.read(self.package, self._member("[Content_Types].xml", ""))
        main = root.first("officeDocument")
        kind = types.of(main)
        for word, other in _TYPES:
            if word in kind:
                raise _other(other)
        main = self._member(main, "workbook.xml")
        if not kind.endswith(_WORKBOOKS):
            raise broken(N_("a part is of another kind than the package says"), main)
        return main

    def _member(self, path: str, shown: str) -> str:
        member = self.members.get(path.lower())
        if member is None:
            raise broken(N_("a part is missing"), path or shown)
        return member

    def _relations(self, part: str) -> _Relations:
        folder, _, name = part.rpartition("/")
        relations = _Relations(self.budget, folder)
        relations.read(self.package, self._member(join(folder, "_rels", f"{name}.rels"), ""))
        return relations

    def _if_there(self, part: Part, path: str) -> None:
        """Read a part that a workbook may do without; if it names one, it must be there."""
        if path:
            part.read(self.package, self._member(path, ""))

    def _program(self, root: _Relations) -> str:
        program = _Program(self.budget)
        path = self.members.get((root.first("extended-properties") or root.first("extendedProperties")).lower())
        if path is not None:
            try:
                program.read(self.package, path)
            except Refused:  # nobody needs it so much
                return ""
        return program.name
