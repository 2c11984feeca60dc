"""``bidkit verify``: tell a whole, matching version of a bid from any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from bidkit.cli import arguments

_NUMBERED = "v[0-9]*"  # names of versions, also of those that a person has renamed


@click.command()
@arguments.folder()
def verify(folder: Path) -> None:
    """Tarkista, onko tarjouksen versio eheä ja voiko sen lähettää.

    KANSIO on version kansio tai kansio, jossa versiot ovat; silloin tarkistetaan uusin. Ilman kansiota tarkistetaan
    nykyisen kansion uusin versio.

    Paluuarvo: 0 eheä, 1 jotain on pielessä, 2 kansiota tai sen luetteloa (manifest.json) ei ole.
    """
    from bidkit.cli import terminal
    from bidkit.cli.history import none_yet
    from bidkit.i18n import N_
    from bidkit.messages import publishing
    from bidkit.publish import examine
    from bidkit.publish.readers import second_opinions

    words = terminal.reader()
    named = folder
    if not any(folder.glob(_NUMBERED)) and (folder / "out").is_dir():
        folder = folder / "out"  # that of a dossier
    found = examine(folder)
    if [one.code for one in found.findings] == [publishing.NO_MANIFEST.code] and _none_in(folder):
        none_yet(named, folder, words)
        raise SystemExit(2)
    if found.whole:
        found = replace(found, findings=(*found.findings, *second_opinions(found)))
    terminal.show_findings(found.findings, words, everything=True)
    if found.whole and found.manifest is not None:
        whole = N_("{version} is whole and its files match: build {build}, files {files}.")
        build, files = found.manifest.build_id, len(found.manifest.outputs) + 1  # the manifest is one too
        terminal.say(words.text(whole, version=found.folder.resolve().name, build=build, files=files))
        raise SystemExit(0)
    none = {publishing.NO_FOLDER.code, publishing.NO_MANIFEST.code}
    raise SystemExit(2 if none & {one.code for one in found.findings} else 1)


def _none_in(folder: Path) -> bool:
    """Say whether a folder holds no versions and is none itself, such as one that has lost its manifest."""
    from fnmatch import fnmatch

    from bidkit.publish.whole import CONTENT

    return not (fnmatch(folder.resolve().name, _NUMBERED) or (folder / CONTENT).exists() or any(folder.glob(_NUMBERED)))
