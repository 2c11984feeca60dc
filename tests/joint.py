"""A small consortium as files: a lead and two members, whole and clean; a test changes a line and looks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bidkit.dossier.load import load
from bidkit.model.dossier import NOUNS, Dossier
from tests import small

COMMON = tuple(noun for noun in small.FILES if NOUNS[noun].part != "member")
LEAD, SECOND, THIRD = "malliverstas", "esimerkkipaja", "tukipuu"

_TOP: Mapping[str, str] = {noun: small.FILES[noun] for noun in COMMON} | {
    "consortium": "form: group\nlead: malliverstas\n",
    "participants": """\
- {id: malliverstas, role: lead}
- {id: esimerkkipaja, role: member}
- {id: tukipuu, role: member}
""",
}


def _member(
    id_: str, name: str, number: str, town: str, service: str, kind: str, title: str, clients: int
) -> dict[str, str]:
    """Return the files of a member that has everything of its own."""
    swaps = {
        "id: esimerkki\n": f"id: {id_}\n",
        "Esimerkki ry": name,
        "3134980-3": number,
        "Esimerkkikatu 1, 28100 Pori": f"{name}n katu 1, {town}",
        "municipality: Pori": f"municipality: {town}",
        "Työhönvalmennus\n  kind": "TITLE\n  kind",
        "valmennus": service,
        "TITLE": title,
        "job_coaching": kind,
        "clients: 20, clients_per_day: 8, clients_per_year: 60": f"clients: {clients}",
        "id: t1\n": f"id: {id_}-t1\n",
    }
    files = {noun: text for noun, text in small.FILES.items() if noun not in COMMON}
    for old, new in swaps.items():
        files = {noun: text.replace(old, new) for noun, text in files.items()}
    return files


MEMBERS: Mapping[str, Mapping[str, str]] = {
    LEAD: _member(LEAD, "Malliverstas ry", "3134980-3", "Pori", "valmennus", "job_coaching", "Työhönvalmennus", 95),
    SECOND: _member(SECOND, "Esimerkkipaja ry", "1234567-1", "Rauma", "uraohjaus", "career_guidance", "Uraohjaus", 120),
    THIRD: _member(THIRD, "Tukipuu ry", "2345678-0", "Ulvila", "ryhmavalmennus", "group_coaching", "Ryhmät", 40),
}


class Joint:
    """The files of a consortium, changed line by line, then read."""

    def __init__(self) -> None:
        self.top = dict(_TOP)
        self.members = {id_: dict(files) for id_, files in MEMBERS.items()}

    def change(self, where: str, noun: str, old: str, new: str) -> Joint:
        """Replace ``old``, which must be there once, in a file of a member, or of the lead's folder (“”)."""
        files = self.members[where] if where else self.top
        assert files[noun].count(old) == 1, f"{old!r} is {files[noun].count(old)} times in {noun}"
        files[noun] = files[noun].replace(old, new)
        return self

    def put(self, where: str, noun: str, text: str) -> Joint:
        """Write a whole file."""
        (self.members[where] if where else self.top)[noun] = text
        return self

    def add(self, where: str, noun: str, text: str) -> Joint:
        """Add rows to a file."""
        files = self.members[where] if where else self.top
        return self.put(where, noun, files.get(noun, "") + text)

    def copy_tender(self, where: str) -> Joint:
        """Give a member a copy of the lead's tender and of the answer to it, as the lead has sent it."""
        self.members[where] |= {noun: small.FILES[noun] for noun in COMMON}
        return self

    def write(self, folder: Path) -> Path:
        """Write everything below ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        for noun, text in self.top.items():
            (folder / f"{noun}.yaml").write_text(text, encoding="utf-8")
        for id_, files in self.members.items():
            (folder / "jasenet" / id_).mkdir(parents=True, exist_ok=True)
            for noun, text in files.items():
                (folder / "jasenet" / id_ / f"{noun}.yaml").write_text(text, encoding="utf-8")
        return folder

    def read(self, folder: Path) -> Dossier:
        """Return the dossier as it is read; nothing may be wrong with the files themselves."""
        loaded = load(self.write(folder))
        assert [(f.code, str(f.place)) for f in loaded.findings] == []
        assert loaded.dossier is not None
        return loaded.dossier
