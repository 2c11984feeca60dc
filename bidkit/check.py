"""Judges a priced bid by the tender's conditions and by what holds for every bid: PricedBid → Assessment.

A condition that crashes counts as “cannot tell” and is a finding of its own: nothing becomes met because of
a fault of ours, and everything else is still judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from bidkit.conditions import kind as kind_of
from bidkit.conditions._capacity import FIELDS
from bidkit.diagnostics import Finding, Measure, Place, Severity
from bidkit.i18n import N_, Translator
from bidkit.messages import checking
from bidkit.model.bid import LotCapacity
from bidkit.model.narrative import plain, worded
from bidkit.stages import (
    Assessment,
    Bid,
    BoundCondition,
    Counting,
    Judgement,
    PricedBid,
    PricedLot,
    Scope,
    State,
    Verdict,
)

if TYPE_CHECKING:
    from bidkit.consortium import Table

_BINDING = {"knock_out": Severity.ERROR, "scored": Severity.WARNING, "information": Severity.NOTE}
# Their faults have been told where they were found, so there is no second finding.
_FAULTY = N_("This cannot be judged before its description is mended.")
_UNREAD = N_("A member's file could not be read, so it cannot be told whether the members have enough together.")
_FAULTS = (State.NOT_MET, State.CANNOT_TELL)


def check(
    priced: PricedBid, as_of: date | None = None, pages: int | None = None, forms: Table | None = None
) -> tuple[Assessment, tuple[Finding, ...]]:
    """Judge every condition.

    ``as_of`` is the day against which the deadline is measured, ``pages`` those of the laid-out document, if known;
    ``forms`` says whose entries count in a consortium, without it the table that ships.
    """
    judgements: list[Judgement] = []
    findings: list[Finding] = []
    for condition in priced.bid.conditions:
        for one, found in _judge(priced, condition, as_of, pages, forms):
            judgements.append(one)
            findings += found
    told = {one.place for one in findings}  # a condition may have said so of the same capacity
    findings += [one for one in _capacity(priced.bid) if one.place not in told]
    findings += _answers(priced.bid, judgements)
    findings += _deadline(priced.bid, as_of)
    findings += _nothing_to_price(priced.bid, judgements)
    findings += _attested_late(priced.bid)
    if priced.bid.dossier.joint:
        from bidkit.consortium import examine

        findings += examine(priced)
    if priced.bid.dossier.bid.name_staff and priced.bid.staff:
        place = priced.bid.dossier.bid.at.of("name_staff")
        findings.append(checking.CONFIDENTIAL_NAME.at(place, count=len(priced.bid.staff)))
    return Assessment(priced, tuple(judgements), as_of), tuple(findings)


def _judge(
    priced: PricedBid, condition: BoundCondition, as_of: date | None, pages: int | None, forms: Table | None
) -> Iterator[tuple[Judgement, tuple[Finding, ...]]]:
    mine = {id(x) for x in condition.lots}
    lots = tuple(x for x in priced.lots if id(x.bid) in mine)
    each = getattr(condition.judge, "each_lot", False) and not condition.whole_bid
    groups: tuple[tuple[PricedLot, ...], ...] = tuple((x,) for x in lots) if each else (lots,)
    who = _counting(priced.bid, condition, forms)
    for group in groups:
        scope = Scope(condition.entry, group, who.members, as_of, pages, who.one_enough)
        lot = group[0].bid if each and len(groups) > 1 else None
        if condition.judge is None:
            yield Judgement(condition, lot, Verdict(State.CANNOT_TELL, _FAULTY, place=condition.entry.at)), ()
            continue
        try:
            verdict = _with_members(priced.bid, condition.judge.judge(priced, scope))
            found = tuple(_finding(condition, one) for one in (verdict, *verdict.also) if one.state in _FAULTS)
        except Exception as error:  # noqa: BLE001  (a faulty rule must not cost anybody the other rules)
            verdict = Verdict(
                State.CANNOT_TELL,
                N_("This could not be judged because of a fault in bidkit."),
                place=condition.entry.at,
            )
            crash = f"{condition.entry.kind}: {type(error).__name__}"
            found = (checking.CRASHED.at(condition.entry.at, condition=condition.entry.id, error=crash),)
        if who.unread and verdict.state is State.NOT_MET:
            verdict = replace(
                verdict, state=State.CANNOT_TELL, message=_UNREAD, margin=None, place=who.unread, hint="", also=()
            )
            found = ()
        yield Judgement(condition, lot, verdict), found


def _counting(bid: Bid, condition: BoundCondition, forms: Table | None) -> Counting:
    """Return whose entries count for a condition: a single bidder's own."""
    if not bid.dossier.joint:
        return Counting(bid.members)
    from bidkit.consortium import counting

    return counting(bid.dossier, condition, forms)


