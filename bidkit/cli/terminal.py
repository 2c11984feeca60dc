"""What the terminal shows: findings in one line each, the tally, the days left, what to do next.

Plain text; nothing that code page 1252 cannot print.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from bidkit.cli import click_words
from bidkit.diagnostics import Finding, Measure, Name, Place, Severity, weightiest_first
from bidkit.i18n import FINDINGS, N_, Translator

if TYPE_CHECKING:
    from pathlib import Path

    from bidkit.pipeline import Built, Run
    from bidkit.stages import Assessment, State

FIRST = 3  # findings of one code that are shown before they are only counted
_LABELS = {Severity.ERROR: N_("ERROR"), Severity.WARNING: N_("WARNING"), Severity.NOTE: N_("NOTE")}
_OPEN = {"not met": N_("GAP"), "cannot tell": N_("UNKNOWN")}  # what a mandatory condition's finding is called

reader_language = click_words.reader_language


def reader(*first: str) -> Translator:
    """Return the words of whoever reads the terminal, those of the domains ``first`` before the others."""
    return Translator(reader_language(), (*first, *FINDINGS), called)


def called(name: Name, place: Place, language: str) -> str:
    """Return how the workbook of a place calls what has a name; only a finding about a cell asks for it."""
    from bidkit.model import names

    return names.called(name, place, language)


# Spaces that do not break and the minus sign of Swedish numbers: what an old console lacks or shows badly.
_PLAIN = {0x00A0: " ", 0x202F: " ", 0x2212: "-"}


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line of plain text.

    What the console cannot print becomes a question mark; a console that is gone or full loses the line. Neither
    ends a run: what was written stays written, and the exit code tells how it went.
    """
    put(text.translate(_PLAIN), err=err)


def put(text: str, *, err: bool = False) -> None:
    """Print a line as it is; see `say`."""
    try:
        click.echo(text, err=err)
    except OSError:
        stream = sys.stderr if err else sys.stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # or Python fails again when it flushes at exit


def cannot_write(folder: Path, error: OSError, words: Translator) -> None:
    """Say that nothing can be written to a folder, and why."""
    from bidkit.publish.disk import cause

    say(words.text(N_("Cannot write to {folder}: {why}."), folder=str(folder), why=cause(error)), err=True)


def show_read(run: Run, words: Translator) -> None:
    """Say what was read."""
    if run.dossier is None:
        say(words.text(N_("Read {folder}: {files} files."), folder=named(run.folder), files=len(run.files)))
        return
    counts = words.text(
        N_("Read {folder}: services {services}, lots {lots}, conditions {conditions}, price lines {lines}."),
        folder=named(run.folder),
        services=sum(len(m.services) for m in run.dossier.members),
        lots=len(run.dossier.lots),
        conditions=len(run.dossier.conditions),
        lines=len(run.dossier.price_lines),
    )
    say(counts)


def show_run(
    run: Run,
    as_of: date,
    words: Translator,
    *,
    asked: date | None = None,
    everything: bool = False,
    quiet: bool = False,
) -> None:
    """Print what was read and found and how it stands; when ``quiet`` only what stops the bid.

    ``asked`` is the day that the user gave, for the commands to paste.
    """
    if not quiet:
        show_read(run, words)
    found = run.errors if quiet else run.findings
    again = command("check", run.folder, asked)
    show_findings(found, words, everything=everything, assessment=run.assessment, again=again)
    if not quiet:
        show_summary(run, as_of, words)


def show_findings(
    findings: Iterable[Finding],
    words: Translator,
    *,
    everything: bool,
    assessment: Assessment | None = None,
    again: str = "bidkit check",
) -> None:
    """Print the findings, the weightiest first, three of a code and then a count unless ``everything``.

    ``assessment`` tells a condition that is not met from one that cannot be told; ``again`` is the command that
    shows the rest.
    """
    ordered = weightiest_first(findings)
    shown, hidden = (ordered, {}) if everything else few(ordered)
    known = states(assessment)
    for finding in shown:
        show_finding(finding, words, known)
    for code, n in hidden.items():
        say(words.text(N_("({n} more of the kind {code}: {command} --all)"), n=n, code=code, command=again))


