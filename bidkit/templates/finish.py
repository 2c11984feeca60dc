"""What a filled part still needs so that Word opens it without repair."""

from __future__ import annotations

from lxml import etree

from bidkit.templates.words import PPR, TBL, TC, TR, WP_NS, P, drop, w

_DOC_PR = f"{{{WP_NS}}}docPr"
_STORIES = frozenset({TC, w("hdr"), w("ftr"), w("footnote"), w("endnote"), w("txbxContent"), w("comment")})
_START, _END = w("bookmarkStart"), w("bookmarkEnd")


def repair(root: etree._Element) -> None:
    """Mend what loops and empty lists leave: tables without rows, cells without text, ids used twice."""
    for table in list(root.iter(TBL)):
        _table(table)
    for story in root.iter(*_STORIES):
        last = next((one for one in reversed(story) if one.tag not in (_START, _END)), None)
        if last is None or last.tag not in (P, w("sdt"), w("altChunk")):
            story.append(etree.Element(P))
    _bookmarks(root)
    ids = list(root.iter(_DOC_PR))
    if len({one.get("id") for one in ids}) < len(ids):
        for number, one in enumerate(ids, 1):
            one.set("id", str(number))


def _table(table: etree._Element) -> None:
    """Remove a table without rows; keep two tables that became neighbours apart, for Word would join them."""
    if next(table.iter(TR), None) is None:
        drop(table)
        return
    following = table.getnext()
    if following is not None and following.tag == TBL:
        gap = etree.Element(P)
        properties = etree.SubElement(gap, PPR)
        etree.SubElement(properties, w("spacing"), {w("before"): "0", w("after"): "0"})
        table.addnext(gap)


def _bookmarks(root: etree._Element) -> None:
    """Keep the first bookmark of each name and number all anew: a repeated paragraph repeats its bookmarks."""
    names: set[str] = set()
    open_ids: dict[str, str] = {}
    number = 0
    for one in list(root.iter(_START, _END)):
        identity = one.get(w("id"), "")
        if one.tag == _END:
            renamed = open_ids.pop(identity, None)
            if renamed is None:
                drop(one)
            else:
                one.set(w("id"), renamed)
            continue
        name = one.get(w("name"), "")
        if name in names or name == "_GoBack":
            drop(one)
            continue
        names.add(name)
        number += 1
        open_ids[identity] = str(number)
        one.set(w("id"), str(number))
