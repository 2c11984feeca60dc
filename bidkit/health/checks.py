"""The checks, in the order in which their lines are printed; each yields lines and never raises for what it meets."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from bidkit.diagnostics import Fact, Measure
from bidkit.health.surroundings import Surroundings, needed, older
from bidkit.i18n import N_
from bidkit.messages import loading, reading, workbook

if TYPE_CHECKING:
    from bidkit.pipeline import Run

LANGUAGES = ("fi", "sv", "en")
LEAST_FREE = 100  # megabytes: a version with its temporary copy takes a few
LONG, TOO_LONG = 200, 260  # characters of a path: Windows refuses more than 259 unless it is told otherwise
SPOKEN = "äöåÄÖÅé€–›”"  # what bidkit prints besides ASCII
_LONGEST_OUTPUT = Path("out") / ".tmp-0123456789abcdef" / "sisainen" / "kustannukset.xlsx"
_ELSEWHERE = 0x0040_0000 | 0x0000_1000  # FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS, FILE_ATTRIBUTE_OFFLINE
_INLINE = 512  # bytes: some file systems keep smaller files without a block of their own
_REFUSED = re.compile('[\x00-\x1f<>:"|?*\\\\]|[ .]$')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
_LOCKS = (re.compile(r"~\$(?P<name>.+)"), re.compile(r"\.~lock\.(?P<name>.+)#"))
_TWICE = frozenset({workbook.SECOND_COPY.code, workbook.TWO_PLACES.code})  # files that contradict each other
_FIRST_YEAR, _LAST_YEAR = 2026, 2100


class State(StrEnum):
    """How it is: fine, to be mended, or worth knowing (something optional)."""

    OK = "ok"
    FIX = "fix"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the doctor: ``message`` and ``hint`` are msgids with ``facts``; the hint is one action."""

    check: str
    state: State
    message: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    hint: str = ""


def _ok(message: str, **facts: Fact) -> Line:
    return Line("", State.OK, message, facts)


def _fix(message: str, hint: str, **facts: Fact) -> Line:
    return Line("", State.FIX, message, facts, hint)


def _note(message: str, hint: str = "", **facts: Fact) -> Line:
    return Line("", State.NOTE, message, facts, hint)


def examine(here: Surroundings, run: Run | None) -> Iterator[Line]:
    """Yield the lines of all checks. ``run`` is the dossier as assessed, None if that failed.

    The checks of a folder are left out while there is none. A check that fails by itself is told in a line.
    """
    there = here.folder.is_dir()
    for check, needs_folder in _CHECKS:
        if needs_folder and not there:
            continue
        name = check.__name__.lstrip("_")
        try:
            yield from (replace(one, check=name) for one in check(here, run))
        except Exception as error:  # noqa: BLE001  (the doctor goes on whatever it meets, and says so)
            cause = type(error).__name__
            failed = N_("The check “{check}” could not be made ({cause})")
            hint = N_("make a support bundle with bidkit doctor --zip tuki.zip and send it to the maintainer")
            yield Line(name, State.FIX, failed, {"check": name, "cause": cause}, hint)


# --- the computer ----------------------------------------------------------------------------------
def _packages(here: Surroundings, _run: Run | None) -> Iterator[Line]:
    wanted = here.requirements()
    if wanted is None:
        yield _note(N_("Versions were not compared: bidkit's own package data are missing"), N_("install bidkit again"))
        return
    faults = 0
    version, least = ".".join(map(str, here.python)), wanted[0].strip("><= ").split(",")[0]
    if older(version, least):
        faults += 1
        yield _fix(
            N_("Python is {version}; {least} or newer is needed"),
            N_("install a newer Python and then bidkit again"),
            version=version,
            least=least,
        )
    packages = [one for text in wanted[1] if (one := needed(text, here.platform))]
    for package, at_least in packages:
        found = here.version_of(package)
        if found is None or older(found, at_least):
            faults += 1
            yield _fix(
                N_("The package {package} is {version}; {least} or newer is needed"),
                N_("run python -m pip install --upgrade bidkit"),
                package=package,
                version=found,
                least=at_least,
            )
    if not faults:
        yield _ok(N_("Python {version} and {n} packages are new enough"), version=version, n=len(packages))


