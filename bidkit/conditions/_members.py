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
    """Return the file or sheet in which ``member`` keeps (or would keep) the entries of ``noun``."""
    home, entries = member.home(noun), getattr(member, noun)
    at: Place = (entries[0] if entries else member.organisation).at
    if home.in_workbook or not at.file.endswith((".yaml", ".yml")):
        return home if home.in_workbook else at
    return Place(at.file if entries else str(PurePosixPath(at.file).with_name(f"{noun}.yaml")))
