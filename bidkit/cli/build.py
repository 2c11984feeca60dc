"""``bidkit build``: check a dossier and write its bid and pricing workbooks as a new version."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bidkit.cli import arguments


@click.command()
@arguments.dossier()
@click.option("--out", type=click.Path(path_type=Path), metavar="KANSIO", help="Minne versiot tehdään (oletus: out).")
@click.option("--language", metavar="fi|sv|en", help="Tarjouksen kieli (oletus: aineiston).")
@click.option("--template", metavar="NIMI", help="Mallipohja: standard, short tai oman pohjan kansio.")
@click.option("--draft", is_flag=True, help="Kirjoita luonnos, vaikka puutteita on; joka sivulle tulee LUONNOS.")
@arguments.day("Päivä, jona tarkistetaan, esim. 15.1.2027 (oletus: tänään).")
@click.option("--json", "as_json", is_flag=True, help="Tulosta kaikki koneluettavana (JSON).")
def build(
    dossier: Path,
    out: Path | None,
    language: str | None,
    template: str | None,
    draft: bool,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Tee KANSION aineistosta tarjous (Word) ja hinnoittelu (Excel).

    Aineisto tarkistetaan ensin. Tiedostot kirjoitetaan uudeksi versioksi; vanhoja ei muuteta.
    """
    from bidkit.cli import terminal
    from bidkit.pipeline import build as run_build

    day = as_of or date.today()
    words = terminal.reader()
    built = run_build(
        dossier,
        out=out,
        language=language,
        template=template,
        draft=draft,
        as_of=day,
        reader_language=terminal.reader_language(),
    )
    code = terminal.exit_code(built.run)
    if code < 2:  # a draft may have gaps; what could not be read is told in any case
        code = int(built.folder is None)
    if as_json:
        terminal.put(terminal.as_json(built.run, words, built))
        raise SystemExit(code)
    terminal.show_read(built.run, words)
    terminal.show_findings(built.run.findings, words, everything=False)
    terminal.show_summary(built.run, day, words)
    terminal.show_built(built, words)
    raise SystemExit(code)
