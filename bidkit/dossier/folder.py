"""A dossier folder as raw nouns: which files belong to it, and what their entries are.

Workbooks hold a sheet a noun (`bidkit.dossier.workbook`). In YAML it is one noun a file (``services.yaml``), long
lists split over a folder (``services/*.yaml``), entries kept elsewhere taken in with ``- include: path``. Every
file is read once, and everything found in all files is reported; nothing is raised.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from bidkit import gate
from bidkit.diagnostics import Finding, Place, Refused, Severity, Word
from bidkit.i18n import N_
from bidkit.messages import reading, workbook
from bidkit.model.homes import Homed
from bidkit.record import record

if TYPE_CHECKING:
    from bidkit.dossier.yaml_file import Document, Value

Holds: TypeAlias = Literal["one", "many"]
Entry: TypeAlias = "dict[str, Any]"

_ENDINGS = (".yaml", ".yml")
_LEFT_ALONE = frozenset({"out", "attachments", "templates", "jasenet", "medlemmar", "members"})
_INCLUDE = "include"
# Mended where the path is written; a file that is locked or too large is mended itself.
_WRONG_PATH = frozenset({reading.MISSING.code, reading.NOT_A_FILE.code, reading.CANNOT_READ.code})


@record(frozen=True)
class Raw(Homed):
    """What the files of a dossier say, not yet judged by the model.

    ``nouns`` has a mapping or a list of mappings for each noun that has a file with content, each mapping
    with its place under ``"@"``. ``digests`` are the SHA-256 of the files read, by their path in the folder, in
    the order of reading. The files of the nouns in ``incomplete`` have errors, so what is missing there proves
    nothing. ``homes`` says where a noun has its sheet, if the dossier is kept in workbooks.
    """

    nouns: Mapping[str, Entry | list[Entry]]
    findings: tuple[Finding, ...]
    digests: Mapping[str, str] = field(default_factory=dict)
    incomplete: frozenset[str] = frozenset()
    homes: Mapping[str, Place] = field(default_factory=dict)


def read_folder(folder: Path, nouns: Mapping[str, Holds], elsewhere: frozenset[str] = frozenset()) -> Raw:
    """Read the dossier in ``folder``; ``nouns`` says of each noun whether it is one thing or a list.

    The nouns ``elsewhere`` need not be here: members of a consortium keep theirs in folders of their own.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return _nothing(Refused(reading.NO_FOLDER, folder=gate.printable(str(folder), 200)), folder)
    except PermissionError:
        return _nothing(Refused(reading.LOCKED), folder)
    except (OSError, ValueError) as error:
        cause = gate.printable(str(error))
        return _nothing(Refused(reading.CANNOT_READ, file=gate.printable(str(folder)), cause=cause), folder)
    return _Folder(folder, nouns, names, elsewhere).read()


def read_file(file: Path, nouns: Mapping[str, Holds]) -> Raw:
    """Read one workbook as if it were alone in its folder."""
    return _Folder(file.parent, nouns, [file.name], frozenset()).read()


def workbooks_in(folder: Path) -> Iterator[str]:
    """Yield the names of the workbooks that hold sheets of a dossier; what cannot be read is left out."""
    from bidkit.dossier.workbook import holds_sheets

    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    for name in filter(_is_workbook, names):
        try:
            data = gate.read(gate.inside(folder, name), most=gate.MOST_OFFICE)
        except Refused:
            continue
        if holds_sheets(data, gate.printable(name, 260)):
            yield name


def _nothing(refusal: Refused, folder: Path) -> Raw:
    return Raw({}, (refusal.finding(gate.printable(str(folder), 200)),))


