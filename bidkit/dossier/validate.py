"""One entry as it was written → the entry, or the findings of each faulty field at that field's own place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bidkit.diagnostics import Fact, Finding, Name, Place, Refused, Told, Word
from bidkit.i18n import N_
from bidkit.messages import values
from bidkit.model._base import Entry
from bidkit.model.shapes import Shape, field_called

T = TypeVar("T", bound=Entry)

_NAME = re.compile(r"[^\W\d][\w-]*")  # of a field, right or misspelt


def validate(model: type[T], written: Any) -> tuple[T | None, list[Finding]]:
    """Return the entry that ``written`` makes, or None, with the findings of each faulty field."""
    try:
        return model.model_validate(written), []
    except ValidationError as error:
        faults = [_finding(model, written, one) for one in error.errors(include_url=False) if not _is_told(one)]
        misspelt = {f.facts["near"] for f in faults if f.code == values.UNKNOWN_FIELD_NEAR.code}
        unknown = {f.place for f in faults if f.code == values.UNKNOWN_FIELD.code and f.place.in_workbook}
        return None, [
            f
            for f in faults
            if f.code != values.MISSING_FIELD.code or not (f.facts["field"] in misspelt or f.place in unknown)
        ]


def _is_told(error: ErrorDetails) -> bool:
    """Say whether an error is about a value whose absence a finding has told already."""
    refusal = (error.get("ctx") or {}).get("refusal")
    return isinstance(refusal, Told) or isinstance(error["input"], Told)


def _finding(model: type[Entry], written: Any, error: ErrorDetails) -> Finding:
    """Turn one of pydantic's errors into a finding at the field it is about."""
    loc = tuple(part for part in error["loc"] if not _union_tag(part))
    place, name = locate(written, loc)
    field: Fact = _heading(model, loc, name) if place.in_workbook else name
    context = error.get("ctx") or {}
    if isinstance(error["input"], Refused):  # a choice: other types hand the refusal on themselves
        return error["input"].at(place)
    match error["type"]:
        case "refused":
            refusal: Refused = context["refusal"]
            if "field" in refusal.facts:
                refusal.facts["field"] = field
            return refusal.at(_group_at(written, loc, place).of(refusal.spot) if refusal.spot else place)
        case "missing":
            return values.MISSING_FIELD.at(place, field=field)
        case "extra_forbidden" if error["input"] is None and not _NAME.fullmatch(name):
            return values.CUT_AT_COMMA.at(place, cut=name)
        case "extra_forbidden":
            return _unknown(model, loc, place, name)
        case "literal_error":
            codes = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            choices: Fact = tuple(Name(code=code) if place.in_workbook else code for code in codes)
            return values.NOT_ONE_OF.at(place, value=str(error["input"]), choices=choices)
        case _:
            return values.WRONG_SHAPE.at(
                place, field=field, wanted=Word(_wanted(error["type"])), got=Word(_got(error["input"]))
            )


def _heading(model: type[BaseModel], loc: tuple[int | str, ...], name: str) -> Name:
    """Return the name of the field at ``loc`` as the heading of its column: its own title after those of its groups.

    A list of groups has a sheet of its own, so its headings begin anew.
    """
    last = max((n for n, part in enumerate(loc) if isinstance(part, str)), default=0)
    titles: list[str] = []
    for n, part in enumerate(loc[:last]):
        titles = [*titles, _title(_model_at(model, loc[:n]), part)] if isinstance(part, str) else []
    return Name(field=name, titles=(*titles, _title(_model_at(model, loc[:last]), name)))


def _title(model: type[BaseModel], name: str) -> str:
    info = field_called(model, name)
    return (info and info.title) or name


def _group_at(written: Any, loc: tuple[int | str, ...], found: Place) -> Place:
    """Return the place of the group of fields at ``loc``, which knows those of its fields."""
    node: Any = written
    for part in loc:
        node = node[part] if isinstance(node, dict | list) else {}  # type: ignore[index]
    place: Place = node.get("@", found) if isinstance(node, dict) else found
    return place


def _union_tag(part: object) -> bool:
    return isinstance(part, str) and part.startswith(("function-", "tuple[", "constrained-", "lax-or-strict"))


def _wanted(kind: str) -> str:
    if kind in ("tuple_type", "list_type"):
        return N_("a list")
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return N_("a group of fields")
    return N_("one value")


def _got(value: object) -> str:
    if value is None:
        return N_("empty")
    if isinstance(value, dict):
        return N_("a group of fields")
    return N_("a list") if isinstance(value, list | tuple) else N_("one value")


def locate(written: Any, loc: tuple[int | str, ...]) -> tuple[Place, str]:
    """Return the place of the value at ``loc`` and the name of its field, as the user wrote them."""
    place = written["@"] if isinstance(written, dict) and "@" in written else Place("")
    field = str(loc[-1]) if loc else ""
    node, names = written, ""
    for part in loc:
        if isinstance(node, dict):
            names = str(part)
            place = node["@"].of(names) if "@" in node else place
            node = node.get(names)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            names = f"{names}[{part}]"
            node, parent = node[part], place
            place = node["@"] if isinstance(node, dict) and "@" in node else parent
        else:
            break
    if len(loc) > 1 and isinstance(loc[-1], int):
        field = str(loc[-2])
    return _item_place(written, loc, place), field


def _item_place(written: Any, loc: tuple[int | str, ...], found: Place) -> Place:
    """Return the spot of a plain value in a list: ``name[0]`` in the entry that holds the list."""
    if len(loc) < 2 or not isinstance(loc[-1], int):
        return found
    node: Any = written
    for part in loc[:-2]:
        node = node[part] if isinstance(node, dict | list) else {}  # type: ignore[index]
    if isinstance(node, dict) and "@" in node:
        spot = node["@"].fields.get(f"{loc[-2]}[{loc[-1]}]")
        if spot:
            return Place(node["@"].file, spot)
    return found


def _unknown(model: type[Entry], loc: tuple[int | str, ...], place: Place, field: str) -> Finding:
    from difflib import get_close_matches

    inner = _model_at(model, loc[:-1])
    names = tuple(_names(inner))
    heads = {name: _heading(model, (*loc[:-1], name), name) for name in names} if place.in_workbook else {}
    known: dict[str, Fact] = {name: heads.get(name, name) for name in names}
    near = get_close_matches(field, names, n=1, cutoff=0.7)
    if near:
        return values.UNKNOWN_FIELD_NEAR.at(place, field=field, near=known[near[0]])
    return values.UNKNOWN_FIELD.at(place, field=field, known=tuple(known.values()))


def _names(model: type[BaseModel]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        if name != "at":
            yield info.alias or name


def _model_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the model of the group of fields at ``loc``, as far as it can be told."""
    for part in loc:
        if isinstance(part, int):
            continue
        info = field_called(model, part)
        inner = Shape.of(info).model if info else None
        if inner is None:
            break
        model = inner
    return model
