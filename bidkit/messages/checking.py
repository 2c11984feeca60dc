"""BK370–BK399: what is judged over the whole bid, beside the kinds of condition."""

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import N_

CAPACITY_TWICE = Message(
    "BK380",
    "capacity-promised-twice",
    N_("The service “{service}” promises {promised} to the lots together, but it has {capacity}."),
    N_("Lower what is promised {@lot_offers:in}, or raise the capacity of the service with staff to match."),
    N_(
        "The capacity promised to several lots is more than the service has, so somebody would be promised the same "
        "place twice.\n\nDivide the service's capacity between the lots in `lot_offers` under `capacity`."
    ),
    in_cell=N_(
        "Lower what is promised {@lot_offers.capacity:in}, or raise the capacity of the service with staff to match."
    ),
)
CRASHED = Message(
    "BK390",
    "condition-crashed",
    N_("Condition {condition} could not be judged because of a fault in bidkit ({error})."),
    N_("Attest it by hand for now, and send the support bundle or the log to the maintainers."),
    N_(
        "A rule of bidkit failed on this dossier. The condition counts as “cannot tell”: nothing becomes met because "
        "of a fault of ours. Everything else has been judged.\n\nPlease report it with the name of the kind."
    ),
)
TOO_LONG = Message(
    "BK381",
    "answer-too-long",
    N_("The answer to criterion {number} has {found}; at most {limit} are allowed."),
    N_("Shorten the answer by {excess}."),
    N_(
        "An answer is longer than the tender allows. Portals cut it or refuse to send it.\n\nCharacters are counted as "
        "the portal counts them: spaces and line breaks included, figures as they are printed."
    ),
)
CONFIDENTIAL_NAME = Message(
    "BK382",
    "names-printed",
    N_("The bid prints the names of {count} staff members; bids become public after the award decision."),
    N_("Set name_staff to no unless the tender asks for names."),
    N_(
        "Bids become public after the decision, except for business secrets. Names of staff are personal data and are "
        "printed only when the bid asks for it."
    ),
    Severity.NOTE,
    in_cell=N_("Write no in this cell unless the tender asks for names."),
)
DEADLINE_PASSED = Message(
    "BK383",
    "deadline-passed",
    N_("The deadline for bids passed on {deadline}."),
    N_("Check the deadline in tender.yaml; a new version of the tender may have moved it."),
    N_("The tender's deadline lies before the day the bid is judged for. A late bid is rejected."),
    in_cell=N_("Check the deadline in this cell; a new version of the tender may have moved it."),
)
NOTHING_TO_PRICE = Message(
    "BK384",
    "nothing-to-price",
    N_("Lot {lot} is offered, but nothing in it is priced."),
    N_("Add the lot's lines {@price_lines:to} and their prices {@prices:to}, or leave the lot out of the bid."),
    N_(
        "A lot is offered, but the tender's price schedule has no lines for it, or the bid leaves all of them without "
        "a price. The buyer would get an offer without a price, and such a bid is rejected.\n\n"
        "Copy the lines of the tender's price form to `price_lines` and give each a price in `prices`. If you do not "
        "want the lot after all, take it out of `lot_offers`."
    ),
)
ATTESTED_LATE = Message(
    "BK385",
    "attested-after-deadline",
    N_("Condition {condition} is attested on {on}, but bids are due by {deadline}."),
    N_("Correct the date: it is the day on which somebody really attested it, the deadline at the latest."),
    N_(
        "An attestation is dated after the deadline for bids. A person can only attest what is so when the bid is "
        "given, and a bid cannot be completed after the deadline.\n\n"
        "Correct the date. If it will hold only later, write the day in `from` and keep the day of the attestation in "
        "`on`."
    ),
    Severity.WARNING,
)
