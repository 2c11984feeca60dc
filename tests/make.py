"""Small, complete dossiers for tests: every entry has sensible defaults, a test names only what it is about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bidkit.diagnostics import Place
from bidkit.i18n import Translator
from bidkit.model import bid as bid_model
from bidkit.model import cost, evidence, organisation, service, tender
from bidkit.model.dossier import Dossier, Member
from bidkit.stages import (
    AnsweredCriterion,
    Bid,
    Giver,
    LineBid,
    LotBid,
    OfferedService,
    PricedBid,
    PricedLine,
    PricedLot,
    Scope,
    Verdict,
)

CONTACT = {"role": "Toiminnanjohtaja", "email": "toimisto@esimerkki.example", "phone": "040 000 0000"}


def _at(noun: str, fields: dict[str, Any], spot: str = "1:1") -> dict[str, Any]:
    """Give an entry a place whose fields have places too: field number n stands on line n + 1."""
    spots = {name: f"{n}:3" for n, name in enumerate(fields, 2)}
    return {**{name: _placed(noun, value) for name, value in fields.items()}, "@": Place(f"{noun}.yaml", spot, spots)}


def _placed(noun: str, value: Any) -> Any:
    """Give the groups of fields inside an entry places of their own, as the reader does."""
    if isinstance(value, dict) and "@" not in value:
        return _at(noun, value, "10:3")
    if isinstance(value, list):
        return [_placed(noun, one) for one in value]
    return value


def organisation_(**given: Any) -> organisation.Organisation:
    fields = {
        "id": "esimerkki",
        "name": "Esimerkki ry",
        "business_id": "3134980-3",
        "legal_form": "association",
        "address": "Esimerkkikatu 1, 28100 Pori",
        "municipality": "609",
        "contact": CONTACT,
        "signatory": CONTACT,
        "profile": "Yhdistys.",
    } | given
    return organisation.Organisation.model_validate(_at("organisation", fields))


def staff(**given: Any) -> organisation.StaffMember:
    fields = {"id": "valmentaja", "title": "Työvalmentaja", "roles": ["coach"], "hours_per_week": "37,5"} | given
    return organisation.StaffMember.model_validate(_at("staff", fields))


def site(**given: Any) -> organisation.Site:
    fields = {"id": "pori", "name": "Porin toimipiste", "address": "Katu 1, 28100 Pori", "municipality": "609"} | given
    return organisation.Site.model_validate(_at("sites", fields))


def reference(**given: Any) -> organisation.Reference:
    fields = {
        "id": "r1",
        "title": "Valmennus",
        "buyer": "Esimerkkikunta",
        "start": "1.1.2024",
        "description": "x",
    } | given
    return organisation.Reference.model_validate(_at("references", fields))


def certificate(**given: Any) -> organisation.Certificate:
    fields = {"id": "vero", "kind": "tax", "title": "Verovelkatodistus", "issued": "1.12.2026"} | given
    return organisation.Certificate.model_validate(_at("certificates", fields))


def insurance(**given: Any) -> organisation.Insurance:
    fields = {
        "id": "vastuu",
        "kind": "liability",
        "title": "Vastuuvakuutus",
        "insurer": "Esimerkkivakuutus",
        "amount": "200 000",
        "valid_from": "1.1.2026",
    } | given
    return organisation.Insurance.model_validate(_at("insurances", fields))


def service_(**given: Any) -> service.Service:
    fields = {
        "id": "valmennus",
        "name": "Työhönvalmennus",
        "kind": "job_coaching",
        "promise": "Töihin.",
        "client_groups": [],
        "need": "Tarve.",
        "aim": "Tavoite.",
        "content": "Sisältö.",
        "steps": [],
        "dose": {"hours": "16", "weeks": "16"},
        "methods": "Menetelmät.",
        "staff_roles": ["coach"],
        "languages": ["fi"],
        "capacity": {"clients": 40, "clients_per_day": 16},
        "work_hours": [{"unit": "client", "hours": "16"}],
        "result": "Tulos.",
    } | given
    return service.Service.model_validate(_at("services", fields))


def outcome(**given: Any) -> evidence.Outcome:
    fields = {
        "id": "t1",
        "service": "valmennus",
        "client_group": "nuoret",
        "indicator": "employed",
        "start": "1.1.2025",
        "end": "31.12.2025",
        "cohort": 60,
        "followed_up": 60,
        "reached": 18,
        "follow_up_months": 3,
        "definition": "Työsuhde avoimilla työmarkkinoilla",
        "instrument": "Asiakasrekisteri",
        "collector": "Yhdistys",
        "source": "Seurantaraportti",
    } | given
    return evidence.Outcome.model_validate(_at("outcomes", fields))


def cost_basis(**given: Any) -> cost.CostBasis:
    fields = {
        "year": 2026,
        "working_time": {
            "day": "7 h 40 min",
            "leave_days": 25,
            "other_absence_days": 10,
            "client_share": "70 %",
        },
        "holiday_bonus": "50 %",
        "overhead": "12 %",
        "risk": "5 %",
    } | given
    return cost.CostBasis.model_validate(_at("cost_basis", fields))


def salary(**given: Any) -> cost.Salary:
    fields = {
        "id": "valmentaja-1",
        "title": "Työvalmentaja",
        "monthly": "3 000",
        "allocations": [{"service": "valmennus", "share": "100 %"}],
        "funding": "market",
        "source": "Palkkataulukko",
    } | given
    return cost.Salary.model_validate(_at("salaries", fields))


def cost_item(**given: Any) -> cost.CostItem:
    fields = {
        "id": "tilat",
        "title": "Tilat",
        "amount": "7 200",
        "driver": "per_year",
        "allocations": [{"service": "valmennus", "share": "100 %"}],
        "funding": "market",
        "source": "Vuokrasopimus",
    } | given
    return cost.CostItem.model_validate(_at("cost_items", fields))


def tender_(**given: Any) -> tender.Tender:
    fields = {
        "title": "Valmennuspalvelut",
        "reference": "ESI/1/2027",
        "buyer": "Esimerkkikunta",
        "procedure": "open",
        "deadline": "15.1.2027 12:00",
        "valid_until": "30.6.2027",
        "contract": {"start": "1.3.2027", "end": "28.2.2029"},
        "languages": ["fi"],
    } | given
    return tender.Tender.model_validate(_at("tender", fields))


def lot(**given: Any) -> tender.Lot:
    fields = {"id": "osa1", "number": "1", "title": "Osa 1"} | given
    return tender.Lot.model_validate(_at("lots", fields))


def price_line(**given: Any) -> tender.PriceLine:
    fields = {"id": "h1", "number": "1.1", "lot": "osa1", "title": "Tunti", "unit": "hour", "quantity": "100"} | given
    return tender.PriceLine.model_validate(_at("price_lines", fields))


def price(**given: Any) -> bid_model.Price:
    fields = {
        "line": "h1",
        "service": "valmennus",
        "strategy": "fixed",
        "unit_price": "60",
        "vat": {"status": "standard", "ground": "AVL 1 §", "decided_by": "Talouspäällikkö"},
    } | given
    return bid_model.Price.model_validate(_at("prices", fields))


def offer(**given: Any) -> bid_model.LotOffer:
    return bid_model.LotOffer.model_validate(_at("lot_offers", {"lot": "osa1", "services": ["valmennus"]} | given))


def bid_basics(**given: Any) -> bid_model.BidBasics:
    fields = {
        "language": "fi",
        "date": "10.1.2027",
        "valid_until": "30.6.2027",
        "letter": "Kirje.",
        "summary": "Tiivistelmä.",
    } | given
    return bid_model.BidBasics.model_validate(_at("bid", fields))


def attestation(**given: Any) -> bid_model.Attestation:
    fields = {
        "condition": "v1",
        "holds": "kyllä",
        "by": "Toiminnanjohtaja",
        "on": "5.1.2027",
        "statement": "Näin on.",
    } | given
    return bid_model.Attestation.model_validate(_at("attestations", fields))


def condition(kind: str = "statement", **given: Any) -> tender.Condition:
    fields = {"id": "v1", "kind": kind, "text": "Vaatimus"} | given
    return tender.Condition.model_validate(_at("conditions", fields))


def member(**given: Any) -> Member:
    fields = {"organisation": organisation_(), "cost_basis": cost_basis(), "services": (service_(),)} | given
    return Member(**fields)


def priced_bid(
    *,
    members: tuple[Member, ...] | None = None,
    tender: tender.Tender | None = None,
    lots: tuple[tuple[tender.Lot, bid_model.LotOffer, tuple[tuple[tender.PriceLine, bid_model.Price], ...]], ...] = (),
    criteria: tuple[AnsweredCriterion, ...] = (),
    missing_lines: tuple[tender.PriceLine, ...] = (),
    basics: bid_model.BidBasics | None = None,
    **dossier: Any,
) -> PricedBid:
    """Return a priced bid without running the steps: what a condition is judged on.

    Each lot is ``(lot, offer, ((price line, price), …))``; unit prices are taken as given (fixed strategy),
    with VAT 25.5 %. Services are found in ``members`` by the ids the offer names.
    """
    members = members or (member(),)
    lots = lots or ((lot(), offer(), ((price_line(), price()),)),)
    offered = {
        s.id: OfferedService(
            s,
            m,
            (
                Giver(
                    m,
                    tuple(p for p in m.staff if not p.services or s.id in p.services),
                    tuple(x for x in m.sites if x.id in s.sites),
                ),
            ),
            (),
        )
        for m in members
        for s in m.services
    }
    lot_bids = tuple(
        LotBid(
            one,
            answer,
            tuple(offered[s] for s in answer.services),
            tuple(LineBid(line, p, offered[p.service]) for line, p in lines),
            missing_lines,
        )
        for one, answer, lines in lots
    )
    dossier_ = Dossier(
        members=members,
        tender=tender or tender_(),
        bid=basics or bid_basics(),
        lots=tuple(one for one, _, _ in lots),
        price_lines=tuple(line for _, _, lines in lots for line, _ in lines) + missing_lines,
        lot_offers=tuple(answer for _, answer, _ in lots),
        prices=tuple(p for _, _, lines in lots for _, p in lines),
        **dossier,
    )
    bid = Bid(dossier_, dossier_.bid.language, lot_bids, (), criteria)
    priced = tuple(_priced_lot(one) for one in lot_bids)
    return PricedBid(
        bid=bid,
        costs=(),
        lots=priced,
        net=sum((p.net for p in priced), Decimal(0)),
        vat=sum((p.vat for p in priced), Decimal(0)),
        gross=sum((p.gross for p in priced), Decimal(0)),
        volumes=(),
        break_even=None,
        scoring=(),
        outcome_costs=(),
        hours_needed=Decimal(0),
        hours_available=Decimal(0),
    )


def _priced_lot(bid: LotBid) -> PricedLot:
    lines = []
    for one in bid.lines:
        quantity = one.line.quantity or Decimal(1)
        unit_price = one.price.unit_price or Decimal(0)
        net = (unit_price * quantity).quantize(Decimal("0.01"))
        vat = (net * Decimal("0.255")).quantize(Decimal("0.01"))
        lines.append(
            PricedLine(one, None, unit_price, unit_price, quantity, net, Decimal("25.5"), vat, net + vat, None)
        )
    total = sum((x.net for x in lines), Decimal(0))
    vat = sum((x.vat for x in lines), Decimal(0))
    compared = sum((x.net for x in lines if x.line.compared), Decimal(0))
    return PricedLot(bid, tuple(lines), total, vat, total + vat, compared)


def scope(
    bid: PricedBid, entry: tender.Condition, *, lots: tuple[PricedLot, ...] | None = None, as_of: Any = None
) -> Scope:
    """Return the scope of a condition: every lot of the bid unless given."""
    return Scope(entry, bid.lots if lots is None else lots, bid.bid.members, as_of)


def offering(*services: service.Service, apart: bool = False, lots: int = 1, **dossier: Any) -> PricedBid:
    """Return a bid that offers ``services`` in each of ``lots`` lots (osa1, osa2 …), one price line a lot.

    ``apart`` gives every service a member of its own; ``staff`` and ``sites`` go to the first member.
    """
    services = services or (service_(),)
    parts = {name: dossier.pop(name) for name in ("staff", "sites") if name in dossier}
    groups = [(one,) for one in services] if apart else [services]
    members = tuple(
        member(organisation=organisation_(id=f"m{n}"), services=group, **({} if n else parts))
        for n, group in enumerate(groups)
    )
    ids = [one.id for one in services]
    offers = tuple(
        (
            lot(id=f"osa{n}", number=str(n)),
            offer(lot=f"osa{n}", services=ids),
            ((price_line(id=f"h{n}", number=f"{n}.1", lot=f"osa{n}"), price(line=f"h{n}", service=ids[0])),),
        )
        for n in range(1, lots + 1)
    )
    return priced_bid(members=members, lots=dossier.pop("offers", offers), **dossier)


def judged(kind: Any, bid: PricedBid, *, lots: tuple[int, ...] | None = None, **entry: Any) -> Verdict:
    """Return the verdict of ``kind`` on ``bid``; ``lots`` are the positions of the lots in scope, from 0."""
    name = type(kind).__module__.rsplit(".", 1)[-1]
    chosen = None if lots is None else tuple(bid.lots[n] for n in lots)
    return kind.judge(bid, scope(bid, condition(name, **entry), lots=chosen))


FINDINGS = ("common", "conditions")


def said(verdict: Verdict, language: str = "en") -> str:
    """Return a verdict's explanation in a language."""
    return Translator(language, FINDINGS).text(verdict.message, **verdict.facts).replace("\xa0", " ")


def advised(verdict: Verdict, language: str = "en") -> str:
    """Return a verdict's hint in a language."""
    return (
        Translator(language, FINDINGS).text(verdict.hint, **verdict.facts).replace("\xa0", " ") if verdict.hint else ""
    )
