"""The pieces of a lean .docx, written out: paragraphs, tables, styles, numbering, header and footer.

Only what a template needs is there, so a shipped template is a tenth of what Word's own default weighs.
"""

# ruff: noqa: E501  (markup reads better unbroken)

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from io import BytesIO
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TAGS = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
FONT, ACCENT, SHADE, LINE, GREY = "Arial", "1F4E79", "E8EEF5", "B8C4D2", "595959"
PAGE, MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = (11906, 16838), 1304, 1588, 1304  # A4; 2,3 cm, 2,8 cm, 2,3 cm
WIDTH = PAGE[0] - 2 * MARGIN_SIDE  # of the text, in twentieths of a point


# --- paragraphs ------------------------------------------------------------------------------------
def paragraph(text: str, style: str = "", extra: str = "") -> str:
    """Return one paragraph; ``text`` may hold tags, and ``**bold**`` around a whole part of it."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + extra
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{properties}{runs(text)}</w:p>"


def runs(text: str) -> str:
    """Return the runs of ``text``; every other part between ``**`` is strong, a tab is a tab stop."""
    found = []
    for n, part in enumerate(text.split("**")):
        look = '<w:rPr><w:rStyle w:val="Strong"/></w:rPr>' if n % 2 else ""
        pieces = part.split("\t")
        for k, piece in enumerate(pieces):
            tab = "<w:tab/>" if k else ""
            words = f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""
            if tab or words:
                found.append(f"<w:r>{look}{tab}{words}</w:r>")
    return "".join(found)


def number_field(name: str) -> str:
    """Return a PAGE or NUMPAGES field that shows 1 until it is laid out."""
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


# One point high, so that it fits under a page that is full and makes no empty one.
PAGE_BREAK = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>'
    '</w:pPr><w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:br w:type="page"/></w:r></w:p>'
)


# --- tables ----------------------------------------------------------------------------------------
def table(style: str, widths: Sequence[int], rows: Iterable[str], *, header: bool, alt: str, share: int = 100) -> str:
    """Return a table of ``share`` per cent of the text's width; ``widths`` are relative. ``alt`` tells a screen reader what it is."""
    columns = _columns(widths, share)
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in columns)
    look = '<w:tblLook w:val="0420" w:firstRow="{}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="{}" w:noVBand="1"/>'
    look = look.format(int(header), 0)
    properties = (
        f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
        f'<w:tblCaption w:val="{escape(alt)}"/>'
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _columns(widths: Sequence[int], share: int = 100) -> list[int]:
    whole = WIDTH * share // 100
    columns = [whole * one // sum(widths) for one in widths]
    columns[-1] += whole - sum(columns)
    return columns


def row(widths: Sequence[int], cells: Sequence[str], *, header: bool = False, share: int = 100) -> str:
    """Return a row that does not break over pages; a header row is repeated on each page."""
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if header else "")
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(_columns(widths, share), cells, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def spanned(grid: Sequence[int], cells: Sequence[tuple[int, str, bool]]) -> str:
    """Return a row whose cells span columns of ``grid``: how many, what they hold, and whether they are framed boxes."""
    columns, found, at = _columns(grid), "", 0
    for span, held, box in cells:
        lines = _borders("tcBorders", ("top", "left", "bottom", "right"), 8) if box else ""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if box else ""
        width = f'<w:tcW w:w="{sum(columns[at : at + span])}" w:type="dxa"/><w:gridSpan w:val="{span}"/>'
        found += f'<w:tc><w:tcPr>{width}{lines}{shade}<w:vAlign w:val="center"/></w:tcPr>{held}</w:tc>'
        at += span
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{found}</w:tr>"


# --- parts that are the same in every template -----------------------------------------------------
def _style(kind: str, identity: str, name: str, inner: str, *, base: str = "Normal", following: str = "") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    default = ' w:default="1"' if identity in ("Normal", "DefaultParagraphFont", "TableNormal", "NoList") else ""
    custom = "" if name in _BUILT_IN else ' w:customStyle="1"'
    quick = "" if identity in ("DefaultParagraphFont", "TableNormal", "NoList") else "<w:qFormat/>"
    return (
        f'<w:style w:type="{kind}"{default}{custom} w:styleId="{identity}"><w:name w:val="{name}"/>'
        f"{based}{after}{quick}{inner}</w:style>"
    )


_BUILT_IN = {
    "Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "Subtitle", "Strong", "Hyperlink", "Quote",
    "caption", "TOC Heading", "toc 1", "toc 2", "header", "footer", "List Bullet", "List Number", "heading 1",
    "heading 2", "heading 3", "heading 4",
}  # fmt: skip


def _look(size: int, colour: str = "", *, bold: bool = False, italic: bool = False) -> str:
    return (
        "<w:rPr>" + "<w:b/><w:bCs/>" * bold + "<w:i/><w:iCs/>" * italic + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )  # fmt: skip


def _space(before: int, after: int, line: int = 0) -> str:
    return (
        f'<w:spacing w:before="{before}" w:after="{after}"'
        + (f' w:line="{line}" w:lineRule="auto"' if line else "")
        + "/>"
    )


def _heading(level: int, size: int, before: int, after: int) -> str:
    numbers = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>' if level < 4 else ""
    inner = f'<w:keepNext/><w:keepLines/>{numbers}{_space(before, after)}<w:outlineLvl w:val="{level - 1}"/>'
    look = _look(size, ACCENT if level < 4 else "000000", bold=True)
    return _style(
        "paragraph", f"Heading{level}", f"heading {level}", f"<w:pPr>{inner}</w:pPr>{look}", following="Normal"
    )


def _contents(level: int, indent: int, hanging: int, *, bold: bool) -> str:
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{WIDTH}"/></w:tabs>'
    numbers = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="2"/></w:numPr>'
    place = f'<w:ind w:left="{indent + hanging}" w:hanging="{hanging}"/>'
    inner = f"<w:pPr>{numbers}{tab}{_space(60 if bold else 0, 20, 252)}{place}</w:pPr>{_look(20, bold=bold)}"
    return _style("paragraph", f"TOC{level}", f"toc {level}", inner, following="Normal")


def _borders(name: str, sides: Sequence[str], size: int = 4) -> str:
    lines = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{LINE}"/>' for side in sides)
    return f"<w:{name}>{lines}</w:{name}>"


_CELLS = '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'


def styles(language: str, *, compact: bool = False) -> str:
    """Return styles.xml: named styles only, so that a maintainer restyles each in one place in Word.

    ``compact`` is for a proposal of a few pages: smaller headings, less space.
    """
    title, after, gap = (40, 80, 200) if compact else (52, 120, 480)
    sizes = (
        ((26, 240, 80), (22, 160, 60), (20, 120, 40)) if compact else ((32, 480, 160), (26, 360, 120), (22, 280, 80))
    )
    lang = f'<w:lang w:val="{TAGS[language]}" w:eastAsia="{TAGS[language]}" w:bidi="ar-SA"/>'
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    keep = "<w:keepNext/>"
    found = [
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="20"/><w:szCs w:val="20"/>{lang}</w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_space(0, after, 264 if compact else 276)}</w:pPr></w:pPrDefault></w:docDefaults>",
        _style("paragraph", "Normal", "Normal", "<w:pPr><w:widowControl/></w:pPr>", base=""),
        _style("character", "DefaultParagraphFont", "Default Paragraph Font", "", base=""),
        _style("table", "TableNormal", "Normal Table", f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_CELLS}</w:tblPr>', base=""),
        _style("numbering", "NoList", "No List", "", base=""),
        *(_heading(level, *one) for level, one in enumerate((*sizes, (20, 120 if compact else 200, 60)), 1)),
        _style("paragraph", "Title", "Title", f"<w:pPr><w:keepNext/>{_space(0, 120)}</w:pPr>{_look(title, ACCENT, bold=True)}", following="Normal"),
        _style("paragraph", "Subtitle", "Subtitle", f"<w:pPr>{_space(0, gap)}</w:pPr>{_look(24 if compact else 28, GREY)}", following="Normal"),
        _style("paragraph", "CoverBuyer", "Cover Buyer", f"<w:pPr>{_space(1800, 120)}</w:pPr>{_look(24, GREY)}"),
        _style("paragraph", "TOCHeading", "TOC Heading", f"<w:pPr>{keep}{_space(120, 160)}</w:pPr>{_look(32, ACCENT, bold=True)}", following="Normal"),
        _contents(1, 0, 454, bold=True), _contents(2, 454, 624, bold=False),
        _style("paragraph", "ListBullet", "List Bullet", f'<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr>{_space(0, 60)}</w:pPr>'),
        _style("paragraph", "ListNumber", "List Number", f'<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr>{_space(0, 60)}</w:pPr>'),
        _style("paragraph", "Quote", "Quote", f'<w:pPr>{keep}<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{LINE}"/></w:pBdr>{_space(0, 120)}<w:ind w:left="227"/></w:pPr>{_look(20, GREY, italic=True)}'),
        _style("paragraph", "Lead", "Lead", f"<w:pPr>{_space(0, after)}</w:pPr>{_look(22, ACCENT)}"),
        _style("paragraph", "Caption", "caption", f"<w:pPr>{keep}<w:keepLines/>{_space(after, 80)}</w:pPr>{_look(18, GREY, bold=True)}", following="Normal"),
        _style("paragraph", "ChartFrame", "Chart", f"<w:pPr><w:keepLines/>{_space(80, 160)}</w:pPr>"),
        _style("paragraph", "Note", "Note", f"<w:pPr><w:keepLines/>{_space(80, 120)}</w:pPr>{_look(17, GREY)}"),
        _style("paragraph", "Count", "Count", f'<w:pPr>{keep}{_space(0, 120)}<w:jc w:val="right"/></w:pPr>{_look(17, GREY)}'),
        _style("paragraph", "TableText", "Table Text", f"<w:pPr>{_space(0, 20, 252)}</w:pPr>{_look(17)}"),
        _style("paragraph", "TableNumber", "Table Number", '<w:pPr><w:jc w:val="right"/></w:pPr>', base="TableText"),
        _style("paragraph", "TableSmall", "Table Small", _look(15, GREY), base="TableText"),
        _style("paragraph", "TableSmallNumber", "Table Small Number", '<w:pPr><w:jc w:val="right"/></w:pPr>', base="TableSmall"),
        _style("paragraph", "TableHead", "Table Head", f"{_look(17, ACCENT, bold=True)}", base="TableText"),
        _style("paragraph", "TableHeadNumber", "Table Head Number", '<w:pPr><w:jc w:val="right"/></w:pPr>', base="TableHead"),
        _style("paragraph", "OpenHeading", "Open Heading", f"<w:pPr>{keep}{_space(240, 120)}</w:pPr>{_look(28, '9C2A00', bold=True)}", following="Normal"),
        _style("paragraph", "AfterTable", "After Table", f"<w:pPr>{_space(0, 0, 200)}</w:pPr>{_look(8)}"),
        _style("paragraph", "Header", "header", f'<w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{LINE}"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>{_space(0, 0)}</w:pPr>{_look(16, GREY)}'),
        _style("paragraph", "Footer", "footer", f'<w:pPr><w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="{LINE}"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>{_space(0, 0)}</w:pPr>{_look(16, GREY)}'),
        _style("character", "Strong", "Strong", "<w:rPr><w:b/><w:bCs/></w:rPr>", base="DefaultParagraphFont"),
        _style("character", "Hyperlink", "Hyperlink", f'<w:rPr><w:color w:val="{ACCENT}"/></w:rPr>', base="DefaultParagraphFont"),
        _style("table", "BidTable", "Bid Table", f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/>{_borders("tblBorders", ("top", "bottom", "insideH"))}{_CELLS}</w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>', base="TableNormal"),
        _style("table", "BidFacts", "Bid Facts", f'<w:tblPr>{_borders("tblBorders", ("top", "bottom", "insideH"))}{_CELLS}</w:tblPr>', base="TableNormal"),
        _style("table", "BidPlain", "Bid Plain", f"<w:tblPr>{_CELLS}</w:tblPr>", base="TableNormal"),
    ]  # fmt: skip
    return f'<w:styles xmlns:w="{W}">{"".join(found)}</w:styles>'


def _level(n: int, form: str, text: str, left: int, hanging: int, style: str = "", font: str = "") -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    symbol = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:hint="default"/></w:rPr>' if font else ""
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{linked}<w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{symbol}</w:lvl>'
    )


def numbering() -> str:
    """Return numbering.xml: headings and contents in step with each other, bullets, numbers."""
    decimal = ("%1", "%1.%2", "%1.%2.%3")
    heads = "".join(
        _level(n, "decimal", text, 0, 0, f"Heading{n + 1}").replace(
            'w:left="0" w:hanging="0"', f'w:left="{(567, 680, 794)[n]}" w:hanging="{(567, 680, 794)[n]}"'
        )
        for n, text in enumerate(decimal)
    )
    tocs = "".join(
        _level(n, "decimal", text, (454, 1078)[n], (454, 624)[n], f"TOC{n + 1}") for n, text in enumerate(decimal[:2])
    )
    lists = [
        ("multilevel", heads), ("multilevel", tocs),
        ("singleLevel", _level(0, "bullet", "•", 397, 284, "ListBullet", FONT)),
        ("singleLevel", _level(0, "decimal", "%1.", 397, 397, "ListNumber")),
    ]  # fmt: skip
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:nsid w:val="0B1D00{n:02}"/><w:multiLevelType w:val="{kind}"/>'
        f'<w:tmpl w:val="0B1D10{n:02}"/>{levels}</w:abstractNum>'
        for n, (kind, levels) in enumerate(lists, 1)
    )
    numbers = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, len(lists) + 1))
    return f'<w:numbering xmlns:w="{W}">{abstract}{numbers}</w:numbering>'


