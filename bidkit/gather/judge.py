"""The folder once partners' files are in it: what they do not agree on, what the lead's file lacks, who is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from bidkit import gate
from bidkit.diagnostics import Finding, Place, Severity
from bidkit.dossier import sheets
from bidkit.dossier.folder import Raw, read_folder
from bidkit.dossier.joint import joint_of
from bidkit.dossier.members import moved
from bidkit.gather import lead_file, plan, store
from bidkit.gather import log as logs
from bidkit.gather.changes import changes
from bidkit.gather.choose import There, members_folder
from bidkit.gather.log import Log
from bidkit.gather.plan import Arrival
from bidkit.gather.results import Gathered, Row
from bidkit.gather.sources import HOLDS, identity
from bidkit.i18n import Translator
from bidkit.merge import Conflict, Merged, merge, rows
from bidkit.messages import gathering as say
from bidkit.messages import publishing
from bidkit.model.consortium import Participant
from bidkit.model.dossier import nouns_of
from bidkit.publish import disk


def top_of(folder: Path) -> Raw:
    """Return what stands on top of the lead's folder."""
    found = read_folder(folder, HOLDS, frozenset(nouns_of("member"))) if folder.is_dir() else Raw({}, ())
    return found if found.digests else Raw({}, ())


def write(folder: Path, steps: Iterable[store.Step]) -> tuple[tuple[str, ...], list[Finding]]:
    """Do the steps one by one; at the first that fails stop, for the log must tell what is there."""
    done: list[str] = []
    for step in steps:
        try:
            store.apply(folder, step)
        except OSError as error:
            return tuple(done), [_cannot(folder, step.file, error)]
        done.append(step.file)
    return tuple(done), []


def _cannot(folder: Path, file: str, error: OSError) -> Finding:
    name = gate.printable(folder.as_posix(), 200)
    cause = disk.cause(error)
    if isinstance(error, NotADirectoryError | FileExistsError):
        return publishing.NOT_A_FOLDER.at(Place(name), folder=name)
    return say.NOT_WRITTEN.at(Place(name), file=file, folder=name, cause=cause)


