"""The zip of a Word file: its parts, how they relate, and the same bytes each time it is written."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from bidkit.diagnostics import Refused
from bidkit.messages import templates as say

RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE = f"{WORD_TYPE}document.main+xml"
TYPES, ROOT_RELS = "[Content_Types].xml", "_rels/.rels"

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True, remove_comments=True
)
_AT_ONCE = 1000  # pieces
_EPOCH = (1980, 1, 1, 0, 0, 0)


def parse(data: bytes) -> etree._Element:
    """Parse one part without entities, network, comments or foreign processing instructions."""
    return etree.fromstring(data, _PARSER)


def parse_filled(pieces: Iterable[str]) -> etree._Element:
    """Parse a part while it is being filled; the marks in it are ours and stay.

    The text as a whole, tens of megabytes in a large bid, is never held.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    gathered: list[str] = []
    for piece in pieces:
        gathered.append(piece)
        if len(gathered) == _AT_ONCE:
            parser.feed("".join(gathered).encode())
            gathered.clear()
    parser.feed("".join(gathered).encode())
    root: etree._Element = parser.close()
    return root


def serialise(root: etree._Element) -> bytes:
    """Return a part as Word writes it: UTF-8 with a declaration."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _write(root: etree._Element, file: IO[bytes]) -> None:
    """Write a part as `serialise` returns it, without ever holding all of its bytes."""
    etree.ElementTree(root).write(file, xml_declaration=True, encoding="UTF-8", standalone=True)


def rels_name(part: str) -> str:
    """Return the name of the part that holds the relationships of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@dataclass(slots=True)
class Package:
    """Parts by name, with the relationships and content types that were touched as trees."""

    parts: dict[str, bytes]
    main: str = ""
    _trees: dict[str, etree._Element] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> Package:
        """Open a Word file that has passed the gate; raise Refused if it is not one."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                package = cls({one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()})
            package.main = package.related("", "officeDocument")[0]
            main_type = package.type_of(package.main)
            package.parts[package.main]
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
            raise Refused(say.DAMAGED, cause=str(error)) from error
        except (KeyError, IndexError, etree.XMLSyntaxError) as error:
            raise Refused(say.NOT_WORD, found="–") from error
        if main_type != MAIN_TYPE:
            raise Refused(say.NOT_WORD, found=main_type or "–")
        return package

    def copy(self) -> Package:
        """Return a package with the same parts that can be changed by itself."""
        return Package(dict(self.parts), self.main)

    def tree(self, name: str, empty: str = "") -> etree._Element:
        """Return a part's tree, written back by `write`; ``empty`` is its text if there is none yet."""
        if name not in self._trees:
            self._trees[name] = parse(self.parts[name] if name in self.parts or not empty else empty.encode())
            self.parts.setdefault(name, b"")
        return self._trees[name]

    def put(self, name: str, root: etree._Element) -> None:
        """Let ``root`` be the content of a part; it is written out only by `write`."""
        self._trees[name] = root
        self.parts.setdefault(name, b"")

    def relations(self, part: str) -> etree._Element:
        """Return the relationships of ``part`` (of the package itself: ``""``)."""
        return self.tree(rels_name(part) if part else ROOT_RELS, f'<Relationships xmlns="{RELS_NS}"/>')

    def related(self, part: str, kind: str) -> list[str]:
        """Return the parts that ``part`` has of one kind: ``header``, ``styles``, ``image`` and so on."""
        return [
            self.target(part, one.get("Target", ""))
            for one in self._relations_if_any(part)
            if one.get("Type") in (OFFICE + kind, kind) and one.get("TargetMode") != "External"
        ]

    def _relations_if_any(self, part: str) -> list[etree._Element]:
        name = rels_name(part) if part else ROOT_RELS
        if name in self._trees:
            return list(self._trees[name])
        return list(parse(self.parts[name])) if name in self.parts else []

    def _orphans(self, gone: set[str]) -> set[str]:
        """Return the parts that only parts in ``gone`` relate to."""
        children = {child for name in gone for child in self._children(name)}
        if not children:
            return children
        return children - {child for name in self.parts if name not in gone for child in self._children(name)}

    def _children(self, part: str) -> list[str]:
        relations = self._relations_if_any(part)
        return [self.target(part, one.get("Target", "")) for one in relations if not one.get("TargetMode")]

    @staticmethod
    def target(part: str, target: str) -> str:
        """Return the full name of a relationship's target."""
        path: str = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))
        return path.lstrip("/")

    def type_of(self, part: str) -> str:
        """Return the content type of a part."""
        types = parse(self.parts[TYPES])
        for one in types.iter(f"{{{TYPES_NS}}}Override"):
            if one.get("PartName") == f"/{part}":
                return str(one.get("ContentType", ""))
        return ""

    def free_name(self, pattern: str) -> str:
        """Return the first of ``pattern`` with 1, 2 … that is no part's name yet."""
        return next(name for n in range(1, len(self.parts) + 2) if (name := pattern.format(n)) not in self.parts)

    def add(self, name: str, data: bytes, content_type: str, *, owner: str, kind: str, identity: str = "") -> str:
        """Add a part that ``owner`` relates to; return the id of the relationship."""
        self.parts[name] = data
        types = self.tree(TYPES)
        if not any(one.get("PartName") == f"/{name}" for one in types):
            etree.SubElement(types, f"{{{TYPES_NS}}}Override", {"PartName": f"/{name}", "ContentType": content_type})
        return self.relate(owner, name, kind if ":" in kind else OFFICE + kind, identity)

    def relate(self, owner: str, name: str, kind: str, identity: str = "") -> str:
        """Relate ``owner`` to an existing part; return the id of the relationship."""
        relations = self.relations(owner)
        taken = {one.get("Id") for one in relations}
        identity = identity or next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        target = posixpath.relpath(name, posixpath.dirname(owner) or ".")
        tag = f"{{{RELS_NS}}}Relationship"
        etree.SubElement(relations, tag, {"Id": identity, "Type": kind, "Target": target})
        return identity

    def remove(self, owner: str, kind: str) -> None:
        """Remove the parts that ``owner`` has of one kind, with all that speaks of them."""
        gone = set(self.related(owner, kind))
        if not gone:
            return
        gone |= self._orphans(gone)
        for name in gone:
            self.parts.pop(name, None)
            self.parts.pop(rels_name(name), None)
            self._trees.pop(name, None)
        relations = self.relations(owner)
        for one in list(relations):
            if one.get("TargetMode") != "External" and self.target(owner, one.get("Target", "")) in gone:
                relations.remove(one)
        types = self.tree(TYPES)
        for one in list(types):
            if one.get("PartName", "").lstrip("/") in gone:
                types.remove(one)

    def write(self) -> bytes:
        """Return the zip: parts in a fixed order, without dates."""
        first = {TYPES: 0, ROOT_RELS: 1}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in sorted(self.parts, key=lambda one: (first.get(one, 2), one)):
                info = zipfile.ZipInfo(name, _EPOCH)
                info.create_system = 0
                info.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(info, "w") as part:
                    if name in self._trees:
                        _write(self._trees[name], part)
                    else:
                        part.write(self.parts[name])
        return buffer.getvalue()
