"""hinnoittelu.xlsx, the price workbook for the buyer: unit prices as constants, everything else live.

It is made from the prices alone: no cost, margin, strategy, reason or rival enters this module, so that nothing in
the file lets anybody work out what the bidder's work costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bidkit.diagnostics import Measure
from bidkit.i18n import N_, Translator
from bidkit.model.dossier import Member
from bidkit.model.tender import PriceLine
from bidkit.render._sheet import Book, Sheet, price_style, quantity_style
from bidkit.render._words import UNIT_WORDS, VAT_WORDS
from bidkit.stages import Bid, PricedBid, PricedLine, PricedLot

BASIS_WORDS: Mapping[str, str] = {"excluded": N_("VAT excluded"), "included": N_("VAT included")}
HEADS: Mapping[str, str] = {
    "no": N_("No."),
    "title": N_("Service"),
    "unit": N_("Unit"),
    "quantity": N_("Quantity"),
    "price": N_("Unit price"),
    "basis": N_("Price is asked"),
    "asked": N_("Line total"),
    "rate": N_("VAT %"),
    "net": N_("Total without VAT"),
    "vat": N_("VAT"),
    "gross": N_("Total with VAT"),
    "compared": N_("Compared"),
    "by": N_("Given by"),
}
AMOUNTS = ("net", "vat", "gross", "comparison")
RULES = {
    "per_line": N_("VAT is rounded on each line."),
    "per_rate": N_("VAT is rounded once for each rate, on the sum of its lines."),
}
HEAD_ROW = 5


@dataclass(frozen=True)
class _Totals:
    """Where a lot's live totals stand: amount → reference for other sheets."""

    lot: PricedLot
    at: Mapping[str, str]


def render(priced: PricedBid, *, build_id: str, created: datetime, draft: bool = False) -> bytes:
    """Return the workbook in the bid's language; identical bytes for identical input."""
    bid = priced.bid
    words = Translator(bid.language, ("common", "sheets"))
    lead = bid.members[0].organisation
    title = f"{words.text(N_('Price schedule'))}: {bid.words(bid.tender.title)}"
    book = Book(words, title=title, organisation=lead.name, build_id=build_id, created=created, draft=draft)
    summary = book.sheet(words.text(N_("Summary")), landscape=False)
    totals = [_lot_sheet(book, priced, lot) for lot in priced.lots]
    live = _summary(book, summary, priced, totals)
    _grounds(book, priced)
    _check(book, priced, totals, live)
    return book.done()


