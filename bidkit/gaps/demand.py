"""Dossier → what is asked of us: the cells of the tender, or without one those of an area."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from bidkit import conditions
from bidkit.diagnostics import Place
from bidkit.gaps.cells import Cell, Competence, Tongue
from bidkit.gaps.spans import Span, span
from bidkit.model.codes import municipalities
from bidkit.model.dossier import Dossier
from bidkit.model.tender import Condition, Lot

# How raw parameters become a kind: `bidkit.dossier.validate.validate`, handed in by the pipeline.
Validate: TypeAlias = Callable[[Any, Any], tuple[Any, Any]]
Source: TypeAlias = Literal["tender", "given", "home"]


@dataclass(frozen=True)
class Demand:
    """The cells asked, each with the places that ask for it; ``period`` is when the service must be there.

    ``source`` tells where ``area`` comes from: the tender, the user, or the employment area of our own town.
    """

    asked: Mapping[Cell, tuple[Place, ...]]
    period: Span
    area: tuple[str, ...]
    source: Source


def demand(dossier: Dossier, validate: Validate, area: tuple[str, ...], as_of: date | None, today: date) -> Demand:
    """Return what ``dossier``'s tender asks; of a trial without one, every service of ours in the whole area.

    ``area`` replaces that of the tender if it names a municipality. ``as_of`` is the first day looked at, without
    it the first of the contract, or ``today`` if there is none.
    """
    if dossier.trial:
        source: Source = "given" if area else "home"
        codes = area or home(dossier)
        return Demand(dict(_own(dossier, codes)), span(as_of or today, None), codes, source)
    contract = dossier.tender.contract
    start = min(max(contract.start, as_of or contract.start), contract.end)
    look = _Tender(dossier, validate, area)
    asked: dict[Cell, tuple[Place, ...]] = {}
    for cell, place in look.cells():
        asked[cell] = tuple(dict.fromkeys((*asked.get(cell, ()), place)))
    codes = tuple(dict.fromkeys(cell.municipality for cell in asked if cell.municipality))
    return Demand(asked, span(start, contract.end), codes, look.source)


def home(dossier: Dossier) -> tuple[str, ...]:
    """Return the municipalities of the employment areas in which our members have their homes, the homes first."""
    known = municipalities()
    homes = dict.fromkeys(member.organisation.municipality for member in dossier.members)
    areas = {known[code].employment_area for code in homes} - {""}
    around = (code for code, one in known.items() if one.employment_area in areas)
    return tuple(dict.fromkeys((*homes, *around)))


def _own(dossier: Dossier, area: tuple[str, ...]) -> Iterator[tuple[Cell, tuple[Place, ...]]]:
    services = [service for member in dossier.members for service in member.services]
    groups = [group.id for member in dossier.members for group in member.client_groups]
    for kind in dict.fromkeys(service.kind for service in services):
        for code in area:
            for group in dict.fromkeys(groups) or ("",):
                yield Cell(Competence(kind), code, group), ()


class _Tender:
    """Looks through the lots and conditions of a tender; what only informs asks nothing."""

    def __init__(self, dossier: Dossier, validate: Validate, area: tuple[str, ...]) -> None:
        self.dossier, self.area = dossier, area
        binding = [c for c in dossier.conditions if c.binding != "information"]
        judges = [(c, _bound(c, validate)) for c in binding]
        self.conditions = [(condition, judge) for condition, judge in judges if judge is not None]
        tender_area = dossier.tender.area or any(lot.area for lot in dossier.lots) or self._named(None)
        self.source: Source = "given" if area else "tender" if tender_area else "home"

    def cells(self) -> Iterator[tuple[Cell, Place]]:
        """Yield each cell asked with a place that asks for it."""
        for lot in self.dossier.lots:
            codes, place = self._area(lot)
            for competence in self._kinds(lot):
                for code in codes:
                    for group in lot.client_groups or ("",):
                        for tongue in self._tongues(lot):
                            yield Cell(competence, code, group, tongue), place
        for condition, judge in self._of("staff_qualification", "staff_experience"):
            fields, level = getattr(judge, "fields", ()), getattr(judge, "level", None)
            if judge.role or level or fields:
                persons = max(1, judge.persons or 1)
                yield Cell(Competence("", judge.role or "", level or "", fields, persons)), condition.at

    def _of(self, *kinds: str, lot: Lot | None = None) -> Iterator[tuple[Condition, Any]]:
        for condition, judge in self.conditions:
            if condition.kind in kinds and (lot is None or not condition.lots or lot.id in condition.lots):
                yield condition, judge

    def _named(self, lot: Lot | None) -> list[tuple[str, Place]]:
        """Return the municipalities that conditions on the place of performance name."""
        found = self._of("place_of_performance", lot=lot)
        return [(code, condition.at) for condition, judge in found for code in judge.municipalities]

    def _area(self, lot: Lot) -> tuple[tuple[str, ...], Place]:
        if self.area:
            return self.area, lot.at
        named = self._named(lot)
        own = lot.area or self.dossier.tender.area
        codes = tuple(dict.fromkeys((*own, *(code for code, _ in named))))
        if codes:
            where = lot.at.of("area") if lot.area else self.dossier.tender.at.of("area") if own else named[0][1]
            return codes, where
        return home(self.dossier), lot.at

    def _kinds(self, lot: Lot) -> tuple[Competence, ...]:
        """Return the kinds of service that answer a lot; if none does yet, any will do."""
        kinds = {service.id: service.kind for member in self.dossier.members for service in member.services}
        offered = [id_ for offer in self.dossier.lot_offers if offer.lot == lot.id for id_ in offer.services]
        found = dict.fromkeys(kinds[id_] for id_ in offered if id_ in kinds)
        return tuple(map(Competence, found)) or (Competence(),)

    def _tongues(self, lot: Lot) -> tuple[Tongue, ...]:
        """Return the languages asked; if no condition asks any, one of those that bids may be written in will do."""
        found: list[Tongue] = []
        for _, judge in self._of("service_language", lot=lot):
            level = judge.level or ""
            alone = judge.enough == "all"
            found += [Tongue((one,), level) for one in judge.languages] if alone else [Tongue(judge.languages, level)]
        return _once(found) or (Tongue(self.dossier.tender.languages),)


def _once(tongues: Iterable[Tongue]) -> tuple[Tongue, ...]:
    return tuple(dict.fromkeys(tongues))


def _bound(condition: Condition, validate: Validate) -> Any:
    kind = conditions.kind(condition.kind)
    return validate(kind, condition.parameters)[0] if kind else None
