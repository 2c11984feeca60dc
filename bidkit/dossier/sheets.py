"""The layout of the input workbooks, derived from the model so that the two can never drift apart.

One sheet a noun, one entry a row; what there is one of is a form, a field a row. A group of fields is
flattened to columns, a list of groups has a sheet of its own that names the entry it belongs to, and a list
of two-field groups stands in one cell (``valmennus: 60 %; uraohjaus: 40 %``). Titles are the model's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bidkit import conditions
from bidkit.i18n import N_, Translator
from bidkit.model import names
from bidkit.model._base import KEYS, Entry, Kind
from bidkit.model.choices import label as choice_label
from bidkit.model.dossier import NOUNS
from bidkit.model.names import SHEETS
from bidkit.model.shapes import Shape
from bidkit.record import record

# One workbook describes the organisation and is used for every tender; the other is one tender and the answer to it.
# The lead of a consortium has a third; a small member of an umbrella has one of a single sheet.
BOOKS: Mapping[str, tuple[str, ...]] = {
    "member": ("member",),
    "tender": ("tender", "bid"),
    "consortium": ("consortium",),
    "light": ("light",),
}
OF_ONE = ("member", "tender")  # what an organisation that bids alone has
ONE_PAGE = ("light",)  # one sheet that tells by itself how it is filled in
FILES: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "member": "tiedot.xlsx",
        "tender": "tarjouspyynto.xlsx",
        "consortium": "ryhmittyma.xlsx",
        "light": "jasenlomake.xlsx",
    },
    "sv": {
        "member": "uppgifter.xlsx",
        "tender": "anbudsforfragan.xlsx",
        "consortium": "anbudsgrupp.xlsx",
        "light": "medlemsblankett.xlsx",
    },
    "en": {
        "member": "data.xlsx",
        "tender": "tender.xlsx",
        "consortium": "consortium.xlsx",
        "light": "member_form.xlsx",
    },
}
LANGUAGES = tuple(FILES)
words = names.words  # of a workbook in one of the languages
EXAMPLE = ("esim. ", "t.ex. ", "e.g. ")  # begins the first cell of an example row, by language
EMPTY_LIST = "–"  # stands for a list that must be there and has nothing in it
MOST_PARAMETERS = 7

GUIDE, CODES = N_("Guide"), N_("Codes")  # sheets of ours that hold no entries
# Heading and name of the column that tells whose entry a row belongs to.
_PARENTS = {
    "services": (N_("Service"), "service"),
    "staff": (N_("Staff member"), "staff"),
    "lot_offers": (N_("Lot"), "lot"),
}
# The columns of a form: names of fields, their values, an example of each, and what it is.
FORM_HEADINGS = (N_("Piece of information"), N_("Value"), N_("Example"), N_("What is asked and why"))
PARAMETER, VALUE = N_("Parameter {n}"), N_("Value {n}")

# What a field that holds an id refers to, by the field's name.
REFERS: Mapping[str, str] = {
    "service": "services",
    "services": "services",
    "client_group": "client_groups",
    "client_groups": "client_groups",
    "site": "sites",
    "sites": "sites",
    "staff": "staff",
    "lot": "lots",
    "lots": "lots",
    "lot_preference": "lots",
    "line": "price_lines",
    "lines": "price_lines",
    "criterion": "criteria",
    "criteria": "criteria",
    "condition": "conditions",
    "answers": "requested_attachments",
    "evidence": "attachments",
    "document": "tender.documents",
    "lead": "participants",
    "member": "participants",
    "works_for": "participants",
    "owner": "participants",
    "handover_owner": "participants",
    "relied_on": "conditions",
    "signs": "attachments",
    "next": "client_path",
}

PERCENTS = frozenset({"share", "rate", "margin"})


@record(frozen=True)
class Column:
    """One column of a sheet, or one row of a form.

    ``path`` are the names of fields from the entry to the value, ``titles`` the msgids of their titles. ``many``
    values stand in one cell, separated by semicolons. Of ``pairs``, ``pair`` describes the two values.
    ``number`` is that of a parameter of a condition: its name stands in the cell before.
    """

    path: tuple[str, ...]
    titles: tuple[str, ...]
    about: str
    kind: Kind
    required: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    refers: str = ""
    pair: tuple[Column, ...] = ()
    number: int = 0

    def title(self, words: Translator, language: str = "") -> str:
        """Return the heading; ``language`` is that of a column of a text in a further language."""
        facts = {"n": str(self.number)} if self.number else {}  # no number to be formatted: that needs Babel
        found = ": ".join(words.text(title, **facts) for title in self.titles)
        return f"{found} ({language})" if language else found

    @property
    def name(self) -> str:
        """The stable English name, which is a heading as good as any."""
        return ".".join(self.path) + (str(self.number) if self.number else "")


ANY = Column(("value",), ("",), "", "text")  # a value of which nothing is known but its name


@record(frozen=True)
class Sheet:
    """One sheet: a noun, or a list inside the entries of a noun.

    ``path`` is empty for the noun itself. ``groups`` are the groups of fields that an entry must have even when
    none of their cells is filled.
    """

    noun: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]
    form: bool
    groups: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The stable English name: ``services``, ``services.steps``."""
        return ".".join((self.noun, *self.path))

    @property
    def title(self) -> str:
        """The msgid of the sheet's name."""
        return SHEETS[(self.noun, *self.path)]

    @property
    def required(self) -> bool:
        """Whether a bid cannot be made without the sheet."""
        return not self.path and NOUNS[self.noun].required

    @property
    def in_every_entry(self) -> bool:
        """Whether the sheet holds a list that no entry of its noun can do without."""
        return len(self.path) == 1 and NOUNS[self.noun].model.model_fields[self.path[0]].is_required()

    @property
    def key(self) -> Column:
        """The column that tells one entry from another, or whose entry it belongs to."""
        return next((c for c in self.columns if c.path[-1] in KEYS or c.kind == "parent"), self.columns[0])


