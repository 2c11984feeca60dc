"""Files → Dossier: every entry validated on its own, every fault a finding at the field's own place.

An entry that does not hold is set aside and its id remembered, so that nobody reads consequences of a
consequence; the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from bidkit import gate
from bidkit.diagnostics import Fact, Finding, Name, Place, Refused, Severity, Word
from bidkit.dossier import trial
from bidkit.dossier.folder import Raw, read_folder
from bidkit.dossier.members import read_members
from bidkit.dossier.twice import twice
from bidkit.dossier.validate import validate
from bidkit.i18n import N_
from bidkit.messages import loading, values
from bidkit.messages.reading import EMPTY_FILE
from bidkit.messages.resolving import SAME_TWICE
from bidkit.model._base import KEYS, Entry
from bidkit.model.bid import Attachment
from bidkit.model.dossier import NOUNS, Dossier, Member, Noun
from bidkit.record import record

if TYPE_CHECKING:
    from bidkit.model.consortium import LightMember

T = TypeVar("T", bound=Entry)


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
    raw = read_folder(folder, holds, MEMBERS if partners else frozenset())
    return joint_of(folder, raw, partners) if partners else _alone(folder, raw)


MEMBERS = frozenset(name for name, noun in NOUNS.items() if noun.part == "member")


def entries_of(raw: Raw) -> dict[str, Any]:
    """Return what can be read of each noun that a folder's files tell of, whatever is wrong with the rest."""
    return {name: _noun(name, NOUNS[name], raw)[0] for name in raw.nouns}


def _alone(folder: Path, raw: Raw) -> Loaded:
    """Return the dossier of one organisation."""
    found: list[Finding] = list(raw.findings)
    entries: dict[str, Any] = {}
    aside: dict[str, frozenset[str]] = {}
    no_tender = trial.is_untouched(raw.nouns, raw.incomplete)
    for name, noun in NOUNS.items():
        kept, lost, faults = _noun(name, noun, raw)
        entries[name] = kept
        aside[name] = lost
        told = [*faults, *_nothing_in(name, noun, raw, kept, lost)]
        found += [f for f in told if not (no_tender and noun.part != "member" and f.code in _ASKED_LATER)]
    tried = no_tender and all(entries[name] for name, noun in NOUNS.items() if noun.required and noun.part == "member")
    if tried:
        found += _try(entries, raw)
    found += _no_costs(entries, aside, raw)
    found += _attached(folder, entries["attachments"])
    files = tuple(raw.digests)
    if any(noun.required and not _usable(name, entries[name], aside[name], raw) for name, noun in NOUNS.items()):
        found += _not_judged(entries, found, raw)
        return Loaded(None, tuple(found), files, entries, aside)
    own = (Member(**_part("member", entries), homes=raw.homes),)
    dossier = _dossier(entries, aside, raw, own)
    return Loaded(replace(dossier, trial=True) if tried else dossier, tuple(found), files, entries, aside)


