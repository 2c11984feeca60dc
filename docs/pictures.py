"""Make the pictures of pages in the Finnish guide. ``python docs/pictures.py``; needs LibreOffice and poppler.

Sheets are printed with the letters of their columns and the numbers of their rows, as Excel shows them. Look at every
picture before you keep it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).parent))
import terminal

IMAGES = Path(__file__).parent / "images"
_ANSWERS = "Mallijärjestö ry\n1234567-1\n\nTampere\ntoimisto@mallijarjesto.example\nTyöhönvalmennus\n\n"
_FINNISH_EUROS = '[$-40B]#,##0.00 "€"'  # a LibreOffice of any language then writes 600,00 €
_MARGIN = 0.2  # inches


def main() -> None:
    """Make all of them."""
    with tempfile.TemporaryDirectory() as scratch:
        own, example, wrong = (Path(scratch) / name for name in ("oma", "esimerkki", "virheet"))
        for folder in (own, example, wrong):
            folder.mkdir()
        terminal.bidkit(("init",), own, _ANSWERS)
        terminal.bidkit(("init", "--esimerkki"), example)
        terminal.with_mistakes(wrong)
        terminal.bidkit(("check", "--pvm", "15.1.2027"), wrong)
        sheet(own / "tiedot.xlsx", "Järjestö", "A1:D14", "valilehti-jarjesto")
        sheet(own / "tiedot.xlsx", "Kustannukset", "A1:H4", "valilehti-kustannukset")
        sheet(example / "tarjouspyynto.xlsx", "Vaatimukset", "A1:H8", "valilehti-vaatimukset")
        sheet(wrong / "tiedot_korjattavat.xlsx", "Havainnot", "A1:E6", "korjattavat-havainnot")
        sheet(wrong / "tiedot_korjattavat.xlsx", "Kustannukset", "A1:H5", "korjattavat-kustannukset")


def sheet(file: Path, title: str, area: str, name: str) -> None:
    """Print an area of a sheet to ``images/NAME.png``, without the white below it."""
    book = openpyxl.load_workbook(file)
    for other in book.sheetnames:
        book[other].sheet_state = "visible" if other == title else "hidden"
    book.active = book.sheetnames.index(title)
    page = book[title]
    page.print_area = area
    page.print_title_rows = page.print_title_cols = None
    page.print_options.headings = page.print_options.gridLines = True
    for part in (page.oddHeader, page.oddFooter):
        part.left.text = part.center.text = part.right.text = None
    page.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth = page.page_setup.fitToHeight = 1
    page.page_setup.orientation = "landscape"
    for side in ("left", "right", "top", "bottom"):
        setattr(page.page_margins, side, _MARGIN)
    for cell in (cell for row in page.iter_rows() for cell in row if "€" in cell.number_format):
        cell.number_format = _FINNISH_EUROS
    copy = file.with_name(f"{name}.xlsx")
    book.save(copy)
    picture(copy, IMAGES / name)


def picture(file: Path, target: Path) -> None:
    """Draw the first page of a file, cut to what is on it."""
    subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", file.parent, file], check=True)
    pdf = file.with_suffix(".pdf")
    grey = subprocess.run(
        ["pdftoppm", "-r", "90", "-gray", "-f", "1", "-singlefile", pdf], check=True, capture_output=True
    )
    width, height = _inked(grey.stdout)
    size = ["-x", "10", "-y", "10", "-W", str(width), "-H", str(height)]
    subprocess.run(["pdftoppm", "-r", "90", "-png", "-f", "1", "-singlefile", *size, pdf, target], check=True)


def _inked(image: bytes) -> tuple[int, int]:
    """Return how far to the right and down a grey picture (PGM) is not white, less the margin that is cut."""
    _, columns, rows, _, pixels = image.split(maxsplit=4)
    width = int(columns)
    lines = [pixels[n * width : (n + 1) * width] for n in range(int(rows))]
    down = max(n for n, line in enumerate(lines) if min(line) < 128)
    right = max(len(line.rstrip(b"\xff")) for line in lines)
    return right - 4, down - 4


if __name__ == "__main__":
    main()
