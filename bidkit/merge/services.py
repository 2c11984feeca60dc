"""One id in two members' files: services, client groups, outcome rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bidkit.diagnostics import Fact, Measure, Name, Severity, Word
from bidkit.i18n import N_
from bidkit.merge.conflict import (
    Clash,
    Pair,
    Way,
    alike,
    folded,
    place_of,
    quoted,
    said,
    same_words,
    shown,
    stand,
    value_of,
    which,
    with_value,
)
from bidkit.merge.draft import Draft
from bidkit.messages import merging
from bidkit.model.dossier import Dossier, Member
from bidkit.model.evidence import Outcome
from bidkit.model.organisation import ClientGroup
from bidkit.model.service import Service

# Capacity of a service → its unit. What two members give of one service may be added up.
CAPACITY = {
    "clients": "clients",
    "clients_per_day": "clients/day",
    "clients_per_month": "clients/month",
    "clients_per_year": "clients/year",
    "client_days_per_year": "client_days/year",
}
# What else of a service is reckoned with or judged → its unit.
_FIGURES = {
    "dose.hours": "hours",
    "dose.individual_hours": "hours",
    "dose.weeks": "weeks",
    "dose.hours_per_month": "hours/month",
    "dose.group_min": "persons",
    "dose.group_max": "persons",
    "clients_per_coach": "clients/coach",
    "in_person": "percent",
    "start_within_days": "working_days",
    "reports_per_year": "",
    "service_code": "",
    "client_groups": "",
    "municipalities": "",
    "languages": "",
    "staff_roles": "",
}
_TEXTS = (
    "promise", "need", "exclusions", "aim", "content", "steps", "methods", "tools", "remote", "result",
    "cooperation", "quality", "reporting", "risks", "launch", "modules", "price_to_client",
)  # fmt: skip


def find(dossier: Dossier) -> Iterator[Clash]:
    """Yield what two members' services, client groups and outcome rows do not agree on."""
    for noun, mark, compare in (
        ("services", folded, _services),
        ("client_groups", str, _groups),
        ("outcomes", str, _outcomes),
    ):
        taken = frozenset(one.id for member in dossier.members for one in getattr(member, noun))
        for pair, one, other in alike(dossier.members, noun, partial(_marked, mark)):
            yield from compare(pair, one, other, taken)


def _marked(mark: Callable[[str], str], _: Member, entry: Any) -> Iterator[str]:
    yield mark(entry.id)


def _services(pair: Pair, one: Service, other: Service, taken: frozenset[str]) -> Iterator[Clash]:
    if one.id != other.id:
        yield _almost(pair, one, other)
        return
    a, b = pair.ids
    rename: dict[str, Way] = {"rename_second": lambda draft, new: draft.rename(b, "services", other.id, new)}
    if one.kind != other.kind or not same_words(one.name, other.name):
        about = quoted(N_("the service “{id}”"), id=one.id)
        told = (one.kind, other.kind) if same_words(one.name, other.name) else (said(one.name), said(other.name))
        values = (told[0], place_of(one, "id")), (told[1], place_of(other, "id"))
        ways = which(pair, "services", one.id, one.id) | rename
        conflict = pair.conflict(f"services.{one.id}", about, *values)
        yield Clash(conflict, merging.SAME_ID, ways, until=ways["keep_first"], taken=taken)
        return
    group = f"services.{one.id}:{a}:{b}"
    for clash in (
        *_capacities(pair, one, other),
        *_figures(pair, one, other),
        *_work_hours(pair, one, other),
        *_texts(pair, one, other),
    ):
        ways = {name: _as_one(pair, one, way) for name, way in clash.ways.items()}
        yield replace(clash, ways=ways | rename, until=ways["keep_first"], group=group, taken=taken)


def _as_one(pair: Pair, one: Service, way: Way) -> Way:
    """Return a way after which the first member's file describes the service for both."""

    def settled(draft: Draft, new: str) -> None:
        way(draft, new)
        draft.drop(pair.ids[1], "services", one.id)

    return settled


def _almost(pair: Pair, one: Service, other: Service) -> Clash:
    about = quoted(N_("services with almost the same id"))
    values = (one.id, place_of(one, "id")), (other.id, place_of(other, "id"))
    conflict = pair.conflict(f"services.{one.id}={other.id}", about, *values)
    ways = which(pair, "services", one.id, other.id) | {"both": stand}
    return Clash(conflict, merging.LOOKALIKE_ID, ways)


def _field(
    pair: Pair,
    noun: str,
    one: Any,
    other: Any,
    path: str,
    fact: Callable[[Any], Fact] = shown,
) -> tuple[Any, dict[str, Way]]:
    """Return the conflict about a field of one entry in two files, and the ways to take it from either."""
    about = quoted(N_("{field} of “{id}”"), field=Name(noun, path), id=one.id)
    values = value_of(one, path), value_of(other, path)
    conflict = pair.conflict(
        f"{noun}.{one.id}.{path}",
        about,
        (fact(values[0]), place_of(one, path)),
        (fact(values[1]), place_of(other, path)),
    )

    def keep_second(draft: Draft, _new: str) -> None:
        draft.edit(pair.ids[0], noun, one.id, lambda entry: with_value(entry, path, values[1]))

    return conflict, {"keep_first": stand, "keep_second": keep_second}


