"""A YAML file as plain values with places: every scalar stays the text that was typed.

Numbers, dates and yes or no are left to the model, which knows which of them a field is. PyYAML's
parser gives events; what is built from them, and what is refused, is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from sys import intern
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from bidkit import gate
from bidkit.diagnostics import Finding, Message, Place, Refused, Severity, Word
from bidkit.dossier.yaml_mistakes import explain
from bidkit.i18n import N_
from bidkit.messages import reading

Value: TypeAlias = "str | Place | list[Value] | dict[str, Value] | None"

HERE = "@"  # the key under which an entry carries its place
MOST_BYTES, MOST_VALUES, MOST_DEPTH, MOST_FINDINGS = 4 << 20, 200_000, 20, 100

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times as fast

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_REMARK = re.compile(r"[ \t]+(#[^\n]*)")
# YAML takes the first four for line ends or refuses them, so no editor would agree with its line numbers.
_NOT_IN_YAML = re.compile("[\u0080-\u009f\u2028\u2029]")
_ODD_INDENT = re.compile("^ *[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]", re.MULTILINE)


class Document(NamedTuple):
    """What a file holds. ``place`` is where it begins; its fields are the items of a list: ``"[0]"``."""

    value: Value
    findings: list[Finding]
    place: Place


def read_yaml(data: bytes, file: str) -> tuple[Value, list[Finding]]:
    """Return the value in ``data`` and what is wrong with it; ``file`` is its name in places.

    Each mapping has its own `Place` under ``"@"``. A mistake in the syntax ends the reading of this
    file and its value is None; of a field that is there twice the first value stands.
    """
    document = read_document(data, file)
    return document.value, document.findings


def read_document(data: bytes, file: str) -> Document:
    """Return what `read_yaml` returns, with the places of a list's own items."""
    findings: list[Finding] = []
    try:
        if len(data) > MOST_BYTES:
            raise gate.too_large(len(data), MOST_BYTES)
        text = gate.clean_file(gate.decode(data))
        if not text.isascii() and (bad := _NOT_IN_YAML.search(text)):
            spot = gate.spot_in(text, bad.start())
            raise Refused(reading.BAD_CHARACTER, spot, character=gate.name_of(bad[0]))
        return _Reader(text, file, findings).read()
    except Refused as refusal:
        # What was thought of the same spot before the mistake was seen is a guess too many.
        kept = [finding for finding in findings if finding.place.spot != refusal.spot]
        return Document(None, [*kept, refusal.finding(file)], Place(file))


def _spot(event: Any) -> str:  # the stubs make an event's marks optional, which they never are
    mark = event.start_mark
    return f"{mark.line + 1}:{mark.column + 1}"


