"""The decision table: which figure leads to which verdict, at which threshold, by which source.

The table that ships is `bidkit/data/go.csv`; a file of the same form in the folder of a dossier changes single rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Literal, get_args

from bidkit import gate, money
from bidkit.diagnostics import Finding, Place, Refused
from bidkit.messages import pricing as say
from bidkit.model.codes import DATA

FILE = "go.csv"
Relation = Literal["at_least", "above", "below"]


class Way(StrEnum):
    """What a rule leads to; the later is the stricter."""

    ALONE = "alone"
    JOIN = "join"
    SKIP = "skip"


ORDER = tuple(Way)
OFF, NOTE = "off", "note"  # a rule that is not looked at; an unknown fact that is only told
RELATIONS: Mapping[str, Relation] = {one: one for one in get_args(Relation)}
VERDICTS = {Way.JOIN.value: Way.JOIN, Way.SKIP.value: Way.SKIP, OFF: None}
UNKNOWNS = {Way.JOIN.value: Way.JOIN, Way.SKIP.value: Way.SKIP, NOTE: None}  # never “alone”: unknown is never good


@dataclass(frozen=True)
class Rule:
    """One row: if the fact called as the rule stands so to the threshold, the verdict follows.

    ``verdict`` is None for a rule that is off; ``unknown`` is what a fact that is not known leads to, None if it is
    only told. ``at`` is the row of the dossier's own table; None if the rule is as it ships.
    """

    name: str
    relation: Relation
    threshold: Decimal
    unit: str
    verdict: Way | None
    unknown: Way | None
    source: str
    at: Place | None = None

    @property
    def unverified(self) -> bool:
        """Whether no public source was seen for the threshold."""
        return "unverified" in self.source

    def fires(self, low: Decimal | None, high: Decimal | None) -> bool | None:
        """Return whether a fact between two bounds (None: no bound) fires; None if that cannot be told."""
        t = self.threshold
        match self.relation:
            case "at_least":
                sure, never = low is not None and low >= t, high is not None and high < t
            case "above":
                sure, never = low is not None and low > t, high is not None and high <= t
            case "below":
                sure, never = high is not None and high < t, low is not None and low >= t
        return True if sure else False if never else None


@dataclass(frozen=True)
class Setting:
    """A figure that facts are reckoned with."""

    name: str
    value: Decimal
    unit: str
    source: str
    at: Place | None = None


@dataclass(frozen=True)
class Table:
    """All rules and settings, in the order of the file that ships."""

    rules: tuple[Rule, ...]
    settings: Mapping[str, Setting]

    def given(self, **values: Decimal | None) -> Table:
        """Return the table with settings from the command line; None leaves one as it is."""
        given = {n: replace(self.settings[n], value=v, source="", at=None) for n, v in values.items() if v is not None}
        return replace(self, settings={**self.settings, **given})


@cache
def shipped() -> Table:
    """Return the table that ships with bidkit."""
    rows = [row for _, row in gate.rows((DATA / FILE).read_text(encoding="utf-8"))]
    rules = []
    for row in (row for row in rows if row["relation"]):
        relation = RELATIONS[row["relation"]]
        threshold, verdict, unknown = Decimal(row["threshold"]), VERDICTS[row["verdict"]], UNKNOWNS[row["unknown"]]
        rules.append(Rule(row["rule"], relation, threshold, row["unit"], verdict, unknown, row["source"]))
    settings = (
        Setting(row["rule"], Decimal(row["threshold"]), row["unit"], row["source"])
        for row in rows
        if not row["relation"]
    )
    return Table(tuple(rules), {one.name: one for one in settings})


def overridden(table: Table, text: str, file: str = FILE) -> tuple[Table, tuple[Finding, ...]]:
    """Return the table with the rows of the dossier's own one in place of its own, and what is wrong with those.

    A row names a rule; cells that are empty or columns that are left out stay as they were. A faulty row changes
    nothing. A threshold that is changed without a source has the source of the row, which is its owner's word.
    """
    findings: list[Finding] = []
    rules, settings = {one.name: one for one in table.rules}, dict(table.settings)
    seen: dict[str, Place] = {}
    rows = list(gate.rows(text))
    if rows and not {"rule", "threshold"} <= rows[0][1].keys():
        place, found = Place(file, "1:1"), tuple(rows[0][1])
        return table, (say.GO_COLUMNS.at(place, found=found),)
    for line, row in rows:
        name, place = row["rule"], Place(file, f"{line}:1")
        if name not in rules and name not in settings:
            known = [*rules, *settings]
            near = tuple(get_close_matches(name, known, n=2, cutoff=0.5) or known)
            findings.append(say.GO_RULE.at(place, rule=name, near=near))
        elif name in seen:
            findings.append(say.GO_TWICE.at(place, rule=name, first=str(seen[name])))
        else:
            seen[name] = place
            try:
                if name in rules:
                    rules[name] = _own_rule(rules[name], row, place)
                else:
                    value = _number(row) if row["threshold"] else settings[name].value
                    settings[name] = replace(settings[name], value=value, source=row.get("source", ""), at=place)
            except Refused as refusal:
                findings.append(refusal.at(place))
    return Table(tuple(rules.values()), settings), tuple(findings)


def _own_rule(rule: Rule, row: Mapping[str, str], place: Place) -> Rule:
    told = {column: row.get(column, "") for column in ("relation", "verdict", "unknown")}
    for column, known in (("relation", RELATIONS), ("verdict", VERDICTS), ("unknown", UNKNOWNS)):
        if told[column] and told[column] not in known:
            raise Refused(say.GO_WORD, value=told[column], column=column, known=tuple(known))
    return replace(
        rule,
        relation=RELATIONS[told["relation"]] if told["relation"] else rule.relation,
        threshold=_number(row) if row["threshold"] else rule.threshold,
        verdict=VERDICTS[told["verdict"]] if told["verdict"] else rule.verdict,
        unknown=UNKNOWNS[told["unknown"]] if told["unknown"] else rule.unknown,
        source=row.get("source", ""),
        at=place,
    )


def _number(row: Mapping[str, str]) -> Decimal:
    return money.number(row["threshold"].removesuffix("%").strip(), low=Decimal(0))
