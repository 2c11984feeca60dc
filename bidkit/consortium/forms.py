"""The forms table: for each form, sort of condition and way to meet it, whose entries count.

The table that ships is `bidkit/data/forms.csv`; a file of the same form in the folder of a dossier changes single rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import get_args

from bidkit import conditions, gate
from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.diagnostics import Finding, Place, Refused
from bidkit.messages import consortium as say
from bidkit.model.codes import DATA
from bidkit.model.consortium import Form
from bidkit.model.dossier import Dossier
from bidkit.record import record
from bidkit.stages import BoundCondition, Counting

FILE = "forms.csv"
FORMS, SORTS, WAYS = get_args(Form), get_args(About), get_args(Aggregate)
VERIFIED = ("yes", "no")


class Whose(StrEnum):
    """Whose entries count: the words of the table."""

    LEAD = "lead"
    EVERYONE = "everyone"
    RELIED = "lead_and_relied"  # with those relied on in this condition
    EITHER = "lead_or_relied"  # the same, and one of them is enough
    BODIES = "lead_and_bodies"  # with those relied on in any condition
    NAMED = "named"  # those who name this condition among those relied on; the lead if nobody does


@record(frozen=True)
class Row:
    """One row: ``about`` is a sort of condition, or in a dossier's own table one kind of condition.

    ``verified`` says whether the source is a public one that was seen. ``at`` is the row of the dossier's own table;
    None if it is as it ships.
    """

    form: str
    about: str
    whose: Mapping[str, Whose]  # by aggregate
    verified: bool
    source: str
    at: Place | None = None


@record(frozen=True)
class Table:
    """All rows by form and what they are about."""

    rows: Mapping[tuple[str, str], Row]

    def row(self, form: str, about: str, kind: str = "") -> Row:
        """Return the row of a kind, or of its sort if the kind has none of its own."""
        return self.rows.get((form, kind)) or self.rows[form, about]


def counting(dossier: Dossier, condition: BoundCondition, table: Table | None = None) -> Counting:
    """Return whose entries count for a condition; everybody's while the form is not told.

    If the lead's files are not there, which has been told, the first member stands in for it.
    """
    whose, judge = _whose(dossier, condition, table), condition.judge
    pooled = isinstance(judge, Kind) and judge.pooled
    if whose is Whose.EVERYONE or dossier.consortium is None:
        return Counting(dossier.members, unread=_unread(dossier) if pooled else None)
    relied = _relied_on(dossier, None if whose is Whose.BODIES else condition.entry.id)
    lead = frozenset({dossier.consortium.lead})
    ids = {Whose.LEAD: lead, Whose.NAMED: relied or lead}.get(whose, lead | relied)
    there = tuple(one for one in dossier.members if one.organisation.id in ids)
    one_enough = whose is Whose.EITHER and len(there) > 1
    unread = _unread(dossier, ids) if pooled or whose is Whose.EITHER or not there else None
    return Counting(there or dossier.members[:1], one_enough, unread)


def _whose(dossier: Dossier, condition: BoundCondition, table: Table | None) -> Whose:
    kind = conditions.kind(condition.entry.kind)
    if dossier.consortium is None or kind is None:
        return Whose.EVERYONE
    way = condition.judge.way if isinstance(condition.judge, Kind) else kind.aggregate
    return (table or shipped()).row(dossier.consortium.form, kind.about, condition.entry.kind).whose[way]


def _unread(dossier: Dossier, ids: frozenset[str] | None = None) -> Place | None:
    """Return where it is told why the files of one of these, or of anybody, could not be used; None if all were.

    Of files that do not tell whose they are the name of the folder may be any: they may be those of one who lacks.
    """
    listed = {one.id: one.withdrawn for one in dossier.participants}
    lacks = ids is not None and bool(ids - {one.organisation.id for one in dossier.members})
    for id_, place in dossier.unread.items():
        if not listed.get(id_) and (ids is None or id_ in ids or (lacks and id_ not in listed)):
            return place
    return None


def _relied_on(dossier: Dossier, condition: str | None) -> frozenset[str]:
    """Return who is relied on in a condition; with None, who is relied on at all."""
    there = (one for one in dossier.participants if not one.withdrawn)
    if condition is None:
        return frozenset(one.id for one in there if one.role == "capacity" or one.relied_on)
    return frozenset(one.id for one in there if condition in one.relied_on)


# --- the file --------------------------------------------------------------------------------------
@cache
def shipped() -> Table:
    """Return the table that ships with bidkit."""
    rows = {}
    for _, row in gate.rows((DATA / FILE).read_text(encoding="utf-8")):
        whose = {way: Whose(row[way]) for way in WAYS}
        key = row["form"], row["about"]
        rows[key] = Row(*key, whose, row["verified"] == "yes", row["source"])
    return Table(rows)


def overridden(table: Table, text: str, file: str = FILE) -> tuple[Table, tuple[Finding, ...]]:
    """Return the table with the rows of the dossier's own one in place of its own, and what is wrong with those.

    Cells that are empty or columns that are left out stay as they were; a faulty row changes nothing. A row about a
    kind starts from the row of its sort. A row that is changed without a source is its owner's word.
    """
    own: dict[tuple[str, str], Row] = {}
    findings: list[Finding] = []
    for line, row in gate.rows(text):
        place = Place(file, f"{line}:1")
        if not {"form", "about"} <= row.keys():
            return table, (say.FORMS_COLUMNS.at(Place(file, "1:1"), found=tuple(row)),)
        try:
            made = _own_row(table, row, place)
            if first := own.get((made.form, made.about)):
                raise Refused(say.FORMS_TWICE, form=made.form, about=made.about, first=str(first.at))
            own[made.form, made.about] = made
        except Refused as refusal:
            findings.append(refusal.at(place))
    return Table({**table.rows, **own}), tuple(findings)


def _own_row(table: Table, row: Mapping[str, str], place: Place) -> Row:
    kind = conditions.kind(row["about"])
    form = _word(row, "form", FORMS)
    about = row["about"] if kind else _word(row, "about", (*SORTS, *conditions.kinds()))
    base = table.row(form, kind.about if kind else about)
    words = tuple(map(str, Whose))
    whose = {way: Whose(_word(row, way, words)) if row.get(way) else base.whose[way] for way in WAYS}
    verified = bool(row.get("verified")) and _word(row, "verified", VERIFIED) == "yes"
    return replace(base, form=form, about=about, whose=whose, verified=verified, source=row.get("source", ""), at=place)


def _word(row: Mapping[str, str], column: str, known: tuple[str, ...]) -> str:
    value = row[column]
    if value in known:
        return value
    near = tuple(get_close_matches(value, known, n=2, cutoff=0.5)) or (known if len(known) < 10 else SORTS)
    raise Refused(say.FORMS_WORD, value=value, column=column, near=near)
