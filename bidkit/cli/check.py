"""``bidkit check``: judge a dossier; of a workbook with findings, write a copy with the cells marked."""

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
@click.option(
    "--no-copy", "--ei-kopiota", "no_copy", is_flag=True, help="Älä kirjoita kopiota, johon solut on merkitty."
)
def check(
    dossier: Path,
    as_of: date | None,
    as_json: bool,
    everything: bool,
    quiet: bool,
    language: str | None,
    no_copy: bool,
) -> None:
    """Tarkista KANSION aineisto tarjouspyynnön reunaehtoja vasten.

    Työkirjasta, jossa on korjattavaa, tehdään kopio (tiedot_korjattavat.xlsx), johon solut on merkitty. Muuta ei
    kirjoiteta, eikä omia tiedostojasi muuteta. Jos kansiota ei anna, aineisto on nykyisessä kansiossa.
    """
    from bidkit.cli import terminal
    from bidkit.cli.progress import told
    from bidkit.pipeline import assess, mark

    day = as_of or date.today()
    words = terminal.reader()
    with told(words) as progress:
        run = assess(dossier, language=language, as_of=day, progress=progress)
    copies, found = ((), ()) if no_copy else mark(run, words)
    if as_json:
        from bidkit.cli import machine

        machine.show(machine.of_run(run, words))
        raise SystemExit(terminal.exit_code(run))
    terminal.show_run(run, day, words, asked=as_of, everything=everything, quiet=quiet)
    terminal.show_findings(found, words, everything=True)
    terminal.say(terminal.next_step(run, words, copies, as_of))
    raise SystemExit(terminal.exit_code(run))
