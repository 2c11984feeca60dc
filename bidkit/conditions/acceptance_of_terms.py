"""Acceptance of terms: the bidder accepts the draft contract and the tender's terms."""

from typing import ClassVar

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.i18n import N_
from bidkit.stages import PricedBid, Scope, Verdict


class AcceptanceOfTerms(Kind):
    """The bidder must accept the draft contract and the terms of the tender as they are.

    The tender says it like this: “Tarjoaja hyväksyy sopimusluonnoksen ja JYSE Palvelut -ehdot. Omia ehtoja ei
    saa esittää.” A bid with terms of its own is rejected.

    No rule can judge this. bidkit looks for the entry of the condition in `attestations`: who accepts (`by`),
    when (`on`), and the words that are printed in the bid (`statement`). Whoever attests must have read the
    contract and be allowed to bind the organisation; in a group the lead attests for all, with the members'
    consent. Without an entry it cannot be told.

    If a term cannot be accepted, ask the buyer about it before the deadline for questions. Do not write a
    reservation into the bid: write `holds: no`, and decide whether to bid.

    Example: `kind: acceptance_of_terms`; and in `attestations`: `{condition: v30, holds: yes, by:
    Toiminnanjohtaja, on: 5.1.2027, statement: "Hyväksymme sopimusluonnoksen ja sen liitteet."}`.
    """

    number: ClassVar[int] = 60
    title: ClassVar[str] = N_("Acceptance of terms")
    aggregate: ClassVar[Aggregate] = "lead"
    about: ClassVar[About] = "bid"

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Return what a person has attested."""
        return self.attested(bid, scope)