def _terminal(here: Surroundings, _run: Run | None) -> Iterator[Line]:
    try:
        lost = "".join(c for c in SPOKEN if c.encode(here.encoding, "replace") == b"?")
    except LookupError:
        lost = SPOKEN
    if lost:
        hint = N_("type chcp 65001 first") if here.windows else N_("type export PYTHONIOENCODING=utf-8 first")
        yield _fix(N_("The terminal ({encoding}) cannot print {lost}"), hint, encoding=here.encoding, lost=lost)
    else:
        yield _ok(N_("The terminal prints {shown} ({encoding})"), shown="ä ö € –", encoding=here.encoding)


def _libre_office(here: Surroundings, _run: Run | None) -> Iterator[Line]:
    if here.office():
        yield _ok(N_("LibreOffice is there: pages can be counted"))
    else:
        yield _note(
            N_("LibreOffice was not found. It is optional: with it bidkit counts pages where a tender limits them"),
        )


def _clock(here: Surroundings, _run: Run | None) -> Iterator[Line]:
    newest = _newest_change(here) if here.folder.is_dir() else None
    if not _FIRST_YEAR <= here.now.year <= _LAST_YEAR:
        yield _fix(N_("The computer says that today is {day}"), N_("set the date"), day=here.now.date())
    elif newest and newest > here.now + timedelta(days=1):
        yield _fix(
            N_("A file was changed on {changed}, but the computer says that today is {day}"),
            N_("set the date"),
            changed=newest.date(),
            day=here.now.date(),
        )
    else:
        yield _ok(N_("The date is {day}"), day=here.now.date())


def _newest_change(here: Surroundings) -> datetime | None:
    changes = [status.st_mtime for _, status in _statuses(here)]
    return datetime.fromtimestamp(max(changes), here.now.tzinfo) if changes else None


# --- the folder ------------------------------------------------------------------------------------
def _folder(here: Surroundings, _run: Run | None) -> Iterator[Line]:
    if here.folder.is_dir():
        yield _ok(N_("The folder {folder} is there"), folder=str(here.folder))
    elif here.folder.exists():
        yield _fix(N_("{folder} is a file, not a folder"), N_("name the folder it is in"), folder=str(here.folder))
    else:
        hint = N_("check the name, or make a new one with bidkit init {folder}")
        yield _fix(N_("There is no folder {folder}"), hint, folder=str(here.folder))


def _writable(here: Surroundings, _run: Run | None) -> Iterator[Line]:
    for folder in (here.folder, here.folder / "out"):
        if not folder.is_dir():
            continue
        try:
            _try_to_write(folder)
        except OSError as error:
            from bidkit.publish.disk import cause

            hint = N_("move the dossier to a folder of your own, such as Documents")
            yield _fix(
                N_("Nothing can be written to the folder {folder} ({cause})"),
                hint,
                folder=str(folder),
                cause=cause(error),
            )
            return
    yield _ok(N_("The folder can be written to"))


def _try_to_write(folder: Path) -> None:
    """Make a file and remove it."""
    trial = folder / f".bidkit-{secrets.token_hex(8)}.tmp"
    handle = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        os.write(handle, b"bidkit")
    finally:
        os.close(handle)
        trial.unlink(missing_ok=True)


def _disk(here: Surroundings, _run: Run | None) -> Iterator[Line]:
    free = here.free_bytes(here.folder) >> 20
    if free < LEAST_FREE:
        yield _fix(
            N_("The disk has {free} MB left; at least {least} MB are needed"),
            N_("empty the recycle bin or move large files away"),
            free=free,
            least=LEAST_FREE,
        )
    else:
        yield _ok(N_("The disk has {free} MB left"), free=free)


