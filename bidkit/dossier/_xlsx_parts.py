"""The parts of a workbook but for its sheets, each seen once and in pieces, and what may be read in all."""

from __future__ import annotations

import re
import zipfile
from posixpath import join, normpath
from typing import NamedTuple, TypeAlias
from xml.parsers import expat

from bidkit import gate
from bidkit.diagnostics import Finding, Refused, Word
from bidkit.dossier._xlsx_values import Format, format_of
from bidkit.i18n import N_
from bidkit.messages import reading
from bidkit.messages import workbook as say

Attributes: TypeAlias = "dict[str, str]"

MOST_CELLS, MOST_ROWS, MOST_TEXT = 200_000, 100_000, 16_000_000  # filled ones
MOST_TAGS, MOST_AREA, MOST_FINDINGS = 4_000_000, 200_000, 100
MOST_SHEETS, MOST_ENTRIES = 500, 10_000  # of a list of parts
MOST_STYLES, MOST_CODE = 65_536, 255  # as in Excel
MOST_RUNS = 100_000  # characters of a text in several runs
IN_ONE_TEXT = N_("characters in one text")
TRUE = frozenset({"1", "true", "on"})
MOST_DEPTH, _TOKEN = 250, 1 << 20


class Budget:
    """What may still be read of one workbook, and what was found in it so far."""

    __slots__ = ("area", "cells", "file", "findings", "rows", "tags", "text")

    def __init__(self, file: str) -> None:
        self.file = file
        self.cells, self.rows = MOST_CELLS, MOST_ROWS
        self.text, self.tags, self.area = MOST_TEXT, MOST_TAGS, MOST_AREA
        self.findings: list[Finding] = []

    def spend_tags(self, block: bytes) -> None:
        """Count the tags in a block of XML; every element takes time, filled or not."""
        self.tags -= block.count(b"<")
        if self.tags < 0:
            raise Refused(say.TOO_MUCH, most=MOST_TAGS // 2, what=Word(N_("rows and cells, empty ones included")))

    def spend_row(self) -> None:
        """Count a row with a filled cell."""
        self.rows -= 1
        if self.rows < 0:
            raise Refused(say.TOO_MUCH, most=MOST_ROWS, what=Word(N_("filled rows")))

    def spend_cell(self) -> None:
        """Count a filled cell."""
        self.cells -= 1
        if self.cells < 0:
            raise Refused(say.TOO_MUCH, most=MOST_CELLS, what=Word(N_("filled cells")))

    def spend_text(self, text: str) -> None:
        """Count a text, by the memory that it takes: letters beyond ä and ö take more."""
        self.text -= text.__sizeof__()
        if self.text < 0:
            raise Refused(say.TOO_MUCH, most=MOST_TEXT, what=Word(N_("characters of text")))

    @property
    def full(self) -> bool:
        """Whether so much was found already that no more is kept."""
        return len(self.findings) > MOST_FINDINGS

    def find(self, finding: Finding) -> None:
        """Keep a finding; the first ones say what is wrong with a file that has very many."""
        if len(self.findings) == MOST_FINDINGS:
            finding = reading.TOO_MANY_FINDINGS.at(finding.place, count=MOST_FINDINGS)
        self.findings.append(finding)


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Return ``text`` with Excel's own escapes resolved: ``_x000D_`` is a line end."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


class Part:
    """One XML part, seen element by element. Who inherits it says which elements it is called for.

    ``roots`` are the names that the part's outermost element may have; its prefix is the one that counts.
    """

    __slots__ = ("budget", "depth", "pieces")
    roots: frozenset[str] = frozenset()

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.depth = 0
        self.pieces: list[str] = []

    def names(self, prefix: str) -> None:
        """Learn the prefix of the part's own names, such as ``x:``."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take the start of an element."""
        raise NotImplementedError

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self.depth -= 1

    def too_long(self) -> Refused:
        """Return what to say of a text that is far beyond what a cell can hold, its end not yet in sight."""
        return Refused(say.TOO_MUCH, most=MOST_RUNS, what=Word(IN_ONE_TEXT))

    def deeper(self) -> None:
        """Count one more level of elements."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.too_deep()

    def too_deep(self) -> Refused:
        """Return what to say of elements within elements without end."""
        return Refused(reading.OFFICE_UNSAFE, cause=Word(N_("a part is nested too deep")), detail="XML")

    def read(self, package: zipfile.ZipFile, name: str) -> None:
        """Read the member ``name``."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 1 << 15

        def root(tag: str, attributes: Attributes) -> None:
            prefix, _, local = tag.rpartition(":")
            if local not in self.roots:
                raise broken(N_("a part is of another kind than the package says"), name)
            self.names(f"{prefix}:" if prefix else "")
            parser.StartElementHandler = self.start
            self.start(tag, attributes)

        parser.StartElementHandler = root
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.pieces.append
        try:
            with package.open(name) as member:
                for block in gate.parse(parser, name, member.read, most=_TOKEN):
                    self.budget.spend_tags(block)
                    if len(self.pieces) > 64 and sum(map(len, self.pieces)) > MOST_RUNS:
                        raise self.too_long()
        except expat.ExpatError:
            raise broken(N_("a part of it is damaged"), name) from None


def broken(cause: str, part: str) -> Refused:
    """Return the refusal of a workbook because of one part; ``cause`` is a msgid."""
    return Refused(say.BROKEN, cause=Word(cause), part=gate.printable(part))


class Spoilt(NamedTuple):
    """A text that `gate.clean` refuses: why, and what can be kept of it."""

    refusal: Refused
    kept: str


def cleaned(text: str) -> str | Spoilt:
    """Return a text in normal form, or what is wrong with it and what can be kept."""
    try:
        return gate.clean(text)
    except Refused as refusal:
        return Spoilt(refusal, gate.without_bad(text))


def within(most: int, count: int) -> None:
    """Refuse a list that is longer than any workbook needs."""
    if count > most:
        raise Refused(say.TOO_MUCH, most=most, what=Word(N_("formats or references between its parts")))


def _id(attributes: Attributes) -> int:
    written = attributes.get("numFmtId", "0")
    return int(written) if written.isdigit() and len(written) < 10 else 0


class Types(Part):
    """The list of contents: which part is of which type."""

    __slots__ = ("endings", "parts")
    roots = frozenset({"Types"})

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.parts: dict[str, str] = {}
        self.endings: dict[str, str] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        self.deeper()
        kind = attributes.get("ContentType", "").lower()[:MOST_CODE]
        if "PartName" in attributes:
            self.parts[attributes["PartName"].lstrip("/").lower()[:MOST_CODE]] = kind
        elif "Extension" in attributes:
            self.endings[attributes["Extension"].lower()[:MOST_CODE]] = kind
        within(MOST_ENTRIES, len(self.parts) + len(self.endings))

    def of(self, part: str) -> str:
        """Return the type of a part, empty if the list does not have it."""
        low = part.lower()
        return self.parts.get(low) or self.endings.get(low.rsplit(".", 1)[-1], "")


class Relations(Part):
    """What a part refers to: id → kind and name of the other part."""

    __slots__ = ("base", "parts")
    roots = frozenset({"Relationships"})

    def __init__(self, budget: Budget, base: str) -> None:
        super().__init__(budget)
        self.base = base
        self.parts: dict[str, tuple[str, str]] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        self.deeper()
        if "Target" in attributes and attributes.get("TargetMode") != "External":
            target = attributes["Target"].replace("\\", "/")[:MOST_CODE]
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            path = normpath(join("/" + self.base, target)).lstrip("/")
            self.parts[attributes.get("Id", "")[:MOST_CODE]] = (kind[:MOST_CODE], path)
            within(MOST_ENTRIES, len(self.parts))

    def first(self, kind: str) -> str:
        """Return the first part of a kind, empty if there is none."""
        return next((path for found, path in self.parts.values() if found == kind), "")


class Workbook(Part):
    """The names of the sheets, in order, with the ids of their parts; and how days are counted."""

    __slots__ = ("prefix", "sheets", "since_1904")
    roots = frozenset({"workbook"})

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.since_1904 = False
        self.sheets: list[tuple[str, bool, str]] = []  # name, hidden, id

    def names(self, prefix: str) -> None:
        self.prefix = prefix

    def start(self, tag: str, attributes: Attributes) -> None:
        self.deeper()
        if tag == self.prefix + "workbookPr":
            self.since_1904 = attributes.get("date1904") in TRUE
        elif tag == self.prefix + "sheet":
            ids = [value for key, value in attributes.items() if key.endswith(":id")]
            name = gate.printable(unescaped(attributes.get("name", "")), 255)
            self.sheets.append(
                (name, attributes.get("state", "visible") != "visible", ids[0][:MOST_CODE] if ids else "")
            )
            if len(self.sheets) > MOST_SHEETS:
                raise Refused(say.TOO_MUCH, most=MOST_SHEETS, what=Word(N_("sheets in it")))


class Texts(Part):
    """The texts that cells share, by number; what is written above a text to tell how it is read is left out."""

    __slots__ = ("found", "length", "phonetic", "rph", "runs", "si", "t")
    roots = frozenset({"sst"})

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.found: list[str | Spoilt] = []
        self.runs: list[str] = []
        self.length = 0
        self.phonetic = False

    def names(self, prefix: str) -> None:
        self.si, self.t, self.rph = prefix + "si", prefix + "t", prefix + "rPh"

    def start(self, tag: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.too_deep()
        self.pieces.clear()
        if tag == self.si:
            self.runs, self.length = [], 0
        elif tag == self.rph:
            self.phonetic = True

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag == self.t:
            if not self.phonetic:
                self.runs.append("".join(self.pieces))
                self.length += len(self.runs[-1]) + 1
                if self.length > MOST_RUNS:
                    raise self.too_long()
        elif tag == self.rph:
            self.phonetic = False
        elif tag == self.si:
            text = "".join(self.runs)
            self.budget.spend_text(text)
            self.found.append(cleaned(unescaped(text)))


class Styles(Part):
    """The number formats of the styles that cells name by number."""

    __slots__ = ("codes", "formats", "numbers", "prefix", "within", "xf")
    roots = frozenset({"styleSheet"})

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.codes: dict[int, str] = {}
        self.numbers: list[int] = []
        self.formats: dict[str, Format | None] = {}
        self.within = False

    def names(self, prefix: str) -> None:
        self.prefix, self.xf = prefix, prefix + "xf"

    def start(self, tag: str, attributes: Attributes) -> None:
        self.deeper()
        if tag == self.xf:
            if self.within:
                self.numbers.append(_id(attributes))
                within(MOST_STYLES, len(self.numbers))
        elif tag == self.prefix + "numFmt":
            if self.depth == 3:  # not one of a conditional format
                self.codes[_id(attributes)] = unescaped(attributes.get("formatCode", "")[:MOST_CODE])
                within(MOST_STYLES, len(self.codes))
        elif tag == self.prefix + "cellXfs":
            self.within = True

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag == self.prefix + "cellXfs":
            self.within = False

    def of(self, style: str) -> Format | None:
        """Return the format of a style, None if the workbook has no such style."""
        if style not in self.formats:
            index = int(style) if style.isdigit() and len(style) < 7 else -1
            known = 0 <= index < len(self.numbers)
            self.formats[style] = format_of(self.numbers[index], self.codes.get(self.numbers[index])) if known else None
        return self.formats[style]


class Program(Part):
    """The program that saved the workbook."""

    __slots__ = ("name", "wanted")
    roots = frozenset({"Properties"})

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.name = ""

    def names(self, prefix: str) -> None:
        self.wanted = prefix + "Application"

    def start(self, tag: str, attributes: Attributes) -> None:
        self.deeper()
        self.pieces.clear()

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag == self.wanted:
            self.name = gate.printable("".join(self.pieces).strip(), 80)
