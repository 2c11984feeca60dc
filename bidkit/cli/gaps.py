"""``bidkit gaps``: what of what is asked nobody covers, what only one does, and which partners would help."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bidkit.cli import arguments

if TYPE_CHECKING:
    from bidkit.diagnostics import Finding
    from bidkit.dossier.load import Loaded


def _area(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of municipalities named one by one, or several with commas or semicolons between them."""
    if not value or ctx.resilient_parsing:
        return ()
    from bidkit.cli.terminal import reader
    from bidkit.diagnostics import Refused
    from bidkit.model.codes import municipality_code

    try:
        named = (name.strip() for text in value for name in re.split("[,;]", text))
        return tuple(dict.fromkeys(municipality_code(name) for name in named if name))
    except Refused as refusal:
        words = reader()
        told = words.text(refusal.message.text, **refusal.facts)
        raise click.BadParameter(f"{told} {words.text(refusal.message.hint, **refusal.facts)}") from None


@click.command()
@arguments.folder("dossier")
@click.option(
    "--area",
    "--alue",
    "area",
    multiple=True,
    metavar="KUNTA",
    callback=_area,
    help="Kunta, jota katsotaan tarjouspyynnön alueen sijasta; voi antaa monta: --area Pori,Ulvila.",
)
@click.option(
    "--travel-limit",
    "--matkaraja",
    "travel_limit",
    type=click.IntRange(0, 1440),
    metavar="MINUUTIT",
    help="Pisin matka minuutteina: kauempi kunta jää kattamatta, ellei palvelua anneta etänä.",
)
@arguments.day("Päivä, josta alkaen katsotaan, esim. 15.1.2027 (oletus: sopimuskauden alku).")
@click.option("--all", "--kaikki", "everything", is_flag=True, help="Näytä kaikki rivit, ei vain ensimmäisiä.")
@arguments.as_json()
def gaps(
    dossier: Path,
    area: tuple[str, ...],
    travel_limit: int | None,
    as_of: date | None,
    everything: bool,
    as_json: bool,
) -> None:
    """Näytä, mitä pyydetystä kukaan ei kata ja kuka kumppaneista auttaisi.

    Pyydettyä osaamista, kuntia, asiakasryhmiä, kieliä ja sopimuskautta verrataan palveluihin, toimipaikkoihin,
    henkilöstöön ja kumppaneihin. Ilman tarjouspyyntöä katsotaan kuntia, jotka annat (--area), tai oman
    työllisyysalueen kuntia.

    Paluuarvo: 0 vertailu onnistui (aukkoja on tai ei ole), 2 aineistoa ei voi lukea.
    """
    from bidkit.cli import gaps_screen, terminal
    from bidkit.dossier.load import load
    from bidkit.dossier.validate import validate
    from bidkit.gaps import find

    loaded = load(dossier)
    words = gaps_screen.reader()
    stopping = _stopping(loaded)
    if loaded.dossier is None or stopping:
        if as_json:
            terminal.put(gaps_screen.refused_as_json(dossier, stopping or loaded.findings, words))
        else:
            terminal.show_findings(stopping or loaded.findings, words, everything=False, again=_check(dossier))
        raise SystemExit(2)
    found = find(loaded.dossier, validate, date.today(), area=area, as_of=as_of, travel_limit=travel_limit)
    if as_json:
        terminal.put(gaps_screen.as_json(found, dossier, words, travel_limit))
        return
    aside = sum(map(len, loaded.set_aside.values()))
    for line in gaps_screen.screen(found, dossier, words, travel_limit, everything=everything, aside=aside):
        terminal.say(line)


def _check(dossier: Path) -> str:
    from bidkit.cli.terminal import command

    return command("check", dossier)


def _stopping(loaded: Loaded) -> tuple[Finding, ...]:
    """Return what could not be read at all: what is missing then would look like a gap."""
    from bidkit.messages import loading, reading

    missing = loading.MISSING_NOUN.code
    return tuple(one for one in loaded.findings if one.code == missing or reading.stops_reading(one))
