"""Who does what for whom: each organisation's part, where two do the same, and where only we are strong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
class Done:
    """Cells that the same organisations do, with where each says so."""

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


def shared(supply: Supply, partners: Iterable[Candidate]) -> tuple[Done, ...]:
    """Return what two organisations or more do in one place for one group."""
    doers = _doers((*_members(supply), *_partners(partners)))
    return _alike({cell: known for cell, known in doers.items() if len(known) > 1})


def strengths(supply: Supply, partners: tuple[Candidate, ...]) -> tuple[Done, ...]:
    """Return what we do and no partner of the register may do; nothing if there is no partner to compare with."""
    if not partners:
        return ()

    def ours_alone(cell: Cell) -> bool:
        return not any(p.may_have(cell.competence.kind, cell.municipality, cell.group) for p in partners)

    return _alike({cell: known for cell, known in _doers(_members(supply)).items() if ours_alone(cell)})


def _doers(done: Iterable[tuple[str, Cell, Place]]) -> dict[Cell, dict[str, Place]]:
    """Return who does each cell, and where each says so first."""
    doers: dict[Cell, dict[str, Place]] = {}
    for name, cell, place in done:
        doers.setdefault(cell, {}).setdefault(name, place)
    return doers


def _alike(doers: Mapping[Cell, Mapping[str, Place]]) -> tuple[Done, ...]:
    """Put together the cells that the same organisations do by the same words."""
    groups: dict[tuple[tuple[str, Place], ...], list[Cell]] = {}
    for cell, known in doers.items():
        groups.setdefault(tuple(known.items()), []).append(cell)
    return tuple(
        Done(box, tuple(name for name, _ in key), tuple(place for _, place in key))
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
