"""``bidkit completion``: let the shell complete commands, options and values; what it asks is answered here too.

Click speaks with bash, zsh and fish by environment variables. PowerShell is spoken with by a script and a class
of our own, whatever click's version: one word a line, so that no quotation has to be taken apart twice.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

from bidkit.cli import click_words, names

if TYPE_CHECKING:
    from bidkit.cli import LazyGroup

click_words.speak()  # what click imports for completion has words too

VARIABLE = "_BIDKIT_COMPLETE"
SHELLS = ("bash", "zsh", "fish", "powershell")
MARK = "# bidkit completion"  # ends the one line that --install adds to a profile

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition })
    $kept = @($env:%(complete_var)s, $env:COMP_WORDS, $env:COMP_CWORD, [Console]::OutputEncoding)
    try {
        $env:%(complete_var)s = 'powershell_complete'
        $env:COMP_WORDS = ($before | ForEach-Object { $_.Extent.Text }) -join "`n"
        $env:COMP_CWORD = $wordToComplete
        try { [Console]::OutputEncoding = [System.Text.Encoding]::UTF8 } catch { }
        $answer = @(& %(prog_name)s 2>$null)
    } finally {
        $env:%(complete_var)s, $env:COMP_WORDS, $env:COMP_CWORD = $kept[0..2]
        try { [Console]::OutputEncoding = $kept[3] } catch { }
    }
    foreach ($line in $answer) {
        $value, $told = $line -split "`t", 2
        if ($value) {
            if (-not $told) { $told = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $told)
        }
    }
}
"""


