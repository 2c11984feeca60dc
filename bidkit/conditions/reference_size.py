"""Reference size: references that are large enough, in euros or clients."""

from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._contracts import Contract, contracts, too_few, untagged
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Count, Ids, Money
from bidkit.stages import PricedBid, Scope, Verdict

# field of a reference → unit
_UNITS = {"value_per_year": "EUR/year", "value": "EUR", "clients": "clients"}


class ReferenceSize(Kind):
    """So many references must be large enough: euros a year, euros in all, or clients.

    The tender says it like this: “Referenssin arvo on vähintään 50 000 euroa vuodessa (alv 0 %)” or
    “Palvelussa on ollut vähintään 30 asiakasta”.

    bidkit compares one figure, the same that the tender names: `value_per_year`, `value` or `clients`. It does
    not work out one from another, because the buyer reads the reference as you wrote it. If the tender names
    two, write two conditions. Values are without VAT.

    The references of all members count that have begun by the deadline for bids. A contract held together
    (`contract_key`) counts once, with the largest figure told of it. With `minimum: 2` the second largest
    decides. With `tags` only references that have all of the tags count. A reference that does not tell the
    figure is never counted as large enough.

    In a group the entries of all members count. With subcontractors or small members of an umbrella only the
    lead's count, and with reliance on capacities also those of whoever is relied on in this condition
    (unverified: read the tender; `bidkit explain BK673` tells how to change it).

    If it is not met, fill in the figure in `references`, or add larger references, your own or a partner's.

    Example: `kind: reference_size`, `parameters: {value_per_year: 50 000, minimum: 2}`.
    """

    number: ClassVar[int] = 29
    title: ClassVar[str] = N_("Reference size")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "bidder"

    value_per_year: Money | None = Field(
        default=None, title=N_("Least value a year"), description=N_("Euros a year, VAT excluded, at the least")
    )
    value: Money | None = Field(
        default=None, title=N_("Least value in all"), description=N_("Euros in all, VAT excluded, at the least")
    )
    clients: Count | None = Field(
        default=None, title=N_("Least clients"), description=N_("Clients in all, at the least")
    )
    minimum: Count = Field(default=1, title=N_("Least references"), description=N_("How many references, at the least"))
    tags: Ids = Field(
        default=(), title=N_("Kinds of service"), description=N_("Tags that a reference must have, all of them")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Compare the largest references, down to the last one needed."""
        given = [name for name in _UNITS if getattr(self, name) is not None]
        if len(given) != 1:
            return self._one_limit(scope, given)
        return self._rank(bid, scope, given[0], Decimal(getattr(self, given[0])))

    def _rank(self, bid: PricedBid, scope: Scope, name: str, limit: Decimal) -> Verdict:
        found = contracts(scope, self.tags, bid.bid.tender.deadline.date())
        sizes = [(one, _size(one, name)) for one in found.fitting]
        known = sorted(((size, one) for one, size in sizes if size is not None), key=lambda pair: -pair[0])
        large = [one for size, one in known if size >= limit]
        silent = [one for one, size in sizes if size is None]
        could = [one for one in found.untagged if getattr(one, name) is None or getattr(one, name) >= limit]
        if len(large) < self.minimum <= len(large) + len(silent) + len(could):
            if silent:
                return self._not_told(silent[0], name, len(large), limit)
            return untagged(self, could[0], len(large), self.minimum)
        if not 0 < self.minimum <= len(known):
            return too_few(self, scope, [one for _, one in known], self.minimum)
        size, last = known[self.minimum - 1]
        place = last.references[0].at.of(name)
        return self.at_least(
            size,
            limit,
            _UNITS[name],
            met=N_(
                "Large enough: {large}. Required: {minimum} of at least {required}. "
                "The smallest one needed ({row}): {found}."
            ),
            not_met=N_(
                "Large enough: {large}. Required: {minimum} of at least {required}. "
                "The next one ({row}): {found}, {margin} too little."
            ),
            hint=N_("Check {field} of {row} in {file}, or add larger references."),
            rows=[row for one in large or [last] for row in one.rows],
            places=[spot for one in large or [last] for spot in one.places],
            place=place,
            large=Measure(len(large), "references"),
            minimum=Measure(self.minimum, "references"),
            row=last.rows[0],
            field=name,
        )

    def _not_told(self, silent: Contract, name: str, large: int, limit: Decimal) -> Verdict:
        one = silent.references[0]
        return self.missing(
            N_("Large enough: {large}. Required: {minimum} of at least {required}. {row} does not tell its size."),
            row=silent.rows[0],
            field=name,
            place=one.at.of(name),
            required=Measure(limit, _UNITS[name]),
            large=Measure(large, "references"),
            minimum=Measure(self.minimum, "references"),
        )

    def _one_limit(self, scope: Scope, given: list[str]) -> Verdict:
        if not given:
            return self.no_parameters(scope, tuple(_UNITS))
        return self.cannot_tell(
            N_("The condition gives several limits ({fields}); it can judge one."),
            hint=N_("Write one condition for each limit in {file}, in place of condition {condition}."),
            place=scope.condition.at.of("parameters"),
            fields=tuple(map(self.parameter, given)),
            condition=scope.condition.id,
        )


def _size(contract: Contract, name: str) -> Decimal | None:
    """Return the largest figure that is told of a contract, or None."""
    told = [Decimal(size) for one in contract.references if (size := getattr(one, name)) is not None]
    return max(told, default=None)