def _capacities(pair: Pair, one: Service, other: Service) -> Iterator[Clash]:
    """Yield the capacity that both promise of one service, alike or not: each may give its own, or both the same."""
    for name, unit in CAPACITY.items():
        path = f"capacity.{name}"
        mine, theirs = value_of(one, path), value_of(other, path)
        if mine is None and theirs is None:
            continue
        conflict, ways = _field(pair, "services", one, other, path, partial(_measured, unit))

        def add(draft: Draft, _new: str, path: str = path, more: int = theirs or 0) -> None:
            def added(entry: Service) -> Any:
                return with_value(entry, path, (value_of(entry, path) or 0) + more)

            draft.edit(pair.ids[0], "services", one.id, added)

        twice = mine == theirs
        yield Clash(conflict, merging.PROMISED_TWICE if twice else merging.OTHER_VALUE, ways | {"sum": add})


def _figures(pair: Pair, one: Service, other: Service) -> Iterator[Clash]:
    for path, unit in _FIGURES.items():
        mine, theirs = value_of(one, path), value_of(other, path)
        if mine != theirs and not (isinstance(mine, tuple) and set(mine) == set(theirs)):
            yield Clash(*_told(_field(pair, "services", one, other, path, partial(_measured, unit))))


def _told(found: tuple[Any, dict[str, Way]]) -> tuple[Any, Any, dict[str, Way]]:
    return found[0], merging.OTHER_VALUE, found[1]


def _work_hours(pair: Pair, one: Service, other: Service) -> Iterator[Clash]:
    """Yield units of which both tell how long they take, and not alike."""
    mine, theirs = ({hours.unit: hours for hours in each.work_hours} for each in (one, other))
    for unit in mine.keys() & theirs.keys():
        if mine[unit].hours == theirs[unit].hours:
            continue
        about = quoted(N_("hours of client work for the unit {unit} of “{id}”"), unit=Name(code=unit), id=one.id)
        conflict = pair.conflict(
            f"services.{one.id}.work_hours.{unit}",
            about,
            (Measure(mine[unit].hours, "hours"), place_of(mine[unit], "hours")),
            (Measure(theirs[unit].hours, "hours"), place_of(theirs[unit], "hours")),
        )

        def keep_second(draft: Draft, _new: str, unit: str = unit, hours: Any = theirs[unit].hours) -> None:
            def taken(entry: Service) -> Any:
                parts = (with_value(x, "hours", hours) if x.unit == unit else x for x in entry.work_hours)
                return with_value(entry, "work_hours", tuple(parts))

            draft.edit(pair.ids[0], "services", one.id, taken)

        yield Clash(conflict, merging.OTHER_VALUE, {"keep_first": stand, "keep_second": keep_second})


def _texts(pair: Pair, one: Service, other: Service) -> Iterator[Clash]:
    """Yield one conflict of all texts that are not word for word the same: the first one's are printed."""
    differ = [name for name in _TEXTS if repr(getattr(one, name)) != repr(getattr(other, name))]
    if not differ:
        return
    spot = differ[0]
    about = quoted(N_("texts of “{id}” ({fields})"), id=one.id, fields=tuple(Name("services", name) for name in differ))
    conflict = pair.conflict(
        f"services.{one.id}.texts",
        about,
        (_begun(getattr(one, spot)), place_of(one, spot)),
        (_begun(getattr(other, spot)), place_of(other, spot)),
    )

    def keep_second(draft: Draft, _new: str) -> None:
        texts = {name: getattr(other, name) for name in differ}
        draft.edit(pair.ids[0], "services", one.id, lambda entry: entry.model_copy(update=texts))

    yield Clash(conflict, merging.OTHER_VALUE, {"keep_first": stand, "keep_second": keep_second}, Severity.WARNING)


def _begun(value: Any) -> Fact:
    """Return how a text begins, or how many parts a list of them has."""
    if isinstance(value, tuple) and value and not isinstance(value[0], str):
        return quoted(N_("{count} rows"), count=len(value))
    return said(value) if isinstance(value, Mapping) else shown(value)


def _measured(unit: str, value: Any) -> Fact:
    return shown(value) if value is None or not unit else Measure(value, unit)


def _groups(pair: Pair, one: ClientGroup, other: ClientGroup, taken: frozenset[str]) -> Iterator[Clash]:
    a, b = pair.ids
    renamed = same_words(one.name, other.name)
    path = "needs" if renamed else "name"
    if renamed and (same_words(one.needs, other.needs) or other.needs is None):
        return
    conflict, _ = _field(pair, "client_groups", one, other, path, said)

    def keep_first(draft: Draft, _new: str) -> None:
        draft.make_alike(a, b, "client_groups", one.id)

    def keep_second(draft: Draft, new: str) -> None:
        draft.take(a, "client_groups", one.id, other)
        keep_first(draft, new)

    ways: dict[str, Way] = {
        "keep_first": keep_first,
        "keep_second": keep_second,
        "rename_second": lambda draft, new: draft.rename(b, "client_groups", other.id, new),
    }
    weight = Severity.WARNING if renamed else None
    yield Clash(conflict, merging.OTHER_GROUP, ways, weight, taken=taken)


def _outcomes(pair: Pair, one: Outcome, other: Outcome, taken: frozenset[str]) -> Iterator[Clash]:
    about = quoted(N_("the outcome row “{id}”"), id=one.id)
    conflict = pair.conflict(
        f"outcomes.{one.id}", about, (_row(one), place_of(one, "id")), (_row(other), place_of(other, "id"))
    )
    ways = which(pair, "outcomes", one.id, one.id)
    ways["rename_second"] = lambda draft, new: draft.rename(pair.ids[1], "outcomes", other.id, new)
    yield Clash(conflict, merging.SAME_ID, ways, until=ways["keep_first"], taken=taken)


def _row(one: Outcome) -> Word:
    return quoted(
        N_("{reached} of {cohort}, {start}–{end}"), reached=one.reached, cohort=one.cohort, start=one.start, end=one.end
    )