def joint_of(folder: Path, top: Raw, partners: tuple[Raw, ...]) -> Loaded:
    """Return the dossier of a consortium: what all answer together stands in ``folder``, each member below it.

    The lead comes first, the others by their ids, whatever their folders are called. What a member's files say of
    the tender is kept beside: that of the lead holds.
    """
    entries: dict[str, Any] = {}
    aside: dict[str, frozenset[str]] = {}
    found: list[Finding] = list(top.findings)
    for name, noun in NOUNS.items():
        if noun.part not in ("member", "light"):
            entries[name], aside[name], faults = _noun(name, noun, top)
            found += [*faults, *_nothing_in(name, noun, top, entries[name], aside[name])]
    members: list[Member] = []
    light: list[LightMember] = []
    own = (top,) if top.nouns.keys() & MEMBERS else ()
    for raw in (*own, *partners):
        member, one, lost, faults = _member(raw, with_says=raw is not top)
        members += [member] if member else []
        light += [one] if one else []
        found += faults
        aside |= {name: aside.get(name, frozenset()) | ids for name, ids in lost.items()}
    found += _attached(folder, entries["attachments"])
    joint = entries["consortium"]
    lead = joint.lead if joint else members[0].organisation.id if own and members else ""
    members.sort(key=lambda one: (one.organisation.id != lead, one.organisation.id))
    tried = bool(members) and trial.is_untouched(top.nouns, top.incomplete)
    if tried:
        found = [one for one in found if one.code not in _ASKED_LATER or one.place.file not in _tender_files(top)]
        found += _try_joint(entries, members, top)
    files = tuple(file for raw in (top, *partners) for file in raw.digests)
    needed = {name for name, noun in NOUNS.items() if noun.required} - MEMBERS
    if not members or any(not _usable(name, entries[name], aside[name], top) for name in needed):
        return Loaded(None, tuple(found), files, entries | (_of(members[0]) if members else {}), aside)
    whole = replace(
        top,
        digests={file: digest for raw in (top, *partners) for file, digest in raw.digests.items()},
        incomplete=top.incomplete.union(*(raw.incomplete for raw in partners)),
    )
    dossier = replace(
        _dossier(entries, aside, whole, tuple(members)),
        light_member=tuple(sorted(light, key=lambda one: one.id)),
        trial=tried,
    )
    every = {name: tuple(chain(*(getattr(one, name) for one in members))) for name in _MANY}
    return Loaded(dossier, tuple(found), files, entries | _of(members[0]) | every, aside)


def _member(
    raw: Raw, *, with_says: bool
) -> tuple[Member | None, LightMember | None, dict[str, frozenset[str]], list[Finding]]:
    """Return one member, or the form of a small one, with the ids set aside and the findings."""
    light, _, found = _noun("light_member", NOUNS["light_member"], raw)
    found = [*raw.findings, *found]
    if not raw.nouns.keys() & MEMBERS and _is_light(raw):  # even if it cannot be read
        found += [] if {"light_member"} & {*raw.nouns, *raw.incomplete} else [EMPTY_FILE.at(raw.home("light_member"))]
        return None, light or None, {}, found
    entries: dict[str, Any] = {}
    aside: dict[str, frozenset[str]] = {}
    for name in MEMBERS_IN_ORDER:
        entries[name], aside[name], faults = _noun(name, NOUNS[name], raw)
        found += [*faults, *_nothing_in(name, NOUNS[name], raw, entries[name], aside[name])]
    if not all(_usable(name, entries[name], aside[name], raw) for name in MEMBERS_IN_ORDER if NOUNS[name].required):
        return None, light or None, {name: aside[name] | _ids(entries[name]) for name in MEMBERS_IN_ORDER}, found
    says = _says(raw) if with_says else {}
    return Member(**entries, homes=raw.homes, says=says), light or None, aside, found


def _is_light(raw: Raw) -> bool:
    """Say whether a folder holds the form of a small member; it may be blank."""
    blank = raw.home("light_member").file in raw.digests and raw.home("organisation").file not in raw.digests
    return blank or "light_member" in {*raw.nouns, *raw.incomplete}


MEMBERS_IN_ORDER = tuple(name for name in NOUNS if name in MEMBERS)


def _ids(kept: Any) -> frozenset[str]:
    """Return the ids of a list's entries: of a member who is set aside they are set aside too."""
    return frozenset(one.id for one in kept if hasattr(one, "id")) if isinstance(kept, tuple) else frozenset()


def _says(raw: Raw) -> dict[str, Any]:
    """Return what a member's files say of the tender and of an answer to it, as far as it can be read."""
    told = {name: _noun(name, noun, raw)[0] for name, noun in NOUNS.items() if noun.part in ("tender", "bid")}
    return {name: found for name, found in told.items() if found}


