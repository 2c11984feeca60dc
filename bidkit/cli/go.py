"""``bidkit go``: alone, with partners or not at all, with reasons, on one screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bidkit.cli import arguments

if TYPE_CHECKING:
    from bidkit.diagnostics import Finding
    from bidkit.go import Decision, Reason, Table
    from bidkit.i18n import Translator
    from bidkit.stages import Assessment

WIDTH, LABEL, HEIGHT = 100, 16, 24  # characters of a line, of its label; lines of the screen
Row = tuple[str, str, str, bool]  # label, text, its end, which is not cut, and whether it may take two lines always


def _money(written: str) -> Decimal:
    from bidkit.money import number

    return number(written, low=Decimal(0))


@click.command()
@arguments.dossier()
@arguments.day("Päivä, jona päätetään, esim. 15.1.2027 (oletus: tänään).")
@click.option(
    "--payment-days",
    "--maksuaika",
    "payment_days",
    type=click.IntRange(0, 999),
    metavar="PV",
    help="Sopimuksen maksuaika päivinä (oletus: go.csv tai 30).",
)
@click.option(
    "--cash",
    "--kassa",
    "cash",
    callback=arguments.understood(_money),
    metavar="EUROA",
    help="Oma raha, jolla alun kulut voi maksaa (oletus: go.csv tai 0).",
)
@arguments.as_json()
def go(dossier: Path, as_of: date | None, payment_days: int | None, cash: Decimal | None, as_json: bool) -> None:
    """Kannattaako tarjota: yksin, yhdessä vai ei ollenkaan, ja miksi.

    Arvio syntyy päätöstaulusta: ankarin täyttyvä sääntö ratkaisee, ja tieto, jota ei ole, ei koskaan puolla
    tarjoamista yksin. Rajoja voi muuttaa KANSION tiedostolla go.csv. Mitään ei kirjoiteta. Päätös on teidän.

    Paluuarvo: 0 arvio on tehty, 1 tarjouspyyntö puuttuu tai go.csv:ssä on korjattavaa, 2 aineistoa ei voi lukea.
    """
    from bidkit.cli import machine, terminal
    from bidkit.go import decide
    from bidkit.pipeline import assess

    day, words = as_of or date.today(), reader()
    table, found = own_table(dossier)
    table = table.given(payment_days=None if payment_days is None else Decimal(payment_days), cash=cash)
    run = assess(dossier, as_of=day)
    if run.assessment is None or (run.dossier is not None and run.dossier.trial):
        terminal.show_findings(run.findings, words, everything=False)
        terminal.say(words.text(_no_tender(run.assessment is None)))
        raise SystemExit(terminal.exit_code(run) or 1)
    decision = decide(run.assessment, day, table)
    if as_json:
        machine.show(to_json(decision, found, len(run.errors), words))
        raise SystemExit(1 if found else 0)
    terminal.show_findings(found, words, everything=True)
    for line in screen(decision, run.assessment, dossier, words, errors=len(run.errors)):
        terminal.say(line)
    raise SystemExit(1 if found else 0)


def reader() -> Translator:
    """Return the words of whoever reads the terminal, those of this command first."""
    from bidkit.cli.terminal import reader

    return reader("go")


def own_table(folder: Path) -> tuple[Table, tuple[Finding, ...]]:
    """Return the table that ships with the rows of the folder's own ``go.csv``, if there is one."""
    from bidkit import gate
    from bidkit.diagnostics import Refused
    from bidkit.go import overridden, shipped
    from bidkit.go.table import FILE

    try:
        text = gate.table_in(folder, FILE)
    except Refused as refusal:
        return shipped(), (refusal.finding(FILE),)
    return (shipped(), ()) if text is None else overridden(shipped(), text)


def _no_tender(unread: bool) -> str:
    from bidkit.i18n import N_

    if unread:
        return N_("Nothing can be judged yet: mend the places named above.")
    return N_("There is no tender yet, so there is nothing to decide: fill in the tender and its conditions.")


def screen(decision: Decision, assessment: Assessment, folder: Path, words: Translator, *, errors: int) -> list[str]:
    """Return the lines of the screen, of at most 100 characters; at most 24 unless nearly every rule fires."""
    from bidkit.cli.terminal import cut
    from bidkit.i18n import N_

    bid = assessment.bid
    head = words.text(N_("To bid or not on {day}, folder {folder}"), day=decision.as_of, folder=str(folder))
    call = ", ".join((bid.words(bid.tender.title), bid.words(bid.tender.buyer)))
    rows = (
        *_verdict(decision, words, joint=bid.dossier.joint),
        *_reasons(decision, words),
        *_rest(decision, errors, words),
    )
    for tight in (False, True):  # if it is too much, reasons get two lines and the rest one
        lines = [cut(head, WIDTH), cut(call, WIDTH)]
        for label, text, end, vital in rows:
            folded = _folded(text, end, 2 if tight else 3) if vital or not tight else [cut(text, WIDTH - LABEL)]
            lines += [f"{label if n == 0 else '':{LABEL}}{line}" for n, line in enumerate(folded)]
        if len(lines) <= HEIGHT:
            break
    return lines


