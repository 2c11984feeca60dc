"""Changes in an Office file that leave every byte alone which need not change.

`Xml` knows where each element of a part begins and ends and takes changes as splices into the bytes: prefixes,
extensions and the order of attributes stay as their writer had them. `Package` knows parts, relationships and content
types, and writes the same bytes for the same content.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple
from urllib.parse import quote, unquote
from xml.parsers import expat

from bidkit import gate
from bidkit.diagnostics import Refused, Word
from bidkit.i18n import N_
from bidkit.messages.workbook import BROKEN

_TAG = re.compile(rb"<([^\s/>]+)((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_ATTRIBUTE = re.compile(rb"([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_DECLARED = re.compile(r"^(<\?xml[^>]*?)\s+encoding\s*=\s*[\"']([\w.-]+)[\"']")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
LONGEST = 32_000  # characters of a cell or comment; Excel takes 32,767

TYPES = "[Content_Types].xml"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def escape(text: str) -> str:
    """Return text for XML, in an element or between double quotes; characters that XML forbids are left out."""
    text = _ILLEGAL.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def cell_text(text: str) -> str:
    """Return text for a ``<t>`` of a workbook, where ``_x0041_`` would be read as a character of its own."""
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return escape(_LOOKS_ESCAPED.sub("_x005F_", text.replace("\r\n", "\n").replace("\r", "\n")))


@dataclass(slots=True, eq=False)
class Node:
    """An element and where its bytes stand; names and attributes are without their prefixes.

    The content of an element lies between ``inner`` and ``last``; its end tag, if it has one, ends at ``end``.
    """

    name: str
    uri: str
    attributes: dict[str, str]
    start: int
    inner: int
    last: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)

    def all(self, name: str) -> list[Node]:
        """Return the children of this name."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Node | None:
        """Return the first child of this name."""
        return next((child for child in self.children if child.name == name), None)

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute, or the default."""
        return self.attributes.get(name, default)

    def number(self, name: str, default: int = 0) -> int:
        """Return an attribute that is a whole number; the default where it is absent or something else."""
        value = self.attributes.get(name, "")
        return int(value) if value.isdecimal() else default

    def true(self, name: str) -> bool:
        """Return whether an attribute says so."""
        return self.attributes.get(name) in ("1", "true")


Keep = Callable[[Node, str, dict[str, str]], bool]


def utf8(data: bytes) -> bytes:
    """Return a part in UTF-8, whatever it says of itself."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _DECLARED.sub(r"\1", data.decode("utf-16")).encode()
    if data.startswith((b"<\0", b"\0<")):
        return _DECLARED.sub(r"\1", data.decode("utf-16-le" if data[1] == 0 else "utf-16-be")).encode()
    declared = _DECLARED.match(data[:200].decode("latin-1"))
    if declared is None or declared[2].lower() in ("utf-8", "us-ascii"):
        return data
    return _DECLARED.sub(r"\1", data.decode(declared[2])).encode()


def retag(tag: bytes, **attributes: str | int) -> bytes:
    """Return an element's bytes with attributes of its start tag set; others keep their bytes."""
    found = _TAG.match(tag)
    if found is None:
        raise ValueError(tag[:40])
    rest = dict(attributes)
    parts, at = [tag[: found.start(2)]], found.start(2)
    for one in _ATTRIBUTE.finditer(tag, found.start(2), found.end(2)):
        name = one[1].decode()
        if name in rest:
            parts += [tag[at : one.start(2)], f'"{escape(str(rest.pop(name)))}"'.encode()]
            at = one.end(2)
    parts.append(tag[at : found.end(2)].rstrip())
    parts += [f' {name}="{escape(str(value))}"'.encode() for name, value in rest.items()]
    return b"".join(parts) + tag[found.start(3) :]


class Damaged(ValueError):  # noqa: N818  (a state of a part, not an error of ours)
    """A part that is not the XML that it should be."""


