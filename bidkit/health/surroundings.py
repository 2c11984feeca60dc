"""What the checks look at: this computer, its disk and its programs, each through a function that tests replace."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bidkit.render.layout import office

Requirements = tuple[str, tuple[str, ...]]  # of Python, of packages: ">=3.11", ("click>=8.2", …)
_MOST_FILES, _DEEPEST = 2000, 3
_LEFT_ALONE = frozenset({"out", "__pycache__"})  # what bidkit or Python makes


def version_of(package: str) -> str | None:
    """Return the version of an installed package; None if it is not installed or cannot tell."""
    from importlib import metadata

    try:
        return metadata.version(package)
    except (metadata.PackageNotFoundError, OSError, ValueError, TypeError):
        return None


def requirements() -> Requirements | None:
    """Return what bidkit needs by its own pyproject.toml or, once installed, its package data; None without either."""
    beside = Path(__file__).parents[2] / "pyproject.toml"
    if beside.is_file():
        import tomllib

        project: dict[str, Any] = tomllib.loads(beside.read_text(encoding="utf-8"))["project"]
        return project["requires-python"], tuple(project["dependencies"])
    from importlib import metadata

    try:
        found = metadata.metadata("bidkit")
    except metadata.PackageNotFoundError:
        return None
    return found["Requires-Python"], tuple(found.get_all("Requires-Dist") or ())


def free_bytes(folder: Path) -> int:
    """Return how many bytes may still be written to the disk that holds ``folder``."""
    return shutil.disk_usage(folder).free


def status_of(path: Path) -> Any:
    """Return what the operating system knows of a file, a link not followed."""
    return os.lstat(path)


@dataclass(frozen=True)
class Surroundings:
    """A dossier folder on a computer at a moment. ``as_of`` is the day that deadlines are counted from."""

    folder: Path
    as_of: date
    now: datetime
    encoding: str  # of the terminal
    platform: str = sys.platform
    python: tuple[int, ...] = tuple(sys.version_info[:3])
    version_of: Callable[[str], str | None] = version_of
    requirements: Callable[[], Requirements | None] = requirements
    free_bytes: Callable[[Path], int] = free_bytes
    status_of: Callable[[Path], Any] = status_of
    office: Callable[[], str | None] = office

    @property
    def windows(self) -> bool:
        """Whether this is Windows."""
        return self.platform == "win32"

    def files(self) -> Iterator[Path]:
        """Yield the files of the dossier, by path in it: not those of builds, of hidden folders or far below."""
        count = 0
        for here, folders, names in os.walk(self.folder):
            inside = Path(here).relative_to(self.folder)
            folders[:] = sorted(n for n in folders if n[0] != "." and not (n in _LEFT_ALONE and inside == Path()))
            if len(inside.parts) >= _DEEPEST:
                folders.clear()
            for name in sorted(names):
                if (count := count + 1) > _MOST_FILES:
                    return
                yield inside / name


_NEED = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)\s*(?:\[[^]]*\])?\s*\(?>=\s*(?P<least>[0-9][0-9.]*)\)?\s*(?P<marker>;.*)?"
)


def needed(requirement: str, platform: str) -> tuple[str, str] | None:
    """Return package and least version of a requirement such as ``click>=8.2``; None if it does not concern us."""
    found = _NEED.match(requirement)
    if found is None or "extra" in (marker := found["marker"] or ""):
        return None
    return None if "sys_platform" in marker and platform not in marker else (found["name"], found["least"])


def older(version: str, least: str) -> bool:
    """Say whether ``version`` comes before ``least``; figures are compared, not letters."""

    def figures(text: str) -> list[int]:
        return [int(one) for one in re.findall(r"\d+", text.split("+", maxsplit=1)[0])[:4]]

    one, other = figures(version), figures(least)
    length = max(len(one), len(other))
    return one + [0] * (length - len(one)) < other + [0] * (length - len(other))