def _folded(text: str, end: str, most: int) -> list[str]:
    """Return a text with its end on at most so many lines; the text is cut if need be, never its end."""
    width = WIDTH - LABEL
    for kept in range(len(text), 0, -1):
        shown = text if kept == len(text) else text[:kept].rstrip(" ,.;:–") + "..."
        if kept == len(text) or text[kept] == " ":
            lines = textwrap.wrap(f"{shown} {end}".strip(), width)
            if len(lines) <= most:
                return lines
    return textwrap.wrap(end, width)


def _verdict(decision: Decision, words: Translator, *, joint: bool) -> Iterator[Row]:
    from bidkit.go import Way
    from bidkit.i18n import N_

    told = {
        Way.ALONE: N_("bid alone: no rule speaks against it"),
        Way.JOIN: N_("bid with partners"),
        Way.SKIP: N_("leave this one"),
    }
    if joint:  # the table asks whether those who bid, here several, can do so by themselves
        told |= {
            Way.ALONE: N_("bid together as you are: no rule speaks against it"),
            Way.JOIN: N_("find more partners"),
        }
    yield words.text(N_("By the table")), words.text(told[decision.verdict]), "", True
    if decision.as_known is not decision.verdict:
        text = N_("{way}, if all that is not known turns out well")
        yield "", words.text(text, way=words.text(told[decision.as_known])), "", True
    elif decision.of("unknown"):
        yield "", words.text(N_("as far as is known; see below what is not")), "", True


def _reasons(decision: Decision, words: Translator) -> Iterator[Row]:
    from bidkit.go import Way
    from bidkit.i18n import N_

    sure = {Way.JOIN: N_("Join"), Way.SKIP: N_("Leave")}
    perhaps = {Way.JOIN: N_("Join?"), Way.SKIP: N_("Leave?"), None: N_("Not known")}
    told = [(sure[r.verdict], r) for r in decision.of("fires") if r.verdict]
    told += [(perhaps.get(r.verdict, ""), r) for r in decision.of("unknown")]
    before = ""
    for label, reason in told:
        yield words.text(label) if label != before else "", *_sentence(reason, words), reason.state == "fires"
        before = label


def _sentence(reason: Reason, words: Translator) -> tuple[str, str]:
    """Return a reason, and its limit with the place of its figures."""
    place = reason.places[0] if reason.places else None
    said = words.about(place).text(reason.text, **reason.facts)
    return said, f"({limit(reason, words)})" + (f" {place}" if place else "")


def limit(reason: Reason, words: Translator) -> str:
    """Return the limit of a rule, whose it is, and whether a source stands behind it."""
    from bidkit.diagnostics import Measure
    from bidkit.i18n import N_

    rule = reason.rule
    texts = {"at_least": N_("limit: at least {t}"), "above": N_("limit: over {t}"), "below": N_("limit: below {t}")}
    unit = {"conditions": "number"}.get(rule.unit, rule.unit)
    told = words.text(texts[rule.relation], t=Measure(rule.threshold, unit))
    if rule.at is not None:
        return f"{told}, {rule.at}"
    return f"{told}, {words.text(N_('unverified'))}" if rule.unverified else told


def _rest(decision: Decision, errors: int, words: Translator) -> Iterator[Row]:
    from bidkit.i18n import N_

    if fine := decision.of("fine"):
        yield words.text(N_("In order")), "; ".join(words.text(one.text, **one.facts) for one in fine), "", False
    if errors:
        text = N_("errors in the dossier: {n}; see bidkit check")
        yield words.text(N_("To mend")), words.text(text, n=errors), "", False
    yield (
        words.text(N_("The decision")),
        words.text(N_("is yours. Limits can be changed with the file go.csv.")),
        "",
        False,
    )


def to_json(decision: Decision, found: tuple[Finding, ...], errors: int, words: Translator) -> dict[str, Any]:
    """Return everything for machines; amounts are decimal strings."""
    from bidkit.cli import machine

    def bound(value: Decimal | None) -> str | None:
        return None if value is None else str(value.normalize() if value else Decimal(0))

    reasons = [
        {
            "rule": one.rule.name,
            "state": one.state,
            "verdict": one.verdict,
            "low": bound(one.known.low),
            "high": bound(one.known.high),
            "relation": one.rule.relation,
            "threshold": str(one.rule.threshold),
            "unit": one.rule.unit,
            "source": one.rule.source,
            "facts": {name: machine.plain(value) for name, value in one.facts.items()},
            "places": [str(place) for place in one.places],
            "text": words.text(one.text, **one.facts) if one.text else "",
        }
        for one in decision.reasons
    ]
    return {
        "as_of": decision.as_of.isoformat(),
        "verdict": decision.verdict,
        "as_known": decision.as_known,
        "reasons": reasons,
        "settings": {name: str(one.value) for name, one in decision.table.settings.items()},
        "findings": [{**machine.brief(f, words), "hint": words.hint(f)} for f in found],
        "errors": errors,
    }