class _Reader:
    """One pass over the events of one file. Recursion is as deep as the nesting, which is bounded."""

    def __init__(self, text: str, file: str, findings: list[Finding]) -> None:
        self.text, self.file, self.findings = text, file, findings
        self.errors = 0
        self.left = MOST_VALUES
        self.escapes = "\\" in text
        self.remarks = " #" in text or "\t#" in text
        self.odd = [] if text.isascii() else [found.end() - 1 for found in _ODD_INDENT.finditer(text)]
        self.get: Callable[[], Any]

    def read(self) -> Document:
        loader = LOADER(self.text)
        self.get = loader.get_event
        try:
            document = self._document()
        except yaml.YAMLError as error:
            if self.odd:
                raise self._odd_indent() from None
            raise explain(error, self.text, LOADER) from None
        finally:
            loader.dispose()
        if self.odd:
            raise self._odd_indent()
        return document

    def _document(self) -> Document:
        fields: dict[str, str] = {}
        value: Value = None
        spot, documents = "1:1", 0
        while True:
            event = self.get()
            kind = event.__class__
            if kind is StreamEndEvent:
                return Document(value, self.findings, Place(self.file, spot, fields))
            if kind is StreamStartEvent:
                continue
            if kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise Refused(reading.SECOND_DOCUMENT, _spot(event))
                event = self.get()
                spot = _spot(event)
                value = self._value(event, 0, fields, "")

    def _value(self, event: Any, depth: int, fields: dict[str, str], name: str) -> Value:
        """Build one value. ``fields`` is where items of a list put their spots, ``name`` the list's name."""
        self.left -= 1
        if self.left < 0:
            raise Refused(reading.TOO_MANY, _spot(event), most=MOST_VALUES)
        kind = event.__class__
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            self._find(reading.YAML_DEVICE, _spot(event), what=_ALIAS, sign=f"*{event.anchor}")
            return None
        if depth == MOST_DEPTH:
            raise Refused(reading.TOO_DEEP, _spot(event), most=MOST_DEPTH)
        if event.anchor or event.tag:
            self._device(event)
        if kind is MappingStartEvent:
            return self._mapping(event, depth + 1)
        return self._list(depth + 1, fields, name)

    def _list(self, depth: int, fields: dict[str, str], name: str) -> list[Value]:
        items: list[Value] = []
        while True:
            event = self.get()
            if event.__class__ is SequenceEndEvent:
                return items
            mark = event.start_mark
            item = f"{name}[{len(items)}]"
            fields[item] = intern(f"{mark.line + 1}:{mark.column + 1}")
            items.append(self._value(event, depth, fields, item))

    def _mapping(self, start: Any, depth: int) -> dict[str, Value]:
        get, value_of = self.get, self._value
        spot = _spot(start)
        fields: dict[str, str] = {}
        entry: dict[str, Value] = {HERE: Place(self.file, spot, fields)}
        lines: dict[str, int] = {}  # of the names; a value may stand on a later line
        while True:
            event = get()
            if event.__class__ is MappingEndEvent:
                return entry
            key = self._key(event, depth)
            event_of_key, event = event, get()
            if key is None:
                value_of(event, depth, {}, "")
            elif key in entry:
                line = lines[key]
                self._find(reading.DUPLICATE_KEY, _spot(event_of_key), field=key, line=line, entry=spot)
                value_of(event, depth, {}, "")
            else:
                lines[key] = event_of_key.start_mark.line + 1
                mark = event.start_mark
                if event.__class__ is not ScalarEvent and mark.line >= lines[key]:
                    mark = event_of_key.start_mark  # of a list or group below its name, the name is where to look
                fields[key] = intern(f"{mark.line + 1}:{mark.column + 1}")
                entry[key] = value_of(event, depth, fields, key)

    def _key(self, event: Any, depth: int) -> str | None:
        """Return the name of a field; None after a finding, then its value is left out."""
        if event.__class__ is not ScalarEvent:
            spot = _spot(event)
            if event.__class__ is AliasEvent:
                self._value(event, depth, {}, "")
                return None
            what = _A_LIST if event.__class__ is SequenceStartEvent else _A_GROUP
            self._find(reading.BAD_KEY, spot, key=what)
            self._value(event, depth, {}, "")
            return None
        key: str | None = self._scalar(event)
        if key is None or not key.strip():
            self._find(reading.BAD_KEY, _spot(event), key=_AN_EMPTY_TEXT)
            return None
        if key == "<<" and not event.style:
            self._find(reading.YAML_DEVICE, _spot(event), what=_MERGE, sign="<<")
            return None
        if key == HERE:
            self._find(reading.BAD_KEY, _spot(event), key=f"“{HERE}”")
            return None
        return intern(key)  # names and spots come back in every file: one of each is kept

    def _scalar(self, event: Any) -> str | None:
        if event.anchor or event.tag:
            self._device(event)
        text: str = event.value
        if event.style:
            if self.odd:  # inside a text of several lines any space may begin a line
                start, end = event.start_mark.index, event.end_mark.index
                self.odd = [index for index in self.odd if not start <= index <= end]
            if len(text) > gate.MOST_TEXT // 2 or (self.escapes and event.style == '"'):
                text = self._cleaned(event)
            return text
        if self.remarks and self.text[(end := event.end_mark.index) : end + 1] in (" ", "\t"):
            self._remark(event)
        if text in _NULL:
            return None
        return text if len(text) <= gate.MOST_TEXT // 2 else self._cleaned(event)

    def _cleaned(self, event: Any) -> str:
        """Return a text that escapes or its length may have spoilt; what cannot be kept is left out."""
        try:
            return gate.clean(event.value)
        except Refused as refusal:
            self._find(refusal.message, _spot(event), **refusal.facts)
            return gate.without_bad(event.value)

    def _remark(self, event: Any) -> None:
        r"""Warn that `` #`` has cut a value short; ``phone:  # later`` cuts nothing, ``name: #1`` does."""
        end = event.end_mark
        found = _REMARK.match(self.text, end.index)
        if not found or (not event.value and re.match(r"#+(\s|$)", found[1])):
            return
        spot = f"{end.line + 1}:{end.column + 1 + found.start(1) - end.index}"
        value = f"“{gate.printable(event.value, 60)}”" if event.value else Word(N_("empty"))
        cut = gate.printable(found[1].rstrip(), 60)
        self.findings.append(reading.COMMENT_CUT.at(Place(self.file, spot), cut=cut, value=value))

    def _device(self, event: Any) -> None:
        if event.anchor:
            self._find(reading.YAML_DEVICE, _spot(event), what=_ANCHOR, sign=f"&{event.anchor}")
        if event.tag:
            sign = self.text[event.start_mark.index :].split(maxsplit=1)[0]
            if "!" not in sign:  # an anchor stands before it
                sign = event.tag
            self._find(reading.YAML_DEVICE, _spot(event), what=_TAG, sign=gate.printable(sign, 40))

    def _find(self, message: Message, spot: str, **facts: Any) -> None:
        finding = message.at(Place(self.file, spot), **facts)
        self.errors += finding.severity is Severity.ERROR
        if self.errors > MOST_FINDINGS:
            raise Refused(reading.TOO_MANY_FINDINGS, spot, count=MOST_FINDINGS)
        self.findings.append(finding)

    def _odd_indent(self) -> Refused:
        index = self.odd[0]
        what = Word(N_("a no-break space")) if self.text[index] == "\u00a0" else gate.name_of(self.text[index])
        return Refused(reading.ODD_INDENT, gate.spot_in(self.text, index), character=what)


_ANCHOR, _ALIAS = Word(N_("an anchor")), Word(N_("an alias"))
_TAG, _MERGE = Word(N_("a tag")), Word(N_("a merge key"))
_A_LIST, _A_GROUP, _AN_EMPTY_TEXT = Word(N_("A list")), Word(N_("A group of fields")), Word(N_("An empty text"))