_MANY = tuple(name for name, noun in NOUNS.items() if noun.part == "member" and noun.holds == "many")


def _of(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in MEMBERS_IN_ORDER}


# What is missing of a tender, or of an answer to one, is no fault before the first word of it is written.
_ASKED_LATER = frozenset(
    (
        loading.MISSING_NOUN.code,
        loading.NEEDED_LIST_EMPTY.code,
        loading.NO_CONDITIONS.code,
        loading.NOTHING_IN.code,
        values.MISSING_FIELD.code,
    )
)


def _try(entries: dict[str, Any], raw: Raw) -> list[Finding]:
    """Add a tender to try with to ``entries``, and say so."""
    home = raw.home("tender")
    if not entries["client_groups"] and "client_groups" not in raw.incomplete:
        entries["client_groups"] = trial.client_groups(entries["services"])
    entries |= trial.nouns(entries, home, trial.language(raw.nouns))
    return [loading.TRIAL.at(home)]


def _try_joint(entries: dict[str, Any], members: list[Member], top: Raw) -> list[Finding]:
    """Add a tender to try with all members' services to ``entries``, and say so."""
    services = {one.id: one for member in members for one in member.services}
    all_ = {**_of(members[0]), "services": tuple(services.values())}
    all_["client_groups"] = tuple(group for member in members for group in member.client_groups)
    told = _try(all_, top)
    entries |= {name: all_[name] for name in all_ if NOUNS[name].part in ("tender", "bid")}
    return told


def _tender_files(top: Raw) -> frozenset[str]:
    """Return the files in which a tender and the answer to it would stand."""
    return frozenset(top.home(name).file for name, noun in NOUNS.items() if noun.part in ("tender", "bid"))


def _nothing_in(name: str, noun: Noun, raw: Raw, kept: Any, lost: frozenset[str]) -> list[Finding]:
    """Say that a list has no entries, if nothing else tells so: a bid that nothing is asked of is an oversight."""
    if (
        noun.part in ("consortium", "light")
        or noun.holds == "one"
        or noun.required
        or kept
        or lost
        or name in raw.incomplete
    ):
        return []
    place = raw.home(name)
    if name == "conditions":
        return [loading.NO_CONDITIONS.at(place)]
    if name not in raw.nouns or any(f.place.file == place.file for f in raw.findings):
        return []
    return [loading.NOTHING_IN.at(place, noun=Name(name))]


_OWN_FILES = frozenset({"tarjous.docx", "hinnoittelu.xlsx"})  # made by the build itself


def _attached(folder: Path, attachments: tuple[Attachment, ...]) -> Iterator[Finding]:
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


def _named(home: Place) -> Fact:
    """Return what its user calls the file or sheet of a noun."""
    sheet = home.spot.rpartition("!")[0]
    return Word(N_("The sheet {sheet}"), (("sheet", sheet),)) if home.in_workbook else home.file


def _usable(name: str, kept: Any, lost: frozenset[str], raw: Raw) -> bool:
    """Say whether later steps can go on: a list whose entries are all faulty is no empty list."""
    return bool(kept) or (NOUNS[name].holds == "many" and (bool(lost) or name in raw.incomplete))


def _part(which: str, entries: Mapping[str, Any]) -> dict[str, Any]:
    return {name: entries[name] for name, noun in NOUNS.items() if noun.part == which}


def _dossier(
    entries: Mapping[str, Any], aside: Mapping[str, frozenset[str]], raw: Raw, members: tuple[Member, ...]
) -> Dossier:
    return Dossier(
        members=members,
        **_part("tender", entries),
        **_part("bid", entries),
        **_part("consortium", entries),
        set_aside=aside,
        incomplete=raw.incomplete,
        digests=raw.digests,
        homes=raw.homes,
    )


