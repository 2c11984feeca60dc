"""What every kind of boundary condition has in common.

A kind declares its catalogue number (its findings are BK3NN), its title, and how a consortium meets it.
Its ``judge`` returns a `Verdict`: the value required, the value found, the margin between them, the rows it
rests on and one sentence that explains it. A kind never raises for what people wrote and never looks at the
clock; it says `cannot_tell` when a value is missing, so that nothing silently becomes met.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from bidkit.diagnostics import Fact, Measure, Place
from bidkit.i18n import N_
from bidkit.model._base import Entry
from bidkit.model.bid import Attestation
from bidkit.stages import PricedBid, Scope, State, Verdict

Aggregate = Literal["sum", "any", "all", "lead", "named"]


class Kind(Entry):
    """A kind of condition; its fields are the parameters that the tender gives it."""

    number: ClassVar[int]  # of the catalogue (docs/conditions.md); findings carry the code BK3NN
    title: ClassVar[str]  # msgid
    aggregate: ClassVar[Aggregate]  # how several members meet it
    each_lot: ClassVar[bool] = False  # judged once for each lot it concerns, not once over all of them

    @classmethod
    def code(cls) -> str:
        """Return the code of this kind's findings."""
        return f"BK3{cls.number:02}"

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Return the verdict on ``bid`` within ``scope``."""
        raise NotImplementedError

    # --- the ways to end a judgement -------------------------------------------------------------
    def at_least(
        self,
        found: Decimal | int | None,
        required: Decimal | int,
        unit: str,
        *,
        met: str,
        not_met: str,
        unknown: str,
        hint: str,
        rows: Iterable[str] = (),
        places: Iterable[Place] = (),
        place: Place | None = None,
        **facts: Fact,
    ) -> Verdict:
        """Judge found ≥ required; ``met``, ``not_met`` and ``unknown`` are msgids with {found} and {required}."""
        return self._compare(found, required, unit, 1, met, not_met, unknown, hint, rows, places, place, facts)

    def at_most(
        self,
        found: Decimal | int | None,
        required: Decimal | int,
        unit: str,
        *,
        met: str,
        not_met: str,
        unknown: str,
        hint: str,
        rows: Iterable[str] = (),
        places: Iterable[Place] = (),
        place: Place | None = None,
        **facts: Fact,
    ) -> Verdict:
        """Judge found ≤ required; the margin is what is left below the limit."""
        return self._compare(found, required, unit, -1, met, not_met, unknown, hint, rows, places, place, facts)

    def _compare(
        self,
        found: Decimal | int | None,
        required: Decimal | int,
        unit: str,
        sign: int,
        met: str,
        not_met: str,
        unknown: str,
        hint: str,
        rows: Iterable[str],
        places: Iterable[Place],
        place: Place | None,
        facts: dict[str, Fact],
    ) -> Verdict:
        limit = Measure(required, unit)
        all_facts: dict[str, Fact] = {**facts, "required": limit}
        if found is None:
            return Verdict(
                State.CANNOT_TELL, unknown, all_facts, required=limit, place=place, hint=hint, places=tuple(places)
            )
        margin = sign * (found - required)
        held = Measure(found, unit)
        all_facts |= {"found": held, "margin": Measure(abs(margin), unit)}
        ok = margin >= 0
        return Verdict(
            State.MET if ok else State.NOT_MET,
            met if ok else not_met,
            all_facts,
            required=limit,
            found=held,
            margin=Measure(margin, unit),
            rows=tuple(rows),
            places=tuple(places),
            place=place,
            hint="" if ok else hint,
        )

    def cannot_tell(self, message: str, *, hint: str, place: Place | None = None, **facts: Fact) -> Verdict:
        """Return that a value is missing; ``message`` says which."""
        return Verdict(State.CANNOT_TELL, message, facts, place=place, hint=hint)

    def not_applicable(self, message: str, **facts: Fact) -> Verdict:
        """Return that the condition does not concern this bid; ``message`` says why."""
        return Verdict(State.NOT_APPLICABLE, message, facts)

    def attestation(self, bid: PricedBid, scope: Scope) -> Attestation | None:
        """Return what a person has attested of this condition, if anything."""
        return next((a for a in bid.bid.dossier.attestations if a.condition == scope.condition.id), None)

    def attested(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Judge by a person's dated word alone: who, when and what."""
        found = self.attestation(bid, scope)
        if found is None:
            return self.cannot_tell(
                N_("Nobody has attested it yet."),
                hint=N_("Add an entry for condition {condition} to attestations: who attests it, and when."),
                place=scope.condition.at,
                condition=scope.condition.id,
            )
        words = bid.bid.words
        facts: dict[str, Fact] = {"by": words(found.by), "on": found.on, "statement": words(found.statement)}
        common = {"rows": (f"attestations.{found.condition}",), "places": (found.at,), "place": found.at}
        if found.holds and found.from_ is not None:
            return Verdict(
                State.MET_BY,
                N_("{statement} Holds from {from_day} on ({by}, {on})."),
                {**facts, "from_day": found.from_},
                met_by=found.from_,
                **common,
            )
        if found.holds:
            return Verdict(State.ATTESTED, N_("{statement} ({by}, {on})"), facts, **common)
        return Verdict(
            State.NOT_MET,
            N_("{by} has attested on {on} that this does not hold: {statement}"),
            facts,
            hint=N_("Arrange it and attest it again, or leave the lot out of the bid."),
            **common,
        )


def months_before(moment: date, months: int) -> date:
    """Return the day ``months`` calendar months before ``moment``; the last day of a shorter month.

    31.5.2027 − 3 months = 28.2.2027.
    """
    index = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(index, 12)
    for day in range(moment.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(moment.day, 28))
