"""How a workbook calls what the model has names for: its sheets, the headings of its columns, its choices.

A finding about a cell speaks the words that its user sees there, so they are in the language of the workbook
whatever the language of the finding.
"""

from functools import cache

from bidkit.diagnostics import Name, Place
from bidkit.i18n import N_, Translator, languages
from bidkit.model._base import Entry
from bidkit.model.choices import label
from bidkit.model.dossier import NOUNS
from bidkit.model.shapes import Shape, field_called

DOMAINS = ("columns", "workbook", "choices")  # where the words of a workbook are
# Noun, or list inside its entries → msgid of the sheet that holds it.
SHEETS: dict[tuple[str, ...], str] = {
    ("organisation",): N_("Organisation"),
    ("certificates",): N_("Certificates"),
    ("insurances",): N_("Insurances"),
    ("sites",): N_("Sites"),
    ("travel",): N_("Travel times"),
    ("staff",): N_("Staff"),
    ("staff", "qualifications"): N_("Qualifications"),
    ("staff", "experience"): N_("Experience"),
    ("references",): N_("References"),
    ("client_groups",): N_("Client groups"),
    ("partners",): N_("Partners"),
    ("funding",): N_("Funding"),
    ("services",): N_("Services"),
    ("services", "steps"): N_("Steps"),
    ("services", "modules"): N_("Modules"),
    ("cost_basis",): N_("Cost basis"),
    ("cost_basis", "side_costs"): N_("Side costs"),
    ("salaries",): N_("Salaries"),
    ("cost_items",): N_("Costs"),
    ("outcomes",): N_("Outcomes"),
    ("tender",): N_("Basics"),
    ("tender", "contract", "options"): N_("Options"),
    ("tender", "documents"): N_("Documents"),
    ("tender", "questions"): N_("Questions"),
    ("lots",): N_("Lots"),
    ("conditions",): N_("Conditions"),
    ("criteria",): N_("Award criteria"),
    ("price_lines",): N_("Price lines"),
    ("requested_attachments",): N_("Attachments asked for"),
    ("bid",): N_("Bid"),
    ("lot_offers",): N_("Lots offered"),
    ("lot_offers", "capacity"): N_("Capacity by lot"),
    ("prices",): N_("Prices"),
    ("answers",): N_("Answers"),
    ("attestations",): N_("Attestations"),
    ("attachments",): N_("Attachments"),
    ("rivals",): N_("Assumed rivals"),
    ("consortium",): N_("Consortium"),
    ("participants",): N_("Participants"),
    ("shares",): N_("Shares"),
    ("client_path",): N_("Client path"),
    ("agreements",): N_("Agreements"),
    ("resolutions",): N_("Settled conflicts"),
    ("light_member",): N_("Member form"),
}


def called(name: Name, place: Place, language: str) -> str:
    """Return how the workbook of ``place`` calls a noun, a field, an entry or a code.

    ``language`` is that of the reader: it decides where the name of the sheet does not.
    """
    own = words(_language_of(place, language))
    if name.code:
        return own.text(label(name.code))
    if name.field:
        return ": ".join(map(own.text, name.titles or heading(name))) or name.typed
    sheet = SHEETS.get(tuple(name.noun.split(".")))
    shown = own.text(sheet) if sheet else name.noun
    return f"{shown} › {name.entry}" if name.entry else shown


def noun_called(word: str) -> str:
    """Return the noun whose sheet is called ``word`` in some language; empty if there is none."""
    shown = word.replace("_", " ").strip().casefold()
    for language in languages():
        for path, title in SHEETS.items():
            if len(path) == 1 and words(language).text(title).casefold() == shown:
                return path[0]
    return ""


def heading(name: Name) -> tuple[str, ...]:
    """Return the msgids that make the heading of a field: those of its groups, and its own; none if it has none.

    A list has a sheet of its own or one cell; the fields of one that has a cell have no headings.
    """
    noun, *above = name.noun.split(".")
    model: type[Entry] | None = NOUNS[noun].model if noun in NOUNS else None
    titles: list[str] = []
    path: tuple[str, ...] = (noun,)
    for part in (*above, *name.field.split(".")):
        info = field_called(model, part) if model else None
        if info is None:
            break
        path = (*path, part)
        titles = [] if path in SHEETS else [*titles, info.title or part]
        shape = Shape.of(info)
        model = shape.model
        if model and shape.many and path not in SHEETS:
            break
    return tuple(titles) or ((SHEETS[path],) if path[1:] and path in SHEETS else ())


@cache
def words(language: str) -> Translator:
    """Return the words of a workbook in ``language``."""
    return Translator(language, DOMAINS)


def _language_of(place: Place, reader: str) -> str:
    """Return the language whose name the sheet of ``place`` has."""
    sheet = place.spot.rpartition("!")[0].strip().casefold()
    return next((one for one in (reader, *languages()) if sheet in _sheets(one)), reader)


@cache
def _sheets(language: str) -> frozenset[str]:
    return frozenset(words(language).text(title).casefold() for title in SHEETS.values())
