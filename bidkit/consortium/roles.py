"""Roles against the form: who takes part as what, for whom it works, and in which conditions it is relied on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from bidkit.diagnostics import Finding, Name
from bidkit.messages import consortium as say
from bidkit.model.consortium import Form, Participant
from bidkit.model.dossier import Dossier
from bidkit.stages import Bid

ROLES: Mapping[Form, tuple[str, ...]] = {
    "group": ("lead", "member"),
    "subcontracting": ("lead", "subcontractor"),
    "reliance": ("lead", "capacity", "subcontractor"),
    "umbrella": ("lead", "umbrella_member"),
}
# Whoever lends references or people must do that work itself (Act 1397/2016 section 92; unverified).
DOING = frozenset({"references", "reference_size", "reference_recency", "staff_experience", "staff_qualification"})


def taking_part(dossier: Dossier) -> tuple[Participant, ...]:
    """Return the participants that have not withdrawn."""
    return tuple(one for one in dossier.participants if not one.withdrawn)


def names(dossier: Dossier) -> dict[str, str]:
    """Return id → name of every organisation that has sent its files or its form."""
    small = {one.id: one.name for one in dossier.light_member}
    return small | {one.organisation.id: one.organisation.name for one in dossier.members}


def parties(dossier: Dossier) -> frozenset[str]:
    """Return the ids of those who sign the contract: in a group its members, else the lead alone."""
    if dossier.consortium is None:
        return frozenset(one.organisation.id for one in dossier.members)
    if dossier.consortium.form != "group":
        return frozenset({dossier.consortium.lead})
    others = {one.id for one in dossier.participants if one.role not in ("lead", "member")}
    return frozenset({dossier.consortium.lead, *names(dossier)} - others)


def findings(bid: Bid) -> Iterator[Finding]:
    """Find roles that the form does not have, chains of work that lead nowhere, and reliance without effect."""
    form = bid.dossier.consortium.form if bid.dossier.consortium else None
    here = taking_part(bid.dossier)
    for one in here:
        if form is not None and one.role not in ROLES[form]:
            roles = tuple(Name(code=role) for role in ROLES[form])
            place = one.at.of("role")
            yield say.ROLE_OUT_OF_FORM.at(place, id=one.id, role=_code(one.role), form=_code(form), roles=roles)
    yield from _chains(bid.dossier, here)
    if form is not None:
        for one in here:
            yield from _reliance(bid, form, one)


def _code(word: str) -> Name:
    return Name(code=word)


def _chains(dossier: Dossier, here: tuple[Participant, ...]) -> Iterator[Finding]:
    known = {*names(dossier), *(one.id for one in here)}
    works_for = {one.id: one.works_for for one in here if one.works_for}
    told: set[str] = set()
    for one in here:
        whom = works_for.get(one.id)
        if whom is None:
            continue
        if whom not in known and not dossier.lost("participants", whom):
            near = tuple(get_close_matches(whom, sorted(known), n=2, cutoff=0.6)) or tuple(sorted(known))
            yield say.WORKS_FOR_UNKNOWN.at(one.at.of("works_for"), id=one.id, whom=whom, near=near)
        circle = _circle(one.id, works_for)
        if circle and told.isdisjoint(circle):
            told.update(circle)
            yield say.WORKS_FOR_CIRCLE.at(one.at.of("works_for"), chain=(*circle, circle[0]))


def _circle(start: str, works_for: Mapping[str, str]) -> tuple[str, ...]:
    """Return the chain from ``start`` back to it; empty if it does not come back."""
    chain = [start]
    while (whom := works_for.get(chain[-1])) is not None and whom not in chain:
        chain.append(whom)
    return tuple(chain) if whom == start else ()


def _reliance(bid: Bid, form: Form, one: Participant) -> Iterator[Finding]:
    if form != "reliance":
        if one.relied_on:
            yield say.RELIANCE_OUT_OF_FORM.at(one.at.of("relied_on"), id=one.id, form=_code(form))
        return
    if one.role == "capacity" and not one.relied_on:
        yield say.RELIED_ON_IN_NOTHING.at(one.at.of("relied_on"), id=one.id)
    works = any(giver.member.organisation.id == one.id for offered in bid.services for giver in offered.givers)
    doing = tuple(c.entry.id for c in bid.conditions if c.entry.id in one.relied_on and c.entry.kind in DOING)
    if doing and not works:
        yield say.RELIED_ON_WITHOUT_WORK.at(one.at.of("relied_on"), id=one.id, conditions=doing)
