"""What is lacking now but promised for a later day: met by that day, if it comes by the start of the contract.

Kela asks it like this: who lacks something when the bid is sent gives a reliable account (“luotettava
selvitys”) that it holds when the contract starts. The account is an attestation with the day in ``from``.
"""

from __future__ import annotations

from dataclasses import replace

from bidkit.conditions._base import Kind
from bidkit.stages import PricedBid, Scope, State, Verdict


def or_later(kind: Kind, bid: PricedBid, scope: Scope, verdict: Verdict) -> Verdict:
    """Return ``verdict``, or the promise of a later day in its place if there is a gap and a promise.

    An attestation without a later day changes nothing: a person's word does not overrule what can be judged.
    """
    found = kind.attestation(bid, scope)
    if found is None or not found.holds or found.from_ is None or found.from_ <= found.on:
        return verdict
    if verdict.state not in (State.NOT_MET, State.CANNOT_TELL):
        return verdict
    promise = kind.attested(bid, scope)
    rows = dict.fromkeys((*promise.rows, *verdict.rows))
    return replace(promise, rows=tuple(rows), places=(*promise.places, *verdict.places))
