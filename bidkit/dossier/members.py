"""The members of a consortium: a folder each, below the lead's, holding the files as each member sent them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from bidkit import gate
from bidkit.diagnostics import Finding, Place
from bidkit.dossier.folder import Holds, Raw, read_folder
from bidkit.model.dossier import NOUNS

FOLDERS = ("jasenet", "medlemmar", "members")  # by language, as `sheets.LANGUAGES`


def folder_of(folder: Path) -> Path | None:
    """Return the folder in ``folder`` that holds the members' folders, if there is one."""
    return next((folder / name for name in FOLDERS if (folder / name).is_dir()), None)


def read_members(folder: Path, nouns: Mapping[str, Holds]) -> tuple[Raw, ...]:
    """Read every member's folder, in the order of their names; every place begins at ``folder``."""
    within = folder_of(folder)
    if within is None:
        return ()
    names = sorted(path.name for path in within.iterdir() if path.is_dir() and path.name[0] not in "._")
    return tuple(
        moved(read_folder(within / name, nouns), f"{within.name}/{gate.printable(name, 100)}") for name in names
    )


def moved(raw: Raw, below: str, names: Mapping[str, str] = MappingProxyType({})) -> Raw:
    """Return what a folder says with every place in the folder ``below``; ``names`` are its files' new names."""

    def file(name: str) -> str:
        return f"{below}/{names.get(name, name)}"

    def place(at: Place) -> Place:
        named = PurePosixPath(at.file).is_absolute() or not at.file  # a folder as it was given: it cannot be opened
        return Place(below if named else file(at.file), at.spot, at.fields)

    def value(one: Any) -> Any:
        if isinstance(one, dict):
            return {key: place(inner) if isinstance(inner, Place) else value(inner) for key, inner in one.items()}
        return [value(inner) for inner in one] if isinstance(one, list) else one

    def finding(one: Finding) -> Finding:
        return replace(one, place=place(one.place))

    return Raw(
        {noun: value(found) for noun, found in raw.nouns.items()},
        tuple(map(finding, raw.findings)),
        {file(name): digest for name, digest in raw.digests.items()},
        raw.incomplete,
        {noun: place(home) for noun, home in raw.homes.items()} or {n: Place(f"{below}/{n}.yaml") for n in NOUNS},
    )
