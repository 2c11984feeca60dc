"""Careless edits: whatever becomes of a line, bidkit says where and what, and no edit is lost without a word.

Each mutation changes one line of a dossier as a tired hand would. The usual run takes a few of them by a
fixed seed; ``BIDKIT_MUTATIONS=3000 pytest tests/test_mutations.py`` takes as many as that.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bidkit.diagnostics import Finding
from bidkit.dossier.normalised import normalised
from bidkit.i18n import FINDINGS, Translator
from bidkit.model.dossier import NOUNS
from bidkit.pipeline import Run, assess, build
from bidkit.publish import verify
from tests import small
from tests.conftest import EXAMPLES

MANY = int(os.environ.get("BIDKIT_MUTATIONS", "150"))
BUILDS = MANY // 30
AS_OF = date(2027, 1, 15)
DOSSIERS = ("small", "pienhankinta", "puutteita", "tyopolku")
READERS = tuple(Translator(language, FINDINGS) for language in ("fi", "sv", "en"))
SWAPPED = (
    *("", "''", "~", "null", "[]", "{}", "[a, b]", "{fi: x}", "{fi: x, y}", "kyllä", "true", "ei-ole-olemassa"),
    *("0", "-1", "1,5", "1.5", "1.234,50", "12,5 %", "0,5", "99999999999", "n. 50", "nan", "1e9", "7 h 40 min"),
    *("31.1.2027", "31.12.1999", "2027-13-01", "15.1.2027 12:00", "{services.x.y}", "€ “x” 👍", "x" * 5000),
    *("- x", "&a x", "*a", "!!x y", "'", '"', "|", ": :", "# x", "%", "\t", "@", "{", "- - -", "a: b: c"),
)
DEFAULTS = (
    *("binding: knock_out", "vat_basis: excluded", "compared: kyllä", "decimals: 2", "mandatory: kyllä"),
    *("price_in_bid: ei", "purchase_commitment: ei", "vat_rule: per_line", "name_staff: ei", "written_in: fi"),
    *("months: 12", "working_time: 100 %", "productive: kyllä", "kind: other", "confidential: ei", "holiday_days: 30"),
)
_VALUE = re.compile(r"(\s*(?:- )?[\w-]+: )(\S.*)")


def folder_of(name: str, at: Path) -> Path:
    """Return a copy of a whole dossier."""
    if name == "small":
        at.mkdir(parents=True)
        return small.write(at)
    shutil.copytree(EXAMPLES / name, at, ignore=shutil.ignore_patterns("out", "_*"))
    return at


# --- what a tired hand does ------------------------------------------------------------------------
def _swap(line: str, chance: random.Random) -> list[str]:
    found = _VALUE.match(line)
    return [found[1] + chance.choice(SWAPPED)] if found else [chance.choice(SWAPPED)]


def _misspell(line: str, chance: random.Random) -> list[str]:
    at = chance.randrange(len(line) + 1)
    return [line[:at] + chance.choice(["x", "", ":", " ", "ä", '"', ",", "#", "{", "-"]) + line[at + 1 :]]


def _name(line: str, chance: random.Random) -> list[str]:
    return [re.sub(r"[\w-]+(?=:)", lambda m: m[0][:-1] or "x", line, count=1)]


def _indent(line: str, chance: random.Random) -> list[str]:
    return [chance.choice(["  ", " ", "\t", "\u00a0"]) + line] if chance.random() < 0.6 else [line[2:]]


EDITS: dict[str, Callable[[str, random.Random], list[str]]] = {
    "delete": lambda line, chance: [],
    "double": lambda line, chance: [line, line],
    "swap": _swap,
    "misspell": _misspell,
    "name": _name,
    "indent": _indent,
    "cut": lambda line, chance: [line[: chance.randrange(len(line) + 1)]],
}


@dataclass(frozen=True)
class Mutation:
    """One edit: which line of which file became what."""

    dossier: str
    file: str
    line: int
    edit: str
    before: str
    after: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.dossier}/{self.file}:{self.line} {self.edit}: {self.before!r} -> {[a[:80] for a in self.after]!r}"
        )


def mutations(name: str, folder: Path, count: int) -> Iterator[tuple[Mutation, str]]:
    """Yield edits of one dossier with the whole text of the edited file."""
    chance = random.Random(f"{name} 1")
    files = sorted(p for p in folder.rglob("*.yaml"))
    for _ in range(count):
        file = chance.choice(files)
        lines = file.read_text(encoding="utf-8").split("\n")
        at = chance.choice([n for n, line in enumerate(lines) if line.strip()] or [0])
        edit = chance.choice(sorted(EDITS))
        after = EDITS[edit](lines[at], chance)
        one = Mutation(name, file.relative_to(folder).as_posix(), at + 1, edit, lines[at], tuple(after))
        yield one, "\n".join([*lines[:at], *after, *lines[at + 1 :]])


# --- what must hold whatever was done --------------------------------------------------------------
def worded(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Return place and Finnish sentence of each finding."""
    return [(str(f.place), READERS[0].sentence(f)) for f in findings]


