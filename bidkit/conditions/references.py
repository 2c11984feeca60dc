"""References: so many contracts that show the bidder can do it."""

from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._contracts import contracts, untagged
from bidkit.conditions._members import file_of
from bidkit.i18n import N_
from bidkit.model._base import Count, Ids
from bidkit.stages import PricedBid, Scope, Verdict


class References(Kind):
    """The bidder must have at least so many references, often of a similar service.

    The tender says it like this: “Tarjoajalla on vähintään kaksi referenssiä vastaavasta palvelusta”. How old
    and how large they must be are conditions of their own: `reference_recency` and `reference_size`.

    bidkit counts the references of all members that have begun by the deadline for bids. With `tags` only those
    count that have all of the tags. A contract that two members hold together counts once: give both references
    the same `contract_key`. A reference without tags may fit or not: if it would tip the scale, it cannot be
    told.

    Tags say what the work was; whether it is similar enough in the buyer's eyes is for a person to judge (use
    `statement`).

    In a group the entries of all members count. With subcontractors or small members of an umbrella only the
    lead's count, and with reliance on capacities also those of whoever is relied on in this condition
    (unverified: read the tender; `bidkit explain BK673` tells how to change it).

    If it is not met, add references to `references` or their tags, or find a partner that has them. Do not
    split one contract into two: the buyer calls the contact.

    Example: `kind: references`, `parameters: {minimum: 2, tags: [job_coaching]}`.
    """

    number: ClassVar[int] = 27
    title: ClassVar[str] = N_("Number of references")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "bidder"

    minimum: Count = Field(title=N_("Least references"), description=N_("How many references, at the least"))
    tags: Ids = Field(
        default=(), title=N_("Kinds of service"), description=N_("Tags that a reference must have, all of them")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Count the contracts, each once."""
        found = contracts(scope, self.tags, bid.bid.tender.deadline.date())
        count = len(found.fitting)
        if count < self.minimum <= count + len(found.untagged):
            return untagged(self, found.untagged[0], count, self.minimum)
        place = file_of(scope.members[0], "references")
        return self.at_least(
            count,
            self.minimum,
            "references",
            met=N_("We have {found} of the kind asked for. Required: at least {required}.")
            if self.tags
            else N_("We have {found}. Required: at least {required}."),
            not_met=N_("We have {found}. Required: at least {required} ({tags}); missing: {margin}.")
            if self.tags
            else N_("We have {found}. Required: at least {required}; missing: {margin}."),
            hint=N_("Add references or fill in their {@references.tags} in {file}, or find a partner that has them."),
            rows=[row for one in found.fitting for row in one.rows],
            places=[spot for one in found.fitting for spot in one.places],
            place=place,
            tags=self.tags,
        )
