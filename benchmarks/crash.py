#!/usr/bin/env python3
"""Crash proof: a build dies, or the disk fills up, at every call in turn, and no version is torn, mixed or lost.

    python benchmarks/crash.py                                   the publishing step alone
    python benchmarks/crash.py --kills 200 -- build examples/tyopolku --out {out}
    python benchmarks/crash.py --strace -- build examples/tyopolku --out {out}

What follows ``--`` is a bidkit command line; ``{out}`` stands for the output folder. Before each trial that
folder holds one whole, older version. Then a child process runs the command and

* is killed (SIGKILL) before its n-th call of open, write, fsync, close, mkdir, rename, unlink or rmdir, for every n;
  a write first stores half of its bytes, as a real crash may;
* or gets "no space left on device" at its n-th write, fsync, mkdir or rename, or another error at any call;
* or is killed at a random moment.

Afterwards every version in the folder must be whole and the older one as it was, byte for byte. Faults are put
in by wrapping the functions of `os` in the child; with ``--strace`` they are put in by the kernel, so that the
calls of libraries count too.
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

CALLS = ("open", "write", "fsync", "close", "mkdir", "rename", "replace", "unlink", "rmdir")
CAN_BE_FULL = ("write", "fsync", "mkdir", "rename")
ALONE = "publish-alone"
Runner = Callable[["Fault"], int]


class Child(Protocol):
    """A running child process."""

    def kill(self) -> None:
        """Send SIGKILL."""

    def wait(self) -> int:
        """Return the exit code, -9 after a kill."""


@dataclass(frozen=True)
class Fault:
    """What happens at the ``at``-th call (from 1): SIGKILL if ``error`` is 0, otherwise OSError(error).

    ``at`` 0 lets all calls pass; their names are then written to ``log`` as JSON.
    """

    at: int = 0
    error: int = 0
    log: str = ""

    def install(self) -> Callable[[], None]:
        """Wrap the functions of `os`; return what must be called at the end of the child."""
        seen: list[str] = []
        plain = {name: getattr(os, name) for name in CALLS}

        def wrap(name: str) -> Callable[..., object]:
            def call(*args: object, **keys: object) -> object:
                seen.append(name)
                if len(seen) == self.at:
                    self._strike(name, plain["write"], args)
                return plain[name](*args, **keys)

            return call

        for name in CALLS:
            setattr(os, name, wrap(name))

        def done() -> None:
            for name, function in plain.items():
                setattr(os, name, function)
            if self.log:
                Path(self.log).write_text(json.dumps(seen))

        return done

    def _strike(self, name: str, write: Callable[..., object], args: tuple[object, ...]) -> None:
        if name == "write":
            handle, data = args
            write(handle, data[: len(data) // 2])  # type: ignore[index, arg-type]
        if not self.error:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(self.error, os.strerror(self.error))


@dataclass
class Tally:
    """Verdicts and exit codes of one kind of trial."""

    what: str
    trials: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    published: int = 0
    left: int = 0

    def row(self) -> str:
        """Return one line of the table."""
        lost = sum(n for verdict, n in self.verdicts.items() if verdict != "whole")
        codes = ", ".join(f"{code}: {n}" for code, n in sorted(self.codes.items()))
        numbers = (self.trials, self.verdicts["whole"], lost, self.published, self.left)
        return f"{self.what:<28}" + "".join(f"{n:>10}" for n in numbers) + f"  {codes}"


COLUMNS = ("trials", "whole", "lost", "new made", "tmp left")
HEAD = f"{'fault':<28}" + "".join(f"{word:>10}" for word in COLUMNS) + "  exit codes"


def snapshot(folder: Path) -> dict[str, str]:
    """Return path → digest of everything in a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
    }


def versions(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir() if not path.name.startswith(".tmp-"))


def judge(out: Path, before: dict[str, str]) -> str:
    """Return ``whole``, or what is wrong with the output folder as the next run would find it."""
    from bidkit.publish import examine

    if not (out / "v0001").is_dir() or snapshot(out / "v0001") != before:
        return "lost: the older version"
    for name in versions(out):
        found = examine(out / name)
        if not found.whole:
            return f"torn: {name}: " + ", ".join(one.code for one in found.findings)
    return "whole"


