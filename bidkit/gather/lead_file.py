"""The lead's own file: begun once with who takes part and what is to be settled, and from then on the lead's alone.

What comes up later is written to a file beside it, in rows that can be copied as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from bidkit.dossier import sheets
from bidkit.dossier.folder import TO_SETTLE
from bidkit.dossier.workbook_writer import workbooks
from bidkit.dossier.written import of_entries
from bidkit.gather import store
from bidkit.gather.log import Log
from bidkit.model.consortium import Agreement, Consortium, Participant, Resolution, Topic
from bidkit.publish import copies
from bidkit.record import record

NAMES = {names["consortium"]: language for language, names in sheets.FILES.items()}


@record(frozen=True)
class Begun:
    """How a consortium begins: its form and lead, who takes part in which role, and that nothing is agreed yet."""

    consortium: Consortium
    participants: tuple[Participant, ...]
    agreements: tuple[Agreement, ...]


def begin(lead: str, members: Mapping[str, bool]) -> Begun:
    """Return how the consortium of ``members`` begins; of each it is told whether it sent a light form.

    It is an umbrella if most of the others sent light forms, else a group; the lead may change it.
    """
    others = [light for id_, light in members.items() if id_ != lead]
    umbrella = sum(others) * 2 > len(others)
    role = "umbrella_member" if umbrella else "member"
    topics = [{"id": topic, "topic": topic, "agreed": False} for topic in get_args(Topic)]
    ids = sorted(members, key=lambda id_: (id_ != lead, id_))
    return Begun(
        Consortium.model_validate({"form": "umbrella" if umbrella else "group", "lead": lead}),
        tuple(Participant.model_validate({"id": id_, "role": "lead" if id_ == lead else role}) for id_ in ids),
        tuple(map(Agreement.model_validate, topics)),
    )


def untouched(folder: Path, log: Log) -> str:
    """Return the name of the lead's file if it is as we wrote it; empty if somebody has worked in it."""
    return next((name for name in NAMES if _ours(folder / name, name, log)), "")


def _ours(path: Path, name: str, log: Log) -> bool:
    return name in log.written and store.digest(path) == log.written[name]


def whole(begun: Begun, rows: Iterable[Resolution], language: str) -> bytes:
    """Return the lead's file as it begins, with the rows of what is to be settled."""
    entries = {
        "consortium": begun.consortium,
        "participants": begun.participants,
        "agreements": begun.agreements,
        "resolutions": tuple(rows),
    }
    return _book(entries, language, examples=True)


def additions(participants: Iterable[Participant], rows: Iterable[Resolution], language: str) -> bytes:
    """Return rows that the lead copies to the lead's file."""
    entries = {"participants": tuple(participants), "resolutions": tuple(rows)}
    return _book({noun: found for noun, found in entries.items() if found}, language, examples=False)


def _book(entries: Mapping[str, Any], language: str, *, examples: bool) -> bytes:
    nouns = None if examples else frozenset(entries)
    made = workbooks(of_entries(entries), language, examples=examples, only=("consortium",), nouns=nouns)
    return next(iter(made.values()))


def put_additions(folder: Path, data: bytes, language: str, log: Log) -> copies.Copy:
    """Write the rows to copy beside the lead's file, under another name if somebody has worked in the earlier one."""
    return copies.put(folder, TO_SETTLE[language], data, lambda there: not log.ours(there))


def remove_additions(folder: Path, log: Log, *, but: str = "") -> None:
    """Remove rows to copy that no longer hold, unless somebody has worked in them; ``but`` is written now."""
    for name in log.written:
        if name != but and name.startswith(tuple(one[:-5] for one in TO_SETTLE.values())):
            copies.remove(folder, name, lambda there: not log.ours(there))
