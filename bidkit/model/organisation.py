"""The organisation and what it has: certificates, insurances, sites, staff, references."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bidkit.i18n import N_
from bidkit.model._base import (
    ONE_OR_MANY,
    Amount,
    BusinessId,
    Count,
    Day,
    Entry,
    Hours,
    Id,
    Ids,
    Language,
    Languages,
    Money,
    Name,
    Narrative,
    Period,
    Phone,
    Share,
    Text,
    Texts,
    YesNo,
    in_order,
)
from bidkit.model.codes import MunicipalityCode, MunicipalityCodes

LegalForm = Literal[
    "association",
    "foundation",
    "cooperative",
    "company",
    "municipality",
    "joint_authority",
    "sole_trader",
    "other",
]

Register = Literal["prepayment", "employer", "vat", "trade", "association", "foundation", "social_services"]
Registers = Annotated[tuple[Register, ...], ONE_OR_MANY]


class Turnover(Entry):
    """Turnover of one financial year."""

    year: Count = Field(title=N_("Year"), description=N_("Calendar year in which the financial year ended"))
    amount: Money = Field(title=N_("Euros"), description=N_("Turnover in euros"))


class Contact(Entry):
    """Whom the buyer contacts: a role is enough, a name is not asked for."""

    role: Texts = Field(title=N_("Role"), description=N_("Role or title"))
    name: Text | None = Field(default=None, title=N_("Name"), description=N_("Name, if it is to be printed"))
    email: Text = Field(title=N_("Email"), description=N_("E-mail address"))
    phone: Phone | None = Field(default=None, title=N_("Phone"), description=N_("Telephone number"))


class Organisation(Entry):
    """The bidder: who it is, where it is registered, who signs."""

    id: Id = Field(title=N_("Id"), description=N_("Short id, for example the name without spaces"))
    name: Text = Field(title=N_("Name"), description=N_("Registered name"))
    business_id: BusinessId = Field(title=N_("Business ID"), description=N_("Business ID"))
    legal_form: LegalForm = Field(
        title=N_("Legal form"),
        description=N_("What kind of organisation it is in law"),
    )
    founded: Count | None = Field(default=None, title=N_("Founded"), description=N_("Year of foundation"))
    address: Text = Field(title=N_("Address"), description=N_("Street address, postal code and town"))
    municipality: MunicipalityCode = Field(title=N_("Home municipality"), description=N_("Home municipality"))
    website: Text | None = Field(default=None, title=N_("Website"), description=N_("Web address"))
    registers: Registers = Field(default=(), title=N_("Registers"), description=N_("Registers that it is in"))
    turnover: tuple[Turnover, ...] = Field(default=(), title=N_("Turnover"), description=N_("Turnover by year"))
    contact: Contact = Field(title=N_("Contact"), description=N_("Contact for the tender"))
    signatory: Contact = Field(title=N_("Signatory"), description=N_("Who signs the bid"))
    profile: Narrative = Field(
        title=N_("Introduction"), description=N_("What the organisation is and does, in plain paragraphs")
    )
    e_invoicing: Text | None = Field(
        default=None, title=N_("E-invoice address"), description=N_("E-invoice address and operator")
    )


class Certificate(Entry):
    """A certificate or extract: tax, pension, quality, trade register and so on."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    kind: Id = Field(title=N_("Kind"), description=N_("Kind: tax, pension, iso9001, sheq, trade_register …"))
    title: Texts = Field(title=N_("Name"), description=N_("What it is called"))
    issuer: Text | None = Field(default=None, title=N_("Issuer"), description=N_("Who issued it"))
    issued: Day = Field(title=N_("Issued on"), description=N_("Date of issue"))
    valid_until: Day | None = Field(
        default=None, title=N_("Valid to"), description=N_("Last day of validity, if it has one")
    )

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        in_order(self.issued, self.valid_until, "valid_until")
        return self