class Trials:
    """An output folder with one older version, reset before each trial."""

    def __init__(self, keep: Path, out: Path, run: Runner) -> None:
        self.keep, self.out, self.run = keep, out, run
        self.before = snapshot(keep / "v0001")

    def once(self, tally: Tally, fault: Fault, run: Runner | None = None) -> str:
        """Run one trial and note what it did to the folder."""
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.copytree(self.keep, self.out)
        code = (run or self.run)(fault)
        verdict = judge(self.out, self.before)
        made = len(versions(self.out)) - 1
        if code == 0 and made != 1:
            verdict = f"lost: exit code 0, but {made} new versions"
        tally.trials += 1
        tally.verdicts[verdict] += 1
        tally.codes[code] += 1
        tally.published += made
        tally.left += any(self.out.glob(".tmp-*"))
        return verdict

    def calls(self) -> list[str]:
        """Return the names of the calls of one run without a fault."""
        with tempfile.NamedTemporaryFile(suffix=".json") as log:
            verdict = self.once(Tally("none"), Fault(log=log.name))
            if verdict != "whole" or len(versions(self.out)) != 2:
                raise SystemExit(f"the command makes no version without any fault: {verdict}")
            return list(json.loads(Path(log.name).read_text()))

    def sweep(self, what: str, error: int = 0, only: tuple[str, ...] = CALLS) -> Tally:
        """Put the fault at each call in turn."""
        tally = Tally(what)
        for at, name in enumerate(self.calls(), 1):
            if name in only:
                self.once(tally, Fault(at, error))
        return tally

    def random_kills(self, number: int, start: Callable[[], Child], seed: int = 1) -> Tally:
        """Kill the child at random moments within the time that a whole run takes."""
        tally, chance, spans = Tally(f"{number} random kills"), random.Random(seed), []
        for _ in range(2):
            began = time.perf_counter()
            self.once(Tally("none"), Fault(), lambda _: start().wait())
            spans.append(time.perf_counter() - began)

        def run(_: Fault) -> int:
            child = start()
            time.sleep(chance.uniform(0, min(spans)))
            child.kill()
            return child.wait()

        for _ in range(number):
            self.once(tally, Fault(), run)
        return tally


SYSTEM_CALLS = {
    "openat": "O_CREAT", "write": "", "fsync": "", "fdatasync": "", "rename": "", "renameat": "", "renameat2": "",
    "unlink": "", "unlinkat": "", "rmdir": "", "mkdir": "", "mkdirat": "", "ftruncate": "",
}  # fmt: skip
FULL_SYSTEM_CALLS = ("openat", "write", "fsync", "fdatasync", "rename", "mkdir")


def by_strace(trials: Trials, command: list[str]) -> list[Tally]:
    """Let the kernel put the faults at each system call that changes the disk."""
    trace = "trace=" + ",".join(SYSTEM_CALLS)

    def traced(log: str, *more: str) -> int:
        return start(["strace", "-o", log, "-e", trace, *more, *command]).wait()

    with tempfile.NamedTemporaryFile() as log:
        trials.once(Tally("none"), Fault(), lambda _: traced(log.name))
        lines = Path(log.name).read_text(errors="replace").splitlines()
    seen, targets = Counter[str](), []
    for line in lines:
        name = line.split("(")[0]
        seen[name] += 1
        if name in SYSTEM_CALLS and SYSTEM_CALLS[name] in line:
            targets.append((name, seen[name]))
    tallies = []
    for what, fault, names in (
        ("kill at each system call", "signal=SIGKILL", tuple(SYSTEM_CALLS)),
        ("ENOSPC at each system call", "error=ENOSPC", FULL_SYSTEM_CALLS),
    ):
        tally = Tally(what)
        for name, at in targets:
            if name in names:
                inject = ("-e", f"inject={name}:{fault}:when={at}")
                trials.once(tally, Fault(), lambda _, inject=inject: traced("/dev/null", *inject))
        tallies.append(tally)
    return tallies


