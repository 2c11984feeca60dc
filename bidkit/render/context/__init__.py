"""What a template of the Word bid may print, as plain data: every value comes from the assessment."""

from __future__ import annotations

from typing import Any

from bidkit.diagnostics import Finding
from bidkit.render.context import closing, evidence, group, judged, offer, parties
from bidkit.render.context.writer import Writer
from bidkit.stages import Assessment
from bidkit.templates.values import Contents


def context(
    assessment: Assessment, *, build_id: str, draft: bool, faults: int = 0
) -> tuple[dict[str, Any], list[Finding]]:
    """Return the data of the bid document, and what its reader will not find in it.

    The order is that of the document, because sources are numbered in the order of their first use.
    """
    w = Writer(assessment)
    data: dict[str, Any] = {
        "build": build_id,
        "draft": draft,
        "contents": Contents(2),
        "tender": parties.tender(w),
        "bid": parties.bid(w),
        "bidder": parties.bidder(w),
        "open": judged.open_conditions(w) if draft else [],
        "faults": judged.other_faults(w, faults) if draft else "",
        "group": group.group(w, draft=draft),
        "members": [] if w.joint else parties.members(w),
        "tally": judged.tally(w),
        "conditions": judged.conditions(w),
        "lots": offer.lots(w),
        "staff": parties.staff(w),
        "references": parties.references(w),
        "evidence": evidence.evidence(w),
        "criteria": judged.criteria(w),
        "price": closing.price(w),
        "attachments": closing.attachments(w),
    }
    if w.joint:  # their own pages come last in it
        data["members"] = parties.members(w)
    data["annex"] = group.annex(w)
    data["sources"] = closing.sources(w)
    return data, w.findings
