"""The answer: which service answers which lot and line, at what price, with which answers and attestations."""

from typing import Literal

from pydantic import Field

from bidkit.i18n import N_
from bidkit.model._base import (
    Amount,
    Count,
    Day,
    Entry,
    Id,
    Ids,
    Language,
    Margin,
    Money,
    Narrative,
    Rate,
    Text,
    Texts,
    YesNo,
)
from bidkit.model.service import Capacity


class BidBasics(Entry):
    """The bid as a whole."""

    language: Language = Field(title=N_("Language"), description=N_("Language of the bid"))
    written_in: Language = Field(
        default="fi", title=N_("Language of texts"), description=N_("Language of texts that name none")
    )
    date: Day = Field(title=N_("Date"), description=N_("Date of the bid"))
    valid_until: Day = Field(title=N_("Valid to"), description=N_("The bid is valid until"))
    letter: Narrative = Field(title=N_("Letter"), description=N_("Cover letter, in plain paragraphs"))
    summary: Narrative = Field(title=N_("Summary"), description=N_("Summary, in plain paragraphs"))
    responsibility: Narrative | None = Field(
        default=None, title=N_("Social responsibility"), description=N_("Social responsibility")
    )
    data_protection: Narrative | None = Field(
        default=None, title=N_("Data protection"), description=N_("Data protection")
    )
    lot_preference: Ids = Field(
        default=(), title=N_("Lots by preference"), description=N_("Lots in order of preference, if not all can be won")
    )
    name_staff: YesNo = Field(
        default=False, title=N_("Staff names printed"), description=N_("Print names of staff members?")
    )
    price_reason: Narrative | None = Field(
        default=None, title=N_("Reasons for prices"), description=N_("How the prices were formed, for the buyer")
    )


class LotCapacity(Capacity):
    """The part of a service's capacity that is promised to one lot."""

    service: Id = Field(title=N_("Service"), description=N_("Id of the service"))


class LotOffer(Entry):
    """One lot that is offered, and with which services."""

    lot: Id = Field(title=N_("Lot"), description=N_("Id of the lot"))
    services: Ids = Field(title=N_("Services"), description=N_("Ids of the services that answer it"))
    capacity: tuple[LotCapacity, ...] = Field(
        default=(),
        title=N_("Capacity"),
        description=N_("Capacity promised to this lot; needed when a service is offered in several lots"),
    )
    plan: Narrative | None = Field(
        default=None, title=N_("Delivery plan"), description=N_("How the lot is carried out, in plain paragraphs")
    )


class Vat(Entry):
    """VAT status of a line, with the ground and who decided."""

    status: Literal["standard", "exempt", "not_liable", "unknown"] = Field(
        title=N_("Status"), description=N_("How VAT is treated; a bid cannot be sent while it is {=unknown}")
    )
    rate: Rate | None = Field(
        default=None, title=N_("Rate"), description=N_("Rate, if it is not the general rate of the date")
    )
    ground: Texts | None = Field(default=None, title=N_("Ground"), description=N_("Legal ground"))
    decided_by: Texts | None = Field(default=None, title=N_("Decided by"), description=N_("Who decided, in which role"))
    decided_on: Day | None = Field(default=None, title=N_("Decided on"), description=N_("When"))


class Price(Entry):
    """How one price line is priced."""

    line: Id = Field(title=N_("Price line"), description=N_("Id of the price line"))
    service: Id = Field(title=N_("Service"), description=N_("Id of the service that answers it"))
    strategy: Literal["cost_plus", "fixed", "at_ceiling", "not_offered"] = Field(
        title=N_("Pricing method"),
        description=N_("What the price is made of; a line that is {=not_offered} gets none"),
    )
    margin: Margin | None = Field(
        default=None, title=N_("Margin rate"), description=N_("Margin, per cent of full cost, with {=cost_plus}")
    )
    unit_price: Money | None = Field(default=None, title=N_("Unit price"), description=N_("Unit price (fixed)"))
    below_cost_reason: Texts | None = Field(
        default=None,
        title=N_("Reason below cost"),
        description=N_("Why the price may be below full cost, and who carries the difference"),
    )
    vat: Vat = Field(title=N_("VAT"), description=N_("VAT"))


class Answer(Entry):
    """The answer to one quality criterion."""

    criterion: Id = Field(title=N_("Criterion"), description=N_("Id of the criterion"))
    text: Narrative = Field(title=N_("Answer"), description=N_("Answer, in plain paragraphs"))
    expected_points: Amount | None = Field(
        default=None, title=N_("Expected points"), description=N_("Own estimate of points, internal")
    )


class Attestation(Entry):
    """A person's dated word where no rule can judge."""

    condition: Id = Field(title=N_("Condition"), description=N_("Id of the condition"))
    holds: YesNo = Field(title=N_("Holds"), description=N_("Is it so?"))
    by: Texts = Field(title=N_("Attested by"), description=N_("Who attests, in which role"))
    on: Day = Field(title=N_("Date"), description=N_("Date"))
    statement: Texts = Field(title=N_("Statement text"), description=N_("What is attested, as printed in the bid"))
    from_: Day | None = Field(
        default=None,
        alias="from",
        title=N_("Holds from"),
        description=N_("If it will hold only later: from which day (luotettava selvitys)"),
    )
    evidence: Id | None = Field(
        default=None, title=N_("Evidence attachment"), description=N_("Id of an attachment that shows it")
    )


class Attachment(Entry):
    """A file that goes with the bid."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    number: Text = Field(title=N_("Number"), description=N_("Number in the list of attachments"))
    title: Texts = Field(title=N_("Name"), description=N_("Title"))
    file: Text | None = Field(default=None, title=N_("File"), description=N_("File in the folder attachments/"))
    answers: Id | None = Field(
        default=None, title=N_("Requested attachment"), description=N_("Id of the attachment that the tender asks for")
    )
    confidential: YesNo = Field(default=False, title=N_("Business secret"), description=N_("A business secret?"))
    pages: Count | None = Field(default=None, title=N_("Pages"), description=N_("Pages"))


class Rival(Entry):
    """An assumed rival for the scoring what-if; never printed in the bid."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    lot: Id = Field(title=N_("Lot"), description=N_("Id of the lot"))
    price: Money = Field(title=N_("Comparison price"), description=N_("Assumed comparison price"))
    quality: Amount = Field(title=N_("Quality points"), description=N_("Assumed quality points"))
    note: Text | None = Field(default=None, title=N_("Note"), description=N_("Where the assumption comes from"))
