"""What the work costs: salaries with side costs, cost items with a driver, overhead, risk, funding of every row."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from bidkit.i18n import N_
from bidkit.model._base import Amount, Count, Entry, Hours, Id, Money, Period, Rate, Share, Text, Texts, YesNo

Funding = Literal["market", "grant", "wage_subsidy", "municipal", "own"]
Driver = Literal["per_hour", "per_client", "per_group", "per_month", "per_year"]
CostKind = Literal[
    "premises", "ict", "materials", "travel", "training", "subcontracting", "insurance", "overhead", "other"
]


class Allocation(Entry):
    """The share of a salary or cost item that belongs to a service."""

    service: Id = Field(title=N_("Service"), description=N_("Id of the service"))
    share: Share = Field(title=N_("Share"), description=N_("Share, per cent"))


class Salary(Entry):
    """One salary. Employer's side costs are added from the dated table or from this organisation's own rates."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    title: Texts = Field(title=N_("Job title"), description=N_("Post"))
    staff: Id | None = Field(
        default=None, title=N_("Member of staff"), description=N_("Id of the staff member, if there is one")
    )
    monthly: Money = Field(title=N_("Pay a month"), description=N_("Gross pay a month, euros"))
    months: Amount = Field(default=Decimal(12), title=N_("Months a year"), description=N_("Months of pay a year"))
    working_time: Share | None = Field(
        default=None, title=N_("Share of full time"), description=N_("Per cent of full time (default 100 %)")
    )
    holiday_bonus: Rate | None = Field(
        default=None,
        title=N_("Holiday bonus"),
        description=N_("Holiday bonus, per cent of holiday pay (default from the cost basis)"),
    )
    year: Count | None = Field(
        default=None, title=N_("Year"), description=N_("Year whose side costs apply (default: the cost basis)")
    )
    allocations: tuple[Allocation, ...] = Field(
        title=N_("Shares by service"), description=N_("Services the salary is for")
    )
    productive: YesNo = Field(
        default=True,
        title=N_("Client work"),
        description=N_("Does this post do client work? Its hours then count as hours to sell"),
    )
    funding: Funding = Field(
        title=N_("Funding"), description=N_("Who pays; only what is {=market} goes into the price")
    )
    source: Text = Field(title=N_("Source"), description=N_("Where the figure comes from"))


class CostItem(Entry):
    """A cost other than pay, with what makes it grow."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    title: Texts = Field(title=N_("Name"), description=N_("What it is"))
    amount: Money = Field(title=N_("Euros per unit"), description=N_("Euros per driver unit"))
    driver: Driver = Field(
        title=N_("Grows with"),
        description=N_("What the cost grows with"),
    )
    kind: CostKind = Field(
        default="other",
        title=N_("Kind"),
        description=N_("What the cost is for; {=overhead} is added to the overhead that the rate gives"),
    )
    allocations: tuple[Allocation, ...] = Field(
        title=N_("Shares by service"), description=N_("Services the cost is for")
    )
    funding: Funding = Field(
        title=N_("Funding"), description=N_("Who pays; only what is {=market} goes into the price")
    )
    source: Text = Field(title=N_("Source"), description=N_("Where the figure comes from"))


class IncomeSource(Period):
    """Money that pays for the work besides the prices of bids, so that no euro is counted twice."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    title: Texts = Field(title=N_("Name"), description=N_("Who pays and for what"))
    kind: Funding = Field(
        title=N_("Kind"), description=N_("Where the money comes from; {=market} is what the price must cover")
    )
    amount: Money = Field(title=N_("Euros a year"), description=N_("Euros a year"))
    source: Text | None = Field(default=None, title=N_("Source"), description=N_("Where the figure comes from"))
    note: Text | None = Field(default=None, title=N_("Note"), description=N_("What the payer allows or forbids"))


class SideCosts(Entry):
    """Employer's side costs of one year, per cent of gross pay. Overrides the table that ships with bidkit."""

    year: Count = Field(title=N_("Year"), description=N_("Year"))
    pension: Rate = Field(title=N_("Pension"), description=N_("Employer's pension contribution (TyEL)"))
    health: Rate = Field(title=N_("Health insurance"), description=N_("Employer's health insurance contribution"))
    unemployment: Rate = Field(
        title=N_("Unemployment insurance"), description=N_("Unemployment insurance, pay up to the threshold")
    )
    unemployment_above: Rate = Field(
        title=N_("Unemployment above threshold"), description=N_("Unemployment insurance, pay above the threshold")
    )
    threshold: Money = Field(
        title=N_("Payroll threshold"), description=N_("Payroll threshold of unemployment insurance, euros a year")
    )
    accident: Rate = Field(title=N_("Accident insurance"), description=N_("Accident insurance"))
    group_life: Rate = Field(title=N_("Group life insurance"), description=N_("Group life insurance"))
    source: Text = Field(title=N_("Source"), description=N_("Where the rates come from"))


class WorkingTime(Entry):
    """Hours that one full-time post has for client work in a year."""

    working_days: Count | None = Field(
        default=None, title=N_("Working days a year"), description=N_("Working days a year (default: the calendar)")
    )
    day: Hours = Field(title=N_("Hours a day"), description=N_("Hours of a working day"))
    leave_days: Amount = Field(title=N_("Annual leave days"), description=N_("Annual leave, working days"))
    other_absence_days: Amount = Field(
        title=N_("Other absence days"), description=N_("Sick leave and training, working days")
    )
    client_share: Share = Field(
        title=N_("Share of client work"), description=N_("Share of working time for client work")
    )


class CostBasis(Entry):
    """Assumptions that hold for every price of this organisation."""

    year: Count = Field(title=N_("Year"), description=N_("Year of the costs"))
    working_time: WorkingTime = Field(title=N_("Working time"), description=N_("Working time"))
    holiday_bonus: Rate = Field(title=N_("Holiday bonus"), description=N_("Holiday bonus, per cent of holiday pay"))
    holiday_days: Count = Field(
        default=30, title=N_("Holiday days"), description=N_("Holiday days a year by the Annual Holidays Act")
    )
    other_payroll: Money = Field(
        default=Decimal(0),
        title=N_("Other payroll"),
        description=N_("Payroll of the organisation besides these salaries, for the unemployment threshold"),
    )
    overhead: Rate = Field(
        title=N_("Overhead"),
        description=N_("Overhead, per cent of direct cost; 0 if cost items of the kind overhead give all of it"),
    )
    risk: Rate = Field(title=N_("Risk reserve"), description=N_("Risk reserve, per cent of direct cost and overhead"))
    side_costs: tuple[SideCosts, ...] = Field(
        default=(), title=N_("Side costs"), description=N_("Own side cost rates by year")
    )
    source: Texts | None = Field(default=None, title=N_("Source"), description=N_("Where the assumptions come from"))
