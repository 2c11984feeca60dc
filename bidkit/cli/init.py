"""``bidkit init``: the workbooks to fill in, or a complete invented organisation to look at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from bidkit.cli import arguments

if TYPE_CHECKING:
    from bidkit.dossier.written import Written
    from bidkit.i18n import Translator

_PACKAGE = Path(__file__).parents[1]
# In an installed wheel the example is package data; in a checkout it lies beside the package.
EXAMPLES = (_PACKAGE / "_example", _PACKAGE.parent / "examples" / "tyopolku")
EXAMPLE_DAY = "15.1.2027"  # before the deadline of the example


class Started(NamedTuple):
    """What was written to the folder, and what was there already and left as it is."""

    written: tuple[str, ...]
    left: tuple[str, ...]


@click.command()
@arguments.folder()
@arguments.language("Työkirjojen kieli (oletus: päätteen).")
@click.option("--example", "--esimerkki", "example", is_flag=True, help="Kirjoita keksityn järjestön koko aineisto.")
@click.option(
    "--format",
    "--muoto",
    "form",
    type=click.Choice(["xlsx", "yaml"]),
    default="xlsx",
    metavar="xlsx|yaml",
    help="Excel-työkirjat (oletus) tai YAML-tiedostot.",
)
@click.option(
    "--member-form",
    "--jasenlomake",
    "member_form",
    is_flag=True,
    help="Kirjoita vain tyhjä jäsenlomake, jonka sateenvarjon pieni jäsen täyttää.",
)
def init(folder: Path, language: str | None, example: bool, form: str, member_form: bool) -> None:
    """Aloita tarjous: kirjoita KANSIOON täytettävät työkirjat (tiedot.xlsx ja tarjouspyynto.xlsx).

    Työkirjoissa on harmaita esimerkkirivejä, valmiita luetteloita ja selitys jokaiselle tiedolle. Minkään päälle ei
    kirjoiteta. Oletuskansio on se, jossa olet.

    Ensin kysytään enintään seitsemän asiaa; jokaisen voi ohittaa Enterillä. Vastaukset tallentuvat heti, joten
    keskeytynyt komento jatkaa siitä, mihin jäi.

    Paluuarvo: 0 kirjoitettu, 1 mitään ei kirjoitettu, koska tiedostot ovat jo olemassa, 2 kansioon ei voi kirjoittaa.
    """
    from bidkit.cli import questions, terminal
    from bidkit.i18n import N_, Translator

    words = terminal.reader()
    spoken = language or words.language
    if refusal := _unusable(folder, spoken, words):
        terminal.say(refusal, err=True)
        raise SystemExit(2)
    words = Translator(spoken, words.domains)  # who asks for workbooks in a language reads it
    if member_form:
        raise SystemExit(_member_form(folder, spoken, words))
    again = terminal.command("init", folder)
    again += f" --language {language}" if language else ""
    again += f" --format {form}" if form != "xlsx" else ""
    if others := _others(folder, spoken, form):
        text = N_("There are sheets of a dossier here already: {files}. Nothing was written beside them.")
        terminal.say(words.text(text, files=others))
        _next(folder, form, example, Started((), others), words)
        raise SystemExit(1)
    answers = {} if example or _begun(folder, spoken, form) else questions.ask(folder, spoken, again)
    try:
        done = show_example(folder, spoken, form) if example else start(folder, spoken, answers, form)
    except OSError as error:
        terminal.cannot_write(folder, error, words)
        raise SystemExit(2) from None
    tell(done, folder, words)
    if done.written:
        questions.finished(folder)
    _next(folder, form, example, done, words)
    raise SystemExit(0 if done.written else 1)


def _member_form(folder: Path, language: str, words: Translator) -> int:
    """Write the blank form of a small member; return the exit code."""
    from bidkit.cli import terminal
    from bidkit.dossier.workbook_writer import workbooks
    from bidkit.i18n import N_

    try:
        done = _put(folder, workbooks(None, language, only=("light",)))
    except OSError as error:
        terminal.cannot_write(folder, error, words)
        return 2
    tell(done, folder, words)
    text = N_("Next: send {file} to each small member, and read what comes back: {command}")
    (file,) = done.written or done.left
    terminal.say(words.text(text, file=file, command="bidkit merge"))
    return 0 if done.written else 1


def _begun(folder: Path, language: str, form: str) -> bool:
    """Say whether a file that answers would go into is there already; it is left, so nothing is asked."""
    return any((folder / name).exists() for name in _names(language, form))


def _others(folder: Path, language: str, form: str) -> tuple[str, ...]:
    """Return the workbooks of the folder that hold a dossier by other names: blank ones would be a second."""
    from bidkit.dossier.folder import workbooks_in

    try:
        return tuple(name for name in workbooks_in(folder) if name not in _names(language, form))
    except OSError:  # told when it is written to
        return ()


def _names(language: str, form: str) -> tuple[str, ...]:
    from bidkit.dossier import sheets
    from bidkit.model.dossier import NOUNS

    return tuple(sheets.FILES[language].values()) if form == "xlsx" else tuple(f"{noun}.yaml" for noun in NOUNS)


def start(folder: Path, language: str, answers: Mapping[str, object], form: str = "xlsx") -> Started:
    """Write the files to fill in, with what is known already in its place.

    ``answers`` are those of `bidkit.cli.answers.given`, by the paths of their fields, each checked by its model's own
    type. What is there already is left. Raises OSError if the disk refuses.
    """
    from bidkit.dossier.written import Written

    return _put(folder, _files(Written(_answered(answers)), language, form))


def show_example(folder: Path, language: str, form: str = "xlsx") -> Started:
    """Write the invented organisation, its tender and its attachments; raises OSError if the disk refuses."""
    from bidkit.cli.convert import carried
    from bidkit.dossier.load import load
    from bidkit.dossier.written import in_one_language, of_entries

    source = next(path for path in EXAMPLES if path.is_dir())
    content = in_one_language(of_entries(load(source).entries), language)
    bid = content.nouns["bid"]
    assert isinstance(bid, dict)
    bid |= {"language": language, "written_in": language}
    return _put(folder, {**_files(content, language, form), **carried(source)})


def tell(done: Started, folder: Path, words: Translator) -> None:
    """Say what was written and what was left."""
    from bidkit.cli import terminal
    from bidkit.i18n import N_

    if done.written:
        text = N_("Wrote to {folder}: {files}.")
        terminal.say(words.text(text, folder=terminal.named(folder), files=done.written))
    if done.left:
        text = N_("Already there, and left as they are: {files}.")
        terminal.say(words.text(text, files=done.left))


def _next(folder: Path, form: str, example: bool, done: Started, words: Translator) -> None:
    from bidkit.cli import terminal
    from bidkit.i18n import N_

    if not done.written:
        text = N_("Next: fill them in and run {command}, or begin another dossier in a folder of its own: {other}")
        other = terminal.command("init", folder / "uusi")
        terminal.say(words.text(text, command=terminal.command("check", folder), other=other))
        return
    if example:
        text = N_("Next: {command} --as-of {day}")
        terminal.say(words.text(text, command=terminal.command("build", folder), day=EXAMPLE_DAY))
        terminal.say(words.text(N_("The organisation and the tender are invented; nothing of it is for sending.")))
        return
    if form == "xlsx":
        text = N_("Next: open {file}, read its first sheet and fill in the dark blue ones. Then: {command}")
    else:
        text = N_("Next: fill in {file} and the others. Then: {command}")
    terminal.say(words.text(text, file=done.written[0], command=terminal.command("check", folder)))


def _unusable(folder: Path, language: str, words: Translator) -> str:
    """Say why nothing can be written there, or nothing in that language; empty if it can."""
    from bidkit.cli.convert import unusable
    from bidkit.dossier import sheets
    from bidkit.i18n import N_

    if language not in sheets.LANGUAGES:
        text = N_("There are no workbooks in the language “{language}”; there are {languages}.")
        return words.text(text, language=language, languages=sheets.LANGUAGES)
    return "" if folder.is_dir() else unusable(folder, words)


def _files(content: Written, language: str, form: str) -> dict[str, bytes]:
    if form == "xlsx":
        from bidkit.dossier.workbook_writer import workbooks

        return workbooks(content, language, examples=True)
    from bidkit.dossier.yaml_writer import blank_files, yaml_files

    texts = {**blank_files(language), **yaml_files(content, language)}
    return {name: text.encode() for name, text in texts.items()}


def _answered(answers: Mapping[str, object]) -> dict[str, Any]:
    """Return the answers as nouns: groups of fields, and of services the first."""
    nouns: dict[str, Any] = {}
    for path, value in answers.items():
        group = nouns
        *groups, name = path.split(".")
        for one in groups:
            group = group.setdefault(one, {})
        group[name] = value
    if "services" in nouns:
        nouns["services"] = [{**nouns["services"], "name": {"": nouns["services"]["name"]}}]
    return nouns


def _put(folder: Path, files: Mapping[str, bytes | Path]) -> Started:
    """Write each file that is not there yet, whole or not at all."""
    from bidkit.publish import disk

    folder.mkdir(parents=True, exist_ok=True)
    written: list[str] = []
    left: list[str] = []
    temporary = disk.make_temporary(folder)
    try:
        for name, content in files.items():
            target = folder / name
            if target.is_symlink() or target.exists():
                left.append(name)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = temporary / "file"
            disk.write_new(fresh, content if isinstance(content, bytes) else content.read_bytes())
            fresh.rename(target)
            written.append(name)
    finally:
        disk.remove(temporary)
    return Started(tuple(written), tuple(left))
