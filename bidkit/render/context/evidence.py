"""Outcome evidence by client group: a table, and a chart of the same figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bidkit.diagnostics import Measure, Word
from bidkit.i18n import N_
from bidkit.messages import document as say
from bidkit.model.disclosure import LEAST_FOR_PERCENT, Disclosed
from bidkit.model.evidence import Outcome
from bidkit.render import chart
from bidkit.render.context import words
from bidkit.render.context.writer import Writer
from bidkit.templates.values import Drawing

Plain = dict[str, Any]
_EMU_PER_CM = 360_000
_WIDTH_CM, _HEIGHT_CM = Decimal("16.2"), Decimal(7)
_MOST_BARS = 8  # more labels do not fit side by side


def evidence(w: Writer) -> list[Plain]:
    """Return the evidence of the offered services, one part for each client group that has any."""
    offered = {service.id: service for service in w.bid.services}
    names = {g.id: g for m in w.bid.members for g in m.client_groups}
    groups: dict[str, list[Outcome]] = {}
    for member in w.bid.members:
        for row in member.outcomes:
            if row.service in offered:
                groups.setdefault(row.client_group, []).append(row)
    found = []
    for code, rows in groups.items():
        for row in rows:
            _remark(w, row, w.disclosed[row.id])
        shown = [row for row in rows if w.disclosed[row.id].cohort is not None]
        if not shown:
            continue
        services = {row.service: w.text(offered[row.service].service.name) for row in shown}
        group = names.get(code)
        title = w.text(group.name) if group else code
        printed = [
            _row(w, n, row, services[row.service] if len(services) > 1 else "") for n, row in enumerate(shown, 1)
        ]
        found.append(
            {
                "group": title,
                "services": w.many(services.values()),
                "rows": printed,
                "hidden": any(w.disclosed[row.id].hidden for row in rows),
                "few": any(_is_few(w.disclosed[row.id]) for row in shown),
                "chart": _chart(w, title, shown, printed),
            }
        )
    return found


def _is_few(shown: Disclosed) -> bool:
    return shown.cohort is not None and shown.cohort < LEAST_FOR_PERCENT


def _remark(w: Writer, row: Outcome, shown: Disclosed) -> None:
    """Tell the bidder which figures the bid does not print."""
    if shown.hidden:
        names = {"cohort": N_("starters"), "followed_up": N_("followed up"), "reached": N_("reached")}
        hidden = tuple(Word(word) for name, word in names.items() if getattr(shown, name) is None)
        w.findings.append(say.SMALL_COUNTS.at(row.at, row=row.id, hidden=hidden))
    elif shown.cohort is not None and shown.cohort < LEAST_FOR_PERCENT:
        place = row.at.of("cohort")
        w.findings.append(say.NO_PERCENTAGE.at(place, row=row.id, cohort=shown.cohort, least=LEAST_FOR_PERCENT))


def _row(w: Writer, number: int, row: Outcome, service: str) -> Plain:
    shown = w.disclosed[row.id]
    after = N_("at the end of the service")
    return {
        "number": str(number),
        "indicator": w.word(words.INDICATORS, row.indicator),
        "service": service,
        "definition": w.text(row.definition, at=row, name="definition"),
        "period": w.span(row),
        "follow_up": w.say.text(N_("{months} after"), months=Measure(row.follow_up_months, "months"))
        if row.follow_up_months
        else w.say.text(after),
        "cohort": _count(w, shown.cohort),
        "followed_up": _count(w, shown.followed_up),
        "reached": _count(w, shown.reached),
        "share": _share(w, shown),
        "interval": "" if shown.low is None or shown.high is None else _interval(w, shown),
        "instrument": w.text(row.instrument),
        "collector": w.text(row.collector),
        "origin": w.text(row.source, at=row, name="source"),
        "source": w.cite(f"outcomes.{row.id}"),
    }


def _count(w: Writer, count: int | None) -> str:
    return w.say.text(N_("n/a")) if count is None else w.say.number(count)


def _share(w: Writer, shown: Disclosed) -> str:
    if shown.percent is not None:
        return w.percent(shown.percent, 1)
    if shown.reached is None or shown.cohort is None:
        return w.say.text(N_("n/a"))
    return w.say.text(N_("{reached} of {cohort}"), reached=shown.reached, cohort=shown.cohort)


def _interval(w: Writer, shown: Disclosed) -> str:
    assert shown.low is not None
    assert shown.high is not None
    return f"{w.say.number(shown.low, 1)}–{w.percent(shown.high, 1)}"


def _chart(w: Writer, group: str, rows: list[Outcome], printed: list[Plain]) -> Drawing | None:
    """Return the shares as bars that bear the numbers of the table's rows; None if no row may show one."""
    bars = [
        (_label(w, row, line["number"]), share)
        for row, line in zip(rows, printed, strict=True)
        if (share := w.disclosed[row.id].percent) is not None
    ][:_MOST_BARS]
    if not bars:
        return None
    measure = w.say.text(N_("Share of all who started, per cent"))
    drawn = chart.bar_chart(
        "",
        [label for label, _ in bars],
        [chart.Series(measure, tuple(share for _, share in bars))],
        number_format="0.0",
        language=w.bid.language,
    )
    shown = [f"{' '.join(label.split())}: {w.percent(share, 1)}" for label, share in bars]
    alt = w.say.text(N_("Bar chart of results, {group}. {bars}"), group=group, bars="; ".join(shown))
    return Drawing(drawn, int(_WIDTH_CM * _EMU_PER_CM), int(_HEIGHT_CM * _EMU_PER_CM), alt)


def _label(w: Writer, row: Outcome, number: str) -> str:
    """Return a label short enough to stand upright under its bar."""
    after = w.say.text(N_("{months} mo"), months=row.follow_up_months) if row.follow_up_months else ""
    return f"{number}. {w.word(words.SHORT_INDICATORS, row.indicator)} {after}".strip()
