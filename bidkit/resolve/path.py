"""The client's path over the organisations: whether each step has an owner, is reached, and leads to an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import pairwise

from bidkit.consortium import roles
from bidkit.diagnostics import Finding, Place
from bidkit.messages import paths as say
from bidkit.model._base import in_any_language
from bidkit.model.consortium import PathStep
from bidkit.model.dossier import Dossier


def examine(dossier: Dossier, language: str) -> Iterator[Finding]:
    """Yield what is wrong with the path; that steps, lots and services which it names are there is told elsewhere."""
    steps = dossier.client_path
    names = roles.names(dossier)
    if not steps:
        if len(names) > 1 and not dossier.partly_read("client_path"):
            yield say.NO_PATH.at(dossier.home("client_path"), count=len(names))
        return
    titles = {one.id: in_any_language(one.name, language, dossier.bid.written_in) for one in steps}
    for one in steps:
        yield from _owner(dossier, one, titles[one.id], names)
        yield from _handover(steps, one, titles[one.id], names)
        yield from _service(dossier, one, titles[one.id], names)
    if not dossier.partly_read("client_path"):
        yield from _unreached(steps, titles)
    yield from _endless(steps, titles)


def _owner(dossier: Dossier, step: PathStep, title: str, names: Mapping[str, str]) -> Iterator[Finding]:
    if step.owner is None:
        yield say.NO_OWNER.at(step.at.of("owner"), step=title, known=tuple(names))
    if dossier.unread or dossier.partly_read("light_member"):
        return  # its file could not be read, which has been told
    for field in ("owner", "handover_owner"):
        owner = getattr(step, field)
        if owner is not None and owner not in names:
            near = tuple(get_close_matches(owner, names, n=2, cutoff=0.5)) or tuple(names)
            yield say.OWNER_UNKNOWN.at(step.at.of(field), owner=owner, near=near)


def _handover(steps: Sequence[PathStep], step: PathStep, title: str, names: Mapping[str, str]) -> Iterator[Finding]:
    """Find a change of owner that nobody answers for, or that is not described."""
    to = tuple(names[owner] for owner in receivers(steps, step) if owner in names)
    from_ = names.get(step.owner or "", "")
    if not to or not from_:
        return
    if step.handover_owner is None:
        yield say.NO_HANDOVER_OWNER.at(step.at.of("handover_owner"), step=title, from_=from_, to=to)
    elif not step.handover:
        yield say.HANDOVER_UNTOLD.at(step.at.of("handover"), step=title, from_=from_, to=to)


def receivers(steps: Sequence[PathStep], step: PathStep) -> tuple[str, ...]:
    """Return the ids of the other organisations that may take over after a step, each once."""
    owners = {one.id: one.owner for one in steps}
    after = (owners.get(one) for one in step.next)
    return tuple(dict.fromkeys(one for one in after if one is not None and one != step.owner))


def _service(dossier: Dossier, step: PathStep, title: str, names: Mapping[str, str]) -> Iterator[Finding]:
    service, owner = step.service or "", names.get(step.owner or "", "")
    giving = [m.organisation for m in dossier.members if service in m.given()]
    if not giving or not owner or step.owner in {one.id for one in giving}:
        return
    if any(one.id == step.owner and step.service in one.services for one in dossier.light_member):
        return  # a small member does its part of the lead's service
    givers = tuple(one.name for one in giving)
    yield say.NOT_ITS_SERVICE.at(step.at.of("service"), step=title, service=service, giver=givers, owner=owner)


def _unreached(steps: Sequence[PathStep], titles: Mapping[str, str]) -> Iterator[Finding]:
    """Find steps that no other leads to, but the first of all and the first of a lot's own path."""
    led_to = {next_ for one in steps for next_ in one.next if next_ != one.id}
    begun = {steps[0].lot}
    for before, one in pairwise(steps):
        if one.id in led_to:
            continue
        if one.lot is None or one.lot in begun:
            yield say.NEVER_REACHED.at(one.at, step=titles[one.id], known=(before.id,))
        begun.add(one.lot)


def _endless(steps: Sequence[PathStep], titles: Mapping[str, str]) -> Iterator[Finding]:
    """Find circles without a way out: steps from which no end can be reached, each circle once."""
    after = {one.id: tuple(next_ for next_ in one.next if next_ in titles) for one in steps}
    ending = {id_ for id_, next_ in after.items() if not next_}  # a next step that is not there is told elsewhere
    while more := {id_ for id_, next_ in after.items() if id_ not in ending and not ending.isdisjoint(next_)}:
        ending |= more
    told: set[str] = set()
    for one in steps:
        if one.id in ending or one.id in told:
            continue
        circle = _circle(one.id, after)
        if told.isdisjoint(circle):
            place: Place = next(step.at.of("next") for step in steps if step.id == circle[-1])
            yield say.NEVER_ENDS.at(place, chain=tuple(titles[id_] for id_ in (*circle, circle[0])))
        told.update(circle, {one.id})


def _circle(start: str, after: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the circle that one runs into by always taking the first next step."""
    way = [start]
    while (id_ := after[way[-1]][0]) not in way:
        way.append(id_)
    return tuple(way[way.index(id_) :])
