"""``bidkit convert``: a dossier from YAML to workbooks and back, without loss."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bidkit.cli import arguments

if TYPE_CHECKING:
    from bidkit.diagnostics import Finding
    from bidkit.dossier.load import Loaded
    from bidkit.i18n import Translator
    from bidkit.model._base import Entry

_CARRIED = ("attachments", "templates")  # folders of a dossier that go along as they are


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="KANSIO")
@click.argument("target", type=click.Path(path_type=Path), metavar="UUSI_KANSIO")
@click.option("--to", type=click.Choice(["xlsx", "yaml"]), metavar="xlsx|yaml", help="Muoto (oletus: se toinen).")
@arguments.language("Työkirjojen ja otsikoiden kieli (oletus: päätteen).")
def convert(source: Path, target: Path, to: str | None, language: str | None) -> None:
    """Muunna KANSION aineisto työkirjoiksi (Excel) tai työkirjat YAML-tiedostoiksi.

    Tulos kirjoitetaan uuteen tai tyhjään kansioon; minkään päälle ei kirjoiteta. Kansiot attachments ja templates
    kopioidaan mukaan. Jos aineistossa on virheitä, mitään ei kirjoiteta.

    Paluuarvo: 0 muunnettu, 1 aineistossa on virheitä, 2 aineistoa ei voi lukea tai kansioon kirjoittaa.
    """
    from bidkit.cli import terminal
    from bidkit.dossier.load import load
    from bidkit.i18n import N_

    words = terminal.reader()
    refusal = unusable(target, words)
    if refusal:
        terminal.say(refusal, err=True)
        raise SystemExit(2)
    loaded = load(source)
    if faults := _faults(loaded):
        terminal.show_findings(faults, words, everything=True)
        terminal.say(words.text(N_("Nothing was written. Mend the places named above first.")))
        raise SystemExit(2 if _unreadable(faults) else 1)
    form = to or ("yaml" if _in_workbooks(loaded) else "xlsx")
    _carry(loaded, source, target, form, language or terminal.reader_language(), words)


def _carry(loaded: Loaded, source: Path, target: Path, form: str, language: str, words: Translator) -> None:
    """Write the dossier anew, and tell what was written, what could not be carried and what to do next."""
    from bidkit.cli import terminal
    from bidkit.dossier.workbook_writer import TooLong
    from bidkit.i18n import N_

    try:
        parts = _parts(loaded)
        alone = len(parts) == 1
        files = {
            f"{at}{name}": data
            for at, said in parts.items()
            for name, data in _as_files(said, form, language, alone=alone).items()
        }
        going_along = {f"{at}{name}": path for at in parts for name, path in carried(source / at).items()}
        differing = _write(target, {**files, **going_along}, loaded)
    except TooLong as much:
        text = N_("{where}: {length} characters are more than a cell holds (32 767). Nothing was written.")
        terminal.say(words.text(text, where=much.where, length=much.length), err=True)
        raise SystemExit(1) from None
    except OSError as error:
        terminal.cannot_write(target, error, words)
        raise SystemExit(2) from None
    if differing:
        text = N_("These cannot be carried over without loss: {nouns}. Nothing was written.")
        terminal.say(words.text(text, nouns=differing), err=True)
        raise SystemExit(1)
    terminal.say(words.text(N_("Wrote to {folder}: {files}."), folder=str(target), files=tuple(files)))
    if form == "xlsx" and _has_remarks(source, loaded.files):
        terminal.say(words.text(N_("The remarks (#) of the YAML files are not in the workbooks.")))
    if form == "yaml" and _in_workbooks(loaded):
        terminal.say(
            words.text(N_("Formulas, notes, colours and columns of your own stay in the workbooks; values came along."))
        )
    terminal.say(words.text(N_("Next: {command}"), command=terminal.command("check", target)))


def unusable(target: Path, words: Translator) -> str:
    """Say why a folder cannot be made or filled anew; empty if it can."""
    import unicodedata

    from bidkit import gate
    from bidkit.i18n import N_

    try:
        if target.is_dir():
            full = N_("The folder {folder} is not empty. Nothing is written over: name a new folder.")
            return words.text(full, folder=str(target)) if any(target.iterdir()) else ""
        if target.is_symlink() or target.exists():
            return words.text(N_("{folder} is not a folder. Name a new folder."), folder=str(target))
        name = unicodedata.normalize("NFC", target.name)
        usable = gate.file_name(name, 255)
        if name != usable:
            text = N_("“{name}” cannot be the name of a folder on every computer. This can: {usable}")
            return words.text(text, name=gate.printable(target.name), usable=usable)
    except (OSError, ValueError) as error:  # no right to look, a name too long or with a NUL
        why = getattr(error, "strerror", None) or type(error).__name__
        return words.text(N_("Cannot write to {folder}: {why}."), folder=gate.printable(str(target), 200), why=why)
    return ""


def _faults(loaded: Loaded) -> list[Finding]:
    """Return the errors in what is there; that something is missing yet keeps nothing from being carried.

    A member of a consortium of whom too little is there to make one of would be lost, so it does.
    """
    from bidkit.diagnostics import Severity
    from bidkit.messages import loading

    told = [loading.NO_COSTS]
    if not _has_members(loaded):
        told += [loading.MISSING_NOUN, loading.NEEDED_LIST_EMPTY, loading.NOT_JUDGED]
    missing = {message.code for message in told}
    return [f for f in loaded.findings if f.severity is Severity.ERROR and f.code not in missing]


def _unreadable(faults: list[Finding]) -> bool:
    from bidkit.messages import reading

    return any(map(reading.stops_reading, faults))


def _in_workbooks(loaded: Loaded) -> bool:
    return any(file.lower().endswith(".xlsx") for file in loaded.files)


def _has_members(loaded: Loaded) -> bool:
    """Say whether several organisations have files, each in a folder of its own."""
    from bidkit.dossier.members import FOLDERS

    return any(file.startswith(tuple(f"{name}/" for name in FOLDERS)) for file in loaded.files)


def _parts(loaded: Loaded) -> dict[str, dict[str, Any]]:
    """Return what each folder says, by its path in the dossier's: of a consortium each member has one of its own."""
    from bidkit.model.dossier import NOUNS

    if loaded.dossier is None or not _has_members(loaded):  # a consortium without a dossier has errors
        return {"": dict(loaded.entries)}
    parts: dict[str, dict[str, Any]] = {
        "": {
            name: getattr(loaded.dossier, name) for name, noun in NOUNS.items() if noun.part not in ("member", "light")
        }
    }
    for one in loaded.dossier.members:
        own = {name: getattr(one, name) for name, noun in NOUNS.items() if noun.part == "member"}
        parts.setdefault(_folder_of(one.organisation), {}).update({**own, **one.says})
    for form in loaded.dossier.light_member:
        parts.setdefault(_folder_of(form), {})["light_member"] = form
    return parts


