"""Matches ``for`` with ``endfor`` and ``if`` with ``endif``, and moves their marks to where they repeat whole things.

Three rules, so that nobody who writes a template needs prefixes:

* a paragraph, or a table row, that holds only statements disappears;
* a block whose ends stand in two paragraphs (cells, rows) goes round whole paragraphs (the row, the rows);
* nothing is ever dropped or repeated unasked: text that would be, is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from bidkit.diagnostics import Finding
from bidkit.messages import templates as say
from bidkit.templates.scan import Tag
from bidkit.templates.words import SILENT_IN_RUN, TBL, TC, TR, P, R, T, drop, is_mark, marks, parent, w

DEEPEST = 12  # blocks within blocks; Python itself stops at twenty loops

_ENDS = {"endfor": "for", "endif": "if"}
_BRANCHES = ("elif", "else")
_CONTENT = frozenset(
    {TBL, w("fldSimple"), w("fldChar"), w("sectPr")}
    | {f"{{http://schemas.openxmlformats.org/officeDocument/2006/math}}{name}" for name in ("oMath", "oMathPara")}
)
_HOLDERS = frozenset({TC, w("hdr"), w("ftr"), w("footnote"), w("endnote"), w("txbxContent"), w("sdtContent")})


@dataclass(slots=True)
class Block:
    """A ``for`` or an ``if`` with its branches and its end."""

    opening: Tag
    branches: list[Tag] = field(default_factory=list)
    closing: Tag | None = None

    @property
    def tags(self) -> list[Tag]:
        """Return opening, branches and end."""
        return [self.opening, *self.branches, *([self.closing] if self.closing else [])]


def match(tags: Iterable[Tag], file: str) -> tuple[list[Block], list[Finding]]:
    """Return the blocks, outer ones first, and a fault for every end that is missing or too much."""
    blocks: list[Block] = []
    faults: list[Finding] = []
    stack: list[Block] = []

    def unclosed(block: Block) -> Finding:
        tag = block.opening
        return tag.spot.at(say.UNCLOSED, file, tag=tag.typed, end=f"{{% end{tag.word} %}}")

    for tag in tags:
        if tag.word in ("for", "if"):
            if len(stack) == DEEPEST:
                faults.append(tag.spot.at(say.TOO_DEEP, file, tag=tag.typed, most=DEEPEST))
            stack.append(Block(tag))
            blocks.append(stack[-1])
        elif tag.word in _ENDS:
            opener = _ENDS[tag.word]
            if not any(block.opening.word == opener for block in stack):
                faults.append(tag.spot.at(say.STRAY, file, tag=tag.typed, opening=f"{{% {opener} … %}}"))
                continue
            while stack[-1].opening.word != opener:
                faults.append(unclosed(stack.pop()))
            stack.pop().closing = tag
        elif tag.word in _BRANCHES:
            if not stack or stack[-1].opening.word != "if" or _ended_by_else(stack[-1]):
                faults.append(tag.spot.at(say.STRAY, file, tag=tag.typed, opening="{% if … %}"))
            else:
                stack[-1].branches.append(tag)
    faults += [unclosed(block) for block in stack]
    return blocks, faults


def _ended_by_else(block: Block) -> bool:
    return bool(block.branches) and block.branches[-1].word == "else"


def settle(tags: list[Tag], blocks: list[Block], file: str) -> list[Finding]:
    """Move the marks so that each block goes round whole things; return what cannot be moved."""
    statements = {tag.node: tag for tag in tags if tag.kind != "{{"}
    faults = [fault for tag in statements.values() if (fault := _prefix_fault(tag, file))]
    rows = {row for node in statements if (row := next(node.iterancestors(TR), None)) is not None}
    lone_rows = [row for row in rows if not says(row)]
    for paragraph in dict.fromkeys(next(node.iterancestors(P)) for node in statements):
        _vanish(paragraph, statements, file, faults)
    for row in lone_rows:
        _replace(row)
    for block in blocks:
        faults += _round(block, file)
    return faults


def _prefix_fault(tag: Tag, file: str) -> Finding | None:
    """Return a fault if ``{%p`` or ``{%tr`` stands beside text: with docxtpl that text was lost."""
    whole = {"p": P, "tr": TR}.get(tag.prefix)
    if whole is None:
        return None
    home = next(tag.node.iterancestors(whole), None)
    if home is not None and not says(home):
        return None
    return tag.spot.at(say.TEXT_BESIDE, file, tag=tag.typed)


def says(element: etree._Element, before: etree._Element | None = None, after: etree._Element | None = None) -> bool:
    """Return whether ``element`` holds anything a reader would miss, ``before`` or ``after`` a mark in it."""
    begun = after is None
    for one in element.iter():
        if one is before:
            return False
        if one is after:
            begun = True
        elif begun and one is not element and _is_content(one):
            return True
    return False


def _is_content(one: etree._Element) -> bool:
    owner = parent(one)
    if is_mark(one):
        return bool(owner.tag == T or (one.tail or "").strip())
    if one.tag == T:
        return bool((one.text or "").strip()) or any(True for _ in one)
    if owner.tag == R:
        return one.tag not in SILENT_IN_RUN and not (one.tag == w("br") and not one.attrib)
    return one.tag in _CONTENT


def _vanish(paragraph: etree._Element, statements: dict[etree._Element, Tag], file: str, faults: list[Finding]) -> None:
    """Put the marks of a paragraph of statements in its place; it stays, empty, where Word needs one."""
    if says(paragraph):
        if paragraph.find(w("pPr") + "/" + w("sectPr")) is not None and not _says_without_section(paragraph):
            tag = statements[marks(paragraph)[0]]
            faults.append(tag.spot.at(say.SECTION_BREAK, file, tag=tag.typed))
        return
    owner = parent(paragraph)
    alone = owner.tag in _HOLDERS and len([one for one in owner if one.tag in (P, TBL, w("sdt"))]) == 1
    if alone:
        for mark in marks(paragraph):
            _lift(mark, paragraph, below=False)
    else:
        _replace(paragraph)


def _says_without_section(paragraph: etree._Element) -> bool:
    return any(says(child) for child in paragraph if child.tag != w("pPr"))


def _replace(element: etree._Element) -> None:
    """Put the marks of ``element`` (and bookmarks, which others may point to) in its place."""
    kept = (etree.ProcessingInstruction, w("bookmarkStart"), w("bookmarkEnd"))
    for one in list(element.iter(*kept)):
        _lift(one, element, below=False)
    drop(element)


def _lift(mark: etree._Element, element: etree._Element, *, below: bool) -> None:
    """Move ``mark`` out of ``element``: right before or right below it."""
    drop(mark)
    if below:
        element.addnext(mark)
    else:
        element.addprevious(mark)


def _round(block: Block, file: str) -> list[Finding]:
    """Make the marks of a block brothers."""
    if block.closing is None or len({tag.node.getparent() for tag in block.tags}) == 1:
        return []
    paths = [[*reversed(list(tag.node.iterancestors())), tag.node] for tag in block.tags]
    level = next(n for n, steps in enumerate(zip(*paths, strict=False)) if len(set(steps)) > 1)
    if paths[0][level - 1].tag == TR:  # from one cell to another: the row
        level -= 1
    faults = []
    targets = [path[min(level, len(path) - 1)] for path in paths]
    below: list[tuple[etree._Element, etree._Element]] = []
    for tag, target in zip(block.tags, targets, strict=True):
        if target is tag.node:
            continue
        first = not says(target, before=tag.node)
        last = not says(target, after=tag.node)
        if tag is block.closing and last:
            below.append((tag.node, target))
        elif first and tag is not block.closing:
            _lift(tag.node, target, below=False)
        else:
            end = block.closing.typed
            faults.append(tag.spot.at(say.CROSSED, file, tag=tag.typed, opening=block.opening.typed, end=end))
    for mark, target in below:
        _lift(mark, target, below=True)
    return faults
