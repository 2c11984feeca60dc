"""Ids → what they name: Dossier → Bid.

What refers to nothing is a finding at the reference; what refers to an entry that was set aside while
reading is set aside in silence, since its cause has been told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Protocol

from bidkit import conditions
from bidkit.diagnostics import Finding, Measure, Name, Place
from bidkit.i18n import languages
from bidkit.messages import resolving
from bidkit.model import bid as bid_model
from bidkit.model import tender as tender_model
from bidkit.model._base import Entry
from bidkit.model.dossier import Dossier, Given, Member, listed, nouns_of
from bidkit.model.evidence import Outcome
from bidkit.resolve.texts import examine
from bidkit.stages import AnsweredCriterion, Bid, BoundCondition, Giver, Judge, LineBid, LotBid, OfferedService

# noun, field of its entries → noun whose ids the field holds
_REFERENCES = (
    ("travel", "site", "sites"),
    ("staff", "services", "services"),
    ("salaries", "staff", "staff"),
    ("partners", "client_groups", "client_groups"),
    ("lots", "client_groups", "client_groups"),
    ("conditions", "lots", "lots"),
    ("criteria", "lots", "lots"),
    ("price_lines", "lot", "lots"),
    ("bid", "lot_preference", "lots"),
    ("attachments", "answers", "requested_attachments"),
    ("rivals", "lot", "lots"),
    ("participants", "relied_on", "conditions"),
    ("participants", "signs", "attachments"),
    ("client_path", "next", "client_path"),
    ("client_path", "lot", "lots"),
    ("client_path", "service", "services"),
    ("light_member", "services", "services"),
    ("light_member", "client_groups", "client_groups"),
)


class Validate(Protocol):
    """How raw parameters become a kind: `bidkit.dossier.validate.validate`, handed in by the pipeline."""

    def __call__(self, model: Any, written: Any) -> tuple[Any, list[Finding]]:
        """Return the entry that ``written`` makes, or None, and what is wrong with it."""
        ...


class _Resolver:
    """Looks up ids of one dossier and keeps what it finds."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.findings: list[Finding] = []

    def table(self, noun: str) -> dict[str, Any]:
        """Return id → entry of a noun, over all members."""
        entries: Iterator[Any] = self.entries(noun)
        return {entry.id: entry for entry in entries}

    def entries(self, noun: str) -> Iterator[Entry]:
        """Yield every entry of a noun, over all members."""
        owners: Sequence[Member | Dossier] = self.dossier.members if noun in nouns_of("member") else (self.dossier,)
        for owner in owners:
            yield from listed(owner, noun)

    def one(self, noun: str, id_: str, table: Mapping[str, Any], place: Place) -> Any:
        """Return the entry called ``id_``; None, with a finding unless its own reading failed."""
        found = table.get(id_)
        if found is None and not self.dossier.lost(noun, id_):
            from difflib import get_close_matches

            near = get_close_matches(id_, table, n=1, cutoff=0.6)
            if near:
                self.findings.append(resolving.DANGLING_NEAR.at(place, id=id_, noun=Name(noun), near=near[0]))
            else:
                self.findings.append(resolving.DANGLING.at(place, id=id_, noun=Name(noun)))
        return found

    def many(
        self, noun: str, ids: Iterable[str], table: Mapping[str, Any], at: Place, field: str
    ) -> tuple[tuple[Any, ...], bool]:
        """Return the entries called ``ids`` and whether every one was there."""
        found = []
        for index, id_ in enumerate(ids):
            spot = at.fields.get(f"{field}[{index}]")
            place = Place(at.file, spot) if spot else at.of(field)
            found.append(self.one(noun, id_, table, place))
        return tuple(x for x in found if x is not None), all(x is not None for x in found)


def resolve(
    dossier: Dossier, validate: Validate, language: str | None = None
) -> tuple[Bid | None, tuple[Finding, ...]]:
    """Return the bid in ``language`` (the bid's own unless given), or None if nothing can be offered."""
    tongue = language or dossier.bid.language
    look = _Resolver(dossier)
    dossier = look.dossier = _evidence(look)
    if tongue not in languages():
        at = dossier.bid.at.of("language")
        return None, (resolving.LANGUAGE_UNKNOWN.at(at, language=tongue, known=languages()),)
    services = _services(look)
    lines = look.table("price_lines")
    prices = _prices(look, lines)
    lots = tuple(x for x in (_lot(look, o, services, prices) for o in dossier.lot_offers) if x is not None)
    _not_offered(look, prices, lines)
    _named(look)
    if dossier.joint or dossier.client_path:
        from bidkit.resolve import path

        look.findings += path.examine(dossier, tongue)
    if not lots:
        if not look.findings and not any(dossier.set_aside.values()):
            look.findings.append(resolving.NOTHING_OFFERED.at(dossier.home("lot_offers")))
        return None, tuple(look.findings)
    bound = tuple(x for x in (_bind(look, c, lots, validate, tongue) for c in dossier.conditions) if x is not None)
    criteria = _criteria(look, lots, tongue)
    _leases(look, lots)
    _attested(look)
    bid = Bid(dossier, tongue, lots, bound, criteria)
    look.findings += examine(bid)
    return bid, tuple(look.findings)


