"""``bidkit diff``: what differs between two versions of a bid, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bidkit.cli import arguments
from bidkit.diagnostics import Fact, Finding, Measure, Word
from bidkit.i18n import N_, Translator

if TYPE_CHECKING:
    from bidkit.dossier.difference import Changed, Difference, Judged, Priced, Where
    from bidkit.publish.versions import Version

AROUND = 5  # unchanged words shown before and after a change in a text
_LONG = 4000  # words from which on a quick comparison, though not the finest, has to do
_STATES: Mapping[str, str] = {
    "met": N_("met"),
    "not met": N_("not met"),
    "cannot tell": N_("cannot be told"),
    "attested": N_("attested"),
    "met by": N_("will be met by a date"),
    "not applicable": N_("not applicable"),
}
_SUMS: Mapping[str, str] = {
    "unit_price": N_("unit price"),
    "net": N_("in all without VAT"),
    "gross": N_("in all with VAT"),
    "comparison": N_("comparison price"),
}
_NOW = N_("{name}: {new} (before: {old})")


@click.command()
@click.argument("old", required=False, metavar="[V1]")
@click.argument("new", required=False, metavar="[V2]")
@click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path),
    default=".",
    metavar="KANSIO",
    help="Aineiston kansio tai kansio, jossa versiot ovat (oletus: nykyinen kansio).",
)
@arguments.as_json()
def diff(old: str | None, new: str | None, folder: Path, as_json: bool) -> None:
    """Näytä, mitä muuttui versiosta V1 versioon V2.

    Versio on v0001, 1, viimeinen, edellinen tai version kansion polku. Ilman versioita verrataan kahta uusinta,
    yhtä verrataan uusimpaan.

    Paluuarvo: 0 vertailu onnistui (eroja on tai ei ole), 2 versiota ei ole tai sitä ei voi lukea.
    """
    from bidkit.cli import machine, terminal
    from bidkit.cli.history import stop, unreadable
    from bidkit.dossier.difference import difference

    words = terminal.reader()
    try:
        pair = _pair(old, new, folder, words, as_json)
    except OSError as error:
        unreadable(folder, error, words, as_json=as_json)
    if not pair:
        return
    contents = [one.content for one in pair]
    if faults := {str(one.place): one for one in contents if isinstance(one, Finding)}:
        stop(faults.values(), words, as_json=as_json)
    found = difference(*(one for one in contents if not isinstance(one, Finding)))
    if as_json:
        machine.show({"from": pair[0].name, "to": pair[1].name, **for_machines(found)})
        return
    show(found, pair[0].name, pair[1].name, words)


def _pair(old: str | None, new: str | None, folder: Path, words: Translator, as_json: bool) -> list[Version]:
    """Return the two versions to compare; none, and a word about it, if there are not two yet."""
    from bidkit.cli import machine, terminal
    from bidkit.cli.history import existing, none_yet, stop
    from bidkit.publish import versions

    parent = existing(folder, words, as_json=as_json)
    count = versions.count(parent)
    if old is None and count < 2:
        if as_json:
            machine.show({"from": None, "to": None, "changed": False})
        elif count:
            told = N_("There is only one version in {folder}, so there is nothing to compare yet.")
            terminal.say(words.text(told, folder=terminal.named(parent)))
        else:
            none_yet(folder, parent, words)
        return []
    chosen = [
        versions.find(parent, one) for one in ("previous" if old is None else old, "latest" if new is None else new)
    ]
    if unknown := [one for one in chosen if isinstance(one, Finding)]:
        stop(unknown, words, as_json=as_json)
    return [one for one in chosen if not isinstance(one, Finding)]


def show(found: Difference, old: str, new: str, words: Translator) -> None:
    """Print what differs, group by group."""
    from bidkit.cli import terminal

    if not found:
        terminal.say(words.text(N_("Nothing has changed from {old} to {new}."), old=old, new=new))
        return
    terminal.say(words.text(N_("What changed from {old} to {new}"), old=old, new=new))
    groups = (
        (N_("How it was built"), _settings(found, words)),
        (N_("Verdicts on the conditions"), (_verdict(one, words) for one in found.verdicts)),
        (N_("Prices (euros)"), _prices(found.prices, words)),
        (N_("Figures, dates and choices"), (figure(one, words) for one in found.figures)),
        (N_("Texts"), (line for one in found.texts for line in _text(one, words))),
        (N_("Added"), (place(one, words) for one in found.added)),
        (N_("Removed"), (place(one, words) for one in found.removed)),
    )
    for title, lines in groups:
        for number, line in enumerate(lines):
            if number == 0:
                terminal.say()
                terminal.say(words.text(title))
            terminal.say(f"  {line}")


def place(where: Where, words: Translator) -> str:
    """Return where something is: “Palvelut, valmennus: Annos: Tunnit”."""
    named = ", ".join(filter(None, (where.member, words.text(where.title), where.entry)))
    return ": ".join((named, *(words.fact(part) for part in where.field)))


def _settings(found: Difference, words: Translator) -> Iterator[str]:
    from bidkit.conditions._base import LANGUAGES
    from bidkit.dossier.difference import SETTINGS

    for key, old, new in found.settings:
        name = words.text(SETTINGS[key])
        if key == "template":  # its digest says nothing to a reader
            yield words.text(N_("{name}: another one, or it was changed"), name=name)
        elif key == "language":
            was, is_ = (Word(LANGUAGES.get(str(one), str(one))) for one in (old, new))
            yield words.text(_NOW, name=name, new=is_, old=was)
        else:
            yield words.text(_NOW, name=name, new=_shown(new), old=_shown(old))


def _verdict(one: Judged, words: Translator) -> str:
    name = f"{one.condition} ({one.lot})" if one.lot else one.condition
    name = f"{name} {_shortened(one.text)}".strip()
    now, before = (Word(_STATES.get(state, state)) for state in (one.new, one.old))
    if not one.new:
        return words.text(N_("{name}: no longer asked"), name=name)
    if not one.old:
        told = words.text(N_("{name}: {new} (new)"), name=name, new=now)
    else:
        told = words.text(_NOW, name=name, new=now, old=before)
    if one.required is None or one.found is None:
        return told
    why = N_("Required: {required}; found: {found}.")
    return f"{told}. {words.text(why, required=one.required, found=one.found)}"


def _shortened(text: str, most: int = 60) -> str:
    """Return the beginning of a text, whole words of it."""
    folded = " ".join(text.split()).removesuffix(".")
    return folded if len(folded) <= most else folded[:most].rpartition(" ")[0] + " …"


def _prices(prices: Iterable[Priced], words: Translator) -> Iterator[str]:
    """Yield a line for each price line, lot and the whole bid."""
    for (lot, line), sums in groupby(prices, key=lambda one: (one.lot, one.line)):
        found = list(sums)
        if line:
            name = f"{found[0].title} ({lot})"
        elif lot:
            name = words.text(N_("Lot {title}"), title=found[0].title)
        else:
            name = words.text(N_("The whole bid"))
        yield f"{name}: {'; '.join(_sum(one, words) for one in found)}"


def _sum(one: Priced, words: Translator) -> str:
    name, new, old = Word(_SUMS[one.what]), _euros(one.new), _euros(one.old)
    if one.old is None or one.new is None:
        return words.text(N_("{name} {new} (before: {old})"), name=name, new=new, old=old)
    step = one.new - one.old
    sign = "+" if step > 0 else "-"
    change = sign + words.measure(Measure(abs(step), "EUR"))
    return words.text(
        N_("{name} {new} (before: {old}, difference {change})"), name=name, new=new, old=old, change=change
    )


def _euros(value: Decimal | None) -> Fact:
    return None if value is None else Measure(value, "EUR")


def figure(one: Changed, words: Translator) -> str:
    """Return a figure, date or choice that changed, as it is and as it was."""
    name = place(one.where, words)
    return words.text(_NOW, name=name, new=_shown(one.new), old=_shown(one.old))


def _shown(value: Fact) -> Fact:
    if value == "":
        return None
    return Word(N_("yes") if value else N_("no")) if isinstance(value, bool) else value


def _text(one: Changed, words: Translator) -> Iterator[str]:
    """Yield where a text stands, and around each change in it the words as they were and as they are."""
    yield place(one.where, words) + ":"
    old, new = str(one.old or ""), str(one.new or "")
    any_ = False
    for before, after in excerpts(old, new):
        any_ = True
        if before:
            yield f"  - {before}"
        if after:
            yield f"  + {after}"
    if not any_:
        yield "  " + words.text(N_("only spaces and line breaks differ"))


def excerpts(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the words around each change in a text: as they were, as they are; what is left out is “…”."""
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=max(len(before), len(after)) > _LONG)
    for group in matcher.get_grouped_opcodes(AROUND):
        first, last = group[0], group[-1]
        yield _excerpt(before, first[1], last[2]), _excerpt(after, first[3], last[4])


