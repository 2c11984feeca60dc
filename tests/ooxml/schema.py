"""The ISO 29500 transitional schemas, compiled once a process, and what a part needs before they can judge it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree

from .package import NS, Package, expand, local, place

FOLDER = Path(__file__).parent.parent / "ooxml-xsd"
MOST = 20  # messages of one part; a misplaced element can cause thousands

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
SCHEMAS = {
    NS["w"]: "wml.xsd",
    NS["s"]: "sml.xsd",
    NS["a"]: "dml-main.xsd",
    NS["c"]: "dml-chart.xsd",
    NS["wp"]: "dml-wordprocessingDrawing.xsd",
    NS["xdr"]: "dml-spreadsheetDrawing.xsd",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "dml-picture.xsd",
    "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing": "dml-chartDrawing.xsd",
    _OFFICE + "math": "shared-math.xsd",
    _OFFICE + "extended-properties": "shared-documentPropertiesExtended.xsd",
    _OFFICE + "custom-properties": "shared-documentPropertiesCustom.xsd",
    NS["rel"]: "opc-xsd/opc-relationships.xsd",
    NS["ct"]: "opc-xsd/opc-contentTypes.xsd",
    _PACKAGE + "metadata/core-properties": "opc-xsd/opc-coreProperties.xsd",
}
XML = "http://www.w3.org/XML/1998/namespace"
REPAIRED = ("wml.xsd", "shared-math.xsd", "opc-coreProperties.xsd")
REPAIRS = {"xml.xsd", "dc.xsd", "dcterms.xsd"}
NAMESPACE = re.compile(r"\{[^{}]*\}")
W97_FLAGS = {expand("w:splitPgBreakAndParaMark"), expand("w:uiCompat97To2003")}


class _Repairer(etree.Resolver):
    """Hands out the repairs: a place for the XML namespace, local files for Dublin Core."""

    def resolve(self, url: str, pubid: str, context: object) -> object:
        name = url.rsplit("/", 1)[-1]
        if name in REPAIRS:
            return self.resolve_string((FOLDER / "repairs" / name).read_bytes(), context, base_url=url)
        if name in REPAIRED:
            path = next(FOLDER.rglob(name))
            text = path.read_text("utf-8")
            found = f'namespace="{XML}"/>'
            assert text.count(found) == 1, f"{name} has changed: look at the repair"
            text = text.replace(found, f'namespace="{XML}" schemaLocation="xml.xsd"/>')
            return self.resolve_string(text.encode("utf-8"), context, base_url=path.as_uri())
        return None


@cache
def schema() -> etree.XMLSchema:
    """Return one schema that knows all the namespaces of Word and Excel files."""
    imports = "".join(
        f'<xsd:import namespace="{ns}" schemaLocation="{(FOLDER / file).as_uri()}"/>' for ns, file in SCHEMAS.items()
    )
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Repairer())
    text = f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{imports}</xsd:schema>'
    return etree.XMLSchema(etree.fromstring(text, parser))


def schema_rules(package: Package) -> Iterator[str]:
    """Judge every part whose root a schema knows, one message a fault: ``part: place: what``."""
    for name in package.names:
        root = package.tree(name) if name.endswith((".xml", ".rels")) else None
        if root is None or etree.QName(root).namespace not in SCHEMAS:
            continue
        plain = forgiven(understood(root))
        if schema().validate(plain):
            continue
        prefixes = {p: uri for e in plain.iter(etree.Element) for p, uri in e.nsmap.items() if p}
        faults = list(schema().error_log)
        for fault in faults[:MOST]:
            hit = next(iter(etree.XPath(fault.path or "/*", namespaces=prefixes)(plain)), plain)
            yield f"{name}: {place(hit)}: {NAMESPACE.sub('', fault.message)}"
        if len(faults) > MOST:
            yield f"{name}: and {len(faults) - MOST} more faults against the schema"


def understood(root: etree._Element) -> etree._Element:
    """Return a copy as a reader sees it who knows no extension: fallbacks taken, ignorable things dropped.

    What stands inside an ``ext`` element is left alone: it is an extension by definition.
    """
    root = copy.deepcopy(root)
    for choice in list(root.iter(expand("mc:AlternateContent"))):
        parent = choice.getparent()
        fallback = choice.find("mc:Fallback", NS)
        if parent is not None:
            for child in [] if fallback is None else list(fallback):
                choice.addprevious(child)
            parent.remove(choice)
    _drop_ignorable(root, frozenset())
    return root


def _drop_ignorable(element: etree._Element, outer: frozenset[str]) -> None:
    prefixes = (element.get(expand("mc:Ignorable")) or "").split()
    ignorable = outer | {element.nsmap[p] for p in prefixes if p in element.nsmap}
    for key in list(element.attrib):
        if etree.QName(key).namespace in ignorable | {NS["mc"]}:
            del element.attrib[key]
    for child in element.iterchildren(etree.Element):
        if etree.QName(child).namespace in ignorable:
            element.remove(child)
        elif local(child) != "ext":
            _drop_ignorable(child, ignorable)


def forgiven(root: etree._Element) -> etree._Element:
    """Take out, in place, what Office itself writes against the schema and every reader accepts."""
    for e in root.iter(expand("s:t"), expand("s:v")):
        if e.get(f"{{{XML}}}space"):
            del e.attrib[f"{{{XML}}}space"]
    for e in root.iter(expand("w:zoom")):
        if e.get(expand("w:percent")) is None:
            e.set(expand("w:percent"), "100")
    for flags in root.iter(expand("w:compat")):
        flags[:] = [e for e in flags if e.tag not in W97_FLAGS]
    if root.tag == expand("s:MapInfo"):
        for e in root.findall("s:Schema", NS):
            e[:] = []
    return root
