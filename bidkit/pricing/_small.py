"""Small members of an umbrella: their compensation is a cost of the lead, so the lead's costs must hold it.

Nothing else of their forms is money: hours of volunteers are shown, and never priced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bidkit.diagnostics import Finding, Measure, Place
from bidkit.messages import pricing as say
from bidkit.model.consortium import LightMember
from bidkit.model.cost import CostItem
from bidkit.model.dossier import Dossier
from bidkit.money import half_up
from bidkit.pricing.build_up import HUNDRED, a_year
from bidkit.record import record
from bidkit.split import Small
from bidkit.stages import PricedBid


def small(dossier: Dossier) -> tuple[Small, ...]:
    """Return the small members as the shares show them, in the order of their ids."""
    return tuple(
        Small(one.id, one.name, one.compensation, one.paid_hours, one.volunteer_hours, one.clients_per_year, one.at)
        for one in dossier.light_member
    )


@record(frozen=True)
class _Held:
    """A cost item of the lead, and what of it this bid carries in a year."""

    item: CostItem
    yearly: Decimal
    names: frozenset[str]  # ids of the small members that it names


def check(priced: PricedBid) -> Iterator[Finding]:
    """Find small members that ask for more than the lead's costs in this bid hold.

    A cost item that names one small member by id or name is that member's; all others are paid from the items of
    purchased work together. The finding stands in the lead's file: no member reads there what another one asks.
    """
    asking = [one for one in priced.bid.dossier.light_member if one.compensation and _takes_part(one, priced)]
    if not asking or priced.bid.dossier.set_aside.get("cost_items"):
        return  # an item that could not be read may hold it
    held = _held(priced, asking)
    own = {one.id: [x for x in held if x.names == {one.id}] for one in asking}
    for one in asking:
        if own[one.id]:
            yield from _short(priced, [one], own[one.id])
    rest = [one for one in asking if not own[one.id]]
    if rest:
        common = [x for x in held if len(x.names) != 1 and (x.names or x.item.kind == "subcontracting")]
        yield from _short(priced, rest, common)


def _takes_part(one: LightMember, priced: PricedBid) -> bool:
    """Say whether a small member works in a service of this bid; one that names no service may work in any."""
    return not one.services or any(service.id in one.services for service in priced.bid.services)


def _held(priced: PricedBid, asking: Sequence[LightMember]) -> list[_Held]:
    """Return the lead's cost items, of which some may be this bid's, with what the offered services carry of them."""
    lead = priced.bid.members[0]
    yearly: dict[str, Decimal] = {}
    for cost in priced.costs:
        for row in (row for part in cost.parts if part.member is lead for row in part.rows):
            exact = replace(row, cost=row.amount * row.share / HUNDRED)  # thirds lose no cent
            yearly[row.id] = yearly.get(row.id, Decimal(0)) + a_year(exact, cost.demand)
    return [
        _Held(item, half_up(yearly.get(f"cost_items.{item.id}", Decimal(0))), _named(item, asking))
        for item in lead.cost_items
    ]


def _named(item: CostItem, asking: Iterable[LightMember]) -> frozenset[str]:
    """Return whom an item names by id or name; of two names one in the other, the longer one counts."""
    text = " ".join((item.id, *item.title.values(), item.source)).casefold()
    words = {name.casefold(): one.id for one in asking for name in (one.id, one.name)}
    found: set[str] = set()
    for word in sorted(words, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
        if re.search(pattern, text):
            found.add(words[word])
            text = re.sub(pattern, " ", text)
    return frozenset(found)


def _short(priced: PricedBid, asking: Sequence[LightMember], held: Sequence[_Held]) -> Iterator[Finding]:
    asked = sum((one.compensation or Decimal(0) for one in asking), Decimal(0))
    there = sum((one.yearly for one in held), Decimal(0))
    if asked > there:
        yield say.SMALL_NOT_COVERED.at(
            _home(priced, held),
            members=tuple(one.name for one in asking),
            asked=Measure(asked, "EUR/year"),
            held=Measure(there, "EUR/year"),
            missing=Measure(asked - there, "EUR/year"),
            places=tuple(str(one.at.of("compensation")) for one in asking),
        )


def _home(priced: PricedBid, held: Sequence[_Held]) -> Place:
    """Return the lead's largest of these items, or where its cost items are written."""
    if held:
        return max(held, key=lambda one: one.yearly).item.at.of("amount")
    lead = priced.bid.members[0]
    return lead.homes.get("cost_items") or lead.cost_basis.at
