"""The dossier: all input of one bid, each noun validated; the list of nouns is the table of contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

from bidkit.diagnostics import Place
from bidkit.model import bid as answer
from bidkit.model import cost, evidence
from bidkit.model import organisation as org
from bidkit.model import service as product
from bidkit.model import tender as call
from bidkit.model._base import Entry
from bidkit.model.homes import Homed
from bidkit.record import record

if TYPE_CHECKING:
    from bidkit.model import consortium as joint

_JOINT = "bidkit.model.consortium"  # imported when one of its nouns is there: who bids alone does without


@record(frozen=True)
class Noun:
    """One file of a dossier (or folder of split files) and what its entries are."""

    of: type[Entry] | str
    holds: Literal["one", "many"]
    part: Literal["member", "tender", "bid", "consortium", "light"]
    required: bool = False

    @property
    def model(self) -> type[Entry]:
        """What an entry is."""
        if not isinstance(self.of, str):
            return self.of
        found: type[Entry] = getattr(import_module(_JOINT), self.of)
        return found


# The order is that of the guide: first who we are, then what is asked, then what we answer.
NOUNS: Mapping[str, Noun] = {
    "organisation": Noun(org.Organisation, "one", "member", required=True),
    "certificates": Noun(org.Certificate, "many", "member"),
    "insurances": Noun(org.Insurance, "many", "member"),
    "sites": Noun(org.Site, "many", "member"),
    "travel": Noun(org.TravelTime, "many", "member"),
    "staff": Noun(org.StaffMember, "many", "member"),
    "references": Noun(org.Reference, "many", "member"),
    "client_groups": Noun(org.ClientGroup, "many", "member"),
    "partners": Noun(org.Partner, "many", "member"),
    "funding": Noun(cost.IncomeSource, "many", "member"),
    "services": Noun(product.Service, "many", "member", required=True),
    "cost_basis": Noun(cost.CostBasis, "one", "member", required=True),
    "salaries": Noun(cost.Salary, "many", "member"),
    "cost_items": Noun(cost.CostItem, "many", "member"),
    "outcomes": Noun(evidence.Outcome, "many", "member"),
    "tender": Noun(call.Tender, "one", "tender", required=True),
    "lots": Noun(call.Lot, "many", "tender", required=True),
    "conditions": Noun(call.Condition, "many", "tender"),
    "criteria": Noun(call.Criterion, "many", "tender"),
    "price_lines": Noun(call.PriceLine, "many", "tender", required=True),
    "requested_attachments": Noun(call.RequestedAttachment, "many", "tender"),
    "bid": Noun(answer.BidBasics, "one", "bid", required=True),
    "lot_offers": Noun(answer.LotOffer, "many", "bid", required=True),
    "prices": Noun(answer.Price, "many", "bid", required=True),
    "answers": Noun(answer.Answer, "many", "bid"),
    "attestations": Noun(answer.Attestation, "many", "bid"),
    "attachments": Noun(answer.Attachment, "many", "bid"),
    "rivals": Noun(answer.Rival, "many", "bid"),
    "consortium": Noun("Consortium", "one", "consortium"),
    "participants": Noun("Participant", "many", "consortium"),
    "shares": Noun("MemberShare", "many", "consortium"),
    "client_path": Noun("PathStep", "many", "consortium"),
    "agreements": Noun("Agreement", "many", "consortium"),
    "resolutions": Noun("Resolution", "many", "consortium"),
    "light_member": Noun("LightMember", "one", "light"),
}


@cache
def nouns_of(*parts: str) -> tuple[str, ...]:
    """Return the names of the nouns of some parts, in the guide's order."""
    return tuple(name for name, noun in NOUNS.items() if noun.part in parts)


class Given(NamedTuple):
    """What a member brings to a service: its own entry of it, if it has one, and its people who do the work."""

    entry: product.Service | None
    staff: tuple[org.StaffMember, ...]


