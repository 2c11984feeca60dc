"""Native charts: valid, complete in every cache, silent about what is not to be shown."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree

from bidkit.render.chart import Series, bar_chart
from bidkit.templates import Chart, Drawing, Properties, compile  # noqa: A004

from .ooxml import all_strings, validate_package

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SCHEMA = Path(__file__).parent / "ooxml-xsd" / "dml-chart.xsd"
GROUPS = ("Nuoret & <alle 25>", "Maahanmuuttaneet", "Pitkään työttömät")
WORK = Series("Työ", (Decimal("41.5"), None, Decimal("12.25")))
STUDY = Series('Opiskelu "uusi"', (7, 30, None))


def chart(*series: Series, stacked: bool = False) -> Chart:
    return bar_chart(
        "Tulokset", GROUPS, series, number_format='0.0" %"', language="fi", stacked=stacked, value_title="Osuus"
    )


def points(xml: bytes, holder: str) -> list[list[tuple[int, str]]]:
    caches = etree.fromstring(xml).iter(f"{C}{holder}")
    return [[(int(p.get("idx")), p.findtext(f"{C}v")) for p in one.iter(f"{C}pt")] for one in caches]


@pytest.mark.parametrize("stacked", [False, True])
@pytest.mark.parametrize("series", [(WORK,), (WORK, STUDY)])
def test_a_chart_is_valid(series: tuple[Series, ...], stacked: bool) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    root = etree.fromstring(chart(*series, stacked=stacked).xml)
    assert schema.validate(root), schema.error_log


def test_caches_hold_what_is_shown_and_nothing_else() -> None:
    xml = chart(WORK, STUDY).xml
    assert points(xml, "val") == [[(0, "41.5"), (2, "12.25")], [(0, "7"), (1, "30")]]
    assert points(xml, "cat") == [list(enumerate(GROUPS))] * 2
    assert [one for one in points(xml, "tx") if one] == [[(0, "Työ")], [(0, 'Opiskelu "uusi"')]]
    assert [one.get("val") for one in etree.fromstring(xml).iter(f"{C}ptCount")] == ["1", "3", "3", "1", "3", "3"]


def test_the_workbook_holds_the_same_figures() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(chart(WORK, STUDY).workbook))["Data"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [None, "Työ", 'Opiskelu "uusi"'],
        [GROUPS[0], 41.5, 7],
        [GROUPS[1], None, 30],
        [GROUPS[2], 12.25, None],
    ]
    formulas = [one.text for one in etree.fromstring(chart(WORK, STUDY).xml).iter(f"{C}f")]
    assert formulas == [
        "Data!$B$1", "Data!$A$2:$A$4", "Data!$B$2:$B$4", "Data!$C$1", "Data!$A$2:$A$4", "Data!$C$2:$C$4",
    ]  # fmt: skip


def test_texts_are_never_formulas() -> None:
    made = bar_chart("", ["=1+1", "http://x"], [Series("=A1", (1, 2))], number_format="0", language="sv")
    sheet = openpyxl.load_workbook(io.BytesIO(made.workbook))["Data"]
    assert [(cell.value, cell.data_type) for cell in (sheet["A2"], sheet["A3"], sheet["B1"])] == [
        ("=1+1", "s"), ("http://x", "s"), ("=A1", "s"),
    ]  # fmt: skip


def test_same_figures_same_bytes() -> None:
    first, second = chart(WORK, STUDY), chart(WORK, STUDY)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first.workbook)) as archive:
        assert "2000-01-01T00:00:00Z" in archive.read("docProps/core.xml").decode()


def test_language_title_and_legend() -> None:
    root = etree.fromstring(chart(WORK).xml)
    assert root.find(f"{C}lang").get("val") == "fi-FI"
    assert root.find(f".//{C}legend") is None
    assert etree.fromstring(chart(WORK, STUDY).xml).find(f".//{C}legend") is not None
    untitled = bar_chart("", ["a"], [Series("b", (1,))], number_format="0", language="en")
    root = etree.fromstring(untitled.xml)
    assert root.find(f".//{C}title") is None
    assert root.find(f".//{C}autoTitleDeleted").get("val") == "1"


def test_values_must_match_categories() -> None:
    with pytest.raises(ValueError, match="2 values for 1 categories"):
        bar_chart("", ["a"], [Series("b", (1, 2))], number_format="0", language="en")


def test_a_document_with_charts_is_whole_and_keeps_secrets() -> None:
    document = docx.Document()
    document.add_paragraph("{{ chart }}")
    buffer = io.BytesIO()
    document.save(buffer)
    secret = bar_chart("T", ["a", "b"], [Series("s", (Decimal("17.123"), None))], number_format="0.0", language="fi")
    value = Drawing(secret, 5_400_000, 2_700_000, "Kaavio")
    properties = Properties("T", "Y", "1", datetime(2027, 1, 1), "fi")
    result = compile(buffer.getvalue(), "x.docx").render({"chart": value}, properties)
    assert result.faults == ()
    assert validate_package(result.data) == []
    assert "17.123" in all_strings(result.data)
    assert "Microsoft_Excel" in all_strings(result.data)
