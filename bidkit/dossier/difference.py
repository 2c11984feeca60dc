"""What differs between two versions of a bid: verdicts, prices, figures, texts, entries, and how they were built.

It compares what the versions kept (`bidkit.render.content`), entry by entry and field by field as the model has
them. Files that an older or newer bidkit kept may hold fields that this one does not know; those go by their name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bidkit import conditions
from bidkit.diagnostics import Fact, Measure, Word
from bidkit.dossier.kept import decimal, fact, in_order, listing, mapping, plain, text_of
from bidkit.dossier.sheets import PERCENTS
from bidkit.i18n import N_
from bidkit.model._base import KEYS, Entry
from bidkit.model.choices import label
from bidkit.model.codes import municipalities
from bidkit.model.dossier import NOUNS
from bidkit.model.names import SHEETS
from bidkit.model.shapes import Shape

# How a version was built, beside what is in the dossier: key of the content → its name.
SETTINGS: Mapping[str, str] = {
    "language": N_("language"),
    "draft": N_("draft"),
    "template": N_("template"),
    "program": N_("program"),
    "epoch": N_("date stamp of the files"),
    "faults": N_("other faults of the draft"),
}
LINE, LOT, WHOLE = ("unit_price", "net"), ("net", "gross", "comparison"), ("net", "gross")
ORDER = N_("order")


@dataclass(frozen=True, slots=True)
class Where:
    """An entry, or a field of one: noun, id, titles of the field. ``member`` only where there are several.

    ``path`` is the field by its stable names, for machines.
    """

    noun: str
    entry: str = ""
    field: tuple[Fact, ...] = ()
    path: tuple[str, ...] = ()
    member: str = ""

    def into(self, name: str, title: Fact = None) -> Where:
        """Return a place inside this one; what has no title goes by its name."""
        return replace(self, field=(*self.field, title or name), path=(*self.path, name))

    @property
    def title(self) -> str:
        """The msgid of the noun's name."""
        return SHEETS.get((self.noun,), self.noun)


@dataclass(frozen=True, slots=True)
class Changed:
    """A value that changed: a figure, date or choice as a fact, a text as it was written; None if it was not there."""

    where: Where
    old: Fact
    new: Fact


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict that changed; ``old`` or ``new`` is empty where there was no such condition."""

    condition: str
    lot: str
    text: str
    old: str
    new: str
    required: Fact
    found: Fact


@dataclass(frozen=True, slots=True)
class Priced:
    """A sum that changed: of a line, of a lot (no line), of the whole bid (no lot); ``what`` is its name in JSON."""

    lot: str
    line: str
    title: str
    what: str
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs."""

    settings: tuple[tuple[str, Fact, Fact], ...]
    verdicts: tuple[Judged, ...]
    prices: tuple[Priced, ...]
    figures: tuple[Changed, ...]
    texts: tuple[Changed, ...]
    added: tuple[Where, ...]
    removed: tuple[Where, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        parts = (self.settings, self.verdicts, self.prices, self.figures, self.texts, self.added, self.removed)
        return any(parts)

    @property
    def lines(self) -> int:
        """How many price lines changed."""
        return len({(one.lot, one.line) for one in self.prices if one.line})


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    """Compare the contents of two versions, as `bidkit.publish.versions` reads them."""
    found = _Found(_home(old), _home(new))
    _dossiers(mapping(old["dossier"]), mapping(new["dossier"]), found)
    return Difference(
        tuple(_settings(old, new)),
        tuple(_verdicts(old, new)),
        tuple(_prices(old, new)),
        tuple(found.figures),
        tuple(found.texts),
        tuple(found.added),
        tuple(found.removed),
    )


def _settings(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Fact, Fact]]:
    for key in SETTINGS:
        before, after = plain(old.get(key)), plain(new.get(key))
        if before != after:
            yield key, before, after


# --- verdicts and prices -----------------------------------------------------------------------------
def _verdicts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Judged]:
    before, after = ({(v["condition"], v.get("lot") or ""): v for v in side["verdicts"]} for side in (old, new))
    for condition, lot in in_order(before, after):
        one, other = before.get((condition, lot), {}), after.get((condition, lot), {})
        was, is_ = str(one.get("state", "")), str(other.get("state", ""))
        if was != is_:
            side, shown = (new, other) if other else (old, one)
            text = text_of(_named(side, "conditions").get(condition, {}).get("text"), _home(side), "")
            yield Judged(condition, lot, text, was, is_, fact(shown.get("required")), fact(shown.get("found")))


