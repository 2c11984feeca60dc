"""Places and findings: where something stands in what people wrote, and what is so about it.

A finding carries facts, not sentences: it is worded only when somebody reads it, in the reader's
language (`bidkit.i18n`). Faults are values; an exception is a fault of our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from bidkit.record import record, value


@value(frozen=True)
class Measure:
    """A number with its unit, so that both can be printed in any language.

    ``unit`` is one of the keys of `bidkit.i18n.UNITS`, such as ``"EUR"``, ``"EUR/hour"``,
    ``"percent"`` (12.5 means 12,5 %), ``"months"`` or ``"clients/day"``.
    """

    value: Decimal | int
    unit: str


@value(frozen=True)
class Word:
    """A text of ours (a msgid) that must be translated when it is printed, unlike a user's own text.

    ``facts`` fill its ``{fields}``, by name.
    """

    msgid: str
    facts: tuple[tuple[str, Fact], ...] = ()


@value(frozen=True)
class Name:
    """A name that the user knows from the form he fills in: a noun, a field of it, an entry of it, or a code.

    A text file shows it as it is typed there, a workbook as a sheet, a heading or a choice of its cells. ``noun``
    may be a list inside a noun (``"services.steps"``), ``field`` one inside a group (``"dose.hours"``); ``titles``
    are the msgids of its heading where the noun alone does not tell it. Texts of ours name nouns, fields and codes
    without a fact: ``{@services}``, ``{@services.dose.hours}``, ``{=not_offered}``.
    """

    noun: str = ""
    field: str = ""
    entry: str = ""
    code: str = ""
    titles: tuple[str, ...] = ()

    @classmethod
    def of(cls, reference: str) -> Name:
        """Return what a reference in a text of ours names."""
        if reference.startswith("="):
            return cls(code=reference[1:])
        noun, _, field = reference.removeprefix("@").partition(".")
        return cls(noun, field)

    @property
    def typed(self) -> str:
        """The name as it is typed in a text file."""
        if self.entry:
            return f"{self.noun}.{self.entry}"
        return self.code or self.field or self.noun.rpartition(".")[2]


Fact: TypeAlias = "str | int | Decimal | date | datetime | Measure | Word | Name | tuple[Fact, ...] | None"

EMPTY: Mapping[str, str] = MappingProxyType({})


@value(frozen=True)
class Place:
    """A line of a text file or a cell of a workbook, as its editor names it.

    ``spot`` is ``"41:7"`` (line and column, both from 1) or ``"Kustannukset!E14"``; ``fields`` holds
    the spots of an entry's own fields, in the same file. An item of a list of plain values has the
    key ``"name[0]"``.
    """

    file: str
    spot: str = ""
    fields: Mapping[str, str] = field(default_factory=lambda: EMPTY, repr=False, compare=False)

    def of(self, name: str) -> Place:
        """Return the place of one field, or of the whole entry if the field was left out."""
        spot = self.fields.get(name)
        return self if spot is None else Place(self.file, spot)

    @property
    def in_workbook(self) -> bool:
        """Whether the place is a cell or sheet of a workbook."""
        return "!" in self.spot

    def __str__(self) -> str:
        if not self.spot:
            return self.file
        if "!" in self.spot:
            sheet, cell = self.spot.rsplit("!", 1)
            return f"{self.file} › {sheet} › {cell}"
        return f"{self.file}:{self.spot}"


class Severity(StrEnum):
    """How much a finding weighs: an error stops the bid, a warning costs points or money, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@record(frozen=True)
class Clause:
    """Where the tender demands it: document, section and page as the buyer's papers name them."""

    document: str
    section: str = ""
    page: str = ""


@value(frozen=True)
class Finding:
    """One thing that is so and should be otherwise.

    ``message`` and ``hint`` are msgids with ``{fact}`` fields; `bidkit.i18n` words them. ``place`` is
    where the user can mend it. ``because`` is the clause of the tender that demands it.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    hint: str = ""
    because: Clause | None = None


@record(frozen=True)
class Message:
    """The wording of one code. A code never changes its meaning and is never used again for another.

    ``page`` is the manual page that `bidkit explain CODE` prints: why it matters, how to mend it, an
    example. All texts are msgids. ``in_cell`` is the way out when the place is a cell of a workbook, where it
    differs from that in a text file.
    """

    code: str
    name: str
    text: str
    hint: str
    page: str
    severity: Severity = Severity.ERROR
    in_cell: str = ""

    def at(
        self,
        place: Place,
        *,
        severity: Severity | None = None,
        because: Clause | None = None,
        **facts: Fact,
    ) -> Finding:
        """Return the finding that this message makes at ``place``."""
        return self.of(place, facts, severity=severity, because=because)

    def of(
        self,
        place: Place,
        facts: Mapping[str, Fact],
        *,
        severity: Severity | None = None,
        because: Clause | None = None,
    ) -> Finding:
        """Return the finding with facts that are already gathered."""
        hint = self.in_cell if self.in_cell and place.in_workbook else self.hint
        return Finding(self.code, severity or self.severity, place, self.text, facts, hint, because)


class Refused(Exception):  # noqa: N818  (a refusal, not an error of ours)
    """Bytes or text from outside that must not come in; readers turn it into a finding at its place.

    ``spot`` is the place inside the file where it is known, as in `Place`.
    """

    def __init__(self, message: Message, spot: str = "", **facts: Fact) -> None:
        super().__init__(message.code)
        self.message, self.spot = message, spot
        self.facts: dict[str, Fact] = facts

    def finding(self, file: str) -> Finding:
        """Return the refusal as a finding in ``file``."""
        return self.at(Place(file, self.spot))

    def at(self, place: Place) -> Finding:
        """Return the refusal as a finding at ``place``."""
        return self.message.of(place, self.facts)


class Told(Refused):
    """Stands in the place of a value that is not there for a reason which a finding has already told.

    Its entry does not hold without the value, and nobody is told so once more.
    """

    def __init__(self, because: Message) -> None:
        super().__init__(because)


def weightiest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings as people mend them: errors, warnings, notes, each in the order in which they were found."""
    weights = {severity: weight for weight, severity in enumerate(Severity)}
    return sorted(findings, key=lambda finding: weights[finding.severity])