# --- a lot -----------------------------------------------------------------------------------------
class _LotTable:
    """The table of a lot: which columns it has, where they stand, and the formulas of its lines."""

    def __init__(self, book: Book, sheet: Sheet, priced: PricedBid, lot: PricedLot) -> None:
        self.book, self.sheet, self.priced, self.lot = book, sheet, priced, lot
        self.per_rate = priced.bid.tender.vat_rule == "per_rate"
        self.included = any(line.line.vat_basis == "included" for line in lot.lines)
        some = any(not line.line.compared for line in lot.lines)
        keys = ["no", "title", "unit", "quantity", "price"]
        keys += ["basis"] if self.included else []
        keys += ["asked", "rate"]
        if not self.per_rate:
            keys += ["net", "vat", "gross"] if self.included else ["vat", "gross"]
        keys += ["compared"] if some else []
        keys += ["by"] if len(priced.bid.members) > 1 else []  # last: the sums below stand in the columns before it
        self.keys = keys
        self.col = {key: n for n, key in enumerate(keys)}
        if not self.included:
            self.col["net"] = self.col["asked"]
        self.first = HEAD_ROW + 1
        self.last = self.first

    def text(self, msgid: str) -> str:
        return self.book.words.text(msgid)

    def heads(self) -> list[str]:
        heads = dict(HEADS)
        if not self.included:
            heads |= {"price": N_("Unit price without VAT"), "asked": N_("Total without VAT")}
        return [self.text(heads[key]) for key in self.keys]

    def at(self, row: int, key: str) -> str:
        return Sheet.here(row, self.col[key])

    def range(self, key: str) -> str:
        return Sheet.column(self.col[key], self.first, self.last)

    def total(self, key: str) -> str:
        return f"=ROUND(SUM({self.range(key)}),2)"

    def line(self, row: int, one: PricedLine) -> None:
        """Write one priced line: constants on the left, one operation a cell on the right."""
        s, col, line = self.sheet, self.col, one.line
        self.asked_of(row, line)
        s.number(row, col["quantity"], one.quantity, quantity_style(one.quantity))
        s.number(row, col["price"], one.unit_price, price_style(line.decimals))
        s.formula(
            row, col["asked"], f"=ROUND({self.at(row, 'quantity')}*{self.at(row, 'price')},2)", one.asked, "money"
        )
        if one.vat_rate is None:
            s.text(row, col["rate"], "–")
        else:
            s.number(row, col["rate"], one.vat_rate, "percent")
        if not self.per_rate:
            self.vat(row, one)
        if "compared" in col:
            s.text(row, col["compared"], "x" if line.compared else "")
        if "by" in col:
            s.text(row, col["by"], one.bid.offered.member.organisation.name)

    def asked_of(self, row: int, line: PriceLine) -> None:
        """Write what the tender asks on the line."""
        s, words = self.sheet, self.priced.bid.words
        s.text(row, self.col["no"], line.number)
        s.text(row, self.col["title"], words(line.title))
        s.text(row, self.col["unit"], self.text(UNIT_WORDS[line.unit]))
        if "basis" in self.col:
            s.text(row, self.col["basis"], self.text(BASIS_WORDS[line.vat_basis]))

    def vat(self, row: int, one: PricedLine) -> None:
        """Write the VAT of a line whose VAT is rounded on the line."""
        s, at = self.sheet, self.at
        asked, rate = at(row, "asked"), at(row, "rate")
        if one.line.vat_basis == "included":
            net = f"={asked}" if one.vat_rate is None else f"=ROUND({asked}/(1+{rate}),2)"
            formulas = {"net": net, "vat": f"=ROUND({asked}-{at(row, 'net')},2)", "gross": f"={asked}"}
        else:
            tax = "=0" if one.vat_rate is None else f"=ROUND({asked}*{rate},2)"
            formulas = {"vat": tax, "gross": f"=ROUND({asked}+{at(row, 'vat')},2)"}
            if self.included:
                formulas["net"] = f"={asked}"
        for key, formula in formulas.items():
            s.formula(row, self.col[key], formula, getattr(one, key), "money")

    def not_priced(self, row: int, line: PriceLine, why: str) -> None:
        """Write a line of the tender that has no price, and why."""
        self.asked_of(row, line)
        for key in self.keys:
            if key not in ("no", "title", "unit", "basis"):
                self.sheet.text(row, self.col[key], self.text(why) if key == "price" else "")


def _lot_sheet(book: Book, priced: PricedBid, lot: PricedLot) -> _Totals:
    bid, words = priced.bid, book.words
    entry = lot.bid.lot
    sheet = book.sheet(words.text(N_("Lot {number}"), number=entry.number))
    table = _LotTable(book, sheet, priced, lot)
    heading = words.text(N_("Lot {number}"), number=entry.number)
    sheet.text(0, 0, f"{heading}: {bid.words(entry.title)}", "title")
    sheet.text(1, 0, f"{bid.words(bid.tender.buyer)}, {bid.tender.reference}", "note")
    sheet.text(2, 0, _bidder(bid), "note")
    basis = N_("The unit prices bind; totals are made from them.")
    sheet.text(3, 0, f"{words.text(basis)} {words.text(RULES[bid.tender.vat_rule])}", "note")
    sheet.row(HEAD_ROW, table.heads())
    sheet.freeze(HEAD_ROW + 1, 2)
    row = _lines(table)
    return _lot_totals(table, row + 1)


