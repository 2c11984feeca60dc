"""``bidkit build --watch``: build again whenever a file of the dossier has been saved.

Nothing of the operating system is needed: the times and sizes of the files are looked at twice a second, and no
file is held open. A file that is being written is left to settle; one that another program has locked is waited for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bidkit.dossier.folder import is_marked_copy

INTERVAL = 0.5  # seconds between two looks
STEADY = 2  # looks in a row that must find the files as they were
TRIES = 5  # builds in a row that met a locked file, before the next save is waited for
PATIENCE = 10  # looks at a locked file before the user is told what is waited for

Look: TypeAlias = "Mapping[Path, tuple[int, int]]"

# Locks of Office and LibreOffice, halves of downloads and of saving (Excel: eight hexadecimal digits). Hidden files
# are no input either.
_NO_INPUT = re.compile(r"[.~].*|.*(~|\.(tmp|temp|part|partial|crdownload|swp|bak|lock))|[0-9A-F]{8}", re.IGNORECASE)


def is_input(name: str) -> bool:
    """Say whether a file of this name can be one that its user saves for bidkit."""
    return _NO_INPUT.fullmatch(name) is None and not is_marked_copy(name)


def look(places: Iterable[Path], aside: Iterable[Path]) -> Look:
    """Return time and size of each input file under ``places``, folders or files, without the folders ``aside``."""
    away = {os.path.realpath(one) for one in aside}
    return {file: what for place in places for file, what in _files(os.path.realpath(place), away)}


def _files(folder: str, away: set[str]) -> Iterator[tuple[Path, tuple[int, int]]]:
    try:
        if not os.path.isdir(folder):  # noqa: PTH112
            status = os.stat(folder)  # noqa: PTH116
            yield Path(folder), (status.st_mtime_ns, status.st_size)
            return
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError:
        return  # gone or closed at this moment: the next look tells
    for entry in found:
        try:
            if entry.is_dir(follow_symlinks=False):
                if entry.path not in away and not entry.name.startswith("."):
                    yield from _files(entry.path, away)
            elif is_input(entry.name):
                status = Path(entry.path).stat()  # on Windows the listing itself may lag behind
                yield Path(entry.path), (status.st_mtime_ns, status.st_size)
        except OSError:
            continue


def locked(files: Iterable[Path]) -> Path | None:
    """Return the first file that is there and cannot be opened now."""
    for file in files:
        try:
            with file.open("rb") as handle:
                handle.read(1)
        except FileNotFoundError:
            continue
        except OSError:
            return file
    return None


@dataclass
class Watch:
    """Looks at a dossier and calls ``build`` after each save, until the user ends it.

    ``places`` are the dossier and what belongs to it elsewhere, ``aside`` the folders that bidkit writes to.
    ``build`` returns whether it met a locked file. ``sleep`` and ``waiting`` (told once which file is waited for)
    are handed in, so that a test has no need to wait.
    """

    places: tuple[Path, ...]
    aside: tuple[Path, ...]
    build: Callable[[], bool]
    sleep: Callable[[float], None]
    waiting: Callable[[Path], None]
    seen: Look = field(default_factory=dict)

    def begin(self) -> None:
        """Remember the files as they are now; what is saved later is news."""
        self.seen = look(self.places, self.aside)

    def run(self) -> None:
        """Wait for saves and build; only an exception such as KeyboardInterrupt ends it."""
        while True:
            self.sleep(INTERVAL)
            self.step()

    def step(self) -> None:
        """Look once; if something has been saved, wait until it is whole and build."""
        now = look(self.places, self.aside)
        if now == self.seen:
            return
        now = self._settled(now)
        if now == self.seen:  # saved and taken back
            return
        for _ in range(TRIES):
            self.seen = now  # before the build: what is saved meanwhile is news again
            if not self.build():
                return
            self.sleep(INTERVAL)
            now = self._settled(look(self.places, self.aside))

    def _settled(self, now: Look) -> Look:
        """Return the files once none has changed for a while and each that has can be opened."""
        steady = looks = 0
        while steady < STEADY:
            self.sleep(INTERVAL)
            before, now = now, look(self.places, self.aside)
            changed = [file for file in now if now[file] != self.seen.get(file)]
            closed = locked(changed)
            steady = steady + 1 if now == before and closed is None else 0
            looks = looks + 1 if closed else 0
            if closed is not None and looks == PATIENCE:
                self.waiting(closed)
        return now
