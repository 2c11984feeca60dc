#!/usr/bin/env python3
"""Mutates workbooks and YAML files by the thousand: no traceback, and no value that changes without a word.

    python benchmarks/fuzz.py                       21,000 mutations, 1,200 ways there and back; into PROOF.md
    python benchmarks/fuzz.py --count 500 --seed 3  a quick look; prints, writes nothing

What is mutated, how, and by what a change counts as silent is in tests/mutants, what a cell means in
tests/mutants/meaning.py. CI runs a seeded part of it (tests/test_fuzz_workbooks.py).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from benchmarks import proof  # noqa: E402
from bidkit.dossier.load import load  # noqa: E402
from bidkit.dossier.sheets import LANGUAGES  # noqa: E402
from bidkit.dossier.workbook_writer import workbooks  # noqa: E402
from bidkit.dossier.written import written  # noqa: E402
from bidkit.dossier.yaml_writer import yaml_files  # noqa: E402
from bidkit.pipeline import normalised  # noqa: E402
from tests import random_dossier, test_convert  # noqa: E402
from tests.mutants.cases import CASES, Case  # noqa: E402
from tests.workbooks import put  # noqa: E402

SHARES = {"cells": 9, "rows, columns, sheets": 5, "XML": 3, "bytes": 2, "YAML": 2}
PRICED, CONTENT = "priced bids, there and back", "any content, there and back"

ONCE = 500  # cases of one job


def priced_case(draw: Any, folder: Path) -> Case:
    """Write a random priced bid as workbooks and as YAML, and read it again."""
    number, language = draw(st.integers(0, 10**9)), draw(st.sampled_from(LANGUAGES))
    dossier = random_dossier.priced(number).bid.dossier
    faults, content = [], written(dossier)
    for form, files in (("workbooks", workbooks(content, language)), ("YAML", yaml_files(content, language))):
        again = load(put(folder, files))
        if again.dossier is None or normalised(again.dossier) != normalised(dossier):
            faults.append(f"{form} say something else")
    return Case(f"bid {number} in {language}", tuple(faults))


def content_case(draw: Any, folder: Path) -> Case:
    """Write random content of every noun, at the edge of what cells and lines hold, and read it again."""
    content, language = draw(test_convert.content()), draw(st.sampled_from(LANGUAGES))
    faults = test_convert.lost(folder, content, language)
    return Case(f"{language}: {content}"[:3000], tuple(faults))


ALL: dict[str, Callable[[Any, Path], Case]] = {**CASES, PRICED: priced_case, CONTENT: content_case}


def many(kind: str, count: int, number: int) -> tuple[str, int, float, Counter[str], list[str]]:
    """Judge ``count`` cases of a kind; return how many there were, how long they took and what was wrong."""
    began, seen = time.process_time(), 0
    wrong: Counter[str] = Counter()
    told: list[str] = []
    folder = Path(tempfile.mkdtemp(prefix="fuzz", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))

    def note(fault: str, what: str) -> None:
        short = re.sub(r"[0-9]+|'[^']*'", "…", fault)[:90]
        wrong[short] += 1
        if wrong[short] <= 3:
            told.append(f"{what}\n    {fault}")

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def cases(data: Any) -> None:
        nonlocal seen
        seen += 1
        try:
            case = ALL[kind](data.draw, folder)
        except Exception as error:
            if type(error).__module__.startswith("hypothesis"):
                seen -= 1
                raise
            where = traceback.extract_tb(error.__traceback__)[-1]
            note(f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}: {error}", str(data)[:2000])
            return
        for fault in case.faults:
            note(fault, case.what)

    while seen < count:
        cases()
        number += 1_000_003
    return kind, seen, time.process_time() - began, wrong, told


def _job(job: tuple[str, int, int]) -> tuple[str, int, float, Counter[str], list[str]]:
    return many(*job)


def jobs_for(asked: argparse.Namespace) -> list[tuple[str, int, int]]:
    """Return what is to be run, kind by kind in turn, so that each is seen early."""
    counts = {kind: asked.count * share // sum(SHARES.values()) for kind, share in SHARES.items()}
    counts |= {PRICED: asked.count // 35, CONTENT: asked.count // 35}
    if asked.only:
        counts = {asked.only: asked.count}
    found = []
    for kind, count in counts.items():
        pieces = max(1, round(count / ONCE))
        found += [(n, (kind, -(-count // pieces), asked.seed * 1000 + n)) for n in range(pieces)]
    return [job for _, job in sorted(found, key=lambda one: one[0])]


def table(sums: dict[str, list[Any]]) -> list[str]:
    """Return the table of what was run."""
    lines = ["| what is changed | cases | tracebacks and silent changes | cases a second and core |"]
    lines += ["| --- | ---: | ---: | ---: |"]
    for kind in ALL:
        if kind in sums:
            seen, seconds, wrong, _ = sums[kind]
            lines.append(f"| {kind} | {seen} | {wrong.total()} | {seen / seconds:.0f} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=21_000, help="mutations in all (default 21,000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=ALL)
    asked = parser.parse_args()
    began, on = time.monotonic(), proof.machine()
    sums: dict[str, list[Any]] = {}
    with multiprocessing.Pool(os.cpu_count() or 1) as pool:
        for kind, seen, seconds, wrong, told in pool.imap_unordered(_job, jobs_for(asked)):
            at = sums.setdefault(kind, [0, 0.0, Counter(), []])
            print(f"{kind}: {seen} cases, {wrong.total()} wrong", *told, sep="\n", file=sys.stderr, flush=True)
            at[0], at[1], at[2], at[3] = at[0] + seen, at[1] + seconds, at[2] + wrong, at[3] + told
    mutated = sum(at[0] for kind, at in sums.items() if kind in SHARES)
    minutes = (time.monotonic() - began) / 60
    lines = [proof.FUZZ, "", "Made by `python benchmarks/fuzz.py`.", "", f"Machine: {on}.", ""]
    lines += [f"{mutated} mutations, seed {asked.seed}, {minutes:.0f} minutes.", "", *table(sums)]
    print("\n".join(lines))
    for kind, at in sums.items():
        for fault, times in at[2].most_common():
            print(f"{kind}: {times} times {fault}")
    if asked.count >= 20_000 and not asked.only:
        proof.keep(proof.FUZZ, "\n".join(lines))


if __name__ == "__main__":
    main()
