"""What bidkit builds from the examples, and what a reader sees of it: the ground of the tests of whole files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from .ooxml import texts
from .ooxml.package import NS, Package, expand

BUILDS: tuple[tuple[str, ...], ...] = (
    ("tyopolku", "fi"),
    ("tyopolku", "sv"),
    ("tyopolku", "en"),
    ("pienhankinta", "fi"),
    ("ryhmittyma", "fi"),
    ("sateenvarjo", "fi"),
    ("puutteita", "fi", "--draft"),
)
BUYERS = ("tarjous.docx", "hinnoittelu.xlsx")
OWN = "sisainen/kustannukset.xlsx"
REPORT = "sisainen/havainnot.html"
CONTENT = "sisainen/sisalto.json"
OFFICE = (*BUYERS, OWN)
# Codes of page numbers and the like in headers and footers of sheets.
_CODE = re.compile(r"&(?:\"[^\"]*\"|[LCRBIUP ND&]|\d+)")


@dataclass(frozen=True)
class Product:
    """One built version."""

    name: str
    language: str
    draft: bool
    folder: Path

    @property
    def key(self) -> str:
        """Name of the build, fit for a file name."""
        return f"{self.name}-{self.language}" + ("-draft" if self.draft else "")

    def data(self, path: str) -> bytes:
        """Return a file's bytes."""
        return (self.folder / path).read_bytes()


def product(built: Callable[..., Path], build: tuple[str, ...]) -> Product:
    """Return the version of one of `BUILDS`, built once a session."""
    return Product(build[0], build[1], "--draft" in build, built(*build))


def visible(data: bytes) -> list[str]:
    """Return every text that a reader of a Word or Excel file meets: paragraphs, cells, charts, names, descriptions."""
    return [" ".join(text.split()) for text in _visible(data) if text.strip()]


def _visible(data: bytes) -> Iterator[str]:
    yield from texts(data)
    package = Package(data)
    for name in package.names:
        root = package.tree(name) if name.endswith(".xml") else None
        if root is None:
            continue
        for tag in ("a:p", "s:si", "s:is"):
            yield from ("".join(map(str, e.itertext())) for e in root.iter(expand(tag)))
        for e in root.iter(expand("s:c")):
            if e.get("t") == "str":
                yield e.findtext("s:v", "", NS)
        yield from (e.text or "" for e in root.iterfind(".//c:strCache/c:pt/c:v", NS))
        for e in root.iterfind(".//s:headerFooter/*", NS):
            yield from (part for part in _CODE.split(e.text or "") if part)
        yield from _attributes(root)
    for name, content in package.members.items():
        if name.endswith(".xlsx"):
            yield from _visible(content)


def _attributes(root: etree._Element) -> Iterator[str]:
    for e in root.iter(etree.Element):
        tag = etree.QName(e).localname
        wanted: tuple[str, ...] = {
            "docPr": ("descr", "title"),
            "cNvPr": ("descr", "title"),
            "dataValidation": ("promptTitle", "prompt", "errorTitle", "error"),
            "sheet": ("name",),
            "tblCaption": (expand("w:val"),),
            "tblDescription": (expand("w:val"),),
        }.get(tag, ())
        yield from (value for key in wanted if (value := e.get(key)))