class _Folder:
    def __init__(self, folder: Path, nouns: Mapping[str, Holds], names: list[str], elsewhere: frozenset[str]) -> None:
        self.folder, self.nouns, self.names, self.elsewhere = folder, nouns, names, elsewhere
        self.real = Path(os.path.realpath(folder))
        self.findings: list[Finding] = []
        self.digests: dict[str, str] = {}
        self.incomplete: set[str] = set()
        self.closed: set[str] = set()
        self.first: dict[Path, str] = {}  # real path → as whose file it is read

    def read(self) -> Raw:
        files = {noun: self._files_of(noun) for noun in self.nouns}
        for found in files.values():
            for file in found:
                self.first.setdefault(Path(os.path.realpath(self.folder / file)), file)
        values = {noun: self._noun(noun, holds, files[noun]) for noun, holds in self.nouns.items()}
        homes = self._workbooks(values, files)
        if not any(files.values()) and not homes and not any(f.severity is Severity.ERROR for f in self.findings):
            self.incomplete |= self.nouns.keys()
            known = ("tiedot.xlsx", "tarjouspyynto.xlsx", *(f"{noun}.yaml" for noun in list(self.nouns)[:2]))
            here = str(self.folder) == "."  # named by nobody: the folder in which bidkit was started
            name = gate.printable(str(self.real if here else self.folder), 200)
            self.findings.append(reading.EMPTY_FOLDER.at(Place(name), folder=name, known=known))
        self.findings += self._unknown()
        found_nouns = {noun: value for noun, value in values.items() if value is not None}
        return Raw(found_nouns, tuple(self.findings), self.digests, frozenset(self.incomplete), homes)

    def _workbooks(self, values: dict[str, Any], files: Mapping[str, list[str]]) -> Mapping[str, Place]:
        """Add the nouns of the folder's workbooks to ``values``; return where each has its sheet."""
        self._other_formats()
        names = [name for name in self.names if _is_workbook(name)]
        if not names:
            return {}
        from bidkit.dossier.workbook import home_of, missing_book, nouns_of, read_workbooks

        data: dict[str, bytes] = {}
        for name in names:
            shown = gate.printable(name, 260)
            try:
                data[shown] = gate.read(gate.inside(self.folder, name), most=gate.MOST_OFFICE)
                self.digests[shown] = hashlib.sha256(data[shown]).hexdigest()
            except Refused as refusal:
                self.findings.append(refusal.finding(shown))
                self.incomplete |= self.nouns.keys()
        read = read_workbooks(data)
        self.findings += read.findings
        self.incomplete |= read.incomplete
        for noun, value in read.nouns.items():
            if files[noun]:
                home = read.homes[noun]
                facts = {"sheet": home.spot.rsplit("!", 1)[0], "first": files[noun][0]}
                self.findings.append(workbook.TWO_PLACES.of(home, facts))
            else:
                values[noun] = value
        if not read.homes:
            return {}
        elsewhere = self.elsewhere | {noun for noun in self.nouns if files[noun] or noun in self.incomplete}
        absent = missing_book(read.homes, tuple(data), elsewhere)
        if absent is not None:
            self.findings.append(absent)
            self.incomplete |= nouns_of(absent.place.file)
        return {noun: home_of(noun, read.homes, tuple(data)) for noun in self.nouns if not files[noun]}

    def _other_formats(self) -> None:
        """Tell how to save a spreadsheet of another kind that should be one of our workbooks."""
        for name in self.names:
            stem, _, ending = name.lower().rpartition(".")
            if ending not in _OTHER_FORMATS or f"{stem}.xlsx" in map(str.lower, self.names):
                continue
            if (stem := _without_dots(stem)) in _WORKBOOKS:
                from bidkit.dossier.workbook import nouns_of

                shown = gate.printable(name, 260)
                self.findings.append(workbook.OTHER_FORMAT.at(Place(shown), file=shown, kind=f".{ending}"))
                self.incomplete |= nouns_of(f"{stem}.xlsx")

    def _files_of(self, noun: str) -> list[str]:
        """Return the files of a noun: its own, then those in its folder by name."""
        own = [name for name in self.names if _noun_of(name) == noun]
        split = [name for name in self.names if name.lower() == noun and noun not in _LEFT_ALONE]
        for name in split:
            if _is_folder(self.folder / name):
                own += [f"{name}/{one}" for one in self._inside(name) if _is_yaml(one)]
        return own

    def _noun(self, noun: str, holds: Holds, files: list[str]) -> Entry | list[Entry] | None:
        before = len(self.findings)
        value = self._one(noun, files) if holds == "one" else self._many(files)
        if any(finding.severity is Severity.ERROR for finding in self.findings[before:]):
            self.incomplete.add(noun)
        return value

    def _one(self, noun: str, files: list[str]) -> Entry | None:
        for file in files[1:]:
            self.findings.append(reading.TWO_FILES.at(Place(file), noun=Word(noun), first=files[0]))
        document = self._document(files[0], gate.printable(files[0], 260)) if files else None
        if document is None:
            return None
        if isinstance(document.value, dict):
            return document.value
        if document.value is None:
            self.findings.append(reading.EMPTY_FILE.at(Place(files[0])))
            return None
        self._wrong_shape(document.place, document.value, _ONE)
        return None

    def _many(self, files: list[str]) -> list[Entry] | None:
        entries: list[Entry] = []
        for file in files:
            entries += self._entries(file, (Path(os.path.realpath(self.folder / file)),))
        return entries if files else None

    def _entries(self, path: str, chain: tuple[Path, ...], asked: Place | None = None) -> Iterator[Entry]:
        """Yield the entries of one file of a list.

        ``chain`` are the files that led here, this one last; ``asked`` is the line that includes it.
        """
        shown = gate.printable(path, 260)
        document = self._document(path, shown, asked)
        if document is None:
            return
        value = document.value
        if value is None:
            self.findings.append(reading.EMPTY_FILE.at(Place(shown), severity=Severity.NOTE))
            return
        if isinstance(value, dict):  # a file of a split list may hold a single entry, without a dash
            value, document = [value], document._replace(place=Place(shown, document.place.spot))
        if not isinstance(value, list):
            self._wrong_shape(document.place, value, _MANY)
            return
        for index, entry in enumerate(value):
            place = document.place.of(f"[{index}]")
            if not isinstance(entry, dict):
                self._wrong_shape(place, entry, _ENTRY)
            elif set(entry) == {"@", _INCLUDE}:
                yield from self._included(entry, chain)
            else:
                yield entry

    def _included(self, entry: Entry, chain: tuple[Path, ...]) -> Iterator[Entry]:
        place: Place = entry["@"].of(_INCLUDE)
        target = entry[_INCLUDE]
        if not isinstance(target, str):
            self._wrong_shape(place, target, _PATH)
            return
        try:
            real = gate.inside(self.folder, target)
        except Refused as refusal:
            facts: dict[str, Any] = dict(refusal.facts)
            self.findings.append(refusal.message.at(place, **facts))
            return
        shown = real.relative_to(self.real).as_posix()
        if real in chain:
            circle = [*chain[chain.index(real) :], real]
            names = " > ".join(one.relative_to(self.real).as_posix() for one in circle)
            self.findings.append(reading.INCLUDE_CYCLE.at(place, chain=names))
        elif real in self.first:
            self.findings.append(reading.INCLUDED_TWICE.at(place, path=shown, first=self.first[real]))
        else:
            self.first[real] = str(place)
            yield from self._entries(shown, (*chain, real), place)

    def _document(self, path: str, shown: str, asked: Place | None = None) -> Document | None:
        """Read one file; None if it could not be read, then a finding says why."""
        from bidkit.dossier.yaml_file import MOST_BYTES, read_document  # workbooks do without

        try:
            data = gate.read(gate.inside(self.folder, path), most=MOST_BYTES)
        except Refused as refusal:
            found = refusal.finding(shown)
            self.findings.append(replace(found, place=asked) if asked and found.code in _WRONG_PATH else found)
            return None
        self.digests[shown] = hashlib.sha256(data).hexdigest()
        document = read_document(data, shown)
        self.findings += document.findings
        if any(finding.code in reading.UNREADABLE for finding in document.findings):
            return None
        return document

    def _wrong_shape(self, place: Place, value: Value, wanted: Word) -> None:
        found = _NOTHING
        if isinstance(value, str):
            found = _TEXT
        elif isinstance(value, list):
            found = _MANY
        elif isinstance(value, dict):
            found = _ONE
        self.findings.append(reading.WRONG_SHAPE.at(place, found=found, wanted=wanted))

    def _inside(self, name: str) -> list[str]:
        """Return what a folder of split files holds, but for what its owner keeps to themselves."""
        try:
            return sorted(one.name for one in (self.folder / name).iterdir() if one.name[0] not in "._")
        except OSError:
            if name not in self.closed:
                self.findings.append(reading.LOCKED.at(Place(gate.printable(name))))
            self.closed.add(name)
            return []

    def _unknown(self) -> Iterator[Finding]:
        """Warn of files that look like a part of the dossier but have no place in it."""
        for name in self.names:
            path, low = self.folder / name, name.lower()
            if name[0] in "._" or low in _LEFT_ALONE or Path(os.path.realpath(path)) in self.first:
                continue
            if not _is_folder(path):
                if _is_yaml(name) or low.endswith((".yaml.txt", ".yml.txt")):
                    yield self._strange(name, ".yaml")
            elif low not in self.nouns:
                if _near(low, self.nouns, 1, 0.8):
                    yield self._strange(name, "/")
            else:
                inner = [f"{name}/{one}" for one in self._inside(name)]
                yield from (self._strange(one, ".yaml") for one in inner if _is_folder(self.folder / one))

    def _strange(self, file: str, ending: str) -> Finding:
        stem = Path(file).name.lower().split(".")[0]
        near = tuple(f"{noun}{ending}" for noun in _near(stem, self.nouns, 2, 0.6))
        place = Place(gate.printable(file, 260))
        return reading.UNKNOWN_FILE.at(place, near=near or Word(N_("none")))


