"""Municipalities by name or code, from the classification that ships with bidkit."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Annotated

from bidkit import money
from bidkit.diagnostics import Refused
from bidkit.messages import values
from bidkit.model._base import ONE_OR_MANY, reads
from bidkit.record import record

DATA = Path(__file__).parent.parent / "data"
YEAR = 2026


@record(frozen=True)
class Municipality:
    """One municipality: code, names by language, employment area and wellbeing services county codes."""

    code: str
    names: dict[str, str]
    employment_area: str
    county: str


@cache
def municipalities() -> dict[str, Municipality]:
    """Return code → municipality of `YEAR` (Statistics Finland, CC BY 4.0)."""
    with (DATA / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Municipality(
                row["code"],
                {"fi": row["fi"], "sv": row["sv"], "en": row["fi"]},
                row["employment_area"],
                row["county"],
            )
            for row in csv.DictReader(file)
        }


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in municipalities().values():
        for name in one.names.values():
            found.setdefault(name.casefold(), one.code)
    return found


_BETWEEN = r"\s*[,/&+]\s*|\s+(?:ja|och|and|sekä|samt)\s+"


def municipality_code(written: object) -> str:
    """Return the three-figure code of a municipality given by code, Finnish or Swedish name."""
    text = money.bare(written)
    if text in municipalities():
        return text
    if (code := text.zfill(3)) in municipalities():
        raise Refused(values.CODE_LOST_ZERO, value=text, code=code, name=municipalities()[code].names["fi"])
    named = _by_name().get(text.casefold())
    if named is None:
        from difflib import get_close_matches

        parts = [part.casefold() for part in re.split(_BETWEEN, text)]
        many = len(parts) > 1 and all(part in _by_name() for part in parts)
        near = parts if many else get_close_matches(text.casefold(), _by_name(), n=3, cutoff=0.6)
        names = tuple(municipalities()[_by_name()[n]].names["fi"] for n in near)
        raise Refused(values.UNKNOWN_MUNICIPALITY, value=text, year=str(YEAR), near=names)
    return named


MunicipalityCode = Annotated[str, reads(municipality_code, "municipality", type="string")]
MunicipalityCodes = Annotated[tuple[MunicipalityCode, ...], ONE_OR_MANY]
