"""What each partner sent: a workbook or a folder with a dossier → whose it is, what it says, which files to keep.

Nothing is written here. What cannot be taken is a finding, and nothing of it is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from bidkit import gate
from bidkit.diagnostics import Finding, Place, Refused
from bidkit.dossier import sheets
from bidkit.dossier.folder import Holds, Raw, is_marked_copy, read_file, read_folder
from bidkit.dossier.validate import validate
from bidkit.messages import gathering as say
from bidkit.messages import reading, workbook
from bidkit.model._base import is_id
from bidkit.model.dossier import NOUNS
from bidkit.model.names import SHEETS
from bidkit.record import record

HOLDS: Mapping[str, Holds] = {name: noun.holds for name, noun in NOUNS.items()}
IDENTITY = ("organisation", "light_member")  # the nouns that tell whose a file is
ATTACHMENTS = "attachments"
_TABLES = frozenset({".xlsx", ".xls", ".ods", ".xlsm", ".xlsb"})
_LARGEST = 100 << 20  # bytes of an attachment
_USUAL = {name for names in sheets.FILES.values() for name in names.values()}
# Parts of a dossier that come in one file: who renews one of them renews all of the file.
KINDS = {"member": "own", "light": "own", "tender": "tender", "bid": "tender", "consortium": "consortium"}


class File(NamedTuple):
    """A file as it was sent: its name then, the name it gets, what it holds, and which `KINDS` of things it tells."""

    sent: str
    name: str
    data: bytes
    kinds: frozenset[str]

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@record(frozen=True)
class Sent:
    """What one partner sent. ``whole`` if it is a folder, which then is all that the partner has to say."""

    path: Path
    id: str
    business_id: str
    at: Place  # of the id, in the file as it was sent
    raw: Raw
    files: tuple[File, ...]
    whole: bool
    language: str

    @property
    def mark(self) -> tuple[tuple[str, str], ...]:
        """What tells whether two partners sent the same."""
        return tuple(sorted((one.name, one.sha256) for one in self.files))


def read_all(paths: Iterable[Path]) -> tuple[list[Sent], list[Finding]]:
    """Read what partners sent, in the order of the paths' names, whatever the order they were named in."""
    sent: list[Sent] = []
    found: list[Finding] = []
    every = {one for given in paths for one in _each(given)}
    for path in sorted(every, key=lambda one: one.as_posix()):
        try:
            one, told = _read(path)
        except Refused as refusal:
            one, told = None, [refusal.finding(gate.printable(path.as_posix(), 260))]
        sent += [one] if one else []
        found += told
    return sent, found


def _each(path: Path) -> Iterator[Path]:
    """Yield a path, or what is in it if it is a folder with workbooks of several partners, as e-mail brings them."""
    if not path.is_dir():
        yield path
        return
    inside = [one for one in path.iterdir() if one.suffix.lower() in _TABLES and one.name[0] not in "._~"]
    books = [one for one in inside if not is_marked_copy(one.name)]
    several = len(books) > 1 and len(set(filter(None, map(_whose, books)))) > 1
    yield from books if several else (path,)


def _whose(book: Path) -> str:
    from bidkit.dossier.workbook import id_in

    try:
        return id_in(gate.read(book, most=gate.MOST_OFFICE), book.name, IDENTITY)
    except Refused:
        return ""


def _read(path: Path) -> tuple[Sent | None, list[Finding]]:
    shown = gate.printable(path.as_posix(), 260)
    if not path.is_dir():
        _refuse_by_name(path)
    raw = read_folder(path, HOLDS) if path.is_dir() else read_file(path, HOLDS)
    above = shown if path.is_dir() else gate.printable(path.parent.as_posix(), 260)
    if unreadable := [one for one in raw.findings if reading.stops_reading(one) and _about_own(one)]:
        return None, [_below(above, one) for one in unreadable]
    noun, entry = identity(raw)
    if not noun:
        return None, [say.NO_ORGANISATION.at(Place(shown))]
    at: Place = entry["@"].of("id")
    if not is_id(entry.get("id")):
        _, faults = validate(NOUNS[noun].model, dict(entry))
        told = [one for one in faults if one.place == at] or [say.NO_ORGANISATION.at(at)]
        return None, [_below(above, one) for one in told]
    files = tuple(_files(path, raw))
    at = Place(f"{above}/{at.file}", at.spot)
    language = language_of(raw, noun)
    business = str(entry.get("business_id") or "")
    sent = Sent(path, str(entry["id"]), business, at, raw, files, path.is_dir(), language)
    return sent, list(_open_beside(path, above, files))


