"""The figures that the decision table looks at, from an assessed bid. What is not known has no bound on that side.

“We” are all members of the dossier: a single bidder, as a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bidkit import conditions
from bidkit.diagnostics import Fact, Measure, Place, Word
from bidkit.go.table import Setting
from bidkit.i18n import N_
from bidkit.model.dossier import Member
from bidkit.money import half_up
from bidkit.stages import Assessment, Bid, Judgement, PricedLine, ServiceCost, State, Verdict

HUNDRED = Decimal(100)
DAYS_OF_MONTH = 30
OLDEST = 2  # calendar years from the deadline back to accounts that still tell of today, as the kind `turnover` has it
BUYERS = frozenset({"market", "municipal"})  # kinds of income whose payer is a buyer
SHOWN = 3  # conditions that are named before they are only counted


@dataclass(frozen=True)
class Known:
    """What is known of one fact: it lies between two bounds, which are equal if it is known exactly.

    ``facts`` are the figures that its sentences print, ``places`` where they are written. If it does not ``apply``,
    the tender asks nothing of the kind.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    applies: bool = True


NOT_ASKED = Known(applies=False)


def known_facts(assessment: Assessment, as_of: date, settings: Mapping[str, Setting]) -> dict[str, Known]:
    """Return every fact by the name of its rule."""
    look = _Look(assessment)
    own, partner = look.knock_outs()
    return {
        "own_knock_outs": own,
        "partner_knock_outs": partner,
        "turnover_cover": look.turnover_cover(),
        "references_missing": look.references_missing(),
        "capacity_cover": look.capacity_cover(),
        "hours_cover": look.hours_cover(),
        "cash_gap": look.cash_gap(settings),
        "days_left": look.days_left(as_of),
        "largest_buyer": look.largest_buyer(),
        "cost_cover": look.cost_cover(),
    }


