"""What a conflict is, in whose files, and the ways in which it may be settled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any, TypeAlias, TypeVar

from bidkit.diagnostics import Fact, Finding, Message, Place, Severity, Word
from bidkit.merge.draft import Draft
from bidkit.model._base import HOME
from bidkit.model.dossier import Member
from bidkit.record import record

T = TypeVar("T")
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

    ``group`` has the clashes that one new id settles together. ``taken`` are the ids that a new one must not be.
    """

    conflict: Conflict
    message: Message
    ways: Mapping[str, Way]
    severity: Severity | None = None
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


@record(frozen=True)
class Pair:
    """Two members whose files are compared; the lead is the first, else the one whose id comes first."""

    first: Member
    second: Member

    @property
    def ids(self) -> tuple[str, str]:
        """The ids of the two organisations."""
        return self.first.organisation.id, self.second.organisation.id

    def conflict(self, what: str, about: Fact, one: tuple[Fact, Place], other: tuple[Fact, Place]) -> Conflict:
        """Return a conflict between the two: ``what`` is the beginning of its id."""
        ids = self.ids
        names = self.first.organisation.name, self.second.organisation.name
        return Conflict(f"{what}:{ids[0]}:{ids[1]}", about, Side(ids[0], *one), Side(ids[1], *other), "", names)


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


def quoted(msgid: str, **facts: Fact) -> Word:
    """Return what a conflict is about, in words of ours with their facts."""
    return Word(msgid, tuple(facts.items()))


def groups_of(found: Iterable[tuple[Any, T]]) -> list[list[T]]:
    """Return what has the same key together, in order; what nothing else is like is left out."""
    alike: dict[Any, list[T]] = {}
    for key, one in found:
        if key is not None:
            alike.setdefault(key, []).append(one)
    return [several for several in alike.values() if len(several) > 1]
