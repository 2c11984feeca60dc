"""Tell a whole, matching version from any other, and see that the buyer's files hold nothing they should not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bidkit.diagnostics import Finding, Place, Severity, Word
from bidkit.gate import MOST_OFFICE
from bidkit.messages import publishing as say
from bidkit.publish import disk, manifest, office, privacy

INTERNAL = "sisainen"
CONTENT = f"{INTERNAL}/sisalto.json"
VERSION = re.compile(r"v([0-9]{4,9})")  # the name that bidkit gives a version
# A folder renamed to "v0007 sent" keeps its number: two different bids must not be called v0007.
NUMBERED = re.compile(r"v([0-9]{4,9})(?![0-9])", re.IGNORECASE)
# A file by which a person says that the version was sent; Windows hides the ending, so it may be there twice.
_MARKER = re.compile(r"l[aä]hetetty(\.txt)*")


@dataclass(frozen=True, slots=True)
class Examined:
    """A version that was looked at: its folder, its manifest if that could be read, and what is wrong with it."""

    folder: Path
    manifest: manifest.Manifest | None
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """True if every file is as it was built; a note (a file is open in Word) does not count."""
        return all(one.severity is Severity.NOTE for one in self.findings)


def newest(parent: Path) -> Path | None:
    """Return the version with the highest number, None if there is none."""
    found = [
        (int(match[1]), entry)
        for entry in parent.iterdir()
        if (match := VERSION.fullmatch(entry.name)) and entry.is_dir() and not disk.is_link(entry)
    ]
    return max(found)[1] if found else None


def verify(folder: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a version, or with the newest version in ``folder``; empty if it is whole."""
    return examine(folder).findings


def examine(folder: Path, *, exposed: bool = True) -> Examined:
    """Look at a version: its manifest, its files, their build ids.

    With ``exposed`` also what a buyer could find in the files that go out (tracked changes, comments, hidden
    rows, macros). ``folder`` may hold versions: then the newest is looked at.
    """
    try:
        if not folder.is_dir():
            return Examined(folder, None, (say.NO_FOLDER.at(Place(str(folder)), folder=str(folder)),))
        if not (folder / manifest.NAME).exists():
            folder = newest(folder) or folder
        listing = _listing(folder)
        if isinstance(listing, Finding):
            return Examined(folder, None, (listing,))
        found = [*_files(folder, listing, exposed), *_others(folder, listing)]
    except OSError as error:
        return Examined(folder, None, (_unreadable(folder, ".", error),))
    return Examined(folder, listing, tuple(found))


def _listing(folder: Path) -> manifest.Manifest | Finding:
    place = Place(str(folder / manifest.NAME))
    try:
        return manifest.load(disk.read(folder / manifest.NAME, manifest.LIMIT))
    except FileNotFoundError:
        return say.NO_MANIFEST.at(Place(str(folder)), folder=str(folder))
    except manifest.Torn:
        return say.MANIFEST_CHANGED.at(place)
    except manifest.Newer as newer:
        return say.MANIFEST_NEWER.at(place, found=newer.found, known=manifest.FORMAT)
    except OSError as error:
        return _unreadable(folder, manifest.NAME, error)


def _files(folder: Path, listing: manifest.Manifest, exposed: bool) -> Iterator[Finding]:
    """Judge every file that the manifest lists."""
    for path, meant in sorted(listing.outputs.items()):
        file = folder / path
        if disk.is_link(file):
            yield say.UNREADABLE.at(Place(str(file)), file=path, cause=Word(say.A_LINK))
            continue
        if not file.is_file():
            yield say.FILE_MISSING.at(Place(str(file)), file=path)
            continue
        size = file.stat().st_size
        if size != meant.size and size > MOST_OFFICE:  # not ours, and not worth the memory
            yield say.FILE_CHANGED.at(Place(str(file)), file=path, found=size, expected=meant.size)
            continue
        try:
            data = disk.read(file)
        except OSError as error:
            yield _unreadable(folder, path, error)
            continue
        yield from _content(folder, path, data, meant, listing.build_id)
        if exposed and office.suffix(path) and not path.startswith(INTERNAL + "/"):
            yield from privacy.exposed(folder, path, data)


def _content(folder: Path, path: str, data: bytes, meant: manifest.Output, build_id: str) -> Iterator[Finding]:
    """Compare one file with what was built; a file of another build is named as such, not as a change."""
    place, found = Place(str(folder / path)), manifest.Output.of(data)
    carried = office.build_of(data) if office.suffix(path) else build_id
    if carried != build_id and (carried or found == meant):
        yield say.OTHER_BUILD.at(place, file=path, found=carried, expected=build_id)
    elif found.size != meant.size:
        yield say.FILE_CHANGED.at(place, file=path, found=found.size, expected=meant.size)
    elif found != meant:
        yield say.SAME_SIZE.at(place, file=path, found=found.size)


def _others(folder: Path, listing: manifest.Manifest) -> Iterator[Finding]:
    """Name what lies in the version and is not of it; links are named, never followed."""
    known = {manifest.NAME, *listing.outputs}
    inner = {str(above) for path in listing.outputs for above in Path(path).parents}
    waiting = [folder]
    while waiting:
        for entry in sorted(waiting.pop().iterdir()):
            path = entry.relative_to(folder).as_posix()
            if str(Path(path)) in inner and not disk.is_link(entry) and entry.is_dir():
                waiting.append(entry)
            elif path not in known and not (entry.parent == folder and entry.is_file() and is_marker(entry.name)):
                message = say.LOCK_FILE if entry.name.startswith(("~$", ".~lock.")) else say.FILE_EXTRA
                yield message.at(Place(str(entry)), file=path)


def is_marker(name: str) -> bool:
    """Tell whether a file in a version says that it was sent: ``lahetetty.txt``."""
    return _MARKER.fullmatch(unicodedata.normalize("NFC", name).casefold()) is not None


def _unreadable(folder: Path, path: str, error: OSError) -> Finding:
    return say.UNREADABLE.at(Place(str(folder / path)), file=path, cause=disk.cause(error))
