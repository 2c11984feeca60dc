"""XML that lies and bytes that rot."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from hypothesis import strategies as st

from bidkit.dossier import sheets
from bidkit.dossier.xlsx import read_book
from tests.mutants.dossiers import Base
from tests.mutants.dossiers import base as dossier_of

_TAG = re.compile(r"<[^>]+>")
_PAIR = re.compile(r'\s([\w:.-]+)="([^"]*)"')
_JUNK = (
    "|0|-1|1|2|999999|99999999999999999999|x|A1|A0|XFD1048576|XFE1|ZZZZ9|A1:XFD1048576|B2|B|true|rId1|rId2|"
    "rId99|../x.xml|/xl/workbook.xml|/|.|sheet1.xml|NaN|1e9|1E400|ä|😀|s|str|inlineStr|n|b|e|d|shared|array|"
    "dataTable|hidden|External|&#0;|&amp;|&nope;|&#xD800;|"
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main|http://example.org/|preserve|General|m|[h]:mm|"
    "0.0%|٣|²| 5 |5\n"
)
JUNK = tuple(_JUNK.split("|"))
HOT = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)


def _xml_once(draw: Any, parts: dict[str, str]) -> str:
    names = sorted(parts)
    data_sheets = [n for n in names if n.startswith("xl/worksheets/sheet")]
    name = draw(
        st.sampled_from(
            draw(
                st.sampled_from(
                    ([n for n in HOT if n in parts] or names, data_sheets or names, data_sheets or names, names)
                )
            )
        )
    )
    text = parts[name]
    which = draw(st.integers(0, 13))
    if which == 0:
        parts.pop(name)
        return f"drop {name}"
    if which == 1:
        other = draw(st.sampled_from(names))
        parts[name], parts[other] = parts[other], text
        return f"swap {name} and {other}"
    tags = list(_TAG.finditer(text))
    if not tags:
        return "nothing"
    if name in data_sheets and draw(st.booleans()):  # where the cells are
        cells = [t for t in tags if re.match(r"</?(c|v|row|f|t|is|col|mergeCell|sheetData|dimension)\b", t[0])]
        tags = cells or tags
    tag = tags[draw(st.integers(0, len(tags) - 1))]
    pairs = list(_PAIR.finditer(text, tag.start(), tag.end()))
    new = tag[0]
    if which <= 5 and pairs:
        one = draw(st.sampled_from(pairs))
        value = draw(st.sampled_from(JUNK))
        new = (
            text[tag.start() : one.start(2)]
            + value.replace('"', "&quot;").replace("<", "&lt;")
            + text[one.end(2) : tag.end()]
        )
    elif which == 6 and pairs:
        one = draw(st.sampled_from(pairs))
        new = text[tag.start() : one.start()] + text[one.end() : tag.end()]
    elif which == 7 and pairs:
        one = draw(st.sampled_from(pairs))
        new = text[tag.start() : one.end()] + one[0] + text[one.end() : tag.end()]
    elif which == 8:
        name_ = re.match(r"</?([\w:]+)", tag[0])
        element = _element(text, tag.start(), name_[1]) if name_ and tag[0][1] != "/" else tag[0]
        times = draw(st.sampled_from((0, 2, 2, 3)))
        parts[name] = text[: tag.start()] + element * times + text[tag.start() + len(element) :]
        return f"{name}: {times} times {element[:60]}"
    elif which == 9:
        new = draw(st.sampled_from(("", "<x/>", "<!-- x -->", "<![CDATA[ x ]]>", "<?x y?>", "<!DOCTYPE a>", "text")))
    elif which == 10:
        new = re.sub(r"^(</?)", r"\1x:", tag[0])
    elif which == 11:
        end = text.find("<", tag.end())
        if end >= 0:
            value = draw(st.sampled_from(JUNK)).replace("<", "&lt;")
            parts[name] = text[: tag.end()] + value + text[end:]
            return f"{name}: content of {tag[0][:60]} is {value!r}"
    elif which == 12:
        key = draw(
            st.sampled_from(
                (
                    "r",
                    "s",
                    "t",
                    "hidden",
                    "ht",
                    "min",
                    "max",
                    "ref",
                    "id",
                    "r:id",
                    "state",
                    "count",
                    "xml:space",
                    "x",
                    "cm",
                )
            )
        )
        close = "/>" if tag[0].endswith("/>") else ">"
        new = tag[0][: -len(close)] + f' {key}="{draw(st.sampled_from(JUNK))}"' + close
    else:
        other = tags[draw(st.integers(0, len(tags) - 1))]
        new = other[0]
    parts[name] = text[: tag.start()] + new + text[tag.end() :]
    return f"{name}: {tag[0][:80]} became {new[:120]}"


def _element(text: str, start: int, name: str) -> str:
    end = text.index(">", start) + 1
    if text[end - 2] == "/" or text[start + 1] in "?!":
        return text[start:end]
    close = text.find(f"</{name}>", end)
    return text[start : close + len(name) + 3] if close >= 0 else text[start:end]


@st.composite
def xml_level(draw: Any, name: str) -> tuple[Base, dict[str, bytes], list[str]]:
    """Draw one to three changes inside the XML of a workbook."""
    base = dossier_of(name)
    file = draw(st.sampled_from(sorted(base.packages)))
    package = base.packages[file].copy()
    said = [_xml_once(draw, package.parts) for _ in range(draw(st.sampled_from((1, 1, 1, 2, 3))))]
    return base, {**base.written, file: package.data()}, said


@st.composite
def byte_level(draw: Any, name: str) -> tuple[Base, dict[str, bytes], list[str]]:
    """Draw bytes that changed inside a member, in the package itself, or a package that ends early."""
    base = dossier_of(name)
    file = draw(st.sampled_from(sorted(base.packages)))
    which = draw(st.integers(0, 4))
    data = base.written[file]
    if which <= 2:
        parts = {n: t.encode() for n, t in base.packages[file].parts.items()}
        member = draw(st.sampled_from(sorted(parts)))
        content = bytearray(parts[member])
        for _ in range(draw(st.sampled_from((1, 1, 2, 5)))):
            at = draw(st.integers(0, len(content) - 1))
            if draw(st.integers(0, 5)) == 0:
                del content[at : at + draw(st.sampled_from((1, 10, 1000, 100_000)))]
                content += b"" if content else b"x"
            else:
                content[at] = draw(st.one_of(st.integers(0, 255), st.sampled_from(b'<>/"&; 019x')))
        parts[member] = bytes(content)
        buffer = io.BytesIO()
        method = zipfile.ZIP_DEFLATED if draw(st.booleans()) else zipfile.ZIP_STORED
        with zipfile.ZipFile(buffer, "w", method) as package:
            for n, content_ in parts.items():
                package.writestr(zipfile.ZipInfo(n), content_)
        return base, {**base.written, file: buffer.getvalue()}, [f"bytes of {member}"]
    if which == 3:
        end = draw(st.integers(0, len(data)))
        return base, {**base.written, file: data[:end]}, [f"{file} ends after {end}"]
    content = bytearray(data)
    near_end = draw(st.booleans())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(max(0, len(content) - 3000) if near_end else 0, len(content) - 1))
        content[at] = draw(st.integers(0, 255))
    return base, {**base.written, file: bytes(content)}, [f"bytes of the package {file}"]


def overlooked(run: Any, data: bytes, file: str) -> Iterator[str]:
    """Yield a cell that openpyxl sees in a sheet of ours and the reader does not, though it found nothing wrong."""
    if any(f.place.file == file and f.severity == "error" for f in run.findings):
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(data))
        except Exception:
            return
    ours = {name for language in sheets.LANGUAGES for name, sheet in sheets.titles(language).items() if sheet}
    mine = {sheet.name: sheet for sheet in read_book(data, file, lambda name: sheets.folded(name) in ours).sheets}
    for sheet in book.worksheets:
        own = mine.get(sheet.title)
        for line in sheet.iter_rows() if own else ():
            for cell in line:
                here = own.rows.get(cell.row, {}).get(cell.column)
                if here is None and cell.value is not None and str(cell.value).strip():
                    told = any(
                        f.place.file == file and f.place.spot == f"{sheet.title}!{cell.coordinate}"
                        for f in run.findings
                    )
                    if not told:
                        yield f"{sheet.title}!{cell.coordinate}: openpyxl reads {cell.value!r}, bidkit nothing"
                        return
