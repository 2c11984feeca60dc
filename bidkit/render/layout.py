"""How many pages a document has when it is laid out: counted with LibreOffice where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_PATIENCE = 90  # seconds for one document; a first start of LibreOffice takes ten


def office() -> str | None:
    """Return the path of LibreOffice's program, None if it is not found."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def count_pages(document: bytes) -> int | None:
    """Return the pages of a .docx as LibreOffice lays it out; None if that cannot be done on this computer.

    Word may break lines a little differently, so a bid that just fits should be looked at in Word too.
    """
    program = office()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="bidkit-") as name:
        folder = Path(name)
        (folder / "bid.docx").write_bytes(document)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / "bid.docx"),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
            return len(_PAGE.findall((folder / "bid.pdf").read_bytes())) or None
        except (subprocess.SubprocessError, OSError):
            return None
