"""What a member's own copy of the tender, and of the answer to it, says differently: the lead's holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from bidkit.diagnostics import Fact, Measure, Name, Place
from bidkit.i18n import N_
from bidkit.merge.conflict import (
    Clash,
    Pair,
    Way,
    folded,
    place_of,
    quoted,
    same_words,
    shown,
    stand,
    value_of,
    with_value,
)
from bidkit.merge.draft import LEADS, Draft
from bidkit.messages import merging
from bidkit.model._base import Entry
from bidkit.model.bid import Price
from bidkit.model.dossier import Dossier
from bidkit.model.tender import Condition, Tender

# Noun → fields that count, by the unit of their figure. Margins are internal, texts are the lead's to word.
_COUNT: Mapping[str, Mapping[str, str]] = {
    "lots": {"number": "", "area": ""},
    "conditions": {"kind": "=", "binding": "=", "lots": ""},
    "criteria": {"points": "points", "minimum": "points", "max_characters": "characters", "lots": ""},
    "price_lines": {
        "lot": "",
        "unit": "=",
        "quantity": "",
        "vat_basis": "=",
        "decimals": "",
        "ceiling": "EUR",
        "fixed": "EUR",
    },
    "requested_attachments": {"mandatory": ""},
    "attestations": {"holds": ""},
}
_TENDER = {
    "deadline": "", "questions_until": "", "valid_until": "", "procedure": "=", "contract.start": "",
    "contract.end": "", "vat_rule": "=", "price_points": "percent", "quality_points": "percent",
}  # fmt: skip
_PRICED = {"price_lines.unit"}


class _Look(NamedTuple):
    """The lead with one member whose own copy is read."""

    pair: Pair
    dossier: Dossier
    says: Mapping[str, Any]


def find(dossier: Dossier) -> Iterator[Clash]:
    """Yield what members' own copies say differently; of a copy of another tender only that it is one."""
    lead = dossier.members[0].organisation
    for member in dossier.members:
        look = _Look(Pair(lead, member.organisation), dossier, member.says)
        own = member.says.get("tender")
        if isinstance(own, Tender) and not same_tender(dossier.tender, own):
            yield _another_tender(look, own)
            continue
        if isinstance(own, Tender):
            yield from _tender(look, own)
        for noun, fields in _COUNT.items():
            yield from _noun(look, noun, fields)
        yield from _prices(look)


def same_tender(one: Tender, other: Tender) -> bool:
    """Say whether two copies are of one tender, by its number or else its name and buyer."""
    named = same_words(one.title, other.title) and same_words(one.buyer, other.buyer)
    return named or folded(one.reference) == folded(other.reference)


def _another_tender(look: _Look, own: Tender) -> Clash:
    tender = look.dossier.tender
    values = (tender.reference, tender.at.of("reference")), (own.reference, own.at.of("reference"))
    conflict = look.pair.conflict("tender", quoted(N_("the tender")), *values)
    return Clash(conflict, merging.OTHER_TENDER, {"both": stand})


def _tender(look: _Look, own: Tender) -> Iterator[Clash]:
    for path, unit in _TENDER.items():
        yield from _field(look, "tender", look.dossier.tender, own, path, unit)
    documents = {one.id: one for one in look.dossier.tender.documents}
    for copy in own.documents:
        ours = documents.get(copy.id)
        for name in ("version", "published") if ours else ():
            mine, theirs = getattr(ours, name), getattr(copy, name)
            if mine != theirs:
                about = quoted(N_("version of the tender document “{title}”"), title=shown(copy.title))
                values = (mine, place_of(ours, name)), (theirs, place_of(copy, name))
                conflict = look.pair.conflict(f"tender.documents.{copy.id}.{name}", about, *values)
                yield Clash(conflict, merging.OTHER_IN_TENDER, {"keep_first": stand})
                break


def _noun(look: _Look, noun: str, fields: Mapping[str, str]) -> Iterator[Clash]:
    """Compare the entries of a noun that have one id; of those that only the member has, say so."""
    ours = {one.key: one for one in getattr(look.dossier, noun)}
    for copy in look.says.get(noun, ()):
        key = copy.key
        mine = ours.get(key)
        if mine is None:
            if noun != "attestations" and not look.dossier.lost(noun, key):
                yield _only_there(look, noun, copy)
            continue
        for path, unit in fields.items():
            yield from _field(look, noun, mine, copy, path, unit)
        if isinstance(copy, Condition):
            yield from _parameters(look, mine, copy)


def _only_there(look: _Look, noun: str, copy: Entry) -> Clash:
    key = copy.key
    about = quoted(N_("“{id}” ({noun})"), id=key, noun=Name(noun))
    values: tuple[tuple[Fact, Place], tuple[Fact, Place]] = (None, look.dossier.home(noun)), (key, copy.at)
    return Clash(look.pair.conflict(f"{noun}.{key}", about, *values), merging.ONLY_IN_A_COPY, {"keep_first": stand})