class _Look:
    """Looks at one assessed bid."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.priced, self.bid = assessment.priced, assessment.bid
        self.lines = tuple(line for lot in self.priced.lots for line in lot.lines)

    def lost(self, *nouns: str) -> bool:
        """Say whether an entry of one of the nouns could not be read, so that something may be missing."""
        return self.bid.dossier.partly_read(*nouns)

    @property
    def whole(self) -> bool:
        """Whether the yearly value of the offer is known: every line of the offered lots has a price."""
        unpriced = any(lot.missing_lines for lot in self.bid.lots)
        meant = sum(x.price.strategy != "not_offered" for lot in self.bid.lots for x in lot.lines)
        return bool(self.lines) and len(self.lines) == meant and not unpriced and not self.lost("prices", "price_lines")

    # --- conditions ------------------------------------------------------------------------------
    def knock_outs(self) -> tuple[Known, Known]:
        """Count open mandatory conditions: those that nobody but we can meet, and those that a partner could."""
        own: dict[str, Judgement] = {}
        partner: dict[str, Judgement] = {}
        for one in self.assessment.open:
            kind = conditions.kind(one.condition.entry.kind)
            shared = kind is not None and one.condition.judge is not None and kind.aggregate in ("sum", "any")
            pile = partner if shared else own
            before = pile.get(one.condition.entry.id)
            if before is None or one.verdict.state is State.NOT_MET:
                pile[one.condition.entry.id] = one
        return self._count(own, self.lost("conditions")), self._count(partner, False)

    def _count(self, piled: Mapping[str, Judgement], lost: bool) -> Known:
        failed = [one for one in piled.values() if one.verdict.state is State.NOT_MET]
        unknown = [one for one in piled.values() if one.verdict.state is not State.NOT_MET]
        facts: dict[str, Fact] = {"failed": _named(failed), "unknown": _named(unknown)}
        if lost:
            facts["unknown"] = (*_named(unknown), Word(N_("conditions that could not be read")))
        if failed and facts["unknown"]:
            facts["failed"] = (*_named(failed), Word(N_("not known: {names}"), (("names", facts["unknown"]),)))
        low = Decimal(len(failed))
        return Known(low, None if lost else low + len(unknown), facts, tuple(map(_place, [*failed, *unknown])))

    def references_missing(self) -> Known:
        """Return how many references are missing of what the tender asks, at the worst condition."""
        asked = self._asked("references")
        if not asked:
            return self._nothing_asked()
        bounds = [(*_missing(one.verdict), one) for one in asked]
        _, high, worst = max(bounds, key=lambda row: (row[1] is None, row[1] or 0, row[0]))
        facts = {"required": worst.verdict.required, "found": worst.verdict.found}
        return Known(max(row[0] for row in bounds), high, facts, (_place(worst),))

    def capacity_cover(self) -> Known:
        """Return own capacity in per cent of what the tender asks, at the worst condition."""
        asked = [one for one in self._asked("minimum_capacity") if _value(one.verdict.required) != 0]
        if not asked:
            return self._nothing_asked()
        told = [(_cover(one), one) for one in asked]
        known = [(cover, one) for cover, one in told if cover is not None]
        high, worst = min(known, key=lambda row: row[0]) if known else (None, asked[0])
        untold = next((one for cover, one in told if cover is None), None)
        shown = worst if untold is None else untold
        facts = {"required": shown.verdict.required, "found": shown.verdict.found, "cover": _percent(high)}
        return Known(high if untold is None else None, high, facts, (_place(shown),))

    def _asked(self, kind: str) -> list[Judgement]:
        """Return judgements of a kind that say something of this bid and may cost it something."""
        return [
            one
            for one in self.assessment.judgements
            if one.condition.entry.kind == kind
            and one.condition.entry.binding != "information"
            and one.verdict.state is not State.NOT_APPLICABLE
        ]

    def _nothing_asked(self) -> Known:
        """Return that nothing is asked of a kind, unless a condition that may ask it could not be read."""
        nothing = Known(facts={"required": None, "found": None, "cover": None})
        return nothing if self.lost("conditions") else NOT_ASKED

    # --- money and hours -------------------------------------------------------------------------
    def turnover_cover(self) -> Known:
        """Return the last turnover told in per cent of the yearly value of the offer."""
        deadline = self.bid.tender.deadline.year
        rows = [_last_turnover(member, deadline) for member in self.bid.members]
        told = sum((row[1] for row in rows if row), Decimal(0))
        value = self.priced.net
        cover = told * HUNDRED / value if value > 0 else None
        facts: dict[str, Fact] = {
            "turnover": Measure(told, "EUR/year") if any(rows) else None,
            "value": Measure(value, "EUR/year") if value > 0 else None,
            "cover": _percent(cover),
        }
        places = tuple(row[0] if row else m.organisation.at for row, m in zip(rows, self.bid.members, strict=True))
        return Known(cover if self.whole else None, cover if all(rows) else None, facts, places)

    def hours_cover(self) -> Known:
        """Return hours of client work in per cent of those that the estimated quantities take, of the worst service.

        A service bought in by the hour has no hours of its own to run out of.
        """
        sold = [one for one in self.priced.costs if not (one.hourly is not None and one.hours == 0)]
        taken = [one for one in sold if one.demand.hours > 0]
        surely = self.whole and all(line.cost is not None for line in self.lines) and not self.lost("salaries")
        if surely and not taken:
            return NOT_ASKED
        covers = [(one.hours * HUNDRED / one.demand.hours, one) for one in taken]
        if not covers:
            return Known(facts=_hours_of(self.bid, None))
        cover, worst = min(covers, key=lambda row: row[0])
        exact = surely and all(one.hourly is not None for one in sold)
        place = worst.offered.service.at
        return Known(cover if exact else None, cover if exact else None, _hours_of(self.bid, worst), (place,))

    def cash_gap(self, settings: Mapping[str, Setting]) -> Known:
        """Return months of cost until the first payment that own money does not carry."""
        values = {name: one.value for name, one in settings.items()}
        months = (values["invoice_days"] + values["payment_days"]) / DAYS_OF_MONTH
        facts: dict[str, Fact] = {
            "term": Measure(values["payment_days"], "days"),
            "months": Measure(half_up(months, 1), "months"),
            "cash": Measure(values["cash"], "EUR"),
            "monthly": None,
            "needed": None,
            "gap": None,
        }
        at = tuple(s.at for s in settings.values() if s.at is not None)
        base = self.priced.volume
        if base is None or not self.whole or self.lost("salaries", "cost_items"):
            return Known(None, None, facts, at)
        monthly = (base.fixed + base.variable) / 12
        gap = max(months - values["cash"] / monthly, Decimal(0)) if monthly else Decimal(0)
        facts |= {
            "monthly": Measure(half_up(monthly), "EUR/month"),
            "needed": Measure(half_up(monthly * months), "EUR"),
            "gap": Measure(half_up(gap, 1), "months"),
        }
        return Known(gap, gap, facts, at)

    def largest_buyer(self) -> Known:
        """Return the share of the largest buyer of all income once this bid is won, per cent.

        Income in force when the contract begins counts, and the offer is added to that of the same buyer, if the
        title of an income names it.
        """
        start = self.bid.tender.contract.start
        rows = [row for m in self.bid.members for row in m.funding if row.amount > 0]
        rows = [row for row in rows if row.start <= start and not (row.end and row.end < start)]
        if not rows or not self.whole or self.lost("funding"):
            return Known(facts={"share": None, "buyer": None}, places=tuple(row.at for row in rows[:1]))
        own = {name.casefold() for name in self.bid.tender.buyer.values()}
        payers: dict[str, Decimal] = {"": self.priced.net}
        called, places = {"": self.bid.words(self.bid.tender.buyer)}, {"": self.bid.tender.at.of("buyer")}
        for row in (row for row in rows if row.kind in BUYERS):
            titles = [title.casefold() for title in row.title.values()]
            key = "" if any(name in title for name in own for title in titles) else min(titles)
            payers[key] = payers.get(key, Decimal(0)) + row.amount
            called.setdefault(key, self.bid.words(row.title))
            places.setdefault(key, row.at)
        largest = max(payers, key=lambda key: payers[key])
        total = self.priced.net + sum((row.amount for row in rows), Decimal(0))
        share = payers[largest] * HUNDRED / total
        return Known(share, share, {"share": _percent(share), "buyer": called[largest]}, (places[largest],))

    def cost_cover(self) -> Known:
        """Return the price in per cent of the full cost, of the worst line; a stated reason is its owner's decision."""
        lines = [line for line in self.lines if not line.bid.price.below_cost_reason]
        if not lines and self.whole:
            return NOT_ASKED
        known = [(x.net_price * HUNDRED / x.unit_cost, x) for x in lines if x.unit_cost]
        cover, worst = min(known, key=lambda row: row[0]) if known else (None, None)
        exact = self.whole and all(x.unit_cost is not None for x in lines)
        exact = exact and not self.lost("salaries", "cost_items")
        untold = next((x for x in lines if x.unit_cost is None), None)
        shown = worst if untold is None or (cover is not None and cover < HUNDRED) else untold
        places = () if shown is None else (shown.bid.price.at,)
        return Known(cover if exact else None, cover, _line_of(shown), places)

    def days_left(self, as_of: date) -> Known:
        """Return days from a day to the deadline."""
        tender = self.bid.tender
        days = (tender.deadline.date() - as_of).days
        left = Word(N_("it has passed")) if days < 0 else Measure(days, "days")
        facts: dict[str, Fact] = {"days": left, "deadline": tender.deadline}
        return Known(Decimal(days), Decimal(days), facts, (tender.at.of("deadline"),))


