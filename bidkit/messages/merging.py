"""BK600–BK639: what the files of a consortium's members do not agree on, and how the lead has settled it."""

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import N_

_SETTLE = N_("The lead settles it {@resolutions:in}; or ask whose value is wrong to correct it.")

SAME_ID = Message(
    "BK600",
    "same-id-in-two-files",
    N_("Two members have {about}: {first} {first_value} ({first_place}), {second} {second_value}."),
    N_(
        "The lead settles it {@resolutions:in}: keep the first or the second, or rename the second and give it a new "
        "id."
    ),
    N_(
        "Two members of a consortium have given one id to two things: a service, or an outcome row. A bid names them "
        "by their ids, so nobody could tell which is meant. Until it is settled, that of the first file holds.\n\n"
        "`bidkit merge` writes a row of the conflict into the lead's file. Fill in there how it is settled; the "
        "members' own files need not be changed, and the next merge remembers it."
    ),
)
LOOKALIKE_ID = Message(
    "BK601",
    "almost-the-same-id",
    N_("There are {about} in two files: {first} “{first_value}” ({first_place}), {second} “{second_value}”."),
    N_(
        "The lead settles it {@resolutions:in}: if they are one, keep the first or the second; if they are two, "
        "{=both}."
    ),
    N_(
        "Ids in the files of two members differ only by a dash, a dot, an underscore or capital letters. Most often "
        "one thing is meant, and somebody typed it in another way; then the bid would have it twice.\n\n"
        "Tell in the lead's file which of the two is kept, or that both are."
    ),
    Severity.WARNING,
)
OTHER_VALUE = Message(
    "BK602",
    "other-value",
    N_("Two files do not agree on {about}: {first} {first_value} ({first_place}), {second} {second_value}."),
    _SETTLE,
    N_(
        "Two members describe the same service and do not say the same of it: the capacity, the hours, the unit, a "
        "text. Until it is settled, what the first file says holds.\n\n"
        "`bidkit merge` writes a row of the conflict into the lead's file. Keep the first or the second; the capacity "
        "may be the sum of both; if they are two services, rename the second."
    ),
)
PROMISED_TWICE = Message(
    "BK603",
    "capacity-promised-twice",
    N_("The same may be promised twice, {about}: {first} {first_value} ({first_place}), {second} {second_value}."),
    N_(
        "The lead tells {@resolutions:in} if it is one capacity (keep the first), or if each gives its own (the sum, "
        "or both)."
    ),
    N_(
        "Two members promise the same capacity: of one service, at one address, or of services alike in one "
        "municipality. If it is the same rooms and people, the bid would promise them twice, and cannot keep it.\n\n"
        "Tell in the lead's file what is so. Until then the first one counts."
    ),
    Severity.WARNING,
)
OTHER_GROUP = Message(
    "BK604",
    "other-client-group",
    N_(
        "Two files do not mean the same by a client group, {about}: {first} {first_value} ({first_place}), {second} "
        "{second_value}."
    ),
    N_("The lead keeps one of the two {@resolutions:in}, or renames the second if it is another group."),
    N_(
        "Two members have a client group with the same id and describe it in different words. Services and outcome "
        "rows name groups by their ids, so results of one group could be shown as those of another.\n\n"
        "If it is one group, keep the words of the first or the second. If there are two, rename the second."
    ),
)
CANNOT_SETTLE = Message(
    "BK630",
    "cannot-be-settled-so",
    N_("“{settled:bare}” does not settle {about}."),
    N_("Choose one of these: {ways}."),
    N_(
        "A row of the lead's file settles a conflict in a way that makes no sense for it: the sum of two texts, or a "
        "new name for a price. The conflict stays open until the row is corrected.\n\nChoose one of the ways that "
        "the finding names."
    ),
)
NEW_ID_MISSING = Message(
    "BK631",
    "new-id-missing",
    N_("The second is to be renamed, but its new id is not given: {about}."),
    N_("Give it an id that nobody uses yet."),
    N_(
        "A row of the lead's file says that the second of two things with one id is renamed, and does not say how.\n\n"
        "Give the new id in the same row: small letters, figures and dashes."
    ),
)
NEW_ID_TAKEN = Message(
    "BK632",
    "new-id-taken",
    N_("“{id}” cannot be the new id: there is one already that is called so."),
    N_("Give it an id that nobody uses yet."),
    N_(
        "A row of the lead's file gives the second of two things with one id a new one that is in use, by a member or "
        "by another row.\n\nChoose another, for example with the name of the organisation at its end."
    ),
)
SETTLED = Message(
    "BK633",
    "conflicts-settled",
    N_("Conflicts between members' files that the lead has settled: {count}. Decided by: {by}."),
    N_("Nothing needs to be done. Look again if a member sends a new file."),
    N_(
        "The files of a consortium's members do not agree everywhere, and the lead's file says what holds. The rows "
        "stay valid at every later merge, and no member's own file is changed."
    ),
    Severity.NOTE,
)
SETTLED_GONE = Message(
    "BK634",
    "settled-conflict-gone",
    N_("This row settles nothing any more: the files agree now, or one of them has changed ({about})."),
    N_("Remove the row if you do not need it as a record."),
    N_(
        "A row of the lead's file settles a conflict that no longer exists: a member has corrected its file, has "
        "withdrawn, or the lead has changed. The row is left unused."
    ),
    Severity.NOTE,
)
SETTLED_CHANGED = Message(
    "BK635",
    "changed-since-settled",
    N_("Changed since it was settled, {about}: it was {before} and is now {now} ({where}). Look again."),
    N_("If the row still holds, correct the value {@resolutions:in}; if not, settle it anew."),
    N_(
        "A conflict was settled when a file said something else than it does now. The row is still used, but whoever "
        "decided did not know this value.\n\n"
        "Look at both values. Then correct the value in the row, so that it tells what was decided on."
    ),
    Severity.WARNING,
)
