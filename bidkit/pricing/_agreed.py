"""What the members have agreed of the shares of each lot: whole and of members that are there, or not used at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from bidkit.diagnostics import Finding, Measure, Word
from bidkit.i18n import N_
from bidkit.messages import pricing as say
from bidkit.model.consortium import MemberShare
from bidkit.model.dossier import Dossier
from bidkit.record import record
from bidkit.stages import PricedBid, PricedLot

HUNDRED = Decimal(100)


@record(frozen=True)
class Key:
    """How one lot is divided: member → weight of money, work and risk."""

    money: Mapping[str, Decimal]
    volume: Mapping[str, Decimal]
    risk: Mapping[str, Decimal]


def agreed_keys(priced: PricedBid, findings: list[Finding]) -> dict[str, Key]:
    """Return the agreed division by lot; a lot whose shares are faulty has a finding and none."""
    dossier = priced.bid.dossier
    order = [m.organisation.id for m in priced.bid.members]
    lots = {lot.bid.lot.id: lot for lot in priced.lots}
    by_lot: dict[str, dict[str, MemberShare]] = {id_: {} for id_ in lots}
    faulty: set[str] = set()
    for one in dossier.shares:
        known = _known(one, order, lots, dossier, findings)
        first = by_lot.get(one.lot, {}).get(one.member)
        if first is not None:
            findings.append(say.SHARED_TWICE.at(one.at, member=one.member, lot=one.lot, first=str(first.at)))
        if not known or first is not None:
            faulty.add(one.lot)
        else:
            by_lot[one.lot][one.member] = one
    # A share that could not be read is of some lot, nobody knows which: what is missing of a lot proves nothing.
    told = findings if not dossier.partly_read("shares") else []
    keys = {}
    for id_, lot in lots.items() if dossier.shares else ():
        if id_ in faulty:
            continue
        mine = [by_lot[id_][m] for m in order if m in by_lot[id_]]
        if not mine:
            told.append(say.NOTHING_AGREED.at(dossier.home("shares"), lot=lot.bid.lot.number, id=id_))
            continue
        whole = [_whole(lot, field, mine, told) for field in _FIELDS]  # each of them is told
        if all(whole):
            keys[id_] = Key(*({s.member: _of(s, field) for s in mine} for field in _FIELDS))
    return keys


_FIELDS: Mapping[str, str] = {"money": N_("money"), "volume": N_("volume"), "risk": N_("risk")}


def _of(share: MemberShare, field: str) -> Decimal:
    value: Decimal | None = getattr(share, field)
    return share.money if value is None else value


def _known(
    one: MemberShare, order: Sequence[str], lots: Iterable[str], dossier: Dossier, findings: list[Finding]
) -> bool:
    """Say whether a share is of a member and a lot of the bid; if not, why it is of none."""
    member, lot = one.member in order, one.lot in lots
    if not member:
        findings += _not_a_member(one, order, dossier)
    lost = dossier.lost("lots", one.lot) or any(offer.lot == one.lot for offer in dossier.lot_offers)
    if not lot and not lost:  # of a lot that is offered and yet not in the bid, its own fault has been told
        findings.append(_nobody(one, "lot", N_("the lot"), one.lot, list(lots)))
    return member and lot


def _not_a_member(one: MemberShare, order: Sequence[str], dossier: Dossier) -> Iterable[Finding]:
    """Tell apart who has left, who is paid otherwise, whose files are not here, and whom nobody knows."""
    place, taking_part = one.at.of("member"), {p.id: p for p in dossier.participants}
    if one.member in taking_part and taking_part[one.member].withdrawn:
        yield say.SHARE_OF_WITHDRAWN.at(place, member=one.member, lot=one.lot, percent=Measure(one.money, "percent"))
    elif one.member in {light.id for light in dossier.light_member}:
        yield say.SHARE_OF_SMALL.at(place, member=one.member)
    elif dossier.unread:
        return  # a member's files could not be read, which has been told: it may be this one
    elif one.member in taking_part:
        yield say.SHARE_WITHOUT_FILES.at(place, member=one.member)
    else:
        yield _nobody(one, "member", N_("the member"), one.member, list(order))


def _nobody(one: MemberShare, field: str, what: str, id_: str, known: Sequence[str]) -> Finding:
    from difflib import get_close_matches

    near = get_close_matches(id_, known, n=1, cutoff=0.6)
    return say.SHARE_OF_NOBODY.at(one.at.of(field), what=Word(what), id=id_, known=tuple(near or known))


def _whole(lot: PricedLot, field: str, mine: Sequence[MemberShare], findings: list[Finding]) -> bool:
    """Say whether the shares of one kind add up to 100 % exactly; if not, where and by how much."""
    total = sum((_of(one, field) for one in mine), Decimal(0))
    if field != "money" and all(getattr(one, field) is None for one in mine):
        return True  # the same as money, which is looked at first
    if total == HUNDRED and all(_of(one, field) >= 0 for one in mine):
        return True
    findings.append(
        say.SHARES_NOT_WHOLE.at(
            mine[-1].at.of(field),
            what=Word(_FIELDS[field]),
            lot=lot.bid.lot.number,
            sum=Measure(total, "percent"),
            difference=Measure(abs(HUNDRED - total), "percent"),
            members=tuple(one.member for one in mine),
        )
    )
    return False
