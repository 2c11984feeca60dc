"""The order of the steps, and nothing else: load → merge → resolve → price → check → render → publish.

A step gets its input and hands on what it made with everything it found; what is faulty has been set aside
with all that depends on it, so that one run shows every mistake.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bidkit import __version__
from bidkit.diagnostics import Finding, Refused, Severity, weightiest_first
from bidkit.dossier.folder import is_marked_copy
from bidkit.dossier.load import load
from bidkit.dossier.normalised import normalised
from bidkit.dossier.validate import validate
from bidkit.i18n import N_
from bidkit.messages import loading, reading, workbook
from bidkit.record import record
from bidkit.resolve import resolve
from bidkit.stages import Assessment

if TYPE_CHECKING:
    from bidkit.consortium import Table
    from bidkit.gaps import Gaps
    from bidkit.i18n import Translator
    from bidkit.model.dossier import Dossier
    from bidkit.templates import Template

DOCUMENT, PRICING, COSTS, REPORT, CONTENT = (
    "tarjous.docx",
    "hinnoittelu.xlsx",
    "sisainen/kustannukset.xlsx",
    "sisainen/havainnot.html",
    "sisainen/sisalto.json",
)
_LAST_SECOND = 4_354_819_199  # 31.12.2107: a later date fits into no .docx or .xlsx


@record(frozen=True)
class Run:
    """What one run found: the assessment, as far as the steps got, and all findings in the order of the steps.

    ``entries`` and ``set_aside`` are those of `load`: what there is of each noun even if there is no dossier yet.
    """

    folder: Path
    files: tuple[str, ...]
    dossier: Dossier | None
    assessment: Assessment | None
    findings: tuple[Finding, ...]
    entries: Mapping[str, Any] = field(default_factory=dict)
    set_aside: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def unreadable(self) -> bool:
        """Whether some of the input could not be read at all."""
        return bool(self.stopping)

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """What could not be read at all, or is not there though every bid needs it."""
        missing = loading.MISSING_NOUN.code
        return tuple(f for f in self.findings if f.code == missing or reading.stops_reading(f))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a bid."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)


@record(frozen=True)
class Built:
    """A run with what it published; ``folder`` is None if nothing was written."""

    run: Run
    folder: Path | None
    new: bool = False
    refused: bool = False  # a bid with open knock-outs is not written unless it is a draft


def _untold(step: str) -> None:
    """Take the name of a step that begins, and tell nobody."""


def assess(
    folder: Path,
    *,
    language: str | None = None,
    as_of: date | None = None,
    pages: int | None = None,
    progress: Callable[[str], None] = _untold,
) -> Run:
    """Read the dossier in ``folder`` and judge its bid in ``language`` as of a day.

    ``pages`` are those of the bid document, once it has been laid out. ``progress`` is told the name (a msgid) of
    each step as it begins.
    """
    progress(N_("Reading the dossier"))
    run = _read(folder)
    if run.dossier is None:
        return run
    progress(N_("Judging the conditions and reckoning the prices"))
    bid, found = resolve(run.dossier, validate, language)
    run = _with(run, found)
    if bid is None:
        return run
    from bidkit.check import check
    from bidkit.pricing import price

    priced, found = price(bid)
    run = _with(run, found)
    forms, found = _forms(run)
    run = _with(run, found)
    assessment, found = check(priced, as_of, pages, forms)
    return replace(_about_own(_with(run, found)), assessment=assessment)


def _read(folder: Path) -> Run:
    loaded = load(folder)
    run = Run(folder, loaded.files, loaded.dossier, None, loaded.findings, loaded.entries, loaded.set_aside)
    if loaded.dossier is None or not loaded.dossier.joint:
        return run
    from bidkit.merge import merge

    merged = merge(loaded.dossier)
    return replace(_with(run, merged.findings), dossier=merged.dossier)


def _forms(run: Run) -> tuple[Table | None, tuple[Finding, ...]]:
    """Return whose entries count in a consortium, with the rows of the folder's own table; None for a single bid."""
    if run.dossier is None or not run.dossier.joint:
        return None, ()
    from bidkit import gate
    from bidkit.consortium import FILE, overridden, shipped

    try:
        text = gate.table_in(run.folder, FILE)
    except Refused as refusal:
        return None, (refusal.finding(FILE),)
    return (None, ()) if text is None else overridden(shipped(), text)


def compare(
    folder: Path, today: date, *, area: tuple[str, ...] = (), as_of: date | None = None, travel_limit: int | None = None
) -> tuple[Run, Gaps | None]:
    """Read the dossier in ``folder`` and compare what is asked with what its members and partners cover.

    No gaps are told of a dossier that could not be read whole: what is missing then would look like one. The other
    arguments are those of `bidkit.gaps.find`.
    """
    run = _read(folder)
    if run.dossier is None or run.unreadable:
        return run, None
    from bidkit.gaps import find

    return run, find(run.dossier, validate, today, area=area, as_of=as_of, travel_limit=travel_limit)


