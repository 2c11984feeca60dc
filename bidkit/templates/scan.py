"""Finds the tags in a part and puts a mark in the tree where each stands.

Word cuts a tag into runs wherever its spelling checker or a format begins, turns quotes into curly ones
and spaces into no-break ones. All that is healed here: a mark is one processing instruction, in the run
where the tag began, with that run's look. Marks of fields stand inside ``w:t``; marks of statements stand
beside the runs, so that whole runs, paragraphs and rows can be repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from bidkit.diagnostics import Finding
from bidkit.messages import templates as say
from bidkit.templates.places import Spot, spots
from bidkit.templates.words import NAMESPACES, RPR, XML_SPACE, P, R, T, drop, found, marks, parent, w

MARK = "bidkit-tag"
LONGEST_TAG = 500  # characters; longer ones are text between braces, or an attempt to exhaust the parser

_OPENING = re.compile(r"\{[{%#]|[}%#]\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_PREFIX = re.compile(r"(?:tr|p)(?=\s)")
_PLAIN = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'") | {"\u200b": "", "\ufeff": ""})
_LETTERS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): ""}


@dataclass(slots=True, eq=False)
class Tag:
    """One tag: what was typed, what it means, where it stands.

    ``kind`` is ``"{{"``, ``"{%"`` or ``"{#"``; ``code`` is the inside, cleaned; ``prefix`` the ``p`` or
    ``tr`` of docxtpl's spelling; ``number`` counts the tags of a part in document order, from 1.
    """

    kind: str
    code: str
    typed: str
    prefix: str
    spot: Spot
    node: etree._Element
    number: int = 0

    @property
    def word(self) -> str:
        """Return the first word of a statement: ``for``, ``if``, ``endfor`` and so on."""
        found = re.match(r"\w+", self.code) if self.kind == "{%" else None
        return found.group() if found else ""


@dataclass(slots=True)
class Scanned:
    """The tags of a part in document order, and what was wrong with their braces."""

    tags: list[Tag]
    faults: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """One tag in a text: from ``start`` to ``end``."""

    kind: str
    start: int
    end: int

    def parts(self, text: str) -> tuple[str, str, str]:
        """Return prefix, code and the tag as typed."""
        typed = " ".join(text[self.start : self.end].split())
        inside = text[self.start + 2 : self.end - 2].translate(_PLAIN)
        code = " ".join(inside.removeprefix("-").removeprefix("+").removesuffix("-").split())
        prefix = _PREFIX.match(code) if self.kind == "{%" else None
        return (prefix.group(), code[prefix.end() :].strip(), typed) if prefix else ("", code, typed)


def find_tags(text: str) -> tuple[list[Found], list[str]]:
    """Return the tags of ``text`` and, as typed, the braces that have no mate."""
    tags: list[Found] = []
    loose: list[str] = []
    begun: re.Match[str] | None = None
    at = 0
    while brace := _OPENING.search(text, at):
        at = brace.end()
        if begun is None:
            if brace.group() in _CLOSING:
                begun = brace
            else:
                loose.append(text[max(0, brace.start() - 20) : brace.end()].strip())
        elif brace.group() == _CLOSING[begun.group()]:
            tags.append(Found(begun.group(), begun.start(), at))
            begun = None
        elif brace.group() in _CLOSING and begun.group() != "{#":
            loose.append(text[begun.start() : brace.start()][:40].strip())
            begun = brace
    if begun is not None:
        loose.append(text[begun.start() :][:40].strip())
    return tags, loose


def scan(root: etree._Element, part: str, file: str, headings: frozenset[str]) -> Scanned:
    """Replace every tag of ``root`` by its mark and return the tags with their places."""
    result = Scanned([])
    marked: dict[etree._Element, Tag] = {}
    for paragraph, spot in list(spots(root, part, headings)):
        if "{" not in (joined := "".join(paragraph.itertext(T))) and "}" not in joined:
            continue
        for tag in _paragraph(paragraph, spot, file, result.faults):
            marked[tag.node] = tag
    for node in marks(root):
        tag = marked[node]
        tag.number = len(result.tags) + 1
        tag.node.text = str(tag.number)
        result.tags.append(tag)
    result.faults += _out_of_reach(root, part, file, headings)
    return result


def _paragraph(paragraph: etree._Element, spot: Spot, file: str, faults: list[Finding]) -> Iterator[Tag]:
    """Mark the tags of one paragraph, last first, so that the offsets of the others stay true."""
    pieces = _pieces(paragraph)
    text = "".join(letters for _, _, letters in pieces)
    tags, loose = find_tags(text)
    faults += [spot.at(say.LOOSE_BRACES, file, tag=one) for one in loose]
    for one in reversed(tags):
        prefix, code, typed = one.parts(text)
        if len(typed) > LONGEST_TAG:
            faults.append(spot.at(say.TOO_LONG, file, tag=typed[:60] + "…", most=LONGEST_TAG))
        node = _place(pieces, one)
        yield Tag(one.kind, code, typed, prefix, spot, node)


_TAGGED = "[contains(., '{{') or contains(., '{%')]"
_UNFILLABLE = etree.XPath(f"//@*{_TAGGED} | //*[not(self::w:t)]/text(){_TAGGED}", namespaces=NAMESPACES)

_Piece = tuple[etree._Element, int, str]  # the element, the offset of its text in the paragraph, the text


def _pieces(paragraph: etree._Element) -> list[_Piece]:
    """Return the paragraph's own texts (not those of a text box in it) with their offsets."""
    pieces: list[_Piece] = []
    at = 0
    for element in paragraph.iter(T, *_LETTERS):
        if parent(element).tag != R or next(element.iterancestors(P)) is not paragraph:
            continue
        letters = (element.text or "") if element.tag == T else _LETTERS[element.tag]
        pieces.append((element, at, letters))
        at += len(letters)
    return pieces


