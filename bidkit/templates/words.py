"""The XML names of a Word file that this package speaks of, and small words about trees."""

from __future__ import annotations

from typing import Any

from lxml import etree

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP_NS = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"
C_NS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
W14_NS = "http://schemas.microsoft.com/office/word/2010/wordml"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

NAMESPACES = {"w": W_NS, "r": R_NS, "wp": WP_NS, "w14": W14_NS}


def w(name: str) -> str:
    """Return a WordprocessingML name as lxml writes it."""
    return f"{{{W_NS}}}{name}"


def r(name: str) -> str:
    """Return a relationship attribute as lxml writes it."""
    return f"{{{R_NS}}}{name}"


P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
PPR, RPR, VAL, STYLE = w("pPr"), w("rPr"), w("val"), w("pStyle")

_MARK_TAG: object = etree.ProcessingInstruction  # lxml gives this function as the tag of its marks
# Runs hold these without saying anything a reader could miss.
SILENT_IN_RUN = frozenset({RPR, w("tab"), w("cr"), w("lastRenderedPageBreak"), w("softHyphen")})


def parent(element: etree._Element) -> etree._Element:
    """Return the element around one that is not a root."""
    owner = element.getparent()
    assert owner is not None
    return owner


def drop(element: etree._Element) -> None:
    """Take an element out of its tree."""
    parent(element).remove(element)


def marks(element: etree._Element) -> list[etree._Element]:
    """Return the processing instructions in ``element``: ours, for those of others are not read."""
    return list(element.iter(etree.ProcessingInstruction))


def is_mark(element: etree._Element) -> bool:
    """Return whether ``element`` is one of `marks`."""
    return element.tag is _MARK_TAG


def letters(element: etree._Element) -> str:
    """Return all text in ``element``, spaces and line ends drawn together."""
    return " ".join("".join(map(str, element.itertext(T))).split())


def is_on(switch: etree._Element) -> bool:
    """Return whether an element that is on by being there has not been turned off."""
    return switch.get(VAL, "true") not in ("0", "false", "off")


def found(path: etree.XPath, root: etree._Element, **names: str) -> list[Any]:
    """Return the texts or elements that an XPath finds."""
    result = path(root, **names)
    assert isinstance(result, list)
    return result