@cache
def layout() -> tuple[Sheet, ...]:
    """Return all sheets, a noun's own before those of its lists, in the order of the workbooks."""
    return tuple(sheet for noun in NOUNS for sheet in sheets_for(noun))


@cache
def sheets_for(noun: str) -> tuple[Sheet, ...]:
    """Return the sheets of a noun, its own first."""
    return tuple(_sheets_of(noun))


def sheets_of(book: str) -> tuple[Sheet, ...]:
    """Return the sheets of one of the `BOOKS`."""
    return tuple(sheet for sheet in layout() if NOUNS[sheet.noun].part in BOOKS[book])


def _sheets_of(noun: str) -> Iterator[Sheet]:
    model, holds = NOUNS[noun].model, NOUNS[noun].holds
    columns, lists, groups = _columns(model)
    if noun == "conditions":
        columns = _with_parameters(columns)
    yield Sheet(noun, (), tuple(columns) if holds == "one" else _in_order(columns), holds == "one", tuple(groups))
    for path, inner in lists:
        own, _, inside = _columns(inner)
        if holds == "many":
            title, name = _PARENTS[noun]
            own.insert(0, Column((name,), (title,), _ABOUT_PARENT, "parent", required=True, refers=noun))
        yield Sheet(noun, path, _in_order(own), False, tuple(inside))


_ABOUT_PARENT = N_("Id of the entry that this row belongs to")
_ABOUT_PARAMETER = N_("What the condition demands; the list offers the parameters of its kind")
_ABOUT_VALUE = N_("How much or which")
_Lists: TypeAlias = "list[tuple[tuple[str, ...], type[Entry]]]"


def _columns(
    model: type[BaseModel], path: tuple[str, ...] = (), titles: tuple[str, ...] = (), required: bool = True
) -> tuple[list[Column], _Lists, list[str]]:
    """Return the columns of a model, the lists in it that need sheets of their own, and its required groups."""
    columns: list[Column] = []
    lists: _Lists = []
    groups: list[str] = []
    for field, info in model.model_fields.items():
        name = info.alias or field
        if name in ("@", "parameters"):
            continue
        here, heads = (*path, name), (*titles, info.title or name)
        must = required and info.is_required()
        shape = Shape.of(info)
        if shape.model is None:
            columns.append(_plain_column(here, heads, info, shape, must))
        elif shape.many and (pair := _pair(shape.model)):
            columns.append(Column(here, heads, info.description or "", "pairs", must, True, pair=pair))
        elif shape.many:
            lists.append((here, shape.model))
        else:
            inner, deeper, _ = _columns(shape.model, here, heads, must)
            columns += inner
            lists += deeper
            groups += [name] if must else []
    return columns, lists, groups


def _plain_column(
    path: tuple[str, ...], titles: tuple[str, ...], info: FieldInfo, shape: Shape, required: bool
) -> Column:
    refers = REFERS.get(path[-1], "") if shape.kind in ("id", "text") else ""
    return Column(path, titles, info.description or "", shape.kind, required, shape.many, shape.choices, refers)


def _pair(model: type[Entry]) -> tuple[Column, ...]:
    """Return the two columns of a group that is short enough to stand in one cell, or nothing."""
    fields = [(i.alias or n, i, Shape.of(i)) for n, i in model.model_fields.items() if n != "at"]
    short = len(fields) == 2 and all(s.model is None and not s.many and s.kind != "texts" for _, _, s in fields)
    return tuple(_plain_column((n,), (i.title or n,), i, s, i.is_required()) for n, i, s in fields) if short else ()


