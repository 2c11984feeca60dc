"""What is to be written so that each member's folder holds what it sent last, and nothing that was there is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bidkit import gate
from bidkit.diagnostics import Finding, Place
from bidkit.dossier.folder import Raw, read_folder
from bidkit.gather import store
from bidkit.gather.choose import There
from bidkit.gather.log import Log, Received
from bidkit.gather.sources import ATTACHMENTS, HOLDS, File, Sent, kinds_of
from bidkit.gather.store import EARLIER, Step
from bidkit.messages import gathering as say
from bidkit.record import record

ON_TOP = frozenset({"tender", "consortium"})  # of the lead's files: those that stand on top of the folder


@record(frozen=True)
class Arrival:
    """What one member's sending does: ``state`` is new, unchanged or changed; ``old`` is what its files said before."""

    sent: Sent
    folder: str
    state: str
    steps: tuple[Step, ...]
    names: Mapping[str, str]  # file in the lead's folder → what its sender called it
    whole: bool  # whether what was sent is all that there is of the member now
    old: Raw | None
    findings: tuple[Finding, ...] = ()


def arrival(sent: Sent, folder: Path, within: str, known: Collection[There], lead: str, log: Log, day: str) -> Arrival:
    """Return what is to be done with what a member sent; ``within`` is the folder of the members' folders."""
    there = next((one for one in known if one.id == sent.id), None)
    place = there.folder if there else _free(f"{within}/{gate.file_name(sent.id)}", {one.folder for one in known})
    leads = sent.id == lead
    on_top = [one for one in sent.files if not place or (leads and _on_top(one))]
    own = [one for one in sent.files if one not in on_top]
    files = there.files if there and place else {}
    changed = {one.name for one in own if files.get(one.name) != one.sha256}
    gone = _retired(sent, own, there, folder) if place and there else []
    old = None
    if there and place and (changed or gone):
        old = there.raw or read_folder(folder / place, HOLDS)
    steps = [_put(place, one, files, sent, log, day) for one in own if one.name in changed]
    steps += [Step(f"{place}/{name}", None, _kept(place, name, files[name], sent.id, log, day)) for name in gone]
    top, found = _tops(on_top, folder)
    state = "new" if not (place == "" or files) else "changed" if steps else "unchanged"
    names = {(f"{place}/{one.name}" if one in own else one.name): Path(one.sent).name for one in sent.files}
    whole = not on_top and {one.name for one in own} == (files.keys() | changed) - set(gone)
    return Arrival(sent, place, state, (*steps, *top), names, whole, old, tuple(found))


def _free(place: str, taken: Collection[str]) -> str:
    """Return a name for a new member's folder; a folder that is called so may be another's, renamed by hand."""
    names = (place, *(f"{place}-{number}" for number in range(2, len(taken) + 2)))
    return next(one for one in names if one not in taken)


def _on_top(file: File) -> bool:
    return bool(file.kinds & ON_TOP) or file.name.startswith(f"{ATTACHMENTS}/")


def _put(place: str, file: File, files: Mapping[str, str], sent: Sent, log: Log, day: str) -> Step:
    old = files.get(file.name)
    return Step(f"{place}/{file.name}", file.data, _kept(place, file.name, old, sent.id, log, day) if old else None)


def _kept(place: str, name: str, digest: str, member: str, log: Log, day: str) -> Received:
    """Return the entry of an earlier file: it is kept by the day it arrived, and its digest."""
    file = f"{place}/{name}"
    old = log.known(member, file, digest) or Received(file, Path(name).name, digest, day)
    return old._replace(file=file, kept=f"{place}/{EARLIER}/{old.day}-{digest[:8]}/{name}")


def _retired(sent: Sent, own: Iterable[File], there: There, folder: Path) -> list[str]:
    """Return the files of a member that are there and that what was sent takes the place of.

    A folder is all that a member has to say. A workbook renews the files that tell of the same things.
    """
    new = {one.name for one in own}
    if sent.whole:
        return [name for name in there.files if name not in new]
    kinds = frozenset().union(*(one.kinds for one in sent.files))
    left = [name for name in there.files if name not in new]
    if not left:
        return []
    raw = there.raw or read_folder(folder / there.folder, HOLDS)
    return [name for name in left if kinds_of(name, raw) & kinds]


def _tops(files: list[File], folder: Path) -> tuple[list[Step], list[Finding]]:
    """Return what of the lead's files goes to the top of the folder: what is not there yet.

    What the lead has there is never written over; if it differs, the lead is told.
    """
    steps: list[Step] = []
    found: list[Finding] = []
    raw = read_folder(folder, HOLDS) if files and folder.is_dir() else None
    for file in files:
        there = [file.name] if (folder / file.name).is_file() else []
        if raw is not None and file.kinds:
            there += [name for name in raw.digests if "/" not in name and kinds_of(name, raw) & file.kinds]
        if not there:
            steps.append(Step(file.name, file.data))
        elif file.sha256 not in {store.digest(folder / name) for name in there}:
            found.append(say.TOP_DIFFERS.at(Place(there[0]), sent=file.sent))
    return steps, found


def new_log(log: Log, arrivals: Sequence[Arrival], files: Mapping[str, Mapping[str, str]], day: str) -> Log:
    """Return the log after all steps; ``files`` are the digests of each member's files now, by member."""
    names = {file: name for one in arrivals for file, name in one.names.items()}
    current = {member: tuple(_current(member, held, log, names, day)) for member, held in files.items()}
    previous = {member: set(held) for member, held in log.previous.items()}
    for one in arrivals:
        kept = {step.kept for step in one.steps if step.kept}
        previous.setdefault(one.sent.id, set()).update(kept)
    for member, held in log.current.items():  # replaced by hand, or by a run that was cut short
        there = {one.sha256 for one in (*current.get(member, ()), *previous.get(member, ()))}
        lost = [one for one in held if one.sha256 not in there]
        previous.setdefault(member, set()).update(lost)
    return Log(current, {member: tuple(sorted(held)) for member, held in previous.items() if held}, log.written)


def _current(member: str, held: Mapping[str, str], log: Log, names: Mapping[str, str], day: str) -> Iterator[Received]:
    for file, digest in held.items():
        known = log.known(member, file, digest)
        name = known.name if known else names.get(file) or file.rpartition("/")[2]
        yield Received(file, name, digest, known.day if known else day)