def realistic(build_id: str, seed: int = 0) -> dict[str, bytes]:
    """Return files as large as a build makes: a Word file of about 300 kB, two workbooks, a page of findings."""
    chance = random.Random(seed)

    def words(number: int) -> str:
        return "".join(chance.choices("aehiklnoprstuvyäö ,.", k=number))

    def package(main: str, root: str, number: int) -> bytes:
        core = (
            '<c:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:c="http://schemas.openxmlformats.org/'
            f'package/2006/metadata/core-properties"><dc:identifier>{build_id}</dc:identifier></c:coreProperties>'
        )
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
            zipped.writestr("[Content_Types].xml", "<Types/>")
            zipped.writestr("docProps/core.xml", core)
            zipped.writestr(main, f"<{root}>{words(number)}</{root}>")
        return file.getvalue()

    return {
        "tarjous.docx": package("word/document.xml", "document", 500_000),
        "hinnoittelu.xlsx": package("xl/workbook.xml", "workbook", 20_000),
        "sisainen/kustannukset.xlsx": package("xl/workbook.xml", "workbook", 60_000),
        "havainnot.html": f"<!doctype html><title>{build_id}</title>{words(9_000)}".encode(),
    }


def publish_once(out: Path, files: dict[str, bytes], build_id: str) -> int:
    """Publish ``files``; return 0 if a version is there, 1 if a finding says why not."""
    from bidkit.publish import publish

    inputs = {"tender.yaml": "0" * 64}
    done = publish(files, out, build_id=build_id, inputs=inputs, program="bidkit 0", sleep=lambda _: None)
    return 1 if done.findings else 0


def child(fault: Fault, arguments: list[str]) -> int:
    """Run bidkit, or the publishing step alone, in this process with the fault put in."""
    if arguments[0] == ALONE:
        source, out = Path(arguments[1]), Path(arguments[2])
        files = {p.relative_to(source).as_posix(): p.read_bytes() for p in sorted(source.rglob("*.*"))}
        import bidkit.publish  # noqa: F401  (imports are not what is tried here)

        done = fault.install()
        code = publish_once(out, files, "newer-build")
    else:
        import runpy

        done, code = fault.install(), 0
        sys.argv = ["bidkit", *arguments]
        try:
            runpy.run_module("bidkit", run_name="__main__")
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    done()
    return code


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="random kills (default 200)")
    parser.add_argument("--strace", action="store_true", help="also put faults in by the kernel")
    parser.add_argument("--child", type=json.loads, help=argparse.SUPPRESS)
    parser.add_argument("command", nargs="*", help="a bidkit command line with {out}; default: publishing alone")
    asked = parser.parse_args()
    if asked.child is not None:
        sys.exit(child(Fault(*asked.child), asked.command))
    with tempfile.TemporaryDirectory() as top:
        keep, out, source = Path(top, "keep"), Path(top, "out"), Path(top, "files")
        publish_once(keep, realistic("older-build"), "older-build")
        command = [part.replace("{out}", str(out)) for part in asked.command]
        if not command:
            for path, data in realistic("newer-build", 1).items():
                (source / path).parent.mkdir(parents=True, exist_ok=True)
                (source / path).write_bytes(data)
            command = [ALONE, str(source), str(out)]
        bad = report(Trials(keep, out, in_process(command)), command, asked.kills, asked.strace)
    sys.exit(bad)


def report(trials: Trials, command: list[str], kills: int, strace: bool) -> bool:
    """Print the table; return whether anything was lost."""
    whole = line(command, Fault())
    tallies = [
        lambda: [trials.sweep("kill at each call")],
        lambda: [trials.sweep("ENOSPC at each call", errno.ENOSPC, CAN_BE_FULL)],
        lambda: [trials.sweep("EACCES at each call", errno.EACCES)],
        lambda: [trials.random_kills(kills, lambda: start(whole))],
        lambda: by_strace(trials, whole) if strace else [],
    ]
    print(HEAD)
    bad: list[str] = []
    for make in tallies:
        for tally in make():
            print(tally.row(), flush=True)
            bad += [f"{tally.what}: {n} x {v}" for v, n in tally.verdicts.items() if v != "whole"]
    print(*bad, sep="\n")
    return bool(bad)


def line(command: list[str], fault: Fault) -> list[str]:
    """Return the command line of a child that runs ``command`` with ``fault``."""
    spec = json.dumps([fault.at, fault.error, fault.log])
    return [sys.executable, __file__, "--child", spec, "--", *command]


def start(whole: list[str]) -> subprocess.Popen[bytes]:
    # No byte code and one hash seed, so that the n-th call is the same call in every trial.
    fixed = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    return subprocess.Popen(whole, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=fixed)


def in_process(command: list[str]) -> Runner:
    return lambda fault: start(line(command, fault)).wait()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main()
