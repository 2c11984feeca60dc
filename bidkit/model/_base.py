"""What all nouns share: their place, their field types, and how a text of several languages is kept.

The schema decides the type, not YAML (design: "places"): readers hand over texts as typed or a
workbook's native values, and the types below convert them with `bidkit.money`.

Modules with models do without ``from __future__ import annotations``: pydantic would have to compile every
annotation from its text, which costs each command more than the models themselves.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import (
    any_schema,
    no_info_before_validator_function,
    no_info_plain_validator_function,
)

from bidkit import money
from bidkit.diagnostics import Place, Refused
from bidkit.i18n import N_
from bidkit.messages import values

NOWHERE = Place("")
KEYS = ("id", "line", "criterion", "condition", "lot")  # the first of them that an entry has is its name

# How a value is typed into a workbook: what its cells look like and how they are read.
Kind = Literal[
    "text", "texts", "id", "language", "business_id", "municipality", "phone",
    "money", "amount", "count", "share", "rate", "margin", "hours", "day", "moment", "yes_no",
    "choice", "pairs", "parent", "parameter",
]  # fmt: skip


class FieldType:
    """Marks a type with the function that reads it and the JSON Schema that describes it.

    pydantic is told the validator itself, so it need not work one out for the type that comes out.
    """

    def __init__(self, read: Callable[[Any], Any], json_schema: Mapping[str, Any], kind: Kind) -> None:
        self.read, self.json_schema, self.kind = read, json_schema, kind

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.json_schema)


class _OneOrMany:
    """Lets one value stand for a list of one, as people write it; ``a, b`` is not split: a comma may be text."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_before_validator_function(_many, handler(source))


def _many(written: object) -> object:
    return [written] if isinstance(written, str | int | Decimal) else written


ONE_OR_MANY = _OneOrMany()


class _AsGiven:
    """Marks the place of an entry: readers of files put it there ready-made, and no user can write it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return any_schema()


class Entry(BaseModel):
    """One entry of a dossier, frozen, with the place where it was written."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    at: Annotated[Place, _AsGiven()] = Field(default=NOWHERE, alias="@", exclude=True, repr=False)

    @property
    def key(self) -> str:
        """The name by which other entries call this one; empty if it has none."""
        return next((str(getattr(self, name)) for name in KEYS if name in type(self).model_fields), "")


def reads(convert: Callable[[object], Any], kind: Kind = "text", **json_schema: Any) -> FieldType:
    """Return a field type's reader: a refusal of `bidkit.money` becomes pydantic's own error, facts kept.

    ``kind`` says how the value is typed into a workbook.
    """

    def read(written: object) -> object:
        if isinstance(written, Refused):  # what the reader of a workbook found wrong with the cell
            raise PydanticCustomError("refused", "refused", {"refusal": written})
        if written is None or isinstance(written, dict | list):
            raise PydanticCustomError("wrong_shape", "a single value is asked for")
        try:
            return convert(written)
        except Refused as refusal:
            # worded by the dossier reader
            raise PydanticCustomError("refused", "refused", {"refusal": refusal}) from None

    return FieldType(read, json_schema, kind)


def _number(convert: Callable[[object], Any], kind: Kind, hint: str, *examples: str) -> FieldType:
    return reads(convert, kind, type=["string", "number"], description=hint, examples=list(examples))


def _amount(written: object) -> Decimal:
    return money.number(written, places=2, low=Decimal(0))


def _share(written: object) -> Decimal:
    return money.percent(written, low=Decimal(0), high=Decimal(100))


def _rate(written: object) -> Decimal:
    return money.percent(written, low=Decimal(0))


Money = Annotated[Decimal, _number(money.money, "money", N_("Euros, VAT as the field says"), "1 234,50")]
Amount = Annotated[Decimal, _number(_amount, "amount", N_("Quantity, at most two decimals"), "960", "12,5")]
Share = Annotated[Decimal, _number(_share, "share", N_("Per cent from 0 to 100"), "12,5 %")]
Rate = Annotated[Decimal, _number(_rate, "rate", N_("Per cent"), "17,10 %")]
# the one rate that may be negative
Margin = Annotated[Decimal, _number(money.percent, "margin", N_("Per cent"), "5 %")]
Hours = Annotated[Decimal, _number(money.hours, "hours", N_("Hours"), "7 h 40 min", "16")]
Count = Annotated[int, reads(money.count, "count", type=["integer", "string"], minimum=0)]
Day = Annotated[date, _number(money.day, "day", N_("Date"), "31.1.2027", "2027-01-31")]
Moment = Annotated[datetime, _number(money.moment, "moment", N_("Date and time, Finnish time"), "15.1.2027 12:00")]
YesNo = Annotated[bool, reads(money.yes_no, "yes_no", type=["boolean", "string"])]
Phone = Annotated[str, reads(money.phone, "phone", type=["string", "number"])]
BusinessId = Annotated[str, _number(money.business_id, "business_id", N_("Finnish business ID"), "1234567-1")]


def _text(written: object) -> str:
    text = str(written).strip()
    if not text:
        raise Refused(values.EMPTY_TEXT, field="")
    return text


