#!/usr/bin/env python3
"""Times bidkit against bare Python and against its peer, and prints a table with the budgets.

    python -m venv /tmp/bench && /tmp/bench/bin/pip install . -r benchmarks/requirements.txt
    /tmp/bench/bin/python benchmarks/run.py

Whole processes, alternating (A B C A B C …), CPU time (user and system) of each finished process from `os.wait4`,
medians. Bytecode is compiled before, as an installer does. The virtual environment must not hold numpy: openpyxl would
import it.
"""

from __future__ import annotations

import argparse
import gc
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import generate
import peer_template

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "examples/tyopolku"
WORKBOOKS = HERE.parent / "examples/tyopolku-excel"
DAYS = {"example": "15.2.2027", "made": "15.1.2027"}
PYTHON = [sys.executable]
BIDKIT = [*PYTHON, "-m", "bidkit"]
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


@dataclass
class Measured:
    """CPU seconds and peak megabytes of one process."""

    cpu: float
    peak: float


def run(command: Sequence[str], fresh: Path | None = None, fine: Sequence[int] = (0,)) -> Measured:
    """Run a command to its end; ``fresh`` is a folder that must not be there before, ``fine`` are exit codes."""
    if fresh is not None:
        shutil.rmtree(fresh, ignore_errors=True)
    process = subprocess.Popen(
        list(command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in fine:
        raise SystemExit(f"exit {process.returncode}: {' '.join(command)}")
    return Measured(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def alternate(
    commands: Sequence[tuple[Sequence[str], Path | None]], rounds: int, fine: Sequence[int] = (0,)
) -> list[list[Measured]]:
    """Run the commands in turn, a first round uncounted."""
    found: list[list[Measured]] = [[] for _ in commands]
    for number in range(rounds + 1):
        for place, (command, fresh) in enumerate(commands):
            one = run(command, fresh, fine)
            if number:
                found[place].append(one)
    return found


def cpu(runs: Sequence[Measured]) -> float:
    """Return the median CPU time."""
    return median(one.cpu for one in runs)


def ratio(runs: Sequence[Measured], base: Sequence[Measured]) -> float:
    """Return the median of the ratios of runs that followed each other."""
    return median(a.cpu / b.cpu for a, b in zip(runs, base, strict=True))


def line(what: str, value: str, budget: float, found: float) -> str:
    """Return one row of the table."""
    kept = "yes" if found <= budget else f"no: {found / budget:.2f} × the budget"
    return f"| {what} | {value} | {found:.2f} | ≤ {budget:g} | {kept} |"


def against_bare_python(folder: Path, rounds: int) -> list[str]:
    """Measure the commands on the example against ``python -c pass``."""
    out = folder / "example"
    day = ["--as-of", DAYS["example"]]
    bare, helped, checked, opened, built = alternate(
        [
            ([*PYTHON, "-c", "pass"], None),
            ([*BIDKIT, "--help"], None),
            ([*BIDKIT, "check", str(EXAMPLE), *day], None),
            ([*BIDKIT, "check", str(WORKBOOKS), *day], None),
            ([*BIDKIT, "build", str(EXAMPLE), *day, "--out", str(out)], out),
        ],
        rounds,
    )
    rows = [f"| `python -c pass` | {cpu(bare) * 1000:.1f} ms | 1 | | |"]
    for name, runs, budget in (
        ("--help", helped, 5),
        ("check (a)", checked, 15),
        ("check (a, workbooks)", opened, 25),
        ("build (a)", built, 35),
    ):
        rows.append(
            line(f"`bidkit {name}` / `python -c pass`", f"{cpu(runs) * 1000:.0f} ms", budget, ratio(runs, bare))
        )
    return rows


def against_the_peer(folder: Path, size: int, rounds: int, budget: float | None) -> tuple[list[str], float]:
    """Measure a build of ``size`` services against the peer's; return rows and bidkit's peak memory."""
    dossier = generate.write(size, folder / f"d{size}")
    template = folder / "peer.docx"
    peer_template.make(template)
    out, other = folder / f"o{size}", folder / f"p{size}"
    ours, theirs = alternate(
        [
            ([*BIDKIT, "build", str(dossier), "--as-of", DAYS["made"], "--out", str(out)], out),
            ([*PYTHON, str(HERE / "peer.py"), str(dossier), str(template), str(other)], other),
        ],
        rounds,
    )
    value = f"{cpu(ours):.2f} s / {cpu(theirs):.2f} s"
    found = ratio(ours, theirs)
    what = f"build, {size} services, bidkit / peer"
    rows = [line(what, value, budget, found) if budget else f"| {what} | {value} | {found:.2f} | | |"]
    return rows, max(one.peak for one in ours)


def steps(dossier: Path) -> dict[str, float]:
    """Return the CPU seconds of each step of a build, taken one by one in this process."""
    from bidkit import pipeline, publish
    from bidkit.check import check
    from bidkit.cli import _leave_the_collector_out
    from bidkit.dossier.load import load
    from bidkit.dossier.validate import validate
    from bidkit.pricing import price
    from bidkit.render import bid_document, cost_sheet, pricing_sheet
    from bidkit.resolve import resolve

    _leave_the_collector_out()
    took: dict[str, float] = {}

    def timed(name: str, step: Callable[[], Any]) -> Any:
        gc.collect()
        start = time.process_time()
        result = step()
        took[name] = took.get(name, 0) + time.process_time() - start
        return result

    loaded = timed("load", lambda: load(dossier))
    assert loaded.dossier is not None
    bid, _ = timed("resolve", lambda: resolve(loaded.dossier, validate, None))
    assert bid is not None
    priced, _ = timed("price", lambda: price(bid))
    assessment, _ = timed("check", lambda: check(priced, date(2027, 1, 15)))
    word, digest, _ = pipeline._word_template("standard", "fi", dossier)
    assert word is not None
    made = {
        "build_id": pipeline.build_id(pipeline.content(assessment, digest, draft=False)),
        "created": pipeline._created(loaded.dossier),
    }
    files = {
        pipeline.DOCUMENT: timed("render", lambda: bid_document.render(assessment, word, draft=False, **made)[0]),
        pipeline.PRICING: timed("render", lambda: pricing_sheet.render(priced, draft=False, **made)),
        pipeline.COSTS: timed("render", lambda: cost_sheet.render(priced, draft=False, **made)),
    }
    with tempfile.TemporaryDirectory() as out:
        timed(
            "publish",
            lambda: publish.publish(
                files, Path(out), build_id=made["build_id"], inputs=loaded.dossier.digests, program="bidkit"
            ),
        )
    return took


def growth(folder: Path, rounds: int) -> list[str]:
    """Measure how each step grows from 50 to 500 services: log10 of the ratio of its times."""
    small, large = (generate.write(size, folder / f"d{size}") for size in (50, 500))
    steps(small)
    found = [(steps(small), steps(large)) for _ in range(rounds)]
    rows = []
    for name in found[0][0]:
        before, after = (median(pair[place][name] for pair in found) for place in (0, 1))
        value = f"{before * 1000:.0f} ms → {after * 1000:.0f} ms"
        rows.append(line(f"growth 50 → 500, {name}", value, 1.05, math.log10(after / before)))
    return rows


def growth_of_workbooks(folder: Path, rounds: int) -> list[str]:
    """Measure how reading grows from 50 to 500 services when they are in workbooks."""
    from bidkit.cli import _leave_the_collector_out
    from bidkit.dossier.load import load
    from bidkit.dossier.workbook_writer import workbooks
    from bidkit.dossier.written import written

    _leave_the_collector_out()
    folders = []
    for size in (50, 500):
        dossier = load(generate.write(size, folder / f"d{size}")).dossier
        assert dossier is not None
        folders.append(folder / f"w{size}")
        folders[-1].mkdir(exist_ok=True)
        for name, data in workbooks(written(dossier), "fi", examples=False).items():
            (folders[-1] / name).write_bytes(data)

    def took(dossier: Path) -> float:
        gc.collect()
        start = time.process_time()
        assert load(dossier).dossier is not None
        return time.process_time() - start

    took(folders[0])
    found = [(took(folders[0]), took(folders[1])) for _ in range(rounds)]
    before, after = (median(pair[place] for pair in found) for place in (0, 1))
    value = f"{before * 1000:.0f} ms → {after * 1000:.0f} ms"
    return [line("growth 50 → 500, load of workbooks", value, 1.05, math.log10(after / before))]


def merges(folder: Path, rounds: int) -> list[str]:
    """Measure merging 10 and 40 members of 20 services each: seconds of the larger, and how it grows."""
    sent = {count: generate.partners(count, 20, _made(folder / f"m{count}")) for count in (10, 40)}
    out = {count: folder / f"merged{count}" for count in sent}
    commands = [
        ([*BIDKIT, "merge", *map(str, paths), "--lead", "esimerkki", "--out", str(out[count]), "--as-of", DAYS["made"]],
         out[count])
        for count, paths in sent.items()
    ]  # fmt: skip
    few, many = alternate(commands, rounds, fine=(0, 1))
    grown = math.log(cpu(many) / cpu(few)) / math.log(4)
    value = f"{cpu(few):.2f} s → {cpu(many):.2f} s"
    return [
        line("merge of 40 members × 20 services, seconds of CPU", f"{cpu(many):.2f} s", 3, cpu(many)),
        line("growth 10 → 40 members, merge", value, 1.05, grown),
    ]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=9, help="runs of the small commands")
    options.add_argument("--large-rounds", type=int, default=3, help="runs at 500 services")
    given = options.parse_args()
    if find_spec("numpy"):
        raise SystemExit("numpy is installed here, and openpyxl would import it: use a fresh virtual environment")
    with tempfile.TemporaryDirectory(prefix="bidkit-benchmark-") as name:
        folder = Path(name)
        print("| what | measured | found | budget | kept |\n| --- | --- | --- | --- | --- |")
        for row in against_bare_python(folder, given.rounds):
            print(row, flush=True)
        for size, rounds, budget in ((5, given.rounds, 0.55), (50, 5, None), (500, given.large_rounds, 0.25)):
            rows, peak = against_the_peer(folder, size, rounds, budget)
            print(*rows, sep="\n", flush=True)
        print(line("peak memory, 500 services", f"{peak:.0f} MiB", 350, peak), flush=True)
        print(*growth(folder, 3), *growth_of_workbooks(folder, 3), *merges(folder, 3), sep="\n")


if __name__ == "__main__":
    main()
