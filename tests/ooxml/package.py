"""An Office file as its parts: members, content types, relationships, and the rules that hold between them."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
TYPES = "[Content_Types].xml"
OFFICE_FILES = (".docx", ".xlsx")

# Content type -> the root element its part must have; parts of other types are only read.
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DRAWING = "application/vnd.openxmlformats-officedocument."
ROOTS = {
    _WORD + "document.main+xml": "w:document",
    _WORD + "template.main+xml": "w:document",
    _WORD + "styles+xml": "w:styles",
    _WORD + "numbering+xml": "w:numbering",
    _WORD + "settings+xml": "w:settings",
    _WORD + "webSettings+xml": "w:webSettings",
    _WORD + "header+xml": "w:hdr",
    _WORD + "footer+xml": "w:ftr",
    _WORD + "footnotes+xml": "w:footnotes",
    _WORD + "endnotes+xml": "w:endnotes",
    _WORD + "comments+xml": "w:comments",
    _WORD + "fontTable+xml": "w:fonts",
    _SHEET + "sheet.main+xml": "s:workbook",
    _SHEET + "worksheet+xml": "s:worksheet",
    _SHEET + "styles+xml": "s:styleSheet",
    _SHEET + "sharedStrings+xml": "s:sst",
    _SHEET + "table+xml": "s:table",
    _SHEET + "comments+xml": "s:comments",
    _SHEET + "calcChain+xml": "s:calcChain",
    _DRAWING + "drawing+xml": "xdr:wsDr",
    _DRAWING + "drawingml.chart+xml": "c:chartSpace",
    _DRAWING + "theme+xml": "a:theme",
}
WORD_STORIES = {"w:document", "w:hdr", "w:ftr", "w:footnotes", "w:endnotes", "w:comments"}


@dataclass(frozen=True, slots=True)
class Relationship:
    """One line of a .rels part; ``target`` is a part's name, or an address when ``external``."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The members of one .docx or .xlsx, parsed when asked for."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            self.names = [i.filename for i in zipped.infolist() if not i.is_dir()]
            self.members = {name: zipped.read(name) for name in self.names}
        self.broken: dict[str, str] = {}
        self._trees: dict[str, etree._Element] = {}

    def tree(self, name: str) -> etree._Element | None:
        """Return the root element of an XML member; None, and a note in ``broken``, if it is not XML."""
        if name not in self._trees and name not in self.broken:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            try:
                self._trees[name] = etree.fromstring(self.members[name], parser)
            except etree.XMLSyntaxError as fault:
                self.broken[name] = str(fault)
        return self._trees.get(name)

    @cached_property
    def types(self) -> dict[str, str]:
        """Content type of every member that has one."""
        root = self.tree(TYPES)
        if root is None:
            return {}
        defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.findall("ct:Default", NS)}
        overrides = {e.get("PartName", "")[1:]: e.get("ContentType", "") for e in root.findall("ct:Override", NS)}
        found = {}
        for name in self.names:
            kind = overrides.get(name) or defaults.get(name.rpartition(".")[2].lower())
            if kind:
                found[name] = kind
        return found

    def parts(self, *roots: str) -> Iterator[tuple[str, etree._Element]]:
        """Yield name and root element of the parts whose root is one of these, in the order of the file."""
        for name, kind in self.types.items():
            if ROOTS.get(kind) in roots:
                root = self.tree(name)
                if root is not None:
                    yield name, root

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Return the relationships of a part (``""`` for the package) by id."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", base + ".rels")
        root = self.tree(name) if name in self.members else None
        found = {}
        for e in [] if root is None else root.findall("rel:Relationship", NS):
            external = e.get("TargetMode") == "External"
            target = e.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))[1:]
            found[e.get("Id", "")] = Relationship(
                e.get("Id", ""), e.get("Type", "").rsplit("/", 1)[-1], target, external
            )
        return found

    def related(self, part: str, kind: str) -> str | None:
        """Return the name of the part that a part reaches by the last word of a relationship's type."""
        hits = (r.target for r in self.relationships(part).values() if r.kind == kind and not r.external)
        return next((t for t in hits if t in self.members), None)

    @property
    def main(self) -> str | None:
        """Name of the main part: the document or the workbook."""
        return self.related("", "officeDocument")


