"""Result-based pay: a fixed fee for each client and a bonus for each outcome (domain section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from bidkit.money import half_up


@dataclass(frozen=True)
class ResultBasedPay:
    """Terms of result-based pay: euros a client, euros an outcome, and the most the buyer pays in all."""

    clients: int
    fixed: Decimal
    bonus: Decimal
    most: Decimal | None = None

    def fee(self, outcomes: int) -> Decimal:
        """Return the whole fee when ``outcomes`` clients reach the outcome."""
        whole = half_up(self.clients * self.fixed + outcomes * self.bonus)
        return whole if self.most is None else min(whole, self.most)

    def bonus_share(self, outcomes: int) -> Decimal:
        """Return the bonuses' share of the fee, per cent with one decimal; the rest is safe."""
        fee = self.fee(outcomes)
        if fee <= 0:
            return Decimal(0)
        return half_up(max(Decimal(0), fee - half_up(self.clients * self.fixed)) * 100 / fee, 1)

    def break_even(self, cost: Decimal) -> int | None:
        """Return the fewest outcomes whose fee covers ``cost``; None if even full success does not."""
        missing = cost - half_up(self.clients * self.fixed)
        if missing <= 0:
            needed = 0
        elif self.bonus <= 0:
            return None
        else:
            needed = int((missing / self.bonus).to_integral_value(rounding=ROUND_CEILING))
        return needed if needed <= self.clients and self.fee(needed) >= cost else None
