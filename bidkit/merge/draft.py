"""The dossier while its conflicts are settled: entries are replaced, never changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from bidkit.model._base import Entry
from bidkit.model.consortium import LightMember
from bidkit.model.dossier import NOUNS, Dossier, Member
from bidkit.model.narrative import MEMBERS

_FORMS = "light_member"  # small members name what the lead has
# Noun → where other entries name one of it: noun and field of the entry, or of its parts.
_NAMED_IN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "services": (
        ("staff", "services"),
        ("salaries", "allocations.service"),
        ("cost_items", "allocations.service"),
        ("outcomes", "service"),
        ("lot_offers", "services"),
        ("lot_offers", "capacity.service"),
        ("prices", "service"),
        ("client_path", "service"),
        (_FORMS, "services"),
    ),
    "client_groups": (
        ("services", "client_groups"),
        ("outcomes", "client_group"),
        ("partners", "client_groups"),
        ("lots", "client_groups"),
        (_FORMS, "client_groups"),
    ),
    "staff": (("salaries", "staff"),),
}
_MEMBER_NOUNS = tuple(name for name, one in NOUNS.items() if one.part == "member")
_LEAD_NOUNS = tuple(name for name, one in NOUNS.items() if one.part not in ("member", "light"))
LEADS = ""  # owner of what all answer together


def owners(members: Iterable[Member]) -> dict[str, Member]:
    """Return the members by their ids; one whose id another has already, by its id and its file."""
    found: dict[str, Member] = {}
    for one in members:
        own = one.organisation
        found[own.id if own.id not in found else f"{own.id}@{own.at.file}"] = one
    return found


class Draft:
    """A dossier that is being settled. Owners are those of `owners`, and `LEADS`."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._members = owners(dossier.members)
        self._light = dossier.light_member
        self._given = {id_: dict(one.shared) for id_, one in self._members.items()}
        self._tables: dict[tuple[str, str], dict[str, Any]] = {}
        self._alike: list[tuple[str, str, str, str]] = []
        self.shared: set[tuple[str, str, str]] = set()  # owner, noun and id of what another has now for both

    def entry(self, owner: str, noun: str, key: str) -> Any:
        """Return an entry as it stands now; None if it is gone."""
        return self._table(owner, noun).get(key)

    def edit(self, owner: str, noun: str, key: str, how: Callable[[Any], Any]) -> None:
        """Put what ``how`` makes of an entry in its place; nothing if it is gone."""
        table = self._table(owner, noun)
        if key in table:
            table[key] = how(table[key])

    def take(self, owner: str, noun: str, key: str, entry: Entry) -> None:
        """Put ``entry`` in the place of another."""
        self.edit(owner, noun, key, lambda _: entry)

    def make_alike(self, owner: str, other: str, noun: str, key: str) -> None:
        """Let another member's entry be what the first one's is once everything is settled."""
        self._alike.append((owner, other, noun, key))

    def drop(self, owner: str, noun: str, key: str) -> None:
        """Take an entry out; a service is still given by its owner, though another describes it."""
        entry = self._table(owner, noun).pop(key, None)
        self.shared.add((owner, noun, key))
        if noun == "services" and entry is not None:
            self._given[owner][key] = entry

    def drop_member(self, owner: str) -> None:
        """Take a member out with everything of it."""
        self._members.pop(owner, None)

    def drop_light(self, form: LightMember) -> None:
        """Take the form of a small member out."""
        self._light = tuple(one for one in self._light if one.at is not form.at)

    def rename_member(self, owner: str, new: str) -> None:
        """Give a member a new id."""
        self.edit(owner, "organisation", "", lambda one: one.model_copy(update={"id": new}))

    def rename(self, owner: str, noun: str, old: str, new: str) -> None:
        """Give an entry a new id, and everything in its member that names it too; the lead's files name the other."""
        self.edit(owner, noun, old, lambda one: one.model_copy(update={"id": new}))
        self.redirect(owner, noun, old, new)
        self._cite(LEADS, f"{MEMBERS}.{owner}.{noun}", old, new)

    def redirect(self, owner: str, noun: str, old: str, new: str) -> None:
        """Let everything that an owner has and that names the entry ``old`` name ``new``; texts as well."""
        if old == new:
            return
        given = self._given.get(owner, {})
        if noun == "services" and old in given:
            given[new] = given.pop(old)
        own = _LEAD_NOUNS if owner == LEADS else _MEMBER_NOUNS
        for holder, path in _NAMED_IN.get(noun, ()):
            for key, entry in self._table(owner, holder).items() if holder in own else ():
                self.take(owner, holder, key, _renamed(entry, path, old, new))
            if holder == _FORMS and owner == LEADS:
                self._light = tuple(_renamed(form, path, old, new) for form in self._light)
        self._cite(owner, noun, old, new)
        self.shared.add((owner, noun, new))

    def _cite(self, owner: str, rows: str, old: str, new: str) -> None:
        """Let the references in an owner's texts to the row ``old`` lead to ``new``."""
        was, now = f"{{{rows}.{old}.", f"{{{rows}.{new}."
        for holder in _LEAD_NOUNS if owner == LEADS else _MEMBER_NOUNS:
            for key, entry in self._table(owner, holder).items():
                if entry is not None:
                    self.take(owner, holder, key, rewritten(entry, lambda text: text.replace(was, now)))

    def dossier(self) -> Dossier:
        """Return the dossier as it stands now."""
        for owner, other, noun, key in self._alike:
            self.take(other, noun, key, self.entry(owner, noun, key))
        held: dict[str, dict[str, Any]] = {}
        for (owner, noun), table in self._tables.items():
            held.setdefault(owner, {})[noun] = table[""] if NOUNS[noun].holds == "one" else tuple(table.values())
        members = tuple(
            replace(one, shared=self._given[id_], **held.get(id_, {})) for id_, one in self._members.items()
        )
        return replace(self._dossier, members=members, light_member=self._light, **held.get(LEADS, {}))

    def _table(self, owner: str, noun: str) -> dict[str, Any]:
        found = self._tables.get((owner, noun))
        if found is None and owner != LEADS and owner not in self._members:
            return {}  # it has gone
        if found is None:
            source: Dossier | Member = self._dossier if owner == LEADS else self._members[owner]
            held = getattr(source, noun)
            found = {one.key: one for one in held} if isinstance(held, tuple) else {"": held}
            self._tables[owner, noun] = found
        return found


