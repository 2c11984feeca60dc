"""Reading a file, staying inside a folder, and naming whatever a library raises."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import ROUND_UP, Decimal
from pathlib import Path

from bidkit.diagnostics import Fact, Refused, Word
from bidkit.gate.text import clean_file, decode, printable
from bidkit.i18n import N_
from bidkit.messages import reading


def read(path: Path, *, most: int) -> bytes:
    """Return the content of a file of at most ``most`` bytes.

    Devices and pipes are not opened, for they may never end.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Refused(reading.NOT_A_FILE, kind=Word(N_("a folder")))
        if not stat.S_ISREG(found.st_mode):
            raise Refused(reading.NOT_A_FILE, kind=Word(N_("a device or a pipe")))
        if found.st_size > most:
            raise too_large(found.st_size, most)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise Refused(reading.MISSING) from None
    except PermissionError as error:
        raise Refused(reading.LOCKED) from error
    except (OSError, ValueError) as error:  # a name too long for the disk, a NUL in it, a broken drive
        raise Refused(reading.CANNOT_READ, file=printable(path.name), cause=_cause(error)) from error
    if len(data) > most:  # it has grown meanwhile
        raise too_large(len(data), most)
    return data


def too_large(size: int, most: int) -> Refused:
    """Return the refusal of a file of ``size`` bytes where ``most`` are allowed."""
    mega = [(Decimal(n) / (1 << 20)).quantize(Decimal("0.1"), rounding=ROUND_UP) for n in (size, most)]
    return Refused(reading.TOO_LARGE, size=mega[0], most=mega[1])


def inside(base: Path, relative: str) -> Path:
    r"""Return the real path of ``relative`` under ``base``, links followed; it must not lead outside.

    Paths have ``/`` between their parts on every system; drives, ``~``, ``\`` and ``:`` are refused.
    """
    refusal = Refused(reading.LEAVES_FOLDER, path=printable(relative))
    if re.match(r"[/~]", relative) or re.search(r"[\\:\x00]", relative):
        raise refusal
    try:
        real, root = Path(os.path.realpath(base / relative)), Path(os.path.realpath(base))
    except (OSError, ValueError):  # half a character, a name too long
        raise refusal from None
    if not real.is_relative_to(root):
        raise refusal
    return real


def table_in(folder: Path, name: str) -> str | None:
    """Return the text of the table ``name`` in ``folder``; None if it has none of its own."""
    with guarded(name):
        if not (folder / name).exists():
            return None
        return clean_file(decode(read(inside(folder, name), most=1 << 20)))


@contextmanager
def guarded(file: str) -> Iterator[None]:
    """Turn whatever a library raises inside into "FILE cannot be read: CAUSE".

    The libraries' exceptions are not an interface: on damaged files they raise KeyError, TypeError,
    struct.error and many more. `Refused` and KeyboardInterrupt pass; the original stays as the cause.
    """
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        raise Refused(reading.CANNOT_READ, file=printable(file), cause=_cause(error)) from error


def _causes() -> tuple[tuple[tuple[type[BaseException], ...], str], ...]:
    import zipfile
    import zlib

    return (
        ((MemoryError,), N_("it takes more memory than there is")),
        ((RecursionError,), N_("it is nested too deep")),
        ((zipfile.BadZipFile, zlib.error, EOFError), N_("it is damaged or cut short")),
        ((PermissionError,), N_("it is open in another program, or you have no right to read it")),
        ((FileNotFoundError,), N_("something in it refers to a file that is not there")),
    )


def _cause(error: BaseException) -> Fact:
    for kinds, msgid in _causes():
        if isinstance(error, kinds):
            return Word(msgid)
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return printable(f"{type(error).__name__}: {words}" if words else type(error).__name__, 200)
