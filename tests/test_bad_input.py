"""Bad input, end to end: a located finding with a way out, exit 1 or 2, no traceback, and the last version intact."""

from __future__ import annotations

import os
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import small
from tests.conftest import run

DAY = ("--as-of", "15.1.2027")
ROOT = Path(__file__).parent.parent


def replaced(noun: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a change of one line."""

    def apply(folder: Path) -> None:
        small.write(folder, **small.change(noun, old, new))

    return apply


def raw(name: str, data: bytes) -> Callable[[Path], None]:
    """Return a change that writes bytes to a file."""

    def apply(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return apply


def missing(name: str) -> Callable[[Path], None]:
    """Return a change that removes a file."""
    return lambda folder: (folder / name).unlink()


def both(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return several changes as one."""

    def apply(folder: Path) -> None:
        for change in changes:
            change(folder)

    return apply


def deep(folder: Path) -> None:
    (folder / "staff.yaml").write_text("[" * 300_000, encoding="utf-8")


def escaping_link(folder: Path) -> None:
    (folder.parent / "outside.yaml").write_text("- id: x\n", encoding="utf-8")
    (folder / "linked.yaml").symlink_to(folder.parent / "outside.yaml")
    (folder / "sites.yaml").write_text("- include: linked.yaml\n", encoding="utf-8")


ALIASES = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n"
LOTS = small.FILES["lots"]

CASES = {
    # what: (change, exit code, code, place)
    "missing file": (missing("tender.yaml"), 2, "BK170", "tender.yaml"),
    "empty file": (raw("tender.yaml", b""), 1, "BK134", "tender.yaml"),
    "not YAML": (raw("tender.yaml", b"title: [unclosed\nbuyer: x\n"), 2, "BK1", "tender.yaml:"),
    "cp1252": (raw("lots.yaml", "- id: osa1\n  title: Työ\n".encode("cp1252")), 2, "BK10", "lots.yaml:2"),
    "binary": (raw("lots.yaml", bytes(range(256)) * 40), 2, "BK1", "lots.yaml"),
    "duplicate key": (replaced("bid", "language: fi", "language: fi\nlanguage: sv"), 1, "BK132", "bid.yaml:2:1"),
    "unknown key": (replaced("lots", "  title:", "  tittle:"), 1, "BK142", "lots.yaml:3:11"),
    "wrong type": (replaced("services", "{hours: 16, weeks: 16}", "paljon"), 1, "BK154", "services.yaml:13:9"),
    "text in a number": (replaced("price_lines", "800", "noin 800"), 1, "BK143", "price_lines.yaml:6:13"),
    "both decimal styles": (
        replaced("price_lines", "ceiling: 75", "ceiling: 1.075,00"),
        1,
        "BK144",
        "price_lines.yaml:7:12",
    ),
    "dangling reference": (replaced("lot_offers", "osa1", "muu"), 1, "BK200", "lot_offers.yaml:1:8"),
    "cycle of includes": (
        both(raw("sites.yaml", b"- include: more.yaml\n"), raw("more.yaml", b"- include: more.yaml\n")),
        1,
        "BK1",
        "more.yaml:1:12",
    ),
    "aliases bomb": (raw("staff.yaml", ALIASES.encode()), 1, "BK1", "staff.yaml:1:4"),
    "50 MB file": (raw("staff.yaml", b"- id: x\n" * (50 * 2**17)), 2, "BK1", "staff.yaml"),
    "depth": (deep, 2, "BK1", "staff.yaml:1:"),
    "control characters": (replaced("tender", "title: Ty", 'title: "\\x07"\nx: Ty'), 2, "BK109", "tender.yaml:1:8"),
    "path escaping the dossier": (raw("sites.yaml", b"- include: ../../etc/passwd\n"), 1, "BK111", "sites.yaml:1:12"),
    "link escaping the dossier": (escaping_link, 1, "BK111", "sites.yaml:1:12"),
    "two lots with one id": (raw("lots.yaml", (LOTS + LOTS).encode()), 1, "BK171", "lots.yaml:4:7"),
    "empty list": (raw("lots.yaml", b"[]\n"), 1, "BK173", "lots.yaml"),
    "deadline passed": (replaced("tender", "15.2.2027 12:00", "14.1.2027 12:00"), 1, "BK383", "tender.yaml:5:11"),
}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def built_once(tmp_path):
    """A dossier with one version built, and what that version holds."""
    folder = small.write(tmp_path / "aineisto")
    assert run("build", str(folder), *DAY).code == 0
    return folder, snapshot(folder / "out")


@pytest.mark.parametrize("what", CASES)
def test_bad_input(built_once, what):
    change, code, finding, place = CASES[what]
    folder, before = built_once
    change(folder)
    done = run("build", str(folder), *DAY)
    assert done.code == code, done.out + done.err
    lines = [
        n for n, line in enumerate(done.out.splitlines()) if re.search(rf" {re.escape(place)}\S*  {finding}", line)
    ]
    assert lines, done.out
    assert done.out.splitlines()[lines[0] + 1].strip().startswith("Ratkaisu: ")
    assert snapshot(folder / "out") == before


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_are_read(tmp_path, mark):
    folder = small.write(tmp_path / "a")
    (folder / "lots.yaml").write_bytes(small.FILES["lots"].encode(mark))
    assert run("check", str(folder), *DAY).code == 0


# --- templates --------------------------------------------------------------------------------------
def template_with(folder: Path, body: str) -> None:
    """Put a template into the dossier: the standard one with a paragraph more."""
    own = folder / "templates/oma"
    own.mkdir(parents=True)
    with zipfile.ZipFile(ROOT / "templates/standard/fi.docx") as good, zipfile.ZipFile(own / "fi.docx", "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            if name == "word/document.xml":
                extra = f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p><w:sectPr".encode()
                head, _, tail = data.rpartition(b"<w:sectPr")
                data = head + extra + tail
            bad.writestr(name, data)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("{{ tender.tilaja }}", "tilaja"),
        ("{% for x in conditions %}", "for"),
        ("{{ bid.__class__ }}", "__class__"),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "cycler"),
        ("{{ ''.join(['a']) }}", "join"),
        ("{% for x in range(1000000000) %}x{% endfor %}", "range"),
        ("{{ 'a' * 2000000000 }}", "2000000000"),
        ("{% include 'x' %}", "include"),
    ],
)
def test_a_template_that_must_not_run(built_once, body, says):
    folder, before = built_once
    template_with(folder, body)
    done = run("build", str(folder), *DAY, "--template", "oma")
    assert done.code == 1, done.out + done.err
    assert re.search(r"oma/fi\.docx.*  BK4\d\d .*" + re.escape(says), done.out), done.out
    assert snapshot(folder / "out") == before


