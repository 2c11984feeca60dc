"""The findings report of a build: what was judged and found, as one HTML page for the bidder's own eyes."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from bidkit.diagnostics import Finding, Severity
from bidkit.i18n import FINDINGS, N_, Translator
from bidkit.model.names import called
from bidkit.stages import Assessment, State

STATES = {
    State.MET: N_("Met"),
    State.NOT_MET: N_("Not met"),
    State.CANNOT_TELL: N_("Cannot be told"),
    State.ATTESTED: N_("Attested"),
    State.NOT_APPLICABLE: N_("Not applicable"),
    State.MET_BY: N_("Will be met by a date"),
}
SEVERITIES = {Severity.ERROR: N_("Error"), Severity.WARNING: N_("Warning"), Severity.NOTE: N_("Note")}
_STYLE = (
    "body{font:15px/1.45 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.35em .6em;text-align:left;"
    "vertical-align:top}th{background:#eef2f5}caption{text-align:left;font-weight:bold;padding:.5em 0}"
)


def render(assessment: Assessment, findings: Iterable[Finding], *, language: str, build_id: str) -> bytes:
    """Return the report as UTF-8 HTML, in the language of whoever runs bidkit."""
    words = Translator(language, FINDINGS, called)
    bid = assessment.bid
    title = words.text(N_("Findings of the bid {reference}"), reference=bid.tender.reference)
    counts = ", ".join(
        f"{words.text(label)}: {assessment.tally()[state]}"
        for state, label in STATES.items()
        if assessment.tally()[state]
    )
    verdicts = [
        (
            j.condition.entry.id + (f" / {j.lot.lot.number}" if j.lot else ""),
            bid.words(j.condition.entry.text) or j.condition.entry.kind,
            words.text(STATES[j.verdict.state]),
            words.about(j.verdict.place or j.condition.entry.at).text(j.verdict.message, **j.verdict.facts),
            words.fact(j.verdict.margin) if j.verdict.margin is not None else "",
            ", ".join(str(p) for p in j.verdict.places if p.file),
        )
        for j in assessment.judgements
    ]
    found = [
        (words.text(SEVERITIES[f.severity]), f.code, str(f.place), words.sentence(f), words.hint(f)) for f in findings
    ]
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(words.text(N_('For internal use only. Build {id}.'), id=build_id))} {escape(counts)}</p>",
        _table(
            words.text(N_("Conditions of the tender")),
            [
                words.text(h)
                for h in (N_("No."), N_("Requirement"), N_("Verdict"), N_("Explanation"), N_("Margin"), N_("Source"))
            ],
            verdicts,
        ),
    ]
    if found:
        heads = (N_("Severity"), N_("Code"), N_("Place"), N_("Finding"), N_("Way out"))
        parts.append(_table(words.text(N_("Findings")), [words.text(h) for h in heads], found))
    else:
        parts.append(f"<p>{escape(words.text(N_('No findings.')))}</p>")
    page = (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )
    return page.encode()


def _table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in heads)
    body = "\n".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"
