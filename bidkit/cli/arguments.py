"""What several commands take from the command line. It imports nothing but click, so that --help stays fast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

Command = Callable[..., None]


def dossier() -> Callable[[Command], Command]:
    """Return the DOSSIER argument."""
    return click.argument("dossier", type=click.Path(path_type=Path), metavar="KANSIO")


def day(text: str) -> Callable[[Command], Command]:
    """Return the --as-of option; ``text`` is its help."""
    return click.option("--as-of", "as_of", metavar="PVM", callback=_day, help=text)


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    from bidkit.cli.terminal import reader
    from bidkit.diagnostics import Refused
    from bidkit.money import day as read

    try:
        return read(value)
    except Refused as refusal:
        raise click.BadParameter(reader().text(refusal.message.text, **refusal.facts)) from None
