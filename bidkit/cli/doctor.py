"""``bidkit doctor``: is everything as bidkit needs it, and what to do if not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bidkit.cli import arguments

if TYPE_CHECKING:
    from bidkit.health import Line
    from bidkit.i18n import Translator
    from bidkit.pipeline import Run


@click.command()
@arguments.dossier()
@click.option(
    "--zip",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TIEDOSTO",
    help="Tee tukipaketti (zip), jossa aineiston sisältö on peitetty.",
)
@arguments.day("Päivä, josta jättöaika lasketaan, esim. 15.1.2027 (oletus: tänään).")
@arguments.as_json()
def doctor(dossier: Path, target: Path | None, as_of: date | None, as_json: bool) -> None:
    """Tarkista, onko kone, KANSIO ja aineisto kunnossa; joka rivi on OK tai kertoo, miten korjataan.

    Mitään ei muuteta. Oletuskansio on se, jossa olet. Tukipaketista (--zip) ylläpitäjä näkee aineiston rakenteen
    mutta ei sisältöä.

    Paluuarvo: 0 mitään ei tarvitse korjata, 1 jotain on korjattavaa.
    """
    import sys
    from datetime import datetime

    from bidkit.cli import machine, terminal
    from bidkit.health import State, Surroundings, examine

    words = terminal.reader()
    day = as_of or date.today()
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    here = Surroundings(dossier, day, datetime.now(), encoding)
    run = _assessed(dossier, day)
    lines = list(examine(here, run))
    code = int(any(line.state is State.FIX for line in lines))
    made: Path | None = None
    content: tuple[str, ...] = ()
    if target is not None:
        from bidkit.cli import newfile
        from bidkit.health.bundle import bundle

        data, content = bundle(here, lines, run, words)
        try:
            made = newfile.write(target, data)
        except OSError as error:
            terminal.cannot_write(target.parent, error, words)
            code = 1
    if as_json:
        machine.show(_as_json(lines, made, words))
    else:
        _show(lines, words)
        if made is not None:
            _show_bundle(made, content, words)
    raise SystemExit(code)


def _assessed(dossier: Path, day: date) -> Run | None:
    """Return the dossier as assessed, or None if bidkit itself fails over it: the doctor goes on."""
    from bidkit.pipeline import assess

    try:
        return assess(dossier, as_of=day)
    except Exception:  # noqa: BLE001  (the very thing that a doctor is called for)
        return None


def _show(lines: list[Line], words: Translator) -> None:
    from bidkit.cli import terminal
    from bidkit.health import State
    from bidkit.i18n import N_

    labels = {State.OK: N_("OK"), State.FIX: N_("FIX"), State.NOTE: N_("NB")}
    for line in lines:
        terminal.say(f"{words.text(labels[line.state]):8}{told(line, words)}")
    faults = sum(line.state is State.FIX for line in lines)
    if faults:
        terminal.say(words.text(N_("To be mended: {n}. Mend them and run again: bidkit doctor"), n=faults))
    else:
        terminal.say(words.text(N_("Nothing needs mending.")))


def told(line: Line, words: Translator) -> str:
    """Return one line: how it is and, after a colon, what to do."""
    from bidkit.cli.terminal import one_line, typed

    facts = {name: typed(Path(str(one))) if name == "folder" else one for name, one in line.facts.items()}
    hint = f": {words.text(line.hint, **facts)}" if line.hint else ""
    return one_line(words.text(line.message, **facts) + hint) + "."


def _show_bundle(made: Path, content: tuple[str, ...], words: Translator) -> None:
    from bidkit.cli import terminal
    from bidkit.i18n import N_

    terminal.say(words.text(N_("Made the support bundle {file}. In it:"), file=str(made)))
    for name in content:
        terminal.say(f"  {name}")
    terminal.say(words.text(N_("Your texts and figures are masked (x and 9). Look through it before you send it.")))


def _as_json(lines: list[Line], made: Path | None, words: Translator) -> dict[str, Any]:
    from bidkit.cli.machine import plain

    checks: list[dict[str, Any]] = [
        {
            "check": line.check,
            "state": line.state.value,
            "message": words.text(line.message, **line.facts),
            "hint": words.text(line.hint, **line.facts) if line.hint else "",
            "facts": {name: plain(value) for name, value in line.facts.items()},
        }
        for line in lines
    ]
    return {"checks": checks, "bundle": str(made) if made else None}
