"""What each step hands to the next: Bid, PricedBid, Assessment. All frozen; a step makes a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from bidkit.diagnostics import Clause, Fact, Place, Word
from bidkit.i18n import N_
from bidkit.model import bid as bid_model
from bidkit.model import cost as cost_model
from bidkit.model import evidence, organisation, service, tender
from bidkit.model._base import in_any_language, in_language
from bidkit.model.cost import Driver, Funding
from bidkit.model.dossier import Dossier, Member
from bidkit.model.narrative import Figures
from bidkit.record import record

if TYPE_CHECKING:
    from bidkit.split import Shares

Standing = Literal["first", "tied", "behind"]


# --- resolve ---------------------------------------------------------------------------------------
@record(frozen=True)
class Giver:
    """What one member brings to a service: its people who do the work, and the sites where it gives it."""

    member: Member
    staff: tuple[organisation.StaffMember, ...]
    sites: tuple[organisation.Site, ...]


@record(frozen=True)
class OfferedService:
    """A service with everything it points to: ``member`` describes it and gets its price, all ``givers`` give it."""

    service: service.Service
    member: Member
    givers: tuple[Giver, ...]
    client_groups: tuple[organisation.ClientGroup, ...]

    @property
    def id(self) -> str:
        """The service's id."""
        return self.service.id

    @property
    def staff(self) -> tuple[organisation.StaffMember, ...]:
        """The people who do the work, whoever employs them."""
        return tuple(person for giver in self.givers for person in giver.staff)

    @property
    def sites(self) -> tuple[organisation.Site, ...]:
        """The places where it is given, whoever has them."""
        return tuple(site for giver in self.givers for site in giver.sites)


@record(frozen=True)
class LineBid:
    """A price line with the service and price strategy that answer it."""

    line: tender.PriceLine
    price: bid_model.Price
    offered: OfferedService


@record(frozen=True)
class LotBid:
    """An offered lot: its services and its lines in the tender's order."""

    lot: tender.Lot
    offer: bid_model.LotOffer
    services: tuple[OfferedService, ...]
    lines: tuple[LineBid, ...]
    missing_lines: tuple[tender.PriceLine, ...] = ()  # lines of the lot that the bid does not price


class Judge(Protocol):
    """A condition's kind with its parameters bound: all that the steps need to know of it."""

    @property
    def counts_pages(self) -> bool:
        """Whether the verdict needs the pages of the laid-out bid document."""
        ...

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Return the verdict of this condition on ``bid`` within ``scope``."""
        ...


@record(frozen=True)
class BoundCondition:
    """A condition of the tender with its kind; ``lots`` are the offered lots it concerns.

    Without a ``judge`` its kind or its parameters are faulty, which has been told: it counts as “cannot tell”.
    """

    entry: tender.Condition
    judge: Judge | None
    lots: tuple[LotBid, ...]
    whole_bid: bool  # no lot named: judged once over everything offered
    clause: Clause | None


@record(frozen=True)
class AnsweredCriterion:
    """An award criterion with its answer, if there is one."""

    criterion: tender.Criterion
    answer: bid_model.Answer | None


@record(frozen=True)
class Bid:
    """The dossier with every id resolved to what it names."""

    dossier: Dossier
    language: str
    lots: tuple[LotBid, ...]
    conditions: tuple[BoundCondition, ...]
    criteria: tuple[AnsweredCriterion, ...]

    @property
    def tender(self) -> tender.Tender:
        """The buyer's call."""
        return self.dossier.tender

    @property
    def members(self) -> tuple[Member, ...]:
        """The bidding organisations; the first one leads."""
        return self.dossier.members

    @property
    def services(self) -> tuple[OfferedService, ...]:
        """Every offered service once, in the order of the lots."""
        return _each_once(self.lots)

    @cached_property
    def lots_of(self) -> Mapping[str, tuple[LotBid, ...]]:
        """Id of a service → the lots it is offered in."""
        found: dict[str, tuple[LotBid, ...]] = {}
        for lot in self.lots:
            for id_ in dict.fromkeys(one.id for one in lot.services):
                found[id_] = (*found.get(id_, ()), lot)
        return found

    @cached_property
    def figures(self) -> Figures:
        """What the references in its texts stand for."""
        return Figures(self.dossier, self.language)

    @cached_property
    def attestations(self) -> Mapping[str, bid_model.Attestation]:
        """Id of a condition → what a person has attested of it."""
        return {one.condition: one for one in reversed(self.dossier.attestations)}

    @property
    def staff(self) -> tuple[organisation.StaffMember, ...]:
        """Every staff member of an offered service once."""
        seen: dict[tuple[str, str], organisation.StaffMember] = {}  # two members may use one id for two people
        for giver in (giver for offered in self.services for giver in offered.givers):
            for person in giver.staff:
                seen.setdefault((giver.member.organisation.id, person.id), person)
        return tuple(seen.values())

    def words(self, texts: Mapping[str, str] | None) -> str:
        """Return a text in the bid's language, or, if it is not written in it, in a language that it has.

        resolve has called that an error, so it is only in a draft or a message that a reader meets it.
        """
        return in_any_language(texts, self.language, self.dossier.bid.written_in)

    def has(self, texts: Mapping[str, str] | None) -> bool:
        """Say whether a text is written in the bid's language."""
        return bool(in_language(texts, self.language, self.dossier.bid.written_in))


