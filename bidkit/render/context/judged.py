"""The compliance matrix and the answers to the award criteria."""

from __future__ import annotations

from typing import Any

from bidkit.diagnostics import Fact, Name
from bidkit.i18n import N_
from bidkit.model import narrative
from bidkit.render.context import whose, words
from bidkit.render.context.closing import title
from bidkit.render.context.writer import NONE, Writer, glued, rich
from bidkit.stages import Judgement, State

Plain = dict[str, Any]


def conditions(w: Writer) -> list[Plain]:
    """Return one row for each judgement, in the order of the tender."""
    return [_row(w, one) for one in w.assessment.judgements]


def tally(w: Writer) -> list[Plain]:
    """Return how many conditions stand in each state, without the states that none is in."""
    return [
        {"verdict": w.say.text(_state(state)), "count": w.say.number(count)}
        for state, count in w.assessment.tally().items()
        if count
    ]


def open_conditions(w: Writer) -> list[Plain]:
    """Return the knock-out conditions that keep the bid from being sent."""
    return [_row(w, one) for one in w.assessment.open]


def other_faults(w: Writer, count: int) -> str:
    """Return how many faults beside the open conditions keep the bid from being sent; empty if none does.

    They are not named here: some of them name costs, and a draft may reach the wrong eyes.
    """
    told = N_("Other faults that keep the bid from being sent: {count}. The findings report names them.")
    return w.say.text(told, count=count) if count else ""


def _state(state: State) -> str:
    return N_("Met as of a later day") if state is State.MET_BY else words.VERDICTS[state]


def _row(w: Writer, one: Judgement) -> Plain:
    entry, verdict = one.condition.entry, one.verdict
    secret = w.tells_price(verdict.rows)
    told = w.say.text(verdict.message, **_titled(w, one)).strip()
    explanation = w.say.text(N_("See the price form.")) if secret else glued(told)
    return {
        "number": entry.id,
        "lot": one.lot.lot.number if one.lot and len(w.bid.lots) > 1 else "",
        "requirement": w.text(entry.text),
        "binding": w.word(words.BINDINGS, entry.binding),
        "clause": glued(w.say.clause(one.condition.clause)) if one.condition.clause else "",
        "verdict": w.say.text(words.VERDICTS[verdict.state], day=verdict.met_by),
        "met_by": whose.meets(w, one),
        "explanation": explanation,
        "evidence": _evidence(w, one),
        "shown_in": _shown_in(w, one),
    }


def _titled(w: Writer, one: Judgement) -> dict[str, Fact]:
    """Return the facts with titles where the terminal names rows, as ``references.r1``."""
    cited = {key.rpartition("/")[2]: key for key in reversed(whose.held(w, one.verdict))}

    def titled(fact: Fact) -> Fact:
        row = fact.typed if isinstance(fact, Name) and fact.entry else ""
        return title(w, row, w.entries[cited.get(row, row)]) if row in w.entries else fact

    return {name: titled(fact) for name, fact in one.verdict.facts.items()}


def _evidence(w: Writer, one: Judgement) -> str:
    rows = [row for row in whose.held(w, one.verdict) if not w.tells_price((row,))]
    return w.cite(*rows) if rows else "" if w.joint else NONE


def _shown_in(w: Writer, one: Judgement) -> str:
    """Return the attachment that shows it, or the chapters in which its rows are described."""
    found = []
    attested = w.entries.get(f"attestations.{one.condition.entry.id}")
    wanted = {one.condition.entry.evidence, getattr(attested, "evidence", None)} - {None}
    for attachment in w.dossier.attachments if wanted else ():
        if attachment.id in wanted or attachment.answers in wanted:
            found.append(w.say.text(N_("Attachment {number}"), number=attachment.number))
    return w.many(found) or w.many(w.chapter(row) for row in one.verdict.rows) or NONE


def criteria(w: Writer) -> list[Plain]:
    """Return the answered award criteria in the tender's order and words, with the characters counted."""
    numbers = {lot.lot.id: lot.lot.number for lot in w.bid.lots}
    found = []
    for one in w.bid.criteria:
        if one.answer is None:
            continue
        asked = one.criterion
        w.cite(f"criteria.{asked.id}", f"answers.{one.answer.criterion}")
        paragraphs = w.worded(one.answer.text, at=one.answer, name="text")
        length = len(narrative.plain(paragraphs))
        found.append(
            {
                "number": asked.number,
                "title": w.text(asked.title),
                "question": w.rich(asked.question, at=asked, name="question"),
                "points": w.say.number(asked.points),
                "lots": w.many(numbers[code] for code in asked.lots if code in numbers) if len(numbers) > 1 else "",
                "answer": rich(paragraphs),
                "characters": _characters(w, length, asked.max_characters),
            }
        )
    return found


def _characters(w: Writer, length: int, most: int | None) -> str:
    if most is None:
        return w.say.text(N_("{count} characters"), count=length)
    return w.say.text(N_("{count} / {most} characters"), count=length, most=most)
