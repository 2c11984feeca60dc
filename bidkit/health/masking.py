"""Texts without what they say: every letter becomes x, every figure 9; lengths, places and words of ours stay.

What may stay is a closed list of our own words: names of fields and nouns, codes, headings and sheets. Whatever
is not on it is masked, so a word that nobody thought of does not slip through.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from bidkit import gate
from bidkit.conditions import kinds
from bidkit.diagnostics import Fact, Finding, Name, Place, Refused, Word
from bidkit.dossier import sheets
from bidkit.i18n import FINDINGS, Translator
from bidkit.model.choices import label
from bidkit.model.dossier import NOUNS

_KEY = re.compile(r"(?:(?<=^)|(?<=[\s{,\[-]))(?P<word>[A-Za-z_][\w-]*)(?=[ \t]*:(?:\s|$))", re.MULTILINE)
_CODE = re.compile(r"(?<=[:,\[-] )(?P<word>[a-z][a-z0-9_]*)(?=[ \t]*(?:$|[,\]}]))", re.MULTILINE)
_ENDINGS = frozenset(
    ("yaml", "yml", "xlsx", "docx", "pdf", "txt", "json", "html", "xls", "ods", "csv", "md", "zip", "png", "jpg", "log")
)
_OURS = frozenset(
    ("out", "attachments", "templates", "tarjous", "hinnoittelu", "sisainen", "kustannukset", "havainnot", "manifest")
)
_LANGUAGES = ("fi", "sv", "en", "selko")
_VERSION = re.compile(r"v\d{4,9}")
_LOCK = re.compile(r"~\$|\.~lock\.")


def mask(text: str) -> str:
    """Return ``text`` with x for each letter and 9 for each figure; spaces and punctuation stay."""
    return "".join(map(_masked, text))


def _masked(character: str) -> str:
    kind = unicodedata.category(character)[0]
    if (character.isascii() and kind not in "LN") or character == "€":
        return character
    return {"L": "x", "M": "x", "N": "9", "P": character, "Z": character}.get(kind, "?")


@cache
def keys() -> frozenset[str]:
    """Return the names of all nouns and fields, of parameters and of languages."""
    found = {"include", "parameters", *_LANGUAGES, *NOUNS}
    found.update(name for sheet in sheets.layout() for name in sheet.path)
    for column in _columns():
        found.update(column.path)
        found.update(name for one in column.pair for name in one.path)
    return frozenset(found)


@cache
def codes() -> frozenset[str]:
    """Return the codes that fields may hold: ``market``, ``per_year``, ``fi``, the kinds of condition."""
    return frozenset({*kinds(), *_LANGUAGES, *(choice for one in _columns() for choice in one.choices)})


def _columns() -> Iterator[sheets.Column]:
    for sheet in sheets.layout():
        yield from sheet.columns
        for column in sheet.columns:
            yield from column.pair
    for kind in kinds():
        yield from sheets.parameters(kind)


def yaml_text(data: bytes) -> str:
    """Return a YAML file masked, keys and codes of ours kept; it need not be right, for it is not parsed."""
    try:
        text, note = gate.decode(data), ""
    except Refused as refused:
        text, note = data.decode("cp1252", "replace"), f"# {refused.message.code}\n"
    out = list(mask(text))
    for pattern, known in ((_KEY, keys()), (_CODE, codes())):
        for hit in pattern.finditer(text):
            if hit["word"] in known:
                out[hit.start() : hit.end()] = hit["word"]
    return note + "".join(out)


def workbook_text(data: bytes) -> str:
    """Return the cells of a workbook, one a line: sheets and headings of ours kept, all else masked."""
    from bidkit.dossier.xlsx import read_book

    try:
        book = read_book(data, "")
    except Refused as refused:
        return f"# {refused.message.code}\n"
    lines = [f"# program: {book.program if book.program in _PROGRAMS else mask(book.program)}"]
    for number, sheet in enumerate(book.sheets, 1):
        lines.append(f"## {number} {_sheet_name(sheet.name)}")
        lines += [_cell(one) for one in _cells(sheet)]
    return "\n".join(lines) + "\n"


_PROGRAMS = frozenset({"Microsoft Excel", "LibreOffice", "Google Sheets", "bidkit"})


def _cells(sheet: Any) -> Iterator[tuple[int, int, Any]]:
    for row, cells in sheet.rows.items():
        yield from ((row, column, cell) for column, cell in cells.items())


def _cell(found: tuple[int, int, Any]) -> str:
    """Return one cell: where it is, of which type, and its masked value or the word of ours that it holds."""
    from bidkit.dossier.xlsx import a1

    row, column, cell = found
    text = "" if cell.value is None else str(cell.value)
    shown = text if isinstance(cell.value, str) and is_ours(text) else mask(text)
    marks = [type(cell.value).__name__, *(["percent"] if cell.percent else []), *([cell.error] if cell.error else [])]
    formula = f" ={mask(cell.formula)}" if cell.formula else ""
    return f"{a1(row, column)} {' '.join(marks)}: {' '.join(shown.splitlines())}{formula}"


def is_ours(text: str) -> bool:
    """Say whether a cell holds a heading, a label or a code of ours, in any language."""
    heading, _ = sheets.split_language(sheets.folded(text))
    return heading in _headings()


@cache
def _headings() -> frozenset[str]:
    found: set[str] = set()
    for language in sheets.LANGUAGES:
        for sheet in sheets.layout():
            found.update(sheets.headings(sheet, language))
        found.update(sheets.words(language).text(label(code)) for code in codes())
    return frozenset(sheets.folded(one) for one in found)


@cache
def _sheet_names() -> frozenset[str]:
    own = {
        sheets.folded(sheets.words(tag).text(title))
        for tag in sheets.LANGUAGES
        for title in (sheets.GUIDE, sheets.CODES)
    }
    return frozenset(own.union(*(sheets.titles(tag) for tag in sheets.LANGUAGES)))


def _sheet_name(name: str) -> str:
    return name if sheets.folded(name) in _sheet_names() else mask(name)


# --- files and places ------------------------------------------------------------------------------
def file_name(path: str) -> str:
    """Return a path inside the dossier with what is not a name of ours masked; endings of files stay."""
    return "/".join(map(_part_of_path, PurePosixPath(path.replace("\\", "/")).parts))


def _part_of_path(part: str) -> str:
    lock = _LOCK.match(part)
    start = lock[0] if lock else ""
    name = part[len(start) :]
    stem, dot, ending = name.rpartition(".")
    if not dot or ending.lower() not in _ENDINGS:
        stem, dot, ending = name, "", ""
    known = stem.lower() in NOUNS or stem.lower() in _OURS or stem in _books() or _VERSION.fullmatch(stem)
    return start + (stem if known else mask(stem)) + dot + ending


@cache
def _books() -> frozenset[str]:
    return frozenset(name.rpartition(".")[0] for books in sheets.FILES.values() for name in books.values())


def place(where: Place) -> str:
    """Return a place with the name of its file masked if it is not one of ours, and that of its sheet."""
    if where.in_workbook:
        sheet, cell = where.spot.rsplit("!", 1)
        return f"{file_name(where.file)} › {_sheet_name(sheet)} › {cell}"
    return file_name(where.file) + (f":{where.spot}" if where.spot else "")


def finding(found: Finding) -> str:
    """Return a finding in English with its facts masked."""
    facts = {name: fact(value) for name, value in found.facts.items()}
    words = Translator("en", FINDINGS)
    return f"{found.severity.value} {found.code} {place(found.place)}  {words.text(found.message, **facts)}"


def fact(value: Fact) -> Fact:
    """Return a fact masked: words and codes of ours stay, and how long a text or number is."""
    match value:
        case None | bool():
            return value
        case Name():
            return replace(value, entry=mask(value.entry)) if value.entry else value
        case Word():
            known = value.msgid in keys() or Translator("fi", FINDINGS).text(value.msgid) != value.msgid
            facts = tuple((name, fact(one)) for name, one in value.facts)
            return Word(value.msgid, facts) if known else mask(value.msgid)
        case tuple():
            return tuple(fact(one) for one in value)
        case str() if value in keys() or value in codes():
            return value
        case _:
            return mask(value if isinstance(value, str) else Translator("en").fact(value))


# --- logs ------------------------------------------------------------------------------------------
_FILE_LINE = re.compile(r'  File "(?P<path>.+)", line (?P<line>\d+)(?:, in (?P<name>[\w<>.]+))?')
_RAISED = re.compile(r"(?P<name>[A-Za-z_][\w.]*)(?P<rest>:.*)?")
_FRAME = frozenset(
    (
        "Traceback (most recent call last):",
        "During handling of the above exception, another exception occurred:",
        "The above exception was the direct cause of the following exception:",
    )
)


def log(text: str) -> str:
    """Return a log of a fault of ours: files by their path in the program, lines of code that are ours, no messages.

    A line of code stays only if the program's own file has it at that place; the text of an exception may hold what
    a user wrote, so its type stays and its words are masked.
    """
    found, code = [], ""
    for line in text.splitlines():
        stripped = line.strip()
        if hit := _FILE_LINE.fullmatch(line):
            code = _line_of(hit["path"], int(hit["line"]))
            name = (hit["name"] or "?") if hit["path"].startswith(_roots()) else mask(hit["name"] or "?")
            found.append(f'  File "{_program_path(hit["path"])}", line {hit["line"]}, in {name}')
        elif (stripped and stripped == code) or stripped in _FRAME or not stripped.strip("^~ "):
            found.append(line)
        elif line[:1] not in (" ", "") and (raised := _RAISED.fullmatch(line)) and raised["name"] in _exceptions():
            found.append(raised["name"] + mask(raised["rest"] or ""))
        else:
            found.append(mask(line))
    return "\n".join(found) + "\n"


def _program_path(path: str) -> str:
    """Return the path of a program's file without where it is installed; masked if it is of no program we know."""
    for root in _roots():
        if path.startswith(root):
            return PurePosixPath(path[len(root) :].replace("\\", "/").lstrip("/")).as_posix()
    _, found, tail = path.replace("\\", "/").rpartition("/site-packages/")
    return tail if found and tail.isascii() else mask(PurePosixPath(path).name)


@cache
def _roots() -> tuple[str, ...]:
    """Return where bidkit, the libraries and Python are, the innermost first."""
    import sysconfig

    own = str(Path(__file__).parents[2])
    return (*(sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib")), f"{own}{os.sep}bidkit{os.sep}")


def _line_of(path: str, number: int) -> str:
    """Return a line of code of bidkit or a library; empty for any other file."""
    import linecache

    ours = path.startswith(_roots()) and path.endswith(".py")
    return linecache.getline(path, number).strip() if ours else ""


@cache
def _exceptions() -> frozenset[str]:
    """Return the names of Python's own exceptions; those of libraries are named by their lines of code."""
    import builtins

    return frozenset(n for n, one in vars(builtins).items() if isinstance(one, type) and issubclass(one, BaseException))
