"""Conflicts settled as the lead has written down, and what is to be told of the rows that do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bidkit.diagnostics import Fact, Finding, Name
from bidkit.i18n import FINDINGS, Translator, languages
from bidkit.merge.conflict import Clash, Conflict, folded
from bidkit.merge.draft import Draft
from bidkit.messages import merging
from bidkit.model.consortium import Resolution
from bidkit.model.dossier import Dossier


class Desk:
    """The lead's rows, laid beside the conflicts that they settle."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._rows = {row.id: row for row in reversed(dossier.resolutions)}  # of two for one conflict the first holds
        self._met: set[str] = set()
        self._new: set[str] = set()
        self.shared: set[tuple[str, str, str]] = set()
        self.conflicts: list[Conflict] = []
        self.findings: list[Finding] = []

    def settle(self, dossier: Dossier, *finders: Callable[[Dossier], Iterable[Clash]]) -> Dossier:
        """Return the dossier with its clashes settled as far as rows say how.

        What is settled may bring up another conflict: two rows that each keep the second leave two seconds.
        """
        while True:
            fresh = [one for find in finders for one in find(dossier) if one.conflict.id not in self._met]
            before = len(self.conflicts)
            dossier = self._settled(dossier, fresh) if fresh else dossier
            if not any(one.settled for one in self.conflicts[before:]):
                return dossier

    def _settled(self, dossier: Dossier, clashes: list[Clash]) -> Dossier:
        renamed = {one.group for one in clashes if one.group and self._renames(one)}
        draft = Draft(dossier)
        for clash in clashes:
            row = self._rows.get(clash.conflict.id)
            self._met.add(clash.conflict.id)
            if clash.group in renamed and not self._renames(clash):
                continue  # they are two services then, so there is nothing to compare
            self._one(draft, clash, row)
        self.shared |= draft.shared
        return draft.dossier()

    def _renames(self, clash: Clash) -> bool:
        row = self._rows.get(clash.conflict.id)
        return bool(row and row.settled == "rename_second" and "rename_second" in clash.ways and row.new_id)

    def _one(self, draft: Draft, clash: Clash, row: Resolution | None) -> None:
        settled = (row.settled if row else None) or ""
        fault = self._fault(clash, row) if row and settled else None
        if row is None or not settled:
            self.findings.append(clash.finding())
        elif fault:
            self.findings.append(fault)
            settled = ""
        else:
            self.findings += _changed(clash, row)
        way = clash.ways[settled] if settled else clash.until
        if way is not None:
            way(draft, (row.new_id if row else None) or "")
        self.conflicts.append(replace(clash.conflict, settled=settled))

    def _fault(self, clash: Clash, row: Resolution) -> Finding | None:
        """Say why a row cannot settle its conflict."""
        about = clash.conflict.about
        if row.settled not in clash.ways:
            ways: tuple[Fact, ...] = tuple(Name(code=way) for way in clash.ways)
            at = row.at.of("settled")
            return merging.CANNOT_SETTLE.at(at, about=about, settled=Name(code=str(row.settled)), ways=ways)
        if row.settled != "rename_second":
            return None
        if not row.new_id:
            return merging.NEW_ID_MISSING.at(row.at.of("new_id"), about=about)
        if row.new_id in clash.taken or row.new_id in self._new:
            return merging.NEW_ID_TAKEN.at(row.at.of("new_id"), id=row.new_id)
        self._new.add(row.new_id)
        return None

    def report(self) -> Iterator[Finding]:
        """Yield what is to be told of the rows: how many settle something, and which no longer do."""
        done = [one for one in self.conflicts if one.settled]
        if done:
            by = tuple(dict.fromkeys(row.by for one in done if (row := self._rows[one.id]).by))
            yield merging.SETTLED.at(self._dossier.home("resolutions"), count=len(done), by=by or None)
        for row in self._dossier.resolutions:
            if row.id not in self._met:
                yield merging.SETTLED_GONE.at(row.at.of("id"), id=row.id, about=row.about or row.id)


def _changed(clash: Clash, row: Resolution) -> Iterator[Finding]:
    """Yield that a value is another than when its row was written, in whatever language that was."""
    for written, side, field in (
        (row.first_value, clash.conflict.first, "first_value"),
        (row.second_value, clash.conflict.second, "second_value"),
    ):
        if written is not None and folded(written) not in {
            folded(Translator(language, FINDINGS).fact(side.value)) for language in languages()
        }:
            yield merging.SETTLED_CHANGED.at(
                row.at.of(field), about=clash.conflict.about, before=written, now=side.value, where=str(side.place)
            )
            return


def rows(conflicts: Iterable[Conflict], words: Translator) -> tuple[Resolution, ...]:
    """Return a row for each open conflict, to be settled by the lead."""
    return tuple(_row(one, words) for one in conflicts if not one.settled)


def _row(one: Conflict, words: Translator) -> Resolution:
    return Resolution(
        id=one.id,
        about=words.about(one.second.place).fact(one.about),
        first=one.names[0],
        first_value=words.about(one.first.place).fact(one.first.value),
        second=one.names[1],
        second_value=words.about(one.second.place).fact(one.second.value),
    )
