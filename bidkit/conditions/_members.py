"""How the members that count meet a condition, and where each of them keeps its entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Literal

from bidkit.conditions._verdicts import all_told, strongest
from bidkit.diagnostics import Place
from bidkit.model.dossier import Member
from bidkit.stages import PricedBid, Scope, Verdict

Who = Literal["all", "lead", "any"]


def each(who: Who, scope: Scope, judge: Callable[[Member], Verdict]) -> Verdict:
    """Judge each member that counts, or the lead alone, and return the verdict that decides.

    All of them must meet it, unless the tender says that one is enough, or the lead relies on another's. Of several
    who lack it the others are in ``also``.
    """
    alone = who == "lead" and not scope.one_enough
    verdicts = [judge(one) for one in (scope.members[:1] if alone else scope.members)]
    return strongest(verdicts) if who == "any" or scope.one_enough else all_told(verdicts)


def by_everybody(bid: PricedBid, scope: Scope) -> Scope:
    """Return the scope with everybody who takes part: for what must hold whoever does the work."""
    return replace(scope, members=bid.bid.members)


def file_of(member: Member, noun: str) -> Place:
    """Return the file or sheet in which ``member`` keeps (or would keep) the entries of ``noun``."""
    home, entries = member.home(noun), getattr(member, noun)
    at: Place = (entries[0] if entries else member.organisation).at
    if home.in_workbook or not at.file.endswith((".yaml", ".yml")):
        return home if home.in_workbook else at
    return Place(at.file if entries else str(PurePosixPath(at.file).with_name(f"{noun}.yaml")))
