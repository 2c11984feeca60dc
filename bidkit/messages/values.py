"""BK140–BK169: a value that is not what its field asks for."""

from bidkit.diagnostics import Message
from bidkit.i18n import N_

MISSING_FIELD = Message(
    "BK140",
    "missing-field",
    N_("“{field:bare}” is missing."),
    N_("Add the line “{field}: …” to this entry."),
    N_(
        "An entry lacks a field that bidkit cannot do without.\n\n"
        "Add the field to the entry that the finding names. `bidkit schema` and the pages of the model say "
        "what each field means and how it is written.\n\n"
        "Example: a service without `name` cannot be printed anywhere, so `name: Työhönvalmennus` is asked for."
    ),
    in_cell=N_("Write it in this cell."),
)
UNKNOWN_FIELD = Message(
    "BK141",
    "unknown-field",
    N_("“{field:bare}” is not a field of this entry."),
    N_("Remove the line or correct the name. Fields here: {known}."),
    N_(
        "An entry has a field whose name bidkit does not know, so its value would be ignored.\n\n"
        "Nothing is ignored silently: a misspelt name would lose a price or a date. Correct the name or "
        "remove the line."
    ),
    in_cell=N_("Correct the name or empty the cell. Names here: {known:bare}."),
)
UNKNOWN_FIELD_NEAR = Message(
    "BK142",
    "misspelt-field",
    N_("“{field:bare}” is not a field of this entry. Did you mean “{near:bare}”?"),
    N_("Write “{near:bare}” instead of “{field:bare}”."),
    N_(
        "An entry has a field whose name is almost, but not quite, the name of a known field.\n\n"
        "Correct the name. If the line is meant as a remark, begin it with `#`."
    ),
)
NOT_A_NUMBER = Message(
    "BK143",
    "not-a-number",
    N_("“{value}” is not a number."),
    N_("Write only the number, for example {example}."),
    N_(
        "A field that holds a number has words in it, such as `n. 50` or `noin 50`.\n\n"
        "A price or a quantity binds the bidder, so bidkit does not guess. Write the number alone: `52,50`. "
        "Thin and no-break spaces between thousands, € and a decimal comma or point are fine."
    ),
)
MIXED_SEPARATORS = Message(
    "BK144",
    "mixed-separators",
    N_("“{value}” has both a point and a comma. Did you mean {likely}?"),
    N_("Write {likely}: a space between thousands, a comma before the decimals."),
    N_(
        "A number uses both decimal styles, as in `1.250,00` or `1,250.00`.\n\n"
        "The two styles give amounts a thousand times apart when one sign is missing, so bidkit asks. "
        "Write `1 250,00` or `1250.00`."
    ),
)
AMBIGUOUS_NUMBER = Message(
    "BK145",
    "ambiguous-number",
    N_("“{value}” can mean {small} or {large}."),
    N_("Write {large} if you mean thousands, or {small} with another number of decimals."),
    N_(
        "A number has one separator followed by exactly three digits: `1.250` is 1 250 to one reader and 1,25 "
        "to another.\n\nWrite thousands with a space (`1 250`) and decimals with one, two or four figures (`1,25`)."
    ),
)
OFF_GRID = Message(
    "BK146",
    "finer-than-its-field",
    N_("“{value}” has more than {places} decimals."),
    N_("Round it to {places} decimals: {rounded}."),
    N_(
        "An amount is finer than its field allows: euros and rates have four decimals at most, hours and "
        "quantities two.\n\n"
        "Two documents that round the same amount differently would differ by a cent, so the input is written on "
        "the grid from the start."
    ),
)
OUT_OF_RANGE = Message(
    "BK147",
    "out-of-range",
    N_("“{value}” should be between {low} and {high}."),
    N_("Correct the value."),
    N_(
        "A number lies outside what its field can mean: a share above 100 %, a negative number of clients, a year "
        "before 1900.\n\nCorrect the value at the place named."
    ),
)
TOO_SMALL = Message(
    "BK256",
    "too-small",
    N_("“{value}” is less than {low}."),
    N_("Write {low} or more."),
    N_("A number is smaller than its field can mean: a negative number of clients, of hours or of per cent."),
)
AMBIGUOUS_PERCENT = Message(
    "BK148",
    "ambiguous-percent",
    N_("“{value}” can mean {small} or {large}."),
    N_("Add the sign: {large} or {small}."),
    N_(
        "A percentage is written as a bare number between 0 and 1: `0,3` is 30 % to one reader and 0,3 % to "
        "another.\n\n"
        "Write the sign: `30 %` or `0,3 %`."
    ),
)
NOT_A_DATE = Message(
    "BK149",
    "not-a-date",
    N_("“{value}” is not a date."),
    N_("Write day, month and year, for example 31.1.2027 or 2027-01-31."),
    N_(
        "A date cannot be read, does not exist (31.2.2027), has a two-figure year, or is written with slashes, where "
        "the order of day and month is uncertain.\n\nWrite `31.1.2027` or `2027-01-31`."
    ),
)
NOT_A_MOMENT = Message(
    "BK150",
    "not-a-moment",
    N_("“{value}” is not a date with a time of day."),
    N_("Write for example 15.1.2027 12:00. The time is Finnish time unless an offset is given."),
    N_(
        "A deadline needs its time of day: a bid that comes a minute late is rejected.\n\n"
        "Write `15.1.2027 12:00` or `2027-01-15T12:00+02:00`. Without an offset the time is that of Europe/Helsinki."
    ),
)
NOT_HOURS = Message(
    "BK151",
    "not-hours",
    N_("“{value}” is not a number of hours."),
    N_("Write for example 7 h 40 min, 7:40 or 7,5 h."),
    N_("A duration cannot be read.\n\nWrite `7 h 40 min`, `7:40`, `45 min` or `7,5 h`."),
)
NOT_YES_OR_NO = Message(
    "BK152",
    "not-yes-or-no",
    N_("“{value}” is neither yes nor no."),
    N_("Write kyllä or ei (ja, nej; yes, no)."),
    N_("A field asks for yes or no.\n\nWrite `kyllä` or `ei`, `ja` or `nej`, `yes` or `no`."),
)
NOT_ONE_OF = Message(
    "BK153",
    "not-one-of",
    N_("“{value}” is not one of the choices: {choices:bare}."),
    N_("Choose one of them."),
    N_(
        "A field takes one of a fixed list of words and has another.\n\n"
        "The finding lists the words. They are the same in every language."
    ),
    in_cell=N_("Choose from the list of the cell."),
)
WRONG_SHAPE = Message(
    "BK154",
    "wrong-kind-of-value",
    N_("“{field:bare}” should be {wanted}, but it is {got}."),
    N_("Write it as {wanted}."),
    N_(
        "A field holds a list where one value belongs, or a text where a list or a group of fields belongs.\n\n"
        "In YAML a list has a line with `- ` for each item; a group of fields is indented below its name."
    ),
    in_cell=N_("Write it in one cell, with semicolons between values if there are several."),
)
BAD_BUSINESS_ID = Message(
    "BK155",
    "business-id",
    N_("“{value}” is not a Finnish business ID: {why}."),
    N_("Check it from the Business Information System (ytj.fi) and write it as {example}."),
    N_(
        "A Finnish business ID (Y-tunnus) has seven figures, a hyphen and a check figure, which is computed from the "
        "others (weights 7-9-10-5-8-4-2, modulo 11).\n\nA real decision once printed 33134980-3: one figure too many. "
        "A wrong ID in a bid can lead to a request for clarification, so it is checked at once."
    ),
)
BAD_ID = Message(
    "BK156",
    "id-spelling",
    N_("“{value}” cannot be an id."),
    N_("Write for example {near}: small letters a–z, figures, - and _."),
    N_(
        "Ids tie entries together: a price line names its service by its id.\n\n"
        "An id begins with a letter or figure and has only letters a–z, figures, hyphens, underscores and points, "
        "so that it can be typed without mistake on any keyboard."
    ),
    in_cell=N_(
        "Write for example {near} (small letters a–z, figures, - and _), or choose from the list of the cell if it has "
        "one."
    ),
)
UNKNOWN_MUNICIPALITY = Message(
    "BK157",
    "unknown-municipality",
    N_("“{value}” is not a Finnish municipality of {year}."),
    N_("Write the municipality's name or its three-figure code. Near: {near}."),
    N_(
        "A municipality is not in the classification of the year that bidkit ships (Statistics Finland).\n\n"
        "Municipalities merge each January. Write the name in Finnish or Swedish, or the three-figure code. Where a "
        "field takes several, each is written on its own: with a semicolon between them in a cell, as a list "
        "`[Pori, Ulvila]` in a text file."
    ),
    in_cell=N_(
        "Write the municipality's name or its three-figure code; several with semicolons between them, if the cell "
        "takes several. Near: {near}."
    ),
)
EMPTY_TEXT = Message(
    "BK158",
    "empty-text",
    N_("“{field:bare}” is empty."),
    N_("Write the text, or remove the line."),
    N_("A text that the bid would print is empty.\n\nAn empty heading or cell in a bid looks like a mistake."),
    in_cell=N_("Write the text in this cell."),
)
PERIOD_BACKWARDS = Message(
    "BK159",
    "period-backwards",
    N_("The period ends on {end}, before it begins on {start}."),
    N_("Correct the dates."),
    N_("A period's end lies before its beginning.\n\nCorrect one of the dates."),
)
COUNTS_DISAGREE = Message(
    "BK160",
    "counts-disagree",
    N_("“{part}” is {small}, more than “{whole}”, which is {large}."),
    N_("Correct one of the two numbers."),
    N_(
        "An outcome row counts more people at a later step than at an earlier one: nobody can be followed up who did "
        "not start, and no outcome is reached by somebody who was not followed up.\n\nCorrect one of the numbers."
    ),
)
UNKNOWN_LANGUAGE = Message(
    "BK161",
    "unknown-language",
    N_("“{value}” is not a language code."),
    N_("Use two-letter codes: fi, sv, en, or selko for plain Finnish."),
    N_("Texts and skills name their language by its two-letter code (ISO 639-1), and plain Finnish by `selko`."),
)
CUT_AT_COMMA = Message(
    "BK162",
    "cut-at-comma",
    N_("“{cut}” stands alone after a comma: between braces a comma ends the value before it."),
    N_('Put the whole value in quotation marks, for example "6,5".'),
    N_(
        "Between braces `{ }` a comma separates fields: `{unit: visit, hours: 6,5}` is read as the hours 6 and a field "
        'named 5.\n\nPut a value that has a comma in it in quotation marks: `hours: "6,5"`. The same goes for texts.'
    ),
    in_cell=N_("Separate the values of this cell with semicolons."),
)
ZERO_LOST = Message(
    "BK163",
    "lost-first-zero",
    N_("“{value}” lacks {what}, which Excel drops from a number. Did you mean {likely}?"),
    N_("Write the whole telephone number: {likely}."),
    N_(
        "A telephone number without its first zero or plus sign reaches nobody. Excel takes what looks like a number "
        "for one and drops both: 0401234567 becomes 401234567.\n\n"
        "Write the number with an apostrophe in front (`'0401234567`), with spaces (`040 123 4567`), or format the "
        "cell as text before you type."
    ),
    in_cell=N_("Write it with an apostrophe in front ('{likely}), or format the cell as text and write it again."),
)
CODE_LOST_ZERO = Message(
    "BK164",
    "lost-zeros-of-code",
    N_("“{value}” is not the three-figure code of a municipality. Did you mean {code} ({name})?"),
    N_("Write {code} or {name}."),
    N_(
        "Codes of municipalities have three figures: Helsinki is 091. Excel takes the code for a number and drops its "
        "first zeros.\n\n"
        "Write the name of the municipality, or its code with an apostrophe in front (`'091`)."
    ),
    in_cell=N_("Write {name}, or the code with an apostrophe in front ('{code})."),
)