def identity(raw: Raw) -> tuple[str, Mapping[str, Any]]:
    """Return the noun that tells whose a dossier is, with what it says; "" and nothing if none does."""
    for noun in IDENTITY:
        entry = raw.nouns.get(noun)
        if isinstance(entry, dict):
            return noun, entry
    return "", {}


def _refuse_by_name(path: Path) -> None:
    """Refuse what is no workbook of a partner, by its name."""
    name = path.name
    if name.startswith("~$"):
        raise Refused(say.LOCK_FILE, file=gate.printable(name[2:]))
    if is_marked_copy(name):
        raise Refused(say.MARKED_COPY)
    if not path.exists():
        raise Refused(reading.MISSING)
    ending = path.suffix.lower()
    if ending in (".yaml", ".yml"):
        raise Refused(say.ONE_TEXT_FILE, folder=gate.printable(path.parent.as_posix(), 200))
    if ending != ".xlsx":
        raise Refused(workbook.OTHER_FORMAT, file=gate.printable(name), kind=ending or "–")


def _about_own(finding: Finding) -> bool:
    return finding.code not in (reading.EMPTY_FOLDER.code, workbook.MISSING_BOOK.code)


def _below(above: str, finding: Finding) -> Finding:
    place = finding.place
    file = above if not place.file or place.file == above else f"{above}/{place.file}"
    return replace(finding, place=Place(file, place.spot))


def _files(path: Path, raw: Raw) -> Iterator[File]:
    """Yield the files that a dossier was read from, each as it was then, and its attachments."""
    folder = path if path.is_dir() else path.parent
    taken: set[str] = set()
    for name, digest in raw.digests.items():
        data = gate.read(gate.inside(folder, name), most=gate.MOST_OFFICE)
        if hashlib.sha256(data).hexdigest() != digest:
            raise Refused(say.CHANGED_MEANWHILE)
        kinds = kinds_of(name, raw)
        usual = _usual_name(name, kinds, raw)
        new = name if usual in taken else usual
        taken.add(new)
        yield File(name, new, data, kinds)
    if path.is_dir():
        for file in sorted(_attached(path / ATTACHMENTS)):
            name = file.relative_to(path).as_posix()
            yield File(name, name, gate.read(file, most=_LARGEST), frozenset())


def _attached(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder of attachments; links and what programs leave there are none."""
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in folder.iterdir():
        if path.is_symlink() or path.name.startswith(("~$", ".")):
            continue
        if path.is_dir():
            yield from _attached(path)
        elif path.is_file():
            yield path


def kinds_of(file: str, raw: Raw) -> frozenset[str]:
    """Return what a file tells of, as `KINDS`; of a text file that others take in nothing is known."""
    if file.lower().endswith(".xlsx"):
        nouns = [noun for noun in raw.nouns if noun in raw.homes and raw.home(noun).file == file]
    else:
        nouns = [
            noun for noun in NOUNS if noun in (file.split("/", maxsplit=1)[0].lower(), file.rsplit(".", 1)[0].lower())
        ]
    return frozenset(KINDS[NOUNS[noun].part] for noun in nouns)


def _usual_name(name: str, kinds: frozenset[str], raw: Raw) -> str:
    """Return what a workbook is usually called: findings name it so, whatever its sender called it."""
    if not name.lower().endswith(".xlsx") or name.lower() in _USUAL or not kinds:
        return name
    nouns = [noun for noun in raw.nouns if noun in raw.homes and raw.home(noun).file == name]
    part = NOUNS[nouns[0]].part
    book = next(book for book, parts in sheets.BOOKS.items() if part in parts)
    return sheets.FILES[language_of(raw, nouns[0])][book]


def language_of(raw: Raw, noun: str) -> str:
    """Return the language in which the sheet of a noun has its name; empty if it is kept in a text file."""
    home = raw.homes.get(noun)
    if home is None or not home.in_workbook:
        return ""
    name = sheets.folded(home.spot.rpartition("!")[0])
    titles = {tag: sheets.folded(sheets.words(tag).text(SHEETS[(noun,)])) for tag in sheets.LANGUAGES}
    return next((tag for tag, title in titles.items() if title == name), "fi")


def _open_beside(path: Path, above: str, files: Iterable[File]) -> Iterator[Finding]:
    """Warn of workbooks that are open in Office: what was saved last was taken."""
    folder = path if path.is_dir() else path.parent
    for file in files:
        if "/" not in file.sent and (folder / f"~${file.sent}").exists():
            yield say.OPEN_IN_OFFICE.at(Place(f"{above}/{file.sent}"))
