"""What the schemas do not say about a Word file and Word insists on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from .package import NS, WORD_STORIES, Package, doubles, expand, local, place

BLOCK_WRAPPERS = {expand("w:" + n) for n in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
STYLE_USES = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
# The order of ISO 29500 strict; Word writes it so, and older readers drop what comes out of turn.
# fmt: off
RUN_PROPERTIES = [
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
    "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs",
    "em", "lang", "eastAsianLayout", "specVanish", "oMath",
]
# fmt: on
BOOKMARK_FIELD = re.compile(r'^\s*(?:PAGEREF|REF|NOTEREF)\s+"?([^\s"\\]+)')
HYPERLINK_FIELD = re.compile(r'^\s*HYPERLINK\b.*\\l\s+"([^"]+)"')


def w(element: etree._Element, name: str) -> str:
    """Return an attribute of the Word namespace, empty if absent."""
    return element.get(expand("w:" + name)) or ""


def word_rules(package: Package) -> Iterator[str]:
    """Judge a document with all its stories (body, headers, footers, notes)."""
    stories = list(package.parts(*WORD_STORIES))
    if not stories:
        return
    for name, root in stories:
        for rule in (_tables, _fields, _run_properties):
            for e, text in rule(root):
                yield f"{name}: {place(e)}: {text}"
    yield from _drawings(stories)
    yield from _bookmarks(stories)
    yield from _styles(package, stories)
    yield from _numbering(package, stories)
    yield from _notes(package, stories)


def _last_block(e: etree._Element) -> etree._Element | None:
    for child in reversed(list(e.iterchildren(etree.Element))):
        if child.tag in BLOCK_WRAPPERS:
            return _last_block(child)
        if not local(child).startswith(("bookmark", "commentRange")):
            return child
    return None


def _tables(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for cell in root.iter(expand("w:tc")):
        last = _last_block(cell)
        if last is None or last.tag != expand("w:p"):
            yield cell, "the cell does not end with a paragraph"
    full = {next(c.iterancestors(expand("w:tr")), None) for c in root.iter(expand("w:tc"))}
    for row in root.iter(expand("w:tr")):
        if row not in full:
            yield row, "the row has no cell"
    for table in root.iter(expand("w:tbl")):
        if table.find(".//w:tr", NS) is None:
            yield table, "the table has no row"


def _fields(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Complex fields: begin, at most one separate, end; nested like brackets."""
    stack: list[tuple[etree._Element, bool]] = []
    for e in root.iter(expand("w:fldChar")):
        kind = w(e, "fldCharType")
        if kind == "begin":
            stack.append((e, False))
        elif not stack:
            yield e, f"a field has the mark {kind} without begin"
        elif kind == "end":
            stack.pop()
        elif stack[-1][1]:
            yield e, "a field has the mark separate twice"
        else:
            stack[-1] = (stack[-1][0], True)
    for e, _ in stack:
        yield e, "a field begins here and does not end"


