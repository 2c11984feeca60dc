"""The workbooks of a dossier → its nouns as plain values with places, as the YAML reader hands them.

Sheets and columns are found by their names in any language; what is read is what a person sees, and whatever
is left out is said. The layout is that of `bidkit.dossier.sheets`, the cells are those of
`bidkit.dossier.xlsx`, and a cell's meaning is decided in `bidkit.dossier.cells`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from bidkit.diagnostics import Fact, Finding, Place, Refused
from bidkit.dossier import owners, sheets
from bidkit.dossier.form import Form
from bidkit.dossier.sheet_reader import Read, near_to
from bidkit.dossier.sheets import folded
from bidkit.dossier.table import Table
from bidkit.dossier.xlsx import Sheet as Data
from bidkit.dossier.xlsx import read_book
from bidkit.messages import workbook as say
from bidkit.model.dossier import NOUNS
from bidkit.model.names import SHEETS

_USUAL = {name: (book, language) for language, names in sheets.FILES.items() for book, name in names.items()}

_NAMED = 5  # sheets that a finding names


def read_workbooks(files: Mapping[str, bytes]) -> Read:
    """Read the workbooks called ``files``; what cannot be read is a finding."""
    read = Read()
    books: list[_Book] = []
    for file in sorted(files, key=lambda name: name.lower() not in _USUAL):  # a spare copy comes after the usual name
        try:
            books.append(_Book(file, files[file], read))
        except Refused as refusal:
            read.findings.append(refusal.finding(file))
            read.incomplete |= nouns_of(file)
    chosen = _contested(books)
    for book in books:
        book.claim(chosen)
    for book in books:
        book.guess()
    home = next((language for book in books if (language := book.written_in())), "fi")
    for book in books:
        book.read_sheets(home)
    for book in books:
        book.read_lists(home)
    owners.about_lost_sheets(read)
    return read


def holds_sheets(data: bytes, file: str) -> bool:
    """Say whether a workbook has sheets of a dossier, by their names; what cannot be read has none."""
    try:
        names = read_book(data, file, lambda _name: False).others
    except Refused:
        return False
    return any(sheets.titles(language).get(folded(name)) for name in names for language in sheets.LANGUAGES)


def id_in(data: bytes, file: str, nouns: Container[str]) -> str:
    """Return the id in the first of the forms called ``nouns``: whose workbook it is; empty if none tells.

    Nothing else is read of the workbook, and what cannot be read tells nothing.
    """
    read = Read()
    try:
        book = _Forms(file, data, read, nouns)
    except Refused:
        return ""
    book.claim({})
    book.read_sheets("fi")
    ids = (entry.get("id") for entry in read.nouns.values() if isinstance(entry, dict))
    return next((id_ for id_ in ids if isinstance(id_, str)), "")


def home_of(noun: str, homes: Mapping[str, Place], files: tuple[str, ...]) -> Place:
    """Return where ``noun`` has its sheet, or where it would have it: in the workbook that holds its part."""
    if noun in homes:
        return homes[noun]
    part = NOUNS[noun].part
    beside = next((place.file for name, place in homes.items() if NOUNS[name.split(".")[0]].part == part), "")
    usual = next((f for f in files if f.lower() in _USUAL and noun in nouns_of(f)), "")
    title = sheets.words("fi").text(SHEETS[(noun,)])
    return Place(beside or usual or _name_of(part, files), f"{title}!A1")


def missing_book(homes: Mapping[str, Place], files: tuple[str, ...], elsewhere: Container[str]) -> Finding | None:
    """Say that the workbook of the organisation is not there, if only that of the tender is.

    The nouns that are ``elsewhere`` have files of their own, or it is told why they are not there.
    """
    needed = [name for name, noun in NOUNS.items() if noun.part == "member"]
    if "light_member" in homes or any(name in homes or name in elsewhere for name in needed):
        return None
    file = _name_of("member", files)
    words = sheets.words(_language(files))
    titles = tuple(words.text(SHEETS[(name,)]) for name in needed if NOUNS[name].required)
    return say.MISSING_BOOK.at(Place(file), file=file, sheets=titles)


def nouns_of(file: str) -> frozenset[str]:
    """Return the nouns that a workbook of this name would hold; all, if the name tells nothing."""
    book, _ = _USUAL.get(file.lower(), ("", ""))
    parts = sheets.BOOKS.get(book, ("member", "tender", "bid", "consortium", "light"))
    return frozenset(name for name, noun in NOUNS.items() if noun.part in parts)


def _language(files: Iterable[str]) -> str:
    return next((_USUAL[file.lower()][1] for file in files if file.lower() in _USUAL), "fi")


def _name_of(part: str, files: Iterable[str]) -> str:
    """Return the usual name of the workbook that holds a part of the dossier, in the language of the others."""
    return sheets.FILES[_language(files)][next(book for book, parts in sheets.BOOKS.items() if part in parts)]


def _contested(books: Iterable[_Book]) -> dict[str, Place]:
    """Return where each sheet that is there more than once is read from: from one with content, if any has it."""
    there: dict[str, list[tuple[_Book, Data]]] = {}
    for book in books:
        for key, table in book.held():
            there.setdefault(key, []).append((book, table))
    there = {key: those for key, those in there.items() if len(those) > 1}
    filled = {str(b.top(t.name)) for those in there.values() for b, t in those if not b.blank(t)}
    # A workbook that is blank as a whole comes last: then all is read from the one that is in use.
    in_use = {b.file for those in there.values() for b, t in those if str(b.top(t.name)) in filled}
    chosen: dict[str, Place] = {}
    for key, those in there.items():
        places = [book.top(table.name) for book, table in those]
        chosen[key] = min(places, key=lambda place: (str(place) not in filled, place.file not in in_use))
    return chosen


class _Book:
    """One workbook: which of its sheets are ours."""

    def __init__(self, file: str, data: bytes, read: Read) -> None:
        self.file, self.into = file, read
        self.matched: dict[str, tuple[sheets.Sheet, str]] = {}  # name of a sheet → what it is, in which language
        self.near: dict[str, tuple[sheets.Sheet, str]] = {}  # the same for names that are misspelt
        self.unknown: list[str] = []
        self.readers: list[Form | Table] = []
        book = read_book(data, file, self._wanted)
        read.findings += book.findings
        self.tables = book.sheets

    def _wanted(self, name: str) -> bool:
        """Say whether a sheet is to be read; what it is, is settled by its name."""
        low = folded(name)
        for language in sheets.LANGUAGES:
            known = sheets.titles(language)
            if low in known:
                if (found := known[low]) is not None:
                    self.matched[name] = found, language
                return found is not None
        for language in sheets.LANGUAGES:
            known = sheets.titles(language)
            if (near := known.get(near_to(low, list(known)))) is not None:
                self.near[name] = near, language
                return True
        self.unknown.append(name)
        return False

    def held(self) -> Iterator[tuple[str, Data]]:
        """Yield the sheets with names of ours."""
        return ((self.matched[table.name][0].name, table) for table in self._named(self.matched))

    def blank(self, table: Data) -> bool:
        """Say whether a sheet holds no entry: nothing but headings and examples."""
        sheet, language = self.matched[table.name]
        if sheet.form:
            return Form(self.file, table, sheet, language, Read()).read(language) is None
        return not any(Table(self.file, table, sheet, language, Read()).entries(language))

    def claim(self, chosen: Mapping[str, Place]) -> None:
        """Take the sheets with names of ours, and leave out those that are read from elsewhere.

        ``chosen`` says from where those are read that are there more than once.
        """
        twice: dict[str, list[str]] = {}
        for key, table in self.held():
            first = chosen.get(key)
            if first is None or first == self.top(table.name):
                first = self._claimed(table, *self.matched[table.name])
            if first is not None and first.file != self.file:
                twice.setdefault(first.file, []).append(table.name)
            elif first is not None:
                self._find(say.TWO_PLACES.of(self.top(table.name), {"sheet": table.name, "first": str(first)}))
        for file, names in twice.items():
            if len(names) > 1:
                shown = (*names[:_NAMED], "…") if len(names) > _NAMED else tuple(names)
                facts: dict[str, Fact] = {"first": file, "sheets": shown}
                self._find(say.SECOND_COPY.of(Place(self.file), facts))
            else:
                home = chosen[self.matched[names[0]][0].name]
                self._find(say.TWO_PLACES.of(self.top(names[0]), {"sheet": names[0], "first": str(home)}))

    def guess(self) -> None:
        """Take sheets with misspelt names whose right ones are nowhere; tell of all others."""
        for table in self._named(self.near):
            sheet, language = self.near[table.name]
            if sheet.name in self.into.homes:
                self.unknown.append(table.name)
                continue
            self._claimed(table, sheet, language)
            title = sheets.words(language).text(sheet.title)
            self._find(say.MISSPELT_SHEET.of(self.top(table.name), {"sheet": table.name, "near": title}))
        if self.unknown and not self.readers and not self.matched:
            self._find(say.FOREIGN_BOOK.at(Place(self.file)))
            return
        for name in self.unknown:
            self._find(say.UNKNOWN_SHEET.of(self.top(name), {"sheet": name}))

    def _named(self, names: Mapping[str, object]) -> Iterator[Data]:
        return (table for table in self.tables if table.name in names)

    def _claimed(self, table: Data, sheet: sheets.Sheet, language: str) -> Place | None:
        """Read a sheet from here; return where it was already read from, if it was."""
        if (first := self.into.homes.get(sheet.name)) is not None:
            return first
        self.into.homes[sheet.name] = self.top(table.name)
        reader = Form if sheet.form else Table
        self.readers.append(reader(self.file, table, sheet, language, self.into))
        return None

    def top(self, name: str) -> Place:
        """Return the place of a sheet."""
        return Place(self.file, f"{name}!A1")

    def _find(self, finding: Finding) -> None:
        self.into.findings.append(finding)

    def written_in(self) -> str:
        """Return the language of texts that name none, if this workbook says it."""
        for reader in self.readers:
            if reader.sheet.noun == "bid" and isinstance(reader, Form):
                return reader.text_of("written_in")
        return ""

    def read_sheets(self, home: str) -> None:
        """Read the nouns."""
        for reader in self.readers:
            if reader.sheet.path:
                continue
            if isinstance(reader, Table):
                self.into.nouns[reader.sheet.noun] = list(reader.entries(home))
            elif (entry := reader.read(home)) is not None:
                self.into.nouns[reader.sheet.noun] = entry

    def read_lists(self, home: str) -> None:
        """Read the lists inside entries, now that the entries are there."""
        for reader in self.readers:
            if reader.sheet.path and isinstance(reader, Table):
                owners.attach(reader, home)


class _Forms(_Book):
    """Some forms of a workbook alone."""

    def __init__(self, file: str, data: bytes, read: Read, nouns: Container[str]) -> None:
        self.nouns = nouns
        super().__init__(file, data, read)

    def _wanted(self, name: str) -> bool:
        return super()._wanted(name) and name in self.matched and self.matched[name][0].name in self.nouns
