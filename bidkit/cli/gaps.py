"""``bidkit gaps``: what of what is asked nobody covers, what only one does, and which partners would help."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from bidkit.cli import arguments


def _area(written: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of municipalities named one by one, or several with commas or semicolons between them."""
    from bidkit.model.codes import municipality_code

    named = (name.strip() for text in written for name in re.split("[,;]", text))
    return tuple(dict.fromkeys(municipality_code(name) for name in named if name))


@click.command()
@arguments.folder("dossier")
@click.option(
    "--area",
    "--alue",
    "area",
    multiple=True,
    metavar="KUNTA",
    callback=arguments.understood(_area, hint=True),
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
    from bidkit.cli import machine, terminal
    from bidkit.pipeline import compare

    words = terminal.reader("gaps")
    run, found = compare(dossier, date.today(), area=area, as_of=as_of, travel_limit=travel_limit)
    if found is None:
        stopping = run.stopping or run.findings
        if as_json:
            told = [machine.brief(one, words) for one in stopping]
            machine.show({"folder": dossier.as_posix(), "findings": told})
        else:
            again = terminal.command("check", dossier)
            terminal.show_findings(stopping, words, everything=False, again=again)
        raise SystemExit(2)
    if as_json:
        from bidkit.cli.gaps_json import as_json as content

        machine.show(content(found, dossier, travel_limit))
        return
    from bidkit.cli.gaps_screen import screen

    aside = sum(map(len, run.set_aside.values()))
    for line in screen(found, dossier, words, travel_limit, everything=everything, aside=aside):
        terminal.say(line)
