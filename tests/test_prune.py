"""`bidkit prune`: what it removes, what it never touches, and that no crash or held file costs a page."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bidkit import cli
from bidkit.publish import disk, verify, versions
from bidkit.publish.manifest import NAME
from tests.conftest import Run, run
from tests.test_history import DAY, copy, four  # noqa: F401  (fixtures)


def prune(folder: Path, keep: object, *options: str) -> Run:
    return run("prune", folder, "--keep", keep, *options)


def left(folder: Path) -> list[str]:
    return sorted(entry.name for entry in (folder / "out").iterdir())


@pytest.fixture
def old(copy) -> versions.Version:  # noqa: F811
    return next(versions.versions(copy / "out"))


ALL = ["v0001", "v0002", "v0003", "v0004"]


class TestWhatIsRemoved:
    def test_the_newest_stay(self, copy):  # noqa: F811
        done = prune(copy, 2, "--kylla")
        assert (done.code, done.out.splitlines()) == (
            0,
            [
                f"Poistetaan kansiosta {copy / 'out'}: v0001, v0002",
                "Jää: v0003, v0004",
                "Versioita poistettiin 2, jäljellä on 2.",
            ],
        )
        assert left(copy) == ["v0003", "v0004"]
        assert verify(copy / "out/v0003") == verify(copy / "out/v0004") == ()

    def test_a_number_is_never_given_again(self, copy):  # noqa: F811
        assert prune(copy, 1, "--yes").code == 0
        assert left(copy) == ["v0004"]
        assert run("build", copy, *DAY, "--draft", "--language", "fi").code == 0  # the same bid: no new version
        assert left(copy) == ["v0004"]
        (copy / "sites.yaml").write_text(
            (copy / "sites.yaml").read_text("utf-8").replace("Porin", "Uuden Porin"), "utf-8"
        )
        assert run("build", copy, *DAY, "--draft").code == 0
        assert left(copy) == ["v0004", "v0005"]

    def test_what_was_sent_stays(self, copy):  # noqa: F811
        (copy / "out/v0001.zip").write_bytes(b"PK")
        (copy / "out/v0002/lahetetty.txt").write_bytes(b"")
        done = prune(copy, 1, "--yes")
        assert done.out.splitlines()[:2] == [
            f"Poistetaan kansiosta {copy / 'out'}: v0003",
            "Jää: v0001 (v0001.zip), v0002 (lahetetty.txt), v0004",
        ]
        assert left(copy) == ["v0001", "v0001.zip", "v0002", "v0004"]

    @pytest.mark.parametrize("keep", [4, 9])
    def test_nothing_to_remove(self, copy, keep):  # noqa: F811
        done = prune(copy, keep)
        assert (done.code, done.out) == (0, f"Kansiossa {copy / 'out'} ei ole poistettavaa.\n")
        assert left(copy) == ALL

    def test_nothing_there_yet(self, tmp_path):
        assert "ei ole vielä versioita" in prune(tmp_path, 1).out
        assert prune(tmp_path, 1).code == 0


class TestWhatIsLeftAlone:
    def test_somebodys_own_work(self, copy):  # noqa: F811
        """Edited in Word, a note put in, open in Word, no manifest: each stays and is named."""
        (copy / "out/v0001/tarjous.docx").write_bytes(b"edited")
        (copy / "out/v0002/muistio.txt").write_text("muista", encoding="utf-8")
        (copy / "out/v0003/~$tarjous.docx").write_bytes(b"")
        done = prune(copy, 1, "--yes")
        assert done.code == 0
        said = [line for line in done.out.splitlines() if line.startswith("HUOMAA")]
        assert [line.split("  BK529  ")[1] for line in said] == [
            f"Versiota ”{name}” ei poistettu: "
            f"siinä on jotakin, mitä on muutettu tai lisätty tekemisen jälkeen ({file})."
            for name, file in (
                ("v0001", "tarjous.docx"),
                ("v0002", "muistio.txt"),
                ("v0003", "~$tarjous.docx"),
            )
        ]
        assert f"Kansiossa {copy / 'out'} ei ole poistettavaa." in done.out
        assert left(copy) == ALL

    def test_what_a_file_manager_leaves_is_nobodys_work(self, copy):  # noqa: F811
        (copy / "out/v0001/Thumbs.db").write_bytes(b"")
        assert prune(copy, 3, "--yes").code == 0
        assert left(copy) == ALL[1:]

    def test_folders_that_are_not_versions_of_ours(self, copy, tmp_path):  # noqa: F811
        outside = shutil.copytree(copy / "out/v0001", tmp_path / "muualla")
        (copy / "out/v0000").symlink_to(outside, target_is_directory=True)
        (copy / "out/v0002/sisainen").rename(tmp_path / "sisainen")
        (copy / "out/v0002/sisainen").symlink_to(tmp_path / "sisainen", target_is_directory=True)
        (copy / "out/v0003").rename(copy / "out/v0003 kunnalle")
        (copy / "out/v2026").mkdir()
        (copy / "out/v2026/oma.txt").write_bytes(b"")
        nested = copy / "out/v0000000"  # a folder of ours by name, which holds a version but is none
        shutil.copytree(copy / "out/v0001", nested / "v0001")
        done = prune(copy, 1, "--yes")
        assert done.code == 0, done.out
        assert left(copy) == ["v0000", "v0000000", "v0002", "v0003 kunnalle", "v0004", "v2026"]
        assert (outside / NAME).is_file()
        assert sorted(p.name for p in (tmp_path / "sisainen").iterdir()) == [
            "havainnot.html",
            "kustannukset.xlsx",
            "sisalto.json",
        ]
        assert "”v2026” ei poistettu: siinä ei ole luettelotiedostoa manifest.json, jonka voisi lukea." in done.out

    def test_an_output_folder_that_is_a_link(self, copy, tmp_path):  # noqa: F811
        (copy / "out").rename(tmp_path / "muualla")
        (copy / "out").symlink_to(tmp_path / "muualla", target_is_directory=True)
        done = prune(copy, 1, "--yes")
        assert done.code == 2
        assert f"BK502  ”{copy / 'out'}” on linkki toiseen paikkaan" in done.out
        assert sorted(p.name for p in (tmp_path / "muualla").iterdir()) == ALL


class TestAsking:
    """With a terminal it asks; the answer is taken in any language."""

    @pytest.mark.parametrize(
        ("typed", "remain"),
        [("k\n", 1), ("Kyllä\n", 1), ("y\n", 1), ("ehkä\nj\n", 1), ("e\n", 4), ("\n", 4), ("N\n", 4)],
    )
    def test_the_answer(self, copy, monkeypatch, capsys, typed, remain):  # noqa: F811
        terminal = io.StringIO(typed)
        monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(sys, "stdin", terminal)
        with suppress(SystemExit):
            cli.main(["prune", str(copy), "--keep", "1"])
        out = capsys.readouterr().out
        assert f"Poistetaan kansiosta {copy / 'out'}: v0001, v0002, v0003" in out
        assert "Poistetaanko lopullisesti? [k/E]: " in out
        assert ("Vastaa k tai e." in out) is typed.startswith("ehkä")
        assert ("Mitään ei poistettu." in out) is (remain == 4)
        assert len(left(copy)) == remain

    def test_without_a_terminal_nothing_is_removed(self, copy):  # noqa: F811
        done = prune(copy, 1)
        assert done.code == 2
        assert "Lisää komentosarjassa valinta --kylla." in done.err
        assert left(copy) == ALL

    @pytest.mark.parametrize("keep", ["0", "-1", "kaksi", "1,5", ""])
    def test_how_many(self, copy, keep):  # noqa: F811
        done = prune(copy, keep, "--yes")
        assert done.code == 2
        assert "tarvitaan kokonaisluku, vähintään 1, esimerkiksi 5: uusin jää aina" in done.err
        assert left(copy) == ALL

    def test_json(self, copy):  # noqa: F811
        (copy / "out/v0002.zip").write_bytes(b"PK")
        told = json.loads(prune(copy, 1, "--json").out)
        assert (told["to_remove"], told["removed"], told["packaged"]) == (["v0001", "v0003"], [], ["v0002"])
        assert len(left(copy)) == 5
        told = json.loads(prune(copy, 1, "--json", "--yes").out)
        assert told["removed"] == ["v0001", "v0003"]
        assert told["kept"] == ["v0002", "v0004"]
        assert left(copy) == ["v0002", "v0002.zip", "v0004"]


class TestWhatTheDiskRefuses:
    def test_a_file_open_in_word_leaves_the_version_whole(self, old, monkeypatch):
        """Windows refuses the rename; it is tried again for three seconds, as a scanner lets go by then."""
        waited: list[float] = []

        def held(*_args: object) -> None:
            raise PermissionError(errno.EACCES, "held")

        monkeypatch.setattr(os, "rename", held)
        finding = versions.remove(old, waited.append)
        assert finding.code == "BK529"
        assert finding.facts["version"] == "v0001"
        assert "another program holds it" in finding.facts["cause"].msgid
        assert sum(waited) == pytest.approx(3)
        assert verify(old.folder) == ()
        assert sorted(p.name for p in old.folder.parent.iterdir()) == ALL

    def test_a_scanner_that_lets_go(self, old, monkeypatch):
        tries: list[int] = []
        rename = os.rename

        def once_held(*args: str) -> None:
            tries.append(1)
            if len(tries) == 1:
                raise PermissionError(errno.EACCES, "held")
            rename(*args)

        monkeypatch.setattr(os, "rename", once_held)
        assert versions.remove(old, lambda _: None) is None
        assert not old.folder.exists()

    @pytest.mark.parametrize("error", [errno.EROFS, errno.EIO])
    def test_a_disk_that_cannot_be_written(self, old, monkeypatch, error):
        def refuse(*_args: object) -> None:
            raise OSError(error, "refused")

        monkeypatch.setattr(os, "rename", refuse)
        assert versions.remove(old).code == "BK529"
        assert verify(old.folder) == ()

    def test_a_file_opened_in_the_middle_leaves_a_temporary_folder_that_is_named(self, old, monkeypatch):
        monkeypatch.setattr(disk, "remove", lambda _folder: None)
        finding = versions.remove(old)
        (rest,) = (p.name for p in old.folder.parent.iterdir() if p.name.startswith(".tmp-"))
        assert dict(finding.facts["cause"].facts) == {"folder": rest}
        assert not old.folder.exists()
        monkeypatch.undo()
        fresh = disk.make_temporary(old.folder.parent)
        os.utime(old.folder.parent / rest, (0, 0))
        disk.remove_stale(old.folder.parent, fresh)  # as the next build does
        assert not (old.folder.parent / rest).exists()

    def test_killed_between_name_and_files(self, old, monkeypatch):
        """The version is gone by name, whole by content, and no reader takes what is left for a version."""

        class Killed(BaseException):
            pass

        def kill(_folder: Path) -> None:
            raise Killed

        monkeypatch.setattr(disk, "remove", kill)
        with pytest.raises(Killed):
            versions.remove(old)
        assert [one.name for one in versions.versions(old.folder.parent)] == ALL[1:]

    def test_one_that_is_held_does_not_stop_the_others(self, copy, monkeypatch, capsys):  # noqa: F811
        rename = os.rename

        def held(source: str, target: str) -> None:
            if Path(source).name == "v0002":
                raise PermissionError(errno.EACCES, "held")
            rename(source, target)

        monkeypatch.setattr(os, "rename", held)
        monkeypatch.setattr("time.sleep", lambda _: None)
        with pytest.raises(SystemExit) as stop:
            cli.main(["prune", str(copy), "--keep", "1", "--yes"])
        assert stop.value.code == 1
        out = capsys.readouterr().out
        assert "VIRHE" in out
        assert "Versiota ”v0002” ei poistettu: toinen ohjelma käyttää sitä" in out
        assert "Versioita poistettiin 2, jäljellä on 2." in out
        assert left(copy) == ["v0002", "v0004"]

    @pytest.mark.parametrize("call", range(8))
    def test_killed_at_any_call_a_version_is_whole_or_gone(self, old, monkeypatch, call):
        class Killed(BaseException):
            pass

        done: list[str] = []

        def deadly(name: str):
            real = getattr(os, name)

            def act(*args: object, **options: object) -> object:
                if len(done) == call:
                    raise Killed
                done.append(name)
                return real(*args, **options)

            return act

        for name in ("rename", "unlink", "rmdir"):
            monkeypatch.setattr(os, name, deadly(name))
        with pytest.raises(Killed):
            versions.remove(old, lambda _: None)
        monkeypatch.undo()
        parent = old.folder.parent
        assert [one.name for one in versions.versions(parent)] == (ALL[1:] if call else ALL)
        assert all(one.examined.whole for one in versions.versions(parent))
        assert sum(p.name.startswith(".tmp-") for p in parent.iterdir()) == (1 if call else 0)
