#!/usr/bin/env python3
"""Times how bidkit answers workbooks made to harm, and prints a table of seconds and megabytes above a good file.

    python benchmarks/bombs.py [--through-check]

Each bomb of tests/bombs.py is read in a process of its own, as `check` reads it; with ``--through-check`` the whole
command is run. Nothing fails here: the goal is at most 6 s and 100 MB each.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.bombs import BOMBS, DAMAGED, book  # noqa: E402

READ = """
import sys, time
from pathlib import Path
from bidkit.diagnostics import Refused
from bidkit.dossier.xlsx import read_book
data = Path(sys.argv[1]).read_bytes()
start, codes = time.perf_counter(), set()
try:
    codes = {finding.code for finding in read_book(data, "tiedot.xlsx").findings}
except Refused as refused:
    codes = {refused.message.code}
spent = time.perf_counter() - start
"""
CHECK = """
import contextlib, io, json, sys, time
from pathlib import Path
from bidkit.cli import main
start, said = time.perf_counter(), io.StringIO()
with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
    main(["check", str(Path(sys.argv[1]).parent), "--json"])
codes = {finding["code"] for finding in json.loads(said.getvalue())["findings"]}
spent = time.perf_counter() - start
"""
TELL = """
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(f"{spent:.2f};{peak / 1024:.1f};{' '.join(sorted(codes))}")
"""


def measured(data: bytes, code: str) -> tuple[float, float, str]:
    """Return seconds, peak megabytes and the codes with which a workbook is answered."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiedot.xlsx"
        path.write_bytes(data)
        command = [sys.executable, "-c", code + TELL, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        return 0.0, 0.0, f"failed: {done.stderr.strip()[-200:]}"
    seconds, peak, codes = done.stdout.strip().rsplit("\n", 1)[-1].split(";")
    return float(seconds), float(peak), codes


def main() -> None:
    code = CHECK if "--through-check" in sys.argv else READ
    _, usual, _ = measured(book(), code)
    print("| Workbook | kB | s | MB above | Answer |\n| --- | ---: | ---: | ---: | --- |")
    worst = [0.0, 0.0]
    for name, bomb in {**BOMBS, **DAMAGED}.items():
        data = bomb.make()
        seconds, peak, codes = measured(data, code)
        worst = [max(worst[0], seconds), max(worst[1], peak - usual)]
        print(f"| {name} | {len(data) / 1024:.0f} | {seconds:.2f} | {max(0.0, peak - usual):.0f} | {codes or 'read'} |")
    print(f"\nWorst: {worst[0]:.2f} s and {worst[1]:.0f} MB above a good workbook ({usual:.0f} MB).")


if __name__ == "__main__":
    main()