def _excerpt(words: list[str], start: int, end: int) -> str:
    if start == end:
        return ""
    return " ".join([*(["…"] if start else []), *words[start:end], *(["…"] if end < len(words) else [])])


# --- for machines ------------------------------------------------------------------------------------
def for_machines(found: Difference) -> dict[str, Any]:
    """Return everything that differs, for machines; amounts are decimal strings, dates ISO."""
    from bidkit.cli.machine import plain

    return {
        "changed": bool(found),
        "settings": [{"name": name, "old": plain(old), "new": plain(new)} for name, old, new in found.settings],
        "verdicts": [
            {
                "condition": one.condition,
                "lot": one.lot or None,
                "old": one.old or None,
                "new": one.new or None,
                "required": plain(one.required),
                "found": plain(one.found),
            }
            for one in found.verdicts
        ],
        "prices": [
            {
                "lot": one.lot or None,
                "line": one.line or None,
                "what": one.what,
                "old": plain(one.old),
                "new": plain(one.new),
            }
            for one in found.prices
        ],
        "figures": [_changed(one) for one in found.figures],
        "texts": [_changed(one) for one in found.texts],
        "added": [_where(one) for one in found.added],
        "removed": [_where(one) for one in found.removed],
    }


def _changed(one: Changed) -> dict[str, Any]:
    from bidkit.cli.machine import plain

    return {**_where(one.where), "old": plain(one.old), "new": plain(one.new)}


def _where(where: Where) -> dict[str, Any]:
    return {
        "noun": where.noun,
        "entry": where.entry or None,
        "field": list(where.path),
        "member": where.member or None,
    }