def _locks(here: Surroundings, _run: Run | None) -> Iterator[Line]:
    paths = list(here.files())
    found = 0
    for path in paths:
        if name := _locked_name(path, paths):
            found += 1
            yield _fix(
                N_("The file {file} is open in Office"),
                N_("save it and close it there; if it is not open, remove {lock}"),
                file=name,
                lock=path.as_posix(),
            )
    if not found:
        yield _ok(N_("No file is open in Office"))


def _locked_name(lock: Path, paths: list[Path]) -> str:
    """Return the file that a lock file stands for; Word puts ``~$`` in the place of the first two letters."""
    hit = next((found for pattern in _LOCKS if (found := pattern.fullmatch(lock.name))), None)
    if hit is None:
        return ""
    names = [p.name for p in paths if p.parent == lock.parent and p != lock]
    longer = [name for name in names if name[2:] == hit["name"]]
    return hit["name"] if hit["name"] in names or not longer else longer[0]


def _statuses(here: Surroundings) -> Iterator[tuple[Path, os.stat_result]]:
    for path in here.files():
        try:
            yield path, here.status_of(here.folder / path)
        except OSError:  # it has gone meanwhile
            continue


def _cloud(here: Surroundings, _run: Run | None) -> Iterator[Line]:
    away = [path for path, status in _statuses(here) if _is_elsewhere(status)]
    if away:
        yield _fix(
            N_("Only in the cloud: {files} ({n} in all)"),
            N_("right-click the folder in the file manager and choose “Always keep on this device”"),
            files=tuple(path.as_posix() for path in away[:3]),
            n=len(away),
        )
    else:
        yield _ok(N_("All files are on this computer"))


def _is_elsewhere(status: os.stat_result) -> bool:
    """Say whether a file's content is not on this disk: by its attributes on Windows, by its blocks elsewhere."""
    if getattr(status, "st_file_attributes", 0) & _ELSEWHERE:
        return True
    return getattr(status, "st_blocks", 1) == 0 and status.st_size > _INLINE


def _path_length(here: Surroundings, _run: Run | None) -> Iterator[Line]:
    length = len(str(here.folder.absolute() / _LONGEST_OUTPUT))
    hint = N_("move the folder nearer to the root of the disk, such as C:\\Tarjoukset")
    if here.windows and length >= TOO_LONG:
        text = N_("Paths of the bid would have {n} characters; Windows takes {most}")
        yield _fix(text, hint, n=length, most=TOO_LONG - 1)
    elif here.windows and length >= LONG:
        yield _note(N_("Paths of the bid have {n} characters; Windows takes {most}"), hint, n=length, most=TOO_LONG - 1)
    else:
        yield _ok(N_("Paths of the bid have {n} characters"), n=length)


def _names(here: Surroundings, _run: Run | None) -> Iterator[Line]:
    wrong = {path for path in here.files() for part in path.parts if _REFUSED.search(part) or _RESERVED.fullmatch(part)}
    if wrong:
        yield _fix(
            N_("Windows does not take these names: {files} ({n} in all)"),
            N_('rename them without < > : " | ? * \\ and without a space or a point at the end'),
            files=tuple(path.as_posix() for path in sorted(wrong)[:3]),
            n=len(wrong),
        )
    else:
        yield _ok(N_("All names of files suit Windows"))


# --- the dossier -----------------------------------------------------------------------------------
def _templates(here: Surroundings, run: Run | None) -> Iterator[Line]:
    from bidkit import gate, templates
    from bidkit.diagnostics import Refused
    from bidkit.pipeline import usual_template
    from bidkit.render.bid_document import NAMES

    name = usual_template(run.dossier) if run and run.dossier else "standard"
    sound = []
    for language in LANGUAGES:
        try:
            path = templates.find(name, language, here.folder)
            word = templates.compile(gate.read(path, most=gate.MOST_OFFICE), f"{path.parent.name}/{path.name}")
            faults = len(word.faults or word.check(NAMES))
        except Refused:
            faults = -1
        if faults:
            text = (
                N_("The template {template} has {n} faults") if faults > 0 else N_("The template {template} is missing")
            )
            hint = N_("bidkit build {folder} tells what they are") if faults > 0 else N_("install bidkit again")
            yield _fix(text, hint, template=f"{name}/{language}.docx", n=faults, folder=str(here.folder))
        else:
            sound.append(language)
    if len(sound) == len(LANGUAGES):
        yield _ok(N_("The template {template} is sound in {languages}"), template=name, languages=tuple(sound))


