"""BK430–BK459: what the reader of the bid document will not find in it, or should not."""

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import N_

SMALL_COUNTS = Message(
    "BK430",
    "small-counts-hidden",
    N_("Figures of the outcome row “{row}” are not printed: {hidden}."),
    N_("Nothing needs mending. A longer period or groups taken together give figures that can be printed."),
    N_(
        "A count from one to four clients could tell something about a single person, so neither it nor any "
        "figure from which it could be worked out is printed, in no part of the buyer's files.\n\n"
        "The same goes for the few who did not reach the outcome: of 30 clients 28 says as much about the two "
        "as a 2 would. A second row is hidden when a total would give the first one away.\n\n"
        "If the figure matters for the bid, put several periods or groups into one row."
    ),
    Severity.NOTE,
)
# What can be done about a template of ours, which nobody is asked to change.
FULL_TEMPLATE = N_("This template is short on purpose. To print it all: bidkit build --template standard")
NO_PERCENTAGE = Message(
    "BK431",
    "percentage-not-printed",
    N_("The outcome row “{row}” has {cohort} starters; under {least} the bid says “x of n”, not a percentage."),
    N_("Nothing needs mending. Put several periods together if you want a percentage."),
    N_(
        "With few clients a percentage looks more exact than it is: one client more or less moves it by five "
        "points or more. Under 20 starters the bid prints the counts alone and leaves the row out of the chart."
    ),
    Severity.NOTE,
)
# What can be done about a template of ours, which nobody is asked to change.
FULL_TEMPLATE = N_("This template is short on purpose. To print it all: bidkit build --template standard")
PRICE_IN_TEXT = Message(
    "BK432",
    "price-in-text",
    N_("The text prints the price “{reference}”, but this tender wants prices in the price form only."),
    N_(
        "Take the reference out of the text, or write yes in {@tender.price_in_bid} of the tender if "
        "prices may be shown."
    ),
    N_(
        "Where quality and price are opened apart, a price in the narrative may lead to the rejection of the "
        "bid. `price_in_bid` of the tender says whether the Word bid may show prices; if it is left out, it may "
        "not."
    ),
)
NOT_PRINTED = Message(
    "BK433",
    "content-not-printed",
    N_("The template “{template}” does not print this, although the dossier has it: {what}."),
    N_("Choose another template, or add the fields to this one; docs/templates.md lists them."),
    N_(
        "A template prints what its fields ask for. A short template leaves chapters out on purpose; in your own "
        "template a chapter may be missing by mistake. Nothing is left out without being named here."
    ),
    Severity.NOTE,
)
# What can be done about a template of ours, which nobody is asked to change.
FULL_TEMPLATE = N_("This template is short on purpose. To print it all: bidkit build --template standard")
