"""``bidkit check``: judge a dossier without writing anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bidkit.cli import arguments


@click.command()
@arguments.dossier()
@arguments.day("Päivä, jona tarkistetaan, esim. 15.1.2027 (oletus: tänään).")
@click.option("--json", "as_json", is_flag=True, help="Tulosta kaikki koneluettavana (JSON).")
@click.option("--all", "everything", is_flag=True, help="Näytä kaikki havainnot, ei vain kolmea samanlaista.")
@click.option("--language", metavar="fi|sv|en", help="Tarjouksen kieli (oletus: aineiston).")
def check(dossier: Path, as_of: date | None, as_json: bool, everything: bool, language: str | None) -> None:
    """Tarkista KANSION aineisto tarjouspyynnön reunaehtoja vasten.

    Mitään ei kirjoiteta.
    """
    from bidkit.cli import terminal
    from bidkit.i18n import N_
    from bidkit.pipeline import assess

    day = as_of or date.today()
    words = terminal.reader()
    run = assess(dossier, language=language, as_of=day)
    if as_json:
        terminal.put(terminal.as_json(run, words))
        raise SystemExit(terminal.exit_code(run))
    terminal.show_read(run, words)
    terminal.show_findings(run.findings, words, everything=everything)
    terminal.show_summary(run, day, words)
    code = terminal.exit_code(run)
    if code == 0:
        terminal.say(words.text(N_("Next: bidkit build {folder}"), folder=terminal.typed(dossier)))
    else:
        terminal.say(
            words.text(
                N_("Next: mend the places named above and run again: bidkit check {folder}"),
                folder=terminal.typed(dossier),
            )
        )
    raise SystemExit(code)
