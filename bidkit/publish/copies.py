"""Marked copies beside the user's workbooks: renewed while nobody has touched them, never written over otherwise."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from bidkit.diagnostics import Finding, Place
from bidkit.messages import publishing as say
from bidkit.publish import disk

_MOST = 20  # copies that people have kept by working in them
_LARGEST = 50 << 20  # bytes; a larger file is none of ours

Edited = Callable[[bytes], bool | None]


class Copy(NamedTuple):
    """Where a copy was put, or None if it could not be, with what was found on the way."""

    path: Path | None
    findings: tuple[Finding, ...]


def put(folder: Path, name: str, data: bytes, edited: Edited) -> Copy:
    """Write a copy called ``name``, or ``name (2)`` if somebody has worked in that one or holds it open.

    ``edited`` tells from its bytes whether a file is a copy of ours that somebody has changed; None: not ours.
    """
    found: list[Finding] = []
    for number in range(1, _MOST + 1):
        path = folder / _numbered(name, number)
        there = _there(path)
        if there is not None and (changed := edited(there)) is not False:
            if changed:
                found.append(say.COPY_EDITED.at(Place(path.name), file=path.name))
            continue
        try:
            if there != data:
                replace(path, data)
        except PermissionError:
            if os.path.lexists(path):
                continue  # open in Excel
            return _refused(name, PermissionError(13, os.strerror(13)), found)
        except OSError as error:
            return _refused(name, error, found)
        return Copy(path, tuple(found))
    return Copy(None, tuple(found))


def remove(folder: Path, name: str, edited: Edited) -> None:
    """Remove a copy whose marks no longer hold, if nobody has worked in it."""
    path = folder / name
    there = _there(path)
    if there is not None and edited(there) is False:
        with suppress(OSError):  # open in Excel: it stays
            path.unlink()


def _there(path: Path) -> bytes | None:
    """Return what a path holds; empty if it is there but is no file that can be read, None if nothing is."""
    if not os.path.lexists(path):
        return None
    try:
        return disk.read(path, _LARGEST)
    except OSError:
        return b""


def replace(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` in one step: a reader sees the old file or the new one, never half of it."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        disk.write_new(temporary, data)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


def _refused(name: str, error: OSError, found: list[Finding]) -> Copy:
    refusal = say.COPY_NOT_WRITTEN.at(Place(name), file=name, cause=disk.cause(error))
    return Copy(None, (*found, refusal))


def _numbered(name: str, number: int) -> str:
    stem, dot, ending = name.rpartition(".")
    return name if number == 1 else f"{stem} ({number}){dot}{ending}"
