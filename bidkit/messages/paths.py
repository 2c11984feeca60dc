"""BK690–BK699: the client's path over the organisations that bid together."""

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import N_

NO_OWNER = Message(
    "BK690",
    "step-without-owner",
    N_("Nobody answers for the step “{step}” of the client's path."),
    N_("Write the id of the organisation that answers for it: {known}."),
    N_(
        "A step of the client's path has no owner, so neither the client nor the buyer knows whom to ask, and the "
        "table of the bid would have an empty cell.\n\nFill in `owner` in `client_path`."
    ),
)
OWNER_UNKNOWN = Message(
    "BK691",
    "owner-takes-no-part",
    N_("“{owner}” is not an organisation that takes part."),
    N_("Write the id of one that does (near: {near}), or add its file."),
    N_(
        "A step of the client's path, or a handover, has an owner that is not among the organisations that bid "
        "together. Either the id is misspelt, or its file has not come, or it has withdrawn.\n\n"
        "Correct `owner` or `handover_owner` in `client_path`."
    ),
)
NO_HANDOVER_OWNER = Message(
    "BK692",
    "handover-without-owner",
    N_("After the step “{step}” the client goes from {from_} to {to}, but nobody answers for the handover."),
    N_("Write {@client_path.handover_owner:bare}: the one that sees to it that the client arrives."),
    N_(
        "Between two organisations a client is easily lost: one thinks that the other will call. A handover without an "
        "owner is the weakest point of a joint service, and buyers ask for it.\n\n"
        "Fill in `handover_owner` in `client_path`, and in `handover` how the client is handed over."
    ),
    Severity.WARNING,
)
HANDOVER_UNTOLD = Message(
    "BK693",
    "handover-not-told",
    N_("After the step “{step}” the client goes from {from_} to {to}, but how is not told."),
    N_("Write in {@client_path.handover:bare}, in a sentence, what happens then and by when."),
    N_(
        "Somebody answers for a handover, but the bid does not say how it is done: who meets the client, what is told "
        "on, in how many days.\n\nFill in `handover` in `client_path`."
    ),
    Severity.NOTE,
)
NEVER_REACHED = Message(
    "BK694",
    "step-never-reached",
    N_("No step leads to “{step}”, so no client gets there."),
    N_("Name it among the next steps of the step before it: {known}."),
    N_(
        "A path begins at its first row. A later step that no other leads to is either forgotten in `next` of the step "
        "before it, or is no part of the path. A lot may have a path of its own: then its first step names the lot.\n\n"
        "Add the id of the step to `next` of the one before it."
    ),
    Severity.WARNING,
)
NEVER_ENDS = Message(
    "BK695",
    "path-never-ends",
    N_("The path goes round without an end: {chain}."),
    N_("Name the step that ends it among the next steps of one of them; the last step itself has none."),
    N_(
        "From these steps a client only ever gets back to the same ones. A path may return to an earlier step, but "
        "there must be a way out of it.\n\nCorrect `next` in `client_path`; the last step of a path has no next one."
    ),
)
NOT_ITS_SERVICE = Message(
    "BK696",
    "step-of-anothers-service",
    N_("The step “{step}” belongs to the service “{service}” of {giver}, but {owner} answers for it."),
    N_("Correct the owner or the service, or leave the service empty if the step is not part of it."),
    N_(
        "A step is part of a service that another organisation gives. Who gives the service answers for it to the "
        "buyer, so the two should be the same.\n\nCorrect `owner` or `service` in `client_path`."
    ),
    Severity.WARNING,
)
NO_PATH = Message(
    "BK697",
    "no-path",
    N_("{count} organisations bid together, but the client's path over them is not described."),
    N_("Write the steps {@client_path:to}: whose each is, and who takes over after it."),
    N_(
        "Buyers ask of a joint bid how the client stays one client: who does what, in which order, and who sees to it "
        "that nobody is lost in between. bidkit prints it as a table and a picture.\n\n"
        "Write a row for each step in `client_path`: `name`, `owner` and `next`."
    ),
    Severity.NOTE,
)