def _lines(table: _LotTable) -> int:
    """Write the lot's lines in the tender's order and return the row after them."""
    lot = table.lot
    priced = {one.line.id: one for one in lot.lines}
    offered = {one.line.id for one in lot.bid.lines if one.price.strategy != "not_offered"}
    lines = [x for x in table.priced.bid.dossier.price_lines if x.lot == lot.bid.lot.id]
    row = table.first
    table.last = max(row, row + len(lines) - 1)
    for line in lines:
        if line.id in priced:
            table.line(row, priced[line.id])
        else:
            table.not_priced(row, line, N_("no price") if line.id in offered else N_("not offered"))
        row += 1
    return row


def _lot_totals(table: _LotTable, row: int) -> _Totals:
    """Write VAT by rate if it is rounded so, then the totals and the comparison price."""
    sheet, lot, text = table.sheet, table.lot, table.text
    if table.per_rate:
        row, sums = _vat_table(table, row)
        formulas = {key: f"=ROUND(SUM({sums[key]}),2)" for key in ("net", "vat", "gross")}
    else:
        formulas = {key: table.total(key) for key in ("net", "vat", "gross")}
    asked = table.range("asked")
    formulas["comparison"] = (
        f'=ROUND(SUMIF({table.range("compared")},"x",{asked}),2)' if "compared" in table.col else table.total("asked")
    )
    labels = {
        "net": N_("Total without VAT"),
        "vat": N_("VAT"),
        "gross": N_("Total with VAT"),
        "comparison": N_("Comparison price"),
    }
    at = {}
    for key in AMOUNTS:
        sheet.text(row, 1, text(labels[key]), total=True)
        sheet.text(row, 2, "", total=True)
        sheet.text(row, 3, "", total=True)
        sheet.formula(row, 4, formulas[key], getattr(lot, key), "money", total=True)
        at[key] = sheet.there(row, 4)
        row += 1
    note = N_("The comparison price is the sum of the compared lines on the basis on which the prices are asked.")
    sheet.text(row, 1, text(note), "note")
    if any(x.quantity is None for x in table.priced.bid.dossier.price_lines if x.lot == lot.bid.lot.id):
        sheet.text(row + 1, 1, text(N_("A line without a quantity counts as 1.")), "note")
    return _Totals(lot, at)


def _vat_table(table: _LotTable, row: int) -> tuple[int, dict[str, str]]:
    """Write the VAT of each rate and price basis, rounded once; return the next row and the columns to sum."""
    sheet, text = table.sheet, table.text
    sheet.text(row, 1, text(N_("VAT by rate")), "section")
    row += 1
    cols = {"rate": 1, "basis": 2, "sum": 3, "net": 4, "vat": 5, "gross": 6}
    heads = (
        N_("VAT %"),
        N_("Price is asked"),
        N_("Sum of lines"),
        N_("Total without VAT"),
        N_("VAT"),
        N_("Total with VAT"),
    )
    for col, head in enumerate(heads, 1):
        sheet.text(row, col, text(head), "head")
    first = row = row + 1
    for one in table.lot.vat_sums:
        cell = {key: Sheet.here(row, col) for key, col in cols.items()}
        if one.rate is None:
            sheet.text(row, cols["rate"], "–")
        else:
            sheet.number(row, cols["rate"], one.rate, "percent")
        sheet.text(row, cols["basis"], text(BASIS_WORDS[one.vat_basis]))
        wanted = f"SUMIF({table.range('rate')},{cell['rate']},{table.range('asked')})"
        if table.included:
            both = f"{table.range('rate')},{cell['rate']},{table.range('basis')},{cell['basis']}"
            wanted = f"SUMIFS({table.range('asked')},{both})"
        included = one.vat_basis == "included"
        sheet.formula(row, cols["sum"], f"=ROUND({wanted},2)", one.gross if included else one.net, "money")
        if included:
            net = f"={cell['sum']}" if one.rate is None else f"=ROUND({cell['sum']}/(1+{cell['rate']}),2)"
            vat, gross = f"=ROUND({cell['sum']}-{cell['net']},2)", f"={cell['sum']}"
        else:
            net = f"={cell['sum']}"
            vat = "=0" if one.rate is None else f"=ROUND({cell['sum']}*{cell['rate']},2)"
            gross = f"=ROUND({cell['sum']}+{cell['vat']},2)"
        for key, formula in (("net", net), ("vat", vat), ("gross", gross)):
            sheet.formula(row, cols[key], formula, getattr(one, key), "money")
        row += 1
    last = max(first, row - 1)
    return row + 1, {key: Sheet.column(cols[key], first, last) for key in ("net", "vat", "gross")}


