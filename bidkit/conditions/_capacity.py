"""Capacity that is promised to the lots of a bid, so counted that nothing is promised twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from bidkit.conditions._base import Kind
from bidkit.diagnostics import Name, Place
from bidkit.i18n import N_
from bidkit.model.service import Capacity
from bidkit.record import record
from bidkit.stages import LotBid, OfferedService, PricedBid, Scope, Verdict

Per = Literal["day", "month", "year", "client_days_year", "at_once"]

# what the tender counts → (field of a service's capacity, unit)
FIELDS: dict[Per, tuple[str, str]] = {
    "day": ("clients_per_day", "clients/day"),
    "month": ("clients_per_month", "clients/month"),
    "year": ("clients_per_year", "clients/year"),
    "client_days_year": ("client_days_per_year", "client_days/year"),
    "at_once": ("clients", "clients"),
}


@record(frozen=True)
class Promise:
    """What all services of some lots promise together, with the rows it rests on and where to mend it."""

    total: Decimal
    rows: tuple[str, ...]
    places: tuple[Place, ...]


def promised(kind: Kind, bid: PricedBid, scope: Scope, per: Per, days: int | None = None) -> Promise | Verdict:
    """Add up what the services promise to the lots of ``scope``; a verdict if that cannot be told.

    A service that other lots use too must have its capacity divided between them (`lot_offers.capacity`), and
    the parts must not exceed the whole. ``days`` turns clients a day into client-days a year where only the
    former is told.
    """
    total = Decimal(0)
    places: list[Place] = []
    for offered in scope.services:
        part = _Counting(kind, bid, scope, offered, per, days).promise()
        if isinstance(part, Verdict):
            return part
        total += part[0]
        places.append(part[1])
    return Promise(total, tuple(f"services.{one.id}" for one in scope.services), tuple(places))


@record(frozen=True)
class _Counting:
    """The count of one service."""

    kind: Kind
    bid: PricedBid
    scope: Scope
    offered: OfferedService
    per: Per
    days: int | None

    @property
    def row(self) -> str:
        return f"services.{self.offered.id}"

    @property
    def name(self) -> str:
        return self.bid.bid.words(self.offered.service.name)

    def promise(self) -> tuple[Decimal, Place] | Verdict:
        """Return what the service promises to the lots of the scope, and where that is written."""
        users = self.bid.bid.lots_of.get(self.offered.id, ())
        whole = self._amount(self.offered.service.capacity)
        parts = {lot.lot.id: self._part(lot) for lot in users}
        here = {lot.bid.lot.id for lot in self.scope.lots}
        undivided = next((lot for lot in users if parts[lot.lot.id] is None), None)
        if whole is None and (undivided is not None or len(users) > 1):
            return self._not_told()
        if undivided is None:
            told = sum((p.amount for p in parts.values() if p), Decimal(0))
            if whole is not None and told > whole:
                return self._promised_twice(told, whole, [p.place for p in parts.values() if p][-1])
            mine = [p for lot, p in parts.items() if p and lot in here]
            return sum((p.amount for p in mine), Decimal(0)), mine[0].place
        if whole is not None and here.issuperset(parts):
            return whole, self.offered.service.capacity.at.of(FIELDS[self.per][0])
        return self._not_divided(users, undivided)

    def _part(self, lot: LotBid) -> _Part | None:
        """Return what is promised to one lot, or None if nothing is said."""
        for one in lot.offer.capacity:
            value = self._amount(one) if one.service == self.offered.id else None
            if value is not None:
                return _Part(value, one.at.of(FIELDS[self.per][0]))
        return None

    def _amount(self, capacity: Capacity) -> Decimal | None:
        """Return a capacity in the unit that the tender counts in, or None if it is not told."""
        value = getattr(capacity, FIELDS[self.per][0])
        a_day = capacity.clients_per_day
        if value is None and self.per == "client_days_year" and self.days is not None and a_day is not None:
            value = a_day * self.days
        return None if value is None else Decimal(value)

    def _not_told(self) -> Verdict:
        field = FIELDS[self.per][0]
        return self.kind.missing(
            N_("{service} does not tell its capacity ({field})."),
            row=self.row,
            field=f"capacity.{field}",
            place=self.offered.service.capacity.at.of(field),
            service=self.name,
        )

    def _not_divided(self, users: Sequence[LotBid], undivided: LotBid) -> Verdict:
        verdict = self.kind.cannot_tell(
            N_("{service} is offered in lots {lots}, and its capacity is not divided between them."),
            hint=N_("Write into {file} how much of {row} ({field}) is promised to lot {lot}."),
            place=undivided.offer.at.of("capacity"),
            service=self.name,
            lots=tuple(lot.lot.number for lot in users),
            row=self.row,
            field=Name("lot_offers.capacity", FIELDS[self.per][0]),
            lot=undivided.lot.number,
        )
        return replace(verdict, rows=(self.row,))

    def _promised_twice(self, told: Decimal, whole: Decimal, place: Place) -> Verdict:
        return self.kind.at_most(
            told,
            whole,
            FIELDS[self.per][1],
            met="",
            not_met=N_("{service} promises {found} to its lots, {margin} more than its whole capacity of {required}."),
            hint=N_("Lower the capacity promised to the lots in {file}, or raise the capacity of {row}."),
            rows=(self.row,),
            places=(place,),
            place=place,
            service=self.name,
            row=self.row,
        )


@record(frozen=True)
class _Part:
    amount: Decimal
    place: Place
