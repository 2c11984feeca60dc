"""Currency of certificates, as far as no condition of the tender asks for it: then that is what judges them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bidkit.diagnostics import Finding
from bidkit.merge.conflict import Clash, Pair, shown, stand
from bidkit.messages import merging
from bidkit.model.dossier import Dossier, Member
from bidkit.model.organisation import Certificate

_FAR_APART = 183  # days: half a year


def expired(dossier: Dossier) -> Iterator[Finding]:
    """Yield certificates that are no longer valid at the deadline for bids, the member's best of each kind."""
    deadline = dossier.tender.deadline.date()
    for member in dossier.members:
        for one in _best(dossier, member).values():
            if one.valid_until is not None and one.valid_until < deadline:
                yield merging.CERTIFICATE_EXPIRED.at(
                    one.at.of("valid_until"),
                    member=member.organisation.name,
                    title=shown(one.title),
                    until=one.valid_until,
                    deadline=deadline,
                )


def find(dossier: Dossier) -> Iterator[Clash]:
    """Yield certificates without a last day that are much older than another member's of the same kind."""
    by_kind: dict[str, list[tuple[Member, Certificate]]] = {}
    for member in dossier.members:
        for kind, one in _best(dossier, member).items():
            if one.valid_until is None:
                by_kind.setdefault(kind, []).append((member, one))
    for kind, held in by_kind.items():
        owner, newest = max(held, key=lambda found: found[1].issued)  # of several on one day that of the first
        for member, old in held:
            if (newest.issued - old.issued).days > _FAR_APART:
                pair = Pair(owner.organisation, member.organisation)
                values = (newest.issued, newest.at.of("issued")), (old.issued, old.at.of("issued"))
                conflict = pair.conflict(f"certificates.{kind}", shown(newest.title), *values)
                yield Clash(conflict, merging.CERTIFICATES_APART, {"both": stand})


def _best(dossier: Dossier, member: Member) -> dict[str, Certificate]:
    """Return kind → the certificate of a member that lasts longest, or else is the newest."""
    judged = _judged(dossier)
    found: dict[str, Certificate] = {}
    for one in member.certificates:
        if one.kind not in judged and (one.kind not in found or _age(one) > _age(found[one.kind])):
            found[one.kind] = one
    return found


def _age(one: Certificate) -> tuple[date, date]:
    return one.valid_until or date.max, one.issued


def _judged(dossier: Dossier) -> frozenset[str]:
    """Return the kinds of certificate that the tender's conditions ask for."""
    kinds: set[str] = set()
    for condition in dossier.conditions:
        if condition.kind == "tax_certificate":
            kinds.add("tax")
        elif condition.kind == "quality_certificate":
            told = condition.parameters.get("kinds", ())
            kinds |= {str(kind).strip() for kind in (told if isinstance(told, list | tuple) else (told,))}
    return frozenset(kinds)
