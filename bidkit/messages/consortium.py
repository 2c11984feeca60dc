"""BK660–BK679: how organisations bid together: roles, subcontracting, documents, what is agreed, the forms table."""

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import N_

FORM_UNTOLD = Message(
    "BK660",
    "form-not-told",
    N_("Organisations in this folder: {count}. How they bid together is not told."),
    N_("Write down the form and the lead {@consortium:in}."),
    N_(
        "Several organisations bid together, but the form is not told: a group, subcontracting, reliance on "
        "capacities, or an umbrella. The form decides what is met together, what each must meet and who is liable. "
        "Until it is told, everything that anybody has counts, as in a group.\n\n"
        "Fill in `form` and `lead` in `consortium`."
    ),
)
ROLE_OUT_OF_FORM = Message(
    "BK661",
    "role-out-of-form",
    N_("“{id}” has the role {role}, which does not belong to the form {form}."),
    N_("Choose one of these roles: {roles}. Or choose the form in which it takes part so {@consortium:in}."),
    N_(
        "A participant has a role of another form. In a group there are the lead and members; in subcontracting the "
        "lead and subcontractors; with reliance on capacities the lead, organisations that lend their resources, and "
        "subcontractors; under an umbrella the lead and small members.\n\n"
        "Correct `role` in `participants`, or `form` in `consortium`."
    ),
)
WORKS_FOR_UNKNOWN = Message(
    "BK662",
    "works-for-nobody-known",
    N_("“{id}” works for “{whom}”, which does not take part."),
    N_("Correct the id (near: {near}), or leave the cell empty if it works for the lead."),
    N_(
        "A subcontractor works for an organisation that is not among the participants.\n\n"
        "Correct the id in `works_for`. An empty cell means the lead."
    ),
)
WORKS_FOR_CIRCLE = Message(
    "BK663",
    "works-for-in-a-circle",
    N_("The chain of subcontractors comes back to where it began: {chain}."),
    N_("Correct one of them so that the chain ends with the lead; an empty cell means the lead."),
    N_(
        "Each works for the next, and the last one for the first, or an organisation works for itself: nobody answers "
        "to the lead for the work.\n\nCorrect `works_for` in `participants` so that the chain ends with the lead."
    ),
)
RELIANCE_OUT_OF_FORM = Message(
    "BK664",
    "reliance-out-of-form",
    N_("“{id}” is relied on in conditions, but in the form {form} that has no effect."),
    N_("Empty the cell, or choose {=reliance} as the form {@consortium:in}."),
    N_(
        "Conditions are named in which the lead relies on another organisation, but the form is not reliance on "
        "capacities, so what that organisation has is not counted for them.\n\n"
        "Choose the form `reliance`, with the role `capacity` for whoever is relied on, or take the conditions out."
    ),
    Severity.WARNING,
)
RELIED_ON_IN_NOTHING = Message(
    "BK665",
    "relied-on-in-nothing",
    N_("“{id}” lends its resources, but no condition is named in which they are relied on."),
    N_("Write the ids of the conditions into this cell, or give it another role."),
    N_(
        "An organisation has the role of one whose resources are relied on, but nobody has said for which conditions, "
        "so they are counted for none.\n\nName the conditions in `relied_on`, by the ids in `conditions`."
    ),
    Severity.WARNING,
)
RELIED_ON_WITHOUT_WORK = Message(
    "BK666",
    "relied-on-without-work",
    N_("The lead relies on “{id}” in conditions {conditions}, but it gives none of the services offered."),
    N_("Offer a service of its own {@lot_offers:in}, or do without its references and people."),
    N_(
        "Whose references or people are relied on must as a rule do that work itself (Act 1397/2016, section 92; "
        "unverified: read the tender). No service of this organisation is offered.\n\n"
        "Add its service to the lots, or take the conditions out of `relied_on`."
    ),
    Severity.WARNING,
)
SUBCONTRACTED_TOO_MUCH = Message(
    "BK667",
    "subcontracted-too-much",
    N_("Subcontractors ({subcontractors}) get {found} of the price; the tender allows at most {limit}."),
    N_("Lower their shares by {excess} of the price together, or take more of the work to those who sign."),
    N_(
        "The tender limits how much of the price may be subcontracted. Counted are the agreed shares of money of each "
        "lot (`shares`), or, for a lot without them, the price lines by the owner of their service; and the "
        "compensation of small members of an umbrella. In a group only those who are not members are subcontractors, "
        "in other forms everybody but the lead.\n\n"
        "Correct the shares, or the limit (`subcontracting_limit` in `consortium`) if it is not the tender's."
    ),
)
DOCUMENT_MISSING = Message(
    "BK668",
    "joint-document-missing",
    N_("{member}: this document is missing: {document}."),
    N_("Save it in the folder attachments, and add it {@attachments:to} with its file; its name tells whose it is."),
    N_(
        "In this form the organisation owes a document, and no attachment with a file is known to be it: neither the "
        "one that its field `signs` names, nor one that answers the tender's request or is called by the document's "
        "name. Where each has its own, the id, title or file of the attachment must name the organisation.\n\n"
        "It is an error if the tender demands the document, else a warning. Which documents are owed is customary and "
        "partly unverified: the tender decides."
    ),
    Severity.WARNING,
)
IN_THE_PORTAL = Message(
    "BK669",
    "filled-in-in-the-portal",
    N_("These fill in their own information in the buyer's portal, with accounts of their own: {members}."),
    N_("Ask each of them in good time: the lead cannot send the bid before they are ready."),
    N_(
        "Portals ask each member of a group for its own suitability form (ESPD), filled in with its own account, "
        "before the lead can send the bid; of subcontractors they ask the basic data. bidkit cannot see what is done "
        "there."
    ),
    Severity.NOTE,
)
NOT_AGREED = Message(
    "BK670",
    "not-agreed",
    N_("The organisations have not agreed on this: {topic}."),
    N_("Agree on it in writing before the bid is sent, and write it down {@agreements:in}."),
    N_(
        "Six things must be agreed before organisations bid together: who leads, who is liable to the buyer and among "
        "each other, data protection, money, what happens if one leaves, and who signs. What is open now is a quarrel "
        "later.\n\nWrite into `agreements` that it is agreed, who agreed and when."
    ),
    Severity.WARNING,
)
AGREEMENT_UNTOLD = Message(
    "BK671",
    "agreement-not-told",
    N_("It is not told whether the organisations have agreed on this: {topic}."),
    N_("Add a row about it {@agreements:to}: agreed or not, by whom and when."),
    N_(
        "Six things must be agreed before organisations bid together: who leads, who is liable to the buyer and among "
        "each other, data protection, money, what happens if one leaves, and who signs. Of this one nothing is written "
        "down.\n\nAdd a row to `agreements`."
    ),
    Severity.WARNING,
)
USUAL_LIABILITY = Message(
    "BK672",
    "usual-words-on-liability",
    N_("The bid says who is liable in the usual words of the form {form}."),
    N_("Check that the tender and your agreement say the same, or write your own words in this field."),
    N_(
        "Nothing is written in `liability` of `consortium`, so the bid says who is liable to the buyer in the usual "
        "words of the form. They are customary, not law (unverified): what the tender and the contract say holds.\n\n"
        "Write your own words in `liability`; they are printed instead."
    ),
    Severity.NOTE,
)
FORMS_COLUMNS = Message(
    "BK673",
    "forms-table-columns",
    N_("forms.csv lacks the columns form and about. Its columns are: {found}."),
    N_("Write form,about and the columns to change on the first row: sum, any, all, lead, named, verified, source."),
    N_(
        "The file `forms.csv` in the folder changes single rows of the table that says whose entries count. Its "
        "columns are `form` (group, subcontracting, reliance, umbrella), `about` (bidder, grounds, staff, service, "
        "bid, or a kind of condition) and, for each way in which a kind is met (`sum`, `any`, `all`, `lead`, "
        "`named`), whose entries count: lead, everyone, lead_and_relied, lead_or_relied, lead_and_bodies or "
        "named.\n\n"
        "Example: `group,turnover,lead` under `form,about,sum` if the tender wants the turnover of the lead alone."
    ),
)
FORMS_WORD = Message(
    "BK674",
    "forms-table-word",
    N_("“{value}” is not a word of the column {column} of forms.csv, so the row changes nothing."),
    N_("Write one of these: {near}."),
    N_(
        "A row of `forms.csv` has a word that bidkit does not know, so the row changes nothing.\n\n"
        "`bidkit explain BK673` tells the columns and their words."
    ),
)
FORMS_TWICE = Message(
    "BK675",
    "forms-table-twice",
    N_("forms.csv changes {form}, {about} twice; the first row is {first}."),
    N_("Remove one of the two rows."),
    N_("Two rows of `forms.csv` change the same thing. bidkit goes by the first and asks you to remove one of them."),
)
