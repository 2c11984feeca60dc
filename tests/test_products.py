"""Every file that bidkit builds from the examples, looked at as its reader will: whole, in one language, on paper."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from lxml import etree
from openpyxl import load_workbook

from bidkit.i18n import LOCALE

from . import office
from .conftest import AS_OF, EXAMPLES, ROOT, VERSION, Run
from .ooxml import all_strings, document_language, texts, validate_package
from .ooxml.package import NS, Package, expand
from .products import BUILDS, CONTENT, OFFICE, OWN, REPORT, Product, product, visible

STAMP = {"fi": "LUONNOS", "sv": "UTKAST", "en": "DRAFT"}
PAGE = {"fi": "Sivu", "sv": "Sida", "en": "Page"}
LANGUAGES = {"fi", "sv", "en"}
# Catalogues whose texts documents print; what only the terminal says is not among them.
PRINTED = ("document", "sheets", "common", "conditions")
RAW = re.compile(
    r"\{\{|\}\}|\{%|%\}|\bNone\b|\bnan\b|\bNaN\b|\bInfinity\b|####|#REF!|#NAME\?|\w+\((?:'|\")|Decimal\(|\bTrue\b|\bFalse\b"
)
PLACEHOLDER = re.compile(r"\{[a-z_]+(?:\.[a-z0-9_-]+)*\}")
WORD = re.compile(r"[^\W\d_]{3,}")
AMOUNT = re.compile(r"(\d{1,3}(?:\xa0\d{3})*,\d{2,4})\s€")
IDENTIFIER = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\b(?:references|services|staff|outcomes|prices|lots)\.[a-z0-9-]+\b")

Built = Callable[..., Path]


@pytest.fixture(params=BUILDS, ids="-".join)
def one(request: pytest.FixtureRequest, built: Built) -> Product:
    return product(built, request.param)


@pytest.fixture
def everything(built: Built) -> list[Product]:
    return [product(built, build) for build in BUILDS]


# --- each file as it lies there ---------------------------------------------------------------------
def test_a_version_is_these_files_and_verify_calls_it_whole(one: Product, run_bidkit: Callable[..., Run]) -> None:
    files = {f.relative_to(one.folder).as_posix() for f in one.folder.rglob("*") if f.is_file()}
    assert files == {*OFFICE, REPORT, CONTENT, "manifest.json"}
    said = run_bidkit("verify", one.folder)
    assert said.code == 0, said.out + said.err


def test_every_office_file_follows_the_standard(one: Product) -> None:
    assert {path: validate_package(one.data(path)) for path in OFFICE} == {path: [] for path in OFFICE}


def test_the_control_a_damaged_file_is_named(one: Product) -> None:
    """A file with a dangling relationship and a cell without a paragraph must not pass the test above."""
    source, target = zipfile.ZipFile(io.BytesIO(one.data("tarjous.docx"))), io.BytesIO()
    with source, zipfile.ZipFile(target, "w") as damaged:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"</w:tbl>", b"<w:tr><w:tc/></w:tr></w:tbl>", 1)
            damaged.writestr(name, content)
    assert any("paragraph" in fault for fault in validate_package(target.getvalue()))


def test_nothing_of_the_machinery_shows(one: Product) -> None:
    for path in OFFICE:
        shown = visible(one.data(path))
        assert len(shown) > 40, path
        assert [text for text in shown if RAW.search(text)] == [], path
        assert not re.search(r"\{\{|\{%", all_strings(one.data(path))), path
        if not one.draft:  # a draft prints a faulty figure as it was written
            assert [text for text in shown if PLACEHOLDER.search(text)] == [], path
    report = re.sub(r"<style>.*?</style>|<[^>]+>", " ", one.data(REPORT).decode(), flags=re.S)
    assert not RAW.search(report)


def test_ids_of_the_dossier_stay_out_of_running_text(one: Product) -> None:
    """Only the list of sources names rows, by their ids."""
    for line in _paragraphs_before_sources(one):
        assert not IDENTIFIER.search(line) or PLACEHOLDER.search(line), line


def _paragraphs_before_sources(one: Product) -> list[str]:
    body = Package(one.data("tarjous.docx")).tree("word/document.xml")
    assert body is not None
    tables = [t for t in body.iter(expand("w:tbl")) if len(t.findall("w:tblGrid/w:gridCol", NS)) == 5]
    listed = set(tables[-1].iter(expand("w:p"))) if tables else set()
    return ["".join(p.itertext(expand("w:t"))) for p in body.iter(expand("w:p")) if p not in listed]


# --- one language ------------------------------------------------------------------------------------
@cache
def catalogue(language: str, *, elsewhere: bool = False) -> dict[str, str]:
    """Return msgid → text of all that documents print, or of what only other parts of bidkit say.

    In English that is the msgids themselves.
    """
    if language == "en":
        return {msgid: msgid for msgid in catalogue("fi", elsewhere=elsewhere)}
    found: dict[str, str] = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        if (path.stem not in PRINTED) is elsewhere:
            with path.open("rb") as file:
                found |= {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id and m.string}
    return found


@cache
def foreign(language: str) -> re.Pattern[str]:
    """Return what matches a text of ours in another language than ``language``, fields filled in with anything."""
    own = {_flat(text) for text in catalogue(language).values()}
    others = {_flat(text) for other in LANGUAGES - {language} for text in catalogue(other).values()}
    wanted = {text for text in others - own if _length(text) >= 1}
    # A text that documents never print may slip in untranslated, as its msgid; short ones may be anybody's words.
    if language != "en":
        wanted |= {_flat(text) for text in catalogue("en", elsewhere=True) if _length(text) >= 4}
    return re.compile("|".join(_pattern(text) for text in sorted(wanted)))


def _length(text: str) -> int:
    """Count the words of a text, without its fields."""
    return len(re.findall(r"[^\W\d_]{3,}", PLACEHOLDER.sub("", text)))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _pattern(text: str) -> str:
    return ".+?".join(map(re.escape, PLACEHOLDER.split(text)))


def test_every_text_of_ours_is_in_the_language_of_the_bid(one: Product) -> None:
    wrong = foreign(one.language)
    own = re.compile("|".join(_pattern(_flat(text)) for text in catalogue(one.language).values()))
    for path in OFFICE:
        shown = visible(one.data(path))
        assert [text for text in shown if wrong.fullmatch(text) and not own.fullmatch(text)] == [], path
        assert sum(bool(own.fullmatch(text)) for text in shown) > 20, path  # the control: our own words are found


def test_the_control_a_text_in_another_language_is_known() -> None:
    assert foreign("fi").fullmatch("Tarjouspyyntö, kohta 4") is None
    for text in (
        "This cannot be judged before its description is mended.",
        "Explanation",
        "We have 3. Required: at least 4.",
    ):
        assert foreign("fi").fullmatch(text), text
        assert foreign("sv").fullmatch(text), text
        assert not foreign("en").fullmatch(text), text
    assert foreign("en").fullmatch("Selvitys")
    assert foreign("sv").fullmatch("Selvitys")


def test_the_document_says_which_language_it_is_in(one: Product) -> None:
    assert document_language(one.data("tarjous.docx")) == {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[one.language]
    assert re.search(r'<html[^>]* lang="fi"', one.data(REPORT).decode())  # the report speaks to its reader


# --- form --------------------------------------------------------------------------------------------
def test_headings_tables_and_drawings_are_made_for_reading(one: Product) -> None:
    body = Package(one.data("tarjous.docx")).tree("word/document.xml")
    assert body is not None
    blocks = [b for b in body[0] if _words(b) or b.tag == expand("w:tbl") or b.find(".//w:drawing", NS) is not None]
    for here, after in zip(blocks, [*blocks[1:], None], strict=True):
        if _level(here):
            assert after is not None
            assert not _level(after) or _level(after) > _level(here), f"nothing under the heading {_words(here)}"
    for table in body.iter(expand("w:tbl")):
        first, *rows = table.findall("w:tr", NS)
        style = table.find("w:tblPr/w:tblStyle", NS).get(expand("w:val"))
        assert _words(table)
        for row in (first, *rows) if style != "BidPlain" else ():  # a layout, such as a picture of boxes, has gaps
            assert any(_words(cell) for cell in row.iter(expand("w:tc"))), "a row without a word"
        if style == "BidTable":
            assert rows, f"only a header: {_words(first)}"
            assert first.find("w:trPr/w:tblHeader", NS) is not None
    for name in OFFICE:
        for drawing in _drawings(one.data(name)):
            assert len(drawing) > 30, f"{name}: a drawing says nothing to a screen reader"


def _words(element: etree._Element) -> str:
    return "".join(element.itertext(expand("w:t"))).strip()


def _level(block: etree._Element) -> int:
    style = block.find("w:pPr/w:pStyle", NS)
    hit = re.fullmatch(r"Heading(\d)", "" if style is None else style.get(expand("w:val")))
    return int(hit[1]) if hit else 0


def _drawings(data: bytes) -> Iterator[str]:
    package = Package(data)
    for name in package.names:
        root = package.tree(name) if name.endswith(".xml") else None
        for e in [] if root is None else root.iter(expand("wp:docPr"), expand("xdr:cNvPr")):
            yield e.get("descr") or ""


def test_a_draft_says_so_in_every_header_and_nothing_else_does(one: Product) -> None:
    stamp = STAMP[one.language]
    for path in (OWN, "hinnoittelu.xlsx"):
        for sheet in load_workbook(io.BytesIO(one.data(path))):
            assert (stamp in (sheet.oddHeader.center.text or "")) is one.draft, (path, sheet.title)
    package = Package(one.data("tarjous.docx"))
    headers = [root for _, root in package.parts("w:hdr")]
    assert headers
    assert [stamp in "".join(map(str, root.itertext())) for root in headers] == [one.draft] * len(headers)


# --- on paper ----------------------------------------------------------------------------------------
@pytest.mark.office
def test_every_page_is_as_a_reader_wants_it(everything: list[Product], tmp_path: Path) -> None:
    printed = {(p, path): file for p in everything for path, file in _copies([p], OFFICE, tmp_path / "in").items()}
    made = office.pdf(list(printed.values()), tmp_path / "pdf")
    faults = []
    for (one, path), pdf in zip(printed, made, strict=True):
        pages = office.pdf_text(pdf)
        found = [*_page_faults(one, pages)]
        if path == "tarjous.docx":
            found += [*_contents_faults(pages), *_broken_words(one, pages)]
        faults += [f"{one.key}/{path}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def _copies(products: Iterable[Product], paths: Iterable[str], folder: Path) -> dict[str, Path]:
    """Copy files under names that tell builds apart, as one call of LibreOffice needs."""
    folder.mkdir(exist_ok=True)
    copies = {}
    for one in products:
        for path in paths:
            copies[path] = folder / f"{one.key}-{Path(path).name}"
            shutil.copyfile(one.folder / path, copies[path])
    return copies


def _page_faults(one: Product, pages: list[str]) -> Iterator[str]:
    for number, page in enumerate(pages, 1):
        if not re.search(rf"\b{PAGE[one.language]} {number} ?/ ?{len(pages)}\b", page):
            yield f"page {number} does not say that it is {number} of {len(pages)}"
        if (STAMP[one.language] in page) is not one.draft:
            yield f"page {number}: the stamp is there, or is not, against what the bid is"
        if "###" in page:
            yield f"page {number}: a number does not fit its cell"
        if len([line for line in page.splitlines() if line.strip()]) < (4 if one.draft else 3):
            yield f"page {number} is empty"


def _contents_faults(pages: list[str]) -> Iterator[str]:
    """Each line of the table of contents leads to the page on which its heading stands."""
    entry = re.compile(r"^\s*(\d+(?:\.\d+)*)\s+(\S.*?)\.{3,}\s*(\d+)$")
    entries = [hit for page in pages[:4] for line in page.splitlines() if (hit := entry.match(line))]
    for hit in entries:
        start = hit[2][:40]
        page = pages[int(hit[3]) - 1]
        if not re.search(rf"^\s*{re.escape(hit[1])}\s+{re.escape(start[:24])}", page, re.M):
            yield f"the contents send to page {hit[3]} for {hit[1]} {start}"
    if len(pages) > 5 and len(entries) < 8:
        yield f"the contents have {len(entries)} lines"


def _broken_words(one: Product, pages: list[str]) -> Iterator[str]:
    """Words that a column is too narrow for: LibreOffice cuts them anywhere, so the pages have them less often.

    Counted, because a word that one table cuts may stand whole elsewhere; repeated header rows only add to the pages.
    """
    seen = Counter(WORD.findall("\n".join(pages)))
    written = Counter(WORD.findall("\n".join(_texts_written(one))))
    yield from (f"a column cuts {word}" for word, n in sorted(written.items()) if seen[word] < n)


def _texts_written(one: Product) -> Iterator[str]:
    """Yield each paragraph of the document; a line break or a tab parts two words."""
    body = Package(one.data("tarjous.docx")).tree("word/document.xml")
    assert body is not None
    for paragraph in body.iter(expand("w:p")):
        parts = paragraph.iter(expand("w:t"), expand("w:br"), expand("w:tab"))
        yield "".join(part.text or "" if part.tag == expand("w:t") else " " for part in parts)


@pytest.mark.office
def test_libreoffice_loses_no_word(everything: list[Product], tmp_path: Path) -> None:
    files = [_copies([one], ["tarjous.docx"], tmp_path)["tarjous.docx"] for one in everything]
    assert office.text_losses(files, tmp_path / "out") == {file.name: [] for file in files}


@pytest.mark.office
def test_recalculation_changes_no_cent_and_a_wrong_cent_is_seen(everything: list[Product], tmp_path: Path) -> None:
    paths = ("hinnoittelu.xlsx", OWN)
    files = [file for one in everything for file in _copies([one], paths, tmp_path / "in").values()]
    poisoned = [_poisoned(file) for file in files[:2]]
    done = office.recalculate([*files, *poisoned], tmp_path / "out")
    differences = [office.compare_with_cache(a, b) for a, b in zip([*files, *poisoned], done, strict=True)]
    assert dict(zip((f.name for f in files), differences, strict=False)) == {file.name: [] for file in files}
    assert all(differences[len(files) :]), "a stored result that is a cent off was not noticed"


def _poisoned(file: Path) -> Path:
    """Return a copy in which the stored result of one ROUND to cents is a cent higher."""
    bad = file.with_name(f"myrkky-{file.name}")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(bad, "w") as target:
        todo = True
        for name in source.namelist():
            content = source.read(name).decode("utf-8") if name.endswith(".xml") else source.read(name)
            if isinstance(content, str) and name.startswith("xl/worksheets/") and todo:
                hit = re.search(r"(<f>ROUND\([^<]*,2\)</f><v>)(\d+\.\d\d)</v>", content)
                if hit:
                    todo = False
                    content = content.replace(hit[0], f"{hit[1]}{Decimal(hit[2]) + Decimal('0.01')}</v>", 1)
            target.writestr(name, content)
    assert not todo
    return bad


# --- one figure, one place -----------------------------------------------------------------------------
def test_every_amount_in_the_word_bid_stands_in_the_workbook_or_the_dossier(
    dossier_copy: Callable[[str], Path], run_bidkit: Callable[..., Run], tmp_path: Path
) -> None:
    folder = dossier_copy("tyopolku")
    tender = folder / "tender.yaml"
    text = tender.read_text("utf-8")
    assert "price_in_bid: ei" in text
    tender.write_text(text.replace("price_in_bid: ei", "price_in_bid: kyllä"), "utf-8")
    said = run_bidkit("build", folder, "--as-of", AS_OF, "--out", tmp_path / "out")
    assert said.code == 0, said.out
    version = next(d for d in (tmp_path / "out").iterdir() if VERSION.fullmatch(d.name))
    data = (version / "tarjous.docx").read_bytes()
    held = _workbook_numbers(version / "hinnoittelu.xlsx")
    assert validate_package(data) == []

    prices = [amount for line in _chapter(data, "Hinnat", "Liitteet") for amount in _amounts(line)]
    assert len(prices) > 30
    assert [amount for amount in prices if amount not in held] == []
    # Elsewhere stand amounts of the dossier, and values a year of contracts that it tells as a whole.
    told = {Decimal(n) / years for n in _dossier_numbers(folder) for years in range(1, 11)}
    rest = [amount for line in texts(data) for amount in _amounts(line)]
    assert [amount for amount in rest if amount not in held | {t.quantize(Decimal("0.01")) for t in told}] == []
    # Control: without the permission none of these prices is printed.
    assert "price_in_bid: ei" in (EXAMPLES / "tyopolku" / "tender.yaml").read_text("utf-8")


def _amounts(line: str) -> list[Decimal]:
    return [Decimal(hit.replace("\xa0", "").replace(",", ".")) for hit in AMOUNT.findall(line)]


def _workbook_numbers(path: Path) -> set[Decimal]:
    book = load_workbook(path, data_only=True)
    cells = (c.value for sheet in book for row in sheet.iter_rows() for c in row)
    return {Decimal(str(v)).quantize(Decimal("0.0001")) for v in cells if isinstance(v, int | float)}


def _dossier_numbers(folder: Path) -> set[str]:
    found = set()
    for file in folder.rglob("*.yaml"):
        for hit in re.findall(r"\d[\d \xa0]*(?:,\d+)?", file.read_text("utf-8")):
            found.add(re.sub(r"[ \xa0]", "", hit).replace(",", "."))
    return {n for n in found if n and len(n) < 15}


def _chapter(data: bytes, start: str, end: str) -> list[str]:
    body = Package(data).tree("word/document.xml")
    assert body is not None
    lines, inside = [], False
    for block in body[0]:
        if _level(block) == 1:
            inside = _words(block) == start
            assert not inside or end
        if inside:
            lines += ["".join(p.itertext(expand("w:t"))) for p in block.iter(expand("w:p"))]
    return lines


# --- alone in the world -----------------------------------------------------------------------------------
OFFLINE = """
import os, sys
def watch(event, args):
    if event.startswith("socket."):
        sys.stderr.write("network: " + event)
        os._exit(97)
sys.addaudithook(watch)
from bidkit.cli import main
main()
"""


def test_a_build_needs_no_network(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OFFLINE, "build", str(EXAMPLES / "pienhankinta"), "--as-of", AS_OF]
    command += ["--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert (tmp_path / "out/v0001/tarjous.docx").is_file()
    probe = OFFLINE.replace("from bidkit.cli import main\nmain()", "import socket; socket.socket()")
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False).returncode == 97
