"""Narrative text: plain paragraphs with simple emphasis, lists, and figures as references to the dossier.

Markup: a blank line ends a paragraph; ``- `` begins a bullet, ``1. `` a numbered item, ``## `` a subheading;
``**bold**`` and ``*italic*``. ``{services.valmennus.dose.hours}`` prints that field of the dossier, so that a
figure is written once and every printed one can be traced to its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import BaseModel

from bidkit.diagnostics import Fact, Measure
from bidkit.i18n import Translator
from bidkit.model._base import Entry, in_any_language
from bidkit.model.disclosure import Disclosed, disclose
from bidkit.model.dossier import NOUNS, Dossier, Member, listed, nouns_of
from bidkit.model.evidence import Outcome

_REFERENCE = re.compile(r"\{([a-z_]+(?:\.[A-Za-z0-9_-]+)+)\}")
_ALONE = re.compile(rf"(?<!\{{){_REFERENCE.pattern}(?!\}})")  # not in a second pair of braces
_STRAY = re.compile(r"\{+[^{}]*\}+|[{}]")
_EMPHASIS = re.compile(r"(\*\*.+?\*\*|\*[^*\s](?:[^*]*[^*\s])?\*)", re.S)
_NUMBERED = re.compile(r"\d{1,2}[.)] ")
_MONEY = frozenset({"amount", "value", "value_per_year", "monthly", "unit_price", "ceiling", "fixed", "price"})
_YEARS = frozenset({"founded", "year"})  # 1996, never 1 996
# What no file for the buyer may hold: whole nouns, and single fields of others.
_INTERNAL_NOUNS = frozenset({"cost_basis", "salaries", "cost_items", "rivals", "partners", "funding"})
_INTERNAL_FIELDS = frozenset({("prices", "margin"), ("answers", "expected_points"), ("staff", "name")})


# Nouns whose ids are the same thing for all members, so that one of them may describe it and another refer to it.
_SHARED = frozenset({"services", "client_groups", "outcomes"})
MEMBERS = "members"  # begins a reference to a row of one organisation


class Span(NamedTuple):
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


class Paragraph(NamedTuple):
    """A paragraph, a list item or a subheading."""

    kind: Literal["paragraph", "bullet", "number", "subheading"]
    spans: tuple[Span, ...]


def parse(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of ``text``; lines that follow each other are one paragraph."""
    return tuple(Paragraph(kind, tuple(_spans(words))) for kind, words in _blocks(text))


def _blocks(text: str) -> Iterator[tuple[Literal["paragraph", "bullet", "number", "subheading"], str]]:
    kind: Literal["paragraph", "bullet", "number", "subheading"] = "paragraph"
    lines: list[str] = []
    for raw in [*text.splitlines(), ""]:
        line = raw.strip()
        starts = _start(line)
        if (not line or starts) and lines:
            yield kind, " ".join(lines)
            kind, lines = "paragraph", []
        if starts:
            kind, line = starts
        if line:
            lines.append(line)
        if kind == "subheading":
            yield kind, " ".join(lines)
            kind, lines = "paragraph", []


def _start(line: str) -> tuple[Literal["bullet", "number", "subheading"], str] | None:
    if line.startswith(("- ", "* ", "• ")):
        return "bullet", line[2:].strip()
    if line.startswith("## "):
        return "subheading", line[3:].strip()
    if match := _NUMBERED.match(line):
        return "number", line[match.end() :].strip()
    return None


def _spans(text: str) -> Iterator[Span]:
    for part in _EMPHASIS.split(text):
        if len(part) > 4 and part.startswith("**") and part.endswith("**"):
            yield Span(part[2:-2], bold=True)
        elif len(part) > 2 and part.startswith("*") and part.endswith("*"):
            yield Span(part[1:-1], italic=True)
        elif part:
            yield Span(part)


def references(text: str) -> tuple[str, ...]:
    """Return the references of ``text`` as written, without their braces."""
    return tuple(match[1] for match in _REFERENCE.finditer(text))


def stray_braces(text: str) -> tuple[str, ...]:
    """Return what stands in braces without being a reference, and braces that have no pair; each once."""
    found = (" ".join(match[0].split()) for match in _STRAY.finditer(_ALONE.sub("", text)))
    return tuple(dict.fromkeys(one if len(one) <= 60 else f"{one[:59]}…" for one in found))


def loose_figures(text: str) -> tuple[str, ...]:
    """Return figures that no reference stands for; numbers of list items do not count."""
    rest = _REFERENCE.sub("", text)
    rest = "\n".join(_NUMBERED.sub("", line.strip(), count=1) for line in rest.splitlines())
    return tuple(dict.fromkeys(re.findall(r"\d+(?:[ .,:/–-]?\d+)*", rest)))


def worded(text: str, figures: Figures, translator: Translator) -> tuple[Paragraph, ...]:
    """Return the paragraphs of ``text`` with every reference replaced by its printed figure."""

    def printed(match: re.Match[str]) -> str:
        found = figures.find(match[1])
        return match[0] if found is None else translator.fact(found)

    return parse(_REFERENCE.sub(printed, text))


def plain(paragraphs: tuple[Paragraph, ...]) -> str:
    """Return the text as it would be pasted into a portal's field: what a character limit counts."""
    lead = {"bullet": "- ", "number": "", "paragraph": "", "subheading": ""}
    lines = []
    number = 0
    for one in paragraphs:
        number = number + 1 if one.kind == "number" else 0
        start = f"{number}. " if one.kind == "number" else lead[one.kind]
        lines.append(start + "".join(span.text for span in one.spans))
    return "\n".join(lines)


