"""Languages: wording, numbers, money and dates as a reader of Finnish, Swedish or English expects them.

A language is a folder ``locale/<tag>/`` of ``.po`` files, read at run time; a ``.po`` is a domain
(``findings``, ``cli``, ``document`` …) so that a command reads only what it prints. English is the
language of the msgids and needs none. Texts are marked with `N_` where they stand and translated by
`Translator` when they are printed. Numbers are rounded half up *before* they are formatted, because
Babel rounds half to even.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from bidkit.diagnostics import Clause, Fact, Finding, Measure, Name, Place, Word

if TYPE_CHECKING:
    from babel import Locale

LOCALE = Path(__file__).parent / "locale"


def N_(text: str) -> str:  # noqa: N802  (gettext's own name for "mark, do not translate yet")
    """Mark ``text`` for translation and return it unchanged."""
    return text


# Unit → msgids of one and of many. "{n}" is the formatted number; the keys are the units of `Measure`.
UNITS: dict[str, tuple[str, str]] = {
    "EUR": (N_("{n} €"), N_("{n} €")),
    "EUR/hour": (N_("{n} €/h"), N_("{n} €/h")),
    "EUR/client": (N_("{n} €/client"), N_("{n} €/client")),
    "EUR/client_day": (N_("{n} €/client-day"), N_("{n} €/client-day")),
    "EUR/group": (N_("{n} €/group"), N_("{n} €/group")),
    "EUR/month": (N_("{n} €/month"), N_("{n} €/month")),
    "EUR/start": (N_("{n} €/start"), N_("{n} €/start")),
    "EUR/outcome": (N_("{n} €/outcome"), N_("{n} €/outcome")),
    "EUR/visit": (N_("{n} €/visit"), N_("{n} €/visit")),
    "EUR/year": (N_("{n} €/year"), N_("{n} €/year")),
    "percent": (N_("{n} %"), N_("{n} %")),
    "hours": (N_("{n} h"), N_("{n} h")),
    "hours/week": (N_("{n} h/week"), N_("{n} h/week")),
    "hours/month": (N_("{n} h/month"), N_("{n} h/month")),
    "hours/year": (N_("{n} h/year"), N_("{n} h/year")),
    "days": (N_("{n} day"), N_("{n} days")),
    "working_days": (N_("{n} working day"), N_("{n} working days")),
    "weeks": (N_("{n} week"), N_("{n} weeks")),
    "months": (N_("{n} month"), N_("{n} months")),
    "years": (N_("{n} year"), N_("{n} years")),
    "persons": (N_("{n} person"), N_("{n} persons")),
    "clients": (N_("{n} client"), N_("{n} clients")),
    "clients/day": (N_("{n} client/day"), N_("{n} clients/day")),
    "clients/month": (N_("{n} client/month"), N_("{n} clients/month")),
    "clients/year": (N_("{n} client/year"), N_("{n} clients/year")),
    "clients/coach": (N_("{n} client per coach"), N_("{n} clients per coach")),
    "client_days": (N_("{n} client-day"), N_("{n} client-days")),
    "client_days/year": (N_("{n} client-day/year"), N_("{n} client-days/year")),
    "fte": (N_("{n} person-year"), N_("{n} person-years")),
    "references": (N_("{n} reference"), N_("{n} references")),
    "certificates": (N_("{n} certificate"), N_("{n} certificates")),
    "attachments": (N_("{n} attachment"), N_("{n} attachments")),
    "lots": (N_("{n} lot"), N_("{n} lots")),
    "groups": (N_("{n} group"), N_("{n} groups")),
    "starts": (N_("{n} start"), N_("{n} starts")),
    "outcomes": (N_("{n} outcome"), N_("{n} outcomes")),
    "visits": (N_("{n} visit"), N_("{n} visits")),
    "characters": (N_("{n} character"), N_("{n} characters")),
    "pages": (N_("{n} page"), N_("{n} pages")),
    "points": (N_("{n} point"), N_("{n} points")),
    "times/year": (N_("once a year"), N_("{n} times a year")),
    "number": (N_("{n}"), N_("{n}")),
}


# One entry of a .po file: each text is one or more quoted lines.
_ENTRY = re.compile(r'^msgid ((?:"[^\n]*"\s*)+)^msgstr ((?:"[^\n]*"\s*)+)', re.MULTILINE)
_NEXT_LINE = re.compile(r'"\s*\n\s*"')
_ESCAPE = re.compile(r"\\(.)")


# The domains of whoever reads findings: in the terminal, in the report, in the machine's JSON.
FINDINGS = (
    "common",
    "cli",
    "findings",
    "conditions",
    "reading",
    "workbook",
    "pricing",
    "templates",
    "document",
    "publishing",
    "merging",
    "model",
    "columns",
    "choices",
    "consortium",
    "gathering",
)


@cache
def _catalogue(language: str, domain: str) -> dict[str, str]:
    """Return msgid → translation of one ``.po`` file; empty where there is none (English)."""
    path = LOCALE / language / f"{domain}.po"
    if not path.is_file():
        return {}
    pairs = _ENTRY.findall(path.read_text(encoding="utf-8"))
    found = {_unquoted(msgid): _unquoted(msgstr) for msgid, msgstr in pairs}
    return {msgid: msgstr for msgid, msgstr in found.items() if msgid and msgstr}


def _unquoted(lines: str) -> str:
    text = _NEXT_LINE.sub("", lines.strip()[1:-1])
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), text)


def languages() -> tuple[str, ...]:
    """Return the languages that can be printed, Finnish first."""
    found = sorted(p.name for p in LOCALE.iterdir() if p.is_dir())
    return tuple(sorted({*found, "en"}, key=lambda tag: (tag != "fi", tag != "sv", tag)))


def grid(value: Decimal, places: int) -> Decimal:
    """Round half up, as a spreadsheet's ROUND does and Finnish invoices expect."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