def _noun(name: str, noun: Noun, raw: Raw) -> tuple[Any, frozenset[str], list[Finding]]:
    """Validate one noun. Return what holds, the ids set aside, and the findings."""
    written = raw.nouns.get(name)
    file = raw.home(name)
    if written is None:
        if noun.required and not _explained(name, raw):
            return (), frozenset(), [loading.MISSING_NOUN.at(file, file=_named(file))]
        return () if noun.holds == "many" else None, frozenset(), []
    if noun.holds == "one":
        entry, faults = validate(noun.model, written)
        kept = entry or _salvage(noun.model, written)
        lost = frozenset() if kept else frozenset({name})
        return kept, lost, [*faults, *(twice(entry) if entry else ())]
    return _list(name, noun, written, file)


def _explained(name: str, raw: Raw) -> bool:
    """Say whether the reader has already told why this noun is not there."""
    home = raw.home(name)
    stem = home.file.removesuffix(".yaml")
    own = () if home.in_workbook else (f"{stem}.yaml", f"{stem}.yml", stem)
    return name in raw.incomplete or not raw.digests or any(f.place.file in own for f in raw.findings)


# Needed, but nothing is computed from it: with a fault in it the rest can still be judged. → a right one
_NOT_COMPUTED_WITH = {"business_id": "3134980-3"}


def _salvage(model: type[T], written: Any) -> T | None:
    """Do without the faulty fields of an entry there is only one of, so that the rest can be judged in this run.

    An optional field is left out; a wrong business ID is kept as typed. None if a field is faulty that later
    steps compute with.
    """
    try:
        return model.model_validate(written)
    except ValidationError as error:
        faults = [one["loc"] for one in error.errors(include_url=False) if one["loc"]]
    broken = {str(loc[0]) for loc in faults}
    stand_ins = {name: right for name, right in _NOT_COMPUTED_WITH.items() if isinstance(written.get(name), str)}
    rest = written
    for loc in faults:
        rest = _without(rest, loc)
    rest |= {key: stand_ins[key] for key in broken & stand_ins.keys()}
    try:
        found = model.model_validate(rest)
    except ValidationError:
        return None
    return found.model_copy(update={key: written[key] for key in broken & stand_ins.keys()})


def _without(written: Mapping[str, Any], loc: tuple[int | str, ...]) -> dict[str, Any]:
    """Return an entry without the value at ``loc``; of a list nothing is kept."""
    name, inner = str(loc[0]), written.get(str(loc[0]))
    if len(loc) > 1 and isinstance(inner, dict):
        return {**written, name: _without(inner, loc[1:])}
    return {key: value for key, value in written.items() if key != name}


_OR_ANOTHER_ID = N_(" if they are the same; otherwise give it another id")


def _list(name: str, noun: Noun, written: Any, file: Place) -> tuple[Any, frozenset[str], list[Finding]]:
    kept: dict[str, Entry] = {}
    lost: set[str] = set()
    found: list[Finding] = []
    inner: dict[str, list[Finding]] = {}
    for one in written:
        name_of_key = next((k for k in KEYS if k in noun.model.model_fields and one.get(k)), "id")
        key = str(one.get(name_of_key) or "")
        entry, faults = validate(noun.model, one)
        found += faults
        if entry is None:
            lost.add(key)
        elif key in kept:
            at = one["@"].of(name_of_key)
            or_else: Fact = Word(_OR_ANOTHER_ID) if name_of_key == "id" else ""  # other keys name an entry elsewhere
            first = str(kept[key].at)
            inner[key] = [one for one in inner[key] if one.code != SAME_TWICE.code]  # rows of both, under one id
            found.append(loading.DOUBLE_ID.at(at, id=key, noun=Name(name), first=first, or_else=or_else))
        else:
            kept[key] = entry
            inner[key] = list(twice(entry))
    found += [one for several in inner.values() for one in several]
    if not written and noun.required:
        found.append(loading.NEEDED_LIST_EMPTY.at(file, noun=Name(name)))
    return tuple(kept.values()), frozenset(lost), found
