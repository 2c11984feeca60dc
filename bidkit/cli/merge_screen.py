"""How ``bidkit merge`` tells people what the folder holds: members, what changed, what does not agree, what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from bidkit.cli import terminal
from bidkit.cli.diff import figure, place
from bidkit.cli.terminal import FIRST
from bidkit.consortium.readiness import Item, readiness
from bidkit.diagnostics import Severity, Word
from bidkit.dossier.difference import Difference
from bidkit.gather import Gathered, Row
from bidkit.i18n import N_, Translator
from bidkit.merge import Conflict
from bidkit.messages import gathering
from bidkit.model.choices import label

FILES = 3  # of a member that are shown before they are counted
CHANGES = 5  # of a member that are shown before a count
STATES = {
    "new": N_("new"),
    "changed": N_("changed"),
    "unchanged": N_("unchanged"),
    "kept": N_("as before"),
    "missing": N_("MISSING"),
    "withdrawn": N_("withdrawn"),
}


def exit_code(found: Gathered) -> int:
    """Return 0 fine, 1 something is open, 2 something could not be taken, read or written."""
    if not found.members or any(one.severity is Severity.ERROR for one in found.findings):
        return 2
    told = any(one.severity is Severity.WARNING for one in found.findings)
    faulty = found.dossier is None or any(one.faults for one in found.members)
    return int(bool(told or faulty or found.open or found.additions or _waiting(found)))


def screen(
    found: Gathered,
    words: Translator,
    mails: tuple[str, ...],
    asked: date | None,
    *,
    everything: bool,
    quiet: bool,
) -> None:
    """Print the whole; when ``quiet`` only errors and the next step."""
    again = f"bidkit merge --out {terminal.typed(found.folder)}"
    told = [one for one in found.findings if not quiet or one.severity is Severity.ERROR]
    if not quiet and found.members:
        for line in (*_members(found, words, everything), *_open(found, words, everything), *_agreed(found, words)):
            terminal.say(line)
        _written(found, words, mails)
        if told:
            terminal.say()
    shown = [one for one in told if one.code != gathering.NOT_SENT.code]
    terminal.show_findings(shown, words, everything=everything, again=again)
    terminal.say(_next(found, words, asked))


# --- members -------------------------------------------------------------------------------------------
def _members(found: Gathered, words: Translator, everything: bool) -> Iterator[str]:
    text = N_("{folder}: {n} members, lead {lead}")
    count = sum(1 for one in found.members if one.folder or one.files)
    yield words.text(text, folder=terminal.named(found.folder), n=count, lead=found.lead)
    yield ""
    heads = tuple(words.text(one) for one in (N_("Member"), N_("State"), N_("File"), N_("Received"), N_("Version")))
    rows = [row for one in found.members for row in _rows(one, words)]
    widths = [max(len(row[n]) for row in (heads, *rows)) for n in range(4)]
    yield _columns(heads, widths)
    for one in found.members:
        for row in _rows(one, words):
            yield _columns(row, widths)
        if one.faults:
            yield "    " + words.text(N_("errors in its files: {n}"), n=one.faults)
        if one.changes is not None:
            yield from (f"    {line}" for line in changes(one.changes, words, everything))
    missing = [one for one in found.members if one.state == "missing"]
    for one in missing:
        at = f" ({one.place})" if one.place else ""
        yield words.text(N_("Not sent yet: {id}, {role}"), id=one.id, role=words.text(label(one.role))) + at


def _columns(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4])).rstrip()


def _rows(one: Row, words: Translator) -> Iterator[tuple[str, ...]]:
    state = words.text(STATES[one.state])
    if not one.files:
        yield one.id, state, "-", "", ""
    if len(one.files) > FILES:
        every = hashlib.sha256("".join(file.sha256 for file in one.files).encode()).hexdigest()
        count = words.text(N_("{n} files"), n=len(one.files))
        yield one.id, state, count, words.day(max(date.fromisoformat(file.day) for file in one.files)), every[:8]
        return
    for number, file in enumerate(one.files):
        first = (one.id, state) if number == 0 else ("", "")
        yield *first, terminal.cut(file.name, 40), words.day(date.fromisoformat(file.day)), file.sha256[:8]


def changes(found: Difference, words: Translator, everything: bool = False) -> Iterator[str]:
    """Yield what changed in a member's files since those it sent before, a line each; of many the first."""
    lines = [
        *(figure(one, words) for one in found.figures),
        *(words.text(N_("text changed: {where}"), where=place(one.where, words)) for one in found.texts),
        *(words.text(N_("added: {where}"), where=place(one, words)) for one in found.added),
        *(words.text(N_("removed: {where}"), where=place(one, words)) for one in found.removed),
    ]
    if not lines:
        yield words.text(N_("nothing that bidkit reads has changed"))
    shown = lines if everything or len(lines) <= CHANGES + 1 else lines[:CHANGES]
    yield from map(terminal.one_line, shown)
    if len(shown) < len(lines):
        yield words.text(N_("({n} more: --all)"), n=len(lines) - len(shown))


