"""``bidkit schema``: JSON Schema of the dossier's files."""

from __future__ import annotations

from pathlib import Path

import click

from bidkit.cli import arguments


def _nouns(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the files of a dossier that begin so, for the shell."""
    from bidkit.model.dossier import NOUNS

    return [name for name in NOUNS if name.startswith(incomplete.lower())]


@click.command()
@click.argument("noun", required=False, metavar="[TIEDOSTO]", shell_complete=_nouns)
@arguments.out("Kirjoita kaikki kaaviot tähän kansioon.")
def schema(noun: str | None, out: Path | None) -> None:
    """Tulosta aineiston tiedoston kaavio (JSON Schema).

    Editori täydentää ja selittää kentät sen avulla. Ilman nimeä luetellaan tiedostot.
    """
    import json

    from bidkit.cli import machine, terminal
    from bidkit.cli.manual import words_of
    from bidkit.dossier.schema import schema as schema_of
    from bidkit.i18n import N_
    from bidkit.model.dossier import NOUNS

    words = words_of(terminal.reader_language())
    if out is not None:
        for name in NOUNS:
            text = json.dumps(schema_of(name, words), ensure_ascii=False, indent=1) + "\n"
            try:
                out.mkdir(parents=True, exist_ok=True)
                file = out / f"{name}.schema.json"
                file.unlink(missing_ok=True)  # a link is replaced, never written through
                file.write_text(text, encoding="utf-8", newline="\n")
            except OSError as error:
                terminal.cannot_write(out, error, words)
                raise SystemExit(2) from None
        terminal.say(words.text(N_("Wrote {count} schemas to {folder}."), count=len(NOUNS), folder=str(out)))
        terminal.say(
            words.text(
                N_("An editor finds a schema by the first line of a file: {line}"),
                line="# yaml-language-server: $schema=services.schema.json",
            )
        )
        return
    if noun is None:
        terminal.say(words.text(N_("Files of a dossier: {names}"), names=tuple(NOUNS)))
        return
    name = noun.removesuffix(".yaml")
    if name not in NOUNS:
        terminal.say(
            words.text(N_("There is no file “{name}”. Files of a dossier: {names}"), name=noun, names=tuple(NOUNS)),
            err=True,
        )
        raise SystemExit(2)
    machine.show(schema_of(name, words))
