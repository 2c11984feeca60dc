"""A productised service: fixed content, dose and promise, described once and offered to many buyers."""

from typing import Literal

from pydantic import Field

from bidkit.i18n import N_
from bidkit.model._base import Amount, Count, Entry, Hours, Id, Ids, Languages, Narrative, Share, Texts, Words
from bidkit.model.codes import MunicipalityCodes

Unit = Literal["hour", "client", "client_day", "group", "month", "start", "outcome", "visit"]


class Step(Entry):
    """One step of the client's path through the service."""

    name: Texts = Field(title=N_("Name"), description=N_("Name of the step"))
    phase: Literal["referral", "start", "period", "end", "follow_up"] = Field(
        title=N_("Phase"), description=N_("Where on the client's path the step is")
    )
    what: Texts = Field(title=N_("What happens"), description=N_("What happens, for the client"))
    hours: Hours | None = Field(
        default=None, title=N_("Hours a client"), description=N_("Hours per client, if they can be told")
    )
    owner: Texts | None = Field(default=None, title=N_("Responsible person"), description=N_("Who is responsible"))


class Dose(Entry):
    """How much of the service one client gets."""

    hours: Hours = Field(title=N_("Hours in all"), description=N_("Hours per client in all"))
    individual_hours: Hours | None = Field(
        default=None, title=N_("Hours one to one"), description=N_("Of these, hours one to one")
    )
    weeks: Amount = Field(title=N_("Weeks"), description=N_("Length of the client's period in weeks"))
    hours_per_month: Hours | None = Field(
        default=None, title=N_("Hours a month"), description=N_("Contact hours per client and month")
    )
    group_min: Count | None = Field(default=None, title=N_("Smallest group"), description=N_("Smallest group"))
    group_max: Count | None = Field(default=None, title=N_("Largest group"), description=N_("Largest group"))


class Capacity(Entry):
    """How many clients the service can take, with the staff named for it."""

    clients: Count | None = Field(default=None, title=N_("Clients at one time"), description=N_("Clients at one time"))
    clients_per_day: Count | None = Field(default=None, title=N_("Clients a day"), description=N_("Clients a day"))
    clients_per_month: Count | None = Field(
        default=None, title=N_("New clients a month"), description=N_("New clients a month")
    )
    clients_per_year: Count | None = Field(default=None, title=N_("Clients a year"), description=N_("Clients a year"))
    client_days_per_year: Count | None = Field(
        default=None, title=N_("Client-days a year"), description=N_("Client-days a year")
    )


class WorkHours(Entry):
    """How many hours of client work one sold unit takes, preparation and records included."""

    unit: Unit = Field(
        title=N_("Unit"), description=N_("Unit of a price line: hour, client, client_day, group, month, start, visit")
    )
    hours: Hours = Field(title=N_("Hours per unit"), description=N_("Hours of client work that one unit takes"))


class Module(Entry):
    """A part of the service that can be bought alone."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    name: Texts = Field(title=N_("Name"), description=N_("Name"))
    what: Texts = Field(title=N_("Content"), description=N_("Content"))
    hours: Hours | None = Field(default=None, title=N_("Hours a client"), description=N_("Hours per client"))


class Service(Entry):
    """What is sold: for whom, what, how much, by whom, where, and what it promises."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    name: Texts = Field(title=N_("Name"), description=N_("Name of the service"))
    kind: Id = Field(
        title=N_("Kind"), description=N_("Kind of service: job_coaching, career_guidance, rehabilitative_work …")
    )
    promise: Narrative = Field(title=N_("Promise"), description=N_("The promise in one sentence"))
    client_groups: Ids = Field(title=N_("Client groups"), description=N_("Ids of the client groups it is for"))
    need: Narrative = Field(title=N_("Need"), description=N_("Which need it answers"))
    exclusions: Narrative | None = Field(
        default=None, title=N_("Not meant for"), description=N_("For whom it is not meant")
    )
    aim: Narrative = Field(title=N_("Aim"), description=N_("Aim of the service"))
    content: Narrative = Field(title=N_("Content"), description=N_("Content, in plain paragraphs and lists"))
    steps: tuple[Step, ...] = Field(title=N_("Steps"), description=N_("The client's path"))
    dose: Dose = Field(title=N_("Dose"), description=N_("How much of it a client gets"))
    methods: Narrative = Field(title=N_("Methods"), description=N_("Methods"))
    tools: Words = Field(default=(), title=N_("Tools"), description=N_("Names of methods and instruments used"))
    staff_roles: Ids = Field(title=N_("Roles"), description=N_("Roles that do the work"))
    clients_per_coach: Count | None = Field(
        default=None, title=N_("Clients per coach"), description=N_("Clients per coach at one time")
    )
    sites: Ids = Field(default=(), title=N_("Sites"), description=N_("Ids of the sites where it is given"))
    municipalities: MunicipalityCodes = Field(
        default=(),
        title=N_("Other municipalities"),
        description=N_("Further municipalities where it is given, for example by visits or remotely"),
    )
    in_person: Share | None = Field(default=None, title=N_("Share in person"), description=N_("Share given in person"))
    remote: Narrative | None = Field(
        default=None,
        title=N_("How it works remotely"),
        description=N_("How it is given remotely, in words for the buyer; leave it out if it is not"),
    )
    languages: Languages = Field(title=N_("Languages"), description=N_("Languages it is given in"))
    start_within_days: Count | None = Field(
        default=None, title=N_("Working days to start"), description=N_("Working days from order to start")
    )
    capacity: Capacity = Field(title=N_("Capacity"), description=N_("Capacity"))
    work_hours: tuple[WorkHours, ...] = Field(
        default=(),
        title=N_("Client work hours"),
        description=N_("Hours of client work per sold unit; one hour takes one"),
    )
    result: Narrative = Field(title=N_("Result"), description=N_("Result promised and how it is proved"))
    cooperation: Narrative | None = Field(
        default=None, title=N_("Cooperation"), description=N_("Cooperation with the buyer and others")
    )
    quality: Narrative | None = Field(default=None, title=N_("Quality"), description=N_("Quality and self-monitoring"))
    reporting: Narrative | None = Field(default=None, title=N_("Reporting"), description=N_("Reporting to the buyer"))
    reports_per_year: Count | None = Field(
        default=None, title=N_("Reports a year"), description=N_("Reports to the buyer a year")
    )
    risks: Narrative | None = Field(default=None, title=N_("Risks"), description=N_("Risks and how they are met"))
    launch: Narrative | None = Field(default=None, title=N_("Launch"), description=N_("How the service is started up"))
    modules: tuple[Module, ...] = Field(
        default=(), title=N_("Modules"), description=N_("Modules that can be bought alone")
    )
    price_to_client: Texts | None = Field(
        default=None, title=N_("Price to the client"), description=N_("Price to the client, usually free")
    )
    service_code: Count | None = Field(
        default=None, title=N_("Service code"), description=N_("Service code of the employment authority")
    )
