"""Who is liable to the buyer: the usual words of each form, printed where the consortium has written none of its own.

They are customary wording, not law (unverified): the tender and the contract decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bidkit.diagnostics import Finding, Name
from bidkit.i18n import N_, Translator
from bidkit.messages import consortium as say
from bidkit.model.consortium import Form
from bidkit.model.dossier import Dossier

USUAL: Mapping[Form, str] = {
    "group": N_(
        "The members of the group are jointly and severally liable to the buyer for the whole contract. The lead "
        "represents the group towards the buyer."
    ),
    "subcontracting": N_(
        "The lead is liable to the buyer for the whole contract and for the work of its subcontractors as for its own."
    ),
    "reliance": N_(
        "The lead is liable to the buyer for the whole contract and for the work of others as for its own. The "
        "organisations whose resources the lead relies on have committed themselves to put them at its disposal for "
        "the whole contract term."
    ),
    "umbrella": N_(
        "The lead is the buyer's only contract party and contact. It is liable for the whole contract and for the work "
        "of its members as for its own."
    ),
}


def usual(dossier: Dossier, language: str) -> str:
    """Return the usual words of the form in a language; empty if the form is not told or has words of its own."""
    joint = dossier.consortium
    if joint is None or joint.liability:
        return ""
    return Translator(language, ("consortium",)).text(USUAL[joint.form])


def findings(dossier: Dossier) -> Iterator[Finding]:
    """Say that the bid prints the usual words."""
    joint = dossier.consortium
    if joint is not None and not joint.liability:
        yield say.USUAL_LIABILITY.at(joint.at.of("liability"), form=Name(code=joint.form))
