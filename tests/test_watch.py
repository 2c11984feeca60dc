"""`bidkit build --watch`: builds once a save, of whole files only, and ends when the user says so."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from bidkit.cli import watch as watching
from bidkit.cli.watch import PATIENCE, STEADY, TRIES, Watch, is_input, locked, look
from tests import small
from tests.conftest import ROOT, UNSEEN, hearing, run

DAY = ("--as-of", "15.1.2027")


@pytest.mark.parametrize(
    "name",
    ["services.yaml", "tiedot.xlsx", "tarjouspyynto.xlsx", "Työ ä ö.yaml", "fi.docx", "liite 1.pdf", "1234567.yaml"],
)
def test_what_its_user_saves_is_input(name):
    assert is_input(name)


@pytest.mark.parametrize(
    "name",
    [
        "~$tiedot.xlsx", ".~lock.tiedot.xlsx#", "~WRL0001.tmp", "A1B2C3D4", "9F3E1000.tmp", "tiedot.xlsx.tmp", "x.part",
        "x.xlsx.crdownload", ".services.yaml.swp", "services.yaml~", ".DS_Store", "tiedot_korjattavat.xlsx",
        "tiedot_korjattavat (2).xlsx", "tiedot_att_ratta.xlsx", "TIEDOT_TO_MEND.XLSX", "services.yaml.bak",
    ],
)  # fmt: skip
def test_locks_halves_and_marked_copies_are_no_input(name, tmp_path):
    assert not is_input(name)
    (tmp_path / name).write_bytes(b"x")
    assert look([tmp_path], ()) == {}


def test_what_is_looked_at(tmp_path):
    for name in ("services.yaml", "services/a.yaml", "out/v0001/tarjous.docx", ".git/x", "versiot/v0001/x.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"12")
    found = look([tmp_path], (tmp_path / "out", tmp_path / "versiot"))
    assert {file.relative_to(os.path.realpath(tmp_path)).as_posix() for file in found} == {
        "services.yaml",
        "services/a.yaml",
    }
    assert {size for _, size in found.values()} == {2}
    assert look([tmp_path / "missing"], ()) == {}
    template = tmp_path / "services.yaml"
    assert list(look([tmp_path / "out", template], ())) == [
        tmp_path / "out/v0001/tarjous.docx",
        Path(os.path.realpath(template)),
    ]


class Stage:
    """A watched folder with a clock that is turned by hand: what happens at each sleep is a list."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.sleeps, self.builds, self.waited = folder, 0, [], []
        self.then: dict[int, list] = {}
        self.locks = 0
        folder.mkdir()
        self.save("services.yaml", "a")
        self.watch = Watch((folder,), (folder / "out",), self.build, self.sleep, self.waited.append)
        self.watch.begin()

    def save(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def build(self):
        self.builds.append(self.sleeps)
        (self.folder / "out").mkdir(exist_ok=True)
        (self.folder / f"out/{len(self.builds)}.docx").write_bytes(b"x")
        (self.folder / "tiedot_korjattavat.xlsx").write_bytes(b"x" * len(self.builds))
        self.locks -= 1
        return self.locks >= 0

    def sleep(self, seconds):
        assert seconds <= 1
        self.sleeps += 1
        for act in self.then.pop(self.sleeps, ()):
            act()

    def steps(self, count):
        for _ in range(count):
            self.watch.step()


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path / "a")


def test_nothing_saved_nothing_built(stage):
    stage.steps(50)
    assert (stage.builds, stage.sleeps) == ([], 0)


def test_a_save_builds_once_and_what_the_build_writes_does_not(stage):
    stage.save("services.yaml", "ab")
    stage.steps(50)
    assert len(stage.builds) == 1


def test_a_new_a_removed_and_a_renamed_file_count_as_saved(stage):
    stage.save("tender.yaml", "a")
    stage.steps(2)
    (stage.folder / "tender.yaml").rename(stage.folder / "bid.yaml")
    stage.steps(2)
    (stage.folder / "bid.yaml").unlink()
    stage.steps(2)
    assert len(stage.builds) == 3


def test_the_same_size_at_another_time_counts_as_saved(stage):
    os.utime(stage.folder / "services.yaml", ns=(1, 1))
    stage.steps(3)
    assert len(stage.builds) == 1


def test_a_file_that_is_being_written_is_left_to_settle(stage):
    stage.then = {n: [lambda n=n: stage.save("services.yaml", "b" * (n + 2))] for n in range(1, 8)}
    stage.save("services.yaml", "b")
    stage.steps(5)
    assert stage.builds == [7 + STEADY]


def test_a_file_that_is_saved_and_taken_back_builds_nothing(stage):
    before = (stage.folder / "services.yaml").stat()

    def back():
        stage.save("services.yaml", "a")
        os.utime(stage.folder / "services.yaml", ns=(before.st_atime_ns, before.st_mtime_ns))

    stage.then = {1: [back]}
    stage.save("services.yaml", "ab")
    stage.steps(5)
    assert stage.builds == []


def test_what_is_saved_during_a_build_is_built_next(stage):
    build = stage.watch.build

    def busy():
        if not stage.builds:
            stage.save("services.yaml", "saved meanwhile")
        return build()

    stage.watch.build = busy
    stage.save("services.yaml", "ab")
    stage.steps(10)
    assert len(stage.builds) == 2


