"""What all tests share: example dossiers, bidkit as a user runs it, and LibreOffice or a clear reason without it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from . import office

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
AS_OF = "2027-01-15"  # before the deadline of every example
VERSION = re.compile(r"v\d{4,}")
# What a developer's shell may hold and a test must not see.
UNSEEN = ("SOURCE_DATE_EPOCH", "PYTHONUTF8", "PYTHONIOENCODING", "PYTHONWARNINGS", "NO_COLOR", "FORCE_COLOR", "COLUMNS")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip tests marked ``office`` without LibreOffice, or fail them where CI promised that it is there."""
    if item.get_closest_marker("office") is None or office.soffice():
        return
    reason = "LibreOffice (soffice) is not installed: nothing was opened, printed or recalculated"
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@dataclass(frozen=True)
class Run:
    """What one run of bidkit did: exit code, and what it said on both streams."""

    code: int
    out: str
    err: str


def run(*args: object, env: dict[str, str] | None = None, encoding: str = "utf-8", cwd: Path | None = None) -> Run:
    """Run ``python -m bidkit`` as a user does, in a terminal of this encoding (cp1252 is what Windows has).

    The environment is the developer's without what would colour the result; ``env`` is laid over it.
    Output that does not decode, or that shows a traceback, fails the test.
    """
    surroundings = {k: v for k, v in os.environ.items() if k not in UNSEEN}
    surroundings |= {"PYTHONIOENCODING": f"{encoding}:strict", "PYTHONPATH": str(ROOT), **(env or {})}
    done = subprocess.run(
        [sys.executable, "-m", "bidkit", *map(str, args)],
        capture_output=True,
        env=surroundings,
        cwd=cwd,
        timeout=300,
        check=False,
    )
    result = Run(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
    assert "Traceback" not in result.out + result.err, result.out + result.err
    return result


@contextmanager
def hearing(command: list[str], *, seconds: float = 120, **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """Start a process that hears Ctrl-C, and kill it if it has not ended after ``seconds``.

    A shell without a terminal starts its background jobs, and so the tests and all that they start, with SIGINT
    ignored; a program that is started so rightly leaves it ignored, and would be waited for forever.
    """
    if os.name != "nt":
        options.setdefault("preexec_fn", heed_ctrl_c)
    process = subprocess.Popen(command, **options)
    guard = threading.Timer(seconds, process.kill)
    guard.daemon = True
    guard.start()
    try:
        with process:
            try:
                yield process
            except BaseException:
                process.kill()  # nobody talks to it any more, so it would never end
                raise
    finally:
        guard.cancel()


def heed_ctrl_c() -> None:
    """Let the process that is being started end at SIGINT as one started from a terminal does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(scope="session")
def run_bidkit() -> Callable[..., Run]:
    """Give `run`."""
    return run


@pytest.fixture
def dossier_copy(tmp_path: Path) -> Callable[[str], Path]:
    """Give a function that copies ``examples/NAME``, without what was built there, and returns the copy."""

    def copy(name: str) -> Path:
        return shutil.copytree(EXAMPLES / name, tmp_path / name, ignore=shutil.ignore_patterns("out"))

    return copy


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Give a function that builds ``examples/NAME`` once a session and language and returns the version folder.

    Look, do not touch: other tests read the same folder.
    """
    known: dict[tuple[str, ...], Path] = {}

    def build(name: str, language: str = "fi", *options: str) -> Path:
        key = (name, language, *options)
        if key not in known:
            out = tmp_path_factory.mktemp(f"{name}-{language}")
            said = run("build", EXAMPLES / name, "--language", language, "--as-of", AS_OF, "--out", out, *options)
            assert said.code == 0, said.out + said.err
            (known[key],) = (d for d in out.iterdir() if VERSION.fullmatch(d.name))
        return known[key]

    return build