def _each_once(lots: Iterable[LotBid]) -> tuple[OfferedService, ...]:
    """Return the services of some lots, each once, in their order."""
    return tuple({one.id: one for lot in lots for one in lot.services}.values())


# --- price -----------------------------------------------------------------------------------------
@record(frozen=True)
class WorkingYear:
    """Hours of one full-time post in a year (vector C): each figure is rounded to two decimals once."""

    days: Decimal  # working days less leave and other absence
    year_hours: Decimal  # all working days
    at_work: Decimal  # days at work × hours of a day
    client_hours: Decimal  # of them, client work


@record(frozen=True)
class SalaryCost:
    """One salary with its side costs, each rounded to the cent once (euros a year)."""

    salary: cost_model.Salary
    rates: cost_model.SideCosts  # its year is the one whose rates were used
    monthly: Decimal  # pay a month for the working time of the post
    yearly: Decimal  # monthly × months of pay
    holiday_days: Decimal  # earned in the months of pay
    holiday_pay: Decimal
    holiday_bonus: Decimal
    gross: Decimal  # yearly + holiday bonus
    below: Decimal  # part of the gross up to the threshold of unemployment insurance
    above: Decimal  # the rest of it
    contributions: Mapping[str, Decimal]  # pension, health, unemployment, accident, group_life
    side_costs: Decimal
    total: Decimal
    hours: Decimal  # hours of client work a year; 0 for a post that does none


@record(frozen=True)
class MemberCost:
    """Working time and salaries of one bidding organisation."""

    member: Member
    working_year: WorkingYear | None  # None if the working days of the year are not known
    salaries: tuple[SalaryCost, ...]


@record(frozen=True)
class CostRow:
    """The part of a salary or cost item that a service carries."""

    id: str  # "salaries.valmentaja-1", "cost_items.tilat"
    title: Mapping[str, str]
    place: Place
    driver: Driver
    amount: Decimal  # euros per driver unit
    share: Decimal  # per cent of it for this service
    cost: Decimal  # amount × share, per driver unit, cents
    funding: Funding
    source: str
    hours: Decimal = Decimal(0)  # hours of client work that a salary gives this service, a year
    overhead: bool = False  # belongs to the overhead, not to the direct cost

    @property
    def yearly(self) -> Decimal:
        """Euros a year of a row that does not grow with volume."""
        return self.cost * 12 if self.driver == "per_month" else self.cost


@record(frozen=True)
class Loaded:
    """A direct cost with overhead, and the risk reserve on both."""

    direct: Decimal
    overhead: Decimal  # by the rate, on the direct cost
    overhead_items: Decimal  # cost items of the kind overhead: the rate is not applied to them
    risk: Decimal

    @property
    def total(self) -> Decimal:
        """Direct cost, all overhead and risk."""
        return self.direct + self.overhead + self.overhead_items + self.risk