def _prices(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Priced]:
    """Yield the sums that differ: lot by lot its lines and totals, then the whole bid."""
    before, after = ({str(lot["lot"]): lot for lot in side["price"]["lots"]} for side in (old, new))
    for lot in in_order(before, after):
        one, other = before.get(lot, {}), after.get(lot, {})
        lines, others = ({str(x.get("line")): x for x in side.get("lines", ())} for side in (one, other))
        for line in in_order(lines, others):
            title = _title(old, new, "price_lines", line)
            yield from _sums(lot, line, title, LINE, lines.get(line, {}), others.get(line, {}))
        yield from _sums(lot, "", _title(old, new, "lots", lot), LOT, one, other)
    yield from _sums("", "", "", WHOLE, old["price"], new["price"])


def _sums(
    lot: str, line: str, title: str, names: tuple[str, ...], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Priced]:
    for what in names:
        before, after = decimal(old.get(what)), decimal(new.get(what))
        if before != after:
            yield Priced(lot, line, title, what, before, after)


def _title(old: Mapping[str, Any], new: Mapping[str, Any], noun: str, id_: str) -> str:
    """Return number and title of a line or lot, as the tender prints them."""
    side = new if id_ in _named(new, noun) else old
    entry = _named(side, noun).get(id_, {})
    return f"{entry.get('number') or ''} {text_of(entry.get('title'), _home(side), '')}".strip() or id_


def _home(content: Mapping[str, Any]) -> str:
    """Return the language of texts that name none."""
    return str(mapping(mapping(content["dossier"]).get("bid")).get("written_in"))


def _named(content: Mapping[str, Any], noun: str) -> dict[str, Mapping[str, Any]]:
    return {str(one.get("id")): one for one in map(mapping, listing(mapping(content["dossier"]).get(noun)))}


# --- the dossier -------------------------------------------------------------------------------------
class _Found:
    """Collects what differs; ``homes`` are the languages of texts that name none, before and after."""

    def __init__(self, *homes: str) -> None:
        self.homes = homes
        self.figures: list[Changed] = []
        self.texts: list[Changed] = []
        self.added: list[Where] = []
        self.removed: list[Where] = []


def _dossiers(old: Mapping[str, Any], new: Mapping[str, Any], found: _Found) -> None:
    """Compare noun by noun, members by the id of their organisation."""
    before, after = ({_owner(m): m for m in map(mapping, listing(side.get("members")))} for side in (old, new))
    several = len(before) > 1 or len(after) > 1
    if not several:  # one bidder that has another id now is still the same bidder
        before, after = ({"": next(iter(side.values()), {})} for side in (before, after))
    for noun, one in NOUNS.items():
        if one.part == "member":
            for member in in_order(before, after):
                sides = (before.get(member, {}).get(noun), after.get(member, {}).get(noun))
                _nouns(Where(noun, member=member), *sides, found)
        else:
            _nouns(Where(noun), old.get(noun), new.get(noun), found)


def _owner(member: Mapping[str, Any]) -> str:
    return str(mapping(member.get("organisation")).get("id"))


def _nouns(where: Where, old: Any, new: Any, found: _Found) -> None:
    several = isinstance(old, list) or isinstance(new, list)  # one a file, but a file a small member
    if not (old or new):
        return
    model, holds = NOUNS[where.noun].model, NOUNS[where.noun].holds
    if holds == "one" and not several:
        if old is None or new is None:
            if old is not new:
                (found.added if old is None else found.removed).append(where)
            return
        _entries(where, model, mapping(old), mapping(new), found)
        return
    _lists(where, model, old, new, found)


def _keyed(model: type[Entry], home: str, *sides: Any) -> Iterator[dict[str, Mapping[str, Any]]]:
    """Yield the entries of two lists by what tells them apart: their id, their first field, else their number."""
    lists = [[mapping(one) for one in listing(side)] for side in sides]
    first = next(name for name in model.model_fields if name != "at")
    for name in (*KEYS, "service", first):
        keyed = [{text_of(one.get(name), home, ""): one for one in side} for side in lists]
        if all(len(k) == len(side) and "" not in k for k, side in zip(keyed, lists, strict=True)):
            yield from keyed
            return
    yield from ({f"{number}.": one for number, one in enumerate(side, 1)} for side in lists)


