"""What our members' services and people cover, and what a partner says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from bidkit import money
from bidkit.conditions.staff_qualification import StaffQualification
from bidkit.diagnostics import Place
from bidkit.gaps.cells import Cell, Competence, Tongue
from bidkit.gaps.spans import ALWAYS, Span, at_least, both, span
from bidkit.model.dossier import Dossier, Member
from bidkit.model.organisation import Partner, Site, Skill, StaffMember, TravelTime
from bidkit.model.service import Service

# What a service lacks for a cell.
Lack: TypeAlias = Literal[
    "kind", "municipality", "travel", "group", "language", "speaker", "capacity", "days", "role", "qualification"
]
_LEVELS: tuple[str, ...] = get_args(Skill.model_fields["level"].annotation)


@dataclass(frozen=True)
class Person:
    """A staff member of one of the members, told by its number: two members may use one id."""

    member: int
    staff: StaffMember

    @property
    def key(self) -> tuple[int, str]:
        """What makes a person one and the same in several services."""
        return self.member, self.staff.id


@dataclass(frozen=True)
class Answer:
    """How one service, or all the people with a role, answer a cell: on which days, by whom, what is lacking where."""

    days: tuple[Span, ...]
    lacks: Mapping[Lack, tuple[Place, ...]] = field(default_factory=dict)
    members: frozenset[int] = frozenset()
    people: tuple[Person, ...] | None = None  # None: the service does not name its people
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class _Way:
    """One way in which a service reaches a municipality; ``too_far`` is where its minutes are told, if too many."""

    days: Span
    place: Place
    too_far: Place | None = None


@dataclass(frozen=True)
class Offer:
    """A service of one member with its people and the ways in which it reaches municipalities."""

    member: int
    service: Service
    people: tuple[Person, ...]
    ways: Mapping[str, tuple[_Way, ...]]
    serves: tuple[Place, ...]  # where its sites say whom they serve

    def reached(self) -> tuple[str, ...]:
        """Return the municipalities in which the service is given, those beyond the limit of travel left out."""
        return tuple(code for code, ways in self.ways.items() if any(not way.too_far for way in ways))

    def answer(self, cell: Cell) -> Answer:
        """Return on which days the service covers a cell of its kind, or what it lacks."""
        lacks: dict[Lack, tuple[Place, ...]] = {}
        at = self.service.at
        reach = self._reach(cell.municipality, lacks)
        if cell.group and cell.group not in self.service.client_groups:
            lacks["group"] = (at.of("client_groups"),)
        able = self._able(cell.tongue, lacks)
        if self._no_room():
            lacks["capacity"] = (at.of("capacity"),)
        if lacks:
            return Answer((), lacks)
        there = [ALWAYS] if able is None else [_days(one.staff) for one in able]
        ends = tuple(way.place.of("until") for way in reach if way.days != ALWAYS)
        ends += tuple(_end(one.staff) for one in able or () if _days(one.staff) != ALWAYS)
        places = tuple(dict.fromkeys((at, *(way.place for way in reach))))
        days = both([way.days for way in reach], there)
        return Answer(days, {"days": ends or (at,)}, frozenset({self.member}), able, places)

    def _reach(self, code: str, lacks: dict[Lack, tuple[Place, ...]]) -> tuple[_Way, ...]:
        if not code:
            return (_Way(ALWAYS, self.service.at),)
        ways = self.ways.get(code, ())
        if not ways:
            lacks["municipality"] = (self.service.at.of("municipalities"), *self.serves)
        near = tuple(way for way in ways if not way.too_far)
        if ways and not near:
            lacks["travel"] = tuple(dict.fromkeys(way.too_far for way in ways if way.too_far))
        return near

    def _able(self, tongue: Tongue, lacks: dict[Lack, tuple[Place, ...]]) -> tuple[Person, ...] | None:
        """Return the people who can serve in a language; who tells no languages is taken at the service's word."""
        if tongue.codes and not set(tongue.codes) & set(self.service.languages):
            lacks["language"] = (self.service.at.of("languages"),)
        if not self.people:
            return None
        given = set(tongue.codes) & set(self.service.languages)
        able = tuple(one for one in self.people if not tongue.codes or _speaks(one.staff, given, tongue.level))
        if not able and "language" not in lacks:
            lacks["speaker"] = tuple(one.staff.at.of("languages") for one in self.people)
        return able

    def _no_room(self) -> bool:
        told = [v for v in (getattr(self.service.capacity, n) for n in _CAPACITIES) if v is not None]
        return bool(told) and not any(told)