def _with_members(bid: Bid, verdict: Verdict) -> Verdict:
    """Return the verdict on a joint bid with the members whose entries it rests on."""
    if not bid.dossier.joint:
        return verdict
    from bidkit.consortium import rests_on

    return replace(verdict, members=rests_on(bid.dossier, verdict))


def _finding(condition: BoundCondition, verdict: Verdict) -> Finding:
    kind = kind_of(condition.entry.kind)
    return Finding(
        kind.code() if kind else checking.CRASHED.code,
        _BINDING[condition.entry.binding],
        verdict.place or condition.entry.at,
        verdict.message,
        verdict.facts,
        verdict.hint,
        condition.clause,
    )


def _capacity(bid: Bid) -> Iterator[Finding]:
    """Find services that promise the lots together more than they have."""
    shares_of: dict[str, list[LotCapacity]] = {}
    for lot in bid.lots:
        for share in lot.offer.capacity:
            shares_of.setdefault(share.service, []).append(share)
    for offered in bid.services:
        shares = shares_of.get(offered.id, [])
        for field, unit in FIELDS.values():
            has = getattr(offered.service.capacity, field)
            promised = sum(getattr(c, field) or 0 for c in shares)
            if has is not None and promised > has:
                yield checking.CAPACITY_TWICE.at(
                    shares[-1].at.of(field),
                    service=bid.words(offered.service.name),
                    promised=Measure(promised, unit),
                    capacity=Measure(has, unit),
                )


def _answers(bid: Bid, judgements: Sequence[Judgement]) -> Iterator[Finding]:
    """Judge each answer by its criterion's limit, counted as printed, unless a condition has judged it by that."""
    judged: set[tuple[str, int | None]] = set()
    for judgement in judgements:
        judge = judgement.condition.judge
        if judgement.condition.entry.kind == "text_limit" and not getattr(judge, "together", False):
            most = getattr(judge, "max_characters", None)  # None: the limit of each criterion
            judged.update((row, most) for row in judgement.verdict.rows)
    for one in bid.criteria:
        limit, row = one.criterion.max_characters, f"answers.{one.criterion.id}"
        if one.answer is None or limit is None or judged.intersection({(row, None), (row, limit)}):
            continue
        if not bid.has(one.answer.text):  # the length of another language's text says nothing
            continue
        found = len(plain(worded(bid.words(one.answer.text), bid.figures, Translator(bid.language))))
        if found > limit:
            yield checking.TOO_LONG.at(
                one.answer.at.of("text"),
                number=one.criterion.number,
                found=Measure(found, "characters"),
                limit=Measure(limit, "characters"),
                excess=Measure(Decimal(found - limit), "characters"),
            )


def _deadline(bid: Bid, as_of: date | None) -> Iterator[Finding]:
    """Say that the deadline has passed, unless a condition of the tender says so."""
    listed = any(c.entry.kind == "deadline" for c in bid.conditions)
    if as_of is not None and not listed and as_of > bid.tender.deadline.date():
        place: Place = bid.tender.at.of("deadline")
        yield checking.DEADLINE_PASSED.at(place, deadline=bid.tender.deadline)


def _nothing_to_price(bid: Bid, judgements: Sequence[Judgement]) -> Iterator[Finding]:
    """Find lots that are offered without a single price, unless another finding has said why.

    A line that could not be read, a price that is faulty and a condition of complete lots have findings of their own.
    """
    dossier = bid.dossier
    lots, lines = {lot.id for lot in dossier.lots}, {line.id for line in dossier.price_lines}
    unread = dossier.partly_read("price_lines") or "prices" in dossier.incomplete
    stray = any(x.lot not in lots for x in dossier.price_lines) or any(x.line not in lines for x in dossier.prices)
    if unread or stray:  # what they say may belong to any lot
        return
    for lot in bid.lots:
        asked = [line for line in dossier.price_lines if line.lot == lot.lot.id]
        if lot.lines or len(lot.missing_lines) < len(asked):
            continue
        told = State.NOT_MET if asked else State.CANNOT_TELL
        if not any(
            one.condition.entry.kind == "complete_lots"
            and one.condition.entry.binding == "knock_out"
            and lot in one.condition.lots
            and one.verdict.state is told
            for one in judgements
        ):
            yield checking.NOTHING_TO_PRICE.at(lot.offer.at, lot=lot.lot.number)


def _attested_late(bid: Bid) -> Iterator[Finding]:
    """Find attestations of a day after the deadline: one can only attest what is so when the bid is given."""
    deadline = bid.tender.deadline
    for condition in bid.conditions:
        one = bid.attestations.get(condition.entry.id)
        if one is not None and one.on > deadline.date():
            yield checking.ATTESTED_LATE.at(one.at.of("on"), condition=condition.entry.id, on=one.on, deadline=deadline)
