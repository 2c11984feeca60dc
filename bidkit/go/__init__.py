"""Go or no-go for the small: alone, with partners, or not at all, with reasons from a decision table. Pure.

The outcome is the strictest verdict of all rules that fire; if none does, alone. A fact that is not known never
counts as good: it leads where its rule says, and is told apart from what is known. The decision stays with people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bidkit.diagnostics import Fact, Place
from bidkit.go.facts import Known, known_facts
from bidkit.go.table import ORDER, Rule, Table, Way, overridden, shipped
from bidkit.i18n import N_
from bidkit.stages import Assessment

__all__ = ["Decision", "Reason", "Table", "Way", "decide", "overridden", "shipped"]

State = Literal["fires", "unknown", "fine", "not asked", "off"]


@dataclass(frozen=True)
class Words:
    """What is said of a rule: when it fires, when its fact is not known, and in a list of what is fine (msgids)."""

    fires: str
    unknown: str
    fine: str


WORDS: Mapping[str, Words] = {
    "own_knock_outs": Words(
        N_("Nobody else can meet these mandatory conditions for you, and they are not met: {failed}."),
        N_("Nobody else can meet these mandatory conditions for you, and it is not known if they are met: {unknown}."),
        N_("own mandatory conditions"),
    ),
    "partner_knock_outs": Words(
        N_("A partner could help to meet these mandatory conditions, which are not met: {failed}."),
        N_("A partner could help to meet these mandatory conditions; it is not known if they are met: {unknown}."),
        N_("conditions met together"),
    ),
    "turnover_cover": Words(
        N_("Turnover is {turnover}: {cover} of the yearly value of the offer ({value})."),
        N_("It is not known if turnover ({turnover}) is enough for the yearly value of the offer ({value})."),
        N_("turnover {cover} of the offer"),
    ),
    "references_missing": Words(
        N_("References: {found}. The tender asks for {required}."),
        N_("It is not known if there are as many references as the tender asks for ({required})."),
        N_("references {found}"),
    ),
    "capacity_cover": Words(
        N_("Capacity: {found}, which is {cover} of what the tender asks for ({required})."),
        N_("It is not known if the capacity is enough; the tender asks for {required}."),
        N_("capacity {cover}"),
    ),
    "hours_cover": Words(
        N_("“{service}” has {available} of client work: {cover} of what the estimated quantities take ({needed})."),
        N_("It is not known if the hours of the staff are enough for the estimated quantities ({needed})."),
        N_("hours of staff {cover}"),
    ),
    "cash_gap": Words(
        N_(
            "Costs before the first payment: {months}, {needed} (payment term {term}); own money: {cash}, not "
            "covered: {gap}."
        ),
        N_("It is not known how much money the time until the first payment takes ({months}, payment term {term})."),
        N_("costs before payment {gap}"),
    ),
    "days_left": Words(
        N_("Time left until the deadline ({deadline}): {days}."),
        N_("The deadline is not known."),
        N_("time left {days}"),
    ),
    "largest_buyer": Words(
        N_("“{buyer}” would pay {share} of all income."),
        N_("It is not known how large a part of all income the largest buyer would pay: funding is not told."),
        N_("largest buyer {share}"),
    ),
    "cost_cover": Words(
        N_("Line {line} is sold at {price}: {cover} of its full cost ({cost})."),
        N_("It is not known if the prices cover their full cost."),
        N_("prices at least {cover} of the cost"),
    ),
}


@dataclass(frozen=True)
class Reason:
    """One rule with what is known of its fact. ``verdict`` is what it leads to, None if to nothing."""

    rule: Rule
    state: State
    known: Known

    @property
    def verdict(self) -> Way | None:
        """What the rule leads to on this bid."""
        return {"fires": self.rule.verdict, "unknown": self.rule.unknown}.get(self.state)

    @property
    def text(self) -> str:
        """The sentence about it (a msgid), for ``facts``; empty if nothing is asked."""
        words = WORDS[self.rule.name]
        return {"fires": words.fires, "unknown": words.unknown, "fine": words.fine}.get(self.state, "")

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The figures of the sentence."""
        return self.known.facts

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the figures are written."""
        return self.known.places


@dataclass(frozen=True)
class Decision:
    """Every rule in the order of the table, judged on one bid and day."""

    as_of: date
    table: Table
    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> Way:
        """The strictest verdict that a rule leads to, what is not known included."""
        return _strictest(self.reasons)

    @property
    def as_known(self) -> Way:
        """The same by what is known alone: where it would end if all that is not known turned out well."""
        return _strictest(one for one in self.reasons if one.state == "fires")

    def of(self, state: State) -> tuple[Reason, ...]:
        """Return the reasons in one state, the strictest first."""
        found = (one for one in self.reasons if one.state == state)
        return tuple(sorted(found, key=lambda one: -ORDER.index(one.verdict or Way.ALONE)))


def decide(assessment: Assessment, as_of: date, table: Table) -> Decision:
    """Judge a bid by every rule of the table."""
    facts = known_facts(assessment, as_of, table.settings)
    return Decision(as_of, table, tuple(_judged(rule, facts[rule.name]) for rule in table.rules))


def _judged(rule: Rule, known: Known) -> Reason:
    if rule.verdict is None:
        return Reason(rule, "off", known)
    if not known.applies:
        return Reason(rule, "not asked", known)
    states: Mapping[bool | None, State] = {True: "fires", False: "fine", None: "unknown"}
    return Reason(rule, states[rule.fires(known.low, known.high)], known)


def _strictest(reasons: Iterable[Reason]) -> Way:
    return max((one.verdict or Way.ALONE for one in reasons), key=ORDER.index, default=Way.ALONE)