def _settings() -> str:
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/><w:doNotHyphenateCaps/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    )


def _theme() -> str:
    """Return Word's own theme with our font and one colour in six shades: charts take theirs from it."""
    with zipfile.ZipFile(BytesIO(files("docx").joinpath("templates/default.docx").read_bytes())) as package:
        text = package.read("word/theme/theme1.xml").decode()
    shades = (ACCENT, "7F9DB9", "C8963E", "5B7F5B", "8C6D8C", "A0A0A0")
    for n, colour in enumerate(shades, 1):
        start = text.index(f"<a:accent{n}>")
        end = text.index(f"</a:accent{n}>")
        text = text[:start] + f'<a:accent{n}><a:srgbClr val="{colour}"/>' + text[end:]
    for old in ("Calibri", "Cambria"):
        text = text.replace(f'<a:latin typeface="{old}"/>', f'<a:latin typeface="{FONT}"/>')
    start, end = text.index("<a:majorFont>"), text.index("</a:fontScheme>")
    one = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    text = text[:start] + f"<a:majorFont>{one}</a:majorFont><a:minorFont>{one}</a:minorFont>" + text[end:]
    return text[text.index("<a:theme") :]


@dataclass
class Document:
    """A template being written: ``body`` collects its XML."""

    language: str
    title: str
    header: str
    footer: str
    compact: bool = False
    body: list[str] = field(default_factory=list)

    def data(self) -> bytes:
        """Return the .docx; the same description gives the same bytes."""
        margins = (
            f'<w:pgMar w:top="{MARGIN_TOP}" w:right="{MARGIN_SIDE}" w:bottom="{MARGIN_BOTTOM}" w:left="{MARGIN_SIDE}" '
            'w:header="680" w:footer="567" w:gutter="0"/>'
        )
        section = (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:footerReference w:type="default" r:id="rId2"/>'
            f'<w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}"/>{margins}</w:sectPr>'
        )
        spaces = f'xmlns:w="{W}" xmlns:r="{R}"'
        parts = {
            "word/document.xml": f"<w:document {spaces}><w:body>{''.join(self.body)}{section}</w:body></w:document>",
            "word/header1.xml": f"<w:hdr {spaces}>{self.header}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {spaces}>{self.footer}</w:ftr>",
            "word/styles.xml": styles(self.language, compact=self.compact),
            "word/numbering.xml": numbering(),
            "word/settings.xml": _settings(),
            "word/theme/theme1.xml": _theme(),
            "docProps/core.xml": _core(self.title, TAGS[self.language]),
        }
        return _zip(parts)


def _core(title: str, language: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{language}</dc:language></cp:coreProperties>"
    )


_TYPES = {
    "word/document.xml": ("document.main", "officeDocument"),
    "word/header1.xml": ("header", "header"),
    "word/footer1.xml": ("footer", "footer"),
    "word/styles.xml": ("styles", "styles"),
    "word/numbering.xml": ("numbering", "numbering"),
    "word/settings.xml": ("settings", "settings"),
}


def _zip(parts: dict[str, str]) -> bytes:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{word}{kind}+xml"/>' for name, (kind, _) in _TYPES.items()
    )
    types += (
        '<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    )
    spaces = "http://schemas.openxmlformats.org/package/2006"
    inner = [*list(_TYPES)[1:], "word/theme/theme1.xml"]
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{R}/{_TYPES.get(name, ("", "theme"))[1]}" Target="{name.removeprefix("word/")}"/>'
        for n, name in enumerate(inner, 1)
    )
    outer = (
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{spaces}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    )
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{spaces}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{spaces}/relationships">{outer}</Relationships>',
        **parts,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{spaces}/relationships">{relations}</Relationships>',
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in whole.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return buffer.getvalue()