def test_a_template_that_loops_for_ever(built_once):
    folder, before = built_once
    loop = "{% for a in sources %}" * 12 + "x" + "{% endfor %}" * 12
    template_with(folder, loop)
    done = run("build", str(folder), *DAY, "--template", "oma")
    assert done.code == 1, done.out + done.err
    assert re.search(r"oma/fi\.docx.*  BK4\d\d ", done.out), done.out
    assert snapshot(folder / "out") == before


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", b"<html>"])
def test_a_damaged_template(built_once, data):
    folder, before = built_once
    (folder / "templates/oma").mkdir(parents=True)
    (folder / "templates/oma/fi.docx").write_bytes(data)
    done = run("build", str(folder), *DAY, "--template", "oma")
    assert done.code in (1, 2)
    assert "fi.docx" in done.out
    assert snapshot(folder / "out") == before


@pytest.mark.parametrize(("make", "kind"), [(Path.mkdir, "kansio"), (os.mkfifo, "laite tai putki")])
def test_a_template_that_is_no_file(built_once, make, kind):
    folder, before = built_once
    (folder / "templates/oma").mkdir(parents=True)
    make(folder / "templates/oma/fi.docx")
    for name in ("oma", str(folder / "templates/oma")):
        done = run("build", str(folder), *DAY, "--template", name)
        assert done.code == 2, done.out
        assert re.search(rf"oma/fi\.docx +BK103 +Tässä on {kind}", done.out), done.out
    assert snapshot(folder / "out") == before


def test_a_missing_template(built_once):
    folder, before = built_once
    done = run("build", str(folder), *DAY, "--template", "standart")
    assert done.code == 1
    assert "standard" in done.out
    assert snapshot(folder / "out") == before


# --- output -----------------------------------------------------------------------------------------
def test_an_output_folder_that_cannot_be_made(tmp_path):
    folder = small.write(tmp_path / "a")
    done = run("build", str(folder), *DAY, "--out", str(tmp_path / "missing/deeper/still"))
    assert done.code == 1
    assert re.search(r"BK5\d\d", done.out)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = run("build", str(folder), *DAY, "--out", str(tmp_path / "file"))
    assert done.code == 1
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_output_folder(built_once):
    folder, before = built_once
    (folder / "out").chmod(0o555)
    try:
        done = run("build", str(folder), *DAY, "--draft")
    finally:
        (folder / "out").chmod(0o755)
    assert done.code == 1
    assert snapshot(folder / "out") == before


@pytest.mark.skipif(sys.platform != "linux" or not Path("/dev/full").exists(), reason="needs a small file system")
def test_a_full_disk(built_once, tmp_path):
    """A tmpfs of 16 kB is smaller than any bid; without the right to mount one, the fault tests of publish stand in."""
    folder, before = built_once
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.system(f"mount -t tmpfs -o size=16k none {disk} 2>/dev/null") != 0:
        pytest.skip("no right to mount a small file system")
    try:
        done = run("build", str(folder), *DAY, "--out", str(disk))
        assert done.code == 1, done.out + done.err
        assert re.search(r"BK5\d\d", done.out)
        assert not any(p.name.startswith("v") for p in disk.iterdir())
    finally:
        os.system(f"umount {disk}")
    assert snapshot(folder / "out") == before


def test_a_dossier_in_a_folder_with_spaces_and_umlauts(tmp_path):
    folder = small.write(tmp_path / "Tarjous ä ö (uusi)")
    assert run("build", str(folder), *DAY).code == 0
    shutil.rmtree(folder)
