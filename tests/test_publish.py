"""Versions appear whole or not at all, what hinders them is said, and `verify` knows a whole one from any other."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import random
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import Translator
from bidkit.messages import publishing
from bidkit.publish import disk, examine, newest, publish, verify
from bidkit.publish.manifest import Manifest, Output, Torn, is_inside, load
from tests import small
from tests.conftest import run

CORE = (
    '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">{extra}<dc:identifier>{build}</dc:identifier></cp:coreProperties>'
)
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def package(members: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, body in members.items():
            zipped.writestr(zipfile.ZipInfo(name), body)
    return file.getvalue()


def docx(build: str, body: str = "", core: str = "", **more: str | bytes) -> bytes:
    document = (
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{build}</w:t></w:r></w:p>{body}</w:body></w:document>'
    )
    core = CORE.format(build=build, extra=core)
    return package({"[Content_Types].xml": TYPES, "word/document.xml": document, "docProps/core.xml": core, **more})


def xlsx(build: str, rows: str = "", sheets: str = "") -> bytes:
    return package(
        {
            "[Content_Types].xml": TYPES,
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}"><sheets>{sheets}</sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
            "docProps/core.xml": CORE.format(build=build, extra=""),
        }
    )


def bid(build: str) -> dict[str, bytes]:
    return {
        "tarjous.docx": docx(build),
        "hinnoittelu.xlsx": xlsx(build),
        "sisainen/kustannukset.xlsx": xlsx(build, rows='<row r="1" hidden="1"/>'),
        "havainnot.html": b"<!doctype html><title>Havainnot</title>",
    }


def make(out: Path, build: str = "b-1", files: dict[str, bytes] | None = None, sleep=lambda _: None):
    inputs = {"tender.yaml": "ab" * 32}
    return publish(files or bid(build), out, build_id=build, inputs=inputs, program="bidkit 1.0", sleep=sleep)


def said(findings) -> list[tuple[str, str]]:
    """Code and English sentence, so that a test reads what the user reads."""
    words = Translator("en")
    return [(one.code, words.sentence(one)) for one in findings]


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


class TestAVersion:
    def test_is_a_numbered_folder_with_every_file_and_a_manifest(self, out):
        done = make(out)
        assert (done.folder, done.new, done.findings) == (out / "v0001", True, ())
        assert names(out) == ["v0001"]
        held = content(out / "v0001")
        assert {name: held[name] for name in bid("b-1")} == bid("b-1")
        listing = json.loads(held["manifest.json"])
        word = bid("b-1")["tarjous.docx"]
        assert listing["build_id"] == "b-1"
        assert listing["program"] == "bidkit 1.0"
        assert listing["format"] == 1
        assert listing["inputs"] == {"tender.yaml": "ab" * 32}
        assert listing["outputs"]["tarjous.docx"] == {"sha256": hashlib.sha256(word).hexdigest(), "size": len(word)}
        assert list(listing) == sorted(listing)
        assert verify(out / "v0001") == ()

    def test_same_build_is_not_made_again(self, out):
        make(out)
        again = make(out)
        assert (again.folder, again.new, again.findings) == (out / "v0001", False, ())
        assert names(out) == ["v0001"]

    def test_going_back_to_an_older_build_makes_a_new_version(self, out):
        make(out, "b-1")
        make(out, "b-2")
        assert make(out, "b-1").folder == out / "v0003"

    def test_file_open_in_word_does_not_make_a_new_version(self, out):
        make(out)
        (out / "v0001/~$rjous.docx").write_bytes(b"x")
        assert make(out).new is False

    def test_edited_version_is_left_alone_and_a_new_one_is_made(self, out):
        make(out)
        (out / "v0001/tarjous.docx").write_bytes(b"an evening's work")
        before = content(out / "v0001")
        done = make(out)
        assert (done.folder, done.new) == (out / "v0002", True)
        assert content(out / "v0001") == before

    @pytest.mark.parametrize("harm", ["manifest.json", "hinnoittelu.xlsx"])
    def test_torn_version_is_left_alone_and_a_new_one_is_made(self, out, harm):
        make(out)
        (out / "v0001" / harm).write_bytes((out / "v0001" / harm).read_bytes()[:40])
        assert make(out).folder == out / "v0002"

    @pytest.mark.parametrize(
        ("there", "expected"),
        [
            ("v0007", "v0008"),
            ("v9999", "v10000"),
            ("v10000", "v10001"),
            ("v0007 sent to the buyer", "v0008"),
            ("V0004", "v0005"),
            ("v12", "v0001"),
            ("v0001x", "v0002"),
            ("versions", "v0001"),
        ],
    )
    def test_takes_the_next_free_number(self, out, there, expected):
        (out / there).mkdir(parents=True)
        (out / there / "own.txt").write_text("mine")
        assert make(out).folder == out / expected
        assert (out / there / "own.txt").read_text() == "mine"

    def test_file_with_a_version_name_is_not_overwritten(self, out):
        out.mkdir()
        (out / "v0001").write_text("mine")
        assert make(out).folder == out / "v0002"
        assert (out / "v0001").read_text() == "mine"

    @pytest.mark.parametrize("rival", ["empty folder", "full folder", "file", "link"])
    def test_number_taken_at_the_last_moment_is_passed_over(self, out, monkeypatch, tmp_path, rival):
        plain = os.rename

        def late(source, target):
            if target.name == "v0001" and not target.exists():
                match rival:
                    case "empty folder" | "full folder":
                        target.mkdir()
                        (target / "x").write_text("") if rival == "full folder" else None
                    case "file":
                        target.write_text("mine")
                    case "link":
                        target.symlink_to(tmp_path)
                if rival == "empty folder":  # Windows says so; POSIX would take an empty folder
                    raise FileExistsError(target)
            plain(source, target)

        monkeypatch.setattr(os, "rename", late)
        assert make(out).folder == out / "v0002"
        assert verify(out / "v0002") == ()

    def test_own_temporary_folders_older_than_a_day_go_and_nothing_else(self, out):
        out.mkdir()
        day = 24 * 60 * 60
        for name, age in (
            (".tmp-0123456789abcdef", day + 60),
            (".tmp-fedcba9876543210", day - 600),
            (".tmp-notes", 9 * day),
            ("old", 9 * day),
        ):
            (out / name / "sisainen").mkdir(parents=True)
            (out / name / "sisainen/x").write_text("x")
            then = (out / name).stat().st_mtime - age
            os.utime(out / name, (then, then))
        make(out)
        assert names(out) == [".tmp-fedcba9876543210", ".tmp-notes", "old", "v0001"]

    def test_link_named_like_a_temporary_folder_is_not_followed(self, out, tmp_path):
        out.mkdir()
        (tmp_path / "dear").mkdir()
        (tmp_path / "dear/letter").write_text("x")
        os.utime(tmp_path / "dear", (0, 0))
        (out / ".tmp-0123456789abcdef").symlink_to(tmp_path / "dear")
        make(out)
        assert (tmp_path / "dear/letter").exists()

    @pytest.mark.parametrize("name", ["manifest.json", "../x", "/x", "a//b", "C:x", "a\\b", "x:ads", ""])
    def test_name_outside_the_version_is_our_own_bug(self, out, name):
        with pytest.raises(ValueError, match="not names of output files"):
            make(out, files={name: b""})
        assert not out.exists()


class TestOnTheDisk:
    def test_every_file_and_folder_is_stored_before_the_rename_and_the_name_after_it(self, out, monkeypatch):
        opened, order = {}, []
        plain_open, plain_sync, plain_rename = os.open, os.fsync, os.rename

        def opening(path, *rest, **more):
            handle = plain_open(path, *rest, **more)
            opened[handle] = Path(path)
            return handle

        def syncing(handle):
            order.append(opened[handle])
            plain_sync(handle)

        def renaming(source, target):
            order.append("rename")
            plain_rename(source, target)

        monkeypatch.setattr(os, "open", opening)
        monkeypatch.setattr(os, "fsync", syncing)
        monkeypatch.setattr(os, "rename", renaming)
        make(out)
        temporary = order[1].parent
        before = {out.parent} | {temporary / path for path in ("", *bid("b-1"), "sisainen", "manifest.json")}
        assert set(order[: order.index("rename")]) == before
        assert order[order.index("rename") + 1 :] == [out]
        assert order.index(temporary) == order.index("rename") - 1  # folders after what is in them

    @pytest.mark.parametrize("there", ["file", "link", "dangling link"])
    def test_nothing_that_exists_is_written_to(self, tmp_path, there):
        path, target = tmp_path / "x", tmp_path / "target"
        if there != "dangling link":
            target.write_bytes(b"mine")
        path.write_bytes(b"mine") if there == "file" else path.symlink_to(target)
        with pytest.raises(FileExistsError):
            disk.write_new(path, b"new")
        assert not target.exists() or target.read_bytes() == b"mine"
        assert there != "file" or path.read_bytes() == b"mine"

    def test_empty_folder_of_that_name_is_not_replaced(self, tmp_path):
        (tmp_path / "v0001").mkdir()
        (tmp_path / ".tmp-x").mkdir()
        with pytest.raises(FileExistsError):
            disk.rename_new(tmp_path / ".tmp-x", tmp_path / "v0001", lambda _: None)
        assert (tmp_path / ".tmp-x").is_dir()


class TestWhatTheDiskRefuses:
    def test_folder_above_missing(self, out):
        done = make(out / "a")
        assert done.folder is None
        assert said(done.findings) == [
            ("BK500", f"The folder “{out}” does not exist, so the output folder “a” cannot be made in it.")
        ]
        assert not out.exists()

    def test_file_where_the_folder_should_be(self, out):
        out.write_text("mine")
        done = make(out)
        assert said(done.findings) == [("BK501", f"“{out}” is a file, but the versions of the bid need a folder.")]
        assert out.read_text() == "mine"

    @pytest.mark.parametrize("target", ["real", "nowhere"])
    def test_link_where_the_folder_should_be(self, out, tmp_path, target):
        (tmp_path / "real").mkdir()
        out.symlink_to(tmp_path / target)
        done = make(out)
        assert [one.code for one in done.findings] == ["BK502"]
        assert names(tmp_path / "real") == []

    @pytest.mark.parametrize(
        ("number", "why"),
        [
            (errno.EACCES, "access is denied"),
            (errno.EPERM, "access is denied"),
            (errno.EROFS, "the disk is read-only"),
        ],
    )
    def test_folder_read_only(self, out, monkeypatch, number, why):
        make(out, "b-1")
        before = content(out)

        def refuse(*_, **__):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "mkdir", refuse)
        done = make(out, "b-2")
        assert (done.folder, done.new) == (None, False)
        assert said(done.findings) == [("BK503", f"Nothing can be written to “{out}”: {why}.")]
        assert content(out) == before

    @pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
    @pytest.mark.parametrize("call", ["write", "fsync"])
    def test_disk_full(self, out, monkeypatch, number, call):
        make(out, "b-1")
        before = content(out)

        def refuse(*_):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, call, refuse)
        done = make(out, "b-2")
        assert [code for code, _ in said(done.findings)] == ["BK504"]
        assert "kB and did not fit into" in said(done.findings)[0][1]
        assert done.findings[0].facts["needed"] == 4
        monkeypatch.undo()
        assert content(out) == before
        assert names(out) == ["v0001"]

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a limit of the kernel")
    def test_disk_full_for_real_after_half_a_file(self, out):
        import resource

        make(out, "b-1")
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 10, hard))
        try:
            done = make(out, "b-2", {**bid("b-2"), "big.bin": bytes(1 << 20)})
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        why = "the disk does not take files that large"
        assert said(done.findings) == [("BK506", f"Writing the new version to “{out}” failed: {why}.")]
        assert names(out) == ["v0001"]

    def test_short_writes_are_carried_on(self, out, monkeypatch):
        plain = os.write
        monkeypatch.setattr(os, "write", lambda handle, data: plain(handle, data[:7]))
        assert make(out).new
        assert verify(out) == ()

    def test_write_that_makes_no_headway_ends(self, out, monkeypatch):
        monkeypatch.setattr(os, "write", lambda *_: 0)
        assert [one.code for one in make(out).findings] == ["BK506"]

    def test_write_that_lies_is_found_by_reading_back(self, out, monkeypatch):
        plain = os.write

        def lie(handle, data):
            return plain(handle, bytes(data[:-1]) + b"?")

        monkeypatch.setattr(os, "write", lie)
        done = make(out, files={"havainnot.html": b"<title>Havainnot</title>"})
        assert said(done.findings) == [
            ("BK507", f"“{name}” was written, but the disk gives back other content, so no version was made.")
            for name in ("havainnot.html", "manifest.json")
        ]
        assert names(out) == []

    def test_scanner_that_lets_go_costs_only_time(self, out, monkeypatch):
        plain, tries, waits = os.rename, [], []

        def held(source, target):
            tries.append(target)
            if len(tries) < 4:
                raise PermissionError(errno.EACCES, "used by another process")
            plain(source, target)

        monkeypatch.setattr(os, "rename", held)
        done = make(out, sleep=waits.append)
        assert (done.folder, done.findings) == (out / "v0001", ())
        assert len(waits) == 3
        assert verify(out) == ()

    def test_folder_held_for_good_is_kept_and_named(self, out, monkeypatch):
        waits = []

        def held(*_):
            raise PermissionError(errno.EACCES, "used by another process")

        monkeypatch.setattr(os, "rename", held)
        done = make(out, sleep=waits.append)
        assert (len(waits), round(sum(waits), 3)) == (5, 3)
        assert (done.folder, done.new) == (None, False)
        (kept,) = out.iterdir()
        assert said(done.findings) == [
            (
                "BK505",
                f"The new version is ready in “{kept}”, but another program holds the folder, so it could not be "
                "named “v0001”.",
            )
        ]
        assert verify(kept) == ()

    def test_name_not_confirmed_is_a_warning_and_the_version_is_there(self, out, monkeypatch):
        out.mkdir()
        plain = disk.flush_folder

        def fail(path):
            if path == out:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            plain(path)

        monkeypatch.setattr(disk, "flush_folder", fail)
        done = make(out)
        assert (done.folder, done.new) == (out / "v0001", True)
        assert [(one.code, one.severity) for one in done.findings] == [("BK509", Severity.WARNING)]
        assert verify(out) == ()

    @pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
    def test_network_drive_that_cannot_flush_folders_is_fine(self, out, monkeypatch, number):
        plain = os.fsync

        def some(handle):
            import stat

            if stat.S_ISDIR(os.fstat(handle).st_mode):
                raise OSError(number, os.strerror(number))
            plain(handle)

        monkeypatch.setattr(os, "fsync", some)
        assert make(out).findings == ()

    def test_own_interruption_leaves_no_temporary_folder(self, out, monkeypatch):
        def stop(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", stop)
        out.mkdir()
        with pytest.raises(KeyboardInterrupt):
            make(out)
        assert names(out) == []


class TestAFaultOfOurOwn:
    def test_truncated_word_file(self, out):
        done = make(out, files={**bid("b-1"), "tarjous.docx": docx("b-1")[:-30]})
        assert said(done.findings) == [
            (
                "BK508",
                "“tarjous.docx” would not open as it was made (it is damaged or cut short), so no version was made.",
            )
        ]
        assert names(out) == []

    def test_damaged_member(self, out):
        data = bytearray(docx("b-1", **{"word/media/image1.png": os.urandom(4000)}))
        data[data.index(b"image1.png") + 500] ^= 1
        done = make(out, files={"tarjous.docx": bytes(data)})
        assert [one.code for one in done.findings] == ["BK508"]
        assert "image1.png" in str(done.findings[0].facts["cause"])

    def test_broken_xml(self, out):
        done = make(out, files={"tarjous.docx": docx("b-1", body="<w:p>")})
        assert [one.code for one in done.findings] == ["BK508"]

    def test_no_main_part(self, out):
        done = make(out, files={"tarjous.docx": xlsx("b-1")})
        assert "word/document.xml" in said(done.findings)[0][1]

    def test_other_build_id(self, out):
        done = make(out, files={**bid("b-1"), "hinnoittelu.xlsx": xlsx("b-0")})
        assert said(done.findings) == [
            (
                "BK508",
                "“hinnoittelu.xlsx” would not open as it was made (docProps/core.xml: b-0, b-1), "
                "so no version was made.",
            )
        ]


class TestVerify:
    def test_looks_at_the_newest_version(self, out):
        make(out, "b-1")
        make(out, "b-2")
        (out / "v0001/tarjous.docx").unlink()
        (out / "v0007 sent").mkdir()
        assert newest(out) == out / "v0002"
        found = examine(out)
        assert (found.folder, found.findings, found.manifest.build_id) == (out / "v0002", (), "b-2")

    def test_no_folder(self, out):
        assert said(verify(out)) == [("BK510", f"There is no folder “{out}”.")]

    def test_no_version(self, out):
        out.mkdir()
        assert said(verify(out)) == [("BK511", f"“{out}” is not a version of a bid: it has no manifest.json.")]

    def test_newest_without_manifest(self, out):
        make(out)
        (out / "v0001/manifest.json").unlink()
        assert [(one.code, one.place.file) for one in verify(out)] == [("BK511", str(out / "v0001"))]

    def test_mixed_pair(self, out):
        make(out, "b-1")
        make(out, "b-2")
        shutil.copy(out / "v0001/tarjous.docx", out / "v0002/tarjous.docx")
        (one,) = verify(out / "v0002")
        assert said([one]) == [
            ("BK519", "“tarjous.docx” belongs to another build: it carries b-1, this version is b-2.")
        ]
        assert one.place.file == str(out / "v0002/tarjous.docx")

    def test_missing_file(self, out):
        make(out)
        (out / "v0001/sisainen/kustannukset.xlsx").unlink()
        assert said(verify(out)) == [("BK514", "“sisainen/kustannukset.xlsx” is missing from the version.")]

    def test_changed_file(self, out):
        make(out)
        (out / "v0001/havainnot.html").write_bytes(b"x")
        assert said(verify(out)) == [
            ("BK515", "“havainnot.html” was changed after the build: it has 1 bytes, 39 when it was built.")
        ]

    def test_changed_content_of_one_size(self, out):
        make(out)
        (out / "v0001/havainnot.html").write_bytes(b"x" * 39)
        assert said(verify(out)) == [
            (
                "BK516",
                "“havainnot.html” was changed after the build: its content differs, its size (39 bytes) does not.",
            )
        ]

    def test_extra_files_and_folders(self, out):
        make(out)
        (out / "v0001/muistio.txt").write_text("x")
        (out / "v0001/sisainen/omat").mkdir()
        (out / "v0001/sisainen/omat/x").write_text("x")
        assert said(verify(out)) == [
            ("BK517", "“muistio.txt” does not belong to this version."),
            ("BK517", "“sisainen/omat” does not belong to this version."),
        ]

    @pytest.mark.parametrize("name", ["~$tarjous.docx", ".~lock.tarjous.docx#"])
    def test_lock_file_is_a_note(self, out, name):
        make(out)
        (out / "v0001" / name).write_text("x")
        found = examine(out)
        assert [(one.code, one.severity) for one in found.findings] == [("BK518", Severity.NOTE)]
        assert found.whole

    def test_link_instead_of_a_file(self, out, tmp_path):
        make(out)
        (tmp_path / "copy.docx").write_bytes(bid("b-1")["tarjous.docx"])
        (out / "v0001/tarjous.docx").unlink()
        (out / "v0001/tarjous.docx").symlink_to(tmp_path / "copy.docx")
        assert said(verify(out)) == [("BK520", "“tarjous.docx” cannot be read: it is a link to another place.")]

    def test_link_instead_of_an_inner_folder(self, out, tmp_path):
        make(out)
        (out / "v0001/sisainen").rename(tmp_path / "elsewhere")
        (out / "v0001/sisainen").symlink_to(tmp_path / "elsewhere")
        assert said(verify(out)) == [("BK517", "“sisainen” does not belong to this version.")]

    def test_link_named_like_a_version_is_not_the_newest(self, out):
        make(out)
        (out / "v0002").symlink_to(out / "v0001")
        assert newest(out) == out / "v0001"
        assert make(out, "b-2").folder == out / "v0003"

    def test_file_without_a_build_id_is_not_of_the_build(self, out):
        make(out)
        data = package({"[Content_Types].xml": TYPES, "xl/workbook.xml": f'<workbook xmlns="{SHEET}"/>'})
        listing = out / "v0001/manifest.json"
        (out / "v0001/hinnoittelu.xlsx").write_bytes(data)
        known = load(listing.read_bytes())
        forged = {**known.outputs, "hinnoittelu.xlsx": Output.of(data)}
        listing.write_bytes(Manifest(known.build_id, known.program, known.inputs, forged).dump())
        assert said(verify(out)) == [
            ("BK519", "“hinnoittelu.xlsx” belongs to another build: it carries –, this version is b-1.")
        ]

    def test_file_that_the_system_keeps(self, out, monkeypatch):
        make(out)
        plain = os.open

        def refuse(path, *rest, **more):
            if str(path).endswith("hinnoittelu.xlsx"):
                raise PermissionError(errno.EACCES, "used by another process")
            return plain(path, *rest, **more)

        monkeypatch.setattr(os, "open", refuse)
        assert said(verify(out)) == [("BK520", "“hinnoittelu.xlsx” cannot be read: access is denied.")]

    def test_any_flipped_bit_is_found(self, out):
        make(out, files={"havainnot.html": b"<title>x</title>"})
        for path in sorted((out / "v0001").iterdir()):
            data = path.read_bytes()
            for at in range(len(data)):
                path.write_bytes(data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :])
                assert verify(out), f"byte {at} of {path.name}"
            path.write_bytes(data)
        assert verify(out) == ()

    def test_any_damage_is_a_finding_and_never_an_exception(self, out):
        make(out)
        path, chance = out / "v0001/tarjous.docx", random.Random(7)
        whole = path.read_bytes()
        for _ in range(400):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 12)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            if chance.random() < 0.3:
                del data[chance.randrange(len(data)) :]
            path.write_bytes(data)
            if data != whole:
                assert {one.place.file for one in verify(out)} == {str(path)}

    def test_huge_file_is_not_read(self, out):
        make(out)
        with (out / "v0001/tarjous.docx").open("wb") as file:
            file.truncate(1 << 40)
        assert [one.code for one in verify(out)] == ["BK515"]

    def test_manifest_cut_anywhere_is_found(self, out):
        make(out)
        path = out / "v0001/manifest.json"
        data = path.read_bytes()
        for at in range(len(data)):
            path.write_bytes(data[:at])
            assert [one.code for one in verify(out)] == ["BK512"], at

    def test_manifest_of_a_newer_program(self, out):
        make(out)
        (out / "v0001/manifest.json").write_text('{"format": 2}')
        assert said(verify(out)) == [
            ("BK513", "This version was made by a newer bidkit (manifest format 2; this one knows 1).")
        ]

    @pytest.mark.parametrize(
        "text", ["", "null", "[]", "{}", "[" * 100_000, '{"format": true}', '{"format": 1}', "\udcff", "NaN"]
    )
    def test_manifest_that_is_something_else(self, out, text):
        make(out)
        (out / "v0001/manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
        assert [one.code for one in verify(out)] == ["BK512"]

    @pytest.mark.parametrize("path", ["../v0001/x", "/etc/passwd", "C:/x", "a\\..\\b", "x\0", "a/./b", ""])
    def test_manifest_that_leads_outside_is_torn(self, path):
        assert not is_inside(path)
        with pytest.raises(Torn):
            load(Manifest("b", "p", {}, {path: Output(0, "")}).dump())


def hidden(name: str) -> str:
    return f'<sheet name="{name}" sheetId="1" state="hidden"/>'


DELETED = "<w:p><w:del w:id='1' w:author='A'><w:r><w:delText>40,00</w:delText></w:r></w:del></w:p>"
VANISHED = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>margin</w:t></w:r></w:p>"
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    'TargetMode="External" Target="file:///C:/x.dotx"/></Relationships>'
)


class TestWhatTheBuyerCouldSee:
    @pytest.mark.parametrize(
        ("name", "data", "code", "word"),
        [
            ("tarjous.docx", docx("b-1", body=DELETED), "BK521", "tracked changes"),
            ("tarjous.docx", docx("b-1", body=VANISHED), "BK521", "hidden"),
            ("tarjous.docx", docx("b-1", **{"word/comments.xml": "<c/>"}), "BK521", "comments"),
            ("tarjous.docx", docx("b-1", **{"docProps/custom.xml": "<c/>"}), "BK521", "docProps/custom.xml"),
            ("tarjous.docx", docx("b-1", **{"word/_rels/settings.xml.rels": RELATION}), "BK522", "attachedTemplate"),
            ("tarjous.docx", docx("b-1", **{"word/vbaProject.bin": b"x"}), "BK522", "vbaProject"),
            ("hinnoittelu.xlsx", xlsx("b-1", rows='<row r="1" hidden="1"/>'), "BK521", "hidden"),
            ("hinnoittelu.xlsx", xlsx("b-1", sheets=hidden("Kate")), "BK521", "Kate"),
        ],
    )
    def test_is_named(self, out, name, data, code, word):
        make(out, files={**bid("b-1"), name: data})
        found = verify(out)
        assert [one.code for one in found] == [code]
        assert word in said(found)[0][1]
        assert name in said(found)[0][1]
        assert found[0].place.file == str(out / "v0001" / name)

    def test_own_files_are_not_judged(self, out):
        make(out, files={**bid("b-1"), "sisainen/muistio.docx": docx("b-1", body=DELETED)})
        assert verify(out) == ()

    @pytest.mark.parametrize(
        "name", ["Polku ry", "Työttömien ja Työnhakijoiden Yhdistysten Yhteistoimintaliitto ry, Ö"]
    )
    def test_name_of_the_organisation_and_title_are_meant(self, out, name):
        core = f"<dc:title>Tarjous</dc:title><dc:creator>{name}</dc:creator>"
        make(out, files={**bid("b-1"), "tarjous.docx": docx("b-1", core=core)})
        assert verify(out) == ()

    def test_workbook_behind_a_chart_is_fine_but_judged(self, out):
        inner = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
        make(out, files={**bid("b-1"), "tarjous.docx": docx("b-1", **{inner: xlsx("")})})
        assert verify(out) == ()
        make(out, "b-2", {**bid("b-2"), "tarjous.docx": docx("b-2", **{inner: xlsx("", sheets=hidden("Kate"))})})
        (one,) = verify(out)
        assert one.code == "BK521"
        assert "Kate" in said([one])[0][1]
        assert inner in said([one])[0][1]

    def test_edit_by_hand_and_what_it_left_are_both_named(self, out):
        make(out)
        (out / "v0001/tarjous.docx").write_bytes(docx("b-1", body=DELETED))
        assert [one.code for one in verify(out)] == ["BK515", "BK521"]


class TestTheCommand:
    """``bidkit verify``, as a user runs it."""

    @pytest.fixture
    def built(self, tmp_path):
        """A real version, which independent readers open too."""
        folder = small.write(tmp_path / "aineisto")
        assert run("build", str(folder), "--as-of", "15.1.2027").code == 0
        return folder / "out"

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("fi", "v0001 on eheä ja sen tiedostot sopivat yhteen: koontitunnus {build}, tiedostoja 6."),
            ("sv", "v0001 är hel och filerna hör ihop: versionskod {build}, filer 6."),
            ("en", "v0001 is whole and its files match: build {build}, files 6."),
        ],
    )
    def test_whole(self, built, language, sentence):
        build = json.loads((built / "v0001/manifest.json").read_text("utf-8"))["build_id"]
        done = run("verify", built, env={"BIDKIT_LANGUAGE": language}, encoding="cp1252")
        assert (done.code, done.out.splitlines(), done.err) == (0, [sentence.format(build=build)], "")

    def test_whole_with_a_file_open(self, built):
        out = built
        (out / "v0001/~$rjous.docx").write_bytes(b"x")
        done = run("verify", out / "v0001", env={"BIDKIT_LANGUAGE": "en"})
        assert done.code == 0
        assert "BK518" in done.out
        assert "v0001 is whole" in done.out

    def test_changed(self, out):
        make(out)
        (out / "v0001/tarjous.docx").write_bytes(docx("b-0"))
        done = run("verify", out, encoding="cp1252")
        assert done.code == 1
        assert "”tarjous.docx” on toisesta koonnista: sen tunnus on b-0, tämän version b-1." in done.out
        assert "eheä" not in done.out

    def test_nothing_to_verify(self, out):
        done = run("verify", out)
        assert done.code == 2
        assert "BK510" in done.out

    def test_no_versions_yet(self, tmp_path):
        (tmp_path / "services.yaml").write_text("[]")
        for at, place, build in ((tmp_path, None, tmp_path), (".", tmp_path, "")):
            done = run("verify", at, cwd=place)
            assert done.code == 2
            assert done.out.endswith(f"ei ole vielä versioita. Seuraavaksi: bidkit build {build}".rstrip() + "\n")
            assert "BK511" not in done.out
        (tmp_path / "out").mkdir()
        assert f"bidkit build {tmp_path}\n" in run("verify", tmp_path / "out").out

    def test_the_versions_of_a_dossier(self, tmp_path):
        make(tmp_path / "out")
        (tmp_path / "out/v0001/tarjous.docx").write_bytes(docx("b-0"))
        assert "sen tunnus on b-0, tämän version b-1." in run("verify", tmp_path).out

    def test_a_version_that_lost_its_manifest(self, out):
        make(out)
        (out / "v0001/manifest.json").unlink()
        done = run("verify", out)
        assert (done.code, "BK511" in done.out) == (2, True)
        assert "BK511" in run("verify", out / "v0001").out

    def test_torn_manifest(self, out):
        make(out)
        (out / "v0001/manifest.json").write_text("{")
        assert run("verify", out).code == 1


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_text_is_translated(language):
    words = Translator(language, ("publishing", "manual_publishing"))
    told = [one for one in vars(publishing).values() if isinstance(one, Message)]
    assert len(told) >= 32
    assert all(words.text(text) != text for text in (*publishing.CAUSES.values(), publishing.A_LINK))
    for one in told:
        for text in (one.text, one.hint, one.page):
            assert words.text(text) != text, one.code
