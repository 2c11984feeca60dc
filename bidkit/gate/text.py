"""Bytes to text, and text to its normal form: strict, located, and quick on what is clean already."""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterator

from bidkit.diagnostics import Refused, Word
from bidkit.i18n import N_
from bidkit.messages import reading

MOST_TEXT = 32_767  # UTF-16 units in a cell of Excel; more is cut there without a word

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_KINDS = (
    (b"PK\x03\x04", N_("a Word, Excel or zip file")),
    (b"\xd0\xcf\x11\xe0", N_("an old Word or Excel file")),
    (b"%PDF-", N_("a PDF file")),
    (b"{\\rtf", N_("a rich text file (RTF)")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
)
# Compiled when a text needs it, which few do.
_BAD = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark; nothing is guessed."""
    for start, kind in _KINDS:
        if data.startswith(start):
            raise Refused(reading.NOT_TEXT, kind=Word(kind))
    mark, codec = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    data = data[len(mark) :]
    if codec == "utf-8" and b"\0" in data[:4096]:
        halves = data[:4096:2], data[1:4096:2]
        utf16 = min(half.count(0) for half in halves) * 20 < max(half.count(0) for half in halves)
        kind = N_("UTF-16 text without its mark") if utf16 else N_("data for a program")
        raise Refused(reading.NOT_TEXT, kind=Word(kind))
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(codec, errors="ignore")
        try:
            data[error.start : error.start + 200].decode("cp1252")
            likely = N_("an older Windows encoding (cp1252, “ANSI”)")
        except UnicodeDecodeError:
            likely = N_("another encoding")
        raise Refused(reading.NOT_UTF8, spot_in(before, len(before)), encoding=Word(likely)) from None


def spot_in(text: str, index: int) -> str:
    """Return ``line:column`` of a character, both from 1."""
    return f"{text.count(chr(10), 0, index) + 1}:{index - text.rfind(chr(10), 0, index)}"


def clean(text: str) -> str:
    r"""Return one value's text in normal form (NFC, line ends ``\n``), or refuse it.

    Refused are control characters, halves of characters, marks that turn the direction of writing,
    and texts that are longer than a cell. The caller knows the place.
    """
    if len(text) * 2 > MOST_TEXT:
        length = len(text.encode("utf-16-le", "surrogatepass")) // 2
        if length > MOST_TEXT:
            raise Refused(reading.TOO_LONG, length=length, most=MOST_TEXT)
    if text.isprintable():  # no control, surrogate or direction mark is printable
        return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    normal = _normal(text)
    if bad := _bad_in(normal):
        raise Refused(reading.BAD_CHARACTER, character=name_of(bad[0]))
    return normal


def clean_file(text: str) -> str:
    """Return the text of a whole file in normal form, or refuse it with the line and column."""
    normal = _normal(text)
    if bad := _bad_in(normal):
        raise Refused(reading.BAD_CHARACTER, spot_in(normal, bad.start()), character=name_of(bad[0]))
    return normal


def without_bad(text: str) -> str:
    """Return ``text`` without the characters that `clean` refuses, to read on after a finding."""
    return re.sub(_BAD, "", _normal(text))[: MOST_TEXT // 2]


def _bad_in(text: str) -> re.Match[str] | None:
    """Return the first character that `clean` refuses; where there are line ends but none of those, none is sought."""
    return None if text.replace("\n", "").isprintable() else re.search(_BAD, text)


def _normal(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def name_of(character: str) -> str:
    """Return ``U+000B`` or the like: a name for a character that cannot be shown."""
    return f"U+{ord(character):04X}"


def printable(text: str, most: int = 100) -> str:
    """Return ``text`` on one line and at most ``most`` characters long, fit for a message."""
    line = "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in text[: most + 1])
    return line if len(line) <= most else line[: most - 1] + "…"


def rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells by column of each row of a table with something in it.

    The first row names the columns. Finnish spreadsheets put semicolons between cells.
    """
    lines = text.splitlines()
    first = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=";" if first.count(";") > first.count(",") else ",")
    head: list[str] = []
    for cells in reader:
        shorn = [cell.strip() for cell in cells]
        if not any(shorn):
            continue
        if not head:
            head = [cell.lower() for cell in shorn]
            continue
        yield reader.line_num, dict.fromkeys(head, "") | dict(zip(head, shorn, strict=False))