def _in_order(columns: list[Column]) -> tuple[Column, ...]:
    """Return the columns with what a row is about first: its name, then what it must refer to."""

    def rank(column: Column) -> int:
        if column.kind == "parent":
            return 0
        if len(column.path) == 1 and column.path[0] == "id":
            return 1
        return 2 if column.required and column.refers and not column.many else 3

    return tuple(sorted(columns, key=rank))


def _with_parameters(columns: list[Column]) -> list[Column]:
    """Let the kind of a condition be chosen after its text, and add pairs of columns for its parameters."""
    named = {column.path[0]: column for column in columns}
    kind = replace(named["kind"], kind="choice", choices=conditions.kinds())
    pairs = [
        Column((name,), (title,), about, "parameter", number=number)
        for number in range(1, MOST_PARAMETERS + 1)
        for name, title, about in (
            ("parameter", PARAMETER, _ABOUT_PARAMETER),
            ("value", VALUE, _ABOUT_VALUE),
        )
    ]
    first = [named["id"], named["text"], kind, named["binding"]]
    return [*first, *pairs, *(c for c in columns if c.path[0] not in ("id", "text", "kind", "binding"))]


@cache
def parameters(kind: str) -> tuple[Column, ...]:
    """Return the parameters of a kind of condition as columns; none if there is no such kind."""
    model = conditions.kind(kind)
    return tuple(_columns(model)[0]) if model else ()


def parameter_called(name: str, columns: tuple[Column, ...]) -> Column | None:
    """Return the parameter that a name of any language means, if there is one."""
    low = folded(name)
    for language in LANGUAGES:
        speech = words(language)
        for column in columns:
            if low in (folded(column.title(speech)), folded(column.name)):
                return column
    return None


_MARK = re.compile(r"[*\s]+")
_ODD = re.compile(r"[*_]|\s\s|^\s|\s$|[^\S ]")  # what `folded` must mend
_LANGUAGE = re.compile(r"(?s)(.+?) ?\(([a-z]{2,3}|selko)\)")


def folded(text: str) -> str:
    """Return a heading, a sheet's name or a label as it is compared: without case, odd spaces and the mark ``*``."""
    if not _ODD.search(text):
        return text.casefold()
    return _MARK.sub(" ", text.replace("_", " ")).strip().casefold()


def split_language(heading: str) -> tuple[str, str]:
    """Return a folded heading without the language in brackets, and that language or an empty text."""
    found = _LANGUAGE.fullmatch(heading)
    return (found[1].strip(), found[2]) if found else (heading, "")


# Heading → what it was called before: a workbook made then is read on.
_FORMER = {"How it works remotely": N_("Remote service")}


@cache
def headings(sheet: Sheet, language: str) -> Mapping[str, Column]:
    """Return folded heading → column in one language; the stable English names are known in all."""
    speech = words(language)
    found = {folded(column.name): column for column in sheet.columns}
    for column in sheet.columns:
        if former := _FORMER.get(column.titles[-1]):
            found[folded(speech.text(former))] = column
    return found | {folded(column.title(speech)): column for column in sheet.columns}


@cache
def titles(language: str) -> Mapping[str, Sheet | None]:
    """Return folded name of a sheet → sheet in one language; the nouns' own names are known in all.

    A sheet of ours that holds no entries is None.
    """
    speech = words(language)
    found: dict[str, tuple[str, ...]] = {folded(" ".join(path)): path for path in SHEETS}
    found |= {folded(speech.text(title)): () for title in (GUIDE, CODES)}
    return _Titles(found | {folded(speech.text(title)): path for path, title in SHEETS.items()})


class _Titles(Mapping[str, "Sheet | None"]):
    """Sheets by what they are called; one is laid out when it is asked for, as hardly any workbook has all."""

    def __init__(self, paths: Mapping[str, tuple[str, ...]]) -> None:
        self._paths = paths

    def __getitem__(self, name: str) -> Sheet | None:
        noun, *path = self._paths[name] or ("",)
        return next(one for one in sheets_for(noun) if one.path == tuple(path)) if noun else None

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


# What the bid prints for a choice, and what its label was in earlier workbooks.
_OTHER_LABELS = {"mandatory": "knock_out", "ehdoton": "knock_out", "ovillkorligt": "knock_out"}


def code_of(text: str, choices: tuple[str, ...]) -> str:
    """Return the code that a label of any language stands for; a text that is none, as it is."""
    low = folded(text)
    for language in LANGUAGES:  # one after the other: hardly any workbook needs more than one
        if (code := _labels(choices, language).get(low)) is not None:
            return code
    other = _OTHER_LABELS.get(low)
    return other if other in choices else text


@cache
def _labels(choices: tuple[str, ...], language: str) -> Mapping[str, str]:
    """Return folded label or code → code in one language."""
    speech = words(language)
    found = {folded(speech.text(choice_label(code))): code for code in choices}
    return found | {folded(code): code for code in choices}
