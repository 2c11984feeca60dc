"""The scoring what-if of the cost workbook: every rule as live formulas, prices and points open to change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bidkit.i18n import N_
from bidkit.render._sheet import Sheet
from bidkit.render._words import RULE_WORDS
from bidkit.stages import Awards, PricedBid, Scoring, Standing

_RULES = ("ratio", "linear", "median", "fixed")
_RULE_FORMULAS = {
    "ratio": "IF({p}=MIN({ps}),{m},ROUND(MIN({ps})*{m}/{p},2))",
    "linear": "IF(MAX({ps})=MIN({ps}),{m},ROUND((MAX({ps})-{p})*{m}/(MAX({ps})-MIN({ps})),2))",
    "median": "IF(MEDIAN({ps})=0,IF({p}=0,{m},0),MAX(0,MIN({m},ROUND({m}*(2*MEDIAN({ps})-{p})/MEDIAN({ps}),2))))",
    "fixed": "{m}",
}


class _Totals(NamedTuple):
    """Where a lot's points stand by the tender's own rule: those of this bid, and those of all bids."""

    own: str
    all: str


def scoring_sheet(sheet: Sheet, priced: PricedBid) -> None:
    """Write the points of each lot that has assumed rivals, by every rule."""
    words = sheet.book.words
    notes = (
        N_("The rivals are guesses: this shows what follows from them, not what will happen."),
        N_("The tender's own rule is marked with *. Change prices and points to see what happens."),
    )
    row = 2
    for note in notes:
        sheet.text(row, 0, words.text(note), "note")
        row += 1
    sheet.page.repeat_rows(0)
    row += 1
    totals: dict[str, _Totals] = {}
    for one in priced.scoring:
        row, totals[one.lot.lot.id] = _scored_lot(sheet, row, one, priced)
    if priced.awards:
        _awards(sheet, row, priced.awards, totals, priced)
    else:
        sheet.text(row, 0, words.text(N_("No rivals are assumed, or the points for price are not known.")), "note")


def _scored_lot(sheet: Sheet, row: int, one: Scoring, priced: PricedBid) -> tuple[int, _Totals]:
    """Write one lot's table; return the row where the next may begin, and the totals by the tender's own rule."""
    words, call = sheet.book.words, priced.bid.tender
    lot = one.lot.lot
    heading = words.text(N_("Lot {number}"), number=lot.number)
    sheet.text(row, 0, f"{heading}: {priced.bid.words(lot.title)}", "section")
    for n, (label, most) in enumerate(
        ((N_("Points for price, at most"), one.price_maximum), (N_("Points for quality, at most"), one.quality_maximum))
    ):
        sheet.text(row + 1 + n, 0, words.text(label))
        sheet.entry(row + 1 + n, 1, most, "points", high=1000)
    price_most, quality_most = (Sheet.fixed(row + 1 + n, 1) for n in (0, 1))
    head = row + 3
    labels = [words.text(N_("Bidder")), words.text(N_("Comparison price")), words.text(N_("Quality, raw"))]
    rules = [words.text(RULE_WORDS[r]) + (" *" if r == call.price_formula else "") for r in _RULES]
    labels += [f"{words.text(N_('Price'))}: {rule}" for rule in rules] + [words.text(N_("Quality"))]
    labels += [f"{words.text(N_('Total'))}: {rule}" for rule in rules] + [words.text(N_("Where it comes from"))]
    sheet.row(head, labels)
    notes = {rival.id: rival.note or "" for rival in priced.bid.dossier.rivals if rival.lot == lot.id}
    first, last = head + 1, head + len(one.bidders)
    prices, raws = Sheet.column(1, first, last), Sheet.column(2, first, last)
    for n, bidder in enumerate(one.bidders):
        at = first + n
        sheet.text(at, 0, words.text(N_("own bid")) if n == 0 else bidder)
        sheet.entry(at, 1, one.prices[n], "money")
        sheet.entry(at, 2, one.quality_raw[n], "points", high=10000)
        for col, rule in enumerate(_RULES, 3):
            filled = _RULE_FORMULAS[rule].format(p=Sheet.here(at, 1), ps=prices, m=price_most)
            sheet.formula(at, col, f"={filled}", one.price_points[rule][n], "points")
        raw = Sheet.here(at, 2)
        quality = f"=ROUND(MIN({raw},{quality_most}),2)"
        if call.quality_scaling == "scaled":
            quality = f"=IF(MAX({raws})>0,ROUND({raw}*{quality_most}/MAX({raws}),2),0)"
        sheet.formula(at, 7, quality, one.quality[n], "points")
        for col, rule in enumerate(_RULES, 8):
            whole = f"=ROUND({Sheet.here(at, col - 5)}+{Sheet.here(at, 7)},2)"
            sheet.formula(at, col, whole, one.totals[rule][n], "points", total=rule == call.price_formula)
        sheet.text(at, 12, notes.get(bidder, "") if n else "")
    col = 8 + _RULES.index(call.price_formula)
    return last + 3, _Totals(Sheet.here(first, col), Sheet.column(col, first, last))


def _awards(sheet: Sheet, row: int, awards: Awards, totals: Mapping[str, _Totals], priced: PricedBid) -> None:
    """Write where this bid comes in each lot and, if the tender limits the lots that may be won, which it gets."""
    words = sheet.book.words
    shown: dict[Standing, str] = {"first": words.text(N_("yes")), "tied": words.text(N_("tied"))}
    no = shown["behind"] = words.text(N_("no"))
    sheet.text(row, 0, words.text(N_("Lots where this bid comes first")), "section")
    heads = [N_("Lot"), N_("Comes first by the tender's rule")]
    if awards.most is not None:
        row += 1
        sheet.text(row, 0, words.text(N_("Lots that one bidder may win, at most")))
        sheet.entry(row, 1, awards.most, "count", high=1000)
        heads.append(N_("Won, in the order of preference"))
    limit = Sheet.fixed(row, 1)
    row += 1
    sheet.row(row, [words.text(head) for head in heads])
    start = row + 1
    for row, one in enumerate(awards.order, start):
        lot = one.lot.lot
        sheet.text(row, 0, f"{lot.number}: {priced.bid.words(lot.title)}")
        at, standing = totals[lot.id], one.standing(priced.bid.tender.price_formula)
        behind = f'IF(MAX({at.all})={at.own},"{shown["tied"]}","{no}")'
        formula = f'=IF(SUMPRODUCT(--({at.all}>={at.own}))=1,"{shown["first"]}",{behind})'
        sheet.formula(row, 1, formula, shown[standing], "text")
        if awards.most is not None:
            here, above = Sheet.here(row, 1), Sheet.column(1, start, row)
            fits = f'AND({here}="{shown["first"]}",COUNTIF({above},"{shown["first"]}")<={limit})'
            won = shown["first"] if lot.id in awards.won else no
            sheet.formula(row, 2, f'=IF({fits},"{shown["first"]}","{no}")', won, "text")
    note = N_("A lot without assumed rivals is not here. The tender says how a tie is broken.")
    sheet.text(row + 1, 0, words.text(note), "note")
