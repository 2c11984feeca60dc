"""Where a bid stands, as one A4 page in Word for the board: the same as ``bidkit status``, in whole sentences.

The page is written out piece by piece, so it holds nothing that we did not put there: no author, no styles of
somebody else's template. The same overview gives the same bytes.
"""

# ruff: noqa: E501  (markup reads better unbroken)

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bidkit.diagnostics import Measure, Word
from bidkit.i18n import FINDINGS, N_, Translator
from bidkit.model.names import called
from bidkit.overview import Overview, Step, name_of
from bidkit.render._splice import escape
from bidkit.templates.package import CORE, MAIN_TYPE, TYPES, TYPES_NS, WORD_TYPE, Package
from bidkit.templates.styles import LANGUAGES

MOST_FINDINGS, MOST_NAMES = 9, 5  # what one page holds; the rest is counted
_LONGEST_TEXT, _LONGEST_PLACE, _LONGEST_TITLE = 150, 48, 160  # characters of a cell
_COLUMNS, _LINE_HOLDS = (28, 72), (26, 68)  # per cent of the width; characters
_ROOM = 13  # lines of findings, if no other row takes more than one
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PAGE = (11906, 16838)  # A4 in twentieths of a point
_SIDE, _TOP, _BOTTOM = 1134, 964, 794
_WIDTH = _PAGE[0] - 2 * _SIDE
_FONT, _ACCENT, _GREY, _SHADE, _LINE = "Arial", "1F4E79", "595959", "E8EEF5", "B8C4D2"
_STEPS = {
    Step.BEGIN: N_("Begin with the organisation's own facts: who we are, what we offer and what it costs."),
    Step.MEND_FILES: N_("Mend the files that could not be read; only then can the bid be judged."),
    Step.FILL_IN: N_("Fill in what is missing; only then can the bid be priced and judged."),
    Step.TENDER: N_("Fill in the tender: what is asked for, on which conditions and by when."),
    Step.MEND: N_("Mend what is open: with it the bid would be rejected or could not be made."),
    Step.BUILD: N_("Make the bid and read it through."),
    Step.SEND: N_("Read the newest version through and send it before the deadline."),
    Step.TOO_LATE: N_("The deadline has passed: the bid can no longer be sent."),
}


