"""The versions in a folder: which there are, what each says of itself, and how old ones are removed.

A version is a folder ``v0007`` (or ``v0007 sent``, which a person has renamed). Only folders that still have their
own name, a manifest of ours and nothing but what the build put there are ever removed.
"""

from __future__ import annotations

import json
import os
import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from bidkit.diagnostics import Fact, Finding, Place, Severity, Word
from bidkit.i18n import N_
from bidkit.messages import publishing as say
from bidkit.publish import disk, manifest
from bidkit.publish.whole import CONTENT, NUMBERED, VERSION, Examined, examine, is_marker

FORMAT = 1  # of the content's file: the newest that is understood here
_TYPED = re.compile(r"v?0*([0-9]{1,9})", re.IGNORECASE)
_LAST = {"viimeinen": 1, "senaste": 1, "latest": 1, "edellinen": 2, "föregående": 2, "previous": 2}
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})  # what file managers leave behind
_HELD = N_("another program holds it, or you may not change the folder")
_NEWER = N_("a newer bidkit made it")
_CHANGED = N_("it was changed after the build")
_NOT_OURS = N_("it holds what was changed or added after the build ({files})")
_UNKNOWN = N_("it has no manifest.json that can be read")
_LEFT = N_("a program holds a file in it; what is left of it is in {folder}, and a later build removes that")


@dataclass(frozen=True)
class Version:
    """One version: its folder, its number, and what was seen of its files."""

    folder: Path
    number: int
    examined: Examined

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def ours(self) -> bool:
        """Whether it has the name that bidkit gave it and a manifest that can be read."""
        return VERSION.fullmatch(self.name) is not None and self.examined.manifest is not None

    @cached_property
    def made(self) -> datetime | None:
        """When its manifest was written, by the file's date in local time; None if there is no manifest."""
        try:
            return datetime.fromtimestamp((self.folder / manifest.NAME).stat().st_mtime)
        except (OSError, ValueError, OverflowError):
            return None

    @cached_property
    def packaged(self) -> str:
        """The package beside the version, or the file in it, that says it was sent; empty if there is none."""
        package = re.compile(rf"v0*{self.number}(?![0-9]).*\.zip", re.IGNORECASE | re.DOTALL)
        try:
            beside = sorted(e.name for e in self.folder.parent.iterdir() if package.fullmatch(e.name))
            inside = sorted(e.name for e in self.folder.iterdir() if is_marker(e.name))
        except OSError:
            return ""
        return next(iter([*beside, *inside]), "")

    @cached_property
    def content(self) -> Mapping[str, Any] | Finding:
        """What was in the version (`bidkit.render.content`), or why that cannot be told."""
        listing, file = self.examined.manifest, self.folder / CONTENT
        if listing is None:
            return self.examined.findings[0]
        if CONTENT not in listing.outputs:
            return say.CONTENT_MISSING.at(Place(str(self.folder)), version=self.name, program=listing.program)
        try:
            data = disk.read(file, listing.outputs[CONTENT].size + 1)
        except OSError as error:
            return say.CONTENT_UNREADABLE.at(Place(str(file)), file=CONTENT, cause=disk.cause(error))
        if manifest.Output.of(data) != listing.outputs[CONTENT]:
            return say.CONTENT_UNREADABLE.at(Place(str(file)), file=CONTENT, cause=Word(_CHANGED))
        found = _content(data)
        if isinstance(found, str):
            return say.CONTENT_UNREADABLE.at(Place(str(file)), file=CONTENT, cause=Word(found))
        return found


def _content(data: bytes) -> Mapping[str, Any] | str:
    """Return the content, or the msgid of why it is not one; whoever made the file may not have been bidkit."""
    try:
        found = json.loads(data)
        if type(found["format"]) is int and found["format"] > FORMAT:
            return _NEWER
        shapes = {"language": str, "draft": bool, "date": str, "program": str, "verdicts": list, "price": dict}
        whole = all(isinstance(found[key], shape) for key, shape in (shapes | {"dossier": dict}).items())
        names = [(v["condition"], v["state"], v["lot"] or "") for v in found["verdicts"]]
        names += [(lot["lot"], *(line["line"] for line in lot["lines"])) for lot in found["price"]["lots"]]
        whole = whole and all(isinstance(name, str) for group in names for name in group)
    except (ValueError, LookupError, TypeError, RecursionError):
        return _CHANGED
    return found if whole else _CHANGED


def parent_of(folder: Path) -> Path:
    """Return the folder that holds the versions of ``folder``: itself, its ``out``, or what it is a version in."""
    if next(_numbered(folder), None):
        return folder
    if (folder / "out").is_dir():
        return folder / "out"
    if (folder / manifest.NAME).is_file() and NUMBERED.match(folder.resolve().name):
        return folder.resolve().parent
    return folder


def versions(parent: Path) -> Iterator[Version]:
    """Yield the versions in a folder, the newest last; each is looked at when its turn comes.

    Raises OSError if the folder cannot be listed.
    """
    for number, folder in sorted(_numbered(parent)):
        yield Version(folder, number, _examined(folder))