class Insurance(Entry):
    """An insurance policy."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    kind: Literal["liability", "accident", "patient", "other"] = Field(
        title=N_("Kind"), description=N_("What the insurance is for")
    )
    title: Texts = Field(title=N_("Name"), description=N_("What it is called"))
    insurer: Text = Field(title=N_("Insurance company"), description=N_("Insurance company"))
    amount: Money | None = Field(default=None, title=N_("Sum insured"), description=N_("Sum insured per event, euros"))
    valid_from: Day = Field(title=N_("Valid from"), description=N_("First day of cover"))
    valid_until: Day | None = Field(
        default=None, title=N_("Valid to"), description=N_("Last day of cover; leave it out if it renews itself")
    )

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        in_order(self.valid_from, self.valid_until, "valid_until")
        return self


class Site(Entry):
    """A place where clients are met."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    name: Texts = Field(title=N_("Name"), description=N_("Name of the site"))
    address: Text = Field(title=N_("Address"), description=N_("Street address, postal code and town"))
    municipality: MunicipalityCode = Field(title=N_("Municipality"), description=N_("Municipality: name or code"))
    serves: MunicipalityCodes = Field(
        default=(),
        title=N_("Other municipalities"),
        description=N_("Other municipalities whose clients come here or are visited from here"),
    )
    accessible: YesNo | None = Field(
        default=None, title=N_("Accessible"), description=N_("Is it accessible (no steps, door, toilet)?")
    )
    accessibility: Texts | None = Field(
        default=None, title=N_("Accessibility"), description=N_("Accessibility in words")
    )
    from_: Day | None = Field(default=None, alias="from", title=N_("In use from"), description=N_("In use from"))
    until: Day | None = Field(
        default=None, title=N_("In use until"), description=N_("Last day of the lease, if it ends")
    )

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        in_order(self.from_, self.until, "until")
        return self


class TravelTime(Entry):
    """How long it takes between a site and a municipality, by the means that clients or coaches really have."""

    id: Id = Field(title=N_("Id"), description=N_("Id, for example the site and the municipality"))
    site: Id = Field(title=N_("Site"), description=N_("Id of the site"))
    municipality: MunicipalityCode = Field(title=N_("Municipality"), description=N_("Municipality: name or code"))
    minutes: Count = Field(title=N_("Minutes"), description=N_("Minutes one way"))


class Qualification(Entry):
    """A degree or training of a staff member."""

    title: Texts = Field(title=N_("Degree or training"), description=N_("Degree or training"))
    level: Literal["vocational", "specialist", "bachelor", "master", "licensed", "training"] = Field(
        title=N_("Level"), description=N_("How high the degree is; a shorter training is one too")
    )
    field: Id = Field(title=N_("Field"), description=N_("Field: social, health, education, business, career, other …"))
    year: Count | None = Field(default=None, title=N_("Year"), description=N_("Year of completion"))


class Experience(Period):
    """A job that a staff member has or had."""

    task: Texts = Field(title=N_("Task"), description=N_("Task"))
    tags: Ids = Field(
        default=(),
        title=N_("Kinds of work"),
        description=N_("What the work was: job_coaching, career_guidance, group_work …"),
    )
    employer: Text | None = Field(default=None, title=N_("Employer"), description=N_("Employer"))
    share: Share | None = Field(
        default=None,
        title=N_("Share of full time"),
        description=N_("Working time, per cent of full time (default 100 %)"),
    )


class Skill(Entry):
    """A language that a staff member works in."""

    language: Language = Field(title=N_("Language"), description=N_("Language: fi, sv, en, selko (plain Finnish) …"))
    level: Literal["a1", "a2", "b1", "b2", "c1", "c2", "native"] = Field(
        title=N_("Level"), description=N_("Level of the common European scale (CEFR), a1 to c2, or {=native}")
    )


