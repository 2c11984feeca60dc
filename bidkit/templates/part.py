"""One part of a template, compiled: its tags, its faults, and the code that fills it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import CodeType

from jinja2 import nodes
from lxml import etree

from bidkit.diagnostics import Finding
from bidkit.messages import templates as say
from bidkit.templates.language import Language, parse
from bidkit.templates.places import Spot
from bidkit.templates.scan import MARK, Tag, find_tags, scan
from bidkit.templates.structure import match, says, settle
from bidkit.templates.words import PPR, RPR, W14_NS, W_NS, P, drop, found, marks, parent, w

_BEGIN, _END = f"{MARK}-begin", f"{MARK}-end"
_MARKS = re.compile(rf"<\?({MARK}(?:-begin|-end)?) (\d+)\?>")
_RSID = etree.XPath(
    "//@*[namespace-uri() = $w and starts-with(local-name(), 'rsid')]"
    "| //@*[namespace-uri() = $w14 and (local-name() = 'paraId' or local-name() = 'textId')]"
)
_LITTER = [w(one) for one in ("proofErr", "commentRangeStart", "commentRangeEnd")]


@dataclass(frozen=True, slots=True)
class Solo:
    """A paragraph that consists of one field: the XML around the field's text."""

    before: str
    after: str


@dataclass(slots=True)
class Part:
    """A part with its tags and their trees by number, and the code to fill it unless there were faults."""

    name: str
    file: str
    tags: dict[int, Tag] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    solos: dict[int, Solo] = field(default_factory=dict)
    trees: dict[int, nodes.Node] = field(default_factory=dict)
    tree: nodes.Template | None = None
    code: CodeType | None = None
    plain: bool = False

    @property
    def label(self) -> str:
        """Return the name under which the code runs."""
        return f"<{self.file}: {self.name}>"


def clean(root: etree._Element) -> None:
    """Remove what Word leaves for itself: spelling marks, revision ids, anchors of comments."""
    for one in list(root.iter(*_LITTER)):
        drop(one)
    for one in list(root.iter(w("commentReference"))):
        run = parent(one)
        drop(one)
        if all(child.tag == RPR for child in run):
            drop(run)
    for attribute in found(_RSID, root, w=W_NS, w14=W14_NS):
        attribute.getparent().attrib.pop(attribute.attrname)


def compile_part(root: etree._Element, name: str, file: str, headings: frozenset[str], language: Language) -> Part:
    """Compile the tree of a part; all its faults are in the result."""
    clean(root)
    scanned = scan(root, name, file, headings)
    part = Part(name, file, {tag.number: tag for tag in scanned.tags}, scanned.faults)
    blocks, unmatched = match(scanned.tags, file)
    part.faults += unmatched
    part.faults += settle(scanned.tags, blocks, file)
    part.trees = _trees(part, language)
    if not part.faults:
        _mark_solos(scanned.tags)
        text = etree.tostring(root, encoding="unicode")
        _assemble(part, _MARKS.split(text), part.trees, language)
    return part


def compile_text(text: str, name: str, file: str, language: Language) -> Part:
    """Compile a plain text, such as the title among the file's properties."""
    part = Part(name, file, plain=True)
    pieces = [""]
    at = 0
    tags, loose = find_tags(text)
    spot = Spot(name)
    part.faults += [spot.at(say.LOOSE_BRACES, file, tag=one) for one in loose]
    for number, one in enumerate(tags, 1):
        prefix, code, typed = one.parts(text)
        node = etree.ProcessingInstruction(MARK, str(number))
        part.tags[number] = Tag(one.kind, code, typed, prefix, spot, node, number)
        pieces[-1] += text[at : one.start]
        pieces += [MARK, str(number), ""]
        at = one.end
    pieces[-1] += text[at:]
    part.faults += match(list(part.tags.values()), file)[1]
    part.trees = _trees(part, language)
    if not part.faults:
        _assemble(part, pieces, part.trees, language)
    return part


