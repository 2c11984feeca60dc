"""What all nouns share: their place, their field types, and how a text of several languages is kept.

The schema decides the type, not YAML (design: "places"): readers hand over texts as typed or a
workbook's native values, and the types below convert them with `bidkit.money`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from bidkit import money
from bidkit.diagnostics import Place, Refused
from bidkit.i18n import N_
from bidkit.messages import values

NOWHERE = Place("")


class Entry(BaseModel):
    """One entry of a dossier, frozen, with the place where it was written."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        arbitrary_types_allowed=True,
        populate_by_name=True,
        defer_build=True,
    )

    at: Place = Field(default=NOWHERE, alias="@", exclude=True, repr=False)


def _reads(convert: Callable[[object], Any]) -> BeforeValidator:
    """Return a validator that turns a refusal of `bidkit.money` into pydantic's own error, facts kept."""

    def validate(written: object) -> object:
        if written is None or isinstance(written, dict | list):
            raise PydanticCustomError("wrong_shape", "a single value is asked for")
        try:
            return convert(written)
        except Refused as refusal:
            raise PydanticCustomError(
                "refused",
                "refused",
                {"refusal": refusal},  # worded by the dossier reader
            ) from None

    return BeforeValidator(validate)


def _schema(pattern_hint: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "number"], "description": pattern_hint, "examples": list(examples)})


def _grid(places: int, low: int | None, high: int | None) -> Callable[[object], Decimal]:
    return lambda written: money.number(
        written,
        places=places,
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
    )


Money = Annotated[Decimal, _reads(money.money), _schema(N_("Euros, VAT as the field says"), "1 234,50")]
Amount = Annotated[Decimal, _reads(_grid(2, 0, None)), _schema(N_("Quantity, at most two decimals"), "960", "12,5")]
Share = Annotated[
    Decimal,
    _reads(lambda w: money.number(money.percent(w), low=Decimal(0), high=Decimal(100))),
    _schema(N_("Per cent from 0 to 100"), "12,5 %"),
]
Rate = Annotated[Decimal, _reads(money.percent), _schema(N_("Per cent"), "17,10 %")]
Hours = Annotated[Decimal, _reads(money.hours), _schema(N_("Hours"), "7 h 40 min", "16")]
Count = Annotated[int, _reads(money.count), WithJsonSchema({"type": ["integer", "string"], "minimum": 0})]
Day = Annotated[date, _reads(money.day), _schema(N_("Date"), "31.1.2027", "2027-01-31")]
Moment = Annotated[datetime, _reads(money.moment), _schema(N_("Date and time, Finnish time"), "15.1.2027 12:00")]
YesNo = Annotated[bool, _reads(money.yes_no), WithJsonSchema({"type": ["boolean", "string"]})]
BusinessId = Annotated[str, _reads(money.business_id), _schema(N_("Finnish business ID"), "1234567-1")]


def _text(written: object) -> str:
    text = str(written).strip()
    if not text:
        raise Refused(values.EMPTY_TEXT, field="")
    return text


_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")


def _id(written: object) -> str:
    text = str(written).strip()
    if not _ID.fullmatch(text):
        raise Refused(values.BAD_ID, value=text)
    return text


_LANGUAGE = re.compile(r"[a-z]{2,3}|selko")


def language_code(written: object) -> str:
    """Return a language code: two or three small letters, or ``selko`` for plain Finnish."""
    text = str(written).strip().lower()
    if not _LANGUAGE.fullmatch(text):
        raise Refused(values.UNKNOWN_LANGUAGE, value=text)
    return text


Text = Annotated[str, _reads(_text)]
Id = Annotated[str, _reads(_id), WithJsonSchema({"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]*$"})]
Language = Annotated[str, _reads(language_code), WithJsonSchema({"type": "string"})]

HOME = ""  # the key of a text that was written without naming its language


def _texts(written: object) -> Mapping[str, str]:
    if isinstance(written, Mapping):
        try:
            return {language_code(key): _text(value) for key, value in written.items() if key != "@"}
        except Refused as refusal:
            raise PydanticCustomError("refused", "refused", {"refusal": refusal}) from None
    if written is None or isinstance(written, list):
        raise PydanticCustomError("wrong_shape", "a text is asked for")
    try:
        return {HOME: _text(written)}
    except Refused as refusal:
        raise PydanticCustomError("refused", "refused", {"refusal": refusal}) from None


# A text in one language or several: "…" (the dossier's own language) or {fi: …, sv: …}.
Texts = Annotated[
    Mapping[str, str],
    BeforeValidator(_texts),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
            ]
        }
    ),
]


class _Narrative:
    """Marks a text in which every figure should be a reference to the dossier (`bidkit.model.narrative`)."""

    def __repr__(self) -> str:
        return "NARRATIVE"


NARRATIVE = _Narrative()
Narrative = Annotated[Texts, NARRATIVE]


def _many(written: object) -> object:
    """Let one value stand for a list of one, as people write it; ``a, b`` is not split: a comma may be text."""
    return [written] if isinstance(written, str | int | Decimal) else written


Ids = Annotated[tuple[Id, ...], BeforeValidator(_many)]
Words = Annotated[tuple[Text, ...], BeforeValidator(_many)]
Languages = Annotated[tuple[Language, ...], BeforeValidator(_many)]


class Period(Entry):
    """A span of days, both ends included; without ``end`` it goes on."""

    start: Day = Field(description=N_("First day"))
    end: Day | None = Field(default=None, description=N_("Last day; leave it out if it still goes on"))
