"""A copy of the user's workbook with the cells marked that must be mended, and a first sheet that lists why.

The copy is spliced, never loaded and saved: what needs no change keeps every byte, so form controls, slicers, pictures,
validations and whatever else the workbook holds are carried as they are. The original is never touched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from bidkit.diagnostics import Finding, Refused, Severity
from bidkit.i18n import N_, Translator
from bidkit.render._comments import Cell, address, comment
from bidkit.render._findings_sheet import FindingsSheet, Line
from bidkit.render._marks import Sheet, Styles, cell_of
from bidkit.render._splice import Node, Package, escape

DOMAINS = ("marked",)
_PROPERTY = "bidkit marked copy"
_BLANK = "0" * 64
_WORST = {severity: weight for weight, severity in enumerate(Severity)}
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_SELECTED = re.compile(rb"(\btabSelected\s*=\s*[\"'])(?:1|true)([\"'])")
_LONGEST_NAME = 31
_LARGEST_SHEET = 12 << 20  # bytes of its XML; its tree takes ten times that


class Marked(NamedTuple):
    """The bytes of the copy, and in plain words what of the original or of the marks it could not carry."""

    data: bytes
    not_carried: tuple[str, ...]


class _Tab(NamedTuple):
    """A sheet of the workbook: its name, its part, whether it has cells, and whether it is hidden."""

    name: str
    part: str
    cells: bool
    hidden: bool


def mark(data: bytes, file: str, findings: Sequence[Finding], words: Translator) -> Marked:
    """Return a copy of a workbook with the findings that have their place in ``file``, in their order.

    ``data`` is a workbook that the reader has accepted; `Refused` are those few in which a part is damaged that no
    reader opens. Cells get a colour by the worst of their findings and a
    comment with all of them; findings at a row, a column, a sheet or the whole file are only listed.
    """
    words = words.extra(*DOMAINS)
    return _Copy(data, file, [one for one in findings if one.place.file == file], words).made()


def edited(data: bytes) -> bool | None:
    """Return whether somebody has changed a marked copy since it was written; None if it is no marked copy."""
    try:
        package = Package(data, "")
        part, _, found = _property(package)
    except Refused:
        return None
    if not found:
        return None
    package.members[part] = package.members[part].replace(found.encode(), _BLANK.encode())
    return _digest(package) != found


def name_for(file: str, words: Translator) -> str:
    """Return the name of the marked copy of a file: ``tiedot.xlsx`` → ``tiedot_korjattavat.xlsx``."""
    stem, dot, extension = file.rpartition(".")
    suffix = words.extra(*DOMAINS).text(N_("to_mend"))
    return f"{stem}_{suffix}{dot}{extension}" if dot else f"{file}_{suffix}"


class _Copy:
    """One copy in the making."""

    def __init__(self, data: bytes, file: str, findings: Sequence[Finding], words: Translator) -> None:
        self.package, self.file, self.findings, self.words = Package(data, file), file, findings, words
        self.not_carried: list[str] = []
        self.workbook = self.package.related("", "officeDocument") or "xl/workbook.xml"
        self.book = self.package.xml(self.workbook)
        self.uri = self.book.root.uri
        self.styles = Styles(self.package, self.workbook, self.uri)
        self.tabs = self._tabs()

    def made(self) -> Marked:
        """Make all changes and return the copy."""
        if any(name.lower().startswith("_xmlsignatures/") for name in self.package.members):
            self._tell(N_("The digital signature of the original does not hold for this copy."))
        for tab, cells in self._by_tab().items():
            self._mark_tab(tab, cells)
        self._deselect()
        title = self._free_name()
        lines = [self._line(finding) for finding in self.findings]
        listing = FindingsSheet(self.file, lines, self.not_carried, self.words)
        part = self.package.add("xl/worksheets/sheet{}.xml", listing.xml(self.styles, self.uri).encode(), _SHEET_TYPE)
        self._put_first(title, part, listing.header)
        self.styles.save()
        self.package.members[self.workbook] = self.book.done()
        _seal(self.package)
        return Marked(self.package.save(), tuple(self.not_carried))

    def _tell(self, msgid: str, **facts: str) -> None:
        self.not_carried.append(self.words.text(msgid, **facts))

    def _tabs(self) -> list[_Tab]:
        relations = {relation.id: relation for relation in self.package.relations(self.workbook)}
        found = []
        sheets = self.book.root.first("sheets")
        for node in sheets.children if sheets else ():
            relation = relations.get(node.get("id"))
            part = relation.target if relation else ""
            cells = relation is not None and relation.kind == "worksheet" and part in self.package.members
            found.append(_Tab(node.get("name"), part, cells, node.get("state", "visible") != "visible"))
        return found

    def _tab(self, name: str) -> _Tab | None:
        return next((tab for tab in self.tabs if tab.name.casefold() == name.casefold()), None)

    def _by_tab(self) -> dict[_Tab, dict[Cell, list[Finding]]]:
        """Return the findings that have a cell, by sheet and cell."""
        found: dict[_Tab, dict[Cell, list[Finding]]] = {}
        for finding in self.findings:
            name, bang, spot = finding.place.spot.rpartition("!")
            tab, cell = self._tab(name) if bang else None, cell_of(spot)
            if tab and tab.cells and cell:
                found.setdefault(tab, {}).setdefault(cell, []).append(finding)
        return found

    def _mark_tab(self, tab: _Tab, cells: dict[Cell, list[Finding]]) -> None:
        if len(self.package.members[tab.part]) > _LARGEST_SHEET:
            self._tell(
                N_("Sheet {sheet} is so large that its cells were not marked. Its findings stand only on this sheet."),
                sheet=tab.name,
            )
            return
        sheet = Sheet(self.package, tab.part, cells)
        merged: dict[Cell, list[Finding]] = {}
        for cell, findings in cells.items():
            merged.setdefault(sheet.masters.get(cell, cell), []).extend(findings)
        merged = dict(sorted(merged.items()))
        sheet.colour(
            {cell: min((f.severity for f in fs), key=_WORST.__getitem__) for cell, fs in merged.items()}, self.styles
        )
        texts = {cell: self._comment(findings) for cell, findings in merged.items()}
        untouched = dict(self.package.members)
        try:
            refused = comment(self.package, tab.part, sheet.xml, texts, sheet.geometry)
        except Refused:
            self.package.restore(untouched)
            refused = ()
            told = N_(
                "Sheet {sheet}: its comments are damaged, so none were added. Its findings stand only on this sheet."
            )
            self._tell(told, sheet=tab.name)
        if refused:
            told = N_(
                "Sheet {sheet}, {cells}: these cells hold a conversation of yours, which is left as it is. What was"
                " found there stands only on this sheet."
            )
            self._tell(told, sheet=tab.name, cells=", ".join(address(cell) for cell in refused))
        self.package.members[tab.part] = sheet.xml.done()

    def _comment(self, findings: Sequence[Finding]) -> str:
        told = (filter(None, (self.words.sentence(one), self.words.hint(one))) for one in findings)
        parts = ["\n".join(lines) + f" ({one.code})" for lines, one in zip(told, findings, strict=True)]
        return "\n\n".join(dict.fromkeys(parts))

    def _line(self, finding: Finding) -> Line:
        name, bang, spot = finding.place.spot.rpartition("!")
        tab = self._tab(name) if bang else None
        link, shown = "", " › ".join(filter(None, (name, spot))) or self.file
        if tab and tab.hidden:  # a link to it would do nothing
            shown = self.words.text(N_("{place} (hidden sheet)"), place=shown)
        elif tab and tab.cells:
            quoted = tab.name.replace("'", "''")
            link = f"'{quoted}'!{_first_cell(spot)}"
        clause = self.words.clause(finding.because) if finding.because else ""
        sentence, hint = self.words.sentence(finding), self.words.hint(finding)
        return Line(finding.severity, shown, link, sentence, hint, finding.code, clause)

    def _free_name(self) -> str:
        """Return a name for the first sheet that no sheet of the user's has."""
        wanted = self.words.text(N_("Findings"))[: _LONGEST_NAME - 4]
        taken = {tab.name.casefold() for tab in self.tabs}
        names = (wanted, *(f"{wanted} {n}" for n in range(2, len(taken) + 3)))
        return next(name for name in names if name.casefold() not in taken)

    def _deselect(self) -> None:
        """Let no other sheet be selected, or what one types in one would be written in all of them."""
        for tab in self.tabs:
            data = self.package.utf8(tab.part) if tab.part in self.package.members else b""
            found = _SELECTED.search(data, 0, data.find(b"sheetData") if tab.cells else len(data))
            if found:
                self.package.members[tab.part] = (
                    data[: found.start()] + found[1] + b"0" + found[2] + data[found.end() :]
                )

    def _put_first(self, title: str, part: str, header: int) -> None:
        """Put the new sheet first; whatever counts sheets counts one more."""
        book, root = self.book, self.book.root
        sheets = root.first("sheets")
        if sheets is None or not sheets.children:
            raise ValueError("a workbook has no sheets")
        p = book.prefix(sheets)
        number = 1 + max(node.number("sheetId") for node in sheets.children)
        own = self.package.relate(self.workbook, "worksheet", part)
        line = (
            f'<{p}sheet xmlns:r="{self.package.relationships}" name="{escape(title)}" sheetId="{number}" r:id="{own}"/>'
        )
        book.insert(sheets.children[0].start, line)
        for view in (node for views in root.all("bookViews") for node in views.children):
            for key in {"activeTab", "firstSheet"} & view.attributes.keys():
                book.set(view, **{key: 0})
        names = root.first("definedNames")
        for node in names.children if names else ():
            if "localSheetId" in node.attributes:
                book.set(node, localSheetId=node.number("localSheetId") + 1)
        quoted = title.replace("'", "''")
        rows = f"'{quoted}'!${header}:${header}"
        titles = f'<{p}definedName name="_xlnm.Print_Titles" localSheetId="0">{escape(rows)}</{p}definedName>'
        if names is None:
            line = f"<{p}definedNames>{titles}</{p}definedNames>"
            book.after(root, "sheets functionGroups externalReferences", line)
        else:
            book.append(names, titles)