def _input(here: Surroundings, run: Run | None) -> Iterator[Line]:
    if run is None:
        return
    unreadable = [f for f in run.findings if reading.stops_reading(f)]
    codes = {f.code for f in unreadable}
    if codes & {reading.EMPTY_FOLDER.code, reading.NO_FOLDER.code}:
        yield _fix(
            N_("The folder has no files of a dossier"), N_("begin with bidkit init {folder}"), folder=str(here.folder)
        )
        return
    for finding in unreadable[:3]:
        yield _fix(
            N_("{place} cannot be read"),
            N_("bidkit check {folder} tells why"),
            place=str(finding.place),
            folder=str(here.folder),
        )
    if unreadable:
        return
    yield _judged(here, run)
    if missing := [f for f in run.findings if f.code == loading.MISSING_NOUN.code]:
        hint = N_("bidkit status {folder} tells which")
        text = N_("{n} parts of the dossier are still missing")
        yield _note(text, hint, n=len(missing), folder=str(here.folder))


def _judged(here: Surroundings, run: Run) -> Line:
    """Return where the dossier is read from, and how many errors a check finds in it.

    Errors are the user's daily work and nothing to be mended here, but files that contradict each other are.
    """
    books = tuple(name for name in run.files if name.lower().endswith(".xlsx"))
    facts: dict[str, Fact] = {"files": books, "n": len(run.files), "folder": str(here.folder)}
    twice = tuple(dict.fromkeys(f.place.file for f in run.findings if f.code in _TWICE))
    if twice:
        text = N_("The same things are in more than one file: {files}")
        return _fix(text, N_("bidkit check {folder} tells which to move away"), **facts | {"files": twice})
    if any(f.code != loading.MISSING_NOUN.code for f in run.errors):  # what is missing has a line of its own
        hint = N_("bidkit check {folder} tells what they are and how they are mended")
        facts["errors"] = len(run.errors)
        if books:
            return _note(N_("The dossier is read from workbooks: {files}; errors found in it: {errors}"), hint, **facts)
        return _note(N_("The dossier is read from {n} YAML files; errors found in it: {errors}"), hint, **facts)
    text = N_("The dossier is read from workbooks: {files}") if books else N_("The dossier is read from {n} YAML files")
    return _ok(text, **facts)


def _deadline(here: Surroundings, run: Run | None) -> Iterator[Line]:
    tender = (run.entries.get("tender") or None) if run else None
    if run is None or tender is None or (run.dossier is not None and run.dossier.trial):
        yield _note(N_("The deadline is not known yet: there is no tender"))
        return
    days = (tender.deadline.date() - here.as_of).days
    if days < 0:
        hint = N_("see whether the buyer has given more time, and correct tender.deadline")
        yield _fix(N_("The deadline has passed ({deadline})"), hint, deadline=tender.deadline)
    else:
        left = Measure(days, "days")
        yield _ok(N_("There are {days} to the deadline ({deadline})"), days=left, deadline=tender.deadline)


_Check = Callable[[Surroundings, "Run | None"], Iterator[Line]]
# Check, and whether it needs a folder to look into.
_CHECKS: tuple[tuple[_Check, bool], ...] = (
    (_packages, False),
    (_terminal, False),
    (_clock, False),
    (_libre_office, False),
    (_folder, False),
    (_writable, True),
    (_disk, True),
    (_locks, True),
    (_cloud, True),
    (_path_length, True),
    (_names, True),
    (_templates, False),
    (_input, True),
    (_deadline, True),
)
