"""An independent judge of Word and Excel files: schemas, and the rules that schemas cannot say.

Nothing of bidkit is imported here, so a fault of bidkit's cannot hide itself.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from .package import NS, OFFICE_FILES, WORD_STORIES, Package, expand, package_rules
from .schema import schema_rules
from .sheet import sheet_rules, word_chart_rules
from .word import word_rules

__all__ = ["all_strings", "document_language", "texts", "validate_package"]

PRINTABLE = re.compile(rb"[\x20-\x7e]{6,}")
PARAGRAPHS = [expand(n) for n in ("w:p", "a:p", "s:si", "s:is")]
BREAKS = {expand("w:tab"): "\t", expand("w:br"): "\n", expand("w:cr"): "\n", expand("w:noBreakHyphen"): "-"}


def validate_package(data: bytes) -> list[str]:
    """Return what is wrong with a .docx or .xlsx, one line a fault: ``part: place: what``; [] if nothing is.

    Office files embedded in it are judged as well; their lines begin with the name of the member.
    """
    try:
        package = Package(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        return [f"the file is not a whole zip: {fault}"]
    rules = (package_rules, schema_rules, word_rules, word_chart_rules, sheet_rules)
    found = [text for rule in rules for text in rule(package)]
    for name, content in package.members.items():
        if name.lower().endswith(OFFICE_FILES):
            found += [f"{name}: {text}" for text in validate_package(content)]
    return list(dict.fromkeys(found))


def texts(data: bytes) -> list[str]:
    """Return the visible text of each paragraph that has any: body with its tables first, then headers, notes.

    Deleted and hidden text and field instructions are not visible; results of fields are.
    """
    stories = sorted(Package(data).parts(*WORD_STORIES), key=lambda s: s[1].tag != expand("w:document"))
    lines = (_text(p) for _, root in stories for p in root.iter(expand("w:p")) if not _in_fallback(p))
    return [line for line in lines if line.strip()]


def _in_fallback(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(expand("mc:Fallback")), None) is not None


def _text(paragraph: etree._Element) -> str:
    out = []
    for e in paragraph.iter(expand("w:t"), *BREAKS):
        run = e.getparent()
        if run is None or run.tag != expand("w:r"):  # a tab stop of the paragraph's properties
            continue
        mine = next(run.iterancestors(expand("w:p")), None) is paragraph
        if mine and run.find("w:rPr/w:vanish", NS) is None and not _in_fallback(run):
            out.append(BREAKS.get(e.tag) or e.text or "")
    return "".join(out)


def all_strings(data: bytes) -> str:
    """Return every text, attribute, comment and member name of a package, embedded packages included, by lines.

    The text of a paragraph or cell also comes in one piece, so that a word cut into runs is found.
    Of members that are not XML come the runs of six or more printable characters.
    """
    return "\n".join(_strings(data))


def _strings(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        yield zipped.comment.decode("latin-1")
        for info in zipped.infolist():
            yield info.filename
            yield info.comment.decode("latin-1")
            content = zipped.read(info)
            if zipfile.is_zipfile(io.BytesIO(content)):
                yield from _strings(content)
                continue
            try:
                root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
            except etree.XMLSyntaxError:
                yield from (m.decode("ascii") for m in PRINTABLE.findall(content))
                continue
            for e in root.iter():
                yield from (str(v) for v in (*e.attrib.values(), e.text, e.tail) if v and str(v).strip())
            for e in root.iter(*PARAGRAPHS):
                yield "".join(str(t) for t in e.itertext())


def document_language(data: bytes) -> str | None:
    """Return the language a document declares for its text as a whole, such as ``fi-FI``; None if none."""
    for _, root in Package(data).parts("w:styles"):
        e = root.find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", NS)
        if e is not None:
            return e.get(expand("w:val"))
    return None
