"""What ``bidkit merge --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bidkit.cli import machine
from bidkit.cli.diff import for_machines
from bidkit.consortium.readiness import readiness

if TYPE_CHECKING:
    from bidkit.gather import Gathered, Row
    from bidkit.i18n import Translator
    from bidkit.merge import Side


def content(found: Gathered, words: Translator, mails: tuple[str, ...]) -> dict[str, Any]:
    """Return members, conflicts, what is agreed, and what was written."""
    return {
        "folder": found.folder.as_posix(),
        "lead": found.lead,
        "members": [_member(one) for one in found.members],
        "conflicts": [
            {
                "id": one.id,
                "about": words.about(one.second.place).fact(one.about),
                "first": _side(one.first, words),
                "second": _side(one.second, words),
                "settled": one.settled or None,
            }
            for one in found.conflicts
        ],
        "agreements": [
            {"topic": one.topic, "state": one.state, "place": str(one.place)}
            for one in (readiness(found.dossier) if found.dossier else ())
        ],
        "findings": [{**machine.brief(one, words), "hint": words.hint(one)} for one in found.findings],
        "lead_file": found.lead_file or None,
        "additions": found.additions or None,
        "written": [*found.written, *mails],
    }


def _member(one: Row) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name or None,
        "role": one.role or None,
        "state": one.state,
        "faults": one.faults,
        "files": [
            {"file": file.file, "name": file.name, "sha256": file.sha256, "received": file.day} for file in one.files
        ],
        "changes": for_machines(one.changes) if one.changes is not None else None,
    }


def _side(side: Side, words: Translator) -> dict[str, Any]:
    value = words.about(side.place).fact(side.value)
    return {"member": side.member, "value": value, "place": str(side.place)}
