"""A dossier's content alone: what two dossiers that say the same have in common, whatever files they came in."""

from __future__ import annotations

from typing import Any

from bidkit import conditions
from bidkit.dossier.validate import validate
from bidkit.model._base import Entry
from bidkit.model.dossier import NOUNS, Dossier, nouns_of
from bidkit.model.tender import Condition


def normalised(dossier: Dossier) -> dict[str, Any]:
    """Return the dossier's content without its places: equal for equal content, YAML or workbook."""
    found: dict[str, Any] = {"members": []}
    for owner in dossier.members:
        own = {name: _plain(getattr(owner, name)) for name in nouns_of("member")}
        if owner.shared:  # another describes them, but their sites count
            own["shared"] = {id_: list(one.sites) for id_, one in owner.shared.items()}
        found["members"].append(own)
    return found | {n: _plain(getattr(dossier, n)) for n in NOUNS if n not in nouns_of("member")}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Condition):
        return value.model_dump(exclude_none=True) | {"parameters": _bound(value)}
    return value.model_dump(exclude_none=True) if isinstance(value, Entry) else value


def _bound(condition: Condition) -> dict[str, Any]:
    """Return a condition's parameters as its kind reads them: 5 and “5” are one number; as typed if it cannot."""
    kind = conditions.kind(condition.kind)
    judge = validate(kind, condition.parameters)[0] if kind else None
    return judge.model_dump(exclude_none=True) if judge is not None else condition.model_dump()["parameters"]
