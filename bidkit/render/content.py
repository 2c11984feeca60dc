"""sisainen/sisalto.json: what a version says, for machines; `bidkit history` and `bidkit diff` read it.

The same content gives the same bytes. The day of the run is not in it, and the build id tells the content apart
from any other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bidkit.diagnostics import Fact, Measure, Name, Word
from bidkit.stages import Assessment, PricedBid

FORMAT = 1


def render(assessment: Assessment, content: Mapping[str, Any], *, build_id: str) -> bytes:
    """Return the file as UTF-8 JSON: ``content`` (what the build id is made of) with the verdicts' and prices' figures.

    Amounts are decimal strings, dates ISO.
    """
    whole = {
        **content,
        "format": FORMAT,
        "build_id": build_id,
        "date": assessment.bid.dossier.bid.date,
        "verdicts": verdicts(assessment),
        "price": prices(assessment.priced),
    }
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return (text + "\n").encode()


def verdicts(assessment: Assessment) -> list[dict[str, Any]]:
    """Return every verdict: condition, lot, state, what is required and what was found."""
    return [
        {
            "condition": j.condition.entry.id,
            "lot": j.lot.lot.id if j.lot else None,
            "state": j.verdict.state.value,
            "required": kept(j.verdict.required),
            # What was found may be the day of the run, which would make other bytes of the same bid.
            "found": None if j.verdict.found is assessment.as_of else kept(j.verdict.found),
        }
        for j in assessment.judgements
    ]


def prices(priced: PricedBid) -> dict[str, Any]:
    """Return the prices of lines, lots and the whole bid."""
    lots = [
        {
            "lot": lot.bid.lot.id,
            "net": str(lot.net),
            "vat": str(lot.vat),
            "gross": str(lot.gross),
            "comparison": str(lot.comparison),
            "lines": [
                {
                    "line": x.line.id,
                    "unit_price": str(x.unit_price),
                    "quantity": str(x.quantity),
                    "net": str(x.net),
                    "vat": str(x.vat),
                    "gross": str(x.gross),
                }
                for x in lot.lines
            ],
        }
        for lot in priced.lots
    ]
    return {"net": str(priced.net), "vat": str(priced.vat), "gross": str(priced.gross), "lots": lots}


def kept(value: Fact) -> Any:
    """Return a fact as JSON keeps it, so that it can be read again and worded in any language."""
    match value:
        case Measure():
            return {"value": str(value.value), "unit": value.unit}
        case Word():
            return {"word": value.msgid, "facts": [[name, kept(fact)] for name, fact in value.facts]}
        case Name():
            return value.typed
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"number": str(value)}
        case tuple():
            return [kept(one) for one in value]
        case _:
            return value
