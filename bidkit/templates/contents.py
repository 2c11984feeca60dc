"""The table of contents: links to the headings of the finished document, page numbers by field.

Word and LibreOffice work out the page numbers themselves when they lay the document out; the fields are
marked as not up to date, so Word asks nothing (`w:updateFields` would).
"""

from __future__ import annotations

from lxml import etree

from bidkit.templates.styles import Styles
from bidkit.templates.words import PPR, RPR, STYLE, VAL, XML_SPACE, P, R, T, drop, letters, marks, parent, w


def write_contents(root: etree._Element, styles: Styles) -> None:
    """Put the list of headings in each place that asked for it, and a bookmark on each heading."""
    places = {one: int(one.text or 0) for one in marks(root)}
    if not places:
        return
    entries = _headings(root, styles, max(places.values()))
    for place, levels in places.items():
        for level, anchor, text in entries:
            if level <= levels:
                place.addprevious(_entry(text, anchor, styles.ids[f"toc {level}"]))
        _take_page_break(place.getprevious(), place.getnext())
        drop(place)


def _take_page_break(last: etree._Element | None, after: etree._Element | None) -> None:
    """Move a page break that stands alone after the list into its last line.

    Under a list that fills its page, a paragraph of its own would make an empty page.
    """
    if last is None or after is None or last.tag != P or after.tag != P:
        return
    inner = [one for one in after if one.tag != PPR]
    if len(inner) != 1 or inner[0].tag != R:
        return
    held = [one for one in inner[0] if one.tag != RPR]
    if len(held) == 1 and held[0].tag == w("br") and held[0].get(w("type")) == "page":
        last.append(inner[0])
        drop(after)


def _headings(root: etree._Element, styles: Styles, deepest: int) -> list[tuple[int, str, str]]:
    """Bookmark the headings; return level, bookmark and text of each."""
    found: list[tuple[int, str, str]] = []
    headings, first_id = [], 1
    for one in root.iter(STYLE, w("bookmarkStart")):  # once: a large bid has a million elements
        if one.tag != STYLE:
            first_id += 1
        elif (level := styles.levels.get(one.get(VAL, ""), deepest + 1)) <= deepest:
            headings.append((level, parent(parent(one))))
    for level, paragraph in headings:
        text = letters(paragraph)
        if not text:
            continue
        anchor = f"_Toc{len(found) + 1:05}"
        identity = {w("id"): str(first_id + len(found))}
        start = etree.Element(w("bookmarkStart"), {**identity, w("name"): anchor})
        properties = paragraph.find(PPR)
        paragraph.insert(0 if properties is None else 1, start)
        etree.SubElement(paragraph, w("bookmarkEnd"), identity)
        found.append((level, anchor, text))
    return found


def _entry(text: str, anchor: str, style: str) -> etree._Element:
    """Return one line: text, tab, page number, all of it a link."""
    paragraph = etree.Element(P)
    etree.SubElement(etree.SubElement(paragraph, PPR), w("pStyle"), {VAL: style})
    link = etree.SubElement(paragraph, w("hyperlink"), {w("anchor"): anchor, w("history"): "1"})
    _text(link, T, text)
    etree.SubElement(etree.SubElement(link, R), w("tab"))
    _field(link, "begin", {w("dirty"): "true"})
    _text(link, w("instrText"), f" PAGEREF {anchor} \\h ")
    _field(link, "separate", {})
    _field(link, "end", {})
    return paragraph


def _text(owner: etree._Element, tag: str, text: str) -> None:
    element = etree.SubElement(etree.SubElement(owner, R), tag)
    element.text = text
    element.set(XML_SPACE, "preserve")


def _field(owner: etree._Element, kind: str, more: dict[str, str]) -> None:
    etree.SubElement(etree.SubElement(owner, R), w("fldChar"), {w("fldCharType"): kind, **more})