def _trees(part: Part, language: Language) -> dict[int, nodes.Node]:
    trees: dict[int, nodes.Node] = {}
    for number, tag in part.tags.items():
        tree, faults = parse(tag, language, part.file)
        part.faults += faults
        if tree is not None:
            tree.set_lineno(number, override=True)
            trees[number] = tree
    return trees


def _mark_solos(tags: list[Tag]) -> None:
    """Put marks round each paragraph that consists of one field."""
    for tag in tags:
        if tag.kind != "{{":
            continue
        paragraph = next(tag.node.iterancestors(P))
        if (
            parent(parent(parent(tag.node))) is paragraph
            and not _says_more(paragraph, tag.node)
            and paragraph.find(f"{PPR}/{w('sectPr')}") is None
        ):
            paragraph.addprevious(etree.ProcessingInstruction(_BEGIN, str(tag.number)))
            paragraph.addnext(etree.ProcessingInstruction(_END, str(tag.number)))


def _says_more(paragraph: etree._Element, mark: etree._Element) -> bool:
    text = parent(mark)
    if len(text) > 1 or (text.text or "").strip() or (mark.tail or "").strip():
        return True
    return len(marks(paragraph)) > 1 or says(paragraph, before=text) or says(paragraph, after=mark)


@dataclass(slots=True)
class _Body:
    """A list of nodes that is being written: the template's, a loop's or a branch's."""

    holds: list[nodes.Node] = field(default_factory=list)

    def add(self, node: nodes.Expr, number: int) -> None:
        last = self.holds[-1] if self.holds else None
        if not isinstance(last, nodes.Output):
            last = nodes.Output([], lineno=number)
            self.holds.append(last)
        last.nodes.append(node)


def _assemble(part: Part, pieces: list[str], trees: dict[int, nodes.Node], language: Language) -> None:
    """Build the part's code from literal XML and the trees of its tags."""
    bodies = [_Body()]
    opened: list[nodes.For | nodes.If] = []
    texts = iter(pieces)
    bodies[-1].add(nodes.TemplateData(next(texts), lineno=1), 1)
    for mark, number_text, literal in zip(texts, texts, texts, strict=True):
        number = int(number_text)
        if mark == _BEGIN:
            _, _, after, _, _, rest = (next(texts) for _ in range(6))
            part.solos[number] = Solo(literal, after)
            bodies[-1].add(_filter(trees[number], "_solo", number, number), number)
            bodies[-1].add(nodes.TemplateData(rest, lineno=number), number)
        else:
            _statement(part.tags[number], trees.get(number), bodies, opened)
            bodies[-1].add(nodes.TemplateData(literal, lineno=number), number)
    part.tree = nodes.Template(bodies[0].holds, lineno=1)
    part.tree.set_environment(language)
    part.code = language.compile(part.tree, part.label, part.label)


def _filter(node: nodes.Node, name: str, number: int, *arguments: int) -> nodes.Filter:
    constants = [nodes.Const(one, lineno=number) for one in arguments]
    return nodes.Filter(node, name, constants, [], None, None, lineno=number)


def _statement(tag: Tag, tree: nodes.Node | None, bodies: list[_Body], opened: list[nodes.For | nodes.If]) -> None:
    """Take one tag into the tree that is being built."""
    if tag.kind == "{{":
        assert isinstance(tree, nodes.Expr)
        bodies[-1].add(tree, tag.number)
    elif tag.word in ("for", "if"):
        assert isinstance(tree, (nodes.For, nodes.If))
        if isinstance(tree, nodes.For):
            tree.iter = _filter(tree.iter, "_each", tag.number)
        bodies[-1].holds.append(tree)
        bodies.append(_Body(tree.body))
        opened.append(tree)
    elif tag.word == "elif":
        assert isinstance(tree, nodes.If)
        bodies[-1] = _Body(tree.body)
        opened[-1].elif_.append(tree)  # type: ignore[union-attr]
    elif tag.word == "else":
        bodies[-1] = _Body(opened[-1].else_)
    elif tag.kind == "{%":
        bodies.pop()
        opened.pop()
