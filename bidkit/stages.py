"""What each step hands to the next: Bid, PricedBid, Assessment. All frozen; a step makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from bidkit.diagnostics import Clause, Fact, Place
from bidkit.model import bid as bid_model
from bidkit.model import cost, organisation, service, tender
from bidkit.model._base import HOME
from bidkit.model.dossier import Dossier, Member


# --- resolve ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class OfferedService:
    """A service as one member gives it, with everything it points to."""

    service: service.Service
    member: Member
    staff: tuple[organisation.StaffMember, ...]
    sites: tuple[organisation.Site, ...]
    client_groups: tuple[organisation.ClientGroup, ...]

    @property
    def id(self) -> str:
        """The service's id."""
        return self.service.id


@dataclass(frozen=True)
class LineBid:
    """A price line with the service and price strategy that answer it."""

    line: tender.PriceLine
    price: bid_model.Price
    offered: OfferedService


@dataclass(frozen=True)
class LotBid:
    """An offered lot: its services and its lines in the tender's order."""

    lot: tender.Lot
    offer: bid_model.LotOffer
    services: tuple[OfferedService, ...]
    lines: tuple[LineBid, ...]
    missing_lines: tuple[tender.PriceLine, ...] = ()  # lines of the lot that the bid does not price


class Judge(Protocol):
    """A condition's kind with its parameters bound: all that the steps need to know of it."""

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Return the verdict of this condition on ``bid`` within ``scope``."""
        ...


@dataclass(frozen=True)
class BoundCondition:
    """A condition of the tender with its kind; ``lots`` are the offered lots it concerns."""

    entry: tender.Condition
    judge: Judge
    lots: tuple[LotBid, ...]
    whole_bid: bool  # no lot named: judged once over everything offered
    clause: Clause | None


@dataclass(frozen=True)
class AnsweredCriterion:
    """An award criterion with its answer, if there is one."""

    criterion: tender.Criterion
    answer: bid_model.Answer | None


@dataclass(frozen=True)
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
        seen: dict[str, OfferedService] = {}
        for lot in self.lots:
            for one in lot.services:
                seen.setdefault(one.id, one)
        return tuple(seen.values())

    @property
    def staff(self) -> tuple[organisation.StaffMember, ...]:
        """Every staff member of an offered service once."""
        seen: dict[str, organisation.StaffMember] = {}
        for offered in self.services:
            for person in offered.staff:
                seen.setdefault(person.id, person)
        return tuple(seen.values())

    def words(self, texts: Mapping[str, str] | None) -> str:
        """Return a text in the bid's language; empty if it is not written in it (resolve has said so)."""
        return in_language(texts, self.language, self.dossier.bid.written_in)


def in_language(texts: Mapping[str, str] | None, language: str, home: str) -> str:
    """Return ``texts`` in ``language``; a text that names no language is in ``home``. Empty if there is none."""
    if not texts:
        return ""
    found = texts.get(language)
    if found is None and language == home:
        found = texts.get(HOME)
    return found or ""


# --- price -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SalaryCost:
    """One salary with its side costs, each rounded to the cent once (euros a year)."""

    salary: cost.Salary
    year: int  # year whose rates were used
    gross: Decimal
    holiday_bonus: Decimal  # of the gross
    contributions: Mapping[str, Decimal]  # pension, health, unemployment, accident, group_life
    side_costs: Decimal
    total: Decimal
    hours: Decimal  # hours of client work a year


@dataclass(frozen=True)
class CostRow:
    """The part of a salary or cost item that a service carries."""

    id: str  # "salaries.valmentaja-1", "cost_items.tilat"
    title: Mapping[str, str]
    place: Place
    driver: cost.Driver
    amount: Decimal  # euros per driver unit
    share: Decimal  # per cent of it for this service
    cost: Decimal  # amount × share, per driver unit
    funding: cost.Funding
    source: str


@dataclass(frozen=True)
class UnitCost:
    """Full cost of one sold unit, in cents: hours × hourly cost + what grows with the unit."""

    unit: service.Unit
    work_hours: Decimal
    hourly: Decimal  # hourly cost used
    variable: Decimal  # per-client or per-group costs with overhead and risk
    total: Decimal


