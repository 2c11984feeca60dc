"""Quality certificate: one of those accepted, still valid on the day that counts."""

from datetime import date
from functools import partial
from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._dates import POINTS, Point, point_day
from bidkit.conditions._later import or_later
from bidkit.conditions._members import Who, each, file_of
from bidkit.conditions._verdicts import strongest
from bidkit.diagnostics import Fact, Measure
from bidkit.i18n import N_
from bidkit.model._base import Ids
from bidkit.model.dossier import Member
from bidkit.model.organisation import Certificate
from bidkit.stages import PricedBid, Scope, Verdict


class QualityCertificate(Kind):
    """The bidder must hold a quality certificate of a kind that the tender accepts, and it must be valid.

    The tender says it like this: “Tarjoajalla on voimassa oleva ISO 9001 -sertifikaatti tai vastaava”. What is
    equivalent is for the buyer to say: list in `kinds` every kind that the tender or its answers accept.

    bidkit looks in `certificates` for one of these kinds that has been issued by the deadline for bids and is
    still valid on that day. With `measured_to: contract_start` the first day of the contract takes its place.
    Today's date plays no part. A certificate without a last day is valid without end.

    Every member needs one, unless `who` says `lead` (the lead's is enough) or `any` (one member's is enough).
    A member who has none of these kinds in the dossier cannot be judged.

    In a group this concerns every member; with subcontractors or under an umbrella the lead alone; with
    reliance on capacities the lead's is enough, or that of whoever is relied on in this condition (unverified:
    read the tender).

    If it is not met, renew the certificate and correct its last day. If an audit is agreed and the certificate
    comes before the contract starts, attest it with the day in `from`: the verdict is then “met by” that day.

    Example: `kind: quality_certificate`, `parameters: {kinds: [iso9001, sheq], measured_to: contract_start,
    who: lead}`.
    """

    number: ClassVar[int] = 46
    title: ClassVar[str] = N_("Quality certificate")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "bidder"

    kinds: Ids = Field(
        title=N_("Kinds of certificate"),
        description=N_("Kinds of certificate that are accepted, one of which is needed: iso9001 …"),
    )
    measured_to: Point = Field(
        default="deadline",
        title=N_("Measured on"),
        description=N_("Day on which it must be valid: deadline or contract_start"),
    )
    who: Who = Field(
        default="all",
        title=N_("Who needs it"),
        description=N_("Who needs it: every member (all), the lead (lead), or one of them (any)"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Judge the best certificate of each member."""
        if not self.kinds:
            return self.no_parameters(scope, ("kinds",))
        return or_later(self, bid, scope, each(self.who, scope, partial(self._member, bid)))

    def _member(self, bid: PricedBid, member: Member) -> Verdict:
        day = point_day(bid, self.measured_to)
        fitting = [one for one in member.certificates if one.kind in self.kinds]
        if not fitting:
            return self.cannot_tell(
                N_("{member} has no quality certificate of these kinds: {kinds}. It must be valid on {required}."),
                hint=N_("Add the certificate to {file}, with one of these kinds: {kinds}."),
                place=file_of(member, "certificates"),
                required=day,
                member=member.organisation.name,
                kinds=self.kinds,
            )
        return strongest([self._certificate(bid, member, one, day) for one in fitting])

    def _certificate(self, bid: PricedBid, member: Member, one: Certificate, day: date) -> Verdict:
        facts: dict[str, Fact] = {
            "member": member.organisation.name,
            "title": bid.bid.words(one.title),
            "point": POINTS[self.measured_to],
            "row": f"certificates.{one.id}",
        }
        issued, until = one.at.of("issued"), one.at.of("valid_until")
        if one.issued > day:
            return self.holds(
                False,
                required=day,
                found=one.issued,
                margin=Measure((day - one.issued).days, "days"),
                met="",
                not_met=N_("{title} ({member}) is issued on {found}; it must be there by {required} ({point})."),
                hint=N_(
                    "Correct {@certificates.issued} of {row} in {file}, or attest from which day it will be there."
                ),
                rows=(f"certificates.{one.id}",),
                places=(issued,),
                place=issued,
                **facts,
            )
        return self.holds(
            one.valid_until is None or one.valid_until >= day,
            required=day,
            found=one.valid_until,
            margin=None if one.valid_until is None else Measure((one.valid_until - day).days, "days"),
            met=N_("{title} ({member}) is valid without end. Required: valid on {required} ({point}).")
            if one.valid_until is None
            else N_("{title} ({member}) is valid until {found}. Required: valid on {required} ({point})."),
            not_met=N_("{title} ({member}) was valid until {found}. Required: valid on {required} ({point})."),
            hint=N_("Renew the certificate and correct {@certificates.valid_until} of {row} in {file}."),
            rows=(f"certificates.{one.id}",),
            places=(until,),
            place=until,
            **facts,
        )
