"""What partners send, for tests of ``bidkit merge``: workbooks, member forms and folders of several organisations."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bidkit.dossier.load import load
from bidkit.dossier.workbook_writer import workbooks
from bidkit.dossier.written import of_entries, written
from bidkit.model.consortium import LightMember
from tests import small

LEAD = "esimerkki"


def business_id(n: int) -> str:
    """Return the n-th business ID with a right check digit."""
    number = 3_000_000 + n
    while True:
        rest = sum(int(d) * w for d, w in zip(f"{number:07}", (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
        if rest != 1:
            return f"{number:07}-{0 if rest == 0 else 11 - rest}"
        number += 1000


def texts(id_: str, name: str = "", **changes: str) -> dict[str, str]:
    """Return the files of a member: those of the small dossier under its own name, its service and staff its own."""
    n = int(hashlib.sha256(id_.encode()).hexdigest()[:4], 16)
    organisation = (
        small.FILES["organisation"]
        .replace("id: esimerkki", f"id: {id_}")
        .replace("name: Esimerkki ry", f"name: {name or id_.title() + ' ry'}")
        .replace("3134980-3", business_id(n))
        .replace("toimisto@esimerkki", f"toimisto@{id_}")
    )
    own = {"organisation": organisation}
    for noun in ("staff", "services", "salaries", "cost_items", "outcomes"):
        text = re.sub(r"\b(valmennus|valmentaja)\b", rf"\1-{id_}", small.FILES[noun])
        text = text.replace("name: Työhönvalmennus\n", f"name: Työhönvalmennus ({id_})\n")
        text = text.replace("kind: job_coaching", f"kind: coaching-{id_}").replace("sites: pori", f"sites: pori-{id_}")
        own[noun] = re.sub(r"^- id: (tilat|t1|valmentaja-1)$", rf"- id: \1-{id_}", text, flags=re.MULTILINE)
    shared = {noun: small.FILES[noun] for noun in ("client_groups", "cost_basis")}
    sites = small.FILES["sites"].replace("id: pori", f"id: pori-{id_}").replace("katu 1", f"katu {n}")
    own["sites"] = sites.replace("Porin toimipiste", f"Porin toimipiste {n}")
    return {**shared, **own, **changes}


@cache
def _books(files: tuple[tuple[str, str], ...], language: str) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        for noun, text in files:
            (Path(folder) / f"{noun}.yaml").write_text(text, encoding="utf-8")
        found = load(Path(folder))
        assert found.dossier is not None, found.findings
        return workbooks(written(found.dossier), language, examples=False)


def workbook(id_: str, *, language: str = "fi", name: str = "", **changes: str) -> bytes:
    """Return a partner's workbook of its own information."""
    return next(iter(_books(tuple(sorted(texts(id_, name, **changes).items())), language).values()))


def form(id_: str, *, language: str = "fi", **given: str) -> bytes:
    """Return a member form, as a small member of an umbrella sends it."""
    fields = {
        "id": id_,
        "name": f"{id_.title()} ry",
        "municipality": "Pori",
        "contact_role": "Puheenjohtaja",
        "email": f"posti@{id_}.example",
        "activity": "Kerho kokoontuu viikoittain.",
        "languages": "fi",
    } | given
    entry = LightMember.model_validate(fields)
    return next(
        iter(workbooks(of_entries({"light_member": entry}), language, examples=False, only=("light",)).values())
    )


def lead(folder: Path, **changes: str) -> Path:
    """Write the lead's folder: its own workbook, the tender with the common answer, and an attachment."""
    folder.mkdir(parents=True)
    files = {**small.FILES, **changes}
    for name, data in _books(tuple(sorted(files.items())), "fi").items():
        (folder / name).write_bytes(data)
    (folder / "attachments").mkdir()
    (folder / "attachments/Liite_01.pdf").write_bytes(b"%PDF-1.4 liite")
    return folder


def put(path: Path, data: bytes) -> Path:
    """Write a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def tree(folder: Path) -> dict[str, str]:
    """Return the digest of each file in a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
