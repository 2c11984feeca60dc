"""How a consortium's price is split between its members: what pricing hands on, and what one member may see of it.

Money is without VAT, euros a year at the estimated quantities. All of it is internal: the buyer sees none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

from bidkit.diagnostics import Place
from bidkit.i18n import N_
from bidkit.record import record

Way = Literal["by_owner", "agreed", "equal"]
TITLES: Mapping[Way, str] = {
    "by_owner": N_("By the owner of the service"),
    "agreed": N_("By the agreed per cent"),
    "equal": N_("In equal parts"),
}
POINTS: Mapping[str, str] = {
    "60": N_("60 % of the volume"),
    "100": N_("100 % of the volume"),
    "120": N_("120 % of the volume"),
    "worst": N_("the worst outcome fee"),
}


@record(frozen=True)
class LinePart:
    """A member's part of one price line."""

    line: str  # id
    unit: str
    volume: Decimal  # in the unit of the line
    money: Decimal


@record(frozen=True)
class LotPart:
    """A member's part of one lot. ``risk`` is what it loses of ``money`` if no outcome fee is paid."""

    member: str
    lot: str
    percent: Decimal  # of the lot's money; over the members it sums to 100.00 (0.00 of a lot without money)
    money: Decimal
    risk: Decimal
    lines: tuple[LinePart, ...]

    @property
    def volumes(self) -> Mapping[str, Decimal]:
        """Volume by unit: unlike units are never added up."""
        found: dict[str, Decimal] = {}
        for one in self.lines:
            found[one.unit] = found.get(one.unit, Decimal(0)) + one.volume
        return found


@record(frozen=True)
class Result:
    """Income against own cost at one point of `POINTS`; None where the cost of a service cannot be told."""

    point: str
    income: Decimal
    cost: Decimal | None

    @property
    def result(self) -> Decimal | None:
        """Income less own cost; below zero is a loss."""
        return None if self.cost is None else self.income - self.cost


@record(frozen=True)
class MemberPart:
    """A member over the whole bid; without results if a lot could not be shared."""

    member: str
    percent: Decimal  # of the shared money; sums to 100.00 over the members
    money: Decimal
    risk: Decimal
    results: tuple[Result, ...]

    @property
    def losses(self) -> tuple[Result, ...]:
        """The points at which the member makes a loss."""
        return tuple(one for one in self.results if one.result is not None and one.result < 0)


@record(frozen=True)
class Alternative:
    """One way to share. ``unshared`` are ids of lots that it does not share: nothing is shared by guess."""

    name: Way
    lots: tuple[LotPart, ...]  # by lot, then by member, both in declared order
    members: tuple[MemberPart, ...]  # every member, in declared order
    unshared: tuple[str, ...]
    net: Decimal  # of the shared lots: equal to the sum of every view

    @property
    def title(self) -> str:
        """The alternative's heading, a msgid."""
        return TITLES[self.name]

    @property
    def results(self) -> tuple[Result, ...]:
        """The whole bid: the sums of the members, equal to the volume what-if of the bid."""
        columns = zip(*(one.results for one in self.members), strict=True)
        return tuple(Result(c[0].point, _sum(r.income for r in c), _known_sum(r.cost for r in c)) for c in columns)


@record(frozen=True)
class Partner:
    """Who shares: a member of the bid, its role and task, and its own yearly cost at the estimated quantities."""

    member: str  # id of the organisation
    name: str
    role: str  # one of `model.consortium.ParticipantRole`, or empty if nobody has told it
    task: Mapping[str, str] | None
    fixed: Decimal  # own cost that does not grow with volume
    variable: Decimal | None  # own cost that does; None if the cost of a service cannot be told


@record(frozen=True)
class Small:
    """A small member of an umbrella: paid by the lead, so its compensation is a cost of the lead and no share.

    Its own result is not told, for its costs are nowhere in the dossier. Volunteer hours are shown and never priced.
    """

    member: str
    name: str
    compensation: Decimal | None  # euros a year
    paid_hours: Decimal | None  # a week
    volunteer_hours: Decimal | None  # a week
    clients: int | None  # a year
    at: Place


@record(frozen=True)
class Agreed:
    """What the members have agreed of one lot for one of them, per cent."""

    member: str
    lot: str
    money: Decimal
    volume: Decimal
    risk: Decimal


@record(frozen=True)
class Shares:
    """The alternatives side by side, in the order of `TITLES`; ``agreed`` only if shares have been agreed."""

    partners: tuple[Partner, ...]  # the lead first
    alternatives: tuple[Alternative, ...]
    small: tuple[Small, ...] = ()
    agreed: tuple[Agreed, ...] = ()  # of the lots that the agreed alternative shares

    def of(self, name: Way) -> Alternative | None:
        """Return one alternative."""
        return next((one for one in self.alternatives if one.name == name), None)


@record(frozen=True)
class OwnPart:
    """What one alternative gives one member."""

    name: Way
    lots: tuple[LotPart, ...]
    whole: MemberPart


@record(frozen=True)
class OwnShares:
    """What the lead may pass on to one member: its own rows, and nothing of another member or of the whole."""

    partner: Partner | None
    alternatives: tuple[OwnPart, ...]
    small: Small | None
    agreed: tuple[Agreed, ...]


def for_member(shares: Shares, member: str) -> OwnShares:
    """Return the rows of ``member`` alone, whoever it is; all empty if nobody is called so."""
    own = [
        OwnPart(way.name, tuple(part for part in way.lots if part.member == member), whole)
        for way in shares.alternatives
        for whole in way.members
        if whole.member == member
    ]
    return OwnShares(
        next((one for one in shares.partners if one.member == member), None),
        tuple(own),
        next((one for one in shares.small if one.member == member), None),
        tuple(one for one in shares.agreed if one.member == member),
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _known_sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    told = list(amounts)
    return None if None in told else _sum(x for x in told if x is not None)
