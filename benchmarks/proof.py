#!/usr/bin/env python3
"""Full runs of the proofs that CI runs a part of, written to PROOF.md beside this file.

    python benchmarks/proof.py                       everything: some ten minutes on two cores
    python benchmarks/proof.py --dossiers 20 --kills 0     a quick look; prints, writes nothing

* Both workbooks of generated priced bids are computed anew by LibreOffice, every stored result against its own.
* Every file of the examples is validated, opened, printed and saved again by LibreOffice.
* A build is killed, or its disk fills up, at every call (crash.py).

Needs what the tests need, LibreOffice and poppler; strace for the last part.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
PROOF = HERE / "PROOF.md"
FUZZ = "## Mutated workbooks and files"  # written by fuzz.py
sys.path.insert(0, str(HERE.parent))

from bidkit.render import cost_sheet, pricing_sheet  # noqa: E402
from tests import office, random_dossier  # noqa: E402
from tests.conftest import AS_OF, EXAMPLES, run  # noqa: E402
from tests.ooxml import validate_package  # noqa: E402
from tests.products import BUILDS, OFFICE  # noqa: E402

CREATED = datetime(2027, 1, 10, 12, tzinfo=UTC)
BATCH = 60  # LibreOffice ends early after some 240 files in one call
FORMULA = re.compile(rb"<f[ >]")
CRASHES = ("--strace", "--", "build", "examples/tyopolku", "--as-of", AS_OF, "--out", "{out}")


def machine() -> str:
    """Return what the runs were made on."""
    cpu = (
        re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text()) if Path("/proc/cpuinfo").exists() else None
    )
    office_version = subprocess.run(
        [office.soffice() or "soffice", "--version"], capture_output=True, text=True, check=False
    )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=HERE, check=False
    )
    parts = [
        f"{os.cpu_count()} cores ({cpu[1] if cpu else platform.machine()})",
        f"{platform.system()}, Python {platform.python_version()}",
        " ".join(office_version.stdout.split()[:2]),
        f"commit {commit.stdout.strip() or 'unknown'}",
    ]
    return ", ".join(parts)


def generated(count: int, folder: Path) -> Iterator[Path]:
    """Write both workbooks of ``count`` random priced bids."""
    for name, module in (("hinnoittelu", pricing_sheet), ("kustannukset", cost_sheet)):
        for seed in range(count):
            file = folder / f"{name}-{seed}.xlsx"
            file.write_bytes(module.render(random_dossier.priced(seed), build_id="b", created=CREATED))
            yield file


def formulas(file: Path) -> int:
    """Return the number of formula cells of a workbook."""
    with zipfile.ZipFile(file) as package:
        sheets = [n for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        return sum(len(FORMULA.findall(package.read(name))) for name in sheets)


def recalculated(count: int) -> Iterator[str]:
    """Yield the table of the recalculation."""
    yield "| workbook | files | formula cells | files with a difference | control: files with a wrong cent found |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top)
        files = list(generated(count, folder))
        for name in ("hinnoittelu", "kustannukset"):
            mine = [f for f in files if f.name.startswith(name)]
            bad = [f.name for f, found in compared(mine, folder / "out") if found]
            wrong = [one for f in mine[:20] if (one := poisoned(f))]
            seen = sum(bool(found) for _, found in compared(wrong, folder / "out"))
            cells = sum(map(formulas, mine))
            yield f"| {name}.xlsx | {len(mine)} | {cells} | {len(bad)} | {seen} of {len(wrong)} |"
            if bad:
                yield f"| differ: {', '.join(bad)} |"


def compared(files: list[Path], out: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield each workbook with the cells whose stored result is not LibreOffice's."""
    for start in range(0, len(files), BATCH):
        batch = files[start : start + BATCH]
        for file, done in zip(batch, office.recalculate(batch, out), strict=True):
            yield file, office.compare_with_cache(file, done)


def poisoned(file: Path) -> Path | None:
    """Return a copy in which the stored result of one sum is a cent higher; None if it has no such sum."""
    bad, done = file.with_name(f"wrong-{file.name}"), False
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet") and not done:
                hit = re.search(rb"(<f>ROUND\([^<]*,2\)</f><v>\d+\.\d)([0-8])</v>", content)
                if hit:
                    done = True
                    content = content.replace(hit[0], hit[1] + str(int(hit[2]) + 1).encode() + b"</v>", 1)
            target.writestr(name, content)
    return bad if done else None


