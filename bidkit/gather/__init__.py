"""Partners' files → the lead's folder, byte for byte, with a log of what came when; nothing there is ever lost.

The folder is then a dossier like any other. What to write is planned before anything is written; every file is
written whole or not at all, and the same command again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from bidkit import gate
from bidkit.diagnostics import Finding, Place
from bidkit.dossier.folder import Raw
from bidkit.gather import lead_file, plan, store
from bidkit.gather import log as logs
from bidkit.gather.choose import choose, members_folder, there
from bidkit.gather.judge import Judge, top_of, write
from bidkit.gather.log import Log
from bidkit.gather.results import Gathered, Row
from bidkit.gather.sources import read_all
from bidkit.i18n import Translator
from bidkit.messages import gathering as say
from bidkit.publish import disk

__all__ = ["Gathered", "Row", "gather"]


def gather(paths: Iterable[Path], lead: str, folder: Path, day: date, words: Translator) -> Gathered:
    """Take in what partners sent. ``lead`` may be empty if the lead's file tells it; ``day`` is that of the run.

    Nothing is written if it is not clear who leads.
    """
    outside, found = _outside(paths, folder)
    sent, told = read_all(outside)
    found += told
    log, unlogged = _log(folder / members_folder(folder))
    known = there(folder, sent, log)
    sent, told = choose(sent, known)
    found += [*told, *unlogged]
    top = top_of(folder)
    ours = lead_file.untouched(folder, log)
    ids = [one for one in dict.fromkeys([*(k.id for k in known), *(s.id for s in sent)]) if one]
    lead, told = _lead(lead, ids, top, bool(ours), folder, bool(found))
    if told or not ids:
        return Gathered(folder, lead, (), (*found, *told))
    within = members_folder(folder)
    arrivals = [plan.arrival(one, folder, within, known, lead, log, day.isoformat()) for one in sent]
    done, told = write(folder, [step for one in arrivals for step in one.steps])
    found += [*(f for one in arrivals for f in one.findings), *told]
    if told:
        return Gathered(folder, lead, (), tuple(found), written=done)
    return Judge(folder, lead, arrivals, known, log, ours, words, day).done(found, done)


def _outside(paths: Iterable[Path], folder: Path) -> tuple[list[Path], list[Finding]]:
    """Leave out what is in the folder that is written to."""
    real = folder.resolve()
    inside = {one: one.resolve().is_relative_to(real) for one in paths}
    found = [say.OWN_FOLDER.at(Place(gate.printable(one.as_posix(), 260))) for one, is_ in inside.items() if is_]
    return [one for one, is_ in inside.items() if not is_], found


def _log(within: Path) -> tuple[Log, list[Finding]]:
    path = within / logs.NAME
    try:
        data = disk.read(path)
    except OSError:
        return logs.EMPTY, []
    log = logs.parse(data)
    if log is not None:
        return log, []
    kept = f"{logs.NAME}.{store.digest(path)[:8]}"
    with suppress(OSError):
        store.apply(within, store.Step(kept, data))
    return logs.EMPTY, [say.LOG_DAMAGED.at(Place(f"{within.name}/{logs.NAME}"), kept=kept)]


def _lead(asked: str, ids: list[str], top: Raw, ours: bool, folder: Path, faulty: bool) -> tuple[str, list[Finding]]:
    """Return who leads, or why that is not clear."""
    entry = top.nouns.get("consortium")
    told = str(entry.get("lead") or "") if isinstance(entry, dict) else ""
    lead = asked.strip().lower() or told
    place = Place(gate.printable(folder.as_posix(), 260))
    if not ids:
        return lead, [] if faulty else [say.NO_PARTNERS.at(place, folder=place.file)]
    if not lead:
        return lead, [say.LEAD_UNTOLD.at(place, near=tuple(sorted(ids)))]
    if isinstance(entry, dict) and told and lead != told and not ours:
        return lead, [say.LEAD_DIFFERS.at(entry["@"].of("lead"), found=told, lead=lead)]
    if lead not in ids:
        near = get_close_matches(lead, ids, 3, 0.5) or sorted(ids)[:5]
        return lead, [say.LEAD_UNKNOWN.at(place, lead=lead, near=tuple(near))]
    return lead, []