def _services(look: _Resolver) -> dict[str, OfferedService]:
    """Return every service with what each member brings to it, that which describes it first."""
    by: dict[str, list[tuple[Member, Given]]] = {}
    for member in look.dossier.members:
        for id_, part in member.given().items():
            by.setdefault(id_, []).append((member, part))
    found = {}
    for member, one in ((m, s) for m in look.dossier.members for s in m.services):
        givers = tuple(_giver(look, *each) for each in sorted(by[one.id], key=lambda each: each[0] is not member))
        groups, _ = look.many("client_groups", one.client_groups, look.table("client_groups"), one.at, "client_groups")
        found[one.id] = OfferedService(one, member, givers, groups)
    return found


def _giver(look: _Resolver, member: Member, part: Given) -> Giver:
    if part.entry is None:
        return Giver(member, part.staff, ())
    sites, _ = look.many("sites", part.entry.sites, {s.id: s for s in member.sites}, part.entry.at, "sites")
    return Giver(member, part.staff, sites)


def _prices(look: _Resolver, lines: Mapping[str, tender_model.PriceLine]) -> dict[str, bid_model.Price]:
    found: dict[str, bid_model.Price] = {}
    for price in look.dossier.prices:
        line = look.one("price_lines", price.line, lines, price.at.of("line"))
        if line is None:
            continue
        if line.id in found:  # unreachable through the reader, which keys prices by line; merge may bring two
            first = str(found[line.id].at)
            look.findings.append(resolving.PRICED_TWICE.at(price.at, id=line.id, first=first))
            continue
        found[line.id] = price
    return found


def _lot(
    look: _Resolver,
    offer: bid_model.LotOffer,
    services: Mapping[str, OfferedService],
    prices: Mapping[str, bid_model.Price],
) -> LotBid | None:
    lot = look.one("lots", offer.lot, look.table("lots"), offer.at.of("lot"))
    own, complete = look.many("services", offer.services, services, offer.at, "services")
    if lot is None or not complete:
        return None
    bids, missing = [], []
    for line in look.dossier.price_lines:
        if line.lot != lot.id:
            continue
        price = prices.get(line.id)
        if price is None or price.strategy == "not_offered":
            if not look.dossier.lost("prices", line.id):
                missing.append(line)
            continue
        answer = look.one("services", price.service, services, price.at.of("service"))
        if answer is None:
            continue
        if answer not in own:
            names = tuple(s.id for s in own)
            look.findings.append(
                resolving.SERVICE_NOT_IN_LOT.at(
                    price.at.of("service"), service=answer.id, lot=lot.number, services=names
                )
            )
            continue
        bids.append(LineBid(line, price, answer))
    return LotBid(lot, offer, own, tuple(bids), tuple(missing))


def _not_offered(
    look: _Resolver,
    prices: Mapping[str, bid_model.Price],
    lines: Mapping[str, tender_model.PriceLine],
) -> None:
    offered = {o.lot for o in look.dossier.lot_offers}
    known = look.table("lots")
    for id_, price in prices.items():
        lot = lines[id_].lot
        if lot in known and lot not in offered and price.strategy != "not_offered":
            look.findings.append(
                resolving.LOT_NOT_OFFERED.at(price.at.of("line"), line=lines[id_].number, lot=known[lot].number)
            )


def _evidence(look: _Resolver) -> Dossier:
    """Set aside outcome rows that no document may print: without consent, or of an unknown service or group."""
    services, groups = look.table("services"), look.table("client_groups")

    def whole(row: Outcome) -> bool:
        if row.consent is False:
            look.findings.append(resolving.NO_CONSENT.at(row.at.of("consent"), row=row.id))
            return False
        named = (
            look.one("services", row.service, services, row.at.of("service")),
            look.one("client_groups", row.client_group, groups, row.at.of("client_group")),
        )
        return None not in named

    members = tuple(replace(m, outcomes=tuple(filter(whole, m.outcomes))) for m in look.dossier.members)
    return replace(look.dossier, members=members)


