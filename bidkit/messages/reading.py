"""BK100–BK139: files that cannot be read, Office files that must not be opened, and YAML as people type it."""

from bidkit.diagnostics import Finding, Message, Severity
from bidkit.i18n import N_
from bidkit.messages import workbook

NO_FOLDER = Message(
    "BK100",
    "no-dossier",
    N_("There is no dossier folder “{folder}”."),
    N_("Check the name and the path of the folder, or go to the folder above it first."),
    N_(
        "A dossier is a folder of YAML files, and bidkit could not find the folder that the command names.\n\n"
        "Give the folder, not a file in it. If its name has spaces, put the path in quotes.\n\n"
        'Example: bidkit check "Tarjoukset/Porin kaupunki 2027"'
    ),
)
EMPTY_FOLDER = Message(
    "BK101",
    "empty-dossier",
    N_("The folder “{folder}” holds no file of a dossier, such as {known}."),
    N_("Name the folder that holds your workbooks or YAML files, or begin a new one with bidkit init."),
    N_(
        "A dossier is either workbooks (tiedot.xlsx, tarjouspyynto.xlsx) or a YAML file for each noun, such as "
        "organisation.yaml, services.yaml and tender.yaml. The folder has none of them, so there is nothing to "
        "check.\n\nOften the command names the folder above the dossier. Name the folder that the files are in.\n\n"
        "To start a new dossier, run `bidkit init` in an empty folder. `bidkit init --example` writes a complete "
        "example that can be built at once."
    ),
)
MISSING = Message(
    "BK102",
    "missing-file",
    N_("The file is not here."),
    N_("Check the name of the file and the folder it is in, or put the file there."),
    N_(
        "Something refers to a file that is not where it should be: it may have been moved or renamed, or it "
        "is still in the cloud and not on this computer.\n\n"
        "Compare the name letter by letter, the ending included. Windows often hides endings, so that a file "
        "shown as services.yaml is really services.yaml.txt."
    ),
)
NOT_A_FILE = Message(
    "BK103",
    "not-a-file",
    N_("Here is {kind}, but a file is asked for."),
    N_("Put an ordinary file here, or correct the path so that it names one."),
    N_(
        "A path that should lead to a file leads to a folder or to a device of the operating system.\n\n"
        "Correct the path. A folder named services.yaml, for example, cannot be read: split lists go into a "
        "folder named services, without an ending."
    ),
)
LOCKED = Message(
    "BK104",
    "locked-file",
    N_("The file may not be read: it is open in another program, or you have no right to read it."),
    N_("Close the file in Word or Excel and try again; if that does not help, check the rights of the file."),
    N_(
        "Word and Excel lock a file while it is open, and a virus scanner or OneDrive may do so for a "
        "moment. A file on a network drive may also be closed to you.\n\n"
        "Close the file in every program and run the command again. Nothing has been changed."
    ),
)
TOO_LARGE = Message(
    "BK105",
    "too-large",
    N_("The file is {size} MB; at most {most} MB is read."),
    N_("Split the file into smaller ones, or remove what does not belong in it."),
    N_(
        "Files from outside are read only up to a size that no real dossier needs. This guards the computer "
        "against damaged files and files made to harm.\n\n"
        "Split a long list over a folder: services/first.yaml, services/second.yaml and so on; the limit is "
        "for each file. Pictures and attachments do not belong in a YAML file: name them by their path."
    ),
)
CANNOT_READ = Message(
    "BK106",
    "cannot-read",
    N_("{file} cannot be read: {cause}."),
    N_("Open the file in its own program, save it again under a new name and use that file."),
    N_(
        "The file is damaged, cut short or made in a way that the reader does not know. The words after the "
        "colon are the cause, as the library that reads such files gives it.\n\n"
        "A file that came by e-mail or from the cloud may be incomplete: fetch it again. Otherwise open it in "
        "Word or Excel, save it as .docx or .xlsx under a new name and try with that.\n\n"
        "If the program opens the file well and bidkit does not, please report it."
    ),
)
NOT_UTF8 = Message(
    "BK107",
    "not-utf-8",
    N_("The text is not UTF-8; it looks like {encoding}."),
    N_("Open the file in Notepad, choose Save As, pick the encoding UTF-8 and save."),
    N_(
        "A text file is a row of bytes, and programs must agree on which bytes mean ä or €. bidkit reads "
        "UTF-8, as nearly all programs do today. The named line is the first that is something else, most "
        "often because an older Windows program saved it in its own encoding (cp1252, “ANSI”).\n\n"
        "bidkit does not guess, because a wrong guess turns ä into Ã¤ in the bid without anybody noticing.\n\n"
        "In Notepad: File, Save As, Encoding: UTF-8. In Excel: Save As, CSV UTF-8. In Visual Studio Code: "
        "click the encoding in the bottom row, Save with Encoding, UTF-8."
    ),
)
NOT_TEXT = Message(
    "BK108",
    "not-text",
    N_("This is not a text file: it looks like {kind}."),
    N_("Save the content as plain text (UTF-8), or put the right file here."),
    N_(
        "The file has the name of a text file, but its content is something else: a Word or Excel file, a "
        "PDF, a picture, or text with every other byte zero (UTF-16 without its mark).\n\n"
        "Changing the ending of a file does not change its content. Copy the text into Notepad and save it "
        "there as UTF-8, with the ending .yaml."
    ),
)
BAD_CHARACTER = Message(
    "BK109",
    "bad-character",
    N_("Here is the character {character}, which no document can hold."),
    N_("Delete the character; if you cannot see it, type the word again by hand."),
    N_(
        "Some characters are commands to a machine, halves of other characters, or marks that turn the "
        "direction of the text. They come along invisibly when text is copied from a PDF or a web page. Word "
        "and Excel refuse them or show something else than what was written, so they are stopped here.\n\n"
        "Delete the word around the place and type it again. U+000B, for example, is the line break that "
        "Word makes with Shift+Enter: replace it with an ordinary line break."
    ),
)
TOO_LONG = Message(
    "BK110",
    "too-long",
    N_("The text has {length} characters; at most {most} fit into one field."),
    N_("Shorten the text, or split it over several fields."),
    N_(
        "A cell of Excel holds at most 32,767 characters and cuts the rest without a word. No field of a "
        "dossier may be longer, so that nothing is lost.\n\n"
        "A text this long is most often a whole document pasted by mistake, or a quote that was never closed."
    ),
)
LEAVES_FOLDER = Message(
    "BK111",
    "leaves-folder",
    N_("The path “{path}” leads out of the dossier folder."),
    N_("Copy the file into the dossier folder and give its path from there, with / between the parts."),
    N_(
        "A dossier may name only files that are inside its own folder: then it can be sent to a partner or "
        "put away as a whole, and a dossier that came from somebody else cannot reach your other files.\n\n"
        "Paths that begin with a drive or with /, ~ or \\ are refused, and so are .. and links that lead "
        "outside. Copy the file into the folder, for example to attachments/, and write attachments/file.pdf."
    ),
)
OFFICE_PROTECTED = Message(
    "BK112",
    "old-or-protected-office-file",
    N_("The file is in the old Office format (.doc, .xls) or protected with a password."),
    N_("Open it in Word or Excel, remove the password and save it as .docx or .xlsx."),
    N_(
        "bidkit reads .docx and .xlsx files. A file saved by Office 2003 or earlier is of another kind, and "
        "so is every file that needs a password to open, whatever its ending is.\n\n"
        "Open the file. In File, Info, Protect Document or Protect Workbook, Encrypt with Password, delete "
        "the password. Then choose Save As and the type .docx or .xlsx."
    ),
)
OFFICE_UNSAFE = Message(
    "BK113",
    "unsafe-office-file",
    N_("The file is not opened, because {cause} ({detail})."),
    N_("Ask the sender for the file again, or open it in Word or Excel and save it under a new name."),
    N_(
        "A Word or Excel file is a package of compressed parts. Before it is opened bidkit looks at the "
        "package: its size when unpacked, the number and the names of its parts, the depth and length of "
        "each. The limits are far above those of real documents.\n\n"
        "A file beyond them is damaged, or made so that opening it fills the memory of the computer. "
        "Sometimes the cause is harmless, such as merged cells over a whole sheet: remove them, or copy the "
        "part you need to a new file."
    ),
)
OFFICE_ACTIVE = Message(
    "BK114",
    "active-content",
    N_("The file carries {what}, which must not reach a bid: {part} {detail}"),
    N_("Remove it in Word or Excel, save the file and try again."),
    N_(
        "The file has content that does something or fetches something: a macro, a control, an embedded "
        "object, a picture or a template from another computer, or a field that reads files. The buyer's "
        "computer may block such a bid, and content from elsewhere may change after you have signed.\n\n"
        "Remove it: save without macros (.docx, .xlsx), paste linked pictures as pictures, turn fields into "
        "text (Ctrl+Shift+F9), and detach the template in the Developer tab."
    ),
    Severity.WARNING,
)
OFFICE_PRIVATE = Message(
    "BK115",
    "private-content",
    N_("The file carries {what}, which a reader could see: {part} {detail}"),
    N_("In Word or Excel choose File, Info, Check for Issues, Inspect Document, and remove it."),
    N_(
        "Office files remember more than they show: comments, tracked changes and the words deleted by them, "
        "hidden rows and sheets, names of authors, an image of an earlier version. A rival or a journalist "
        "who gets the file gets these too.\n\n"
        "Accept or reject all changes, delete the comments, then run the document inspector of Word or Excel "
        "and save the file."
    ),
    Severity.WARNING,
)
ODD_INDENT = Message(
    "BK116",
    "odd-indentation",
    N_("The line begins with {character}; indentation is made of ordinary spaces."),
    N_("Delete the empty space before the first word and put ordinary spaces there."),
    N_(
        "In YAML the depth of a line says what it belongs to, and only the ordinary space counts. Tabs and "
        "no-break spaces look the same on the screen and come along from Word and web pages.\n\n"
        "Replace them with spaces, two for each level:\n\n"
        "services:\n  - id: polku\n    name: Työpolku\n\n"
        "In Notepad++ and Visual Studio Code the Tab key can be set to insert spaces."
    ),
)
NO_SPACE = Message(
    "BK117",
    "no-space-after-colon",
    N_("“{written}” has no space after the colon."),
    N_("Write a space after the colon: {better}."),
    N_(
        "A field is its name, a colon, a space and the value. Without the space YAML takes the whole for one "
        "text, because a colon may be part of a word, as in 12:30.\n\nWrite name: Työpolku, not name:Työpolku."
    ),
)
OPEN_QUOTE = Message(
    "BK118",
    "open-quote",
    N_("The quotation mark that opens here is never closed."),
    N_("Put the same quotation mark at the end of the value, or remove the first one."),
    N_(
        "A value that begins with ' or \" goes on until the next mark of the same kind, over the ends of lines "
        "too. Here the file ended first, so everything after the mark was taken into one value.\n\n"
        'Most values need no quotation marks at all: name: Työpolku. Where they do: name: "Polku: töihin".'
    ),
)
AFTER_QUOTE = Message(
    "BK119",
    "text-after-quote",
    N_("There is text after the closing quotation mark: {rest}."),
    N_("Put the whole value in quotation marks; inside them write '' for ' and \\\" for \"."),
    N_(
        "A value that begins with a quotation mark ends at the next one, and nothing may follow it on the "
        "line.\n\n"
        "If the value only begins with a quoted word, put the whole in quotation marks of the other kind: "
        "name: '\"Polku\" töihin'. An apostrophe inside single quotation marks is written twice: "
        "name: 'Porin ''uusi'' polku'."
    ),
)
COLON_IN_VALUE = Message(
    "BK120",
    "colon-in-value",
    N_("The value has a colon and a space in it: {value}."),
    N_("Put the value in quotation marks: {better}."),
    N_(
        "A colon followed by a space ends the name of a field. When a value has one too, YAML cannot tell "
        "which colon is meant.\n\n"
        'Put the value in quotation marks: title: "Polku: kohti työtä". A colon without a space, as in 12:30 '
        "or https://example.org, needs none."
    ),
)
WRONG_INDENT = Message(
    "BK121",
    "wrong-indentation",
    N_("The line begins at column {column}, which fits nothing above it."),
    N_("Move the line so that it begins exactly below the fields it belongs with."),
    N_(
        "The fields of one entry begin at the same column, and what belongs to a field is indented more than "
        "the field. A line in between, or one indented under a value that is complete already, belongs to "
        "nothing.\n\n"
        "- id: polku\n  name: Työpolku\n  dose:\n    weeks: 12\n\n"
        "Here id, name and dose begin at column 3 and weeks at column 5. The dash of a list item counts as "
        "indentation."
    ),
)
START_CHARACTER = Message(
    "BK122",
    "value-starts-with-sign",
    N_("The value begins with {sign}, which has a meaning of its own in YAML."),
    N_("Put the whole value in quotation marks: {better}."),
    N_(
        "Some signs at the start of a value are commands of YAML: { [ } ] & * ! | > ' \" % @ ` , ? and a dash "
        "followed by a space. In the middle of a value they are harmless.\n\n"
        'Put the value in quotation marks: note: "* koskee vain nuoria", share: "% liikevaihdosta". To write '
        "a text of several lines, put | alone after the colon and the text on the lines below, indented."
    ),
)
BAD_ESCAPE = Message(
    "BK123",
    "bad-escape",
    N_("Inside double quotation marks a backslash begins a code, and {code} is none."),
    N_("Use single quotation marks around the value, or write two backslashes for one."),
    N_(
        "Between double quotation marks \\n means a line break and \\u00e4 the letter ä. A backslash in a "
        "Windows path is taken for such a code.\n\n"
        "Single quotation marks know no codes: path: 'C:\\Tarjoukset'. In a dossier paths are written with / "
        "and need no quotation marks."
    ),
)
NO_COLON = Message(
    "BK124",
    "no-colon",
    N_("“{written}” stands where a field is asked for, but it has no colon."),
    N_("Write the name of the field, a colon and a space before the value, or indent the line under its field."),
    N_(
        "Each line of an entry is the name of a field, a colon, a space and the value. This line has only "
        "words.\n\n"
        "It may be the rest of a text from the line above. Such text is indented more than its field:\n\n"
        "summary: |\n  Ensimmäinen rivi.\n  Toinen rivi.\n\n"
        "A remark to yourself begins with #."
    ),
)
YAML_SYNTAX = Message(
    "BK125",
    "not-yaml",
    N_("The file cannot be understood from here on ({problem})."),
    N_("Look at this line and the one above it: colons, quotation marks, brackets, indentation."),
    N_(
        "The file is not YAML here. Nothing of the file could be used, because what follows may mean "
        "anything.\n\n"
        "The mistake is on the named line or a little above it. Typical causes: a quotation mark or a "
        "bracket that is not closed, a line that begins at the wrong column, a colon without a space.\n\n"
        "An editor that knows YAML, such as Visual Studio Code, underlines the place as you type."
    ),
)
TOO_DEEP = Message(
    "BK126",
    "too-deep",
    N_("The values here are nested deeper than {most} levels."),
    N_("Check the brackets and the indentation: no field of a dossier lies this deep."),
    N_(
        "Lists and groups of fields can hold others. A dossier uses five levels or so; more than twenty is a "
        "mistake or a file made to harm, and reading stops there.\n\n"
        "Look for brackets that are opened and not closed, and for lines that drift to the right."
    ),
)
TOO_MANY = Message(
    "BK127",
    "too-many-values",
    N_("The file has more than {most} values."),
    N_("Split the list into several files in a folder of the same name."),
    N_(
        "One file may hold a limited number of values, so that no file can fill the memory of the "
        "computer.\n\n"
        "Long lists can be split: services/north.yaml and services/south.yaml are read as one list. The "
        "limit is for each file."
    ),
)
SECOND_DOCUMENT = Message(
    "BK128",
    "second-document",
    N_("A second document begins here (---); a file holds one."),
    N_("Remove the line of dashes, or move what follows it to a file of its own."),
    N_(
        "In YAML a line of three dashes begins a new document, and programs that read one document ignore "
        "the rest. So that nothing is ignored, a second one is refused.\n\n"
        "To separate parts for the eye, use a line that begins with #."
    ),
)
YAML_DEVICE = Message(
    "BK129",
    "yaml-device",
    N_("Here is {what} ({sign}), which a dossier does not use."),
    N_("Write the value out in full; if the sign belongs to the text, put the text in quotation marks."),
    N_(
        "YAML can name a value with &, repeat it with * or <<, and give it a type with !. What looks like a "
        "short file can then grow beyond all memory, and a reader no longer sees which value stands where. A "
        "dossier says each thing in full.\n\n"
        'If the sign was meant as text, put the value in quotation marks: name: "!Älä jätä väliin".'
    ),
)
BAD_KEY = Message(
    "BK130",
    "bad-field-name",
    N_("{key} cannot be the name of a field."),
    N_("Give the field a name of letters, or put the value in quotation marks if it is a text."),
    N_(
        "The name of a field is a plain word before a colon. Here the name is empty, is a list or group of "
        "fields in brackets, or is the sign @, which bidkit keeps for itself.\n\n"
        'A value in double braces, such as title: "{{ name }}", must be in quotation marks, or YAML takes '
        "the braces for a group of fields."
    ),
)
TOO_MANY_FINDINGS = Message(
    "BK131",
    "too-many-mistakes",
    N_("Reading stopped here: the file has {count} mistakes above this line."),
    N_("Mend the mistakes named so far, then run the command again."),
    N_(
        "When a file has very many mistakes of the same kind, a longer list of them helps nobody. The rest of "
        "the file has not been read and may have more.\n\n"
        "Often one cause explains all, for example a whole part of the file pasted twice."
    ),
)
DUPLICATE_KEY = Message(
    "BK132",
    "duplicate-field",
    N_("“{field}” is already on line {line} of the same entry."),
    N_("Keep one of the two lines; if a new list item was meant, begin it with a dash."),
    N_(
        "An entry has the same field twice. Most programs keep the last one silently; with a price or a date "
        "that would be dangerous, so bidkit asks you to decide.\n\n"
        "Often the dash that begins the next entry is missing:\n\n"
        "- id: polku\n  name: Työpolku\n- id: paja\n  name: Työpaja"
    ),
)
COMMENT_CUT = Message(
    "BK133",
    "comment-after-value",
    N_("“{cut}” is taken for a remark; the value is {value}."),
    N_("If it belongs to the value, put the whole in quotation marks; if not, move it to a line of its own."),
    N_(
        "In YAML a space and # begin a remark, and everything up to the end of the line is left out. That is "
        "right for a remark and wrong for a name such as Paja #1.\n\n"
        'Write name: "Paja #1" when it belongs to the name. Put remarks on lines of their own, beginning '
        "with #; then this warning goes away."
    ),
    Severity.WARNING,
)
EMPTY_FILE = Message(
    "BK134",
    "empty-file",
    N_("The file is empty."),
    N_("Write the content into the file, or delete it if it is not needed."),
    N_(
        "The file has no values: it is empty or holds only remarks.\n\n"
        "A list may be empty, so for lists this is only a note. A file that describes one thing, such as "
        "organisation.yaml, needs its fields. If the file should have content, it may have been saved "
        "before it was finished, or another program may have emptied it: look at an earlier version of it."
    ),
)
WRONG_SHAPE = Message(
    "BK135",
    "wrong-shape",
    N_("Here is {found}, but {wanted} is asked for."),
    N_("Give each entry its fields as “name: value”; begin each entry of a list with a dash."),
    N_(
        "A file holds either one group of fields, such as organisation.yaml and tender.yaml, or a list of "
        "entries, such as services.yaml and staff.yaml.\n\n"
        "One group of fields:\n\nname: Esimerkki ry\nbusiness_id: 1234567-1\n\n"
        "A list of entries; each begins with a dash and its fields stand below each other:\n\n"
        "- id: polku\n  name: Työpolku\n- id: paja\n  name: Työpaja"
    ),
)
TWO_FILES = Message(
    "BK136",
    "described-twice",
    N_("“{noun}” is described in {first} already."),
    N_("Move what is needed into {first} and delete this file."),
    N_(
        "Things of which a dossier has just one, such as the organisation and the tender, are described in one "
        "file. Here there are two, and bidkit cannot know which one is right.\n\n"
        "An old copy is a common cause. Give copies that you want to keep a name that begins with _, such as "
        "_tender old.yaml: such files are not read."
    ),
)
UNKNOWN_FILE = Message(
    "BK137",
    "unknown-file",
    N_("The file is not read, because no part of a dossier has this name. Names near it: {near}."),
    N_("Correct the name; if the file is only for you, begin its name with _."),
    N_(
        "Each part of a dossier has a file with a fixed name. This file has another, so what it says would "
        "not reach the bid.\n\n"
        "Check the spelling. Notepad likes to add an ending: services.yaml.txt is not services.yaml. Files "
        "that begin with _ or a dot, and the folders out, attachments and templates, are left alone."
    ),
    Severity.WARNING,
)
INCLUDE_CYCLE = Message(
    "BK138",
    "include-cycle",
    N_("The files include each other in a circle: {chain}."),
    N_("Remove the include line that closes the circle."),
    N_(
        "With include a list takes in the entries of another file. When that file includes the first one "
        "again, directly or through others, there is no end to it.\n\n"
        "The finding names the files in their order; the last is the first again. Remove one of the include "
        "lines, most often the one that the finding points at."
    ),
)
INCLUDED_TWICE = Message(
    "BK139",
    "included-twice",
    N_("{path} is in the dossier already ({first}), so its entries would be there twice."),
    N_("Remove this include line."),
    N_(
        "Every file is read once. The files of a noun are read by themselves, services.yaml as well as all of "
        "services/*.yaml, and need no include.\n\n"
        "include is for entries kept elsewhere, for example in _shared/sites.yaml:\n\n"
        "- include: _shared/sites.yaml\n- id: pori\n  name: Porin toimisto\n\n"
        "The path is given from the dossier folder."
    ),
)