def test_a_locked_file_is_waited_for_and_told_once(stage, monkeypatch):
    closed = {"until": 2 * PATIENCE}

    def shut(files):
        files = list(files)
        return locked(files) or (files[0] if stage.sleeps < closed["until"] else None)

    monkeypatch.setattr(watching, "locked", shut)
    stage.save("services.yaml", "ab")
    stage.steps(3)
    assert stage.builds == [2 * PATIENCE + STEADY - 1]
    assert [file.name for file in stage.waited] == ["services.yaml"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs rights that can be taken away")
def test_a_file_without_rights_is_locked(tmp_path):
    (tmp_path / "a").write_text("a", encoding="utf-8")
    (tmp_path / "a").chmod(0)
    assert locked([tmp_path / "a"]) == tmp_path / "a"


def test_what_cannot_be_opened_is_locked_and_what_is_gone_is_not(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("a", encoding="utf-8")
    assert locked([tmp_path / "gone", tmp_path / "a"]) is None

    def shut(*_args, **_options):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "open", shut)
    assert locked([tmp_path / "a"]) == tmp_path / "a"


def test_a_build_that_met_a_lock_is_done_again_but_not_for_ever(stage):
    stage.locks = 2  # the first two builds meet a lock
    stage.save("services.yaml", "ab")
    stage.steps(20)
    assert len(stage.builds) == 3
    stage.locks = 1000
    stage.save("services.yaml", "abc")
    stage.steps(50)
    assert len(stage.builds) == 3 + TRIES


def test_an_interrupt_ends_it_wherever_it_comes(stage):
    def stop():
        raise KeyboardInterrupt

    stage.then = {5: [lambda: stage.save("services.yaml", "ab")], 7: [stop]}
    with pytest.raises(KeyboardInterrupt):
        stage.watch.run()
    assert stage.builds == []


def test_no_handle_is_left_open(stage):
    fds = Path("/proc/self/fd")
    if not fds.is_dir():
        pytest.skip("needs /proc")
    before = len(list(fds.iterdir()))
    for n in range(20):
        stage.save("services.yaml", "a" * n)
        stage.steps(1)
    assert len(stage.builds) == 20
    assert len(list(fds.iterdir())) == before


# --- what is shown ----------------------------------------------------------------------------------------
def test_a_line_for_each_build_and_what_stops_the_bid(tmp_path, capsys):
    from bidkit.cli.build import Work
    from bidkit.cli.terminal import reader
    from bidkit.cli.watching import show

    folder = small.write(tmp_path / "a")
    work = Work(folder, {"as_of": datetime(2027, 1, 15).date()}, reader())
    when = datetime(2027, 1, 15, 9, 5, 7)
    show(work.build(), work, when)
    show(work.build(), work, when)
    gap = small.change("conditions", "clients: 8", "clients: 9")
    groups = "".join(f"- {{id: g{n}, name: G, vika: 1}}\n" for n in range(5))
    small.write(folder, client_groups=small.FILES["client_groups"] + groups, **gap)
    show(work.build(), work, when)
    lines = capsys.readouterr().out.splitlines()
    version = folder / "out/v0001"
    tally = "1 täyttyy, 0 ei täyty, 0 ei tietoa, 1 vakuutettu."
    assert lines[:2] == [
        f"09.05.07  kirjoitin version {version}. {tally}",
        f"09.05.07  mikään ei ole muuttunut versiosta {version}. {tally}",
    ]
    unmet = "0 täyttyy, 1 ei täyty, 0 ei tietoa, 1 vakuutettu."
    assert lines[2] == f"09.05.07  mitään ei kirjoitettu, virheitä 6. {unmet}"
    assert [line.split("  BK")[1][:3] for line in lines[3:-1]] == ["141", "141", "141", "306"]
    assert lines[-2].startswith("  PUUTE     services.yaml:19:44  BK306  Voimme palvella 8 asiakasta/pv")
    assert lines[-1] == f"  (ja 2 muuta: bidkit check {folder} --pvm 15.1.2027 --kaikki)"


def test_a_folder_that_is_not_there_is_not_watched(tmp_path):
    done = run("build", tmp_path / "missing", *DAY, "--watch")
    assert done.code == 2
    assert "BK100" in done.out


@pytest.mark.skipif(os.name == "nt", reason="a signal stands for Ctrl-C")
def test_a_real_run_builds_on_save_and_ends_on_an_interrupt(tmp_path):
    folder = small.write(tmp_path / "Oma tarjous")
    surroundings = {k: v for k, v in os.environ.items() if k not in UNSEEN} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-u", "-m", "bidkit", "rakenna", str(folder), *DAY, "--seuraa"]
    with hearing(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=surroundings
    ) as watched:
        lines = iter(watched.stdout.readline, "")
        said = next(line for line in lines if line.startswith("Seuraan"))
        assert said == (f"Seuraan kansiota {folder}: jokainen tallennus tekee tarjouksen uudelleen. Lopetus: Ctrl+C.\n")
        small.write(folder, **small.change("organisation", "Esimerkki ry", "Malliyhdistys ry"))
        assert next(lines)[10:].startswith(f"kirjoitin version {folder / 'out/v0002'}. ")
        watched.send_signal(signal.SIGINT)
        rest = list(lines)
        assert rest == ["Seuranta päättyi. Kaikki versiot ovat tallessa.\n"]
        assert watched.wait() == 0
        assert watched.stderr.read() == ""
    assert sorted(p.name for p in (folder / "out").iterdir()) == ["v0001", "v0002"]
