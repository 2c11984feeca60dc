"""The workbooks of a dossier → its nouns as plain values with places, as the YAML reader hands them.

Sheets and columns are found by their names in any language; what is read is what a person sees, and whatever
is left out is said. The layout is that of `bidkit.dossier.sheets`, the cells are those of
`bidkit.dossier.xlsx`, and a cell's meaning is decided in `bidkit.dossier.cells`.
"""

from __future__ import annotations

from collections.abc import Mapping

from bidkit.diagnostics import Fact, Place, Refused, Word
from bidkit.dossier import sheets
from bidkit.dossier.form import Form
from bidkit.dossier.sheet_reader import Read, near_to
from bidkit.dossier.sheets import folded
from bidkit.dossier.table import Table
from bidkit.dossier.xlsx import read_book
from bidkit.i18n import N_
from bidkit.messages import workbook as say
from bidkit.model.dossier import NOUNS


def read_workbooks(files: Mapping[str, bytes]) -> Read:
    """Read the workbooks called ``files``; what cannot be read is a finding."""
    read = Read()
    books: list[_Book] = []
    for file, data in files.items():
        try:
            books.append(_Book(file, data, read))
        except Refused as refusal:
            read.findings.append(refusal.finding(file))
            read.incomplete |= _nouns_of(file)
    home = next((language for book in books if (language := book.written_in())), "fi")
    for book in books:
        book.read_sheets(home)
    for book in books:
        book.read_lists(home)
    return read


def home_of(noun: str, homes: Mapping[str, Place], files: tuple[str, ...]) -> Place:
    """Return where ``noun`` has its sheet, or where it would have it: in the workbook that holds its part."""
    if noun in homes:
        return homes[noun]
    part = NOUNS[noun].part
    beside = next((place.file for name, place in homes.items() if NOUNS[name.split(".")[0]].part == part), "")
    usual = next((f for f in files if noun in _nouns_of(f)), files[0] if files else "")
    title = sheets.words("fi").text(sheets.TITLES[(noun,)])
    return Place(beside or usual, f"{title}!A1")


def _nouns_of(file: str) -> frozenset[str]:
    """Return the nouns that a workbook of this name would hold; all, if the name tells nothing."""
    part = next((b for names in sheets.FILES.values() for b, name in names.items() if name == file.lower()), "")
    parts = sheets.BOOKS.get(part, ("member", "tender", "bid"))
    return frozenset(name for name, noun in NOUNS.items() if noun.part in parts)


class _Book:
    """One workbook: which of its sheets are ours."""

    def __init__(self, file: str, data: bytes, read: Read) -> None:
        self.file, self.into = file, read
        self.matched: dict[str, tuple[sheets.Sheet, str]] = {}  # name of a sheet → what it is, in which language
        book = read_book(data, file, self._wanted)
        read.findings += book.findings
        self.tables = [table for table in book.sheets if table.name in self.matched]
        self._ours()

    def _wanted(self, name: str) -> bool:
        """Say whether a sheet is to be read; what it is, is settled by its name."""
        low = folded(name)
        for language in sheets.LANGUAGES:
            known = sheets.titles(language)
            if low in known:
                if (found := known[low]) is not None:
                    self.matched[name] = found, language
                return found is not None
        near = near_to(low, [title for language in sheets.LANGUAGES for title in sheets.titles(language)])
        place = Place(self.file, f"{name}!A1")
        words = next((s for lang in sheets.LANGUAGES if near and (s := sheets.titles(lang).get(near))), None)
        facts: dict[str, Fact] = {"sheet": name, "near": Word(words.title) if words else Word(N_("none"))}
        self.into.findings.append(say.UNKNOWN_SHEET.of(place, facts))
        return False

    def _ours(self) -> None:
        """Leave out a sheet that was already read from elsewhere, and tell of hidden ones."""
        kept: list[Form | Table] = []
        for table in self.tables:
            sheet, language = self.matched[table.name]
            home = Place(self.file, f"{table.name}!A1")
            name = ".".join((sheet.noun, *sheet.path))
            if (first := self.into.homes.get(name)) is not None:
                facts: dict[str, Fact] = {"sheet": table.name, "first": str(first)}
                self.into.findings.append(say.TWO_PLACES.of(home, facts))
                continue
            self.into.homes[name] = home
            reader = Form if sheet.form else Table
            kept.append(reader(self.file, table, sheet, language, self.into))
        self.readers = kept

    def written_in(self) -> str:
        """Return the language of texts that name none, if this workbook says it."""
        for reader in self.readers:
            if reader.sheet.noun == "bid" and isinstance(reader, Form):
                return reader.text_of("written_in")
        return ""

    def read_sheets(self, home: str) -> None:
        """Read the nouns."""
        for reader in self.readers:
            if not reader.sheet.path and (found := reader.read(home)) is not None:
                self.into.nouns[reader.sheet.noun] = found

    def read_lists(self, home: str) -> None:
        """Read the lists inside entries, now that the entries are there."""
        for reader in self.readers:
            if reader.sheet.path and isinstance(reader, Table):
                reader.attach(home)
