"""The buyer's call: what is bought, on which conditions, how bids are compared."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer

from bidkit import money
from bidkit.diagnostics import Clause as PrintedClause
from bidkit.i18n import N_
from bidkit.model._base import (
    Amount,
    Count,
    Day,
    Entry,
    Id,
    Ids,
    Languages,
    Moment,
    Money,
    Name,
    Period,
    Share,
    Text,
    Texts,
    Words,
    YesNo,
    reads,
)
from bidkit.model.codes import MunicipalityCodes
from bidkit.model.service import Unit

Procedure = Literal[
    "open", "restricted", "framework", "dps", "dps_call", "dynamic_small", "voucher", "direct", "negotiated"
]


_MOST_DECIMALS = 4  # the grid of money: an amount is never written finer


def _decimals(written: object) -> int:
    return int(money.number(written, places=0, low=Decimal(0), high=Decimal(_MOST_DECIMALS), example="2"))


Decimals = Annotated[int, reads(_decimals, "count", type=["integer", "string"], minimum=0, maximum=_MOST_DECIMALS)]


class Clause(Entry):
    """Where the tender says it."""

    document: Id = Field(title=N_("Document"), description=N_("Id of the tender document"))
    section: Text | None = Field(default=None, title=N_("Section"), description=N_("Section"))
    page: Text | None = Field(default=None, title=N_("Page"), description=N_("Page"))

    def printed(self, documents: dict[str, str]) -> PrintedClause:
        """Return the clause with the document's title in place of its id."""
        return PrintedClause(documents.get(self.document, self.document), self.section or "", self.page or "")


class TenderDocument(Entry):
    """One document of the tender, in its version."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    title: Texts = Field(title=N_("Name"), description=N_("Title"))
    version: Text | None = Field(default=None, title=N_("Version"), description=N_("Version"))
    published: Day = Field(title=N_("Version date"), description=N_("Date of this version"))


class Question(Entry):
    """A question to the buyer and its binding answer."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    asked: Day | None = Field(default=None, title=N_("Asked on"), description=N_("Date asked"))
    answered: Day | None = Field(default=None, title=N_("Answered on"), description=N_("Date answered"))
    question: Texts = Field(title=N_("Question"), description=N_("Question"))
    answer: Texts | None = Field(default=None, title=N_("Answer"), description=N_("Answer"))


class Option(Entry):
    """An option to renew the contract."""

    months: Count = Field(title=N_("Months"), description=N_("Length in months"))
    notice: Texts | None = Field(default=None, title=N_("How taken up"), description=N_("How it is taken up"))


class Contract(Period):
    """Term of the contract with its options (BT-36, BT-58)."""

    end: Day = Field(title=N_("Ends"), description=N_("Last day without options"))
    options: tuple[Option, ...] = Field(default=(), title=N_("Options"), description=N_("Options"))


class Tender(Entry):
    """The call as a whole."""

    title: Texts = Field(title=N_("Name"), description=N_("Title"))
    reference: Text = Field(title=N_("Reference number"), description=N_("The buyer's reference number"))
    buyer: Name = Field(title=N_("Buyer"), description=N_("Buyer; by language if the name differs"))
    buyer_contact: Text | None = Field(default=None, title=N_("Bids sent to"), description=N_("Where the bid is sent"))
    procedure: Procedure = Field(
        title=N_("Procedure"),
        description=N_("How the buyer buys; the tender says it"),
    )
    deadline: Moment = Field(title=N_("Deadline for bids"), description=N_("Deadline for bids (BT-131)"))
    questions_until: Moment | None = Field(
        default=None, title=N_("Deadline for questions"), description=N_("Deadline for questions")
    )
    valid_until: Day | None = Field(
        default=None, title=N_("Bids valid to"), description=N_("Bids must be valid until (BT-98)")
    )
    contract: Contract = Field(title=N_("Contract term"), description=N_("Contract term"))
    languages: Languages = Field(
        title=N_("Languages of bids"), description=N_("Languages a bid may be written in (BT-97)")
    )
    cpv: Words = Field(default=(), title=N_("CPV codes"), description=N_("CPV codes"))
    area: MunicipalityCodes = Field(
        default=(), title=N_("Service area"), description=N_("Municipalities of the service area")
    )
    documents: tuple[TenderDocument, ...] = Field(
        default=(), title=N_("Documents"), description=N_("Documents of the tender")
    )
    questions: tuple[Question, ...] = Field(default=(), title=N_("Questions"), description=N_("Questions and answers"))
    vat_rule: Literal["per_line", "per_rate"] = Field(
        default="per_line",
        title=N_("VAT rounding"),
        description=N_("VAT is rounded on each line, or once per rate on the total"),
    )
    price_in_bid: YesNo = Field(
        default=False,
        title=N_("Prices in the bid"),
        description=N_("May the Word bid show prices? Often only the price form may"),
    )
    purchase_commitment: YesNo = Field(
        default=False, title=N_("Purchase commitment"), description=N_("Does the buyer commit to the quantities?")
    )
    price_points: Share | None = Field(default=None, title=N_("Price points"), description=N_("Points for price"))
    price_formula: Literal["ratio", "linear", "median", "fixed"] = Field(
        default="ratio",
        title=N_("Price formula"),
        description=N_("How price points are given; the tender says it"),
    )
    quality_points: Share | None = Field(default=None, title=N_("Quality points"), description=N_("Points for quality"))
    quality_scaling: Literal["sum", "scaled"] = Field(
        default="sum",
        title=N_("Scaling of quality points"),
        description=N_("Quality points: summed, or scaled so that the best bid gets the maximum"),
    )


