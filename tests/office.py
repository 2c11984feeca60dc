"""LibreOffice without a window, as an independent reader of what bidkit writes.

One profile folder a process, reused, because a fresh one takes seconds to set up; two processes never share
one, because the second would hand its files to the first and return.
"""

from __future__ import annotations

import atexit
import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import TypeAlias

from lxml import etree
from openpyxl import Workbook, load_workbook

from .ooxml import texts
from .ooxml.package import NS, Package, expand, local

Value: TypeAlias = "str | int | float | bool | datetime | date | time | None"
START, EACH = 120, 30  # seconds that one call may take: to start, and for each file
NEAR = 1e-9
CENT = Decimal("0.01")
PAGE_FIELDS = re.compile(r"^\s*(PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|TOC|DATE|TIME|FILENAME)\b")


def soffice() -> str | None:
    """Return the path of LibreOffice's program, None where it is absent."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def _profile() -> str:
    folder = tempfile.mkdtemp(prefix="bidkit-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder).as_uri()


def convert(files: Sequence[Path], out: Path, kind: str) -> list[Path]:
    """Convert all files in one call; ``kind`` is LibreOffice's, such as ``pdf``. Results stand in ``out``, same order.

    soffice ends with 0 whatever happens, so a result that is missing is the error here.
    """
    program = soffice()
    assert program, "LibreOffice (soffice) is not installed"
    wanted = [out / f"{f.stem}.{kind.partition(':')[0]}" for f in files]
    assert len(set(wanted)) == len(wanted), "two files of one call have the same name"
    assert not set(wanted) & set(files), "a conversion would overwrite its source"
    out.mkdir(parents=True, exist_ok=True)
    for old in wanted:
        old.unlink(missing_ok=True)
    command = [program, f"-env:UserInstallation={_profile()}", "--headless", "--norestore"]
    command += ["--convert-to", kind, "--outdir", str(out), *map(str, files)]
    said = _run(command, START + EACH * len(files))
    missing = [f.name for f in wanted if not f.exists()]
    assert not missing, f"LibreOffice made no {', '.join(missing)}:\n{said}"
    return wanted


def _run(command: list[str], seconds: int) -> str:
    """Run a program that starts others; on timeout end exactly these, by their process group."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True
    )
    try:
        return process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        said = process.communicate()[0]
        raise AssertionError(f"{command[0]} was not ready in {seconds} s:\n{said}") from None


def pdf(files: Sequence[Path], out: Path) -> list[Path]:
    """Print Word and Excel files to PDF."""
    return convert(files, out, "pdf")


def pages(pdf_file: Path, out: Path, dpi: int = 60) -> list[Path]:
    """Draw each page of a PDF as a PNG, in order."""
    out.mkdir(parents=True, exist_ok=True)
    _poppler("pdftoppm", "-png", "-r", str(dpi), str(pdf_file), str(out / pdf_file.stem))
    return sorted(out.glob(f"{glob_safe(pdf_file.stem)}-*.png"), key=lambda p: int(p.stem.rpartition("-")[2]))


def glob_safe(name: str) -> str:
    """Return a name as a pattern that matches just itself."""
    return re.sub(r"([*?\[])", r"[\1]", name)


def pdf_text(pdf_file: Path) -> list[str]:
    """Return the text of each page, laid out as on the page."""
    return _poppler("pdftotext", "-layout", "-enc", "UTF-8", str(pdf_file), "-").split("\f")[:-1]


def page_count(pdf_file: Path) -> int:
    """Return the number of pages of a PDF."""
    hit = re.search(r"^Pages:\s+(\d+)$", _poppler("pdfinfo", str(pdf_file)), re.M)
    assert hit, f"pdfinfo says no number of pages for {pdf_file.name}"
    return int(hit[1])


def _poppler(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, timeout=START, check=False)
    assert done.returncode == 0, f"{command[0]}: {done.stderr.decode('utf-8', 'replace')}"
    return done.stdout.decode("utf-8")


def recalculate(files: Sequence[Path], out: Path) -> list[Path]:
    """Compute every formula anew and return the workbooks with the results, same names, in ``out``.

    LibreOffice trusts stored results (a planted 777 survives), so a copy without any is what it is given.
    """
    bare = out / "without-results"
    bare.mkdir(parents=True, exist_ok=True)
    copies = []
    for file in files:
        copy = bare / file.name
        copy.write_bytes(without_results(file.read_bytes()))
        copies.append(copy)
    return convert(copies, out, "xlsx")


def without_results(workbook: bytes) -> bytes:
    """Return a workbook whose formula cells have lost their stored results."""
    return _rewritten(workbook, "xl/worksheets/", _strip_results)


