"""What organisations must have agreed before they bid together: agreed, not agreed, or not told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from bidkit.diagnostics import Finding, Place, Word
from bidkit.i18n import N_
from bidkit.messages import consortium as say
from bidkit.model.consortium import Agreement, Topic
from bidkit.model.dossier import Dossier
from bidkit.record import record

TOPICS: Mapping[Topic, str] = {
    "lead": N_("who leads"),
    "liability_to_buyer": N_("who is liable"),
    "data_protection": N_("protection of personal data"),
    "money": N_("sharing of money"),
    "exit": N_("what happens if one leaves"),
    "signatures": N_("who signs"),
}
State = Literal["agreed", "not agreed", "not told"]
STATES: Mapping[State, str] = {
    "agreed": N_("agreed"),
    "not agreed": N_("not agreed"),
    "not told": N_("not told"),
}


@record(frozen=True)
class Item:
    """One topic: its state and the row that decides it, which is where it can be mended."""

    topic: Topic
    state: State
    place: Place
    agreement: Agreement | None = None

    @property
    def title(self) -> Word:
        """What the topic is called."""
        return Word(TOPICS[self.topic])

    @property
    def told(self) -> Word:
        """The state in words."""
        return Word(STATES[self.state])


def readiness(dossier: Dossier) -> tuple[Item, ...]:
    """Return the topics in their order; nothing for a single bid."""
    return items(dossier.agreements, dossier.home("agreements")) if dossier.joint else ()


def items(agreements: Iterable[Agreement], home: Place) -> tuple[Item, ...]:
    """Return the topics as ``agreements`` tell them, which stand at ``home``; all rows of a topic must be agreed."""
    rows = tuple(agreements)
    return tuple(_item(topic, [one for one in rows if one.topic == topic], home) for topic in TOPICS)


def _item(topic: Topic, rows: list[Agreement], home: Place) -> Item:
    open_ = next((one for one in rows if not one.agreed), None)
    if open_:
        return Item(topic, "not agreed", open_.at.of("agreed"), open_)
    return Item(topic, "agreed", rows[-1].at, rows[-1]) if rows else Item(topic, "not told", home)


def findings(dossier: Dossier) -> Iterator[Finding]:
    """Find topics that are not agreed or not told; nothing of those that may stand in what could not be read."""
    unread = dossier.partly_read("agreements")
    for one in readiness(dossier):
        if one.state == "not agreed":
            yield say.NOT_AGREED.at(one.place, topic=one.title)
        elif one.state == "not told" and not unread:
            yield say.AGREEMENT_UNTOLD.at(one.place, topic=one.title)
