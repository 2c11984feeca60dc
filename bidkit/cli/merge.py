"""``bidkit merge``: take in what partners sent, and tell what is missing, what changed and what does not agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from bidkit.cli import arguments


@click.command()
@click.argument("partners", nargs=-1, type=click.Path(path_type=Path), metavar="[KUMPPANI]...")
@click.option("--lead", "--vetaja", "lead", default="", metavar="TUNNUS", help="Vetäjän tunnus, kuten sen tiedoissa.")
@click.option(
    "--out",
    "--kansio",
    "out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="KANSIO",
    help="Yhteistarjouksen kansio; se tehdään, jos sitä ei ole.",
)
@click.option("--mail", "--viestit", "mail", is_flag=True, help="Kirjoita jokaiselle kumppanille viesti sen kohdista.")
@arguments.day("Päivä, jona tiedostot saatiin, esim. 15.1.2027 (oletus: tänään).")
@arguments.as_json()
@click.option("--all", "--kaikki", "everything", is_flag=True, help="Näytä kaikki rivit, ei vain ensimmäisiä.")
@arguments.quiet()
def merge(
    partners: tuple[Path, ...],
    lead: str,
    out: Path,
    mail: bool,
    as_of: date | None,
    as_json: bool,
    everything: bool,
    quiet: bool,
) -> None:
    """Kokoa kumppanien tiedostot yhteistarjouksen KANSIOON ja kerro, mitä puuttuu ja mikä on ristiriidassa.

    KUMPPANI on työkirja tai kansio, jossa aineisto on; myös jäsenlomake käy. Tiedostot kopioidaan sellaisinaan,
    ja korvattu tiedosto jää talteen. Ensimmäisellä kerralla kirjoitetaan ryhmittyma.xlsx; sen jälkeen se on sinun.

    Paluuarvo: 0 kunnossa, 1 jotain on auki, 2 jokin tiedosto jäi ottamatta tai kansioon ei voi kirjoittaa.
    """
    from bidkit.cli import terminal
    from bidkit.cli.merge_screen import exit_code, screen
    from bidkit.gather import gather

    day = as_of or date.today()
    words = terminal.reader("merge")
    found = gather(partners, lead, out, day, words)
    mails: tuple[str, ...] = ()
    if mail and found.members:
        from bidkit.gather.mail import post

        try:
            mails, told = post(found, words, day)
        except OSError as error:
            terminal.cannot_write(out, error, words)
            raise SystemExit(2) from None
        found = replace(found, findings=(*found.findings, *told))
    if as_json:
        from bidkit.cli import machine
        from bidkit.cli.merge_json import content

        machine.show(content(found, words, mails))
        raise SystemExit(exit_code(found))
    screen(found, words, mails, as_of, everything=everything, quiet=quiet)
    raise SystemExit(exit_code(found))