def _about_own(run: Run) -> Run:
    """Leave out what is found about the tender of a trial: it is ours, and its user cannot mend it."""
    if run.dossier is None or not run.dossier.trial:
        return run
    home = run.dossier.home("tender")
    kept = tuple(f for f in run.findings if f.place != home or f.code == loading.TRIAL.code)
    return replace(run, findings=kept)


def mark(run: Run, words: Translator) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Write a copy of each workbook of ``run`` that has something to mend, with the cells marked, beside the original.

    Return where the copies are, and what was found while they were written. A copy whose findings are mended is
    removed, unless somebody has worked in it.
    """
    unmark(run, words)
    faulty = [file for file in _workbooks_of(run) if file in _to_mend(run)]
    if not faulty:
        return (), ()  # the usual case once all is well: nothing more need be imported
    from bidkit import gate
    from bidkit.publish import copies
    from bidkit.render import marked_copy

    weightiest = weightiest_first(run.findings)
    paths: list[Path] = []
    found: list[Finding] = []
    for file in faulty:
        name = marked_copy.name_for(file, words)
        try:
            data = gate.read(gate.inside(run.folder, file), most=gate.MOST_OFFICE)
        except Refused:  # gone or locked since it was read: its findings have been told
            continue
        try:
            marked = marked_copy.mark(data, file, weightiest, words)
        except Refused as refused_copy:  # a part that nobody reads but the copy must carry is damaged
            found.append(refused_copy.finding(file))
            continue
        copy = copies.put(run.folder, name, marked.data, marked_copy.edited)
        paths += [copy.path] if copy.path else []
        found += copy.findings
    return tuple(paths), tuple(found)


def unmark(run: Run, words: Translator) -> None:
    """Remove the copies of workbooks in which nothing is to be mended any more, unless somebody has worked in them."""
    if not any(is_marked_copy(path.name) for path in run.folder.glob("*.xlsx")):
        return
    from bidkit.publish import copies
    from bidkit.render import marked_copy

    to_mend = _to_mend(run) | _refused(run)
    for file in _workbooks_of(run):
        if file not in to_mend:
            copies.remove(run.folder, marked_copy.name_for(file, words), marked_copy.edited)


def _workbooks_of(run: Run) -> list[str]:
    return [file for file in run.files if file.lower().endswith(".xlsx")]


def _to_mend(run: Run) -> set[str]:
    """Return the files in which something is to be mended; that a bid is a trial is told, but no fault."""
    named = {f.place.file for f in run.findings if f.severity is not Severity.NOTE and f.code != loading.TRIAL.code}
    return named - _refused(run)


def _refused(run: Run) -> set[str]:
    """Return the files that could not be read, so that there is nothing to mark in them."""
    damaged = workbook.UNREADABLE | {reading.TOO_MANY_FINDINGS.code}
    return {
        f.place.file
        for f in run.findings
        if f.code in damaged or (f.code in reading.UNREADABLE and not f.place.in_workbook)
    }


def build(
    folder: Path,
    *,
    out: Path | None = None,
    language: str | None = None,
    template: str | None = None,
    draft: bool = False,
    as_of: date | None = None,
    reader_language: str = "fi",
    progress: Callable[[str], None] = _untold,
) -> Built:
    """Assess the dossier, render its documents and publish them as one new version.

    Nothing is written if something stops the bid, unless ``draft``; nor if the template has faults. A bid without a
    tender is always a draft.
    """
    from bidkit import publish
    from bidkit.render import bid_document
    from bidkit.render import findings as report
    from bidkit.templates import is_shipped

    run = assess(folder, language=language, as_of=as_of, progress=progress)
    if run.assessment is None or run.dossier is None:
        return Built(run, None)
    name = template or usual_template(run.dossier)
    word, digest, faults = _word_template(name, run.assessment.bid.language, folder)
    if word is not None:
        progress(N_("Counting the pages"))
        run = _laid_out(run, word, language, as_of)
    run = _with(run, faults)
    assessment, dossier = run.assessment, run.dossier
    if word is None or assessment is None or dossier is None:
        return Built(run, None)
    draft = draft or dossier.trial
    if run.errors and not draft:
        return Built(run, None, refused=True)
    others = _other_faults(run)
    id_, listed = _listed(assessment, digest, draft=draft, faults=others)
    created = _created(dossier)
    progress(N_("Writing the Excel files"))
    # The document comes last: its tree is by far the largest thing a build holds.
    workbooks = _workbooks(assessment, build_id=id_, created=created, draft=draft)
    progress(N_("Writing the bid"))
    document, faults = bid_document.render(
        assessment,
        word,
        build_id=id_,
        created=created,
        draft=draft,
        faults=len(others),
        shipped=is_shipped(name, folder),
    )
    run = _with(run, faults)
    if not document:
        return Built(run, None)
    page = report.render(assessment, run.findings, language=reader_language, build_id=id_)
    progress(N_("Storing the version"))
    done = publish.publish(
        {DOCUMENT: document, **workbooks, REPORT: page, CONTENT: listed},
        out or folder / "out",
        build_id=id_,
        inputs=dossier.digests,
        program=f"bidkit {__version__}",
    )
    return Built(_with(run, done.findings), done.folder, done.new)


def _listed(assessment: Assessment, template: str, *, draft: bool, faults: tuple[str, ...]) -> tuple[str, bytes]:
    """Return the build id and the file that says for machines what the build is made of."""
    from bidkit.render import content as for_machines

    said = content(assessment, template, draft=draft, faults=faults)
    id_ = build_id(said)
    return id_, for_machines.render(assessment, said, build_id=id_)


def _other_faults(run: Run) -> tuple[str, ...]:
    """Return the codes of what stops the bid beside its open conditions, which a draft names one by one."""
    judged = run.assessment.open if run.assessment else ()
    verdicts = ((j, one) for j in judged for one in (j.verdict, *j.verdict.also))
    told = {(one.message, one.place or j.condition.entry.at) for j, one in verdicts}
    return tuple(sorted(f.code for f in run.errors if (f.message, f.place) not in told))


def _laid_out(run: Run, word: Template, language: str | None, as_of: date | None) -> Run:
    """Judge again with the pages counted, if a condition needs them and the document can be laid out here."""
    from bidkit.render import bid_document, layout

    assessment, dossier = run.assessment, run.dossier
    if assessment is None or dossier is None:
        return run
    if not any(c.judge is not None and c.judge.counts_pages for c in assessment.bid.conditions):
        return run
    document, _ = bid_document.render(assessment, word, build_id="", created=_created(dossier), draft=False)
    pages = layout.count_pages(document) if document else None
    return run if pages is None else assess(run.folder, language=language, as_of=as_of, pages=pages)


def _workbooks(assessment: Assessment, *, build_id: str, created: datetime, draft: bool) -> dict[str, bytes]:
    """Return the workbooks of a version, by their paths in its folder."""
    from bidkit.render import cost_sheet, pricing_sheet

    priced = assessment.priced
    return {
        PRICING: pricing_sheet.render(priced, build_id=build_id, created=created, draft=draft),
        COSTS: cost_sheet.render(priced, build_id=build_id, created=created, draft=draft),
    }


def _with(run: Run, found: Iterable[Finding]) -> Run:
    return replace(run, findings=(*run.findings, *found))


def _word_template(name: str, language: str, folder: Path) -> tuple[Template | None, str, tuple[Finding, ...]]:
    """Return the compiled template with the digest of its file, or None and why it cannot be used."""
    from bidkit import gate, templates

    file = name
    try:
        path = templates.find(name, language, folder)
        file = f"{path.parent.name}/{path.name}"
        data = gate.read(path, most=gate.MOST_OFFICE)
    except Refused as refused:
        return None, "", (refused.finding(file),)
    word = templates.compile(data, file)
    if word.faults:
        from bidkit.render.bid_document import NAMES

        return None, "", (*word.faults, *word.check(NAMES))  # all at once: names are judged in whole tags beside
    return word, hashlib.sha256(data).hexdigest(), ()


def usual_template(dossier: Dossier) -> str:
    """Return the template of a procedure: a proposal of two or three pages for small procurements, else a full bid."""
    return "short" if dossier.tender.procedure in ("dynamic_small", "direct") else "standard"


def _created(dossier: Dossier) -> datetime:
    """Return the documents' date: SOURCE_DATE_EPOCH if it is set, else the bid's own date; never the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and int(epoch) <= _LAST_SECOND:
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.combine(dossier.bid.date, time(12), UTC)


def content(assessment: Assessment, template: str, *, draft: bool, faults: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what makes a build the one it is, whatever files it came in.

    The normalised dossier, the language, the verdicts (a deadline may pass between two runs), the codes of a
    draft's other ``faults``, the template's digest and the program's version.
    """
    bid = assessment.bid
    return {
        "dossier": normalised(bid.dossier),
        "language": bid.language,
        "verdicts": [[j.condition.entry.id, j.lot and j.lot.lot.id, j.verdict.state] for j in assessment.judgements],
        "template": template,
        "draft": draft,
        "faults": faults,
        "program": __version__,
        "epoch": os.environ.get("SOURCE_DATE_EPOCH", ""),
    }


def build_id(content: dict[str, Any]) -> str:
    """Return the id that all files of a build carry: the same `content` gives the same id."""
    import json

    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
