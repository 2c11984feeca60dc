"""Mistakes in YAML in plain words: what the parser stumbled over, and where it was made.

The parser's own words name its grammar ("did not find expected key"), and the place is where it gave
up. The commonest mistakes can be told from these two and the line as it was typed.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.events import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent

from bidkit import gate
from bidkit.diagnostics import Message, Refused, Word
from bidkit.i18n import N_
from bidkit.messages import reading

_NO_SPACE = re.compile(r"""\s*(?:-\s+)*(?P<written>(?P<name>[^\s:#'"\[\]{},]+):(?P<value>[^\s:/].*))""")
_FIELD = re.compile(r"""\s*(?:-\s+)*(?:[^\s:#'"\[{][^:]*:\s+)?(?P<value>\S.*)?""")
_TWO_FIELDS = re.compile(r"""\s*(?:-\s+)*[^\s:#'"\[{][^:]*:\s+(?P<value>\S.*)""")


def explain(error: yaml.YAMLError, text: str, loader: Any) -> Refused:
    """Return the mistake behind a parser's error in ``text``, at the place where it can be mended."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return _Mistake(error, error.problem_mark, text, loader).told()
    index = text.find(character) if (character := _character(error)) else -1
    if index >= 0:
        return Refused(reading.BAD_CHARACTER, gate.spot_in(text, index), character=gate.name_of(character))
    return Refused(reading.YAML_SYNTAX, problem=_GENERIC)


def _character(error: yaml.YAMLError) -> str:
    found = getattr(error, "character", "")
    return chr(found) if isinstance(found, int) else str(found)[:1]


class _Mistake:
    def __init__(self, error: yaml.MarkedYAMLError, mark: Any, text: str, loader: Any) -> None:
        self.problem, self.context = error.problem or "", error.context or ""
        self.text, self.lines, self.loader = text, text.split("\n"), loader
        self.row, self.column = mark.line, mark.column
        # Where the text in question begins; the parser's own place if it names no other.
        self.start = (error.context_mark.line, error.context_mark.column) if error.context_mark else None
        self.line = self.lines[self.row] if self.row < len(self.lines) else ""

    def told(self) -> Refused:
        """Return the first explanation that fits, from the surest to the most general."""
        tests = (
            self._tab,
            self._open_quote,
            self._escape,
            self._start_sign,
            self._open_bracket,
            self._colon,
            self._no_colon,
            self._after_value,
            self._indent,
        )
        if "nesting depth" in self.problem:
            return self._at(reading.TOO_DEEP, self.row, self.column, most=20)
        for test in tests:
            if refusal := test():
                return refusal
        return self._at(reading.YAML_SYNTAX, self.row, self.column, problem=_GENERIC)

    def _at(self, message: Message, row: int, column: int, /, **facts: Any) -> Refused:
        return Refused(message, f"{row + 1}:{column + 1}", **facts)

    def _tab(self) -> Refused | None:
        here = self.line[self.column : self.column + 1]
        if "tab character" in self.problem or ("cannot start" in self.problem and here == "\t"):
            return self._at(reading.ODD_INDENT, self.row, self.column, character=Word(N_("a tab")))
        return None

    def _open_quote(self) -> Refused | None:
        if "quoted scalar" in self.context or "-quoted" in self.context:
            unended = "end of stream" in self.problem or "document" in self.problem
            if unended and self.start:
                return self._at(reading.OPEN_QUOTE, *self.start)
        return None

    def _escape(self) -> Refused | None:
        if not re.search("escape|hexa?decimal", self.problem):
            return None
        column = self.line.rfind("\\", 0, self.column + 1)
        if column < 0:  # an escape of another kind: %xx in a tag
            return None
        long = {"x": 4, "u": 6, "U": 10}.get(self.line[column + 1 : column + 2], 2)
        code = self.line[column : column + long].split('"')[0]
        return self._at(reading.BAD_ESCAPE, self.row, column, code=gate.printable(code))

    def _start_sign(self) -> Refused | None:
        row, column = self.row, self.column
        if re.search("alias|anchor|block scalar|tag", self.context) and self.start:
            row, column = self.start
        elif not re.search("cannot start|entries are not allowed|keys are not allowed|node content", self.problem):
            return None
        line = self.lines[row] if row < len(self.lines) else ""
        sign = line[column : column + 1]
        if not sign or sign not in "%@`*&!|>,?-]}":
            return None
        value = line[column:].rstrip()
        return self._at(reading.START_CHARACTER, row, column, sign=sign, better=_quoted(value))

    def _open_bracket(self) -> Refused | None:
        if "flow" in self.context and self.start:
            problem = Word(N_("a bracket is opened here and not closed"))
            return self._at(reading.YAML_SYNTAX, *self.start, problem=problem)
        return None

    def _colon(self) -> Refused | None:
        if "mapping values are not allowed" not in self.problem:
            return None
        if _TWO_FIELDS.match(self.line[: self.column + 1]) and (found := _TWO_FIELDS.match(self.line)):
            value = found["value"].rstrip()
            facts = {"value": gate.printable(value, 60), "better": _quoted(value)}
            return self._at(reading.COLON_IN_VALUE, self.row, found.start("value"), **facts)
        above = next((r for r in range(self.row - 1, -1, -1) if self._says_something(r)), None)
        if above is not None:
            before = self.lines[above]
            if refusal := self._no_space(above):
                return refusal
            if not re.search(r":(\s|$)", before):
                return self._without_colon(above)
        indent = len(self.line) - len(self.line.lstrip())
        if above is not None and len(self.line) < 1000:  # a longer name is refused by YAML itself
            return self._at(reading.WRONG_INDENT, self.row, indent, column=indent + 1)
        return None

    def _says_something(self, row: int) -> bool:
        return bool(re.match(r"\s*[^\s#]", self.lines[row]))

    def _no_colon(self) -> Refused | None:
        if "could not find expected ':'" not in self.problem or not self.start:
            return None
        return self._no_space(self.start[0]) or self._without_colon(self.start[0])

    def _no_space(self, row: int) -> Refused | None:
        found = _NO_SPACE.fullmatch(self.lines[row].rstrip())
        if not found:
            return None
        better = f"{found['name']}: {found['value']}"
        facts = {"written": gate.printable(found["written"], 60), "better": gate.printable(better, 60)}
        return self._at(reading.NO_SPACE, row, found.start("written"), **facts)

    def _without_colon(self, row: int) -> Refused:
        line = self.lines[row]
        indent = len(line) - len(line.lstrip())
        return self._at(reading.NO_COLON, row, indent, written=gate.printable(line.strip(), 60))

    def _after_value(self) -> Refused | None:
        """Tell what follows a closed quotation mark or bracket; an early quote may have swallowed lines."""
        last = self._last_event()
        if last is None or last.end_mark.line != self.row or last.end_mark.column > self.column:
            return None
        if isinstance(last, ScalarEvent) and last.style in ("'", '"'):
            if (begun := _begun(last))[0] != self.row:
                return self._at(reading.OPEN_QUOTE, *begun)
            rest = gate.printable(self.line[self.column :].rstrip(), 60)
            return self._at(reading.AFTER_QUOTE, self.row, self.column, rest=rest)
        if isinstance(last, AliasEvent):
            row, column = _begun(last)
            value = self.line[column:].rstrip()
            return self._at(reading.START_CHARACTER, row, column, sign="*", better=_quoted(value))
        closed = isinstance(last, MappingEndEvent | SequenceEndEvent)
        if closed and self.text[last.end_mark.index - 1] in "]}" and (found := _FIELD.match(self.line)):
            value = (found["value"] or "").rstrip()
            if value[:1] in ("[", "{"):
                facts = {"sign": value[:1], "better": _quoted(value)}
                return self._at(reading.START_CHARACTER, self.row, found.start("value"), **facts)
        return None

    def _last_event(self) -> Any:  # an event; the stubs make its marks optional, which they never are
        """Parse again, up to the mistake: only a file that has one pays for it."""
        loader, last = self.loader(self.text), None
        try:
            while True:
                last = loader.get_event()
                if last is None:
                    return None
        except yaml.YAMLError:
            return last
        finally:
            loader.dispose()

    def _indent(self) -> Refused | None:
        blank = "expected" in self.problem and not self.line[: self.column].strip()
        if blank and self.line[self.column :].strip() and not self.line.lstrip().startswith((":", "...")):
            return self._at(reading.WRONG_INDENT, self.row, self.column, column=self.column + 1)
        return None


def _begun(event: Any) -> tuple[int, int]:
    return event.start_mark.line, event.start_mark.column


_GENERIC = Word(N_("this does not continue what stands above"))


def _quoted(value: str) -> str:
    """Return ``value`` in the quotation marks that it needs, short enough for a message."""
    mark = "'" if '"' in value and "'" not in value else '"'
    inside = value.replace("\\", "\\\\").replace('"', '\\"') if mark == '"' else value
    return f"{mark}{gate.printable(inside, 60)}{mark}"