@record(frozen=True)
class Member(Homed):
    """What one organisation brings. A single bidder is a consortium of one."""

    organisation: org.Organisation
    cost_basis: cost.CostBasis
    certificates: tuple[org.Certificate, ...] = ()
    insurances: tuple[org.Insurance, ...] = ()
    sites: tuple[org.Site, ...] = ()
    travel: tuple[org.TravelTime, ...] = ()
    staff: tuple[org.StaffMember, ...] = ()
    references: tuple[org.Reference, ...] = ()
    client_groups: tuple[org.ClientGroup, ...] = ()
    partners: tuple[org.Partner, ...] = ()
    funding: tuple[cost.IncomeSource, ...] = ()
    services: tuple[product.Service, ...] = ()
    salaries: tuple[cost.Salary, ...] = ()
    cost_items: tuple[cost.CostItem, ...] = ()
    outcomes: tuple[evidence.Outcome, ...] = ()
    homes: Mapping[str, Place] = field(default_factory=dict)
    # What its files say of the tender and the answer to it, by noun: the lead's own hold, but they may differ.
    says: Mapping[str, Entry | tuple[Entry, ...]] = field(default_factory=dict)
    # Its own entries of services that another member's file describes for both, by the ids that those have there.
    shared: Mapping[str, product.Service] = field(default_factory=dict)

    def given(self) -> dict[str, Given]:
        """Return what it brings to each service that it gives, alone or with others, by the id of the service."""
        people: dict[str, list[org.StaffMember]] = {}
        for person in self.staff:
            for id_ in dict.fromkeys(person.services):
                people.setdefault(id_, []).append(person)
        own = {one.id: one for one in self.services} | dict(self.shared)
        return {id_: Given(own.get(id_), tuple(people.get(id_, ()))) for id_ in dict.fromkeys((*own, *people))}


@record(frozen=True)
class Dossier(Homed):
    """All input of one bid.

    ``set_aside`` holds, by noun, the ids of entries that could not be read: what refers to them is set
    aside too, without a finding of its own. Of the nouns in ``incomplete`` a file could not be read, so an id
    that is missing there proves nothing. ``digests`` are the SHA-256 of the files read. ``homes`` says where nouns
    are written that are not in a file of their own: in sheets of a workbook. A ``trial`` has no tender yet but one
    of ours to try with.
    """

    members: tuple[Member, ...]
    tender: call.Tender
    bid: answer.BidBasics
    lots: tuple[call.Lot, ...] = ()
    conditions: tuple[call.Condition, ...] = ()
    criteria: tuple[call.Criterion, ...] = ()
    price_lines: tuple[call.PriceLine, ...] = ()
    requested_attachments: tuple[call.RequestedAttachment, ...] = ()
    lot_offers: tuple[answer.LotOffer, ...] = ()
    prices: tuple[answer.Price, ...] = ()
    answers: tuple[answer.Answer, ...] = ()
    attestations: tuple[answer.Attestation, ...] = ()
    attachments: tuple[answer.Attachment, ...] = ()
    rivals: tuple[answer.Rival, ...] = ()
    consortium: joint.Consortium | None = None
    participants: tuple[joint.Participant, ...] = ()
    shares: tuple[joint.MemberShare, ...] = ()
    client_path: tuple[joint.PathStep, ...] = ()
    agreements: tuple[joint.Agreement, ...] = ()
    resolutions: tuple[joint.Resolution, ...] = ()
    light_member: tuple[joint.LightMember, ...] = ()  # a form each, so there are as many as small members
    set_aside: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unread: Mapping[str, Place] = field(default_factory=dict)
    incomplete: frozenset[str] = frozenset()
    digests: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, Place] = field(default_factory=dict)
    trial: bool = False

    @property
    def joint(self) -> bool:
        """Whether several organisations bid together."""
        return len(self.members) > 1 or self.consortium is not None or bool(self.light_member)

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Yield every entry with its noun: noun by noun in the guide's order, of each the lead's first."""
        for name, noun in NOUNS.items():
            for owner in self.members if noun.part == "member" else (self,):
                yield from ((name, one) for one in listed(owner, name))

    def lost(self, noun: str, id_: str) -> bool:
        """Say whether an entry called ``id_`` may have been written, though it could not be read."""
        return noun in self.incomplete or id_ in self.set_aside.get(noun, frozenset())

    def partly_read(self, *nouns: str) -> bool:
        """Say whether some entry of one of the nouns could not be read, so that what is not there proves nothing."""
        return any(noun in self.incomplete or self.set_aside.get(noun) for noun in nouns)


def listed(owner: Dossier | Member, noun: str) -> tuple[Entry, ...]:
    """Return what an owner has of a noun of its own, whether there is one, many or none."""
    held: Entry | tuple[Entry, ...] | None = getattr(owner, noun)
    return held if isinstance(held, tuple) else (held,) if held is not None else ()
