"""What a filled part still needs so that Word opens it without repair."""

from __future__ import annotations

from lxml import etree

from bidkit.templates.words import PPR, TBL, TC, TR, WP_NS, P, drop, w

_DOC_PR = f"{{{WP_NS}}}docPr"
_STORIES = frozenset({TC, w("hdr"), w("ftr"), w("footnote"), w("endnote"), w("txbxContent"), w("comment")})
_ENDS = frozenset({P, w("sdt"), w("altChunk")})
_START, _END = w("bookmarkStart"), w("bookmarkEnd")


def repair(root: etree._Element) -> None:
    """Mend what loops and empty lists leave: tables without rows, cells without text, ids used twice."""
    for table in list(root.iter(TBL)):
        _table(table)
    open_ended: list[etree._Element] = []
    bookmarks: list[etree._Element] = []
    ids: list[etree._Element] = []
    for one in root.iter(*_STORIES, _START, _END, _DOC_PR):  # once: a large bid has a million elements
        if one.tag in _STORIES:
            if _lacks_end(one):
                open_ended.append(one)
        else:
            (ids if one.tag == _DOC_PR else bookmarks).append(one)
    for story in open_ended:
        story.append(etree.Element(P))
    _bookmarks(bookmarks)
    if len({one.get("id") for one in ids}) < len(ids):
        for number, one in enumerate(ids, 1):
            one.set("id", str(number))


def _lacks_end(story: etree._Element) -> bool:
    last = next((one for one in reversed(story) if one.tag not in (_START, _END)), None)
    return last is None or last.tag not in _ENDS


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


def _bookmarks(found: list[etree._Element]) -> None:
    """Keep the first bookmark of each name and number all anew: a repeated paragraph repeats its bookmarks."""
    names: set[str] = set()
    open_ids: dict[str, str] = {}
    number = 0
    for one in found:
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
