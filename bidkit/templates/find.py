"""Where templates are: shipped with bidkit, in the dossier, or at a path."""

from __future__ import annotations

from pathlib import Path

from bidkit.diagnostics import Refused
from bidkit.messages import templates as say
from bidkit.templates.language import nearest

_PACKAGE = Path(__file__).parents[1]
# In an installed wheel the templates are package data; in a checkout they lie beside the package.
SHIPPED = (_PACKAGE / "_templates", _PACKAGE.parent / "templates")


def find(name: str, language: str, dossier: Path | None) -> Path:
    """Return the .docx of template ``name`` in ``language``; raise Refused naming what there is instead.

    ``name`` is a folder under the dossier's ``templates/``, a shipped template, or a path to a .docx or to
    a folder of them. The dossier's own come first.
    """
    if _is_path(name):
        return _at_path(Path(name), language)
    roots = [*([dossier / "templates"] if dossier else []), *SHIPPED]
    folders = [root / name for root in roots if (root / name).is_dir()]
    for folder in folders:
        if (folder / f"{language}.docx").exists():  # what is no file, the gate names when it is read
            return folder / f"{language}.docx"
    if folders:
        raise Refused(say.NO_LANGUAGE, name=name, language=language, found=_languages(folders))
    raise Refused(say.NOT_FOUND, name=name, near=nearest(name, names(dossier)))


def is_shipped(name: str, dossier: Path) -> bool:
    """Say whether `find` takes this name for a template of ours."""
    return not _is_path(name) and not (dossier / "templates" / name).is_dir()


def names(dossier: Path | None) -> list[str]:
    """Return the names of the dossier's own templates and of those shipped."""
    roots = [*([dossier / "templates"] if dossier else []), *SHIPPED]
    return sorted(
        {
            one.name
            for root in roots
            if root.is_dir()
            for one in root.iterdir()
            if one.is_dir() and one.name[0] not in "._"
        }
    )


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.lower().endswith(".docx") or name in ("", ".", "..")


def _at_path(path: Path, language: str) -> Path:
    if not path.is_dir():
        if path.exists():
            return path
        beside = path.parent.glob("*.docx") if path.parent.is_dir() else ()
        raise Refused(say.NOT_FOUND, name=str(path), near=nearest(path.name, (one.name for one in beside)))
    if (path / f"{language}.docx").exists():
        return path / f"{language}.docx"
    raise Refused(say.NO_LANGUAGE, name=str(path), language=language, found=_languages([path]))


def _languages(folders: list[Path]) -> tuple[str, ...]:
    return tuple(sorted({one.stem for folder in folders for one in folder.glob("*.docx") if one.exists()}))