# How a workbook calls what has a name, in which language it is read: `bidkit.model.names.called`.
Names: TypeAlias = Callable[[Name, Place, str], str]

# A name in a text of ours, and how it stands in the sentence: “{@prices:to}”.
_REFERENCE = re.compile(r"\{([@=][\w.]+)(?::([A-Za-z]+))?\}")

# Where an entry is or goes: in a file of its own or on a sheet. A capital begins a sentence: “{noun:In}”.
_FORMS = {
    "in": (N_("in {noun}"), N_("in the sheet {noun}")),
    "to": (N_("to {noun}"), N_("to the sheet {noun}")),
    "from": (N_("out of {noun}"), N_("out of the sheet {noun}")),
}


class Translator:
    """Words and formats for one reader.

    ``language`` is ``fi``, ``sv`` or ``en``; ``domains`` are the ``.po`` files to look in, the first
    that has the text wins. `extra` fetches further domains later (manual pages, documents). With ``names`` texts
    about a cell call things as its workbook does; without, and about text files, as they are typed.
    """

    _place: Place | None = None  # the cell that the texts are about

    def __init__(self, language: str, domains: Iterable[str] = ("common",), names: Names | None = None) -> None:
        self.language = language
        self.domains = tuple(domains)
        self.names = names
        self._numbers: dict[tuple[Decimal | int, int | None], str] = {}

    def text(self, msgid: str, /, **facts: Fact) -> str:
        """Return ``msgid`` in this language with its ``{fact}`` fields filled in."""
        found = msgid
        for domain in self.domains:
            hit = _catalogue(self.language, domain).get(msgid)
            if hit is not None:
                found = hit
                break
        if "{@" in found or "{=" in found:
            found = _REFERENCE.sub(lambda at: self.named(Name.of(at[1]), at[2] or ""), found)
        return _Filler(self).vformat(found, (), facts) if facts else found

    def about(self, place: Place | None) -> Translator:
        """Return the translator of texts about ``place``: those about a cell call things as its workbook does."""
        if self.names is None or place is None or not place.in_workbook:
            return self
        found = self.extra()
        found._place = place
        return found

    def sentence(self, finding: Finding) -> str:
        """Return a finding's message, worded."""
        return self.about(finding.place).text(finding.message, **finding.facts)

    def hint(self, finding: Finding) -> str:
        """Return a finding's way out, worded; empty if it has none."""
        return self.about(finding.place).text(finding.hint, **finding.facts) if finding.hint else ""

    def named(self, name: Name, form: str = "") -> str:
        """Return a name as its user knows it; headings and choices are quoted, but those in quotes (“bare”)."""
        cell = self._place is not None
        shown = self.names(name, self._place, self.language) if self.names and self._place else name.typed
        if form.lower() in _FORMS:
            told = self.text(_FORMS[form.lower()][cell])
            return (told.capitalize() if form.istitle() else told).replace("{noun}", shown)
        quoted = cell and (name.field or name.code) and form != "bare"
        return self.text(N_("“{name}”")).replace("{name}", shown) if quoted else shown

    def fact(self, value: Fact) -> str:
        """Return one fact as text."""
        match value:
            case None:
                return "–"
            case str():
                return value
            case Word():
                return self.text(value.msgid, **dict(value.facts))
            case Name():
                return self.named(value)
            case Measure():
                return self.measure(value)
            case datetime():
                return self.moment(value)
            case date():
                return self.day(value)
            case tuple():
                return ", ".join(self.fact(one) for one in value) or "–"
            case bool():
                return self.text(N_("yes") if value else N_("no"))
            case _:
                return self.number(value)

    def clause(self, clause: Clause) -> str:
        """Return where the tender says it: document, section, page."""
        parts = [clause.document]
        if clause.section:
            parts.append(self.text(N_("section {section}"), section=clause.section))
        if clause.page:
            parts.append(self.text(N_("p. {page}"), page=clause.page))
        return ", ".join(parts)

    def number(self, value: Decimal | int, places: int | None = None) -> str:
        """Return a number with this language's separators; ``places`` fixes the decimals (half up).

        Without ``places`` an amount is printed as it is, without trailing zeros.
        """
        key = (value, places)
        if key not in self._numbers:
            self._numbers[key] = self._number(value, places)
        return self._numbers[key]

    def _number(self, value: Decimal | int, places: int | None) -> str:
        from babel.numbers import format_decimal

        exact = Decimal(value)
        if places is not None:
            exact = grid(exact, places)
        else:
            exact = exact.normalize()
            places = max(0, -int(exact.as_tuple().exponent))
            exact = grid(exact, places)
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(exact, format=pattern, locale=_locale(self.language)).replace("\u202f", "\u00a0")

    def money(self, value: Decimal, places: int = 2) -> str:
        """Return euros: ``1 234,50 €``."""
        return self.text(UNITS["EUR"][0]).replace("{n}", self.number(value, places))

    def measure(self, measure: Measure) -> str:
        """Return a number with its unit, euros always with two decimals or more."""
        value = Decimal(measure.value)
        places = None
        if measure.unit.startswith("EUR"):
            places = max(2, -int(value.normalize().as_tuple().exponent))
        return self.text(UNITS[measure.unit][value != 1]).replace("{n}", self.number(value, places))

    def percent(self, value: Decimal, places: int | None = None) -> str:
        """Return a percentage: 12.5 → ``12,5 %``."""
        return self.text(UNITS["percent"][0]).replace("{n}", self.number(value, places))

    def day(self, value: date) -> str:
        """Return a date as this language writes it in figures: ``31.1.2027``, English ``31 Jan 2027``."""
        if self.language in ("fi", "sv"):
            return f"{value.day}.{value.month}.{value.year}"
        months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return f"{value.day} {months[value.month - 1]} {value.year}"

    def moment(self, value: datetime) -> str:
        """Return a date with its time of day, in the moment's own time zone."""
        clock = f"{value.hour}.{value.minute:02}" if self.language in ("fi", "sv") else f"{value:%H:%M}"
        word = {"fi": "klo ", "sv": "kl. "}.get(self.language, "at ")
        return f"{self.day(value.date())} {word}{clock}"

    def extra(self, *domains: str) -> Translator:
        """Return a translator of the same language that looks in further domains too."""
        return Translator(self.language, (*self.domains, *domains), self.names)


@cache
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse({"en": "en_GB"}.get(language, language))


class _Filler(string.Formatter):
    """Fills ``{fact}`` fields with formatted facts; of the format language only names and their forms are used."""

    def __init__(self, translator: Translator) -> None:
        self.translator = translator

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> tuple[Fact, str]:
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Name):
            return self.translator.named(value, format_spec)
        if isinstance(value, tuple) and format_spec:
            return ", ".join(self.format_field(one, format_spec) for one in value) or "–"
        return self.translator.fact(value)
