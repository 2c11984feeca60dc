"""A new file beside what is there already: nothing a user has is ever written over."""

from __future__ import annotations

from pathlib import Path


def write(path: Path, data: bytes) -> Path:
    """Write ``data`` to ``path``, or to ``name (2).docx`` and so on if that is taken; return where it went.

    Raises OSError if the disk refuses; then no half a file stays.
    """
    from bidkit.publish import disk

    number, target = 1, path
    while True:
        try:
            disk.write_new(target, data)
        except FileExistsError:
            number += 1
            target = path.with_name(f"{path.stem} ({number}){path.suffix}")
        except OSError:
            if target.is_file() and target.stat().st_size < len(data):
                target.unlink(missing_ok=True)
            raise
        else:
            return target
