"""What a user is told when a command is typed wrong: one sentence in their language, and where to read more."""

from __future__ import annotations

from collections.abc import Sequence

import click

from bidkit.cli import click_words
from bidkit.i18n import N_, Translator


class UnknownCommand(click.UsageError):
    """A word stands where a command should, and no command is called so in any language."""

    def __init__(self, typed: str, ctx: click.Context) -> None:
        super().__init__(typed, ctx)
        self.typed = typed


def show(error: click.ClickException, commands: tuple[str, ...], typed: Sequence[str] = ()) -> None:
    """Print what is wrong with the words that were ``typed``; a command without arguments gets its help."""
    from bidkit.cli import terminal

    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    words = terminal.reader()
    terminal.say(_told(error, words, commands), err=True)
    terminal.say(words.text(N_("Help: {command} --help"), command=_command(error, commands, typed)), err=True)


def _command(error: click.ClickException, commands: tuple[str, ...], typed: Sequence[str]) -> str:
    """Return the command that was meant; click does not know it of an option without its value."""
    from bidkit.cli.names import command_of

    context = getattr(error, "ctx", None)
    if context is not None:
        return str(context.command_path)
    first = next((word for word in typed if not word.startswith("-")), "")
    return " ".join(filter(None, ("bidkit", command_of(first, commands))))


def interrupted() -> None:
    """Say that the user ended the run."""
    from bidkit.cli import terminal

    terminal.say(terminal.reader().text(N_("Stopped. Earlier versions are safe.")), err=True)


def _told(error: click.ClickException, words: Translator, commands: tuple[str, ...]) -> str:
    """Return the sentence: ours where we know more than click, otherwise click's, which `click_words` translates."""
    if isinstance(error, UnknownCommand):
        return _no_command(error.typed, words, commands)
    if isinstance(error, click.NoSuchOption):
        told = words.text(N_("There is no option {name}."), name=error.option_name)
        near = tuple(error.possibilities or ())[:3]
        return f"{told} {words.text(N_('Did you mean {names}?'), names=near)}" if near else told
    if isinstance(error, click.MissingParameter):
        return words.text(N_("{name} is missing from the command."), name=_name(error))
    if isinstance(error, click.BadParameter):
        return f"{_name(error)}: {error.message}"
    return error.format_message()


def _no_command(typed: str, words: Translator, commands: tuple[str, ...]) -> str:
    from bidkit.cli.names import near

    found = tuple(near(typed, commands))
    if found:
        return words.text(N_("There is no command “{name}”. Did you mean {near}?"), name=typed, near=found)
    return words.text(N_("There is no command “{name}”. Commands: {all}."), name=typed, all=commands)


def _name(error: click.BadParameter) -> str:
    """Return the option by all its names, or the argument as it is typed."""
    if error.param is None:
        return str(error.param_hint or "")
    if isinstance(error.param, click.Option):
        return " / ".join(error.param.opts)
    shown = error.param.make_metavar(error.ctx)  # type: ignore[arg-type]
    return click_words.metavars(shown.strip("[]"))
