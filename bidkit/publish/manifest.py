"""The manifest of a version: its files with size and digest, the inputs' digests, the build id, and a seal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

NAME = "manifest.json"
FORMAT = 1
LIMIT = 4 << 20


class Torn(Exception):  # noqa: N818
    """The manifest is not as it was written."""


class Newer(Exception):  # noqa: N818
    """The manifest has a format that a later program wrote; ``found`` is its number."""

    def __init__(self, found: int) -> None:
        super().__init__(found)
        self.found = found


@dataclass(frozen=True, slots=True)
class Output:
    """One file of a version as it was written: bytes and SHA-256 in hexadecimal."""

    size: int
    sha256: str

    @classmethod
    def of(cls, data: bytes) -> Output:
        """Describe ``data``."""
        return cls(len(data), hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version says of itself. ``inputs`` is file → SHA-256, ``outputs`` relative path → `Output`."""

    build_id: str
    program: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, Output]

    def dump(self) -> bytes:
        """Return the one way in which this manifest is written."""
        body: dict[str, object] = {
            "build_id": self.build_id,
            "format": FORMAT,
            "inputs": dict(self.inputs),
            "outputs": {p: {"sha256": o.sha256, "size": o.size} for p, o in self.outputs.items()},
            "program": self.program,
        }
        body["seal"] = hashlib.sha256(_text(body)).hexdigest()
        return _text(body)


def load(data: bytes) -> Manifest:
    """Read a manifest; any byte that differs from how `Manifest.dump` wrote it raises `Torn`."""
    try:
        body = json.loads(data.decode())
        found = body["format"]
        if type(found) is int and found > FORMAT:
            raise Newer(found)
        outputs = {str(p): Output(int(o["size"]), str(o["sha256"])) for p, o in body["outputs"].items()}
        inputs = {str(name): str(digest) for name, digest in body["inputs"].items()}
        manifest = Manifest(str(body["build_id"]), str(body["program"]), inputs, outputs)
        whole = manifest.dump() == data and all(is_inside(path) for path in outputs)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Torn from None
    if not whole:
        raise Torn
    return manifest


def is_inside(path: str) -> bool:
    """Tell whether a relative path stays inside its folder, on Windows too."""
    parts = path.split("/")
    windows = PureWindowsPath(path)
    return (
        not ({"", ".", ".."} & set(parts))
        and "\\" not in path
        and "\0" not in path
        and not (windows.drive or windows.root or ":" in path)
        and not PurePosixPath(path).is_absolute()
    )


def _text(body: Mapping[str, object]) -> bytes:
    return (json.dumps(body, sort_keys=True, indent=2, ensure_ascii=False) + "\n").encode()
