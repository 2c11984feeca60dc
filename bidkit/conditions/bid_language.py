"""Bid language: the bid is written in a language that the buyer accepts."""

from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind, language_name
from bidkit.i18n import N_
from bidkit.model._base import Languages
from bidkit.stages import PricedBid, Scope, Verdict


class BidLanguage(Kind):
    """The bid must be written in a language that the buyer accepts (BT-97).

    The tender says it like this: “Tarjous liitteineen on laadittava suomen kielellä” or “Tarjouskieli on suomi
    tai ruotsi”. It is another matter than the language in which clients are served.

    bidkit compares the language of the bid (`bid.language`) with the languages of the condition or, if it names
    none, with the `languages` of the tender. A text of the dossier that is not written in the language of the
    bid is a finding of its own.

    If it is not met, choose an accepted language and have the texts of the dossier translated into it.

    Example: `kind: bid_language`, `parameters: {languages: [fi, sv]}`.
    """

    number: ClassVar[int] = 21
    title: ClassVar[str] = N_("Bid language")
    aggregate: ClassVar[Aggregate] = "lead"
    about: ClassVar[About] = "bid"

    languages: Languages = Field(
        default=(), title=N_("Languages"), description=N_("Languages accepted; none named: those of the tender")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Look for the bid's language among those accepted."""
        call = bid.bid.tender
        accepted = self.languages or call.languages
        if not accepted:
            return self.missing(
                N_("Neither the condition nor the tender says in which languages a bid may be written."),
                row="tender",
                field="languages",
                place=call.at.of("languages"),
            )
        place = bid.bid.dossier.bid.at.of("language")
        return self.holds(
            bid.bid.language in accepted,
            required=tuple(language_name(one) for one in accepted),
            found=language_name(bid.bid.language),
            met=N_("Language of the bid: {found}. Accepted: {required}."),
            not_met=N_("Language of the bid: {found}. It is not among those accepted: {required}."),
            hint=N_("Change {@bid.language} in {file} to one that is accepted, and have the texts translated."),
            rows=("bid.language",),
            places=(place,),
            place=place,
        )
