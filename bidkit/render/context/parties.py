"""The cover, the bidder and its members, staff and references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bidkit.i18n import N_
from bidkit.model import organisation
from bidkit.model.dossier import Member
from bidkit.render.context import words
from bidkit.render.context.writer import NONE, Writer

Plain = dict[str, Any]


def tender(w: Writer) -> Plain:
    """Return what is printed of the call itself."""
    call = w.tender
    w.cite("tender")
    answered = [one for one in call.questions if one.answer or one.answered]
    options = [w.measure(option.months, "months") for option in call.contract.options]
    return {
        "title": w.text(call.title),
        "reference": call.reference,
        "buyer": w.text(call.buyer),
        "buyer_contact": call.buyer_contact,
        "procedure": "" if w.bid.dossier.trial else w.word(words.PROCEDURES, call.procedure),  # a trial has none yet
        "deadline": w.say.moment(call.deadline),
        "contract": w.span(call.contract),
        "options": " + ".join(options),
        "option_notice": w.many(w.text(option.notice) for option in call.contract.options),
        "area": w.area(call.area),
        "cpv": w.many(call.cpv),
        "documents": [
            {"title": w.text(one.title), "version": one.version or "", "published": w.day(one.published)}
            for one in call.documents
        ],
        "questions": [
            {
                "asked": w.day(one.asked),
                "answered": w.day(one.answered),
                "question": w.text(one.question, at=one, name="question"),
                "answer": w.text(one.answer, at=one, name="answer") or NONE,
            }
            for one in answered
        ],
        "answered": w.many(w.day(day) for day in sorted({one.answered for one in answered if one.answered})),
    }


def bid(w: Writer) -> Plain:
    """Return the bid's own facts and the texts that concern the whole of it."""
    basics = w.dossier.bid
    w.cite("bid")

    def text(name: str) -> Any:
        return w.rich(getattr(basics, name), at=basics, name=name)

    offered = [lot.lot for lot in w.bid.lots]
    wanted = {lot.id: lot for lot in offered}
    preference = [wanted[one].number for one in basics.lot_preference if one in wanted]
    return {
        "date": w.day(basics.date),
        "valid_until": w.day(basics.valid_until),
        "lots": [f"{lot.number} {w.text(lot.title)}" for lot in offered],
        "lot_numbers": w.many(lot.number for lot in offered),
        "preference": w.many(preference) if len(preference) > 1 else "",
        "letter": text("letter"),
        "summary": text("summary"),
        "responsibility": text("responsibility"),
        "data_protection": text("data_protection"),
    }


def bidder(w: Writer) -> Plain:
    """Return the organisation that leads the bid, whom the buyer contacts and who signs."""
    lead = w.bid.members[0].organisation
    others = [member.organisation.name for member in w.bid.members[1:]]
    return {
        "name": lead.name,
        "business_id": lead.business_id,
        "address": lead.address,
        "partners": w.many(others),
        "contact": _contact(w, lead.contact),
        "signatory": _contact(w, lead.signatory),
    }


def _contact(w: Writer, contact: organisation.Contact) -> Plain:
    return {
        "role": w.text(contact.role),
        "name": contact.name or "",
        "email": contact.email,
        "phone": contact.phone or "",
    }


def members(w: Writer) -> list[Plain]:
    """Return every member with its registers, turnover, certificates and insurances; the lead comes first."""
    return [member(w, one, n) for n, one in enumerate(w.bid.members)]


def member(w: Writer, member: Member, number: int) -> Plain:
    """Return one member with its registers, turnover, certificates and insurances; the lead has ``number`` 0."""
    one = member.organisation
    role = _role(w, one.id) if w.joint else ""
    w.cite("organisation", of=one.id)
    contact = _contact(w, one.contact)
    return {
        "name": one.name,
        "role": role,
        "profile": w.rich(one.profile, at=one, name="profile"),
        "facts": w.facts(
            (N_("Business ID"), one.business_id),
            (N_("Role in the bid"), role),
            (N_("Legal form"), w.word(words.LEGAL_FORMS, one.legal_form)),
            (N_("Founded"), str(one.founded) if one.founded else None),
            (N_("Address"), one.address),
            (N_("Home municipality"), w.area((one.municipality,))),
            (N_("Registers"), w.many(w.say.text(words.REGISTERS[code]) for code in one.registers)),
            (N_("E-invoicing address"), one.e_invoicing),
            (N_("Website"), one.website),
            (N_("Contact"), w.many((contact["role"], contact["name"], contact["email"], contact["phone"]))),
        ),
        "turnover": [
            {"year": str(year.year), "amount": w.money(year.amount)}
            for year in sorted(one.turnover, key=lambda t: -t.year)
        ],
        "certificates": [
            {
                "title": w.text(entry.title),
                "issuer": entry.issuer or NONE,
                "issued": w.day(entry.issued),
                "valid_until": w.day(entry.valid_until),
                "source": w.cite(f"certificates.{entry.id}", of=one.id),
            }
            for entry in member.certificates
        ],
        "insurances": [
            {
                "title": w.text(entry.title),
                "insurer": entry.insurer,
                "amount": w.money(entry.amount) if entry.amount is not None else NONE,
                "valid": w.day(entry.valid_from) + "–" + (w.day(entry.valid_until) if entry.valid_until else ""),
                "source": w.cite(f"insurances.{entry.id}", of=one.id),
            }
            for entry in member.insurances
        ],
    }


