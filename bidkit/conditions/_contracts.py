"""References of the members that count; one contract that two of them hold counts once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bidkit.conditions._base import Kind
from bidkit.conditions._members import file_of
from bidkit.diagnostics import Measure, Place
from bidkit.i18n import N_
from bidkit.model.organisation import Reference
from bidkit.record import record
from bidkit.stages import Scope, Verdict


@record(frozen=True)
class Contract:
    """One contract with the references that describe it: several if members hold it together."""

    references: tuple[Reference, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        """The dossier rows."""
        return tuple(f"references.{one.id}" for one in self.references)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it is written."""
        return tuple(one.at for one in self.references)

    def has(self, tags: tuple[str, ...]) -> bool:
        """Tell whether a reference of it has all ``tags``."""
        return any(set(tags) <= set(one.tags) for one in self.references)

    @property
    def untagged(self) -> Reference | None:
        """A reference that does not say what it was, if it has one."""
        return next((one for one in self.references if not one.tags), None)

    def end(self, day: date) -> date:
        """Return the last day of the contract; ``day`` if it still goes on then."""
        return max(day if one.end is None else min(one.end, day) for one in self.references)


@record(frozen=True)
class Found:
    """Contracts that fit the tags, and references that do not say what they were."""

    fitting: tuple[Contract, ...]
    untagged: tuple[Reference, ...]


def contracts(scope: Scope, tags: tuple[str, ...], day: date) -> Found:
    """Return the contracts of the members that count, begun by ``day``, by whether they have all ``tags``."""
    groups: dict[tuple[str, ...], list[Reference]] = {}
    for member in scope.members:
        for one in member.references:
            if one.start <= day:
                key = (one.contract_key,) if one.contract_key else (member.organisation.id, one.id)
                groups.setdefault(key, []).append(one)
    all_ = [Contract(tuple(group)) for group in groups.values()]
    fitting = tuple(one for one in all_ if one.has(tags))
    return Found(fitting, tuple(one.untagged for one in all_ if not one.has(tags) and one.untagged))


def untagged(kind: Kind, one: Reference, count: int, minimum: int) -> Verdict:
    """Return that a reference does not tell what it was, though it would tip the scale."""
    return kind.missing(
        N_("References known to fit: {count}. Required: at least {required}. {row} does not tell what it was."),
        row=f"references.{one.id}",
        field="tags",
        place=one.at.of("tags"),
        required=Measure(minimum, "references"),
        count=Measure(count, "references"),
    )


def too_few(kind: Kind, scope: Scope, found: Sequence[Contract], minimum: int) -> Verdict:
    """Judge by the number alone: fewer contracts than asked for, or none asked for."""
    return kind.at_least(
        len(found),
        minimum,
        "references",
        met=N_("We have {found}. Required: at least {required}."),
        not_met=N_("We have {found}. Required: at least {required}; missing: {margin}."),
        hint=N_("Add references or fill in their {@references.tags} in {file}, or find a partner that has them."),
        rows=[row for one in found for row in one.rows],
        places=[spot for one in found for spot in one.places],
        place=file_of(scope.members[0], "references"),
    )