def few(findings: Iterable[Finding]) -> tuple[list[Finding], dict[str, int]]:
    """Return the first findings of each code, and by code how many more there are."""
    seen: Counter[str] = Counter()
    shown: list[Finding] = []
    for finding in findings:
        seen[finding.code] += 1
        if seen[finding.code] <= FIRST:
            shown.append(finding)
    return shown, {code: n - FIRST for code, n in seen.items() if n > FIRST}


def states(assessment: Assessment | None) -> dict[tuple[str, Place], str]:
    """Return the state of each open condition by the message and the place of its finding."""
    judged = assessment.judgements if assessment else ()
    return {(j.verdict.message, j.verdict.place or j.condition.entry.at): j.verdict.state.value for j in judged}


def headline(finding: Finding, words: Translator, known: Mapping[tuple[str, Place], str]) -> str:
    """Return the first line of a finding: what it is called, place, code, what is so.

    What a mandatory condition asks and the bid lacks is called a gap; what cannot be told, unknown.
    """
    state = known.get((finding.message, finding.place), "")
    mandatory = finding.severity is Severity.ERROR and state in _OPEN
    label = words.text(_OPEN[state] if mandatory else _LABELS[finding.severity])
    return f"{label:9} {str(finding.place) or '-'}  {finding.code}  {one_line(words.sentence(finding))}"


def show_finding(
    finding: Finding, words: Translator, known: Mapping[tuple[str, Place], str] = MappingProxyType({})
) -> None:
    """Print one finding; below its first line the way out and the clause. ``known`` are the `states`."""
    say(headline(finding, words, known))
    if finding.hint:
        say(f"{'':9} {words.text(N_('Way out: {hint}'), hint=one_line(words.hint(finding)))}")
    if finding.because is not None:
        say(f"{'':9} {words.text(N_('Because: {clause}'), clause=words.clause(finding.because))}")


def one_line(text: str) -> str:
    """Fold a text to one line."""
    return " ".join(text.split())


