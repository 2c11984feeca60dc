"""What organisations that bid together have agreed: form, members, shares, the client's path, settled conflicts.

Only the lead writes it. Everything else of a member stands in that member's own file, which nobody else edits.
"""

from typing import Literal

from pydantic import Field

from bidkit.i18n import N_
from bidkit.model._base import (
    BusinessId,
    Count,
    Day,
    Entry,
    Hours,
    Id,
    Ids,
    Languages,
    Money,
    Narrative,
    Phone,
    Share,
    Text,
    Texts,
    YesNo,
)
from bidkit.model.codes import MunicipalityCode, MunicipalityCodes

# Tender practice: ryhmittymä; alihankinta; voimavaroihin tukeutuminen (§ 92, unverified); sateenvarjomalli.
Form = Literal["group", "subcontracting", "reliance", "umbrella"]
ParticipantRole = Literal["lead", "member", "subcontractor", "capacity", "umbrella_member"]
Topic = Literal["lead", "liability_to_buyer", "data_protection", "money", "exit", "signatures"]
Settled = Literal["keep_first", "keep_second", "sum", "rename_second", "both"]


class Consortium(Entry):
    """How the organisations bid together."""

    form: Form = Field(
        title=N_("Form"),
        description=N_(
            "{=group}: all sign and answer together; {=subcontracting}: the lead signs, others do parts of the work; "
            "{=reliance}: the lead signs and meets requirements with what others have; {=umbrella}: one lead, many "
            "small members"
        ),
    )
    lead: Id = Field(title=N_("Lead"), description=N_("Id of the organisation that leads and signs"))
    name: Texts | None = Field(
        default=None, title=N_("Name of the consortium"), description=N_("Name of the consortium, if it has one")
    )
    liability: Narrative | None = Field(
        default=None,
        title=N_("Liability"),
        description=N_("Who is liable to the buyer, in words; left empty, the usual words of the form are printed"),
    )
    cooperation: Narrative | None = Field(
        default=None,
        title=N_("Leadership and cooperation"),
        description=N_("How the work is led and shared, for the buyer"),
    )
    subcontracting_limit: Share | None = Field(
        default=None,
        title=N_("Most subcontracted"),
        description=N_("Largest share of the price that the tender lets be subcontracted"),
    )


class Participant(Entry):
    """One organisation that takes part, and in which role."""

    id: Id = Field(title=N_("Id"), description=N_("Id of the organisation, as in its own file"))
    role: ParticipantRole = Field(
        title=N_("Role"),
        description=N_(
            "{=lead}, {=member} of a group, {=subcontractor}, {=capacity}: lends its resources, or {=umbrella_member}"
        ),
    )
    task: Texts | None = Field(
        default=None, title=N_("Task in the consortium"), description=N_("What it does in the consortium")
    )
    relied_on: Ids = Field(
        default=(),
        title=N_("Conditions relied on"),
        description=N_("Ids of the conditions that the lead meets with what this organisation has"),
    )
    works_for: Id | None = Field(
        default=None,
        title=N_("Works for"),
        description=N_("Id of the organisation whose subcontractor it is; left empty, the lead's"),
    )
    signs: Id | None = Field(
        default=None,
        title=N_("Signature or authorisation"),
        description=N_("Id of the attachment with its signature, power of attorney or commitment"),
    )
    other_bid: Text | None = Field(
        default=None,
        title=N_("Another bid"),
        description=N_("Another bid to the same tender that it is part of, and how the buyer is told of it"),
    )
    withdrawn: YesNo = Field(
        default=False,
        title=N_("Withdrawn"),
        description=N_("Has it left? Its file is kept, but nothing of it is used"),
    )


class MemberShare(Entry):
    """What a member is promised of a lot; the shares of a lot add up to 100.00 %."""

    id: Id = Field(title=N_("Id"), description=N_("Id, for example the lot and the organisation"))
    member: Id = Field(title=N_("Organisation"), description=N_("Id of the organisation"))
    lot: Id = Field(title=N_("Lot"), description=N_("Id of the lot"))
    money: Share = Field(title=N_("Share of money"), description=N_("Share of the lot's price, per cent"))
    volume: Share | None = Field(
        default=None,
        title=N_("Share of work"),
        description=N_("Share of the work, per cent; left empty, the same as of the money"),
    )
    risk: Share | None = Field(
        default=None,
        title=N_("Share of risk"),
        description=N_("Share of what is lost if no outcome is paid, per cent; left empty, the same as of the money"),
    )


