"""Prices, attachments, and the rows that every printed figure comes from."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

from bidkit.i18n import N_
from bidkit.model import bid as bid_model
from bidkit.model import cost, evidence, organisation
from bidkit.model._base import Entry
from bidkit.model.dossier import NOUNS
from bidkit.render.context import words
from bidkit.render.context.writer import NONE, Writer
from bidkit.stages import PricedLine, PricedLot

Plain = dict[str, Any]


def price(w: Writer) -> Plain | None:
    """Return the price schedule; None unless the tender lets the bid show prices."""
    priced = w.assessment.priced
    if not w.prices_shown or not any(lot.lines for lot in priced.lots):
        return None
    basics = w.dossier.bid
    return {
        "lots": [_lot(w, lot) for lot in priced.lots if lot.lines],
        "net": w.money(priced.net),
        "vat": w.money(priced.vat),
        "gross": w.money(priced.gross),
        "reason": w.rich(basics.price_reason, at=basics, name="price_reason"),
    }


def _lot(w: Writer, lot: PricedLot) -> Plain:
    grounds = {_ground(w, line.bid.price.vat) for line in lot.lines}
    return {
        "number": lot.bid.lot.number,
        "title": w.text(lot.bid.lot.title),
        "lines": [_line(w, line) for line in lot.lines],
        "net": w.money(lot.net),
        "vat": w.money(lot.vat),
        "gross": w.money(lot.gross),
        "comparison": w.money(lot.comparison),
        "grounds": sorted(ground for ground in grounds if ground),
    }


def _line(w: Writer, line: PricedLine) -> Plain:
    entry, vat = line.line, line.bid.price.vat
    rate = w.percent(line.vat_rate) if line.vat_rate is not None else NONE
    w.cite(f"price_lines.{entry.id}")
    basis = N_("VAT included") if entry.vat_basis == "included" else N_("VAT excluded")
    return {
        "number": entry.number,
        "title": w.text(entry.title),
        "unit": w.word(words.UNITS, entry.unit),
        "quantity": w.say.number(line.quantity) if entry.quantity is not None else NONE,
        "unit_price": w.money(line.unit_price, max(2, entry.decimals)),
        "basis": w.say.text(basis),
        "net": w.money(line.net),
        "vat_status": w.say.text(words.VAT[vat.status], rate=rate),
        "vat": w.money(line.vat),
        "gross": w.money(line.gross),
        "compared": entry.compared,
        "source": w.cite(f"prices.{entry.id}"),
    }


def _ground(w: Writer, vat: bid_model.Vat) -> str:
    return w.text(vat.ground)


def attachments(w: Writer) -> list[Plain]:
    """Return the attachments in the order of their numbers; business secrets are marked."""
    return [
        {
            "number": one.number,
            "title": w.text(one.title),
            "confidential": w.say.text(N_("Business secret")) if one.confidential else "",
            "public": w.say.text(N_("Public")) if not one.confidential else "",
            "pages": w.say.number(one.pages) if one.pages is not None else NONE,
            "source": w.cite(f"attachments.{one.id}"),
        }
        for one in w.dossier.attachments
    ]


def sources(w: Writer) -> list[Plain]:
    """Return every row that was cited, in the order of first use; call it after all else is written."""
    found = []
    for row, number in w.sources().items():
        holder, _, own = row.rpartition("/")
        noun, _, key = own.partition(".")
        entry = w.entries.get(row) or w.entries.get(noun)
        found.append(
            {
                "number": number,
                "kind": w.word(words.NOUNS, noun),
                "title": title(w, own, entry),
                "holder": w.names.get(holder, ""),
                "row": NONE if not key or _names_a_person(w, entry, key) else key,
                "origin": _origin(w, entry),
            }
        )
    return found


def _names_a_person(w: Writer, entry: Entry | None, key: str) -> bool:
    """Tell whether an id gives away part of a name that the bid does not print."""
    if not isinstance(entry, organisation.StaffMember) or not entry.name or w.dossier.bid.name_staff:
        return False
    plain = normalize("NFKD", entry.name.casefold()).encode("ascii", "ignore").decode()
    return not set(re.split(r"[\W_]+", plain)).isdisjoint(re.split(r"[\W_]+", key))


def title(w: Writer, row: str, entry: Entry | None) -> str:
    """Return what a reader calls the entry of a row."""
    noun = row.partition(".")[0]
    if row == noun and NOUNS[noun].holds == "many":
        return w.say.text(N_("All entries together"))
    match entry:
        case evidence.Outcome():
            return f"{w.word(words.INDICATORS, entry.indicator)}, {w.span(entry)}"
        case organisation.Organisation():
            return entry.name
        case bid_model.BidBasics():
            return w.day(entry.date)
        case bid_model.Attestation():
            return w.many((w.text(entry.by), w.day(entry.on)))
        case bid_model.Price() | bid_model.Answer() | bid_model.LotOffer():
            asked = {"Price": "price_lines", "Answer": "criteria", "LotOffer": "lots"}[type(entry).__name__]
            key = getattr(entry, {"price_lines": "line", "criteria": "criterion", "lots": "lot"}[asked])
            return title(w, f"{asked}.{key}", w.entries.get(f"{asked}.{key}"))
        case None:
            return NONE
    written = getattr(entry, "title", None) or getattr(entry, "name", None) or getattr(entry, "text", None)
    return (written if isinstance(written, str) else w.text(written)) or NONE


def _origin(w: Writer, entry: Entry | None) -> str:
    match entry:
        case evidence.Outcome():
            return w.many((w.text(entry.source), w.text(entry.instrument)))
        case cost.Salary() | cost.CostItem():
            return entry.source if isinstance(entry.source, str) else w.text(entry.source)
        case organisation.Certificate():
            return entry.issuer or NONE
        case organisation.Insurance():
            return entry.insurer
        case organisation.Reference():
            return w.text(entry.buyer)
        case _:
            return NONE
