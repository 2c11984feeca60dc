"""Opens written files in the programs that their user has chosen for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def open_file(file: Path) -> bool:
    """Open a file as a double click would; return False if this computer has nothing to open it with."""
    try:
        if sys.platform == "win32":
            os.startfile(file)
            return True
        opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
        if opener is None:
            return False
        subprocess.Popen(
            [opener, str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in this terminal ends bidkit, not Word
        )
    except OSError:
        return False
    return True