def examples() -> Iterator[str]:
    """Yield the table of the files that the examples give."""
    yield "| example | file | faults (ISO 29500, our rules) | pages | words or cents that LibreOffice changed |"
    yield "| --- | --- | ---: | ---: | ---: |"
    with tempfile.TemporaryDirectory() as top:
        copies: dict[Path, tuple[str, str]] = {}
        for name, language, *options in BUILDS:
            out = Path(top, f"{name}-{language}")
            said = run("build", EXAMPLES / name, "--language", language, "--as-of", AS_OF, "--out", out, *options)
            if said.code:
                raise SystemExit(said.out + said.err)
            for path in OFFICE:
                copy = Path(top, f"{name}-{language}-{Path(path).name}")
                copy.write_bytes((out / "v0001" / path).read_bytes())
                copies[copy] = (" ".join([name, language, *options]), path)
        pages = dict(zip(copies, office.pdf(list(copies), Path(top, "pdf")), strict=True))
        lost = office.text_losses([c for c in copies if c.suffix == ".docx"], Path(top, "again"))
        books = dict(compared([c for c in copies if c.suffix == ".xlsx"], Path(top, "new")))
        for copy, (build, path) in copies.items():
            changed = len(lost[copy.name] if copy.suffix == ".docx" else books[copy])
            faults = len(validate_package(copy.read_bytes()))
            yield f"| {build} | {path} | {faults} | {office.page_count(pages[copy])} | {changed} |"


def crashes(kills: int) -> Iterator[str]:
    """Yield the table of crash.py."""
    command = [sys.executable, str(HERE / "crash.py"), "--kills", str(kills), *CRASHES]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parent, check=False)
    yield from ("```text", *done.stdout.rstrip().splitlines(), "```", "")
    yield "Faults that change nothing (exit 0) struck a line on the terminal, or the fsync that follows the rename."
    yield ""
    yield "Nothing was torn, mixed or lost." if done.returncode == 0 else f"**Something was lost.** {done.stderr}"


def section(title: str) -> str:
    """Return a section of PROOF.md that another run has written, without what follows it; empty if there is none."""
    text = PROOF.read_text(encoding="utf-8") if PROOF.exists() else ""
    _, found, after = text.partition(f"\n{title}\n")
    return f"{title}\n{after.partition(chr(10) + '## ')[0].rstrip()}\n" if found else ""


def keep(title: str, text: str) -> None:
    """Write a section into PROOF.md in the place of the one with the same title, or at the end."""
    whole, old = PROOF.read_text(encoding="utf-8"), section(title)
    whole = whole.replace(old.rstrip(), text.rstrip()) if old else f"{whole.rstrip()}\n\n{text.rstrip()}\n"
    PROOF.write_text(whole, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dossiers", type=int, default=300, help="generated dossiers (default 300)")
    parser.add_argument("--kills", type=int, default=200, help="random kills; 0 leaves the crashes out (default 200)")
    asked = parser.parse_args()
    began = time.monotonic()
    lines = ["# Proof: full runs", "", "Made by `python benchmarks/proof.py`; CI runs a seeded part of it.", ""]
    lines += [f"Machine: {machine()}.", "", "## Recalculation of generated dossiers by LibreOffice", ""]
    lines += [*recalculated(asked.dossiers), "", "## Files of the examples", "", *examples()]
    if asked.kills:
        lines += ["", "## A build killed, or its disk full, at every call", "", *crashes(asked.kills)]
    lines += ["", "## Not run here", ""]
    lines += ["- Microsoft Word and Excel: no file was opened in them; LibreOffice stands in."]
    lines += ["- Windows: a file open in Word is simulated with PermissionError, a console with code page 1252."]
    lines += ["", f"All of it took {(time.monotonic() - began) / 60:.0f} minutes."]
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.kills and asked.dossiers >= 300:
        mutated = section(FUZZ)
        PROOF.write_text(f"{text}\n{mutated}" if mutated else text, encoding="utf-8")


if __name__ == "__main__":
    main()
