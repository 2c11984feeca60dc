"""The dossier: all input of one bid, each noun validated; the list of nouns is the table of contents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bidkit.model import bid, cost, evidence, organisation, service, tender
from bidkit.model._base import Entry


class Noun(NamedTuple):
    """One file of a dossier (or folder of split files) and what its entries are."""

    model: type[Entry]
    holds: Literal["one", "many"]
    part: Literal["member", "tender", "bid"]
    required: bool = False


# The order is that of the guide: first who we are, then what is asked, then what we answer.
NOUNS: Mapping[str, Noun] = {
    "organisation": Noun(organisation.Organisation, "one", "member", required=True),
    "certificates": Noun(organisation.Certificate, "many", "member"),
    "insurances": Noun(organisation.Insurance, "many", "member"),
    "sites": Noun(organisation.Site, "many", "member"),
    "staff": Noun(organisation.StaffMember, "many", "member"),
    "references": Noun(organisation.Reference, "many", "member"),
    "client_groups": Noun(organisation.ClientGroup, "many", "member"),
    "services": Noun(service.Service, "many", "member", required=True),
    "cost_basis": Noun(cost.CostBasis, "one", "member", required=True),
    "salaries": Noun(cost.Salary, "many", "member"),
    "cost_items": Noun(cost.CostItem, "many", "member"),
    "outcomes": Noun(evidence.Outcome, "many", "member"),
    "tender": Noun(tender.Tender, "one", "tender", required=True),
    "lots": Noun(tender.Lot, "many", "tender", required=True),
    "conditions": Noun(tender.Condition, "many", "tender"),
    "criteria": Noun(tender.Criterion, "many", "tender"),
    "price_lines": Noun(tender.PriceLine, "many", "tender", required=True),
    "requested_attachments": Noun(tender.RequestedAttachment, "many", "tender"),
    "bid": Noun(bid.BidBasics, "one", "bid", required=True),
    "lot_offers": Noun(bid.LotOffer, "many", "bid", required=True),
    "prices": Noun(bid.Price, "many", "bid", required=True),
    "answers": Noun(bid.Answer, "many", "bid"),
    "attestations": Noun(bid.Attestation, "many", "bid"),
    "attachments": Noun(bid.Attachment, "many", "bid"),
    "rivals": Noun(bid.Rival, "many", "bid"),
}


@dataclass(frozen=True)
class Member:
    """What one organisation brings. A single bidder is a consortium of one."""

    organisation: organisation.Organisation
    cost_basis: cost.CostBasis
    certificates: tuple[organisation.Certificate, ...] = ()
    insurances: tuple[organisation.Insurance, ...] = ()
    sites: tuple[organisation.Site, ...] = ()
    staff: tuple[organisation.StaffMember, ...] = ()
    references: tuple[organisation.Reference, ...] = ()
    client_groups: tuple[organisation.ClientGroup, ...] = ()
    services: tuple[service.Service, ...] = ()
    salaries: tuple[cost.Salary, ...] = ()
    cost_items: tuple[cost.CostItem, ...] = ()
    outcomes: tuple[evidence.Outcome, ...] = ()


@dataclass(frozen=True)
class Dossier:
    """All input of one bid.

    ``set_aside`` holds, by noun, the ids of entries that could not be read: what refers to them is set
    aside too, without a finding of its own. ``digests`` are the SHA-256 of the files read.
    """

    members: tuple[Member, ...]
    tender: tender.Tender
    bid: bid.BidBasics
    lots: tuple[tender.Lot, ...] = ()
    conditions: tuple[tender.Condition, ...] = ()
    criteria: tuple[tender.Criterion, ...] = ()
    price_lines: tuple[tender.PriceLine, ...] = ()
    requested_attachments: tuple[tender.RequestedAttachment, ...] = ()
    lot_offers: tuple[bid.LotOffer, ...] = ()
    prices: tuple[bid.Price, ...] = ()
    answers: tuple[bid.Answer, ...] = ()
    attestations: tuple[bid.Attestation, ...] = ()
    attachments: tuple[bid.Attachment, ...] = ()
    rivals: tuple[bid.Rival, ...] = ()
    set_aside: Mapping[str, frozenset[str]] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
