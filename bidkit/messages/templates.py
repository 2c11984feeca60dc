"""BK400–BK429: a Word template that is missing, damaged, or asks for what it cannot have.

Every finding about a tag ends with where it stands: the part of the document, the heading above, and the
number of the paragraph or of table, row and column.
"""

from bidkit.diagnostics import Message
from bidkit.i18n import N_

NOT_FOUND = Message(
    "BK400",
    "template-not-found",
    N_("There is no template “{name}”."),
    N_("Give one of these as the template: {near}."),
    N_(
        "The name given with `--template` is neither a template that comes with bidkit nor a folder under "
        "`templates` in the dossier, nor a path to a .docx file.\n\n"
        "Correct the name. Example: `bidkit build DOSSIER --template standard`."
    ),
)
NO_LANGUAGE = Message(
    "BK401",
    "template-lacks-language",
    N_("The template “{name}” has no file for the language {language}; it has {found}."),
    N_("Add the file {language}.docx to the template's folder, or build in one of its languages."),
    N_(
        "A template is a folder with one Word file a language: `fi.docx`, `sv.docx`, `en.docx`. The bid was "
        "asked for in a language that the folder lacks.\n\n"
        "Copy one of the files, name it after the language and translate its texts; the tags stay as they are."
    ),
)
DAMAGED = Message(
    "BK402",
    "template-damaged",
    N_("The template cannot be read: {cause}."),
    N_("Open it in Word, save it again as a Word document (.docx), or take an earlier copy."),
    N_(
        "The file is cut short or damaged inside, so no document can be made from it.\n\n"
        "Word often repairs such a file when it opens it: save it under a new name and compare it with the old one."
    ),
)
NOT_WORD = Message(
    "BK403",
    "template-not-word",
    N_("The template is not an ordinary Word document (found: {found})."),
    N_("Save it in Word with the file type “Word document (*.docx)”."),
    N_(
        "Templates are ordinary Word documents. A workbook, a Word template (.dotx), a document with macros (.docm) "
        "and the type “Strict Open XML” are other kinds of file, whatever their name says.\n\n"
        "In Word choose Save as, and the file type “Word document (*.docx)”."
    ),
)
UNSAFE = Message(
    "BK404",
    "template-unsafe",
    N_("The template holds {what} ({detail}). It would go into every bid."),
    N_("Remove it in Word and save the template again."),
    N_(
        "A template must not hold macros, embedded objects, or anything fetched from elsewhere: each bid made from it "
        "would carry it to the buyer, whose system may refuse the file.\n\n"
        "Macros disappear when the file is saved as “Word document (*.docx)”. A linked picture: insert it again from "
        "the file without linking. A linked template: choose the template Normal in Word's add-in settings."
    ),
)
TRACKED = Message(
    "BK405",
    "template-tracked-changes",
    N_("The template holds tracked changes ({where})."),
    N_("Accept or reject all changes in Word (Review) and save the template."),
    N_(
        "Deleted text is still in the file while changes are tracked, and the buyer could read it.\n\n"
        "In Word: Review, Accept all changes, stop tracking. Then save the template."
    ),
)
LOOSE_BRACES = Message(
    "BK406",
    "tag-without-end",
    N_("“{tag}” begins or ends a tag, but its other end is not in the same paragraph ({where}, {spot})."),
    N_("Write the whole tag into one paragraph, with two braces at each end: {{{{ name }}}} or {{% if name %}}."),
    N_(
        "A tag begins with `{{` and ends with `}}`, or begins with `{%` and ends with `%}`, within one paragraph.\n\n"
        "Often one brace is missing: `{{ bidder.name }` should be `{{ bidder.name }}`."
    ),
)
UNKNOWN_WORD = Message(
    "BK407",
    "unknown-statement",
    N_("{tag}: templates do not know the word “{word}” ({where}, {spot})."),
    N_("Between {{% and %}} stands one of these words: {near}."),
    N_(
        "Statements repeat or leave out parts of the document: `{% for one in list %} … {% endfor %}` and "
        "`{% if field %} … {% elif other %} … {% else %} … {% endif %}`. There are no others.\n\n"
        "A field that is to be printed stands in `{{ }}`."
    ),
)
UNREADABLE = Message(
    "BK408",
    "tag-unreadable",
    N_("{tag} cannot be understood ({where}, {spot})."),
    N_("Write it like {{{{ bidder.name }}}}, {{{{ price | money }}}}, {{% for one in list %}} or {{% if field %}}."),
    N_(
        "Something in the tag is missing or too much: a dot at its end, a space inside a name, a quotation mark "
        "without its mate.\n\n"
        "Names are written with small letters, digits and underscores and joined by dots: `service.name`. A text to "
        'compare with stands in quotation marks: `{% if lot.id == "A" %}`.'
    ),
)
NOT_ALLOWED = Message(
    "BK409",
    "tag-not-allowed",
    N_("{tag}: a template may not use {what} ({where}, {spot})."),
    N_("Keep to fields, formats, for, if, comparisons, and, or, not, in."),
    N_(
        "Templates come from many hands, so their language is small: they can print fields, repeat parts and leave "
        "parts out. They cannot calculate, call anything, or reach names that begin with an underscore.\n\n"
        "What must be worked out is worked out by bidkit and given as a field; ask for a field that you miss."
    ),
)
UNKNOWN_FILTER = Message(
    "BK410",
    "unknown-format",
    N_("{tag}: there is no format “{filter}” ({where}, {spot})."),
    N_("After | write one of these: {near}."),
    N_(
        "What stands after the bar says how a value is printed: `{{ price | money }}` prints 1 234,50 €.\n\n"
        "The name of the format is misspelt, or it is one of another program."
    ),
)
UNCLOSED = Message(
    "BK411",
    "block-without-end",
    N_("{tag} is never ended ({where}, {spot})."),
    N_("Write {end} where the repeated or conditional part ends."),
    N_(
        "Each `{% for … %}` needs its `{% endfor %}` and each `{% if … %}` its `{% endif %}`. The finding names the "
        "tag that begins the part.\n\n"
        "Parts may stand inside each other, but each must end before the one around it does."
    ),
)
STRAY = Message(
    "BK412",
    "end-without-block",
    N_("{tag} ends or divides a part that {opening} has not begun ({where}, {spot})."),
    N_("Remove the tag, or write {opening} before it."),
    N_(
        "An `{% endfor %}`, `{% endif %}`, `{% elif %}` or `{% else %}` stands where no such part is open. Often the "
        "beginning was deleted with its paragraph, or two ends are in the wrong order.\n\n"
        "`{% else %}` and `{% elif %}` belong to `if`, not to `for`; nothing follows `{% else %}` but `{% endif %}`."
    ),
)
CROSSED = Message(
    "BK413",
    "block-crosses-text",
    N_(
        "{tag}: the part from {opening} to {end} begins and ends in different places with text beside it, so it is "
        "not clear what to repeat ({where}, {spot})."
    ),
    N_("Give the tag a paragraph of its own, or put both ends into one paragraph or one table row."),
    N_(
        "A part may lie inside one paragraph, go round whole paragraphs, or round whole rows of a table. To go round "
        "paragraphs each of its tags stands in a paragraph of its own, or at the very beginning and end. To repeat a "
        "row, `{% for %}` begins its first cell and `{% endfor %}` ends its last.\n\n"
        "Example of the mistake: `Services: {% for one in services %}` in one paragraph and `{% endfor %}` in another."
    ),
)
TEXT_BESIDE = Message(
    "BK414",
    "text-beside-tag",
    N_("{tag} removes its whole paragraph or row, but there is other text in it ({where}, {spot})."),
    N_("Write the tag without p or tr, or move the text to a paragraph or row of its own."),
    N_(
        "With the spelling `{%p … %}` the paragraph of the tag disappears, with `{%tr … %}` the table row. Text beside "
        "the tag would be lost without a word.\n\n"
        "bidkit needs no such spelling: a paragraph or row that holds only statements disappears by itself."
    ),
)
UNKNOWN_FIELD = Message(
    "BK415",
    "unknown-field-in-template",
    N_("{tag}: there is no field “{field}” ({where}, {spot})."),
    N_("Did you mean one of these? {near}"),
    N_(
        "A template asks for a field that the bid does not have. An empty place in the bid would not be noticed, so no "
        "document is made.\n\n"
        "Correct the name. The guide for makers of templates lists all fields. Inside `{% for one in services %}` the "
        "fields of a service are written `one.name`."
    ),
)
WRONG_VALUE = Message(
    "BK416",
    "format-does-not-fit",
    N_("{tag}: the format “{filter}” cannot print {kind} ({where}, {spot})."),
    N_("Use the format that suits the value, or none for a text."),
    N_(
        "Each format prints one kind of value: `money` and `number` take numbers, `date` takes dates.\n\n"
        "Where a value may be missing, ask first: `{% if price %}{{ price | money }}{% endif %}`."
    ),
)
UNFORMATTED = Message(
    "BK417",
    "value-needs-format",
    N_("{tag}: {kind} cannot be printed as it is ({where}, {spot})."),
    N_(
        "Go through a list with for, ask yes or no with if, name one field of a group; numbers and dates need a format."
    ),
    N_(
        "Prices and dates look different in each language, so the template says how they are printed: "
        "`{{ price | money }}`. A list is gone through with `{% for %}`, yes or no is asked with `{% if %}`, and of a "
        "group of fields one is named: `bidder.name`."
    ),
)
NOT_A_LIST = Message(
    "BK418",
    "not-a-list",
    N_("{tag} can only go through a list, but this is {kind} ({where}, {spot})."),
    N_("Name a list after “in”, for example services."),
    N_(
        "`{% for one in services %}` repeats a part for each item of a list. The field after `in` holds something "
        "else.\n\n"
        "Often the item is meant instead of the list: `{% for step in service.steps %}`, not `in service`."
    ),
)
TOO_MANY_ROUNDS = Message(
    "BK419",
    "too-many-rounds",
    N_("{tag}: the loops of the template go round more than {most} times ({where}, {spot})."),
    N_("Look for a loop inside a loop that goes through the same long list."),
    N_(
        "Loops inside loops multiply: a thousand services gone through for each of a thousand services is a million "
        "paragraphs. bidkit stops, so that a template cannot keep the computer busy for ever.\n\n"
        "Usually the inner loop should go through a list of the item: `service.steps`."
    ),
)
BLOCK_IN_TEXT = Message(
    "BK420",
    "block-in-running-text",
    N_("{tag}: {kind} needs a paragraph of its own ({where}, {spot})."),
    N_("Put the tag alone into a paragraph, without text, other tags or a section break beside it."),
    N_(
        "Narrative texts, charts and the table of contents consist of whole paragraphs, which cannot stand in the "
        "middle of a sentence.\n\n"
        "Leave nothing in the paragraph but the tag. The paragraph's style becomes that of the text."
    ),
)
MISSING_STYLE = Message(
    "BK421",
    "template-lacks-style",
    N_("{tag} needs the style “{style}”, which the template does not have ({where}, {spot})."),
    N_("Use the style “{style}” once in Word (Styles, Manage styles), save, and delete the text again."),
    N_(
        "bidkit adds no looks of its own: lists, subheadings, quotations and lines of the table of contents take the "
        "styles of the template. Word stores a built-in style in the file only when it has been used or changed.\n\n"
        "Names are Word's English ones: List Bullet is Merkitty luettelo in Finnish Word and Punktlista in Swedish."
    ),
)
OUT_OF_REACH = Message(
    "BK422",
    "tag-out-of-reach",
    N_("“{tag}” stands where it cannot be filled in ({where}, {spot})."),
    N_("Move the tag into ordinary text; remove it from alternative texts, fields and drawings."),
    N_(
        "Tags are filled in text: in paragraphs, tables, headers, footers, notes and text boxes, and in the title of "
        "the file. In a picture's alternative text, a link's address, a Word field or a diagram they would stay as "
        "they are, and the buyer would see the braces."
    ),
)
TOO_DEEP = Message(
    "BK423",
    "blocks-too-deep",
    N_("{tag} stands inside {most} other parts already ({where}, {spot})."),
    N_("End some of the parts around it first."),
    N_(
        "Parts may stand inside each other, but not without end. So many usually mean that an end is missing further "
        "up."
    ),
)
TOO_LONG = Message(
    "BK424",
    "tag-too-long",
    N_("“{tag}” is longer than the {most} characters a tag may have ({where}, {spot})."),
    N_("Shorten the tag, or write the closing braces where it should end."),
    N_(
        "Such a long tag is usually two tags with the braces between them missing, so that the text between was taken "
        "for a part of it."
    ),
)
SECTION_BREAK = Message(
    "BK425",
    "tag-with-section-break",
    N_("{tag} stands in a paragraph with a section break, which would disappear with it ({where}, {spot})."),
    N_("Put the cursor before the section break, press Enter, and leave the tag in the paragraph above."),
    N_(
        "A paragraph that holds only statements disappears. If it also holds a section break, the pages after it would "
        "lose their layout, headers and numbering.\n\n"
        "Show the formatting marks in Word (¶) to see the section break, and give it a paragraph of its own."
    ),
)
NOT_COMPARABLE = Message(
    "BK426",
    "not-comparable",
    N_("{tag} compares values of different kinds, such as a text and a number ({where}, {spot})."),
    N_("Compare a number with a number, and a text with a text in quotation marks."),
    N_(
        "Smaller and greater are known of two numbers, two dates or two texts: `{% if lots > 1 %}`, not "
        '`{% if lots > "1" %}`. A field that may be empty is asked first: `{% if price and price > 100 %}`.'
    ),
)
TOO_BIG = Message(
    "BK427",
    "document-too-big",
    N_("{tag}: the document grows beyond {most} characters here ({where}, {spot})."),
    N_("Look for a loop that prints a long text again and again."),
    N_(
        "A loop repeats so much that neither Word nor the buyer's system could open the result. bidkit stops before "
        "the memory is full.\n\n"
        "Print long texts once, outside the loop, or go through a shorter list."
    ),
)