class Judge:
    """The folder once partners' files are in it: what they do not agree on, and what the lead's file lacks."""

    def __init__(
        self,
        folder: Path,
        lead: str,
        arrivals: list[Arrival],
        known: list[There],
        log: Log,
        ours: str,
        words: Translator,
        day: date,
    ) -> None:
        self.folder, self.lead, self.arrivals, self.log, self.words = folder, lead, arrivals, log, words
        self.ours, self.day = ours, day.isoformat()
        self.sent = {one.sent.id: one for one in arrivals}
        self.known = {one.id: one for one in reversed(known) if one.id}  # of two folders of one member the first
        self.homes = {id_: one.folder for id_, one in self.known.items()}
        self.homes |= {id_: one.folder for id_, one in self.sent.items()}
        self.raws = {id_: self._raw(id_, home) for id_, home in sorted(self.homes.items())}
        self.top = top_of(folder)
        others = [raw for id_, raw in self.raws.items() if self.homes[id_]]
        others += [self._read(one) for one in known if one.folder and one.folder not in self.homes.values()]
        self.loaded = joint_of(folder, self.top, tuple(others))
        self.merged = self._merged()

    def _raw(self, id_: str, home: str) -> Raw:
        """Return what a member's files say, read once if what was sent is all there is of it."""
        arrival, known = self.sent.get(id_), self.known.get(id_)
        if arrival is not None and arrival.whole and home:
            return moved(arrival.sent.raw, home, {one.sent: one.name for one in arrival.sent.files})
        return self._read(known) if arrival is None and known else self._read_in(home)

    def _read(self, one: There) -> Raw:
        """Return what the files in a folder say, which nobody has written to since it was looked at."""
        if one.raw is None:
            return self._read_in(one.folder)
        return moved(one.raw, one.folder) if one.folder else one.raw

    def _read_in(self, home: str) -> Raw:
        raw = read_folder(self.folder / home, HOLDS)
        return moved(raw, home) if home else raw

    @property
    def _begins(self) -> bool:
        """Whether nobody has worked in the lead's file, if there is one."""
        return bool(self.ours) or "consortium" not in self.top.nouns

    def _lights(self) -> dict[str, bool]:
        """Return the ids of the members, and of each whether it sent a light form."""
        return {id_: "light_member" in raw.nouns and "organisation" not in raw.nouns for id_, raw in self.raws.items()}

    def _merged(self) -> Merged | None:
        """Return the conflicts; as long as nobody has worked in the lead's file, of a consortium as it begins."""
        dossier = self.loaded.dossier
        if dossier is None:
            return None
        if self._begins:
            begun = lead_file.begin(self.lead, self._lights())
            dossier = replace(
                dossier,
                consortium=begun.consortium,
                participants=begun.participants,
                agreements=begun.agreements,
                resolutions=(),
            )
        return merge(dossier)

    def done(self, found: list[Finding], written: tuple[str, ...]) -> Gathered:
        """Write the lead's file or the rows to copy, and the log; return what the folder holds."""
        name, begun, told, digests = self._lead_file()
        additions, more, extra = ("", [], {}) if begun or self.ours or told else self._additions()
        files = self._files()
        log = plan.new_log(self.log, self.arrivals, files, self.day)
        kept = {file: d for file, d in self.log.written.items() if file not in (*lead_file.NAMES, additions)}
        kept = {file: d for file, d in kept.items() if (self.folder / file).is_file()}
        if not begun and self.ours:
            kept[self.ours] = self.log.written[self.ours]
        log = replace(log, written={**kept, **digests, **extra})
        within = members_folder(self.folder)
        data = logs.dump(log)
        failed: list[Finding] = []
        if data != _bytes(self.folder / within / logs.NAME):
            _, failed = write(self.folder, [store.Step(f"{within}/{logs.NAME}", data)])
        members = self._members(log)
        missing = [say.NOT_SENT.at(one.place or Place(name), id=one.id) for one in members if one.state == "missing"]
        return Gathered(
            self.folder,
            self.lead,
            members,
            (*found, *told, *more, *failed, *missing),
            self.merged.conflicts if self.merged else (),
            self.merged.dossier if self.merged else None,
            self.loaded,
            name,
            begun,
            additions,
            (*written, *digests, *extra),
            log,
            self.raws,
        )

    def _lead_file(self) -> tuple[str, bool, list[Finding], dict[str, str]]:
        """Write the lead's file if nobody has worked in one; return its name and whether it was written now."""
        if not self._begins:
            home = self.top.home("consortium")
            return home.file if home.in_workbook else "", False, [], {}
        name = self.ours or sheets.FILES[self.words.language]["consortium"]
        if not self.ours and (self.folder / name).exists():  # it is there but cannot be read: that is told elsewhere
            return name, False, list(self.top.findings), {}
        language = lead_file.NAMES[name]
        begun = lead_file.begin(self.lead, self._lights())
        told = rows(self.merged, self.words_of(language)) if self.merged else ()
        data = lead_file.whole(begun, told, language)
        if data == _bytes(self.folder / name):
            return name, False, [], {}
        _, failed = write(self.folder, [store.Step(name, data)])
        return name, not failed, failed, {} if failed else {name: store.digest(self.folder / name)}

    def words_of(self, language: str) -> Translator:
        """Return the words of a workbook's language."""
        return Translator(language, self.words.domains, self.words.names)

    def _additions(self) -> tuple[str, list[Finding], dict[str, str]]:
        """Write what the lead's file does not have yet to a file beside it; remove one that has nothing new."""
        language = self.words.language
        participants = self._newcomers()
        conflicts = self._unwritten()
        if not participants and not conflicts:
            lead_file.remove_additions(self.folder, self.log)
            return "", [], {}
        new = Merged(self.merged.dossier, conflicts) if self.merged else None
        told = rows(new, self.words) if new else ()
        copy = lead_file.put_additions(
            self.folder, lead_file.additions(participants, told, language), language, self.log
        )
        found = [_copied(one, self.folder) for one in copy.findings]
        if copy.path is None:
            return "", found, {}
        lead_file.remove_additions(self.folder, self.log, but=copy.path.name)
        return copy.path.name, found, {copy.path.name: store.digest(copy.path)}

    def _unwritten(self) -> tuple[Conflict, ...]:
        """Return the conflicts that are open and have no row in the lead's file."""
        if self.merged is None:
            return ()
        rows_there = {one.id for one in self.merged.dossier.resolutions}
        return tuple(one for one in self.merged.conflicts if not one.settled and one.id not in rows_there)

    def _newcomers(self) -> tuple[Participant, ...]:
        """Return who has sent files and is not among those that take part."""
        told = {one.id for one in self._participants()} | {self.lead}
        umbrella = self.merged is not None and getattr(self.merged.dossier.consortium, "form", "") == "umbrella"
        role = "umbrella_member" if umbrella else "member"
        return tuple(Participant.model_validate({"id": id_, "role": role}) for id_ in self.raws if id_ not in told)

    def _participants(self) -> tuple[Participant, ...]:
        found: tuple[Participant, ...] = self.loaded.entries.get("participants") or ()
        if self.merged and self._begins:
            return self.merged.dossier.participants
        return found

    def _files(self) -> dict[str, dict[str, str]]:
        """Return the digests of each member's files now, by member and path in the lead's folder."""
        found: dict[str, dict[str, str]] = {}
        for id_, home in self.homes.items():
            held = store.files_in(self.folder / home) if home else {}
            found[id_] = {f"{home}/{name}": digest for name, digest in held.items()}
            if not home:
                found[id_] = {file: digest for file, digest in self.raws[id_].digests.items() if "/" not in file}
        return found

    def _members(self, log: Log) -> tuple[Row, ...]:
        """Return a row for each member, the lead first, then those that are missing."""
        roles = {one.id: one for one in self._participants()}
        ids = sorted({*self.raws, *roles}, key=lambda id_: (id_ != self.lead, id_ not in self.raws, id_))
        return tuple(self._row(id_, roles.get(id_), log) for id_ in ids)

    def _row(self, id_: str, participant: Participant | None, log: Log) -> Row:
        role = participant.role if participant else ""
        place = participant.at if participant and participant.at.file else None
        left = participant is not None and participant.withdrawn
        raw, arrival = self.raws.get(id_), self.sent.get(id_)
        if raw is None:
            return Row(id_, "", role, "withdrawn" if left else "missing", place=place)
        state = "withdrawn" if left else arrival.state if arrival else "kept"
        old = arrival.old if arrival and arrival.state == "changed" else None
        return Row(
            id_,
            _name(raw),
            role,
            state,
            log.current.get(id_, ()),
            changes(old, arrival.sent.raw) if arrival and old else None,
            self._faults(self.homes[id_]),
            self.homes[id_],
            arrival.sent.language if arrival else "",
            place,
        )

    def _faults(self, home: str) -> int:
        """Return how many errors there are in the files of a member."""
        errors = [one for one in self.loaded.findings if one.severity is Severity.ERROR]
        return sum(1 for one in errors if home and one.place.file.startswith(f"{home}/"))


def _copied(finding: Finding, folder: Path) -> Finding:
    file = finding.place.file
    if finding.code == publishing.COPY_EDITED.code:
        return say.ADDITIONS_EDITED.at(Place(file), file=file)
    return not_written(finding, folder)


def not_written(finding: Finding, folder: Path) -> Finding:
    """Return that a copy of ours could not be written, in the words of this command."""
    name, file = gate.printable(folder.as_posix(), 200), finding.place.file
    return say.NOT_WRITTEN.at(Place(file), file=file, folder=name, cause=finding.facts["cause"])


def _name(raw: Raw) -> str:
    name = identity(raw)[1].get("name")
    return name if isinstance(name, str) else ""


def _bytes(path: Path) -> bytes:
    try:
        return disk.read(path)
    except OSError:
        return b""
