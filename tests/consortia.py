"""Small consortia for tests: members with files of their own, bound together by a form, judged by `bidkit.check`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bidkit.check import check
from bidkit.diagnostics import Place
from bidkit.model import consortium as joint
from bidkit.model._base import Entry
from bidkit.model.dossier import Member
from bidkit.stages import BoundCondition, PricedBid, Verdict
from tests import make

FORMS = ("group", "subcontracting", "reliance", "umbrella")
ROLE = {
    "group": "member",
    "subcontracting": "subcontractor",
    "reliance": "capacity",
    "umbrella": "umbrella_member",
}


def consortium(form: str = "group", **given: Any) -> joint.Consortium:
    return joint.Consortium.model_validate(make._at("consortium", {"form": form, "lead": "a"} | given))


def participant(id_: str, role: str, **given: Any) -> joint.Participant:
    return joint.Participant.model_validate(
        make._at("participants", {"id": id_, "role": role} | given, f"{ord(id_[0])}:1")
    )


def share(member: str, money: str, lot: str = "osa1") -> joint.MemberShare:
    fields = {"id": f"{lot}-{member}", "member": member, "lot": lot, "money": money}
    return joint.MemberShare.model_validate(make._at("shares", fields, f"{ord(member[0])}:1"))


def agreement(topic: str, agreed: str = "kyllä", **given: Any) -> joint.Agreement:
    fields = {"id": topic, "topic": topic, "agreed": agreed} | given
    return joint.Agreement.model_validate(make._at("agreements", fields))


def light(id_: str, **given: Any) -> joint.LightMember:
    fields = {
        "id": id_,
        "name": f"Pieni {id_}",
        "municipality": "609",
        "contact_role": "Puheenjohtaja",
        "email": "pieni@esimerkki.example",
        "activity": "Kahvila.",
        "languages": ["fi"],
    }
    return joint.LightMember.model_validate(make._at("light_member", fields | given))


def attachment(id_: str, file: str | None = "a.pdf", **given: Any) -> Any:
    fields = {"id": id_, "number": "1", "title": id_} | ({"file": file} if file else {}) | given
    return make.bid_model.Attachment.model_validate(make._at("attachments", fields))


def requested(id_: str, title: str, **given: Any) -> Any:
    return make.tender.RequestedAttachment.model_validate(
        make._at("requested_attachments", {"id": id_, "title": title} | given)
    )


def member(id_: str, **given: Any) -> Member:
    """Return a member that keeps its files in a folder of its own and offers one service, called as it is."""
    own = {"id": id_, "name": f"{id_.upper()} ry"} | given.pop("organisation", {})
    service = {"id": f"s-{id_}"} | given.pop("service", {})
    whole = make.member(organisation=make.organisation_(**own), services=(make.service_(**service),), **given)
    return replace(
        whole, **{k: _moved(v, f"jasenet/{id_}/") for k, v in vars(whole).items() if k not in ("homes", "says")}
    )


def _moved(value: Any, folder: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_moved(one, folder) for one in value)
    if not isinstance(value, Entry):
        return value
    inner = {name: _moved(getattr(value, name), folder) for name in type(value).model_fields if name != "at"}
    at = Place(folder + value.at.file, value.at.spot, value.at.fields)
    return value.model_copy(update={**inner, "at": at})


def bid(form: str | None, *members: Member, relied_on: tuple[str, ...] = (), **dossier: Any) -> PricedBid:
    """Return a bid of members in a form, the first of them leading, each with one price line in the only lot.

    With ``relied_on`` these conditions are those in which the others are relied on.
    """
    if form is not None:
        others = {"relied_on": list(relied_on)} if relied_on else {}
        rest = (participant(m.organisation.id, ROLE[form], **others) for m in members[1:])
        dossier = {
            "consortium": consortium(form),
            "participants": (participant("a", "lead"), *rest),
        } | dossier
    services = [one.services[0].id for one in members]
    lines = tuple(
        (make.price_line(id=f"h-{s}", number=f"1.{n}"), make.price(line=f"h-{s}", service=s))
        for n, s in enumerate(services, 1)
    )
    lots = dossier.pop("lots", ((make.lot(), make.offer(services=services), lines),))
    return make.priced_bid(members=members, lots=lots, **dossier)


def judged(kind: Any, priced: PricedBid, **run: Any) -> Verdict:
    """Return the verdict of `check` on a condition of ``kind`` over the whole bid, whose id is v1."""
    name = type(kind).__module__.rsplit(".", 1)[-1]
    bound = BoundCondition(make.condition(name), kind, priced.bid.lots, True, None)
    assessment, _ = check(replace(priced, bid=replace(priced.bid, conditions=(bound,))), **run)
    return assessment.judgements[0].verdict