def _run_properties(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for properties in root.iter(expand("w:rPr")):
        names = [local(e) for e in properties if isinstance(e.tag, str) and e.tag.startswith(f"{{{NS['w']}}}")]
        known = [RUN_PROPERTIES.index(n) for n in names if n in RUN_PROPERTIES]
        if known != sorted(known):
            yield properties, f"run properties out of order: {' '.join(names)}"
        for name in doubles(names):
            yield properties, f"run property {name} stands twice"


def _drawings(stories: list[tuple[str, etree._Element]]) -> Iterator[str]:
    """Drawing ids are unique in the whole document, headers included."""
    seen: dict[str, str] = {}
    for name, root in stories:
        for e in root.iter(expand("wp:docPr")):
            number = e.get("id", "")
            if number in seen:
                yield f"{name}: {place(e)}: drawing id {number} is taken: {seen[number]}"
            seen.setdefault(number, f"{name}: {place(e)}")


def _instructions(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield each field with its whole instruction, which may be split over runs."""
    for e in root.iter(expand("w:fldSimple")):
        yield e, w(e, "instr")
    start, text = None, ""
    for e in root.iter(expand("w:fldChar"), expand("w:instrText")):
        if e.tag == expand("w:instrText"):
            start, text = (e if start is None else start), text + (e.text or "")
        elif start is not None:
            yield start, text
            start, text = None, ""


def _bookmarks(stories: list[tuple[str, etree._Element]]) -> Iterator[str]:
    starts = [(n, e) for n, root in stories for e in root.iter(expand("w:bookmarkStart"))]
    names = {w(e, "name") for _, e in starts}
    for label in doubles([w(e, "name").lower() for _, e in starts]):
        yield f"{starts[0][0]}: bookmark name {label} stands twice"
    for number in doubles([w(e, "id") for _, e in starts]):
        yield f"{starts[0][0]}: bookmark id {number} stands twice"
    begun = Counter((n, w(e, "id")) for n, e in starts)
    ended = Counter((n, w(e, "id")) for n, root in stories for e in root.iter(expand("w:bookmarkEnd")))
    for part, number in (begun - ended) + (ended - begun):
        yield f"{part}: bookmark {number} lacks its start or its end"
    for part, root in stories:
        for e in root.iter(expand("w:hyperlink")):
            if w(e, "anchor") and w(e, "anchor") not in names:
                yield f"{part}: {place(e)}: the link leads to bookmark {w(e, 'anchor')}, which does not exist"
        for e, text in _instructions(root):
            hit = BOOKMARK_FIELD.match(text) or HYPERLINK_FIELD.match(text)
            if hit and hit[1] not in names:
                yield f"{part}: {place(e)}: the field leads to bookmark {hit[1]}, which does not exist"


def _styles(package: Package, stories: list[tuple[str, etree._Element]]) -> Iterator[str]:
    sheets = list(package.parts("w:styles"))
    styles = [(n, e) for n, root in sheets for e in root.findall("w:style", NS)]
    kinds = {w(e, "styleId"): w(e, "type") or "paragraph" for _, e in styles}
    for name in doubles([w(e, "styleId") for _, e in styles]):
        yield f"{styles[0][0]}: style {name} is defined twice"
    for part, root in [*stories, *package.parts("w:numbering"), *sheets]:
        for use, kind in STYLE_USES.items():
            for e in root.iter(expand("w:" + use)):
                yield from _style_use(part, e, kinds, kind)
    for part, style in styles:
        for use, kind in (("basedOn", w(style, "type")), ("next", ""), ("link", "")):
            for e in style.findall("w:" + use, NS):
                yield from _style_use(part, e, kinds, kind)


def _style_use(part: str, e: etree._Element, kinds: dict[str, str], kind: str) -> Iterator[str]:
    name = w(e, "val")
    if name not in kinds:
        yield f"{part}: {place(e)}: style {name} does not exist"
    elif kind and kinds[name] != kind:
        yield f"{part}: {place(e)}: style {name} is a {kinds[name]} style, a {kind} style is needed"


def _numbering(package: Package, stories: list[tuple[str, etree._Element]]) -> Iterator[str]:
    lists = list(package.parts("w:numbering"))
    numbers = [(n, e) for n, root in lists for e in root.findall("w:num", NS)]
    abstract = [w(e, "abstractNumId") for _, root in lists for e in root.findall("w:abstractNum", NS)]
    known = {w(e, "numId") for _, e in numbers}
    for number in doubles([w(e, "numId") for _, e in numbers]):
        yield f"{lists[0][0]}: list {number} is defined twice"
    for number in doubles(abstract):
        yield f"{lists[0][0]}: abstract list {number} is defined twice"
    for part, e in numbers:
        for target in e.findall("w:abstractNumId", NS):
            if w(target, "val") not in abstract:
                yield f"{part}: {place(e)}: abstract list {w(target, 'val')} does not exist"
    for part, root in [*stories, *package.parts("w:styles")]:
        for e in root.iterfind(".//w:numPr/w:numId", NS):
            if w(e, "val") not in known | {"0"}:
                yield f"{part}: {place(e)}: list {w(e, 'val')} does not exist"


def _notes(package: Package, stories: list[tuple[str, etree._Element]]) -> Iterator[str]:
    for use, story, note in (
        ("footnoteReference", "w:footnotes", "footnote"),
        ("endnoteReference", "w:endnotes", "endnote"),
        ("commentReference", "w:comments", "comment"),
    ):
        known = {w(e, "id") for _, root in package.parts(story) for e in root.findall("w:" + note, NS)}
        for part, root in stories:
            for e in root.iter(expand("w:" + use)):
                if w(e, "id") not in known:
                    yield f"{part}: {place(e)}: {note} {w(e, 'id')} does not exist"
