"""Where a bid stands: what is there, what is open, what is pressing. `status` and the board page print it.

A pure function of what a run found and of a day. Words are msgids (domain ``board``); whoever prints them chooses
the language and how much fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bidkit import conditions
from bidkit.diagnostics import Fact, Finding, Measure, Place, Severity, Word
from bidkit.i18n import N_
from bidkit.messages import loading, reading
from bidkit.model._base import Entry, in_any_language
from bidkit.model.dossier import NOUNS
from bidkit.model.tender import Tender
from bidkit.stages import Assessment, Judgement, counted

SOON = 12  # months: what ends within them should be on the board's table

# Noun → msgids of one and of many; the words of one-off nouns have no number.
_COUNTED: Mapping[str, tuple[str, str]] = {
    "certificates": (N_("{n} certificate"), N_("{n} certificates")),
    "insurances": (N_("{n} insurance policy"), N_("{n} insurance policies")),
    "sites": (N_("{n} site"), N_("{n} sites")),
    "services": (N_("{n} service"), N_("{n} services")),
    "client_groups": (N_("{n} client group"), N_("{n} client groups")),
    "salaries": (N_("{n} salary"), N_("{n} salaries")),
    "cost_items": (N_("{n} cost item"), N_("{n} cost items")),
    "staff": (N_("{n} staff member"), N_("{n} staff members")),
    "outcomes": (N_("{n} outcome row"), N_("{n} outcome rows")),
    "references": (N_("{n} reference"), N_("{n} references")),
    "lots": (N_("{n} lot"), N_("{n} lots")),
    "conditions": (N_("{n} condition"), N_("{n} conditions")),
    "attestations": (N_("{n} attestation"), N_("{n} attestations")),
    "participants": (N_("{n} organisation"), N_("{n} organisations")),
}
_THERE: Mapping[str, str] = {
    "organisation": N_("basic facts"),
    "cost_basis": N_("grounds of the calculation"),
    "tender": N_("basic facts"),
}
# Name of a part → its title and the nouns counted in it.
_PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "organisation": (N_("Organisation"), ("organisation", "certificates", "insurances", "sites")),
    "services": (N_("Services"), ("services", "client_groups")),
    "costs": (N_("Costs"), ("cost_basis", "salaries", "cost_items")),
    "staff": (N_("Staff"), ("staff",)),
    "evidence": (N_("Evidence"), ("outcomes", "references")),
    "tender": (N_("Tender"), ("tender", "lots")),
    "conditions": (N_("Conditions"), ("conditions",)),
    "prices": (N_("Prices"), ("price_lines", "prices")),
    "answers": (N_("Answers"), ("criteria", "answers", "attestations")),
    "attachments": (N_("Attachments"), ("requested_attachments", "attachments")),
}
_MISSING, _NONE = N_("missing"), N_("none yet")
_UNFINISHED = (N_("{n} entry unfinished"), N_("{n} entries unfinished"))


class Step(StrEnum):
    """What is to be done next; each surface says it in its own words."""

    BEGIN = "begin"  # there is nothing to read
    MEND_FILES = "mend files"  # a file or entry could not be used
    FILL_IN = "fill in"  # our own facts are not all there
    TENDER = "tender"  # we are ready, the tender is missing
    MEND = "mend"  # something would have the bid rejected
    BUILD = "build"
    SEND = "send"
    TOO_LATE = "too late"


@dataclass(frozen=True, slots=True)
class Part:
    """One group of nouns: its title, and what there is of it, as ``3 services, 1 unfinished``."""

    name: str
    title: str
    told: tuple[Fact, ...]
    missing: bool = False  # a bid needs it, and nothing of it is there
    unfinished: int = 0  # entries that could not be used or that an error names


@dataclass(frozen=True, slots=True)
class Source:
    """The part of one kind of funding: its share in whole per cent (all shares sum to 100) and what ends soon."""

    kind: Word
    amount: Decimal
    share: int
    ends: date | None = None  # the first end within `SOON` months
    ending: int = 0  # per cent of all funding that ends within them


@dataclass(frozen=True, slots=True)
class Overview:
    """Where a bid stands on a day. ``pressing`` has everything open, the most pressing first."""

    as_of: date
    tender: Tender | None
    home: str  # language of texts that name none
    parts: tuple[Part, ...]
    tally: tuple[Word, ...]  # empty while nothing has been judged
    open: tuple[Judgement, ...]  # knock-outs that are not met or cannot be told
    pressing: tuple[Finding, ...]
    funding: tuple[Source, ...]
    net: Decimal | None
    gross: Decimal | None
    version: str  # name of the newest version, or empty
    step: Step

    @property
    def days(self) -> int | None:
        """Days to the deadline; negative once it has passed, None while it is not known."""
        return (self.tender.deadline.date() - self.as_of).days if self.tender else None

    def title(self, language: str) -> str:
        """Return the tender's title; empty while there is none."""
        return in_any_language(self.tender.title, language, self.home) if self.tender else ""

    def buyer(self, language: str) -> str:
        """Return the buyer's name; empty while it is not known."""
        return in_any_language(self.tender.buyer, language, self.home) if self.tender else ""

    def time_left(self) -> Word:
        """Return how long there is to the deadline."""
        if self.tender is None or self.days is None:
            return Word(N_("not known yet"))
        until = (("deadline", self.tender.deadline),)
        if self.days < 0:
            return Word(N_("passed ({deadline})"), until)
        if self.days == 0:
            return Word(N_("today ({deadline})"), until)
        return Word(N_("{days} left (until {deadline})"), (("days", Measure(self.days, "days")), *until))