def _field(look: _Look, noun: str, ours: Any, copy: Any, path: str, unit: str) -> Iterator[Clash]:
    mine, theirs = value_of(ours, path), value_of(copy, path)
    if mine == theirs or (isinstance(mine, tuple) and set(mine) == set(theirs)):
        return
    key = "" if noun == "tender" else ours.key
    message = merging.OTHER_PRICE if f"{noun}.{path}" in _PRICED or noun == "prices" else merging.OTHER_IN_TENDER
    field = Name(noun, path)
    about = quoted(N_("{field} of “{id}”"), field=field, id=key) if key else field
    what = f"{noun}.{key}.{path}" if key else f"{noun}.{path}"
    values = (_fact(mine, unit), place_of(ours, path)), (_fact(theirs, unit), place_of(copy, path))

    def change(entry: Any) -> Any:
        return with_value(entry, path, theirs)

    yield Clash(look.pair.conflict(what, about, *values), message, _ways(noun, key, change))


def _ways(noun: str, key: str, change: Callable[[Any], Any]) -> dict[str, Way]:
    """Return the ways to settle what a copy says: the lead's entry stays, or is changed."""

    def keep_second(draft: Draft, _new: str) -> None:
        draft.edit(LEADS, noun, key, change)

    return {"keep_first": stand, "keep_second": keep_second}


def _fact(value: Any, unit: str) -> Fact:
    if value is None:
        return None
    if unit == "=":
        return Name(code=str(value))
    return Measure(value, unit) if unit else shown(value)


def _parameters(look: _Look, ours: Condition, copy: Condition) -> Iterator[Clash]:
    """Compare the limits of a condition, as they are typed."""
    if ours.kind != copy.kind:
        return
    for name in sorted((ours.parameters.keys() | copy.parameters.keys()) - {"@"}):
        mine, theirs = _typed(ours.parameters.get(name)), _typed(copy.parameters.get(name))
        if mine == theirs:
            continue
        about = quoted(N_("the parameter {name} of the condition “{id}”"), name=name, id=ours.id)
        values = (mine or None, _spot(ours, name)), (theirs or None, _spot(copy, name))
        conflict = look.pair.conflict(f"conditions.{ours.id}.{name}", about, *values)
        written = copy.parameters.get(name)

        def change(entry: Condition, name: str = name, written: Any = written) -> Any:
            kept = {key: value for key, value in entry.parameters.items() if key != name}
            fresh = kept if written is None else {**kept, name: written}
            return entry.model_copy(update={"parameters": fresh})

        yield Clash(conflict, merging.OTHER_IN_TENDER, _ways("conditions", ours.id, change))


def _typed(value: Any) -> str:
    """Return a raw parameter as one text, without places: 8 and “8” are the same."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_typed(inner)}" for key, inner in sorted(value.items()) if key != "@")
    if isinstance(value, list | tuple):
        return ", ".join(map(_typed, value))
    return "" if value is None else str(value).strip()


def _spot(condition: Condition, name: str) -> Place:
    at = condition.parameters.get("@")
    return at.of(name) if isinstance(at, Place) else condition.at.of("parameters")


def _prices(look: _Look) -> Iterator[Clash]:
    """Compare fixed prices and their VAT; how a price is made of costs is nobody else's business."""
    ours = {one.line: one for one in look.dossier.prices}
    for copy in look.says.get("prices", ()):
        mine = ours.get(copy.line)
        if mine is None:
            continue
        if _dear(mine) != _dear(copy):
            yield _priced(look, mine, copy)
        for path, unit in (("vat.status", "="), ("vat.rate", "percent")):
            yield from _field(look, "prices", mine, copy, path, unit)


def _dear(one: Price) -> Any:
    """Return the unit price, or how it comes about where none is given."""
    return one.unit_price if one.strategy == "fixed" else one.strategy


def _priced(look: _Look, mine: Price, copy: Price) -> Clash:
    def fact(one: Price) -> Fact:
        fixed = one.strategy == "fixed" and one.unit_price is not None
        return Measure(one.unit_price or 0, "EUR") if fixed else Name(code=one.strategy)

    def spot(one: Price) -> Place:
        return one.at.of("unit_price" if one.strategy == "fixed" else "strategy")

    about = quoted(N_("{field} of “{id}”"), field=Name("prices", "unit_price"), id=mine.line)
    conflict = look.pair.conflict(f"prices.{mine.line}", about, (fact(mine), spot(mine)), (fact(copy), spot(copy)))

    def change(entry: Price) -> Price:
        return entry.model_copy(update={"strategy": copy.strategy, "unit_price": copy.unit_price})

    return Clash(conflict, merging.OTHER_PRICE, _ways("prices", mine.line, change))
