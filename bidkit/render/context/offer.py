"""The lots and the services that answer them, each service described once."""

from __future__ import annotations

from typing import Any

from bidkit.i18n import N_
from bidkit.model import service as model
from bidkit.render.context import words
from bidkit.render.context.writer import NONE, Writer
from bidkit.stages import LotBid, OfferedService

Plain = dict[str, Any]
_CAPACITY = (
    ("clients", "clients"),
    ("clients_per_day", "clients/day"),
    ("clients_per_month", "clients/month"),
    ("clients_per_year", "clients/year"),
    ("client_days_per_year", "client_days/year"),
)
_TEXTS = (
    "need", "exclusions", "aim", "content", "methods", "remote", "result",
    "cooperation", "quality", "reporting", "risks", "launch", "price_to_client",
)  # fmt: skip


def lots(w: Writer) -> list[Plain]:
    """Return the offered lots; a service that an earlier lot described is only named in the later ones."""
    described: dict[str, str] = {}
    found = []
    for lot in w.bid.lots:
        new, known = [], []
        for offered in lot.services:
            if offered.id in described:
                known.append({"name": w.text(offered.service.name), "lot": described[offered.id]})
            else:
                described[offered.id] = lot.lot.number
                new.append(_service(w, offered))
        found.append(_lot(w, lot) | {"services": new, "described": known})
    return found


def _lot(w: Writer, lot: LotBid) -> Plain:
    w.cite(f"lots.{lot.lot.id}", f"lot_offers.{lot.lot.id}")
    groups = {g.id: w.text(g.name) for m in w.bid.members for g in m.client_groups}
    names = {offered.id: offered.service.name for offered in lot.services}
    asked = [groups.get(code, code) for code in lot.lot.client_groups]
    return {
        "number": lot.lot.number,
        "title": w.text(lot.lot.title),
        "description": w.rich(lot.lot.description, at=lot.lot, name="description"),
        "area": w.area(lot.lot.area or w.tender.area),
        "client_groups": w.many(asked),
        "plan": w.rich(lot.offer.plan, at=lot.offer, name="plan"),
        "promised": [
            {"service": w.text(names[part.service]), "capacity": _capacity(w, part)}
            for part in lot.offer.capacity
            if part.service in names
        ],
    }


def _capacity(w: Writer, capacity: model.Capacity) -> str:
    parts = []
    for name, unit in _CAPACITY:
        value = getattr(capacity, name)
        if value is not None:
            shown = w.measure(value, unit)
            parts.append(f"{shown} {w.say.text(N_('at one time'))}" if name == "clients" else shown)
    return w.many(parts)


def _service(w: Writer, offered: OfferedService) -> Plain:
    one = offered.service
    w.cite(f"services.{one.id}")
    return {
        "name": w.text(one.name),
        "promise": w.text(one.promise, at=one, name="promise"),
        "member": offered.member.organisation.name if len(w.bid.members) > 1 else "",
        "client_groups": [_group(w, group) for group in offered.client_groups],
        **{name: w.rich(getattr(one, name), at=one, name=name) for name in _TEXTS},
        "tools": list(one.tools),
        "facts": _facts(w, one),
        "path": [_step(w, step) for step in one.steps],
        "sites": [_site(w, site, giver.member.organisation.id) for giver in offered.givers for site in giver.sites],
        "municipalities": w.area(one.municipalities),
        "has_places": bool(offered.sites or one.municipalities or w.bid.words(one.remote)),
        "languages": w.languages(one.languages),
        "roles": w.many(w.word(words.ROLES, role) for role in one.staff_roles),
        "staffing": _staffing(w, offered),
        "modules": [
            {
                "name": w.text(module.name),
                "what": w.text(module.what, at=module, name="what"),
                "hours": w.measure(module.hours, "hours") if module.hours is not None else NONE,
            }
            for module in one.modules
        ],
    }


def _group(w: Writer, group: Any) -> Plain:
    w.cite(f"client_groups.{group.id}")
    return {"name": w.text(group.name), "needs": w.text(group.needs, at=group, name="needs")}


def _facts(w: Writer, one: model.Service) -> list[Plain]:
    """Return dose, group size, languages and the like, as label and value."""
    dose = one.dose

    def measured(value: Any, unit: str) -> str | None:
        return None if value is None else w.measure(value, unit)

    group = None
    if dose.group_max is not None:
        least = f"{dose.group_min}–" if dose.group_min not in (None, dose.group_max) else ""
        group = least + w.measure(dose.group_max, "persons")
    return w.facts(
        (N_("Hours per client in all"), measured(dose.hours, "hours")),
        (N_("Of these one to one"), measured(dose.individual_hours, "hours")),
        (N_("Length of the client's period"), measured(dose.weeks, "weeks")),
        (N_("Contact hours a month"), measured(dose.hours_per_month, "hours/month")),
        (N_("Group size"), group),
        (N_("Clients per coach at most"), None if one.clients_per_coach is None else str(one.clients_per_coach)),
        (N_("Given in person"), None if one.in_person is None else w.percent(one.in_person)),
        (N_("Start after the order"), measured(one.start_within_days, "working_days")),
        (N_("Capacity"), _capacity(w, one.capacity)),
        (N_("Reports to the buyer"), measured(one.reports_per_year, "times/year")),
        (N_("Service code"), None if one.service_code is None else str(one.service_code)),
    )


def _step(w: Writer, step: model.Step) -> Plain:
    return {
        "phase": w.word(words.PHASES, step.phase),
        "name": w.text(step.name),
        "what": w.text(step.what, at=step, name="what"),
        "hours": w.measure(step.hours, "hours") if step.hours is not None else NONE,
        "owner": w.text(step.owner) or NONE,
    }


def _site(w: Writer, site: Any, owner: str) -> Plain:
    w.cite(f"sites.{site.id}", of=owner)
    known = "" if site.accessible is None else w.say.text(N_("Accessible") if site.accessible else N_("Not accessible"))
    said = w.text(site.accessibility, at=site, name="accessibility")
    return {
        "name": w.text(site.name),
        "address": site.address,
        "serves": w.area((site.municipality, *site.serves)),
        "accessibility": ": ".join(part for part in (known, said) if part) or NONE,
    }


def _staffing(w: Writer, offered: OfferedService) -> str:
    """Return who does the work: titles and how many of each, with the hours of all of them together."""
    titles: dict[str, int] = {}
    for person in offered.staff:
        title = w.text(person.title)
        titles[title] = titles.get(title, 0) + 1
    parts = [title if count == 1 else f"{title} ({count})" for title, count in titles.items()]
    return w.many(parts)