class PathStep(Entry):
    """One step of the client's path over the organisations: whose it is, and who takes over after it."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    name: Texts = Field(title=N_("Step of the path"), description=N_("What happens to the client"))
    lot: Id | None = Field(default=None, title=N_("Lot"), description=N_("Id of the lot, if its path is its own"))
    service: Id | None = Field(
        default=None, title=N_("Service"), description=N_("Id of the service that the step belongs to, if to one")
    )
    owner: Id | None = Field(
        default=None, title=N_("Owner"), description=N_("Id of the organisation that answers for the step")
    )
    next: Ids = Field(
        default=(), title=N_("Next step"), description=N_("Ids of the steps that may follow; the last step has none")
    )
    handover: Texts | None = Field(
        default=None,
        title=N_("Handover"),
        description=N_("How the client is handed over when another organisation goes on"),
    )
    handover_owner: Id | None = Field(
        default=None,
        title=N_("Owner of handover"),
        description=N_("Id of the organisation that sees the handover through"),
    )


class Agreement(Entry):
    """One thing that organisations must have agreed before they bid together."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    topic: Topic = Field(
        title=N_("Topic"),
        description=N_(
            "{=lead}; {=liability_to_buyer}; {=data_protection}; {=money}; {=exit}: what happens if one leaves; "
            "{=signatures}"
        ),
    )
    agreed: YesNo = Field(title=N_("Agreed"), description=N_("Has it been agreed?"))
    by: Texts | None = Field(default=None, title=N_("Agreed by"), description=N_("Who agreed, in which roles"))
    on: Day | None = Field(default=None, title=N_("Date"), description=N_("When"))
    note: Text | None = Field(default=None, title=N_("Note"), description=N_("What was agreed, in a sentence"))


class Resolution(Entry):
    """How a conflict between two members' files is settled: written down by the lead, valid at every later merge.

    `bidkit merge` writes the rows; the lead fills in how each is settled. Only the id tells which conflict it is.
    """

    id: Text = Field(
        title=N_("Id"), description=N_("Mark of the conflict, as `bidkit merge` wrote it; do not change it")
    )
    about: Text | None = Field(default=None, title=N_("About"), description=N_("What the files do not agree on"))
    first: Text | None = Field(default=None, title=N_("First"), description=N_("Whose file says the first value"))
    first_value: Text | None = Field(default=None, title=N_("First value"), description=N_("What it says"))
    second: Text | None = Field(default=None, title=N_("Second"), description=N_("Whose file says the second value"))
    second_value: Text | None = Field(default=None, title=N_("Second value"), description=N_("What it says"))
    settled: Settled | None = Field(
        default=None,
        title=N_("Settled"),
        description=N_(
            "{=keep_first}; {=keep_second}; {=sum} of both; {=rename_second}: the second gets the new id; {=both}: "
            "both hold as they are. Left empty, the conflict is open"
        ),
    )
    new_id: Id | None = Field(
        default=None, title=N_("New id"), description=N_("New id of the second, with {=rename_second}")
    )
    by: Text | None = Field(default=None, title=N_("Decided by"), description=N_("Who decided, in which role"))
    on: Day | None = Field(default=None, title=N_("Decided on"), description=N_("When"))


class LightMember(Entry):
    """A small member of an umbrella on one sheet: what it does under the lead's services, and what that takes.

    Volunteer hours are shown to the buyer and never priced.
    """

    id: Id = Field(title=N_("Id"), description=N_("Short id, for example the name without spaces"))
    name: Text = Field(title=N_("Name"), description=N_("Name of the organisation or group"))
    business_id: BusinessId | None = Field(
        default=None, title=N_("Business ID"), description=N_("Business ID, if it has one")
    )
    municipality: MunicipalityCode = Field(title=N_("Home municipality"), description=N_("Home municipality"))
    contact_role: Texts = Field(title=N_("Contact's role"), description=N_("Whom the lead asks: role or title"))
    email: Text = Field(title=N_("Email"), description=N_("E-mail address"))
    phone: Phone | None = Field(default=None, title=N_("Phone"), description=N_("Telephone number"))
    activity: Narrative = Field(title=N_("Activity"), description=N_("What it does for clients, in a few sentences"))
    services: Ids = Field(
        default=(), title=N_("Services"), description=N_("Ids of the lead's services in which it takes part")
    )
    client_groups: Ids = Field(default=(), title=N_("Client groups"), description=N_("Ids of the lead's client groups"))
    municipalities: MunicipalityCodes = Field(
        default=(), title=N_("Municipalities"), description=N_("Municipalities where it works")
    )
    languages: Languages = Field(title=N_("Languages"), description=N_("Languages it works in"))
    clients_per_year: Count | None = Field(
        default=None, title=N_("Clients a year"), description=N_("How many clients it can meet in a year")
    )
    paid_hours: Hours | None = Field(
        default=None, title=N_("Paid hours a week"), description=N_("Hours a week of paid work in these services")
    )
    volunteer_hours: Hours | None = Field(
        default=None,
        title=N_("Volunteer hours a week"),
        description=N_("Hours a week of volunteers; shown to the buyer, never priced"),
    )
    compensation: Money | None = Field(
        default=None,
        title=N_("Compensation a year"),
        description=N_("Euros a year that the lead pays it, VAT excluded; among the lead's costs"),
    )
    accessible: YesNo | None = Field(
        default=None, title=N_("Accessible"), description=N_("Is its place accessible (no steps, door, toilet)?")
    )
    supervised: YesNo | None = Field(
        default=None,
        title=N_("Professional behind"),
        description=N_("Is a professional at hand whenever volunteers meet clients?"),
    )
