"""``bidkit check``: judge a dossier without writing anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bidkit.cli import arguments


@click.command()
@arguments.dossier()
@arguments.day("Päivä, jona tarkistetaan, esim. 15.1.2027 (oletus: tänään).")
@arguments.as_json()
@click.option(
    "--all", "--kaikki", "everything", is_flag=True, help="Näytä kaikki havainnot, ei vain kolmea samanlaista."
)
@arguments.quiet()
@arguments.language("Tarjouksen kieli (oletus: aineiston).")
def check(
    dossier: Path, as_of: date | None, as_json: bool, everything: bool, quiet: bool, language: str | None
) -> None:
    """Tarkista KANSION aineisto tarjouspyynnön reunaehtoja vasten.

    Mitään ei kirjoiteta. Jos kansiota ei anna, aineisto on nykyisessä kansiossa.
    """
    from bidkit.cli import terminal
    from bidkit.cli.progress import told
    from bidkit.pipeline import assess

    day = as_of or date.today()
    words = terminal.reader()
    with told(words) as progress:
        run = assess(dossier, language=language, as_of=day, progress=progress)
    if as_json:
        terminal.put(terminal.as_json(run, words))
        raise SystemExit(terminal.exit_code(run))
    terminal.show_run(run, day, words, everything=everything, quiet=quiet)
    terminal.say(terminal.next_step(run, words))
    raise SystemExit(terminal.exit_code(run))
