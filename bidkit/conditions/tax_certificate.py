"""Tax certificate: issued at most so many months before the deadline."""

from functools import partial
from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._dates import POINTS, Point, months_before, point_day
from bidkit.conditions._later import or_later
from bidkit.conditions._members import each, file_of
from bidkit.diagnostics import Fact, Measure
from bidkit.i18n import N_
from bidkit.model._base import Count
from bidkit.model.dossier import Member
from bidkit.stages import PricedBid, Scope, Verdict


class TaxCertificate(Kind):
    """Every member must have a certificate of tax payment that is at most so many months old.

    The tender says it like this: “Verovelkatodistus, enintään kolme kuukautta vanha” or “Todistus verojen
    maksamisesta, joka ei saa olla kolmea kuukautta vanhempi tarjousten määräajan päättyessä”.

    bidkit counts calendar months back from the deadline for bids (or the start of the contract, with
    `measured_to`), never from today. With a deadline on 15.1.2027 a certificate of 15.10.2026 passes and one of
    14.10.2026 does not; three months before 31.5.2027 is 28.2.2027. The newest certificate of the kind `tax`
    counts. One that is issued after that day does not count, because it cannot go with the bid.

    Every member of a group needs its own, and so does everybody whose capacities the lead relies on.
    Subcontractors and small members of an umbrella are not asked for one here (unverified: read the tender).
    Whoever needs one and has none cannot be judged.

    If it is not met, order a new certificate from the tax administration's online service (OmaVero) in time and
    write its date in `certificates`. If the buyer accepts it later, attest it with the day in `from`.

    Example: `kind: tax_certificate`, `parameters: {months: 3}`.
    """

    number: ClassVar[int] = 37
    title: ClassVar[str] = N_("Tax certificate")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "grounds"

    months: Count = Field(
        default=3, title=N_("Most months old"), description=N_("How many months old it may be, at the most")
    )
    measured_to: Point = Field(
        default="deadline",
        title=N_("Measured on"),
        description=N_("Day to which it is measured: deadline or contract_start"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Judge the newest certificate of each member."""
        return or_later(self, bid, scope, each("all", scope, partial(self._member, bid)))

    def _member(self, bid: PricedBid, member: Member) -> Verdict:
        day = point_day(bid, self.measured_to)
        limit = months_before(day, self.months)
        facts: dict[str, Fact] = {
            "member": member.organisation.name,
            "months": Measure(self.months, "months"),
            "day": day,
            "point": POINTS[self.measured_to],
        }
        certificates = [one for one in member.certificates if one.kind == "tax"]
        if not certificates:
            return self.cannot_tell(
                N_("{member} has no tax certificate. Required: issued on {required} or later."),
                hint=N_("Order the certificate and add it ({@certificates.kind}: tax) to {file}."),
                place=file_of(member, "certificates"),
                required=limit,
                **facts,
            )
        in_time = [one for one in certificates if one.issued <= day]
        newest = max(in_time or certificates, key=lambda one: one.issued)
        late = N_(
            "The tax certificate of {member} was issued on {found}, after the {point} ({day}), so it does not count. "
            "Required: issued on {required} or later."
        )
        old = N_(
            "The tax certificate of {member} was issued on {found}, {margin} too early. Required: issued on "
            "{required} or later ({months} before {day}, {point})."
        )
        place = newest.at.of("issued")
        return self.holds(
            bool(in_time) and newest.issued >= limit,
            required=limit,
            found=newest.issued,
            margin=Measure((newest.issued - limit if in_time else day - newest.issued).days, "days"),
            met=N_(
                "The tax certificate of {member} was issued on {found}. Required: issued on {required} or later "
                "({months} before {day}, {point})."
            ),
            not_met=old if in_time else late,
            hint=N_("Order a new certificate and correct {@certificates.issued} of {row} in {file}."),
            rows=(f"certificates.{newest.id}",),
            places=(place,),
            place=place,
            row=f"certificates.{newest.id}",
            **facts,
        )