def render(seen: Overview, language: str) -> bytes:
    """Return the page as a .docx in ``language``."""
    words = Translator(language, ("board", *FINDINGS), called)
    title = words.text(N_("The bid on {day}"), day=seen.as_of)
    body = "".join(_body(seen, words, title))
    section = (
        f'<w:sectPr><w:pgSz w:w="{_PAGE[0]}" w:h="{_PAGE[1]}"/><w:pgMar w:top="{_TOP}" w:right="{_SIDE}" '
        f'w:bottom="{_BOTTOM}" w:left="{_SIDE}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}{section}</w:body></w:document>'
    styles, core = _styles(LANGUAGES[language]), _core(title, LANGUAGES[language], seen)
    main = "word/document.xml"
    package = Package({TYPES: _part(_TYPES)}, main)
    package.add(main, _part(document), MAIN_TYPE, owner="", kind="officeDocument")
    package.add("word/styles.xml", _part(styles), f"{WORD_TYPE}styles+xml", owner=main, kind="styles")
    package.add("word/settings.xml", _part(_SETTINGS), f"{WORD_TYPE}settings+xml", owner=main, kind="settings")
    package.add("docProps/core.xml", _part(core), _CORE_TYPE, owner="", kind=CORE)
    return package.write()


def _part(xml: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()


def _body(seen: Overview, words: Translator, title: str) -> Iterator[str]:
    yield _paragraph(title, "Title")
    yield _paragraph(_cut(_call(seen, words), _LONGEST_TITLE), "Subtitle")
    yield _paragraph(words.text(_STEPS[seen.step]), "Lead")
    yield _paragraph(words.text(N_("How complete it is")), "Heading1")
    rows = [(words.text(one.title), _upper(words.fact(one.told))) for one in seen.parts]
    yield _table(
        _COLUMNS, (words.text(N_("Part")), words.text(N_("What there is"))), rows, words.text(N_("How complete it is"))
    )
    yield _paragraph(words.text(N_("What is open")), "Heading1")
    yield from _open(seen, words)
    yield _paragraph(words.text(N_("Money and time")), "Heading1")
    heads = (words.text(N_("Matter")), words.text(N_("Status")))
    yield _table(_COLUMNS, heads, list(_money(seen, words)), words.text(N_("Money and time")))
    yield _paragraph(words.text(N_("For the board only: never send this page to the buyer.")), "Note")


def _call(seen: Overview, words: Translator) -> str:
    if seen.tender is None:
        return words.text(N_("There is no tender yet."))
    return ", ".join((seen.title(words.language), seen.buyer(words.language), seen.tender.reference))


def _open(seen: Overview, words: Translator) -> Iterator[str]:
    if seen.tally:
        yield _paragraph(words.text(N_("Conditions of the tender: {tally}."), tally=seen.tally))
    if seen.open:
        names = [" ".join(map(words.fact, name_of(one))) for one in seen.open]
        shown = _cut(", ".join(names[:MOST_NAMES]), 2 * _LONGEST_TEXT)
        more = words.text(N_(" and {n} more"), n=len(names) - MOST_NAMES) if len(names) > MOST_NAMES else ""
        yield _paragraph(
            words.text(N_("Open knock-outs, any of which has the bid rejected: {names}."), names=shown + more)
        )
    if not seen.pressing:
        yield _paragraph(words.text(N_("Nothing is open.")))
        return
    rows = _fitting(seen, words)
    heads = (words.text(N_("Where")), words.text(N_("What is so")))
    yield _table(_COLUMNS, heads, rows, words.text(N_("What is open")))
    if (more_findings := len(seen.pressing) - len(rows)) > 0:
        yield _paragraph(words.text(N_("The most pressing ones; {n} more are open."), n=more_findings), "Note")


def _fitting(seen: Overview, words: Translator) -> list[tuple[str, str]]:
    """Return the findings that the page has room for, at least one, shortened."""
    others = [*((words.text(one.title), words.fact(one.told)) for one in seen.parts), *_money(seen, words)]
    room = _ROOM - sum(_height(row) - 1 for row in others)
    found: list[tuple[str, str]] = []
    for finding in seen.pressing[:MOST_FINDINGS]:
        place = _cut(str(finding.place), _LONGEST_PLACE, left=True)
        row = (place, _cut(words.sentence(finding), _LONGEST_TEXT))
        room -= _height(row)
        if found and room < 0:
            break
        found.append(row)
    return found


def _height(row: tuple[str, str]) -> int:
    """Return the lines of a row, reckoned by the characters that a line of its cells surely holds."""
    return max(-(-len(text) // width) for text, width in zip(row, _LINE_HOLDS, strict=True))


def _money(seen: Overview, words: Translator) -> Iterator[tuple[str, str]]:
    yield words.text(N_("Deadline")), _upper(words.fact(seen.time_left()))
    price = words.text(N_("Not known yet"))
    if seen.net is not None and seen.gross is not None:
        amounts = {"net": Measure(seen.net, "EUR"), "gross": Measure(seen.gross, "EUR")}
        price = words.text(N_("{net} without VAT, {gross} with VAT"), **amounts)
    yield words.text(N_("Price")), price
    yield words.text(N_("Newest version")), seen.version or _upper(words.text(N_("none yet")))
    if seen.funding:
        yield words.text(N_("Funding")), ", ".join(f"{words.fact(one.kind)} {one.share} %" for one in seen.funding)
        text = N_("{kind} {share} % (from {day})")
        told = [words.text(text, kind=s.kind, share=s.ending, day=s.ends) for s in seen.funding if s.ends]
        yield words.text(N_("Ends in a year")), ", ".join(told) or words.fact(Word(N_("nothing")))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cut(text: str, most: int, *, left: bool = False) -> str:
    """Return a text on one line of at most ``most`` characters; of a path, ``left``, the end is kept."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    if left:
        return "..." + text[3 - most :]
    kept = text[: most - 3]
    return (kept[: kept.rfind(" ")] if kept.rfind(" ") > most // 2 else kept).rstrip(" ,.;:–") + "..."


# --- markup ----------------------------------------------------------------------------------------
def _paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _table(widths: Sequence[int], heads: Sequence[str], rows: Iterable[Sequence[str]], alt: str) -> str:
    columns = [_WIDTH * one // 100 for one in widths]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in columns)
    look = (
        f'<w:tblStyle w:val="BoardTable"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(alt)}"/>'
    )
    lines = _row(columns, heads, "TableHead", "<w:tblHeader/>") + "".join(
        _row(columns, one, "TableText") for one in rows
    )
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def _row(columns: Sequence[int], cells: Sequence[str], style: str, extra: str = "") -> str:
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell, style)}</w:tc>'
        for width, cell in zip(columns, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{extra}</w:trPr>{inner}</w:tr>"


def _look(size: int, colour: str = "", *, bold: bool = False) -> str:
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'<w:rPr>{"<w:b/><w:bCs/>" * bold}{tint}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


def _style(kind: str, identity: str, name: str, inner: str, base: str = "Normal") -> str:
    own = ' w:customStyle="1"' if name.startswith(("Table ", "Board", "Lead", "Note")) else ""
    default = ' w:default="1"' if not base else ""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}"{default}{own} w:styleId="{identity}"><w:name w:val="{name}"/>{based}{inner}</w:style>'


def _spaced(before: int, after: int, extra: str = "") -> str:
    return f'<w:pPr>{extra}<w:spacing w:before="{before}" w:after="{after}" w:line="252" w:lineRule="auto"/></w:pPr>'


def _styles(tag: str) -> str:
    fonts = f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
    cells = '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>' for side in ("top", "bottom", "insideH")
    )
    heading = (
        '<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr>'
    )
    found = [
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="19"/><w:szCs w:val="19"/><w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>',
        _style("paragraph", "Normal", "Normal", _spaced(0, 80), ""),
        _style("character", "DefaultParagraphFont", "Default Paragraph Font", "", ""),
        _style("table", "TableNormal", "Normal Table", f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{cells}</w:tblPr>', ""),
        _style("numbering", "NoList", "No List", "", ""),
        _style("paragraph", "Title", "Title", _spaced(0, 60, "<w:keepNext/>") + _look(40, _ACCENT, bold=True)),
        _style("paragraph", "Subtitle", "Subtitle", _spaced(0, 140) + _look(21, _GREY)),
        _style("paragraph", "Heading1", "heading 1", heading + _look(25, _ACCENT, bold=True)),
        _style("paragraph", "Lead", "Lead", _spaced(0, 80) + _look(22, bold=True)),
        _style("paragraph", "Note", "Note", _spaced(80, 0) + _look(17, _GREY)),
        _style("paragraph", "TableText", "Table Text", _spaced(0, 0) + _look(18)),
        _style("paragraph", "TableHead", "Table Head", _look(18, _ACCENT, bold=True), "TableText"),
        _style("table", "BoardTable", "Board Table", f'<w:tblPr><w:tblBorders>{lines}</w:tblBorders>{cells}</w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/></w:tcPr></w:tblStylePr>', "TableNormal"),
    ]  # fmt: skip
    return f'<w:styles xmlns:w="{_W}">{"".join(found)}</w:styles>'


def _core(title: str, tag: str, seen: Overview) -> str:
    day = f"{seen.as_of.isoformat()}T12:00:00Z"
    dates = "".join(
        f'<dcterms:{one} xsi:type="dcterms:W3CDTF">{day}</dcterms:{one}>' for one in ("created", "modified")
    )
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{tag}</dc:language>{dates}</cp:coreProperties>"
    )


_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_TYPES = (
    f'<Types xmlns="{TYPES_NS}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_SETTINGS = (
    f'<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
