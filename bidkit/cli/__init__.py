"""The command line. One file a command; a command imports what it needs when it runs, so --help stays fast."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

import click

from bidkit import __version__
from bidkit.cli import click_words, names
from bidkit.cli.click_words import Formatter

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = (
    "init",
    "build",
    "check",
    "status",
    "doctor",
    "report",
    "verify",
    "history",
    "diff",
    "gaps",
    "merge",
    "go",
    "prune",
    "convert",
    "explain",
    "schema",
    "completion",
)


click_words.speak()
click.Context.formatter_class = Formatter


class LazyGroup(click.Group):
    """A group whose commands are imported when they are named, by any of their names."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"bidkit.cli.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names in any language, and the rest of the words."""
        name = names.command_of(args[0], COMMANDS)
        if name is None and not ctx.resilient_parsing and not args[0].startswith("-"):
            from bidkit.cli.misuse import UnknownCommand

            raise UnknownCommand(args[0], ctx)
        return super().resolve_command(ctx, [name or args[0], *args[1:]])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what commands there are, without importing them."""
        language = click_words.reader_language()
        with formatter.section(click_words.word("Commands")):
            formatter.write_dl([(names.shown(name, language), self.about(ctx, name)) for name in COMMANDS])

    def about(self, ctx: click.Context, name: str) -> str:
        """Return the first paragraph of a command's help, in the reader's language."""
        return click_words.helped(names.SHORT.get(name) or first_paragraph(self.get_command(ctx, name)))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin so, by their English names or by others if those alone begin so."""
        from bidkit.cli.completion import commands_for

        return [*commands_for(self, ctx, incomplete), *click.Command.shell_complete(self, ctx, incomplete)]


def first_paragraph(command: click.Command | None) -> str:
    """Return the first paragraph of a command's help on one line."""
    return " ".join(((command and command.help) or "").strip().split("\n\n")[0].split())


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
    _look_for_no_plugins()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console of code page 1252 must not end a run
    if "_BIDKIT_COMPLETE" in os.environ:
        import bidkit.cli.completion  # noqa: F401  (it teaches click PowerShell)
    try:
        cli.main(args=arguments, prog_name="bidkit", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as misuse:
        from bidkit.cli.misuse import show

        show(misuse, COMMANDS, sys.argv[1:] if arguments is None else arguments)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        from bidkit.cli.misuse import interrupted

        interrupted()
        sys.exit(130)
    except Exception:  # noqa: BLE001  (the one place where a fault of ours is caught)
        from bidkit.cli.fault import report

        report("--debug" in (arguments if arguments is not None else sys.argv))
        sys.exit(3)


def run() -> None:
    """Run bidkit as a program: as `main`, and then leave at once.

    A program that ends need not free its objects one by one, which takes as long as reading a workbook's formats;
    all that was printed is flushed, and all that was written was closed when it was written.
    """
    code: object = 0
    try:
        main()
    except SystemExit as stop:
        code = stop.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed, full, or not there at all
            stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def _leave_the_collector_out() -> None:
    """Let Python look for unreachable cycles seldom while it runs.

    A run ends in seconds and makes hardly any cycles, but many objects that live to its end; looking through
    them again and again took a fifth of the time of ``check``.
    """
    gc.set_threshold(100_000, 50, 50)


def _look_for_no_plugins() -> None:
    """Keep pydantic from looking through all installed packages for plugins before its first model.

    bidkit uses none, and what the search imports took 14 ms of each command: more than reading a dossier takes.
    """
    none = ModuleType("pydantic.plugin._loader")
    none.get_plugins = tuple  # type: ignore[attr-defined]
    sys.modules.setdefault(none.__name__, none)
