"""The first sheet of a marked copy: what was found, with links to the cells."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple

from bidkit.diagnostics import Severity
from bidkit.i18n import N_, Translator
from bidkit.render._marks import FILLS, Styles
from bidkit.render._splice import cell_text, escape
from bidkit.render.findings import SEVERITIES

_HEADS = (N_("Severity"), N_("Place"), N_("Finding"), N_("Way out"), N_("Code"), N_("Clause of the tender"))
_WIDTHS = (13, 26, 54, 46, 9, 24)
_LETTERS = "ABCDEF"
_LINE = 15  # points


class Line(NamedTuple):
    """One finding, worded; ``link`` is where it leads within the workbook, empty if nowhere."""

    severity: Severity
    place: str
    link: str
    sentence: str
    hint: str
    code: str
    clause: str


class FindingsSheet:
    """Title, what this file is, what could not be carried, the table."""

    def __init__(self, file: str, lines: Sequence[Line], not_carried: Sequence[str], words: Translator) -> None:
        self.words, self.lines, self.not_carried = words, lines, not_carried
        self.columns = 6 if any(line.clause for line in lines) else 5
        self.title = words.text(N_("Findings in {file}"), file=file)
        self.told = words.text(
            N_(
                "This is a copy for finding the places. Mend the original, {file}: bidkit reads that file and never"
                " this copy."
            ),
            file=file,
        )
        self.header = 3 + len(not_carried)

    def xml(self, styles: Styles, uri: str) -> str:
        """Return the sheet."""
        self._learn(styles)
        last = f"{_LETTERS[self.columns - 1]}{self.header + len(self.lines)}"
        columns = "".join(
            f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>'
            for i, width in enumerate(_WIDTHS[: self.columns], 1)
        )
        rooms, whole = _WIDTHS[: self.columns], sum(_WIDTHS[: self.columns])
        rows = [
            f'<row r="1" ht="21" customHeight="1"><c r="A1" s="{self.top}" t="inlineStr">{_text(self.title)}</c></row>'
        ]
        for number, text in enumerate((self.told, *self.not_carried), 2):
            rows.append(self._row(number, [("A", self.plain, text)], [whole]))
        heads = [(_LETTERS[i], self.head, self.words.text(head)) for i, head in enumerate(_HEADS[: self.columns])]
        rows.append(self._row(self.header, heads, rooms))
        rows += [self._finding(number, line) for number, line in enumerate(self.lines, self.header + 1)]
        wide = "".join(
            f'<mergeCell ref="A{n}:{_LETTERS[self.columns - 1]}{n}"/>' for n in range(2, 3 + len(self.not_carried))
        )
        return (
            f'<worksheet xmlns="{uri}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{last}"/><sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
            f'<pane ySplit="{self.header}" topLeftCell="A{self.header + 1}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="B{self.header + 1}" sqref="B{self.header + 1}"/></sheetView>'
            f'</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
            f"<sheetData>{''.join(rows)}</sheetData>"
            f'<mergeCells count="{1 + len(self.not_carried)}">{wide}</mergeCells>{self._links()}'
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
        )

    def _learn(self, styles: Styles) -> None:
        """Add the formats of this sheet to the workbook's."""

        def font(before: str = "", size: int = 11, behind: str = "") -> int:
            name = f'{behind}<{{p}}name val="Calibri"/><{{p}}family val="2"/>'
            return styles.add("fonts", f'<{{p}}font>{before}<{{p}}sz val="{size}"/>{name}</{{p}}font>')

        edge = '<{{p}}{0} style="thin"><{{p}}color rgb="FFBFBFBF"/></{{p}}{0}>'
        sides = "".join(edge.format(side) for side in ("left", "right", "top", "bottom"))
        frame = styles.add("borders", f"<{{p}}border>{sides}<{{p}}diagonal/></{{p}}border>")
        link = font("<{p}u/>", behind='<{p}color rgb="FF0563C1"/>')

        def form(font_id: int, fill: int = 0, border: int = 0, wrap: bool = True) -> int:
            align = '<{p}alignment vertical="top" wrapText="1"/>' if wrap else ""
            own = "".join(f' apply{what}="1"' for what in ("NumberFormat", "Font", "Fill", "Border", "Alignment"))
            ids = f'numFmtId="49" fontId="{font_id}" fillId="{fill}" borderId="{border}" xfId="0"'
            return styles.add("cellXfs", f"<{{p}}xf {ids}{own}>{align}</{{p}}xf>")

        self.top = form(font("<{p}b/>", 14), wrap=False)
        self.plain = form(font())
        self.head = form(font("<{p}b/>"), styles.fill("FFE7E6E6"), frame)
        self.body, self.link = form(font(), border=frame), form(link, border=frame)
        self.severity = {severity: form(font(), styles.fill(colour), frame) for severity, colour in FILLS.items()}

    def _row(self, number: int, cells: Sequence[tuple[str, int, str]], rooms: Sequence[int]) -> str:
        """Return a row as high as its texts need; not every program finds that out by itself."""
        lines = max(_lines(text, room) for (_, _, text), room in zip(cells, rooms, strict=False))
        size = f' ht="{max(1, lines) * _LINE}"' if lines > 1 else ""
        inside = "".join(
            f'<c r="{letter}{number}" s="{form}" t="inlineStr">{_text(text)}</c>' for letter, form, text in cells
        )
        return f'<row r="{number}"{size}>{inside}</row>'

    def _finding(self, number: int, line: Line) -> str:
        severity = self.words.text(SEVERITIES[line.severity])
        cells = [
            ("A", self.severity[line.severity], severity),
            ("B", self.link if line.link else self.body, line.place),
            ("C", self.body, line.sentence),
            ("D", self.body, line.hint),
            ("E", self.body, line.code),
            ("F", self.body, line.clause),
        ]
        return self._row(number, cells[: self.columns], _WIDTHS)

    def _links(self) -> str:
        links = "".join(
            f'<hyperlink ref="B{number}" location="{escape(line.link)}" display="{escape(line.place)}"/>'
            for number, line in enumerate(self.lines, self.header + 1)
            if line.link
        )
        return f"<hyperlinks>{links}</hyperlinks>" if links else ""


def _lines(text: str, room: int) -> int:
    """Return how many lines a text takes in a cell as wide as so many digits; letters are a little narrower."""
    return sum(len(wrap(line, room * 27 // 25)) or 1 for line in text.splitlines())


def _text(text: str) -> str:
    return f'<is><t xml:space="preserve">{cell_text(text)}</t></is>'
