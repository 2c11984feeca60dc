"""What the form of a consortium means: who meets what, who owes which document, who is liable, what must be agreed.

All of it is a pure function of the dossier and the tables `data/forms.csv` and `data/joint_documents.csv`, whose rows
tell their sources and whether those were seen. A single bid has no form: nothing here says a word of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from bidkit.consortium import liability, papers, readiness, roles, subcontracting
from bidkit.consortium.forms import FILE, Counting, Table, counting, overridden, shipped
from bidkit.consortium.readiness import Item
from bidkit.diagnostics import Finding, Place
from bidkit.messages import consortium as say
from bidkit.model.dossier import Dossier
from bidkit.stages import PricedBid, Verdict

__all__ = ["FILE", "Counting", "Item", "Table", "counting", "examine", "overridden", "rests_on", "shipped"]


def examine(priced: PricedBid) -> tuple[Finding, ...]:
    """Return what is so and should be otherwise of how a consortium bids together."""
    dossier = priced.bid.dossier
    if dossier.consortium is None:
        unread = "consortium" in dossier.incomplete or dossier.set_aside.get("consortium")
        count = len(dossier.members) + len(dossier.light_member)
        return () if unread else (say.FORM_UNTOLD.at(dossier.home("consortium"), count=count),)
    return (
        *roles.findings(priced.bid),
        *subcontracting.findings(priced),
        *papers.findings(dossier),
        *liability.findings(dossier),
        *readiness.findings(dossier),
    )


def rests_on(dossier: Dossier, verdict: Verdict) -> tuple[str, ...]:
    """Return the ids of the members in whose files the places of a verdict are; what all answer together is the lead's.

    The order is that of the members.
    """
    folders = _folders(dossier)
    lead = dossier.members[0].organisation.id
    found = {_owner(place, folders) or lead for place in (*verdict.places, *filter(None, (verdict.place,)))}
    return tuple(one.organisation.id for one in dossier.members if one.organisation.id in found)


def _folders(dossier: Dossier) -> Mapping[str, str]:
    """Return folder of a member → its id; who keeps its files in the lead's folder is the lead."""
    homes = {one.organisation.at.file.rpartition("/")[0]: one.organisation.id for one in dossier.members}
    return {f"{folder}/": member for folder, member in homes.items() if folder}


def _owner(place: Place, folders: Mapping[str, str]) -> str | None:
    return next((member for folder, member in folders.items() if place.file.startswith(folder)), None)
