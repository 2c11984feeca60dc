"""Which members of a consortium a condition concerns, and where each of them keeps its entries."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

from bidkit.diagnostics import Place
from bidkit.model.dossier import Member
from bidkit.stages import PricedBid

Who = Literal["all", "lead", "any"]


def concerned(bid: PricedBid, who: Who) -> tuple[Member, ...]:
    """Return the members to judge: the lead alone, or all of them."""
    return bid.bid.members[:1] if who == "lead" else bid.bid.members


def file_of(member: Member, noun: str) -> Place:
    """Return the file in which ``member`` keeps (or would keep) the entries of ``noun``."""
    entries = getattr(member, noun)
    if entries:
        return Place(entries[0].at.file)
    at = member.organisation.at
    if not at.file.endswith((".yaml", ".yml")):
        return at
    return Place(str(PurePosixPath(at.file).with_name(f"{noun}.yaml")))
