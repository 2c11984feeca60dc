"""Which of what was sent is taken: one dossier a member, none of which could be mistaken for another's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bidkit import gate
from bidkit.diagnostics import Finding, Place
from bidkit.dossier.folder import Raw, read_folder
from bidkit.dossier.members import folder_of
from bidkit.gather import store
from bidkit.gather.log import Log
from bidkit.gather.sources import HOLDS, Sent, identity
from bidkit.merge.conflict import folded
from bidkit.messages import gathering as say
from bidkit.record import record


@record(frozen=True)
class There:
    """A member that is in the lead's folder already. ``folder`` is where, "" if at its top; ``raw`` once it is read."""

    folder: str
    id: str
    business_id: str
    files: Mapping[str, str]
    raw: Raw | None


def members_folder(folder: Path) -> str:
    """Return what the folder of the members' folders is called."""
    found = folder_of(folder)
    return found.name if found else "jasenet"


def there(folder: Path, sent: Iterable[Sent], log: Log) -> list[There]:
    """Return the members in the lead's folder; of several folders with one id that of its name comes first.

    Of those that sent something now, what is as it came is not read again.
    """
    own = {gate.file_name(one.id): one.id for one in sent}
    whose = {(one.file, one.sha256): id_ for id_, held in log.current.items() for one in held}
    within = folder / members_folder(folder)
    found: list[There] = []
    for path in sorted(within.iterdir()) if within.is_dir() else ():
        if not path.is_dir() or path.name[0] in "._":
            continue
        files, place = store.files_in(path), f"{within.name}/{path.name}"
        came = {whose.get((f"{place}/{file}", digest), "") for file, digest in files.items()}
        known = came.pop() if len(came) == 1 else ""
        if known in own.values():
            found.append(There(place, known, "", files, None))
        elif files:
            found.append(_told(read_folder(path, HOLDS), place, files, own.get(path.name, "")))
    found.sort(key=lambda one: one.folder != f"{within.name}/{gate.file_name(one.id or '-')}")
    top = read_folder(folder, HOLDS) if folder.is_dir() else None
    if top is not None and identity(top)[0]:
        found.append(_told(top, "", {file: digest for file, digest in top.digests.items() if "/" not in file}))
    return found


def _told(raw: Raw, place: str, files: Mapping[str, str], otherwise: str = "") -> There:
    """Return whose files these are; ``otherwise`` tells it if they cannot."""
    _, entry = identity(raw)
    id_, business = (str(entry.get(name) or "") for name in ("id", "business_id"))
    return There(place, id_ or otherwise, business, files, raw)


def choose(sent: Iterable[Sent], known: Iterable[There]) -> tuple[list[Sent], list[Finding]]:
    """Return what is taken, and why the rest is not. Whatever the order, the outcome is the same."""
    once: dict[Any, Sent] = {}
    found: list[Finding] = []
    for one in sent:
        first = once.setdefault((one.id, one.mark), one)
        if first is not one:
            found.append(say.SAME_FILE.at(Place(_shown(one)), first=_shown(first)))
    distinct = list(once.values())
    known = list(known)
    refused = {id(one): told for one in distinct if (told := _clash(one, distinct, known))}
    return [one for one in distinct if id(one) not in refused], [*found, *refused.values()]


def _clash(one: Sent, sent: list[Sent], known: list[There]) -> Finding | None:
    """Say whose dossier could be mistaken for this one."""
    others = [other for other in sent if other is not one]
    for other in others:
        if other.id == one.id:
            return say.SAME_MEMBER.at(one.at, id=one.id, other=_shown(other))
    near = [*((other.id, _shown(other)) for other in others), *((k.id, k.folder or k.id) for k in known)]
    for id_, where in near:
        if id_ and id_ != one.id and folded(id_) == folded(one.id):
            return say.NEAR_ID.at(one.at, id=one.id, other=id_, where=where)
    for id_, business, where in _businesses(others, known):
        if one.business_id and id_ != one.id and _digits(business) == _digits(one.business_id):
            return say.SAME_BUSINESS_ID.at(one.at, id=one.id, business_id=one.business_id, other=id_, where=where)
    return None


def _businesses(others: Iterable[Sent], known: Iterable[There]) -> Iterator[tuple[str, str, str]]:
    yield from ((one.id, one.business_id, _shown(one)) for one in others)
    yield from ((one.id, one.business_id, one.folder or one.id) for one in known)


def _digits(business_id: str) -> str:
    return re.sub(r"\D", "", business_id)


def _shown(one: Sent) -> str:
    return gate.printable(one.path.as_posix(), 260)