def _near(name: str, known: Iterable[str], most: int, likeness: float) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, list(known), most, likeness)


def _without_dots(stem: str) -> str:
    """Return a name as our files have it: tarjouspyyntö is tarjouspyynto."""
    from unicodedata import combining, normalize

    return "".join(c for c in normalize("NFD", stem) if not combining(c))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # in a folder that may be listed but not entered
        return False


def _is_yaml(name: str) -> bool:
    return name.lower().endswith(_ENDINGS)


# Those of `sheets.FILES`, which is not imported: a folder of YAML files does without.
_WORKBOOKS = frozenset(
    {
        *("tiedot", "tarjouspyynto", "ryhmittyma", "jasenlomake"),
        *("uppgifter", "anbudsforfragan", "anbudsgrupp", "medlemsblankett"),
        *("data", "tender", "consortium", "member_form"),
    }
)
_OTHER_FORMATS = frozenset({"xls", "xlsm", "xlsb", "xltx", "ods", "csv", "tsv", "numbers", "fods"})
_MARKED = ("_korjattavat", "_att_ratta", "_to_mend")  # in the names of marked copies, which are not read
# What `bidkit merge` hands the lead to copy from, by language; it is not read either.
TO_SETTLE: Mapping[str, str] = {"fi": "ratkaistavat.xlsx", "sv": "att_avgora.xlsx", "en": "to_settle.xlsx"}


def is_marked_copy(name: str) -> bool:
    """Say whether a file is, by its name, a copy of ours in which the cells to mend are marked."""
    return name.lower().endswith(".xlsx") and any(mark in name.lower() for mark in _MARKED)


def _is_workbook(name: str) -> bool:
    ours = is_marked_copy(name) or any(name.lower().startswith(one[:-5]) for one in TO_SETTLE.values())
    return name.lower().endswith(".xlsx") and name[0] not in "._~" and not ours


def _noun_of(name: str) -> str:
    return name.lower().rsplit(".", 1)[0] if _is_yaml(name) else ""


_ONE, _MANY = Word(N_("a group of fields")), Word(N_("a list"))
_ENTRY, _TEXT = Word(N_("an entry with fields of its own")), Word(N_("a text"))
_NOTHING, _PATH = Word(N_("nothing")), Word(N_("the path of a file"))