def _first_cell(spot: str) -> str:
    """Return the cell that a cell, a row, a column or nothing begins with."""
    cell = cell_of(spot)
    if cell:
        return address(cell)
    if spot.isdecimal():
        return f"A{spot}"
    return f"{spot.upper()}1" if re.fullmatch("[A-Za-z]{1,3}", spot) else "A1"


def _property(package: Package) -> tuple[str, Node | None, str]:
    """Return the part of the user's own properties, the property of ours in it, and its value; empty if absent."""
    part = package.related("", "custom-properties", "customProperties")
    if part is None:
        return "", None, ""
    xml = package.xml(part)
    for node in xml.root.all("property"):
        if node.get("name") == _PROPERTY:
            return part, node, xml.text(node).strip()
    return part, None, ""


def _digest(package: Package) -> str:
    """Return the digest of all members: their names and what they hold."""
    digest = hashlib.sha256()
    for name, data in sorted(package.members.items()):
        digest.update(b"%d %d " % (len(name.encode()), len(data)) + name.encode() + data)
    return digest.hexdigest()


def _seal(package: Package) -> None:
    """Write the digest of all else into the copy, as a property that Office programs keep when they save it."""
    office = "http://purl.oclc.org/ooxml/officeDocument/" if package.strict else None
    transitional = "http://schemas.openxmlformats.org/officeDocument/2006/"
    uri = f"{office}customProperties" if office else f"{transitional}custom-properties"
    part, old, _ = _property(package)
    if not part:
        part = package.add("docProps/custom{}.xml", f'<Properties xmlns="{uri}"/>'.encode(), _CUSTOM_TYPE)
        package.relate("", uri.rpartition("/")[2], part)
    xml = package.xml(part)
    p = xml.prefix(xml.root)
    if old:
        xml.replace(old.start, old.end, "")
    number = 1 + max([1, *(node.number("pid") for node in xml.root.children)])
    types = f"{office or transitional}docPropsVTypes"
    xml.append(
        xml.root,
        f'<{p}property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{_PROPERTY}">'
        f'<vt:lpwstr xmlns:vt="{types}">{_BLANK}</vt:lpwstr></{p}property>',
    )
    package.members[part] = xml.done()
    package.members[part] = package.members[part].replace(_BLANK.encode(), _digest(package).encode())
