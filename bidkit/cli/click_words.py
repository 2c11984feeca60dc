"""Click's own words in the reader's language.

Click ships no translations: it asks ``gettext`` for the whole process, which knows none. Here its modules are
handed a lookup of our own, so that whatever click says comes from ``locale/<language>/click.po``. Help is written
in Finnish where the commands are; Swedish and English are looked up in ``help.po``. A Finnish ``--help`` reads no
catalogue at all, for speed.
"""

from __future__ import annotations

import os
import sys

import click

# What click says while bidkit is imported and in --help; the catalogue has the same.
QUICK = {
    "Usage:": "Käyttö:",
    "Options": "Valinnat",
    "Commands": "Komennot",
    "Positional arguments": "Mihin komento kohdistuu",
    "Show this message and exit.": "Näytä tämä ohje.",
    "Show the version and exit.": "Näytä ohjelman versio.",
    "%(prog)s, version %(version)s": "%(prog)s, versio %(version)s",
    "file": "tiedosto",
    "directory": "kansio",
    "path": "polku",
    "required": "pakollinen",
}
_MODULES = (
    "core", "decorators", "exceptions", "formatting", "parser", "shell_completion", "termui", "types", "utils",
    "_termui_impl", "_winconsole",
)  # fmt: skip
_LETTERS = {"fi": ("k", "e"), "sv": ("j", "n"), "en": ("y", "n")}
_YES = frozenset(("k", "kyllä", "kylla", "j", "ja", "y", "yes"))
_NO = frozenset(("e", "ei", "n", "nej", "no"))


def reader_language() -> str:
    """Return the language of whoever reads the terminal: Finnish unless BIDKIT_LANGUAGE says sv or en."""
    wanted = os.environ.get("BIDKIT_LANGUAGE", "fi").lower()[:2]
    return wanted if wanted in ("fi", "sv", "en") else "fi"


def speak() -> None:
    """Hand click the words; whoever imports another module of click afterwards calls it again."""
    for name in _MODULES:
        module = sys.modules.get(f"click.{name}")
        if module is not None:
            names = vars(module)
            names.update({"_": word, "ngettext": _words} if "ngettext" in names else {"_": word})
            if "confirm" in names:
                names["confirm"] = confirm
    vars(click)["confirm"] = confirm


def word(text: str) -> str:
    """Return what click says, in the reader's language."""
    language = reader_language()
    if language == "fi" and text in QUICK:
        return QUICK[text]
    return _looked_up(text, "click")


def _words(one: str, many: str, number: int) -> str:
    return word(one if number == 1 else many)


def helped(text: str) -> str:
    """Return a text of help, which is Finnish, in the reader's language; the unit is a paragraph."""
    return text if reader_language() == "fi" else _looked_up(text, "help")


def _looked_up(text: str, domain: str) -> str:
    from bidkit.i18n import Translator

    return Translator(reader_language(), (domain,)).text(text)


def confirm(
    text: str,
    default: bool | None = False,
    abort: bool = False,
    prompt_suffix: str = ": ",
    show_default: bool = True,
    err: bool = False,
) -> bool:
    """Ask a question of yes or no; as ``click.confirm``, but answered by the reader's own letters (or English)."""
    yes, no = _LETTERS[reader_language()]
    if show_default:
        shown = f"{yes.upper() if default else yes}/{no.upper() if default is False else no}"
        text = f"{text} [{shown}]"
    while True:
        answer = click.prompt(text, default="", show_default=False, prompt_suffix=prompt_suffix, err=err)
        answer = answer.strip().lower()
        if answer in _YES or answer in _NO or (not answer and default is not None):
            break
        click.echo(word("Error: invalid input"), err=err)
    agreed = answer in _YES if answer else bool(default)
    if abort and not agreed:
        raise click.Abort
    return agreed


class Formatter(click.HelpFormatter):
    """Writes help in the reader's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is typed."""
        args = args.replace("COMMAND [ARGS]...", "KOMENTO ...").replace("[OPTIONS]", "[VALINNAT]")
        super().write_usage(prog, metavars(args), prefix)

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        if reader_language() != "fi":
            text = "\n\n".join(helped(" ".join(part.split())) for part in text.split("\n\n"))
        super().write_text(text)

    def write_dl(self, rows: object, col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of names and what they mean; what stands in brackets at the end is click's own."""
        if reader_language() != "fi":
            rows = [(metavars(name), _described(text)) for name, text in rows]  # type: ignore[attr-defined]
        super().write_dl(rows, col_max, col_spacing)  # type: ignore[arg-type]


def _described(text: str) -> str:
    told, bracket, more = text.partition("  [")
    return helped(told) + bracket + more


def metavars(names: str) -> str:
    """Return names of options and arguments with what stands for a value in the reader's language."""
    if reader_language() == "fi":
        return names
    return " ".join(_metavar(name) for name in names.split(" "))


def _metavar(name: str) -> str:
    bare = name.strip("[].,")
    return name.replace(bare, helped(bare)) if bare.isupper() else name
