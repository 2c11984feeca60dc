"""One rendering of a template: the values go in, every fault is heard, nothing runs for ever."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType, FrameType, GeneratorType, TracebackType
from typing import cast

import jinja2
from lxml import etree
from markupsafe import Markup

from bidkit.diagnostics import Fact, Finding, Message
from bidkit.messages import templates as say
from bidkit.templates.blocks import STYLES, drawing, escape, paragraphs
from bidkit.templates.language import Language, Missing, guarded, kind_of
from bidkit.templates.package import parse_filled
from bidkit.templates.part import Part
from bidkit.templates.styles import Styles
from bidkit.templates.values import Chart, Contents, Drawing, Filter, Rich

MOST_ROUNDS = 200_000  # iterations of all loops of one rendering together
MOST_CHARACTERS = 64_000_000  # of one part's XML; a whole file may unpack to 80 MiB at the gate
CONTENTS = "bidkit-contents"  # the mark of the place where the table of contents goes


def chart_relation(number: int) -> str:
    """Return the id by which a part names its chart ``number``, from 1."""
    return f"rIdChart{number}"


class Xml(Markup):
    """XML that was made here. No value is, so a value that calls itself markup is escaped all the same."""

    __slots__ = ()


class _Enough(Exception):  # noqa: N818  (a way out of the running template, not an error)
    """A limit was reached and reported."""


@dataclass
class Filling:
    """The state of one rendering: values, faults so far, charts to be added to each part."""

    filters: Mapping[str, Filter]
    context: Mapping[str, object]
    styles: Styles
    faults: list[Finding] = field(default_factory=list)
    charts: dict[str, list[Chart]] = field(default_factory=dict)
    contents: dict[str, tuple[int, int]] = field(default_factory=dict)  # part → tag, levels
    rounds: int = 0
    drawings: int = 0
    part: Part = field(init=False)
    running: jinja2.Template = field(init=False)

    @cached_property
    def language(self) -> Language:
        """The language with filters that report here."""
        safe = {name: guarded(use, name, self) for name, use in {"length": len, **self.filters}.items()}
        language = Language({**safe, "_each": self.each, "_solo": self.solo}, self.show, self)
        language.offered = self.context.keys()
        return language

    def fill(self, part: Part) -> str:
        """Return the text of a part; faults are added to `faults`."""
        return "".join(self._pieces(part))

    def tree(self, part: Part) -> etree._Element:
        """Return the filled tree of a part, an empty one after a fault, which is added to `faults`."""
        pieces = self._pieces(part)
        try:
            return parse_filled(pieces)
        except etree.XMLSyntaxError:  # a part without its end, or with a text longer than the parser takes
            for _ in pieces:
                pass  # until the fault is found
            if not self.faults:
                raise
            return etree.Element("none")

    def _pieces(self, part: Part) -> Iterator[str]:
        """Yield the XML (of a plain text: the text) of a part."""
        assert part.code is not None
        self.part = part
        self.running = jinja2.Template.from_code(self.language, part.code, {})
        try:
            yield from self._run()
        except _Enough:
            pass
        except TypeError as error:  # only a comparison can raise one: values were checked, filters are guarded
            number = self._line(error.__traceback__)
            if number is None:
                raise
            self._add(number, say.NOT_COMPARABLE)

    def _run(self) -> Iterator[str]:
        """Run the part's code and yield what it yields, up to a size that can still be opened."""
        context = self.running.new_context(dict(self.context))
        code = cast("GeneratorType[str, None, None]", self.running.root_render_func(context))
        size = 0
        for piece in code:
            size += len(piece)
            if size > MOST_CHARACTERS:
                frame = code.gi_frame
                assert frame is not None  # it waits for the next step
                number = self.running.get_corresponding_lineno(frame.f_lineno)
                self._add(number, say.TOO_BIG, most=MOST_CHARACTERS)
                return
            yield piece

    def show(self, value: object) -> Markup:
        """Return a value as XML text: what jinja2 calls to finalise each field."""
        if type(value) is Xml:
            return value
        if isinstance(value, str):
            return Markup(value if self.part.plain else escape(value))
        if isinstance(value, int) and not isinstance(value, bool):
            return Markup(value)
        if value is None:
            return Markup()
        if isinstance(value, Missing):
            value.tell()
        elif isinstance(value, (Rich, Drawing, Contents)):
            self.report(say.BLOCK_IN_TEXT, kind=kind_of(value))
        else:
            self.report(say.UNFORMATTED, kind=kind_of(value))
        return Markup()

    def each(self, value: object) -> Iterator[object]:
        """Yield the items of a list and count the rounds of all loops together."""
        if isinstance(value, Missing):
            value.tell()
        elif not isinstance(value, (list, tuple)):
            self.report(say.NOT_A_LIST, kind=kind_of(value))
        else:
            for item in value:
                self.rounds += 1
                if self.rounds > MOST_ROUNDS:
                    self.report(say.TOO_MANY_ROUNDS, most=MOST_ROUNDS)
                    raise _Enough
                yield item

    def solo(self, value: object, number: int) -> Xml:
        """Return the paragraph or paragraphs that a field standing alone becomes."""
        solo = self.part.solos[number]
        if isinstance(value, Rich):
            wanted = {block.kind for block in value.blocks} & STYLES.keys()
            styles = {kind: self._style(STYLES[kind]) for kind in sorted(wanted)}
            return Xml(paragraphs(value, solo, styles))
        if isinstance(value, Drawing):
            charts = self.charts.setdefault(self.part.name, [])
            charts.append(value.chart)
            self.drawings += 1
            relation = chart_relation(len(charts))
            return Xml(drawing(value, solo, relation, self.drawings))
        if isinstance(value, Contents):
            self.contents[self.part.name] = (number, value.levels)
            for level in range(1, value.levels + 1):
                self._style(f"toc {level}")
            return Xml(f"<?{CONTENTS} {value.levels}?>")
        return Xml(f"{solo.before}{self.show(value)}{solo.after}")

    def _style(self, name: str) -> str:
        """Return the id of a style of the template, by its name."""
        if name not in self.styles.ids:
            self.report(say.MISSING_STYLE, style=name.capitalize())
        return self.styles.ids.get(name, "")

    def report(self, message: Message, **facts: Fact) -> None:
        """Add a fault at the tag that is being filled."""
        self._add(self._running_line(), message, **facts)

    def _add(self, number: int, message: Message, **facts: Fact) -> None:
        tag = self.part.tags[number]
        fault = tag.spot.at(message, self.part.file, tag=tag.typed, **facts)
        if fault not in self.faults:
            self.faults.append(fault)

    def _running_line(self) -> int:
        """Return the number of the tag whose code is running: its line in the compiled template."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if self._is_ours(frame.f_code):
                return self.running.get_corresponding_lineno(frame.f_lineno)
            frame = frame.f_back
        raise LookupError("a fault was reported while no tag was being filled")

    def _line(self, trace: TracebackType | None) -> int | None:
        """Return the number of the tag that raised, None if the innermost code is not the template's."""
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        if trace is None or not self._is_ours(trace.tb_frame.f_code):
            return None
        return self.running.get_corresponding_lineno(trace.tb_lineno)

    def _is_ours(self, code: CodeType) -> bool:
        return code.co_filename == self.part.label