def _lists(where: Where, model: type[Entry], old: Any, new: Any, found: _Found) -> None:
    """Compare two lists: of a noun's entries, or of groups inside an entry."""
    before, after = _keyed(model, found.homes[-1], old, new)
    for key in in_order(before, after):
        here = where.into(key) if where.entry or where.field else replace(where, entry=key)
        if key not in before:
            found.added.append(here)
        elif key not in after:
            found.removed.append(here)
        else:
            _entries(here, model, before[key], after[key], found)
    order, now = ([key for key in side if key in before and key in after] for side in (before, after))
    if order != now:
        found.figures.append(Changed(where.into("order", Word(ORDER)), tuple(order), tuple(now)))


def _entries(
    where: Where, model: type[Entry] | None, old: Mapping[str, Any], new: Mapping[str, Any], found: _Found
) -> None:
    """Compare two entries, or two groups of fields in them, field by field in the model's order."""
    fields = {name: info for name, info in model.model_fields.items() if name != "at"} if model else {}
    for name in [*fields, *(key for key in in_order(old, new) if key not in fields)]:
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        info = fields.get(name)
        shape = Shape.of(info) if info else Shape("text")
        here = where.into((info and info.alias) or name, Word(info.title) if info and info.title else None)
        if name == "parameters":
            _parameters(here, str(new.get("kind")), mapping(before), mapping(after), found)
        elif shape.model is not None and shape.many:
            _lists(here, shape.model, before, after, found)
        elif shape.model is not None:
            _entries(here, shape.model, mapping(before), mapping(after), found)
        else:
            _values(here, shape, name, before, after, found)


def _parameters(where: Where, kind: str, old: Mapping[str, Any], new: Mapping[str, Any], found: _Found) -> None:
    """Compare the parameters of a condition, which are kept as they were written."""
    model = conditions.kind(kind)
    titles = {i.alias or n: i.title or i.alias or n for n, i in model.model_fields.items()} if model else {}
    for name in in_order(old, new):
        before, after = old.get(name), new.get(name)
        if before != after:
            here = where.into(name, Word(titles.get(name, name)))
            found.figures.append(Changed(here, plain(before), plain(after)))


def _values(where: Where, shape: Shape, name: str, old: Any, new: Any, found: _Found) -> None:
    if shape.kind == "texts" and not shape.many:
        before, after = (_by_language(one, home) for one, home in zip((old, new), found.homes, strict=True))
        several = len(in_order(before, after)) > 1
        for language in in_order(before, after):
            if before.get(language) != after.get(language):
                here = where.into(language) if several else where
                found.texts.append(Changed(here, before.get(language), after.get(language)))
        return
    if shape.kind == "text" and not shape.many and all(one is None or isinstance(one, str) for one in (old, new)):
        found.texts.append(Changed(where, old, new))
        return
    was, is_ = _value(shape, name, old), _value(shape, name, new)
    if was != is_:
        found.figures.append(Changed(where, was, is_))


def _by_language(value: Any, home: str) -> dict[str, str]:
    """Return a text by language; one that names none is in ``home``."""
    if isinstance(value, Mapping):
        return {str(key) or home: str(text) for key, text in value.items()}
    return {} if value is None else {home: str(value)}


def _value(shape: Shape, name: str, value: Any) -> Fact:
    """Return a value as a fact of its kind; what does not fit its kind is shown as it is kept."""
    if isinstance(value, list):
        return tuple(_value(shape, name, one) for one in value)
    try:
        return _typed(shape.kind, name, value)
    except (ValueError, InvalidOperation, KeyError, TypeError):
        return plain(value)


def _typed(kind: str, name: str, value: Any) -> Fact:
    if value is None:
        return None
    if kind == "money":
        return Measure(Decimal(value), "EUR")
    if kind in PERCENTS:
        return Measure(Decimal(value), "percent")
    if kind == "hours":
        return Measure(Decimal(value), "hours")
    if kind in ("amount", "count"):
        return str(value) if name == "year" else Decimal(value)
    if kind == "day":
        return date.fromisoformat(value)
    if kind == "moment":
        return datetime.fromisoformat(value)
    if kind == "choice":
        return Word(label(str(value)))
    if kind == "municipality":
        return municipalities()[value].names["fi"]
    return plain(value)