@add_completion_class
class PowerShell(ShellComplete):
    """Speaks with PowerShell: a line for each offer; for folders none, then PowerShell offers its own."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is typed, and what there is of that one."""
        words = [_unquoted(word) for word in os.environ.get("COMP_WORDS", "").split("\n")]
        return words[1:], _unquoted(os.environ.get("COMP_CWORD", ""))

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return an offer as the script reads it."""
        if item.type != "plain":
            return ""
        return f"{item.value}\t{' '.join(item.help.split())}" if item.help else str(item.value)


def _unquoted(word: str) -> str:
    return word[1:].removesuffix(word[0]) if word[:1] in ("'", '"') else word


def commands_for(group: LazyGroup, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
    """Return the commands that begin so: their English names, or if none does, the others."""
    offered = [name for name in group.list_commands(ctx) if name.startswith(incomplete)]
    if not offered:
        every = names.all_names(tuple(group.list_commands(ctx)))
        offered = [name for name in every if name.startswith(incomplete.lower())]
    known = tuple(group.list_commands(ctx))
    return [CompletionItem(name, help=group.about(ctx, names.command_of(name, known) or name)) for name in offered]


@click.command()
@click.argument("shell", required=False, metavar="[bash|zsh|fish|powershell]", type=click.Choice(SHELLS))
@click.option("--install", "--asenna", "install", is_flag=True, help="Ota täydennys käyttöön: lisää se profiiliin.")
def completion(shell: str | None, install: bool) -> None:
    """Täydennä komennot, valinnat ja arvot sarkaimella (Tab).

    Ilman valintaa --install tulostetaan komentotulkin skripti. Jos komentotulkkia ei nimetä, se päätellään.
    """
    from bidkit.cli import terminal
    from bidkit.i18n import N_

    words = terminal.reader()
    shell = shell or detected()
    if shell is None:
        terminal.say(words.text(N_("Which shell? Name it: bash, zsh, fish or powershell.")), err=True)
        raise SystemExit(2)
    if not install:
        terminal.put(script(shell).rstrip("\n"))
        return
    try:
        changed = [change for place in places(shell) for change in _install(place, shell)]
    except OSError as error:
        from bidkit.publish.disk import cause

        told = N_("Cannot write {file}: {why}. Nothing else was changed.")
        terminal.say(words.text(told, file=str(error.filename or ""), why=cause(error)), err=True)
        raise SystemExit(2) from None
    for file, line in changed:
        told = N_("Added a line to {file}: {line}") if line else N_("Wrote {file}.")
        terminal.say(words.text(told, file=str(file), line=line))
    if not changed:
        terminal.say(words.text(N_("Completion is in place already; nothing was changed.")))
    if shell == "powershell":
        told = N_("If PowerShell does not run scripts, allow your own: {command}")
        allow = "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned"
        terminal.say(words.text(told, command=allow))
    terminal.say(words.text(N_("Next: open a new terminal, type bidkit and press Tab.")))


def detected() -> str | None:
    """Return the shell that bidkit runs in, as far as the environment tells."""
    shell = re.split(r"[/\\]", os.environ.get("SHELL", "").lower())[-1].removesuffix(".exe")
    if shell in SHELLS and not ("PSModulePath" in os.environ and os.name != "nt"):
        return shell
    return "powershell" if "PSModulePath" in os.environ or shell == "pwsh" else None


def script(shell: str) -> str:
    """Return the script that teaches a shell to ask bidkit."""
    from bidkit.cli import cli

    speaker = get_completion_class(shell)
    assert speaker is not None, shell  # SHELLS are those that click or we speak with
    text = speaker(cli, {}, "bidkit", VARIABLE).source()
    if shell == "zsh":  # without it zsh does not know compdef
        return "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }\n" + text
    return text


@dataclass(frozen=True)
class Installed:
    """Where a script goes, and the profile that loads it by one line; fish needs no line."""

    script: Path
    profile: Path | None = None
    line: str = ""


def places(shell: str, platform: str = sys.platform) -> list[Installed]:
    """Return where a shell looks for what it loads when it begins."""
    home = Path.home()
    kept = home / ".local/share/bidkit"
    if shell == "fish":
        return [Installed(_folder("XDG_CONFIG_HOME", home / ".config") / "fish/completions/bidkit.fish")]
    if shell in ("bash", "zsh"):
        file = f"$HOME/.local/share/bidkit/completion.{shell}"
        line = f'[ -r "{file}" ] && . "{file}"  {MARK}'
        if shell == "zsh":
            profile = _folder("ZDOTDIR", home) / ".zshrc"
        else:  # the terminal of a Mac begins login shells
            profile = home / (".bash_profile" if platform == "darwin" else ".bashrc")
        return [Installed(kept / f"completion.{shell}", profile, line)]
    if platform == "win32":
        # The path is spelt by a variable: an old PowerShell reads a profile without a mark as cp1252.
        local = _folder("LOCALAPPDATA", home / "AppData/Local") / "bidkit/completion.ps1"
        file = "$env:LOCALAPPDATA\\bidkit\\completion.ps1"
        profiles = [
            _documents(home) / edition / "Microsoft.PowerShell_profile.ps1"
            for edition in ("WindowsPowerShell", "PowerShell")
        ]
    else:
        local, file = kept / "completion.ps1", "$HOME/.local/share/bidkit/completion.ps1"
        profiles = [_folder("XDG_CONFIG_HOME", home / ".config") / "powershell/Microsoft.PowerShell_profile.ps1"]
    line = f'if (Test-Path "{file}") {{ . "{file}" }}  {MARK}'
    return [Installed(local, profile, line) for profile in profiles]


def _folder(variable: str, otherwise: Path) -> Path:
    named = os.environ.get(variable, "")
    return Path(named) if named else otherwise


def _documents(home: Path) -> Path:
    """Return the user's Documents, wherever Windows keeps it: OneDrive moves it."""
    try:
        import winreg

        where = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, where) as key:  # type: ignore[attr-defined,unused-ignore]
            found = winreg.QueryValueEx(key, "Personal")[0]  # type: ignore[attr-defined,unused-ignore]
        return Path(os.path.expandvars(found))
    except (ImportError, OSError):
        return home / "Documents"


def _install(place: Installed, shell: str) -> list[tuple[Path, str]]:
    """Write the script and add the line unless they are there. Return the files changed, with the line added."""
    changed: list[tuple[Path, str]] = []
    data = script(shell).encode()
    if not place.script.is_file() or place.script.read_bytes() != data:
        place.script.parent.mkdir(parents=True, exist_ok=True)
        place.script.unlink(missing_ok=True)  # a link is replaced, never written through
        place.script.write_bytes(data)
        changed.append((place.script, ""))
    if place.profile is not None and _append(place.profile, place.line):
        changed.append((place.profile, place.line))
    return changed


def _append(profile: Path, line: str) -> bool:
    """Add a line to the end of a profile, in its own encoding, unless it is there. What stands there stays."""
    profile.parent.mkdir(parents=True, exist_ok=True)
    before = profile.read_bytes() if profile.is_file() else b""
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(before[:2], "ascii")
    if MARK.encode(encoding) in before:
        return False
    end = "\r\n" if "\r\n".encode(encoding) in before else "\n"
    begun = bool(before) and not before.endswith("\n".encode(encoding))
    with profile.open("ab") as file:
        file.write(((end if begun else "") + line + end).encode(encoding))
    return True
