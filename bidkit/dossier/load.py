"""Files → Dossier: every entry validated on its own, every fault a finding at the field's own place.

An entry that does not hold is set aside and its id remembered, so that nobody reads consequences of a
consequence; the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from bidkit import gate
from bidkit.diagnostics import Finding, Place, Refused, Severity
from bidkit.dossier import trial
from bidkit.dossier.entries import nothing_in, read, usable
from bidkit.dossier.folder import Raw, read_folder
from bidkit.dossier.members import read_members
from bidkit.messages import loading, values
from bidkit.model.bid import Attachment
from bidkit.model.dossier import NOUNS, Dossier, Member, nouns_of
from bidkit.record import record


@record(frozen=True)
class Loaded:
    """The dossier, or None if too little of it could be read, with everything that was found.

    ``entries`` holds what could be used of each noun all the same (an entry or None, or a tuple of entries), and
    ``set_aside`` the ids of those that could not; what there is one of stands there by its noun.
    """

    dossier: Dossier | None
    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    entries: Mapping[str, Any] = field(default_factory=dict)
    set_aside: Mapping[str, frozenset[str]] = field(default_factory=dict)


def load(folder: Path) -> Loaded:
    """Read the dossier in ``folder``: of one organisation, or of several whose files lie in folders of their own."""
    holds = {name: noun.holds for name, noun in NOUNS.items()}
    partners = read_members(folder, holds)
    raw = read_folder(folder, holds, frozenset(nouns_of("member")) if partners else frozenset())
    if not partners:
        return _alone(folder, raw)
    from bidkit.dossier.joint import joint_of  # who bids alone does without

    return joint_of(folder, raw, partners)


def _alone(folder: Path, raw: Raw) -> Loaded:
    """Return the dossier of one organisation."""
    found: list[Finding] = list(raw.findings)
    entries: dict[str, Any] = {}
    aside: dict[str, frozenset[str]] = {}
    no_tender = trial.is_untouched(raw.nouns, raw.incomplete)
    for name, noun in NOUNS.items():
        entries[name], aside[name], faults = read(name, raw)
        told = [*faults, *nothing_in(name, raw, entries[name], aside[name])]
        found += [f for f in told if not (no_tender and noun.part != "member" and f.code in ASKED_LATER)]
    tried = no_tender and all(entries[name] for name in nouns_of("member") if NOUNS[name].required)
    if tried:
        found += try_out(entries, raw)
    found += _no_costs(entries, aside, raw)
    found += attached(folder, entries["attachments"])
    files = tuple(raw.digests)
    if any(noun.required and not usable(name, entries[name], aside[name], raw) for name, noun in NOUNS.items()):
        found += _not_judged(entries, found, raw)
        return Loaded(None, tuple(found), files, entries, aside)
    own = (Member(**{name: entries[name] for name in nouns_of("member")}, homes=raw.homes),)
    dossier = Dossier(
        own,
        **common(entries),
        set_aside=aside,
        incomplete=raw.incomplete,
        digests=raw.digests,
        homes=raw.homes,
        trial=tried,
    )
    return Loaded(dossier, tuple(found), files, entries, aside)


# What is missing of a tender, or of an answer to one, is no fault before the first word of it is written.
ASKED_LATER = frozenset(
    (
        loading.MISSING_NOUN.code,
        loading.NEEDED_LIST_EMPTY.code,
        loading.NO_CONDITIONS.code,
        loading.NOTHING_IN.code,
        values.MISSING_FIELD.code,
    )
)


def try_out(entries: dict[str, Any], raw: Raw) -> list[Finding]:
    """Add a tender to try with to ``entries``, and say so."""
    home = raw.home("tender")
    if not entries["client_groups"] and "client_groups" not in raw.incomplete:
        entries["client_groups"] = trial.client_groups(entries["services"])
    entries |= trial.nouns(entries, home, trial.language(raw.nouns))
    return [loading.TRIAL.at(home)]


_OWN_FILES = frozenset({"tarjous.docx", "hinnoittelu.xlsx"})  # made by the build itself


def attached(folder: Path, attachments: tuple[Attachment, ...]) -> Iterator[Finding]:
    """Say which files are not in the folder ``attachments``, or would lead out of it."""
    for one in attachments:
        if one.file is None or one.file in _OWN_FILES:
            continue
        place = one.at.of("file")
        try:
            if not gate.inside(folder / "attachments", one.file).is_file():
                yield loading.NO_ATTACHMENT.at(place, file=one.file)
        except Refused as refusal:
            yield refusal.at(place)
        except OSError:  # a name too long for any disk
            yield loading.NO_ATTACHMENT.at(place, file=one.file)


def _not_judged(entries: Mapping[str, Any], found: list[Finding], raw: Raw) -> list[Finding]:
    """Say that the run stops here if the fault is one inside a file that can be read, and where all the errors are."""
    lost = [name for name, noun in NOUNS.items() if noun.required and noun.holds == "one" and entries[name] is None]
    named = {_home_of(f.place) for f in found if f.code != loading.MISSING_NOUN.code}
    homes = [raw.home(name) for name in lost if _home_of(raw.home(name)) in named]
    if not homes:
        return []
    faulty = [_home_of(f.place) for f in found if f.severity is Severity.ERROR and f.code != loading.MISSING_NOUN.code]
    first = [_home_of(home) for home in homes]  # what cannot be done without
    return [loading.NOT_JUDGED.at(homes[0], file=tuple(dict.fromkeys((*first, *faulty))))]


def _no_costs(entries: Mapping[str, Any], aside: Mapping[str, frozenset[str]], raw: Raw) -> list[Finding]:
    """Say that no cost at all is told: of each service alone it would look like a slip in its allocation."""
    told = any(entries[name] or aside[name] or name in raw.incomplete for name in ("salaries", "cost_items"))
    return [] if told or not entries["services"] else [loading.NO_COSTS.at(raw.home("salaries"))]


def _home_of(place: Place) -> str:
    """Return the file of a place, or the sheet of a workbook: what holds one noun."""
    return f"{place.file} › {place.spot.rsplit('!', 1)[0]}" if place.in_workbook else place.file


def common(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Return of ``entries`` what there is of it for all members together."""
    return {name: entries[name] for name in nouns_of("tender", "bid", "consortium")}
