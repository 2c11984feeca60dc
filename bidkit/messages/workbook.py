"""BK165–BK199 and BK240–BK259: a workbook, a sheet or a cell that cannot be read as it is."""

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import N_

PASSWORD = Message(
    "BK180",
    "password-protected",
    N_("The workbook is protected with a password, so it cannot be read."),
    N_("Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, empty the box and save."),
    N_(
        "A workbook that asks for a password when it is opened is encrypted, and nobody can read it without the "
        "password, bidkit neither. bidkit asks for no passwords.\n\n"
        "Open the workbook in Excel with the password. Choose File, Info, Protect Workbook, Encrypt with Password, "
        "empty the box and save. In LibreOffice: File, Save As, and remove the tick at Save with password.\n\n"
        "Sheets that are only locked against changes need nothing: they are read as they are."
    ),
)
OLD_EXCEL = Message(
    "BK181",
    "old-excel",
    N_("This is an Excel file of the old kind (.xls), whatever its name says."),
    N_("Open it in Excel, choose File, Save As, and Excel Workbook (*.xlsx) as the type."),
    N_(
        "Excel has saved .xlsx since 2007. Files of the kind before it, .xls, are made quite differently, and "
        "bidkit does not read them.\n\n"
        "Open the file in Excel or LibreOffice, choose Save As, and Excel Workbook (*.xlsx) as the type. Changing "
        "only the ending of the name does not change what the file is."
    ),
)
NOT_A_WORKBOOK = Message(
    "BK182",
    "not-a-workbook",
    N_("This is {kind}, not an Excel workbook (.xlsx)."),
    N_("Put the right workbook in its place{or_else}."),
    N_(
        "The file has the name of a workbook, but it is something else: a table of LibreOffice (.ods), text with "
        "separators (.csv), a Word document, or a web page that some system offers as an Excel file.\n\n"
        "Changing the ending of a name does not change what the file is. Open the file in Excel or LibreOffice and "
        "choose Save As and Excel Workbook (*.xlsx). From Google Sheets: File, Download, Microsoft Excel (.xlsx).\n\n"
        "An empty file holds nothing to open. If it is in OneDrive or SharePoint, its version history has the file "
        "as it was: restore that version."
    ),
)
BROKEN = Message(
    "BK183",
    "broken-workbook",
    N_("The workbook cannot be read whole, because {cause} ({part})."),
    N_("Open it in Excel, let Excel repair it, look it through and save it again."),
    N_(
        "A workbook is a package of parts: a list of sheets, each sheet, the texts, the formats. A part is "
        "missing here, or it is not what the package says it is. So that nothing is left out of a bid unnoticed, "
        "the workbook is not read at all.\n\n"
        "The cause is often a transfer that broke off, or a program that writes Excel files carelessly. Open the "
        "workbook in Excel; it offers to repair it. Look through what it repaired, and save.\n\n"
        "If Excel opens the workbook without a word and bidkit does not read it, please report it."
    ),
)
TOO_MUCH = Message(
    "BK184",
    "too-much-in-workbook",
    N_("The workbook holds more than {most} {what}, and reading stopped there."),
    N_("Delete sheets, rows and columns that bidkit does not need, or move them to a file of another folder."),
    N_(
        "A workbook is read only up to a size that no real dossier needs. This guards the computer against "
        "damaged files and files made to harm.\n\n"
        "Often the cause is harmless: a register or a log was pasted into a sheet, or a format was given to whole "
        "columns. Move data that is not part of the bid to a workbook outside the dossier folder. To remove empty "
        "rows with formats, mark the first row below the table, press Ctrl+Shift+End, delete the rows and save."
    ),
)
BAD_CELL = Message(
    "BK185",
    "damaged-cell",
    N_("The cell cannot be read as it is, because {cause}."),
    N_("Type the content of the cell again and save the workbook in Excel."),
    N_(
        "What the file says of this cell does not hold together: for example, it points at a text that the file "
        "does not have, calls something a number that is none, or names a day that never was. Excel shows some of "
        "these cells without a word, and a guess could change a price.\n\n"
        "Look at the cell in Excel, type its content again and save. If there are many such cells, the program "
        "that made the workbook writes it wrong: open it in Excel, save it under a new name, and use that."
    ),
)
FAR_CELL = Message(
    "BK186",
    "cell-far-outside",
    N_("{cell} is filled, although it lies far outside the table of the sheet."),
    N_("Press Ctrl+G in Excel, type {cell}, delete the whole row and the whole column, and save."),
    N_(
        "A single filled cell at the far end of a sheet is most often a slip of the keyboard. It makes the sheet "
        "many thousand times as large as its content, and many programs run out of memory over it, so the "
        "workbook is not read.\n\n"
        "In Excel press Ctrl+G, type the address of the cell and press Enter. If the content belongs somewhere, "
        "move it there. Then delete the row and the column of the cell and save."
    ),
)
FORMULA_EMPTY = Message(
    "BK187",
    "formula-without-result",
    N_("The cell has a formula (={formula}) but no stored result."),
    N_("Open the workbook in Excel and save it, or write the value itself into the cell."),
    N_(
        "A workbook stores a formula and its latest result. This cell has only the formula, so bidkit cannot know its "
        "value: it does not calculate what others have written.\n\n"
        "Open the workbook in Excel or LibreOffice, let it calculate, and save. Or copy the cell and paste the value."
    ),
)
FORMULA_RESULT = Message(
    "BK188",
    "formula-result-used",
    N_("The cell has a formula; the result stored in the file, {value}, was used."),
    N_("Check that the result is up to date: open the workbook, let it calculate, and save."),
    N_(
        "bidkit reads the result that Excel stored with the formula. If the file was changed by another program, the "
        "stored result may be old.\n\nNothing needs to be done if the figure is right."
    ),
    Severity.NOTE,
)
ERROR_CELL = Message(
    "BK189",
    "error-in-cell",
    N_("The cell shows {error}: its formula fails."),
    N_("Mend the formula, or write the value itself into the cell."),
    N_(
        "A cell that shows `#REF!`, `#N/A`, `#DIV/0!` or another error has no value.\n\n"
        "It often comes of deleting rows that a formula used."
    ),
)
MADE_A_DATE = Message(
    "BK190",
    "turned-into-a-date",
    N_("The cell holds the date or time {shown}, where none belongs. Did you mean {likely}?"),
    N_("Format the cell as text and type it again, or begin with an apostrophe: '{likely}."),
    N_(
        "Excel turns what looks like a date into one: a section number 4.2 becomes 4 February, a price 1.5 becomes "
        "1 May.\n\nFormat the cell as text before you type, or begin with an apostrophe: `'4.2`."
    ),
)
SHOWN_ROUNDED = Message(
    "BK191",
    "shows-less-than-it-holds",
    N_("The cell shows {shown} but holds {held}."),
    N_("Show more decimals in the cell, or write the rounded value: {shown}."),
    N_(
        "Excel shows fewer decimals than the cell holds. The bid is calculated to the cent, so what is shown and what "
        "is held must be the same.\n\nShow more decimals in the cell if what it holds is right. Otherwise write the "
        "rounded value, or use =ROUND() and paste the result as a value."
    ),
)
HUNDREDFOLD = Message(
    "BK192",
    "hundredfold-percentage",
    N_("The cell shows {shown}. Did you mean {likely}?"),
    N_("Write {likely} into the cell; if {shown} is meant, write it as text: '{shown}."),
    N_(
        "A cell formatted as a percentage shows a hundred times what it holds: 30 pasted into it is 3 000 %.\n\n"
        "Type the sign with the figure: `30 %`."
    ),
)
UNKNOWN_COLUMN = Message(
    "BK193",
    "unknown-column",
    N_("The heading “{heading}” is not one that bidkit knows, so nothing was read from it."),
    N_("Leave it if it is your own remark. Headings of this sheet that are not there: {missing}."),
    N_(
        "A sheet may have columns of your own; bidkit leaves them alone and says so, in case one is a misspelt heading."
    ),
    Severity.NOTE,
)
# What can be done about an unknown heading of a sheet that has all others.
OWN_REMARK = N_("Leave it if it is your own remark: all headings that bidkit knows are there.")
MISSPELT_COLUMN = Message(
    "BK194",
    "misspelt-heading",
    N_("“{heading}” was read as “{near}”."),
    N_("Write it as “{near}”; if it is something else, give it quite another name."),
    N_(
        "A heading is almost, but not quite, one that bidkit knows. The column was read as that.\n\n"
        "Correct the heading so that nobody needs to guess."
    ),
    Severity.WARNING,
)
MISSING_COLUMN = Message(
    "BK195",
    "missing-column",
    N_("The sheet has no column “{heading}”, which must be filled in."),
    N_("Add a column with the heading “{heading}”."),
    N_(
        "A column whose values a bid cannot do without has been removed or renamed.\n\n"
        "Columns are found by their headings, in any order and in Finnish, Swedish or English."
    ),
)
TWO_COLUMNS = Message(
    "BK196",
    "twice-in-the-sheet",
    N_("“{heading}” is here a second time; it is already at {first}."),
    N_("Keep one of them."),
    N_(
        "Two columns, or two rows of a form, have the same heading, or one text is given twice for one language, so "
        "nobody can tell which one is meant.\n\nRemove or rename one."
    ),
)
NOT_IN_TABLE = Message(
    "BK197",
    "value-outside-the-table",
    N_("“{value}” stands where there is no heading, so it was not read."),
    N_("Move it below a heading, or clear the cell."),
    N_(
        "A cell has a value, but its column has no heading, or the parameter beside it no name.\n\n"
        "Nothing is left out silently: a price in the wrong column would be lost."
    ),
    Severity.WARNING,
)
HIDDEN = Message(
    "BK198",
    "hidden-cells",
    N_("{what}, but what is there was read."),
    N_("Show them, or delete them if they are not meant."),
    N_(
        "Hidden rows, columns and sheets, and rows that a filter has hidden, are read like others: they belong to the "
        "file. In prices and costs they stop the bid, because nobody sees what is counted.\n\n"
        "Select the sheet, choose Unhide, and clear the filter."
    ),
    Severity.WARNING,
)
MERGED = Message(
    "BK199",
    "merged-cells",
    N_("The cells {area} are merged; their value counts for {first} only."),
    N_("Unmerge the cells and write the value into each row that it belongs to."),
    N_(
        "Merged cells have one value, in their first cell; the others are empty.\n\n"
        "If one value is meant for several rows, write it into each."
    ),
    Severity.WARNING,
)
UNKNOWN_SHEET = Message(
    "BK165",
    "unknown-sheet",
    N_("The sheet “{sheet}” is not one that bidkit knows, so nothing was read from it."),
    N_("Leave it if it is your own; otherwise give it its right name."),
    N_("A workbook may have sheets of your own; bidkit leaves them alone and says so, in case one is a misspelt name."),
    Severity.NOTE,
)
NO_HEADINGS = Message(
    "BK166",
    "no-headings",
    N_("The sheet has values, but no row with the headings that bidkit knows."),
    N_("Write the headings into the first row, for example: {headings}."),
    N_(
        "Columns are found by their headings. A sheet without them cannot be read.\n\n"
        "`bidkit init` in an empty folder makes workbooks with all headings; copy the first row from there."
    ),
)
EXAMPLE_CHANGED = Message(
    "BK167",
    "changed-example-row",
    N_("The row is marked as an example (“{mark}”) but has been changed; it was not read."),
    N_("Remove the word at the start of the cell if the row is your own; otherwise delete the row."),
    N_(
        "New workbooks have grey example rows, whose first cell begins with “esim.”; they never reach a bid. This one "
        "has been changed, so it may be meant.\n\nWrite your own id into the first cell, and the row counts."
    ),
    Severity.WARNING,
)
NO_PARENT = Message(
    "BK168",
    "row-belongs-to-nothing",
    N_("The row belongs to “{id}”, but the sheet {sheet} has no such row. Near: {near}."),
    N_("Correct the id here, or add the row to the sheet {sheet}."),
    N_(
        "Some sheets hold parts of what another sheet lists: steps of a service, qualifications of a person. Their "
        "first column says whose they are.\n\nThe id must be the same in both sheets."
    ),
)
TWO_PLACES = Message(
    "BK169",
    "noun-in-two-places",
    N_("“{sheet}” is in this file too; it was already read from {first}."),
    N_("Keep one of them; move a spare copy of the file to another folder."),
    N_(
        "A folder holds one dossier. If two files have the same sheet, or a workbook and a YAML file hold the same "
        "thing, nobody can tell which one counts.\n\nMove copies and older versions to another folder."
    ),
)
READ_AS_TEXT = Message(
    "BK177",
    "number-read-as-text",
    N_("The cell holds a number where a text belongs; it was read as “{text}”."),
    N_("If that is not what you meant, format the cell as text and type it again."),
    N_(
        "Excel keeps no zeros before or after a number: 3.10 becomes 3.1 and 007 becomes 7.\n\n"
        "Format the cell as text, or begin with an apostrophe."
    ),
    Severity.NOTE,
)
READ_AS_DATE = Message(
    "BK178",
    "number-read-as-date",
    N_("The cell holds the number {number}, which Excel counts as the date {date}; it was read so."),
    N_("Format the cell as a date, and check that it is the right one."),
    N_("Excel keeps dates as numbers of days; without the format of a date the number shows.\n\nFormat the cell."),
    Severity.NOTE,
)
OTHER_FORMAT = Message(
    "BK179",
    "other-kind-of-file",
    N_("{file} is a file of another kind ({kind}); bidkit reads workbooks of the kind .xlsx."),
    N_("Open it in Excel or LibreOffice, choose Save as, and choose Excel workbook (.xlsx)."),
    N_(
        "Old Excel files (.xls), OpenDocument sheets (.ods), binary and macro workbooks (.xlsb, .xlsm) and text tables "
        "(.csv) are not read: they lose zeros, formats or sheets, or hold programs.\n\n"
        "Open the file and save it as an Excel workbook (.xlsx)."
    ),
)

