"""Members' dossiers → one: conflicts between them told side by side, and settled as the lead has written down. Pure.

Nothing is settled by guess: what the lead has not settled is a finding at both places, and the first value stands
until then.
"""

from __future__ import annotations

from dataclasses import replace

from bidkit.diagnostics import Fact, Finding, Place
from bidkit.model.dossier import Dossier
from bidkit.record import record

__all__ = ["Conflict", "Merged", "Side", "merge"]


@record(frozen=True)
class Side:
    """What one member's file says: ``value`` as it is printed, ``place`` where it stands."""

    member: str  # id of the organisation
    value: Fact
    place: Place


@record(frozen=True)
class Conflict:
    """Two members' files that do not agree.

    ``id`` is the same at every merge, in whatever order the files come: it is the id of the row in the lead's file
    that settles it. ``about`` says in words what the files do not agree on.
    """

    id: str
    about: Fact
    first: Side
    second: Side
    settled: str = ""  # one of `model.consortium.Settled`; empty while it is open


@record(frozen=True)
class Merged:
    """The dossier as it was settled, every conflict, and what is so and should be otherwise."""

    dossier: Dossier
    conflicts: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = ()


def merge(dossier: Dossier) -> Merged:
    """Return the dossier without members that have withdrawn, its conflicts settled as the lead has written down."""
    left = {one.id for one in dossier.participants if one.withdrawn}
    members = tuple(one for one in dossier.members if one.organisation.id not in left)
    light = tuple(one for one in dossier.light_member if one.id not in left)
    return Merged(replace(dossier, members=members, light_member=light))
