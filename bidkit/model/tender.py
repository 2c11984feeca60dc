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
    return int(money.number(written, places=0, low=Decimal(0), high=Decimal(_MOST_DECIMALS)))


Decimals = Annotated[int, reads(_decimals, "count", type=["integer", "string"], minimum=0, maximum=_MOST_DECIMALS)]


class Clause(Entry):
    """Where the tender says it."""

    document: Id = Field(description=N_("Id of the tender document"))
    section: Text | None = Field(default=None, description=N_("Section"))
    page: Text | None = Field(default=None, description=N_("Page"))

    def printed(self, documents: dict[str, str]) -> PrintedClause:
        """Return the clause with the document's title in place of its id."""
        return PrintedClause(documents.get(self.document, self.document), self.section or "", self.page or "")


class TenderDocument(Entry):
    """One document of the tender, in its version."""

    id: Id = Field(description=N_("Id"))
    title: Texts = Field(description=N_("Title"))
    version: Text | None = Field(default=None, description=N_("Version"))
    published: Day = Field(description=N_("Date of this version"))


class Question(Entry):
    """A question to the buyer and its binding answer."""

    id: Id = Field(description=N_("Id"))
    asked: Day | None = Field(default=None, description=N_("Date asked"))
    answered: Day | None = Field(default=None, description=N_("Date answered"))
    question: Texts = Field(description=N_("Question"))
    answer: Texts | None = Field(default=None, description=N_("Answer"))


class Option(Entry):
    """An option to renew the contract."""

    months: Count = Field(description=N_("Length in months"))
    notice: Texts | None = Field(default=None, description=N_("How it is taken up"))


class Contract(Period):
    """Term of the contract with its options (BT-36, BT-58)."""

    end: Day = Field(description=N_("Last day without options"))
    options: tuple[Option, ...] = Field(default=(), description=N_("Options"))


class Tender(Entry):
    """The call as a whole."""

    title: Texts = Field(description=N_("Title"))
    reference: Text = Field(description=N_("The buyer's reference number"))
    buyer: Name = Field(description=N_("Buyer; by language if the name differs"))
    buyer_contact: Text | None = Field(default=None, description=N_("Where the bid is sent"))
    procedure: Procedure = Field(
        description=N_(
            "Procedure: open, restricted, framework, dps, dps_call, dynamic_small, voucher, direct, negotiated"
        )
    )
    deadline: Moment = Field(description=N_("Deadline for bids (BT-131)"))
    questions_until: Moment | None = Field(default=None, description=N_("Deadline for questions"))
    valid_until: Day | None = Field(default=None, description=N_("Bids must be valid until (BT-98)"))
    contract: Contract = Field(description=N_("Contract term"))
    languages: Languages = Field(description=N_("Languages a bid may be written in (BT-97)"))
    cpv: Words = Field(default=(), description=N_("CPV codes"))
    area: MunicipalityCodes = Field(default=(), description=N_("Municipalities of the service area"))
    documents: tuple[TenderDocument, ...] = Field(default=(), description=N_("Documents of the tender"))
    questions: tuple[Question, ...] = Field(default=(), description=N_("Questions and answers"))
    vat_rule: Literal["per_line", "per_rate"] = Field(
        default="per_line", description=N_("VAT is rounded on each line, or once per rate on the total")
    )
    price_in_bid: YesNo = Field(
        default=False, description=N_("May the Word bid show prices? Often only the price form may")
    )
    purchase_commitment: YesNo = Field(default=False, description=N_("Does the buyer commit to the quantities?"))
    price_points: Share | None = Field(default=None, description=N_("Points for price"))
    price_formula: Literal["ratio", "linear", "median", "fixed"] = Field(
        default="ratio", description=N_("How price points are given: ratio, linear, median, fixed")
    )
    quality_points: Share | None = Field(default=None, description=N_("Points for quality"))
    quality_scaling: Literal["sum", "scaled"] = Field(
        default="sum",
        description=N_("Quality points: summed, or scaled so that the best bid gets the maximum"),
    )


class Lot(Entry):
    """A part of the tender that can be won alone."""

    id: Id = Field(description=N_("Id"))
    number: Text = Field(description=N_("Number as the tender prints it"))
    title: Texts = Field(description=N_("Title"))
    description: Texts | None = Field(default=None, description=N_("What is bought"))
    area: MunicipalityCodes = Field(default=(), description=N_("Municipalities, if they differ from the tender's"))
    client_groups: Ids = Field(default=(), description=N_("Client groups"))


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

    id: Id = Field(description=N_("Id or number as the tender prints it"))
    kind: Id = Field(description=N_("Kind of condition: `bidkit explain KIND`"))
    text: Texts = Field(description=N_("Requirement in the tender's words"))
    binding: Literal["knock_out", "scored", "information"] = Field(
        default="knock_out",
        description=N_("knock_out: not met, out; scored: costs points; information: no effect"),
    )
    lots: Ids = Field(default=(), description=N_("Lots it concerns; none named: the whole bid"))
    clause: Clause | None = Field(default=None, description=N_("Where the tender says it"))
    parameters: Annotated[dict[str, Any], BeforeValidator(_parameters), PlainSerializer(_without_places)] = Field(
        default_factory=dict, description=N_("Parameters of the kind")
    )
    evidence: Text | None = Field(default=None, description=N_("Id of an attachment that shows it"))


class Criterion(Entry):
    """An award criterion."""

    id: Id = Field(description=N_("Id"))
    number: Text = Field(description=N_("Number as the tender prints it"))
    title: Texts = Field(description=N_("Heading, in the tender's words"))
    question: Texts = Field(description=N_("What is asked, in the tender's words"))
    points: Amount = Field(description=N_("Most points"))
    minimum: Amount | None = Field(default=None, description=N_("Least points, below which a bid is rejected"))
    lots: Ids = Field(default=(), description=N_("Lots it concerns; none named: all"))
    max_characters: Count | None = Field(default=None, description=N_("Most characters, spaces included"))
    clause: Clause | None = Field(default=None, description=N_("Where the tender says it"))


class PriceLine(Entry):
    """A line of the price schedule."""

    id: Id = Field(description=N_("Id"))
    number: Text = Field(description=N_("Number as the tender prints it"))
    lot: Id = Field(description=N_("Id of the lot"))
    title: Texts = Field(description=N_("What is priced, in the tender's words"))
    unit: Unit = Field(description=N_("Unit: hour, client, client_day, group, month, start, outcome, visit"))
    quantity: Amount | None = Field(default=None, description=N_("Estimated quantity a year; none counts as 1"))
    vat_basis: Literal["excluded", "included"] = Field(
        default="excluded", description=N_("Is the price asked with or without VAT?")
    )
    decimals: Decimals = Field(default=2, description=N_("Decimals of the unit price"))
    compared: YesNo = Field(default=True, description=N_("Does it count in the comparison price?"))
    ceiling: Money | None = Field(default=None, description=N_("Highest unit price accepted"))
    fixed: Money | None = Field(default=None, description=N_("Unit price fixed by the buyer"))
    clause: Clause | None = Field(default=None, description=N_("Where the tender says it"))


class RequestedAttachment(Entry):
    """An attachment that the tender asks for."""

    id: Id = Field(description=N_("Id"))
    title: Texts = Field(description=N_("Title"))
    mandatory: YesNo = Field(default=True, description=N_("Must it be there?"))
    file_types: Words = Field(default=(), description=N_("File types accepted: pdf, docx, xlsx"))
    clause: Clause | None = Field(default=None, description=N_("Where the tender says it"))