@record(frozen=True)
class UnitCost:
    """Full cost of one sold unit, in cents: hours × hourly cost + what grows with the unit."""

    unit: service.Unit
    work_hours: Decimal
    work: Decimal  # work hours × hourly cost
    variable: Decimal  # per-client or per-group costs with overhead and risk

    @property
    def total(self) -> Decimal:
        """Full cost of one unit, VAT excluded."""
        return self.work + self.variable


@record(frozen=True)
class Demand:
    """What the priced lines ask of a service in a year, at the estimated quantities."""

    hours: Decimal = Decimal(0)
    clients: Decimal = Decimal(0)
    groups: Decimal = Decimal(0)


@record(frozen=True)
class ServicePart:
    """What one member's own costs add to a service, with that member's overhead and risk."""

    member: Member
    salaries: tuple[SalaryCost, ...]
    rows: tuple[CostRow, ...]
    hours: Decimal
    yearly: Loaded
    per_hour: Loaded
    per_client: Loaded
    per_group: Loaded


@record(frozen=True)
class ServiceCost:
    """Cost build-up of a service, a year, in the order in which the cost sheet prints it (vector D).

    Only market-funded rows are in `yearly`, `per_hour`, `per_client`, `per_group` and `hours`. All are sums over
    ``parts``: the member that gives the service, and others whose costs are allocated to it.
    """

    offered: OfferedService
    salaries: tuple[SalaryCost, ...]
    rows: tuple[CostRow, ...]
    hours: Decimal  # productive hours a year
    yearly: Loaded  # salaries, per_year and 12 × per_month items: they do not grow with volume
    per_hour: Loaded
    per_client: Loaded
    per_group: Loaded
    hourly: Decimal | None  # yearly / hours + per_hour; None if it cannot be told
    units: tuple[UnitCost, ...]
    kept_out: Mapping[str, Decimal]  # funding → euros a year that others pay: never in the price
    demand: Demand = Demand()
    parts: tuple[ServicePart, ...] = ()

    @property
    def granted(self) -> Decimal:
        """Grants, wage subsidies, municipal and own money together, euros a year."""
        return sum(self.kept_out.values(), Decimal(0))

    def unit(self, unit: str) -> UnitCost | None:
        """Return the full cost of one ``unit``, or None if it cannot be told."""
        return next((u for u in self.units if u.unit == unit), None)


@record(frozen=True)
class PricedLine:
    """One price line, priced. Money is rounded once: unit price at the line's decimals, totals at cents.

    If VAT is rounded once per rate (the tender's ``vat_rule``), ``vat`` is the line's part of that sum,
    shared by largest remainder, so that lines always add up to their lot.
    """

    bid: LineBid
    unit_cost: Decimal | None  # full cost of one unit, VAT excluded; None if it cannot be told
    unit_price: Decimal  # as asked: VAT excluded or included by the line's vat_basis
    net_price: Decimal  # VAT excluded
    quantity: Decimal  # an empty quantity counts as 1
    net: Decimal  # VAT excluded, cents
    vat_rate: Decimal | None  # per cent; None while the VAT status is unknown
    vat: Decimal
    gross: Decimal
    cost: Decimal | None  # unit_cost × quantity, cents
    variable: Decimal = Decimal(0)  # of the cost, what grows with volume

    @property
    def line(self) -> tender.PriceLine:
        """The tender's line."""
        return self.bid.line

    @property
    def asked(self) -> Decimal:
        """Unit price × quantity on the basis that the tender asks: without or with VAT."""
        return self.gross if self.line.vat_basis == "included" else self.net


@record(frozen=True)
class VatSum:
    """VAT of a lot at one rate and price basis."""

    rate: Decimal | None
    vat_basis: str  # "excluded" or "included", as the lines are asked
    net: Decimal
    vat: Decimal
    gross: Decimal


