"""BK200–BK239: references between entries, and texts that the bid's language needs."""

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import N_

DANGLING = Message(
    "BK200",
    "dangling-reference",
    N_("“{id}” is not {noun:in}."),
    N_("Correct the id, or add an entry with this id {noun:to}."),
    N_(
        "An entry names another by its id, and there is no such entry: a price for a line that the tender does not "
        "have, a lot answered by a service that is not described.\n\nCorrect the id, or add the entry."
    ),
)
DANGLING_NEAR = Message(
    "BK201",
    "misspelt-reference",
    N_("“{id}” is not {noun:in}. Did you mean “{near}”?"),
    N_("Write “{near}” instead of “{id}”."),
    N_("An entry names another by an id that is almost, but not quite, the id of an existing entry."),
)
UNKNOWN_KIND = Message(
    "BK202",
    "unknown-kind",
    N_("“{kind}” is not a kind of condition."),
    N_("Choose a kind (near: {near:bare}), or use “{=statement:bare}” and let a person attest it."),
    N_(
        "A condition has a kind that bidkit does not know, so no rule can judge it.\n\n"
        "`bidkit explain KIND` describes each kind. A condition that fits none is of the kind `statement`: a person "
        "attests it with a date."
    ),
)
PRICED_TWICE = Message(
    "BK203",
    "priced-twice",
    N_("The price line “{id}” is priced twice; the first price is at {first}."),
    N_("Remove one of the two prices."),
    N_("One price line has two prices, so nobody can tell which one is offered."),
)
SERVICE_NOT_IN_LOT = Message(
    "BK204",
    "service-not-in-lot",
    N_("The price names the service “{service}”, but lot {lot} is answered by {services}."),
    N_("Name one of the lot's services, or add “{service}” to the lot {@lot_offers:in}."),
    N_("A price line is answered by a service that the bid does not offer in that lot."),
)
LOT_NOT_OFFERED = Message(
    "BK205",
    "lot-not-offered",
    N_("A price is given for line {line}, but its lot {lot} is not offered."),
    N_("Add the lot {@lot_offers:to}, or remove the price."),
    N_("A price belongs to a lot that the bid does not offer, so it is left out of the bid."),
    Severity.WARNING,
)
TEXT_NOT_IN_LANGUAGE = Message(
    "BK206",
    "text-not-in-language",
    N_("The text “{field:bare}” is not given in the bid's language ({language})."),
    N_("Add the text under “{language}:”."),
    N_(
        "The bid is written in a language in which one of its texts is missing. A bid that mixes languages may be "
        "rejected (BT-97). A draft shows the text in a language that it has.\n\n"
        "Give the text under the code of the language: `fi:`, `sv:` or `en:`. In a workbook the code stands in the "
        "heading: `Nimi (sv)`."
    ),
    in_cell=N_("Add the text in the column whose heading ends with ({language}); add the column if it is not there."),
)
UNKNOWN_FIGURE = Message(
    "BK207",
    "unknown-figure",
    N_("“{reference}” in the text “{field:bare}” names nothing in the dossier."),
    N_("Correct the name between the braces: noun, id and field, for example services.valmennus.dose.hours."),
    N_(
        "A text has a reference in braces that names no field of the dossier, so it would be printed as it stands.\n\n"
        "A reference has the noun, the id and the field: `{services.valmennus.dose.hours}`."
    ),
)
LOOSE_FIGURE = Message(
    "BK208",
    "loose-figure",
    N_("The text “{field:bare}” has figures that no row of the dossier stands for: {figures}."),
    N_("Replace each with a reference such as services.valmennus.dose.hours in braces, or spell it out."),
    N_(
        "A figure is typed into a text. When the dossier changes, it stays; and nobody can trace it to a row and a "
        "source. Untrue quality facts found after an award have had bids rescored (MAO:338/19).\n\n"
        "Refer to the field instead: `{outcomes.t07.reached}`."
    ),
    Severity.NOTE,
)
NO_ANSWER = Message(
    "BK209",
    "no-answer",
    N_("Criterion {number} “{title}” has no answer; it gives at most {points}."),
    N_("Add an answer with the criterion's id {@answers:to}."),
    N_("An award criterion of an offered lot is not answered, so it gets no points."),
    Severity.WARNING,
)
ATTESTED_UNKNOWN = Message(
    "BK211",
    "attested-unknown",
    N_("“{id}” is attested, but the tender has no such condition."),
    N_("Correct the id of the condition."),
    N_("An attestation names a condition that the tender does not have."),
    Severity.WARNING,
)
LANGUAGE_UNKNOWN = Message(
    "BK212",
    "language-not-printable",
    N_("A bid cannot be built in “{language}”; these languages can: {known}."),
    N_("Choose one of them with --language or in bid.yaml."),
    N_("bidkit has no words or templates in this language.\n\nAdding one takes a folder of .po files and templates."),
    in_cell=N_("Choose one of them in this cell, or give it with --language."),
)
NOTHING_OFFERED = Message(
    "BK213",
    "nothing-offered",
    N_("No lot can be offered: every lot offer refers to something that is missing or faulty."),
    N_("Mend the findings above, then run again."),
    N_("Every lot offer depends on an entry that could not be read, so there is nothing to price."),
)
NO_CONSENT = Message(
    "BK214",
    "no-consent",
    N_("The outcome row “{row}” is not used: the clients have not consented to this use."),
    N_("Remove the row, or correct {@outcomes.consent} once the clients have consented."),
    N_(
        "An outcome row says `consent: no`, so no document prints any of its figures.\n\n"
        "A text that refers to the row gets a finding of its own: take the reference out."
    ),
    Severity.WARNING,
)
SITE_CLOSES = Message(
    "BK215",
    "site-closes",
    N_("The site “{site}” is in use until {until}, but the contract runs until {end}."),
    N_("Extend the lease and correct {@sites.until}, or offer another site for the rest of the contract."),
    N_(
        "A service is offered at a site whose lease ends before the contract does, options not counted.\n\n"
        "The buyer buys the service for the whole term: agree on the premises before you promise them."
    ),
    Severity.WARNING,
)
INTERNAL_FIGURE = Message(
    "BK216",
    "internal-figure",
    N_("“{reference}” in the text “{field:bare}” is internal and is not printed."),
    N_("Take the reference out of the text."),
    N_(
        "A text of the bid refers to what the buyer must not see: a cost, a salary, a margin, your own estimate of "
        "points, an assumed rival, or a name of staff while `name_staff` is no.\n\n"
        "Take the reference out, or refer to something that the bid may show."
    ),
)
TOLD_TWICE = Message(
    "BK218",
    "told-twice",
    N_("“{key:bare}” is here a second time; it is already at {first}."),
    N_("Keep one of the two, with what is right."),
    N_(
        "A list inside an entry tells each thing once: the work hours of a unit, the turnover of a year, the documents "
        "and questions of a tender by their ids. Here one is told twice, so nobody can tell which of them counts.\n\n"
        "Keep one of the two."
    ),
)
SAME_TWICE = Message(
    "BK219",
    "same-twice",
    N_("This is word for word the same as what is at {first}."),
    N_("Remove one of the two."),
    N_(
        "A list inside an entry has the same thing twice: a step of the service, a module, a degree or a job of a "
        "staff member. Most often a row was pasted twice. The bid would print it twice.\n\nRemove one of the two."
    ),
    Severity.WARNING,
    in_cell=N_("Remove one of the two rows."),
)
STRAY_BRACES = Message(
    "BK222",
    "stray-braces",
    N_("“{braces}” in the text “{field:bare}” is no reference, so the bid would show the braces to the buyer."),
    N_(
        "Write the noun, the id and the field with points between and no spaces, for example "
        "services.valmennus.dose.hours, or leave the braces out."
    ),
    N_(
        "A text has braces that are no reference: a lone brace, a single word, a space or a capital letter inside, "
        "or two braces instead of one. They would be printed as they stand, for the buyer to read.\n\n"
        "A reference has the noun, the id and the field: `{services.valmennus.dose.hours}`. Whatever else you mean, "
        "write it without braces."
    ),
)
SHEET_IN_FIGURE = Message(
    "BK220",
    "sheet-in-figure",
    N_("“{reference}” in the text “{field:bare}” names nothing in the dossier: it must begin with “{name}”."),
    N_("Begin the reference with “{name}” and give the field its English name, as in services.valmennus.dose.hours."),
    N_(
        "A reference in a text begins with the name of a sheet as the workbook shows it. References are the same in "
        "every language, so they have the English names of nouns and fields.\n\n"
        "Write `{services.valmennus.dose.hours}`, not `{palvelut.valmennus.tunnit}`."
    ),
)
BARE_YES_NO = Message(
    "BK221",
    "bare-yes-no",
    N_("The text “{field:bare}” is only “{value}”, and the bid would print it as a paragraph of its own."),
    N_("Tell it in words; leave the text out if there is nothing to tell."),
    N_(
        "A text of the bid is a bare yes or no. The field asks for words that the buyer can read: how a service is "
        "given remotely, not whether it is.\n\nTell it in words, or leave the text out."
    ),
    Severity.WARNING,
    in_cell=N_("Tell it in words; leave the cell empty if there is nothing to tell."),
)
