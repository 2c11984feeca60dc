"""Text limit: characters of answers and other texts, pages of the bid."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import ClassVar, Literal

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._verdicts import weakest
from bidkit.diagnostics import Fact, Measure, Place, Word
from bidkit.i18n import N_, Translator
from bidkit.model._base import Count, Ids, YesNo
from bidkit.model.narrative import plain, worded
from bidkit.record import record
from bidkit.stages import AnsweredCriterion, Bid, PricedBid, Scope, Verdict

Part = Literal["letter", "summary", "responsibility", "data_protection", "price_reason"]
PARTS: dict[str, Word] = {
    "letter": Word(N_("cover letter")),
    "summary": Word(N_("summary")),
    "responsibility": Word(N_("social responsibility")),
    "data_protection": Word(N_("data protection")),
    "price_reason": Word(N_("how the prices were formed")),
}


@record(frozen=True)
class Written:
    """A text to count: what it is, its row and field, where it is, and its own limit if it has one."""

    name: Fact
    row: str
    field: str
    texts: Mapping[str, str] | None
    place: Place
    limit: int | None


class TextLimit(Kind):
    """Answers and other texts must not be longer than the tender allows, in characters or in pages.

    The tender says it like this: “Vastauksen enimmäispituus on 4 000 merkkiä välilyönteineen” or “Tarjous on
    enintään 20 sivua liitteineen”. In a portal the field cuts off what is too long; elsewhere the buyer leaves
    it unread.

    bidkit counts characters, spaces included, as they are pasted into a field of a portal: emphasis marks are
    left out, list marks and line ends count, references to the dossier count as the figures they print. The
    condition names award criteria (`criteria`) and parts of the bid (`texts`: letter, summary, responsibility,
    data_protection, price_reason). If it names neither, all answers count. Without `max_characters` each answer
    has the limit of its own criterion. With `together: yes` the limit is for all of them together.

    How many pages there are is known only when the document is laid out. `bidkit build` counts them where
    LibreOffice is installed. Elsewhere, and in `bidkit check`, a person must look at the printed bid and attest
    it, with a date; the verdict is then “attested”. Word may break lines a little differently than LibreOffice.

    A text that is not written, or not in the language of the bid, is never met: it cannot be told how long it
    will be.

    If it is not met, shorten the text. Do not move it into an attachment: what the tender does not ask for
    gives no points.

    Example: `kind: text_limit`, `parameters: {criteria: [l1, l2], max_characters: 4000}`.
    """

    number: ClassVar[int] = 55
    title: ClassVar[str] = N_("Page and character limit")
    aggregate: ClassVar[Aggregate] = "lead"
    about: ClassVar[About] = "bid"

    max_characters: Count | None = Field(
        default=None,
        title=N_("Most characters"),
        description=N_("Most characters, spaces included; without it the limits of the criteria"),
    )
    criteria: Ids = Field(
        default=(), title=N_("Criteria"), description=N_("Ids of the award criteria whose answers count")
    )
    texts: tuple[Part, ...] = Field(
        default=(),
        title=N_("Parts of the bid"),
        description=N_("Parts of the bid that count: letter, summary, responsibility, data_protection, price_reason"),
    )
    together: YesNo = Field(
        default=False, title=N_("Limit for all together"), description=N_("Is the limit for all of them together?")
    )
    pages: Count | None = Field(
        default=None, title=N_("Most pages"), description=N_("Most pages: counted with LibreOffice, or attested")
    )

    @property
    def counts_pages(self) -> bool:
        """Whether there is a limit of pages."""
        return self.pages is not None

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Count characters, and pages where the document could be laid out; else pages are a person's word."""
        counted = self.max_characters is not None or self.criteria or self.texts or self.pages is None
        verdicts = [self._characters(bid, scope)] if counted else []
        if self.pages is not None:
            verdicts.append(self.attested(bid, scope) if scope.pages is None else self._pages(bid, scope.pages))
        return weakest(verdicts)

    def _pages(self, bid: PricedBid, found: int) -> Verdict:
        assert self.pages is not None
        return self.at_most(
            found,
            self.pages,
            "pages",
            met=N_("The bid document has {found} as LibreOffice lays it out. Allowed: at most {required}."),
            not_met=N_(
                "The bid document has {found} as LibreOffice lays it out. Allowed: at most {required}; "
                "too many: {margin}."
            ),
            hint=N_("Shorten the texts, or choose a template that takes less room."),
            place=bid.bid.dossier.bid.at,
        )

    def _characters(self, bid: PricedBid, scope: Scope) -> Verdict:
        unknown = [one for one in self.criteria if one not in {c.criterion.id for c in bid.bid.criteria}]
        if unknown:
            return self.cannot_tell(
                N_("The condition names award criteria that the lots offered do not have: {criteria}."),
                hint=N_("Check the criteria that {@conditions.parameters} of condition {condition} name in {file}."),
                place=scope.condition.at.of("parameters"),
                criteria=tuple(unknown),
                condition=scope.condition.id,
            )
        written = list(self._written(bid, scope))
        named = bool(self.criteria or self.texts)
        if not named and not self.together:  # all answers: those without a limit may be of any length
            written = [one for one in written if one.limit is not None]
        if not written or any(one.limit is None for one in written) or (self.together and self.max_characters is None):
            return self.no_parameters(scope, ("max_characters", "criteria.max_characters", "pages"))
        length = partial(_length, bid.bid, Translator(bid.bid.language))
        silent = [self._not_told(one) for one in written if not bid.bid.has(one.texts)]
        if self.together:
            return silent[0] if silent else self._sum(written, length)
        return weakest([*silent, *(self._one(x, length) for x in written if bid.bid.has(x.texts))])

    # --- what is counted -------------------------------------------------------------------------
    def _written(self, bid: PricedBid, scope: Scope) -> Iterator[Written]:
        named = self.criteria or self.texts
        lots = {lot.bid.lot.id for lot in scope.lots}
        for one in bid.bid.criteria:
            concerns = not one.criterion.lots or lots.intersection(one.criterion.lots)
            if one.criterion.id in self.criteria or (not named and concerns):
                yield self._answer(one)
        basics = bid.bid.dossier.bid
        for part in self.texts:
            yield Written(PARTS[part], "bid", part, getattr(basics, part), basics.at.of(part), self.max_characters)

    def _answer(self, one: AnsweredCriterion) -> Written:
        criterion, answer = one.criterion, one.answer
        limit = criterion.max_characters if self.max_characters is None else self.max_characters
        return Written(
            criterion.number,
            f"answers.{criterion.id}",
            "text",
            answer.text if answer else None,
            answer.at.of("text") if answer else criterion.at,
            limit,
        )

    # --- verdicts --------------------------------------------------------------------------------
    def _one(self, one: Written, length: Callable[[Written], int]) -> Verdict:
        assert one.limit is not None
        return self._within(
            length(one),
            one.limit,
            [one],
            met=N_("The text with least room ({name}): {found}. Allowed: at most {required}."),
            not_met=N_("The text is too long ({name}): {found}. Allowed: at most {required}; too many: {margin}."),
        )

    def _sum(self, written: list[Written], length: Callable[[Written], int]) -> Verdict:
        assert self.max_characters is not None
        longest = max(written, key=length)
        return self._within(
            sum(length(one) for one in written),
            self.max_characters,
            [longest, *(one for one in written if one is not longest)],
            met=N_("The texts together: {found}. Allowed: at most {required}."),
            not_met=N_("The texts together: {found}. Allowed: at most {required}; too many: {margin}."),
        )

    def _within(self, found: int, limit: int, written: list[Written], *, met: str, not_met: str) -> Verdict:
        return self.at_most(
            Decimal(found),
            limit,
            "characters",
            met=met,
            not_met=not_met,
            hint=N_("Shorten the text in {file} ({row}, field {field})."),
            rows=[one.row for one in written],
            places=[one.place for one in written],
            place=written[0].place,
            name=written[0].name,
            row=written[0].row,
            field=written[0].field,
        )

    def _not_told(self, one: Written) -> Verdict:
        return self.missing(
            N_("The text is not written in the language of the bid ({name}). Allowed: at most {required}."),
            row=one.row,
            field=one.field,
            place=one.place,
            required=None if one.limit is None else Measure(one.limit, "characters"),
            name=one.name,
        )


def _length(bid: Bid, words: Translator, one: Written) -> int:
    """Return the characters of a text as it is pasted into a portal's field."""
    return len(plain(worded(bid.words(one.texts), bid.figures, words)))
