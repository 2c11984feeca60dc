"""Native bar charts for Word: sharp, editable, read by screen readers through the table beside them.

Everything that has a schema default is written out, because LibreOffice and Word assume different
defaults where something is left out. Colours are the theme's accents, so a chart follows its template.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from markupsafe import escape

from bidkit.templates import Chart
from bidkit.templates.styles import LANGUAGES

Value: TypeAlias = "Decimal | int | None"  # None: not shown, and in no cell or cache either

SHEET = "Data"
ACCENTS = 6
_MADE = datetime(2000, 1, 1)  # a workbook inside a chart has no history worth telling; fixed for equal bytes

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINE = '<c:spPr><a:ln w="9525"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:ln></c:spPr>'
_GRID = (
    '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:schemeClr val="bg1"><a:lumMod val="85000"/>'
    "</a:schemeClr></a:solidFill></a:ln></c:spPr></c:majorGridlines>"
)


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars: its name in the legend and a value for each category, None where it is not shown."""

    name: str
    values: tuple[Value, ...]


def bar_chart(
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    number_format: str,
    language: str,
    stacked: bool = False,
    category_title: str = "",
    value_title: str = "",
) -> Chart:
    """Return a chart of upright bars with a label on each, and the workbook that "Edit data" opens.

    ``number_format`` is Excel's, such as ``"0.0"``; empty titles are left out. The same arguments give
    the same bytes.
    """
    for one in series:
        if len(one.values) != len(categories):
            raise ValueError(f"{one.name}: {len(one.values)} values for {len(categories)} categories")
    bars = "".join(
        _series(number, one, categories, number_format, stacked=stacked) for number, one in enumerate(series)
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}"><c:date1904 val="0"/>'
        f'<c:lang val="{LANGUAGES.get(language, language)}"/><c:roundedCorners val="0"/>'
        f'<c:chart>{_title(title, 1200)}<c:autoTitleDeleted val="{0 if title else 1}"/>'
        f"<c:plotArea><c:layout/>{_bars(bars, stacked=stacked)}"
        f"{_category_axis(category_title)}{_value_axis(value_title, number_format)}</c:plotArea>"
        f"{_legend() if len(series) > 1 else ''}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr/></a:p></c:txPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
    return Chart(xml.encode(), _workbook(categories, series, number_format))


def _bars(bars: str, *, stacked: bool) -> str:
    return (
        f'<c:barChart><c:barDir val="col"/><c:grouping val="{"stacked" if stacked else "clustered"}"/>'
        f'<c:varyColors val="0"/>{bars}<c:gapWidth val="80"/><c:overlap val="{100 if stacked else 0}"/>'
        '<c:axId val="1"/><c:axId val="2"/></c:barChart>'
    )


def _series(number: int, one: Series, categories: Sequence[str], number_format: str, *, stacked: bool) -> str:
    column, last = _column(number + 1), len(categories) + 1
    accent = number % ACCENTS + 1
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{_texts(f'{SHEET}!${column}$1', [one.name])}</c:tx>"
        f'<c:spPr><a:solidFill><a:schemeClr val="accent{accent}"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:invertIfNegative val="0"/>{_labels(number_format, "ctr" if stacked else "outEnd")}'
        f"<c:cat>{_texts(f'{SHEET}!$A$2:$A${last}', categories)}</c:cat>"
        f"<c:val>{_numbers(f'{SHEET}!${column}$2:${column}${last}', one.values, number_format)}</c:val></c:ser>"
    )


def _labels(number_format: str, position: str) -> str:
    return (
        f'<c:dLbls><c:numFmt formatCode="{_quoted(number_format)}" sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _texts(formula: str, texts: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{escape(text)}</c:v></c:pt>' for n, text in enumerate(texts))
    cache = f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'
    return f"<c:strRef><c:f>{formula}</c:f>{cache}</c:strRef>"


def _numbers(formula: str, values: Sequence[Value], number_format: str) -> str:
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{Decimal(value):f}</c:v></c:pt>' for n, value in enumerate(values) if value is not None
    )
    cache = f'<c:formatCode>{escape(number_format)}</c:formatCode><c:ptCount val="{len(values)}"/>{points}'
    return f"<c:numRef><c:f>{formula}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"


def _title(text: str, size: int) -> str:
    if not text:
        return ""
    look = f'sz="{size}" b="{1 if size > 1000 else 0}"'
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr {look}/></a:pPr>"
        f"<a:r><a:rPr {look}/><a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:layout/><c:overlay val="0"/></c:title>'
    )


def _category_axis(title: str) -> str:
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="b"/>{_title(title, 900)}<c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{_LINE}<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(title: str, number_format: str) -> str:
    whole = re.sub(r"\.0+", "", number_format)  # the grid stands at whole numbers, only the bars have decimals
    return (
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/>{_GRID}{_title(title, 900)}'
        f'<c:numFmt formatCode="{_quoted(whole)}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _legend() -> str:
    return '<c:legend><c:legendPos val="b"/><c:layout/><c:overlay val="0"/></c:legend>'


def _quoted(text: str) -> str:
    return str(escape(text))


def _column(index: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(index))


def _workbook(categories: Sequence[str], series: Sequence[Series], number_format: str) -> bytes:
    """Return the figures as a workbook: categories down, one column a series, blank where not shown."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet(SHEET)
    look = book.add_format({"num_format": number_format})
    for row, text in enumerate(categories, 1):
        sheet.write_string(row, 0, text)
    for column, one in enumerate(series, 1):
        sheet.write_string(0, column, one.name)
        for row, value in enumerate(one.values, 1):
            if value is not None:
                sheet.write_number(row, column, value, look)
    book.close()
    return buffer.getvalue()