def expand(name: str) -> str:
    """Turn ``w:tc`` into the spelling that lxml uses."""
    prefix, local = name.split(":")
    return f"{{{NS[prefix]}}}{local}"


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(element).localname


def place(element: etree._Element) -> str:
    """Say where an element stands: ``body/tbl[1]/tr[2]/tc[1]``, or ``B4`` for a cell and what is in it."""
    steps: list[str] = []
    e: etree._Element | None = element
    while e is not None:
        if e.tag == expand("s:c") and e.get("r"):
            return "/".join([str(e.get("r")), *steps])
        parent = e.getparent()
        if parent is None:
            break
        twins = [t for t in parent if t.tag == e.tag]
        steps.insert(0, local(e) + (f"[{twins.index(e) + 1}]" if len(twins) > 1 else ""))
        e = parent
    return "/".join(steps) or local(element)


def doubles(values: list[str]) -> list[str]:
    """Return what stands in a list more than once, in order."""
    return [v for v, n in Counter(values).items() if n > 1]


def package_rules(package: Package) -> Iterator[str]:
    """Judge what holds between parts: types, relationships, roots, compatibility prefixes."""
    for name in doubles([n.lower() for n in package.names]):
        yield f"{name}: stands in the package twice"
    if TYPES not in package.members:
        yield f"{TYPES}: is missing"
        return
    yield from _type_rules(package)
    yield from _relationship_rules(package)
    for name in package.names:
        if name.endswith((".xml", ".rels", ".vml")) or package.types.get(name, "").endswith("xml"):
            root = package.tree(name)
            if root is None:
                yield f"{name}: is not well-formed XML: {package.broken[name]}"
            else:
                yield from _root_rules(package, name, root)


def _type_rules(package: Package) -> Iterator[str]:
    for name in package.names:
        if name != TYPES and name not in package.types:
            yield f"{name}: has no content type"
    root = package.tree(TYPES)
    overrides = [] if root is None else [e.get("PartName", "") for e in root.findall("ct:Override", NS)]
    for part in overrides:
        if part[1:] not in package.members:
            yield f"{TYPES}: names the part {part}, which does not exist"
    for part in doubles([p.lower() for p in overrides]):
        yield f"{TYPES}: names the part {part} twice"
    if package.main is None:
        yield "_rels/.rels: leads to no document or workbook"


def _relationship_rules(package: Package) -> Iterator[str]:
    reached = set()
    for name in (n for n in package.names if n.endswith(".rels")):
        folder, base = posixpath.split(name)
        part = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
        if part and part not in package.members:
            yield f"{name}: belongs to the part {part}, which does not exist"
        for r in package.relationships(part).values():
            reached.add(r.target)
            if not r.external and r.target not in package.members:
                yield f"{name}: {r.id} leads to {r.target}, which does not exist"
    for name in package.names:
        if name != TYPES and not name.endswith(".rels") and name not in reached:
            yield f"{name}: no relationship leads to it"


def _root_rules(package: Package, name: str, root: etree._Element) -> Iterator[str]:
    wanted = ROOTS.get(package.types.get(name, ""))
    if wanted and root.tag != expand(wanted):
        yield f"{name}: its content type asks for {wanted}, its root is {root.tag}"
    known = package.relationships(name)
    prefix = f"{{{NS['r']}}}"
    for e in root.iter(etree.Element):
        for key, value in e.attrib.items():
            if str(key).startswith(prefix) and value and value not in known:
                yield f"{name}: {place(e)}: {local(e)} names the relationship {value}, which does not exist"
        for key in ("Ignorable", "MustUnderstand", "ProcessContent"):
            for word in (e.get(f"{{{NS['mc']}}}{key}") or "").split():
                if word.split(":")[0] not in e.nsmap:
                    yield f"{name}: {place(e)}: mc:{key} names the prefix {word}, which is not declared"
        if e.tag == expand("mc:Choice"):
            for word in (e.get("Requires") or "").split():
                if word not in e.nsmap:
                    yield f"{name}: {place(e)}: mc:Choice requires the prefix {word}, which is not declared"