class Lot(Entry):
    """A part of the tender that can be won alone."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    number: Text = Field(title=N_("Number"), description=N_("Number as the tender prints it"))
    title: Texts = Field(title=N_("Name"), description=N_("Title"))
    description: Texts | None = Field(default=None, title=N_("Description"), description=N_("What is bought"))
    area: MunicipalityCodes = Field(
        default=(), title=N_("Municipalities"), description=N_("Municipalities, if they differ from the tender's")
    )
    client_groups: Ids = Field(default=(), title=N_("Client groups"), description=N_("Client groups"))


def _parameters(written: Any) -> Any:
    """Keep a condition's parameters raw, with their places: `resolve` binds them to their kind."""
    return written if isinstance(written, dict) else {"": written}


def _without_places(value: Any) -> Any:
    """Return parameters as they are without where they were written."""
    if isinstance(value, dict):
        return {key: _without_places(one) for key, one in value.items() if key != "@"}
    return [_without_places(one) for one in value] if isinstance(value, list) else value


class Condition(Entry):
    """A boundary condition of the tender, as a kind with parameters."""

    id: Id = Field(title=N_("Id"), description=N_("Id or number as the tender prints it"))
    kind: Id = Field(title=N_("Kind"), description=N_("Kind of condition: `bidkit explain KIND`"))
    text: Texts = Field(title=N_("Requirement"), description=N_("Requirement in the tender's words"))
    binding: Literal["knock_out", "scored", "information"] = Field(
        default="knock_out",
        title=N_("Binding"),
        description=N_("{=knock_out}: not met, out; {=scored}: costs points; {=information}: no effect"),
    )
    lots: Ids = Field(default=(), title=N_("Lots"), description=N_("Lots it concerns; none named: the whole bid"))
    clause: Clause | None = Field(default=None, title=N_("In the tender"), description=N_("Where the tender says it"))
    parameters: Annotated[dict[str, Any], BeforeValidator(_parameters), PlainSerializer(_without_places)] = Field(
        default_factory=dict, title=N_("Parameters"), description=N_("Parameters of the kind")
    )
    evidence: Text | None = Field(
        default=None, title=N_("Evidence attachment"), description=N_("Id of an attachment that shows it")
    )


class Criterion(Entry):
    """An award criterion."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    number: Text = Field(title=N_("Number"), description=N_("Number as the tender prints it"))
    title: Texts = Field(title=N_("Heading"), description=N_("Heading, in the tender's words"))
    question: Texts = Field(title=N_("Question"), description=N_("What is asked, in the tender's words"))
    points: Amount = Field(title=N_("Most points"), description=N_("Most points"))
    minimum: Amount | None = Field(
        default=None, title=N_("Least points"), description=N_("Least points, below which a bid is rejected")
    )
    lots: Ids = Field(default=(), title=N_("Lots"), description=N_("Lots it concerns; none named: all"))
    max_characters: Count | None = Field(
        default=None, title=N_("Most characters"), description=N_("Most characters, spaces included")
    )
    clause: Clause | None = Field(default=None, title=N_("In the tender"), description=N_("Where the tender says it"))


class PriceLine(Entry):
    """A line of the price schedule."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    number: Text = Field(title=N_("Number"), description=N_("Number as the tender prints it"))
    lot: Id = Field(title=N_("Lot"), description=N_("Id of the lot"))
    title: Texts = Field(title=N_("Name"), description=N_("What is priced, in the tender's words"))
    unit: Unit = Field(title=N_("Unit"), description=N_("What is counted and priced"))
    quantity: Amount | None = Field(
        default=None, title=N_("Quantity a year"), description=N_("Estimated quantity a year; none counts as 1")
    )
    vat_basis: Literal["excluded", "included"] = Field(
        default="excluded", title=N_("VAT in the price"), description=N_("Is the price asked with or without VAT?")
    )
    decimals: Decimals = Field(default=2, title=N_("Decimals"), description=N_("Decimals of the unit price"))
    compared: YesNo = Field(
        default=True, title=N_("Compared"), description=N_("Does it count in the comparison price?")
    )
    ceiling: Money | None = Field(
        default=None, title=N_("Ceiling price"), description=N_("Highest unit price accepted")
    )
    fixed: Money | None = Field(default=None, title=N_("Fixed price"), description=N_("Unit price fixed by the buyer"))
    clause: Clause | None = Field(default=None, title=N_("In the tender"), description=N_("Where the tender says it"))


class RequestedAttachment(Entry):
    """An attachment that the tender asks for."""

    id: Id = Field(title=N_("Id"), description=N_("Id"))
    title: Texts = Field(title=N_("Name"), description=N_("Title"))
    mandatory: YesNo = Field(default=True, title=N_("Mandatory"), description=N_("Must it be there?"))
    file_types: Words = Field(
        default=(), title=N_("File types"), description=N_("File types accepted: pdf, docx, xlsx")
    )
    clause: Clause | None = Field(default=None, title=N_("In the tender"), description=N_("Where the tender says it"))
