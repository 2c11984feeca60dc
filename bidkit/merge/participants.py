"""Who takes part and who has sent a file; what is left of those that have withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import PurePosixPath

from bidkit.diagnostics import Finding, Place, Severity
from bidkit.merge.conflict import folded
from bidkit.messages import merging
from bidkit.model.dossier import Dossier


def without_withdrawn(dossier: Dossier) -> tuple[Dossier, tuple[Finding, ...]]:
    """Return the dossier without members that have withdrawn, and what still names them or their services.

    Their services are remembered as set aside, so that nobody looks for them. A dossier has a member always: if all
    have withdrawn, the first one stays, and its withdrawal is an error.
    """
    rows = {one.id: one for one in dossier.participants if one.withdrawn}
    gone = [one for one in dossier.members if one.organisation.id in rows]
    members = tuple(one for one in dossier.members if one.organisation.id not in rows)
    light = tuple(one for one in dossier.light_member if one.id not in rows)
    found: list[Finding] = []
    if not members:
        row = rows[dossier.members[0].organisation.id]
        found.append(merging.ALL_WITHDRAWN.at(row.at.of("withdrawn")))
        members, gone = dossier.members[:1], list(dossier.members[1:])
    elif dossier.consortium and (lead := dossier.consortium.lead) in rows:
        found.append(merging.LEAD_WITHDRAWN.at(dossier.consortium.at.of("lead"), id=lead))
    left = frozenset(s.id for m in gone for s in m.services) - {s.id for m in members for s in m.services}
    owner = {s.id: m.organisation.name for m in gone for s in m.services}
    found += [
        merging.SERVICE_WITHDRAWN.at(place, service=id_, member=owner[id_])
        for id_, place in _services_named(dossier)
        if id_ in left
    ]
    aside = dict(dossier.set_aside)
    aside["services"] = frozenset(aside.get("services", frozenset())) | left
    return replace(dossier, members=members, light_member=light, set_aside=aside), tuple(found)


def _services_named(dossier: Dossier) -> Iterator[tuple[str, Place]]:
    """Yield every service that the lead's files name, with its place."""
    for offer in dossier.lot_offers:
        for index, id_ in enumerate(offer.services):
            spot = offer.at.fields.get(f"services[{index}]")
            yield id_, Place(offer.at.file, spot) if spot else offer.at.of("services")
        yield from ((part.service, part.at.of("service")) for part in offer.capacity)
    yield from ((price.service, price.at.of("service")) for price in dossier.prices)
    yield from ((step.service, step.at.of("service")) for step in dossier.client_path if step.service)


def find(dossier: Dossier) -> Iterator[Finding]:
    """Yield who is missing, who is not listed, and what is unclear about the lead, of all files that were sent."""
    if dossier.consortium is None or "participants" in dossier.incomplete:
        return
    sent = {one.organisation.id: one.organisation.at for one in dossier.members}
    sent |= {one.id: one.at for one in dossier.light_member}
    yield from _lead(dossier, sent)
    listed = {one.id for one in dossier.participants} | dossier.set_aside.get("participants", frozenset())
    if not listed:
        yield merging.NO_PARTICIPANTS.at(dossier.home("participants"), members=tuple(sorted(sent)))
        return
    mistaken = yield from _missing(dossier, sent, listed)
    for id_, at in sent.items():
        if id_ not in listed and id_ not in mistaken:
            yield merging.NOT_LISTED.at(at.of("id"), id=id_)


def _missing(dossier: Dossier, sent: dict[str, Place], listed: Collection[str]) -> Generator[Finding, None, set[str]]:
    """Yield the participants that have sent no file; return the ids of files whose id was mistyped in their rows."""
    free = [id_ for id_ in sent if id_ not in listed]
    folders = {folded(PurePosixPath(file).parent.name) for file in dossier.digests}
    mistaken: set[str] = set()
    for row in dossier.participants:
        if row.id in sent or row.withdrawn:
            continue
        if near := near_to(row.id, free):
            mistaken.add(near)
            yield merging.MISSING_NEAR.at(row.at.of("id"), id=row.id, near=near, where=str(sent[near]))
        elif folded(row.id) not in folders:  # what was sent and could not be read has been told of
            weight = Severity.WARNING if row.role == "subcontractor" else None
            yield merging.MISSING_FILE.at(row.at.of("id"), severity=weight, id=row.id)
    return mistaken


def _lead(dossier: Dossier, sent: dict[str, Place]) -> Iterator[Finding]:
    """Yield what the lead's own file says of the lead in two ways, or of nobody who has sent a file."""
    assert dossier.consortium is not None
    lead, at = dossier.consortium.lead, dossier.consortium.at.of("lead")
    leads = [one for one in dossier.participants if one.role == "lead"]
    for other in leads[1:]:
        yield merging.TWO_LEADS.at(other.at.of("role"), first=leads[0].id, second=other.id)
    if not leads and dossier.participants and not dossier.set_aside.get("participants"):
        yield merging.NO_LEAD.at(dossier.home("participants"), lead=lead)
    elif leads and lead not in {one.id for one in leads}:
        yield merging.OTHER_LEAD.at(at, lead=lead, other=leads[0].id, where=str(leads[0].at.of("role")))
    near = near_to(lead, sent)
    if lead not in sent and near:
        yield merging.LEAD_NEAR.at(at, id=lead, near=near)
    elif lead not in sent and lead not in {one.id for one in dossier.participants}:
        yield merging.LEAD_UNKNOWN.at(at, id=lead, members=tuple(sorted(sent)))


def near_to(id_: str, known: Iterable[str]) -> str:
    """Return the id that is most likely meant; empty if none is."""
    marks = {folded(one): one for one in known}
    near = get_close_matches(folded(id_), marks, n=1, cutoff=0.75)
    return marks[near[0]] if near else ""