def _rewritten(data: bytes, folder: str, change: Callable[[etree._Element], None]) -> bytes:
    """Return a package after ``change`` was made, in place, to each XML part in a folder."""
    package, buffer = Package(data), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in package.members.items():
            root = package.tree(name) if name.startswith(folder) and name.endswith(".xml") else None
            if root is not None:
                change(root)
            target.writestr(name, content if root is None else etree.tostring(root, encoding="UTF-8", standalone=True))
    return buffer.getvalue()


def _strip_results(root: etree._Element) -> None:
    for cell in root.iter(expand("s:c")):
        value = cell.find("s:v", NS)
        if cell.find("s:f", NS) is not None and value is not None:
            cell.remove(value)
            if cell.get("t"):
                del cell.attrib["t"]


def cell_values(xlsx: Path) -> dict[tuple[str, str], Value]:
    """Return the stored value of each cell that has one, by sheet name and cell."""
    book = _load(xlsx, results=True)
    return {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row if c.value is not None}


def _load(xlsx: Path, *, results: bool) -> Workbook:
    """Open a workbook to look at it; what openpyxl would lose on saving does not matter here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*extension is not supported", module="openpyxl")
        return load_workbook(xlsx, data_only=results)


def compare_with_cache(original: Path, recalculated: Path) -> list[str]:
    """Return each formula cell whose stored result is not what the recalculation gave: ``Sheet!A1 (=…): …``.

    Numbers agree within 1e-9 of their size; money (a format or a ROUND with two decimals) to the cent as well.
    """
    stored, fresh, found = cell_values(original), cell_values(recalculated), []
    for sheet in _load(original, results=False):
        for cell in (c for row in sheet.iter_rows() for c in row if c.data_type == "f"):
            key = (sheet.title, cell.coordinate)
            formula = str(getattr(cell.value, "text", cell.value))
            fault = _difference(stored.get(key), fresh.get(key), _is_money(formula, cell.number_format))
            if fault:
                found.append(f"{sheet.title}!{cell.coordinate} ({formula}): {fault}")
    return found


def _is_money(formula: str, number_format: str) -> bool:
    shown = re.search(r"0\.00(?![0#])", number_format) and "%" not in number_format
    return bool(shown) or bool(re.fullmatch(r"=ROUND\(.*,2\)", formula))


def _difference(stored: Value, fresh: Value, money: bool) -> str:
    if stored == fresh and type(stored) is type(fresh):
        return ""  # both None: a text that is empty, which neither file stores as a value
    if stored is None:
        return f"no result is stored, {fresh!r} is right"
    if isinstance(fresh, str) and fresh.startswith("#"):
        return f"{stored!r} is stored, LibreOffice computes the error {fresh}"
    if not _is_number(stored) or not _is_number(fresh):
        return f"{stored!r} is stored, {fresh!r} is right"
    a, b = float(str(stored)), float(str(fresh))
    if abs(a - b) > NEAR * max(1.0, abs(a), abs(b)):
        return f"{stored!r} is stored, {fresh!r} is right"
    if money and _cents(stored) != _cents(fresh):
        return f"{stored!r} is stored, {fresh!r} is right: another cent"
    return ""


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cents(value: Value) -> Decimal:
    return Decimal(str(value)).quantize(CENT, ROUND_HALF_UP)


def text_loss(docx: Path, out: Path) -> list[str]:
    """Open a document in LibreOffice, save it, and return the paragraphs that did not survive as they were.

    White space is evened out; results of fields that count pages or dates may change and are left out.
    """
    return text_losses([docx], out)[docx.name]


def text_losses(files: Sequence[Path], out: Path) -> dict[str, list[str]]:
    """Return `text_loss` of several documents, by their names, at the price of one start of LibreOffice."""
    lost = {}
    for file, again in zip(files, convert(files, out, "docx"), strict=True):
        before, after = _plain(file.read_bytes()), _plain(again.read_bytes())
        lost[file.name] = list((before - after).elements())
    return lost


def _plain(data: bytes) -> Counter[str]:
    return Counter(" ".join(line.split()) for line in texts(_rewritten(data, "word/", _empty_page_fields)))


def _empty_page_fields(root: etree._Element) -> None:
    """Blank the results of fields that count: the texts between such a field's separate and end, and simple ones."""
    for field in root.iter(expand("w:fldSimple")):
        if PAGE_FIELDS.match(field.get(expand("w:instr")) or ""):
            for text in field.iter(expand("w:t")):
                text.text = ""
    stack: list[list[str]] = []  # of each open field: its state and its instruction
    for e in root.iter(expand("w:fldChar"), expand("w:instrText"), expand("w:t")):
        if local(e) == "fldChar":
            kind = e.get(expand("w:fldCharType"))
            if kind == "begin":
                stack.append(["instruction", ""])
            elif kind == "separate" and stack:
                stack[-1][0] = "result"
            elif kind == "end" and stack:
                stack.pop()
        elif local(e) == "instrText" and stack:
            stack[-1][1] += e.text or ""
        elif local(e) == "t" and any(s == "result" and PAGE_FIELDS.match(i) for s, i in stack):
            e.text = ""
