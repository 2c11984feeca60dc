"""How ``bidkit gaps`` tells people what it found: on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bidkit.cli import terminal
from bidkit.conditions._base import language_name
from bidkit.conditions.service_language import NATIVE
from bidkit.conditions.staff_qualification import FIELDS, LEVELS
from bidkit.diagnostics import Fact, Measure, Place, Word
from bidkit.gaps import Choice, Gaps, Single
from bidkit.gaps.cells import Box, Competence, Tongue
from bidkit.gaps.spans import Span, first_day, last_day
from bidkit.i18n import N_, Translator
from bidkit.model._base import in_any_language
from bidkit.model.choices import label
from bidkit.model.codes import municipalities

FIRST, PLACES, NAMES = 5, 3, 8  # lines of a group, places of a line, values in a line that are shown before a count

_LACKS = {
    "kind": N_("nobody gives such a service"),
    "municipality": N_("the service is not given there"),
    "travel": N_("the journey is longer than the limit"),
    "group": N_("the service is not for this group"),
    "language": N_("the service is not given in this language"),
    "speaker": N_("nobody in the service speaks the language well enough"),
    "capacity": N_("the capacity of the service is zero"),
    "days": N_("a site or a person is there for a part of the time only"),
    "role": N_("nobody has the role"),
    "qualification": N_("too few have the degree or training"),
}
_SOURCES = {
    "tender": N_("Asked: the area of the tender, {n} municipalities, {period}."),
    "given": N_("Asked: the municipalities you named ({names}), {period}."),
    "home": N_("Asked: the municipalities of your own employment area ({names}), {period}."),
}
_FIELDS = {
    "kinds": N_("kinds of service"),
    "municipalities": N_("municipalities"),
    "client_groups": N_("client groups"),
    "languages": N_("languages"),
}


class _Names:
    """Calls what has an id by its name, in the reader's language."""

    def __init__(self, found: Gaps, words: Translator) -> None:
        self.words, home = words, found.dossier.bid.written_in
        language = words.language
        self.kinds: dict[str, list[str]] = {}
        self.groups: dict[str, str] = {}
        for member in found.dossier.members:
            for service in member.services:
                name = in_any_language(service.name, language, home)
                known = self.kinds.setdefault(service.kind, [])
                if name not in known:
                    known.append(name)
            for group in member.client_groups:
                self.groups.setdefault(group.id, in_any_language(group.name, language, home))
        self.member = [member.organisation.name for member in found.dossier.members]
        self.title: Callable[[Any], str] = lambda texts: in_any_language(texts, language, home)

    def competence(self, one: Competence) -> str:
        if one.persons:
            parts = [LEVELS[one.level]] if one.level else []
            wanted: tuple[Fact, ...] = (*parts, *(FIELDS.get(field, field) for field in one.fields))
            told = [self.words.text(N_("role {role}"), role=one.role)] if one.role else []
            told += [self.words.fact(wanted)] if wanted else []
            return f"{self.words.measure(Measure(one.persons, 'persons'))}: {'; '.join(told)}"
        if not one.kind:
            return self.words.text(N_("any service"))
        return " / ".join(self.kinds.get(one.kind, ())) or one.kind

    def municipality(self, code: str) -> str:
        names = municipalities()[code].names
        return names.get(self.words.language, names["fi"])

    def group(self, one: str) -> str:
        return self.groups.get(one, one)

    def tongue(self, one: Tongue) -> str:
        spoken = [self.words.fact(language_name(code)) for code in one.codes]
        told = self.words.text(N_(" or ")).join(spoken)
        if not one.level:
            return told
        return f"{told} ({self.words.text(NATIVE) if one.level == 'native' else one.level.upper()})"

    def box(self, box: Box) -> str:
        """Return cells in words: what, where, for whom, in which language."""
        parts = [self.some(map(self.competence, box.competences))]
        parts += [self.some(self.municipality(one) for one in box.municipalities if one)]
        parts += [self.some(self.group(one) for one in box.groups if one)]
        tongues = [one for one in box.tongues if len(one.codes) == 1 or one.level]
        parts += [self.some(map(self.tongue, tongues))]
        return " – ".join(part for part in parts if part)

    def some(self, names: Iterable[str]) -> str:
        """Return names on one line; of many the first and how many more."""
        every = list(names)
        more = len(every) - NAMES
        if more <= 1:
            return ", ".join(every)
        return ", ".join(every[:NAMES]) + self.words.text(N_(" and {n} more"), n=more)


