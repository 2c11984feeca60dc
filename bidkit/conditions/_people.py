"""The people who do the work: staff of the services in scope, each counted once."""

from __future__ import annotations

from collections.abc import Iterable

from bidkit.conditions._base import Kind
from bidkit.i18n import N_
from bidkit.model.dossier import Member
from bidkit.model.organisation import StaffMember
from bidkit.model.tender import Contract
from bidkit.record import record
from bidkit.stages import OfferedService, PricedBid, Scope, Verdict

Key = tuple[str, str]  # member, staff member: two members may use one id for two people


@record(frozen=True)
class Worker:
    """A person (or a role still to be filled) of one member."""

    member: Member
    person: StaffMember

    @property
    def key(self) -> Key:
        """What makes this person one and the same in several services and lots."""
        return self.member.organisation.id, self.person.id

    @property
    def row(self) -> str:
        """The dossier row."""
        return f"staff.{self.person.id}"

    def stays(self, contract: Contract) -> bool:
        """Tell whether the person is there from the start of the contract to its end without options."""
        comes, goes = self.person.from_, self.person.until
        return (comes is None or comes <= contract.start) and (goes is None or goes >= contract.end)


def workers(services: Iterable[OfferedService], role: str | None = None) -> tuple[Worker, ...]:
    """Return the staff of ``services``, each person once, only those with ``role`` if one is given."""
    found: dict[Key, Worker] = {}
    for giver in (giver for offered in services for giver in offered.givers):
        for person in giver.staff:
            if role is None or role in person.roles:
                one = Worker(giver.member, person)
                found.setdefault(one.key, one)
    return tuple(found.values())


def without(people: Iterable[Worker], these: Iterable[Worker]) -> list[Worker]:
    """Return ``people`` but ``these``."""
    keys = {one.key for one in these}
    return [one for one in people if one.key not in keys]


def nobody(kind: Kind, bid: PricedBid, scope: Scope, role: str | None) -> Verdict:
    """Return that no staff is named for the services in scope (or none with the role asked for)."""
    names = tuple(bid.bid.words(one.service.name) for one in scope.services)
    place = scope.services[0].service.at.of("staff_roles")
    if role is None:
        return kind.cannot_tell(
            N_("No staff member is named for the services offered: {services}."),
            hint=N_(
                "Add the people who do the work {@staff:to} and name these services in their field "
                "{@staff.services}: {ids}."
            ),
            place=place,
            services=names,
            ids=tuple(one.id for one in scope.services),
        )
    return kind.cannot_tell(
        N_("No staff member with the role {role} is named for the services offered: {services}."),
        hint=N_("Add {role} {@staff:in} to the roles of the people who have it; these services must be theirs: {ids}."),
        place=place,
        role=role,
        services=names,
        ids=tuple(one.id for one in scope.services),
    )


def titles(bid: PricedBid, people: Iterable[Worker]) -> tuple[str, ...]:
    """Return the titles of people, never their names."""
    return tuple(bid.bid.words(one.person.title) for one in people)
