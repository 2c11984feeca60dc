"""``bidkit report``: where a bid stands, as one page in Word for the board."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bidkit.cli import arguments


@click.command()
@arguments.dossier()
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="TIEDOSTO", help="Minne kirjoitetaan (oletus: aineiston kansio)."
)
@arguments.day("Päivä, jona tilannetta katsotaan, esim. 15.1.2027 (oletus: tänään).")
@click.option(
    "--language",
    "--kieli",
    "language",
    type=click.Choice(["fi", "sv", "en"]),
    metavar="fi|sv|en",
    help="Sivun kieli (oletus: päätteen).",
)
def report(dossier: Path, out: Path | None, as_of: date | None, language: str | None) -> None:
    """Kirjoita KANSION tarjouksen tilanne yhdeksi Word-sivuksi hallitukselle.

    Sama kuin bidkit status. Olemassa olevan tiedoston päälle ei kirjoiteta. Oletuskansio on se, jossa olet.

    Paluuarvo: 0 sivu on kirjoitettu, 2 aineistoa ei ole tai sivua ei voi kirjoittaa.
    """
    from bidkit.cli import newfile, terminal
    from bidkit.cli.status import look, reader
    from bidkit.i18n import N_
    from bidkit.render import board_page

    words = reader()
    day = as_of or date.today()
    run, seen = look(dossier, day)
    if not dossier.is_dir():
        terminal.show_findings(run.findings, words, everything=True)
        raise SystemExit(2)
    name = f"tilanne-{day.isoformat()}.docx"
    target = (out / name if out.is_dir() else out) if out else dossier / name
    try:
        made = newfile.write(target, board_page.render(seen, language or words.language))
    except OSError as error:
        terminal.cannot_write(target.parent, error, words)
        raise SystemExit(2) from None
    terminal.say(words.text(N_("Wrote {file}."), file=str(made)))
    terminal.say(words.text(N_("Next: read the page before you send it to the board. It is not for the buyer.")))
    raise SystemExit(0)
