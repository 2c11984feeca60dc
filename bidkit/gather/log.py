"""The log of a merge: which file of which member arrived when, by its SHA-256, and which it replaced."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from bidkit.record import record

NAME = "yhdistaminen.json"
_FORMAT = 1


class Received(NamedTuple):
    """A file as it arrived: where it is in the lead's folder, what its sender called it, SHA-256, day (ISO).

    ``kept`` is where it is kept since another replaced it.
    """

    file: str
    name: str
    sha256: str
    day: str
    kept: str = ""


@record(frozen=True)
class Log:
    """What has arrived, by member: the files in use and earlier ones; ``written`` are the digests of what we wrote."""

    current: Mapping[str, tuple[Received, ...]]
    previous: Mapping[str, tuple[Received, ...]]
    written: Mapping[str, str]

    def known(self, member: str, file: str, sha256: str) -> Received | None:
        """Return the entry of a file with this content, if it has arrived before; its folder may have been renamed."""
        both = (*self.current.get(member, ()), *self.previous.get(member, ()))
        same = [one for one in both if one.sha256 == sha256]
        return next((one for one in same if one.file == file), same[0] if same else None)

    def ours(self, data: bytes) -> bool:
        """Say whether we wrote this, so that nobody has worked in it."""
        return hashlib.sha256(data).hexdigest() in self.written.values()


EMPTY = Log({}, {}, {})


def parse(data: bytes) -> Log | None:
    """Return what a log says; None if it is none of ours."""
    try:
        said = json.loads(data)
        members: dict[str, Any] = said["members"]
        return Log(
            {id_: _entries(one["files"]) for id_, one in members.items()},
            {id_: _entries(one["previous"]) for id_, one in members.items()},
            {str(file): str(digest) for file, digest in said["written"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _entries(kept: Iterable[Mapping[str, str]]) -> tuple[Received, ...]:
    return tuple(
        Received(one["file"], one["name"], one["sha256"], one["received"], one.get("kept", "")) for one in kept
    )


def dump(log: Log) -> bytes:
    """Return a log as it is stored: the same content gives the same bytes."""
    members = {
        id_: {"files": _plain(log.current.get(id_, ())), "previous": _plain(log.previous.get(id_, ()))}
        for id_ in sorted({*log.current, *log.previous})
    }
    said = {"format": _FORMAT, "members": members, "written": dict(sorted(log.written.items()))}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(entries: Iterable[Received]) -> list[dict[str, str]]:
    return [
        {"file": one.file, "name": one.name, "sha256": one.sha256, "received": one.day}
        | ({"kept": one.kept} if one.kept else {})
        for one in sorted(entries)
    ]