def screen(
    found: Gaps, folder: Path, words: Translator, limit: int | None, *, everything: bool, aside: int = 0
) -> Iterator[str]:
    """Yield the lines of the screen; ``aside`` entries have faults and were not looked at."""
    names = _Names(found, words)
    yield from _head(found, names, words)
    yield from _notes(found, names, words, limit, aside, folder)
    more = terminal.command("gaps", folder) + " --all"
    for title, none, rows in (
        (N_("Nobody covers"), N_("Everything that is asked is covered."), _gap_rows(found, names, words)),
        (N_("Only one covers"), N_("Nothing depends on one alone."), _single_rows(found, names, words)),
        (N_("Fewest partners"), "", _partner_rows(found, names, words)),
        (N_("Where we are strong"), _no_strength(found), _strength_rows(found, names)),
        (N_("Who does what"), N_("Nobody's services are described."), _role_rows(found, names, words)),
    ):
        yield ""
        yield words.text(title)
        yield from _group(list(rows), words.text(none), words, more, everything)


_Row = tuple[str, tuple[Place, ...]]


def _group(rows: list[_Row], none: str, words: Translator, more: str, everything: bool) -> Iterator[str]:
    if not rows:
        yield f"  {none}"
    shown = rows if everything or len(rows) <= FIRST + 1 else rows[:FIRST]
    for text, places in shown:
        yield f"  {terminal.one_line(text)}"
        if places:
            told = ", ".join(map(str, places[:PLACES]))
            rest = len(places) - PLACES
            yield f"      {told}" + (words.text(N_(" and {n} more"), n=rest) if rest > 0 else "")
    if len(shown) < len(rows):
        yield "  " + words.text(N_("({n} more: {command})"), n=len(rows) - len(shown), command=more)


def _head(found: Gaps, names: _Names, words: Translator) -> Iterator[str]:
    area = found.demand.area
    told = names.some(map(names.municipality, area))
    period = _period(found.demand.period, words)
    yield words.text(_SOURCES[found.demand.source], n=len(area), names=told, period=period)
    yield words.text(
        N_("Compared with: {members} and {n} in the register of partners."),
        members=tuple(names.member),
        n=Measure(len(found.partners), "number"),
    )


def _period(period: Span, words: Translator) -> str:
    first, last = date.fromordinal(period[0]), date.fromordinal(period[1])
    if last == date.max:
        return words.text(N_("from {day} on"), day=first)
    return words.text(N_("{first} to {last}"), first=first, last=last)


def _notes(found: Gaps, names: _Names, words: Translator, limit: int | None, aside: int, folder: Path) -> Iterator[str]:
    if aside:
        note = N_("{n} faulty entries were left out: {command}")
        yield words.text(note, n=aside, command=terminal.command("check", folder))
    if limit is not None:
        yield words.text(N_("Journeys of at most {n} minutes are counted."), n=limit)
    if found.supply.untold:
        pairs = names.some(f"{site} – {names.municipality(code)}" for site, code, _ in found.supply.untold)
        yield words.text(N_("Minutes are not told, so these are counted as near enough: {pairs}"), pairs=pairs)


def _when(days: Span, period: Span, words: Translator) -> str:
    first, last = first_day(days, period), last_day(days, period)
    if first and last:
        return words.text(N_(" ({first} to {last})"), first=first, last=last)
    if first:
        return words.text(N_(" (from {day} on)"), day=first)
    return words.text(N_(" (until {day})"), day=last) if last else ""


def _gap_rows(found: Gaps, names: _Names, words: Translator) -> Iterator[_Row]:
    for gap in found.gaps:
        when = _when(gap.days, found.demand.period, words)
        why = ", ".join(words.text(_LACKS[one]) for one in gap.lacks)
        yield f"{names.box(gap.box)}{when}: {why}", tuple(dict.fromkeys((*gap.places, *gap.asked)))


