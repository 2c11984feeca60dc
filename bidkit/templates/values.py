"""What a template may be given besides plain data, and what it gives back.

Plain data is text, whole numbers, Decimal, dates, True/False, None, lists and mappings of them. The
classes here are the only other values: they become whole paragraphs, because that is the only place
where a Word document can hold them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from bidkit.diagnostics import Finding

Kind: TypeAlias = Literal["paragraph", "bullet", "number", "subheading", "quote"]


class Run(NamedTuple):
    """A stretch of text of one look. A newline is a line break, a tab a tab stop."""

    text: str
    bold: bool = False
    italic: bool = False


class Block(NamedTuple):
    """One paragraph of a narrative text."""

    kind: Kind
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Rich:
    """A narrative text: the paragraph of its tag becomes as many paragraphs as it has blocks."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart: its DrawingML part and the workbook that "Edit data" opens.

    In ``xml`` the workbook is ``r:id="rId1"``.
    """

    xml: bytes
    workbook: bytes


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart in the text, as wide and high as stated (914,400 EMU are an inch); ``alt`` says what it shows."""

    chart: Chart
    width_emu: int
    height_emu: int
    alt: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: the headings of the finished document down to ``levels``."""

    levels: int = 2


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself; ``created`` comes from the dossier, never from the clock.

    ``language`` is ``fi``, ``sv`` or ``en``. A template whose own title has tags keeps that title, filled
    in; otherwise ``title`` is used.
    """

    title: str
    creator: str
    identifier: str
    created: datetime
    language: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document, or the faults that kept it from being made (``data`` is then empty)."""

    data: bytes
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Each:
    """In a tree of names: a list whose items all have the names ``item``."""

    item: Names = None


BlockKind: TypeAlias = "type[Rich] | type[Drawing] | type[Contents]"
# The names a template may use: a mapping of further names, a list of them, a block, or a plain value.
Names: TypeAlias = "Mapping[str, Names] | Each | BlockKind | None"

Filter: TypeAlias = Callable[..., object]

BLOCKS = (Rich, Drawing, Contents)
_SCALARS = (str, int, Decimal, date, type(None), *BLOCKS)


def refuse_objects(context: object) -> None:
    """Raise TypeError if ``context`` holds anything but plain data and blocks: a fault of our own.

    A template can only reach what it is given. Objects with methods are not given.
    """
    waiting = [context]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, (list, tuple)):
            waiting.extend(value)
        elif not isinstance(value, _SCALARS) or hasattr(value, "__html__"):
            raise TypeError(f"a template is given plain data, not {type(value).__name__}")


def names_of(context: object) -> Names:
    """Return the tree of names that ``context`` offers; a list offers what any of its items has."""
    if isinstance(context, Mapping):
        return {str(key): names_of(value) for key, value in context.items()}
    if isinstance(context, (list, tuple)):
        return Each(_merged(context))
    for block in BLOCKS:
        if isinstance(context, block):
            return block
    return None


def _merged(items: Sequence[object]) -> Names:
    trees = [names_of(item) for item in items]
    if not any(isinstance(tree, dict) for tree in trees):
        return trees[0] if trees else None
    merged: dict[str, Names] = {}
    for tree in trees:
        if isinstance(tree, dict):
            merged.update({key: value for key, value in tree.items() if merged.get(key) is None})
    return merged
