"""Outcome evidence: who started, who was followed up, what was reached, and how anybody can check it."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bidkit.diagnostics import Fact, Refused, Word
from bidkit.i18n import N_
from bidkit.messages import values
from bidkit.model._base import Count, Id, Period, Texts, YesNo


class Outcome(Period):
    """One outcome row. The denominator is everybody who started: a rate over finishers hides dropouts."""

    id: Id = Field(title=N_("Id"), description=N_("Id; documents cite it"))
    service: Id = Field(title=N_("Service"), description=N_("Id of the service"))
    client_group: Id = Field(title=N_("Client group"), description=N_("Id of the client group"))
    indicator: Literal[
        "employed", "subsidised_work", "self_employed", "work_trial", "education_started", "education_completed",
        "moved_on", "dropped_out", "work_ability", "satisfaction", "employers_contacted",
    ] = Field(
        title=N_("Outcome"),
        description=N_("What was reached"),
    )  # fmt: skip
    cohort: Count = Field(title=N_("Clients started"), description=N_("Clients who started in the period"))
    followed_up: Count = Field(title=N_("Clients followed up"), description=N_("Of them, clients reached at follow-up"))
    reached: Count = Field(title=N_("Clients with the outcome"), description=N_("Of them, clients with the outcome"))
    follow_up_months: Count = Field(
        title=N_("Months to follow-up"),
        description=N_("Months from the end of the service to follow-up; 0 is at the end"),
    )
    definition: Texts = Field(title=N_("Definition"), description=N_("Definition of the outcome"))
    instrument: Texts = Field(title=N_("Instrument"), description=N_("Instrument or register used"))
    collector: Texts = Field(title=N_("Collected by"), description=N_("Who collected it"))
    source: Texts = Field(title=N_("Source"), description=N_("Where it can be checked"))
    consent: YesNo | None = Field(
        default=None, title=N_("Consent"), description=N_("Have the clients consented to this use?")
    )

    @model_validator(mode="after")
    def _counts_fall(self) -> Self:
        for field, part, small, whole, large in (
            ("followed_up", N_("Followed up"), self.followed_up, N_("the cohort"), self.cohort),
            ("reached", N_("Reached"), self.reached, N_("followed up"), self.followed_up),
        ):
            if small > large:
                facts: dict[str, Fact] = {"part": Word(part), "small": small, "whole": Word(whole), "large": large}
                refusal = Refused(values.COUNTS_DISAGREE, field, **facts)
                raise PydanticCustomError("refused", "refused", {"refusal": refusal})
        return self
