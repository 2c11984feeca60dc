"""What a user is told when a command is typed wrong: one sentence in their language, and where to read more."""

from __future__ import annotations

import re

import click

from bidkit.i18n import N_, Translator

_EXTRA = re.compile(r"unexpected extra arguments? \((?P<words>.*)\)", re.DOTALL)
_COMMAND = re.compile(r"No such command '(?P<name>.*)'", re.DOTALL)


def show(error: click.ClickException, commands: tuple[str, ...]) -> None:
    """Print what is wrong with the command that was typed; a command without arguments gets its help."""
    from bidkit.cli import terminal

    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    words = terminal.reader()
    terminal.say(_told(error, words, commands), err=True)
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "bidkit"
    terminal.say(words.text(N_("Help: {command} --help"), command=path), err=True)


def _told(error: click.ClickException, words: Translator, commands: tuple[str, ...]) -> str:
    message = error.format_message()
    if isinstance(error, click.NoSuchOption):
        return words.text(N_("There is no option {name}."), name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return words.text(N_("The option {name} needs a value, or has one too many."), name=error.option_name)
    if isinstance(error, click.MissingParameter):
        return words.text(N_("{name} is missing from the command."), name=_name(error))
    if isinstance(error, click.BadParameter):
        return f"{_name(error)}: {error.message}"
    if found := _COMMAND.search(message):
        return words.text(N_("There is no command “{name}”. Commands: {all}."), name=found["name"], all=commands)
    if found := _EXTRA.search(message):
        extra = N_("Too much in the command: {words}. If a folder's name has a space, put it in quotation marks.")
        return words.text(extra, words=found["words"])
    return message


def _name(error: click.BadParameter) -> str:
    """Return the option or argument as it is typed."""
    if error.param is None:
        return ""
    return error.param.opts[0] if isinstance(error.param, click.Option) else error.param.make_metavar(error.ctx)  # type: ignore[arg-type]
