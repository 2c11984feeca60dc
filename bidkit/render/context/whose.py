"""Which members of a joint bid meet a condition: together, each, the lead, or some by name."""

from __future__ import annotations

from bidkit.diagnostics import Place
from bidkit.i18n import N_
from bidkit.model.dossier import NOUNS
from bidkit.render.context.writer import NONE, OWN, Writer
from bidkit.stages import Judgement, State, Verdict

_UNMET = (State.NOT_MET, State.CANNOT_TELL, State.NOT_APPLICABLE)


def meets(w: Writer, one: Judgement) -> str:
    """Return who meets it in words; empty if one organisation bids alone."""
    if not w.joint:
        return ""
    if one.verdict.state in _UNMET:
        return NONE
    ids = set(one.verdict.members) or _holders(w, one.verdict)
    names = [name for id_, name in w.names.items() if id_ in ids]
    if not names:
        return w.say.text(N_("common to all"))
    lead, *others = (member.organisation.id for member in w.bid.members)
    if ids == {lead}:
        return w.say.text(N_("the lead"))
    way = getattr(one.condition.judge, "who", getattr(one.condition.judge, "aggregate", ""))
    word = {"sum": N_("together"), "all": N_("each of them")}.get(way, "") if len(names) > 1 else ""
    if word and ids >= {lead, *others}:
        return w.say.text(word)
    return f"{w.say.text(word)}: {w.many(names)}" if word else w.many(names)


def held(w: Writer, verdict: Verdict) -> tuple[str, ...]:
    """Return the rows of a verdict as they are cited: those that members keep each for themselves with their holder."""
    found: list[str] = []
    for row in verdict.rows:
        found += _held(w, row, verdict) if w.joint and row.partition(".")[0] in OWN else [row]
    return tuple(dict.fromkeys(found))


def _held(w: Writer, row: str, verdict: Verdict) -> list[str]:
    """Return the row of each member that the verdict rests on, told by its places; of two equal rows both."""
    own = [key for member in w.bid.members if (key := f"{member.organisation.id}/{row}") in w.entries]
    if len(own) < 2:
        return own or [row]

    def spots(key: str) -> set[Place]:
        at = w.entries[key].at
        return {at, *(at.of(name) for name in at.fields)}

    exact = [key for key in own if not spots(key).isdisjoint(verdict.places)]
    folders = {place.file.rpartition("/")[0] for place in verdict.places}
    near = [key for key in own if w.entries[key].at.file.rpartition("/")[0] in folders]
    return exact or near or [key for key in own if key.partition("/")[0] in verdict.members] or own


def _holders(w: Writer, verdict: Verdict) -> set[str]:
    givers = {s.id: s.member.organisation.id for s in w.bid.services}
    found = set()
    for key in held(w, verdict):
        holder, _, row = key.rpartition("/")
        noun, _, id_ = row.partition(".")
        if holder:
            found.add(holder)
        elif noun == "services" and id_ in givers:
            found.add(givers[id_])
        elif NOUNS[noun].part == "member" and (entry := w.entries.get(row)) is not None:
            found |= {m.organisation.id for m in w.bid.members if entry in getattr(m, noun, ())}
    return found
