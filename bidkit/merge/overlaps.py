"""One thing that two members count as their own: a person, a reference, rooms, capacity, an insurance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from bidkit.diagnostics import Fact, Measure
from bidkit.i18n import N_
from bidkit.merge.conflict import Clash, Pair, alike, folded, place_of, quoted, same_words, shown, stand, which
from bidkit.merge.draft import Draft
from bidkit.merge.services import CAPACITY
from bidkit.messages import merging
from bidkit.model.dossier import Dossier, Member
from bidkit.model.organisation import Insurance, Reference, Site, StaffMember
from bidkit.model.service import Service

FULL_WEEK = Decimal(40)  # hours: no collective agreement of the field has more


def find(dossier: Dossier) -> Iterator[Clash]:
    """Yield what two members may both count as theirs."""
    for pair, one, other in alike(dossier.members, "staff", _person, _more_than_a_week):
        yield _same_person(pair, one, other)
    for pair, one, other in alike(dossier.members, "references", _contract, _one_contract):
        yield _same_reference(pair, one, other)
    for pair, one, other in alike(dossier.members, "insurances", _policy):
        values = (_policy_shown(one), one.at.of("insurer")), (_policy_shown(other), other.at.of("insurer"))
        conflict = pair.conflict(f"insurances.{one.id}={other.id}", shown(one.title), *values)
        yield Clash(conflict, merging.SAME_INSURANCE, which(pair, "insurances", one.id, other.id) | {"both": stand})
    told: set[str] = set()
    for pair, one, other in alike(dossier.members, "services", _promise, _alike_services):
        told |= {folded(one.id), folded(other.id)}
        yield _same_capacity(pair, one, other)
    yield from _rooms(dossier.members, frozenset(told))


def _apart(one_from: date | None, one_to: date | None, other_from: date | None, other_to: date | None) -> bool:
    """Say whether two spans of days have no day in common; no date is no bound."""
    return bool((one_to and other_from and one_to < other_from) or (other_to and one_from and other_to < one_from))


def _person(_: Member, one: StaffMember) -> Iterator[Any]:
    """Yield what tells a person from others: the name, or title, degrees and work done by year where there is none."""
    if one.name:
        yield folded(one.name)
    elif one.qualifications or one.experience:
        degrees = frozenset((q.level, q.field, q.year, _first(q.title)) for q in one.qualifications)
        jobs = frozenset((_first(job.task), job.start, job.end) for job in one.experience)
        yield _first(one.title), degrees, jobs


def _first(texts: Any) -> str:
    return folded(str(shown(texts)))


def _more_than_a_week(one: StaffMember, other: StaffMember) -> bool:
    """Say whether it matters if they are one person: a name is counted twice, a mere likeness must exceed a week."""
    if _apart(one.from_, one.until, other.from_, other.until):
        return False
    return bool(one.name) or one.hours_per_week + other.hours_per_week > FULL_WEEK


def _same_person(pair: Pair, one: StaffMember, other: StaffMember) -> Clash:
    """Return the conflict, without the name: it is confidential."""
    hours = quoted(N_("hours a week of “{first}” and “{second}”"), first=one.id, second=other.id)
    conflict = pair.conflict(
        f"staff.{one.id}={other.id}",
        hours,
        (Measure(one.hours_per_week, "hours/week"), one.at.of("hours_per_week")),
        (Measure(other.hours_per_week, "hours/week"), other.at.of("hours_per_week")),
    )
    ways = which(pair, "staff", one.id, other.id)

    def add(draft: Draft, new: str) -> None:
        def both(entry: StaffMember) -> StaffMember:
            hours = entry.hours_per_week + other.hours_per_week
            services = tuple(dict.fromkeys((*entry.services, *other.services)))
            return entry.model_copy(update={"hours_per_week": hours, "services": services})

        draft.edit(pair.first.id, "staff", one.id, both)
        ways["keep_first"](draft, new)

    return Clash(conflict, merging.SAME_PERSON, ways | {"sum": add, "both": stand})


def _contract(_: Member, one: Reference) -> Iterator[Any]:
    buyer = _first(one.buyer)
    yield buyer, "title", _first(one.title)
    for field in ("value", "value_per_year"):
        if getattr(one, field):
            yield buyer, field, getattr(one, field)


def _one_contract(one: Reference, other: Reference) -> bool:
    """Say whether two references may be one contract; those that have keys tell it themselves."""
    keyed = one.contract_key is not None and other.contract_key is not None
    return not keyed and not _apart(one.start, one.end, other.start, other.end)


def _same_reference(pair: Pair, one: Reference, other: Reference) -> Clash:
    about = quoted(N_("a reference from {buyer}"), buyer=shown(one.buyer))
    values = (_told(one), place_of(one, "buyer")), (_told(other), place_of(other, "buyer"))
    conflict = pair.conflict(f"references.{one.id}={other.id}", about, *values)
    ways = which(pair, "references", one.id, other.id)
    return Clash(conflict, merging.SAME_REFERENCE, ways | {"both": stand})


def _told(one: Reference) -> Fact:
    value = Measure(one.value, "EUR") if one.value else None
    return tuple(part for part in (shown(one.title), one.start, one.end, value) if part is not None)


def _policy(_: Member, one: Insurance) -> Iterator[Any]:
    yield one.kind, folded(one.insurer), _first(one.title), one.amount, one.valid_from, one.valid_until


def _policy_shown(one: Insurance) -> Fact:
    return tuple(part for part in (one.insurer, one.amount and Measure(one.amount, "EUR"), one.valid_from) if part)


def _figures(one: Service) -> tuple[int | None, ...]:
    return tuple(getattr(one.capacity, name) for name in CAPACITY)


def _promise(member: Member, one: Service) -> Iterator[Any]:
    """Yield what a service promises in each place: its kind and all its capacity."""
    if any(_figures(one)):
        at_sites = (site.municipality for site in member.sites if site.id in one.sites)
        for code in dict.fromkeys((*one.municipalities, *at_sites)):
            yield one.kind, code, _figures(one)


def _alike_services(one: Service, other: Service) -> bool:
    """Say whether two services of one kind, place and capacity may be one; those of one id are judged elsewhere."""
    several = sum(1 for figure in _figures(one) if figure) > 1
    return folded(one.id) != folded(other.id) and (several or same_words(one.name, other.name))


def _same_capacity(pair: Pair, one: Service, other: Service) -> Clash:
    path = next(name for name, figure in zip(CAPACITY, _figures(one), strict=True) if figure)
    about = quoted(N_("services “{first}” and “{second}” in the same municipality"), first=one.id, second=other.id)
    values = (
        (Measure(getattr(each.capacity, path), CAPACITY[path]), place_of(each, f"capacity.{path}"))
        for each in (one, other)
    )
    conflict = pair.conflict(f"services.{one.id}={other.id}", about, *values)
    return Clash(conflict, merging.PROMISED_TWICE, which(pair, "services", one.id, other.id) | {"both": stand})


def _rooms(members: Iterable[Member], told: frozenset[str]) -> Iterator[Clash]:
    """Yield sites at one address where both promise capacity, unless another conflict asks about the services."""
    clients: dict[tuple[str, str], dict[str, int]] = {}
    for member in members:
        for service in member.services:
            for id_ in service.sites if service.capacity.clients else ():
                own = clients.setdefault((member.organisation.id, id_), {})
                own[folded(service.id)] = service.capacity.clients or 0

    def address(_: Member, one: Site) -> Iterator[Any]:
        yield folded(one.address)

    for pair, one, other in alike(members, "sites", address):
        mine, theirs = (clients.get((id_, site.id), {}) for id_, site in zip(pair.ids, (one, other), strict=True))
        if (mine.keys() & theirs.keys()) or not mine or not theirs or told.issuperset((*mine, *theirs)):
            continue
        values = (
            (Measure(sum(each.values()), "clients"), site.at.of("address"))
            for each, site in ((mine, one), (theirs, other))
        )
        about = quoted(N_("rooms at the address {address}"), address=one.address)
        conflict = pair.conflict(f"sites.{one.id}={other.id}", about, *values)
        yield Clash(conflict, merging.SAME_ROOMS, {"both": stand})
