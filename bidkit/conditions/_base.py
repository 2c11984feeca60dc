"""What every kind of boundary condition has in common.

A kind declares its catalogue number (its findings are BK3NN), its title, and how a consortium meets it.
Its ``judge`` returns a `Verdict`: the value required, the value found, the margin between them, the rows it
rests on and one sentence that explains it. A kind never raises for what people wrote and never looks at the
clock; it says `cannot_tell` when a value is missing, so that nothing silently becomes met.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from bidkit.conditions._verdicts import all_told, weakest
from bidkit.diagnostics import Fact, Measure, Name, Place, Word
from bidkit.i18n import N_
from bidkit.model._base import Entry
from bidkit.model.bid import Attestation
from bidkit.model.names import SHEETS, heading
from bidkit.stages import OfferedService, PricedBid, Scope, State, Verdict

Aggregate = Literal["sum", "any", "all", "lead", "named"]
# What a kind looks at: what the bidder has (turnover, references), why it may be shut out (unpaid taxes), the people
# named, what the service gives wherever it is given, or the bid itself.
About = Literal["bidder", "grounds", "staff", "service", "bid"]

LANGUAGES = {
    "fi": N_("Finnish"),
    "sv": N_("Swedish"),
    "en": N_("English"),
    "selko": N_("plain Finnish"),
    "se": N_("Northern Sámi"),
    "fse": N_("Finnish sign language"),
    "ru": N_("Russian"),
    "et": N_("Estonian"),
    "uk": N_("Ukrainian"),
    "ar": N_("Arabic"),
    "so": N_("Somali"),
}


class Kind(Entry):
    """A kind of condition; its fields are the parameters that the tender gives it."""

    number: ClassVar[int]  # of the catalogue (docs/conditions.md); findings carry the code BK3NN
    title: ClassVar[str]  # msgid
    aggregate: ClassVar[Aggregate]  # how several members meet it
    about: ClassVar[About]  # with the aggregate it tells whose entries count in each form of a consortium
    each_lot: ClassVar[bool] = False  # judged once for each lot it concerns, not once over all of them

    @classmethod
    def code(cls) -> str:
        """Return the code of this kind's findings."""
        return f"BK3{cls.number:02}"

    @property
    def way(self) -> Aggregate:
        """How several members meet it, as this tender wants it."""
        told: Aggregate = getattr(self, "who", self.aggregate)
        return told

    @property
    def pooled(self) -> bool:
        """Whether one member may have what the others lack."""
        return self.way in ("sum", "any") and self.about != "bid"

    @property
    def counts_pages(self) -> bool:
        """Whether the verdict needs the pages of the laid-out bid document; most kinds do not."""
        return False

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Return the verdict on ``bid`` within ``scope``."""
        raise NotImplementedError

    # --- the ways to end a judgement -------------------------------------------------------------
    # Every one of them gives the message and the hint {required}, {found} and {file}: the file of ``place``.
    # {row} is an entry ("services.x") and {field} a field of it: each form of the dossier has its own names for them.
    def at_least(
        self,
        found: Decimal | int | None,
        required: Decimal | int,
        unit: str,
        *,
        met: str,
        not_met: str,
        hint: str,
        unknown: str = N_("The dossier does not tell this; required: at least {required}."),
        rows: Iterable[str] = (),
        places: Iterable[Place] = (),
        place: Place | None = None,
        **facts: Fact,
    ) -> Verdict:
        """Judge found ≥ required; ``met``, ``not_met`` and ``unknown`` are msgids with {found} and {required}."""
        return self._compare(
            found,
            required,
            unit,
            1,
            met=met,
            not_met=not_met,
            hint=hint,
            unknown=unknown,
            rows=rows,
            places=places,
            place=place,
            facts=facts,
        )

    def at_most(
        self,
        found: Decimal | int | None,
        required: Decimal | int,
        unit: str,
        *,
        met: str,
        not_met: str,
        hint: str,
        unknown: str = N_("The dossier does not tell this; allowed: at most {required}."),
        rows: Iterable[str] = (),
        places: Iterable[Place] = (),
        place: Place | None = None,
        **facts: Fact,
    ) -> Verdict:
        """Judge found ≤ required; the margin is what is left below the limit."""
        return self._compare(
            found,
            required,
            unit,
            -1,
            met=met,
            not_met=not_met,
            hint=hint,
            unknown=unknown,
            rows=rows,
            places=places,
            place=place,
            facts=facts,
        )

    def _compare(
        self,
        found: Decimal | int | None,
        required: Decimal | int,
        unit: str,
        sign: int,
        *,
        met: str,
        not_met: str,
        hint: str,
        unknown: str,
        rows: Iterable[str],
        places: Iterable[Place],
        place: Place | None,
        facts: dict[str, Fact],
    ) -> Verdict:
        limit = Measure(required, unit)
        if found is None:
            verdict = self.cannot_tell(unknown, hint=hint, place=place, required=limit, **facts)
            return replace(verdict, rows=tuple(rows), places=tuple(places))
        margin = sign * (found - required)
        return self.holds(
            margin >= 0,
            required=limit,
            found=Measure(found, unit),
            margin=Measure(margin, unit),
            met=met,
            not_met=not_met,
            hint=hint,
            rows=rows,
            places=places,
            place=place,
            **facts,
        )

    def holds(
        self,
        ok: bool,
        *,
        required: Fact,
        found: Fact,
        met: str,
        not_met: str,
        hint: str,
        margin: Measure | None = None,
        rows: Iterable[str] = (),
        places: Iterable[Place] = (),
        place: Place | None = None,
        **facts: Fact,
    ) -> Verdict:
        """Return met or not met; in the messages {margin} is printed without its sign."""
        every: dict[str, Fact] = {**_named(facts), **_file(place), "required": required, "found": found}
        if margin is not None:
            every["margin"] = Measure(abs(margin.value), margin.unit)
        return Verdict(
            State.MET if ok else State.NOT_MET,
            met if ok else not_met,
            every,
            required=required,
            found=found,
            margin=margin,
            rows=tuple(rows),
            places=tuple(places),
            place=place,
            hint="" if ok else hint,
        )

    def cannot_tell(
        self, message: str, *, hint: str, place: Place | None = None, required: Fact = None, **facts: Fact
    ) -> Verdict:
        """Return that a value is missing; ``message`` says which."""
        every: dict[str, Fact] = {**_named(facts), **_file(place)}
        if required is not None:
            every["required"] = required
        return Verdict(State.CANNOT_TELL, message, every, required=required, place=place, hint=hint)

    def missing(
        self, message: str, *, row: str, field: str, place: Place, required: Fact = None, **facts: Fact
    ) -> Verdict:
        """Return that ``field`` of the dossier's entry ``row`` ("services.x") is empty, and where to fill it in."""
        hint = N_("Fill in {field} of {row} in {file}.")
        verdict = self.cannot_tell(message, hint=hint, place=place, required=required, row=row, field=field, **facts)
        return replace(verdict, rows=(row,), places=(place,))

    def not_applicable(self, message: str, **facts: Fact) -> Verdict:
        """Return that the condition does not concern this bid; ``message`` says why."""
        return Verdict(State.NOT_APPLICABLE, message, facts)

    # --- what many kinds look at -----------------------------------------------------------------
    def nothing_offered(self, scope: Scope) -> Verdict | None:
        """Return a verdict if there is nothing to judge: no lot of the condition, or no service in its lots."""
        if not scope.lots:
            return self.not_applicable(N_("No lot that this concerns is offered."))
        if scope.services:
            return None
        offer = scope.lots[0].bid.offer
        if scope.offered:
            return self.cannot_tell(
                N_("Only what {members} gives counts here, and it gives none of the services in lot {lot}."),
                hint=N_("Add a service of {members} to the lot {@lot_offers:in}, or check the form of the consortium."),
                place=offer.at.of("services"),
                members=tuple(one.organisation.name for one in scope.members),
                lot=scope.lots[0].bid.lot.number,
            )
        return self.missing(
            N_("No service is offered in lot {lot}."),
            row=f"lot_offers.{offer.lot}",
            field="services",
            place=offer.at.of("services"),
            lot=scope.lots[0].bid.lot.number,
        )

    def every_service(self, scope: Scope, judge: Callable[[OfferedService], Verdict]) -> Verdict:
        """Judge each service offered in ``scope`` and return the weakest verdict: all of them must meet it.

        Of several members whose services do not, each is told.
        """
        if nothing := self.nothing_offered(scope):
            return nothing
        of: dict[str, list[Verdict]] = {}
        for offered in scope.services:
            of.setdefault(offered.member.organisation.id, []).append(judge(offered))
        return all_told([weakest(verdicts) for verdicts in of.values()])

    def no_parameters(self, scope: Scope, fields: tuple[str, ...]) -> Verdict:
        """Return that the tender's limit was not written down: at least one of ``fields`` is needed."""
        return self.cannot_tell(
            N_("The condition does not say its limit; one of these is needed: {fields}."),
            hint=N_("Fill in {@conditions.parameters} of condition {condition} in {file}."),
            place=scope.condition.at.of("parameters"),
            fields=tuple(map(self.parameter, fields)),
            condition=scope.condition.id,
        )

    @classmethod
    def parameter(cls, field: str) -> Name:
        """Return the name of a parameter of this kind, or of a field elsewhere ("criteria.max_characters")."""
        noun, _, rest = field.rpartition(".")
        if noun:
            return Name(field=field, titles=(SHEETS[(noun,)], *heading(Name(noun, rest))))
        return Name(field=field, titles=(cls.model_fields[field].title or field,))

    def attestation(self, bid: PricedBid, scope: Scope) -> Attestation | None:
        """Return what a person has attested of this condition, if anything."""
        return bid.bid.attestations.get(scope.condition.id)

    def attested(self, bid: PricedBid, scope: Scope, latest: date | None = None) -> Verdict:
        """Judge by a person's dated word alone: who, when and what.

        What holds only later must hold by ``latest``, without it by the start of the contract.
        """
        found = self.attestation(bid, scope)
        if found is None:
            return self.cannot_tell(
                N_("Nobody has attested it yet."),
                hint=N_("Add an entry for condition {condition} {@attestations:to}: who attests it, and when."),
                place=scope.condition.at,
                condition=scope.condition.id,
            )
        words = bid.bid.words
        verdict = Verdict(
            State.ATTESTED,
            N_("{statement} ({by}, {on})"),
            {"by": words(found.by), "on": found.on, "statement": words(found.statement), "file": found.at.file},
            rows=(f"attestations.{found.condition}", *([f"attachments.{found.evidence}"] if found.evidence else [])),
            places=(found.at,),
            place=found.at,
        )
        if not found.holds:
            return replace(
                verdict,
                state=State.NOT_MET,
                message=N_("{by} has attested on {on} that this does not hold: {statement}"),
                hint=N_("Arrange it and attest it again, or leave the lot out of the bid."),
                place=found.at.of("holds"),
            )
        if found.from_ is None or found.from_ <= found.on:
            return verdict
        return self._attested_for_later(verdict, found, latest or bid.bid.tender.contract.start)

    def _attested_for_later(self, verdict: Verdict, found: Attestation, latest: date) -> Verdict:
        """Return met by a date, if that date comes in time."""
        assert found.from_ is not None
        timed = replace(
            verdict,
            facts={**verdict.facts, "from_day": found.from_, "required": latest},
            required=latest,
            found=found.from_,
            margin=Measure((latest - found.from_).days, "days"),
            place=found.at.of("from"),
        )
        if found.from_ > latest:
            return replace(
                timed,
                state=State.NOT_MET,
                message=N_("{statement} It holds from {from_day} on, but must hold by {required} ({by}, {on})."),
                hint=N_("Arrange it earlier and attest it again, or leave the lot out of the bid."),
            )
        return replace(
            timed,
            state=State.MET_BY,
            message=N_("{statement} Holds from {from_day} on, by {required} at the latest ({by}, {on})."),
            met_by=found.from_,
        )


def _named(facts: dict[str, Fact]) -> dict[str, Fact]:
    """Let {row} and {field} be called as in the form that holds them."""
    row, field = facts.get("row"), facts.get("field")
    if not isinstance(row, str):
        return facts
    noun, _, entry = row.partition(".")
    named: dict[str, Fact] = {"row": Name(noun, entry=entry)}
    if isinstance(field, str):
        named["field"] = Name(noun, field)
    return facts | named


def _file(place: Place | None) -> dict[str, Fact]:
    return {} if place is None else {"file": place.file}


def language_name(code: str) -> Fact:
    """Return the name of a language for a message, or its code if it has no name here."""
    return Word(LANGUAGES[code]) if code in LANGUAGES else code
