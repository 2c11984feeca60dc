"""What a version must know of a Word or Excel file: does it open, and which build does it belong to."""

from __future__ import annotations

import io
import zipfile
from typing import IO

from lxml import etree

from bidkit.diagnostics import Fact, Refused
from bidkit.gate import guarded

MAIN = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
CORE = "docProps/core.xml"
_CORE_LIMIT = 1 << 20


def suffix(path: str) -> str:
    """Return ``.docx`` or ``.xlsx`` if the path names such a file, otherwise an empty text."""
    return next((end for end in MAIN if path.lower().endswith(end)), "")


def fault(path: str, data: bytes, build_id: str) -> Fact:
    """Return why a file just made would not open, or None: every member's CRC, its main part, its build id."""
    try:
        with guarded(path), zipfile.ZipFile(io.BytesIO(data)) as package:
            if broken := package.testzip():
                return broken
            with package.open(MAIN[suffix(path)]) as part:
                _read_through(part)
    except Refused as refused:
        return refused.facts["cause"]
    found = build_of(data)
    return None if found == build_id else f"{CORE}: {found or '–'}, {build_id}"


def build_of(data: bytes) -> str | None:
    """Return the build id that a file carries as its core property ``identifier``, None if it has none."""
    return _core(data, "identifier")


def author_of(data: bytes) -> str | None:
    """Return the author in a file's properties, in a bid the bidder's name; None if there is none."""
    return _core(data, "creator")


def _core(data: bytes, name: str) -> str | None:
    try:
        with guarded(CORE), zipfile.ZipFile(io.BytesIO(data)) as package, package.open(CORE) as part:
            return _parse(part.read(_CORE_LIMIT)).findtext(f"{{http://purl.org/dc/elements/1.1/}}{name}") or None
    except Refused:
        return None


class _Nothing:
    """Takes what a parser finds and keeps nothing: the main part of a large bid is a tree of 200 MB."""

    def close(self) -> None:
        """End the document."""


def _read_through(part: IO[bytes]) -> None:
    """Read XML to its end; raise XMLSyntaxError if it is not whole."""
    parser = etree.XMLParser(target=_Nothing(), resolve_entities=False, no_network=True, huge_tree=True)
    while piece := part.read(1 << 16):
        parser.feed(piece)
    parser.close()


def _parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
