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
    "promised-by-two",
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
SAME_PERSON = Message(
    "BK605",
    "one-person-twice",
    N_("One person may be counted twice, {about}: {first} {first_value} ({first_place}), {second} {second_value}."),
    N_("The lead tells {@resolutions:in} if it is one person: keep one, add the hours up, or keep both."),
    N_(
        "Two members list a person of the same name, or of the same title, degrees and work done by year whose hours "
        "together are more than a full week. The bid would promise one person twice, and buyers compare the lists.\n\n"
        "If it is one person, agree whose staff it is and keep that row, or add the hours up. If there are two, keep "
        "both. The name is not shown here, because names are confidential."
    ),
    Severity.WARNING,
)
SAME_REFERENCE = Message(
    "BK606",
    "one-reference-twice",
    N_("One contract may be counted twice, {about}: {first} {first_value} ({first_place}), {second} {second_value}."),
    N_("If it is one contract, give both rows the same {@references.contract_key:bare}, or the lead keeps one row."),
    N_(
        "Two members have a reference from the same buyer at the same time, with the same name or value. Most often "
        "they did the work together, and the buyer would count one contract twice.\n\n"
        "Write the same contract key in both files: it counts once then. Or settle it in the lead's file: keep one "
        "of the two, or both if they are two contracts."
    ),
    Severity.WARNING,
)
SAME_INSURANCE = Message(
    "BK607",
    "one-insurance-twice",
    N_(
        "Two members tell of the same insurance, {about}: {first} {first_value} ({first_place}), {second} "
        "{second_value}."
    ),
    N_("Ask whose insurance it is. If each has its own, the lead settles it {@resolutions:in} with {=both}."),
    N_(
        "Two members list an insurance of the same company, sum and first day. An insurance covers the organisation "
        "that has taken it out, so a row copied from a partner's file covers nobody.\n\n"
        "Ask to see the policies. If each has its own, settle it in the lead's file by keeping both."
    ),
    Severity.WARNING,
)
SAME_ROOMS = Message(
    "BK608",
    "same-rooms-promised-twice",
    N_(
        "Two members promise capacity in the same place, {about}: {first} {first_value} ({first_place}), {second} "
        "{second_value}."
    ),
    N_("If there is room for both, the lead settles it {@resolutions:in} with {=both}; if not, one promises less."),
    N_(
        "Two members have a site at one address, and both give services there and promise capacity. The rooms may be "
        "promised twice.\n\nIf both fit in at once, settle it in the lead's file by keeping both. If they do not, "
        "ask one of them to lower the capacity in its own file."
    ),
    Severity.WARNING,
)
CERTIFICATE_EXPIRED = Message(
    "BK609",
    "certificate-expired",
    N_("“{title}” of {member} is valid until {until}, but bids are due on {deadline}."),
    N_("Ask {member} for a new one and its dates."),
    N_(
        "A certificate of a member has run out before the deadline for bids. No condition of the tender asks for this "
        "kind, but a buyer that gets it will notice.\n\nAsk the member for a new one, or leave it out."
    ),
    Severity.WARNING,
)
CERTIFICATES_APART = Message(
    "BK610",
    "certificates-far-apart",
    N_("“{about}” is of very different dates: {first} {first_value} ({first_place}), {second} {second_value}."),
    N_("Ask {second} for a new one. If the old one will do, the lead settles it {@resolutions:in} with {=both}."),
    N_(
        "Members' certificates of the same kind are more than half a year apart. Extracts and tax certificates should "
        "be fresh, and the buyer sees all of them side by side.\n\nAsk for a new one, or settle it in the lead's file."
    ),
    Severity.WARNING,
)
OTHER_PRICE = Message(
    "BK611",
    "other-price",
    N_(
        "A price is not the same in two files, {about}: {first} {first_value} ({first_place}), {second} {second_value}."
    ),
    N_("The lead settles it {@resolutions:in}: keep the first or the second. The lead's price is used until then."),
    N_(
        "A member's own copy of the tender's workbook has another price, unit or VAT status for a price line than the "
        "lead's. The member may reckon on a price that the bid does not have.\n\n"
        "Talk about it, then settle it in the lead's file. A member's price is used only if the lead keeps it."
    ),
)
OTHER_IN_TENDER = Message(
    "BK612",
    "other-version-of-tender",
    N_("A copy of the tender says otherwise, {about}: {first} {first_value} ({first_place}), {second} {second_value}."),
    N_("Send {second} the newest tender workbook; or the lead settles it {@resolutions:in}."),
    N_(
        "A member works from a copy of the tender that differs from the lead's: another deadline, quantity, limit or "
        "version of a document. Most often it is older. The lead's holds.\n\n"
        "Check the tender. If the member's copy is the right one, keep the second; if it is old, send the new one."
    ),
    Severity.WARNING,
)
ONLY_IN_A_COPY = Message(
    "BK613",
    "only-in-a-copy-of-the-tender",
    N_("Only the copy of {second} has this: {about}."),
    N_("Check the tender: add it to the lead's own if it belongs there, or the lead settles it {@resolutions:in}."),
    N_(
        "A member's copy of the tender has a lot, condition, criterion or price line that the lead's does not have. "
        "Either the member works from an older version, or the lead's copy lacks something.\n\n"
        "Check the tender's documents. Nothing is taken over by itself."
    ),
    Severity.WARNING,
)
OTHER_TENDER = Message(
    "BK614",
    "copy-of-another-tender",
    N_("{second} has filled in another tender: “{second_value}”, not “{first_value}” ({first_place})."),
    N_("Ask {second} to leave that file out, or to correct the reference number if the tender is the same."),
    N_(
        "The tender's workbook in a member's folder is of another tender: neither the reference number nor the name "
        "and buyer agree with the lead's. It is not used and not compared further."
    ),
    Severity.WARNING,
)
SAME_ORGANISATION = Message(
    "BK615",
    "one-organisation-twice",
    N_("Two members have the same value in {about}: {first} {first_value} ({first_place}), {second} {second_value}."),
    N_(
        "If it is one organisation, the lead keeps one of the two {@resolutions:in}; if they are two, one of them "
        "corrects its file."
    ),
    N_(
        "Two files come from one organisation, by the business ID or by the id that it has given itself. Everything "
        "of it would be counted twice. Until it is settled the second file is not used.\n\n"
        "Remove the older file from its folder, or keep the first or the second in the lead's file."
    ),
)
RIVAL_BID = Message(
    "BK616",
    "rival-bid",
    N_("{second} has an offer of its own for lots that are bid for together: {second_value}."),
    N_(
        "If it is a draft that will not be sent, the lead settles it {@resolutions:in} with {=both}; if it is sent, "
        "tell the buyer and write it {@participants.other_bid:in}."
    ),
    N_(
        "A member's own file offers a lot that the consortium offers as well. An organisation in two rival bids "
        "may have both of them excluded if it does not tell.\n\n"
        "If the member bids elsewhere too, write in the lead's file in which bid, and how the buyer is told of it."
    ),
    Severity.WARNING,
)
OTHER_BID_UNTOLD = Message(
    "BK617",
    "other-bid-not-told",
    N_("“{id}” is part of another bid to the same tender, but it is not told which, and how the buyer knows of it."),
    N_("Write in the cell which bid it is and how the buyer is told, or empty it if there is none."),
    N_(
        "The lead's file says only “yes” about another bid that a participant is part of. An organisation "
        "in two rival bids may have both of them excluded if it does not tell.\n\nWrite which bid it is, and how the "
        "buyer is told."
    ),
    Severity.WARNING,
)
RIVAL_IS_MEMBER = Message(
    "BK618",
    "rival-is-a-member",
    N_("“{id}” is an assumed rival, but {member} bids with us."),
    N_("Remove the row, or give the rival its own id."),
    N_(
        "An assumed rival of the scoring what-if has the id or name of a member of the consortium. Nobody competes "
        "with itself; and if it does bid elsewhere, the buyer must be told."
    ),
    Severity.WARNING,
)
OTHER_ROLE = Message(
    "BK619",
    "other-role-in-register",
    N_("{partner} is {role} here, but {other} in the lead's file ({where})."),
    N_("Correct the one that is wrong: the buyer is told the role in the lead's file."),
    N_(
        "A member's register of partners gives an organisation another role than the lead's file does. Whoever reads "
        "both, gaps and forms, would count it in two ways."
    ),
    Severity.WARNING,
)
NO_LEAD = Message(
    "BK620",
    "no-lead",
    N_("No participant has the role of the lead; “{lead}” leads by {@consortium:bare}."),
    N_("Give “{lead}” the role {=lead}, or add it."),
    N_(
        "A consortium has a lead that signs and answers to the buyer. The lead's file names one, but none of the rows "
        "of participants has that role."
    ),
)
TWO_LEADS = Message(
    "BK621",
    "two-leads",
    N_("There are two leads: “{first}” and “{second}”."),
    N_("Leave the role {=lead} to one of them."),
    N_("Two participants have the role of the lead. One organisation signs and answers to the buyer."),
)
OTHER_LEAD = Message(
    "BK622",
    "other-lead",
    N_("“{lead}” is the lead here, but among the participants “{other}” is ({where})."),
    N_("Correct the one that is wrong."),
    N_("The lead's file names one lead, and gives the role of the lead to another participant."),
)
LEAD_NEAR = Message(
    "BK623",
    "lead-misspelt",
    N_("The lead “{id}” has sent no file. Did you mean “{near}”?"),
    N_("Write “{near}” instead of “{id}”."),
    N_("The id of the lead is almost, but not quite, the id that one of the members has in its own file."),
)
LEAD_UNKNOWN = Message(
    "BK624",
    "lead-without-file",
    N_("The lead “{id}” has sent no file; files have come from: {members}."),
    N_("Correct the id, or put the lead's own file into a folder of its own among the members'."),
    N_(
        "The organisation that is to lead is none of those whose files are here, so nothing of it is known.\n\n"
        "The lead describes itself in `tiedot.xlsx` like everybody else: beside the lead's file, or in a folder of "
        "its own among the members'."
    ),
)
NO_PARTICIPANTS = Message(
    "BK625",
    "no-participants",
    N_("The list of participants is empty, but files have come from: {members}."),
    N_("Add a row with its role for each of them."),
    N_("The lead's file does not say who takes part and in which role, so nobody knows which conditions concern whom."),
)
MISSING_FILE = Message(
    "BK626",
    "participant-without-file",
    N_("“{id}” takes part, but its file is missing."),
    N_("Ask for it and put it into a folder of its own; or tell that it has withdrawn."),
    N_(
        "The lead's file lists an organisation that has sent nothing yet, so the bid lacks its services, staff and "
        "certificates.\n\nAsk for its workbook. If it has left, write so {@participants.withdrawn:in}."
    ),
)
MISSING_NEAR = Message(
    "BK627",
    "participant-misspelt",
    N_("“{id}” has sent no file. Did you mean “{near}” ({where})?"),
    N_("Write “{near}” instead of “{id}”."),
    N_("A participant's id is almost, but not quite, the id that a member has in its own file."),
)
NOT_LISTED = Message(
    "BK628",
    "file-without-participant",
    N_("“{id}” has sent a file, but is not among the participants."),
    N_("Add it {@participants:to} with its role, or remove its folder."),
    N_(
        "There are files of an organisation that the lead's file does not list, so nobody knows in which role it takes "
        "part.\n\nAdd a row, or take its folder out."
    ),
)
SERVICE_WITHDRAWN = Message(
    "BK629",
    "service-of-withdrawn",
    N_("The service “{service}” is of {member}, which has withdrawn."),
    N_("Name another service, or leave this one out."),
    N_(
        "An organisation has left the consortium, and nothing of it is used any more. Something still names one of its "
        "services: a lot, a price, or a step of the client's path.\n\nName a service of somebody who is still there."
    ),
)
LEAD_WITHDRAWN = Message(
    "BK636",
    "lead-has-withdrawn",
    N_("“{id}” is the lead, but it has withdrawn."),
    N_("Name another lead here and among the participants."),
    N_("The organisation that leads has left, and nobody else has been named to sign and to answer to the buyer."),
)
ALL_WITHDRAWN = Message(
    "BK637",
    "all-have-withdrawn",
    N_("All organisations have withdrawn, so there is nobody left to bid."),
    N_("Correct the rows of those that still take part."),
    N_("Every organisation whose file is here is marked as withdrawn in the lead's file. Nothing is judged then."),
)
OTHERS_FIGURE = Message(
    "BK638",
    "figure-of-another-member",
    N_("“{reference}” in the text “{field:bare}” is a figure of another organisation."),
    N_("Refer to your own rows or to the tender's, or write it out in words."),
    N_(
        "A text in a member's file refers to a row of the lead or of another member. Members do not see each other's "
        "files, so what a text takes from there could give away what its owner has not told.\n\n"
        "References in a member's texts reach its own rows and those of the tender. Only the lead's texts may refer to "
        "everybody's, for example `{members.esimerkkipaja.services.valmennus.dose.hours}`."
    ),
)
