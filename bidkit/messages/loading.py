"""BK170–BK199: the dossier as a whole."""

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import N_

MISSING_NOUN = Message(
    "BK170",
    "missing-noun",
    N_("{file} is missing or empty; a bid cannot be built without it."),
    N_("Make the file {file}. The examples folder shows what it holds."),
    N_(
        "A dossier is a folder of files, one a noun. Organisation, services, cost basis, tender, lots, price lines, "
        "bid, lot offers and prices are needed for every bid.\n\nCopy the file from an example and fill it in. In a "
        "workbook each of them has a sheet: fill it in, or make new workbooks with `bidkit init` in an empty folder "
        "and copy the sheet from there."
    ),
    in_cell=N_(
        "Fill in this sheet. If you have removed it, make new workbooks with bidkit init and copy it from there."
    ),
)
DOUBLE_ID = Message(
    "BK171",
    "double-id",
    N_("The id “{id}” is {noun:in} twice; it is already at {first}."),
    N_("Remove one of the two{or_else}."),
    N_(
        "Two entries of one kind have the same id, so nobody can tell which one a reference means: two lots with one "
        "id, for example.\n\nThe first one is kept, the second is set aside. Remove it if it is the same one pasted "
        "twice; otherwise give it an id of its own. What is written for another entry (a price for its line, an "
        "offer for its lot) is there once for each, so one of the two goes."
    ),
    in_cell=N_("Remove one of the two rows{or_else}."),
)
NOTHING_IN = Message(
    "BK172",
    "empty-list",
    N_("There are no entries {noun:in}."),
    N_("Add an entry, or remove the file."),
    N_("A list is empty.\n\nIf there is nothing to say, remove the file; an empty list looks like an oversight."),
    Severity.NOTE,
    in_cell=N_("Fill in a row if the bid needs one; otherwise leave the sheet empty."),
)
NEEDED_LIST_EMPTY = Message(
    "BK173",
    "needed-list-empty",
    N_("There are no usable entries {noun:in}; a bid needs at least one."),
    N_("Add an entry, or mend the entries that other findings name."),
    N_("A bid needs at least one service, lot, price line, lot offer and price.\n\nAdd one, or mend the faulty ones."),
    in_cell=N_("Fill in at least one row of this sheet, or mend the rows that other findings name."),
)
NO_CONDITIONS = Message(
    "BK175",
    "no-conditions",
    N_("The tender has no conditions here, so no requirement has been checked."),
    N_("Write the tender's boundary conditions into conditions.yaml, one entry each."),
    N_(
        "Without conditions every bid passes, and nobody sees what would have it rejected.\n\n"
        "Copy the file from an example, and write one entry for each requirement of the tender. In a workbook they "
        "are rows of the sheet Conditions."
    ),
    Severity.WARNING,
    in_cell=N_("Write the tender's boundary conditions into this sheet, one row each."),
)
NOT_JUDGED = Message(
    "BK174",
    "not-judged-yet",
    N_("Because of the faults in {file}, conditions and prices have not been judged in this run."),
    N_("Mend the faults in {file} and run again; further findings may then appear."),
    N_(
        "Some facts are needed before anything can be judged: the tender's deadline, the year of the costs, the date "
        "of the bid. While one of them cannot be read, bidkit tells the faults of the files and stops there, because "
        "judging by a guess would give wrong verdicts.\n\nMend the faults and run again."
    ),
)
NO_COSTS = Message(
    "BK284",
    "costs-missing",
    N_("Costs are missing: there is not one salary or other cost here, so no service has a price to compare with."),
    N_("Write the salaries into salaries.yaml and other costs into cost_items.yaml."),
    N_(
        "The cost of a service comes from salaries and other costs that are allocated to it. Without any, nobody can "
        "tell whether a price covers what the work costs.\n\n"
        "Write them into `salaries.yaml` and `cost_items.yaml`, in a workbook into the sheets Salaries and Costs. If "
        "the sheets have been removed, make new workbooks with `bidkit init` in an empty folder and copy them from "
        "there."
    ),
    in_cell=N_(
        "Fill in the sheets {@salaries} and {@cost_items}. If you have removed them, make new workbooks with bidkit "
        "init and copy them from there."
    ),
)
NO_ATTACHMENT = Message(
    "BK176",
    "attachment-not-there",
    N_("The file “{file}” is not in the folder attachments."),
    N_("Put the file into the folder attachments of the dossier, or correct its name."),
    N_(
        "The list of attachments in the bid names a file that is not in the dossier's folder `attachments`. A "
        "mandatory attachment that is forgotten on the last day costs the whole bid.\n\nThe price schedule that bidkit "
        "makes is named `hinnoittelu.xlsx` and needs no copy."
    ),
    Severity.WARNING,
)
TRIAL = Message(
    "BK217",
    "trial-bid",
    N_("There is no tender yet, so this is a trial bid: all services in one lot, priced at full cost."),
    N_("When you have a tender, describe it and your answer to it; until then every bid is a draft."),
    N_(
        "With an organisation, its services and their costs bidkit can already make a bid to look at. It has no buyer, "
        "no conditions and no decision on VAT, and every page is stamped as a draft.\n\n"
        "Fill in the tender (`tarjouspyynto.xlsx`), and the trial gives way to it."
    ),
    Severity.WARNING,
)
