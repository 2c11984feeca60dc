"""Names of files and sheets that open everywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"
}
_NOT_IN_FILES = re.compile(
    '[\x00-\x1f\x7f<>:"/\\\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]'
)
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def file_name(text: str, most: int = 80) -> str:
    """Return a file name (without its ending) that Windows, macOS and Linux accept, from any text.

    ``most`` is counted in bytes of UTF-8, so that a path of 260 characters holds it.
    """
    name = unicodedata.normalize("NFC", _NOT_IN_FILES.sub("_", text))
    name = _shortened(re.sub(r"\s+", " ", name).strip(" ."), most)
    if name.split(".")[0].strip().lower() in _RESERVED or not name.strip("_ ."):
        name = _shortened("_" + name, most)
    return name


def _shortened(name: str, most: int) -> str:
    return name.encode()[:most].decode(errors="ignore").strip(" .")


def sheet_name(text: str, used: Iterable[str] = ()) -> str:
    """Return a sheet title that Excel accepts (31 UTF-16 units) and that is not in ``used``."""
    name = _NOT_IN_SHEETS.sub(" ", unicodedata.normalize("NFC", text))
    name = re.sub(r"\s+", " ", name).strip(" '") or "Sheet"
    taken = {title.lower() for title in used} | {"history"}  # Excel keeps "History" for itself
    result, number = _cut(name, 31), 2
    while result.lower() in taken:
        tail = f" ({number})"
        result, number = _cut(name, 31 - len(tail)) + tail, number + 1
    return result


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore").strip(" '")