# --- what is open --------------------------------------------------------------------------------------
def _open(found: Gathered, words: Translator, everything: bool) -> Iterator[str]:
    yield ""
    settled = len(found.conflicts) - len(found.open)
    if found.dossier is None:
        yield words.text(N_("Conflicts could not be looked for: mend what keeps the files from being read first."))
        return
    yield words.text(N_("Conflicts: {open} open, {settled} settled"), open=len(found.open), settled=settled)
    for kind in _kinds(found.open):
        shown = kind if everything or len(kind) <= FIRST else kind[:FIRST]
        for one in shown:
            yield f"  {terminal.one_line(words.about(one.second.place).fact(one.about))}"
            for name, side in zip(one.names, (one.first, one.second), strict=True):
                value = words.about(side.place).fact(side.value)
                yield f"      {name or side.member}: {terminal.cut(value, 60)}  ({side.place})"
        if len(shown) < len(kind):
            yield "  " + words.text(N_("({n} more: --all)"), n=len(kind) - len(shown))


def _kinds(conflicts: Iterable[Conflict]) -> list[list[Conflict]]:
    """Return conflicts by what they are about, as it is worded, in the order in which each is first met."""
    found: dict[str, list[Conflict]] = {}
    for one in conflicts:
        found.setdefault(one.about.msgid if isinstance(one.about, Word) else str(one.about), []).append(one)
    return list(found.values())


def _waiting(found: Gathered) -> list[Item]:
    """Return what is not agreed yet."""
    return [one for one in (readiness(found.dossier) if found.dossier else ()) if one.state != "agreed"]


def _agreed(found: Gathered, words: Translator) -> Iterator[str]:
    if found.dossier is not None:
        told = tuple(one.title for one in _waiting(found)) or Word(N_("nothing"))
        yield words.text(N_("Not agreed yet: {topics}"), topics=told)


def _written(found: Gathered, words: Translator, mails: tuple[str, ...]) -> None:
    if found.begun:
        terminal.say(words.text(N_("Wrote {file}."), file=str(found.folder / found.lead_file)))
    if found.additions:
        terminal.say(words.text(N_("Wrote {file}."), file=str(found.folder / found.additions)))
    if mails:
        folder = found.folder / Path(mails[0]).parent
        terminal.say(words.text(N_("Messages to partners: {n}, in {folder}."), n=len(mails), folder=str(folder)))


def _next(found: Gathered, words: Translator, asked: date | None) -> str:
    check = terminal.command("check", found.folder, asked)
    if exit_code(found) == 2:
        return words.text(
            N_("Next: mend what is named above and run the same command again. The rest is in its place.")
        )
    if found.additions:
        text = N_(
            "Next: copy the rows of {additions} to the sheets of the same names in {file}, fill in how each is "
            "settled, and run: {command}"
        )
        return words.text(text, additions=found.additions, file=found.lead_file or "YAML", command=check)
    if found.open or found.begun:
        text = N_("Next: fill in {file} (who, shares, agreements, how each conflict is settled), and run: {command}")
        return words.text(text, file=found.lead_file or "YAML", command=check)
    if any(one.faults or one.state == "missing" for one in found.members):
        text = N_("Next: write to partners: bidkit merge --out {folder} --mail")
        return words.text(text, folder=terminal.typed(found.folder))
    return words.text(N_("Next: {command}"), command=check)
