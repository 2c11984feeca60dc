"""The support bundle: how things are, with everything that the dossier says masked. Nothing else is in it."""

from __future__ import annotations

import io
import os
import platform
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bidkit import __version__, gate
from bidkit.diagnostics import Fact, Refused
from bidkit.health import masking
from bidkit.health.checks import Line
from bidkit.health.surroundings import Surroundings, needed
from bidkit.i18n import N_, Translator

if TYPE_CHECKING:
    from bidkit.pipeline import Run

# Facts of the doctor's lines that say nothing of the user or the dossier.
_PUBLIC = frozenset(
    ("version", "least", "package", "n", "most", "free", "encoding", "lost", "shown", "check", "template", "languages")
)
_SETTINGS = ("BIDKIT_LANGUAGE", "PYTHONUTF8", "PYTHONIOENCODING", "SOURCE_DATE_EPOCH")  # no other variable is looked at
_MOST_LOGS, _MOST_BYTES = 5, 200_000
ABOUT = N_(
    "This bundle helps the maintainer of bidkit to find a fault. In it: the lines of the doctor (doctor.txt), the "
    "names, sizes and dates of the dossier's files (files.txt), the structure of the input (input/), findings "
    "(findings.txt), this computer's programs (environment.txt) and logs of bidkit's own faults (log/). Every letter "
    "of what you have written is x and every figure 9; names of fields, headings and codes of bidkit are as they are. "
    "Look through the files before you send them."
)


def bundle(
    here: Surroundings, lines: Iterable[Line], run: Run | None, words: Translator
) -> tuple[bytes, tuple[str, ...]]:
    """Return the zip, and the names of what is in it."""
    files: dict[str, str] = {"about.txt": words.text(ABOUT) + "\n"}
    files["doctor.txt"] = "".join(f"{_line(one, words)}\n" for one in lines)
    files["files.txt"] = "".join(f"{one}\n" for one in _listing(here))
    files["findings.txt"] = "".join(f"{masking.finding(one)}\n" for one in (run.findings if run else ()))
    files["environment.txt"] = "".join(f"{name}: {value}\n" for name, value in _environment(here))
    files |= dict(_inputs(here))
    files |= dict(_logs())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, text)
    return buffer.getvalue(), tuple(files)


def _line(line: Line, words: Translator) -> str:
    facts = masked(line.facts)
    hint = f": {words.text(line.hint, **facts)}" if line.hint else ""
    return f"{line.state.value.upper():5} {line.check}  {words.text(line.message, **facts)}{hint}"


def masked(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the facts of a line with those masked that may tell of the user or the dossier."""
    found: dict[str, Fact] = {}
    for name, value in facts.items():
        if name in ("file", "lock"):
            found[name] = masking.file_name(str(value))
        elif name == "files" and isinstance(value, tuple):
            found[name] = tuple(masking.file_name(str(one)) for one in value)
        else:
            found[name] = value if name in _PUBLIC else masking.fact(value)
    return found


def _listing(here: Surroundings) -> Iterator[str]:
    """Yield name, size and date of each file of the dossier, and of the versions in its folder out."""
    if not here.folder.is_dir():
        return
    versions = [p.relative_to(here.folder) for p in sorted((here.folder / "out").glob("v[0-9]*"))]
    for path in (*here.files(), *versions):
        try:
            status = here.status_of(here.folder / path)
        except OSError:
            continue
        changed = datetime.fromtimestamp(status.st_mtime).isoformat(" ", "minutes")
        yield f"{status.st_size:10}  {changed}  {masking.file_name(path.as_posix())}"


def _inputs(here: Surroundings) -> Iterator[tuple[str, str]]:
    """Yield each file of input, masked. The number keeps names apart that look alike once they are masked."""
    number = 0
    for path in here.files() if here.folder.is_dir() else ():
        ending = path.suffix.lower()
        if (
            ending not in (".yaml", ".yml", ".xlsx")
            or path.parts[0] in ("attachments", "templates")
            or path.name[0] in "~."
        ):
            continue
        number += 1
        name = f"input/{number:03}-{masking.file_name(path.as_posix()).replace('/', '-')}"
        try:
            data = gate.read(here.folder / path, most=gate.MOST_OFFICE)
            text = masking.workbook_text(data) if ending == ".xlsx" else masking.yaml_text(data)
        except Refused as refused:
            text = f"# {refused.message.code}\n"
        except Exception as error:  # noqa: BLE001  (what makes a reader fail is what the bundle is for)
            text = f"# {type(error).__name__}\n"
        yield f"{name}.txt", text


def _environment(here: Surroundings) -> Iterator[tuple[str, object]]:
    folder = str(here.folder.absolute())
    yield "bidkit", __version__
    yield "Python", f"{platform.python_implementation()} {'.'.join(map(str, here.python))}"
    yield "system", f"{platform.system()} {platform.release()} {platform.machine()}"
    yield "terminal", here.encoding
    yield "file system", sys.getfilesystemencoding()
    yield "own environment", sys.prefix != sys.base_prefix
    yield "folder", f"{len(folder)} characters, {'ASCII' if folder.isascii() else 'other letters too'}"
    yield "folder in OneDrive", "onedrive" in folder.lower()
    yield "space in the path", " " in folder
    wanted = here.requirements()
    for text in wanted[1] if wanted else ():
        if one := needed(text, here.platform):
            yield one[0], here.version_of(one[0])
    for name in _SETTINGS:
        if name in os.environ:
            yield name, os.environ[name] if os.environ[name] in ("fi", "sv", "en", "0", "1", "utf-8") else "set"


def _logs() -> Iterator[tuple[str, str]]:
    """Yield the newest logs that bidkit has left in the folder of temporary files."""
    found = []
    for path in Path(tempfile.gettempdir()).glob("bidkit-*.log"):
        try:
            found.append((path.stat().st_mtime, path))
        except OSError:
            continue
    for number, (_, path) in enumerate(sorted(found, reverse=True)[:_MOST_LOGS], 1):
        try:
            text = gate.read(path, most=_MOST_BYTES).decode("utf-8", "replace")
        except Refused:
            continue
        yield f"log/{number}.txt", masking.log(text)
