"""The bytes of an .xlsx as cells, in bounded time and memory.

Only what a reader needs is unpacked: the list of parts, the workbook, its texts and formats, and the sheets
that are wanted; pictures, comments, tables and slicers are never opened. Nothing that a file says of itself is
believed, neither sizes nor dimensions.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable
from posixpath import join
from typing import NamedTuple

from bidkit import gate
from bidkit.diagnostics import Fact, Finding, Refused, Word
from bidkit.dossier._xlsx_parts import Budget, Part, Program, Relations, Styles, Texts, Types, Workbook, broken
from bidkit.dossier._xlsx_sheet import Cell, Sheet, SheetPart
from bidkit.dossier._xlsx_values import a1, letters
from bidkit.i18n import N_
from bidkit.messages import workbook as say

__all__ = ["Book", "Cell", "Sheet", "a1", "letters", "read_book"]


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

# Names of streams within, in UTF-16.
_ENCRYPTED, _OLD_WORD = ("\0".join(name).encode() for name in ("EncryptedPackage", "WordDocument"))
_STARTS = (
    (b"%PDF-", N_("a PDF file")),
    (b"{\\rtf", N_("a rich text file (RTF)")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
)
_WEB = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")


_EMPTY = N_("an empty file")
_TABLES = frozenset(  # what Excel opens as a table and can save as a workbook
    (
        N_("a table of LibreOffice (.ods)"),
        N_("a web page"),
        N_("a table of Excel 2003 (.xml)"),
        N_("a text file (.csv or the like)"),
        N_("a binary workbook (.xlsb)"),
    )
)
_SAVE_AS = N_(", or open this one in Excel, choose File, Save As, and Excel Workbook (*.xlsx) as the type")
_RESTORE = N_(", or restore an earlier version of this file from the version history of OneDrive")


def _other(kind: str) -> Refused:
    or_else: Fact = Word(_RESTORE) if kind == _EMPTY else Word(_SAVE_AS) if kind in _TABLES else ""
    return Refused(say.NOT_A_WORKBOOK, kind=Word(kind), or_else=or_else)


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
        raise _other(_EMPTY)
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
        workbook = Workbook(self.budget)
        workbook.read(self.package, main)
        relations = self._relations(main)
        found = [(name, hidden, *relations.parts.get(ident, ("", ""))) for name, hidden, ident in workbook.sheets]
        for path, count in Counter(path.lower() for *_, path in found if path).items():
            if count > 1:  # read, marked and counted as often as it is named
                raise broken(N_("two of its sheets are one part"), path)
        sheets = [one for one in found if one[2] in ("worksheet", "") and wanted(one[0])]
        texts, styles = Texts(self.budget), Styles(self.budget)
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

    def _main(self, root: Relations) -> str:
        """Return the part that is the workbook, by the package's own list; that list is what Excel goes by too."""
        types = Types(self.budget)
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

    def _relations(self, part: str) -> Relations:
        folder, _, name = part.rpartition("/")
        relations = Relations(self.budget, folder)
        relations.read(self.package, self._member(join(folder, "_rels", f"{name}.rels"), ""))
        return relations

    def _if_there(self, part: Part, path: str) -> None:
        """Read a part that a workbook may do without; if it names one, it must be there."""
        if path:
            part.read(self.package, self._member(path, ""))

    def _program(self, root: Relations) -> str:
        program = Program(self.budget)
        path = self.members.get((root.first("extended-properties") or root.first("extendedProperties")).lower())
        if path is not None:
            try:
                program.read(self.package, path)
            except Refused:  # nobody needs it so much
                return ""
        return program.name
