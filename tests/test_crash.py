"""A build that dies or meets a full disk at any call leaves every version whole (benchmarks/crash.py is the engine)."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from benchmarks.crash import CALLS, CAN_BE_FULL, Fault, Tally, Trials, in_process, publish_once, realistic, versions
from bidkit.publish import verify
from tests import small
from tests.conftest import run as run_bidkit
from tests.test_publish import bid

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills children made by fork")
KILLS = int(os.environ.get("BIDKIT_KILLS", "25"))


class Forked:
    """A child made by fork that publishes with a fault put in: no interpreter to start, so kills hit the writing."""

    def __init__(self, out: Path, files: dict[str, bytes], fault: Fault) -> None:
        self.pid = os.fork()
        if not self.pid:
            code = 3
            try:
                done = fault.install()
                code = publish_once(out, files, "newer-build")
                done()
            finally:
                os._exit(code)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.fixture(scope="module")
def newer() -> dict[str, bytes]:
    files = realistic("newer-build", 1)
    assert len(files["tarjous.docx"]) > 250_000
    return files


@pytest.fixture(scope="module")
def trials(tmp_path_factory, newer) -> Trials:
    top = tmp_path_factory.mktemp("crash")
    publish_once(top / "keep", realistic("older-build"), "older-build")
    return Trials(top / "keep", top / "out", lambda fault: Forked(top / "out", newer, fault).wait())


def test_faults_meet_every_kind_of_call(trials):
    calls = trials.calls()
    assert {"open", "write", "fsync", "close", "mkdir", "rename"} <= set(calls)
    assert calls.count("rename") == 1
    assert calls.count("write") == 5
    # Two things are stored after the rename: nothing but the name of the version.
    assert calls[calls.index("rename") + 1 :] == ["open", "fsync", "close"]


def test_kill_at_every_call(trials):
    tally = trials.sweep("kill")
    assert tally.trials > 30
    assert dict(tally.verdicts) == {"whole": tally.trials}
    assert set(tally.codes) == {-9}
    assert 0 < tally.published < 5  # only kills after the rename leave a new version


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EACCES])
def test_error_at_every_call(trials, error):
    tally = trials.sweep(os.strerror(error), error, CAN_BE_FULL if error == errno.ENOSPC else CALLS)
    assert dict(tally.verdicts) == {"whole": tally.trials}
    # 1: a finding said why. 0: the call was one that a second try or the clean-up could do without.
    assert set(tally.codes) <= {0, 1}
    if error == errno.ENOSPC:
        assert dict(tally.codes) == {1: tally.trials}
        assert tally.left == 0


def test_random_kills(trials, newer):
    tally = trials.random_kills(KILLS, lambda: Forked(trials.out, newer, Fault()), seed=20270131)
    assert dict(tally.verdicts) == {"whole": KILLS}


def test_command_line_of_the_engine_runs_a_child(trials, newer, tmp_path):
    for path, data in newer.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    run = in_process(["publish-alone", str(tmp_path), str(trials.out)])
    fate = [trials.once(Tally("one"), fault, run) for fault in (Fault(), Fault(5), Fault(5, errno.ENOSPC))]
    assert fate == ["whole"] * 3


def test_engine_puts_faults_into_bidkit_itself(tmp_path):
    """The same way a real build is tried by ``benchmarks/crash.py -- build …``."""
    folder = small.write(tmp_path / "aineisto")
    assert run_bidkit("build", str(folder), "--as-of", "15.1.2027").code == 0
    run = in_process(["verify", str(folder / "out")])
    assert [run(Fault()), run(Fault(1, errno.EIO)), run(Fault(1))] == [0, 1, -9]


def test_engine_sees_a_torn_a_mixed_and_a_lost_version(trials, newer):
    """The control: an engine that finds nothing must be able to find something."""

    def overwrite(_: Fault) -> int:
        (trials.out / "v0001/tarjous.docx").write_bytes(newer["tarjous.docx"])
        return 1

    def torn(_: Fault) -> int:
        (trials.out / "v0002").mkdir()
        (trials.out / "v0002/tarjous.docx").write_bytes(b"PK")
        return 1

    def mixed(_: Fault) -> int:
        publish_once(trials.out, newer, "newer-build")
        old = (trials.out / "v0001/hinnoittelu.xlsx").read_bytes()
        (trials.out / "v0002/hinnoittelu.xlsx").write_bytes(old)
        return 0

    found = [trials.once(Tally("control"), Fault(), run) for run in (overwrite, torn, mixed, lambda _: 0)]
    assert found == [
        "lost: the older version",
        "torn: v0002: BK511",
        "torn: v0002: BK519",
        "lost: exit code 0, but 0 new versions",
    ]


def _publish(out: Path, who: int, go) -> None:
    go.wait()
    builds = [f"build-{who}-{number}" for number in range(3)]
    os._exit(sum(publish_once(out, bid(build), build) for build in builds))


def test_four_processes_at_once_make_twelve_whole_versions(tmp_path):
    out, fork = tmp_path / "out", multiprocessing.get_context("fork")
    go = fork.Event()
    at_work = [fork.Process(target=_publish, args=(out, who, go)) for who in range(4)]
    for one in at_work:
        one.start()
    go.set()
    for one in at_work:
        one.join(60)
    assert [one.exitcode for one in at_work] == [0, 0, 0, 0]
    assert versions(out) == [f"v{number:04}" for number in range(1, 13)]
    assert len(list(out.iterdir())) == 12  # and no temporary folder
    assert [verify(out / name) for name in versions(out)] == [()] * 12
