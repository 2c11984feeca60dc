"""What ``--json`` prints: amounts are decimal strings, dates ISO, codes and ids as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bidkit.cli import terminal
from bidkit.diagnostics import Fact, Finding, Measure, Name, Word

if TYPE_CHECKING:
    from bidkit.i18n import Translator
    from bidkit.pipeline import Built, Run
    from bidkit.stages import Assessment


def show(content: Mapping[str, Any]) -> None:
    """Print what a command tells, as JSON."""
    terminal.put(json.dumps(content, ensure_ascii=False, indent=1))


def of_run(run: Run, words: Translator, built: Built | None = None) -> dict[str, Any]:
    """Return everything a run found, and what was published of it."""
    content: dict[str, Any] = {
        "folder": run.folder.as_posix(),
        "files": list(run.files),
        "findings": [_finding(f, words) for f in run.findings],
    }
    if run.assessment is not None:
        content |= _assessment(run.assessment, words)
    if built is not None:
        content["published"] = built.folder.as_posix() if built.folder else None
        content["new_version"] = built.new
    return content


def brief(finding: Finding, words: Translator) -> dict[str, str]:
    """Return a finding without its way out and its facts."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": str(finding.place),
        "message": words.sentence(finding),
    }


def _finding(finding: Finding, words: Translator) -> dict[str, Any]:
    return {
        **brief(finding, words),
        "hint": words.hint(finding),
        "facts": {name: plain(value) for name, value in finding.facts.items()},
        "because": words.clause(finding.because) if finding.because else None,
    }


def _assessment(assessment: Assessment, words: Translator) -> dict[str, Any]:
    from bidkit.render.content import prices

    verdicts = [
        {
            "condition": j.condition.entry.id,
            "kind": j.condition.entry.kind,
            "lot": j.lot.lot.id if j.lot else None,
            "binding": j.condition.entry.binding,
            "verdict": j.verdict.state.value,
            "required": plain(j.verdict.required),
            "found": plain(j.verdict.found),
            "margin": plain(j.verdict.margin),
            "rows": list(j.verdict.rows),
            "explanation": words.about(j.verdict.place or j.condition.entry.at).text(
                j.verdict.message, **j.verdict.facts
            ),
        }
        for j in assessment.judgements
    ]
    return {
        "tally": {state.value: n for state, n in assessment.tally().items()},
        "verdicts": verdicts,
        "price": prices(assessment.priced),
    }


def plain(value: Fact) -> Any:
    """Return a fact as JSON holds it."""
    match value:
        case Measure():
            return {"value": str(value.value), "unit": value.unit}
        case Word():
            return value.msgid
        case Name():
            return value.typed
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case tuple():
            return [plain(one) for one in value]
        case _:
            return value