def own_rows(member: Member, shared: Iterable[tuple[str, str, str]]) -> Member:
    """Return a member whose texts name its own rows as its own: ``{sites.pori.name}`` may be in several files.

    What it shares with another member is its own too.
    """
    id_ = member.organisation.id
    held = {noun: getattr(member, noun) for noun in _MEMBER_NOUNS}
    keys = {noun: {one.key for one in many} for noun, many in held.items() if isinstance(many, tuple)}
    keys["services"] |= member.shared.keys()
    for owner, noun, key in shared:
        if owner == id_:
            keys[noun].add(key)

    def named(match: re.Match[str]) -> str:
        noun, path = match[1], match[2]
        parts = path.split(".")
        mine = (
            noun not in keys or path == "count" or any(".".join(parts[:n]) in keys[noun] for n in range(1, len(parts)))
        )
        return f"{{{MEMBERS}.{id_}.{noun}.{path}}}" if mine else match[0]

    def texts(entry: Any) -> Any:
        return rewritten(entry, lambda text: _OWN.sub(named, text))

    fresh: dict[str, Any] = {
        n: tuple(map(texts, one)) if isinstance(one, tuple) else texts(one) for n, one in held.items()
    }
    return replace(member, **fresh)


_OWN = re.compile(rf"\{{({'|'.join(_MEMBER_NOUNS)})\.([A-Za-z0-9._-]+)\}}")


def _renamed(entry: Any, path: str, old: str, new: str) -> Any:
    name, _, rest = path.partition(".")
    value = getattr(entry, name)
    if rest:
        fresh: Any = tuple(_renamed(one, rest, old, new) for one in value)
    elif isinstance(value, tuple):
        fresh = tuple(dict.fromkeys(new if one == old else one for one in value))
    else:
        fresh = new if value == old else value
    return entry if fresh == value else entry.model_copy(update={name: fresh})


def rewritten(entry: Any, how: Callable[[str], str]) -> Any:
    """Return an entry with every text by language that is in it rewritten; the entry itself if nothing differs."""
    changed = {}
    for name in _texts_of(entry.__class__):
        value = getattr(entry, name)
        fresh = _rewritten(value, how)
        if fresh is not value:
            changed[name] = fresh
    return entry.model_copy(update=changed) if changed else entry


def _rewritten(value: Any, how: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        texts = {key: how(text) if "{" in text else text for key, text in value.items()}
        return value if texts == value else texts
    if isinstance(value, Entry):
        return rewritten(value, how)
    if isinstance(value, tuple) and value and isinstance(value[0], Entry):
        parts = tuple(rewritten(one, how) for one in value)
        return value if all(a is b for a, b in zip(parts, value, strict=True)) else parts
    return value


@cache
def _texts_of(model: Any) -> tuple[str, ...]:
    return tuple(name for name in model.model_fields if name not in ("at", "parameters"))
