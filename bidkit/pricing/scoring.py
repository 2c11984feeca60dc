"""Points by the buyers' formulas, as a what-if against assumed rivals (domain section 3). Points have two decimals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from bidkit.diagnostics import Finding, Measure
from bidkit.messages import pricing as say
from bidkit.money import count, half_up
from bidkit.stages import Awards, Bid, PricedLot, Scoring

Points = tuple[Decimal, ...]


def ratio(prices: Sequence[Decimal], maximum: Decimal) -> Points:
    """Lowest price / price × maximum. A price of 0 gets everything, and then the others get nothing."""
    lowest = min(prices)
    return tuple(maximum if p == lowest else half_up(lowest * maximum / p) for p in prices)


def linear(prices: Sequence[Decimal], maximum: Decimal) -> Points:
    """(1 − (price − lowest) / (highest − lowest)) × maximum; all get the maximum if all prices are equal."""
    lowest, highest = min(prices), max(prices)
    if lowest == highest:
        return tuple(maximum for _ in prices)
    return tuple(half_up((highest - p) * maximum / (highest - lowest)) for p in prices)


def by_median(prices: Sequence[Decimal], maximum: Decimal) -> Points:
    """Maximum × (1 − (price − median) / median), kept between 0 and the maximum."""
    ordered = sorted(prices)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    if middle == 0:
        return tuple(maximum if p == 0 else Decimal(0) for p in prices)
    return tuple(max(Decimal(0), min(maximum, half_up(maximum * (2 * middle - p) / middle))) for p in prices)


def fixed(prices: Sequence[Decimal], maximum: Decimal) -> Points:
    """Give every bid the maximum: the buyer fixes the price, and quality decides."""
    return tuple(maximum for _ in prices)


RULES = {"ratio": ratio, "linear": linear, "median": by_median, "fixed": fixed}


def quality_sum(raw: Sequence[Decimal], maximum: Decimal) -> Points:
    """Quality points as they are, at most the maximum."""
    return tuple(half_up(min(points, maximum)) for points in raw)


def quality_scaled(raw: Sequence[Decimal], maximum: Decimal) -> Points:
    """Own points / best points × maximum; nobody gets anything if the best has none."""
    best = max(raw)
    return tuple(half_up(points * maximum / best) if best > 0 else Decimal(0) for points in raw)


def awards(bid: Bid, compared: Sequence[Scoring]) -> Awards | None:
    """Return the lots that this bid would win of those ``compared`` with rivals; None if there are none.

    A lot is won only where the bid comes first alone: the tender says how a tie is broken.
    """
    if not compared:
        return None
    by_id = {one.lot.lot.id: one for one in compared}
    preference = bid.dossier.bid.lot_preference
    first = [id_ for id_, one in by_id.items() if one.standing(bid.tender.price_formula) == "first"]
    most = _most(bid)
    order = tuple(by_id[id_] for id_ in awarded(by_id, preference, None))
    return Awards(order, awarded(first, preference, most), most)


def _most(bid: Bid) -> int | None:
    """Return how many of the offered lots one bidder may win (condition 18, BT-33); None if all.

    A limit on some of the lots only is left to the reader: it does not say which of the others can be had.
    """
    offered = {lot.lot.id for lot in bid.lots}
    limits = [
        count(condition.entry.parameters["lots"])
        for condition in bid.conditions
        if condition.entry.kind == "maximum_lots"
        and condition.entry.parameters.get("limit") == "awarded"
        and condition.judge is not None  # its parameters are whole
        and offered <= {lot.lot.id for lot in condition.lots}
    ]
    return min(limits, default=None)


def awarded(best_in: Iterable[str], preference: Sequence[str], most: int | None) -> tuple[str, ...]:
    """Return the lots that a bidder gets who is best in ``best_in`` but may win ``most`` lots; None is no limit.

    The bidder's order of preference decides; lots without a preference come last, in the tender's order.
    """
    best = list(best_in)
    ranked = [lot for lot in preference if lot in best]
    return tuple((ranked + [lot for lot in best if lot not in ranked])[:most])


def what_if(bid: Bid, lot: PricedLot, told: set[str], findings: list[Finding]) -> Scoring | None:
    """Return the points of this bid and its assumed rivals in one lot; None if there are no rivals or points.

    ``told`` holds the criteria whose missing estimate has been named already: a criterion may concern several lots.
    """
    rivals = [rival for rival in bid.dossier.rivals if rival.lot == lot.bid.lot.id]
    if not rivals or not lot.lines:
        return None
    for rival in rivals:
        if rival.price < 0:
            findings.append(say.RIVAL_PRICE.at(rival.at.of("price"), rival=rival.id, price=Measure(rival.price, "EUR")))
    rivals = [rival for rival in rivals if rival.price >= 0]
    call = bid.tender
    if call.price_points is None:
        findings.append(say.NO_PRICE_POINTS.at(call.at, lot=lot.bid.lot.number))
        return None
    own, possible = _own_quality(bid, lot, told, findings)
    maximum = possible if call.quality_points is None else call.quality_points
    prices = (lot.comparison, *(rival.price for rival in rivals))
    raw = (own, *(rival.quality for rival in rivals))
    quality = (quality_scaled if call.quality_scaling == "scaled" else quality_sum)(raw, maximum)
    price_points = {name: rule(prices, call.price_points) for name, rule in RULES.items()}
    return Scoring(
        lot=lot.bid,
        bidders=("own", *(rival.id for rival in rivals)),
        prices=prices,
        quality_raw=raw,
        price_points=price_points,
        quality=quality,
        totals=_totals(price_points, quality),
        price_maximum=call.price_points,
        quality_maximum=maximum,
    )


def _totals(price_points: Mapping[str, Points], quality: Points) -> dict[str, Points]:
    return {
        rule: tuple(price + points for price, points in zip(row, quality, strict=True))
        for rule, row in price_points.items()
    }


def _own_quality(bid: Bid, lot: PricedLot, told: set[str], findings: list[Finding]) -> tuple[Decimal, Decimal]:
    """Return the expected quality points of this bid in the lot, and the most that can be had."""
    own = possible = Decimal(0)
    for one in bid.criteria:
        if one.criterion.lots and lot.bid.lot.id not in one.criterion.lots:
            continue
        possible += one.criterion.points
        expected = one.answer.expected_points if one.answer else None
        if expected is not None:
            own += min(expected, one.criterion.points)
        elif one.answer and one.criterion.id not in told:
            told.add(one.criterion.id)
            findings.append(say.NO_EXPECTED_POINTS.at(one.answer.at, criterion=one.criterion.number))
    return own, possible
