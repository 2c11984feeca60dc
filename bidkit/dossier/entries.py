"""One noun of a folder's files → its entries: each validated on its own, every fault at the field's own place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from bidkit.diagnostics import Fact, Finding, Name, Place, Word
from bidkit.dossier.folder import Raw
from bidkit.dossier.twice import twice
from bidkit.dossier.validate import validate
from bidkit.i18n import N_
from bidkit.messages import loading
from bidkit.messages.resolving import SAME_TWICE
from bidkit.model._base import KEYS, Entry
from bidkit.model.dossier import NOUNS, Noun

T = TypeVar("T", bound=Entry)


def read(name: str, raw: Raw) -> tuple[Any, frozenset[str], list[Finding]]:
    """Validate what a folder's files tell of one noun. Return what holds, the ids set aside, and the findings.

    What there is one of is set aside by the name of its noun.
    """
    noun, written = NOUNS[name], raw.nouns.get(name)
    file = raw.home(name)
    if written is None:
        if noun.required and not _explained(name, raw):
            return (), frozenset(), [loading.MISSING_NOUN.at(file, file=_named(file))]
        return () if noun.holds == "many" else None, frozenset(), []
    if noun.holds == "one":
        entry, faults = validate(noun.model, written)
        kept = entry or _salvage(noun.model, written)
        lost = frozenset() if kept else frozenset({name})
        return kept, lost, [*faults, *(twice(entry) if entry else ())]
    return _list(name, noun, written, file)


def entries_of(raw: Raw) -> dict[str, Any]:
    """Return what can be read of each noun that a folder's files tell of, whatever is wrong with the rest."""
    return {name: read(name, raw)[0] for name in raw.nouns}


def usable(name: str, kept: Any, lost: frozenset[str], raw: Raw) -> bool:
    """Say whether later steps can go on: a list whose entries are all faulty is no empty list."""
    return bool(kept) or (NOUNS[name].holds == "many" and (bool(lost) or name in raw.incomplete))


def nothing_in(name: str, raw: Raw, kept: Any, lost: frozenset[str]) -> list[Finding]:
    """Say that a list has no entries, if nothing else tells so: a bid that nothing is asked of is an oversight."""
    noun, place = NOUNS[name], raw.home(name)
    asked = noun.holds == "many" and not noun.required and noun.part != "consortium"
    if not asked or kept or lost or name in raw.incomplete:
        return []
    if name == "conditions":
        return [loading.NO_CONDITIONS.at(place)]
    if name not in raw.nouns or any(f.place.file == place.file for f in raw.findings):
        return []
    return [loading.NOTHING_IN.at(place, noun=Name(name))]


def _explained(name: str, raw: Raw) -> bool:
    """Say whether the reader has already told why this noun is not there."""
    home = raw.home(name)
    stem = home.file.removesuffix(".yaml")
    own = () if home.in_workbook else (f"{stem}.yaml", f"{stem}.yml", stem)
    return name in raw.incomplete or not raw.digests or any(f.place.file in own for f in raw.findings)


def _named(home: Place) -> Fact:
    """Return what its user calls the file or sheet of a noun."""
    sheet = home.spot.rpartition("!")[0]
    return Word(N_("The sheet {sheet}"), (("sheet", sheet),)) if home.in_workbook else home.file


# Needed, but nothing is computed from it: with a fault in it the rest can still be judged. → a right one
_NOT_COMPUTED_WITH = {"business_id": "3134980-3"}


def _salvage(model: type[T], written: Any) -> T | None:
    """Do without the faulty fields of an entry there is only one of, so that the rest can be judged in this run.

    An optional field is left out; a wrong business ID is kept as typed. None if a field is faulty that later
    steps compute with.
    """
    try:
        return model.model_validate(written)
    except ValidationError as error:
        faults = [one["loc"] for one in error.errors(include_url=False) if one["loc"]]
    broken = {str(loc[0]) for loc in faults}
    stand_ins = {name: right for name, right in _NOT_COMPUTED_WITH.items() if isinstance(written.get(name), str)}
    rest = written
    for loc in faults:
        rest = _without(rest, loc)
    rest |= {key: stand_ins[key] for key in broken & stand_ins.keys()}
    try:
        found = model.model_validate(rest)
    except ValidationError:
        return None
    return found.model_copy(update={key: written[key] for key in broken & stand_ins.keys()})


def _without(written: Mapping[str, Any], loc: tuple[int | str, ...]) -> dict[str, Any]:
    """Return an entry without the value at ``loc``; of a list nothing is kept."""
    name, inner = str(loc[0]), written.get(str(loc[0]))
    if len(loc) > 1 and isinstance(inner, dict):
        return {**written, name: _without(inner, loc[1:])}
    return {key: value for key, value in written.items() if key != name}


_OR_ANOTHER_ID = N_(" if they are the same; otherwise give it another id")


def _list(name: str, noun: Noun, written: Any, file: Place) -> tuple[Any, frozenset[str], list[Finding]]:
    kept: dict[str, Entry] = {}
    lost: set[str] = set()
    found: list[Finding] = []
    inner: dict[str, list[Finding]] = {}
    for one in written:
        name_of_key = next((k for k in KEYS if k in noun.model.model_fields and one.get(k)), "id")
        key = str(one.get(name_of_key) or "")
        entry, faults = validate(noun.model, one)
        found += faults
        if entry is None:
            lost.add(key)
        elif key in kept:
            at = one["@"].of(name_of_key)
            or_else: Fact = Word(_OR_ANOTHER_ID) if name_of_key == "id" else ""  # other keys name an entry elsewhere
            first = str(kept[key].at)
            inner[key] = [one for one in inner[key] if one.code != SAME_TWICE.code]  # rows of both, under one id
            found.append(loading.DOUBLE_ID.at(at, id=key, noun=Name(name), first=first, or_else=or_else))
        else:
            kept[key] = entry
            inner[key] = list(twice(entry))
    found += [one for several in inner.values() for one in several]
    if not written and noun.required:
        found.append(loading.NEEDED_LIST_EMPTY.at(file, noun=Name(name)))
    return tuple(kept.values()), frozenset(lost), found