class _Rows:
    """The entries of a dossier or of one member, by noun and name; of two with one name the first."""

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        self.one: dict[str, BaseModel] = {}
        self.many: dict[str, dict[str, BaseModel]] = {}
        for noun, entry in entries:
            if NOUNS[noun].holds == "one":
                self.one.setdefault(noun, entry)
            else:
                self.many.setdefault(noun, {}).setdefault(entry.key, entry)

    def find(self, noun: str, path: str) -> tuple[str, BaseModel | None, str]:
        """Return the name of the entry that a path begins with, the entry, and the rest of the path.

        Ids may have points in them, so the longest one that fits wins.
        """
        if noun in self.one:
            return "", self.one[noun], path
        table, parts = self.many.get(noun, {}), path.split(".")
        for cut in range(len(parts), 0, -1):
            key = ".".join(parts[:cut])
            if key in table:
                return key, table[key], ".".join(parts[cut:])
        return "", None, path


class Figures:
    """Finds what a reference stands for. One is made for a dossier and used for all its texts.

    ``{services.valmennus.dose.hours}`` names the service of that id, whoever gives it. A row of one organisation is
    named with its id: ``{members.esimerkki.sites.pori.name}``, for ids of sites or staff may repeat.
    """

    def __init__(self, dossier: Dossier, language: str) -> None:
        self._dossier, self._language = dossier, language
        self._all = _Rows(dossier.entries())

    @cached_property
    def disclosed(self) -> Mapping[str, Disclosed]:
        """What may be printed of each outcome row, by its id."""
        return disclose(row for member in self._dossier.members for row in member.outcomes)

    @cached_property
    def _own(self) -> Mapping[str, _Rows]:
        """The rows of each member, by its id."""
        return {one.organisation.id: _Rows(held(one)) for one in self._dossier.members}

    def _of(self, reference: str) -> tuple[str, str, str]:
        """Return the member that a reference names (empty: none), the noun and the path."""
        noun, _, path = reference.partition(".")
        if noun != MEMBERS:
            return "", noun, path
        owners = [id_ for id_ in self._own if path.startswith(f"{id_}.")]
        owner = max(owners, key=len, default="")
        noun, _, path = path[len(owner) + 1 :].partition(".") if owner else ("", "", "")
        return owner, noun, path

    def internal(self, reference: str) -> bool:
        """Tell whether ``reference`` names what the buyer must not see: costs, margins, estimates, hidden names."""
        _, noun, path = self._of(reference)
        field = path.rpartition(".")[2]
        if (noun, field) == ("staff", "name") and self._dossier.bid.name_staff:
            return False
        return noun in _INTERNAL_NOUNS or (noun, field) in _INTERNAL_FIELDS

    def find(self, reference: str) -> Fact:
        """Return the value that ``reference`` names, or None if there is none to print."""
        if self.internal(reference):
            return None
        owner, noun, path = self._of(reference)
        rows = self._own[owner] if owner else self._all
        if path == "count" and noun not in rows.one:
            return len(rows.many.get(noun, ()))
        _, entry, rest = rows.find(noun, path)
        if entry is None and owner and noun in _SHARED:
            _, entry, rest = self._all.find(noun, path)
        return None if entry is None else self._value(entry, rest)

    def row(self, reference: str) -> str:
        """Return the dossier row that ``reference`` cites: ``services.valmennus``."""
        owner, noun, path = self._of(reference)
        key, _, _ = (self._own[owner] if owner else self._all).find(noun, path)
        return f"{noun}.{key}" if key else noun

    def _value(self, entry: BaseModel, path: str) -> Fact:
        if isinstance(entry, Outcome):
            return self._outcome(entry, path)
        value: object = entry
        name = ""
        for name in path.split("."):
            if isinstance(value, BaseModel) and name in type(value).model_fields:
                value = getattr(value, name)
            elif isinstance(value, tuple) and name == "count":
                value = len(value)
            elif isinstance(value, tuple) and name.isdigit() and 0 < int(name) <= len(value):
                value = value[int(name) - 1]
            else:
                return None
        if isinstance(value, Mapping):
            return in_any_language(value, self._language, self._dossier.bid.written_in) or None
        if isinstance(value, Decimal) and name in _MONEY:
            return Measure(value, "EUR")
        if isinstance(value, int) and name in _YEARS:
            return str(value)
        return value if isinstance(value, str | int | Decimal | date | datetime) else None

    def _outcome(self, row: Outcome, path: str) -> Fact:
        """Return a figure of an outcome row as it may be printed: small cells stay hidden here too."""
        shown = self.disclosed[row.id]
        match path:
            case "cohort" | "followed_up" | "reached":
                found = getattr(shown, path)
                return "–" if found is None else found
            case "rate":
                if shown.percent is not None:
                    return Measure(shown.percent, "percent")
                return "–" if shown.reached is None else f"{shown.reached}/{shown.cohort}"
            case "follow_up_months" | "start" | "end":
                value: Fact = getattr(row, path)
                return value
            case _:
                return None


def held(member: Member) -> Iterator[tuple[str, Entry]]:
    """Yield every entry of one member with its noun."""
    for name in nouns_of("member"):
        yield from ((name, one) for one in listed(member, name))