@dataclass(frozen=True)
class ServiceCost:
    """Cost build-up of a service, a year, in the order in which the cost sheet prints it (vector D)."""

    offered: OfferedService
    salaries: tuple[SalaryCost, ...]
    rows: tuple[CostRow, ...]
    hours: Decimal  # productive hours a year
    direct: Decimal  # market-funded direct cost that does not grow with volume (per_month × 12, per_year)
    overhead: Decimal
    risk: Decimal
    fixed: Decimal  # direct + overhead + risk
    hourly: Decimal  # fixed / hours + per_hour items with overhead and risk
    hourly_items: Decimal
    per_client: Decimal
    per_group: Decimal
    granted: Decimal  # grant, wage subsidy, municipal and own money, a year: shown apart, never in the price
    units: tuple[UnitCost, ...]

    def unit(self, unit: str) -> UnitCost | None:
        """Return the full cost of one ``unit``, or None if it cannot be told."""
        return next((u for u in self.units if u.unit == unit), None)


@dataclass(frozen=True)
class PricedLine:
    """One price line, priced. Money is rounded once: unit price at the line's decimals, totals at cents."""

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

    @property
    def line(self) -> tender.PriceLine:
        """The tender's line."""
        return self.bid.line


@dataclass(frozen=True)
class PricedLot:
    """A lot with its totals; ``comparison`` is the comparison price (compared lines only, as asked)."""

    bid: LotBid
    lines: tuple[PricedLine, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal
    comparison: Decimal


@dataclass(frozen=True)
class VolumePoint:
    """Income against cost at one volume (per cent of the estimated quantities)."""

    percent: int
    income: Decimal
    cost: Decimal
    result: Decimal


@dataclass(frozen=True)
class Scoring:
    """What-if of one lot against assumed rivals: price points by every rule, quality, total."""

    lot: LotBid
    bidders: tuple[str, ...]  # ids; the first is this bid ("own")
    prices: tuple[Decimal, ...]
    quality_raw: tuple[Decimal, ...]
    price_points: Mapping[str, tuple[Decimal, ...]]  # rule → points by bidder
    quality: tuple[Decimal, ...]
    totals: Mapping[str, tuple[Decimal, ...]]


@dataclass(frozen=True)
class OutcomeCost:
    """Cost per outcome: what one reached outcome costs at the evidence's rate."""

    outcome: str  # id of the outcome row
    service: str
    client_cost: Decimal
    rate: Decimal  # reached / cohort
    cost: Decimal | None  # None when nothing was reached


@dataclass(frozen=True)
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
    scoring: tuple[Scoring, ...]
    outcome_costs: tuple[OutcomeCost, ...]
    hours_needed: Decimal
    hours_available: Decimal
    assumptions: tuple[tuple[str, Fact, str], ...] = ()  # msgid or text, value, source

    def cost_of(self, service_id: str) -> ServiceCost | None:
        """Return the cost build-up of a service."""
        return next((c for c in self.costs if c.offered.id == service_id), None)


# --- check -----------------------------------------------------------------------------------------
class State(StrEnum):
    """What is so of one condition. Nothing silently becomes met."""

    MET = "met"
    NOT_MET = "not met"
    CANNOT_TELL = "cannot tell"
    ATTESTED = "attested"
    NOT_APPLICABLE = "not applicable"
    MET_BY = "met by"


@dataclass(frozen=True)
class Scope:
    """What one judgement looks at: the lots concerned (all offered ones for the whole bid) and the day."""

    condition: tender.Condition
    lots: tuple[PricedLot, ...]
    as_of: date | None  # only the kinds that measure against a clock may look at it

    @property
    def services(self) -> tuple[OfferedService, ...]:
        """The services of these lots, each once."""
        seen: dict[str, OfferedService] = {}
        for lot in self.lots:
            for one in lot.bid.services:
                seen.setdefault(one.id, one)
        return tuple(seen.values())

    @property
    def lines(self) -> tuple[PricedLine, ...]:
        """The priced lines of these lots."""
        return tuple(line for lot in self.lots for line in lot.lines)


@dataclass(frozen=True)
class Verdict:
    """The judgement of one condition, with what it rests on.

    ``margin`` is found minus required in their unit: above zero there is room. ``message`` and ``hint``
    are msgids; ``message`` is printed as the explanation in the compliance matrix whatever the state.
    ``rows`` cite dossier entries ("staff.valmentaja-1"); documents print them, never files or cells.
    ``place`` is where a gap can be mended.
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


@dataclass(frozen=True)
class Judgement:
    """A condition with its verdict; one a condition, or one for each lot it concerns."""

    condition: BoundCondition
    lot: LotBid | None
    verdict: Verdict


@dataclass(frozen=True)
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
