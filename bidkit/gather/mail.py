"""One message for each partner about its own cells, and nothing of anybody else's figures.

What a partner's files are told to have wrong comes from a run over that partner's files alone, so that it cannot hold
what others wrote. Of what members do not agree on it is told which cell, what it says, and whose file says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bidkit import gate
from bidkit.diagnostics import Fact, Finding, Measure, Name, Place, Severity, Word
from bidkit.dossier import sheets
from bidkit.dossier.folder import Raw
from bidkit.dossier.joint import joint_of
from bidkit.gather import Gathered, Row, store
from bidkit.gather import log as logs
from bidkit.gather.choose import members_folder
from bidkit.gather.judge import not_written
from bidkit.gather.sources import identity, language_of
from bidkit.i18n import FINDINGS, N_, Translator
from bidkit.merge import Conflict, Side
from bidkit.messages import publishing
from bidkit.model._base import in_any_language
from bidkit.model.dossier import NOUNS
from bidkit.model.names import called
from bidkit.pipeline import assess
from bidkit.publish import copies

FOLDER = "viestit"
DAYS_BEFORE = 7  # before the deadline of the tender partners' corrections are asked for
MANY = 3  # files of a partner that are named one by one
_PLAIN = {0x00A0: " ", 0x202F: " ", 0x2212: "-"}


def post(gathered: Gathered, words: Translator, day: date) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Write a message for each partner; return the files, and what kept one from being written.

    A message that somebody has worked in is left as it is, and the new one gets another name. Raises OSError if the
    folder of messages or the log cannot be written.
    """
    folder = gathered.folder / FOLDER
    folder.mkdir(exist_ok=True)
    digests: dict[str, str] = {}
    found: list[Finding] = []
    for id_, text in texts(gathered, words, day).items():
        copy = copies.put(folder, f"{gate.file_name(id_)}.txt", text, lambda data: not gathered.log.ours(data))
        found += [not_written(one, folder) for one in copy.findings if one.code == publishing.COPY_NOT_WRITTEN.code]
        if copy.path is not None:
            digests[f"{FOLDER}/{copy.path.name}"] = store.digest(copy.path)
    log = replace(gathered.log, written={**gathered.log.written, **digests})
    name = f"{members_folder(gathered.folder)}/{logs.NAME}"
    if logs.dump(log) != logs.dump(gathered.log):
        store.apply(gathered.folder, store.Step(name, logs.dump(log)))
    return tuple(digests), tuple(found)


def texts(gathered: Gathered, words: Translator, day: date) -> dict[str, bytes]:
    """Return the messages by the ids of the partners, as they are stored."""
    joint = assess(gathered.folder, as_of=day)
    known = {(one.code, str(one.place)) for one in joint.findings} if joint.assessment else None
    found: dict[str, bytes] = {}
    for row in gathered.members:
        if row.id != gathered.lead and row.state != "withdrawn" and (row.folder or row.state == "missing"):
            found[row.id] = _Message(gathered, row, words, day).done(known)
    return found