def _leases(look: _Resolver, lots: Sequence[LotBid]) -> None:
    """Say which site of an offered service is given up before the contract ends."""
    end = look.dossier.tender.contract.end
    for site in {id(site): site for lot in lots for offered in lot.services for site in offered.sites}.values():
        if site.until and site.until < end:
            at = site.at.of("until")
            look.findings.append(resolving.SITE_CLOSES.at(at, site=site.id, until=site.until, end=end))


def _named(look: _Resolver) -> None:
    """Check that what entries name is there, wherever no other step looks for it."""
    for noun, field, named in _REFERENCES:
        table = look.table(named)
        for entry in look.entries(noun):
            value = getattr(entry, field)
            if isinstance(value, tuple):
                look.many(named, value, table, entry.at, field)
            elif value is not None:
                look.one(named, value, table, entry.at.of(field))
    services = look.table("services")
    for member in look.dossier.members:
        shares = [share for paid in member.salaries for share in paid.allocations]
        shares += [share for item in member.cost_items for share in item.allocations]
        for share in shares:
            look.one("services", share.service, services, share.at.of("service"))
    for offer in look.dossier.lot_offers:
        for part in offer.capacity:
            look.one("services", part.service, services, part.at.of("service"))
    _clauses(look)
    _shown(look)


def _clauses(look: _Resolver) -> None:
    """Check that clauses name documents of the tender, if it lists any."""
    documents = {document.id: document for document in look.dossier.tender.documents}
    for noun in ("conditions", "criteria", "price_lines", "requested_attachments") if documents else ():
        entries: Iterator[Any] = look.entries(noun)
        for entry in entries:
            if entry.clause is not None:
                look.one("tender.documents", entry.clause.document, documents, entry.clause.at.of("document"))


def _shown(look: _Resolver) -> None:
    """Check that evidence is an attachment of the bid, or one that the tender asks for."""
    dossier = look.dossier
    known = look.table("requested_attachments") | look.table("attachments")
    entries: Iterator[Any] = chain(dossier.conditions, dossier.attestations)
    for entry in entries:
        if entry.evidence is not None and not dossier.lost("requested_attachments", entry.evidence):
            look.one("attachments", entry.evidence, known, entry.at.of("evidence"))


def _bind(
    look: _Resolver, entry: tender_model.Condition, lots: Sequence[LotBid], validate: Validate, language: str
) -> BoundCondition | None:
    """Give a condition its kind, its lots and its clause; None if it concerns no offered lot."""
    mine = tuple(x for x in lots if x.lot.id in entry.lots) if entry.lots else tuple(lots)
    if not mine:
        return None
    titles = {d.id: d.title for d in look.dossier.tender.documents}
    clause = None
    if entry.clause is not None:
        clause = entry.clause.printed({k: t.get(language) or next(iter(t.values())) for k, t in titles.items()})
    return BoundCondition(entry, _judge(look, entry, validate), mine, not entry.lots, clause)


def _judge(look: _Resolver, entry: tender_model.Condition, validate: Validate) -> Judge | None:
    """Return the condition's kind with its parameters; None, with findings, if either is faulty."""
    kind = conditions.kind(entry.kind)
    if kind is None:
        near = tuple(Name(code=one) for one in conditions.near(entry.kind))
        look.findings.append(resolving.UNKNOWN_KIND.at(entry.at.of("kind"), kind=entry.kind, near=near))
        return None
    judge, faults = validate(kind, {"@": entry.at.of("parameters"), **entry.parameters})
    look.findings += faults
    bound: Judge | None = judge
    return bound


def _criteria(look: _Resolver, lots: Sequence[LotBid], language: str) -> tuple[AnsweredCriterion, ...]:
    table = look.table("criteria")
    answers = {}
    for answer in look.dossier.answers:
        if look.one("criteria", answer.criterion, table, answer.at.of("criterion")) is not None:
            answers[answer.criterion] = answer
    offered = {x.lot.id for x in lots}
    found = []
    for criterion in look.dossier.criteria:
        if criterion.lots and not offered.intersection(criterion.lots):
            continue
        own = answers.get(criterion.id)
        if own is None and not look.dossier.lost("answers", criterion.id):
            title = criterion.title.get(language) or next(iter(criterion.title.values()))
            look.findings.append(
                resolving.NO_ANSWER.at(
                    criterion.at,
                    number=criterion.number,
                    title=title,
                    points=Measure(criterion.points, "points"),
                )
            )
        found.append(AnsweredCriterion(criterion, own))
    return tuple(found)


def _attested(look: _Resolver) -> None:
    known = {c.id for c in look.dossier.conditions}
    for one in look.dossier.attestations:
        if one.condition not in known and not look.dossier.lost("conditions", one.condition):
            look.findings.append(resolving.ATTESTED_UNKNOWN.at(one.at.of("condition"), id=one.condition))