def _last_turnover(member: Member, deadline: int) -> tuple[Place, Decimal] | None:
    """Return where a member's newest turnover is told, and how much it is; None if it is not told or too old."""
    told = [one for one in member.organisation.turnover if deadline - OLDEST <= one.year <= deadline]
    if not told:
        return None
    newest = max(told, key=lambda one: one.year)
    return newest.at.of("amount"), newest.amount


def _named(judged: Iterable[Judgement]) -> tuple[Fact, ...]:
    """Return conditions by id and kind, the first of them; of the rest how many there are."""
    names: list[Fact] = list(_names(judged))
    more = len(names) - SHOWN
    return (*names[:SHOWN], Word(N_("{n} more"), (("n", more),))) if more > 0 else tuple(names)


def _names(judged: Iterable[Judgement]) -> Iterator[Word]:
    for one in judged:
        kind = conditions.kind(one.condition.entry.kind)
        title: Fact = Word(kind.title) if kind else one.condition.entry.kind
        yield Word(N_("{id} {title}"), (("id", one.condition.entry.id), ("title", title)))


def _place(judged: Judgement) -> Place:
    return judged.verdict.place or judged.condition.entry.at


def _value(fact: Fact) -> Decimal | None:
    return Decimal(fact.value) if isinstance(fact, Measure) else None


def _cover(judged: Judgement) -> Decimal | None:
    required, found = _value(judged.verdict.required), _value(judged.verdict.found)
    return None if not required or found is None else found * HUNDRED / required


def _missing(verdict: Verdict) -> tuple[Decimal, Decimal | None]:
    """Return the bounds of what is missing of a number that is required."""
    required, found = _value(verdict.required), _value(verdict.found)
    if required is None:
        return Decimal(0), None
    if found is None:
        return Decimal(0), max(required, Decimal(0))
    gap = max(required - found, Decimal(0))
    return gap, gap


def _percent(value: Decimal | None) -> Fact:
    return None if value is None else Measure(half_up(value, 1), "percent")


def _hours_of(bid: Bid, one: ServiceCost | None) -> dict[str, Fact]:
    if one is None:
        return {"service": None, "available": None, "needed": None, "cover": None}
    return {
        "service": bid.words(one.offered.service.name),
        "available": Measure(one.hours, "hours/year"),
        "needed": Measure(one.demand.hours, "hours/year"),
        "cover": _percent(one.hours * HUNDRED / one.demand.hours),
    }


def _line_of(line: PricedLine | None) -> dict[str, Fact]:
    if line is None:
        return {"line": None, "price": None, "cost": None, "cover": None}
    unit, cost = f"EUR/{line.line.unit}", line.unit_cost
    return {
        "line": line.line.number,
        "price": Measure(line.net_price, unit),
        "cost": None if cost is None else Measure(cost, unit),
        "cover": _percent(line.net_price * HUNDRED / cost) if cost else None,
    }