def _single_rows(found: Gaps, names: _Names, words: Translator) -> Iterator[_Row]:
    for one in found.singles:
        yield (
            words.text(N_("{what}: only {who}"), what=names.box(one.box), who=_who(one, names, words)),
            one.places,
        )


def _who(one: Single, names: _Names, words: Translator) -> str:
    owner = names.member[one.member]
    if one.person is None:
        return owner
    staff = one.person.staff
    told = words.text(N_("{title} ({id})"), title=names.title(staff.title), id=staff.id)
    return told if len(names.member) == 1 else f"{told}, {owner}"


def _no_partners(found: Gaps) -> str:
    if not found.gaps:
        return N_("No partner is needed: there is no gap.")
    if not found.partners:
        return N_("There are no partners in the register to fill the gaps.")
    return N_("No partner in the register covers any of the gaps.")


def _partner_rows(found: Gaps, names: _Names, words: Translator) -> Iterator[_Row]:
    if not found.choices:
        yield words.text(_no_partners(found)), ()
    else:
        yield _how_many(found, words), ()
    for one in found.choices:
        what = "; ".join(names.box(box) for box in one.boxes[:2])
        more = len(one.boxes) - 2
        what += words.text(N_(" and {n} more"), n=more) if more > 0 else ""
        yield f"{_partner(one, words)}: {what}", tuple(entry.at for entry in one.partner.entries)
    if found.choices:
        for gap in found.left:
            when = _when(gap.days, found.demand.period, words)
            yield words.text(N_("Uncovered even with all: {what}"), what=names.box(gap.box) + when), ()
    yield from _untold_rows(found, words)


def _how_many(found: Gaps, words: Translator) -> str:
    n = len(found.choices)
    if found.cover.exact:
        return words.text(N_("The fewest that cover all that can be covered: {n}."), n=n)
    return words.text(
        N_(
            "{n} cover all that can be covered; at least {lower} are needed, and this is at most {ratio} times the "
            "fewest."
        ),
        n=n,
        lower=found.cover.lower,
        ratio=words.number(found.cover.at_most, 2),
    )


def _partner(one: Choice, words: Translator) -> str:
    entry = one.partner.first
    told = [words.text(label(entry.role))]
    if one.needed:
        told.append(words.text(N_("nobody else covers this")))
    if not entry.agreed:
        told.append(words.text(N_("has not agreed yet")))
    return f"{entry.name} ({', '.join(told)})"


def _untold_rows(found: Gaps, words: Translator) -> Iterator[_Row]:
    if not found.gaps:
        return
    for partner in found.partners:
        if partner.untold:
            fields = tuple(Word(_FIELDS[name]) for name in dict.fromkeys(name for name, _ in partner.untold))
            text = N_("{name} is not compared in full, because this is not told: {fields}")
            yield words.text(text, name=partner.first.name, fields=fields), tuple(at for _, at in partner.untold)


def _no_strength(found: Gaps) -> str:
    if not found.partners:
        return N_("There are no partners in the register to compare with.")
    return N_("Whatever we do, some partner in the register does or may do too.")


def _strength_rows(found: Gaps, names: _Names) -> Iterator[_Row]:
    for one in found.strengths:
        who = "" if len(names.member) == 1 else f" ({', '.join(one.names)})"
        yield names.box(one.box) + who, one.places


def _role_rows(found: Gaps, names: _Names, words: Translator) -> Iterator[_Row]:
    for one in found.roles:
        role = f" ({words.text(label(one.partner))})" if one.partner else ""
        what = names.box(one.box) if one.box.competences else words.text(N_("kinds of service are not told"))
        clients = words.text(N_(" – {n} at one time"), n=Measure(one.clients, "clients")) if one.clients else ""
        yield f"{one.name}{role}: {what}{clients}", one.places
    for both in found.shared:
        text = N_("Overlap: {what}: {names}")
        yield words.text(text, what=names.box(both.box), names=both.names), both.places
    if found.left:
        yield words.text(N_("Blanks that nobody fills: {n}"), n=len(found.left)), ()
