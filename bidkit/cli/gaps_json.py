"""How ``bidkit gaps`` tells machines what it found: ids and codes, ISO dates, places as text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from bidkit.diagnostics import Place
from bidkit.gaps import Choice, Gap, Gaps, Single
from bidkit.gaps.cells import Box, Competence
from bidkit.gaps.roles import Done, Role
from bidkit.gaps.spans import Span


def as_json(found: Gaps, folder: Path, limit: int | None) -> dict[str, Any]:
    """Return everything; ``limit`` is that of travel, in minutes."""
    period = found.demand.period
    return {
        "folder": folder.as_posix(),
        "period": _days(period),
        "area": {"source": found.demand.source, "municipalities": list(found.demand.area)},
        "members": [member.organisation.id for member in found.dossier.members],
        "travel_limit": limit,
        "travel_untold": [
            {"site": site, "municipality": code, "place": str(at)} for site, code, at in found.supply.untold
        ],
        "gaps": [_gap(one, found) for one in found.gaps],
        "only_one": [_single(one, found) for one in found.singles],
        "partners": {
            "fewest": [_choice(one) for one in found.choices],
            "exact": found.cover.exact,
            "lower_bound": found.cover.lower,
            "at_most_times_the_fewest": None if found.cover.exact else str(found.cover.at_most),
            "uncovered_even_with_all": [_gap(one, found) for one in found.left],
            "untold": [
                {"id": one.first.id, "fields": [{"field": name, "place": str(at)} for name, at in one.untold]}
                for one in found.partners
                if one.untold
            ],
        },
        "strengths": [_done(one) for one in found.strengths],
        "roles": [_role(one) for one in found.roles],
        "overlaps": [_done(one) for one in found.shared],
    }


def _days(days: Span) -> dict[str, str | None]:
    first, last = date.fromordinal(days[0]), date.fromordinal(days[1])
    return {"from": first.isoformat(), "to": None if last == date.max else last.isoformat()}


def _box(box: Box) -> dict[str, Any]:
    return {
        "competences": [_competence(one) for one in box.competences],
        "municipalities": [code for code in box.municipalities if code],
        "client_groups": [group for group in box.groups if group],
        "languages": [{"any_of": list(one.codes), "level": one.level or None} for one in box.tongues if one.codes],
    }


def _competence(one: Competence) -> dict[str, Any]:
    if not one.persons:
        return {"kind": one.kind or None}
    return {"role": one.role or None, "level": one.level or None, "fields": list(one.fields), "persons": one.persons}


def _places(places: Iterable[Place]) -> list[str]:
    return [str(place) for place in places]


def _gap(gap: Gap, found: Gaps) -> dict[str, Any]:
    return {
        **_box(gap.box),
        **_days(gap.days),
        "lacks": list(gap.lacks),
        "places": _places(gap.places),
        "asked": _places(gap.asked),
        "partners": [found.partners[n].first.id for n in gap.helpers],
    }


def _single(one: Single, found: Gaps) -> dict[str, Any]:
    return {
        **_box(one.box),
        "member": found.dossier.members[one.member].organisation.id,
        "person": one.person.staff.id if one.person else None,
        "places": _places(one.places),
    }


def _choice(one: Choice) -> dict[str, Any]:
    entry = one.partner.first
    return {
        "id": entry.id,
        "name": entry.name,
        "role": entry.role,
        "agreed": entry.agreed,
        "needed": one.needed,
        "covers": [_box(box) for box in one.boxes],
        "places": _places(each.at for each in one.partner.entries),
    }


def _done(one: Done) -> dict[str, Any]:
    return {**_box(one.box), "organisations": list(one.names), "places": _places(one.places)}


def _role(one: Role) -> dict[str, Any]:
    return {
        "organisation": one.name,
        "role": one.partner or None,
        **_box(one.box),
        "clients": one.clients,
        "places": _places(one.places),
    }
