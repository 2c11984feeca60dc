"""Statement: what only a person can say, attested with who and when."""

from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.i18n import N_
from bidkit.model._base import Day
from bidkit.stages import PricedBid, Scope, Verdict


class Statement(Kind):
    """Some demands no rule can judge: a person who knows must say that they are met, with a role and a date.

    The tender says it like this: “Tarjoaja hyväksyy sopimusehdot”, “Tarjoaja vakuuttaa, että…”, or any demand
    that needs judgement. Use this kind for every demand that has no kind of its own.

    bidkit looks for the entry of the condition in `attestations`: who attests it (`by`), when (`on`), and what
    is said (`statement`), which is printed in the bid. Without an entry it cannot be told, and a knock-out
    demand then stops the bid.

    What will hold only later gets the day in `from`. It then counts as “met by” that day, if the day comes by
    the start of the contract, or by the day in `latest`. The tender may ask for a reliable account of how it
    will be arranged (“luotettava selvitys”): name that attachment in `evidence`.

    If something does not hold, write `holds: no`. The bid then says so, and you can decide in time to mend it,
    to ask the buyer, or not to bid.

    Example: `kind: statement`; and in `attestations`: `{condition: v12, holds: yes, by: Toiminnanjohtaja, on:
    5.1.2027, statement: "Hyväksymme sopimusehdot."}`.
    """

    number: ClassVar[int] = 61
    title: ClassVar[str] = N_("Statement")
    aggregate: ClassVar[Aggregate] = "lead"
    about: ClassVar[About] = "bid"

    latest: Day | None = Field(
        default=None,
        title=N_("Latest"),
        description=N_("Day by which it must hold; without it the start of the contract"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Return what a person has attested."""
        if not scope.lots:
            return self.not_applicable(N_("No lot that this concerns is offered."))
        return self.attested(bid, scope, self.latest)
