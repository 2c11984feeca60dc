"""Texts of the bid: each in the bid's language, each figure in them standing for a row of the dossier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from bidkit.diagnostics import Finding, Name, Place
from bidkit.messages import merging, resolving
from bidkit.model import tender
from bidkit.model._base import HOME, NARRATIVE, PROPER_NAME, Entry
from bidkit.model.dossier import NOUNS, Dossier
from bidkit.model.names import noun_called
from bidkit.model.narrative import MEMBERS, held, loose_figures, references, stray_braces
from bidkit.money import bare_yes_no
from bidkit.stages import Bid


def examine(bid: Bid) -> list[Finding]:
    """Return what the texts of ``bid`` lack."""
    found: list[Finding] = []
    for owner, entry, name, texts, narrative in _texts(bid.dossier):
        place = entry.at.of(name)
        if not bid.has(texts):
            found.append(resolving.TEXT_NOT_IN_LANGUAGE.at(place, field=_called(entry, name), language=bid.language))
            continue
        text = bid.words(texts)
        found += _braces(bid, owner, entry, name, text)
        if bare_yes_no(text) and type(entry).__module__ != tender.__name__:  # the buyer's own words stay
            found.append(resolving.BARE_YES_NO.at(place, field=_called(entry, name), value=text))
        loose = loose_figures(text) if narrative else ()
        if loose:
            found.append(resolving.LOOSE_FIGURE.at(place, field=_called(entry, name), figures=loose))
    return found


def _braces(bid: Bid, owner: str, entry: Entry, name: str, text: str) -> Iterator[Finding]:
    """Yield what stands in braces without being a reference that the bid can print."""
    if "{" not in text and "}" not in text:
        return
    place, called = entry.at.of(name), _called(entry, name)
    for full in references(text):
        reference = full.removeprefix(f"{MEMBERS}.{owner}.") if owner else full  # as its user typed it
        noun, _, rest = reference.partition(".")
        if bid.figures.internal(full):
            yield resolving.INTERNAL_FIGURE.at(place, reference=reference, field=called)
        elif bid.figures.find(full) is None and not bid.dossier.lost(noun, rest.partition(".")[0]):
            yield _sheet_named(place, reference, called) or resolving.UNKNOWN_FIGURE.at(
                place, reference=reference, field=called
            )
        elif owner and reference == full and not _of_tender(noun):
            yield merging.OTHERS_FIGURE.at(place, reference=reference, field=called)
    for braces in stray_braces(text):
        yield _sheet_named(place, braces.strip("{} "), called) or resolving.STRAY_BRACES.at(
            place, braces=braces, field=called
        )


def _of_tender(noun: str) -> bool:
    return noun in NOUNS and NOUNS[noun].part == "tender"


def _sheet_named(place: Place, reference: str, field: Name) -> Finding | None:
    """Return a finding if ``reference`` begins with the name of a sheet: references have the English names."""
    first, point, _ = reference.partition(".")
    noun = noun_called(first) if point and first not in NOUNS else ""
    if not noun:
        return None
    return resolving.SHEET_IN_FIGURE.at(place, reference=reference, field=field, name=noun)


def _called(entry: Entry, name: str) -> Name:
    """Return the name of a text, which is the heading of its column."""
    return Name(field=name, titles=(type(entry).model_fields[name].title or name,))


def _texts(dossier: Dossier) -> Iterator[tuple[str, Entry, str, Mapping[str, str], bool]]:
    """Yield every text: the member whose it is, its entry and field, the text by language, whether it is narrative.

    The lead's are nobody's own: they may refer to everything.
    """
    of = {id(entry): owner.organisation.id for owner in dossier.members[1:] for _, entry in held(owner)}
    of |= {id(form): form.id for form in dossier.light_member}
    for _, entry in dossier.entries():
        for found in _in_entry(entry):
            yield of.get(id(entry), ""), *found


def _in_entry(entry: Entry) -> Iterator[tuple[Entry, str, Mapping[str, str], bool]]:
    for name, narrative, proper in _fields(type(entry)):
        value = getattr(entry, name)
        if isinstance(value, Mapping):
            if not (proper and HOME in value):  # a proper name that names no language stands in every one
                yield entry, name, value, narrative
        elif isinstance(value, Entry):
            yield from _in_entry(value)
        elif isinstance(value, tuple):
            for one in value:
                if isinstance(one, Entry):
                    yield from _in_entry(one)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, bool, bool], ...]:
    """Return the fields of ``model`` that may hold texts; whether they are narrative, and proper names."""
    return tuple(
        (name, NARRATIVE in info.metadata or _marked(info.annotation), PROPER_NAME in info.metadata)
        for name, info in model.model_fields.items()
        if name not in ("at", "parameters")
    )


def _marked(annotation: Any) -> bool:
    """Say whether the annotation, or a part of a union, is marked as narrative."""
    return NARRATIVE in getattr(annotation, "__metadata__", ()) or any(
        _marked(part) for part in getattr(annotation, "__args__", ()) if hasattr(part, "__metadata__")
    )