def _place(pieces: list[_Piece], tag: Found) -> etree._Element:
    """Take the tag's letters out of all its runs and return the mark that stands for it."""
    home: _Piece | None = None
    for element, at, letters in pieces:
        end = at + len(letters)
        if at <= tag.start < end:
            home = (element, at, letters)
        elif at < tag.end and end > tag.start:
            _cut(element, tag.end - at)
    assert home is not None  # the first brace is a letter of some text
    element, at, letters = home
    before = letters[: tag.start - at]
    after = (element.text or "")[tag.end - at :]  # its text may already end earlier, at a later tag's mark
    mark = etree.ProcessingInstruction(MARK, "0")
    if tag.kind == "{{":
        element.text, mark.tail = before, after
        element.insert(0, mark)
        element.set(XML_SPACE, "preserve")
    else:
        _split(element, before, after, mark)
    return mark


def _cut(element: etree._Element, upto: int) -> None:
    """Remove the letters of a tag that began in an earlier run."""
    run = parent(element)
    if element.tag == T:
        element.text = (element.text or "")[upto:]
        element.set(XML_SPACE, "preserve")
    if not element.text and not len(element):
        run.remove(element)
    if all(child.tag == RPR for child in run):
        drop(run)


def _split(text: etree._Element, before: str, after: str, mark: etree._Element) -> None:
    """Put ``mark`` between two runs: what stands before it and what stands after it."""
    run = parent(text)
    second = etree.Element(R, nsmap=run.nsmap)
    look = run.find(RPR)
    following = list(text.itersiblings())
    if after or len(text):
        rest = etree.SubElement(second, T)
        rest.set(XML_SPACE, "preserve")
        rest.text = after
        rest.extend(list(text))
    second.extend(following)
    text.text = before
    text.set(XML_SPACE, "preserve")
    if not before:
        run.remove(text)
    run.addnext(mark)
    if len(second):
        if look is not None:
            second.insert(0, deepcopy(look))
        mark.addnext(second)
    if all(child.tag == RPR for child in run):
        drop(run)


def _out_of_reach(root: etree._Element, part: str, file: str, headings: frozenset[str]) -> list[Finding]:
    """Return a fault for each tag in a place that cannot be filled, such as a picture's alternative text."""
    texts = found(_UNFILLABLE, root)
    here = dict(spots(root, part, headings)) if texts else {}
    faults = []
    for text in texts:
        owner = text.getparent()
        paragraph = owner if owner.tag == P else next(owner.iterancestors(P), None)
        spot = here.get(paragraph, Spot(part)) if paragraph is not None else Spot(part)
        faults.append(spot.at(say.OUT_OF_REACH, file, tag=" ".join(str(text).split())[:60]))
    return faults