# BK240–BK259: what people leave out, write twice or write beside the place.
SPAN_TWICE = Message(
    "BK240",
    "span-and-date",
    N_("“{value}” is a span of days, but the other cell ({where}) holds {other}."),
    N_("Write the first day into one cell and the last day into the other."),
    N_(
        "A span such as 1.2.2027–31.12.2027 may be written into one of two cells for dates if the other is empty. Here "
        "the other holds something else, so nobody can tell which day is meant.\n\n"
        "Write one day into each cell."
    ),
)
BAD_PAIR = Message(
    "BK241",
    "half-a-pair",
    N_("“{item}” should have two parts: {first} and {second}."),
    N_("Write for example “{example}”; put a semicolon between several."),
    N_(
        "Some cells hold pairs: a service and its share, a language and its level, a year and its turnover. A part is "
        "missing here, or there is no colon between them.\n\n"
        "Write `valmennus: 60 %; uraohjaus: 40 %`."
    ),
)
RENAMED = Message(
    "BK242",
    "renamed-heading",
    N_("“{heading}”, which must be filled in, is not on the sheet, but “{unknown}”, which bidkit does not know, is."),
    N_("If they are the same, write “{heading}” here; otherwise add “{heading}” beside it."),
    N_(
        "What must be filled in is found by its heading, and this heading is not there. A heading that bidkit does not "
        "know is; it may be the same under another name.\n\n"
        "Headings may stand in any order and in Finnish, Swedish or English, but they must be those of the workbook."
    ),
)
MISSING_ROW = Message(
    "BK243",
    "missing-row-of-form",
    N_("The sheet has no row “{heading}”, which must be filled in."),
    N_("Add a row: “{heading}” into the first column, and its value beside it."),
    N_(
        "On some sheets each row is a question and its answer. A row that a bid cannot do without has been removed or "
        "its name changed.\n\n"
        "Rows are found by the name in their first column, in any order and in Finnish, Swedish or English."
    ),
)
NO_ROWS = Message(
    "BK244",
    "list-without-rows",
    N_("“{id}” has no row on the sheet {sheet}, where it needs at least one."),
    N_("Add a row to the sheet {sheet} and write “{id}” into its first cell."),
    N_(
        "Parts of an entry are listed on a sheet of their own: the steps of a service, for example. The first cell of "
        "each row says whose part it is. This entry has none, and it needs at least one."
    ),
)
NO_SHEET = Message(
    "BK245",
    "missing-sheet",
    N_("The sheet {sheet} is missing; it holds what belongs to the rows of the sheet {owner}."),
    N_("Make new workbooks with bidkit init in an empty folder, and copy the sheet from there."),
    N_(
        "Parts of an entry are listed on a sheet of their own: the steps of a service, for example. The sheet has been "
        "removed or renamed, and a bid cannot do without it."
    ),
)
TOTAL_ROW = Message(
    "BK246",
    "total-row",
    N_("The row looks like a total (“{value}”), so it was not read."),
    N_("Leave it if it is a total; if not, write an id into its first column."),
    N_(
        "A row without an id that says “Yhteensä”, “Summa” or “Total” is taken for the total of the rows above it. "
        "bidkit adds up the rows itself.\n\nNothing needs to be done if it is a total."
    ),
    Severity.NOTE,
)
NAMELESS_VALUE = Message(
    "BK247",
    "value-without-name",
    N_("“{value}” has no name, because the cell {cell} beside it is empty."),
    N_("Choose in the cell {cell} what the value is, or clear this cell."),
    N_(
        "What a condition demands stands in pairs of cells: what is demanded, and how much. The first of them is empty "
        "here, so nobody can tell what the value is."
    ),
)
TRUTH_VALUE = Message(
    "BK248",
    "truth-value",
    N_("The cell holds the truth value {shown}, where a text belongs."),
    N_("Type the text again with an apostrophe in front, or format the cell as text first."),
    N_(
        "Excel takes words such as TOSI, EPÄTOSI, TRUE and FALSE for truth values, not for text.\n\n"
        "Format the cell as text before you type, or begin with an apostrophe."
    ),
)
MISSPELT_SHEET = Message(
    "BK249",
    "misspelt-sheet",
    N_("The sheet “{sheet}” was read as “{near}”."),
    N_("Rename the sheet to “{near}”; if it is something else, give it quite another name."),
    N_("The name of a sheet is almost, but not quite, one that bidkit knows, and the right one is not there."),
    Severity.WARNING,
)
SECOND_COPY = Message(
    "BK250",
    "second-copy",
    N_("This file has the same sheets as {first}, so they were not read from here: {sheets}."),
    N_("Move spare copies and older versions to another folder."),
    N_(
        "A folder holds one dossier. If two workbooks have the same sheets, nobody can tell which ones count.\n\n"
        "bidkit reads the usual names first (tiedot.xlsx, tarjouspyynto.xlsx). Move the copy to another folder."
    ),
)
FOREIGN_BOOK = Message(
    "BK251",
    "foreign-workbook",
    N_("No sheet of this workbook is one that bidkit knows, so nothing was read from it."),
    N_("Leave it if it is your own; better still, keep it in another folder."),
    N_(
        "Every workbook of the folder is looked into, because a dossier may be kept in any. This one has no sheet with "
        "a name that bidkit knows.\n\nIf it should be read, its sheets have been renamed: compare them with new "
        "workbooks, which bidkit init makes in an empty folder."
    ),
    Severity.NOTE,
)
MISSING_BOOK = Message(
    "BK252",
    "missing-workbook",
    N_("{file} is missing: no workbook of this folder has the sheets {sheets}."),
    N_("Put {file} into this folder, or make a new one with bidkit init."),
    N_(
        "The dossier is kept in workbooks, and the one with the organisation, its services and costs is not there. "
        "It may be in another folder, or still in the cloud."
    ),
)
MIDNIGHT = Message(
    "BK253",
    "deadline-at-midnight",
    N_("The cell holds {day} without a time of day, which Excel counts as midnight, when that day begins."),
    N_("Write the time too, for example 15.1.2027 12:00; midnight itself as text: '15.1.2027 0:00."),
    N_(
        "Excel shows a date without a time as 0:00. A deadline at the very start of the day is most often one whose "
        "time was not typed, and a bid that comes after it is rejected.\n\n"
        "Write day and time: `15.1.2027 12:00`."
    ),
)
HOURS_OR_MINUTES = Message(
    "BK254",
    "hours-or-minutes",
    N_("“{value}” can mean {small} or {large}."),
    N_("Write {small} or {large}."),
    N_(
        "A point and two figures can be a decimal number or a clock: 7.30 is 7,3 hours to one reader and 7 hours 30 "
        "minutes to another.\n\nWrite `7 h 30 min`, `7:30` or `7,3 h`."
    ),
)
BESIDE = Message(
    "BK255",
    "value-beside-its-cell",
    N_("“{value}” stands beside the cell {cell} for “{heading}”, so it was not read."),
    N_("Move it to the cell {cell}."),
    N_(
        "On sheets with a question a row, the answer stands in the second column, beside the question. The columns "
        "after it hold an example and an explanation.\n\nMove the answer to the second column."
    ),
    Severity.WARNING,
)

# What stops a workbook from being read: the command ends with exit code 2.
UNREADABLE: frozenset[str] = frozenset(
    message.code for message in (PASSWORD, OLD_EXCEL, NOT_A_WORKBOOK, BROKEN, TOO_MUCH, FAR_CELL)
)