@record(frozen=True)
class PricedLot:
    """A lot with its totals; ``comparison`` is the comparison price (compared lines only, as asked)."""

    bid: LotBid
    lines: tuple[PricedLine, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal
    comparison: Decimal
    vat_sums: tuple[VatSum, ...] = ()


@record(frozen=True)
class VolumePoint:
    """Income against cost at one volume (per cent of the estimated quantities)."""

    percent: int
    income: Decimal
    cost: Decimal
    result: Decimal


@record(frozen=True)
class Volume:
    """What the volume what-if rests on: all at the estimated quantities, euros a year."""

    income: Decimal
    fixed: Decimal  # fixed costs of the offered services: they do not shrink with volume
    variable: Decimal


@record(frozen=True)
class Scoring:
    """What-if of one lot against assumed rivals: price points by every rule, quality, total."""

    lot: LotBid
    bidders: tuple[str, ...]  # ids; the first is this bid ("own")
    prices: tuple[Decimal, ...]
    quality_raw: tuple[Decimal, ...]
    price_points: Mapping[str, tuple[Decimal, ...]]  # rule → points by bidder
    quality: tuple[Decimal, ...]
    totals: Mapping[str, tuple[Decimal, ...]]
    price_maximum: Decimal = Decimal(0)
    quality_maximum: Decimal = Decimal(0)

    def standing(self, rule: str) -> Standing:
        """Return where this bid comes by a rule: alone first, first with a rival, or behind one."""
        own, *others = self.totals[rule]
        best = max(others, default=None)
        if best is None or own > best:
            return "first"
        return "tied" if own == best else "behind"


@record(frozen=True)
class Awards:
    """Which of the compared lots would be won against the assumed rivals, by the tender's own price formula."""

    order: tuple[Scoring, ...]  # as the bidder prefers them; those without a preference last
    won: tuple[str, ...]  # ids of lots, in that order
    most: int | None  # how many lots one bidder may win; None if the tender has no such limit


@record(frozen=True)
class OutcomeCost:
    """Cost per outcome: what one reached outcome costs at the evidence's rate."""

    outcome: evidence.Outcome
    offered: OfferedService
    client_cost: Decimal
    rate: Decimal  # reached / cohort, per cent with two decimals
    cost: Decimal | None  # client cost × cohort / reached, cents; None when nothing was reached


@record(frozen=True)
class PricedBid:
    """The bid with costs and prices."""

    bid: Bid
    costs: tuple[ServiceCost, ...]
    lots: tuple[PricedLot, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal
    volumes: tuple[VolumePoint, ...]
    break_even: Decimal | None  # per cent of the estimated quantities; None if no volume covers the cost
    scoring: tuple[Scoring, ...]  # of the lots that have assumed rivals
    outcome_costs: tuple[OutcomeCost, ...]
    hours_needed: Decimal
    hours_available: Decimal
    assumptions: tuple[tuple[str, Fact, str], ...] = ()  # msgid, value, source
    members: tuple[MemberCost, ...] = ()
    volume: Volume | None = None  # None if the cost of an offered service cannot be told
    awards: Awards | None = None  # None if no lot has assumed rivals
    shares: Shares | None = None  # None if one organisation bids alone


# --- check -----------------------------------------------------------------------------------------
class State(StrEnum):
    """What is so of one condition. Nothing silently becomes met."""

    MET = "met"
    NOT_MET = "not met"
    CANNOT_TELL = "cannot tell"
    ATTESTED = "attested"
    NOT_APPLICABLE = "not applicable"
    MET_BY = "met by"


_COUNTED: Mapping[State, str] = {
    State.MET: N_("{n} met"),
    State.NOT_MET: N_("{n} not met"),
    State.CANNOT_TELL: N_("{n} cannot be told"),
    State.ATTESTED: N_("{n} attested"),
    State.MET_BY: N_("{n} will be met by a date"),
    State.NOT_APPLICABLE: N_("{n} not applicable"),
}
_ALWAYS = (State.MET, State.NOT_MET, State.CANNOT_TELL)


def counted(tally: Mapping[State, int]) -> tuple[Word, ...]:
    """Return how many verdicts stand in each state: the weighty ones always, the others if there are any."""
    return tuple(
        Word(text, (("n", tally[state]),)) for state, text in _COUNTED.items() if state in _ALWAYS or tally[state]
    )


@record(frozen=True)
class Counting:
    """Whose entries count for one condition, the lead's first if it is one of them, and whether one of them is enough.

    ``unread`` is a file that could not be read, if what is missing for the condition may stand in it.
    """

    members: tuple[Member, ...]
    one_enough: bool = False
    unread: Place | None = None


@record(frozen=True)
class Scope:
    """What one judgement looks at: the lots concerned (all offered ones for the whole bid), who counts, and the day.

    ``members`` are those whose entries count for this condition, the lead first if it is one of them: the form of a
    consortium says which (`bidkit.consortium`). With ``one_enough`` one of them meets it for all.
    """

    condition: tender.Condition
    lots: tuple[PricedLot, ...]
    members: tuple[Member, ...]
    as_of: date | None  # only the kinds that measure against a clock may look at it
    pages: int | None = None  # of the bid document, where it could be laid out
    one_enough: bool = False

    @property
    def offered(self) -> tuple[OfferedService, ...]:
        """All services of these lots, whoever gives them, each once."""
        return _each_once(lot.bid for lot in self.lots)

    @property
    def services(self) -> tuple[OfferedService, ...]:
        """Of them those that count: services of `members`, with what these bring to them."""
        return self.counted(self.offered)

    def counted(self, services: Iterable[OfferedService]) -> tuple[OfferedService, ...]:
        """Return those of some services that members who count give, with the people and sites of these alone."""
        ids = {one.organisation.id for one in self.members}
        found: list[OfferedService] = []
        for one in services:
            givers = tuple(giver for giver in one.givers if giver.member.organisation.id in ids)
            if givers:
                found.append(one if len(givers) == len(one.givers) else replace(one, givers=givers))
        return tuple(found)

    @property
    def lines(self) -> tuple[PricedLine, ...]:
        """The priced lines of these lots."""
        return tuple(line for lot in self.lots for line in lot.lines)


@record(frozen=True)
class Verdict:
    """The judgement of one condition, with what it rests on.

    ``margin`` is found minus required in their unit: above zero there is room. ``message`` and ``hint``
    are msgids; ``message`` is printed as the explanation in the compliance matrix whatever the state.
    ``rows`` cite dossier entries ("staff.valmentaja-1"); documents print them, never files or cells.
    ``place`` is where a gap can be mended. ``members`` are the ids of those whose entries a verdict on a joint bid
    rests on, the lead first; a single bid's names nobody. ``also`` are the verdicts on other members that lack what
    each must have, so that every one of them is told.
    """

    state: State
    message: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    required: Fact = None
    found: Fact = None
    margin: Fact = None
    rows: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    place: Place | None = None
    hint: str = ""
    met_by: date | None = None
    members: tuple[str, ...] = ()
    also: tuple[Verdict, ...] = ()


@record(frozen=True)
class Judgement:
    """A condition with its verdict; one a condition, or one for each lot it concerns."""

    condition: BoundCondition
    lot: LotBid | None
    verdict: Verdict


@record(frozen=True)
class Assessment:
    """Everything the documents print."""

    priced: PricedBid
    judgements: tuple[Judgement, ...]
    as_of: date | None

    @property
    def bid(self) -> Bid:
        """The bid assessed."""
        return self.priced.bid

    def tally(self) -> dict[State, int]:
        """Return how many judgements stand in each state."""
        counts = dict.fromkeys(State, 0)
        for one in self.judgements:
            counts[one.verdict.state] += 1
        return counts

    @property
    def open(self) -> tuple[Judgement, ...]:
        """Knock-out conditions that are not met or cannot be told: they block release."""
        return tuple(
            j
            for j in self.judgements
            if j.condition.entry.binding == "knock_out" and j.verdict.state in (State.NOT_MET, State.CANNOT_TELL)
        )
