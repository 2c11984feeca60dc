"""Where a tag stands, in words that help somebody who has the template open in Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from bidkit.diagnostics import Fact, Finding, Message, Place, Word
from bidkit.i18n import N_
from bidkit.templates.words import NAMESPACES, TBL, TC, TR, VAL, P, letters

_LABELS = {
    "document": N_("document"),
    "header": N_("header"),
    "footer": N_("footer"),
    "footnotes": N_("footnotes"),
    "endnotes": N_("endnotes"),
    "core": N_("file properties"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """One paragraph: its part, the heading above it, and its number or its cell.

    ``number`` counts the paragraphs outside tables (``"12"``) or says table, row and column (``"2/3/1"``),
    all from 1, as one counts them on the page. The title in the file's properties has none.
    """

    part: str
    heading: str = ""
    number: str = ""

    def at(self, message: Message, file: str, **facts: Fact) -> Finding:
        """Return the finding of ``message`` here."""
        stem = self.part.rsplit("/", 1)[-1].removesuffix(".xml")
        place = Place(file, f"{stem}!{self.number or 'title'}" if self.number or stem == "core" else stem)
        standing: dict[str, Fact] = {
            "where": self._where(stem),
            "spot": self._spot(),
            "heading": self.heading or None,
        }
        return Finding(message.code, message.severity, place, message.text, standing | facts, message.hint)

    def _spot(self) -> Word:
        if "/" in self.number:
            table, row, column = self.number.split("/")[-3:]
            return Word(N_("table {t}, row {r}, column {c}"), (("t", table), ("r", row), ("c", column)))
        if self.number:
            return Word(N_("paragraph {n}"), (("n", self.number),))
        return Word(N_("the title"))

    def _where(self, stem: str) -> tuple[Fact, ...]:
        kind = stem.rstrip("0123456789")
        where: list[Fact] = [Word(_LABELS.get(kind, kind))]
        if kind in ("header", "footer"):
            where.append(f"{stem}.xml")
        if self.heading:
            where.append(f"“{self.heading}”")
        return tuple(where)


def spots(root: etree._Element, part: str, headings: frozenset[str]) -> Iterator[tuple[etree._Element, Spot]]:
    """Yield each paragraph of a part, in order, with its place. ``headings`` are the styles of headings."""
    heading, paragraphs, tables = "", 0, 0
    address: dict[etree._Element, tuple[int, ...]] = {}
    inside: dict[etree._Element, int] = {}
    for element in root.iter(P, TBL, TR, TC):
        if element.tag == TBL:
            tables += 1
            address[element] = (tables,)
        elif element.tag in (TR, TC):
            owner = next(element.iterancestors(TBL if element.tag == TR else TR), root)
            inside[owner] = inside.get(owner, 0) + 1
            address[element] = (*address.get(owner, ()), inside[owner])
        else:
            cell = next(element.iterancestors(TC), None)
            paragraphs += cell is None
            number = str(paragraphs) if cell is None else "/".join(map(str, address[cell]))
            yield element, Spot(part, heading, number)
            if headings and style_of(element) in headings:
                heading = letters(element)


def style_of(paragraph: etree._Element) -> str | None:
    """Return the id of a paragraph's style, None for the default."""
    found = paragraph.find("w:pPr/w:pStyle", NAMESPACES)
    return None if found is None else found.get(VAL)
