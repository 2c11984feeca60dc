"""Numbered lists that begin at 1: the style alone would number on through the whole document."""

from __future__ import annotations

from lxml import etree

from bidkit.templates.package import Package
from bidkit.templates.styles import Styles
from bidkit.templates.words import NAMESPACES, PPR, STYLE, VAL, w

_BEFORE = {w(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")}


def restart_lists(package: Package, document: etree._Element, styles: Styles) -> None:
    """Give each list of the style List Number but the first a numbering of its own, of the same look."""
    style = styles.ids.get("list number")
    lists = _lists(document, style) if style else []
    names = package.related(package.main, "numbering")
    if len(lists) < 2 or not names:
        return
    numbering = package.tree(names[0])
    abstract = _abstract(package, numbering, str(style))
    last = numbering.findall(w("num"))[-1:]
    if abstract is None or not last:
        return
    free = 1 + max(int(one.get(w("numId"), "0")) for one in numbering.iterfind(w("num")))
    place = last[0]
    for number, paragraphs in enumerate(lists[1:], free):
        one = _numbering(str(number), abstract)
        place.addnext(one)
        place = one
        for paragraph in paragraphs:
            _set(paragraph, str(number))


def _lists(document: etree._Element, style: str) -> list[list[etree._Element]]:
    """Return the paragraphs of each list: those of the style that follow each other and have no number of their own."""
    found: list[list[etree._Element]] = []
    for mark in document.iter(STYLE):
        properties = mark.getparent()
        if mark.get(VAL) != style or properties.tag != PPR or properties.find(w("numPr")) is not None:
            continue
        paragraph = properties.getparent()
        if found and paragraph.getprevious() is found[-1][-1]:
            found[-1].append(paragraph)
        else:
            found.append([paragraph])
    return found


def _abstract(package: Package, numbering: etree._Element, style: str) -> str | None:
    """Return the definition behind the style's numbering, None if the style is not numbered."""
    for name in package.related(package.main, "styles"):
        path = f"w:style[@w:styleId='{style}']/w:pPr/w:numPr/w:numId"
        used = package.tree(name).find(path, NAMESPACES)
        if used is not None:
            held = numbering.find(f"w:num[@w:numId='{used.get(VAL)}']/w:abstractNumId", NAMESPACES)
            return None if held is None else held.get(VAL)
    return None


def _numbering(number: str, abstract: str) -> etree._Element:
    one = etree.Element(w("num"), {w("numId"): number})
    etree.SubElement(one, w("abstractNumId"), {VAL: abstract})
    level = etree.SubElement(one, w("lvlOverride"), {w("ilvl"): "0"})
    etree.SubElement(level, w("startOverride"), {VAL: "1"})
    return one


def _set(paragraph: etree._Element, number: str) -> None:
    properties = paragraph.find(PPR)
    numbers = etree.Element(w("numPr"))
    etree.SubElement(numbers, w("ilvl"), {VAL: "0"})
    etree.SubElement(numbers, w("numId"), {VAL: number})
    properties.insert(sum(child.tag in _BEFORE for child in properties), numbers)
