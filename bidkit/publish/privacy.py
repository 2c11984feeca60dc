"""What a recipient could find in a file that goes out: judged by the gate, less what a bid rightly holds."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bidkit.diagnostics import Finding, Place, Refused, Word
from bidkit.gate import MOST_DETAIL, OfficeRemark, printable
from bidkit.gate import office as look_through
from bidkit.messages import publishing as say
from bidkit.publish import office

# The workbook behind a native chart in Word: editable figures, judged like the file around it.
_CHART_BOOK = re.compile(r"word/embeddings/[^/]+\.xlsx")


def exposed(folder: Path, path: str, data: bytes) -> Iterator[Finding]:
    """Yield what a file that goes to the buyer should not hold; a file that is not safe to open is refused."""
    place = Place(str(folder / path))
    try:
        found = [*_remarks(data, path)]
    except Refused as refused:
        yield refused.finding(str(folder / path))
        return
    for remark in found:
        where = f"{remark.part}: {remark.detail}" if remark.detail else remark.part
        message = say.ACTIVE if remark.level == "strip" else say.LEAK
        yield message.at(place, file=path, what=Word(remark.what), where=where)


def _remarks(data: bytes, path: str) -> Iterator[OfficeRemark]:
    """Yield the gate's remarks, those on workbooks behind charts included."""
    found = look_through(data, path)  # refuses what is not safe to unpack
    bidder = printable((office.author_of(data) or "").strip(), MOST_DETAIL)  # as a remark shows it
    for remark in found:
        own_name = bool(bidder) and remark.part.startswith("docProps/") and remark.detail == bidder
        if not (own_name or _CHART_BOOK.fullmatch(remark.part)):
            yield remark
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        books = {name: package.read(name) for name in package.namelist() if _CHART_BOOK.fullmatch(name)}
    for name, book in books.items():
        for remark in _remarks(book, name):
            yield OfficeRemark(remark.level, remark.what, f"{name}: {remark.part}", remark.detail)
