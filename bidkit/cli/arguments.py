"""What several commands take from the command line. It imports nothing but click, so that --help stays fast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Command = Callable[..., None]


def dossier() -> Callable[[Command], Command]:
    """Return the DOSSIER argument: a folder, the current one if none is named."""
    return folder("dossier")


def folder(name: str = "folder") -> Callable[[Command], Command]:
    """Return an argument that is a folder, the current one if none is named."""
    return click.argument(
        name,
        required=False,
        default=".",
        type=click.Path(path_type=Path),
        metavar="[KANSIO]",
        shell_complete=_folders,
    )


def day(text: str) -> Callable[[Command], Command]:
    """Return the --as-of option; ``text`` is its help."""
    return click.option("--as-of", "--pvm", "as_of", metavar="PVM", callback=understood(_day), help=text)


def language(text: str) -> Callable[[Command], Command]:
    """Return the --language option, of a bid or a file; ``text`` is its help."""
    return click.option("--language", "--kieli", "language", metavar="fi|sv|en", shell_complete=_languages, help=text)


def template() -> Callable[[Command], Command]:
    """Return the --template option."""
    return click.option(
        "--template",
        "--pohja",
        "template",
        metavar="NIMI",
        shell_complete=_templates,
        help="Mallipohja: standard, short tai oman pohjan kansio.",
    )


def out(text: str) -> Callable[[Command], Command]:
    """Return the --out option, a folder to write to; ``text`` is its help."""
    return click.option(
        "--out",
        "--kansio",
        "out",
        type=click.Path(path_type=Path),
        metavar="KANSIO",
        shell_complete=_folders,
        help=text,
    )


def as_json() -> Callable[[Command], Command]:
    """Return the --json option."""
    return click.option("--json", "as_json", is_flag=True, help="Tulosta kaikki koneluettavana (JSON).")


def quiet() -> Callable[[Command], Command]:
    """Return the --quiet option."""
    text = "Näytä vain virheet ja viimeinen rivi."
    return click.option("--quiet", "--hiljaa", "quiet", is_flag=True, help=text)


def understood(read: Callable[[Any], Any], *, hint: bool = False) -> Callable[..., Any]:
    """Return the callback of an option: what ``read`` makes of its words, or why it refuses them.

    ``hint`` adds the way out that the refusal has, where it says more than the option's own help.
    """

    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        if value in (None, ()) or ctx.resilient_parsing:
            return value
        from bidkit.cli.terminal import reader
        from bidkit.diagnostics import Refused

        try:
            return read(value)
        except Refused as refusal:
            texts = (refusal.message.text, refusal.message.hint) if hint else (refusal.message.text,)
            words = reader()
            raise click.BadParameter(" ".join(words.text(text, **refusal.facts) for text in texts)) from None

    return callback


def _day(written: str) -> date:
    from bidkit.money import day

    return day(written)


# --- what a shell offers to complete ---------------------------------------------------------------------
def _folders(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def _languages(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    return [tag for tag in ("fi", "sv", "en") if tag.startswith(incomplete.lower())]


def _templates(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from bidkit.templates.find import names

    return [name for name in names(ctx.params.get("dossier")) if name.startswith(incomplete)]
