"""Who does what for whom: each organisation's part, where two do the same, and where only we are strong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bidkit.diagnostics import Place
from bidkit.gaps.cells import Box, Cell, Competence, boxes
from bidkit.gaps.supply import Candidate, Offer, Supply


@dataclass(frozen=True)
class Role:
    """What an organisation does, where and for whom. ``partner`` is its role in the register; members have none.

    An empty list of a partner's box was not told. ``clients`` is how many a service takes at one time, if told.
    """

    name: str
    partner: str
    box: Box
    clients: int | None
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Shared:
    """Cells that several organisations do."""

    box: Box
    names: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Strength:
    """Cells in which a member is alone: no partner in the register may have them."""

    box: Box
    names: tuple[str, ...]
    places: tuple[Place, ...]


def roles(supply: Supply, partners: Iterable[Candidate]) -> tuple[Role, ...]:
    """Return the map: members in their order, then the register."""
    found = []
    for offer in supply.offers:
        one = offer.service
        box = Box((Competence(one.kind),), offer.reached(), one.client_groups)
        name = supply.members[offer.member].organisation.name
        found.append(Role(name, "", box, one.capacity.clients, (one.at,)))
    for partner in partners:
        for entry in partner.entries:
            box = Box(tuple(map(Competence, entry.kinds)), entry.municipalities, entry.client_groups)
            found.append(Role(partner.first.name, entry.role, box, None, (entry.at,)))
    return tuple(found)


def shared(supply: Supply, partners: Iterable[Candidate]) -> tuple[Shared, ...]:
    """Return what two organisations or more do in one place for one group, in boxes."""
    doers: dict[Cell, dict[str, Place]] = {}
    for name, cell, place in (*_members(supply), *_partners(partners)):
        doers.setdefault(cell, {}).setdefault(name, place)
    groups: dict[tuple[tuple[str, Place], ...], list[Cell]] = {}
    for cell, known in doers.items():
        if len(known) > 1:
            groups.setdefault(tuple(known.items()), []).append(cell)
    return tuple(
        Shared(box, tuple(name for name, _ in key), tuple(place for _, place in key))
        for key, cells in groups.items()
        for box in boxes(cells)
    )


def strengths(supply: Supply, partners: tuple[Candidate, ...]) -> tuple[Strength, ...]:
    """Return what we do and no partner of the register may do; nothing if there is no partner to compare with."""
    if not partners:
        return ()
    doers: dict[Cell, dict[str, Place]] = {}
    for name, cell, place in _members(supply):
        doers.setdefault(cell, {}).setdefault(name, place)
    groups: dict[tuple[tuple[str, Place], ...], list[Cell]] = {}
    for cell, known in doers.items():
        if not any(p.may_have(cell.competence.kind, cell.municipality, cell.group) for p in partners):
            groups.setdefault(tuple(known.items()), []).append(cell)
    return tuple(
        Strength(box, tuple(name for name, _ in key), tuple(place for _, place in key))
        for key, cells in groups.items()
        for box in boxes(cells)
    )


def _members(supply: Supply) -> Iterator[tuple[str, Cell, Place]]:
    for offer in supply.offers:
        name = supply.members[offer.member].organisation.name
        for cell in _cells(offer):
            yield name, cell, offer.service.at


def _cells(offer: Offer) -> Iterator[Cell]:
    for code in offer.reached():
        for group in offer.service.client_groups:
            cell = Cell(Competence(offer.service.kind), code, group)
            if offer.answer(cell).days:
                yield cell


def _partners(partners: Iterable[Candidate]) -> Iterator[tuple[str, Cell, Place]]:
    for partner in partners:
        for entry in partner.entries:
            for kind in entry.kinds:
                for code in entry.municipalities:
                    for group in entry.client_groups:
                        yield partner.first.name, Cell(Competence(kind), code, group), entry.at
