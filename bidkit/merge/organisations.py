"""One organisation twice, in two rival bids, or under another role."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from bidkit import money
from bidkit.diagnostics import Finding, Name
from bidkit.i18n import N_
from bidkit.merge.conflict import Clash, Pair, Party, Way, folded, quoted, stand
from bidkit.merge.draft import Draft, owners
from bidkit.merge.says import same_tender
from bidkit.messages import merging
from bidkit.model.consortium import LightMember, Participant
from bidkit.model.dossier import Dossier, Member
from bidkit.model.organisation import Partner
from bidkit.model.tender import Tender


def of_one_id(dossier: Dossier) -> Iterator[Clash]:
    """Yield organisations whose files have one id: while there are two, no other conflict can be told by ids."""
    return _alike(dossier, lambda one: (one.id,))


def find(dossier: Dossier) -> Iterator[Clash]:
    """Yield organisations that have sent two files, by their business ID, or whose ids are almost the same."""
    return _alike(dossier, lambda one: (("like", folded(one.id)), ("number", one.business_id or one.id)))


def _alike(dossier: Dossier, keys: Callable[[Party], Iterable[object]]) -> Iterator[Clash]:
    first: dict[object, tuple[str, Party]] = {}
    parties: list[tuple[str, Party]] = [(key, one.organisation) for key, one in owners(dossier.members).items()]
    taken = frozenset(party.id for _, party in parties)
    for key, party in (*parties, *(("", one) for one in dossier.light_member)):
        marks = tuple(keys(party))
        match = next((first[mark] for mark in marks if mark in first), None)
        if match is not None:
            yield _same(match, (key, party), taken)
        for mark in marks:
            first.setdefault(mark, (key, party))


def _same(one: tuple[str, Party], other: tuple[str, Party], taken: frozenset[str]) -> Clash:
    pair = Pair(one[1], other[1])
    keep_first, keep_second = _leaving(*other), _leaving(*one)
    ways: dict[str, Way] = {"keep_first": keep_first, "keep_second": keep_second}
    if pair.first.business_id and pair.first.business_id == pair.second.business_id:
        number = pair.first.business_id
        values = (number, pair.first.at.of("business_id")), (number, pair.second.at.of("business_id"))
        conflict = pair.conflict(f"organisation{_folders(pair)}", quoted(N_("the business ID")), *values)
        return Clash(conflict, merging.SAME_ORGANISATION, ways, until=keep_first)
    values = (pair.first.id, pair.first.at.of("id")), (pair.second.id, pair.second.at.of("id"))
    conflict = pair.conflict(f"organisation{_folders(pair)}", quoted(N_("the id of the organisation")), *values)
    if not _one_id(pair):
        about = quoted(N_("organisations with almost the same id"))
        conflict = pair.conflict("organisation", about, *values)
        return Clash(conflict, merging.LOOKALIKE_ID, ways | {"both": stand})
    if other[0]:
        ways["rename_second"] = lambda draft, new: draft.rename_member(other[0], new)
    return Clash(conflict, merging.SAME_ORGANISATION, ways, taken=taken, until=keep_first)


def _one_id(pair: Pair) -> bool:
    return pair.first.id == pair.second.id


def _folders(pair: Pair) -> str:
    """Return what tells two conflicts of one id from each other: the folders, if the ids do not."""
    if not _one_id(pair):
        return ""
    return "".join(f".{PurePosixPath(one.at.file).parent.name or '-'}" for one in (pair.first, pair.second))


def _leaving(key: str, party: Party) -> Way:
    def way(draft: Draft, _new: str) -> None:
        if isinstance(party, LightMember):
            draft.drop_light(party)
        else:
            draft.drop_member(key)

    return way


def rivals(dossier: Dossier) -> Iterator[Clash]:
    """Yield members that have an offer of their own for a lot which is bid for together, and have not told of it."""
    lead = dossier.members[0].organisation
    told = {one.id for one in dossier.participants if one.other_bid and not money.bare_yes_no(one.other_bid)}
    ours = {offer.lot: offer for offer in dossier.lot_offers}
    for member in dossier.members[1:]:
        tender = member.says.get("tender")
        own: Any = member.says.get("lot_offers", ())
        if member.organisation.id in told:
            continue
        if isinstance(tender, Tender) and not same_tender(dossier.tender, tender):
            continue
        mine = [one for one in own if one.lot in ours and one.services != ours[one.lot].services]
        if mine:
            lots = tuple(one.lot for one in mine)
            about = quoted(N_("an offer of its own for the same lots"))
            values = (lots, ours[lots[0]].at.of("lot")), (lots, mine[0].at.of("lot"))
            conflict = Pair(lead, member.organisation).conflict("lot_offers", about, *values)
            yield Clash(conflict, merging.RIVAL_BID, {"both": stand, "keep_first": stand})


def roles(dossier: Dossier) -> Iterator[Finding]:
    """Yield what else is said of members: that they bid elsewhere, are rivals, or have another role in a register."""
    for row in dossier.participants:
        if row.other_bid and money.bare_yes_no(row.other_bid) and money.yes_no(row.other_bid.strip(" .!\n")):
            yield merging.OTHER_BID_UNTOLD.at(row.at.of("other_bid"), id=row.id)
    known = {folded(mark): one for one in dossier.members for mark in _marks(one)}
    for rival in dossier.rivals:
        if member := known.get(folded(rival.id)):
            yield merging.RIVAL_IS_MEMBER.at(rival.at.of("id"), id=rival.id, member=member.organisation.name)
    taking_part = {one.id: one for one in dossier.participants}
    for owner in dossier.members:
        for partner in owner.partners:
            marks = (partner.business_id or partner.id, partner.id, partner.name)
            named = next((known[folded(mark)] for mark in marks if folded(mark) in known), None)
            row_of = taking_part.get(named.organisation.id) if named else None
            if row_of and not _agree(partner, row_of):
                yield merging.OTHER_ROLE.at(
                    partner.at.of("role"),
                    partner=partner.name,
                    role=Name(code=partner.role),
                    other=Name(code=row_of.role),
                    where=str(row_of.at.of("role")),
                )


def _marks(member: Member) -> tuple[str, str, str]:
    one = member.organisation
    return one.id, one.business_id, one.name


def _agree(partner: Partner, row: Participant) -> bool:
    """Say whether a register and the lead's file give an organisation one role; referrals go on beside any bid."""
    if partner.role == "referral" or row.role == "umbrella_member":
        return True
    return partner.role == {"lead": "member"}.get(row.role, row.role)
