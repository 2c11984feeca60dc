"""What a user sees when bidkit itself fails: one sentence and the path of a log, never a traceback."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path

import click


def report(debug: bool) -> None:
    """Write the exception being handled to a log and say where; with ``debug`` show it."""
    details = traceback.format_exc()
    if debug:
        click.echo(details, err=True)
    try:
        with tempfile.NamedTemporaryFile("w", prefix="bidkit-", suffix=".log", delete=False, encoding="utf-8") as log:
            log.write(details)
        where = f" Lokitiedosto: {Path(log.name)}"
    except OSError:
        where = ""
    click.echo(
        "bidkit epäonnistui omaan vikaansa; tiedostojasi ei muutettu, ja aiemmat versiot ovat tallessa."
        f"{where} Lähetä loki ylläpitäjälle.",
        err=True,
    )
