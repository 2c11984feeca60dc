"""The sheet of VAT decisions in the cost workbook: status and ground of each line, who decided it, and when."""

from __future__ import annotations

from bidkit.diagnostics import Measure
from bidkit.i18n import N_
from bidkit.render._sheet import Sheet
from bidkit.render._words import VAT_WORDS, by_whom
from bidkit.stages import PricedBid

_HEADS = (
    N_("Lot"), N_("No."), N_("Service"), N_("VAT status"), N_("VAT %"), N_("Ground"), N_("Decided by"),
    N_("Decided on"),
)  # fmt: skip


def vat_sheet(sheet: Sheet, priced: PricedBid) -> None:
    """Write a row for each line. The buyer's workbook has the grounds too, but never who decided."""
    bid, words = priced.bid, sheet.book.words
    sheet.row(4, [words.text(head) for head in _HEADS])
    sheet.freeze(5)
    lines = [(lot, line) for lot in priced.lots for line in lot.lines]
    for row, (lot, line) in enumerate(lines, 5):
        vat = line.bid.price.vat
        texts = (
            lot.bid.lot.number,
            line.line.number,
            by_whom(priced, line.bid.offered, bid.words(line.line.title)),
            words.text(VAT_WORDS[vat.status]),
            words.fact(None if line.vat_rate is None else Measure(line.vat_rate, "percent")),
            bid.words(vat.ground) or "–",
            bid.words(vat.decided_by) or "–",
            words.fact(vat.decided_on),
        )
        for col, text in enumerate(texts):
            sheet.text(row, col, text)