def cut(text: str, width: int) -> str:
    """Return a text on one line, cut between words with three points if it is too long."""
    text = one_line(text)
    if len(text) <= width:
        return text
    kept = text[: width - 3]
    return (kept[: kept.rfind(" ")] if kept.rfind(" ") > width // 2 else kept).rstrip(" ,.;:–") + "..."


def tally(assessment: Assessment, words: Translator) -> str:
    """Return the summary, as in “19 täyttyy, 3 ei täyty, 1 ei tietoa”."""
    return tally_of(assessment.tally(), words)


def tally_of(counts: Mapping[State, int], words: Translator) -> str:
    """Return how many verdicts stand in each state."""
    from bidkit.stages import counted

    return ", ".join(map(words.fact, counted(counts))) + "."


def days_left(deadline: datetime, as_of: date, words: Translator) -> str:
    """Return how long there is to the deadline."""
    days = (deadline.date() - as_of).days
    if days < 0:
        return words.text(N_("The deadline has passed ({deadline})."), deadline=deadline)
    if days == 0:
        return words.text(N_("The deadline is today ({deadline})."), deadline=deadline)
    return words.text(N_("Time left: {days} (until {deadline})."), days=Measure(days, "days"), deadline=deadline)


def show_summary(run: Run, as_of: date, words: Translator) -> None:
    """Print the tally and the days left."""
    if run.assessment is not None:
        bid = run.assessment.bid
        left = "" if bid.dossier.trial else days_left(bid.tender.deadline, as_of, words)  # a trial has no deadline
        say(f"{tally(run.assessment, words)} {left}".strip())


def exit_code(run: Run) -> int:
    """Return 0 fine, 1 gaps, 2 input cannot be read."""
    if run.unreadable:
        return 2
    return 1 if run.errors else 0


# --- commands to paste --------------------------------------------------------------------------------
def named(folder: Path) -> str:
    """Return a folder as it is named to its user: the current one by its name."""
    return str(folder) if str(folder) != "." else folder.resolve().name or str(folder.resolve())


def typed(folder: Path, *, windows: bool = os.name == "nt") -> str:
    """Return a folder as it is typed in a command, in quotation marks where a shell would take it apart.

    On Windows the same line holds for cmd and for PowerShell: both take double quotation marks, neither lets
    a name have one. (A name with % or $ in it has no spelling that both understand.)
    """
    text = str(folder)
    if text.startswith("-"):  # or it would be taken for an option
        text = os.path.join(".", text)  # noqa: PTH118  (Path would drop the point)
    if not re.search(r"[^\w.:/\\-]" if windows else r"[^\w.:/-]", text):
        return text
    if windows or not re.search(r"[\"$`\\!]", text):
        return f'"{text}"'
    return "'" + text.replace("'", "'\\''") + "'"


def command(name: str, folder: Path, asked: date | None = None) -> str:
    """Return a command for a folder as it can be pasted; the current folder needs no name.

    ``asked`` is the day that the user gave to judge on: the command repeats it, or it would judge another one.
    """
    where = "" if str(folder) == "." else f" {typed(folder)}"
    option = "--pvm" if reader_language() == "fi" else "--as-of"
    day = f" {option} {asked.day}.{asked.month}.{asked.year}" if asked else ""
    return f"bidkit {name}{where}{day}"


def next_step(run: Run, words: Translator, copies: tuple[Path, ...] = (), asked: date | None = None) -> str:
    """Return what to do after a check; ``copies`` are those of workbooks with the cells to mend marked.

    ``asked`` is the day that the user gave.
    """
    from bidkit.messages import reading

    if any(f.code == reading.EMPTY_FOLDER.code for f in run.findings):
        begin = N_("Next: go to the folder of a dossier, or begin one here: {command}")
        return words.text(begin, command=command("init", run.folder))
    if exit_code(run) == 0:
        return words.text(N_("Next: {command}"), command=command("build", run.folder, asked))
    if copies:
        look = N_("Next: look at {copies}, mend the originals and run again: {command}")
        names = tuple(copy.relative_to(run.folder).as_posix() for copy in copies)  # members' files have one name
        return words.text(look, copies=names, command=command("check", run.folder, asked))
    mend = N_("Next: mend the places named above and run again: {command}")
    return words.text(mend, command=command("check", run.folder, asked))


def show_built(built: Built, words: Translator, *, asked: date | None = None, quiet: bool = False) -> None:
    """Say which version was written, or why none was, and what to do next; when ``quiet`` only that.

    ``asked`` is the day that the user gave.
    """
    if not quiet:
        _show_written(built, words)
    if built.refused:
        draft = N_("Next: mend the places named above, or look at a draft: {command} --draft")
        say(words.text(draft, command=command("build", built.run.folder, asked)))
    elif built.folder is None:
        say(next_step(built.run, words, asked=asked))
    else:
        ready = N_("Next: open tarjous.docx and hinnoittelu.xlsx in {folder}. Never send the folder sisainen.")
        say(words.text(ready, folder=str(built.folder)))


def _show_written(built: Built, words: Translator) -> None:
    if built.folder is None:
        if built.refused:
            say(words.text(N_("No bid was written, because it would be rejected. Earlier versions are untouched.")))
        else:
            say(words.text(N_("Nothing was written. Earlier versions are untouched.")))
        return
    if built.run.assessment is not None:
        say(_prices(built.run.assessment, words))
    made = N_("Wrote {folder}:") if built.new else N_("Nothing has changed since {folder}:")
    say(words.text(made, folder=str(built.folder)))
    for file in sorted(p.relative_to(built.folder) for p in built.folder.rglob("*") if p.is_file()):
        say(f"  {file}")


def _prices(assessment: Assessment, words: Translator) -> str:
    """Return the price of the bid; of a trial that of each line, because it has no quantities to add up."""
    priced = assessment.priced
    if not priced.bid.dossier.trial:
        total = N_("Price in all: {net} without VAT, {gross} with VAT.")
        return words.text(total, net=Measure(priced.net, "EUR"), gross=Measure(priced.gross, "EUR"))
    lines = tuple(
        f"{priced.bid.words(one.line.title)} {words.measure(Measure(one.unit_price, f'EUR/{one.line.unit}'))}"
        for lot in priced.lots
        for one in lot.lines
    )
    return words.text(N_("Prices: {prices}; VAT is not decided."), prices=", ".join(lines))
