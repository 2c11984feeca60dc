"""``bidkit status``: where a bid stands, on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bidkit.cli import arguments

if TYPE_CHECKING:
    from bidkit.i18n import Translator
    from bidkit.overview import Overview, Source
    from bidkit.pipeline import Run

WIDTH, LABEL, FIRST = 100, 16, 3  # characters of a line, of its label; findings that are named


@click.command()
@arguments.dossier()
@arguments.day("Päivä, jona tilannetta katsotaan, esim. 15.1.2027 (oletus: tänään).")
@arguments.as_json()
def status(dossier: Path, as_of: date | None, as_json: bool) -> None:
    """Näytä yhdellä silmäyksellä, missä KANSION tarjouksessa mennään.

    Mitä on, mitä puuttuu ensin, hinta, rahoitus ja jättöaika. Mitään ei kirjoiteta. Oletuskansio on se, jossa olet.

    Paluuarvo: 0 valmista, 1 jotain on auki, 2 aineistoa ei voi lukea.
    """
    from bidkit.cli import machine, terminal

    words = reader()
    run, seen = look(dossier, as_of or date.today())
    code = exit_code(run, seen)
    if as_json:
        machine.show(_as_json(run, seen, words))
    elif not dossier.is_dir():
        terminal.show_findings(run.findings, words, everything=True)
    else:
        for line in screen(seen, dossier, words):
            terminal.say(line)
    raise SystemExit(code)


def reader() -> Translator:
    """Return the words of whoever reads the terminal, those of the overview first."""
    from bidkit.cli.terminal import reader

    return reader("board")


def look(dossier: Path, day: date) -> tuple[Run, Overview]:
    """Assess the dossier and return the run with where the bid stands on ``day``."""
    from bidkit.model.dossier import NOUNS
    from bidkit.overview import overview
    from bidkit.pipeline import assess

    run = assess(dossier, as_of=day)
    version = _newest(dossier / "out")
    if run.dossier is not None and run.dossier.trial:  # its tender is made up: only what the organisation wrote counts
        own = {name: run.entries[name] for name, noun in NOUNS.items() if noun.part == "member"}
        found = tuple(f for f in run.findings if f.place != run.dossier.tender.at)
        return run, overview(own, run.set_aside, None, found, day, version)
    return run, overview(run.entries, run.set_aside, run.assessment, run.findings, day, version)


def _newest(out: Path) -> str:
    from bidkit.publish import newest

    try:
        found = newest(out)
    except OSError:  # there is none, or it may not be looked into
        return ""
    return found.name if found else ""


def exit_code(run: Run, seen: Overview) -> int:
    """Return 2 if a file cannot be read, 0 if the bid can be built or sent, else 1: what is missing is a gap."""
    from bidkit.messages import reading
    from bidkit.overview import Step

    if any(map(reading.stops_reading, run.findings)):
        return 2
    return 0 if seen.step in (Step.BUILD, Step.SEND) else 1


def screen(seen: Overview, dossier: Path, words: Translator) -> list[str]:
    """Return the lines of the screen: at most 24 of at most 100 characters.

    Only the last one may be longer, if the folder's path is: a command that is cut cannot be pasted.
    """
    from bidkit.cli import terminal
    from bidkit.i18n import N_

    head = words.text(N_("Status on {day}, folder {folder}"), day=seen.as_of, folder=terminal.named(dossier))
    call = ", ".join(t for t in (seen.title(words.language), seen.buyer(words.language)) if t)
    lines = [terminal.cut(head, WIDTH), terminal.cut(call or words.text(N_("There is no tender yet.")), WIDTH)]
    rows = [(words.text(part.title), words.fact(part.told)) for part in seen.parts]
    for label, text in (*rows, *_open(seen, words), *_money(seen, words), *_end(seen, words)):
        lines.append(f"{label:{LABEL}}{terminal.cut(text, WIDTH - LABEL)}")
    return [*lines, f"{words.text(N_('Next')):{LABEL}}{_next(seen, dossier, words)}"]


def _open(seen: Overview, words: Translator) -> Iterator[tuple[str, str]]:
    from bidkit.i18n import N_
    from bidkit.overview import name_of

    if seen.tally:
        yield words.text(N_("Verdicts")), words.fact(seen.tally)
    if seen.open:
        names = [" ".join(map(words.fact, name_of(one))) for one in seen.open]
        yield words.text(N_("Knock-outs open")), fit(names, WIDTH - LABEL, words)
    label = words.text(N_("Missing first"))
    for finding in seen.pressing[:FIRST]:
        yield label, f"{finding.place}: {words.sentence(finding)}"
        label = ""


def _money(seen: Overview, words: Translator) -> Iterator[tuple[str, str]]:
    from bidkit.diagnostics import Measure
    from bidkit.i18n import N_

    if seen.funding:
        mix = ", ".join(f"{words.fact(one.kind)} {one.share} %" for one in seen.funding)
        yield words.text(N_("Funding")), mix
        if told := [_ending(one, words) for one in seen.funding if one.ends]:
            yield words.text(N_("Ends in a year")), fit(told, WIDTH - LABEL, words)
    if seen.net is not None and seen.gross is not None:
        text = N_("{net} without VAT, {gross} with VAT")
        yield words.text(N_("Price")), words.text(text, net=Measure(seen.net, "EUR"), gross=Measure(seen.gross, "EUR"))


def _end(seen: Overview, words: Translator) -> Iterator[tuple[str, str]]:
    from bidkit.i18n import N_

    yield words.text(N_("Time")), words.fact(seen.time_left())
    yield words.text(N_("Newest version")), seen.version or words.text(N_("none yet"))


def _next(seen: Overview, dossier: Path, words: Translator) -> str:
    """Return what to do next, with the command to paste."""
    from bidkit.cli import terminal
    from bidkit.i18n import N_
    from bidkit.overview import Step

    steps = {
        Step.BEGIN: N_("begin: {init}"),
        Step.MEND_FILES: N_("mend the files named above: {check}"),
        Step.FILL_IN: N_("fill in what is missing, then: {check}"),
        Step.TENDER: N_("fill in the tender, then: {check}"),
        Step.MEND: N_("mend the places named above: {check}"),
        Step.BUILD: N_("make the bid: {build}"),
        Step.SEND: N_("renew the bid if something has changed: {build}"),
        Step.TOO_LATE: N_("see the tender for a new deadline; this one has passed"),
    }
    here = {name: terminal.command(name, dossier) for name in ("init", "check", "build")}
    return words.text(steps[seen.step], **here)


def _ending(source: Source, words: Translator) -> str:
    """Return what of one kind of funding ends within a year, in per cent of all of it, and when the first part does."""
    from bidkit.i18n import N_

    text = N_("{kind} {share} % (from {day})")
    return words.text(text, kind=source.kind, share=source.ending, day=source.ends)


def fit(names: list[str], width: int, words: Translator) -> str:
    """Return as many names as fit on a line, and how many more there are."""
    from bidkit.cli.terminal import cut
    from bidkit.i18n import N_

    for shown in range(len(names), 0, -1):
        more = len(names) - shown
        text = ", ".join(names[:shown]) + (words.text(N_(" and {n} more"), n=more) if more else "")
        if len(text) <= width:
            return text
    return cut(", ".join(names), width)


def _as_json(run: Run, seen: Overview, words: Translator) -> dict[str, Any]:
    from bidkit.cli import machine
    from bidkit.overview import name_of

    return {
        "folder": run.folder.as_posix(),
        "as_of": seen.as_of.isoformat(),
        "parts": [
            {"part": p.name, "missing": p.missing, "unfinished": p.unfinished, "told": words.fact(p.told)}
            for p in seen.parts
        ],
        "tally": {s.value: n for s, n in run.assessment.tally().items()} if run.assessment else None,
        "open": [" ".join(map(words.fact, name_of(one))) for one in seen.open],
        "pressing": [machine.brief(f, words) for f in seen.pressing],
        "funding": [
            {
                "kind": s.kind.msgid,
                "amount": str(s.amount),
                "share": s.share,
                "ends": machine.plain(s.ends),
                "ending": s.ending,
            }
            for s in seen.funding
        ],
        "price": None if seen.net is None else {"net": str(seen.net), "gross": str(seen.gross)},
        "deadline": machine.plain(seen.tender.deadline) if seen.tender else None,
        "days_left": seen.days,
        "version": seen.version or None,
        "next": seen.step.value,
    }