def _folder_of(entry: Entry) -> str:
    return "".join(f"{name}/" for name in entry.at.file.split("/")[:-1])


def _as_files(entries: Mapping[str, Any], form: str, language: str, *, alone: bool) -> dict[str, bytes]:
    """Return the files of one folder. Who is ``alone`` has both workbooks of an organisation, even if one is blank."""
    from bidkit.dossier import sheets
    from bidkit.dossier.workbook_writer import workbooks
    from bidkit.dossier.written import of_entries
    from bidkit.dossier.yaml_writer import yaml_files
    from bidkit.model.dossier import NOUNS

    content = of_entries(entries)
    if form == "yaml":
        return {name: text.encode() for name, text in yaml_files(content, language).items()}
    held = {NOUNS[name].part for name in content.nouns}
    usual = sheets.OF_ONE if alone else ()
    books = [book for book, parts in sheets.BOOKS.items() if book in usual or held & set(parts)]
    return workbooks(content, language, only=books)


def carried(source: Path) -> dict[str, Path]:
    """Return what goes along as it is, by path in the folder; links are not followed."""
    found: dict[str, Path] = {}
    for name in _CARRIED:
        if not (source / name).is_symlink():
            found |= {path.relative_to(source).as_posix(): path for path in _files_in(source / name)}
    return found


def _files_in(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or path.name.startswith(("~$", ".")):
            continue
        if path.is_dir():
            yield from _files_in(path)
        elif path.is_file():
            yield path


def _write(target: Path, files: Mapping[str, bytes | Path], loaded: Loaded) -> tuple[str, ...]:
    """Write ``files`` to a folder beside ``target``, read them again, and give it its name if nothing was lost.

    Return the nouns that would come out otherwise; then nothing stays.
    """
    from bidkit.dossier.load import load
    from bidkit.publish import disk

    target.absolute().parent.mkdir(parents=True, exist_ok=True)
    temporary = disk.make_temporary(target.absolute().parent)
    try:
        fill(temporary, files)
        before, after = _content(loaded), _content(load(temporary))
        found = dict.fromkeys(key for key in (*before, *after) if before.get(key) != after.get(key))
        if not found:
            settle(temporary, target)
        return tuple(dict.fromkeys(noun for _, noun in found))
    finally:
        disk.remove(temporary)


def _content(loaded: Loaded) -> dict[tuple[str, str], Any]:
    """Return what is said of each noun in each folder."""
    from bidkit.dossier.written import whole

    return {(at, noun): said for at, entries in _parts(loaded).items() for noun, said in whole(entries).items()}


def fill(folder: Path, files: Mapping[str, bytes | Path]) -> None:
    """Write files, given as bytes or as the file to copy, into a folder of ours."""
    from bidkit.publish import disk

    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write_new(path, content if isinstance(content, bytes) else content.read_bytes())


def settle(temporary: Path, target: Path) -> None:
    """Give a finished folder its name in one step; an empty folder that has it already makes way."""
    from time import sleep

    from bidkit.publish import disk

    if target.is_dir() and not target.is_symlink() and not target.samefile(Path.cwd()):
        target.rmdir()  # refuses if somebody has put something there meanwhile
    if target.is_dir():
        for path in sorted(temporary.iterdir()):
            path.rename(target / path.name)
        return
    try:
        disk.rename_new(temporary, target.absolute(), sleep)
    except disk.Locked:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(target)) from None


def _has_remarks(source: Path, files: tuple[str, ...]) -> bool:
    """Say whether a YAML file has remarks, which only people read."""
    return any(
        re.search(r"^\s*#|\s#", (source / file).read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
        for file in files
        if file.lower().endswith((".yaml", ".yml"))
    )
