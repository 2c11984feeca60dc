"""What changed in a member's files since those that it sent before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bidkit.dossier.difference import Difference, difference
from bidkit.dossier.entries import entries_of
from bidkit.dossier.folder import Raw
from bidkit.model._base import Entry
from bidkit.model.dossier import NOUNS


def changes(old: Raw, new: Raw) -> Difference:
    """Return what differs, noun by noun and field by field; what cannot be read on one side is not compared."""
    before, after = entries_of(old), entries_of(new)
    unread = old.incomplete | new.incomplete
    return difference(*(_content({n: e for n, e in one.items() if n not in unread}) for one in (before, after)))


def _content(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Return entries as a version keeps them: numbers as texts, dates ISO."""
    said = json.loads(json.dumps({name: _plain(one) for name, one in entries.items()}, default=str))
    member = {name: found for name, found in said.items() if NOUNS[name].part == "member"}
    rest = {name: found for name, found in said.items() if NOUNS[name].part != "member"}
    return {"dossier": {"members": [member], **rest}, "verdicts": [], "price": {"lots": []}}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.model_dump(exclude_none=True) if isinstance(value, Entry) else value
