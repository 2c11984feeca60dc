"""Words of codes that both workbooks print."""

from __future__ import annotations

from collections.abc import Mapping

from bidkit.i18n import N_
from bidkit.stages import OfferedService, PricedBid

UNIT_WORDS: Mapping[str, str] = {
    "hour": N_("hour"),
    "client": N_("client"),
    "client_day": N_("client-day"),
    "group": N_("group"),
    "month": N_("month"),
    "start": N_("start"),
    "outcome": N_("outcome"),
    "visit": N_("visit"),
}
FUNDING_WORDS: Mapping[str, str] = {
    "market": N_("in the price"),
    "grant": N_("grant"),
    "wage_subsidy": N_("wage subsidy"),
    "municipal": N_("municipal money"),
    "own": N_("own money"),
}
DRIVER_WORDS: Mapping[str, str] = {
    "per_year": N_("a year"),
    "per_month": N_("a month"),
    "per_hour": N_("an hour"),
    "per_client": N_("a client"),
    "per_group": N_("a group"),
}
STRATEGY_WORDS: Mapping[str, str] = {
    "cost_plus": N_("cost and margin"),
    "fixed": N_("given price"),
    "at_ceiling": N_("at the ceiling"),
    "not_offered": N_("not offered"),
}
RULE_WORDS: Mapping[str, str] = {
    "ratio": N_("ratio"),
    "linear": N_("linear"),
    "median": N_("median"),
    "fixed": N_("fixed price"),
}
INDICATOR_WORDS: Mapping[str, str] = {
    "employed": N_("employed"),
    "subsidised_work": N_("in subsidised work"),
    "self_employed": N_("self-employed"),
    "work_trial": N_("in a work trial"),
    "education_started": N_("started education"),
    "education_completed": N_("completed education"),
    "moved_on": N_("moved on"),
}
CONTRIBUTION_WORDS: Mapping[str, str] = {
    "pension": N_("Pension (TyEL)"),
    "health": N_("Health insurance"),
    "unemployment": N_("Unemployment insurance"),
    "accident": N_("Accident insurance"),
    "group_life": N_("Group life insurance"),
}
VAT_WORDS: Mapping[str, str] = {
    "standard": N_("taxable"),
    "exempt": N_("exempt from VAT"),
    "not_liable": N_("not liable for VAT"),
    "unknown": N_("not known"),
}
ROLE_WORDS: Mapping[str, str] = {
    "lead": N_("lead"),
    "member": N_("member"),
    "subcontractor": N_("subcontractor"),
    "capacity": N_("lends resources"),
    "umbrella_member": N_("member of the umbrella"),
    "": "–",
}


def by_whom(priced: PricedBid, offered: OfferedService, text: str) -> str:
    """Return a text about a service with whose it is, where several organisations bid together."""
    return text if len(priced.bid.members) == 1 else f"{text} ({offered.member.organisation.name})"