def count(parent: Path) -> int:
    """Return how many versions there are in a folder."""
    return sum(1 for _ in _numbered(parent))


def _examined(folder: Path) -> Examined:
    """Look at a version itself: one without a manifest is not judged by a version that lies in it."""
    found = examine(folder, exposed=False)
    if found.folder == folder:
        return found
    return Examined(folder, None, (say.NO_MANIFEST.at(Place(str(folder)), folder=str(folder)),))


def _numbered(parent: Path) -> Iterator[tuple[int, Path]]:
    if not parent.is_dir():
        return
    for entry in parent.iterdir():
        found = NUMBERED.match(entry.name)
        if not found or not entry.is_dir() or disk.is_link(entry):
            continue
        if VERSION.fullmatch(entry.name) or (entry / manifest.NAME).is_file():
            yield int(found[1]), entry


def find(parent: Path, typed: str) -> Version | Finding:
    """Return the version called ``typed``: ``v0003``, ``3``, ``viimeinen``, ``edellinen`` or a version's folder."""
    known = sorted(_numbered(parent))
    name = unicodedata.normalize("NFC", typed).strip().casefold()
    back, number = _LAST.get(name), _TYPED.fullmatch(name)
    if back:
        fitting = known[-back : len(known) - back + 1] if len(known) >= back else []
    elif number:
        fitting = [one for one in known if one[0] == int(number[1])]
    else:
        fitting = [one for one in known if one[1].name == typed] or _at(Path(typed))
    if not fitting:
        names = tuple(folder.name for _, folder in known)
        return say.VERSION_UNKNOWN.at(Place(str(parent)), name=typed, folder=str(parent), known=names)
    chosen, folder = fitting[0]  # of v0007 and “v0007 sent” the one that has its own name
    return Version(folder, chosen, _examined(folder))


def _at(folder: Path) -> list[tuple[int, Path]]:
    """Return the version that a path leads to, if it does."""
    if not (folder / manifest.NAME).is_file():
        return []
    found = NUMBERED.match(folder.resolve().name)
    return [(int(found[1]) if found else 0, folder)]


# --- removing ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Plan:
    """What pruning would remove, oldest first, what it keeps, and what it leaves alone and why."""

    remove: tuple[Version, ...]
    keep: tuple[Version, ...]
    left: tuple[Finding, ...]


def plan(parent: Path, keep: int) -> Plan:
    """Tell what pruning ``parent`` to the newest ``keep`` versions (at least one) would do; nothing is changed.

    What was packaged is kept, and so is what a person has changed, added to or renamed. Raises OSError if the
    folder cannot be listed.
    """
    if keep < 1:
        raise ValueError("the newest version is always kept: its number must not be given again")
    found = list(versions(parent))
    ours = [one for one in found if one.ours]
    old = [one for one in ours[:-keep] if not one.packaged]
    changed = {one.name: files for one in old if (files := _not_as_built(one))}
    remove = tuple(one for one in old if one.name not in changed)
    left = [
        _not_removed(one.folder, Word(_NOT_OURS, (("files", changed[one.name]),)), Severity.NOTE)
        for one in old
        if one.name in changed
    ]
    left += [_not_removed(one.folder, Word(_UNKNOWN), Severity.NOTE) for one in found if one.examined.manifest is None]
    return Plan(remove, tuple(one for one in found if one not in remove), tuple(left))


def _not_as_built(version: Version) -> tuple[str, ...]:
    """Return the files of a version that are not as they were built, lock files and a person's own notes among them."""
    files = (str(one.facts.get("file", ".")) for one in version.examined.findings)
    return tuple(file for file in files if file.rpartition("/")[2].casefold() not in _LITTER)


def remove(version: Version, sleep: Callable[[float], None] = time.sleep) -> Finding | None:
    """Remove a version: first its name, in one step, then its files; return what hindered it.

    Whenever it breaks off, the version is either whole under its name or a temporary folder, which a later build
    removes like any other.
    """
    temporary = disk.temporary_in(version.folder.parent)
    try:
        if disk.is_link(version.folder):
            return _not_removed(version.folder, Word(say.A_LINK))
        disk.rename_new(version.folder, temporary, sleep)
        disk.flush_folder(version.folder.parent)
    except disk.Locked:
        return _not_removed(version.folder, Word(_HELD))
    except OSError as error:
        if not os.path.lexists(temporary):
            return _not_removed(version.folder, disk.cause(error))
    disk.remove(temporary)
    if os.path.lexists(temporary):
        return _not_removed(version.folder, Word(_LEFT, (("folder", temporary.name),)))
    return None


def _not_removed(folder: Path, cause: Fact, severity: Severity = Severity.ERROR) -> Finding:
    return say.NOT_REMOVED.at(Place(str(folder)), severity=severity, version=folder.name, cause=cause)