_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")


def is_id(value: object) -> bool:
    """Say whether a value can be an id, by which other entries name one."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _id(written: object) -> str:
    text = str(written).strip()
    if not is_id(text):
        raise Refused(values.BAD_ID, value=text, near=near_id(text))
    return text


def near_id(text: str) -> str:
    """Return an id that looks like ``text``: “Työhönvalmennus 2” gives ``tyohonvalmennus-2``; any if none does."""
    from unicodedata import normalize

    text = re.sub(r"(?<=\d),(?=\d)", ".", text)  # 3,2 of a Finnish keyboard is section 3.2
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._]+", "-", plain).strip("._-") or "valmennus-1"


_LANGUAGE = re.compile(r"[a-z]{2,3}|selko")


# Names of languages as people write them, in Finnish, Swedish and English → code.
_LANGUAGE_NAMES = {
    name: code
    for code, names in {
        "fi": "suomi finska finnish",
        "sv": "ruotsi svenska swedish",
        "en": "englanti engelska english",
        "selko": "selkokieli selkosuomi",
        "se": "pohjoissaame nordsamiska",
        "et": "viro estniska estonian",
        "ru": "venäjä ryska russian",
        "ar": "arabia arabiska arabic",
        "so": "somali somaliska",
        "uk": "ukraina ukrainska ukrainian",
    }.items()
    for name in names.split()
}


def language_code(written: object) -> str:
    """Return a language code: two or three small letters, or ``selko`` for plain Finnish; names are known of some."""
    text = str(written).strip().lower()
    return _LANGUAGE_NAMES.get(text) or _known_by_code(text)


def _known_by_code(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise Refused(values.UNKNOWN_LANGUAGE, value=text)
    return text


Text = Annotated[str, reads(_text, type="string")]
Id = Annotated[str, reads(_id, "id", type="string", pattern="^[a-z0-9][a-z0-9._-]*$")]
Language = Annotated[str, reads(language_code, "language", type="string")]


def _language_of(key: str, value: object) -> str:
    if value is None and not _LANGUAGE.fullmatch(key.strip().lower()):
        raise Refused(values.CUT_AT_COMMA, cut=key)
    return _known_by_code(key.strip().lower())  # by name as well, two texts of one language could be told


def _refused_in(written: object) -> Refused | None:
    """Return what the reader of a workbook found wrong with one of the cells of a text."""
    candidates = written.values() if isinstance(written, Mapping) else (written,)
    return next((one for one in candidates if isinstance(one, Refused)), None)


HOME = ""  # the key of a text that was written without naming its language


def _texts(written: object) -> Mapping[str, str]:
    poison = _refused_in(written)
    if poison is not None:
        raise PydanticCustomError("refused", "refused", {"refusal": poison})
    if isinstance(written, Mapping):
        try:
            return {_language_of(key, value): _text(value) for key, value in written.items() if key != "@"}
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
    FieldType(
        _texts,
        {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
            ]
        },
        "texts",
    ),
]


def in_language(texts: Mapping[str, str] | None, language: str, home: str) -> str:
    """Return ``texts`` in ``language``; a text that names no language is in ``home``. Empty if there is none."""
    if not texts:
        return ""
    found = texts.get(language)
    if found is None and language == home:
        found = texts.get(HOME)
    return found or ""


def in_any_language(texts: Mapping[str, str] | None, language: str, home: str) -> str:
    """Return ``texts`` in ``language``, or as it is there: in ``home``, else the first. Empty if there is none."""
    if not texts:
        return ""
    own = in_language(texts, language, home) or in_language(texts, home, home)
    return own or next(iter(texts.values()))


class _ProperName:
    """Marks a text that is the same in every language if it is written without naming one: a buyer's name."""

    def __repr__(self) -> str:
        return "PROPER_NAME"


PROPER_NAME = _ProperName()
Name = Annotated[Texts, PROPER_NAME]


class _Narrative:
    """Marks a text in which every figure should be a reference to the dossier (`bidkit.model.narrative`)."""

    def __repr__(self) -> str:
        return "NARRATIVE"


NARRATIVE = _Narrative()
Narrative = Annotated[Texts, NARRATIVE]


Ids = Annotated[tuple[Id, ...], ONE_OR_MANY]
Words = Annotated[tuple[Text, ...], ONE_OR_MANY]
Languages = Annotated[tuple[Language, ...], ONE_OR_MANY]


def in_order(start: date | None, end: date | None, field: str) -> None:
    """Refuse a span that ends before it begins; ``field`` is where its end is written."""
    if start is not None and end is not None and end < start:
        refusal = Refused(values.PERIOD_BACKWARDS, field, start=start, end=end)
        raise PydanticCustomError("refused", "refused", {"refusal": refusal})


class Period(Entry):
    """A span of days, both ends included; without ``end`` it goes on."""

    start: Day = Field(title=N_("Starts"), description=N_("First day"))
    end: Day | None = Field(
        default=None, title=N_("Ends"), description=N_("Last day; leave it out if it still goes on")
    )

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        in_order(self.start, self.end, "end")
        return self