def part(w: Writer, id_: str) -> str:
    """Return the code of an organisation's role: as the lead wrote it, else the usual one of the form."""
    if id_ == w.bid.members[0].organisation.id:
        return "lead"
    told = next((one.role for one in w.dossier.participants if one.id == id_), "lead")
    form = w.dossier.consortium.form if w.dossier.consortium else ""
    return told if told != "lead" else words.USUAL_ROLES[form]


def _role(w: Writer, id_: str) -> str:
    joint, code = w.dossier.consortium, part(w, id_)
    grouped = joint is None or joint.form == "group"
    return w.say.text(N_("Lead of the group") if grouped and code == "lead" else words.PARTS[code])


def staff(w: Writer) -> list[Plain]:
    """Return the staff of the offered services by the first role of each; names only if the bid says so."""
    people: dict[tuple[str, str], tuple[organisation.StaffMember, Member]] = {}
    works: dict[tuple[str, str], list[str]] = {}  # member and person → names of the services
    for offered in w.bid.services:
        for giver in offered.givers:
            for person in giver.staff:
                key = giver.member.organisation.id, person.id
                people.setdefault(key, (person, giver.member))
                works.setdefault(key, []).append(w.text(offered.service.name))
    roles: dict[str, list[Plain]] = {}
    for key, (person, member) in people.items():
        role = w.word(words.ROLES, person.roles[0]) if person.roles else w.text(person.title)
        roles.setdefault(role, []).append(_person(w, person, member.organisation, w.many(works[key])))
    return [{"role": role, "people": people} for role, people in roles.items()]


def _person(w: Writer, person: organisation.StaffMember, owner: organisation.Organisation, services: str) -> Plain:
    named = person.name if person.name and w.dossier.bid.name_staff else ""
    return {
        "title": w.text(person.title),
        "name": named,
        "member": owner.name if len(w.bid.members) > 1 else "",
        "services": services,
        "qualifications": w.many(_qualification(w, one) for one in person.qualifications) or NONE,
        "experience": list(_experience(w, person)) or [NONE],
        "languages": w.many(
            f"{w.languages((skill.language,))} ({w.word(words.LEVELS, skill.level)})" for skill in person.languages
        )
        or NONE,
        "hours": w.measure(person.hours_per_week, "hours/week"),
        "available": w.day(person.from_) if person.from_ else "",
        "source": w.cite(f"staff.{person.id}", of=owner.id),
    }


def _qualification(w: Writer, one: organisation.Qualification) -> str:
    year = f" {one.year}" if one.year else ""
    return f"{w.text(one.title)}{year} ({w.word(words.QUALIFICATIONS, one.level)})"


def _experience(w: Writer, person: organisation.StaffMember) -> Iterator[str]:
    for job in person.experience:
        employer = f", {job.employer}" if job.employer else ""
        share = f", {w.percent(job.share)}" if job.share is not None else ""
        yield f"{w.text(job.task)}{employer}, {w.span(job)}{share}"


def references(w: Writer) -> list[Plain]:
    """Return the references of all members; a contract that several hold jointly is printed once."""
    contracts: dict[str, list[tuple[organisation.Reference, Member]]] = {}
    for member in w.bid.members:
        for one in member.references:
            key = one.contract_key or f"{member.organisation.id}/{one.id}"
            contracts.setdefault(key, []).append((one, member))
    return [_contract(w, held) for held in contracts.values()]


def _contract(w: Writer, held: list[tuple[organisation.Reference, Member]]) -> Plain:
    rows = w.many(w.cite(f"references.{one.id}", of=member.organisation.id) for one, member in held)
    one, member = held[0]
    holders = w.many(member.organisation.name for _, member in held)
    return _reference(w, one, member, rows) | ({"holder": holders} if len(w.bid.members) > 1 else {})


def _reference(w: Writer, one: organisation.Reference, member: Member, source: str) -> Plain:
    amount = f"{w.money(one.value)}" if one.value is not None else ""
    yearly = w.measure(one.value_per_year, "EUR/year") if one.value_per_year is not None else ""
    return {
        "title": w.text(one.title),
        "buyer": w.text(one.buyer),
        "period": w.span(one),
        "holder": member.organisation.name if len(w.bid.members) > 1 else "",
        "value": w.many((amount, yearly)),
        "clients": w.say.number(one.clients) if one.clients is not None else "",
        "quantity": w.say.number(one.quantity) if one.quantity is not None else "",
        "contact": w.text(one.contact),
        "description": w.rich(one.description, at=one, name="description"),
        "source": source,
    }
