"""Publish a version: temporary folder, flush, read back, manifest, one rename."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bidkit.diagnostics import Finding, Place
from bidkit.messages import publishing as say
from bidkit.publish import disk, manifest, office
from bidkit.publish.whole import NUMBERED, examine, newest

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@dataclass(frozen=True, slots=True)
class Published:
    """The version that now holds the bid, whether it is new, and what hindered it (``folder`` is then None)."""

    folder: Path | None
    new: bool
    findings: tuple[Finding, ...] = ()


def publish(
    files: Mapping[str, bytes],
    parent: Path,
    *,
    build_id: str,
    inputs: Mapping[str, str],
    program: str,
    sleep: Callable[[float], None] = time.sleep,
) -> Published:
    """Make ``parent/v0001`` (the next free number) out of ``files`` (relative path → bytes) and a manifest.

    ``inputs`` is file → SHA-256. If the newest version is whole and has the same build id, it is returned and
    nothing is written. What the disk refuses is a finding; existing versions are never touched.
    """
    outputs = {path: manifest.Output.of(files[path]) for path in sorted(files)}
    if manifest.NAME in files or not all(manifest.is_inside(path) for path in files):
        raise ValueError(f"not names of output files: {sorted(files)}")
    listing = manifest.Manifest(build_id, program, dict(inputs), outputs).dump()
    try:
        if hindrance := _prepare(parent):
            return Published(None, False, (hindrance,))
        last = newest(parent)
        if last and _is_build(last, build_id):
            return Published(last, False)
        return _make({**files, manifest.NAME: listing}, parent, build_id, sleep)
    except OSError as error:
        needed = sum(map(len, files.values())) + len(listing)
        return Published(None, False, (_told(error, parent, needed),))


def _is_build(folder: Path, build_id: str) -> bool:
    """Tell whether a version is whole and is this build."""
    found = examine(folder, exposed=False)
    return found.whole and found.manifest is not None and found.manifest.build_id == build_id


def _prepare(parent: Path) -> Finding | None:
    """Make the output folder if it is not there; say what stands in its way."""
    place, folder = Place(str(parent)), str(parent)
    if disk.is_link(parent):
        return say.FOLDER_IS_LINK.at(place, folder=folder)
    if parent.is_dir():
        return None
    if parent.exists():
        return say.NOT_A_FOLDER.at(place, folder=folder)
    if not parent.parent.is_dir():
        return say.FOLDER_MISSING.at(place, folder=parent.name, above=str(parent.parent))
    try:
        disk.make_folder(parent)
    except FileExistsError:  # another build made it meanwhile
        return None if parent.is_dir() else say.NOT_A_FOLDER.at(place, folder=folder)
    disk.flush_folder(parent.parent)
    return None


def _make(files: Mapping[str, bytes], parent: Path, build_id: str, sleep: Callable[[float], None]) -> Published:
    temporary = disk.make_temporary(parent)
    done = False
    try:
        disk.remove_stale(parent, temporary)
        _write(files, temporary)
        if faults := _read_back(files, temporary, build_id):
            return Published(None, False, faults)
        version = _name(temporary, parent, sleep)
        done = True
    except _Kept as kept:
        done = True
        return Published(None, False, (kept.finding,))
    finally:
        if not done:
            disk.remove(temporary)
    try:
        disk.flush_folder(parent)
    except OSError as error:
        unsure = say.NOT_SURE.at(Place(str(version)), version=str(version), cause=disk.cause(error))
        return Published(version, True, (unsure,))
    return Published(version, True)


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write all files into a new folder and have them and their names stored."""
    inner = {above for path in files for above in PurePosixPath(path).parents if above.name}
    folders = [folder / path for path in sorted(inner)]  # a folder sorts before what is in it
    for one in folders:
        disk.make_folder(one)
    for path, data in files.items():
        disk.write_new(folder / path, data)
    for one in (*reversed(folders), folder):
        disk.flush_folder(one)


def _read_back(files: Mapping[str, bytes], folder: Path, build_id: str) -> tuple[Finding, ...]:
    """Compare what the disk holds with what was meant, and open what people will open."""
    found = []
    for path, meant in files.items():
        place = Place(path)
        data = disk.read(folder / path)
        if data != meant:
            found.append(say.READ_BACK.at(place, file=path))
        elif office.suffix(path) and (cause := office.fault(path, data, build_id)):
            found.append(say.MADE_FAULTY.at(place, file=path, cause=cause))
    return tuple(found)


class _Kept(Exception):  # noqa: N818
    """The finished version could not be named and was kept."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def _name(temporary: Path, parent: Path, sleep: Callable[[float], None]) -> Path:
    """Rename the finished folder to the next free number; who loses a race takes the number after."""
    taken = (NUMBERED.match(entry.name) for entry in parent.iterdir())
    number = max((int(match[1]) for match in taken if match), default=0) + 1
    while True:
        version = parent / f"v{number:04}"
        try:
            disk.rename_new(temporary, version, sleep)
        except FileExistsError:
            number += 1
        except disk.Locked:
            place, kept = Place(str(temporary)), str(temporary)
            raise _Kept(say.LOCKED.at(place, temporary=kept, version=version.name)) from None
        else:
            return version


def _told(error: OSError, parent: Path, needed: int) -> Finding:
    """Word what the operating system refused."""
    place, folder = Place(str(parent)), str(parent)
    if error.errno in _FULL:
        return say.DISK_FULL.at(place, folder=folder, needed=-(-needed // 1024))
    message = say.NO_PERMISSION if error.errno in _FORBIDDEN else say.DISK_ERROR
    return message.at(place, folder=folder, cause=disk.cause(error))