class Xml:
    """One part: a tree of where its elements stand, and the splices that were asked for.

    ``data`` is UTF-8. ``keep`` decides which children of an element the tree holds; without it all do.
    """

    def __init__(self, data: bytes, keep: Keep | None = None) -> None:
        self.data = data
        self.root = _scan(self.data, keep)
        self._edits: list[tuple[int, int, bytes]] = []
        self._tags: dict[Node, dict[str, str | int]] = {}
        self._inside: dict[Node, list[str]] = {}

    def prefix(self, node: Node) -> str:
        """Return the prefix that an element has in the file, with its colon; empty if none."""
        name = self.raw(node)
        return name[: name.rindex(":") + 1] if ":" in name else ""

    def raw(self, node: Node) -> str:
        """Return an element's name as the file has it, with its prefix."""
        found = _TAG.match(self.data, node.start)
        return found[1].decode() if found else node.name

    def bytes_of(self, node: Node) -> bytes:
        """Return an element as it stands in the file."""
        return self.data[node.start : node.end]

    def text(self, node: Node) -> str:
        """Return the text in an element and all below it."""
        return _text_of(self.data[node.inner : node.last])

    def set(self, node: Node, **attributes: str | int) -> None:
        """Set attributes of an element; they have no prefix."""
        self._tags.setdefault(node, {}).update(attributes)

    def append(self, node: Node, xml: str) -> None:
        """Add XML as the last content of an element."""
        self._inside.setdefault(node, []).append(xml)

    def insert(self, at: int, xml: str) -> None:
        """Add XML at a position of the file."""
        self._edits.append((at, at, xml.encode()))

    def replace(self, start: int, end: int, xml: str) -> None:
        """Put XML in the place of what stands there."""
        self._edits.append((start, end, xml.encode()))

    def after(self, parent: Node, names: str, xml: str) -> None:
        """Add XML behind the last child that has one of these names, or as the first content."""
        before = [child.end for child in parent.children if child.name in names.split()]
        if before or parent.last > parent.inner:
            self.insert(before[-1] if before else parent.inner, xml)
        else:
            self.append(parent, xml)

    def done(self) -> bytes:
        """Return the part with all splices made."""
        edits = list(self._edits)
        for node in {**self._tags, **self._inside}:
            tag = self.data[node.start : node.inner]
            new = retag(tag, **self._tags.get(node, {}))
            inside = "".join(self._inside.get(node, ())).encode()
            if inside and tag.endswith(b"/>"):
                new = new[:-2].rstrip() + b">" + inside + f"</{self.raw(node)}>".encode()
            elif inside:
                edits.append((node.last, node.last, inside))
            if new != tag:
                edits.append((node.start, node.inner, new))
        parts, at = [], 0
        for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
            parts += [self.data[at:start], new]
            at = end
        return b"".join([*parts, self.data[at:]])


def _scan(data: bytes, keep: Keep | None) -> Node:
    """Return the tree of where elements stand."""
    parser = expat.ParserCreate(namespace_separator=" ")
    top = Node("", "", {}, 0, 0)
    stack, skipped = [top], 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal skipped
        if skipped:
            skipped += 1
            return
        uri, _, name = tag.rpartition(" ")
        parent = stack[-1]
        if keep and parent is not top and not keep(parent, name, attributes):
            skipped = 1
            return
        at = parser.CurrentByteIndex
        found = _TAG.match(data, at)
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()} | attributes
        node = Node(name, uri, own, at, found.end() if found else at)
        parent.children.append(node)
        stack.append(node)

    def end(_tag: str) -> None:
        nonlocal skipped
        if skipped:
            skipped -= 1
            return
        node = stack.pop()
        if data.endswith(b"/>", node.start, node.inner):
            node.last = node.end = node.inner
        else:
            node.last = parser.CurrentByteIndex
            node.end = data.index(b">", node.last) + 1

    def doctype(*_: object) -> None:
        raise Damaged

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Damaged from error
    return top.children[0]


def _text_of(fragment: bytes) -> str:
    parts: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = parts.append
    parser.Parse(b"<x>" + fragment + b"</x>", True)
    return "".join(parts)


class Relation(NamedTuple):
    """One line of a .rels part: its id, its type, and the name of the part it leads to."""

    id: str
    type: str
    target: str

    @property
    def kind(self) -> str:
        """The last word of the type, such as ``worksheet``."""
        return self.type.rpartition("/")[2]


