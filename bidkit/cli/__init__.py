"""The command line. One file a command; a command imports what it needs when it runs, so --help stays fast."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterable
from importlib import import_module

import click

from bidkit import __version__

COMMANDS = ("build", "check", "verify", "explain", "schema")


# Help is Finnish only: words of three languages would cost --help more time than click itself leaves.
_FINNISH = {"Options": "Valinnat", "Commands": "Komennot", "Show this message and exit.": "Näytä tämä ohje."}


class Formatter(click.HelpFormatter):
    """Puts click's own words into Finnish, as all of the help is."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is typed."""
        args = args.replace("COMMAND [ARGS]...", "KOMENTO ...").replace("[OPTIONS]", "[VALINNAT]")
        super().write_usage(prog, args, prefix or "Käyttö: ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(_FINNISH.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of names and what they mean."""
        super().write_dl([(name, _FINNISH.get(text, text)) for name, text in rows], col_max, col_spacing)


click.Context.formatter_class = Formatter


class LazyGroup(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"bidkit.cli.{cmd_name}"), cmd_name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bidkit", help="Näytä ohjelman versio.")
@click.option("--debug", is_flag=True, help="Näytä vian tiedot (traceback), jos bidkit itse epäonnistuu.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Tekee järjestön palvelu-, kustannus- ja tulostiedoista tarkistetun tarjouksen (Word) ja hinnoittelun (Excel)."""
    ctx.obj = debug


def main(arguments: list[str] | None = None) -> None:
    """Run bidkit; exit 0 fine, 1 gaps, 2 input cannot be read, 3 our own fault."""
    _leave_the_collector_out()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console of code page 1252 must not end a run
    try:
        cli.main(args=arguments, prog_name="bidkit", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as misuse:
        from bidkit.cli.misuse import show

        show(misuse, COMMANDS)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Keskeytetty. Aiemmat versiot ovat tallessa.", err=True)
        sys.exit(130)
    except Exception:  # noqa: BLE001  (the one place where a fault of ours is caught)
        from bidkit.cli.fault import report

        report("--debug" in (arguments if arguments is not None else sys.argv))
        sys.exit(3)


def _leave_the_collector_out() -> None:
    """Let Python look for unreachable cycles seldom while it runs, and not at all on its way out.

    A run ends in seconds and makes hardly any cycles, but many objects that live to its end; looking through
    them again and again took a fifth of the time of ``check``.
    """
    gc.set_threshold(100_000, 50, 50)
    atexit.register(gc.freeze)