# --- the other sheets ------------------------------------------------------------------------------
def _summary(book: Book, sheet: Sheet, priced: PricedBid, totals: list[_Totals]) -> dict[str, str]:
    """Write the title block and the lots; return where the grand totals stand."""
    bid, words = priced.bid, book.words
    basics = bid.dossier.bid
    if book.draft:
        sheet.text(0, 3, words.text(N_("DRAFT")), "alert")
    sheet.text(0, 0, words.text(N_("Price schedule")), "title")
    block = [
        (N_("Buyer"), bid.words(bid.tender.buyer)),
        (N_("Tender"), bid.words(bid.tender.title)),
        (N_("Reference"), bid.tender.reference),
    ]
    block += _parties(bid)
    block += [
        (N_("Date"), words.day(basics.date)),
        (N_("Valid until"), words.day(basics.valid_until)),
        (N_("VAT"), words.text(RULES[bid.tender.vat_rule])),
        (N_("Version"), book.build_id),
    ]
    row = 2
    for label, value in block:
        sheet.text(row, 0, words.text(label), "label")
        sheet.page.merge_range(row, 1, row, 5, "", book.format("plain"))
        sheet.page.write_string(row, 1, value, book.format("plain"))
        row += 1
    row += 1
    heads = (N_("Lot"), N_("Title"), N_("Total without VAT"), N_("VAT"), N_("Total with VAT"), N_("Comparison price"))
    sheet.row(row, [words.text(head) for head in heads])
    sheet.page.repeat_rows(row)
    first = row = row + 1
    for one in totals:
        sheet.text(row, 0, one.lot.bid.lot.number)
        sheet.text(row, 1, bid.words(one.lot.bid.lot.title))
        for col, key in enumerate(AMOUNTS, 2):
            sheet.formula(row, col, f"={one.at[key]}", getattr(one.lot, key), "money")
        row += 1
    row = max(row, first + 1)  # a sum needs a row above it, even an empty one
    sheet.text(row, 0, words.text(N_("Total")), total=True)
    sheet.text(row, 1, "", total=True)
    live = {}
    for col, key in enumerate(("net", "vat", "gross"), 2):
        formula = f"=ROUND(SUM({Sheet.column(col, first, row - 1)}),2)"
        sheet.formula(row, col, formula, getattr(priced, key), "money", total=True)
        live[key] = sheet.there(row, col)
        book.name(f"total_{key}", sheet, row, col)
    return live


_PART = {
    "subcontractor": N_("Subcontractor"),
    "capacity": N_("Lends its resources"),
    "umbrella_member": N_("Member of the umbrella"),
}


def _parties(bid: Bid) -> list[tuple[str, str]]:
    """Return who bids, and who else does a part of it, by the form of the consortium; the lead first."""
    if not bid.dossier.joint:
        return [(N_("Bidder"), _party(one)) for one in bid.members]
    from bidkit.consortium.roles import parties

    joint, bidders = bid.dossier.consortium, parties(bid.dossier)
    roles = {one.id: one.role for one in bid.dossier.participants}
    rows = [(N_("Consortium"), bid.words(joint.name))] if joint and joint.name else []
    for one in bid.members:
        role = roles.get(one.organisation.id, "")
        if one.organisation.id not in bidders:
            rows.append((_PART.get(role, N_("Takes part")), _party(one)))
        elif len(bidders) > 1 and one is bid.members[0]:
            rows.append((N_("Bidder, lead of the group"), _party(one)))
        else:
            rows.append((N_("Bidder"), _party(one)))
    return rows + [(_PART["umbrella_member"], one.name) for one in bid.dossier.light_member]