def overview(
    entries: Mapping[str, Any],
    set_aside: Mapping[str, frozenset[str]],
    assessment: Assessment | None,
    findings: Iterable[Finding],
    as_of: date,
    version: str = "",
) -> Overview:
    """Return where the bid stands: ``entries`` and ``set_aside`` are those of a run, ``version`` its newest version."""
    found = tuple(findings)
    tender, bid = (entries.get(noun) or None for noun in ("tender", "bid"))
    survey = _Survey(entries, set_aside, found)
    parts = (*(survey.part(name, title, nouns) for name, (title, nouns) in _PARTS.items()), *_together(survey))
    return Overview(
        as_of=as_of,
        tender=tender,
        home=bid.written_in if bid else "fi",
        parts=parts,
        tally=counted(assessment.tally()) if assessment else (),
        open=assessment.open if assessment else (),
        pressing=_by_weight(found),
        funding=_funding(entries.get("funding") or (), as_of),
        net=assessment.priced.net if assessment else None,
        gross=assessment.priced.gross if assessment else None,
        version=version,
        step=_step(parts, found, tender, as_of, version),
    )


def name_of(judged: Judgement) -> tuple[Fact, ...]:
    """Return what a condition is called: its id, the lot if it was judged for one, and the title of its kind."""
    entry = judged.condition.entry
    kind = conditions.kind(entry.kind)
    lot = (Word(N_("(lot {number})"), (("number", judged.lot.lot.number),)),) if judged.lot else ()
    return (entry.id, *lot, *((Word(kind.title),) if kind else ()))


# --- what there is ---------------------------------------------------------------------------------
class _Survey:
    """Counts what there is of each noun, and which of it an error names."""

    def __init__(
        self, entries: Mapping[str, Any], set_aside: Mapping[str, frozenset[str]], findings: tuple[Finding, ...]
    ) -> None:
        self.entries, self.set_aside = entries, set_aside
        errors = [f for f in findings if f.severity is Severity.ERROR]
        self.wrong = {(f.place.file, f.place.spot) for f in errors if f.place.spot}

    def many(self, noun: str) -> tuple[Any, ...]:
        found = self.entries.get(noun) or ()
        return found if isinstance(found, tuple) else (found,)

    def lost(self, noun: str) -> int:
        return len(self.set_aside.get(noun, ()))

    def unfinished(self, noun: str) -> int:
        named = sum(1 for one in self.many(noun) if self.wrong and not self.wrong.isdisjoint(_spots(one)))
        return self.lost(noun) + named

    def part(self, name: str, title: str, nouns: tuple[str, ...]) -> Part:
        """Return one part; what is asked for and answered is told as ``4 of 6``."""
        told = [word for noun in nouns if (word := self.told(noun)) is not None]
        needed = any(noun in NOUNS and NOUNS[noun].required and not self.there(noun) for noun in nouns)
        unfinished = sum(map(self.unfinished, nouns))
        if unfinished:
            told.append(Word(_UNFINISHED[unfinished != 1], (("n", unfinished),)))
        if needed and not told:
            return Part(name, title, (Word(_MISSING),), missing=True)
        return Part(name, title, tuple(told) or (Word(_NONE),), missing=needed, unfinished=unfinished)

    def there(self, noun: str) -> int:
        return len(self.many(noun)) + self.lost(noun)

    def told(self, noun: str) -> Word | None:
        """Return what there is of a noun, or None if that is nothing, or is told with another noun."""
        match noun:
            case "price_lines":
                return self.answered(N_("{n} of {of} price lines priced"), self.asked_lines(), "prices", "line")
            case "criteria":
                return self.answered(N_("{n} of {of} award criteria answered"), self.ids(noun), "answers", "criterion")
            case "requested_attachments":
                asked = self.answered(N_("{n} of {of} attachments asked for"), self.ids(noun), "attachments", "answers")
                return asked or self.counted("attachments", (N_("{n} attachment"), N_("{n} attachments")))
            case "organisation" | "cost_basis" | "tender":
                return Word(_THERE[noun]) if self.there(noun) else None
            case _:
                return self.counted(noun, _COUNTED[noun]) if noun in _COUNTED else None

    def counted(self, noun: str, words: tuple[str, str]) -> Word | None:
        n = self.there(noun)
        return Word(words[n != 1], (("n", n),)) if n else None

    def ids(self, noun: str) -> set[str]:
        return {one.id for one in self.many(noun)}

    def asked_lines(self) -> set[str]:
        """Return the price lines of the lots that are offered; all of them while no lot is."""
        lots = {one.lot for one in self.many("lot_offers")}
        return {one.id for one in self.many("price_lines") if not lots or one.lot in lots}

    def answered(self, text: str, asked: set[str], answers: str, field: str) -> Word | None:
        """Return how many of the things asked for have an answer; None if nothing is asked for."""
        done = asked & {getattr(one, field) for one in self.many(answers)}
        return Word(text, (("n", len(done)), ("of", len(asked)))) if asked else None


