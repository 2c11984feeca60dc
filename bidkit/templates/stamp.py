"""What every document carries whatever its template says: the draft stamp and the file's properties."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from bidkit.templates.package import CORE, OFFICE, WORD_TYPE, Package, parse, serialise
from bidkit.templates.styles import LANGUAGES, set_language
from bidkit.templates.values import Properties
from bidkit.templates.words import PPR, R_NS, RPR, VAL, W_NS, P, R, T, is_on, r, w

CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
CORE_PART, APP_PART = "docProps/core.xml", "docProps/app.xml"
_APP_NS = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_PRIVATE = {"customXml", "comments", "people", "commentsExtended", "commentsIds", "commentsExtensible"}
_STAMP_GREY, _STAMP_SIZE = "808080", "56"  # half-points
_ROOM = "240"  # twentieths of a point


def write_draft(package: Package, document: etree._Element, headers: dict[str, etree._Element], text: str) -> None:
    """Print ``text`` at the top of every page: in each header, and in new ones where a section has none.

    ``headers`` are the trees of the headers by part name; new ones are added to it.
    """
    wanted = ["default"]
    if _is_on(_settings(package), "evenAndOddHeaders"):
        wanted.append("even")
    inherited: set[str | None] = set()
    new = ""
    for section in document.iter(w("sectPr")):
        inherited |= {one.get(w("type")) for one in section.iterfind(w("headerReference"))}
        needed = [*wanted, "first"] if _is_on(section, "titlePg") else wanted
        for kind in needed:
            if kind in inherited:
                continue
            if not new:
                new = package.free_name("word/header{}.xml")
                identity = package.add(new, b"", f"{WORD_TYPE}header+xml", owner=package.main, kind="header")
                headers[new] = etree.Element(w("hdr"), nsmap={"w": W_NS, "r": R_NS})
            section.insert(0, etree.Element(w("headerReference"), {w("type"): kind, r("id"): identity}))
            inherited.add(kind)
    for header in headers.values():
        header.insert(0, _stamp(text))
        header.append(_room())


def _settings(package: Package) -> etree._Element:
    found = package.related(package.main, "settings")
    return parse(package.parts[found[0]]) if found else etree.Element(w("settings"))


def _is_on(owner: etree._Element, name: str) -> bool:
    found = owner.find(w(name))
    return found is not None and is_on(found)


def _stamp(text: str) -> etree._Element:
    paragraph = etree.Element(P)
    properties = etree.SubElement(paragraph, PPR)
    etree.SubElement(properties, w("spacing"), {w("before"): "0", w("after"): "0"})
    etree.SubElement(properties, w("jc"), {VAL: "center"})
    run = etree.SubElement(paragraph, R)
    look = etree.SubElement(run, RPR)
    etree.SubElement(look, w("b"))
    etree.SubElement(look, w("color"), {VAL: _STAMP_GREY})
    etree.SubElement(look, w("sz"), {VAL: _STAMP_SIZE})
    etree.SubElement(run, T).text = text
    return paragraph


def _room() -> etree._Element:
    """Return an empty line below a header that the stamp has made taller than the margin: the text begins there."""
    paragraph = etree.Element(P)
    properties = etree.SubElement(paragraph, PPR)
    line = {w("before"): "0", w("after"): "0", w("line"): _ROOM, w("lineRule"): "exact"}
    etree.SubElement(properties, w("spacing"), line)
    return paragraph


def write_properties(package: Package, properties: Properties, title: str) -> None:
    """Write the file's properties anew and drop what a template knows about other people and documents."""
    for kind in ("custom-properties", f"{_METADATA}thumbnail"):
        package.remove("", kind)
    for kind in _PRIVATE:
        for prefix in (OFFICE, *_MICROSOFT):
            package.remove(package.main, prefix + kind)
    _replace(package, CORE, CORE_PART, _core(properties, title), _CORE_TYPE)
    app = f'<Properties xmlns="{_APP_NS}"><Application>bidkit</Application></Properties>'
    _replace(package, OFFICE + "extended-properties", APP_PART, serialise(parse(app.encode())), _APP_TYPE)
    for name in package.related(package.main, "styles"):
        set_language(package.tree(name), properties.language)
    _clean_settings(package)


_METADATA = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
_MICROSOFT = (
    "http://schemas.microsoft.com/office/2011/relationships/",
    "http://schemas.microsoft.com/office/2016/09/relationships/",
    "http://schemas.microsoft.com/office/2018/08/relationships/",
)
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"


def _replace(package: Package, kind: str, name: str, data: bytes, content_type: str) -> None:
    package.remove("", kind)
    package.add(name, data, content_type, owner="", kind=kind)


def _core(properties: Properties, title: str) -> bytes:
    root = etree.Element(f"{{{CP}}}coreProperties", nsmap={"cp": CP, "dc": DC, "dcterms": TERMS, "xsi": XSI})
    created = properties.created
    moment = created.astimezone(UTC) if created.tzinfo else created
    texts = {
        f"{{{DC}}}title": title,
        f"{{{DC}}}creator": properties.creator,
        f"{{{DC}}}identifier": properties.identifier,
        f"{{{DC}}}language": LANGUAGES.get(properties.language, properties.language),
        f"{{{CP}}}lastModifiedBy": properties.creator,
    }
    for tag, text in texts.items():
        etree.SubElement(root, tag).text = text
    for name in ("created", "modified"):
        element = etree.SubElement(root, f"{{{TERMS}}}{name}", {f"{{{XSI}}}type": "dcterms:W3CDTF"})
        element.text = _w3c(moment)
    return serialise(root)


def _w3c(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def _clean_settings(package: Package) -> None:
    """Drop the revision ids of settings.xml, and the order to update fields: Word would ask the reader about it."""
    for name in package.related(package.main, "settings"):
        unwanted = [w(one) for one in ("rsids", "updateFields", "trackRevisions", "docVars")]
        if any(one.rsplit("}")[1].encode() in package.parts[name] for one in unwanted):
            settings = package.tree(name)
            for one in [child for child in settings if child.tag in unwanted]:
                settings.remove(one)
