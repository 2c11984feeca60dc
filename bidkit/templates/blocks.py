"""Blocks as XML text: what a paragraph of one field becomes when its value is more than a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

import markupsafe

from bidkit.templates.part import Solo
from bidkit.templates.values import Block, Drawing, Kind, Rich, Run
from bidkit.templates.words import A_NS, C_NS, R_NS, WP_NS

# Kind of block → name of the template's style, as Word's own English name says it.
STYLES: Mapping[Kind, str] = {
    "bullet": "list bullet",
    "number": "list number",
    "subheading": "heading 4",
    "quote": "quote",
}
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'

_PPR = re.compile(r"<w:pPr>.*</w:pPr>|<w:pPr/>", re.S)
_LOOK = re.compile(r"<w:rPr>((?:<w:rStyle [^>]*/>)?(?:<w:rFonts [^>]*/>)?)(.*)</w:rPr>(?:<w:t\b[^>]*>)?\s*$", re.S)
_WEIGHT = re.compile(r"<w:(?:b|bCs|i|iCs)(?: [^>]*)?/>")
_DRAWING = (
    '<w:drawing><wp:inline xmlns:wp="{wp}" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="{n}" name="Chart {n}" descr={alt}/><wp:cNvGraphicFramePr/>'
    '<a:graphic xmlns:a="{a}"><a:graphicData uri="{c}"><c:chart xmlns:c="{c}" xmlns:r="{r}" r:id="{id}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def escape(text: str) -> str:
    """Return ``text`` as the inside of a ``w:t``; newlines become line breaks, tabs tab stops."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n" in text:
        text = text.replace("\r", "").replace("\n", BREAK)
    return text.replace("\t", TAB) if "\t" in text else text


def _attribute(text: str) -> str:
    # xml.sax.saxutils could do it, but it imports all of HTTP and TLS
    return f'"{markupsafe.escape(text)}"'.replace("\n", "&#10;").replace("\t", "&#9;")


def paragraphs(rich: Rich, solo: Solo, styles: Mapping[Kind, str]) -> str:
    """Return the paragraphs of a narrative text; ``styles`` maps kinds of block to style ids."""
    properties = _PPR.search(solo.before)
    own = properties.group() if properties else ""
    look = _LOOK.search(solo.before)
    return "".join(_paragraph(block, own, look, styles) for block in rich.blocks)


def _paragraph(block: Block, own: str, look: re.Match[str] | None, styles: Mapping[Kind, str]) -> str:
    if block.kind == "paragraph":
        return f"<w:p>{own}{''.join(_run(run, look) for run in block.runs)}</w:p>"
    style = f'<w:pPr><w:pStyle w:val="{styles[block.kind]}"/></w:pPr>'
    return f"<w:p>{style}{''.join(_run(run, None) for run in block.runs)}</w:p>"


def _run(run: Run, look: re.Match[str] | None) -> str:
    first, rest = look.groups() if look else ("", "")
    weight = "<w:b/>" * run.bold + "<w:i/>" * run.italic
    inner = first + weight + (_WEIGHT.sub("", rest) if weight else rest)
    properties = f"<w:rPr>{inner}</w:rPr>" if inner else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'


def drawing(value: Drawing, solo: Solo, relation: str, number: int) -> str:
    """Return the tag's paragraph with a chart in it; ``relation`` names the chart's part."""
    properties = _PPR.search(solo.before)
    inline = _DRAWING.format(
        wp=WP_NS, a=A_NS, c=C_NS, r=R_NS, cx=value.width_emu, cy=value.height_emu,
        n=number, id=relation, alt=_attribute(value.alt),
    )  # fmt: skip
    return f"<w:p>{properties.group() if properties else ''}<w:r>{inline}</w:r></w:p>"