# What stops a file or the whole dossier from being read: the command ends with exit code 2. Workbooks have codes of
# their own.
UNREADABLE: frozenset[str] = workbook.UNREADABLE | frozenset(
    message.code
    for message in (
        NO_FOLDER,
        EMPTY_FOLDER,
        MISSING,
        NOT_A_FILE,
        LOCKED,
        TOO_LARGE,
        CANNOT_READ,
        NOT_UTF8,
        NOT_TEXT,
        BAD_CHARACTER,
        OFFICE_PROTECTED,
        OFFICE_UNSAFE,
        ODD_INDENT,
        NO_SPACE,
        OPEN_QUOTE,
        AFTER_QUOTE,
        COLON_IN_VALUE,
        WRONG_INDENT,
        START_CHARACTER,
        BAD_ESCAPE,
        NO_COLON,
        YAML_SYNTAX,
        TOO_DEEP,
        TOO_MANY,
        SECOND_DOCUMENT,
        TOO_MANY_FINDINGS,
    )
)


def stops_reading(finding: Finding) -> bool:
    """Say whether a finding keeps a file, or the whole dossier, from being read.

    A bad character ends the reading of a text file; of a cell the rest is read, so there it is an error like others.
    """
    in_cell = finding.code == BAD_CHARACTER.code and finding.place.in_workbook
    return finding.code in UNREADABLE and not in_cell
