"""Files of several organisations → the dossier of a consortium: what all answer together, and each member beside it."""

from __future__ import annotations

from dataclasses import field
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from bidkit.diagnostics import Finding, Place, Severity
from bidkit.dossier import trial
from bidkit.dossier.entries import nothing_in, read, usable
from bidkit.dossier.folder import Raw
from bidkit.dossier.load import ASKED_LATER, Loaded, attached, common, try_out
from bidkit.messages.reading import EMPTY_FILE
from bidkit.model.dossier import NOUNS, Dossier, Member, nouns_of
from bidkit.record import record

if TYPE_CHECKING:
    from bidkit.model.consortium import LightMember

_OWN, _COMMON = nouns_of("member"), nouns_of("tender", "bid", "consortium")
_LISTS = tuple(name for name in _OWN if NOUNS[name].holds == "many")


@record(frozen=True)
class _Sent:
    """What the files of one organisation come to: a member, the form of a small one, or neither."""

    findings: list[Finding]
    aside: dict[str, frozenset[str]]
    member: Member | None = None
    light: LightMember | None = None
    unread: dict[str, Place] = field(default_factory=dict)


def joint_of(folder: Path, top: Raw, partners: tuple[Raw, ...]) -> Loaded:
    """Return the dossier of a consortium: what all answer together stands in ``folder``, each member below it.

    The lead comes first, the others by their ids, whatever their folders are called. What a member's files say of
    the tender is kept beside: that of the lead holds.
    """
    entries: dict[str, Any] = {}
    aside: dict[str, frozenset[str]] = {}
    found: list[Finding] = []
    for name in _COMMON:
        entries[name], aside[name], faults = read(name, top)
        found += [*faults, *nothing_in(name, top, entries[name], aside[name])]
    own = (_sent(top, on_top=True),) if {*top.nouns, *top.incomplete}.intersection(_OWN) else ()
    sent = (*own, *map(_sent, partners))
    found += () if own else top.findings
    for one in sent:
        found += one.findings
        aside |= {name: aside.get(name, frozenset()) | ids for name, ids in one.aside.items()}
    found += attached(folder, entries["attachments"])
    members = _in_order([one.member for one in sent if one.member], entries["consortium"], bool(own))
    tried = bool(members) and trial.is_untouched(top.nouns, top.incomplete)
    if tried:
        found = [one for one in found if one.code not in ASKED_LATER or one.place.file not in _tender_files(top)]
        found += _try_out(entries, members, top)
    digests = {file: digest for raw in (top, *partners) for file, digest in raw.digests.items()}
    files = tuple(digests)
    if not members or any(NOUNS[n].required and not usable(n, entries[n], aside[n], top) for n in _COMMON):
        return Loaded(None, tuple(found), files, entries | (_of(members[0]) if members else {}), aside)
    light = (one.light for one in sent if one.light)
    dossier = Dossier(
        members=members,
        **common(entries),
        light_member=tuple(sorted(light, key=lambda one: one.id)),
        set_aside=aside,
        unread={id_: place for one in sent for id_, place in one.unread.items()},
        incomplete=top.incomplete.union(*(raw.incomplete for raw in partners)),
        digests=digests,
        homes=top.homes,
        trial=tried,
    )
    every = {name: tuple(chain(*(getattr(one, name) for one in members))) for name in _LISTS}
    return Loaded(dossier, tuple(found), files, entries | _of(members[0]) | every, aside)


def _in_order(members: list[Member], joint: Any, own: bool) -> tuple[Member, ...]:
    """Return the members, the lead first; while nobody is told to lead, whoever lies on top does."""
    lead = joint.lead if joint else members[0].organisation.id if own and members else ""
    return tuple(sorted(members, key=lambda one: (one.organisation.id != lead, one.organisation.id)))


def _sent(raw: Raw, *, on_top: bool = False) -> _Sent:
    """Return what the files of one organisation come to; ``on_top`` they are the lead's, beside what all answer.

    That a partner's list is empty is told when its own files are checked, not to the lead.
    """
    light, lost, faults = read("light_member", raw)
    found = [*raw.findings, *faults]
    if _is_form(raw):
        found += [] if {"light_member"} & {*raw.nouns, *raw.incomplete} else [EMPTY_FILE.at(raw.home("light_member"))]
        return _Sent(found, {"light_member": lost}, light=light or None)
    entries: dict[str, Any] = {}
    aside: dict[str, frozenset[str]] = {}
    for name in _OWN:
        entries[name], aside[name], faults = read(name, raw)
        found += [*faults, *(nothing_in(name, raw, entries[name], aside[name]) if on_top else ())]
    if not all(usable(name, entries[name], aside[name], raw) for name in _OWN if NOUNS[name].required):
        lost_too = {name: aside[name] | _ids(entries[name]) for name in _OWN}
        return _Sent(found, lost_too, light=light or None, unread=_unread(raw, found))
    says = {} if on_top else _says(raw)
    return _Sent(found, aside, Member(**entries, homes=raw.homes, says=says), light or None)


def _is_form(raw: Raw) -> bool:
    """Say whether a folder holds the form of a small member and nothing else; it may be blank, or beyond reading."""
    if raw.nouns.keys() & set(_OWN):
        return False
    blank = raw.home("light_member").file in raw.digests and raw.home("organisation").file not in raw.digests
    return blank or "light_member" in {*raw.nouns, *raw.incomplete}


def _unread(raw: Raw, found: list[Finding]) -> dict[str, Place]:
    """Return whose files these are and where it is told why they are no member's."""
    home, told = raw.home("organisation"), raw.nouns.get("organisation")
    id_ = (told.get("id") if isinstance(told, dict) else "") or PurePosixPath(home.file).parent.name
    return {str(id_): next((one.place for one in found if one.severity is Severity.ERROR), home)}


def _ids(kept: Any) -> frozenset[str]:
    """Return the ids of a list's entries: of a member who is set aside they are set aside too."""
    return frozenset(one.id for one in kept if hasattr(one, "id")) if isinstance(kept, tuple) else frozenset()


def _says(raw: Raw) -> dict[str, Any]:
    """Return what a member's files say of the tender and of an answer to it, as far as it can be read."""
    told = {name: read(name, raw)[0] for name in nouns_of("tender", "bid")}
    return {name: found for name, found in told.items() if found}


def _of(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in _OWN}


def _try_out(entries: dict[str, Any], members: tuple[Member, ...], top: Raw) -> list[Finding]:
    """Add a tender to try with all members' services to ``entries``, and say so."""
    services = {one.id: one for member in members for one in member.services}
    all_ = {**_of(members[0]), "services": tuple(services.values())}
    all_["client_groups"] = tuple(group for member in members for group in member.client_groups)
    told = try_out(all_, top)
    entries |= {name: all_[name] for name in all_ if NOUNS[name].part in ("tender", "bid")}
    return told


def _tender_files(top: Raw) -> frozenset[str]:
    """Return the files in which a tender and the answer to it would stand."""
    return frozenset(top.home(name).file for name in nouns_of("tender", "bid"))
