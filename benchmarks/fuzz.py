#!/usr/bin/env python3
"""Mutates workbooks and YAML files by the thousand: no traceback, and no value that changes without a word.

    python benchmarks/fuzz.py                       21,000 mutations and 600 round trips; writes FUZZ.md
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
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from bidkit.dossier.load import load  # noqa: E402
from bidkit.dossier.sheets import LANGUAGES  # noqa: E402
from bidkit.dossier.workbook_writer import workbooks  # noqa: E402
from bidkit.dossier.written import whole, written  # noqa: E402
from bidkit.dossier.yaml_writer import yaml_files  # noqa: E402
from bidkit.pipeline import normalised  # noqa: E402
from tests import random_dossier  # noqa: E402
from tests.mutants.cases import CASES  # noqa: E402
from tests.mutants.dossiers import put  # noqa: E402

SHARES = {"cells": 9, "rows, columns, sheets": 5, "XML": 3, "bytes": 2, "YAML": 2}
TRIPS = "random dossiers there and back"


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
            case = CASES[kind](data.draw, folder)
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


def trips(count: int, number: int) -> tuple[str, int, float, Counter[str], list[str]]:
    """Write random dossiers as workbooks and as YAML, in each language, and read them again."""
    began, wrong, told = time.process_time(), Counter[str](), list[str]()
    folder = Path(tempfile.mkdtemp(prefix="fuzz"))
    for n in range(count):
        dossier, language = random_dossier.priced(number * 100_000 + n).bid.dossier, LANGUAGES[n % 3]
        content = written(dossier)
        for form, files in (("workbooks", workbooks(content, language)), ("YAML", yaml_files(content, language))):
            again = load(put(folder, files))
            mine = normalised(again.dossier) if again.dossier else whole(again.entries)
            if mine != (normalised(dossier) if again.dossier else whole(load_entries(dossier))):
                wrong[form] += 1
                told.append(f"seed {number * 100_000 + n} {language} {form}")
    return TRIPS, count * 2, time.process_time() - began, wrong, told


def load_entries(dossier: Any) -> dict[str, Any]:
    from bidkit.model.dossier import NOUNS

    return {n: getattr(dossier.members[0] if noun.part == "member" else dossier, n) for n, noun in NOUNS.items()}


def _job(job: tuple[str, int, int]) -> tuple[str, int, float, Counter[str], list[str]]:
    kind, count, number = job
    return trips(count, number) if kind == TRIPS else many(kind, count, number)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=21_000, help="mutations in all (default 21,000)")
    parser.add_argument("--trips", type=int, default=-1, help="round trips (default 300, of two forms each)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=[*SHARES, TRIPS])
    asked = parser.parse_args()
    whole_, jobs = sum(SHARES.values()), []
    for kind, share in SHARES.items():
        count = asked.count if asked.only == kind else 0 if asked.only else asked.count * share // whole_
        pieces = max(1, count // 500)
        jobs += [(kind, count // pieces, asked.seed * 1000 + n) for n in range(pieces) if count]
    round_ = asked.trips if asked.trips >= 0 else 300 if asked.count >= 20_000 else 10
    jobs += [(TRIPS, round_ // 4, asked.seed * 10 + n) for n in range(4) if round_ >= 4 and asked.only in (None, TRIPS)]
    began = time.monotonic()
    sums: dict[str, list[Any]] = {}
    with multiprocessing.Pool(os.cpu_count() or 1) as pool:
        for kind, seen, seconds, wrong, told in pool.imap_unordered(_job, jobs):
            at = sums.setdefault(kind, [0, 0.0, Counter(), []])
            print(f"{kind}: {seen} cases, {wrong.total()} wrong", *told, sep="\n", file=sys.stderr, flush=True)
            at[0], at[1], at[2], at[3] = at[0] + seen, at[1] + seconds, at[2] + wrong, at[3] + told
    total = sum(at[0] for kind, at in sums.items() if kind != TRIPS)
    lines = [
        "| what is changed | cases | tracebacks and silent changes | cases a second and core |",
        "| --- | ---: | ---: | ---: |",
    ]
    for kind in (*SHARES, TRIPS):
        if kind in sums:
            seen, seconds, wrong, _ = sums[kind]
            lines.append(f"| {kind} | {seen} | {wrong.total()} | {seen / seconds:.0f} |")
    from benchmarks.proof import machine

    head = [
        "# Proof: mutated workbooks and files",
        "",
        "Made by `python benchmarks/fuzz.py`; CI runs a seeded part of it.",
        "",
    ]
    head += [
        f"Machine: {machine()}.",
        "",
        f"{total} mutations, seed {asked.seed}, {(time.monotonic() - began) / 60:.0f} minutes.",
        "",
    ]
    text = "\n".join([*head, *lines]) + "\n"
    print(text)
    for kind, at in sums.items():
        for fault, times in at[2].most_common():
            print(f"{kind}: {times} times {fault}")
        print("\n".join(at[3][:60]))
    if asked.count >= 20_000 and not asked.only:
        (HERE / "FUZZ.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
