"""Same input, same bytes: whatever the hash seed, time zone, locale, folder or day of the machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from .conftest import AS_OF, EXAMPLES, VERSION, run
from .ooxml.package import Package
from .products import OFFICE

Built = Callable[..., Path]
# Each differs from what the shared build ran with, and from the others, in everything at once.
SURROUNDINGS = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "LANG": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "fi_FI.UTF-8", "LANG": "fi_FI.UTF-8"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LC_ALL": "de_DE.UTF-8", "PYTHONUTF8": "1"},
]


def contents(version: Path) -> dict[str, bytes]:
    return {f.relative_to(version).as_posix(): f.read_bytes() for f in version.rglob("*") if f.is_file()}


def build(folder: Path, out: Path, *options: str, cwd: Path | None = None, **env: str) -> dict[str, bytes]:
    said = run("build", folder, "--as-of", AS_OF, "--out", out, *options, env=env, cwd=cwd)
    assert said.code == 0, said.out + said.err
    (version,) = (d for d in out.iterdir() if VERSION.fullmatch(d.name))
    return contents(version)


@pytest.mark.parametrize("env", SURROUNDINGS, ids=lambda env: env["TZ"].replace("/", "-"))
def test_the_machine_leaves_no_trace_in_the_bytes(built: Built, tmp_path: Path, env: dict[str, str]) -> None:
    elsewhere = tmp_path / "Ääkkösiä ja välejä" / "aineisto"
    shutil.copytree(EXAMPLES / "tyopolku", elsewhere, ignore=shutil.ignore_patterns("out"))
    again = build(elsewhere, tmp_path / "out", "--language", "fi", cwd=tmp_path, **env)
    assert again == contents(built("tyopolku"))


def test_a_draft_full_of_findings_is_the_same_too(built: Built, tmp_path: Path) -> None:
    env = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    again = build(EXAMPLES / "puutteita", tmp_path / "out", "--language", "fi", "--draft", **env)
    assert again == contents(built("puutteita", "fi", "--draft"))


def test_the_same_folder_read_by_a_relative_path(built: Built, tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES / "pienhankinta", tmp_path / "a", ignore=shutil.ignore_patterns("out"))
    again = build(Path(), tmp_path / "out", cwd=folder, PYTHONHASHSEED="3")
    assert again == contents(built("pienhankinta"))


def test_a_second_build_makes_no_second_version(tmp_path: Path) -> None:
    first = build(EXAMPLES / "pienhankinta", tmp_path / "out")
    assert build(EXAMPLES / "pienhankinta", tmp_path / "out", PYTHONHASHSEED="5") == first
    assert [d.name for d in (tmp_path / "out").iterdir() if VERSION.fullmatch(d.name)] == ["v0001"]


def test_another_word_in_the_dossier_gives_other_bytes(built: Built, tmp_path: Path) -> None:
    """The control: the comparison above is not of things that never change."""
    folder = shutil.copytree(EXAMPLES / "pienhankinta", tmp_path / "a", ignore=shutil.ignore_patterns("out"))
    bid = folder / "organisation.yaml"
    bid.write_text(bid.read_text("utf-8").replace("Jokivarren", "Joenvarren"), "utf-8")
    changed, before = build(folder, tmp_path / "out"), contents(built("pienhankinta"))
    assert {name for name in before if changed[name] != before[name]} >= {*OFFICE, "manifest.json"}


def test_source_date_epoch_dates_every_file(built: Built, tmp_path: Path) -> None:
    moment = datetime(2026, 12, 24, 18, 30, 15, tzinfo=UTC)
    epoch = str(int(moment.timestamp()))
    first = build(EXAMPLES / "pienhankinta", tmp_path / "a", SOURCE_DATE_EPOCH=epoch, TZ="Asia/Tokyo")
    assert build(EXAMPLES / "pienhankinta", tmp_path / "b", SOURCE_DATE_EPOCH=epoch) == first
    for path in OFFICE:
        core = Package(first[path]).tree("docProps/core.xml")
        assert core is not None
        assert {e.text for e in core.iter("{*}created", "{*}modified")} == {"2026-12-24T18:30:15Z"}, path
    before = contents(built("pienhankinta"))
    ids = [json.loads(held["manifest.json"])["build_id"] for held in (first, before)]
    assert ids[0] != ids[1]  # files of two dates are never taken for a pair
    for path in OFFICE:
        core = Package(first[path]).members["docProps/core.xml"].decode()
        assert ids[0] in core, path
