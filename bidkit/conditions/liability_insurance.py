"""Liability insurance: large enough, and in force for the whole contract term."""

from datetime import date
from functools import partial
from typing import ClassVar, Literal

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._dates import contract_end
from bidkit.conditions._later import or_later
from bidkit.conditions._members import each, file_of
from bidkit.conditions._verdicts import strongest
from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.model._base import Money, YesNo
from bidkit.model.dossier import Member
from bidkit.model.organisation import Insurance
from bidkit.stages import PricedBid, Scope, Verdict


class LiabilityInsurance(Kind):
    """The bidder must have liability insurance of at least so many euros, in force for the whole contract term.

    The tender says it like this: “Palveluntuottajalla on oltava voimassa oleva vastuuvakuutus, vähintään
    100 000 euroa vahinkoa kohti, koko sopimuskauden ajan”.

    bidkit looks at the policies of the kind `liability` in `insurances`: the sum insured per event, the first
    day of cover against the first day of the contract, and the last day of cover against its last day. With
    `options: yes` the term includes all options. A policy without a last day renews itself. One policy must do
    it all; sums of several policies are not added up.

    Every member needs it, unless `who: lead` says that the lead's policy is enough. A policy that does not tell
    its sum is never met.

    In a group this concerns every member; with subcontractors or under an umbrella the lead alone; with
    reliance on capacities the lead's is enough, or that of whoever is relied on in this condition (unverified:
    read the tender).

    If it is not met, ask the insurer for a larger sum, or leave `valid_until` out if the policy renews itself.
    A policy that you take out only if you win can be attested with its first day in `from`: the verdict is then
    “met by” that day, if it comes by the start of the contract.

    Example: `kind: liability_insurance`, `parameters: {amount: 100 000, options: yes, who: all}`.
    """

    number: ClassVar[int] = 33
    title: ClassVar[str] = N_("Liability insurance")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "bidder"

    amount: Money = Field(title=N_("Sum insured"), description=N_("Sum insured per event in euros, at the least"))
    options: YesNo = Field(
        default=False, title=N_("Options included"), description=N_("Must it be in force through the options too?")
    )
    who: Literal["all", "lead"] = Field(
        default="all",
        title=N_("Who needs it"),
        description=N_("Who needs it: every member (all) or the lead alone (lead)"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Judge the best policy of each member."""
        return or_later(self, bid, scope, each(self.who, scope, partial(self._member, bid)))

    def _member(self, bid: PricedBid, member: Member) -> Verdict:
        policies = [one for one in member.insurances if one.kind == "liability"]
        if not policies:
            return self.cannot_tell(
                N_("{member} tells no liability insurance. Required: at least {required}."),
                hint=N_("Add the policy ({@insurances.kind}: {=liability}) to {file}."),
                place=file_of(member, "insurances"),
                required=Measure(self.amount, "EUR"),
                member=member.organisation.name,
            )
        return strongest([self._policy(bid, member, one) for one in policies])

    def _policy(self, bid: PricedBid, member: Member, one: Insurance) -> Verdict:
        row, start = f"insurances.{one.id}", bid.bid.tender.contract.start
        end = contract_end(bid, options=self.options)
        if one.amount is None:
            return self.missing(
                N_("The liability insurance of {member} does not tell its sum. Required: at least {required}."),
                row=row,
                field="amount",
                place=one.at.of("amount"),
                required=Measure(self.amount, "EUR"),
                member=member.organisation.name,
            )
        if one.amount >= self.amount and one.valid_from > start:
            return self.holds(
                False,
                required=start,
                found=one.valid_from,
                margin=Measure((start - one.valid_from).days, "days"),
                met="",
                not_met=N_("The liability insurance of {member} begins on {found}, the contract on {required}."),
                hint=N_(
                    "Have the insurance begin by the start of the contract, and correct "
                    "{@insurances.valid_from} in {file}."
                ),
                rows=(row,),
                places=(one.at.of("valid_from"),),
                place=one.at.of("valid_from"),
                member=member.organisation.name,
            )
        if one.amount >= self.amount and one.valid_until is not None and one.valid_until < end:
            return self.holds(
                False,
                required=end,
                found=one.valid_until,
                margin=Measure((one.valid_until - end).days, "days"),
                met="",
                not_met=N_(
                    "The liability insurance of {member} ends on {found}; it must be in force until {required}, "
                    "{margin} longer."
                ),
                hint=N_(
                    "Leave {@insurances.valid_until} out in {file} if the policy renews itself, or extend the policy."
                ),
                rows=(row,),
                places=(one.at.of("valid_until"),),
                place=one.at.of("valid_until"),
                member=member.organisation.name,
            )
        return self._sum(member, one, end)

    def _sum(self, member: Member, one: Insurance, end: date) -> Verdict:
        assert one.amount is not None
        return self.at_least(
            one.amount,
            self.amount,
            "EUR",
            met=N_("Liability insurance of {member}: {found}, in force until {until}. Required: at least {required}.")
            if one.valid_until
            else N_("Liability insurance of {member}: {found}, renews itself. Required: at least {required}."),
            not_met=N_(
                "Liability insurance of {member}: {found}. Required: at least {required}, in force until {end}; "
                "missing: {margin}."
            ),
            hint=N_("Ask the insurer for a larger sum, and correct {@insurances.amount} in {file}."),
            rows=(f"insurances.{one.id}",),
            places=(one.at.of("amount"),),
            place=one.at.of("amount"),
            member=member.organisation.name,
            until=one.valid_until,
            end=end,
        )