class Package:
    """The members of an Office file, in their order.

    `Refused` is a file that is damaged, and a part that is, once it is needed.
    """

    def __init__(self, data: bytes, file: str) -> None:
        with gate.guarded(file), gate.opened(data, file) as package:
            self.restore({info.filename: package.read(info) for info in package.infolist()})
        self.strict = f"{_STRICT}/officeDocument" in {relation.type for relation in self.relations("")}

    def xml(self, name: str, keep: Keep | None = None) -> Xml:
        """Return a part for looking at it and splicing into it."""
        try:
            return Xml(self.utf8(name), keep)
        except Damaged as error:
            raise self.damaged(name) from error

    def utf8(self, name: str) -> bytes:
        """Return a part that is XML, or nearly, in UTF-8."""
        try:
            return utf8(self.members[name])
        except (UnicodeDecodeError, LookupError) as error:  # LookupError: an encoding that nobody knows
            raise self.damaged(name) from error

    def damaged(self, name: str) -> Refused:
        """Return the refusal of a part."""
        return Refused(BROKEN, cause=Word(N_("a part of it is damaged")), part=gate.printable(name))

    def restore(self, members: dict[str, bytes]) -> None:
        """Hold these members, such as those of a moment before."""
        self.members = members
        self._folded = {name.lower(): name for name in members}

    def named(self, name: str) -> str | None:
        """Return the member's own spelling of a part name; None if there is no such part."""
        return self._folded.get(name.lower())

    def relations(self, part: str) -> list[Relation]:
        """Return where a part (``""`` for the package) leads within the file."""
        rels = self.named(_rels(part))
        return list(self._relations(part, rels)) if rels else []

    def _relations(self, part: str, rels: str) -> Iterator[Relation]:
        for node in self.xml(rels).root.all("Relationship"):
            target = posixpath.join("/", posixpath.dirname(part), unquote(node.get("Target")))
            name = "" if node.get("TargetMode") == "External" else posixpath.normpath(target).lstrip("/")
            yield Relation(node.get("Id"), node.get("Type"), self.named(name) or name)

    def related(self, part: str, *kinds: str) -> str | None:
        """Return the first part that exists and that a part reaches by one of these kinds of relationship."""
        found = (r.target for r in self.relations(part) if r.kind in kinds)
        return next((name for name in found if name in self.members), None)

    @property
    def relationships(self) -> str:
        """Namespace of ``r:id`` in this file, and the beginning of the types of its relationships."""
        return _STRICT if self.strict else _TRANSITIONAL

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship and return its id."""
        rels = self.named(_rels(part))
        if rels is None:
            rels = _rels(part)
            self._add(rels, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>')
        xml = self.xml(rels)
        used = {node.get("Id").lower() for node in xml.root.children}
        new = next(f"rId{n}" for n in range(len(used) + 1, 2 * len(used) + 2) if f"rid{n}" not in used)
        path = posixpath.relpath("/" + target, "/" + posixpath.dirname(part))
        own = f'<Relationship xmlns="{xml.root.uri}" Id="{new}" Type="{self.relationships}/{kind}" '
        xml.append(xml.root, own + f'Target="{escape(quote(path))}"/>')
        self.members[rels] = xml.done()
        return new

    def add(self, pattern: str, data: bytes, content_type: str) -> str:
        """Add a part under the first free number of ``xl/comments{}.xml`` and return its name."""
        alone = not pattern.startswith(("xl/comments", "xl/drawings", "xl/worksheets"))  # need no number
        names = (pattern.format(number or "") for number in range(0 if alone else 1, len(self.members) + 2))
        name = next(name for name in names if self.named(name) is None)
        self._add(name, data)
        xml = self.xml(TYPES)
        extension = name.rpartition(".")[2]
        usual = {node.get("Extension").lower(): node.get("ContentType") for node in xml.root.all("Default")}
        if extension not in ("xml", *usual):
            line = f'<Default xmlns="{xml.root.uri}" Extension="{extension}" ContentType="{content_type}"/>'
            xml.after(xml.root, "Default", line)
        elif usual.get(extension) != content_type:
            line = f'<Override xmlns="{xml.root.uri}" PartName="/{escape(quote(name))}" ContentType="{content_type}"/>'
            xml.append(xml.root, line)
        self.members[TYPES] = xml.done()
        return name

    def _add(self, name: str, data: bytes) -> None:
        head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        self.members[name] = data if name.endswith(".vml") else head + data
        self._folded[name.lower()] = name

    def save(self) -> bytes:
        """Return the file; the same content always gives the same bytes."""
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in self.members.items():
                info = zipfile.ZipInfo(name)  # 1980-01-01, the first day a zip knows
                info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
                file.writestr(info, data)
        return buffer.getvalue()


def _rels(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")