_CAPACITIES = ("clients", "clients_per_day", "clients_per_month", "clients_per_year", "client_days_per_year")


class Supply:
    """All services and people of our members; ``limit`` is the most minutes that a client or coach may travel."""

    def __init__(self, dossier: Dossier, limit: int | None) -> None:
        self.members = dossier.members
        self.offers = tuple(_offers(dossier.members, limit))
        self.untold = tuple(dict.fromkeys(_untold(dossier.members))) if limit is not None else ()
        self._of_kind: dict[str, list[Offer]] = {}
        for offer in self.offers:
            self._of_kind.setdefault(offer.service.kind, []).append(offer)

    def answers(self, cell: Cell) -> tuple[Answer, ...]:
        """Return how each service of the kind answers a cell, or the people if people are asked."""
        if cell.competence.persons:
            return (self._people(cell.competence),)
        kind = cell.competence.kind
        return tuple(one.answer(cell) for one in (self._of_kind.get(kind, ()) if kind else self.offers))

    def _people(self, asked: Competence) -> Answer:
        everyone = {one.key: one for offer in self.offers for one in offer.people}
        in_role = [one for one in everyone.values() if not asked.role or asked.role in one.staff.roles]
        fit = tuple(one for one in in_role if _qualified(one.staff, asked))
        if len(fit) < asked.persons:
            if not in_role:
                return Answer((), {"role": tuple(one.staff.at.of("roles") for one in everyone.values())[:3]})
            without = [one for one in in_role if one not in fit]
            return Answer((), {"qualification": tuple(one.staff.at.of("qualifications") for one in without)})
        ends = tuple(_end(one.staff) for one in fit if _days(one.staff) != ALWAYS)
        days = at_least(asked.persons, [_days(one.staff) for one in fit])
        places = tuple(one.staff.at for one in fit)
        return Answer(days, {"days": ends}, frozenset(one.member for one in fit), fit, places)


def _offers(members: tuple[Member, ...], limit: int | None) -> Iterator[Offer]:
    for number, member in enumerate(members):
        minutes = {(one.site, one.municipality): one for one in member.travel}
        sites = {site.id: site for site in member.sites}
        for service, staff in member.given().values():
            if service is None:  # its people work in what another member gives
                continue
            own = [sites[id_] for id_ in service.sites if id_ in sites]
            people = tuple(Person(number, one) for one in staff)
            far = None if limit is None or _remote(service) else limit
            serves = tuple(site.at.of("serves") for site in own)
            yield Offer(number, service, people, _ways(service, own, minutes, far), serves)


def _remote(service: Service) -> bool:
    """Say whether distance does not matter; a bare “ei” where it should be told how says that it does."""
    told = [text.strip(" .!\n") for text in (service.remote or {}).values()]
    return service.in_person == 0 or any(not money.bare_yes_no(text) or money.yes_no(text) for text in told)


def _ways(
    service: Service, sites: list[Site], minutes: Mapping[tuple[str, str], TravelTime], limit: int | None
) -> dict[str, tuple[_Way, ...]]:
    found: dict[str, list[_Way]] = {}

    def too_far(site: Site, code: str) -> Place | None:
        told = minutes.get((site.id, code))
        return told.at.of("minutes") if told and limit is not None and told.minutes > limit else None

    for site in sites:
        for code in dict.fromkeys((site.municipality, *site.serves)):
            found.setdefault(code, []).append(_Way(span(site.from_, site.until), site.at, too_far(site, code)))
    for code in service.municipalities:  # visited from whichever site is nearest
        beyond = [too_far(site, code) for site in sites]
        blocked = next(iter(beyond), None) if all(beyond) else None
        found.setdefault(code, []).append(_Way(ALWAYS, service.at.of("municipalities"), blocked))
    return {code: tuple(ways) for code, ways in found.items()}


