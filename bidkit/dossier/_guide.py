"""The first sheet of an input workbook: what to fill in, what the marks mean, what to do next."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from bidkit.dossier import sheets
from bidkit.dossier._looks import COLOURS, LINE, Looks, lines_of
from bidkit.i18n import N_, Translator


def write(page: Worksheet, book: str, words: Translator, looks: Looks) -> None:
    """Fill the sheet of one of the `sheets.BOOKS`."""
    page.set_tab_color(COLOURS["guide"])
    page.hide_gridlines(2)
    page.set_column(0, 0, 100)
    head, *lines = _GUIDE[book]
    page.write_string(0, 0, words.text(head), looks.of("title"))
    page.set_row(0, 2 * LINE)
    files = sheets.FILES[words.language]
    other = files["tender" if book == "member" else "member"]
    mark = sheets.EXAMPLE[sheets.LANGUAGES.index(words.language)].strip()
    heading = f"{words.text(N_('Name'))} (sv)"
    for number, line in enumerate((*lines, *_GUIDE_OF_ALL), 2):
        text = words.text(line, mark=mark, other=other, tender=files["tender"], heading=heading)
        page.write_string(number, 0, text, looks.of("guide"))
        page.set_row(number, LINE * lines_of(text, 96) + 6)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 1)
    page.activate()


def above(page: Worksheet, book: str, words: Translator, looks: Looks) -> int:
    """Write how one of the `sheets.ONE_PAGE` is filled in above its form; return the number of rows taken."""
    page.set_tab_color(COLOURS["guide"])
    head, *lines = _ABOVE[book]
    page.write_string(0, 0, words.text(head), looks.of("title"))
    page.set_row(0, 2 * LINE)
    for number, line in enumerate(lines, 1):
        page.write_string(number, 0, words.text(line), looks.of("above"))
    return len(lines) + 2


_ABOVE = {
    "light": (
        N_("What our organisation does in the shared bid"),
        N_("Fill in the column Value and send the file to the lead by e-mail. What is marked with * is needed."),
        N_("Leave empty what you do not know, and ask the lead. Several values are separated by semicolons: fi; sv."),
        N_("The lead tells the ids of services and client groups. Volunteers' hours are shown, never priced."),
    ),
}
_GUIDE = {
    "member": (
        N_("Our own information: who we are, what we sell, what it costs"),
        N_(
            "This file describes the organisation. It is the same in every tender: fill it in once and keep it up to "
            "date."
        ),
        N_(
            "A first bid needs three groups of it: the organisation, the services (with their steps) and the costs "
            "(cost basis, salaries, costs). Their tabs are dark blue. An empty sheet with a light tab is no mistake."
        ),
        N_("What a tender asks for and what we answer is in the other file, {other}."),
    ),
    "tender": (
        N_("One tender and our answer to it"),
        N_(
            "This file is about one tender. For the next one make a new folder and copy the file {other} into it: "
            "that one stays the same."
        ),
        N_(
            "First write down what is asked: basics, lots, conditions, award criteria, price lines and attachments. "
            "Then answer: bid, lots offered, prices, answers and attestations."
        ),
        N_("The ids of services, client groups and sites are those of the other file, {other}."),
    ),
    "consortium": (
        N_("Bidding together: who takes part and what has been agreed"),
        N_(
            "Only the lead fills in this file. Every member has a file of its own, {other}, which nobody else edits: "
            "it stands in the member's folder under jasenet. The tender and the common answer are in {tender}."
        ),
        N_(
            "Fill in the sheets Consortium and Participants first. The id of an organisation is the one in its own "
            "file. Shares, client path and agreements may follow when they have been agreed."
        ),
        N_("The shares of money of a lot add up to exactly 100 %; those of work and risk too, if they are told."),
        N_(
            "bidkit merge writes down on the sheet Settled conflicts what the members' files do not agree on. Choose "
            "in the column Settled what holds; the choice stays in force when a member sends a new file."
        ),
    ),
}
_GUIDE_OF_ALL = (
    N_("A heading with * and a stronger colour must be filled in. The note on a heading tells what is asked and why."),
    N_(
        "Grey rows that begin with “{mark}” are examples and are never read. Type over them, or leave them for as long "
        "as you need a model."
    ),
    N_("One row is one entry. There may be empty rows between, and columns may be moved or removed."),
    N_(
        "An id is a short name that other sheets refer to: small letters a–z, figures and hyphens, for example "
        "valmennus or osa-1."
    ),
    N_(
        "Several values in one cell are separated by semicolons: fi; sv. What has two parts is written as pairs: "
        "valmennus: 60 %; ohjaus: 40 %."
    ),
    N_("Dates are written 31.1.2027, euros 1 234,50, per cent 12,5 % and hours 7,5 or 7 h 40 min."),
    N_(
        "A text in another language has a column (on a form a row) of its own: copy it and write the language after "
        "the heading: {heading}."
    ),
    N_("Save the file and run: bidkit check. It names the sheet and the cell, what is wrong and what to do."),
    N_("When nothing is wrong any more, run: bidkit build. It writes the bid (Word) and the prices (Excel)."),
)
