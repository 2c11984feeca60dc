"""Members' dossiers → one: conflicts between them told side by side, and settled as the lead has written down. Pure.

Nothing is settled by guess: what the lead has not settled is a finding with both places, and the first value stands
until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from bidkit.diagnostics import Finding
from bidkit.i18n import Translator
from bidkit.merge import certificates, organisations, overlaps, participants, says, services, settle
from bidkit.merge.conflict import Conflict, Side
from bidkit.merge.draft import own_rows
from bidkit.model.consortium import Resolution
from bidkit.model.dossier import Dossier, Member
from bidkit.model.evidence import Outcome
from bidkit.model.service import Service
from bidkit.record import record

T = TypeVar("T", Service, Outcome)

__all__ = ["Conflict", "Merged", "Side", "merge", "rows"]


@record(frozen=True)
class Merged:
    """The dossier as it was settled, every conflict, and what is so and should be otherwise."""

    dossier: Dossier
    conflicts: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = ()


def merge(dossier: Dossier) -> Merged:
    """Return the dossier without members that have withdrawn, its conflicts settled as the lead has written down.

    Members come in the order of their ids, the lead first, whatever order they are given in.
    """
    given = _sorted(dossier)
    desk = settle.Desk(given)
    here, left = participants.without_withdrawn(given)
    apart = desk.settle(here, organisations.of_one_id)
    once = _set_aside(here, desk.settle(_sorted(apart), organisations.find))
    settled = desk.settle(once, services.find, overlaps.find, certificates.find, says.find, organisations.rivals)
    first, *others = _once(settled).members
    whole = replace(settled, members=(first, *(own_rows(one, desk.shared) for one in others)))
    found = (*participants.find(given), *left, *organisations.roles(once), *certificates.expired(once))
    return Merged(whole, tuple(desk.conflicts), (*found, *desk.findings, *desk.report()))


def rows(merged: Merged, words: Translator) -> tuple[Resolution, ...]:
    """Return a row for each conflict that is open, with both values worded; the lead fills in how it is settled."""
    return settle.rows(merged.conflicts, words)


def _sorted(dossier: Dossier) -> Dossier:
    lead = dossier.consortium.lead if dossier.consortium else ""

    def place(one: Member) -> tuple[bool, bool, str, bool, str]:
        id_, file = one.organisation.id, one.organisation.at.file
        # Without a lead whoever lies on top leads; of two with one id that in the folder of this name comes first.
        return id_ != lead, "/" in file, id_, f"/{id_}/" not in file, file

    return replace(dossier, members=tuple(sorted(dossier.members, key=place)))


def _set_aside(before: Dossier, after: Dossier) -> Dossier:
    """Return ``after`` without anybody looking for the services of the members that are no longer in it."""
    gone = _ids(before) - _ids(after)
    aside = {**after.set_aside, "services": frozenset(after.set_aside.get("services", ())) | gone}
    return replace(after, set_aside=aside) if gone else after


def _ids(dossier: Dossier) -> frozenset[str]:
    return frozenset(one.id for member in dossier.members for one in member.services)


def _once(dossier: Dossier) -> Dossier:
    """Return the dossier with each service and outcome row once, under the member that comes first."""
    members = []
    seen: dict[str, set[str]] = {"services": set(), "outcomes": set()}
    for member in dossier.members:
        shared = {one.id: one for one in member.services if one.id in seen["services"]}
        members.append(
            replace(
                member,
                services=tuple(_fresh(member.services, seen["services"])),
                outcomes=tuple(_fresh(member.outcomes, seen["outcomes"])),
                shared={**member.shared, **shared},
            )
        )
    return replace(dossier, members=tuple(members))


def _fresh(entries: Iterable[T], seen: set[str]) -> Iterator[T]:
    for entry in entries:
        if entry.id not in seen:
            seen.add(entry.id)
            yield entry