class _Message:
    """The message to one partner."""

    def __init__(self, gathered: Gathered, row: Row, words: Translator, day: date) -> None:
        self.gathered, self.row, self.day = gathered, row, day
        self.raw = gathered.raws.get(row.id, Raw({}, ()))
        language = row.language or language_of(self.raw, identity(self.raw)[0]) or words.language
        self.words = Translator(language, ("merge", *FINDINGS), called)
        self.names = {one.file: one.name for one in row.files}

    def say(self, msgid: str, /, **facts: Fact) -> str:
        return self.words.text(msgid, **facts)

    def done(self, known: set[tuple[str, str]] | None) -> bytes:
        """Return the message as it is stored: for Notepad, in letters that every program shows."""
        text = "\n\n".join("\n".join(part) for part in self._parts(known) if part).translate(_PLAIN)
        shown = text.encode("cp1252", "replace").decode("cp1252")
        return (shown.rstrip() + "\n").replace("\n", "\r\n").encode("utf-8-sig")

    def _parts(self, known: set[tuple[str, str]] | None) -> Iterator[list[str]]:
        yield [self.say(N_("Hello!"))]
        yield list(self._about())
        faults = list(self._faults(known)) if self.row.folder else []
        conflicts = [one for one in self.gathered.open if self.row.id in (one.first.member, one.second.member)]
        if faults:
            yield [self.say(N_("Please mend these:"))]
            yield [line for one in faults for line in self._fault(one)]
        if conflicts:
            yield [self.say(N_("Another member's file says otherwise than yours here. Please tell us which is right:"))]
            yield [line for one in conflicts for line in self._conflict(one)]
        if self.row.folder and not faults and not conflicts:
            yield [self.say(N_("There is nothing to mend in your file. Thank you!"))]
            yield list(self._from())
            return
        yield list(self._back())
        yield list(self._from())

    def _about(self) -> Iterator[str]:
        """Yield which bid it is about, and which version of the partner's files we have."""
        dossier = self.gathered.dossier
        if dossier is not None and not dossier.trial:
            title = in_any_language(dossier.tender.title, self.words.language, dossier.bid.written_in)
            yield self.say(N_("This is about our common bid: {title}."), title=title)
        else:
            yield self.say(N_("This is about our common bid."))
        if not self.row.folder:
            yield self.say(N_("We have not received your file yet. Please send it."))
        if len(self.row.files) > MANY:
            days = max(date.fromisoformat(one.day) for one in self.row.files)
            text = N_("We have {n} files of yours, the last received {day}.")
            yield self.say(text, n=len(self.row.files), day=days)
            return
        for one in self.row.files:
            text = N_("We have your file {name}, received {day} (version {version}).")
            yield self.say(text, name=one.name, day=date.fromisoformat(one.day), version=one.sha256[:8])

    # --- what is wrong in its own cells ---------------------------------------------------------------
    def _faults(self, known: set[tuple[str, str]] | None) -> Iterator[Finding]:
        """Yield what a run over the partner's files alone finds, as far as it holds in the common bid too."""
        told: set[tuple[str, str, str]] = set()
        for one in self._alone():
            if one.severity is Severity.NOTE or _part(one.place) not in ("member", "light", ""):
                continue
            if one.place.file not in self.names or (known is None and one.code[:3] not in ("BK1", "BK2")):
                continue
            if known is not None and (one.code, str(one.place)) not in known:
                continue
            mark = (one.code, str(one.place), self.words.sentence(one))
            if mark not in told:
                told.add(mark)
                yield one

    def _alone(self) -> Iterable[Finding]:
        if "organisation" not in self.raw.nouns:
            return joint_of(self.gathered.folder, Raw({}, ()), (self.raw,)).findings
        run = assess(self.gathered.folder / self.row.folder, as_of=self.day)
        return [replace(one, place=self._here(one.place)) for one in run.findings]

    def _here(self, place: Place) -> Place:
        return Place(f"{self.row.folder}/{place.file}", place.spot)

    def _fault(self, finding: Finding) -> Iterator[str]:
        yield f"- {self._cell(finding.place)}: {_line(self.words.sentence(finding))}"
        if finding.hint:
            yield f"  {self.say(N_('Way out: {hint}'), hint=_line(self.words.hint(finding)))}"

    def _cell(self, place: Place) -> str:
        """Return a place in the file as its sender calls it."""
        return str(Place(self.names.get(place.file, place.file.rpartition("/")[2]), place.spot))

    # --- what others say otherwise --------------------------------------------------------------------
    def _conflict(self, one: Conflict) -> Iterator[str]:
        first = one.first.member == self.row.id
        own, other = (one.first, one.second) if first else (one.second, one.first)
        name = one.names[first] or other.member
        about = self.words.about(own.place)
        what = about.fact(one.about) if _holds(self.raw, one.about) else self.say(N_("what this cell says"))
        yield f"- {self._cell(own.place)}: {_line(what)}"
        yield "  " + self.say(N_("Your file says: {value}"), value=_line(about.fact(own.value)))
        if _of_tender(other):
            value = _line(self.words.about(other.place).fact(other.value))
            yield "  " + self.say(N_("The tender says: {value}"), value=value)
        else:
            yield "  " + self.say(N_("Otherwise in the file of: {name}"), name=name)

    # --- what to do -----------------------------------------------------------------------------------
    def _back(self) -> Iterator[str]:
        """Yield where and until when to send the file."""
        dossier = self.gathered.dossier
        until = None
        if dossier is not None and not dossier.trial:
            until = dossier.tender.deadline.date() - timedelta(days=DAYS_BEFORE)
        if until is not None and until > self.day:
            yield self.say(N_("Please send the whole file again by {day}."), day=until)
        else:
            yield self.say(N_("Please send the whole file again as soon as you can."))
        lead = self._lead()
        if lead is not None:
            yield self.say(N_("Send it to: {email}"), email=lead.contact.email)
        yield self.say(N_("If you have any questions, just answer this message."))

    def _from(self) -> Iterator[str]:
        lead = self._lead()
        yield self.say(N_("Kind regards,"))
        if lead is not None:
            role = lead.contact.role
            told = in_any_language(role, self.words.language, "fi") if isinstance(role, Mapping) else str(role)
            yield told
            yield lead.name
        else:
            yield self.gathered.lead

    def _lead(self) -> Any:
        dossier = self.gathered.dossier
        members = dossier.members if dossier else ()
        return next((m.organisation for m in members if m.organisation.id == self.gathered.lead), None)


def _line(text: str) -> str:
    return " ".join(text.split())


def _part(place: Place) -> str:
    """Return the part of a dossier that a place belongs to; empty if that is not told."""
    if place.in_workbook:
        name = sheets.folded(place.spot.rpartition("!")[0])
        known = next((one for tag in sheets.LANGUAGES if (one := sheets.titles(tag).get(name)) is not None), None)
        return NOUNS[known.noun].part if known else ""
    names = place.file.lower().split("/")
    noun = next((n for n in NOUNS if any(part.rsplit(".", 1)[0] == n for part in names)), "")
    return NOUNS[noun].part if noun else ""


def _of_tender(side: Side) -> bool:
    """Say whether a side is what the tender asks, which everybody may know; not how the lead answers it."""
    return "/" not in side.place.file and _part(side.place) == "tender"


def _holds(raw: Raw, about: Fact) -> bool:
    """Say whether everything in a fact stands in a partner's own files, so that it can be told to the partner."""
    own = frozenset(_values(raw.nouns))
    return all(one in own for one in _told(about))


def _told(fact: Fact) -> Iterator[str]:
    """Yield what a fact tells that is not in words of ours."""
    match fact:
        case Word():
            yield from (one for _, inner in fact.facts for one in _told(inner))
        case tuple():
            yield from (one for inner in fact for one in _told(inner))
        case Name():
            yield from filter(None, (fact.entry,))
        case Measure():
            yield str(fact.value)
        case None:
            return
        case _:
            yield str(fact)


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (one for key, inner in value.items() if key != "@" for one in _values(inner))
    elif isinstance(value, list):
        yield from (one for inner in value for one in _values(inner))
    elif value is not None:
        yield str(value)
