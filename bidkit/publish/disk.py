# ruff: noqa: PTH102, PTH104, PTH116  (by their own names: the crash tests put a fault at each call in turn)
"""The disk, one system call at a time: create new, write all, flush, read back, rename once."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from bidkit.diagnostics import Fact, Word
from bidkit.messages import publishing as say

# Seconds between tries while a virus scanner or OneDrive holds the folder: five tries more, 3 s in all.
PAUSES = (0.1, 0.3, 0.6, 1.0, 1.0)
STALE = 24 * 60 * 60
_TEMPORARY = re.compile(r"\.tmp-[0-9a-f]{16}")
_BINARY: int = getattr(os, "O_BINARY", 0)
_NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
_PIECE = 1 << 20


class Locked(Exception):  # noqa: N818
    """Another program holds the folder: it could not be renamed within the time given."""


def make_temporary(parent: Path) -> Path:
    """Make a new folder in ``parent`` with a name that only we give."""
    folder = temporary_in(parent)
    os.mkdir(folder)
    return folder


def temporary_in(parent: Path) -> Path:
    """Return a name in ``parent`` that only we give: what bears it is rubbish unless somebody is at work on it."""
    return parent / f".tmp-{secrets.token_hex(8)}"


def remove_stale(parent: Path, fresh: Path) -> None:
    """Remove what killed builds left: our own temporary folders more than a day older than ``fresh``.

    Age is measured against ``fresh``, just made in the same file system, so that neither our clock nor that
    of a file server is believed. What cannot be removed stays for the next run.
    """
    now = os.stat(fresh).st_mtime
    with os.scandir(parent) as entries:
        ours = [e for e in entries if _TEMPORARY.fullmatch(e.name) and e.is_dir(follow_symlinks=False)]
    for entry in ours:
        try:
            old = now - entry.stat(follow_symlinks=False).st_mtime > STALE
        except OSError:
            continue
        if old:
            remove(Path(entry.path))


def remove(folder: Path) -> None:
    """Remove a temporary folder; what another program holds stays."""
    shutil.rmtree(folder, ignore_errors=True)


def write_new(path: Path, data: bytes) -> None:
    """Create ``path``, which must not exist, not even as a link, and have all of ``data`` stored."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NOFOLLOW, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            written = os.write(handle, rest)
            if written <= 0:
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
            rest = rest[written:]
        os.fsync(handle)
        if sys.platform == "linux":  # so that reading back asks the disk and not the page cache
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def read(path: Path, limit: int | None = None) -> bytes:
    """Return the bytes of a file as they are on the disk, at most ``limit``; a link is not followed."""
    handle = os.open(path, os.O_RDONLY | _BINARY | _NOFOLLOW)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        pieces: list[bytes] = []
        left = limit
        while left is None or left > 0:
            piece = os.read(handle, _PIECE if left is None else min(_PIECE, left))
            if not piece:
                break
            pieces.append(piece)
            left = None if left is None else left - len(piece)
        return b"".join(pieces)
    finally:
        os.close(handle)


def make_folder(path: Path) -> None:
    """Make one folder, which must not exist."""
    os.mkdir(path)


def flush_folder(path: Path) -> None:
    """Have the names in a folder stored; Windows cannot and need not, some network drives cannot."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def rename_new(temporary: Path, target: Path, sleep: Callable[[float], None]) -> None:
    """Give a finished folder its name in one step.

    Raises FileExistsError if the name is taken, `Locked` if another program holds the folder for more than
    3 s, and OSError otherwise. (POSIX would replace an *empty* folder: hence the look before.)
    """
    for pause in (*PAUSES, None):
        if os.path.lexists(target):
            raise FileExistsError(target)
        try:
            os.rename(temporary, target)
        except PermissionError:
            if pause is None:
                raise Locked from None
            sleep(pause)
        except OSError:
            if os.path.lexists(target):
                raise FileExistsError(target) from None
            raise
        else:
            return


def is_link(path: Path) -> bool:
    """Tell whether a path is a link, or on Windows a junction."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == 0xA0000003


def cause(error: OSError) -> Fact:
    """Return why the operating system refused."""
    known = say.CAUSES.get(error.errno or 0)
    return Word(known) if known else error.strerror or type(error).__name__
