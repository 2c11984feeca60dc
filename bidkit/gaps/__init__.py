"""Which of what is asked nobody covers, which only one does, and who of the register would help.

Asked is competence × municipality × client group × language over the term of the contract. Covered is what members'
services, sites and people say of themselves; nothing is covered because it is not told. A pure step: no file, no
clock, no text of its own but msgids.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bidkit.diagnostics import Place
from bidkit.gaps.cells import Box, Cell, boxes
from bidkit.gaps.cover import Cover, cover
from bidkit.gaps.demand import Demand, Validate, demand
from bidkit.gaps.roles import Done, Role, roles, shared, strengths
from bidkit.gaps.spans import Span, both, minus
from bidkit.gaps.supply import Answer, Candidate, Lack, Person, Supply, register
from bidkit.model.dossier import Dossier


@dataclass(frozen=True)
class Gap:
    """Cells that no member covers on the days ``days``; ``lacks`` are what the services nearest to them lack.

    ``places`` are where that can be mended, ``asked`` where the tender asks for it. ``helpers`` are the numbers of the
    partners who cover all of it.
    """

    box: Box
    days: Span
    lacks: tuple[Lack, ...]
    places: tuple[Place, ...]
    asked: tuple[Place, ...]
    helpers: tuple[int, ...]


@dataclass(frozen=True)
class Single:
    """Cells that depend on one person, or on one of several members."""

    box: Box
    member: int
    person: Person | None
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Choice:
    """A partner of the fewest that cover what members do not: how many cells it covers, which alone it covers."""

    partner: Candidate
    boxes: tuple[Box, ...]
    needed: bool


@dataclass(frozen=True)
class Gaps:
    """All that the comparison tells. ``left`` is what stays uncovered even with every partner."""

    dossier: Dossier
    demand: Demand
    supply: Supply
    gaps: tuple[Gap, ...]
    singles: tuple[Single, ...]
    partners: tuple[Candidate, ...]
    cover: Cover
    choices: tuple[Choice, ...]
    left: tuple[Gap, ...]
    strengths: tuple[Done, ...]
    roles: tuple[Role, ...]
    shared: tuple[Done, ...]


@dataclass(frozen=True)
class _Open:
    """One cell, uncovered on some days."""

    cell: Cell
    days: Span
    lacks: tuple[Lack, ...]
    places: tuple[Place, ...]
    helpers: int  # bit mask of the partners who cover it


def find(
    dossier: Dossier,
    validate: Validate,
    today: date,
    *,
    area: tuple[str, ...] = (),
    as_of: date | None = None,
    travel_limit: int | None = None,
) -> Gaps:
    """Compare what is asked with what members and partners cover.

    ``area`` (codes of municipalities) replaces that of the tender. ``travel_limit`` is in minutes: what lies further
    from the site is not covered, unless the service is given remotely.
    """
    asked, supply = demand(dossier, validate, area, as_of, today), Supply(dossier, travel_limit)
    partners = register(dossier.members)
    open_: list[_Open] = []
    singles: list[tuple[Cell, int, Person | None, tuple[Place, ...]]] = []
    for cell in asked.asked:
        answers = supply.answers(cell)
        found = _open(cell, answers, asked.period, partners, dossier)
        open_ += found
        if not found and (single := _single(answers, asked.period, cell, len(dossier.members))):
            singles.append((cell, *single))
    chosen = cover((one.helpers for one in open_), len(partners))
    return Gaps(
        dossier,
        asked,
        supply,
        _gaps(open_, asked),
        _singles(singles),
        partners,
        chosen,
        tuple(
            Choice(partners[n], boxes(one.cell for one in open_ if one.helpers >> n & 1), n in chosen.needed)
            for n in chosen.chosen
        ),
        _gaps([one for one in open_ if not one.helpers], asked),
        strengths(supply, partners),
        roles(supply, partners),
        shared(supply, partners),
    )


def _open(
    cell: Cell, answers: tuple[Answer, ...], period: Span, partners: tuple[Candidate, ...], dossier: Dossier
) -> list[_Open]:
    """Return the days on which nobody covers a cell, with what is lacking."""
    days = minus(period, (one for answer in answers for one in answer.days))
    if not days:
        return []
    helpers = sum(1 << n for n, partner in enumerate(partners) if partner.covers(cell))
    partly = [answer for answer in answers if answer.members]  # whatever lacks only some days is nearest
    nearest = partly or _nearest(answers)
    lacks = {lack: None for answer in nearest for lack in answer.lacks}
    places = dict.fromkeys(place for answer in nearest for told in answer.lacks.values() for place in told)
    if not nearest:
        lacks, places = {"kind": None}, {dossier.members[0].home("services"): None}
    return [_Open(cell, one, tuple(lacks), tuple(places), helpers) for one in days]


def _nearest(answers: Iterable[Answer]) -> list[Answer]:
    """Return the answers that lack least."""
    answers = list(answers)
    least = min((len(one.lacks) for one in answers), default=0)
    return [one for one in answers if len(one.lacks) == least]


def _single(
    answers: tuple[Answer, ...], period: Span, cell: Cell, members: int
) -> tuple[int, Person | None, tuple[Place, ...]] | None:
    """Return the one person that a covered cell depends on, or the one member of several."""
    able = [answer for answer in answers if both([period], answer.days)]
    people = {one.key: one for answer in able for one in answer.people or ()}
    named = all(answer.people is not None for answer in able)
    owners = {number for answer in able for number in answer.members}
    if named and len(people) == 1 and cell.competence.persons <= 1:
        (person,) = people.values()
        return person.member, person, (person.staff.at,)
    if members > 1 and len(owners) == 1:
        (owner,) = owners
        return owner, None, tuple(dict.fromkeys(answer.places[0] for answer in able))
    return None


def _gaps(open_: Iterable[_Open], asked: Demand) -> tuple[Gap, ...]:
    """Put together what is lacking for the same reason on the same days, with the places of all of it."""
    alike: dict[tuple[Span, tuple[Lack, ...], int], list[_Open]] = {}
    for one in open_:
        alike.setdefault((one.days, one.lacks, one.helpers), []).append(one)
    found: list[Gap] = []
    for (days, lacks, helpers), group in alike.items():
        of = {one.cell: one for one in group}
        for box in boxes(of):
            places = dict.fromkeys(place for cell in box.cells for place in of[cell].places)
            asking = dict.fromkeys(place for cell in box.cells for place in asked.asked[cell])
            numbers = tuple(n for n in range(helpers.bit_length()) if helpers >> n & 1)
            found.append(Gap(box, days, lacks, tuple(places), tuple(asking), numbers))
    return tuple(found)


def _singles(found: Iterable[tuple[Cell, int, Person | None, tuple[Place, ...]]]) -> tuple[Single, ...]:
    alike: dict[tuple[int, str], list[tuple[Cell, Person | None, tuple[Place, ...]]]] = {}
    for cell, member, person, places in found:
        alike.setdefault((member, person.staff.id if person else ""), []).append((cell, person, places))
    return tuple(
        Single(box, member, group[0][1], tuple(dict.fromkeys(p for c, _, ps in group if c in box.cells for p in ps)))
        for (member, _), group in alike.items()
        for box in boxes(cell for cell, _, _ in group)
    )
