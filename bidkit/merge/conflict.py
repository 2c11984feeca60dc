"""What a conflict is, in whose files, and the ways in which it may be settled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any, TypeAlias

from bidkit.diagnostics import Fact, Finding, Message, Place, Severity, Word
from bidkit.i18n import N_
from bidkit.merge.draft import LEADS, Draft
from bidkit.model._base import HOME
from bidkit.model.consortium import LightMember
from bidkit.model.dossier import Member
from bidkit.model.organisation import Organisation
from bidkit.record import record

# How a conflict is settled on the draft; the text is the new id, where one is given.
Way: TypeAlias = Callable[[Draft, str], None]
_SHOWN = 60  # characters of a text that stand in for it


@record(frozen=True)
class Side:
    """What one member's file says: ``value`` as it is printed, ``place`` where it stands."""

    member: str  # id of the organisation
    value: Fact
    place: Place


@record(frozen=True)
class Conflict:
    """Two members' files that do not agree.

    ``id`` is the same at every merge, in whatever order the files come: it is the id of the row in the lead's file
    that settles it. ``about`` says in words what the files do not agree on. ``names`` are those of the two
    organisations.
    """

    id: str
    about: Fact
    first: Side
    second: Side
    settled: str = ""  # one of `model.consortium.Settled`; empty while it is open
    names: tuple[str, str] = ("", "")


@record(frozen=True)
class Clash:
    """A conflict with the finding that it is while it is open, and the ways in which it may be settled.

    ``until`` is what holds meanwhile, ``group`` has the clashes that one new id settles together, and ``taken`` are the
    ids that a new one must not be.
    """

    conflict: Conflict
    message: Message
    ways: Mapping[str, Way]
    severity: Severity | None = None
    until: Way | None = None
    group: str = ""
    taken: frozenset[str] = field(default_factory=frozenset)

    def finding(self) -> Finding:
        """Return both sides in one sentence, at the place of the second: the lead's own file is the measure."""
        one = self.conflict
        return self.message.at(
            one.second.place,
            severity=self.severity,
            about=one.about,
            first=one.names[0],
            first_value=one.first.value,
            first_place=str(one.first.place),
            second=one.names[1],
            second_value=one.second.value,
        )


Party: TypeAlias = Organisation | LightMember


@record(frozen=True)
class Pair:
    """Two organisations whose files are compared; the lead is the first, else the one whose id comes first."""

    first: Party
    second: Party

    @property
    def ids(self) -> tuple[str, str]:
        """The ids of the two organisations."""
        return self.first.id, self.second.id

    def conflict(self, what: str, about: Fact, one: tuple[Fact, Place], other: tuple[Fact, Place]) -> Conflict:
        """Return a conflict between the two: ``what`` is the beginning of its id."""
        names = self.first.name, self.second.name
        first, second = Side(self.first.id, *one), Side(self.second.id, *other)
        return Conflict(f"{what}:{self.first.id}:{self.second.id}", about, first, second, "", names)


def stand(_draft: Draft, _new: str) -> None:
    """Let both hold as they are; of two that have one id the first one does."""


def value_of(entry: Any, path: str) -> Any:
    """Return the field of an entry that a path such as ``dose.hours`` names."""
    for name in path.split("."):
        entry = getattr(entry, name)
    return entry


def with_value(entry: Any, path: str, value: Any) -> Any:
    """Return an entry with another value in a field."""
    name, _, rest = path.partition(".")
    return entry.model_copy(update={name: with_value(getattr(entry, name), rest, value) if rest else value})


def place_of(entry: Any, path: str) -> Place:
    """Return where a field is written, or the group of fields or entry that would hold it."""
    above, _, name = path.rpartition(".")
    inner = value_of(entry, above) if above else entry
    place: Place = (inner if inner is not None and inner.at.file else entry).at
    return place.of(name)


def folded(text: str) -> str:
    """Return what of an id or a name tells it from others: no case, spaces, dashes, dots or underscores."""
    return re.sub(r"[\W_]+", "", text).casefold()


def words_in(texts: Mapping[str, str] | None) -> frozenset[str]:
    """Return a text in every language it has, `folded`."""
    return frozenset(map(folded, texts.values())) if texts else frozenset()


def same_words(one: Mapping[str, str] | None, other: Mapping[str, str] | None) -> bool:
    """Say whether two texts say the same in some language."""
    return bool(words_in(one) & words_in(other)) or not (one or other)


def shown(value: Any) -> Fact:
    """Return a value as a fact; of a long text its beginning."""
    if isinstance(value, Mapping):
        value = value.get(HOME) or next(iter(value.values()))
    if isinstance(value, str) and len(value) > _SHOWN:
        return " ".join(value.split())[: _SHOWN - 3] + "..."
    return value if value != () else None


def said(value: Any) -> Fact:
    """Return how a text begins, in quotes; None if there is none."""
    text = shown(value)
    return quoted(N_("“{name}”"), name=text) if text else None


def quoted(msgid: str, **facts: Fact) -> Word:
    """Return what a conflict is about, in words of ours with their facts."""
    return Word(msgid, tuple(facts.items()))


def alike(
    members: Iterable[Member],
    noun: str,
    keys: Callable[[Member, Any], Iterable[Any]],
    fits: Callable[[Any, Any], bool] = lambda *_: True,
) -> Iterator[tuple[Pair, Any, Any]]:
    """Yield entries of two members that share a key and fit: each with the first entry before it that does."""
    before: dict[Any, list[tuple[Member, Any]]] = {}
    for member in members:
        own = []
        for entry in getattr(member, noun):
            marks = tuple(keys(member, entry))
            match = next(
                ((owner, one) for mark in marks for owner, one in before.get(mark, ()) if fits(one, entry)), None
            )
            if match:
                yield Pair(match[0].organisation, member.organisation), match[1], entry
            own += [(mark, (member, entry)) for mark in marks]
        for mark, held in own:
            before.setdefault(mark, []).append(held)


def which(pair: Pair, noun: str, one: str, other: str) -> dict[str, Way]:
    """Return the ways to keep one of two entries; what names the one that goes names the other then."""
    a, b = pair.ids

    def keep_first(draft: Draft, _new: str) -> None:
        draft.drop(b, noun, other)
        for owner in (b, LEADS):
            draft.redirect(owner, noun, other, one)

    def keep_second(draft: Draft, _new: str) -> None:
        draft.drop(a, noun, one)
        for owner in (a, LEADS):
            draft.redirect(owner, noun, one, other)

    return {"keep_first": keep_first, "keep_second": keep_second}
