"""The chapter of a joint bid: who bids together and how, who signs, what small members do; and the members' pages."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from bidkit.consortium import liability, papers
from bidkit.i18n import N_
from bidkit.model.consortium import LightMember, Participant
from bidkit.model.dossier import Member
from bidkit.render.context import parties, path, words
from bidkit.render.context.writer import NONE, Writer
from bidkit.templates.values import Block, Rich, Run

Plain = dict[str, Any]
_MOST_NAMED = 6  # more names do not fit on the cover


def group(w: Writer, *, draft: bool) -> Plain | None:
    """Return what is printed of organisations that bid together; None if one bids alone."""
    if not w.joint:
        return None
    joint = w.dossier.consortium
    w.cite("consortium")
    form = joint.form if joint else ""
    names = list(w.names.values())
    return {
        "title": w.say.text(words.FORMS[form]),
        "name": w.text(joint.name) if joint else "",
        "how": w.say.text(words.HOW[form]),
        "facts": _facts(w, form),
        "partners": _partners(w, names[1:]),
        "cooperation": w.rich(joint.cooperation, at=joint, name="cooperation") if joint else None,
        "liability": _liability(w),
        "members": [_row(w, id_) for id_ in w.names],
        "signatures": _signatures(w),
        "signing": [_signs_here(w, member) for member in _signing(w)],
        "documents": _documents(w, draft=draft),
        **path.path(w),
        "small": [_small(w, one) for one in w.dossier.light_member],
        "small_total": _small_total(w),
    }


def annex(w: Writer) -> list[Plain]:
    """Return a page on each member that has sent its files; call it last: chapters before it cite the same rows."""
    return [_page(w, member, n) for n, member in enumerate(w.bid.members)] if w.joint else []


def _facts(w: Writer, form: str) -> list[dict[str, object]]:
    joint, lead = w.dossier.consortium, w.bid.members[0].organisation
    contact = lead.contact
    return w.facts(
        (N_("Name of the group"), w.text(joint.name) if joint else None),
        (N_("Way of bidding"), w.say.text(words.FORMS[form]) if form else None),
        (N_("Lead"), f"{lead.name}, {lead.business_id}"),
        (
            N_("Contact for the buyer"),
            w.many((w.text(contact.role), contact.name or "", contact.email, contact.phone or "")),
        ),
    )


def _partners(w: Writer, names: list[str]) -> str:
    if len(names) <= _MOST_NAMED:
        return w.many(names)
    return w.say.text(N_("{count} organisations, listed in their own chapter"), count=len(names))


def _liability(w: Writer) -> Rich | None:
    joint = w.dossier.consortium
    if joint and joint.liability:
        return w.rich(joint.liability, at=joint, name="liability")
    usual = liability.usual(w.dossier, w.bid.language)
    return Rich((Block("paragraph", (Run(usual),)),)) if usual else None


def _participant(w: Writer, id_: str) -> Participant | None:
    return next((one for one in w.dossier.participants if one.id == id_), None)


def _row(w: Writer, id_: str) -> Plain:
    one = _participant(w, id_)
    owner = next((m.organisation for m in w.bid.members if m.organisation.id == id_), None)
    entry = owner or next(small for small in w.dossier.light_member if small.id == id_)
    return {
        "name": entry.name,
        "business_id": entry.business_id or "",
        "municipality": w.area((entry.municipality,)),
        "role": w.say.text(words.PARTS[parties.part(w, id_)]),
        "task": (w.text(one.task, at=one, name="task") if one else "") or NONE,
    }


# --- signatures and documents ----------------------------------------------------------------------
def _signing(w: Writer) -> list[Member]:
    """Return the members of a group that sign the bid beside the lead, because no attachment binds them."""
    others = w.bid.members[1:]
    return [
        m for m in others if parties.part(w, m.organisation.id) == "member" and _binding(w, m.organisation.id) is None
    ]


def _binding(w: Writer, id_: str) -> Any:
    """Return the attachment with the signature, authorisation or commitment of a participant."""
    one = _participant(w, id_)
    return next((a for a in w.dossier.attachments if one and one.signs and a.id == one.signs), None)


def _signs_here(w: Writer, member: Member) -> Plain:
    signatory = member.organisation.signatory
    return {"name": member.organisation.name, "who": w.many((signatory.name or "", w.text(signatory.role)))}


def _signatures(w: Writer) -> list[Plain]:
    """Return how each organisation is bound, those that are bound alike in one row."""
    rows: dict[tuple[str, str], list[str]] = {}
    signing = {m.organisation.id: m for m in (w.bid.members[0], *_signing(w))}
    for id_, name in w.names.items():
        bound = _binding(w, id_) if id_ not in signing else None
        if id_ in signing:
            how = w.say.text(N_("Signs the bid: {who}"), who=_signs_here(w, signing[id_])["who"])
        elif bound is None:
            how = w.say.text(N_("Does not sign the bid; the lead answers for its part"))
        else:
            how = w.say.text(words.BOUND.get(parties.part(w, id_), N_("Bound by the attachment")))
        rows.setdefault((how, _attachment(w, bound)), []).append(name)
    return [{"who": w.many(names), "how": how, "where": where} for (how, where), names in rows.items()]


def _attachment(w: Writer, one: Any) -> str:
    return w.say.text(N_("Attachment {number}"), number=one.number) if one is not None else NONE


def _documents(w: Writer, *, draft: bool) -> list[Plain]:
    """Return the documents that are owed, each with those who owe it; one that is missing only in a draft."""
    rows: dict[tuple[str, str], list[str]] = {}
    for one in papers.owed(w.dossier):
        if one.there is None:
            where = w.say.text(N_("In the buyer's portal"))
        elif one.there:
            where = _attachment(w, one.attachment)
        elif draft:
            where = w.say.text(N_("Not attached yet"))
        else:
            continue
        title = w.say.fact(one.title)
        rows.setdefault((title[:1].upper() + title[1:], where), []).append(one.name)
    order = {name: number for number, name in enumerate(w.names.values())}  # without those whose file is faulty

    def place(name: str) -> int:
        return order.get(name, len(order))

    return [
        {"title": title, "who": w.many(sorted(names, key=place)), "where": where}
        for (title, where), names in rows.items()
    ]


# --- small members of an umbrella -------------------------------------------------------------------
def _small(w: Writer, one: LightMember) -> Plain:
    groups = {g.id: w.text(g.name) for m in w.bid.members for g in m.client_groups}
    services = {s.id: w.text(s.service.name) for s in w.bid.services}
    task = next((p.task for p in w.dossier.participants if p.id == one.id), None)

    def many(ids: Iterable[str], table: dict[str, str]) -> str:
        return w.many(table[id_] for id_ in ids if id_ in table)

    guided = w.say.text(N_("A professional is at hand when volunteers meet clients"))
    reached = w.say.text(N_("Accessible") if one.accessible else N_("Not accessible"))
    return {
        "name": one.name,
        "municipality": w.area((one.municipality,)),
        "municipalities": w.area(dict.fromkeys((one.municipality, *one.municipalities))),
        "task": w.text(task) or many(one.services, services) or NONE,
        "activity": w.rich(one.activity, at=one, name="activity"),
        "services": many(one.services, services),
        "client_groups": many(one.client_groups, groups) or NONE,
        "languages": w.languages(one.languages),
        "clients": w.say.number(one.clients_per_year) if one.clients_per_year is not None else NONE,
        "paid": w.measure(one.paid_hours, "hours") if one.paid_hours is not None else NONE,
        "volunteer": w.measure(one.volunteer_hours, "hours") if one.volunteer_hours is not None else NONE,
        "accessible": "" if one.accessible is None else reached,
        "supervised": guided if one.supervised else "",
        "source": w.cite("light_member", of=one.id),
    }


def _small_total(w: Writer) -> str:
    """Return what small members do together, of what their forms tell."""
    all_ = w.dossier.light_member
    if not all_:
        return ""
    return w.say.text(
        N_("Together: clients a year {clients}, paid work {paid} and volunteer work {volunteer} a week."),
        clients=sum(one.clients_per_year or 0 for one in all_),
        paid=w.measure(sum((one.paid_hours or Decimal(0) for one in all_), Decimal(0)), "hours"),
        volunteer=w.measure(sum((one.volunteer_hours or Decimal(0) for one in all_), Decimal(0)), "hours"),
    )


# --- a page on each member --------------------------------------------------------------------------
def _page(w: Writer, member: Member, number: int) -> Plain:
    one, id_ = member.organisation, member.organisation.id
    services = w.many(w.text(s.service.name) for s in w.bid.services if any(g.member is member for g in s.givers))
    page = parties.member(w, member, number)
    turnover = w.many(f"{year['year']}: {year['amount']}" for year in page["turnover"])
    return {
        "name": one.name,
        "profile": page["profile"],
        "facts": [*page["facts"], *w.facts((N_("Services in this bid"), services), (N_("Turnover"), turnover))],
        "certificates": page["certificates"],
        "insurances": page["insurances"],
        "sites": [
            {
                "name": w.text(site.name),
                "address": site.address,
                "serves": w.area(dict.fromkeys((site.municipality, *site.serves))),
                "source": w.cite(f"sites.{site.id}", of=id_),
            }
            for site in member.sites
        ],
        "references": [
            {
                "title": w.text(ref.title),
                "buyer": w.text(ref.buyer),
                "period": w.span(ref),
                "source": w.cite(f"references.{ref.id}", of=id_),
            }
            for ref in member.references
        ],
    }
