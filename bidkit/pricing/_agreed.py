"""What the members have agreed of the shares of each lot: whole and of members that are there, or not used at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from bidkit.diagnostics import Finding, Measure, Place, Word
from bidkit.i18n import N_
from bidkit.messages import pricing as say
from bidkit.stages import PricedBid, PricedLot

HUNDRED = Decimal(100)


class AgreedShare(NamedTuple):
    """What the members have agreed of one lot for one of them; per cents are from 0 to 100.

    ``volume`` and ``risk`` are the member's part of the work and of the loss if no outcome fee is paid; None means
    the same as ``percent``, which is its part of the money.
    """

    member: str  # id of the organisation
    lot: str  # id of the lot
    percent: Decimal
    volume: Decimal | None
    role: str
    risk: Decimal | None
    at: Place


@dataclass(frozen=True)
class Key:
    """How one lot is divided: member → weight of money, work and risk."""

    money: Mapping[str, Decimal]
    volume: Mapping[str, Decimal]
    risk: Mapping[str, Decimal]


def agreed_keys(priced: PricedBid, agreed: Sequence[AgreedShare], findings: list[Finding]) -> dict[str, Key]:
    """Return the agreed division by lot; a lot whose shares are faulty has a finding and none."""
    order = {m.organisation.id: m.organisation.name for m in priced.bid.members}
    lots = {lot.bid.lot.id: lot for lot in priced.lots}
    by_lot: dict[str, dict[str, AgreedShare]] = {id_: {} for id_ in lots}
    faulty: set[str] = set()
    for one in agreed:
        known = _known(one, order, lots, findings)
        first = by_lot.get(one.lot, {}).get(one.member)
        if first is not None:
            findings.append(say.SHARED_TWICE.at(one.at, member=one.member, lot=one.lot, first=str(first.at)))
        if not known or first is not None:
            faulty.add(one.lot)
        else:
            by_lot[one.lot][one.member] = one
    keys = {}
    for id_, lot in lots.items():
        if agreed and id_ not in faulty:
            mine = [by_lot[id_][m] for m in order if m in by_lot[id_]]
            whole = [_whole(lot, field, mine, findings) for field in _FIELDS]  # each of them is told
            if all(whole):
                keys[id_] = Key(*({s.member: _of(s, field) for s in mine} for field in _FIELDS))
    return keys


_FIELDS: Mapping[str, str] = {"percent": N_("money"), "volume": N_("volume"), "risk": N_("risk")}


def _of(share: AgreedShare, field: str) -> Decimal:
    value: Decimal | None = getattr(share, field)
    return share.percent if value is None else value


def _known(one: AgreedShare, order: Mapping[str, str], lots: Iterable[str], findings: list[Finding]) -> bool:
    from difflib import get_close_matches

    told: tuple[tuple[str, str, str, list[str]], ...] = (
        ("member", N_("the member"), one.member, list(order)),
        ("lot", N_("the lot"), one.lot, list(lots)),
    )
    missing = [row for row in told if row[2] not in row[3]]
    for field, what, id_, known in missing:
        near = get_close_matches(id_, known, n=1, cutoff=0.6)
        named = tuple(near or known)
        findings.append(say.SHARE_OF_NOBODY.at(one.at.of(field), what=Word(what), id=id_, known=named))
    return not missing


def _whole(lot: PricedLot, field: str, mine: Sequence[AgreedShare], findings: list[Finding]) -> bool:
    """Say whether the shares of one kind add up to 100 % exactly; if not, where and by how much."""
    total = sum((_of(one, field) for one in mine), Decimal(0))
    if field != "percent" and all(getattr(one, field) is None for one in mine):
        return True  # the same as money, which is looked at first
    if total == HUNDRED and all(_of(one, field) >= 0 for one in mine):
        return True
    place = mine[-1].at.of(field) if mine else lot.bid.offer.at
    findings.append(
        say.SHARES_NOT_WHOLE.at(
            place,
            what=Word(_FIELDS[field]),
            lot=lot.bid.lot.number,
            sum=Measure(total, "percent"),
            difference=Measure(abs(HUNDRED - total), "percent"),
            members=tuple(one.member for one in mine),
        )
    )
    return False
