"""What a user sees when bidkit itself fails: one sentence and the path of a log, never a traceback."""

from __future__ import annotations

import tempfile
import traceback

import click

from bidkit.i18n import N_


def report(debug: bool) -> None:
    """Write the exception being handled to a log and say where; with ``debug`` show it."""
    details = traceback.format_exc()
    if debug:
        click.echo(details, err=True)
    try:
        with tempfile.NamedTemporaryFile("w", prefix="bidkit-", suffix=".log", delete=False, encoding="utf-8") as log:
            log.write(details)
        where = log.name
    except OSError:
        where = ""
    click.echo(_sentence(where), err=True)


def _sentence(log: str) -> str:
    """Return what happened in the reader's language; in Finnish if that very catalogue is at fault."""
    try:
        from bidkit.cli.terminal import reader

        words = reader()
        told = words.text(
            N_("bidkit failed by a fault of its own; your files are unchanged, and earlier versions are safe.")
        )
        return f"{told} {words.text(N_('Log file: {log} Send it to the maintainer.'), log=log)}" if log else told
    except Exception:  # noqa: BLE001  (whatever it is: a fault is being reported already)
        told = "bidkit epäonnistui omaan vikaansa; tiedostojasi ei muutettu, ja aiemmat versiot ovat tallessa."
        return f"{told} Lokitiedosto: {log} Lähetä se ylläpitäjälle." if log else told