def _party(member: Member) -> str:
    return f"{member.organisation.name} ({member.organisation.business_id})"


def _bidder(bid: Bid) -> str:
    """Return the bidder as each lot names it: several organisations together, or the one that signs."""
    if len(bid.members) == 1:
        return bid.members[0].organisation.name
    from bidkit.consortium.roles import parties

    names = [one.organisation.name for one in bid.members if one.organisation.id in parties(bid.dossier)]
    joint = bid.dossier.consortium
    name = bid.words(joint.name) if joint and joint.name else ""
    return f"{name}: {', '.join(names)}" if name and len(names) > 1 else ", ".join(names)


def _grounds(book: Book, priced: PricedBid) -> None:
    """Write the VAT status of each line with its legal ground."""
    bid, words = priced.bid, book.words
    sheet = book.sheet(words.text(N_("VAT grounds")))
    sheet.text(0, 0, words.text(N_("VAT status of each line and its ground")), "title")
    heads = (N_("Lot"), N_("No."), N_("Service"), N_("VAT status"), N_("VAT %"), N_("Ground"))
    sheet.row(2, [words.text(head) for head in heads])
    sheet.freeze(3)
    row = 3
    for lot in priced.lots:
        for one in lot.lines:
            vat = one.bid.price.vat
            texts = (lot.bid.lot.number, one.line.number, bid.words(one.line.title), words.text(VAT_WORDS[vat.status]))
            for col, text in enumerate(texts):
                sheet.text(row, col, text)
            sheet.text(row, 4, words.fact(None if one.vat_rate is None else Measure(one.vat_rate, "percent")))
            sheet.text(row, 5, bid.words(vat.ground))
            row += 1


def _check(book: Book, priced: PricedBid, totals: list[_Totals], live: Mapping[str, str]) -> None:
    """Write each live total beside the figure that the bid was made with, so that a change is seen."""
    words = book.words
    sheet = book.sheet(words.text(N_("Check")), landscape=False)
    sheet.text(0, 0, words.text(N_("Live totals against the figures of the bid")), "title")
    heads = (N_("Figure"), N_("Live"), N_("In the bid"), N_("Difference"), N_("Result"))
    sheet.row(4, [words.text(head) for head in heads])
    sheet.freeze(5)
    names = {
        "net": N_("total without VAT"),
        "vat": N_("VAT"),
        "gross": N_("total with VAT"),
        "comparison": N_("comparison price"),
    }
    figures: list[tuple[str, str, Decimal]] = []
    for one in totals:
        lot = words.text(N_("Lot {number}"), number=one.lot.bid.lot.number)
        figures += [(f"{lot}: {words.text(names[k])}", one.at[k], getattr(one.lot, k)) for k in AMOUNTS]
    whole = words.text(N_("Whole bid"))
    figures += [(f"{whole}: {words.text(names[k])}", live[k], getattr(priced, k)) for k in ("net", "vat", "gross")]
    good, bad = words.text(N_("OK")), words.text(N_("DIFFERS"))
    first = row = 5
    for label, at, frozen in figures:
        sheet.text(row, 0, label)
        sheet.formula(row, 1, f"={at}", frozen, "money")
        sheet.number(row, 2, frozen, "money")
        sheet.formula(row, 3, f"=ROUND(B{row + 1}-C{row + 1},2)", Decimal("0.00"), "money")
        sheet.formula(row, 4, f'=IF(D{row + 1}=0,"{good}","{bad}")', good, "text")
        row += 1
    sheet.text(2, 0, words.text(N_("All figures")), "label")
    formula = f'=IF(COUNTIF({Sheet.column(4, first, row - 1)},"{good}")={row - first},"{good}","{bad}")'
    sheet.formula(2, 1, formula, good, "label")
    red = book.workbook.add_format({"font_color": "#B00020", "bold": True})
    for area in (f"E{first + 1}:E{row}", "B3"):
        sheet.page.conditional_format(area, {"type": "cell", "criteria": "==", "value": f'"{bad}"', "format": red})
