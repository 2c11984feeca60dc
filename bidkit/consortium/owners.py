"""Whose entries a verdict rests on: told by the files in which they stand, and by ids that only one member has."""

from __future__ import annotations

from collections.abc import Iterator

from bidkit.diagnostics import Place
from bidkit.model.dossier import NOUNS, Dossier, Member, nouns_of
from bidkit.stages import Verdict

OWN = nouns_of("member")


def rests_on(dossier: Dossier, verdict: Verdict) -> tuple[str, ...]:
    """Return the ids of the members, in their order; nobody's if all that counts is what all answer together."""
    all_ = (verdict, *verdict.also)
    places = (place for one in all_ for place in (*one.places, *filter(None, (one.place,))))
    found = {_owner(dossier, place) for place in places} | set(_of_rows(dossier, verdict.rows))
    return tuple(one.organisation.id for one in dossier.members if one.organisation.id in found)


def _owner(dossier: Dossier, place: Place) -> str | None:
    return next((one.organisation.id for one in dossier.members if _keeps(one, place)), None)


def _keeps(member: Member, place: Place) -> bool:
    """Say whether a member keeps its entries there: in its folder, or beside what all answer if it leads."""
    folder, _, _ = member.organisation.at.file.rpartition("/")
    if folder:
        return place.file.startswith(f"{folder}/")
    return place.file.partition("/")[0].partition(".")[0] in OWN or any(
        place.file == home.file for noun, home in member.homes.items() if noun in OWN
    )


def _of_rows(dossier: Dossier, rows: tuple[str, ...]) -> Iterator[str]:
    """Yield whose rows these are, of those that one member alone has."""
    for row in rows:
        noun, _, id_ = row.partition(".")
        if noun in OWN and id_ and NOUNS[noun].holds == "many":
            owners = [m for m in dossier.members if any(getattr(one, "id", "") == id_ for one in getattr(m, noun))]
            if len(owners) == 1:
                yield owners[0].organisation.id
