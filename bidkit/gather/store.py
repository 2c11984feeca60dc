"""Writes to the lead's folder: a file is whole or not there, and what is replaced is kept first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from bidkit.dossier.folder import is_marked_copy
from bidkit.gather.log import Received
from bidkit.publish import copies, disk

EARLIER = "aiemmat"  # in a member's folder: its files that others have replaced


class Step(NamedTuple):
    """One file to be put in place, or taken out of it without ``data``; ``kept`` tells where the old one is kept."""

    file: str
    data: bytes | None
    kept: Received | None = None


def apply(folder: Path, step: Step) -> None:
    """Do one step. Raises OSError if the disk refuses; then the old file is still there."""
    target = folder / step.file
    if step.kept and target.is_file():
        _put(folder / step.kept.kept, disk.read(target))
    if step.data is None:
        target.unlink(missing_ok=True)
        with suppress(OSError):  # the last file of a folder of text files takes the folder along
            target.parent.rmdir()
    else:
        _put(target, step.data)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    copies.replace(path, data)


def files_in(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a member, by its path in ``folder``; earlier ones are left out."""
    return {file.relative_to(folder).as_posix(): digest(file) for file in _walk(folder, folder)}


def digest(file: Path) -> str:
    """Return the SHA-256 of a file; empty if it cannot be read."""
    try:
        return hashlib.sha256(disk.read(file)).hexdigest()
    except OSError:
        return ""


def _walk(folder: Path, top: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name[0] in "._~" or path.is_symlink() or is_marked_copy(path.name):
            continue
        if path.is_dir() and (folder != top or path.name not in (EARLIER, "out")):
            yield from _walk(path, top)
        elif path.is_file():
            yield path