class StaffMember(Entry):
    """A person, or a role still to be filled, that does the work."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    title: Texts = Field(title=N_("Job title"), description=N_("Title: job coach, career counsellor …"))
    name: Text | None = Field(
        default=None, title=N_("Name"), description=N_("Name; confidential, never printed by default")
    )
    roles: Ids = Field(
        title=N_("Roles"), description=N_("Roles in the services: coach, counsellor, manager, specialist …")
    )
    services: Ids = Field(default=(), title=N_("Services"), description=N_("Ids of the services this person works in"))
    qualifications: tuple[Qualification, ...] = Field(
        default=(), title=N_("Qualifications"), description=N_("Degrees and trainings")
    )
    experience: tuple[Experience, ...] = Field(
        default=(), title=N_("Work experience"), description=N_("Work experience")
    )
    languages: tuple[Skill, ...] = Field(default=(), title=N_("Languages"), description=N_("Languages"))
    hours_per_week: Hours = Field(title=N_("Hours a week"), description=N_("Hours a week in these services"))
    from_: Day | None = Field(default=None, alias="from", title=N_("Available from"), description=N_("Available from"))
    until: Day | None = Field(default=None, title=N_("Available until"), description=N_("Available until, if it ends"))

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        in_order(self.from_, self.until, "until")
        return self


class Reference(Period):
    """A contract or project that shows the organisation can do it."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    title: Texts = Field(title=N_("Name"), description=N_("What was delivered"))
    buyer: Name = Field(title=N_("Buyer"), description=N_("Who bought or funded it; by language if the name differs"))
    tags: Ids = Field(
        default=(),
        title=N_("Kinds of service"),
        description=N_("What it was: job_coaching, rehabilitative_work, group_coaching …"),
    )
    value: Money | None = Field(
        default=None, title=N_("Value in all"), description=N_("Total value in euros, VAT excluded")
    )
    value_per_year: Money | None = Field(
        default=None, title=N_("Value a year"), description=N_("Value a year in euros, VAT excluded")
    )
    clients: Count | None = Field(default=None, title=N_("Clients"), description=N_("Clients in all"))
    contact: Texts | None = Field(
        default=None, title=N_("Buyer's contact"), description=N_("Contact at the buyer: unit or role")
    )
    description: Texts = Field(title=N_("Description"), description=N_("Description"))
    contract_key: Id | None = Field(
        default=None,
        title=N_("Shared contract key"),
        description=N_("Same key for one contract held by several members: it counts once"),
    )
    quantity: Amount | None = Field(
        default=None, title=N_("Hours or client-days"), description=N_("Hours or client-days delivered")
    )


class ClientGroup(Entry):
    """A group of clients, named once and used everywhere."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    name: Texts = Field(title=N_("Name"), description=N_("Name of the group"))
    needs: Texts | None = Field(default=None, title=N_("Needs"), description=N_("What the group needs"))


class Partner(Entry):
    """An organisation that does what we cannot do alone: in a consortium, as a subcontractor, or by referral."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    name: Text = Field(title=N_("Name"), description=N_("Registered name"))
    business_id: BusinessId | None = Field(default=None, title=N_("Business ID"), description=N_("Business ID"))
    role: Literal["member", "subcontractor", "capacity", "referral"] = Field(
        title=N_("Role"),
        description=N_(
            "{=member}: bids with us; {=subcontractor}: does a part of the work; {=capacity}: lends its resources; "
            "{=referral}: clients are guided to or from it"
        ),
    )
    competence: Texts = Field(title=N_("Competence"), description=N_("What they can do that we cannot"))
    kinds: Ids = Field(
        default=(),
        title=N_("Kinds of service"),
        description=N_("What they offer: job_coaching, career_guidance, debt_counselling …"),
    )
    municipalities: MunicipalityCodes = Field(
        default=(), title=N_("Municipalities"), description=N_("Municipalities where they work")
    )
    client_groups: Ids = Field(
        default=(), title=N_("Client groups"), description=N_("Ids of the client groups they serve")
    )
    languages: Languages = Field(default=(), title=N_("Languages"), description=N_("Languages they serve in"))
    contact: Text | None = Field(
        default=None, title=N_("Contact"), description=N_("Whom to ask there: role and how to reach them")
    )
    agreed: YesNo | None = Field(
        default=None, title=N_("Agreed to be named"), description=N_("Have they agreed to be named in a bid?")
    )