def faults_of(folder: Path, finding: Finding) -> Iterator[str]:
    """Yield what is wrong with a finding: no such place, a text that is empty or has a field unfilled."""
    place = finding.place
    path = folder / place.file
    known = {name for noun in NOUNS for name in (noun, f"{noun}.yaml")}
    if not path.exists() and place.file not in known and path != folder:
        yield f"{finding.code}: no file {place.file!r}"
    elif place.spot and path.is_file():
        line, column = map(int, place.spot.split(":"))
        lines = path.read_text(encoding="utf-8-sig").split("\n")
        if line > len(lines) or column > len(lines[line - 1]) + 1:
            yield f"{finding.code}: no spot {place}"
    for text in (finding.message, finding.hint):
        parts = string.Formatter().parse(text)
        fields = {name for _, name, _, _ in parts if name is not None and name[:1] not in ("@", "=")}
        if fields and not fields <= set(finding.facts):
            yield f"{finding.code}: unfilled {fields - set(finding.facts)}"
    for reader in READERS:
        if not reader.sentence(finding).strip():
            yield f"{finding.code}: no sentence in {reader.language}"
        if finding.hint and not reader.hint(finding).strip():
            yield f"{finding.code}: no hint in {reader.language}"


def content(run: Run) -> Any:
    return normalised(run.dossier) if run.dossier else None


def parsed(text: str) -> object:
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return object()


@pytest.mark.parametrize("name", DOSSIERS)
def test_no_edit_crashes_or_is_lost(name, tmp_path):
    folder = folder_of(name, tmp_path / "a")
    whole = assess(folder, as_of=AS_OF)
    before = content(whole), worded(whole.findings)
    wrong = []
    for one, text in mutations(name, folder, MANY // len(DOSSIERS)):
        file = folder / one.file
        kept = file.read_bytes()
        file.write_bytes(text.encode())
        try:
            run = assess(folder, as_of=AS_OF)
            wrong += [f"{one}\n    {fault}" for f in run.findings for fault in faults_of(folder, f)]
            lost = (content(run), worded(run.findings)) == before and name != "puutteita"  # it sets much aside
            if lost and parsed(text) != parsed(kept.decode()) and not _same_value(one):
                wrong.append(f"{one}\n    lost without a word")
        except Exception as error:
            wrong.append(f"{one}\n    {type(error).__name__}: {error}")
        finally:
            file.write_bytes(kept)
    assert not wrong, "\n".join(wrong)


def _same_value(one: Mutation) -> bool:
    """Whether both spellings mean one value: another notation of it, or a default that need not be written."""
    if not one.after:
        return one.before.strip() in DEFAULTS
    plain = [re.sub(r"( h|,00)$|[\s'\"%|>#]", "", line).replace("kyllä", "true") for line in (one.before, *one.after)]
    return len(plain) == 2 and plain[0] == plain[1]


@pytest.mark.parametrize("name", DOSSIERS)
def test_an_edit_stops_the_build_or_makes_a_whole_version(name, tmp_path):
    folder = folder_of(name, tmp_path / "a")
    for number, (one, text) in enumerate(mutations(name, folder, max(2, BUILDS // len(DOSSIERS)))):
        file = folder / one.file
        kept = file.read_bytes()
        file.write_bytes(text.encode())
        out = tmp_path / f"out{number}"
        built = build(folder, out=out, draft=True, as_of=AS_OF)
        file.write_bytes(kept)
        assert built.run.findings or built.folder, str(one)
        if built.folder:
            assert verify(out) == (), str(one)
        else:
            assert not out.exists() or not any(out.iterdir()), str(one)