def _untold(members: tuple[Member, ...]) -> Iterator[tuple[str, str, Place]]:
    """Yield each site and municipality that it serves without minutes between them, and where it says so."""
    for member in members:
        told = {(one.site, one.municipality) for one in member.travel}
        for site in member.sites:
            for code in site.serves:
                if code != site.municipality and (site.id, code) not in told:
                    yield site.id, code, site.at.of("serves")


def _days(person: StaffMember) -> Span:
    return span(person.from_, person.until)


def _end(person: StaffMember) -> Place:
    return person.at.of("until" if person.until else "from")


def _speaks(person: StaffMember, languages: set[str], level: str) -> bool:
    if not person.languages:
        return True
    known = (skill for skill in person.languages if skill.language in languages)
    return any(not level or _LEVELS.index(skill.level) >= _LEVELS.index(level) for skill in known)


def _qualified(person: StaffMember, asked: Competence) -> bool:
    if not asked.level and not asked.fields:
        return True
    judge = StaffQualification.model_validate({"level": asked.level or None, "fields": asked.fields})
    return any(judge.fits(one) for one in person.qualifications)


# --- partners ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Candidate:
    """An organisation of the register; several members may have written it down, each in its own words."""

    entries: tuple[Partner, ...]

    @property
    def first(self) -> Partner:
        """The entry that names it."""
        return self.entries[0]

    def covers(self, cell: Cell) -> bool:
        """Say whether an entry tells that the partner covers a cell; what it does not tell counts for nothing."""
        return any(_covers(one, cell) for one in self.entries)

    def may_have(self, kind: str, code: str, group: str) -> bool:
        """Say whether the partner may do this: what it does not tell may be so."""
        return any(
            (not one.kinds or kind in one.kinds)
            and (not one.municipalities or code in one.municipalities)
            and (not group or not one.client_groups or group in one.client_groups)
            for one in self.entries
        )

    @property
    def untold(self) -> tuple[tuple[str, Place], ...]:
        """The fields that an entry leaves open, with their places."""
        fields = ("kinds", "municipalities", "client_groups", "languages")
        return tuple((name, one.at.of(name)) for one in self.entries for name in fields if not getattr(one, name))


def _covers(partner: Partner, cell: Cell) -> bool:
    asked = cell.competence
    if asked.persons:
        return bool(({asked.role, *asked.fields} - {""}) & set(partner.kinds))
    return (
        (asked.kind in partner.kinds if asked.kind else bool(partner.kinds))
        and (not cell.municipality or cell.municipality in partner.municipalities)
        and (not cell.group or cell.group in partner.client_groups)
        and (not cell.tongue.codes or bool(set(cell.tongue.codes) & set(partner.languages)))
    )


def register(members: Iterable[Member]) -> tuple[Candidate, ...]:
    """Return the partners that members know, in their order, each once; who is a member already is none."""
    members = tuple(members)
    own = {key for member in members for key in _keys(member.organisation.business_id, member.organisation.name)}
    found: list[list[Partner]] = []
    known: dict[str, list[Partner]] = {}
    for member in members:
        for partner in member.partners:
            keys = _keys(partner.business_id, partner.name)
            if own & set(keys):
                continue
            entries = next((known[key] for key in keys if key in known), None)
            if entries is None:
                entries = []
                found.append(entries)
            entries.append(partner)
            known |= dict.fromkeys(keys, entries)
    return tuple(Candidate(tuple(entries)) for entries in found)


def _keys(business_id: str | None, name: str) -> tuple[str, ...]:
    return tuple(filter(None, (business_id, " ".join(name.casefold().split()))))
