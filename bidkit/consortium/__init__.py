"""What the form of a consortium means: who meets what, who owes which document, who is liable, what must be agreed.

All of it is a pure function of the dossier and the tables `data/forms.csv` and `data/joint_documents.csv`, whose rows
tell their sources and whether those were seen. A single bid has no form: nothing here says a word of it.
"""

from __future__ import annotations

from bidkit.consortium import liability, papers, readiness, roles, subcontracting
from bidkit.consortium.forms import FILE, Table, counting, overridden, shipped
from bidkit.consortium.owners import rests_on
from bidkit.consortium.readiness import Item
from bidkit.diagnostics import Finding
from bidkit.messages import consortium as say
from bidkit.stages import PricedBid

__all__ = ["FILE", "Item", "Table", "counting", "examine", "overridden", "rests_on", "shipped"]


def examine(priced: PricedBid) -> tuple[Finding, ...]:
    """Return what is so and should be otherwise of how a consortium bids together."""
    dossier = priced.bid.dossier
    if dossier.consortium is None:
        if dossier.partly_read("consortium"):
            return ()
        count = len(dossier.members) + len(dossier.light_member)
        return (say.FORM_UNTOLD.at(dossier.home("consortium"), count=count),)
    return (
        *roles.findings(priced.bid),
        *subcontracting.findings(priced),
        *papers.findings(dossier),
        *liability.findings(dossier),
        *readiness.findings(dossier),
    )
