"""What the lead's folder holds after a merge, and what is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from bidkit.diagnostics import Finding, Place
from bidkit.dossier.difference import Difference
from bidkit.dossier.folder import Raw
from bidkit.dossier.load import Loaded
from bidkit.gather import log as logs
from bidkit.gather.log import Log, Received
from bidkit.merge import Conflict
from bidkit.model.dossier import Dossier
from bidkit.record import record


@record(frozen=True)
class Row:
    """One member: ``state`` is new, changed, unchanged, kept (nothing was sent now), missing or withdrawn."""

    id: str
    name: str
    role: str
    state: str
    files: tuple[Received, ...] = ()
    changes: Difference | None = None
    faults: int = 0  # errors in its files
    folder: str = ""
    language: str = ""
    place: Place | None = None  # its row in the lead's file


@record(frozen=True)
class Gathered:
    """What the folder holds now, and what is open. ``dossier`` is None if too little could be read to compare."""

    folder: Path
    lead: str
    members: tuple[Row, ...]
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...] = ()
    dossier: Dossier | None = None
    loaded: Loaded | None = None
    lead_file: str = ""  # name of the lead's file, "" if it is kept in text files
    begun: bool = False  # whether it was written now
    additions: str = ""  # name of the file with rows to copy
    written: tuple[str, ...] = ()
    log: Log = logs.EMPTY
    raws: Mapping[str, Raw] = field(default_factory=dict)  # member → what its files say

    @property
    def open(self) -> tuple[Conflict, ...]:
        """The conflicts that nobody has settled."""
        return tuple(one for one in self.conflicts if not one.settled)