def _together(survey: _Survey) -> Iterator[Part]:
    """Yield what is agreed between those who bid together; nothing of a single bid."""
    if not survey.there("consortium"):
        return
    from bidkit.consortium.readiness import items

    agreed = items(survey.many("agreements"), Place(""))
    open_ = tuple(one.title for one in agreed if one.state != "agreed")
    part = survey.part("together", N_("Bid together"), ("participants", "consortium", "agreements"))
    told = [Word(N_("{n} of {of} matters agreed"), (("n", len(agreed) - len(open_)), ("of", len(agreed))))]
    told += [Word(N_("still open: {topics}"), (("topics", open_),))] if open_ else []
    yield replace(part, told=(*(word for word in part.told if word != Word(_NONE)), *told))


def _spots(value: Any) -> Iterator[tuple[str, str]]:
    """Yield the places of an entry, of its fields and of all groups of fields inside it."""
    if isinstance(value, tuple):
        for one in value:
            yield from _spots(one)
    elif isinstance(value, Entry):
        yield (value.at.file, value.at.spot)
        yield from ((value.at.file, spot) for spot in value.at.fields.values())
        for name in type(value).model_fields:
            if name != "at":
                yield from _spots(getattr(value, name))


# --- what is open ----------------------------------------------------------------------------------
def _by_weight(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return errors and warnings: what cannot be read first, errors before warnings, one of each kind before more."""

    def weight(finding: Finding) -> tuple[bool, bool]:
        return (finding.severity is not Severity.ERROR, not reading.stops_reading(finding))

    ordered = sorted((f for f in findings if f.severity is not Severity.NOTE), key=weight)
    errors = [f for f in ordered if f.severity is Severity.ERROR]
    return (*_varied(errors), *_varied(ordered[len(errors) :]))


def _varied(findings: list[Finding]) -> list[Finding]:
    first: dict[str, Finding] = {}
    more = [f for f in findings if first.setdefault(f.code, f) is not f]
    return [*first.values(), *more]


def _step(
    parts: tuple[Part, ...], findings: tuple[Finding, ...], tender: Tender | None, as_of: date, version: str
) -> Step:
    codes = {f.code for f in findings if f.severity is Severity.ERROR}
    if codes & {reading.NO_FOLDER.code, reading.EMPTY_FOLDER.code}:
        return Step.BEGIN
    if tender is not None and tender.deadline.date() < as_of:
        return Step.TOO_LATE
    if any(map(reading.stops_reading, findings)):
        return Step.MEND_FILES
    missing = {one.name for one in parts if one.missing}
    if missing & {"organisation", "services", "costs"}:
        return Step.FILL_IN
    if "tender" in missing:
        return Step.TENDER
    if loading.MISSING_NOUN.code in codes:
        return Step.FILL_IN
    if codes:
        return Step.MEND
    return Step.SEND if version else Step.BUILD


# --- funding ---------------------------------------------------------------------------------------
def _funding(rows: Iterable[Any], as_of: date) -> tuple[Source, ...]:
    """Return the mix of funding in force on a day, the largest kind first; empty if nothing is told of it."""
    current = [r for r in rows if r.amount and r.start <= as_of and not (r.end and r.end < as_of)]
    total = sum((r.amount for r in current), Decimal(0))
    if not total:
        return ()
    kinds = dict.fromkeys(r.kind for r in current)
    amounts = {kind: sum((r.amount for r in current if r.kind == kind), Decimal(0)) for kind in kinds}
    shares = _whole_shares(amounts, total)
    last = _months_later(as_of, SOON)
    found = []
    for kind in sorted(kinds, key=lambda one: -amounts[one]):
        ending = [r for r in current if r.kind == kind and r.end and r.end <= last]
        part = sum((r.amount for r in ending), Decimal(0)) * 100 / total
        first = min((r.end for r in ending), default=None)
        word = Word(str(kind).replace("_", " "))
        found.append(Source(word, amounts[kind], shares[kind], first, int(part.to_integral_value("ROUND_HALF_UP"))))
    return tuple(found)


def _whole_shares(amounts: Mapping[str, Decimal], total: Decimal) -> dict[str, int]:
    """Return whole per cents that sum to 100: the largest remainders are rounded up."""
    exact = {kind: amount * 100 / total for kind, amount in amounts.items()}
    shares = {kind: int(share) for kind, share in exact.items()}
    for kind in sorted(exact, key=lambda one: shares[one] - exact[one])[: 100 - sum(shares.values())]:
        shares[kind] += 1
    return shares


def _months_later(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of that month."""
    from calendar import monthrange

    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
